// Evaluation of the expressions that give References: names, member accesses, super properties, optional chains.
import type { Agent } from '../../runtime/agent.ts';
import { throwReferenceError } from '../../runtime/errors.ts';
import type { Value } from '../../runtime/value.ts';
import {
  type CallExpression,
  type Expression,
  KIND_CallExpression,
  KIND_ComputedMember,
  KIND_IdentifierReference,
  KIND_OptionalChain,
  KIND_ParenthesizedExpression,
  KIND_PrivateMember,
  KIND_StaticMember,
  KIND_SuperComputedMember,
  KIND_SuperStaticMember,
  type OptionalChain,
  type SimpleTarget,
} from '../../syntax/ast.gen.ts';
import { SPINE_TEXT, spineCuts } from '../../syntax/spine.ts';
import { PerformDirectEval } from '../direct-eval.ts';
import type { Frame } from '../frame.ts';
import {
  expressionKeyReference,
  GetThisEnvironment,
  GetValue,
  MakePrivateReference,
  MakeSuperPropertyReference,
  propertyReference,
  REFERENCE_ENVIRONMENT,
  type Reference,
  ResolveBinding,
  thisValueForCall,
  valueReference,
} from '../references.ts';
import { ArgumentListEvaluation, callFunction } from './arguments.ts';
import { EvaluateExpression, putSpine, takeSpine } from './dispatch.ts';
import type { Evaluation } from './evaluation.ts';

/** Evaluation of an expression that may be a Reference; a value otherwise, wrapped. */
export function* EvaluateReference(
  agent: Agent,
  context: Frame,
  expression: Expression,
): Evaluation<Reference> {
  let node = expression;
  while (node.kind === KIND_ParenthesizedExpression) node = node.expression;
  switch (node.kind) {
    case KIND_IdentifierReference:
      context.position = node.start;
      return ResolveBinding(agent, context, node.name);
    case KIND_StaticMember: {
      const baseValue = yield* EvaluateExpression(agent, context, node.object);
      context.position = node.end - node.name.length;
      return propertyReference(baseValue, node.name, context.strict);
    }
    case KIND_ComputedMember: {
      const baseValue = yield* EvaluateExpression(agent, context, node.object);
      const propertyNameValue = yield* EvaluateExpression(agent, context, node.property);
      context.position = node.property.start;
      return expressionKeyReference(baseValue, propertyNameValue, context.strict);
    }
    case KIND_PrivateMember: {
      const baseValue = yield* EvaluateExpression(agent, context, node.object);
      context.position = node.name.start;
      return MakePrivateReference(context, baseValue, node.name.name);
    }
    case KIND_SuperStaticMember: {
      context.position = node.start;
      const actualThis = GetThisEnvironment(context).GetThisBinding(agent);
      return MakeSuperPropertyReference(agent, context, actualThis, node.name, true);
    }
    case KIND_SuperComputedMember: {
      context.position = node.start;
      const actualThis = GetThisEnvironment(context).GetThisBinding(agent);
      const propertyNameValue = yield* EvaluateExpression(agent, context, node.property);
      context.position = node.start;
      return MakeSuperPropertyReference(agent, context, actualThis, propertyNameValue, false);
    }
    case KIND_OptionalChain:
      return (yield* ChainEvaluation(agent, context, node.expression)) ?? valueReference(undefined);
    default:
      return valueReference(yield* EvaluateExpression(agent, context, node));
  }
}

/** Evaluation of an assignment target. A call, which sloppy code may write there, throws once it was made. */
export function* EvaluateTarget(agent: Agent, context: Frame, target: SimpleTarget): Evaluation<Reference> {
  const ref = yield* EvaluateReference(agent, context, target as Expression);
  if (isCall(target)) throwReferenceError(agent, 'Invalid assignment target');
  return ref;
}

