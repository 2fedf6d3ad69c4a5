// The part of the verifier that follows control: what registers hold before each instruction, along all paths, as sets of
// types (operand-types.ts). First the states at places that jumps lead to are joined until they stay; then each
// instruction is checked once. Units are checked from the outermost on, since a unit learns from the instructions that
// make its closures what it is entered with. A unit that no reachable instruction makes a closure of never runs.
//
// Every instruction is taken to be able to throw, before or after what it does to the registers it reads.
import {
  EnvironmentTypes,
  GLOBAL_ENVIRONMENT,
  MODULE_ENVIRONMENT,
  NO_PRIVATE_ENVIRONMENT,
  UNKNOWN_ENVIRONMENT,
} from './environment-types.ts';
import {
  type DeclaredNames,
  type FlowContext,
  FlowState,
  FRAME_NO_ENVIRONMENT,
  FRAME_NO_GENERATOR,
  FRAME_UNDECLARED,
  TooComplex,
  type UnitEntry,
} from './flow-state.ts';
import { FLAG_TERMINATOR } from './opcodes.ts';
import { TYPE_ENVIRONMENT, TYPE_OTHER, typeOfConstant } from './operand-types.ts';
import { CALL_CLASS_CONSTRUCTOR, type CodeUnit, type DeclarationsConstant } from './unit.ts';
import type { Report } from './verify.ts';
import { checkInstruction } from './verify-instruction.ts';
import { type JumpRule, type OpcodeRule, opcodeRules } from './verify-rules.ts';
import { applyResult, applyUse, type Step } from './verify-transfer.ts';

/** States before instructions, in registers, that are held at one time: what code of our compiler needs, many times over. */
const MAX_STATE_CELLS = 1 << 24;
const STATE_CELLS_PER_WORD = 32;
/** Steps of the analysis likewise. */
const MAX_STEPS = 1 << 24;
const STEPS_PER_WORD = 400;

/** Checks a tree of units whose form has been checked. `wordCount` is that of the code of all of them. */
export function verifyFlow(root: CodeUnit, wordCount: number, reporterOf: (path: string) => Report): void {
  const environments = new EnvironmentTypes();
  const entries = new Map<CodeUnit, UnitEntry>();
  entries.set(root, {
    environment: root.unitKind === 'module' ? MODULE_ENVIRONMENT : GLOBAL_ENVIRONMENT,
    privateEnvironment: NO_PRIVATE_ENVIRONMENT,
  });
  let steps = 0;
  const maxSteps = MAX_STEPS + wordCount * STEPS_PER_WORD;
  const declared = declaredBy(root);
  const queue: { unit: CodeUnit; path: string }[] = [{ unit: root, path: '' }];
  for (let i = 0; i < queue.length; i++) {
    const { unit, path } = queue[i];
    const entry = entries.get(unit);
    if (entry === undefined) continue;
    const report = reporterOf(path);
    const context: FlowContext = {
      root,
      unit,
      entry,
      environments,
      declared,
      repeated: repeatedInstructions(unit),
      initialized: new Set(),
      report,
      enter: (index, environment, privateEnvironment) => {
        const inner = unit.functions[index];
        const known = entries.get(inner);
        if (known === undefined) entries.set(inner, { environment, privateEnvironment });
        else {
          known.environment = environments.meet(known.environment, environment);
          known.privateEnvironment = environments.meet(known.privateEnvironment, privateEnvironment);
        }
      },
      spend: (count) => {
        steps += count;
        if (steps + environments.work > maxSteps) throw new TooComplex();
      },
    };
    if (unit === root && unit.unitKind === 'module') enterModule(context);
    try {
      new UnitFlow(context, MAX_STATE_CELLS + wordCount * STATE_CELLS_PER_WORD).run();
    } catch (thrown) {
      if (!(thrown instanceof TooComplex)) throw thrown;
      report('complexity', -1, 'the code is made to take too long to check');
      return;
    }
    unit.functions.forEach((inner, index) => {
      queue.push({ unit: inner, path: path === '' ? String(index) : `${path}.${index}` });
    });
  }
}

/** The one constant of a program that says what it declares. */
function declarationsOf({ constants }: CodeUnit): DeclarationsConstant | null {
  for (const constant of constants)
    if (typeof constant === 'object' && constant?.constantKind === 'declarations') return constant;
  return null;
}

