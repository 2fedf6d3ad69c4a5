// Iteration statements, https://tc39.es/ecma262/#sec-iteration-statements . Every way back is a Loop instruction, which
// charges fuel.
import {
  type AssignmentTarget,
  type DoWhileStatement,
  type Expression,
  type ForInStatement,
  type ForOfStatement,
  type ForStatement,
  KIND_ArrayAssignmentPattern,
  KIND_BindingIdentifier,
  KIND_DoWhileStatement,
  KIND_ForInStatement,
  KIND_ForOfStatement,
  KIND_ForStatement,
  KIND_LexicalDeclaration,
  KIND_ObjectAssignmentPattern,
  KIND_VariableStatement,
  KIND_WhileStatement,
  type LexicalDeclaration,
  type SimpleTarget,
  type VariableStatement,
  type WhileStatement,
} from '../../syntax/ast.gen.ts';
import type { Binding } from '../../syntax/scope-analysis.ts';
import { REGION_LOOP } from '../unit.ts';
import { Label } from '../writer.ts';
import { initializeBinding } from './bindings.ts';
import {
  compileBranch,
  compileEffect,
  compileStatement,
  compileToTemporary,
  type StatementRow,
} from './dispatch.ts';
import { type Breakable, compileExit, enterCleanup, enterLoop, leave } from './exits.ts';
import type { FunctionCompiler } from './function-compiler.ts';
import { compileNamed } from './functions.ts';
import { compileAssignmentPattern, compileBindingPattern, varTarget } from './patterns.ts';
import { compileWithResources, declaresResources } from './resources.ts';
import { closeScope, openScope, scopeInfoOf } from './scopes.ts';
import { addResource, resetCompletion } from './statements.ts';
import { compileAsyncIteratorClose, compileAsyncIteratorCloseQuietly } from './suspension.ts';
import { compileTarget, storeTarget } from './targets.ts';

function takeLabels(c: FunctionCompiler): readonly string[] {
  const { labels } = c;
  c.labels = [];
  return labels;
}

function compileDoWhile(c: FunctionCompiler, node: DoWhileStatement): void {
  const { emit, writer } = c;
  const statement = enterLoop(c, takeLabels(c));
  const start = writer.pc;
  const top = new Label();
  resetCompletion(c);
  writer.bind(top);
  compileStatement(c, node.body);
  writer.bind(statement.continueLabel);
  compileBranch(c, node.test, statement.breakLabel, false);
  emit.loop(top);
  writer.bind(statement.breakLabel);
  leave(c, statement);
  writer.region(REGION_LOOP, start);
}

function compileWhile(c: FunctionCompiler, node: WhileStatement): void {
  const { emit, writer } = c;
  const statement = enterLoop(c, takeLabels(c));
  const start = writer.pc;
  resetCompletion(c);
  writer.bind(statement.continueLabel);
  compileBranch(c, node.test, statement.breakLabel, false);
  compileStatement(c, node.body);
  emit.loop(statement.continueLabel);
  writer.bind(statement.breakLabel);
  leave(c, statement);
  writer.region(REGION_LOOP, start);
}

function compileFor(c: FunctionCompiler, node: ForStatement): void {
  const labels = takeLabels(c);
  const info = scopeInfoOf(c, node.scope);
  const outer = openScope(c, info);
  const environment = info.needsEnvironment ? c.environmentRegister : -1;
  const hasLets = node.scope.lexicals.some((lexical) => lexical.bindingKind === 'let');
  const compileAll = (): void => {
    const { init } = node;
    if (init !== null) {
      if (init.kind === KIND_VariableStatement || init.kind === KIND_LexicalDeclaration)
        compileStatement(c, init);
      else compileEffect(c, init);
    }
    compileForBody(c, node, labels, hasLets ? environment : -1);
  };
  if (declaresResources(node.scope)) compileWithResources(c, compileAll);
  else compileAll();
  closeScope(c, outer);
}

