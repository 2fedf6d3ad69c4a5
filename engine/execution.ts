// A program that runs in slices of fuel, so that whoever hosts it decides when it goes on: Runtime.start makes it.
import type { Completion } from './engine.ts';
import type { Agent } from './runtime/agent.ts';
import type { Value } from './runtime/value.ts';
import { type Pausable, runPausable } from './vm/pausable.ts';

/** The slice is used up; `run` goes on where the program is. */
export interface Paused {
  readonly kind: 'paused';
}

const PAUSED: Paused = { kind: 'paused' };

/** What an Execution needs of its runtime. */
export interface ExecutionHost {
  readonly agent: Agent;
  /** Runs something that may throw for guest reasons. */
  complete(run: () => Value): Completion;
  /** How a program ended whose jobs have been run: the evaluation of a module may have failed since it was started. */
  settle(started: Completion): Completion;
}

export class Execution {
  private readonly host: ExecutionHost;
  /** The script; null for a module, all of which runs in jobs. */
  private script: Pausable | null;
  /** Null once it has been given up. */
  private jobs: Pausable | null;
  /** How the script ended, or the module was started; null while the script is running. */
  private started: Completion | null;
  /** The program has been stopped, or has not begun for an early error. */
  private isStopped: boolean;
  private isRunning: boolean;
  private readonly reference: WeakRef<Execution>;
  /** It counts among the paused programs of the agent. */
  private isPaused: boolean;

  /** `started` is null exactly if there is a script to run. */
  constructor(host: ExecutionHost, script: Pausable | null, started: Completion | null, jobs: Pausable) {
    this.host = host;
    this.script = script;
    this.jobs = jobs;
    this.started = started;
    this.isStopped = started !== null && started.kind !== 'normal';
    this.isRunning = false;
    this.isPaused = false;
    this.reference = new WeakRef(this);
  }

  /**
   * Goes on for about `fuel` units, at least one step: to the end of the program and of its jobs, or to a pause. Fuel is that of
   * `Limits`: back-edges of loops, calls, units of work of the library. Code of the library that calls back, and what it
   * calls, goes on to its end before the program pauses; how much more was used then, `Agent.remainingFuel` tells.
   *
   * Gives how the program ended as `runScript` does, or for a module how its evaluation did, once no job is left; `run` may be
   * called again later, for jobs that the host has made possible since, and gives the same then. A program that a limit has
   * stopped does not go on.
   *
   * Throws a host RangeError if `fuel` is not positive, and a host Error when the program, which is running, calls it.
   */
  run(fuel: number): Completion | Paused {
    if (!(fuel > 0)) throw new RangeError(`a slice takes a positive amount of fuel, not ${fuel}`);
    if (this.isRunning) throw new Error('the program is running: a slice cannot begin inside of another');
    if (this.isStopped) return this.started as Completion;
    const { agent } = this.host;
    this.isRunning = true;
    this.setPaused(false);
    agent.beginSlice(fuel);
    try {
      return this.goOn(agent);
    } finally {
      agent.endSlice();
      this.isRunning = false;
    }
  }

  private goOn(agent: Agent): Completion | Paused {
    if (this.started === null) {
      const started = this.runPart(this.script as Pausable);
      if (started.kind === 'paused') return started;
      this.started = started;
      if (started.kind === 'limit') return this.stop(started);
      if (agent.pausing && !agent.jobs.isEmpty) return PAUSED;
    }
    const jobs = this.runPart(this.jobs as Pausable);
    if (jobs.kind === 'paused') return jobs;
    if (jobs.kind !== 'normal') return this.stop(jobs);
    return this.host.settle(this.started);
  }

  private runPart(part: Pausable): Completion | Paused {
    let isOver = true;
    const completion = this.host.complete(() => {
      isOver = runPausable(this.host.agent, part);
      if (!isOver) this.setPaused(true);
      return isOver ? part.value : undefined;
    });
    return isOver ? completion : PAUSED;
  }

  /**
   * Gives the program up, which may be paused: from here on `run` gives the limit 'abort'. What it holds is let go of, and weak
   * references are processed again, which wait while a program is paused. Throws a host Error when the program calls it.
   */
  abort(): void {
    if (this.isRunning) throw new Error('the program is running: it cannot abort itself');
    if (this.isStopped) return;
    this.setPaused(false);
    this.stop({ kind: 'limit', limit: 'abort' });
    this.script = null;
    this.jobs = null;
  }

  private stop(end: Completion): Completion {
    this.isStopped = true;
    this.started = end;
    return end;
  }

  private setPaused(isPaused: boolean): void {
    if (isPaused === this.isPaused) return;
    this.isPaused = isPaused;
    const { pausedPrograms } = this.host.agent;
    if (isPaused) pausedPrograms.add(this.reference);
    else pausedPrograms.delete(this.reference);
  }
}
