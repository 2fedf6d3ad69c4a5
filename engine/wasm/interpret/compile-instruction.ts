// Compilation of the instructions that are neither control nor locals. Instructions of numbers, vectors and memory
// follow from their rows; the rest has a case each.

import { type InstructionRow, identifierOf, instructionRows } from '../format/instructions.ts';
import * as op from '../format/opcodes.gen.ts';
import {
  F32,
  F64,
  type FuncType,
  HEAP_ANY,
  HEAP_EXTERN,
  I8,
  I16,
  I32,
  I64,
  isRef,
  refType,
  sizeBytes,
  unpacked,
  V128,
  type ValType,
} from '../format/types.ts';
import type { CanonicalType } from '../validate/type-registry.ts';
import type { OperandCompiler } from './operand-compiler.ts';
import * as r from './register-ops.gen.ts';
import { accessAliases, derivedOps, registerOpNames } from './register-ops.ts';

/** Opcodes of instructions that are opcodes by themselves, by number of the instruction. */
const numericOps = new Int32Array(instructionRows.length).fill(-1);
const shortOps = new Int32Array(instructionRows.length).fill(-1);
const longOps = new Int32Array(instructionRows.length).fill(-1);
const numberOf = new Map(registerOpNames.map((name, number) => [name, number]));
for (const { name, instruction, form } of derivedOps) {
  const table = form === 'numeric' ? numericOps : form === 'short' ? shortOps : longOps;
  table[instruction] = numberOf.get(name) as number;
}
// Those of the hot core are not derived.
instructionRows.forEach((row, instruction) => {
  const number = numberOf.get(row.name.replaceAll('.', '_'));
  if (number === undefined || row.params === null || row.results.length > 1) return;
  if (row.immediates === 'none' && row.feature !== 'gc') numericOps[instruction] = number;
  if (row.immediates === 'memarg') shortOps[instruction] = number;
});
instructionRows.forEach((row, instruction) => {
  const alias = accessAliases.get(identifierOf(row));
  if (alias === undefined) return;
  shortOps[instruction] = numberOf.get(alias) as number;
  longOps[instruction] = numberOf.get(`${alias}_any`) as number;
});

/** Compiles the instruction at `words[at]`. True if nothing behind it is reached. */
export function compileInstruction(c: OperandCompiler, number: number, at: number): boolean {
  const row = instructionRows[number] as InstructionRow;
  if (numericOps[number] >= 0) numeric(c, row, number, at);
  else if (longOps[number] >= 0) access(c, row, number, at);
  else return special(c, number, at);
  return false;
}

/** Forms with a constant as the second operand, and how the constant is to be changed for it. */
const constantForms = new Map<number, readonly [opcode: number, change: (word: number) => number]>([
  [op.OP_i32_add, [r.R_i32_add_k, (word) => word]],
  [op.OP_i32_sub, [r.R_i32_add_k, (word) => -word | 0]],
  [op.OP_i32_and, [r.R_i32_and_k, (word) => word]],
  [op.OP_i32_shl, [r.R_i32_shl_k, (word) => word]],
  [op.OP_i32_shr_u, [r.R_i32_shr_u_k, (word) => word]],
]);

function isComparison(row: InstructionRow): boolean {
  return row.results[0] === I32 && row.params?.length === 2 && row.params[0] === I32 && row.code <= 0x4f;
}

function numeric(c: OperandCompiler, row: InstructionRow, number: number, at: number): void {
  const params = row.params as readonly ValType[];
  const form = constantForms.get(number);
  if (form !== undefined) {
    const constant = c.popConstantWord();
    if (constant !== null) {
      const a = c.pop();
      c.emitTo(form[0], c.push(I32), a, form[1](constant));
      return;
    }
  }
  const slots: number[] = [];
  if (isComparison(row) && c.entries.top().constant !== null) {
    slots[1] = c.pop();
    c.noteConstant();
    slots[0] = c.pop();
  } else for (let i = params.length - 1; i >= 0; i--) slots[i] = c.pop();
  const result = c.push(row.results[0] as ValType);
  const opcode = numericOps[number] as number;
  if (row.immediates === 'lane') c.emitTo(opcode, result, ...slots, c.words[at + 1] as number);
  else if (row.immediates === 'shuffle') {
    const words = [...c.words.subarray(at + 1, at + 5)];
    let mask = c.slotOfConstant(words);
    if (mask < 0) {
      // It lies above where the operands can be.
      mask = result + 4;
      c.entries.reserve(mask + 2);
      c.emit(r.R_const128, mask, ...words);
    }
    c.emitTo(opcode, result, ...slots, mask);
  } else c.emitTo(opcode, result, ...slots);
}

