// Function bodies: EvaluateBody after FunctionDeclarationInstantiation,
// https://tc39.es/ecma262/#sec-runtime-semantics-evaluatebody .
import type { Agent } from '../../runtime/agent.ts';
import type { DeclarativeEnvironment } from '../../runtime/environments.ts';
import type { ECMAScriptFunction } from '../../runtime/objects/function.ts';
import type { Value } from '../../runtime/value.ts';
import type { FunctionNode, Module } from '../../syntax/ast.gen.ts';
import { COMPLETION_RETURN, type CompletionKind, type Frame, ReturnSignal, returnedValue } from '../frame.ts';
import { EvaluateExpression, EvaluateStatementList, EvaluateWithName } from './dispatch.ts';
import type { Evaluation } from './evaluation.ts';
import { DisposeScope, DisposeScopeAndThrow, declaresResources } from './resources.ts';
import { EvaluateInTailPosition } from './tail-calls.ts';

/** What the function returns. */
export function* EvaluateBody(agent: Agent, context: Frame, node: FunctionNode): Evaluation<Value> {
  if (node.conciseBody !== null) {
    if (node.info.functionKind !== 'field-initializer') {
      return context.tailCallsAllowed
        ? yield* EvaluateInTailPosition(agent, context, node.conciseBody)
        : yield* EvaluateExpression(agent, context, node.conciseBody);
    }
    const name = (context.func as ECMAScriptFunction).classFieldInitializerName;
    return yield* EvaluateWithName(agent, context, node.conciseBody, name ?? '');
  }
  let kind: CompletionKind;
  if (declaresResources(node.info.scope)) {
    context.tailCallsAllowed = false;
    const env = context.lexicalEnvironment as DeclarativeEnvironment;
    try {
      kind = yield* EvaluateStatementList(agent, context, node.body);
    } catch (thrown) {
      return yield* DisposeScopeAndThrow(agent, context, env, thrown);
    }
    yield* DisposeScope(agent, context, env);
  } else kind = yield* EvaluateStatementList(agent, context, node.body);
  return kind === COMPLETION_RETURN ? returnedValue(context) : undefined;
}

/** ModuleBody — https://tc39.es/ecma262/#sec-module-semantics-runtime-semantics-evaluation */
export function* EvaluateModuleBody(agent: Agent, context: Frame, node: Module): Evaluation<Value> {
  const env = context.lexicalEnvironment as DeclarativeEnvironment;
  try {
    yield* EvaluateStatementList(agent, context, node.body);
  } catch (thrown) {
    return yield* DisposeScopeAndThrow(agent, context, env, thrown);
  }
  yield* DisposeScope(agent, context, env);
  return undefined;
}

/** EvaluateBody of a generator, where a `return` that it was resumed with may arrive as a signal. */
export function* EvaluateGeneratorBody(agent: Agent, context: Frame, node: FunctionNode): Evaluation<Value> {
  try {
    return yield* EvaluateBody(agent, context, node);
  } catch (thrown) {
    if (thrown instanceof ReturnSignal) return thrown.value;
    throw thrown;
  }
}
