// hot
// Array exotic objects, https://tc39.es/ecma262/#sec-array-exotic-objects .
//
// Two representations (ARCHITECTURE.md, rule 4):
// - dense (`arrayLength` is -1): the elements are the host array `el`, absent ones are host holes, and the
//   array's length is `el.length`. All elements have default attributes and the object is extensible.
// - sparse: `el` is empty, `arrayLength` holds the length, elements are properties of the shape.
// A read `el[i]` that gives undefined has to ask whether the element is there; all other values are final.
import type { Agent } from '../agent.ts';
import { Call0 } from '../call.ts';
import { throwRangeError } from '../errors.ts';
import { MAX_LIST_LENGTH } from '../list.ts';
import { ToNumber, ToUint32 } from '../operations/type-conversion.ts';
import {
  AccessorPair,
  ATTR_WRITABLE,
  ATTRS_DEFAULT,
  dataDescriptor,
  IsAccessorDescriptor,
  PropertyDescriptor,
} from '../property-descriptor.ts';
import { MAX_ARRAY_INDEX, type PropertyKey } from '../property-key.ts';
import {
  ENTRY_SLOT_SHIFT,
  MAX_TABLE_SIZE,
  NOT_FOUND,
  rootShape,
  SHAPE_BYTES,
  SHAPE_KIND_ARRAY,
  type Shape,
} from '../shape.ts';
import type { Value } from '../value.ts';
import {
  chargeKeys,
  defineExotic,
  EXOTIC_NONE,
  EXOTIC_OWN,
  HOPS_MASK,
  JSObject,
  OBJECT_BYTES,
  SLOT_BYTES,
} from './object.ts';

/** A write this far behind the end makes the array sparse. */
const MAX_GAP = 1 << 20;
/** A length set to more makes the array sparse: hosts keep no fast elements beyond. */
const MAX_DENSE_LENGTH = 1 << 25;

const NO_ELEMENTS: Value[] = [];

export class ArrayObject extends JSObject {
  /** Host holes are absent elements. Empty in the sparse representation. */
  el: Value[];
  /** The length in the sparse representation, else -1. */
  arrayLength: number;
  lengthWritable: boolean;

  constructor(shape: Shape, el: Value[]) {
    super(shape);
    this.el = el;
    this.arrayLength = -1;
    this.lengthWritable = true;
  }

  override className(): string {
    return 'Array';
  }

  get length(): number {
    return this.arrayLength === -1 ? this.el.length : this.arrayLength;
  }

  get isDense(): boolean {
    return this.arrayLength === -1;
  }

  /** Moves the elements into the shape. */
  toSparse(agent: Agent): void {
    if (this.arrayLength !== -1) return;
    if (this.shape.lazy) this.materialize();
    const el = this.el;
    const indices = this.denseIndices(agent);
    if (indices.length > MAX_TABLE_SIZE) throwRangeError(agent, 'Too many array elements');
    agent.requireBytes(indices.length * SLOT_BYTES + SHAPE_BYTES);
    this.arrayLength = el.length;
    this.el = NO_ELEMENTS;
    for (const index of indices) this.addSlot(index, el[index], ATTRS_DEFAULT);
  }

  /** The indices of the elements in the dense representation, ascending. */
  private denseIndices(agent: Agent): number[] {
    const el = this.el;
    const indices: number[] = [];
    if (el.length <= MAX_GAP) {
      agent.chargeFuel(el.length >> 4);
      for (let i = 0; i < el.length; i++) if (el[i] !== undefined || i in el) indices.push(i);
    } else {
      agent.chargeFuel(el.length >> 6);
      // The host's own list skips the holes of arrays that it keeps as dictionaries.
      for (const key of Object.keys(el)) indices.push(Number(key));
    }
    chargeKeys(agent, indices.length);
    return indices;
  }

  /** The indices of the elements from `start` in the sparse representation, ascending. */
  sparseIndicesFrom(agent: Agent, start: number): number[] {
    const indices: number[] = [];
    if (this.arrayLength - start <= this.shape.propertyCount) {
      for (let index = start; index < this.arrayLength; index++) {
        agent.chargeFuel(1);
        if (this.shape.lookup(index) !== NOT_FOUND) indices.push(index);
      }
      return indices;
    }
    for (const key of this.shapeKeys(agent)) if (typeof key === 'number' && key >= start) indices.push(key);
    return indices;
  }

  override PreventExtensions(agent: Agent): boolean {
    this.toSparse(agent);
    return super.PreventExtensions(agent);
  }

  override GetOwnProperty(_agent: Agent, P: PropertyKey): PropertyDescriptor | undefined {
    if (typeof P === 'number' && this.arrayLength === -1) {
      const value = this.el[P];
      if (value !== undefined || P in this.el) return dataDescriptor(value, ATTRS_DEFAULT);
      if (this.shape.lazy) this.materialize();
      return undefined;
    }
    if (P === 'length') return dataDescriptor(this.length, this.lengthWritable ? ATTR_WRITABLE : 0);
    return this.OrdinaryGetOwnProperty(P);
  }

