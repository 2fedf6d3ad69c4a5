// Calls in tail position, https://tc39.es/ecma262/#sec-tail-position-calls : they leave a TailCall in the frame, and the
// function's code makes the call once the frame is gone. Only plain functions in strict code get here.
import type { Agent } from '../../runtime/agent.ts';
import { IsCallable } from '../../runtime/call.ts';
import { ToBoolean } from '../../runtime/operations/type-conversion.ts';
import type { Value } from '../../runtime/value.ts';
import {
  type CallExpression,
  type Expression,
  KIND_CallExpression,
  KIND_ConditionalExpression,
  KIND_LogicalExpression,
  KIND_ParenthesizedExpression,
  KIND_SequenceExpression,
  KIND_TaggedTemplate,
} from '../../syntax/ast.gen.ts';
import { PerformDirectEval } from '../direct-eval.ts';
import { type Frame, TailCall } from '../frame.ts';
import { GetValue, REFERENCE_ENVIRONMENT, thisValueForCall } from '../references.ts';
import { ArgumentListEvaluation, positionOfCall, throwNotCallable } from './arguments.ts';
import { EvaluateExpression } from './dispatch.ts';
import type { Evaluation } from './evaluation.ts';
import { EvaluateReference } from './targets.ts';
import { TemplateCall } from './templates.ts';

/** GetValue(Evaluation of an expression whose value the function returns); calls are left to `context.tailCall`. */
export function* EvaluateInTailPosition(
  agent: Agent,
  context: Frame,
  expression: Expression,
): Evaluation<Value> {
  let node = expression;
  for (;;) {
    switch (node.kind) {
      case KIND_ParenthesizedExpression:
        node = node.expression;
        break;
      case KIND_ConditionalExpression:
        node = ToBoolean(yield* EvaluateExpression(agent, context, node.test))
          ? node.consequent
          : node.alternate;
        break;
      case KIND_SequenceExpression: {
        const last = node.expressions.length - 1;
        for (let i = 0; i < last; i++) yield* EvaluateExpression(agent, context, node.expressions[i]);
        node = node.expressions[last];
        break;
      }
      case KIND_LogicalExpression: {
        const lval = yield* EvaluateExpression(agent, context, node.left);
        const decided =
          node.operator === '??'
            ? lval !== undefined && lval !== null
            : ToBoolean(lval) === (node.operator === '||');
        if (decided) return lval;
        node = node.right;
        break;
      }
      case KIND_CallExpression:
        return yield* PrepareCall(agent, context, node);
      case KIND_TaggedTemplate: {
        const call = yield* TemplateCall(agent, context, node);
        context.tailCall = call;
        return undefined;
      }
      default:
        return yield* EvaluateExpression(agent, context, node);
    }
  }
}

/** CallExpression up to the call itself — https://tc39.es/ecma262/#sec-function-calls-runtime-semantics-evaluation */
function* PrepareCall(agent: Agent, context: Frame, node: CallExpression): Evaluation<Value> {
  const ref = yield* EvaluateReference(agent, context, node.callee);
  const func = GetValue(agent, ref);
  const argList = yield* ArgumentListEvaluation(agent, context, node.args);
  if (
    ref.referenceKind === REFERENCE_ENVIRONMENT &&
    ref.bindingName === 'eval' &&
    func === agent.realm.intrinsic('%eval%')
  ) {
    context.position = node.start;
    return argList.length === 0 ? undefined : PerformDirectEval(agent, context, argList[0]);
  }
  context.position = positionOfCall(node.callee);
  if (!IsCallable(func)) throwNotCallable(agent, context, node.callee);
  context.tailCall = new TailCall(func, thisValueForCall(ref), argList);
  return undefined;
}
