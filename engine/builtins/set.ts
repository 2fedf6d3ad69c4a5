// Set Objects, https://tc39.es/ecma262/#sec-set-objects .
import type { Agent } from '../runtime/agent.ts';
import { Call0, Call1, IsCallable } from '../runtime/call.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { throwRangeError, throwTypeError } from '../runtime/errors.ts';
import type { BuiltinFunction, FunctionObject } from '../runtime/objects/function.ts';
import { JSObject, type PendingWork } from '../runtime/objects/object.ts';
import {
  GetIteratorDirect,
  IteratorClose,
  type IteratorRecord,
  IteratorStepValue,
} from '../runtime/operations/iterator-operations.ts';
import { shapeFromConstructor } from '../runtime/operations/object-operations.ts';
import { ToBoolean, ToIntegerOrInfinity, ToNumber } from '../runtime/operations/type-conversion.ts';
import { OrderedTable, TableCursor } from '../runtime/ordered-table.ts';
import { rootShape, SHAPE_KIND_ORDINARY, type Shape } from '../runtime/shape.ts';
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
import { AddValuesFromIterable } from './iterable-walk.ts';
import { chargeKey, type IterationKind, stepTableIterator } from './map.ts';
import { TABLE_ENTRY_BYTES, TableWalk } from './table-walk.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** In the table of a Set, each value is its own key. */
export class SetObject extends JSObject {
  setData: OrderedTable;
  constructor(shape: Shape, setData: OrderedTable) {
    super(shape);
    this.setData = setData;
  }
  override className(): string {
    return 'Set';
  }
}

function add(agent: Agent, table: OrderedTable, value: Value): void {
  const canonical = value === 0 ? 0 : value;
  chargeKey(agent, canonical);
  if (table.set(canonical, canonical)) agent.chargeBytes(TABLE_ENTRY_BYTES);
}

function remove(agent: Agent, table: OrderedTable, value: Value): boolean {
  chargeKey(agent, value);
  const deleted = table.delete(value);
  // Deleting moves a table to fresh arrays now and then: a share of that work.
  if (deleted) agent.chargeFuel(1);
  return deleted;
}

function has(agent: Agent, table: OrderedTable, value: Value): boolean {
  chargeKey(agent, value);
  return table.has(value);
}

function copyOf(agent: Agent, table: OrderedTable): OrderedTable {
  const copy = new OrderedTable();
  const cursor = new TableCursor(table);
  while (cursor.advance(agent)) {
    agent.chargeFuel(1);
    add(agent, copy, cursor.key);
  }
  return copy;
}

/** Brand check: [[SetData]]. */
function thisSet(agent: Agent, thisValue: Value, what: string): OrderedTable {
  if (thisValue instanceof SetObject) return thisValue.setData;
  return throwTypeError(
    agent,
    `Method Set.prototype.${what} called on incompatible receiver ${describeForMessage(thisValue)}`,
  );
}

function newSet(agent: Agent, table: OrderedTable): SetObject {
  return new SetObject(
    rootShape(agent, agent.realm.intrinsic('%Set.prototype%'), SHAPE_KIND_ORDINARY),
    table,
  );
}

/** Set Record — https://tc39.es/ecma262/#sec-set-records */
interface SetRecord {
  readonly setObject: JSObject;
  readonly size: number;
  readonly has: FunctionObject;
  readonly keys: FunctionObject;
}

/** GetSetRecord ( obj ) — https://tc39.es/ecma262/#sec-getsetrecord */
function GetSetRecord(agent: Agent, obj: Value): SetRecord {
  if (typeof obj !== 'object' || obj === null)
    throwTypeError(agent, `${describeForMessage(obj)} is not a set-like object`);
  const rawSize = obj.Get(agent, 'size', obj);
  const numSize = ToNumber(agent, rawSize);
  if (Number.isNaN(numSize))
    throwTypeError(agent, "The 'size' property of a set-like object must be a number");
  const intSize = ToIntegerOrInfinity(agent, numSize);
  if (intSize < 0) throwRangeError(agent, `'${intSize}' is an invalid size`);
  const has = obj.Get(agent, 'has', obj);
  if (!IsCallable(has)) throwTypeError(agent, "The 'has' property of a set-like object must be a function");
  const keys = obj.Get(agent, 'keys', obj);
  if (!IsCallable(keys)) throwTypeError(agent, "The 'keys' property of a set-like object must be a function");
  return { setObject: obj, size: intSize, has, keys };
}