  override DefineOwnProperty(agent: Agent, P: PropertyKey, Desc: PropertyDescriptor): boolean {
    if (typeof P === 'number') return this.defineElement(agent, P, Desc);
    if (P === 'length') return ArraySetLength(agent, this, Desc);
    return super.DefineOwnProperty(agent, P, Desc);
  }

  private defineElement(agent: Agent, index: number, Desc: PropertyDescriptor): boolean {
    if (this.arrayLength === -1) {
      const present = index in this.el;
      if (index >= this.el.length && !this.lengthWritable) return false;
      if (isDefaultElement(Desc, present) && this.canStayDense(index)) {
        if (!present || Desc.hasValue) this.storeDense(agent, index, Desc.value);
        return true;
      }
      this.toSparse(agent);
    }
    if (index >= this.arrayLength && !this.lengthWritable) return false;
    if (!super.DefineOwnProperty(agent, index, Desc)) return false;
    if (index >= this.arrayLength) this.arrayLength = index + 1;
    return true;
  }

  private canStayDense(index: number): boolean {
    return index < this.el.length + MAX_GAP && index < MAX_LIST_LENGTH;
  }

  private storeDense(agent: Agent, index: number, value: Value): void {
    const el = this.el;
    if (index === el.length) {
      agent.chargeBytes(8);
      // Hosts append faster than they store behind the end.
      el.push(value);
      return;
    }
    if (index > el.length) agent.chargeBytes((index + 1 - el.length) * 8);
    el[index] = value;
  }

  /**
   * Appends to a dense array as [[Set]] of its next index and its length would; false, with nothing done, where these
   * could be observed or fail.
   */
  appendPlainly(agent: Agent, value: Value): boolean {
    if (!this.canAppendPlainly(agent)) return false;
    agent.chargeBytes(8);
    this.el.push(value);
    return true;
  }

  /** An element behind the last could be set without anything observable or a failure. */
  canAppendPlainly(agent: Agent): boolean {
    if (this.arrayLength !== -1 || !this.lengthWritable || !this.canStayDense(this.el.length)) return false;
    return !chainHasIndices(agent, this.shape.proto);
  }

  override Get(agent: Agent, P: PropertyKey, Receiver: Value): Value {
    if (typeof P === 'number' && this.arrayLength === -1) {
      const value = this.el[P];
      if (value !== undefined || P in this.el) return value;
      if (this.shape.lazy) this.materialize();
    } else if (P === 'length') return this.length;
    else {
      const entry = this.lookupOwn(P);
      if (entry !== NOT_FOUND) {
        const slot = this.getSlot(entry >> ENTRY_SLOT_SHIFT);
        if (!(slot instanceof AccessorPair)) return slot;
        return slot.get === undefined ? undefined : Call0(agent, slot.get, Receiver);
      }
    }
    const parent = this.shape.proto;
    if (parent === null) return undefined;
    // The walk through further exotic objects is a loop there; here it would nest on the host's stack.
    return parent.exotic === EXOTIC_NONE ? parent.Get(agent, P, Receiver) : super.Get(agent, P, Receiver);
  }

  override Set(agent: Agent, P: PropertyKey, V: Value, Receiver: Value): boolean {
    if (typeof P === 'number' && Receiver === this && this.arrayLength === -1) {
      const el = this.el;
      // Fast path: present elements are plain data properties.
      if (P < el.length && (el[P] !== undefined || P in el)) {
        el[P] = V;
        return true;
      }
      // Fast path: nothing on the prototype chain can intercept an absent index.
      if (
        (P < el.length || this.lengthWritable) &&
        this.canStayDense(P) &&
        !chainHasIndices(agent, this.shape.proto)
      ) {
        this.storeDense(agent, P, V);
        return true;
      }
    } else if (P === 'length' && V === this.el.length && Receiver === this && this.isDense) {
      // Fast path: the length it has already.
      return this.lengthWritable;
    }
    return super.Set(agent, P, V, Receiver);
  }

  override Delete(agent: Agent, P: PropertyKey): boolean {
    if (typeof P === 'number' && this.arrayLength === -1) {
      if (P < this.el.length) delete this.el[P];
      return true;
    }
    if (P === 'length') return false;
    return this.OrdinaryDelete(agent, P);
  }

  override OwnPropertyKeys(agent: Agent): PropertyKey[] {
    const own = this.shapeKeys(agent);
    if (this.arrayLength === -1) {
      const indices: PropertyKey[] = this.denseIndices(agent);
      indices.push('length');
      for (const key of own) indices.push(key);
      return indices;
    }
    const keys: PropertyKey[] = [];
    let i = 0;
    for (; i < own.length && typeof own[i] === 'number'; i++) keys.push(own[i]);
    keys.push('length');
    for (; i < own.length; i++) keys.push(own[i]);
    return keys;
  }
}
defineExotic(ArrayObject, EXOTIC_OWN);

