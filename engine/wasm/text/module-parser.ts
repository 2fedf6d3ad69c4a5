// Modules of the text format. Three passes over the tokens: the first gives every definition its index, since names may
// be used before they are defined; the second reads type definitions, which uses of types refer to; the third reads
// everything else. https://webassembly.github.io/spec/core/text/modules.html

import { ByteWriter } from '../format/byte-writer.ts';
import type { Code, CodeBuilder } from '../format/code.ts';
import { encodeExpression } from '../format/encode-code.ts';
import { DEFAULT_FEATURES, type Features } from '../format/features.ts';
import { DEFAULT_MODULE_LIMITS, type ModuleLimits } from '../format/limits.ts';
import {
  type BranchHint,
  EXTERN_KINDS,
  type Export,
  type ExternKind,
  emptyNames,
  type Func,
  type Global,
  type Import,
  type ImportDesc,
  type Memory,
  type Module,
  type Names,
  type SegmentMode,
  type Start,
  type Table,
  type Tag,
} from '../format/module.ts';
import { ModuleBudget } from '../format/module-budget.ts';
import { malformed, overLimit } from '../format/module-error.ts';
import { OP_end, OP_i32_const, OP_i64_const } from '../format/opcodes.gen.ts';
import { hasTags, hasTypedReferences } from '../format/type-features.ts';
import { DEFAULT_PAGE_SIZE_LOG2, FUNCREF, type SubType, type ValType } from '../format/types.ts';
import { AnnotationReader } from './annotations.ts';
import { FieldCounter } from './field-counter.ts';
import { InstructionParser } from './instruction-parser.ts';
import {
  TOKEN_END,
  TOKEN_KEYWORD,
  TOKEN_LPAR,
  TOKEN_NAT,
  TOKEN_RPAR,
  type Tokens,
  tokenize,
} from './lexer.ts';
import { ModuleContext, namesByIndex, Space, type SpaceName } from './module-context.ts';
import { FUNC_NON_NULL, SegmentParser } from './segment-parser.ts';
import { TokenCursor } from './token-cursor.ts';
import { TypeParser } from './type-parser.ts';

/** What a word of code takes in the binary format at most. */
const MAX_BYTES_OF_WORD = 6;

/** What imports may not follow, as messages call it. */
const IMPORT_AFTER: Readonly<Record<ExternKind, string>> = {
  func: 'function',
  table: 'table',
  memory: 'memory',
  global: 'global',
  tag: 'tag',
};

/**
 * The module of a text: `(module …)`, or its fields alone. Throws a ModuleError of kind `malformed` or `limit` whose
 * position is an index into the text.
 */
export function parseModule(
  text: string,
  features: Features = DEFAULT_FEATURES,
  limits: ModuleLimits = DEFAULT_MODULE_LIMITS,
): Module {
  if (text.length > limits.moduleSize) overLimit(0, 'characters of a module', limits.moduleSize);
  const budget = new ModuleBudget(limits);
  const tokens = tokenize(text, limits, budget);
  const cursor = new TokenCursor(tokens);
  if (!cursor.enter('module')) return parseModuleFields(tokens, 0, tokens.count, features, limits, budget);
  cursor.optionalId();
  const start = cursor.at;
  cursor.at = 1;
  cursor.skipForm();
  const end = cursor.at - 1;
  if (cursor.kind() !== TOKEN_END) cursor.unexpected();
  return parseModuleFields(tokens, start, end, features, limits, budget);
}

/**
 * The module whose fields are the tokens from `start` to `end`. An identifier before them is the module's name. Throws what
 * `parseModule` throws.
 */
export function parseModuleFields(
  tokens: Tokens,
  start: number,
  end: number,
  features: Features = DEFAULT_FEATURES,
  limits: ModuleLimits = DEFAULT_MODULE_LIMITS,
  budget: ModuleBudget = new ModuleBudget(limits),
): Module {
  return new ModuleParser(tokens, start, end, features, limits, budget).module();
}

interface Field {
  readonly keyword: string;
  /** Token behind the keyword. */
  readonly at: number;
}

