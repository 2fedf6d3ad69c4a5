// A module into the binary format: sections in order, integers in their shortest form, segments and tables in their
// shortest notation. decodeModule gives the same structure back.

import { encodeBranchHints } from './branch-hint-section.ts';
import { ByteWriter } from './byte-writer.ts';
import { encodeExpression } from './encode-code.ts';
import {
  encodeGlobalType,
  encodeMemoryType,
  encodeRecType,
  encodeRefType,
  encodeTableType,
  encodeValType,
} from './encode-types.ts';
import { immediateLength, partsOf } from './instruction-lookup.ts';
import {
  type Elem,
  EXTERN_KINDS,
  type Func,
  type Import,
  importCount,
  type Module,
  SECTION_CODE,
  SECTION_CUSTOM,
  SECTION_DATA,
  SECTION_DATA_COUNT,
  SECTION_ELEMENT,
  SECTION_EXPORT,
  SECTION_FUNCTION,
  SECTION_GLOBAL,
  SECTION_IMPORT,
  SECTION_MEMORY,
  SECTION_START,
  SECTION_TABLE,
  SECTION_TAG,
  SECTION_TYPE,
  type SegmentMode,
  sectionRows,
} from './module.ts';
import { encodeNames } from './name-section.ts';
import { FUNCREF, HEAP_FUNC, refType, type ValType } from './types.ts';

const FUNC_NON_NULL = refType(HEAP_FUNC, false);

/** The bytes of a module. It need not be valid, only well-formed. */
export function encodeModule(module: Module): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writer.word32(0x6d736100);
  writer.word32(1);
  const { code, offsets } = encodeCode(module);
  const hints = [...module.branchHints.values()].some((list) => list.length > 0);
  writeCustoms(writer, module, SECTION_CUSTOM);
  for (const [id] of sectionRows) {
    if (id === SECTION_CODE && hints)
      writeCustom(writer, 'metadata.code.branch_hint', encodeBranchHints(module.branchHints, offsets));
    const content = id === SECTION_CODE ? code : sectionContent(module, id);
    if (content !== null) {
      writer.byte(id);
      writer.vector(content);
    }
    writeCustoms(writer, module, id);
  }
  const names = encodeNames(module.names);
  if (names !== null) writeCustom(writer, 'name', names);
  return writer.finish();
}

function writeCustoms(writer: ByteWriter, module: Module, after: number): void {
  for (const custom of module.customs)
    if (custom.after === after) writeCustom(writer, custom.name, custom.bytes);
}

function writeCustom(writer: ByteWriter, name: string, bytes: Uint8Array): void {
  writer.byte(SECTION_CUSTOM);
  writer.sized((inner) => {
    inner.name(name);
    inner.raw(bytes);
  });
}

/** The code section, and where instructions begin in each function, counted from its locals. */
function encodeCode(module: Module): { code: Uint8Array | null; offsets: Map<number, number[]> } {
  const offsets = new Map<number, number[]>();
  const imported = importCount(module, 'func');
  const code = vector(module.funcs, (writer, func, i) =>
    writer.sized((inner) => offsets.set(imported + i, writeBody(inner, func))),
  );
  return { code, offsets };
}

function writeBody(writer: ByteWriter, { locals, code }: Func): number[] {
  const runs: [count: number, type: ValType][] = [];
  for (const type of locals) {
    const last = runs[runs.length - 1];
    if (last !== undefined && last[1] === type) last[0]++;
    else runs.push([1, type]);
  }
  writer.u32(runs.length);
  for (const [count, type] of runs) {
    writer.u32(count);
    encodeValType(writer, type);
  }
  return encodeExpression(writer, code);
}

