// Reference semantics of the operators that accept any primitive: typeof, strict equality, ordering of mixed
// numerics and string concatenation. Pure; objects are the runtime's business.

export type HostPrimitive = undefined | null | boolean | number | string | bigint | symbol;

/** https://tc39.es/ecma262/#sec-typeof-operator for primitives. */
export function eval_typeof(x: HostPrimitive): string {
  return x === null ? 'object' : typeof x;
}

/** https://tc39.es/ecma262/#sec-isstrictlyequal */
export function eval_strictEqual(x: HostPrimitive, y: HostPrimitive): boolean {
  return x === y;
}

/** IsLessThan from its step on numerics: mathematical values, undefined for NaN — https://tc39.es/ecma262/#sec-islessthan */
export function eval_numeric_lessThan(x: number | bigint, y: number | bigint): boolean | undefined {
  if (x !== x || y !== y) return undefined;
  return x < y;
}

/** IsLooselyEqual of a BigInt and a Number: mathematical values — https://tc39.es/ecma262/#sec-islooselyequal */
export function eval_numeric_looselyEqual(x: number | bigint, y: number | bigint): boolean {
  // biome-ignore lint/suspicious/noDoubleEquals: the host compares mathematical values
  return x == y;
}

/** IsLessThan of two Strings, by code units — https://tc39.es/ecma262/#sec-islessthan */
export function eval_string_lessThan(x: string, y: string): boolean {
  return x < y;
}

/** The longest string the engine makes, in UTF-16 code units; hosts allow a little more. */
export const MAX_STRING_LENGTH = 0x1fffffe8;

/** True if the concatenation would be longer than MAX_STRING_LENGTH. */
export function trap_string_concat(x: string, y: string): boolean {
  return x.length + y.length > MAX_STRING_LENGTH;
}

/** https://tc39.es/ecma262/#string-concatenation */
export function eval_string_concat(x: string, y: string): string {
  return x + y;
}