class ModuleParser {
  private readonly cursor: TokenCursor;
  private readonly context: ModuleContext;
  private readonly types: TypeParser;
  private readonly instructions: InstructionParser;
  private readonly segments: SegmentParser;
  private readonly annotations: AnnotationReader;
  private readonly start: number;
  private readonly end: number;
  private readonly features: Features;
  private readonly limits: ModuleLimits;
  private readonly budget: ModuleBudget;

  private readonly names: Names = emptyNames();
  private readonly imports: Import[] = [];
  private readonly funcs: Func[] = [];
  private readonly tables: Table[] = [];
  private readonly memories: Memory[] = [];
  private readonly globals: Global[] = [];
  private readonly tags: Tag[] = [];
  private readonly exports: Export[] = [];
  private startFunc: Start | null = null;
  private readonly branchHints = new Map<number, BranchHint[]>();
  /** Index of the next definition of each kind. */
  private readonly next: Record<ExternKind, number> = { func: 0, table: 0, memory: 0, global: 0, tag: 0 };
  private firstDefinition: ExternKind | null = null;
  private readonly counter: FieldCounter;
  private localCount = 0;

  constructor(
    tokens: Tokens,
    start: number,
    end: number,
    features: Features,
    limits: ModuleLimits,
    budget: ModuleBudget,
  ) {
    this.budget = budget;
    this.cursor = new TokenCursor(tokens, start, budget);
    this.start = start;
    this.end = end;
    this.features = features;
    this.limits = limits;
    this.context = new ModuleContext(limits, budget);
    this.counter = new FieldCounter(limits, budget);
    this.types = new TypeParser(this.cursor, this.context, features, limits);
    this.instructions = new InstructionParser(this.types);
    this.segments = new SegmentParser(this.types, this.instructions);
    this.annotations = new AnnotationReader(tokens, start, end, features);
  }

  module(): Module {
    this.moduleName();
    const fields = this.bindFields();
    for (const field of fields)
      if (field.keyword === 'type' || field.keyword === 'rec') this.typeField(field);
    this.instructions.hintBefore = (token) => this.annotations.hintBefore(token);
    for (const field of fields) if (field.keyword !== 'type' && field.keyword !== 'rec') this.field(field);
    const { context } = this;
    context.collectNames(this.names);
    const customs = this.annotations.finish(this.names);
    return {
      types: context.types,
      recGroups: context.recGroups,
      imports: this.imports,
      funcs: this.funcs,
      tables: this.tables,
      memories: this.memories,
      globals: this.globals,
      tags: this.tags,
      exports: this.exports,
      start: this.startFunc,
      elems: this.segments.elems,
      datas: this.segments.datas,
      customs,
      names: this.names,
      branchHints: this.branchHints,
    };
  }

  private position(token: number): number {
    return this.cursor.tokens.starts[token] as number;
  }

  /** The identifier behind `module` is before the fields. */
  private moduleName(): void {
    const { cursor, start } = this;
    if (start === 0) return;
    cursor.at = start - 1;
    this.names.module = cursor.optionalId();
    cursor.at = start;
  }

  /** First pass: indices and names of all definitions. */
  private bindFields(): Field[] {
    const { cursor, end } = this;
    const fields: Field[] = [];
    while (cursor.at < end) {
      const first = cursor.at;
      if (cursor.kind() !== TOKEN_LPAR) cursor.unexpected();
      cursor.at++;
      const keyword = this.fieldKeyword();
      this.budget.entries('moduleField', 1, this.position(first));
      fields.push({ keyword, at: cursor.at });
      const imported = this.bindField(keyword);
      cursor.at = first + 1;
      cursor.skipForm();
      this.annotations.addField(imported === null ? keyword : `import ${imported}`, first, cursor.at);
    }
    return fields;
  }

  private fieldKeyword(): string {
    const { cursor } = this;
    if (cursor.kind() !== TOKEN_KEYWORD) cursor.unexpected();
    const keyword = cursor.text();
    if (!FIELD_KEYWORDS.has(keyword)) {
      cursor.at--;
      cursor.unexpected();
    }
    if (keyword === 'rec' && !this.features.gc) cursor.needsFeature('gc');
    if (keyword === 'tag') this.checkTag();
    cursor.at++;
    return keyword;
  }

