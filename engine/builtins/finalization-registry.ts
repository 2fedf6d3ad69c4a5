// FinalizationRegistry Objects, https://tc39.es/ecma262/#sec-finalization-registry-objects .
import type { Agent } from '../runtime/agent.ts';
import { IsCallable } from '../runtime/call.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { throwTypeError } from '../runtime/errors.ts';
import { FinalizationRegistryObject } from '../runtime/objects/finalization-registry.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import { shapeFromConstructor } from '../runtime/operations/object-operations.ts';
import { addCell, removeCellsOf } from '../runtime/operations/weak-references.ts';
import { SameValue } from '../runtime/same-value.ts';
import type { Value } from '../runtime/value.ts';
import { constructorSpec, type IntrinsicSpec, method, objectSpec, toStringTag } from './define.ts';
import { requireWeakKey } from './weak-collections.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** What a registry is charged besides the object. */
const REGISTRY_BYTES = 200;

/** Brand check: [[Cells]]. */
function thisRegistry(agent: Agent, thisValue: Value, what: string): FinalizationRegistryObject {
  if (thisValue instanceof FinalizationRegistryObject) return thisValue;
  return throwTypeError(
    agent,
    `Method FinalizationRegistry.prototype.${what} called on incompatible receiver ${describeForMessage(thisValue)}`,
  );
}

/** FinalizationRegistry ( cleanupCallback ) — https://tc39.es/ecma262/#sec-finalization-registry-cleanup-callback */
function FinalizationRegistry_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  cleanupCallback: Value,
): Value {
  const { agent } = callee.realm;
  if (newTarget === undefined) throwTypeError(agent, "Constructor FinalizationRegistry requires 'new'");
  if (!IsCallable(cleanupCallback))
    throwTypeError(agent, `The cleanup callback ${describeForMessage(cleanupCallback)} is not a function`);
  const shape = shapeFromConstructor(agent, newTarget, '%FinalizationRegistry.prototype%');
  agent.chargeBytes(REGISTRY_BYTES);
  return new FinalizationRegistryObject(shape, cleanupCallback, callee.realm);
}

/** FinalizationRegistry.prototype.register ( target, heldValue [ , unregisterToken ] ) — https://tc39.es/ecma262/#sec-finalization-registry.prototype.register */
function FinalizationRegistry_prototype_register(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  target: Value,
  heldValue: Value,
  unregisterToken: Value,
): Value {
  const { agent } = callee.realm;
  const registry = thisRegistry(agent, thisValue, 'register');
  const weakTarget = requireWeakKey(agent, target, 'as target of a FinalizationRegistry');
  if (SameValue(target, heldValue))
    throwTypeError(agent, 'The target and the held value must not be the same');
  const token =
    unregisterToken === undefined ? undefined : requireWeakKey(agent, unregisterToken, 'as unregister token');
  addCell(agent, registry, weakTarget, heldValue, token);
  return undefined;
}

/** FinalizationRegistry.prototype.unregister ( unregisterToken ) — https://tc39.es/ecma262/#sec-finalization-registry.prototype.unregister */
function FinalizationRegistry_prototype_unregister(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  unregisterToken: Value,
): Value {
  const { agent } = callee.realm;
  const registry = thisRegistry(agent, thisValue, 'unregister');
  return removeCellsOf(agent, registry, requireWeakKey(agent, unregisterToken, 'as unregister token'));
}

export const finalizationRegistryIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%FinalizationRegistry%', 'FinalizationRegistry', {
    length: 1,
    code: FinalizationRegistry_constructor,
    prototype: '%FinalizationRegistry.prototype%',
  }),
  objectSpec('%FinalizationRegistry.prototype%', {
    constructorName: '%FinalizationRegistry%',
    rows: [
      method('register', 2, FinalizationRegistry_prototype_register),
      method('unregister', 1, FinalizationRegistry_prototype_unregister),
      toStringTag('FinalizationRegistry'),
    ],
  }),
];
