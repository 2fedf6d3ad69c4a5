// hot
// The iterator protocol for an instruction, in steps: see operation.ts. Dense arrays are iterated without an iterator object
// where nobody can tell: their own, unchanged protocol is looked up when the iteration starts, and when it is left early.
import { OPCODE_LENGTHS } from '../bytecode/opcodes.gen.ts';
import type { Agent } from '../runtime/agent.ts';
import { Call0, requireCallable } from '../runtime/call.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { throwTypeError } from '../runtime/errors.ts';
import { appendToList } from '../runtime/list.ts';
import { ArrayObject } from '../runtime/objects/array.ts';
import { EXOTIC_ALL, type JSObject } from '../runtime/objects/object.ts';
import { CreateAsyncFromSyncIterator, notAsyncIterable } from '../runtime/operations/async-operations.ts';
import {
  IteratorRecord,
  iteratorResultShape,
  notIterable,
  requireIterator,
  requireResultObject,
} from '../runtime/operations/iterator-operations.ts';
import { getIndex, methodFrom } from '../runtime/operations/object-operations.ts';
import { ToBoolean } from '../runtime/operations/type-conversion.ts';
import { cellOfChain, rootShape, SHAPE_KIND_ARRAY } from '../runtime/shape.ts';
import { SYMBOL_ASYNC_ITERATOR, SYMBOL_ITERATOR, type Value } from '../runtime/value.ts';
import { getFrom, getVFrom } from './accessing.ts';
import { callFrom, deliver, NO_ARGUMENTS } from './calling.ts';
import { type Continuation, takeThrown } from './continuation.ts';
import { isObject } from './conversion.ts';
import { END_CONTINUE, END_DROP, type VMFrame } from './frame.ts';
import { CALLED } from './handler.ts';
import { Operation } from './operation.ts';

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

/** The `next` of array iterators if arrays of the running realm iterate as they did at first; else undefined. */
function plainArrayNext(agent: Agent, array: ArrayObject): Value {
  const { realm } = agent;
  const { arrayPrototype } = realm;
  if (array.shape !== rootShape(agent, arrayPrototype, SHAPE_KIND_ARRAY)) return undefined;
  const known = realm.arrayIteration;
  if (known?.arrayCell.valid && known.iteratorCell.valid) return known.next;
  const method = arrayPrototype.OrdinaryGetOwnProperty(SYMBOL_ITERATOR);
  if (method === undefined || method.value !== realm.intrinsic('%Array.prototype.values%')) return undefined;
  const iteratorPrototype = realm.intrinsic('%ArrayIteratorPrototype%');
  const next = iteratorPrototype.OrdinaryGetOwnProperty('next');
  if (next === undefined || next.value !== realm.intrinsic('%ArrayIteratorPrototype.next%')) return undefined;
  realm.arrayIteration = {
    next: next.value,
    mayReturn: mayHave(iteratorPrototype, 'return'),
    arrayCell: cellOfChain(arrayPrototype),
    iteratorCell: cellOfChain(iteratorPrototype),
  };
  return next.value;
}

/** The next value of an array's iteration; sets `done` at its end. */
export function stepArray(agent: Agent, iteration: ArrayIteration): Value {
  const { array, nextIndex } = iteration;
  if (nextIndex >= array.length) {
    iteration.done = true;
    return undefined;
  }
  iteration.nextIndex = nextIndex + 1;
  const value = array.el[nextIndex];
  return value === undefined ? getIndex(agent, array, nextIndex) : value;
}

/** The iterator object of a record; that of an array's iteration is made now. */
export function iteratorOf(agent: Agent, record: IteratorRecord): JSObject {
  if (!(record instanceof ArrayIteration)) return record.iterator;
  if (record.made !== null) return record.made;
  const iterator = Call0(agent, agent.realm.intrinsic('%Array.prototype.values%'), record.array) as JSObject;
  // It has to stand where the iteration does.
  for (let i = 0; i < record.nextIndex; i++) Call0(agent, record.nextMethod, iterator);
  record.made = iterator;
  return iterator;
}

