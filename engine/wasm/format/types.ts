// Types. A value type is one integer, so that types compare by `===` and lie in typed arrays:
//
//   number, vector and packed types:   binary code << 1              (I32 = -2 … V128 = -10, I8 = -16, I16 = -18)
//   references:                        heap << 3 | exact << 2 | nullable << 1 | 1
//   bottom (unknown in dead code):     0
//
// where `heap` is a type index when not negative, else the binary code of an abstract heap type. Which space an index
// belongs to (of the module, or canonical in a registry) is a matter of context; validation turns one into the other.
// https://webassembly.github.io/spec/core/syntax/types.html

export type ValType = number;
/** A heap type: a type index, or a negative code. */
export type HeapType = number;

export const BOT: ValType = 0;
export const I32: ValType = -2;
export const I64: ValType = -4;
export const F32: ValType = -6;
export const F64: ValType = -8;
export const V128: ValType = -10;
/** Storage types of fields only. */
export const I8: ValType = -16;
export const I16: ValType = -18;

export const HEAP_NOEXN: HeapType = -0x0c;
export const HEAP_NOFUNC: HeapType = -0x0d;
export const HEAP_NOEXTERN: HeapType = -0x0e;
export const HEAP_NONE: HeapType = -0x0f;
export const HEAP_FUNC: HeapType = -0x10;
export const HEAP_EXTERN: HeapType = -0x11;
export const HEAP_ANY: HeapType = -0x12;
export const HEAP_EQ: HeapType = -0x13;
export const HEAP_I31: HeapType = -0x14;
export const HEAP_STRUCT: HeapType = -0x15;
export const HEAP_ARRAY: HeapType = -0x16;
export const HEAP_EXN: HeapType = -0x17;
/** Bottom of every hierarchy; in validation only. */
export const HEAP_BOT: HeapType = -0x60;

/** Names of abstract heap types, and of the nullable references to them. */
export const heapTypeRows: readonly (readonly [heap: HeapType, name: string, reference: string])[] = [
  [HEAP_ANY, 'any', 'anyref'],
  [HEAP_EQ, 'eq', 'eqref'],
  [HEAP_I31, 'i31', 'i31ref'],
  [HEAP_STRUCT, 'struct', 'structref'],
  [HEAP_ARRAY, 'array', 'arrayref'],
  [HEAP_NONE, 'none', 'nullref'],
  [HEAP_FUNC, 'func', 'funcref'],
  [HEAP_NOFUNC, 'nofunc', 'nullfuncref'],
  [HEAP_EXTERN, 'extern', 'externref'],
  [HEAP_NOEXTERN, 'noextern', 'nullexternref'],
  [HEAP_EXN, 'exn', 'exnref'],
  [HEAP_NOEXN, 'noexn', 'nullexnref'],
];

const heapNames = new Map(heapTypeRows.map(([heap, name]) => [heap, name]));
const referenceNames = new Map(heapTypeRows.map(([heap, , reference]) => [heap, reference]));

const NUMBER_NAMES = new Map([
  [I32, 'i32'],
  [I64, 'i64'],
  [F32, 'f32'],
  [F64, 'f64'],
  [V128, 'v128'],
  [I8, 'i8'],
  [I16, 'i16'],
  [BOT, 'bot'],
]);

/** No module has a type of this index: larger ones are cut to it, so that they stay unknown. */
const LARGEST_HEAP = 0xfff_ffff;

export function refType(heap: HeapType, isNullable: boolean, isExact = false): ValType {
  return (Math.min(heap, LARGEST_HEAP) << 3) | (isExact ? 4 : 0) | (isNullable ? 2 : 0) | 1;
}

export const FUNCREF: ValType = refType(HEAP_FUNC, true);
export const EXTERNREF: ValType = refType(HEAP_EXTERN, true);
export const EXNREF: ValType = refType(HEAP_EXN, true);
export const BOT_REF: ValType = refType(HEAP_BOT, false);

