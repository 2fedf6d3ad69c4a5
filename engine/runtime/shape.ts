// hot
// Shapes: what an object's properties are and in which slots they lie, together with its prototype, so that
// one identity comparison proves layout and prototype (ARCHITECTURE.md, rule 2).
//
// - A shared shape is a node of a transition tree and immutable: the same adds in the same order from the same
//   root end at the same shape. Its `table` may be handed on to the child that extends it and is rebuilt from
//   the chain of parents when asked for again.
// - A unique shape belongs to one object: after a delete, an attribute change, too many properties, or when
//   the object becomes a prototype. A unique shape is replaced at every change of layout, so that identity
//   still proves layout, until it is large (LARGE_DICTIONARY); from then on it is changed in place and
//   `cacheable` is false.
// - A lazy shape has no properties yet: the object fills itself in (`materialize`) at the first miss.
// - A prototype's shape carries PrototypeInfo: the root shapes of its children and the validity cell that
//   guards loads through it. Whoever changes a prototype (layout or slot value) breaks the cell.
import type { Agent } from './agent.ts';
import { throwRangeError } from './errors.ts';
import type { JSObject } from './objects/object.ts';
import type { PrivateName } from './private-name.ts';
import { ATTRS_DEFAULT } from './property-descriptor.ts';
import type { PropertyKey } from './property-key.ts';

/** Shapes also hold private elements, under their PrivateName; those are no properties and never listed. */
export type ShapeKey = PropertyKey | PrivateName;

/** A property's entry: slot number and attribute bits in one small integer. */
export type PropertyEntry = number;
export const ENTRY_SLOT_SHIFT = 4;
export const ENTRY_ATTRIBUTES = 15;
export const NOT_FOUND = -1;

/** What a new shape is charged, with its table. */
export const SHAPE_BYTES = 256;

/** Hosts refuse Maps of more than 2^24 entries, or half as many after deletions. */
export const MAX_TABLE_SIZE = 1 << 23;

const MAX_SHARED_PROPERTIES = 128;
const MAX_TRANSITIONS = 512;
const LARGE_DICTIONARY = 64;

/** Objects with internal methods of their own never share a shape with ordinary ones. */
export const SHAPE_KIND_ORDINARY = 0;
export const SHAPE_KIND_ARRAY = 1;
export const SHAPE_KIND_FUNCTION = 2;
export const SHAPE_KIND_EXOTIC = 3;
export const SHAPE_KIND_LAZY_FUNCTION = 4;
export const SHAPE_KIND_TYPED_ARRAY = 5;
const SHAPE_KINDS = 6;

/** What compiled code checks of a ValidityCell: the only instance of a host class of its own, so that the host folds the check away. */
export interface HostCell {
  valid: boolean;
}

/** Guards loads through a prototype chain: valid until an object on the chain changes. */
export class ValidityCell {
  valid: boolean;
  private host: HostCell | null;

  constructor() {
    this.valid = true;
    this.host = null;
  }

  /** The cell for compiled code. */
  hostCell(): HostCell {
    const { valid } = this;
    this.host ??= new (class HostCellInstance {
      valid = valid;
    })();
    return this.host;
  }

  break(): void {
    this.valid = false;
    if (this.host !== null) this.host.valid = false;
  }
}

/** What a prototype knows about those that inherit from it. */
export class PrototypeInfo {
  readonly owner: JSObject;
  readonly roots: (Shape | null)[];
  cell: ValidityCell | null;
  /** Prototypes whose cells depend on this one. Only those that have a cell. */
  dependents: PrototypeInfo[];

  constructor(owner: JSObject) {
    this.owner = owner;
    this.roots = emptyRoots();
    this.cell = null;
    this.dependents = [];
  }
}

export function emptyRoots(): (Shape | null)[] {
  const roots: (Shape | null)[] = [];
  for (let i = 0; i < SHAPE_KINDS; i++) roots.push(null);
  return roots;
}

export class Shape {
  readonly agent: Agent;
  readonly proto: JSObject | null;
  readonly kind: number;
  /** The shape this one extends by `key`; null for roots and unique shapes. */
  readonly parent: Shape | null;
  readonly key: ShapeKey;
  readonly attributes: number;
  /** Number of slots in use. In dictionaries slots of deleted properties count until compaction. */
  slotCount: number;
  extensible: boolean;
  unique: boolean;
  cacheable: boolean;
  lazy: boolean;
  hasIndexKeys: boolean;
  hasSymbolKeys: boolean;
  hasPrivateNames: boolean;
  /** Counts the changes in place of a large dictionary, so that a shape with its version still proves layout. */
  version: number;
  prototypeInfo: PrototypeInfo | null;
  private table: Map<ShapeKey, PropertyEntry> | null;
  private transitions: Map<ShapeKey, Shape | Shape[]> | null;
  private keys: readonly PropertyKey[] | null;

