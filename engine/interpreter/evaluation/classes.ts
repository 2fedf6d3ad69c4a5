// Class definitions, https://tc39.es/ecma262/#sec-class-definitions , with decorators and `accessor` fields,
// https://github.com/tc39/proposal-decorators .
import type { Agent } from '../../runtime/agent.ts';
import { IsConstructor } from '../../runtime/call.ts';
import {
  DeclarativeEnvironment,
  PrivateEnvironmentRecord,
  ResolvePrivateIdentifier,
} from '../../runtime/environments.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import { createDefaultConstructor } from '../../runtime/objects/default-constructor.ts';
import type { ECMAScriptFunction } from '../../runtime/objects/function.ts';
import { JSObject, OrdinaryObjectCreate } from '../../runtime/objects/object.ts';
import type { DecoratorRecord } from '../../runtime/operations/class-decorators.ts';
import { ClassElements } from '../../runtime/operations/class-definition.ts';
import { GetActiveScriptOrModule } from '../../runtime/operations/import-call.ts';
import { Get } from '../../runtime/operations/object-operations.ts';
import type { PrivateName } from '../../runtime/private-name.ts';
import { ATTRS_HIDDEN, ATTRS_NONE } from '../../runtime/property-descriptor.ts';
import type { PropertyKey } from '../../runtime/property-key.ts';
import type { Value } from '../../runtime/value.ts';
import {
  type ClassDeclaration,
  type ClassElement,
  type ClassExpression,
  type ClassNode,
  type Decorator,
  type FieldDefinition,
  KIND_ClassDeclaration,
  KIND_ClassExpression,
  KIND_ClassStaticBlock,
  KIND_FieldDefinition,
  KIND_PrivateIdentifier,
  type MethodDefinition,
  type MethodFunction,
  type PropertyKeyNode,
} from '../../syntax/ast.gen.ts';
import { COMPLETION_NORMAL, type CompletionKind, EMPTY, type Frame } from '../frame.ts';
import {
  InstantiateFunctionExpression,
  type InterpretedFunction,
  markConstructor,
  nameFunction,
  OrdinaryFunctionCreate,
} from '../function-objects.ts';
import { createMethod } from '../methods.ts';
import { GetValue, thisValueForCall } from '../references.ts';
import {
  type AnonymousFunctionDefinition,
  EvaluateExpression,
  type ExpressionRow,
  type StatementRow,
} from './dispatch.ts';
import type { Evaluation } from './evaluation.ts';
import { EvaluatePropertyName, InitializeBoundName } from './patterns.ts';
import { EvaluateReference } from './targets.ts';

/** ClassDefinitionEvaluation — https://tc39.es/ecma262/#sec-runtime-semantics-classdefinitionevaluation */
export function* ClassDefinitionEvaluation(
  agent: Agent,
  context: Frame,
  node: ClassNode,
  classBinding: string | null,
  className: PropertyKey | PrivateName,
): Evaluation<JSObject> {
  const env = context.lexicalEnvironment;
  const outerPrivateEnvironment = context.privateEnvironment;
  const outerStrict = context.strict;
  context.strict = true;
  const decorators = yield* DecoratorListEvaluation(agent, context, node.decorators);
  const classEnv = new DeclarativeEnvironment(env);
  if (classBinding !== null) classEnv.CreateImmutableBinding(agent, classBinding, true);
  const classPrivateEnvironment = new PrivateEnvironmentRecord(outerPrivateEnvironment);
  declarePrivateNames(classPrivateEnvironment, node);
  let protoParent: JSObject | null = agent.realm.objectPrototype;
  let constructorParent: JSObject = agent.realm.functionPrototype;
  if (node.heritage !== null) {
    context.lexicalEnvironment = classEnv;
    const superclass = yield* EvaluateExpression(agent, context, node.heritage);
    context.lexicalEnvironment = env;
    context.position = node.heritage.start;
    if (superclass === null) protoParent = null;
    else {
      if (!IsConstructor(superclass))
        throwTypeError(agent, 'Class extends value is not a constructor or null');
      const found = Get(agent, superclass, 'prototype');
      if (found !== null && !(found instanceof JSObject)) {
        throwTypeError(agent, 'Class extends value does not have a valid prototype property');
      }
      protoParent = found;
      constructorParent = superclass;
    }
  }
  const proto = OrdinaryObjectCreate(agent, protoParent);
  context.lexicalEnvironment = classEnv;
  context.privateEnvironment = classPrivateEnvironment;
  const F = createConstructor(agent, context, node, proto, constructorParent, className);
  const elements = new ClassElements(F, proto, className);
  for (let i = 0; i < node.elements.length; i++) {
    yield* ClassElementEvaluation(agent, context, node.elements[i], elements);
  }
  const result = elements.applyDecorators(agent, decorators);
  context.lexicalEnvironment = env;
  if (classBinding !== null) classEnv.InitializeBinding(agent, classBinding, result, 'normal');
  context.position = node.start;
  elements.initialize(agent);
  context.privateEnvironment = outerPrivateEnvironment;
  context.strict = outerStrict;
  return result;
}

