// Promise Abstract Operations and Jobs, https://tc39.es/ecma262/#sec-promise-abstract-operations .
import type { Agent } from '../agent.ts';
import { Call1, Construct, IsCallable, IsConstructor } from '../call.ts';
import { describeForMessage } from '../describe.ts';
import { guestValueOf, throwTypeError } from '../errors.ts';
import { GuestCall, type GuestStep, GuestWork, runGuestWork } from '../guest-work.ts';
import type { JobKind } from '../jobs.ts';
import {
  type BuiltinFunction,
  builtinClosure,
  CreateBuiltinFunction,
  type FunctionObject,
} from '../objects/function.ts';
import type { CoroutineState } from '../objects/generator.ts';
import type { JSObject } from '../objects/object.ts';
import {
  type AwaitContinuation,
  type PromiseCapability,
  PromiseObject,
  type PromiseReaction,
} from '../objects/promise.ts';
import { rootShape, SHAPE_KIND_ORDINARY } from '../shape.ts';
import type { Value } from '../value.ts';
import { GetFunctionRealm } from './object-operations.ts';

interface ResolvingCaptures {
  readonly promise: PromiseObject;
  readonly alreadyResolved: { value: boolean };
}

const promiseResolveFunction = builtinClosure('', 1, PromiseResolveFunction);
const promiseRejectFunction = builtinClosure('', 1, PromiseRejectFunction);

/** CreateResolvingFunctions ( promise ) — https://tc39.es/ecma262/#sec-createresolvingfunctions */
export function CreateResolvingFunctions(
  agent: Agent,
  promise: PromiseObject,
): { readonly resolve: FunctionObject; readonly reject: FunctionObject } {
  const captures: ResolvingCaptures = { promise, alreadyResolved: { value: false } };
  return {
    resolve: CreateBuiltinFunction(agent, promiseResolveFunction, captures),
    reject: CreateBuiltinFunction(agent, promiseRejectFunction, captures),
  };
}

/** Promise Resolve Functions — https://tc39.es/ecma262/#sec-promise-resolve-functions */
function PromiseResolveFunction(
  callee: BuiltinFunction<ResolvingCaptures>,
  _thisValue: Value,
  _newTarget: JSObject | undefined,
  resolution: Value,
): Value {
  const { promise, alreadyResolved } = callee.captures;
  if (alreadyResolved.value) return undefined;
  alreadyResolved.value = true;
  resolvePromise(callee.realm.agent, promise, resolution);
  return undefined;
}

/** Promise Reject Functions — https://tc39.es/ecma262/#sec-promise-reject-functions */
function PromiseRejectFunction(
  callee: BuiltinFunction<ResolvingCaptures>,
  _thisValue: Value,
  _newTarget: JSObject | undefined,
  reason: Value,
): Value {
  const { promise, alreadyResolved } = callee.captures;
  if (alreadyResolved.value) return undefined;
  alreadyResolved.value = true;
  RejectPromise(callee.realm.agent, promise, reason);
  return undefined;
}

/** Promise Resolve Functions from step 7: resolves a promise nobody else can resolve. */
export function resolvePromise(agent: Agent, promise: PromiseObject, resolution: Value): void {
  if (resolution === promise) {
    RejectPromise(agent, promise, agent.createError('TypeError', 'Chaining cycle detected for promise'));
    return;
  }
  if (typeof resolution !== 'object' || resolution === null) {
    FulfillPromise(agent, promise, resolution);
    return;
  }
  let thenAction: Value;
  try {
    thenAction = resolution.Get(agent, 'then', resolution);
  } catch (thrown) {
    RejectPromise(agent, promise, guestValueOf(agent, thrown));
    return;
  }
  if (!IsCallable(thenAction)) {
    FulfillPromise(agent, promise, resolution);
    return;
  }
  const realm = realmOfHandler(agent, thenAction);
  const work = new PromiseResolveThenableWork(promise, resolution, thenAction);
  agent.enqueueJob(promiseResolveThenableJob, work, realm);
}

/** FulfillPromise ( promise, value ) — https://tc39.es/ecma262/#sec-fulfillpromise */
function FulfillPromise(agent: Agent, promise: PromiseObject, value: Value): void {
  const reactions = promise.fulfillReactions ?? [];
  settle(promise, 'fulfilled', value);
  TriggerPromiseReactions(agent, reactions, value);
}

/** RejectPromise ( promise, reason ) — https://tc39.es/ecma262/#sec-rejectpromise */
export function RejectPromise(agent: Agent, promise: PromiseObject, reason: Value): void {
  const reactions = promise.rejectReactions ?? [];
  settle(promise, 'rejected', reason);
  if (!promise.isHandled) agent.hooks.trackPromiseRejection(agent, promise, 'reject');
  TriggerPromiseReactions(agent, reactions, reason);
}

