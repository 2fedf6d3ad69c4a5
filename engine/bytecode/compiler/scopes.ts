// Entering scopes: environments for what is captured, the dead zone of lexical names, functions of blocks.

import { assert } from '../../base/assert.ts';
import type { FunctionDeclaration } from '../../syntax/ast.gen.ts';
import type { Scope } from '../../syntax/scope.ts';
import type { Binding, ScopeInfo } from '../../syntax/scope-analysis.ts';
import { initializeBinding, registerOf } from './bindings.ts';
import type { EnvironmentNode, FunctionCompiler } from './function-compiler.ts';
import { compileDeclaredFunction } from './functions.ts';

/** BoundNames of a function declaration; a default export without a name binds `*default*`. */
export function boundNameOf(declaration: FunctionDeclaration): string {
  return declaration.name === null ? '*default*' : declaration.name.name;
}

/** functionsToInitialize: the last function of each name. */
export function functionsToInitialize(functions: readonly FunctionDeclaration[]): FunctionDeclaration[] {
  const last = new Map<string, FunctionDeclaration>();
  for (const f of functions) {
    const name = boundNameOf(f);
    last.delete(name);
    last.set(name, f);
  }
  return [...last.values()];
}

export function scopeInfoOf(c: FunctionCompiler, scope: Scope): ScopeInfo {
  const info = c.session.analysis.scopes.get(scope);
  assert(info !== undefined, 'the scope has been analysed');
  return info;
}

/** What closeScope puts back. */
export interface ScopeMark {
  readonly environment: EnvironmentNode | null;
  readonly scope: ScopeInfo;
}

/** Makes the environment of a scope, if it needs one, and starts the dead zones. */
export function openScope(c: FunctionCompiler, info: ScopeInfo): ScopeMark {
  const outer = { environment: c.environment, scope: c.scope };
  c.scope = info;
  if (info.needsEnvironment) {
    const register = c.writer.newRegister();
    c.emit.newEnvironment(register, c.environmentRegister, c.writer.scope(c.session.descriptorOf(info)));
    c.pushEnvironment(info, register);
  }
  openLexicals(c, info);
  return outer;
}

export function closeScope(c: FunctionCompiler, outer: ScopeMark): void {
  c.environment = outer.environment;
  c.scope = outer.scope;
}

/** Gives the lexical names that live in registers theirs, uninitialized where that can be seen. */
export function openLexicals(c: FunctionCompiler, info: ScopeInfo): void {
  for (const binding of info.bindings.values()) {
    if (binding.storage !== 'register' || !isLexical(binding, info)) continue;
    const register = registerOf(c, binding);
    if (binding.isChecked && binding.kind !== 'function') c.emit.loadUninitialized(register);
  }
}

function isLexical(binding: Binding, info: ScopeInfo): boolean {
  switch (binding.kind) {
    case 'let':
    case 'const':
    case 'using':
    case 'class':
    case 'class-name':
    case 'catch-parameter':
      return true;
    case 'function':
      return info.kind !== 'function';
    default:
      return false;
  }
}

/** The functions declared in a scope, made when it is entered. */
export function declareBlockFunctions(c: FunctionCompiler, scope: Scope, info: ScopeInfo): void {
  for (const f of functionsToInitialize(scope.functions)) {
    const binding = info.bindings.get(boundNameOf(f));
    assert(binding !== undefined, 'a declared function is bound');
    const mark = c.writer.mark();
    const dst = binding.storage === 'register' ? registerOf(c, binding) : c.writer.newRegister();
    compileDeclaredFunction(c, f, dst);
    initializeBinding(c, binding, dst);
    if (binding.storage !== 'register') c.writer.release(mark);
  }
}
