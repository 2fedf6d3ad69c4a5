// What the code unit ahead tells: which way out of a split can succeed at all, and whether a run can profit from
// giving characters back. Found by a data-flow analysis of the finished code, after which splits become Guards and
// greedy runs possessive ones. No match changes by it: what is cut off would have failed at its first character.
//
// FIRST(pc) is a set over 258 symbols, as bits: the code units below U+0100, all others together, and the end of the input.
// A symbol is in it unless code that goes on at pc with that symbol ahead is sure to fail. It is the least solution of
// equations over the instructions, found by going through the code backwards until nothing changes.

import type { Charge } from './character-sets.ts';
import type { CharacterTable } from './character-table.ts';
import { lengthOfInstruction, Op } from './opcodes.ts';

/** The symbol of every code unit from here on. */
export const OTHER_UNITS = 0x100;
/** The symbol of the end of the input. */
export const END_OF_INPUT = 0x101;
const SYMBOLS = 0x102;
/** Numbers that the bits of a set take. */
const WORDS = 9;
/** Longer code is left as it is: the analysis would cost more than it saves. */
const MAX_CODE_LENGTH = 1 << 13;
/** Code that takes more passes is left as it is. */
const MAX_PASSES = 12;
const MAX_THREADED = 64;

/** Where to go, by the class of the symbol ahead. */
export interface Guards {
  /** Class of each symbol. */
  readonly classOf: Uint8Array;
  /** At a guard's index plus twice the class: the place to go, or -1 to fail; the place to try later, or -1 for none. */
  readonly table: Int32Array;
}

const NO_GUARDS: Guards = { classOf: new Uint8Array(SYMBOLS), table: new Int32Array(0) };

/** Analyses a program and rewrites it in place. */
export function addGuards(code: Int32Array, sets: readonly CharacterTable[], charge: Charge): Guards {
  if (code.length > MAX_CODE_LENGTH) return NO_GUARDS;
  const analysis = new Analysis(code, sets);
  const isStable = analysis.solve();
  charge(analysis.passes * code.length);
  if (!isStable) return NO_GUARDS;
  analysis.rewriteRuns();
  return analysis.rewriteSplits();
}

class Analysis {
  passes: number;
  private readonly code: Int32Array;
  private readonly starts: number[];
  /** FIRST by place, WORDS numbers each. */
  private readonly first: Int32Array;
  private readonly setSymbols: readonly Int32Array[];
  /** Places after the end of a lookahead, by the register that its start names. */
  private readonly afterLook: Map<number, number>;
  private readonly scratch: Int32Array;
  private readonly all: Int32Array;

  constructor(code: Int32Array, sets: readonly CharacterTable[]) {
    this.passes = 0;
    this.code = code;
    this.starts = [];
    this.first = new Int32Array(WORDS * (code.length + 1));
    this.setSymbols = sets.map(symbolsOfTable);
    this.afterLook = new Map();
    this.scratch = new Int32Array(WORDS);
    this.all = new Int32Array(WORDS);
    for (let symbol = 0; symbol < SYMBOLS; symbol++) add(this.all, symbol);
    for (let pc = 0; pc < code.length; ) {
      this.starts.push(pc);
      const next = pc + lengthOfInstruction(code, pc);
      if (code[pc] === Op.LookEnd) this.afterLook.set(code[pc + 1], next);
      pc = next;
    }
  }

  /** Returns whether the least solution was found. */
  solve(): boolean {
    for (let isChanged = true; isChanged; ) {
      if (++this.passes > MAX_PASSES) return false;
      isChanged = false;
      for (let i = this.starts.length - 1; i >= 0; i--) {
        const pc = this.starts[i];
        this.evaluate(pc);
        for (let word = 0; word < WORDS; word++) {
          const bits = this.first[WORDS * pc + word] | this.scratch[word];
          if (bits === this.first[WORDS * pc + word]) continue;
          this.first[WORDS * pc + word] = bits;
          isChanged = true;
        }
      }
    }
    return true;
  }

