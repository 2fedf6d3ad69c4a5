// Statements and declarations other than loops, https://tc39.es/ecma262/#sec-ecmascript-language-statements-and-declarations .
// In scripts and evals each keeps the completion value that the specification gives it in the register `completion`.
import {
  type BindingDeclaration,
  type Block,
  type BreakStatement,
  type CatchClause,
  type ClassDeclaration,
  type ContinueStatement,
  type ExportDeclaration,
  type ExportDefault,
  type ExpressionStatement,
  type FunctionDeclaration,
  type IfStatement,
  KIND_BindingIdentifier,
  KIND_Block,
  KIND_BreakStatement,
  KIND_ClassDeclaration,
  KIND_ContinueStatement,
  KIND_DebuggerStatement,
  KIND_DoWhileStatement,
  KIND_EmptyStatement,
  KIND_ExportClause,
  KIND_ExportDeclaration,
  KIND_ExportDefault,
  KIND_ExpressionStatement,
  KIND_ForInStatement,
  KIND_ForOfStatement,
  KIND_ForStatement,
  KIND_FunctionDeclaration,
  KIND_IfStatement,
  KIND_ImportDeclaration,
  KIND_LabelledStatement,
  KIND_LexicalDeclaration,
  KIND_ReturnStatement,
  KIND_SwitchStatement,
  KIND_ThrowStatement,
  KIND_TryStatement,
  KIND_VariableStatement,
  KIND_WhileStatement,
  KIND_WithStatement,
  type LabelledStatement,
  type LexicalDeclaration,
  type ReturnStatement,
  type Statement,
  type SwitchStatement,
  type ThrowStatement,
  type TryStatement,
  type VariableStatement,
  type WithStatement,
} from '../../syntax/ast.gen.ts';
import type { LexicalKind } from '../../syntax/scope.ts';
import type { Binding } from '../../syntax/scope-analysis.ts';
import { CALL_ASYNC_GENERATOR, REGION_BLOCK, REGION_IF, REGION_TRY } from '../unit.ts';
import { Label } from '../writer.ts';
import { initializeBinding, loadBinding } from './bindings.ts';
import { compileReturnOf } from './calls.ts';
import { compileClass } from './classes.ts';
import { isTrue } from './constant-folding.ts';
import {
  compileBranch,
  compileEffect,
  compileOperand,
  compileOperandBefore,
  compileStatement,
  compileStatements,
  compileTo,
  compileToTemporary,
  constantTest,
  type StatementRow,
  writesLast,
} from './dispatch.ts';
import {
  compileExit,
  compileReturn,
  enterCleanup,
  enterLabelled,
  enterSwitch,
  findTarget,
  leave,
} from './exits.ts';
import type { FunctionCompiler } from './function-compiler.ts';
import { compileNamed } from './functions.ts';
import { compileBindingPattern, varTarget } from './patterns.ts';
import { compileWithResources, declaresResources } from './resources.ts';
import { boundNameOf, closeScope, declareBlockFunctions, openScope, scopeInfoOf } from './scopes.ts';
import { directRegister, storeTarget } from './targets.ts';

/** The value of an empty completion becomes undefined. */
export function resetCompletion(c: FunctionCompiler): void {
  if (c.completion !== -1) c.emit.loadUndefined(c.completion);
}

function compileBlock(c: FunctionCompiler, node: Block): void {
  const start = c.writer.pc;
  const info = scopeInfoOf(c, node.scope);
  if (info.bindings.size === 0) {
    compileStatements(c, node.body);
    return;
  }
  const outer = openScope(c, info);
  declareBlockFunctions(c, node.scope, info);
  if (declaresResources(node.scope)) compileWithResources(c, () => compileStatements(c, node.body));
  else compileStatements(c, node.body);
  closeScope(c, outer);
  c.writer.region(REGION_BLOCK, start);
}

function compileVariables(c: FunctionCompiler, node: VariableStatement): void {
  for (const { target, initializer } of node.declarations) {
    if (initializer === null) continue;
    const mark = c.writer.mark();
    if (target.kind === KIND_BindingIdentifier) {
      const variable = varTarget(c, target);
      const direct = directRegister(c, variable);
      if (direct !== -1 && writesLast(initializer)) compileTo(c, initializer, direct);
      else {
        const value = c.writer.newRegister();
        compileNamed(c, initializer, target.name, value);
        c.writer.at(target.start);
        storeTarget(c, variable, value);
      }
    } else {
      const value = compileToTemporary(c, initializer);
      c.writer.at(initializer.start);
      compileBindingPattern(c, target, value, findNothing);
    }
    c.writer.release(mark);
  }
}

function findNothing(): null {
  return null;
}

function compileLexical(c: FunctionCompiler, node: LexicalDeclaration): void {
  for (const declaration of node.declarations) compileLexicalBinding(c, declaration, node.declarationKind);
}

