// The stacks of the validation algorithm: operand types, and the blocks around. Behind an instruction that does not
// return, a block's stack is polymorphic and gives the bottom type for what is not there.
// https://webassembly.github.io/spec/core/appendix/algorithm.html
//
// The validator's loop reads and writes `types` and `height` itself for frequent instructions.
// hot

import { invalid, overLimit } from '../format/module-error.ts';
import { OP_if } from '../format/opcodes.gen.ts';
import { BOT, BOT_REF, I32, I64, isRef, resultTypeText, type ValType, valTypeText } from '../format/types.ts';
import type { Context } from './context.ts';

export const NO_TYPES: readonly ValType[] = [];

/** A block that is open. Frames are used again, so one that was closed holds until the next opens. */
export class ControlFrame {
  /** The instruction that opened it; `catch` and `catch_all` replace `try`, `else` replaces `if`. */
  op = 0;
  params: readonly ValType[] = NO_TYPES;
  results: readonly ValType[] = NO_TYPES;
  /** What a branch to it takes. */
  labelTypes: readonly ValType[] = NO_TYPES;
  height = 0;
  isUnreachable = false;
  /** How many locals had been set when it opened. */
  initHeight = 0;
}

export class OperandStack {
  readonly context: Context;
  /** Types up to `height`; what was popped stays behind it until it is overwritten, for messages. */
  readonly types: ValType[] = [];
  height = 0;
  /** The blocks that are open, up to `depth`, the innermost last. */
  readonly frames: ControlFrame[] = [];
  depth = 0;
  /** The innermost block. */
  top: ControlFrame = new ControlFrame();
  /** Height before the instruction at hand, for messages. */
  private before = 0;
  private position = 0;

  constructor(context: Context) {
    this.context = context;
  }

  reset(): void {
    this.height = 0;
    this.depth = 0;
  }

  /** Tells which instruction follows. */
  start(position: number): void {
    this.position = position;
    this.before = this.height;
  }

  push(type: ValType): void {
    this.types[this.height++] = type;
    if (this.height > this.context.limits.operands)
      overLimit(this.position, 'operands', this.context.limits.operands);
  }

  pushAll(types: readonly ValType[]): void {
    for (let i = 0; i < types.length; i++) this.types[this.height++] = types[i] as ValType;
    if (this.height > this.context.limits.operands)
      overLimit(this.position, 'operands', this.context.limits.operands);
  }

  /** Pops a value of some type; of `wanted` only the last is popped, the rest is for the message. */
  private popOne(type: ValType, wanted: readonly ValType[]): void {
    const { top } = this;
    if (this.height === top.height) {
      if (!top.isUnreachable) this.mismatch(wanted);
      return;
    }
    const actual = this.types[this.height - 1] as ValType;
    if (actual !== type && !this.context.registry.matches(actual, type)) this.mismatch(wanted);
    this.height--;
  }

  popAll(wanted: readonly ValType[]): void {
    for (let i = wanted.length - 1; i >= 0; i--) this.popOne(wanted[i] as ValType, wanted);
  }

  pop(type: ValType): void {
    const { height } = this;
    if (height > this.top.height && this.types[height - 1] === type) this.height = height - 1;
    else this.popAll([type]);
  }

  /** Pops values of some types and an i32 above them. */
  popBelowI32(types: readonly ValType[]): void {
    const { height } = this;
    if (types.length === 0 && height > this.top.height && this.types[height - 1] === I32)
      this.height = height - 1;
    else this.popAll([...types, I32]);
  }

  /** Pops whatever is there. */
  popAny(): ValType {
    const { types, top } = this;
    if (this.height > top.height) return types[--this.height] as ValType;
    if (!top.isUnreachable) this.mismatch([BOT]);
    return BOT;
  }

  /** The type `depth` below the top, bottom where the stack is polymorphic. */
  peek(depth: number): ValType {
    const at = this.height - 1 - depth;
    return at >= this.top.height ? (this.types[at] as ValType) : BOT;
  }

