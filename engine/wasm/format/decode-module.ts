// A module from the binary format. The result is well-formed, not yet valid. Sections must come in order; a reader may
// run past the end of its section into the next and only then see the mismatch, as the grammar would have it.
// https://webassembly.github.io/spec/core/binary/modules.html

import { decodeBranchHints } from './branch-hint-section.ts';
import { ByteReader } from './byte-reader.ts';
import type { Code, CodeBuilder } from './code.ts';
import { CodeReader, constantCode } from './decode-code.ts';
import { TypeReader } from './decode-types.ts';
import { DEFAULT_FEATURES, type Features } from './features.ts';
import { DEFAULT_MODULE_LIMITS, type ModuleLimits } from './limits.ts';
import {
  type CustomSection,
  type Data,
  type Elem,
  EXTERN_KINDS,
  type Export,
  emptyNames,
  type Func,
  type Global,
  type Import,
  type ImportDesc,
  type Memory,
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
  type Start,
  sectionRows,
  type Table,
  type Tag,
} from './module.ts';
import { type EntryKind, ModuleBudget } from './module-budget.ts';
import { malformed, needsFeature, overLimit } from './module-error.ts';
import { decodeNames } from './name-section.ts';
import { OP_ref_func } from './opcodes.gen.ts';
import { hasSegmentKinds, hasTags, hasTypedReferences } from './type-features.ts';
import { FUNCREF, HEAP_FUNC, refType, type SubType, type ValType } from './types.ts';

const MAGIC = 0x6d736100;
const VERSION = 1;

const PASSIVE: SegmentMode = { kind: 'passive' };
const DECLARATIVE: SegmentMode = { kind: 'declarative' };

const NO_LOCALS: readonly ValType[] = [];
const NO_EXPRESSIONS: readonly Code[] = [];
const SHORT_LIST = 64;

const sectionOrder = new Map(sectionRows.map(([id], place) => [id, place]));

/**
 * The module of `bytes`, which it keeps views of. Throws a ModuleError of kind `malformed` or `limit` whose position is
 * a byte offset.
 */
export function decodeModule(
  bytes: Uint8Array,
  features: Features = DEFAULT_FEATURES,
  limits: ModuleLimits = DEFAULT_MODULE_LIMITS,
): Module {
  return new ModuleReader(bytes, features, limits).module();
}

class ModuleReader {
  private readonly reader: ByteReader;
  private readonly types: TypeReader;
  private readonly code: CodeReader;
  private readonly features: Features;
  private readonly limits: ModuleLimits;
  private readonly budget: ModuleBudget;

  private readonly subTypes: SubType[] = [];
  private readonly recGroups: number[] = [];
  private readonly imports: Import[] = [];
  private readonly funcTypes: number[] = [];
  private readonly funcs: Func[] = [];
  private readonly tables: Table[] = [];
  private readonly memories: Memory[] = [];
  private readonly globals: Global[] = [];
  private readonly tags: Tag[] = [];
  private readonly exports: Export[] = [];
  private start: Start | null = null;
  private readonly elems: Elem[] = [];
  private readonly datas: Data[] = [];
  private dataCount: number | null = null;
  private localCount = 0;
  private readonly customs: CustomSection[] = [];

  constructor(bytes: Uint8Array, features: Features, limits: ModuleLimits) {
    this.budget = new ModuleBudget(limits);
    this.reader = new ByteReader(bytes, this.budget);
    this.features = features;
    this.limits = limits;
    this.types = new TypeReader(this.reader, features, limits, this.budget);
    this.code = new CodeReader(this.types);
  }

  module(): Module {
    const { reader } = this;
    const end = reader.bytes.length;
    if (end > this.limits.moduleSize) overLimit(0, 'bytes of a module', this.limits.moduleSize);
    if (reader.word32() !== MAGIC) malformed(0, 'magic');
    if (reader.word32() !== VERSION) malformed(4, 'version');
    this.sections();
    if (this.funcTypes.length !== this.funcs.length) malformed(end, 'functionCodeLengths');
    if (this.dataCount !== null && this.dataCount !== this.datas.length) malformed(end, 'dataCountLengths');
    if (this.dataCount === null && this.code.usesData && this.funcs.length > 0)
      malformed(end, 'dataCountRequired');
    return this.finish();
  }

