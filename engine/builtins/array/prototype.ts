// Properties of the Array Prototype Object, https://tc39.es/ecma262/#sec-properties-of-the-array-prototype-object :
// the functions that change or copy arrays. Those that search and iterate are in search.ts and iterate.ts.
import type { Agent } from '../../runtime/agent.ts';
import { Call, IsCallable } from '../../runtime/call.ts';
import { throwRangeError, throwTypeError } from '../../runtime/errors.ts';
import { appendToList } from '../../runtime/list.ts';
import { ArrayObject, createArrayFrom } from '../../runtime/objects/array.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import { type JSObject, OrdinaryObjectCreate } from '../../runtime/objects/object.ts';
import {
  CreateDataPropertyOrThrow,
  DeletePropertyOrThrow,
  getIndex,
  Invoke,
  LengthOfArrayLike,
  Set as SetProperty,
} from '../../runtime/operations/object-operations.ts';
import { IsArray } from '../../runtime/operations/testing-and-comparison.ts';
import {
  ToBoolean,
  ToIntegerOrInfinity,
  ToObject,
  ToString,
} from '../../runtime/operations/type-conversion.ts';
import { ATTRS_CONFIGURABLE } from '../../runtime/property-descriptor.ts';
import { keyFromNumber } from '../../runtime/property-key.ts';
import { StringBuilder } from '../../runtime/string-builder.ts';
import {
  SYMBOL_IS_CONCAT_SPREADABLE,
  SYMBOL_ITERATOR,
  SYMBOL_UNSCOPABLES,
  type Value,
} from '../../runtime/value.ts';
import {
  alias,
  arrayObjectSpec,
  functionSpec,
  type IntrinsicSpec,
  intrinsicValue,
  method,
} from '../define.ts';
import { arrayIterateRows } from './iterate.ts';
import { CreateArrayIterator } from './iterator.ts';
import {
  ArraySpeciesCreate,
  hasIndex,
  relativeIndex,
  requireArrayLength,
  resizableElements,
  setIndex,
} from './operations.ts';
import { arraySearchRows } from './search.ts';
import { arraySortRows } from './sort.ts';
import { SparseIndices } from './sparse-indices.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

const MAX_LENGTH = Number.MAX_SAFE_INTEGER;

function setLength(agent: Agent, O: JSObject, len: number): void {
  SetProperty(agent, O, 'length', len, true);
}

/**
 * Moves `count` properties from `firstFrom` on to `firstTo` on, one after the other in a direction: each is set, or deleted if
 * there is none at its old place.
 */
function moveIndices(
  agent: Agent,
  O: JSObject,
  firstFrom: number,
  firstTo: number,
  count: number,
  direction: 1 | -1,
): void {
  const holes = new SparseIndices(agent, O);
  for (let i = 0; i < count; ) {
    const from = firstFrom + direction * i;
    const to = firstTo + direction * i;
    agent.chargeFuel(1);
    if (hasIndex(agent, O, from)) {
      setIndex(agent, O, to, getIndex(agent, O, from));
      i++;
    } else {
      DeletePropertyOrThrow(agent, O, keyFromNumber(to));
      i += holes.stepsAfterMove(from, to, direction);
    }
  }
}

/** Copies the properties of `source` from `from` on to places of `A` from `to` on. */
function copyIndices(
  agent: Agent,
  source: JSObject,
  from: number,
  count: number,
  A: JSObject,
  to: number,
): void {
  const holes = new SparseIndices(agent, source);
  for (let k = from; k < from + count; ) {
    agent.chargeFuel(1);
    if (hasIndex(agent, source, k)) {
      CreateDataPropertyOrThrow(agent, A, keyFromNumber(to + k - from), getIndex(agent, source, k));
      k++;
    } else k = holes.after(k);
  }
}

/** IsConcatSpreadable ( O ) — https://tc39.es/ecma262/#sec-isconcatspreadable */
function IsConcatSpreadable(agent: Agent, O: Value): O is JSObject {
  if (typeof O !== 'object' || O === null) return false;
  const spreadable = O.Get(agent, SYMBOL_IS_CONCAT_SPREADABLE, O);
  return spreadable !== undefined ? ToBoolean(spreadable) : IsArray(agent, O);
}

