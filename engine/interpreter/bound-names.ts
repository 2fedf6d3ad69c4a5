// Static semantics over the parser's Scope records that several instantiation algorithms share.
import type { Agent } from '../runtime/agent.ts';
import type { Environment } from '../runtime/environments.ts';
import type { FunctionDeclaration } from '../syntax/ast.gen.ts';
import type { LexicalBinding } from '../syntax/scope.ts';

/** BoundNames of a function declaration; a default export without a name binds `*default*`. */
export function boundNameOf(declaration: FunctionDeclaration): string {
  return declaration.name === null ? '*default*' : declaration.name.name;
}

/** Creates an uninitialized lexical binding. */
export function createLexicalBinding(agent: Agent, env: Environment, binding: LexicalBinding): void {
  if (binding.bindingKind === 'const' || binding.bindingKind === 'using') {
    env.CreateImmutableBinding(agent, binding.name, true);
  } else env.CreateMutableBinding(agent, binding.name, false);
}

/** functionsToInitialize: the last function of each name, in source order of those. */
export function functionsToInitialize(
  functions: readonly FunctionDeclaration[],
): readonly FunctionDeclaration[] {
  if (functions.length < 2) return functions;
  const declaredFunctionNames = new Set<string>();
  const functionsToInit: FunctionDeclaration[] = [];
  for (let i = functions.length - 1; i >= 0; i--) {
    const fn = boundNameOf(functions[i]);
    if (declaredFunctionNames.has(fn)) continue;
    declaredFunctionNames.add(fn);
    functionsToInit.push(functions[i]);
  }
  return functionsToInit.reverse();
}
