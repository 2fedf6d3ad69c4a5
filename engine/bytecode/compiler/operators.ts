// Unary, binary, logical, conditional and comma operators, yield and await.
import {
  type AwaitExpression,
  type BinaryExpression,
  type ConditionalExpression,
  type Expression,
  KIND_AwaitExpression,
  KIND_BinaryExpression,
  KIND_ComputedMember,
  KIND_ConditionalExpression,
  KIND_IdentifierReference,
  KIND_LogicalExpression,
  KIND_OptionalChain,
  KIND_PrivateInExpression,
  KIND_SequenceExpression,
  KIND_StaticMember,
  KIND_SuperComputedMember,
  KIND_SuperStaticMember,
  KIND_UnaryExpression,
  KIND_YieldExpression,
  type LogicalExpression,
  type PrivateInExpression,
  type SequenceExpression,
  type UnaryExpression,
  type YieldExpression,
} from '../../syntax/ast.gen.ts';
import type { BinaryOperator } from '../../syntax/scope.ts';
import { CALL_ASYNC_GENERATOR } from '../unit.ts';
import { Label } from '../writer.ts';
import { isDynamic, resolutionOf } from './bindings.ts';
import { compileChain } from './calls.ts';
import { constantOf, constantOfOperand, decides, foldBinary, isTrue } from './constant-folding.ts';
import {
  type BranchRow,
  compileBranch,
  compileEffect,
  compileOperand,
  compileOperandBefore,
  compileTo,
  compileToTemporary,
  constantOperand,
  constantTest,
  type ExpressionRow,
  unparenthesized,
} from './dispatch.ts';
import type { FunctionCompiler } from './function-compiler.ts';
import { compileAwait, compileYield, compileYieldDelegate } from './suspension.ts';
import { compileSuperBase, compileThis } from './targets.ts';

/** Emits the operator on two registers. */
export function emitBinary(
  c: FunctionCompiler,
  operator: BinaryOperator,
  dst: number,
  left: number,
  right: number,
): void {
  const { emit, writer } = c;
  switch (operator) {
    case '+':
      emit.add(dst, left, right, writer.ic());
      break;
    case '-':
      emit.subtract(dst, left, right, writer.ic());
      break;
    case '*':
      emit.multiply(dst, left, right, writer.ic());
      break;
    case '/':
      emit.divide(dst, left, right, writer.ic());
      break;
    case '%':
      emit.remainder(dst, left, right, writer.ic());
      break;
    case '**':
      emit.exponentiate(dst, left, right, writer.ic());
      break;
    case '<<':
      emit.leftShift(dst, left, right, writer.ic());
      break;
    case '>>':
      emit.signedRightShift(dst, left, right, writer.ic());
      break;
    case '>>>':
      emit.unsignedRightShift(dst, left, right, writer.ic());
      break;
    case '&':
      emit.bitwiseAND(dst, left, right, writer.ic());
      break;
    case '|':
      emit.bitwiseOR(dst, left, right, writer.ic());
      break;
    case '^':
      emit.bitwiseXOR(dst, left, right, writer.ic());
      break;
    case '==':
      emit.looseEqual(dst, left, right);
      break;
    case '!=':
      emit.looseNotEqual(dst, left, right);
      break;
    case '===':
      emit.strictEqual(dst, left, right);
      break;
    case '!==':
      emit.strictNotEqual(dst, left, right);
      break;
    case '<':
      emit.less(dst, left, right);
      break;
    case '>':
      emit.greater(dst, left, right);
      break;
    case '<=':
      emit.lessEqual(dst, left, right);
      break;
    case '>=':
      emit.greaterEqual(dst, left, right);
      break;
    case 'in':
      emit.hasProperty(dst, left, right);
      break;
    case 'instanceof':
      emit.instanceOf(dst, left, right);
      break;
  }
}

