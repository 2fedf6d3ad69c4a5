// Promise Objects, https://tc39.es/ecma262/#sec-promise-objects . Abstract operations and jobs are in
// runtime/operations/promise-operations.ts. All closures of the combinators are records with static code.
import type { Agent } from '../runtime/agent.ts';
import { Call, Call0, Call1, IsCallable, IsConstructor } from '../runtime/call.ts';
import { ThrowCompletion } from '../runtime/completion.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { guestValueOf, throwTypeError } from '../runtime/errors.ts';
import { GuestAlgorithm, GuestCall, type GuestStep } from '../runtime/guest-work.ts';
import { ErrorObject } from '../runtime/objects/error.ts';
import {
  type BuiltinCode,
  type BuiltinFunction,
  builtinClosure,
  CreateBuiltinFunction,
  type FunctionObject,
} from '../runtime/objects/function.ts';
import { type JSObject, OrdinaryObjectCreate, type PendingWork } from '../runtime/objects/object.ts';
import { type PromiseCapability, PromiseObject } from '../runtime/objects/promise.ts';
import {
  GetIterator,
  IteratorCloseAndThrow,
  type IteratorRecord,
  IteratorStepValue,
} from '../runtime/operations/iterator-operations.ts';
import {
  CreateArrayFromList,
  CreateDataPropertyOrThrow,
  GetPrototypeFromConstructor,
  Invoke,
  SpeciesConstructor,
} from '../runtime/operations/object-operations.ts';
import {
  CreateResolvingFunctions,
  NewPromiseCapability,
  PerformPromiseThen,
  PromiseResolve,
} from '../runtime/operations/promise-operations.ts';
import { ATTRS_HIDDEN } from '../runtime/property-descriptor.ts';
import type { PropertyKey } from '../runtime/property-key.ts';
import { rootShape, SHAPE_KIND_ORDINARY } from '../runtime/shape.ts';
import { captureFrames, errorHeader } from '../runtime/stack-trace.ts';
import { SYMBOL_SPECIES, type Value } from '../runtime/value.ts';
import {
  constructorSpec,
  functionSpec,
  getter,
  type IntrinsicSpec,
  intrinsicValue,
  method,
  objectSpec,
  toStringTag,
} from './define.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Promise ( executor ) — https://tc39.es/ecma262/#sec-promise-executor */
function Promise_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  [executor]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  if (newTarget === undefined) throwTypeError(agent, "Promise constructor cannot be invoked without 'new'");
  if (!IsCallable(executor))
    throwTypeError(agent, `Promise resolver ${describeForMessage(executor)} is not a function`);
  const proto = GetPrototypeFromConstructor(agent, newTarget, '%Promise.prototype%');
  agent.chargeBytes(160);
  const promise = new PromiseObject(rootShape(agent, proto, SHAPE_KIND_ORDINARY));
  return new Execution(executor, promise);
}

/** The call of an executor. */
class Execution extends GuestAlgorithm {
  private readonly executor: FunctionObject;
  private readonly promise: PromiseObject;
  private reject: FunctionObject | null;

  constructor(executor: FunctionObject, promise: PromiseObject) {
    super();
    this.executor = executor;
    this.promise = promise;
    this.reject = null;
    this.result = promise;
  }

  override begin(agent: Agent): GuestStep {
    const { resolve, reject } = CreateResolvingFunctions(agent, this.promise);
    this.reject = reject;
    return new GuestCall(this.executor, undefined, [resolve, reject]);
  }

  override returned(): null {
    return null;
  }

  override threw(agent: Agent, value: Value): null {
    Call1(agent, this.reject, undefined, value);
    return null;
  }
}

function requireConstructorThis(agent: Agent, C: Value): JSObject {
  if (typeof C !== 'object' || C === null) throwTypeError(agent, `${describeForMessage(C)} is not an object`);
  return C;
}