function compileLexicalBinding(
  c: FunctionCompiler,
  { target, initializer }: BindingDeclaration,
  declarationKind: LexicalKind,
): void {
  const { writer } = c;
  const mark = writer.mark();
  if (target.kind !== KIND_BindingIdentifier) {
    const value =
      initializer === null ? writer.constantRegister(undefined) : compileToTemporary(c, initializer);
    writer.at(target.start);
    compileBindingPattern(c, target, value, (name) => c.scope.bindings.get(name) ?? null);
    writer.release(mark);
    return;
  }
  const binding = c.scope.bindings.get(target.name) as Binding;
  const isPlain = declarationKind === 'let' || declarationKind === 'const';
  const register = c.registers.get(binding);
  if (isPlain && binding.storage === 'register' && register !== undefined && !binding.isChecked) {
    if (initializer === null) c.emit.loadUndefined(register);
    else compileNamed(c, initializer, target.name, register);
    writer.release(mark);
    return;
  }
  const value = writer.newRegister();
  if (initializer === null) c.emit.loadUndefined(value);
  else compileNamed(c, initializer, target.name, value);
  writer.at(target.start);
  addResource(c, declarationKind, value);
  initializeBinding(c, binding, value);
  writer.release(mark);
}

/** Registers the value of a `using` declaration for disposal. */
export function addResource(c: FunctionCompiler, declarationKind: LexicalKind, value: number): void {
  if (declarationKind === 'using') c.emit.addDisposable(c.disposeCapability, value, 0);
  else if (declarationKind === 'await using') c.emit.addDisposable(c.disposeCapability, value, 1);
}

function compileNothing(): void {}

/** FunctionDeclaration; in blocks of sloppy code with the assignment of Annex B.3.2. */
function compileFunctionDeclaration(c: FunctionCompiler, node: FunctionDeclaration): void {
  const index = c.annexBIndex.get(node);
  if (index === undefined && !isActiveAnnexB(c, node)) return;
  const { emit, writer } = c;
  const mark = writer.mark();
  const name = boundNameOf(node);
  const binding = c.scope.bindings.get(name) as Binding;
  const value = writer.newRegister();
  loadBinding(c, binding, false, value);
  if (index === undefined) {
    let scope = c.scope.parent;
    while (scope !== null && scope.kind !== 'function') scope = scope.parent;
    initializeBinding(c, scope?.bindings.get(name) as Binding, value);
  } else emit.assignAnnexB(c.annexBActive, index, c.environmentRegister, writer.constant(name), value);
  writer.release(mark);
}

/** In functions: whether the var binding of a block's function was made. */
function isActiveAnnexB(c: FunctionCompiler, node: FunctionDeclaration): boolean {
  let scope = c.scope.parent;
  while (scope !== null && scope.kind !== 'function') scope = scope.parent;
  if (scope === null || scope.scope === null || scope.functionLevel !== c.scope.functionLevel) return false;
  if (!scope.scope.annexBFunctions.includes(node)) return false;
  const name = boundNameOf(node);
  const info = scope.owner?.info;
  if (info?.parameterNames.includes(name) === true) return false;
  const binding = scope.bindings.get(name);
  return binding !== undefined && (binding.kind === 'var' || binding.kind === 'function');
}

function compileExpressionStatement(c: FunctionCompiler, node: ExpressionStatement): void {
  if (c.completion === -1) compileEffect(c, node.expression);
  else compileTo(c, node.expression, c.completion);
}

function compileIf(c: FunctionCompiler, node: IfStatement): void {
  const { emit, writer } = c;
  const end = new Label();
  const starts: number[] = [];
  let statement: Statement | null = node;
  // `else if` is a loop.
  while (statement !== null && statement.kind === KIND_IfStatement) {
    const { test, consequent, alternate }: IfStatement = statement;
    const constant = constantTest(c, test);
    if (constant !== null) statement = isTrue(constant) ? consequent : alternate;
    else {
      starts.push(writer.pc);
      const otherwise = new Label();
      compileBranch(c, test, otherwise, false);
      resetCompletion(c);
      compileStatement(c, consequent);
      if (alternate !== null || c.completion !== -1) emit.jump(end);
      writer.bind(otherwise);
      statement = alternate;
    }
    resetCompletion(c);
  }
  if (statement !== null) compileStatement(c, statement);
  writer.bind(end);
  for (let i = starts.length - 1; i >= 0; i--) writer.region(REGION_IF, starts[i]);
}

function compileBreak(c: FunctionCompiler, node: BreakStatement): void {
  compileExit(c, { exitKind: 'jump', statement: findTarget(c, node.label, false), isContinue: false });
}

function compileContinue(c: FunctionCompiler, node: ContinueStatement): void {
  compileExit(c, { exitKind: 'jump', statement: findTarget(c, node.label, true), isContinue: true });
}

