// MethodDefinitionEvaluation, https://tc39.es/ecma262/#sec-runtime-semantics-methoddefinitionevaluation .
import type { Agent } from '../runtime/agent.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import { defineMethodProperty } from '../runtime/operations/class-definition.ts';
import type { PrivateName } from '../runtime/private-name.ts';
import type { PropertyKey } from '../runtime/property-key.ts';
import type { MethodDefinition, MethodFunction } from '../syntax/ast.gen.ts';
import type { MethodKind } from '../syntax/scope.ts';
import type { Frame } from './frame.ts';
import {
  addPrototypeProperty,
  functionPrototypeOf,
  type InterpretedFunction,
  nameFunction,
  OrdinaryFunctionCreate,
} from './function-objects.ts';

/** The closure of a method or accessor with its home object and name. */
export function createMethod(
  agent: Agent,
  context: Frame,
  node: MethodFunction,
  homeObject: JSObject,
  name: PropertyKey | PrivateName,
  methodKind: MethodKind,
): InterpretedFunction {
  const closure = OrdinaryFunctionCreate(
    agent,
    context,
    functionPrototypeOf(agent, node),
    node,
    context.lexicalEnvironment,
    context.privateEnvironment,
  );
  closure.homeObject = homeObject;
  nameFunction(closure, name, methodKind === 'get' || methodKind === 'set' ? methodKind : '');
  addPrototypeProperty(agent, closure);
  return closure;
}

/** MethodDefinitionEvaluation in an object literal, with the key evaluated. */
export function defineObjectMethod(
  agent: Agent,
  context: Frame,
  node: MethodDefinition,
  object: JSObject,
  propKey: PropertyKey,
): void {
  const closure = createMethod(agent, context, node.value, object, propKey, node.methodKind);
  const kind = node.methodKind === 'constructor' ? 'method' : node.methodKind;
  defineMethodProperty(agent, object, propKey, kind, closure, true);
}
