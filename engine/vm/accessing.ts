// hot
// [[Get]], [[Set]], [[HasProperty]] and [[Delete]] for an instruction: walks as those of objects, but getters, setters and the
// traps of proxies are called by pushing frames. See operation.ts for what the functions give.
import type { Agent } from '../runtime/agent.ts';
import { throwTypeError } from '../runtime/errors.ts';
import type { FunctionObject } from '../runtime/objects/function.ts';
import {
  EXOTIC_ALL,
  EXOTIC_NONE,
  HOPS_MASK,
  type JSObject,
  setOnReceiver,
} from '../runtime/objects/object.ts';
import { ProxyObject, requireTrap } from '../runtime/objects/proxy.ts';
import {
  checkProxyDelete,
  checkProxyGet,
  checkProxyHas,
  checkProxySet,
} from '../runtime/objects/proxy-traps.ts';
import { GetV } from '../runtime/operations/object-operations.ts';
import { prototypeForPrimitive } from '../runtime/operations/type-conversion.ts';
import {
  AccessorPair,
  ATTR_ACCESSOR,
  ATTR_WRITABLE,
  IsAccessorDescriptor,
} from '../runtime/property-descriptor.ts';
import { keyToDisplay, keyToValue, type PropertyKey } from '../runtime/property-key.ts';
import { breakCells, ENTRY_SLOT_SHIFT, NOT_FOUND } from '../runtime/shape.ts';
import type { Value } from '../runtime/value.ts';
import { callFrom, deliver, finishCall, NO_ARGUMENTS } from './calling.ts';
import type { Continuation } from './continuation.ts';
import { END_CONTINUE, END_DROP, type VMFrame } from './frame.ts';
import { CALLED } from './handler.ts';
import { Operation } from './operation.ts';

/** Gives a value that took no call. */
function outcome(frame: VMFrame, value: Value): number {
  frame.result = value;
  return CALLED;
}

/** Calls a getter; an accessor without one gives undefined. */
export function callGetter(
  agent: Agent,
  frame: VMFrame,
  getter: Value,
  Receiver: Value,
  ending: number,
  continuation: Continuation | null,
): number {
  if (getter === undefined) return outcome(frame, undefined);
  return callFrom(agent, frame, getter as FunctionObject, Receiver, NO_ARGUMENTS, ending, continuation);
}

/** `O`.[[Get]](`P`, `Receiver`) — https://tc39.es/ecma262/#sec-ordinaryget */
export function getFrom(
  agent: Agent,
  frame: VMFrame,
  O: JSObject,
  P: PropertyKey,
  Receiver: Value,
  ending: number,
  continuation: Continuation | null,
): number {
  let holder = O;
  let hops = 0;
  for (;;) {
    const { exotic } = holder;
    if (exotic === EXOTIC_NONE) {
      const entry = holder.lookupOwn(P);
      if (entry !== NOT_FOUND) {
        const slot = holder.getSlot(entry >> ENTRY_SLOT_SHIFT);
        if (slot instanceof AccessorPair)
          return callGetter(agent, frame, slot.get, Receiver, ending, continuation);
        return outcome(frame, slot);
      }
    } else if (exotic === EXOTIC_ALL) {
      if (!(holder instanceof ProxyObject)) return outcome(frame, holder.Get(agent, P, Receiver));
      return new ProxyGet(holder, P, Receiver, ending, continuation).begin(agent, frame);
    } else {
      const desc = holder.GetOwnProperty(agent, P);
      if (desc !== undefined) {
        if (!IsAccessorDescriptor(desc)) return outcome(frame, desc.value);
        return callGetter(agent, frame, desc.get, Receiver, ending, continuation);
      }
    }
    const parent = holder.shape.proto;
    if (parent === null) return outcome(frame, undefined);
    if ((++hops & HOPS_MASK) === 0) agent.chargeFuel(1);
    holder = parent;
  }
}

/** GetV ( V, P ) — https://tc39.es/ecma262/#sec-getv */
export function getVFrom(
  agent: Agent,
  frame: VMFrame,
  V: Value,
  P: PropertyKey,
  ending: number,
  continuation: Continuation | null,
): number {
  if (typeof V === 'object' && V !== null) return getFrom(agent, frame, V, P, V, ending, continuation);
  const base = prototypeForPrimitive(agent, V);
  // GetV has the error for null and undefined, and the own properties of strings.
  if (base === null || (typeof V === 'string' && (P === 'length' || typeof P === 'number')))
    return outcome(frame, GetV(agent, V, P));
  return getFrom(agent, frame, base, P, V, ending, continuation);
}

/**
 * `O`.[[Set]](`P`, `V`, `Receiver`) as the whole of an instruction that has no register for an outcome; false is a TypeError if
 * `strict`. What a handler gives — https://tc39.es/ecma262/#sec-ordinaryset
 */
