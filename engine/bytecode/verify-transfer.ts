// What an instruction does to what is known of registers: first by being executed at all, even if it then throws (a value
// that guest code has seen, a list that was appended to), then by ending normally.
import { UNKNOWN_ENVIRONMENT } from './environment-types.ts';
import {
  type FlowContext,
  type FlowState,
  FRAME_DECLARED,
  FRAME_HAS_ENVIRONMENT,
  FRAME_HAS_GENERATOR,
  FRAME_NO_ENVIRONMENT,
  FRAME_NO_GENERATOR,
  FRAME_UNDECLARED,
} from './flow-state.ts';
import {
  TYPE_ARGUMENT_LIST,
  TYPE_ARRAY,
  TYPE_DECORATOR_LIST,
  TYPE_FINISHED_CLASS,
  TYPE_KEY,
  TYPE_OBJECT,
  TYPE_OTHER,
  TYPE_UNINITIALIZED,
  typeOfConstant,
} from './operand-types.ts';
import {
  CALL_ASYNC,
  CALL_ASYNC_GENERATOR,
  CALL_CLASS_CONSTRUCTOR,
  type CodeUnit,
  type NamesConstant,
} from './unit.ts';
import { type OpcodeRule, opcodeRules } from './verify-rules.ts';

/** An instruction that is followed. */
export interface Step {
  readonly context: FlowContext;
  readonly rule: OpcodeRule;
  readonly pc: number;
  readonly state: FlowState;
  /** Registers whose state changes. */
  readonly changed: number[];
}

/** The word of the operand of that name, which the opcode has. */
export function wordOf({ context, rule, pc }: Step, name: string): number {
  return context.unit.code[pc + (rule.indexOf.get(name) as number)];
}

function write({ state, changed }: Step, register: number, type: number, environment: number): void {
  state.set(register, type, environment);
  changed.push(register);
}

/** Code of the unit may await. */
export function isAsync({ callKind }: CodeUnit): boolean {
  return callKind === CALL_ASYNC || callKind === CALL_ASYNC_GENERATOR;
}

// ---- Before the end

/** Effects that show even if the instruction throws. */
const USES: Readonly<Record<string, (step: Step) => void>> = {
  appendArgument: (step) => write(step, wordOf(step, 'list'), TYPE_ARGUMENT_LIST, UNKNOWN_ENVIRONMENT),
  appendDecorator: (step) => write(step, wordOf(step, 'list'), TYPE_DECORATOR_LIST, UNKNOWN_ENVIRONMENT),
  finishClass: (step) => write(step, wordOf(step, 'class'), TYPE_FINISHED_CLASS, UNKNOWN_ENVIRONMENT),
};

/** What being executed does, however the instruction ends. */
export function applyUse(step: Step): void {
  const { context, rule, pc } = step;
  const { code } = context.unit;
  for (const { index, accepts } of rule.sources) {
    const register = code[pc + index];
    if (register >= 0 && accepts !== TYPE_ARRAY) letEscape(step, register);
  }
  if (rule.argsIndex !== -1) {
    const first = code[pc + rule.argsIndex];
    const end = first + code[pc + rule.argsIndex + 1];
    context.spend(end - first);
    for (let register = first; register < end; register++) letEscape(step, register);
  }
  const use = USES[rule.effect];
  if (use !== undefined) use(step);
}

/** An array that something else knows may become any other object. */
function letEscape(step: Step, register: number): void {
  const type = step.state.types[register];
  if ((type & TYPE_ARRAY) !== 0)
    write(step, register, (type & ~TYPE_ARRAY) | TYPE_OBJECT, UNKNOWN_ENVIRONMENT);
}

// ---- The end

/** Whether control can go on behind the instruction. */
type Effect = (step: Step) => boolean;

/** Writes all registers with the types of the rule; the environment that they hold has that number. */
function writeAll(step: Step, environment: number): true {
  const { context, rule, pc } = step;
  for (const { index, produces } of rule.writes)
    write(step, context.unit.code[pc + index], produces, environment);
  return true;
}

const writeValues: Effect = (step) => writeAll(step, UNKNOWN_ENVIRONMENT);

