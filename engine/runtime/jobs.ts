// Jobs, https://tc39.es/ecma262/#sec-jobs . A job is a record, never a host closure (DESIGN §1.7): `run` is a
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
    const job = this.items[this.head++];
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
