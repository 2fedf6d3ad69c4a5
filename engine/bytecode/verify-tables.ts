// The part of the verifier that looks at the tables of a unit beside its code: scopes, constants, handlers, regions,
// positions, imports and exports.
import type { ExportEntry, ImportEntry, ModuleEntries } from '../syntax/scope.ts';
import { isArrayIndexText } from './operand-types.ts';
import {
  CALL_CLASS_CONSTRUCTOR,
  type ClassConstant,
  type CodeUnit,
  type Constant,
  type DeclarationsConstant,
  REGION_BLOCK,
  type ScopeDescriptor,
} from './unit.ts';
import type { Report } from './verify.ts';

/** Whether the value is an integer from 0 to `limit`. */
export function isCount(value: number, limit: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= limit;
}

export function isPrimitive(value: unknown): boolean {
  return (
    value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol')
  );
}

/** The environment and `this` stay what the caller made them: [[Construct]] returns the latter. */
export function isWritable(unit: CodeUnit, register: number, opcode: string): boolean {
  if (register >= unit.firstConstantRegister || register === unit.environmentRegister) return false;
  return register !== unit.thisRegister || opcode === 'CoerceThis';
}

/** Names are property keys: an array index would be a Number. */
function isName(name: string): boolean {
  return !isArrayIndexText(name);
}

// ---- Scopes and constants

export function verifyScopes({ scopes }: CodeUnit, report: Report): void {
  scopes.forEach((scope, i) => {
    if (!isScope(scope)) report('scope', -1, `scope ${i} is malformed`);
  });
}

function isScope({ names, mutability, uninitialized, lexical }: ScopeDescriptor): boolean {
  const { length } = names;
  return (
    mutability.length === length &&
    uninitialized.length === length &&
    lexical.length === length &&
    mutability.every((m) => isCount(m, 2)) &&
    names.every(isName)
  );
}

export function verifyConstants(unit: CodeUnit, isRoot: boolean, report: Report): void {
  let declarationsCount = 0;
  unit.constants.forEach((constant, i) => {
    const problem = problemOfConstant(unit, constant);
    if (problem !== null) report('constant', -1, `constant ${i}: ${problem}`);
    if (typeof constant === 'object' && constant?.constantKind === 'declarations') declarationsCount++;
  });
  if (declarationsCount > (isRoot ? 1 : 0))
    report('constant', -1, 'a program has its declarations once, and a function none');
}

function problemOfConstant(unit: CodeUnit, constant: Constant): string | null {
  if (typeof constant !== 'object' || constant === null) return null;
  switch (constant.constantKind) {
    case 'declarations':
      return problemOfDeclarations(unit, constant);
    case 'template':
      return constant.cooked.length === constant.raw.length && constant.raw.length > 0
        ? null
        : 'cooked and raw strings differ in number';
    case 'class':
      return problemOfClass(unit, constant);
    case 'parameter-map':
      return constant.slots.every((slot) => isCount(slot + 1, 0x7fffffff)) ? null : 'a slot is no index';
    case 'names':
      return null;
  }
}

function problemOfDeclarations(
  { functions, unitKind }: CodeUnit,
  declarations: DeclarationsConstant,
): string | null {
  const { varNames, annexBNames } = declarations;
  const lexicals = declarations.lexicals.map(({ name }) => name);
  const functionNames = declarations.functions.map(({ name }) => name);
  if (![lexicals, varNames, functionNames, annexBNames].every((names) => names.every(isName)))
    return 'what is declared is no name';
  const names = new Set([...lexicals, ...varNames]);
  if (names.size !== lexicals.length + varNames.length) return 'a name is declared twice';
  if (!declarations.functions.every((f) => isCount(f.unit, functions.length - 1))) return 'unknown function';
  if (new Set(functionNames).size !== functionNames.length) return 'a function is declared twice';
  if (unitKind === 'module') {
    const known = new Set(lexicals);
    if (!functionNames.every((name) => known.has(name))) return 'a function of the module is not declared';
    if (annexBNames.length > 0) return 'modules are strict';
  }
  return null;
}

function problemOfClass(unit: CodeUnit, constant: ClassConstant): string | null {
  if (!isCount(constant.textEnd, unit.source.text.length) || !isCount(constant.textStart, constant.textEnd))
    return 'the text of the class lies outside of the source';
  if (constant.unit === -1) return null;
  if (!isCount(constant.unit, unit.functions.length - 1)) return 'unknown function';
  const inner = unit.functions[constant.unit];
  const fits = inner.callKind === CALL_CLASS_CONSTRUCTOR && inner.isDerivedConstructor === constant.isDerived;
  return fits ? null : 'the constructor is of another kind';
}

// ---- Handlers, regions, positions

export function verifyHandlers(unit: CodeUnit, starts: Uint8Array, report: Report): void {
  const { handlers, code } = unit;
  if (handlers.length % 4 !== 0) report('handler', -1, 'the table is cut off');
  for (let i = 0; i + 4 <= handlers.length; i += 4) {
    const [start, end, target, register] = handlers.subarray(i, i + 4);
    if (start < 0 || start >= end || !isPlace(code, starts, start) || !isPlaceOrEnd(code, starts, end))
      report('handler', start, `${start}..${end} is no range of instructions`);
    else if (target < end || !isPlace(code, starts, target))
      report('handler', target, `handler ${target} is no instruction behind ${start}..${end}`);
    if (register < 0 || register >= unit.registerCount || !isWritable(unit, register, ''))
      report('handler', target, `register ${register} is not written`);
  }
}

