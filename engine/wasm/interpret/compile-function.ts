// From decoded, valid code to register form, in one pass. Operands are not copied where they can be used in place: an
// entry of the operand stack is its own slot, a local that has not been written since, or a constant. Entries get into
// their own slots where control flow joins and where calls want them. Comparisons melt into the branch that follows.
//
// Invariant: the own slot of an entry lies above the own slots of the entries below it, and above all locals.

import { BLOCK_NONE, BLOCK_VALUE, CATCH, CATCH_REF, type Code } from '../format/code.ts';
import { immediateLength } from '../format/instruction-lookup.ts';
import * as op from '../format/opcodes.gen.ts';
import { EXNREF, type FuncType, isRef, type ValType } from '../format/types.ts';
import type { FuncCode } from '../runtime/instances.ts';
import { type ExceptionHandler, RegisterCode } from '../runtime/register-code.ts';
import type { Context } from '../validate/context.ts';
import { compileInstruction } from './compile-instruction.ts';
import { type Condition, comparisonOf, constantForm, negated } from './conditions.ts';
import { OperandCompiler } from './operand-compiler.ts';
import { type Entry, slotsOf } from './operand-entries.ts';
import * as r from './register-ops.gen.ts';

interface Block {
  readonly op: number;
  readonly params: readonly ValType[];
  readonly results: readonly ValType[];
  /** Entries below its parameters, and the slot where those begin. */
  readonly height: number;
  readonly baseSlot: number;
  /** Of a loop, where branches go. */
  readonly loopPc: number;
  /** Words to be set to the pc of the end. */
  readonly exits: number[];
  /** Of an `if`, the word for the pc of the `else`. */
  elseWord: number;
  /** Where the body of a try begins and ends. */
  readonly startPc: number;
  endPc: number;
  /** Of a legacy catch, the slot with the exception. */
  caughtSlot: number;
  /** Clauses of a try_table, as words of its code; -1 if it is none. */
  readonly catchesAt: number;
}

/** Compiles a defined function of a valid module. */
export function compileFunction({ valid, func }: FuncCode): RegisterCode {
  const { context } = valid;
  const type = context.registry.get(context.types[func.typeidx] as number).comp as FuncType;
  const locals = func.locals.map((local) => context.valType(local, func.position));
  return new FunctionCompiler(context, type, locals, func.code).compile();
}

/** Compiles a constant expression as a function without parameters. */
export function compileConstant(context: Context, code: Code, type: ValType): RegisterCode {
  return new FunctionCompiler(context, { kind: 'func', params: [], results: [type] }, [], code).compile();
}

export class FunctionCompiler extends OperandCompiler {
  private readonly positionsOfCode: Int32Array;
  private readonly type: FuncType;
  private readonly localTypes: readonly ValType[];
  private readonly localSlots: number[] = [];
  private readonly localsEnd: number;
  private readonly blocks: Block[] = [];
  private readonly handlers: ExceptionHandler[] = [];
  /** Nesting of blocks that are skipped because nothing reaches them, 0 in code that is reached. */
  private skipped = 0;
  private isDead = false;

  constructor(context: Context, type: FuncType, locals: readonly ValType[], code: Code) {
    const localTypes = [...type.params, ...locals];
    // Results lie where parameters do.
    super(context, code.words, Math.max(slotsOfAll(localTypes), slotsOfAll(type.results)));
    this.positionsOfCode = code.positions;
    this.type = type;
    this.localTypes = localTypes;
    let slot = 0;
    for (const local of localTypes) {
      this.localSlots.push(slot);
      slot += slotsOf(local);
    }
    this.localsEnd = slot;
  }

  compile(): RegisterCode {
    const { words } = this;
    const positions = this.positionsOfCode;
    // The start puts constants of loops into their slots, as it turns out at the end.
    const hasConstants = this.loopConstants.slots > 0;
    if (hasConstants) this.emit(r.R_jump, 0);
    this.openBlock(op.OP_block, [], this.type.results, -1);
    for (let at = 0, count = 0; at < words.length; at += 1 + immediateLength(words, at), count++) {
      this.mark(positions[count] as number);
      this.instruction(words[at] as number, at);
    }
    if (hasConstants) this.finishStart();
    const paramSlots = slotsOfAll(this.type.params);
    const { maxSlot, hasRefs } = this.entries;
    return new RegisterCode(
      this.out.slice(0, this.length),
      {
        paramSlots,
        frameSlots: maxSlot,
        localsEnd: this.localsEnd,
        hasRefs: hasRefs || this.localTypes.some(isRef) || this.type.results.some(isRef),
      },
      this.handlers,
      Int32Array.from(this.pcs),
      Int32Array.from(this.positions),
    );
  }