const EFFECTS: Readonly<Record<string, Effect>> = {
  '': writeValues,
  appendArgument: () => true,
  appendDecorator: () => true,
  finishClass: writeValues,
  ends: () => false,
  move: (step) => {
    const { types, environments } = step.state;
    const src = wordOf(step, 'src');
    write(step, wordOf(step, 'dst'), types[src], environments[src]);
    return true;
  },
  loadInt: (step) => {
    const type = wordOf(step, 'imm') >= 0 ? TYPE_KEY : TYPE_OTHER;
    write(step, wordOf(step, 'dst'), type, UNKNOWN_ENVIRONMENT);
    return true;
  },
  loadConst: (step) => {
    const constant = step.context.unit.constants[wordOf(step, 'const')];
    write(step, wordOf(step, 'dst'), typeOfConstant(constant), UNKNOWN_ENVIRONMENT);
    return true;
  },
  checkInitialized: (step) => {
    const src = wordOf(step, 'src');
    const type = step.state.types[src] & ~TYPE_UNINITIALIZED;
    if (src < step.context.unit.firstConstantRegister)
      write(step, src, type === 0 ? TYPE_OTHER : type, UNKNOWN_ENVIRONMENT);
    return true;
  },
  checkIteratorResult: (step) => {
    const src = wordOf(step, 'src');
    // A constant is no object: it throws. The environment and this stay what they are.
    const { unit } = step.context;
    if (src >= unit.firstConstantRegister) return false;
    if (src !== unit.thisRegister) write(step, src, TYPE_OBJECT, UNKNOWN_ENVIRONMENT);
    return true;
  },
  newEnvironment: (step) => {
    const { unit, environments } = step.context;
    const scope = unit.scopes[wordOf(step, 'scope')];
    return writeAll(step, environments.scope(scope, step.state.environments[wordOf(step, 'outer')]));
  },
  newFunctionEnvironment: (step) => {
    const { unit, environments } = step.context;
    const { state } = step;
    const scope = unit.scopes[wordOf(step, 'scope')];
    state.frame = (state.frame & ~FRAME_NO_ENVIRONMENT) | FRAME_HAS_ENVIRONMENT;
    return writeAll(step, environments.functionScope(scope, state.environments[wordOf(step, 'outer')], unit));
  },
  copyEnvironment: (step) => {
    const { environments } = step.context;
    return writeAll(step, environments.copyOf(step.state.environments[wordOf(step, 'src')]));
  },
  newWithEnvironment: (step) => {
    const { environments } = step.context;
    return writeAll(step, environments.withObject(step.state.environments[wordOf(step, 'outer')]));
  },
  newPrivateEnvironment: (step) => {
    const { unit, environments, entry } = step.context;
    const { names } = unit.constants[wordOf(step, 'names')] as NamesConstant;
    const register = wordOf(step, 'outer');
    const outer = register === -1 ? entry.privateEnvironment : step.state.environments[register];
    return writeAll(step, environments.privateNames(names, outer));
  },
  storeSlot: (step) => {
    const { environments } = step.context;
    const { state } = step;
    const env = wordOf(step, 'env');
    const before = state.environments[env];
    const after = environments.initialize(before, wordOf(step, 'hops'), wordOf(step, 'slot'));
    if (after !== before) write(step, env, state.types[env], after);
    return true;
  },
  resolveName: (step) => {
    const name = step.context.unit.constants[wordOf(step, 'name')] as string;
    return writeAll(step, step.context.environments.resolved(name));
  },
  declareGlobals: (step) => {
    const { state } = step;
    state.frame = (state.frame & ~FRAME_UNDECLARED) | FRAME_DECLARED;
    return writeValues(step);
  },
  loadNewTarget: (step) => {
    const isConstructor = step.context.unit.callKind === CALL_CLASS_CONSTRUCTOR;
    write(step, wordOf(step, 'dst'), isConstructor ? TYPE_OBJECT : TYPE_OTHER, UNKNOWN_ENVIRONMENT);
    return true;
  },
  loadNewTargetBinding: (step) => {
    const { environments } = step.context;
    const { unit } = environments.thisEnvironment(step.state.environments[wordOf(step, 'env')]);
    const isConstructor = unit?.callKind === CALL_CLASS_CONSTRUCTOR;
    write(step, wordOf(step, 'dst'), isConstructor ? TYPE_OBJECT : TYPE_OTHER, UNKNOWN_ENVIRONMENT);
    return true;
  },
  createGenerator: ({ state }) => {
    state.frame = (state.frame & ~FRAME_NO_GENERATOR) | FRAME_HAS_GENERATOR;
    return true;
  },
  disposeStep: (step) => {
    writeValues(step);
    // Only `await using` gives something to await, and only async code has that.
    return isAsync(step.context.unit);
  },
};

const effectOf: readonly Effect[] = opcodeRules.map((rule) => EFFECTS[rule?.effect ?? '']);

/** What ending normally does; whether control can go on behind the instruction. */
export function applyResult(step: Step): boolean {
  return effectOf[step.context.unit.code[step.pc]](step);
}

/** The effects that rules may name. */
export const KNOWN_EFFECTS: readonly string[] = Object.keys(EFFECTS);
