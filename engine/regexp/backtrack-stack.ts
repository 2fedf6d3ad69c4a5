// The stack of the matcher: what it must come back to, as numbers.
//
// An entry ends with its tag, `place << 2 | kind`:
//   0 choice   [position, tag]             go on at `place` from `position`
//   1 undo     [old value, tag]            register `place` had that value
//   2 run      [least end, end, tag]       a greedy run before `place` may give back characters
//   3 lazy run [end, count, tag]           the lazy run at `place` has taken `count` characters
// Everything above an entry belongs to what was tried after it, so that failing is: undo down to the next
// entry that offers a way on. Cutting a lookahead's choices keeps the undo entries of captures.

import type { MatchLimits } from './match-limits.ts';
import { BacktrackStackLimit } from './match-limits.ts';

export const CHOICE = 0;
export const UNDO = 1;
export const RUN = 2;
export const LAZY_RUN = 3;

/** Length of a stack at first, in numbers. */
export const FIRST_STACK_LENGTH = 512;

/** Returns the start of the entry whose tag is at `tagIndex`. */
function entryStart(stack: Int32Array, tagIndex: number): number {
  return (stack[tagIndex] & 3) >= RUN ? tagIndex - 2 : tagIndex - 1;
}

/** Removes the choices between `height` and `top`, keeps the undo entries of captures; returns the new top. */
export function cutChoices(stack: Int32Array, height: number, top: number, captureRegisters: number): number {
  // Entries are found from the top: keep at the upper end, then move down.
  let write = top;
  let read = top;
  while (read > height) {
    const tag = stack[read - 1];
    const begin = entryStart(stack, read - 1);
    if ((tag & 3) === UNDO && tag >> 2 < captureRegisters) {
      stack[write - 1] = tag;
      stack[write - 2] = stack[read - 2];
      write -= 2;
    }
    read = begin;
  }
  stack.copyWithin(height, write, top);
  return height + (top - write);
}

/** Restores the registers of all undo entries between `height` and `top`. */
export function undo(stack: Int32Array, height: number, top: number, registers: Int32Array): void {
  while (top > height) {
    const tag = stack[top - 1];
    if ((tag & 3) === UNDO) registers[tag >> 2] = stack[top - 2];
    top = entryStart(stack, top - 1);
  }
}

/** Returns a longer stack with the same numbers. Throws BacktrackStackLimit. */
export function grow(stack: Int32Array, top: number, limits: MatchLimits): Int32Array {
  const maxLength = Math.floor(limits.maxStackBytes / 4);
  if (top + 3 > maxLength) throw new BacktrackStackLimit(limits.maxStackBytes);
  const grown = new Int32Array(Math.min(Math.max(stack.length * 2, FIRST_STACK_LENGTH), maxLength));
  grown.set(stack);
  return grown;
}
