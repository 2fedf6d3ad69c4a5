// Programs that can be paused: scripts, and the jobs that follow, run in slices. Between two slices nothing of the program is on
// the host's stack. What holds a pause until it returns: code of the library that calls back, see PAUSES.md.
import type { Agent } from '../runtime/agent.ts';
import { guestValueOf } from '../runtime/errors.ts';
import {
  GuestCall,
  GuestPause,
  type GuestResumption,
  type GuestStep,
  GuestWork,
} from '../runtime/guest-work.ts';
import type { CoroutineState } from '../runtime/objects/generator.ts';
import type { Realm } from '../runtime/realm.ts';
import type { Value } from '../runtime/value.ts';
import { VMCoroutine } from './coroutine.ts';
import type { VMFrame } from './frame.ts';
import { PausableRun } from './run.ts';

/** Something that runs in slices of the agent: see Agent.beginSlice. */
export interface Pausable {
  /** Goes on; true once it is over, and then its `value` is there. Throws what the guest throws; it is over then, too. */
  run(agent: Agent): boolean;
  readonly value: Value;
}

/**
 * Runs it to its end or, false, until the slice is used up. A recount of the agent's bytes that is due waits for nothing else: what
 * runs pauses for it and goes on.
 */
export function runPausable(agent: Agent, part: Pausable): boolean {
  const { pausesToRecount } = agent;
  // Below another run lies what a walk of the heap cannot see.
  agent.pausesToRecount = agent.activeRuns === 1;
  try {
    while (!part.run(agent)) {
      if (agent.isSliceOver) return false;
      agent.pausing = false;
      if (agent.isRecountDue) agent.recount(part);
    }
    return true;
  } finally {
    agent.pausesToRecount = pausesToRecount;
  }
}

/** The code of a frame, or a call. */
export class PausableCode implements Pausable {
  private readonly inner: PausableRun;

  private constructor(inner: PausableRun) {
    this.inner = inner;
  }

  static ofFrame(frame: VMFrame): PausableCode {
    return new PausableCode(PausableRun.ofFrame(frame));
  }

  static ofCall(agent: Agent, call: GuestCall): PausableCode {
    return new PausableCode(PausableRun.ofCall(agent, call));
  }

  get value(): Value {
    return this.inner.entry.result;
  }

  run(agent: Agent): boolean {
    return this.inner.run(agent);
  }
}

/** Work of the runtime. */
class PausableWork {
  private readonly work: GuestWork;
  private readonly realm: Realm;
  private isBegun: boolean;
  private step: GuestStep | null;
  /** Of `step`. */
  private inner: PausableRun | null;

  constructor(agent: Agent, work: GuestWork) {
    this.work = work;
    this.realm = agent.realm;
    this.isBegun = false;
    this.step = null;
    this.inner = null;
  }

  run(agent: Agent): boolean {
    agent.realm = this.realm;
    if (!this.isBegun) {
      this.isBegun = true;
      this.step = this.work.begin(agent);
    }
    while (this.step !== null) {
      if (!this.take(agent, this.step)) return false;
    }
    return true;
  }

  /** Runs a step, and finds the next one; false if it has been paused. */
  private take(agent: Agent, step: GuestStep): boolean {
    const { work } = this;
    if (step instanceof GuestPause) {
      this.step = work.returned(agent, undefined);
      return true;
    }
    let state: CoroutineState = 0;
    let value: Value;
    try {
      if (step instanceof GuestCall || step.coroutine instanceof VMCoroutine) {
        this.inner ??= begin(agent, step);
        if (!this.inner.run(agent)) return false;
        value = this.inner.entry.result;
        if (!(step instanceof GuestCall)) state = (step.coroutine as VMCoroutine).take(value);
      } else {
        // A coroutine of the library, which holds a pause.
        state = step.coroutine.resume(agent, step.kind, step.value);
      }
    } catch (thrown) {
      const inner = guestValueOf(agent, thrown);
      this.inner = null;
      agent.realm = this.realm;
      this.step = work.threw(agent, inner);
      return true;
    }
    this.inner = null;
    this.step = step instanceof GuestCall ? work.returned(agent, value) : work.suspended(agent, state);
    return true;
  }
}

function begin(agent: Agent, step: GuestCall | GuestResumption): PausableRun {
  if (step instanceof GuestCall) return PausableRun.ofCall(agent, step);
  return PausableRun.ofCoroutine(step.coroutine as VMCoroutine, step.kind, step.value);
}

/** The jobs of an agent, as long as there are any. */
export class PausableJobs implements Pausable {
  /** The job that has been paused. */
  private current: PausableWork | null = null;
  readonly value = undefined;

  run(agent: Agent): boolean {
    const { realm } = agent;
    try {
      for (;;) {
        if (this.current === null) {
          if (agent.jobs.isEmpty) return true;
          const job = agent.takeJob();
          if (job.args instanceof GuestWork) this.current = new PausableWork(agent, job.args);
          else agent.runJob(job);
        }
        if (this.current !== null) {
          if (!this.current.run(agent)) return false;
          this.current = null;
        }
        agent.realm = realm;
        agent.endJob();
        if (agent.pausing) return agent.jobs.isEmpty;
      }
    } finally {
      agent.realm = realm;
    }
  }
}
