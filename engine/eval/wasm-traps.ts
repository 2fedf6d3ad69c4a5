// The traps of WebAssembly as small integers: what an instruction gives instead of a value. A code is
// the index of its message, whose words are those of the specification's test suite. The last ones stop the guest for
// reasons of the host.

export const WASM_TRAP_NONE = 0;
export const WASM_TRAP_UNREACHABLE = 1;
export const WASM_TRAP_DIVIDE_BY_ZERO = 2;
export const WASM_TRAP_OVERFLOW = 3;
export const WASM_TRAP_INVALID_CONVERSION = 4;
export const WASM_TRAP_MEMORY = 5;
export const WASM_TRAP_TABLE = 6;
export const WASM_TRAP_UNDEFINED_ELEMENT = 7;
export const WASM_TRAP_UNINITIALIZED_ELEMENT = 8;
export const WASM_TRAP_CALL_TYPE = 9;
export const WASM_TRAP_NULL_FUNCTION = 10;
export const WASM_TRAP_NULL_STRUCTURE = 11;
export const WASM_TRAP_NULL_ARRAY = 12;
export const WASM_TRAP_NULL_I31 = 13;
export const WASM_TRAP_NULL_EXCEPTION = 14;
export const WASM_TRAP_NULL_REFERENCE = 15;
export const WASM_TRAP_NULL_DESCRIPTOR = 16;
export const WASM_TRAP_CAST = 17;
export const WASM_TRAP_DESCRIPTOR_CAST = 18;
export const WASM_TRAP_ARRAY = 19;
export const WASM_TRAP_UNALIGNED_ATOMIC = 20;
export const WASM_TRAP_EXPECTED_SHARED = 21;
export const WASM_TRAP_STACK = 22;
export const WASM_TRAP_ALLOCATION = 23;
export const WASM_TRAP_FUEL = 24;
export const WASM_TRAP_CANNOT_BLOCK = 25;

/** A code of the list above. */
export type WasmTrap = number;

export const WASM_TRAP_MESSAGES: readonly string[] = [
  '',
  'unreachable',
  'integer divide by zero',
  'integer overflow',
  'invalid conversion to integer',
  'out of bounds memory access',
  'out of bounds table access',
  'undefined element',
  'uninitialized element',
  'indirect call type mismatch',
  'null function reference',
  'null structure reference',
  'null array reference',
  'null i31 reference',
  'null exception reference',
  'null reference',
  'null descriptor reference',
  'cast failure',
  'descriptor cast failure',
  'out of bounds array access',
  'unaligned atomic',
  'expected shared memory',
  'call stack exhausted',
  'allocation size too large',
  'out of fuel',
  'the agent cannot block',
];
