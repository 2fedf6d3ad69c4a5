// Operands for the oracles of WebAssembly instructions, as bytes: values at the edges of each type, and random ones that
// are often near them.

import { F32, F64, I32, I64, V128, type ValType } from '../../engine/wasm/format/types.ts';

/** A small generator with a seed; the same seed, the same numbers. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** Below `count`. */
  below(count: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * count);
  }

  choice<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

const BITS_32 = [
  0, 1, 2, 7, 31, 32, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff,
];

/** Zeros, subnormals, ones, halves, edges of integers, infinities, quiet and signalling NaNs. */
const FLOATS_32 = [
  0, 0x8000_0000, 1, 0x8000_0001, 0x7f_ffff, 0x80_0000, 0x3f00_0000, 0xbf00_0000, 0x3f80_0000, 0xbf80_0000,
  0x3fc0_0000, 0x4020_0000, 0x4b00_0000, 0x4b00_0001, 0x4eff_ffff, 0x4f00_0000, 0xcf00_0000, 0x4f80_0000,
  0x5f00_0000, 0xdf00_0000, 0x5f80_0000, 0x7f7f_ffff, 0x7f80_0000, 0xff80_0000, 0x7fc0_0000, 0xffc0_0000,
  0x7fa0_0000, 0x7f80_0001,
];

const BITS_64 = [
  0n,
  1n,
  2n,
  31n,
  32n,
  33n,
  63n,
  64n,
  0xffn,
  0x7fff_ffffn,
  0x8000_0000n,
  0xffff_ffffn,
  0x1_0000_0000n,
  0x7fff_ffff_ffff_ffffn,
  0x8000_0000_0000_0000n,
  0xffff_ffff_ffff_ffffn,
  0x8000_0080_0000_0001n,
];

const FLOATS_64 = [
  0,
  -0,
  5e-324,
  2.2250738585072014e-308,
  0.5,
  -0.5,
  1,
  -1,
  1.5,
  2.5,
  2 ** 52 + 1,
  2147483647.5,
  2147483648,
  -2147483649,
  4294967295.9,
  4294967296,
  2 ** 63,
  -(2 ** 63),
  2 ** 64,
  1.7976931348623157e308,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
].map((value) => new BigUint64Array(Float64Array.of(value).buffer)[0] as bigint);
FLOATS_64.push(
  0x7ff8_0000_0000_0000n,
  0xfff8_0000_0000_0000n,
  0x7ff4_0000_0000_0000n,
  0x7ff0_0000_0000_0001n,
);

const of32 = (bits: readonly number[]): Uint8Array[] =>
  bits.map((each) => new Uint8Array(Uint32Array.of(each).buffer));
const of64 = (bits: readonly bigint[]): Uint8Array[] =>
  bits.map((each) => new Uint8Array(BigUint64Array.of(each).buffer));

/** The same small value in every lane, of every width of lane. */
function splats(): Uint8Array[] {
  const vectors: Uint8Array[] = [];
  for (const list of [of32([...BITS_32, ...FLOATS_32]), of64(FLOATS_64)])
    for (const lane of list) {
      const vector = new Uint8Array(16);
      for (let at = 0; at < 16; at += lane.length) vector.set(lane, at);
      vectors.push(vector);
    }
  for (const byte of [0x7f, 0x80, 0xff, 1]) vectors.push(new Uint8Array(16).fill(byte));
  return vectors;
}
const VECTORS = splats();

/** Values at the edges of a type. */
export function boundaries(type: ValType): Uint8Array[] {
  switch (type) {
    case I32:
      return of32(BITS_32);
    case I64:
      return of64(BITS_64);
    case F32:
      return of32(FLOATS_32);
    case F64:
      return of64(FLOATS_64);
    case V128:
      return VECTORS;
    default:
      throw new Error(`no operands of type ${type}`);
  }
}

const PIECES = [...of32(FLOATS_32), ...of64(FLOATS_64)];

/** Random bytes of `count` operands of 16 bytes each, half of them with pieces of interesting values. */
export function randomBits(count: number, random: Random): Uint8Array {
  const bytes = new Uint8Array(16 * count);
  for (let i = 0; i < bytes.length; i++) bytes[i] = random.below(256);
  for (let operand = 0; operand < count; operand++)
    if (random.below(2) === 0) {
      const piece = random.choice(PIECES);
      bytes.set(piece, 16 * operand + piece.length * random.below(16 / piece.length));
    }
  return bytes;
}
