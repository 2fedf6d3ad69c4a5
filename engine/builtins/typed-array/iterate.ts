// %TypedArray.prototype% functions that call back for each element. A callback may detach or shrink the buffer:
// elements that are gone read as undefined.
import type { JSObject } from '../../runtime/objects/object.ts';
import { TypedArraySpeciesCreate, ValidateTypedArray } from '../../runtime/operations/typed-array.ts';
import {
  ElementWalk,
  WALK_COLLECT,
  WALK_EVERY,
  WALK_FIND,
  WALK_FIND_INDEX,
  WALK_FOR_EACH,
  WALK_MAP_TYPED,
  WALK_REDUCE,
  WALK_SOME,
} from '../array/element-walk.ts';
import { requireCallback } from '../array/operations.ts';
import { type MethodRow, type Row, workingMethod } from '../define.ts';

/**
 * %TypedArray%.prototype.every and its kin, `step` -1 from the end: as those of Array, see there —
 * https://tc39.es/ecma262/#sec-%typedarray%.prototype.every and after
 */
function walkMethod(key: string, kind: number, step: 1 | -1 = 1): MethodRow {
  return workingMethod(key, 1, (callee, thisValue, args) => {
    const { agent } = callee.realm;
    const O = ValidateTypedArray(agent, thisValue);
    const len = O.length(agent);
    const func = requireCallback(agent, args[0]);
    let target: JSObject | null = null;
    if (kind === WALK_MAP_TYPED) target = TypedArraySpeciesCreate(agent, O, [len], 'write');
    return new ElementWalk(kind, step, O, len, func, args, null, target);
  });
}

export const typedArrayIterateRows: readonly Row[] = [
  walkMethod('every', WALK_EVERY),
  walkMethod('filter', WALK_COLLECT),
  walkMethod('find', WALK_FIND),
  walkMethod('findIndex', WALK_FIND_INDEX),
  walkMethod('findLast', WALK_FIND, -1),
  walkMethod('findLastIndex', WALK_FIND_INDEX, -1),
  walkMethod('forEach', WALK_FOR_EACH),
  walkMethod('map', WALK_MAP_TYPED),
  walkMethod('reduce', WALK_REDUCE),
  walkMethod('reduceRight', WALK_REDUCE, -1),
  walkMethod('some', WALK_SOME),
];
