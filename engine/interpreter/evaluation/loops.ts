// hot
// Iteration statements, https://tc39.es/ecma262/#sec-iteration-statements .
import type { Agent } from '../../runtime/agent.ts';
import { Call0 } from '../../runtime/call.ts';
import { ThrowCompletion } from '../../runtime/completion.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { DeclarativeEnvironment, type Environment } from '../../runtime/environments.ts';
import { guestValueOf, throwTypeError } from '../../runtime/errors.ts';
import { JSObject } from '../../runtime/objects/object.ts';
import { GetAsyncIterator } from '../../runtime/operations/async-operations.ts';
import { ForInIterator } from '../../runtime/operations/for-in-iterator.ts';
import {
  GetIterator,
  IteratorClose,
  IteratorCloseAndThrow,
  IteratorComplete,
  type IteratorRecord,
  IteratorValue,
} from '../../runtime/operations/iterator-operations.ts';
import { ToBoolean, ToObject } from '../../runtime/operations/type-conversion.ts';
import type { Value } from '../../runtime/value.ts';
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
  type Statement,
  type VariableStatement,
  type WhileStatement,
} from '../../syntax/ast.gen.ts';
import { createLexicalBinding } from '../bound-names.ts';
import { mayCaptureLoopEnvironment } from '../closure-search.ts';
import {
  COMPLETION_BREAK,
  COMPLETION_CONTINUE,
  COMPLETION_NORMAL,
  COMPLETION_RETURN,
  type CompletionKind,
  EMPTY,
  type EmptyValue,
  type Frame,
  ReturnSignal,
  takeLabelSet,
  valueOrUndefined,
} from '../frame.ts';
import { InitializeReferencedBinding, PutValue, ResolveBinding } from '../references.ts';
import { EvaluateExpression, EvaluateStatement, EvaluateWithName, type StatementRow } from './dispatch.ts';
import type { Evaluation } from './evaluation.ts';
import { BindingInitialization, DestructuringAssignmentEvaluation } from './patterns.ts';
import { DisposeScope, DisposeScopeAndThrow, declaresResources } from './resources.ts';
import { hintOf } from './statements.ts';
import { AsyncIteratorClose, AsyncIteratorCloseQuietly, Await } from './suspension.ts';
import { EvaluateTarget } from './targets.ts';

/** LoopContinues ( completion, labelSet ) — https://tc39.es/ecma262/#sec-loopcontinues */
function LoopContinues(context: Frame, kind: CompletionKind, labelSet: readonly string[]): boolean {
  if (kind === COMPLETION_NORMAL) return true;
  if (kind !== COMPLETION_CONTINUE) return false;
  return context.completionTarget === null || labelSet.includes(context.completionTarget);
}

/** The end of a loop by its own condition, with value V. */
function finishNormally(context: Frame, V: Value): CompletionKind {
  context.completionValue = V;
  return COMPLETION_NORMAL;
}

/** The end of a loop by its body: UpdateEmpty(stmtResult, V); a break without label ends here. */
function finishAbruptly(context: Frame, kind: CompletionKind, V: Value): CompletionKind {
  if (context.completionValue === EMPTY) context.completionValue = V;
  return kind === COMPLETION_BREAK && context.completionTarget === null ? COMPLETION_NORMAL : kind;
}

/** DoWhileLoopEvaluation — https://tc39.es/ecma262/#sec-runtime-semantics-dowhileloopevaluation */
function* Evaluate_DoWhileStatement(
  agent: Agent,
  context: Frame,
  node: DoWhileStatement,
): Evaluation<CompletionKind> {
  const labelSet = takeLabelSet(context);
  let V: Value;
  for (;;) {
    agent.chargeFuel(1);
    const kind = yield* EvaluateStatement(agent, context, node.body);
    if (!LoopContinues(context, kind, labelSet)) return finishAbruptly(context, kind, V);
    if (context.completionValue !== EMPTY) V = valueOrUndefined(context.completionValue);
    if (!ToBoolean(yield* EvaluateExpression(agent, context, node.test))) return finishNormally(context, V);
  }
}

