// Operations that several Array functions share.
import type { Agent } from '../../runtime/agent.ts';
import { Construct, IsCallable, IsConstructor } from '../../runtime/call.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwRangeError, throwTypeError } from '../../runtime/errors.ts';
import { ArrayCreate, ArrayObject } from '../../runtime/objects/array.ts';
import type { FunctionObject } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { GetFunctionRealm, Set as SetProperty } from '../../runtime/operations/object-operations.ts';
import { IsArray } from '../../runtime/operations/testing-and-comparison.ts';
import { ToIntegerOrInfinity } from '../../runtime/operations/type-conversion.ts';
import { keyFromNumber, MAX_ARRAY_INDEX } from '../../runtime/property-key.ts';
import { SYMBOL_SPECIES, type Value } from '../../runtime/value.ts';

/** ArraySpeciesCreate ( originalArray, length ) — https://tc39.es/ecma262/#sec-arrayspeciescreate */
export function ArraySpeciesCreate(agent: Agent, originalArray: JSObject, length: number): JSObject {
  if (!IsArray(agent, originalArray)) return ArrayCreate(agent, length);
  let C = originalArray.Get(agent, 'constructor', originalArray);
  if (IsConstructor(C)) {
    const realmC = GetFunctionRealm(agent, C);
    if (realmC !== agent.realm && (C as JSObject) === realmC.intrinsic('%Array%')) C = undefined;
  }
  if (typeof C === 'object' && C !== null) {
    C = C.Get(agent, SYMBOL_SPECIES, C);
    if (C === null) C = undefined;
  }
  if (C === undefined) return ArrayCreate(agent, length);
  if (!IsConstructor(C)) throwTypeError(agent, 'object.constructor[Symbol.species] is not a constructor');
  // Fast path: %Array% called with a length does just this; its prototype property is read-only.
  if ((C as JSObject) === agent.realm.intrinsic('%Array%')) return ArrayCreate(agent, length);
  return Construct(agent, C, [length]);
}

/** A relative index argument: counted from the end if negative, clamped to 0 … len. */
export function relativeIndex(agent: Agent, argument: Value, len: number): number {
  const relative = ToIntegerOrInfinity(agent, argument);
  return relative < 0 ? Math.max(len + relative, 0) : Math.min(relative, len);
}

/** Indices of the first element of a slice and of the one after its last. */
export interface Bounds {
  readonly from: number;
  readonly to: number;
}

/** ResolveBounds ( len, start, end ) — https://tc39.es/proposal-immutable-arraybuffer/#sec-resolvebounds */
export function ResolveBounds(agent: Agent, len: number, start: Value, end: Value): Bounds {
  const from = relativeIndex(agent, start, len);
  return { from, to: end === undefined ? len : relativeIndex(agent, end, len) };
}

/** The callback argument of an iterating method. */
export function requireCallback(agent: Agent, callback: Value): FunctionObject {
  if (!IsCallable(callback)) throwTypeError(agent, `${describeForMessage(callback)} is not a function`);
  return callback;
}

/** The comparator argument of a sorting method. */
export function requireComparator(agent: Agent, comparator: Value): FunctionObject | undefined {
  if (comparator === undefined || IsCallable(comparator)) return comparator;
  return throwTypeError(
    agent,
    `The comparison function must be either a function or undefined: ${describeForMessage(comparator)}`,
  );
}

/** HasProperty(O, ToString(𝔽(index))). */
export function hasIndex(agent: Agent, O: JSObject, index: number): boolean {
  return O.HasProperty(agent, keyFromNumber(index));
}

/**
 * The elements of a dense array that plain reads may use, or null. Valid only while no guest code runs, and only
 * where holes are handled by the caller.
 */
export function denseElements(O: JSObject): Value[] | null {
  const el = (O as ArrayObject).el;
  return el !== undefined && (O as ArrayObject).arrayLength === -1 ? el : null;
}

/** The same of an array whose length may be set: elements can be taken from its end and, where there are no holes, its start. */
export function resizableElements(O: JSObject): Value[] | null {
  return O instanceof ArrayObject && O.arrayLength === -1 && O.lengthWritable ? O.el : null;
}

/** Set(O, ToString(𝔽(index)), value, true). */
export function setIndex(agent: Agent, O: JSObject, index: number, value: Value): void {
  SetProperty(agent, O, keyFromNumber(index), value, true);
}

/** The length of a copy, checked as ArrayCreate does. */
export function requireArrayLength(agent: Agent, len: number): void {
  if (len > MAX_ARRAY_INDEX + 1) throwRangeError(agent, 'Invalid array length');
}
