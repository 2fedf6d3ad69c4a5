// biome-ignore-all lint/correctness/useYield: the evaluators of a table have one form
// hot
// Primary expressions and member accesses as values, https://tc39.es/ecma262/#sec-primary-expression .

import type { Agent } from '../../runtime/agent.ts';
import { Construct } from '../../runtime/call.ts';
import { ResolvePrivateIdentifier } from '../../runtime/environments.ts';
import { createArrayFrom } from '../../runtime/objects/array.ts';
import { JSObject, OrdinaryObjectCreate } from '../../runtime/objects/object.ts';
import {
  CopyDataProperties,
  CreateDataPropertyOrThrow,
  GetV,
  throwReadOfNothing,
} from '../../runtime/operations/object-operations.ts';
import { concatStrings } from '../../runtime/operations/operators.ts';
import { ToObject, ToPropertyKey, ToString } from '../../runtime/operations/type-conversion.ts';
import { PrivateGet } from '../../runtime/private-name.ts';
import type { Value } from '../../runtime/value.ts';
import {
  type ArrayLiteral,
  type ArrowFunction,
  type BigIntLiteral,
  type BooleanLiteral,
  type ComputedMember,
  type FunctionExpression,
  type IdentifierReference,
  KIND_ArrayLiteral,
  KIND_ArrowFunction,
  KIND_BigIntLiteral,
  KIND_BooleanLiteral,
  KIND_ComputedMember,
  KIND_FunctionExpression,
  KIND_IdentifierReference,
  KIND_MethodDefinition,
  KIND_NullLiteral,
  KIND_NumericLiteral,
  KIND_ObjectLiteral,
  KIND_ParenthesizedExpression,
  KIND_PrivateMember,
  KIND_PropertyDefinition,
  KIND_RegularExpressionLiteral,
  KIND_ShorthandProperty,
  KIND_SpreadElement,
  KIND_SpreadProperty,
  KIND_StaticMember,
  KIND_StringLiteral,
  KIND_SuperComputedMember,
  KIND_SuperStaticMember,
  KIND_TemplateLiteral,
  KIND_ThisExpression,
  type NullLiteral,
  type NumericLiteral,
  type ObjectLiteral,
  type ParenthesizedExpression,
  type PrivateMember,
  type RegularExpressionLiteral,
  type StaticMember,
  type StringLiteral,
  type SuperComputedMember,
  type SuperStaticMember,
  type TemplateLiteral,
  type ThisExpression,
} from '../../syntax/ast.gen.ts';
import type { Frame } from '../frame.ts';
import { InstantiateFunctionExpression } from '../function-objects.ts';
import { defineObjectMethod } from '../methods.ts';
import { GetValue, getBindingValue, ResolveThisBinding } from '../references.ts';
import { appendIterated } from './arguments.ts';
import { EvaluateExpression, EvaluateWithName, type ExpressionRow } from './dispatch.ts';
import type { Evaluation } from './evaluation.ts';
import { EvaluatePropertyName } from './patterns.ts';
import { EvaluateReference } from './targets.ts';

/** IdentifierReference: ResolveBinding and GetValue — https://tc39.es/ecma262/#sec-identifiers-runtime-semantics-evaluation */
function* Evaluate_IdentifierReference(
  agent: Agent,
  context: Frame,
  node: IdentifierReference,
): Evaluation<Value> {
  context.position = node.start;
  return getBindingValue(agent, context, node.name);
}

/** PrimaryExpression : this — https://tc39.es/ecma262/#sec-this-keyword-runtime-semantics-evaluation */
function* Evaluate_ThisExpression(agent: Agent, context: Frame, node: ThisExpression): Evaluation<Value> {
  context.position = node.start;
  return ResolveThisBinding(agent, context);
}

function* Evaluate_NullLiteral(_agent: Agent, _context: Frame, _node: NullLiteral): Evaluation<Value> {
  return null;
}

