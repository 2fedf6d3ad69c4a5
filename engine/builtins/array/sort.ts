// Array.prototype.sort and toSorted: SortIndexedProperties, and sorting by a comparator as an algorithm whose state lies in a record between the calls.
import type { Agent } from '../../runtime/agent.ts';
import { GuestAlgorithm, GuestCall, type GuestStep } from '../../runtime/guest-work.ts';
import { appendToList } from '../../runtime/list.ts';
import { createArrayFrom } from '../../runtime/objects/array.ts';
import type { BuiltinFunction, FunctionObject } from '../../runtime/objects/function.ts';
import type { JSObject, PendingWork } from '../../runtime/objects/object.ts';
import {
  DeletePropertyOrThrow,
  getIndex,
  LengthOfArrayLike,
} from '../../runtime/operations/object-operations.ts';
import { ToNumber, ToObject, ToString } from '../../runtime/operations/type-conversion.ts';
import { keyFromNumber } from '../../runtime/property-key.ts';
import { chargeScan } from '../../runtime/string-work.ts';
import type { Value } from '../../runtime/value.ts';
import { type Row, workingMethod } from '../define.ts';
import { MergeSort } from './merge-sort.ts';
import { hasIndex, requireArrayLength, requireComparator, setIndex } from './operations.ts';
import { SparseIndices } from './sparse-indices.ts';

type Builtin = BuiltinFunction<undefined>;

/** The items of SortIndexedProperties ( obj, len, SortCompare, holes ) — https://tc39.es/ecma262/#sec-sortindexedproperties */
function itemsToSort(
  agent: Agent,
  obj: JSObject,
  len: number,
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
  return items;
}

/** CompareArrayElements without comparator: undefined last, others by their string — https://tc39.es/ecma262/#sec-comparearrayelements */
function sortByString(agent: Agent, items: readonly Value[]): Value[] {
  const order: number[] = [];
  for (let i = 0; i < items.length; i++) if (items[i] !== undefined) order.push(i);
  // The specification converts at each comparison; one conversion each is what engines do. A lone element is not compared.
  const strings: string[] = [];
  if (order.length > 1) {
    agent.chargeFuel(order.length);
    for (const i of order) strings[i] = ToString(agent, items[i]);
  }
  const sort = new MergeSort(agent, order);
  while (sort.next(agent)) {
    const left = strings[sort.left];
    const right = strings[sort.right];
    chargeScan(agent, Math.min(left.length, right.length));
    sort.take(left > right);
  }
  const result = sort.sorted.map((i) => items[i]);
  appendUndefined(result, items.length - order.length);
  return result;
}

function appendUndefined(list: Value[], count: number): void {
  for (let i = 0; i < count; i++) list.push(undefined);
}

/** The order of CompareArrayElements with comparator — https://tc39.es/ecma262/#sec-comparearrayelements */
export abstract class ComparatorSort extends GuestAlgorithm {
  private readonly sort: MergeSort<Value>;
  private readonly undefinedCount: number;
  private readonly call: GuestCall;

  constructor(agent: Agent, items: readonly Value[], comparator: FunctionObject) {
    super();
    const defined: Value[] = [];
    for (const item of items) if (item !== undefined) defined.push(item);
    this.sort = new MergeSort(agent, defined);
    this.undefinedCount = items.length - defined.length;
    this.call = new GuestCall(comparator, undefined, []);
  }

  /** What becomes of the sorted list: the result of the function. */
  protected abstract store(agent: Agent, sortedList: Value[]): Value;

  override begin(agent: Agent): GuestStep | null {
    const { sort, call } = this;
    if (sort.next(agent)) {
      call.args = [sort.left, sort.right];
      return call;
    }
    const { sorted } = sort;
    appendUndefined(sorted, this.undefinedCount);
    this.result = this.store(agent, sorted);
    return null;
  }

  override returned(agent: Agent, value: Value): GuestStep | null {
    this.sort.take(ToNumber(agent, value) > 0);
    return this.begin(agent);
  }
}

/** Array.prototype.sort ( comparator ) — https://tc39.es/ecma262/#sec-array.prototype.sort */
function Array_prototype_sort(callee: Builtin, thisValue: Value, args: readonly Value[]): PendingWork {
  const agent = callee.realm.agent;
  const comparator = requireComparator(agent, args[0]);
  const obj = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, obj);
  const items = itemsToSort(agent, obj, len, 'skip-holes');
  if (comparator !== undefined) return new SortInPlace(agent, items, comparator, obj, len);
  storeSorted(agent, obj, len, sortByString(agent, items));
  return { work: null, result: obj };
}

class SortInPlace extends ComparatorSort {
  private readonly obj: JSObject;
  private readonly len: number;

  constructor(agent: Agent, items: readonly Value[], comparator: FunctionObject, obj: JSObject, len: number) {
    super(agent, items, comparator);
    this.obj = obj;
    this.len = len;
  }

  protected override store(agent: Agent, sortedList: Value[]): Value {
    storeSorted(agent, this.obj, this.len, sortedList);
    return this.obj;
  }
}

/** The sorted elements, and then holes. */
function storeSorted(agent: Agent, obj: JSObject, len: number, sortedList: readonly Value[]): void {
  const itemCount = sortedList.length;
  for (let j = 0; j < itemCount; j++) {
    agent.chargeFuel(1);
    setIndex(agent, obj, j, sortedList[j]);
  }
  const holes = new SparseIndices(agent, obj);
  for (let j = itemCount; j < len; ) {
    agent.chargeFuel(1);
    if (hasIndex(agent, obj, j)) {
      DeletePropertyOrThrow(agent, obj, keyFromNumber(j));
      j++;
    } else j = holes.after(j);
  }
}

/** Array.prototype.toSorted ( comparator ) — https://tc39.es/ecma262/#sec-array.prototype.tosorted */
function Array_prototype_toSorted(callee: Builtin, thisValue: Value, args: readonly Value[]): PendingWork {
  const agent = callee.realm.agent;
  const comparator = requireComparator(agent, args[0]);
  const O = ToObject(agent, thisValue);
  const len = LengthOfArrayLike(agent, O);
  requireArrayLength(agent, len);
  const items = itemsToSort(agent, O, len, 'read-through-holes');
  if (comparator !== undefined) return new SortToArray(agent, items, comparator);
  return { work: null, result: createArrayFrom(agent, sortByString(agent, items)) };
}

class SortToArray extends ComparatorSort {
  protected override store(agent: Agent, sortedList: Value[]): Value {
    return createArrayFrom(agent, sortedList);
  }
}

export const arraySortRows: readonly Row[] = [
  workingMethod('sort', 1, Array_prototype_sort),
  workingMethod('toSorted', 1, Array_prototype_toSorted),
];