function access(c: OperandCompiler, row: InstructionRow, number: number, at: number): void {
  const params = row.params as readonly ValType[];
  const [memory, , low, high] = c.words.subarray(at + 1, at + 5) as unknown as [
    number,
    number,
    number,
    number,
  ];
  const isShort = memory === 0 && !c.context.memories[0]?.is64;
  const slots: number[] = [];
  for (let i = params.length - 1; i >= 0; i--) slots[i] = c.pop();
  const rest = isShort ? [low] : [memory, low, high];
  if (row.immediates === 'memargLane') rest.push(c.words[at + 5] as number);
  const opcode = (isShort ? shortOps[number] : longOps[number]) as number;
  const result = row.results[0];
  if (result === undefined) c.emit(opcode, ...slots, ...rest);
  else c.emitTo(opcode, c.push(result), ...slots, ...rest);
}

function forType(type: ValType, of32: number, of64: number, of128: number, ofRef: number): number {
  if (isRef(type)) return ofRef;
  if (type === V128) return of128;
  return type === I32 || type === F32 ? of32 : of64;
}

function addressType({ is64 }: { readonly is64: boolean }): ValType {
  return is64 ? I64 : I32;
}

function special(c: OperandCompiler, number: number, at: number): boolean {
  const { words, context, entries } = c;
  const first = words[at + 1] as number;
  const second = words[at + 2] as number;
  switch (number) {
    case op.OP_unreachable:
      c.emit(r.R_unreachable);
      return true;
    case op.OP_i32_const:
      entries.pushConstant(I32, [first]);
      return false;
    case op.OP_f32_const:
      entries.pushConstant(F32, [first]);
      return false;
    case op.OP_i64_const:
      entries.pushConstant(I64, [first, second]);
      return false;
    case op.OP_f64_const:
      entries.pushConstant(F64, [first, second]);
      return false;
    case op.OP_v128_const:
      entries.pushConstant(V128, [...words.subarray(at + 1, at + 5)]);
      return false;
    case op.OP_ref_null:
      entries.pushConstant(context.valType(first, 0), []);
      return false;
    case op.OP_select:
    case op.OP_select_t: {
      const condition = c.pop();
      const b = c.pop();
      const { type } = entries.popped;
      const a = c.pop();
      const opcode = forType(type, r.R_select32, r.R_select64, r.R_select128, r.R_select_ref);
      c.emitTo(opcode, c.push(type), a, b, condition);
      return false;
    }
    case op.OP_global_get: {
      const { type } = context.globals[first] as { type: ValType };
      const opcode = forType(type, r.R_global_get32, r.R_global_get64, r.R_global_get128, r.R_global_get_ref);
      c.emitTo(opcode, c.push(type), first);
      return false;
    }
    case op.OP_global_set: {
      const { type } = context.globals[first] as { type: ValType };
      const opcode = forType(type, r.R_global_set32, r.R_global_set64, r.R_global_set128, r.R_global_set_ref);
      c.emit(opcode, c.pop(), first);
      return false;
    }
    case op.OP_call:
    case op.OP_return_call: {
      const type = context.registry.get((context.funcs[first] as { type: number }).type).comp as FuncType;
      if (number === op.OP_return_call) return tailCall(c, type, r.R_return_call, [first], false);
      call(c, type, (base) => c.emit(r.R_call, first, base));
      return false;
    }
    case op.OP_call_indirect:
    case op.OP_return_call_indirect: {
      const type = context.funcType(first, 0);
      const id = context.types[first] as number;
      if (number === op.OP_return_call_indirect)
        return tailCall(c, type, r.R_return_call_indirect, [second, id], true);
      const index = c.pop();
      call(c, type, (base) => c.emit(r.R_call_indirect, second, id, index, base));
      return false;
    }
    case op.OP_call_ref:
    case op.OP_return_call_ref: {
      const type = context.funcType(first, 0);
      if (number === op.OP_return_call_ref) return tailCall(c, type, r.R_return_call_ref, [], true);
      const callee = c.pop();
      call(c, type, (base) => c.emit(r.R_call_ref, callee, base));
      return false;
    }
    case op.OP_throw: {
      const { params } = context.tag(first, 0);
      c.emit(r.R_throw, c.popRow(params.length), first);
      return true;
    }
    case op.OP_throw_ref:
      c.emit(r.R_throw_ref, c.pop());
      return true;
    case op.OP_any_convert_extern:
    case op.OP_extern_convert_any: {
      // The value stays what it is; only its type changes.
      c.settleTop(1);
      entries.pop();
      entries.push(refType(number === op.OP_any_convert_extern ? HEAP_ANY : HEAP_EXTERN, true));
      return false;
    }
    case op.OP_i64_add128:
    case op.OP_i64_sub128:
    case op.OP_i64_mul_wide_s:
    case op.OP_i64_mul_wide_u:
      wide(c, number);
      return false;
    case op.OP_atomic_fence:
      return false;
    default:
      tablesAndMemories(c, number, at);
      return false;
  }
}