  /** The current token is the keyword of a tag. */
  private checkTag(): void {
    if (!hasTags(this.features)) this.cursor.needsFeature('exceptions');
  }

  /** Gives the kind of what an import imports, null of other fields. */
  private bindField(keyword: string): string | null {
    const { cursor, counter } = this;
    const { position } = cursor;
    switch (keyword) {
      case 'rec':
        while (cursor.enter('type')) {
          this.bind('type');
          cursor.skipForm();
        }
        return null;
      case 'import': {
        cursor.at += 2;
        const kind = cursor.text(1) as ExternKind;
        if (cursor.kind() !== TOKEN_LPAR || !EXTERN_KINDS.includes(kind)) return null;
        cursor.at += 2;
        this.bind(kind);
        counter.add('import', position);
        return kind;
      }
      case 'start':
        return null;
      case 'export':
        counter.add('export', position);
        return null;
      default:
        this.bind(keyword as SpaceName);
        if (keyword === 'type' || keyword === 'data' || keyword === 'elem') counter.add(keyword, position);
        else this.countDefinition(keyword as ExternKind, position);
        return null;
    }
  }

  /** Counts what a definition is about, from behind its identifier on: exports, then an import or the thing itself. */
  private countDefinition(kind: ExternKind, position: number): void {
    const { cursor, counter } = this;
    while (cursor.enter('export')) {
      counter.add('export', position);
      cursor.skipForm();
    }
    counter.add(cursor.isForm('import') ? 'import' : kind, position);
    const segment = kind === 'memory' ? 'data' : kind === 'table' ? 'elem' : null;
    if (segment === null || !this.hasInner(segment)) return;
    counter.add(segment, position);
    this.context.spaces[segment].bind(null, 0);
  }

  private bind(space: SpaceName): void {
    const { position } = this.cursor;
    const index = this.context.spaces[space].bind(this.cursor.optionalId(), position);
    if (space === 'type' && index >= this.limits.types) overLimit(position, 'types', this.limits.types);
  }

  /** Whether the field at hand has a form of that keyword right within. */
  private hasInner(keyword: string): boolean {
    const { cursor } = this;
    while (cursor.kind() !== TOKEN_RPAR && cursor.kind() !== TOKEN_END) {
      if (cursor.kind() !== TOKEN_LPAR) cursor.at++;
      else if (cursor.isForm(keyword)) return true;
      else {
        cursor.at++;
        cursor.skipForm();
      }
    }
    return false;
  }

  /** Second pass: `(type …)` and `(rec …)`. */
  private typeField({ keyword, at }: Field): void {
    const { cursor, context, types } = this;
    cursor.at = at;
    const group: SubType[] = [];
    const first = context.types.length;
    if (keyword === 'type') {
      cursor.optionalId();
      group.push(types.subType(first));
    } else
      while (cursor.enter('type')) {
        cursor.optionalId();
        group.push(types.subType(first + group.length));
        cursor.close();
      }
    cursor.close();
    context.addTypes(group, this.position(at));
  }

  /** Third pass: everything else. */
  private field({ keyword, at }: Field): void {
    const { cursor } = this;
    cursor.at = at;
    switch (keyword) {
      case 'import':
        this.import();
        break;
      case 'export':
        this.export();
        break;
      case 'start': {
        const { position } = cursor;
        if (this.startFunc !== null) malformed(position, 'multipleStart');
        this.startFunc = { position, funcidx: this.types.index('func') };
        break;
      }
      case 'data':
        cursor.optionalId();
        this.segments.data(this.position(at));
        break;
      case 'elem':
        cursor.optionalId();
        this.segments.elem(this.position(at));
        break;
      default:
        cursor.optionalId();
        this.definition(keyword as ExternKind, this.position(at));
    }
    cursor.close();
  }

  private import(): void {
    const { cursor } = this;
    const { position } = cursor;
    const module = cursor.name();
    const name = cursor.name();
    cursor.open();
    const kind = cursor.keyword() as ExternKind;
    if (!EXTERN_KINDS.includes(kind)) {
      cursor.at -= 2;
      cursor.unexpected();
    }
    if (kind === 'tag') this.checkTag();
    cursor.optionalId();
    this.addImport(module, name, this.importDesc(kind), position);
    cursor.close();
  }

