// The methods of Iterator.prototype that return Iterator Helper Objects: map, filter, take, drop, flatMap
// (https://tc39.es/ecma262/#sec-iterator.prototype-object) and chunks, windows
// (https://tc39.es/proposal-iterator-chunking/).
import type { Agent } from '../../runtime/agent.ts';
import { Call2, IsCallable } from '../../runtime/call.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { type NativeErrorName, throwTypeError } from '../../runtime/errors.ts';
import { createArrayFrom } from '../../runtime/objects/array.ts';
import type { BuiltinFunction, FunctionObject } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import {
  GetIteratorDirect,
  GetIteratorFlattenable,
  IteratorClose,
  IteratorCloseAndThrow,
  IteratorRecord,
  IteratorStep,
  IteratorStepValue,
} from '../../runtime/operations/iterator-operations.ts';
import { ToBoolean, ToNumber } from '../../runtime/operations/type-conversion.ts';
import type { Value } from '../../runtime/value.ts';
import { method, type Row } from '../define.ts';
import { createIteratorHelper, HELPER_DONE, type HelperKind, type StepResult } from './helper-object.ts';

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

// ---- Kinds that call a function for each element

interface CallbackData {
  readonly iterated: IteratorRecord;
  readonly callback: FunctionObject;
  counter: number;
}

function callbackData(agent: Agent, thisValue: Value, name: string, callback: Value): CallbackData {
  const O = thisIterator(agent, thisValue, name);
  const checked = callbackArgument(agent, O, callback);
  return { iterated: GetIteratorDirect(agent, O), callback: checked, counter: 0 };
}

/** Calls the callback on an element and its number; closes the iterator if that throws. */
function callOnElement(agent: Agent, data: CallbackData, value: Value): Value {
  try {
    return Call2(agent, data.callback, undefined, value, data.counter++);
  } catch (thrown) {
    return IteratorCloseAndThrow(agent, data.iterated, thrown);
  }
}

function closeIterated(agent: Agent, data: { readonly iterated: IteratorRecord }): void {
  IteratorClose(agent, data.iterated);
}

const mapKind: HelperKind<CallbackData> = {
  name: 'map',
  step(agent, data) {
    agent.chargeFuel(1);
    const value = IteratorStepValue(agent, data.iterated);
    return data.iterated.done ? HELPER_DONE : callOnElement(agent, data, value);
  },
  close: closeIterated,
};

/** Iterator.prototype.map ( mapper ) — https://tc39.es/ecma262/#sec-iterator.prototype.map */
function Iterator_prototype_map(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  mapper: Value,
): Value {
  const agent = callee.realm.agent;
  return createIteratorHelper(agent, mapKind, callbackData(agent, thisValue, 'map', mapper));
}

const filterKind: HelperKind<CallbackData> = {
  name: 'filter',
  step(agent, data) {
    for (;;) {
      agent.chargeFuel(1);
      const value = IteratorStepValue(agent, data.iterated);
      if (data.iterated.done) return HELPER_DONE;
      if (ToBoolean(callOnElement(agent, data, value))) return value;
    }
  },
  close: closeIterated,
};

/** Iterator.prototype.filter ( predicate ) — https://tc39.es/ecma262/#sec-iterator.prototype.filter */
function Iterator_prototype_filter(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  predicate: Value,
): Value {
  const agent = callee.realm.agent;
  return createIteratorHelper(agent, filterKind, callbackData(agent, thisValue, 'filter', predicate));
}

interface FlatMapData extends CallbackData {
  /** The iterator of the mapper's last result while it lives. */
  inner: IteratorRecord | null;
}

const flatMapKind: HelperKind<FlatMapData> = {
  name: 'flatMap',
  step(agent, data) {
    for (;;) {
      agent.chargeFuel(1);
      if (data.inner === null) {
        const value = IteratorStepValue(agent, data.iterated);
        if (data.iterated.done) return HELPER_DONE;
        data.inner = innerIterator(agent, data, callOnElement(agent, data, value));
      }
      const inner = data.inner;
      let innerValue: Value;
      try {
        innerValue = IteratorStepValue(agent, inner);
      } catch (thrown) {
        IteratorCloseAndThrow(agent, data.iterated, thrown);
      }
      if (!inner.done) return innerValue;
      data.inner = null;
    }
  },
  close(agent, data, started) {
    if (started && data.inner !== null) {
      try {
        IteratorClose(agent, data.inner);
      } catch (thrown) {
        IteratorCloseAndThrow(agent, data.iterated, thrown);
      }
    }
    IteratorClose(agent, data.iterated);
  },
};

