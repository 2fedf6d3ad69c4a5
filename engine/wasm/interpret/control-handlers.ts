// Handlers of calls, branches, moves, selection, globals and exceptions.
// hot

import {
  eval_i64_add128,
  eval_i64_mul_wide_s,
  eval_i64_mul_wide_u,
  eval_i64_sub128,
} from '../../eval/wasm-i64.ts';
import {
  WASM_TRAP_CALL_TYPE,
  WASM_TRAP_MEMORY,
  WASM_TRAP_NULL_EXCEPTION,
  WASM_TRAP_NULL_FUNCTION,
  WASM_TRAP_UNDEFINED_ELEMENT,
  WASM_TRAP_UNINITIALIZED_ELEMENT,
  WASM_TRAP_UNREACHABLE,
} from '../../eval/wasm-traps.ts';
import { ExnInst, FuncInst, type TagInst } from '../runtime/instances.ts';
import { load32, store32 } from '../runtime/memory.ts';
import { type Handler, type Machine, STATUS_FUEL, STATUS_THROW } from './machine.ts';
import { slotsOf } from './operand-entries.ts';
import * as r from './register-ops.gen.ts';

type H = (m: Machine, code: Int32Array, pc: number, fp: number) => number;

const charge: H = (m, _code, pc) => {
  // The hot core has taken the last unit; a paused run pays when it goes on.
  if (m.refuel() && m.pay()) return pc + 1;
  m.pc = pc;
  return m.stop(STATUS_FUEL);
};

const const128: H = (m, code, pc, fp) => {
  const d = (fp + code[pc + 1]) << 1;
  for (let i = 0; i < 4; i++) m.i32[d + i] = code[pc + 2 + i];
  return pc + 6;
};
const move128: H = (m, code, pc, fp) => {
  const d = (fp + code[pc + 1]) << 1;
  const a = (fp + code[pc + 2]) << 1;
  // Upwards or downwards, a move never overlaps: slots of entries are apart or the same.
  for (let i = 0; i < 4; i++) m.i32[d + i] = m.i32[a + i];
  return pc + 3;
};
const move_ref: H = (m, code, pc, fp) => {
  m.refs[fp + code[pc + 1]] = m.refs[fp + code[pc + 2]];
  return pc + 3;
};
const null_ref: H = (m, code, pc, fp) => {
  m.refs[fp + code[pc + 1]] = null;
  return pc + 2;
};

const unreachable: H = (m, _code, pc) => m.trapAt(pc, WASM_TRAP_UNREACHABLE);

const jump_if_null: H = (m, code, pc, fp) => (m.refs[fp + code[pc + 1]] === null ? code[pc + 2] : pc + 3);
const jump_unless_null: H = (m, code, pc, fp) => (m.refs[fp + code[pc + 1]] !== null ? code[pc + 2] : pc + 3);

const jump_f64_eq: H = (m, code, pc, fp) =>
  m.f64[fp + code[pc + 1]] === m.f64[fp + code[pc + 2]] ? code[pc + 3] : pc + 4;
const jump_f64_ne: H = (m, code, pc, fp) =>
  m.f64[fp + code[pc + 1]] === m.f64[fp + code[pc + 2]] ? pc + 4 : code[pc + 3];
const jump_f32_eq: H = (m, code, pc, fp) =>
  m.f32[(fp + code[pc + 1]) << 1] === m.f32[(fp + code[pc + 2]) << 1] ? code[pc + 3] : pc + 4;
const jump_f32_ne: H = (m, code, pc, fp) =>
  m.f32[(fp + code[pc + 1]) << 1] === m.f32[(fp + code[pc + 2]) << 1] ? pc + 4 : code[pc + 3];

// Comparisons of 64-bit integers look at the halves, which is faster than making bigints.

