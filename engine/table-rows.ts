// The rows and columns that console.table makes of a value, without running guest code.
import { MapObject } from './builtins/map.ts';
import { SetObject } from './builtins/set.ts';
import { peekOwnKeys, peekOwnProperty, peekValue, targetOf } from './peek.ts';
import { ArrayObject } from './runtime/objects/array.ts';
import { JSObject } from './runtime/objects/object.ts';
import { TableCursor } from './runtime/ordered-table.ts';
import type { PropertyKey } from './runtime/property-key.ts';
import type { Value } from './runtime/value.ts';

export interface TableRow {
  readonly index: string;
  /** One per column; undefined where the row has no such property. */
  readonly cells: readonly ({ readonly value: Value } | undefined)[];
}

export interface TableRows {
  readonly indexTitle: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

/** Rows of an object's enumerable properties or a collection's entries; `filter` may be an array of column names. */
export function tableRows(data: JSObject, filter: Value): TableRows {
  const target = targetOf(data) ?? data;
  if (target instanceof MapObject || target instanceof SetObject) return collectionRows(target);
  const chosen = filter instanceof ArrayObject ? elementsOf(filter).map(String) : null;
  const columns: string[] = chosen === null ? [] : [...chosen];
  const known = new Set(columns);
  const entries = enumerableKeys(target).map((key) => ({ key, value: peekValue(target, key) }));
  let hasPrimitives = false;
  for (const { value } of entries) {
    if (!(value instanceof JSObject)) {
      hasPrimitives = true;
      continue;
    }
    if (chosen !== null) continue;
    for (const key of enumerableKeys(value)) {
      const name = String(key);
      if (known.has(name)) continue;
      known.add(name);
      columns.push(name);
    }
  }
  const rows = entries.map(({ key, value }) => {
    const cells = columns.map((column) => cellOf(value, column));
    if (hasPrimitives) cells.push(value instanceof JSObject ? undefined : { value });
    return { index: String(key), cells };
  });
  return { indexTitle: '(index)', columns: hasPrimitives ? [...columns, 'Values'] : columns, rows };
}

function collectionRows(collection: MapObject | SetObject): TableRows {
  const isMap = collection instanceof MapObject;
  const cursor = new TableCursor(isMap ? collection.mapData : collection.setData);
  const rows: TableRow[] = [];
  while (cursor.advance()) {
    const { key, value } = cursor;
    rows.push({ index: String(rows.length), cells: isMap ? [{ value: key }, { value }] : [{ value: key }] });
  }
  return { indexTitle: '(iteration index)', columns: isMap ? ['Key', 'Values'] : ['Values'], rows };
}

function cellOf(row: Value, column: string): { readonly value: Value } | undefined {
  if (!(row instanceof JSObject)) return undefined;
  const key = enumerableKeys(row).find((candidate) => String(candidate) === column);
  return key === undefined ? undefined : { value: peekValue(row, key) };
}

function enumerableKeys(O: JSObject): PropertyKey[] {
  return peekOwnKeys(O).filter(
    (key) => typeof key !== 'symbol' && peekOwnProperty(O, key)?.enumerable === true,
  );
}

function elementsOf(array: ArrayObject): Value[] {
  return enumerableKeys(array).map((key) => peekValue(array, key));
}
