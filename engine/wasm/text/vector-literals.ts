// Literals of v128: a shape and a number for each lane.

import { malformed } from '../format/module-error.ts';
import { parseFloat32, parseFloat64, parseInteger } from './literals.ts';
import { NUMBER_FLOAT, numberKind } from './number-syntax.ts';

export interface Shape {
  readonly lanes: number;
  readonly bits: number;
  readonly isFloat: boolean;
}

export const SHAPES: ReadonlyMap<string, Shape> = new Map([
  ['i8x16', { lanes: 16, bits: 8, isFloat: false }],
  ['i16x8', { lanes: 8, bits: 16, isFloat: false }],
  ['i32x4', { lanes: 4, bits: 32, isFloat: false }],
  ['i64x2', { lanes: 2, bits: 64, isFloat: false }],
  ['f32x4', { lanes: 4, bits: 32, isFloat: true }],
  ['f64x2', { lanes: 2, bits: 64, isFloat: true }],
]);

/** The four words of a vector. */
export function vectorWords(shape: Shape, literals: readonly string[], position: number): number[] {
  const { lanes, bits } = shape;
  if (literals.length !== lanes) malformed(position, 'laneLiterals');
  let value = 0n;
  for (let i = lanes - 1; i >= 0; i--)
    value = (value << BigInt(bits)) | BigInt.asUintN(bits, laneBits(shape, literals[i] as string, position));
  return [0n, 32n, 64n, 96n].map((shift) => Number(BigInt.asIntN(32, value >> shift)));
}

/** Bits of one lane. */
export function laneBits({ bits, isFloat }: Shape, text: string, position: number): bigint {
  if (isFloat && bits === 64) return parseFloat64(text) ?? malformed(position, 'constantOutOfRange', text);
  if (isFloat) return BigInt(parseFloat32(text) ?? malformed(position, 'constantOutOfRange', text));
  const isInteger = numberKind(text) !== NUMBER_FLOAT;
  return (isInteger ? parseInteger(text, bits) : null) ?? malformed(position, 'constantOutOfRange', text);
}
