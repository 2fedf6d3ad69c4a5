// The text form of code units, and the same as data for JSON: every instruction with its operands named, constants shown,
// jumps as absolute pcs, and the source line and column it comes from. Both are total: whatever a unit holds, malformed
// code and tables too, is shown as far as it goes.
//
//   function F0 "twice": 1 parameter, 5 registers, 1 cache, strict
//        0  Add                    dst=r3 left=r0 right=r0 ic=#0          ; 2:10
//
// Registers are r0…; `env` and `this` are those the frame is entered with; constants in registers are shown themselves.
// K is a constant, F an inner function, S a scope, # a cache, @ a pc. A `>` stands before places that jumps lead to.
import { decodeAll, decodeAt, type Instruction, jumpTargets, operandOf } from './decode.ts';
import {
  BINDING_CONSTANT,
  BINDING_SLOPPY_CONSTANT,
  CALL_ASYNC,
  CALL_ASYNC_GENERATOR,
  CALL_CLASS_CONSTRUCTOR,
  CALL_GENERATOR,
  type CodeUnit,
  type Constant,
  type ScopeDescriptor,
} from './unit.ts';

export interface DisassembledInstruction {
  readonly pc: number;
  readonly opcode: string;
  /** Operands by name, as written in the text form. */
  readonly operands: Readonly<Record<string, string>>;
  readonly line: number;
  readonly column: number;
}

export interface DisassembledUnit {
  readonly kind: string;
  readonly name: string;
  readonly parameters: number;
  readonly registers: number;
  readonly caches: number;
  readonly flags: readonly string[];
  readonly textStart: number;
  readonly textEnd: number;
  /** As written in the text form: primitives as literals. */
  readonly constants: readonly string[];
  readonly instructions: readonly DisassembledInstruction[];
  readonly handlers: readonly {
    readonly start: number;
    readonly end: number;
    readonly target: number;
    readonly register: string;
  }[];
  readonly regions: readonly { readonly kind: string; readonly start: number; readonly end: number }[];
  /** Texts of the callees that messages name, by pc of the call. */
  readonly callees: readonly { readonly pc: number; readonly text: string }[];
  readonly scopes: readonly DisassembledScope[];
  /** Of modules: the requests, imports and exports as the specification's records; else null. */
  readonly module: CodeUnit['moduleEntries'];
  readonly functions: readonly DisassembledUnit[];
}

export interface DisassembledScope {
  readonly flags: readonly string[];
  readonly slots: readonly { readonly name: string; readonly flags: readonly string[] }[];
}

const REGION_NAMES = ['loop', 'if', 'try', 'block'];
const CALL_NAMES: Readonly<Record<number, string>> = {
  [CALL_GENERATOR]: 'generator',
  [CALL_ASYNC]: 'async',
  [CALL_ASYNC_GENERATOR]: 'async-generator',
  [CALL_CLASS_CONSTRUCTOR]: 'class-constructor',
};

/** A unit and its inner units as data; compiles those that have not been. Throws NestedTooDeeply, as compiling does. */
export function disassembleToData(unit: CodeUnit): DisassembledUnit {
  unit.compiled();
  const { handlers, regions, callees, scopes } = unit;
  return {
    kind: unit.unitKind,
    name: unit.name,
    parameters: unit.parameterCount,
    registers: unit.registerCount,
    caches: unit.icCount,
    flags: flagsOf(unit),
    textStart: unit.textStart,
    textEnd: unit.textEnd,
    constants: unit.constants.map(constantText),
    instructions: instructionsOf(unit),
    handlers: rowsOf(handlers, 4).map(([start, end, target, register]) => ({
      start,
      end,
      target,
      register: registerText(unit, register),
    })),
    regions: rowsOf(regions, 3).map(([kind, start, end]) => ({
      kind: REGION_NAMES[kind] ?? String(kind),
      start,
      end,
    })),
    callees: rowsOf(callees, 3).map(([pc, start, end]) => ({ pc, text: unit.calleeText(start, end) })),
    scopes: scopes.map(scopeOf),
    module: unit.moduleEntries,
    functions: unit.functions.map(disassembleToData),
  };
}

/** The text form of a unit and its inner units. Throws NestedTooDeeply, as compiling does. */
export function disassemble(unit: CodeUnit): string {
  const lines: string[] = [];
  writeUnit(lines, unit, disassembleToData(unit), '');
  return `${lines.join('\n')}\n`;
}

// ---- Text

/** Column that positions start in. */
const POSITION_COLUMN = 72;

