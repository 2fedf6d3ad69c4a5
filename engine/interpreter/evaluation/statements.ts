// biome-ignore-all lint/correctness/useYield: the evaluators of a table have one form
// hot
// Statements and declarations other than loops and classes,
// https://tc39.es/ecma262/#sec-ecmascript-language-statements-and-declarations .
import type { Agent } from '../../runtime/agent.ts';
import { ThrowCompletion } from '../../runtime/completion.ts';
import {
  DeclarativeEnvironment,
  type InitializeHint,
  ObjectEnvironment,
} from '../../runtime/environments.ts';
import { guestValueOf } from '../../runtime/errors.ts';
import { ToBoolean, ToObject } from '../../runtime/operations/type-conversion.ts';
import { IsStrictlyEqual } from '../../runtime/same-value.ts';
import type { Value } from '../../runtime/value.ts';
import {
  type BindingDeclaration,
  type Block,
  type BreakStatement,
  type CatchClause,
  type ContinueStatement,
  type DebuggerStatement,
  type EmptyStatement,
  type ExportClause,
  type ExportDeclaration,
  type ExportDefault,
  type ExpressionStatement,
  type FunctionDeclaration,
  type IfStatement,
  type ImportDeclaration,
  KIND_BindingIdentifier,
  KIND_Block,
  KIND_BreakStatement,
  KIND_ClassDeclaration,
  KIND_ContinueStatement,
  KIND_DebuggerStatement,
  KIND_EmptyStatement,
  KIND_ExportClause,
  KIND_ExportDeclaration,
  KIND_ExportDefault,
  KIND_ExpressionStatement,
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
  KIND_WithStatement,
  type LabelledStatement,
  type LexicalDeclaration,
  type ReturnStatement,
  type Statement,
  type SwitchCase,
  type SwitchStatement,
  type ThrowStatement,
  type TryStatement,
  type VariableStatement,
  type WithStatement,
} from '../../syntax/ast.gen.ts';
import type { LexicalKind } from '../../syntax/scope.ts';
import { boundNameOf } from '../bound-names.ts';
import { BlockDeclarationInstantiation, CatchEnvironment } from '../declarations.ts';
import {
  COMPLETION_BREAK,
  COMPLETION_CONTINUE,
  COMPLETION_NORMAL,
  COMPLETION_RETURN,
  type CompletionKind,
  EMPTY,
  type Frame,
  NO_LABELS,
  ReturnSignal,
  takeLabelSet,
} from '../frame.ts';
import { InitializeReferencedBinding, PutValue, ResolveBinding } from '../references.ts';
import { BindingClassDeclarationEvaluation, ClassDefinitionEvaluation } from './classes.ts';
import {
  EvaluateExpression,
  EvaluateStatement,
  EvaluateStatementList,
  EvaluateWithName,
  type StatementRow,
} from './dispatch.ts';
import type { Evaluation } from './evaluation.ts';
import { BindingInitialization } from './patterns.ts';
import { DisposeScope, DisposeScopeAndThrow, declaresResources } from './resources.ts';
import { Await } from './suspension.ts';
import { EvaluateInTailPosition } from './tail-calls.ts';

/** The value of an empty completion becomes undefined: UpdateEmpty(completion, undefined). */
function updateEmpty(context: Frame): void {
  if (context.completionValue === EMPTY) context.completionValue = undefined;
}

/** Block : { StatementList } — https://tc39.es/ecma262/#sec-block-runtime-semantics-evaluation */
export function* Evaluate_Block(agent: Agent, context: Frame, node: Block): Evaluation<CompletionKind> {
  if (node.scope.lexicals.length === 0) return yield* EvaluateStatementList(agent, context, node.body);
  const oldEnv = context.lexicalEnvironment;
  const blockEnv = new DeclarativeEnvironment(oldEnv);
  BlockDeclarationInstantiation(agent, context, node.scope, blockEnv);
  context.lexicalEnvironment = blockEnv;
  let kind: CompletionKind;
  if (declaresResources(node.scope)) {
    const { tailCallsAllowed } = context;
    context.tailCallsAllowed = false;
    try {
      kind = yield* EvaluateStatementList(agent, context, node.body);
    } catch (thrown) {
      return yield* DisposeScopeAndThrow(agent, context, blockEnv, thrown);
    }
    context.tailCallsAllowed = tailCallsAllowed;
    yield* DisposeScope(agent, context, blockEnv);
  } else kind = yield* EvaluateStatementList(agent, context, node.body);
  context.lexicalEnvironment = oldEnv;
  return kind;
}

