// The Reflect Object, https://tc39.es/ecma262/#sec-reflect-object .
import type { Agent } from '../runtime/agent.ts';
import { IsCallable, IsConstructor } from '../runtime/call.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { throwTypeError } from '../runtime/errors.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import type { JSObject, PendingWork, TailCall } from '../runtime/objects/object.ts';
import {
  DEFINE_OWN_PROPERTY,
  DELETE,
  GET_OWN_PROPERTY,
  GET_PROTOTYPE_OF,
  HAS_PROPERTY,
  IS_EXTENSIBLE,
  OWN_PROPERTY_KEYS,
  PREVENT_EXTENSIONS,
  SET_PROTOTYPE_OF,
} from '../runtime/objects/proxy-traps.ts';
import { arrayOfKeys, CreateListFromArrayLike } from '../runtime/operations/object-operations.ts';
import {
  FromPropertyDescriptor,
  ToPropertyDescriptor,
} from '../runtime/operations/property-descriptor-objects.ts';
import { ToPropertyKey } from '../runtime/operations/type-conversion.ts';
import type { Value } from '../runtime/value.ts';
import { type IntrinsicSpec, objectSpec, tailMethod, toStringTag, workingMethod } from './define.ts';
import { getWork, internalMethodWork, outcomeItself, setWork } from './internal-method-work.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

function requireTarget(agent: Agent, target: Value, what: string): JSObject {
  if (typeof target !== 'object' || target === null)
    throwTypeError(agent, `Reflect.${what} called on non-object`);
  return target;
}

/** Reflect.apply ( target, thisArgument, argumentsList ) — https://tc39.es/ecma262/#sec-reflect.apply */
function Reflect_apply(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  [target, thisArgument, argumentsList]: readonly Value[],
): TailCall {
  const agent = callee.realm.agent;
  if (!IsCallable(target)) throwTypeError(agent, `${describeForMessage(target)} is not a function`);
  const args = CreateListFromArrayLike(agent, argumentsList);
  return { F: target, thisValue: thisArgument, newTarget: undefined, args };
}

/** Reflect.construct ( target, argumentsList [ , newTarget ] ) — https://tc39.es/ecma262/#sec-reflect.construct */
function Reflect_construct(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  given: readonly Value[],
): TailCall {
  const agent = callee.realm.agent;
  const target = given[0];
  if (!IsConstructor(target)) throwTypeError(agent, `${describeForMessage(target)} is not a constructor`);
  const newTarget = given.length < 3 ? target : given[2];
  if (!IsConstructor(newTarget))
    throwTypeError(agent, `${describeForMessage(newTarget)} is not a constructor`);
  const args = CreateListFromArrayLike(agent, given[1]);
  return { F: target, thisValue: undefined, newTarget, args };
}

/** Reflect.defineProperty ( target, propertyKey, attributes ) — https://tc39.es/ecma262/#sec-reflect.defineproperty */
function Reflect_defineProperty(
  callee: Builtin,
  _thisValue: Value,
  [target, propertyKey, attributes]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  const O = requireTarget(agent, target, 'defineProperty');
  const P = ToPropertyKey(agent, propertyKey);
  const Desc = ToPropertyDescriptor(agent, attributes);
  return internalMethodWork(agent, DEFINE_OWN_PROPERTY, O, { P, Desc }, outcomeItself);
}

/** Reflect.deleteProperty ( target, propertyKey ) — https://tc39.es/ecma262/#sec-reflect.deleteproperty */
function Reflect_deleteProperty(
  callee: Builtin,
  _thisValue: Value,
  [target, propertyKey]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  const O = requireTarget(agent, target, 'deleteProperty');
  return internalMethodWork(agent, DELETE, O, ToPropertyKey(agent, propertyKey), outcomeItself);
}

/** Reflect.get ( target, propertyKey [ , receiver ] ) — https://tc39.es/ecma262/#sec-reflect.get */
function Reflect_get(callee: Builtin, _thisValue: Value, args: readonly Value[]): PendingWork {
  const agent = callee.realm.agent;
  const O = requireTarget(agent, args[0], 'get');
  return getWork(agent, O, ToPropertyKey(agent, args[1]), args.length < 3 ? O : args[2]);
}

