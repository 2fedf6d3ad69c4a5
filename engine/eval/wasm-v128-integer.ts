// Reference semantics of integer lanes: arithmetic, comparison, shifts, widening and narrowing. Signatures are those of
// wasm-lanes.ts. Functions of one shape differ only in what they do to a lane, so they are made from that.
// https://webassembly.github.io/spec/core/exec/numerics.html

import { type Lanes, scratchLanes, storeScratch, type VectorEval } from './wasm-lanes.ts';

type IntegerView = 'i8' | 'u8' | 'i16' | 'u16' | 'i32' | 'u32';
type WideView = 'i64' | 'u64';
type Unary = (x: number) => number;
type Binary = (x: number, y: number) => number;

/** Lanes of a vector and lanes of a slot, by view. */
const LANES = { i8: 16, u8: 16, i16: 8, u16: 8, i32: 4, u32: 4 } as const;

function unary(view: IntegerView, f: Unary): VectorEval {
  const count = LANES[view];
  const perSlot = count / 2;
  return (v, d, a) => {
    const lanes = v[view];
    for (let i = 0; i < count; i++) lanes[d * perSlot + i] = f(lanes[a * perSlot + i] as number);
  };
}

function binary(view: IntegerView, f: Binary): VectorEval {
  const count = LANES[view];
  const perSlot = count / 2;
  return (v, d, a, b) => {
    const lanes = v[view];
    for (let i = 0; i < count; i++)
      lanes[d * perSlot + i] = f(lanes[a * perSlot + i] as number, lanes[b * perSlot + i] as number);
  };
}

function binary64(view: WideView, f: (x: bigint, y: bigint) => bigint): VectorEval {
  return (v, d, a, b) => {
    const lanes = v[view];
    const low = f(lanes[a] as bigint, lanes[b] as bigint);
    lanes[d + 1] = f(lanes[a + 1] as bigint, lanes[b + 1] as bigint);
    lanes[d] = low;
  };
}

/** Comparison: all ones or all zeros. */
function relation(view: IntegerView, f: (x: number, y: number) => boolean): VectorEval {
  return binary(view, (x, y) => (f(x, y) ? -1 : 0));
}
function relation64(f: (x: bigint, y: bigint) => boolean): VectorEval {
  return binary64('i64', (x, y) => (f(x, y) ? -1n : 0n));
}

function shift(view: IntegerView, f: (x: number, count: number) => number): VectorEval {
  const count = LANES[view];
  const perSlot = count / 2;
  const mask = 128 / count - 1;
  return (v, d, a, b) => {
    const lanes = v[view];
    const by = (v.i32[2 * b] as number) & mask;
    for (let i = 0; i < count; i++) lanes[d * perSlot + i] = f(lanes[a * perSlot + i] as number, by);
  };
}
function shift64(view: WideView, f: (x: bigint, count: bigint) => bigint): VectorEval {
  return (v, d, a, b) => {
    const by = BigInt((v.i32[2 * b] as number) & 63);
    const low = f(v[view][a] as bigint, by);
    v[view][d + 1] = f(v[view][a + 1] as bigint, by);
    v[view][d] = low;
  };
}

const clamp = (min: number, max: number, f: Binary): Binary => {
  return (x, y) => Math.max(min, Math.min(max, f(x, y)));
};
const add: Binary = (x, y) => x + y;
const sub: Binary = (x, y) => x - y;
const mul: Binary = (x, y) => Math.imul(x, y);
const average: Binary = (x, y) => (x + y + 1) >> 1;
const popcount = (x: number): number => {
  let count = 0;
  for (let rest = x; rest !== 0; rest &= rest - 1) count++;
  return count;
};