/** Step 5: the names are there before the heritage and the computed keys are evaluated. */
function declarePrivateNames(environment: PrivateEnvironmentRecord, node: ClassNode): void {
  for (const element of node.elements) {
    if (element.kind !== KIND_ClassStaticBlock && element.key.kind === KIND_PrivateIdentifier) {
      environment.declare(element.key.name);
    }
  }
}

/** Steps 14 to 18: the constructor with its `prototype`. */
function createConstructor(
  agent: Agent,
  context: Frame,
  node: ClassNode,
  proto: JSObject,
  constructorParent: JSObject,
  className: PropertyKey | PrivateName,
): ECMAScriptFunction {
  let F: ECMAScriptFunction;
  if (node.classConstructor === null) {
    F = createDefaultConstructor(
      agent,
      { text: node.source.text, start: node.start, end: node.end },
      constructorParent,
      context.lexicalEnvironment,
      context.privateEnvironment,
      GetActiveScriptOrModule(context),
    );
  } else {
    const { lexicalEnvironment, privateEnvironment } = context;
    const method = node.classConstructor.value;
    const closure = OrdinaryFunctionCreate(
      agent,
      context,
      constructorParent,
      method,
      lexicalEnvironment,
      privateEnvironment,
    );
    closure.textStart = node.start;
    closure.textEnd = node.end;
    F = closure;
  }
  F.homeObject = proto;
  F.isClassConstructor = true;
  if (node.heritage !== null) F.constructorKind = 'derived';
  nameFunction(F, className);
  markConstructor(F);
  F.addSlot('prototype', proto, ATTRS_NONE);
  proto.addSlot('constructor', F, ATTRS_HIDDEN);
  return F;
}

/** DecoratorListEvaluation: the decorators in source order. */
function* DecoratorListEvaluation(
  agent: Agent,
  context: Frame,
  decorators: readonly Decorator[],
): Evaluation<DecoratorRecord[]> {
  const list: DecoratorRecord[] = [];
  for (let i = 0; i < decorators.length; i++) {
    const ref = yield* EvaluateReference(agent, context, decorators[i].expression);
    list.push({ decorator: GetValue(agent, ref), receiver: thisValueForCall(ref) });
  }
  return list;
}

/** Evaluation of a ClassElementName: a property key, or the Private Name. */
function* EvaluateElementName(
  agent: Agent,
  context: Frame,
  key: PropertyKeyNode,
): Evaluation<PropertyKey | PrivateName> {
  if (key.kind === KIND_PrivateIdentifier)
    return ResolvePrivateIdentifier(context.privateEnvironment, key.name);
  return yield* EvaluatePropertyName(agent, context, key);
}

/** ClassElementEvaluation — https://tc39.es/ecma262/#sec-static-semantics-classelementevaluation */
function* ClassElementEvaluation(
  agent: Agent,
  context: Frame,
  node: ClassElement,
  elements: ClassElements,
): Evaluation<void> {
  if (node.kind === KIND_ClassStaticBlock) {
    elements.staticElements.push(createElementFunction(agent, context, node.value, elements.F));
    return;
  }
  const decorators = yield* DecoratorListEvaluation(agent, context, node.decorators);
  const name = yield* EvaluateElementName(agent, context, node.key);
  if (node.kind === KIND_FieldDefinition) defineField(agent, context, node, name, decorators, elements);
  else defineMethod(agent, context, node, name, decorators, elements);
}

