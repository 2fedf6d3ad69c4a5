// Types into the binary format, the counterpart of decode-types.ts.

import type { ByteWriter } from './byte-writer.ts';
import {
  CODE_ARRAY,
  CODE_DESCRIBES,
  CODE_DESCRIPTOR,
  CODE_EXACT,
  CODE_FUNC,
  CODE_REC,
  CODE_REF,
  CODE_REF_NULL,
  CODE_STRUCT,
  CODE_SUB,
  CODE_SUB_FINAL,
  LIMITS_64,
  LIMITS_MAX,
  LIMITS_PAGE_SIZE,
  LIMITS_SHARED,
} from './decode-types.ts';
import {
  DEFAULT_PAGE_SIZE_LOG2,
  type GlobalType,
  heapOf,
  isExact,
  isNullable,
  isRef,
  type Limits,
  type MemoryType,
  type SubType,
  type TableType,
  type ValType,
} from './types.ts';

const code = (writer: ByteWriter, value: number): void => writer.byte(value & 0x7f);

export function encodeValType(writer: ByteWriter, type: ValType): void {
  if (isRef(type)) encodeRefType(writer, type);
  else code(writer, type >> 1);
}

export function encodeRefType(writer: ByteWriter, type: ValType): void {
  if (heapOf(type) < 0 && isNullable(type)) code(writer, heapOf(type));
  else {
    code(writer, isNullable(type) ? CODE_REF_NULL : CODE_REF);
    encodeHeapType(writer, type);
  }
}

/** The heap type of a reference type, exact or not. */
export function encodeHeapType(writer: ByteWriter, type: ValType): void {
  if (isExact(type)) {
    code(writer, CODE_EXACT);
    writer.u32(heapOf(type));
  } else writer.signed(heapOf(type));
}

export function encodeRecType(writer: ByteWriter, types: readonly SubType[]): void {
  if (types.length !== 1) {
    code(writer, CODE_REC);
    writer.u32(types.length);
  }
  for (const type of types) encodeSubType(writer, type);
}

function encodeSubType(writer: ByteWriter, { isFinal, supers, comp, describes, descriptor }: SubType): void {
  if (!isFinal || supers.length > 0) {
    code(writer, isFinal ? CODE_SUB_FINAL : CODE_SUB);
    writer.u32(supers.length);
    for (const index of supers) writer.u32(index);
  }
  if (describes >= 0) {
    code(writer, CODE_DESCRIBES);
    writer.u32(describes);
  }
  if (descriptor >= 0) {
    code(writer, CODE_DESCRIPTOR);
    writer.u32(descriptor);
  }
  switch (comp.kind) {
    case 'func':
      code(writer, CODE_FUNC);
      for (const list of [comp.params, comp.results]) {
        writer.u32(list.length);
        for (const type of list) encodeValType(writer, type);
      }
      return;
    case 'struct':
      code(writer, CODE_STRUCT);
      writer.u32(comp.fields.length);
      break;
    case 'array':
      code(writer, CODE_ARRAY);
  }
  for (const { storage, isMutable } of comp.fields) {
    encodeValType(writer, storage);
    writer.byte(isMutable ? 1 : 0);
  }
}

function encodeLimits(writer: ByteWriter, { min, max, is64 }: Limits, flags: number): void {
  writer.byte((max === null ? 0 : LIMITS_MAX) | (is64 ? LIMITS_64 : 0) | flags);
  writer.u64(min);
  if (max !== null) writer.u64(max);
}

export function encodeMemoryType(writer: ByteWriter, type: MemoryType): void {
  const hasPageSize = type.pageSizeLog2 !== DEFAULT_PAGE_SIZE_LOG2;
  encodeLimits(writer, type, (type.isShared ? LIMITS_SHARED : 0) | (hasPageSize ? LIMITS_PAGE_SIZE : 0));
  if (hasPageSize) writer.u32(type.pageSizeLog2);
}

export function encodeTableType(writer: ByteWriter, type: TableType): void {
  encodeRefType(writer, type.element);
  encodeLimits(writer, type, 0);
}

export function encodeGlobalType(writer: ByteWriter, { type, isMutable }: GlobalType): void {
  encodeValType(writer, type);
  writer.byte(isMutable ? 1 : 0);
}