  constructor(
    agent: Agent,
    proto: JSObject | null,
    kind: number,
    parent: Shape | null,
    key: ShapeKey,
    attributes: number,
    table: Map<ShapeKey, PropertyEntry> | null,
  ) {
    this.agent = agent;
    this.proto = proto;
    this.kind = kind;
    this.parent = parent;
    this.key = key;
    this.attributes = attributes;
    this.slotCount = parent === null ? 0 : parent.slotCount + 1;
    this.extensible = true;
    this.unique = false;
    this.cacheable = true;
    this.lazy = false;
    this.hasIndexKeys = parent !== null && (parent.hasIndexKeys || typeof key === 'number');
    this.hasSymbolKeys = parent !== null && (parent.hasSymbolKeys || typeof key === 'symbol');
    this.hasPrivateNames = parent !== null && (parent.hasPrivateNames || typeof key === 'object');
    this.version = 0;
    this.prototypeInfo = null;
    this.table = table;
    this.transitions = null;
    this.keys = null;
  }

  /** The entry of own property `key`, or NOT_FOUND. A lazy shape finds nothing. */
  lookup(key: ShapeKey): PropertyEntry {
    if (this.slotCount === 0) return NOT_FOUND;
    const entry = (this.table ?? this.rebuildTable()).get(key);
    return entry === undefined ? NOT_FOUND : entry;
  }

  /** Gives what objects hold through this shape: the prototype, and keys, of which symbols and private names are things. */
  visitReferences(visitor: { visit(reference: unknown): void }): void {
    visitor.visit(this.proto);
    if (this.unique) for (const key of this.ownTable().keys()) visitor.visit(key);
    else if (this.parent !== null) {
      visitor.visit(this.key);
      visitor.visit(this.parent);
    }
  }

  /**
   * Forgets extensions, and dependents of a prototype, that nothing has any more: `isReached` knows what is alive. Inline caches
   * may still know a forgotten shape and give it to objects, beside a new one of the same properties.
   */
  prune(isReached: (thing: object) => boolean): void {
    if (this.prototypeInfo !== null) {
      const { dependents } = this.prototypeInfo;
      this.prototypeInfo.dependents = dependents.filter(({ owner }) => isReached(owner));
    }
    const { transitions } = this;
    if (transitions === null) return;
    for (const [key, found] of transitions) {
      const kept = (found instanceof Shape ? [found] : found).filter(isReached);
      if (kept.length === 0) transitions.delete(key);
      else transitions.set(key, kept.length === 1 ? kept[0] : kept);
    }
  }

  /** The number of properties, private elements included. */
  get propertyCount(): number {
    return this.unique ? this.ownTable().size : this.slotCount;
  }

  /** Own keys in OrdinaryOwnPropertyKeys order. The list is shared: never change it. */
  ownKeys(): readonly PropertyKey[] {
    if (this.keys !== null) return this.keys;
    const all = [...this.ownTable().keys()];
    const plain = !this.hasIndexKeys && !this.hasSymbolKeys && !this.hasPrivateNames;
    const keys = plain ? (all as PropertyKey[]) : sortKeys(all);
    if (this.cacheable) this.keys = keys;
    return keys;
  }

  /** The shape after adding `key`; this shape if it is a large dictionary, which is then changed in place. */
  add(key: ShapeKey, attributes: number): Shape {
    if (this.unique) return this.addUnique(key, attributes);
    const known = this.findTransition(key, attributes);
    if (known !== null) return known;
    if (
      this.slotCount >= MAX_SHARED_PROPERTIES ||
      (this.transitions !== null && this.transitions.size >= MAX_TRANSITIONS)
    ) {
      return this.toUnique().addUnique(key, attributes);
    }
    this.agent.chargeBytes(SHAPE_BYTES);
    const table = this.table ?? this.rebuildTable();
    table.set(key, (this.slotCount << ENTRY_SLOT_SHIFT) | attributes);
    this.table = null;
    const child = new Shape(this.agent, this.proto, this.kind, this, key, attributes, table);
    this.addTransition(key, attributes, child);
    return child;
  }

