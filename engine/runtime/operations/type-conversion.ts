// Type Conversion, https://tc39.es/ecma262/#sec-type-conversion .
import {
  eval_StringToBigInt,
  eval_ToBoolean,
  eval_ToNumber,
  eval_ToString,
  trap_ToNumber,
  trap_ToString,
} from '../../eval/conversion.ts';
import type { Agent } from '../agent.ts';
import { chargeBigIntToString, chargeStringToBigInt } from '../bigint-work.ts';
import { Call0, Call1, IsCallable } from '../call.ts';
import { describeForMessage } from '../describe.ts';
import { checkTrap, throwRangeError, throwSyntaxError, throwTypeError } from '../errors.ts';
import type { JSObject } from '../objects/object.ts';
import {
  BigIntObject,
  BooleanObject,
  NumberObject,
  StringCreate,
  SymbolObject,
} from '../objects/primitive-wrappers.ts';
import { keyFromNumber, keyFromString, type PropertyKey } from '../property-key.ts';
import { rootShape, SHAPE_KIND_ORDINARY } from '../shape.ts';
import { chargeReading } from '../string-work.ts';
import { type Primitive, SYMBOL_TO_PRIMITIVE, type Value } from '../value.ts';

export type PreferredType = 'default' | 'string' | 'number';

/** ToPrimitive ( input [ , preferredType ] ) — https://tc39.es/ecma262/#sec-toprimitive */
export function ToPrimitive(agent: Agent, input: Value, preferredType: PreferredType = 'default'): Primitive {
  if (typeof input !== 'object' || input === null) return input;
  return ToPrimitiveObject(agent, input, preferredType);
}

/** ToPrimitive for an object. Charges depth: it stands between the operators of a program and the calls they lead to. */
export function ToPrimitiveObject(agent: Agent, input: JSObject, hint: PreferredType): Primitive {
  agent.enterCall();
  try {
    return toPrimitive(agent, input, hint);
  } finally {
    agent.depth--;
  }
}

function toPrimitive(agent: Agent, input: JSObject, hint: PreferredType): Primitive {
  const exoticToPrim = input.Get(agent, SYMBOL_TO_PRIMITIVE, input);
  if (exoticToPrim !== undefined && exoticToPrim !== null) {
    if (!IsCallable(exoticToPrim))
      throwTypeError(agent, `${describeForMessage(exoticToPrim)} is not a function`);
    const result = Call1(agent, exoticToPrim, input, hint);
    if (typeof result !== 'object' || result === null) return result;
    throwTypeError(agent, 'Cannot convert object to primitive value');
  }
  return OrdinaryToPrimitive(agent, input, hint === 'default' ? 'number' : hint);
}

/** OrdinaryToPrimitive ( O, hint ) — https://tc39.es/ecma262/#sec-ordinarytoprimitive */
export function OrdinaryToPrimitive(agent: Agent, O: JSObject, hint: 'string' | 'number'): Primitive {
  for (let i = 0; i < 2; i++) {
    const method = O.Get(agent, (i === 0) === (hint === 'string') ? 'toString' : 'valueOf', O);
    if (!IsCallable(method)) continue;
    const result = Call0(agent, method, O);
    if (typeof result !== 'object' || result === null) return result;
  }
  return throwTypeError(agent, 'Cannot convert object to primitive value');
}

/** ToBoolean ( argument ) — https://tc39.es/ecma262/#sec-toboolean , with [[IsHTMLDDA]] of Annex B. */
export function ToBoolean(argument: Value): boolean {
  if (typeof argument === 'object' && argument !== null) return !argument.isHTMLDDA;
  return eval_ToBoolean(argument);
}

/** ToNumeric ( value ) — https://tc39.es/ecma262/#sec-tonumeric */
export function ToNumeric(agent: Agent, value: Value): number | bigint {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  const primValue = ToPrimitive(agent, value, 'number');
  return typeof primValue === 'bigint' ? primValue : ToNumber(agent, primValue);
}

/** ToNumber ( argument ) — https://tc39.es/ecma262/#sec-tonumber */
export function ToNumber(agent: Agent, argument: Value): number {
  if (typeof argument === 'number') return argument;
  if (typeof argument === 'object' && argument !== null) {
    return ToNumber(agent, ToPrimitiveObject(agent, argument, 'number'));
  }
  if (typeof argument === 'string') chargeStringToNumber(agent, argument);
  else checkTrap(agent, trap_ToNumber(argument));
  return eval_ToNumber(argument);
}

/** Charges the conversion of a string to a Number. */
export function chargeStringToNumber(agent: Agent, str: string): void {
  if (str.length > 64) agent.chargeFuel(str.length >> 4);
}

/** ToIntegerOrInfinity ( argument ) — https://tc39.es/ecma262/#sec-tointegerorinfinity */
export function ToIntegerOrInfinity(agent: Agent, argument: Value): number {
  const number = ToNumber(agent, argument);
  return number !== number ? 0 : Math.trunc(number) + 0;
}

/** ToInt32 ( argument ) — https://tc39.es/ecma262/#sec-toint32 */
export function ToInt32(agent: Agent, argument: Value): number {
  return ToNumber(agent, argument) | 0;
}

/** ToUint32 ( argument ) — https://tc39.es/ecma262/#sec-touint32 */
export function ToUint32(agent: Agent, argument: Value): number {
  return ToNumber(agent, argument) >>> 0;
}

/** ToUint16 ( argument ) — https://tc39.es/ecma262/#sec-touint16 */
export function ToUint16(agent: Agent, argument: Value): number {
  return ToNumber(agent, argument) & 0xffff;
}

