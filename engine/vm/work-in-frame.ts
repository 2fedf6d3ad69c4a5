// hot
// Work of the runtime that a built-in function leaves to be done (runtime/guest-work.ts), in the frame of its caller: each
// guest function that it calls pushes a frame, which the work waits for as its continuation.
import type { Agent } from '../runtime/agent.ts';
import { ThrowCompletion } from '../runtime/completion.ts';
import { GuestCall, GuestPause, type GuestStep, type GuestWork } from '../runtime/guest-work.ts';
import type { CoroutineState, ResumptionKind } from '../runtime/objects/generator.ts';
import type { PendingWork } from '../runtime/objects/object.ts';
import type { Realm } from '../runtime/realm.ts';
import type { Value } from '../runtime/value.ts';
import { chargeCall, deliver, makeCallFrom, pushFrame } from './calling.ts';
import { Continuation, takeThrown } from './continuation.ts';
import { VMCoroutine } from './coroutine.ts';
import { END_CONTINUE, END_RESUMED, type VMFrame } from './frame.ts';
import { CALLED } from './handler.ts';
import { makeStubFrame } from './stub-frame.ts';

/** Units of depth of work that is done inside of other work, while it begins and while its result is handed on. */
const WORK_DEPTH = 3;

/** Does work in the running realm, for a call as callFrom makes it. Many a work ends without a step. */
export function workFrom(
  agent: Agent,
  frame: VMFrame,
  pending: PendingWork,
  ending: number,
  continuation: Continuation | null,
): number {
  const { work } = pending;
  const step = work === null ? null : work.begin(agent);
  if (step !== null) return new WorkInFrame(agent, pending, ending, continuation).take(agent, frame, step);
  agent.realm = frame.realm;
  frame.result = pending.result;
  return CALLED;
}

/** Does work in the dispatch loop that runs, then hands the result of the call on. */
class WorkInFrame extends Continuation {
  private readonly pending: PendingWork;
  private readonly work: GuestWork;
  private readonly realm: Realm;
  private readonly ending: number;
  private readonly continuation: Continuation | null;
  /** The coroutine that is running for it. */
  private coroutine: VMCoroutine | null;

  /** `pending` has work that is left. */
  constructor(agent: Agent, pending: PendingWork, ending: number, continuation: Continuation | null) {
    super(continuation);
    if (agent.depth + this.nesting * WORK_DEPTH > agent.limits.depth) agent.throwStackOverflow();
    this.pending = pending;
    this.work = pending.work as GuestWork;
    this.realm = agent.realm;
    this.ending = ending;
    this.continuation = continuation;
    this.coroutine = null;
  }

  /** Takes steps. CALLED if no frame had to be pushed; see callFrom. */
  take(agent: Agent, frame: VMFrame, first: GuestStep | null): number {
    const { work } = this;
    const { depth } = agent;
    for (let step = first; step !== null; ) {
      let state: CoroutineState = 0;
      try {
        if (step instanceof GuestCall) {
          // Work that begins inside of it has the check.
          agent.depth = depth + WORK_DEPTH;
          const called = makeCallFrom(agent, frame, step, this);
          agent.depth = depth;
          if (called !== CALLED) return called;
        } else if (step instanceof GuestPause) return this.pause(agent, frame);
        else {
          const { coroutine, kind, value } = step;
          if (coroutine instanceof VMCoroutine) return this.resume(agent, frame, coroutine, kind, value);
          // A coroutine of the library, which runs no frame of ours.
          state = coroutine.resume(agent, kind, value);
        }
      } catch (thrown) {
        const inner = takeThrown(agent, frame, depth, thrown);
        agent.realm = this.realm;
        step = work.threw(agent, inner);
        continue;
      }
      agent.realm = this.realm;
      step = step instanceof GuestCall ? work.returned(agent, frame.result) : work.suspended(agent, state);
    }
    agent.realm = frame.realm;
    frame.result = this.pending.result;
    return CALLED;
  }

  /** The program pauses in a frame that does nothing. */
  private pause(agent: Agent, frame: VMFrame): number {
    agent.pausing = true;
    const stub = makeStubFrame(agent, END_CONTINUE);
    stub.continuation = this;
    return pushFrame(agent, frame, stub);
  }

  private resume(
    agent: Agent,
    frame: VMFrame,
    coroutine: VMCoroutine,
    kind: ResumptionKind,
    value: Value,
  ): number {
    chargeCall(agent);
    const callee = coroutine.frame;
    callee.ending = END_CONTINUE | END_RESUMED;
    callee.continuation = this;
    this.coroutine = coroutine;
    const pushed = pushFrame(agent, frame, callee);
    if (!coroutine.receive(kind, value)) throw new ThrowCompletion(value);
    return pushed;
  }

  override returned(agent: Agent, frame: VMFrame, value: Value): number {
    return this.finish(agent, frame, value, true);
  }

  override threw(agent: Agent, frame: VMFrame, value: Value): number {
    return this.finish(agent, frame, value, false);
  }

  /** Goes on with what the last step gave, and hands the result on. What the work throws is the outer operation's first. */
  private finish(agent: Agent, frame: VMFrame, value: Value, isNormal: boolean): number {
    const { continuation } = this;
    let taken: number;
    if (continuation === null) taken = this.goOn(agent, frame, value, isNormal);
    else {
      const { depth } = agent;
      try {
        taken = this.goOn(agent, frame, value, isNormal);
      } catch (thrown) {
        const inner = takeThrown(agent, frame, depth, thrown);
        const handled = continuation.threw(agent, frame, inner);
        if (handled === false) throw new ThrowCompletion(inner);
        return handled;
      }
    }
    return taken === CALLED ? deliver(agent, frame, this.ending, continuation, frame.result) : taken;
  }

  private goOn(agent: Agent, frame: VMFrame, value: Value, isNormal: boolean): number {
    const { coroutine, work } = this;
    this.coroutine = null;
    agent.realm = this.realm;
    if (!isNormal) return this.take(agent, frame, work.threw(agent, value));
    if (coroutine === null) return this.take(agent, frame, work.returned(agent, value));
    return this.take(agent, frame, work.suspended(agent, coroutine.take(value)));
  }
}
