// Canonical types. Types are equal if their recursion groups are, so every group is entered once, under a key that
// spells it out with references into the group counted from its start; from then on a type is an integer, and equality
// of types is `===`. One registry serves every module of a store, so that types mean the same across modules.
// https://webassembly.github.io/spec/core/valid/matching.html
//
// Invariants: a type's supertype has a smaller or equal id only within its own group, and every id that a stored type
// mentions is canonical. Types are entered before they are validated; an invalid one stays unused.

import { markHeapLeaf } from '../../base/heap-leaf.ts';
import {
  BOT,
  type CompType,
  type FieldType,
  fieldTypeOf,
  HEAP_ANY,
  HEAP_ARRAY,
  HEAP_BOT,
  HEAP_EQ,
  HEAP_EXN,
  HEAP_EXTERN,
  HEAP_FUNC,
  HEAP_I31,
  HEAP_NOEXN,
  HEAP_NOEXTERN,
  HEAP_NOFUNC,
  HEAP_NONE,
  HEAP_STRUCT,
  type HeapType,
  heapOf,
  isExact,
  isNullable,
  isRef,
  type SubType,
  type ValType,
  withHeap,
} from '../format/types.ts';

/** A canonical id. */
export type TypeId = number;

export interface CanonicalType {
  readonly id: TypeId;
  readonly isFinal: boolean;
  /** The declared supertype, or -1. */
  readonly superType: TypeId;
  /** All types this one is a subtype of, itself last: the type at depth d is there at d. */
  readonly chain: readonly TypeId[];
  readonly comp: CompType;
  readonly describes: TypeId;
  readonly descriptor: TypeId;
}

/** Deeper types are over every limit and will be refused; their chains are not kept, since they add up. */
const LONGEST_CHAIN = 100;

export class TypeRegistry {
  private readonly types: CanonicalType[] = [];
  private readonly groups = new Map<string, TypeId>();

  get(id: TypeId): CanonicalType {
    return this.types[id] as CanonicalType;
  }

  /**
   * Enters a recursion group whose first type has the index `first` in its module, and gives the id of its first type;
   * the others follow. `known` are the ids of the module's types before it. Every index must exist.
   */
  enterGroup(group: readonly SubType[], first: number, known: readonly TypeId[]): TypeId {
    const key = group.map((type) => this.keyOf(type, first, known)).join(';');
    const found = this.groups.get(key);
    if (found !== undefined) return found;
    const start = this.types.length;
    this.groups.set(key, start);
    const idOf = (index: number): TypeId =>
      index >= first ? start + index - first : (known[index] as TypeId);
    for (const type of group) this.types.push(this.canonical(type, idOf));
    return start;
  }

  private keyOf(type: SubType, first: number, known: readonly TypeId[]): string {
    const index = (each: number): string => (each >= first ? `r${each - first}` : `c${known[each]}`);
    const value = (each: ValType): string =>
      isRef(each) && heapOf(each) >= 0 ? `${each & 7}${index(heapOf(each))}` : String(each);
    const field = ({ storage, isMutable }: FieldType): string => (isMutable ? 'm' : '') + value(storage);
    const { comp } = type;
    const body =
      comp.kind === 'func'
        ? `f${comp.params.map(value).join()}>${comp.results.map(value).join()}`
        : `${comp.kind[0]}${comp.fields.map(field).join()}`;
    const clauses = [type.describes, type.descriptor].map((each) => (each < 0 ? '' : index(each))).join();
    return `${type.isFinal ? '' : 'o'}(${type.supers.map(index).join()})${clauses}${body}`;
  }

  private canonical(type: SubType, idOf: (index: number) => TypeId): CanonicalType {
    const id = this.types.length;
    const value = (each: ValType): ValType =>
      isRef(each) && heapOf(each) >= 0 ? withHeap(each, idOf(heapOf(each))) : each;
    const { comp } = type;
    const [superIndex] = type.supers;
    const superType = superIndex === undefined ? -1 : idOf(superIndex);
    // A supertype must come first; where it does not, validation refuses the group.
    const chain = superType >= 0 && superType < id ? this.get(superType).chain : [];
    const above = chain.length <= LONGEST_CHAIN ? chain : [];
    return {
      id,
      isFinal: type.isFinal,
      superType,
      chain: [...above, id],
      comp: isClosed(comp) ? comp : withIds(comp, value),
      describes: type.describes < 0 ? -1 : idOf(type.describes),
      descriptor: type.descriptor < 0 ? -1 : idOf(type.descriptor),
    };
  }

