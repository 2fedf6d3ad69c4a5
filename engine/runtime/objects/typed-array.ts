// hot
// TypedArray exotic objects, https://tc39.es/ecma262/#sec-typedarray-exotic-objects .
//
// An object holds a host view of its elements. Hosts know what is in bounds: a view of a resizable buffer follows it,
// and one that is out of bounds has length 0. The one thing they cannot know is that our record of the buffer has been
// detached, so a view is used as it is only while no buffer of the agent has been detached since it was last checked:
//
//     if (O.readEpoch === agent.detachEpoch) value = O.view[key];              // any Number key, canonical or not
//     if (O.writeEpoch === agent.detachEpoch && typeof value === 'number') O.view[key] = value;
//
// An index that is not valid reads as undefined and writes nothing, in the host as in the specification. Everything
// else goes through `elements`, which checks again. `readEpoch` never fits for Float16Array, whose view holds bits
// (hosts may have no Float16Array); `writeEpoch` never fits where a host would not store a Number as it is: Float16,
// BigInts, immutable buffers.
import { decodeFloat16, encodeFloat16 } from '../../base/float16.ts';
import type { Agent } from '../agent.ts';
import { Call0 } from '../call.ts';
import { ToBigInt, ToNumber } from '../operations/type-conversion.ts';
import {
  AccessorPair,
  ATTR_ENUMERABLE,
  ATTRS_DEFAULT,
  dataDescriptor,
  IsAccessorDescriptor,
  type PropertyDescriptor,
} from '../property-descriptor.ts';
import type { PropertyKey } from '../property-key.ts';
import { ENTRY_SLOT_SHIFT, NOT_FOUND, type Shape } from '../shape.ts';
import type { Value } from '../value.ts';
import type { ArrayBufferObject, HostBuffer } from './array-buffer.ts';
import {
  chargeKeys,
  defineExotic,
  EXOTIC_ALL,
  EXOTIC_NONE,
  IsCompatiblePropertyDescriptor,
  JSObject,
} from './object.ts';

export type HostNumberView =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;
export type HostBigIntView = BigInt64Array | BigUint64Array;
export type HostView = HostNumberView | HostBigIntView;

type HostViewConstructor = {
  new (length: number): HostView;
  new (buffer: HostBuffer, byteOffset: number, length: number | undefined): HostView;
};

/** A row of https://tc39.es/ecma262/#table-the-typedarray-constructors . */
export interface ElementType {
  /** [[TypedArrayName]], the name of the constructor. */
  readonly name: TypedArrayName;
  /** In bytes. */
  readonly elementSize: number;
  /** [[ContentType]] is bigint. */
  readonly isBigInt: boolean;
  /** The elements of host views are bits that have to be decoded. */
  readonly isFloat16: boolean;
  /** IsUnclampedIntegerElementType or IsBigIntElementType: what Atomics work on. */
  readonly isAtomic: boolean;
  readonly HostConstructor: HostViewConstructor;
  /** What arrays of detached buffers view. */
  readonly noElements: HostView;
}

export type TypedArrayName =
  | 'Int8Array'
  | 'Uint8Array'
  | 'Uint8ClampedArray'
  | 'Int16Array'
  | 'Uint16Array'
  | 'Int32Array'
  | 'Uint32Array'
  | 'BigInt64Array'
  | 'BigUint64Array'
  | 'Float16Array'
  | 'Float32Array'
  | 'Float64Array';

function elementType(
  name: TypedArrayName,
  host: unknown,
  isAtomic: boolean,
  isFloat16 = name === 'Float16Array',
): ElementType {
  const HostConstructor = host as HostViewConstructor;
  const noElements = new HostConstructor(0);
  return {
    name,
    elementSize: noElements.BYTES_PER_ELEMENT,
    isBigInt: name.startsWith('Big'),
    isFloat16,
    isAtomic,
    HostConstructor,
    noElements,
  };
}

/** Every element type, in the order of the specification's table. */
export const ELEMENT_TYPES: readonly ElementType[] = [
  elementType('Int8Array', Int8Array, true),
  elementType('Uint8Array', Uint8Array, true),
  elementType('Uint8ClampedArray', Uint8ClampedArray, false),
  elementType('Int16Array', Int16Array, true),
  elementType('Uint16Array', Uint16Array, true),
  elementType('Int32Array', Int32Array, true),
  elementType('Uint32Array', Uint32Array, true),
  elementType('BigInt64Array', BigInt64Array, true),
  elementType('BigUint64Array', BigUint64Array, true),
  elementType('Float16Array', Uint16Array, false),
  elementType('Float32Array', Float32Array, false),
  elementType('Float64Array', Float64Array, false),
];

/** The [[ArrayLength]] of arrays that track the length of their buffer: auto. */
export const LENGTH_TRACKING = -1;

/** An epoch that no agent has. */
const NEVER = -1;

/** What `elementIndex` says of keys that are no CanonicalNumericIndexString. */
const NOT_NUMERIC = -2;
/** And of those that are, but name no integer from 0 on. */
const NO_INDEX = -1;

/** What a typed array is charged beyond an object. */
export const TYPED_ARRAY_BYTES = 160;

