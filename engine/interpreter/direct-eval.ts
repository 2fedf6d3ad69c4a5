// PerformEval, https://tc39.es/ecma262/#sec-performeval , direct and indirect.

import type { Agent } from '../runtime/agent.ts';
import type { PreparedEval } from '../runtime/code-runner.ts';
import {
  DeclarativeEnvironment,
  type Environment,
  FunctionEnvironment,
  type PrivateEnvironmentRecord,
} from '../runtime/environments.ts';
import type { ScriptOrModule } from '../runtime/objects/function.ts';
import { GetActiveScriptOrModule } from '../runtime/operations/import-call.ts';
import type { Realm } from '../runtime/realm.ts';
import { chargeSource } from '../runtime/source-work.ts';
import type { Value } from '../runtime/value.ts';
import type { Script } from '../syntax/ast.gen.ts';
import { type EvalContext, NO_SURROUNDINGS, parseEval } from '../syntax/parse.ts';
import { SourceText } from '../syntax/source-text.ts';
import type { SyntaxErrorRecord } from '../syntax/syntax-error.ts';
import { EvalDeclarationInstantiation } from './declarations.ts';
import { EvaluateStatementList } from './evaluation/dispatch.gen.ts';
import { Frame, valueOrUndefined } from './frame.ts';
import { GetThisEnvironment } from './references.ts';

/** Throws the guest error of an early error. */
export function throwEarlyError(agent: Agent, error: SyntaxErrorRecord): never {
  throw agent.createThrow(error.errorType, error.message);
}

/** PerformEval ( x, strictCaller, true ) from code running in `context`. */
export function PerformDirectEval(agent: Agent, context: Frame, x: Value): Value {
  if (typeof x !== 'string') return x;
  const thisEnv = GetThisEnvironment(context);
  const F = thisEnv instanceof FunctionEnvironment ? thisEnv.functionObject : null;
  return performEval(
    agent,
    x,
    {
      strict: context.strict,
      inFunction: F !== null,
      inMethod: F !== null && thisEnv.HasSuperBinding(),
      inDerivedConstructor: F !== null && F.constructorKind === 'derived',
      inClassFieldInitializer: F !== null && F.classFieldInitializerName !== undefined,
      privateNames: context.privateEnvironment?.visibleNames() ?? null,
    },
    context.lexicalEnvironment,
    context.variableEnvironment,
    context.privateEnvironment,
  );
}

/** PerformEval ( x, false, false ) in the running realm. */
export function PerformIndirectEval(agent: Agent, x: Value): Value {
  if (typeof x !== 'string') return x;
  const { globalEnv } = agent.realm;
  return performEval(agent, x, NO_SURROUNDINGS, globalEnv, globalEnv, null);
}

/** CodeRunner.prepareShadowRealmEval. */
export function prepareShadowRealmEval(
  agent: Agent,
  sourceText: string,
  evalRealm: Realm,
  scriptOrModule: ScriptOrModule,
): PreparedEval {
  const script = parseEvalText(agent, sourceText, evalRealm, NO_SURROUNDINGS);
  return new ShadowRealmEval(script, evalRealm, scriptOrModule);
}

class ShadowRealmEval implements PreparedEval {
  private readonly script: Script;
  private readonly evalRealm: Realm;
  private readonly scriptOrModule: ScriptOrModule;
  constructor(script: Script, evalRealm: Realm, scriptOrModule: ScriptOrModule) {
    this.script = script;
    this.evalRealm = evalRealm;
    this.scriptOrModule = scriptOrModule;
  }

  run(agent: Agent): Value {
    const { evalRealm } = this;
    const { globalEnv } = evalRealm;
    const { realm } = agent;
    agent.realm = evalRealm;
    try {
      return runEval(agent, this.script, this.scriptOrModule, globalEnv, globalEnv, null);
    } finally {
      agent.realm = realm;
    }
  }
}

function performEval(
  agent: Agent,
  x: string,
  surroundings: EvalContext,
  outerEnv: Environment,
  outerVarEnv: Environment,
  privateEnv: PrivateEnvironmentRecord | null,
): Value {
  const script = parseEvalText(agent, x, agent.realm, surroundings);
  const scriptOrModule = GetActiveScriptOrModule(agent.context);
  return runEval(agent, script, scriptOrModule, outerEnv, outerVarEnv, privateEnv);
}

/** PerformEval up to step 12. Early errors are the running realm's. */
function parseEvalText(agent: Agent, x: string, evalRealm: Realm, surroundings: EvalContext): Script {
  agent.hooks.ensureCanCompileStrings(agent, evalRealm);
  chargeSource(agent, x.length);
  const parsed = parseEval(new SourceText('<eval>', x), surroundings);
  if (!parsed.ok) throwEarlyError(agent, parsed.error);
  return parsed.node;
}

/** PerformEval from step 13, in the running realm. */
function runEval(
  agent: Agent,
  script: Script,
  scriptOrModule: ScriptOrModule | null,
  outerEnv: Environment,
  outerVarEnv: Environment,
  privateEnv: PrivateEnvironmentRecord | null,
): Value {
  const strictEval = script.strict;
  const lexEnv = new DeclarativeEnvironment(outerEnv);
  const varEnv = strictEval ? lexEnv : outerVarEnv;
  const { context: callerContext, depth } = agent;
  const evalContext = new Frame(
    agent,
    null,
    agent.realm,
    scriptOrModule,
    script.source,
    lexEnv,
    privateEnv,
    strictEval,
  );
  evalContext.variableEnvironment = varEnv;
  evalContext.caller = callerContext;
  agent.context = evalContext;
  try {
    EvalDeclarationInstantiation(agent, evalContext, script.scope, varEnv, lexEnv, privateEnv, strictEval);
    EvaluateStatementList(agent, evalContext, script.body);
    return valueOrUndefined(evalContext.completionValue);
  } finally {
    agent.context = callerContext;
    agent.depth = depth;
  }
}
