// Timers and turns: what runs when the program's own code has returned. A timer is a record of a guest function and its
// arguments. One turn runs what is due and then all jobs; between turns the host may sleep.
//
//   program → jobs → [ immediates → jobs ] → [ timers that are due, each → jobs ] → sleep until the next is due → …
import {
  IsCallable,
  inspect,
  type JobKind,
  LimitStop,
  type Runtime,
  ToNumber,
  type Value,
} from '../engine.ts';

/** The time that timers go by; tests pass their own. */
export interface Clock {
  /** Milliseconds that never run backwards. */
  now(): number;
  /** Resolves after about `ms`. */
  sleep(ms: number): Promise<void>;
}

/** Why a program came to its end. */
export type LoopEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'uncaught'; readonly value: Value }
  | { readonly kind: 'unhandled-rejection'; readonly value: Value }
  | { readonly kind: 'limit'; readonly limit: LimitStop['limit'] };

interface Timer {
  readonly id: number;
  readonly callback: Value;
  readonly args: readonly Value[];
  /** Milliseconds between runs of an interval; null for a timer that runs once. */
  readonly intervalMs: number | null;
  dueMs: number;
}

/** Longer delays run at once, as hosts have it. */
const MAX_DELAY_MS = 2 ** 31 - 1;
const DONE: LoopEnd = { kind: 'done' };

/** Thrown through a job queue by the job of a microtask whose callback threw. */
export class UncaughtInJob {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

export class EventLoop {
  private readonly runtime: Runtime;
  private readonly clock: Clock;
  /** Unhandled rejections end the program. */
  private readonly strictRejections: boolean;
  private readonly timers = new Map<number, Timer>();
  private immediates: Timer[] = [];
  private nextId = 1;
  private wake: (() => void) | null = null;

  /** Defines the timer functions and `queueMicrotask` in the runtime's first realm. */
  constructor(
    runtime: Runtime,
    clock: Clock,
    options: { readonly strictRejections: boolean } = { strictRejections: true },
  ) {
    this.runtime = runtime;
    this.clock = clock;
    this.strictRejections = options.strictRejections;
    runtime.onProgress = () => this.wake?.();
    runtime.addRoots(() => [...this.timers.values()].flatMap(({ callback, args }) => [callback, ...args]));
    this.install();
  }

  /** Runs turns until nothing is left to do or the program fails. */
  async run(): Promise<LoopEnd> {
    for (;;) {
      const end = this.turn();
      if (typeof end !== 'number') return end;
      await this.sleep(end);
    }
  }

  /** Runs all that can run now. The result is the program's end, or for how many milliseconds to sleep. */
  turn(): LoopEnd | number {
    let end = this.runJobs();
    while (end === DONE) {
      const now = this.clock.now();
      const due = this.immediates.length > 0 ? this.takeImmediates() : this.dueTimers(now);
      if (due.length === 0) {
        const timeoutMs = this.runtime.nextTimeoutMs;
        if (timeoutMs === 0) end = this.runJobs();
        else if (this.isWaiting)
          return Math.min(Math.max(this.nextDueMs() - now, 0), timeoutMs ?? MAX_DELAY_MS, MAX_DELAY_MS);
        else return this.runtime.isLoading ? MAX_DELAY_MS : DONE;
      }
      for (const timer of due) {
        end = this.runTimer(timer);
        if (end !== DONE) break;
      }
    }
    return end;
  }

  /** Runs jobs and due timeouts of Atomics.waitAsync until none is left, and looks for rejections that nobody handles. */
  runJobs(): LoopEnd {
    const { runtime } = this;
    try {
      const jobs = runtime.runTimeouts();
      if (jobs.kind === 'limit') return jobs;
    } catch (thrown) {
      if (thrown instanceof UncaughtInJob) return { kind: 'uncaught', value: thrown.value };
      throw thrown;
    }
    const [reason] = runtime.takeUnhandledRejections().map((value) => ({ value }));
    if (reason === undefined || !this.strictRejections) return DONE;
    return { kind: 'unhandled-rejection', value: reason.value };
  }

  private runTimer(timer: Timer): LoopEnd {
    // A timer before it may have cleared it.
    if (timer.id !== 0 && this.timers.get(timer.id) !== timer) return DONE;
    if (timer.intervalMs === null) this.timers.delete(timer.id);
    else timer.dueMs = this.clock.now() + timer.intervalMs;
    const completion = this.runtime.call(timer.callback, undefined, timer.args);
    if (completion.kind === 'limit') return completion;
    if (completion.kind === 'throw') return { kind: 'uncaught', value: completion.value };
    return this.runJobs();
  }

