// Promise instances and the records they hold, https://tc39.es/ecma262/#sec-promise-objects . All are plain
// records: no host promise and no host closure takes part (ARCHITECTURE.md, rule 7).
import type { Agent } from '../agent.ts';
import type { GuestWork } from '../guest-work.ts';
import type { Shape } from '../shape.ts';
import type { Value } from '../value.ts';
import type { FunctionObject } from './function.ts';
import { JSObject } from './object.ts';

/** PromiseCapability Record, https://tc39.es/ecma262/#sec-promisecapability-records */
export interface PromiseCapability {
  readonly promise: JSObject;
  readonly resolve: FunctionObject;
  readonly reject: FunctionObject;
}

/** What Await suspends into: a reaction handler that is no function object. Implementations are records of a tier. */
export interface AwaitContinuation {
  readonly isAwaitContinuation: true;
  /**
   * Goes on after the awaited promise was fulfilled ('normal') or rejected ('throw'); gives the work that goes through guest
   * code, or null. Does not throw for guest reasons.
   */
  resume(agent: Agent, completion: 'normal' | 'throw', value: Value): GuestWork | null;
}

/** PromiseReaction Record, https://tc39.es/ecma262/#sec-promisereaction-records */
export interface PromiseReaction {
  readonly capability: PromiseCapability | null;
  readonly type: 'fulfill' | 'reject';
  /** null stands for empty. */
  readonly handler: FunctionObject | AwaitContinuation | null;
}

export class PromiseObject extends JSObject {
  promiseState: 'pending' | 'fulfilled' | 'rejected';
  promiseResult: Value;
  fulfillReactions: PromiseReaction[] | null;
  rejectReactions: PromiseReaction[] | null;
  isHandled: boolean;

  constructor(shape: Shape) {
    super(shape);
    this.promiseState = 'pending';
    this.promiseResult = undefined;
    this.fulfillReactions = [];
    this.rejectReactions = [];
    this.isHandled = false;
  }

  override className(): string {
    return 'Promise';
  }
}
