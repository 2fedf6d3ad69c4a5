// The methods of Iterator.prototype that return Iterator Helper Objects: map, filter, take, drop, flatMap
// (https://tc39.es/ecma262/#sec-iterator.prototype-object) and chunks, windows
// (https://tc39.es/proposal-iterator-chunking/).
import type { Agent } from '../../runtime/agent.ts';
import { IsCallable } from '../../runtime/call.ts';
import { ThrowCompletion } from '../../runtime/completion.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { type NativeErrorName, throwTypeError } from '../../runtime/errors.ts';
import { GuestCall, type GuestStep } from '../../runtime/guest-work.ts';
import { createArrayFrom } from '../../runtime/objects/array.ts';
import type { BuiltinFunction, FunctionObject } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import {
  flattenableMethod,
  flattenedIterator,
  GetIteratorDirect,
  IteratorCloseAndThrow,
  IteratorRecord,
  requireResultObject,
  resultUnlessDone,
  valueUnlessDone,
} from '../../runtime/operations/iterator-operations.ts';
import { ToBoolean, ToNumber } from '../../runtime/operations/type-conversion.ts';
import type { Value } from '../../runtime/value.ts';
import { method, type Row } from '../define.ts';
import { callOfNext, createIteratorHelper, HelperAlgorithm } from './helper-object.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

// ---- Arguments

/** `this` must be an object of any kind. */
export function thisIterator(agent: Agent, thisValue: Value, name: string): JSObject {
  if (typeof thisValue === 'object' && thisValue !== null) return thisValue;
  return throwTypeError(
    agent,
    `Iterator.prototype.${name} called on non-object ${describeForMessage(thisValue)}`,
  );
}

/** Closes the iterator `O`, whose `next` has not been read, and throws a new error of the running realm. */
export function rejectArgument(
  agent: Agent,
  O: JSObject,
  errorName: NativeErrorName,
  message: string,
): never {
  return IteratorCloseAndThrow(
    agent,
    new IteratorRecord(O, undefined),
    agent.createThrow(errorName, message),
  );
}

/** A callback argument, checked before `next` is read. */
export function callbackArgument(agent: Agent, O: JSObject, callback: Value): FunctionObject {
  if (IsCallable(callback)) return callback;
  return rejectArgument(agent, O, 'TypeError', `${describeForMessage(callback)} is not a function`);
}

/** The limit of take and drop: an integer of at least 0, or Infinity. */
function limitArgument(agent: Agent, O: JSObject, limit: Value): number {
  let numLimit: number;
  try {
    numLimit = ToNumber(agent, limit);
  } catch (thrown) {
    IteratorCloseAndThrow(agent, new IteratorRecord(O, undefined), thrown);
  }
  const integerLimit = Math.trunc(numLimit);
  const isTooLarge = Number.isFinite(numLimit) && numLimit > Number.MAX_SAFE_INTEGER;
  if (Number.isNaN(numLimit) || isTooLarge || integerLimit < 0) {
    rejectArgument(agent, O, 'RangeError', `${describeForMessage(limit)} is not a valid limit`);
  }
  return integerLimit;
}

/** The size of chunks and windows: an integer from 1 to 2^32 - 1, not converted. */
function sizeArgument(agent: Agent, O: JSObject, size: Value): number {
  if (typeof size !== 'number' || !Number.isInteger(size)) {
    rejectArgument(agent, O, 'TypeError', `${describeForMessage(size)} is not an integral number`);
  }
  if (size < 1 || size > 0xffffffff) rejectArgument(agent, O, 'RangeError', `${size} is not a valid size`);
  return size;
}

// ---- Over one iterator

/** A helper over one iterator, which asks it for its values one by one. */
abstract class IteratedHelper extends HelperAlgorithm {
  protected readonly iterated: IteratorRecord;
  private nextCall: GuestCall | null;

  constructor(iterated: IteratorRecord) {
    super();
    this.iterated = iterated;
    this.nextCall = null;
  }

  /** Asks for the next value: `take` gets it. */
  protected next(agent: Agent): GuestStep {
    this.nextCall ??= callOfNext(agent, this.iterated);
    return this.nextCall;
  }

