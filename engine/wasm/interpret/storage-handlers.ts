// Handlers of tables, bulk memory and the waiting atomics. Bulk work charges fuel by its length.
// https://webassembly.github.io/spec/core/exec/instructions.html#table-instructions

import {
  WASM_TRAP_CANNOT_BLOCK,
  WASM_TRAP_EXPECTED_SHARED,
  WASM_TRAP_FUEL,
  WASM_TRAP_MEMORY,
  WASM_TRAP_TABLE,
  WASM_TRAP_UNALIGNED_ATOMIC,
} from '../../eval/wasm-traps.ts';
import type { TableInst } from '../runtime/instances.ts';
import type { Handler, Machine } from './machine.ts';
import * as r from './register-ops.gen.ts';

type H = (m: Machine, code: Int32Array, pc: number, fp: number) => number;

/** Units of bulk work that a unit of fuel pays for. */
const UNITS_PER_FUEL = 64;

/** Charges for bulk work; false, with a trap, if there is not enough fuel. */
function chargeBulk(m: Machine, pc: number, units: number): boolean {
  const cost = Math.ceil(units / UNITS_PER_FUEL);
  if (m.spend(cost)) return true;
  m.trapAt(pc, WASM_TRAP_FUEL);
  return false;
}

const table_get: H = (m, code, pc, fp) => {
  const { elements, type } = m.instance.tables[code[pc + 3]];
  const index = m.size(type.is64, fp + code[pc + 2]);
  if (index >= elements.length) return m.trapAt(pc, WASM_TRAP_TABLE);
  m.refs[fp + code[pc + 1]] = elements[index];
  return pc + 4;
};
const table_set: H = (m, code, pc, fp) => {
  const { elements, type } = m.instance.tables[code[pc + 3]];
  const index = m.size(type.is64, fp + code[pc + 1]);
  if (index >= elements.length) return m.trapAt(pc, WASM_TRAP_TABLE);
  elements[index] = m.refs[fp + code[pc + 2]];
  return pc + 4;
};
const table_size: H = (m, code, pc, fp) => {
  const { elements, type } = m.instance.tables[code[pc + 2]];
  m.setSize(type.is64, fp + code[pc + 1], elements.length);
  return pc + 3;
};
const table_grow: H = (m, code, pc, fp) => {
  const { instance } = m;
  const table = instance.tables[code[pc + 4]];
  const count = m.size(table.type.is64, fp + code[pc + 3]);
  const value = m.refs[fp + code[pc + 2]];
  const { tableElements, instanceTableElements } = m.store.limits;
  const mayGrow =
    table.mayGrow(count, tableElements) && instance.tableElements + count <= instanceTableElements;
  // What may not be is not charged either.
  const isGranted = mayGrow && (count === 0 || m.store.chargeBytes(8 * count));
  const old = isGranted ? table.grow(count, value, tableElements) : -1;
  if (old >= 0) instance.tableElements += count;
  if (old >= 0 && !chargeBulk(m, pc, count)) return -1;
  m.setSize(table.type.is64, fp + code[pc + 1], old);
  return pc + 5;
};
const table_fill: H = (m, code, pc, fp) => {
  const { elements, type } = m.instance.tables[code[pc + 4]];
  const start = m.size(type.is64, fp + code[pc + 1]);
  const count = m.size(type.is64, fp + code[pc + 3]);
  if (start + count > elements.length) return m.trapAt(pc, WASM_TRAP_TABLE);
  if (!chargeBulk(m, pc, count)) return -1;
  elements.fill(m.refs[fp + code[pc + 2]], start, start + count);
  return pc + 5;
};
const table_copy: H = (m, code, pc, fp) => {
  const target = m.instance.tables[code[pc + 4]];
  const source = m.instance.tables[code[pc + 5]];
  const d = m.size(target.type.is64, fp + code[pc + 1]);
  const s = m.size(source.type.is64, fp + code[pc + 2]);
  const count = m.size(target.type.is64 && source.type.is64, fp + code[pc + 3]);
  if (d + count > target.elements.length || s + count > source.elements.length)
    return m.trapAt(pc, WASM_TRAP_TABLE);
  if (!chargeBulk(m, pc, count)) return -1;
  copyElements(target, d, source.elements, s, count);
  return pc + 6;
};

