// Types of the text format. https://webassembly.github.io/spec/core/text/types.html

import type { FeatureName, Features } from '../format/features.ts';
import type { ModuleLimits } from '../format/limits.ts';
import { malformed, overLimit } from '../format/module-error.ts';
import { featureMissingFor, hasTypedReferences } from '../format/type-features.ts';
import {
  type CompType,
  DEFAULT_PAGE_SIZE_LOG2,
  F32,
  F64,
  type FieldType,
  FUNCREF,
  fieldTypeOf,
  type GlobalType,
  globalTypeOf,
  type HeapType,
  heapTypeRows,
  I8,
  I16,
  I32,
  I64,
  type Limits,
  type MemoryType,
  refType,
  type SubType,
  type TableType,
  V128,
  type ValType,
} from '../format/types.ts';
import { TOKEN_ID, TOKEN_KEYWORD, TOKEN_LPAR, TOKEN_NAT } from './lexer.ts';
import { type ModuleContext, Space, type SpaceName } from './module-context.ts';
import type { TokenCursor } from './token-cursor.ts';

const numberTypes = new Map<string, ValType>([
  ['i32', I32],
  ['i64', I64],
  ['f32', F32],
  ['f64', F64],
  ['v128', V128],
]);
const heapTypes = new Map<string, HeapType>(heapTypeRows.map(([heap, name]) => [name, heap]));
const referenceTypes = new Map<string, ValType>(
  heapTypeRows.map(([heap, , reference]) => [reference, refType(heap, true)]),
);

/** What stands behind `(type …)` or instead of it. */
export interface TypeUse {
  readonly typeidx: number;
  /** The parameters were written, or found in the definition; null if the definition is unknown. */
  readonly params: readonly ValType[] | null;
  /** Names of parameters where they were written. */
  readonly names: readonly (string | null)[];
}

interface Signature {
  readonly params: ValType[];
  readonly results: ValType[];
  readonly names: (string | null)[];
}

export class TypeParser {
  readonly cursor: TokenCursor;
  readonly context: ModuleContext;
  readonly features: Features;
  readonly limits: ModuleLimits;

  constructor(cursor: TokenCursor, context: ModuleContext, features: Features, limits: ModuleLimits) {
    this.cursor = cursor;
    this.context = context;
    this.features = features;
    this.limits = limits;
  }

  /** An index, as a number or a name. */
  index(space: SpaceName): number {
    const { cursor } = this;
    const { position } = cursor;
    const name = cursor.optionalId();
    return name === null ? cursor.u32() : this.context.spaces[space].lookup(name, position);
  }

  isIndex(): boolean {
    const kind = this.cursor.kind();
    return kind === TOKEN_NAT || kind === TOKEN_ID;
  }

  /** A heap type, exact or not, as a reference to it. */
  heapReference(isNullable: boolean): ValType {
    const { cursor } = this;
    if (this.enterIf('customDescriptors', 'exact')) {
      const type = refType(this.index('type'), isNullable, true);
      cursor.close();
      return type;
    }
    const { at } = cursor;
    return this.checked(refType(this.heapType(), isNullable), at);
  }

  /** Enters the form `(keyword …` if it begins here, which needs a feature. */
  enterIf(feature: FeatureName, keyword: string): boolean {
    const { cursor, features } = this;
    if (!cursor.isForm(keyword)) return false;
    if (!features[feature]) cursor.needsFeature(feature, 1);
    cursor.at += 2;
    return true;
  }

  /** The type that was written from the token `at` on. */
  private checked(type: ValType, at: number): ValType {
    const feature = featureMissingFor(type, this.features);
    if (feature === null) return type;
    this.cursor.at = at;
    return this.cursor.needsFeature(feature);
  }

  heapType(): HeapType {
    const { cursor } = this;
    if (this.isIndex()) return this.index('type');
    const heap =
      (cursor.kind() === TOKEN_KEYWORD ? heapTypes.get(cursor.text()) : undefined) ?? cursor.unexpected();
    cursor.at++;
    return heap;
  }

