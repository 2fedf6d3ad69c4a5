// Types from the binary format. https://webassembly.github.io/spec/core/binary/types.html

import type { ByteReader } from './byte-reader.ts';
import type { Features } from './features.ts';
import type { ModuleLimits } from './limits.ts';
import { ModuleError, malformed, overLimit } from './module-error.ts';
import {
  type CompType,
  DEFAULT_PAGE_SIZE_LOG2,
  F64,
  type FieldType,
  type GlobalType,
  HEAP_EXN,
  HEAP_EXTERN,
  HEAP_FUNC,
  HEAP_NOEXN,
  HEAP_NOEXTERN,
  HEAP_NOFUNC,
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

/** Reads types under the features that are on. */
export class TypeReader {
  readonly reader: ByteReader;
  readonly features: Features;
  readonly limits: ModuleLimits;

  constructor(reader: ByteReader, features: Features, limits: ModuleLimits) {
    this.reader = reader;
    this.features = features;
    this.limits = limits;
  }

  /** A heap type: an index or the code of an abstract one. */
  heapType(): HeapType {
    const at = this.reader.pos;
    const heap = this.reader.signed(33);
    if (heap >= 0 ? !this.features.functionReferences && !this.features.gc : !this.isAbstractHeap(heap))
      malformed(at, 'heapType');
    return heap;
  }

  /** A heap type that may be exact, as the reference type of it. */
  heapReference(isNullable: boolean): ValType {
    const { reader } = this;
    if (this.features.customDescriptors && reader.peek() === (CODE_EXACT & 0x7f)) {
      reader.byte();
      const at = reader.pos;
      const index = reader.signed(32);
      if (index < 0) malformed(at, 'heapType');
      return refType(index, isNullable, true);
    }
    return refType(this.heapType(), isNullable);
  }

  private isAbstractHeap(code: number): boolean {
    const { features } = this;
    switch (code) {
      case HEAP_FUNC:
      case HEAP_EXTERN:
        return true;
      case HEAP_EXN:
      case HEAP_NOEXN:
        return features.exceptions;
      case HEAP_NOFUNC:
      case HEAP_NOEXTERN:
        return features.gc;
      default:
        return features.gc && code <= -0x0f && code >= -0x16;
    }
  }

  refType(): ValType {
    const at = this.reader.pos;
    const type = this.tryRefType(this.reader.signed(7));
    if (type === null) malformed(at, 'referenceType');
    return type;
  }

  private tryRefType(code: number): ValType | null {
    if (code === CODE_REF || code === CODE_REF_NULL) {
      if (!this.features.functionReferences && !this.features.gc) return null;
      return this.heapReference(code === CODE_REF_NULL);
    }
    return this.isAbstractHeap(code) ? refType(code, true) : null;
  }

  valType(): ValType {
    const at = this.reader.pos;
    const code = this.reader.signed(7);
    return this.valTypeOfCode(code) ?? malformed(at, 'referenceType');
  }

  private valTypeOfCode(code: number): ValType | null {
    const type = code << 1;
    if (type <= I32 && type >= F64) return type;
    if (type === V128) return this.features.simd ? type : null;
    return this.tryRefType(code);
  }

  private valTypes(limit: number, what: string): ValType[] {
    const at = this.reader.pos;
    const count = this.reader.length();
    if (count > limit) overLimit(at, what, limit);
    const types: ValType[] = [];
    for (let i = 0; i < count; i++) types.push(this.valType());
    return types;
  }

  private fieldType(): FieldType {
    const at = this.reader.pos;
    const storage = this.storageType();
    if (storage === null) malformed(at, 'storageType');
    return { storage, isMutable: this.isMutable() };
  }

  private storageType(): ValType | null {
    try {
      const code = this.reader.signed(7);
      const packed = code << 1;
      return packed === I8 || packed === I16 ? packed : this.valTypeOfCode(code);
    } catch (error) {
      // Whatever is wrong with a value type here, it is no storage type either.
      if (error instanceof ModuleError) return null;
      throw error;
    }
  }

  isMutable(): boolean {
    const byte = this.reader.byte();
    if (byte > 1) malformed(this.reader.pos - 1, 'mutability');
    return byte === 1;
  }

  /** A recursion group: the types are added to `types`, their number is given. */
  recType(types: SubType[]): number {
    const { reader } = this;
    if (!this.features.gc || reader.peek() !== (CODE_REC & 0x7f)) {
      types.push(this.subType());
      return 1;
    }
    reader.byte();
    const at = reader.pos;
    const count = reader.length();
    if (types.length + count > this.limits.types) overLimit(at, 'types', this.limits.types);
    for (let i = 0; i < count; i++) types.push(this.subType());
    return count;
  }

  private subType(): SubType {
    const { reader } = this;
    const position = reader.pos;
    const code = reader.peek();
    let isFinal = true;
    const supers: number[] = [];
    if (this.features.gc && (code === (CODE_SUB & 0x7f) || code === (CODE_SUB_FINAL & 0x7f))) {
      reader.byte();
      isFinal = code === (CODE_SUB_FINAL & 0x7f);
      for (let count = reader.length(); count > 0; count--) supers.push(reader.u32());
    }
    const describes = this.descriptorClause(CODE_DESCRIBES);
    const descriptor = this.descriptorClause(CODE_DESCRIPTOR);
    return { isFinal, supers, comp: this.compType(), describes, descriptor, position };
  }

  private descriptorClause(code: number): number {
    if (!this.features.customDescriptors || this.reader.peek() !== (code & 0x7f)) return -1;
    this.reader.byte();
    return this.reader.u32();
  }

  private compType(): CompType {
    const { reader, limits } = this;
    const at = reader.pos;
    const code = reader.signed(7);
    if (code === CODE_FUNC) {
      const params = this.valTypes(limits.parameters, 'parameters');
      return { kind: 'func', params, results: this.valTypes(limits.results, 'results') };
    }
    if (code === CODE_ARRAY && this.features.gc) return { kind: 'array', fields: [this.fieldType()] };
    if (code !== CODE_STRUCT || !this.features.gc) malformed(at, 'definitionType');
    const count = reader.length();
    if (count > limits.structFields) overLimit(at, 'fields of a structure', limits.structFields);
    const fields: FieldType[] = [];
    for (let i = 0; i < count; i++) fields.push(this.fieldType());
    return { kind: 'struct', fields };
  }

  private readLimits(allowed: number): Limits & { flags: number } {
    const { reader, features } = this;
    const flags = reader.byte();
    const known =
      LIMITS_MAX |
      (features.memory64 ? LIMITS_64 : 0) |
      (allowed & (features.threads ? LIMITS_SHARED : 0)) |
      (allowed & (features.customPageSizes ? LIMITS_PAGE_SIZE : 0));
    if ((flags & ~known) !== 0) malformed(reader.pos - 1, 'limitsFlags');
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
    return { type, isMutable: this.isMutable() };
  }

  /** The type index of a tag. */
  tagType(): number {
    if (this.reader.byte() !== 0) malformed(this.reader.pos - 1, 'zeroByte');
    return this.reader.u32();
  }
}
