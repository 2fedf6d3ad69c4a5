// FlattenIntoArray, behind flat and flatMap.
import type { Agent } from '../../runtime/agent.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import {
  CreateDataPropertyOrThrow,
  getIndex,
  LengthOfArrayLike,
} from '../../runtime/operations/object-operations.ts';
import { IsArray } from '../../runtime/operations/testing-and-comparison.ts';
import { keyFromNumber } from '../../runtime/property-key.ts';
import type { Value } from '../../runtime/value.ts';
import { hasIndex } from './operations.ts';
import { SparseIndices } from './sparse-indices.ts';

/** FlattenIntoArray — https://tc39.es/ecma262/#sec-flattenintoarray . Charges depth: nesting is the guest's. */
export function FlattenIntoArray(
  agent: Agent,
  target: JSObject,
  source: JSObject,
  sourceLen: number,
  start: number,
  depth: number,
): number {
  let targetIndex = start;
  const holes = new SparseIndices(agent, source);
  for (let sourceIndex = 0; sourceIndex < sourceLen; ) {
    agent.chargeFuel(1);
    if (!hasIndex(agent, source, sourceIndex)) {
      sourceIndex = holes.after(sourceIndex);
      continue;
    }
    targetIndex = flattenElement(agent, target, getIndex(agent, source, sourceIndex), targetIndex, depth);
    sourceIndex++;
  }
  return targetIndex;
}

/** The step of FlattenIntoArray for an element; gives the next index of the target. */
export function flattenElement(
  agent: Agent,
  target: JSObject,
  element: Value,
  targetIndex: number,
  depth: number,
): number {
  if (depth > 0 && IsArray(agent, element)) {
    const array = element as JSObject;
    const elementLen = LengthOfArrayLike(agent, array);
    agent.enterCall();
    try {
      return FlattenIntoArray(agent, target, array, elementLen, targetIndex, depth - 1);
    } finally {
      agent.depth--;
    }
  }
  if (targetIndex >= Number.MAX_SAFE_INTEGER) throwTypeError(agent, 'Array too large to flatten');
  CreateDataPropertyOrThrow(agent, target, keyFromNumber(targetIndex), element);
  return targetIndex + 1;
}