/** WhileLoopEvaluation — https://tc39.es/ecma262/#sec-runtime-semantics-whileloopevaluation */
function* Evaluate_WhileStatement(
  agent: Agent,
  context: Frame,
  node: WhileStatement,
): Evaluation<CompletionKind> {
  const labelSet = takeLabelSet(context);
  let V: Value;
  for (;;) {
    agent.chargeFuel(1);
    if (!ToBoolean(yield* EvaluateExpression(agent, context, node.test))) return finishNormally(context, V);
    const kind = yield* EvaluateStatement(agent, context, node.body);
    if (!LoopContinues(context, kind, labelSet)) return finishAbruptly(context, kind, V);
    if (context.completionValue !== EMPTY) V = valueOrUndefined(context.completionValue);
  }
}

/** ForLoopEvaluation — https://tc39.es/ecma262/#sec-runtime-semantics-forloopevaluation */
function* Evaluate_ForStatement(
  agent: Agent,
  context: Frame,
  node: ForStatement,
): Evaluation<CompletionKind> {
  const labelSet = takeLabelSet(context);
  const init = node.init;
  if (init === null || init.kind !== KIND_LexicalDeclaration) {
    if (init !== null) {
      if (init.kind === KIND_VariableStatement) yield* EvaluateStatement(agent, context, init);
      else yield* EvaluateExpression(agent, context, init);
    }
    return yield* ForBodyEvaluation(agent, context, node, [], labelSet);
  }
  const oldEnv = context.lexicalEnvironment;
  const loopEnv = new DeclarativeEnvironment(oldEnv);
  const perIterationLets: string[] = [];
  // Fast path: copies of the environment that nothing can capture can't be told from the environment itself.
  const copies = mayCaptureLoopEnvironment(node);
  for (const binding of node.scope.lexicals) {
    createLexicalBinding(agent, loopEnv, binding);
    if (copies && binding.bindingKind === 'let') perIterationLets.push(binding.name);
  }
  context.lexicalEnvironment = loopEnv;
  let kind: CompletionKind;
  if (declaresResources(node.scope)) {
    const { tailCallsAllowed } = context;
    context.tailCallsAllowed = false;
    try {
      yield* EvaluateStatement(agent, context, init);
      kind = yield* ForBodyEvaluation(agent, context, node, perIterationLets, labelSet);
    } catch (thrown) {
      return yield* DisposeScopeAndThrow(agent, context, loopEnv, thrown);
    }
    context.tailCallsAllowed = tailCallsAllowed;
    yield* DisposeScope(agent, context, loopEnv);
  } else {
    yield* EvaluateStatement(agent, context, init);
    kind = yield* ForBodyEvaluation(agent, context, node, perIterationLets, labelSet);
  }
  context.lexicalEnvironment = oldEnv;
  return kind;
}

/** ForBodyEvaluation — https://tc39.es/ecma262/#sec-forbodyevaluation */
function* ForBodyEvaluation(
  agent: Agent,
  context: Frame,
  node: ForStatement,
  perIterationBindings: readonly string[],
  labelSet: readonly string[],
): Evaluation<CompletionKind> {
  let V: Value;
  CreatePerIterationEnvironment(agent, context, perIterationBindings);
  for (;;) {
    agent.chargeFuel(1);
    if (node.test !== null && !ToBoolean(yield* EvaluateExpression(agent, context, node.test))) {
      return finishNormally(context, V);
    }
    const kind = yield* EvaluateStatement(agent, context, node.body);
    if (!LoopContinues(context, kind, labelSet)) return finishAbruptly(context, kind, V);
    if (context.completionValue !== EMPTY) V = valueOrUndefined(context.completionValue);
    CreatePerIterationEnvironment(agent, context, perIterationBindings);
    if (node.update !== null) yield* EvaluateExpression(agent, context, node.update);
  }
}

/** CreatePerIterationEnvironment — https://tc39.es/ecma262/#sec-createperiterationenvironment */
function CreatePerIterationEnvironment(
  agent: Agent,
  context: Frame,
  perIterationBindings: readonly string[],
): void {
  if (perIterationBindings.length === 0) return;
  const lastIterationEnv = context.lexicalEnvironment;
  const thisIterationEnv = new DeclarativeEnvironment(lastIterationEnv.outerEnv);
  for (let i = 0; i < perIterationBindings.length; i++) {
    const bn = perIterationBindings[i];
    thisIterationEnv.CreateMutableBinding(agent, bn, false);
    const lastValue = lastIterationEnv.GetBindingValue(agent, bn, true);
    thisIterationEnv.InitializeBinding(agent, bn, lastValue, 'normal');
  }
  context.lexicalEnvironment = thisIterationEnv;
}

