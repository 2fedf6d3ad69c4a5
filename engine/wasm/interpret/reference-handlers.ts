// Handlers of references: tests, casts, i31.
// https://webassembly.github.io/spec/core/exec/instructions.html#reference-instructions

import {
  WASM_TRAP_CAST,
  WASM_TRAP_DESCRIPTOR_CAST,
  WASM_TRAP_NULL_DESCRIPTOR,
  WASM_TRAP_NULL_I31,
  WASM_TRAP_NULL_REFERENCE,
} from '../../eval/wasm-traps.ts';
import { isNullable } from '../format/types.ts';
import { matchesType, WasmStruct } from '../runtime/references.ts';
import type { Handler, Machine } from './machine.ts';
import * as r from './register-ops.gen.ts';

type H = (m: Machine, code: Int32Array, pc: number, fp: number) => number;

const ref_func: H = (m, code, pc, fp) => {
  m.refs[fp + code[pc + 1]] = m.instance.funcs[code[pc + 2]];
  return pc + 3;
};
const ref_is_null: H = (m, code, pc, fp) => {
  m.i32[(fp + code[pc + 1]) << 1] = m.refs[fp + code[pc + 2]] === null ? 1 : 0;
  return pc + 3;
};
const ref_as_non_null: H = (m, code, pc, fp) =>
  m.refs[fp + code[pc + 1]] === null ? m.trapAt(pc, WASM_TRAP_NULL_REFERENCE) : pc + 2;
const ref_eq: H = (m, code, pc, fp) => {
  m.i32[(fp + code[pc + 1]) << 1] = m.refs[fp + code[pc + 2]] === m.refs[fp + code[pc + 3]] ? 1 : 0;
  return pc + 4;
};
const ref_i31: H = (m, code, pc, fp) => {
  m.refs[fp + code[pc + 1]] = (m.i32[(fp + code[pc + 2]) << 1] << 1) >> 1;
  return pc + 3;
};
const i31_get_s: H = (m, code, pc, fp) => {
  const value = m.refs[fp + code[pc + 2]];
  if (value === null) return m.trapAt(pc, WASM_TRAP_NULL_I31);
  m.i32[(fp + code[pc + 1]) << 1] = value as number;
  return pc + 3;
};
const i31_get_u: H = (m, code, pc, fp) => {
  const value = m.refs[fp + code[pc + 2]];
  if (value === null) return m.trapAt(pc, WASM_TRAP_NULL_I31);
  m.i32[(fp + code[pc + 1]) << 1] = (value as number) & 0x7fff_ffff;
  return pc + 3;
};

const ref_test: H = (m, code, pc, fp) => {
  m.i32[(fp + code[pc + 1]) << 1] = matchesType(m.store.registry, m.refs[fp + code[pc + 2]], code[pc + 3])
    ? 1
    : 0;
  return pc + 4;
};
const ref_cast: H = (m, code, pc, fp) =>
  matchesType(m.store.registry, m.refs[fp + code[pc + 1]], code[pc + 2])
    ? pc + 3
    : m.trapAt(pc, WASM_TRAP_CAST);
const jump_if_cast: H = (m, code, pc, fp) =>
  matchesType(m.store.registry, m.refs[fp + code[pc + 1]], code[pc + 2]) ? code[pc + 3] : pc + 4;
const jump_unless_cast: H = (m, code, pc, fp) =>
  matchesType(m.store.registry, m.refs[fp + code[pc + 1]], code[pc + 2]) ? pc + 4 : code[pc + 3];

/** Whether a value is described by a descriptor, which is not null. */
function isDescribedBy(value: unknown, descriptor: unknown, type: number): boolean {
  if (value === null) return isNullable(type);
  return value instanceof WasmStruct && value.descriptor === descriptor;
}
const ref_cast_desc: H = (m, code, pc, fp) => {
  const descriptor = m.refs[fp + code[pc + 2]];
  if (descriptor === null) return m.trapAt(pc, WASM_TRAP_NULL_DESCRIPTOR);
  return isDescribedBy(m.refs[fp + code[pc + 1]], descriptor, code[pc + 3])
    ? pc + 4
    : m.trapAt(pc, WASM_TRAP_DESCRIPTOR_CAST);
};
const jump_if_cast_desc: H = (m, code, pc, fp) => {
  const descriptor = m.refs[fp + code[pc + 2]];
  if (descriptor === null) return m.trapAt(pc, WASM_TRAP_NULL_DESCRIPTOR);
  return isDescribedBy(m.refs[fp + code[pc + 1]], descriptor, code[pc + 3]) ? code[pc + 4] : pc + 5;
};
const jump_unless_cast_desc: H = (m, code, pc, fp) => {
  const descriptor = m.refs[fp + code[pc + 2]];
  if (descriptor === null) return m.trapAt(pc, WASM_TRAP_NULL_DESCRIPTOR);
  return isDescribedBy(m.refs[fp + code[pc + 1]], descriptor, code[pc + 3]) ? pc + 5 : code[pc + 4];
};
const ref_get_desc: H = (m, code, pc, fp) => {
  const value = m.refs[fp + code[pc + 2]];
  if (value === null) return m.trapAt(pc, WASM_TRAP_NULL_REFERENCE);
  m.refs[fp + code[pc + 1]] = (value as WasmStruct).descriptor;
  return pc + 3;
};

export const referenceHandlers: readonly (readonly [op: number, handler: Handler])[] = [
  [r.R_ref_func, ref_func],
  [r.R_ref_is_null, ref_is_null],
  [r.R_ref_as_non_null, ref_as_non_null],
  [r.R_ref_eq, ref_eq],
  [r.R_ref_i31, ref_i31],
  [r.R_i31_get_s, i31_get_s],
  [r.R_i31_get_u, i31_get_u],
  [r.R_ref_test, ref_test],
  [r.R_ref_cast, ref_cast],
  [r.R_jump_if_cast, jump_if_cast],
  [r.R_jump_unless_cast, jump_unless_cast],
  [r.R_ref_cast_desc, ref_cast_desc],
  [r.R_jump_if_cast_desc, jump_if_cast_desc],
  [r.R_jump_unless_cast_desc, jump_unless_cast_desc],
  [r.R_ref_get_desc, ref_get_desc],
];