/** The function of a static block or field initializer. */
function createElementFunction(
  agent: Agent,
  context: Frame,
  node: MethodFunction,
  homeObject: JSObject,
): InterpretedFunction {
  const { lexicalEnvironment, privateEnvironment } = context;
  const functionPrototype = agent.realm.functionPrototype;
  const F = OrdinaryFunctionCreate(
    agent,
    context,
    functionPrototype,
    node,
    lexicalEnvironment,
    privateEnvironment,
  );
  F.homeObject = homeObject;
  return F;
}

/** MethodDefinitionEvaluation in a class, with the name evaluated. */
function defineMethod(
  agent: Agent,
  context: Frame,
  node: MethodDefinition,
  name: PropertyKey | PrivateName,
  decorators: readonly DecoratorRecord[],
  elements: ClassElements,
): void {
  const { methodKind, isStatic } = node;
  const closure = createMethod(agent, context, node.value, elements.homeObject(isStatic), name, methodKind);
  elements.defineMethod(
    agent,
    name,
    isStatic,
    methodKind === 'constructor' ? 'method' : methodKind,
    closure,
    decorators,
  );
}

/** ClassFieldDefinitionEvaluation — https://tc39.es/ecma262/#sec-runtime-semantics-classfielddefinitionevaluation */
function defineField(
  agent: Agent,
  context: Frame,
  node: FieldDefinition,
  name: PropertyKey | PrivateName,
  decorators: readonly DecoratorRecord[],
  elements: ClassElements,
): void {
  const { isStatic } = node;
  const initializer =
    node.initializer === null
      ? null
      : createElementFunction(agent, context, node.initializer, elements.homeObject(isStatic));
  elements.defineField(agent, name, isStatic, node.isAccessor, initializer, decorators);
}

/** BindingClassDeclarationEvaluation — https://tc39.es/ecma262/#sec-runtime-semantics-bindingclassdeclarationevaluation */
export function* BindingClassDeclarationEvaluation(
  agent: Agent,
  context: Frame,
  node: ClassDeclaration,
): Evaluation<JSObject> {
  if (node.name === null) return yield* ClassDefinitionEvaluation(agent, context, node, null, 'default');
  const className = node.name.name;
  const value = yield* ClassDefinitionEvaluation(agent, context, node, className, className);
  InitializeBoundName(agent, context, className, value, context.lexicalEnvironment);
  return value;
}

/** ClassDeclaration — https://tc39.es/ecma262/#sec-class-definitions-runtime-semantics-evaluation */
function* Evaluate_ClassDeclaration(
  agent: Agent,
  context: Frame,
  node: ClassDeclaration,
): Evaluation<CompletionKind> {
  yield* BindingClassDeclarationEvaluation(agent, context, node);
  context.completionValue = EMPTY;
  return COMPLETION_NORMAL;
}

/** ClassExpression — https://tc39.es/ecma262/#sec-class-definitions-runtime-semantics-evaluation */
function* Evaluate_ClassExpression(agent: Agent, context: Frame, node: ClassExpression): Evaluation<Value> {
  if (node.name === null) return yield* ClassDefinitionEvaluation(agent, context, node, null, '');
  const className = node.name.name;
  return yield* ClassDefinitionEvaluation(agent, context, node, className, className);
}

/** NamedEvaluation — https://tc39.es/ecma262/#sec-runtime-semantics-namedevaluation */
export function* NamedEvaluation(
  agent: Agent,
  context: Frame,
  node: AnonymousFunctionDefinition,
  name: PropertyKey | PrivateName,
): Evaluation<Value> {
  if (node.kind === KIND_ClassExpression) {
    return yield* ClassDefinitionEvaluation(agent, context, node, null, name);
  }
  return InstantiateFunctionExpression(agent, context, node, name);
}

export const classExpressionRows: readonly ExpressionRow[] = [
  [KIND_ClassExpression, Evaluate_ClassExpression],
];
export const classStatementRows: readonly StatementRow[] = [
  [KIND_ClassDeclaration, Evaluate_ClassDeclaration],
];