function settle(promise: PromiseObject, state: 'fulfilled' | 'rejected', result: Value): void {
  promise.promiseResult = result;
  promise.fulfillReactions = null;
  promise.rejectReactions = null;
  promise.promiseState = state;
}

function TriggerPromiseReactions(agent: Agent, reactions: readonly PromiseReaction[], argument: Value): void {
  for (const reaction of reactions) enqueueReaction(agent, reaction, argument);
}

function enqueueReaction(agent: Agent, reaction: PromiseReaction, argument: Value): void {
  const handler = reaction.handler;
  const realm =
    handler === null || 'isAwaitContinuation' in handler ? agent.realm : realmOfHandler(agent, handler);
  agent.enqueueJob(promiseReactionJob, new PromiseReactionWork(reaction, argument), realm);
}

/** The realm for a handler's job: its own, or the running one if that can't be told (revoked proxy). */
function realmOfHandler(agent: Agent, handler: FunctionObject): typeof agent.realm {
  try {
    return GetFunctionRealm(agent, handler);
  } catch (thrown) {
    guestValueOf(agent, thrown);
    return agent.realm;
  }
}

/** NewPromiseReactionJob — https://tc39.es/ecma262/#sec-newpromisereactionjob */
class PromiseReactionWork extends GuestWork {
  private readonly reaction: PromiseReaction;
  private readonly argument: Value;
  /** What an await goes on with. */
  private awaiting: GuestWork | null;

  constructor(reaction: PromiseReaction, argument: Value) {
    super();
    this.reaction = reaction;
    this.argument = argument;
    this.awaiting = null;
  }

  override begin(agent: Agent): GuestStep | null {
    const { argument } = this;
    const { handler, type } = this.reaction;
    if (handler === null) return this.settle(agent, type === 'reject', argument);
    if (!('isAwaitContinuation' in handler)) return new GuestCall(handler, undefined, [argument]);
    this.awaiting = handler.resume(agent, type === 'fulfill' ? 'normal' : 'throw', argument);
    return this.awaiting === null ? null : this.awaiting.begin(agent);
  }

  override returned(agent: Agent, value: Value): GuestStep | null {
    return this.awaiting === null ? this.settle(agent, false, value) : this.awaiting.returned(agent, value);
  }

  override suspended(agent: Agent, state: CoroutineState): GuestStep | null {
    return (this.awaiting as GuestWork).suspended(agent, state);
  }

  override threw(agent: Agent, value: Value): GuestStep | null {
    return this.awaiting === null ? this.settle(agent, true, value) : this.awaiting.threw(agent, value);
  }

  private settle(agent: Agent, isAbrupt: boolean, value: Value): null {
    const { capability } = this.reaction;
    if (capability === null) return null;
    try {
      Call1(agent, isAbrupt ? capability.reject : capability.resolve, undefined, value);
    } catch (thrown) {
      // The completion of a reaction job is dropped by RunJobs.
      guestValueOf(agent, thrown);
    }
    return null;
  }
}
const promiseReactionJob: JobKind<PromiseReactionWork> = { kind: 'promise-reaction', run: runGuestWork };

/** NewPromiseResolveThenableJob — https://tc39.es/ecma262/#sec-newpromiseresolvethenablejob */
class PromiseResolveThenableWork extends GuestWork {
  private readonly promise: PromiseObject;
  private readonly thenable: JSObject;
  private readonly then: FunctionObject;
  private reject: FunctionObject | null;

  constructor(promise: PromiseObject, thenable: JSObject, then: FunctionObject) {
    super();
    this.promise = promise;
    this.thenable = thenable;
    this.then = then;
    this.reject = null;
  }

  override begin(agent: Agent): GuestStep {
    const { resolve, reject } = CreateResolvingFunctions(agent, this.promise);
    this.reject = reject;
    return new GuestCall(this.then, this.thenable, [resolve, reject]);
  }

  override returned(): null {
    return null;
  }

  override threw(agent: Agent, value: Value): null {
    Call1(agent, this.reject, undefined, value);
    return null;
  }
}
const promiseResolveThenableJob: JobKind<PromiseResolveThenableWork> = {
  kind: 'promise-resolve-thenable',
  run: runGuestWork,
};

export interface CapabilityRecord {
  resolve: Value;
  reject: Value;
}

const capabilityExecutor = builtinClosure('', 2, CapabilityExecutor);

/** The executor closure of NewPromiseCapability, step 4. */
function CapabilityExecutor(
  callee: BuiltinFunction<CapabilityRecord>,
  _thisValue: Value,
  _newTarget: JSObject | undefined,
  resolve: Value,
  reject: Value,
): Value {
  const record = callee.captures;
  const agent = callee.realm.agent;
  if (record.resolve !== undefined)
    throwTypeError(agent, 'Promise executor has already been invoked with non-undefined arguments');
  if (record.reject !== undefined)
    throwTypeError(agent, 'Promise executor has already been invoked with non-undefined arguments');
  record.resolve = resolve;
  record.reject = reject;
  return undefined;
}

