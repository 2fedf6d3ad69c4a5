// Writes the words of one code unit: instructions, labels, constants, handlers, regions, positions. Constants that are
// asked for as registers get negative numbers while the code is written (-1 - index); `finish` gives them their
// places behind the last register.
import { decodeAll } from './decode.ts';
import type { CodeUnit, Constant, ScopeDescriptor } from './unit.ts';

/** A place in the code that jumps refer to before or after it is known. */
export class Label {
  /** pc, or -1 while unknown. */
  pc: number;
  /** Words that wait for the pc: index of the word, and pc of the instruction behind it. */
  readonly waiting: number[];
  constructor() {
    this.pc = -1;
    this.waiting = [];
  }
}

type Primitive = undefined | null | boolean | number | string | bigint;

/** A handler under construction; its range may be interrupted. */
export interface Handler {
  readonly ranges: { start: number; end: number }[];
  readonly target: Label;
  readonly register: number;
}

const CONSTANT_REGISTER_BASE = -1_000_000;

export class Writer {
  private words: Int32Array;
  private size: number;
  private instructionEnd: number;
  private readonly constants: Constant[];
  private readonly constantIndex: Map<Constant, number>;
  private readonly registerConstants: Primitive[];
  private readonly registerConstantIndex: Map<Primitive, number>;
  private readonly handlers: Handler[];
  private readonly callees: number[];
  private readonly regions: number[];
  private readonly positions: number[];
  private position: number;
  private nextRegister: number;
  private maxRegister: number;
  icCount: number;
  readonly scopes: ScopeDescriptor[];

  constructor(firstRegister: number) {
    this.words = new Int32Array(64);
    this.size = 0;
    this.instructionEnd = 0;
    this.constants = [];
    this.constantIndex = new Map();
    this.registerConstants = [];
    this.registerConstantIndex = new Map();
    this.handlers = [];
    this.callees = [];
    this.regions = [];
    this.positions = [];
    this.position = -1;
    this.nextRegister = firstRegister;
    this.maxRegister = firstRegister;
    this.icCount = 0;
    this.scopes = [];
  }

  // ---- Words

  get pc(): number {
    return this.size;
  }

  begin(opcode: number, length: number): void {
    if (this.size + length > this.words.length) {
      const grown = new Int32Array(this.words.length * 2);
      grown.set(this.words);
      this.words = grown;
    }
    this.instructionEnd = this.size + length;
    this.words[this.size++] = opcode;
  }

  word(value: number): void {
    this.words[this.size++] = value;
  }

  jump(label: Label): void {
    if (label.pc !== -1) this.words[this.size++] = label.pc - this.instructionEnd;
    else {
      label.waiting.push(this.size, this.instructionEnd);
      this.words[this.size++] = 0;
    }
  }

  bind(label: Label): void {
    label.pc = this.size;
    for (let i = 0; i < label.waiting.length; i += 2) {
      this.words[label.waiting[i]] = this.size - label.waiting[i + 1];
    }
    label.waiting.length = 0;
  }

  /** The source offset of the instructions that follow. */
  at(offset: number): void {
    if (offset === this.position) return;
    this.position = offset;
    const last = this.positions.length - 2;
    if (last >= 0 && this.positions[last] === this.size) this.positions[last + 1] = offset;
    else this.positions.push(this.size, offset);
  }

  get currentPosition(): number {
    return this.position;
  }

  // ---- Registers

  newRegister(): number {
    const register = this.nextRegister++;
    if (this.nextRegister > this.maxRegister) this.maxRegister = this.nextRegister;
    return register;
  }

  /** Nothing has used the next new register before: it holds undefined. */
  get isNextRegisterFresh(): boolean {
    return this.nextRegister === this.maxRegister;
  }

  /** `count` registers in a row; the first. */
  newRegisters(count: number): number {
    const first = this.nextRegister;
    this.nextRegister += count;
    if (this.nextRegister > this.maxRegister) this.maxRegister = this.nextRegister;
    return first;
  }