  /** Pops a reference of any type; the bottom reference where the stack is polymorphic. */
  popRef(): ValType {
    const type = this.popAny();
    if (type === BOT) return BOT_REF;
    if (!isRef(type))
      invalid(
        this.position,
        'typeMismatch',
        `instruction requires reference type but stack has ${valTypeText(type)}`,
      );
    return type;
  }

  /** Checks that the operands on top are what is wanted, and leaves them. */
  check(wanted: readonly ValType[]): void {
    const { types, top, context } = this;
    const missing = wanted.length - (this.height - top.height);
    if (missing > 0 && !top.isUnreachable) this.mismatch(wanted);
    for (let i = Math.max(0, missing); i < wanted.length; i++) {
      const actual = types[this.height - wanted.length + i] as ValType;
      if (!context.registry.matches(actual, wanted[i] as ValType)) this.mismatch(wanted);
    }
  }

  open(
    op: number,
    params: readonly ValType[],
    results: readonly ValType[],
    isLoop: boolean,
    initHeight: number,
  ): void {
    const { nesting } = this.context.limits;
    const { frames, depth } = this;
    if (depth > nesting) overLimit(this.position, 'nesting of blocks', nesting);
    if (depth === frames.length) frames.push(new ControlFrame());
    const frame = frames[depth] as ControlFrame;
    frame.op = op;
    frame.params = params;
    frame.results = results;
    frame.labelTypes = isLoop ? params : results;
    frame.height = this.height;
    frame.isUnreachable = false;
    frame.initHeight = initHeight;
    this.depth = depth + 1;
    this.top = frame;
    if (params.length > 0) this.pushAll(params);
  }

  /** Ends the innermost block's instructions: the results and nothing else must be there. */
  finishBody(): ControlFrame {
    const { top, types } = this;
    const end = this.height;
    this.popAll(top.results);
    if (this.height !== top.height)
      invalid(
        this.position,
        'blockMismatch',
        resultTypeText(top.results),
        resultTypeText(types.slice(top.height, end)),
      );
    return top;
  }

  close(): ControlFrame {
    const frame = this.finishBody();
    this.depth--;
    if (this.depth > 0) this.top = this.frames[this.depth - 1] as ControlFrame;
    return frame;
  }

  /**
   * Closes the innermost block if nothing has to be converted: it is not the function's, and leaves at most one result,
   * of just its type. False, with nothing changed, if that is not so.
   */
  closePlain(initHeight: number): boolean {
    const { top, depth, height } = this;
    const { results } = top;
    const count = results.length;
    if (depth < 2 || count > 1 || height !== top.height + count || top.initHeight !== initHeight)
      return false;
    if (count === 1 && (this.types[height - 1] !== results[0] || top.op === OP_if)) return false;
    if (top.params.length > 0) return false;
    this.depth = depth - 1;
    this.top = this.frames[depth - 2] as ControlFrame;
    return true;
  }

  /** What follows is never reached. */
  unreachable(): void {
    const { top } = this;
    this.height = top.height;
    top.isUnreachable = true;
  }

  /** The block a label means. */
  label(index: number): ControlFrame {
    if (index < 0 || index >= this.depth) invalid(this.position, 'unknown', 'label', String(index >>> 0));
    return this.frames[this.depth - 1 - index] as ControlFrame;
  }

  private mismatch(wanted: readonly ValType[]): never {
    const end = Math.max(this.before, this.height);
    const shown = this.types.slice(Math.max(this.top.height, end - wanted.length), end);
    invalid(this.position, 'stackMismatch', resultTypeText(wanted), resultTypeText(shown));
  }
}

/** The type of addresses and sizes of a table or memory. */
export function addressType({ is64 }: { readonly is64: boolean }): ValType {
  return is64 ? I64 : I32;
}
