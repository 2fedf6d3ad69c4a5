// hot
// Reference Records, https://tc39.es/ecma262/#sec-reference-record-specification-type , and name resolution.
// A property name stays the unconverted value until GetValue or PutValue needs the key.
import type { Agent } from '../runtime/agent.ts';
import type { InitializeHint } from '../runtime/environments.ts';
import {
  DeclarativeEnvironment,
  type Environment,
  FunctionEnvironment,
  NO_BINDING,
  ResolvePrivateIdentifier,
} from '../runtime/environments.ts';
import { throwReferenceError, throwTypeError } from '../runtime/errors.ts';
import { JSObject } from '../runtime/objects/object.ts';
import { GetV, throwReadOfNothing, throwWriteToNothing } from '../runtime/operations/object-operations.ts';
import { ToObject, ToPropertyKey } from '../runtime/operations/type-conversion.ts';
import { PrivateGet, type PrivateName, PrivateSet } from '../runtime/private-name.ts';
import { keyToDisplay, type PropertyKey } from '../runtime/property-key.ts';
import type { Value } from '../runtime/value.ts';
import type { Frame } from './frame.ts';

/** No reference at all: `base` is the value. */
export const REFERENCE_VALUE = -1;
export const REFERENCE_UNRESOLVABLE = 0;
export const REFERENCE_ENVIRONMENT = 1;
export const REFERENCE_PROPERTY = 2;
export const REFERENCE_SUPER = 3;
export const REFERENCE_PRIVATE = 4;

export class Reference {
  readonly referenceKind: number;
  readonly env: Environment | null;
  readonly base: Value;
  /** Environment: the name. Property: a property key, or the value ToPropertyKey will be asked for. */
  referencedName: Value;
  /** referencedName is a property key. */
  hasKey: boolean;
  readonly privateName: PrivateName | null;
  readonly strict: boolean;
  /** [[ThisValue]] of super references; else the base. */
  readonly thisValue: Value;

  constructor(
    referenceKind: number,
    env: Environment | null,
    base: Value,
    referencedName: Value,
    hasKey: boolean,
    privateName: PrivateName | null,
    strict: boolean,
    thisValue: Value,
  ) {
    this.referenceKind = referenceKind;
    this.env = env;
    this.base = base;
    this.referencedName = referencedName;
    this.hasKey = hasKey;
    this.privateName = privateName;
    this.strict = strict;
    this.thisValue = thisValue;
  }

  get isPropertyReference(): boolean {
    return this.referenceKind >= REFERENCE_PROPERTY;
  }

  /** The name of an environment or unresolvable reference. */
  get bindingName(): string {
    return this.referencedName as string;
  }
}

/** A value where a reference was possible. */
export function valueReference(value: Value): Reference {
  return new Reference(REFERENCE_VALUE, null, value, undefined, true, null, false, undefined);
}

/** A reference to the property of a name known when parsed. */
export function propertyReference(base: Value, key: PropertyKey, strict: boolean): Reference {
  return new Reference(REFERENCE_PROPERTY, null, base, key, true, null, strict, base);
}

/** EvaluatePropertyAccessWithExpressionKey from step 3 — https://tc39.es/ecma262/#sec-evaluate-property-access-with-expression-key */
export function expressionKeyReference(base: Value, propertyNameValue: Value, strict: boolean): Reference {
  return new Reference(REFERENCE_PROPERTY, null, base, propertyNameValue, false, null, strict, base);
}

/** https://tc39.es/ecma262/#sec-makeprivatereference */
export function MakePrivateReference(context: Frame, baseValue: Value, privateIdentifier: string): Reference {
  const privateName = ResolvePrivateIdentifier(context.privateEnvironment, privateIdentifier);
  return new Reference(REFERENCE_PRIVATE, null, baseValue, undefined, false, privateName, true, baseValue);
}

/** https://tc39.es/ecma262/#sec-makesuperpropertyreference */
export function MakeSuperPropertyReference(
  agent: Agent,
  context: Frame,
  actualThis: Value,
  propertyKey: Value,
  hasKey: boolean,
): Reference {
  const env = GetThisEnvironment(context) as FunctionEnvironment;
  const baseValue = env.GetSuperBase(agent);
  return new Reference(
    REFERENCE_SUPER,
    null,
    baseValue,
    propertyKey,
    hasKey,
    null,
    context.strict,
    actualThis,
  );
}

/** The environment that binds `name`, searching outwards; null if none does. */
export function findBinding(agent: Agent, from: Environment, name: string): Environment | null {
  for (let env: Environment | null = from; env !== null; env = env.outerEnv) {
    if (env.HasBinding(agent, name)) return env;
  }
  return null;
}

/** ResolveBinding ( name ) and GetValue of the reference — https://tc39.es/ecma262/#sec-resolvebinding */
export function getBindingValue(agent: Agent, context: Frame, name: string): Value {
  for (let env: Environment | null = context.lexicalEnvironment; env !== null; env = env.outerEnv) {
    if (env instanceof DeclarativeEnvironment) {
      const value = env.lookup(agent, name);
      if (value !== NO_BINDING) return value as Value;
    } else if (env.HasBinding(agent, name)) return env.GetBindingValue(agent, name, context.strict);
  }
  return throwReferenceError(agent, `${name} is not defined`);
}

/** ResolveBinding ( name ) — https://tc39.es/ecma262/#sec-resolvebinding */
export function ResolveBinding(agent: Agent, context: Frame, name: string): Reference {
  const env = findBinding(agent, context.lexicalEnvironment, name);
  const kind = env === null ? REFERENCE_UNRESOLVABLE : REFERENCE_ENVIRONMENT;
  return new Reference(kind, env, undefined, name, true, null, context.strict, undefined);
}

