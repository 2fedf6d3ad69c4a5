// Binding and assignment patterns, https://tc39.es/ecma262/#sec-destructuring-binding-patterns and
// https://tc39.es/ecma262/#sec-destructuring-assignment . An environment of null stands for the specification's
// undefined: the names exist and are assigned.
import type { Agent } from '../../runtime/agent.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import type { Environment } from '../../runtime/environments.ts';
import { throwReferenceError, throwTypeError } from '../../runtime/errors.ts';
import { createArrayFrom } from '../../runtime/objects/array.ts';
import { OrdinaryObjectCreate } from '../../runtime/objects/object.ts';
import {
  GetIterator,
  IteratorClose,
  IteratorCloseAndThrow,
  type IteratorRecord,
  IteratorStepValue,
} from '../../runtime/operations/iterator-operations.ts';
import { CopyDataProperties, GetV } from '../../runtime/operations/object-operations.ts';
import { ToPropertyKey } from '../../runtime/operations/type-conversion.ts';
import type { PropertyKey } from '../../runtime/property-key.ts';
import type { Value } from '../../runtime/value.ts';
import {
  type ArrayAssignmentPattern,
  type ArrayBindingPattern,
  type AssignmentElement,
  type AssignmentProperty,
  type AssignmentTarget,
  type BindingElement,
  type BindingIdentifier,
  type BindingProperty,
  type BindingTarget,
  type Expression,
  KIND_ArrayAssignmentPattern,
  KIND_ArrayBindingPattern,
  KIND_BindingIdentifier,
  KIND_ComputedPropertyName,
  KIND_IdentifierReference,
  KIND_LiteralPropertyName,
  KIND_ObjectAssignmentPattern,
  KIND_ObjectBindingPattern,
  type Node,
  type ObjectAssignmentPattern,
  type ObjectBindingPattern,
  type PropertyKeyNode,
  type SimpleTarget,
} from '../../syntax/ast.gen.ts';
import { PATTERN_DEPTH } from '../depth-costs.ts';
import { type Frame, ReturnSignal } from '../frame.ts';
import { PutValue, type Reference, ResolveBinding } from '../references.ts';
import { EvaluateExpression, EvaluateWithName } from './dispatch.ts';
import type { Evaluation } from './evaluation.ts';
import { EvaluateTarget } from './targets.ts';

/** Evaluation of a PropertyName that is no private name. */
export function* EvaluatePropertyName(
  agent: Agent,
  context: Frame,
  key: PropertyKeyNode,
): Evaluation<PropertyKey> {
  if (key.kind === KIND_ComputedPropertyName) {
    return ToPropertyKey(agent, yield* EvaluateExpression(agent, context, key.expression));
  }
  return key.kind === KIND_LiteralPropertyName ? key.value : key.name;
}

/** The initializer's value under the name of what it initializes. */
function* EvaluateDefault(
  agent: Agent,
  context: Frame,
  initializer: Expression,
  target: BindingTarget | AssignmentTarget,
): Evaluation<Value> {
  if (target.kind === KIND_BindingIdentifier || target.kind === KIND_IdentifierReference) {
    return yield* EvaluateWithName(agent, context, initializer, target.name);
  }
  return yield* EvaluateExpression(agent, context, initializer);
}

/** Is at a pattern and charges one level of it; the caller gives it back on normal completion. */
function enterPattern(agent: Agent, context: Frame, position: number): void {
  context.position = position;
  agent.depth += PATTERN_DEPTH;
  if (agent.depth > agent.limits.depth) agent.throwStackOverflow();
}

function requireObjectCoercible(agent: Agent, value: Value): void {
  if (value !== undefined && value !== null) return;
  throwTypeError(agent, `Cannot destructure ${describeForMessage(value)}`);
}

/** Ends a destructuring that something abrupt left: closes the iterator unless it is done, and goes on throwing. */
function closeAndThrow(agent: Agent, iteratorRecord: IteratorRecord, thrown: unknown): never {
  if (iteratorRecord.done) throw thrown;
  if (!(thrown instanceof ReturnSignal)) IteratorCloseAndThrow(agent, iteratorRecord, thrown);
  IteratorClose(agent, iteratorRecord);
  throw thrown;
}

