import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundToFloat16, sumPrecise } from './math-exact.ts';

/** Every finite binary16 value that is not negative. */
function float16Values(): number[] {
  const values: number[] = [];
  for (let bits = 0; bits < 0x7c00; bits++) {
    const exponent = bits >> 10;
    const fraction = bits & 0x3ff;
    values.push(exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
  }
  return values;
}

test('binary16 values round to themselves and midpoints to even', () => {
  const values = float16Values();
  for (let i = 0; i < values.length; i++) {
    expect(roundToFloat16(values[i])).toBe(values[i]);
    expect(Object.is(roundToFloat16(-values[i]), -values[i])).toBe(true);
    if (i + 1 < values.length) {
      const middle = (values[i] + values[i + 1]) / 2;
      expect(roundToFloat16(middle)).toBe(values[i + (i % 2)]);
      expect(roundToFloat16(middle * (1 + 2 ** -50))).toBe(values[i + 1]);
      expect(roundToFloat16(middle * (1 - 2 ** -50))).toBe(values[i]);
    }
  }
});

const roundings: readonly [x: number, expected: number][] = [
  [65519.999, 65504],
  [65520, Number.POSITIVE_INFINITY],
  [-65520, Number.NEGATIVE_INFINITY],
  [2 ** -25, 0],
  [2 ** -25 * 1.0001, 2 ** -24],
  [Number.MIN_VALUE, 0],
  [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
];
for (const [x, expected] of roundings) {
  test(`${x} rounds to ${expected}`, () => expect(roundToFloat16(x)).toBe(expected));
}

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
