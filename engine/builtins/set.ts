// Set Objects, https://tc39.es/ecma262/#sec-set-objects .
import type { Agent } from '../runtime/agent.ts';
import { IsCallable } from '../runtime/call.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { throwRangeError, throwTypeError } from '../runtime/errors.ts';
import { GuestAlgorithm, GuestCall, type GuestStep } from '../runtime/guest-work.ts';
import type { BuiltinFunction, FunctionObject } from '../runtime/objects/function.ts';
import { JSObject, type PendingWork } from '../runtime/objects/object.ts';
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
  type MethodRow,
  method,
  objectSpec,
  toStringTag,
  workingMethod,
} from './define.ts';
import { AddValuesFromIterable, IterableWalk } from './iterable-walk.ts';
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

// What the set methods do: with what `has` of the other says of each value of this set, or with each of the other's keys.
const DIFFERENCE = 0;
const INTERSECTION = 1;
const IS_DISJOINT_FROM = 2;
const IS_SUBSET_OF = 3;
const IS_SUPERSET_OF = 4;
const SYMMETRIC_DIFFERENCE = 5;
const UNION = 6;

/** Asks `has` of a set-like object about each value of a set. */
class ValuesWalk extends GuestAlgorithm {
  private readonly kind: number;
  private readonly cursor: TableCursor;
  private readonly call: GuestCall;
  /** The table of the result; null for predicates. */
  private readonly made: OrderedTable | null;
  private value: Value;

  constructor(kind: number, O: OrderedTable, other: SetRecord, made: OrderedTable | null) {
    super();
    this.kind = kind;
    this.cursor = new TableCursor(O);
    this.call = new GuestCall(other.has, other.setObject, []);
    this.made = made;
    this.value = undefined;
  }

  override begin(agent: Agent): GuestStep | null {
    const { cursor, call, made } = this;
    if (!cursor.advance(agent)) {
      this.result = made === null ? true : newSet(agent, made);
      return null;
    }
    agent.chargeFuel(1);
    this.value = cursor.key;
    call.args = [this.value];
    return call;
  }

  override returned(agent: Agent, given: Value): GuestStep | null {
    const { kind, value } = this;
    const otherHas = ToBoolean(given);
    if (kind === IS_DISJOINT_FROM ? otherHas : kind === IS_SUBSET_OF && !otherHas) {
      this.result = false;
      return null;
    }
    if (otherHas && kind === DIFFERENCE) remove(agent, this.made as OrderedTable, value);
    else if (otherHas && kind === INTERSECTION) add(agent, this.made as OrderedTable, value);
    return this.begin(agent);
  }
}

/** Takes each of the keys of a set-like object. */
class KeysWalk extends IterableWalk {
  private readonly kind: number;
  private readonly O: OrderedTable;
  /** The table of the result; null for predicates. */
  private made: OrderedTable | null;

  constructor(kind: number, O: OrderedTable, other: SetRecord, made: OrderedTable | null) {
    super(other.setObject, other.keys);
    this.kind = kind;
    this.O = O;
    this.made = made;
  }

  /** The result of keys() is the iterator. */
  protected override iteratorFrom(agent: Agent, keysIter: Value): JSObject {
    if (typeof keysIter === 'object' && keysIter !== null) return keysIter;
    return throwTypeError(agent, 'keys() of a set-like object must return an object');
  }

  protected override opened(agent: Agent): void {
    if (this.kind === UNION || this.kind === SYMMETRIC_DIFFERENCE) this.made = copyOf(agent, this.O);
  }

  protected override take(agent: Agent, next: Value): boolean {
    const { kind, O } = this;
    const made = this.made as OrderedTable;
    switch (kind) {
      case DIFFERENCE:
        remove(agent, made, next);
        return true;
      case INTERSECTION:
        if (has(agent, O, next)) add(agent, made, next);
        return true;
      case SYMMETRIC_DIFFERENCE:
        if (has(agent, O, next)) remove(agent, made, next);
        else add(agent, made, next);
        return true;
      case UNION:
        add(agent, made, next);
        return true;
    }
    if (has(agent, O, next) === (kind === IS_SUPERSET_OF)) return true;
    this.result = false;
    return false;
  }

  protected override end(agent: Agent): void {
    this.result = this.made === null ? true : newSet(agent, this.made);
  }
}

/** A method over this set and a set-like object. */
function setMethod(
  name: string,
  begin: (agent: Agent, O: OrderedTable, other: SetRecord) => PendingWork,
): MethodRow {
  return workingMethod(name, 1, ({ realm: { agent } }, thisValue, args) => {
    const O = thisSet(agent, thisValue, name);
    return begin(agent, O, GetSetRecord(agent, args[0]));
  });
}

/** Set.prototype.difference ( other ) — https://tc39.es/ecma262/#sec-set.prototype.difference */
const difference = setMethod('difference', (agent, O, other) => {
  const made = copyOf(agent, O);
  return O.size <= other.size
    ? new ValuesWalk(DIFFERENCE, O, other, made)
    : new KeysWalk(DIFFERENCE, O, other, made);
});

/** Set.prototype.intersection ( other ) — https://tc39.es/ecma262/#sec-set.prototype.intersection */
const intersection = setMethod('intersection', (_agent, O, other) => {
  const made = new OrderedTable();
  return O.size <= other.size
    ? new ValuesWalk(INTERSECTION, O, other, made)
    : new KeysWalk(INTERSECTION, O, other, made);
});

/** Set.prototype.isDisjointFrom ( other ) — https://tc39.es/ecma262/#sec-set.prototype.isdisjointfrom */
const isDisjointFrom = setMethod('isDisjointFrom', (_agent, O, other) =>
  O.size <= other.size
    ? new ValuesWalk(IS_DISJOINT_FROM, O, other, null)
    : new KeysWalk(IS_DISJOINT_FROM, O, other, null),
);

/** Set.prototype.isSubsetOf ( other ) — https://tc39.es/ecma262/#sec-set.prototype.issubsetof */
const isSubsetOf = setMethod('isSubsetOf', (_agent, O, other) =>
  O.size > other.size ? { work: null, result: false } : new ValuesWalk(IS_SUBSET_OF, O, other, null),
);

/** Set.prototype.isSupersetOf ( other ) — https://tc39.es/ecma262/#sec-set.prototype.issupersetof */
const isSupersetOf = setMethod('isSupersetOf', (_agent, O, other) =>
  O.size < other.size ? { work: null, result: false } : new KeysWalk(IS_SUPERSET_OF, O, other, null),
);

/** Set.prototype.symmetricDifference ( other ) — https://tc39.es/ecma262/#sec-set.prototype.symmetricdifference */
const symmetricDifference = setMethod(
  'symmetricDifference',
  (_agent, O, other) => new KeysWalk(SYMMETRIC_DIFFERENCE, O, other, null),
);

/** Set.prototype.union ( other ) — https://tc39.es/ecma262/#sec-set.prototype.union */
const union = setMethod('union', (_agent, O, other) => new KeysWalk(UNION, O, other, null));

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

/** get Set.prototype.size — https://tc39.es/ecma262/#sec-get-set.prototype.size */
function get_Set_prototype_size(callee: Builtin, thisValue: Value): Value {
  return thisSet(callee.realm.agent, thisValue, 'size').size;
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
      difference,
      method('entries', 0, Set_prototype_entries),
      workingMethod('forEach', 1, Set_prototype_forEach),
      method('has', 1, Set_prototype_has),
      intersection,
      isDisjointFrom,
      isSubsetOf,
      isSupersetOf,
      getter('size', get_Set_prototype_size),
      symmetricDifference,
      union,
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
