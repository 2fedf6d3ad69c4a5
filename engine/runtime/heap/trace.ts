// Tracing: everything that guest code can still reach, from given roots. Weak tables hold values as long as their keys are
// reached (ephemerons): host WeakMaps cannot be listed, so each one reached is asked for the things reached.
import { FinalizationRegistryObject } from '../objects/finalization-registry.ts';
import { JSObject } from '../objects/object.ts';
import { WeakRefObject } from '../objects/weak-ref.ts';
import type { ReferenceVisitor } from './references.ts';
import { visitReferences } from './references.ts';

/** A Set of the host takes 2^24 entries. */
const MOST_THINGS = 2 ** 24 - 1;

/** Many tables and many keys are asked for each other: more than so often takes the host seconds. */
const MOST_QUESTIONS = 1 << 26;

export class Trace implements ReferenceVisitor {
  /** Things and symbols. */
  private readonly reached: Set<unknown>;
  private readonly pending: object[];
  /** The guest objects and symbols among them, in the order of their finding. */
  private readonly keys: WeakKey[];
  /** Each with how many of `keys` it was asked for. */
  private readonly weakTables: Map<WeakMap<WeakKey, unknown>, number>;
  /** How often a weak table was asked for a key. */
  private questions: number;
  /** What was reached that holds its target weakly. */
  readonly weakRefs: WeakRefObject[];
  readonly registries: FinalizationRegistryObject[];
  /** Something was reached that may refer to anything, or there is too much: nothing can be said to be unreachable. */
  isIncomplete: boolean;

  constructor() {
    this.reached = new Set();
    this.pending = [];
    this.keys = [];
    this.weakTables = new Map();
    this.questions = 0;
    this.weakRefs = [];
    this.registries = [];
    this.isIncomplete = false;
  }

  /** Whether an object or symbol was reached. */
  has(value: WeakKey): boolean {
    return this.reached.has(value);
  }

  /** How many things were reached. */
  get size(): number {
    return this.reached.size;
  }

  /** Goes on until everything that can be reached from the roots visited so far has been. */
  finish(): void {
    this.drain();
    for (let isOver = this.isIncomplete; !isOver; ) {
      isOver = true;
      for (const [table, asked] of this.weakTables) {
        if (asked === this.keys.length) continue;
        this.questions += this.keys.length - asked;
        if (this.questions > MOST_QUESTIONS) this.isIncomplete = true;
        if (this.isIncomplete) return;
        isOver = false;
        this.weakTables.set(table, this.keys.length);
        for (let i = asked; i < this.keys.length; i++) {
          if (table.has(this.keys[i])) this.visitEntry(table.get(this.keys[i]));
        }
        this.drain();
      }
    }
  }

  visit(reference: unknown): void {
    if (typeof reference === 'object') {
      if (reference === null || this.reached.has(reference)) return;
      this.reach(reference);
      this.pending.push(reference);
    } else if (typeof reference === 'symbol' && !this.reached.has(reference)) {
      this.reach(reference);
      this.keys.push(reference);
    }
  }

  private reach(thing: WeakKey): void {
    if (this.reached.size === MOST_THINGS) this.isIncomplete = true;
    else this.reached.add(thing);
  }

  visitWeakMap(table: WeakMap<WeakKey, unknown>): void {
    if (!this.weakTables.has(table)) this.weakTables.set(table, 0);
  }

  /** The value of a key of a weak table. */
  protected visitEntry(value: unknown): void {
    this.visit(value);
  }

  visitOpaque(_thing: object): void {
    this.isIncomplete = true;
  }

  /** Each thing that is reached, once, before what it refers to is visited. */
  protected found(thing: object): void {
    if (!(thing instanceof JSObject)) return;
    this.keys.push(thing);
    if (thing instanceof WeakRefObject) this.weakRefs.push(thing);
    else if (thing instanceof FinalizationRegistryObject) this.registries.push(thing);
  }

  private drain(): void {
    for (
      let thing = this.pending.pop();
      thing !== undefined && !this.isIncomplete;
      thing = this.pending.pop()
    ) {
      this.found(thing);
      visitReferences(thing, this);
    }
  }
}
