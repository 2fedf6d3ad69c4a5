// The entries that the inspector shows of arrays, collections and their iterators, promises and module namespaces, before
// the properties. `level` is that of the entries; the inspector formats values and knows the options.
import type { MapIteratorObject } from './builtins/map.ts';
import { SetIteratorObject } from './builtins/set.ts';
import type { Style } from './inspect-layout.ts';
import { peekOwnKeys, peekOwnProperty } from './peek.ts';
import type { ArrayObject } from './runtime/objects/array.ts';
import type { ModuleNamespaceObject } from './runtime/objects/module-namespace.ts';
import type { JSObject } from './runtime/objects/object.ts';
import type { PromiseObject } from './runtime/objects/promise.ts';
import { type OrderedTable, TableCursor } from './runtime/ordered-table.ts';
import type { PropertyKey } from './runtime/property-key.ts';
import type { Value } from './runtime/value.ts';

/** How an entry is shown: with its key, as an element, or as a further property of a list. */
export type EntryForm = 'property' | 'element';

/** What the inspector does for these. */
export interface Formatter {
  readonly maxArrayLength: number;
  /** Columns in front of the line being made. */
  indentation: number;
  format(value: Value, level: number): string;
  formatProperty(O: JSObject, key: PropertyKey, level: number, form: EntryForm): string;
  formatKey(key: PropertyKey, isEnumerable: boolean): string;
  joinPair(pair: string[], level: number): string;
  style(text: string, style: Style): string;
}

/** The elements of an array, runs of holes as one entry. */
export function arrayContents(inspector: Formatter, O: ArrayObject, level: number): string[] {
  const entries: string[] = [];
  const { length } = O;
  const limit = Math.min(inspector.maxArrayLength, length);
  let index = 0;
  // The indices that are there; for dense arrays without holes this is 0, 1, 2, …
  for (const present of presentIndices(O, limit)) {
    if (entries.length >= limit) break;
    if (present > index) {
      entries.push(emptyItems(inspector, present - index));
      index = present;
      if (entries.length >= limit) break;
    }
    entries.push(inspector.formatProperty(O, present, level, 'element'));
    index++;
  }
  const rest = length - index;
  if (rest === 0) return entries;
  entries.push(entries.length < limit ? emptyItems(inspector, rest) : moreItems(rest));
  return entries;
}

/** The entries of a Map or Set. */
export function tableContents(
  inspector: Formatter,
  table: OrderedTable,
  kind: 'Map' | 'Set',
  level: number,
): string[] {
  const entries: string[] = [];
  const cursor = new TableCursor(table);
  inspector.indentation += 2;
  while (entries.length < inspector.maxArrayLength && cursor.advance()) {
    const key = inspector.format(cursor.key, level);
    entries.push(kind === 'Set' ? key : `${key} => ${inspector.format(cursor.value, level)}`);
  }
  inspector.indentation -= 2;
  if (table.size > entries.length) entries.push(moreItems(table.size - entries.length));
  return entries;
}

/** What an iterator of a Map or Set has still to give; it is not advanced. */
export function iteratorContents(
  inspector: Formatter,
  O: MapIteratorObject | SetIteratorObject,
  level: number,
): string[] {
  const entries: string[] = [];
  if (O.cursor === null) return entries;
  const cursor = O.cursor.copy();
  const { iterationKind } = O;
  let rest = 0;
  inspector.indentation += 2;
  while (cursor.advance()) {
    if (entries.length >= inspector.maxArrayLength) {
      rest++;
      continue;
    }
    const isSet = O instanceof SetIteratorObject;
    if (iterationKind === 'key+value') {
      const pair = [
        inspector.format(cursor.key, level),
        inspector.format(isSet ? cursor.key : cursor.value, level),
      ];
      entries.push(inspector.joinPair(pair, level));
    } else
      entries.push(inspector.format(iterationKind === 'key' || isSet ? cursor.key : cursor.value, level));
  }
  inspector.indentation -= 2;
  if (rest > 0) entries.push(moreItems(rest));
  return entries;
}

/** The state of a promise, or what it was settled with. */
export function promiseContents(inspector: Formatter, O: PromiseObject, level: number): string[] {
  if (O.promiseState === 'pending') return [inspector.style('<pending>', 'special')];
  inspector.indentation += 2;
  const result = inspector.format(O.promiseResult, level);
  inspector.indentation -= 2;
  return [O.promiseState === 'rejected' ? `${inspector.style('<rejected>', 'special')} ${result}` : result];
}

/** The exports of a module; those in their dead zone are said to be so. */
export function namespaceContents(
  inspector: Formatter,
  O: ModuleNamespaceObject,
  keys: readonly PropertyKey[],
  level: number,
): string[] {
  return keys.map((key) => {
    if (peekOwnProperty(O, key) !== undefined) return inspector.formatProperty(O, key, level, 'property');
    return `${inspector.formatKey(key, true)}: ${inspector.style('<uninitialized>', 'special')}`;
  });
}

function emptyItems(inspector: Formatter, count: number): string {
  return inspector.style(`<${count} empty item${count > 1 ? 's' : ''}>`, 'undefined');
}

/** The note in place of entries that are left out. */
export function moreItems(count: number): string {
  return `... ${count} more item${count > 1 ? 's' : ''}`;
}

/** The first indices that have an element, at most `limit` of them. */
function presentIndices(O: ArrayObject, limit: number): number[] {
  const indices: number[] = [];
  if (O.isDense) {
    for (let i = 0; i < O.length && indices.length < limit; i++) if (i in O.el) indices.push(i);
    return indices;
  }
  for (const key of peekOwnKeys(O)) {
    if (typeof key !== 'number' || indices.length >= limit) break;
    if (peekOwnProperty(O, key)?.enumerable === true) indices.push(key);
  }
  return indices;
}