  private finish(): Module {
    const module = {
      types: this.subTypes,
      recGroups: this.recGroups,
      imports: this.imports,
      funcs: this.funcs,
      tables: this.tables,
      memories: this.memories,
      globals: this.globals,
      tags: this.tags,
      exports: this.exports,
      start: this.start,
      elems: this.elems,
      datas: this.datas,
      names: emptyNames(),
      branchHints: new Map(),
    };
    // Sections whose meaning is known are kept as that; those that cannot be read stay as they are.
    const known = new Map<CustomSection, boolean>();
    let { names } = module;
    let branchHints: Module['branchHints'] = module.branchHints;
    for (const custom of this.customs) {
      if (custom.name === 'name') {
        const decoded = decodeNames(custom.bytes, this.budget);
        if (decoded === null || known.has(custom)) continue;
        names = decoded;
        known.set(custom, true);
      } else if (custom.name === 'metadata.code.branch_hint' && this.features.branchHints) {
        const decoded = decodeBranchHints(custom.bytes, this.imports, this.funcs, this.budget);
        if (decoded === null) continue;
        branchHints = decoded;
        known.set(custom, true);
      }
    }
    const customs = this.customs.filter((custom) => !known.has(custom));
    return { ...module, names, branchHints, customs };
  }

  private sections(): void {
    const { reader } = this;
    let last = -1;
    let lastId = 0;
    while (!reader.isAtEnd) {
      const at = reader.pos;
      const id = reader.peek();
      const place = sectionOrder.get(id);
      if (id === SECTION_CUSTOM) {
        reader.byte();
        this.customSection(lastId);
        continue;
      }
      if (place === undefined) malformed(at, 'sectionId');
      this.checkSection(id, at);
      if (place <= last) malformed(at, 'contentAfterLast');
      reader.byte();
      const size = reader.length();
      const start = reader.pos;
      this.section(id);
      if (reader.pos !== start + size) malformed(start, 'sectionSize');
      last = place;
      lastId = id;
    }
  }

  private checkSection(id: number, at: number): void {
    const { features } = this;
    if (id === SECTION_DATA_COUNT && !features.bulkMemory)
      needsFeature(at, 'sectionId', 'a count of data segments', 'bulkMemory');
    if (id === SECTION_TAG && !hasTags(features)) needsFeature(at, 'sectionId', 'a tag', 'exceptions');
  }

  private customSection(after: number): void {
    const { reader } = this;
    const position = reader.pos - 1;
    const size = reader.length();
    const start = reader.pos;
    const name = reader.name();
    const rest = size - (reader.pos - start);
    if (rest < 0) malformed(reader.pos, 'unexpectedEnd');
    this.budget.entries('customSection', 1, position);
    this.customs.push({ name, bytes: reader.view(rest), after, position });
  }