  /** The start of a function whose loops use constants. */
  private finishStart(): void {
    const body = 2;
    const used = this.loopConstants.used();
    this.out[1] = used.length > 0 ? this.length : body;
    if (used.length === 0) return;
    for (const { slot, words } of used) this.constantWords(slot, words);
    this.emit(r.R_jump, body);
  }

  // Instructions.

  private instruction(number: number, at: number): void {
    if (this.isDead && this.skip(number)) return;
    const first = this.words[at + 1] as number;
    switch (number) {
      case op.OP_nop:
        return;
      case op.OP_block:
      case op.OP_try:
      case op.OP_try_table: {
        const { params, results } = this.blockType(at + 1);
        this.settleAll();
        this.openBlock(number, params, results, number === op.OP_try_table ? at + 3 : -1);
        return;
      }
      case op.OP_loop: {
        const { params, results } = this.blockType(at + 1);
        this.settleAll();
        this.openBlock(number, params, results, -1);
        this.loops++;
        this.emit(r.R_charge);
        return;
      }
      case op.OP_if: {
        const { params, results } = this.blockType(at + 1);
        const condition = this.condition();
        this.settleAll();
        this.openBlock(number, params, results, -1);
        this.top.elseWord = this.jumpIf(negated(condition));
        return;
      }
      case op.OP_else:
        this.else();
        return;
      case op.OP_catch:
      case op.OP_catch_all:
        this.catch(number === op.OP_catch ? first : -1);
        return;
      case op.OP_delegate:
        this.delegate(first);
        return;
      case op.OP_end:
        this.end();
        return;
      case op.OP_br:
        this.branch(first);
        this.die();
        return;
      case op.OP_br_if:
        this.branchIf(first, this.condition());
        return;
      case op.OP_br_table:
        this.branchTable(at + 1);
        this.die();
        return;
      case op.OP_return:
        this.return();
        this.die();
        return;
      case op.OP_rethrow:
        this.emit(r.R_throw_ref, this.label(first).caughtSlot);
        this.die();
        return;
      case op.OP_drop:
        this.entries.pop();
        return;
      case op.OP_local_get: {
        const type = this.localTypes[first] as ValType;
        this.entries.pushLocal(type, this.localSlots[first] as number, first);
        return;
      }
      case op.OP_local_set:
        this.localSet(first);
        return;
      case op.OP_local_tee:
        this.localSet(first);
        this.entries.pushLocal(this.localTypes[first] as ValType, this.localSlots[first] as number, first);
        return;
      case op.OP_br_on_null: {
        // It stays in its slot on the way that does not branch.
        this.settleTop(1);
        const { type, own } = this.entries.pop();
        this.branchOn(first, () => this.emit(r.R_jump_if_null, own, 0));
        this.entries.push(type);
        return;
      }
      case op.OP_br_on_non_null: {
        this.settleTop(1);
        const slot = this.entries.top().own;
        this.branchOn(first, () => this.emit(r.R_jump_unless_null, slot, 0));
        this.entries.pop();
        return;
      }
      case op.OP_br_on_cast:
      case op.OP_br_on_cast_fail:
      case op.OP_br_on_cast_desc_eq:
      case op.OP_br_on_cast_desc_eq_fail:
        this.branchOnCast(number, at);
        return;
      default:
        if (compileInstruction(this, number, at)) this.die();
    }
  }

  /** In code that nothing reaches: true if the instruction is to be skipped. */
  private skip(number: number): boolean {
    switch (number) {
      case op.OP_block:
      case op.OP_loop:
      case op.OP_if:
      case op.OP_try:
      case op.OP_try_table:
        this.skipped++;
        return true;
      case op.OP_end:
      case op.OP_delegate:
        if (this.skipped === 0) return false;
        this.skipped--;
        return true;
      case op.OP_else:
      case op.OP_catch:
      case op.OP_catch_all:
        return this.skipped > 0;
      default:
        return true;
    }
  }

