// What the validator knows of a module: its index spaces, with types made canonical. Filled in the order of the
// specification, so that constant expressions see what is defined before them.
// https://webassembly.github.io/spec/core/valid/conventions.html#contexts

import type { Features } from '../format/features.ts';
import type { ModuleLimits } from '../format/limits.ts';
import { invalid } from '../format/module-error.ts';
import {
  type FieldType,
  type FuncType,
  type GlobalType,
  heapOf,
  isRef,
  type MemoryType,
  type TableType,
  type ValType,
  withHeap,
} from '../format/types.ts';
import type { TypeId, TypeRegistry } from './type-registry.ts';

export interface FuncInfo {
  readonly type: TypeId;
  /** Defined here, or imported as exactly this type. */
  readonly isExact: boolean;
}

export class Context {
  readonly registry: TypeRegistry;
  readonly features: Features;
  readonly limits: ModuleLimits;
  /** Canonical ids by the module's type index. */
  readonly types: TypeId[] = [];
  readonly funcs: FuncInfo[] = [];
  readonly tables: TableType[] = [];
  readonly memories: MemoryType[] = [];
  readonly globals: GlobalType[] = [];
  /** How many of `globals` are imported. */
  importedGlobals = 0;
  readonly tags: TypeId[] = [];
  readonly elems: ValType[] = [];
  dataCount = 0;
  /** Functions that `ref.func` in a body may name. */
  readonly declared = new Set<number>();
  /** Functions of a type differ in nothing: a record for each type, and one for each exact one. */
  private readonly funcInfos = new Map<number, FuncInfo>();

  constructor(registry: TypeRegistry, features: Features, limits: ModuleLimits) {
    this.registry = registry;
    this.features = features;
    this.limits = limits;
  }

  type(index: number, position: number): TypeId {
    return this.types[index] ?? invalid(position, 'unknown', 'type', String(index >>> 0));
  }
  func(index: number, position: number): FuncInfo {
    return this.funcs[index] ?? invalid(position, 'unknown', 'function', String(index >>> 0));
  }
  /** What is known of a function of a type of the module. */
  funcInfo(typeidx: number, isExact: boolean, position: number): FuncInfo {
    const type = this.type(typeidx, position);
    const key = 2 * type + (isExact ? 1 : 0);
    let info = this.funcInfos.get(key);
    if (info === undefined) {
      info = { type, isExact };
      this.funcInfos.set(key, info);
    }
    return info;
  }
  table(index: number, position: number): TableType {
    return this.tables[index] ?? invalid(position, 'unknown', 'table', String(index >>> 0));
  }
  memory(index: number, position: number): MemoryType {
    return this.memories[index] ?? invalid(position, 'unknown', 'memory', String(index >>> 0));
  }
  global(index: number, position: number): GlobalType {
    return this.globals[index] ?? invalid(position, 'unknown', 'global', String(index >>> 0));
  }
  tag(index: number, position: number): FuncType {
    const type = this.tags[index] ?? invalid(position, 'unknown', 'tag', String(index >>> 0));
    return this.registry.get(type).comp as FuncType;
  }
  elem(index: number, position: number): ValType {
    return this.elems[index] ?? invalid(position, 'unknown', 'elem segment', String(index >>> 0));
  }
  data(index: number, position: number): void {
    if (index < 0 || index >= this.dataCount)
      invalid(position, 'unknown', 'data segment', String(index >>> 0));
  }

  funcType(index: number, position: number): FuncType {
    const { comp } = this.registry.get(this.type(index, position));
    return comp.kind === 'func' ? comp : invalid(position, 'notFunction', String(index));
  }
  structFields(index: number, position: number): readonly FieldType[] {
    const { comp } = this.registry.get(this.type(index, position));
    return comp.kind === 'struct' ? comp.fields : invalid(position, 'notStructure', String(index));
  }
  arrayField(index: number, position: number): FieldType {
    const { comp } = this.registry.get(this.type(index, position));
    return comp.kind === 'array'
      ? (comp.fields[0] as FieldType)
      : invalid(position, 'notArray', String(index));
  }

  /** A type of the module with canonical ids for its indices, which must exist. */
  valType(type: ValType, position: number): ValType {
    return isRef(type) && heapOf(type) >= 0 ? withHeap(type, this.type(heapOf(type), position)) : type;
  }
}