/** Chains to the left are a loop here, however long they are. What they begin with may be constant. */
function compileBinary(c: FunctionCompiler, node: BinaryExpression, dst: number): void {
  const mark = c.writer.mark();
  const chain: BinaryExpression[] = [];
  let first: Expression = node;
  while (first.kind === KIND_BinaryExpression) {
    chain.push(first);
    first = first.left;
  }
  let top = chain.length - 1;
  let constant = constantOfOperand(first);
  while (constant !== null) {
    const right = constantOfOperand(chain[top].right);
    const value = right === null ? null : foldBinary(chain[top], constant, right);
    if (value === null) break;
    constant = value;
    top--;
  }
  let left =
    constant === null ? compileOperandBefore(c, first, chain[top].right) : constantOperand(c, constant);
  for (let i = top; i >= 0; i--) {
    const { right: rightNode, operator, start } = chain[i];
    const right = compileOperand(c, rightNode);
    c.writer.at(start);
    const result = i === 0 ? dst : mark === c.writer.mark() ? c.writer.newRegister() : mark;
    emitBinary(c, operator, result, left, right);
    left = result;
    if (i > 0) c.writer.release(mark + 1);
  }
  c.writer.release(mark);
}

const COMPARISONS: ReadonlySet<BinaryOperator> = new Set(['<', '>', '<=', '>=', '===', '!==']);

function branchOnBinary(c: FunctionCompiler, node: BinaryExpression, label: Label, sense: boolean): void {
  const { emit, writer } = c;
  const { operator } = node;
  const isEquality = operator === '===' || operator === '!==';
  if (!COMPARISONS.has(operator) || node.left.kind === KIND_BinaryExpression || (sense && !isEquality)) {
    const value = compileOperand(c, node);
    if (sense) emit.jumpIfTrue(value, label);
    else emit.jumpIfFalse(value, label);
    return;
  }
  const left = compileOperandBefore(c, node.left, node.right);
  const right = compileOperand(c, node.right);
  writer.at(node.start);
  switch (operator) {
    case '<':
      emit.jumpIfNotLess(left, right, label);
      break;
    case '<=':
      emit.jumpIfNotLessEqual(left, right, label);
      break;
    case '>':
      emit.jumpIfNotGreater(left, right, label);
      break;
    case '>=':
      emit.jumpIfNotGreaterEqual(left, right, label);
      break;
    default:
      if ((operator === '===') === sense) emit.jumpIfStrictEqual(left, right, label);
      else emit.jumpIfNotStrictEqual(left, right, label);
  }
}

/** A chain of logical operators, from the outermost to the innermost, and the operand that it begins with. */
interface LogicalChain {
  readonly links: readonly LogicalExpression[];
  readonly first: Expression;
}

/** The chain that is left to evaluate: a constant left operand decides, or is nothing but its right operand. */
function logicalChain(c: FunctionCompiler, node: LogicalExpression): LogicalChain {
  const links: LogicalExpression[] = [];
  let first: Expression = node;
  while (first.kind === KIND_LogicalExpression) {
    links.push(first);
    first = first.left;
  }
  for (let left = constantTest(c, first); left !== null && links.length > 0; ) {
    const { operator, right } = links.pop() as LogicalExpression;
    if (decides(operator, left)) continue;
    first = right;
    left = constantTest(c, first);
  }
  return { links, first };
}

function compileLogical(c: FunctionCompiler, node: LogicalExpression, dst: number): void {
  const { links: chain, first } = logicalChain(c, node);
  compileTo(c, first, dst);
  for (let i = chain.length - 1; i >= 0; i--) {
    const end = new Label();
    emitDecision(c, chain[i].operator, dst, end);
    compileTo(c, chain[i].right, dst);
    c.writer.bind(end);
  }
}

/** Jumps if the left operand decides. */
export function emitDecision(
  c: FunctionCompiler,
  operator: '&&' | '||' | '??',
  value: number,
  label: Label,
): void {
  if (operator === '&&') c.emit.jumpIfFalse(value, label);
  else if (operator === '||') c.emit.jumpIfTrue(value, label);
  else c.emit.jumpIfNotNullish(value, label);
}

function branchOnLogical(c: FunctionCompiler, node: LogicalExpression, label: Label, sense: boolean): void {
  if (node.operator === '??') {
    const value = compileOperand(c, node);
    if (sense) c.emit.jumpIfTrue(value, label);
    else c.emit.jumpIfFalse(value, label);
    return;
  }
  const { links, first } = logicalChain(c, node);
  // Where the right operand of each link goes, and where it ends if its left operand may go past it.
  const branches: { readonly label: Label; readonly sense: boolean; readonly end: Label | null }[] = [];
  let place = { label, sense };
  for (const { operator } of links) {
    const end = (operator === '||') === place.sense ? null : new Label();
    branches.push({ ...place, end });
    if (end !== null) place = { label: end, sense: !place.sense };
  }
  compileBranch(c, first, place.label, place.sense);
  for (let i = links.length - 1; i >= 0; i--) {
    const { label: to, sense: when, end } = branches[i];
    compileBranch(c, links[i].right, to, when);
    if (end !== null) c.writer.bind(end);
  }
}