  /** What follows is not reached. */
  private die(): void {
    this.isDead = true;
    this.skipped = 0;
    this.lastWriter = -1;
  }

  private get top(): Block {
    return this.blocks[this.blocks.length - 1] as Block;
  }

  private label(index: number): Block {
    return this.blocks[this.blocks.length - 1 - index] as Block;
  }

  private blockType(at: number): { params: readonly ValType[]; results: readonly ValType[] } {
    const value = this.words[at + 1] as number;
    if (this.words[at] === BLOCK_NONE) return { params: [], results: [] };
    if (this.words[at] === BLOCK_VALUE) return { params: [], results: [this.context.valType(value, 0)] };
    return this.context.funcType(value, 0);
  }

  /** Opens a block whose parameters are the topmost entries, settled. */
  private openBlock(
    number: number,
    params: readonly ValType[],
    results: readonly ValType[],
    catchesAt: number,
  ): void {
    const height = this.entries.list.length - params.length;
    const first = this.entries.list[height];
    this.lastWriter = -1;
    this.blocks.push({
      op: number,
      params,
      results,
      height,
      baseSlot: first?.own ?? this.entries.nextSlot,
      loopPc: this.length,
      exits: [],
      elseWord: -1,
      startPc: this.length,
      endPc: -1,
      caughtSlot: -1,
      catchesAt,
    });
  }

  private else(): void {
    const { top } = this;
    this.finishArm(top);
    this.out[top.elseWord] = this.length;
    top.elseWord = -1;
    this.startArm(top);
    this.pushAll(top.params);
  }

  /** The end of one way through a block: its results go where they belong, and control behind the block. */
  private finishArm(block: Block): void {
    if (this.isDead) return;
    this.moveResults(block.results, block.baseSlot);
    this.emit(r.R_jump, 0);
    block.exits.push(this.length - 1);
  }

  /** The start of another way, with nothing of the block on the stack. */
  private startArm(block: Block): void {
    this.isDead = false;
    this.lastWriter = -1;
    this.entries.truncate(block.height);
  }

  private end(): void {
    const block = this.blocks.pop() as Block;
    if (block.op === op.OP_loop) this.loops--;
    const isFunction = this.blocks.length === 0;
    if (isFunction) {
      if (!this.isDead) this.return();
      this.patch(block.exits);
      return;
    }
    const hasStubs = block.catchesAt >= 0;
    if (block.endPc < 0) block.endPc = this.length;
    if (!this.isDead) this.moveResults(block.results, block.baseSlot);
    if (hasStubs) {
      block.endPc = this.length;
      if (!this.isDead) {
        this.emit(r.R_jump, 0);
        block.exits.push(this.length - 1);
      }
      this.catchStubs(block);
    }
    if (block.elseWord >= 0) this.out[block.elseWord] = this.length;
    const isReached = !this.isDead || block.exits.length > 0 || block.elseWord >= 0;
    this.patch(block.exits);
    this.startArm(block);
    if (isReached) this.pushAll(block.results);
    else this.die();
  }

  private patch(exits: readonly number[]): void {
    for (const word of exits) this.out[word] = this.length;
  }

  /** Moves the topmost entries to slots in a row from `target` on, which lies at or below their own. */
  private moveResults(types: readonly ValType[], target: number): void {
    const { list } = this.entries;
    let slot = target;
    for (let i = list.length - types.length; i < list.length; i++) {
      const entry = list[i] as Entry;
      this.moveEntry(entry, slot);
      slot += slotsOf(entry.type);
    }
    this.lastWriter = -1;
  }

  /** Moves results to where the caller finds them and returns. */
  private return(): void {
    const { results } = this.type;
    // Locals may lie where other results go.
    if (results.length > 1) this.settleTop(results.length);
    this.moveResults(results, 0);
    this.emit(r.R_return);
  }

