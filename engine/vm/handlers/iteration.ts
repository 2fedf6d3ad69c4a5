// hot
// Iteration: iterator records, for-in enumerators.

import type { Agent } from '../../runtime/agent.ts';
import { requireCallable } from '../../runtime/call.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import { createArrayFrom } from '../../runtime/objects/array.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { ForInIterator } from '../../runtime/operations/for-in-iterator.ts';
import { type IteratorRecord, iteratorResultShape } from '../../runtime/operations/iterator-operations.ts';
import { methodFrom } from '../../runtime/operations/object-operations.ts';
import { ToBoolean, ToObject } from '../../runtime/operations/type-conversion.ts';
import type { Value } from '../../runtime/value.ts';
import { getFrom } from '../accessing.ts';
import { callFrom, deliver, NO_ARGUMENTS } from '../calling.ts';
import { Continuation } from '../continuation.ts';
import { END_CALL, END_CONTINUE, END_DROP, type VMFrame } from '../frame.ts';
import { CALLED, type Handler } from '../handler.ts';
import {
  ArrayIteration,
  closeByInstruction,
  closeQuietlyByInstruction,
  collectFrom,
  getAsyncIteratorFrom,
  getIteratorFrom,
  iteratorOf,
  stepArray,
  stepValueFrom,
} from '../iterating.ts';
import { storeOutcome } from '../operation.ts';

function recordAt(regs: readonly Value[], register: number): IteratorRecord {
  return regs[register] as unknown as IteratorRecord;
}

const GetIterator: Handler = (agent, frame, regs, pc) =>
  storeOutcome(agent, frame, getIteratorFrom(agent, frame, regs[frame.code[pc + 2]], END_CALL, null));

const GetAsyncIterator: Handler = (agent, frame, regs, pc) =>
  storeOutcome(agent, frame, getAsyncIteratorFrom(agent, frame, regs[frame.code[pc + 2]], END_CALL, null));

const IteratorStep: Handler = (agent, { code }, regs, pc) => {
  const record = recordAt(regs, code[pc + 2]);
  if (!(record instanceof ArrayIteration)) return pc + 5;
  const value = stepArray(agent, record);
  if (record.done) return pc + 5 + code[pc + 3];
  regs[code[pc + 1]] = value;
  return pc + 5 + code[pc + 4];
};

const IteratorNext: Handler = (agent, frame, regs, pc) => {
  const record = recordAt(regs, frame.code[pc + 2]);
  const next = requireCallable(agent, record.nextMethod);
  const called = callFrom(agent, frame, next, record.iterator, NO_ARGUMENTS, END_CALL, null);
  return storeOutcome(agent, frame, called);
};

const IteratorNextWith: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const record = recordAt(regs, code[pc + 2]);
  const next = requireCallable(agent, record.nextMethod);
  const iterator = iteratorOf(agent, record);
  const called = callFrom(agent, frame, next, iterator, [regs[code[pc + 3]]], END_CALL, null);
  return storeOutcome(agent, frame, called);
};

function requireResult(agent: Agent, result: Value): JSObject {
  if (typeof result === 'object' && result !== null) return result;
  return throwTypeError(agent, `Iterator result ${describeForMessage(result)} is not an object`);
}

const IteratorUnwrap: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const result = requireResult(agent, regs[code[pc + 3]]);
  if (result.shape === iteratorResultShape(agent)) {
    // Fast path: `value` and `done` of our own result objects are data, in the first slots.
    if (ToBoolean(result.s1 as Value)) return endIteration(frame);
    regs[code[pc + 1]] = result.s0 as Value;
    return pc + 5;
  }
  const called = getFrom(agent, frame, result, 'done', result, END_CONTINUE, UNWRAP_DONE);
  return called === CALLED ? UNWRAP_DONE.returned(agent, frame, frame.result) : called;
};

/** The iterator of IteratorUnwrap says that it is done. */
function endIteration({ code, pc, registers }: VMFrame): number {
  recordAt(registers, code[pc + 2]).done = true;
  return pc + 5 + code[pc + 4];
}

/** IteratorUnwrap with the value of `done`. */
class UnwrapDone extends Continuation {
  override returned(agent: Agent, frame: VMFrame, done: Value): number {
    if (ToBoolean(done)) return endIteration(frame);
    const result = frame.registers[frame.code[frame.pc + 3]] as JSObject;
    return storeOutcome(agent, frame, getFrom(agent, frame, result, 'value', result, END_CALL, null));
  }
}
const UNWRAP_DONE = new UnwrapDone();

const IteratorStepValue: Handler = (agent, frame, regs, pc) => {
  const record = recordAt(regs, frame.code[pc + 2]);
  // A pattern gets undefined once the iterator is done.
  if (record.done) return deliver(agent, frame, END_CALL, null, undefined);
  return storeOutcome(agent, frame, stepValueFrom(agent, frame, record, END_CALL));
};