function otherHas(agent: Agent, other: SetRecord, value: Value): boolean {
  return ToBoolean(Call1(agent, other.has, other.setObject, value));
}

/** GetIteratorFromMethod of a Set Record's keys: the result of keys() is the iterator. */
function otherKeys(agent: Agent, other: SetRecord): IteratorRecord {
  const keysIter = Call0(agent, other.keys, other.setObject);
  if (typeof keysIter !== 'object' || keysIter === null)
    throwTypeError(agent, 'keys() of a set-like object must return an object');
  return GetIteratorDirect(agent, keysIter);
}

/** Set ( [ iterable ] ) — https://tc39.es/ecma262/#sec-set-iterable */
function Set_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  [iterable]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  if (newTarget === undefined) throwTypeError(agent, "Constructor Set requires 'new'");
  const set = new SetObject(shapeFromConstructor(agent, newTarget, '%Set.prototype%'), new OrderedTable());
  if (iterable === undefined || iterable === null) return { work: null, result: set };
  const adder = set.Get(agent, 'add', set);
  if (!IsCallable(adder)) throwTypeError(agent, "property 'add' of a Set is not a function");
  return new AddValuesFromIterable(iterable, set, adder);
}

/** get Set [ %Symbol.species% ] — https://tc39.es/ecma262/#sec-get-set-%symbol.species% */
function get_Set_species(_callee: Builtin, thisValue: Value): Value {
  return thisValue;
}

/** Set.prototype.add ( value ) — https://tc39.es/ecma262/#sec-set.prototype.add */
function Set_prototype_add(callee: Builtin, thisValue: Value, _newTarget: NewTarget, value: Value): Value {
  const agent = callee.realm.agent;
  add(agent, thisSet(agent, thisValue, 'add'), value);
  return thisValue;
}

/** Set.prototype.clear ( ) — https://tc39.es/ecma262/#sec-set.prototype.clear */
function Set_prototype_clear(callee: Builtin, thisValue: Value): Value {
  thisSet(callee.realm.agent, thisValue, 'clear').clear();
  return undefined;
}

/** Set.prototype.delete ( value ) — https://tc39.es/ecma262/#sec-set.prototype.delete */
function Set_prototype_delete(callee: Builtin, thisValue: Value, _newTarget: NewTarget, value: Value): Value {
  const { agent } = callee.realm;
  return remove(agent, thisSet(agent, thisValue, 'delete'), value);
}

/** Set.prototype.difference ( other ) — https://tc39.es/ecma262/#sec-set.prototype.difference */
function Set_prototype_difference(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  other: Value,
): Value {
  const agent = callee.realm.agent;
  const O = thisSet(agent, thisValue, 'difference');
  const otherRec = GetSetRecord(agent, other);
  const result = copyOf(agent, O);
  if (O.size <= otherRec.size) {
    const cursor = new TableCursor(O);
    while (cursor.advance(agent)) {
      agent.chargeFuel(1);
      const e = cursor.key;
      if (otherHas(agent, otherRec, e)) remove(agent, result, e);
    }
  } else {
    const keysIter = otherKeys(agent, otherRec);
    for (;;) {
      agent.chargeFuel(1);
      const next = IteratorStepValue(agent, keysIter);
      if (keysIter.done) break;
      remove(agent, result, next);
    }
  }
  return newSet(agent, result);
}

/** Set.prototype.entries ( ) — https://tc39.es/ecma262/#sec-set.prototype.entries */
function Set_prototype_entries(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  return CreateSetIterator(agent, thisSet(agent, thisValue, 'entries'), 'key+value');
}

/** Set.prototype.forEach ( callback [ , thisArg ] ) — https://tc39.es/ecma262/#sec-set.prototype.foreach */
function Set_prototype_forEach(
  callee: Builtin,
  thisValue: Value,
  [callback, thisArg]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  const table = thisSet(agent, thisValue, 'forEach');
  if (!IsCallable(callback)) throwTypeError(agent, `${describeForMessage(callback)} is not a function`);
  return new TableWalk(table, false, thisValue, callback, thisArg);
}

