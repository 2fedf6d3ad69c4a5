// Worker processes that can be killed. Each gets a few jobs ahead so that it never waits, runs them in order and
// reports each; so the first one without a report is the one that hangs or crashed. A process is replaced when it
// hangs, dies or has grown too large; the jobs that were queued behind the guilty one go back to the front.
// What a job is, the pool does not know: it is data that the process (serve.ts) understands.

import type { ChildProcess } from 'node:child_process';
import { fork, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { JobMessage, WorkerMessage } from './serve.ts';

export interface PoolJob {
  /** How long the process may take before it is killed, in milliseconds. */
  readonly timeoutMs: number;
}

/** How a job ended: with what the process reported, or with the end of the process. */
export type JobEnd<R> =
  | { readonly kind: 'result'; readonly result: R }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'died'; readonly message: string };

export interface PoolOptions {
  readonly workers: number;
  readonly workerFile: string;
  /** Data that every process gets when it starts. */
  readonly config: unknown;
  readonly nodeFlags: readonly string[];
}

const QUEUED_AHEAD = 4;
const LARGEST_RSS_MB = 700;
/** A start that fails this often in a row is an error: the program of the processes itself is broken. */
const FAILED_STARTS = 3;

interface Task<J, R> {
  readonly id: number;
  readonly job: J;
  readonly resolve: (end: JobEnd<R>) => void;
  readonly reject: (error: Error) => void;
}

export class WorkerPool<J extends PoolJob, R> {
  private readonly options: PoolOptions;
  private readonly nodeFlags: readonly string[];
  private readonly waiting: Task<J, R>[] = [];
  private readonly slots = new Set<Slot<J, R>>();
  private readonly killAll: () => void;
  private nextId = 0;
  private failedStarts = 0;
  private failure: Error | null = null;
  private isClosed = false;

  constructor(options: PoolOptions) {
    this.options = options;
    this.nodeFlags = [`--stack-size=${stackSizeKb()}`, '--max-old-space-size=2048', ...options.nodeFlags];
    this.killAll = () => {
      for (const slot of this.slots) slot.kill();
    };
    process.once('exit', this.killAll);
  }

  /** Runs a job as soon as a process is free for it. Rejects when processes cannot be started. */
  run(job: J): Promise<JobEnd<R>> {
    if (this.failure !== null) return Promise.reject(this.failure);
    if (this.isClosed) return Promise.reject(new Error('the pool is closed'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ id: this.nextId++, job, resolve, reject });
      const idle = [...this.slots].find((slot) => slot.isReady && slot.queue.length < QUEUED_AHEAD);
      if (idle !== undefined) this.refill(idle);
      else if (this.slots.size < this.options.workers) this.start();
    });
  }

  /** Kills the processes. Jobs that have not ended never end. */
  close(): void {
    this.isClosed = true;
    this.killAll();
    process.off('exit', this.killAll);
  }

  private start(): void {
    const child = fork(this.options.workerFile, [JSON.stringify(this.options.config)], {
      execArgv: [...this.nodeFlags],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const slot = new Slot<J, R>(child);
    this.slots.add(slot);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => slot.addStderr(text));
    child.on('message', (message: WorkerMessage<R>) => {
      if (this.isClosed) return;
      if (message.kind === 'ready') {
        slot.isReady = true;
        this.failedStarts = 0;
        this.refill(slot);
        return;
      }
      const [task] = slot.queue;
      if (task === undefined || task.id !== message.id) return;
      slot.queue.shift();
      if (message.rssMb > LARGEST_RSS_MB) slot.isRetiring = true;
      task.resolve({ kind: 'result', result: message.result });
      this.refill(slot);
    });
    // 'close' comes after 'exit' and after everything on stderr has been read.
    child.on('close', (code, signal) => this.ended(slot, code, signal));
    child.on('error', (error) => this.fail(error));
  }

  private refill(slot: Slot<J, R>): void {
    while (!slot.isRetiring && slot.queue.length < QUEUED_AHEAD) {
      const task = this.waiting.shift();
      if (task === undefined) break;
      slot.queue.push(task);
      slot.child.send({ id: task.id, job: task.job } satisfies JobMessage<J>, () => {});
    }
    slot.watch(slot.queue[0]?.job.timeoutMs ?? null);
    if (slot.isRetiring && slot.queue.length === 0) slot.kill();
  }

  private ended(slot: Slot<J, R>, code: number | null, signal: NodeJS.Signals | null): void {
    this.slots.delete(slot);
    slot.watch(null);
    if (this.isClosed || this.failure !== null) return;
    if (!slot.isReady && ++this.failedStarts >= FAILED_STARTS) {
      this.fail(new Error(`the worker process does not start: ${slot.stderr.trim().slice(-1500)}`));
      return;
    }
    const [guilty, ...innocent] = slot.queue;
    this.waiting.unshift(...innocent);
    if (guilty !== undefined) {
      guilty.resolve(
        slot.isTimedOut ? { kind: 'timeout' } : { kind: 'died', message: deathMessage(slot, code, signal) },
      );
    }
    if (this.waiting.length > 0) this.start();
  }

  private fail(error: Error): void {
    if (this.isClosed || this.failure !== null) return;
    this.failure = error;
    for (const slot of this.slots) {
      for (const task of slot.queue) task.reject(error);
      slot.kill();
    }
    for (const task of this.waiting) task.reject(error);
    this.waiting.length = 0;
  }
}