/** ForIn/OfHeadEvaluation up to the value of the expression — https://tc39.es/ecma262/#sec-runtime-semantics-forinofheadevaluation */
function* EvaluateHead(
  agent: Agent,
  context: Frame,
  node: ForInStatement | ForOfStatement,
): Evaluation<Value> {
  const uninitializedBoundNames = node.scope.lexicals;
  if (uninitializedBoundNames.length === 0) return yield* EvaluateExpression(agent, context, node.right);
  const oldEnv = context.lexicalEnvironment;
  const newEnv = new DeclarativeEnvironment(oldEnv);
  for (const { name } of uninitializedBoundNames) newEnv.CreateMutableBinding(agent, name, false);
  context.lexicalEnvironment = newEnv;
  const value = yield* EvaluateExpression(agent, context, node.right);
  context.lexicalEnvironment = oldEnv;
  return value;
}

type ForHead = VariableStatement | LexicalDeclaration | AssignmentTarget;

/** The assignment or binding of one iteration's value: ForIn/OfBodyEvaluation steps 6.g to 6.i. */
function* BindIterationValue(
  agent: Agent,
  context: Frame,
  lhs: ForHead,
  iterationEnv: Environment | null,
  nextValue: Value,
): Evaluation<void> {
  if (lhs.kind === KIND_LexicalDeclaration) {
    const target = lhs.declarations[0].target;
    if (target.kind === KIND_BindingIdentifier) {
      const lhsRef = ResolveBinding(agent, context, target.name);
      InitializeReferencedBinding(agent, lhsRef, nextValue, hintOf(lhs.declarationKind));
    } else yield* BindingInitialization(agent, context, target, nextValue, iterationEnv);
  } else if (lhs.kind === KIND_VariableStatement) {
    yield* BindingInitialization(agent, context, lhs.declarations[0].target, nextValue, null);
  } else if (lhs.kind === KIND_ObjectAssignmentPattern || lhs.kind === KIND_ArrayAssignmentPattern) {
    yield* DestructuringAssignmentEvaluation(agent, context, lhs, nextValue);
  } else {
    const lhsRef = yield* EvaluateTarget(agent, context, lhs as SimpleTarget);
    PutValue(agent, lhsRef, nextValue);
  }
}

/** One iteration: the binding in an environment of its own, the body, and the disposal of what it declared. */
function* EvaluateIteration(
  agent: Agent,
  context: Frame,
  node: { readonly left: ForHead; readonly body: Statement; readonly scope: ForInStatement['scope'] },
  nextValue: Value,
): Evaluation<CompletionKind> {
  if (node.left.kind !== KIND_LexicalDeclaration) {
    yield* BindIterationValue(agent, context, node.left, null, nextValue);
    return yield* EvaluateStatement(agent, context, node.body);
  }
  const oldEnv = context.lexicalEnvironment;
  const iterationEnv = new DeclarativeEnvironment(oldEnv);
  for (const binding of node.scope.lexicals) createLexicalBinding(agent, iterationEnv, binding);
  context.lexicalEnvironment = iterationEnv;
  let kind: CompletionKind;
  if (declaresResources(node.scope)) {
    try {
      yield* BindIterationValue(agent, context, node.left, iterationEnv, nextValue);
      kind = yield* EvaluateStatement(agent, context, node.body);
    } catch (thrown) {
      return yield* DisposeScopeAndThrow(agent, context, iterationEnv, thrown);
    }
    yield* DisposeScope(agent, context, iterationEnv);
  } else {
    yield* BindIterationValue(agent, context, node.left, iterationEnv, nextValue);
    kind = yield* EvaluateStatement(agent, context, node.body);
  }
  context.lexicalEnvironment = oldEnv;
  return kind;
}

/** ForInStatement — https://tc39.es/ecma262/#sec-runtime-semantics-forinofloopevaluation */
function* Evaluate_ForInStatement(
  agent: Agent,
  context: Frame,
  node: ForInStatement,
): Evaluation<CompletionKind> {
  const labelSet = takeLabelSet(context);
  if (node.left.kind === KIND_VariableStatement && node.left.declarations[0].initializer !== null) {
    yield* EvaluateVarInitializer(agent, context, node.left, node.left.declarations[0].initializer);
  }
  const exprValue = yield* EvaluateHead(agent, context, node);
  let V: Value;
  if (exprValue === undefined || exprValue === null) return finishNormally(context, V);
  const iterator = new ForInIterator(ToObject(agent, exprValue));
  for (;;) {
    agent.chargeFuel(1);
    const nextValue = iterator.next(agent);
    if (nextValue === undefined) return finishNormally(context, V);
    const kind = yield* EvaluateIteration(agent, context, node, nextValue);
    if (!LoopContinues(context, kind, labelSet)) return finishAbruptly(context, kind, V);
    if (context.completionValue !== EMPTY) V = valueOrUndefined(context.completionValue);
  }
}

