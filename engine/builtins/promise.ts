// Promise Objects, https://tc39.es/ecma262/#sec-promise-objects . Abstract operations and jobs are in
// runtime/operations/promise-operations.ts, all and its kin in promise-combinators.ts.
import type { Agent } from '../runtime/agent.ts';
import { Call1, IsCallable, IsConstructor, requireCallable } from '../runtime/call.ts';
import { ThrowCompletion } from '../runtime/completion.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { throwTypeError } from '../runtime/errors.ts';
import { GuestAlgorithm, GuestCall, type GuestStep } from '../runtime/guest-work.ts';
import {
  type BuiltinCode,
  type BuiltinFunction,
  builtinClosure,
  CreateBuiltinFunction,
  type FunctionObject,
} from '../runtime/objects/function.ts';
import {
  type JSObject,
  OrdinaryObjectCreate,
  type PendingWork,
  type TailCall,
} from '../runtime/objects/object.ts';
import { type PromiseCapability, PromiseObject } from '../runtime/objects/promise.ts';
import {
  CreateDataPropertyOrThrow,
  GetPrototypeFromConstructor,
  GetV,
  SpeciesConstructor,
} from '../runtime/operations/object-operations.ts';
import {
  CreateResolvingFunctions,
  isIntrinsicPromise,
  NewPromiseCapability,
  PerformPromiseThen,
  PromiseResolve,
} from '../runtime/operations/promise-operations.ts';
import { rootShape, SHAPE_KIND_ORDINARY } from '../runtime/shape.ts';
import { SYMBOL_SPECIES, type Value } from '../runtime/value.ts';
import {
  constructorSpec,
  functionSpec,
  getter,
  type IntrinsicSpec,
  intrinsicValue,
  objectSpec,
  tailMethod,
  toStringTag,
  workingClosure,
  workingMethod,
} from './define.ts';
import { promiseCombinatorRows } from './promise-combinators.ts';
import { CapabilityWork, DerivedPromise, SettledPromise, TriedPromise } from './promise-work.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Promise ( executor ) — https://tc39.es/ecma262/#sec-promise-executor */
function Promise_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  [executor]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  if (newTarget === undefined) throwTypeError(agent, "Promise constructor cannot be invoked without 'new'");
  if (!IsCallable(executor))
    throwTypeError(agent, `Promise resolver ${describeForMessage(executor)} is not a function`);
  const proto = GetPrototypeFromConstructor(agent, newTarget, '%Promise.prototype%');
  agent.chargeBytes(160);
  const promise = new PromiseObject(rootShape(agent, proto, SHAPE_KIND_ORDINARY));
  return new Execution(executor, promise);
}

/** The call of an executor. */
class Execution extends GuestAlgorithm {
  private readonly executor: FunctionObject;
  private readonly promise: PromiseObject;
  private reject: FunctionObject | null;

  constructor(executor: FunctionObject, promise: PromiseObject) {
    super();
    this.executor = executor;
    this.promise = promise;
    this.reject = null;
    this.result = promise;
  }

  override begin(agent: Agent): GuestStep {
    const { resolve, reject } = CreateResolvingFunctions(agent, this.promise);
    this.reject = reject;
    return new GuestCall(this.executor, undefined, [resolve, reject]);
  }

  override returned(): null {
    return null;
  }

  override threw(agent: Agent, value: Value): null {
    Call1(agent, this.reject, undefined, value);
    return null;
  }
}

function requireConstructorThis(agent: Agent, C: Value): JSObject {
  if (typeof C !== 'object' || C === null) throwTypeError(agent, `${describeForMessage(C)} is not an object`);
  return C;
}

// ---- The other static functions

/** Promise.reject ( r ) — https://tc39.es/ecma262/#sec-promise.reject */
function Promise_reject(_callee: Builtin, thisValue: Value, [r]: readonly Value[]): PendingWork {
  return new SettledPromise(thisValue, 'reject', r);
}

/** Promise.resolve ( x ) — https://tc39.es/ecma262/#sec-promise.resolve */
function Promise_resolve(callee: Builtin, thisValue: Value, [x]: readonly Value[]): PendingWork {
  const agent = callee.realm.agent;
  const C = requireConstructorThis(agent, thisValue);
  if (isIntrinsicPromise(agent, C) || (x instanceof PromiseObject && x.Get(agent, 'constructor', x) === C)) {
    return { work: null, result: PromiseResolve(agent, C, x) };
  }
  return new SettledPromise(C, 'resolve', x);
}

/** Promise.try ( callback, ...args ) — https://tc39.es/ecma262/#sec-promise.try */
function Promise_try(callee: Builtin, thisValue: Value, [callback, ...args]: readonly Value[]): PendingWork {
  const agent = callee.realm.agent;
  return new TriedPromise(requireConstructorThis(agent, thisValue), callback, args);
}

/** Promise.withResolvers ( ) — https://tc39.es/ecma262/#sec-promise.withResolvers */
function Promise_withResolvers(_callee: Builtin, thisValue: Value): PendingWork {
  return new PromiseWithResolvers(thisValue);
}

class PromiseWithResolvers extends CapabilityWork {
  protected override use(agent: Agent, { promise, resolve, reject }: PromiseCapability): null {
    const obj = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
    CreateDataPropertyOrThrow(agent, obj, 'promise', promise);
    CreateDataPropertyOrThrow(agent, obj, 'resolve', resolve);
    CreateDataPropertyOrThrow(agent, obj, 'reject', reject);
    this.result = obj;
    return null;
  }
}

/** get Promise [ %Symbol.species% ] — https://tc39.es/ecma262/#sec-get-promise-%symbol.species% */
function get_Promise_species(_callee: Builtin, thisValue: Value): Value {
  return thisValue;
}

