// The buffers that show a memory's bytes to JavaScript. They are the memory's own: only its growth detaches or lengthens them.
// https://webassembly.github.io/spec/js-api/#memories

import type { Agent } from '../../runtime/agent.ts';
import { throwRangeError } from '../../runtime/errors.ts';
import { ArrayBufferObject, type BufferOwner } from '../../runtime/objects/array-buffer.ts';
import { OBJECT_BYTES } from '../../runtime/objects/object.ts';
import { rootShape, SHAPE_KIND_ORDINARY, type Shape } from '../../runtime/shape.ts';
import type { MemoryInst } from '../runtime/memory.ts';

/** What programs cannot detach a buffer with. */
const DETACH_KEY = 'WebAssembly.Memory';

/** Create a fixed length, or a resizable, memory buffer — https://webassembly.github.io/spec/js-api/#create-a-fixed-length-memory-buffer */
export function createMemoryBuffer(
  agent: Agent,
  memory: MemoryInst,
  maxByteLength: number,
): ArrayBufferObject {
  agent.chargeBytes(OBJECT_BYTES);
  const { isShared } = memory.type;
  const prototype = agent.realm.intrinsic(
    isShared ? '%SharedArrayBuffer.prototype%' : '%ArrayBuffer.prototype%',
  );
  const shape = rootShape(agent, prototype, SHAPE_KIND_ORDINARY);
  const buffer = new MemoryBufferObject(shape, memory, maxByteLength);
  if (isShared) buffer.PreventExtensions(agent);
  else buffer.arrayBufferDetachKey = DETACH_KEY;
  return buffer;
}

/** The buffer of a memory. A shared one that is fixed keeps its length, though the host's bytes may grow. */
class MemoryBufferObject extends ArrayBufferObject {
  private readonly fixedByteLength: number;

  constructor(shape: Shape, memory: MemoryInst, maxByteLength: number) {
    super(shape, memory.buffer, maxByteLength, memory.type.isShared, false);
    this.fixedByteLength = memory.byteLength;
    this.owner = new MemoryBufferOwner(memory);
  }

  override get byteLength(): number {
    if (this.isFixedLength && this.data !== null) return this.fixedByteLength;
    return super.byteLength;
  }
}

/** Resizes a memory through its buffer: by whole pages, and only upwards. */
class MemoryBufferOwner implements BufferOwner {
  private readonly memory: MemoryInst;

  constructor(memory: MemoryInst) {
    this.memory = memory;
  }

  /** https://webassembly.github.io/spec/js-api/#hostresizearraybuffer */
  resizeBuffer(agent: Agent, buffer: ArrayBufferObject, newByteLength: number): void {
    const { memory } = this;
    const pageBytes = 2 ** memory.type.pageSizeLog2;
    const added = newByteLength - buffer.byteLength;
    if (added < 0 || added % pageBytes !== 0)
      throwRangeError(agent, `The buffer of a WebAssembly.Memory grows by multiples of ${pageBytes} bytes`);
    growMemory(agent, memory, added / pageBytes, 'WebAssembly.Memory');
  }
}

/** Grows a memory and gives its old size in pages. */
export function growMemory(agent: Agent, memory: MemoryInst, delta: number, what: string): number {
  if (memory.type.isShared) memory.refresh();
  if (memory.mayGrow(delta)) {
    agent.chargeBytes(delta * 2 ** memory.type.pageSizeLog2);
    agent.chargeFuel(memory.byteLength >> 10);
  }
  const old = memory.grow(delta);
  if (old < 0) throwRangeError(agent, `${what}: the memory cannot grow by ${delta} pages`);
  return old;
}
