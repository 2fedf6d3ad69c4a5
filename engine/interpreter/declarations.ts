// Declaration instantiation of blocks, https://tc39.es/ecma262/#sec-blockdeclarationinstantiation , scripts and evals,
// from the parser's Scope records.
import type { Agent } from '../runtime/agent.ts';
import {
  DeclarativeEnvironment,
  type Environment,
  type GlobalEnvironmentRecord,
  type PrivateEnvironmentRecord,
} from '../runtime/environments.ts';
import {
  EvalDeclarationInstantiation as instantiateEval,
  GlobalDeclarationInstantiation as instantiateGlobals,
} from '../runtime/operations/declaration-instantiation.ts';
import type { FunctionDeclaration } from '../syntax/ast.gen.ts';
import type { Scope } from '../syntax/scope.ts';
import { boundNameOf, createLexicalBinding, functionsToInitialize } from './bound-names.ts';
import type { Frame } from './frame.ts';
import { InstantiateFunctionObject } from './function-objects.ts';

/** BlockDeclarationInstantiation ( code, env ) — https://tc39.es/ecma262/#sec-blockdeclarationinstantiation */
export function BlockDeclarationInstantiation(
  agent: Agent,
  context: Frame,
  scope: Scope,
  env: Environment,
): void {
  const lexicals = scope.lexicals;
  for (let i = 0; i < lexicals.length; i++) createLexicalBinding(agent, env, lexicals[i]);
  // The last function of a name wins (Annex B.3.2.6 allows several).
  const functions = functionsToInitialize(scope.functions);
  for (let i = 0; i < functions.length; i++) {
    const f = functions[i];
    const fo = InstantiateFunctionObject(agent, context, f, env, context.privateEnvironment);
    env.InitializeBinding(agent, boundNameOf(f), fo, 'normal');
  }
}

/** GlobalDeclarationInstantiation ( script, env ) — https://tc39.es/ecma262/#sec-globaldeclarationinstantiation */
export function GlobalDeclarationInstantiation(
  agent: Agent,
  context: Frame,
  scope: Scope,
  env: GlobalEnvironmentRecord,
): void {
  const functions = functionsToInitialize(scope.functions);
  const active = instantiateGlobals(agent, declarationsOf(scope, functions), env, (i) =>
    InstantiateFunctionObject(agent, context, functions[i], env, null),
  );
  noteActive(context, scope, active);
}

/** EvalDeclarationInstantiation — https://tc39.es/ecma262/#sec-evaldeclarationinstantiation */
export function EvalDeclarationInstantiation(
  agent: Agent,
  context: Frame,
  scope: Scope,
  varEnv: Environment,
  lexEnv: Environment,
  privateEnv: PrivateEnvironmentRecord | null,
  strict: boolean,
): void {
  const functions = functionsToInitialize(scope.functions);
  const active = instantiateEval(agent, declarationsOf(scope, functions), varEnv, lexEnv, strict, (i) =>
    InstantiateFunctionObject(agent, context, functions[i], lexEnv, privateEnv),
  );
  noteActive(context, scope, active);
}

function declarationsOf(
  scope: Scope,
  functions: readonly FunctionDeclaration[],
): Parameters<typeof instantiateGlobals>[1] {
  return {
    varNames: scope.varNames,
    lexicals: scope.lexicals.map(({ name, bindingKind }) => ({
      name,
      isConstant: bindingKind === 'const' || bindingKind === 'using',
    })),
    functions: functions.map((f) => ({ name: boundNameOf(f) })),
    annexBNames: scope.annexBFunctions.map(boundNameOf),
  };
}

function noteActive(context: Frame, scope: Scope, active: readonly boolean[]): void {
  if (active.includes(true))
    context.annexBFunctions = new Set(scope.annexBFunctions.filter((_, i) => active[i]));
}

/** The environment of a catch clause: an eval's vars may pass it (Annex B.3.4). */
export class CatchEnvironment extends DeclarativeEnvironment {
  override get letsEvalVarsPass(): boolean {
    return true;
  }
}
