// Reference semantics of the i64 instructions. An i64 is a host bigint in the signed 64-bit range.
// https://webassembly.github.io/spec/core/exec/numerics.html#integer-operations

import { WASM_TRAP_DIVIDE_BY_ZERO, WASM_TRAP_NONE, WASM_TRAP_OVERFLOW, type WasmTrap } from './wasm-traps.ts';

const INT64_MIN = -(1n << 63n);

function signed(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}
function unsigned(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

export function eval_i64_eqz(a: bigint): number {
  return a === 0n ? 1 : 0;
}
export function eval_i64_eq(a: bigint, b: bigint): number {
  return a === b ? 1 : 0;
}
export function eval_i64_ne(a: bigint, b: bigint): number {
  return a !== b ? 1 : 0;
}
export function eval_i64_lt_s(a: bigint, b: bigint): number {
  return a < b ? 1 : 0;
}
export function eval_i64_lt_u(a: bigint, b: bigint): number {
  return unsigned(a) < unsigned(b) ? 1 : 0;
}
export function eval_i64_gt_s(a: bigint, b: bigint): number {
  return a > b ? 1 : 0;
}
export function eval_i64_gt_u(a: bigint, b: bigint): number {
  return unsigned(a) > unsigned(b) ? 1 : 0;
}
export function eval_i64_le_s(a: bigint, b: bigint): number {
  return a <= b ? 1 : 0;
}
export function eval_i64_le_u(a: bigint, b: bigint): number {
  return unsigned(a) <= unsigned(b) ? 1 : 0;
}
export function eval_i64_ge_s(a: bigint, b: bigint): number {
  return a >= b ? 1 : 0;
}
export function eval_i64_ge_u(a: bigint, b: bigint): number {
  return unsigned(a) >= unsigned(b) ? 1 : 0;
}

export function eval_i64_clz(a: bigint): bigint {
  const high = Number(BigInt.asIntN(32, a >> 32n));
  return BigInt(high !== 0 ? Math.clz32(high) : 32 + Math.clz32(Number(BigInt.asIntN(32, a))));
}
export function eval_i64_ctz(a: bigint): bigint {
  return a === 0n ? 64n : 63n - eval_i64_clz(a & -a);
}
export function eval_i64_popcnt(a: bigint): bigint {
  let count = 0n;
  for (let rest = unsigned(a); rest !== 0n; rest &= rest - 1n) count++;
  return count;
}

export function eval_i64_add(a: bigint, b: bigint): bigint {
  return signed(a + b);
}
export function eval_i64_sub(a: bigint, b: bigint): bigint {
  return signed(a - b);
}
export function eval_i64_mul(a: bigint, b: bigint): bigint {
  return signed(a * b);
}
export function trap_i64_div_s(a: bigint, b: bigint): WasmTrap {
  if (b === 0n) return WASM_TRAP_DIVIDE_BY_ZERO;
  return a === INT64_MIN && b === -1n ? WASM_TRAP_OVERFLOW : WASM_TRAP_NONE;
}
/** 0 for a zero divisor, which traps. */
export function eval_i64_div_s(a: bigint, b: bigint): bigint {
  return b === 0n ? 0n : signed(a / b);
}
export function trap_i64_div_u(_a: bigint, b: bigint): WasmTrap {
  return b === 0n ? WASM_TRAP_DIVIDE_BY_ZERO : WASM_TRAP_NONE;
}
export function eval_i64_div_u(a: bigint, b: bigint): bigint {
  return b === 0n ? 0n : signed(unsigned(a) / unsigned(b));
}
export function trap_i64_rem_s(_a: bigint, b: bigint): WasmTrap {
  return b === 0n ? WASM_TRAP_DIVIDE_BY_ZERO : WASM_TRAP_NONE;
}
export function eval_i64_rem_s(a: bigint, b: bigint): bigint {
  return b === 0n ? 0n : a % b;
}
export function trap_i64_rem_u(_a: bigint, b: bigint): WasmTrap {
  return b === 0n ? WASM_TRAP_DIVIDE_BY_ZERO : WASM_TRAP_NONE;
}
export function eval_i64_rem_u(a: bigint, b: bigint): bigint {
  return b === 0n ? 0n : signed(unsigned(a) % unsigned(b));
}
export function eval_i64_and(a: bigint, b: bigint): bigint {
  return a & b;
}
export function eval_i64_or(a: bigint, b: bigint): bigint {
  return a | b;
}
export function eval_i64_xor(a: bigint, b: bigint): bigint {
  return a ^ b;
}
export function eval_i64_shl(a: bigint, b: bigint): bigint {
  return signed(a << (b & 63n));
}
export function eval_i64_shr_s(a: bigint, b: bigint): bigint {
  return a >> (b & 63n);
}
export function eval_i64_shr_u(a: bigint, b: bigint): bigint {
  return signed(unsigned(a) >> (b & 63n));
}
export function eval_i64_rotl(a: bigint, b: bigint): bigint {
  const count = b & 63n;
  return signed((a << count) | (unsigned(a) >> (64n - count)));
}
export function eval_i64_rotr(a: bigint, b: bigint): bigint {
  return eval_i64_rotl(a, 64n - (b & 63n));
}

export function eval_i64_extend8_s(a: bigint): bigint {
  return BigInt.asIntN(8, a);
}
export function eval_i64_extend16_s(a: bigint): bigint {
  return BigInt.asIntN(16, a);
}
export function eval_i64_extend32_s(a: bigint): bigint {
  return BigInt.asIntN(32, a);
}

// Wide arithmetic has two results, low and high half: here they are one unsigned 128-bit integer.

function wide(low: bigint, high: bigint): bigint {
  return (unsigned(high) << 64n) | unsigned(low);
}
export function eval_i64_add128(aLow: bigint, aHigh: bigint, bLow: bigint, bHigh: bigint): bigint {
  return BigInt.asUintN(128, wide(aLow, aHigh) + wide(bLow, bHigh));
}
export function eval_i64_sub128(aLow: bigint, aHigh: bigint, bLow: bigint, bHigh: bigint): bigint {
  return BigInt.asUintN(128, wide(aLow, aHigh) - wide(bLow, bHigh));
}
export function eval_i64_mul_wide_s(a: bigint, b: bigint): bigint {
  return BigInt.asUintN(128, a * b);
}
export function eval_i64_mul_wide_u(a: bigint, b: bigint): bigint {
  return unsigned(a) * unsigned(b);
}
