// The Array Constructor, https://tc39.es/ecma262/#sec-array-constructor . Array.fromAsync is in from-async.ts.
import type { Agent } from '../../runtime/agent.ts';
import { Construct, IsCallable, IsConstructor } from '../../runtime/call.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwRangeError, throwTypeError } from '../../runtime/errors.ts';
import { GuestAlgorithm, GuestCall, type GuestStep } from '../../runtime/guest-work.ts';
import { ArrayCreate, createArrayFrom } from '../../runtime/objects/array.ts';
import type { BuiltinFunction, FunctionObject } from '../../runtime/objects/function.ts';
import type { JSObject, PendingWork } from '../../runtime/objects/object.ts';
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
import { constructorSpec, getter, type IntrinsicSpec, method, workingMethod } from '../define.ts';
import { IterableWalk } from '../iterable-walk.ts';
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
  [items, mapper, thisArg]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  if (mapper !== undefined && !IsCallable(mapper))
    throwTypeError(agent, `${describeForMessage(mapper)} is not a function`);
  const usingIterator = GetMethod(agent, items, SYMBOL_ITERATOR);
  if (usingIterator !== undefined) {
    const A = IsConstructor(thisValue) ? Construct(agent, thisValue, []) : ArrayCreate(agent, 0);
    return new FromIterable(items, usingIterator, A, mapper, thisArg);
  }
  const arrayLike = ToObject(agent, items);
  const len = LengthOfArrayLike(agent, arrayLike);
  return new FromArrayLike(arrayLike, len, constructWithLength(agent, thisValue, len), mapper, thisArg);
}

/** An array of what an iterator gives. */
class FromIterable extends IterableWalk {
  private readonly A: JSObject;
  private readonly mapper: FunctionObject | undefined;
  private readonly thisArg: Value;
  private k: number;

  constructor(
    items: Value,
    usingIterator: FunctionObject,
    A: JSObject,
    mapper: FunctionObject | undefined,
    thisArg: Value,
  ) {
    super(items, usingIterator);
    this.A = A;
    this.mapper = mapper;
    this.thisArg = thisArg;
    this.k = 0;
    this.result = A;
  }

  protected override take(agent: Agent, value: Value): GuestCall | boolean {
    const { mapper } = this;
    if (mapper === undefined) return this.called(agent, value);
    return new GuestCall(mapper, this.thisArg, [value, this.k]);
  }

  protected override called(agent: Agent, value: Value): boolean {
    CreateDataPropertyOrThrow(agent, this.A, keyFromNumber(this.k++), value);
    return true;
  }

  protected override end(agent: Agent): void {
    SetProperty(agent, this.A, 'length', this.k, true);
  }
}

/** An array of the elements of an array-like. */
class FromArrayLike extends GuestAlgorithm {
  private readonly arrayLike: JSObject;
  private readonly len: number;
  private readonly A: JSObject;
  private readonly call: GuestCall | null;
  private k: number;

  constructor(
    arrayLike: JSObject,
    len: number,
    A: JSObject,
    mapper: FunctionObject | undefined,
    thisArg: Value,
  ) {
    super();
    this.arrayLike = arrayLike;
    this.len = len;
    this.A = A;
    this.call = mapper === undefined ? null : new GuestCall(mapper, thisArg, []);
    this.k = 0;
    this.result = A;
  }

  override begin(agent: Agent): GuestStep | null {
    const { call, len } = this;
    while (this.k < len) {
      agent.chargeFuel(1);
      const kValue = getIndex(agent, this.arrayLike, this.k);
      if (call !== null) {
        call.args = [kValue, this.k];
        return call;
      }
      this.put(agent, kValue);
    }
    SetProperty(agent, this.A, 'length', len, true);
    return null;
  }

  override returned(agent: Agent, mappedValue: Value): GuestStep | null {
    this.put(agent, mappedValue);
    return this.begin(agent);
  }

  private put(agent: Agent, value: Value): void {
    CreateDataPropertyOrThrow(agent, this.A, keyFromNumber(this.k++), value);
  }
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
      workingMethod('from', 1, Array_from),
      method('fromAsync', 1, Array_fromAsync),
      method('isArray', 1, Array_isArray),
      method('of', 0, Array_of),
      getter(SYMBOL_SPECIES, get_Array_species),
    ],
  }),
];
