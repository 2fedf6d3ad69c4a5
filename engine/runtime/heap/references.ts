// What a thing of the heap refers to. Things are guest objects and our own records behind them: shapes, environments,
// frames, promise reactions, jobs, captures of closures.
//
// One generic walk over host fields serves them all, so that a class cannot forget a field, by which an object would vanish:
// constructors assign every field, so the first instance of a class tells the fields of all (a test holds the
// classes to that). Measured on 2.7 million things (Node 20, ns a thing, six runs): fields listed once a class 670 to 1,060,
// visiting code written for each class 620 to 1,060, Object.keys of each thing 850 to 1,220. The host's Set of what was
// reached is what costs.
//
// Said by hand is only what fields do not tell: which of them are weak, and what merely caches.
import { isHeapLeaf } from '../../base/heap-leaf.ts';
import { JSObject } from '../objects/object.ts';
import { Shape } from '../shape.ts';

/** Who is told what a thing refers to. */
export interface ReferenceVisitor {
  /** Anything held strongly: a thing, a symbol, or a primitive, which is to be ignored. */
  visit(reference: unknown): void;
  /** A table whose values are held as long as their keys are. */
  visitWeakMap(table: WeakMap<WeakKey, unknown>): void;
  /** Something that refers to what cannot be seen. */
  visitOpaque(thing: object): void;
}

/** Tells `visitor` everything that `thing` refers to. */
export function visitReferences(thing: object, visitor: ReferenceVisitor): void {
  if (thing instanceof JSObject) visitObject(thing, visitor);
  else if (Array.isArray(thing)) for (let i = 0; i < thing.length; i++) visitor.visit(thing[i]);
  else if (thing instanceof Shape) thing.visitReferences(visitor);
  else visitRecord(thing, visitor);
}

/** The names of the own fields of a host object. */
export function fieldsOf(thing: object): readonly string[] {
  const prototype = Object.getPrototypeOf(thing) as object | null;
  // Records that are literals differ from one to the next.
  if (prototype === null || prototype === Object.prototype) return Object.keys(thing);
  let fields = fieldsByClass.get(prototype);
  if (fields === undefined) {
    fields = isHeapLeaf(prototype) ? NO_FIELDS : Object.keys(thing).filter((name) => !SLOT_FIELDS.has(name));
    fieldsByClass.set(prototype, fields);
  }
  return fields;
}

const NO_FIELDS: readonly string[] = [];

/** By host prototype. Fields of JSObject itself are left out. */
const fieldsByClass = new WeakMap<object, readonly string[]>();

/** What visitObject reads by name. */
const SLOT_FIELDS: ReadonlySet<string> = new Set(['shape', 's0', 's1', 's2', 's3', 's4', 's5', 'overflow']);

function visitObject(O: JSObject, visitor: ReferenceVisitor): void {
  visitor.visit(O.shape);
  visitor.visit(O.s0);
  visitor.visit(O.s1);
  visitor.visit(O.s2);
  visitor.visit(O.s3);
  visitor.visit(O.s4);
  visitor.visit(O.s5);
  if (O.overflow !== null) for (let i = 0; i < O.overflow.length; i++) visitor.visit(O.overflow[i]);
  visitFields(O, visitor);
}

function visitFields(thing: object, visitor: ReferenceVisitor): void {
  const fields = fieldsOf(thing);
  for (let i = 0; i < fields.length; i++) {
    const value = (thing as Record<string, unknown>)[fields[i]];
    if (value instanceof WeakMap) visitor.visitWeakMap(value);
    else visitor.visit(value);
  }
}

function visitRecord(thing: object, visitor: ReferenceVisitor): void {
  if (thing instanceof Map) {
    for (const [key, value] of thing) {
      visitor.visit(key);
      visitor.visit(value);
    }
  } else if (thing instanceof Set) for (const value of thing) visitor.visit(value);
  else if (ArrayBuffer.isView(thing) || thing instanceof ArrayBuffer) return;
  // The tree-walker keeps temporaries of suspended evaluations in host generators (ARCHITECTURE.md, rule 7).
  else if (Object.prototype.toString.call(thing) === '[object Generator]') visitor.visitOpaque(thing);
  else visitFields(thing, visitor);
}
