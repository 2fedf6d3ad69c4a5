// The content of a KTBC file, both ways. All of it is words of four bytes, but for doubles and the insides of strings:
//
//   name of the source, its text
//   strings              number, strings; names and constants are indices into them
//   module               only in modules: requests, imports, local, indirect and star exports
//   units                each followed by its inner units
//
// A unit: flags, name, length, text start and end, parameters, first constant register, constants in registers, code,
// handlers, positions, callees, regions (words as CodeUnit has them), caches, constants, scopes, number of inner units.
// A constant: a tag in the low four bits of a word, with a string or nothing above; then what the tag says.
import { assert } from '../base/assert.ts';
import type { ExportEntry, ImportEntry, ModuleEntries, ModuleRequest } from '../syntax/scope.ts';
import { SourceText } from '../syntax/source-text.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { readConstant, writeConstant } from './codec-constants.ts';
import { type ContentReader, readIndex, readString, StringTable } from './codec-strings.ts';
import { CodeUnit, type ScopeDescriptor, type UnitKind, type UnitThisMode } from './unit.ts';

const UNIT_KINDS: readonly UnitKind[] = ['script', 'module', 'function'];
const THIS_MODES: readonly UnitThisMode[] = ['global', 'lexical', 'strict'];
const PHASES = ['evaluation', 'source', 'defer'] as const;
const IMPORT_KINDS = ['name', 'all', 'all-but-default'] as const;

/** Functions within functions: more than the parser's limit of nesting lets there be. */
const MAX_NESTING = 1_000;
/** The fewest bytes that a unit takes. */
const MIN_UNIT_BYTES = 64;
const MAX_PARAMETERS = 65_535;
/** Registers that every frame has, in the verifier's words: a few more than the code can name. */
const SPARE_REGISTERS = 16;

// ---- Writing

/** Writes the program, compiling units that have not been. */
export function writeContent(out: ByteWriter, root: CodeUnit): void {
  const strings = new StringTable();
  const body = out.sibling();
  if (root.unitKind === 'module') {
    assert(root.moduleEntries !== null, 'a module has its entries');
    writeModule(body, strings, root.moduleEntries);
  }
  const pending = [root];
  for (let unit = pending.pop(); unit !== undefined; unit = pending.pop()) {
    writeUnit(body, strings, unit.compiled());
    for (let i = unit.functions.length - 1; i >= 0; i--) pending.push(unit.functions[i]);
  }
  out.string(root.source.name);
  out.string(root.source.text);
  out.word(strings.strings.length);
  for (const text of strings.strings) out.string(text);
  out.raw(body.finish());
}

function flagsOf(unit: CodeUnit): number {
  return (
    UNIT_KINDS.indexOf(unit.unitKind) |
    (THIS_MODES.indexOf(unit.thisMode) << 2) |
    (unit.callKind << 4) |
    (Number(unit.strict) << 8) |
    (Number(unit.isArrow) << 9) |
    (Number(unit.isDerivedConstructor) << 10) |
    (Number(unit.makesConstructor) << 11) |
    (Number(unit.keepsArguments) << 12)
  );
}

function writeUnit(out: ByteWriter, strings: StringTable, unit: CodeUnit): void {
  out.word(flagsOf(unit));
  out.word(strings.index(unit.name));
  out.word(unit.length);
  out.word(unit.textStart);
  out.word(unit.textEnd);
  out.word(unit.parameterCount);
  out.word(unit.firstConstantRegister);
  const registerConstants = unit.registers.slice(unit.firstConstantRegister);
  out.word(registerConstants.length);
  for (const constant of registerConstants) writeConstant(out, strings, constant);
  out.words(unit.code);
  out.words(unit.handlers);
  out.words(unit.positions);
  out.words(unit.callees);
  out.words(unit.regions);
  out.word(unit.icCount);
  out.word(unit.constants.length);
  for (const constant of unit.constants) writeConstant(out, strings, constant);
  out.word(unit.scopes.length);
  for (const scope of unit.scopes) writeScope(out, strings, scope);
  out.word(unit.functions.length);
}

function writeScope(out: ByteWriter, strings: StringTable, scope: ScopeDescriptor): void {
  out.word(Number(scope.isVariableScope) | (Number(scope.isCatch) << 1));
  out.word(scope.names.length);
  scope.names.forEach((name, i) => {
    out.word(strings.index(name));
    out.word(scope.mutability[i] | (Number(scope.uninitialized[i]) << 2) | (Number(scope.lexical[i]) << 3));
  });
}

