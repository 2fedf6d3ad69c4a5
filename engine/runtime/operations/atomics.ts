// Abstract Operations for Atomics, https://tc39.es/ecma262/#sec-abstract-operations-for-atomics : validation, waiting and
// notifying. Loads, stores and read-modify-writes are the host's Atomics on the host's view, for shared memory and
// other alike.
//
// An agent that shares memory with others is in a cluster, whose lists hold all waiters. Else:
// A call of Atomics.wait blocks the thread in the host, on the memory itself, where other threads can notify it. Calls of
// Atomics.waitAsync are records here, in the agent's lists by block and byte index; their timeouts are jobs.
import type { Agent } from '../agent.ts';
import { type AgentCluster, NO_WAITER, STATE_BLOCKED, WAITER_STATE } from '../agent-cluster.ts';
import { throwRangeError, throwTypeError } from '../errors.ts';
import type { JobKind, TimeoutJob } from '../jobs.ts';
import { type JSObject, OrdinaryObjectCreate } from '../objects/object.ts';
import type { PromiseObject } from '../objects/promise.ts';
import type { TypedArrayObject } from '../objects/typed-array.ts';
import type { Value } from '../value.ts';
import { CreateDataPropertyOrThrow } from './object-operations.ts';
import { createPromise, resolvePromise } from './promise-operations.ts';
import { ToBigInt64, ToIndex, ToInt32, ToNumber } from './type-conversion.ts';
import { type AccessMode, requireInBounds, ValidateTypedArray } from './typed-array.ts';

/** A Waiter Record of Atomics.waitAsync, https://tc39.es/ecma262/#sec-waiter-record . */
export interface WaiterRecord {
  readonly block: SharedArrayBuffer;
  readonly byteIndex: number;
  /** Where the waiter stands in the memory of the agent cluster; NO_WAITER for an agent that is alone. */
  place: number;
  /** [[PromiseCapability]]; nobody else can settle the promise. */
  readonly promise: PromiseObject;
  /** Null without timeout. */
  timeout: TimeoutJob | null;
}

/** WaiterList Records; one that is empty is not kept. */
export type WaiterLists = Map<SharedArrayBuffer, Map<number, Set<WaiterRecord>>>;

type WaitResult = 'ok' | 'not-equal' | 'timed-out';

/** What a waiter is charged. */
const WAITER_BYTES = 400;
/** A wait asks this often whether the program must stop. */
const INTERRUPT_MS = 20;

/** ValidateIntegerTypedArray ( typedArray, waitable, accessMode ) — https://tc39.es/ecma262/#sec-validateintegertypedarray */
export function ValidateIntegerTypedArray(
  agent: Agent,
  typedArray: Value,
  waitable: boolean,
  accessMode: AccessMode = 'read',
): TypedArrayObject {
  const array = ValidateTypedArray(agent, typedArray, accessMode);
  const { name, isAtomic } = array.type;
  if (waitable) {
    if (name !== 'Int32Array' && name !== 'BigInt64Array')
      throwTypeError(agent, `${name} is neither an Int32Array nor a BigInt64Array`);
  } else if (!isAtomic) throwTypeError(agent, `${name} is not an array of integers that Atomics can use`);
  return array;
}

/** ValidateAtomicAccess ( taRecord, requestIndex ): the index of the element — https://tc39.es/ecma262/#sec-validateatomicaccess */
export function ValidateAtomicAccess(agent: Agent, array: TypedArrayObject, requestIndex: Value): number {
  const length = array.length(agent);
  const accessIndex = ToIndex(agent, requestIndex);
  if (accessIndex >= length) throwRangeError(agent, 'Invalid atomic access index');
  return accessIndex;
}

