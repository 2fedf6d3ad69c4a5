// Closures, and the units they are made of: what FunctionDeclarationInstantiation,
// https://tc39.es/ecma262/#sec-functiondeclarationinstantiation , leaves to do once names have places.

import { assert } from '../../base/assert.ts';
import {
  type ArrowFunction,
  type ClassExpression,
  type Expression,
  type FunctionDeclaration,
  type FunctionExpression,
  type FunctionNode,
  KIND_ArrowFunction,
  KIND_BindingIdentifier,
  KIND_ClassExpression,
  KIND_FunctionDeclaration,
  KIND_FunctionExpression,
  type MethodFunction,
} from '../../syntax/ast.gen.ts';
import type { Binding, ScopeInfo } from '../../syntax/scope-analysis.ts';
import {
  CALL_ASYNC,
  CALL_ASYNC_GENERATOR,
  CALL_CLASS_CONSTRUCTOR,
  CALL_GENERATOR,
  CALL_NORMAL,
  CodeUnit,
} from '../unit.ts';
import { initializeBinding, loadBinding, registerOf } from './bindings.ts';
import { compileReturnOf } from './calls.ts';
import { compileClass } from './classes.ts';
import { compileStatements, compileTo, unparenthesized } from './dispatch.ts';
import type { EnvironmentNode } from './function-compiler.ts';
import { FunctionCompiler } from './function-compiler.ts';
import { compileBindingPattern, compileInitialized } from './patterns.ts';
import { compileWithResources, declaresResources } from './resources.ts';
import { boundNameOf, declareBlockFunctions, openLexicals } from './scopes.ts';
import type { Session } from './session.ts';

// ---- Closures

type AnonymousFunction = FunctionExpression | ArrowFunction | ClassExpression;

function anonymousFunction(node: Expression): AnonymousFunction | null {
  const inner = unparenthesized(node);
  switch (inner.kind) {
    case KIND_FunctionExpression:
    case KIND_ClassExpression:
      return inner.name === null ? inner : null;
    case KIND_ArrowFunction:
      return inner;
    default:
      return null;
  }
}

/** The value, named if it is an anonymous function definition: NamedEvaluation, https://tc39.es/ecma262/#sec-runtime-semantics-namedevaluation */
export function compileNamed(c: FunctionCompiler, node: Expression, name: string, dst: number): void {
  const anonymous = anonymousFunction(node);
  if (anonymous === null) compileTo(c, node, dst);
  else if (anonymous.kind === KIND_ClassExpression) {
    compileClass(c, anonymous, null, c.writer.constantRegister(name), dst);
  } else compileClosure(c, anonymous, name, -1, dst);
}

/** The same with the name, a property key, in a register. */
export function compileNamedByRegister(
  c: FunctionCompiler,
  node: Expression,
  name: number,
  dst: number,
): void {
  const anonymous = anonymousFunction(node);
  if (anonymous === null) compileTo(c, node, dst);
  else if (anonymous.kind === KIND_ClassExpression) compileClass(c, anonymous, null, name, dst);
  else compileClosure(c, anonymous, '', name, dst);
}

/** A closure of a function expression, arrow function or declaration. */
export function compileClosure(
  c: FunctionCompiler,
  node: FunctionExpression | ArrowFunction | FunctionDeclaration,
  name: string,
  nameRegister: number,
  dst: number,
): void {
  const unit = c.addFunction(unitOf(c, node));
  c.functions[unit].name = node.name !== null ? node.name.name : name;
  c.emit.createClosure(dst, unit, c.environmentRegister, c.privateEnvironment, nameRegister);
}

/** The closure of a method; `kind` is 0 for methods, 1 for getters, 2 for setters. */
export function compileMethodClosure(
  c: FunctionCompiler,
  node: MethodFunction,
  home: number,
  key: number,
  kind: number,
): number {
  const dst = c.writer.newRegister();
  const unit = c.addFunction(unitOf(c, node));
  c.emit.createMethod(dst, unit, c.environmentRegister, c.privateEnvironment, home, key, kind);
  return dst;
}

