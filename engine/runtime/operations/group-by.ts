// GroupBy ( items, callback, keyCoercion ) — https://tc39.es/ecma262/#sec-groupby
import type { Agent } from '../agent.ts';
import { Call2, IsCallable } from '../call.ts';
import { describeForMessage } from '../describe.ts';
import { throwTypeError } from '../errors.ts';
import { OrderedTable } from '../ordered-table.ts';
import type { PropertyKey } from '../property-key.ts';
import type { Value } from '../value.ts';
import { GetIterator, IteratorCloseAndThrow, IteratorStepValue } from './iterator-operations.ts';
import { RequireObjectCoercible } from './testing-and-comparison.ts';
import { ToPropertyKey } from './type-conversion.ts';

/** The groups in order of first appearance, keyed by canonical property key or, for 'collection', as Maps compare keys. */
export function GroupBy(
  agent: Agent,
  items: Value,
  callback: Value,
  keyCoercion: 'property' | 'collection',
): readonly [key: PropertyKey | Value, elements: Value[]][] {
  RequireObjectCoercible(agent, items, 'groupBy');
  if (!IsCallable(callback)) throwTypeError(agent, `${describeForMessage(callback)} is not a function`);
  const groups: [PropertyKey | Value, Value[]][] = [];
  const indices = new OrderedTable();
  const iteratorRecord = GetIterator(agent, items);
  for (let k = 0; ; k++) {
    agent.chargeFuel(1);
    const value = IteratorStepValue(agent, iteratorRecord);
    if (iteratorRecord.done) return groups;
    let key: PropertyKey | Value;
    try {
      key = Call2(agent, callback, undefined, value, k);
      if (keyCoercion === 'property') key = ToPropertyKey(agent, key);
      else if (key === 0) key = 0;
    } catch (thrown) {
      IteratorCloseAndThrow(agent, iteratorRecord, thrown);
    }
    agent.chargeBytes(16);
    const index = indices.get(key);
    if (index === undefined) {
      agent.chargeBytes(96);
      indices.set(key, groups.length);
      groups.push([key, [value]]);
    } else groups[index as number][1].push(value);
  }
}
