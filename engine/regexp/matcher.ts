// hot: the backtracking matcher. It runs a program on a UTF-16 string without recursion; what it must come
// back to lies on a stack of numbers that grows up to a limit.
//
// An entry of the stack ends with its tag, `place << 2 | kind`:
//   0 choice   [position, tag]             go on at `place` from `position`
//   1 undo     [old value, tag]            register `place` had that value
//   2 run      [least end, end, tag]       a greedy run before `place` may give back characters
//   3 lazy run [end, count, tag]           the lazy run at `place` has taken `count` characters
// Everything above an entry belongs to what was tried after it, so that failing is: undo down to the next
// entry that offers a way on. Cutting a lookahead's choices keeps the undo entries of captures.
//
// https://tc39.es/ecma262/#sec-notation (MatchState, MatcherContinuation)

import { simpleCaseFold, uppercaseCanonicalize } from '../unicode/case-mapping.ts';
import type { RegExpProgram } from './compiler.ts';
import { codePointBefore, codePointFrom } from './string-table.ts';

export { compileRegExp, type RegExpProgram } from './compiler.ts';

/** What a match may use. */
export interface MatchLimits {
  /** Called with the number of steps since the last call, about every thousand; may throw to stop the match. */
  charge(steps: number): void;
  /** Bytes the backtrack stack may take. */
  readonly maxStackBytes: number;
}

/** Limits for trusted patterns: no charge, 256 MiB. */
export const NO_MATCH_LIMITS: MatchLimits = { charge: () => {}, maxStackBytes: 0x1000_0000 };

/** Thrown when the backtrack stack would pass `maxStackBytes`. Not a host Error; no guest may see it. */
export class BacktrackStackLimit {
  readonly maxStackBytes: number;

  constructor(maxStackBytes: number) {
    this.maxStackBytes = maxStackBytes;
  }
}

const CHUNK = 1000;
const FIRST_STACK_LENGTH = 512;
/** Stacks up to this length (in numbers) are kept for the next match. */
const KEPT_STACK_LENGTH = 1 << 16;

const CHOICE = 0;
const UNDO = 1;
const RUN = 2;
const LAZY_RUN = 3;

interface MatchState {
  readonly registers: Int32Array;
  readonly limits: MatchLimits;
  stack: Int32Array;
  /** Steps left until the next charge. */
  fuel: number;
}

let keptStack: Int32Array | null = null;

/**
 * Searches `input` for a match from `lastIndex` (0 ≤ lastIndex ≤ length) on; a sticky search tries only
 * there. Returns start and end of every capture (index 0 the whole match), -1 for those not set, or null.
 * With `u` or `v`, a `lastIndex` inside a surrogate pair means the pair's start, as in the hosts.
 * Throws what `limits.charge` throws, and BacktrackStackLimit.
 * https://tc39.es/ecma262/#sec-regexpbuiltinexec
 */
export function execRegExp(
  program: RegExpProgram,
  input: string,
  lastIndex: number,
  sticky: boolean,
  limits: MatchLimits,
): Int32Array | null {
  const maxLength = Math.floor(limits.maxStackBytes / 4);
  const state: MatchState = {
    registers: new Int32Array(program.registerCount).fill(-1),
    limits,
    // The limit must hold in the same place whatever ran before.
    stack:
      keptStack !== null && keptStack.length <= maxLength
        ? keptStack
        : new Int32Array(Math.min(FIRST_STACK_LENGTH, maxLength)),
    fuel: CHUNK,
  };
  // A match that is stopped, or one within a charge, must not meet this stack again.
  keptStack = null;
  const matched = search(program, input, lastIndex, sticky, state);
  if (state.stack.length <= KEPT_STACK_LENGTH) keptStack = state.stack;
  if (state.fuel < CHUNK) limits.charge(CHUNK - state.fuel);
  return matched ? state.registers.slice(0, 2 * (program.captureCount + 1)) : null;
}

