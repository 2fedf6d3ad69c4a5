// The Iterator prototype object: the methods that consume an iterator at once, and its two accessors,
// https://tc39.es/ecma262/#sec-iterator.prototype-object .

import type { Agent } from '../../runtime/agent.ts';
import { Call0, Call2, Call3 } from '../../runtime/call.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwRangeError, throwTypeError } from '../../runtime/errors.ts';
import { createArrayFrom } from '../../runtime/objects/array.ts';
import type { BuiltinFunction, FunctionObject } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import {
  GetIteratorDirect,
  IteratorClose,
  IteratorCloseAndThrow,
  IteratorRecord,
  IteratorStepValue,
  IteratorToList,
} from '../../runtime/operations/iterator-operations.ts';
import {
  GetMethod,
  SetterThatIgnoresPrototypeProperties,
} from '../../runtime/operations/object-operations.ts';
import { ToBoolean, ToString } from '../../runtime/operations/type-conversion.ts';
import type { PropertyKey } from '../../runtime/property-key.ts';
import { SameValueZero } from '../../runtime/same-value.ts';
import { SYMBOL_DISPOSE, SYMBOL_ITERATOR, SYMBOL_TO_STRING_TAG, type Value } from '../../runtime/value.ts';
import { accessor, type IntrinsicSpec, method, objectSpec } from '../define.ts';
import { callbackArgument, iteratorLazyMethodRows, rejectArgument, thisIterator } from './lazy-methods.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Longest string the engine makes: the limit of common hosts. */
const MAX_STRING_LENGTH = 0x1fffffe8;

/** What `forEachElement` is told after an element. */
const GO_ON = Symbol('go on');

/**
 * Gives the elements with their numbers to `visit` until it returns something other than GO_ON, which then closes
 * the iterator and is the result; undefined at the end. What `visit` throws closes the iterator.
 */
function forEachElement(
  agent: Agent,
  iterated: IteratorRecord,
  visit: (value: Value, counter: number) => Value | typeof GO_ON,
): Value {
  for (let counter = 0; ; counter++) {
    agent.chargeFuel(1);
    const value = IteratorStepValue(agent, iterated);
    if (iterated.done) return undefined;
    let result: Value | typeof GO_ON;
    try {
      result = visit(value, counter);
    } catch (thrown) {
      IteratorCloseAndThrow(agent, iterated, thrown);
    }
    if (result !== GO_ON) {
      IteratorClose(agent, iterated);
      return result;
    }
  }
}

/** The receiver and the callback of a consuming method. */
function startWithCallback(
  agent: Agent,
  thisValue: Value,
  name: string,
  callback: Value,
): { readonly iterated: IteratorRecord; readonly fn: FunctionObject } {
  const O = thisIterator(agent, thisValue, name);
  const fn = callbackArgument(agent, O, callback);
  return { iterated: GetIteratorDirect(agent, O), fn };
}

/** Iterator.prototype.every ( predicate ) — https://tc39.es/ecma262/#sec-iterator.prototype.every */
function Iterator_prototype_every(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  predicate: Value,
): Value {
  const agent = callee.realm.agent;
  const { iterated, fn } = startWithCallback(agent, thisValue, 'every', predicate);
  const result = forEachElement(agent, iterated, (value, counter) =>
    ToBoolean(Call2(agent, fn, undefined, value, counter)) ? GO_ON : false,
  );
  return result === undefined;
}

/** Iterator.prototype.find ( predicate ) — https://tc39.es/ecma262/#sec-iterator.prototype.find */
function Iterator_prototype_find(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  predicate: Value,
): Value {
  const agent = callee.realm.agent;
  const { iterated, fn } = startWithCallback(agent, thisValue, 'find', predicate);
  return forEachElement(agent, iterated, (value, counter) =>
    ToBoolean(Call2(agent, fn, undefined, value, counter)) ? value : GO_ON,
  );
}

