// `align=…` of memory instructions.

import { malformed } from '../format/module-error.ts';
import { parseInteger } from './literals.ts';

/** The logarithm of an alignment written as `align=n`. */
export function alignmentOf(text: string, position: number): number {
  const value =
    parseInteger(text.slice('align='.length), 64) ??
    malformed(position, 'typedConstantOutOfRange', 'i64', text);
  if (value === 0n || (value & (value - 1n)) !== 0n) malformed(position, 'alignmentPower');
  // No encoding has room for more than 2^63, and validation wants far less.
  return value.toString(2).length - 1;
}
