// What has to hold before an instruction runs: the types of the registers it reads, and what its handler relies on
// beyond them, as conditions that the rules name.
import { type EnvironmentType, isInitialized } from './environment-types.ts';
import {
  FRAME_DECLARED,
  FRAME_HAS_GENERATOR,
  FRAME_NO_ENVIRONMENT,
  FRAME_NO_GENERATOR,
  FRAME_UNDECLARED,
} from './flow-state.ts';
import { describeType, TYPE_VALUE, TYPES } from './operand-types.ts';
import {
  CALL_ASYNC_GENERATOR,
  CALL_CLASS_CONSTRUCTOR,
  CALL_GENERATOR,
  CALL_NORMAL,
  type ClassConstant,
  type DeclarationsConstant,
  type ParameterMapConstant,
} from './unit.ts';
import type { VerifyErrorCode } from './verify.ts';
import { opcodeRules } from './verify-rules.ts';
import { isAsync, type Step, wordOf } from './verify-transfer.ts';

/** Reports what does not hold before an instruction, and notes what the closures that it makes are entered with. */
export function checkInstruction(step: Step): void {
  checkTypes(step);
  const { unit } = step.context;
  for (const check of checksOf[unit.code[step.pc]]) {
    const problem = check(step);
    if (problem !== null) report(step, problem.code, problem.message);
  }
}

function report({ context, rule, pc }: Step, code: VerifyErrorCode, message: string): void {
  context.report(code, pc, `${rule.row.name}: ${message}`);
}

function checkTypes(step: Step): void {
  const { context, rule, pc, state } = step;
  const { code } = context.unit;
  const { types } = state;
  for (const { name, index, accepts } of rule.sources) {
    const register = code[pc + index];
    if (register >= 0 && (types[register] & ~accepts) !== 0)
      report(step, 'type', `register ${register}, ${name}, may hold ${describeType(types[register])}`);
  }
  if (rule.argsIndex === -1) return;
  const first = code[pc + rule.argsIndex];
  const end = first + code[pc + rule.argsIndex + 1];
  context.spend(end - first);
  for (let register = first; register < end; register++) {
    if ((types[register] & ~TYPE_VALUE) !== 0)
      report(step, 'type', `argument ${register} may hold ${describeType(types[register])}`);
  }
}

// ---- Conditions

interface Problem {
  readonly code: VerifyErrorCode;
  readonly message: string;
}

type Check = (step: Step) => Problem | null;

function unless(holds: boolean, code: VerifyErrorCode, message: string): Problem | null {
  return holds ? null : { code, message };
}