/** A record as registers hold it. */
function recordValue(record: IteratorRecord): Value {
  return record as unknown as Value;
}

// ---- GetIterator

/** GetIterator ( obj, sync ): the record — https://tc39.es/ecma262/#sec-getiterator */
export function getIteratorFrom(
  agent: Agent,
  frame: VMFrame,
  obj: Value,
  ending: number,
  continuation: Continuation | null,
): number {
  const next = obj instanceof ArrayObject ? plainArrayNext(agent, obj) : undefined;
  if (next !== undefined) {
    frame.result = recordValue(new ArrayIteration(obj as ArrayObject, next));
    return CALLED;
  }
  if (obj === undefined || obj === null) notIterable(agent, obj);
  return new Opening(obj, false, ending, continuation).begin(agent, frame, SYNC_METHOD);
}

/** GetIterator ( obj, async ): the record — https://tc39.es/ecma262/#sec-getiterator */
export function getAsyncIteratorFrom(
  agent: Agent,
  frame: VMFrame,
  obj: Value,
  ending: number,
  continuation: Continuation | null,
): number {
  if (obj === undefined || obj === null) notAsyncIterable(agent, obj);
  return new Opening(obj, true, ending, continuation).begin(agent, frame, ASYNC_METHOD);
}

const ASYNC_METHOD = 0;
const SYNC_METHOD = 1;
const ITERATOR = 2;
const NEXT = 3;

class Opening extends Operation {
  private readonly obj: Value;
  private readonly isAsync: boolean;
  /** An async iteration of what has a sync iterator only. */
  private isFallback: boolean;
  private iterator: JSObject | null;
  /** What the next step gets. */
  private awaited: number;

  constructor(obj: Value, isAsync: boolean, ending: number, continuation: Continuation | null) {
    super(ending, continuation);
    this.obj = obj;
    this.isAsync = isAsync;
    this.isFallback = false;
    this.iterator = null;
    this.awaited = SYNC_METHOD;
  }

  begin(agent: Agent, frame: VMFrame, awaited: number): number {
    this.awaited = awaited;
    const symbol = awaited === ASYNC_METHOD ? SYMBOL_ASYNC_ITERATOR : SYMBOL_ITERATOR;
    return this.after(agent, frame, getVFrom(agent, frame, this.obj, symbol, END_CONTINUE, this));
  }

  protected override step(agent: Agent, frame: VMFrame, value: Value): number {
    const { obj } = this;
    switch (this.awaited) {
      case ASYNC_METHOD: {
        const method = methodFrom(agent, value, SYMBOL_ASYNC_ITERATOR);
        if (method === undefined) {
          this.isFallback = true;
          return this.begin(agent, frame, SYNC_METHOD);
        }
        this.awaited = ITERATOR;
        return this.call(agent, frame, method, obj, NO_ARGUMENTS);
      }
      case SYNC_METHOD: {
        const method = methodFrom(agent, value, SYMBOL_ITERATOR);
        if (method === undefined) {
          if (this.isAsync) notAsyncIterable(agent, obj);
          notIterable(agent, obj);
        }
        this.awaited = ITERATOR;
        return this.call(agent, frame, method, obj, NO_ARGUMENTS);
      }
      case ITERATOR: {
        const iterator = requireIterator(agent, value);
        this.iterator = iterator;
        this.awaited = NEXT;
        return this.after(
          agent,
          frame,
          getFrom(agent, frame, iterator, 'next', iterator, END_CONTINUE, this),
        );
      }
      default: {
        const record = new IteratorRecord(this.iterator as JSObject, value);
        frame.result = recordValue(this.isFallback ? CreateAsyncFromSyncIterator(agent, record) : record);
        return CALLED;
      }
    }
  }
}

// ---- Steps

/** IteratorStepValue for a record that is not done, which it says when the outcome stands for that. */
export function stepValueFrom(agent: Agent, frame: VMFrame, record: IteratorRecord, ending: number): number {
  if (record instanceof ArrayIteration) {
    frame.result = stepArray(agent, record);
    return CALLED;
  }
  return new Stepping(record, null, ending).begin(agent, frame);
}

