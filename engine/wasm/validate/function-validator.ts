// Validation of instruction sequences in one pass over their words: function bodies and constant expressions. Most
// instructions have their type in the table; the others have a rule in reference-rules.ts or here. In bodies the loop of
// validate-body.ts does what is frequent.
// https://webassembly.github.io/spec/core/valid/instructions.html

import { BLOCK_NONE, BLOCK_VALUE, CATCH, CATCH_ALL, CATCH_REF, type Code } from '../format/code.ts';
import { immediateLength } from '../format/instruction-lookup.ts';
import { ADDRESS, type InstructionRow, instructionRows } from '../format/instructions.ts';
import { invalid } from '../format/module-error.ts';
import * as op from '../format/opcodes.gen.ts';
import {
  BOT,
  FUNCREF,
  type FuncType,
  HEAP_EXN,
  I32,
  isDefaultable,
  isNumberOrVector,
  isRef,
  refType,
  resultTypeText,
  type ValType,
  valTypeText,
} from '../format/types.ts';
import { checkConstant } from './constant-expressions.ts';
import type { Context } from './context.ts';
import { addressType, NO_TYPES, OperandStack } from './operand-stack.ts';
import { type RuleState, validateReferenceInstruction } from './reference-rules.ts';
import { validateBody } from './validate-body.gen.ts';

const EXN_REF = refType(HEAP_EXN, false);
const I32_TYPES: readonly ValType[] = [I32];

export class FunctionValidator implements RuleState {
  readonly context: Context;
  readonly stack: OperandStack;
  /** Types of the locals, up to `localCount`. */
  readonly locals: ValType[] = [];
  private localCount = 0;
  /** Locals without a default that are not set yet; empty if there are none. */
  private readonly isUnset: boolean[] = [];
  /** Locals set so far, so that the end of a block can forget those it set. */
  readonly setLocals: number[] = [];
  results: readonly ValType[] = NO_TYPES;
  words: Int32Array = new Int32Array(0);
  position = 0;

  constructor(context: Context) {
    this.context = context;
    this.stack = new OperandStack(context);
  }

  /** A function body. Throws a ModuleError. */
  body(type: FuncType, declared: readonly ValType[], code: Code, position: number): void {
    const { params } = type;
    const { locals, isUnset } = this;
    let count = 0;
    for (let i = 0; i < params.length; i++) locals[count++] = params[i] as ValType;
    let hasUnset = false;
    for (let i = 0; i < declared.length; i++) {
      const local = declared[i] as ValType;
      locals[count++] = isRef(local) ? this.context.valType(local, position) : local;
      if (isRef(local) && !isDefaultable(local)) hasUnset = true;
    }
    this.localCount = count;
    isUnset.length = 0;
    if (hasUnset)
      for (let i = 0; i < count; i++)
        isUnset.push(i >= params.length && !isDefaultable(locals[i] as ValType));
    this.begin(code.words, type.results);
    validateBody(this, code, hasUnset ? 0 : count);
  }

  /** A constant expression of some type. Throws a ModuleError. */
  constant({ words, positions }: Code, type: ValType): void {
    this.localCount = 0;
    this.begin(words, [type]);
    for (let at = 0, count = 0; at < words.length; at += 1 + immediateLength(words, at), count++) {
      const position = positions[count] as number;
      checkConstant(this.context, words, at, position);
      this.general(at, position);
    }
  }

  private begin(words: Int32Array, results: readonly ValType[]): void {
    const { stack } = this;
    this.words = words;
    this.results = results;
    this.setLocals.length = 0;
    stack.reset();
    stack.open(op.OP_block, NO_TYPES, results, false, 0);
  }

  /** The instruction at `words[at]` by its rule. */
  general(at: number, position: number): void {
    this.position = position;
    this.stack.start(position);
    this.instruction(at);
  }

  private instruction(at: number): void {
    const number = this.words[at] as number;
    const row = instructionRows[number] as InstructionRow;
    if (row.params !== null) this.typed(row, at);
    else if (!this.control(number, at)) validateReferenceInstruction(this, number, at);
  }

  /** An instruction whose type is in the table. */
  private typed(row: InstructionRow, at: number): void {
    const { stack } = this;
    const params = row.params as readonly ValType[];
    switch (row.immediates) {
      case 'none':
        stack.popAll(params);
        stack.pushAll(row.results);
        return;
      case 'memarg':
      case 'memargLane': {
        const address = this.memarg(row, at);
        if (row.immediates === 'memargLane') this.lane(this.words[at + 5] as number, 16 >> row.align);
        this.withAddress(row, address);
        return;
      }
      case 'memory':
        this.withAddress(row, addressType(this.context.memory(this.words[at + 1] as number, this.position)));
        return;
      case 'lane':
        this.lane(this.words[at + 1] as number, lanesOf(row.name));
        break;
      case 'shuffle':
        for (let i = 0; i < 16; i++)
          this.lane(((this.words[at + 1 + (i >> 2)] as number) >>> (8 * (i & 3))) & 0xff, 32);
        break;
      case 'data':
        this.context.data(this.words[at + 1] as number, this.position);
        break;
      case 'elem':
        this.context.elem(this.words[at + 1] as number, this.position);
    }
    stack.popAll(params);
    stack.pushAll(row.results);
  }

