// Functions of the library that are one internal method of an object and little else: with a proxy, the call of the trap is a
// step, see runtime/guest-work.ts; with an object that has an accessor, that of the getter or setter.
import type { Agent } from '../runtime/agent.ts';
import { GuestAlgorithm, GuestCall, type GuestStep, SingleCall } from '../runtime/guest-work.ts';
import type { FunctionObject } from '../runtime/objects/function.ts';
import {
  EXOTIC_ALL,
  EXOTIC_NONE,
  HOPS_MASK,
  type JSObject,
  type PendingWork,
} from '../runtime/objects/object.ts';
import { ProxyObject } from '../runtime/objects/proxy.ts';
import { GET, SET, type TrappedMethod } from '../runtime/objects/proxy-traps.ts';
import { type AccessorPair, ATTR_ACCESSOR, IsAccessorDescriptor } from '../runtime/property-descriptor.ts';
import type { PropertyKey } from '../runtime/property-key.ts';
import { ENTRY_SLOT_SHIFT, NOT_FOUND } from '../runtime/shape.ts';
import type { Value } from '../runtime/value.ts';

/** Makes the result of a function of the outcome of an internal method. */
export type Finish<Operand, Outcome> = (
  agent: Agent,
  outcome: Outcome,
  O: JSObject,
  operand: Operand,
) => Value;

/** The outcome is the result. */
export function outcomeItself(_agent: Agent, outcome: Value): Value {
  return outcome;
}

/** An internal method of `O`. */
export function internalMethodWork<Operand, Outcome>(
  agent: Agent,
  method: TrappedMethod<Operand, Outcome>,
  O: JSObject,
  operand: Operand,
  finish: Finish<Operand, Outcome>,
): PendingWork {
  if (O instanceof ProxyObject) return new TrapCall(method, O, operand, finish);
  return done(finish(agent, method.forward(agent, O, operand), O, operand));
}

function done(result: Value): PendingWork {
  return { work: null, result };
}

/** An internal method of a proxy. */
class TrapCall<Operand, Outcome> extends GuestAlgorithm {
  private readonly method: TrappedMethod<Operand, Outcome>;
  private readonly proxy: ProxyObject;
  private readonly operand: Operand;
  private readonly finish: Finish<Operand, Outcome>;
  private target: JSObject | null;

  constructor(
    method: TrappedMethod<Operand, Outcome>,
    proxy: ProxyObject,
    operand: Operand,
    finish: Finish<Operand, Outcome>,
  ) {
    super();
    this.method = method;
    this.proxy = proxy;
    this.operand = operand;
    this.finish = finish;
    this.target = null;
  }

  override begin(agent: Agent): GuestStep | null {
    const { method, operand } = this;
    let O: JSObject = this.proxy;
    while (O instanceof ProxyObject) {
      agent.chargeFuel(1);
      const { proxyHandler: handler } = O;
      const target = O.proxyTarget as JSObject;
      const trap = O.trap(agent, method.trap);
      if (trap !== undefined) {
        this.target = target;
        return new GuestCall(trap, handler, method.arguments(agent, target, operand));
      }
      O = target;
    }
    return this.end(agent, method.forward(agent, O, operand));
  }

  override returned(agent: Agent, trapResult: Value): GuestStep | null {
    return this.end(agent, this.method.check(agent, this.target as JSObject, this.operand, trapResult));
  }

  private end(agent: Agent, outcome: Outcome): null {
    this.result = this.finish(agent, outcome, this.proxy, this.operand);
    return null;
  }
}

// ---- [[Get]] and [[Set]]: the accessor of an object or of one it inherits from

/** The accessor of an object that is asked for a property; or the first on its way that is no ordinary object and may have one. */
function accessorOf(agent: Agent, O: JSObject, P: PropertyKey): Accessor | JSObject | null {
  let holder = O;
  for (let hops = 1; ; hops++) {
    if (holder.exotic === EXOTIC_NONE) {
      const entry = holder.lookupOwn(P);
      if (entry !== NOT_FOUND) {
        if ((entry & ATTR_ACCESSOR) === 0) return null;
        return new Accessor(holder.getSlot(entry >> ENTRY_SLOT_SHIFT) as AccessorPair);
      }
    } else if (holder.exotic === EXOTIC_ALL) return holder;
    else {
      const desc = holder.GetOwnProperty(agent, P);
      if (desc !== undefined) return IsAccessorDescriptor(desc) ? new Accessor(desc) : null;
    }
    const parent = holder.shape.proto;
    if (parent === null) return null;
    if ((hops & HOPS_MASK) === 0) agent.chargeFuel(1);
    holder = parent;
  }
}

class Accessor {
  readonly get: FunctionObject | undefined;
  readonly set: FunctionObject | undefined;

  constructor({ get, set }: { readonly get: unknown; readonly set: unknown }) {
    this.get = get as FunctionObject | undefined;
    this.set = set as FunctionObject | undefined;
  }
}

/** `O`.[[Get]](`P`, `Receiver`) */
export function getWork(agent: Agent, O: JSObject, P: PropertyKey, Receiver: Value): PendingWork {
  const found = accessorOf(agent, O, P);
  if (found instanceof Accessor) {
    return found.get === undefined ? done(undefined) : new SingleCall(found.get, Receiver, []);
  }
  if (found instanceof ProxyObject) return new TrapCall(GET, found, { P, Receiver }, outcomeItself);
  return done(O.Get(agent, P, Receiver));
}

/** `O`.[[Set]](`P`, `V`, `Receiver`): a Boolean. */
export function setWork(agent: Agent, O: JSObject, P: PropertyKey, V: Value, Receiver: Value): PendingWork {
  const found = accessorOf(agent, O, P);
  if (found instanceof Accessor) {
    return found.set === undefined ? done(false) : new SetterCall(found.set, Receiver, [V]);
  }
  if (found instanceof ProxyObject) return new TrapCall(SET, found, { P, V, Receiver }, outcomeItself);
  return done(O.Set(agent, P, V, Receiver));
}

class SetterCall extends SingleCall {
  override returned(): null {
    this.result = true;
    return null;
  }
}