  private section(id: number): void {
    const { limits } = this;
    switch (id) {
      case SECTION_TYPE:
        this.vector('recursion groups', limits.recursionGroups, 'recursionGroup', () => {
          const position = this.reader.pos;
          this.recGroups.push(this.types.recType(this.subTypes));
          if (this.subTypes.length > limits.types) overLimit(position, 'types', limits.types);
        });
        return;
      case SECTION_IMPORT:
        this.vector('imports', limits.imports, 'import', () => this.import());
        return;
      case SECTION_FUNCTION:
        this.vector('functions', limits.functions, 'function', () => this.funcTypes.push(this.reader.u32()));
        return;
      case SECTION_TABLE:
        this.vector('tables', limits.tables, 'table', () => this.table());
        return;
      case SECTION_MEMORY:
        this.vector('memories', limits.memories, 'memory', () => {
          const position = this.reader.pos;
          this.memories.push({ position, type: this.types.memoryType() });
        });
        return;
      case SECTION_TAG:
        this.vector('tags', limits.tags, 'tag', () => {
          const position = this.reader.pos;
          this.tags.push({ position, typeidx: this.types.tagType() });
        });
        return;
      case SECTION_GLOBAL:
        this.vector('globals', limits.globals, 'global', () => {
          const position = this.reader.pos;
          const type = this.types.globalType();
          this.globals.push({ position, type, init: this.code.expression() });
        });
        return;
      case SECTION_EXPORT:
        this.vector('exports', limits.exports, 'export', () => this.export());
        return;
      case SECTION_START:
        this.start = { position: this.reader.pos, funcidx: this.reader.u32() };
        return;
      case SECTION_ELEMENT:
        this.vector('element segments', limits.elementSegments, 'elementSegment', () => this.elem());
        return;
      case SECTION_DATA_COUNT:
        this.dataCount = this.reader.u32();
        return;
      case SECTION_CODE:
        // Only functions ask for the data count, not the constant expressions before.
        this.code.usesData = false;
        this.vector('functions', limits.functions, null, (i) => this.func(i));
        return;
      case SECTION_DATA:
        this.vector('data segments', limits.dataSegments, 'dataSegment', () => this.data());
    }
  }

  /** `kind` is what each pays for; null if it has been paid for already. */
  private vector(what: string, limit: number, kind: EntryKind | null, read: (index: number) => void): void {
    const at = this.reader.pos;
    const count = this.reader.length();
    if (count > limit) overLimit(at, what, limit);
    if (kind !== null) this.budget.entries(kind, count, at);
    for (let i = 0; i < count; i++) read(i);
  }

  private import(): void {
    const { reader } = this;
    const position = reader.pos;
    const module = reader.name();
    const name = reader.name();
    this.imports.push({ module, name, desc: this.importDesc(), position });
  }

  private importDesc(): ImportDesc {
    const { reader, types, features } = this;
    const kind = reader.byte();
    switch (kind) {
      case 0:
        return { kind: 'func', typeidx: reader.u32(), isExact: false };
      case 1:
        return { kind: 'table', type: types.tableType() };
      case 2:
        return { kind: 'memory', type: types.memoryType() };
      case 3:
        return { kind: 'global', type: types.globalType() };
      case 4:
        if (!hasTags(features)) needsFeature(reader.pos - 1, 'importKind', 'a tag', 'exceptions');
        return { kind: 'tag', typeidx: types.tagType() };
      case 0x20:
        if (!features.customDescriptors)
          needsFeature(reader.pos - 1, 'importKind', 'an exact function', 'customDescriptors');
        return { kind: 'func', typeidx: reader.u32(), isExact: true };
    }
    return malformed(reader.pos - 1, 'importKind');
  }

  private table(): void {
    const { reader } = this;
    const position = reader.pos;
    if (reader.peek() === 0x40) {
      if (!hasTypedReferences(this.features))
        needsFeature(position, 'referenceType', 'an initial value', 'functionReferences');
      reader.byte();
      if (reader.byte() !== 0) malformed(reader.pos - 1, 'zeroByte');
      const type = this.types.tableType();
      this.tables.push({ position, type, init: this.code.expression() });
    } else this.tables.push({ position, type: this.types.tableType(), init: null });
  }

  private export(): void {
    const { reader } = this;
    const position = reader.pos;
    const name = reader.name();
    const kind = EXTERN_KINDS[reader.byte()];
    if (kind === undefined) malformed(reader.pos - 1, 'exportKind');
    if (kind === 'tag' && !hasTags(this.features))
      needsFeature(reader.pos - 1, 'exportKind', 'a tag', 'exceptions');
    this.exports.push({ position, name, kind, index: reader.u32() });
  }