/** Array.prototype.concat ( ...items ) — https://tc39.es/ecma262/#sec-array.prototype.concat */
function Array_prototype_concat(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  ...items: Value[]
): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const A = ArraySpeciesCreate(agent, O, 0);
  let n = 0;
  for (let i = -1; i < items.length; i++) {
    const item = i < 0 ? O : items[i];
    if (IsConcatSpreadable(agent, item)) {
      const len = LengthOfArrayLike(agent, item);
      if (n + len > MAX_LENGTH) throwTypeError(agent, 'Array too large to concatenate');
      copyIndices(agent, item, 0, len, A, n);
      n += len;
    } else {
      if (n >= MAX_LENGTH) throwTypeError(agent, 'Array too large to concatenate');
      CreateDataPropertyOrThrow(agent, A, keyFromNumber(n++), item);
    }
  }
  setLength(agent, A, n);
  return A;
}

/** Array.prototype.copyWithin ( target, start [ , end ] ) — https://tc39.es/ecma262/#sec-array.prototype.copywithin */
function Array_prototype_copyWithin(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  target: Value,
  start: Value,
  end: Value,
): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  let to = relativeIndex(agent, target, len);
  let from = relativeIndex(agent, start, len);
  const final = end === undefined ? len : relativeIndex(agent, end, len);
  const count = Math.min(final - from, len - to);
  let direction: 1 | -1 = 1;
  if (from < to && to < from + count) {
    direction = -1;
    from += count - 1;
    to += count - 1;
  }
  moveIndices(agent, O, from, to, count, direction);
  return O;
}

/** Array.prototype.entries ( ) — https://tc39.es/ecma262/#sec-array.prototype.entries */
function Array_prototype_entries(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  return CreateArrayIterator(agent, ToObject(agent, thisValue), 'key+value');
}

/** Array.prototype.fill ( value [ , start [ , end ] ] ) — https://tc39.es/ecma262/#sec-array.prototype.fill */
function Array_prototype_fill(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  value: Value,
  start: Value,
  end: Value,
): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  const k = relativeIndex(agent, start, len);
  const final = end === undefined ? len : relativeIndex(agent, end, len);
  for (let i = k; i < final; i++) {
    agent.chargeFuel(1);
    setIndex(agent, O, i, value);
  }
  return O;
}

/** Array.prototype.join ( separator ) — https://tc39.es/ecma262/#sec-array.prototype.join */
function Array_prototype_join(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  separator: Value,
): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  const sep = separator === undefined ? ',' : ToString(agent, separator);
  return joinElements(agent, O, len, sep, elementToString);
}

function elementToString(agent: Agent, element: Value): string {
  return element === undefined || element === null ? '' : ToString(agent, element);
}

function joinElements(
  agent: Agent,
  O: JSObject,
  len: number,
  sep: string,
  convert: (agent: Agent, element: Value) => string,
): string {
  const R = new StringBuilder(agent);
  // Nested arrays nest here; a level takes more of the host's stack than the unit that the call was charged.
  agent.enterCall();
  try {
    const holes = new SparseIndices(agent, O);
    for (let k = 0; k < len; ) {
      agent.chargeFuel(1);
      const element = getIndex(agent, O, k);
      R.append(convert(agent, element));
      // Holes are empty: what they add are the separators.
      const next = element === undefined && holes.isHole(k) ? Math.min(holes.after(k), len) : k + 1;
      R.appendRepeated(sep, next < len ? next - k : next - k - 1);
      k = next;
    }
  } finally {
    agent.depth--;
  }
  return R.finish();
}

/** Array.prototype.keys ( ) — https://tc39.es/ecma262/#sec-array.prototype.keys */
function Array_prototype_keys(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  return CreateArrayIterator(agent, ToObject(agent, thisValue), 'key');
}

/** Array.prototype.pop ( ) — https://tc39.es/ecma262/#sec-array.prototype.pop */
function Array_prototype_pop(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const el = resizableElements(O);
  if (el !== null && el.length > 0) {
    const last = el[el.length - 1];
    // Fast path: an own data property that can be deleted; undefined may be a hole.
    if (last !== undefined) {
      el.pop();
      return last;
    }
  }
  const len = LengthOfArrayLike(agent, O);
  if (len === 0) {
    setLength(agent, O, 0);
    return undefined;
  }
  const newLen = len - 1;
  const element = getIndex(agent, O, newLen);
  DeletePropertyOrThrow(agent, O, keyFromNumber(newLen));
  setLength(agent, O, newLen);
  return element;
}

