// Agent clusters, https://tc39.es/ecma262/#sec-agent-clusters : agents in threads of their own that share memory. What the
// specification keeps for all of them, the WaiterList Records, lies in a block of shared memory of the cluster's own, under one
// lock, so that waiters of all agents, blocking or not, stand in one order.
//
//   word 0        lock: 0 free, 1 taken
//   word 1        number of the next Shared Data Block          word 2    number of the next agent
//   word 3        first free waiter, 0 for none                 word 4    waiters ever used
//   word 5, 6     identity of the cluster                       word 7    never changes
//   word 16…      one word an agent: 1 when some of its waiters that do not block have been notified
//   word 272…     hash table of lists: first and last waiter, 0 for none
//   word 1024…    waiters, 8 words each: next, previous, block, byte index, agent, state
//
// A waiter is named by the place of its first word. Blocks have numbers, because every thread has host objects of its own for
// the same memory: a number goes with the memory from agent to agent.
import { InternalError } from '../base/assert.ts';
import type { WaiterRecord } from './operations/atomics.ts';

const LOCK = 0;
const NEXT_BLOCK = 1;
const NEXT_AGENT = 2;
const FREE = 3;
const USED = 4;
const IDENTITY = 5;
const MAIL = 16;
const MAX_AGENTS = 256;
const TABLE = MAIL + MAX_AGENTS;
const BUCKETS = 256;
const WAITERS = 1024;
const WAITER_WORDS = 8;
const MAX_WAITERS = 16_384;

const NEXT = 0;
const PREVIOUS = 1;
const BLOCK = 2;
const BYTE_INDEX = 3;
const AGENT = 4;
/** The word on which the thread of a waiter that blocks sleeps. */
export const WAITER_STATE = 5;

const STATE_FREE = 0;
/** In a list, its thread asleep. */
export const STATE_BLOCKED = 1;
/** In a list, with a promise. */
const STATE_ASYNC = 2;
/** Out of the list: somebody has notified it. */
const STATE_NOTIFIED = 3;

/** No list has room. */
export const NO_WAITER = 0;

/** After so many failures to take the lock a thread sleeps, if it may, until the lock is given back. */
const SPINS = 200;
const LOCK_SLEEP_MS = 1;
/** A thread that was ended while it held the lock never gives it back. */
const LOCK_LIMIT_MS = 10_000;

/** Memory that goes from one agent to another: plain data that hosts can post. */
export interface SharedMemory {
  readonly memory: SharedArrayBuffer;
  /** The number of the Shared Data Block in the cluster. */
  readonly block: number;
  /** Of a WebAssembly.Memory, what its type says beside its size; null for a SharedArrayBuffer. */
  readonly memoryType: { readonly max: bigint; readonly is64: boolean } | null;
}

/** New shared memory for a cluster. `identity` are two random integers of 32 bits. */
export function createClusterMemory(identity: readonly [number, number]): SharedArrayBuffer {
  const memory = new SharedArrayBuffer((WAITERS + MAX_WAITERS * WAITER_WORDS) * 4);
  const words = new Int32Array(memory);
  words[NEXT_BLOCK] = 1;
  words[NEXT_AGENT] = 1;
  words.set(identity, IDENTITY);
  return memory;
}

/** One agent's place in a cluster. */
export class AgentCluster {
  readonly words: Int32Array;
  readonly agentId: number;
  /** Waiters of this agent that have promises, by their places. */
  readonly asyncWaiters: Map<number, WaiterRecord>;
  private readonly blocks: WeakMap<SharedArrayBuffer, number>;
  /** Has the thread of another agent look at its mail. */
  private readonly wakeAgent: (agentId: number) => void;

  /** Joins the cluster of that memory. Throws a host RangeError if it has no room for another agent. */
  constructor(memory: SharedArrayBuffer, wakeAgent: (agentId: number) => void) {
    this.words = new Int32Array(memory);
    this.agentId = Atomics.add(this.words, NEXT_AGENT, 1);
    if (this.agentId >= MAX_AGENTS) throw new RangeError(`a cluster has room for ${MAX_AGENTS - 1} agents`);
    this.asyncWaiters = new Map();
    this.blocks = new WeakMap();
    this.wakeAgent = wakeAgent;
  }

  get memory(): SharedArrayBuffer {
    return this.words.buffer as SharedArrayBuffer;
  }

  /** The same text in all agents of the cluster, and in no other. */
  get identity(): string {
    return `${this.words[IDENTITY] >>> 0}-${this.words[IDENTITY + 1] >>> 0}`;
  }

  /** The number of a Shared Data Block. */
  blockOf(memory: SharedArrayBuffer): number {
    let block = this.blocks.get(memory);
    if (block === undefined) {
      block = Atomics.add(this.words, NEXT_BLOCK, 1);
      this.blocks.set(memory, block);
    }
    return block;
  }

  /** Notes the number that memory has in the agent that it comes from. */
  adopt({ memory, block }: Pick<SharedMemory, 'memory' | 'block'>): void {
    this.blocks.set(memory, block);
  }

  /** EnterCriticalSection — https://tc39.es/ecma262/#sec-entercriticalsection . Nothing may throw until `leave`. */
  enter(): void {
    let sinceMs = 0;
    for (let spins = 0; Atomics.compareExchange(this.words, LOCK, 0, 1) !== 0; spins++) {
      if (spins < SPINS) continue;
      const nowMs = Date.now();
      if (sinceMs === 0) sinceMs = nowMs;
      else if (nowMs - sinceMs > LOCK_LIMIT_MS)
        throw new InternalError('an agent of the cluster was ended while it held the lock');
      sleepOn(this.words, LOCK, 1, LOCK_SLEEP_MS);
    }
  }

