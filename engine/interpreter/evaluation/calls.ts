// biome-ignore-all lint/correctness/useYield: the evaluators of a table have one form
// hot
// Calls, `new`, super calls, tagged templates, import() and the meta properties,
// https://tc39.es/ecma262/#sec-left-hand-side-expressions .
import type { Agent } from '../../runtime/agent.ts';
import {
  Call,
  Call0,
  Call1,
  Call2,
  Call3,
  Construct,
  IsCallable,
  IsConstructor,
} from '../../runtime/call.ts';
import type { Environment, FunctionEnvironment } from '../../runtime/environments.ts';
import { throwReferenceError, throwTypeError } from '../../runtime/errors.ts';
import type { ModulePhase, ModuleRecord } from '../../runtime/modules.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { startImportCall } from '../../runtime/operations/import-call.ts';
import { InitializeInstanceElements } from '../../runtime/operations/instance-elements.ts';
import { GetV, throwReadOfNothing } from '../../runtime/operations/object-operations.ts';
import { ToPropertyKey } from '../../runtime/operations/type-conversion.ts';
import type { Value } from '../../runtime/value.ts';
import {
  type Argument,
  type CallExpression,
  type Expression,
  type ImportCall,
  type ImportMeta,
  KIND_CallExpression,
  KIND_ComputedMember,
  KIND_IdentifierReference,
  KIND_ImportCall,
  KIND_ImportMeta,
  KIND_NewExpression,
  KIND_NewTarget,
  KIND_OptionalChain,
  KIND_ParenthesizedExpression,
  KIND_SpreadElement,
  KIND_StaticMember,
  KIND_SuperCall,
  KIND_TaggedTemplate,
  type NewExpression,
  type NewTarget,
  type SuperCall,
  type TaggedTemplate,
} from '../../syntax/ast.gen.ts';
import { PerformDirectEval } from '../direct-eval.ts';
import type { Frame } from '../frame.ts';
import { findBinding, GetNewTarget, GetThisEnvironment, GetValue, thisValueForCall } from '../references.ts';
import {
  ArgumentListEvaluation,
  callFunction,
  positionOfCall,
  textOf,
  throwNotCallable,
} from './arguments.ts';
import { EvaluateExpression, type ExpressionRow } from './dispatch.ts';
import type { Evaluation } from './evaluation.ts';
import { Evaluate_OptionalChain, EvaluateReference } from './targets.ts';
import { TemplateCall } from './templates.ts';

function hasSpread(args: readonly Argument[]): boolean {
  for (let i = 0; i < args.length; i++) if (args[i].kind === KIND_SpreadElement) return true;
  return false;
}

/** CallExpression — https://tc39.es/ecma262/#sec-function-calls-runtime-semantics-evaluation */
function* Evaluate_CallExpression(agent: Agent, context: Frame, node: CallExpression): Evaluation<Value> {
  let callee = node.callee;
  while (callee.kind === KIND_ParenthesizedExpression) callee = callee.expression;
  let func: Value;
  let thisValue: Value;
  // The commonest References are taken apart here instead of being made: the steps and their order are the same.
  switch (callee.kind) {
    case KIND_IdentifierReference: {
      context.position = callee.start;
      const env: Environment | null = findBinding(agent, context.lexicalEnvironment, callee.name);
      if (env === null) throwReferenceError(agent, `${callee.name} is not defined`);
      func = env.GetBindingValue(agent, callee.name, context.strict);
      thisValue = env.WithBaseObject();
      if (callee.name === 'eval' && func === agent.realm.intrinsic('%eval%')) {
        const argList = yield* ArgumentListEvaluation(agent, context, node.args);
        context.position = node.start;
        return argList.length === 0 ? undefined : PerformDirectEval(agent, context, argList[0]);
      }
      break;
    }
    case KIND_StaticMember:
      thisValue = yield* EvaluateExpression(agent, context, callee.object);
      context.position = callee.end - callee.name.length;
      func = GetV(agent, thisValue, callee.name);
      break;
    case KIND_ComputedMember: {
      thisValue = yield* EvaluateExpression(agent, context, callee.object);
      const propertyNameValue = yield* EvaluateExpression(agent, context, callee.property);
      context.position = callee.property.start;
      if (thisValue === undefined || thisValue === null) {
        throwReadOfNothing(agent, thisValue, propertyNameValue);
      }
      func = GetV(agent, thisValue, ToPropertyKey(agent, propertyNameValue));
      break;
    }
    case KIND_CallExpression:
      func = yield* EvaluateExpression(agent, context, callee);
      thisValue = undefined;
      break;
    default: {
      const ref = yield* EvaluateReference(agent, context, callee);
      func = GetValue(agent, ref);
      thisValue = thisValueForCall(ref);
    }
  }
  const args = node.args;
  if (args.length > 3 || hasSpread(args)) {
    const argList = yield* ArgumentListEvaluation(agent, context, args);
    return callFunction(agent, context, func, thisValue, argList, callee);
  }
  const a0 = args.length > 0 ? yield* EvaluateExpression(agent, context, args[0] as Expression) : undefined;
  const a1 = args.length > 1 ? yield* EvaluateExpression(agent, context, args[1] as Expression) : undefined;
  const a2 = args.length > 2 ? yield* EvaluateExpression(agent, context, args[2] as Expression) : undefined;
  context.position = positionOfCall(callee);
  if (!IsCallable(func)) throwNotCallable(agent, context, callee);
  switch (args.length) {
    case 0:
      return Call0(agent, func, thisValue);
    case 1:
      return Call1(agent, func, thisValue, a0);
    case 2:
      return Call2(agent, func, thisValue, a0, a1);
    default:
      return Call3(agent, func, thisValue, a0, a1, a2);
  }
}