function search(
  program: RegExpProgram,
  input: string,
  lastIndex: number,
  sticky: boolean,
  state: MatchState,
): boolean {
  const { unicode, hints } = program;
  const { prefix, first } = hints;
  const { length } = input;
  let start = lastIndex;
  if (unicode && isInsidePair(input, start)) start--;
  if (sticky || hints.atStart) return (sticky || start === 0) && run(program, input, start, state);
  for (; start <= length; start++) {
    if (prefix !== '') {
      const found = input.indexOf(prefix, start);
      const end = found < 0 ? length : found;
      state.fuel -= (end - start) >> 3;
      if (found < 0) return false;
      start = found;
    } else if (first !== null) {
      const from = start;
      while (start < length && !first.has(input.charCodeAt(start))) start++;
      state.fuel -= (start - from) >> 1;
      if (start === length) return false;
    }
    if (unicode && isInsidePair(input, start)) continue;
    if (run(program, input, start, state)) return true;
  }
  return false;
}

function isInsidePair(input: string, position: number): boolean {
  return (
    position > 0 &&
    position < input.length &&
    (input.charCodeAt(position) & 0xfc00) === 0xdc00 &&
    (input.charCodeAt(position - 1) & 0xfc00) === 0xd800
  );
}

/** Tries a match at one position. On failure every register is as it was. */
function run(program: RegExpProgram, input: string, start: number, state: MatchState): boolean {
  const { code, sets, unicode } = program;
  const { registers, limits } = state;
  const { length } = input;
  let { stack, fuel } = state;
  let top = 0;
  let pc = 0;
  let position = start;
  for (;;) {
    if (--fuel < 0) {
      limits.charge(CHUNK - fuel);
      fuel = CHUNK;
    }
    // No instruction pushes more than three numbers without asking again.
    if (top + 3 > stack.length) stack = state.stack = grow(stack, top, limits);
    switch (code[pc]) {
      case 0 /* Match */:
        registers[0] = start;
        registers[1] = position;
        state.fuel = fuel;
        return true;
      case 1 /* Fail */:
        break;
      case 2 /* Char */:
        if (position < length && input.charCodeAt(position) === code[pc + 1]) {
          position++;
          pc += 2;
          continue;
        }
        break;
      case 3 /* CharBack */:
        if (position > 0 && input.charCodeAt(position - 1) === code[pc + 1]) {
          position--;
          pc += 2;
          continue;
        }
        break;
      case 4 /* CharPair */:
        if (position < length) {
          const unit = input.charCodeAt(position);
          if (unit === code[pc + 1] || unit === code[pc + 2]) {
            position++;
            pc += 3;
            continue;
          }
        }
        break;
      case 5 /* CharPairBack */:
        if (position > 0) {
          const unit = input.charCodeAt(position - 1);
          if (unit === code[pc + 1] || unit === code[pc + 2]) {
            position--;
            pc += 3;
            continue;
          }
        }
        break;
      case 6 /* Set */:
        if (position < length && sets[code[pc + 1]].has(input.charCodeAt(position))) {
          position++;
          pc += 2;
          continue;
        }
        break;
      case 7 /* SetBack */:
        if (position > 0 && sets[code[pc + 1]].has(input.charCodeAt(position - 1))) {
          position--;
          pc += 2;
          continue;
        }
        break;
      case 8 /* SetU */:
        if (position < length) {
          const character = codePointFrom(input, position);
          if (sets[code[pc + 1]].has(character)) {
            position += character > 0xffff ? 2 : 1;
            pc += 2;
            continue;
          }
        }
        break;
      case 9 /* SetUBack */:
        if (position > 0) {
          const character = codePointBefore(input, position);
          if (sets[code[pc + 1]].has(character)) {
            position -= character > 0xffff ? 2 : 1;
            pc += 2;
            continue;
          }
        }
        break;
      case 10 /* Strings */:
      case 11 /* StringsBack */:
        {
          const ends = program.stringSets[code[pc + 1]].candidates(input, position);
          pc += 2;
          if (ends.length === 0) break;
          const last = ends.length - 1;
          fuel -= ends.length;
          for (let i = 0; i < last; i++) {
            if (top + 3 > stack.length) stack = state.stack = grow(stack, top, limits);
            stack[top++] = ends[i];
            stack[top++] = (pc << 2) | CHOICE;
          }
          position = ends[last];
          continue;
        }
      case 12 /* RunGreedy */:
        {
          const table = sets[code[pc + 1]];
          const max = code[pc + 3];
          const limit = max < length - position ? position + max : length;
          let end = position;
          while (end < limit && table.has(input.charCodeAt(end))) end++;
          fuel -= end - position;
          const least = position + code[pc + 2];
          if (end < least) break;
          pc += 4;
          // A literal that cannot be part of the run can only follow its end.
          if (end > least && !(code[pc] === 2 /* Char */ && !table.has(code[pc + 1]))) {
            stack[top++] = least;
            stack[top++] = end;
            stack[top++] = (pc << 2) | RUN;
          }
          position = end;
          continue;
        }
      case 13 /* RunGreedyU */:
        {
          const table = sets[code[pc + 1]];
          const min = code[pc + 2];
          const max = code[pc + 3];
          let end = position;
          let least = position;
          let count = 0;
          while (end < length && count < max) {
            const character = codePointFrom(input, end);
            if (!table.has(character)) break;
            end += character > 0xffff ? 2 : 1;
            if (++count === min) least = end;
          }
          fuel -= count;
          if (count < min) break;
          pc += 4;
          if (end > least) {
            stack[top++] = least;
            stack[top++] = end;
            stack[top++] = (pc << 2) | RUN;
          }
          position = end;
          continue;
        }
      case 14 /* RunLazy */:
      case 15 /* RunLazyU */:
        {
          const table = sets[code[pc + 1]];
          const byCodePoint = code[pc] === 15;
          const min = code[pc + 2];
          let count = 0;
          let end = position;
          while (count < min && end < length) {
            const character = byCodePoint ? codePointFrom(input, end) : input.charCodeAt(end);
            if (!table.has(character)) break;
            end += character > 0xffff ? 2 : 1;
            count++;
          }
          fuel -= count;
          if (count < min) break;
          if (count < code[pc + 3]) {
            stack[top++] = end;
            stack[top++] = count;
            stack[top++] = (pc << 2) | LAZY_RUN;
          }
          position = end;
          pc += 4;
          continue;
        }
      case 16 /* Jump */:
        pc = code[pc + 1];
        continue;
      case 17 /* SplitFirst */:
        stack[top++] = position;
        stack[top++] = (code[pc + 1] << 2) | CHOICE;
        pc += 2;
        continue;
      case 18 /* SplitLast */:
        stack[top++] = position;
        stack[top++] = ((pc + 2) << 2) | CHOICE;
        pc = code[pc + 1];
        continue;
      case 19 /* Save */:
        {
          const register = code[pc + 1];
          stack[top++] = registers[register];
          stack[top++] = (register << 2) | UNDO;
          registers[register] = position;
          pc += 2;
          continue;
        }
      case 20 /* Clear */:
        {
          const end = code[pc + 2];
          for (let register = code[pc + 1]; register < end; register++) {
            if (registers[register] === -1) continue;
            if (top + 3 > stack.length) stack = state.stack = grow(stack, top, limits);
            stack[top++] = registers[register];
            stack[top++] = (register << 2) | UNDO;
            registers[register] = -1;
          }
          fuel -= (end - code[pc + 1]) >> 3;
          pc += 3;
          continue;
        }
      case 21 /* Zero */:
        {
          const register = code[pc + 1];
          stack[top++] = registers[register];
          stack[top++] = (register << 2) | UNDO;
          registers[register] = 0;
          pc += 2;
          continue;
        }
      case 22 /* CheckProgress */:
        if (registers[code[pc + 1]] === position) break;
        pc += 2;
        continue;
      case 23 /* LoopGreedy */:
        {
          const count = registers[code[pc + 1]];
          if (count >= code[pc + 3]) {
            pc = code[pc + 4];
            continue;
          }
          if (count >= code[pc + 2]) {
            stack[top++] = position;
            stack[top++] = (code[pc + 4] << 2) | CHOICE;
          }
          pc += 5;
          continue;
        }
      case 24 /* LoopLazy */:
        {
          const count = registers[code[pc + 1]];
          if (count < code[pc + 2]) {
            pc += 5;
            continue;
          }
          if (count < code[pc + 3]) {
            stack[top++] = position;
            stack[top++] = ((pc + 5) << 2) | CHOICE;
          }
          pc = code[pc + 4];
          continue;
        }
      case 25 /* LoopNext */:
        {
          const register = code[pc + 1];
          const count = registers[register];
          const progress = code[pc + 3];
          if (progress >= 0 && count >= code[pc + 2] && registers[progress] === position) break;
          stack[top++] = count;
          stack[top++] = (register << 2) | UNDO;
          registers[register] = count + 1;
          pc = code[pc + 4];
          continue;
        }
      case 26 /* Start */:
        if (position !== 0) break;
        pc++;
        continue;
      case 27 /* LineStart */:
        if (position !== 0 && !isLineTerminator(input.charCodeAt(position - 1))) break;
        pc++;
        continue;
      case 28 /* End */:
        if (position !== length) break;
        pc++;
        continue;
      case 29 /* LineEnd */:
        if (position !== length && !isLineTerminator(input.charCodeAt(position))) break;
        pc++;
        continue;
      case 30 /* WordBoundary */:
      case 31 /* NotWordBoundary */:
        {
          const table = sets[code[pc + 1]];
          const before = position > 0 && table.has(input.charCodeAt(position - 1));
          const after = position < length && table.has(input.charCodeAt(position));
          if ((before !== after) !== (code[pc] === 30)) break;
          pc += 2;
          continue;
        }
      case 32 /* LookBegin */:
        registers[code[pc + 1]] = top;
        registers[code[pc + 2]] = position;
        pc += 3;
        continue;
      case 33 /* LookEnd */:
        fuel -= top - registers[code[pc + 1]];
        top = cutChoices(stack, registers[code[pc + 1]], top, 2 * program.captureCount + 2);
        position = registers[code[pc + 2]];
        pc += 3;
        continue;
      case 34 /* NegativeBegin */:
        registers[code[pc + 1]] = top;
        stack[top++] = position;
        stack[top++] = (code[pc + 2] << 2) | CHOICE;
        pc += 3;
        continue;
      case 35 /* NegativeEnd */:
        {
          const height = registers[code[pc + 1]];
          fuel -= top - height;
          undo(stack, height, top, registers);
          top = height;
          break;
        }
      case 36 /* BackReference */:
      case 37 /* BackReferenceBack */:
        {
          const count = code[pc + 2];
          let next = position;
          for (let i = 0; i < count; i++) {
            const from = registers[2 * code[pc + 3 + i]];
            const to = registers[2 * code[pc + 3 + i] + 1];
            if (from < 0 || to < 0) continue;
            next = matchBackReference(
              program,
              input,
              position,
              from,
              to,
              code[pc + 1] === 1,
              code[pc] === 37,
            );
            fuel -= to - from;
            break;
          }
          fuel -= count;
          if (next < 0) break;
          position = next;
          pc += 3 + count;
          continue;
        }
    }
    // Failure: go back to the newest entry that offers a way on.
    for (;;) {
      if (top === 0) {
        state.fuel = fuel;
        return false;
      }
      const tag = stack[--top];
      const place = tag >> 2;
      if ((tag & 3) === UNDO) {
        registers[place] = stack[--top];
        continue;
      }
      if ((tag & 3) === CHOICE) {
        position = stack[--top];
        pc = place;
        break;
      }
      if ((tag & 3) === RUN) {
        let end = stack[top - 1] - 1;
        const least = stack[top - 2];
        if (unicode && end > least && isInsidePair(input, end)) end--;
        if (code[place] === 2 /* Char */) {
          // Only a place where the literal stands is worth the return. (No pair is split: the literal is no trail
          // surrogate after a run, and a lead surrogate starts a character.)
          const unit = code[place + 1];
          const from = end;
          while (end > least && input.charCodeAt(end) !== unit) end--;
          fuel -= (from - end) >> 1;
        }
        if (end > least) {
          stack[top - 1] = end;
          top++;
        } else {
          top -= 2;
        }
        position = end;
        pc = place;
        break;
      }
      // A lazy run takes one more character.
      const count = stack[top - 1] + 1;
      position = stack[top - 2];
      top -= 2;
      if (position >= length) continue;
      const character = code[place] === 15 ? codePointFrom(input, position) : input.charCodeAt(position);
      if (!sets[code[place + 1]].has(character)) continue;
      position += character > 0xffff ? 2 : 1;
      if (count < code[place + 3]) {
        stack[top++] = position;
        stack[top++] = count;
        stack[top++] = tag;
      }
      pc = place + 4;
      break;
    }
  }
}

