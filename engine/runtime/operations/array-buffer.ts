// Abstract Operations For ArrayBuffer Objects, https://tc39.es/ecma262/#sec-abstract-operations-for-arraybuffer-objects ,
// and for SharedArrayBuffer objects; with those of the immutable ArrayBuffer proposal. This file alone makes, resizes
// and copies host buffers: it charges for them and turns the host's refusals into guest RangeErrors.
import type { Agent } from '../agent.ts';
import { describeForMessage } from '../describe.ts';
import { throwRangeError, throwTypeError } from '../errors.ts';
import { ArrayBufferObject, FIXED_LENGTH, type HostBuffer } from '../objects/array-buffer.ts';
import { type JSObject, OBJECT_BYTES } from '../objects/object.ts';
import { rootShape, SHAPE_KIND_ORDINARY } from '../shape.ts';
import type { Value } from '../value.ts';
import { shapeFromConstructor } from './object-operations.ts';
import { ToIndex } from './type-conversion.ts';

/** The longest buffer, 4 GiB: what hosts can view and what a WebAssembly memory may have. More is a guest RangeError. */
export const MAX_BYTE_LENGTH = 2 ** 32;

/** Fuel is charged per so many bytes that are copied or filled. */
const BYTES_PER_FUEL = 256;
/** A new byte that nobody has touched costs less. */
const NEW_BYTES_PER_FUEL = 1024;
/** Bulk work is done in pieces of so many bytes, so that the charges between them can stop it. */
export const CHUNK_BYTES = 1 << 24;

const BUFFER_BYTES = 48;

/** The parts of hosts' resizable buffers that the compiler's library does not know yet. */
interface HostResizable {
  resize(byteLength: number): void;
  grow(byteLength: number): void;
}
type HostBufferConstructor = new (byteLength: number, options?: { maxByteLength: number }) => HostBuffer;

/** Charges copying, filling or comparing `count` bytes. */
export function chargeByteWork(agent: Agent, count: number): void {
  agent.chargeFuel(Math.ceil(count / BYTES_PER_FUEL));
}

/** Charges `count` bytes that a buffer is about to get. */
function chargeNewBytes(agent: Agent, count: number): void {
  agent.chargeBytes(count);
  agent.chargeFuel(Math.ceil(count / NEW_BYTES_PER_FUEL));
}

function allocationFailed(agent: Agent): never {
  return throwRangeError(agent, 'Array buffer allocation failed');
}

/** CreateByteDataBlock and CreateSharedByteDataBlock — https://tc39.es/ecma262/#sec-createbytedatablock */
function createHostBuffer(
  agent: Agent,
  HostConstructor: HostBufferConstructor,
  byteLength: number,
  maxByteLength: number,
): HostBuffer {
  if (byteLength > MAX_BYTE_LENGTH || maxByteLength > MAX_BYTE_LENGTH) allocationFailed(agent);
  chargeNewBytes(agent, byteLength);
  try {
    if (maxByteLength === FIXED_LENGTH) return new HostConstructor(byteLength);
    // What is only reserved costs the host its page tables.
    agent.chargeBytes(Math.floor(maxByteLength / 1024));
    return new HostConstructor(byteLength, { maxByteLength });
  } catch (error) {
    // The host has no memory for the buffer.
    if (error instanceof RangeError) allocationFailed(agent);
    throw error;
  }
}

/** Changes the length of a resizable or growable host buffer to one that its maximum allows. */
function changeHostLength(agent: Agent, data: HostBuffer, byteLength: number, how: 'resize' | 'grow'): void {
  if (byteLength > data.byteLength) chargeNewBytes(agent, byteLength - data.byteLength);
  try {
    (data as unknown as HostResizable)[how](byteLength);
  } catch (error) {
    // The host cannot commit the memory, or another agent has grown a shared buffer beyond.
    if (error instanceof RangeError) allocationFailed(agent);
    throw error;
  }
}

/** CopyDataBlockBytes between different blocks, charged — https://tc39.es/ecma262/#sec-copydatablockbytes */
export function CopyDataBlockBytes(
  agent: Agent,
  toBlock: HostBuffer,
  toIndex: number,
  fromBlock: HostBuffer,
  fromIndex: number,
  count: number,
): void {
  for (let done = 0; done < count; done += CHUNK_BYTES) {
    const size = Math.min(CHUNK_BYTES, count - done);
    chargeByteWork(agent, size);
    new Uint8Array(toBlock, toIndex + done, size).set(new Uint8Array(fromBlock, fromIndex + done, size));
  }
}

