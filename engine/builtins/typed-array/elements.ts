// Moving elements in bulk. The host's own operations do the work, in pieces between which fuel is charged, so that a
// limit can stop copies of gigabytes. No guest code runs here: arrays that are in bounds stay so.
import { decodeFloat16, encodeFloat16 } from '../../base/float16.ts';
import type { Agent } from '../../runtime/agent.ts';
import type { HostBuffer } from '../../runtime/objects/array-buffer.ts';
import type { HostView, TypedArrayObject } from '../../runtime/objects/typed-array.ts';
import { CHUNK_BYTES, chargeByteWork, createArrayBuffer } from '../../runtime/operations/array-buffer.ts';

/** Elements per charge in loops over single elements. */
const CHUNK_ELEMENTS = 4096;

/** The operations of host views that take elements of their own type; arrays of Numbers and BigInts look alike here. */
interface HostOperations {
  set(source: HostView, offset: number): void;
  subarray(start: number, end: number): HostView;
  fill(value: number | bigint, start: number, end: number): void;
  copyWithin(target: number, start: number, end: number): void;
}

/**
 * Converts and stores `count` elements of `source` from `start` in `target` from `targetStart`. All of them are in
 * bounds and of one content type; if the memory overlaps, `source` is read first.
 */
export function copyElements(
  agent: Agent,
  target: TypedArrayObject,
  targetStart: number,
  source: TypedArrayObject,
  start: number,
  count: number,
): void {
  if (count === 0) return;
  const to = target.elements(agent);
  let from = source.elements(agent);
  let fromStart = start;
  if (source.type === target.type && count * source.type.elementSize <= CHUNK_BYTES) {
    // Fast path: bits are kept, and a host that copies between views of one buffer moves them as if read first.
    chargeByteWork(agent, count * source.type.elementSize);
    setElements(to, targetStart, from, start, count);
    return;
  }
  if (to.buffer === from.buffer) {
    from = copyOf(agent, source, start, count);
    fromStart = 0;
  }
  if (source.type.isFloat16 !== target.type.isFloat16) {
    convertFloat16(agent, to, targetStart, from, fromStart, count, target.type.isFloat16);
    return;
  }
  const step = CHUNK_BYTES / 8;
  for (let done = 0; done < count; done += step) {
    const size = Math.min(step, count - done);
    chargeByteWork(agent, size * 8);
    setElements(to, targetStart + done, from, fromStart + done, size);
  }
}

function setElements(to: HostView, targetStart: number, from: HostView, start: number, count: number): void {
  const operations = from as unknown as HostOperations;
  const all = start === 0 && count === from.length;
  (to as unknown as HostOperations).set(all ? from : operations.subarray(start, start + count), targetStart);
}

/** A host view of a copy of `count` elements from `start`. */
export function copyOf(agent: Agent, source: TypedArrayObject, start: number, count: number): HostView {
  const { elementSize, HostConstructor } = source.type;
  const data = createArrayBuffer(agent, count * elementSize).data as HostBuffer;
  const copy = new HostConstructor(data, 0, count);
  const from = source.elements(agent);
  const step = CHUNK_BYTES / elementSize;
  for (let done = 0; done < count; done += step) {
    const size = Math.min(step, count - done);
    chargeByteWork(agent, size * elementSize);
    setElements(copy, done, from, start + done, size);
  }
  return copy;
}

/** Converts between Float16 bits on one side, `encodes` says on which, and Numbers on the other. */
function convertFloat16(
  agent: Agent,
  to: HostView,
  targetStart: number,
  from: HostView,
  start: number,
  count: number,
  encodes: boolean,
): void {
  for (let i = 0; i < count; i++) {
    if (i % CHUNK_ELEMENTS === 0) agent.chargeFuel(CHUNK_ELEMENTS >> 2);
    const element = from[start + i] as number;
    to[targetStart + i] = encodes ? encodeFloat16(element) : decodeFloat16(element);
  }
}

/** Stores a Number or BigInt in all elements from `start` to before `end`. */
export function fillElements(
  agent: Agent,
  target: TypedArrayObject,
  value: number | bigint,
  start: number,
  end: number,
): void {
  const { elementSize, isFloat16 } = target.type;
  const operations = target.elements(agent) as unknown as HostOperations;
  const element = isFloat16 ? encodeFloat16(value as number) : value;
  const step = CHUNK_BYTES / elementSize;
  for (let k = start; k < end; k += step) {
    const chunkEnd = Math.min(k + step, end);
    chargeByteWork(agent, (chunkEnd - k) * elementSize);
    operations.fill(element, k, chunkEnd);
  }
}

/** Moves `count` elements within the array, from `from` to `to`, as if they were read first. */
export function moveElements(
  agent: Agent,
  target: TypedArrayObject,
  to: number,
  from: number,
  count: number,
): void {
  const { elementSize } = target.type;
  const operations = target.elements(agent) as unknown as HostOperations;
  const step = CHUNK_BYTES / elementSize;
  for (let done = 0; done < count; done += step) {
    const size = Math.min(step, count - done);
    chargeByteWork(agent, size * elementSize);
    // Elements that move up are moved from the last chunk on, so that none is overwritten before it is read.
    const offset = from < to ? count - done - size : done;
    operations.copyWithin(to + offset, from + offset, from + offset + size);
  }
}

/** Reverses the order of the elements of a host view. */
export function reverseElements(agent: Agent, view: HostView): void {
  const { length } = view;
  const middle = Math.floor(length / 2);
  for (let lower = 0; lower < middle; lower++) {
    if (lower % CHUNK_ELEMENTS === 0) agent.chargeFuel(CHUNK_ELEMENTS >> 4);
    const upper = length - 1 - lower;
    const lowerValue = view[lower];
    view[lower] = view[upper];
    view[upper] = lowerValue;
  }
}
