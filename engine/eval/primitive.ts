// Primitives as such: their type, their identity, typeof, and the concatenation of strings. Pure; objects are the
// runtime's business. What converts its operands is in conversion.ts, comparison.ts and arithmetic.ts.
import { TRAP_NONE, TRAP_STRING_TOO_LONG, type Trap } from './traps.ts';

export type HostPrimitive = undefined | null | boolean | number | string | bigint | symbol;

/** https://tc39.es/ecma262/#sec-typeof-operator for primitives. */
export function eval_typeof(x: HostPrimitive): string {
  return x === null ? 'object' : typeof x;
}

/** https://tc39.es/ecma262/#sec-void-operator */
export function eval_void(_x: HostPrimitive): undefined {
  return undefined;
}

/** https://tc39.es/ecma262/#sec-isstrictlyequal */
export function eval_strictEqual(x: HostPrimitive, y: HostPrimitive): boolean {
  return x === y;
}
export function eval_strictNotEqual(x: HostPrimitive, y: HostPrimitive): boolean {
  return x !== y;
}

/** The longest string the engine makes, in UTF-16 code units; hosts allow a little more. */
export const MAX_STRING_LENGTH = 0x1fffffe8;

/** https://tc39.es/ecma262/#string-concatenation */
export function trap_string_concat(x: string, y: string): Trap {
  return x.length + y.length > MAX_STRING_LENGTH ? TRAP_STRING_TOO_LONG : TRAP_NONE;
}
export function eval_string_concat(x: string, y: string): string {
  return trap_string_concat(x, y) === TRAP_NONE ? x + y : '';
}
