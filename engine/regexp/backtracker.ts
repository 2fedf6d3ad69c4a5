// hot: the backtracking matcher. It tries a program at one position of a UTF-16 string, without recursion; what it
// must come back to lies on a stack of numbers (backtrack-stack.ts) that grows up to a limit. A register that
// changes while the stack is empty needs no entry: failing ends the attempt, and the captures are cleared then.
//
// https://tc39.es/ecma262/#sec-notation (MatchState, MatcherContinuation)

import { matchBackReference } from './back-reference.ts';
import { nextEnd, previousEnd } from './backtrack-runs.ts';
import { CHOICE, cutChoices, grow, LAZY_RUN, RUN, UNDO, undo } from './backtrack-stack.ts';
import { codePointBefore, codePointFrom } from './code-points.ts';
import type { RegExpProgram } from './compiler.ts';
import type { MatchLimits } from './match-limits.ts';
import { clearCaptures, type MatchState } from './match-state.ts';

/** Programs with more captures undo every change of theirs. */
const FEW_CAPTURES = 16;
/** What a repetition costs whose end is remembered. */
const SHORT_RUN = 8;
/** The bound of a repetition without one. */
const UNBOUNDED = 0x7fff_ffff;

/** Tries a match at one position. On failure every capture is unset. */
export function run(
  program: RegExpProgram,
  input: string,
  start: number,
  state: MatchState,
  limits: MatchLimits,
): boolean {
  const { code, sets, unicode } = program;
  const { classOf, table: guards } = program.guards;
  const { registers } = state;
  const { length } = input;
  // Clearing many captures costs more than undoing what was done.
  const floor = program.captureCount > FEW_CAPTURES ? -1 : 0;
  let { stack, fuel, memo } = state;
  let top = 0;
  let pc = 0;
  let position = start;
  for (;;) {
    if (--fuel < 0) {
      fuel = state.refill(program, length, limits, fuel);
      memo = state.memo;
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
      case 39 /* RunPossessive */:
        {
          const table = sets[code[pc + 1]];
          const max = code[pc + 3];
          const limit = max < length - position ? position + max : length;
          let end: number;
          if (memo !== null && max === UNBOUNDED) {
            end = memo.endOfRun(pc, table, input, position, false);
            fuel -= SHORT_RUN;
          } else {
            end = table.endOfUnits(input, position, limit);
            fuel -= end - position;
          }
          const least = position + code[pc + 2];
          if (end < least) break;
          if (end > least && code[pc] === 12) {
            stack[top++] = least;
            stack[top++] = end;
            stack[top++] = ((pc + 4) << 2) | RUN;
          }
          pc += 4;
          position = end;
          continue;
        }
      case 13 /* RunGreedyU */:
      case 40 /* RunPossessiveU */:
        {
          const table = sets[code[pc + 1]];
          const min = code[pc + 2];
          const max = code[pc + 3];
          let least = position;
          let count = 0;
          for (; count < min; count++) {
            const next = table.endOfCharacters(input, least, 1);
            if (next === least) break;
            least = next;
          }
          fuel -= count;
          if (count < min) break;
          let end: number;
          if (memo !== null && max === UNBOUNDED) {
            end = memo.endOfRun(pc, table, input, least, true);
            fuel -= SHORT_RUN;
          } else {
            end = table.endOfCharacters(input, least, max === UNBOUNDED ? max : max - min);
            fuel -= end - least;
          }
          if (end > least && code[pc] === 13) {
            stack[top++] = least;
            stack[top++] = end;
            stack[top++] = ((pc + 4) << 2) | RUN;
          }
          pc += 4;
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
        {
          const from = pc;
          pc = code[pc + 1];
          if (memo !== null && pc < from && memo.isKnown(pc, position, registers)) break;
          continue;
        }
      case 17 /* SplitFirst */:
        stack[top++] = position;
        stack[top++] = (code[pc + 1] << 2) | CHOICE;
        pc += 3;
        continue;
      case 18 /* SplitLast */:
        stack[top++] = position;
        stack[top++] = ((pc + 3) << 2) | CHOICE;
        if (memo !== null && code[pc + 1] < pc && memo.isKnown(code[pc + 1], position, registers)) break;
        pc = code[pc + 1];
        continue;
      case 19 /* Save */:
        {
          const register = code[pc + 1];
          if (top > floor) {
            stack[top++] = registers[register];
            stack[top++] = (register << 2) | UNDO;
          }
          registers[register] = position;
          pc += 2;
          continue;
        }
      case 20 /* Clear */:
        {
          const end = code[pc + 2];
          for (let register = code[pc + 1]; register < end; register++) {
            if (registers[register] === -1) continue;
            if (top > floor) {
              if (top + 3 > stack.length) stack = state.stack = grow(stack, top, limits);
              stack[top++] = registers[register];
              stack[top++] = (register << 2) | UNDO;
            }
            registers[register] = -1;
          }
          fuel -= (end - code[pc + 1]) >> 3;
          pc += 3;
          continue;
        }
      case 21 /* Zero */:
        {
          const register = code[pc + 1];
          if (top > floor) {
            stack[top++] = registers[register];
            stack[top++] = (register << 2) | UNDO;
          }
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
          if (top > floor) {
            stack[top++] = count;
            stack[top++] = (register << 2) | UNDO;
          }
          registers[register] = count + 1;
          pc = code[pc + 4];
          if (memo?.isKnown(pc, position, registers)) break;
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
              input,
              position,
              from,
              to,
              code[pc + 1] === 1,
              code[pc] === 37,
              unicode,
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
      case 38 /* Literal */:
        {
          const count = code[pc + 1];
          if (position + count > length) break;
          let i = 0;
          while (i < count && input.charCodeAt(position + i) === code[pc + 2 + i]) i++;
          if (i < count) break;
          position += count;
          pc += 2 + count;
          continue;
        }
      case 41 /* Guard */:
        {
          const unit = position < length ? input.charCodeAt(position) : 0x101;
          const symbol = position < length && unit > 0xff ? 0x100 : unit;
          const way = code[pc + 2] + 2 * classOf[symbol];
          const later = guards[way + 1];
          const from = pc;
          pc = guards[way];
          if (later >= 0) {
            stack[top++] = position;
            stack[top++] = (later << 2) | CHOICE;
          } else if (pc < 0) break;
          if (memo !== null && pc < from && memo.isKnown(pc, position, registers)) break;
          continue;
        }
    }
    // Failure: go back to the newest entry that offers a way on.
    for (;;) {
      if (top === 0) {
        state.fuel = fuel;
        if (floor === 0) clearCaptures(registers, program.captureCount);
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
        if (memo?.isKnown(place, position, registers)) continue;
        pc = place;
        break;
      }
      if ((tag & 3) === RUN) {
        const least = stack[top - 2];
        const from = stack[top - 1];
        const next = code[place];
        const end =
          memo === null && !unicode && next !== 2 /* Char */ && next !== 38 /* Literal */
            ? from - 1
            : previousEnd(program, input, place, least, from - 1, memo, registers);
        if (end < 0) {
          top -= 2;
          fuel -= (from - least) >> (memo === null ? 1 : 5);
          continue;
        }
        fuel -= (from - end) >> (memo === null ? 1 : 5);
        if (end > least) {
          stack[top - 1] = end;
          top++;
        } else {
          top -= 2;
        }
        if (memo?.isKnown(place, end, registers)) continue;
        position = end;
        pc = place;
        break;
      }
      // A lazy run takes one more character, or all up to the next place where a literal that must follow stands.
      const count = stack[top - 1] + 1;
      position = stack[top - 2];
      top -= 2;
      // What a bounded one may still take depends on its count.
      if (memo !== null && code[place + 3] === UNBOUNDED && memo.isKnown(place + 1, position, registers))
        continue;
      const next = nextEnd(program, input, place, position, count);
      if (next < 0) continue;
      const taken = code[place] === 15 ? 1 : next - position;
      fuel -= taken;
      position = next;
      if (count + taken - 1 < code[place + 3]) {
        stack[top++] = position;
        stack[top++] = count + taken - 1;
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