/** GetArrayBufferMaxByteLengthOption ( options ): FIXED_LENGTH for empty — https://tc39.es/ecma262/#sec-getarraybuffermaxbytelengthoption */
export function GetArrayBufferMaxByteLengthOption(agent: Agent, options: Value): number {
  if (typeof options !== 'object' || options === null) return FIXED_LENGTH;
  const maxByteLength = options.Get(agent, 'maxByteLength', options);
  return maxByteLength === undefined ? FIXED_LENGTH : ToIndex(agent, maxByteLength);
}

/** AllocateArrayBuffer ( constructor, byteLength [ , maxByteLength ] ) — https://tc39.es/ecma262/#sec-allocatearraybuffer */
export function AllocateArrayBuffer(
  agent: Agent,
  constructor: JSObject,
  byteLength: number,
  maxByteLength: number,
): ArrayBufferObject {
  requireBelowMaximum(agent, byteLength, maxByteLength);
  const shape = shapeFromConstructor(agent, constructor, '%ArrayBuffer.prototype%');
  const data = createHostBuffer(agent, ArrayBuffer, byteLength, maxByteLength);
  agent.chargeBytes(BUFFER_BYTES);
  return new ArrayBufferObject(shape, data, maxByteLength, false, false);
}

/** A SharedArrayBuffer object of the running realm over memory that another agent has too. */
export function wrapSharedMemory(agent: Agent, memory: SharedArrayBuffer): ArrayBufferObject {
  agent.chargeBytes(OBJECT_BYTES);
  const prototype = agent.realm.intrinsic('%SharedArrayBuffer.prototype%');
  const { growable, maxByteLength } = memory as {
    readonly growable?: boolean;
    readonly maxByteLength?: number;
  };
  return new ArrayBufferObject(
    rootShape(agent, prototype, SHAPE_KIND_ORDINARY),
    memory,
    growable === true ? (maxByteLength as number) : FIXED_LENGTH,
    true,
    false,
  );
}

/** AllocateSharedArrayBuffer ( constructor, byteLength [ , maxByteLength ] ) — https://tc39.es/ecma262/#sec-allocatesharedarraybuffer */
export function AllocateSharedArrayBuffer(
  agent: Agent,
  constructor: JSObject,
  byteLength: number,
  maxByteLength: number,
): ArrayBufferObject {
  requireBelowMaximum(agent, byteLength, maxByteLength);
  const shape = shapeFromConstructor(agent, constructor, '%SharedArrayBuffer.prototype%');
  const data = createHostBuffer(agent, SharedArrayBuffer, byteLength, maxByteLength);
  agent.chargeBytes(BUFFER_BYTES);
  return new ArrayBufferObject(shape, data, maxByteLength, true, false);
}

function requireBelowMaximum(agent: Agent, byteLength: number, maxByteLength: number): void {
  if (maxByteLength !== FIXED_LENGTH && byteLength > maxByteLength) {
    throwRangeError(
      agent,
      `Invalid array buffer length: ${byteLength} is above the maximum ${maxByteLength}`,
    );
  }
}

/** AllocateArrayBuffer ( %ArrayBuffer%, byteLength ). */
export function createArrayBuffer(agent: Agent, byteLength: number): ArrayBufferObject {
  const data = createHostBuffer(agent, ArrayBuffer, byteLength, FIXED_LENGTH);
  return createArrayBufferOver(agent, data, FIXED_LENGTH, false);
}

/** An ArrayBuffer of the running realm that takes over a host buffer which nobody else writes to. */
function createArrayBufferOver(
  agent: Agent,
  data: HostBuffer,
  maxByteLength: number,
  isImmutable: boolean,
): ArrayBufferObject {
  agent.chargeBytes(OBJECT_BYTES + BUFFER_BYTES);
  const shape = rootShape(agent, agent.realm.intrinsic('%ArrayBuffer.prototype%'), SHAPE_KIND_ORDINARY);
  return new ArrayBufferObject(shape, data, maxByteLength, false, isImmutable);
}

/** AllocateImmutableArrayBuffer — https://tc39.es/proposal-immutable-arraybuffer/#sec-allocateimmutablearraybuffer */
export function AllocateImmutableArrayBuffer(
  agent: Agent,
  byteLength: number,
  fromBlock: HostBuffer,
  fromIndex: number,
  count: number,
): ArrayBufferObject {
  const data = createHostBuffer(agent, ArrayBuffer, byteLength, FIXED_LENGTH);
  CopyDataBlockBytes(agent, data, 0, fromBlock, fromIndex, count);
  return createArrayBufferOver(agent, data, FIXED_LENGTH, true);
}

/** CloneArrayBuffer ( srcBuffer, srcByteOffset, srcLength ) — https://tc39.es/ecma262/#sec-clonearraybuffer */
export function CloneArrayBuffer(
  agent: Agent,
  srcBuffer: ArrayBufferObject,
  srcByteOffset: number,
  srcLength: number,
): ArrayBufferObject {
  const targetBuffer = createArrayBuffer(agent, srcLength);
  CopyDataBlockBytes(
    agent,
    targetBuffer.data as HostBuffer,
    0,
    srcBuffer.data as HostBuffer,
    srcByteOffset,
    srcLength,
  );
  return targetBuffer;
}

