// Boolean Objects, https://tc39.es/ecma262/#sec-boolean-objects .
import type { Agent } from '../runtime/agent.ts';
import { throwTypeError } from '../runtime/errors.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import { BooleanObject } from '../runtime/objects/primitive-wrappers.ts';
import { shapeFromConstructor } from '../runtime/operations/object-operations.ts';
import { ToBoolean } from '../runtime/operations/type-conversion.ts';
import type { Value } from '../runtime/value.ts';
import { constructorSpec, type IntrinsicSpec, method, objectSpec } from './define.ts';

type Builtin = BuiltinFunction<undefined>;

/** Boolean ( value ) — https://tc39.es/ecma262/#sec-boolean-constructor-boolean-value */
function Boolean_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: JSObject | undefined,
  value: Value,
): Value {
  const b = ToBoolean(value);
  if (newTarget === undefined) return b;
  return new BooleanObject(shapeFromConstructor(callee.realm.agent, newTarget, '%Boolean.prototype%'), b);
}

/** ThisBooleanValue ( value ) — https://tc39.es/ecma262/#sec-thisbooleanvalue */
function ThisBooleanValue(agent: Agent, value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (value instanceof BooleanObject) return value.booleanData;
  return throwTypeError(agent, 'Boolean.prototype method called on a value that is not a Boolean');
}

/** Boolean.prototype.toString ( ) — https://tc39.es/ecma262/#sec-boolean.prototype.tostring */
function Boolean_prototype_toString(callee: Builtin, thisValue: Value): Value {
  return String(ThisBooleanValue(callee.realm.agent, thisValue));
}

/** Boolean.prototype.valueOf ( ) — https://tc39.es/ecma262/#sec-boolean.prototype.valueof */
function Boolean_prototype_valueOf(callee: Builtin, thisValue: Value): Value {
  return ThisBooleanValue(callee.realm.agent, thisValue);
}

export const booleanIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%Boolean%', 'Boolean', {
    length: 1,
    code: Boolean_constructor,
    prototype: '%Boolean.prototype%',
  }),
  objectSpec('%Boolean.prototype%', {
    constructorName: '%Boolean%',
    make: (_realm, shape) => new BooleanObject(shape, false),
    rows: [
      method('toString', 0, Boolean_prototype_toString),
      method('valueOf', 0, Boolean_prototype_valueOf),
    ],
  }),
];
