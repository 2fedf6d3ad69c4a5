// hot
// A stable merge sort, bottom up over runs that insertion sorts, which asks its caller for each comparison: its state lies in
// a record, so that a comparator of the guest leaves nothing on the host's stack.
import type { Agent } from '../../runtime/agent.ts';

/** The length of the runs that insertion sorts. */
const RUN = 8;

const INSERTING = 0;
const MERGING = 1;
const DONE = 2;

export class MergeSort<T> {
  /** What is to be compared after `next` has given true. */
  left: T;
  right: T;
  private phase: number;
  private from: T[];
  private to: T[];
  /** The bounds of the run, or of both runs, and where the second begins. */
  private low: number;
  private middle: number;
  private high: number;
  private width: number;
  /** Inserting: the item at `i` is `right`, and goes before `j + 1`. Merging: the next of either run, and where it goes. */
  private i: number;
  private j: number;
  private k: number;

  /** A sort of a copy of `items`. */
  constructor(agent: Agent, items: readonly T[]) {
    agent.chargeBytes(items.length * 16);
    this.from = items.slice();
    this.to = items.slice();
    this.left = items[0];
    this.right = items[0];
    this.phase = INSERTING;
    this.low = 0;
    this.middle = 0;
    this.high = 0;
    this.width = RUN;
    this.i = 0;
    this.j = 0;
    this.k = 0;
  }

  /** The items in order, after `next` has given false. */
  get sorted(): T[] {
    return this.from;
  }

  /** Goes on to the next comparison; false if there is none. */
  next(agent: Agent): boolean {
    while (this.phase === INSERTING) {
      if (this.i >= this.high) this.beginRun(agent);
      else if (this.j >= this.low) {
        this.left = this.from[this.j];
        return true;
      } else this.insert();
    }
    while (this.phase === MERGING) {
      const { from, to } = this;
      if (this.k >= this.high) this.beginMerge(agent);
      else if (this.i >= this.middle) to[this.k++] = from[this.j++];
      else if (this.j >= this.high) to[this.k++] = from[this.i++];
      else {
        this.left = from[this.i];
        this.right = from[this.j];
        return true;
      }
    }
    return false;
  }

  /** Takes the answer: whether `left` belongs behind `right`. */
  take(isGreater: boolean): void {
    const { from, to } = this;
    if (this.phase === MERGING) to[this.k++] = isGreater ? from[this.j++] : from[this.i++];
    else if (isGreater) {
      from[this.j + 1] = from[this.j];
      this.j--;
    } else this.insert();
  }

  /** Puts an item where it belongs in its run, and takes up the next one. */
  private insert(): void {
    this.from[this.j + 1] = this.right;
    this.i++;
    this.takeUp();
  }

  private takeUp(): void {
    if (this.i < this.high) this.right = this.from[this.i];
    this.j = this.i - 1;
  }

  private beginRun(agent: Agent): void {
    const { length } = this.from;
    this.low = this.high;
    if (this.low >= length) {
      this.phase = length <= RUN ? DONE : MERGING;
      this.high = 0;
      this.k = 0;
      return;
    }
    agent.chargeFuel(RUN);
    this.high = Math.min(this.low + RUN, length);
    this.i = this.low + 1;
    this.takeUp();
  }

  private beginMerge(agent: Agent): void {
    const { length } = this.from;
    this.low = this.high;
    if (this.low >= length) {
      const { from } = this;
      this.from = this.to;
      this.to = from;
      this.width *= 2;
      this.low = 0;
      if (this.width >= length) {
        this.phase = DONE;
        return;
      }
    }
    this.middle = Math.min(this.low + this.width, length);
    this.high = Math.min(this.low + 2 * this.width, length);
    agent.chargeFuel(this.high - this.low);
    this.i = this.low;
    this.j = this.middle;
    this.k = this.low;
  }
}