/** IfAbruptRejectPromise — https://tc39.es/ecma262/#sec-ifabruptrejectpromise */
function rejectAbrupt(agent: Agent, capability: PromiseCapability, thrown: unknown): JSObject {
  Call1(agent, capability.reject, undefined, guestValueOf(agent, thrown));
  return capability.promise;
}

/** GetPromiseResolve ( promiseConstructor ) — https://tc39.es/ecma262/#sec-getpromiseresolve */
function GetPromiseResolve(agent: Agent, promiseConstructor: JSObject): FunctionObject {
  const promiseResolve = promiseConstructor.Get(agent, 'resolve', promiseConstructor);
  if (!IsCallable(promiseResolve)) throwTypeError(agent, 'Promise resolve is not a function');
  return promiseResolve;
}

// ---- Combinators over iterables and, with keys, over records

/** What the element functions of one combinator call share. */
interface CombinatorState {
  readonly values: Value[];
  readonly remainingElementsCount: { value: number };
  readonly capability: PromiseCapability;
  /** Null for iterables; the keys of the promise-keyed combinators otherwise. */
  readonly keys: PropertyKey[] | null;
}

interface ElementCaptures {
  readonly state: CombinatorState;
  readonly index: number;
  /** Shared by the two functions of one element of allSettled. */
  readonly alreadyCalled: { value: boolean };
}

/** The result when all elements are in: an array, or an object of the keys. */
function settleCombinator(agent: Agent, state: CombinatorState): Value {
  return Call1(agent, state.capability.resolve, undefined, combinatorResult(agent, state));
}

function combinatorResult(agent: Agent, state: CombinatorState): JSObject {
  if (state.keys === null) return CreateArrayFromList(agent, state.values);
  const obj = OrdinaryObjectCreate(agent, null);
  for (let i = 0; i < state.keys.length; i++)
    CreateDataPropertyOrThrow(agent, obj, state.keys[i], state.values[i]);
  return obj;
}

function storeElement(callee: BuiltinFunction<ElementCaptures>, value: Value): Value {
  const { state, index } = callee.captures;
  state.values[index] = value;
  if (--state.remainingElementsCount.value === 0) return settleCombinator(callee.realm.agent, state);
  return undefined;
}

function isFirstCall(callee: BuiltinFunction<ElementCaptures>): boolean {
  const { alreadyCalled } = callee.captures;
  if (alreadyCalled.value) return false;
  alreadyCalled.value = true;
  return true;
}

/** Promise.all Resolve Element Functions — https://tc39.es/ecma262/#sec-promise.all-resolve-element-functions */
function allResolveElement(
  callee: BuiltinFunction<ElementCaptures>,
  _t: Value,
  _n: NewTarget,
  x: Value,
): Value {
  return isFirstCall(callee) ? storeElement(callee, x) : undefined;
}

function settledRecord(
  agent: Agent,
  status: 'fulfilled' | 'rejected',
  key: 'value' | 'reason',
  x: Value,
): JSObject {
  const obj = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
  CreateDataPropertyOrThrow(agent, obj, 'status', status);
  CreateDataPropertyOrThrow(agent, obj, key, x);
  return obj;
}

/** Promise.allSettled Resolve Element Functions — https://tc39.es/ecma262/#sec-promise.allsettled-resolve-element-functions */
function allSettledResolveElement(
  callee: BuiltinFunction<ElementCaptures>,
  _t: Value,
  _n: NewTarget,
  x: Value,
): Value {
  if (!isFirstCall(callee)) return undefined;
  return storeElement(callee, settledRecord(callee.realm.agent, 'fulfilled', 'value', x));
}

/** Promise.allSettled Reject Element Functions — https://tc39.es/ecma262/#sec-promise.allsettled-reject-element-functions */
function allSettledRejectElement(
  callee: BuiltinFunction<ElementCaptures>,
  _t: Value,
  _n: NewTarget,
  x: Value,
): Value {
  if (!isFirstCall(callee)) return undefined;
  return storeElement(callee, settledRecord(callee.realm.agent, 'rejected', 'reason', x));
}

