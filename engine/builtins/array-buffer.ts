// ArrayBuffer Objects, https://tc39.es/ecma262/#sec-arraybuffer-objects , with
// https://tc39.es/proposal-immutable-arraybuffer/ .
import type { Agent } from '../runtime/agent.ts';
import { Construct } from '../runtime/call.ts';
import { throwRangeError, throwTypeError } from '../runtime/errors.ts';
import type { ArrayBufferObject, HostBuffer } from '../runtime/objects/array-buffer.ts';
import { DataViewObject } from '../runtime/objects/data-view.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import { TypedArrayObject } from '../runtime/objects/typed-array.ts';
import {
  AllocateArrayBuffer,
  AllocateImmutableArrayBuffer,
  ArrayBufferCopyAndDetach,
  CopyDataBlockBytes,
  GetArrayBufferMaxByteLengthOption,
  requireArrayBuffer,
  requireAttached,
  resizeBuffer,
} from '../runtime/operations/array-buffer.ts';
import { SpeciesConstructor } from '../runtime/operations/object-operations.ts';
import { ToIndex } from '../runtime/operations/type-conversion.ts';
import { SYMBOL_SPECIES, type Value } from '../runtime/value.ts';
import { ResolveBounds } from './array/operations.ts';
import { constructorSpec, getter, type IntrinsicSpec, method, objectSpec, toStringTag } from './define.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Brand check: an ArrayBuffer that is not shared. */
function thisArrayBuffer(agent: Agent, thisValue: Value, name: string): ArrayBufferObject {
  return requireArrayBuffer(agent, thisValue, 'ArrayBuffer', name);
}

/** ArrayBuffer ( length [ , options ] ) — https://tc39.es/ecma262/#sec-arraybuffer-length */
function ArrayBuffer_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  length: Value,
  options: Value,
): Value {
  const { agent } = callee.realm;
  if (newTarget === undefined) throwTypeError(agent, "Constructor ArrayBuffer requires 'new'");
  const byteLength = ToIndex(agent, length);
  const requestedMaxByteLength = GetArrayBufferMaxByteLengthOption(agent, options);
  return AllocateArrayBuffer(agent, newTarget, byteLength, requestedMaxByteLength);
}

/** ArrayBuffer.isView ( arg ) — https://tc39.es/ecma262/#sec-arraybuffer.isview */
function ArrayBuffer_isView(_callee: Builtin, _thisValue: Value, _newTarget: NewTarget, arg: Value): Value {
  return arg instanceof TypedArrayObject || arg instanceof DataViewObject;
}

/** get ArrayBuffer [ %Symbol.species% ] — https://tc39.es/ecma262/#sec-get-arraybuffer-%symbol.species% */
function get_ArrayBuffer_species(_callee: Builtin, thisValue: Value): Value {
  return thisValue;
}

/** get ArrayBuffer.prototype.byteLength — https://tc39.es/ecma262/#sec-get-arraybuffer.prototype.bytelength */
function get_ArrayBuffer_prototype_byteLength(callee: Builtin, thisValue: Value): Value {
  return thisArrayBuffer(callee.realm.agent, thisValue, 'byteLength').byteLength;
}

/** get ArrayBuffer.prototype.detached — https://tc39.es/ecma262/#sec-get-arraybuffer.prototype.detached */
function get_ArrayBuffer_prototype_detached(callee: Builtin, thisValue: Value): Value {
  return thisArrayBuffer(callee.realm.agent, thisValue, 'detached').data === null;
}

/** get ArrayBuffer.prototype.immutable — https://tc39.es/proposal-immutable-arraybuffer/#sec-get-arraybuffer.prototype.immutable */
function get_ArrayBuffer_prototype_immutable(callee: Builtin, thisValue: Value): Value {
  return thisArrayBuffer(callee.realm.agent, thisValue, 'immutable').isImmutable;
}

/** get ArrayBuffer.prototype.maxByteLength — https://tc39.es/ecma262/#sec-get-arraybuffer.prototype.maxbytelength */
function get_ArrayBuffer_prototype_maxByteLength(callee: Builtin, thisValue: Value): Value {
  const O = thisArrayBuffer(callee.realm.agent, thisValue, 'maxByteLength');
  if (O.data === null) return 0;
  return O.isFixedLength ? O.byteLength : O.maxByteLength;
}

/** get ArrayBuffer.prototype.resizable — https://tc39.es/ecma262/#sec-get-arraybuffer.prototype.resizable */
function get_ArrayBuffer_prototype_resizable(callee: Builtin, thisValue: Value): Value {
  return !thisArrayBuffer(callee.realm.agent, thisValue, 'resizable').isFixedLength;
}

/** ArrayBuffer.prototype.resize ( newLength ) — https://tc39.es/ecma262/#sec-arraybuffer.prototype.resize */
function ArrayBuffer_prototype_resize(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  newLength: Value,
): Value {
  const { agent } = callee.realm;
  const O = thisArrayBuffer(agent, thisValue, 'resize');
  if (O.isFixedLength) throwTypeError(agent, 'ArrayBuffer.prototype.resize needs a resizable ArrayBuffer');
  const newByteLength = ToIndex(agent, newLength);
  requireAttached(agent, O, 'ArrayBuffer.prototype.resize');
  if (newByteLength > O.maxByteLength) {
    throwRangeError(
      agent,
      `Cannot resize an ArrayBuffer of at most ${O.maxByteLength} bytes to ${newByteLength}`,
    );
  }
  resizeBuffer(agent, O, newByteLength);
  return undefined;
}

