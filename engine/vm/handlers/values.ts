// hot
// Operators, comparison, conversion and conditional jumps: what the hot core leaves.

import type { Agent } from '../../runtime/agent.ts';
import { IsCallable } from '../../runtime/call.ts';
import { ThrowCompletion } from '../../runtime/completion.ts';
import { throwReferenceError, throwTypeError } from '../../runtime/errors.ts';
import { methodFrom, OrdinaryHasInstance } from '../../runtime/operations/object-operations.ts';
import {
  type BinaryOperator,
  bitwiseNOT,
  concatStrings,
  decrement,
  increment,
  typeOf,
  unaryMinus,
} from '../../runtime/operations/operators.ts';
import { IsStrictlyEqualCharged } from '../../runtime/operations/testing-and-comparison.ts';
import {
  ToBoolean,
  ToNumber,
  ToNumeric,
  ToObject,
  ToPropertyKey,
  ToString,
} from '../../runtime/operations/type-conversion.ts';
import { SYMBOL_HAS_INSTANCE, type Value } from '../../runtime/value.ts';
import { getFrom } from '../accessing.ts';
import { callFrom, deliver } from '../calling.ts';
import { Continuation } from '../continuation.ts';
import { binaryOperation, isObject, unaryHandler } from '../conversion.ts';
import { throwConstAssignment, throwUninitialized, UNINITIALIZED } from '../environment.ts';
import { noteOperands } from '../feedback.ts';
import { END_CALL, END_CONTINUE, type VMFrame } from '../frame.ts';
import { CALLED, FRAME_SWITCHED, type Handler } from '../handler.ts';

function nameAt(frame: VMFrame, index: number): string {
  return frame.unit.constants[frame.code[index]] as string;
}

const Move: Handler = (_agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = regs[code[pc + 2]];
  return pc + 3;
};
const LoadUndefined: Handler = (_agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = undefined;
  return pc + 2;
};
const LoadInt: Handler = (_agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = code[pc + 2];
  return pc + 3;
};
const LoadConst: Handler = (_agent, frame, regs, pc) => {
  regs[frame.code[pc + 1]] = frame.unit.constants[frame.code[pc + 2]] as Value;
  return pc + 3;
};
const LoadUninitialized: Handler = (_agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = UNINITIALIZED;
  return pc + 2;
};
const CheckInitialized: Handler = (agent, frame, regs, pc) => {
  if (regs[frame.code[pc + 1]] === UNINITIALIZED) throwUninitialized(agent, nameAt(frame, pc + 2));
  return pc + 3;
};
const ThrowConstAssignment: Handler = (agent, frame, _regs, pc) =>
  throwConstAssignment(agent, nameAt(frame, pc + 1));
const ThrowReferenceError: Handler = (agent, frame, _regs, pc) =>
  throwReferenceError(agent, nameAt(frame, pc + 1));

/** An arithmetic operator whose operands are not both Numbers. */
function arithmetic(
  agent: Agent,
  frame: VMFrame,
  operator: BinaryOperator,
  left: Value,
  right: Value,
): number {
  noteOperands(frame.feedback.caches[frame.code[frame.pc + 4]], left, right);
  return binaryOperation(agent, frame, operator, left, right);
}

