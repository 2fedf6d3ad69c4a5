// What instances share: canonical types and the bounds of running code. One store belongs to one agent.
// https://webassembly.github.io/spec/core/exec/runtime.html#store

import { TypeRegistry } from '../validate/type-registry.ts';
import type { ExnInst } from './instances.ts';
import type { MemoryInst } from './memory.ts';

export interface StoreLimits {
  /** Slots of 8 bytes for frames of modules' functions. */
  readonly stackSlots: number;
  /** Frames of modules' functions. */
  readonly frames: number;
  /** Calls from functions of the host back into modules, which nest on the host's stack. */
  readonly hostNesting: number;
  /** Heads of loops, calls, and units of bulk work. */
  readonly fuel: number;
  /** Bytes of one memory. */
  readonly memoryBytes: number;
  /** Elements of one table. */
  readonly tableElements: number;
  /** Elements of all tables that an instance has or makes grow; they lie on the host's heap. */
  readonly instanceTableElements: number;
  /** Elements of one array of numbers or vectors. */
  readonly arrayElements: number;
  /** Elements of one array of references; hosts make much longer ones slowly or not at all. */
  readonly referenceArrayElements: number;
}

export const DEFAULT_STORE_LIMITS: StoreLimits = {
  stackSlots: 1 << 19,
  frames: 50_000,
  hostNesting: 200,
  fuel: Number.MAX_SAFE_INTEGER,
  memoryBytes: 2 ** 32,
  tableElements: 10_000_000,
  instanceTableElements: 40_000_000,
  arrayElements: 2 ** 28,
  referenceArrayElements: 2 ** 24,
};

/** How threads wait for each other at places of shared memories. */
export interface Waiting {
  /**
   * Sleeps while the value at a byte, of 4 bytes (a number) or 8 (a bigint), is `expected`. Gives 0 if woken, 1 if the value was
   * another one, 2 if the time is over; -1 if the thread may not sleep.
   */
  wait(memory: MemoryInst, at: number, expected: number | bigint, timeoutMs: number): number;
  /** Wakes so many that sleep at a byte, and gives how many it woke. */
  notify(memory: MemoryInst, at: number, count: number): number;
}

const WAIT_RESULTS: Readonly<Record<string, number>> = { ok: 0, 'not-equal': 1, 'timed-out': 2 };

/** By the host's Atomics. */
const hostWaiting: Waiting = {
  wait(memory, at, expected, timeoutMs) {
    try {
      const result =
        typeof expected === 'number'
          ? Atomics.wait(memory.i32, at >>> 2, expected, timeoutMs)
          : Atomics.wait(memory.i64, at >>> 3, expected, timeoutMs);
      return WAIT_RESULTS[result] as number;
    } catch (error) {
      // The main thread of a browser may not block.
      if (error instanceof TypeError) return -1;
      throw error;
    }
  },
  notify: (memory, at, count) => Atomics.notify(memory.i32, at >>> 2, count),
};

/**
 * Charges an embedder that counts fuel itself for `used` units of what it gave, and for `cost` units more; gives what may be
 * used next. Throws what stops the program.
 */
export type FuelSource = (used: number, cost: number) => number;

export class Store {
  readonly registry: TypeRegistry;
  readonly limits: StoreLimits;
  /** null: machines count fuel by `limits.fuel`. To be set before a machine is made. */
  moreFuel: FuelSource | null = null;
  /**
   * Asked before structures, arrays, tables and memories are allocated or grow: whether the embedder grants so many
   * bytes more. It counts, since only it knows what is still alive. It may throw what stops the program.
   */
  chargeBytes: (bytes: number) => boolean = () => true;
  /** Whether waiting instructions may wait; a host whose agent cannot block must say so. */
  canBlock = true;
  waiting: Waiting = hostWaiting;
  /** The exception that something thrown by a function of the host is to modules; null if they cannot catch it. */
  exceptionOf: (thrown: unknown) => ExnInst | null = () => null;
  /** What is thrown at functions of the host for an exception that no module caught. */
  valueOfException: (exception: ExnInst) => unknown = (exception) => exception;

  constructor(limits: Partial<StoreLimits> = {}, registry: TypeRegistry = new TypeRegistry()) {
    this.registry = registry;
    this.limits = { ...DEFAULT_STORE_LIMITS, ...limits };
  }
}