/** RevalidateAtomicAccess ( typedArray, byteIndexInBuffer ), given the index of the element — https://tc39.es/ecma262/#sec-revalidateatomicaccess */
export function RevalidateAtomicAccess(agent: Agent, array: TypedArrayObject, accessIndex: number): void {
  requireInBounds(agent, array);
  // An element of which only a part is left is gone.
  if (accessIndex >= array.length(agent)) throwRangeError(agent, 'Invalid atomic access index');
}

/** DoWait ( mode, typedArray, index, value, timeout ) — https://tc39.es/ecma262/#sec-dowait */
export function DoWait(
  agent: Agent,
  mode: 'sync' | 'async',
  typedArray: Value,
  index: Value,
  value: Value,
  timeout: Value,
): Value {
  const array = ValidateIntegerTypedArray(agent, typedArray, true);
  if (!array.buffer.isShared) throwTypeError(agent, 'Only elements of a SharedArrayBuffer can be waited for');
  const i = ValidateAtomicAccess(agent, array, index);
  const v = array.type.isBigInt ? ToBigInt64(agent, value) : ToInt32(agent, value);
  const q = ToNumber(agent, timeout);
  const t = Number.isNaN(q) ? Number.POSITIVE_INFINITY : Math.max(q, 0);
  if (mode === 'sync' && !agent.canBlock) throwCannotBlock(agent);
  const view = array.elements(agent) as Int32Array | BigInt64Array;
  if (agent.cluster !== null) return waitInCluster(agent, agent.cluster, mode, array, i, v, t);
  const isEqual = Atomics.load(view as Int32Array, i) === v;
  if (mode === 'sync') return isEqual ? SuspendThisAgent(agent, view, i, v, t) : 'not-equal';
  if (!isEqual) return resultObject(agent, false, 'not-equal');
  if (t === 0) return resultObject(agent, false, 'timed-out');
  agent.chargeBytes(WAITER_BYTES);
  const waiterRecord: WaiterRecord = {
    block: array.buffer.data as SharedArrayBuffer,
    byteIndex: array.byteOffset + i * array.type.elementSize,
    place: NO_WAITER,
    promise: createPromise(agent),
    timeout: null,
  };
  AddWaiter(agent, waiterRecord);
  if (t !== Number.POSITIVE_INFINITY) EnqueueAtomicsWaitAsyncTimeoutJob(agent, waiterRecord, t);
  return resultObject(agent, true, waiterRecord.promise);
}

/** DoWait from step 11 for an agent that is not alone: waiters stand in the cluster's lists. */
function waitInCluster(
  agent: Agent,
  cluster: AgentCluster,
  mode: 'sync' | 'async',
  array: TypedArrayObject,
  i: number,
  v: number | bigint,
  t: number,
): Value {
  const memory = array.buffer.data as SharedArrayBuffer;
  const byteIndex = array.byteOffset + i * array.type.elementSize;
  const view = array.elements(agent) as Int32Array;
  const block = cluster.blockOf(memory);
  const isAsync = mode === 'async';
  agent.chargeFuel(1);
  if (isAsync) agent.chargeBytes(WAITER_BYTES);
  const promise = isAsync && t > 0 ? createPromise(agent) : null;
  cluster.enter();
  const isEqual = Atomics.load(view, i) === v;
  const waiter = isEqual && t > 0 ? cluster.addWaiter(block, byteIndex, isAsync) : NO_WAITER;
  cluster.leave();
  if (!isEqual || t === 0) {
    const result: WaitResult = isEqual ? 'timed-out' : 'not-equal';
    return isAsync ? resultObject(agent, false, result) : result;
  }
  if (waiter === NO_WAITER) throwRangeError(agent, 'Too many agents and promises wait in this agent cluster');
  if (promise === null) return suspendInCluster(agent, cluster, waiter, t);
  const waiterRecord: WaiterRecord = { block: memory, byteIndex, place: waiter, promise, timeout: null };
  cluster.asyncWaiters.set(waiter, waiterRecord);
  if (t !== Number.POSITIVE_INFINITY) EnqueueAtomicsWaitAsyncTimeoutJob(agent, waiterRecord, t);
  return resultObject(agent, true, promise);
}

