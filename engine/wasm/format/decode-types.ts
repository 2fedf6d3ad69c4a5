// Types from the binary format. https://webassembly.github.io/spec/core/binary/types.html

import type { ByteReader } from './byte-reader.ts';
import type { Features } from './features.ts';
import type { ModuleLimits } from './limits.ts';
import type { MessageCode } from './messages.ts';
import type { ModuleBudget } from './module-budget.ts';
import { ModuleError, malformed, needsFeature, overLimit } from './module-error.ts';
import { featureMissingFor, hasTypedReferences } from './type-features.ts';
import {
  type CompType,
  DEFAULT_PAGE_SIZE_LOG2,
  F64,
  type FieldType,
  FUNCREF,
  fieldTypeOf,
  type GlobalType,
  globalTypeOf,
  HEAP_EXN,
  HEAP_NOEXN,
  type HeapType,
  I8,
  I16,
  I32,
  type Limits,
  type MemoryType,
  refType,
  type SubType,
  type TableType,
  V128,
  type ValType,
  valTypeText,
} from './types.ts';

export const CODE_REF = -0x1c;
export const CODE_REF_NULL = -0x1d;
export const CODE_EXACT = -0x1e;
export const CODE_FUNC = -0x20;
export const CODE_STRUCT = -0x21;
export const CODE_ARRAY = -0x22;
export const CODE_SUB = -0x30;
export const CODE_SUB_FINAL = -0x31;
export const CODE_REC = -0x32;
export const CODE_DESCRIPTOR = -0x33;
export const CODE_DESCRIBES = -0x34;

export const LIMITS_MAX = 1;
export const LIMITS_SHARED = 2;
export const LIMITS_64 = 4;
export const LIMITS_PAGE_SIZE = 8;

const LIMITS_FEATURES = [
  [LIMITS_64, 'a 64-bit address type', 'memory64'],
  [LIMITS_SHARED, 'a shared memory', 'threads'],
  [LIMITS_PAGE_SIZE, 'a page size', 'customPageSizes'],
] as const;

function isAbstractHeap(code: number): boolean {
  return code <= HEAP_NOEXN && code >= HEAP_EXN;
}

// What most types have none of.
const NO_TYPES: readonly ValType[] = [];
const NO_SUPERS: readonly number[] = [];
const NO_OPERANDS: CompType = { kind: 'func', params: NO_TYPES, results: NO_TYPES };

/** Reads types under the features that are on. */
export class TypeReader {
  readonly reader: ByteReader;
  readonly features: Features;
  readonly limits: ModuleLimits;
  readonly budget: ModuleBudget;

  constructor(reader: ByteReader, features: Features, limits: ModuleLimits, budget: ModuleBudget) {
    this.reader = reader;
    this.features = features;
    this.limits = limits;
    this.budget = budget;
  }

  /** A heap type: an index or the code of an abstract one. */
  heapType(): HeapType {
    const at = this.reader.pos;
    const heap = this.reader.signed(33);
    if (heap < 0 && !isAbstractHeap(heap)) malformed(at, 'heapType');
    return heap;
  }

  private checked(type: ValType, at: number, code: MessageCode): ValType {
    const feature = featureMissingFor(type, this.features);
    if (feature !== null) needsFeature(at, code, valTypeText(type), feature);
    return type;
  }

  /** A heap type that may be exact, as the reference type of it. */
  heapReference(isNullable: boolean): ValType {
    const { reader } = this;
    const at = reader.pos;
    if (reader.peek() !== (CODE_EXACT & 0x7f))
      return this.checked(refType(this.heapType(), isNullable), at, 'heapType');
    if (!this.features.customDescriptors) needsFeature(at, 'heapType', 'exact', 'customDescriptors');
    reader.byte();
    const index = reader.signed(32);
    if (index < 0) malformed(at + 1, 'heapType');
    return refType(index, isNullable, true);
  }

  /** The type of a table's or a segment's elements. */
  refType(): ValType {
    const at = this.reader.pos;
    const type = this.tryRefType(this.reader.signed(7), at) ?? malformed(at, 'referenceType');
    // Tables of functions are older than references as values.
    return type === FUNCREF ? type : this.checked(type, at, 'referenceType');
  }

  private tryRefType(code: number, at: number): ValType | null {
    if (code !== CODE_REF && code !== CODE_REF_NULL) return isAbstractHeap(code) ? refType(code, true) : null;
    if (!hasTypedReferences(this.features))
      needsFeature(at, 'referenceType', '(ref …)', 'functionReferences');
    return this.heapReference(code === CODE_REF_NULL);
  }

  valType(): ValType {
    const at = this.reader.pos;
    return this.valTypeOfCode(this.reader.signed(7), at) ?? malformed(at, 'referenceType');
  }

  private valTypeOfCode(code: number, at: number): ValType | null {
    const type = code << 1;
    if (type <= I32 && type >= F64) return type;
    const other = type === V128 ? type : this.tryRefType(code, at);
    return other === null ? null : this.checked(other, at, 'valueType');
  }

  private valTypes(limit: number, what: string): readonly ValType[] {
    const at = this.reader.pos;
    const count = this.reader.length();
    if (count > limit) overLimit(at, what, limit);
    if (count === 0) return NO_TYPES;
    this.budget.entries('valueType', count, at);
    const types: ValType[] = [];
    for (let i = 0; i < count; i++) types.push(this.valType());
    // Without the room for more that is behind a list which has grown.
    return types.slice();
  }

  private fieldType(): FieldType {
    const at = this.reader.pos;
    const storage = this.storageType();
    if (storage === null) malformed(at, 'storageType');
    return fieldTypeOf(storage, this.isMutable());
  }