/** InitializeBinding's hint for a kind of lexical declaration. */
export function hintOf(declarationKind: LexicalKind): InitializeHint {
  if (declarationKind === 'using') return 'sync-dispose';
  return declarationKind === 'await using' ? 'async-dispose' : 'normal';
}

/** VariableStatement — https://tc39.es/ecma262/#sec-variable-statement-runtime-semantics-evaluation */
function* Evaluate_VariableStatement(
  agent: Agent,
  context: Frame,
  node: VariableStatement,
): Evaluation<CompletionKind> {
  const declarations = node.declarations;
  for (let i = 0; i < declarations.length; i++) {
    const { target, initializer } = declarations[i];
    if (initializer === null) continue;
    if (target.kind === KIND_BindingIdentifier) {
      context.position = target.start;
      const lhs = ResolveBinding(agent, context, target.name);
      const value = yield* EvaluateWithName(agent, context, initializer, target.name);
      context.position = target.start;
      PutValue(agent, lhs, value);
    } else {
      const value = yield* EvaluateExpression(agent, context, initializer);
      context.position = initializer.start;
      yield* BindingInitialization(agent, context, target, value, null);
    }
  }
  context.completionValue = EMPTY;
  return COMPLETION_NORMAL;
}

/** LexicalDeclaration — https://tc39.es/ecma262/#sec-let-and-const-declarations-runtime-semantics-evaluation */
function* Evaluate_LexicalDeclaration(
  agent: Agent,
  context: Frame,
  node: LexicalDeclaration,
): Evaluation<CompletionKind> {
  const declarations = node.declarations;
  for (let i = 0; i < declarations.length; i++) {
    yield* EvaluateLexicalBinding(agent, context, declarations[i], hintOf(node.declarationKind));
  }
  context.completionValue = EMPTY;
  return COMPLETION_NORMAL;
}

/** LexicalBinding — https://tc39.es/ecma262/#sec-let-and-const-declarations-runtime-semantics-evaluation */
function* EvaluateLexicalBinding(
  agent: Agent,
  context: Frame,
  node: BindingDeclaration,
  hint: InitializeHint,
): Evaluation<void> {
  const { target, initializer } = node;
  if (target.kind === KIND_BindingIdentifier) {
    context.position = target.start;
    const lhs = ResolveBinding(agent, context, target.name);
    const value =
      initializer === null ? undefined : yield* EvaluateWithName(agent, context, initializer, target.name);
    context.position = target.start;
    InitializeReferencedBinding(agent, lhs, value, hint);
    return;
  }
  const value = initializer === null ? undefined : yield* EvaluateExpression(agent, context, initializer);
  context.position = target.start;
  yield* BindingInitialization(agent, context, target, value, context.lexicalEnvironment);
}

/** EmptyStatement, DebuggerStatement and module items that evaluate to nothing. */
function* Evaluate_EmptyStatement(
  _agent: Agent,
  context: Frame,
  _node: EmptyStatement | DebuggerStatement | ImportDeclaration | ExportClause,
): Evaluation<CompletionKind> {
  context.completionValue = EMPTY;
  return COMPLETION_NORMAL;
}

/** FunctionDeclaration; in blocks of sloppy code with the assignment of Annex B.3.2 — https://tc39.es/ecma262/#sec-function-definitions-runtime-semantics-evaluation */
function* Evaluate_FunctionDeclaration(
  agent: Agent,
  context: Frame,
  node: FunctionDeclaration,
): Evaluation<CompletionKind> {
  if (context.annexBFunctions?.has(node) === true) {
    const F = boundNameOf(node);
    const fobj = context.lexicalEnvironment.GetBindingValue(agent, F, false);
    context.variableEnvironment.SetMutableBinding(agent, F, fobj, false);
  }
  context.completionValue = EMPTY;
  return COMPLETION_NORMAL;
}

/** ExpressionStatement — https://tc39.es/ecma262/#sec-expression-statement-runtime-semantics-evaluation */
function* Evaluate_ExpressionStatement(
  agent: Agent,
  context: Frame,
  node: ExpressionStatement,
): Evaluation<CompletionKind> {
  const value = yield* EvaluateExpression(agent, context, node.expression);
  context.completionValue = value;
  return COMPLETION_NORMAL;
}

