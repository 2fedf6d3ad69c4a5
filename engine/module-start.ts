// A module that is started is loaded, linked and evaluated, as continuations over guest promises.
import type { Agent } from './runtime/agent.ts';
import { Call } from './runtime/call.ts';
import { guestValueOf } from './runtime/errors.ts';
import type { GuestWork } from './runtime/guest-work.ts';
import type { ModuleRecord } from './runtime/modules.ts';
import type { AwaitContinuation, PromiseObject } from './runtime/objects/promise.ts';
import {
  CreateResolvingFunctions,
  createPromise,
  performPromiseThenContinuation,
} from './runtime/operations/promise-operations.ts';
import type { Value } from './runtime/value.ts';

class ModuleStart implements AwaitContinuation {
  readonly isAwaitContinuation = true;
  private readonly module: ModuleRecord;
  private readonly promise: PromiseObject;
  constructor(module: ModuleRecord, promise: PromiseObject) {
    this.module = module;
    this.promise = promise;
  }

  resume(agent: Agent, completion: 'normal' | 'throw', value: Value): GuestWork | null {
    const { reject } = CreateResolvingFunctions(agent, this.promise);
    if (completion === 'throw') {
      Call(agent, reject, undefined, [value]);
      return null;
    }
    try {
      this.module.Link(agent);
    } catch (thrown) {
      Call(agent, reject, undefined, [guestValueOf(agent, thrown)]);
      return null;
    }
    const { promise, work } = this.module.beginEvaluation(agent);
    performPromiseThenContinuation(agent, promise, new ModuleEnd(this.promise));
    return work;
  }
}

/** Settles the promise of startModule like that of the evaluation, without looking up `then`, which guests can change. */
class ModuleEnd implements AwaitContinuation {
  readonly isAwaitContinuation = true;
  private readonly promise: PromiseObject;
  constructor(promise: PromiseObject) {
    this.promise = promise;
  }

  resume(agent: Agent, completion: 'normal' | 'throw', value: Value): null {
    const { resolve, reject } = CreateResolvingFunctions(agent, this.promise);
    Call(agent, completion === 'normal' ? resolve : reject, undefined, [value]);
    return null;
  }
}

/** Starts a module; the result is a promise of the guest for the end of its evaluation. */
export function startModule(agent: Agent, module: ModuleRecord): PromiseObject {
  const promise = createPromise(agent);
  performPromiseThenContinuation(agent, module.LoadRequestedModules(agent), new ModuleStart(module, promise));
  return promise;
}