export const eval_i8x16_eq = relation('i8', (x, y) => x === y);
export const eval_i8x16_ne = relation('i8', (x, y) => x !== y);
export const eval_i8x16_lt_s = relation('i8', (x, y) => x < y);
export const eval_i8x16_lt_u = relation('u8', (x, y) => x < y);
export const eval_i8x16_gt_s = relation('i8', (x, y) => x > y);
export const eval_i8x16_gt_u = relation('u8', (x, y) => x > y);
export const eval_i8x16_le_s = relation('i8', (x, y) => x <= y);
export const eval_i8x16_le_u = relation('u8', (x, y) => x <= y);
export const eval_i8x16_ge_s = relation('i8', (x, y) => x >= y);
export const eval_i8x16_ge_u = relation('u8', (x, y) => x >= y);
export const eval_i16x8_eq = relation('i16', (x, y) => x === y);
export const eval_i16x8_ne = relation('i16', (x, y) => x !== y);
export const eval_i16x8_lt_s = relation('i16', (x, y) => x < y);
export const eval_i16x8_lt_u = relation('u16', (x, y) => x < y);
export const eval_i16x8_gt_s = relation('i16', (x, y) => x > y);
export const eval_i16x8_gt_u = relation('u16', (x, y) => x > y);
export const eval_i16x8_le_s = relation('i16', (x, y) => x <= y);
export const eval_i16x8_le_u = relation('u16', (x, y) => x <= y);
export const eval_i16x8_ge_s = relation('i16', (x, y) => x >= y);
export const eval_i16x8_ge_u = relation('u16', (x, y) => x >= y);
export const eval_i32x4_eq = relation('i32', (x, y) => x === y);
export const eval_i32x4_ne = relation('i32', (x, y) => x !== y);
export const eval_i32x4_lt_s = relation('i32', (x, y) => x < y);
export const eval_i32x4_lt_u = relation('u32', (x, y) => x < y);
export const eval_i32x4_gt_s = relation('i32', (x, y) => x > y);
export const eval_i32x4_gt_u = relation('u32', (x, y) => x > y);
export const eval_i32x4_le_s = relation('i32', (x, y) => x <= y);
export const eval_i32x4_le_u = relation('u32', (x, y) => x <= y);
export const eval_i32x4_ge_s = relation('i32', (x, y) => x >= y);
export const eval_i32x4_ge_u = relation('u32', (x, y) => x >= y);
export const eval_i64x2_eq = relation64((x, y) => x === y);
export const eval_i64x2_ne = relation64((x, y) => x !== y);
export const eval_i64x2_lt_s = relation64((x, y) => x < y);
export const eval_i64x2_gt_s = relation64((x, y) => x > y);
export const eval_i64x2_le_s = relation64((x, y) => x <= y);
export const eval_i64x2_ge_s = relation64((x, y) => x >= y);

export const eval_i8x16_abs = unary('i8', Math.abs);
export const eval_i8x16_neg = unary('i8', (x) => -x);
export const eval_i8x16_popcnt = unary('u8', popcount);
export const eval_i8x16_shl = shift('i8', (x, by) => x << by);
export const eval_i8x16_shr_s = shift('i8', (x, by) => x >> by);
export const eval_i8x16_shr_u = shift('u8', (x, by) => x >> by);
export const eval_i8x16_add = binary('i8', add);
export const eval_i8x16_add_sat_s = binary('i8', clamp(-128, 127, add));
export const eval_i8x16_add_sat_u = binary('u8', clamp(0, 255, add));
export const eval_i8x16_sub = binary('i8', sub);
export const eval_i8x16_sub_sat_s = binary('i8', clamp(-128, 127, sub));
export const eval_i8x16_sub_sat_u = binary('u8', clamp(0, 255, sub));
export const eval_i8x16_min_s = binary('i8', Math.min);
export const eval_i8x16_min_u = binary('u8', Math.min);
export const eval_i8x16_max_s = binary('i8', Math.max);
export const eval_i8x16_max_u = binary('u8', Math.max);
export const eval_i8x16_avgr_u = binary('u8', average);

const q15mulr = clamp(-0x8000, 0x7fff, (x, y) => (x * y + 0x4000) >> 15);