function innerIterator(agent: Agent, data: FlatMapData, mapped: Value): IteratorRecord {
  try {
    return GetIteratorFlattenable(agent, mapped, 'reject-primitives');
  } catch (thrown) {
    return IteratorCloseAndThrow(agent, data.iterated, thrown);
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
  const data: FlatMapData = { ...callbackData(agent, thisValue, 'flatMap', mapper), inner: null };
  return createIteratorHelper(agent, flatMapKind, data);
}

// ---- Kinds that count

interface LimitData {
  readonly iterated: IteratorRecord;
  remaining: number;
}

function limitData(agent: Agent, thisValue: Value, name: string, limit: Value): LimitData {
  const O = thisIterator(agent, thisValue, name);
  const remaining = limitArgument(agent, O, limit);
  return { iterated: GetIteratorDirect(agent, O), remaining };
}

const takeKind: HelperKind<LimitData> = {
  name: 'take',
  step(agent, data) {
    if (data.remaining === 0) {
      IteratorClose(agent, data.iterated);
      return HELPER_DONE;
    }
    data.remaining--;
    const value = IteratorStepValue(agent, data.iterated);
    return data.iterated.done ? HELPER_DONE : value;
  },
  close: closeIterated,
};

/** Iterator.prototype.take ( limit ) — https://tc39.es/ecma262/#sec-iterator.prototype.take */
function Iterator_prototype_take(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  limit: Value,
): Value {
  const agent = callee.realm.agent;
  return createIteratorHelper(agent, takeKind, limitData(agent, thisValue, 'take', limit));
}

const dropKind: HelperKind<LimitData> = {
  name: 'drop',
  step(agent, data) {
    while (data.remaining > 0) {
      agent.chargeFuel(1);
      data.remaining--;
      if (IteratorStep(agent, data.iterated) === null) return HELPER_DONE;
    }
    const value = IteratorStepValue(agent, data.iterated);
    return data.iterated.done ? HELPER_DONE : value;
  },
  close: closeIterated,
};

/** Iterator.prototype.drop ( limit ) — https://tc39.es/ecma262/#sec-iterator.prototype.drop */
function Iterator_prototype_drop(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  limit: Value,
): Value {
  const agent = callee.realm.agent;
  return createIteratorHelper(agent, dropKind, limitData(agent, thisValue, 'drop', limit));
}

// ---- Kinds that collect

interface BufferData {
  readonly iterated: IteratorRecord;
  readonly size: number;
  /** windows: the elements of the last window; chunks: empty between steps. */
  buffer: Value[];
}

/** Takes elements into the buffer until it is full; false if the iterator ends before. */
function fillBuffer(agent: Agent, data: BufferData): boolean {
  while (data.buffer.length < data.size) {
    agent.chargeFuel(1);
    const value = IteratorStepValue(agent, data.iterated);
    if (data.iterated.done) return false;
    agent.chargeBytes(8);
    data.buffer.push(value);
  }
  return true;
}

/** The last, partial array has been yielded with nothing left to close. */
function closeUnlessDone(agent: Agent, data: BufferData): void {
  if (!data.iterated.done) IteratorClose(agent, data.iterated);
}

const chunksKind: HelperKind<BufferData> = {
  name: 'chunks',
  step(agent, data): StepResult {
    if (data.iterated.done) return HELPER_DONE;
    fillBuffer(agent, data);
    const buffer = data.buffer;
    data.buffer = [];
    return buffer.length === 0 ? HELPER_DONE : createArrayFrom(agent, buffer);
  },
  close: closeUnlessDone,
};

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
  return createIteratorHelper(agent, chunksKind, { iterated: GetIteratorDirect(agent, O), size, buffer: [] });
}

interface WindowsData extends BufferData {
  readonly allowPartial: boolean;
}

const windowsKind: HelperKind<WindowsData> = {
  name: 'windows',
  step(agent, data): StepResult {
    if (data.iterated.done) return HELPER_DONE;
    const isFirst = data.buffer.length === 0;
    data.buffer = data.buffer.slice(1);
    const isFull = fillBuffer(agent, data);
    if (!isFull && !(isFirst && data.allowPartial && data.buffer.length > 0)) return HELPER_DONE;
    agent.chargeFuel(data.size >> 3);
    return createArrayFrom(agent, data.buffer.slice());
  },
  close: closeUnlessDone,
};

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
  return createIteratorHelper(agent, windowsKind, { iterated, size, buffer: [], allowPartial });
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
