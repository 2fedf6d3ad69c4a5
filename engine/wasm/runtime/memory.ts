// Linear memories over host buffers. A memory that is not shared gets a new buffer when it grows, a shared one grows in
// place; either way the views are made anew, so whoever keeps one must not keep it across growth.
// https://webassembly.github.io/spec/core/exec/runtime.html#memory-instances

import type { MemoryType } from '../format/types.ts';

/** No host buffer is larger; a module may ask for more, and is told that there is none. */
const LARGEST_BYTES = 2 ** 32;

/** Whoever shows a memory's buffer to somebody. */
export interface MemoryListener {
  /** The buffer has been replaced, or has grown. */
  memoryGrew(memory: MemoryInst): void;
}

export class MemoryInst {
  readonly type: MemoryType;
  /** The most bytes that the embedder grants. */
  readonly byteLimit: number;
  sizePages: number;
  byteLength = 0;
  buffer: ArrayBuffer | SharedArrayBuffer;
  u8: Uint8Array;
  i8: Int8Array;
  i16: Int16Array;
  u16: Uint16Array;
  i32: Int32Array;
  i64: BigInt64Array;
  view: DataView;
  listener: MemoryListener | null = null;

  /**
   * A new memory, or one over the shared buffer of another agent's. Throws the host's RangeError if there is no room; `newMemory`
   * asks before.
   */
  constructor(type: MemoryType, byteLimit: number, shared: SharedArrayBuffer | null = null) {
    this.type = type;
    this.byteLimit = byteLimit;
    const pageBytes = 2 ** type.pageSizeLog2;
    this.sizePages = shared === null ? Number(type.min) : Math.floor(shared.byteLength / pageBytes);
    this.buffer = shared ?? allocate(type, this.sizePages * pageBytes, byteLimit);
    this.u8 = new Uint8Array(0);
    this.i8 = new Int8Array(0);
    this.i16 = new Int16Array(0);
    this.u16 = new Uint16Array(0);
    this.i32 = new Int32Array(0);
    this.i64 = new BigInt64Array(0);
    this.view = new DataView(this.buffer);
    this.makeViews();
  }

  private makeViews(): void {
    const { buffer } = this;
    this.byteLength = this.sizePages * 2 ** this.type.pageSizeLog2;
    const whole = (bytes: number): number => Math.floor(this.byteLength / bytes);
    this.u8 = new Uint8Array(buffer, 0, this.byteLength);
    this.i8 = new Int8Array(buffer, 0, this.byteLength);
    this.i16 = new Int16Array(buffer, 0, whole(2));
    this.u16 = new Uint16Array(buffer, 0, whole(2));
    this.i32 = new Int32Array(buffer, 0, whole(4));
    this.i64 = new BigInt64Array(buffer, 0, whole(8));
    this.view = new DataView(buffer, 0, this.byteLength);
  }

  /** Whether it may grow by some pages, as far as its type and the embedder are concerned. */
  mayGrow(pages: number): boolean {
    const { type } = this;
    const newPages = this.sizePages + pages;
    const bytes = newPages * 2 ** type.pageSizeLog2;
    const most = type.max === null ? 2 ** ((type.is64 ? 64 : 32) - type.pageSizeLog2) : Number(type.max);
    return newPages <= most && bytes <= this.byteLimit && bytes <= LARGEST_BYTES;
  }

  /** Grows by some pages and gives the old size, or -1 if it may not or cannot. */
  grow(pages: number): number {
    const { type, sizePages } = this;
    if (!this.mayGrow(pages)) return -1;
    const newPages = sizePages + pages;
    const bytes = newPages * 2 ** type.pageSizeLog2;
    try {
      if (type.isShared) (this.buffer as GrowableBuffer).grow(bytes);
      else if ((this.buffer as ResizableBuffer).resizable === true)
        (this.buffer as ResizableBuffer).resize(bytes);
      else {
        const larger = new ArrayBuffer(bytes);
        new Uint8Array(larger).set(this.u8);
        this.buffer = larger;
      }
    } catch (error) {
      // The host has no room for the buffer.
      if (error instanceof RangeError) return -1;
      throw error;
    }
    this.sizePages = newPages;
    this.makeViews();
    this.listener?.memoryGrew(this);
    return sizePages;
  }

  /**
   * Puts the bytes of a memory that is not shared into a buffer that grows in place up to `maxBytes`, or back into one that
   * does not (null). Throws the host's RangeError if there is no room.
   */
  rebuffer(maxBytes: number | null): void {
    const buffer =
      maxBytes === null
        ? new ArrayBuffer(this.byteLength)
        : new (ArrayBuffer as unknown as ResizableConstructor)(this.byteLength, { maxByteLength: maxBytes });
    new Uint8Array(buffer).set(this.u8);
    this.buffer = buffer;
    this.makeViews();
  }

  /** Another agent may have grown a shared buffer. */
  refresh(): void {
    // Code of JavaScript may have grown the buffer by less than a page.
    const pages = Math.floor(this.buffer.byteLength / 2 ** this.type.pageSizeLog2);
    if (pages === this.sizePages) return;
    this.sizePages = pages;
    this.makeViews();
  }
}

interface ResizableBuffer extends ArrayBuffer {
  readonly resizable?: boolean;
  resize(byteLength: number): void;
}
type ResizableConstructor = new (byteLength: number, options: { maxByteLength: number }) => ArrayBuffer;

interface GrowableBuffer extends SharedArrayBuffer {
  grow(byteLength: number): void;
}

function allocate(type: MemoryType, bytes: number, byteLimit: number): ArrayBuffer | SharedArrayBuffer {
  if (bytes > byteLimit || bytes > LARGEST_BYTES) throw new RangeError('memory is too large');
  if (!type.isShared) return new ArrayBuffer(bytes);
  const most = Math.min(Number(type.max ?? type.min) * 2 ** type.pageSizeLog2, byteLimit, LARGEST_BYTES);
  const Growable = SharedArrayBuffer as unknown as new (
    byteLength: number,
    options: { maxByteLength: number },
  ) => SharedArrayBuffer;
  return new Growable(bytes, { maxByteLength: most });
}

/** A new memory, or null if there is no room for it. */
export function newMemory(type: MemoryType, byteLimit: number): MemoryInst | null {
  try {
    return new MemoryInst(type, byteLimit);
  } catch (error) {
    // The host has no room for the buffer, or the embedder grants less.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The word at a byte, aligned or not. In bounds. */
export function load32(memory: MemoryInst, at: number): number {
  return (at & 3) === 0 ? memory.i32[at >>> 2] : memory.view.getInt32(at, true);
}

export function store32(memory: MemoryInst, at: number, value: number): void {
  if ((at & 3) === 0) memory.i32[at >>> 2] = value;
  else memory.view.setInt32(at, value, true);
}