function copyElements(
  target: TableInst,
  d: number,
  source: readonly unknown[],
  s: number,
  count: number,
): void {
  const { elements } = target;
  if (elements === source) elements.copyWithin(d, s, s + count);
  else for (let i = 0; i < count; i++) elements[d + i] = source[s + i];
}

const table_init: H = (m, code, pc, fp) => {
  const table = m.instance.tables[code[pc + 4]];
  const elem = m.instance.elems[code[pc + 5]];
  const d = m.size(table.type.is64, fp + code[pc + 1]);
  const s = m.size(false, fp + code[pc + 2]);
  const count = m.size(false, fp + code[pc + 3]);
  if (d + count > table.elements.length || s + count > elem.length) return m.trapAt(pc, WASM_TRAP_TABLE);
  if (!chargeBulk(m, pc, count)) return -1;
  copyElements(table, d, elem, s, count);
  return pc + 6;
};
const elem_drop: H = (m, code, pc) => {
  m.instance.elems[code[pc + 1]] = [];
  return pc + 2;
};

const memory_size: H = (m, code, pc, fp) => {
  const memory = m.instance.memories[code[pc + 2]];
  if (memory.type.isShared) memory.refresh();
  m.setSize(memory.type.is64, fp + code[pc + 1], memory.sizePages);
  return pc + 3;
};
const memory_grow: H = (m, code, pc, fp) => {
  const memory = m.instance.memories[code[pc + 3]];
  if (memory.type.isShared) memory.refresh();
  const pages = m.size(memory.type.is64, fp + code[pc + 2]);
  const bytes = pages * 2 ** memory.type.pageSizeLog2;
  const isGranted = memory.mayGrow(pages) && (pages === 0 || m.store.chargeBytes(bytes));
  m.setSize(memory.type.is64, fp + code[pc + 1], isGranted ? memory.grow(pages) : -1);
  return pc + 4;
};
const memory_fill: H = (m, code, pc, fp) => {
  const memory = m.instance.memories[code[pc + 4]];
  const start = m.size(memory.type.is64, fp + code[pc + 1]);
  const count = m.size(memory.type.is64, fp + code[pc + 3]);
  if (!m.isInBounds(memory, start + count)) return m.trapAt(pc, WASM_TRAP_MEMORY);
  if (!chargeBulk(m, pc, count / 8)) return -1;
  memory.u8.fill(m.i32[(fp + code[pc + 2]) << 1], start, start + count);
  return pc + 5;
};
const memory_copy: H = (m, code, pc, fp) => {
  const target = m.instance.memories[code[pc + 4]];
  const source = m.instance.memories[code[pc + 5]];
  const d = m.size(target.type.is64, fp + code[pc + 1]);
  const s = m.size(source.type.is64, fp + code[pc + 2]);
  const count = m.size(target.type.is64 && source.type.is64, fp + code[pc + 3]);
  if (!m.isInBounds(target, d + count) || !m.isInBounds(source, s + count))
    return m.trapAt(pc, WASM_TRAP_MEMORY);
  if (!chargeBulk(m, pc, count / 8)) return -1;
  if (target === source) target.u8.copyWithin(d, s, s + count);
  else target.u8.set(source.u8.subarray(s, s + count), d);
  return pc + 6;
};
const memory_init: H = (m, code, pc, fp) => {
  const memory = m.instance.memories[code[pc + 4]];
  const data = m.instance.datas[code[pc + 5]];
  const d = m.size(memory.type.is64, fp + code[pc + 1]);
  const s = m.size(false, fp + code[pc + 2]);
  const count = m.size(false, fp + code[pc + 3]);
  if (!m.isInBounds(memory, d + count) || s + count > data.length) return m.trapAt(pc, WASM_TRAP_MEMORY);
  if (!chargeBulk(m, pc, count / 8)) return -1;
  memory.u8.set(data.subarray(s, s + count), d);
  return pc + 6;
};
const data_drop: H = (m, code, pc) => {
  m.instance.datas[code[pc + 1]] = new Uint8Array(0);
  return pc + 2;
};

