// Async functions and async iteration: the driver of an awaiting Coroutine,
// https://tc39.es/ecma262/#sec-async-functions-abstract-operations , and async-from-sync iterators,
// https://tc39.es/ecma262/#sec-async-from-sync-iterator-objects .
import type { Agent } from '../agent.ts';
import { Call0, Call1 } from '../call.ts';
import { ThrowCompletion } from '../completion.ts';
import { describeForMessage } from '../describe.ts';
import { guestValueOf, throwTypeError } from '../errors.ts';
import { GuestResumption, type GuestStep, GuestWork, runGuestWork } from '../guest-work.ts';
import { type BuiltinFunction, builtinClosure, CreateBuiltinFunction } from '../objects/function.ts';
import {
  COROUTINE_AWAITING,
  type Coroutine,
  type CoroutineState,
  type ResumptionKind,
} from '../objects/generator.ts';
import { JSObject } from '../objects/object.ts';
import type { AwaitContinuation, PromiseCapability, PromiseObject } from '../objects/promise.ts';
import { rootShape, SHAPE_KIND_ORDINARY, type Shape } from '../shape.ts';
import { SYMBOL_ASYNC_ITERATOR, SYMBOL_ITERATOR, type Value } from '../value.ts';
import {
  CreateIteratorResultObject,
  GetIteratorFromMethod,
  IteratorClose,
  IteratorCloseAndThrow,
  IteratorComplete,
  IteratorNext,
  IteratorNextWith,
  IteratorRecord,
  IteratorValue,
} from './iterator-operations.ts';
import { GetMethod } from './object-operations.ts';
import {
  NewPromiseCapability,
  PerformPromiseThen,
  PromiseResolve,
  performPromiseThenContinuation,
  RejectPromise,
  resolvePromise,
} from './promise-operations.ts';

/**
 * A running async function: its coroutine and the promise that it settles, which is of %Promise% and which nobody else
 * settles. Is its own continuation, and the work of going on.
 */
export class AsyncBlock extends GuestWork implements AwaitContinuation {
  readonly isAwaitContinuation = true;
  readonly coroutine: Coroutine;
  readonly promise: PromiseObject;
  /** What the coroutine is resumed with. */
  private kind: ResumptionKind;
  private value: Value;

  constructor(coroutine: Coroutine, promise: PromiseObject) {
    super();
    this.coroutine = coroutine;
    this.promise = promise;
    this.kind = 'normal';
    this.value = undefined;
  }

  resume(_agent: Agent, completion: 'normal' | 'throw', value: Value): GuestWork {
    this.kind = completion;
    this.value = value;
    return this;
  }

  override begin(): GuestStep {
    const { value } = this;
    this.value = undefined;
    return new GuestResumption(this.coroutine, this.kind, value);
  }

  override suspended(agent: Agent, state: CoroutineState): null {
    const { value } = this.coroutine;
    if (state === COROUTINE_AWAITING) performPromiseThenContinuation(agent, value as PromiseObject, this);
    else resolvePromise(agent, this.promise, value);
    return null;
  }

  override threw(agent: Agent, value: Value): null {
    RejectPromise(agent, this.promise, value);
    return null;
  }
}

/**
 * AsyncFunctionStart and AsyncBlockStart: runs the coroutine to its first await or its end —
 * https://tc39.es/ecma262/#sec-async-functions-abstract-operations-async-function-start
 */
export function AsyncFunctionStart(
  agent: Agent,
  promiseCapability: PromiseCapability,
  coroutine: Coroutine,
): void {
  runGuestWork(agent, new AsyncBlock(coroutine, promiseCapability.promise as PromiseObject));
}

/** Await steps 2 and 3: the promise to wait for — https://tc39.es/ecma262/#await */
export function promiseToAwait(agent: Agent, value: Value): PromiseObject {
  return PromiseResolve(agent, agent.realm.intrinsic('%Promise%'), value) as PromiseObject;
}

/** GetIterator ( obj, async ) — https://tc39.es/ecma262/#sec-getiterator */
export function GetAsyncIterator(agent: Agent, obj: Value): IteratorRecord {
  const method = obj === undefined || obj === null ? undefined : GetMethod(agent, obj, SYMBOL_ASYNC_ITERATOR);
  if (method !== undefined) return GetIteratorFromMethod(agent, obj, method);
  const syncMethod = obj === undefined || obj === null ? undefined : GetMethod(agent, obj, SYMBOL_ITERATOR);
  if (syncMethod === undefined) notAsyncIterable(agent, obj);
  return CreateAsyncFromSyncIterator(agent, GetIteratorFromMethod(agent, obj, syncMethod));
}