  /** A transition that exists already, or null. Finding one proves that `key` is absent here. */
  findTransition(key: ShapeKey, attributes: number): Shape | null {
    if (this.transitions === null) return null;
    const found = this.transitions.get(key);
    if (found === undefined) return null;
    if (found instanceof Shape) return found.attributes === attributes ? found : null;
    for (let i = 0; i < found.length; i++) if (found[i].attributes === attributes) return found[i];
    return null;
  }

  /** The shape after changing the attributes of present property `key`. Always unique. */
  changeAttributes(key: ShapeKey, attributes: number): Shape {
    const shape = this.toUnique();
    const table = shape.ownTable();
    const entry = table.get(key) as PropertyEntry;
    table.set(key, (entry & ~ENTRY_ATTRIBUTES) | attributes);
    shape.version++;
    return shape;
  }

  /** The shape after deleting `key`. The slot stays unused; see `needsCompaction`. */
  remove(key: ShapeKey): Shape {
    const shape = this.toUnique();
    shape.ownTable().delete(key);
    shape.keys = null;
    shape.version++;
    return shape;
  }

  /** More slots are dead than alive: the owner should compact. */
  get needsCompaction(): boolean {
    return this.unique && this.slotCount > 16 && this.slotCount > 2 * this.ownTable().size;
  }

  /** Renumbers the slots of a unique shape densely; returns the old slot of each new one. */
  compact(): number[] {
    const table = this.ownTable();
    const oldSlots: number[] = [];
    for (const [key, entry] of table) {
      table.set(key, (oldSlots.length << ENTRY_SLOT_SHIFT) | (entry & ENTRY_ATTRIBUTES));
      oldSlots.push(entry >> ENTRY_SLOT_SHIFT);
    }
    this.slotCount = oldSlots.length;
    this.version++;
    return oldSlots;
  }

  /** The shape after [[PreventExtensions]]. */
  preventExtensions(): Shape {
    const shape = this.toUnique();
    shape.extensible = false;
    return shape;
  }

  /** The shape of the same properties under another prototype. */
  withPrototype(proto: JSObject | null): Shape {
    if (!this.unique) {
      let shape = rootShape(this.agent, proto, this.kind);
      for (const [key, entry] of this.ownTable()) shape = shape.add(key, entry & ENTRY_ATTRIBUTES);
      return shape;
    }
    const shape = new Shape(this.agent, proto, this.kind, null, '', 0, this.ownTable());
    shape.copyUniqueState(this);
    // Children of a prototype keep their root shapes; loads through it are guarded by the cell.
    return shape;
  }

  /** A unique shape of the same layout; this one if it may be changed in place. */
  toUnique(): Shape {
    if (this.unique && !this.cacheable) return this;
    this.agent.chargeBytes(SHAPE_BYTES);
    const table = this.unique ? this.ownTable() : new Map(this.ownTable());
    const shape = new Shape(this.agent, this.proto, this.kind, null, '', 0, table);
    shape.copyUniqueState(this);
    shape.cacheable = table.size <= LARGE_DICTIONARY;
    return shape;
  }

  /** The shape with which a lazy unique shape's object starts to fill itself in; see `filled`. */
  materialized(): Shape {
    const shape = new Shape(this.agent, this.proto, this.kind, null, '', 0, this.ownTable());
    shape.copyUniqueState(this);
    shape.lazy = false;
    // Filling adds many properties in place; `filled` makes the shape cacheable again.
    shape.cacheable = false;
    return shape;
  }

  /** Ends the filling in of a materialized shape. */
  filled(): void {
    this.cacheable = this.ownTable().size <= LARGE_DICTIONARY;
  }

  private copyUniqueState(from: Shape): void {
    this.slotCount = from.slotCount;
    this.extensible = from.extensible;
    this.unique = true;
    this.cacheable = from.cacheable;
    this.lazy = from.lazy;
    this.hasIndexKeys = from.hasIndexKeys;
    this.hasSymbolKeys = from.hasSymbolKeys;
    this.hasPrivateNames = from.hasPrivateNames;
    this.prototypeInfo = from.prototypeInfo;
  }