const CHECKS: Readonly<Record<string, Check>> = {
  // Where an opcode makes sense.
  awaits: (step) => unless(isAsync(step.context.unit) && isStarted(step), 'frame', 'the frame cannot wait'),
  startedGenerator: (step) => {
    const { callKind } = step.context.unit;
    return unless(callKind === CALL_GENERATOR && isStarted(step), 'frame', 'this is no started generator');
  },
  startedAnyGenerator: (step) => {
    const { callKind } = step.context.unit;
    if (callKind === CALL_ASYNC_GENERATOR)
      return unless(isStarted(step), 'frame', 'this is no started generator');
    if (callKind !== CALL_GENERATOR || !isStarted(step))
      return { code: 'frame', message: 'this is no started generator' };
    // What a generator gives is a result object.
    const value = step.state.types[wordOf(step, 'value')];
    return unless((value & ~TYPES.anyObject) === 0, 'type', `the result may be ${describeType(value)}`);
  },
  unstartedGenerator: ({ context, state }) => {
    const { callKind } = context.unit;
    if (callKind !== CALL_GENERATOR && callKind !== CALL_ASYNC_GENERATOR)
      return { code: 'frame', message: 'this is no generator' };
    return unless((state.frame & FRAME_HAS_GENERATOR) === 0, 'frame', 'the generator is made twice');
  },
  disposesHere: (step) =>
    unless(
      wordOf(step, 'async') === 0 || isAsync(step.context.unit),
      'frame',
      'the frame cannot wait for a resource',
    ),
  plainFunction: ({ context: { unit } }) =>
    unless(
      unit.unitKind === 'function' && unit.callKind === CALL_NORMAL,
      'frame',
      'only plain functions have tail calls',
    ),
  boundThis: ({ context, state }) =>
    unless(
      !context.unit.isDerivedConstructor || (state.frame & FRAME_NO_ENVIRONMENT) === 0,
      'frame',
      'the frame may have no environment that binds this',
    ),
  ownThis: (step) => {
    const { unit } = step.context;
    if (unit.unitKind !== 'function' || unit.isArrow)
      return { code: 'frame', message: 'the unit has no this of its own' };
    return unless(
      (wordOf(step, 'bindThis') === 0) === unit.isDerivedConstructor,
      'frame',
      'this is bound by super() in derived constructors only',
    );
  },
  coercible: ({ context, pc, state }) => {
    const type = state.types[context.unit.code[pc + 1]];
    return unless((type & ~TYPE_VALUE) === 0, 'type', `the register may hold ${describeType(type)}`);
  },
  keptArguments: ({ context: { unit } }) =>
    unless(unit.unitKind === 'function' && unit.keepsArguments, 'frame', 'the frame keeps no arguments'),
  activeFunction: ({ context: { unit } }) =>
    unless(unit.unitKind === 'function', 'frame', 'there is no active function'),
  module: ({ context: { root } }) => unless(root.unitKind === 'module', 'frame', 'this is no module'),
  sloppyScript: ({ context: { root } }) =>
    unless(root.unitKind === 'script', 'frame', 'bindings of modules are not deleted'),
  eval: () => ({ code: 'frame', message: 'this is no eval' }),

  // Declarations and their initialization.
  declaresGlobals: (step) => {
    const { context, pc, state } = step;
    const { unit, root, repeated } = context;
    if (unit !== root || unit.unitKind !== 'script') return { code: 'frame', message: 'this is no script' };
    if ((state.frame & FRAME_DECLARED) !== 0 || repeated[pc] === 1)
      return { code: 'frame', message: 'globals are declared twice' };
    const { functions } = unit.constants[wordOf(step, 'const')] as DeclarationsConstant;
    for (const { unit: index } of functions) {
      if (unit.functions[index].callKind === CALL_CLASS_CONSTRUCTOR) return isConstructor(index);
      const environment = state.environments[unit.environmentRegister];
      context.enter(index, environment, context.entry.privateEnvironment);
    }
    return null;
  },
  initializesGlobal: (step) => {
    const { context, state } = step;
    const { unit } = context;
    if (unit.unitKind !== 'script') return { code: 'frame', message: 'this is no script' };
    return unless(
      (state.frame & FRAME_UNDECLARED) === 0 && initializesOnce(step),
      'frame',
      `'${nameOf(step)}' may be undeclared or initialized already`,
    );
  },
  initializesModuleBinding: (step) => {
    const name = nameOf(step);
    const { unit, declared } = step.context;
    return unless(
      unit.unitKind === 'module' && !declared.functions.has(name) && initializesOnce(step),
      'frame',
      `'${name}' may be undeclared or initialized already`,
    );
  },
  annexB: (step) => {
    const { annexBCount } = step.context.declared;
    return unless(wordOf(step, 'index') < annexBCount, 'immediate', 'there are not that many functions');
  },

  // Environments. Those made are inside of known ones: chains are then no longer than the code is nested, and so is the way
  // along them, which is not charged.
  knownOuter: (step) => {
    const { kind } = step.context.environments.get(step.state.environments[wordOf(step, 'outer')]);
    return unless(kind !== 'unknown', 'environment', 'the environment around is not known');
  },
  knownPrivateOuter: (step) => {
    const { kind } = step.context.environments.get(privateEnvironmentOf(step, 'outer'));
    return unless(kind !== 'unknown', 'environment', 'the private environment around is not known');
  },
  slot: (step) => {
    const slot = wordOf(step, 'slot');
    const type = environmentOf(step, wordOf(step, 'hops'));
    return unless(
      hasSlots(type) && slot < (type.descriptor?.names.length ?? 0),
      'environment',
      `there is no slot ${slot} that many environments outwards`,
    );
  },
  initializedSlot: (step) =>
    unless(
      isInitialized(environmentOf(step, wordOf(step, 'hops')), wordOf(step, 'slot')),
      'environment',
      `slot ${wordOf(step, 'slot')} may be uninitialized`,
    ),
  moduleBinding: (step) => {
    const name = nameOf(step);
    if (environmentOf(step, wordOf(step, 'hops')).kind !== 'module')
      return { code: 'environment', message: 'the environment is no module' };
    return unless(step.context.declared.all.has(name), 'environment', `the module does not bind '${name}'`);
  },
  slots: (step) => {
    const register = step.rule.indexOf.has('src') ? wordOf(step, 'src') : wordOf(step, 'env');
    const type = step.context.environments.get(step.state.environments[register]);
    return unless(hasSlots(type), 'environment', 'the environment has no slots');
  },
  parameterSlots: (step) => {
    const type = environmentOf(step, 0);
    const { slots } = step.context.unit.constants[wordOf(step, 'const')] as ParameterMapConstant;
    return unless(
      slots.every((slot) => slot === -1 || isInitialized(type, slot)),
      'environment',
      'a parameter has no slot',
    );
  },
  functionThis: (step) => thisFunction(step, wordOf(step, 'env')),
  superBase: (step) => {
    const env = wordOf(step, 'env');
    return env === -1
      ? unless(step.context.unit.unitKind === 'function', 'frame', 'there is no active function')
      : thisFunction(step, env);
  },
  privateName: (step) => {
    const { environments } = step.context;
    const name = nameOf(step);
    return unless(
      environments.declaresPrivate(privateEnvironmentOf(step, 'env'), name),
      'environment',
      `there is no private name #${name}`,
    );
  },
  resolvedName: (step) => {
    const type = step.context.environments.get(step.state.environments[wordOf(step, 'resolved')]);
    return unless(
      type.kind === 'resolved' && type.names[0] === nameOf(step),
      'environment',
      `what is resolved is not '${nameOf(step)}'`,
    );
  },

  // Closures.
  closure: (step) => {
    const { context } = step;
    const index = wordOf(step, 'func');
    if (context.unit.functions[index].callKind === CALL_CLASS_CONSTRUCTOR) return isConstructor(index);
    enter(step, index);
    return null;
  },
  classConstructor: (step) => {
    const constant = step.context.unit.constants[wordOf(step, 'const')] as ClassConstant;
    if (constant.isDerived !== (wordOf(step, 'heritage') !== -1))
      return { code: 'constant', message: 'the class and its heritage do not fit' };
    if (constant.unit !== -1) enter(step, constant.unit);
    return null;
  },
};