/** Bytes of a section, or null if it has nothing in it. */
function sectionContent(module: Module, id: number): Uint8Array | null {
  switch (id) {
    case SECTION_TYPE: {
      let first = 0;
      return vector(module.recGroups, (writer, count) => {
        encodeRecType(writer, module.types.slice(first, first + count));
        first += count;
      });
    }
    case SECTION_IMPORT:
      return vector(module.imports, writeImport);
    case SECTION_FUNCTION:
      return vector(module.funcs, (writer, { typeidx }) => writer.u32(typeidx));
    case SECTION_TABLE:
      return vector(module.tables, (writer, { type, init }) => {
        if (init !== null) {
          writer.byte(0x40);
          writer.byte(0);
        }
        encodeTableType(writer, type);
        if (init !== null) encodeExpression(writer, init);
      });
    case SECTION_MEMORY:
      return vector(module.memories, (writer, { type }) => encodeMemoryType(writer, type));
    case SECTION_TAG:
      return vector(module.tags, (writer, { typeidx }) => {
        writer.byte(0);
        writer.u32(typeidx);
      });
    case SECTION_GLOBAL:
      return vector(module.globals, (writer, { type, init }) => {
        encodeGlobalType(writer, type);
        encodeExpression(writer, init);
      });
    case SECTION_EXPORT:
      return vector(module.exports, (writer, { name, kind, index }) => {
        writer.name(name);
        writer.byte(EXTERN_KINDS.indexOf(kind));
        writer.u32(index);
      });
    case SECTION_START: {
      if (module.start === null) return null;
      const writer = new ByteWriter();
      writer.u32(module.start.funcidx);
      return writer.finish();
    }
    case SECTION_ELEMENT:
      return vector(module.elems, writeElem);
    case SECTION_DATA_COUNT: {
      // Only functions that name a segment need the section, even if there is none.
      if (!usesData(module)) return null;
      const writer = new ByteWriter();
      writer.u32(module.datas.length);
      return writer.finish();
    }
    case SECTION_DATA:
      return vector(module.datas, (writer, { mode, bytes }) => {
        const isExplicit = mode.kind === 'active' && mode.index !== 0;
        writer.u32(mode.kind === 'passive' ? 1 : isExplicit ? 2 : 0);
        writeMode(writer, mode, isExplicit);
        writer.vector(bytes);
      });
    default:
      return null;
  }
}

function usesData(module: Module): boolean {
  return module.funcs.some(({ code: { words } }) => {
    for (let at = 0; at < words.length; at += 1 + immediateLength(words, at))
      if ((partsOf[words[at] as number] as readonly string[]).includes('data')) return true;
    return false;
  });
}

function vector<T>(
  items: readonly T[],
  write: (writer: ByteWriter, item: T, index: number) => void,
): Uint8Array | null {
  if (items.length === 0) return null;
  const writer = new ByteWriter();
  writer.u32(items.length);
  items.forEach((item, i) => {
    write(writer, item, i);
  });
  return writer.finish();
}

function writeImport(writer: ByteWriter, { module, name, desc }: Import): void {
  writer.name(module);
  writer.name(name);
  writer.byte(desc.kind === 'func' && desc.isExact ? 0x20 : EXTERN_KINDS.indexOf(desc.kind));
  switch (desc.kind) {
    case 'func':
      writer.u32(desc.typeidx);
      return;
    case 'tag':
      writer.byte(0);
      writer.u32(desc.typeidx);
      return;
    case 'table':
      encodeTableType(writer, desc.type);
      return;
    case 'memory':
      encodeMemoryType(writer, desc.type);
      return;
    case 'global':
      encodeGlobalType(writer, desc.type);
  }
}

function writeMode(writer: ByteWriter, mode: SegmentMode, isExplicit: boolean): void {
  if (mode.kind !== 'active') return;
  if (isExplicit) writer.u32(mode.index);
  encodeExpression(writer, mode.offset);
}

function writeElem(writer: ByteWriter, { type, funcs, exprs, mode }: Elem): void {
  const isActive = mode.kind === 'active';
  const hasShortType = funcs === null ? type === FUNCREF : type === FUNC_NON_NULL;
  const isExplicit = isActive ? mode.index !== 0 || !hasShortType : mode.kind === 'declarative';
  writer.u32((isActive ? 0 : 1) | (isExplicit ? 2 : 0) | (funcs === null ? 4 : 0));
  writeMode(writer, mode, isExplicit);
  if (!isActive || isExplicit) {
    if (funcs === null) encodeRefType(writer, type);
    else writer.byte(0);
  }
  if (funcs !== null) {
    writer.u32(funcs.length);
    for (const funcidx of funcs) writer.u32(funcidx);
  } else {
    writer.u32(exprs.length);
    for (const expr of exprs) encodeExpression(writer, expr);
  }
}
