// FunctionDeclarationInstantiation, https://tc39.es/ecma262/#sec-functiondeclarationinstantiation , from the parser's
// FunctionInfo and Scope records.
import type { Agent } from '../runtime/agent.ts';
import {
  DeclarativeEnvironment,
  type Environment,
  type PrivateEnvironmentRecord,
} from '../runtime/environments.ts';
import {
  CreateMappedArgumentsObject,
  CreateUnmappedArgumentsObject,
  type ParameterMap,
} from '../runtime/objects/arguments.ts';
import { createArrayFrom } from '../runtime/objects/array.ts';
import type { FunctionObject } from '../runtime/objects/function.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import type { Value } from '../runtime/value.ts';
import {
  type FunctionDeclaration,
  type FunctionNode,
  KIND_ArrowFunction,
  KIND_BindingIdentifier,
} from '../syntax/ast.gen.ts';
import type { FunctionInfo } from '../syntax/scope.ts';
import { boundNameOf, createLexicalBinding, functionsToInitialize } from './bound-names.ts';
import { BindingInitialization, ElementInitialization } from './evaluation/patterns.gen.ts';
import type { Frame } from './frame.ts';

/** InstantiateFunctionObject, handed in by function-objects.ts. */
export type FunctionInstantiator = (
  agent: Agent,
  context: Frame,
  node: FunctionDeclaration,
  env: Environment,
  privateEnv: PrivateEnvironmentRecord | null,
) => FunctionObject;

/** FunctionDeclarationInstantiation ( func, argumentsList ) — https://tc39.es/ecma262/#sec-functiondeclarationinstantiation */
export function FunctionDeclarationInstantiation(
  agent: Agent,
  calleeContext: Frame,
  node: FunctionNode,
  argumentsList: readonly Value[],
  instantiate: FunctionInstantiator,
): void {
  const { info, strict } = node;
  const { parameterNames, hasParameterExpressions, scope } = info;
  const functions = functionsToInitialize(scope.functions);
  const argumentsObjectNeeded = needsArgumentsObject(node, functions);
  let env = calleeContext.lexicalEnvironment;
  if (!strict && hasParameterExpressions) {
    // A direct eval in the parameters puts its vars outside of this environment.
    env = new DeclarativeEnvironment(env);
    calleeContext.lexicalEnvironment = env;
  }
  for (const paramName of parameterNames) {
    if (info.hasDuplicateParameters) {
      if (env.HasBinding(agent, paramName)) continue;
      env.CreateMutableBinding(agent, paramName, false);
      env.InitializeBinding(agent, paramName, undefined, 'normal');
    } else env.CreateMutableBinding(agent, paramName, false);
  }
  if (argumentsObjectNeeded) {
    const ao = createArgumentsObject(agent, calleeContext, node, argumentsList, env);
    if (strict) env.CreateImmutableBinding(agent, 'arguments', false);
    else env.CreateMutableBinding(agent, 'arguments', false);
    env.InitializeBinding(agent, 'arguments', ao, 'normal');
  }
  bindParameters(agent, calleeContext, node, argumentsList, info.hasDuplicateParameters ? null : env);
  const varEnv = instantiateVars(agent, calleeContext, info, env, argumentsObjectNeeded, functions);
  instantiateAnnexBFunctions(agent, calleeContext, info, varEnv, argumentsObjectNeeded);
  // In sloppy code a direct eval may declare vars, which must not meet the lexical names.
  const lexEnv = strict ? varEnv : new DeclarativeEnvironment(varEnv);
  calleeContext.lexicalEnvironment = lexEnv;
  for (const binding of scope.lexicals) createLexicalBinding(agent, lexEnv, binding);
  for (const f of functions) {
    const fo = instantiate(agent, calleeContext, f, lexEnv, calleeContext.privateEnvironment);
    varEnv.SetMutableBinding(agent, boundNameOf(f), fo, false);
  }
}

/** Steps 15 to 18. Where nothing can name it, no arguments object is made: none can tell. */
function needsArgumentsObject(node: FunctionNode, functions: readonly FunctionDeclaration[]): boolean {
  const info = node.info;
  if (!info.usesArguments && !info.containsDirectEval) return false;
  if (node.kind === KIND_ArrowFunction) return false;
  if (info.parameterNames.includes('arguments')) return false;
  if (info.hasParameterExpressions) return true;
  return (
    !functions.some((f) => boundNameOf(f) === 'arguments') &&
    !info.scope.lexicals.some((binding) => binding.name === 'arguments')
  );
}

