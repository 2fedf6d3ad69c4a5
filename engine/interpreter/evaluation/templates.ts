// Template objects and the operands of tagged templates, https://tc39.es/ecma262/#sec-tagged-templates .
import type { Agent } from '../../runtime/agent.ts';
import { IsCallable } from '../../runtime/call.ts';
import { GetTemplateObject } from '../../runtime/operations/template-object.ts';
import type { Value } from '../../runtime/value.ts';
import type { TaggedTemplate } from '../../syntax/ast.gen.ts';
import { type Frame, TailCall } from '../frame.ts';
import { GetValue, thisValueForCall } from '../references.ts';
import { throwNotCallable } from './arguments.ts';
import { EvaluateExpression } from './dispatch.ts';
import type { Evaluation } from './evaluation.ts';
import { EvaluateReference } from './targets.ts';

/** The call that a tagged template stands for, up to the call itself. */
export function* TemplateCall(agent: Agent, context: Frame, node: TaggedTemplate): Evaluation<TailCall> {
  const tagRef = yield* EvaluateReference(agent, context, node.tag);
  const tagFunc = GetValue(agent, tagRef);
  const { quasis } = node.quasi;
  const template = GetTemplateObject(
    agent,
    context.realm,
    node.quasi,
    quasis.map((quasi) => quasi.cooked),
    quasis.map((quasi) => quasi.raw),
  );
  const argList: Value[] = [template];
  const expressions = node.quasi.expressions;
  for (let i = 0; i < expressions.length; i++) {
    argList.push(yield* EvaluateExpression(agent, context, expressions[i]));
  }
  context.position = node.tag.start;
  if (!IsCallable(tagFunc)) throwNotCallable(agent, context, node.tag);
  return new TailCall(tagFunc, thisValueForCall(tagRef), argList);
}
