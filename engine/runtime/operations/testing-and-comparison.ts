// Testing and Comparison Operations, https://tc39.es/ecma262/#sec-testing-and-comparison-operations .
// SameValue and kin are in ../same-value.ts, IsCallable and IsConstructor in ../call.ts.
import type { Agent } from '../agent.ts';
import { chargeBigIntUnary } from '../bigint-work.ts';
import { throwTypeError } from '../errors.ts';
import { ArrayObject } from '../objects/array.ts';
import type { JSObject } from '../objects/object.ts';
import { ProxyObject } from '../objects/proxy.ts';
import { RegExpObject } from '../objects/regexp.ts';
import { chargeEquality, chargeScan } from '../string-work.ts';
import { SYMBOL_MATCH, type Value } from '../value.ts';
import { StringToBigInt, StringToNumber, ToBoolean, ToNumber, ToPrimitive } from './type-conversion.ts';

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
  if (typeof px === 'string' && typeof py === 'string') {
    chargeScan(agent, Math.min(px.length, py.length));
    return px < py;
  }
  if (typeof px === 'bigint' && typeof py === 'string') {
    const ny = StringToBigInt(agent, py);
    return ny === undefined ? undefined : px < ny;
  }
  if (typeof px === 'string' && typeof py === 'bigint') {
    const nx = StringToBigInt(agent, px);
    return nx === undefined ? undefined : nx < py;
  }
  const nx = typeof px === 'bigint' ? px : ToNumber(agent, px);
  const ny = typeof py === 'bigint' ? py : ToNumber(agent, py);
  if (nx !== nx || ny !== ny) return undefined;
  return nx < ny;
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
  } else if (typeof x === 'bigint' && typeof y === 'bigint') chargeBigIntUnary(agent, x);
}

/** IsLooselyEqual ( x, y ) — https://tc39.es/ecma262/#sec-islooselyequal , with [[IsHTMLDDA]] of Annex B. */
export function IsLooselyEqual(agent: Agent, x: Value, y: Value): boolean {
  for (;;) {
    if (typeof x === typeof y && (x === null) === (y === null)) return IsStrictlyEqualCharged(agent, x, y);
    if (x === undefined || x === null) {
      return y === undefined || y === null || (typeof y === 'object' && y.isHTMLDDA);
    }
    if (y === undefined || y === null) return typeof x === 'object' && x.isHTMLDDA;
    if (typeof x === 'number' && typeof y === 'string') return x === StringToNumber(agent, y);
    if (typeof x === 'string' && typeof y === 'number') return StringToNumber(agent, x) === y;
    if (typeof x === 'bigint' && typeof y === 'string') {
      const n = StringToBigInt(agent, y);
      return n !== undefined && x === n;
    }
    if (typeof x === 'string' && typeof y === 'bigint') {
      const n = StringToBigInt(agent, x);
      return n !== undefined && y === n;
    }
    if (typeof x === 'boolean') x = x ? 1 : 0;
    else if (typeof y === 'boolean') y = y ? 1 : 0;
    else if (typeof x === 'object') {
      if (typeof y === 'object') return x === y;
      x = ToPrimitive(agent, x);
    } else if (typeof y === 'object') y = ToPrimitive(agent, y);
    // Number against BigInt compares mathematical values, as the host does.
    // biome-ignore lint/suspicious/noDoubleEquals: both are Number or BigInt here
    else return typeof x !== 'symbol' && typeof y !== 'symbol' && x == y;
  }
}
