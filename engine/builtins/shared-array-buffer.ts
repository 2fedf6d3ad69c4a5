// SharedArrayBuffer Objects, https://tc39.es/ecma262/#sec-sharedarraybuffer-objects .
import type { Agent } from '../runtime/agent.ts';
import { Construct } from '../runtime/call.ts';
import { throwRangeError, throwTypeError } from '../runtime/errors.ts';
import type { ArrayBufferObject, HostBuffer } from '../runtime/objects/array-buffer.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import {
  AllocateSharedArrayBuffer,
  CopyDataBlockBytes,
  GetArrayBufferMaxByteLengthOption,
  growBuffer,
  requireArrayBuffer,
} from '../runtime/operations/array-buffer.ts';
import { SpeciesConstructor } from '../runtime/operations/object-operations.ts';
import { ToIndex } from '../runtime/operations/type-conversion.ts';
import { SYMBOL_SPECIES, type Value } from '../runtime/value.ts';
import { ResolveBounds } from './array/operations.ts';
import { constructorSpec, getter, type IntrinsicSpec, method, objectSpec, toStringTag } from './define.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Brand check: a SharedArrayBuffer. */
function thisSharedArrayBuffer(agent: Agent, thisValue: Value, name: string): ArrayBufferObject {
  return requireArrayBuffer(agent, thisValue, 'SharedArrayBuffer', name);
}

/** SharedArrayBuffer ( length [ , options ] ) — https://tc39.es/ecma262/#sec-sharedarraybuffer-length */
function SharedArrayBuffer_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  length: Value,
  options: Value,
): Value {
  const { agent } = callee.realm;
  if (newTarget === undefined) throwTypeError(agent, "Constructor SharedArrayBuffer requires 'new'");
  const byteLength = ToIndex(agent, length);
  const requestedMaxByteLength = GetArrayBufferMaxByteLengthOption(agent, options);
  return AllocateSharedArrayBuffer(agent, newTarget, byteLength, requestedMaxByteLength);
}

/** get SharedArrayBuffer [ %Symbol.species% ] — https://tc39.es/ecma262/#sec-sharedarraybuffer-%symbol.species% */
function get_SharedArrayBuffer_species(_callee: Builtin, thisValue: Value): Value {
  return thisValue;
}

/** get SharedArrayBuffer.prototype.byteLength — https://tc39.es/ecma262/#sec-get-sharedarraybuffer.prototype.bytelength */
function get_SharedArrayBuffer_prototype_byteLength(callee: Builtin, thisValue: Value): Value {
  return thisSharedArrayBuffer(callee.realm.agent, thisValue, 'byteLength').byteLength;
}

/** SharedArrayBuffer.prototype.grow ( newLength ) — https://tc39.es/ecma262/#sec-sharedarraybuffer.prototype.grow */
function SharedArrayBuffer_prototype_grow(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  newLength: Value,
): Value {
  const { agent } = callee.realm;
  const O = thisSharedArrayBuffer(agent, thisValue, 'grow');
  if (O.isFixedLength)
    throwTypeError(agent, 'SharedArrayBuffer.prototype.grow needs a growable SharedArrayBuffer');
  const newByteLength = ToIndex(agent, newLength);
  const currentByteLength = O.byteLength;
  if (newByteLength < currentByteLength || newByteLength > O.maxByteLength) {
    throwRangeError(
      agent,
      `Cannot grow a SharedArrayBuffer of ${currentByteLength} and at most ${O.maxByteLength} bytes to ${newByteLength}`,
    );
  }
  growBuffer(agent, O, newByteLength);
  return undefined;
}

/** get SharedArrayBuffer.prototype.growable — https://tc39.es/ecma262/#sec-get-sharedarraybuffer.prototype.growable */
function get_SharedArrayBuffer_prototype_growable(callee: Builtin, thisValue: Value): Value {
  return !thisSharedArrayBuffer(callee.realm.agent, thisValue, 'growable').isFixedLength;
}

/** get SharedArrayBuffer.prototype.maxByteLength — https://tc39.es/ecma262/#sec-get-sharedarraybuffer.prototype.maxbytelength */
function get_SharedArrayBuffer_prototype_maxByteLength(callee: Builtin, thisValue: Value): Value {
  const O = thisSharedArrayBuffer(callee.realm.agent, thisValue, 'maxByteLength');
  return O.isFixedLength ? O.byteLength : O.maxByteLength;
}

/** SharedArrayBuffer.prototype.slice ( start, end ) — https://tc39.es/ecma262/#sec-sharedarraybuffer.prototype.slice */
function SharedArrayBuffer_prototype_slice(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  start: Value,
  end: Value,
): Value {
  const { agent } = callee.realm;
  const O = thisSharedArrayBuffer(agent, thisValue, 'slice');
  const { from: first, to: final } = ResolveBounds(agent, O.byteLength, start, end);
  const newLen = Math.max(final - first, 0);
  const ctor = SpeciesConstructor(agent, O, agent.realm.intrinsic('%SharedArrayBuffer%'));
  const created = requireArrayBuffer(agent, Construct(agent, ctor, [newLen]), 'SharedArrayBuffer', 'slice');
  if (created.data === O.data)
    throwTypeError(agent, 'SharedArrayBuffer species constructor gave the bytes of this SharedArrayBuffer');
  if (created.byteLength < newLen)
    throwTypeError(agent, 'SharedArrayBuffer species constructor gave too short a SharedArrayBuffer');
  CopyDataBlockBytes(agent, created.data as HostBuffer, 0, O.data as HostBuffer, first, newLen);
  return created;
}

export const sharedArrayBufferIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%SharedArrayBuffer%', 'SharedArrayBuffer', {
    length: 1,
    code: SharedArrayBuffer_constructor,
    prototype: '%SharedArrayBuffer.prototype%',
    rows: [getter(SYMBOL_SPECIES, get_SharedArrayBuffer_species)],
  }),
  objectSpec('%SharedArrayBuffer.prototype%', {
    constructorName: '%SharedArrayBuffer%',
    rows: [
      getter('byteLength', get_SharedArrayBuffer_prototype_byteLength),
      method('grow', 1, SharedArrayBuffer_prototype_grow),
      getter('growable', get_SharedArrayBuffer_prototype_growable),
      getter('maxByteLength', get_SharedArrayBuffer_prototype_maxByteLength),
      method('slice', 2, SharedArrayBuffer_prototype_slice),
      toStringTag('SharedArrayBuffer'),
    ],
  }),
];