/** Set.prototype.has ( value ) — https://tc39.es/ecma262/#sec-set.prototype.has */
function Set_prototype_has(callee: Builtin, thisValue: Value, _newTarget: NewTarget, value: Value): Value {
  const { agent } = callee.realm;
  return has(agent, thisSet(agent, thisValue, 'has'), value);
}

/** Set.prototype.intersection ( other ) — https://tc39.es/ecma262/#sec-set.prototype.intersection */
function Set_prototype_intersection(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  other: Value,
): Value {
  const agent = callee.realm.agent;
  const O = thisSet(agent, thisValue, 'intersection');
  const otherRec = GetSetRecord(agent, other);
  const result = new OrderedTable();
  if (O.size <= otherRec.size) {
    const cursor = new TableCursor(O);
    while (cursor.advance(agent)) {
      agent.chargeFuel(1);
      const e = cursor.key;
      if (otherHas(agent, otherRec, e)) add(agent, result, e);
    }
  } else {
    const keysIter = otherKeys(agent, otherRec);
    for (;;) {
      agent.chargeFuel(1);
      const next = IteratorStepValue(agent, keysIter);
      if (keysIter.done) break;
      if (has(agent, O, next)) add(agent, result, next);
    }
  }
  return newSet(agent, result);
}

/** Set.prototype.isDisjointFrom ( other ) — https://tc39.es/ecma262/#sec-set.prototype.isdisjointfrom */
function Set_prototype_isDisjointFrom(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  other: Value,
): Value {
  const agent = callee.realm.agent;
  const O = thisSet(agent, thisValue, 'isDisjointFrom');
  const otherRec = GetSetRecord(agent, other);
  if (O.size <= otherRec.size) {
    const cursor = new TableCursor(O);
    while (cursor.advance(agent)) {
      agent.chargeFuel(1);
      if (otherHas(agent, otherRec, cursor.key)) return false;
    }
    return true;
  }
  return everyOtherKey(agent, otherRec, (key) => !has(agent, O, key));
}

/** True if `test` holds for all keys of a Set Record; closes its iterator at the first that fails. */
function everyOtherKey(agent: Agent, otherRec: SetRecord, test: (key: Value) => boolean): boolean {
  const keysIter = otherKeys(agent, otherRec);
  for (;;) {
    agent.chargeFuel(1);
    const next = IteratorStepValue(agent, keysIter);
    if (keysIter.done) return true;
    if (!test(next)) {
      IteratorClose(agent, keysIter);
      return false;
    }
  }
}

/** Set.prototype.isSubsetOf ( other ) — https://tc39.es/ecma262/#sec-set.prototype.issubsetof */
function Set_prototype_isSubsetOf(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  other: Value,
): Value {
  const agent = callee.realm.agent;
  const O = thisSet(agent, thisValue, 'isSubsetOf');
  const otherRec = GetSetRecord(agent, other);
  if (O.size > otherRec.size) return false;
  const cursor = new TableCursor(O);
  while (cursor.advance(agent)) {
    agent.chargeFuel(1);
    if (!otherHas(agent, otherRec, cursor.key)) return false;
  }
  return true;
}

/** Set.prototype.isSupersetOf ( other ) — https://tc39.es/ecma262/#sec-set.prototype.issupersetof */
function Set_prototype_isSupersetOf(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  other: Value,
): Value {
  const agent = callee.realm.agent;
  const O = thisSet(agent, thisValue, 'isSupersetOf');
  const otherRec = GetSetRecord(agent, other);
  if (O.size < otherRec.size) return false;
  return everyOtherKey(agent, otherRec, (key) => has(agent, O, key));
}

/** get Set.prototype.size — https://tc39.es/ecma262/#sec-get-set.prototype.size */
function get_Set_prototype_size(callee: Builtin, thisValue: Value): Value {
  return thisSet(callee.realm.agent, thisValue, 'size').size;
}

