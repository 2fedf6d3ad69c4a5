// hot
// Iteration: iterator records, for-in enumerators. Dense arrays are iterated without an iterator object where nobody can
// tell: their own, unchanged protocol is looked up when the iteration starts, and when it is left early.

import type { Agent } from '../../runtime/agent.ts';
import { Call0, Call1 } from '../../runtime/call.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { guestValueOf, throwTypeError } from '../../runtime/errors.ts';
import { appendToList } from '../../runtime/list.ts';
import { ArrayObject, createArrayFrom } from '../../runtime/objects/array.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { GetAsyncIterator as getAsyncIterator } from '../../runtime/operations/async-operations.ts';
import { ForInIterator } from '../../runtime/operations/for-in-iterator.ts';
import {
  GetIterator as getIterator,
  IteratorRecord,
  IteratorValue,
  IteratorClose as iteratorClose,
  IteratorComplete as iteratorComplete,
  IteratorStepValue as iteratorStepValue,
} from '../../runtime/operations/iterator-operations.ts';
import { GetMethod, getIndex } from '../../runtime/operations/object-operations.ts';
import { ToObject } from '../../runtime/operations/type-conversion.ts';
import { rootShape, SHAPE_KIND_ARRAY } from '../../runtime/shape.ts';
import { SYMBOL_ITERATOR, type Value } from '../../runtime/value.ts';
import type { Handler } from '../handler.ts';

/** The iteration of a dense array by index. The record's iterator is made if somebody asks for it. */
export class ArrayIteration extends IteratorRecord {
  readonly array: ArrayObject;
  nextIndex: number;
  /** The iterator, once made. */
  made: JSObject | null;

  constructor(array: ArrayObject, nextMethod: Value) {
    super(array, nextMethod);
    this.array = array;
    this.nextIndex = 0;
    this.made = null;
  }
}

function recordAt(regs: readonly Value[], register: number): IteratorRecord {
  return regs[register] as unknown as IteratorRecord;
}

/** The `next` of array iterators if arrays of the running realm iterate as they did at first; else undefined. */
function plainArrayNext(agent: Agent, array: ArrayObject): Value {
  const { realm } = agent;
  const { arrayPrototype } = realm;
  if (array.shape !== rootShape(agent, arrayPrototype, SHAPE_KIND_ARRAY)) return undefined;
  const method = arrayPrototype.OrdinaryGetOwnProperty(SYMBOL_ITERATOR);
  if (method === undefined || method.value !== realm.intrinsic('%Array.prototype.values%')) return undefined;
  const next = realm.intrinsic('%ArrayIteratorPrototype%').OrdinaryGetOwnProperty('next');
  if (next === undefined || next.value !== realm.intrinsic('%ArrayIteratorPrototype.next%')) return undefined;
  return next.value;
}

const GetIterator: Handler = (agent, { code }, regs, pc) => {
  const object = regs[code[pc + 2]];
  const next = object instanceof ArrayObject ? plainArrayNext(agent, object) : undefined;
  const record =
    next === undefined ? getIterator(agent, object) : new ArrayIteration(object as ArrayObject, next);
  regs[code[pc + 1]] = record as unknown as Value;
  return pc + 3;
};

const GetAsyncIterator: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = getAsyncIterator(agent, regs[code[pc + 2]]) as unknown as Value;
  return pc + 3;
};

/** The next value of an array's iteration; sets `done` at its end. */
function stepArray(agent: Agent, iteration: ArrayIteration): Value {
  const { array, nextIndex } = iteration;
  if (nextIndex >= array.length) {
    iteration.done = true;
    return undefined;
  }
  iteration.nextIndex = nextIndex + 1;
  const value = array.el[nextIndex];
  return value === undefined ? getIndex(agent, array, nextIndex) : value;
}

const IteratorStep: Handler = (agent, { code }, regs, pc) => {
  const record = recordAt(regs, code[pc + 2]);
  if (!(record instanceof ArrayIteration)) return pc + 5;
  const value = stepArray(agent, record);
  if (record.done) return pc + 5 + code[pc + 3];
  regs[code[pc + 1]] = value;
  return pc + 5 + code[pc + 4];
};

const IteratorNext: Handler = (agent, { code }, regs, pc) => {
  const record = recordAt(regs, code[pc + 2]);
  regs[code[pc + 1]] = Call0(agent, record.nextMethod, record.iterator);
  return pc + 3;
};

