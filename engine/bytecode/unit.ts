// A code unit: the bytecode of one script, module, eval or function, immutable once compiled, and shared by all its
// closures, realms and agents. What execution learns about it lies in the VM's feedback, never here.
//
// Inner functions are units of their own, compiled when first asked for (`compiled`), since most code never runs.
import { markHeapLeaf, setHeapOrigin } from '../base/heap-leaf.ts';
import type { ModuleEntries } from '../syntax/scope.ts';
import type { SourceText } from '../syntax/source-text.ts';

/** What a constant pool holds beside primitives: descriptions that one opcode reads. */
export type Constant = undefined | null | boolean | number | string | bigint | ConstantRecord;

export type ConstantRecord =
  | DeclarationsConstant
  | TemplateConstant
  | ClassConstant
  | NamesConstant
  | ParameterMapConstant;

/** What DeclareGlobals and DeclareEval instantiate. */
export interface DeclarationsConstant {
  readonly constantKind: 'declarations';
  readonly varNames: readonly string[];
  readonly lexicals: readonly { readonly name: string; readonly isConstant: boolean }[];
  /** functionsToInitialize with the index of their units. */
  readonly functions: readonly { readonly name: string; readonly unit: number }[];
  /** Names of the Annex B functions, in source order, with repetitions. */
  readonly annexBNames: readonly string[];
}

/** A tagged template's site; its identity keys the template object. */
export interface TemplateConstant {
  readonly constantKind: 'template';
  readonly cooked: readonly (string | undefined)[];
  readonly raw: readonly string[];
}

export interface ClassConstant {
  readonly constantKind: 'class';
  /** Unit of the constructor; -1: a default constructor. */
  readonly unit: number;
  readonly isDerived: boolean;
  /** Offsets of the class's source text. */
  readonly textStart: number;
  readonly textEnd: number;
}

export interface NamesConstant {
  readonly constantKind: 'names';
  readonly names: readonly string[];
}

/** The environment slot of each parameter that the arguments object maps; -1: not mapped. */
export interface ParameterMapConstant {
  readonly constantKind: 'parameter-map';
  readonly slots: readonly number[];
}

export const BINDING_MUTABLE = 0;
/** Assignment throws. */
export const BINDING_CONSTANT = 1;
/** Assignment throws in strict code only: the name of a function expression. */
export const BINDING_SLOPPY_CONSTANT = 2;

/** What an environment record of the VM holds: the names of its slots. */
export interface ScopeDescriptor {
  readonly names: readonly string[];
  /** One of BINDING_* by slot. */
  readonly mutability: readonly number[];
  /** By slot: starts uninitialized, else undefined. */
  readonly uninitialized: readonly boolean[];
  /** By slot: a lexical binding, which the vars of an eval may not meet. */
  readonly lexical: readonly boolean[];
  /** The variable environment of direct evals inside. */
  readonly isVariableScope: boolean;
  /** The environment of a catch clause: vars of an eval may pass it (Annex B.3.4). */
  readonly isCatch: boolean;
}

/** Thrown where code is nested too deeply for the compiler; becomes a guest RangeError. */
export class NestedTooDeeply {
  readonly isNestedTooDeeply = true;
}

export type UnitKind = 'script' | 'module' | 'eval' | 'function';
export type UnitThisMode = 'lexical' | 'strict' | 'global';

/** How a call of the function goes on. */
export const CALL_NORMAL = 0;
export const CALL_GENERATOR = 1;
export const CALL_ASYNC = 2;
export const CALL_ASYNC_GENERATOR = 3;
export const CALL_CLASS_CONSTRUCTOR = 4;

/** Regions that keep the structure of the source for compilers, in order of their start; inner ones lie within outer ones. */
export const REGION_LOOP = 0;
export const REGION_IF = 1;
export const REGION_TRY = 2;
export const REGION_BLOCK = 3;