/** Promise.any Reject Element Functions — https://tc39.es/ecma262/#sec-promise.any-reject-element-functions */
function anyRejectElement(
  callee: BuiltinFunction<ElementCaptures>,
  _t: Value,
  _n: NewTarget,
  x: Value,
): Value {
  if (!isFirstCall(callee)) return undefined;
  const agent = callee.realm.agent;
  const { state, index } = callee.captures;
  state.values[index] = x;
  if (--state.remainingElementsCount.value > 0) return undefined;
  return Call1(agent, state.capability.reject, undefined, createAggregateError(agent, state.values));
}

function createAggregateError(agent: Agent, errors: Value[]): ErrorObject {
  const prototype = agent.realm.intrinsic('%AggregateError.prototype%');
  const error = new ErrorObject(rootShape(agent, prototype, SHAPE_KIND_ORDINARY), captureFrames(agent));
  error.addSlot('message', 'All promises were rejected', ATTRS_HIDDEN);
  error.header = errorHeader(error);
  error.addSlot('errors', CreateArrayFromList(agent, errors), ATTRS_HIDDEN);
  return error;
}

const allResolve = builtinClosure('', 1, allResolveElement);
const settledResolve = builtinClosure('', 1, allSettledResolveElement);
const settledReject = builtinClosure('', 1, allSettledRejectElement);
const anyReject = builtinClosure('', 1, anyRejectElement);

/** Which handlers each element's promise gets; null stands for the capability's own function. */
interface Combinator {
  readonly onFulfilled: BuiltinCode | null;
  readonly onRejected: BuiltinCode | null;
  /** What happens when the last element is counted synchronously. */
  finish(agent: Agent, state: CombinatorState): void;
}

const allCombinator: Combinator = {
  onFulfilled: allResolve,
  onRejected: null,
  finish: settleCombinator,
};
const allSettledCombinator: Combinator = {
  onFulfilled: settledResolve,
  onRejected: settledReject,
  finish: settleCombinator,
};
const anyCombinator: Combinator = {
  onFulfilled: null,
  onRejected: anyReject,
  finish(agent, state) {
    throw new ThrowCompletion(createAggregateError(agent, state.values));
  },
};

function subscribe(
  agent: Agent,
  constructor: JSObject,
  promiseResolve: FunctionObject,
  combinator: Combinator,
  state: CombinatorState,
  next: Value,
): void {
  const index = state.values.length;
  state.values.push(undefined);
  const nextPromise = Call1(agent, promiseResolve, constructor, next);
  const captures: ElementCaptures = { state, index, alreadyCalled: { value: false } };
  const { onFulfilled, onRejected } = combinator;
  const fulfilled =
    onFulfilled === null ? state.capability.resolve : CreateBuiltinFunction(agent, onFulfilled, captures);
  const rejected =
    onRejected === null ? state.capability.reject : CreateBuiltinFunction(agent, onRejected, captures);
  state.remainingElementsCount.value++;
  Invoke(agent, nextPromise, 'then', [fulfilled, rejected]);
}

/**
 * PerformPromiseAll and its siblings — https://tc39.es/ecma262/#sec-performpromiseall ,
 * #sec-performpromiseallsettled , #sec-performpromiseany
 */
function PerformPromiseCombinator(
  agent: Agent,
  iteratorRecord: IteratorRecord,
  constructor: JSObject,
  capability: PromiseCapability,
  promiseResolve: FunctionObject,
  combinator: Combinator,
): void {
  const state: CombinatorState = { values: [], remainingElementsCount: { value: 1 }, capability, keys: null };
  for (;;) {
    agent.chargeFuel(1);
    const next = IteratorStepValue(agent, iteratorRecord);
    if (iteratorRecord.done) break;
    subscribe(agent, constructor, promiseResolve, combinator, state, next);
  }
  if (--state.remainingElementsCount.value === 0) combinator.finish(agent, state);
}