/** Set.prototype.symmetricDifference ( other ) — https://tc39.es/ecma262/#sec-set.prototype.symmetricdifference */
function Set_prototype_symmetricDifference(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  other: Value,
): Value {
  const agent = callee.realm.agent;
  const O = thisSet(agent, thisValue, 'symmetricDifference');
  const otherRec = GetSetRecord(agent, other);
  const keysIter = otherKeys(agent, otherRec);
  const result = copyOf(agent, O);
  for (;;) {
    agent.chargeFuel(1);
    const next = IteratorStepValue(agent, keysIter);
    if (keysIter.done) return newSet(agent, result);
    if (has(agent, O, next)) remove(agent, result, next);
    else add(agent, result, next);
  }
}

/** Set.prototype.union ( other ) — https://tc39.es/ecma262/#sec-set.prototype.union */
function Set_prototype_union(callee: Builtin, thisValue: Value, _newTarget: NewTarget, other: Value): Value {
  const agent = callee.realm.agent;
  const O = thisSet(agent, thisValue, 'union');
  const otherRec = GetSetRecord(agent, other);
  const keysIter = otherKeys(agent, otherRec);
  const result = copyOf(agent, O);
  for (;;) {
    agent.chargeFuel(1);
    const next = IteratorStepValue(agent, keysIter);
    if (keysIter.done) return newSet(agent, result);
    add(agent, result, next);
  }
}

/** Set.prototype.values ( ) — https://tc39.es/ecma262/#sec-set.prototype.values */
function Set_prototype_values(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  return CreateSetIterator(agent, thisSet(agent, thisValue, 'values'), 'value');
}

/** Set Iterator Objects — https://tc39.es/ecma262/#sec-set-iterator-objects */
export class SetIteratorObject extends JSObject {
  /** Null when exhausted. */
  cursor: TableCursor | null;
  readonly iterationKind: IterationKind;
  constructor(shape: Shape, cursor: TableCursor, iterationKind: IterationKind) {
    super(shape);
    this.cursor = cursor;
    this.iterationKind = iterationKind;
  }
  override className(): string {
    return 'Set Iterator';
  }
}

/** CreateSetIterator ( set, kind ) — https://tc39.es/ecma262/#sec-createsetiterator */
function CreateSetIterator(agent: Agent, table: OrderedTable, kind: IterationKind): JSObject {
  const prototype = agent.realm.intrinsic('%SetIteratorPrototype%');
  agent.chargeBytes(120);
  return new SetIteratorObject(
    rootShape(agent, prototype, SHAPE_KIND_ORDINARY),
    new TableCursor(table),
    kind,
  );
}

/** %SetIteratorPrototype%.next ( ) — https://tc39.es/ecma262/#sec-%setiteratorprototype%.next */
function SetIteratorPrototype_next(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  if (!(thisValue instanceof SetIteratorObject)) {
    throwTypeError(agent, `next method called on incompatible receiver ${describeForMessage(thisValue)}`);
  }
  return stepTableIterator(agent, thisValue);
}

export const setIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%Set%', 'Set', {
    length: 0,
    code: { work: Set_constructor },
    prototype: '%Set.prototype%',
    rows: [getter(SYMBOL_SPECIES, get_Set_species)],
  }),
  objectSpec('%Set.prototype%', {
    constructorName: '%Set%',
    rows: [
      method('add', 1, Set_prototype_add),
      method('clear', 0, Set_prototype_clear),
      method('delete', 1, Set_prototype_delete),
      method('difference', 1, Set_prototype_difference),
      method('entries', 0, Set_prototype_entries),
      workingMethod('forEach', 1, Set_prototype_forEach),
      method('has', 1, Set_prototype_has),
      method('intersection', 1, Set_prototype_intersection),
      method('isDisjointFrom', 1, Set_prototype_isDisjointFrom),
      method('isSubsetOf', 1, Set_prototype_isSubsetOf),
      method('isSupersetOf', 1, Set_prototype_isSupersetOf),
      getter('size', get_Set_prototype_size),
      method('symmetricDifference', 1, Set_prototype_symmetricDifference),
      method('union', 1, Set_prototype_union),
      method('values', 0, Set_prototype_values),
      alias('keys', 'values'),
      alias(SYMBOL_ITERATOR, 'values'),
      toStringTag('Set'),
    ],
  }),
  objectSpec('%SetIteratorPrototype%', {
    parent: '%Iterator.prototype%',
    rows: [method('next', 0, SetIteratorPrototype_next), toStringTag('Set Iterator')],
  }),
];