function isLineTerminator(unit: number): boolean {
  return unit === 0x0a || unit === 0x0d || unit === 0x2028 || unit === 0x2029;
}

/** Returns the position after the same text as `from`…`to`, or -1 if it is not there. */
function matchBackReference(
  program: RegExpProgram,
  input: string,
  position: number,
  from: number,
  to: number,
  ignoreCase: boolean,
  backward: boolean,
): number {
  if (!program.unicode) {
    const length = to - from;
    const start = backward ? position - length : position;
    if (start < 0 || start + length > input.length) return -1;
    for (let i = 0; i < length; i++) {
      const a = input.charCodeAt(from + i);
      const b = input.charCodeAt(start + i);
      if (a !== b && !(ignoreCase && uppercaseCanonicalize(a) === uppercaseCanonicalize(b))) return -1;
    }
    return backward ? start : start + length;
  }
  let captured = backward ? to : from;
  while (captured !== (backward ? from : to)) {
    const a = backward ? codePointBefore(input, captured) : codePointFrom(input, captured);
    const b = backward ? codePointBefore(input, position) : codePointFrom(input, position);
    if (a !== b && (b < 0 || !ignoreCase || simpleCaseFold(a) !== simpleCaseFold(b))) return -1;
    captured += (a > 0xffff ? 2 : 1) * (backward ? -1 : 1);
    position += (b > 0xffff ? 2 : 1) * (backward ? -1 : 1);
  }
  return position;
}

/** Returns the start of the entry whose tag is at `tagIndex`. */
function entryStart(stack: Int32Array, tagIndex: number): number {
  return (stack[tagIndex] & 3) >= RUN ? tagIndex - 2 : tagIndex - 1;
}

/** Removes the choices between `height` and `top`, keeps the undo entries of captures; returns the new top. */
function cutChoices(stack: Int32Array, height: number, top: number, captureRegisters: number): number {
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
function undo(stack: Int32Array, height: number, top: number, registers: Int32Array): void {
  while (top > height) {
    const tag = stack[top - 1];
    if ((tag & 3) === UNDO) registers[tag >> 2] = stack[top - 2];
    top = entryStart(stack, top - 1);
  }
}

/** Makes room for three numbers above `top`. */
function grow(stack: Int32Array, top: number, limits: MatchLimits): Int32Array {
  const maxLength = Math.floor(limits.maxStackBytes / 4);
  if (top + 3 > maxLength) throw new BacktrackStackLimit(limits.maxStackBytes);
  const grown = new Int32Array(Math.min(Math.max(stack.length * 2, FIRST_STACK_LENGTH), maxLength));
  grown.set(stack);
  return grown;
}
