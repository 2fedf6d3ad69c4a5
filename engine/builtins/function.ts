// Function Objects, https://tc39.es/ecma262/#sec-function-objects : %Function%, %Function.prototype% and
// %ThrowTypeError%.
import { IsCallable } from '../runtime/call.ts';
import { throwTypeError } from '../runtime/errors.ts';
import { BoundFunctionCreate } from '../runtime/objects/bound-function.ts';
import type { BuiltinCode } from '../runtime/objects/function.ts';
import { BuiltinFunction, FunctionObject } from '../runtime/objects/function.ts';
import type { JSObject, TailCall } from '../runtime/objects/object.ts';
import {
  CopyNameAndLength,
  CreateListFromArrayLike,
  OrdinaryHasInstance,
} from '../runtime/operations/object-operations.ts';
import {
  AccessorPair,
  ATTR_ACCESSOR,
  ATTRS_CONFIGURABLE,
  ATTRS_NONE,
} from '../runtime/property-descriptor.ts';
import { SHAPE_KIND_FUNCTION } from '../runtime/shape.ts';
import { SYMBOL_HAS_INSTANCE, type Value } from '../runtime/value.ts';
import { constructorSpec, type IntrinsicSpec, method, objectSpec, tailMethod } from './define.ts';

type Builtin = BuiltinFunction<undefined>;

/** Function ( ...parameterArgs, bodyArg ) — https://tc39.es/ecma262/#sec-function-p1-p2-pn-body */
function Function_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: JSObject | undefined,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  const bodyArg = args.length === 0 ? '' : args[args.length - 1];
  return agent.codeRunner.CreateDynamicFunction(
    agent,
    callee,
    newTarget,
    'normal',
    args.slice(0, -1),
    bodyArg,
  );
}

/** %Function.prototype%: accepts any arguments, returns undefined — https://tc39.es/ecma262/#sec-properties-of-the-function-prototype-object */
function Function_prototype(): Value {
  return undefined;
}

/** Function.prototype.apply ( thisArg, argArray ) — https://tc39.es/ecma262/#sec-function.prototype.apply */
function Function_prototype_apply(
  callee: Builtin,
  thisValue: Value,
  _newTarget: JSObject | undefined,
  [thisArg, argArray]: readonly Value[],
): TailCall {
  const agent = callee.realm.agent;
  if (!IsCallable(thisValue))
    throwTypeError(agent, 'Function.prototype.apply was called on a value that is not a function');
  const args = argArray === undefined || argArray === null ? [] : CreateListFromArrayLike(agent, argArray);
  return { F: thisValue, thisValue: thisArg, newTarget: undefined, args };
}

/** Function.prototype.bind ( thisArg, ...args ) — https://tc39.es/ecma262/#sec-function.prototype.bind */
function Function_prototype_bind(
  callee: Builtin,
  thisValue: Value,
  _newTarget: JSObject | undefined,
  thisArg: Value,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  if (!IsCallable(thisValue)) throwTypeError(agent, 'Bind must be called on a function');
  const F = BoundFunctionCreate(agent, thisValue, thisArg, args);
  CopyNameAndLength(agent, F, thisValue, 'bound', args.length);
  return F;
}

/** Function.prototype.call ( thisArg, ...args ) — https://tc39.es/ecma262/#sec-function.prototype.call */
function Function_prototype_call(
  callee: Builtin,
  thisValue: Value,
  _newTarget: JSObject | undefined,
  args: readonly Value[],
): TailCall {
  const agent = callee.realm.agent;
  if (!IsCallable(thisValue))
    throwTypeError(agent, 'Function.prototype.call was called on a value that is not a function');
  return { F: thisValue, thisValue: args[0], newTarget: undefined, args: args.slice(1) };
}

/** Function.prototype.toString ( ) — https://tc39.es/ecma262/#sec-function.prototype.tostring */
function Function_prototype_toString(callee: Builtin, thisValue: Value): Value {
  if (thisValue instanceof FunctionObject) return thisValue.sourceText();
  if (IsCallable(thisValue)) return 'function () { [native code] }';
  return throwTypeError(callee.realm.agent, "Function.prototype.toString requires that 'this' be a Function");
}

/** Function.prototype [ %Symbol.hasInstance% ] ( V ) — https://tc39.es/ecma262/#sec-function.prototype-%symbol.hasinstance% */
function Function_prototype_hasInstance(
  callee: Builtin,
  thisValue: Value,
  _newTarget: JSObject | undefined,
  V: Value,
): Value {
  return OrdinaryHasInstance(callee.realm.agent, thisValue, V);
}

/** %ThrowTypeError% ( ) — https://tc39.es/ecma262/#sec-%throwtypeerror% */
function ThrowTypeError(callee: Builtin): Value {
  return throwTypeError(
    callee.realm.agent,
    "'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions or their arguments objects",
  );
}

const functionPrototypeBuiltin: BuiltinCode = {
  name: '',
  prefix: '',
  length: 0,
  code: Function_prototype,
  isConstructor: false,
};

const throwTypeErrorBuiltin: BuiltinCode = {
  name: '',
  prefix: '',
  length: 0,
  code: ThrowTypeError,
  isConstructor: false,
};

/** %ThrowTypeError% is frozen and its `length` and `name` are not configurable. */
class ThrowTypeErrorFunction extends BuiltinFunction<undefined> {
  override defineNameAndLength(): void {
    this.addSlot('length', 0, ATTRS_NONE);
    this.addSlot('name', '', ATTRS_NONE);
  }
}

export const functionIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%Function%', 'Function', {
    length: 1,
    code: Function_constructor,
    prototype: '%Function.prototype%',
  }),
  objectSpec('%Function.prototype%', {
    constructorName: '%Function%',
    kind: SHAPE_KIND_FUNCTION,
    make: (realm, shape) => new BuiltinFunction(shape, functionPrototypeBuiltin, realm, undefined),
    rows: [
      tailMethod('apply', 2, Function_prototype_apply),
      method('bind', 1, Function_prototype_bind),
      tailMethod('call', 1, Function_prototype_call),
      method('toString', 0, Function_prototype_toString),
      method(SYMBOL_HAS_INSTANCE, 1, Function_prototype_hasInstance, ATTRS_NONE),
    ],
    finish(realm, object) {
      // AddRestrictedFunctionProperties — https://tc39.es/ecma262/#sec-addrestrictedfunctionproperties
      const thrower = realm.intrinsic('%ThrowTypeError%');
      const attributes = ATTRS_CONFIGURABLE | ATTR_ACCESSOR;
      object.addSlot('caller', new AccessorPair(thrower, thrower), attributes);
      object.addSlot('arguments', new AccessorPair(thrower, thrower), attributes);
    },
  }),
  objectSpec('%ThrowTypeError%', {
    parent: '%Function.prototype%',
    kind: SHAPE_KIND_FUNCTION,
    make: (realm, shape) => new ThrowTypeErrorFunction(shape, throwTypeErrorBuiltin, realm, undefined),
    rows: [],
    finish(realm, object) {
      object.PreventExtensions(realm.agent);
    },
  }),
];
