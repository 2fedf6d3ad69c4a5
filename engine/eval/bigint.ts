// Reference semantics of the operators on BigInts, https://tc39.es/ecma262/#sec-ecmascript-language-types-bigint-type .
// Each operation that can fail has a `trap_` function, to be asked first; `eval_` is total and gives 0n where that
// gives another answer than TRAP_NONE. Results are bounded: beyond MAX_BIGINT_BITS the trap says so before the host
// would throw or take a very long time. A bound is exact, or refuses a result that has exactly that many bits.
import {
  TRAP_BIGINT_TOO_LARGE,
  TRAP_DIVISION_BY_ZERO,
  TRAP_NEGATIVE_EXPONENT,
  TRAP_NONE,
  TRAP_UNSIGNED_SHIFT,
  type Trap,
} from './traps.ts';

/** The largest BigInt in bits. Hosts allow between 2^20 (rarely) and 2^30. */
export const MAX_BIGINT_BITS = 1 << 30;

/** Sums and products of magnitudes below are far from the bound. Comparing takes no time: lengths decide. */
const MODERATE = 1n << 65_536n;
const MINUS_MODERATE = -MODERATE;
/** Larger shifts and exponents pass the bound for every operand but 0 (and exponents for 1 and -1). */
const MAX_SHIFT = BigInt(MAX_BIGINT_BITS);
const MODERATE_SHIFT = MAX_SHIFT >> 1n;

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-unaryMinus */
export function eval_bigint_unaryMinus(x: bigint): bigint {
  return -x;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-bitwiseNOT */
export function eval_bigint_bitwiseNOT(x: bigint): bigint {
  return ~x;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-exponentiate */
export function trap_bigint_exponentiate(base: bigint, exponent: bigint): Trap {
  if (exponent < 0n) return TRAP_NEGATIVE_EXPONENT;
  if (base === 0n || base === 1n || base === -1n || exponent <= 1n) return TRAP_NONE;
  if (exponent > MAX_SHIFT) return TRAP_BIGINT_TOO_LARGE;
  return log2(base) * Number(exponent) >= MAX_BIGINT_BITS ? TRAP_BIGINT_TOO_LARGE : TRAP_NONE;
}
export function eval_bigint_exponentiate(base: bigint, exponent: bigint): bigint {
  return trap_bigint_exponentiate(base, exponent) === TRAP_NONE ? base ** exponent : 0n;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-multiply */
export function trap_bigint_multiply(x: bigint, y: bigint): Trap {
  if (isModerate(x) && isModerate(y)) return TRAP_NONE;
  return bitLength(x) + bitLength(y) > MAX_BIGINT_BITS ? TRAP_BIGINT_TOO_LARGE : TRAP_NONE;
}
export function eval_bigint_multiply(x: bigint, y: bigint): bigint {
  return trap_bigint_multiply(x, y) === TRAP_NONE ? x * y : 0n;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-divide */
export function trap_bigint_divide(_x: bigint, y: bigint): Trap {
  return y === 0n ? TRAP_DIVISION_BY_ZERO : TRAP_NONE;
}
export function eval_bigint_divide(x: bigint, y: bigint): bigint {
  return y === 0n ? 0n : x / y;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-remainder */
export function trap_bigint_remainder(_n: bigint, d: bigint): Trap {
  return d === 0n ? TRAP_DIVISION_BY_ZERO : TRAP_NONE;
}
export function eval_bigint_remainder(n: bigint, d: bigint): bigint {
  return d === 0n ? 0n : n % d;
}

/** Sums grow by one bit, so only operands at the bound can pass it — https://tc39.es/ecma262/#sec-numeric-types-bigint-add */
export function trap_bigint_add(x: bigint, y: bigint): Trap {
  if (isModerate(x) && isModerate(y)) return TRAP_NONE;
  return Math.max(bitLength(x), bitLength(y)) >= MAX_BIGINT_BITS ? TRAP_BIGINT_TOO_LARGE : TRAP_NONE;
}
export function eval_bigint_add(x: bigint, y: bigint): bigint {
  return trap_bigint_add(x, y) === TRAP_NONE ? x + y : 0n;
}

/** Traps as `trap_bigint_add` — https://tc39.es/ecma262/#sec-numeric-types-bigint-subtract */
export function eval_bigint_subtract(x: bigint, y: bigint): bigint {
  return trap_bigint_add(x, y) === TRAP_NONE ? x - y : 0n;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-leftShift */
export function trap_bigint_leftShift(x: bigint, y: bigint): Trap {
  if (x === 0n || y <= 0n || (y <= MODERATE_SHIFT && isModerate(x))) return TRAP_NONE;
  if (y > MAX_SHIFT) return TRAP_BIGINT_TOO_LARGE;
  return bitLength(x) + Number(y) > MAX_BIGINT_BITS ? TRAP_BIGINT_TOO_LARGE : TRAP_NONE;
}
export function eval_bigint_leftShift(x: bigint, y: bigint): bigint {
  if (x === 0n || trap_bigint_leftShift(x, y) !== TRAP_NONE) return 0n;
  // Very long right shifts leave the sign; the host may refuse them.
  if (y < -MAX_SHIFT) return x < 0n ? -1n : 0n;
  return x << y;
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-signedRightShift */
export function trap_bigint_signedRightShift(x: bigint, y: bigint): Trap {
  return trap_bigint_leftShift(x, -y);
}
export function eval_bigint_signedRightShift(x: bigint, y: bigint): bigint {
  return eval_bigint_leftShift(x, -y);
}

/** https://tc39.es/ecma262/#sec-numeric-types-bigint-unsignedRightShift */
export function trap_bigint_unsignedRightShift(_x: bigint, _y: bigint): Trap {
  return TRAP_UNSIGNED_SHIFT;
}
export function eval_bigint_unsignedRightShift(_x: bigint, _y: bigint): bigint {
  return 0n;
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

function isModerate(x: bigint): boolean {
  return x < MODERATE && x > MINUS_MODERATE;
}

/** The number of bits of the magnitude. Linear: the host's digits of a power of two are. */
function bitLength(x: bigint): number {
  const digits = (x < 0n ? -x : x).toString(16);
  return digits.length * 4 - Math.clz32(Number.parseInt(digits[0], 16)) + 28;
}

/** The binary logarithm of the magnitude, which is not 0, to the precision of a Number. */
function log2(x: bigint): number {
  const magnitude = x < 0n ? -x : x;
  const dropped = Math.max(0, bitLength(magnitude) - 64);
  return dropped + Math.log2(Number(magnitude >> BigInt(dropped)));
}
