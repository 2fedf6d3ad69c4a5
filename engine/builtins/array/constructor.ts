// The Array Constructor, https://tc39.es/ecma262/#sec-array-constructor . Array.fromAsync is in from-async.ts.
import type { Agent } from '../../runtime/agent.ts';
import { Call2, Construct, IsCallable, IsConstructor } from '../../runtime/call.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwRangeError, throwTypeError } from '../../runtime/errors.ts';
import { ArrayCreate, createArrayFrom } from '../../runtime/objects/array.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import {
  GetIteratorFromMethod,
  IteratorCloseAndThrow,
  IteratorStepValue,
} from '../../runtime/operations/iterator-operations.ts';
import {
  CreateDataPropertyOrThrow,
  GetMethod,
  GetPrototypeFromConstructor,
  getIndex,
  LengthOfArrayLike,
  Set as SetProperty,
} from '../../runtime/operations/object-operations.ts';
import { IsArray } from '../../runtime/operations/testing-and-comparison.ts';
import { ToObject } from '../../runtime/operations/type-conversion.ts';
import { keyFromNumber } from '../../runtime/property-key.ts';
import { SYMBOL_ITERATOR, SYMBOL_SPECIES, type Value } from '../../runtime/value.ts';
import { constructorSpec, getter, type IntrinsicSpec, method } from '../define.ts';
import { Array_fromAsync } from './from-async.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Array ( ...values ) — https://tc39.es/ecma262/#sec-array */
function Array_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  ...values: Value[]
): Value {
  const agent = callee.realm.agent;
  const proto =
    newTarget === undefined || newTarget === callee
      ? callee.realm.arrayPrototype
      : GetPrototypeFromConstructor(agent, newTarget, '%Array.prototype%');
  if (values.length !== 1) return createArrayFrom(agent, values, proto);
  const len = values[0];
  if (typeof len !== 'number') return createArrayFrom(agent, values, proto);
  if (len >>> 0 !== len) throwRangeError(agent, 'Invalid array length');
  return ArrayCreate(agent, len, proto);
}

/** Array.from ( items [ , mapper [ , thisArg ] ] ) — https://tc39.es/ecma262/#sec-array.from */
function Array_from(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  items: Value,
  mapper: Value,
  thisArg: Value,
): Value {
  const agent = callee.realm.agent;
  if (mapper !== undefined && !IsCallable(mapper))
    throwTypeError(agent, `${describeForMessage(mapper)} is not a function`);
  const usingIterator = GetMethod(agent, items, SYMBOL_ITERATOR);
  if (usingIterator !== undefined) {
    const A = IsConstructor(thisValue) ? Construct(agent, thisValue, []) : ArrayCreate(agent, 0);
    const iteratorRecord = GetIteratorFromMethod(agent, items, usingIterator);
    for (let k = 0; ; k++) {
      agent.chargeFuel(1);
      const next = IteratorStepValue(agent, iteratorRecord);
      if (iteratorRecord.done) {
        SetProperty(agent, A, 'length', k, true);
        return A;
      }
      try {
        const mappedValue = mapper === undefined ? next : Call2(agent, mapper, thisArg, next, k);
        CreateDataPropertyOrThrow(agent, A, keyFromNumber(k), mappedValue);
      } catch (thrown) {
        IteratorCloseAndThrow(agent, iteratorRecord, thrown);
      }
    }
  }
  const arrayLike = ToObject(agent, items);
  const len = LengthOfArrayLike(agent, arrayLike);
  const A = IsConstructor(thisValue) ? Construct(agent, thisValue, [len]) : ArrayCreate(agent, len);
  for (let k = 0; k < len; k++) {
    agent.chargeFuel(1);
    const kValue = getIndex(agent, arrayLike, k);
    const mappedValue = mapper === undefined ? kValue : Call2(agent, mapper, thisArg, kValue, k);
    CreateDataPropertyOrThrow(agent, A, keyFromNumber(k), mappedValue);
  }
  SetProperty(agent, A, 'length', len, true);
  return A;
}

/** Array.isArray ( arg ) — https://tc39.es/ecma262/#sec-array.isarray */
function Array_isArray(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, arg: Value): Value {
  return IsArray(callee.realm.agent, arg);
}

/** Array.of ( ...items ) — https://tc39.es/ecma262/#sec-array.of */
function Array_of(callee: Builtin, thisValue: Value, _newTarget: NewTarget, ...items: Value[]): Value {
  const agent = callee.realm.agent;
  const len = items.length;
  const A = constructWithLength(agent, thisValue, len);
  for (let k = 0; k < len; k++) CreateDataPropertyOrThrow(agent, A, k, items[k]);
  SetProperty(agent, A, 'length', len, true);
  return A;
}

function constructWithLength(agent: Agent, C: Value, len: number): JSObject {
  return IsConstructor(C) ? Construct(agent, C, [len]) : ArrayCreate(agent, len);
}

/** get Array [ %Symbol.species% ] — https://tc39.es/ecma262/#sec-get-array-%symbol.species% */
function get_Array_species(_callee: Builtin, thisValue: Value): Value {
  return thisValue;
}

export const arrayConstructorIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%Array%', 'Array', {
    length: 1,
    code: Array_constructor,
    prototype: '%Array.prototype%',
    rows: [
      method('from', 1, Array_from),
      method('fromAsync', 1, Array_fromAsync),
      method('isArray', 1, Array_isArray),
      method('of', 0, Array_of),
      getter(SYMBOL_SPECIES, get_Array_species),
    ],
  }),
];
