// What the evaluation of a class body collects, and the last steps of ClassDefinitionEvaluation,
// https://tc39.es/ecma262/#sec-runtime-semantics-classdefinitionevaluation , which are the same in every tier: the
// application of decorators, https://github.com/tc39/proposal-decorators , and the static elements.
import type { Agent } from '../agent.ts';
import { Call0 } from '../call.ts';
import type {
  ClassFieldDefinition,
  ECMAScriptFunction,
  PrivateMethodDefinition,
} from '../objects/function.ts';
import { JSObject } from '../objects/object.ts';
import { PrivateName } from '../private-name.ts';
import {
  AccessorPair,
  ATTRS_DEFAULT,
  ATTRS_HIDDEN,
  dataDescriptor,
  PropertyDescriptor,
} from '../property-descriptor.ts';
import type { PropertyKey } from '../property-key.ts';
import type { Value } from '../value.ts';
import {
  ApplyDecoratorsToClassDefinition,
  ApplyDecoratorsToElementDefinition,
  type DecoratedElement,
  type DecoratedKind,
  type DecoratorRecord,
} from './class-decorators.ts';
import {
  createAutoAccessor,
  DecoratedField,
  DefineField,
  ExtraInitializers,
  PrivateMethodOrAccessorAdd,
} from './instance-elements.ts';
import { DefinePropertyOrThrow, functionNameOf } from './object-operations.ts';

export type AccessorKind = 'method' | 'get' | 'set';

/** A static field, or the function of a static block. */
type StaticElement = ClassFieldDefinition | ECMAScriptFunction;

export class ClassElements {
  readonly F: ECMAScriptFunction;
  readonly proto: JSObject;
  private readonly className: string;
  readonly instancePrivateMethods: PrivateMethodDefinition[] = [];
  readonly staticPrivateMethods: PrivateMethodDefinition[] = [];
  readonly instanceFields: StaticElement[] = [];
  readonly staticElements: StaticElement[] = [];
  /** Elements with decorators, and where the fields among them stand. */
  private readonly decorated: { readonly element: DecoratedElement; readonly fieldIndex: number }[] = [];
  private result: JSObject;
  private readonly extraInitializers: Value[] = [];

  constructor(F: ECMAScriptFunction, proto: JSObject, className: PropertyKey | PrivateName) {
    this.F = F;
    this.proto = proto;
    this.className = functionNameOf(className);
    this.result = F;
  }

  homeObject(isStatic: boolean): JSObject {
    return isStatic ? this.F : this.proto;
  }

  /** The definition of a method whose closure has been made. */
  defineMethod(
    agent: Agent,
    name: PropertyKey | PrivateName,
    isStatic: boolean,
    methodKind: AccessorKind,
    closure: JSObject,
    decorators: readonly DecoratorRecord[],
  ): void {
    if (decorators.length > 0) {
      const kind = methodKind === 'get' ? 'getter' : methodKind === 'set' ? 'setter' : 'method';
      const element = newDecoratedElement(kind, name, isStatic, decorators, closure);
      this.decorated.push({ element, fieldIndex: -1 });
    }
    this.installMethod(agent, name, isStatic, methodKind, closure);
  }

  /** The definition of a field or `accessor` field whose initializer has been made. */
  defineField(
    agent: Agent,
    name: PropertyKey | PrivateName,
    isStatic: boolean,
    isAccessor: boolean,
    initializer: ECMAScriptFunction | null,
    decorators: readonly DecoratorRecord[],
  ): void {
    if (initializer !== null) initializer.classFieldInitializerName = name;
    const element = newDecoratedElement(
      isAccessor ? 'accessor' : 'field',
      name,
      isStatic,
      decorators,
      undefined,
    );
    let fieldName = name;
    if (isAccessor) {
      const storage = new PrivateName(`${functionNameOf(name)} accessor storage`);
      const { get, set } = createAutoAccessor(agent, name, storage);
      element.get = get;
      element.set = set;
      this.installMethod(agent, name, isStatic, 'get', get);
      this.installMethod(agent, name, isStatic, 'set', set);
      fieldName = storage;
    }
    const fields = isStatic ? this.staticElements : this.instanceFields;
    fields.push({ name: fieldName, initializer });
    if (decorators.length > 0) this.decorated.push({ element, fieldIndex: fields.length - 1 });
  }

  /** Calls the decorators of elements and class; the class they make. */
  applyDecorators(agent: Agent, decorators: readonly DecoratorRecord[]): JSObject {
    if (this.decorated.length > 0) this.applyElementDecorators(agent);
    this.result = ApplyDecoratorsToClassDefinition(
      agent,
      decorators,
      this.F,
      this.className,
      this.extraInitializers,
    );
    return this.result;
  }

  /** The steps behind the initialization of the class's binding: what the class itself gets. */
  initialize(agent: Agent): void {
    const { result, elements } = this.beginInitialization(agent);
    for (const element of elements) {
      if (element instanceof JSObject) Call0(agent, element, result);
      else DefineField(agent, result, element);
    }
  }

