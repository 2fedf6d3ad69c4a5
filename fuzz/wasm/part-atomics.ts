// Atomic memory accesses, by one thread. Waiting has no time to wait.

import { instructionRows } from '../../engine/wasm/format/instructions.ts';
import { I32, I64, type ValType } from '../../engine/wasm/format/types.ts';
import type { MemoryShape, Part, Writer } from './writer.ts';

type Row = (typeof instructionRows)[number];

const rows = instructionRows.filter(({ feature, name }) => feature === 'threads' && /^i(32|64)\./.test(name));
const stores = rows.filter(({ results }) => results.length === 0);
const readers = (type: ValType): readonly Row[] => rows.filter(({ results }) => results[0] === type);
const READERS = new Map([I32, I64].map((type) => [type, readers(type)]));

function access(w: Writer, row: Row, depth: number): string {
  const memory = w.random.pick(w.memories);
  const operands = (row.params ?? []).slice(1).map((type) => w.expression(type, depth - 1));
  return `(${row.name} ${place(w, memory)} ${w.address(memory, depth - 1, alignment(w))} ${operands.join(' ')})`;
}

/** Rarely one that the access must refuse. */
function alignment(w: Writer): number {
  return w.random.below(25) === 0 ? 1 : 8;
}

function place(w: Writer, { name }: MemoryShape): string {
  return `${name} offset=${8 * w.random.below(4)}`;
}

export const atomics: Part = {
  needs: ['threads'],
  statement(w, depth) {
    return w.random.below(6) === 0 ? '(atomic.fence)' : access(w, w.random.pick(stores), depth);
  },
  expression(w, type, depth) {
    const list = READERS.get(type);
    if (list === undefined) return null;
    const memory = w.memories[0] as MemoryShape;
    const address = (): string => w.address(memory, depth - 1, 8);
    if (type === I32 && w.random.below(10) === 0)
      return `(memory.atomic.notify ${place(w, memory)} ${address()} ${w.expression(I32, depth - 1)})`;
    if (type === I32 && w.isShared && w.random.below(10) === 0) {
      const width = w.random.below(2) === 0 ? I32 : I64;
      return `(memory.atomic.wait${width === I32 ? 32 : 64} ${place(w, memory)} ${address()} ${w.expression(width, depth - 1)} (i64.const 0))`;
    }
    return access(w, w.random.pick(list), depth);
  },
};