export const eval_i16x8_abs = unary('i16', Math.abs);
export const eval_i16x8_neg = unary('i16', (x) => -x);
export const eval_i16x8_q15mulr_sat_s = binary('i16', q15mulr);
export const eval_i16x8_relaxed_q15mulr_s = binary('i16', q15mulr);
export const eval_i16x8_shl = shift('i16', (x, by) => x << by);
export const eval_i16x8_shr_s = shift('i16', (x, by) => x >> by);
export const eval_i16x8_shr_u = shift('u16', (x, by) => x >> by);
export const eval_i16x8_add = binary('i16', add);
export const eval_i16x8_add_sat_s = binary('i16', clamp(-0x8000, 0x7fff, add));
export const eval_i16x8_add_sat_u = binary('u16', clamp(0, 0xffff, add));
export const eval_i16x8_sub = binary('i16', sub);
export const eval_i16x8_sub_sat_s = binary('i16', clamp(-0x8000, 0x7fff, sub));
export const eval_i16x8_sub_sat_u = binary('u16', clamp(0, 0xffff, sub));
export const eval_i16x8_mul = binary('i16', mul);
export const eval_i16x8_min_s = binary('i16', Math.min);
export const eval_i16x8_min_u = binary('u16', Math.min);
export const eval_i16x8_max_s = binary('i16', Math.max);
export const eval_i16x8_max_u = binary('u16', Math.max);
export const eval_i16x8_avgr_u = binary('u16', average);

export const eval_i32x4_abs = unary('i32', Math.abs);
export const eval_i32x4_neg = unary('i32', (x) => -x);
export const eval_i32x4_shl = shift('i32', (x, by) => x << by);
export const eval_i32x4_shr_s = shift('i32', (x, by) => x >> by);
export const eval_i32x4_shr_u = shift('u32', (x, by) => x >>> by);
export const eval_i32x4_add = binary('i32', add);
export const eval_i32x4_sub = binary('i32', sub);
export const eval_i32x4_mul = binary('i32', mul);
export const eval_i32x4_min_s = binary('i32', Math.min);
export const eval_i32x4_min_u = binary('u32', Math.min);
export const eval_i32x4_max_s = binary('i32', Math.max);
export const eval_i32x4_max_u = binary('u32', Math.max);

export const eval_i64x2_abs = binary64('i64', (x) => (x < 0n ? -x : x));
export const eval_i64x2_neg = binary64('i64', (x) => -x);
export const eval_i64x2_shl = shift64('i64', (x, by) => x << by);
export const eval_i64x2_shr_s = shift64('i64', (x, by) => x >> by);
export const eval_i64x2_shr_u = shift64('u64', (x, by) => x >> by);
export const eval_i64x2_add = binary64('i64', (x, y) => x + y);
export const eval_i64x2_sub = binary64('i64', (x, y) => x - y);
export const eval_i64x2_mul = binary64('i64', (x, y) => x * y);

/** Whether no lane is zero, as an i32. */
function allTrue(view: IntegerView): VectorEval {
  const count = LANES[view];
  return (v, d, a) => {
    let isTrue = 1;
    for (let i = 0; i < count; i++) if (v[view][(a * count) / 2 + i] === 0) isTrue = 0;
    v.i32[2 * d] = isTrue;
  };
}
/** The sign of each lane as a bit of an i32. */
function bitmask(view: IntegerView): VectorEval {
  const count = LANES[view];
  return (v, d, a) => {
    let mask = 0;
    for (let i = 0; i < count; i++) if ((v[view][(a * count) / 2 + i] as number) < 0) mask |= 1 << i;
    v.i32[2 * d] = mask;
  };
}
export const eval_i8x16_all_true = allTrue('i8');
export const eval_i16x8_all_true = allTrue('i16');
export const eval_i32x4_all_true = allTrue('i32');
export const eval_i64x2_all_true: VectorEval = (v, d, a) => {
  v.i32[2 * d] = v.i64[a] !== 0n && v.i64[a + 1] !== 0n ? 1 : 0;
};
export const eval_i8x16_bitmask = bitmask('i8');
export const eval_i16x8_bitmask = bitmask('i16');
export const eval_i32x4_bitmask = bitmask('i32');
export const eval_i64x2_bitmask: VectorEval = (v, d, a) => {
  v.i32[2 * d] = ((v.i32[2 * a + 1] as number) < 0 ? 1 : 0) | ((v.i32[2 * a + 3] as number) < 0 ? 2 : 0);
};