const atomic_notify: H = (m, code, pc, fp) => {
  const memory = m.instance.memories[code[pc + 4]];
  const at = m.address(memory, fp + code[pc + 2], code[pc + 5], code[pc + 6]);
  if (!m.isInBounds(memory, at + 4)) return m.trapAt(pc, WASM_TRAP_MEMORY);
  if (at % 4 !== 0) return m.trapAt(pc, WASM_TRAP_UNALIGNED_ATOMIC);
  const count = m.i32[(fp + code[pc + 3]) << 1] >>> 0;
  // Nobody can wait in a memory that is not shared.
  m.i32[(fp + code[pc + 1]) << 1] = memory.type.isShared ? m.store.waiting.notify(memory, at, count) : 0;
  return pc + 7;
};

/** Milliseconds of a timeout in nanoseconds; a negative one never ends. */
function timeoutMs(nanoseconds: bigint): number {
  return nanoseconds < 0n ? Number.POSITIVE_INFINITY : Number(nanoseconds) / 1e6;
}

function wait(m: Machine, code: Int32Array, pc: number, fp: number, bytes: 4 | 8): number {
  const memory = m.instance.memories[code[pc + 5]];
  const at = m.address(memory, fp + code[pc + 2], code[pc + 6], code[pc + 7]);
  if (!m.isInBounds(memory, at + bytes)) return m.trapAt(pc, WASM_TRAP_MEMORY);
  if (at % bytes !== 0) return m.trapAt(pc, WASM_TRAP_UNALIGNED_ATOMIC);
  if (!memory.type.isShared) return m.trapAt(pc, WASM_TRAP_EXPECTED_SHARED);
  if (!m.store.canBlock) return m.trapAt(pc, WASM_TRAP_CANNOT_BLOCK);
  const slot = fp + code[pc + 3];
  const expected = bytes === 4 ? m.i32[slot << 1] : m.i64[slot];
  const result = m.store.waiting.wait(memory, at, expected, timeoutMs(m.i64[fp + code[pc + 4]]));
  if (result < 0) return m.trapAt(pc, WASM_TRAP_CANNOT_BLOCK);
  m.i32[(fp + code[pc + 1]) << 1] = result;
  return pc + 8;
}
const atomic_wait32: H = (m, code, pc, fp) => wait(m, code, pc, fp, 4);
const atomic_wait64: H = (m, code, pc, fp) => wait(m, code, pc, fp, 8);

export const storageHandlers: readonly (readonly [op: number, handler: Handler])[] = [
  [r.R_table_get, table_get],
  [r.R_table_set, table_set],
  [r.R_table_size, table_size],
  [r.R_table_grow, table_grow],
  [r.R_table_fill, table_fill],
  [r.R_table_copy, table_copy],
  [r.R_table_init, table_init],
  [r.R_elem_drop, elem_drop],
  [r.R_memory_size, memory_size],
  [r.R_memory_grow, memory_grow],
  [r.R_memory_fill, memory_fill],
  [r.R_memory_copy, memory_copy],
  [r.R_memory_init, memory_init],
  [r.R_data_drop, data_drop],
  [r.R_atomic_notify, atomic_notify],
  [r.R_atomic_wait32, atomic_wait32],
  [r.R_atomic_wait64, atomic_wait64],
];
