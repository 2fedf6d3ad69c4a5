// ArrayBuffer and SharedArrayBuffer objects, https://tc39.es/ecma262/#sec-arraybuffer-objects . The bytes are a host
// buffer, so that JavaScript and WebAssembly share them for nothing; resizable and growable buffers are the host's
// own. Detaching drops the reference: the host buffer may live on in another record, so whoever holds a host view
// has to know that its buffer is still attached (`Agent.detachEpoch`, see typed-array.ts).
// Allocation, resizing and detaching are in operations/array-buffer.ts.
import type { Agent } from '../agent.ts';
import type { Shape } from '../shape.ts';
import type { Value } from '../value.ts';
import { JSObject } from './object.ts';

export type HostBuffer = ArrayBuffer | SharedArrayBuffer;

/** Who else has the bytes of a buffer, and decides about their length. */
export interface BufferOwner {
  /** HostResizeArrayBuffer and HostGrowSharedArrayBuffer: changes the length, or throws a guest error. */
  resizeBuffer(agent: Agent, buffer: ArrayBufferObject, newByteLength: number): void;
}

/** The `maxByteLength` of buffers that cannot be resized. */
export const FIXED_LENGTH = -1;

export class ArrayBufferObject extends JSObject {
  /** [[ArrayBufferData]]; null once detached. */
  data: HostBuffer | null;
  /** [[ArrayBufferMaxByteLength]] of resizable and growable buffers, else FIXED_LENGTH. */
  readonly maxByteLength: number;
  /** IsSharedArrayBuffer. */
  readonly isShared: boolean;
  /** IsImmutableBuffer — https://tc39.es/proposal-immutable-arraybuffer/#sec-isimmutablebuffer */
  readonly isImmutable: boolean;
  /** [[ArrayBufferDetachKey]]: set by embedders only. */
  arrayBufferDetachKey: Value;
  /** null: the buffer's bytes are its own. */
  owner: BufferOwner | null;

  constructor(
    shape: Shape,
    data: HostBuffer,
    maxByteLength: number,
    isShared: boolean,
    isImmutable: boolean,
  ) {
    super(shape);
    this.data = data;
    this.maxByteLength = maxByteLength;
    this.isShared = isShared;
    this.isImmutable = isImmutable;
    this.arrayBufferDetachKey = undefined;
    this.owner = null;
  }

  override className(): string {
    return this.isShared ? 'SharedArrayBuffer' : 'ArrayBuffer';
  }

  /** The number of bytes; 0 once detached. */
  get byteLength(): number {
    return this.data === null ? 0 : this.data.byteLength;
  }

  /** IsFixedLengthArrayBuffer — https://tc39.es/ecma262/#sec-isfixedlengtharraybuffer */
  get isFixedLength(): boolean {
    return this.maxByteLength === FIXED_LENGTH;
  }
}
