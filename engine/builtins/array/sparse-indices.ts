// Walks over array-likes that are mostly holes: `length` may be 2^53 - 1. The algorithms ask for each index; where no program
// can tell, they go on at the next index that is there. That is so for ordinary objects and sparse arrays that inherit from
// such: a hole in them is found without running guest code.
import type { Agent } from '../../runtime/agent.ts';
import { ArrayObject } from '../../runtime/objects/array.ts';
import { EXOTIC_NONE, type JSObject } from '../../runtime/objects/object.ts';
import { keyFromNumber, type PropertyKey } from '../../runtime/property-key.ts';
import type { Shape } from '../../runtime/shape.ts';

/** After so many holes it pays to look where the next element is. */
const HOLES_BEFORE_LOOK = 32;

interface Stamp {
  readonly holder: JSObject;
  readonly shape: Shape;
  readonly version: number;
}

export class SparseIndices {
  private readonly agent: Agent;
  private readonly O: JSObject;
  private holes: number;
  private indices: readonly number[];
  /** What proves that `indices` is still right. */
  private stamps: readonly Stamp[];

  constructor(agent: Agent, O: JSObject) {
    this.agent = agent;
    this.O = O;
    this.holes = 0;
    this.indices = [];
    this.stamps = [];
  }

  /** Where an ascending walk goes on behind a hole at `k`; Infinity if nothing follows. */
  after(k: number): number {
    return this.looks() ? this.firstFrom(k + 1) : k + 1;
  }

  /** Where a descending walk goes on before a hole at `k`; -1 if nothing is left. */
  before(k: number): number {
    return this.looks() ? this.lastUpTo(k - 1) : k - 1;
  }

  /** Nothing is at `k`, and finding that out ran no guest code. For algorithms that do not ask whether an index is there. */
  isHole(k: number): boolean {
    for (let holder: JSObject | null = this.O; holder !== null; holder = holder.shape.proto) {
      if (!isPlain(holder)) return false;
    }
    return !this.O.HasProperty(this.agent, keyFromNumber(k));
  }

  /**
   * How many steps a walk that moves elements `from` → `to` may go on, after a step that found a hole at `from` and none at
   * `to` that it left; `direction` is that of both.
   */
  stepsAfterMove(from: number, to: number, direction: 1 | -1): number {
    if (!this.looks()) return 1;
    if (direction === 1) return Math.min(this.firstFrom(from + 1) - from, this.firstFrom(to + 1) - to);
    return Math.min(from - this.lastUpTo(from - 1), to - this.lastUpTo(to - 1));
  }

  /** As that, for a walk from both ends to the middle. */
  stepsFromEnds(lower: number, upper: number): number {
    if (!this.looks()) return 1;
    return Math.min(this.firstFrom(lower + 1) - lower, upper - this.lastUpTo(upper - 1));
  }

  /** Notes a hole; true if `indices` is right and should be asked. */
  private looks(): boolean {
    if (++this.holes < HOLES_BEFORE_LOOK) return false;
    return this.isFresh() || this.collect();
  }

  private isFresh(): boolean {
    const { stamps } = this;
    if (stamps.length === 0) return false;
    for (const { holder, shape, version } of stamps) {
      if (holder.shape !== shape || shape.version !== version) return false;
    }
    return true;
  }

  /** Finds all indices along the prototype chain; false, for a while, if that cannot be known. */
  private collect(): boolean {
    const { agent } = this;
    const found: number[] = [];
    const stamps: Stamp[] = [];
    for (let holder: JSObject | null = this.O; holder !== null; holder = holder.shape.proto) {
      if (!isPlain(holder)) {
        this.holes = 0;
        this.stamps = [];
        return false;
      }
      if (holder.shape.lazy) holder.materialize();
      const { shape } = holder;
      agent.chargeFuel(1 + (shape.propertyCount >> 4));
      for (const key of shape.ownKeys()) {
        const index = integerIndex(key);
        if (index !== -1) found.push(index);
      }
      stamps.push({ holder, shape, version: shape.version });
    }
    agent.chargeBytes(found.length * 8);
    this.indices = found.sort((a, b) => a - b);
    this.stamps = stamps;
    return true;
  }

  private firstFrom(k: number): number {
    const at = this.search(k);
    return at < this.indices.length ? this.indices[at] : Number.POSITIVE_INFINITY;
  }

  private lastUpTo(k: number): number {
    const at = this.search(k + 1) - 1;
    return at >= 0 ? this.indices[at] : -1;
  }

  /** The position of the first index that is `k` or more. */
  private search(k: number): number {
    const { indices } = this;
    let low = 0;
    let high = indices.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (indices[middle] < k) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** All its elements are in its shape, and looking for one runs no guest code. */
function isPlain(holder: JSObject): boolean {
  if (holder.exotic === EXOTIC_NONE) return true;
  if (!(holder instanceof ArrayObject)) return false;
  return !holder.isDense || holder.el.length === 0;
}

/** The integer that a key stands for, up to 2^53 - 1; -1 for others. Keys that are array indices are Numbers. */
function integerIndex(key: PropertyKey): number {
  if (typeof key === 'number') return key;
  if (typeof key !== 'string' || !/^[1-9]\d{9,15}$/.test(key)) return -1;
  const index = Number(key);
  return Number.isSafeInteger(index) ? index : -1;
}
