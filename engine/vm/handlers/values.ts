// hot
// Operators, comparison, conversion and conditional jumps: what the hot core leaves.

import type { Agent } from '../../runtime/agent.ts';
import { ThrowCompletion } from '../../runtime/completion.ts';
import { throwReferenceError } from '../../runtime/errors.ts';
import {
  ApplyStringOrNumericBinaryOperator,
  applyBinaryOperator,
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
import type { Value } from '../../runtime/value.ts';
import { throwConstAssignment, throwUninitialized, UNINITIALIZED } from '../environment.ts';
import type { VMFrame } from '../frame.ts';
import { FRAME_SWITCHED, type Handler } from '../handler.ts';

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

const Add: Handler = (agent, { code }, regs, pc) => {
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  // Fast path: strings are their own primitives.
  regs[code[pc + 1]] =
    typeof a === 'string' && typeof b === 'string'
      ? concatStrings(agent, a, b)
      : ApplyStringOrNumericBinaryOperator(agent, a, '+', b);
  return pc + 5;
};
const Subtract: Handler = (agent, { code }, regs, pc) => {
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  regs[code[pc + 1]] = ApplyStringOrNumericBinaryOperator(agent, a, '-', b);
  return pc + 5;
};
const Multiply: Handler = (agent, { code }, regs, pc) => {
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  regs[code[pc + 1]] = ApplyStringOrNumericBinaryOperator(agent, a, '*', b);
  return pc + 5;
};
const Divide: Handler = (agent, { code }, regs, pc) => {
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  regs[code[pc + 1]] =
    typeof a === 'number' && typeof b === 'number'
      ? a / b
      : ApplyStringOrNumericBinaryOperator(agent, a, '/', b);
  return pc + 5;
};
const Remainder: Handler = (agent, { code }, regs, pc) => {
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  regs[code[pc + 1]] =
    typeof a === 'number' && typeof b === 'number'
      ? a % b
      : ApplyStringOrNumericBinaryOperator(agent, a, '%', b);
  return pc + 5;
};
const Exponentiate: Handler = (agent, { code }, regs, pc) => {
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  regs[code[pc + 1]] = ApplyStringOrNumericBinaryOperator(agent, a, '**', b);
  return pc + 5;
};
const LeftShift: Handler = (agent, { code }, regs, pc) => {
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  regs[code[pc + 1]] =
    typeof a === 'number' && typeof b === 'number'
      ? a << b
      : ApplyStringOrNumericBinaryOperator(agent, a, '<<', b);
  return pc + 5;
};
const SignedRightShift: Handler = (agent, { code }, regs, pc) => {
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  regs[code[pc + 1]] =
    typeof a === 'number' && typeof b === 'number'
      ? a >> b
      : ApplyStringOrNumericBinaryOperator(agent, a, '>>', b);
  return pc + 5;
};
const UnsignedRightShift: Handler = (agent, { code }, regs, pc) => {
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  regs[code[pc + 1]] =
    typeof a === 'number' && typeof b === 'number'
      ? a >>> b
      : ApplyStringOrNumericBinaryOperator(agent, a, '>>>', b);
  return pc + 5;
};
const BitwiseAND: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = ApplyStringOrNumericBinaryOperator(agent, regs[code[pc + 2]], '&', regs[code[pc + 3]]);
  return pc + 5;
};
const BitwiseOR: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = ApplyStringOrNumericBinaryOperator(agent, regs[code[pc + 2]], '|', regs[code[pc + 3]]);
  return pc + 5;
};
const BitwiseXOR: Handler = (agent, { code }, regs, pc) => {
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  regs[code[pc + 1]] =
    typeof a === 'number' && typeof b === 'number'
      ? a ^ b
      : ApplyStringOrNumericBinaryOperator(agent, a, '^', b);
  return pc + 5;
};
const Increment: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = increment(agent, ToNumeric(agent, regs[code[pc + 2]]));
  return pc + 4;
};
const Decrement: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = decrement(agent, ToNumeric(agent, regs[code[pc + 2]]));
  return pc + 4;
};
const Negate: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = unaryMinus(agent, regs[code[pc + 2]]);
  return pc + 3;
};
const BitwiseNOT: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = bitwiseNOT(agent, regs[code[pc + 2]]);
  return pc + 3;
};
const ToNumberHandler: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = ToNumber(agent, regs[code[pc + 2]]);
  return pc + 3;
};
const ToNumericHandler: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = ToNumeric(agent, regs[code[pc + 2]]);
  return pc + 3;
};
const ToStringHandler: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = ToString(agent, regs[code[pc + 2]]);
  return pc + 3;
};
const ToPropertyKeyHandler: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = ToPropertyKey(agent, regs[code[pc + 2]]);
  return pc + 3;
};
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

