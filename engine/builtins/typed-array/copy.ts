// %TypedArray.prototype% functions that move elements: within an array, into one, or to a new one.
import type { Agent } from '../../runtime/agent.ts';
import { throwRangeError } from '../../runtime/errors.ts';
import type { HostBuffer } from '../../runtime/objects/array-buffer.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { LENGTH_TRACKING, TypedArrayObject } from '../../runtime/objects/typed-array.ts';
import { getIndex, LengthOfArrayLike } from '../../runtime/operations/object-operations.ts';
import { ToIntegerOrInfinity, ToObject } from '../../runtime/operations/type-conversion.ts';
import {
  createTypedArray,
  requireInBounds,
  requireTypedArray,
  TypedArraySpeciesCreate,
  throwContentTypes,
  throwImmutable,
  ValidateTypedArray,
} from '../../runtime/operations/typed-array.ts';
import type { Value } from '../../runtime/value.ts';
import { ResolveBounds, relativeIndex } from '../array/operations.ts';
import { method, type Row } from '../define.ts';
import { copyElements, fillElements, moveElements, reverseElements } from './elements.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** %TypedArray%.prototype.copyWithin ( target, start [ , end ] ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.copywithin */
function TypedArray_prototype_copyWithin(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  target: Value,
  start: Value,
  end: Value,
): Value {
  const { agent } = callee.realm;
  const O = ValidateTypedArray(agent, thisValue, 'write');
  const len = O.length(agent);
  const targetIndex = relativeIndex(agent, target, len);
  const { from: startIndex, to: endIndex } = ResolveBounds(agent, len, start, end);
  const count = Math.min(endIndex - startIndex, len - targetIndex);
  if (count <= 0) return O;
  requireInBounds(agent, O);
  // The conversions may have shrunk the array: what lies beyond its end is neither read nor written. (The steps of the
  // specification copy nothing if elements move up, Test262 and other engines copy what is left.)
  const possible = O.length(agent) - Math.max(startIndex, targetIndex);
  moveElements(agent, O, targetIndex, startIndex, Math.min(count, possible));
  return O;
}

/** %TypedArray%.prototype.fill ( value [ , start [ , end ] ] ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.fill */
function TypedArray_prototype_fill(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  value: Value,
  start: Value,
  end: Value,
): Value {
  const { agent } = callee.realm;
  const O = ValidateTypedArray(agent, thisValue, 'write');
  const len = O.length(agent);
  const numericValue = O.toNumeric(agent, value);
  const { from: startIndex, to: endIndex } = ResolveBounds(agent, len, start, end);
  requireInBounds(agent, O);
  fillElements(agent, O, numericValue, startIndex, Math.min(endIndex, O.length(agent)));
  return O;
}

/** %TypedArray%.prototype.reverse ( ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.reverse */
function TypedArray_prototype_reverse(callee: Builtin, thisValue: Value): Value {
  const { agent } = callee.realm;
  const O = ValidateTypedArray(agent, thisValue, 'write');
  reverseElements(agent, O.elements(agent));
  return O;
}

/** %TypedArray%.prototype.set ( source [ , offset ] ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.set */
function TypedArray_prototype_set(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  source: Value,
  offset: Value,
): Value {
  const { agent } = callee.realm;
  const target = requireTypedArray(agent, thisValue);
  if (target.buffer.isImmutable) throwImmutable(agent);
  const targetOffset = ToIntegerOrInfinity(agent, offset);
  if (targetOffset < 0) throwRangeError(agent, 'offset is out of bounds');
  if (source instanceof TypedArrayObject) SetTypedArrayFromTypedArray(agent, target, targetOffset, source);
  else SetTypedArrayFromArrayLike(agent, target, targetOffset, source);
  return undefined;
}

/** SetTypedArrayFromTypedArray ( target, targetOffset, source ) — https://tc39.es/ecma262/#sec-settypedarrayfromtypedarray */
function SetTypedArrayFromTypedArray(
  agent: Agent,
  target: TypedArrayObject,
  targetOffset: number,
  source: TypedArrayObject,
): void {
  requireInBounds(agent, target);
  requireInBounds(agent, source);
  const srcLength = source.length(agent);
  if (srcLength + targetOffset > target.length(agent)) throwRangeError(agent, 'offset is out of bounds');
  if (target.type.isBigInt !== source.type.isBigInt) throwContentTypes(agent);
  copyElements(agent, target, targetOffset, source, 0, srcLength);
}

/** SetTypedArrayFromArrayLike ( target, targetOffset, source ) — https://tc39.es/ecma262/#sec-settypedarrayfromarraylike */
function SetTypedArrayFromArrayLike(
  agent: Agent,
  target: TypedArrayObject,
  targetOffset: number,
  source: Value,
): void {
  requireInBounds(agent, target);
  const targetLength = target.length(agent);
  const src = ToObject(agent, source);
  const srcLength = LengthOfArrayLike(agent, src);
  if (srcLength + targetOffset > targetLength) throwRangeError(agent, 'offset is out of bounds');
  for (let k = 0; k < srcLength; k++) {
    agent.chargeFuel(1);
    target.setElement(agent, targetOffset + k, getIndex(agent, src, k));
  }
}

