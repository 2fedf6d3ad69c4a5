// The part of the inspector that knows of binary data: the bytes of buffers and what a view shows besides its elements,
// as Node's util.inspect has it.
import { peekProperty, peekValue } from './peek.ts';
import { ArrayBufferObject } from './runtime/objects/array-buffer.ts';
import { DataViewObject } from './runtime/objects/data-view.ts';
import { BuiltinFunction } from './runtime/objects/function.ts';
import type { JSObject } from './runtime/objects/object.ts';
import { TypedArrayObject } from './runtime/objects/typed-array.ts';
import type { PropertyKey } from './runtime/property-key.ts';
import type { Value } from './runtime/value.ts';

/** The first `limit` bytes of a buffer in hexadecimal, with a note about the others; null for a detached buffer. */
export function bufferContents(buffer: ArrayBufferObject, limit: number): string | null {
  if (buffer.data === null) return null;
  const bytes = new Uint8Array(buffer.data);
  const digits: string[] = [];
  for (const byte of bytes.subarray(0, limit)) digits.push(byte.toString(16).padStart(2, '0'));
  const rest = bytes.length - limit;
  const note = rest > 0 ? ` ... ${rest} more byte${rest > 1 ? 's' : ''}` : '';
  return digits.join(' ') + note;
}

/** Inherited accessors of binary data that are shown like own properties. */
export function binaryKeys(O: JSObject): readonly PropertyKey[] {
  if (O instanceof ArrayBufferObject) return ['byteLength'];
  return O instanceof DataViewObject ? ['byteLength', 'byteOffset', 'buffer'] : [];
}

/** What `showHidden` adds to the elements of a typed array. */
export const HIDDEN_TYPED_ARRAY_KEYS: readonly string[] = [
  'BYTES_PER_ELEMENT',
  'length',
  'byteLength',
  'byteOffset',
  'buffer',
];

/** The value of such an accessor or constant; undefined where a program would get an error. */
export function binaryValue(O: JSObject, key: PropertyKey): Value {
  const { agent } = O.shape;
  if (O instanceof ArrayBufferObject) return key === 'byteLength' ? O.byteLength : undefined;
  if (O instanceof DataViewObject) {
    if (key === 'buffer') return O.buffer;
    if (O.isOutOfBounds()) return undefined;
    return key === 'byteLength' ? O.currentByteLength() : O.byteOffset;
  }
  if (!(O instanceof TypedArrayObject)) return undefined;
  switch (key) {
    case 'BYTES_PER_ELEMENT':
      return O.type.elementSize;
    case 'length':
      return O.length(agent);
    case 'byteLength':
      return O.length(agent) * O.type.elementSize;
    case 'byteOffset':
      return O.isOutOfBounds() ? 0 : O.byteOffset;
    default:
      return O.buffer;
  }
}

/** What a property that is not the object's own is shown as having. */
export function inheritedValue(O: JSObject, key: PropertyKey): Value {
  if (!binaryKeys(O).includes(key)) return peekValue(O, key);
  const desc = peekProperty(O, key);
  // The original accessor can be told without calling it.
  return desc?.get instanceof BuiltinFunction ? binaryValue(O, key) : desc?.value;
}
