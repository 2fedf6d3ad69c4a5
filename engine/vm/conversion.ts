// ToPrimitive for an instruction, and the operators whose operands are objects: their conversions call guest code.
import {
  OP_JumpIfNotGreater,
  OP_JumpIfNotGreaterEqual,
  OP_JumpIfNotLess,
  OP_JumpIfNotLessEqual,
} from '../bytecode/opcodes.gen.ts';
import type { Agent } from '../runtime/agent.ts';
import { IsCallable } from '../runtime/call.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { throwTypeError } from '../runtime/errors.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import { applyBinaryOperator, type BinaryOperator } from '../runtime/operations/operators.ts';
import { type PreferredType, ToNumeric } from '../runtime/operations/type-conversion.ts';
import { SYMBOL_TO_PRIMITIVE, type Value } from '../runtime/value.ts';
import { getFrom } from './accessing.ts';
import { deliver, NO_ARGUMENTS } from './calling.ts';
import { Continuation } from './continuation.ts';
import { END_CALL, END_CONTINUE, type VMFrame } from './frame.ts';
import { CALLED, type Handler } from './handler.ts';
import { Operation } from './operation.ts';

export function isObject(value: Value): value is JSObject {
  return typeof value === 'object' && value !== null;
}

/** ToPrimitive ( input, preferredType ) — https://tc39.es/ecma262/#sec-toprimitive */
export function toPrimitiveFrom(
  agent: Agent,
  frame: VMFrame,
  input: JSObject,
  preferredType: PreferredType,
  ending: number,
  continuation: Continuation | null,
): number {
  return new PrimitiveConversion(input, preferredType, ending, continuation).begin(agent, frame);
}

const EXOTIC_METHOD = 0;
const EXOTIC_RESULT = 1;
const FIRST_METHOD = 2;
const FIRST_RESULT = 3;
const SECOND_METHOD = 4;

class PrimitiveConversion extends Operation {
  private readonly input: JSObject;
  private readonly hint: PreferredType;
  /** What the next step gets. */
  private awaited: number;

  constructor(input: JSObject, hint: PreferredType, ending: number, continuation: Continuation | null) {
    super(ending, continuation);
    this.input = input;
    this.hint = hint;
    this.awaited = EXOTIC_METHOD;
  }

  begin(agent: Agent, frame: VMFrame): number {
    const { input } = this;
    return this.after(
      agent,
      frame,
      getFrom(agent, frame, input, SYMBOL_TO_PRIMITIVE, input, END_CONTINUE, this),
    );
  }

  protected override step(agent: Agent, frame: VMFrame, value: Value): number {
    switch (this.awaited) {
      case EXOTIC_METHOD:
        if (value === undefined || value === null) return this.method(agent, frame, FIRST_METHOD);
        if (!IsCallable(value)) throwTypeError(agent, `${describeForMessage(value)} is not a function`);
        this.awaited = EXOTIC_RESULT;
        return this.call(agent, frame, value, this.input, [this.hint]);
      case FIRST_METHOD:
      case SECOND_METHOD:
        if (!IsCallable(value)) break;
        this.awaited++;
        return this.call(agent, frame, value, this.input, NO_ARGUMENTS);
      default:
        if (!isObject(value)) {
          frame.result = value;
          return CALLED;
        }
    }
    if (this.awaited === FIRST_METHOD || this.awaited === FIRST_RESULT)
      return this.method(agent, frame, SECOND_METHOD);
    return throwTypeError(agent, 'Cannot convert object to primitive value');
  }

  /** OrdinaryToPrimitive: the first or the second of valueOf and toString. */
  private method(agent: Agent, frame: VMFrame, which: number): number {
    const { input } = this;
    this.awaited = which;
    const name = (which === FIRST_METHOD) === (this.hint === 'string') ? 'toString' : 'valueOf';
    return this.after(agent, frame, getFrom(agent, frame, input, name, input, END_CONTINUE, this));
  }
}

// ---- One operand

/** What an instruction does with the primitive that its operand, an object, was converted to. Has no state. */
export class WithPrimitive extends Continuation {
  private readonly then: (agent: Agent, frame: VMFrame, primitive: Value) => number;

  constructor(then: (agent: Agent, frame: VMFrame, primitive: Value) => number) {
    super();
    this.then = then;
  }

  /** Converts an object first. What a handler gives. */
  convert(agent: Agent, frame: VMFrame, input: JSObject, preferredType: PreferredType): number {
    const called = toPrimitiveFrom(agent, frame, input, preferredType, END_CONTINUE, this);
    return called === CALLED ? this.then(agent, frame, frame.result) : called;
  }

