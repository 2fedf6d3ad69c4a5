// Handlers of structures and arrays. https://webassembly.github.io/spec/core/exec/instructions.html#aggregate-reference-instructions

import {
  WASM_TRAP_ALLOCATION,
  WASM_TRAP_ARRAY,
  WASM_TRAP_FUEL,
  WASM_TRAP_MEMORY,
  WASM_TRAP_NULL_ARRAY,
  WASM_TRAP_NULL_DESCRIPTOR,
  WASM_TRAP_NULL_STRUCTURE,
  WASM_TRAP_TABLE,
} from '../../eval/wasm-traps.ts';
import {
  F32,
  F64,
  type FieldType,
  I8,
  I16,
  I32,
  I64,
  isRef,
  sizeBytes,
  V128,
  type ValType,
} from '../format/types.ts';
import { type ArrayData, newArray, WasmArray, WasmStruct } from '../runtime/references.ts';
import type { CanonicalType } from '../validate/type-registry.ts';
import type { Handler, Machine } from './machine.ts';
import { slotsOf } from './operand-entries.ts';
import * as r from './register-ops.gen.ts';

type H = (m: Machine, code: Int32Array, pc: number, fp: number) => number;

const NO_FIELDS: readonly FieldType[] = [];

function fieldsOf({ comp }: CanonicalType): readonly FieldType[] {
  return comp.kind === 'func' ? NO_FIELDS : comp.fields;
}

/** A NaN other than the canonical one, in words. */
function isOddNaN(low: number, high: number): boolean {
  const isNaN = (high & 0x7ff0_0000) === 0x7ff0_0000 && ((high & 0xf_ffff) | low) !== 0;
  return isNaN && (high !== 0x7ff8_0000 || low !== 0);
}

/** The value of a field, as WasmStruct keeps it, from a slot. */
function readField(m: Machine, storage: ValType, slot: number): unknown {
  switch (storage) {
    case I8:
      return m.i32[slot << 1] & 0xff;
    case I16:
      return m.i32[slot << 1] & 0xffff;
    case I32:
    case F32:
      return m.i32[slot << 1];
    case I64:
      return m.i64[slot];
    case F64:
      return isOddNaN(m.i32[slot << 1], m.i32[(slot << 1) + 1]) ? m.i64[slot] : m.f64[slot];
    case V128:
      return m.i32.slice(slot << 1, (slot << 1) + 4);
    default:
      return m.refs[slot];
  }
}

/** Puts the value of a field into a slot. */
function writeField(m: Machine, storage: ValType, slot: number, value: unknown): void {
  switch (storage) {
    case I8:
    case I16:
    case I32:
    case F32:
      m.i32[slot << 1] = value as number;
      return;
    case I64:
      m.i64[slot] = value as bigint;
      return;
    case F64:
      if (typeof value === 'bigint') m.i64[slot] = value;
      else if (value === value) m.f64[slot] = value as number;
      else m.setNaN64(slot);
      return;
    case V128:
      m.i32.set(value as Int32Array, slot << 1);
      return;
    default:
      m.refs[slot] = value;
  }
}

function defaultField(storage: ValType): unknown {
  if (isRef(storage)) return null;
  return storage === I64 ? 0n : storage === V128 ? new Int32Array(4) : 0;
}

/** Fields from slots in a row, and the slot behind them. */
function readFields(
  m: Machine,
  fields: readonly FieldType[],
  base: number,
): { values: unknown[]; end: number } {
  const values: unknown[] = [];
  let slot = base;
  for (const { storage } of fields) {
    values.push(readField(m, storage, slot));
    slot += slotsOf(storage);
  }
  return { values, end: slot };
}

