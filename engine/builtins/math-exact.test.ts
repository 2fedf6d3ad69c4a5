import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sumPrecise } from './math-exact.ts';

const sums: readonly [numbers: number[], expected: number][] = [
  [[], -0],
  [[-0, -0], -0],
  [[-0, 0], 0],
  [[1e20, 0.1, -1e20], 0.1],
  [[0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1], 1],
  [[1e308, 1e308, -1e308, -1e308, 0.1], 0.1],
  [[Number.MAX_VALUE, Number.MAX_VALUE], Number.POSITIVE_INFINITY],
  [[Number.MIN_VALUE, -Number.MIN_VALUE, 5e-324], 5e-324],
  [[2 ** 53, 1, 2 ** -1000], 2 ** 53 + 2],
  [[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], Number.NaN],
  [[Number.POSITIVE_INFINITY, 1], Number.POSITIVE_INFINITY],
];
for (const [numbers, expected] of sums) {
  test(`the sum of [${numbers}] is ${expected}`, () => expect(sumPrecise(numbers)).toBe(expected));
}

test('the sum of two numbers is the host addition, correctly rounded already', () => {
  fc.assert(
    fc.property(fc.double(), fc.double(), (a, b) => {
      expect(sumPrecise([a, b])).toBe(a + b);
    }),
    { numRuns: 2000 },
  );
});