function compileConditional(c: FunctionCompiler, node: ConditionalExpression, dst: number): void {
  compileArms(c, node, (arm) => compileTo(c, arm, dst));
}

function branchOnConditional(
  c: FunctionCompiler,
  node: ConditionalExpression,
  label: Label,
  sense: boolean,
): void {
  compileArms(c, node, (arm) => compileBranch(c, arm, label, sense));
}

/** Compiles a conditional, and those that are its last arms, in a loop. */
function compileArms(
  c: FunctionCompiler,
  node: ConditionalExpression,
  compileArm: (arm: Expression) => void,
): void {
  const end = new Label();
  let current: Expression = node;
  while (current.kind === KIND_ConditionalExpression && constantOf(current) === null) {
    const { test, consequent, alternate }: ConditionalExpression = current;
    const constant = constantTest(c, test);
    if (constant === null) {
      const otherwise = new Label();
      compileBranch(c, test, otherwise, false);
      compileArm(consequent);
      c.emit.jump(end);
      c.writer.bind(otherwise);
    }
    current = unparenthesized(constant !== null && isTrue(constant) ? consequent : alternate);
  }
  compileArm(current);
  c.writer.bind(end);
}

function compileUnary(c: FunctionCompiler, node: UnaryExpression, dst: number): void {
  const { emit, writer } = c;
  const { operator } = node;
  if (operator === 'delete') {
    compileDelete(c, node, dst);
    return;
  }
  if (operator === 'void') {
    let operand = unparenthesized(node.argument);
    while (operand.kind === KIND_UnaryExpression && operand.operator === 'void') {
      operand = unparenthesized(operand.argument);
    }
    compileEffect(c, operand);
    emit.loadUndefined(dst);
    return;
  }
  const mark = writer.mark();
  const inner = unparenthesized(node.argument);
  if (operator === 'typeof' && inner.kind === KIND_IdentifierReference) {
    const resolution = resolutionOf(c, inner);
    writer.at(inner.start);
    if (isDynamic(resolution)) {
      emit.typeOfName(dst, c.environmentRegister, writer.constant(inner.name), Number(c.strict));
      return;
    }
    if (resolution.binding === null) {
      emit.typeOfGlobal(dst, writer.constant(inner.name), writer.ic());
      return;
    }
  }
  // Operators in a row are a loop, up to one that does more with its operand, or that folds.
  const waiting: UnaryExpression[] = [];
  let operand = inner;
  while (operand.kind === KIND_UnaryExpression && isPlainUnary(operand) && constantOf(operand) === null) {
    waiting.push(operand);
    operand = unparenthesized(operand.argument);
  }
  let value = compileOperand(c, operand);
  if (waiting.length > 0) {
    const temporary = writer.newRegister();
    for (let i = waiting.length - 1; i >= 0; i--) {
      emitUnary(c, waiting[i], temporary, value);
      value = temporary;
    }
  }
  emitUnary(c, node, dst, value);
  writer.release(mark);
}

/** Whether the operator asks for nothing but its operand's value. */
function isPlainUnary({ operator, argument }: UnaryExpression): boolean {
  if (operator === 'typeof') return unparenthesized(argument).kind !== KIND_IdentifierReference;
  return operator !== 'delete' && operator !== 'void';
}

function emitUnary(
  c: FunctionCompiler,
  { operator, start }: UnaryExpression,
  dst: number,
  value: number,
): void {
  const { emit } = c;
  c.writer.at(start);
  switch (operator) {
    case 'typeof':
      emit.typeOf(dst, value);
      break;
    case '!':
      emit.not(dst, value);
      break;
    case '+':
      emit.toNumber(dst, value);
      break;
    case '-':
      emit.negate(dst, value);
      break;
    case '~':
      emit.bitwiseNOT(dst, value);
  }
}

function branchOnUnary(c: FunctionCompiler, node: UnaryExpression, label: Label, sense: boolean): void {
  if (node.operator === '!') {
    let operand: Expression = node;
    let operandSense = sense;
    for (; operand.kind === KIND_UnaryExpression && operand.operator === '!'; operandSense = !operandSense) {
      operand = unparenthesized(operand.argument);
    }
    compileBranch(c, operand, label, operandSense);
    return;
  }
  const value = compileOperand(c, node);
  if (sense) c.emit.jumpIfTrue(value, label);
  else c.emit.jumpIfFalse(value, label);
}