  protected override received(agent: Agent, value: Value): GuestStep | null {
    const { iterated } = this;
    const taken = valueUnlessDone(agent, iterated, requireResultObject(agent, iterated, value));
    return iterated.done ? this.end(agent) : this.take(agent, taken);
  }

  /** Goes on with a value, as `received`. */
  protected abstract take(agent: Agent, value: Value): GuestStep | null;

  protected override underlying(_started: boolean): readonly IteratorRecord[] {
    return [this.iterated];
  }
}

// ---- Those that call a function for each element

abstract class CallbackHelper extends IteratedHelper {
  private readonly callbackCall: GuestCall;
  private counter: number;
  /** The element that the callback is called with. */
  protected element: Value;
  private isCalling: boolean;

  /** The receiver and the arguments of the method. */
  constructor(agent: Agent, thisValue: Value, name: string, callback: Value) {
    const O = thisIterator(agent, thisValue, name);
    const checked = callbackArgument(agent, O, callback);
    super(GetIteratorDirect(agent, O));
    this.callbackCall = new GuestCall(checked, undefined, []);
    this.counter = 0;
    this.element = undefined;
    this.isCalling = false;
  }

  protected override resume(agent: Agent): GuestStep | null {
    agent.chargeFuel(1);
    return this.next(agent);
  }

  protected override take(_agent: Agent, value: Value): GuestStep {
    this.element = value;
    this.isCalling = true;
    const { callbackCall } = this;
    callbackCall.args = [value, this.counter++];
    return callbackCall;
  }

  protected override received(agent: Agent, value: Value): GuestStep | null {
    if (!this.isCalling) return super.received(agent, value);
    this.isCalling = false;
    return this.called(agent, value);
  }

  /** What the callback gave. */
  protected abstract called(agent: Agent, value: Value): GuestStep | null;

  /** What the callback throws closes the iterator. */
  protected override failed(agent: Agent, value: Value): GuestStep | null {
    if (this.isCalling) return this.closeAll(agent, [this.iterated], new ThrowCompletion(value));
    return super.failed(agent, value);
  }
}

class MapHelper extends CallbackHelper {
  protected override called(agent: Agent, value: Value): null {
    return this.yield(agent, value);
  }
}

/** Iterator.prototype.map ( mapper ) — https://tc39.es/ecma262/#sec-iterator.prototype.map */
function Iterator_prototype_map(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  mapper: Value,
): Value {
  const agent = callee.realm.agent;
  return createIteratorHelper(agent, new MapHelper(agent, thisValue, 'map', mapper));
}

class FilterHelper extends CallbackHelper {
  protected override called(agent: Agent, selected: Value): GuestStep | null {
    return ToBoolean(selected) ? this.yield(agent, this.element) : this.resume(agent);
  }
}

/** Iterator.prototype.filter ( predicate ) — https://tc39.es/ecma262/#sec-iterator.prototype.filter */
function Iterator_prototype_filter(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  predicate: Value,
): Value {
  const agent = callee.realm.agent;
  return createIteratorHelper(agent, new FilterHelper(agent, thisValue, 'filter', predicate));
}

// What a FlatMapHelper waits for, if it is not a value of the outer iterator.
const INNER_NONE = 0;
const INNER_CALL = 1;
const INNER_OPENING = 2;
const INNER_NEXT = 3;

class FlatMapHelper extends CallbackHelper {
  /** The iterator of the mapper's last result while it lives. */
  private inner: IteratorRecord | null = null;
  private innerNextCall: GuestCall | null = null;
  private innerState = INNER_NONE;

  protected override resume(agent: Agent): GuestStep | null {
    if (this.inner === null) return super.resume(agent);
    this.innerState = INNER_NEXT;
    agent.chargeFuel(1);
    this.innerNextCall ??= callOfNext(agent, this.inner);
    return this.innerNextCall;
  }

  protected override take(agent: Agent, value: Value): GuestStep {
    this.innerState = INNER_CALL;
    return super.take(agent, value);
  }

