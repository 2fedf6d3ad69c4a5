// Register form: what the interpreter runs. One array of words; an instruction is its opcode and its operands
// (interpret/register-ops.ts). Registers are slots of the frame, counted from its base:
//
//   parameters | declared locals | operands of the stack, bottom first | scratch
//
// A slot has 8 bytes, a v128 takes two; references lie in a parallel array under the same number. Arguments of a call
// are the first slots of the callee's frame, and so are its results when it returns. Branch targets are absolute.

/** Where an exception goes that is thrown at a pc from `start` up to `end`. Inner handlers come first. */
export interface ExceptionHandler {
  readonly start: number;
  readonly end: number;
  /** `catch`: go to `target`. `delegate`: go on with the handlers whose depth is at most `depth`. */
  readonly kind: 'catch' | 'delegate';
  /** Index of the tag, or -1 for any. */
  readonly tag: number;
  /** Nesting of the block it belongs to; of a delegate, of the block it names. */
  readonly depth: number;
  target: number;
  /** Where the values of the exception go, from this slot on. */
  readonly slot: number;
  /** Where the exception itself goes, or -1. */
  readonly refSlot: number;
}

export class RegisterCode {
  readonly words: Int32Array;
  readonly paramSlots: number;
  /** All slots of a frame. */
  readonly frameSlots: number;
  /** Declared locals end here; they begin behind the parameters and start as zero. */
  readonly localsEnd: number;
  /** Whether slots of the frame may hold references. */
  readonly hasRefs: boolean;
  readonly handlers: readonly ExceptionHandler[];
  /** Where the words of each source instruction begin, and its position. */
  readonly pcs: Int32Array;
  readonly positions: Int32Array;

  constructor(
    words: Int32Array,
    layout: { paramSlots: number; frameSlots: number; localsEnd: number; hasRefs: boolean },
    handlers: readonly ExceptionHandler[],
    pcs: Int32Array,
    positions: Int32Array,
  ) {
    this.words = words;
    this.paramSlots = layout.paramSlots;
    this.frameSlots = layout.frameSlots;
    this.localsEnd = layout.localsEnd;
    this.hasRefs = layout.hasRefs;
    this.handlers = handlers;
    this.pcs = pcs;
    this.positions = positions;
  }

  /** Source position of the instruction at a pc. */
  positionOf(pc: number): number {
    let low = 0;
    let high = this.pcs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.pcs[middle] as number) <= pc) low = middle;
      else high = middle - 1;
    }
    return this.positions[low] ?? 0;
  }
}