/** Appends what is left of an iteration to `list`, which is no outcome. */
export function collectFrom(
  agent: Agent,
  frame: VMFrame,
  record: IteratorRecord,
  list: Value[],
  ending: number,
  continuation: Continuation | null = null,
): number {
  if (record instanceof ArrayIteration) {
    for (;;) {
      agent.chargeFuel(1);
      const value = stepArray(agent, record);
      if (record.done) return CALLED;
      appendToList(agent, list, value);
    }
  }
  return new Stepping(record, list, ending, continuation).begin(agent, frame);
}

const STEP_RESULT = 0;
const STEP_DONE = 1;
const STEP_VALUE = 2;

/** One step of an iteration, or all to its end if there is a list for the values. */
class Stepping extends Operation {
  private readonly record: IteratorRecord;
  private readonly list: Value[] | null;
  private result: JSObject | null;
  /** What the next step gets. */
  private awaited: number;

  constructor(
    record: IteratorRecord,
    list: Value[] | null,
    ending: number,
    continuation: Continuation | null = null,
  ) {
    super(ending, continuation);
    this.record = record;
    this.list = list;
    this.result = null;
    this.awaited = STEP_RESULT;
  }

  begin(agent: Agent, frame: VMFrame): number {
    try {
      return this.run(agent, frame);
    } catch (thrown) {
      this.record.done = true;
      throw thrown;
    }
  }

  protected override step(agent: Agent, frame: VMFrame, value: Value): number {
    try {
      return this.take(agent, frame, value) ? CALLED : this.run(agent, frame);
    } catch (thrown) {
      this.record.done = true;
      throw thrown;
    }
  }

  override threw(agent: Agent, frame: VMFrame, value: Value): number | false {
    this.record.done = true;
    return super.threw(agent, frame, value);
  }

  private run(agent: Agent, frame: VMFrame): number {
    for (;;) {
      const called = this.ask(agent, frame);
      if (called !== CALLED) return called;
      if (this.take(agent, frame, frame.result)) return CALLED;
    }
  }

  /** Makes the next call or read. */
  private ask(agent: Agent, frame: VMFrame): number {
    const { record, result } = this;
    switch (this.awaited) {
      case STEP_RESULT: {
        if (this.list !== null) agent.chargeFuel(1);
        const next = requireCallable(agent, record.nextMethod);
        return callFrom(agent, frame, next, record.iterator, NO_ARGUMENTS, END_CONTINUE, this);
      }
      case STEP_DONE:
        return getFrom(agent, frame, result as JSObject, 'done', result, END_CONTINUE, this);
      default:
        return getFrom(agent, frame, result as JSObject, 'value', result, END_CONTINUE, this);
    }
  }

  /** Takes what it gave; true once all is done. */
  private take(agent: Agent, frame: VMFrame, value: Value): boolean {
    switch (this.awaited) {
      case STEP_RESULT: {
        const result = requireResultObject(agent, this.record, value);
        if (result.shape === iteratorResultShape(agent)) {
          // Fast path: `value` and `done` of our own result objects are data, in the first slots.
          return this.isDone(frame, result.s1 as Value) || this.give(agent, frame, result.s0 as Value);
        }
        this.result = result;
        this.awaited = STEP_DONE;
        return false;
      }
      case STEP_DONE:
        if (this.isDone(frame, value)) return true;
        this.awaited = STEP_VALUE;
        return false;
      default:
        this.awaited = STEP_RESULT;
        return this.give(agent, frame, value);
    }
  }

  private isDone(frame: VMFrame, done: Value): boolean {
    if (!ToBoolean(done)) return false;
    this.record.done = true;
    frame.result = undefined;
    return true;
  }

  private give(agent: Agent, frame: VMFrame, value: Value): boolean {
    const { list } = this;
    frame.result = value;
    if (list === null) return true;
    appendToList(agent, list, value);
    return false;
  }
}

// ---- IteratorClose

