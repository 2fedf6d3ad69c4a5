// Looking at guest values without running guest code: own properties through the internal methods that cannot call
// back, data properties along prototype chains, proxies replaced by their targets. What the inspector, the messages
// of the command line tool and completion in its REPL stand on.
import type { Agent } from './runtime/agent.ts';
import { ThrowCompletion } from './runtime/completion.ts';
import { CyclicModuleRecord } from './runtime/modules.ts';
import { ArrayObject } from './runtime/objects/array.ts';
import { ModuleNamespaceObject } from './runtime/objects/module-namespace.ts';
import { EXOTIC_ALL, type JSObject } from './runtime/objects/object.ts';
import { StringObject } from './runtime/objects/primitive-wrappers.ts';
import { ProxyObject } from './runtime/objects/proxy.ts';
import { TypedArrayObject } from './runtime/objects/typed-array.ts';
import { IsAccessorDescriptor, type PropertyDescriptor } from './runtime/property-descriptor.ts';
import { keyFromString, type PropertyKey } from './runtime/property-key.ts';
import type { Realm } from './runtime/realm.ts';
import type { Value } from './runtime/value.ts';

/**
 * Runs `look`, which runs no guest code, without charging the program for it: looking at an intrinsic object may fill it in, and
 * what a limit has stopped can still be looked at.
 */
export function withoutCharges<T>(agent: Agent, look: () => T): T {
  const { fuel, bytes } = agent;
  agent.fuel = Number.POSITIVE_INFINITY;
  agent.bytes = Number.POSITIVE_INFINITY;
  try {
    return look();
  } finally {
    agent.fuel = fuel;
    agent.bytes = bytes;
  }
}

/** The object behind a chain of proxies; null if one of them is revoked. */
export function targetOf(O: JSObject): JSObject | null {
  let target: JSObject | null = O;
  while (target instanceof ProxyObject) target = target.proxyTarget;
  return target;
}

/**
 * The own property P, or undefined. Exports of a namespace that are not initialized yet, or whose module a deferred
 * import has not evaluated yet, give undefined too.
 */
export function peekOwnProperty(O: JSObject, P: PropertyKey): PropertyDescriptor | undefined {
  const target = targetOf(O);
  if (target === null) return undefined;
  if (!(target instanceof ModuleNamespaceObject)) return target.GetOwnProperty(target.shape.agent, P);
  if (typeof P !== 'symbol' && isUnevaluated(target)) return undefined;
  try {
    return target.GetOwnProperty(target.shape.agent, P);
  } catch (thrown) {
    // The ReferenceError of a binding in its temporal dead zone.
    if (thrown instanceof ThrowCompletion) return undefined;
    throw thrown;
  }
}

/** A deferred namespace whose exports cannot be read without evaluating its module. */
function isUnevaluated(namespace: ModuleNamespaceObject): boolean {
  const { module } = namespace;
  if (!namespace.deferred || !(module instanceof CyclicModuleRecord)) return false;
  return module.status !== 'evaluated' || module.evaluationError !== null;
}

/** The prototype, as far as it can be told without asking a trap. */
export function peekPrototype(O: JSObject): JSObject | null {
  const target = targetOf(O);
  return target === null ? null : target.shape.proto;
}

/** Longer chains of prototypes are not followed to their end. Only such with a proxy in them can be circular. */
const MAX_CHAIN = 10_000;

/** The object and its prototypes, as far as they can be told without asking a trap. */
export function* peekChain(O: JSObject | null): Iterable<JSObject> {
  let hops = 0;
  for (let o = O; o !== null && hops < MAX_CHAIN; o = peekPrototype(o), hops++) yield o;
}

/** Own property keys in the specification's order. */
export function peekOwnKeys(O: JSObject): PropertyKey[] {
  const target = targetOf(O);
  if (target === null) return [];
  if (target instanceof ModuleNamespaceObject) return [...target.exports.keys(), ...target.shape.ownKeys()];
  return target.OwnPropertyKeys(target.shape.agent);
}

