// Values of number literals, as bits. Floating-point literals are rounded once, from the exact value, to the format
// asked for: going through a double would round single precision twice.
// https://webassembly.github.io/spec/core/text/values.html

const INT_LITERAL = /^([+-]?)(0x)?(.*)$/;

/** The integer of a literal, null when it does not fit: unsigned, or signed where the text has a sign. */
export function parseInteger(text: string, bits: number): bigint | null {
  const [, sign, hex, digits] = INT_LITERAL.exec(text.replaceAll('_', '')) as unknown as [
    string,
    string,
    string?,
    string?,
  ];
  const significant = (digits ?? '').replace(/^0+/, '');
  // No integer of 64 bits has so many digits, and the host would convert them one by one.
  if (significant.length > 24) return null;
  const magnitude = BigInt((hex ?? '') + (significant || '0'));
  if (sign === '-') return magnitude <= 1n << BigInt(bits - 1) ? -magnitude : null;
  return magnitude < 1n << BigInt(sign === '+' ? bits - 1 : bits) ? magnitude : null;
}

/** A floating-point format: width of the significand with its hidden bit, width of the exponent. */
interface FloatFormat {
  readonly significandBits: number;
  readonly exponentBits: number;
}
const FORMAT_32: FloatFormat = { significandBits: 24, exponentBits: 8 };
const FORMAT_64: FloatFormat = { significandBits: 53, exponentBits: 11 };

const scratch = new DataView(new ArrayBuffer(8));

/** Bits of an f32 literal, as a signed 32-bit integer, or null if it is out of range. */
export function parseFloat32(text: string): number | null {
  const fast = fastFloat32(text);
  if (fast !== null) return fast;
  const bits = parseFloatBits(text.replaceAll('_', ''), FORMAT_32);
  return bits === null ? null : Number(BigInt.asIntN(32, bits));
}

/** Bits of an f64 literal, as an unsigned 64-bit integer, or null if it is out of range. */
export function parseFloat64(text: string): bigint | null {
  const plain = text.replaceAll('_', '');
  if (!isSpecial(plain)) {
    // The host rounds decimal text to double once, exactly as asked for.
    const value = Number(plain);
    if (!Number.isFinite(value)) return null;
    scratch.setFloat64(0, value);
    return scratch.getBigUint64(0);
  }
  return parseFloatBits(plain, FORMAT_64);
}

function isSpecial(text: string): boolean {
  return text.includes('x') || text.includes('n');
}

const MIN_NORMAL_32 = 2 ** -126;
const MAX_32 = 3.4028234663852886e38;

/** Rounding a double to single is right unless the double may itself be a rounded tie, or lies at the range's ends. */
function fastFloat32(text: string): number | null {
  const plain = text.replaceAll('_', '');
  if (isSpecial(plain)) return null;
  const value = Number(plain);
  const magnitude = Math.abs(value);
  if (magnitude < MIN_NORMAL_32 || magnitude > MAX_32) return null;
  scratch.setFloat64(0, value);
  if ((scratch.getInt32(4) & 0x1fff_ffff) === 0x1000_0000) return null;
  scratch.setFloat32(0, value);
  return scratch.getInt32(0);
}

function parseFloatBits(text: string, format: FloatFormat): bigint | null {
  const isNegative = text.startsWith('-');
  const body = text.replace(/^[+-]/, '');
  const bits = magnitudeBits(body, format);
  if (bits === null) return null;
  const width = BigInt(format.significandBits + format.exponentBits);
  return isNegative ? bits | (1n << (width - 1n)) : bits;
}

function magnitudeBits(body: string, format: FloatFormat): bigint | null {
  const fraction = BigInt(format.significandBits - 1);
  const infinity = ((1n << BigInt(format.exponentBits)) - 1n) << fraction;
  if (body === 'inf') return infinity;
  if (body === 'nan') return infinity | (1n << (fraction - 1n));
  if (body.startsWith('nan:')) {
    const digits = body.slice('nan:0x'.length).replace(/^0+/, '');
    // No payload has so many digits, and the host has a largest integer.
    if (digits.length > 24) return null;
    const payload = BigInt(`0x${digits || '0'}`);
    return payload > 0n && payload < 1n << fraction ? infinity | payload : null;
  }
  const bits = body.startsWith('0x') ? hexBits(body.slice(2), format) : decimalBits(body, format);
  return bits !== null && bits < infinity ? bits : null;
}

