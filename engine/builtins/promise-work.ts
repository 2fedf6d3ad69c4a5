// What the functions of promises do with a capability, which may take the call of a subclass's constructor, as algorithms whose
// state lies in a record between the calls: see runtime/guest-work.ts.
import type { Agent } from '../runtime/agent.ts';
import { requireCallable } from '../runtime/call.ts';
import { ThrowCompletion } from '../runtime/completion.ts';
import { guestValueOf } from '../runtime/errors.ts';
import { GuestAlgorithm, GuestCall, type GuestStep } from '../runtime/guest-work.ts';
import type { FunctionObject } from '../runtime/objects/function.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import type { PromiseCapability, PromiseObject } from '../runtime/objects/promise.ts';
import {
  beginPromiseCapability,
  type CapabilityStart,
  endPromiseCapability,
  isIntrinsicPromise,
  NewPromiseCapability,
  PerformPromiseThen,
} from '../runtime/operations/promise-operations.ts';
import type { Value } from '../runtime/value.ts';

/** NewPromiseCapability ( C ) as a step. */
export class CapabilityStep {
  readonly call: GuestCall;
  private readonly start: CapabilityStart;

  /** `C` is not %Promise%, whose capabilities take no step; throws if it is no constructor. */
  constructor(agent: Agent, C: Value) {
    this.start = beginPromiseCapability(agent, C);
    const constructor = C as FunctionObject;
    this.call = new GuestCall(constructor, undefined, [this.start.executor], constructor);
  }

  /** What the constructor gave makes the capability. */
  end(agent: Agent, promise: Value): PromiseCapability {
    return endPromiseCapability(agent, this.start, promise as JSObject);
  }
}

/** Makes a capability and works with it; by default its promise is the result. */
export abstract class CapabilityWork extends GuestAlgorithm {
  private readonly C: Value;
  private step: CapabilityStep | null;

  constructor(C: Value) {
    super();
    this.C = C;
    this.step = null;
  }

  override begin(agent: Agent): GuestStep | null {
    const { C } = this;
    if (isIntrinsicPromise(agent, C)) return this.take(agent, NewPromiseCapability(agent, C));
    this.step = new CapabilityStep(agent, C);
    return this.step.call;
  }

  private take(agent: Agent, capability: PromiseCapability): GuestStep | null {
    this.result = capability.promise;
    return this.use(agent, capability);
  }

  override returned(agent: Agent, value: Value): GuestStep | null {
    const { step } = this;
    if (step === null) return this.received(agent, value);
    this.step = null;
    return this.take(agent, step.end(agent, value));
  }

  protected abstract use(agent: Agent, capability: PromiseCapability): GuestStep | null;

  /** What the last call gave. */
  protected received(_agent: Agent, _value: Value): GuestStep | null {
    return null;
  }
}

/** A promise that is resolved with a value, or rejected. */
export class SettledPromise extends CapabilityWork {
  private readonly how: 'resolve' | 'reject';
  private readonly value: Value;

  constructor(C: Value, how: 'resolve' | 'reject', value: Value) {
    super(C);
    this.how = how;
    this.value = value;
  }

  protected override use(_agent: Agent, capability: PromiseCapability): GuestStep {
    return new GuestCall(capability[this.how], undefined, [this.value]);
  }
}

/** The promise that `then` gives. */
export class DerivedPromise extends CapabilityWork {
  private readonly promise: PromiseObject;
  private readonly onFulfilled: Value;
  private readonly onRejected: Value;

  constructor(C: Value, promise: PromiseObject, onFulfilled: Value, onRejected: Value) {
    super(C);
    this.promise = promise;
    this.onFulfilled = onFulfilled;
    this.onRejected = onRejected;
  }

  protected override use(agent: Agent, resultCapability: PromiseCapability): null {
    PerformPromiseThen(agent, this.promise, this.onFulfilled, this.onRejected, resultCapability);
    return null;
  }
}

/** Work whose errors reject the promise of its capability: IfAbruptRejectPromise — https://tc39.es/ecma262/#sec-ifabruptrejectpromise */
export abstract class RejectingWork extends CapabilityWork {
  private capability: PromiseCapability | null = null;
  private isSettling = false;

  /** Goes on with the capability. What this and what follows throw rejects it. */
  protected abstract proceed(agent: Agent, capability: PromiseCapability): GuestStep | null;

  protected abstract goOn(agent: Agent, value: Value): GuestStep | null;

  protected override use(agent: Agent, capability: PromiseCapability): GuestStep | null {
    this.capability = capability;
    try {
      return this.proceed(agent, capability);
    } catch (thrown) {
      return this.settle('reject', guestValueOf(agent, thrown));
    }
  }

  /** The last step. */
  protected settle(how: 'resolve' | 'reject', value: Value): GuestStep {
    const capability = this.capability as PromiseCapability;
    this.isSettling = true;
    return new GuestCall(capability[how], undefined, [value]);
  }

  protected override received(agent: Agent, value: Value): GuestStep | null {
    if (this.isSettling) return null;
    try {
      return this.goOn(agent, value);
    } catch (thrown) {
      return this.settle('reject', guestValueOf(agent, thrown));
    }
  }

  override threw(_agent: Agent, value: Value): GuestStep | null {
    if (this.capability === null || this.isSettling) throw new ThrowCompletion(value);
    return this.settle('reject', value);
  }
}

/** Promise.try: a promise of what a callback gives. */
export class TriedPromise extends RejectingWork {
  private readonly callback: Value;
  private readonly args: readonly Value[];

  constructor(C: Value, callback: Value, args: readonly Value[]) {
    super(C);
    this.callback = callback;
    this.args = args;
  }

  protected override proceed(agent: Agent): GuestStep {
    return new GuestCall(requireCallable(agent, this.callback), undefined, this.args);
  }

  protected override goOn(_agent: Agent, status: Value): GuestStep {
    return this.settle('resolve', status);
  }
}
