// The structure of a module as reader and text parser make it and writer, printer and validator take it. Indices are
// those of the module, imports first in each space. https://webassembly.github.io/spec/core/syntax/modules.html

import type { Code } from './code.ts';
import type { GlobalType, MemoryType, SubType, TableType, ValType } from './types.ts';

export type ExternKind = 'func' | 'table' | 'memory' | 'global' | 'tag';

/** In the order of their codes in the binary format. */
export const EXTERN_KINDS: readonly ExternKind[] = ['func', 'table', 'memory', 'global', 'tag'];

export type ImportDesc =
  | { readonly kind: 'func'; readonly typeidx: number; readonly isExact: boolean }
  | { readonly kind: 'table'; readonly type: TableType }
  | { readonly kind: 'memory'; readonly type: MemoryType }
  | { readonly kind: 'global'; readonly type: GlobalType }
  | { readonly kind: 'tag'; readonly typeidx: number };

export interface Import {
  readonly module: string;
  readonly name: string;
  readonly desc: ImportDesc;
  readonly position: number;
}

export interface Func {
  readonly typeidx: number;
  /** Declared locals, without the parameters. */
  readonly locals: readonly ValType[];
  readonly code: Code;
  readonly position: number;
  /** Where the body begins; branch hints count from there. */
  readonly bodyPosition: number;
}

export interface Table {
  readonly type: TableType;
  /** null: the elements start as null. */
  readonly init: Code | null;
  readonly position: number;
}
export interface Memory {
  readonly type: MemoryType;
  readonly position: number;
}
export interface Global {
  readonly type: GlobalType;
  readonly init: Code;
  readonly position: number;
}
export interface Tag {
  readonly typeidx: number;
  readonly position: number;
}
export interface Export {
  readonly name: string;
  readonly kind: ExternKind;
  readonly index: number;
  readonly position: number;
}
export interface Start {
  readonly funcidx: number;
  readonly position: number;
}

export type SegmentMode =
  | { readonly kind: 'passive' }
  | { readonly kind: 'declarative' }
  | { readonly kind: 'active'; readonly index: number; readonly offset: Code };

export interface Elem {
  readonly type: ValType;
  /** Function indices, where the segment is written so; else null and `exprs` holds the elements. */
  readonly funcs: readonly number[] | null;
  readonly exprs: readonly Code[];
  readonly mode: SegmentMode;
  readonly position: number;
}
export interface Data {
  readonly bytes: Uint8Array;
  readonly mode: SegmentMode;
  readonly position: number;
}

export interface CustomSection {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Id of the section it stands behind, 0 at the start of the module. */
  readonly after: number;
  readonly position: number;
}

/** The section `name`, or the identifiers of the text format. Keys are indices. */
export interface Names {
  module: string | null;
  readonly functions: Map<number, string>;
  readonly locals: Map<number, Map<number, string>>;
  readonly labels: Map<number, Map<number, string>>;
  readonly types: Map<number, string>;
  readonly tables: Map<number, string>;
  readonly memories: Map<number, string>;
  readonly globals: Map<number, string>;
  readonly elems: Map<number, string>;
  readonly datas: Map<number, string>;
  readonly fields: Map<number, Map<number, string>>;
  readonly tags: Map<number, string>;
}

/** A branch hint: an instruction of a function (counted among the function's instructions) is likely to branch. */
export interface BranchHint {
  readonly instruction: number;
  readonly isLikely: boolean;
  readonly position: number;
}

export interface Module {
  readonly types: readonly SubType[];
  /** Numbers of types of the recursion groups, in order. */
  readonly recGroups: readonly number[];
  readonly imports: readonly Import[];
  readonly funcs: readonly Func[];
  readonly tables: readonly Table[];
  readonly memories: readonly Memory[];
  readonly globals: readonly Global[];
  readonly tags: readonly Tag[];
  readonly exports: readonly Export[];
  readonly start: Start | null;
  readonly elems: readonly Elem[];
  readonly datas: readonly Data[];
  readonly customs: readonly CustomSection[];
  readonly names: Names;
  /** By function index. */
  readonly branchHints: ReadonlyMap<number, readonly BranchHint[]>;
}

/** A module of nothing. */
export function emptyModule(): Module {
  return {
    types: [],
    recGroups: [],
    imports: [],
    funcs: [],
    tables: [],
    memories: [],
    globals: [],
    tags: [],
    exports: [],
    start: null,
    elems: [],
    datas: [],
    customs: [],
    names: emptyNames(),
    branchHints: new Map(),
  };
}

/** Ids of sections. */
export const SECTION_CUSTOM = 0;
export const SECTION_TYPE = 1;
export const SECTION_IMPORT = 2;
export const SECTION_FUNCTION = 3;
export const SECTION_TABLE = 4;
export const SECTION_MEMORY = 5;
export const SECTION_GLOBAL = 6;
export const SECTION_EXPORT = 7;
export const SECTION_START = 8;
export const SECTION_ELEMENT = 9;
export const SECTION_CODE = 10;
export const SECTION_DATA = 11;
export const SECTION_DATA_COUNT = 12;
export const SECTION_TAG = 13;

/** The order in which sections stand in a module, and their names in annotations. */
export const sectionRows: readonly (readonly [id: number, name: string])[] = [
  [SECTION_TYPE, 'type'],
  [SECTION_IMPORT, 'import'],
  [SECTION_FUNCTION, 'func'],
  [SECTION_TABLE, 'table'],
  [SECTION_MEMORY, 'memory'],
  [SECTION_TAG, 'tag'],
  [SECTION_GLOBAL, 'global'],
  [SECTION_EXPORT, 'export'],
  [SECTION_START, 'start'],
  [SECTION_ELEMENT, 'elem'],
  [SECTION_DATA_COUNT, 'datacount'],
  [SECTION_CODE, 'code'],
  [SECTION_DATA, 'data'],
];

export function emptyNames(): Names {
  return {
    module: null,
    functions: new Map(),
    locals: new Map(),
    labels: new Map(),
    types: new Map(),
    tables: new Map(),
    memories: new Map(),
    globals: new Map(),
    elems: new Map(),
    datas: new Map(),
    fields: new Map(),
    tags: new Map(),
  };
}

/** Number of imports of a kind. */
export function importCount(module: Module, kind: ExternKind): number {
  let count = 0;
  for (const { desc } of module.imports) if (desc.kind === kind) count++;
  return count;
}
