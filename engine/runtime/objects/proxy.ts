// Proxy exotic objects, https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots .
// Each internal method charges depth: chains of proxies nest on the host stack.
import type { Agent } from '../agent.ts';
import { Call, Call1, Call2, Call3, IsCallable, IsConstructor, makeTailCall } from '../call.ts';
import { describeForMessage } from '../describe.ts';
import { throwTypeError } from '../errors.ts';
import {
  CreateListOfKeys,
  FromPropertyDescriptor,
  ToPropertyDescriptor,
} from '../operations/property-descriptor-objects.ts';
import { ToBoolean } from '../operations/type-conversion.ts';
import {
  CompletePropertyDescriptor,
  IsAccessorDescriptor,
  IsDataDescriptor,
  type PropertyDescriptor,
} from '../property-descriptor.ts';
import { keyToDisplay, keyToValue, type PropertyKey } from '../property-key.ts';
import { SameValue } from '../same-value.ts';
import { rootShape, SHAPE_KIND_EXOTIC, type Shape } from '../shape.ts';
import type { Value } from '../value.ts';
import { createArrayFrom } from './array.ts';
import type { FunctionObject } from './function.ts';
import {
  defineExotic,
  EXOTIC_ALL,
  type FunctionSpecial,
  type HostCode,
  IsCompatiblePropertyDescriptor,
  JSObject,
  type TailCall,
} from './object.ts';

