// Values as they read in error messages. Never runs guest code.
import { symbolToDisplay } from './property-key.ts';
import type { Value } from './value.ts';

/** A short description: a primitive's source-like text (strings quoted and cut), or the class of an object. */
export function describeForMessage(value: Value): string {
  switch (typeof value) {
    case 'string':
      return value.length > 60 ? `"${value.slice(0, 57)}..."` : `"${value}"`;
    case 'symbol':
      return symbolToDisplay(value);
    case 'bigint':
      return isShort(value) ? `${value}n` : 'a BigInt';
    case 'object':
      if (value === null) return 'null';
      return value.code !== null
        ? value.className() === 'Function'
          ? 'function'
          : 'class'
        : `#<${value.className()}>`;
    default:
      return String(value);
  }
}

/** The text of long BigInts takes long to make. */
function isShort(value: bigint): boolean {
  return value < 1n << 200n && value > -(1n << 200n);
}