/** The next value of an array pattern, undefined once the iterator is done. */
function stepValue(agent: Agent, context: Frame, pattern: Node, iteratorRecord: IteratorRecord): Value {
  context.position = pattern.start;
  return iteratorRecord.done ? undefined : IteratorStepValue(agent, iteratorRecord);
}

/** The rest of an iterator as a list: BindingRestElement, AssignmentRestElement. */
function remainingValues(
  agent: Agent,
  context: Frame,
  pattern: Node,
  iteratorRecord: IteratorRecord,
): Value[] {
  context.position = pattern.start;
  const values: Value[] = [];
  while (!iteratorRecord.done) {
    agent.chargeFuel(1);
    const value = IteratorStepValue(agent, iteratorRecord);
    if (!iteratorRecord.done) values.push(value);
  }
  return values;
}

// ---- Bindings

/** InitializeBoundName ( name, value, environment ) — https://tc39.es/ecma262/#sec-initializeboundname */
export function InitializeBoundName(
  agent: Agent,
  context: Frame,
  name: string,
  value: Value,
  environment: Environment | null,
): void {
  if (environment !== null) environment.InitializeBinding(agent, name, value, 'normal');
  else PutValue(agent, ResolveBinding(agent, context, name), value);
}

/** BindingInitialization — https://tc39.es/ecma262/#sec-runtime-semantics-bindinginitialization */
export function* BindingInitialization(
  agent: Agent,
  context: Frame,
  target: BindingTarget,
  value: Value,
  environment: Environment | null,
): Evaluation<void> {
  if (target.kind === KIND_BindingIdentifier) {
    InitializeBoundName(agent, context, target.name, value, environment);
    return;
  }
  enterPattern(agent, context, target.start);
  switch (target.kind) {
    case KIND_ObjectBindingPattern:
      requireObjectCoercible(agent, value);
      yield* ObjectBindingPatternInitialization(agent, context, target, value, environment);
      break;
    case KIND_ArrayBindingPattern: {
      const iteratorRecord = GetIterator(agent, value);
      try {
        yield* IteratorBindingInitialization(agent, context, target, iteratorRecord, environment);
      } catch (thrown) {
        context.position = target.start;
        closeAndThrow(agent, iteratorRecord, thrown);
      }
      context.position = target.start;
      if (!iteratorRecord.done) IteratorClose(agent, iteratorRecord);
      break;
    }
  }
  agent.depth -= PATTERN_DEPTH;
}

/** The binding of one identifier with a value that is computed after the binding was resolved. */
function* IdentifierInitialization(
  agent: Agent,
  context: Frame,
  target: BindingIdentifier,
  lhs: Reference | null,
  value: Value,
  initializer: Expression | null,
  environment: Environment | null,
): Evaluation<void> {
  let v = value;
  if (initializer !== null && v === undefined) {
    agent.enterCall();
    v = yield* EvaluateWithName(agent, context, initializer, target.name);
    agent.depth--;
  }
  context.position = target.start;
  if (lhs !== null) PutValue(agent, lhs, v);
  else (environment as Environment).InitializeBinding(agent, target.name, v, 'normal');
}

/** PropertyBindingInitialization and RestBindingInitialization — https://tc39.es/ecma262/#sec-destructuring-binding-patterns-runtime-semantics-propertybindinginitialization */
function* ObjectBindingPatternInitialization(
  agent: Agent,
  context: Frame,
  pattern: ObjectBindingPattern,
  value: Value,
  environment: Environment | null,
): Evaluation<void> {
  const boundNames: PropertyKey[] = [];
  const properties = pattern.properties;
  for (let i = 0; i < properties.length; i++) {
    const property = properties[i];
    const P = yield* EvaluatePropertyName(agent, context, property.key);
    boundNames.push(P);
    yield* KeyedBindingInitialization(agent, context, property, value, environment, P);
  }
  if (pattern.rest === null) return;
  const lhs = environment === null ? ResolveBinding(agent, context, pattern.rest.name) : null;
  const restObj = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
  context.position = pattern.start;
  CopyDataProperties(agent, restObj, value, boundNames);
  context.position = pattern.rest.start;
  if (lhs !== null) PutValue(agent, lhs, restObj);
  else (environment as Environment).InitializeBinding(agent, pattern.rest.name, restObj, 'normal');
}

