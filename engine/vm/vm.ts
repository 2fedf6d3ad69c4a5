// Tier 1, the bytecode VM: scripts, modules, eval and dynamic functions compiled to code units and run in frames on our heap.

import { compileFunctionText, compileModule, compileScript } from '../bytecode/compiler/compile.ts';
import { CALL_ASYNC, type CodeUnit, type DeclarationsConstant } from '../bytecode/unit.ts';
import type { Agent } from '../runtime/agent.ts';
import type { CodeRunner, DynamicFunctionKind } from '../runtime/code-runner.ts';
import type { ModuleEnvironment } from '../runtime/environments.ts';
import type { FunctionObject, ScriptOrModule } from '../runtime/objects/function.ts';
import type { Coroutine } from '../runtime/objects/generator.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import { GetActiveScriptOrModule } from '../runtime/operations/import-call.ts';
import { GetPrototypeFromConstructor } from '../runtime/operations/object-operations.ts';
import { ToString } from '../runtime/operations/type-conversion.ts';
import type { IntrinsicName, LoadedModuleRequest, Realm } from '../runtime/realm.ts';
import { type ModuleEntriesRecord, SourceTextModule } from '../runtime/source-text-module.ts';
import { chargeSource } from '../runtime/source-work.ts';
import type { Value } from '../runtime/value.ts';
import { VMCoroutine } from './coroutine.ts';
import { makeTopFrame, PerformIndirectEval, prepareShadowRealmEval } from './direct-eval.ts';
import { Feedback, whileCompiling } from './feedback.ts';
import type { VMFrame } from './frame.ts';
import { createFunction, functionPrototypeOf } from './function.ts';
import { type Pausable, PausableCode } from './pausable.ts';
import { installRunLoop } from './run.ts';
import { runLoop } from './run-loop.ts';

installRunLoop();

type Script = Parameters<typeof compileScript>[0];
type Module = Parameters<typeof compileModule>[0];

/** Script Record, https://tc39.es/ecma262/#sec-script-records . */
export class VMScriptRecord implements ScriptOrModule {
  readonly realm: Realm;
  readonly unit: CodeUnit;
  readonly loadedModules: LoadedModuleRequest[];
  readonly hostDefined: unknown;

  constructor(realm: Realm, unit: CodeUnit, hostDefined: unknown) {
    this.realm = realm;
    this.unit = unit;
    this.loadedModules = [];
    this.hostDefined = hostDefined;
  }
}

const compiledScripts = new WeakMap<Script, CodeUnit>();
const compiledModules = new WeakMap<Module, CodeUnit>();

/** The unit of a program, compiled once however often it runs. A guest RangeError if it is nested too deeply. */
function unitOf<T extends object>(
  agent: Agent,
  program: T,
  compiled: WeakMap<T, CodeUnit>,
  compile: (program: T) => CodeUnit,
): CodeUnit {
  let unit = compiled.get(program);
  if (unit === undefined) {
    unit = whileCompiling(agent, () => compile(program));
    compiled.set(program, unit);
  }
  return unit;
}

/**
 * ScriptEvaluation: the completion value, undefined for empty. Throws what the script throws —
 * https://tc39.es/ecma262/#sec-runtime-semantics-scriptevaluation
 */
export function runScript(agent: Agent, script: Script, realm: Realm, hostDefined: unknown): Value {
  const unit = unitOf(agent, script, compiledScripts, compileScript);
  return runScriptUnit(agent, new VMScriptRecord(realm, unit, hostDefined));
}

/** A Source Text Module Record of the module. */
export function createModule(
  agent: Agent,
  module: Module,
  realm: Realm,
  hostDefined: unknown,
): VMModuleRecord {
  return new VMModuleRecord(realm, unitOf(agent, module, compiledModules, compileModule), hostDefined);
}

/** The same for a compiled script. */
export function runScriptUnit(agent: Agent, record: VMScriptRecord): Value {
  const { realm, unit } = record;
  const { realm: callerRealm } = agent;
  agent.realm = realm;
  try {
    const frame = makeTopFrame(agent, unit, realm.globalEnv, realm.globalEnv.globalThisValue, record, null);
    frame.caller = agent.context;
    runLoop.run(agent, frame);
    return frame.result;
  } finally {
    agent.realm = callerRealm;
  }
}