const IteratorNextWith: Handler = (agent, { code }, regs, pc) => {
  const record = recordAt(regs, code[pc + 2]);
  regs[code[pc + 1]] = Call1(agent, record.nextMethod, iteratorOf(agent, record), regs[code[pc + 3]]);
  return pc + 4;
};

/** The iterator object of a record; that of an array's iteration is made now. */
function iteratorOf(agent: Agent, record: IteratorRecord): JSObject {
  if (!(record instanceof ArrayIteration)) return record.iterator;
  if (record.made !== null) return record.made;
  const iterator = Call0(agent, agent.realm.intrinsic('%Array.prototype.values%'), record.array) as JSObject;
  // It has to stand where the iteration does.
  for (let i = 0; i < record.nextIndex; i++) Call0(agent, record.nextMethod, iterator);
  record.made = iterator;
  return iterator;
}

function requireResult(agent: Agent, result: Value): JSObject {
  if (typeof result === 'object' && result !== null) return result;
  return throwTypeError(agent, `Iterator result ${describeForMessage(result)} is not an object`);
}

const IteratorUnwrap: Handler = (agent, { code }, regs, pc) => {
  const result = requireResult(agent, regs[code[pc + 3]]);
  if (iteratorComplete(agent, result)) {
    recordAt(regs, code[pc + 2]).done = true;
    return pc + 5 + code[pc + 4];
  }
  regs[code[pc + 1]] = IteratorValue(agent, result);
  return pc + 5;
};

/** One value for a pattern: undefined once the iterator is done. */
function stepValue(agent: Agent, record: IteratorRecord): Value {
  if (record.done) return undefined;
  return record instanceof ArrayIteration ? stepArray(agent, record) : iteratorStepValue(agent, record);
}

const IteratorStepValue: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = stepValue(agent, recordAt(regs, code[pc + 2]));
  return pc + 3;
};

const IteratorRest: Handler = (agent, { code }, regs, pc) => {
  const record = recordAt(regs, code[pc + 2]);
  const values: Value[] = [];
  while (!record.done) {
    agent.chargeFuel(1);
    const value = stepValue(agent, record);
    if (!record.done) appendToList(agent, values, value);
  }
  regs[code[pc + 1]] = createArrayFrom(agent, values);
  return pc + 3;
};

/** GetMethod(iterator, 'return'), without making the iterator of an array if it has none. */
function returnMethod(agent: Agent, record: IteratorRecord): Value {
  if (!(record instanceof ArrayIteration)) return GetMethod(agent, record.iterator, 'return');
  const prototype = agent.realm.intrinsic('%ArrayIteratorPrototype%');
  return prototype.HasProperty(agent, 'return')
    ? GetMethod(agent, iteratorOf(agent, record), 'return')
    : undefined;
}

function close(agent: Agent, record: IteratorRecord): void {
  if (!(record instanceof ArrayIteration)) {
    iteratorClose(agent, record);
    return;
  }
  if (returnMethod(agent, record) === undefined) return;
  iteratorClose(agent, new IteratorRecord(iteratorOf(agent, record), record.nextMethod));
}

const IteratorClose: Handler = (agent, { code }, regs, pc) => {
  const record = recordAt(regs, code[pc + 1]);
  if (code[pc + 2] === 0 || !record.done) close(agent, record);
  return pc + 3;
};

const IteratorCloseQuietly: Handler = (agent, { code }, regs, pc) => {
  const record = recordAt(regs, code[pc + 1]);
  if (code[pc + 2] === 1 && record.done) return pc + 3;
  const { realm, depth } = agent;
  try {
    const method = returnMethod(agent, record);
    if (method !== undefined) Call0(agent, method, iteratorOf(agent, record));
  } catch (inner) {
    // The original throw completion wins over a guest error of `return`.
    guestValueOf(agent, inner);
    agent.realm = realm;
    agent.depth = depth;
  }
  return pc + 3;
};

const GetMethodOf: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const record = recordAt(regs, code[pc + 2]);
  const key = frame.unit.constants[code[pc + 3]] as string;
  regs[code[pc + 1]] = GetMethod(agent, iteratorOf(agent, record), key);
  return pc + 4;
};

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

const IteratorComplete: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = iteratorComplete(agent, regs[code[pc + 2]] as JSObject);
  return pc + 3;
};

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
