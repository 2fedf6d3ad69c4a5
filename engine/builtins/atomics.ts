// The Atomics Object, https://tc39.es/ecma262/#sec-atomics-object . The host's Atomics do the work on the host's view, once
// the arguments are checked and converted.
import type { Agent } from '../runtime/agent.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { throwTypeError } from '../runtime/errors.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import type { TypedArrayObject } from '../runtime/objects/typed-array.ts';
import {
  DoWait,
  notifyWaiters,
  RevalidateAtomicAccess,
  ValidateAtomicAccess,
  ValidateIntegerTypedArray,
} from '../runtime/operations/atomics.ts';
import { ToBigInt, ToIntegerOrInfinity } from '../runtime/operations/type-conversion.ts';
import type { Value } from '../runtime/value.ts';
import { type IntrinsicSpec, method, objectSpec, toStringTag } from './define.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** The host's view of an array of integers. Those of Numbers and BigInts look alike to the host's functions. */
type IntegerView = Int32Array;

function integersOf(agent: Agent, array: TypedArrayObject): IntegerView {
  return array.elements(agent) as IntegerView;
}

/** A value for an array of integers; the host keeps the bits that fit. Typed as a Number for the host's functions. */
function toInteger(agent: Agent, array: TypedArrayObject, value: Value): number {
  return array.type.isBigInt
    ? (ToBigInt(agent, value) as unknown as number)
    : ToIntegerOrInfinity(agent, value);
}

/** AtomicReadModifyWrite ( typedArray, index, value, op ) — https://tc39.es/ecma262/#sec-atomicreadmodifywrite */
function AtomicReadModifyWrite(
  agent: Agent,
  typedArray: Value,
  index: Value,
  value: Value,
  op: (view: IntegerView, index: number, value: number) => number,
): Value {
  const array = ValidateIntegerTypedArray(agent, typedArray, NOT_WAITABLE, 'write');
  const i = ValidateAtomicAccess(agent, array, index);
  const v = toInteger(agent, array, value);
  RevalidateAtomicAccess(agent, array, i);
  return op(integersOf(agent, array), i, v);
}

const WAITABLE = true;
const NOT_WAITABLE = false;

/** Atomics.add ( typedArray, index, value ) — https://tc39.es/ecma262/#sec-atomics.add */
function Atomics_add(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  typedArray: Value,
  index: Value,
  value: Value,
): Value {
  return AtomicReadModifyWrite(callee.realm.agent, typedArray, index, value, Atomics.add);
}

/** Atomics.and ( typedArray, index, value ) — https://tc39.es/ecma262/#sec-atomics.and */
function Atomics_and(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  typedArray: Value,
  index: Value,
  value: Value,
): Value {
  return AtomicReadModifyWrite(callee.realm.agent, typedArray, index, value, Atomics.and);
}

/** Atomics.compareExchange ( typedArray, index, expectedValue, replacementValue ) — https://tc39.es/ecma262/#sec-atomics.compareexchange */
function Atomics_compareExchange(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  typedArray: Value,
  index: Value,
  expectedValue: Value,
  replacementValue: Value,
): Value {
  const { agent } = callee.realm;
  const array = ValidateIntegerTypedArray(agent, typedArray, NOT_WAITABLE, 'write');
  const i = ValidateAtomicAccess(agent, array, index);
  const expected = toInteger(agent, array, expectedValue);
  const replacement = toInteger(agent, array, replacementValue);
  RevalidateAtomicAccess(agent, array, i);
  return Atomics.compareExchange(integersOf(agent, array), i, expected, replacement);
}

/** Atomics.exchange ( typedArray, index, value ) — https://tc39.es/ecma262/#sec-atomics.exchange */
function Atomics_exchange(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  typedArray: Value,
  index: Value,
  value: Value,
): Value {
  return AtomicReadModifyWrite(callee.realm.agent, typedArray, index, value, Atomics.exchange);
}

/** Atomics.isLockFree ( size ): the same on every host — https://tc39.es/ecma262/#sec-atomics.islockfree */
function Atomics_isLockFree(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, size: Value): Value {
  const n = ToIntegerOrInfinity(callee.realm.agent, size);
  return n === 1 || n === 2 || n === 4 || n === 8;
}