const Add: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  if (typeof a !== 'string' || typeof b !== 'string') return arithmetic(agent, frame, '+', a, b);
  // Fast path: strings are their own primitives.
  noteOperands(frame.feedback.caches[code[pc + 4]], a, b);
  regs[code[pc + 1]] = concatStrings(agent, a, b);
  return pc + 5;
};
const Subtract: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  return arithmetic(agent, frame, '-', regs[code[pc + 2]], regs[code[pc + 3]]);
};
const Multiply: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  return arithmetic(agent, frame, '*', regs[code[pc + 2]], regs[code[pc + 3]]);
};
const Divide: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  if (typeof a !== 'number' || typeof b !== 'number') return arithmetic(agent, frame, '/', a, b);
  regs[code[pc + 1]] = a / b;
  return pc + 5;
};
const Remainder: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  if (typeof a !== 'number' || typeof b !== 'number') return arithmetic(agent, frame, '%', a, b);
  regs[code[pc + 1]] = a % b;
  return pc + 5;
};
const Exponentiate: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  return arithmetic(agent, frame, '**', regs[code[pc + 2]], regs[code[pc + 3]]);
};
const LeftShift: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  if (typeof a !== 'number' || typeof b !== 'number') return arithmetic(agent, frame, '<<', a, b);
  regs[code[pc + 1]] = a << b;
  return pc + 5;
};
const SignedRightShift: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  if (typeof a !== 'number' || typeof b !== 'number') return arithmetic(agent, frame, '>>', a, b);
  regs[code[pc + 1]] = a >> b;
  return pc + 5;
};
const UnsignedRightShift: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  if (typeof a !== 'number' || typeof b !== 'number') return arithmetic(agent, frame, '>>>', a, b);
  regs[code[pc + 1]] = a >>> b;
  return pc + 5;
};
const BitwiseAND: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  return arithmetic(agent, frame, '&', regs[code[pc + 2]], regs[code[pc + 3]]);
};
const BitwiseOR: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  return arithmetic(agent, frame, '|', regs[code[pc + 2]], regs[code[pc + 3]]);
};
const BitwiseXOR: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  if (typeof a !== 'number' || typeof b !== 'number') return arithmetic(agent, frame, '^', a, b);
  regs[code[pc + 1]] = a ^ b;
  return pc + 5;
};
const Increment = unaryHandler('number', (agent, value) => increment(agent, ToNumeric(agent, value)));
const Decrement = unaryHandler('number', (agent, value) => decrement(agent, ToNumeric(agent, value)));
const Negate = unaryHandler('number', unaryMinus);
const BitwiseNOT = unaryHandler('number', bitwiseNOT);
const ToNumberHandler = unaryHandler('number', ToNumber);
const ToNumericHandler = unaryHandler('number', ToNumeric);
const ToStringHandler = unaryHandler('string', ToString);
/** Keys that are integers are Numbers here, of guests as of the engine: property-key.ts. */
const ToPropertyKeyHandler = unaryHandler('string', ToPropertyKey);
const ToObjectHandler: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = ToObject(agent, regs[code[pc + 2]]);
  return pc + 3;
};
const Concat: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = concatStrings(agent, regs[code[pc + 2]] as string, regs[code[pc + 3]] as string);
  return pc + 4;
};
const Not: Handler = (_agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = !ToBoolean(regs[code[pc + 2]]);
  return pc + 3;
};
const TypeOf: Handler = (_agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = typeOf(regs[code[pc + 2]]);
  return pc + 3;
};

const StrictEqual: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = IsStrictlyEqualCharged(agent, regs[code[pc + 2]], regs[code[pc + 3]]);
  return pc + 4;
};
const StrictNotEqual: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = !IsStrictlyEqualCharged(agent, regs[code[pc + 2]], regs[code[pc + 3]]);
  return pc + 4;
};

const LooseEqual: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  return binaryOperation(agent, frame, '==', regs[code[pc + 2]], regs[code[pc + 3]]);
};
const LooseNotEqual: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  return binaryOperation(agent, frame, '!=', regs[code[pc + 2]], regs[code[pc + 3]]);
};
const Less: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  if (typeof a !== 'number' || typeof b !== 'number') return binaryOperation(agent, frame, '<', a, b);
  regs[code[pc + 1]] = a < b;
  return pc + 4;
};
const LessEqual: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  if (typeof a !== 'number' || typeof b !== 'number') return binaryOperation(agent, frame, '<=', a, b);
  regs[code[pc + 1]] = a <= b;
  return pc + 4;
};
const Greater: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  if (typeof a !== 'number' || typeof b !== 'number') return binaryOperation(agent, frame, '>', a, b);
  regs[code[pc + 1]] = a > b;
  return pc + 4;
};
const GreaterEqual: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  if (typeof a !== 'number' || typeof b !== 'number') return binaryOperation(agent, frame, '>=', a, b);
  regs[code[pc + 1]] = a >= b;
  return pc + 4;
};

