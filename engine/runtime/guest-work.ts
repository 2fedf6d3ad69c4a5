// Work of the runtime that goes through guest code again and again: jobs, async generators, the evaluation of modules. It is
// a record that says what to run next, so that a tier whose frames do not lie on the host's stack can run that without
// nesting there, and pause the program in the middle of it.
import { unreachable } from '../base/assert.ts';
import type { Agent } from './agent.ts';
import { Call, Construct } from './call.ts';
import { ThrowCompletion } from './completion.ts';
import { guestValueOf } from './errors.ts';
import type { FunctionObject } from './objects/function.ts';
import type { Coroutine, CoroutineState, ResumptionKind } from './objects/generator.ts';
import type { PendingWork } from './objects/object.ts';
import type { Value } from './value.ts';

/** A call to make, or with `newTarget` a construction. Work that calls one function again and again gives the same call with other `args`. */
export class GuestCall {
  readonly F: FunctionObject;
  readonly thisValue: Value;
  args: readonly Value[];
  readonly newTarget: FunctionObject | undefined;

  constructor(F: FunctionObject, thisValue: Value, args: readonly Value[], newTarget?: FunctionObject) {
    this.F = F;
    this.thisValue = thisValue;
    this.args = args;
    this.newTarget = newTarget;
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

/** Work that takes fuel itself has used up the slice of a program that can be paused; `returned` goes on. */
export class GuestPause {
  readonly isPause = true;
}

export type GuestStep = GuestCall | GuestResumption | GuestPause;

/** Each method gives what is to run next, or null at the end. What one throws ends the work; only algorithms do that. */
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

/**
 * An algorithm of the library that calls guest functions on its way: its state between the calls. What the calls throw ends it
 * unless it overrides `threw`.
 */
export abstract class GuestAlgorithm extends GuestWork implements PendingWork {
  /** What the function returns, at the end. */
  result: Value = undefined;

  get work(): this {
    return this;
  }

  override threw(_agent: Agent, value: Value): GuestStep | null {
    throw new ThrowCompletion(value);
  }
}

/** One call, whose result is that of the function. */
export class SingleCall extends GuestAlgorithm {
  private readonly call: GuestCall;

  constructor(F: FunctionObject, thisValue: Value, args: readonly Value[]) {
    super();
    this.call = new GuestCall(F, thisValue, args);
  }

  override begin(): GuestStep {
    return this.call;
  }

  override returned(_agent: Agent, value: Value): GuestStep | null {
    this.result = value;
    return null;
  }
}

function makeCall(agent: Agent, { F, thisValue, args, newTarget }: GuestCall): Value {
  return newTarget === undefined ? Call(agent, F, thisValue, args) : Construct(agent, F, args, newTarget);
}

/** Does work to its end, nesting on the host's stack. */
export function runGuestWork(agent: Agent, work: GuestWork): void {
  const { realm } = agent;
  for (let step = work.begin(agent); step !== null; ) {
    if (step instanceof GuestPause) {
      step = work.returned(agent, undefined);
      continue;
    }
    let value: Value;
    let state: CoroutineState = 0;
    try {
      if (step instanceof GuestCall) value = makeCall(agent, step);
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
