// References at run time. Null is the host's null; an i31 is a host number; structures, arrays, functions and exceptions
// are instances of the classes here and in instances.ts, reclaimed by the host's collector; everything else is a value
// of the embedder, carried as it is. Converting between `any` and `extern` therefore changes nothing.
// https://webassembly.github.io/spec/core/exec/runtime.html#values

import {
  HEAP_ANY,
  HEAP_ARRAY,
  HEAP_EQ,
  HEAP_EXN,
  HEAP_EXTERN,
  HEAP_FUNC,
  HEAP_I31,
  HEAP_STRUCT,
  heapOf,
  I8,
  I16,
  isExact,
  isNullable,
  isRef,
  sizeBytes,
  type ValType,
} from '../format/types.ts';
import type { CanonicalType, TypeRegistry } from '../validate/type-registry.ts';
import { FuncInst } from './instances.ts';

export type Reference = unknown;

/**
 * A structure. Fields: packed and i32 as numbers, i64 as bigints, f32 as the number of its bits, f64 as a number or, if
 * a NaN that is not the canonical one, the bigint of its bits; v128 as four words; references as they are.
 */
export class WasmStruct {
  readonly type: CanonicalType;
  readonly fields: unknown[];
  /** What describes it, or null (custom descriptors). */
  readonly descriptor: Reference;

  constructor(type: CanonicalType, fields: unknown[], descriptor: Reference) {
    this.type = type;
    this.fields = fields;
    this.descriptor = descriptor;
  }
}

export type ArrayData = Int8Array<ArrayBuffer> | Int16Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** An array: its elements' bits in words of the storage's width, or references. */
export class WasmArray {
  readonly type: CanonicalType;
  readonly length: number;
  readonly data: ArrayData | null;
  readonly refs: Reference[] | null;

  constructor(type: CanonicalType, length: number, data: ArrayData | null, refs: Reference[] | null) {
    this.type = type;
    this.length = length;
    this.data = data;
    this.refs = refs;
  }
}

/** An array of zeros or nulls. */
export function newArray(type: CanonicalType, storage: ValType, length: number): WasmArray {
  if (isRef(storage)) return new WasmArray(type, length, null, new Array<Reference>(length).fill(null));
  return new WasmArray(type, length, newData(storage, length), null);
}

function newData(storage: ValType, length: number): ArrayData {
  if (storage === I8) return new Int8Array(length);
  return storage === I16 ? new Int16Array(length) : new Int32Array((length * sizeBytes(storage)) / 4);
}

/** Whether a value of the hierarchy of `any` is an i31. */
export function isI31(value: Reference): value is number {
  return typeof value === 'number' && (value << 1) >> 1 === value && !Object.is(value, -0);
}

/** Whether a reference belongs to a reference type of its own hierarchy. */
export function matchesType(registry: TypeRegistry, value: Reference, type: ValType): boolean {
  if (value === null) return isNullable(type);
  const heap = heapOf(type);
  if (heap >= 0) {
    if (!(value instanceof WasmStruct || value instanceof WasmArray || value instanceof FuncInst))
      return false;
    const { id } = value.type;
    return isExact(type) ? id === heap : registry.isSubtype(id, heap);
  }
  switch (heap) {
    case HEAP_ANY:
    case HEAP_FUNC:
    case HEAP_EXTERN:
    case HEAP_EXN:
      return true;
    case HEAP_EQ:
      return value instanceof WasmStruct || value instanceof WasmArray || isI31(value);
    case HEAP_I31:
      return isI31(value);
    case HEAP_STRUCT:
      return value instanceof WasmStruct;
    case HEAP_ARRAY:
      return value instanceof WasmArray;
    default:
      return false;
  }
}
