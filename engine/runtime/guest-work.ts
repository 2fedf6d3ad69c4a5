// Work of the runtime that goes through guest code again and again: jobs, async generators, the evaluation of modules. It is
// a record that says what to run next, so that a tier whose frames do not lie on the host's stack can run that without
// nesting there, and pause the program in the middle of it.
import { unreachable } from '../base/assert.ts';
import type { Agent } from './agent.ts';
import { Call } from './call.ts';
import { guestValueOf } from './errors.ts';
import type { FunctionObject } from './objects/function.ts';
import type { Coroutine, CoroutineState, ResumptionKind } from './objects/generator.ts';
import type { Value } from './value.ts';

/** A call to make. */
export class GuestCall {
  readonly F: FunctionObject;
  readonly thisValue: Value;
  readonly args: readonly Value[];

  constructor(F: FunctionObject, thisValue: Value, args: readonly Value[]) {
    this.F = F;
    this.thisValue = thisValue;
    this.args = args;
  }
}

/** A coroutine to resume. */
export class GuestResumption {
  readonly coroutine: Coroutine;
  readonly kind: ResumptionKind;
  readonly value: Value;

  constructor(coroutine: Coroutine, kind: ResumptionKind, value: Value) {
    this.coroutine = coroutine;
    this.kind = kind;
    this.value = value;
  }
}

export type GuestStep = GuestCall | GuestResumption;

/** Each method gives what is to run next, or null at the end; none throws for guest reasons. */
export abstract class GuestWork {
  abstract begin(agent: Agent): GuestStep | null;

  /** A call returned `value`. */
  returned(_agent: Agent, _value: Value): GuestStep | null {
    return unreachable(this as never);
  }

  /** The coroutine has suspended or ended, as `state` says; its `value` is what with. */
  suspended(_agent: Agent, _state: CoroutineState): GuestStep | null {
    return unreachable(this as never);
  }

  /** The call or the coroutine threw `value`. */
  abstract threw(agent: Agent, value: Value): GuestStep | null;
}

/** Does work to its end, nesting on the host's stack. */
export function runGuestWork(agent: Agent, work: GuestWork): void {
  const { realm } = agent;
  for (let step = work.begin(agent); step !== null; ) {
    let value: Value;
    let state: CoroutineState = 0;
    try {
      if (step instanceof GuestCall) value = Call(agent, step.F, step.thisValue, step.args);
      else state = step.coroutine.resume(agent, step.kind, step.value);
    } catch (thrown) {
      const inner = guestValueOf(agent, thrown);
      agent.realm = realm;
      step = work.threw(agent, inner);
      continue;
    }
    step = step instanceof GuestCall ? work.returned(agent, value) : work.suspended(agent, state);
  }
}