/** The frame of all, allSettled, any and race: capability, iterator, closing and rejecting. */
function combine(
  agent: Agent,
  C: Value,
  iterable: Value,
  perform: (
    iteratorRecord: IteratorRecord,
    constructor: JSObject,
    capability: PromiseCapability,
    promiseResolve: FunctionObject,
  ) => void,
): Value {
  const capability = NewPromiseCapability(agent, C);
  const constructor = C as JSObject;
  let iteratorRecord: IteratorRecord | null = null;
  try {
    const promiseResolve = GetPromiseResolve(agent, constructor);
    iteratorRecord = GetIterator(agent, iterable);
    perform(iteratorRecord, constructor, capability, promiseResolve);
  } catch (thrown) {
    try {
      if (iteratorRecord !== null && !iteratorRecord.done)
        IteratorCloseAndThrow(agent, iteratorRecord, thrown);
    } catch (closed) {
      return rejectAbrupt(agent, capability, closed);
    }
    return rejectAbrupt(agent, capability, thrown);
  }
  return capability.promise;
}

/** Promise.all ( iterable ) — https://tc39.es/ecma262/#sec-promise.all */
function Promise_all(callee: Builtin, thisValue: Value, _newTarget: NewTarget, iterable: Value): Value {
  const agent = callee.realm.agent;
  return combine(agent, thisValue, iterable, (record, constructor, capability, promiseResolve) =>
    PerformPromiseCombinator(agent, record, constructor, capability, promiseResolve, allCombinator),
  );
}

/** Promise.allSettled ( iterable ) — https://tc39.es/ecma262/#sec-promise.allsettled */
function Promise_allSettled(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  iterable: Value,
): Value {
  const agent = callee.realm.agent;
  return combine(agent, thisValue, iterable, (record, constructor, capability, promiseResolve) =>
    PerformPromiseCombinator(agent, record, constructor, capability, promiseResolve, allSettledCombinator),
  );
}

/** Promise.any ( iterable ) — https://tc39.es/ecma262/#sec-promise.any */
function Promise_any(callee: Builtin, thisValue: Value, _newTarget: NewTarget, iterable: Value): Value {
  const agent = callee.realm.agent;
  return combine(agent, thisValue, iterable, (record, constructor, capability, promiseResolve) =>
    PerformPromiseCombinator(agent, record, constructor, capability, promiseResolve, anyCombinator),
  );
}

/** Promise.race ( iterable ) — https://tc39.es/ecma262/#sec-promise.race */
function Promise_race(callee: Builtin, thisValue: Value, _newTarget: NewTarget, iterable: Value): Value {
  const agent = callee.realm.agent;
  return combine(agent, thisValue, iterable, (record, constructor, capability, promiseResolve) => {
    for (;;) {
      agent.chargeFuel(1);
      const next = IteratorStepValue(agent, record);
      if (record.done) return;
      const nextPromise = Call1(agent, promiseResolve, constructor, next);
      Invoke(agent, nextPromise, 'then', [capability.resolve, capability.reject]);
    }
  });
}

/** PerformPromiseAllKeyed — https://tc39.es/proposal-await-dictionary/ */
function combineKeyed(agent: Agent, C: Value, promises: Value, combinator: Combinator): Value {
  const capability = NewPromiseCapability(agent, C);
  const constructor = C as JSObject;
  try {
    const promiseResolve = GetPromiseResolve(agent, constructor);
    if (typeof promises !== 'object' || promises === null) {
      throwTypeError(agent, `${describeForMessage(promises)} is not an object`);
    }
    const keys: PropertyKey[] = [];
    const state: CombinatorState = { values: [], remainingElementsCount: { value: 1 }, capability, keys };
    for (const key of promises.OwnPropertyKeys(agent)) {
      const desc = promises.GetOwnProperty(agent, key);
      if (desc === undefined || desc.enumerable !== true) continue;
      const value = promises.Get(agent, key, promises);
      keys.push(key);
      subscribe(agent, constructor, promiseResolve, combinator, state, value);
    }
    if (--state.remainingElementsCount.value === 0) combinator.finish(agent, state);
  } catch (thrown) {
    return rejectAbrupt(agent, capability, thrown);
  }
  return capability.promise;
}