/** A call whose arguments are the topmost entries. */
function call(c: OperandCompiler, type: FuncType, emit: (base: number) => void): void {
  const base = c.popRow(type.params.length);
  emit(base);
  c.pushAll(type.results);
}

function tailCall(
  c: OperandCompiler,
  type: FuncType,
  opcode: number,
  before: readonly number[],
  hasCallee: boolean,
): boolean {
  const callee = hasCallee ? [c.pop()] : [];
  const top = c.entries.nextSlot;
  const base = c.popRow(type.params.length);
  c.emit(opcode, ...before, ...callee, base, top - base);
  return true;
}

const wideOps = new Map([
  [op.OP_i64_add128, r.R_i64_add128],
  [op.OP_i64_sub128, r.R_i64_sub128],
  [op.OP_i64_mul_wide_s, r.R_i64_mul_wide_s],
  [op.OP_i64_mul_wide_u, r.R_i64_mul_wide_u],
]);

function wide(c: OperandCompiler, number: number): void {
  const slots: number[] = [];
  for (let i = number === op.OP_i64_add128 || number === op.OP_i64_sub128 ? 3 : 1; i >= 0; i--)
    slots[i] = c.pop();
  const low = c.push(I64);
  const high = c.push(I64);
  c.emit(wideOps.get(number) as number, low, high, ...slots);
}

function tablesAndMemories(c: OperandCompiler, number: number, at: number): void {
  const { words, context } = c;
  const first = words[at + 1] as number;
  const second = words[at + 2] as number;
  /** Pops `count` operands and gives their slots, the lowest first. */
  const pops = (count: number): number[] => {
    const slots: number[] = [];
    for (let i = count - 1; i >= 0; i--) slots[i] = c.pop();
    return slots;
  };
  switch (number) {
    case op.OP_table_get: {
      const [index] = pops(1) as [number];
      c.emitTo(r.R_table_get, c.push((context.tables[first] as { element: ValType }).element), index, first);
      return;
    }
    case op.OP_table_set:
      c.emit(r.R_table_set, ...pops(2), first);
      return;
    case op.OP_table_size:
      c.emitTo(r.R_table_size, c.push(addressType(context.table(first, 0))), first);
      return;
    case op.OP_table_grow: {
      const slots = pops(2);
      c.emitTo(r.R_table_grow, c.push(addressType(context.table(first, 0))), ...slots, first);
      return;
    }
    case op.OP_table_fill:
      c.emit(r.R_table_fill, ...pops(3), first);
      return;
    case op.OP_table_copy:
      c.emit(r.R_table_copy, ...pops(3), first, second);
      return;
    case op.OP_table_init:
      c.emit(r.R_table_init, ...pops(3), second, first);
      return;
    case op.OP_elem_drop:
      c.emit(r.R_elem_drop, first);
      return;
    case op.OP_memory_size:
      c.emitTo(r.R_memory_size, c.push(addressType(context.memory(first, 0))), first);
      return;
    case op.OP_memory_grow: {
      const slots = pops(1);
      c.emitTo(r.R_memory_grow, c.push(addressType(context.memory(first, 0))), ...slots, first);
      return;
    }
    case op.OP_memory_fill:
      c.emit(r.R_memory_fill, ...pops(3), first);
      return;
    case op.OP_memory_copy:
      c.emit(r.R_memory_copy, ...pops(3), first, second);
      return;
    case op.OP_memory_init:
      c.emit(r.R_memory_init, ...pops(3), second, first);
      return;
    case op.OP_data_drop:
      c.emit(r.R_data_drop, first);
      return;
    case op.OP_memory_atomic_notify: {
      const slots = pops(2);
      c.emitTo(
        r.R_atomic_notify,
        c.push(I32),
        ...slots,
        first,
        words[at + 3] as number,
        words[at + 4] as number,
      );
      return;
    }
    case op.OP_memory_atomic_wait32:
    case op.OP_memory_atomic_wait64: {
      const slots = pops(3);
      const opcode = number === op.OP_memory_atomic_wait32 ? r.R_atomic_wait32 : r.R_atomic_wait64;
      c.emitTo(opcode, c.push(I32), ...slots, first, words[at + 3] as number, words[at + 4] as number);
      return;
    }
    default:
      references(c, number, at, pops);
  }
}

