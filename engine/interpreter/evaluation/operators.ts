// hot
// Unary, update, binary, logical, conditional, assignment and comma operators, yield and await.
// https://tc39.es/ecma262/#sec-ecmascript-language-expressions
import type { Agent } from '../../runtime/agent.ts';
import { ResolvePrivateIdentifier } from '../../runtime/environments.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import { JSObject } from '../../runtime/objects/object.ts';
import {
  ApplyStringOrNumericBinaryOperator,
  type ArithmeticOperator,
  applyBinaryOperator,
  bitwiseNOT,
  decrement,
  increment,
  typeOf,
  unaryMinus,
} from '../../runtime/operations/operators.ts';
import { ToBoolean, ToNumber, ToNumeric } from '../../runtime/operations/type-conversion.ts';
import { hasPrivateElement } from '../../runtime/private-name.ts';
import type { Value } from '../../runtime/value.ts';
import {
  type AssignmentExpression,
  type AwaitExpression,
  type BinaryExpression,
  type ConditionalExpression,
  type Expression,
  KIND_AssignmentExpression,
  KIND_AwaitExpression,
  KIND_BinaryExpression,
  KIND_ConditionalExpression,
  KIND_IdentifierReference,
  KIND_LogicalExpression,
  KIND_PrivateInExpression,
  KIND_SequenceExpression,
  KIND_UnaryExpression,
  KIND_UpdateExpression,
  KIND_YieldExpression,
  type LogicalExpression,
  type PrivateInExpression,
  type SequenceExpression,
  type SimpleTarget,
  type UnaryExpression,
  type UpdateExpression,
  type YieldExpression,
} from '../../syntax/ast.gen.ts';
import type { Frame } from '../frame.ts';
import {
  DeleteReference,
  GetValue,
  PutValue,
  REFERENCE_UNRESOLVABLE,
  type Reference,
} from '../references.ts';
import { EvaluateExpression, EvaluateWithName, type ExpressionRow } from './dispatch.ts';
import type { Evaluation } from './evaluation.ts';
import { DestructuringAssignmentEvaluation, isPattern } from './patterns.ts';
import { Await, Yield, YieldDelegate } from './suspension.ts';
import { EvaluateReference, EvaluateTarget } from './targets.ts';

/** UnaryExpression — https://tc39.es/ecma262/#sec-unary-operators */
function* Evaluate_UnaryExpression(agent: Agent, context: Frame, node: UnaryExpression): Evaluation<Value> {
  if (needsReference(node)) {
    const ref = yield* EvaluateReference(agent, context, node.argument);
    if (node.operator === 'typeof')
      return ref.referenceKind === REFERENCE_UNRESOLVABLE ? 'undefined' : typeOf(GetValue(agent, ref));
    context.position = node.start;
    return DeleteReference(agent, ref);
  }
  const operand = node.argument;
  if (operand.kind !== KIND_UnaryExpression) {
    const value = yield* EvaluateExpression(agent, context, operand);
    return applyUnaryOperator(agent, context, node, value);
  }
  // Operators in a row are a loop, up to one that asks for a Reference.
  const chain = [node];
  let innermost: Expression = operand;
  while (innermost.kind === KIND_UnaryExpression && !needsReference(innermost)) {
    chain.push(innermost);
    innermost = innermost.argument;
  }
  let value = yield* EvaluateExpression(agent, context, innermost);
  for (let i = chain.length - 1; i >= 0; i--) value = applyUnaryOperator(agent, context, chain[i], value);
  return value;
}

function needsReference({ operator, argument }: UnaryExpression): boolean {
  return operator === 'delete' || (operator === 'typeof' && argument.kind !== KIND_UnaryExpression);
}

function applyUnaryOperator(agent: Agent, context: Frame, node: UnaryExpression, value: Value): Value {
  context.position = node.start;
  switch (node.operator) {
    case 'void':
      return undefined;
    case 'typeof':
      return typeOf(value);
    case '!':
      return !ToBoolean(value);
    case '+':
      return ToNumber(agent, value);
    case '-':
      return unaryMinus(agent, value);
    default:
      return bitwiseNOT(agent, value);
  }
}

/** UpdateExpression — https://tc39.es/ecma262/#sec-update-expressions */
function* Evaluate_UpdateExpression(agent: Agent, context: Frame, node: UpdateExpression): Evaluation<Value> {
  const lhs = yield* EvaluateTarget(agent, context, node.argument);
  const oldValue = ToNumeric(agent, GetValue(agent, lhs));
  const newValue = node.operator === '++' ? increment(agent, oldValue) : decrement(agent, oldValue);
  PutValue(agent, lhs, newValue);
  return node.prefix ? newValue : oldValue;
}

