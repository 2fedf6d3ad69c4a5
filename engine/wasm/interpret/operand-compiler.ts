// The operands of a function while it is compiled: popping them into slots, settling them in their own.

import { F32, I32, isRef, V128, type ValType } from '../format/types.ts';
import type { Context } from '../validate/context.ts';
import { LoopConstants } from './loop-constants.ts';
import { type Entry, OperandEntries } from './operand-entries.ts';
import * as r from './register-ops.gen.ts';
import { RegisterWriter } from './register-writer.ts';

export class OperandCompiler extends RegisterWriter {
  readonly context: Context;
  readonly entries: OperandEntries;
  /** The decoded code that is compiled. */
  readonly words: Int32Array;

  protected readonly loopConstants: LoopConstants;
  /** Loops that are open. */
  protected loops = 0;

  /** Compiles `words`; slots below `base` are not operands. */
  constructor(context: Context, words: Int32Array, base: number) {
    super();
    this.context = context;
    this.words = words;
    this.loopConstants = new LoopConstants(words, base);
    this.entries = new OperandEntries(base + this.loopConstants.slots);
  }

  /** The slot that holds a constant all the time, or -1. */
  slotOfConstant(words: readonly number[]): number {
    return this.loops > 0 ? this.loopConstants.slotOf(words) : -1;
  }

  /** Copies a value of some type between slots. */
  private move(type: ValType, target: number, source: number): void {
    if (target === source) return;
    this.emitTo(isRef(type) ? r.R_move_ref : moveOf(type), target, source);
  }

  /** Puts a constant into a slot. */
  private constant(type: ValType, target: number, words: readonly number[]): void {
    if (isRef(type)) this.emitTo(r.R_null_ref, target);
    else this.constantWords(target, words);
  }

  /** Puts a number or vector into a slot. */
  protected constantWords(target: number, words: readonly number[]): void {
    if (words.length === 1) this.emitTo(r.R_const32, target, words[0] as number);
    else this.emitTo(words.length === 2 ? r.R_const64 : r.R_const128, target, ...words);
  }

  /** Puts an entry's value into a slot. */
  moveEntry(entry: Entry, target: number): void {
    if (entry.constant !== null) this.constant(entry.type, target, entry.constant);
    else this.move(entry.type, target, entry.slot);
  }

  /** Gives an entry its own slot. */
  settle(entry: Entry): void {
    if (entry.constant === null && entry.slot === entry.own) return;
    this.moveEntry(entry, entry.own);
    this.entries.settled(entry);
  }

  /** Settles the topmost entries, or all. */
  settleTop(count: number): void {
    const { list } = this.entries;
    for (let i = Math.max(0, list.length - count); i < list.length; i++) this.settle(list[i] as Entry);
  }
  settleAll(): void {
    const { entries } = this;
    this.settleTop(entries.list.length - entries.settledHeight);
    entries.settledHeight = entries.list.length;
  }

  /** Pops an operand and gives the slot it is in. */
  pop(): number {
    const entry = this.entries.pop();
    if (entry.constant === null) return entry.slot;
    const slot = isRef(entry.type) ? -1 : this.slotOfConstant(entry.constant);
    if (slot >= 0) return slot;
    this.settle(entry);
    return entry.slot;
  }

  /** The word of the topmost operand if it is a constant of one word, which is then popped. */
  popConstantWord(): number | null {
    const top = this.entries.top();
    if (top.constant === null || top.constant.length !== 1) return null;
    this.entries.pop();
    return top.constant[0] as number;
  }

  /** Pushes a result and gives its slot. */
  push(type: ValType): number {
    return this.entries.push(type).own;
  }

  /** Pops operands that lie in a row in their own slots, and gives the first slot. */
  popRow(count: number): number {
    this.settleTop(count);
    let slot = this.entries.nextSlot;
    for (let i = 0; i < count; i++) slot = this.entries.pop().own;
    return slot;
  }

  pushAll(types: readonly ValType[]): void {
    for (const type of types) this.entries.push(type);
  }

  /** The constant that the last instruction put into a slot above the stack, taken back; or null. */
  takeConstant(slot: number): number | null {
    const at = this.length - 3;
    if (this.lastConstant !== at || at < 0 || this.out[at] !== r.R_const32 || this.out[at + 1] !== slot)
      return null;
    if (slot < this.entries.nextSlot) return null;
    this.length = at;
    return this.out[at + 2] as number;
  }

  /** Where the constant operand of the last comparison begins; set by `noteConstant`. */
  private lastConstant = -1;

  /** Tells that the instruction emitted last is a constant operand of the comparison that comes next. */
  noteConstant(): void {
    this.lastConstant = this.length - 3;
  }
}

function moveOf(type: ValType): number {
  return type === V128 ? r.R_move128 : type === I32 || type === F32 ? r.R_move32 : r.R_move64;
}
