// %TypedArray.prototype% functions that look for an element.
import type { Agent } from '../../runtime/agent.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import type { TypedArrayObject } from '../../runtime/objects/typed-array.ts';
import { ToIntegerOrInfinity } from '../../runtime/operations/type-conversion.ts';
import { ValidateTypedArray } from '../../runtime/operations/typed-array.ts';
import { SameValueZero } from '../../runtime/same-value.ts';
import type { Value } from '../../runtime/value.ts';
import { method, type Row } from '../define.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Elements that are looked at for a unit of fuel. */
const ELEMENTS_PER_FUEL = 8;

/** An element can be the value at all: it is of the content type. */
function isContent(O: TypedArrayObject, value: Value): boolean {
  return typeof value === (O.type.isBigInt ? 'bigint' : 'number');
}

/** The first index from `start` whose element is strictly equal to the value, or -1. Indices that are gone have none. */
function indexFrom(agent: Agent, O: TypedArrayObject, value: Value, start: number): number {
  if (!isContent(O, value)) return -1;
  const length = O.length(agent);
  for (let k = start; k < length; k++) {
    if (k % ELEMENTS_PER_FUEL === 0) agent.chargeFuel(1);
    if (O.getElement(agent, k) === value) return k;
  }
  return -1;
}

/** The element at which a forward search begins. */
function startIndex(agent: Agent, fromIndex: Value, len: number): number {
  const n = ToIntegerOrInfinity(agent, fromIndex);
  return n >= 0 ? n : Math.max(len + n, 0);
}

/** %TypedArray%.prototype.includes ( searchElement [ , fromIndex ] ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.includes */
function TypedArray_prototype_includes(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  searchElement: Value,
  fromIndex: Value,
): Value {
  const { agent } = callee.realm;
  const O = ValidateTypedArray(agent, thisValue);
  const len = O.length(agent);
  if (len === 0) return false;
  const start = startIndex(agent, fromIndex, len);
  // Elements that the conversion took away read as undefined.
  if (searchElement === undefined) return Math.max(start, O.length(agent)) < len;
  if (searchElement === searchElement) {
    const k = indexFrom(agent, O, searchElement, start);
    return k >= 0 && k < len;
  }
  for (let k = start; k < len; k++) {
    if (k % ELEMENTS_PER_FUEL === 0) agent.chargeFuel(1);
    if (SameValueZero(O.getElement(agent, k), searchElement)) return true;
  }
  return false;
}

/** %TypedArray%.prototype.indexOf ( searchElement [ , fromIndex ] ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.indexof */
function TypedArray_prototype_indexOf(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  searchElement: Value,
  fromIndex: Value,
): Value {
  const { agent } = callee.realm;
  const O = ValidateTypedArray(agent, thisValue);
  const len = O.length(agent);
  if (len === 0) return -1;
  const k = indexFrom(agent, O, searchElement, startIndex(agent, fromIndex, len));
  return k < len ? k : -1;
}

/** %TypedArray%.prototype.lastIndexOf ( searchElement [ , fromIndex ] ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.lastindexof */
function TypedArray_prototype_lastIndexOf(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  searchElement: Value,
  ...rest: Value[]
): Value {
  const { agent } = callee.realm;
  const O = ValidateTypedArray(agent, thisValue);
  const len = O.length(agent);
  if (len === 0) return -1;
  const n = rest.length > 0 ? ToIntegerOrInfinity(agent, rest[0]) : len - 1;
  if (!isContent(O, searchElement)) return -1;
  const last = n >= 0 ? Math.min(n, len - 1) : len + n;
  for (let k = Math.min(last, O.length(agent) - 1); k >= 0; k--) {
    if (k % ELEMENTS_PER_FUEL === 0) agent.chargeFuel(1);
    if (O.getElement(agent, k) === searchElement) return k;
  }
  return -1;
}

export const typedArraySearchRows: readonly Row[] = [
  method('includes', 1, TypedArray_prototype_includes),
  method('indexOf', 1, TypedArray_prototype_indexOf),
  method('lastIndexOf', 1, TypedArray_prototype_lastIndexOf),
];