/** InstanceofOperator ( V, target ) — https://tc39.es/ecma262/#sec-instanceofoperator */
const InstanceOf: Handler = (agent, frame, regs, pc) => {
  const target = regs[frame.code[pc + 3]];
  if (!isObject(target)) return throwTypeError(agent, "Right-hand side of 'instanceof' is not an object");
  const called = getFrom(agent, frame, target, SYMBOL_HAS_INSTANCE, target, END_CONTINUE, INSTANCE_HANDLER);
  return called === CALLED ? INSTANCE_HANDLER.returned(agent, frame, frame.result) : called;
};

/** InstanceOf with the value of `target[Symbol.hasInstance]`. */
class InstanceHandler extends Continuation {
  override returned(agent: Agent, frame: VMFrame, value: Value): number {
    const { code, pc, registers } = frame;
    const V = registers[code[pc + 2]];
    const target = registers[code[pc + 3]];
    const instOfHandler = methodFrom(agent, value, SYMBOL_HAS_INSTANCE);
    if (instOfHandler === undefined) {
      if (!IsCallable(target)) throwTypeError(agent, "Right-hand side of 'instanceof' is not callable");
      return deliver(agent, frame, END_CALL, null, OrdinaryHasInstance(agent, target, V));
    }
    const called = callFrom(agent, frame, instOfHandler, target, [V], END_CONTINUE, INSTANCE_RESULT);
    return called === CALLED ? INSTANCE_RESULT.returned(agent, frame, frame.result) : called;
  }
}
const INSTANCE_HANDLER = new InstanceHandler();

/** InstanceOf with what that method gave. */
class InstanceResult extends Continuation {
  override returned(agent: Agent, frame: VMFrame, value: Value): number {
    return deliver(agent, frame, END_CALL, null, ToBoolean(value));
  }
}
const INSTANCE_RESULT = new InstanceResult();

const Jump: Handler = (_agent, { code }, _regs, pc) => pc + 2 + code[pc + 1];
const Loop: Handler = (agent, { code, feedback }, _regs, pc) => {
  feedback.loopCount++;
  agent.chargeFuel(1);
  return pc + 2 + code[pc + 1];
};
const JumpIfTrue: Handler = (_agent, { code }, regs, pc) =>
  ToBoolean(regs[code[pc + 1]]) ? pc + 3 + code[pc + 2] : pc + 3;
const JumpIfFalse: Handler = (_agent, { code }, regs, pc) =>
  ToBoolean(regs[code[pc + 1]]) ? pc + 3 : pc + 3 + code[pc + 2];
const JumpIfUndefined: Handler = (_agent, { code }, regs, pc) =>
  regs[code[pc + 1]] === undefined ? pc + 3 + code[pc + 2] : pc + 3;
const JumpIfNotUndefined: Handler = (_agent, { code }, regs, pc) =>
  regs[code[pc + 1]] === undefined ? pc + 3 : pc + 3 + code[pc + 2];
const JumpIfNullish: Handler = (_agent, { code }, regs, pc) => {
  const value = regs[code[pc + 1]];
  return value === undefined || value === null ? pc + 3 + code[pc + 2] : pc + 3;
};
const JumpIfNotNullish: Handler = (_agent, { code }, regs, pc) => {
  const value = regs[code[pc + 1]];
  return value === undefined || value === null ? pc + 3 : pc + 3 + code[pc + 2];
};
const JumpIfInt: Handler = (_agent, { code }, regs, pc) =>
  regs[code[pc + 1]] === code[pc + 2] ? pc + 4 + code[pc + 3] : pc + 4;