/** Iterator.prototype.forEach ( procedure ) — https://tc39.es/ecma262/#sec-iterator.prototype.foreach */
function Iterator_prototype_forEach(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  procedure: Value,
): Value {
  const agent = callee.realm.agent;
  const { iterated, fn } = startWithCallback(agent, thisValue, 'forEach', procedure);
  return forEachElement(agent, iterated, (value, counter) => {
    Call2(agent, fn, undefined, value, counter);
    return GO_ON;
  });
}

/** Iterator.prototype.includes ( searchElement [ , skippedElements ] ) — https://tc39.es/proposal-iterator-includes/ */
function Iterator_prototype_includes(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  searchElement: Value,
  skippedElements: Value,
): Value {
  const agent = callee.realm.agent;
  const O = thisIterator(agent, thisValue, 'includes');
  const toSkip = skippedArgument(agent, O, skippedElements);
  const iterated = GetIteratorDirect(agent, O);
  const result = forEachElement(agent, iterated, (value, counter) =>
    counter >= toSkip && SameValueZero(value, searchElement) ? true : GO_ON,
  );
  return result === true;
}

/** The number of elements to skip: an integer of at least 0, or Infinity, not converted. */
function skippedArgument(agent: Agent, O: JSObject, skippedElements: Value): number {
  if (skippedElements === undefined) return 0;
  if (
    typeof skippedElements !== 'number' ||
    Number.isNaN(skippedElements) ||
    Math.trunc(skippedElements) !== skippedElements
  ) {
    rejectArgument(agent, O, 'TypeError', `${describeForMessage(skippedElements)} is not an integral number`);
  }
  if (
    skippedElements < 0 ||
    (Number.isFinite(skippedElements) && skippedElements > Number.MAX_SAFE_INTEGER)
  ) {
    rejectArgument(agent, O, 'RangeError', `${skippedElements} is not a valid number of elements`);
  }
  return skippedElements;
}

/** Iterator.prototype.join ( separator ) — https://tc39.es/proposal-iterator-join/ */
function Iterator_prototype_join(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  separator: Value,
): Value {
  const agent = callee.realm.agent;
  const O = thisIterator(agent, thisValue, 'join');
  let sep = ',';
  if (separator !== undefined) {
    try {
      sep = ToString(agent, separator);
    } catch (thrown) {
      IteratorCloseAndThrow(agent, new IteratorRecord(O, undefined), thrown);
    }
  }
  let R = '';
  forEachElement(agent, GetIteratorDirect(agent, O), (value, counter) => {
    const S = value === undefined || value === null ? '' : ToString(agent, value);
    const addition = counter === 0 ? S : sep + S;
    if (R.length + addition.length > MAX_STRING_LENGTH) throwRangeError(agent, 'Invalid string length');
    agent.chargeBytes(addition.length);
    R += addition;
    return GO_ON;
  });
  return R;
}

/** Iterator.prototype.reduce ( reducer [ , initialValue ] ) — https://tc39.es/ecma262/#sec-iterator.prototype.reduce */
function Iterator_prototype_reduce(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  reducer: Value,
  ...initialValue: Value[]
): Value {
  const agent = callee.realm.agent;
  const { iterated, fn } = startWithCallback(agent, thisValue, 'reduce', reducer);
  let accumulator = initialValue[0];
  let first = 0;
  if (initialValue.length === 0) {
    accumulator = IteratorStepValue(agent, iterated);
    if (iterated.done) throwTypeError(agent, 'Reduce of an iterator without elements and initial value');
    first = 1;
  }
  forEachElement(agent, iterated, (value, counter) => {
    accumulator = Call3(agent, fn, undefined, accumulator, value, first + counter);
    return GO_ON;
  });
  return accumulator;
}

