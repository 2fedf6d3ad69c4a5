// Reference semantics of the operators on BigInts, https://tc39.es/ecma262/#sec-ecmascript-language-types-bigint-type .
// Each operation that can fail has a `trap_` function, to be asked first; `eval_` is defined where it gives
// TRAP_NONE. Results are bounded: beyond MAX_BIGINT_BITS the trap says so before the host would throw or take
// a very long time.

export const TRAP_NONE = 0;
export const TRAP_DIVISION_BY_ZERO = 1;
export const TRAP_NEGATIVE_EXPONENT = 2;
export const TRAP_BIGINT_TOO_LARGE = 3;
export const TRAP_UNSIGNED_SHIFT = 4;

export type BigIntTrap =
  | typeof TRAP_NONE
  | typeof TRAP_DIVISION_BY_ZERO
  | typeof TRAP_NEGATIVE_EXPONENT
  | typeof TRAP_BIGINT_TOO_LARGE
  | typeof TRAP_UNSIGNED_SHIFT;

/** Message of the guest error by trap; all are RangeErrors but TRAP_UNSIGNED_SHIFT, a TypeError. */
export const TRAP_MESSAGES: readonly string[] = [
  '',
  'Division by zero',
  'Exponent must be non-negative',
  'Maximum BigInt size exceeded',
  'BigInts have no unsigned right shift, use >> instead',
];

/** The largest BigInt in bits. Hosts allow between 2^20 (rarely) and 2^30. */
export const MAX_BIGINT_BITS = 1 << 30;

const SMALL = 1n << 64n;

/** An upper bound of the magnitude's bit length, exact to a few bits for large values. */
export function bigintBitsBound(x: bigint): number {
  const magnitude = x < 0n ? -x : x;
  if (magnitude < SMALL) return 64;
  // Host radix conversion to a power of two is linear; 4 bits a digit.
  return magnitude.toString(16).length * 4;
}

function isSmall(x: bigint): boolean {
  return x < SMALL && x > -SMALL;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-unaryMinus */
export function eval_bigint_unaryMinus(x: bigint): bigint {
  return -x;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-bitwiseNOT */
export function eval_bigint_bitwiseNOT(x: bigint): bigint {
  return ~x;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-exponentiate */
export function trap_bigint_exponentiate(base: bigint, exponent: bigint): BigIntTrap {
  if (exponent < 0n) return TRAP_NEGATIVE_EXPONENT;
  if (base === 0n || base === 1n || base === -1n || exponent <= 1n) return TRAP_NONE;
  if (exponent > BigInt(MAX_BIGINT_BITS)) return TRAP_BIGINT_TOO_LARGE;
  const magnitude = base < 0n ? -base : base;
  // A lower bound of the result's length, so that nothing representable is refused; see the upper limit of hosts.
  const bits = magnitude < SMALL ? Math.floor(Math.log2(Number(magnitude))) : bigintBitsBound(magnitude) - 4;
  return bits * Number(exponent) >= MAX_BIGINT_BITS ? TRAP_BIGINT_TOO_LARGE : TRAP_NONE;
}
export function eval_bigint_exponentiate(base: bigint, exponent: bigint): bigint {
  return base ** exponent;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-multiply */
export function trap_bigint_multiply(x: bigint, y: bigint): BigIntTrap {
  if (isSmall(x) && isSmall(y)) return TRAP_NONE;
  return bigintBitsBound(x) + bigintBitsBound(y) > MAX_BIGINT_BITS ? TRAP_BIGINT_TOO_LARGE : TRAP_NONE;
}
export function eval_bigint_multiply(x: bigint, y: bigint): bigint {
  return x * y;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-divide */
export function trap_bigint_divide(_x: bigint, y: bigint): BigIntTrap {
  return y === 0n ? TRAP_DIVISION_BY_ZERO : TRAP_NONE;
}
export function eval_bigint_divide(x: bigint, y: bigint): bigint {
  return x / y;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-remainder */
export function trap_bigint_remainder(_n: bigint, d: bigint): BigIntTrap {
  return d === 0n ? TRAP_DIVISION_BY_ZERO : TRAP_NONE;
}
export function eval_bigint_remainder(n: bigint, d: bigint): bigint {
  return n % d;
}

/** Sums grow by one bit, so only operands at the bound can pass it — https://tc39.es/ecma262/#sec-numeric-types-bigint-add */
export function trap_bigint_add(x: bigint, y: bigint): BigIntTrap {
  if (isSmall(x) || isSmall(y)) return TRAP_NONE;
  return Math.max(bigintBitsBound(x), bigintBitsBound(y)) >= MAX_BIGINT_BITS
    ? TRAP_BIGINT_TOO_LARGE
    : TRAP_NONE;
}
export function eval_bigint_add(x: bigint, y: bigint): bigint {
  return x + y;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-subtract */
export function eval_bigint_subtract(x: bigint, y: bigint): bigint {
  return x - y;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-leftShift */
export function trap_bigint_leftShift(x: bigint, y: bigint): BigIntTrap {
  if (x === 0n || y <= 0n) return TRAP_NONE;
  if (y > BigInt(MAX_BIGINT_BITS)) return TRAP_BIGINT_TOO_LARGE;
  return bigintBitsBound(x) - 64 + Number(y) >= MAX_BIGINT_BITS ? TRAP_BIGINT_TOO_LARGE : TRAP_NONE;
}
export function eval_bigint_leftShift(x: bigint, y: bigint): bigint {
  if (x === 0n) return 0n;
  // Very long right shifts leave the sign; the host may refuse them.
  if (y < -BigInt(MAX_BIGINT_BITS)) return x < 0n ? -1n : 0n;
  return x << y;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-signedRightShift */
export function trap_bigint_signedRightShift(x: bigint, y: bigint): BigIntTrap {
  return trap_bigint_leftShift(x, -y);
}
export function eval_bigint_signedRightShift(x: bigint, y: bigint): bigint {
  return eval_bigint_leftShift(x, -y);
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-unsignedRightShift */
export function trap_bigint_unsignedRightShift(_x: bigint, _y: bigint): BigIntTrap {
  return TRAP_UNSIGNED_SHIFT;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-bitwiseAND */
export function eval_bigint_bitwiseAND(x: bigint, y: bigint): bigint {
  return x & y;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-bitwiseXOR */
export function eval_bigint_bitwiseXOR(x: bigint, y: bigint): bigint {
  return x ^ y;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-bitwiseOR */
export function eval_bigint_bitwiseOR(x: bigint, y: bigint): bigint {
  return x | y;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-lessThan */
export function eval_bigint_lessThan(x: bigint, y: bigint): boolean {
  return x < y;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-equal */
export function eval_bigint_equal(x: bigint, y: bigint): boolean {
  return x === y;
}