const struct_new: H = (m, code, pc, fp) => {
  const type = m.store.registry.get(code[pc + 3]);
  if (!mayAllocateStruct(m, pc, type)) return -1;
  const { values } = readFields(m, fieldsOf(type), fp + code[pc + 2]);
  m.refs[fp + code[pc + 1]] = new WasmStruct(type, values, null);
  return pc + 4;
};
const struct_new_desc: H = (m, code, pc, fp) => {
  const type = m.store.registry.get(code[pc + 3]);
  if (!mayAllocateStruct(m, pc, type)) return -1;
  const { values, end } = readFields(m, fieldsOf(type), fp + code[pc + 2]);
  const descriptor = m.refs[end];
  if (descriptor === null) return m.trapAt(pc, WASM_TRAP_NULL_DESCRIPTOR);
  m.refs[fp + code[pc + 1]] = new WasmStruct(type, values, descriptor);
  return pc + 4;
};
const struct_new_default: H = (m, code, pc, fp) => {
  const type = m.store.registry.get(code[pc + 2]);
  if (!mayAllocateStruct(m, pc, type)) return -1;
  const values = fieldsOf(type).map(({ storage }) => defaultField(storage));
  m.refs[fp + code[pc + 1]] = new WasmStruct(type, values, null);
  return pc + 3;
};
const struct_new_default_desc: H = (m, code, pc, fp) => {
  const type = m.store.registry.get(code[pc + 3]);
  if (!mayAllocateStruct(m, pc, type)) return -1;
  const descriptor = m.refs[fp + code[pc + 2]];
  if (descriptor === null) return m.trapAt(pc, WASM_TRAP_NULL_DESCRIPTOR);
  const values = fieldsOf(type).map(({ storage }) => defaultField(storage));
  m.refs[fp + code[pc + 1]] = new WasmStruct(type, values, descriptor);
  return pc + 4;
};

// The compiler knows the storage type of a field: a subtype's field is stored as the supertype's.

const struct_get: H = (m, code, pc, fp) => {
  const struct = m.refs[fp + code[pc + 2]] as WasmStruct | null;
  if (struct === null) return m.trapAt(pc, WASM_TRAP_NULL_STRUCTURE);
  writeField(m, code[pc + 3], fp + code[pc + 1], struct.fields[code[pc + 4]]);
  return pc + 5;
};
const struct_get32: H = (m, code, pc, fp) => {
  const struct = m.refs[fp + code[pc + 2]] as WasmStruct | null;
  if (struct === null) return m.trapAt(pc, WASM_TRAP_NULL_STRUCTURE);
  m.i32[(fp + code[pc + 1]) << 1] = struct.fields[code[pc + 3]] as number;
  return pc + 4;
};
const struct_get_ref: H = (m, code, pc, fp) => {
  const struct = m.refs[fp + code[pc + 2]] as WasmStruct | null;
  if (struct === null) return m.trapAt(pc, WASM_TRAP_NULL_STRUCTURE);
  m.refs[fp + code[pc + 1]] = struct.fields[code[pc + 3]];
  return pc + 4;
};
const struct_get_s: H = (m, code, pc, fp) => {
  const struct = m.refs[fp + code[pc + 2]] as WasmStruct | null;
  if (struct === null) return m.trapAt(pc, WASM_TRAP_NULL_STRUCTURE);
  const shift = code[pc + 3];
  m.i32[(fp + code[pc + 1]) << 1] = ((struct.fields[code[pc + 4]] as number) << shift) >> shift;
  return pc + 5;
};
const struct_set: H = (m, code, pc, fp) => {
  const struct = m.refs[fp + code[pc + 1]] as WasmStruct | null;
  if (struct === null) return m.trapAt(pc, WASM_TRAP_NULL_STRUCTURE);
  struct.fields[code[pc + 4]] = readField(m, code[pc + 3], fp + code[pc + 2]);
  return pc + 5;
};
const struct_set32: H = (m, code, pc, fp) => {
  const struct = m.refs[fp + code[pc + 1]] as WasmStruct | null;
  if (struct === null) return m.trapAt(pc, WASM_TRAP_NULL_STRUCTURE);
  struct.fields[code[pc + 3]] = m.i32[(fp + code[pc + 2]) << 1];
  return pc + 4;
};
const struct_set_ref: H = (m, code, pc, fp) => {
  const struct = m.refs[fp + code[pc + 1]] as WasmStruct | null;
  if (struct === null) return m.trapAt(pc, WASM_TRAP_NULL_STRUCTURE);
  struct.fields[code[pc + 3]] = m.refs[fp + code[pc + 2]];
  return pc + 4;
};

// Arrays. Elements are counted in words of the storage's own width.

function wordsPerElement(storage: ValType): number {
  return storage === I8 || storage === I16 ? 1 : sizeBytes(storage) / 4;
}

function elementOf(type: CanonicalType): ValType {
  return fieldsOf(type)[0].storage;
}

/** Fills elements from `start` up to `end` with the value in a slot. */
function fillElements(m: Machine, array: WasmArray, slot: number, start: number, end: number): void {
  const storage = elementOf(array.type);
  if (array.refs !== null) {
    array.refs.fill(m.refs[slot], start, end);
    return;
  }
  const data = array.data as ArrayData;
  const words = wordsPerElement(storage);
  if (words === 1) data.fill(m.i32[slot << 1], start, end);
  else
    for (let i = start; i < end; i++)
      for (let j = 0; j < words; j++) data[i * words + j] = m.i32[(slot << 1) + j];
}

