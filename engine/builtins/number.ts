// Number Objects, https://tc39.es/ecma262/#sec-number-objects . Digit generation is the host's: a guest Number is
// a host number and the results are fixed by the specification.
import type { Agent } from '../runtime/agent.ts';
import { throwRangeError, throwTypeError } from '../runtime/errors.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import { NumberObject } from '../runtime/objects/primitive-wrappers.ts';
import { shapeFromConstructor } from '../runtime/operations/object-operations.ts';
import { ToIntegerOrInfinity, ToNumeric } from '../runtime/operations/type-conversion.ts';
import type { Value } from '../runtime/value.ts';
import {
  constant,
  constructorSpec,
  type IntrinsicSpec,
  intrinsicValue,
  method,
  objectSpec,
} from './define.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Number ( ...values ) — https://tc39.es/ecma262/#sec-number-constructor-number-value */
function Number_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  ...values: Value[]
): Value {
  const agent = callee.realm.agent;
  const n = values.length === 0 ? 0 : Number(ToNumeric(agent, values[0]));
  if (newTarget === undefined) return n;
  return new NumberObject(shapeFromConstructor(agent, newTarget, '%Number.prototype%'), n);
}

/** Number.isFinite ( number ) — https://tc39.es/ecma262/#sec-number.isfinite */
function Number_isFinite(_callee: Builtin, _thisValue: Value, _newTarget: NewTarget, number: Value): Value {
  return Number.isFinite(number);
}

/** Number.isInteger ( number ) — https://tc39.es/ecma262/#sec-number.isinteger */
function Number_isInteger(_callee: Builtin, _thisValue: Value, _newTarget: NewTarget, number: Value): Value {
  return Number.isInteger(number);
}

/** Number.isNaN ( number ) — https://tc39.es/ecma262/#sec-number.isnan */
function Number_isNaN(_callee: Builtin, _thisValue: Value, _newTarget: NewTarget, number: Value): Value {
  return Number.isNaN(number);
}

/** Number.isSafeInteger ( number ) — https://tc39.es/ecma262/#sec-number.issafeinteger */
function Number_isSafeInteger(
  _callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  number: Value,
): Value {
  return Number.isSafeInteger(number);
}

/** ThisNumberValue ( value ) — https://tc39.es/ecma262/#sec-thisnumbervalue */
function ThisNumberValue(agent: Agent, value: Value): number {
  if (typeof value === 'number') return value;
  if (value instanceof NumberObject) return value.numberData;
  return throwTypeError(agent, 'Number.prototype method called on a value that is not a Number');
}

/** Charges the text of a Number, which hosts take some microseconds to write with many digits. */
function chargedText(agent: Agent, text: string): string {
  agent.chargeFuel(1 + (text.length >> 2));
  agent.chargeBytes(TEXT_BYTES + text.length);
  return text;
}

const TEXT_BYTES = 16;

/** Number.prototype.toExponential ( fractionDigits ) — https://tc39.es/ecma262/#sec-number.prototype.toexponential */
function Number_prototype_toExponential(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  fractionDigits: Value,
): Value {
  const agent = callee.realm.agent;
  const x = ThisNumberValue(agent, thisValue);
  const f = ToIntegerOrInfinity(agent, fractionDigits);
  if (!Number.isFinite(x)) return String(x);
  if (f < 0 || f > 100) throwRangeError(agent, 'toExponential() argument must be between 0 and 100');
  return chargedText(agent, fractionDigits === undefined ? x.toExponential() : x.toExponential(f));
}

/** Number.prototype.toFixed ( fractionDigits ) — https://tc39.es/ecma262/#sec-number.prototype.tofixed */
function Number_prototype_toFixed(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  fractionDigits: Value,
): Value {
  const agent = callee.realm.agent;
  const x = ThisNumberValue(agent, thisValue);
  const f = ToIntegerOrInfinity(agent, fractionDigits);
  if (f < 0 || f > 100) throwRangeError(agent, 'toFixed() digits argument must be between 0 and 100');
  return chargedText(agent, x.toFixed(f));
}

/** Number.prototype.toLocaleString ( [ reserved1 [ , reserved2 ] ] ) — https://tc39.es/ecma262/#sec-number.prototype.tolocalestring */
function Number_prototype_toLocaleString(callee: Builtin, thisValue: Value): Value {
  return String(ThisNumberValue(callee.realm.agent, thisValue));
}

/** Number.prototype.toPrecision ( precision ) — https://tc39.es/ecma262/#sec-number.prototype.toprecision */
function Number_prototype_toPrecision(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  precision: Value,
): Value {
  const agent = callee.realm.agent;
  const x = ThisNumberValue(agent, thisValue);
  if (precision === undefined) return String(x);
  const p = ToIntegerOrInfinity(agent, precision);
  if (!Number.isFinite(x)) return String(x);
  if (p < 1 || p > 100) throwRangeError(agent, 'toPrecision() argument must be between 1 and 100');
  return chargedText(agent, x.toPrecision(p));
}

/** Number.prototype.toString ( [ radix ] ) — https://tc39.es/ecma262/#sec-number.prototype.tostring */
function Number_prototype_toString(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  radix: Value,
): Value {
  const agent = callee.realm.agent;
  const x = ThisNumberValue(agent, thisValue);
  const radixMV = radix === undefined ? 10 : ToIntegerOrInfinity(agent, radix);
  if (radixMV < 2 || radixMV > 36) throwRangeError(agent, 'toString() radix must be between 2 and 36');
  return chargedText(agent, x.toString(radixMV));
}

/** Number.prototype.valueOf ( ) — https://tc39.es/ecma262/#sec-number.prototype.valueof */
function Number_prototype_valueOf(callee: Builtin, thisValue: Value): Value {
  return ThisNumberValue(callee.realm.agent, thisValue);
}

export const numberIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%Number%', 'Number', {
    length: 1,
    code: Number_constructor,
    prototype: '%Number.prototype%',
    rows: [
      constant('EPSILON', Number.EPSILON),
      method('isFinite', 1, Number_isFinite),
      method('isInteger', 1, Number_isInteger),
      method('isNaN', 1, Number_isNaN),
      method('isSafeInteger', 1, Number_isSafeInteger),
      constant('MAX_SAFE_INTEGER', Number.MAX_SAFE_INTEGER),
      constant('MAX_VALUE', Number.MAX_VALUE),
      constant('MIN_SAFE_INTEGER', Number.MIN_SAFE_INTEGER),
      constant('MIN_VALUE', Number.MIN_VALUE),
      constant('NaN', Number.NaN),
      constant('NEGATIVE_INFINITY', Number.NEGATIVE_INFINITY),
      intrinsicValue('parseFloat', '%parseFloat%'),
      intrinsicValue('parseInt', '%parseInt%'),
      constant('POSITIVE_INFINITY', Number.POSITIVE_INFINITY),
    ],
  }),
  objectSpec('%Number.prototype%', {
    constructorName: '%Number%',
    make: (_realm, shape) => new NumberObject(shape, 0),
    rows: [
      method('toExponential', 1, Number_prototype_toExponential),
      method('toFixed', 1, Number_prototype_toFixed),
      method('toLocaleString', 0, Number_prototype_toLocaleString),
      method('toPrecision', 1, Number_prototype_toPrecision),
      method('toString', 1, Number_prototype_toString),
      method('valueOf', 0, Number_prototype_valueOf),
    ],
  }),
];
