// The views that vector semantics work on. A v128 lies in two slots of 8 bytes, low half first, lanes in ascending
// addresses; a scalar lies in one. An eval_* function of a vector instruction takes the views and slot numbers,
// `(v, d, a, b, c)`: it reads the operands at a, b and c and writes the result at d, which may be one of them. So the
// interpreter's stack is itself the representation, and there is one implementation. Hosts are little-endian.

export interface Lanes {
  readonly i8: Int8Array;
  readonly u8: Uint8Array;
  readonly i16: Int16Array;
  readonly u16: Uint16Array;
  readonly i32: Int32Array;
  readonly u32: Uint32Array;
  readonly f32: Float32Array;
  readonly f64: Float64Array;
  readonly i64: BigInt64Array;
  readonly u64: BigUint64Array;
}

/** What an instruction without some operand is given for it is of no matter; a lane index takes the last operand's place. */
export type VectorEval = (v: Lanes, d: number, a: number, b: number, c: number) => void;

export function lanesOver(buffer: ArrayBufferLike): Lanes {
  return {
    i8: new Int8Array(buffer),
    u8: new Uint8Array(buffer),
    i16: new Int16Array(buffer),
    u16: new Uint16Array(buffer),
    i32: new Int32Array(buffer),
    u32: new Uint32Array(buffer),
    f32: new Float32Array(buffer),
    f64: new Float64Array(buffer),
    i64: new BigInt64Array(buffer),
    u64: new BigUint64Array(buffer),
  };
}

/** Results of lanes that are read across are put together here first. */
const scratch = lanesOver(new ArrayBuffer(16));

/** Room for one vector. Whoever uses it copies it out before anyone else can. */
export function scratchLanes(): Lanes {
  return scratch;
}

/** Copies the vector in the scratch views to a slot. */
export function storeScratch(v: Lanes, d: number): void {
  v.i32[2 * d] = scratch.i32[0] as number;
  v.i32[2 * d + 1] = scratch.i32[1] as number;
  v.i32[2 * d + 2] = scratch.i32[2] as number;
  v.i32[2 * d + 3] = scratch.i32[3] as number;
}

const CANONICAL_NAN_32 = 0x7fc0_0000;
const CANONICAL_NAN_64_HIGH = 0x7ff8_0000;

/** Stores a single-precision result; `at` counts 4 bytes. A NaN is stored by its bits, which no host changes. */
export function setFloat32(v: Lanes, at: number, value: number): void {
  if (value === value) v.f32[at] = value;
  else v.i32[at] = CANONICAL_NAN_32;
}

/** The same in double precision; `at` counts 8 bytes. */
export function setFloat64(v: Lanes, at: number, value: number): void {
  if (value === value) v.f64[at] = value;
  else {
    v.i32[2 * at] = 0;
    v.i32[2 * at + 1] = CANONICAL_NAN_64_HIGH;
  }
}
