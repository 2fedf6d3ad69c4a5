// Source Text Module Records, https://tc39.es/ecma262/#sec-source-text-module-records .

import { assert } from '../base/assert.ts';
import type { Agent } from '../runtime/agent.ts';
import type { ModuleEnvironment } from '../runtime/environments.ts';
import type { Coroutine } from '../runtime/objects/generator.ts';
import type { Realm } from '../runtime/realm.ts';
import { SourceTextModule } from '../runtime/source-text-module.ts';
import type { Module } from '../syntax/ast.gen.ts';
import { boundNameOf, createLexicalBinding, functionsToInitialize } from './bound-names.ts';
import { InterpretedCoroutine } from './coroutine.ts';
import { EvaluateModuleBody as EvaluateModuleBodyPlainly } from './evaluation/bodies.gen.ts';
import { EvaluateModuleBody } from './evaluation/bodies.ts';
import { analyseSuspension } from './evaluation/suspension-analysis.ts';
import { Frame } from './frame.ts';
import { InstantiateFunctionObject } from './function-objects.ts';

export class SourceTextModuleRecord extends SourceTextModule {
  readonly ecmaScriptCode: Module;
  private context: Frame | null;

  constructor(realm: Realm, ecmaScriptCode: Module, hostDefined: unknown) {
    super(realm, ecmaScriptCode.entries, hostDefined, ecmaScriptCode.hasTopLevelAwait);
    this.ecmaScriptCode = ecmaScriptCode;
    this.context = null;
  }

  /** InitializeEnvironment from step 8. */
  protected override instantiateDeclarations(agent: Agent, env: ModuleEnvironment): void {
    const { ecmaScriptCode: code, realm } = this;
    const context = new Frame(agent, null, realm, this, code.source, env, null, true);
    this.context = context;
    for (const dn of code.scope.varNames) {
      env.CreateMutableBinding(agent, dn, false);
      env.InitializeBinding(agent, dn, undefined, 'normal');
    }
    for (const binding of code.scope.lexicals) {
      if (binding.bindingKind !== 'import') createLexicalBinding(agent, env, binding);
    }
    const caller = agent.context;
    const callerRealm = agent.realm;
    agent.context = context;
    agent.realm = realm;
    try {
      for (const f of functionsToInitialize(code.scope.functions)) {
        const fo = InstantiateFunctionObject(agent, context, f, env, null);
        env.InitializeBinding(agent, boundNameOf(f), fo, 'normal');
      }
    } finally {
      agent.context = caller;
      agent.realm = callerRealm;
    }
  }

  /** https://tc39.es/ecma262/#sec-source-text-module-record-execute-module */
  override ExecuteModule(agent: Agent): Coroutine | null {
    const context = this.context;
    assert(context !== null, 'the environment is initialized before the module runs');
    this.context = null;
    const code = this.ecmaScriptCode;
    if (this.hasTLA) {
      analyseSuspension(code, code.body, false);
      return new InterpretedCoroutine(context, EvaluateModuleBody(agent, context, code));
    }
    const { context: caller, realm, depth } = agent;
    context.caller = caller;
    agent.context = context;
    agent.realm = this.realm;
    try {
      EvaluateModuleBodyPlainly(agent, context, code);
    } finally {
      agent.context = caller;
      agent.realm = realm;
      agent.depth = depth;
    }
    return null;
  }
}
