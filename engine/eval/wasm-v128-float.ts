// Reference semantics of floating-point lanes and of conversions between lanes. Signatures are those of wasm-lanes.ts;
// NaNs as in wasm-float.ts. Where relaxed instructions may choose, they do what the strict ones do, and
// multiplication and addition round twice. https://webassembly.github.io/spec/core/exec/numerics.html

import { eval_i32_trunc_sat_f64_s, eval_i32_trunc_sat_f64_u } from './wasm-conversion.ts';
import { eval_f64_nearest } from './wasm-float.ts';
import { scratchLanes, setFloat32, setFloat64, storeScratch, type VectorEval } from './wasm-lanes.ts';

type Unary = (x: number) => number;
type Binary = (x: number, y: number) => number;
type Ternary = (x: number, y: number, z: number) => number;

function unary32(f: Unary): VectorEval {
  return (v, d, a) => {
    for (let i = 0; i < 4; i++) setFloat32(v, 2 * d + i, f(v.f32[2 * a + i] as number));
  };
}
function binary32(f: Binary): VectorEval {
  return (v, d, a, b) => {
    for (let i = 0; i < 4; i++)
      setFloat32(v, 2 * d + i, f(v.f32[2 * a + i] as number, v.f32[2 * b + i] as number));
  };
}
function ternary32(f: Ternary): VectorEval {
  return (v, d, a, b, c) => {
    for (let i = 0; i < 4; i++)
      setFloat32(
        v,
        2 * d + i,
        f(v.f32[2 * a + i] as number, v.f32[2 * b + i] as number, v.f32[2 * c + i] as number),
      );
  };
}
function relation32(f: (x: number, y: number) => boolean): VectorEval {
  return (v, d, a, b) => {
    for (let i = 0; i < 4; i++)
      v.i32[2 * d + i] = f(v.f32[2 * a + i] as number, v.f32[2 * b + i] as number) ? -1 : 0;
  };
}
function unary64(f: Unary): VectorEval {
  return (v, d, a) => {
    for (let i = 0; i < 2; i++) setFloat64(v, d + i, f(v.f64[a + i] as number));
  };
}
function binary64(f: Binary): VectorEval {
  return (v, d, a, b) => {
    for (let i = 0; i < 2; i++) setFloat64(v, d + i, f(v.f64[a + i] as number, v.f64[b + i] as number));
  };
}
function ternary64(f: Ternary): VectorEval {
  return (v, d, a, b, c) => {
    for (let i = 0; i < 2; i++)
      setFloat64(v, d + i, f(v.f64[a + i] as number, v.f64[b + i] as number, v.f64[c + i] as number));
  };
}
function relation64(f: (x: number, y: number) => boolean): VectorEval {
  return (v, d, a, b) => {
    for (let i = 0; i < 2; i++) v.i64[d + i] = f(v.f64[a + i] as number, v.f64[b + i] as number) ? -1n : 0n;
  };
}
/** One operand or the other, bit for bit. */
function choose32(takesSecond: (x: number, y: number) => boolean): VectorEval {
  return (v, d, a, b) => {
    for (let i = 0; i < 4; i++) {
      const from = takesSecond(v.f32[2 * a + i] as number, v.f32[2 * b + i] as number) ? b : a;
      v.i32[2 * d + i] = v.i32[2 * from + i] as number;
    }
  };
}
function choose64(takesSecond: (x: number, y: number) => boolean): VectorEval {
  return (v, d, a, b) => {
    for (let i = 0; i < 2; i++) {
      const from = takesSecond(v.f64[a + i] as number, v.f64[b + i] as number) ? b : a;
      v.i64[d + i] = v.i64[from + i] as bigint;
    }
  };
}
/** Changes the word that holds the sign of each lane. */
function signs(lanes: number, f: (word: number) => number): VectorEval {
  const step = 4 / lanes;
  return (v, d, a) => {
    for (let i = 0; i < 4; i++) {
      const word = v.i32[2 * a + i] as number;
      v.i32[2 * d + i] = i % step === step - 1 ? f(word) : word;
    }
  };
}

export const eval_f32x4_eq = relation32((x, y) => x === y);
export const eval_f32x4_ne = relation32((x, y) => x !== y);
export const eval_f32x4_lt = relation32((x, y) => x < y);
export const eval_f32x4_gt = relation32((x, y) => x > y);
export const eval_f32x4_le = relation32((x, y) => x <= y);
export const eval_f32x4_ge = relation32((x, y) => x >= y);
export const eval_f64x2_eq = relation64((x, y) => x === y);
export const eval_f64x2_ne = relation64((x, y) => x !== y);
export const eval_f64x2_lt = relation64((x, y) => x < y);
export const eval_f64x2_gt = relation64((x, y) => x > y);
export const eval_f64x2_le = relation64((x, y) => x <= y);
export const eval_f64x2_ge = relation64((x, y) => x >= y);

