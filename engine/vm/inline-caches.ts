// hot
// The entries of inline caches: found by shape, made, and filled. A cache is filled only from shapes that prove what was found.
import type { Agent } from '../runtime/agent.ts';
import { ArrayObject } from '../runtime/objects/array.ts';
import { EXOTIC_NONE, type JSObject } from '../runtime/objects/object.ts';
import { isNumericName, TypedArrayObject } from '../runtime/objects/typed-array.ts';
import { prototypeForPrimitive } from '../runtime/operations/type-conversion.ts';
import { AccessorPair, ATTR_ACCESSOR, ATTR_WRITABLE, ATTRS_DEFAULT } from '../runtime/property-descriptor.ts';
import { cellOfChain, ENTRY_SLOT_SHIFT, NOT_FOUND, type Shape } from '../runtime/shape.ts';
import type { Value } from '../runtime/value.ts';
import {
  IC_ADD,
  IC_ARRAY_LENGTH,
  IC_EMPTY,
  IC_GETTER,
  IC_MEGAMORPHIC,
  IC_OWN,
  IC_OWN_GETTER,
  IC_PROTOTYPE,
  InlineCache,
  MAX_MEGAMORPHISM,
  MAX_POLYMORPHISM,
} from './feedback.ts';

/** Makes room for another shape: in front, or among many. */
function newEntry(ic: InlineCache, shape: Shape): InlineCache {
  if (ic.kind === IC_MEGAMORPHIC) return newAmongMany(ic.many as Map<Shape, InlineCache>, shape);
  return newEntryOfFew(ic) ?? becomeMegamorphic(ic, shape);
}

/** Makes room in front; null if there is none. */
function newEntryOfFew(ic: InlineCache): InlineCache | null {
  if (ic.kind === IC_EMPTY) return ic;
  let count = 1;
  for (let entry = ic.next; entry !== null; entry = entry.next) count++;
  if (count >= MAX_POLYMORPHISM) return null;
  const old = new InlineCache();
  copyEntry(old, ic);
  ic.next = old;
  return ic;
}

function newAmongMany(many: Map<Shape, InlineCache>, shape: Shape): InlineCache {
  if (many.size >= MAX_MEGAMORPHISM) many.clear();
  const entry = new InlineCache();
  many.set(shape, entry);
  return entry;
}

/** The entries so far become the first of many. */
function becomeMegamorphic(ic: InlineCache, shape: Shape): InlineCache {
  const many = new Map<Shape, InlineCache>();
  for (let entry: InlineCache | null = ic; entry !== null; entry = entry.next) {
    const moved = new InlineCache();
    copyEntry(moved, entry);
    moved.next = null;
    // Entries for primitives have no shape.
    if (entry.shape !== null) many.set(entry.shape, moved);
  }
  ic.kind = IC_MEGAMORPHIC;
  ic.many = many;
  ic.shape = null;
  ic.next = null;
  ic.slot = -1;
  ic.value = undefined;
  ic.cell = null;
  ic.guard = null;
  ic.newShape = null;
  return newAmongMany(many, shape);
}

/** The entry for a shape; null if there is none. */
export function findEntry(ic: InlineCache, shape: Shape): InlineCache | null {
  if (ic.kind === IC_MEGAMORPHIC) return (ic.many as Map<Shape, InlineCache>).get(shape) ?? null;
  for (let entry: InlineCache | null = ic; entry !== null; entry = entry.next) {
    if (entry.shape === shape) return entry;
  }
  return null;
}

function copyEntry(to: InlineCache, from: InlineCache): void {
  to.shape = from.shape;
  to.kind = from.kind;
  to.slot = from.slot;
  to.value = from.value;
  to.cell = from.cell;
  to.guard = from.guard;
  to.newShape = from.newShape;
  to.next = from.next;
}

/** A shape of one object where many have been: it would only push others out. */
function isPassing(ic: InlineCache, shape: Shape): boolean {
  return ic.kind === IC_MEGAMORPHIC && shape.unique;
}

/** An entry for the shape of `object` that is no longer right is filled again; else a new one. */
function entryFor(ic: InlineCache, { shape }: JSObject): InlineCache {
  return findEntry(ic, shape) ?? newEntry(ic, shape);
}

function fill(entry: InlineCache, object: JSObject, kind: number): void {
  entry.shape = object.shape;
  entry.kind = kind;
  entry.slot = -1;
  entry.value = undefined;
  entry.cell = null;
  entry.guard = null;
  entry.newShape = null;
}

/** The property of that name, if the object has it, is in its shape. */
function hasShapeProperty(object: JSObject, key: string | symbol): boolean {
  if (object.exotic === EXOTIC_NONE || object instanceof ArrayObject) return true;
  return object instanceof TypedArrayObject && (typeof key === 'symbol' || !isNumericName(key));
}