/** IfStatement — https://tc39.es/ecma262/#sec-if-statement-runtime-semantics-evaluation */
function* Evaluate_IfStatement(agent: Agent, context: Frame, node: IfStatement): Evaluation<CompletionKind> {
  let statement: Statement | null = node;
  // `else if` is a loop.
  while (statement !== null && statement.kind === KIND_IfStatement) {
    const { test, consequent, alternate }: IfStatement = statement;
    const exprValue = ToBoolean(yield* EvaluateExpression(agent, context, test));
    statement = exprValue ? consequent : alternate;
  }
  if (statement === null) {
    context.completionValue = undefined;
    return COMPLETION_NORMAL;
  }
  const kind = yield* EvaluateStatement(agent, context, statement);
  updateEmpty(context);
  return kind;
}

/** ContinueStatement — https://tc39.es/ecma262/#sec-continue-statement-runtime-semantics-evaluation */
function* Evaluate_ContinueStatement(
  _agent: Agent,
  context: Frame,
  node: ContinueStatement,
): Evaluation<CompletionKind> {
  context.completionValue = EMPTY;
  context.completionTarget = node.label;
  return COMPLETION_CONTINUE;
}

/** BreakStatement — https://tc39.es/ecma262/#sec-break-statement-runtime-semantics-evaluation */
function* Evaluate_BreakStatement(
  _agent: Agent,
  context: Frame,
  node: BreakStatement,
): Evaluation<CompletionKind> {
  context.completionValue = EMPTY;
  context.completionTarget = node.label;
  return COMPLETION_BREAK;
}

/** ReturnStatement — https://tc39.es/ecma262/#sec-return-statement-runtime-semantics-evaluation */
function* Evaluate_ReturnStatement(
  agent: Agent,
  context: Frame,
  node: ReturnStatement,
): Evaluation<CompletionKind> {
  let value: Value;
  if (node.argument !== null && context.tailCallsAllowed) {
    value = yield* EvaluateInTailPosition(agent, context, node.argument);
  } else if (node.argument !== null) {
    value = yield* EvaluateExpression(agent, context, node.argument);
    if (context.generatorKind === 'async') {
      context.position = node.start;
      value = yield* Await(agent, context, value);
    }
  }
  context.completionValue = value;
  return COMPLETION_RETURN;
}

/** WithStatement — https://tc39.es/ecma262/#sec-with-statement-runtime-semantics-evaluation */
function* Evaluate_WithStatement(
  agent: Agent,
  context: Frame,
  node: WithStatement,
): Evaluation<CompletionKind> {
  const value = yield* EvaluateExpression(agent, context, node.object);
  context.position = node.object.start;
  const obj = ToObject(agent, value);
  const oldEnv = context.lexicalEnvironment;
  context.lexicalEnvironment = new ObjectEnvironment(obj, true, oldEnv);
  const kind = yield* EvaluateStatement(agent, context, node.body);
  context.lexicalEnvironment = oldEnv;
  updateEmpty(context);
  return kind;
}

/** SwitchStatement — https://tc39.es/ecma262/#sec-switch-statement-runtime-semantics-evaluation */
function* Evaluate_SwitchStatement(
  agent: Agent,
  context: Frame,
  node: SwitchStatement,
): Evaluation<CompletionKind> {
  takeLabelSet(context);
  const switchValue = yield* EvaluateExpression(agent, context, node.discriminant);
  const oldEnv = context.lexicalEnvironment;
  const blockEnv = new DeclarativeEnvironment(oldEnv);
  BlockDeclarationInstantiation(agent, context, node.scope, blockEnv);
  context.lexicalEnvironment = blockEnv;
  const kind = yield* CaseBlockEvaluation(agent, context, node.cases, switchValue);
  context.lexicalEnvironment = oldEnv;
  return finishBreakable(context, kind);
}

/** BreakableStatement: a break without label ends here. */
function finishBreakable(context: Frame, kind: CompletionKind): CompletionKind {
  if (kind !== COMPLETION_BREAK || context.completionTarget !== null) return kind;
  updateEmpty(context);
  return COMPLETION_NORMAL;
}