/** Array.prototype.push ( ...items ) — https://tc39.es/ecma262/#sec-array.prototype.push */
function Array_prototype_push(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  ...items: Value[]
): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  let i = 0;
  if (O instanceof ArrayObject && items.length > 0) {
    while (i < items.length && O.appendPlainly(agent, items[i])) i++;
    if (i === items.length) return O.el.length;
  }
  let len = LengthOfArrayLike(agent, O);
  if (len + items.length - i > MAX_LENGTH)
    throwTypeError(agent, 'Pushing elements past the largest safe length');
  for (; i < items.length; i++) setIndex(agent, O, len++, items[i]);
  setLength(agent, O, len);
  return len;
}

/** Array.prototype.reverse ( ) — https://tc39.es/ecma262/#sec-array.prototype.reverse */
function Array_prototype_reverse(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  const middle = Math.floor(len / 2);
  const holes = new SparseIndices(agent, O);
  for (let lower = 0; lower < middle; ) {
    agent.chargeFuel(1);
    const upper = len - lower - 1;
    const upperP = keyFromNumber(upper);
    const lowerP = keyFromNumber(lower);
    const lowerExists = O.HasProperty(agent, lowerP);
    const lowerValue = lowerExists ? getIndex(agent, O, lower) : undefined;
    const upperExists = O.HasProperty(agent, upperP);
    const upperValue = upperExists ? getIndex(agent, O, upper) : undefined;
    if (upperExists) {
      SetProperty(agent, O, lowerP, upperValue, true);
      if (lowerExists) SetProperty(agent, O, upperP, lowerValue, true);
      else DeletePropertyOrThrow(agent, O, upperP);
    } else if (lowerExists) {
      DeletePropertyOrThrow(agent, O, lowerP);
      SetProperty(agent, O, upperP, lowerValue, true);
    }
    lower += lowerExists || upperExists ? 1 : holes.stepsFromEnds(lower, upper);
  }
  return O;
}

/** Array.prototype.shift ( ) — https://tc39.es/ecma262/#sec-array.prototype.shift */
function Array_prototype_shift(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  if (len === 0) {
    setLength(agent, O, 0);
    return undefined;
  }
  const first = getIndex(agent, O, 0);
  const el = resizableElements(O);
  if (el !== null && isPacked(el)) {
    // Fast path: every element is an own data property, so moving them all runs no user code.
    agent.chargeFuel(1 + (len >> 6));
    el.shift();
    return first;
  }
  moveIndices(agent, O, 1, 0, len - 1, 1);
  DeletePropertyOrThrow(agent, O, keyFromNumber(len - 1));
  setLength(agent, O, len - 1);
  return first;
}

/** No holes. Looks at short arrays only: for long ones the look would cost as much as the work it saves. */
function isPacked(el: readonly Value[]): boolean {
  if (el.length > 4096) return false;
  for (let i = 0; i < el.length; i++) if (el[i] === undefined && !(i in el)) return false;
  return true;
}

/** Array.prototype.slice ( start, end ) — https://tc39.es/ecma262/#sec-array.prototype.slice */
function Array_prototype_slice(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  start: Value,
  end: Value,
): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  const k = relativeIndex(agent, start, len);
  const final = end === undefined ? len : relativeIndex(agent, end, len);
  const count = Math.max(final - k, 0);
  const A = ArraySpeciesCreate(agent, O, count);
  copyIndices(agent, O, k, count, A, 0);
  setLength(agent, A, count);
  return A;
}

/** The arguments of splice: where, how many to delete. `given` is the number of arguments present. */
function spliceRange(agent: Agent, len: number, given: number, start: Value, count: Value): [number, number] {
  const actualStart = relativeIndex(agent, start, len);
  if (given === 0) return [actualStart, 0];
  if (given === 1) return [actualStart, len - actualStart];
  const dc = ToIntegerOrInfinity(agent, count);
  return [actualStart, Math.min(Math.max(dc, 0), len - actualStart)];
}

