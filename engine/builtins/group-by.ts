// GroupBy ( items, callback, keyCoercion ) — https://tc39.es/ecma262/#sec-groupby
import type { Agent } from '../runtime/agent.ts';
import { IsCallable } from '../runtime/call.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { throwTypeError } from '../runtime/errors.ts';
import { GuestCall } from '../runtime/guest-work.ts';
import type { FunctionObject } from '../runtime/objects/function.ts';
import { RequireObjectCoercible } from '../runtime/operations/testing-and-comparison.ts';
import { ToPropertyKey } from '../runtime/operations/type-conversion.ts';
import { OrderedTable } from '../runtime/ordered-table.ts';
import type { PropertyKey } from '../runtime/property-key.ts';
import type { Value } from '../runtime/value.ts';
import { IterableWalk } from './iterable-walk.ts';

/** The key of a group as `key` has made it, and its elements. */
export type Group = readonly [key: PropertyKey | Value, elements: Value[]];

export abstract class GroupBy extends IterableWalk {
  /** In order of first appearance. */
  private readonly groups: Group[];
  private readonly indices: OrderedTable;
  private readonly callback: FunctionObject;
  private value: Value;

  constructor(agent: Agent, items: Value, callback: Value) {
    RequireObjectCoercible(agent, items, 'groupBy');
    if (!IsCallable(callback)) throwTypeError(agent, `${describeForMessage(callback)} is not a function`);
    super(items);
    this.groups = [];
    this.indices = new OrderedTable();
    this.callback = callback;
    this.value = undefined;
  }

  /** The result of the function. */
  protected abstract resultOf(agent: Agent, groups: readonly Group[]): Value;

  /** The key of a group, by what the callback gave: as Maps compare keys. */
  protected key(_agent: Agent, value: Value): PropertyKey | Value {
    return value === 0 ? 0 : value;
  }

  protected override take(_agent: Agent, value: Value): GuestCall {
    this.value = value;
    return new GuestCall(this.callback, undefined, [value, this.counter]);
  }

  protected override called(agent: Agent, given: Value): boolean {
    const { groups, indices, value } = this;
    const key = this.key(agent, given);
    agent.chargeBytes(16);
    const index = indices.get(key);
    if (index === undefined) {
      agent.chargeBytes(96);
      indices.set(key, groups.length);
      groups.push([key, [value]]);
    } else groups[index as number][1].push(value);
    return true;
  }

  protected override end(agent: Agent): void {
    this.result = this.resultOf(agent, this.groups);
  }
}

/** The same with property keys. */
export abstract class GroupByProperty extends GroupBy {
  protected override key(agent: Agent, value: Value): PropertyKey {
    return ToPropertyKey(agent, value);
  }
}