function compileReturnStatement(c: FunctionCompiler, node: ReturnStatement): void {
  const { emit, writer } = c;
  if (node.argument === null) {
    compileReturn(c, writer.constantRegister(undefined));
    return;
  }
  if (c.unit.callKind !== CALL_ASYNC_GENERATOR) {
    compileReturnOf(c, node.argument);
    return;
  }
  const value = compileToTemporary(c, node.argument);
  writer.at(node.start);
  emit.await(value, value);
  compileReturn(c, value);
}

function compileWith(c: FunctionCompiler, node: WithStatement): void {
  const { emit, writer } = c;
  const object = compileToTemporary(c, node.object);
  writer.at(node.object.start);
  emit.toObject(object, object);
  const register = writer.newRegister();
  emit.newWithEnvironment(register, c.environmentRegister, object);
  const outer = { environment: c.environment, scope: c.scope };
  c.pushEnvironment(null, register);
  c.scope = scopeInfoOf(c, node.scope);
  resetCompletion(c);
  compileStatement(c, node.body);
  closeScope(c, outer);
}

function takeLabels(c: FunctionCompiler): readonly string[] {
  const { labels } = c;
  c.labels = [];
  return labels;
}

function compileSwitch(c: FunctionCompiler, node: SwitchStatement): void {
  const { emit, writer } = c;
  const labels = takeLabels(c);
  const start = writer.pc;
  const cases = node.cases;
  const input = compileOperandBefore(c, node.discriminant, ...cases.map((clause) => clause.test));
  const info = scopeInfoOf(c, node.scope);
  const outer = openScope(c, info);
  declareBlockFunctions(c, node.scope, info);
  const statement = enterSwitch(c, labels);
  resetCompletion(c);
  const targets = cases.map(() => new Label());
  cases.forEach((clause, i) => {
    if (clause.test === null) return;
    const mark = writer.mark();
    const selector = compileOperand(c, clause.test);
    writer.at(clause.test.start);
    emit.jumpIfStrictEqual(input, selector, targets[i]);
    writer.release(mark);
  });
  const byDefault = cases.findIndex((clause) => clause.test === null);
  emit.jump(byDefault === -1 ? statement.breakLabel : targets[byDefault]);
  cases.forEach((clause, i) => {
    writer.bind(targets[i]);
    compileStatements(c, clause.body);
  });
  writer.bind(statement.breakLabel);
  leave(c, statement);
  closeScope(c, outer);
  writer.region(REGION_BLOCK, start);
}

const LABEL_TAKERS: ReadonlySet<number> = new Set([
  KIND_DoWhileStatement,
  KIND_WhileStatement,
  KIND_ForStatement,
  KIND_ForInStatement,
  KIND_ForOfStatement,
  KIND_SwitchStatement,
  KIND_LabelledStatement,
]);

function compileLabelled(c: FunctionCompiler, node: LabelledStatement): void {
  const labels = [...takeLabels(c), node.label];
  if (LABEL_TAKERS.has(node.body.kind)) {
    c.labels = labels;
    compileStatement(c, node.body);
    c.labels = [];
    return;
  }
  const statement = enterLabelled(c, labels);
  compileStatement(c, node.body);
  c.writer.bind(statement.breakLabel);
  leave(c, statement);
}

function compileThrow(c: FunctionCompiler, node: ThrowStatement): void {
  const value = compileOperand(c, node.argument);
  c.writer.at(node.start);
  c.emit.throw(value);
}

function compileCatch(c: FunctionCompiler, node: CatchClause, thrown: number): void {
  resetCompletion(c);
  if (node.parameter === null) {
    compileStatement(c, node.body);
    return;
  }
  const info = scopeInfoOf(c, node.scope);
  const outer = openScope(c, info);
  const find = (name: string): Binding | null => info.bindings.get(name) ?? null;
  if (node.parameter.kind === KIND_BindingIdentifier)
    initializeBinding(c, find(node.parameter.name) as Binding, thrown);
  else compileBindingPattern(c, node.parameter, thrown, find);
  compileStatement(c, node.body);
  closeScope(c, outer);
}

function compileTry(c: FunctionCompiler, node: TryStatement): void {
  const start = c.writer.pc;
  if (node.finalizer === null) compileTryCatch(c, node);
  else compileTryFinally(c, node, node.finalizer);
  c.writer.region(REGION_TRY, start);
}

/** try … catch */
function compileTryCatch(c: FunctionCompiler, node: TryStatement): void {
  const { emit, writer } = c;
  const { tailCallsAllowed } = c;
  const thrown = writer.newRegister();
  const end = new Label();
  c.tailCallsAllowed = false;
  resetCompletion(c);
  const handler = writer.openHandler(thrown);
  compileStatement(c, node.block);
  writer.closeHandler(handler);
  c.tailCallsAllowed = tailCallsAllowed;
  if (node.handler === null) return;
  emit.jump(end);
  writer.bind(handler.target);
  compileCatch(c, node.handler, thrown);
  writer.bind(end);
}

