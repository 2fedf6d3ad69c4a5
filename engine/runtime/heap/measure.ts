// How much of the heap an agent's guests hold: what `Limits.bytes` is about. Allocations are charged when they are made, and
// nobody sees when they end; so the sum of the charges is replaced by what tracing finds, now and then (Agent.recount).
//
// Sizes are estimated, and rather too high than too low. Strings are counted wherever something refers to them, since
// references to one and to two alike strings cannot be told apart; what only another string keeps alive is `hiddenBytes`
// of string-work.ts. The result is at most what has been charged, so counting too much only means that a program is
// held to all it has ever allocated.
import { type HeapOrigin, heapOriginOf } from '../../base/heap-leaf.ts';
import type { Agent } from '../agent.ts';
import { bigintWords } from '../bigint-work.ts';
import { JSObject, OBJECT_BYTES } from '../objects/object.ts';
import { SHAPE_BYTES, Shape } from '../shape.ts';
import { joinPieces, SHORTEST_SHARED } from '../string-work.ts';
import { fieldsOf } from './references.ts';
import { visitRoots } from './roots.ts';
import { Trace } from './trace.ts';

/** Bytes of a thing besides its fields; hosts round up and keep some room for growth. */
const HEADER_BYTES = 32;
const FIELD_BYTES = 8;
const STRING_BYTES = 36;
/** A number in a field that is no small integer. */
const NUMBER_BYTES = 12;
/** An empty Map or Set of the host. */
const TABLE_BYTES = 220;
const SYMBOL_BYTES = 40;
/** An entry of a host's Map, Set or WeakMap. */
const ENTRY_BYTES = 48;
const BUFFER_BYTES = 200;

/** Things between two looks at the host's wishes. */
const THINGS_PER_QUESTION = 1 << 16;

class HeapMeasure extends Trace {
  bytes: number;
  /** No more of interest. */
  private readonly most: number;
  private readonly agent: Agent;
  readonly shapes: Shape[];
  /** Those that may be trees of pieces. */
  readonly strings: string[];

  constructor(agent: Agent, most: number) {
    super();
    this.bytes = 0;
    this.most = most;
    this.agent = agent;
    this.shapes = [];
    this.strings = [];
  }

  override visit(reference: unknown): void {
    if (typeof reference === 'string') {
      this.bytes += STRING_BYTES + reference.length;
      if (reference.length >= SHORTEST_SHARED) this.strings.push(reference);
    } else if (typeof reference === 'number') {
      if ((reference | 0) !== reference) this.bytes += NUMBER_BYTES;
    } else if (typeof reference === 'bigint') this.bytes += HEADER_BYTES + 8 * bigintWords(reference);
    else if (typeof reference === 'symbol' && !this.has(reference))
      this.bytes += SYMBOL_BYTES + (reference.description?.length ?? 0);
    super.visit(reference);
  }

  protected override visitEntry(value: unknown): void {
    this.bytes += ENTRY_BYTES;
    super.visitEntry(value);
  }

  protected override found(thing: object): void {
    super.found(thing);
    this.bytes += this.sizeOf(thing);
    if (this.size % THINGS_PER_QUESTION === 0) this.agent.checkInterrupt();
    if (this.bytes > this.most) this.isIncomplete = true;
  }

  private sizeOf(thing: object): number {
    if (thing instanceof JSObject) {
      const slots = thing.overflow === null ? 0 : thing.overflow.length + 4;
      return OBJECT_BYTES + FIELD_BYTES * (fieldsOf(thing).length + slots);
    }
    if (Array.isArray(thing)) return HEADER_BYTES + FIELD_BYTES * thing.length;
    if (thing instanceof Shape) {
      this.shapes.push(thing);
      this.visit(thing.prototypeInfo?.roots);
      return SHAPE_BYTES + (thing.unique ? ENTRY_BYTES * thing.propertyCount : 0);
    }
    if (thing instanceof Map || thing instanceof Set) return TABLE_BYTES + ENTRY_BYTES * thing.size;
    if (ArrayBuffer.isView(thing)) {
      this.visit(thing.buffer);
      return BUFFER_BYTES;
    }
    if (thing instanceof ArrayBuffer || thing instanceof SharedArrayBuffer)
      return BUFFER_BYTES + thing.byteLength;
    const origin = heapOriginOf(thing);
    if (origin !== null && origin !== thing) this.visit(origin);
    const { heapBytes } = thing as Partial<HeapOrigin>;
    return heapBytes ?? HEADER_BYTES + FIELD_BYTES * fieldsOf(thing).length;
  }
}

/**
 * The bytes that can be reached from the roots of an agent, from what its host holds, and from `paused`: null if it cannot be told, or
 * they are more than `most`. Forgets what only the engine itself remembers. Sound only while no guest code and no built-in
 * runs, as collect.ts is. Throws the LimitStop of a host that wants the program to stop.
 */
export function measureHeap(
  agent: Agent,
  most: number,
  paused: object | null,
): { bytes: number | null; things: number } {
  const measure = new HeapMeasure(agent, most);
  visitRoots(agent, measure);
  measure.visit(agent.symbolRegistry);
  measure.visit(agent.nullPrototypeRoots);
  measure.visit(paused);
  visitAlive(agent.pausedPrograms, measure);
  visitAlive(agent.heldByHost.references, measure);
  measure.finish();
  if (measure.isIncomplete) return { bytes: null, things: measure.size };
  for (const string of measure.strings) joinPieces(string);
  const isReached = (thing: object): boolean => measure.has(thing);
  for (const shape of measure.shapes) shape.prune(isReached);
  return { bytes: measure.bytes, things: measure.size };
}

/** Visits what the host has not collected, and drops the references to the rest. */
function visitAlive(references: Set<WeakRef<object>>, measure: HeapMeasure): void {
  for (const reference of references) {
    const thing = reference.deref();
    if (thing === undefined) references.delete(reference);
    else measure.visit(thing);
  }
}
