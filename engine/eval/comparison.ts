// Comparison of primitives with conversion: == and its negation, the relational operators.
// https://tc39.es/ecma262/#sec-testing-and-comparison-operations . Total: a Symbol, on which the relational operators
// trap, compares as NaN does.
import { eval_StringToBigInt, eval_ToNumeric, trap_ToNumeric } from './conversion.ts';
import { eval_strictEqual, type HostPrimitive } from './primitive.ts';
import { TRAP_NONE, type Trap } from './traps.ts';

/** https://tc39.es/ecma262/#sec-islooselyequal without its steps on objects. */
export function eval_looselyEqual(x: HostPrimitive, y: HostPrimitive): boolean {
  if (x === undefined || x === null) return y === undefined || y === null;
  if (y === undefined || y === null) return false;
  if (typeof x === typeof y) return eval_strictEqual(x, y);
  if (typeof x === 'symbol' || typeof y === 'symbol') return false;
  if (typeof x === 'bigint' && typeof y === 'string') return x === eval_StringToBigInt(y);
  if (typeof x === 'string' && typeof y === 'bigint') return eval_StringToBigInt(x) === y;
  return eval_numeric_equal(eval_ToNumeric(x), eval_ToNumeric(y));
}
export function eval_looselyNotEqual(x: HostPrimitive, y: HostPrimitive): boolean {
  return !eval_looselyEqual(x, y);
}

/** IsLessThan, undefined if either is NaN — https://tc39.es/ecma262/#sec-islessthan */
export function trap_isLessThan(px: HostPrimitive, py: HostPrimitive): Trap {
  const trap = trap_ToNumeric(px);
  return trap === TRAP_NONE ? trap_ToNumeric(py) : trap;
}
export function eval_isLessThan(px: HostPrimitive, py: HostPrimitive): boolean | undefined {
  if (typeof px === 'string' && typeof py === 'string') return px < py;
  const nx = typeof px === 'string' && typeof py === 'bigint' ? eval_StringToBigInt(px) : eval_ToNumeric(px);
  const ny = typeof py === 'string' && typeof px === 'bigint' ? eval_StringToBigInt(py) : eval_ToNumeric(py);
  return nx === undefined || ny === undefined ? undefined : eval_numeric_lessThan(nx, ny);
}

/** https://tc39.es/ecma262/#sec-relational-operators-runtime-semantics-evaluation ; all four trap as isLessThan. */
export function eval_less(x: HostPrimitive, y: HostPrimitive): boolean {
  return eval_isLessThan(x, y) === true;
}
export function eval_greater(x: HostPrimitive, y: HostPrimitive): boolean {
  return eval_isLessThan(y, x) === true;
}
export function eval_lessEqual(x: HostPrimitive, y: HostPrimitive): boolean {
  return eval_isLessThan(y, x) === false;
}
export function eval_greaterEqual(x: HostPrimitive, y: HostPrimitive): boolean {
  return eval_isLessThan(x, y) === false;
}

/** Mathematical values, undefined for NaN: Number::lessThan, BigInt::lessThan and the steps of IsLessThan on a mix. */
export function eval_numeric_lessThan(x: number | bigint, y: number | bigint): boolean | undefined {
  if (x !== x || y !== y) return undefined;
  return x < y;
}

/** Mathematical values: Number::equal, BigInt::equal and the step of IsLooselyEqual on a mix. */
export function eval_numeric_equal(x: number | bigint, y: number | bigint): boolean {
  // biome-ignore lint/suspicious/noDoubleEquals: the host compares mathematical values
  return x == y;
}