export class TypedArrayObject extends JSObject {
  readonly type: ElementType;
  /** [[ViewedArrayBuffer]]. */
  readonly buffer: ArrayBufferObject;
  /** [[ByteOffset]], whether in bounds or not. */
  readonly byteOffset: number;
  /** [[ArrayLength]], or LENGTH_TRACKING. */
  readonly arrayLength: number;
  /** The host's view of the elements; see the head of the file for when it may be used. */
  view: HostView;
  /** `view` needs no replacement when the buffer is resized. */
  private followsBuffer: boolean;
  /** `view` may be read while the agent's detachEpoch is this. */
  readEpoch: number;
  /** Numbers may be stored to `view` while the agent's detachEpoch is this. */
  writeEpoch: number;

  /** The buffer is attached and the view is within it. */
  constructor(
    shape: Shape,
    type: ElementType,
    buffer: ArrayBufferObject,
    byteOffset: number,
    arrayLength: number,
  ) {
    super(shape);
    this.type = type;
    this.buffer = buffer;
    this.byteOffset = byteOffset;
    this.arrayLength = arrayLength;
    this.followsBuffer = true;
    this.view = type.noElements;
    this.readEpoch = NEVER;
    this.writeEpoch = NEVER;
    this.check(shape.agent);
  }

  override className(): string {
    return this.type.name;
  }

  /** The host's view of what is in bounds right now: empty if the buffer is detached or the array out of bounds. */
  elements(agent: Agent): HostView {
    if (this.readEpoch !== agent.detachEpoch) this.check(agent);
    return this.view;
  }

  /** Brings `view` up to date, and the epochs if it may be used as it is until the next buffer is detached. */
  private check(agent: Agent): void {
    const { type, buffer } = this;
    if (buffer.data === null) {
      this.view = type.noElements;
      this.followsBuffer = true;
    } else if (this.view === type.noElements || !this.followsBuffer) this.makeView(buffer.data);
    if (type.isFloat16 || !this.followsBuffer) return;
    this.readEpoch = agent.detachEpoch;
    if (!type.isBigInt && !buffer.isImmutable) this.writeEpoch = agent.detachEpoch;
  }

  private makeView(data: HostBuffer): void {
    const { byteOffset, type } = this;
    const { HostConstructor, elementSize } = type;
    const tracks = this.arrayLength === LENGTH_TRACKING;
    const available = Math.floor((data.byteLength - byteOffset) / elementSize);
    this.followsBuffer = !tracks || (available >= 0 && data.byteLength % elementSize === 0);
    if (this.followsBuffer) {
      this.view = new HostConstructor(data, byteOffset, tracks ? undefined : this.arrayLength);
    } else if (available < 0) {
      this.view = type.noElements;
    } else if (this.view.length !== available) {
      // Hosts such as Node 20 refuse to track a buffer that ends within an element: this view is for now only.
      this.view = new HostConstructor(data, byteOffset, available);
    }
  }

  /** TypedArrayLength, and 0 where the array is out of bounds — https://tc39.es/ecma262/#sec-typedarraylength */
  length(agent: Agent): number {
    return this.elements(agent).length;
  }

  /** IsTypedArrayOutOfBounds — https://tc39.es/ecma262/#sec-istypedarrayoutofbounds */
  isOutOfBounds(): boolean {
    const { data } = this.buffer;
    if (data === null) return true;
    if (this.buffer.isFixedLength) return false;
    const end =
      this.arrayLength === LENGTH_TRACKING
        ? this.byteOffset
        : this.byteOffset + this.arrayLength * this.type.elementSize;
    return end > data.byteLength;
  }

  /** IsTypedArrayFixedLength — https://tc39.es/ecma262/#sec-istypedarrayfixedlength */
  get isFixedLength(): boolean {
    if (this.arrayLength === LENGTH_TRACKING) return false;
    return this.buffer.isFixedLength || this.buffer.isShared;
  }

  /** TypedArrayGetElement ( O, index ) for an index that is an integer from 0 on — https://tc39.es/ecma262/#sec-typedarraygetelement */
  getElement(agent: Agent, index: number): number | bigint | undefined {
    const element = this.elements(agent)[index];
    return this.type.isFloat16 && element !== undefined ? decodeFloat16(element as number) : element;
  }

  /** ToBigInt or ToNumber, as the elements want it. */
  toNumeric(agent: Agent, value: Value): number | bigint {
    return this.type.isBigInt ? ToBigInt(agent, value) : ToNumber(agent, value);
  }

  /** Stores a Number or BigInt that `toNumeric` gave; nothing happens where the index is not valid. Not for immutable buffers. */
  storeNumeric(agent: Agent, index: number, value: number | bigint): void {
    const view = this.elements(agent);
    if (this.type.isFloat16) view[index] = encodeFloat16(value as number);
    else view[index] = value;
  }

  /** TypedArraySetElement ( O, index, value ) for an integer index from 0 on, or NO_INDEX — https://tc39.es/ecma262/#sec-typedarraysetelement */
  setElement(agent: Agent, index: number, value: Value): void {
    const numValue = this.toNumeric(agent, value);
    if (index >= 0) this.storeNumeric(agent, index, numValue);
  }

