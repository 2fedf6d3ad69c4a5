// Proxy exotic objects, https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots .
// Each internal method charges depth: chains of proxies nest on the host stack.
import type { Agent } from '../agent.ts';
import { Call, Call2, Call3, IsCallable, IsConstructor, makeTailCall } from '../call.ts';
import { describeForMessage } from '../describe.ts';
import { throwTypeError } from '../errors.ts';
import type { PropertyDescriptor } from '../property-descriptor.ts';
import { keyToValue, type PropertyKey } from '../property-key.ts';
import { rootShape, SHAPE_KIND_EXOTIC, type Shape } from '../shape.ts';
import type { Value } from '../value.ts';
import { createArrayFrom } from './array.ts';
import type { FunctionObject } from './function.ts';
import {
  defineExotic,
  EXOTIC_ALL,
  type FunctionSpecial,
  type HostCode,
  JSObject,
  type TailCall,
} from './object.ts';
import {
  checkProxyDelete,
  checkProxyGet,
  checkProxyHas,
  checkProxySet,
  DEFINE_OWN_PROPERTY,
  GET_OWN_PROPERTY,
  GET_PROTOTYPE_OF,
  IS_EXTENSIBLE,
  OWN_PROPERTY_KEYS,
  PREVENT_EXTENSIONS,
  type ProxyTrap,
  SET_PROTOTYPE_OF,
  type TrappedMethod,
} from './proxy-traps.ts';

export class ProxyObject extends JSObject {
  override readonly code: HostCode | null;
  override readonly isConstructor: boolean;
  /** Null when revoked. */
  proxyTarget: JSObject | null;
  proxyHandler: JSObject | null;

  constructor(shape: Shape, target: JSObject, handler: JSObject) {
    super(shape);
    const callable = IsCallable(target);
    this.code = callable ? proxyCode : null;
    this.isConstructor = callable && IsConstructor(target);
    this.proxyTarget = target;
    this.proxyHandler = handler;
  }

  override className(): string {
    return this.code !== null ? 'Function' : 'Object';
  }

  /** ValidateNonRevokedProxy and GetMethod(handler, name) — https://tc39.es/ecma262/#sec-validatenonrevokedproxy */
  trap(agent: Agent, name: ProxyTrap): FunctionObject | undefined {
    const handler = this.handlerFor(agent, name);
    return requireTrap(agent, name, handler.Get(agent, name, handler));
  }

  /** ValidateNonRevokedProxy: the handler. */
  handlerFor(agent: Agent, name: ProxyTrap): JSObject {
    const handler = this.proxyHandler;
    if (handler === null) throwTypeError(agent, `Cannot perform '${name}' on a proxy that has been revoked`);
    return handler;
  }

  /** An internal method: its trap, or that of the target, which nests on the host's stack. */
  private perform<Operand, Outcome>(
    agent: Agent,
    method: TrappedMethod<Operand, Outcome>,
    operand: Operand,
  ): Outcome {
    agent.enter(2);
    try {
      const { proxyHandler: handler } = this;
      const target = this.proxyTarget as JSObject;
      const trap = this.trap(agent, method.trap);
      if (trap === undefined) return method.forward(agent, target, operand);
      const args = method.arguments(agent, target, operand);
      return method.check(agent, target, operand, Call(agent, trap, handler, args));
    } finally {
      agent.depth -= 2;
    }
  }

  override GetPrototypeOf(agent: Agent): JSObject | null {
    return this.perform(agent, GET_PROTOTYPE_OF, null);
  }

  override SetPrototypeOf(agent: Agent, V: JSObject | null): boolean {
    return this.perform(agent, SET_PROTOTYPE_OF, V);
  }

  override IsExtensible(agent: Agent): boolean {
    return this.perform(agent, IS_EXTENSIBLE, null);
  }

  override PreventExtensions(agent: Agent): boolean {
    return this.perform(agent, PREVENT_EXTENSIONS, null);
  }

  override GetOwnProperty(agent: Agent, P: PropertyKey): PropertyDescriptor | undefined {
    return this.perform(agent, GET_OWN_PROPERTY, P);
  }

  override DefineOwnProperty(agent: Agent, P: PropertyKey, Desc: PropertyDescriptor): boolean {
    return this.perform(agent, DEFINE_OWN_PROPERTY, { P, Desc });
  }

