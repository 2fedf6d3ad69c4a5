// What instances share: canonical types and the bounds of running code. One store belongs to one agent.
// https://webassembly.github.io/spec/core/exec/runtime.html#store

import { TypeRegistry } from '../validate/type-registry.ts';
import type { ExnInst } from './instances.ts';

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
  arrayElements: 2 ** 28,
  referenceArrayElements: 2 ** 24,
};

export class Store {
  readonly registry: TypeRegistry;
  readonly limits: StoreLimits;
  /**
   * Asked before structures, arrays, tables and memories are allocated or grow: whether the embedder grants so many
   * bytes more. It counts, since only it knows what is still alive.
   */
  chargeBytes: (bytes: number) => boolean = () => true;
  /** Whether waiting instructions may wait; a host whose agent cannot block must say so. */
  canBlock = true;
  /** The exception that something thrown by a function of the host is to modules; null if they cannot catch it. */
  exceptionOf: (thrown: unknown) => ExnInst | null = () => null;
  /** What is thrown at functions of the host for an exception that no module caught. */
  valueOfException: (exception: ExnInst) => unknown = (exception) => exception;

  constructor(limits: Partial<StoreLimits> = {}, registry: TypeRegistry = new TypeRegistry()) {
    this.registry = registry;
    this.limits = { ...DEFAULT_STORE_LIMITS, ...limits };
  }
}
