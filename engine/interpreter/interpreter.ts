// Tier 0, the tree-walker: scripts, modules, eval and dynamic functions evaluated from the AST, one function per
// production. It is the in-house oracle: clarity and the specification's order of steps before speed.
import type { Agent } from '../runtime/agent.ts';
import type { CodeRunner } from '../runtime/code-runner.ts';
import type { ScriptOrModule } from '../runtime/objects/function.ts';
import type { LoadedModuleRequest, Realm } from '../runtime/realm.ts';
import type { Value } from '../runtime/value.ts';
import type { Script } from '../syntax/ast.gen.ts';
import { GlobalDeclarationInstantiation } from './declarations.ts';
import { PerformIndirectEval, prepareShadowRealmEval } from './direct-eval.ts';
import { CreateDynamicFunction } from './dynamic-function.ts';
import { EvaluateStatementList } from './evaluation/dispatch.gen.ts';
import { installAllEvaluators as installPlainEvaluators } from './evaluation/evaluators.gen.ts';
import { installAllEvaluators } from './evaluation/evaluators.ts';
import { Frame, valueOrUndefined } from './frame.ts';

export { SourceTextModuleRecord } from './source-text-module.ts';

installAllEvaluators();
installPlainEvaluators();

/** Script Record, https://tc39.es/ecma262/#sec-script-records . */
export class ScriptRecord implements ScriptOrModule {
  readonly realm: Realm;
  readonly ecmaScriptCode: Script;
  readonly loadedModules: LoadedModuleRequest[];
  readonly hostDefined: unknown;

  constructor(realm: Realm, ecmaScriptCode: Script, hostDefined: unknown) {
    this.realm = realm;
    this.ecmaScriptCode = ecmaScriptCode;
    this.loadedModules = [];
    this.hostDefined = hostDefined;
  }
}

/**
 * ScriptEvaluation ( scriptRecord ): the completion value, undefined for empty. Throws what the script throws —
 * https://tc39.es/ecma262/#sec-runtime-semantics-scriptevaluation
 */
export function ScriptEvaluation(agent: Agent, scriptRecord: ScriptRecord): Value {
  const { realm, ecmaScriptCode: script } = scriptRecord;
  const { globalEnv } = realm;
  const scriptContext = new Frame(
    agent,
    null,
    realm,
    scriptRecord,
    script.source,
    globalEnv,
    null,
    script.strict,
  );
  const { context: caller, realm: callerRealm, depth } = agent;
  scriptContext.caller = caller;
  agent.context = scriptContext;
  agent.realm = realm;
  try {
    GlobalDeclarationInstantiation(agent, scriptContext, script.scope, globalEnv);
    EvaluateStatementList(agent, scriptContext, script.body);
    return valueOrUndefined(scriptContext.completionValue);
  } finally {
    agent.context = caller;
    agent.realm = callerRealm;
    agent.depth = depth;
  }
}

/** How the runtime and the built-ins reach this tier. */
export const interpreter: CodeRunner = {
  IndirectEval: PerformIndirectEval,
  prepareShadowRealmEval,
  CreateDynamicFunction,
};
