// Reference semantics of the i32 instructions. An i32 is a host number in the signed 32-bit range.
// https://webassembly.github.io/spec/core/exec/numerics.html#integer-operations

import { WASM_TRAP_DIVIDE_BY_ZERO, WASM_TRAP_NONE, WASM_TRAP_OVERFLOW, type WasmTrap } from './wasm-traps.ts';

const INT32_MIN = -0x8000_0000;

export function eval_i32_eqz(a: number): number {
  return a === 0 ? 1 : 0;
}
export function eval_i32_eq(a: number, b: number): number {
  return a === b ? 1 : 0;
}
export function eval_i32_ne(a: number, b: number): number {
  return a !== b ? 1 : 0;
}
export function eval_i32_lt_s(a: number, b: number): number {
  return a < b ? 1 : 0;
}
export function eval_i32_lt_u(a: number, b: number): number {
  return a >>> 0 < b >>> 0 ? 1 : 0;
}
export function eval_i32_gt_s(a: number, b: number): number {
  return a > b ? 1 : 0;
}
export function eval_i32_gt_u(a: number, b: number): number {
  return a >>> 0 > b >>> 0 ? 1 : 0;
}
export function eval_i32_le_s(a: number, b: number): number {
  return a <= b ? 1 : 0;
}
export function eval_i32_le_u(a: number, b: number): number {
  return a >>> 0 <= b >>> 0 ? 1 : 0;
}
export function eval_i32_ge_s(a: number, b: number): number {
  return a >= b ? 1 : 0;
}
export function eval_i32_ge_u(a: number, b: number): number {
  return a >>> 0 >= b >>> 0 ? 1 : 0;
}

export function eval_i32_clz(a: number): number {
  return Math.clz32(a);
}
export function eval_i32_ctz(a: number): number {
  return a === 0 ? 32 : 31 - Math.clz32(a & -a);
}
export function eval_i32_popcnt(a: number): number {
  const pairs = a - ((a >>> 1) & 0x5555_5555);
  const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

export function eval_i32_add(a: number, b: number): number {
  return (a + b) | 0;
}
export function eval_i32_sub(a: number, b: number): number {
  return (a - b) | 0;
}
export function eval_i32_mul(a: number, b: number): number {
  return Math.imul(a, b);
}
export function trap_i32_div_s(a: number, b: number): WasmTrap {
  if (b === 0) return WASM_TRAP_DIVIDE_BY_ZERO;
  return a === INT32_MIN && b === -1 ? WASM_TRAP_OVERFLOW : WASM_TRAP_NONE;
}
export function eval_i32_div_s(a: number, b: number): number {
  return (a / b) | 0;
}
export function trap_i32_div_u(_a: number, b: number): WasmTrap {
  return b === 0 ? WASM_TRAP_DIVIDE_BY_ZERO : WASM_TRAP_NONE;
}
export function eval_i32_div_u(a: number, b: number): number {
  return ((a >>> 0) / (b >>> 0)) | 0;
}
export function trap_i32_rem_s(_a: number, b: number): WasmTrap {
  return b === 0 ? WASM_TRAP_DIVIDE_BY_ZERO : WASM_TRAP_NONE;
}
export function eval_i32_rem_s(a: number, b: number): number {
  return (a % b) | 0;
}
export function trap_i32_rem_u(_a: number, b: number): WasmTrap {
  return b === 0 ? WASM_TRAP_DIVIDE_BY_ZERO : WASM_TRAP_NONE;
}
export function eval_i32_rem_u(a: number, b: number): number {
  return ((a >>> 0) % (b >>> 0)) | 0;
}
export function eval_i32_and(a: number, b: number): number {
  return a & b;
}
export function eval_i32_or(a: number, b: number): number {
  return a | b;
}
export function eval_i32_xor(a: number, b: number): number {
  return a ^ b;
}
export function eval_i32_shl(a: number, b: number): number {
  return a << b;
}
export function eval_i32_shr_s(a: number, b: number): number {
  return a >> b;
}
export function eval_i32_shr_u(a: number, b: number): number {
  return (a >>> b) | 0;
}
export function eval_i32_rotl(a: number, b: number): number {
  return (b & 31) === 0 ? a : (a << b) | (a >>> -b);
}
export function eval_i32_rotr(a: number, b: number): number {
  return (b & 31) === 0 ? a : (a >>> b) | (a << -b);
}

export function eval_i32_extend8_s(a: number): number {
  return (a << 24) >> 24;
}
export function eval_i32_extend16_s(a: number): number {
  return (a << 16) >> 16;
}