  private withAddress(row: InstructionRow, address: ValType): void {
    const resolve = (types: readonly ValType[]): ValType[] =>
      types.map((type) => (type === ADDRESS ? address : type));
    this.stack.popAll(resolve(row.params as readonly ValType[]));
    this.stack.pushAll(resolve(row.results));
  }

  private memarg(row: InstructionRow, at: number): ValType {
    const memory = this.context.memory(this.words[at + 1] as number, this.position);
    const align = this.words[at + 2] as number;
    if (align > row.align) invalid(this.position, 'alignment');
    if (row.feature === 'threads' && align !== row.align) invalid(this.position, 'atomicAlignment');
    if (!memory.is64 && this.words[at + 4] !== 0) invalid(this.position, 'offsetRange');
    return addressType(memory);
  }

  private lane(lane: number, count: number): void {
    if (lane >= count) invalid(this.position, 'laneIndex');
  }

  /** Types of a block. */
  private blockType(at: number): { params: readonly ValType[]; results: readonly ValType[] } {
    const kind = this.words[at];
    const value = this.words[at + 1] as number;
    if (kind === BLOCK_NONE) return { params: NO_TYPES, results: NO_TYPES };
    if (kind === BLOCK_VALUE)
      return { params: NO_TYPES, results: [this.context.valType(value, this.position)] };
    if (!this.context.features.multiValue) invalid(this.position, 'resultArity');
    return this.context.funcType(value, this.position);
  }

  private open(number: number, at: number): void {
    const { params, results } = this.blockType(at);
    this.stack.popAll(params);
    this.stack.open(number, params, results, number === op.OP_loop, this.setLocals.length);
  }

  /** Forgets which locals the innermost block has set. */
  private forgetLocals(height: number): void {
    while (this.setLocals.length > height) this.isUnset[this.setLocals.pop() as number] = true;
  }

  /** Control, variables, and what else is not about references; false if it is. */
  private control(number: number, at: number): boolean {
    const { stack, context, position } = this;
    const first = this.words[at + 1] as number;
    switch (number) {
      case op.OP_unreachable:
        stack.unreachable();
        return true;
      case op.OP_block:
      case op.OP_loop:
      case op.OP_try:
        this.open(number, at + 1);
        return true;
      case op.OP_if: {
        const { params } = this.blockType(at + 1);
        stack.popBelowI32(params);
        stack.pushAll(params);
        this.open(number, at + 1);
        return true;
      }
      case op.OP_try_table:
        this.catches(at + 1);
        this.open(number, at + 1);
        return true;
      case op.OP_else: {
        const frame = stack.finishBody();
        this.forgetLocals(frame.initHeight);
        frame.op = number;
        frame.isUnreachable = false;
        stack.pushAll(frame.params);
        return true;
      }
      case op.OP_catch:
      case op.OP_catch_all: {
        const frame = stack.finishBody();
        this.forgetLocals(frame.initHeight);
        frame.op = number;
        frame.isUnreachable = false;
        if (number === op.OP_catch) stack.pushAll(context.tag(first, position).params);
        return true;
      }
      case op.OP_delegate: {
        const frame = stack.close();
        this.forgetLocals(frame.initHeight);
        stack.label(first);
        stack.pushAll(frame.results);
        return true;
      }
      case op.OP_end:
        this.end();
        return true;
      case op.OP_throw:
        stack.popAll(context.tag(first, position).params);
        stack.unreachable();
        return true;
      case op.OP_rethrow: {
        const frame = stack.label(first);
        if (frame.op !== op.OP_catch && frame.op !== op.OP_catch_all) invalid(position, 'rethrowLabel');
        stack.unreachable();
        return true;
      }
      case op.OP_br:
        stack.popAll(stack.label(first).labelTypes);
        stack.unreachable();
        return true;
      case op.OP_br_if: {
        const { labelTypes } = stack.label(first);
        stack.popBelowI32(labelTypes);
        stack.pushAll(labelTypes);
        return true;
      }
      case op.OP_br_table:
        this.branchTable(at + 1);
        return true;
      case op.OP_return:
        stack.popAll(this.results);
        stack.unreachable();
        return true;
      case op.OP_drop:
        stack.popAny();
        return true;
      case op.OP_select:
        this.select();
        return true;
      case op.OP_select_t: {
        if (first !== 1) invalid(position, 'selectArity');
        const type = context.valType(this.words[at + 2] as number, position);
        stack.popAll([type, type, I32]);
        stack.push(type);
        return true;
      }
      case op.OP_local_get:
        stack.push(this.local(first));
        if (this.isUnset[first]) invalid(position, 'uninitializedLocal', String(first));
        return true;
      case op.OP_local_set:
      case op.OP_local_tee: {
        const type = this.local(first);
        stack.pop(type);
        if (this.isUnset[first]) {
          this.isUnset[first] = false;
          this.setLocals.push(first);
        }
        if (number === op.OP_local_tee) stack.push(type);
        return true;
      }
      case op.OP_global_get:
        stack.push(context.global(first, position).type);
        return true;
      case op.OP_global_set: {
        const { type, isMutable } = context.global(first, position);
        if (!isMutable) invalid(position, 'immutableGlobal');
        stack.pop(type);
        return true;
      }
      case op.OP_call: {
        const { params, results } = context.registry.get(context.func(first, position).type).comp as FuncType;
        stack.popAll(params);
        stack.pushAll(results);
        return true;
      }
      case op.OP_return_call: {
        const type = context.registry.get(context.func(first, position).type).comp as FuncType;
        this.tailCall(type, NO_TYPES);
        return true;
      }
      case op.OP_call_indirect:
      case op.OP_return_call_indirect: {
        const table = context.table(this.words[at + 2] as number, position);
        const type = context.funcType(first, position);
        if (!context.registry.matchesRef(table.element, FUNCREF))
          invalid(position, 'typeMismatch', 'instruction requires table of function type');
        if (number === op.OP_return_call_indirect) this.tailCall(type, [addressType(table)]);
        else {
          stack.popAll([...type.params, addressType(table)]);
          stack.pushAll(type.results);
        }
        return true;
      }
      case op.OP_memory_init: {
        const memory = context.memory(this.words[at + 2] as number, position);
        context.data(first, position);
        stack.popAll([addressType(memory), I32, I32]);
        return true;
      }
      case op.OP_memory_copy: {
        const target = addressType(context.memory(first, position));
        const source = addressType(context.memory(this.words[at + 2] as number, position));
        stack.popAll([target, source, target === I32 ? target : source]);
        return true;
      }
      default:
        return false;
    }
  }

