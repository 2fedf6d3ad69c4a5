// Declaration instantiation of blocks, https://tc39.es/ecma262/#sec-blockdeclarationinstantiation , scripts,
// https://tc39.es/ecma262/#sec-globaldeclarationinstantiation , and evals,
// https://tc39.es/ecma262/#sec-evaldeclarationinstantiation , from the parser's Scope records.
import type { Agent } from '../runtime/agent.ts';
import {
  DeclarativeEnvironment,
  type Environment,
  GlobalEnvironmentRecord,
  ObjectEnvironment,
  type PrivateEnvironmentRecord,
} from '../runtime/environments.ts';
import { throwSyntaxError, throwTypeError } from '../runtime/errors.ts';
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
  for (const { name } of scope.lexicals) {
    if (env.HasLexicalDeclaration(agent, name) || env.HasRestrictedGlobalProperty(agent, name)) {
      throwSyntaxError(agent, `Identifier '${name}' has already been declared`);
    }
  }
  for (const name of scope.varNames) {
    if (env.HasLexicalDeclaration(agent, name)) {
      throwSyntaxError(agent, `Identifier '${name}' has already been declared`);
    }
  }
  const functionsToInit = functionsToInitialize(scope.functions);
  const declaredFunctionNames = new Set(functionsToInit.map(boundNameOf));
  for (const fn of declaredFunctionNames) {
    if (!env.CanDeclareGlobalFunction(agent, fn))
      throwTypeError(agent, `Cannot declare global function '${fn}'`);
  }
  const declaredVarNames: string[] = [];
  for (const vn of scope.varNames) {
    if (declaredFunctionNames.has(vn)) continue;
    if (!env.CanDeclareGlobalVar(agent, vn)) throwTypeError(agent, `Cannot declare global variable '${vn}'`);
    declaredVarNames.push(vn);
  }
  // Annex B.3.2.2.
  const active = new Set<FunctionDeclaration>();
  const declaredNames = new Set([...declaredFunctionNames, ...declaredVarNames]);
  for (const f of scope.annexBFunctions) {
    const F = boundNameOf(f);
    if (env.HasLexicalDeclaration(agent, F) || !env.CanDeclareGlobalFunction(agent, F)) continue;
    if (!declaredNames.has(F)) {
      env.CreateGlobalVarBinding(agent, F, false);
      declaredNames.add(F);
    }
    active.add(f);
  }
  if (active.size > 0) context.annexBFunctions = active;
  for (const binding of scope.lexicals) createLexicalBinding(agent, env, binding);
  for (const f of functionsToInit) {
    const fo = InstantiateFunctionObject(agent, context, f, env, null);
    env.CreateGlobalFunctionBinding(agent, boundNameOf(f), fo, false);
  }
  for (const vn of declaredVarNames) env.CreateGlobalVarBinding(agent, vn, false);
}

/**
 * EvalDeclarationInstantiation ( body, varEnv, lexEnv, privateEnv, strict ) —
 * https://tc39.es/ecma262/#sec-evaldeclarationinstantiation . The private names were checked by the parser.
 */