  protected override called(agent: Agent, mapped: Value): GuestStep | null {
    const method = flattenableMethod(agent, mapped, 'reject-primitives');
    if (method === undefined) return this.open(agent, mapped);
    this.innerState = INNER_OPENING;
    return new GuestCall(method, mapped, []);
  }

  private open(agent: Agent, iterator: Value): GuestStep | null {
    this.inner = flattenedIterator(agent, iterator);
    return this.resume(agent);
  }

  protected override received(agent: Agent, value: Value): GuestStep | null {
    if (this.innerState === INNER_OPENING) return this.open(agent, value);
    if (this.innerState !== INNER_NEXT) return super.received(agent, value);
    const inner = this.inner as IteratorRecord;
    const innerValue = valueUnlessDone(agent, inner, requireResultObject(agent, inner, value));
    this.innerState = INNER_NONE;
    if (!inner.done) return this.yield(agent, innerValue);
    this.inner = null;
    this.innerNextCall = null;
    return this.resume(agent);
  }

  protected override failed(agent: Agent, value: Value): GuestStep | null {
    if (this.innerState === INNER_NONE) return super.failed(agent, value);
    return this.closeAll(agent, [this.iterated], new ThrowCompletion(value));
  }

  protected override underlying(started: boolean): readonly IteratorRecord[] {
    const { inner, iterated } = this;
    return started && inner !== null ? [iterated, inner] : [iterated];
  }
}

/** Iterator.prototype.flatMap ( mapper ) — https://tc39.es/ecma262/#sec-iterator.prototype.flatmap */
function Iterator_prototype_flatMap(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  mapper: Value,
): Value {
  const agent = callee.realm.agent;
  return createIteratorHelper(agent, new FlatMapHelper(agent, thisValue, 'flatMap', mapper));
}

// ---- Those that count

abstract class LimitHelper extends IteratedHelper {
  protected remaining: number;

  /** The receiver and the argument of the method. */
  constructor(agent: Agent, thisValue: Value, name: string, limit: Value) {
    const O = thisIterator(agent, thisValue, name);
    const remaining = limitArgument(agent, O, limit);
    super(GetIteratorDirect(agent, O));
    this.remaining = remaining;
  }

  protected override take(agent: Agent, value: Value): GuestStep | null {
    return this.yield(agent, value);
  }
}

class TakeHelper extends LimitHelper {
  protected override resume(agent: Agent): GuestStep | null {
    if (this.remaining === 0) return this.closeAll(agent, [this.iterated]);
    this.remaining--;
    return this.next(agent);
  }
}

/** Iterator.prototype.take ( limit ) — https://tc39.es/ecma262/#sec-iterator.prototype.take */
function Iterator_prototype_take(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  limit: Value,
): Value {
  const agent = callee.realm.agent;
  return createIteratorHelper(agent, new TakeHelper(agent, thisValue, 'take', limit));
}

class DropHelper extends LimitHelper {
  private isDropping = false;

  protected override resume(agent: Agent): GuestStep {
    this.isDropping = this.remaining > 0;
    if (this.isDropping) {
      agent.chargeFuel(1);
      this.remaining--;
    }
    return this.next(agent);
  }

  /** The value of what is dropped is not read. */
  protected override received(agent: Agent, value: Value): GuestStep | null {
    if (!this.isDropping) return super.received(agent, value);
    const { iterated } = this;
    const result = requireResultObject(agent, iterated, value);
    return resultUnlessDone(agent, iterated, result) === null ? this.end(agent) : this.resume(agent);
  }
}

/** Iterator.prototype.drop ( limit ) — https://tc39.es/ecma262/#sec-iterator.prototype.drop */
function Iterator_prototype_drop(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  limit: Value,
): Value {
  const agent = callee.realm.agent;
  return createIteratorHelper(agent, new DropHelper(agent, thisValue, 'drop', limit));
}

// ---- Those that collect

abstract class BufferHelper extends IteratedHelper {
  protected readonly size: number;
  /** windows: the elements of the last window; chunks: empty between yields. */
  protected buffer: Value[];

  constructor(iterated: IteratorRecord, size: number) {
    super(iterated);
    this.size = size;
    this.buffer = [];
  }

