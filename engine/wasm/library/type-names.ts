// Types as the library's users write and read them: names of the text format.

import type { ImportDesc } from '../format/module.ts';
import {
  DEFAULT_PAGE_SIZE_LOG2,
  F32,
  F64,
  type FuncType,
  type GlobalType,
  heapTypeRows,
  I32,
  I64,
  type MemoryType,
  refType,
  type TableType,
  V128,
  type ValType,
  valTypeText,
} from '../format/types.ts';

/** A value type in the text format: `i32`, `f64`, `v128`, `funcref`, `(ref extern)`, …; types of a module by index. */
export type ValTypeName = string;

export interface FuncTypeDescriptor {
  readonly params: readonly ValTypeName[];
  readonly results: readonly ValTypeName[];
}
export interface TableDescriptor {
  readonly element: ValTypeName;
  /** Elements. */
  readonly min: bigint;
  readonly max: bigint | null;
  readonly is64: boolean;
}
export interface MemoryDescriptor {
  /** Pages. */
  readonly min: bigint;
  readonly max: bigint | null;
  readonly is64: boolean;
  readonly isShared: boolean;
  readonly pageSizeBytes: number;
}
export interface GlobalDescriptor {
  readonly type: ValTypeName;
  readonly isMutable: boolean;
}

/** What is imported or exported. The type of a tag has no results. */
export type ExternDescriptor =
  | { readonly kind: 'func' | 'tag'; readonly type: FuncTypeDescriptor }
  | { readonly kind: 'table'; readonly type: TableDescriptor }
  | { readonly kind: 'memory'; readonly type: MemoryDescriptor }
  | { readonly kind: 'global'; readonly type: GlobalDescriptor };

const namedTypes = new Map<ValTypeName, ValType>(
  [
    I32,
    I64,
    F32,
    F64,
    V128,
    ...heapTypeRows.flatMap(([heap]) => [refType(heap, true), refType(heap, false)]),
  ].map((type) => [valTypeText(type), type]),
);

/** The type of a name. Throws the host's TypeError for a name that is none or needs a module's types. */
export function valTypeOf(name: ValTypeName): ValType {
  const type = namedTypes.get(name);
  if (type === undefined)
    throw new TypeError(
      `there is no value type '${name}'; types are named as in the text format: i32, funcref`,
    );
  return type;
}

export function describeFunc({ params, results }: FuncType): FuncTypeDescriptor {
  return {
    params: params.map((type) => valTypeText(type)),
    results: results.map((type) => valTypeText(type)),
  };
}
export function describeTable({ element, min, max, is64 }: TableType): TableDescriptor {
  return { element: valTypeText(element), min, max, is64 };
}
export function describeMemory({ min, max, is64, isShared, pageSizeLog2 }: MemoryType): MemoryDescriptor {
  return { min, max, is64, isShared, pageSizeBytes: 2 ** pageSizeLog2 };
}
export function describeGlobal({ type, isMutable }: GlobalType): GlobalDescriptor {
  return { type: valTypeText(type), isMutable };
}

export function describeImport(desc: ImportDesc, funcType: (typeidx: number) => FuncType): ExternDescriptor {
  switch (desc.kind) {
    case 'func':
    case 'tag':
      return { kind: desc.kind, type: describeFunc(funcType(desc.typeidx)) };
    case 'table':
      return { kind: 'table', type: describeTable(desc.type) };
    case 'memory':
      return { kind: 'memory', type: describeMemory(desc.type) };
    case 'global':
      return { kind: 'global', type: describeGlobal(desc.type) };
  }
}

/** Limits of a memory that a host makes, from what it says of it. */
export function memoryType({
  min,
  max,
  is64,
  isShared,
}: {
  readonly min: number;
  readonly max?: number;
  readonly is64?: boolean;
  readonly isShared?: boolean;
}): MemoryType {
  return {
    min: BigInt(min),
    max: max === undefined ? null : BigInt(max),
    is64: is64 ?? false,
    isShared: isShared ?? false,
    pageSizeLog2: DEFAULT_PAGE_SIZE_LOG2,
  };
}