export function isRef(type: ValType): boolean {
  return (type & 1) !== 0;
}
export function isNullable(type: ValType): boolean {
  return (type & 2) !== 0;
}
export function isExact(type: ValType): boolean {
  return (type & 4) !== 0;
}
export function heapOf(type: ValType): HeapType {
  return type >> 3;
}
/** The same reference type with another heap type. */
export function withHeap(type: ValType, heap: HeapType): ValType {
  return (type & 7) | (heap << 3);
}
/** The same reference type without null. */
export function asNonNull(type: ValType): ValType {
  return type & ~2;
}
export function asNullable(type: ValType): ValType {
  return type | 2;
}
export function isPacked(type: ValType): boolean {
  return type === I8 || type === I16;
}
export function unpacked(type: ValType): ValType {
  return isPacked(type) ? I32 : type;
}
export function isDefaultable(type: ValType): boolean {
  return !isRef(type) || isNullable(type);
}
export function isNumberOrVector(type: ValType): boolean {
  return (type & 1) === 0;
}

/** Bytes of a number, vector or packed type. */
export function sizeBytes(type: ValType): number {
  switch (type) {
    case I8:
      return 1;
    case I16:
      return 2;
    case I32:
    case F32:
      return 4;
    case V128:
      return 16;
    default:
      return 8;
  }
}

export interface FieldType {
  readonly storage: ValType;
  readonly isMutable: boolean;
}

export type CompType =
  | { readonly kind: 'func'; readonly params: readonly ValType[]; readonly results: readonly ValType[] }
  | { readonly kind: 'struct'; readonly fields: readonly FieldType[] }
  | { readonly kind: 'array'; readonly fields: readonly FieldType[] };

export type FuncType = Extract<CompType, { kind: 'func' }>;

export interface SubType {
  readonly isFinal: boolean;
  readonly supers: readonly number[];
  readonly comp: CompType;
  /** The type that this one's values describe, or -1 (custom descriptors). */
  readonly describes: number;
  /** The type of the descriptors of this one's values, or -1. */
  readonly descriptor: number;
  readonly position: number;
}

export interface Limits {
  readonly min: bigint;
  readonly max: bigint | null;
  /** Addresses are i64. */
  readonly is64: boolean;
}
export interface MemoryType extends Limits {
  readonly isShared: boolean;
  /** Logarithm to base 2 of the page size in bytes; 16 but for custom page sizes. */
  readonly pageSizeLog2: number;
}
export interface TableType extends Limits {
  readonly element: ValType;
}
export interface GlobalType {
  readonly type: ValType;
  readonly isMutable: boolean;
}

const fieldTypes = new Map<number, FieldType>();
const globalTypes = new Map<number, GlobalType>();

/** A field type; those without type indices, of which there are few, are one object each. */
export function fieldTypeOf(storage: ValType, isMutable: boolean): FieldType {
  if (isRef(storage) && heapOf(storage) >= 0) return { storage, isMutable };
  const key = 2 * storage + (isMutable ? 1 : 0);
  let type = fieldTypes.get(key);
  if (type === undefined) {
    type = { storage, isMutable };
    fieldTypes.set(key, type);
  }
  return type;
}

/** The same for global types. */
export function globalTypeOf(type: ValType, isMutable: boolean): GlobalType {
  if (isRef(type) && heapOf(type) >= 0) return { type, isMutable };
  const key = 2 * type + (isMutable ? 1 : 0);
  let found = globalTypes.get(key);
  if (found === undefined) {
    found = { type, isMutable };
    globalTypes.set(key, found);
  }
  return found;
}

export const DEFAULT_PAGE_SIZE_LOG2 = 16;

export function heapTypeText(heap: HeapType): string {
  return heapNames.get(heap) ?? (heap >= 0 ? String(heap) : 'bot');
}

/** A value or storage type in the text format; shorthands where there are. */
export function valTypeText(type: ValType, nameOfType: (index: number) => string = String): string {
  if (!isRef(type)) return NUMBER_NAMES.get(type) ?? 'bot';
  const heap = heapOf(type);
  if (heap < 0 && isNullable(type) && !isExact(type) && heap !== HEAP_BOT)
    return referenceNames.get(heap) as string;
  const name = heap >= 0 ? nameOfType(heap) : heapTypeText(heap);
  return `(ref ${isNullable(type) ? 'null ' : ''}${isExact(type) ? `(exact ${name})` : name})`;
}

export function resultTypeText(types: readonly ValType[]): string {
  return `[${types.map((type) => valTypeText(type)).join(' ')}]`;
}