/** Charges for an array and tells whether it may be that long; a trap if not. */
function mayAllocate(m: Machine, pc: number, type: CanonicalType, length: number): boolean {
  const { limits } = m.store;
  const storage = elementOf(type);
  const most = isRef(storage) ? limits.referenceArrayElements : limits.arrayElements;
  if (length > most || !m.store.chargeBytes(ARRAY_BYTES + length * sizeBytes(storage))) {
    m.trapAt(pc, WASM_TRAP_ALLOCATION);
    return false;
  }
  return chargeElements(m, pc, length);
}

/** A new array, or null after a trap if the host has no room for it. */
function allocateArray(m: Machine, pc: number, type: CanonicalType, length: number): WasmArray | null {
  try {
    return newArray(type, elementOf(type), length);
  } catch (error) {
    // The host has no room for the elements.
    if (!(error instanceof RangeError)) throw error;
    m.trapAt(pc, WASM_TRAP_ALLOCATION);
    return null;
  }
}

/** Estimated bytes of an array without its elements, and of a structure with a field's share each. */
const ARRAY_BYTES = 128;
const STRUCT_BYTES = 48;
const FIELD_BYTES = 16;

/** Charges for a structure; a trap if it is not granted. */
function mayAllocateStruct(m: Machine, pc: number, type: CanonicalType): boolean {
  if (m.store.chargeBytes(STRUCT_BYTES + FIELD_BYTES * fieldsOf(type).length)) return true;
  m.trapAt(pc, WASM_TRAP_ALLOCATION);
  return false;
}

function chargeElements(m: Machine, pc: number, count: number): boolean {
  if (m.spend(Math.ceil(count / 64))) return true;
  m.trapAt(pc, WASM_TRAP_FUEL);
  return false;
}

const array_new: H = (m, code, pc, fp) => {
  const type = m.store.registry.get(code[pc + 4]);
  const length = m.i32[(fp + code[pc + 3]) << 1] >>> 0;
  if (!mayAllocate(m, pc, type, length)) return -1;
  const array = allocateArray(m, pc, type, length);
  if (array === null) return -1;
  fillElements(m, array, fp + code[pc + 2], 0, length);
  m.refs[fp + code[pc + 1]] = array;
  return pc + 5;
};
const array_new_default: H = (m, code, pc, fp) => {
  const type = m.store.registry.get(code[pc + 3]);
  const length = m.i32[(fp + code[pc + 2]) << 1] >>> 0;
  if (!mayAllocate(m, pc, type, length)) return -1;
  const array = allocateArray(m, pc, type, length);
  if (array === null) return -1;
  m.refs[fp + code[pc + 1]] = array;
  return pc + 4;
};
const array_new_fixed: H = (m, code, pc, fp) => {
  const type = m.store.registry.get(code[pc + 3]);
  const length = code[pc + 4];
  const storage = elementOf(type);
  if (!mayAllocate(m, pc, type, length)) return -1;
  const array = newArray(type, storage, length);
  for (let i = 0, slot = fp + code[pc + 2]; i < length; i++, slot += slotsOf(storage))
    fillElements(m, array, slot, i, i + 1);
  m.refs[fp + code[pc + 1]] = array;
  return pc + 5;
};

/** Copies bytes of a data segment into an array's elements. In bounds. */
function copyData(array: WasmArray, at: number, bytes: Uint8Array): void {
  const { buffer, BYTES_PER_ELEMENT } = array.data as ArrayData;
  const perElement = wordsPerElement(elementOf(array.type)) * BYTES_PER_ELEMENT;
  new Uint8Array(buffer).set(bytes, at * perElement);
}

const array_new_data: H = (m, code, pc, fp) => {
  const type = m.store.registry.get(code[pc + 4]);
  const data = m.instance.datas[code[pc + 5]];
  const start = m.i32[(fp + code[pc + 2]) << 1] >>> 0;
  const length = m.i32[(fp + code[pc + 3]) << 1] >>> 0;
  const storage = elementOf(type);
  const bytes = length * sizeBytes(storage);
  if (start + bytes > data.length) return m.trapAt(pc, WASM_TRAP_MEMORY);
  if (!mayAllocate(m, pc, type, length)) return -1;
  const array = allocateArray(m, pc, type, length);
  if (array === null) return -1;
  copyData(array, 0, data.subarray(start, start + bytes));
  m.refs[fp + code[pc + 1]] = array;
  return pc + 6;
};
const array_new_elem: H = (m, code, pc, fp) => {
  const type = m.store.registry.get(code[pc + 4]);
  const elem = m.instance.elems[code[pc + 5]];
  const start = m.i32[(fp + code[pc + 2]) << 1] >>> 0;
  const length = m.i32[(fp + code[pc + 3]) << 1] >>> 0;
  if (start + length > elem.length) return m.trapAt(pc, WASM_TRAP_TABLE);
  if (!mayAllocate(m, pc, type, length)) return -1;
  m.refs[fp + code[pc + 1]] = new WasmArray(type, length, null, elem.slice(start, start + length));
  return pc + 6;
};