export function setByInstruction(
  agent: Agent,
  frame: VMFrame,
  O: JSObject,
  P: PropertyKey,
  V: Value,
  Receiver: Value,
  strict: boolean,
): number {
  let holder = O;
  let hops = 0;
  for (;;) {
    if (holder.exotic === EXOTIC_NONE) {
      const entry = holder.lookupOwn(P);
      if (entry !== NOT_FOUND) {
        if ((entry & ATTR_ACCESSOR) !== 0) {
          const setter = (holder.getSlot(entry >> ENTRY_SLOT_SHIFT) as AccessorPair).set;
          return callSetter(agent, frame, setter, P, V, Receiver, strict);
        }
        if ((entry & ATTR_WRITABLE) === 0) return afterSet(agent, frame, P, false, strict);
        if (Receiver !== holder) break;
        if (holder.shape.prototypeInfo !== null) breakCells(holder.shape.prototypeInfo);
        holder.setSlot(entry >> ENTRY_SLOT_SHIFT, V);
        return afterSet(agent, frame, P, true, strict);
      }
    } else if (holder instanceof ProxyObject) {
      return new ProxySet(holder, P, V, Receiver, strict).begin(agent, frame);
    } else if (holder.exotic === EXOTIC_ALL || typeof P === 'number') {
      return afterSet(agent, frame, P, holder.Set(agent, P, V, Receiver), strict);
    } else {
      const desc = holder.GetOwnProperty(agent, P);
      if (desc !== undefined) {
        if (IsAccessorDescriptor(desc)) return callSetter(agent, frame, desc.set, P, V, Receiver, strict);
        if (holder === Receiver) return afterSet(agent, frame, P, holder.Set(agent, P, V, Receiver), strict);
        if (desc.writable !== true) return afterSet(agent, frame, P, false, strict);
        break;
      }
    }
    const parent = holder.shape.proto;
    if (parent === null) break;
    if ((++hops & HOPS_MASK) === 0) agent.chargeFuel(1);
    holder = parent;
  }
  return afterSet(agent, frame, P, setOnReceiver(agent, P, V, Receiver), strict);
}

function callSetter(
  agent: Agent,
  frame: VMFrame,
  setter: Value,
  P: PropertyKey,
  V: Value,
  Receiver: Value,
  strict: boolean,
): number {
  if (setter === undefined) return afterSet(agent, frame, P, false, strict);
  const called = callFrom(agent, frame, setter as FunctionObject, Receiver, [V], END_DROP, null);
  return finishCall(agent, frame, called, END_DROP);
}

/** Ends an instruction that has set a property, or has not. */
export function afterSet(
  agent: Agent,
  frame: VMFrame,
  P: PropertyKey,
  succeeded: boolean,
  strict: boolean,
): number {
  if (!succeeded && strict)
    throwTypeError(agent, `Cannot assign to read only property '${keyToDisplay(P)}' of object`);
  return deliver(agent, frame, END_DROP, null, undefined);
}

/** `O`.[[HasProperty]](`P`): a Boolean — https://tc39.es/ecma262/#sec-ordinaryhasproperty */
export function hasPropertyFrom(
  agent: Agent,
  frame: VMFrame,
  O: JSObject,
  P: PropertyKey,
  ending: number,
  continuation: Continuation | null,
): number {
  let holder = O;
  let hops = 0;
  for (;;) {
    const { exotic } = holder;
    if (exotic === EXOTIC_NONE) {
      if (holder.lookupOwn(P) !== NOT_FOUND) return outcome(frame, true);
    } else if (exotic === EXOTIC_ALL) {
      if (!(holder instanceof ProxyObject)) return outcome(frame, holder.HasProperty(agent, P));
      return new ProxyHas(holder, P, ending, continuation).begin(agent, frame);
    } else if (holder.GetOwnProperty(agent, P) !== undefined) return outcome(frame, true);
    const parent = holder.shape.proto;
    if (parent === null) return outcome(frame, false);
    if ((++hops & HOPS_MASK) === 0) agent.chargeFuel(1);
    holder = parent;
  }
}

/** `O`.[[Delete]](`P`): a Boolean. */
export function deleteFrom(
  agent: Agent,
  frame: VMFrame,
  O: JSObject,
  P: PropertyKey,
  ending: number,
  continuation: Continuation | null,
): number {
  if (!(O instanceof ProxyObject)) return outcome(frame, O.Delete(agent, P));
  return new ProxyDelete(O, P, ending, continuation).begin(agent, frame);
}

// ---- Proxies: the trap is read from the handler, called, and its answer checked

/** Nesting of proxies that have no trap, and of handlers that are proxies, lies on the host's stack while it lasts. */
const PROXY_DEPTH = 3;

abstract class ProxyAccess extends Operation {
  protected readonly P: PropertyKey;
  private readonly proxy: ProxyObject;
  private readonly target: JSObject | null;
  private readonly handler: JSObject | null;
  private isCalled: boolean;