/** KeyedBindingInitialization — https://tc39.es/ecma262/#sec-runtime-semantics-keyedbindinginitialization */
function* KeyedBindingInitialization(
  agent: Agent,
  context: Frame,
  property: BindingProperty,
  value: Value,
  environment: Environment | null,
  propertyName: PropertyKey,
): Evaluation<void> {
  const target = property.target;
  if (target.kind === KIND_BindingIdentifier) {
    const lhs = environment === null ? ResolveBinding(agent, context, target.name) : null;
    context.position = property.start;
    const v = GetV(agent, value, propertyName);
    yield* IdentifierInitialization(agent, context, target, lhs, v, property.initializer, environment);
    return;
  }
  context.position = property.start;
  let v = GetV(agent, value, propertyName);
  if (property.initializer !== null && v === undefined) {
    v = yield* EvaluateExpression(agent, context, property.initializer);
  }
  yield* BindingInitialization(agent, context, target, v, environment);
}

/** IteratorBindingInitialization of an array pattern — https://tc39.es/ecma262/#sec-runtime-semantics-iteratorbindinginitialization */
function* IteratorBindingInitialization(
  agent: Agent,
  context: Frame,
  pattern: ArrayBindingPattern,
  iteratorRecord: IteratorRecord,
  environment: Environment | null,
): Evaluation<void> {
  const elements = pattern.elements;
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    if (element === null) {
      stepValue(agent, context, pattern, iteratorRecord);
      continue;
    }
    const target = element.target;
    if (target.kind === KIND_BindingIdentifier) {
      const lhs = environment === null ? ResolveBinding(agent, context, target.name) : null;
      const v = stepValue(agent, context, pattern, iteratorRecord);
      yield* IdentifierInitialization(agent, context, target, lhs, v, element.initializer, environment);
    } else {
      const v = stepValue(agent, context, pattern, iteratorRecord);
      yield* ElementInitialization(agent, context, element, v, environment);
    }
  }
  const rest = pattern.rest;
  if (rest === null) return;
  if (rest.kind === KIND_BindingIdentifier) {
    const lhs = environment === null ? ResolveBinding(agent, context, rest.name) : null;
    const A = createArrayFrom(agent, remainingValues(agent, context, pattern, iteratorRecord));
    context.position = rest.start;
    if (lhs !== null) PutValue(agent, lhs, A);
    else (environment as Environment).InitializeBinding(agent, rest.name, A, 'normal');
  } else {
    const A = createArrayFrom(agent, remainingValues(agent, context, pattern, iteratorRecord));
    yield* BindingInitialization(agent, context, rest, A, environment);
  }
}

/** One BindingElement with its value, as in a list of formals. */
export function* ElementInitialization(
  agent: Agent,
  context: Frame,
  element: BindingElement,
  value: Value,
  environment: Environment | null,
): Evaluation<void> {
  const target = element.target;
  if (target.kind === KIND_BindingIdentifier) {
    const lhs = environment === null ? ResolveBinding(agent, context, target.name) : null;
    yield* IdentifierInitialization(agent, context, target, lhs, value, element.initializer, environment);
    return;
  }
  let v = value;
  if (element.initializer !== null && v === undefined) {
    v = yield* EvaluateExpression(agent, context, element.initializer);
  }
  yield* BindingInitialization(agent, context, target, v, environment);
}

// ---- Assignments

/** DestructuringAssignmentEvaluation — https://tc39.es/ecma262/#sec-runtime-semantics-destructuringassignmentevaluation */
export function* DestructuringAssignmentEvaluation(
  agent: Agent,
  context: Frame,
  pattern: ObjectAssignmentPattern | ArrayAssignmentPattern,
  value: Value,
): Evaluation<void> {
  enterPattern(agent, context, pattern.start);
  if (pattern.kind === KIND_ObjectAssignmentPattern) {
    requireObjectCoercible(agent, value);
    yield* ObjectAssignment(agent, context, pattern, value);
    agent.depth -= PATTERN_DEPTH;
    return;
  }
  const iteratorRecord = GetIterator(agent, value);
  try {
    yield* IteratorDestructuringAssignmentEvaluation(agent, context, pattern, iteratorRecord);
  } catch (thrown) {
    context.position = pattern.start;
    closeAndThrow(agent, iteratorRecord, thrown);
  }
  context.position = pattern.start;
  if (!iteratorRecord.done) IteratorClose(agent, iteratorRecord);
  agent.depth -= PATTERN_DEPTH;
}

