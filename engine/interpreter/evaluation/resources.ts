// DisposeResources, https://tc39.es/proposal-explicit-resource-management/#sec-disposeresources , as the last step of
// the scopes that declare `using` and `await using`.
import type { Agent } from '../../runtime/agent.ts';
import { ThrowCompletion } from '../../runtime/completion.ts';
import type { DeclarativeEnvironment } from '../../runtime/environments.ts';
import { guestValueOf } from '../../runtime/errors.ts';
import {
  callDisposeMethod,
  type DisposalCompletion,
  type DisposeCapability,
  mergeDisposalError,
} from '../../runtime/operations/resource-operations.ts';
import type { Scope } from '../../syntax/scope.ts';
import { type Frame, ReturnSignal } from '../frame.ts';
import type { Evaluation } from './evaluation.ts';
import { Await } from './suspension.ts';

/** True if the scope declares resources, so that leaving it has to dispose of them. */
export function declaresResources(scope: Scope): boolean {
  const lexicals = scope.lexicals;
  for (let i = 0; i < lexicals.length; i++) if (lexicals[i].bindingKind === 'using') return true;
  return false;
}

/** Leaves a scope with a normal, break, continue or return completion: disposes, throwing the first error. */
export function* DisposeScope(agent: Agent, context: Frame, env: DeclarativeEnvironment): Evaluation<void> {
  if (env.disposeCapability === null) return;
  const result = yield* DisposeResources(agent, context, env.disposeCapability, null);
  if (result !== null) throw result;
}

/** Leaves a scope by what a host catch got, which this throws again, or the error that disposal made of it. */
export function* DisposeScopeAndThrow(
  agent: Agent,
  context: Frame,
  env: DeclarativeEnvironment,
  thrown: unknown,
): Evaluation<never> {
  if (env.disposeCapability === null) throw thrown;
  const completion = thrown instanceof ReturnSignal ? null : new ThrowCompletion(guestValueOf(agent, thrown));
  const result = yield* DisposeResources(agent, context, env.disposeCapability, completion);
  throw result ?? thrown;
}

/** DisposeResources ( disposeCapability, completion ): the throw completion it ends with, or null. */
function* DisposeResources(
  agent: Agent,
  context: Frame,
  disposeCapability: DisposeCapability,
  completion: DisposalCompletion,
): Evaluation<DisposalCompletion> {
  const stack = disposeCapability.disposableResourceStack;
  disposeCapability.disposableResourceStack = [];
  let result = completion;
  let needsAwait = false;
  let hasAwaited = false;
  for (let i = stack.length - 1; i >= 0; i--) {
    const resource = stack[i];
    if (resource.hint === 'sync-dispose' && needsAwait && !hasAwaited) {
      yield* Await(agent, context, undefined);
      needsAwait = false;
    }
    if (resource.disposeMethod === undefined) {
      // Only `await using` of null or undefined has no method.
      needsAwait = true;
      continue;
    }
    try {
      const value = callDisposeMethod(agent, resource);
      if (resource.hint === 'async-dispose') {
        hasAwaited = true;
        yield* Await(agent, context, value);
      }
    } catch (thrown) {
      result = mergeDisposalError(agent, result, thrown);
    }
  }
  if (needsAwait && !hasAwaited) yield* Await(agent, context, undefined);
  return result;
}
