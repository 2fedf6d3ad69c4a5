// Abstract Operations for TypedArray Objects, https://tc39.es/ecma262/#sec-abstract-operations-for-typedarray-objects .
// A TypedArray With Buffer Witness Record is not kept: within one agent nothing changes a buffer between two steps that
// run no guest code, and TypedArrayObject answers by itself.
import type { Agent } from '../agent.ts';
import { Construct } from '../call.ts';
import { throwTypeError } from '../errors.ts';
import type { ArrayBufferObject } from '../objects/array-buffer.ts';
import type { JSObject } from '../objects/object.ts';
import {
  ELEMENT_TYPES,
  type ElementType,
  TYPED_ARRAY_BYTES,
  TypedArrayObject,
} from '../objects/typed-array.ts';
import type { IntrinsicName, Realm } from '../realm.ts';
import { rootShape, SHAPE_KIND_TYPED_ARRAY, type Shape } from '../shape.ts';
import type { Value } from '../value.ts';
import { AllocateImmutableArrayBuffer, createArrayBuffer } from './array-buffer.ts';
import { SpeciesConstructor } from './object-operations.ts';

/** The element type of Uint8Array. */
export const UINT8_TYPE = ELEMENT_TYPES.find((type) => type.name === 'Uint8Array') as ElementType;

/** What a validated array is needed for: immutable buffers forbid `write`. */
export type AccessMode = 'read' | 'write';

/** Brand check: [[TypedArrayName]]. */
export function requireTypedArray(agent: Agent, O: Value): TypedArrayObject {
  return O instanceof TypedArrayObject ? O : throwTypeError(agent, 'this is not a typed array');
}

/**
 * ValidateTypedArray ( O, order, accessMode ): the array, which is within its buffer —
 * https://tc39.es/ecma262/#sec-validatetypedarray , https://tc39.es/proposal-immutable-arraybuffer/#sec-validatetypedarray
 */
export function ValidateTypedArray(
  agent: Agent,
  O: Value,
  accessMode: AccessMode = 'read',
): TypedArrayObject {
  const array = requireTypedArray(agent, O);
  if (accessMode === 'write' && array.buffer.isImmutable) throwImmutable(agent);
  requireInBounds(agent, array);
  return array;
}

/** Throws the TypeError of writing to an immutable buffer. */
export function throwImmutable(agent: Agent): never {
  return throwTypeError(agent, 'Cannot write to an immutable ArrayBuffer');
}

/** Throws a TypeError if IsTypedArrayOutOfBounds. */
export function requireInBounds(agent: Agent, array: TypedArrayObject): void {
  if (!array.isOutOfBounds()) return;
  throwTypeError(
    agent,
    array.buffer.data === null
      ? 'Cannot use a typed array of a detached ArrayBuffer'
      : 'Cannot use a typed array that is out of the bounds of its buffer',
  );
}

/** The constructor of that name in the realm. */
function typedArrayConstructor(realm: Realm, type: ElementType): JSObject {
  return realm.intrinsic(`%${type.name}%` as IntrinsicName);
}

/** TypedArraySpeciesCreate ( exemplar, argumentList, accessMode ) — https://tc39.es/ecma262/#typedarray-species-create */
export function TypedArraySpeciesCreate(
  agent: Agent,
  exemplar: TypedArrayObject,
  argumentList: readonly Value[],
  accessMode: AccessMode = 'read',
): TypedArrayObject {
  const defaultConstructor = typedArrayConstructor(agent.realm, exemplar.type);
  const constructor = SpeciesConstructor(agent, exemplar, defaultConstructor);
  const [length] = argumentList;
  if (constructor === defaultConstructor && argumentList.length === 1 && typeof length === 'number') {
    // Fast path: the default constructor called with a length does just this; its prototype property is read-only.
    return createTypedArray(agent, exemplar.type, length);
  }
  const result = TypedArrayCreateFromConstructor(agent, constructor, argumentList, accessMode);
  if (result.type.isBigInt !== exemplar.type.isBigInt) throwContentTypes(agent);
  return result;
}

/** Throws the TypeError of mixing arrays of Numbers and of BigInts. */
export function throwContentTypes(agent: Agent): never {
  return throwTypeError(agent, 'Cannot mix typed arrays of BigInts with those of Numbers');
}

/**
 * TypedArrayCreateFromConstructor ( constructor, argumentList, accessMode ) —
 * https://tc39.es/ecma262/#sec-typedarraycreatefromconstructor
 */
export function TypedArrayCreateFromConstructor(
  agent: Agent,
  constructor: JSObject,
  argumentList: readonly Value[],
  accessMode: AccessMode = 'read',
): TypedArrayObject {
  const newTypedArray = ValidateTypedArray(agent, Construct(agent, constructor, argumentList), accessMode);
  const [length] = argumentList;
  if (argumentList.length === 1 && typeof length === 'number' && newTypedArray.length(agent) < length) {
    throwTypeError(agent, 'The typed array that was constructed is too short');
  }
  return newTypedArray;
}

/**
 * TypedArrayCreateSameType ( exemplar, « length » ), and AllocateTypedArray of a built-in constructor: an array over a
 * new buffer — https://tc39.es/ecma262/#sec-typedarray-create-same-type
 */
export function createTypedArray(agent: Agent, type: ElementType, length: number): TypedArrayObject {
  const prototype = agent.realm.intrinsic(`%${type.name}.prototype%` as IntrinsicName);
  return createTypedArrayOfShape(agent, rootShape(agent, prototype, SHAPE_KIND_TYPED_ARRAY), type, length);
}

/** AllocateTypedArrayBuffer ( O, length ), making the array of that shape at the same time — https://tc39.es/ecma262/#sec-allocatetypedarraybuffer */
export function createTypedArrayOfShape(
  agent: Agent,
  shape: Shape,
  type: ElementType,
  length: number,
): TypedArrayObject {
  const data = createArrayBuffer(agent, type.elementSize * length);
  agent.chargeBytes(TYPED_ARRAY_BYTES);
  return new TypedArrayObject(shape, type, data, 0, length);
}

/** An array of the running realm over the whole elements of a buffer that is attached. */
export function typedArrayOver(agent: Agent, type: ElementType, buffer: ArrayBufferObject): TypedArrayObject {
  agent.chargeBytes(TYPED_ARRAY_BYTES);
  const prototype = agent.realm.intrinsic(`%${type.name}.prototype%` as IntrinsicName);
  const shape = rootShape(agent, prototype, SHAPE_KIND_TYPED_ARRAY);
  return new TypedArrayObject(shape, type, buffer, 0, Math.floor(buffer.byteLength / type.elementSize));
}

/** A Uint8Array over an immutable copy of the bytes: what CreateBytesModule exports — https://tc39.es/proposal-import-bytes/#sec-create-bytes-module */
export function createImmutableUint8Array(agent: Agent, bytes: Uint8Array): TypedArrayObject {
  const { length } = bytes;
  const buffer = AllocateImmutableArrayBuffer(agent, length, bytes.buffer, bytes.byteOffset, length);
  const prototype = agent.realm.intrinsic('%Uint8Array.prototype%');
  agent.chargeBytes(TYPED_ARRAY_BYTES);
  const shape = rootShape(agent, prototype, SHAPE_KIND_TYPED_ARRAY);
  return new TypedArrayObject(shape, UINT8_TYPE, buffer, 0, length);
}
