// The words of register code while they are written.

export class RegisterWriter {
  out: Int32Array = new Int32Array(64);
  length = 0;
  /** Where the words of each source instruction begin, and its position. */
  readonly pcs: number[] = [];
  readonly positions: number[] = [];
  /** Where the last instruction begins, if its first operand is the one slot it writes; else -1. */
  lastWriter = -1;

  /** Tells where the source instruction stands whose words come next. */
  mark(position: number): void {
    const { pcs, positions } = this;
    // Nothing was emitted for the instruction before, or it was taken back.
    while (pcs.length > 0 && (pcs[pcs.length - 1] as number) >= this.length) {
      pcs.pop();
      positions.pop();
    }
    pcs.push(this.length);
    positions.push(position);
  }

  get pc(): number {
    return this.length;
  }

  word(word: number): void {
    if (this.length === this.out.length) {
      const larger = new Int32Array(this.out.length * 2);
      larger.set(this.out);
      this.out = larger;
    }
    this.out[this.length++] = word;
  }

  /** An instruction that writes no slot, or several. */
  emit(opcode: number, ...operands: readonly number[]): void {
    this.lastWriter = -1;
    this.word(opcode);
    for (const operand of operands) this.word(operand);
  }

  /** An instruction whose first operand is the one slot it writes. */
  emitTo(opcode: number, slot: number, ...operands: readonly number[]): void {
    this.lastWriter = this.length;
    this.word(opcode);
    this.word(slot);
    for (const operand of operands) this.word(operand);
  }
}
