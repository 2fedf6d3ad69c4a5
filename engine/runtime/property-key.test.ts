import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyFromNumber, keyFromString, keyToValue, MAX_ARRAY_INDEX } from './property-key.ts';

const rows: readonly [text: string, key: string | number][] = [
  ['0', 0],
  ['00', '00'],
  ['01', '01'],
  ['-0', '-0'],
  ['1', 1],
  ['4294967294', MAX_ARRAY_INDEX],
  ['4294967295', '4294967295'],
  ['99999999999', '99999999999'],
  ['1.5', '1.5'],
  ['', ''],
  ['1e3', '1e3'],
  ['x1', 'x1'],
];
for (const [text, key] of rows) {
  test(`the key of '${text}' is the ${typeof key} ${key}`, () => {
    expect(keyFromString(text)).toBe(key);
    expect(keyToValue(key)).toBe(text);
  });
}

test('keys of numbers are the keys of their strings', () => {
  fc.assert(
    fc.property(fc.oneof(fc.double(), fc.integer(), fc.nat(0xffffffff)), (n) => {
      expect(keyFromNumber(n)).toBe(keyFromString(String(n)));
    }),
  );
});
