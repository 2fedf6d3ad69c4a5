// What the verifier knows before an instruction, and what the checks of one unit share.
import type { EnvironmentTypes } from './environment-types.ts';
import type { CodeUnit } from './unit.ts';
import type { Report } from './verify.ts';

/** States of a frame, as bits of the ones that are possible. */
export const FRAME_NO_GENERATOR = 1;
export const FRAME_HAS_GENERATOR = 2;
export const FRAME_NO_ENVIRONMENT = 4;
export const FRAME_HAS_ENVIRONMENT = 8;
export const FRAME_UNDECLARED = 16;
export const FRAME_DECLARED = 32;

export class FlowState {
  /** By register, bits of operand-types.ts. */
  readonly types: Int32Array;
  /** By register, numbers of environment types; 0 where nothing is known or the register holds none. */
  readonly environments: Int32Array;
  frame: number;

  constructor(types: Int32Array, environments: Int32Array, frame: number) {
    this.types = types;
    this.environments = environments;
    this.frame = frame;
  }

  copy(): FlowState {
    return new FlowState(this.types.slice(), this.environments.slice(), this.frame);
  }

  set(register: number, type: number, environment: number): void {
    this.types[register] = type;
    this.environments[register] = environment;
  }

  /** Joins what a register may hold; whether that changed anything. */
  joinRegister(register: number, type: number, environment: number, known: EnvironmentTypes): boolean {
    const joined = this.types[register] | type;
    const before = this.environments[register];
    const met = before === environment ? before : known.meet(before, environment);
    if (joined === this.types[register] && met === before) return false;
    this.types[register] = joined;
    this.environments[register] = met;
    return true;
  }

  /** Joins another state but for a register (-1: none); whether that changed this one. */
  join(other: FlowState, except: number, known: EnvironmentTypes): boolean {
    let changed = false;
    const { types, environments } = other;
    for (let i = 0; i < types.length; i++) {
      if (i !== except && this.joinRegister(i, types[i], environments[i], known)) changed = true;
    }
    const frame = this.frame | other.frame;
    if (frame !== this.frame) changed = true;
    this.frame = frame;
    return changed;
  }
}

/** What a unit is entered with, as the instructions around say that make its closures. */
export interface UnitEntry {
  environment: number;
  privateEnvironment: number;
}

/** What the program declares. */
export interface DeclaredNames {
  readonly lexicals: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
  /** With vars and imports. */
  readonly all: ReadonlySet<string>;
  readonly annexBCount: number;
}

export interface FlowContext {
  readonly root: CodeUnit;
  readonly unit: CodeUnit;
  readonly entry: UnitEntry;
  readonly environments: EnvironmentTypes;
  readonly declared: DeclaredNames;
  /** By pc: an instruction that a way back may repeat. */
  readonly repeated: Uint8Array;
  /** Names that instructions checked so far initialize. */
  readonly initialized: Set<string>;
  readonly report: Report;
  /** Notes what closures of inner unit `index` are entered with. */
  enter(index: number, environment: number, privateEnvironment: number): void;
  /** Counts steps of the analysis; throws TooComplex once there were too many. */
  spend(steps: number): void;
}

/** Ends the analysis of code that is made to take long. */
export class TooComplex {
  readonly isTooComplex = true;
}
