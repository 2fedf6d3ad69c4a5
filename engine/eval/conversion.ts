// Type conversion of primitives, https://tc39.es/ecma262/#sec-type-conversion . Total: where a `trap_` function gives
// another answer than TRAP_NONE, `eval_` gives NaN or the empty string. The host's grammars of numeric strings and
// its digits of Numbers are the specification's.
import type { HostPrimitive } from './primitive.ts';
import {
  TRAP_BIGINT_TO_NUMBER,
  TRAP_NONE,
  TRAP_SYMBOL_TO_NUMBER,
  TRAP_SYMBOL_TO_STRING,
  type Trap,
} from './traps.ts';

/** https://tc39.es/ecma262/#sec-toboolean */
export function eval_ToBoolean(x: HostPrimitive): boolean {
  return Boolean(x);
}

/** https://tc39.es/ecma262/#sec-tonumber */
export function trap_ToNumber(x: HostPrimitive): Trap {
  return typeof x === 'bigint' ? TRAP_BIGINT_TO_NUMBER : trap_ToNumeric(x);
}
export function eval_ToNumber(x: HostPrimitive): number {
  return typeof x === 'symbol' || typeof x === 'bigint' ? Number.NaN : Number(x);
}

/** https://tc39.es/ecma262/#sec-tonumeric */
export function trap_ToNumeric(x: HostPrimitive): Trap {
  return typeof x === 'symbol' ? TRAP_SYMBOL_TO_NUMBER : TRAP_NONE;
}
export function eval_ToNumeric(x: HostPrimitive): number | bigint {
  return typeof x === 'bigint' ? x : eval_ToNumber(x);
}

/** https://tc39.es/ecma262/#sec-tostring */
export function trap_ToString(x: HostPrimitive): Trap {
  return typeof x === 'symbol' ? TRAP_SYMBOL_TO_STRING : TRAP_NONE;
}
export function eval_ToString(x: HostPrimitive): string {
  return typeof x === 'symbol' ? '' : String(x);
}

/** Undefined if the text is no StringIntegerLiteral — https://tc39.es/ecma262/#sec-stringtobigint */
export function eval_StringToBigInt(str: string): bigint | undefined {
  try {
    return BigInt(str);
  } catch (error) {
    // The host throws a SyntaxError exactly when the grammar does not match; sizes beyond its limit count as no match.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}
