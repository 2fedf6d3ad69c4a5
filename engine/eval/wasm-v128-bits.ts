// Reference semantics of vectors as a whole and of moving lanes: bitwise logic, splats, extraction, replacement,
// shuffles. Signatures are those of wasm-lanes.ts; scalars lie in slots, too, and a lane index takes the place of the
// last operand. https://webassembly.github.io/spec/core/exec/numerics.html

import { type Lanes, scratchLanes, storeScratch, type VectorEval } from './wasm-lanes.ts';

function bitwise(f: (x: number, y: number) => number): VectorEval {
  return (v, d, a, b) => {
    for (let i = 0; i < 4; i++) v.i32[2 * d + i] = f(v.i32[2 * a + i] as number, v.i32[2 * b + i] as number);
  };
}
export const eval_v128_not = bitwise((x) => ~x);
export const eval_v128_and = bitwise((x, y) => x & y);
export const eval_v128_andnot = bitwise((x, y) => x & ~y);
export const eval_v128_or = bitwise((x, y) => x | y);
export const eval_v128_xor = bitwise((x, y) => x ^ y);
export const eval_v128_bitselect: VectorEval = (v, d, a, b, c) => {
  for (let i = 0; i < 4; i++) {
    const mask = v.i32[2 * c + i] as number;
    v.i32[2 * d + i] = ((v.i32[2 * a + i] as number) & mask) | ((v.i32[2 * b + i] as number) & ~mask);
  }
};
export const eval_i8x16_relaxed_laneselect = eval_v128_bitselect;
export const eval_i16x8_relaxed_laneselect = eval_v128_bitselect;
export const eval_i32x4_relaxed_laneselect = eval_v128_bitselect;
export const eval_i64x2_relaxed_laneselect = eval_v128_bitselect;

export const eval_v128_any_true: VectorEval = (v, d, a) => {
  v.i32[2 * d] = v.i64[a] !== 0n || v.i64[a + 1] !== 0n ? 1 : 0;
};

// Floats are moved by their bits.
export const eval_i8x16_splat: VectorEval = (v, d, a) => {
  v.i8.fill(v.i8[8 * a] as number, 8 * d, 8 * d + 16);
};
export const eval_i16x8_splat: VectorEval = (v, d, a) => {
  v.i16.fill(v.i16[4 * a] as number, 4 * d, 4 * d + 8);
};
export const eval_i32x4_splat: VectorEval = (v, d, a) => {
  v.i32.fill(v.i32[2 * a] as number, 2 * d, 2 * d + 4);
};
export const eval_i64x2_splat: VectorEval = (v, d, a) => {
  v.i64.fill(v.i64[a] as bigint, d, d + 2);
};
export const eval_f32x4_splat = eval_i32x4_splat;
export const eval_f64x2_splat = eval_i64x2_splat;

function extract(view: 'i8' | 'u8' | 'i16' | 'u16' | 'i32', perSlot: number): VectorEval {
  return (v, d, a, lane) => {
    v.i32[2 * d] = v[view][perSlot * a + lane] as number;
  };
}
export const eval_i8x16_extract_lane_s = extract('i8', 8);
export const eval_i8x16_extract_lane_u = extract('u8', 8);
export const eval_i16x8_extract_lane_s = extract('i16', 4);
export const eval_i16x8_extract_lane_u = extract('u16', 4);
export const eval_i32x4_extract_lane = extract('i32', 2);
export const eval_f32x4_extract_lane = extract('i32', 2);
export const eval_i64x2_extract_lane: VectorEval = (v, d, a, lane) => {
  v.i64[d] = v.i64[a + lane] as bigint;
};
export const eval_f64x2_extract_lane = eval_i64x2_extract_lane;

function copyVector(v: Lanes, a: number): Lanes {
  const out = scratchLanes();
  out.i64[0] = v.i64[a] as bigint;
  out.i64[1] = v.i64[a + 1] as bigint;
  return out;
}
function replace(view: 'i8' | 'i16' | 'i32'): VectorEval {
  return (v, d, a, b, lane) => {
    copyVector(v, a)[view][lane] = v.i32[2 * b] as number;
    storeScratch(v, d);
  };
}
export const eval_i8x16_replace_lane = replace('i8');
export const eval_i16x8_replace_lane = replace('i16');
export const eval_i32x4_replace_lane = replace('i32');
export const eval_f32x4_replace_lane = replace('i32');
export const eval_i64x2_replace_lane: VectorEval = (v, d, a, b, lane) => {
  copyVector(v, a).i64[lane] = v.i64[b] as bigint;
  storeScratch(v, d);
};
export const eval_f64x2_replace_lane = eval_i64x2_replace_lane;

/** The lanes chosen are a vector of bytes at `c`. */
export const eval_i8x16_shuffle: VectorEval = (v, d, a, b, c) => {
  const out = scratchLanes().u8;
  for (let i = 0; i < 16; i++) {
    const lane = v.u8[8 * c + i] as number;
    out[i] = (lane < 16 ? v.u8[8 * a + lane] : v.u8[8 * b + lane - 16]) as number;
  }
  storeScratch(v, d);
};
export const eval_i8x16_swizzle: VectorEval = (v, d, a, b) => {
  const out = scratchLanes().u8;
  for (let i = 0; i < 16; i++) {
    const lane = v.u8[8 * b + i] as number;
    out[i] = lane < 16 ? (v.u8[8 * a + lane] as number) : 0;
  }
  storeScratch(v, d);
};
export const eval_i8x16_relaxed_swizzle = eval_i8x16_swizzle;
