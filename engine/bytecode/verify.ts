// The verifier for code that does not come from our compiler. It proves of a tree of units that the VM stays within its
// arrays, that its handlers find the host records they expect, and that no guest sees one: this file and verify-tables.ts
// check the form of each unit, verify-flow.ts what registers hold along all paths. Problems are data; code that has one
// is never run.
//
// Loops: every way back is a Loop instruction, which charges fuel, and handlers lie behind what they guard. So whatever
// passes stops under a limit of fuel.
import { decodeAt, type Instruction, isRegisterKind, operandOf } from './decode.ts';
import { isArrayIndex, isArrayIndexText } from './operand-types.ts';
import { CALL_ASYNC, CALL_CLASS_CONSTRUCTOR, CALL_NORMAL, type CodeUnit, type Constant } from './unit.ts';
import { verifyFlow } from './verify-flow.ts';
import { type ConstantType, type ImmediateType, type OpcodeRule, opcodeRules } from './verify-rules.ts';
import {
  isCount,
  isPrimitive,
  isWritable,
  verifyConstants,
  verifyHandlers,
  verifyModuleEntries,
  verifyPositions,
  verifyRegions,
  verifyScopes,
} from './verify-tables.ts';

export const VERIFY_ERROR_CODES = [
  /** A field of a unit, or how units belong together. */
  'unit',
  'opcode',
  /** An instruction that runs past the end of the code. */
  'length',
  'jump',
  /** A way back that charges nothing. */
  'loop',
  'register',
  /** Registers of arguments. */
  'arguments',
  'constant',
  'function',
  'scope',
  'cache',
  'immediate',
  'handler',
  'region',
  'position',
  /** Control runs past the end of the code. */
  'end',
  /** A register may hold what the instruction is not made for. */
  'type',
  'environment',
  /** An instruction in a frame, or at a time, where it makes no sense. */
  'frame',
  /** Imports and exports. */
  'module',
  /** The code takes too long to check. */
  'complexity',
] as const;
export type VerifyErrorCode = (typeof VERIFY_ERROR_CODES)[number];

export interface VerifyError {
  readonly code: VerifyErrorCode;
  /** Indices of inner units from the root on, as `0.2`; '' for the root. */
  readonly unit: string;
  /** pc of the instruction; -1 for what is no instruction's. */
  readonly pc: number;
  readonly message: string;
}

export type Report = (code: VerifyErrorCode, pc: number, message: string) => void;

/** More are not collected. */
const MAX_ERRORS = 20;
const MAX_PARAMETERS = 65_535;

/** What is wrong with a compiled script or module; empty if it may run. Inner units have to be compiled. */
export function verify(root: CodeUnit): VerifyError[] {
  const errors: VerifyError[] = [];
  const reporterOf =
    (path: string): Report =>
    (code, pc, message) => {
      if (errors.length < MAX_ERRORS) errors.push({ code, unit: path, pc, message });
    };
  if (root.unitKind !== 'script' && root.unitKind !== 'module')
    reporterOf('')('unit', -1, 'only scripts and modules run by themselves');
  const known = new Set<CodeUnit>([root]);
  const units: { unit: CodeUnit; path: string }[] = [{ unit: root, path: '' }];
  let wordCount = 0;
  for (let i = 0; i < units.length; i++) {
    const { unit, path } = units[i];
    const report = reporterOf(path);
    wordCount += unit.code.length;
    verifyForm(unit, unit === root, report);
    unit.functions.forEach((inner, index) => {
      if (inner.source !== root.source) report('unit', -1, `function ${index} is of another source text`);
      if (known.has(inner)) report('unit', -1, `function ${index} has another place, too`);
      else units.push({ unit: inner, path: path === '' ? String(index) : `${path}.${index}` });
      known.add(inner);
    });
  }
  if (errors.length === 0) verifyFlow(root, wordCount, reporterOf);
  return errors;
}

/** An error in one line, with its place. */
export function describeVerifyError({ code, unit, pc, message }: VerifyError): string {
  const where = unit === '' ? 'the program' : `function ${unit}`;
  return `${code}: ${message} (${where}${pc === -1 ? '' : `, pc ${pc}`})`;
}

