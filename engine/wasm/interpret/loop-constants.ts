// Constants that loops use as operands. Each gets a slot of the frame that holds it from the function's start on, so that
// the loop does not put it there again and again. Found by a pass over the code before it is compiled, because the slots
// lie below the operands; which of them are needed turns out while it is compiled.

import { immediateLength } from '../format/instruction-lookup.ts';
import * as op from '../format/opcodes.gen.ts';

export interface LoopConstant {
  /** Low first. */
  readonly words: readonly number[];
  slot: number;
  isUsed: boolean;
}

/** More are not kept: every call of the function puts all that are used into their slots. */
const MOST = 24;

const CONSTANT_WORDS = new Map([
  [op.OP_i32_const, 1],
  [op.OP_f32_const, 1],
  [op.OP_i64_const, 2],
  [op.OP_f64_const, 2],
  [op.OP_v128_const, 4],
  [op.OP_i8x16_shuffle, 4],
]);
const OPENS = new Set([op.OP_block, op.OP_loop, op.OP_if, op.OP_try, op.OP_try_table]);
/** What takes a constant as it is, or wants it in a slot of its own. */
const TAKES_ITSELF = new Set([
  op.OP_i32_add,
  op.OP_i32_sub,
  op.OP_i32_and,
  op.OP_i32_shl,
  op.OP_i32_shr_u,
  op.OP_local_set,
  op.OP_local_tee,
  op.OP_call,
  op.OP_end,
  op.OP_br,
]);

export class LoopConstants {
  private readonly byWords: ReadonlyMap<string, LoopConstant>;
  /** So many slots are theirs, from the one given on. */
  readonly slots: number;

  /** Those of decoded code, in slots from `first` on. */
  constructor(code: Int32Array, first: number) {
    this.byWords = new Map(mostUsed(code).map((constant) => [constant.words.join(), constant]));
    let slot = first;
    for (const constant of this.byWords.values()) {
      constant.slot = slot;
      slot += constant.words.length === 4 ? 2 : 1;
    }
    this.slots = slot - first;
  }

  /** The slot that holds a constant, or -1. It is used from now on. */
  slotOf(words: readonly number[]): number {
    if (this.slots === 0) return -1;
    const constant = this.byWords.get(words.join());
    if (constant === undefined) return -1;
    constant.isUsed = true;
    return constant.slot;
  }

  used(): LoopConstant[] {
    return [...this.byWords.values()].filter(({ isUsed }) => isUsed);
  }
}

/** Whether the constant is an operand of the instruction at `at`, and not one that needs a slot. */
function isTakenItself(code: Int32Array, at: number): boolean {
  const number = code[at] as number;
  if (TAKES_ITSELF.has(number)) return true;
  const isComparison = number >= op.OP_i32_eq && number <= op.OP_i32_ge_u;
  return isComparison && (code[at + 1] === op.OP_br_if || code[at + 1] === op.OP_if);
}

/** Constants in loops, those in inner loops first. */
function mostUsed(code: Int32Array): LoopConstant[] {
  const weights = new Map<string, { readonly constant: LoopConstant; weight: number }>();
  const openings: number[] = [];
  let loops = 0;
  for (let at = 0; at < code.length; at += 1 + immediateLength(code, at)) {
    const number = code[at] as number;
    if (OPENS.has(number)) {
      openings.push(number);
      if (number === op.OP_loop) loops++;
    } else if (number === op.OP_end || number === op.OP_delegate) {
      if (openings.pop() === op.OP_loop) loops--;
    }
    const count = loops > 0 ? CONSTANT_WORDS.get(number) : undefined;
    if (count === undefined) continue;
    if (number === op.OP_i32_const && isTakenItself(code, at + 2)) continue;
    const words = [...code.subarray(at + 1, at + 1 + count)];
    const key = words.join();
    const entry = weights.get(key) ?? { constant: { words, slot: -1, isUsed: false }, weight: 0 };
    weights.set(key, entry);
    entry.weight += 10 ** Math.min(loops, 6);
  }
  return [...weights.values()]
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST)
    .map(({ constant }) => constant);
}
