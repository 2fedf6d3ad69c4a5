import { expect, test } from 'vitest';
import { hash64 } from './hash.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

test('a hash stays what it is: files are checked by it', () => {
  expect(hash64(bytesOf(''))).toEqual(hash64(new Uint8Array(0)));
  expect(hash64(bytesOf('kataan'))).toEqual(hash64(bytesOf('kataan')));
  expect(hash64(bytesOf('kataan'))).toEqual({ low: 3_243_651_067, high: 3_919_494_307 });
});

test('every single bit that is flipped changes both halves', () => {
  const bytes = bytesOf('the quick brown fox jumps over the lazy dog');
  const { low, high } = hash64(bytes);
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = bytes.slice();
    flipped[bit >> 3] ^= 1 << (bit & 7);
    const other = hash64(flipped);
    expect(other.low).not.toBe(low);
    expect(other.high).not.toBe(high);
  }
});

test('bytes that change places, and zeros at the end, change the hash', () => {
  expect(hash64(Uint8Array.of(1, 2))).not.toEqual(hash64(Uint8Array.of(2, 1)));
  expect(hash64(Uint8Array.of(1))).not.toEqual(hash64(Uint8Array.of(1, 0)));
  expect(hash64(Uint8Array.of(0))).not.toEqual(hash64(Uint8Array.of(0, 0)));
});