/**
 * BinaryExpression — https://tc39.es/ecma262/#sec-evaluatestringornumericbinaryexpression and the relational ones.
 * Operators lean to the left, so a chain of them is a loop here and no nesting: a sum of thousands of terms needs no depth.
 */
function* Evaluate_BinaryExpression(agent: Agent, context: Frame, node: BinaryExpression): Evaluation<Value> {
  if (node.left.kind !== KIND_BinaryExpression) {
    const lval = yield* EvaluateExpression(agent, context, node.left);
    const rval = yield* EvaluateExpression(agent, context, node.right);
    context.position = node.start;
    return applyBinaryOperator(agent, node.operator, lval, rval);
  }
  const chain: BinaryExpression[] = [];
  let first: Expression = node;
  while (first.kind === KIND_BinaryExpression) {
    chain.push(first);
    first = first.left;
  }
  let value = yield* EvaluateExpression(agent, context, first);
  for (let i = chain.length - 1; i >= 0; i--) {
    const rval = yield* EvaluateExpression(agent, context, chain[i].right);
    context.position = chain[i].start;
    value = applyBinaryOperator(agent, chain[i].operator, value, rval);
  }
  return value;
}

function isDecided(operator: '&&' | '||' | '??', value: Value): boolean {
  switch (operator) {
    case '&&':
      return !ToBoolean(value);
    case '||':
      return ToBoolean(value);
    case '??':
      return value !== undefined && value !== null;
  }
}

/** Binary logical operators — https://tc39.es/ecma262/#sec-binary-logical-operators ; a chain to the left is a loop. */
function* Evaluate_LogicalExpression(
  agent: Agent,
  context: Frame,
  node: LogicalExpression,
): Evaluation<Value> {
  if (node.left.kind !== KIND_LogicalExpression) {
    const lval = yield* EvaluateExpression(agent, context, node.left);
    if (isDecided(node.operator, lval)) return lval;
    return yield* EvaluateExpression(agent, context, node.right);
  }
  const chain: LogicalExpression[] = [];
  let first: Expression = node;
  while (first.kind === KIND_LogicalExpression) {
    chain.push(first);
    first = first.left;
  }
  let value = yield* EvaluateExpression(agent, context, first);
  for (let i = chain.length - 1; i >= 0; i--) {
    if (!isDecided(chain[i].operator, value))
      value = yield* EvaluateExpression(agent, context, chain[i].right);
  }
  return value;
}

/** RelationalExpression : PrivateIdentifier in ShiftExpression — https://tc39.es/ecma262/#sec-relational-operators-runtime-semantics-evaluation */
function* Evaluate_PrivateInExpression(
  agent: Agent,
  context: Frame,
  node: PrivateInExpression,
): Evaluation<Value> {
  const rval = yield* EvaluateExpression(agent, context, node.right);
  context.position = node.start;
  if (!(rval instanceof JSObject)) throwTypeError(agent, "Right-hand side of 'in' is not an object");
  return hasPrivateElement(rval, ResolvePrivateIdentifier(context.privateEnvironment, node.name.name));
}

/** ConditionalExpression, one as the operand of another too — https://tc39.es/ecma262/#sec-conditional-operator-runtime-semantics-evaluation */
function* Evaluate_ConditionalExpression(
  agent: Agent,
  context: Frame,
  node: ConditionalExpression,
): Evaluation<Value> {
  let chosen: Expression = node;
  while (chosen.kind === KIND_ConditionalExpression) {
    const { test, consequent, alternate }: ConditionalExpression = chosen;
    const lval = ToBoolean(yield* EvaluateExpression(agent, context, test));
    chosen = lval ? consequent : alternate;
  }
  return yield* EvaluateExpression(agent, context, chosen);
}

/** The right-hand side, named after an identifier that is its target. */
function* EvaluateAssigned(agent: Agent, context: Frame, node: AssignmentExpression): Evaluation<Value> {
  const target = node.target;
  if (target.kind !== KIND_IdentifierReference) return yield* EvaluateExpression(agent, context, node.value);
  return yield* EvaluateWithName(agent, context, node.value, target.name);
}