  /** The first of these steps: the class, and its static elements, which are still to be defined or called, in order. */
  beginInitialization(agent: Agent): {
    readonly result: JSObject;
    readonly elements: readonly (ClassFieldDefinition | JSObject)[];
  } {
    const { F, result, extraInitializers } = this;
    F.privateMethods = this.instancePrivateMethods;
    F.fields = this.instanceFields as ClassFieldDefinition[];
    for (const method of this.staticPrivateMethods) PrivateMethodOrAccessorAdd(agent, result, method);
    const elements = [...this.staticElements, ...(extraInitializers as JSObject[])];
    return { result, elements };
  }

  /** Defines a method or accessor half, or puts it among the private methods, replacing what is there. */
  private installMethod(
    agent: Agent,
    name: PropertyKey | PrivateName,
    isStatic: boolean,
    methodKind: AccessorKind,
    closure: JSObject,
  ): void {
    if (!(name instanceof PrivateName)) {
      defineMethodProperty(agent, this.homeObject(isStatic), name, methodKind, closure, false);
      return;
    }
    const container = isStatic ? this.staticPrivateMethods : this.instancePrivateMethods;
    const index = container.findIndex((other) => other.name === name);
    const existing = index === -1 ? undefined : container[index].method;
    let method: JSObject | AccessorPair = closure;
    if (methodKind !== 'method') {
      const pair = existing instanceof AccessorPair ? existing : new AccessorPair(undefined, undefined);
      method =
        methodKind === 'get' ? new AccessorPair(closure, pair.set) : new AccessorPair(pair.get, closure);
    }
    if (index === -1) container.push({ name, method });
    else container[index] = { name, method };
  }

  /** Calls the decorators: of static methods, other methods, static fields, other fields; installs what they give. */
  private applyElementDecorators(agent: Agent): void {
    for (const phase of [0, 1, 2, 3]) {
      for (const { element } of this.decorated) {
        if ((element.kind === 'field') !== phase >= 2 || element.isStatic !== (phase % 2 === 0)) continue;
        ApplyDecoratorsToElementDefinition(agent, element);
        this.installDecorated(agent, element);
      }
    }
    this.installInitializers(this.staticElements, true);
    this.installInitializers(this.instanceFields, false);
  }

  private installDecorated(agent: Agent, element: DecoratedElement): void {
    const { key, isStatic, kind } = element;
    if (kind === 'accessor') {
      this.installMethod(agent, key, isStatic, 'get', element.get as JSObject);
      this.installMethod(agent, key, isStatic, 'set', element.set as JSObject);
    } else if (kind !== 'field') {
      const methodKind = kind === 'getter' ? 'get' : kind === 'setter' ? 'set' : 'method';
      this.installMethod(agent, key, isStatic, methodKind, element.value as JSObject);
    }
  }

  /** Puts the initializers that decorators gave at their places: those of methods first, of a field behind it. */
  private installInitializers(fields: StaticElement[], isStatic: boolean): void {
    const methodInitializers: Value[] = [];
    // From the end, so that the indices of earlier fields stay right.
    for (let i = this.decorated.length - 1; i >= 0; i--) {
      const { element, fieldIndex } = this.decorated[i];
      if (element.isStatic !== isStatic) continue;
      if (fieldIndex === -1) {
        methodInitializers.unshift(...element.extraInitializers);
        continue;
      }
      const field = fields[fieldIndex] as ClassFieldDefinition;
      const replaced: StaticElement[] = [
        element.initializers.length > 0 ? new DecoratedField(field, element.initializers) : field,
      ];
      if (element.extraInitializers.length > 0)
        replaced.push(new ExtraInitializers(element.extraInitializers));
      fields.splice(fieldIndex, 1, ...replaced);
    }
    if (methodInitializers.length > 0) fields.unshift(new ExtraInitializers(methodInitializers));
  }
}

function newDecoratedElement(
  kind: DecoratedKind,
  key: PropertyKey | PrivateName,
  isStatic: boolean,
  decorators: readonly DecoratorRecord[],
  value: JSObject | undefined,
): DecoratedElement {
  return {
    kind,
    key,
    isStatic,
    decorators,
    value,
    get: undefined,
    set: undefined,
    initializers: [],
    extraInitializers: [],
  };
}

/** Defines the closure of a method, getter or setter as a property. */
export function defineMethodProperty(
  agent: Agent,
  object: JSObject,
  key: PropertyKey,
  methodKind: AccessorKind,
  closure: JSObject,
  enumerable: boolean,
): void {
  let desc: PropertyDescriptor;
  if (methodKind === 'get' || methodKind === 'set') {
    desc = new PropertyDescriptor();
    if (methodKind === 'get') {
      desc.hasGet = true;
      desc.get = closure;
    } else {
      desc.hasSet = true;
      desc.set = closure;
    }
    desc.enumerable = enumerable;
    desc.configurable = true;
  } else desc = dataDescriptor(closure, enumerable ? ATTRS_DEFAULT : ATTRS_HIDDEN);
  DefinePropertyOrThrow(agent, object, key, desc);
}