  /** Puts into `scratch` what the instruction at `pc` says of FIRST(pc). */
  private evaluate(pc: number): void {
    const { code, scratch } = this;
    const next = pc + lengthOfInstruction(code, pc);
    scratch.fill(0);
    switch (code[pc]) {
      case Op.Fail:
        return;
      case Op.Char:
        add(scratch, symbolOf(code[pc + 1]));
        return;
      case Op.CharPair:
        add(scratch, symbolOf(code[pc + 1]));
        add(scratch, symbolOf(code[pc + 2]));
        return;
      case Op.Literal:
        add(scratch, symbolOf(code[pc + 2]));
        return;
      case Op.Set:
      case Op.SetU:
        this.unite(this.setSymbols[code[pc + 1]], 0);
        return;
      case Op.RunGreedy:
      case Op.RunGreedyU:
      case Op.RunLazy:
      case Op.RunLazyU:
        this.unite(this.setSymbols[code[pc + 1]], 0);
        if (code[pc + 2] === 0) this.unite(this.first, WORDS * next);
        return;
      case Op.Jump:
        this.unite(this.first, WORDS * code[pc + 1]);
        return;
      case Op.SplitFirst:
      case Op.SplitLast:
        this.unite(this.first, WORDS * next);
        this.unite(this.first, WORDS * code[pc + 1]);
        return;
      case Op.LoopGreedy:
      case Op.LoopLazy:
        this.unite(this.first, WORDS * next);
        this.unite(this.first, WORDS * code[pc + 4]);
        return;
      case Op.LoopNext:
        this.unite(this.first, WORDS * code[pc + 4]);
        return;
      case Op.Save:
      case Op.Clear:
      case Op.Zero:
      case Op.CheckProgress:
      case Op.Start:
      case Op.LineStart:
      case Op.WordBoundary:
      case Op.NotWordBoundary:
        this.unite(this.first, WORDS * next);
        return;
      case Op.End:
        add(scratch, END_OF_INPUT);
        return;
      case Op.LineEnd:
        add(scratch, 0x0a);
        add(scratch, 0x0d);
        add(scratch, OTHER_UNITS);
        add(scratch, END_OF_INPUT);
        return;
      case Op.LookBegin:
        this.unite(this.first, WORDS * (this.afterLook.get(code[pc + 1]) as number));
        return;
      case Op.NegativeBegin:
        this.unite(this.first, WORDS * code[pc + 2]);
        return;
      default:
        // Instructions that end a match or a lookaround, that read backward, or that may read nothing.
        this.unite(this.all, 0);
        return;
    }
  }

  private unite(bits: Int32Array, at: number): void {
    for (let word = 0; word < WORDS; word++) this.scratch[word] |= bits[at + word];
  }

  /** A run whose characters nothing after it can start with need not give any back. */
  rewriteRuns(): void {
    const { code } = this;
    for (const pc of this.starts) {
      if (code[pc] !== Op.RunGreedy && code[pc] !== Op.RunGreedyU) continue;
      const run = this.setSymbols[code[pc + 1]];
      const next = WORDS * (pc + lengthOfInstruction(code, pc));
      let isDisjoint = true;
      for (let word = 0; word < WORDS; word++)
        if ((run[word] & this.first[next + word]) !== 0) isDisjoint = false;
      if (isDisjoint) code[pc] = code[pc] === Op.RunGreedy ? Op.RunPossessive : Op.RunPossessiveU;
    }
  }

