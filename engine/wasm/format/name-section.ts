// The custom section `name`. https://webassembly.github.io/spec/core/appendix/custom.html#name-section
// A section that is not well-formed is no error: it is simply not understood.

import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { emptyNames, type Names } from './module.ts';
import type { ModuleBudget } from './module-budget.ts';
import { ModuleError } from './module-error.ts';

type NameMap = Map<number, string>;
type IndirectNameMap = Map<number, NameMap>;

/** Subsections: id, field, and whether names are below another index. */
const subsections: readonly (readonly [id: number, field: keyof Names, isIndirect: boolean])[] = [
  [1, 'functions', false],
  [2, 'locals', true],
  [3, 'labels', true],
  [4, 'types', false],
  [5, 'tables', false],
  [6, 'memories', false],
  [7, 'globals', false],
  [8, 'elems', false],
  [9, 'datas', false],
  [10, 'fields', true],
  [11, 'tags', false],
];

/** The names, or null if the section cannot be read. Throws a ModuleError of kind `limit` if they cost too much. */
export function decodeNames(bytes: Uint8Array, budget: ModuleBudget): Names | null {
  try {
    return readNames(new ByteReader(bytes, budget), budget);
  } catch (error) {
    // The reader found the section malformed, which is allowed of custom sections.
    if (error instanceof ModuleError && error.kind !== 'limit') return null;
    throw error;
  }
}

function readNames(reader: ByteReader, budget: ModuleBudget): Names | null {
  const names = emptyNames();
  let last = -1;
  while (!reader.isAtEnd) {
    const id = reader.byte();
    const size = reader.length();
    const end = reader.pos + size;
    if (id <= last) return null;
    last = id;
    const row = subsections.find((each) => each[0] === id);
    if (id === 0) names.module = reader.name();
    else if (row === undefined) reader.skip(size);
    else if (row[2]) readIndirectMap(reader, names[row[1]] as IndirectNameMap, budget);
    else readMap(reader, names[row[1]] as NameMap, budget);
    if (reader.pos !== end) return null;
  }
  return names;
}

function readMap(reader: ByteReader, into: NameMap, budget: ModuleBudget): void {
  let count = reader.length();
  budget.entries('mappedName', count, reader.pos);
  for (; count > 0; count--) into.set(reader.u32(), reader.name());
}

function readIndirectMap(reader: ByteReader, into: IndirectNameMap, budget: ModuleBudget): void {
  let count = reader.length();
  budget.entries('nameMap', count, reader.pos);
  for (; count > 0; count--) {
    const map: NameMap = new Map();
    into.set(reader.u32(), map);
    readMap(reader, map, budget);
  }
}

/** The contents of the section, or null if there is nothing to say. */
export function encodeNames(names: Names): Uint8Array | null {
  const writer = new ByteWriter();
  if (names.module !== null) {
    writer.byte(0);
    writer.sized((inner) => inner.name(names.module as string));
  }
  for (const [id, field, isIndirect] of subsections) {
    const map = names[field] as NameMap | IndirectNameMap;
    if (map.size === 0) continue;
    writer.byte(id);
    writer.sized((inner) => {
      if (isIndirect) writeIndirectMap(inner, map as IndirectNameMap);
      else writeMap(inner, map as NameMap);
    });
  }
  return writer.length === 0 ? null : writer.finish();
}

function sortedEntries<T>(map: Map<number, T>): [number, T][] {
  return [...map].sort((a, b) => a[0] - b[0]);
}

function writeMap(writer: ByteWriter, map: NameMap): void {
  writer.u32(map.size);
  for (const [index, name] of sortedEntries(map)) {
    writer.u32(index);
    writer.name(name);
  }
}

function writeIndirectMap(writer: ByteWriter, map: IndirectNameMap): void {
  writer.u32(map.size);
  for (const [index, inner] of sortedEntries(map)) {
    writer.u32(index);
    writeMap(writer, inner);
  }
}
