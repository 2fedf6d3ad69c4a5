// Decoded instructions. The code of a function or constant expression is one array of 32-bit words: the number of an
// instruction (its row in instructions.ts), then its immediates in the order of the binary format:
//
//   index, label, lane, fence flag     1 word
//   i32, f32 | i64, f64 | v128         1 | 2 | 4 words, low word first; 16 lanes of a shuffle are 4 words
//   heap type, reference type          1 word, a ValType (of `ref.null`, the nullable one)
//   block type                         2 words: kind (0 none, 1 value, 2 type index), value type or index
//   memarg                             4 words: memory, log2 of alignment, offset low, offset high
//   br_table                           number of labels without the default, labels, default
//   select with types                  number of types, types
//   try_table                          block type, number of clauses, clauses of 3 words: kind, tag, label
//
// Blocks stay flat: `block … end`. The form is canonical, so two codes are the same if their words are; the binary
// and the text format are two notations of it. Validation guarantees nothing here: any word may be any number.

import { withRoom } from './host-room.ts';
import type { ModuleBudget } from './module-budget.ts';

/**
 * A range of the buffers of a `CodeBuilder`. The views are made when asked for: a view takes more than most constant
 * expressions do, and a module may have millions of them.
 */
export class Code {
  private readonly wordBuffer: Int32Array;
  private readonly wordStart: number;
  private readonly wordEnd: number;
  private readonly positionBuffer: Int32Array;
  private readonly positionStart: number;
  private readonly positionEnd: number;

  constructor(
    wordBuffer: Int32Array,
    wordStart: number,
    wordEnd: number,
    positionBuffer: Int32Array,
    positionStart: number,
    positionEnd: number,
  ) {
    this.wordBuffer = wordBuffer;
    this.wordStart = wordStart;
    this.wordEnd = wordEnd;
    this.positionBuffer = positionBuffer;
    this.positionStart = positionStart;
    this.positionEnd = positionEnd;
  }

  /** A new view each time. */
  get words(): Int32Array {
    return this.wordBuffer.subarray(this.wordStart, this.wordEnd);
  }

  /** Where each instruction begins in the source: a byte offset, or an index into the text. A new view each time. */
  get positions(): Int32Array {
    return this.positionBuffer.subarray(this.positionStart, this.positionEnd);
  }
}

export const BLOCK_NONE = 0;
export const BLOCK_VALUE = 1;
export const BLOCK_TYPE = 2;

export const CATCH = 0;
export const CATCH_REF = 1;
export const CATCH_ALL = 2;
export const CATCH_ALL_REF = 3;

/** Codes share buffers of at least this many words, or as many as they need. */
const CHUNK_WORDS = 0x1_0000;

/**
 * Collects words; grows by itself. Codes lie one after the other in buffers of many, since a buffer for each would cost
 * more than what is in it. Whoever writes to the arrays without asking must have reserved room.
 */
export class CodeBuilder {
  words = new Int32Array(64);
  /** The next word; the code under way begins at `start`. */
  length = 0;
  positions = new Int32Array(32);
  count = 0;
  private start = 0;
  private startCount = 0;
  /** What pays for the buffers; null where nobody counts. */
  private readonly budget: ModuleBudget | null;

  constructor(budget: ModuleBudget | null = null) {
    this.budget = budget;
  }

  /** Instructions of the code under way. */
  get instructionCount(): number {
    return this.count - this.startCount;
  }

  /** Starts an instruction. */
  begin(op: number, position: number): void {
    if (this.count >= this.positions.length) this.reserve(0, 1);
    this.positions[this.count++] = position;
    this.word(op);
  }

  word(word: number): void {
    if (this.length >= this.words.length) this.reserve(1, 0);
    this.words[this.length++] = word;
  }

  /** Makes room for as many more words and instructions. Throws a ModuleError of kind `limit`. */
  reserve(words: number, instructions: number): void {
    if (this.length + words > this.words.length) {
      this.words = this.moved(this.words, this.start, this.length, words);
      this.length -= this.start;
      this.start = 0;
    }
    if (this.count + instructions > this.positions.length) {
      this.positions = this.moved(this.positions, this.startCount, this.count, instructions);
      this.count -= this.startCount;
      this.startCount = 0;
    }
  }

  /** The code so far; the builder starts anew. */
  finish(): Code {
    const code = new Code(this.words, this.start, this.length, this.positions, this.startCount, this.count);
    this.start = this.length;
    this.startCount = this.count;
    return code;
  }

  /** A new buffer with what lies from `start` up to `end`, and room for `more`. */
  private moved(
    array: Int32Array<ArrayBuffer>,
    start: number,
    end: number,
    more: number,
  ): Int32Array<ArrayBuffer> {
    const used = end - start;
    const size = Math.max(2 * used + more, Math.min(2 * array.length, CHUNK_WORDS));
    const position = this.count === 0 ? 0 : (this.positions[this.count - 1] as number);
    this.budget?.code(4 * size, position);
    const larger = withRoom(4 * size, 'instructions', position, () => new Int32Array(size));
    larger.set(array.subarray(start, end));
    return larger;
  }
}
