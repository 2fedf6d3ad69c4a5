// What the specification lets an engine choose in the relaxed vector instructions: for each lane, the results that some
// implementation may give (WebAssembly 3.0, "Relaxed Operations" of the numerics). Written from the specification with exact
// arithmetic, apart from `eval`, which makes one of these choices.

type Lane = (view: DataView, at: number) => readonly (number | bigint)[];

interface Relaxed {
  /** Bytes of a lane of the result. */
  readonly size: 1 | 2 | 4 | 8;
  /** What a lane may be, of float lanes as numbers, by the operands, which lie 16 bytes apart. */
  readonly lane: Lane;
  readonly isFloat?: boolean;
}

const INT32_MIN = -(2 ** 31);

function truncated(x: number, low: number, high: number, invalid: number): number[] {
  if (Number.isNaN(x)) return [0, invalid];
  const t = Math.trunc(x);
  if (t < low) return [low, invalid];
  return t > high ? [high, invalid] : [t];
}

function truncation(size: 4 | 8, isSigned: boolean): Relaxed {
  return {
    size: 4,
    lane: (view, at) => {
      if (size === 8 && at >= 8) return [0];
      const x = size === 4 ? view.getFloat32(at, true) : view.getFloat64(2 * at, true);
      return isSigned
        ? truncated(x, INT32_MIN, 2 ** 31 - 1, INT32_MIN)
        : truncated(x, 0, 2 ** 32 - 1, 2 ** 32 - 1);
    },
  };
}

function float(view: DataView, at: number, size: 4 | 8): number {
  return size === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true);
}

function multiplyAdd(size: 4 | 8, sign: 1 | -1): Relaxed {
  const round = size === 4 ? Math.fround : Number;
  return {
    size,
    isFloat: true,
    lane: (view, at) => {
      const a = sign * float(view, at, size);
      const b = float(view, at + 16, size);
      const c = float(view, at + 32, size);
      return [round(round(a * b) + c), fusedMultiplyAdd(a, b, c, size)];
    },
  };
}

function laneSelect(size: 1 | 2 | 4 | 8): Relaxed {
  return {
    size: 1,
    lane: (view, at) => {
      const a = view.getUint8(at);
      const b = view.getUint8(at + 16);
      const mask = view.getUint8(at + 32);
      const top = view.getInt8(at - (at % size) + size - 1 + 32);
      const choices = [(a & mask) | (b & ~mask & 0xff), top < 0 ? a : b];
      // Lanes of 16 bits may be selected byte by byte.
      if (size === 2) choices.push(mask >= 0x80 ? a : b);
      return choices;
    },
  };
}

function minMax(size: 4 | 8, pick: (a: number, b: number) => number): Relaxed {
  return {
    size,
    isFloat: true,
    lane: (view, at) => {
      const a = float(view, at, size);
      const b = float(view, at + 16, size);
      const isChoice = Number.isNaN(a) || Number.isNaN(b) || (a === 0 && b === 0);
      return isChoice ? [pick(a, b), a, b] : [pick(a, b)];
    },
  };
}

/** Products of neighbours, the second operand signed or unsigned, their sum wrapped or saturated. */
function dotProducts(view: DataView, at: number): number[] {
  const sums = [false, true].map((isUnsigned) => {
    let sum = 0;
    for (let i = at; i < at + 2; i++) {
      sum += view.getInt8(i) * (isUnsigned ? view.getUint8(i + 16) : view.getInt8(i + 16));
    }
    return sum;
  });
  return sums.flatMap((sum) => [(sum << 16) >> 16, Math.min(Math.max(sum, -32768), 32767)]);
}