/** ArrayBuffer.prototype.slice ( start, end ) — https://tc39.es/ecma262/#sec-arraybuffer.prototype.slice */
function ArrayBuffer_prototype_slice(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  start: Value,
  end: Value,
): Value {
  const { agent } = callee.realm;
  const O = thisArrayBuffer(agent, thisValue, 'slice');
  requireAttached(agent, O, 'ArrayBuffer.prototype.slice');
  const { from: first, to: final } = ResolveBounds(agent, O.byteLength, start, end);
  const newLen = Math.max(final - first, 0);
  const ctor = SpeciesConstructor(agent, O, agent.realm.intrinsic('%ArrayBuffer%'));
  const result = Construct(agent, ctor, [newLen]);
  const created = requireArrayBuffer(agent, result, 'ArrayBuffer', 'slice');
  const toBuf = requireAttached(agent, created, 'ArrayBuffer.prototype.slice');
  if (created.isImmutable)
    throwTypeError(agent, 'ArrayBuffer species constructor gave an immutable ArrayBuffer');
  if (created === O) throwTypeError(agent, 'ArrayBuffer species constructor gave this ArrayBuffer');
  if (created.byteLength < newLen)
    throwTypeError(agent, 'ArrayBuffer species constructor gave too short an ArrayBuffer');
  const fromBuf = requireAttached(agent, O, 'ArrayBuffer.prototype.slice');
  const currentLen = O.byteLength;
  if (first < currentLen) {
    CopyDataBlockBytes(agent, toBuf, 0, fromBuf, first, Math.min(newLen, currentLen - first));
  }
  return created;
}

/** ArrayBuffer.prototype.sliceToImmutable ( start, end ) — https://tc39.es/proposal-immutable-arraybuffer/#sec-arraybuffer.prototype.slicetoimmutable */
function ArrayBuffer_prototype_sliceToImmutable(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  start: Value,
  end: Value,
): Value {
  const { agent } = callee.realm;
  const O = thisArrayBuffer(agent, thisValue, 'sliceToImmutable');
  requireAttached(agent, O, 'ArrayBuffer.prototype.sliceToImmutable');
  const { from: first, to: final } = ResolveBounds(agent, O.byteLength, start, end);
  const newLen = Math.max(final - first, 0);
  const fromBuf: HostBuffer = requireAttached(agent, O, 'ArrayBuffer.prototype.sliceToImmutable');
  if (O.byteLength < final)
    throwRangeError(agent, 'The ArrayBuffer has been shrunk below the end of the slice');
  return AllocateImmutableArrayBuffer(agent, newLen, fromBuf, first, newLen);
}

/** ArrayBuffer.prototype.transfer ( [ newLength ] ) — https://tc39.es/ecma262/#sec-arraybuffer.prototype.transfer */
function ArrayBuffer_prototype_transfer(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  newLength: Value,
): Value {
  const { agent } = callee.realm;
  return ArrayBufferCopyAndDetach(agent, thisValue, newLength, 'preserve-resizability', 'transfer');
}

/** ArrayBuffer.prototype.transferToFixedLength ( [ newLength ] ) — https://tc39.es/ecma262/#sec-arraybuffer.prototype.transfertofixedlength */
function ArrayBuffer_prototype_transferToFixedLength(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  newLength: Value,
): Value {
  const { agent } = callee.realm;
  return ArrayBufferCopyAndDetach(agent, thisValue, newLength, 'fixed-length', 'transferToFixedLength');
}

/** ArrayBuffer.prototype.transferToImmutable ( [ newLength ] ) — https://tc39.es/proposal-immutable-arraybuffer/#sec-arraybuffer.prototype.transfertoimmutable */
function ArrayBuffer_prototype_transferToImmutable(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  newLength: Value,
): Value {
  const { agent } = callee.realm;
  return ArrayBufferCopyAndDetach(agent, thisValue, newLength, 'immutable', 'transferToImmutable');
}

export const arrayBufferIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%ArrayBuffer%', 'ArrayBuffer', {
    length: 1,
    code: ArrayBuffer_constructor,
    prototype: '%ArrayBuffer.prototype%',
    rows: [method('isView', 1, ArrayBuffer_isView), getter(SYMBOL_SPECIES, get_ArrayBuffer_species)],
  }),
  objectSpec('%ArrayBuffer.prototype%', {
    constructorName: '%ArrayBuffer%',
    rows: [
      getter('byteLength', get_ArrayBuffer_prototype_byteLength),
      getter('detached', get_ArrayBuffer_prototype_detached),
      getter('immutable', get_ArrayBuffer_prototype_immutable),
      getter('maxByteLength', get_ArrayBuffer_prototype_maxByteLength),
      getter('resizable', get_ArrayBuffer_prototype_resizable),
      method('resize', 1, ArrayBuffer_prototype_resize),
      method('slice', 2, ArrayBuffer_prototype_slice),
      method('sliceToImmutable', 2, ArrayBuffer_prototype_sliceToImmutable),
      method('transfer', 0, ArrayBuffer_prototype_transfer),
      method('transferToFixedLength', 0, ArrayBuffer_prototype_transferToFixedLength),
      method('transferToImmutable', 0, ArrayBuffer_prototype_transferToImmutable),
      toStringTag('ArrayBuffer'),
    ],
  }),
];