/** A descriptor that leaves an element with default attributes. */
function isDefaultElement(Desc: PropertyDescriptor, present: boolean): boolean {
  if (IsAccessorDescriptor(Desc)) return false;
  if (present) return Desc.writable !== false && Desc.enumerable !== false && Desc.configurable !== false;
  return Desc.writable === true && Desc.enumerable === true && Desc.configurable === true;
}

/** May an object on this chain have, or intercept, an index key? */
function chainHasIndices(agent: Agent, proto: JSObject | null): boolean {
  let hops = 0;
  for (let p = proto; p !== null; p = p.shape.proto) {
    if ((++hops & HOPS_MASK) === 0) agent.chargeFuel(1);
    if (p.exotic === EXOTIC_NONE) {
      if (p.shape.hasIndexKeys) return true;
    } else if (!(p instanceof ArrayObject) || p.length !== 0) return true;
  }
  return false;
}

/** ArrayCreate ( length [ , proto ] ) — https://tc39.es/ecma262/#sec-arraycreate */
export function ArrayCreate(
  agent: Agent,
  length: number,
  proto: JSObject | null = agent.realm.arrayPrototype,
): ArrayObject {
  if (length > MAX_ARRAY_INDEX + 1) throwRangeError(agent, 'Invalid array length');
  const A = createArrayFrom(agent, [], proto);
  if (length > 0) setLength(agent, A, length);
  return A;
}

/** What a new array is charged, its elements not counted. */
export const ARRAY_BYTES = OBJECT_BYTES + 24;

/** An array that takes over `el`, a host array of guest values that nobody else keeps. Holes are absent elements. */
export function createArrayFrom(
  agent: Agent,
  el: Value[],
  proto: JSObject | null = agent.realm.arrayPrototype,
): ArrayObject {
  agent.chargeBytes(ARRAY_BYTES + el.length * 8);
  return new ArrayObject(rootShape(agent, proto, SHAPE_KIND_ARRAY), el);
}

/** ArraySetLength ( A, Desc ) — https://tc39.es/ecma262/#sec-arraysetlength */
function ArraySetLength(agent: Agent, A: ArrayObject, Desc: PropertyDescriptor): boolean {
  if (!Desc.hasValue) return applyLengthDescriptor(A, Desc, A.length);
  const newLen = ToUint32(agent, Desc.value);
  const numberLen = ToNumber(agent, Desc.value);
  if (newLen !== numberLen) throwRangeError(agent, 'Invalid array length');
  const oldLen = A.length;
  if (newLen >= oldLen) {
    if (!applyLengthDescriptor(A, Desc, newLen)) return false;
    if (newLen > oldLen) setLength(agent, A, newLen);
    return true;
  }
  if (!A.lengthWritable) return false;
  if (!applyLengthDescriptor(A, withoutWritable(Desc), newLen)) return false;
  const succeeded = setLength(agent, A, newLen);
  if (Desc.writable === false) A.lengthWritable = false;
  return succeeded;
}

function withoutWritable(Desc: PropertyDescriptor): PropertyDescriptor {
  const copy = new PropertyDescriptor();
  copy.enumerable = Desc.enumerable;
  copy.configurable = Desc.configurable;
  copy.hasGet = Desc.hasGet;
  copy.hasSet = Desc.hasSet;
  return copy;
}

/** Validates a descriptor for `length` against the current one and applies [[Writable]]. */
function applyLengthDescriptor(A: ArrayObject, Desc: PropertyDescriptor, newLen: number): boolean {
  if (Desc.configurable === true || Desc.enumerable === true || Desc.hasGet || Desc.hasSet) return false;
  if (!A.lengthWritable) return Desc.writable !== true && newLen === A.length;
  if (Desc.writable === false) A.lengthWritable = false;
  return true;
}

/** Sets the length of an array; false if an element that can't be deleted stopped it. */
function setLength(agent: Agent, A: ArrayObject, newLen: number): boolean {
  if (A.isDense) {
    if (newLen <= MAX_DENSE_LENGTH) {
      if (newLen > A.el.length) agent.chargeBytes((newLen - A.el.length) * 8);
      A.el.length = newLen;
      return true;
    }
    A.toSparse(agent);
  }
  if (newLen >= A.arrayLength) {
    A.arrayLength = newLen;
    return true;
  }
  const indices = A.sparseIndicesFrom(agent, newLen);
  for (let i = indices.length - 1; i >= 0; i--) {
    if (!A.OrdinaryDelete(agent, indices[i])) {
      A.arrayLength = indices[i] + 1;
      return false;
    }
  }
  A.arrayLength = newLen;
  return true;
}

/** True for arrays whose plain reads by index can be served from `el` without the internal methods. */
export function isDenseArray(value: Value): value is ArrayObject {
  return value instanceof ArrayObject && value.arrayLength === -1;
}