function callKindOf(node: FunctionNode): number {
  if (node.isGenerator) return node.isAsync ? CALL_ASYNC_GENERATOR : CALL_GENERATOR;
  if (node.isAsync) return CALL_ASYNC;
  const { functionKind } = node.info;
  return functionKind === 'base-constructor' || functionKind === 'derived-constructor'
    ? CALL_CLASS_CONSTRUCTOR
    : CALL_NORMAL;
}

/** The unit of an inner function, which is compiled when it is first called. */
export function unitOf(c: FunctionCompiler, node: FunctionNode): CodeUnit {
  return makeFunctionUnit(c.session, node, c.environment);
}

/** A unit for the function inside the environments of `environment`. */
export function makeFunctionUnit(
  session: Session,
  node: FunctionNode,
  environment: EnvironmentNode | null,
): CodeUnit {
  const { info } = node;
  const unit = new CodeUnit('function', info.source);
  unit.name = node.name === null ? '' : node.name.name;
  unit.strict = node.strict;
  unit.isArrow = node.kind === KIND_ArrowFunction;
  unit.thisMode = unit.isArrow ? 'lexical' : node.strict ? 'strict' : 'global';
  unit.callKind = callKindOf(node);
  unit.isDerivedConstructor = info.functionKind === 'derived-constructor';
  unit.makesConstructor = unit.callKind === CALL_NORMAL && info.functionKind === 'normal';
  unit.length = info.expectedArgumentCount;
  unit.textStart = info.textStart;
  unit.textEnd = info.textEnd;
  unit.parameterCount = node.parameters.length;
  unit.pending = () => compileFunction(session, unit, node, environment);
  return unit;
}

// ---- Bodies

function compileFunction(
  session: Session,
  unit: CodeUnit,
  node: FunctionNode,
  outer: EnvironmentNode | null,
): void {
  const c = new FunctionCompiler(session, unit, outer);
  const { info } = node;
  const { emit, writer } = c;
  writer.at(node.start);
  const bodyScope = session.analysis.scopes.get(info.scope);
  assert(bodyScope !== undefined, 'the scope of the function has been analysed');
  const parameterScope = session.analysis.parameterScopes.get(info.scope) ?? bodyScope;
  c.scope = parameterScope;
  compileOwnName(c, node, parameterScope);
  openFunctionEnvironment(c, node, parameterScope);
  compileArgumentsObject(c, node, parameterScope);
  compileParameters(c, node, parameterScope, parameterScope !== bodyScope);
  if (parameterScope !== bodyScope) openBodyScope(c, bodyScope);
  declareVariables(c, bodyScope, parameterScope);
  openLexicals(c, bodyScope);
  declareBlockFunctions(c, info.scope, bodyScope);
  if (unit.callKind === CALL_GENERATOR || unit.callKind === CALL_ASYNC_GENERATOR) emit.createGenerator();
  compileBody(c, node);
  c.finish();
}

function compileBody(c: FunctionCompiler, node: FunctionNode): void {
  const { emit, writer } = c;
  const { info } = node;
  if (node.conciseBody !== null) {
    if (info.functionKind === 'field-initializer') compileFieldInitializer(c, node.conciseBody);
    else {
      c.tailCallsAllowed = c.strict && c.unit.callKind === CALL_NORMAL;
      compileReturnOf(c, node.conciseBody);
    }
    return;
  }
  if (declaresResources(info.scope)) compileWithResources(c, () => compileStatements(c, node.body));
  else {
    c.tailCallsAllowed = c.strict && c.unit.callKind === CALL_NORMAL;
    compileStatements(c, node.body);
  }
  emit.return(writer.constantRegister(undefined));
}

