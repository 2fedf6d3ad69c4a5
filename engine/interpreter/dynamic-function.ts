// CreateDynamicFunction, https://tc39.es/ecma262/#sec-createdynamicfunction : the Function constructor and its siblings.

import type { Agent } from '../runtime/agent.ts';
import type { DynamicFunctionKind } from '../runtime/code-runner.ts';
import type { FunctionObject } from '../runtime/objects/function.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import { GetPrototypeFromConstructor } from '../runtime/operations/object-operations.ts';
import { ToString } from '../runtime/operations/type-conversion.ts';
import type { IntrinsicName } from '../runtime/realm.ts';
import { chargeSource } from '../runtime/source-work.ts';
import type { Value } from '../runtime/value.ts';
import { parseDynamicFunction } from '../syntax/parse.ts';
import { throwEarlyError } from './direct-eval.ts';
import { addPrototypeProperty, nameFunction, OrdinaryFunctionCreate } from './function-objects.ts';

const FALLBACK_PROTOTYPES: Readonly<Record<DynamicFunctionKind, IntrinsicName>> = {
  normal: '%Function.prototype%',
  generator: '%GeneratorFunction.prototype%',
  async: '%AsyncFunction.prototype%',
  asyncGenerator: '%AsyncGeneratorFunction.prototype%',
};

/** CreateDynamicFunction ( constructor, newTarget, kind, parameterArgs, bodyArg ) — https://tc39.es/ecma262/#sec-createdynamicfunction */
export function CreateDynamicFunction(
  agent: Agent,
  constructor: FunctionObject,
  newTarget: JSObject | undefined,
  kind: DynamicFunctionKind,
  parameterArgs: readonly Value[],
  bodyArg: Value,
): FunctionObject {
  const parameterStrings: string[] = [];
  for (const arg of parameterArgs) parameterStrings.push(ToString(agent, arg));
  const bodyString = ToString(agent, bodyArg);
  const currentRealm = agent.realm;
  agent.hooks.ensureCanCompileStrings(agent, currentRealm);
  const P = parameterStrings.join(',');
  chargeSource(agent, P.length + bodyString.length);
  const parsed = parseDynamicFunction(kind, P, bodyString, '<anonymous>');
  if (!parsed.ok) throwEarlyError(agent, parsed.error);
  const proto = GetPrototypeFromConstructor(agent, newTarget ?? constructor, FALLBACK_PROTOTYPES[kind]);
  const F = OrdinaryFunctionCreate(agent, agent.context, proto, parsed.node, currentRealm.globalEnv, null);
  nameFunction(F, 'anonymous');
  addPrototypeProperty(agent, F);
  return F;
}
