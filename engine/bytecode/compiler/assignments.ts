// Assignment and update expressions, https://tc39.es/ecma262/#sec-assignment-operators and
// https://tc39.es/ecma262/#sec-update-expressions : a target is evaluated, then its value, then it is assigned.
import {
  type AssignmentExpression,
  type Expression,
  KIND_ArrayAssignmentPattern,
  KIND_AssignmentExpression,
  KIND_IdentifierReference,
  KIND_ObjectAssignmentPattern,
  KIND_UpdateExpression,
  type SimpleTarget,
  type UpdateExpression,
} from '../../syntax/ast.gen.ts';
import type { BinaryOperator } from '../../syntax/scope.ts';
import { Label } from '../writer.ts';
import {
  compileOperand,
  compileOperandBefore,
  compileTo,
  compileToTemporary,
  type ExpressionRow,
  type StatementRow,
  unparenthesized,
  writesLast,
} from './dispatch.ts';
import type { FunctionCompiler } from './function-compiler.ts';
import { compileNamed } from './functions.ts';
import { emitBinary, emitDecision } from './operators.ts';
import { compileAssignmentPattern } from './patterns.ts';
import { compileTarget, directRegister, fixKey, loadTarget, storeTarget, type Target } from './targets.ts';

function compileUpdate(c: FunctionCompiler, node: UpdateExpression, dst: number): void {
  const { emit, writer } = c;
  const mark = writer.mark();
  const target = compileTarget(c, node.argument);
  const direct = directRegister(c, target);
  if (direct !== -1) {
    if (node.prefix) {
      emitStep(c, node, direct, direct);
      if (dst !== direct) emit.move(dst, direct);
    } else {
      const old = dst === direct ? writer.newRegister() : dst;
      writer.at(node.argument.start);
      emit.toNumeric(old, direct);
      emitStep(c, node, direct, old);
      if (dst === direct) emit.move(dst, old);
    }
    writer.release(mark);
    return;
  }
  fixKey(c, target);
  const value = writer.newRegister();
  loadTarget(c, target, value);
  const updated = writer.newRegister();
  if (!node.prefix) emit.toNumeric(value, value);
  emitStep(c, node, updated, value);
  storeTarget(c, target, updated);
  emit.move(dst, node.prefix ? updated : value);
  writer.release(mark);
}

function emitStep(c: FunctionCompiler, node: UpdateExpression, dst: number, src: number): void {
  if (node.operator === '++') c.emit.increment(dst, src, c.writer.ic());
  else c.emit.decrement(dst, src, c.writer.ic());
}

function effectOfUpdate(c: FunctionCompiler, node: UpdateExpression): void {
  const target = compileTarget(c, node.argument);
  const direct = directRegister(c, target);
  if (direct !== -1) {
    emitStep(c, node, direct, direct);
    return;
  }
  fixKey(c, target);
  const value = c.writer.newRegister();
  loadTarget(c, target, value);
  emitStep(c, node, value, value);
  storeTarget(c, target, value);
}

/** The value of the right-hand side, named after an identifier that is its target. */
function compileAssigned(c: FunctionCompiler, node: AssignmentExpression, dst: number): void {
  if (node.target.kind === KIND_IdentifierReference) compileNamed(c, node.value, node.target.name, dst);
  else compileTo(c, node.value, dst);
}

function assignedOperand(c: FunctionCompiler, node: AssignmentExpression): number {
  if (node.target.kind !== KIND_IdentifierReference) return compileOperand(c, node.value);
  if (writesLast(node.value)) return compileOperand(c, node.value);
  const dst = c.writer.newRegister();
  compileNamed(c, node.value, node.target.name, dst);
  return dst;
}

/** Compiles an assignment; the register that holds its value. `a = b = …` is a loop: the targets, the value, the stores. */
function compileAssignmentValue(c: FunctionCompiler, node: AssignmentExpression): number {
  const outer: Target[] = [];
  let assignment = node;
  for (;;) {
    const value = unparenthesized(assignment.value);
    if (assignment.operator !== '=' || value.kind !== KIND_AssignmentExpression || isPattern(assignment))
      break;
    outer.push(compileTarget(c, assignment.target as SimpleTarget, value));
    assignment = value;
  }
  const value = compileInnermostAssignment(c, assignment);
  for (let i = outer.length - 1; i >= 0; i--) storeTarget(c, outer[i], value);
  return value;
}

function isPattern({ target }: AssignmentExpression): boolean {
  return target.kind === KIND_ObjectAssignmentPattern || target.kind === KIND_ArrayAssignmentPattern;
}

function compileInnermostAssignment(c: FunctionCompiler, node: AssignmentExpression): number {
  const { writer } = c;
  const { target: targetNode, operator } = node;
  if (targetNode.kind === KIND_ObjectAssignmentPattern || targetNode.kind === KIND_ArrayAssignmentPattern) {
    const value = compileToTemporary(c, node.value);
    const mark = writer.mark();
    compileAssignmentPattern(c, targetNode, value);
    writer.release(mark);
    return value;
  }
  const target = compileTarget(c, targetNode as SimpleTarget, node.value);
  const direct = directRegister(c, target);
  if (operator === '=') {
    if (direct !== -1 && writesLast(node.value)) {
      compileTo(c, node.value, direct);
      return direct;
    }
    const value = assignedOperand(c, node);
    storeTarget(c, target, value);
    return value;
  }
  fixKey(c, target);
  if (operator === '&&=' || operator === '||=' || operator === '??=') {
    const value = writer.newRegister();
    loadTarget(c, target, value);
    const end = new Label();
    emitDecision(c, operator.slice(0, 2) as '&&' | '||' | '??', value, end);
    compileAssigned(c, node, value);
    storeTarget(c, target, value);
    writer.bind(end);
    return value;
  }
  const binary = operator.slice(0, -1) as BinaryOperator;
  if (direct !== -1) {
    const left = compileOperandBefore(c, targetNode as Expression, node.value);
    const right = compileOperand(c, node.value);
    writer.at(targetNode.start);
    emitBinary(c, binary, direct, left, right);
    return direct;
  }
  const value = writer.newRegister();
  loadTarget(c, target, value);
  const right = compileOperand(c, node.value);
  if (target.targetKind !== 'invalid') writer.at(target.position);
  emitBinary(c, binary, value, value, right);
  storeTarget(c, target, value);
  return value;
}

function compileAssignment(c: FunctionCompiler, node: AssignmentExpression, dst: number): void {
  const mark = c.writer.mark();
  const value = compileAssignmentValue(c, node);
  if (value !== dst) c.emit.move(dst, value);
  c.writer.release(mark);
}

export const assignmentRows: readonly ExpressionRow[] = [
  [KIND_UpdateExpression, compileUpdate],
  [KIND_AssignmentExpression, compileAssignment],
];

export const assignmentEffects: readonly StatementRow[] = [
  [KIND_UpdateExpression, effectOfUpdate],
  [KIND_AssignmentExpression, compileAssignmentValue],
];