/** Array.prototype.splice ( start, deleteCount, ...items ) — https://tc39.es/ecma262/#sec-array.prototype.splice */
function Array_prototype_splice(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  const [actualStart, actualDeleteCount] = spliceRange(agent, len, args.length, args[0], args[1]);
  const itemCount = Math.max(args.length - 2, 0);
  if (len + itemCount - actualDeleteCount > MAX_LENGTH)
    throwTypeError(agent, 'Splicing past the largest safe length');
  const A = ArraySpeciesCreate(agent, O, actualDeleteCount);
  copyIndices(agent, O, actualStart, actualDeleteCount, A, 0);
  setLength(agent, A, actualDeleteCount);
  if (itemCount < actualDeleteCount) {
    const count = len - actualDeleteCount - actualStart;
    moveIndices(agent, O, actualStart + actualDeleteCount, actualStart + itemCount, count, 1);
    const holes = new SparseIndices(agent, O);
    for (let k = len - 1; k >= len - actualDeleteCount + itemCount; ) {
      agent.chargeFuel(1);
      const isHole = holes.isHole(k);
      DeletePropertyOrThrow(agent, O, keyFromNumber(k));
      k = isHole ? holes.before(k) : k - 1;
    }
  } else if (itemCount > actualDeleteCount) {
    const last = len - actualDeleteCount - 1;
    moveIndices(agent, O, last + actualDeleteCount, last + itemCount, last + 1 - actualStart, -1);
  }
  for (let i = 0; i < itemCount; i++) setIndex(agent, O, actualStart + i, args[i + 2]);
  setLength(agent, O, len - actualDeleteCount + itemCount);
  return A;
}

/** Array.prototype.toLocaleString ( [ reserved1 [ , reserved2 ] ] ) — https://tc39.es/ecma262/#sec-array.prototype.tolocalestring */
function Array_prototype_toLocaleString(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const array = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, array);
  return joinElements(agent, array, len, ',', elementToLocaleString);
}

function elementToLocaleString(agent: Agent, element: Value): string {
  return element === undefined || element === null
    ? ''
    : ToString(agent, Invoke(agent, element, 'toLocaleString'));
}

/** Array.prototype.toReversed ( ) — https://tc39.es/ecma262/#sec-array.prototype.toreversed */
function Array_prototype_toReversed(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  requireArrayLength(agent, len);
  const elements: Value[] = [];
  for (let k = 0; k < len; k++) {
    agent.chargeFuel(1);
    appendToList(agent, elements, getIndex(agent, O, len - k - 1));
  }
  return createArrayFrom(agent, elements);
}

/** Array.prototype.toSpliced ( start, skipCount, ...items ) — https://tc39.es/ecma262/#sec-array.prototype.tospliced */
function Array_prototype_toSpliced(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  const [actualStart, actualSkipCount] = spliceRange(agent, len, args.length, args[0], args[1]);
  const newLen = len + Math.max(args.length - 2, 0) - actualSkipCount;
  if (newLen > MAX_LENGTH) throwTypeError(agent, 'Splicing past the largest safe length');
  requireArrayLength(agent, newLen);
  const elements: Value[] = [];
  const copy = (from: number, to: number): void => {
    for (let k = from; k < to; k++) {
      agent.chargeFuel(1);
      appendToList(agent, elements, getIndex(agent, O, k));
    }
  };
  copy(0, actualStart);
  for (let i = 2; i < args.length; i++) appendToList(agent, elements, args[i]);
  copy(actualStart + actualSkipCount, len);
  return createArrayFrom(agent, elements);
}

/** Array.prototype.toString ( ) — https://tc39.es/ecma262/#sec-array.prototype.tostring */
function Array_prototype_toString(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const array = ToObject(agent, thisValue);
  const func = array.Get(agent, 'join', array);
  if (IsCallable(func)) return Call(agent, func, array, []);
  return Call(agent, callee.realm.intrinsic('%Object.prototype.toString%'), array, []);
}