  rewriteSplits(): Guards {
    const { code, first } = this;
    const splits = this.starts.filter((pc) => code[pc] === Op.SplitFirst || code[pc] === Op.SplitLast);
    const useful = splits.filter((pc) => {
      for (let symbol = 0; symbol < SYMBOLS; symbol++)
        if (!has(first, preferredOf(code, pc), symbol) || !has(first, otherOf(code, pc), symbol)) return true;
      return false;
    });
    const { classOf, samples } = this.classesFor(useful);
    if (samples.length > 0xff) return NO_GUARDS;
    const isUseful = new Uint8Array(code.length);
    for (const pc of useful) isUseful[pc] = 1;
    const table = new Int32Array(2 * samples.length * useful.length);
    let at = 0;
    for (const pc of useful) {
      code[pc + 2] = at;
      for (const symbol of samples) {
        const ways = this.waysAt(pc, symbol);
        let go = ways.preferred < 0 ? -1 : this.thread(ways.preferred, symbol, isUseful);
        let later = ways.other < 0 ? -1 : this.thread(ways.other, symbol, isUseful);
        if (go < 0) {
          go = later;
          later = -1;
        }
        table[at++] = go;
        table[at++] = later;
      }
    }
    const guards = { classOf, table };
    for (const pc of useful) code[pc] = Op.Guard;
    return guards;
  }

  private waysAt(pc: number, symbol: number): { preferred: number; other: number } {
    const { code, first } = this;
    const preferred = preferredOf(code, pc);
    const other = otherOf(code, pc);
    return {
      preferred: has(first, preferred, symbol) ? preferred : -1,
      other: has(first, other, symbol) ? other : -1,
    };
  }

  /** Follows jumps and splits with one way out; returns the place where something is done, or -1 for a failure. */
  private thread(start: number, symbol: number, isUseful: Uint8Array): number {
    const { code } = this;
    let pc = start;
    for (let count = 0; count < MAX_THREADED; count++) {
      if (code[pc] === Op.Jump) {
        pc = code[pc + 1];
        continue;
      }
      if (isUseful[pc] === 0) return pc;
      const { preferred, other } = this.waysAt(pc, symbol);
      if (preferred >= 0 && other >= 0) return pc;
      if (preferred < 0 && other < 0) return -1;
      pc = preferred < 0 ? other : preferred;
    }
    return pc;
  }

  /** Symbols that no split tells apart are one class; `samples` has a symbol of each. */
  private classesFor(splits: readonly number[]): { classOf: Uint8Array; samples: number[] } {
    const classOf = new Uint8Array(SYMBOLS);
    const samples: number[] = [];
    const known = new Map<string, number>();
    for (let symbol = 0; symbol < SYMBOLS; symbol++) {
      let key = '';
      for (const pc of splits) {
        const { preferred, other } = this.waysAt(pc, symbol);
        key += (preferred < 0 ? 0 : 1) + (other < 0 ? 0 : 2);
      }
      const index = known.get(key) ?? samples.length;
      if (index === samples.length) {
        known.set(key, index);
        samples.push(symbol);
      }
      classOf[symbol] = index;
    }
    return { classOf, samples };
  }
}

function preferredOf(code: Int32Array, pc: number): number {
  return code[pc] === Op.SplitFirst ? pc + lengthOfInstruction(code, pc) : code[pc + 1];
}

function otherOf(code: Int32Array, pc: number): number {
  return code[pc] === Op.SplitFirst ? code[pc + 1] : pc + lengthOfInstruction(code, pc);
}

function symbolOf(unit: number): number {
  return Math.min(unit, OTHER_UNITS);
}

function symbolsOfTable(table: CharacterTable): Int32Array {
  const bits = new Int32Array(WORDS);
  for (let unit = 0; unit < OTHER_UNITS; unit++) if (table.has(unit)) add(bits, unit);
  if (table.set.length > 0 && table.set[table.set.length - 1] > OTHER_UNITS) add(bits, OTHER_UNITS);
  return bits;
}

function add(bits: Int32Array, symbol: number): void {
  bits[symbol >>> 5] |= 1 << (symbol & 31);
}

function has(bits: Int32Array, pc: number, symbol: number): boolean {
  return ((bits[WORDS * pc + (symbol >>> 5)] >>> (symbol & 31)) & 1) !== 0;
}
