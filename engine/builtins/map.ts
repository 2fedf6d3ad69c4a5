// Map Objects, https://tc39.es/ecma262/#sec-map-objects .
import type { Agent } from '../runtime/agent.ts';
import { chargeBigIntToString } from '../runtime/bigint-work.ts';
import { IsCallable } from '../runtime/call.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { throwTypeError } from '../runtime/errors.ts';
import { createArrayFrom } from '../runtime/objects/array.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import { JSObject, type PendingWork } from '../runtime/objects/object.ts';
import { CreateIteratorResultObject } from '../runtime/operations/iterator-operations.ts';
import { shapeFromConstructor } from '../runtime/operations/object-operations.ts';
import { OrderedTable, TableCursor } from '../runtime/ordered-table.ts';
import { rootShape, SHAPE_KIND_ORDINARY, type Shape } from '../runtime/shape.ts';
import { chargeReading } from '../runtime/string-work.ts';
import { SYMBOL_ITERATOR, SYMBOL_SPECIES, type Value } from '../runtime/value.ts';
import {
  alias,
  constructorSpec,
  getter,
  type IntrinsicSpec,
  method,
  objectSpec,
  toStringTag,
  workingMethod,
} from './define.ts';
import { type Group, GroupBy } from './group-by.ts';
import { AddEntriesFromIterable } from './iterable-walk.ts';
import { Insertion, TABLE_ENTRY_BYTES, TableWalk } from './table-walk.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

export class MapObject extends JSObject {
  readonly mapData: OrderedTable;
  constructor(shape: Shape) {
    super(shape);
    this.mapData = new OrderedTable();
  }
  override className(): string {
    return 'Map';
  }
}

/** Charges the hashing of a key. */
export function chargeKey(agent: Agent, key: Value): void {
  if (typeof key === 'string') chargeReading(agent, key.length);
  else if (typeof key === 'bigint') chargeBigIntToString(agent, key, 32);
}

/** Brand check: [[MapData]]. */
function thisMap(agent: Agent, thisValue: Value, what: string): OrderedTable {
  if (thisValue instanceof MapObject) return thisValue.mapData;
  return throwTypeError(
    agent,
    `Method ${what} called on incompatible receiver ${describeForMessage(thisValue)}`,
  );
}

/** Map ( [ iterable ] ) — https://tc39.es/ecma262/#sec-map-iterable */
function Map_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  [iterable]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  if (newTarget === undefined) throwTypeError(agent, "Constructor Map requires 'new'");
  const map = new MapObject(shapeFromConstructor(agent, newTarget, '%Map.prototype%'));
  if (iterable === undefined || iterable === null) return { work: null, result: map };
  const adder = map.Get(agent, 'set', map);
  if (!IsCallable(adder))
    throwTypeError(
      agent,
      `'${describeForMessage(adder)}' returned for property 'set' of a Map is not a function`,
    );
  return new AddEntriesFromIterable(iterable, map, adder);
}

/** Map.groupBy ( items, callback ) — https://tc39.es/ecma262/#sec-map.groupby */
function Map_groupBy(callee: Builtin, _thisValue: Value, [items, callback]: readonly Value[]): PendingWork {
  return new GroupByToMap(callee.realm.agent, items, callback);
}

class GroupByToMap extends GroupBy {
  protected override resultOf(agent: Agent, groups: readonly Group[]): Value {
    const map = new MapObject(
      rootShape(agent, agent.realm.intrinsic('%Map.prototype%'), SHAPE_KIND_ORDINARY),
    );
    for (const [key, elements] of groups) map.mapData.set(key, createArrayFrom(agent, elements));
    return map;
  }
}

/** get Map [ %Symbol.species% ] — https://tc39.es/ecma262/#sec-get-map-%symbol.species% */
function get_Map_species(_callee: Builtin, thisValue: Value): Value {
  return thisValue;
}

/** Map.prototype.clear ( ) — https://tc39.es/ecma262/#sec-map.prototype.clear */
function Map_prototype_clear(callee: Builtin, thisValue: Value): Value {
  thisMap(callee.realm.agent, thisValue, 'Map.prototype.clear').clear();
  return undefined;
}