  /** IsValidIntegerIndex ( O, index ) for such an index — https://tc39.es/ecma262/#sec-isvalidintegerindex */
  private isValidIndex(agent: Agent, index: number): boolean {
    return index >= 0 && index < this.elements(agent).length;
  }

  // ---- Internal methods

  override PreventExtensions(agent: Agent): boolean {
    return this.isFixedLength && super.PreventExtensions(agent);
  }

  override GetOwnProperty(agent: Agent, P: PropertyKey): PropertyDescriptor | undefined {
    const index = elementIndex(P);
    if (index === NOT_NUMERIC) return this.OrdinaryGetOwnProperty(P);
    const value = index === NO_INDEX ? undefined : this.getElement(agent, index);
    if (value === undefined) return undefined;
    return dataDescriptor(value, this.buffer.isImmutable ? ATTR_ENUMERABLE : ATTRS_DEFAULT);
  }

  override HasProperty(agent: Agent, P: PropertyKey): boolean {
    const index = elementIndex(P);
    return index === NOT_NUMERIC ? super.HasProperty(agent, P) : this.isValidIndex(agent, index);
  }

  override DefineOwnProperty(agent: Agent, P: PropertyKey, Desc: PropertyDescriptor): boolean {
    const index = elementIndex(P);
    if (index === NOT_NUMERIC) return super.DefineOwnProperty(agent, P, Desc);
    if (!this.isValidIndex(agent, index)) return false;
    if (this.buffer.isImmutable)
      return IsCompatiblePropertyDescriptor(false, Desc, this.GetOwnProperty(agent, P));
    if (Desc.configurable === false || Desc.enumerable === false) return false;
    if (IsAccessorDescriptor(Desc) || Desc.writable === false) return false;
    if (Desc.hasValue) this.setElement(agent, index, Desc.value);
    return true;
  }

  override Get(agent: Agent, P: PropertyKey, Receiver: Value): Value {
    const index = elementIndex(P);
    if (index >= 0) return this.getElement(agent, index);
    if (index === NO_INDEX) return undefined;
    const entry = this.lookupOwn(P);
    if (entry !== NOT_FOUND) {
      const slot = this.getSlot(entry >> ENTRY_SLOT_SHIFT);
      if (!(slot instanceof AccessorPair)) return slot;
      return slot.get === undefined ? undefined : Call0(agent, slot.get, Receiver);
    }
    const parent = this.shape.proto;
    if (parent === null) return undefined;
    // The walk through further exotic objects is a loop there; here it would nest on the host's stack.
    return parent.exotic === EXOTIC_NONE ? parent.Get(agent, P, Receiver) : super.Get(agent, P, Receiver);
  }

  override Set(agent: Agent, P: PropertyKey, V: Value, Receiver: Value): boolean {
    const index = elementIndex(P);
    if (index !== NOT_NUMERIC) {
      if (this.buffer.isImmutable) return false;
      if (Receiver === this) {
        this.setElement(agent, index, V);
        return true;
      }
      if (!this.isValidIndex(agent, index)) return true;
    }
    return super.Set(agent, P, V, Receiver);
  }

  override Delete(agent: Agent, P: PropertyKey): boolean {
    const index = elementIndex(P);
    return index === NOT_NUMERIC ? this.OrdinaryDelete(agent, P) : !this.isValidIndex(agent, index);
  }

  override OwnPropertyKeys(agent: Agent): PropertyKey[] {
    const own = this.shapeKeys(agent);
    const length = this.length(agent);
    chargeKeys(agent, length);
    const keys: PropertyKey[] = [];
    for (let i = 0; i < length; i++) keys.push(i);
    for (const key of own) keys.push(key);
    return keys;
  }
}
defineExotic(TypedArrayObject, EXOTIC_ALL);

/**
 * The element that a key names, if it is a CanonicalNumericIndexString: its index; NO_INDEX for those that are never
 * valid, such as -0 and 1.5; NOT_NUMERIC for all other keys — https://tc39.es/ecma262/#sec-canonicalnumericindexstring
 */
function elementIndex(P: PropertyKey): number {
  if (typeof P === 'number') return P;
  if (typeof P === 'symbol') return NOT_NUMERIC;
  // Numbers read as digits, a sign, Infinity or NaN.
  const first = P.charCodeAt(0);
  if (first > 0x39 ? first !== 0x49 && first !== 0x4e : !(first >= 0x30 || first === 0x2d))
    return NOT_NUMERIC;
  if (P === '-0') return NO_INDEX;
  if (P.length > MAX_NUMERIC_LENGTH) return NOT_NUMERIC;
  const number = Number(P);
  if (String(number) !== P) return NOT_NUMERIC;
  return number >= 0 && Number.isInteger(number) ? number : NO_INDEX;
}

/** No Number has a longer text. */
const MAX_NUMERIC_LENGTH = 25;

/** Is this name that of an element, so that typed arrays never look it up along the prototype chain? */
export function isNumericName(name: string): boolean {
  return elementIndex(name) !== NOT_NUMERIC;
}
