// Promise.all and its kin, over iterables and, with keys, over records. All closures are records with static code; the loops are
// algorithms whose state lies in a record between the calls, see runtime/guest-work.ts.
import type { Agent } from '../runtime/agent.ts';
import { Call1, IsCallable, requireCallable } from '../runtime/call.ts';
import { ThrowCompletion } from '../runtime/completion.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { guestValueOf, throwTypeError } from '../runtime/errors.ts';
import { GuestCall, type GuestStep } from '../runtime/guest-work.ts';
import { ErrorObject } from '../runtime/objects/error.ts';
import {
  type BuiltinCode,
  type BuiltinFunction,
  builtinClosure,
  CreateBuiltinFunction,
  type FunctionObject,
} from '../runtime/objects/function.ts';
import { type JSObject, OBJECT_BYTES, OrdinaryObjectCreate } from '../runtime/objects/object.ts';
import type { PromiseCapability } from '../runtime/objects/promise.ts';
import {
  CreateArrayFromList,
  CreateDataPropertyOrThrow,
  GetV,
} from '../runtime/operations/object-operations.ts';
import { isIntrinsicPromise, NewPromiseCapability } from '../runtime/operations/promise-operations.ts';
import { ATTRS_HIDDEN } from '../runtime/property-descriptor.ts';
import type { PropertyKey } from '../runtime/property-key.ts';
import { rootShape, SHAPE_KIND_ORDINARY } from '../runtime/shape.ts';
import { captureFrames, errorHeader } from '../runtime/stack-trace.ts';
import type { Value } from '../runtime/value.ts';
import { type MethodRow, type Row, workingMethod } from './define.ts';
import { IterableWalk } from './iterable-walk.ts';
import { CapabilityStep, RejectingWork } from './promise-work.ts';

type NewTarget = JSObject | undefined;

/** GetPromiseResolve ( promiseConstructor ) — https://tc39.es/ecma262/#sec-getpromiseresolve */
function GetPromiseResolve(agent: Agent, promiseConstructor: JSObject): FunctionObject {
  const promiseResolve = promiseConstructor.Get(agent, 'resolve', promiseConstructor);
  if (!IsCallable(promiseResolve)) throwTypeError(agent, 'Promise resolve is not a function');
  return promiseResolve;
}

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
  agent.chargeBytes(OBJECT_BYTES);
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

/** race has no elements: each promise gets the functions of the capability. */
const raceCombinator: Combinator = {
  onFulfilled: null,
  onRejected: null,
  finish() {},
};

/** The two calls for each element: of the constructor's resolve function, and of `then`. */
class Subscriptions {
  readonly state: CombinatorState;
  private readonly combinator: Combinator;
  private readonly constructorValue: Value;
  private readonly promiseResolve: FunctionObject;

  /** Throws if the constructor has no resolve function. */
  constructor(
    agent: Agent,
    constructorValue: Value,
    combinator: Combinator,
    capability: PromiseCapability,
    keys: PropertyKey[] | null,
  ) {
    this.state = { values: [], remainingElementsCount: { value: 1 }, capability, keys };
    this.combinator = combinator;
    this.constructorValue = constructorValue;
    this.promiseResolve = GetPromiseResolve(agent, constructorValue as JSObject);
  }

  /** The call that makes a promise of an element. */
  resolve(next: Value): GuestCall {
    if (this.combinator !== raceCombinator) this.state.values.push(undefined);
    return new GuestCall(this.promiseResolve, this.constructorValue, [next]);
  }

  /** The call that waits for it. */
  subscribe(agent: Agent, nextPromise: Value): GuestCall {
    const { state } = this;
    const { capability, values } = state;
    const { onFulfilled, onRejected } = this.combinator;
    const captures: ElementCaptures = { state, index: values.length - 1, alreadyCalled: { value: false } };
    const fulfilled =
      onFulfilled === null ? capability.resolve : CreateBuiltinFunction(agent, onFulfilled, captures);
    const rejected =
      onRejected === null ? capability.reject : CreateBuiltinFunction(agent, onRejected, captures);
    state.remainingElementsCount.value++;
    const then = requireCallable(agent, GetV(agent, nextPromise, 'then'));
    return new GuestCall(then, nextPromise, [fulfilled, rejected]);
  }

  /** There are no more elements. */
  end(agent: Agent): void {
    if (--this.state.remainingElementsCount.value === 0) this.combinator.finish(agent, this.state);
  }
}

// What a Combination waits for, beyond what walks wait for.
const CAPABILITY = 0;
const PROMISE = 1;
const SUBSCRIPTION = 2;
const REJECTION = 3;

/**
 * PerformPromiseAll and its siblings — https://tc39.es/ecma262/#sec-performpromiseall , #sec-performpromiseallsettled ,
 * #sec-performpromiseany , #sec-performpromiserace — with what surrounds them: the capability, and its rejection by what they
 * throw.
 */
class Combination extends IterableWalk {
  private readonly constructorValue: Value;
  private readonly combinator: Combinator;
  private phase: number;
  private capabilityStep: CapabilityStep | null;
  private capability: PromiseCapability | null;
  private subscriptions: Subscriptions | null;

  constructor(constructorValue: Value, iterable: Value, combinator: Combinator) {
    super(iterable);
    this.constructorValue = constructorValue;
    this.combinator = combinator;
    this.phase = CAPABILITY;
    this.capabilityStep = null;
    this.capability = null;
    this.subscriptions = null;
  }

