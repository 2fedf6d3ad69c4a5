import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { getIndex, LengthOfArrayLike } from '../../runtime/operations/object-operations.ts';
import { chargeComparison, IsStrictlyEqualCharged } from '../../runtime/operations/testing-and-comparison.ts';
import { ToIntegerOrInfinity, ToObject } from '../../runtime/operations/type-conversion.ts';
import { SameValueZero } from '../../runtime/same-value.ts';
import type { Value } from '../../runtime/value.ts';
import { method, type Row } from '../define.ts';
import { hasIndex } from './operations.ts';
import { SparseIndices } from './sparse-indices.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Array.prototype.at ( index ) — https://tc39.es/ecma262/#sec-array.prototype.at */
function Array_prototype_at(callee: Builtin, thisValue: Value, _newTarget: NewTarget, index: Value): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  const relativeIndex = ToIntegerOrInfinity(agent, index);
  const k = relativeIndex >= 0 ? relativeIndex : len + relativeIndex;
  return k < 0 || k >= len ? undefined : getIndex(agent, O, k);
}

/** Array.prototype.includes ( searchElement [ , fromIndex ] ) — https://tc39.es/ecma262/#sec-array.prototype.includes */
function Array_prototype_includes(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  searchElement: Value,
  fromIndex: Value,
): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  if (len === 0) return false;
  const n = ToIntegerOrInfinity(agent, fromIndex);
  const holes = new SparseIndices(agent, O);
  for (let k = n >= 0 ? n : Math.max(len + n, 0); k < len; ) {
    agent.chargeFuel(1);
    const element = getIndex(agent, O, k);
    chargeComparison(agent, element, searchElement);
    if (SameValueZero(element, searchElement)) return true;
    // Another hole would be undefined, too.
    k = element === undefined && holes.isHole(k) ? holes.after(k) : k + 1;
  }
  return false;
}

/** Array.prototype.indexOf ( searchElement [ , fromIndex ] ) — https://tc39.es/ecma262/#sec-array.prototype.indexof */
function Array_prototype_indexOf(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  searchElement: Value,
  fromIndex: Value,
): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  if (len === 0) return -1;
  const n = ToIntegerOrInfinity(agent, fromIndex);
  const holes = new SparseIndices(agent, O);
  for (let k = n >= 0 ? n : Math.max(len + n, 0); k < len; ) {
    agent.chargeFuel(1);
    if (!hasIndex(agent, O, k)) {
      k = holes.after(k);
      continue;
    }
    if (IsStrictlyEqualCharged(agent, getIndex(agent, O, k), searchElement)) return k;
    k++;
  }
  return -1;
}

/** Array.prototype.lastIndexOf ( searchElement [ , fromIndex ] ) — https://tc39.es/ecma262/#sec-array.prototype.lastindexof */
function Array_prototype_lastIndexOf(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  searchElement: Value,
  ...rest: Value[]
): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  if (len === 0) return -1;
  const n = rest.length > 0 ? ToIntegerOrInfinity(agent, rest[0]) : len - 1;
  const holes = new SparseIndices(agent, O);
  for (let k = n >= 0 ? Math.min(n, len - 1) : len + n; k >= 0; ) {
    agent.chargeFuel(1);
    if (!hasIndex(agent, O, k)) {
      k = holes.before(k);
      continue;
    }
    if (IsStrictlyEqualCharged(agent, getIndex(agent, O, k), searchElement)) return k;
    k--;
  }
  return -1;
}

export const arraySearchRows: readonly Row[] = [
  method('at', 1, Array_prototype_at),
  method('includes', 1, Array_prototype_includes),
  method('indexOf', 1, Array_prototype_indexOf),
  method('lastIndexOf', 1, Array_prototype_lastIndexOf),
];
