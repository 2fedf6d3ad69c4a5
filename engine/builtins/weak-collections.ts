// WeakMap and WeakSet Objects, https://tc39.es/ecma262/#sec-weakmap-objects , #sec-weakset-objects . The tables are
// host WeakMaps and WeakSets: they cannot be enumerated by a program, and a snapshot asks them key by key.
import type { Agent } from '../runtime/agent.ts';
import { IsCallable } from '../runtime/call.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { throwTypeError } from '../runtime/errors.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import { JSObject, type PendingWork } from '../runtime/objects/object.ts';
import { shapeFromConstructor } from '../runtime/operations/object-operations.ts';
import type { Shape } from '../runtime/shape.ts';
import type { Value } from '../runtime/value.ts';
import type { WeakValue } from '../runtime/weak-target.ts';
import {
  constructorSpec,
  type IntrinsicSpec,
  method,
  objectSpec,
  toStringTag,
  workingMethod,
} from './define.ts';
import { AddEntriesFromIterable, AddValuesFromIterable } from './iterable-walk.ts';
import { Insertion, TABLE_ENTRY_BYTES } from './table-walk.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;
export class WeakMapObject extends JSObject {
  readonly weakMapData: WeakMap<WeakValue, Value>;
  constructor(shape: Shape) {
    super(shape);
    this.weakMapData = new WeakMap();
  }
  override className(): string {
    return 'WeakMap';
  }
}

export class WeakSetObject extends JSObject {
  readonly weakSetData: WeakSet<WeakValue>;
  constructor(shape: Shape) {
    super(shape);
    this.weakSetData = new WeakSet();
  }
  override className(): string {
    return 'WeakSet';
  }
}

/** CanBeHeldWeakly ( v ) — https://tc39.es/ecma262/#sec-canbeheldweakly */
export function CanBeHeldWeakly(agent: Agent, v: Value): v is WeakValue {
  if (typeof v === 'object') return v !== null;
  return typeof v === 'symbol' && !agent.registeredSymbols.has(v);
}

/** Throws a TypeError unless `v` can be held weakly. */
export function requireWeakKey(agent: Agent, v: Value, what: string): WeakValue {
  if (!CanBeHeldWeakly(agent, v))
    throwTypeError(agent, `Invalid value used ${what}: ${describeForMessage(v)}`);
  return v;
}

function thisWeakMap(agent: Agent, thisValue: Value): WeakMap<WeakValue, Value> {
  if (thisValue instanceof WeakMapObject) return thisValue.weakMapData;
  return throwTypeError(
    agent,
    `WeakMap method called on incompatible receiver ${describeForMessage(thisValue)}`,
  );
}

function thisWeakSet(agent: Agent, thisValue: Value): WeakSet<WeakValue> {
  if (thisValue instanceof WeakSetObject) return thisValue.weakSetData;
  return throwTypeError(
    agent,
    `WeakSet method called on incompatible receiver ${describeForMessage(thisValue)}`,
  );
}

/** WeakMap ( [ iterable ] ) — https://tc39.es/ecma262/#sec-weakmap-iterable */
function WeakMap_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  [iterable]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  if (newTarget === undefined) throwTypeError(agent, "Constructor WeakMap requires 'new'");
  const map = new WeakMapObject(shapeFromConstructor(agent, newTarget, '%WeakMap.prototype%'));
  if (iterable === undefined || iterable === null) return { work: null, result: map };
  const adder = map.Get(agent, 'set', map);
  if (!IsCallable(adder)) throwTypeError(agent, "property 'set' of a WeakMap is not a function");
  return new AddEntriesFromIterable(iterable, map, adder);
}

/** WeakMap.prototype.delete ( key ) — https://tc39.es/ecma262/#sec-weakmap.prototype.delete */
function WeakMap_prototype_delete(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  key: Value,
): Value {
  const agent = callee.realm.agent;
  const data = thisWeakMap(agent, thisValue);
  return CanBeHeldWeakly(agent, key) && data.delete(key);
}

/** WeakMap.prototype.get ( key ) — https://tc39.es/ecma262/#sec-weakmap.prototype.get */
function WeakMap_prototype_get(callee: Builtin, thisValue: Value, _newTarget: NewTarget, key: Value): Value {
  const agent = callee.realm.agent;
  const data = thisWeakMap(agent, thisValue);
  return CanBeHeldWeakly(agent, key) ? data.get(key) : undefined;
}

/** WeakMap.prototype.getOrInsert ( key, value ) — https://tc39.es/ecma262/#sec-weakmap.prototype.getorinsert */
function WeakMap_prototype_getOrInsert(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  key: Value,
  value: Value,
): Value {
  const agent = callee.realm.agent;
  const data = thisWeakMap(agent, thisValue);
  const weakKey = requireWeakKey(agent, key, 'as weak map key');
  if (data.has(weakKey)) return data.get(weakKey);
  agent.chargeBytes(TABLE_ENTRY_BYTES);
  data.set(weakKey, value);
  return value;
}