/** The delete operator — https://tc39.es/ecma262/#sec-delete-operator-runtime-semantics-evaluation */
function compileDelete(c: FunctionCompiler, node: UnaryExpression, dst: number): void {
  const { emit, writer } = c;
  const mark = writer.mark();
  const inner = unparenthesized(node.argument);
  const strict = Number(c.strict);
  switch (inner.kind) {
    case KIND_IdentifierReference: {
      const resolution = resolutionOf(c, inner);
      const storage = isDynamic(resolution) ? undefined : resolution.binding?.storage;
      if (storage === 'register' || storage === 'environment' || storage === 'module') {
        emit.move(dst, writer.constantRegister(false));
        break;
      }
      writer.at(node.start);
      emit.deleteName(dst, c.environmentRegister, writer.constant(inner.name));
      break;
    }
    case KIND_StaticMember: {
      const object = compileOperand(c, inner.object);
      writer.at(node.start);
      emit.deleteNamed(dst, object, writer.constant(inner.name), strict);
      break;
    }
    case KIND_ComputedMember: {
      const object = compileOperandBefore(c, inner.object, inner.property);
      const key = compileOperand(c, inner.property);
      writer.at(node.start);
      emit.deleteElement(dst, object, key, strict);
      break;
    }
    case KIND_SuperStaticMember:
    case KIND_SuperComputedMember:
      writer.at(inner.start);
      compileThis(c);
      if (inner.kind === KIND_SuperComputedMember) compileOperand(c, inner.property);
      writer.at(node.start);
      compileSuperBase(c);
      emit.throwReferenceError(writer.constant('Unsupported reference to super'));
      break;
    case KIND_OptionalChain:
      compileChain(c, inner, { deleteInto: dst, position: node.start });
      break;
    default:
      compileEffect(c, inner);
      emit.move(dst, writer.constantRegister(true));
  }
  writer.release(mark);
}

function compileSequence(c: FunctionCompiler, node: SequenceExpression, dst: number): void {
  const last = node.expressions.length - 1;
  for (let i = 0; i < last; i++) compileEffect(c, node.expressions[i]);
  compileTo(c, node.expressions[last], dst);
}

function compilePrivateIn(c: FunctionCompiler, node: PrivateInExpression, dst: number): void {
  const mark = c.writer.mark();
  const object = compileOperand(c, node.right);
  c.writer.at(node.start);
  const name = c.writer.newRegister();
  c.emit.resolvePrivate(name, c.privateEnvironment, c.writer.constant(node.name.name));
  c.emit.hasPrivate(dst, object, name);
  c.writer.release(mark);
}

function compileYieldExpression(c: FunctionCompiler, node: YieldExpression, dst: number): void {
  const mark = c.writer.mark();
  const value =
    node.argument === null ? c.writer.constantRegister(undefined) : compileToTemporary(c, node.argument);
  c.writer.at(node.start);
  if (node.delegate) compileYieldDelegate(c, value, dst);
  else compileYield(c, value, dst, c.unit.callKind === CALL_ASYNC_GENERATOR);
  c.writer.release(mark);
}

function compileAwaitExpression(c: FunctionCompiler, node: AwaitExpression, dst: number): void {
  const mark = c.writer.mark();
  const value = compileOperand(c, node.argument);
  c.writer.at(node.start);
  compileAwait(c, value, dst);
  c.writer.release(mark);
}

export const operatorRows: readonly ExpressionRow[] = [
  [KIND_UnaryExpression, compileUnary],
  [KIND_BinaryExpression, compileBinary],
  [KIND_LogicalExpression, compileLogical],
  [KIND_PrivateInExpression, compilePrivateIn],
  [KIND_ConditionalExpression, compileConditional],
  [KIND_SequenceExpression, compileSequence],
  [KIND_YieldExpression, compileYieldExpression],
  [KIND_AwaitExpression, compileAwaitExpression],
];

export const operatorBranches: readonly BranchRow[] = [
  [KIND_BinaryExpression, branchOnBinary],
  [KIND_LogicalExpression, branchOnLogical],
  [KIND_UnaryExpression, branchOnUnary],
  [KIND_ConditionalExpression, branchOnConditional],
];