// ---- Prototype

/** Promise.prototype.catch ( onRejected ) — https://tc39.es/ecma262/#sec-promise.prototype.catch */
function Promise_prototype_catch(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  [onRejected]: readonly Value[],
): TailCall {
  return invokeThen(callee.realm.agent, thisValue, [undefined, onRejected]);
}

/** Invoke ( promise, "then", args ) as the last act of a function. */
function invokeThen(agent: Agent, promise: Value, args: readonly Value[]): TailCall {
  const F = requireCallable(agent, GetV(agent, promise, 'then'));
  return { F, thisValue: promise, newTarget: undefined, args };
}

interface FinallyCaptures {
  readonly onFinally: FunctionObject;
  readonly C: JSObject;
}

/** Then Finally Functions: the fulfilled closure of Promise.prototype.finally — https://tc39.es/ecma262/#sec-promise.prototype.finally */
const thenFinally = workingClosure(
  '',
  1,
  (callee: BuiltinFunction<FinallyCaptures>, _thisValue, _newTarget, [value]) =>
    new Finalization(callee.captures, valueThunk, value),
);
/** Catch Finally Functions: the rejected closure of Promise.prototype.finally — https://tc39.es/ecma262/#sec-promise.prototype.finally */
const catchFinally = workingClosure(
  '',
  1,
  (callee: BuiltinFunction<FinallyCaptures>, _thisValue, _newTarget, [reason]) =>
    new Finalization(callee.captures, thrower, reason),
);
const valueThunk = builtinClosure(
  '',
  0,
  (callee: BuiltinFunction<{ readonly value: Value }>) => callee.captures.value,
);
const thrower = builtinClosure('', 0, (callee: BuiltinFunction<{ readonly value: Value }>) => {
  throw new ThrowCompletion(callee.captures.value);
});

/** Calls onFinally, waits for what it gives, and then settles as before. */
class Finalization extends GuestAlgorithm {
  private readonly captures: FinallyCaptures;
  private readonly then: BuiltinCode;
  private readonly value: Value;
  private isCalled: boolean;

  constructor(captures: FinallyCaptures, then: BuiltinCode, value: Value) {
    super();
    this.captures = captures;
    this.then = then;
    this.value = value;
    this.isCalled = false;
  }

  override begin(): GuestStep {
    return new GuestCall(this.captures.onFinally, undefined, []);
  }

  override returned(agent: Agent, given: Value): GuestStep | null {
    if (this.isCalled) {
      this.result = given;
      return null;
    }
    this.isCalled = true;
    const p = PromiseResolve(agent, this.captures.C, given);
    const { F, args } = invokeThen(agent, p, [
      CreateBuiltinFunction(agent, this.then, { value: this.value }),
    ]);
    return new GuestCall(F as FunctionObject, p, args);
  }
}

/** Promise.prototype.finally ( onFinally ) — https://tc39.es/ecma262/#sec-promise.prototype.finally */
function Promise_prototype_finally(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  [onFinally]: readonly Value[],
): TailCall {
  const agent = callee.realm.agent;
  if (typeof thisValue !== 'object' || thisValue === null) {
    throwTypeError(agent, 'Promise.prototype.finally called on a non-object');
  }
  const C = SpeciesConstructor(agent, thisValue, callee.realm.intrinsic('%Promise%'));
  if (!IsConstructor(C)) throwTypeError(agent, 'species is not a constructor');
  if (!IsCallable(onFinally)) return invokeThen(agent, thisValue, [onFinally, onFinally]);
  const captures: FinallyCaptures = { onFinally, C };
  return invokeThen(agent, thisValue, [
    CreateBuiltinFunction(agent, thenFinally, captures),
    CreateBuiltinFunction(agent, catchFinally, captures),
  ]);
}

/** Promise.prototype.then ( onFulfilled, onRejected ) — https://tc39.es/ecma262/#sec-promise.prototype.then */
function Promise_prototype_then(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  [onFulfilled, onRejected]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  if (!(thisValue instanceof PromiseObject)) {
    throwTypeError(
      agent,
      `Method Promise.prototype.then called on incompatible receiver ${describeForMessage(thisValue)}`,
    );
  }
  const C = SpeciesConstructor(agent, thisValue, callee.realm.intrinsic('%Promise%'));
  if (!isIntrinsicPromise(agent, C)) return new DerivedPromise(C, thisValue, onFulfilled, onRejected);
  const resultCapability = NewPromiseCapability(agent, C);
  PerformPromiseThen(agent, thisValue, onFulfilled, onRejected, resultCapability);
  return { work: null, result: resultCapability.promise };
}

export const promiseIntrinsics: readonly IntrinsicSpec[] = [
  functionSpec('%Promise.prototype.then%', 'then', 2, { work: Promise_prototype_then }),
  constructorSpec('%Promise%', 'Promise', {
    length: 1,
    code: { work: Promise_constructor },
    prototype: '%Promise.prototype%',
    rows: [
      ...promiseCombinatorRows,
      workingMethod('reject', 1, Promise_reject),
      workingMethod('resolve', 1, Promise_resolve),
      workingMethod('try', 1, Promise_try),
      workingMethod('withResolvers', 0, Promise_withResolvers),
      getter(SYMBOL_SPECIES, get_Promise_species),
    ],
  }),
  objectSpec('%Promise.prototype%', {
    constructorName: '%Promise%',
    rows: [
      tailMethod('catch', 1, Promise_prototype_catch),
      tailMethod('finally', 1, Promise_prototype_finally),
      intrinsicValue('then', '%Promise.prototype.then%'),
      toStringTag('Promise'),
    ],
  }),
];