function isEqual64(m: Machine, code: Int32Array, pc: number, fp: number): boolean {
  const a = (fp + code[pc + 1]) << 1;
  const b = (fp + code[pc + 2]) << 1;
  return m.i32[a] === m.i32[b] && m.i32[a + 1] === m.i32[b + 1];
}
function isLess64(m: Machine, code: Int32Array, pc: number, fp: number): boolean {
  const a = (fp + code[pc + 1]) << 1;
  const b = (fp + code[pc + 2]) << 1;
  const x = m.i32[a + 1];
  const y = m.i32[b + 1];
  return x === y ? m.i32[a] >>> 0 < m.i32[b] >>> 0 : x < y;
}
function isLessUnsigned64(m: Machine, code: Int32Array, pc: number, fp: number): boolean {
  const a = (fp + code[pc + 1]) << 1;
  const b = (fp + code[pc + 2]) << 1;
  const x = m.i32[a + 1] >>> 0;
  const y = m.i32[b + 1] >>> 0;
  return x === y ? m.i32[a] >>> 0 < m.i32[b] >>> 0 : x < y;
}
const jump_i64_eq: H = (m, code, pc, fp) => (isEqual64(m, code, pc, fp) ? code[pc + 3] : pc + 4);
const jump_i64_ne: H = (m, code, pc, fp) => (isEqual64(m, code, pc, fp) ? pc + 4 : code[pc + 3]);
const jump_i64_lt_s: H = (m, code, pc, fp) => (isLess64(m, code, pc, fp) ? code[pc + 3] : pc + 4);
const jump_i64_ge_s: H = (m, code, pc, fp) => (isLess64(m, code, pc, fp) ? pc + 4 : code[pc + 3]);
const jump_i64_lt_u: H = (m, code, pc, fp) => (isLessUnsigned64(m, code, pc, fp) ? code[pc + 3] : pc + 4);
const jump_i64_ge_u: H = (m, code, pc, fp) => (isLessUnsigned64(m, code, pc, fp) ? pc + 4 : code[pc + 3]);

const return_: H = (m) => m.return();
const call: H = (m, code, pc, fp) => m.call(m.instance.funcs[code[pc + 1]], fp + code[pc + 2], pc, pc + 3);

/** The function at an index of a table, or null after a trap. */
function functionAt(
  m: Machine,
  pc: number,
  tableIndex: number,
  typeId: number,
  slot: number,
): FuncInst | null {
  const { elements, type } = m.instance.tables[tableIndex];
  const index = m.size(type.is64, slot);
  if (index >= elements.length) {
    m.trapAt(pc, WASM_TRAP_UNDEFINED_ELEMENT);
    return null;
  }
  const func = elements[index];
  if (func === null) {
    m.trapAt(pc, WASM_TRAP_UNINITIALIZED_ELEMENT);
    return null;
  }
  const { id } = (func as FuncInst).type;
  if (id !== typeId && !m.store.registry.isSubtype(id, typeId)) {
    m.trapAt(pc, WASM_TRAP_CALL_TYPE);
    return null;
  }
  return func as FuncInst;
}

const call_indirect: H = (m, code, pc, fp) => {
  const func = functionAt(m, pc, code[pc + 1], code[pc + 2], fp + code[pc + 3]);
  return func === null ? -1 : m.call(func, fp + code[pc + 4], pc, pc + 5);
};
const call_ref: H = (m, code, pc, fp) => {
  const func = m.refs[fp + code[pc + 1]];
  return func instanceof FuncInst
    ? m.call(func, fp + code[pc + 2], pc, pc + 3)
    : m.trapAt(pc, WASM_TRAP_NULL_FUNCTION);
};
const return_call: H = (m, code, pc, fp) =>
  m.tailCall(m.instance.funcs[code[pc + 1]], fp + code[pc + 2], code[pc + 3], pc);
const return_call_indirect: H = (m, code, pc, fp) => {
  const func = functionAt(m, pc, code[pc + 1], code[pc + 2], fp + code[pc + 3]);
  return func === null ? -1 : m.tailCall(func, fp + code[pc + 4], code[pc + 5], pc);
};
const return_call_ref: H = (m, code, pc, fp) => {
  const func = m.refs[fp + code[pc + 1]];
  return func instanceof FuncInst
    ? m.tailCall(func, fp + code[pc + 2], code[pc + 3], pc)
    : m.trapAt(pc, WASM_TRAP_NULL_FUNCTION);
};

/** The operand that a selection takes. */
function selected(m: Machine, code: Int32Array, pc: number, fp: number): number {
  return fp + (m.i32[(fp + code[pc + 4]) << 1] !== 0 ? code[pc + 2] : code[pc + 3]);
}
const select64: H = (m, code, pc, fp) => {
  const a = selected(m, code, pc, fp) << 1;
  const d = (fp + code[pc + 1]) << 1;
  m.i32[d] = m.i32[a];
  m.i32[d + 1] = m.i32[a + 1];
  return pc + 5;
};
const select128: H = (m, code, pc, fp) => {
  const a = selected(m, code, pc, fp) << 1;
  const d = (fp + code[pc + 1]) << 1;
  for (let i = 0; i < 4; i++) m.i32[d + i] = m.i32[a + i];
  return pc + 5;
};
const select_ref: H = (m, code, pc, fp) => {
  m.refs[fp + code[pc + 1]] = m.refs[selected(m, code, pc, fp)];
  return pc + 5;
};