function isPlace(code: Int32Array, starts: Uint8Array, pc: number): boolean {
  return pc >= 0 && pc < code.length && starts[pc] === 1;
}

function isPlaceOrEnd(code: Int32Array, starts: Uint8Array, pc: number): boolean {
  return pc === code.length || isPlace(code, starts, pc);
}

/** Regions are in the order of their start, outer ones first, and lie within one another. */
export function verifyRegions(unit: CodeUnit, starts: Uint8Array, report: Report): void {
  const { regions, code } = unit;
  if (regions.length % 3 !== 0) report('region', -1, 'the table is cut off');
  const open: number[] = [];
  let previous = 0;
  for (let i = 0; i + 3 <= regions.length; i += 3) {
    const [kind, start, end] = regions.subarray(i, i + 3);
    if (!isCount(kind, REGION_BLOCK)) report('region', start, `there is no kind ${kind}`);
    const isRange =
      start >= previous &&
      start <= end &&
      isPlaceOrEnd(code, starts, start) &&
      isPlaceOrEnd(code, starts, end);
    if (!isRange) {
      report('region', start, `${start}..${end} is no range of instructions in its order`);
      return;
    }
    previous = start;
    while (open.length > 0 && open[open.length - 1] <= start) open.pop();
    if (open.length > 0 && end > open[open.length - 1])
      report('region', start, `${start}..${end} crosses another region`);
    open.push(end);
  }
}

export function verifyPositions(unit: CodeUnit, starts: Uint8Array, report: Report): void {
  const { positions, callees, code } = unit;
  const { length } = unit.source.text;
  let previous = -1;
  if (positions.length % 2 !== 0) report('position', -1, 'the table is cut off');
  for (let i = 0; i + 2 <= positions.length; i += 2) {
    const pc = positions[i];
    if (pc <= previous || !isPlaceOrEnd(code, starts, pc))
      report('position', pc, 'positions are no instructions in their order');
    if (!isCount(positions[i + 1], length)) report('position', pc, 'the position lies outside of the source');
    previous = pc;
  }
  if (callees.length % 3 !== 0) report('position', -1, 'the table of callees is cut off');
  for (let i = 0; i + 3 <= callees.length; i += 3) {
    const pc = callees[i];
    if (!isPlace(code, starts, pc)) report('position', pc, 'a callee belongs to no instruction');
    if (!isCount(callees[i + 2], length) || !isCount(callees[i + 1], callees[i + 2]))
      report('position', pc, 'a callee lies outside of the source');
  }
}

// ---- Imports and exports

/** A module has entries that its environment can be made of, and no name twice; nothing else has any. */
export function verifyModuleEntries(unit: CodeUnit, report: Report): void {
  const { moduleEntries: entries, constants } = unit;
  if (unit.unitKind !== 'module') {
    if (entries !== null) report('module', -1, 'only modules have imports and exports');
    return;
  }
  const declarations = constants[0];
  if (typeof declarations !== 'object' || declarations?.constantKind !== 'declarations')
    report('constant', -1, 'constant 0 of a module is its declarations');
  else if (entries === null) report('module', -1, 'a module has entries for imports and exports');
  else {
    const problem = problemOfEntries(entries, declarations);
    if (problem !== null) report('module', -1, problem);
  }
}

function problemOfEntries(entries: ModuleEntries, declarations: DeclarationsConstant): string | null {
  const { requestedModules, importEntries } = entries;
  const requests = new Set(requestedModules);
  const bound = new Set([...declarations.varNames, ...declarations.lexicals.map(({ name }) => name)]);
  for (const entry of importEntries) {
    if (!isName(entry.localName)) return `import '${entry.localName}' is no name`;
    if (bound.has(entry.localName)) return `'${entry.localName}' is declared twice`;
    bound.add(entry.localName);
    if (!requests.has(entry.moduleRequest))
      return `the module of import '${entry.localName}' is not requested`;
    const problem = problemOfImport(entry);
    if (problem !== null) return problem;
  }
  for (const entry of entries.localExportEntries) {
    const { exportName, localName } = entry;
    if (exportName === null || localName === null || !bound.has(localName))
      return `export '${exportName}' is of no binding`;
    if (entry.moduleRequest !== null || entry.importName !== null)
      return `export '${exportName}' is of another module`;
  }
  for (const entry of [...entries.indirectExportEntries, ...entries.starExportEntries]) {
    if (entry.moduleRequest === null || !requests.has(entry.moduleRequest))
      return `the module of export '${entry.exportName}' is not requested`;
    if (entry.localName !== null) return `export '${entry.exportName}' is of a binding`;
  }
  if (!entries.indirectExportEntries.every(isIndirectExport)) return 'an indirect export is malformed';
  if (!entries.starExportEntries.every(isStarExport)) return 'an export of everything is malformed';
  return null;
}

function problemOfImport({ importName, phase, moduleRequest, localName }: ImportEntry): string | null {
  if (phase !== moduleRequest.phase) return `import '${localName}' has another phase than its request`;
  if (phase !== 'evaluation' && importName !== null)
    return `import '${localName}' of a name needs the evaluation`;
  return null;
}

function isIndirectExport({ exportName, importName, importKind }: ExportEntry): boolean {
  if (exportName === null) return false;
  return importKind === 'all' ? importName === null : importKind === 'name' && importName !== null;
}

function isStarExport({ exportName, importName, importKind }: ExportEntry): boolean {
  return exportName === null && importName === null && importKind === 'all-but-default';
}