/** %TypedArray%.prototype.slice ( start, end ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.slice */
function TypedArray_prototype_slice(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  start: Value,
  end: Value,
): Value {
  const { agent } = callee.realm;
  const O = ValidateTypedArray(agent, thisValue);
  const { from: startIndex, to } = ResolveBounds(agent, O.length(agent), start, end);
  const count = Math.max(to - startIndex, 0);
  const A = TypedArraySpeciesCreate(agent, O, [count], 'write');
  if (count === 0) return A;
  requireInBounds(agent, O);
  const endIndex = Math.min(to, O.length(agent));
  const available = Math.max(endIndex - startIndex, 0);
  if (shareMemory(O, startIndex, available, A)) copyUpwards(agent, O, startIndex, available, A);
  else copyElements(agent, A, 0, O, startIndex, Math.min(available, A.length(agent)));
  return A;
}

/** Writing `count` elements to A may overwrite elements of O from `startIndex` before they are read. */
function shareMemory(O: TypedArrayObject, startIndex: number, count: number, A: TypedArrayObject): boolean {
  if (O.buffer.data !== A.buffer.data) return false;
  const from = O.byteOffset + startIndex * O.type.elementSize;
  return A.byteOffset < from + count * O.type.elementSize && from < A.byteOffset + count * A.type.elementSize;
}

/** Copies element by element, or byte by byte between arrays of one type, which shows where the memory overlaps. */
function copyUpwards(
  agent: Agent,
  O: TypedArrayObject,
  startIndex: number,
  count: number,
  A: TypedArrayObject,
): void {
  if (O.type !== A.type) {
    for (let n = 0; n < count; n++) {
      agent.chargeFuel(1);
      A.setElement(agent, n, O.getElement(agent, startIndex + n));
    }
    return;
  }
  const bytes = new Uint8Array(O.buffer.data as HostBuffer);
  const from = O.byteOffset + startIndex * O.type.elementSize;
  const to = A.byteOffset;
  const countBytes = count * O.type.elementSize;
  for (let i = 0; i < countBytes; i++) {
    if (i % 16 === 0) agent.chargeFuel(1);
    bytes[to + i] = bytes[from + i];
  }
}

/** %TypedArray%.prototype.subarray ( start, end ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.subarray */
function TypedArray_prototype_subarray(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  start: Value,
  end: Value,
): Value {
  const { agent } = callee.realm;
  const O = requireTypedArray(agent, thisValue);
  const { buffer, byteOffset, type } = O;
  const srcLength = O.length(agent);
  const startIndex = relativeIndex(agent, start, srcLength);
  const beginByteOffset = byteOffset + startIndex * type.elementSize;
  if (O.arrayLength === LENGTH_TRACKING && end === undefined) {
    return TypedArraySpeciesCreate(agent, O, [buffer, beginByteOffset]);
  }
  const endIndex = end === undefined ? srcLength : relativeIndex(agent, end, srcLength);
  const newLength = Math.max(endIndex - startIndex, 0);
  return TypedArraySpeciesCreate(agent, O, [buffer, beginByteOffset, newLength]);
}

/** %TypedArray%.prototype.toReversed ( ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.toreversed */
function TypedArray_prototype_toReversed(callee: Builtin, thisValue: Value): Value {
  const { agent } = callee.realm;
  const O = ValidateTypedArray(agent, thisValue);
  const length = O.length(agent);
  const A = createTypedArray(agent, O.type, length);
  copyElements(agent, A, 0, O, 0, length);
  reverseElements(agent, A.elements(agent));
  return A;
}

/** %TypedArray%.prototype.with ( index, value ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.with */
function TypedArray_prototype_with(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  index: Value,
  value: Value,
): Value {
  const { agent } = callee.realm;
  const O = ValidateTypedArray(agent, thisValue);
  const len = O.length(agent);
  const relative = ToIntegerOrInfinity(agent, index);
  const actualIndex = relative >= 0 ? relative : len + relative;
  const numericValue = O.toNumeric(agent, value);
  const currentLen = O.length(agent);
  if (actualIndex < 0 || actualIndex >= currentLen) throwRangeError(agent, 'Invalid typed array index');
  const A = createTypedArray(agent, O.type, len);
  copyElements(agent, A, 0, O, 0, Math.min(len, currentLen));
  // What the conversion took away reads as undefined, which is NaN as a Number.
  if (currentLen < len && !O.type.isBigInt) fillElements(agent, A, Number.NaN, currentLen, len);
  A.storeNumeric(agent, actualIndex, numericValue);
  return A;
}

export const typedArrayCopyRows: readonly Row[] = [
  method('copyWithin', 2, TypedArray_prototype_copyWithin),
  method('fill', 1, TypedArray_prototype_fill),
  method('reverse', 0, TypedArray_prototype_reverse),
  method('set', 1, TypedArray_prototype_set),
  method('slice', 2, TypedArray_prototype_slice),
  method('subarray', 2, TypedArray_prototype_subarray),
  method('toReversed', 0, TypedArray_prototype_toReversed),
  method('with', 2, TypedArray_prototype_with),
];