  override begin(agent: Agent): GuestStep | null {
    const C = this.constructorValue;
    if (isIntrinsicPromise(agent, C)) return this.start(agent, NewPromiseCapability(agent, C));
    this.capabilityStep = new CapabilityStep(agent, C);
    return this.capabilityStep.call;
  }

  private start(agent: Agent, capability: PromiseCapability): GuestStep | null {
    this.capability = capability;
    this.result = capability.promise;
    this.phase = PROMISE;
    try {
      this.subscriptions = new Subscriptions(agent, this.constructorValue, this.combinator, capability, null);
      return super.begin(agent);
    } catch (thrown) {
      return this.reject(guestValueOf(agent, thrown));
    }
  }

  private reject(value: Value): GuestStep {
    this.phase = REJECTION;
    return new GuestCall((this.capability as PromiseCapability).reject, undefined, [value]);
  }

  protected override take(_agent: Agent, next: Value): GuestCall {
    this.phase = PROMISE;
    return (this.subscriptions as Subscriptions).resolve(next);
  }

  protected override called(agent: Agent, value: Value): GuestCall | true {
    if (this.phase === SUBSCRIPTION) return true;
    this.phase = SUBSCRIPTION;
    return (this.subscriptions as Subscriptions).subscribe(agent, value);
  }

  protected override end(agent: Agent): void {
    (this.subscriptions as Subscriptions).end(agent);
  }

  override returned(agent: Agent, value: Value): GuestStep | null {
    if (this.phase === REJECTION) return null;
    const { capabilityStep } = this;
    if (capabilityStep !== null) {
      this.capabilityStep = null;
      return this.start(agent, capabilityStep.end(agent, value));
    }
    try {
      return super.returned(agent, value);
    } catch (thrown) {
      return this.reject(guestValueOf(agent, thrown));
    }
  }

  override threw(agent: Agent, value: Value): GuestStep | null {
    if (this.phase === REJECTION || this.phase === CAPABILITY) throw new ThrowCompletion(value);
    try {
      return super.threw(agent, value);
    } catch (thrown) {
      return this.reject(guestValueOf(agent, thrown));
    }
  }
}

/** Promise.all and its kin — https://tc39.es/ecma262/#sec-promise.all , #sec-promise.allsettled , #sec-promise.any , #sec-promise.race */
function combinatorMethod(name: string, combinator: Combinator): MethodRow {
  return workingMethod(
    name,
    1,
    (_callee, thisValue, [iterable]) => new Combination(thisValue, iterable, combinator),
  );
}

/** PerformPromiseAllKeyed — https://tc39.es/proposal-await-dictionary/ */
class KeyedCombination extends RejectingWork {
  private readonly constructorValue: Value;
  private readonly promises: Value;
  private readonly combinator: Combinator;
  /** Those of `promises`; the first `index` of them have been read. */
  private allKeys: readonly PropertyKey[];
  private index: number;
  /** Those that are enumerable. */
  private readonly keys: PropertyKey[];
  private subscriptions: Subscriptions | null;
  private isSubscribing: boolean;

  constructor(constructorValue: Value, promises: Value, combinator: Combinator) {
    super(constructorValue);
    this.constructorValue = constructorValue;
    this.promises = promises;
    this.combinator = combinator;
    this.allKeys = [];
    this.index = 0;
    this.keys = [];
    this.subscriptions = null;
    this.isSubscribing = false;
  }

  protected override proceed(agent: Agent, capability: PromiseCapability): GuestStep | null {
    const { promises, keys } = this;
    this.subscriptions = new Subscriptions(agent, this.constructorValue, this.combinator, capability, keys);
    if (typeof promises !== 'object' || promises === null) {
      throwTypeError(agent, `${describeForMessage(promises)} is not an object`);
    }
    this.allKeys = promises.OwnPropertyKeys(agent);
    return this.next(agent);
  }

  private next(agent: Agent): GuestStep | null {
    const { allKeys } = this;
    const promises = this.promises as JSObject;
    const subscriptions = this.subscriptions as Subscriptions;
    this.isSubscribing = false;
    while (this.index < allKeys.length) {
      const key = allKeys[this.index++];
      const desc = promises.GetOwnProperty(agent, key);
      if (desc === undefined || desc.enumerable !== true) continue;
      const value = promises.Get(agent, key, promises);
      this.keys.push(key);
      return subscriptions.resolve(value);
    }
    subscriptions.end(agent);
    return null;
  }

  protected override goOn(agent: Agent, value: Value): GuestStep | null {
    if (this.isSubscribing) return this.next(agent);
    this.isSubscribing = true;
    return (this.subscriptions as Subscriptions).subscribe(agent, value);
  }
}

/** Promise.allKeyed and its kin — https://tc39.es/proposal-await-dictionary/ */
function keyedCombinatorMethod(name: string, combinator: Combinator): MethodRow {
  return workingMethod(
    name,
    1,
    (_callee, thisValue, [promises]) => new KeyedCombination(thisValue, promises, combinator),
  );
}

export const promiseCombinatorRows: readonly Row[] = [
  combinatorMethod('all', allCombinator),
  keyedCombinatorMethod('allKeyed', allCombinator),
  combinatorMethod('allSettled', allSettledCombinator),
  keyedCombinatorMethod('allSettledKeyed', allSettledCombinator),
  combinatorMethod('any', anyCombinator),
  combinatorMethod('race', raceCombinator),
];