/** A field initializer names its function after the field, which the function object knows. */
function compileFieldInitializer(c: FunctionCompiler, node: Expression): void {
  const dst = c.writer.newRegister();
  if (anonymousFunction(node) === null) compileTo(c, node, dst);
  else {
    const name = c.writer.newRegister();
    c.emit.loadFieldName(name);
    compileNamedByRegister(c, node, name, dst);
  }
  c.emit.return(dst);
}

/** The binding of a function expression's own name. */
function compileOwnName(c: FunctionCompiler, node: FunctionNode, parameterScope: ScopeInfo): void {
  if (node.kind !== KIND_FunctionExpression || node.name === null) return;
  const scope = parameterScope.parent as ScopeInfo;
  const binding = scope.bindings.get(node.name.name) as Binding;
  if (binding.storage === 'environment') {
    const register = c.writer.newRegister();
    c.emit.newEnvironment(register, c.environmentRegister, c.writer.scope(c.session.descriptorOf(scope)));
    c.pushEnvironment(scope, register);
  } else if (binding.referenceCount === 0) return;
  const callee = binding.storage === 'register' ? registerOf(c, binding) : c.writer.newRegister();
  c.emit.loadCallee(callee);
  initializeBinding(c, binding, callee);
}

/** The environment of the parameters, with `this` if code inside needs it there; `this` of sloppy code. */
function openFunctionEnvironment(c: FunctionCompiler, node: FunctionNode, scope: ScopeInfo): void {
  const { emit, writer, unit } = c;
  const { info } = node;
  const ownThis = node.kind !== KIND_ArrowFunction;
  const isDerived = unit.isDerivedConstructor;
  if (ownThis && unit.thisMode === 'global' && info.usesThis) emit.coerceThis(unit.thisRegister);
  const holdsThis = ownThis && (scope.capturesThis || isDerived);
  c.thisInRegister = ownThis && !isDerived;
  // Direct evals in parameters put their vars outside of the parameters.
  const separateVars = scope.kind === 'parameters' && scope.mayGainVars;
  if (holdsThis || separateVars) {
    const register = writer.newRegister();
    const merged = !separateVars;
    const descriptor = merged ? c.session.descriptorOf(scope) : { ...EMPTY_SCOPE, isVariableScope: true };
    if (holdsThis)
      emit.newFunctionEnvironment(
        register,
        c.environmentRegister,
        writer.scope(descriptor),
        Number(!isDerived),
      );
    else emit.newEnvironment(register, c.environmentRegister, writer.scope(descriptor));
    c.pushEnvironment(merged ? scope : null, register);
    if (merged) return;
  }
  if (scope.needsEnvironment || scope.mayGainVars) {
    const register = writer.newRegister();
    emit.newEnvironment(register, c.environmentRegister, writer.scope(c.session.descriptorOf(scope)));
    c.pushEnvironment(scope, register);
  }
}

const EMPTY_SCOPE = {
  names: [],
  mutability: [],
  uninitialized: [],
  lexical: [],
  isVariableScope: false,
  isCatch: false,
} as const;

/** The environment of the body, where the parameters have one of their own. */
function openBodyScope(c: FunctionCompiler, scope: ScopeInfo): void {
  c.scope = scope;
  if (!scope.needsEnvironment && !scope.mayGainVars) return;
  const register = c.writer.newRegister();
  c.emit.newEnvironment(register, c.environmentRegister, c.writer.scope(c.session.descriptorOf(scope)));
  c.pushEnvironment(scope, register);
}