/** Iterator.prototype.some ( predicate ) — https://tc39.es/ecma262/#sec-iterator.prototype.some */
function Iterator_prototype_some(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  predicate: Value,
): Value {
  const agent = callee.realm.agent;
  const { iterated, fn } = startWithCallback(agent, thisValue, 'some', predicate);
  const result = forEachElement(agent, iterated, (value, counter) =>
    ToBoolean(Call2(agent, fn, undefined, value, counter)) ? true : GO_ON,
  );
  return result === true;
}

/** Iterator.prototype.toArray ( ) — https://tc39.es/ecma262/#sec-iterator.prototype.toarray */
function Iterator_prototype_toArray(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const O = thisIterator(agent, thisValue, 'toArray');
  return createArrayFrom(agent, IteratorToList(agent, GetIteratorDirect(agent, O)));
}

/** Iterator.prototype [ %Symbol.iterator% ] ( ) — https://tc39.es/ecma262/#sec-iterator.prototype-%symbol.iterator% */
function Iterator_prototype_iterator(_callee: Builtin, thisValue: Value): Value {
  return thisValue;
}

/** %Iterator.prototype% [ %Symbol.dispose% ] ( ) — https://tc39.es/proposal-explicit-resource-management/#sec-%iteratorprototype%-@@dispose */
function Iterator_prototype_dispose(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const method = GetMethod(agent, thisValue, 'return');
  if (method !== undefined) Call0(agent, method, thisValue);
  return undefined;
}

function setIgnoringPrototype(callee: Builtin, thisValue: Value, key: PropertyKey, v: Value): Value {
  const home = callee.realm.intrinsic('%Iterator.prototype%');
  SetterThatIgnoresPrototypeProperties(callee.realm.agent, thisValue, home, key, v);
  return undefined;
}

/** get Iterator.prototype.constructor — https://tc39.es/ecma262/#sec-iterator.prototype.constructor */
function get_Iterator_prototype_constructor(callee: Builtin): Value {
  return callee.realm.intrinsic('%Iterator%');
}

/** set Iterator.prototype.constructor — https://tc39.es/ecma262/#sec-iterator.prototype.constructor */
function set_Iterator_prototype_constructor(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  v: Value,
): Value {
  return setIgnoringPrototype(callee, thisValue, 'constructor', v);
}

/** get Iterator.prototype [ %Symbol.toStringTag% ] — https://tc39.es/ecma262/#sec-iterator.prototype-%symbol.tostringtag% */
function get_Iterator_prototype_toStringTag(): Value {
  return 'Iterator';
}

/** set Iterator.prototype [ %Symbol.toStringTag% ] — https://tc39.es/ecma262/#sec-iterator.prototype-%symbol.tostringtag% */
function set_Iterator_prototype_toStringTag(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  v: Value,
): Value {
  return setIgnoringPrototype(callee, thisValue, SYMBOL_TO_STRING_TAG, v);
}

export const iteratorPrototypeIntrinsics: readonly IntrinsicSpec[] = [
  objectSpec('%Iterator.prototype%', {
    rows: [
      accessor('constructor', get_Iterator_prototype_constructor, set_Iterator_prototype_constructor),
      ...iteratorLazyMethodRows,
      method('every', 1, Iterator_prototype_every),
      method('find', 1, Iterator_prototype_find),
      method('forEach', 1, Iterator_prototype_forEach),
      method('includes', 1, Iterator_prototype_includes),
      method('join', 1, Iterator_prototype_join),
      method('reduce', 1, Iterator_prototype_reduce),
      method('some', 1, Iterator_prototype_some),
      method('toArray', 0, Iterator_prototype_toArray),
      method(SYMBOL_ITERATOR, 0, Iterator_prototype_iterator),
      method(SYMBOL_DISPOSE, 0, Iterator_prototype_dispose),
      accessor(SYMBOL_TO_STRING_TAG, get_Iterator_prototype_toStringTag, set_Iterator_prototype_toStringTag),
    ],
  }),
];