/** Map.prototype.delete ( key ) — https://tc39.es/ecma262/#sec-map.prototype.delete */
function Map_prototype_delete(callee: Builtin, thisValue: Value, _newTarget: NewTarget, key: Value): Value {
  const { agent } = callee.realm;
  const table = thisMap(agent, thisValue, 'Map.prototype.delete');
  chargeKey(agent, key);
  const deleted = table.delete(key);
  // Deleting moves a table to fresh arrays now and then: a share of that work.
  if (deleted) agent.chargeFuel(1);
  return deleted;
}

/** Map.prototype.entries ( ) — https://tc39.es/ecma262/#sec-map.prototype.entries */
function Map_prototype_entries(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  return CreateMapIterator(agent, thisMap(agent, thisValue, 'Map.prototype.entries'), 'key+value');
}

/** Map.prototype.forEach ( callback [ , thisArg ] ) — https://tc39.es/ecma262/#sec-map.prototype.foreach */
function Map_prototype_forEach(
  callee: Builtin,
  thisValue: Value,
  [callback, thisArg]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  const table = thisMap(agent, thisValue, 'Map.prototype.forEach');
  if (!IsCallable(callback)) throwTypeError(agent, `${describeForMessage(callback)} is not a function`);
  return new TableWalk(table, true, thisValue, callback, thisArg);
}

/** Map.prototype.get ( key ) — https://tc39.es/ecma262/#sec-map.prototype.get */
function Map_prototype_get(callee: Builtin, thisValue: Value, _newTarget: NewTarget, key: Value): Value {
  const { agent } = callee.realm;
  const table = thisMap(agent, thisValue, 'Map.prototype.get');
  chargeKey(agent, key);
  return table.get(key);
}

/** Map.prototype.getOrInsert ( key, value ) — https://tc39.es/ecma262/#sec-map.prototype.getorinsert */
function Map_prototype_getOrInsert(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  key: Value,
  value: Value,
): Value {
  const agent = callee.realm.agent;
  const table = thisMap(agent, thisValue, 'Map.prototype.getOrInsert');
  chargeKey(agent, key);
  if (table.has(key)) return table.get(key);
  agent.chargeBytes(TABLE_ENTRY_BYTES);
  table.set(key, value);
  return value;
}

/** Map.prototype.getOrInsertComputed ( key, callback ) — https://tc39.es/ecma262/#sec-map.prototype.getorinsertcomputed */
function Map_prototype_getOrInsertComputed(
  callee: Builtin,
  thisValue: Value,
  [key, callback]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  const table = thisMap(agent, thisValue, 'Map.prototype.getOrInsertComputed');
  if (!IsCallable(callback)) throwTypeError(agent, `${describeForMessage(callback)} is not a function`);
  const canonical = key === 0 ? 0 : key;
  chargeKey(agent, canonical);
  if (table.has(canonical)) return { work: null, result: table.get(canonical) };
  return new Insertion(table, canonical, callback);
}

/** Map.prototype.has ( key ) — https://tc39.es/ecma262/#sec-map.prototype.has */
function Map_prototype_has(callee: Builtin, thisValue: Value, _newTarget: NewTarget, key: Value): Value {
  const { agent } = callee.realm;
  const table = thisMap(agent, thisValue, 'Map.prototype.has');
  chargeKey(agent, key);
  return table.has(key);
}

/** Map.prototype.keys ( ) — https://tc39.es/ecma262/#sec-map.prototype.keys */
function Map_prototype_keys(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  return CreateMapIterator(agent, thisMap(agent, thisValue, 'Map.prototype.keys'), 'key');
}

/** Map.prototype.set ( key, value ) — https://tc39.es/ecma262/#sec-map.prototype.set */
function Map_prototype_set(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  key: Value,
  value: Value,
): Value {
  const agent = callee.realm.agent;
  const table = thisMap(agent, thisValue, 'Map.prototype.set');
  chargeKey(agent, key);
  if (table.set(key, value)) agent.chargeBytes(TABLE_ENTRY_BYTES);
  return thisValue;
}