export class CodeUnit {
  readonly unitKind: UnitKind;
  readonly source: SourceText;
  /** The name a closure gets unless it is given one. */
  name: string;
  strict: boolean;
  thisMode: UnitThisMode;
  /** One of CALL_*. */
  callKind: number;
  isArrow: boolean;
  isDerivedConstructor: boolean;
  /** Closures get [[Construct]] and a `prototype`: plain functions. */
  makesConstructor: boolean;
  /** ExpectedArgumentCount. */
  length: number;
  textStart: number;
  textEnd: number;

  /** Registers that take the arguments. */
  parameterCount: number;
  registerCount: number;
  /** Registers from here on hold constants and are never written. */
  firstConstantRegister: number;
  /** The frame keeps the list of arguments: for an arguments object or a rest parameter. */
  keepsArguments: boolean;
  code: Int32Array;
  constants: readonly Constant[];
  /** The registers of a new frame: undefined, and constants at their places. */
  registers: readonly (undefined | null | boolean | number | string | bigint)[];
  functions: readonly CodeUnit[];
  scopes: readonly ScopeDescriptor[];
  /** Four words each: first pc, pc behind the last, pc of the handler, register for what was thrown. Inner handlers come first. */
  handlers: Int32Array;
  /** Pairs of pc and source offset, ascending: an instruction has the offset of the last pair at or before it. */
  positions: Int32Array;
  /** Three words each: pc of a call, source offsets of its callee. */
  callees: Int32Array;
  /** Three words each: kind, first pc, pc behind the last. */
  regions: Int32Array;
  icCount: number;
  /** Imports and exports of a module; null for all else. */
  moduleEntries: ModuleEntries | null;
  /** Compiles the unit; null once that is done. */
  pending: (() => void) | null;

  constructor(unitKind: UnitKind, source: SourceText) {
    this.unitKind = unitKind;
    this.source = source;
    this.name = '';
    this.strict = false;
    this.thisMode = 'global';
    this.callKind = CALL_NORMAL;
    this.isArrow = false;
    this.isDerivedConstructor = false;
    this.makesConstructor = false;
    this.length = 0;
    this.textStart = 0;
    this.textEnd = 0;
    this.parameterCount = 0;
    this.registerCount = 0;
    this.firstConstantRegister = 0;
    this.keepsArguments = false;
    this.code = NO_WORDS;
    this.constants = [];
    this.registers = [];
    this.functions = [];
    this.scopes = [];
    this.handlers = NO_WORDS;
    this.positions = NO_WORDS;
    this.callees = NO_WORDS;
    this.regions = NO_WORDS;
    this.icCount = 0;
    this.moduleEntries = null;
    this.pending = null;
  }

  /** Register of the environment the code was entered with. */
  get environmentRegister(): number {
    return this.parameterCount;
  }

  get thisRegister(): number {
    return this.parameterCount + 1;
  }

  /** The unit with its code. */
  compiled(): CodeUnit {
    if (this.pending !== null) {
      this.pending();
      this.pending = null;
    }
    return this;
  }

  /** The source of the callee of the call at `pc`, on one line and not too long, for messages. */
  calleeTextAt(pc: number): string {
    for (let i = 0; i < this.callees.length; i += 3) {
      if (this.callees[i] === pc) return this.calleeText(this.callees[i + 1], this.callees[i + 2]);
    }
    return 'expression';
  }

  /** The source between two offsets in that form. */
  calleeText(start: number, end: number): string {
    const text = this.source.text.slice(start, Math.min(end, start + MAX_CALLEE_TEXT)).replace(/\s+/g, ' ');
    return end > start + MAX_CALLEE_TEXT ? `${text}…` : text;
  }

  /** The source offset of the instruction at `pc`. */
  offsetAt(pc: number): number {
    const positions = this.positions;
    let low = 0;
    let high = (positions.length >> 1) - 1;
    let offset = this.textStart;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (positions[middle * 2] <= pc) {
        offset = positions[middle * 2 + 1];
        low = middle + 1;
      } else high = middle - 1;
    }
    return offset;
  }
}

/** Longer callees are cut in messages. */
const MAX_CALLEE_TEXT = 60;

const NO_WORDS = new Int32Array(0);

markHeapLeaf(CodeUnit);
setHeapOrigin(CodeUnit, (unit) => unit.source);