/** SuspendThisAgent as a waiter of the cluster — https://tc39.es/ecma262/#sec-suspendthisagent */
function suspendInCluster(
  agent: Agent,
  cluster: AgentCluster,
  waiter: number,
  timeoutMs: number,
): WaitResult {
  let isListed = true;
  try {
    for (let left = timeoutMs; cluster.isWaiting(waiter); ) {
      if (!(left > 0)) break;
      const slice = agent.isInterruptible ? Math.min(left, INTERRUPT_MS) : left;
      const result = agent.hooks.suspend(cluster.words, waiter + WAITER_STATE, STATE_BLOCKED, slice);
      if (result === 'cannot-block') throwCannotBlock(agent);
      if (result === 'timed-out') left -= slice;
      agent.chargeFuel(1);
      agent.checkInterrupt();
    }
    isListed = false;
    return cluster.removeWaiter(waiter) ? 'timed-out' : 'ok';
  } finally {
    if (isListed) cluster.removeWaiter(waiter);
  }
}

/** Makes an agent a member of a cluster; what waits already stands in the cluster's lists from then on. */
export function joinCluster(agent: Agent, cluster: AgentCluster): void {
  const waiting: WaiterRecord[] = [];
  for (const lists of agent.waiterLists.values())
    for (const waiters of lists.values()) waiting.push(...waiters);
  agent.waiterLists.clear();
  agent.cluster = cluster;
  for (const waiterRecord of waiting) {
    const block = cluster.blockOf(waiterRecord.block);
    cluster.enter();
    waiterRecord.place = cluster.addWaiter(block, waiterRecord.byteIndex, true);
    cluster.leave();
    // In a cluster without room the promise stays pending for ever, but for its timeout.
    if (waiterRecord.place !== NO_WAITER) cluster.asyncWaiters.set(waiterRecord.place, waiterRecord);
  }
}

/** Settles the promises of this agent that other agents have notified. */
export function deliverNotifications(agent: Agent, cluster: AgentCluster): void {
  for (const { promise, timeout } of cluster.takeNotified()) {
    if (timeout !== null) timeout.isWanted = false;
    resolvePromise(agent, promise, 'ok');
  }
}

function throwCannotBlock(agent: Agent): never {
  return throwTypeError(agent, 'Atomics.wait cannot be called in this context');
}

function resultObject(agent: Agent, isAsync: boolean, value: Value): JSObject {
  const result = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
  CreateDataPropertyOrThrow(agent, result, 'async', isAsync);
  CreateDataPropertyOrThrow(agent, result, 'value', value);
  return result;
}

/**
 * SuspendThisAgent; the host compares the value once more, in the critical section of its own — https://tc39.es/ecma262/#sec-suspendthisagent
 * A program that the host may stop waits in slices: a notification between two of them would be lost, but a changed
 * value is seen.
 */
function SuspendThisAgent(
  agent: Agent,
  view: Int32Array | BigInt64Array,
  index: number,
  value: number | bigint,
  timeoutMs: number,
): WaitResult {
  let left = timeoutMs;
  for (let isFirst = true; ; isFirst = false) {
    agent.chargeFuel(1);
    const slice = agent.isInterruptible ? Math.min(left, INTERRUPT_MS) : left;
    const result = agent.hooks.suspend(view, index, value, slice);
    if (result === 'cannot-block') throwCannotBlock(agent);
    if (result === 'not-equal') return isFirst ? 'not-equal' : 'ok';
    if (result === 'ok') return 'ok';
    agent.checkInterrupt();
    left -= slice;
    if (!(left > 0)) return 'timed-out';
  }
}

