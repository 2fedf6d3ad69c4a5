// %TypedArray.prototype% functions that call back for each element. A callback may detach or shrink the buffer:
// elements that are gone read as undefined.
import type { Agent } from '../../runtime/agent.ts';
import { Call, Call3 } from '../../runtime/call.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import { appendToList } from '../../runtime/list.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { ToBoolean } from '../../runtime/operations/type-conversion.ts';
import { TypedArraySpeciesCreate, ValidateTypedArray } from '../../runtime/operations/typed-array.ts';
import type { Value } from '../../runtime/value.ts';
import { requireCallback } from '../array/operations.ts';
import { method, type Row } from '../define.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** %TypedArray%.prototype.every ( callback [ , thisArg ] ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.every */
function TypedArray_prototype_every(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  callback: Value,
  thisArg: Value,
): Value {
  const { agent } = callee.realm;
  const O = ValidateTypedArray(agent, thisValue);
  const len = O.length(agent);
  const func = requireCallback(agent, callback);
  for (let k = 0; k < len; k++) {
    agent.chargeFuel(1);
    if (!ToBoolean(Call3(agent, func, thisArg, O.getElement(agent, k), k, O))) return false;
  }
  return true;
}

/** %TypedArray%.prototype.filter ( callback [ , thisArg ] ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.filter */
function TypedArray_prototype_filter(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  callback: Value,
  thisArg: Value,
): Value {
  const { agent } = callee.realm;
  const O = ValidateTypedArray(agent, thisValue);
  const len = O.length(agent);
  const func = requireCallback(agent, callback);
  const kept: Value[] = [];
  for (let k = 0; k < len; k++) {
    agent.chargeFuel(1);
    const kValue = O.getElement(agent, k);
    if (ToBoolean(Call3(agent, func, thisArg, kValue, k, O))) appendToList(agent, kept, kValue);
  }
  const A = TypedArraySpeciesCreate(agent, O, [kept.length], 'write');
  agent.chargeFuel(kept.length >> 3);
  for (let n = 0; n < kept.length; n++) A.setElement(agent, n, kept[n]);
  return A;
}

/** FindViaPredicate ( O, len, direction, predicate, thisArg ) — https://tc39.es/ecma262/#sec-findviapredicate */
function FindViaPredicate(
  agent: Agent,
  thisValue: Value,
  direction: 'ascending' | 'descending',
  predicate: Value,
  thisArg: Value,
): { readonly index: number; readonly value: Value } {
  const O = ValidateTypedArray(agent, thisValue);
  const len = O.length(agent);
  const callback = requireCallback(agent, predicate);
  for (let i = 0; i < len; i++) {
    agent.chargeFuel(1);
    const k = direction === 'ascending' ? i : len - 1 - i;
    const kValue = O.getElement(agent, k);
    if (ToBoolean(Call3(agent, callback, thisArg, kValue, k, O))) return { index: k, value: kValue };
  }
  return { index: -1, value: undefined };
}

/** %TypedArray%.prototype.find ( predicate [ , thisArg ] ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.find */
function TypedArray_prototype_find(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  predicate: Value,
  thisArg: Value,
): Value {
  return FindViaPredicate(callee.realm.agent, thisValue, 'ascending', predicate, thisArg).value;
}

/** %TypedArray%.prototype.findIndex ( predicate [ , thisArg ] ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.findindex */
function TypedArray_prototype_findIndex(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  predicate: Value,
  thisArg: Value,
): Value {
  return FindViaPredicate(callee.realm.agent, thisValue, 'ascending', predicate, thisArg).index;
}

/** %TypedArray%.prototype.findLast ( predicate [ , thisArg ] ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.findlast */
function TypedArray_prototype_findLast(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  predicate: Value,
  thisArg: Value,
): Value {
  return FindViaPredicate(callee.realm.agent, thisValue, 'descending', predicate, thisArg).value;
}

/** %TypedArray%.prototype.findLastIndex ( predicate [ , thisArg ] ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.findlastindex */
function TypedArray_prototype_findLastIndex(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  predicate: Value,
  thisArg: Value,
): Value {
  return FindViaPredicate(callee.realm.agent, thisValue, 'descending', predicate, thisArg).index;
}

