// The operand stack while code is compiled: what each entry is, not what it holds.

import { isRef, V128, type ValType } from '../format/types.ts';

/** Slots that a value of a type takes. */
export function slotsOf(type: ValType): number {
  return type === V128 ? 2 : 1;
}

export class Entry {
  readonly type: ValType;
  /** The slot that belongs to it. */
  readonly own: number;
  /** Where its value is, unless it is a constant. */
  slot: number;
  /** The local that it is an unchanged copy of, or -1. */
  local: number;
  /** Words of a constant, or null. */
  constant: readonly number[] | null;

  constructor(type: ValType, own: number, slot: number, local: number, constant: readonly number[] | null) {
    this.type = type;
    this.own = own;
    this.slot = slot;
    this.local = local;
    this.constant = constant;
  }
}

export class OperandEntries {
  readonly list: Entry[] = [];
  /** The entry that was popped last. */
  popped: Entry = new Entry(0, 0, 0, -1, null);
  /** The first slot above the stack. */
  nextSlot: number;
  maxSlot: number;
  hasRefs = false;
  /** So many entries at the bottom are in their own slots. */
  settledHeight = 0;
  private readonly base: number;
  private readonly uses = new Map<number, number>();

  constructor(base: number) {
    this.base = base;
    this.nextSlot = base;
    this.maxSlot = base;
  }

  top(): Entry {
    return this.list[this.list.length - 1] as Entry;
  }

  push(type: ValType): Entry {
    return this.add(type, this.nextSlot, -1, null);
  }

  pushLocal(type: ValType, slot: number, local: number): void {
    this.uses.set(local, this.usesOf(local) + 1);
    this.add(type, slot, local, null);
  }

  pushConstant(type: ValType, words: readonly number[]): void {
    this.add(type, -1, -1, words);
  }

  private add(type: ValType, slot: number, local: number, constant: readonly number[] | null): Entry {
    const entry = new Entry(type, this.nextSlot, slot, local, constant);
    this.list.push(entry);
    this.nextSlot += slotsOf(type);
    if (this.nextSlot > this.maxSlot) this.maxSlot = this.nextSlot;
    if (isRef(type)) this.hasRefs = true;
    return entry;
  }

  /** Makes the frame reach up to a slot. */
  reserve(end: number): void {
    if (end > this.maxSlot) this.maxSlot = end;
  }

  pop(): Entry {
    const entry = this.list.pop() as Entry;
    this.nextSlot = entry.own;
    if (this.settledHeight > this.list.length) this.settledHeight = this.list.length;
    if (entry.local >= 0) this.uses.set(entry.local, this.usesOf(entry.local) - 1);
    this.popped = entry;
    return entry;
  }

  /** The value of an entry has been put into its own slot. */
  settled(entry: Entry): void {
    if (entry.local >= 0) this.uses.set(entry.local, this.usesOf(entry.local) - 1);
    entry.local = -1;
    entry.constant = null;
    entry.slot = entry.own;
  }

  /** How many entries stand for a local. */
  usesOf(local: number): number {
    return this.uses.get(local) ?? 0;
  }

  truncate(height: number): void {
    while (this.list.length > height) this.pop();
    if (height === 0) this.nextSlot = this.base;
  }
}