/** A pending promise of %Promise.prototype%. */
export function createPromise(agent: Agent): PromiseObject {
  agent.chargeBytes(160);
  return new PromiseObject(
    rootShape(agent, agent.realm.intrinsic('%Promise.prototype%'), SHAPE_KIND_ORDINARY),
  );
}

/** Its capabilities and promises take no calls of guest functions. */
export function isIntrinsicPromise(agent: Agent, C: Value): boolean {
  return C === agent.realm.intrinsic('%Promise%');
}

/** NewPromiseCapability ( C ) — https://tc39.es/ecma262/#sec-newpromisecapability */
export function NewPromiseCapability(agent: Agent, C: Value): PromiseCapability {
  const constructor = requirePromiseConstructor(agent, C);
  if (isIntrinsicPromise(agent, constructor)) {
    // Fast path: %Promise% calls the executor with resolving functions and its prototype property is read-only.
    const promise = createPromise(agent);
    const { resolve, reject } = CreateResolvingFunctions(agent, promise);
    return { promise, resolve, reject };
  }
  const start = beginPromiseCapability(agent, constructor);
  return endPromiseCapability(agent, start, Construct(agent, constructor, [start.executor]));
}

/** NewPromiseCapability up to the construction with the executor: the start of what follows in endPromiseCapability. */
export interface CapabilityStart {
  readonly executor: FunctionObject;
  readonly record: CapabilityRecord;
}

export function beginPromiseCapability(agent: Agent, C: Value): CapabilityStart {
  requirePromiseConstructor(agent, C);
  const record: CapabilityRecord = { resolve: undefined, reject: undefined };
  return { executor: CreateBuiltinFunction(agent, capabilityExecutor, record), record };
}

export function endPromiseCapability(
  agent: Agent,
  { record }: CapabilityStart,
  promise: JSObject,
): PromiseCapability {
  if (!IsCallable(record.resolve))
    throwTypeError(agent, 'Promise resolve or reject function is not callable');
  if (!IsCallable(record.reject)) throwTypeError(agent, 'Promise resolve or reject function is not callable');
  return { promise, resolve: record.resolve, reject: record.reject };
}

function requirePromiseConstructor(agent: Agent, C: Value): FunctionObject {
  return IsConstructor(C) ? C : throwTypeError(agent, `${describeForMessage(C)} is not a constructor`);
}

/** PromiseResolve ( C, x ) — https://tc39.es/ecma262/#sec-promise-resolve */
export function PromiseResolve(agent: Agent, C: JSObject, x: Value): JSObject {
  if (x instanceof PromiseObject && x.Get(agent, 'constructor', x) === C) return x;
  const promiseCapability = NewPromiseCapability(agent, C);
  Call1(agent, promiseCapability.resolve, undefined, x);
  return promiseCapability.promise;
}

/**
 * PerformPromiseThen ( promise, onFulfilled, onRejected [ , resultCapability ] ) —
 * https://tc39.es/ecma262/#sec-performpromisethen . Handlers that are not callable are empty.
 */
export function PerformPromiseThen(
  agent: Agent,
  promise: PromiseObject,
  onFulfilled: Value,
  onRejected: Value,
  resultCapability: PromiseCapability | null,
): void {
  addReactions(
    agent,
    promise,
    { capability: resultCapability, type: 'fulfill', handler: IsCallable(onFulfilled) ? onFulfilled : null },
    { capability: resultCapability, type: 'reject', handler: IsCallable(onRejected) ? onRejected : null },
  );
}

/** The PerformPromiseThen of Await, whose handlers are one continuation. */
export function performPromiseThenContinuation(
  agent: Agent,
  promise: PromiseObject,
  continuation: AwaitContinuation,
): void {
  addReactions(
    agent,
    promise,
    { capability: null, type: 'fulfill', handler: continuation },
    { capability: null, type: 'reject', handler: continuation },
  );
}

function addReactions(
  agent: Agent,
  promise: PromiseObject,
  fulfillReaction: PromiseReaction,
  rejectReaction: PromiseReaction,
): void {
  agent.chargeBytes(96);
  if (promise.promiseState === 'pending') {
    promise.fulfillReactions?.push(fulfillReaction);
    promise.rejectReactions?.push(rejectReaction);
  } else if (promise.promiseState === 'fulfilled')
    enqueueReaction(agent, fulfillReaction, promise.promiseResult);
  else {
    if (!promise.isHandled) agent.hooks.trackPromiseRejection(agent, promise, 'handle');
    enqueueReaction(agent, rejectReaction, promise.promiseResult);
  }
  promise.isHandled = true;
}