  private func(index: number): void {
    const { reader, limits } = this;
    const position = reader.pos;
    const size = reader.length();
    if (size > limits.functionSizeBytes) overLimit(position, 'bytes of a function', limits.functionSizeBytes);
    const bodyPosition = reader.pos;
    const locals = this.locals();
    const code = this.code.body(bodyPosition + size);
    if (reader.pos !== bodyPosition + size) malformed(bodyPosition, 'sectionSize');
    const typeidx = this.funcTypes[index] ?? 0;
    this.funcs.push({ typeidx, locals, code, position, bodyPosition });
  }

  private locals(): readonly ValType[] {
    const { reader, limits } = this;
    const position = reader.pos;
    let count = reader.length();
    if (count === 0) return NO_LOCALS;
    const locals: ValType[] = [];
    let total = 0;
    for (; count > 0; count--) {
      const length = reader.u32();
      total += length;
      const type = this.types.valType();
      // What is too many is refused below, not stored.
      if (total > limits.locals) continue;
      this.budget.entries('local', length, position);
      for (let i = 0; i < length; i++) locals.push(type);
    }
    if (total > 0xffff_ffff) malformed(position, 'tooManyLocals');
    if (total > limits.locals) overLimit(position, 'locals', limits.locals);
    this.localCount += total;
    if (this.localCount > limits.moduleLocals)
      overLimit(position, 'locals of all functions', limits.moduleLocals);
    return locals;
  }

  private elem(): void {
    const { reader, features } = this;
    const position = reader.pos;
    const flags = reader.u32();
    if (flags > 7) malformed(reader.pos - 1, 'elementSegmentKind');
    const isPassive = (flags & 1) !== 0;
    const isExplicit = (flags & 2) !== 0;
    if (isPassive && isExplicit && !features.referenceTypes)
      needsFeature(position, 'elementSegmentKind', 'a declarative segment', 'referenceTypes');
    if (isPassive && !isExplicit && !features.bulkMemory)
      needsFeature(position, 'elementSegmentKind', 'a passive segment', 'bulkMemory');
    if (flags > 0 && !hasSegmentKinds(features))
      needsFeature(position, 'elementSegmentKind', 'a kind of segment', 'bulkMemory');
    let mode = isExplicit ? DECLARATIVE : PASSIVE;
    if (!isPassive) {
      const index = isExplicit ? reader.u32() : 0;
      mode = { kind: 'active', index, offset: this.code.expression() };
    }
    let type = (flags & 4) !== 0 ? FUNCREF : refType(HEAP_FUNC, false);
    if ((flags & 3) !== 0) {
      if ((flags & 4) !== 0) type = this.types.refType();
      else if (reader.byte() !== 0) malformed(reader.pos - 1, 'elementKind');
    }
    let funcs: readonly number[] | null = null;
    let exprs = NO_EXPRESSIONS;
    if ((flags & 4) !== 0) exprs = this.elements('elementExpression', () => this.code.expression());
    else funcs = this.elements('elementIndex', () => reader.u32());
    this.elems.push({ type, funcs, exprs, mode, position });
  }

  /** The elements of a segment. */
  private elements<T>(kind: EntryKind, read: () => T): readonly T[] {
    const list: T[] = [];
    this.vector('elements of a segment', this.limits.segmentElements, kind, () => list.push(read()));
    // Without the room for more that is behind a short list which has grown.
    return list.length < SHORT_LIST ? list.slice() : list;
  }

  private data(): void {
    const { reader } = this;
    const position = reader.pos;
    const kind = reader.u32();
    if (kind > 2) malformed(reader.pos - 1, 'dataSegmentKind');
    if (kind > 0 && !this.features.bulkMemory)
      needsFeature(position, 'dataSegmentKind', 'a kind of segment', 'bulkMemory');
    let mode = PASSIVE;
    if (kind !== 1) {
      const index = kind === 2 ? reader.u32() : 0;
      mode = { kind: 'active', index, offset: this.code.expression() };
    }
    this.datas.push({ position, mode, bytes: reader.view(reader.length()) });
  }
}

/** The element of a segment that lists function indices, as an expression. */
export function funcElement(builder: CodeBuilder, funcidx: number, position: number): Code {
  return constantCode(builder, OP_ref_func, funcidx, position);
}
