// The custom section `metadata.code.branch_hint`: which way `if` and `br_if` are likely to go. Hints name instructions
// by their offset from the first byte of the function's locals; here they are counted instead, which survives editing.
// https://webassembly.github.io/spec/core/appendix/custom.html

import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import type { BranchHint, Func, Import } from './module.ts';
import type { ModuleBudget } from './module-budget.ts';
import { ModuleError } from './module-error.ts';

/**
 * Hints by function index, or null if the section cannot be read or points beside an instruction. Throws a ModuleError of
 * kind `limit` if they cost too much.
 */
export function decodeBranchHints(
  bytes: Uint8Array,
  imports: readonly Import[],
  funcs: readonly Func[],
  budget: ModuleBudget,
): Map<number, BranchHint[]> | null {
  try {
    const imported = imports.filter(({ desc }) => desc.kind === 'func').length;
    return readHints(new ByteReader(bytes), imported, funcs, budget);
  } catch (error) {
    // The reader found the section malformed, which is allowed of custom sections.
    if (error instanceof ModuleError && error.kind !== 'limit') return null;
    throw error;
  }
}

function readHints(
  reader: ByteReader,
  imported: number,
  funcs: readonly Func[],
  budget: ModuleBudget,
): Map<number, BranchHint[]> | null {
  const hints = new Map<number, BranchHint[]>();
  let count = reader.length();
  budget.entries('nameMap', count, reader.pos);
  for (; count > 0; count--) {
    const funcidx = reader.u32();
    const func = funcs[funcidx - imported];
    if (func === undefined || hints.has(funcidx)) return null;
    const list: BranchHint[] = [];
    hints.set(funcidx, list);
    const { positions } = func.code;
    let left = reader.length();
    budget.entries('branchHint', left, func.position);
    for (; left > 0; left--) {
      const position = func.bodyPosition + reader.u32();
      const instruction = placeOf(positions, position);
      const size = reader.u32();
      const value = reader.byte();
      if (instruction < 0 || size !== 1 || value > 1) return null;
      list.push({ instruction, isLikely: value === 1, position });
    }
  }
  return reader.isAtEnd ? hints : null;
}

/** Index of a position among ascending ones, or -1. */
function placeOf(positions: Int32Array, position: number): number {
  let low = 0;
  let high = positions.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((positions[middle] as number) <= position) low = middle;
    else high = middle - 1;
  }
  return positions[low] === position ? low : -1;
}

/** Where the instructions of a function were written, for `encodeBranchHints`: offsets from its locals. */
export type InstructionOffsets = ReadonlyMap<number, readonly number[]>;

export function encodeBranchHints(
  hints: ReadonlyMap<number, readonly BranchHint[]>,
  offsets: InstructionOffsets,
): Uint8Array {
  const writer = new ByteWriter();
  const entries = [...hints].filter(([, list]) => list.length > 0).sort((a, b) => a[0] - b[0]);
  writer.u32(entries.length);
  for (const [funcidx, list] of entries) {
    writer.u32(funcidx);
    writer.u32(list.length);
    for (const { instruction, isLikely } of list) {
      writer.u32(offsets.get(funcidx)?.[instruction] ?? 0);
      writer.u32(1);
      writer.byte(isLikely ? 1 : 0);
    }
  }
  return writer.finish();
}