/** AssignmentExpression — https://tc39.es/ecma262/#sec-assignment-operators-runtime-semantics-evaluation */
function* Evaluate_AssignmentExpression(
  agent: Agent,
  context: Frame,
  node: AssignmentExpression,
): Evaluation<Value> {
  const target = node.target;
  if (isPattern(target)) {
    const rval = yield* EvaluateExpression(agent, context, node.value);
    yield* DestructuringAssignmentEvaluation(agent, context, target, rval);
    return rval;
  }
  const lref = yield* EvaluateTarget(agent, context, target as SimpleTarget);
  const position = context.position;
  const operator = node.operator;
  if (operator === '=') {
    if (node.value.kind === KIND_AssignmentExpression)
      return yield* EvaluateAssignmentsTo(agent, context, lref, position, node.value);
    const rval = yield* EvaluateAssigned(agent, context, node);
    context.position = position;
    PutValue(agent, lref, rval);
    return rval;
  }
  const lval = GetValue(agent, lref);
  if (operator === '&&=' || operator === '||=' || operator === '??=') {
    if (isDecided(operator.slice(0, 2) as '&&' | '||' | '??', lval)) return lval;
    const rval = yield* EvaluateAssigned(agent, context, node);
    context.position = position;
    PutValue(agent, lref, rval);
    return rval;
  }
  const rval = yield* EvaluateExpression(agent, context, node.value);
  context.position = position;
  const opText = operator.slice(0, -1) as ArithmeticOperator;
  const r = ApplyStringOrNumericBinaryOperator(agent, lval, opText, rval);
  PutValue(agent, lref, r);
  return r;
}

/** `lref = a = b = …`: the targets, the value, and the assignments in the reverse order. A loop, as long as each is `=`. */
function* EvaluateAssignmentsTo(
  agent: Agent,
  context: Frame,
  lref: Reference,
  position: number,
  value: AssignmentExpression,
): Evaluation<Value> {
  const lrefs = [lref];
  const positions = [position];
  let node = value;
  while (node.operator === '=' && node.value.kind === KIND_AssignmentExpression && !isPattern(node.target)) {
    lrefs.push(yield* EvaluateTarget(agent, context, node.target as SimpleTarget));
    positions.push(context.position);
    node = node.value;
  }
  const rval = yield* EvaluateExpression(agent, context, node);
  for (let i = lrefs.length - 1; i >= 0; i--) {
    context.position = positions[i];
    PutValue(agent, lrefs[i], rval);
  }
  return rval;
}

/** Comma operator — https://tc39.es/ecma262/#sec-comma-operator-runtime-semantics-evaluation */
function* Evaluate_SequenceExpression(
  agent: Agent,
  context: Frame,
  node: SequenceExpression,
): Evaluation<Value> {
  const expressions = node.expressions;
  const last = expressions.length - 1;
  for (let i = 0; i < last; i++) yield* EvaluateExpression(agent, context, expressions[i]);
  return yield* EvaluateExpression(agent, context, expressions[last]);
}

/** YieldExpression — https://tc39.es/ecma262/#sec-generator-function-definitions-runtime-semantics-evaluation */
function* Evaluate_YieldExpression(agent: Agent, context: Frame, node: YieldExpression): Evaluation<Value> {
  const value = node.argument === null ? undefined : yield* EvaluateExpression(agent, context, node.argument);
  context.position = node.start;
  if (node.delegate) return yield* YieldDelegate(agent, context, value);
  return yield* Yield(agent, context, value);
}

/** AwaitExpression — https://tc39.es/ecma262/#sec-async-function-definitions-runtime-semantics-evaluation */
function* Evaluate_AwaitExpression(agent: Agent, context: Frame, node: AwaitExpression): Evaluation<Value> {
  const value = yield* EvaluateExpression(agent, context, node.argument);
  context.position = node.start;
  return yield* Await(agent, context, value);
}

export const operatorRows: readonly ExpressionRow[] = [
  [KIND_UnaryExpression, Evaluate_UnaryExpression],
  [KIND_UpdateExpression, Evaluate_UpdateExpression],
  [KIND_BinaryExpression, Evaluate_BinaryExpression],
  [KIND_LogicalExpression, Evaluate_LogicalExpression],
  [KIND_PrivateInExpression, Evaluate_PrivateInExpression],
  [KIND_ConditionalExpression, Evaluate_ConditionalExpression],
  [KIND_AssignmentExpression, Evaluate_AssignmentExpression],
  [KIND_SequenceExpression, Evaluate_SequenceExpression],
  [KIND_YieldExpression, Evaluate_YieldExpression],
  [KIND_AwaitExpression, Evaluate_AwaitExpression],
];