/** Promise.allKeyed ( promises ) — https://tc39.es/proposal-await-dictionary/ */
function Promise_allKeyed(callee: Builtin, thisValue: Value, _newTarget: NewTarget, promises: Value): Value {
  return combineKeyed(callee.realm.agent, thisValue, promises, allCombinator);
}

/** Promise.allSettledKeyed ( promises ) — https://tc39.es/proposal-await-dictionary/ */
function Promise_allSettledKeyed(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  promises: Value,
): Value {
  return combineKeyed(callee.realm.agent, thisValue, promises, allSettledCombinator);
}

// ---- The other static functions

/** Promise.reject ( r ) — https://tc39.es/ecma262/#sec-promise.reject */
function Promise_reject(callee: Builtin, thisValue: Value, _newTarget: NewTarget, r: Value): Value {
  const agent = callee.realm.agent;
  const capability = NewPromiseCapability(agent, thisValue);
  Call1(agent, capability.reject, undefined, r);
  return capability.promise;
}

/** Promise.resolve ( x ) — https://tc39.es/ecma262/#sec-promise.resolve */
function Promise_resolve(callee: Builtin, thisValue: Value, _newTarget: NewTarget, x: Value): Value {
  const agent = callee.realm.agent;
  return PromiseResolve(agent, requireConstructorThis(agent, thisValue), x);
}

/** Promise.try ( callback, ...args ) — https://tc39.es/ecma262/#sec-promise.try */
function Promise_try(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  callback: Value,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  const capability = NewPromiseCapability(agent, requireConstructorThis(agent, thisValue));
  try {
    const status = Call(agent, callback, undefined, args);
    Call1(agent, capability.resolve, undefined, status);
  } catch (thrown) {
    Call1(agent, capability.reject, undefined, guestValueOf(agent, thrown));
  }
  return capability.promise;
}

/** Promise.withResolvers ( ) — https://tc39.es/ecma262/#sec-promise.withResolvers */
function Promise_withResolvers(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const { promise, resolve, reject } = NewPromiseCapability(agent, thisValue);
  const obj = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
  CreateDataPropertyOrThrow(agent, obj, 'promise', promise);
  CreateDataPropertyOrThrow(agent, obj, 'resolve', resolve);
  CreateDataPropertyOrThrow(agent, obj, 'reject', reject);
  return obj;
}

/** get Promise [ %Symbol.species% ] — https://tc39.es/ecma262/#sec-get-promise-%symbol.species% */
function get_Promise_species(_callee: Builtin, thisValue: Value): Value {
  return thisValue;
}

// ---- Prototype

/** Promise.prototype.catch ( onRejected ) — https://tc39.es/ecma262/#sec-promise.prototype.catch */
function Promise_prototype_catch(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  onRejected: Value,
): Value {
  return Invoke(callee.realm.agent, thisValue, 'then', [undefined, onRejected]);
}

interface FinallyCaptures {
  readonly onFinally: FunctionObject;
  readonly C: JSObject;
}

const thenFinally = builtinClosure('', 1, ThenFinally);
const catchFinally = builtinClosure('', 1, CatchFinally);
const valueThunk = builtinClosure(
  '',
  0,
  (callee: BuiltinFunction<{ readonly value: Value }>) => callee.captures.value,
);
const thrower = builtinClosure('', 0, (callee: BuiltinFunction<{ readonly reason: Value }>) => {
  throw new ThrowCompletion(callee.captures.reason);
});