/** `for (var a = 1 in o)`, Annex B.3.5. */
function* EvaluateVarInitializer(
  agent: Agent,
  context: Frame,
  left: VariableStatement,
  initializer: Expression,
): Evaluation<void> {
  const target = left.declarations[0].target;
  if (target.kind !== KIND_BindingIdentifier) return;
  const lhs = ResolveBinding(agent, context, target.name);
  const value = yield* EvaluateWithName(agent, context, initializer, target.name);
  PutValue(agent, lhs, value);
}

/** ForOfStatement: ForIn/OfBodyEvaluation — https://tc39.es/ecma262/#sec-runtime-semantics-forin-div-ofbodyevaluation-lhs-stmt-iterator-lhskind-labelset */
function* Evaluate_ForOfStatement(
  agent: Agent,
  context: Frame,
  node: ForOfStatement,
): Evaluation<CompletionKind> {
  const labelSet = takeLabelSet(context);
  const exprValue = yield* EvaluateHead(agent, context, node);
  context.position = node.right.start;
  const iteratorRecord = node.isAwait ? GetAsyncIterator(agent, exprValue) : GetIterator(agent, exprValue);
  const { lexicalEnvironment, privateEnvironment, strict, tailCallsAllowed } = context;
  const nesting = agent.depth - context.depthBase;
  let V: Value;
  for (;;) {
    agent.chargeFuel(1);
    context.position = node.right.start;
    let nextResult = Call0(agent, iteratorRecord.nextMethod, iteratorRecord.iterator);
    if (node.isAwait) nextResult = yield* Await(agent, context, nextResult);
    if (!(nextResult instanceof JSObject)) {
      throwTypeError(agent, `Iterator result ${describeForMessage(nextResult)} is not an object`);
    }
    if (IteratorComplete(agent, nextResult)) return finishNormally(context, V);
    const nextValue = IteratorValue(agent, nextResult);
    let kind: CompletionKind;
    context.tailCallsAllowed = false;
    try {
      kind = yield* EvaluateIteration(agent, context, node, nextValue);
    } catch (thrown) {
      context.lexicalEnvironment = lexicalEnvironment;
      context.privateEnvironment = privateEnvironment;
      context.strict = strict;
      agent.depth = context.depthBase + nesting;
      context.position = node.right.start;
      if (thrown instanceof ReturnSignal) {
        kind = COMPLETION_RETURN;
        context.completionValue = thrown.value;
      } else if (node.isAwait) {
        const thrownValue = guestValueOf(agent, thrown);
        yield* AsyncIteratorCloseQuietly(agent, context, iteratorRecord);
        throw new ThrowCompletion(thrownValue);
      } else IteratorCloseAndThrow(agent, iteratorRecord, thrown);
    }
    context.tailCallsAllowed = tailCallsAllowed;
    if (!LoopContinues(context, kind, labelSet)) {
      context.position = node.right.start;
      yield* closeIterator(agent, context, iteratorRecord, node.isAwait);
      return finishAbruptly(context, kind, V);
    }
    if (context.completionValue !== EMPTY) V = valueOrUndefined(context.completionValue);
  }
}

/** IteratorClose or AsyncIteratorClose, keeping the completion of the body. */
function* closeIterator(
  agent: Agent,
  context: Frame,
  iteratorRecord: IteratorRecord,
  isAwait: boolean,
): Evaluation<void> {
  const completionValue: Value | EmptyValue = context.completionValue;
  const completionTarget = context.completionTarget;
  if (isAwait) yield* AsyncIteratorClose(agent, context, iteratorRecord);
  else IteratorClose(agent, iteratorRecord);
  context.completionValue = completionValue;
  context.completionTarget = completionTarget;
}

export const loopRows: readonly StatementRow[] = [
  [KIND_DoWhileStatement, Evaluate_DoWhileStatement],
  [KIND_WhileStatement, Evaluate_WhileStatement],
  [KIND_ForStatement, Evaluate_ForStatement],
  [KIND_ForInStatement, Evaluate_ForInStatement],
  [KIND_ForOfStatement, Evaluate_ForOfStatement],
];
