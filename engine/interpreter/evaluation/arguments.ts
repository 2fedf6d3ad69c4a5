// Argument lists, https://tc39.es/ecma262/#sec-argument-lists , and the last steps of EvaluateCall.
import type { Agent } from '../../runtime/agent.ts';
import { Call, IsCallable } from '../../runtime/call.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import { GetIterator, IteratorStepValue } from '../../runtime/operations/iterator-operations.ts';
import type { Value } from '../../runtime/value.ts';
import {
  type Argument,
  type Expression,
  KIND_ParenthesizedExpression,
  KIND_SpreadElement,
  KIND_StaticMember,
  type Node,
} from '../../syntax/ast.gen.ts';
import { SourceText } from '../../syntax/source-text.ts';
import type { Frame } from '../frame.ts';
import { EvaluateExpression } from './dispatch.ts';
import type { Evaluation } from './evaluation.ts';

/** ArgumentListEvaluation — https://tc39.es/ecma262/#sec-runtime-semantics-argumentlistevaluation */
export function* ArgumentListEvaluation(
  agent: Agent,
  context: Frame,
  args: readonly Argument[],
): Evaluation<Value[]> {
  const list: Value[] = [];
  for (let i = 0; i < args.length; i++) {
    const argument = args[i];
    if (argument.kind === KIND_SpreadElement) {
      const spreadObj = yield* EvaluateExpression(agent, context, argument.argument);
      context.position = argument.start;
      appendIterated(agent, list, spreadObj);
    } else list.push(yield* EvaluateExpression(agent, context, argument));
  }
  return list;
}

/** Appends what an iterable gives. */
export function appendIterated(agent: Agent, list: Value[], iterable: Value): void {
  const iteratorRecord = GetIterator(agent, iterable);
  for (;;) {
    agent.chargeFuel(1);
    const next = IteratorStepValue(agent, iteratorRecord);
    if (iteratorRecord.done) return;
    agent.chargeBytes(8);
    list.push(next);
  }
}

/** EvaluateCall steps 4 to 7 — https://tc39.es/ecma262/#sec-evaluatecall . `callee` is for the message only. */
export function callFunction(
  agent: Agent,
  context: Frame,
  func: Value,
  thisValue: Value,
  argList: readonly Value[],
  callee: Expression,
): Value {
  context.position = positionOfCall(callee);
  if (!IsCallable(func)) throwNotCallable(agent, context, callee);
  return Call(agent, func, thisValue, argList);
}

/** Throws the TypeError of calling what is no function. */
export function throwNotCallable(agent: Agent, context: Frame, callee: Expression): never {
  throwTypeError(agent, `${textOf(context, unparenthesized(callee))} is not a function`);
}

/** Where a call of `callee` is: at the name for a member, which may be far from the beginning of its expression. */
export function positionOfCall(callee: Expression): number {
  const node = unparenthesized(callee);
  return node.kind === KIND_StaticMember ? node.end - node.name.length : node.start;
}

/** The expression inside parentheses: what messages and positions are about. */
function unparenthesized(node: Expression): Expression {
  let inner = node;
  while (inner.kind === KIND_ParenthesizedExpression) inner = inner.expression;
  return inner;
}

/** The source of a node for a message, on one line and not too long. */
export function textOf(context: Frame, node: Node): string {
  if (!(context.source instanceof SourceText)) return 'expression';
  const text = context.source.text
    .slice(node.start, Math.min(node.end, node.start + 60))
    .replace(/\s+/g, ' ');
  return node.end > node.start + 60 ? `${text}…` : text;
}
