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

export interface Code {
  readonly words: Int32Array;
  /** Where each instruction begins in the source: a byte offset, or an index into the text. */
  readonly positions: Int32Array;
}

export const EMPTY_CODE: Code = { words: new Int32Array(0), positions: new Int32Array(0) };

export const BLOCK_NONE = 0;
export const BLOCK_VALUE = 1;
export const BLOCK_TYPE = 2;

export const CATCH = 0;
export const CATCH_REF = 1;
export const CATCH_ALL = 2;
export const CATCH_ALL_REF = 3;

/** Collects words; grows by itself. */
export class CodeBuilder {
  words = new Int32Array(64);
  length = 0;
  positions = new Int32Array(32);
  count = 0;

  /** Starts an instruction. */
  begin(op: number, position: number): void {
    if (this.count === this.positions.length) this.positions = grown(this.positions);
    this.positions[this.count++] = position;
    this.word(op);
  }

  word(word: number): void {
    if (this.length === this.words.length) this.words = grown(this.words);
    this.words[this.length++] = word;
  }

  /** The code so far; the builder starts anew. */
  finish(): Code {
    const code = {
      words: this.words.slice(0, this.length),
      positions: this.positions.slice(0, this.count),
    };
    this.length = 0;
    this.count = 0;
    return code;
  }
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