/** ForBodyEvaluation; `environment` is the register of what each iteration has a copy of, or -1. */
function compileForBody(
  c: FunctionCompiler,
  node: ForStatement,
  labels: readonly string[],
  environment: number,
): void {
  const { emit, writer } = c;
  const statement = enterLoop(c, labels);
  const start = writer.pc;
  const top = new Label();
  resetCompletion(c);
  if (environment !== -1) emit.copyEnvironment(environment, environment);
  writer.bind(top);
  if (node.test !== null) compileBranch(c, node.test, statement.breakLabel, false);
  compileStatement(c, node.body);
  writer.bind(statement.continueLabel);
  if (environment !== -1) emit.copyEnvironment(environment, environment);
  if (node.update !== null) compileEffect(c, node.update);
  emit.loop(top);
  writer.bind(statement.breakLabel);
  leave(c, statement);
  writer.region(REGION_LOOP, start);
}

type ForHead = VariableStatement | LexicalDeclaration | AssignmentTarget;

/** The value of the expression of a for-in or for-of head, with the names it declares in their dead zone. */
function compileHead(c: FunctionCompiler, node: ForInStatement | ForOfStatement): number {
  const value = c.writer.newRegister();
  const info = scopeInfoOf(c, node.scope);
  if (info.bindings.size === 0) {
    const outer = { environment: c.environment, scope: c.scope };
    c.scope = info;
    compileInto(c, node.right, value);
    closeScope(c, outer);
    return value;
  }
  const outer = openScope(c, info);
  compileInto(c, node.right, value);
  closeScope(c, outer);
  return value;
}

function compileInto(c: FunctionCompiler, node: Expression, dst: number): void {
  const mark = c.writer.mark();
  c.emit.move(dst, compileToTemporary(c, node));
  c.writer.release(mark);
}

/** Binds or assigns the value of one iteration: ForIn/OfBodyEvaluation steps 6.g to 6.i. */
function compileIterationValue(c: FunctionCompiler, left: ForHead, value: number): void {
  const { writer } = c;
  const mark = writer.mark();
  if (left.kind === KIND_LexicalDeclaration) {
    const { target } = left.declarations[0];
    const find = (name: string): Binding | null => c.scope.bindings.get(name) ?? null;
    if (target.kind === KIND_BindingIdentifier) {
      addResource(c, left.declarationKind, value);
      initializeBinding(c, find(target.name) as Binding, value);
    } else compileBindingPattern(c, target, value, find);
  } else if (left.kind === KIND_VariableStatement) {
    const { target } = left.declarations[0];
    if (target.kind === KIND_BindingIdentifier) storeTarget(c, varTarget(c, target), value);
    else compileBindingPattern(c, target, value, () => null);
  } else if (left.kind === KIND_ObjectAssignmentPattern || left.kind === KIND_ArrayAssignmentPattern) {
    compileAssignmentPattern(c, left, value);
  } else storeTarget(c, compileTarget(c, left as SimpleTarget), value);
  writer.release(mark);
}

/** One iteration in a scope of its own. */
function compileIteration(c: FunctionCompiler, node: ForInStatement | ForOfStatement, value: number): void {
  const outer = openScope(c, scopeInfoOf(c, node.scope));
  const compileAll = (): void => {
    compileIterationValue(c, node.left, value);
    compileStatement(c, node.body);
  };
  if (declaresResources(node.scope)) compileWithResources(c, compileAll);
  else compileAll();
  closeScope(c, outer);
}

