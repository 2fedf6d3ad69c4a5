// hot: where repetitions of one set go on when the matcher comes back to them.

import type { BacktrackMemo } from './backtrack-memo.ts';
import { isInsidePair } from './code-points.ts';
import type { RegExpProgram } from './compiler.ts';

/** Returns the code unit that what follows at `place` starts with, if that is a literal; else -1. */
function unitAhead(code: Int32Array, place: number): number {
  if (code[place] === 2 /* Char */) return code[place + 1];
  return code[place] === 38 /* Literal */ ? code[place + 2] : -1;
}

/**
 * Returns the last position of `least`…`end` worth a return to a run before `place`, or -1. No pair is split there: a
 * literal after a run is no trail surrogate, and a lead surrogate starts a character.
 */
export function previousEnd(
  program: RegExpProgram,
  input: string,
  place: number,
  least: number,
  end: number,
  memo: BacktrackMemo | null,
  registers: Int32Array,
): number {
  const unit = unitAhead(program.code, place);
  for (;;) {
    if (unit >= 0) while (end >= least && input.charCodeAt(end) !== unit) end--;
    else if (program.unicode && end > least && isInsidePair(input, end)) end--;
    if (end < least) return -1;
    if (memo === null) return end;
    const unknown = memo.lastUnknown(place, least, end, registers);
    if (unknown === end || unknown < 0) return unknown;
    end = unknown;
  }
}

/** Returns where the lazy run at `place`, which has come to `position`, should stop next with `count` characters or more; -1 for nowhere. */
export function nextEnd(
  program: RegExpProgram,
  input: string,
  place: number,
  position: number,
  count: number,
): number {
  const { code } = program;
  const { length } = input;
  const table = program.sets[code[place + 1]];
  if (code[place] === 15 /* RunLazyU */) {
    const end = table.endOfCharacters(input, position, 1);
    return end === position ? -1 : end;
  }
  if (position >= length || !table.has(input.charCodeAt(position))) return -1;
  let end = position + 1;
  const unit = unitAhead(code, place + 4);
  if (unit < 0) return end;
  const most = code[place + 3] - count;
  const limit = most < length - end ? end + most : length;
  while (end < limit) {
    const next = input.charCodeAt(end);
    if (next === unit || !table.has(next)) break;
    end++;
  }
  return end;
}