  isSubtype(sub: TypeId, above: TypeId): boolean {
    if (sub === above) return true;
    const depth = this.get(above).chain.length - 1;
    return this.get(sub).chain[depth] === above;
  }

  /** The abstract heap type right above a type, `struct`, `array` or `func`. */
  abstractOf(id: TypeId): HeapType {
    const { kind } = this.get(id).comp;
    return kind === 'func' ? HEAP_FUNC : kind === 'struct' ? HEAP_STRUCT : HEAP_ARRAY;
  }

  /** The top of the hierarchy of a heap type. */
  topOf(heap: HeapType): HeapType {
    switch (heap >= 0 ? this.abstractOf(heap) : heap) {
      case HEAP_FUNC:
      case HEAP_NOFUNC:
        return HEAP_FUNC;
      case HEAP_EXTERN:
      case HEAP_NOEXTERN:
        return HEAP_EXTERN;
      case HEAP_EXN:
      case HEAP_NOEXN:
        return HEAP_EXN;
      default:
        return HEAP_ANY;
    }
  }

  private matchesHeap(a: HeapType, b: HeapType): boolean {
    if (a === b || a === HEAP_BOT) return true;
    if (b >= 0) {
      if (a >= 0) return this.isSubtype(a, b);
      return a === HEAP_NONE || a === HEAP_NOFUNC ? this.topOf(a) === this.topOf(b) : false;
    }
    const heap = a >= 0 ? this.abstractOf(a) : a;
    if (heap === b) return true;
    switch (b) {
      case HEAP_ANY:
        return this.topOf(heap) === HEAP_ANY;
      case HEAP_EQ:
        return heap !== HEAP_ANY && this.topOf(heap) === HEAP_ANY;
      case HEAP_I31:
      case HEAP_STRUCT:
      case HEAP_ARRAY:
        return heap === HEAP_NONE;
      case HEAP_FUNC:
        return heap === HEAP_NOFUNC;
      case HEAP_EXTERN:
        return heap === HEAP_NOEXTERN;
      case HEAP_EXN:
        return heap === HEAP_NOEXN;
      default:
        return false;
    }
  }

  /** Whether a reference of type `a` is one of type `b`. */
  matchesRef(a: ValType, b: ValType): boolean {
    if (a === b) return true;
    if (isNullable(a) && !isNullable(b)) return false;
    const heap = heapOf(a);
    // Of an exact type only itself is a subtype, and what has no values.
    if (isExact(b) && heap >= 0) return heap === heapOf(b) && isExact(a);
    return this.matchesHeap(heap, heapOf(b));
  }

  /** Whether a value of type `a` may stand where one of type `b` is wanted. */
  matches(a: ValType, b: ValType): boolean {
    if (a === b || a === BOT) return true;
    return isRef(a) && isRef(b) && this.matchesRef(a, b);
  }

  matchesAll(a: readonly ValType[], b: readonly ValType[]): boolean {
    return a.length === b.length && a.every((type, i) => this.matches(type, b[i] as ValType));
  }

  matchesField(a: FieldType, b: FieldType): boolean {
    if (a.isMutable !== b.isMutable || !this.matches(a.storage, b.storage)) return false;
    return !a.isMutable || this.matches(b.storage, a.storage);
  }

  matchesComp(a: CompType, b: CompType): boolean {
    if (a.kind === 'func')
      return (
        b.kind === 'func' && this.matchesAll(b.params, a.params) && this.matchesAll(a.results, b.results)
      );
    if (b.kind !== a.kind || a.fields.length < b.fields.length) return false;
    return b.fields.every((field, i) => this.matchesField(a.fields[i] as FieldType, field));
  }
}

/** Whether no type index is in it, so that it is the canonical type as it stands. */
function isClosed(comp: CompType): boolean {
  const isFree = (type: ValType): boolean => !isRef(type) || heapOf(type) < 0;
  return comp.kind === 'func'
    ? comp.params.every(isFree) && comp.results.every(isFree)
    : comp.fields.every(({ storage }) => isFree(storage));
}

function withIds(comp: CompType, value: (type: ValType) => ValType): CompType {
  if (comp.kind === 'func')
    return { kind: 'func', params: comp.params.map(value), results: comp.results.map(value) };
  const fields = comp.fields.map(({ storage, isMutable }) => fieldTypeOf(value(storage), isMutable));
  return { kind: comp.kind, fields };
}

markHeapLeaf(TypeRegistry);