  private takeImmediates(): Timer[] {
    const batch = this.immediates;
    this.immediates = [];
    return batch.filter((timer) => this.timers.has(timer.id));
  }

  /** Timers whose time has come, the earliest first. */
  private dueTimers(now: number): Timer[] {
    const due: Timer[] = [];
    for (const timer of this.timers.values()) if (timer.dueMs <= now) due.push(timer);
    return due.sort((a, b) => a.dueMs - b.dueMs || a.id - b.id);
  }

  private nextDueMs(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const timer of this.timers.values()) if (timer.dueMs < next) next = timer.dueMs;
    return next;
  }

  /** Timers, timeouts of Atomics.waitAsync or notifications of other agents are still to come. */
  private get isWaiting(): boolean {
    const { runtime } = this;
    return this.timers.size > 0 || runtime.nextTimeoutMs !== null || runtime.isWaitingForAgents;
  }

  private async sleep(ms: number): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      this.wake = resolve;
    });
    // A module that arrives ends the sleep; with no timer there is nothing else to wait for.
    await (this.isWaiting ? Promise.race([this.clock.sleep(ms), woken]) : woken);
    this.wake = null;
  }

  // ---- What programs see

  private install(): void {
    const { runtime } = this;
    runtime.defineFunction('setTimeout', 1, ([callback, delay, ...args]) =>
      this.addTimer(callback, delay, args, false),
    );
    runtime.defineFunction('setInterval', 1, ([callback, delay, ...args]) =>
      this.addTimer(callback, delay, args, true),
    );
    runtime.defineFunction('setImmediate', 1, ([callback, ...args]) => {
      this.requireCallback(callback);
      const timer: Timer = {
        id: this.nextId++,
        callback,
        args,
        intervalMs: null,
        dueMs: Number.POSITIVE_INFINITY,
      };
      this.timers.set(timer.id, timer);
      this.immediates.push(timer);
      return timer.id;
    });
    for (const name of ['clearTimeout', 'clearInterval', 'clearImmediate']) {
      runtime.defineFunction(name, 1, ([id]) => {
        if (typeof id === 'number') this.timers.delete(id);
        return undefined;
      });
    }
    runtime.defineFunction('queueMicrotask', 1, ([callback], _this, realm) => {
      this.requireCallback(callback);
      runtime.agent.enqueueJob(MICROTASK, { runtime, callback }, realm);
      return undefined;
    });
  }

  private addTimer(callback: Value, delay: Value, args: readonly Value[], repeats: boolean): number {
    this.requireCallback(callback);
    const { agent } = this.runtime;
    const given = delay === undefined ? 0 : ToNumber(agent, delay);
    const delayMs = given >= 1 && given <= MAX_DELAY_MS ? Math.trunc(given) : 1;
    agent.chargeBytes(TIMER_BYTES);
    const timer: Timer = {
      id: this.nextId++,
      callback,
      args,
      intervalMs: repeats ? delayMs : null,
      dueMs: this.clock.now() + delayMs,
    };
    this.timers.set(timer.id, timer);
    return timer.id;
  }

  private requireCallback(callback: Value): void {
    if (IsCallable(callback)) return;
    throw this.runtime.error(
      'TypeError',
      `The callback must be a function, not ${inspect(callback, { depth: 0 })}`,
    );
  }
}

const TIMER_BYTES = 120;

interface Microtask {
  readonly runtime: Runtime;
  readonly callback: Value;
}

const MICROTASK: JobKind<Microtask> = {
  kind: 'queueMicrotask',
  run(_agent, { runtime, callback }) {
    const completion = runtime.call(callback, undefined, []);
    if (completion.kind === 'limit') throw new LimitStop(completion.limit);
    if (completion.kind === 'throw') throw new UncaughtInJob(completion.value);
  },
};

/** Defines `performance` with `now` and `timeOrigin`. */
export function installPerformance(runtime: Runtime, clock: Clock, timeOriginMs: number): void {
  const start = clock.now();
  const performance = runtime.createObject();
  runtime.setProperty(
    performance,
    'now',
    runtime.createFunction('now', 0, () => clock.now() - start),
  );
  runtime.setProperty(performance, 'timeOrigin', timeOriginMs);
  runtime.defineGlobal('performance', performance);
}
