// The interface through which the runtime and the built-ins reach a tier. engine.ts fills it in.
import type { Agent } from './agent.ts';
import type { FunctionObject, ScriptOrModule } from './objects/function.ts';
import type { JSObject } from './objects/object.ts';
import type { Realm } from './realm.ts';
import type { Value } from './value.ts';

export type DynamicFunctionKind = 'normal' | 'generator' | 'async' | 'asyncGenerator';

/** Code of an eval, parsed and to be run once. */
export interface PreparedEval {
  /** Runs the code in its realm: its completion value. Throws what it throws. */
  run(agent: Agent): Value;
}

export interface CodeRunner {
  /** PerformEval ( x, false, false ): indirect eval in the running realm — https://tc39.es/ecma262/#sec-performeval */
  IndirectEval(agent: Agent, x: Value): Value;
  /**
   * PerformShadowRealmEval up to running the code: an indirect eval in `evalRealm`, belonging to `scriptOrModule`. Throws early
   * errors, in the running realm — https://tc39.es/proposal-shadowrealm/#sec-performshadowrealmeval
   */
  prepareShadowRealmEval(
    agent: Agent,
    sourceText: string,
    evalRealm: Realm,
    scriptOrModule: ScriptOrModule,
  ): PreparedEval;
  /** CreateDynamicFunction — https://tc39.es/ecma262/#sec-createdynamicfunction . Arguments are unconverted. */
  CreateDynamicFunction(
    agent: Agent,
    constructor: FunctionObject,
    newTarget: JSObject | undefined,
    kind: DynamicFunctionKind,
    parameterArgs: readonly Value[],
    bodyArg: Value,
  ): FunctionObject;
}