function isCall(target: SimpleTarget): boolean {
  let node: Expression = target as Expression;
  while (node.kind === KIND_ParenthesizedExpression) node = node.expression;
  return node.kind === KIND_CallExpression;
}

/**
 * ChainEvaluation: what the chain refers to, or null if it was cut short —
 * https://tc39.es/ecma262/#sec-optional-chaining-chain-evaluation
 */
export function* ChainEvaluation(
  agent: Agent,
  context: Frame,
  node: Expression,
): Evaluation<Reference | null> {
  const cuts = node.end - node.start > SPINE_TEXT ? spineCuts(node, null) : NO_CUTS;
  for (let i = cuts.length - 1; i >= 0; i--) {
    const ref = yield* EvaluateLink(agent, context, cuts[i]);
    if (ref === null) return null;
    putSpine(context, cuts[i], GetValue(agent, ref));
  }
  return yield* EvaluateLink(agent, context, node);
}

const NO_CUTS: readonly Expression[] = [];

/** ChainEvaluation of a chain whose inner links have been evaluated if they are many. */
function* EvaluateLink(agent: Agent, context: Frame, node: Expression): Evaluation<Reference | null> {
  if (node === context.spineLink) return valueReference(takeSpine(context));
  switch (node.kind) {
    case KIND_StaticMember: {
      const base = yield* ChainBase(agent, context, node.object, node.optional);
      if (base === null) return null;
      context.position = node.end - node.name.length;
      return propertyReference(base.value, node.name, context.strict);
    }
    case KIND_ComputedMember: {
      const base = yield* ChainBase(agent, context, node.object, node.optional);
      if (base === null) return null;
      const propertyNameValue = yield* EvaluateExpression(agent, context, node.property);
      context.position = node.property.start;
      return expressionKeyReference(base.value, propertyNameValue, context.strict);
    }
    case KIND_PrivateMember: {
      const base = yield* ChainBase(agent, context, node.object, node.optional);
      if (base === null) return null;
      context.position = node.name.start;
      return MakePrivateReference(context, base.value, node.name.name);
    }
    case KIND_CallExpression:
      return yield* ChainCall(agent, context, node);
    default:
      return yield* EvaluateReference(agent, context, node);
  }
}

/** The value before a link; null if the chain ends here. */
function* ChainBase(
  agent: Agent,
  context: Frame,
  object: Expression,
  optional: boolean,
): Evaluation<{ readonly value: Value } | null> {
  agent.enterCall();
  const ref = yield* EvaluateLink(agent, context, object);
  agent.depth--;
  if (ref === null) return null;
  const value = GetValue(agent, ref);
  return optional && (value === undefined || value === null) ? null : { value };
}

function* ChainCall(agent: Agent, context: Frame, node: CallExpression): Evaluation<Reference | null> {
  agent.enterCall();
  const ref = yield* EvaluateLink(agent, context, node.callee);
  agent.depth--;
  if (ref === null) return null;
  const func = GetValue(agent, ref);
  if (node.optional && (func === undefined || func === null)) return null;
  const thisValue = thisValueForCall(ref);
  const argList = yield* ArgumentListEvaluation(agent, context, node.args);
  if (
    !node.optional &&
    ref.referenceKind === REFERENCE_ENVIRONMENT &&
    ref.bindingName === 'eval' &&
    func === agent.realm.intrinsic('%eval%')
  ) {
    context.position = node.start;
    const x = argList.length === 0 ? undefined : PerformDirectEval(agent, context, argList[0]);
    return valueReference(x);
  }
  return valueReference(callFunction(agent, context, func, thisValue, argList, node.callee));
}

/** OptionalExpression — https://tc39.es/ecma262/#sec-optional-chaining-evaluation */
export function* Evaluate_OptionalChain(
  agent: Agent,
  context: Frame,
  node: OptionalChain,
): Evaluation<Value> {
  const ref = yield* ChainEvaluation(agent, context, node.expression);
  return ref === null ? undefined : GetValue(agent, ref);
}