/** The index in a slot, or -1 after a trap if there is no array or no such element. */
function indexIn(m: Machine, pc: number, array: WasmArray | null, slot: number): number {
  if (array === null) return m.trapAt(pc, WASM_TRAP_NULL_ARRAY);
  const index = m.i32[slot << 1] >>> 0;
  return index < array.length ? index : m.trapAt(pc, WASM_TRAP_ARRAY);
}

const array_get: H = (m, code, pc, fp) => {
  const array = m.refs[fp + code[pc + 2]] as WasmArray | null;
  const index = indexIn(m, pc, array, fp + code[pc + 3]);
  if (index < 0) return -1;
  const words = code[pc + 4];
  const data = (array as WasmArray).data as ArrayData;
  const d = (fp + code[pc + 1]) << 1;
  for (let j = 0; j < words; j++) m.i32[d + j] = data[index * words + j];
  return pc + 5;
};
const array_get32: H = (m, code, pc, fp) => {
  const array = m.refs[fp + code[pc + 2]] as WasmArray | null;
  const index = indexIn(m, pc, array, fp + code[pc + 3]);
  if (index < 0) return -1;
  m.i32[(fp + code[pc + 1]) << 1] = ((array as WasmArray).data as ArrayData)[index] & code[pc + 4];
  return pc + 5;
};
const array_get_ref: H = (m, code, pc, fp) => {
  const array = m.refs[fp + code[pc + 2]] as WasmArray | null;
  const index = indexIn(m, pc, array, fp + code[pc + 3]);
  if (index < 0) return -1;
  m.refs[fp + code[pc + 1]] = ((array as WasmArray).refs as unknown[])[index];
  return pc + 4;
};
const array_set: H = (m, code, pc, fp) => {
  const array = m.refs[fp + code[pc + 1]] as WasmArray | null;
  const index = indexIn(m, pc, array, fp + code[pc + 2]);
  if (index < 0) return -1;
  const words = code[pc + 4];
  const data = (array as WasmArray).data as ArrayData;
  const a = (fp + code[pc + 3]) << 1;
  for (let j = 0; j < words; j++) data[index * words + j] = m.i32[a + j];
  return pc + 5;
};
const array_set32: H = (m, code, pc, fp) => {
  const array = m.refs[fp + code[pc + 1]] as WasmArray | null;
  const index = indexIn(m, pc, array, fp + code[pc + 2]);
  if (index < 0) return -1;
  ((array as WasmArray).data as ArrayData)[index] = m.i32[(fp + code[pc + 3]) << 1];
  return pc + 4;
};
const array_set_ref: H = (m, code, pc, fp) => {
  const array = m.refs[fp + code[pc + 1]] as WasmArray | null;
  const index = indexIn(m, pc, array, fp + code[pc + 2]);
  if (index < 0) return -1;
  ((array as WasmArray).refs as unknown[])[index] = m.refs[fp + code[pc + 3]];
  return pc + 4;
};
const array_len: H = (m, code, pc, fp) => {
  const array = m.refs[fp + code[pc + 2]] as WasmArray | null;
  if (array === null) return m.trapAt(pc, WASM_TRAP_NULL_ARRAY);
  m.i32[(fp + code[pc + 1]) << 1] = array.length;
  return pc + 3;
};

// The operands of these lie in a row: the array, an index, then what else there is.

