// The Iterator prototype object: the methods that consume an iterator at once, and its two accessors,
// https://tc39.es/ecma262/#sec-iterator.prototype-object .

import { MAX_STRING_LENGTH } from '../../eval/primitive.ts';
import type { Agent } from '../../runtime/agent.ts';
import { Call0 } from '../../runtime/call.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwRangeError, throwTypeError } from '../../runtime/errors.ts';
import { GuestCall } from '../../runtime/guest-work.ts';
import { createArrayFrom } from '../../runtime/objects/array.ts';
import type { BuiltinFunction, FunctionObject } from '../../runtime/objects/function.ts';
import type { JSObject, PendingWork } from '../../runtime/objects/object.ts';
import {
  GetIteratorDirect,
  IteratorCloseAndThrow,
  IteratorRecord,
} from '../../runtime/operations/iterator-operations.ts';
import {
  GetMethod,
  SetterThatIgnoresPrototypeProperties,
} from '../../runtime/operations/object-operations.ts';
import { ToBoolean, ToString } from '../../runtime/operations/type-conversion.ts';
import type { PropertyKey } from '../../runtime/property-key.ts';
import { SameValueZero } from '../../runtime/same-value.ts';
import { SYMBOL_DISPOSE, SYMBOL_ITERATOR, SYMBOL_TO_STRING_TAG, type Value } from '../../runtime/value.ts';
import {
  accessor,
  type IntrinsicSpec,
  type MethodRow,
  method,
  objectSpec,
  workingMethod,
} from '../define.ts';
import { IterableWalk, ListWalk } from '../iterable-walk.ts';
import { callbackArgument, iteratorLazyMethodRows, rejectArgument, thisIterator } from './lazy-methods.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** What becomes of what the callback gives. */
const CONSUME_FOR_EACH = 0;
/** Whether it is true for every value, for some value. */
const CONSUME_EVERY = 1;
const CONSUME_SOME = 2;
/** The first value for which it is true. */
const CONSUME_FIND = 3;
/** It is the accumulator of the next call, and at last the result. */
const CONSUME_REDUCE = 4;

/** The loop of the methods that call back for each value until they know their result. */
class Consumption extends IterableWalk {
  private readonly kind: number;
  private readonly fn: FunctionObject;
  private needsInitialValue: boolean;
  private value: Value;

  /** `args` are those of the method: behind the callback, the initial value of reduce if there is one. */
  constructor(kind: number, iterated: IteratorRecord, fn: FunctionObject, args: readonly Value[]) {
    super(iterated);
    this.kind = kind;
    this.fn = fn;
    this.needsInitialValue = kind === CONSUME_REDUCE && args.length < 2;
    this.value = undefined;
    if (kind === CONSUME_REDUCE) this.result = args[1];
    else if (kind === CONSUME_EVERY) this.result = true;
    else if (kind === CONSUME_SOME) this.result = false;
  }

  protected override take(_agent: Agent, value: Value): GuestCall | boolean {
    const { counter } = this;
    this.value = value;
    if (this.needsInitialValue) {
      this.needsInitialValue = false;
      this.result = value;
      return true;
    }
    const args = this.kind === CONSUME_REDUCE ? [this.result, value, counter] : [value, counter];
    return new GuestCall(this.fn, undefined, args);
  }

  protected override called(_agent: Agent, given: Value): boolean {
    switch (this.kind) {
      case CONSUME_EVERY:
        if (ToBoolean(given)) return true;
        this.result = false;
        return false;
      case CONSUME_SOME:
        if (!ToBoolean(given)) return true;
        this.result = true;
        return false;
      case CONSUME_FIND:
        if (!ToBoolean(given)) return true;
        this.result = this.value;
        return false;
      case CONSUME_REDUCE:
        this.result = given;
    }
    return true;
  }

  protected override end(agent: Agent): void {
    if (this.needsInitialValue)
      throwTypeError(agent, 'Reduce of an iterator without elements and initial value');
  }
}

/** Iterator.prototype.every and its kin — https://tc39.es/ecma262/#sec-iterator.prototype.every and after */
function consumingMethod(name: string, kind: number): MethodRow {
  return workingMethod(name, 1, (callee, thisValue, args) => {
    const { agent } = callee.realm;
    const O = thisIterator(agent, thisValue, name);
    const fn = callbackArgument(agent, O, args[0]);
    return new Consumption(kind, GetIteratorDirect(agent, O), fn, args);
  });
}

/** Iterator.prototype.includes ( searchElement [ , skippedElements ] ) — https://tc39.es/proposal-iterator-includes/ */
function Iterator_prototype_includes(
  callee: Builtin,
  thisValue: Value,
  [searchElement, skippedElements]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  const O = thisIterator(agent, thisValue, 'includes');
  const toSkip = skippedArgument(agent, O, skippedElements);
  return new Inclusion(GetIteratorDirect(agent, O), searchElement, toSkip);
}

/** Looks for a value behind so many others. */
class Inclusion extends IterableWalk {
  private readonly searchElement: Value;
  private readonly toSkip: number;

  constructor(iterated: IteratorRecord, searchElement: Value, toSkip: number) {
    super(iterated);
    this.searchElement = searchElement;
    this.toSkip = toSkip;
    this.result = false;
  }

  protected override take(_agent: Agent, value: Value): boolean {
    this.result = this.counter >= this.toSkip && SameValueZero(value, this.searchElement);
    return !this.result;
  }
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
  [separator]: readonly Value[],
): PendingWork {
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
  return new Joining(GetIteratorDirect(agent, O), sep);
}

/** The strings of the values, with separators between them. */
class Joining extends IterableWalk {
  private readonly separator: string;
  private R: string;

  constructor(iterated: IteratorRecord, separator: string) {
    super(iterated);
    this.separator = separator;
    this.R = '';
  }

  protected override take(agent: Agent, value: Value): true {
    const S = value === undefined || value === null ? '' : ToString(agent, value);
    const addition = this.counter === 0 ? S : this.separator + S;
    if (this.R.length + addition.length > MAX_STRING_LENGTH) throwRangeError(agent, 'Invalid string length');
    agent.chargeBytes(addition.length);
    this.R += addition;
    return true;
  }

  protected override end(): void {
    this.result = this.R;
  }
}

/** Iterator.prototype.toArray ( ) — https://tc39.es/ecma262/#sec-iterator.prototype.toarray */
function Iterator_prototype_toArray(callee: Builtin, thisValue: Value): PendingWork {
  const agent = callee.realm.agent;
  const O = thisIterator(agent, thisValue, 'toArray');
  return new Collection(GetIteratorDirect(agent, O));
}

/** The values in an array. */
class Collection extends ListWalk {
  protected override resultOf(agent: Agent, items: Value[]): Value {
    return createArrayFrom(agent, items);
  }
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
      consumingMethod('every', CONSUME_EVERY),
      consumingMethod('find', CONSUME_FIND),
      consumingMethod('forEach', CONSUME_FOR_EACH),
      workingMethod('includes', 1, Iterator_prototype_includes),
      workingMethod('join', 1, Iterator_prototype_join),
      consumingMethod('reduce', CONSUME_REDUCE),
      consumingMethod('some', CONSUME_SOME),
      workingMethod('toArray', 0, Iterator_prototype_toArray),
      method(SYMBOL_ITERATOR, 0, Iterator_prototype_iterator),
      method(SYMBOL_DISPOSE, 0, Iterator_prototype_dispose),
      accessor(SYMBOL_TO_STRING_TAG, get_Iterator_prototype_toStringTag, set_Iterator_prototype_toStringTag),
    ],
  }),
];