/** A run of the script in slices; its value is the completion value. */
export function startScript(agent: Agent, script: Script, realm: Realm, hostDefined: unknown): Pausable {
  const unit = unitOf(agent, script, compiledScripts, compileScript);
  return startScriptUnit(agent, new VMScriptRecord(realm, unit, hostDefined));
}

/** The same for a compiled script. */
export function startScriptUnit(agent: Agent, record: VMScriptRecord): Pausable {
  const { realm, unit } = record;
  const { realm: callerRealm } = agent;
  agent.realm = realm;
  try {
    return PausableCode.ofFrame(
      makeTopFrame(agent, unit, realm.globalEnv, realm.globalEnv.globalThisValue, record, null),
    );
  } finally {
    agent.realm = callerRealm;
  }
}

/** Source Text Module Records of the VM, https://tc39.es/ecma262/#sec-source-text-module-records . */
export class VMModuleRecord extends SourceTextModule {
  private readonly unit: CodeUnit;
  private frame: VMFrame | null;

  constructor(realm: Realm, unit: CodeUnit, hostDefined: unknown) {
    super(realm, unit.moduleEntries as ModuleEntriesRecord, hostDefined, unit.callKind === CALL_ASYNC);
    this.unit = unit;
    this.frame = null;
  }

  /** InitializeEnvironment from step 8. */
  protected override instantiateDeclarations(agent: Agent, env: ModuleEnvironment): void {
    const { realm, unit } = this;
    const { varNames, lexicals, functions } = unit.constants[0] as DeclarationsConstant;
    const { realm: callerRealm } = agent;
    agent.realm = realm;
    try {
      const frame = makeTopFrame(agent, unit, env, undefined, this, null);
      this.frame = frame;
      for (const dn of varNames) {
        env.CreateMutableBinding(agent, dn, false);
        env.InitializeBinding(agent, dn, undefined, 'normal');
      }
      for (const { name, isConstant } of lexicals) {
        if (isConstant) env.CreateImmutableBinding(agent, name, true);
        else env.CreateMutableBinding(agent, name, false);
      }
      for (const { name, unit: index } of functions) {
        const feedback = frame.feedback.ofFunction(index);
        const prototype = functionPrototypeOf(realm, feedback.unit);
        const F = createFunction(agent, prototype, feedback, env, null, this, feedback.unit.name, '');
        env.InitializeBinding(agent, name, F, 'normal');
      }
    } finally {
      agent.realm = callerRealm;
    }
  }

  /** https://tc39.es/ecma262/#sec-source-text-module-record-execute-module */
  override ExecuteModule(): Coroutine {
    const frame = this.frame as VMFrame;
    this.frame = null;
    return new VMCoroutine(frame);
  }
}

const FALLBACK_PROTOTYPES: Readonly<Record<DynamicFunctionKind, IntrinsicName>> = {
  normal: '%Function.prototype%',
  generator: '%GeneratorFunction.prototype%',
  async: '%AsyncFunction.prototype%',
  asyncGenerator: '%AsyncGeneratorFunction.prototype%',
};

/** CreateDynamicFunction — https://tc39.es/ecma262/#sec-createdynamicfunction */
function CreateDynamicFunction(
  agent: Agent,
  constructor: FunctionObject,
  newTarget: JSObject | undefined,
  kind: DynamicFunctionKind,
  parameterArgs: readonly Value[],
  bodyArg: Value,
): FunctionObject {
  const parameterStrings: string[] = [];
  for (const arg of parameterArgs) parameterStrings.push(ToString(agent, arg));
  const bodyString = ToString(agent, bodyArg);
  const { realm } = agent;
  agent.hooks.ensureCanCompileStrings(agent, realm);
  const P = parameterStrings.join(',');
  chargeSource(agent, P.length + bodyString.length);
  const compiled = whileCompiling(agent, () => compileFunctionText(kind, P, bodyString));
  if (!compiled.ok) throw agent.createThrow(compiled.error.errorType, compiled.error.message);
  const proto = GetPrototypeFromConstructor(agent, newTarget ?? constructor, FALLBACK_PROTOTYPES[kind]);
  const feedback = new Feedback(compiled.unit);
  const scriptOrModule = GetActiveScriptOrModule(agent.context);
  return createFunction(agent, proto, feedback, realm.globalEnv, null, scriptOrModule, 'anonymous', '');
}

/** How the runtime and the built-ins reach this tier. */
export const vm: CodeRunner = {
  IndirectEval: PerformIndirectEval,
  prepareShadowRealmEval,
  CreateDynamicFunction,
};
