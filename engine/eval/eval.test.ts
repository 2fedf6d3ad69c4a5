import { expect, test } from 'vitest';
import {
  eval_bigint_exponentiate,
  eval_bigint_leftShift,
  eval_bigint_signedRightShift,
  MAX_BIGINT_BITS,
  TRAP_BIGINT_TOO_LARGE,
  TRAP_DIVISION_BY_ZERO,
  TRAP_NEGATIVE_EXPONENT,
  TRAP_NONE,
  trap_bigint_divide,
  trap_bigint_exponentiate,
  trap_bigint_leftShift,
  trap_bigint_multiply,
  trap_bigint_signedRightShift,
} from './bigint.ts';
import { eval_numeric_lessThan, eval_numeric_looselyEqual, eval_typeof } from './primitive.ts';

const trapRows: readonly [name: string, trap: number, expected: number][] = [
  ['1n / 0n', trap_bigint_divide(1n, 0n), TRAP_DIVISION_BY_ZERO],
  ['2n ** -1n', trap_bigint_exponentiate(2n, -1n), TRAP_NEGATIVE_EXPONENT],
  ['(-1n) ** huge', trap_bigint_exponentiate(-1n, 1n << 80n), TRAP_NONE],
  ['2n ** 2^31', trap_bigint_exponentiate(2n, 1n << 31n), TRAP_BIGINT_TOO_LARGE],
  ['3n ** 2^30', trap_bigint_exponentiate(3n, BigInt(MAX_BIGINT_BITS)), TRAP_BIGINT_TOO_LARGE],
  ['1n << 2^64', trap_bigint_leftShift(1n, 1n << 64n), TRAP_BIGINT_TOO_LARGE],
  ['0n << 2^64', trap_bigint_leftShift(0n, 1n << 64n), TRAP_NONE],
  ['1n >> -2^40', trap_bigint_signedRightShift(1n, -(1n << 40n)), TRAP_BIGINT_TOO_LARGE],
  ['small products never trap', trap_bigint_multiply(-(1n << 63n), 1n << 63n), TRAP_NONE],
];
for (const [name, trap, expected] of trapRows) test(name, () => expect(trap).toBe(expected));

test('very long right shifts leave the sign', () => {
  expect(eval_bigint_signedRightShift(-5n, 1n << 70n)).toBe(-1n);
  expect(eval_bigint_signedRightShift(5n, 1n << 70n)).toBe(0n);
  expect(eval_bigint_leftShift(0n, 1n << 70n)).toBe(0n);
});

test('powers of one and zero need no bound', () => {
  expect(eval_bigint_exponentiate(1n, 1n << 20n)).toBe(1n);
});

test('mixed numerics compare by mathematical value', () => {
  expect(eval_numeric_lessThan(1n, 1.5)).toBe(true);
  expect(eval_numeric_lessThan(Number.NaN, 1n)).toBe(undefined);
  expect(eval_numeric_looselyEqual(2n, 2)).toBe(true);
  expect(eval_typeof(null)).toBe('object');
});
