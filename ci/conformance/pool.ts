// Worker processes that can be killed. Each gets a few scenarios ahead so that it never waits, runs
// them in order and reports each; so the first one without a report is the one that hangs or crashed.
// A process is replaced when it hangs, dies or has grown too large; the scenarios that were queued
// behind the guilty one go back to the front.

import type { ChildProcess } from 'node:child_process';
import { fork, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Judgement, ScenarioMode } from './scenarios.ts';
import type { RunMessage, WorkerConfig, WorkerMessage } from './worker.ts';

export interface Job {
  readonly path: string;
  readonly mode: ScenarioMode;
  readonly timeoutMs: number;
}

export interface JobResult extends Judgement {
  readonly timeMs: number;
}

export interface PoolOptions {
  readonly workers: number;
  readonly workerFile: string;
  readonly config: WorkerConfig;
  readonly nodeFlags: readonly string[];
}

const QUEUED_AHEAD = 4;
const LARGEST_RSS_MB = 700;
/** A start that fails this often in a row ends the run: the driver itself is broken. */
const FAILED_STARTS = 3;

/** Runs all jobs and calls `onResult` once for each. Rejects when workers cannot be started. */
export function runJobs(
  jobs: readonly Job[],
  options: PoolOptions,
  onResult: (job: Job, result: JobResult) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const nodeFlags = [`--stack-size=${stackSizeKb()}`, '--max-old-space-size=2048', ...options.nodeFlags];
    const returned: number[] = [];
    let next = 0;
    let open = jobs.length;
    let failedStarts = 0;
    let isOver = false;
    const slots = new Set<Slot>();
    const killAll = (): void => {
      for (const slot of slots) slot.kill();
    };
    process.once('exit', killAll);
    if (open === 0) finish();
    else for (let i = 0; i < Math.min(options.workers, open); i++) start();

    function start(): void {
      if (isOver) return;
      const slot = new Slot(
        fork(options.workerFile, [JSON.stringify(options.config)], {
          execArgv: nodeFlags,
          stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        }),
      );
      slots.add(slot);
      slot.child.stderr?.setEncoding('utf8').on('data', (text: string) => slot.addStderr(text));
      slot.child.on('message', (message: WorkerMessage) => {
        if (isOver) return;
        if (message.kind === 'ready') {
          slot.isReady = true;
          failedStarts = 0;
          refill(slot);
        } else if (slot.queue[0] === message.id) {
          slot.queue.shift();
          settle(message.id, message);
          if (message.rssMb > LARGEST_RSS_MB) slot.isRetiring = true;
          refill(slot);
        }
      });
      // 'close' comes after 'exit' and after everything on stderr has been read.
      slot.child.on('close', (code, signal) => ended(slot, code, signal));
      slot.child.on('error', (error) => stop(error));
    }

    function refill(slot: Slot): void {
      while (!slot.isRetiring && slot.queue.length < QUEUED_AHEAD) {
        const id = returned.shift() ?? (next < jobs.length ? next++ : -1);
        if (id < 0) break;
        const { path, mode } = jobs[id] as Job;
        slot.queue.push(id);
        slot.child.send({ id, path, mode } satisfies RunMessage, () => {});
      }
      slot.watch(slot.queue.length > 0 ? (jobs[slot.queue[0] as number] as Job).timeoutMs : null);
      if (slot.queue.length === 0 && !isOver) slot.kill();
    }

    function ended(slot: Slot, code: number | null, signal: NodeJS.Signals | null): void {
      slots.delete(slot);
      slot.watch(null);
      if (isOver) return;
      if (!slot.isReady && ++failedStarts >= FAILED_STARTS) {
        stop(new Error(`the worker process does not start: ${slot.stderr.trim().slice(-1500)}`));
        return;
      }
      const [guilty, ...innocent] = slot.queue;
      returned.unshift(...innocent);
      if (guilty !== undefined) {
        const { timeoutMs } = jobs[guilty] as Job;
        if (slot.isTimedOut)
          settle(guilty, {
            outcome: 'timeout',
            message: `no result after ${timeoutMs / 1000} s`,
            timeMs: timeoutMs,
          });
        else settle(guilty, { outcome: 'crash', message: deathMessage(slot, code, signal), timeMs: 0 });
      }
      if (next < jobs.length || returned.length > 0) start();
    }

    function settle(id: number, { outcome, message, timeMs }: JobResult): void {
      onResult(jobs[id] as Job, { outcome, message, timeMs });
      if (--open === 0) finish();
    }

    function finish(): void {
      isOver = true;
      killAll();
      process.off('exit', killAll);
      resolve();
    }

    function stop(error: Error): void {
      if (isOver) return;
      isOver = true;
      killAll();
      reject(error);
    }
  });
}

class Slot {
  readonly child: ChildProcess;
  /** Ids of the jobs sent and not reported, in order; the first one is running. */
  readonly queue: number[] = [];
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

function deathMessage(slot: Slot, code: number | null, signal: NodeJS.Signals | null): string {
  const lines = slot.stderr.split('\n').filter((line) => /error|fatal|overflow|assert/i.test(line));
  return `worker process died (${signal ?? `exit ${code}`})${lines[0] ? `: ${lines[0].trim()}` : ''}`;
}
