// Memory against catastrophic patterns: which (place, position) pairs a match has come back to and failed from. A match
// that has taken many steps gets one; from then on no pair is tried twice, so that nested repetitions, exponential
// without it, end in time proportional to the length of the input and the size of the program.
//
// It holds because without back references what follows from a place depends on the position only, apart from
//   - the counters of the counted loops around the place: pairs inside are remembered for each combination of counts, as far as
//     counts make a difference; places whose loops have too many combinations, or count far, are left out;
//   - the registers that tell whether a repetition was empty: they matter only while they equal the position, since
//     positions never decrease there; of those around a place the innermost is the greatest; pairs with it are left out;
//   - choices that a lookaround cuts off, left without having failed: places inside lookarounds are left out.
// A failure also holds for the later starts of the same search.

import type { CharacterTable } from './character-table.ts';
import type { RegExpProgram } from './compiler.ts';
import { lengthOfInstruction, Op } from './opcodes.ts';

/** What the bits of one memory may take. */
const MAX_BYTES = 1 << 26;
/** Loops that count further are left out. */
const MAX_COUNT = 4095;
/** Combinations of counts and places are told apart by one number, which must stay exact. */
const MAX_KEYS = 2 ** 50;
/** What finding the memory of a combination of counts costs. */
const STEPS_OF_KEY = 16;
/** What a memory of one combination costs besides its bits. */
const BYTES_OF_MEMORY = 64;
/** The bound of a repetition without one. */
const UNBOUNDED = 0x7fff_ffff;
const NO_REGISTER = -1;
const LEFT_OUT = -2;

export class BacktrackMemo {
  /** By place: the register of the innermost repetition around it that can be empty, or NO_REGISTER, or LEFT_OUT. */
  private readonly progressAt: Int32Array;
  /** By place: the counted loops around it, null without one. */
  private readonly loopsAt: readonly (Counters | null)[];
  /** By place: a bit for each position; null until needed. */
  private readonly bits: (Int32Array | null)[];
  /** The same inside counted loops, by place and counts. */
  private readonly bitsByCount: Map<number, Int32Array>;
  private readonly words: number;
  private bytesLeft: number;
  private work: number;
  /** By place of a run: where it was scanned from last, and to. */
  private readonly runStart: Int32Array;
  private readonly runEnd: Int32Array;

  constructor(program: RegExpProgram, length: number) {
    const { progressAt, loopsAt } = findPlaces(program);
    this.progressAt = progressAt;
    this.loopsAt = loopsAt;
    this.bits = new Array(program.code.length).fill(null);
    this.bitsByCount = new Map();
    this.words = (length >>> 5) + 1;
    this.bytesLeft = MAX_BYTES;
    this.work = 0;
    this.runStart = new Int32Array(program.code.length).fill(-1);
    this.runEnd = new Int32Array(program.code.length).fill(-1);
  }

  /** Returns whether the pair is known to fail; it is from now on. */
  isKnown(place: number, position: number, registers: Int32Array): boolean {
    const bits = this.bitsAt(place, registers);
    if (bits === null || this.isExempt(place, position, registers)) return false;
    const bit = 1 << (position & 31);
    if ((bits[position >>> 5] & bit) !== 0) return true;
    bits[position >>> 5] |= bit;
    return false;
  }

  /** Returns the last position of `least`…`end` with which the place is not known to fail, or -1. */
  lastUnknown(place: number, least: number, end: number, registers: Int32Array): number {
    const bits = this.bitsAt(place, registers);
    if (bits === null) return end < least ? -1 : end;
    for (let position = end; position >= least; position--) {
      const word = bits[position >>> 5];
      // Thirty-two at once.
      if (word === -1 && (position & 31) === 31 && !this.isExempt(place, position, registers)) {
        position -= 31;
        continue;
      }
      if ((word & (1 << (position & 31))) === 0) return position;
      if (this.isExempt(place, position, registers)) return position;
    }
    return -1;
  }

  /** Returns where the unbounded run of the set at `place` ends from `position`; scans no stretch again that it scanned last. */
  endOfRun(
    place: number,
    table: CharacterTable,
    input: string,
    position: number,
    byCharacters: boolean,
  ): number {
    const start = this.runStart[place];
    if (position >= start && position <= this.runEnd[place]) return this.runEnd[place];
    let end = position;
    if (position < start) {
      end = byCharacters
        ? table.endOfCharacters(input, position, start - position)
        : table.endOfUnits(input, position, start);
    } else {
      end = byCharacters
        ? table.endOfCharacters(input, position, input.length)
        : table.endOfUnits(input, position, input.length);
    }
    // By characters the scan may have passed the start.
    if (position < start && end >= start) end = this.runEnd[place];
    this.runStart[place] = position;
    this.runEnd[place] = end;
    return end;
  }

