// BigInt Objects, https://tc39.es/ecma262/#sec-bigint-objects .
import type { Agent } from '../runtime/agent.ts';
import { chargeBigIntToString, chargeBigIntUnary, chargeLinear } from '../runtime/bigint-work.ts';
import { throwRangeError, throwTypeError } from '../runtime/errors.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import { BigIntObject } from '../runtime/objects/primitive-wrappers.ts';
import {
  ToBigInt,
  ToIndex,
  ToIntegerOrInfinity,
  ToPrimitive,
  ToString,
} from '../runtime/operations/type-conversion.ts';
import type { Value } from '../runtime/value.ts';
import { constructorSpec, type IntrinsicSpec, method, objectSpec, toStringTag } from './define.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** The largest width asUintN can produce: the host's limit on BigInt sizes. */
const MAX_BIGINT_BITS = 1 << 30;

/** BigInt ( value ) — https://tc39.es/ecma262/#sec-bigint-constructor-number-value */
function BigInt_constructor(callee: Builtin, _thisValue: Value, newTarget: NewTarget, value: Value): Value {
  const agent = callee.realm.agent;
  if (newTarget !== undefined) throwTypeError(agent, 'BigInt is not a constructor');
  const prim = ToPrimitive(agent, value, 'number');
  if (typeof prim !== 'number') return ToBigInt(agent, prim);
  if (!Number.isInteger(prim)) {
    throwRangeError(agent, `The number ${prim} cannot be converted to a BigInt because it is not an integer`);
  }
  return BigInt(prim);
}

/** BigInt.asIntN ( bits, bigint ) — https://tc39.es/ecma262/#sec-bigint.asintn */
function BigInt_asIntN(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  bits: Value,
  bigint: Value,
): Value {
  const agent = callee.realm.agent;
  const n = ToIndex(agent, bits);
  const value = ToBigInt(agent, bigint);
  chargeBigIntUnary(agent, value);
  // Wider than any BigInt can be: nothing is cut off.
  return n >= MAX_BIGINT_BITS ? value : BigInt.asIntN(n, value);
}

/** BigInt.asUintN ( bits, bigint ) — https://tc39.es/ecma262/#sec-bigint.asuintn */
function BigInt_asUintN(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  bits: Value,
  bigint: Value,
): Value {
  const agent = callee.realm.agent;
  const n = ToIndex(agent, bits);
  const value = ToBigInt(agent, bigint);
  if (n < MAX_BIGINT_BITS) {
    // A negative value is as long as the width says.
    if (value < 0n) chargeLinear(agent, n >> 6);
    else chargeBigIntUnary(agent, value);
    return BigInt.asUintN(n, value);
  }
  if (value < 0n) throwRangeError(agent, 'Maximum BigInt size exceeded');
  return value;
}

/** ThisBigIntValue ( value ) — https://tc39.es/ecma262/#sec-thisbigintvalue */
function ThisBigIntValue(agent: Agent, value: Value): bigint {
  if (typeof value === 'bigint') return value;
  if (value instanceof BigIntObject) return value.bigintData;
  return throwTypeError(agent, 'BigInt.prototype method called on a value that is not a BigInt');
}

/** BigInt.prototype.toLocaleString ( [ reserved1 [ , reserved2 ] ] ) — https://tc39.es/ecma262/#sec-bigint.prototype.tolocalestring */
function BigInt_prototype_toLocaleString(callee: Builtin, thisValue: Value): Value {
  const { agent } = callee.realm;
  return ToString(agent, ThisBigIntValue(agent, thisValue));
}

/** BigInt.prototype.toString ( [ radix ] ) — https://tc39.es/ecma262/#sec-bigint.prototype.tostring */
function BigInt_prototype_toString(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  radix: Value,
): Value {
  const agent = callee.realm.agent;
  const x = ThisBigIntValue(agent, thisValue);
  const radixMV = radix === undefined ? 10 : ToIntegerOrInfinity(agent, radix);
  if (radixMV < 2 || radixMV > 36) throwRangeError(agent, 'toString() radix must be between 2 and 36');
  chargeBigIntToString(agent, x, radixMV);
  return x.toString(radixMV);
}

/** BigInt.prototype.valueOf ( ) — https://tc39.es/ecma262/#sec-bigint.prototype.valueof */
function BigInt_prototype_valueOf(callee: Builtin, thisValue: Value): Value {
  return ThisBigIntValue(callee.realm.agent, thisValue);
}

export const bigintIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%BigInt%', 'BigInt', {
    length: 1,
    code: BigInt_constructor,
    prototype: '%BigInt.prototype%',
    rows: [method('asIntN', 2, BigInt_asIntN), method('asUintN', 2, BigInt_asUintN)],
  }),
  objectSpec('%BigInt.prototype%', {
    constructorName: '%BigInt%',
    rows: [
      method('toLocaleString', 0, BigInt_prototype_toLocaleString),
      method('toString', 0, BigInt_prototype_toString),
      method('valueOf', 0, BigInt_prototype_valueOf),
      toStringTag('BigInt'),
    ],
  }),
];
