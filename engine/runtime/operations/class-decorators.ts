// Application of decorators to class elements and classes, https://github.com/tc39/proposal-decorators . The
// decorators of an element are called innermost first, with the element's value and a context object.
import type { Agent } from '../agent.ts';
import { Call2, IsCallable } from '../call.ts';
import { throwTypeError } from '../errors.ts';
import { type BuiltinFunction, builtinClosure, CreateBuiltinFunction } from '../objects/function.ts';
import { JSObject, OrdinaryObjectCreate } from '../objects/object.ts';
import { hasPrivateElement, PrivateGet, PrivateName, PrivateSet } from '../private-name.ts';
import { keyToValue, type PropertyKey } from '../property-key.ts';
import type { Value } from '../value.ts';
import { CreateDataPropertyOrThrow, Get, HasProperty, Set } from './object-operations.ts';

/** Decorator Record: the function and the object it was read from. */
export interface DecoratorRecord {
  readonly decorator: Value;
  readonly receiver: Value;
}

export type DecoratedKind = 'method' | 'getter' | 'setter' | 'field' | 'accessor';

/** A decorated element between its definition and the application of its decorators. */
export interface DecoratedElement {
  readonly kind: DecoratedKind;
  readonly key: PropertyKey | PrivateName;
  readonly isStatic: boolean;
  readonly decorators: readonly DecoratorRecord[];
  /** Methods, getters, setters. */
  value: JSObject | undefined;
  /** Accessors. */
  get: JSObject | undefined;
  set: JSObject | undefined;
  /** What decorators of fields and accessors returned to compute the initial value, in calling order. */
  readonly initializers: Value[];
  readonly extraInitializers: Value[];
}

interface AddInitializerState {
  readonly list: Value[];
  finished: boolean;
}

const addInitializer = builtinClosure('addInitializer', 1, AddInitializer);
const accessGet = builtinClosure('get', 1, AccessGet);
const accessSet = builtinClosure('set', 2, AccessSet);
const accessHas = builtinClosure('has', 1, AccessHas);

function AddInitializer(
  callee: BuiltinFunction<AddInitializerState>,
  _thisValue: Value,
  _newTarget: JSObject | undefined,
  initializer: Value,
): Value {
  const agent = callee.realm.agent;
  if (callee.captures.finished) throwTypeError(agent, 'addInitializer called after decoration finished');
  if (!IsCallable(initializer)) throwTypeError(agent, 'An initializer must be a function');
  callee.captures.list.push(initializer);
  return undefined;
}

function requireObject(agent: Agent, object: Value): JSObject {
  if (!(object instanceof JSObject)) throwTypeError(agent, 'Expected an object');
  return object;
}

type AccessFunction = BuiltinFunction<PropertyKey | PrivateName>;

function AccessGet(
  callee: AccessFunction,
  _thisValue: Value,
  _newTarget: JSObject | undefined,
  object: Value,
): Value {
  const agent = callee.realm.agent;
  const O = requireObject(agent, object);
  const key = callee.captures;
  return key instanceof PrivateName ? PrivateGet(agent, O, key) : Get(agent, O, key);
}

function AccessSet(
  callee: AccessFunction,
  _thisValue: Value,
  _newTarget: JSObject | undefined,
  object: Value,
  value: Value,
): Value {
  const agent = callee.realm.agent;
  const O = requireObject(agent, object);
  const key = callee.captures;
  if (key instanceof PrivateName) PrivateSet(agent, O, key, value);
  else Set(agent, O, key, value, true);
  return undefined;
}

function AccessHas(
  callee: AccessFunction,
  _thisValue: Value,
  _newTarget: JSObject | undefined,
  object: Value,
): Value {
  const agent = callee.realm.agent;
  const O = requireObject(agent, object);
  const key = callee.captures;
  return key instanceof PrivateName ? hasPrivateElement(O, key) : HasProperty(agent, O, key);
}