  private addUnique(key: ShapeKey, attributes: number): Shape {
    const shape = this.toUnique();
    const table = shape.ownTable();
    if (table.size >= MAX_TABLE_SIZE) throwRangeError(this.agent, 'Too many properties');
    table.set(key, (shape.slotCount << ENTRY_SLOT_SHIFT) | attributes);
    shape.slotCount++;
    shape.keys = null;
    shape.version++;
    if (typeof key === 'number') shape.hasIndexKeys = true;
    else if (typeof key === 'symbol') shape.hasSymbolKeys = true;
    else if (typeof key === 'object') shape.hasPrivateNames = true;
    return shape;
  }

  private ownTable(): Map<ShapeKey, PropertyEntry> {
    return this.table ?? this.rebuildTable();
  }

  private rebuildTable(): Map<ShapeKey, PropertyEntry> {
    const chain: Shape[] = [];
    for (let s: Shape | null = this; s !== null && s.parent !== null; s = s.parent) chain.push(s);
    const table = new Map<ShapeKey, PropertyEntry>();
    for (let i = chain.length - 1; i >= 0; i--) {
      const s = chain[i];
      table.set(s.key, ((s.slotCount - 1) << ENTRY_SLOT_SHIFT) | s.attributes);
    }
    this.table = table;
    return table;
  }

  private addTransition(key: ShapeKey, _attributes: number, child: Shape): void {
    this.transitions ??= new Map();
    const found = this.transitions.get(key);
    if (found === undefined) this.transitions.set(key, child);
    else if (found instanceof Shape) this.transitions.set(key, [found, child]);
    else found.push(child);
  }
}

function sortKeys(all: ShapeKey[]): PropertyKey[] {
  const indices: number[] = [];
  const strings: PropertyKey[] = [];
  const symbols: PropertyKey[] = [];
  for (const key of all) {
    if (typeof key === 'number') indices.push(key);
    else if (typeof key === 'string') strings.push(key);
    else if (typeof key === 'symbol') symbols.push(key);
  }
  indices.sort((a, b) => a - b);
  return (indices as PropertyKey[]).concat(strings, symbols);
}

/** The empty shape of objects of `kind` with prototype `proto`. Marks `proto` as a prototype. */
export function rootShape(agent: Agent, proto: JSObject | null, kind: number): Shape {
  const roots = proto === null ? agent.nullPrototypeRoots : prototypeInfoOf(proto).roots;
  const known = roots[kind];
  if (known !== null) return known;
  const shape = new Shape(agent, proto, kind, null, '', ATTRS_DEFAULT, null);
  roots[kind] = shape;
  return shape;
}

/** A lazy shape of its own for an object that fills itself in at first touch. */
export function newLazyShape(agent: Agent, proto: JSObject | null, kind: number): Shape {
  const shape = new Shape(agent, proto, kind, null, '', 0, null);
  shape.unique = true;
  shape.lazy = true;
  return shape;
}

/** The PrototypeInfo of an object, which becomes a prototype (with a unique shape) if it was none. */
function prototypeInfoOf(proto: JSObject): PrototypeInfo {
  const known = proto.shape.prototypeInfo;
  if (known !== null) return known;
  const shape = proto.shape.toUnique();
  shape.prototypeInfo = new PrototypeInfo(proto);
  proto.shape = shape;
  return shape.prototypeInfo;
}

/** Cells of longer chains are charged, also for being broken. */
const SHORT_CHAIN = 16;

/**
 * The cell that guards loads which start at an object of prototype `proto`: valid until `proto` or an object
 * above it changes.
 */
export function cellOfChain(proto: JSObject): ValidityCell {
  const first = prototypeInfoOf(proto);
  let below: PrototypeInfo | null = null;
  let made = 0;
  for (let o: JSObject | null = proto; o !== null; o = o.shape.proto) {
    const info = prototypeInfoOf(o);
    if (below !== null) info.dependents.push(below);
    if (info.cell !== null) break;
    info.cell = new ValidityCell();
    made++;
    below = info;
  }
  if (made > SHORT_CHAIN) proto.shape.agent.chargeFuel(made);
  return first.cell as ValidityCell;
}

/** Breaks the cell of a changed prototype and of all that depend on it. */
export function breakCells(info: PrototypeInfo): void {
  const pending = [info];
  while (pending.length > 0) {
    const next = pending.pop() as PrototypeInfo;
    if (next.cell === null) continue;
    next.cell.break();
    next.cell = null;
    for (const dependent of next.dependents) pending.push(dependent);
    next.dependents = [];
  }
}