const global_get64: H = (m, code, pc, fp) => {
  const { words } = m.instance.globals[code[pc + 2]];
  const d = (fp + code[pc + 1]) << 1;
  m.i32[d] = words[0];
  m.i32[d + 1] = words[1];
  return pc + 3;
};
const global_get128: H = (m, code, pc, fp) => {
  const { words } = m.instance.globals[code[pc + 2]];
  const d = (fp + code[pc + 1]) << 1;
  for (let i = 0; i < 4; i++) m.i32[d + i] = words[i];
  return pc + 3;
};
const global_get_ref: H = (m, code, pc, fp) => {
  m.refs[fp + code[pc + 1]] = m.instance.globals[code[pc + 2]].ref;
  return pc + 3;
};
const global_set64: H = (m, code, pc, fp) => {
  const { words } = m.instance.globals[code[pc + 2]];
  const a = (fp + code[pc + 1]) << 1;
  words[0] = m.i32[a];
  words[1] = m.i32[a + 1];
  return pc + 3;
};
const global_set128: H = (m, code, pc, fp) => {
  const { words } = m.instance.globals[code[pc + 2]];
  const a = (fp + code[pc + 1]) << 1;
  for (let i = 0; i < 4; i++) words[i] = m.i32[a + i];
  return pc + 3;
};
const global_set_ref: H = (m, code, pc, fp) => {
  m.instance.globals[code[pc + 2]].ref = m.refs[fp + code[pc + 1]];
  return pc + 3;
};

/** An exception of a tag whose values lie in slots from `base` on. */
function newException(m: Machine, tag: TagInst, base: number): ExnInst {
  const { comp } = tag.type;
  const params = comp.kind === 'func' ? comp.params : [];
  let slots = 0;
  for (const type of params) slots += slotsOf(type);
  const refs: unknown[] = [];
  for (let i = 0; i < slots; i++) refs.push(m.refs[base + i] ?? null);
  return new ExnInst(tag, m.i32.slice(base << 1, (base + slots) << 1), refs);
}
const throw_: H = (m, code, pc, fp) => {
  m.pc = pc;
  m.thrown = newException(m, m.instance.tags[code[pc + 2]], fp + code[pc + 1]);
  return m.stop(STATUS_THROW);
};
const throw_ref: H = (m, code, pc, fp) => {
  const exception = m.refs[fp + code[pc + 1]];
  if (exception === null) return m.trapAt(pc, WASM_TRAP_NULL_EXCEPTION);
  m.pc = pc;
  m.thrown = exception as ExnInst;
  return m.stop(STATUS_THROW);
};

/** Stores both halves of a wide result. */
function setWide(m: Machine, code: Int32Array, pc: number, fp: number, value: bigint): void {
  m.i64[fp + code[pc + 1]] = BigInt.asIntN(64, value);
  m.i64[fp + code[pc + 2]] = BigInt.asIntN(64, value >> 64n);
}
const i64_add128: H = (m, code, pc, fp) => {
  const { i64 } = m;
  const [a, b, c, d] = [3, 4, 5, 6].map((i) => i64[fp + code[pc + i]]) as [bigint, bigint, bigint, bigint];
  setWide(m, code, pc, fp, eval_i64_add128(a, b, c, d));
  return pc + 7;
};
const i64_sub128: H = (m, code, pc, fp) => {
  const { i64 } = m;
  const [a, b, c, d] = [3, 4, 5, 6].map((i) => i64[fp + code[pc + i]]) as [bigint, bigint, bigint, bigint];
  setWide(m, code, pc, fp, eval_i64_sub128(a, b, c, d));
  return pc + 7;
};
const i64_mul_wide_s: H = (m, code, pc, fp) => {
  setWide(m, code, pc, fp, eval_i64_mul_wide_s(m.i64[fp + code[pc + 3]], m.i64[fp + code[pc + 4]]));
  return pc + 5;
};
const i64_mul_wide_u: H = (m, code, pc, fp) => {
  setWide(m, code, pc, fp, eval_i64_mul_wide_u(m.i64[fp + code[pc + 3]], m.i64[fp + code[pc + 4]]));
  return pc + 5;
};

// Accesses that the hot core found out of bounds: a shared memory may have grown meanwhile.

