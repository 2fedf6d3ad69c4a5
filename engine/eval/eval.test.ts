import { expect, test } from 'vitest';
import { trap_add, trap_increment, trap_subtract } from './arithmetic.ts';
import {
  eval_bigint_exponentiate,
  eval_bigint_leftShift,
  eval_bigint_multiply,
  eval_bigint_signedRightShift,
  MAX_BIGINT_BITS,
  trap_bigint_add,
  trap_bigint_divide,
  trap_bigint_exponentiate,
  trap_bigint_leftShift,
  trap_bigint_multiply,
  trap_bigint_signedRightShift,
} from './bigint.ts';
import { eval_less, eval_looselyEqual, eval_numeric_equal, eval_numeric_lessThan } from './comparison.ts';
import { eval_StringToBigInt, eval_ToNumber } from './conversion.ts';
import { operatorRows } from './operators.ts';
import { eval_typeof } from './primitive.ts';
import {
  TRAP_BIGINT_MIX,
  TRAP_BIGINT_TOO_LARGE,
  TRAP_DIVISION_BY_ZERO,
  TRAP_NEGATIVE_EXPONENT,
  TRAP_NONE,
  TRAP_STRING_TOO_LONG,
  TRAP_SYMBOL_TO_NUMBER,
  TRAP_SYMBOL_TO_STRING,
} from './traps.ts';

const LIMIT = BigInt(MAX_BIGINT_BITS);
const LARGE = 1n << (LIMIT / 2n);
const half = 'x'.repeat(2 ** 28);

const trapRows: readonly [name: string, trap: number, expected: number][] = [
  ['1n / 0n', trap_bigint_divide(1n, 0n), TRAP_DIVISION_BY_ZERO],
  ['2n ** -1n', trap_bigint_exponentiate(2n, -1n), TRAP_NEGATIVE_EXPONENT],
  ['(-1n) ** huge', trap_bigint_exponentiate(-1n, 1n << 80n), TRAP_NONE],
  ['2n ** 2^31', trap_bigint_exponentiate(2n, 1n << 31n), TRAP_BIGINT_TOO_LARGE],
  ['2n ** 2^30', trap_bigint_exponentiate(2n, LIMIT), TRAP_BIGINT_TOO_LARGE],
  ['2n ** (2^30 - 1)', trap_bigint_exponentiate(2n, LIMIT - 1n), TRAP_NONE],
  ['3n ** (2^30 - 1)', trap_bigint_exponentiate(3n, LIMIT - 1n), TRAP_BIGINT_TOO_LARGE],
  ['(-2^1000) ** 2^20', trap_bigint_exponentiate(-(1n << 1000n), 1n << 20n), TRAP_NONE],
  ['(-2^1100) ** 2^20', trap_bigint_exponentiate(-(1n << 1100n), 1n << 20n), TRAP_BIGINT_TOO_LARGE],
  ['1n << 2^64', trap_bigint_leftShift(1n, 1n << 64n), TRAP_BIGINT_TOO_LARGE],
  ['0n << 2^64', trap_bigint_leftShift(0n, 1n << 64n), TRAP_NONE],
  ['1n << (2^30 - 1)', trap_bigint_leftShift(1n, LIMIT - 1n), TRAP_NONE],
  ['1n << 2^30', trap_bigint_leftShift(1n, LIMIT), TRAP_BIGINT_TOO_LARGE],
  ['1n >> -2^40', trap_bigint_signedRightShift(1n, -(1n << 40n)), TRAP_BIGINT_TOO_LARGE],
  ['small products never trap', trap_bigint_multiply(-(1n << 63n), 1n << 63n), TRAP_NONE],
  ['2^(2^29) * 2^(2^29)', trap_bigint_multiply(LARGE, -LARGE), TRAP_BIGINT_TOO_LARGE],
  ['2^(2^29) + 2^(2^29)', trap_bigint_add(LARGE, LARGE), TRAP_NONE],
  ['1n + 1', trap_add(1n, 1), TRAP_BIGINT_MIX],
  ["1n + '1'", trap_add(1n, '1'), TRAP_NONE],
  ['Symbol() + 1n', trap_add(Symbol(), 1n), TRAP_SYMBOL_TO_NUMBER],
  ["'' + Symbol()", trap_add('', Symbol()), TRAP_SYMBOL_TO_STRING],
  ['1n - Symbol()', trap_subtract(1n, Symbol()), TRAP_SYMBOL_TO_NUMBER],
  ['++1n', trap_increment(1n), TRAP_NONE],
  ['a string of 2^29 code units', trap_add(half, half), TRAP_STRING_TOO_LONG],
];
for (const [name, trap, expected] of trapRows) test(name, () => expect(trap).toBe(expected));

test('what would be too large is 0n, not an exception of the host', () => {
  expect(eval_bigint_exponentiate(3n, LIMIT - 1n)).toBe(0n);
  expect(eval_bigint_leftShift(3n, LIMIT - 1n)).toBe(0n);
  expect(eval_bigint_multiply(LARGE, LARGE)).toBe(0n);
});

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
  expect(eval_numeric_equal(2n, 2)).toBe(true);
  expect(eval_looselyEqual(2n ** 53n + 1n, 2 ** 53)).toBe(false);
});

test('a string against a BigInt is an integer literal or nothing', () => {
  expect(eval_looselyEqual(16n, ' 0x10 ')).toBe(true);
  expect(eval_less(1n, '1.5')).toBe(false);
  expect(eval_StringToBigInt('1n')).toBe(undefined);
  expect(eval_StringToBigInt('')).toBe(0n);
});

test('conversions that trap have a value', () => {
  expect(eval_ToNumber(Symbol())).toBe(Number.NaN);
  expect(eval_ToNumber(1n)).toBe(Number.NaN);
  expect(eval_typeof(null)).toBe('object');
});

test('an operator has one row for each domain, and one for all primitives', () => {
  const keys = operatorRows.map(({ expression, domain }) => `${domain} ${expression}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { expression } of operatorRows) expect(keys).toContain(`primitive ${expression}`);
});
