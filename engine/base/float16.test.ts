import { expect, test } from 'vitest';
import { decodeFloat16, encodeFloat16, roundToFloat16 } from './float16.ts';

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

test('all 65,536 bit patterns decode and encode to themselves, NaNs to one pattern', () => {
  for (let bits = 0; bits < 0x10000; bits++) {
    const value = decodeFloat16(bits);
    const isNaN = (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0;
    if (Number.isNaN(value) !== isNaN) expect.fail(`bits ${bits}`);
    if (encodeFloat16(value) !== (isNaN ? 0x7e00 : bits)) expect.fail(`bits ${bits}`);
  }
});

test('encoding rounds as roundToFloat16 does', () => {
  for (const x of [
    0.1,
    -0.1,
    65519.999,
    65520,
    2 ** -25,
    2 ** -24 * 1.5,
    -(2 ** -14),
    1 / 3,
    1e-300,
    Number.MAX_VALUE,
  ]) {
    expect(decodeFloat16(encodeFloat16(x))).toBe(roundToFloat16(x));
  }
});
