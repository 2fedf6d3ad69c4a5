import { expect, test } from 'vitest';
import * as conversion from '../../eval/wasm-conversion.ts';
import { scalarEvals, vectorEvals } from '../../eval/wasm-evals.ts';
import * as float from '../../eval/wasm-float.ts';
import * as i32 from '../../eval/wasm-i32.ts';
import * as i64 from '../../eval/wasm-i64.ts';
import { lanesOver } from '../../eval/wasm-lanes.ts';
import * as traps from '../../eval/wasm-traps.ts';
import { EVAL, identifierOf, instructionRows, TRAPS } from '../../wasm/format/instructions.ts';
import { V128 } from '../../wasm/format/types.ts';

test('the functions are those that the instruction table names, and no others', () => {
  const named = new Set<string>();
  for (const row of instructionRows) {
    if ((row.flags & EVAL) === 0) continue;
    const name = identifierOf(row);
    const isVector = row.params?.includes(V128) || row.results.includes(V128);
    const evals = isVector ? vectorEvals : scalarEvals;
    expect(typeof evals[`eval_${name}`], name).toBe('function');
    named.add(`eval_${name}`);
    if ((row.flags & TRAPS) !== 0) {
      expect(typeof scalarEvals[`trap_${name}`], name).toBe('function');
      named.add(`trap_${name}`);
    }
  }
  for (const name of [...Object.keys(scalarEvals), ...Object.keys(vectorEvals)])
    expect(named).toContain(name);
});

test('every trap has a message', () => {
  const codes = Object.entries(traps).filter(([name]) => /^WASM_TRAP_(?!MESSAGES)/.test(name));
  expect(codes.map(([, code]) => code)).toEqual(codes.map((_, i) => i));
  expect(traps.WASM_TRAP_MESSAGES).toHaveLength(codes.length);
});

const MIN32 = -0x8000_0000;
const rows: readonly [name: string, actual: number | bigint, expected: number | bigint][] = [
  ['i32.div_s rounds to zero', i32.eval_i32_div_s(-7, 2), -3],
  ['i32.div_s of the smallest by -1 is total', i32.eval_i32_div_s(MIN32, -1), MIN32],
  ['i32.rem_s of the smallest by -1', i32.eval_i32_rem_s(MIN32, -1), 0],
  ['i32.rem_s has no negative zero', Object.is(i32.eval_i32_rem_s(-4, 2), 0) ? 1 : 0, 1],
  ['i32.div_u is unsigned', i32.eval_i32_div_u(-1, 2), 0x7fff_ffff],
  ['i32.rotl by 32', i32.eval_i32_rotl(0x1234, 32), 0x1234],
  ['i32.ctz of zero', i32.eval_i32_ctz(0), 32],
  ['i32.popcnt', i32.eval_i32_popcnt(-1), 32],
  ['i64.rotr', i64.eval_i64_rotr(1n, 1n), -(1n << 63n)],
  ['i64.shr_u', i64.eval_i64_shr_u(-1n, 60n), 15n],
  ['i64.clz', i64.eval_i64_clz(1n), 63n],
  ['i64.mul_wide_s', i64.eval_i64_mul_wide_s(-1n, 1n), (1n << 128n) - 1n],
  ['f64.nearest of a tie', float.eval_f64_nearest(2.5), 2],
  ['f64.nearest keeps the sign', Object.is(float.eval_f64_nearest(-0.4), -0) ? 1 : 0, 1],
  ['f32.neg of a NaN changes its sign only', float.eval_f32_neg(0x7fa0_0001), -0x5f_ffff],
  [
    'f32.convert_i64_u rounds once',
    conversion.eval_f32_convert_i64_u(0x8000_0080_0000_0001n - (1n << 64n)),
    2 ** 63 + 2 ** 40,
  ],
  ['i32.trunc_sat_f64_u', conversion.eval_i32_trunc_sat_f64_u(4294967295.9), -1],
  ['i64.trunc_sat_f64_s of a NaN', conversion.eval_i64_trunc_sat_f64_s(Number.NaN), 0n],
];
for (const [name, actual, expected] of rows) test(name, () => expect(actual).toBe(expected));

test('traps come from functions of their own', () => {
  expect(i32.trap_i32_div_s(1, 0)).toBe(traps.WASM_TRAP_DIVIDE_BY_ZERO);
  expect(i32.trap_i32_div_s(MIN32, -1)).toBe(traps.WASM_TRAP_OVERFLOW);
  expect(conversion.trap_i32_trunc_f64_s(Number.NaN)).toBe(traps.WASM_TRAP_INVALID_CONVERSION);
  expect(conversion.trap_i32_trunc_f64_s(2147483648)).toBe(traps.WASM_TRAP_OVERFLOW);
  expect(conversion.trap_i32_trunc_f64_s(-2147483648.9)).toBe(traps.WASM_TRAP_NONE);
});

test('a vector result may lie where the operands are', () => {
  const v = lanesOver(new ArrayBuffer(64));
  for (let i = 0; i < 16; i++) v.u8[i] = i + 200;
  vectorEvals.eval_i16x8_extend_high_i8x16_u?.(v, 0, 0, 0, 0);
  expect([...v.u16.subarray(0, 8)]).toEqual([208, 209, 210, 211, 212, 213, 214, 215]);
  vectorEvals.eval_i64x2_extend_low_i32x4_s?.(v, 0, 0, 0, 0);
  expect([...v.i64.subarray(0, 2)]).toEqual([208n + (209n << 16n), 210n + (211n << 16n)]);
});

test('NaN results are canonical', () => {
  const v = lanesOver(new ArrayBuffer(64));
  v.i32.fill(-1, 0, 4);
  vectorEvals.eval_f32x4_sqrt?.(v, 0, 0, 0, 0);
  expect([...v.u32.subarray(0, 4)]).toEqual([0x7fc00000, 0x7fc00000, 0x7fc00000, 0x7fc00000]);
});