/** get Map.prototype.size — https://tc39.es/ecma262/#sec-get-map.prototype.size */
function get_Map_prototype_size(callee: Builtin, thisValue: Value): Value {
  return thisMap(callee.realm.agent, thisValue, 'get Map.prototype.size').size;
}

/** Map.prototype.values ( ) — https://tc39.es/ecma262/#sec-map.prototype.values */
function Map_prototype_values(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  return CreateMapIterator(agent, thisMap(agent, thisValue, 'Map.prototype.values'), 'value');
}

export type IterationKind = 'key' | 'value' | 'key+value';

/** Map Iterator Objects — https://tc39.es/ecma262/#sec-map-iterator-objects */
export class MapIteratorObject extends JSObject {
  /** Null when exhausted. */
  cursor: TableCursor | null;
  readonly iterationKind: IterationKind;
  constructor(shape: Shape, cursor: TableCursor, iterationKind: IterationKind) {
    super(shape);
    this.cursor = cursor;
    this.iterationKind = iterationKind;
  }
  override className(): string {
    return 'Map Iterator';
  }
}

/** CreateMapIterator ( map, kind ) — https://tc39.es/ecma262/#sec-createmapiterator */
function CreateMapIterator(agent: Agent, table: OrderedTable, kind: IterationKind): JSObject {
  const prototype = agent.realm.intrinsic('%MapIteratorPrototype%');
  agent.chargeBytes(120);
  return new MapIteratorObject(
    rootShape(agent, prototype, SHAPE_KIND_ORDINARY),
    new TableCursor(table),
    kind,
  );
}

/** %MapIteratorPrototype%.next ( ) — https://tc39.es/ecma262/#sec-%mapiteratorprototype%.next */
function MapIteratorPrototype_next(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  if (!(thisValue instanceof MapIteratorObject)) {
    throwTypeError(agent, `next method called on incompatible receiver ${describeForMessage(thisValue)}`);
  }
  return stepTableIterator(agent, thisValue);
}

/** One step of a Map or Set iterator: a result object. */
export function stepTableIterator(
  agent: Agent,
  iterator: { cursor: TableCursor | null; readonly iterationKind: IterationKind },
): JSObject {
  const cursor = iterator.cursor;
  if (cursor === null || !cursor.advance(agent)) {
    iterator.cursor = null;
    return CreateIteratorResultObject(agent, undefined, true);
  }
  switch (iterator.iterationKind) {
    case 'key':
      return CreateIteratorResultObject(agent, cursor.key, false);
    case 'value':
      return CreateIteratorResultObject(agent, cursor.value, false);
    case 'key+value':
      return CreateIteratorResultObject(agent, createArrayFrom(agent, [cursor.key, cursor.value]), false);
  }
}

export const mapIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%Map%', 'Map', {
    length: 0,
    code: { work: Map_constructor },
    prototype: '%Map.prototype%',
    rows: [workingMethod('groupBy', 2, Map_groupBy), getter(SYMBOL_SPECIES, get_Map_species)],
  }),
  objectSpec('%Map.prototype%', {
    constructorName: '%Map%',
    rows: [
      method('clear', 0, Map_prototype_clear),
      method('delete', 1, Map_prototype_delete),
      method('entries', 0, Map_prototype_entries),
      workingMethod('forEach', 1, Map_prototype_forEach),
      method('get', 1, Map_prototype_get),
      method('getOrInsert', 2, Map_prototype_getOrInsert),
      workingMethod('getOrInsertComputed', 2, Map_prototype_getOrInsertComputed),
      method('has', 1, Map_prototype_has),
      method('keys', 0, Map_prototype_keys),
      method('set', 2, Map_prototype_set),
      getter('size', get_Map_prototype_size),
      method('values', 0, Map_prototype_values),
      alias(SYMBOL_ITERATOR, 'entries'),
      toStringTag('Map'),
    ],
  }),
  objectSpec('%MapIteratorPrototype%', {
    parent: '%Iterator.prototype%',
    rows: [method('next', 0, MapIteratorPrototype_next), toStringTag('Map Iterator')],
  }),
];
