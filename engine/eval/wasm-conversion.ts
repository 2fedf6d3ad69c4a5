// Reference semantics of conversions between numbers, with representations as in wasm-i32.ts, wasm-i64.ts and
// wasm-float.ts. https://webassembly.github.io/spec/core/exec/numerics.html#conversions

import {
  WASM_TRAP_INVALID_CONVERSION,
  WASM_TRAP_NONE,
  WASM_TRAP_OVERFLOW,
  type WasmTrap,
} from './wasm-traps.ts';

const TWO_31 = 2 ** 31;
const TWO_32 = 2 ** 32;
const TWO_63 = 2 ** 63;
const TWO_64 = 2 ** 64;

export function eval_i32_wrap_i64(a: bigint): number {
  return Number(BigInt.asIntN(32, a));
}
export function eval_i64_extend_i32_s(a: number): bigint {
  return BigInt(a);
}
export function eval_i64_extend_i32_u(a: number): bigint {
  return BigInt(a >>> 0);
}

/** The trap of a truncation to an integer at least `min` and below `end`. */
function trapOfTruncation(x: number, min: number, end: number): WasmTrap {
  if (Number.isNaN(x)) return WASM_TRAP_INVALID_CONVERSION;
  const whole = Math.trunc(x);
  return whole >= min && whole < end ? WASM_TRAP_NONE : WASM_TRAP_OVERFLOW;
}

export function trap_i32_trunc_f32_s(a: number): WasmTrap {
  return trapOfTruncation(a, -TWO_31, TWO_31);
}
export function trap_i32_trunc_f32_u(a: number): WasmTrap {
  return trapOfTruncation(a, 0, TWO_32);
}
export function trap_i32_trunc_f64_s(a: number): WasmTrap {
  return trapOfTruncation(a, -TWO_31, TWO_31);
}
export function trap_i32_trunc_f64_u(a: number): WasmTrap {
  return trapOfTruncation(a, 0, TWO_32);
}
export function trap_i64_trunc_f32_s(a: number): WasmTrap {
  return trapOfTruncation(a, -TWO_63, TWO_63);
}
export function trap_i64_trunc_f32_u(a: number): WasmTrap {
  return trapOfTruncation(a, 0, TWO_64);
}
export function trap_i64_trunc_f64_s(a: number): WasmTrap {
  return trapOfTruncation(a, -TWO_63, TWO_63);
}
export function trap_i64_trunc_f64_u(a: number): WasmTrap {
  return trapOfTruncation(a, 0, TWO_64);
}

// Where they trap, the trapping conversions give what the saturating ones give.

export function eval_i32_trunc_f32_s(a: number): number {
  return eval_i32_trunc_sat_f64_s(a);
}
export function eval_i32_trunc_f32_u(a: number): number {
  return eval_i32_trunc_sat_f64_u(a);
}
export function eval_i32_trunc_f64_s(a: number): number {
  return eval_i32_trunc_sat_f64_s(a);
}
export function eval_i32_trunc_f64_u(a: number): number {
  return eval_i32_trunc_sat_f64_u(a);
}
export function eval_i64_trunc_f32_s(a: number): bigint {
  return eval_i64_trunc_sat_f64_s(a);
}
export function eval_i64_trunc_f32_u(a: number): bigint {
  return eval_i64_trunc_sat_f64_u(a);
}
export function eval_i64_trunc_f64_s(a: number): bigint {
  return eval_i64_trunc_sat_f64_s(a);
}
export function eval_i64_trunc_f64_u(a: number): bigint {
  return eval_i64_trunc_sat_f64_u(a);
}

export function eval_i32_trunc_sat_f32_s(a: number): number {
  return eval_i32_trunc_sat_f64_s(a);
}
export function eval_i32_trunc_sat_f32_u(a: number): number {
  return eval_i32_trunc_sat_f64_u(a);
}
export function eval_i32_trunc_sat_f64_s(a: number): number {
  if (a >= TWO_31) return TWO_31 - 1;
  return a < -TWO_31 ? -TWO_31 : a | 0;
}
export function eval_i32_trunc_sat_f64_u(a: number): number {
  if (a >= TWO_32) return -1;
  return a > 0 ? (a >>> 0) | 0 : 0;
}
export function eval_i64_trunc_sat_f32_s(a: number): bigint {
  return eval_i64_trunc_sat_f64_s(a);
}
export function eval_i64_trunc_sat_f32_u(a: number): bigint {
  return eval_i64_trunc_sat_f64_u(a);
}
export function eval_i64_trunc_sat_f64_s(a: number): bigint {
  if (Number.isNaN(a)) return 0n;
  if (a >= TWO_63) return (1n << 63n) - 1n;
  return a < -TWO_63 ? -(1n << 63n) : BigInt(Math.trunc(a));
}
export function eval_i64_trunc_sat_f64_u(a: number): bigint {
  if (a >= TWO_64) return -1n;
  return a > 0 ? BigInt.asIntN(64, BigInt(Math.trunc(a))) : 0n;
}

export function eval_f32_convert_i32_s(a: number): number {
  return Math.fround(a);
}
export function eval_f32_convert_i32_u(a: number): number {
  return Math.fround(a >>> 0);
}
/** A double cannot hold every i64, and rounding twice is not rounding once: the bits below are kept as one. */
function singleOf(magnitude: bigint): number {
  if (magnitude < 1n << 53n) return Math.fround(Number(magnitude));
  const sticky = (magnitude & 0x7ffn) === 0n ? 0n : 1n;
  return Math.fround(Number((magnitude >> 11n) | sticky) * 2048);
}
export function eval_f32_convert_i64_s(a: bigint): number {
  return a < 0n ? -singleOf(-a) : singleOf(a);
}
export function eval_f32_convert_i64_u(a: bigint): number {
  return singleOf(BigInt.asUintN(64, a));
}
export function eval_f64_convert_i32_s(a: number): number {
  return a;
}
export function eval_f64_convert_i32_u(a: number): number {
  return a >>> 0;
}
export function eval_f64_convert_i64_s(a: bigint): number {
  return Number(a);
}
export function eval_f64_convert_i64_u(a: bigint): number {
  return Number(BigInt.asUintN(64, a));
}
export function eval_f32_demote_f64(a: number): number {
  return Math.fround(a);
}
export function eval_f64_promote_f32(a: number): number {
  return a;
}

// On bits, which is what reinterpretation is about.
export function eval_i32_reinterpret_f32(bits: number): number {
  return bits;
}
export function eval_i64_reinterpret_f64(bits: bigint): bigint {
  return bits;
}
export function eval_f32_reinterpret_i32(bits: number): number {
  return bits;
}
export function eval_f64_reinterpret_i64(bits: bigint): bigint {
  return bits;
}