/** NewExpression — https://tc39.es/ecma262/#sec-evaluatenew */
function* Evaluate_NewExpression(agent: Agent, context: Frame, node: NewExpression): Evaluation<Value> {
  const constructor = yield* EvaluateExpression(agent, context, node.callee);
  const argList = yield* ArgumentListEvaluation(agent, context, node.args);
  context.position = node.start;
  if (!IsConstructor(constructor))
    throwTypeError(agent, `${textOf(context, node.callee)} is not a constructor`);
  return Construct(agent, constructor, argList);
}

/** SuperCall — https://tc39.es/ecma262/#sec-super-keyword-runtime-semantics-evaluation */
function* Evaluate_SuperCall(agent: Agent, context: Frame, node: SuperCall): Evaluation<Value> {
  const newTarget = GetNewTarget(context) as JSObject;
  // GetSuperConstructor, https://tc39.es/ecma262/#sec-getsuperconstructor .
  const activeFunction = (GetThisEnvironment(context) as FunctionEnvironment).functionObject;
  const func = activeFunction.GetPrototypeOf(agent);
  const argList = yield* ArgumentListEvaluation(agent, context, node.args);
  context.position = node.start;
  if (!IsConstructor(func)) throwTypeError(agent, 'Super constructor is not a constructor');
  const result = Construct(agent, func, argList, newTarget);
  const thisER = GetThisEnvironment(context) as FunctionEnvironment;
  thisER.BindThisValue(agent, result);
  InitializeInstanceElements(agent, result, thisER.functionObject);
  return result;
}

/** Tagged template — https://tc39.es/ecma262/#sec-tagged-templates-runtime-semantics-evaluation */
function* Evaluate_TaggedTemplate(agent: Agent, context: Frame, node: TaggedTemplate): Evaluation<Value> {
  const { func, thisValue, args } = yield* TemplateCall(agent, context, node);
  return Call(agent, func, thisValue, args);
}

/** NewTarget — https://tc39.es/ecma262/#sec-meta-properties-runtime-semantics-evaluation */
function* Evaluate_NewTarget(_agent: Agent, context: Frame, _node: NewTarget): Evaluation<Value> {
  return GetNewTarget(context);
}

/** ImportMeta — https://tc39.es/ecma262/#sec-meta-properties-runtime-semantics-evaluation */
function* Evaluate_ImportMeta(agent: Agent, context: Frame, _node: ImportMeta): Evaluation<Value> {
  const module = context.scriptOrModule as ModuleRecord;
  return module.importMetaObject(agent);
}

/** ImportCall — https://tc39.es/ecma262/#sec-import-call-runtime-semantics-evaluation */
function* Evaluate_ImportCall(agent: Agent, context: Frame, node: ImportCall): Evaluation<Value> {
  const specifier = yield* EvaluateExpression(agent, context, node.specifier);
  const options = node.options === null ? undefined : yield* EvaluateExpression(agent, context, node.options);
  context.position = node.start;
  return startImportCall(agent, context, specifier, options, node.phase as ModulePhase);
}

export const callRows: readonly ExpressionRow[] = [
  [KIND_CallExpression, Evaluate_CallExpression],
  [KIND_NewExpression, Evaluate_NewExpression],
  [KIND_SuperCall, Evaluate_SuperCall],
  [KIND_TaggedTemplate, Evaluate_TaggedTemplate],
  [KIND_OptionalChain, Evaluate_OptionalChain],
  [KIND_NewTarget, Evaluate_NewTarget],
  [KIND_ImportMeta, Evaluate_ImportMeta],
  [KIND_ImportCall, Evaluate_ImportCall],
];