  /** A reference type, or null if none begins here. */
  private optionalRefType(): ValType | null {
    const { cursor } = this;
    if (cursor.kind() === TOKEN_KEYWORD) {
      const type = referenceTypes.get(cursor.text());
      if (type === undefined) return null;
      cursor.at++;
      return type;
    }
    if (!cursor.isForm('ref')) return null;
    if (!hasTypedReferences(this.features)) cursor.needsFeature('functionReferences', 1);
    cursor.at += 2;
    const type = this.heapReference(cursor.acceptKeyword('null'));
    cursor.close();
    return type;
  }

  /** A reference type as that of elements. */
  refType(): ValType {
    const { at } = this.cursor;
    const type = this.optionalRefType() ?? this.cursor.unexpected();
    // Tables of functions are older than references as values.
    return type === FUNCREF ? type : this.checked(type, at);
  }

  optionalValType(): ValType | null {
    const { cursor } = this;
    const { at } = cursor;
    let type = cursor.kind() === TOKEN_KEYWORD ? (numberTypes.get(cursor.text()) ?? null) : null;
    if (type !== null) cursor.at++;
    else type = this.optionalRefType();
    return type === null ? null : this.checked(type, at);
  }

  valType(): ValType {
    return this.optionalValType() ?? this.cursor.unexpected();
  }

  globalType(): GlobalType {
    if (!this.cursor.enter('mut')) return globalTypeOf(this.valType(), false);
    const type = this.valType();
    this.cursor.close();
    return globalTypeOf(type, true);
  }

  private fieldType(): FieldType {
    const isMutable = this.cursor.enter('mut');
    const storage = this.storageType();
    if (isMutable) this.cursor.close();
    return fieldTypeOf(storage, isMutable);
  }

  private storageType(): ValType {
    if (this.cursor.acceptKeyword('i8')) return I8;
    if (this.cursor.acceptKeyword('i16')) return I16;
    return this.valType();
  }

  /** `i32`, `i64` or nothing: whether addresses have 64 bits. */
  addressType(): boolean {
    const { cursor } = this;
    const type = cursor.kind() === TOKEN_KEYWORD ? numberTypes.get(cursor.text()) : undefined;
    if (type === undefined) return false;
    if (!this.features.memory64) cursor.needsFeature('memory64');
    if (type !== I32 && type !== I64) malformed(cursor.position, 'addressType');
    cursor.at++;
    return type === I64;
  }

  private sizes(is64: boolean): Limits {
    const { cursor } = this;
    const bits = this.features.memory64 ? 64 : 32;
    const min = cursor.natural(bits);
    return { min, max: cursor.kind() === TOKEN_NAT ? cursor.natural(bits) : null, is64 };
  }

  /** Behind the address type. */
  memoryTypeOf(is64: boolean): MemoryType {
    const sizes = this.sizes(is64);
    const isShared = this.cursor.isKeyword('shared');
    if (isShared && !this.features.threads) this.cursor.needsFeature('threads');
    if (isShared) this.cursor.at++;
    return { ...sizes, isShared, pageSizeLog2: this.pageSize() };
  }

  memoryType(): MemoryType {
    return this.memoryTypeOf(this.addressType());
  }

  /** The logarithm of the page size. */
  pageSize(): number {
    const { cursor } = this;
    if (!this.enterIf('customPageSizes', 'pagesize')) return DEFAULT_PAGE_SIZE_LOG2;
    const { position } = cursor;
    const size = cursor.natural(64);
    if (size === 0n || (size & (size - 1n)) !== 0n) malformed(position, 'pageSize');
    cursor.close();
    return size.toString(2).length - 1;
  }

  tableType(): TableType {
    const sizes = this.sizes(this.addressType());
    return { ...sizes, element: this.refType() };
  }

  /** `(param …)* (result …)*`; names of parameters only where they may be given. */
  signature(mayName: boolean): Signature {
    const { cursor } = this;
    const { position } = cursor;
    const signature: Signature = { params: [], results: [], names: [] };
    const { parameters } = this.limits;
    while (cursor.enter('param')) {
      const name = mayName ? cursor.optionalId() : null;
      if (name !== null) {
        if (signature.params.length >= parameters) overLimit(position, 'parameters', parameters);
        signature.params.push(this.valType());
        signature.names.push(name);
      } else
        for (let type = this.optionalValType(); type !== null; type = this.optionalValType()) {
          if (signature.params.length >= parameters) overLimit(position, 'parameters', parameters);
          signature.params.push(type);
          signature.names.push(null);
        }
      cursor.close();
    }
    this.results(signature.results);
    if (cursor.isForm('param')) cursor.unexpected();
    return signature;
  }

