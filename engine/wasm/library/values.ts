// Values between the host and slots. A host sees an i32 or float as a number, an i64 as a signed bigint, a v128 as an
// unsigned bigint of 128 bits, null as null, and any other reference as what the store makes of it (functions and
// exceptions become objects of the library, everything else stays).
//
// Bits keep what numbers lose: the payloads of NaNs. There, every number and vector is an unsigned bigint.

import { F32, F64, I32, I64, isRef, sizeBytes, V128, type ValType, valTypeText } from '../format/types.ts';
import type { RawValue } from '../interpret/instantiate.ts';
import { slotsOf } from '../interpret/operand-entries.ts';
import type { ValueSlots } from '../runtime/instances.ts';

/** A value as the host sees it: see the head of this file. */
export type Value = unknown;

/** References between the host and the interpreter; the store implements it. */
export interface ReferenceConverter {
  /** Throws a TypeError if the value is not of the type. */
  fromHost(value: unknown, type: ValType, where: string): unknown;
  toHost(ref: unknown, type: ValType): unknown;
}

const bytes = new DataView(new ArrayBuffer(16));
const CANONICAL_NAN_32 = 0x7fc0_0000;
const CANONICAL_NAN_64 = 0x7ff8_0000;

/** `where` names the value in messages. Throws the host's TypeError if the value is not of the type. */
export function rawOf(value: Value, type: ValType, references: ReferenceConverter, where: string): RawValue {
  if (isRef(type)) return { words: [], ref: references.fromHost(value, type, where) };
  const wanted = type === I64 || type === V128 ? 'bigint' : 'number';
  if (typeof value !== wanted)
    throw new TypeError(`${where}: ${valTypeText(type)} needs a ${wanted}, not ${shown(value)}`);
  if (typeof value === 'bigint') return rawOfBits(value, type);
  return { words: wordsOfNumber(value as number, type), ref: null };
}

function wordsOfNumber(value: number, type: ValType): number[] {
  if (type === I32) return [value | 0];
  if (type === F32) {
    if (Number.isNaN(value)) return [CANONICAL_NAN_32];
    bytes.setFloat32(0, value, true);
    return [bytes.getInt32(0, true)];
  }
  if (Number.isNaN(value)) return [0, CANONICAL_NAN_64];
  bytes.setFloat64(0, value, true);
  return [bytes.getInt32(0, true), bytes.getInt32(4, true)];
}

/** A number or vector of the bits of a bigint; higher ones are dropped. */
export function rawOfBits(bits: bigint, type: ValType): RawValue {
  bytes.setBigUint64(0, BigInt.asUintN(64, bits), true);
  bytes.setBigUint64(8, BigInt.asUintN(64, bits >> 64n), true);
  const words: number[] = [];
  for (let at = 0; at < sizeBytes(type); at += 4) words.push(bytes.getInt32(at, true));
  return { words, ref: null };
}

export function valueOf({ words, ref }: RawValue, type: ValType, references: ReferenceConverter): Value {
  if (isRef(type)) return references.toHost(ref, type);
  switch (type) {
    case I32:
      return words[0];
    case F32:
      bytes.setInt32(0, words[0] as number, true);
      return bytes.getFloat32(0, true);
    case F64:
      bytes.setInt32(0, words[0] as number, true);
      bytes.setInt32(4, words[1] as number, true);
      return bytes.getFloat64(0, true);
    default: {
      const bits = bitsOf(words, type);
      return type === I64 ? BigInt.asIntN(64, bits) : bits;
    }
  }
}

/** A number or vector as the text format writes its value, with its type. */
export function numberText(words: readonly number[], type: ValType): string {
  if (type === V128) {
    const lanes = words.map((word) => `0x${(word >>> 0).toString(16).padStart(8, '0')}`);
    return `i32x4 ${lanes.join(' ')} : v128`;
  }
  const value = valueOf({ words, ref: null }, type, NO_REFERENCES) as number | bigint;
  const text = Object.is(value, -0) ? '-0' : String(value).replace('Infinity', 'inf').replace('NaN', 'nan');
  return `${text} : ${valTypeText(type)}`;
}

const NO_REFERENCES: ReferenceConverter = { fromHost: (value) => value, toHost: (ref) => ref };

export function bitsOf(words: readonly number[], type: ValType): bigint {
  let bits = 0n;
  for (let i = sizeBytes(type) / 4 - 1; i >= 0; i--)
    bits = (bits << 32n) | BigInt((words[i] as number) >>> 0);
  return bits;
}

/** Values in slots from `base` on. */
export function readSlots({ lanes, refs }: ValueSlots, types: readonly ValType[], base: number): RawValue[] {
  let slot = base;
  return types.map((type) => {
    const at = 2 * slot;
    const raw = isRef(type)
      ? { words: [], ref: refs[slot] ?? null }
      : { words: [...lanes.i32.subarray(at, at + (type === V128 ? 4 : 2))], ref: null };
    slot += slotsOf(type);
    return raw;
  });
}

/** Puts values into slots from `base` on; there must be room. */
export function writeSlots(
  { i32, refs }: { readonly i32: Int32Array; readonly refs: unknown[] },
  types: readonly ValType[],
  base: number,
  values: readonly RawValue[],
): void {
  let slot = base;
  types.forEach((type, i) => {
    const { words, ref } = values[i] as RawValue;
    if (isRef(type)) refs[slot] = ref;
    else i32.set(words, 2 * slot);
    slot += slotsOf(type);
  });
}

export function slotCount(types: readonly ValType[]): number {
  return types.reduce((count, type) => count + slotsOf(type), 0);
}

/** Throws a RangeError unless a value is a whole number from 0 on: `a memory has a natural number of pages, not -1`. */
export function requireNatural(value: unknown, isWhat: string): void {
  if (!(Number.isSafeInteger(value) && (value as number) >= 0))
    throw new RangeError(`${isWhat}, not ${shown(value)}`);
}

/** A value of the host for a message. */
export function shown(value: unknown): string {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) {
    const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
    return `the ${value === null ? 'value' : typeof value} ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`;
  }
  return typeof value === 'function' ? 'a function' : 'an object';
}