function writeUnit(lines: string[], unit: CodeUnit, data: DisassembledUnit, path: string): void {
  const name = data.name === '' ? '' : ` ${JSON.stringify(data.name)}`;
  const place = path === '' ? '' : ` F${path}`;
  const facts = [
    counted(data.parameters, 'parameter'),
    counted(data.registers, 'register'),
    counted(data.caches, 'cache'),
    ...data.flags,
  ];
  lines.push(`${data.kind}${place}${name}: ${facts.join(', ')}`);
  writeInstructions(lines, unit, data);
  for (const { start, end, target, register } of data.handlers)
    lines.push(`  handler ${start}..${end} -> @${target} ${register}`);
  for (const { kind, start, end } of data.regions) lines.push(`  region ${kind} ${start}..${end}`);
  unit.constants.forEach((constant, i) => {
    if (isRecord(constant)) lines.push(`  constant K${i} ${data.constants[i]}`);
  });
  data.scopes.forEach(({ flags, slots }, i) => {
    const texts = slots.map((slot) => [JSON.stringify(slot.name), ...slot.flags].join(':'));
    lines.push(`  scope S${i} ${[...flags, ...texts].join(' ')}`.trimEnd());
  });
  if (data.module !== null) lines.push(`  module ${JSON.stringify(data.module)}`);
  data.functions.forEach((inner, i) => {
    lines.push('');
    writeUnit(lines, unit.functions[i], inner, path === '' ? String(i) : `${path}.${i}`);
  });
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function writeInstructions(lines: string[], { code }: CodeUnit, { instructions }: DisassembledUnit): void {
  const targets = new Set(decodeAll(code).flatMap((instruction) => jumpTargets(code, instruction)));
  let where = '';
  for (const { pc, opcode, operands, line, column } of instructions) {
    const position = `${line}:${column}`;
    const words = Object.entries(operands).map(([key, text]) => `${key}=${text}`);
    const mark = targets.has(pc) ? '>' : ' ';
    const text = `${mark}${String(pc).padStart(6)}  ${opcode.padEnd(22)} ${words.join(' ')}`.trimEnd();
    lines.push(position === where ? text : `${text.padEnd(POSITION_COLUMN)} ; ${position}`);
    where = position;
  }
}

// ---- Data

function flagsOf(unit: CodeUnit): string[] {
  const flags: string[] = [];
  if (unit.strict) flags.push('strict');
  if (unit.isArrow) flags.push('arrow');
  if (CALL_NAMES[unit.callKind] !== undefined) flags.push(CALL_NAMES[unit.callKind]);
  if (unit.isDerivedConstructor) flags.push('derived');
  if (unit.makesConstructor) flags.push('constructor');
  if (unit.keepsArguments) flags.push('keeps-arguments');
  return flags;
}

function scopeOf(scope: ScopeDescriptor): DisassembledScope {
  const { names, mutability, uninitialized, lexical } = scope;
  const flags: string[] = [];
  if (scope.isVariableScope) flags.push('variables');
  if (scope.isCatch) flags.push('catch');
  const slots = names.map((name, i) => {
    const slotFlags: string[] = [];
    if (mutability[i] === BINDING_CONSTANT) slotFlags.push('constant');
    else if (mutability[i] === BINDING_SLOPPY_CONSTANT) slotFlags.push('sloppy-constant');
    if (uninitialized[i]) slotFlags.push('uninitialized');
    if (lexical[i]) slotFlags.push('lexical');
    return { name, flags: slotFlags };
  });
  return { flags, slots };
}

function instructionsOf(unit: CodeUnit): DisassembledInstruction[] {
  const { code, source } = unit;
  const out: DisassembledInstruction[] = [];
  for (let pc = 0; pc < code.length; ) {
    const { line, column } = source.positionAt(unit.offsetAt(pc));
    const instruction = decodeAt(code, pc);
    if (instruction === null) {
      out.push({ pc, opcode: `word ${code[pc]}`, operands: {}, line, column });
      pc++;
      continue;
    }
    const operands: Record<string, string> = {};
    instruction.row.operands.forEach(({ name }, i) => {
      operands[name] = operandText(unit, instruction, i);
    });
    out.push({ pc, opcode: instruction.row.name, operands, line, column });
    pc = instruction.end;
  }
  return out;
}

function operandText(unit: CodeUnit, instruction: Instruction, index: number): string {
  const word = operandOf(unit.code, instruction, index);
  switch (instruction.row.operands[index].operandKind) {
    case 'dst':
      return registerText(unit, word);
    case 'src':
    case 'opt':
      return word === -1 ? 'none' : registerText(unit, word);
    case 'args':
      return `r${word}…`;
    case 'const': {
      const constant = unit.constants[word];
      return !(word in unit.constants) || isRecord(constant) ? `K${word}` : constantText(constant);
    }
    case 'func':
      return `F${word}`;
    case 'scope':
      return `S${word}`;
    case 'ic':
      return `#${word}`;
    case 'jump':
      return `@${instruction.end + word}`;
    default:
      return String(word);
  }
}

function registerText(unit: CodeUnit, register: number): string {
  if (register >= unit.firstConstantRegister && register < unit.registers.length)
    return constantText(unit.registers[register]);
  if (register === unit.environmentRegister) return 'env';
  if (register === unit.thisRegister) return 'this';
  return `r${register}`;
}

function isRecord(constant: Constant): boolean {
  return typeof constant === 'object' && constant !== null;
}

function constantText(constant: Constant): string {
  if (typeof constant === 'string') return JSON.stringify(constant);
  if (typeof constant === 'bigint') return `${constant}n`;
  if (Object.is(constant, -0)) return '-0';
  if (typeof constant !== 'object' || constant === null) return String(constant);
  const { constantKind, ...rest } = constant;
  return `${constantKind} ${JSON.stringify(rest)}`;
}

function rowsOf(words: Int32Array, width: number): number[][] {
  const rows: number[][] = [];
  for (let i = 0; i + width <= words.length; i += width) rows.push([...words.subarray(i, i + width)]);
  return rows;
}
