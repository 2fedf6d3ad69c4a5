// %AsyncIteratorPrototype%, https://tc39.es/ecma262/#sec-asynciteratorprototype .
import { Call0, Call1 } from '../runtime/call.ts';
import { guestValueOf } from '../runtime/errors.ts';
import { type BuiltinFunction, builtinClosure, CreateBuiltinFunction } from '../runtime/objects/function.ts';
import type { PromiseObject } from '../runtime/objects/promise.ts';
import { GetMethod } from '../runtime/operations/object-operations.ts';
import {
  NewPromiseCapability,
  PerformPromiseThen,
  PromiseResolve,
} from '../runtime/operations/promise-operations.ts';
import { SYMBOL_ASYNC_DISPOSE, SYMBOL_ASYNC_ITERATOR, type Value } from '../runtime/value.ts';
import { type IntrinsicSpec, method, objectSpec } from './define.ts';

type Builtin = BuiltinFunction<undefined>;

/** %AsyncIteratorPrototype% [ %Symbol.asyncIterator% ] ( ) — https://tc39.es/ecma262/#sec-%asynciteratorprototype%-%symbol.asynciterator% */
function AsyncIteratorPrototype_asyncIterator(_callee: Builtin, thisValue: Value): Value {
  return thisValue;
}

/** The unwrap closure of Symbol.asyncDispose: the promise is fulfilled with undefined. */
const unwrapToUndefined = builtinClosure('', 1, () => undefined);

/** %AsyncIteratorPrototype% [ %Symbol.asyncDispose% ] ( ) — https://tc39.es/proposal-explicit-resource-management/#sec-%asynciteratorprototype%-@@asyncDispose */
function AsyncIteratorPrototype_asyncDispose(callee: Builtin, O: Value): Value {
  const agent = callee.realm.agent;
  const promiseConstructor = callee.realm.intrinsic('%Promise%');
  const promiseCapability = NewPromiseCapability(agent, promiseConstructor);
  try {
    const returnMethod = GetMethod(agent, O, 'return');
    if (returnMethod === undefined) Call1(agent, promiseCapability.resolve, undefined, undefined);
    else {
      const result = Call0(agent, returnMethod, O);
      const resultWrapper = PromiseResolve(agent, promiseConstructor, result) as PromiseObject;
      const onFulfilled = CreateBuiltinFunction(agent, unwrapToUndefined, undefined);
      PerformPromiseThen(agent, resultWrapper, onFulfilled, undefined, promiseCapability);
    }
  } catch (thrown) {
    Call1(agent, promiseCapability.reject, undefined, guestValueOf(agent, thrown));
  }
  return promiseCapability.promise;
}

export const asyncIteratorIntrinsics: readonly IntrinsicSpec[] = [
  objectSpec('%AsyncIteratorPrototype%', {
    rows: [
      method(SYMBOL_ASYNC_ITERATOR, 0, AsyncIteratorPrototype_asyncIterator),
      method(SYMBOL_ASYNC_DISPOSE, 0, AsyncIteratorPrototype_asyncDispose),
    ],
  }),
];