/** Lanes of both operands, cut to half their width with saturation. */
function narrow(from: IntegerView, to: IntegerView, min: number, max: number): VectorEval {
  const count = LANES[from];
  return (v, d, a, b) => {
    const out = scratchLanes()[to];
    for (let i = 0; i < count; i++) {
      out[i] = Math.max(min, Math.min(max, v[from][(a * count) / 2 + i] as number));
      out[count + i] = Math.max(min, Math.min(max, v[from][(b * count) / 2 + i] as number));
    }
    storeScratch(v, d);
  };
}
export const eval_i8x16_narrow_i16x8_s = narrow('i16', 'i8', -128, 127);
export const eval_i8x16_narrow_i16x8_u = narrow('i16', 'u8', 0, 255);
export const eval_i16x8_narrow_i32x4_s = narrow('i32', 'i16', -0x8000, 0x7fff);
export const eval_i16x8_narrow_i32x4_u = narrow('i32', 'u16', 0, 0xffff);

/** Each result lane from one lane of the half that begins at `first`. */
function extend(from: IntegerView, to: 'i16' | 'i32', isHigh: boolean): VectorEval {
  const count = LANES[to];
  const first = isHigh ? count : 0;
  return (v, d, a) => {
    const out = scratchLanes()[to];
    for (let i = 0; i < count; i++) out[i] = v[from][a * count + first + i] as number;
    storeScratch(v, d);
  };
}
function extendWide(from: 'i32' | 'u32', isHigh: boolean): VectorEval {
  return (v, d, a) => {
    const at = 2 * a + (isHigh ? 2 : 0);
    const low = BigInt(v[from][at] as number);
    v.i64[d + 1] = BigInt(v[from][at + 1] as number);
    v.i64[d] = low;
  };
}
export const eval_i16x8_extend_low_i8x16_s = extend('i8', 'i16', false);
export const eval_i16x8_extend_high_i8x16_s = extend('i8', 'i16', true);
export const eval_i16x8_extend_low_i8x16_u = extend('u8', 'i16', false);
export const eval_i16x8_extend_high_i8x16_u = extend('u8', 'i16', true);
export const eval_i32x4_extend_low_i16x8_s = extend('i16', 'i32', false);
export const eval_i32x4_extend_high_i16x8_s = extend('i16', 'i32', true);
export const eval_i32x4_extend_low_i16x8_u = extend('u16', 'i32', false);
export const eval_i32x4_extend_high_i16x8_u = extend('u16', 'i32', true);
export const eval_i64x2_extend_low_i32x4_s = extendWide('i32', false);
export const eval_i64x2_extend_high_i32x4_s = extendWide('i32', true);
export const eval_i64x2_extend_low_i32x4_u = extendWide('u32', false);
export const eval_i64x2_extend_high_i32x4_u = extendWide('u32', true);