/** Digits beyond these cannot change a rounding, except that they are not all zero. */
const MOST_DIGITS = 1200;
/** With at most so many digits, larger exponents are zero or out of range. */
const LARGE_EXPONENT = 5000;

interface Digits {
  /** Significant digits: no leading zeros, at most MOST_DIGITS and one that stands for the rest. */
  readonly text: string;
  /** How many digits the whole is behind the point, negative if it goes on before it. */
  readonly scale: number;
}

function digitsOf(mantissa: string): Digits {
  const [whole, fraction = ''] = mantissa.split('.') as [string, string?];
  const all = (whole + fraction).replace(/^0+/, '');
  if (all.length <= MOST_DIGITS) return { text: all, scale: fraction.length };
  const kept = all.slice(0, MOST_DIGITS);
  const isRestZero = /^0*$/.test(all.slice(MOST_DIGITS));
  return {
    text: `${kept}${isRestZero ? '0' : '1'}`,
    scale: fraction.length - (all.length - MOST_DIGITS - 1),
  };
}

function hexBits(body: string, format: FloatFormat): bigint | null {
  const [mantissa, exponentText = '0'] = body.split(/[pP]/) as [string, string?];
  const { text, scale } = digitsOf(mantissa);
  if (text === '') return 0n;
  const exponent = Number(exponentText) - 4 * scale;
  if (exponent < -2 * LARGE_EXPONENT) return 0n;
  if (exponent > 2 * LARGE_EXPONENT) return null;
  const significand = BigInt(`0x${text}`);
  return exponent >= 0
    ? rounded(significand << BigInt(exponent), 1n, format)
    : rounded(significand, 1n << BigInt(-exponent), format);
}

function decimalBits(body: string, format: FloatFormat): bigint | null {
  const [mantissa, exponentText = '0'] = body.split(/[eE]/) as [string, string?];
  const { text, scale } = digitsOf(mantissa);
  if (text === '') return 0n;
  const exponent = Number(exponentText) - scale;
  if (exponent < -LARGE_EXPONENT) return 0n;
  if (exponent > LARGE_EXPONENT) return null;
  const significand = BigInt(text);
  return exponent >= 0
    ? rounded(significand * 10n ** BigInt(exponent), 1n, format)
    : rounded(significand, 10n ** BigInt(-exponent), format);
}

function bitLength(value: bigint): number {
  const hex = value.toString(16);
  return 4 * (hex.length - 1) + (32 - Math.clz32(Number.parseInt(hex[0] as string, 16)));
}

/** `numerator / denominator`, positive, to the nearest value of the format, ties to even; infinity if too large. */
function rounded(numerator: bigint, denominator: bigint, format: FloatFormat): bigint {
  const bias = 2 ** (format.exponentBits - 1) - 1;
  const minExponent = 1 - bias;
  // The exponent of the leading bit, possibly one too large.
  let exponent = bitLength(numerator) - bitLength(denominator);
  const isBelow =
    exponent >= 0
      ? numerator < denominator << BigInt(exponent)
      : numerator << BigInt(-exponent) < denominator;
  if (isBelow) exponent--;
  exponent = Math.max(exponent, minExponent);
  const shift = format.significandBits - 1 - exponent;
  const scaled = shift >= 0 ? numerator << BigInt(shift) : numerator;
  const divisor = shift >= 0 ? denominator : denominator << BigInt(-shift);
  let significand = scaled / divisor;
  const rest = 2n * (scaled % divisor);
  if (rest > divisor || (rest === divisor && (significand & 1n) === 1n)) significand++;
  // A significand that grew by a bit adds to the exponent field, as it should; subnormals have no hidden bit.
  const hidden = 1n << BigInt(format.significandBits - 1);
  const infinity = ((1n << BigInt(format.exponentBits)) - 1n) * hidden;
  const bits = significand < hidden ? significand : BigInt(exponent + bias - 1) * hidden + significand;
  return bits < infinity ? bits : infinity;
}