export type ProxyTrap =
  | 'apply'
  | 'construct'
  | 'defineProperty'
  | 'deleteProperty'
  | 'get'
  | 'getOwnPropertyDescriptor'
  | 'getPrototypeOf'
  | 'has'
  | 'isExtensible'
  | 'ownKeys'
  | 'preventExtensions'
  | 'set'
  | 'setPrototypeOf';

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

  override GetPrototypeOf(agent: Agent): JSObject | null {
    agent.enterCall();
    try {
      const { proxyHandler: handler } = this;
      const target = this.proxyTarget as JSObject;
      const trap = this.trap(agent, 'getPrototypeOf');
      if (trap === undefined) return target.GetPrototypeOf(agent);
      const handlerProto = Call1(agent, trap, handler, target);
      if (typeof handlerProto !== 'object')
        broken(agent, 'getPrototypeOf', 'returned neither object nor null');
      if (target.IsExtensible(agent)) return handlerProto;
      if (handlerProto !== target.GetPrototypeOf(agent)) {
        broken(agent, 'getPrototypeOf', "did not return the non-extensible target's prototype");
      }
      return handlerProto;
    } finally {
      agent.depth--;
    }
  }

  override SetPrototypeOf(agent: Agent, V: JSObject | null): boolean {
    agent.enterCall();
    try {
      const { proxyHandler: handler } = this;
      const target = this.proxyTarget as JSObject;
      const trap = this.trap(agent, 'setPrototypeOf');
      if (trap === undefined) return target.SetPrototypeOf(agent, V);
      if (!ToBoolean(Call2(agent, trap, handler, target, V))) return false;
      if (target.IsExtensible(agent)) return true;
      if (V !== target.GetPrototypeOf(agent)) {
        broken(agent, 'setPrototypeOf', 'returned true for a different prototype of a non-extensible target');
      }
      return true;
    } finally {
      agent.depth--;
    }
  }

  override IsExtensible(agent: Agent): boolean {
    agent.enterCall();
    try {
      const { proxyHandler: handler } = this;
      const target = this.proxyTarget as JSObject;
      const trap = this.trap(agent, 'isExtensible');
      if (trap === undefined) return target.IsExtensible(agent);
      const result = ToBoolean(Call1(agent, trap, handler, target));
      if (result !== target.IsExtensible(agent))
        broken(agent, 'isExtensible', "result does not reflect the target's");
      return result;
    } finally {
      agent.depth--;
    }
  }

  override PreventExtensions(agent: Agent): boolean {
    agent.enterCall();
    try {
      const { proxyHandler: handler } = this;
      const target = this.proxyTarget as JSObject;
      const trap = this.trap(agent, 'preventExtensions');
      if (trap === undefined) return target.PreventExtensions(agent);
      const result = ToBoolean(Call1(agent, trap, handler, target));
      if (result && target.IsExtensible(agent))
        broken(agent, 'preventExtensions', 'returned true but the target is extensible');
      return result;
    } finally {
      agent.depth--;
    }
  }

  override GetOwnProperty(agent: Agent, P: PropertyKey): PropertyDescriptor | undefined {
    agent.enterCall();
    try {
      const name = 'getOwnPropertyDescriptor';
      const { proxyHandler: handler } = this;
      const target = this.proxyTarget as JSObject;
      const trap = this.trap(agent, name);
      if (trap === undefined) return target.GetOwnProperty(agent, P);
      const trapResultObj = Call2(agent, trap, handler, target, keyToValue(P));
      if ((typeof trapResultObj !== 'object' && trapResultObj !== undefined) || trapResultObj === null) {
        broken(agent, name, `returned neither object nor undefined for property '${keyToDisplay(P)}'`);
      }
      const targetDesc = target.GetOwnProperty(agent, P);
      if (trapResultObj === undefined) {
        if (targetDesc === undefined) return undefined;
        if (targetDesc.configurable === false)
          broken(agent, name, `hides the non-configurable property '${keyToDisplay(P)}'`);
        if (!target.IsExtensible(agent))
          broken(agent, name, `hides property '${keyToDisplay(P)}' of a non-extensible target`);
        return undefined;
      }
      const extensibleTarget = target.IsExtensible(agent);
      const resultDesc = ToPropertyDescriptor(agent, trapResultObj);
      CompletePropertyDescriptor(resultDesc);
      if (!IsCompatiblePropertyDescriptor(extensibleTarget, resultDesc, targetDesc)) {
        broken(
          agent,
          name,
          `returned a descriptor for '${keyToDisplay(P)}' that is incompatible with the target's`,
        );
      }
      if (resultDesc.configurable === false) {
        if (targetDesc === undefined || targetDesc.configurable === true) {
          broken(
            agent,
            name,
            `reports non-configurability of '${keyToDisplay(P)}', which the target does not have`,
          );
        }
        if (resultDesc.writable === false && targetDesc.writable === true) {
          broken(
            agent,
            name,
            `reports '${keyToDisplay(P)}' as non-writable, which is writable on the target`,
          );
        }
      }
      return resultDesc;
    } finally {
      agent.depth--;
    }
  }

  override DefineOwnProperty(agent: Agent, P: PropertyKey, Desc: PropertyDescriptor): boolean {
    agent.enterCall();
    try {
      const { proxyHandler: handler } = this;
      const target = this.proxyTarget as JSObject;
      const trap = this.trap(agent, 'defineProperty');
      if (trap === undefined) return target.DefineOwnProperty(agent, P, Desc);
      const descObj = FromPropertyDescriptor(agent, Desc);
      if (!ToBoolean(Call3(agent, trap, handler, target, keyToValue(P), descObj))) return false;
      const targetDesc = target.GetOwnProperty(agent, P);
      const extensibleTarget = target.IsExtensible(agent);
      const settingConfigFalse = Desc.configurable === false;
      const shown = keyToDisplay(P);
      if (targetDesc === undefined) {
        if (!extensibleTarget)
          broken(agent, 'defineProperty', `added property '${shown}' to a non-extensible target`);
        if (settingConfigFalse)
          broken(agent, 'defineProperty', `non-configurable '${shown}' does not exist on the target`);
        return true;
      }
      if (!IsCompatiblePropertyDescriptor(extensibleTarget, Desc, targetDesc)) {
        broken(agent, 'defineProperty', `property '${shown}' is incompatible with the target's`);
      }
      if (settingConfigFalse && targetDesc.configurable === true) {
        broken(agent, 'defineProperty', `non-configurable '${shown}' is configurable on the target`);
      }
      if (
        IsDataDescriptor(targetDesc) &&
        targetDesc.configurable === false &&
        targetDesc.writable === true &&
        Desc.writable === false
      ) {
        broken(agent, 'defineProperty', `non-writable '${shown}' is writable on the target`);
      }
      return true;
    } finally {
      agent.depth--;
    }
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
    agent.enterCall();
    try {
      const { proxyHandler: handler } = this;
      const target = this.proxyTarget as JSObject;
      const trap = this.trap(agent, 'ownKeys');
      if (trap === undefined) return target.OwnPropertyKeys(agent);
      const trapResult = CreateListOfKeys(agent, Call1(agent, trap, handler, target));
      const unchecked = new Set<PropertyKey>(trapResult);
      if (unchecked.size !== trapResult.length) broken(agent, 'ownKeys', 'returned duplicate entries');
      const extensibleTarget = target.IsExtensible(agent);
      const targetKeys = target.OwnPropertyKeys(agent);
      const configurableKeys: PropertyKey[] = [];
      const nonconfigurableKeys: PropertyKey[] = [];
      for (const key of targetKeys) {
        const desc = target.GetOwnProperty(agent, key);
        if (desc !== undefined && desc.configurable === false) nonconfigurableKeys.push(key);
        else configurableKeys.push(key);
      }
      if (extensibleTarget && nonconfigurableKeys.length === 0) return trapResult;
      for (const key of nonconfigurableKeys) {
        if (!unchecked.delete(key)) broken(agent, 'ownKeys', `result did not include '${keyToDisplay(key)}'`);
      }
      if (extensibleTarget) return trapResult;
      for (const key of configurableKeys) {
        if (!unchecked.delete(key)) broken(agent, 'ownKeys', `result did not include '${keyToDisplay(key)}'`);
      }
      if (unchecked.size > 0)
        broken(agent, 'ownKeys', 'returned keys that the non-extensible target does not have');
      return trapResult;
    } finally {
      agent.depth--;
    }
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

// ---- What follows the call of a trap: the invariants, then the result of the internal method

/** [[Get]] from step 7 — https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-get-p-receiver */
export function checkProxyGet(agent: Agent, target: JSObject, P: PropertyKey, trapResult: Value): Value {
  const targetDesc = target.GetOwnProperty(agent, P);
  if (targetDesc === undefined || targetDesc.configurable !== false) return trapResult;
  const shown = keyToDisplay(P);
  if (IsDataDescriptor(targetDesc) && targetDesc.writable === false) {
    if (!SameValue(trapResult, targetDesc.value))
      broken(agent, 'get', `reports another value for the read-only, non-configurable '${shown}'`);
  }
  if (IsAccessorDescriptor(targetDesc) && targetDesc.get === undefined && trapResult !== undefined) {
    broken(agent, 'get', `reports a value for '${shown}', an accessor without getter`);
  }
  return trapResult;
}

/** [[Set]] from step 7 — https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-set-p-v-receiver */
export function checkProxySet(
  agent: Agent,
  target: JSObject,
  P: PropertyKey,
  V: Value,
  trapResult: Value,
): boolean {
  if (!ToBoolean(trapResult)) return false;
  const targetDesc = target.GetOwnProperty(agent, P);
  if (targetDesc === undefined || targetDesc.configurable !== false) return true;
  if (IsDataDescriptor(targetDesc) && targetDesc.writable === false && !SameValue(V, targetDesc.value)) {
    broken(agent, 'set', `changed the read-only, non-configurable '${keyToDisplay(P)}'`);
  }
  if (IsAccessorDescriptor(targetDesc) && targetDesc.set === undefined) {
    broken(agent, 'set', `changed '${keyToDisplay(P)}', an accessor without setter`);
  }
  return true;
}

/** [[HasProperty]] from step 6 — https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-hasproperty-p */
export function checkProxyHas(agent: Agent, target: JSObject, P: PropertyKey, trapResult: Value): boolean {
  if (ToBoolean(trapResult)) return true;
  const targetDesc = target.GetOwnProperty(agent, P);
  if (targetDesc === undefined) return false;
  if (targetDesc.configurable === false)
    broken(agent, 'has', `hides the non-configurable '${keyToDisplay(P)}'`);
  if (!target.IsExtensible(agent))
    broken(agent, 'has', `hides '${keyToDisplay(P)}' of a non-extensible target`);
  return false;
}

/** [[Delete]] from step 7 — https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-delete-p */
export function checkProxyDelete(agent: Agent, target: JSObject, P: PropertyKey, trapResult: Value): boolean {
  if (!ToBoolean(trapResult)) return false;
  const targetDesc = target.GetOwnProperty(agent, P);
  if (targetDesc === undefined) return true;
  if (targetDesc.configurable === false)
    broken(agent, 'deleteProperty', `deleted the non-configurable '${keyToDisplay(P)}'`);
  if (!target.IsExtensible(agent))
    broken(agent, 'deleteProperty', `deleted '${keyToDisplay(P)}' of a non-extensible target`);
  return true;
}

function broken(agent: Agent, trap: string, what: string): never {
  return throwTypeError(agent, `'${trap}' on proxy: trap ${what}`);
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