type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'instanceof' | 'in';

/** The handler of a comparison that may run guest code. */
function comparison(operator: Comparison): Handler {
  return (agent, { code }, regs, pc) => {
    regs[code[pc + 1]] = applyBinaryOperator(agent, operator, regs[code[pc + 2]], regs[code[pc + 3]]);
    return pc + 4;
  };
}
const Less: Handler = (agent, { code }, regs, pc) => {
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  regs[code[pc + 1]] =
    typeof a === 'number' && typeof b === 'number' ? a < b : applyBinaryOperator(agent, '<', a, b);
  return pc + 4;
};
const LessEqual: Handler = (agent, { code }, regs, pc) => {
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  regs[code[pc + 1]] =
    typeof a === 'number' && typeof b === 'number' ? a <= b : applyBinaryOperator(agent, '<=', a, b);
  return pc + 4;
};
const Greater: Handler = (agent, { code }, regs, pc) => {
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  regs[code[pc + 1]] =
    typeof a === 'number' && typeof b === 'number' ? a > b : applyBinaryOperator(agent, '>', a, b);
  return pc + 4;
};
const GreaterEqual: Handler = (agent, { code }, regs, pc) => {
  const a = regs[code[pc + 2]];
  const b = regs[code[pc + 3]];
  regs[code[pc + 1]] =
    typeof a === 'number' && typeof b === 'number' ? a >= b : applyBinaryOperator(agent, '>=', a, b);
  return pc + 4;
};

const Jump: Handler = (_agent, { code }, _regs, pc) => pc + 2 + code[pc + 1];
const Loop: Handler = (agent, { code }, _regs, pc) => {
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
const JumpIfNotLess: Handler = (agent, { code }, regs, pc) =>
  applyBinaryOperator(agent, '<', regs[code[pc + 1]], regs[code[pc + 2]]) ? pc + 4 : pc + 4 + code[pc + 3];
const JumpIfNotLessEqual: Handler = (agent, { code }, regs, pc) => {
  const a = regs[code[pc + 1]];
  const b = regs[code[pc + 2]];
  const holds =
    typeof a === 'number' && typeof b === 'number' ? a <= b : applyBinaryOperator(agent, '<=', a, b);
  return holds ? pc + 4 : pc + 4 + code[pc + 3];
};
const JumpIfNotGreater: Handler = (agent, { code }, regs, pc) => {
  const a = regs[code[pc + 1]];
  const b = regs[code[pc + 2]];
  const holds =
    typeof a === 'number' && typeof b === 'number' ? a > b : applyBinaryOperator(agent, '>', a, b);
  return holds ? pc + 4 : pc + 4 + code[pc + 3];
};
const JumpIfNotGreaterEqual: Handler = (agent, { code }, regs, pc) =>
  applyBinaryOperator(agent, '>=', regs[code[pc + 1]], regs[code[pc + 2]]) ? pc + 4 : pc + 4 + code[pc + 3];

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
  LooseEqual: comparison('=='),
  LooseNotEqual: comparison('!='),
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  InstanceOf: comparison('instanceof'),
  HasProperty: comparison('in'),
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
