// Changes to the units of a program that keep their form, so that many get past the reader and some past the verifier: in
// instructions, operands, tables, constants, scopes, and what units say of themselves.
import { opcodeRows } from '../../engine/bytecode/opcodes.ts';
import type { Random } from '../random.ts';
import { type Assembly, type Line, putTogether, rowOf, takeApart, takeOut, type Unit } from './assembly.ts';

interface Mutation {
  readonly name: string;
  /** How often it is chosen, as against the others. */
  readonly weight: number;
  readonly apply: (random: Random, unit: Unit, all: readonly Unit[]) => void;
}

/** All units of a program. */
export function unitsOf(root: Unit): Unit[] {
  const all = [root];
  for (let i = 0; i < all.length; i++) all.push(...all[i].functions);
  return all;
}

/** Applies one mutation to a unit of the program; its name. */
export function mutateUnits(random: Random, root: Unit): string {
  const all = unitsOf(root);
  const unit = random.pick(all);
  let at = random.below(TOTAL_WEIGHT);
  const mutation = MUTATIONS.find(({ weight }) => {
    at -= weight;
    return at < 0;
  }) as Mutation;
  mutation.apply(random, unit, all);
  return mutation.name;
}

function inLines(change: (random: Random, assembly: Assembly, unit: Unit, all: readonly Unit[]) => void) {
  return (random: Random, unit: Unit, all: readonly Unit[]): void => {
    const assembly = takeApart(unit);
    if (assembly.lines.length === 0) return;
    change(random, assembly, unit, all);
    putTogether(unit, assembly);
  };
}

// ---- Operands

/** A word that the operand could be. */
function wordFor(random: Random, unit: Unit, line: Line, index: number): number {
  switch (rowOf(line).operands[index].operandKind) {
    case 'dst':
      return random.below(random.chance(0.95) ? unit.firstConstantRegister : unit.registerCount);
    case 'src':
      return random.below(unit.registerCount);
    case 'opt':
      return random.chance(0.3) ? -1 : random.below(unit.registerCount);
    case 'args':
      return random.below(unit.registerCount);
    case 'count':
      return random.below(5);
    case 'const':
      return random.below(unit.constants.length);
    case 'func':
      return random.below(unit.functions.length);
    case 'scope':
      return random.below(unit.scopes.length);
    case 'ic':
      return line.words[index];
    case 'flag':
      return line.words[index] ^ 1;
    case 'imm':
      return random.chance(0.8) ? random.below(4) : random.next() | 0;
    case 'jump':
      return random.below(20) - 10;
  }
}

function changeOperand(random: Random, { lines }: Assembly, unit: Unit): void {
  const line = random.pick(lines);
  if (line.words.length === 0) return;
  const index = random.below(line.words.length);
  if (rowOf(line).operands[index].operandKind === 'jump')
    line.targets[index] = random.chance(0.9) ? random.pick(lines) : null;
  line.words[index] = wordFor(random, unit, line, index);
}

/** Registers, the commonest operands, are taken from another place of the same line or the one before. */
function exchangeRegisters(random: Random, { lines }: Assembly): void {
  const at = random.below(lines.length);
  const line = lines[at];
  const registers = registerIndices(line);
  const other = lines[Math.max(0, at - random.below(3))];
  const others = registerIndices(other);
  if (registers.length === 0 || others.length === 0) return;
  line.words[random.pick(registers)] = other.words[random.pick(others)];
}

function registerIndices(line: Line): number[] {
  return rowOf(line)
    .operands.map(({ operandKind }, i) =>
      operandKind === 'src' || operandKind === 'dst' || operandKind === 'opt' ? i : -1,
    )
    .filter((i) => i !== -1);
}

// ---- Instructions

/** Another opcode whose operands are of the same kinds. */
function changeOpcode(random: Random, { lines }: Assembly): void {
  const line = random.pick(lines);
  const kinds = rowOf(line)
    .operands.map(({ operandKind }) => operandKind)
    .join();
  const alike = opcodeRows.flatMap(({ operands }, opcode) =>
    operands.map(({ operandKind }) => operandKind).join() === kinds ? [opcode] : [],
  );
  line.opcode = random.pick(alike);
}