/** Atomics.load ( typedArray, index ) — https://tc39.es/ecma262/#sec-atomics.load */
function Atomics_load(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  typedArray: Value,
  index: Value,
): Value {
  const { agent } = callee.realm;
  const array = ValidateIntegerTypedArray(agent, typedArray, NOT_WAITABLE);
  const i = ValidateAtomicAccess(agent, array, index);
  RevalidateAtomicAccess(agent, array, i);
  return Atomics.load(integersOf(agent, array), i);
}

/** Atomics.notify ( typedArray, index, count ) — https://tc39.es/ecma262/#sec-atomics.notify */
function Atomics_notify(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  typedArray: Value,
  index: Value,
  count: Value,
): Value {
  const { agent } = callee.realm;
  const array = ValidateIntegerTypedArray(agent, typedArray, WAITABLE);
  const i = ValidateAtomicAccess(agent, array, index);
  const c = count === undefined ? Number.POSITIVE_INFINITY : Math.max(ToIntegerOrInfinity(agent, count), 0);
  return array.buffer.isShared ? notifyWaiters(agent, array, i, c) : 0;
}

/** Atomics.or ( typedArray, index, value ) — https://tc39.es/ecma262/#sec-atomics.or */
function Atomics_or(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  typedArray: Value,
  index: Value,
  value: Value,
): Value {
  return AtomicReadModifyWrite(callee.realm.agent, typedArray, index, value, Atomics.or);
}

/** Atomics.pause ( [ iterationNumber ] ) — https://tc39.es/proposal-atomics-microwait/#Atomics.pause */
function Atomics_pause(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  iterationNumber: Value,
): Value {
  const { agent } = callee.realm;
  if (iterationNumber !== undefined && !Number.isInteger(iterationNumber)) {
    throwTypeError(agent, `${describeForMessage(iterationNumber)} is not an integral Number`);
  }
  return undefined;
}

/** Atomics.store ( typedArray, index, value ) — https://tc39.es/ecma262/#sec-atomics.store */
function Atomics_store(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  typedArray: Value,
  index: Value,
  value: Value,
): Value {
  const { agent } = callee.realm;
  const array = ValidateIntegerTypedArray(agent, typedArray, NOT_WAITABLE, 'write');
  const i = ValidateAtomicAccess(agent, array, index);
  const v = toInteger(agent, array, value);
  RevalidateAtomicAccess(agent, array, i);
  Atomics.store(integersOf(agent, array), i, v);
  return v;
}

/** Atomics.sub ( typedArray, index, value ) — https://tc39.es/ecma262/#sec-atomics.sub */
function Atomics_sub(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  typedArray: Value,
  index: Value,
  value: Value,
): Value {
  return AtomicReadModifyWrite(callee.realm.agent, typedArray, index, value, Atomics.sub);
}

/** Atomics.wait ( typedArray, index, value, timeout ) — https://tc39.es/ecma262/#sec-atomics.wait */
function Atomics_wait(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  typedArray: Value,
  index: Value,
  value: Value,
  timeout: Value,
): Value {
  return DoWait(callee.realm.agent, 'sync', typedArray, index, value, timeout);
}

/** Atomics.waitAsync ( typedArray, index, value, timeout ) — https://tc39.es/ecma262/#sec-atomics.waitasync */
function Atomics_waitAsync(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  typedArray: Value,
  index: Value,
  value: Value,
  timeout: Value,
): Value {
  return DoWait(callee.realm.agent, 'async', typedArray, index, value, timeout);
}

/** Atomics.xor ( typedArray, index, value ) — https://tc39.es/ecma262/#sec-atomics.xor */
function Atomics_xor(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  typedArray: Value,
  index: Value,
  value: Value,
): Value {
  return AtomicReadModifyWrite(callee.realm.agent, typedArray, index, value, Atomics.xor);
}

export const atomicsIntrinsics: readonly IntrinsicSpec[] = [
  objectSpec('%Atomics%', {
    rows: [
      method('add', 3, Atomics_add),
      method('and', 3, Atomics_and),
      method('compareExchange', 4, Atomics_compareExchange),
      method('exchange', 3, Atomics_exchange),
      method('isLockFree', 1, Atomics_isLockFree),
      method('load', 2, Atomics_load),
      method('notify', 3, Atomics_notify),
      method('or', 3, Atomics_or),
      method('pause', 0, Atomics_pause),
      method('store', 3, Atomics_store),
      method('sub', 3, Atomics_sub),
      method('wait', 4, Atomics_wait),
      method('waitAsync', 4, Atomics_waitAsync),
      method('xor', 3, Atomics_xor),
      toStringTag('Atomics'),
    ],
  }),
];