/** Literals with a value — https://tc39.es/ecma262/#sec-literals-runtime-semantics-evaluation */
function* Evaluate_Literal(
  _agent: Agent,
  _context: Frame,
  node: BooleanLiteral | NumericLiteral | BigIntLiteral | StringLiteral,
): Evaluation<Value> {
  return node.value;
}

/** RegularExpressionLiteral: RegExpCreate, which is what construction of %RegExp% does — https://tc39.es/ecma262/#sec-regular-expression-literals-runtime-semantics-evaluation */
function* Evaluate_RegularExpressionLiteral(
  agent: Agent,
  context: Frame,
  node: RegularExpressionLiteral,
): Evaluation<Value> {
  context.position = node.start;
  return Construct(agent, agent.realm.intrinsic('%RegExp%'), [node.pattern, node.flags]);
}

/** TemplateLiteral — https://tc39.es/ecma262/#sec-template-literals-runtime-semantics-evaluation */
function* Evaluate_TemplateLiteral(agent: Agent, context: Frame, node: TemplateLiteral): Evaluation<Value> {
  let text = node.quasis[0].cooked as string;
  const expressions = node.expressions;
  for (let i = 0; i < expressions.length; i++) {
    const value = yield* EvaluateExpression(agent, context, expressions[i]);
    context.position = expressions[i].start;
    text = concatStrings(
      agent,
      concatStrings(agent, text, ToString(agent, value)),
      node.quasis[i + 1].cooked as string,
    );
  }
  return text;
}

/** ArrayLiteral: ArrayAccumulation — https://tc39.es/ecma262/#sec-runtime-semantics-arrayaccumulation */
function* Evaluate_ArrayLiteral(agent: Agent, context: Frame, node: ArrayLiteral): Evaluation<Value> {
  // The array is fresh and ordinary, so that its elements can be stored without CreateDataPropertyOrThrow.
  const el: Value[] = [];
  const elements = node.elements;
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    if (element === null) el.length++;
    else if (element.kind === KIND_SpreadElement) {
      const spreadObj = yield* EvaluateExpression(agent, context, element.argument);
      context.position = element.start;
      appendIterated(agent, el, spreadObj);
    } else el.push(yield* EvaluateExpression(agent, context, element));
  }
  return createArrayFrom(agent, el);
}

/** ObjectLiteral: PropertyDefinitionEvaluation — https://tc39.es/ecma262/#sec-runtime-semantics-propertydefinitionevaluation */
function* Evaluate_ObjectLiteral(agent: Agent, context: Frame, node: ObjectLiteral): Evaluation<Value> {
  const object = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
  const properties = node.properties;
  for (let i = 0; i < properties.length; i++) {
    const property = properties[i];
    switch (property.kind) {
      case KIND_ShorthandProperty: {
        const propValue = yield* EvaluateExpression(agent, context, property.reference);
        CreateDataPropertyOrThrow(agent, object, property.reference.name, propValue);
        break;
      }
      case KIND_SpreadProperty: {
        const fromValue = yield* EvaluateExpression(agent, context, property.argument);
        CopyDataProperties(agent, object, fromValue, []);
        break;
      }
      case KIND_MethodDefinition: {
        const propKey = yield* EvaluatePropertyName(agent, context, property.key);
        defineObjectMethod(agent, context, property, object, propKey);
        break;
      }
      case KIND_PropertyDefinition: {
        const propKey = yield* EvaluatePropertyName(agent, context, property.key);
        if (property.isProtoSetter) {
          const propValue = yield* EvaluateExpression(agent, context, property.value);
          if (propValue === null || propValue instanceof JSObject) object.SetPrototypeOf(agent, propValue);
        } else {
          const propValue = yield* EvaluateWithName(agent, context, property.value, propKey);
          CreateDataPropertyOrThrow(agent, object, propKey, propValue);
        }
        break;
      }
    }
  }
  return object;
}

function* Evaluate_ParenthesizedExpression(
  agent: Agent,
  context: Frame,
  node: ParenthesizedExpression,
): Evaluation<Value> {
  return yield* EvaluateExpression(agent, context, node.expression);
}

