// Operations of the specification that call guest code on their way, as records that the callee's frame keeps: steps between
// calls, which leave nothing on the host's stack. A function `…From` begins one for the instruction at `frame.pc`: it gives
// CALLED, with the outcome in `frame.result`, if no frame had to be pushed; else what a handler gives, and the outcome goes
// where `ending` and `continuation` say.
import type { Agent } from '../runtime/agent.ts';
import { ThrowCompletion } from '../runtime/completion.ts';
import type { FunctionObject } from '../runtime/objects/function.ts';
import type { Value } from '../runtime/value.ts';
import { callFrom, deliver, finishCall } from './calling.ts';
import { Continuation, takeThrown } from './continuation.ts';
import { END_CALL, END_CONTINUE, type VMFrame } from './frame.ts';
import { CALLED } from './handler.ts';

export abstract class Operation extends Continuation {
  protected readonly ending: number;
  protected readonly continuation: Continuation | null;

  constructor(ending: number, continuation: Continuation | null) {
    super(continuation);
    this.ending = ending;
    this.continuation = continuation;
  }

  /**
   * Goes on with what the last call gave: to the next call that pushes a frame, whose value `this` gets, or CALLED with the
   * outcome in `frame.result`.
   */
  protected abstract step(agent: Agent, frame: VMFrame, value: Value): number;

  /** What the last call threw, in operations whose `threw` is `catchThrown`; as `step`. */
  protected caught(_agent: Agent, _frame: VMFrame, value: Value): number {
    throw new ThrowCompletion(value);
  }

  override returned(agent: Agent, frame: VMFrame, value: Value): number {
    return this.finish(agent, frame, value, true);
  }

  override threw(agent: Agent, frame: VMFrame, value: Value): number | false {
    return this.continuation === null ? false : this.continuation.threw(agent, frame, value);
  }

  protected catchThrown(agent: Agent, frame: VMFrame, value: Value): number {
    return this.finish(agent, frame, value, false);
  }

  /** Takes a step, and hands the outcome on. What it throws is the outer operation's first. */
  private finish(agent: Agent, frame: VMFrame, value: Value, isNormal: boolean): number {
    const { continuation } = this;
    let next: number;
    if (continuation === null) {
      next = isNormal ? this.step(agent, frame, value) : this.caught(agent, frame, value);
    } else {
      const { depth } = agent;
      try {
        next = isNormal ? this.step(agent, frame, value) : this.caught(agent, frame, value);
      } catch (thrown) {
        const inner = takeThrown(agent, frame, depth, thrown);
        const handled = continuation.threw(agent, frame, inner);
        if (handled === false) throw new ThrowCompletion(inner);
        return handled;
      }
    }
    return next === CALLED ? deliver(agent, frame, this.ending, continuation, frame.result) : next;
  }

  /** Makes a call for this operation and takes the next step if it has been made on the spot. */
  protected call(
    agent: Agent,
    frame: VMFrame,
    F: FunctionObject,
    thisValue: Value,
    args: readonly Value[],
  ): number {
    return this.after(agent, frame, callFrom(agent, frame, F, thisValue, args, END_CONTINUE, this));
  }

  /** Takes the next step if what `…From` has begun for this operation is done. */
  protected after(agent: Agent, frame: VMFrame, called: number): number {
    return called === CALLED ? this.step(agent, frame, frame.result) : called;
  }
}

/** What `…From` has begun, for an instruction whose first operand gets the outcome. */
export function storeOutcome(agent: Agent, frame: VMFrame, called: number): number {
  return finishCall(agent, frame, called, END_CALL);
}