  mark(): number {
    return this.nextRegister;
  }

  /** Frees all registers from `mark` on. */
  release(mark: number): void {
    this.nextRegister = mark;
  }

  // ---- Tables

  constant(value: Constant): number {
    // -0 and NaN have entries of their own: Map takes -0 for 0.
    const key = Object.is(value, -0) ? '-0 ' : value;
    let index = this.constantIndex.get(key);
    if (index === undefined || (key === '-0 ' && !Object.is(this.constants[index], value))) {
      index = this.constants.length;
      this.constants.push(value);
      this.constantIndex.set(key, index);
    }
    return index;
  }

  /** A register that holds the constant, which is not -0, in every frame. */
  constantRegister(value: Primitive): number {
    let index = this.registerConstantIndex.get(value);
    if (index === undefined) {
      index = this.registerConstants.length;
      this.registerConstants.push(value);
      this.registerConstantIndex.set(value, index);
    }
    return CONSTANT_REGISTER_BASE - index;
  }

  get registerConstantCount(): number {
    return this.registerConstants.length;
  }

  ic(): number {
    return this.icCount++;
  }

  scope(descriptor: ScopeDescriptor): number {
    this.scopes.push(descriptor);
    return this.scopes.length - 1;
  }

  /** Starts a handler; later ones lie inside of it. */
  openHandler(register: number): Handler {
    return { ranges: [{ start: this.size, end: -1 }], target: new Label(), register };
  }

  /** Ends the range of the handler. Inner handlers are closed first and so come first in the table. */
  closeHandler(handler: Handler): void {
    const range = handler.ranges[handler.ranges.length - 1];
    range.end = this.size;
    this.handlers.push(handler);
  }

  /** The instruction that follows calls the expression at these source offsets. */
  callee(start: number, end: number): void {
    this.callees.push(this.size, start, end);
  }

  region(kind: number, start: number): void {
    this.regions.push(kind, start, this.size);
  }

  // ---- The end

  finish(unit: CodeUnit): void {
    const code = this.words.slice(0, this.size);
    this.placeConstants(code);
    unit.code = code;
    unit.constants = this.constants;
    unit.scopes = this.scopes;
    unit.firstConstantRegister = this.maxRegister;
    unit.registerCount = this.maxRegister + this.registerConstants.length;
    const registers: Primitive[] = [];
    for (let i = 0; i < this.maxRegister; i++) registers.push(undefined);
    for (const value of this.registerConstants) registers.push(value);
    unit.registers = registers;
    const handlers: number[] = [];
    for (const { ranges, target, register } of this.handlers) {
      for (const { start, end } of ranges) {
        if (end > start) handlers.push(start, end, target.pc, register);
      }
    }
    unit.handlers = Int32Array.from(handlers);
    unit.callees = Int32Array.from(this.callees);
    unit.positions = Int32Array.from(this.positions);
    unit.regions = Int32Array.from(sortedRegions(this.regions));
    unit.icCount = this.icCount;
  }

  private placeConstants(code: Int32Array): void {
    for (const { pc, row } of decodeAll(code)) {
      for (let i = 0; i < row.operands.length; i++) {
        const word = code[pc + 1 + i];
        if (word > CONSTANT_REGISTER_BASE) continue;
        const kind = row.operands[i].operandKind;
        if (kind === 'src' || kind === 'opt')
          code[pc + 1 + i] = this.maxRegister + CONSTANT_REGISTER_BASE - word;
      }
    }
  }
}

/** In order of their start, outer ones first. */
function sortedRegions(regions: readonly number[]): number[] {
  const order: number[] = [];
  for (let i = 0; i < regions.length; i += 3) order.push(i);
  order.sort((a, b) => regions[a + 1] - regions[b + 1] || regions[b + 2] - regions[a + 2]);
  return order.flatMap((i) => [regions[i], regions[i + 1], regions[i + 2]]);
}
