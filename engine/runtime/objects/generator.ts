// Generator and async generator instances, https://tc39.es/ecma262/#sec-properties-of-generator-instances and
// https://tc39.es/ecma262/#sec-properties-of-asyncgenerator-instances . The suspended evaluation itself is a
// Coroutine, which the tier provides: a frame that can be resumed.
import type { Agent } from '../agent.ts';
import type { Shape } from '../shape.ts';
import type { Value } from '../value.ts';
import { JSObject } from './object.ts';
import type { PromiseCapability } from './promise.ts';

/** How a suspended evaluation goes on. */
export type ResumptionKind = 'normal' | 'throw' | 'return';

/** The coroutine has run to its end; its value is what it returned. */
export const COROUTINE_RETURNED = 0;
/** Suspended by `yield`; its value is what the generator gives out. */
export const COROUTINE_YIELDED = 1;
/** Suspended by `await`; its value is the promise to wait for, a PromiseObject. */
export const COROUTINE_AWAITING = 2;

export type CoroutineState = typeof COROUTINE_RETURNED | typeof COROUTINE_YIELDED | typeof COROUTINE_AWAITING;

/** A suspended evaluation of guest code with its execution context. */
export interface Coroutine {
  /** What the last suspension or the end gave. */
  value: Value;
  /**
   * Makes the coroutine's context the running one, goes on until the next suspension or the end, and restores the
   * caller's. Throws what the guest code throws; the coroutine is then finished. The first resumption is
   * 'normal', its value is ignored.
   */
  resume(agent: Agent, kind: ResumptionKind, value: Value): CoroutineState;
}

export type GeneratorState = 'suspended-start' | 'suspended-yield' | 'executing' | 'completed';

export class GeneratorObject extends JSObject {
  generatorState: GeneratorState;
  /** Null when completed. */
  coroutine: Coroutine | null;

  constructor(shape: Shape) {
    super(shape);
    this.generatorState = 'completed';
    this.coroutine = null;
  }

  override className(): string {
    return 'Generator';
  }
}

export type AsyncGeneratorState =
  | 'suspended-start'
  | 'suspended-yield'
  | 'executing'
  | 'draining-queue'
  | 'completed';

/** https://tc39.es/ecma262/#sec-asyncgeneratorrequest-records */
export interface AsyncGeneratorRequest {
  readonly kind: ResumptionKind;
  readonly value: Value;
  readonly capability: PromiseCapability;
}

export class AsyncGeneratorObject extends JSObject {
  asyncGeneratorState: AsyncGeneratorState;
  queue: AsyncGeneratorRequest[];
  /** Null when it will run no more. */
  coroutine: Coroutine | null;

  constructor(shape: Shape) {
    super(shape);
    this.asyncGeneratorState = 'completed';
    this.queue = [];
    this.coroutine = null;
  }

  override className(): string {
    return 'AsyncGenerator';
  }
}