  private addImport(module: string, name: string, desc: ImportDesc, position: number): void {
    if (this.firstDefinition !== null) malformed(position, 'importAfter', IMPORT_AFTER[this.firstDefinition]);
    this.next[desc.kind]++;
    this.imports.push({ module, name, desc, position });
  }

  private importDesc(kind: ExternKind): ImportDesc {
    const { types, cursor } = this;
    switch (kind) {
      case 'func': {
        const isExact = types.enterIf('customDescriptors', 'exact');
        const { typeidx } = types.typeUse(true);
        if (isExact) cursor.close();
        return { kind, typeidx, isExact };
      }
      case 'tag':
        return { kind, typeidx: types.typeUse(true).typeidx };
      case 'table':
        return { kind, type: types.tableType() };
      case 'memory':
        return { kind, type: types.memoryType() };
      case 'global':
        return { kind, type: types.globalType() };
    }
  }

  private export(): void {
    const { cursor } = this;
    const { position } = cursor;
    const name = cursor.name();
    cursor.open();
    const kind = cursor.keyword() as ExternKind;
    if (!EXTERN_KINDS.includes(kind)) {
      cursor.at--;
      cursor.unexpected();
    }
    if (kind === 'tag') this.checkTag();
    this.exports.push({ name, kind, index: this.types.index(kind), position });
    cursor.close();
  }

  /** A function, table, memory, global or tag, its identifier passed: exports, then an import or the thing itself. */
  private definition(kind: ExternKind, position: number): void {
    const { cursor } = this;
    const index = this.next[kind];
    while (cursor.enter('export')) {
      const at = cursor.position;
      this.exports.push({ name: cursor.name(), kind, index, position: at });
      cursor.close();
    }
    if (cursor.enter('import')) {
      const module = cursor.name();
      const name = cursor.name();
      cursor.close();
      this.addImport(module, name, this.importDesc(kind), position);
      return;
    }
    this.next[kind]++;
    this.firstDefinition ??= kind;
    switch (kind) {
      case 'func':
        this.func(index, position);
        return;
      case 'table':
        this.table(index, position);
        return;
      case 'memory':
        this.memory(index, position);
        return;
      case 'global': {
        const type = this.types.globalType();
        this.globals.push({ position, type, init: this.instructions.expression() });
        return;
      }
      case 'tag':
        this.tags.push({ position, typeidx: this.types.typeUse(true).typeidx });
    }
  }

  private func(index: number, position: number): void {
    const { cursor, types, instructions, budget } = this;
    const first = cursor.at;
    const use = types.typeUse(true);
    const space = new Space('local', budget);
    // Names count from the parameters of the definition even where they are not written again.
    if (use.names.length > 0) for (const name of use.names) space.bind(name, position);
    else space.count = use.params?.length ?? 0;
    const locals = this.locals(space, use.params === null ? use.typeidx : null);
    if (space.names.size > 0) {
      budget.entries('nameMap', 1, position);
      this.names.locals.set(index, namesByIndex(space));
    }
    instructions.locals = space.names;
    instructions.hints = [];
    const bodyPosition = cursor.position;
    const code = instructions.expression();
    this.checkSize(code, position);
    this.funcs.push({ typeidx: use.typeidx, locals, code, position, bodyPosition });
    this.annotations.checkHints(first, cursor.at);
    if (instructions.hints.length > 0)
      this.branchHints.set(
        index,
        instructions.hints.sort((a, b) => a.instruction - b.instruction),
      );
  }

  /** A body that a binary module could not have is refused in a text as well. */
  private checkSize(code: Code, position: number): void {
    const { functionSizeBytes } = this.limits;
    if (code.words.length * MAX_BYTES_OF_WORD <= functionSizeBytes) return;
    const writer = new ByteWriter();
    encodeExpression(writer, code);
    if (writer.finish().length > functionSizeBytes)
      overLimit(position, 'bytes of a function', functionSizeBytes);
  }