export const eval_f32x4_abs = signs(4, (word) => word & 0x7fff_ffff);
export const eval_f32x4_neg = signs(4, (word) => word ^ -0x8000_0000);
export const eval_f32x4_ceil = unary32(Math.ceil);
export const eval_f32x4_floor = unary32(Math.floor);
export const eval_f32x4_trunc = unary32(Math.trunc);
export const eval_f32x4_nearest = unary32(eval_f64_nearest);
export const eval_f32x4_sqrt = unary32(Math.sqrt);
export const eval_f32x4_add = binary32((x, y) => x + y);
export const eval_f32x4_sub = binary32((x, y) => x - y);
export const eval_f32x4_mul = binary32((x, y) => x * y);
export const eval_f32x4_div = binary32((x, y) => x / y);
export const eval_f32x4_min = binary32(Math.min);
export const eval_f32x4_max = binary32(Math.max);
export const eval_f32x4_pmin = choose32((x, y) => y < x);
export const eval_f32x4_pmax = choose32((x, y) => x < y);
export const eval_f32x4_relaxed_min = eval_f32x4_min;
export const eval_f32x4_relaxed_max = eval_f32x4_max;
export const eval_f32x4_relaxed_madd = ternary32((x, y, z) => Math.fround(x * y) + z);
export const eval_f32x4_relaxed_nmadd = ternary32((x, y, z) => z - Math.fround(x * y));

export const eval_f64x2_abs = signs(2, (word) => word & 0x7fff_ffff);
export const eval_f64x2_neg = signs(2, (word) => word ^ -0x8000_0000);
export const eval_f64x2_ceil = unary64(Math.ceil);
export const eval_f64x2_floor = unary64(Math.floor);
export const eval_f64x2_trunc = unary64(Math.trunc);
export const eval_f64x2_nearest = unary64(eval_f64_nearest);
export const eval_f64x2_sqrt = unary64(Math.sqrt);
export const eval_f64x2_add = binary64((x, y) => x + y);
export const eval_f64x2_sub = binary64((x, y) => x - y);
export const eval_f64x2_mul = binary64((x, y) => x * y);
export const eval_f64x2_div = binary64((x, y) => x / y);
export const eval_f64x2_min = binary64(Math.min);
export const eval_f64x2_max = binary64(Math.max);
export const eval_f64x2_pmin = choose64((x, y) => y < x);
export const eval_f64x2_pmax = choose64((x, y) => x < y);
export const eval_f64x2_relaxed_min = eval_f64x2_min;
export const eval_f64x2_relaxed_max = eval_f64x2_max;
export const eval_f64x2_relaxed_madd = ternary64((x, y, z) => x * y + z);
export const eval_f64x2_relaxed_nmadd = ternary64((x, y, z) => z - x * y);

export const eval_f32x4_demote_f64x2_zero: VectorEval = (v, d, a) => {
  const out = scratchLanes();
  setFloat32(out, 0, v.f64[a] as number);
  setFloat32(out, 1, v.f64[a + 1] as number);
  out.i64[1] = 0n;
  storeScratch(v, d);
};
export const eval_f64x2_promote_low_f32x4: VectorEval = (v, d, a) => {
  const low = v.f32[2 * a] as number;
  setFloat64(v, d + 1, v.f32[2 * a + 1] as number);
  setFloat64(v, d, low);
};

function truncate32(f: Unary): VectorEval {
  return (v, d, a) => {
    for (let i = 0; i < 4; i++) v.i32[2 * d + i] = f(v.f32[2 * a + i] as number);
  };
}
function truncate64(f: Unary): VectorEval {
  return (v, d, a) => {
    const low = f(v.f64[a] as number);
    v.i32[2 * d + 1] = f(v.f64[a + 1] as number);
    v.i32[2 * d] = low;
    v.i64[d + 1] = 0n;
  };
}
export const eval_i32x4_trunc_sat_f32x4_s = truncate32(eval_i32_trunc_sat_f64_s);
export const eval_i32x4_trunc_sat_f32x4_u = truncate32(eval_i32_trunc_sat_f64_u);
export const eval_i32x4_trunc_sat_f64x2_s_zero = truncate64(eval_i32_trunc_sat_f64_s);
export const eval_i32x4_trunc_sat_f64x2_u_zero = truncate64(eval_i32_trunc_sat_f64_u);
export const eval_i32x4_relaxed_trunc_f32x4_s = eval_i32x4_trunc_sat_f32x4_s;
export const eval_i32x4_relaxed_trunc_f32x4_u = eval_i32x4_trunc_sat_f32x4_u;
export const eval_i32x4_relaxed_trunc_f64x2_s_zero = eval_i32x4_trunc_sat_f64x2_s_zero;
export const eval_i32x4_relaxed_trunc_f64x2_u_zero = eval_i32x4_trunc_sat_f64x2_u_zero;

function convert32(view: 'i32' | 'u32'): VectorEval {
  return (v, d, a) => {
    for (let i = 0; i < 4; i++) v.f32[2 * d + i] = v[view][2 * a + i] as number;
  };
}
function convert64(view: 'i32' | 'u32'): VectorEval {
  return (v, d, a) => {
    const low = v[view][2 * a] as number;
    v.f64[d + 1] = v[view][2 * a + 1] as number;
    v.f64[d] = low;
  };
}
export const eval_f32x4_convert_i32x4_s = convert32('i32');
export const eval_f32x4_convert_i32x4_u = convert32('u32');
export const eval_f64x2_convert_low_i32x4_s = convert64('i32');
export const eval_f64x2_convert_low_i32x4_u = convert64('u32');