function compileArgumentsObject(c: FunctionCompiler, node: FunctionNode, scope: ScopeInfo): void {
  const binding = scope.bindings.get('arguments');
  if (binding === undefined || binding.kind !== 'arguments') return;
  const { emit, writer } = c;
  c.unit.keepsArguments = true;
  const dst = binding.storage === 'register' ? registerOf(c, binding) : writer.newRegister();
  if (!node.strict && node.info.hasSimpleParameterList) {
    const names = node.info.parameterNames;
    // Of several parameters with one name the last one is mapped.
    const slots = names.map((name, i) =>
      names.indexOf(name, i + 1) === -1 ? c.session.slotOf(scope.bindings.get(name) as Binding) : -1,
    );
    emit.createMappedArguments(
      dst,
      c.environmentRegister,
      writer.constant({ constantKind: 'parameter-map', slots }),
    );
  } else emit.createArguments(dst);
  initializeBinding(c, binding, dst);
}

function compileParameters(
  c: FunctionCompiler,
  node: FunctionNode,
  scope: ScopeInfo,
  isSeparate: boolean,
): void {
  const { emit, writer } = c;
  const { parameters, rest } = node;
  const names = node.info.parameterNames;
  // Simple parameters that live in registers are where the caller has put them.
  parameters.forEach(({ target, initializer }, i) => {
    if (target.kind !== KIND_BindingIdentifier || (initializer !== null && !isSeparate)) return;
    const binding = scope.bindings.get(target.name) as Binding;
    if (binding.storage === 'register' && binding.kind === 'parameter' && !(isSeparate && binding.isChecked))
      c.registers.set(binding, i);
  });
  for (const binding of scope.bindings.values()) {
    if (binding.kind !== 'parameter' || binding.storage !== 'register' || c.registers.has(binding)) continue;
    const register = registerOf(c, binding);
    if (isSeparate && binding.isChecked) emit.loadUninitialized(register);
  }
  const find = (name: string): Binding | null => scope.bindings.get(name) ?? null;
  parameters.forEach(({ target, initializer }, i) => {
    const mark = writer.mark();
    if (target.kind !== KIND_BindingIdentifier) {
      compileInitialized(c, i, initializer, null);
      compileBindingPattern(c, target, i, find);
    } else if (!node.info.hasDuplicateParameters || names.indexOf(target.name, i + 1) === -1) {
      const binding = scope.bindings.get(target.name) as Binding;
      compileInitialized(c, i, initializer, target.name);
      // A function of that name takes the place of the parameter.
      if (binding.kind === 'parameter') initializeBinding(c, binding, i);
    }
    writer.release(mark);
  });
  if (rest !== null) {
    c.unit.keepsArguments = true;
    const mark = writer.mark();
    const array = writer.newRegister();
    emit.restArguments(array, parameters.length);
    if (rest.kind === KIND_BindingIdentifier) initializeBinding(c, find(rest.name) as Binding, array);
    else compileBindingPattern(c, rest, array, find);
    writer.release(mark);
  }
}

/** Vars start as undefined; where the parameters have an environment of their own, as the parameter of their name. */
function declareVariables(c: FunctionCompiler, scope: ScopeInfo, parameterScope: ScopeInfo): void {
  for (const binding of scope.bindings.values()) {
    if (binding.kind !== 'var' && binding.kind !== 'function') continue;
    if (binding.storage === 'register') {
      const isFresh = c.writer.isNextRegisterFresh || c.registers.has(binding);
      const register = registerOf(c, binding);
      // What the parameters have used it for is no value of the variable.
      if (!isFresh && binding.kind === 'var') c.emit.loadUndefined(register);
    }
    if (scope === parameterScope || binding.kind === 'function') continue;
    const parameter = parameterScope.bindings.get(binding.name);
    if (parameter === undefined) continue;
    const value = c.writer.newRegister();
    loadBinding(c, parameter, false, value);
    initializeBinding(c, binding, value);
  }
}

/** A declaration's closure, under the name it is declared with. */
export function compileDeclaredFunction(c: FunctionCompiler, node: FunctionDeclaration, dst: number): void {
  assert(node.kind === KIND_FunctionDeclaration, 'a declaration');
  const name = boundNameOf(node);
  compileClosure(c, node, name === '*default*' ? 'default' : name, -1, dst);
}
