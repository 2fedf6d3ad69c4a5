// Validity of types. https://webassembly.github.io/spec/core/valid/types.html

import { invalid, overLimit } from '../format/module-error.ts';
import {
  DEFAULT_PAGE_SIZE_LOG2,
  heapOf,
  isRef,
  type Limits,
  type MemoryType,
  type SubType,
  type TableType,
  type ValType,
} from '../format/types.ts';
import type { Context } from './context.ts';

/** Enters the recursion group of types from `first` on into the context. Throws a ModuleError. */
export function validateRecType(context: Context, group: readonly SubType[]): void {
  const { registry, types } = context;
  const first = types.length;
  const end = first + group.length;
  checkDescriptorPairs(group, first);
  for (const type of group) checkIndices(type, end);
  const start = registry.enterGroup(group, first, types);
  for (let i = 0; i < group.length; i++) types.push(start + i);
  group.forEach((type, i) => {
    validateSubType(context, type, first + i);
  });
}

/** Types may refer to those before them and to those of their own group. */
function checkIndices({ supers, comp, describes, descriptor, position }: SubType, end: number): void {
  const check = (index: number): void => {
    if (index >= end) invalid(position, 'unknown', 'type', String(index));
  };
  supers.forEach(check);
  check(describes);
  check(descriptor);
  const value = (type: ValType): void => {
    if (isRef(type)) check(heapOf(type));
  };
  if (comp.kind === 'func') {
    comp.params.forEach(value);
    comp.results.forEach(value);
  } else for (const { storage } of comp.fields) value(storage);
}

/** A type and its descriptor name each other, within one group, the described one first. */
function checkDescriptorPairs(group: readonly SubType[], first: number): void {
  group.forEach(({ describes, descriptor, position }, i) => {
    if (describes >= 0) {
      const described = group[describes - first];
      if (described === undefined) invalid(position, 'describedOutside');
      if (described.descriptor !== first + i) invalid(position, 'describedNotDescribed');
      if (describes - first >= i) invalid(position, 'describedForward');
    }
    if (descriptor >= 0) {
      const other = group[descriptor - first];
      if (other === undefined) invalid(position, 'descriptorOutside');
      if (other.describes !== first + i) invalid(position, 'notDescribedByDescriptor');
    }
  });
}

function validateSubType(context: Context, type: SubType, index: number): void {
  const { registry, types, features } = context;
  const { comp, position } = type;
  if (comp.kind === 'func' && comp.results.length > 1 && !features.multiValue)
    invalid(position, 'resultArity');
  if (comp.kind !== 'struct' && type.descriptor >= 0) invalid(position, 'descriptorNotStruct');
  if (comp.kind !== 'struct' && type.describes >= 0) invalid(position, 'describedNotStruct');
  if (type.supers.length > 1) invalid(position, 'multipleSupers', String(index));
  const own = registry.get(types[index] as number);
  for (const superIndex of type.supers) {
    if (superIndex >= index) invalid(position, 'forwardSuper', String(superIndex));
    const above = registry.get(types[superIndex] as number);
    const mismatch = (): never => invalid(position, 'superMismatch', String(index), String(superIndex));
    if (above.isFinal) invalid(position, 'finalSuper', String(index), String(superIndex));
    if (own.describes >= 0 !== above.describes >= 0) mismatch();
    if (own.describes >= 0 && !registry.isSubtype(own.describes, above.describes))
      invalid(position, 'describedMismatch', String(type.describes), String(above.describes));
    if (above.descriptor >= 0) {
      if (own.descriptor < 0) mismatch();
      if (!registry.isSubtype(own.descriptor, above.descriptor))
        invalid(position, 'descriptorMismatch', String(type.descriptor), String(above.descriptor));
    }
    if (!registry.matchesComp(own.comp, above.comp)) mismatch();
  }
  if (own.chain.length - 1 > context.limits.subtypeDepth)
    overLimit(position, 'depth of subtypes', context.limits.subtypeDepth);
}

function checkLimits({ min, max }: Limits, largest: bigint, position: number, tooLarge: () => never): void {
  if (min > largest) tooLarge();
  if (max === null) return;
  if (max > largest) tooLarge();
  if (min > max) invalid(position, 'limitsOrder');
}

export function validateMemoryType(context: Context, type: MemoryType, position: number): void {
  const { pageSizeLog2, is64 } = type;
  if (pageSizeLog2 !== 0 && pageSizeLog2 !== DEFAULT_PAGE_SIZE_LOG2) invalid(position, 'pageSize');
  const bits = BigInt(is64 ? 64 : 32);
  // A size must itself be an address.
  const largest = pageSizeLog2 === 0 ? (1n << bits) - 1n : 1n << (bits - BigInt(pageSizeLog2));
  const wording = !context.features.memory64
    ? '65536 pages (4GiB)'
    : pageSizeLog2 === 0
      ? `2^${bits}-1 bytes for i${bits}`
      : is64
        ? '2^48 pages (256 TiB) for i64'
        : '2^16 pages (4 GiB) for i32';
  checkLimits(type, largest, position, () => invalid(position, 'memorySize', wording));
  if (type.isShared && type.max === null) invalid(position, 'sharedMaximum');
}

/** Checks the sizes and gives the type with a canonical element type. */
export function validateTableType(context: Context, type: TableType, position: number): TableType {
  const element = context.valType(type.element, position);
  const bits = BigInt(type.is64 ? 64 : 32);
  checkLimits(type, (1n << bits) - 1n, position, () =>
    invalid(position, 'tableSize', `2^${bits}-1 for i${bits}`),
  );
  return { ...type, element };
}
