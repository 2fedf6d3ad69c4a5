// Generator and AsyncGenerator abstract operations, https://tc39.es/ecma262/#sec-generator-abstract-operations and
// https://tc39.es/ecma262/#sec-asyncgenerator-abstract-operations . They drive Coroutines and know nothing of the
// tier that evaluates.
import { assert } from '../../base/assert.ts';
import type { Agent } from '../agent.ts';
import { Call1 } from '../call.ts';
import { ThrowCompletion } from '../completion.ts';
import { guestValueOf, throwTypeError } from '../errors.ts';
import { GuestResumption, type GuestStep, GuestWork } from '../guest-work.ts';
import {
  AsyncGeneratorObject,
  COROUTINE_AWAITING,
  COROUTINE_RETURNED,
  type Coroutine,
  type CoroutineState,
  GeneratorObject,
  type ResumptionKind,
} from '../objects/generator.ts';
import type { JSObject } from '../objects/object.ts';
import type { AwaitContinuation, PromiseCapability, PromiseObject } from '../objects/promise.ts';
import type { Value } from '../value.ts';
import { CreateIteratorResultObject } from './iterator-operations.ts';
import { PromiseResolve, performPromiseThenContinuation } from './promise-operations.ts';

/** https://tc39.es/ecma262/#sec-generatorstart */
export function GeneratorStart(generator: GeneratorObject, coroutine: Coroutine): void {
  generator.generatorState = 'suspended-start';
  generator.coroutine = coroutine;
}

/** https://tc39.es/ecma262/#sec-generatorvalidate */
export function GeneratorValidate(agent: Agent, generator: Value): GeneratorObject {
  if (!(generator instanceof GeneratorObject)) throwTypeError(agent, 'Receiver is not a generator');
  if (generator.generatorState === 'executing') throwTypeError(agent, 'Generator is already running');
  return generator;
}

/** GeneratorResume ( generator, value ) — https://tc39.es/ecma262/#sec-generatorresume */
export function GeneratorResume(agent: Agent, generator: Value, value: Value): Value {
  const validated = GeneratorValidate(agent, generator);
  if (validated.generatorState === 'completed') return CreateIteratorResultObject(agent, undefined, true);
  return run(agent, validated, 'normal', value);
}

/** GeneratorResumeAbrupt ( generator, abruptCompletion ) — https://tc39.es/ecma262/#sec-generatorresumeabrupt */
export function GeneratorResumeAbrupt(
  agent: Agent,
  generator: Value,
  kind: 'throw' | 'return',
  value: Value,
): Value {
  const validated = GeneratorValidate(agent, generator);
  if (validated.generatorState === 'suspended-start') complete(validated);
  if (validated.generatorState === 'completed') {
    if (kind === 'return') return CreateIteratorResultObject(agent, value, true);
    throw new ThrowCompletion(value);
  }
  return run(agent, validated, kind, value);
}

function complete(generator: GeneratorObject): void {
  generator.generatorState = 'completed';
  generator.coroutine = null;
}

function run(agent: Agent, generator: GeneratorObject, kind: ResumptionKind, value: Value): Value {
  const coroutine = generator.coroutine;
  assert(coroutine !== null, 'a suspended generator has a coroutine');
  generator.generatorState = 'executing';
  let state: CoroutineState;
  try {
    state = coroutine.resume(agent, kind, value);
  } catch (thrown) {
    complete(generator);
    throw thrown;
  }
  if (state === COROUTINE_RETURNED) {
    complete(generator);
    return CreateIteratorResultObject(agent, coroutine.value, true);
  }
  // GeneratorYield gave an iterator result object.
  generator.generatorState = 'suspended-yield';
  return coroutine.value;
}

/** https://tc39.es/ecma262/#sec-asyncgeneratorstart */
export function AsyncGeneratorStart(generator: AsyncGeneratorObject, coroutine: Coroutine): void {
  generator.asyncGeneratorState = 'suspended-start';
  generator.coroutine = coroutine;
}

/** https://tc39.es/ecma262/#sec-asyncgeneratorvalidate */
export function AsyncGeneratorValidate(agent: Agent, generator: Value): AsyncGeneratorObject {
  if (!(generator instanceof AsyncGeneratorObject))
    throwTypeError(agent, 'Receiver is not an async generator');
  return generator;
}

/** https://tc39.es/ecma262/#sec-asyncgeneratorenqueue */
export function AsyncGeneratorEnqueue(
  generator: AsyncGeneratorObject,
  kind: ResumptionKind,
  value: Value,
  promiseCapability: PromiseCapability,
): void {
  generator.queue.push({ kind, value, capability: promiseCapability });
}

/** AsyncGeneratorCompleteStep ( generator, completion, done ) — https://tc39.es/ecma262/#sec-asyncgeneratorcompletestep */
function AsyncGeneratorCompleteStep(
  agent: Agent,
  generator: AsyncGeneratorObject,
  kind: 'normal' | 'throw',
  value: Value,
  done: boolean,
): void {
  const next = generator.queue.shift();
  assert(next !== undefined, 'a step completes a request');
  if (kind === 'throw') Call1(agent, next.capability.reject, undefined, value);
  else Call1(agent, next.capability.resolve, undefined, CreateIteratorResultObject(agent, value, done));
}

