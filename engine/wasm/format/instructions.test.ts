import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { opcodeText, opOfByte, opsOfName, opsOfPrefix } from './instruction-lookup.ts';
import { EVAL, identifierOf, instructionRows, TRAPS } from './instructions.ts';
import { OP_end, OP_i32_add, OP_i32x4_relaxed_trunc_f32x4_s } from './opcodes.gen.ts';

test('every opcode and every identifier belongs to one instruction', () => {
  expect(new Set(instructionRows.map((row) => row.code)).size).toBe(instructionRows.length);
  expect(new Set(instructionRows.map(identifierOf)).size).toBe(instructionRows.length);
});

test('instructions that share a name differ in their immediates', () => {
  for (const row of instructionRows) {
    const kinds = (opsOfName(row.name) as readonly number[]).map((op) => instructionRows[op]?.immediates);
    expect(new Set(kinds).size).toBe(kinds.length);
  }
});

test('the generated numbers are those of the table', () => {
  const script = fileURLToPath(new URL('../../../ci/generate-wasm.mjs', import.meta.url));
  expect(spawnSync(process.execPath, [script, '--check']).status).toBe(0);
});

test('opcodes are found by their bytes', () => {
  expect(opOfByte(0x6a)).toBe(OP_i32_add);
  expect(opOfByte(0x0b)).toBe(OP_end);
  expect(opOfByte(0xff)).toBe(-1);
  expect(opsOfPrefix(0xfd)?.[0x101]).toBe(OP_i32x4_relaxed_trunc_f32x4_s);
  expect(opsOfPrefix(0x6a)).toBeUndefined();
  expect(opcodeText(0xfd101)).toBe('fd 101');
});

test('memory accesses have a natural alignment and an address', () => {
  for (const row of instructionRows)
    expect(row.align >= 0, row.name).toBe(row.immediates.startsWith('memarg'));
});

test('only instructions of numbers and vectors have reference semantics', () => {
  for (const row of instructionRows) {
    if ((row.flags & TRAPS) !== 0) expect(row.flags & EVAL, row.name).toBe(EVAL);
    if ((row.flags & EVAL) !== 0) expect(row.params, row.name).not.toBeNull();
  }
});