/** The byte of an access of the hot core, or -1 if it traps. */
function slowAddress(m: Machine, code: Int32Array, pc: number, slot: number, bytes: number): number {
  const at = (m.i32[slot << 1] >>> 0) + (code[pc + 3] >>> 0);
  if (m.isInBounds(m.memory, at + bytes)) return at;
  m.trapAt(pc, WASM_TRAP_MEMORY);
  return -1;
}
const i32_load: H = (m, code, pc, fp) => {
  const at = slowAddress(m, code, pc, fp + code[pc + 2], 4);
  if (at < 0) return -1;
  m.i32[(fp + code[pc + 1]) << 1] = load32(m.memory, at);
  return pc + 4;
};
const i32_store: H = (m, code, pc, fp) => {
  const at = slowAddress(m, code, pc, fp + code[pc + 1], 4);
  if (at < 0) return -1;
  store32(m.memory, at, m.i32[(fp + code[pc + 2]) << 1]);
  return pc + 4;
};
const i32_load8_u: H = (m, code, pc, fp) => {
  const at = slowAddress(m, code, pc, fp + code[pc + 2], 1);
  if (at < 0) return -1;
  m.i32[(fp + code[pc + 1]) << 1] = m.memory.u8[at];
  return pc + 4;
};
const i32_store8: H = (m, code, pc, fp) => {
  const at = slowAddress(m, code, pc, fp + code[pc + 1], 1);
  if (at < 0) return -1;
  m.memory.u8[at] = m.i32[(fp + code[pc + 2]) << 1];
  return pc + 4;
};

const i32_load16_u: H = (m, code, pc, fp) => {
  const at = slowAddress(m, code, pc, fp + code[pc + 2], 2);
  if (at < 0) return -1;
  m.i32[(fp + code[pc + 1]) << 1] = m.memory.view.getUint16(at, true);
  return pc + 4;
};
const i64_load: H = (m, code, pc, fp) => {
  const at = slowAddress(m, code, pc, fp + code[pc + 2], 8);
  if (at < 0) return -1;
  const d = (fp + code[pc + 1]) << 1;
  m.i32[d] = load32(m.memory, at);
  m.i32[d + 1] = load32(m.memory, at + 4);
  return pc + 4;
};
const i64_store: H = (m, code, pc, fp) => {
  const at = slowAddress(m, code, pc, fp + code[pc + 1], 8);
  if (at < 0) return -1;
  const a = (fp + code[pc + 2]) << 1;
  store32(m.memory, at, m.i32[a]);
  store32(m.memory, at + 4, m.i32[a + 1]);
  return pc + 4;
};

export const controlHandlers: readonly (readonly [op: number, handler: Handler])[] = [
  [r.R_charge, charge],
  [r.R_const128, const128],
  [r.R_move128, move128],
  [r.R_move_ref, move_ref],
  [r.R_null_ref, null_ref],
  [r.R_unreachable, unreachable],
  [r.R_jump_if_null, jump_if_null],
  [r.R_jump_unless_null, jump_unless_null],
  [r.R_jump_f64_eq, jump_f64_eq],
  [r.R_jump_f64_ne, jump_f64_ne],
  [r.R_jump_f32_eq, jump_f32_eq],
  [r.R_jump_f32_ne, jump_f32_ne],
  [r.R_jump_i64_eq, jump_i64_eq],
  [r.R_jump_i64_ne, jump_i64_ne],
  [r.R_jump_i64_lt_s, jump_i64_lt_s],
  [r.R_jump_i64_ge_s, jump_i64_ge_s],
  [r.R_jump_i64_lt_u, jump_i64_lt_u],
  [r.R_jump_i64_ge_u, jump_i64_ge_u],
  [r.R_return, return_],
  [r.R_call, call],
  [r.R_call_indirect, call_indirect],
  [r.R_call_ref, call_ref],
  [r.R_return_call, return_call],
  [r.R_return_call_indirect, return_call_indirect],
  [r.R_return_call_ref, return_call_ref],
  [r.R_select64, select64],
  [r.R_select128, select128],
  [r.R_select_ref, select_ref],
  [r.R_global_get64, global_get64],
  [r.R_global_get128, global_get128],
  [r.R_global_get_ref, global_get_ref],
  [r.R_global_set64, global_set64],
  [r.R_global_set128, global_set128],
  [r.R_global_set_ref, global_set_ref],
  [r.R_throw, throw_],
  [r.R_throw_ref, throw_ref],
  [r.R_i64_add128, i64_add128],
  [r.R_i64_sub128, i64_sub128],
  [r.R_i64_mul_wide_s, i64_mul_wide_s],
  [r.R_i64_mul_wide_u, i64_mul_wide_u],
  [r.R_i32_load, i32_load],
  [r.R_i32_store, i32_store],
  [r.R_i32_load8_u, i32_load8_u],
  [r.R_i32_store8, i32_store8],
  [r.R_i32_load16_u, i32_load16_u],
  [r.R_i64_load, i64_load],
  [r.R_i64_store, i64_store],
];
