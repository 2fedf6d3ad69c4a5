// Array.prototype functions that call back for each element.
import type { Agent } from '../../runtime/agent.ts';
import { Call, Call3 } from '../../runtime/call.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import type { BuiltinFunction, FunctionObject } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import {
  CreateDataPropertyOrThrow,
  getIndex,
  LengthOfArrayLike,
} from '../../runtime/operations/object-operations.ts';
import { IsArray } from '../../runtime/operations/testing-and-comparison.ts';
import { ToBoolean, ToIntegerOrInfinity, ToObject } from '../../runtime/operations/type-conversion.ts';
import { keyFromNumber } from '../../runtime/property-key.ts';
import type { Value } from '../../runtime/value.ts';
import { method, type Row } from '../define.ts';
import { ArraySpeciesCreate, hasIndex, requireCallback } from './operations.ts';
import { SparseIndices } from './sparse-indices.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Array.prototype.every ( callback [ , thisArg ] ) — https://tc39.es/ecma262/#sec-array.prototype.every */
function Array_prototype_every(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  callback: Value,
  thisArg: Value,
): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  const func = requireCallback(agent, callback);
  const holes = new SparseIndices(agent, O);
  for (let k = 0; k < len; ) {
    agent.chargeFuel(1);
    if (!hasIndex(agent, O, k)) {
      k = holes.after(k);
      continue;
    }
    if (!ToBoolean(Call3(agent, func, thisArg, getIndex(agent, O, k), k, O))) return false;
    k++;
  }
  return true;
}

/** Array.prototype.filter ( callback [ , thisArg ] ) — https://tc39.es/ecma262/#sec-array.prototype.filter */
function Array_prototype_filter(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  callback: Value,
  thisArg: Value,
): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  const func = requireCallback(agent, callback);
  const A = ArraySpeciesCreate(agent, O, 0);
  let to = 0;
  const holes = new SparseIndices(agent, O);
  for (let k = 0; k < len; ) {
    agent.chargeFuel(1);
    if (!hasIndex(agent, O, k)) {
      k = holes.after(k);
      continue;
    }
    const kValue = getIndex(agent, O, k);
    if (ToBoolean(Call3(agent, func, thisArg, kValue, k, O))) {
      CreateDataPropertyOrThrow(agent, A, keyFromNumber(to++), kValue);
    }
    k++;
  }
  return A;
}

/** Array.prototype.flat ( [ depth ] ) — https://tc39.es/ecma262/#sec-array.prototype.flat */
function Array_prototype_flat(callee: Builtin, thisValue: Value, _newTarget: NewTarget, depth: Value): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const sourceLen = LengthOfArrayLike(agent, O);
  const depthNum = depth === undefined ? 1 : Math.max(ToIntegerOrInfinity(agent, depth), 0);
  const A = ArraySpeciesCreate(agent, O, 0);
  FlattenIntoArray(agent, A, O, sourceLen, 0, depthNum, null, undefined);
  return A;
}

/** Array.prototype.flatMap ( mapperFunction [ , thisArg ] ) — https://tc39.es/ecma262/#sec-array.prototype.flatmap */
function Array_prototype_flatMap(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  mapperFunction: Value,
  thisArg: Value,
): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const sourceLen = LengthOfArrayLike(agent, O);
  const mapper = requireCallback(agent, mapperFunction);
  const A = ArraySpeciesCreate(agent, O, 0);
  FlattenIntoArray(agent, A, O, sourceLen, 0, 1, mapper, thisArg);
  return A;
}

/** FlattenIntoArray — https://tc39.es/ecma262/#sec-flattenintoarray . Charges depth: nesting is the guest's. */
function FlattenIntoArray(
  agent: Agent,
  target: JSObject,
  source: JSObject,
  sourceLen: number,
  start: number,
  depth: number,
  mapper: FunctionObject | null,
  thisArg: Value,
): number {
  let targetIndex = start;
  const holes = new SparseIndices(agent, source);
  for (let sourceIndex = 0; sourceIndex < sourceLen; ) {
    agent.chargeFuel(1);
    if (!hasIndex(agent, source, sourceIndex)) {
      sourceIndex = holes.after(sourceIndex);
      continue;
    }
    let element = getIndex(agent, source, sourceIndex);
    if (mapper !== null) element = Call3(agent, mapper, thisArg, element, sourceIndex, source);
    if (depth > 0 && IsArray(agent, element)) {
      const array = element as JSObject;
      const elementLen = LengthOfArrayLike(agent, array);
      agent.enterCall();
      try {
        targetIndex = FlattenIntoArray(
          agent,
          target,
          array,
          elementLen,
          targetIndex,
          depth - 1,
          null,
          undefined,
        );
      } finally {
        agent.depth--;
      }
    } else {
      if (targetIndex >= Number.MAX_SAFE_INTEGER) throwTypeError(agent, 'Array too large to flatten');
      CreateDataPropertyOrThrow(agent, target, keyFromNumber(targetIndex++), element);
    }
    sourceIndex++;
  }
  return targetIndex;
}