function writeModule(out: ByteWriter, strings: StringTable, entries: ModuleEntries): void {
  const { requestedModules } = entries;
  const requestOf = (request: ModuleRequest | null): number => {
    const index = request === null ? -1 : requestedModules.indexOf(request);
    assert(index !== -1, 'what is imported or exported from has been requested');
    return index;
  };
  const optional = (name: string | null): number => (name === null ? 0 : strings.index(name) + 1);
  out.word(requestedModules.length);
  for (const { specifier, phase, attributes } of requestedModules) {
    out.word(strings.index(specifier));
    out.word(PHASES.indexOf(phase));
    out.word(attributes.length);
    for (const { key, value } of attributes) {
      out.word(strings.index(key));
      out.word(strings.index(value));
    }
  }
  out.word(entries.importEntries.length);
  for (const { moduleRequest, importName, localName, phase } of entries.importEntries) {
    out.word(requestOf(moduleRequest));
    out.word(optional(importName));
    out.word(strings.index(localName));
    out.word(PHASES.indexOf(phase));
  }
  out.word(entries.localExportEntries.length);
  for (const { exportName, localName } of entries.localExportEntries) {
    out.word(optional(exportName));
    out.word(optional(localName));
  }
  out.word(entries.indirectExportEntries.length);
  for (const { exportName, moduleRequest, importKind, importName } of entries.indirectExportEntries) {
    out.word(optional(exportName));
    out.word(requestOf(moduleRequest));
    out.word(IMPORT_KINDS.indexOf(importKind));
    out.word(optional(importName));
  }
  out.word(entries.starExportEntries.length);
  for (const { moduleRequest } of entries.starExportEntries) out.word(requestOf(moduleRequest));
}

// ---- Reading

/** Reads the program, which is a module or a script. Throws MalformedBytes. */
export function readContent(reader: ByteReader, isModule: boolean): CodeUnit {
  const source = new SourceText(reader.string(), reader.string());
  const stringCount = reader.count(4);
  const strings: string[] = [];
  for (let i = 0; i < stringCount; i++) strings.push(reader.string());
  const content: ContentReader = { reader, strings, bigints: new Map() };
  const start = reader.offset;
  const entries = isModule ? readModule(content) : null;
  const units = new UnitReader(content, source);
  const root = units.readAll();
  if ((root.unitKind === 'module') !== isModule || root.unitKind === 'function')
    reader.failAt(start, 'the first unit is not the program that the header tells of');
  root.moduleEntries = entries;
  return root;
}

class UnitReader {
  private readonly content: ContentReader;
  private readonly source: SourceText;
  /** Parameters stand in the text, each once: units may not have more of them. */
  private parametersLeft: number;

  constructor(content: ContentReader, source: SourceText) {
    this.content = content;
    this.source = source;
    this.parametersLeft = source.text.length;
  }

  /** The root with all its inner units. */
  readAll(): CodeUnit {
    const { reader } = this.content;
    const root = this.readOne();
    const open: { readonly functions: CodeUnit[]; left: number }[] = [root];
    while (open.length > 0) {
      const parent = open[open.length - 1];
      if (parent.left === 0) {
        open.pop();
        continue;
      }
      parent.left--;
      if (open.length > MAX_NESTING) reader.fail('functions are nested too deeply');
      const inner = this.readOne();
      parent.functions.push(inner.unit);
      open.push(inner);
    }
    return root.unit;
  }

  /** A unit, whose inner units follow. */
  private readOne(): { readonly unit: CodeUnit; readonly functions: CodeUnit[]; left: number } {
    const { content } = this;
    const { reader } = content;
    const flags = reader.upTo((1 << 13) - 1, 'the flags of a unit');
    const unitKind = UNIT_KINDS[flags & 3];
    const thisMode = THIS_MODES[(flags >> 2) & 3];
    if (unitKind === undefined || thisMode === undefined) reader.fail('unknown flags of a unit');
    const unit = new CodeUnit(unitKind, this.source);
    unit.thisMode = thisMode;
    unit.callKind = (flags >> 4) & 15;
    unit.strict = (flags & (1 << 8)) !== 0;
    unit.isArrow = (flags & (1 << 9)) !== 0;
    unit.isDerivedConstructor = (flags & (1 << 10)) !== 0;
    unit.makesConstructor = (flags & (1 << 11)) !== 0;
    unit.keepsArguments = (flags & (1 << 12)) !== 0;
    unit.name = readString(content);
    unit.length = reader.uint();
    unit.textStart = reader.uint();
    unit.textEnd = reader.uint();
    unit.parameterCount = reader.upTo(
      Math.min(MAX_PARAMETERS, this.parametersLeft),
      'the number of parameters',
    );
    this.parametersLeft -= unit.parameterCount;
    this.readRegisters(unit);
    unit.handlers = reader.words();
    unit.positions = reader.words();
    unit.callees = reader.words();
    unit.regions = reader.words();
    unit.icCount = reader.uint();
    unit.constants = readList(reader, 4, () => readConstant(content));
    unit.scopes = readList(reader, 8, () => readScope(content));
    const functions: CodeUnit[] = [];
    unit.functions = functions;
    return { unit, functions, left: reader.count(MIN_UNIT_BYTES) };
  }

