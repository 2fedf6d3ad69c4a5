// The traps: what an operator on primitives raises instead of giving a value, as a small integer, so that neither
// exceptions nor allocation enter the reference semantics. The engine turns a code into a guest error by
// the row here; a code is the index of its row.

export const TRAP_NONE = 0;
export const TRAP_DIVISION_BY_ZERO = 1;
export const TRAP_NEGATIVE_EXPONENT = 2;
export const TRAP_BIGINT_TOO_LARGE = 3;
export const TRAP_UNSIGNED_SHIFT = 4;
export const TRAP_BIGINT_MIX = 5;
export const TRAP_BIGINT_TO_NUMBER = 6;
export const TRAP_SYMBOL_TO_NUMBER = 7;
export const TRAP_SYMBOL_TO_STRING = 8;
export const TRAP_STRING_TOO_LONG = 9;

export type Trap =
  | typeof TRAP_NONE
  | typeof TRAP_DIVISION_BY_ZERO
  | typeof TRAP_NEGATIVE_EXPONENT
  | typeof TRAP_BIGINT_TOO_LARGE
  | typeof TRAP_UNSIGNED_SHIFT
  | typeof TRAP_BIGINT_MIX
  | typeof TRAP_BIGINT_TO_NUMBER
  | typeof TRAP_SYMBOL_TO_NUMBER
  | typeof TRAP_SYMBOL_TO_STRING
  | typeof TRAP_STRING_TOO_LONG;

export interface TrapRow {
  /** Class of the guest error. */
  readonly errorName: 'RangeError' | 'TypeError';
  readonly message: string;
}

/** Rows by code. The order is part of the meaning; the first stands for TRAP_NONE. */
export const TRAPS: readonly TrapRow[] = [
  { errorName: 'TypeError', message: '' },
  { errorName: 'RangeError', message: 'Division by zero' },
  { errorName: 'RangeError', message: 'Exponent must be non-negative' },
  { errorName: 'RangeError', message: 'Maximum BigInt size exceeded' },
  { errorName: 'TypeError', message: 'BigInts have no unsigned right shift, use >> instead' },
  { errorName: 'TypeError', message: 'Cannot mix BigInt and other types, use explicit conversions' },
  { errorName: 'TypeError', message: 'Cannot convert a BigInt value to a number' },
  { errorName: 'TypeError', message: 'Cannot convert a Symbol value to a number' },
  { errorName: 'TypeError', message: 'Cannot convert a Symbol value to a string' },
  { errorName: 'RangeError', message: 'Invalid string length' },
];