/** How the guarded part ended, while the finally block runs: an exit has its index plus EXIT_BASE. */
const ENDED_NORMALLY = 0;
const ENDED_BY_THROW = 1;
const EXIT_BASE = 2;

/** try … finally, with or without catch. */
function compileTryFinally(c: FunctionCompiler, node: TryStatement, finalizer: Block): void {
  const { emit, writer } = c;
  const { tailCallsAllowed } = c;
  const kind = writer.newRegister();
  const value = writer.newRegister();
  const finallyLabel = new Label();
  // What the register was used for before is no value.
  emit.loadUndefined(value);
  c.tailCallsAllowed = false;
  resetCompletion(c);
  const cleanup = enterCleanup(c);
  const handler = writer.openHandler(value);
  if (node.handler === null) compileStatement(c, node.block);
  else compileTryCatch(c, node);
  writer.closeHandler(handler);
  leave(c, cleanup);
  c.tailCallsAllowed = tailCallsAllowed;
  const exits = cleanup.exits ?? [];
  emit.loadInt(kind, ENDED_NORMALLY);
  emit.jump(finallyLabel);
  exits.forEach((exit, i) => {
    writer.bind(exit.stub);
    if (exit.target.exitKind === 'return') emit.move(value, c.returnRegister);
    emit.loadInt(kind, EXIT_BASE + i);
    emit.jump(finallyLabel);
  });
  writer.bind(handler.target);
  emit.loadInt(kind, ENDED_BY_THROW);
  writer.bind(finallyLabel);
  let completion = -1;
  if (c.completion !== -1) {
    completion = writer.newRegister();
    emit.move(completion, c.completion);
    resetCompletion(c);
  }
  compileStatement(c, finalizer);
  if (completion !== -1) emit.move(c.completion, completion);
  const end = new Label();
  emit.jumpIfInt(kind, ENDED_NORMALLY, end);
  exits.forEach((exit, i) => {
    const next = new Label();
    const here = new Label();
    emit.jumpIfInt(kind, EXIT_BASE + i, here);
    emit.jump(next);
    writer.bind(here);
    if (exit.target.exitKind === 'return') compileReturn(c, value);
    else compileExit(c, exit.target);
    writer.bind(next);
  });
  emit.throw(value);
  writer.bind(end);
}

function compileClassDeclaration(c: FunctionCompiler, node: ClassDeclaration): void {
  const { writer } = c;
  const name = node.name === null ? 'default' : node.name.name;
  const value = writer.newRegister();
  compileClass(c, node, node.name === null ? null : name, writer.constantRegister(name), value);
  initializeBinding(c, c.scope.bindings.get(node.name === null ? '*default*' : name) as Binding, value);
}

function compileExportDeclaration(c: FunctionCompiler, node: ExportDeclaration): void {
  compileStatement(c, node.declaration);
}

function compileExportDefault(c: FunctionCompiler, node: ExportDefault): void {
  const { declaration } = node;
  if (declaration.kind === KIND_FunctionDeclaration) return;
  if (declaration.kind === KIND_ClassDeclaration) {
    compileClassDeclaration(c, declaration);
    return;
  }
  c.writer.at(node.start);
  const value = c.writer.newRegister();
  compileNamed(c, declaration, 'default', value);
  initializeBinding(c, c.scope.bindings.get('*default*') as Binding, value);
}

export const statementRows: readonly StatementRow[] = [
  [KIND_Block, compileBlock],
  [KIND_VariableStatement, compileVariables],
  [KIND_LexicalDeclaration, compileLexical],
  [KIND_EmptyStatement, compileNothing],
  [KIND_DebuggerStatement, compileNothing],
  [KIND_ImportDeclaration, compileNothing],
  [KIND_ExportClause, compileNothing],
  [KIND_FunctionDeclaration, compileFunctionDeclaration],
  [KIND_ExpressionStatement, compileExpressionStatement],
  [KIND_IfStatement, compileIf],
  [KIND_ContinueStatement, compileContinue],
  [KIND_BreakStatement, compileBreak],
  [KIND_ReturnStatement, compileReturnStatement],
  [KIND_WithStatement, compileWith],
  [KIND_SwitchStatement, compileSwitch],
  [KIND_LabelledStatement, compileLabelled],
  [KIND_ThrowStatement, compileThrow],
  [KIND_TryStatement, compileTry],
  [KIND_ClassDeclaration, compileClassDeclaration],
  [KIND_ExportDeclaration, compileExportDeclaration],
  [KIND_ExportDefault, compileExportDefault],
];