/** Then Finally Functions: the fulfilled closure of Promise.prototype.finally — https://tc39.es/ecma262/#sec-promise.prototype.finally */
function ThenFinally(
  callee: BuiltinFunction<FinallyCaptures>,
  _t: Value,
  _n: NewTarget,
  value: Value,
): Value {
  const agent = callee.realm.agent;
  const { onFinally, C } = callee.captures;
  const result = Call0(agent, onFinally, undefined);
  const p = PromiseResolve(agent, C, result);
  return Invoke(agent, p, 'then', [CreateBuiltinFunction(agent, valueThunk, { value })]);
}

/** Catch Finally Functions: the rejected closure of Promise.prototype.finally — https://tc39.es/ecma262/#sec-promise.prototype.finally */
function CatchFinally(
  callee: BuiltinFunction<FinallyCaptures>,
  _t: Value,
  _n: NewTarget,
  reason: Value,
): Value {
  const agent = callee.realm.agent;
  const { onFinally, C } = callee.captures;
  const result = Call0(agent, onFinally, undefined);
  const p = PromiseResolve(agent, C, result);
  return Invoke(agent, p, 'then', [CreateBuiltinFunction(agent, thrower, { reason })]);
}

/** Promise.prototype.finally ( onFinally ) — https://tc39.es/ecma262/#sec-promise.prototype.finally */
function Promise_prototype_finally(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  onFinally: Value,
): Value {
  const agent = callee.realm.agent;
  if (typeof thisValue !== 'object' || thisValue === null) {
    throwTypeError(agent, 'Promise.prototype.finally called on a non-object');
  }
  const C = SpeciesConstructor(agent, thisValue, callee.realm.intrinsic('%Promise%'));
  if (!IsConstructor(C)) throwTypeError(agent, 'species is not a constructor');
  if (!IsCallable(onFinally)) return Invoke(agent, thisValue, 'then', [onFinally, onFinally]);
  const captures: FinallyCaptures = { onFinally, C };
  return Invoke(agent, thisValue, 'then', [
    CreateBuiltinFunction(agent, thenFinally, captures),
    CreateBuiltinFunction(agent, catchFinally, captures),
  ]);
}

/** Promise.prototype.then ( onFulfilled, onRejected ) — https://tc39.es/ecma262/#sec-promise.prototype.then */
function Promise_prototype_then(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  onFulfilled: Value,
  onRejected: Value,
): Value {
  const agent = callee.realm.agent;
  if (!(thisValue instanceof PromiseObject)) {
    throwTypeError(
      agent,
      `Method Promise.prototype.then called on incompatible receiver ${describeForMessage(thisValue)}`,
    );
  }
  const C = SpeciesConstructor(agent, thisValue, callee.realm.intrinsic('%Promise%'));
  const resultCapability = NewPromiseCapability(agent, C);
  PerformPromiseThen(agent, thisValue, onFulfilled, onRejected, resultCapability);
  return resultCapability.promise;
}

export const promiseIntrinsics: readonly IntrinsicSpec[] = [
  functionSpec('%Promise.prototype.then%', 'then', 2, Promise_prototype_then),
  constructorSpec('%Promise%', 'Promise', {
    length: 1,
    code: { work: Promise_constructor },
    prototype: '%Promise.prototype%',
    rows: [
      method('all', 1, Promise_all),
      method('allKeyed', 1, Promise_allKeyed),
      method('allSettled', 1, Promise_allSettled),
      method('allSettledKeyed', 1, Promise_allSettledKeyed),
      method('any', 1, Promise_any),
      method('race', 1, Promise_race),
      method('reject', 1, Promise_reject),
      method('resolve', 1, Promise_resolve),
      method('try', 1, Promise_try),
      method('withResolvers', 0, Promise_withResolvers),
      getter(SYMBOL_SPECIES, get_Promise_species),
    ],
  }),
  objectSpec('%Promise.prototype%', {
    constructorName: '%Promise%',
    rows: [
      method('catch', 1, Promise_prototype_catch),
      method('finally', 1, Promise_prototype_finally),
      intrinsicValue('then', '%Promise.prototype.then%'),
      toStringTag('Promise'),
    ],
  }),
];