/** AsyncGeneratorResume ( generator, completion ), as work — https://tc39.es/ecma262/#sec-asyncgeneratorresume */
export function AsyncGeneratorResume(
  generator: AsyncGeneratorObject,
  kind: ResumptionKind,
  value: Value,
): GuestWork {
  generator.asyncGeneratorState = 'executing';
  return new AsyncGeneratorRun(generator, kind, value);
}

/** A run until the generator suspends with nothing to do, awaits, or ends. */
class AsyncGeneratorRun extends GuestWork {
  private readonly generator: AsyncGeneratorObject;
  private readonly kind: ResumptionKind;
  private readonly value: Value;

  constructor(generator: AsyncGeneratorObject, kind: ResumptionKind, value: Value) {
    super();
    this.generator = generator;
    this.kind = kind;
    this.value = value;
  }

  override begin(): GuestStep {
    return this.resumption(this.kind, this.value);
  }

  private resumption(kind: ResumptionKind, value: Value): GuestStep {
    const { coroutine } = this.generator;
    assert(coroutine !== null, 'a resumed async generator has a coroutine');
    return new GuestResumption(coroutine, kind, value);
  }

  override suspended(agent: Agent, state: CoroutineState): GuestStep | null {
    const { generator } = this;
    const { value } = generator.coroutine as Coroutine;
    if (state === COROUTINE_AWAITING) {
      performPromiseThenContinuation(agent, value as PromiseObject, new AsyncGeneratorAwait(generator));
      return null;
    }
    if (state === COROUTINE_RETURNED) {
      finishAsync(agent, generator, 'normal', value);
      return null;
    }
    // AsyncGeneratorYield from step 7, https://tc39.es/ecma262/#sec-asyncgeneratoryield .
    AsyncGeneratorCompleteStep(agent, generator, 'normal', value, false);
    if (generator.queue.length === 0) {
      generator.asyncGeneratorState = 'suspended-yield';
      return null;
    }
    const toYield = generator.queue[0];
    return this.resumption(toYield.kind, toYield.value);
  }

  override threw(agent: Agent, value: Value): null {
    finishAsync(agent, this.generator, 'throw', value);
    return null;
  }
}

/** AsyncGeneratorStart steps 4.g to 4.l. */
function finishAsync(
  agent: Agent,
  generator: AsyncGeneratorObject,
  kind: 'normal' | 'throw',
  value: Value,
): void {
  generator.asyncGeneratorState = 'draining-queue';
  generator.coroutine = null;
  AsyncGeneratorCompleteStep(agent, generator, kind, value, true);
  AsyncGeneratorDrainQueue(agent, generator);
}

/** Goes on in an async generator after an `await`. */
class AsyncGeneratorAwait implements AwaitContinuation {
  readonly isAwaitContinuation = true;
  readonly generator: AsyncGeneratorObject;
  constructor(generator: AsyncGeneratorObject) {
    this.generator = generator;
  }
  resume(_agent: Agent, completion: 'normal' | 'throw', value: Value): GuestWork {
    return new AsyncGeneratorRun(this.generator, completion, value);
  }
}

/** https://tc39.es/ecma262/#sec-asyncgeneratorawaitreturn */
export function AsyncGeneratorAwaitReturn(agent: Agent, generator: AsyncGeneratorObject): void {
  generator.asyncGeneratorState = 'draining-queue';
  const next = generator.queue[0];
  let promise: JSObject;
  try {
    promise = PromiseResolve(agent, agent.realm.intrinsic('%Promise%'), next.value);
  } catch (thrown) {
    AsyncGeneratorCompleteStep(agent, generator, 'throw', guestValueOf(agent, thrown), true);
    AsyncGeneratorDrainQueue(agent, generator);
    return;
  }
  performPromiseThenContinuation(agent, promise as PromiseObject, new AsyncGeneratorReturn(generator));
}

/** Answers a `return` request once its value has settled. */
class AsyncGeneratorReturn implements AwaitContinuation {
  readonly isAwaitContinuation = true;
  readonly generator: AsyncGeneratorObject;
  constructor(generator: AsyncGeneratorObject) {
    this.generator = generator;
  }
  resume(agent: Agent, completion: 'normal' | 'throw', value: Value): null {
    AsyncGeneratorCompleteStep(agent, this.generator, completion, value, true);
    AsyncGeneratorDrainQueue(agent, this.generator);
    return null;
  }
}

/** https://tc39.es/ecma262/#sec-asyncgeneratordrainqueue */
function AsyncGeneratorDrainQueue(agent: Agent, generator: AsyncGeneratorObject): void {
  const queue = generator.queue;
  while (queue.length > 0) {
    const next = queue[0];
    if (next.kind === 'return') {
      AsyncGeneratorAwaitReturn(agent, generator);
      return;
    }
    if (next.kind === 'normal') AsyncGeneratorCompleteStep(agent, generator, 'normal', undefined, true);
    else AsyncGeneratorCompleteStep(agent, generator, 'throw', next.value, true);
  }
  generator.asyncGeneratorState = 'completed';
}
