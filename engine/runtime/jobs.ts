// Jobs, https://tc39.es/ecma262/#sec-jobs . A job is a record, never a host closure (ARCHITECTURE.md, rule 7): `run` is a
// static function, `args` its arguments. A snapshot names `run` by its `kind`.
import type { Agent } from './agent.ts';
import type { Realm } from './realm.ts';

export interface JobKind<Args> {
  /** Unique name. */
  readonly kind: string;
  run(agent: Agent, args: Args): void;
}

export interface Job<Args = unknown> {
  readonly jobKind: JobKind<Args>;
  readonly args: Args;
  /** The realm that is running when the job starts; null when none is needed. */
  readonly realm: Realm | null;
}

/** What stands in a queue where a job was. */
const TAKEN: Job = { jobKind: { kind: 'taken', run() {} }, args: undefined, realm: null };

/** A first-in first-out queue over a growing array with a moving head. */
export class JobQueue {
  private items: Job[] = [];
  private head = 0;

  get isEmpty(): boolean {
    return this.head === this.items.length;
  }

  enqueue<Args>(job: Job<Args>): void {
    this.items.push(job as Job);
  }

  /** The next job; the queue must not be empty. */
  dequeue(): Job {
    const job = this.items[this.head];
    // What has been taken is not kept alive.
    this.items[this.head++] = TAKEN;
    if (this.head > 1024 && this.head * 2 > this.items.length) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
    return job;
  }

  clear(): void {
    this.items = [];
    this.head = 0;
  }
}

/** A job that runs once a time has come — https://tc39.es/ecma262/#sec-hostenqueuetimeoutjob */
export interface TimeoutJob {
  readonly job: Job;
  /** By the clock of `HostHooks.now`. */
  readonly dueMs: number;
  /** Jobs that are due at the same time run in this order. */
  readonly order: number;
  /** False once the job is not wanted any more. */
  isWanted: boolean;
}

/** Timeout jobs as a binary heap, the earliest first. Whoever hosts the agent asks when the next one is due. */
export class TimeoutQueue {
  private readonly heap: TimeoutJob[] = [];
  private nextOrder = 0;

  enqueue<Args>(job: Job<Args>, dueMs: number): TimeoutJob {
    const entry: TimeoutJob = { job: job as Job, dueMs, order: this.nextOrder++, isWanted: true };
    const { heap } = this;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isEarlier(entry, heap[parent])) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = entry;
    return entry;
  }

  /** When the earliest job is due; Infinity if there is none. */
  get nextDueMs(): number {
    while (this.heap.length > 0 && !this.heap[0].isWanted) this.removeFirst();
    return this.heap.length === 0 ? Number.POSITIVE_INFINITY : this.heap[0].dueMs;
  }

  /** Takes the earliest job if it is due at `nowMs`; null if none is. */
  takeDue(nowMs: number): Job | null {
    return this.nextDueMs <= nowMs && this.heap.length > 0 ? this.removeFirst().job : null;
  }

  private removeFirst(): TimeoutJob {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop() as TimeoutJob;
    if (heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isEarlier(heap[child + 1], heap[child])) child++;
      if (!isEarlier(heap[child], last)) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

function isEarlier(a: TimeoutJob, b: TimeoutJob): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order);
}
