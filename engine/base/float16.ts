// IEEE 754 binary16 on hosts that have no Float16Array: rounding, encoding, decoding. Pure.

const singleValue = new Float32Array(1);
const singleBits = new Uint32Array(singleValue.buffer);

const INFINITY_BITS = 0x7c00;
const NAN_BITS = 0x7e00;
/** The weight of one unit in the last place of subnormal numbers. */
const SUBNORMAL_UNIT = 2 ** -24;

/** 2 to the power of (biased exponent - 25): what an 11-bit significand is multiplied by. Entry 0 is not used. */
const SCALES = new Float64Array(31);
for (let exponent = 1; exponent < 31; exponent++) SCALES[exponent] = 2 ** (exponent - 25);

/**
 * By exponent + 14, from -14 (which serves subnormal numbers too) to 15: a power of two so large that the host rounds
 * what is added to it to the binary16 numbers of that exponent, ties to even.
 */
const ROUNDERS = new Float64Array(30);
for (let i = 0; i < 30; i++) ROUNDERS[i] = 2 ** (i - 14 + 42);

/** `x` rounded to the nearest binary16 value, ties to even, as a Number — https://tc39.es/ecma262/#sec-math.f16round */
export function roundToFloat16(x: number): number {
  if (!Number.isFinite(x) || x === 0) return x;
  const magnitude = Math.abs(x);
  // 65520 is half way between the largest finite value and the next power of two: ties round away to infinity.
  if (magnitude >= 65520) return x < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  // A binary32 value has the same exponent, or the next one where both roundings give that power of two.
  singleValue[0] = magnitude;
  const exponent = (singleBits[0] >>> 23) - 127;
  const rounder = ROUNDERS[exponent < -14 ? 0 : exponent + 14];
  const rounded = magnitude + rounder - rounder;
  return x < 0 ? -rounded : rounded;
}

/** The 16 bits of `x` rounded to binary16, ties to even. Every NaN gives the same bits. */
export function encodeFloat16(x: number): number {
  if (x !== x) return NAN_BITS;
  // Every binary16 value is a binary32 value, so the second rounding changes nothing.
  singleValue[0] = roundToFloat16(x);
  const bits = singleBits[0];
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 127;
  if (exponent === 128) return sign | INFINITY_BITS;
  if (exponent < -14) return sign | (Math.abs(singleValue[0]) / SUBNORMAL_UNIT);
  return sign | ((exponent + 15) << 10) | ((bits >>> 13) & 0x3ff);
}

/** The value of 16 bits as binary16. */
export function decodeFloat16(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 0x3ff;
  let magnitude: number;
  if (exponent === 0) magnitude = fraction * SUBNORMAL_UNIT;
  else if (exponent < 31) magnitude = (fraction | 0x400) * SCALES[exponent];
  else magnitude = fraction === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  return (bits & 0x8000) === 0 ? magnitude : -magnitude;
}