function createArgumentsObject(
  agent: Agent,
  calleeContext: Frame,
  node: FunctionNode,
  argumentsList: readonly Value[],
  env: Environment,
): JSObject {
  const info = node.info;
  if (node.strict || !info.hasSimpleParameterList) return CreateUnmappedArgumentsObject(agent, argumentsList);
  const map = new EnvironmentParameterMap(env, info.parameterNames, argumentsList.length);
  return CreateMappedArgumentsObject(agent, calleeContext.func as FunctionObject, argumentsList, map);
}

/** The parameter map of a sloppy function: indices stand for bindings of its environment. */
class EnvironmentParameterMap implements ParameterMap {
  private readonly env: Environment;
  private readonly names: (string | null)[];

  constructor(env: Environment, parameterNames: readonly string[], argumentCount: number) {
    this.env = env;
    this.names = [];
    const count = Math.min(parameterNames.length, argumentCount);
    // Of several parameters with one name the last one is mapped.
    for (let i = 0; i < count; i++) {
      const name = parameterNames[i];
      this.names.push(parameterNames.indexOf(name, i + 1) === -1 ? name : null);
    }
  }

  has(index: number): boolean {
    return index < this.names.length && this.names[index] !== null;
  }
  get(agent: Agent, index: number): Value {
    return this.env.GetBindingValue(agent, this.names[index] as string, false);
  }
  set(agent: Agent, index: number, value: Value): void {
    this.env.SetMutableBinding(agent, this.names[index] as string, value, false);
  }
  remove(index: number): void {
    if (index < this.names.length) this.names[index] = null;
  }
}

/** Steps 24 to 26: IteratorBindingInitialization of the formals with the list of arguments. */
function bindParameters(
  agent: Agent,
  calleeContext: Frame,
  node: FunctionNode,
  argumentsList: readonly Value[],
  environment: Environment | null,
): void {
  const parameters = node.parameters;
  for (let i = 0; i < parameters.length; i++) {
    const element = parameters[i];
    const value = argumentsList[i];
    if (
      environment !== null &&
      element.initializer === null &&
      element.target.kind === KIND_BindingIdentifier
    ) {
      environment.InitializeBinding(agent, element.target.name, value, 'normal');
    } else ElementInitialization(agent, calleeContext, element, value, environment);
  }
  if (node.rest !== null) {
    const A = createArrayFrom(agent, argumentsList.slice(parameters.length));
    BindingInitialization(agent, calleeContext, node.rest, A, environment);
  }
}

/** Steps 27 and 28: the var bindings and the variable environment, which is returned. */
function instantiateVars(
  agent: Agent,
  calleeContext: Frame,
  info: FunctionInfo,
  env: Environment,
  hasArgumentsObject: boolean,
  functions: readonly FunctionDeclaration[],
): Environment {
  const { varNames } = info.scope;
  const isParameterBinding = (n: string) =>
    info.parameterNames.includes(n) || (hasArgumentsObject && n === 'arguments');
  if (!info.hasParameterExpressions) {
    for (const n of varNames) {
      if (isParameterBinding(n)) continue;
      env.CreateMutableBinding(agent, n, false);
      env.InitializeBinding(agent, n, undefined, 'normal');
    }
    return env;
  }
  const varEnv = new DeclarativeEnvironment(env);
  calleeContext.variableEnvironment = varEnv;
  for (const n of varNames) {
    varEnv.CreateMutableBinding(agent, n, false);
    const isFunction = functions.some((f) => boundNameOf(f) === n);
    const initialValue =
      !isParameterBinding(n) || isFunction ? undefined : env.GetBindingValue(agent, n, false);
    varEnv.InitializeBinding(agent, n, initialValue, 'normal');
  }
  return varEnv;
}

/** Step 29, Annex B.3.2.1. */
function instantiateAnnexBFunctions(
  agent: Agent,
  calleeContext: Frame,
  info: FunctionInfo,
  varEnv: Environment,
  hasArgumentsObject: boolean,
): void {
  const candidates = info.scope.annexBFunctions;
  if (candidates.length === 0) return;
  const active = new Set<FunctionDeclaration>();
  for (const f of candidates) {
    const F = boundNameOf(f);
    if (info.parameterNames.includes(F) || (F === 'arguments' && hasArgumentsObject)) continue;
    if (!varEnv.HasBinding(agent, F)) {
      varEnv.CreateMutableBinding(agent, F, false);
      varEnv.InitializeBinding(agent, F, undefined, 'normal');
    }
    active.add(f);
  }
  if (active.size > 0) calleeContext.annexBFunctions = active;
}