function verifyForm(unit: CodeUnit, isRoot: boolean, report: Report): void {
  verifyFields(unit, isRoot, report);
  verifyRegisters(unit, report);
  verifyScopes(unit, report);
  verifyConstants(unit, isRoot, report);
  const starts = verifyInstructions(unit, report);
  verifyHandlers(unit, starts, report);
  verifyRegions(unit, starts, report);
  verifyPositions(unit, starts, report);
  if (isRoot) verifyModuleEntries(unit, report);
}

function verifyFields(unit: CodeUnit, isRoot: boolean, report: Report): void {
  const { parameterCount, callKind, unitKind } = unit;
  const bad = (message: string): void => report('unit', -1, message);
  if (unit.pending !== null) bad('the unit is not compiled');
  if (!isRoot && unitKind !== 'function') bad('an inner unit is a function');
  if (!isRoot && unit.moduleEntries !== null) bad('only modules have imports and exports');
  if (!isCount(unit.length, MAX_PARAMETERS)) bad('length is no count of parameters');
  if (!isCount(unit.textEnd, unit.source.text.length) || !isCount(unit.textStart, unit.textEnd))
    bad('the text of the unit lies outside of its source');
  if (!isCount(callKind, CALL_CLASS_CONSTRUCTOR)) bad('unknown kind of call');
  if (unitKind === 'script' && callKind !== CALL_NORMAL) bad('a script is called normally');
  if (unitKind === 'module' && callKind !== CALL_NORMAL && callKind !== CALL_ASYNC)
    bad('a module is called normally or awaits');
  if (unitKind !== 'function') {
    if (parameterCount !== 0) bad('only functions have parameters');
    if (unit.isArrow) bad('only functions are arrow functions');
    if (unit.keepsArguments) bad('only functions keep their arguments');
  }
  const isFunction = unitKind === 'function';
  const thisMode = !isFunction ? 'global' : unit.isArrow ? 'lexical' : unit.strict ? 'strict' : 'global';
  if (unit.thisMode !== thisMode) bad(`the mode of this is ${thisMode}`);
  if (unit.makesConstructor && (callKind !== CALL_NORMAL || unit.isArrow || !isFunction))
    bad('what is no plain function makes constructors');
  if (callKind === CALL_CLASS_CONSTRUCTOR && unit.isArrow) bad('a class constructor is no arrow function');
  if (unit.isDerivedConstructor && callKind !== CALL_CLASS_CONSTRUCTOR)
    bad('a derived constructor is a class constructor');
}

function verifyRegisters(unit: CodeUnit, report: Report): void {
  const { parameterCount, registerCount, registers, firstConstantRegister } = unit;
  const bad = (message: string): void => report('unit', -1, message);
  if (!isCount(parameterCount, MAX_PARAMETERS)) bad('too many parameters');
  if (registers.length !== registerCount) bad('registers and their count differ');
  if (!isCount(firstConstantRegister, registerCount) || firstConstantRegister < parameterCount + 2)
    bad('constant registers start within the others');
  // Each register of a compiled unit is named in its code, apart from a few that every frame has.
  if (firstConstantRegister > parameterCount + unit.code.length + 16)
    bad('more registers than the code can use');
  for (let i = 0; i < firstConstantRegister && i < registers.length; i++)
    if (registers[i] !== undefined) bad(`register ${i} starts with a value`);
  for (let i = firstConstantRegister; i < registers.length; i++)
    if (!isPrimitive(registers[i])) bad(`register ${i} holds no primitive`);
}

// ---- Instructions

/** Checks the instructions; by pc, whether one starts there. */
function verifyInstructions(unit: CodeUnit, report: Report): Uint8Array {
  const { code } = unit;
  const starts = new Uint8Array(code.length);
  if (code.length === 0) report('end', -1, 'there is no code');
  for (let pc = 0; pc < code.length; ) {
    const opcode = code[pc];
    const instruction = decodeAt(code, pc);
    if (opcode < 0 || opcode >= opcodeRules.length) report('opcode', pc, `there is no opcode ${opcode}`);
    else if (opcodeRules[opcode] === null)
      report('opcode', pc, `the verifier does not know opcode ${opcode}`);
    else if (instruction === null) report('length', pc, 'the instruction runs past the end');
    else {
      starts[pc] = 1;
      pc = instruction.end;
      continue;
    }
    return starts;
  }
  const caches = new Uint8Array(isCount(unit.icCount, code.length) ? unit.icCount : 0);
  let used = 0;
  for (let pc = 0; pc < code.length; ) {
    const instruction = decodeAt(code, pc) as Instruction;
    const rule = opcodeRules[code[pc]] as OpcodeRule;
    used += verifyOperands(unit, instruction, caches, report);
    verifyTypedOperands(unit, rule, pc, report);
    verifyJumps(unit, rule, instruction, starts, report);
    pc = instruction.end;
  }
  if (unit.icCount !== used) report('cache', -1, 'caches and their uses differ in number');
  return starts;
}

