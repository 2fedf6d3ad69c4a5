// The structure of a decoded module as one comparable text: everything but positions in the source, names and custom
// sections, which tools may drop.

import { Code, CodeBuilder } from '../../engine/wasm/format/code.ts';
import { funcElement } from '../../engine/wasm/format/decode-module.ts';
import type { Module } from '../../engine/wasm/format/module.ts';
import { OP_ref_func } from '../../engine/wasm/format/opcodes.gen.ts';
import { FUNCREF, HEAP_FUNC, refType } from '../../engine/wasm/format/types.ts';

const FUNC_NON_NULL = refType(HEAP_FUNC, false);

/** The parts of a module by their names, each as text. */
export function structureOf(module: Module): ReadonlyMap<string, string> {
  const { types, recGroups, imports, funcs, tables, memories, globals, tags, exports, start, elems, datas } =
    module;
  const parts: Readonly<Record<string, unknown>> = {
    types,
    // Element segments may list functions or expressions that name functions.
    elems: elems.map(({ funcs: indices, exprs, type, mode }) => {
      const builder = new CodeBuilder();
      const elements = indices === null ? exprs : indices.map((index) => funcElement(builder, index, 0));
      // Which of the two it is decides whether functions are ever null, which such a segment has none of.
      const isOfFunctions = elements.every(({ words }) => words[0] === OP_ref_func && words.length === 3);
      return { mode, elements, type: isOfFunctions && type === FUNC_NON_NULL ? FUNCREF : type };
    }),
    ...{ recGroups, imports, funcs, tables, memories, globals, tags, exports, start, datas },
  };
  return new Map(Object.entries(parts).map(([name, part]) => [name, JSON.stringify(part, plain)]));
}

/** Names of the parts in which two modules differ. */
export function differences(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  return [...one.keys()].filter((name) => one.get(name) !== other.get(name));
}

function plain(key: string, value: unknown): unknown {
  if (key === 'position' || key === 'positions' || key === 'bodyPosition') return undefined;
  if (typeof value === 'bigint') return String(value);
  // A code is a range of buffers that it shares with others.
  if (value instanceof Code) return Array.from(value.words);
  if (value instanceof Uint8Array || value instanceof Int32Array) return Array.from(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  // Reader and parser write their records in different orders.
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
