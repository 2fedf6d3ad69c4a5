// Array.prototype functions that call back for each element, and flat.
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { LengthOfArrayLike } from '../../runtime/operations/object-operations.ts';
import { ToIntegerOrInfinity, ToObject } from '../../runtime/operations/type-conversion.ts';
import type { Value } from '../../runtime/value.ts';
import { type MethodRow, method, type Row, workingMethod } from '../define.ts';
import {
  ElementWalk,
  WALK_EVERY,
  WALK_FILTER,
  WALK_FIND,
  WALK_FIND_INDEX,
  WALK_FLAT_MAP,
  WALK_FOR_EACH,
  WALK_MAP,
  WALK_REDUCE,
  WALK_SOME,
} from './element-walk.ts';
import { FlattenIntoArray } from './flatten.ts';
import { ArraySpeciesCreate, requireCallback } from './operations.ts';
import { SparseIndices } from './sparse-indices.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/**
 * Array.prototype.every and its kin, `step` -1 from the end: they take their object, its length and the callback in this
 * order, and differ in what they do with what the callback gives — https://tc39.es/ecma262/#sec-array.prototype.every and after
 */
function walkMethod(key: string, kind: number, step: 1 | -1 = 1): MethodRow {
  return workingMethod(key, 1, (callee, thisValue, args) => {
    const { agent } = callee.realm;
    const O = ToObject(agent, thisValue);
    const len = LengthOfArrayLike(agent, O);
    const func = requireCallback(agent, args[0]);
    let target: JSObject | null = null;
    if (kind === WALK_MAP) target = ArraySpeciesCreate(agent, O, len);
    else if (kind === WALK_FILTER || kind === WALK_FLAT_MAP) target = ArraySpeciesCreate(agent, O, 0);
    const visitsHoles = kind === WALK_FIND || kind === WALK_FIND_INDEX;
    const holes = visitsHoles ? null : new SparseIndices(agent, O);
    return new ElementWalk(kind, step, O, len, func, args, holes, target);
  });
}

/** Array.prototype.flat ( [ depth ] ) — https://tc39.es/ecma262/#sec-array.prototype.flat */
function Array_prototype_flat(callee: Builtin, thisValue: Value, _newTarget: NewTarget, depth: Value): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const sourceLen = LengthOfArrayLike(agent, O);
  const depthNum = depth === undefined ? 1 : Math.max(ToIntegerOrInfinity(agent, depth), 0);
  const A = ArraySpeciesCreate(agent, O, 0);
  FlattenIntoArray(agent, A, O, sourceLen, 0, depthNum);
  return A;
}

export const arrayIterateRows: readonly Row[] = [
  walkMethod('every', WALK_EVERY),
  walkMethod('filter', WALK_FILTER),
  walkMethod('find', WALK_FIND),
  walkMethod('findIndex', WALK_FIND_INDEX),
  walkMethod('findLast', WALK_FIND, -1),
  walkMethod('findLastIndex', WALK_FIND_INDEX, -1),
  method('flat', 0, Array_prototype_flat),
  walkMethod('flatMap', WALK_FLAT_MAP),
  walkMethod('forEach', WALK_FOR_EACH),
  walkMethod('map', WALK_MAP),
  walkMethod('reduce', WALK_REDUCE),
  walkMethod('reduceRight', WALK_REDUCE, -1),
  walkMethod('some', WALK_SOME),
];