/** Array.prototype.forEach ( callback [ , thisArg ] ) — https://tc39.es/ecma262/#sec-array.prototype.foreach */
function Array_prototype_forEach(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  callback: Value,
  thisArg: Value,
): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  const func = requireCallback(agent, callback);
  const holes = new SparseIndices(agent, O);
  for (let k = 0; k < len; ) {
    agent.chargeFuel(1);
    if (!hasIndex(agent, O, k)) {
      k = holes.after(k);
      continue;
    }
    Call3(agent, func, thisArg, getIndex(agent, O, k), k, O);
    k++;
  }
  return undefined;
}

/** Array.prototype.map ( callback [ , thisArg ] ) — https://tc39.es/ecma262/#sec-array.prototype.map */
function Array_prototype_map(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  callback: Value,
  thisArg: Value,
): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  const func = requireCallback(agent, callback);
  const A = ArraySpeciesCreate(agent, O, len);
  const holes = new SparseIndices(agent, O);
  for (let k = 0; k < len; ) {
    agent.chargeFuel(1);
    if (!hasIndex(agent, O, k)) {
      k = holes.after(k);
      continue;
    }
    const mappedValue = Call3(agent, func, thisArg, getIndex(agent, O, k), k, O);
    CreateDataPropertyOrThrow(agent, A, keyFromNumber(k), mappedValue);
    k++;
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
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  const func = requireCallback(agent, callback);
  const holes = new SparseIndices(agent, O);
  let k = step === 1 ? 0 : len - 1;
  let accumulator: Value;
  if (rest.length > 0) accumulator = rest[0];
  else {
    while (k >= 0 && k < len && !hasIndex(agent, O, k)) {
      agent.chargeFuel(1);
      k = step === 1 ? holes.after(k) : holes.before(k);
    }
    if (k < 0 || k >= len) throwTypeError(agent, 'Reduce of empty array with no initial value');
    accumulator = getIndex(agent, O, k);
    k += step;
  }
  while (k >= 0 && k < len) {
    agent.chargeFuel(1);
    if (hasIndex(agent, O, k)) {
      accumulator = Call(agent, func, undefined, [accumulator, getIndex(agent, O, k), k, O]);
      k += step;
    } else k = step === 1 ? holes.after(k) : holes.before(k);
  }
  return accumulator;
}

/** Array.prototype.reduce ( callback [ , initialValue ] ) — https://tc39.es/ecma262/#sec-array.prototype.reduce */
function Array_prototype_reduce(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  callback: Value,
  ...rest: Value[]
): Value {
  return reduce(callee.realm.agent, thisValue, callback, rest, 1);
}

/** Array.prototype.reduceRight ( callback [ , initialValue ] ) — https://tc39.es/ecma262/#sec-array.prototype.reduceright */
function Array_prototype_reduceRight(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  callback: Value,
  ...rest: Value[]
): Value {
  return reduce(callee.realm.agent, thisValue, callback, rest, -1);
}

/** Array.prototype.some ( callback [ , thisArg ] ) — https://tc39.es/ecma262/#sec-array.prototype.some */
function Array_prototype_some(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  callback: Value,
  thisArg: Value,
): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  const func = requireCallback(agent, callback);
  const holes = new SparseIndices(agent, O);
  for (let k = 0; k < len; ) {
    agent.chargeFuel(1);
    if (!hasIndex(agent, O, k)) {
      k = holes.after(k);
      continue;
    }
    if (ToBoolean(Call3(agent, func, thisArg, getIndex(agent, O, k), k, O))) return true;
    k++;
  }
  return false;
}

export const arrayIterateRows: readonly Row[] = [
  method('every', 1, Array_prototype_every),
  method('filter', 1, Array_prototype_filter),
  method('flat', 0, Array_prototype_flat),
  method('flatMap', 1, Array_prototype_flatMap),
  method('forEach', 1, Array_prototype_forEach),
  method('map', 1, Array_prototype_map),
  method('reduce', 1, Array_prototype_reduce),
  method('reduceRight', 1, Array_prototype_reduceRight),
  method('some', 1, Array_prototype_some),
];
