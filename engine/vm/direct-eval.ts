// PerformEval, https://tc39.es/ecma262/#sec-performeval , direct and indirect.

import { compileEval, type EvalSurroundings, NO_SURROUNDINGS } from '../bytecode/compiler/compile.ts';
import type { CodeUnit } from '../bytecode/unit.ts';
import type { Agent } from '../runtime/agent.ts';
import type { PreparedEval } from '../runtime/code-runner.ts';
import type { Environment, PrivateEnvironmentRecord } from '../runtime/environments.ts';
import type { ScriptOrModule } from '../runtime/objects/function.ts';
import { GetActiveScriptOrModule } from '../runtime/operations/import-call.ts';
import type { Realm } from '../runtime/realm.ts';
import { chargeSource } from '../runtime/source-work.ts';
import type { Value } from '../runtime/value.ts';
import { thisEnvironment, VMFunctionEnvironment } from './environment.ts';
import { Feedback, whileCompiling } from './feedback.ts';
import { END_CALL, END_ENTRY, VMFrame } from './frame.ts';
import { runLoop } from './run-loop.ts';

/** The frame of PerformEval ( x, strictCaller, true ) from code running in `lexEnv`, made but not run. */
export function makeDirectEvalFrame(
  agent: Agent,
  x: string,
  lexEnv: Environment,
  privateEnv: PrivateEnvironmentRecord | null,
  strict: boolean,
): VMFrame {
  const thisEnv = thisEnvironment(lexEnv);
  const F = thisEnv instanceof VMFunctionEnvironment ? thisEnv.functionObject : null;
  const surroundings = {
    strict,
    inFunction: F !== null,
    inMethod: F !== null && thisEnv.HasSuperBinding(),
    inDerivedConstructor: F !== null && F.constructorKind === 'derived',
    inClassFieldInitializer: F !== null && F.classFieldInitializerName !== undefined,
    privateNames: privateEnv === null ? null : privateEnv.visibleNames(),
  };
  const frame = makeEvalFrame(agent, x, lexEnv, privateEnv, surroundings);
  frame.ending = END_CALL;
  return frame;
}

/** PerformEval ( x, false, false ) in the running realm. */
export function PerformIndirectEval(agent: Agent, x: Value): Value {
  if (typeof x !== 'string') return x;
  const frame = makeEvalFrame(agent, x, agent.realm.globalEnv, null, NO_SURROUNDINGS);
  frame.caller = agent.context;
  runLoop.run(agent, frame);
  return frame.result;
}

/** CodeRunner.prepareShadowRealmEval. */
export function prepareShadowRealmEval(
  agent: Agent,
  sourceText: string,
  evalRealm: Realm,
  scriptOrModule: ScriptOrModule,
): PreparedEval {
  const unit = compileEvalText(agent, sourceText, evalRealm, NO_SURROUNDINGS);
  return new ShadowRealmEval(unit, evalRealm, scriptOrModule);
}

class ShadowRealmEval implements PreparedEval {
  private readonly unit: CodeUnit;
  private readonly evalRealm: Realm;
  private readonly scriptOrModule: ScriptOrModule;
  constructor(unit: CodeUnit, evalRealm: Realm, scriptOrModule: ScriptOrModule) {
    this.unit = unit;
    this.evalRealm = evalRealm;
    this.scriptOrModule = scriptOrModule;
  }

  run(agent: Agent): Value {
    const { evalRealm } = this;
    const { realm } = agent;
    agent.realm = evalRealm;
    try {
      const frame = makeTopFrame(agent, this.unit, evalRealm.globalEnv, undefined, this.scriptOrModule, null);
      frame.caller = agent.context;
      runLoop.run(agent, frame);
      return frame.result;
    } finally {
      agent.realm = realm;
    }
  }
}

function makeEvalFrame(
  agent: Agent,
  x: string,
  lexEnv: Environment,
  privateEnv: PrivateEnvironmentRecord | null,
  surroundings: EvalSurroundings,
): VMFrame {
  const unit = compileEvalText(agent, x, agent.realm, surroundings);
  const scriptOrModule = GetActiveScriptOrModule(agent.context);
  return makeTopFrame(agent, unit, lexEnv, undefined, scriptOrModule, privateEnv);
}

/** The unit of an eval's text. Early errors are the running realm's. */
function compileEvalText(
  agent: Agent,
  x: string,
  evalRealm: Realm,
  surroundings: EvalSurroundings,
): CodeUnit {
  agent.hooks.ensureCanCompileStrings(agent, evalRealm);
  chargeSource(agent, x.length);
  const compiled = whileCompiling(agent, () => compileEval('<eval>', x, surroundings));
  if (!compiled.ok) throw agent.createThrow(compiled.error.errorType, compiled.error.message);
  return compiled.unit;
}

/** The frame of a script, module or eval entered with `env`. */
export function makeTopFrame(
  agent: Agent,
  unit: CodeUnit,
  env: Environment,
  thisValue: Value,
  scriptOrModule: VMFrame['scriptOrModule'],
  privateEnv: PrivateEnvironmentRecord | null,
): VMFrame {
  const feedback = new Feedback(unit);
  feedback.prepare(agent);
  const registers = unit.registers.slice() as Value[];
  registers[unit.environmentRegister] = env as unknown as Value;
  registers[unit.thisRegister] = thisValue;
  return new VMFrame(
    null,
    agent.realm,
    scriptOrModule,
    feedback,
    registers,
    undefined,
    null,
    privateEnv,
    END_ENTRY,
  );
}