/** CreateDecoratorContextObject for an element. */
function createElementContext(agent: Agent, element: DecoratedElement, state: AddInitializerState): JSObject {
  const contextObj = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
  const { key, kind } = element;
  const name = key instanceof PrivateName ? key.description : keyToValue(key);
  const access = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
  if (kind !== 'setter') {
    CreateDataPropertyOrThrow(agent, access, 'get', CreateBuiltinFunction(agent, accessGet, key));
  }
  if (kind === 'field' || kind === 'accessor' || kind === 'setter') {
    CreateDataPropertyOrThrow(agent, access, 'set', CreateBuiltinFunction(agent, accessSet, key));
  }
  CreateDataPropertyOrThrow(agent, access, 'has', CreateBuiltinFunction(agent, accessHas, key));
  CreateDataPropertyOrThrow(agent, contextObj, 'kind', kind);
  CreateDataPropertyOrThrow(agent, contextObj, 'access', access);
  CreateDataPropertyOrThrow(agent, contextObj, 'static', element.isStatic);
  CreateDataPropertyOrThrow(agent, contextObj, 'private', key instanceof PrivateName);
  CreateDataPropertyOrThrow(agent, contextObj, 'name', name);
  CreateDataPropertyOrThrow(
    agent,
    contextObj,
    'addInitializer',
    CreateBuiltinFunction(agent, addInitializer, state),
  );
  return contextObj;
}

function requireFunctionOrUndefined(agent: Agent, value: Value, what: string): void {
  if (value !== undefined && !IsCallable(value))
    throwTypeError(agent, `${what} must be a function or undefined`);
}

/** ApplyDecoratorsToElementDefinition: changes `element` to what its decorators make of it. */
export function ApplyDecoratorsToElementDefinition(agent: Agent, element: DecoratedElement): void {
  const decorators = element.decorators;
  for (let i = decorators.length - 1; i >= 0; i--) {
    const { decorator, receiver } = decorators[i];
    const state: AddInitializerState = { list: element.extraInitializers, finished: false };
    const contextObj = createElementContext(agent, element, state);
    const newValue = Call2(agent, decorator, receiver, decoratedValue(agent, element), contextObj);
    state.finished = true;
    applyResult(agent, element, newValue);
  }
}

function decoratedValue(agent: Agent, element: DecoratedElement): Value {
  if (element.kind === 'field') return undefined;
  if (element.kind !== 'accessor') return element.value;
  const value = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
  CreateDataPropertyOrThrow(agent, value, 'get', element.get);
  CreateDataPropertyOrThrow(agent, value, 'set', element.set);
  return value;
}

function applyResult(agent: Agent, element: DecoratedElement, newValue: Value): void {
  if (element.kind === 'field') {
    requireFunctionOrUndefined(agent, newValue, 'What a field decorator returns');
    if (newValue !== undefined) element.initializers.unshift(newValue);
  } else if (element.kind !== 'accessor') {
    requireFunctionOrUndefined(agent, newValue, 'What a method decorator returns');
    if (newValue !== undefined) element.value = newValue as JSObject;
  } else if (newValue instanceof JSObject) {
    const newGetter = Get(agent, newValue, 'get');
    requireFunctionOrUndefined(agent, newGetter, 'get');
    if (newGetter !== undefined) element.get = newGetter as JSObject;
    const newSetter = Get(agent, newValue, 'set');
    requireFunctionOrUndefined(agent, newSetter, 'set');
    if (newSetter !== undefined) element.set = newSetter as JSObject;
    const initializer = Get(agent, newValue, 'init');
    requireFunctionOrUndefined(agent, initializer, 'init');
    if (initializer !== undefined) element.initializers.unshift(initializer);
  } else if (newValue !== undefined) {
    throwTypeError(agent, 'What an accessor decorator returns must be an object or undefined');
  }
}

/** ApplyDecoratorsToClassDefinition: the class that the decorators make of `classDef`. */
export function ApplyDecoratorsToClassDefinition(
  agent: Agent,
  decorators: readonly DecoratorRecord[],
  classDef: JSObject,
  className: string,
  extraInitializers: Value[],
): JSObject {
  let result = classDef;
  for (let i = decorators.length - 1; i >= 0; i--) {
    const { decorator, receiver } = decorators[i];
    const state: AddInitializerState = { list: extraInitializers, finished: false };
    const contextObj = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
    CreateDataPropertyOrThrow(agent, contextObj, 'kind', 'class');
    CreateDataPropertyOrThrow(agent, contextObj, 'name', className);
    CreateDataPropertyOrThrow(
      agent,
      contextObj,
      'addInitializer',
      CreateBuiltinFunction(agent, addInitializer, state),
    );
    const newDef = Call2(agent, decorator, receiver, result, contextObj);
    state.finished = true;
    requireFunctionOrUndefined(agent, newDef, 'What a class decorator returns');
    if (newDef !== undefined) result = newDef as JSObject;
  }
  return result;
}
