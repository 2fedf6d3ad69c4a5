// DataView objects, https://tc39.es/ecma262/#sec-properties-of-dataview-instances , over a host DataView of the same
// bytes. As with typed arrays, the host view follows a resizable buffer by itself and does not know that our record of
// the buffer has been detached.
import type { Shape } from '../shape.ts';
import type { ArrayBufferObject, HostBuffer } from './array-buffer.ts';
import { JSObject } from './object.ts';

/** The [[ByteLength]] of views that track the length of their buffer: auto. */
export const VIEW_LENGTH_TRACKING = -1;

export class DataViewObject extends JSObject {
  /** [[ViewedArrayBuffer]]. */
  readonly buffer: ArrayBufferObject;
  /** [[ByteOffset]]. */
  readonly byteOffset: number;
  /** [[ByteLength]], or VIEW_LENGTH_TRACKING. */
  readonly byteLength: number;
  /** The host's view; only for use after `isOutOfBounds` and a check of the index, or the host throws. */
  readonly view: DataView;

  /** The buffer is attached and the view is within it. */
  constructor(shape: Shape, buffer: ArrayBufferObject, byteOffset: number, byteLength: number) {
    super(shape);
    this.buffer = buffer;
    this.byteOffset = byteOffset;
    this.byteLength = byteLength;
    const length = byteLength === VIEW_LENGTH_TRACKING ? undefined : byteLength;
    this.view = new DataView(buffer.data as HostBuffer, byteOffset, length);
  }

  override className(): string {
    return 'DataView';
  }

  /** IsViewOutOfBounds — https://tc39.es/ecma262/#sec-isviewoutofbounds */
  isOutOfBounds(): boolean {
    const { data } = this.buffer;
    if (data === null) return true;
    if (this.buffer.isFixedLength) return false;
    const tracked = this.byteLength === VIEW_LENGTH_TRACKING ? 0 : this.byteLength;
    return this.byteOffset + tracked > data.byteLength;
  }

  /** GetViewByteLength of a view that is within its buffer — https://tc39.es/ecma262/#sec-getviewbytelength */
  currentByteLength(): number {
    return this.byteLength === VIEW_LENGTH_TRACKING
      ? this.buffer.byteLength - this.byteOffset
      : this.byteLength;
  }
}