/** WeakMap.prototype.getOrInsertComputed ( key, callback ) — https://tc39.es/ecma262/#sec-weakmap.prototype.getorinsertcomputed */
function WeakMap_prototype_getOrInsertComputed(
  callee: Builtin,
  thisValue: Value,
  [key, callback]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  const data = thisWeakMap(agent, thisValue);
  const weakKey = requireWeakKey(agent, key, 'as weak map key');
  if (!IsCallable(callback)) throwTypeError(agent, `${describeForMessage(callback)} is not a function`);
  if (data.has(weakKey)) return { work: null, result: data.get(weakKey) };
  return new Insertion(data, weakKey, callback);
}

/** WeakMap.prototype.has ( key ) — https://tc39.es/ecma262/#sec-weakmap.prototype.has */
function WeakMap_prototype_has(callee: Builtin, thisValue: Value, _newTarget: NewTarget, key: Value): Value {
  const agent = callee.realm.agent;
  const data = thisWeakMap(agent, thisValue);
  return CanBeHeldWeakly(agent, key) && data.has(key);
}

/** WeakMap.prototype.set ( key, value ) — https://tc39.es/ecma262/#sec-weakmap.prototype.set */
function WeakMap_prototype_set(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  key: Value,
  value: Value,
): Value {
  const agent = callee.realm.agent;
  const data = thisWeakMap(agent, thisValue);
  data.set(requireWeakKey(agent, key, 'as weak map key'), value);
  agent.chargeBytes(TABLE_ENTRY_BYTES);
  return thisValue;
}

/** WeakSet ( [ iterable ] ) — https://tc39.es/ecma262/#sec-weakset-iterable */
function WeakSet_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  [iterable]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  if (newTarget === undefined) throwTypeError(agent, "Constructor WeakSet requires 'new'");
  const set = new WeakSetObject(shapeFromConstructor(agent, newTarget, '%WeakSet.prototype%'));
  if (iterable === undefined || iterable === null) return { work: null, result: set };
  const adder = set.Get(agent, 'add', set);
  if (!IsCallable(adder)) throwTypeError(agent, "property 'add' of a WeakSet is not a function");
  return new AddValuesFromIterable(iterable, set, adder);
}

/** WeakSet.prototype.add ( value ) — https://tc39.es/ecma262/#sec-weakset.prototype.add */
function WeakSet_prototype_add(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  value: Value,
): Value {
  const agent = callee.realm.agent;
  const data = thisWeakSet(agent, thisValue);
  data.add(requireWeakKey(agent, value, 'in weak set'));
  agent.chargeBytes(TABLE_ENTRY_BYTES);
  return thisValue;
}

/** WeakSet.prototype.delete ( value ) — https://tc39.es/ecma262/#sec-weakset.prototype.delete */
function WeakSet_prototype_delete(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  value: Value,
): Value {
  const agent = callee.realm.agent;
  const data = thisWeakSet(agent, thisValue);
  return CanBeHeldWeakly(agent, value) && data.delete(value);
}

/** WeakSet.prototype.has ( value ) — https://tc39.es/ecma262/#sec-weakset.prototype.has */
function WeakSet_prototype_has(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  value: Value,
): Value {
  const agent = callee.realm.agent;
  const data = thisWeakSet(agent, thisValue);
  return CanBeHeldWeakly(agent, value) && data.has(value);
}

export const weakCollectionIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%WeakMap%', 'WeakMap', {
    length: 0,
    code: { work: WeakMap_constructor },
    prototype: '%WeakMap.prototype%',
  }),
  objectSpec('%WeakMap.prototype%', {
    constructorName: '%WeakMap%',
    rows: [
      method('delete', 1, WeakMap_prototype_delete),
      method('get', 1, WeakMap_prototype_get),
      method('getOrInsert', 2, WeakMap_prototype_getOrInsert),
      workingMethod('getOrInsertComputed', 2, WeakMap_prototype_getOrInsertComputed),
      method('has', 1, WeakMap_prototype_has),
      method('set', 2, WeakMap_prototype_set),
      toStringTag('WeakMap'),
    ],
  }),
  constructorSpec('%WeakSet%', 'WeakSet', {
    length: 0,
    code: { work: WeakSet_constructor },
    prototype: '%WeakSet.prototype%',
  }),
  objectSpec('%WeakSet.prototype%', {
    constructorName: '%WeakSet%',
    rows: [
      method('add', 1, WeakSet_prototype_add),
      method('delete', 1, WeakSet_prototype_delete),
      method('has', 1, WeakSet_prototype_has),
      toStringTag('WeakSet'),
    ],
  }),
];