/** CaseBlockEvaluation — https://tc39.es/ecma262/#sec-runtime-semantics-caseblockevaluation */
function* CaseBlockEvaluation(
  agent: Agent,
  context: Frame,
  cases: readonly SwitchCase[],
  input: Value,
): Evaluation<CompletionKind> {
  // The selectors are tried in order, the default's place being passed over; then execution falls through.
  let from = -1;
  for (let i = 0; i < cases.length && from === -1; i++) {
    const test = cases[i].test;
    if (test === null) continue;
    if (IsStrictlyEqual(input, yield* EvaluateExpression(agent, context, test))) from = i;
  }
  if (from === -1) from = cases.findIndex((clause) => clause.test === null);
  let V: Value;
  if (from !== -1) {
    for (let i = from; i < cases.length; i++) {
      const kind = yield* EvaluateStatementList(agent, context, cases[i].body);
      if (context.completionValue === EMPTY) context.completionValue = V;
      if (kind !== COMPLETION_NORMAL) return kind;
      V = context.completionValue as Value;
    }
  }
  context.completionValue = V;
  return COMPLETION_NORMAL;
}

/** LabelledStatement: LabelledEvaluation — https://tc39.es/ecma262/#sec-labelled-statements-runtime-semantics-evaluation */
function* Evaluate_LabelledStatement(
  agent: Agent,
  context: Frame,
  node: LabelledStatement,
): Evaluation<CompletionKind> {
  const labelSet = takeLabelSet(context);
  context.labelSet = labelSet === NO_LABELS ? [node.label] : [...labelSet, node.label];
  const kind = yield* EvaluateStatement(agent, context, node.body);
  context.labelSet = NO_LABELS;
  if (kind !== COMPLETION_BREAK || context.completionTarget !== node.label) return kind;
  return COMPLETION_NORMAL;
}

/** ThrowStatement — https://tc39.es/ecma262/#sec-throw-statement-runtime-semantics-evaluation */
function* Evaluate_ThrowStatement(
  agent: Agent,
  context: Frame,
  node: ThrowStatement,
): Evaluation<CompletionKind> {
  const exprValue = yield* EvaluateExpression(agent, context, node.argument);
  context.position = node.start;
  throw new ThrowCompletion(exprValue);
}

/** CatchClauseEvaluation — https://tc39.es/ecma262/#sec-runtime-semantics-catchclauseevaluation */
function* CatchClauseEvaluation(
  agent: Agent,
  context: Frame,
  node: CatchClause,
  thrownValue: Value,
): Evaluation<CompletionKind> {
  if (node.parameter === null) return yield* Evaluate_Block(agent, context, node.body);
  const oldEnv = context.lexicalEnvironment;
  const catchEnv = new CatchEnvironment(oldEnv);
  for (const { name } of node.scope.lexicals) catchEnv.CreateMutableBinding(agent, name, false);
  context.lexicalEnvironment = catchEnv;
  yield* BindingInitialization(agent, context, node.parameter, thrownValue, catchEnv);
  const kind = yield* Evaluate_Block(agent, context, node.body);
  context.lexicalEnvironment = oldEnv;
  return kind;
}

/**
 * TryStatement — https://tc39.es/ecma262/#sec-try-statement-runtime-semantics-evaluation
 * Catching, it puts back what a throw left as it was inside: environments, strictness, realm and depth.
 */