  /** `(local …)*`. `unknownType` is a type index without a definition, which names of locals cannot do without. */
  private locals(space: Space, unknownType: number | null): ValType[] {
    const { cursor, types } = this;
    const start = cursor.position;
    const locals: ValType[] = [];
    while (cursor.enter('local')) {
      const { position } = cursor;
      const name = cursor.optionalId();
      if (name !== null) {
        if (unknownType !== null) malformed(start, 'unknown', 'type', String(unknownType));
        space.bind(name, position);
        this.chargeLocal(locals, start);
        locals.push(types.valType());
      } else
        for (let type = types.optionalValType(); type !== null; type = types.optionalValType()) {
          space.bind(null, position);
          this.chargeLocal(locals, start);
          locals.push(type);
        }
      cursor.close();
    }
    return locals;
  }

  /** Pays for one more local and checks that it is not one too many. */
  private chargeLocal(locals: readonly ValType[], position: number): void {
    const { limits } = this;
    if (locals.length >= limits.locals) overLimit(position, 'locals', limits.locals);
    this.budget.entries('local', 1, position);
    if (++this.localCount > limits.moduleLocals)
      overLimit(position, 'locals of all functions', limits.moduleLocals);
  }

  private table(index: number, position: number): void {
    const { cursor, types } = this;
    const first = cursor.at;
    const is64 = types.addressType();
    if (cursor.kind() === TOKEN_NAT) {
      cursor.at = first;
      const type = types.tableType();
      const hasInit = cursor.kind() !== TOKEN_RPAR;
      if (hasInit && !hasTypedReferences(this.features)) cursor.needsFeature('functionReferences');
      this.tables.push({ position, type, init: hasInit ? this.instructions.expression() : null });
      return;
    }
    const element = types.refType();
    if (!cursor.enter('elem')) cursor.unexpected();
    // Function indices fit a table of any functions as they are.
    const isIndexList = element === FUNCREF && cursor.kind() !== TOKEN_LPAR;
    const list = isIndexList
      ? this.segments.elementList(FUNC_NON_NULL, null)
      : this.segments.elementList(element, element);
    cursor.close();
    const size = BigInt(list.funcs?.length ?? list.exprs.length);
    this.tables.push({ position, type: { element, min: size, max: size, is64 }, init: null });
    const mode: SegmentMode = { kind: 'active', index, offset: this.zero(is64, position) };
    this.segments.elems.push({ ...list, mode, position });
  }

  private memory(index: number, position: number): void {
    const { cursor, types } = this;
    const is64 = types.addressType();
    const hasPageSize = cursor.isForm('pagesize');
    if (!hasPageSize && !cursor.isForm('data')) {
      this.memories.push({ position, type: types.memoryTypeOf(is64) });
      return;
    }
    const pageSizeLog2 = hasPageSize ? types.pageSize() : DEFAULT_PAGE_SIZE_LOG2;
    if (!cursor.enter('data')) cursor.unexpected();
    const bytes = cursor.byteStrings();
    cursor.close();
    const pageSize = 1n << BigInt(pageSizeLog2);
    const size = (BigInt(bytes.length) + pageSize - 1n) / pageSize;
    this.memories.push({ position, type: { min: size, max: size, is64, isShared: false, pageSizeLog2 } });
    const mode: SegmentMode = { kind: 'active', index, offset: this.zero(is64, position) };
    this.segments.datas.push({ bytes, mode, position });
  }

  /** The expression `i32.const 0` or `i64.const 0`. */
  private zero(is64: boolean, position: number): Code {
    return zero(this.instructions.builder, is64, position);
  }
}

const FIELD_KEYWORDS = new Set([
  'type',
  'rec',
  'import',
  'func',
  'table',
  'memory',
  'global',
  'tag',
  'export',
  'start',
  'elem',
  'data',
]);

/** The expression `i32.const 0` or `i64.const 0`. */
function zero(builder: CodeBuilder, is64: boolean, position: number): Code {
  builder.begin(is64 ? OP_i64_const : OP_i32_const, position);
  builder.word(0);
  if (is64) builder.word(0);
  builder.begin(OP_end, position);
  return builder.finish();
}