/** Throws the TypeError of iterating what is not async iterable. */
export function notAsyncIterable(agent: Agent, obj: Value): never {
  return throwTypeError(agent, `${describeForMessage(obj)} is not async iterable`);
}

/** https://tc39.es/ecma262/#sec-properties-of-async-from-sync-iterator-instances */
export class AsyncFromSyncIteratorObject extends JSObject {
  readonly syncIteratorRecord: IteratorRecord;
  constructor(shape: Shape, syncIteratorRecord: IteratorRecord) {
    super(shape);
    this.syncIteratorRecord = syncIteratorRecord;
  }
}

const asyncFromSyncNext = builtinClosure('next', 1, AsyncFromSyncIterator_next);
const asyncFromSyncReturn = builtinClosure('return', 1, AsyncFromSyncIterator_return);
const asyncFromSyncThrow = builtinClosure('throw', 1, AsyncFromSyncIterator_throw);

/**
 * CreateAsyncFromSyncIterator ( syncIteratorRecord ) — https://tc39.es/ecma262/#sec-createasyncfromsynciterator
 * The object is never reachable from guest code, so its three methods are its own properties instead of those of
 * %AsyncFromSyncIteratorPrototype%.
 */
export function CreateAsyncFromSyncIterator(
  agent: Agent,
  syncIteratorRecord: IteratorRecord,
): IteratorRecord {
  const shape = rootShape(agent, null, SHAPE_KIND_ORDINARY);
  const asyncIterator = new AsyncFromSyncIteratorObject(shape, syncIteratorRecord);
  agent.chargeBytes(88);
  const nextMethod = CreateBuiltinFunction(agent, asyncFromSyncNext, null);
  asyncIterator.addSlot('next', nextMethod, 0);
  asyncIterator.addSlot('return', CreateBuiltinFunction(agent, asyncFromSyncReturn, null), 0);
  asyncIterator.addSlot('throw', CreateBuiltinFunction(agent, asyncFromSyncThrow, null), 0);
  return new IteratorRecord(asyncIterator, nextMethod);
}

/** IfAbruptRejectPromise — https://tc39.es/ecma262/#sec-ifabruptrejectpromise */
function rejectAbrupt(agent: Agent, promiseCapability: PromiseCapability, thrown: unknown): Value {
  Call1(agent, promiseCapability.reject, undefined, guestValueOf(agent, thrown));
  return promiseCapability.promise;
}

/** %AsyncFromSyncIteratorPrototype%.next ( [ value ] ) — https://tc39.es/ecma262/#sec-%asyncfromsynciteratorprototype%.next */
function AsyncFromSyncIterator_next(
  callee: BuiltinFunction<null>,
  O: Value,
  _newTarget: JSObject | undefined,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  const { syncIteratorRecord } = O as AsyncFromSyncIteratorObject;
  const promiseCapability = NewPromiseCapability(agent, agent.realm.intrinsic('%Promise%'));
  let result: JSObject;
  try {
    result =
      args.length > 0
        ? IteratorNextWith(agent, syncIteratorRecord, args[0])
        : IteratorNext(agent, syncIteratorRecord);
  } catch (thrown) {
    return rejectAbrupt(agent, promiseCapability, thrown);
  }
  return AsyncFromSyncIteratorContinuation(agent, result, promiseCapability, syncIteratorRecord, true);
}