  constructor(proxy: ProxyObject, P: PropertyKey, ending: number, continuation: Continuation | null) {
    super(ending, continuation);
    this.P = P;
    this.proxy = proxy;
    this.target = proxy.proxyTarget;
    this.handler = proxy.proxyHandler;
    this.isCalled = false;
  }

  protected abstract trapName(): 'get' | 'set' | 'has' | 'deleteProperty';
  protected abstract trapArguments(target: JSObject): readonly Value[];
  /** The internal method of the target, instead; its outcome is that of this. */
  protected abstract forward(agent: Agent, frame: VMFrame, target: JSObject): number;
  /** What follows the trap. */
  protected abstract check(agent: Agent, frame: VMFrame, target: JSObject, trapResult: Value): number;

  begin(agent: Agent, frame: VMFrame): number {
    const name = this.trapName();
    const handler = this.proxy.handlerFor(agent, name);
    agent.enter(PROXY_DEPTH);
    const called = this.after(
      agent,
      frame,
      getFrom(agent, frame, handler, name, handler, END_CONTINUE, this),
    );
    agent.depth -= PROXY_DEPTH;
    return called;
  }

  protected override step(agent: Agent, frame: VMFrame, value: Value): number {
    const target = this.target as JSObject;
    if (this.isCalled) return this.check(agent, frame, target, value);
    this.isCalled = true;
    const trap = requireTrap(agent, this.trapName(), value);
    if (trap === undefined) return this.forward(agent, frame, target);
    return this.call(agent, frame, trap, this.handler, this.trapArguments(target));
  }
}

/** https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-get-p-receiver */
class ProxyGet extends ProxyAccess {
  private readonly Receiver: Value;

  constructor(
    proxy: ProxyObject,
    P: PropertyKey,
    Receiver: Value,
    ending: number,
    continuation: Continuation | null,
  ) {
    super(proxy, P, ending, continuation);
    this.Receiver = Receiver;
  }

  protected override trapName(): 'get' {
    return 'get';
  }

  protected override trapArguments(target: JSObject): readonly Value[] {
    return [target, keyToValue(this.P), this.Receiver];
  }

  protected override forward(agent: Agent, frame: VMFrame, target: JSObject): number {
    return getFrom(agent, frame, target, this.P, this.Receiver, this.ending, this.continuation);
  }

  protected override check(agent: Agent, frame: VMFrame, target: JSObject, trapResult: Value): number {
    return outcome(frame, checkProxyGet(agent, target, this.P, trapResult));
  }
}

/** https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-hasproperty-p */
class ProxyHas extends ProxyAccess {
  protected override trapName(): 'has' {
    return 'has';
  }

  protected override trapArguments(target: JSObject): readonly Value[] {
    return [target, keyToValue(this.P)];
  }

  protected override forward(agent: Agent, frame: VMFrame, target: JSObject): number {
    return hasPropertyFrom(agent, frame, target, this.P, this.ending, this.continuation);
  }

  protected override check(agent: Agent, frame: VMFrame, target: JSObject, trapResult: Value): number {
    return outcome(frame, checkProxyHas(agent, target, this.P, trapResult));
  }
}

/** https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-delete-p */
class ProxyDelete extends ProxyAccess {
  protected override trapName(): 'deleteProperty' {
    return 'deleteProperty';
  }

  protected override trapArguments(target: JSObject): readonly Value[] {
    return [target, keyToValue(this.P)];
  }

  protected override forward(agent: Agent, frame: VMFrame, target: JSObject): number {
    return deleteFrom(agent, frame, target, this.P, this.ending, this.continuation);
  }

  protected override check(agent: Agent, frame: VMFrame, target: JSObject, trapResult: Value): number {
    return outcome(frame, checkProxyDelete(agent, target, this.P, trapResult));
  }
}

/**
 * [[Set]] of a proxy as the whole of an instruction —
 * https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-set-p-v-receiver
 */
class ProxySet extends ProxyAccess {
  private readonly V: Value;
  private readonly Receiver: Value;
  private readonly strict: boolean;

  constructor(proxy: ProxyObject, P: PropertyKey, V: Value, Receiver: Value, strict: boolean) {
    super(proxy, P, END_DROP, null);
    this.V = V;
    this.Receiver = Receiver;
    this.strict = strict;
  }

  protected override trapName(): 'set' {
    return 'set';
  }

  protected override trapArguments(target: JSObject): readonly Value[] {
    return [target, keyToValue(this.P), this.V, this.Receiver];
  }

  protected override forward(agent: Agent, frame: VMFrame, target: JSObject): number {
    return setByInstruction(agent, frame, target, this.P, this.V, this.Receiver, this.strict);
  }

  protected override check(agent: Agent, frame: VMFrame, target: JSObject, trapResult: Value): number {
    const succeeded = checkProxySet(agent, target, this.P, this.V, trapResult);
    return afterSet(agent, frame, this.P, succeeded, this.strict);
  }
}