  /** `(result …)*` */
  results(into: ValType[]): void {
    const { cursor, limits } = this;
    const { position } = cursor;
    while (cursor.enter('result')) {
      for (let type = this.optionalValType(); type !== null; type = this.optionalValType()) {
        if (into.length >= limits.results) overLimit(position, 'results', limits.results);
        into.push(type);
      }
      cursor.close();
    }
  }

  /** `(type x)? (param …)* (result …)*`. A type that is written out in full must agree with the one named. */
  typeUse(mayName: boolean): TypeUse {
    const { cursor, context } = this;
    const { position } = cursor;
    if (!cursor.enter('type')) {
      const { params, results, names } = this.signature(mayName);
      return { typeidx: context.inlineFuncType(params, results, position), params, names };
    }
    const typeidx = this.index('type');
    cursor.close();
    const { params, results, names } = this.signature(mayName);
    if (params.length === 0 && results.length === 0) {
      const comp = context.types[typeidx]?.comp;
      return { typeidx, params: comp?.kind === 'func' ? comp.params : null, names: [] };
    }
    const explicit = context.funcType(typeidx, position);
    if (explicit.params.join() !== params.join() || explicit.results.join() !== results.join())
      malformed(position, 'inlineFunctionType');
    return { typeidx, params, names };
  }

  /** The inside of `(type $id? …)`, the identifier passed, the parenthesis not yet. */
  subType(typeidx: number): SubType {
    const { cursor } = this;
    const { position } = cursor;
    const { budget } = this.context;
    budget.entries('type', 1, position);
    let isFinal = true;
    const supers: number[] = [];
    const isSub = this.enterIf('gc', 'sub');
    if (isSub) {
      isFinal = cursor.acceptKeyword('final');
      while (this.isIndex()) {
        budget.entries(supers.length === 0 ? 'superChain' : 'superType', 1, position);
        supers.push(this.index('type'));
      }
    }
    const describes = this.descriptorClause('describes');
    const descriptor = this.descriptorClause('descriptor');
    const comp = this.compType(typeidx);
    if (isSub) cursor.close();
    if (comp.kind === 'func') budget.entries('valueType', comp.params.length + comp.results.length, position);
    else budget.entries('structField', comp.fields.length, position);
    return { isFinal, supers, comp, describes, descriptor, position };
  }

  private descriptorClause(keyword: string): number {
    if (!this.enterIf('customDescriptors', keyword)) return -1;
    const index = this.index('type');
    this.cursor.close();
    return index;
  }

  private compType(typeidx: number): CompType {
    const { cursor } = this;
    let comp: CompType;
    if (cursor.enter('func')) {
      const { params, results } = this.signature(true);
      comp = { kind: 'func', params, results };
    } else if (this.enterIf('gc', 'struct')) comp = { kind: 'struct', fields: this.structFields(typeidx) };
    else if (this.enterIf('gc', 'array')) comp = { kind: 'array', fields: [this.fieldType()] };
    else return cursor.unexpected();
    cursor.close();
    return comp;
  }

  private structFields(typeidx: number): FieldType[] {
    const { cursor, context, limits } = this;
    const start = cursor.position;
    const fields: FieldType[] = [];
    context.budget.entries('nameMap', 1, start);
    const space = new Space('field', context.budget);
    const check = (): void => {
      if (fields.length >= limits.structFields)
        overLimit(start, 'fields of a structure', limits.structFields);
    };
    context.fields.set(typeidx, space);
    while (cursor.enter('field')) {
      const { position } = cursor;
      const name = cursor.optionalId();
      if (name !== null) {
        space.bind(name, position);
        check();
        fields.push(this.fieldType());
      } else
        while (cursor.kind() === TOKEN_KEYWORD || cursor.kind() === TOKEN_LPAR) {
          space.bind(null, position);
          check();
          fields.push(this.fieldType());
        }
      cursor.close();
    }
    return fields;
  }
}