function* Evaluate_TryStatement(
  agent: Agent,
  context: Frame,
  node: TryStatement,
): Evaluation<CompletionKind> {
  const { lexicalEnvironment, privateEnvironment, strict, tailCallsAllowed } = context;
  const nesting = agent.depth - context.depthBase;
  let kind: CompletionKind = COMPLETION_NORMAL;
  let isThrow = false;
  let thrownValue: Value;
  context.tailCallsAllowed = false;
  try {
    kind = yield* Evaluate_Block(agent, context, node.block);
  } catch (thrown) {
    context.lexicalEnvironment = lexicalEnvironment;
    context.privateEnvironment = privateEnvironment;
    context.strict = strict;
    agent.depth = context.depthBase + nesting;
    if (thrown instanceof ReturnSignal) {
      kind = COMPLETION_RETURN;
      context.completionValue = thrown.value;
    } else {
      isThrow = true;
      thrownValue = guestValueOf(agent, thrown);
    }
  }
  if (isThrow && node.handler !== null) {
    isThrow = false;
    context.tailCallsAllowed = tailCallsAllowed && node.finalizer === null;
    if (node.finalizer === null)
      kind = yield* CatchClauseEvaluation(agent, context, node.handler, thrownValue);
    else {
      try {
        kind = yield* CatchClauseEvaluation(agent, context, node.handler, thrownValue);
      } catch (thrown) {
        context.lexicalEnvironment = lexicalEnvironment;
        context.privateEnvironment = privateEnvironment;
        context.strict = strict;
        agent.depth = context.depthBase + nesting;
        if (thrown instanceof ReturnSignal) {
          kind = COMPLETION_RETURN;
          context.completionValue = thrown.value;
        } else {
          isThrow = true;
          thrownValue = guestValueOf(agent, thrown);
        }
      }
    }
  }
  context.tailCallsAllowed = tailCallsAllowed;
  if (node.finalizer !== null) {
    const { completionValue, completionTarget } = context;
    const finallyKind = yield* Evaluate_Block(agent, context, node.finalizer);
    if (finallyKind !== COMPLETION_NORMAL) {
      updateEmpty(context);
      return finallyKind;
    }
    context.completionValue = completionValue;
    context.completionTarget = completionTarget;
  }
  if (isThrow) throw new ThrowCompletion(thrownValue);
  updateEmpty(context);
  return kind;
}

/** ExportDeclaration — https://tc39.es/ecma262/#sec-exports-runtime-semantics-evaluation */
function* Evaluate_ExportDeclaration(
  agent: Agent,
  context: Frame,
  node: ExportDeclaration,
): Evaluation<CompletionKind> {
  return yield* EvaluateStatement(agent, context, node.declaration);
}

/** ExportDeclaration : export default … — https://tc39.es/ecma262/#sec-exports-runtime-semantics-evaluation */
function* Evaluate_ExportDefault(
  agent: Agent,
  context: Frame,
  node: ExportDefault,
): Evaluation<CompletionKind> {
  const declaration = node.declaration;
  const env = context.lexicalEnvironment;
  context.position = node.start;
  if (declaration.kind === KIND_FunctionDeclaration)
    return yield* EvaluateStatement(agent, context, declaration);
  if (declaration.kind === KIND_ClassDeclaration) {
    if (declaration.name !== null) yield* BindingClassDeclarationEvaluation(agent, context, declaration);
    else {
      const value = yield* ClassDefinitionEvaluation(agent, context, declaration, null, 'default');
      env.InitializeBinding(agent, '*default*', value, 'normal');
    }
  } else {
    const value = yield* EvaluateWithName(agent, context, declaration, 'default');
    env.InitializeBinding(agent, '*default*', value, 'normal');
  }
  context.completionValue = EMPTY;
  return COMPLETION_NORMAL;
}

export const statementRows: readonly StatementRow[] = [
  [KIND_Block, Evaluate_Block],
  [KIND_VariableStatement, Evaluate_VariableStatement],
  [KIND_LexicalDeclaration, Evaluate_LexicalDeclaration],
  [KIND_EmptyStatement, Evaluate_EmptyStatement],
  [KIND_DebuggerStatement, Evaluate_EmptyStatement],
  [KIND_ImportDeclaration, Evaluate_EmptyStatement],
  [KIND_ExportClause, Evaluate_EmptyStatement],
  [KIND_FunctionDeclaration, Evaluate_FunctionDeclaration],
  [KIND_ExpressionStatement, Evaluate_ExpressionStatement],
  [KIND_IfStatement, Evaluate_IfStatement],
  [KIND_ContinueStatement, Evaluate_ContinueStatement],
  [KIND_BreakStatement, Evaluate_BreakStatement],
  [KIND_ReturnStatement, Evaluate_ReturnStatement],
  [KIND_WithStatement, Evaluate_WithStatement],
  [KIND_SwitchStatement, Evaluate_SwitchStatement],
  [KIND_LabelledStatement, Evaluate_LabelledStatement],
  [KIND_ThrowStatement, Evaluate_ThrowStatement],
  [KIND_TryStatement, Evaluate_TryStatement],
  [KIND_ExportDeclaration, Evaluate_ExportDeclaration],
  [KIND_ExportDefault, Evaluate_ExportDefault],
];
