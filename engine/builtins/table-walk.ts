// What the prototypes of Map, Set and WeakMap do that calls back, as algorithms whose state lies in a record between the calls.
import type { Agent } from '../runtime/agent.ts';
import { GuestAlgorithm, GuestCall, type GuestStep } from '../runtime/guest-work.ts';
import type { FunctionObject } from '../runtime/objects/function.ts';
import { type OrderedTable, TableCursor } from '../runtime/ordered-table.ts';
import type { Value } from '../runtime/value.ts';

/** What an entry of a Map or Set is charged. */
export const TABLE_ENTRY_BYTES = 48;

/** forEach of Map and Set. */
export class TableWalk extends GuestAlgorithm {
  private readonly cursor: TableCursor;
  private readonly hasValues: boolean;
  private readonly collection: Value;
  private readonly call: GuestCall;

  /** A walk over `table` of `collection`, a Map or, without values, a Set, whose entries are value and key alike. */
  constructor(table: OrderedTable, hasValues: boolean, collection: Value, F: FunctionObject, thisArg: Value) {
    super();
    this.cursor = new TableCursor(table);
    this.hasValues = hasValues;
    this.collection = collection;
    this.call = new GuestCall(F, thisArg, []);
  }

  override begin(agent: Agent): GuestStep | null {
    const { cursor, call } = this;
    if (!cursor.advance(agent)) return null;
    agent.chargeFuel(1);
    call.args = [this.hasValues ? cursor.value : cursor.key, cursor.key, this.collection];
    return call;
  }

  override returned(agent: Agent): GuestStep | null {
    return this.begin(agent);
  }
}

/** Computes a value and inserts it: the end of getOrInsertComputed. */
export class Insertion<Key extends Value> extends GuestAlgorithm {
  private readonly table: { set(key: Key, value: Value): unknown };
  private readonly key: Key;
  private readonly callback: FunctionObject;

  constructor(table: { set(key: Key, value: Value): unknown }, key: Key, callback: FunctionObject) {
    super();
    this.table = table;
    this.key = key;
    this.callback = callback;
  }

  override begin(): GuestStep {
    return new GuestCall(this.callback, undefined, [this.key]);
  }

  override returned(agent: Agent, value: Value): null {
    agent.chargeBytes(TABLE_ENTRY_BYTES);
    this.table.set(this.key, value);
    this.result = value;
    return null;
  }
}
