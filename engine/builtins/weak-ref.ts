// WeakRef Objects, https://tc39.es/ecma262/#sec-weak-ref-objects .
import { describeForMessage } from '../runtime/describe.ts';
import { throwTypeError } from '../runtime/errors.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import { WeakRefObject } from '../runtime/objects/weak-ref.ts';
import { shapeFromConstructor } from '../runtime/operations/object-operations.ts';
import { AddToKeptObjects, WeakRefDeref } from '../runtime/operations/weak-references.ts';
import type { Value } from '../runtime/value.ts';
import { WeakTarget } from '../runtime/weak-target.ts';
import { constructorSpec, type IntrinsicSpec, method, objectSpec, toStringTag } from './define.ts';
import { requireWeakKey } from './weak-collections.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** What a WeakRef is charged besides the object. */
const WEAK_TARGET_BYTES = 64;

/** WeakRef ( target ) — https://tc39.es/ecma262/#sec-weak-ref-target */
function WeakRef_constructor(callee: Builtin, _thisValue: Value, newTarget: NewTarget, target: Value): Value {
  const { agent } = callee.realm;
  if (newTarget === undefined) throwTypeError(agent, "Constructor WeakRef requires 'new'");
  const weakTarget = requireWeakKey(agent, target, 'as target of a WeakRef');
  const shape = shapeFromConstructor(agent, newTarget, '%WeakRef.prototype%');
  agent.chargeBytes(WEAK_TARGET_BYTES);
  AddToKeptObjects(agent, weakTarget);
  return new WeakRefObject(shape, new WeakTarget(weakTarget, agent.hooks.hostReclaims));
}

/** WeakRef.prototype.deref ( ) — https://tc39.es/ecma262/#sec-weak-ref.prototype.deref */
function WeakRef_prototype_deref(callee: Builtin, thisValue: Value): Value {
  const { agent } = callee.realm;
  if (thisValue instanceof WeakRefObject) return WeakRefDeref(agent, thisValue);
  return throwTypeError(
    agent,
    `Method WeakRef.prototype.deref called on incompatible receiver ${describeForMessage(thisValue)}`,
  );
}

export const weakRefIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%WeakRef%', 'WeakRef', {
    length: 1,
    code: WeakRef_constructor,
    prototype: '%WeakRef.prototype%',
  }),
  objectSpec('%WeakRef.prototype%', {
    constructorName: '%WeakRef%',
    rows: [method('deref', 0, WeakRef_prototype_deref), toStringTag('WeakRef')],
  }),
];
