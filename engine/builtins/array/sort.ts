// SortIndexedProperties and the stable merge sort behind Array.prototype.sort and toSorted. The sort keeps its
// state in arrays and calls the comparator like any guest function.
import type { Agent } from '../../runtime/agent.ts';
import { Call2 } from '../../runtime/call.ts';
import { appendToList } from '../../runtime/list.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { getIndex } from '../../runtime/operations/object-operations.ts';
import { ToNumber, ToString } from '../../runtime/operations/type-conversion.ts';
import { chargeScan } from '../../runtime/string-work.ts';
import type { Value } from '../../runtime/value.ts';
import { hasIndex } from './operations.ts';
import { SparseIndices } from './sparse-indices.ts';

/** SortIndexedProperties ( obj, len, SortCompare, holes ) — https://tc39.es/ecma262/#sec-sortindexedproperties */
export function SortIndexedProperties(
  agent: Agent,
  obj: JSObject,
  len: number,
  comparator: Value,
  holes: 'skip-holes' | 'read-through-holes',
): Value[] {
  const items: Value[] = [];
  const sparse = new SparseIndices(agent, obj);
  for (let k = 0; k < len; ) {
    agent.chargeFuel(1);
    if (holes === 'read-through-holes' || hasIndex(agent, obj, k)) {
      appendToList(agent, items, getIndex(agent, obj, k));
      k++;
    } else k = sparse.after(k);
  }
  return comparator === undefined ? sortByString(agent, items) : sortByComparator(agent, items, comparator);
}

/** CompareArrayElements without comparator: undefined last, others by their string — https://tc39.es/ecma262/#sec-comparearrayelements */
function sortByString(agent: Agent, items: Value[]): Value[] {
  const order: number[] = [];
  for (let i = 0; i < items.length; i++) if (items[i] !== undefined) order.push(i);
  const undefinedCount = items.length - order.length;
  // The specification converts at each comparison; one conversion each is what engines do. A lone element is not compared.
  const strings: string[] = [];
  if (order.length > 1) {
    agent.chargeFuel(order.length);
    for (const i of order) strings[i] = ToString(agent, items[i]);
  }
  const sorted = mergeSort(agent, order, (a, b) => {
    chargeScan(agent, Math.min(strings[a].length, strings[b].length));
    return strings[a] <= strings[b] ? 0 : 1;
  });
  const result = sorted.map((i) => items[i]);
  for (let i = 0; i < undefinedCount; i++) result.push(undefined);
  return result;
}

/** The items in the order of CompareArrayElements with comparator — https://tc39.es/ecma262/#sec-comparearrayelements */
export function sortByComparator(agent: Agent, items: Value[], comparator: Value): Value[] {
  const defined: Value[] = [];
  for (const item of items) if (item !== undefined) defined.push(item);
  const undefinedCount = items.length - defined.length;
  const result = mergeSort(agent, defined, (a, b) => {
    const v = ToNumber(agent, Call2(agent, comparator, undefined, a, b));
    return v > 0 ? 1 : 0;
  });
  for (let i = 0; i < undefinedCount; i++) result.push(undefined);
  return result;
}

/** Stable bottom-up merge sort; `isGreater` gives 1 if its first argument belongs behind the second. */
function mergeSort<T>(agent: Agent, items: T[], isGreater: (a: T, b: T) => number): T[] {
  const length = items.length;
  agent.chargeBytes(length * 16);
  let from = items.slice();
  let to = items.slice();
  insertionSortRuns(agent, from, isGreater);
  for (let width = RUN; width < length; width *= 2) {
    for (let low = 0; low < length; low += 2 * width) {
      const middle = Math.min(low + width, length);
      const high = Math.min(low + 2 * width, length);
      agent.chargeFuel(high - low);
      let i = low;
      let j = middle;
      for (let k = low; k < high; k++) {
        if (i < middle && (j >= high || isGreater(from[i], from[j]) === 0)) to[k] = from[i++];
        else to[k] = from[j++];
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

const RUN = 8;

function insertionSortRuns<T>(agent: Agent, items: T[], isGreater: (a: T, b: T) => number): void {
  for (let low = 0; low < items.length; low += RUN) {
    agent.chargeFuel(RUN);
    const high = Math.min(low + RUN, items.length);
    for (let i = low + 1; i < high; i++) {
      const item = items[i];
      let j = i - 1;
      while (j >= low && isGreater(items[j], item) === 1) {
        items[j + 1] = items[j];
        j--;
      }
      items[j + 1] = item;
    }
  }
}
