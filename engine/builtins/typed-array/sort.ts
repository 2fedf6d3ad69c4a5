// %TypedArray%.prototype.sort and toSorted. Without comparator the host sorts: its order of Numbers is the
// specification's (-0 before +0, NaN last). Long arrays are sorted in runs that are merged here, so that a limit can
// stop the work.
import { decodeFloat16, encodeFloat16 } from '../../base/float16.ts';
import type { Agent } from '../../runtime/agent.ts';
import { appendToList } from '../../runtime/list.ts';
import type { HostBuffer } from '../../runtime/objects/array-buffer.ts';
import type { BuiltinFunction, FunctionObject } from '../../runtime/objects/function.ts';
import type { PendingWork } from '../../runtime/objects/object.ts';
import type { HostView, TypedArrayObject } from '../../runtime/objects/typed-array.ts';
import { createArrayBuffer } from '../../runtime/operations/array-buffer.ts';
import { createTypedArray, ValidateTypedArray } from '../../runtime/operations/typed-array.ts';
import type { Value } from '../../runtime/value.ts';
import { requireComparator } from '../array/operations.ts';
import { ComparatorSort } from '../array/sort.ts';
import { type Row, workingMethod } from '../define.ts';
import { copyElements } from './elements.ts';

type Builtin = BuiltinFunction<undefined>;

/** Elements that the host sorts in one go. */
const RUN = 1 << 18;
/** Elements of a merge per charge. */
const CHUNK_ELEMENTS = 4096;

/** %TypedArray%.prototype.sort ( comparator ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.sort */
function TypedArray_prototype_sort(callee: Builtin, thisValue: Value, args: readonly Value[]): PendingWork {
  const { agent } = callee.realm;
  const comparator = requireComparator(agent, args[0]);
  const obj = ValidateTypedArray(agent, thisValue, 'write');
  if (comparator !== undefined) return new SortTo(agent, elementList(agent, obj), comparator, obj);
  sortNumerically(agent, obj);
  return { work: null, result: obj };
}

/** %TypedArray%.prototype.toSorted ( comparator ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.tosorted */
function TypedArray_prototype_toSorted(
  callee: Builtin,
  thisValue: Value,
  args: readonly Value[],
): PendingWork {
  const { agent } = callee.realm;
  const comparator = requireComparator(agent, args[0]);
  const O = ValidateTypedArray(agent, thisValue);
  const len = O.length(agent);
  const A = createTypedArray(agent, O.type, len);
  if (comparator !== undefined) return new SortTo(agent, elementList(agent, O), comparator, A);
  copyElements(agent, A, 0, O, 0, len);
  sortNumerically(agent, A);
  return { work: null, result: A };
}

/** Stores the sorted elements in a typed array, which is the result. */
class SortTo extends ComparatorSort {
  private readonly target: TypedArrayObject;

  constructor(agent: Agent, items: readonly Value[], comparator: FunctionObject, target: TypedArrayObject) {
    super(agent, items, comparator);
    this.target = target;
  }

  protected override store(agent: Agent, sortedList: Value[]): Value {
    storeList(agent, this.target, sortedList);
    return this.target;
  }
}

/** The elements as a list. */
function elementList(agent: Agent, O: TypedArrayObject): Value[] {
  const items: Value[] = [];
  const length = O.length(agent);
  for (let k = 0; k < length; k++) {
    agent.chargeFuel(1);
    appendToList(agent, items, O.getElement(agent, k));
  }
  return items;
}

/** Stores a sorted list; what the comparator took away stays away. */
function storeList(agent: Agent, O: TypedArrayObject, sortedList: readonly Value[]): void {
  agent.chargeFuel(sortedList.length >> 3);
  for (let j = 0; j < sortedList.length; j++) O.storeNumeric(agent, j, sortedList[j] as number | bigint);
}

/** Sorts by CompareTypedArrayElements without comparator — https://tc39.es/ecma262/#sec-comparetypedarrayelements */
function sortNumerically(agent: Agent, O: TypedArrayObject): void {
  const view = O.elements(agent);
  if (!O.type.isFloat16) {
    sortView(agent, view);
    return;
  }
  // Bits do not sort as the numbers they stand for.
  const { length } = view;
  const numbers = new Float32Array(createArrayBuffer(agent, length * 4).data as HostBuffer, 0, length);
  agent.chargeFuel(length >> 2);
  for (let i = 0; i < length; i++) numbers[i] = decodeFloat16(view[i] as number);
  sortView(agent, numbers);
  for (let i = 0; i < length; i++) view[i] = encodeFloat16(numbers[i]);
}

/** Sorts a host view whose elements are the values. */
function sortView(agent: Agent, view: HostView): void {
  const { length } = view;
  for (let start = 0; start < length; start += RUN) {
    const size = Math.min(RUN, length - start);
    agent.chargeFuel(Math.ceil((size * Math.ceil(Math.log2(size + 1))) / 8));
    if (size === length) view.sort();
    else (view.subarray(start, start + size) as HostView).sort();
  }
  if (length > RUN) mergeRuns(agent, view);
}

/** Merges sorted runs of RUN elements, bottom up. */
function mergeRuns(agent: Agent, view: HostView): void {
  const { length } = view;
  const HostConstructor = view.constructor as new (
    buffer: HostBuffer,
    offset: number,
    length: number,
  ) => HostView;
  const spare = createArrayBuffer(agent, length * view.BYTES_PER_ELEMENT).data as HostBuffer;
  let from = view;
  let to = new HostConstructor(spare, 0, length);
  for (let width = RUN; width < length; width *= 2) {
    for (let low = 0; low < length; low += 2 * width) {
      merge(agent, from, to, low, Math.min(low + width, length), Math.min(low + 2 * width, length));
    }
    [from, to] = [to, from];
  }
  if (from !== view) (view as unknown as { set(source: HostView): void }).set(from);
}

function merge(agent: Agent, from: HostView, to: HostView, low: number, middle: number, high: number): void {
  let i = low;
  let j = middle;
  for (let k = low; k < high; k++) {
    if (k % CHUNK_ELEMENTS === 0) agent.chargeFuel(CHUNK_ELEMENTS >> 2);
    if (i < middle && (j >= high || isInOrder(from[i], from[j]))) to[k] = from[i++];
    else to[k] = from[j++];
  }
}

/** The first element does not belong behind the second. */
function isInOrder(x: number | bigint, y: number | bigint): boolean {
  if (x < y) return true;
  if (x > y) return false;
  // Equal, or one of them NaN.
  if (x !== x) return y !== y;
  return y !== y || !Object.is(y, -0) || Object.is(x, -0);
}

export const typedArraySortRows: readonly Row[] = [
  workingMethod('sort', 1, TypedArray_prototype_sort),
  workingMethod('toSorted', 1, TypedArray_prototype_toSorted),
];