/** A new instruction with operands that fit the unit. Caches are those of nobody else. */
function insertInstruction(random: Random, { lines }: Assembly, unit: Unit): void {
  const opcode = random.below(opcodeRows.length);
  const words = opcodeRows[opcode].operands.map(() => 0);
  const line: Line = { opcode, words, targets: words.map(() => null), pc: 0 };
  opcodeRows[opcode].operands.forEach(({ operandKind }, i) => {
    if (operandKind === 'ic') words[i] = unit.icCount++;
    else if (operandKind === 'jump') line.targets[i] = random.pick(lines);
    else words[i] = wordFor(random, unit, line, i);
  });
  lines.splice(random.below(lines.length), 0, line);
}

function copyInstruction(random: Random, { lines }: Assembly, unit: Unit): void {
  const from = random.pick(lines);
  const copy: Line = { ...from, words: [...from.words], targets: [...from.targets] };
  rowOf(copy).operands.forEach(({ operandKind }, i) => {
    if (operandKind === 'ic') copy.words[i] = unit.icCount++;
  });
  lines.splice(random.below(lines.length), 0, copy);
}

function removeInstruction(random: Random, assembly: Assembly, unit: Unit): void {
  const index = random.below(assembly.lines.length);
  const { words } = assembly.lines[index];
  const cache = rowOf(assembly.lines[index]).operands.findIndex(({ operandKind }) => operandKind === 'ic');
  takeOut(assembly, index);
  if (cache === -1) return;
  // The caches behind it move up.
  unit.icCount--;
  for (const line of assembly.lines)
    rowOf(line).operands.forEach(({ operandKind }, i) => {
      if (operandKind === 'ic' && line.words[i] > words[cache]) line.words[i]--;
    });
}

function exchangeInstructions(random: Random, { lines }: Assembly): void {
  const a = random.below(lines.length);
  const b = Math.min(lines.length - 1, a + 1 + random.below(3));
  [lines[a], lines[b]] = [lines[b], lines[a]];
}

function redirectJump(random: Random, { lines }: Assembly): void {
  const jumps = lines.filter((line) => line.targets.some((target) => target !== null));
  if (jumps.length === 0) return;
  const line = random.pick(jumps);
  const operand = line.targets.findIndex((target) => target !== null);
  const from = lines.indexOf(line);
  // Forward, mostly: the verifier wants no other way back than Loop.
  const to = random.chance(0.8) ? from + 1 + random.below(lines.length - from) : random.below(lines.length);
  line.targets[operand] = lines[to] ?? null;
}

// ---- Tables

function changeHandlers(random: Random, assembly: Assembly, unit: Unit): void {
  const { lines, handlers } = assembly;
  const start = random.below(lines.length);
  const end = start + random.below(lines.length - start) + 1;
  const made = {
    start: lines[start],
    end: lines[end] ?? null,
    target: lines[end + random.below(lines.length - end)] ?? lines[lines.length - 1],
    register: random.below(unit.firstConstantRegister),
  };
  if (handlers.length === 0 || random.chance(0.5)) {
    handlers.splice(random.below(handlers.length + 1), 0, made);
    return;
  }
  const handler = random.pick(handlers);
  switch (random.below(5)) {
    case 0:
      handler.register = made.register;
      break;
    case 1:
      handler.target = made.target;
      break;
    case 2:
      handler.end = made.end;
      break;
    case 3:
      handler.start = made.start;
      break;
    default:
      handlers.splice(handlers.indexOf(handler), 1);
  }
}

const PRIMITIVES = [
  undefined, null, true, false, 0, -0, 1, -1, NaN, Infinity, 4294967295, 2 ** 53, '', '0', '1', 'length', 'x',
  '__proto__', 'constructor', 'prototype', '4294967295', '-0', '\ud800', 'next', 'return', 10n, -1n, 2n ** 64n,
] as const; // biome-ignore format: one value a line says no more

/** A constant from anywhere in the program, or a primitive. */
function constantFrom(random: Random, all: readonly Unit[]): Unit['constants'][number] {
  const { constants } = random.pick(all);
  return constants.length === 0 || random.chance(0.4) ? random.pick(PRIMITIVES) : random.pick(constants);
}

function changeConstant(random: Random, unit: Unit, all: readonly Unit[]): void {
  if (unit.constants.length === 0) return;
  const constants = [...unit.constants];
  const index = random.below(constants.length);
  const constant = constants[index];
  constants[index] =
    typeof constant === 'object' && constant !== null && random.chance(0.7)
      ? changedRecord(random, constant, all)
      : constantFrom(random, all);
  unit.constants = constants;
}

type ConstantRecord = Exclude<
  Unit['constants'][number],
  undefined | null | boolean | number | string | bigint
