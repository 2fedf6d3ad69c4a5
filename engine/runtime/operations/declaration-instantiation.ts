// Declaration instantiation of scripts, https://tc39.es/ecma262/#sec-globaldeclarationinstantiation , and evals,
// https://tc39.es/ecma262/#sec-evaldeclarationinstantiation , over the names that a tier found declared.
import type { Agent } from '../agent.ts';
import { type Environment, GlobalEnvironmentRecord } from '../environments.ts';
import { throwSyntaxError, throwTypeError } from '../errors.ts';
import type { FunctionObject } from '../objects/function.ts';

/** The declared names of a script or eval, each list in source order. */
export interface Declarations {
  readonly varNames: readonly string[];
  readonly lexicals: readonly { readonly name: string; readonly isConstant: boolean }[];
  /** functionsToInitialize. */
  readonly functions: readonly { readonly name: string }[];
  /** Names of block functions that Annex B.3.2 may also give a var binding, with repetitions. */
  readonly annexBNames: readonly string[];
}

/** Makes the object of declared function `index`. */
export type InstantiateFunction = (index: number) => FunctionObject;

/** GlobalDeclarationInstantiation ( script, env ). By index: whether the Annex B function has its var binding. */
export function GlobalDeclarationInstantiation(
  agent: Agent,
  declarations: Declarations,
  env: GlobalEnvironmentRecord,
  instantiate: InstantiateFunction,
): boolean[] {
  const { varNames, lexicals, functions, annexBNames } = declarations;
  for (const { name } of lexicals) {
    if (env.HasLexicalDeclaration(agent, name) || env.HasRestrictedGlobalProperty(agent, name)) {
      alreadyDeclared(agent, name);
    }
  }
  for (const name of varNames) if (env.HasLexicalDeclaration(agent, name)) alreadyDeclared(agent, name);
  requireGlobalFunctions(agent, functions, env);
  const declaredNames = new Set(functions.map((f) => f.name));
  const declaredVarNames = globalVarNames(agent, varNames, declaredNames, env);
  for (const name of declaredVarNames) declaredNames.add(name);
  // Annex B.3.2.2.
  const active = annexBNames.map((F) => {
    if (env.HasLexicalDeclaration(agent, F) || !env.CanDeclareGlobalFunction(agent, F)) return false;
    if (!declaredNames.has(F)) {
      env.CreateGlobalVarBinding(agent, F, false);
      declaredNames.add(F);
    }
    return true;
  });
  createLexicalBindings(agent, lexicals, env);
  for (let i = 0; i < functions.length; i++) {
    env.CreateGlobalFunctionBinding(agent, functions[i].name, instantiate(i), false);
  }
  for (const vn of declaredVarNames) env.CreateGlobalVarBinding(agent, vn, false);
  return active;
}

function requireGlobalFunctions(
  agent: Agent,
  functions: Declarations['functions'],
  env: GlobalEnvironmentRecord,
): void {
  for (const { name } of functions) {
    if (!env.CanDeclareGlobalFunction(agent, name))
      throwTypeError(agent, `Cannot declare global function '${name}'`);
  }
}

/** declaredVarNames: those that are no functions; env null if the vars are not global. */
function globalVarNames(
  agent: Agent,
  varNames: readonly string[],
  functionNames: ReadonlySet<string>,
  env: GlobalEnvironmentRecord | null,
): string[] {
  const names: string[] = [];
  for (const vn of varNames) {
    if (functionNames.has(vn)) continue;
    if (env !== null && !env.CanDeclareGlobalVar(agent, vn))
      throwTypeError(agent, `Cannot declare global variable '${vn}'`);
    names.push(vn);
  }
  return names;
}

function createLexicalBindings(agent: Agent, lexicals: Declarations['lexicals'], env: Environment): void {
  for (const { name, isConstant } of lexicals) {
    if (isConstant) env.CreateImmutableBinding(agent, name, true);
    else env.CreateMutableBinding(agent, name, false);
  }
}

/**
 * EvalDeclarationInstantiation ( body, varEnv, lexEnv, privateEnv, strict ). The private names were checked by the
 * parser. By index: whether the Annex B function has its var binding.
 */