  /** The innermost block's end. An `if` without `else` gives its parameters as results. */
  private end(): void {
    const { stack, context } = this;
    const frame = stack.close();
    this.forgetLocals(frame.initHeight);
    if (frame.op === op.OP_if && !context.registry.matchesAll(frame.params, frame.results))
      invalid(this.position, 'stackMismatch', resultTypeText(frame.results), resultTypeText(frame.params));
    if (stack.depth > 0) stack.pushAll(frame.results);
  }

  /** Pops the operands of a call that replaces this function's own. */
  tailCall(type: FuncType, more: readonly ValType[]): void {
    if (!this.context.registry.matchesAll(type.results, this.results))
      invalid(
        this.position,
        'typeMismatch',
        `current function requires result type ${resultTypeText(this.results)} but callee returns ${resultTypeText(type.results)}`,
      );
    this.stack.popAll([...type.params, ...more]);
    this.stack.unreachable();
  }

  private local(index: number): ValType {
    if (index < 0 || index >= this.localCount)
      invalid(this.position, 'unknown', 'local', String(index >>> 0));
    return this.locals[index] as ValType;
  }

  private branchTable(at: number): void {
    const { stack } = this;
    const count = this.words[at] as number;
    stack.popAll(I32_TYPES);
    const { labelTypes } = stack.label(this.words[at + 1 + count] as number);
    for (let i = 0; i <= count; i++) {
      const types = stack.label(this.words[at + 1 + i] as number).labelTypes;
      if (types.length !== labelTypes.length)
        invalid(
          this.position,
          'labelMismatch',
          'br_table',
          resultTypeText(labelTypes),
          resultTypeText(types),
        );
      stack.check(types);
    }
    stack.unreachable();
  }

  private select(): void {
    const { stack, position } = this;
    stack.pop(I32);
    const a = stack.popAny();
    const b = stack.popAny();
    for (const type of [a, b])
      if (type !== BOT && !isNumberOrVector(type))
        invalid(
          position,
          'typeMismatch',
          `instruction requires numeric or vector type but stack has ${valTypeText(type)}`,
        );
    if (a !== b && a !== BOT && b !== BOT)
      invalid(position, 'stackMismatch', resultTypeText([b, b, I32]), resultTypeText([b, a, I32]));
    stack.push(a === BOT ? b : a);
  }

  /** Clauses of a try_table: what each throws at its label must be what the label takes. */
  private catches(at: number): void {
    const { stack, context, position } = this;
    const count = this.words[at + 2] as number;
    for (let i = 0, next = at + 3; i < count; i++, next += 3) {
      const kind = this.words[next] as number;
      const values =
        kind === CATCH || kind === CATCH_REF
          ? context.tag(this.words[next + 1] as number, position).params
          : [];
      const types = kind === CATCH || kind === CATCH_ALL ? values : [...values, EXN_REF];
      const { labelTypes } = stack.label(this.words[next + 2] as number);
      if (!context.registry.matchesAll(types, labelTypes))
        invalid(
          position,
          'labelMismatch',
          'catch handler',
          resultTypeText(types),
          resultTypeText(labelTypes),
        );
    }
  }
}

/** Lanes of the shape in an instruction's name. */
function lanesOf(name: string): number {
  return Number(name.slice(name.indexOf('x') + 1, name.indexOf('.')));
}
