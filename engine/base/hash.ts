// A small hash of bytes against accidents: two multiplicative lanes of 32 bits that are mixed at the end. It tells a
// damaged file from a whole one; it is no protection against someone who means to deceive.

const SEED_LOW = 0x811c9dc5;
const SEED_HIGH = 0x9e3779b9;
const PRIME_LOW = 0x01000193;
const PRIME_HIGH = 0x85ebca6b;

/** A hash of 64 bits as two unsigned integers of 32 bits. */
export interface Hash64 {
  readonly low: number;
  readonly high: number;
}

/** The hash of `bytes`, going on from `before` where the bytes are given in parts. */
export function hash64(bytes: Uint8Array, before: Hash64 = { low: SEED_LOW, high: SEED_HIGH }): Hash64 {
  let low = before.low | 0;
  let high = before.high | 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    low = Math.imul(low ^ byte, PRIME_LOW);
    // The rotation lets high bits, which multiplication does not bring down, have their say.
    high = Math.imul(((high << 13) | (high >>> 19)) + byte, PRIME_HIGH);
  }
  return { low: mix(low ^ bytes.length), high: mix(high ^ low) };
}

/** Makes every bit of the input matter to every bit of the result. */
function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