/** Own property keys but the indices of arrays, typed arrays and the characters of strings, of which there may be millions. */
export function peekNamedKeys(O: JSObject): PropertyKey[] {
  const target = targetOf(O);
  if (target instanceof TypedArrayObject) return target.shape.ownKeys().slice();
  // %Array.prototype% and %String.prototype% are of these kinds too, and may be untouched.
  if (target?.shape.lazy) target.materialize();
  if (target instanceof ArrayObject)
    return ['length', ...target.shape.ownKeys().filter((key) => typeof key !== 'number')];
  if (!(target instanceof StringObject)) return peekOwnKeys(O);
  const keys: PropertyKey[] = target.shape.ownKeys().slice();
  const named = keys.findIndex((key) => typeof key !== 'number');
  keys.splice(named === -1 ? keys.length : named, 0, 'length');
  return keys;
}

/** The property P found on the object or along its prototypes, or undefined. */
export function peekProperty(O: JSObject, P: PropertyKey): PropertyDescriptor | undefined {
  for (const o of peekChain(O)) {
    const desc = peekOwnProperty(o, P);
    if (desc !== undefined) return desc;
  }
  return undefined;
}

/** The value of data property P, own or inherited; undefined for accessors and absent properties. */
export function peekValue(O: JSObject, P: PropertyKey): Value {
  const desc = withoutCharges(O.shape.agent, () => peekProperty(O, P));
  return desc === undefined || IsAccessorDescriptor(desc) ? undefined : desc.value;
}

/** True if `prototype` is on the prototype chain of `O`, told without asking a trap. */
export function inheritsFrom(O: JSObject, prototype: JSObject): boolean {
  for (const o of peekChain(peekPrototype(O))) if (o === prototype) return true;
  return false;
}

/** What a path of names means as far as data properties tell, e.g. `console.log`; `known` is false for dead ends. */
export function peekPath(
  realm: Realm,
  path: readonly string[],
): { readonly known: boolean; readonly value: Value } {
  return withoutCharges(realm.agent, () => valueAt(realm, path));
}

function valueAt(realm: Realm, path: readonly string[]): { readonly known: boolean; readonly value: Value } {
  const UNKNOWN = { known: false, value: undefined };
  let value = peekGlobal(realm, path[0]);
  if (value === NOWHERE) return UNKNOWN;
  for (let i = 1; i < path.length; i++) {
    const object = objectFor(realm, value);
    if (object === null) return UNKNOWN;
    const desc = peekProperty(object, keyFromString(path[i]));
    if (desc === undefined || IsAccessorDescriptor(desc)) return UNKNOWN;
    value = desc.value;
  }
  return { known: true, value };
}

const NOWHERE = Symbol('nowhere');

function peekGlobal(realm: Realm, name: string): Value {
  const { agent, globalEnv, globalObject } = realm;
  if (name === 'globalThis') return globalObject;
  const lexical = globalEnv.declarativeRecord;
  if (lexical.HasBinding(agent, name)) {
    try {
      return lexical.GetBindingValue(agent, name, true);
    } catch (thrown) {
      // The binding is in its temporal dead zone.
      if (thrown instanceof ThrowCompletion) return NOWHERE;
      throw thrown;
    }
  }
  const desc = peekProperty(globalObject, keyFromString(name));
  return desc === undefined || IsAccessorDescriptor(desc) ? NOWHERE : desc.value;
}

/** The object whose properties `value.x` would find: itself, or the prototype of a primitive's wrapper. */
function objectFor(realm: Realm, value: Value): JSObject | null {
  switch (typeof value) {
    case 'object':
      return value;
    case 'string':
      return realm.intrinsic('%String.prototype%');
    case 'number':
      return realm.intrinsic('%Number.prototype%');
    case 'boolean':
      return realm.intrinsic('%Boolean.prototype%');
    case 'symbol':
      return realm.intrinsic('%Symbol.prototype%');
    case 'bigint':
      return realm.intrinsic('%BigInt.prototype%');
    default:
      return null;
  }
}

/** Property names that may follow `value.`, own ones first, without symbols and indices; null and undefined have none. */
export function propertyNames(realm: Realm, value: Value): string[] {
  return withoutCharges(realm.agent, () => {
    const names = new Set<string>();
    for (const o of peekChain(objectFor(realm, value))) {
      for (const key of peekNamedKeys(o)) if (typeof key === 'string') names.add(key);
      if (o.exotic === EXOTIC_ALL && targetOf(o) === null) break;
    }
    return [...names];
  });
}

/** Names that code in the realm may use: lexical bindings of scripts, then properties of the global object. */
export function globalNames(realm: Realm): string[] {
  return [...realm.globalEnv.declarativeRecord.names(), ...propertyNames(realm, realm.globalObject)];
}
