// What an instruction goes on with when a function that it called returns, where that is more than storing the result in its
// first operand. A record, kept by the frame of the callee: no host frame waits, so the program can be paused, and nesting of
// calls is bounded by frames alone.
//
// Instructions that call work in steps: `callFrom` (calling.ts) pushes a frame, and the continuation goes on when it returns;
// or it has made the call on the spot (built-ins), and the step goes on by itself with the value in `frame.result`.
import type { Agent } from '../runtime/agent.ts';
import { guestValueOf } from '../runtime/errors.ts';
import type { Value } from '../runtime/value.ts';
import type { VMFrame } from './frame.ts';

export abstract class Continuation {
  /** How many continuations get what this one gives, one behind the other: handing that on nests on the host's stack. */
  readonly nesting: number;

  constructor(outer: Continuation | null = null) {
    this.nesting = outer === null ? 0 : outer.nesting + 1;
  }

  /** The callee returned `value` to the instruction at `frame.pc`. Gives what a handler gives. */
  abstract returned(agent: Agent, frame: VMFrame, value: Value): number;

  /** The callee threw `value`; false: that goes on as if the instruction had thrown it. Else what a handler gives. */
  threw(_agent: Agent, _frame: VMFrame, _value: Value): number | false {
    return false;
  }
}

/**
 * The value of what a host `catch` got in the middle of an operation for `frame`. What was thrown in another frame is
 * unwound from there, by the driver: thrown again.
 */
export function takeThrown(agent: Agent, frame: VMFrame, depth: number, thrown: unknown): Value {
  const value = guestValueOf(agent, thrown);
  if (agent.context !== frame) throw thrown;
  agent.depth = depth;
  agent.realm = frame.realm;
  return value;
}