/** Each result lane from a pair of lanes. */
function pairwise(
  from: IntegerView,
  to: 'i16' | 'i32',
  f: (v: Lanes, a: number, b: number) => number,
): VectorEval {
  const count = LANES[to];
  return (v, d, a, b) => {
    const out = scratchLanes()[to];
    for (let i = 0; i < count; i++)
      out[i] = f(v, (a * LANES[from]) / 2 + 2 * i, (b * LANES[from]) / 2 + 2 * i);
    storeScratch(v, d);
  };
}
function sumOfPair(from: IntegerView, to: 'i16' | 'i32'): VectorEval {
  return pairwise(from, to, (v, a) => (v[from][a] as number) + (v[from][a + 1] as number));
}
function dot(from: IntegerView, to: 'i16' | 'i32'): VectorEval {
  return pairwise(
    from,
    to,
    (v, a, b) =>
      (v[from][a] as number) * (v[from][b] as number) +
      (v[from][a + 1] as number) * (v[from][b + 1] as number),
  );
}
export const eval_i16x8_extadd_pairwise_i8x16_s = sumOfPair('i8', 'i16');
export const eval_i16x8_extadd_pairwise_i8x16_u = sumOfPair('u8', 'i16');
export const eval_i32x4_extadd_pairwise_i16x8_s = sumOfPair('i16', 'i32');
export const eval_i32x4_extadd_pairwise_i16x8_u = sumOfPair('u16', 'i32');
export const eval_i32x4_dot_i16x8_s = dot('i16', 'i32');
/** The second operand's lanes have 7 bits; as 8 signed bits they are taken for what they are. */
export const eval_i16x8_relaxed_dot_i8x16_i7x16_s = dot('i8', 'i16');
export const eval_i32x4_relaxed_dot_i8x16_i7x16_add_s: VectorEval = (v, d, a, b, c) => {
  const out = scratchLanes().i32;
  for (let i = 0; i < 4; i++) {
    let sum = v.i32[2 * c + i] as number;
    for (let pair = 0; pair < 2; pair++) {
      const at = 4 * i + 2 * pair;
      const product =
        (v.i8[8 * a + at] as number) * (v.i8[8 * b + at] as number) +
        (v.i8[8 * a + at + 1] as number) * (v.i8[8 * b + at + 1] as number);
      sum += (product << 16) >> 16;
    }
    out[i] = sum;
  }
  storeScratch(v, d);
};

function multiplyExtended(from: IntegerView, to: 'i16' | 'i32', isHigh: boolean): VectorEval {
  const count = LANES[to];
  const first = isHigh ? count : 0;
  return (v, d, a, b) => {
    const out = scratchLanes()[to];
    for (let i = 0; i < count; i++)
      out[i] = Math.imul(v[from][a * count + first + i] as number, v[from][b * count + first + i] as number);
    storeScratch(v, d);
  };
}
function multiplyExtendedWide(from: 'i32' | 'u32', isHigh: boolean): VectorEval {
  const first = isHigh ? 2 : 0;
  return (v, d, a, b) => {
    const product = (i: number): bigint =>
      BigInt(v[from][2 * a + first + i] as number) * BigInt(v[from][2 * b + first + i] as number);
    const low = product(0);
    v.i64[d + 1] = product(1);
    v.i64[d] = low;
  };
}
export const eval_i16x8_extmul_low_i8x16_s = multiplyExtended('i8', 'i16', false);
export const eval_i16x8_extmul_high_i8x16_s = multiplyExtended('i8', 'i16', true);
export const eval_i16x8_extmul_low_i8x16_u = multiplyExtended('u8', 'i16', false);
export const eval_i16x8_extmul_high_i8x16_u = multiplyExtended('u8', 'i16', true);
export const eval_i32x4_extmul_low_i16x8_s = multiplyExtended('i16', 'i32', false);
export const eval_i32x4_extmul_high_i16x8_s = multiplyExtended('i16', 'i32', true);
export const eval_i32x4_extmul_low_i16x8_u = multiplyExtended('u16', 'i32', false);
export const eval_i32x4_extmul_high_i16x8_u = multiplyExtended('u16', 'i32', true);
export const eval_i64x2_extmul_low_i32x4_s = multiplyExtendedWide('i32', false);
export const eval_i64x2_extmul_high_i32x4_s = multiplyExtendedWide('i32', true);
export const eval_i64x2_extmul_low_i32x4_u = multiplyExtendedWide('u32', false);
export const eval_i64x2_extmul_high_i32x4_u = multiplyExtendedWide('u32', true);