/** %TypedArray%.prototype.forEach ( callback [ , thisArg ] ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.foreach */
function TypedArray_prototype_forEach(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  callback: Value,
  thisArg: Value,
): Value {
  const { agent } = callee.realm;
  const O = ValidateTypedArray(agent, thisValue);
  const len = O.length(agent);
  const func = requireCallback(agent, callback);
  for (let k = 0; k < len; k++) {
    agent.chargeFuel(1);
    Call3(agent, func, thisArg, O.getElement(agent, k), k, O);
  }
  return undefined;
}

/** %TypedArray%.prototype.map ( callback [ , thisArg ] ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.map */
function TypedArray_prototype_map(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  callback: Value,
  thisArg: Value,
): Value {
  const { agent } = callee.realm;
  const O = ValidateTypedArray(agent, thisValue);
  const len = O.length(agent);
  const func = requireCallback(agent, callback);
  const A = TypedArraySpeciesCreate(agent, O, [len], 'write');
  for (let k = 0; k < len; k++) {
    agent.chargeFuel(1);
    A.setElement(agent, k, Call3(agent, func, thisArg, O.getElement(agent, k), k, O));
  }
  return A;
}

/** The common part of reduce and reduceRight; `step` is 1 or -1. */
function reduce(
  agent: Agent,
  thisValue: Value,
  callback: Value,
  rest: readonly Value[],
  step: 1 | -1,
): Value {
  const O = ValidateTypedArray(agent, thisValue);
  const len = O.length(agent);
  const func = requireCallback(agent, callback);
  let k = step === 1 ? 0 : len - 1;
  let accumulator: Value;
  if (rest.length > 0) accumulator = rest[0];
  else {
    if (len === 0) throwTypeError(agent, 'Reduce of empty array with no initial value');
    accumulator = O.getElement(agent, k);
    k += step;
  }
  for (; k >= 0 && k < len; k += step) {
    agent.chargeFuel(1);
    accumulator = Call(agent, func, undefined, [accumulator, O.getElement(agent, k), k, O]);
  }
  return accumulator;
}

/** %TypedArray%.prototype.reduce ( callback [ , initialValue ] ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.reduce */
function TypedArray_prototype_reduce(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  callback: Value,
  ...rest: Value[]
): Value {
  return reduce(callee.realm.agent, thisValue, callback, rest, 1);
}

/** %TypedArray%.prototype.reduceRight ( callback [ , initialValue ] ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.reduceright */
function TypedArray_prototype_reduceRight(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  callback: Value,
  ...rest: Value[]
): Value {
  return reduce(callee.realm.agent, thisValue, callback, rest, -1);
}

/** %TypedArray%.prototype.some ( callback [ , thisArg ] ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.some */
function TypedArray_prototype_some(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  callback: Value,
  thisArg: Value,
): Value {
  const { agent } = callee.realm;
  const O = ValidateTypedArray(agent, thisValue);
  const len = O.length(agent);
  const func = requireCallback(agent, callback);
  for (let k = 0; k < len; k++) {
    agent.chargeFuel(1);
    if (ToBoolean(Call3(agent, func, thisArg, O.getElement(agent, k), k, O))) return true;
  }
  return false;
}

export const typedArrayIterateRows: readonly Row[] = [
  method('every', 1, TypedArray_prototype_every),
  method('filter', 1, TypedArray_prototype_filter),
  method('find', 1, TypedArray_prototype_find),
  method('findIndex', 1, TypedArray_prototype_findIndex),
  method('findLast', 1, TypedArray_prototype_findLast),
  method('findLastIndex', 1, TypedArray_prototype_findLastIndex),
  method('forEach', 1, TypedArray_prototype_forEach),
  method('map', 1, TypedArray_prototype_map),
  method('reduce', 1, TypedArray_prototype_reduce),
  method('reduceRight', 1, TypedArray_prototype_reduceRight),
  method('some', 1, TypedArray_prototype_some),
];