export function EvalDeclarationInstantiation(
  agent: Agent,
  context: Frame,
  scope: Scope,
  varEnv: Environment,
  lexEnv: Environment,
  privateEnv: PrivateEnvironmentRecord | null,
  strict: boolean,
): void {
  const globalVarEnv = varEnv instanceof GlobalEnvironmentRecord ? varEnv : null;
  if (!strict) requireNoConflict(agent, scope.varNames, varEnv, lexEnv, globalVarEnv);
  const functionsToInit = functionsToInitialize(scope.functions);
  const declaredFunctionNames = new Set(functionsToInit.map(boundNameOf));
  if (globalVarEnv !== null) {
    for (const fn of declaredFunctionNames) {
      if (!globalVarEnv.CanDeclareGlobalFunction(agent, fn)) {
        throwTypeError(agent, `Cannot declare global function '${fn}'`);
      }
    }
  }
  if (!strict)
    instantiateAnnexBFunctions(agent, context, scope, varEnv, lexEnv, globalVarEnv, declaredFunctionNames);
  const declaredVarNames: string[] = [];
  for (const vn of scope.varNames) {
    if (declaredFunctionNames.has(vn)) continue;
    if (globalVarEnv !== null && !globalVarEnv.CanDeclareGlobalVar(agent, vn)) {
      throwTypeError(agent, `Cannot declare global variable '${vn}'`);
    }
    declaredVarNames.push(vn);
  }
  for (const binding of scope.lexicals) createLexicalBinding(agent, lexEnv, binding);
  for (const f of functionsToInit) {
    const fn = boundNameOf(f);
    const fo = InstantiateFunctionObject(agent, context, f, lexEnv, privateEnv);
    if (globalVarEnv !== null) globalVarEnv.CreateGlobalFunctionBinding(agent, fn, fo, true);
    else if (!varEnv.HasBinding(agent, fn)) {
      varEnv.CreateMutableBinding(agent, fn, true);
      varEnv.InitializeBinding(agent, fn, fo, 'normal');
    } else varEnv.SetMutableBinding(agent, fn, fo, false);
  }
  for (const vn of declaredVarNames) {
    if (globalVarEnv !== null) globalVarEnv.CreateGlobalVarBinding(agent, vn, true);
    else if (!varEnv.HasBinding(agent, vn)) {
      varEnv.CreateMutableBinding(agent, vn, true);
      varEnv.InitializeBinding(agent, vn, undefined, 'normal');
    }
  }
}

/** Step 3: a var may not be hoisted over a lexical binding of the same name. */
function requireNoConflict(
  agent: Agent,
  varNames: readonly string[],
  varEnv: Environment,
  lexEnv: Environment,
  globalVarEnv: GlobalEnvironmentRecord | null,
): void {
  if (globalVarEnv !== null) {
    for (const name of varNames) {
      if (globalVarEnv.HasLexicalDeclaration(agent, name)) alreadyDeclared(agent, name);
    }
  }
  for (let thisEnv: Environment = lexEnv; thisEnv !== varEnv; thisEnv = thisEnv.outerEnv as Environment) {
    if (thisEnv instanceof ObjectEnvironment || thisEnv instanceof CatchEnvironment) continue;
    for (const name of varNames) if (thisEnv.HasBinding(agent, name)) alreadyDeclared(agent, name);
  }
}

function alreadyDeclared(agent: Agent, name: string): never {
  throwSyntaxError(agent, `Identifier '${name}' has already been declared`);
}

/** The environment of a catch clause: an eval's vars may pass it (Annex B.3.4). */
export class CatchEnvironment extends DeclarativeEnvironment {}

/** Annex B.3.2.3. */
function instantiateAnnexBFunctions(
  agent: Agent,
  context: Frame,
  scope: Scope,
  varEnv: Environment,
  lexEnv: Environment,
  globalVarEnv: GlobalEnvironmentRecord | null,
  declaredFunctionNames: ReadonlySet<string>,
): void {
  const active = new Set<FunctionDeclaration>();
  const declared = new Set([...declaredFunctionNames, ...scope.varNames]);
  for (const f of scope.annexBFunctions) {
    const F = boundNameOf(f);
    if (bindsBetween(agent, F, lexEnv, varEnv)) continue;
    if (globalVarEnv !== null) {
      if (globalVarEnv.HasLexicalDeclaration(agent, F) || !globalVarEnv.CanDeclareGlobalFunction(agent, F))
        continue;
    }
    if (!declared.has(F)) {
      if (globalVarEnv !== null) globalVarEnv.CreateGlobalVarBinding(agent, F, true);
      else if (!varEnv.HasBinding(agent, F)) {
        varEnv.CreateMutableBinding(agent, F, true);
        varEnv.InitializeBinding(agent, F, undefined, 'normal');
      }
      declared.add(F);
    }
    active.add(f);
  }
  if (active.size > 0) context.annexBFunctions = active;
}

/** Is `name` bound in a declarative environment between the eval and its variable environment? */
function bindsBetween(agent: Agent, name: string, lexEnv: Environment, varEnv: Environment): boolean {
  for (let thisEnv: Environment = lexEnv; thisEnv !== varEnv; thisEnv = thisEnv.outerEnv as Environment) {
    if (thisEnv instanceof ObjectEnvironment) continue;
    if (thisEnv.HasBinding(agent, name)) return true;
  }
  return false;
}
