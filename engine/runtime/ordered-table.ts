// hot
// The insertion-ordered table behind Map and Set. Iterators are positions, so that they can be saved and need no
// host iterator (ARCHITECTURE.md, rule 7). Deleting leaves a tombstone; when tombstones outnumber entries the table moves to
// fresh arrays, and the abandoned generation keeps a forwarding note with which a position is carried over.
import type { Agent } from './agent.ts';
import type { Value } from './value.ts';

/** Marks a deleted entry in `keys`. */
const DELETED = Symbol('deleted entry');

/** One generation of arrays. Positions are indices into `keys`. */
export class TableGeneration {
  keys: (Value | typeof DELETED)[] = [];
  values: Value[] = [];
  /** Entries before this position are tombstones. */
  head = 0;
  /** Set when the table has moved on. */
  next: TableGeneration | null = null;
  /** Positions that were tombstones at the move, ascending; null if the table was cleared. */
  removed: number[] | null = null;

  moveHead(): void {
    while (this.head < this.keys.length && this.keys[this.head] === DELETED) this.head++;
  }
}

export class OrderedTable {
  private readonly index = new Map<Value, number>();
  /** Entries of long BigInts by their text: hosts hash a BigInt by one word, so that many could share a hash. */
  private longBigInts: Map<string, number> | null = null;
  /** The current generation; iterators start from it. */
  generation = new TableGeneration();

  get size(): number {
    return this.index.size + (this.longBigInts === null ? 0 : this.longBigInts.size);
  }

  has(key: Value): boolean {
    return this.find(key) !== undefined;
  }

  get(key: Value): Value {
    const at = this.find(key);
    return at === undefined ? undefined : this.generation.values[at];
  }

  /** Adds or replaces. -0 becomes +0. True if the key is new. */
  set(key: Value, value: Value): boolean {
    const at = this.find(key);
    if (at !== undefined) {
      this.generation.values[at] = value;
      return false;
    }
    const { keys, values } = this.generation;
    this.place(key === 0 ? 0 : key, keys.length);
    keys.push(key === 0 ? 0 : key);
    values.push(value);
    return true;
  }

  delete(key: Value): boolean {
    const at = this.find(key);
    if (at === undefined) return false;
    if (isLongBigInt(key)) this.longBigInts?.delete(key.toString(32));
    else this.index.delete(key);
    this.generation.keys[at] = DELETED;
    this.generation.values[at] = undefined;
    this.generation.moveHead();
    if (this.generation.keys.length > 32 && this.generation.keys.length > 2 * this.size) this.compact();
    return true;
  }

  clear(): void {
    this.index.clear();
    this.longBigInts = null;
    const next = new TableGeneration();
    this.generation.next = next;
    this.generation.keys = [];
    this.generation.values = [];
    this.generation = next;
  }

  private find(key: Value): number | undefined {
    return isLongBigInt(key) ? this.longBigInts?.get(key.toString(32)) : this.index.get(key);
  }

  private place(key: Value, at: number): void {
    if (isLongBigInt(key)) {
      this.longBigInts ??= new Map();
      this.longBigInts.set(key.toString(32), at);
    } else this.index.set(key, at);
  }

  private compact(): void {
    const old = this.generation;
    const next = new TableGeneration();
    const removed: number[] = [];
    for (let i = 0; i < old.keys.length; i++) {
      const key = old.keys[i];
      if (key === DELETED) {
        removed.push(i);
        continue;
      }
      this.place(key as Value, next.keys.length);
      next.keys.push(key);
      next.values.push(old.values[i]);
    }
    old.next = next;
    old.removed = removed;
    old.keys = [];
    old.values = [];
    this.generation = next;
  }
}

function isLongBigInt(key: Value): key is bigint {
  return typeof key === 'bigint' && (key > 0xffff_ffff_ffff_ffffn || key < -0xffff_ffff_ffff_ffffn);
}

/** A live position in an OrderedTable: sees entries added while it walks, skips deleted ones. */
export class TableCursor {
  private generation: TableGeneration;
  private position = 0;
  /** The entry found by the last successful `advance`. */
  key: Value = undefined;
  value: Value = undefined;

  constructor(table: Pick<OrderedTable, 'generation'>) {
    this.generation = table.generation;
  }

  /** Another cursor at this position. */
  copy(): TableCursor {
    const copy = new TableCursor({ generation: this.generation });
    copy.position = this.position;
    return copy;
  }

  /**
   * Moves to the next entry; false at the end. The end is not final: later additions are found. Charges `agent` for
   * tombstones passed over.
   */
  advance(agent: Agent | null = null): boolean {
    while (this.generation.next !== null) this.carryOver(this.generation.next);
    const { keys, values, head } = this.generation;
    if (this.position < head) this.position = head;
    while (this.position < keys.length) {
      const at = this.position++;
      const key = keys[at];
      if (key === DELETED) {
        if (agent !== null && (at & 31) === 0) agent.chargeFuel(1);
        continue;
      }
      this.key = key as Value;
      this.value = values[at];
      return true;
    }
    return false;
  }

  private carryOver(next: TableGeneration): void {
    const removed = this.generation.removed;
    if (removed === null) this.position = 0;
    else {
      // How many tombstones lay before the position.
      let low = 0;
      let high = removed.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (removed[middle] < this.position) low = middle + 1;
        else high = middle;
      }
      this.position -= low;
    }
    this.generation = next;
  }
}