/** Reflect.getOwnPropertyDescriptor ( target, propertyKey ) — https://tc39.es/ecma262/#sec-reflect.getownpropertydescriptor */
function Reflect_getOwnPropertyDescriptor(
  callee: Builtin,
  _thisValue: Value,
  [target, propertyKey]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  const O = requireTarget(agent, target, 'getOwnPropertyDescriptor');
  const key = ToPropertyKey(agent, propertyKey);
  return internalMethodWork(agent, GET_OWN_PROPERTY, O, key, FromPropertyDescriptor);
}

/** Reflect.getPrototypeOf ( target ) — https://tc39.es/ecma262/#sec-reflect.getprototypeof */
function Reflect_getPrototypeOf(callee: Builtin, _thisValue: Value, [target]: readonly Value[]): PendingWork {
  const agent = callee.realm.agent;
  const O = requireTarget(agent, target, 'getPrototypeOf');
  return internalMethodWork(agent, GET_PROTOTYPE_OF, O, null, outcomeItself);
}

/** Reflect.has ( target, propertyKey ) — https://tc39.es/ecma262/#sec-reflect.has */
function Reflect_has(
  callee: Builtin,
  _thisValue: Value,
  [target, propertyKey]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  const O = requireTarget(agent, target, 'has');
  return internalMethodWork(agent, HAS_PROPERTY, O, ToPropertyKey(agent, propertyKey), outcomeItself);
}

/** Reflect.isExtensible ( target ) — https://tc39.es/ecma262/#sec-reflect.isextensible */
function Reflect_isExtensible(callee: Builtin, _thisValue: Value, [target]: readonly Value[]): PendingWork {
  const agent = callee.realm.agent;
  const O = requireTarget(agent, target, 'isExtensible');
  return internalMethodWork(agent, IS_EXTENSIBLE, O, null, outcomeItself);
}

/** Reflect.ownKeys ( target ) — https://tc39.es/ecma262/#sec-reflect.ownkeys */
function Reflect_ownKeys(callee: Builtin, _thisValue: Value, [target]: readonly Value[]): PendingWork {
  const agent = callee.realm.agent;
  const O = requireTarget(agent, target, 'ownKeys');
  return internalMethodWork(agent, OWN_PROPERTY_KEYS, O, null, arrayOfKeys);
}

/** Reflect.preventExtensions ( target ) — https://tc39.es/ecma262/#sec-reflect.preventextensions */
function Reflect_preventExtensions(
  callee: Builtin,
  _thisValue: Value,
  [target]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  const O = requireTarget(agent, target, 'preventExtensions');
  return internalMethodWork(agent, PREVENT_EXTENSIONS, O, null, outcomeItself);
}

/** Reflect.set ( target, propertyKey, V [ , receiver ] ) — https://tc39.es/ecma262/#sec-reflect.set */
function Reflect_set(callee: Builtin, _thisValue: Value, args: readonly Value[]): PendingWork {
  const agent = callee.realm.agent;
  const O = requireTarget(agent, args[0], 'set');
  return setWork(agent, O, ToPropertyKey(agent, args[1]), args[2], args.length < 4 ? O : args[3]);
}

/** Reflect.setPrototypeOf ( target, proto ) — https://tc39.es/ecma262/#sec-reflect.setprototypeof */
function Reflect_setPrototypeOf(
  callee: Builtin,
  _thisValue: Value,
  [target, proto]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  const O = requireTarget(agent, target, 'setPrototypeOf');
  if (typeof proto !== 'object') throwTypeError(agent, 'Object prototype may only be an Object or null');
  return internalMethodWork(agent, SET_PROTOTYPE_OF, O, proto, outcomeItself);
}

export const reflectIntrinsics: readonly IntrinsicSpec[] = [
  objectSpec('%Reflect%', {
    rows: [
      tailMethod('apply', 3, Reflect_apply),
      tailMethod('construct', 2, Reflect_construct),
      workingMethod('defineProperty', 3, Reflect_defineProperty),
      workingMethod('deleteProperty', 2, Reflect_deleteProperty),
      workingMethod('get', 2, Reflect_get),
      workingMethod('getOwnPropertyDescriptor', 2, Reflect_getOwnPropertyDescriptor),
      workingMethod('getPrototypeOf', 1, Reflect_getPrototypeOf),
      workingMethod('has', 2, Reflect_has),
      workingMethod('isExtensible', 1, Reflect_isExtensible),
      workingMethod('ownKeys', 1, Reflect_ownKeys),
      workingMethod('preventExtensions', 1, Reflect_preventExtensions),
      workingMethod('set', 3, Reflect_set),
      workingMethod('setPrototypeOf', 2, Reflect_setPrototypeOf),
      toStringTag('Reflect'),
    ],
  }),
];