function declaredBy(root: CodeUnit): DeclaredNames {
  const declarations = declarationsOf(root);
  const lexicals = declarations?.lexicals.map(({ name }) => name) ?? [];
  const imports = root.moduleEntries?.importEntries.map(({ localName }) => localName) ?? [];
  return {
    lexicals: new Set(lexicals),
    functions: new Set(declarations?.functions.map(({ name }) => name)),
    all: new Set([...lexicals, ...(declarations?.varNames ?? []), ...imports]),
    annexBCount: declarations?.annexBNames.length ?? 0,
  };
}

/** The functions of a module are made when it is linked. */
function enterModule({ unit, report, enter }: FlowContext): void {
  for (const { unit: index } of declarationsOf(unit)?.functions ?? []) {
    if (unit.functions[index].callKind === CALL_CLASS_CONSTRUCTOR)
      report('function', -1, `function ${index} is a class constructor`);
    enter(index, MODULE_ENVIRONMENT, NO_PRIVATE_ENVIRONMENT);
  }
}

function ruleAt(code: Int32Array, pc: number): OpcodeRule {
  return opcodeRules[code[pc]] as OpcodeRule;
}

function endOf(rule: OpcodeRule, pc: number): number {
  return pc + 1 + rule.row.operands.length;
}

function targetOf(code: Int32Array, rule: OpcodeRule, pc: number, jump: JumpRule): number {
  return endOf(rule, pc) + code[pc + jump.index];
}

/** Handlers lie behind what they guard, so that only jumps back repeat anything. */
function repeatedInstructions({ code }: CodeUnit): Uint8Array {
  const repeated = new Uint8Array(code.length);
  /** By pc of a jump back: the earliest of its targets. */
  const backTo = new Map<number, number>();
  for (let pc = 0; pc < code.length; ) {
    const rule = ruleAt(code, pc);
    for (const jump of rule.jumps) {
      const target = targetOf(code, rule, pc, jump);
      if (target <= pc) backTo.set(pc, Math.min(target, backTo.get(pc) ?? pc));
    }
    pc = endOf(rule, pc);
  }
  let from = code.length;
  for (let pc = code.length - 1; pc >= 0; pc--) {
    from = Math.min(from, backTo.get(pc) ?? code.length);
    if (pc >= from) repeated[pc] = 1;
    else from = code.length;
  }
  return repeated;
}

class UnitFlow {
  private readonly context: FlowContext;
  private readonly unit: CodeUnit;
  /** By pc: index in the table of the handler of what is thrown there, or -1. */
  private readonly handlerAt: Int32Array;
  /** States before the instructions that jumps and handlers lead to, and whether they have to be followed again. */
  private readonly states: (FlowState | null)[];
  private readonly isLeader: Uint8Array;
  private readonly isDirty: Uint8Array;
  private cellsLeft: number;

  constructor(context: FlowContext, maxCells: number) {
    this.context = context;
    this.unit = context.unit;
    this.cellsLeft = maxCells;
    const { code, handlers } = this.unit;
    this.states = new Array<FlowState | null>(code.length).fill(null);
    this.isLeader = new Uint8Array(code.length);
    this.isDirty = new Uint8Array(code.length);
    this.handlerAt = new Int32Array(code.length).fill(-1);
    // Inner handlers come first in the table and win.
    for (let i = handlers.length - 4; i >= 0; i -= 4) {
      context.spend(1 + ((handlers[i + 1] - handlers[i]) >> 3));
      this.handlerAt.fill(i, handlers[i], handlers[i + 1]);
      this.isLeader[handlers[i + 2]] = 1;
    }
    for (let pc = 0; pc < code.length; ) {
      const rule = ruleAt(code, pc);
      for (const jump of rule.jumps) this.isLeader[targetOf(code, rule, pc, jump)] = 1;
      pc = endOf(rule, pc);
    }
    this.isLeader[0] = 1;
  }

  run(): void {
    const { length } = this.unit.code;
    this.take(0, this.firstState());
    let again = true;
    while (again) {
      again = false;
      this.context.spend(length >> 3);
      for (let pc = 0; pc < length; pc++) {
        if (this.isDirty[pc] === 0) continue;
        this.isDirty[pc] = 0;
        if (this.follow(pc, false)) again = true;
      }
    }
    for (let pc = 0; pc < length; pc++) if (this.states[pc] !== null) this.follow(pc, true);
  }

  private firstState(): FlowState {
    const { unit, context } = this;
    const types = new Int32Array(unit.registerCount).fill(TYPE_OTHER);
    for (let i = unit.firstConstantRegister; i < unit.registerCount; i++)
      types[i] = typeOfConstant(unit.registers[i]);
    const environments = new Int32Array(unit.registerCount);
    const frame = FRAME_NO_GENERATOR | FRAME_NO_ENVIRONMENT | FRAME_UNDECLARED;
    const state = new FlowState(types, environments, frame);
    state.set(unit.environmentRegister, TYPE_ENVIRONMENT, context.entry.environment);
    return state;
  }

