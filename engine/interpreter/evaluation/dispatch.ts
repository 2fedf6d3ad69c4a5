// hot
// Dispatch by node kind. The tables are filled once by evaluators.ts, which keeps the evaluator files free of
// import cycles. Each level of nesting charges depth (depth-costs.ts), which is given back on normal completion only:
// whoever catches a throw puts back the depth that was there before (TryStatement, function calls, coroutines,
// scripts and modules).
import type { Agent } from '../../runtime/agent.ts';
import type { PrivateName } from '../../runtime/private-name.ts';
import type { PropertyKey } from '../../runtime/property-key.ts';
import type { Value } from '../../runtime/value.ts';
import {
  type ArrowFunction,
  type ClassExpression,
  type Expression,
  type FunctionExpression,
  KIND_ArrowFunction,
  KIND_ClassExpression,
  KIND_FunctionExpression,
  KIND_ParenthesizedExpression,
  type ModuleItem,
} from '../../syntax/ast.gen.ts';
import { IS_LINK, SPINE_TEXT, spineCuts } from '../../syntax/spine.ts';
import { DEPTH_COSTS } from '../depth-costs.ts';
import { COMPLETION_NORMAL, type CompletionKind, EMPTY, type EmptyValue, type Frame } from '../frame.ts';
import type { Evaluation } from './evaluation.ts';
import {
  EvaluateExpressionPlainly,
  EvaluateStatementPlainly,
  SUSPENDABLE_FACTOR,
  suspends,
} from './plain.ts';

export type ExpressionEvaluator = (agent: Agent, context: Frame, node: never) => Evaluation<Value>;
export type StatementEvaluator = (agent: Agent, context: Frame, node: never) => Evaluation<CompletionKind>;
export type AnonymousFunctionDefinition = FunctionExpression | ArrowFunction | ClassExpression;
export type NamedEvaluator = (
  agent: Agent,
  context: Frame,
  node: AnonymousFunctionDefinition,
  name: PropertyKey | PrivateName,
) => Evaluation<Value>;

const expressionEvaluators: ExpressionEvaluator[] = [];
const statementEvaluators: StatementEvaluator[] = [];
let namedEvaluator: NamedEvaluator | null = null;

/** One row of an evaluator file: the node kind and its function. */
export type ExpressionRow = readonly [kind: number, evaluate: ExpressionEvaluator];
export type StatementRow = readonly [kind: number, evaluate: StatementEvaluator];

/** Fills the tables. */
export function installEvaluators(
  expressions: readonly ExpressionRow[],
  statements: readonly StatementRow[],
  named: NamedEvaluator,
): void {
  for (const [kind, evaluate] of expressions) expressionEvaluators[kind] = evaluate;
  for (const [kind, evaluate] of statements) statementEvaluators[kind] = evaluate;
  namedEvaluator = named;
}

/** GetValue(Evaluation of an expression). */
export function* EvaluateExpression(agent: Agent, context: Frame, node: Expression): Evaluation<Value> {
  // #suspendable
  if (!suspends(node)) return EvaluateExpressionPlainly(agent, context, node);
  // #end
  const kind = node.kind;
  if (IS_LINK[kind] === 1 && node.end - node.start > SPINE_TEXT) {
    if (node === context.spineLink) return takeSpine(context);
    yield* EvaluateInnerLinks(agent, context, node);
  }
  let cost = DEPTH_COSTS[kind];
  // #suspendable
  cost *= SUSPENDABLE_FACTOR;
  // #end
  agent.depth += cost;
  if (agent.depth > agent.limits.depth) agent.throwStackOverflow();
  const value = yield* expressionEvaluators[kind](agent, context, node as never);
  agent.depth -= cost;
  return value;
}

/**
 * Evaluates the links of a long spine that come before its last ones, from the inside out. What is evaluated next is the
 * link around them, which takes the value of the last one before anything else.
 */
function* EvaluateInnerLinks(agent: Agent, context: Frame, node: Expression): Evaluation<void> {
  const cuts = spineCuts(node, context.spineLink);
  for (let i = cuts.length - 1; i >= 0; i--) {
    const value = yield* EvaluateExpression(agent, context, cuts[i]);
    putSpine(context, cuts[i], value);
  }
}

/** The next node evaluated is a link around `link`, which has this value. */
export function putSpine(context: Frame, link: Expression, value: Value): void {
  context.spineLink = link;
  context.spineValue = value;
}

/** The value that putSpine left. */
export function takeSpine(context: Frame): Value {
  const value = context.spineValue;
  context.spineLink = null;
  context.spineValue = undefined;
  return value;
}

/** Evaluation of a statement or declaration: the completion's kind, its value in `context.completionValue`. */
export function* EvaluateStatement(
  agent: Agent,
  context: Frame,
  node: ModuleItem,
): Evaluation<CompletionKind> {
  // #suspendable
  if (!suspends(node)) return EvaluateStatementPlainly(agent, context, node);
  // #end
  let cost = DEPTH_COSTS[node.kind];
  // #suspendable
  cost *= SUSPENDABLE_FACTOR;
  // #end
  agent.depth += cost;
  if (agent.depth > agent.limits.depth) agent.throwStackOverflow();
  const kind = yield* statementEvaluators[node.kind](agent, context, node as never);
  agent.depth -= cost;
  return kind;
}

/** StatementList : StatementList StatementListItem — https://tc39.es/ecma262/#sec-block-runtime-semantics-evaluation */
export function* EvaluateStatementList(
  agent: Agent,
  context: Frame,
  list: readonly ModuleItem[],
): Evaluation<CompletionKind> {
  let value: Value | EmptyValue = EMPTY;
  for (let i = 0; i < list.length; i++) {
    const kind = yield* EvaluateStatement(agent, context, list[i]);
    if (context.completionValue !== EMPTY) value = context.completionValue;
    if (kind !== COMPLETION_NORMAL) {
      context.completionValue = value;
      return kind;
    }
  }
  context.completionValue = value;
  return COMPLETION_NORMAL;
}

/** The function or class without a name that `expr` is, inside any parentheses; null if it is none. */
export function anonymousFunctionDefinition(expr: Expression): AnonymousFunctionDefinition | null {
  let node = expr;
  while (node.kind === KIND_ParenthesizedExpression) node = node.expression;
  switch (node.kind) {
    case KIND_ArrowFunction:
      return node;
    case KIND_FunctionExpression:
    case KIND_ClassExpression:
      return node.name === null ? node : null;
    default:
      return null;
  }
}

/**
 * NamedEvaluation if `expr` is an anonymous function definition, else GetValue of its evaluation —
 * https://tc39.es/ecma262/#sec-runtime-semantics-namedevaluation
 */
export function* EvaluateWithName(
  agent: Agent,
  context: Frame,
  expr: Expression,
  name: PropertyKey | PrivateName,
): Evaluation<Value> {
  const anonymous = anonymousFunctionDefinition(expr);
  if (anonymous === null) return yield* EvaluateExpression(agent, context, expr);
  return yield* (namedEvaluator as NamedEvaluator)(agent, context, anonymous, name);
}