const JumpIfStrictEqual: Handler = (agent, { code }, regs, pc) =>
  IsStrictlyEqualCharged(agent, regs[code[pc + 1]], regs[code[pc + 2]]) ? pc + 4 + code[pc + 3] : pc + 4;
const JumpIfNotStrictEqual: Handler = (agent, { code }, regs, pc) =>
  IsStrictlyEqualCharged(agent, regs[code[pc + 1]], regs[code[pc + 2]]) ? pc + 4 : pc + 4 + code[pc + 3];
const JumpIfNotLess: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const a = regs[code[pc + 1]];
  const b = regs[code[pc + 2]];
  if (typeof a !== 'number' || typeof b !== 'number') return binaryOperation(agent, frame, '<', a, b);
  return a < b ? pc + 4 : pc + 4 + code[pc + 3];
};
const JumpIfNotLessEqual: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const a = regs[code[pc + 1]];
  const b = regs[code[pc + 2]];
  if (typeof a !== 'number' || typeof b !== 'number') return binaryOperation(agent, frame, '<=', a, b);
  return a <= b ? pc + 4 : pc + 4 + code[pc + 3];
};
const JumpIfNotGreater: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const a = regs[code[pc + 1]];
  const b = regs[code[pc + 2]];
  if (typeof a !== 'number' || typeof b !== 'number') return binaryOperation(agent, frame, '>', a, b);
  return a > b ? pc + 4 : pc + 4 + code[pc + 3];
};
const JumpIfNotGreaterEqual: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const a = regs[code[pc + 1]];
  const b = regs[code[pc + 2]];
  if (typeof a !== 'number' || typeof b !== 'number') return binaryOperation(agent, frame, '>=', a, b);
  return a >= b ? pc + 4 : pc + 4 + code[pc + 3];
};

/** Finds the handler itself: nothing is thrown on the host, unless the frame that handles it is another loop's. */
const Throw: Handler = (agent, frame, regs, pc) => {
  const value = regs[frame.code[pc + 1]];
  return throwInFrame(agent, frame, pc, value);
};

function throwInFrame(agent: Agent, frame: VMFrame, pc: number, value: Value): number {
  const { handlers } = frame.unit;
  for (let i = 0; i < handlers.length; i += 4) {
    if (pc < handlers[i] || pc >= handlers[i + 1]) continue;
    frame.registers[handlers[i + 3]] = value;
    frame.pc = handlers[i + 2];
    agent.context = frame;
    return FRAME_SWITCHED;
  }
  throw new ThrowCompletion(value);
}

export const valueHandlers: Readonly<Record<string, Handler>> = {
  Move,
  LoadUndefined,
  LoadInt,
  LoadConst,
  LoadUninitialized,
  CheckInitialized,
  ThrowConstAssignment,
  ThrowReferenceError,
  Add,
  Subtract,
  Multiply,
  Divide,
  Remainder,
  Exponentiate,
  LeftShift,
  SignedRightShift,
  UnsignedRightShift,
  BitwiseAND,
  BitwiseOR,
  BitwiseXOR,
  Increment,
  Decrement,
  Negate,
  BitwiseNOT,
  ToNumber: ToNumberHandler,
  ToNumeric: ToNumericHandler,
  ToString: ToStringHandler,
  ToPropertyKey: ToPropertyKeyHandler,
  ToObject: ToObjectHandler,
  Concat,
  Not,
  TypeOf,
  StrictEqual,
  StrictNotEqual,
  LooseEqual,
  LooseNotEqual,
  InstanceOf,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Jump,
  Loop,
  JumpIfTrue,
  JumpIfFalse,
  JumpIfUndefined,
  JumpIfNotUndefined,
  JumpIfNullish,
  JumpIfNotNullish,
  JumpIfInt,
  JumpIfStrictEqual,
  JumpIfNotStrictEqual,
  JumpIfNotLess,
  JumpIfNotLessEqual,
  JumpIfNotGreater,
  JumpIfNotGreaterEqual,
  Throw,
};