/** IteratorClose with a normal completion, as the whole of an instruction without a result. What a handler gives. */
export function closeByInstruction(agent: Agent, frame: VMFrame, record: IteratorRecord): number {
  if (record instanceof ArrayIteration && !arrayIteratorsMayReturn(agent))
    return deliver(agent, frame, END_DROP, null, undefined);
  return new Closing(record, false).begin(agent, frame);
}

/** IteratorClose with a throw completion, which wins over a guest error of `return`: nothing is thrown. */
export function closeQuietlyByInstruction(agent: Agent, frame: VMFrame, record: IteratorRecord): number {
  return new Closing(record, true).begin(agent, frame);
}

/** The iterator to close; null for that of an array that has no `return`, which is not made then. */
function iteratorToClose(agent: Agent, record: IteratorRecord): JSObject | null {
  if (record instanceof ArrayIteration && !arrayIteratorsMayReturn(agent)) return null;
  return iteratorOf(agent, record);
}

/** The iterators of arrays of the running realm may have got a `return` from the program. */
function arrayIteratorsMayReturn(agent: Agent): boolean {
  const { realm } = agent;
  const known = realm.arrayIteration;
  if (known?.iteratorCell.valid) return known.mayReturn;
  return mayHave(realm.intrinsic('%ArrayIteratorPrototype%'), 'return');
}

/** Looks a property up without running guest code: true if that cannot tell. */
function mayHave(O: JSObject, P: string): boolean {
  for (let o: JSObject | null = O; o !== null; o = o.shape.proto) {
    if (o.exotic === EXOTIC_ALL || o.GetOwnProperty(o.shape.agent, P) !== undefined) return true;
  }
  return false;
}

class Closing extends Operation {
  private readonly record: IteratorRecord;
  private readonly isQuiet: boolean;
  private iterator: JSObject | null;
  private isCalled: boolean;

  constructor(record: IteratorRecord, isQuiet: boolean) {
    super(END_DROP, null);
    this.record = record;
    this.isQuiet = isQuiet;
    this.iterator = null;
    this.isCalled = false;
  }

  begin(agent: Agent, frame: VMFrame): number {
    const begun = this.guarded(agent, frame, undefined, true);
    return begun === CALLED ? this.ended(frame) : begun;
  }

  private ended({ code, pc }: VMFrame): number {
    return pc + OPCODE_LENGTHS[code[pc]];
  }

  protected override step(agent: Agent, frame: VMFrame, value: Value): number {
    return this.guarded(agent, frame, value, false);
  }

  /** Takes a step, the first if `isFirst`; drops errors if it is quiet. */
  private guarded(agent: Agent, frame: VMFrame, value: Value, isFirst: boolean): number {
    if (!this.isQuiet) return isFirst ? this.first(agent, frame) : this.further(agent, frame, value);
    const { depth } = agent;
    try {
      return isFirst ? this.first(agent, frame) : this.further(agent, frame, value);
    } catch (thrown) {
      takeThrown(agent, frame, depth, thrown);
      return CALLED;
    }
  }

  private first(agent: Agent, frame: VMFrame): number {
    const iterator = iteratorToClose(agent, this.record);
    if (iterator === null) return CALLED;
    this.iterator = iterator;
    return this.after(agent, frame, getFrom(agent, frame, iterator, 'return', iterator, END_CONTINUE, this));
  }

  private further(agent: Agent, frame: VMFrame, value: Value): number {
    if (!this.isCalled) {
      const method = methodFrom(agent, value, 'return');
      if (method === undefined) return CALLED;
      this.isCalled = true;
      return this.call(agent, frame, method, this.iterator, NO_ARGUMENTS);
    }
    if (!this.isQuiet && !isObject(value))
      throwTypeError(agent, `${describeForMessage(value)} is not an object`);
    return CALLED;
  }

  protected override caught(): number {
    return CALLED;
  }

  override threw(agent: Agent, frame: VMFrame, value: Value): number | false {
    return this.isQuiet ? this.catchThrown(agent, frame, value) : false;
  }
}