  /**
   * Follows the code from a leader to the next, joining what is known into the places control may go on at, or
   * checking each instruction. Whether a place before it has to be followed again.
   */
  private follow(from: number, checks: boolean): boolean {
    const { unit, context } = this;
    const { code, handlers } = unit;
    const state = (this.states[from] as FlowState).copy();
    context.spend(unit.registerCount);
    let wentBack = false;
    let changed: number[] = [];
    let joinedHandler = -1;
    let joinedFrame = 0;
    for (let pc = from; ; ) {
      context.spend(1);
      const rule = ruleAt(code, pc);
      const step: Step = { context, rule, pc, state, changed: [] };
      if (checks) checkInstruction(step);
      const handler = checks ? -1 : this.handlerAt[pc];
      if (handler !== -1) {
        const target = handlers[handler + 2];
        const register = handlers[handler + 3];
        if (handler !== joinedHandler || joinedFrame !== state.frame) this.joinInto(target, state, register);
        else this.joinRegisters(target, state, changed, register);
      }
      joinedHandler = handler;
      joinedFrame = state.frame;
      applyUse(step);
      if (handler !== -1)
        this.joinRegisters(handlers[handler + 2], state, step.changed, handlers[handler + 3]);
      if (!checks && this.joinJumps(rule, pc, state, false)) wentBack = true;
      const kept = rule.fallsUnwritten ? this.writtenBy(rule, pc, state) : null;
      const goesOn = applyResult(step);
      if (!checks && this.joinJumps(rule, pc, state, true)) wentBack = true;
      if (!goesOn || (rule.row.flags & FLAG_TERMINATOR) !== 0) return wentBack;
      for (const { register, type, environment } of kept ?? []) state.set(register, type, environment);
      changed = step.changed;
      const next = endOf(rule, pc);
      if (next >= code.length) {
        if (checks) context.report('end', pc, 'control runs past the end of the code');
        return wentBack;
      }
      if (this.isLeader[next] === 1) {
        if (!checks) this.joinInto(next, state, -1);
        return wentBack;
      }
      pc = next;
    }
  }

  /** What the registers that an instruction writes hold before. */
  private writtenBy(
    rule: OpcodeRule,
    pc: number,
    { types, environments }: FlowState,
  ): { readonly register: number; readonly type: number; readonly environment: number }[] {
    return rule.writes.map(({ index }) => {
      const register = this.unit.code[pc + index];
      return { register, type: types[register], environment: environments[register] };
    });
  }

  /** Joins into the targets of the jumps that are taken before, or after, the instruction has written its registers. */
  private joinJumps(rule: OpcodeRule, pc: number, state: FlowState, isWritten: boolean): boolean {
    let wentBack = false;
    for (const jump of rule.jumps) {
      if (jump.isWritten !== isWritten) continue;
      const target = targetOf(this.unit.code, rule, pc, jump);
      if (this.joinInto(target, state, -1) && target <= pc) wentBack = true;
    }
    return wentBack;
  }

  /** The first state of a place. */
  private take(target: number, state: FlowState): void {
    this.cellsLeft -= this.unit.registerCount;
    if (this.cellsLeft < 0) throw new TooComplex();
    this.states[target] = state;
    this.isDirty[target] = 1;
  }

  private joinInto(target: number, state: FlowState, handlerRegister: number): boolean {
    this.context.spend(this.unit.registerCount);
    const known = this.states[target];
    if (known === null) {
      const first = state.copy();
      if (handlerRegister !== -1) first.set(handlerRegister, TYPE_OTHER, UNKNOWN_ENVIRONMENT);
      this.take(target, first);
      return true;
    }
    const { environments } = this.context;
    let changed = known.join(state, handlerRegister, environments);
    if (handlerRegister !== -1)
      changed = known.joinRegister(handlerRegister, TYPE_OTHER, UNKNOWN_ENVIRONMENT, environments) || changed;
    if (changed) this.isDirty[target] = 1;
    return changed;
  }

  private joinRegisters(
    target: number,
    { types, environments }: FlowState,
    registers: readonly number[],
    handlerRegister: number,
  ): void {
    const known = this.states[target] as FlowState;
    for (const register of registers) {
      if (register === handlerRegister) continue;
      const type = types[register];
      if (known.joinRegister(register, type, environments[register], this.context.environments))
        this.isDirty[target] = 1;
    }
  }
}