>;

function changedRecord(random: Random, record: ConstantRecord, all: readonly Unit[]): ConstantRecord {
  const name = (): string => {
    const constant = constantFrom(random, all);
    return typeof constant === 'string' ? constant : 'x';
  };
  switch (record.constantKind) {
    case 'declarations':
      switch (random.below(5)) {
        case 0:
          return { ...record, varNames: changedList(random, record.varNames, name) };
        case 1:
          return { ...record, annexBNames: changedList(random, record.annexBNames, name) };
        case 2:
          return {
            ...record,
            functions: changedList(random, record.functions, () => ({ name: name(), unit: random.below(4) })),
          };
        default:
          return {
            ...record,
            lexicals: changedList(random, record.lexicals, () => ({
              name: name(),
              isConstant: random.chance(0.5),
            })),
          };
      }
    case 'template':
      return { ...record, cooked: record.cooked.map((text) => (random.chance(0.5) ? text : undefined)) };
    case 'class':
      return random.chance(0.5)
        ? { ...record, unit: random.below(5) - 1 }
        : { ...record, isDerived: !record.isDerived };
    case 'names':
      return { ...record, names: changedList(random, record.names, name) };
    case 'parameter-map':
      return { ...record, slots: changedList(random, record.slots, () => random.below(4) - 1) };
  }
}

/** The list with one element more, less or another. */
function changedList<T>(random: Random, list: readonly T[], make: () => T): T[] {
  const changed = [...list];
  const index = random.below(changed.length + 1);
  if (random.chance(0.4)) changed.splice(index, 0, make());
  else if (index < changed.length) {
    if (random.chance(0.5)) changed.splice(index, 1);
    else changed[index] = make();
  }
  return changed;
}

function changeRegisterConstant(random: Random, unit: Unit): void {
  const { firstConstantRegister: first, registerCount } = unit;
  const registers = [...unit.registers];
  if (registerCount > first && random.chance(0.7))
    registers[first + random.below(registerCount - first)] = random.pick(PRIMITIVES);
  else if (random.chance(0.5)) registers.push(random.pick(PRIMITIVES));
  else registers.pop();
  unit.registers = registers;
  unit.registerCount = registers.length;
  unit.firstConstantRegister = Math.min(first, registers.length);
}

function changeScope(random: Random, unit: Unit): void {
  if (unit.scopes.length === 0) return;
  const scopes = [...unit.scopes];
  const index = random.below(scopes.length);
  const scope = scopes[index];
  const { length } = scope.names;
  const slot = random.below(length);
  const flipped = (flags: readonly boolean[]): boolean[] => flags.map((f, i) => (i === slot ? !f : f));
  switch (random.below(7)) {
    case 0:
      scopes[index] = { ...scope, uninitialized: flipped(scope.uninitialized) };
      break;
    case 1:
      scopes[index] = { ...scope, lexical: flipped(scope.lexical) };
      break;
    case 2:
      scopes[index] = {
        ...scope,
        mutability: scope.mutability.map((m, i) => (i === slot ? random.below(3) : m)),
      };
      break;
    case 3:
      scopes[index] = { ...scope, isVariableScope: !scope.isVariableScope };
      break;
    case 4:
      scopes[index] = { ...scope, isCatch: !scope.isCatch };
      break;
    case 5:
      scopes[index] = {
        ...scope,
        names: [...scope.names, 'added'],
        mutability: [...scope.mutability, 0],
        uninitialized: [...scope.uninitialized, random.chance(0.5)],
        lexical: [...scope.lexical, random.chance(0.5)],
      };
      break;
    default:
      scopes[index] = random.pick(unit.scopes);
  }
  unit.scopes = scopes;
}

// ---- Units

function changeFields(random: Random, unit: Unit): void {
  switch (random.below(10)) {
    case 0:
      unit.strict = !unit.strict;
      if (unit.unitKind === 'function' && !unit.isArrow) unit.thisMode = unit.strict ? 'strict' : 'global';
      break;
    case 1:
      unit.isArrow = !unit.isArrow;
      unit.thisMode = unit.isArrow ? 'lexical' : unit.strict ? 'strict' : 'global';
      break;
    case 2:
    case 3:
      unit.callKind = random.below(5);
      break;
    case 4:
      unit.isDerivedConstructor = !unit.isDerivedConstructor;
      break;
    case 5:
      unit.makesConstructor = !unit.makesConstructor;
      break;
    case 6:
      unit.keepsArguments = !unit.keepsArguments;
      break;
    case 7:
      unit.length = random.below(5);
      break;
    case 8:
      // A parameter more or less, at the cost of the variables.
      unit.parameterCount = Math.max(0, unit.parameterCount + (random.chance(0.5) ? 1 : -1));
      break;
    default:
      unit.name = random.chance(0.5) ? '' : 'renamed';
  }
}