/** AddWaiter ( WL, waiterRecord ) — https://tc39.es/ecma262/#sec-addwaiter */
function AddWaiter(agent: Agent, waiterRecord: WaiterRecord): void {
  const { block, byteIndex } = waiterRecord;
  let lists = agent.waiterLists.get(block);
  if (lists === undefined) {
    lists = new Map();
    agent.waiterLists.set(block, lists);
  }
  let waiters = lists.get(byteIndex);
  if (waiters === undefined) {
    waiters = new Set();
    lists.set(byteIndex, waiters);
  }
  waiters.add(waiterRecord);
}

/** RemoveWaiter ( WL, waiterRecord ); false if it was not there any more — https://tc39.es/ecma262/#sec-removewaiter */
function RemoveWaiter(agent: Agent, waiterRecord: WaiterRecord): boolean {
  if (waiterRecord.place !== NO_WAITER) return removeFromCluster(agent, waiterRecord);
  const { block, byteIndex, timeout } = waiterRecord;
  const lists = agent.waiterLists.get(block);
  const waiters = lists?.get(byteIndex);
  if (lists === undefined || waiters === undefined || !waiters.delete(waiterRecord)) return false;
  if (timeout !== null) timeout.isWanted = false;
  if (waiters.size === 0) lists.delete(byteIndex);
  if (lists.size === 0) agent.waiterLists.delete(block);
  return true;
}

/** The same in a cluster. A waiter that was notified meanwhile is settled so. */
function removeFromCluster(agent: Agent, waiterRecord: WaiterRecord): boolean {
  const cluster = agent.cluster as AgentCluster;
  if (!cluster.asyncWaiters.delete(waiterRecord.place)) return false;
  if (cluster.removeWaiter(waiterRecord.place)) return true;
  resolvePromise(agent, waiterRecord.promise, 'ok');
  return false;
}

/** EnqueueAtomicsWaitAsyncTimeoutJob ( WL, waiterRecord ) — https://tc39.es/ecma262/#sec-enqueueatomicswaitasynctimeoutjob */
function EnqueueAtomicsWaitAsyncTimeoutJob(
  agent: Agent,
  waiterRecord: WaiterRecord,
  timeoutMs: number,
): void {
  waiterRecord.timeout = agent.timeouts.enqueue(
    { jobKind: waitAsyncTimeoutJob, args: waiterRecord, realm: agent.realm },
    agent.hooks.now() + timeoutMs,
  );
}

/** The timeout of a call of Atomics.waitAsync. */
export const waitAsyncTimeoutJob: JobKind<WaiterRecord> = {
  kind: 'Atomics.waitAsync timeout',
  run(agent, waiterRecord) {
    if (RemoveWaiter(agent, waiterRecord)) resolvePromise(agent, waiterRecord.promise, 'timed-out');
  },
};

/**
 * Notifies up to `count` waiters on an element of shared memory: this agent's own records first, then threads that
 * block. Returns how many — RemoveWaiters and NotifyWaiter of https://tc39.es/ecma262/#sec-atomics.notify
 */
export function notifyWaiters(agent: Agent, array: TypedArrayObject, index: number, count: number): number {
  const block = array.buffer.data as SharedArrayBuffer;
  const { cluster } = agent;
  if (cluster !== null) {
    const byteIndex = array.byteOffset + index * array.type.elementSize;
    const total = cluster.notify(cluster.blockOf(block), byteIndex, count);
    agent.chargeFuel(total);
    if (cluster.hasMail) deliverNotifications(agent, cluster);
    return total;
  }
  const waiters = agent.waiterLists.get(block)?.get(array.byteOffset + index * array.type.elementSize);
  let notified = 0;
  while (waiters !== undefined && notified < count) {
    const [waiterRecord] = waiters;
    if (waiterRecord === undefined) break;
    agent.chargeFuel(1);
    RemoveWaiter(agent, waiterRecord);
    resolvePromise(agent, waiterRecord.promise, 'ok');
    notified++;
  }
  if (notified === count) return notified;
  return notified + Atomics.notify(array.elements(agent) as Int32Array, index, count - notified);
}
