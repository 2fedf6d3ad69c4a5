// Reference semantics of the f32 and f64 instructions. A float is a host number; a NaN result is the canonical NaN, so
// results are deterministic. What concerns bits (abs, neg, copysign, reinterpretation) takes and gives bits instead:
// an i32 or an i64, because a host number does not keep the payload of a NaN.
// https://webassembly.github.io/spec/core/exec/numerics.html#floating-point-operations

const SIGN_64 = 1n << 63n;

/** To the nearest integer, ties to even. */
function nearest(x: number): number {
  const whole = Math.trunc(x);
  const rest = Math.abs(x - whole);
  if (rest < 0.5 || Number.isNaN(x)) return whole;
  if (rest === 0.5 && whole % 2 === 0) return whole;
  return whole + (x < 0 ? -1 : 1);
}

export function eval_f32_eq(a: number, b: number): number {
  return a === b ? 1 : 0;
}
export function eval_f32_ne(a: number, b: number): number {
  return a !== b ? 1 : 0;
}
export function eval_f32_lt(a: number, b: number): number {
  return a < b ? 1 : 0;
}
export function eval_f32_gt(a: number, b: number): number {
  return a > b ? 1 : 0;
}
export function eval_f32_le(a: number, b: number): number {
  return a <= b ? 1 : 0;
}
export function eval_f32_ge(a: number, b: number): number {
  return a >= b ? 1 : 0;
}
export function eval_f64_eq(a: number, b: number): number {
  return a === b ? 1 : 0;
}
export function eval_f64_ne(a: number, b: number): number {
  return a !== b ? 1 : 0;
}
export function eval_f64_lt(a: number, b: number): number {
  return a < b ? 1 : 0;
}
export function eval_f64_gt(a: number, b: number): number {
  return a > b ? 1 : 0;
}
export function eval_f64_le(a: number, b: number): number {
  return a <= b ? 1 : 0;
}
export function eval_f64_ge(a: number, b: number): number {
  return a >= b ? 1 : 0;
}

// On bits.
export function eval_f32_abs(bits: number): number {
  return bits & 0x7fff_ffff;
}
export function eval_f32_neg(bits: number): number {
  return bits ^ -0x8000_0000;
}
export function eval_f32_copysign(bits: number, sign: number): number {
  return (bits & 0x7fff_ffff) | (sign & -0x8000_0000);
}
export function eval_f64_abs(bits: bigint): bigint {
  return BigInt.asUintN(63, bits);
}
export function eval_f64_neg(bits: bigint): bigint {
  return BigInt.asIntN(64, bits ^ SIGN_64);
}
export function eval_f64_copysign(bits: bigint, sign: bigint): bigint {
  return BigInt.asIntN(64, BigInt.asUintN(63, bits) | (sign & SIGN_64));
}

// Single precision: a double holds the exact result of one operation closely enough to be rounded again.
export function eval_f32_ceil(a: number): number {
  return Math.ceil(a);
}
export function eval_f32_floor(a: number): number {
  return Math.floor(a);
}
export function eval_f32_trunc(a: number): number {
  return Math.trunc(a);
}
export function eval_f32_nearest(a: number): number {
  return nearest(a);
}
export function eval_f32_sqrt(a: number): number {
  return Math.fround(Math.sqrt(a));
}
export function eval_f32_add(a: number, b: number): number {
  return Math.fround(a + b);
}
export function eval_f32_sub(a: number, b: number): number {
  return Math.fround(a - b);
}
export function eval_f32_mul(a: number, b: number): number {
  return Math.fround(a * b);
}
export function eval_f32_div(a: number, b: number): number {
  return Math.fround(a / b);
}
export function eval_f32_min(a: number, b: number): number {
  return Math.min(a, b);
}
export function eval_f32_max(a: number, b: number): number {
  return Math.max(a, b);
}

export function eval_f64_ceil(a: number): number {
  return Math.ceil(a);
}
export function eval_f64_floor(a: number): number {
  return Math.floor(a);
}
export function eval_f64_trunc(a: number): number {
  return Math.trunc(a);
}
export function eval_f64_nearest(a: number): number {
  return nearest(a);
}
export function eval_f64_sqrt(a: number): number {
  return Math.sqrt(a);
}
export function eval_f64_add(a: number, b: number): number {
  return a + b;
}
export function eval_f64_sub(a: number, b: number): number {
  return a - b;
}
export function eval_f64_mul(a: number, b: number): number {
  return a * b;
}
export function eval_f64_div(a: number, b: number): number {
  return a / b;
}
export function eval_f64_min(a: number, b: number): number {
  return Math.min(a, b);
}
export function eval_f64_max(a: number, b: number): number {
  return Math.max(a, b);
}
