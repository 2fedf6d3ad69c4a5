// Searching with a program: where to start, and the working memory that searches share.

import { run } from './backtracker.ts';
import { isInsidePair } from './code-points.ts';
import type { RegExpProgram } from './compiler.ts';
import type { MatchLimits } from './match-limits.ts';
import { MatchState } from './match-state.ts';

export { compileRegExp, memoryBytesOf, type RegExpProgram } from './compiler.ts';
export {
  BacktrackStackLimit,
  BacktrackStepLimit,
  type MatchLimits,
  NO_MATCH_LIMITS,
} from './match-limits.ts';

/** Memory up to these lengths (in numbers) is kept for the next search. */
const KEPT_STACK_LENGTH = 1 << 16;
const KEPT_REGISTERS_LENGTH = 1 << 12;

let keptState: MatchState | null = null;

/**
 * Searches `input` for a match from `lastIndex` (0 ≤ lastIndex ≤ length) on; a sticky search tries only
 * there. Returns start and end of every capture (index 0 the whole match), -1 for those not set, or null. What
 * follows the captures in the result means nothing, and all of it only holds until the next search.
 * With `u` or `v`, a `lastIndex` inside a surrogate pair means the pair's start, as in the hosts.
 * Throws what `limits.charge` throws, BacktrackStackLimit and BacktrackStepLimit.
 * https://tc39.es/ecma262/#sec-regexpbuiltinexec
 */
export function execRegExp(
  program: RegExpProgram,
  input: string,
  lastIndex: number,
  sticky: boolean,
  limits: MatchLimits,
): Int32Array | null {
  const state = keptState ?? new MatchState();
  // A search that is stopped, or one within a charge, must not meet this state again.
  keptState = null;
  state.begin(program, input.length, limits);
  const matched = search(program, input, lastIndex, sticky, state, limits);
  state.end(limits);
  const { registers } = state;
  if (state.stack.length <= KEPT_STACK_LENGTH && registers.length <= KEPT_REGISTERS_LENGTH) keptState = state;
  return matched ? registers : null;
}

function search(
  program: RegExpProgram,
  input: string,
  lastIndex: number,
  sticky: boolean,
  state: MatchState,
  limits: MatchLimits,
): boolean {
  const { unicode, hints, firstRun, wordStart } = program;
  const { prefix, first } = hints;
  const { length } = input;
  let start = lastIndex;
  if (unicode && isInsidePair(input, start)) start--;
  if (sticky || hints.atStart) {
    if (!sticky && start !== 0) return false;
    if (first !== null && (start === length || !first.has(input.charCodeAt(start)))) return false;
    return run(program, input, start, state, limits);
  }
  for (; start <= length; start++) {
    if (prefix !== '') {
      const found = input.indexOf(prefix, start);
      const end = found < 0 ? length : found;
      state.fuel -= (end - start) >> 3;
      if (found < 0) return false;
      start = found;
    } else if (first !== null) {
      const from = start;
      start = first.startOfUnits(input, start);
      state.fuel -= (start - from) >> 1;
      if (start === length) return false;
      if (wordStart !== null && start > 0 && wordStart.has(input.charCodeAt(start - 1))) {
        // In the middle of a word; what ends the word is no start either.
        const end = wordStart.endOfUnits(input, start, length);
        state.fuel -= (end - start) >> 1;
        start = end;
        continue;
      }
    }
    if (unicode && isInsidePair(input, start)) continue;
    if (run(program, input, start, state, limits)) return true;
    if (firstRun !== null) {
      // Every later start within the run has fewer ends to choose from, all of which have failed.
      const end = unicode
        ? firstRun.endOfCharacters(input, start, length)
        : firstRun.endOfUnits(input, start, length);
      state.fuel -= (end - start) >> 1;
      if (end > start) start = end - 1;
    }
  }
  return false;
}
