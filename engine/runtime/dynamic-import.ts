// What follows when the module of a dynamic import has been loaded, https://tc39.es/ecma262/#sec-ContinueDynamicImport .
import type { Agent } from './agent.ts';
import { Call1 } from './call.ts';
import { guestValueOf } from './errors.ts';
import type { GuestWork } from './guest-work.ts';
import { GatherAsynchronousTransitiveDependencies } from './module-evaluation.ts';
import type { ModuleCompletion, ModuleLoadPayload, ModulePhase, ModuleRecord } from './modules.ts';
import type { JSObject } from './objects/object.ts';
import type { AwaitContinuation, PromiseCapability } from './objects/promise.ts';
import { performPromiseThenContinuation } from './operations/promise-operations.ts';
import type { Value } from './value.ts';

/** DynamicImportState Record: what a dynamic import waits with. */
export class DynamicImportState implements ModuleLoadPayload {
  readonly promiseCapability: PromiseCapability;
  readonly phase: ModulePhase;

  constructor(promiseCapability: PromiseCapability, phase: ModulePhase) {
    this.promiseCapability = promiseCapability;
    this.phase = phase;
  }

  loaded(agent: Agent, result: ModuleCompletion): void {
    ContinueDynamicImport(agent, this, result);
  }
}

/** https://tc39.es/ecma262/#sec-ContinueDynamicImport */
function ContinueDynamicImport(
  agent: Agent,
  payload: DynamicImportState,
  moduleCompletion: ModuleCompletion,
): void {
  const promiseCapability = payload.promiseCapability;
  if (!('module' in moduleCompletion)) {
    Call1(agent, promiseCapability.reject, undefined, moduleCompletion.error);
    return;
  }
  const module = moduleCompletion.module;
  if (payload.phase === 'source') {
    let moduleSource: JSObject;
    try {
      moduleSource = module.GetModuleSource(agent);
    } catch (thrown) {
      Call1(agent, promiseCapability.reject, undefined, guestValueOf(agent, thrown));
      return;
    }
    Call1(agent, promiseCapability.resolve, undefined, moduleSource);
    return;
  }
  const loadPromise = module.LoadRequestedModules(agent);
  performPromiseThenContinuation(agent, loadPromise, new DynamicImportLoaded(payload, module));
}

/** The closures of ContinueDynamicImport that wait for the graph to be loaded. */
class DynamicImportLoaded implements AwaitContinuation {
  readonly isAwaitContinuation = true;
  readonly state: DynamicImportState;
  readonly module: ModuleRecord;
  constructor(state: DynamicImportState, module: ModuleRecord) {
    this.state = state;
    this.module = module;
  }

  /** linkAndEvaluateClosure and rejectedClosure. */
  resume(agent: Agent, completion: 'normal' | 'throw', value: Value): GuestWork | null {
    const { promiseCapability, phase } = this.state;
    if (completion === 'throw') {
      Call1(agent, promiseCapability.reject, undefined, value);
      return null;
    }
    const module = this.module;
    try {
      module.Link(agent);
    } catch (thrown) {
      Call1(agent, promiseCapability.reject, undefined, guestValueOf(agent, thrown));
      return null;
    }
    const evaluated = new DynamicImportEvaluated(this.state, module);
    if (phase !== 'defer') {
      // Nobody can tell that the promise has its reaction before the evaluation.
      const { promise, work } = module.beginEvaluation(agent);
      performPromiseThenContinuation(agent, promise, evaluated);
      return work;
    }
    const evaluationList = GatherAsynchronousTransitiveDependencies(module, new Set());
    if (evaluationList.length === 0) {
      evaluated.fulfill(agent);
      return null;
    }
    evaluated.remaining = evaluationList.length;
    for (const promise of evaluationList.map((dependency) => dependency.Evaluate(agent))) {
      performPromiseThenContinuation(agent, promise, evaluated);
    }
    return null;
  }
}

/** Settles a dynamic import when `remaining` evaluations have been fulfilled or one has failed. */
class DynamicImportEvaluated implements AwaitContinuation {
  readonly isAwaitContinuation = true;
  readonly state: DynamicImportState;
  readonly module: ModuleRecord;
  remaining: number;
  constructor(state: DynamicImportState, module: ModuleRecord) {
    this.state = state;
    this.module = module;
    this.remaining = 1;
  }

  resume(agent: Agent, completion: 'normal' | 'throw', value: Value): null {
    if (completion === 'throw') Call1(agent, this.state.promiseCapability.reject, undefined, value);
    else if (--this.remaining === 0) this.fulfill(agent);
    return null;
  }

  /** fulfilledClosure. */
  fulfill(agent: Agent): void {
    const namespace = this.module.getNamespace(agent, this.state.phase === 'defer' ? 'defer' : 'evaluation');
    Call1(agent, this.state.promiseCapability.resolve, undefined, namespace);
  }
}