/** Checks operands by their kind; how many caches the instruction is the first to use. */
function verifyOperands(
  unit: CodeUnit,
  instruction: Instruction,
  caches: Uint8Array,
  report: Report,
): number {
  const { pc, row } = instruction;
  const { code, registerCount } = unit;
  let first = 0;
  let newCaches = 0;
  row.operands.forEach(({ name, operandKind }, i) => {
    const word = operandOf(code, instruction, i);
    const where = `${row.name} ${name}`;
    if (isRegisterKind(operandKind)) {
      if (operandKind === 'opt' && word === -1) return;
      if (word < 0 || word >= registerCount) report('register', pc, `${where}: there is no register ${word}`);
      else if (operandKind === 'dst' && !isWritable(unit, word, row.name))
        report('register', pc, `${where}: register ${word} is not written`);
      return;
    }
    switch (operandKind) {
      case 'args':
        first = word;
        break;
      case 'count':
        if (first < 0 || word < 0 || first + word > registerCount)
          report('arguments', pc, `${where}: registers ${first} to ${first + word} are not all there`);
        break;
      case 'func':
        if (word < 0 || word >= unit.functions.length)
          report('function', pc, `${where}: there is no function ${word}`);
        break;
      case 'scope':
        if (word < 0 || word >= unit.scopes.length)
          report('scope', pc, `${where}: there is no scope ${word}`);
        break;
      case 'ic':
        // Instructions that share a cache would take what the other has found for their own.
        if (word < 0 || word >= caches.length) report('cache', pc, `${where}: there is no cache ${word}`);
        else if (caches[word] === 1) report('cache', pc, `${where}: cache ${word} is another instruction's`);
        else {
          caches[word] = 1;
          newCaches++;
        }
        break;
      case 'flag':
        if (word !== 0 && word !== 1) report('immediate', pc, `${where}: ${word} is no flag`);
        break;
    }
  });
  return newCaches;
}

/** Checks the operands whose rules say more than their kind. */
function verifyTypedOperands(unit: CodeUnit, rule: OpcodeRule, pc: number, report: Report): void {
  const { code, constants } = unit;
  for (const { name, index, constantType } of rule.constants) {
    const word = code[pc + index];
    const where = `${rule.row.name} ${name}`;
    if (word < 0 || word >= constants.length)
      report('constant', pc, `${where}: there is no constant ${word}`);
    else if (!isConstantOf(constants[word], constantType))
      report('constant', pc, `${where}: constant ${word} is no ${constantType}`);
  }
  for (const { name, index, immediateType } of rule.immediates) {
    const word = code[pc + index];
    if (!isImmediateOf(word, immediateType))
      report('immediate', pc, `${rule.row.name} ${name}: ${word} is out of range`);
  }
}

function isConstantOf(constant: Constant, type: ConstantType): boolean {
  switch (type) {
    case 'primitive':
      return isPrimitive(constant);
    case 'text':
      return typeof constant === 'string';
    case 'name':
      return typeof constant === 'string' && !isArrayIndexText(constant);
    case 'key':
      return typeof constant === 'string'
        ? !isArrayIndexText(constant)
        : typeof constant === 'number' && isArrayIndex(constant);
    default:
      return typeof constant === 'object' && constant !== null && constant.constantKind === type;
  }
}

function isImmediateOf(word: number, type: ImmediateType): boolean {
  switch (type) {
    case 'int':
      return true;
    case 'index':
      return word >= 0;
    case 'kind':
      return word >= 0 && word <= 2;
  }
}

function verifyJumps(
  unit: CodeUnit,
  rule: OpcodeRule,
  { pc, end }: Instruction,
  starts: Uint8Array,
  report: Report,
): void {
  const { code } = unit;
  for (const { index } of rule.jumps) {
    const target = end + code[pc + index];
    if (target < 0 || target >= code.length || starts[target] !== 1)
      report('jump', pc, `${rule.row.name}: no instruction starts at ${target}`);
    else if (target <= pc && rule.row.name !== 'Loop')
      report('loop', pc, `${rule.row.name}: only Loop jumps back`);
  }
}