export function EvalDeclarationInstantiation(
  agent: Agent,
  declarations: Declarations,
  varEnv: Environment,
  lexEnv: Environment,
  strict: boolean,
  instantiate: InstantiateFunction,
): boolean[] {
  const { varNames, lexicals, functions } = declarations;
  const globalVarEnv = varEnv instanceof GlobalEnvironmentRecord ? varEnv : null;
  if (!strict) requireNoConflict(agent, varNames, varEnv, lexEnv);
  if (globalVarEnv !== null) requireGlobalFunctions(agent, functions, globalVarEnv);
  const functionNames = new Set(functions.map((f) => f.name));
  const active = strict ? [] : declareAnnexBFunctions(agent, declarations, varEnv, lexEnv, functionNames);
  const declaredVarNames = globalVarNames(agent, varNames, functionNames, globalVarEnv);
  createLexicalBindings(agent, lexicals, lexEnv);
  for (let i = 0; i < functions.length; i++) {
    const fn = functions[i].name;
    const fo = instantiate(i);
    if (globalVarEnv !== null) globalVarEnv.CreateGlobalFunctionBinding(agent, fn, fo, true);
    else if (!varEnv.HasBinding(agent, fn)) {
      varEnv.CreateMutableBinding(agent, fn, true);
      varEnv.InitializeBinding(agent, fn, fo, 'normal');
    } else varEnv.SetMutableBinding(agent, fn, fo, false);
  }
  for (const vn of declaredVarNames) createEvalVar(agent, vn, varEnv);
  return active;
}

function createEvalVar(agent: Agent, name: string, varEnv: Environment): void {
  if (varEnv instanceof GlobalEnvironmentRecord) varEnv.CreateGlobalVarBinding(agent, name, true);
  else if (!varEnv.HasBinding(agent, name)) {
    varEnv.CreateMutableBinding(agent, name, true);
    varEnv.InitializeBinding(agent, name, undefined, 'normal');
  }
}

/** Step 3: a var may not be hoisted over a lexical binding of the same name. */
function requireNoConflict(
  agent: Agent,
  varNames: readonly string[],
  varEnv: Environment,
  lexEnv: Environment,
): void {
  for (const name of varNames) if (varEnv.HasLexicalDeclaration(agent, name)) alreadyDeclared(agent, name);
  for (let thisEnv = lexEnv; thisEnv !== varEnv; thisEnv = thisEnv.outerEnv as Environment) {
    if (thisEnv.letsEvalVarsPass) continue;
    for (const name of varNames) if (thisEnv.HasBinding(agent, name)) alreadyDeclared(agent, name);
  }
}

function alreadyDeclared(agent: Agent, name: string): never {
  throwSyntaxError(agent, `Identifier '${name}' has already been declared`);
}

/** Annex B.3.2.3. */
function declareAnnexBFunctions(
  agent: Agent,
  { annexBNames, varNames }: Declarations,
  varEnv: Environment,
  lexEnv: Environment,
  functionNames: ReadonlySet<string>,
): boolean[] {
  const declared = new Set([...functionNames, ...varNames]);
  return annexBNames.map((F) => {
    if (bindsBetween(agent, F, lexEnv, varEnv) || varEnv.HasLexicalDeclaration(agent, F)) return false;
    if (varEnv instanceof GlobalEnvironmentRecord && !varEnv.CanDeclareGlobalFunction(agent, F)) return false;
    if (!declared.has(F)) {
      createEvalVar(agent, F, varEnv);
      declared.add(F);
    }
    return true;
  });
}

/** Is `name` bound in a declarative environment between the eval and its variable environment? */
function bindsBetween(agent: Agent, name: string, lexEnv: Environment, varEnv: Environment): boolean {
  for (let thisEnv = lexEnv; thisEnv !== varEnv; thisEnv = thisEnv.outerEnv as Environment) {
    if (thisEnv.WithBaseObject() === undefined && thisEnv.HasBinding(agent, name)) return true;
  }
  return false;
}