  override HasProperty(agent: Agent, P: PropertyKey): boolean {
    agent.enterCall();
    try {
      const { proxyHandler: handler } = this;
      const target = this.proxyTarget as JSObject;
      const trap = this.trap(agent, 'has');
      if (trap === undefined) return target.HasProperty(agent, P);
      const trapResult = Call2(agent, trap, handler, target, keyToValue(P));
      return checkProxyHas(agent, target, P, trapResult);
    } finally {
      agent.depth--;
    }
  }

  override Get(agent: Agent, P: PropertyKey, Receiver: Value): Value {
    agent.enterCall();
    try {
      const { proxyHandler: handler } = this;
      const target = this.proxyTarget as JSObject;
      const trap = this.trap(agent, 'get');
      if (trap === undefined) return target.Get(agent, P, Receiver);
      const trapResult = Call3(agent, trap, handler, target, keyToValue(P), Receiver);
      return checkProxyGet(agent, target, P, trapResult);
    } finally {
      agent.depth--;
    }
  }

  override Set(agent: Agent, P: PropertyKey, V: Value, Receiver: Value): boolean {
    agent.enterCall();
    try {
      const { proxyHandler: handler } = this;
      const target = this.proxyTarget as JSObject;
      const trap = this.trap(agent, 'set');
      if (trap === undefined) return target.Set(agent, P, V, Receiver);
      const trapResult = Call(agent, trap, handler, [target, keyToValue(P), V, Receiver]);
      return checkProxySet(agent, target, P, V, trapResult);
    } finally {
      agent.depth--;
    }
  }

  override Delete(agent: Agent, P: PropertyKey): boolean {
    agent.enterCall();
    try {
      const { proxyHandler: handler } = this;
      const target = this.proxyTarget as JSObject;
      const trap = this.trap(agent, 'deleteProperty');
      if (trap === undefined) return target.Delete(agent, P);
      const trapResult = Call2(agent, trap, handler, target, keyToValue(P));
      return checkProxyDelete(agent, target, P, trapResult);
    } finally {
      agent.depth--;
    }
  }

  override OwnPropertyKeys(agent: Agent): PropertyKey[] {
    return this.perform(agent, OWN_PROPERTY_KEYS, null);
  }
}
defineExotic(ProxyObject, EXOTIC_ALL);

/** GetMethod for a trap, once the property of the handler has been read. */
export function requireTrap(agent: Agent, name: ProxyTrap, trap: Value): FunctionObject | undefined {
  if (trap === undefined || trap === null) return undefined;
  if (!IsCallable(trap))
    throwTypeError(agent, `${describeForMessage(trap)} returned for proxy trap '${name}' is not a function`);
  return trap;
}

(ProxyObject.prototype as unknown as Record<string, unknown>).special = {
  tail: proxyTail,
} satisfies FunctionSpecial;

/** [[Call]] and [[Construct]] of a proxy — https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-call-thisargument-argumentslist */
function proxyTail(
  callee: ProxyObject,
  thisValue: Value,
  newTarget: JSObject | undefined,
  args: readonly Value[],
): TailCall {
  const agent = callee.shape.agent;
  const { proxyHandler: handler } = callee;
  const target = callee.proxyTarget as JSObject;
  const trap = callee.trap(agent, newTarget === undefined ? 'apply' : 'construct');
  if (trap === undefined) return { F: target, thisValue, newTarget, args };
  const list = createArrayFrom(agent, args.slice());
  return newTarget === undefined
    ? { F: trap, thisValue: handler, newTarget: undefined, args: [target, thisValue, list] }
    : {
        F: trap,
        thisValue: handler,
        newTarget: undefined,
        args: [target, list, newTarget],
        check: requireConstructed,
      };
}

function proxyCode(
  callee: ProxyObject,
  thisValue: Value,
  newTarget: JSObject | undefined,
  ...args: Value[]
): Value {
  return makeTailCall(callee.shape.agent, proxyTail(callee, thisValue, newTarget, args));
}

/** What a `construct` trap returns has to be an object. */
function requireConstructed(agent: Agent, newObj: Value): JSObject {
  if (typeof newObj !== 'object' || newObj === null)
    throwTypeError(agent, 'proxy [[Construct]] must return an object');
  return newObj;
}

/** ProxyCreate ( target, handler ) — https://tc39.es/ecma262/#sec-proxycreate */
export function ProxyCreate(agent: Agent, target: Value, handler: Value): ProxyObject {
  if (typeof target !== 'object' || target === null || typeof handler !== 'object' || handler === null) {
    throwTypeError(agent, 'Cannot create proxy with a non-object as target or handler');
  }
  agent.chargeBytes(128);
  return new ProxyObject(rootShape(agent, null, SHAPE_KIND_EXOTIC), target, handler);
}
