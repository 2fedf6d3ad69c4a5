// Map.prototype.forEach and Set.prototype.forEach, as an algorithm whose state lies in a record between the calls.
import type { Agent } from '../runtime/agent.ts';
import { GuestAlgorithm, GuestCall, type GuestStep } from '../runtime/guest-work.ts';
import type { FunctionObject } from '../runtime/objects/function.ts';
import { type OrderedTable, TableCursor } from '../runtime/ordered-table.ts';
import type { Value } from '../runtime/value.ts';

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