  /** Takes elements into the buffer until it is full, or the iterator ends before: `full` follows, or `ended`. */
  protected fill(agent: Agent): GuestStep | null {
    if (this.buffer.length >= this.size) return this.full(agent);
    agent.chargeFuel(1);
    return this.next(agent);
  }

  protected override received(agent: Agent, value: Value): GuestStep | null {
    const { iterated } = this;
    const taken = valueUnlessDone(agent, iterated, requireResultObject(agent, iterated, value));
    return iterated.done ? this.ended(agent) : this.take(agent, taken);
  }

  protected override take(agent: Agent, value: Value): GuestStep | null {
    agent.chargeBytes(8);
    this.buffer.push(value);
    return this.fill(agent);
  }

  protected abstract full(agent: Agent): null;
  protected abstract ended(agent: Agent): null;

  /** Behind the last, partial array nothing is left to close. */
  protected override underlying(started: boolean): readonly IteratorRecord[] {
    return this.iterated.done ? [] : super.underlying(started);
  }
}

class ChunksHelper extends BufferHelper {
  protected override resume(agent: Agent): GuestStep | null {
    return this.iterated.done ? this.end(agent) : this.fill(agent);
  }

  protected override full(agent: Agent): null {
    const { buffer } = this;
    this.buffer = [];
    return this.yield(agent, createArrayFrom(agent, buffer));
  }

  protected override ended(agent: Agent): null {
    return this.buffer.length === 0 ? this.end(agent) : this.full(agent);
  }
}

/** Iterator.prototype.chunks ( chunkSize ) — https://tc39.es/proposal-iterator-chunking/ */
function Iterator_prototype_chunks(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  chunkSize: Value,
): Value {
  const agent = callee.realm.agent;
  const O = thisIterator(agent, thisValue, 'chunks');
  const size = sizeArgument(agent, O, chunkSize);
  return createIteratorHelper(agent, new ChunksHelper(GetIteratorDirect(agent, O), size));
}

class WindowsHelper extends BufferHelper {
  private readonly allowPartial: boolean;
  private isFirst: boolean;

  constructor(iterated: IteratorRecord, size: number, allowPartial: boolean) {
    super(iterated, size);
    this.allowPartial = allowPartial;
    this.isFirst = true;
  }

  protected override resume(agent: Agent): GuestStep | null {
    if (this.iterated.done) return this.end(agent);
    this.isFirst = this.buffer.length === 0;
    this.buffer = this.buffer.slice(1);
    return this.fill(agent);
  }

  protected override full(agent: Agent): null {
    agent.chargeFuel(this.size >> 3);
    return this.yield(agent, createArrayFrom(agent, this.buffer.slice()));
  }

  protected override ended(agent: Agent): null {
    const isPartial = this.isFirst && this.allowPartial && this.buffer.length > 0;
    return isPartial ? this.full(agent) : this.end(agent);
  }
}

/** Iterator.prototype.windows ( windowSize [ , undersized ] ) — https://tc39.es/proposal-iterator-chunking/ */
function Iterator_prototype_windows(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  windowSize: Value,
  undersized: Value,
): Value {
  const agent = callee.realm.agent;
  const O = thisIterator(agent, thisValue, 'windows');
  const size = sizeArgument(agent, O, windowSize);
  if (undersized !== undefined && undersized !== 'only-full' && undersized !== 'allow-partial') {
    rejectArgument(
      agent,
      O,
      'TypeError',
      `${describeForMessage(undersized)} is neither "only-full" nor "allow-partial"`,
    );
  }
  const iterated = GetIteratorDirect(agent, O);
  const allowPartial = undersized === 'allow-partial';
  return createIteratorHelper(agent, new WindowsHelper(iterated, size, allowPartial));
}

export const iteratorLazyMethodRows: readonly Row[] = [
  method('chunks', 1, Iterator_prototype_chunks),
  method('drop', 1, Iterator_prototype_drop),
  method('filter', 1, Iterator_prototype_filter),
  method('flatMap', 1, Iterator_prototype_flatMap),
  method('map', 1, Iterator_prototype_map),
  method('take', 1, Iterator_prototype_take),
  method('windows', 1, Iterator_prototype_windows),
];
