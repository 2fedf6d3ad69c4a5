// Array.fromAsync, https://tc39.es/ecma262/#sec-array.fromasync . Its async closure is a Coroutine with its program
// counter in a field: no host generator or closure holds guest state (ARCHITECTURE.md, rule 7).
import type { Agent } from '../../runtime/agent.ts';
import { Call0, Call2, Construct, IsCallable, IsConstructor } from '../../runtime/call.ts';
import { ThrowCompletion } from '../../runtime/completion.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { guestValueOf, throwTypeError } from '../../runtime/errors.ts';
import { ArrayCreate } from '../../runtime/objects/array.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import {
  COROUTINE_AWAITING,
  COROUTINE_RETURNED,
  type Coroutine,
  type CoroutineState,
  type ResumptionKind,
} from '../../runtime/objects/generator.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import {
  AsyncFunctionStart,
  CreateAsyncFromSyncIterator,
  promiseToAwait,
} from '../../runtime/operations/async-operations.ts';
import {
  GetIteratorFromMethod,
  IteratorComplete,
  type IteratorRecord,
  IteratorValue,
} from '../../runtime/operations/iterator-operations.ts';
import {
  CreateDataPropertyOrThrow,
  GetMethod,
  getIndex,
  LengthOfArrayLike,
  Set as SetProperty,
} from '../../runtime/operations/object-operations.ts';
import { NewPromiseCapability } from '../../runtime/operations/promise-operations.ts';
import { ToObject } from '../../runtime/operations/type-conversion.ts';
import { keyFromNumber } from '../../runtime/property-key.ts';
import { SYMBOL_ASYNC_ITERATOR, SYMBOL_ITERATOR, type Value } from '../../runtime/value.ts';

// Where the closure goes on.
const START = 0;
const NEXT_ELEMENT = 1;
/** The awaited result of the iterator's next method. */
const GOT_NEXT_RESULT = 2;
/** The awaited element of an array-like. */
const GOT_ELEMENT = 3;
/** The awaited result of the mapper. */
const GOT_MAPPED = 4;
/** The awaited result of the iterator's return method; `pending` is thrown then. */
const CLOSED = 5;

class FromAsyncCoroutine implements Coroutine {
  value: Value = undefined;
  private pc = START;
  private readonly C: Value;
  private readonly asyncItems: Value;
  private readonly mapper: Value;
  private readonly thisArg: Value;
  private A: JSObject | null = null;
  private k = 0;
  private len = 0;
  private arrayLike: JSObject | null = null;
  private iteratorRecord: IteratorRecord | null = null;
  private pending: Value = undefined;

  constructor(C: Value, asyncItems: Value, mapper: Value, thisArg: Value) {
    this.C = C;
    this.asyncItems = asyncItems;
    this.mapper = mapper;
    this.thisArg = thisArg;
  }

  resume(agent: Agent, kind: ResumptionKind, value: Value): CoroutineState {
    const at = this.pc;
    if (at === CLOSED) throw new ThrowCompletion(this.pending);
    if (kind === 'throw') {
      if (at === GOT_MAPPED && this.iteratorRecord !== null) return this.close(agent, value);
      throw new ThrowCompletion(value);
    }
    switch (at) {
      case START:
        this.start(agent);
        return this.nextElement(agent);
      case GOT_NEXT_RESULT:
        return this.takeNextResult(agent, value);
      case GOT_ELEMENT:
        return this.mapElement(agent, value);
      default:
        return this.storeElement(agent, value);
    }
  }

  private await(agent: Agent, value: Value, pc: number): CoroutineState {
    this.pc = pc;
    this.value = promiseToAwait(agent, value);
    return COROUTINE_AWAITING;
  }