/** GetThisEnvironment ( ) — https://tc39.es/ecma262/#sec-getthisenvironment */
export function GetThisEnvironment(context: Frame): Environment {
  let env: Environment = context.lexicalEnvironment;
  // The outermost environment has a this binding.
  while (!env.HasThisBinding()) env = env.outerEnv as Environment;
  return env;
}

/** ResolveThisBinding ( ) — https://tc39.es/ecma262/#sec-resolvethisbinding */
export function ResolveThisBinding(agent: Agent, context: Frame): Value {
  return GetThisEnvironment(context).GetThisBinding(agent);
}

/** GetNewTarget ( ) — https://tc39.es/ecma262/#sec-getnewtarget */
export function GetNewTarget(context: Frame): JSObject | undefined {
  const env = GetThisEnvironment(context);
  return env instanceof FunctionEnvironment ? env.newTarget : undefined;
}

function keyOf(agent: Agent, V: Reference): PropertyKey {
  if (!V.hasKey) {
    V.referencedName = ToPropertyKey(agent, V.referencedName);
    V.hasKey = true;
  }
  return V.referencedName as PropertyKey;
}

/** The key for messages. */
function keyForMessage(V: Reference): Value {
  return V.privateName === null ? (V.referencedName as Value) : V.privateName.description;
}

/** GetValue ( V ) of a Reference — https://tc39.es/ecma262/#sec-getvalue */
export function GetValue(agent: Agent, V: Reference): Value {
  switch (V.referenceKind) {
    case REFERENCE_VALUE:
      return V.base;
    case REFERENCE_UNRESOLVABLE:
      return throwReferenceError(agent, `${V.bindingName} is not defined`);
    case REFERENCE_ENVIRONMENT:
      return (V.env as Environment).GetBindingValue(agent, V.bindingName, V.strict);
    case REFERENCE_PRIVATE:
      return PrivateGet(agent, toBaseObject(agent, V, 'read'), V.privateName as PrivateName);
    case REFERENCE_SUPER: {
      const baseObj = toBaseObject(agent, V, 'read');
      return baseObj.Get(agent, keyOf(agent, V), V.thisValue);
    }
    default:
      return getProperty(agent, V);
  }
}

function getProperty(agent: Agent, V: Reference): Value {
  if (V.base === undefined || V.base === null) toBaseObject(agent, V, 'read');
  return GetV(agent, V.base, keyOf(agent, V));
}

function toBaseObject(agent: Agent, V: Reference, verb: 'read' | 'set'): JSObject {
  const base = V.base;
  if (base instanceof JSObject) return base;
  if (base === undefined || base === null) {
    if (verb === 'read') throwReadOfNothing(agent, base, keyForMessage(V));
    throwWriteToNothing(agent, base, keyForMessage(V));
  }
  return ToObject(agent, base);
}

/** PutValue ( V, W ) — https://tc39.es/ecma262/#sec-putvalue */
export function PutValue(agent: Agent, V: Reference, W: Value): void {
  switch (V.referenceKind) {
    case REFERENCE_UNRESOLVABLE: {
      if (V.strict) throwReferenceError(agent, `${V.bindingName} is not defined`);
      const globalObj = agent.realm.globalObject;
      globalObj.Set(agent, V.bindingName, W, globalObj);
      break;
    }
    case REFERENCE_ENVIRONMENT:
      (V.env as Environment).SetMutableBinding(agent, V.bindingName, W, V.strict);
      break;
    case REFERENCE_PRIVATE:
      PrivateSet(agent, toBaseObject(agent, V, 'set'), V.privateName as PrivateName, W);
      break;
    default: {
      const baseObj = toBaseObject(agent, V, 'set');
      const key = keyOf(agent, V);
      const succeeded = baseObj.Set(agent, key, W, V.thisValue);
      if (!succeeded && V.strict) {
        throwTypeError(agent, `Cannot assign to read only property '${keyToDisplay(key)}' of object`);
      }
    }
  }
}

/** InitializeReferencedBinding ( V, W ) — https://tc39.es/ecma262/#sec-initializereferencedbinding */
export function InitializeReferencedBinding(
  agent: Agent,
  V: Reference,
  W: Value,
  hint: InitializeHint,
): void {
  (V.env as Environment).InitializeBinding(agent, V.bindingName, W, hint);
}

/** The delete operator on a Reference — https://tc39.es/ecma262/#sec-delete-operator-runtime-semantics-evaluation */
export function DeleteReference(agent: Agent, ref: Reference): boolean {
  if (ref.referenceKind <= REFERENCE_UNRESOLVABLE) return true;
  if (ref.referenceKind === REFERENCE_ENVIRONMENT) {
    return (ref.env as Environment).DeleteBinding(agent, ref.bindingName);
  }
  if (ref.referenceKind === REFERENCE_SUPER) throwReferenceError(agent, 'Unsupported reference to super');
  if (ref.base === undefined || ref.base === null) {
    throwTypeError(agent, `Cannot convert ${String(ref.base)} to object`);
  }
  const baseObj = ToObject(agent, ref.base);
  const key = keyOf(agent, ref);
  const deleteStatus = baseObj.Delete(agent, key);
  if (!deleteStatus && ref.strict) throwTypeError(agent, `Cannot delete property '${keyToDisplay(key)}'`);
  return deleteStatus;
}

/** GetThisValue, or the this value of a call through the reference: EvaluateCall steps 1 and 2. */
export function thisValueForCall(V: Reference): Value {
  if (V.referenceKind === REFERENCE_ENVIRONMENT) return (V.env as Environment).WithBaseObject();
  return V.isPropertyReference ? V.thisValue : undefined;
}
