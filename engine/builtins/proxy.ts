// Proxy Objects, https://tc39.es/ecma262/#sec-proxy-objects . The internal methods are in runtime/objects/proxy.ts.
import { throwTypeError } from '../runtime/errors.ts';
import { type BuiltinFunction, builtinClosure, CreateBuiltinFunction } from '../runtime/objects/function.ts';
import { type JSObject, OrdinaryObjectCreate } from '../runtime/objects/object.ts';
import { ProxyCreate, type ProxyObject } from '../runtime/objects/proxy.ts';
import { CreateDataPropertyOrThrow } from '../runtime/operations/object-operations.ts';
import type { Value } from '../runtime/value.ts';
import { constructorSpec, type IntrinsicSpec, method } from './define.ts';

type NewTarget = JSObject | undefined;

/** Proxy ( target, handler ) — https://tc39.es/ecma262/#sec-proxy-target-handler */
function Proxy_constructor(
  callee: BuiltinFunction<undefined>,
  _thisValue: Value,
  newTarget: NewTarget,
  target: Value,
  handler: Value,
): Value {
  const agent = callee.realm.agent;
  if (newTarget === undefined) throwTypeError(agent, "Constructor Proxy requires 'new'");
  return ProxyCreate(agent, target, handler);
}

/** The revoker closure of Proxy.revocable: captures the proxy until it is called. */
function revokeProxy(callee: BuiltinFunction<{ revocableProxy: ProxyObject | null }>): Value {
  const p = callee.captures.revocableProxy;
  if (p === null) return undefined;
  callee.captures.revocableProxy = null;
  p.proxyTarget = null;
  p.proxyHandler = null;
  return undefined;
}
const revoker = builtinClosure('', 0, revokeProxy);

/** Proxy.revocable ( target, handler ) — https://tc39.es/ecma262/#sec-proxy.revocable */
function Proxy_revocable(
  callee: BuiltinFunction<undefined>,
  _thisValue: Value,
  _newTarget: NewTarget,
  target: Value,
  handler: Value,
): Value {
  const agent = callee.realm.agent;
  const proxy = ProxyCreate(agent, target, handler);
  const result = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
  CreateDataPropertyOrThrow(agent, result, 'proxy', proxy);
  CreateDataPropertyOrThrow(
    agent,
    result,
    'revoke',
    CreateBuiltinFunction(agent, revoker, { revocableProxy: proxy }),
  );
  return result;
}

export const proxyIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%Proxy%', 'Proxy', {
    length: 2,
    code: Proxy_constructor,
    rows: [method('revocable', 2, Proxy_revocable)],
  }),
];
