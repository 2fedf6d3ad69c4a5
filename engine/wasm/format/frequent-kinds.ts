// Which instructions the loop of read-body.ts reads, and how; from the instruction table.

import type { Features } from './features.ts';
import { opOfByte } from './instruction-lookup.ts';
import { type ImmediateKind, instructionRows } from './instructions.ts';
import { OP_catch, OP_catch_all, OP_delegate, OP_else, OP_end, OP_if, OP_try } from './opcodes.gen.ts';

/** No immediates. */
export const NONE = 1;
/** An index or a label. */
export const INDEX = 2;
export const I32 = 3;
export const MEMARG = 4;
export const BLOCK = 5;
export const IF = 6;
export const END = 7;

/** What a block is in, for `else`. */
export const IN_BLOCK = 0;
export const IN_IF = 1;

const kindOfImmediates: Partial<Record<ImmediateKind, number>> = {
  none: NONE,
  label: INDEX,
  local: INDEX,
  global: INDEX,
  func: INDEX,
  i32: I32,
  memarg: MEMARG,
  block: BLOCK,
};

/** Instructions that say something about the block they are in. */
const tracked = new Set([OP_else, OP_try, OP_catch, OP_catch_all, OP_delegate]);

/** The kind by byte; 0 for bytes that are no whole opcode, or whose feature is off, or that the loop leaves alone. */
export function frequentKinds(features: Features): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => {
    const op = opOfByte(byte);
    const row = instructionRows[op];
    if (row === undefined || !features[row.feature] || tracked.has(op)) return 0;
    if (op === OP_end) return END;
    return op === OP_if ? IF : (kindOfImmediates[row.immediates] ?? 0);
  });
}