  /** Steps that finding memories by counts has cost since this was asked last. */
  takeWork(): number {
    const { work } = this;
    this.work = 0;
    return work;
  }

  private bitsAt(place: number, registers: Int32Array): Int32Array | null {
    const loops = this.loopsAt[place];
    if (loops !== null) {
      const { counters, greatest } = loops;
      this.work += STEPS_OF_KEY;
      let key = 0;
      for (let i = 0; i < counters.length; i++)
        key = key * (greatest[i] + 1) + Math.min(registers[counters[i]], greatest[i]);
      key = key * this.bits.length + place;
      const known = this.bitsByCount.get(key);
      if (known !== undefined) return known;
      const bits = this.newBits(place);
      if (bits !== null) this.bitsByCount.set(key, bits);
      return bits;
    }
    const known = this.bits[place];
    if (known !== null) return known;
    const bits = this.newBits(place);
    this.bits[place] = bits;
    return bits;
  }

  private newBits(place: number): Int32Array | null {
    const bytes = 4 * this.words + BYTES_OF_MEMORY;
    if (this.progressAt[place] === LEFT_OUT || this.bytesLeft < bytes) return null;
    this.bytesLeft -= bytes;
    this.work += bytes >>> 5;
    return new Int32Array(this.words);
  }

  private isExempt(place: number, position: number, registers: Int32Array): boolean {
    const register = this.progressAt[place];
    return register >= 0 && registers[register] === position;
  }
}

/** Returns whether the failures of a program can be remembered at all. */
export function canRemember({ code }: RegExpProgram): boolean {
  for (let pc = 0; pc < code.length; pc += lengthOfInstruction(code, pc)) {
    if (code[pc] === Op.BackReference || code[pc] === Op.BackReferenceBack) return false;
  }
  return true;
}

/** The counted loops around a place, outermost first. */
interface Counters {
  readonly counters: readonly number[];
  /** Of each the greatest count that makes a difference. */
  readonly greatest: readonly number[];
}

interface Places {
  readonly progressAt: Int32Array;
  readonly loopsAt: readonly (Counters | null)[];
}

function findPlaces({ code, captureCount }: RegExpProgram): Places {
  const progressAt = new Int32Array(code.length).fill(LEFT_OUT);
  const loopsAt: (Counters | null)[] = new Array(code.length).fill(null);
  const captureRegisters = 2 * (captureCount + 1);
  const progress: number[] = [NO_REGISTER];
  /** Starts of the counted loops around. */
  const loops: number[] = [];
  let around: Counters | null = null;
  let closed = 0;
  for (let pc = 0; pc < code.length; ) {
    const next = pc + lengthOfInstruction(code, pc);
    if (code[pc] === Op.LoopGreedy || code[pc] === Op.LoopLazy) {
      loops.push(pc);
      around = countersOf(code, loops);
    }
    // Operands get their instruction's entry too: a lazy run that goes on is remembered at one of them.
    if (closed === 0 && canTellApart(around, code.length)) {
      progressAt.fill(progress[progress.length - 1], pc, next);
      loopsAt.fill(around, pc, next);
    }
    switch (code[pc]) {
      case Op.Save:
        if (code[pc + 1] >= captureRegisters) progress.push(code[pc + 1]);
        break;
      case Op.CheckProgress:
        progress.pop();
        break;
      case Op.LookBegin:
      case Op.NegativeBegin:
        closed++;
        break;
      case Op.LoopNext:
        if (code[pc + 3] >= 0) progress.pop();
        loops.pop();
        around = countersOf(code, loops);
        break;
      case Op.LookEnd:
      case Op.NegativeEnd:
        closed--;
        break;
    }
    pc = next;
  }
  return { progressAt, loopsAt };
}

function countersOf(code: Int32Array, loops: readonly number[]): Counters | null {
  if (loops.length === 0) return null;
  return {
    counters: loops.map((loop) => code[loop + 1]),
    greatest: loops.map((loop) => greatestCount(code, loop)),
  };
}

function canTellApart(around: Counters | null, codeLength: number): boolean {
  if (around === null) return true;
  const { greatest } = around;
  return (
    greatest.every((count) => count <= MAX_COUNT) &&
    greatest.reduce((keys, count) => keys * (count + 1), codeLength) <= MAX_KEYS
  );
}

/** Counts from the result on make no difference in the counted loop at `pc`: its maximum, or its minimum without one. */
function greatestCount(code: Int32Array, pc: number): number {
  return code[pc + 3] === UNBOUNDED ? code[pc + 2] : code[pc + 3];
}
