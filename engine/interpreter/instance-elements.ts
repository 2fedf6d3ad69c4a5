// What a class gives its instances, and its constructor: private methods, fields, what decorators add.
import type { Agent } from '../runtime/agent.ts';
import { Call0, Call1 } from '../runtime/call.ts';
import type {
  ClassFieldDefinition,
  ECMAScriptFunction,
  PrivateMethodDefinition,
} from '../runtime/objects/function.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import { CreateDataPropertyOrThrow } from '../runtime/operations/object-operations.ts';
import {
  PrivateAccessorAdd,
  PrivateFieldAdd,
  PrivateMethodAdd,
  PrivateName,
} from '../runtime/private-name.ts';
import { AccessorPair } from '../runtime/property-descriptor.ts';
import type { PropertyKey } from '../runtime/property-key.ts';
import type { Value } from '../runtime/value.ts';

/** A field whose decorators returned initializers: each is called with the value so far. */
export class DecoratedField implements ClassFieldDefinition {
  readonly name: PropertyKey | PrivateName;
  readonly initializer: ECMAScriptFunction | null;
  readonly initializers: readonly Value[];

  constructor(field: ClassFieldDefinition, initializers: readonly Value[]) {
    this.name = field.name;
    this.initializer = field.initializer;
    this.initializers = initializers;
  }
}

/** Functions that decorators registered with addInitializer, at their place among the fields. */
export class ExtraInitializers implements ClassFieldDefinition {
  readonly name = '';
  readonly initializer = null;
  readonly functions: readonly Value[];

  constructor(functions: readonly Value[]) {
    this.functions = functions;
  }
}

/** InitializeInstanceElements ( O, constructor ) — https://tc39.es/ecma262/#sec-initializeinstanceelements */
export function InitializeInstanceElements(agent: Agent, O: JSObject, constructor: ECMAScriptFunction): void {
  const methods = constructor.privateMethods;
  for (let i = 0; i < methods.length; i++) PrivateMethodOrAccessorAdd(agent, O, methods[i]);
  const fields = constructor.fields;
  for (let i = 0; i < fields.length; i++) DefineField(agent, O, fields[i]);
}

/** https://tc39.es/ecma262/#sec-privatemethodoraccessoradd */
export function PrivateMethodOrAccessorAdd(
  agent: Agent,
  O: JSObject,
  definition: PrivateMethodDefinition,
): void {
  const { name, method } = definition;
  if (method instanceof AccessorPair) PrivateAccessorAdd(agent, O, name, method);
  else PrivateMethodAdd(agent, O, name, method);
}

/** DefineField ( receiver, fieldRecord ) — https://tc39.es/ecma262/#sec-definefield */
export function DefineField(agent: Agent, receiver: JSObject, fieldRecord: ClassFieldDefinition): void {
  if (fieldRecord instanceof ExtraInitializers) {
    for (const initializer of fieldRecord.functions) Call0(agent, initializer, receiver);
    return;
  }
  const { name, initializer } = fieldRecord;
  let initValue = initializer === null ? undefined : Call0(agent, initializer, receiver);
  if (fieldRecord instanceof DecoratedField) {
    for (const decorated of fieldRecord.initializers)
      initValue = Call1(agent, decorated, receiver, initValue);
  }
  if (name instanceof PrivateName) PrivateFieldAdd(agent, receiver, name, initValue);
  else CreateDataPropertyOrThrow(agent, receiver, name, initValue);
}
