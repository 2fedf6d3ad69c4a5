// The Reflect Object, https://tc39.es/ecma262/#sec-reflect-object .
import type { Agent } from '../runtime/agent.ts';
import { IsCallable, IsConstructor } from '../runtime/call.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { throwTypeError } from '../runtime/errors.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import type { JSObject, TailCall } from '../runtime/objects/object.ts';
import { arrayOfKeys, CreateListFromArrayLike } from '../runtime/operations/object-operations.ts';
import {
  FromPropertyDescriptor,
  ToPropertyDescriptor,
} from '../runtime/operations/property-descriptor-objects.ts';
import { ToPropertyKey } from '../runtime/operations/type-conversion.ts';
import type { Value } from '../runtime/value.ts';
import { type IntrinsicSpec, method, objectSpec, tailMethod, toStringTag } from './define.ts';

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
  _newTarget: NewTarget,
  target: Value,
  propertyKey: Value,
  attributes: Value,
): Value {
  const agent = callee.realm.agent;
  const O = requireTarget(agent, target, 'defineProperty');
  const key = ToPropertyKey(agent, propertyKey);
  return O.DefineOwnProperty(agent, key, ToPropertyDescriptor(agent, attributes));
}

/** Reflect.deleteProperty ( target, propertyKey ) — https://tc39.es/ecma262/#sec-reflect.deleteproperty */
function Reflect_deleteProperty(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  target: Value,
  propertyKey: Value,
): Value {
  const agent = callee.realm.agent;
  const O = requireTarget(agent, target, 'deleteProperty');
  return O.Delete(agent, ToPropertyKey(agent, propertyKey));
}

/** Reflect.get ( target, propertyKey [ , receiver ] ) — https://tc39.es/ecma262/#sec-reflect.get */
function Reflect_get(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  target: Value,
  propertyKey: Value,
  ...rest: Value[]
): Value {
  const agent = callee.realm.agent;
  const O = requireTarget(agent, target, 'get');
  const key = ToPropertyKey(agent, propertyKey);
  return O.Get(agent, key, rest.length === 0 ? O : rest[0]);
}

/** Reflect.getOwnPropertyDescriptor ( target, propertyKey ) — https://tc39.es/ecma262/#sec-reflect.getownpropertydescriptor */
function Reflect_getOwnPropertyDescriptor(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  target: Value,
  propertyKey: Value,
): Value {
  const agent = callee.realm.agent;
  const O = requireTarget(agent, target, 'getOwnPropertyDescriptor');
  return FromPropertyDescriptor(agent, O.GetOwnProperty(agent, ToPropertyKey(agent, propertyKey)));
}

/** Reflect.getPrototypeOf ( target ) — https://tc39.es/ecma262/#sec-reflect.getprototypeof */
function Reflect_getPrototypeOf(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  target: Value,
): Value {
  const agent = callee.realm.agent;
  return requireTarget(agent, target, 'getPrototypeOf').GetPrototypeOf(agent);
}

/** Reflect.has ( target, propertyKey ) — https://tc39.es/ecma262/#sec-reflect.has */
function Reflect_has(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  target: Value,
  propertyKey: Value,
): Value {
  const agent = callee.realm.agent;
  const O = requireTarget(agent, target, 'has');
  return O.HasProperty(agent, ToPropertyKey(agent, propertyKey));
}

/** Reflect.isExtensible ( target ) — https://tc39.es/ecma262/#sec-reflect.isextensible */
function Reflect_isExtensible(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  target: Value,
): Value {
  const agent = callee.realm.agent;
  return requireTarget(agent, target, 'isExtensible').IsExtensible(agent);
}

/** Reflect.ownKeys ( target ) — https://tc39.es/ecma262/#sec-reflect.ownkeys */
function Reflect_ownKeys(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, target: Value): Value {
  const agent = callee.realm.agent;
  return arrayOfKeys(agent, requireTarget(agent, target, 'ownKeys').OwnPropertyKeys(agent));
}

/** Reflect.preventExtensions ( target ) — https://tc39.es/ecma262/#sec-reflect.preventextensions */
function Reflect_preventExtensions(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  target: Value,
): Value {
  const agent = callee.realm.agent;
  return requireTarget(agent, target, 'preventExtensions').PreventExtensions(agent);
}

/** Reflect.set ( target, propertyKey, V [ , receiver ] ) — https://tc39.es/ecma262/#sec-reflect.set */
function Reflect_set(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  target: Value,
  propertyKey: Value,
  V: Value,
  ...rest: Value[]
): Value {
  const agent = callee.realm.agent;
  const O = requireTarget(agent, target, 'set');
  const key = ToPropertyKey(agent, propertyKey);
  return O.Set(agent, key, V, rest.length === 0 ? O : rest[0]);
}

/** Reflect.setPrototypeOf ( target, proto ) — https://tc39.es/ecma262/#sec-reflect.setprototypeof */
function Reflect_setPrototypeOf(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  target: Value,
  proto: Value,
): Value {
  const agent = callee.realm.agent;
  const O = requireTarget(agent, target, 'setPrototypeOf');
  if (typeof proto !== 'object') throwTypeError(agent, 'Object prototype may only be an Object or null');
  return O.SetPrototypeOf(agent, proto);
}

export const reflectIntrinsics: readonly IntrinsicSpec[] = [
  objectSpec('%Reflect%', {
    rows: [
      tailMethod('apply', 3, Reflect_apply),
      tailMethod('construct', 2, Reflect_construct),
      method('defineProperty', 3, Reflect_defineProperty),
      method('deleteProperty', 2, Reflect_deleteProperty),
      method('get', 2, Reflect_get),
      method('getOwnPropertyDescriptor', 2, Reflect_getOwnPropertyDescriptor),
      method('getPrototypeOf', 1, Reflect_getPrototypeOf),
      method('has', 2, Reflect_has),
      method('isExtensible', 1, Reflect_isExtensible),
      method('ownKeys', 1, Reflect_ownKeys),
      method('preventExtensions', 1, Reflect_preventExtensions),
      method('set', 3, Reflect_set),
      method('setPrototypeOf', 2, Reflect_setPrototypeOf),
      toStringTag('Reflect'),
    ],
  }),
];