  override returned(agent: Agent, frame: VMFrame, value: Value): number {
    return this.then(agent, frame, value);
  }
}

/** The handler of an instruction with a result and one operand that is converted to a primitive. */
export function unaryHandler(
  preferredType: PreferredType,
  apply: (agent: Agent, value: Value) => Value,
): Handler {
  const converted = new WithPrimitive((agent, frame, primitive) =>
    deliver(agent, frame, END_CALL, null, apply(agent, primitive)),
  );
  return (agent, frame, regs, pc) => {
    const value = regs[frame.code[pc + 2]];
    if (isObject(value)) return converted.convert(agent, frame, value, preferredType);
    return deliver(agent, frame, END_CALL, null, apply(agent, value));
  };
}

// ---- Two operands

/**
 * The operator of the instruction at `frame.pc`, applied to its operands: a value for its first operand, or a condition under
 * which it does not jump. What a handler gives.
 */
export function binaryOperation(
  agent: Agent,
  frame: VMFrame,
  operator: BinaryOperator,
  left: Value,
  right: Value,
): number {
  if (isObject(left) || isObject(right)) {
    const hint = hintOf(operator, left, right);
    if (hint !== null) return new OperandConversion(operator, hint, left, right).begin(agent, frame);
  }
  return finishOperation(agent, frame, applyBinaryOperator(agent, operator, left, right));
}

/** How operands that are objects are converted; null if they are not. */
function hintOf(operator: BinaryOperator, left: Value, right: Value): PreferredType | null {
  switch (operator) {
    case '+':
      return 'default';
    case '==':
    case '!=':
      // Two objects are compared as they are, and nothing is converted for undefined and null.
      if (isObject(left)) return isObject(right) || right === undefined || right === null ? null : 'default';
      return left === undefined || left === null ? null : 'default';
    case '===':
    case '!==':
    case 'in':
    case 'instanceof':
      return null;
    default:
      return 'number';
  }
}

function finishOperation(agent: Agent, frame: VMFrame, value: Value): number {
  const { code, pc } = frame;
  switch (code[pc]) {
    case OP_JumpIfNotLess:
    case OP_JumpIfNotLessEqual:
    case OP_JumpIfNotGreater:
    case OP_JumpIfNotGreaterEqual:
      return value === true ? pc + 4 : pc + 4 + code[pc + 3];
    default:
      return deliver(agent, frame, END_CALL, null, value);
  }
}

/** Converts the left operand, then the right one, and applies the operator. */
class OperandConversion extends Continuation {
  private readonly operator: BinaryOperator;
  private readonly hint: PreferredType;
  private left: Value;
  private readonly right: Value;
  private isLeftDone: boolean;

  constructor(operator: BinaryOperator, hint: PreferredType, left: Value, right: Value) {
    super();
    this.operator = operator;
    this.hint = hint;
    this.left = left;
    this.right = right;
    this.isLeftDone = false;
  }

  begin(agent: Agent, frame: VMFrame): number {
    const { left } = this;
    if (!isObject(left)) return this.haveLeft(agent, frame, left);
    const called = toPrimitiveFrom(agent, frame, left, this.hint, END_CONTINUE, this);
    return called === CALLED ? this.haveLeft(agent, frame, frame.result) : called;
  }

  private haveLeft(agent: Agent, frame: VMFrame, left: Value): number {
    this.left = this.isArithmetic() ? ToNumeric(agent, left) : left;
    this.isLeftDone = true;
    const { right } = this;
    if (!isObject(right)) return this.apply(agent, frame, right);
    const called = toPrimitiveFrom(agent, frame, right, this.hint, END_CONTINUE, this);
    return called === CALLED ? this.apply(agent, frame, frame.result) : called;
  }

  /** The left operand becomes a numeric value, which may throw, before the right one is converted. */
  private isArithmetic(): boolean {
    switch (this.operator) {
      case '-':
      case '*':
      case '/':
      case '%':
      case '**':
      case '<<':
      case '>>':
      case '>>>':
      case '&':
      case '|':
      case '^':
        return true;
      default:
        return false;
    }
  }

  private apply(agent: Agent, frame: VMFrame, right: Value): number {
    return finishOperation(agent, frame, applyBinaryOperator(agent, this.operator, this.left, right));
  }

  override returned(agent: Agent, frame: VMFrame, value: Value): number {
    return this.isLeftDone ? this.apply(agent, frame, value) : this.haveLeft(agent, frame, value);
  }
}