  private localSet(index: number): void {
    const { entries } = this;
    const slot = this.localSlots[index] as number;
    const value = entries.pop();
    const { lastWriter } = this;
    let wasUsed = false;
    // Whoever still means the old value gets it now.
    if (entries.usesOf(index) > 0)
      for (let i = entries.settledHeight; i < entries.list.length; i++) {
        const entry = entries.list[i] as Entry;
        if (entry.local !== index) continue;
        this.settle(entry);
        wasUsed = true;
      }
    if (value.local === index) return;
    const isFresh = value.constant === null && value.slot === value.own && value.local < 0;
    // The instruction that made the value may as well write the local.
    if (isFresh && !wasUsed && lastWriter >= 0 && this.out[lastWriter + 1] === value.own) {
      this.out[lastWriter + 1] = slot;
      this.lastWriter = -1;
    } else {
      this.moveEntry(value, slot);
      this.lastWriter = -1;
    }
  }

  // Branches.

  /** Whether the values that a label takes lie where it takes them. */
  private isInPlace(block: Block): boolean {
    if (this.blocks[0] === block) return false;
    const types = block.op === op.OP_loop ? block.params : block.results;
    const { list } = this.entries;
    let slot = block.baseSlot;
    for (let i = list.length - types.length; i < list.length; i++) {
      const entry = list[i] as Entry;
      if (entry.constant !== null || entry.slot !== slot) return false;
      slot += slotsOf(entry.type);
    }
    return true;
  }

  /** Branches with the topmost entries, which stay on the stack. */
  private branch(index: number): void {
    const block = this.label(index);
    if (this.blocks[0] === block) {
      this.return();
      return;
    }
    this.moveResults(block.op === op.OP_loop ? block.params : block.results, block.baseSlot);
    this.emit(r.R_jump, 0);
    this.target(block, this.length - 1);
  }

  /** Sets the word of a branch's target, now or when it is known. */
  private target(block: Block, word: number): void {
    if (block.op === op.OP_loop) this.out[word] = block.loopPc;
    else block.exits.push(word);
  }

  private branchIf(index: number, condition: Condition): void {
    const block = this.label(index);
    if (this.isInPlace(block)) {
      this.target(block, this.jumpIf(condition));
      return;
    }
    this.settleConstants(block);
    const over = this.jumpIf(negated(condition));
    this.branch(index);
    this.out[over] = this.length;
    this.lastWriter = -1;
  }

  /**
   * What a branch moves must not be changed by it for the way that does not branch. Only a return moves entries about
   * in their own slots, so those of several results are settled before the ways part.
   */
  private settleConstants(block: Block): void {
    if (this.blocks[0] === block && block.results.length > 1) this.settleTop(block.results.length);
  }

  /**
   * A branch of an instruction that jumps by itself: `jump` emits it with its target as the last word. It jumps to the
   * label if the values are in place, else to code that moves them.
   */
  private branchOn(index: number, jump: () => void): void {
    const block = this.label(index);
    if (this.isInPlace(block)) {
      jump();
      this.target(block, this.length - 1);
      return;
    }
    this.settleConstants(block);
    jump();
    const taken = this.length - 1;
    this.emit(r.R_jump, 0);
    const over = this.length - 1;
    this.out[taken] = this.length;
    this.branch(index);
    this.out[over] = this.length;
    this.lastWriter = -1;
  }

  private branchOnCast(number: number, at: number): void {
    const hasDescriptor = number === op.OP_br_on_cast_desc_eq || number === op.OP_br_on_cast_desc_eq_fail;
    const isFail = number === op.OP_br_on_cast_fail || number === op.OP_br_on_cast_desc_eq_fail;
    const type = this.context.valType(this.words[at + 3] as number, 0);
    const from = this.context.valType(this.words[at + 2] as number, 0);
    const descriptor = hasDescriptor ? this.pop() : -1;
    // The value stays in its slot on both ways.
    this.settleTop(1);
    const slot = this.entries.top().own;
    const operands = hasDescriptor ? [slot, descriptor, type] : [slot, type];
    const opcode = hasDescriptor
      ? isFail
        ? r.R_jump_unless_cast_desc
        : r.R_jump_if_cast_desc
      : isFail
        ? r.R_jump_unless_cast
        : r.R_jump_if_cast;
    this.branchOn(this.words[at + 1] as number, () => this.emit(opcode, ...operands, 0));
    this.entries.pop();
    this.entries.push(isFail ? type : from);
  }