/** Array.prototype.unshift ( ...items ) — https://tc39.es/ecma262/#sec-array.prototype.unshift */
function Array_prototype_unshift(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  ...items: Value[]
): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  const argCount = items.length;
  if (argCount > 0) {
    if (O instanceof ArrayObject && prependPlainly(agent, O, items)) return O.el.length;
    if (len + argCount > MAX_LENGTH)
      throwTypeError(agent, 'Unshifting elements past the largest safe length');
    moveIndices(agent, O, len - 1, len + argCount - 1, len, -1);
    for (let j = 0; j < argCount; j++) setIndex(agent, O, j, items[j]);
  }
  setLength(agent, O, len + argCount);
  return len + argCount;
}

/** Fast path: where all elements are own data properties and the new ones meet nothing in the prototypes, moving runs no user code. */
function prependPlainly(agent: Agent, O: ArrayObject, items: readonly Value[]): boolean {
  const el = resizableElements(O);
  if (el === null || !isPacked(el) || !O.canAppendPlainly(agent)) return false;
  agent.chargeFuel(1 + (el.length >> 6));
  agent.chargeBytes(items.length * 8);
  el.unshift(...items);
  return true;
}

/** Array.prototype.values ( ) — https://tc39.es/ecma262/#sec-array.prototype.values */
function Array_prototype_values(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  return CreateArrayIterator(agent, ToObject(agent, thisValue), 'value');
}

/** Array.prototype.with ( index, value ) — https://tc39.es/ecma262/#sec-array.prototype.with */
function Array_prototype_with(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  index: Value,
  value: Value,
): Value {
  const agent = callee.realm.agent;
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  const relative = ToIntegerOrInfinity(agent, index);
  const actualIndex = relative >= 0 ? relative : len + relative;
  if (actualIndex >= len || actualIndex < 0) throwRangeError(agent, 'Invalid index');
  requireArrayLength(agent, len);
  const elements: Value[] = [];
  for (let k = 0; k < len; k++) {
    agent.chargeFuel(1);
    appendToList(agent, elements, k === actualIndex ? value : getIndex(agent, O, k));
  }
  return createArrayFrom(agent, elements);
}

/** Names that `with` does not see — https://tc39.es/ecma262/#sec-array.prototype-%symbol.unscopables% */
const UNSCOPABLES: readonly string[] = [
  'at',
  'copyWithin',
  'entries',
  'fill',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'flat',
  'flatMap',
  'includes',
  'keys',
  'toReversed',
  'toSorted',
  'toSpliced',
  'values',
];

export const arrayPrototypeIntrinsics: readonly IntrinsicSpec[] = [
  functionSpec('%Array.prototype.values%', 'values', 0, Array_prototype_values),
  functionSpec('%Array.prototype.toString%', 'toString', 0, Array_prototype_toString),
  arrayObjectSpec('%Array.prototype%', {
    constructorName: '%Array%',
    rows: [
      ...arraySearchRows,
      ...arraySortRows,
      ...arrayIterateRows,
      method('concat', 1, Array_prototype_concat),
      method('copyWithin', 2, Array_prototype_copyWithin),
      method('entries', 0, Array_prototype_entries),
      method('fill', 1, Array_prototype_fill),
      method('join', 1, Array_prototype_join),
      method('keys', 0, Array_prototype_keys),
      method('pop', 0, Array_prototype_pop),
      method('push', 1, Array_prototype_push),
      method('reverse', 0, Array_prototype_reverse),
      method('shift', 0, Array_prototype_shift),
      method('slice', 2, Array_prototype_slice),
      method('splice', 2, Array_prototype_splice),
      method('toLocaleString', 0, Array_prototype_toLocaleString),
      method('toReversed', 0, Array_prototype_toReversed),
      method('toSpliced', 2, Array_prototype_toSpliced),
      intrinsicValue('toString', '%Array.prototype.toString%'),
      method('unshift', 1, Array_prototype_unshift),
      intrinsicValue('values', '%Array.prototype.values%'),
      method('with', 2, Array_prototype_with),
      alias(SYMBOL_ITERATOR, 'values'),
    ],
    finish(realm, object) {
      const unscopableList = OrdinaryObjectCreate(realm.agent, null);
      for (const name of UNSCOPABLES) CreateDataPropertyOrThrow(realm.agent, unscopableList, name, true);
      object.addSlot(SYMBOL_UNSCOPABLES, unscopableList, ATTRS_CONFIGURABLE);
    },
  }),
];