/** Inner functions change places: closures are made of other code. */
function exchangeFunctions(random: Random, unit: Unit): void {
  const functions = [...unit.functions];
  if (functions.length < 2) return;
  const a = random.below(functions.length);
  const b = random.below(functions.length);
  [functions[a], functions[b]] = [functions[b], functions[a]];
  unit.functions = functions;
}

/** The code of a unit goes into another one that has as many registers. */
function copyCode(random: Random, unit: Unit, all: readonly Unit[]): void {
  const from = random.pick(all);
  if (from === unit) return;
  unit.code = from.code;
  unit.handlers = from.handlers;
  unit.positions = from.positions;
  unit.callees = from.callees;
  unit.regions = from.regions;
  unit.constants = from.constants;
  unit.scopes = from.scopes;
  unit.icCount = from.icCount;
  unit.registers = from.registers;
  unit.registerCount = from.registerCount;
  unit.firstConstantRegister = from.firstConstantRegister;
  unit.parameterCount = from.parameterCount;
}

function changeModule(random: Random, _unit: Unit, all: readonly Unit[]): void {
  const entries = all[0].moduleEntries;
  if (entries === null) return;
  const { importEntries, localExportEntries, indirectExportEntries, starExportEntries } = entries;
  const name = (): string => random.pick(['x', 'later', 'counter', 'default', '0', '*default*']);
  const changed = <T extends object>(list: readonly T[], change: (entry: T) => T): T[] => {
    const index = random.below(list.length);
    return list.map((entry, i) => (i === index ? change(entry) : entry));
  };
  const drop = <T>(list: readonly T[]): T[] => list.filter(() => random.chance(0.7));
  switch (random.below(6)) {
    case 0:
      entries.importEntries.splice(
        0,
        importEntries.length,
        ...changed(importEntries, (e) => ({ ...e, localName: name() })),
      );
      break;
    case 1:
      entries.importEntries.splice(
        0,
        importEntries.length,
        ...changed(importEntries, (e) => ({ ...e, importName: random.chance(0.5) ? null : name() })),
      );
      break;
    case 2:
      entries.localExportEntries.splice(
        0,
        localExportEntries.length,
        ...changed(localExportEntries, (e) => ({ ...e, localName: name() })),
      );
      break;
    case 3:
      entries.indirectExportEntries.splice(
        0,
        indirectExportEntries.length,
        ...changed(indirectExportEntries, (e) => ({ ...e, importName: name(), importKind: 'name' as const })),
      );
      break;
    case 4:
      entries.importEntries.splice(0, importEntries.length, ...drop(importEntries));
      break;
    default:
      entries.starExportEntries.splice(0, starExportEntries.length, ...drop(starExportEntries));
  }
}

const MUTATIONS: readonly Mutation[] = [
  { name: 'operand', weight: 12, apply: inLines(changeOperand) },
  { name: 'registers', weight: 16, apply: inLines(exchangeRegisters) },
  { name: 'opcode', weight: 12, apply: inLines(changeOpcode) },
  { name: 'insert', weight: 12, apply: inLines(insertInstruction) },
  { name: 'copy', weight: 12, apply: inLines(copyInstruction) },
  { name: 'remove', weight: 10, apply: inLines(removeInstruction) },
  { name: 'exchange', weight: 10, apply: inLines(exchangeInstructions) },
  { name: 'jump', weight: 8, apply: inLines(redirectJump) },
  { name: 'handlers', weight: 8, apply: inLines(changeHandlers) },
  { name: 'constant', weight: 6, apply: changeConstant },
  { name: 'register-constant', weight: 4, apply: changeRegisterConstant },
  { name: 'scope', weight: 5, apply: changeScope },
  { name: 'fields', weight: 5, apply: changeFields },
  { name: 'functions', weight: 3, apply: exchangeFunctions },
  { name: 'code', weight: 2, apply: copyCode },
  { name: 'module', weight: 3, apply: changeModule },
];
const TOTAL_WEIGHT = MUTATIONS.reduce((sum, { weight }) => sum + weight, 0);