const checksOf: readonly (readonly Check[])[] = opcodeRules.map(
  (rule) => rule?.needs.map((name) => CHECKS[name]) ?? [],
);

/** The conditions that rules may name. */
export const KNOWN_NEEDS: readonly string[] = Object.keys(CHECKS);

// ---- Parts of conditions

function nameOf(step: Step): string {
  return step.context.unit.constants[wordOf(step, 'name')] as string;
}

function isConstructor(index: number): Problem {
  return { code: 'function', message: `function ${index} is a class constructor` };
}

/** A generator has been made, if the unit is one: until then its frame is that of a call. */
function isStarted({ context, state }: Step): boolean {
  const { callKind } = context.unit;
  return (
    (callKind !== CALL_GENERATOR && callKind !== CALL_ASYNC_GENERATOR) ||
    (state.frame & FRAME_NO_GENERATOR) === 0
  );
}

/** The environment `hops` outwards from that in `env`. */
function environmentOf(step: Step, hops: number): EnvironmentType {
  return step.context.environments.outwards(step.state.environments[wordOf(step, 'env')], hops);
}

function hasSlots({ kind }: EnvironmentType): boolean {
  return kind === 'scope' || kind === 'function';
}

function thisFunction({ context, state }: Step, register: number): Problem | null {
  const { kind } = context.environments.thisEnvironment(state.environments[register]);
  return unless(kind === 'function', 'environment', 'this is not that of a function');
}

function privateEnvironmentOf(step: Step, operand: string): number {
  const register = wordOf(step, operand);
  return register === -1 ? step.context.entry.privateEnvironment : step.state.environments[register];
}

function enter(step: Step, index: number): void {
  const environment = step.state.environments[wordOf(step, 'env')];
  step.context.enter(index, environment, privateEnvironmentOf(step, 'privateEnv'));
}

/** A binding of the root is initialized by one instruction that does not repeat. */
function initializesOnce(step: Step): boolean {
  const { unit, root, repeated, initialized, declared } = step.context;
  const name = nameOf(step);
  const isFirst = !initialized.has(name);
  initialized.add(name);
  return unit === root && repeated[step.pc] === 0 && declared.lexicals.has(name) && isFirst;
}
