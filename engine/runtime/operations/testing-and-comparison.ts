// Testing and Comparison Operations, https://tc39.es/ecma262/#sec-testing-and-comparison-operations .
// SameValue and kin are in ../same-value.ts, IsCallable and IsConstructor in ../call.ts.
import {
  eval_isLessThan,
  eval_looselyEqual,
  eval_numeric_lessThan,
  trap_isLessThan,
} from '../../eval/comparison.ts';
import type { Agent } from '../agent.ts';
import { chargeBigIntScan, chargeStringToBigInt } from '../bigint-work.ts';
import { checkTrap, throwTypeError } from '../errors.ts';
import { ArrayObject } from '../objects/array.ts';
import type { JSObject } from '../objects/object.ts';
import { ProxyObject } from '../objects/proxy.ts';
import { RegExpObject } from '../objects/regexp.ts';
import { chargeEquality, chargeScan } from '../string-work.ts';
import { SYMBOL_MATCH, type Value } from '../value.ts';
import { chargeStringToNumber, ToBoolean, ToPrimitive, ToPrimitiveObject } from './type-conversion.ts';

/** RequireObjectCoercible ( argument ) — https://tc39.es/ecma262/#sec-requireobjectcoercible . `what` names the operation. */
export function RequireObjectCoercible(agent: Agent, argument: Value, what: string): Value {
  if (argument === undefined || argument === null) {
    throwTypeError(agent, `${what} called on ${String(argument)}`);
  }
  return argument;
}

/** IsArray ( argument ) — https://tc39.es/ecma262/#sec-isarray */
export function IsArray(agent: Agent, argument: Value): boolean {
  let object: Value = argument;
  while (object instanceof ProxyObject) {
    if (object.proxyHandler === null) throwTypeError(agent, 'Cannot perform IsArray on a revoked proxy');
    agent.chargeFuel(1);
    object = object.proxyTarget;
  }
  return object instanceof ArrayObject;
}

/** IsRegExp ( argument ) — https://tc39.es/ecma262/#sec-isregexp */
export function IsRegExp(agent: Agent, argument: Value): argument is JSObject {
  if (typeof argument !== 'object' || argument === null) return false;
  const matcher = argument.Get(agent, SYMBOL_MATCH, argument);
  if (matcher !== undefined) return ToBoolean(matcher);
  return argument instanceof RegExpObject;
}

/** IsLessThan ( x, y, LeftFirst ): undefined if either is NaN — https://tc39.es/ecma262/#sec-islessthan */
export function IsLessThan(agent: Agent, x: Value, y: Value, LeftFirst: boolean): boolean | undefined {
  let px: Value;
  let py: Value;
  if (LeftFirst) {
    px = ToPrimitive(agent, x, 'number');
    py = ToPrimitive(agent, y, 'number');
  } else {
    py = ToPrimitive(agent, y, 'number');
    px = ToPrimitive(agent, x, 'number');
  }
  if (typeof px === 'number' && typeof py === 'number') return eval_numeric_lessThan(px, py);
  if (typeof px === 'string' && typeof py === 'string') chargeScan(agent, Math.min(px.length, py.length));
  else {
    checkTrap(agent, trap_isLessThan(px, py));
    chargeNumericText(agent, px, py);
    if (typeof px === 'bigint') chargeBigIntScan(agent, px);
  }
  return eval_isLessThan(px, py);
}

/** IsStrictlyEqual, charging the comparison of long strings and BigInts — https://tc39.es/ecma262/#sec-isstrictlyequal */
export function IsStrictlyEqualCharged(agent: Agent, x: Value, y: Value): boolean {
  chargeComparison(agent, x, y);
  return x === y;
}

/** Charges a comparison for equality without conversion. */
export function chargeComparison(agent: Agent, x: Value, y: Value): void {
  if (typeof x === 'string') {
    if (typeof y === 'string') chargeEquality(agent, x, y);
  } else if (typeof x === 'bigint' && typeof y === 'bigint') chargeBigIntScan(agent, x);
}

/** IsLooselyEqual ( x, y ) — https://tc39.es/ecma262/#sec-islooselyequal , with [[IsHTMLDDA]] of Annex B. */
export function IsLooselyEqual(agent: Agent, x: Value, y: Value): boolean {
  let px = x;
  let py = y;
  if (typeof px === 'object' && px !== null) {
    if (typeof py === 'object' && py !== null) return px === py;
    if (py === undefined || py === null) return px.isHTMLDDA;
    px = ToPrimitiveObject(agent, px, 'default');
  } else if (typeof py === 'object' && py !== null) {
    if (px === undefined || px === null) return py.isHTMLDDA;
    py = ToPrimitiveObject(agent, py, 'default');
  }
  if (typeof px === typeof py) chargeComparison(agent, px, py);
  else chargeNumericText(agent, px, py);
  return eval_looselyEqual(px, py);
}

/** Charges the conversion of an operand that is a string and is compared with a numeric one. */
function chargeNumericText(agent: Agent, x: Value, y: Value): void {
  if (typeof x === 'string') {
    if (typeof y === 'bigint') chargeStringToBigInt(agent, x);
    else chargeStringToNumber(agent, x);
  } else if (typeof y === 'string') {
    if (typeof x === 'bigint') chargeStringToBigInt(agent, y);
    else chargeStringToNumber(agent, y);
  }
}