const array_fill: H = (m, code, pc, fp) => {
  const base = fp + code[pc + 1];
  const array = m.refs[base] as WasmArray | null;
  if (array === null) return m.trapAt(pc, WASM_TRAP_NULL_ARRAY);
  const start = m.i32[(base + 1) << 1] >>> 0;
  const count = m.i32[(base + 2 + slotsOf(elementOf(array.type))) << 1] >>> 0;
  if (start + count > array.length) return m.trapAt(pc, WASM_TRAP_ARRAY);
  if (!chargeElements(m, pc, count)) return -1;
  fillElements(m, array, base + 2, start, start + count);
  return pc + 3;
};
const array_copy: H = (m, code, pc, fp) => {
  const base = fp + code[pc + 1];
  const target = m.refs[base] as WasmArray | null;
  const source = m.refs[base + 2] as WasmArray | null;
  if (target === null || source === null) return m.trapAt(pc, WASM_TRAP_NULL_ARRAY);
  const d = m.i32[(base + 1) << 1] >>> 0;
  const s = m.i32[(base + 3) << 1] >>> 0;
  const count = m.i32[(base + 4) << 1] >>> 0;
  if (d + count > target.length || s + count > source.length) return m.trapAt(pc, WASM_TRAP_ARRAY);
  if (!chargeElements(m, pc, count)) return -1;
  if (target.refs !== null) {
    const from = source.refs as unknown[];
    if (from === target.refs) from.copyWithin(d, s, s + count);
    else for (let i = 0; i < count; i++) target.refs[d + i] = from[s + i];
  } else {
    const words = wordsPerElement(elementOf(target.type));
    const from = source.data as ArrayData;
    (target.data as ArrayData).set(from.subarray(s * words, (s + count) * words), d * words);
  }
  return pc + 3;
};
const array_init_data: H = (m, code, pc, fp) => {
  const base = fp + code[pc + 1];
  const array = m.refs[base] as WasmArray | null;
  if (array === null) return m.trapAt(pc, WASM_TRAP_NULL_ARRAY);
  const data = m.instance.datas[code[pc + 3]];
  const d = m.i32[(base + 1) << 1] >>> 0;
  const s = m.i32[(base + 2) << 1] >>> 0;
  const count = m.i32[(base + 3) << 1] >>> 0;
  if (d + count > array.length) return m.trapAt(pc, WASM_TRAP_ARRAY);
  const bytes = count * sizeBytes(elementOf(array.type));
  if (s + bytes > data.length) return m.trapAt(pc, WASM_TRAP_MEMORY);
  if (!chargeElements(m, pc, count)) return -1;
  copyData(array, d, data.subarray(s, s + bytes));
  return pc + 4;
};
const array_init_elem: H = (m, code, pc, fp) => {
  const base = fp + code[pc + 1];
  const array = m.refs[base] as WasmArray | null;
  if (array === null) return m.trapAt(pc, WASM_TRAP_NULL_ARRAY);
  const elem = m.instance.elems[code[pc + 3]];
  const d = m.i32[(base + 1) << 1] >>> 0;
  const s = m.i32[(base + 2) << 1] >>> 0;
  const count = m.i32[(base + 3) << 1] >>> 0;
  if (d + count > array.length) return m.trapAt(pc, WASM_TRAP_ARRAY);
  if (s + count > elem.length) return m.trapAt(pc, WASM_TRAP_TABLE);
  if (!chargeElements(m, pc, count)) return -1;
  const refs = array.refs as unknown[];
  for (let i = 0; i < count; i++) refs[d + i] = elem[s + i];
  return pc + 4;
};

export const aggregateHandlers: readonly (readonly [op: number, handler: Handler])[] = [
  [r.R_struct_new, struct_new],
  [r.R_struct_new_desc, struct_new_desc],
  [r.R_struct_new_default, struct_new_default],
  [r.R_struct_new_default_desc, struct_new_default_desc],
  [r.R_struct_get, struct_get],
  [r.R_struct_get32, struct_get32],
  [r.R_struct_get_ref, struct_get_ref],
  [r.R_struct_get_s, struct_get_s],
  [r.R_struct_set, struct_set],
  [r.R_struct_set32, struct_set32],
  [r.R_struct_set_ref, struct_set_ref],
  [r.R_array_new, array_new],
  [r.R_array_new_default, array_new_default],
  [r.R_array_new_fixed, array_new_fixed],
  [r.R_array_new_data, array_new_data],
  [r.R_array_new_elem, array_new_elem],
  [r.R_array_get, array_get],
  [r.R_array_get32, array_get32],
  [r.R_array_get_ref, array_get_ref],
  [r.R_array_set, array_set],
  [r.R_array_set32, array_set32],
  [r.R_array_set_ref, array_set_ref],
  [r.R_array_len, array_len],
  [r.R_array_fill, array_fill],
  [r.R_array_copy, array_copy],
  [r.R_array_init_data, array_init_data],
  [r.R_array_init_elem, array_init_elem],
];