/** ToBigInt ( argument ) — https://tc39.es/ecma262/#sec-tobigint */
export function ToBigInt(agent: Agent, argument: Value): bigint {
  const prim = ToPrimitive(agent, argument, 'number');
  switch (typeof prim) {
    case 'bigint':
      return prim;
    case 'boolean':
      return prim ? 1n : 0n;
    case 'string': {
      const n = StringToBigInt(agent, prim);
      if (n === undefined) throwSyntaxError(agent, `Cannot convert ${describeForMessage(prim)} to a BigInt`);
      return n;
    }
    default:
      return throwTypeError(agent, `Cannot convert ${describeForMessage(prim)} to a BigInt`);
  }
}

/** StringToBigInt ( str ): undefined if the text is no StringIntegerLiteral — https://tc39.es/ecma262/#sec-stringtobigint */
function StringToBigInt(agent: Agent, str: string): bigint | undefined {
  chargeStringToBigInt(agent, str);
  return eval_StringToBigInt(str);
}

/** ToBigInt64 ( argument ) — https://tc39.es/ecma262/#sec-tobigint64 */
export function ToBigInt64(agent: Agent, argument: Value): bigint {
  return BigInt.asIntN(64, ToBigInt(agent, argument));
}

/** ToString ( argument ) — https://tc39.es/ecma262/#sec-tostring */
export function ToString(agent: Agent, argument: Value): string {
  if (typeof argument === 'string') return argument;
  if (typeof argument === 'object' && argument !== null) {
    return ToString(agent, ToPrimitiveObject(agent, argument, 'string'));
  }
  if (typeof argument === 'bigint') chargeBigIntToString(agent, argument, 10);
  else checkTrap(agent, trap_ToString(argument));
  return eval_ToString(argument);
}

/** ToObject ( argument ) — https://tc39.es/ecma262/#sec-toobject */
export function ToObject(agent: Agent, argument: Value): JSObject {
  const realm = agent.realm;
  switch (typeof argument) {
    case 'object':
      if (argument === null) break;
      return argument;
    case 'boolean':
      return new BooleanObject(
        rootShape(agent, realm.intrinsic('%Boolean.prototype%'), SHAPE_KIND_ORDINARY),
        argument,
      );
    case 'number':
      return new NumberObject(
        rootShape(agent, realm.intrinsic('%Number.prototype%'), SHAPE_KIND_ORDINARY),
        argument,
      );
    case 'string':
      return StringCreate(agent, argument, realm.intrinsic('%String.prototype%'));
    case 'symbol':
      return new SymbolObject(
        rootShape(agent, realm.intrinsic('%Symbol.prototype%'), SHAPE_KIND_ORDINARY),
        argument,
      );
    case 'bigint':
      return new BigIntObject(
        rootShape(agent, realm.intrinsic('%BigInt.prototype%'), SHAPE_KIND_ORDINARY),
        argument,
      );
    default:
  }
  return throwTypeError(agent, `Cannot convert ${String(argument)} to object`);
}

/** The object whose properties a primitive base has; ToObject without the wrapper. Null for undefined and null. */
export function prototypeForPrimitive(agent: Agent, value: Primitive): JSObject | null {
  switch (typeof value) {
    case 'boolean':
      return agent.realm.intrinsic('%Boolean.prototype%');
    case 'number':
      return agent.realm.intrinsic('%Number.prototype%');
    case 'string':
      return agent.realm.intrinsic('%String.prototype%');
    case 'symbol':
      return agent.realm.intrinsic('%Symbol.prototype%');
    case 'bigint':
      return agent.realm.intrinsic('%BigInt.prototype%');
    default:
      return null;
  }
}

/** ToPropertyKey ( argument ), canonical as property-key.ts says — https://tc39.es/ecma262/#sec-topropertykey */
export function ToPropertyKey(agent: Agent, argument: Value): PropertyKey {
  if (typeof argument === 'string') return keyOfString(agent, argument);
  if (typeof argument === 'number') return keyFromNumber(argument);
  if (typeof argument === 'symbol') return argument;
  const key = ToPrimitive(agent, argument, 'string');
  if (typeof key === 'symbol') return key;
  if (typeof key === 'number') return keyFromNumber(key);
  return keyOfString(agent, ToString(agent, key));
}

/** The canonical key of a string that the guest has made: the host will hash it. */
function keyOfString(agent: Agent, text: string): PropertyKey {
  chargeReading(agent, text.length);
  return keyFromString(text);
}

/** ToLength ( argument ) — https://tc39.es/ecma262/#sec-tolength */
export function ToLength(agent: Agent, argument: Value): number {
  const len = ToIntegerOrInfinity(agent, argument);
  return len <= 0 ? 0 : Math.min(len, Number.MAX_SAFE_INTEGER);
}

/** CanonicalNumericIndexString ( argument ), for a canonical key — https://tc39.es/ecma262/#sec-canonicalnumericindexstring */
export function CanonicalNumericIndexString(key: PropertyKey): number | undefined {
  if (typeof key === 'number') return key;
  if (typeof key === 'symbol') return undefined;
  if (key === '-0') return -0;
  const n = Number(key);
  return String(n) === key ? n : undefined;
}

/** ToIndex ( value ) — https://tc39.es/ecma262/#sec-toindex */
export function ToIndex(agent: Agent, value: Value): number {
  const integer = ToIntegerOrInfinity(agent, value);
  if (integer < 0 || integer > Number.MAX_SAFE_INTEGER) throwRangeError(agent, `Invalid index ${integer}`);
  return integer;
}