  private storageType(): ValType | null {
    try {
      const at = this.reader.pos;
      const code = this.reader.signed(7);
      const packed = code << 1;
      return packed === I8 || packed === I16 ? packed : this.valTypeOfCode(code, at);
    } catch (error) {
      // Whatever is wrong with a value type here, it is no storage type either.
      if (error instanceof ModuleError && error.code !== 'featureRequired') return null;
      throw error;
    }
  }

  isMutable(): boolean {
    const byte = this.reader.byte();
    if (byte > 1) malformed(this.reader.pos - 1, 'mutability');
    return byte === 1;
  }

  /** Whether the code of a definition of garbage collection comes next. */
  private isNext(code: number, what: string): boolean {
    const { reader } = this;
    if (reader.peek() !== (code & 0x7f)) return false;
    if (!this.features.gc) needsFeature(reader.pos, 'definitionType', what, 'gc');
    return true;
  }

  /** A recursion group: the types are added to `types`, their number is given. */
  recType(types: SubType[]): number {
    const { reader } = this;
    if (!this.isNext(CODE_REC, 'a recursion group')) {
      this.budget.entries('type', 1, reader.pos);
      types.push(this.subType());
      return 1;
    }
    reader.byte();
    const at = reader.pos;
    const count = reader.length();
    if (types.length + count > this.limits.types) overLimit(at, 'types', this.limits.types);
    this.budget.entries('type', count, at);
    for (let i = 0; i < count; i++) types.push(this.subType());
    return count;
  }

  private subType(): SubType {
    const { reader } = this;
    const position = reader.pos;
    let supers = NO_SUPERS;
    const isOpen = this.isNext(CODE_SUB, 'a sub type');
    if (isOpen || this.isNext(CODE_SUB_FINAL, 'a sub type')) {
      reader.byte();
      supers = this.supers();
    }
    const describes = this.descriptorClause(CODE_DESCRIBES);
    const descriptor = this.descriptorClause(CODE_DESCRIPTOR);
    return { isFinal: !isOpen, supers, comp: this.compType(), describes, descriptor, position };
  }

  private supers(): readonly number[] {
    const { reader, budget } = this;
    const at = reader.pos;
    const count = reader.length();
    if (count === 0) return NO_SUPERS;
    budget.entries('superType', count, at);
    budget.entries('superChain', 1, at);
    const supers: number[] = [];
    for (let i = 0; i < count; i++) supers.push(reader.u32());
    return supers;
  }

  private descriptorClause(code: number): number {
    const { reader } = this;
    if (reader.peek() !== (code & 0x7f)) return -1;
    if (!this.features.customDescriptors)
      needsFeature(reader.pos, 'definitionType', 'a descriptor', 'customDescriptors');
    reader.byte();
    return this.reader.u32();
  }

  private compType(): CompType {
    const { reader, limits } = this;
    const at = reader.pos;
    const code = reader.signed(7);
    if (code === CODE_FUNC) {
      const params = this.valTypes(limits.parameters, 'parameters');
      const results = this.valTypes(limits.results, 'results');
      return params.length + results.length === 0 ? NO_OPERANDS : { kind: 'func', params, results };
    }
    if (code !== CODE_ARRAY && code !== CODE_STRUCT) malformed(at, 'definitionType');
    if (!this.features.gc)
      needsFeature(at, 'definitionType', code === CODE_ARRAY ? 'an array type' : 'a structure type', 'gc');
    if (code === CODE_ARRAY) return { kind: 'array', fields: [this.fieldType()] };
    const count = reader.length();
    if (count > limits.structFields) overLimit(at, 'fields of a structure', limits.structFields);
    this.budget.entries('structField', count, at);
    const fields: FieldType[] = [];
    for (let i = 0; i < count; i++) fields.push(this.fieldType());
    return { kind: 'struct', fields: fields.slice() };
  }

  private readLimits(allowed: number): Limits & { flags: number } {
    const { reader, features } = this;
    const flags = reader.byte();
    if ((flags & ~(LIMITS_MAX | LIMITS_64 | allowed)) !== 0) malformed(reader.pos - 1, 'limitsFlags');
    for (const [flag, what, feature] of LIMITS_FEATURES)
      if ((flags & flag) !== 0 && !features[feature])
        needsFeature(reader.pos - 1, 'limitsFlags', what, feature);
    const is64 = (flags & LIMITS_64) !== 0;
    const size = (): bigint => (features.memory64 ? reader.u64() : BigInt(reader.u32()));
    const min = size();
    return { min, max: (flags & LIMITS_MAX) !== 0 ? size() : null, is64, flags };
  }

  memoryType(): MemoryType {
    const { flags, min, max, is64 } = this.readLimits(LIMITS_SHARED | LIMITS_PAGE_SIZE);
    let pageSizeLog2 = DEFAULT_PAGE_SIZE_LOG2;
    if ((flags & LIMITS_PAGE_SIZE) !== 0) {
      pageSizeLog2 = this.reader.u32();
      if (pageSizeLog2 >= 64) malformed(this.reader.pos - 1, 'pageSize');
    }
    return { min, max, is64, isShared: (flags & LIMITS_SHARED) !== 0, pageSizeLog2 };
  }

  tableType(): TableType {
    const element = this.refType();
    const { min, max, is64 } = this.readLimits(0);
    return { element, min, max, is64 };
  }

  globalType(): GlobalType {
    const type = this.valType();
    return globalTypeOf(type, this.isMutable());
  }

  /** The type index of a tag. */
  tagType(): number {
    if (this.reader.byte() !== 0) malformed(this.reader.pos - 1, 'zeroByte');
    return this.reader.u32();
  }
}