/** Simple instructions on references: their opcode, operands and result. */
const simpleReferenceOps = new Map<number, readonly [opcode: number, operands: number]>([
  [op.OP_ref_is_null, [r.R_ref_is_null, 1]],
  [op.OP_ref_eq, [r.R_ref_eq, 2]],
  [op.OP_i31_get_s, [r.R_i31_get_s, 1]],
  [op.OP_i31_get_u, [r.R_i31_get_u, 1]],
  [op.OP_array_len, [r.R_array_len, 1]],
]);

function references(c: OperandCompiler, number: number, at: number, pops: (count: number) => number[]): void {
  const { words, context, entries } = c;
  const first = words[at + 1] as number;
  const second = words[at + 2] as number;
  const simple = simpleReferenceOps.get(number);
  if (simple !== undefined) {
    const slots = pops(simple[1]);
    c.emitTo(simple[0], c.push(I32), ...slots);
    return;
  }
  switch (number) {
    case op.OP_ref_func:
      c.emitTo(r.R_ref_func, c.push(refType((context.funcs[first] as { type: number }).type, false)), first);
      return;
    case op.OP_ref_i31: {
      const slots = pops(1);
      c.emitTo(r.R_ref_i31, c.push(refType(HEAP_ANY, false)), ...slots);
      return;
    }
    case op.OP_ref_as_non_null:
      c.settleTop(1);
      c.emit(r.R_ref_as_non_null, entries.top().own);
      return;
    case op.OP_ref_test:
    case op.OP_ref_test_null: {
      const slots = pops(1);
      c.emitTo(r.R_ref_test, c.push(I32), ...slots, context.valType(first, 0));
      return;
    }
    case op.OP_ref_cast:
    case op.OP_ref_cast_null: {
      const type = context.valType(first, 0);
      c.settleTop(1);
      c.emit(r.R_ref_cast, entries.pop().own, type);
      entries.push(type);
      return;
    }
    case op.OP_ref_cast_desc_eq:
    case op.OP_ref_cast_desc_eq_null: {
      const type = context.valType(first, 0);
      const [descriptor] = pops(1) as [number];
      c.settleTop(1);
      c.emit(r.R_ref_cast_desc, entries.pop().own, descriptor, type);
      entries.push(type);
      return;
    }
    case op.OP_ref_get_desc: {
      const slots = pops(1);
      const { descriptor } = context.registry.get(context.types[first] as number);
      c.emitTo(r.R_ref_get_desc, c.push(refType(descriptor, false)), ...slots);
      return;
    }
    default:
      aggregates(c, number, first, second, pops);
  }
}

function typeOf(c: OperandCompiler, index: number): CanonicalType {
  return c.context.registry.get(c.context.types[index] as number);
}

const structGets = new Set([op.OP_struct_get, op.OP_struct_get_s, op.OP_struct_get_u]);
const arrayGets = new Set([op.OP_array_get, op.OP_array_get_s, op.OP_array_get_u]);

/** All bits of a word that a storage type has. */
function maskOf(storage: ValType): number {
  return storage === I8 ? 0xff : storage === I16 ? 0xffff : -1;
}

/** Whether a value of a storage type is one word, packed or not. */
function isWord(storage: ValType): boolean {
  return !isRef(storage) && sizeBytes(storage) <= 4;
}

function structGet(
  c: OperandCompiler,
  number: number,
  storage: ValType,
  object: number,
  field: number,
): void {
  const result = c.push(unpacked(storage));
  if (isRef(storage)) c.emitTo(r.R_struct_get_ref, result, object, field);
  else if (number === op.OP_struct_get_s)
    c.emitTo(r.R_struct_get_s, result, object, storage === I8 ? 24 : 16, field);
  else if (isWord(storage)) c.emitTo(r.R_struct_get32, result, object, field);
  else c.emitTo(r.R_struct_get, result, object, storage, field);
}