const relaxed: Readonly<Record<string, Relaxed>> = {
  'i8x16.relaxed_swizzle': {
    size: 1,
    lane: (view, at) => {
      const s = view.getUint8(at + 16);
      if (s < 16) return [view.getUint8(s)];
      return s < 128 ? [0, view.getUint8(s % 16)] : [0];
    },
  },
  'i32x4.relaxed_trunc_f32x4_s': truncation(4, true),
  'i32x4.relaxed_trunc_f32x4_u': truncation(4, false),
  'i32x4.relaxed_trunc_f64x2_s_zero': truncation(8, true),
  'i32x4.relaxed_trunc_f64x2_u_zero': truncation(8, false),
  'f32x4.relaxed_madd': multiplyAdd(4, 1),
  'f32x4.relaxed_nmadd': multiplyAdd(4, -1),
  'f64x2.relaxed_madd': multiplyAdd(8, 1),
  'f64x2.relaxed_nmadd': multiplyAdd(8, -1),
  'i8x16.relaxed_laneselect': laneSelect(1),
  'i16x8.relaxed_laneselect': laneSelect(2),
  'i32x4.relaxed_laneselect': laneSelect(4),
  'i64x2.relaxed_laneselect': laneSelect(8),
  'f32x4.relaxed_min': minMax(4, Math.min),
  'f32x4.relaxed_max': minMax(4, Math.max),
  'f64x2.relaxed_min': minMax(8, Math.min),
  'f64x2.relaxed_max': minMax(8, Math.max),
  'i16x8.relaxed_q15mulr_s': {
    size: 2,
    lane: (view, at) => {
      const rounded = (view.getInt16(at, true) * view.getInt16(at + 16, true) + 0x4000) >> 15;
      return rounded > 32767 ? [32767, -32768] : [rounded];
    },
  },
  'i16x8.relaxed_dot_i8x16_i7x16_s': { size: 2, lane: dotProducts },
  'i32x4.relaxed_dot_i8x16_i7x16_add_s': {
    size: 4,
    lane: (view, at) => {
      const addend = view.getInt32(at + 32, true);
      const low = dotProducts(view, at);
      return dotProducts(view, at + 2).flatMap((high) => low.map((sum) => (sum + high + addend) | 0));
    },
  },
};

/** Whether an instruction of that name may give this result for these operands; null if it is not a relaxed one. */
export function isRelaxedResult(name: string, operands: Uint8Array, result: Uint8Array): boolean | null {
  const rule = relaxed[name];
  if (rule === undefined) return null;
  const given = new DataView(operands.buffer, operands.byteOffset, operands.byteLength);
  const view = new DataView(result.buffer, result.byteOffset, result.byteLength);
  for (let at = 0; at < 16; at += rule.size) {
    const choices = rule.lane(given, at);
    if (rule.isFloat) {
      const value = float(view, at, rule.size as 4 | 8);
      if (!choices.some((choice) => Object.is(choice, value))) return false;
    } else {
      const bits = BigInt.asUintN(8 * rule.size, integer(view, at, rule.size));
      if (!choices.some((choice) => BigInt.asUintN(8 * rule.size, BigInt(choice)) === bits)) return false;
    }
  }
  return true;
}

function integer(view: DataView, at: number, size: number): bigint {
  let value = 0n;
  for (let i = size - 1; i >= 0; i--) value = (value << 8n) | BigInt(view.getUint8(at + i));
  return value;
}

/** a × b + c, rounded once to the format of `size` bytes. */
function fusedMultiplyAdd(a: number, b: number, c: number, size: 4 | 8): number {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return a * b + c;
  // The exact product is finite, however great.
  if (!Number.isFinite(c)) return c;
  const product = exactly(a).mantissa * exactly(b).mantissa;
  const productExponent = exactly(a).exponent + exactly(b).exponent;
  const { mantissa, exponent } = exactly(c);
  const least = Math.min(productExponent, exponent);
  const sum = (product << BigInt(productExponent - least)) + (mantissa << BigInt(exponent - least));
  // An exact zero has the sign that the host's own addition gives it.
  if (sum === 0n) return a * b + c === 0 ? a * b + c : 0;
  return rounded(sum, least, size);
}

/** A finite number as mantissa × 2^exponent. */
function exactly(x: number): { readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const field = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  const magnitude = field === 0 ? fraction : fraction | (1n << 52n);
  return { mantissa: bits >> 63n === 1n ? -magnitude : magnitude, exponent: Math.max(field, 1) - 1075 };
}

/** mantissa × 2^exponent to the nearest number of the format, ties to even. */
function rounded(mantissa: bigint, exponent: number, size: 4 | 8): number {
  const precision = size === 4 ? 24 : 53;
  const leastExponent = size === 4 ? -149 : -1074;
  const magnitude = mantissa < 0n ? -mantissa : mantissa;
  const excess = Math.max(magnitude.toString(2).length - precision, leastExponent - exponent, 0);
  const shift = BigInt(excess);
  let kept = magnitude >> shift;
  const rest = magnitude - (kept << shift);
  const half = excess === 0 ? 0n : 1n << (shift - 1n);
  if (excess > 0 && (rest > half || (rest === half && (kept & 1n) === 1n))) kept += 1n;
  // The kept bits are exact in a double; the power may lie beyond the range of one factor.
  const power = exponent + excess;
  const value = Number(kept) * 2 ** Math.trunc(power / 2) * 2 ** (power - Math.trunc(power / 2));
  const limited = size === 4 && value > 3.4028234663852886e38 ? Number.POSITIVE_INFINITY : value;
  return mantissa < 0n ? -limited : limited;
}