  private branchTable(at: number): void {
    const count = this.words[at] as number;
    const slot = this.pop();
    this.settleAll();
    this.emit(r.R_jump_table, slot, count);
    const first = this.length;
    for (let i = 0; i <= count; i++) this.word(0);
    /** Code that moves values and branches, by label. */
    const stubs = new Map<number, number>();
    for (let i = 0; i <= count; i++) {
      const index = this.words[at + 1 + i] as number;
      const block = this.label(index);
      if (this.isInPlace(block)) {
        this.target(block, first + i);
        continue;
      }
      let stub = stubs.get(index);
      if (stub === undefined) {
        stub = this.length;
        stubs.set(index, stub);
        this.branch(index);
      }
      this.out[first + i] = stub;
    }
  }

  /** Takes the condition from the stack; a comparison that was just emitted is taken back. */
  private condition(): Condition {
    const { lastWriter, out } = this;
    const entry = this.entries.pop();
    const isFresh = entry.constant === null && entry.slot === entry.own && entry.local < 0;
    if (isFresh && lastWriter >= 0 && out[lastWriter + 1] === entry.own) {
      const comparison = comparisonOf(out[lastWriter] as number);
      if (comparison !== null) {
        const a = out[lastWriter + 2] as number;
        const b = comparison.isUnary ? 0 : (out[lastWriter + 3] as number);
        this.length = lastWriter;
        this.lastWriter = -1;
        if (comparison.isUnary) return { kind: 'slot', slot: a, isNegated: true };
        const [x, y] = comparison.isSwapped ? [b, a] : [a, b];
        return { kind: 'compare', comparison: comparison.jump, a: x, b: y, isConstant: false };
      }
    }
    if (entry.constant !== null) this.settle(entry);
    return { kind: 'slot', slot: entry.slot, isNegated: false };
  }

  /** Emits a jump and gives the word of its target. */
  private jumpIf(condition: Condition): number {
    if (condition.kind === 'slot')
      this.emit(condition.isNegated ? r.R_jump_unless : r.R_jump_if, condition.slot, 0);
    else {
      // A constant that was put into a slot just for the comparison is compared with as it is.
      const form = constantForm(condition.comparison);
      const constant = form === null ? null : this.takeConstant(condition.b);
      if (form === null || constant === null) this.emit(condition.comparison, condition.a, condition.b, 0);
      else this.emit(form, condition.a, constant, 0);
    }
    return this.length - 1;
  }

  // Exceptions.

  /** Ends the body or a catch of a legacy try and begins a catch. */
  private catch(tag: number): void {
    const { top } = this;
    if (top.endPc < 0) top.endPc = this.length;
    this.finishArm(top);
    this.startArm(top);
    const caught = this.entries.push(EXNREF);
    top.caughtSlot = caught.own;
    this.handlers.push({
      start: top.startPc,
      end: top.endPc,
      kind: 'catch',
      tag,
      depth: this.blocks.length - 1,
      target: this.length,
      slot: this.entries.nextSlot,
      refSlot: caught.own,
    });
    if (tag >= 0) this.pushAll(this.context.tag(tag, 0).params);
  }

  private delegate(label: number): void {
    const block = this.top;
    this.handlers.push({
      start: block.startPc,
      end: this.length,
      kind: 'delegate',
      tag: -1,
      depth: this.blocks.length - 2 - label,
      target: 0,
      slot: 0,
      refSlot: -1,
    });
    this.end();
  }

  /** For each clause of a try_table: a handler, and code that branches to its label with what was thrown. */
  private catchStubs(block: Block): void {
    const wasDead = this.isDead;
    const count = this.words[block.catchesAt] as number;
    for (let i = 0, at = block.catchesAt + 1; i < count; i++, at += 3) {
      const kind = this.words[at] as number;
      const tag = kind === CATCH || kind === CATCH_REF ? (this.words[at + 1] as number) : -1;
      this.startArm(block);
      const slot = this.entries.nextSlot;
      if (tag >= 0) this.pushAll(this.context.tag(tag, 0).params);
      const refSlot = kind === CATCH || kind === 2 ? -1 : this.entries.push(EXNREF).own;
      this.handlers.push({
        start: block.startPc,
        end: block.endPc,
        kind: 'catch',
        tag,
        depth: this.blocks.length,
        target: this.length,
        slot,
        refSlot,
      });
      this.branch(this.words[at + 2] as number);
    }
    this.isDead = wasDead;
  }
}

function slotsOfAll(types: readonly ValType[]): number {
  return types.reduce((sum, type) => sum + slotsOf(type), 0);
}