  private start(agent: Agent): void {
    const { asyncItems, C } = this;
    if (this.mapper !== undefined && !IsCallable(this.mapper)) {
      throwTypeError(agent, `${describeForMessage(this.mapper)} is not a function`);
    }
    const usingAsyncIterator = GetMethod(agent, asyncItems, SYMBOL_ASYNC_ITERATOR);
    const usingSyncIterator =
      usingAsyncIterator === undefined ? GetMethod(agent, asyncItems, SYMBOL_ITERATOR) : undefined;
    if (usingAsyncIterator !== undefined) {
      this.A = IsConstructor(C) ? Construct(agent, C, []) : ArrayCreate(agent, 0);
      this.iteratorRecord = GetIteratorFromMethod(agent, asyncItems, usingAsyncIterator);
    } else if (usingSyncIterator !== undefined) {
      this.A = IsConstructor(C) ? Construct(agent, C, []) : ArrayCreate(agent, 0);
      this.iteratorRecord = CreateAsyncFromSyncIterator(
        agent,
        GetIteratorFromMethod(agent, asyncItems, usingSyncIterator),
      );
    } else {
      const arrayLike = ToObject(agent, asyncItems);
      this.arrayLike = arrayLike;
      this.len = LengthOfArrayLike(agent, arrayLike);
      this.A = IsConstructor(C) ? Construct(agent, C, [this.len]) : ArrayCreate(agent, this.len);
    }
  }

  private nextElement(agent: Agent): CoroutineState {
    agent.chargeFuel(1);
    if (this.iteratorRecord !== null) {
      const { nextMethod, iterator } = this.iteratorRecord;
      return this.await(agent, Call0(agent, nextMethod, iterator), GOT_NEXT_RESULT);
    }
    if (this.k >= this.len) return this.finish(agent, this.len);
    return this.await(agent, getIndex(agent, this.arrayLike as JSObject, this.k), GOT_ELEMENT);
  }

  private finish(agent: Agent, length: number): CoroutineState {
    const A = this.A as JSObject;
    SetProperty(agent, A, 'length', length, true);
    this.value = A;
    return COROUTINE_RETURNED;
  }

  private takeNextResult(agent: Agent, nextResult: Value): CoroutineState {
    if (typeof nextResult !== 'object' || nextResult === null) {
      throwTypeError(agent, `Iterator result ${describeForMessage(nextResult)} is not an object`);
    }
    if (IteratorComplete(agent, nextResult)) return this.finish(agent, this.k);
    return this.mapElement(agent, IteratorValue(agent, nextResult));
  }

  private mapElement(agent: Agent, value: Value): CoroutineState {
    if (this.mapper === undefined) return this.storeElement(agent, value);
    let mapped: Value;
    try {
      mapped = Call2(agent, this.mapper, this.thisArg, value, this.k);
      return this.await(agent, mapped, GOT_MAPPED);
    } catch (thrown) {
      if (this.iteratorRecord === null) throw thrown;
      return this.close(agent, guestValueOf(agent, thrown));
    }
  }

  private storeElement(agent: Agent, value: Value): CoroutineState {
    try {
      CreateDataPropertyOrThrow(agent, this.A as JSObject, keyFromNumber(this.k), value);
    } catch (thrown) {
      if (this.iteratorRecord === null) throw thrown;
      return this.close(agent, guestValueOf(agent, thrown));
    }
    this.k++;
    this.pc = NEXT_ELEMENT;
    return this.nextElement(agent);
  }

  /** AsyncIteratorClose with a throw completion — https://tc39.es/ecma262/#sec-asynciteratorclose */
  private close(agent: Agent, error: Value): CoroutineState {
    this.pending = error;
    const iterator = (this.iteratorRecord as IteratorRecord).iterator;
    try {
      const returnMethod = GetMethod(agent, iterator, 'return');
      if (returnMethod !== undefined) return this.await(agent, Call0(agent, returnMethod, iterator), CLOSED);
    } catch (inner) {
      guestValueOf(agent, inner);
    }
    throw new ThrowCompletion(error);
  }
}

/** Array.fromAsync ( asyncItems [ , mapper [ , thisArg ] ] ) — https://tc39.es/ecma262/#sec-array.fromasync */
export function Array_fromAsync(
  callee: BuiltinFunction<undefined>,
  thisValue: Value,
  _newTarget: JSObject | undefined,
  asyncItems: Value,
  mapper: Value,
  thisArg: Value,
): Value {
  const agent = callee.realm.agent;
  const promiseCapability = NewPromiseCapability(agent, callee.realm.intrinsic('%Promise%'));
  AsyncFunctionStart(
    agent,
    promiseCapability,
    new FromAsyncCoroutine(thisValue, asyncItems, mapper, thisArg),
  );
  return promiseCapability.promise;
}