/** Function and arrow expressions without NamedEvaluation. */
function* Evaluate_FunctionExpression(
  agent: Agent,
  context: Frame,
  node: FunctionExpression | ArrowFunction,
): Evaluation<Value> {
  return InstantiateFunctionExpression(agent, context, node, '');
}

/** MemberExpression : MemberExpression . IdentifierName — https://tc39.es/ecma262/#sec-property-accessors-runtime-semantics-evaluation */
function* Evaluate_StaticMember(agent: Agent, context: Frame, node: StaticMember): Evaluation<Value> {
  const baseValue = yield* EvaluateExpression(agent, context, node.object);
  context.position = node.end - node.name.length;
  return GetV(agent, baseValue, node.name);
}

/** MemberExpression : MemberExpression [ Expression ] — https://tc39.es/ecma262/#sec-property-accessors-runtime-semantics-evaluation */
function* Evaluate_ComputedMember(agent: Agent, context: Frame, node: ComputedMember): Evaluation<Value> {
  const baseValue = yield* EvaluateExpression(agent, context, node.object);
  const propertyNameValue = yield* EvaluateExpression(agent, context, node.property);
  context.position = node.property.start;
  if (baseValue === undefined || baseValue === null) {
    throwReadOfNothing(agent, baseValue, propertyNameValue);
  }
  return GetV(agent, baseValue, ToPropertyKey(agent, propertyNameValue));
}

/** MemberExpression : MemberExpression . PrivateIdentifier — https://tc39.es/ecma262/#sec-property-accessors-runtime-semantics-evaluation */
function* Evaluate_PrivateMember(agent: Agent, context: Frame, node: PrivateMember): Evaluation<Value> {
  const baseValue = yield* EvaluateExpression(agent, context, node.object);
  context.position = node.name.start;
  const privateName = ResolvePrivateIdentifier(context.privateEnvironment, node.name.name);
  if (baseValue === undefined || baseValue === null) {
    throwReadOfNothing(agent, baseValue, privateName.description);
  }
  return PrivateGet(agent, ToObject(agent, baseValue), privateName);
}

/** SuperProperty — https://tc39.es/ecma262/#sec-super-keyword-runtime-semantics-evaluation */
function* Evaluate_SuperMember(
  agent: Agent,
  context: Frame,
  node: SuperStaticMember | SuperComputedMember,
): Evaluation<Value> {
  return GetValue(agent, yield* EvaluateReference(agent, context, node));
}

export const primaryRows: readonly ExpressionRow[] = [
  [KIND_IdentifierReference, Evaluate_IdentifierReference],
  [KIND_ThisExpression, Evaluate_ThisExpression],
  [KIND_NullLiteral, Evaluate_NullLiteral],
  [KIND_BooleanLiteral, Evaluate_Literal],
  [KIND_NumericLiteral, Evaluate_Literal],
  [KIND_BigIntLiteral, Evaluate_Literal],
  [KIND_StringLiteral, Evaluate_Literal],
  [KIND_RegularExpressionLiteral, Evaluate_RegularExpressionLiteral],
  [KIND_TemplateLiteral, Evaluate_TemplateLiteral],
  [KIND_ArrayLiteral, Evaluate_ArrayLiteral],
  [KIND_ObjectLiteral, Evaluate_ObjectLiteral],
  [KIND_ParenthesizedExpression, Evaluate_ParenthesizedExpression],
  [KIND_FunctionExpression, Evaluate_FunctionExpression],
  [KIND_ArrowFunction, Evaluate_FunctionExpression],
  [KIND_StaticMember, Evaluate_StaticMember],
  [KIND_ComputedMember, Evaluate_ComputedMember],
  [KIND_PrivateMember, Evaluate_PrivateMember],
  [KIND_SuperStaticMember, Evaluate_SuperMember],
  [KIND_SuperComputedMember, Evaluate_SuperMember],
];