/** An assignment target that is taken apart. */
export function isPattern(
  target: AssignmentTarget,
): target is ObjectAssignmentPattern | ArrayAssignmentPattern {
  return target.kind === KIND_ObjectAssignmentPattern || target.kind === KIND_ArrayAssignmentPattern;
}

/** The reference a simple target stands for; null for a pattern, which is assigned to with the value at hand. */
function* EvaluateDestructuringTarget(
  agent: Agent,
  context: Frame,
  target: AssignmentTarget,
): Evaluation<Reference | null> {
  if (isPattern(target)) return null;
  const lref = yield* EvaluateTarget(agent, context, target as SimpleTarget);
  if (lref === null) throwReferenceError(agent, 'Invalid destructuring assignment target');
  return lref;
}

/** The last step of an element: the default if there is one to take, then the assignment. */
function* AssignElement(
  agent: Agent,
  context: Frame,
  element: AssignmentProperty | AssignmentElement,
  lref: Reference | null,
  position: number,
  value: Value,
): Evaluation<void> {
  let rhsValue = value;
  if (element.initializer !== null && value === undefined) {
    rhsValue = yield* EvaluateDefault(agent, context, element.initializer, element.target);
  }
  if (lref !== null) {
    context.position = position;
    PutValue(agent, lref, rhsValue);
  } else {
    const pattern = element.target as ObjectAssignmentPattern | ArrayAssignmentPattern;
    yield* DestructuringAssignmentEvaluation(agent, context, pattern, rhsValue);
  }
}

/** PropertyDestructuringAssignmentEvaluation and KeyedDestructuringAssignmentEvaluation. */
function* ObjectAssignment(
  agent: Agent,
  context: Frame,
  pattern: ObjectAssignmentPattern,
  value: Value,
): Evaluation<void> {
  const excludedNames: PropertyKey[] = [];
  const properties = pattern.properties;
  for (let i = 0; i < properties.length; i++) {
    const property = properties[i];
    const name = yield* EvaluatePropertyName(agent, context, property.key);
    excludedNames.push(name);
    const lref = yield* EvaluateDestructuringTarget(agent, context, property.target);
    const position = context.position;
    context.position = property.start;
    const v = GetV(agent, value, name);
    yield* AssignElement(agent, context, property, lref, position, v);
  }
  if (pattern.rest === null) return;
  const lref = yield* EvaluateDestructuringTarget(agent, context, pattern.rest);
  const position = context.position;
  const restObj = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
  context.position = pattern.start;
  CopyDataProperties(agent, restObj, value, excludedNames);
  context.position = position;
  if (lref !== null) PutValue(agent, lref, restObj);
}

/** IteratorDestructuringAssignmentEvaluation — https://tc39.es/ecma262/#sec-runtime-semantics-iteratordestructuringassignmentevaluation */
function* IteratorDestructuringAssignmentEvaluation(
  agent: Agent,
  context: Frame,
  pattern: ArrayAssignmentPattern,
  iteratorRecord: IteratorRecord,
): Evaluation<void> {
  const elements = pattern.elements;
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    if (element === null) {
      stepValue(agent, context, pattern, iteratorRecord);
      continue;
    }
    const lref = yield* EvaluateDestructuringTarget(agent, context, element.target);
    const position = context.position;
    const v = stepValue(agent, context, pattern, iteratorRecord);
    yield* AssignElement(agent, context, element, lref, position, v);
  }
  const rest = pattern.rest;
  if (rest === null) return;
  const lref = yield* EvaluateDestructuringTarget(agent, context, rest);
  const position = context.position;
  const A = createArrayFrom(agent, remainingValues(agent, context, pattern, iteratorRecord));
  if (lref !== null) {
    context.position = position;
    PutValue(agent, lref, A);
  } else {
    yield* DestructuringAssignmentEvaluation(
      agent,
      context,
      rest as ObjectAssignmentPattern | ArrayAssignmentPattern,
      A,
    );
  }
}