function structSet(
  c: OperandCompiler,
  storage: ValType,
  [object, value]: readonly number[],
  field: number,
): void {
  const slots = [object as number, value as number];
  if (isRef(storage)) c.emit(r.R_struct_set_ref, ...slots, field);
  else if (storage === I32 || storage === F32) c.emit(r.R_struct_set32, ...slots, field);
  else c.emit(r.R_struct_set, ...slots, storage, field);
}

function arrayGet(c: OperandCompiler, number: number, storage: ValType, slots: readonly number[]): void {
  const result = c.push(unpacked(storage));
  if (isRef(storage)) c.emitTo(r.R_array_get_ref, result, ...slots);
  else if (isWord(storage))
    c.emitTo(r.R_array_get32, result, ...slots, number === op.OP_array_get_u ? maskOf(storage) : -1);
  else c.emitTo(r.R_array_get, result, ...slots, sizeBytes(storage) / 4);
}

function arraySet(c: OperandCompiler, storage: ValType, slots: readonly number[]): void {
  if (isRef(storage)) c.emit(r.R_array_set_ref, ...slots);
  else if (isWord(storage)) c.emit(r.R_array_set32, ...slots);
  else c.emit(r.R_array_set, ...slots, sizeBytes(storage) / 4);
}

function aggregates(
  c: OperandCompiler,
  number: number,
  first: number,
  second: number,
  pops: (count: number) => number[],
): void {
  const type = typeOf(c, first);
  const created = refType(type.id, false);
  const fields = type.comp.kind === 'func' ? [] : type.comp.fields;
  const storageOf = (field: number): ValType => fields[field]?.storage as ValType;
  if (structGets.has(number)) {
    const [object] = pops(1) as [number];
    structGet(c, number, storageOf(second), object, second);
    return;
  }
  if (arrayGets.has(number)) {
    const slots = pops(2);
    arrayGet(c, number, storageOf(0), slots);
    return;
  }
  switch (number) {
    case op.OP_struct_new: {
      const base = c.popRow(fields.length);
      c.emitTo(r.R_struct_new, c.push(created), base, type.id);
      return;
    }
    case op.OP_struct_new_desc: {
      // The descriptor lies behind the fields.
      const base = c.popRow(fields.length + 1);
      c.emitTo(r.R_struct_new_desc, c.push(created), base, type.id);
      return;
    }
    case op.OP_struct_new_default:
      c.emitTo(r.R_struct_new_default, c.push(created), type.id);
      return;
    case op.OP_struct_new_default_desc: {
      const slots = pops(1);
      c.emitTo(r.R_struct_new_default_desc, c.push(created), ...slots, type.id);
      return;
    }
    case op.OP_struct_set:
      structSet(c, storageOf(second), pops(2), second);
      return;
    case op.OP_array_new: {
      const slots = pops(2);
      c.emitTo(r.R_array_new, c.push(created), ...slots, type.id);
      return;
    }
    case op.OP_array_new_default: {
      const slots = pops(1);
      c.emitTo(r.R_array_new_default, c.push(created), ...slots, type.id);
      return;
    }
    case op.OP_array_new_fixed: {
      const base = c.popRow(second);
      c.emitTo(r.R_array_new_fixed, c.push(created), base, type.id, second);
      return;
    }
    case op.OP_array_new_data:
    case op.OP_array_new_elem: {
      const slots = pops(2);
      const opcode = number === op.OP_array_new_data ? r.R_array_new_data : r.R_array_new_elem;
      c.emitTo(opcode, c.push(created), ...slots, type.id, second);
      return;
    }
    case op.OP_array_set:
      arraySet(c, storageOf(0), pops(3));
      return;
    case op.OP_array_fill:
      c.emit(r.R_array_fill, c.popRow(4), type.id);
      return;
    case op.OP_array_copy:
      c.emit(r.R_array_copy, c.popRow(5), type.id);
      return;
    case op.OP_array_init_data:
      c.emit(r.R_array_init_data, c.popRow(4), type.id, second);
      return;
    case op.OP_array_init_elem:
      c.emit(r.R_array_init_elem, c.popRow(4), type.id, second);
  }
}
