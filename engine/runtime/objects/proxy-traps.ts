// The traps of proxies: what they get, what is done without them, and what has to hold for what they give,
// https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots . See proxy.ts for who calls them.
import type { Agent } from '../agent.ts';
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
import type { Value } from '../value.ts';
import { IsCompatiblePropertyDescriptor, type JSObject } from './object.ts';

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

/** An internal method of proxies, of an object and an operand, as what surrounds the call of its trap. */
export interface TrappedMethod<Operand, Outcome> {
  readonly trap: ProxyTrap;
  /** The arguments of the trap. */
  arguments(agent: Agent, target: JSObject, operand: Operand): readonly Value[];
  /** The internal method of the target, where there is no trap. */
  forward(agent: Agent, target: JSObject, operand: Operand): Outcome;
  /** What follows the call of the trap: the invariants, then the result of the internal method. */
  check(agent: Agent, target: JSObject, operand: Operand, trapResult: Value): Outcome;
}

/** https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-getprototypeof */
export const GET_PROTOTYPE_OF: TrappedMethod<null, JSObject | null> = {
  trap: 'getPrototypeOf',
  arguments: (_agent, target) => [target],
  forward: (agent, target) => target.GetPrototypeOf(agent),
  check(agent, target, _operand, handlerProto) {
    if (typeof handlerProto !== 'object') broken(agent, this.trap, 'returned neither object nor null');
    if (target.IsExtensible(agent)) return handlerProto;
    if (handlerProto !== target.GetPrototypeOf(agent)) {
      broken(agent, this.trap, "did not return the non-extensible target's prototype");
    }
    return handlerProto;
  },
};

/** https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-setprototypeof-v */
export const SET_PROTOTYPE_OF: TrappedMethod<JSObject | null, boolean> = {
  trap: 'setPrototypeOf',
  arguments: (_agent, target, V) => [target, V],
  forward: (agent, target, V) => target.SetPrototypeOf(agent, V),
  check(agent, target, V, trapResult) {
    if (!ToBoolean(trapResult)) return false;
    if (target.IsExtensible(agent)) return true;
    if (V !== target.GetPrototypeOf(agent)) {
      broken(agent, this.trap, 'returned true for a different prototype of a non-extensible target');
    }
    return true;
  },
};

/** https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-isextensible */
export const IS_EXTENSIBLE: TrappedMethod<null, boolean> = {
  trap: 'isExtensible',
  arguments: (_agent, target) => [target],
  forward: (agent, target) => target.IsExtensible(agent),
  check(agent, target, _operand, trapResult) {
    const result = ToBoolean(trapResult);
    if (result !== target.IsExtensible(agent))
      broken(agent, this.trap, "result does not reflect the target's");
    return result;
  },
};

/** https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-preventextensions */
export const PREVENT_EXTENSIONS: TrappedMethod<null, boolean> = {
  trap: 'preventExtensions',
  arguments: (_agent, target) => [target],
  forward: (agent, target) => target.PreventExtensions(agent),
  check(agent, target, _operand, trapResult) {
    const result = ToBoolean(trapResult);
    if (result && target.IsExtensible(agent))
      broken(agent, this.trap, 'returned true but the target is extensible');
    return result;
  },
};

/** https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-getownproperty-p */
export const GET_OWN_PROPERTY: TrappedMethod<PropertyKey, PropertyDescriptor | undefined> = {
  trap: 'getOwnPropertyDescriptor',
  arguments: (_agent, target, P) => [target, keyToValue(P)],
  forward: (agent, target, P) => target.GetOwnProperty(agent, P),
  check: checkProxyGetOwnProperty,
};

/** https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-defineownproperty-p-desc */
export const DEFINE_OWN_PROPERTY: TrappedMethod<
  { readonly P: PropertyKey; readonly Desc: PropertyDescriptor },
  boolean
> = {
  trap: 'defineProperty',
  arguments: (agent, target, { P, Desc }) => [target, keyToValue(P), FromPropertyDescriptor(agent, Desc)],
  forward: (agent, target, { P, Desc }) => target.DefineOwnProperty(agent, P, Desc),
  check: (agent, target, { P, Desc }, trapResult) =>
    checkProxyDefineOwnProperty(agent, target, P, Desc, trapResult),
};

/** https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-ownpropertykeys */
export const OWN_PROPERTY_KEYS: TrappedMethod<null, PropertyKey[]> = {
  trap: 'ownKeys',
  arguments: (_agent, target) => [target],
  forward: (agent, target) => target.OwnPropertyKeys(agent),
  check: (agent, target, _operand, trapResult) => checkProxyOwnKeys(agent, target, trapResult),
};

/** https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-hasproperty-p */
export const HAS_PROPERTY: TrappedMethod<PropertyKey, boolean> = {
  trap: 'has',
  arguments: (_agent, target, P) => [target, keyToValue(P)],
  forward: (agent, target, P) => target.HasProperty(agent, P),
  check: checkProxyHas,
};

/** https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-delete-p */
export const DELETE: TrappedMethod<PropertyKey, boolean> = {
  trap: 'deleteProperty',
  arguments: (_agent, target, P) => [target, keyToValue(P)],
  forward: (agent, target, P) => target.Delete(agent, P),
  check: checkProxyDelete,
};