  /** LeaveCriticalSection — https://tc39.es/ecma262/#sec-leavecriticalsection */
  leave(): void {
    Atomics.store(this.words, LOCK, 0);
    Atomics.notify(this.words, LOCK, 1);
  }

  /** AddWaiter, inside the critical section: the waiter's place, or NO_WAITER. */
  addWaiter(block: number, byteIndex: number, isAsync: boolean): number {
    const { words } = this;
    let waiter = words[FREE];
    if (waiter !== NO_WAITER) words[FREE] = words[waiter + NEXT];
    else {
      if (words[USED] === MAX_WAITERS) return NO_WAITER;
      waiter = WAITERS + words[USED]++ * WAITER_WORDS;
    }
    const bucket = bucketOf(block, byteIndex);
    const last = words[bucket + 1];
    words[waiter + NEXT] = 0;
    words[waiter + PREVIOUS] = last;
    words[waiter + BLOCK] = block;
    words[waiter + BYTE_INDEX] = byteIndex;
    words[waiter + AGENT] = this.agentId;
    Atomics.store(words, waiter + WAITER_STATE, isAsync ? STATE_ASYNC : STATE_BLOCKED);
    if (last === 0) words[bucket] = waiter;
    else words[last + NEXT] = waiter;
    words[bucket + 1] = waiter;
    return waiter;
  }

  /** Whether nobody has notified a waiter of this agent yet. */
  isWaiting(waiter: number): boolean {
    return Atomics.load(this.words, waiter + WAITER_STATE) !== STATE_NOTIFIED;
  }

  /** Takes a waiter of this agent out of its list, if it still stands there, and gives its place up; true if it did. */
  removeWaiter(waiter: number): boolean {
    this.enter();
    const wasWaiting = this.isWaiting(waiter);
    if (wasWaiting) this.unlink(waiter);
    this.free(waiter);
    this.leave();
    return wasWaiting;
  }

  /**
   * RemoveWaiters and NotifyWaiter of all agents, up to `count`; returns how many. This agent's own that have promises are
   * left for `takeNotified`.
   */
  notify(block: number, byteIndex: number, count: number): number {
    const { words } = this;
    const woken = new Set<number>();
    let notified = 0;
    this.enter();
    for (let waiter = words[bucketOf(block, byteIndex)]; waiter !== 0 && notified < count; ) {
      const next = words[waiter + NEXT];
      if (words[waiter + BLOCK] === block && words[waiter + BYTE_INDEX] === (byteIndex | 0)) {
        const isAsync = words[waiter + WAITER_STATE] === STATE_ASYNC;
        this.unlink(waiter);
        Atomics.store(words, waiter + WAITER_STATE, STATE_NOTIFIED);
        if (isAsync) {
          Atomics.store(words, MAIL + words[waiter + AGENT], 1);
          woken.add(words[waiter + AGENT]);
        } else Atomics.notify(words, waiter + WAITER_STATE, 1);
        notified++;
      }
      waiter = next;
    }
    this.leave();
    for (const agentId of woken) if (agentId !== this.agentId) this.wakeAgent(agentId);
    return notified;
  }

  /** Some of this agent's waiters that have promises may have been notified. */
  get hasMail(): boolean {
    return Atomics.load(this.words, MAIL + this.agentId) !== 0;
  }

  /** This agent's waiters that have promises and were notified, the longest waiting first; their places are given up. */
  takeNotified(): WaiterRecord[] {
    Atomics.store(this.words, MAIL + this.agentId, 0);
    const taken: WaiterRecord[] = [];
    this.enter();
    for (const [waiter, record] of this.asyncWaiters) {
      if (this.isWaiting(waiter)) continue;
      this.free(waiter);
      this.asyncWaiters.delete(waiter);
      taken.push(record);
    }
    this.leave();
    return taken;
  }

  /** Takes all waiters of an agent whose thread has ended out of their lists. */
  agentEnded(agentId: number): void {
    const { words } = this;
    this.enter();
    for (let i = 0; i < words[USED]; i++) {
      const waiter = WAITERS + i * WAITER_WORDS;
      if (words[waiter + AGENT] !== agentId || words[waiter + WAITER_STATE] === STATE_FREE) continue;
      if (words[waiter + WAITER_STATE] !== STATE_NOTIFIED) this.unlink(waiter);
      this.free(waiter);
    }
    this.leave();
  }

  private unlink(waiter: number): void {
    const { words } = this;
    const bucket = bucketOf(words[waiter + BLOCK], words[waiter + BYTE_INDEX]);
    const next = words[waiter + NEXT];
    const previous = words[waiter + PREVIOUS];
    if (previous === 0) words[bucket] = next;
    else words[previous + NEXT] = next;
    if (next === 0) words[bucket + 1] = previous;
    else words[next + PREVIOUS] = previous;
  }

  private free(waiter: number): void {
    const { words } = this;
    Atomics.store(words, waiter + WAITER_STATE, STATE_FREE);
    words[waiter + NEXT] = words[FREE];
    words[FREE] = waiter;
  }
}

/** The place of the list's first waiter in the table. */
function bucketOf(block: number, byteIndex: number): number {
  const hash = Math.imul(block, 0x9e3779b1) ^ Math.imul(byteIndex | 0, 0x85ebca6b);
  return TABLE + ((hash ^ (hash >>> 15)) & (BUCKETS - 1)) * 2;
}

/** Sleeps while a word is `value`, at most `ms`. Threads that may not sleep return at once. */
export function sleepOn(words: Int32Array, index: number, value: number, ms: number): void {
  try {
    Atomics.wait(words, index, value, ms);
  } catch (error) {
    // The main thread of a browser may not block: it goes on asking.
    if (!(error instanceof TypeError)) throw error;
  }
}