/** Looks the property up along the prototype chain and fills a cache entry if the shapes prove what is found. */
export function fillForGet(ic: InlineCache, object: JSObject, key: string | symbol): void {
  if (!hasShapeProperty(object, key) || typeof key === 'number') return;
  if (!object.shape.cacheable && !object.shape.lazy) return;
  if (key === 'length' && object instanceof ArrayObject) {
    if (object.shape.lazy) return;
    fill(entryFor(ic, object), object, IC_ARRAY_LENGTH);
    return;
  }
  const own = object.lookupOwn(key);
  const { shape } = object;
  if (!shape.cacheable || shape.lazy || isPassing(ic, shape)) return;
  if (own !== NOT_FOUND) {
    const entry = entryFor(ic, object);
    const slot = own >> ENTRY_SLOT_SHIFT;
    if ((own & ATTR_ACCESSOR) === 0) {
      fill(entry, object, IC_OWN);
      entry.slot = slot;
    } else {
      fill(entry, object, IC_OWN_GETTER);
      entry.slot = -2 - slot;
    }
    return;
  }
  let holder = shape.proto;
  let found: Value | AccessorPair;
  while (holder !== null) {
    if (!hasShapeProperty(holder, key) || (key === 'length' && holder instanceof ArrayObject)) return;
    const entry = holder.lookupOwn(key);
    if (entry !== NOT_FOUND) {
      found = holder.getSlot(entry >> ENTRY_SLOT_SHIFT);
      break;
    }
    holder = holder.shape.proto;
  }
  const entry = entryFor(ic, object);
  const cell = shape.proto === null ? null : cellOfChain(shape.proto);
  if (found instanceof AccessorPair) {
    fill(entry, object, IC_GETTER);
    entry.value = found.get;
    entry.guard = cell;
  } else if (cell !== null) {
    fill(entry, object, IC_PROTOTYPE);
    entry.value = found;
    entry.cell = cell;
  }
}

/** The entry for primitives of a kind, which have no shape; null if there is none. */
export function entryOfKind(ic: InlineCache, kind: number): InlineCache | null {
  for (let entry: InlineCache | null = ic; entry !== null; entry = entry.next) {
    if (entry.kind === kind) return entry;
  }
  return null;
}

/** Caches a data property of the prototype chain of a primitive, among few shapes. */
export function fillForPrimitive(
  agent: Agent,
  V: string | number,
  P: string,
  ic: InlineCache,
  kind: number,
): void {
  if (ic.kind === IC_MEGAMORPHIC) return;
  const prototype = prototypeForPrimitive(agent, V);
  for (let holder = prototype; holder !== null; holder = holder.shape.proto) {
    // %String.prototype% has the elements and the length of a string of its own; other names are in its shape.
    const entry = holder.lookupOwn(P);
    if (entry === NOT_FOUND) continue;
    if ((entry & ATTR_ACCESSOR) !== 0) return;
    const cache = entryOfKind(ic, kind) ?? newEntryOfFew(ic);
    if (cache === null) return;
    cache.shape = null;
    cache.kind = kind;
    cache.slot = -1;
    cache.value = holder.getSlot(entry >> ENTRY_SLOT_SHIFT) as Value;
    cache.cell = null;
    cache.guard = cellOfChain(prototype as JSObject);
    cache.newShape = null;
    return;
  }
}

/** Fills a cache entry for a write that has not been made yet. */
export function fillForSet(ic: InlineCache, object: JSObject, key: string): void {
  if (!hasShapeProperty(object, key) || (key === 'length' && object instanceof ArrayObject)) return;
  const own = object.lookupOwn(key);
  const { shape } = object;
  if (!shape.cacheable || shape.lazy || shape.prototypeInfo !== null || isPassing(ic, shape)) return;
  if (own !== NOT_FOUND) {
    if ((own & ATTR_WRITABLE) === 0) return;
    const entry = entryFor(ic, object);
    fill(entry, object, IC_OWN);
    entry.slot = own >> ENTRY_SLOT_SHIFT;
    return;
  }
  if (shape.unique) return;
  for (let holder = shape.proto; holder !== null; holder = holder.shape.proto) {
    if (!hasShapeProperty(holder, key) || (key === 'length' && holder instanceof ArrayObject)) return;
    if (holder.lookupOwn(key) !== NOT_FOUND) return;
  }
  const newShape = shape.findTransition(key, ATTRS_DEFAULT);
  if (newShape === null) return;
  const entry = entryFor(ic, object);
  fill(entry, object, IC_ADD);
  entry.newShape = newShape;
  entry.guard = shape.proto === null ? null : cellOfChain(shape.proto);
}