const IteratorRest: Handler = (agent, frame, regs, pc) => {
  const record = recordAt(regs, frame.code[pc + 2]);
  const rest = new RestOfIteration();
  if (record.done) return rest.returned(agent, frame);
  const called = collectFrom(agent, frame, record, rest.values, END_CONTINUE, rest);
  return called === CALLED ? rest.returned(agent, frame) : called;
};

class RestOfIteration extends Continuation {
  readonly values: Value[] = [];

  override returned(agent: Agent, frame: VMFrame): number {
    return deliver(agent, frame, END_CALL, null, createArrayFrom(agent, this.values));
  }
}

/** Appends all that the iterable gives to a list, as the whole of an instruction without a result. */
export function appendIterated(agent: Agent, frame: VMFrame, list: Value[], iterable: Value): number {
  const appending = new Appending(list);
  const opened = getIteratorFrom(agent, frame, iterable, END_CONTINUE, appending);
  return opened === CALLED ? appending.returned(agent, frame, frame.result) : opened;
}

/** What follows when the iterator is there. */
class Appending extends Continuation {
  private readonly list: Value[];

  constructor(list: Value[]) {
    super();
    this.list = list;
  }

  override returned(agent: Agent, frame: VMFrame, record: Value): number {
    const collected = collectFrom(agent, frame, record as unknown as IteratorRecord, this.list, END_DROP);
    return collected === CALLED ? deliver(agent, frame, END_DROP, null, undefined) : collected;
  }
}

const IteratorClose: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const record = recordAt(regs, code[pc + 1]);
  return code[pc + 2] === 1 && record.done ? pc + 3 : closeByInstruction(agent, frame, record);
};

const IteratorCloseQuietly: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const record = recordAt(regs, code[pc + 1]);
  return code[pc + 2] === 1 && record.done ? pc + 3 : closeQuietlyByInstruction(agent, frame, record);
};

const GetMethodOf: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const iterator = iteratorOf(agent, recordAt(regs, code[pc + 2]));
  const key = frame.unit.constants[code[pc + 3]] as string;
  const called = getFrom(agent, frame, iterator, key, iterator, END_CONTINUE, METHOD_OF);
  return called === CALLED ? METHOD_OF.returned(agent, frame, frame.result) : called;
};

/** GetMethodOf with the value of the property. */
class MethodOf extends Continuation {
  override returned(agent: Agent, frame: VMFrame, func: Value): number {
    const key = frame.unit.constants[frame.code[frame.pc + 3]] as string;
    return deliver(agent, frame, END_CALL, null, methodFrom(agent, func, key));
  }
}
const METHOD_OF = new MethodOf();

const IteratorObject: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = iteratorOf(agent, recordAt(regs, code[pc + 2]));
  return pc + 3;
};

/** A String instead of a result is the message of the error. */
const CheckIteratorResult: Handler = (agent, { code }, regs, pc) => {
  const result = regs[code[pc + 1]];
  if (typeof result === 'string') throwTypeError(agent, result);
  requireResult(agent, result);
  return pc + 2;
};

const IteratorComplete: Handler = (agent, frame, regs, pc) => {
  const result = regs[frame.code[pc + 2]] as JSObject;
  const called = getFrom(agent, frame, result, 'done', result, END_CONTINUE, COMPLETE);
  return called === CALLED ? COMPLETE.returned(agent, frame, frame.result) : called;
};

/** IteratorComplete with the value of `done`. */
class Complete extends Continuation {
  override returned(agent: Agent, frame: VMFrame, done: Value): number {
    return deliver(agent, frame, END_CALL, null, ToBoolean(done));
  }
}
const COMPLETE = new Complete();

const ForInStart: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = new ForInIterator(ToObject(agent, regs[code[pc + 2]])) as unknown as Value;
  return pc + 3;
};

const ForInNext: Handler = (agent, { code }, regs, pc) => {
  const key = (regs[code[pc + 2]] as unknown as ForInIterator).next(agent);
  if (key === undefined) return pc + 4 + code[pc + 3];
  regs[code[pc + 1]] = key;
  return pc + 4;
};

export const iterationHandlers: Readonly<Record<string, Handler>> = {
  GetIterator,
  GetAsyncIterator,
  IteratorStep,
  IteratorNext,
  IteratorNextWith,
  IteratorUnwrap,
  IteratorStepValue,
  IteratorRest,
  IteratorClose,
  IteratorCloseQuietly,
  GetMethodOf,
  IteratorObject,
  CheckIteratorResult,
  IteratorComplete,
  ForInStart,
  ForInNext,
};