/** https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-get-p-receiver */
export const GET: TrappedMethod<{ readonly P: PropertyKey; readonly Receiver: Value }, Value> = {
  trap: 'get',
  arguments: (_agent, target, { P, Receiver }) => [target, keyToValue(P), Receiver],
  forward: (agent, target, { P, Receiver }) => target.Get(agent, P, Receiver),
  check: (agent, target, { P }, trapResult) => checkProxyGet(agent, target, P, trapResult),
};

/** https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-set-p-v-receiver */
export const SET: TrappedMethod<
  { readonly P: PropertyKey; readonly V: Value; readonly Receiver: Value },
  boolean
> = {
  trap: 'set',
  arguments: (_agent, target, { P, V, Receiver }) => [target, keyToValue(P), V, Receiver],
  forward: (agent, target, { P, V, Receiver }) => target.Set(agent, P, V, Receiver),
  check: (agent, target, { P, V }, trapResult) => checkProxySet(agent, target, P, V, trapResult),
};

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

/** [[GetOwnProperty]] behind the call of the trap. */
function checkProxyGetOwnProperty(
  agent: Agent,
  target: JSObject,
  P: PropertyKey,
  trapResultObj: Value,
): PropertyDescriptor | undefined {
  const name = 'getOwnPropertyDescriptor';
  const shown = keyToDisplay(P);
  if ((typeof trapResultObj !== 'object' && trapResultObj !== undefined) || trapResultObj === null) {
    broken(agent, name, `returned neither object nor undefined for property '${shown}'`);
  }
  const targetDesc = target.GetOwnProperty(agent, P);
  if (trapResultObj === undefined) {
    if (targetDesc === undefined) return undefined;
    if (targetDesc.configurable === false)
      broken(agent, name, `hides the non-configurable property '${shown}'`);
    if (!target.IsExtensible(agent))
      broken(agent, name, `hides property '${shown}' of a non-extensible target`);
    return undefined;
  }
  const extensibleTarget = target.IsExtensible(agent);
  const resultDesc = ToPropertyDescriptor(agent, trapResultObj);
  CompletePropertyDescriptor(resultDesc);
  if (!IsCompatiblePropertyDescriptor(extensibleTarget, resultDesc, targetDesc)) {
    broken(agent, name, `returned a descriptor for '${shown}' that is incompatible with the target's`);
  }
  if (resultDesc.configurable === false) {
    if (targetDesc === undefined || targetDesc.configurable === true) {
      broken(agent, name, `reports non-configurability of '${shown}', which the target does not have`);
    }
    if (resultDesc.writable === false && targetDesc.writable === true) {
      broken(agent, name, `reports '${shown}' as non-writable, which is writable on the target`);
    }
  }
  return resultDesc;
}

/** [[DefineOwnProperty]] behind the call of the trap. */
function checkProxyDefineOwnProperty(
  agent: Agent,
  target: JSObject,
  P: PropertyKey,
  Desc: PropertyDescriptor,
  trapResult: Value,
): boolean {
  if (!ToBoolean(trapResult)) return false;
  const name = 'defineProperty';
  const targetDesc = target.GetOwnProperty(agent, P);
  const extensibleTarget = target.IsExtensible(agent);
  const settingConfigFalse = Desc.configurable === false;
  const shown = keyToDisplay(P);
  if (targetDesc === undefined) {
    if (!extensibleTarget) broken(agent, name, `added property '${shown}' to a non-extensible target`);
    if (settingConfigFalse) broken(agent, name, `non-configurable '${shown}' does not exist on the target`);
    return true;
  }
  if (!IsCompatiblePropertyDescriptor(extensibleTarget, Desc, targetDesc)) {
    broken(agent, name, `property '${shown}' is incompatible with the target's`);
  }
  if (settingConfigFalse && targetDesc.configurable === true) {
    broken(agent, name, `non-configurable '${shown}' is configurable on the target`);
  }
  if (
    IsDataDescriptor(targetDesc) &&
    targetDesc.configurable === false &&
    targetDesc.writable === true &&
    Desc.writable === false
  ) {
    broken(agent, name, `non-writable '${shown}' is writable on the target`);
  }
  return true;
}

/** [[OwnPropertyKeys]] behind the call of the trap. */
function checkProxyOwnKeys(agent: Agent, target: JSObject, trapResultArray: Value): PropertyKey[] {
  const name = 'ownKeys';
  const trapResult = CreateListOfKeys(agent, trapResultArray);
  const unchecked = new Set<PropertyKey>(trapResult);
  if (unchecked.size !== trapResult.length) broken(agent, name, 'returned duplicate entries');
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
    if (!unchecked.delete(key)) broken(agent, name, `result did not include '${keyToDisplay(key)}'`);
  }
  if (extensibleTarget) return trapResult;
  for (const key of configurableKeys) {
    if (!unchecked.delete(key)) broken(agent, name, `result did not include '${keyToDisplay(key)}'`);
  }
  if (unchecked.size > 0) broken(agent, name, 'returned keys that the non-extensible target does not have');
  return trapResult;
}

function broken(agent: Agent, trap: string, what: string): never {
  return throwTypeError(agent, `'${trap}' on proxy: trap ${what}`);
}