/** %AsyncFromSyncIteratorPrototype%.return ( [ value ] ) — https://tc39.es/ecma262/#sec-%asyncfromsynciteratorprototype%.return */
function AsyncFromSyncIterator_return(
  callee: BuiltinFunction<null>,
  O: Value,
  _newTarget: JSObject | undefined,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  const { syncIteratorRecord } = O as AsyncFromSyncIteratorObject;
  const syncIterator = syncIteratorRecord.iterator;
  const promiseCapability = NewPromiseCapability(agent, agent.realm.intrinsic('%Promise%'));
  let result: Value;
  try {
    const method = GetMethod(agent, syncIterator, 'return');
    if (method === undefined) {
      const iterResult = CreateIteratorResultObject(agent, args[0], true);
      Call1(agent, promiseCapability.resolve, undefined, iterResult);
      return promiseCapability.promise;
    }
    result =
      args.length > 0 ? Call1(agent, method, syncIterator, args[0]) : Call0(agent, method, syncIterator);
    if (!(result instanceof JSObject))
      throwTypeError(agent, `${describeForMessage(result)} is not an object`);
  } catch (thrown) {
    return rejectAbrupt(agent, promiseCapability, thrown);
  }
  return AsyncFromSyncIteratorContinuation(agent, result, promiseCapability, syncIteratorRecord, false);
}

/** %AsyncFromSyncIteratorPrototype%.throw ( [ value ] ) — https://tc39.es/ecma262/#sec-%asyncfromsynciteratorprototype%.throw */
function AsyncFromSyncIterator_throw(
  callee: BuiltinFunction<null>,
  O: Value,
  _newTarget: JSObject | undefined,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  const { syncIteratorRecord } = O as AsyncFromSyncIteratorObject;
  const syncIterator = syncIteratorRecord.iterator;
  const promiseCapability = NewPromiseCapability(agent, agent.realm.intrinsic('%Promise%'));
  let result: Value;
  try {
    const method = GetMethod(agent, syncIterator, 'throw');
    if (method === undefined) {
      syncIteratorRecord.done = true;
      IteratorClose(agent, syncIteratorRecord);
      throwTypeError(agent, 'The iterator does not provide a throw method');
    }
    result =
      args.length > 0 ? Call1(agent, method, syncIterator, args[0]) : Call0(agent, method, syncIterator);
    if (!(result instanceof JSObject))
      throwTypeError(agent, `${describeForMessage(result)} is not an object`);
  } catch (thrown) {
    return rejectAbrupt(agent, promiseCapability, thrown);
  }
  return AsyncFromSyncIteratorContinuation(agent, result, promiseCapability, syncIteratorRecord, true);
}

const unwrapWithDone = builtinClosure('', 1, Unwrap);
const closeSyncIterator = builtinClosure('', 1, CloseSyncIterator);

/** The unwrap closure, https://tc39.es/ecma262/#sec-asyncfromsynciteratorcontinuation . */
function Unwrap(
  callee: BuiltinFunction<{ readonly done: boolean }>,
  _thisValue: Value,
  _newTarget: JSObject | undefined,
  v: Value,
): Value {
  return CreateIteratorResultObject(callee.realm.agent, v, callee.captures.done);
}

/** The closeIterator closure, https://tc39.es/ecma262/#sec-asyncfromsynciteratorcontinuation . */
function CloseSyncIterator(
  callee: BuiltinFunction<IteratorRecord>,
  _thisValue: Value,
  _newTarget: JSObject | undefined,
  error: Value,
): Value {
  return IteratorCloseAndThrow(callee.realm.agent, callee.captures, new ThrowCompletion(error));
}

/** https://tc39.es/ecma262/#sec-asyncfromsynciteratorcontinuation */
function AsyncFromSyncIteratorContinuation(
  agent: Agent,
  result: JSObject,
  promiseCapability: PromiseCapability,
  syncIteratorRecord: IteratorRecord,
  closeIterator: boolean,
): Value {
  let done: boolean;
  let valueWrapper: JSObject;
  try {
    done = IteratorComplete(agent, result);
    const value = IteratorValue(agent, result);
    try {
      valueWrapper = PromiseResolve(agent, agent.realm.intrinsic('%Promise%'), value);
    } catch (thrown) {
      if (!done && closeIterator) IteratorCloseAndThrow(agent, syncIteratorRecord, thrown);
      throw thrown;
    }
  } catch (thrown) {
    return rejectAbrupt(agent, promiseCapability, thrown);
  }
  const onFulfilled = CreateBuiltinFunction(agent, unwrapWithDone, { done });
  const onRejected =
    done || !closeIterator ? undefined : CreateBuiltinFunction(agent, closeSyncIterator, syncIteratorRecord);
  PerformPromiseThen(agent, valueWrapper as PromiseObject, onFulfilled, onRejected, promiseCapability);
  return promiseCapability.promise;
}
