// Exactly rounded arithmetic for Math.sumPrecise. Pure.

const doubleBits = new DataView(new ArrayBuffer(8));

const MINUS_ZERO = -0;

/**
 * The correctly rounded sum of Numbers, -0 for an empty list — https://tc39.es/ecma262/#sec-math.sumprecise
 * Finite values are added exactly as integer multiples of 2^-1074 in one BigInt, then rounded once.
 */
export function sumPrecise(numbers: readonly number[]): number {
  let sum = 0n;
  let infinity = 0;
  let isNaN = false;
  let onlyMinusZero = true;
  for (const x of numbers) {
    if (x !== x) isNaN = true;
    else if (!Number.isFinite(x)) {
      if (infinity !== 0 && infinity !== x) isNaN = true;
      infinity = x;
    } else {
      if (!Object.is(x, MINUS_ZERO)) onlyMinusZero = false;
      sum += toUnits(x);
    }
  }
  if (isNaN) return Number.NaN;
  if (infinity !== 0) return infinity;
  if (onlyMinusZero) return MINUS_ZERO;
  return fromUnits(sum);
}

/** A finite double as a multiple of 2^-1074. */
function toUnits(x: number): bigint {
  doubleBits.setFloat64(0, x);
  const bits = doubleBits.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const magnitude = exponent === 0 ? fraction : (fraction | 0x10000000000000n) << BigInt(exponent - 1);
  return x < 0 ? -magnitude : magnitude;
}

/** The double nearest to a multiple of 2^-1074, ties to even; infinities beyond the range. */
function fromUnits(units: bigint): number {
  const negative = units < 0n;
  let magnitude = negative ? -units : units;
  let shift = 0;
  const excess = magnitude.toString(2).length - 53;
  if (excess > 0) {
    const cut = BigInt(excess);
    const rest = magnitude & ((1n << cut) - 1n);
    const half = 1n << (cut - 1n);
    magnitude >>= cut;
    if (rest > half || (rest === half && (magnitude & 1n) === 1n)) magnitude += 1n;
    shift = excess;
    if (magnitude === 1n << 53n) {
      magnitude >>= 1n;
      shift++;
    }
  }
  // Below 2^52 units the number is subnormal and its units are its bits; else the biased exponent is shift + 1.
  let bits = magnitude;
  if (magnitude >= 1n << 52n) bits = (BigInt(shift + 1) << 52n) | (magnitude & 0xfffffffffffffn);
  if (shift + 1 >= 0x7ff) bits = 0x7ffn << 52n;
  doubleBits.setBigUint64(0, bits);
  const value = doubleBits.getFloat64(0);
  return negative ? -value : value;
}