class Slot<J extends PoolJob, R> {
  readonly child: ChildProcess;
  /** The jobs sent and not reported, in order; the first one is running. */
  readonly queue: Task<J, R>[] = [];
  isReady = false;
  isRetiring = false;
  isTimedOut = false;
  stderr = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(child: ChildProcess) {
    this.child = child;
  }

  addStderr(text: string): void {
    this.stderr = (this.stderr + text).slice(-4000);
  }

  kill(): void {
    clearTimeout(this.timer);
    this.child.kill('SIGKILL');
  }

  /**
   * Kills the process after `timeoutMs`, unless `watch` is called again before. On a busy machine
   * a process that got less than half of a processor has up to three times as long.
   */
  watch(timeoutMs: number | null): void {
    clearTimeout(this.timer);
    if (timeoutMs === null) return;
    const cpuStartMs = cpuTimeMs(this.child.pid as number);
    let extensions = 2;
    const check = (): void => {
      const cpuMs = cpuTimeMs(this.child.pid as number) - cpuStartMs;
      if (extensions-- > 0 && cpuMs < timeoutMs / 2) this.timer = setTimeout(check, timeoutMs);
      else {
        this.isTimedOut = true;
        this.kill();
      }
    };
    this.timer = setTimeout(check, timeoutMs);
  }
}

/** User and system time of a process so far; NaN where the host has no /proc, which compares as enough. */
function cpuTimeMs(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN; // No /proc here, or the process has just ended; its end is reported by 'close'.
  }
}

/** Three quarters of the stack that the system gives a process: measured safe for V8 on Linux at 90%. */
function stackSizeKb(): number {
  const limit =
    process.platform === 'win32' ? '' : spawnSync('sh', ['-c', 'ulimit -s'], { encoding: 'utf8' }).stdout;
  const kb = limit.trim() === 'unlimited' ? 8192 : Number(limit) || 1024;
  return Math.floor(Math.min(kb, 16384) * 0.75);
}

function deathMessage(
  { stderr }: { readonly stderr: string },
  code: number | null,
  signal: NodeJS.Signals | null,
): string {
  const lines = stderr.split('\n').filter((line) => /error|fatal|overflow|assert/i.test(line));
  return `worker process died (${signal ?? `exit ${code}`})${lines[0] ? `: ${lines[0].trim()}` : ''}`;
}