  private readRegisters(unit: CodeUnit): void {
    const { reader } = this.content;
    const start = reader.offset;
    const first = reader.uint();
    const constants = readList(reader, 4, () => readPrimitive(this.content));
    unit.code = reader.words();
    if (first > unit.parameterCount + unit.code.length + SPARE_REGISTERS)
      reader.failAt(start, 'a unit has more registers than its code can name');
    const registers: ReturnType<typeof readPrimitive>[] = new Array(first).fill(undefined);
    for (const constant of constants) registers.push(constant);
    unit.firstConstantRegister = first;
    unit.registers = registers;
    unit.registerCount = registers.length;
  }
}

function readList<T>(reader: ByteReader, elementBytes: number, read: () => T): T[] {
  const count = reader.count(elementBytes);
  const list: T[] = [];
  for (let i = 0; i < count; i++) list.push(read());
  return list;
}

function readPrimitive(content: ContentReader): undefined | null | boolean | number | string | bigint {
  const start = content.reader.offset;
  const constant = readConstant(content);
  if (typeof constant === 'object' && constant !== null)
    content.reader.failAt(start, 'a register holds a record');
  return constant;
}

function readScope(content: ContentReader): ScopeDescriptor {
  const { reader } = content;
  const flags = reader.upTo(3, 'the flags of a scope');
  const names: string[] = [];
  const mutability: number[] = [];
  const uninitialized: boolean[] = [];
  const lexical: boolean[] = [];
  for (let i = reader.count(8); i > 0; i--) {
    names.push(readString(content));
    const slotFlags = reader.upTo(15, 'the flags of a slot');
    mutability.push(slotFlags & 3);
    uninitialized.push((slotFlags & 4) !== 0);
    lexical.push((slotFlags & 8) !== 0);
  }
  return {
    names,
    mutability,
    uninitialized,
    lexical,
    isVariableScope: (flags & 1) !== 0,
    isCatch: (flags & 2) !== 0,
  };
}

function readModule(content: ContentReader): ModuleEntries {
  const { reader, strings } = content;
  const optional = (): string | null => {
    const index = readIndex(reader, strings.length + 1, 'string');
    return index === 0 ? null : strings[index - 1];
  };
  const requestedModules = readList(reader, 12, () => readRequest(content));
  const request = (): ModuleRequest =>
    requestedModules[readIndex(reader, requestedModules.length, 'requested module')];
  const importEntries = readList(
    reader,
    16,
    (): ImportEntry => ({
      moduleRequest: request(),
      importName: optional(),
      localName: readString(content),
      phase: PHASES[readIndex(reader, PHASES.length, 'phase')],
    }),
  );
  const localExportEntries = readList(
    reader,
    8,
    (): ExportEntry => ({
      exportName: optional(),
      moduleRequest: null,
      importName: null,
      importKind: 'name',
      localName: optional(),
    }),
  );
  const indirectExportEntries = readList(reader, 16, (): ExportEntry => {
    const exportName = optional();
    const moduleRequest = request();
    const importKind = IMPORT_KINDS[readIndex(reader, IMPORT_KINDS.length, 'kind of import')];
    return { exportName, moduleRequest, importName: optional(), importKind, localName: null };
  });
  const starExportEntries = readList(
    reader,
    4,
    (): ExportEntry => ({
      exportName: null,
      moduleRequest: request(),
      importName: null,
      importKind: 'all-but-default',
      localName: null,
    }),
  );
  return { requestedModules, importEntries, localExportEntries, indirectExportEntries, starExportEntries };
}

function readRequest(content: ContentReader): ModuleRequest {
  const { reader } = content;
  const specifier = readString(content);
  const phase = PHASES[readIndex(reader, PHASES.length, 'phase')];
  const attributes = readList(reader, 8, () => ({ key: readString(content), value: readString(content) }));
  return { specifier, attributes, phase };
}