function compileForIn(c: FunctionCompiler, node: ForInStatement): void {
  const { emit, writer } = c;
  const labels = takeLabels(c);
  if (node.left.kind === KIND_VariableStatement) {
    const { target, initializer } = node.left.declarations[0];
    if (initializer !== null && target.kind === KIND_BindingIdentifier) {
      const mark = writer.mark();
      const variable = varTarget(c, target);
      const value = writer.newRegister();
      compileNamed(c, initializer, target.name, value);
      storeTarget(c, variable, value);
      writer.release(mark);
    }
  }
  const object = compileHead(c, node);
  const statement = enterLoop(c, labels);
  const start = writer.pc;
  resetCompletion(c);
  emit.jumpIfNullish(object, statement.breakLabel);
  const enumerator = writer.newRegister();
  const value = writer.newRegister();
  emit.forInStart(enumerator, object);
  writer.bind(statement.continueLabel);
  emit.forInNext(value, enumerator, statement.breakLabel);
  compileIteration(c, node, value);
  emit.loop(statement.continueLabel);
  writer.bind(statement.breakLabel);
  leave(c, statement);
  writer.region(REGION_LOOP, start);
}

function compileForOf(c: FunctionCompiler, node: ForOfStatement): void {
  const { emit, writer } = c;
  const labels = takeLabels(c);
  const object = compileHead(c, node);
  const iterator = writer.newRegister();
  const value = writer.newRegister();
  const thrown = writer.newRegister();
  writer.at(node.right.start);
  if (node.isAwait) emit.getAsyncIterator(iterator, object);
  else emit.getIterator(iterator, object);
  const statement = enterLoop(c, labels);
  const start = writer.pc;
  const body = new Label();
  const done = new Label();
  resetCompletion(c);
  writer.bind(statement.continueLabel);
  writer.at(node.right.start);
  if (!node.isAwait) emit.iteratorStep(value, iterator, done, body);
  emit.iteratorNext(value, iterator);
  if (node.isAwait) emit.await(value, value);
  emit.iteratorUnwrap(value, iterator, value, done);
  writer.bind(body);
  compileGuardedIteration(c, node, statement, { iterator, value, thrown });
  emit.loop(statement.continueLabel);
  // Breaks get here through their stubs, which have closed the iterator.
  writer.bind(statement.breakLabel);
  writer.bind(done);
  leave(c, statement);
  writer.region(REGION_LOOP, start);
}

interface IterationRegisters {
  readonly iterator: number;
  readonly value: number;
  readonly thrown: number;
}

/** The binding and the body of one iteration; leaving them closes the iterator. */
function compileGuardedIteration(
  c: FunctionCompiler,
  node: ForOfStatement,
  statement: Breakable,
  { iterator, value, thrown }: IterationRegisters,
): void {
  const { emit, writer } = c;
  const { tailCallsAllowed } = c;
  c.tailCallsAllowed = false;
  const cleanup = enterCleanup(c);
  const handler = writer.openHandler(thrown);
  compileIteration(c, node, value);
  writer.closeHandler(handler);
  leave(c, cleanup);
  c.tailCallsAllowed = tailCallsAllowed;
  const next = new Label();
  emit.jump(next);
  writer.bind(handler.target);
  writer.at(node.right.start);
  if (node.isAwait) compileAsyncIteratorCloseQuietly(c, iterator);
  else emit.iteratorCloseQuietly(iterator, 0);
  emit.throw(thrown);
  for (const exit of cleanup.exits ?? []) {
    writer.bind(exit.stub);
    const { target } = exit;
    const goesOn = target.exitKind === 'jump' && target.statement === statement && target.isContinue;
    if (!goesOn) {
      if (node.isAwait) compileAsyncIteratorClose(c, iterator);
      else emit.iteratorClose(iterator, 0);
    }
    if (goesOn) emit.jump(next);
    else compileExit(c, target);
  }
  writer.bind(next);
}

export const loopRows: readonly StatementRow[] = [
  [KIND_DoWhileStatement, compileDoWhile],
  [KIND_WhileStatement, compileWhile],
  [KIND_ForStatement, compileFor],
  [KIND_ForInStatement, compileForIn],
  [KIND_ForOfStatement, compileForOf],
];
