// What a class gives its instances, and its constructor: private methods, fields, what decorators add.
import type { Agent } from '../agent.ts';
import { Call0, Call1 } from '../call.ts';
import { throwTypeError } from '../errors.ts';
import type {
  ClassFieldDefinition,
  ECMAScriptFunction,
  PrivateMethodDefinition,
} from '../objects/function.ts';
import { type BuiltinFunction, builtinClosure, CreateBuiltinFunction } from '../objects/function.ts';
import { JSObject } from '../objects/object.ts';
import {
  PrivateAccessorAdd,
  PrivateFieldAdd,
  PrivateGet,
  PrivateMethodAdd,
  PrivateName,
  PrivateSet,
} from '../private-name.ts';
import { AccessorPair } from '../property-descriptor.ts';
import type { PropertyKey } from '../property-key.ts';
import type { Value } from '../value.ts';
import { CreateDataPropertyOrThrow, functionNameOf } from './object-operations.ts';

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
  const { initializer } = fieldRecord;
  const initValue = initializer === null ? undefined : Call0(agent, initializer, receiver);
  defineFieldValue(agent, receiver, fieldRecord, initValue);
}

/** Calls the field's initializer first. */
export function hasInitializer({ initializer }: ClassFieldDefinition): boolean {
  return initializer !== null;
}

/** DefineField from step 3: what follows the call of the initializer, which gave `value`. */
export function defineFieldValue(
  agent: Agent,
  receiver: JSObject,
  fieldRecord: ClassFieldDefinition,
  value: Value,
): void {
  if (fieldRecord instanceof ExtraInitializers) {
    for (const initializer of fieldRecord.functions) Call0(agent, initializer, receiver);
    return;
  }
  const { name } = fieldRecord;
  let initValue = value;
  if (fieldRecord instanceof DecoratedField) {
    for (const decorated of fieldRecord.initializers)
      initValue = Call1(agent, decorated, receiver, initValue);
  }
  if (name instanceof PrivateName) PrivateFieldAdd(agent, receiver, name, initValue);
  else CreateDataPropertyOrThrow(agent, receiver, name, initValue);
}

// ---- The functions of `accessor` fields, https://github.com/tc39/proposal-decorators

const accessorGetter = builtinClosure('', 0, AccessorGetter);
const accessorSetter = builtinClosure('', 1, AccessorSetter);

function AccessorGetter(
  callee: BuiltinFunction<PrivateName>,
  O: Value,
  _newTarget: JSObject | undefined,
): Value {
  const agent = callee.realm.agent;
  return PrivateGet(agent, requireObject(agent, O), callee.captures);
}

function AccessorSetter(
  callee: BuiltinFunction<PrivateName>,
  O: Value,
  _newTarget: JSObject | undefined,
  value: Value,
): Value {
  const agent = callee.realm.agent;
  PrivateSet(agent, requireObject(agent, O), callee.captures, value);
  return undefined;
}

function requireObject(agent: Agent, O: Value): JSObject {
  if (!(O instanceof JSObject)) throwTypeError(agent, 'Receiver of an accessor must be an object');
  return O;
}

/** MakeAutoAccessorGetter and MakeAutoAccessorSetter: the functions of an `accessor` field over its storage. */
export function createAutoAccessor(
  agent: Agent,
  name: PropertyKey | PrivateName,
  storage: PrivateName,
): { readonly get: JSObject; readonly set: JSObject } {
  const text = functionNameOf(name);
  return {
    get: CreateBuiltinFunction(agent, { ...accessorGetter, name: text, prefix: 'get' }, storage),
    set: CreateBuiltinFunction(agent, { ...accessorSetter, name: text, prefix: 'set' }, storage),
  };
}