/** DetachArrayBuffer ( arrayBuffer [ , key ] ) — https://tc39.es/ecma262/#sec-detacharraybuffer */
export function DetachArrayBuffer(
  agent: Agent,
  arrayBuffer: ArrayBufferObject,
  key: Value = undefined,
): void {
  if (arrayBuffer.isImmutable) throwTypeError(agent, 'Cannot detach an immutable ArrayBuffer');
  if (arrayBuffer.arrayBufferDetachKey !== key) {
    throwTypeError(agent, 'Provided key does not match the detach key of the ArrayBuffer');
  }
  arrayBuffer.data = null;
  agent.detachEpoch++;
}

/** Brand check of the prototypes' functions: [[ArrayBufferData]] of the right kind. */
export function requireArrayBuffer(
  agent: Agent,
  value: Value,
  kind: 'ArrayBuffer' | 'SharedArrayBuffer',
  name: string,
): ArrayBufferObject {
  if (value instanceof ArrayBufferObject && value.isShared === (kind === 'SharedArrayBuffer')) return value;
  return throwTypeError(
    agent,
    `Method ${kind}.prototype.${name} called on incompatible receiver ${describeForMessage(value)}`,
  );
}

/** IsDetachedBuffer is false and the block is at hand; a TypeError otherwise. */
export function requireAttached(agent: Agent, buffer: ArrayBufferObject, what: string): HostBuffer {
  if (buffer.data !== null) return buffer.data;
  return throwTypeError(agent, `Cannot perform ${what} on a detached ArrayBuffer`);
}

/**
 * ArrayBufferCopyAndDetach ( arrayBuffer, newLength, preserveResizability ) —
 * https://tc39.es/ecma262/#sec-arraybuffercopyanddetach
 */
export function ArrayBufferCopyAndDetach(
  agent: Agent,
  value: Value,
  newLength: Value,
  preserveResizability: 'preserve-resizability' | 'fixed-length' | 'immutable',
  name: string,
): ArrayBufferObject {
  const arrayBuffer = requireArrayBuffer(agent, value, 'ArrayBuffer', name);
  const newByteLength = newLength === undefined ? arrayBuffer.byteLength : ToIndex(agent, newLength);
  const data = requireAttached(agent, arrayBuffer, `ArrayBuffer.prototype.${name}`);
  if (arrayBuffer.isImmutable) throwTypeError(agent, 'Cannot transfer an immutable ArrayBuffer');
  if (arrayBuffer.arrayBufferDetachKey !== undefined) {
    throwTypeError(agent, 'Cannot transfer an ArrayBuffer that has a detach key');
  }
  const maxByteLength =
    preserveResizability === 'preserve-resizability' ? arrayBuffer.maxByteLength : FIXED_LENGTH;
  requireBelowMaximum(agent, newByteLength, maxByteLength);
  let newData: HostBuffer;
  if (
    maxByteLength === arrayBuffer.maxByteLength &&
    (maxByteLength >= 0 || newByteLength === data.byteLength)
  ) {
    // Fast path: nobody can tell a block from its copy once the old buffer is detached.
    if (newByteLength !== data.byteLength) changeHostLength(agent, data, newByteLength, 'resize');
    newData = data;
  } else {
    newData = createHostBuffer(agent, ArrayBuffer, newByteLength, maxByteLength);
    CopyDataBlockBytes(agent, newData, 0, data, 0, Math.min(newByteLength, data.byteLength));
  }
  const newBuffer = createArrayBufferOver(
    agent,
    newData,
    maxByteLength,
    preserveResizability === 'immutable',
  );
  DetachArrayBuffer(agent, arrayBuffer);
  return newBuffer;
}

/** What ArrayBuffer.prototype.resize does once its arguments are validated. */
export function resizeBuffer(agent: Agent, buffer: ArrayBufferObject, newByteLength: number): void {
  if (buffer.owner !== null) buffer.owner.resizeBuffer(agent, buffer, newByteLength);
  else changeHostLength(agent, buffer.data as HostBuffer, newByteLength, 'resize');
}

/** What SharedArrayBuffer.prototype.grow does once its arguments are validated. */
export function growBuffer(agent: Agent, buffer: ArrayBufferObject, newByteLength: number): void {
  if (buffer.owner !== null) buffer.owner.resizeBuffer(agent, buffer, newByteLength);
  else changeHostLength(agent, buffer.data as HostBuffer, newByteLength, 'grow');
}
