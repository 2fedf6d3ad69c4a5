// console.table: rows and columns of a guest value, drawn with box characters. Reads data properties only.
import { displayWidth, type InspectOptions, inspect, JSObject, tableRows, type Value } from '../engine.ts';

/** The table of `data`, or null for values that have no rows. `columns` is an array of the columns to show. */
export function tableText(data: Value, columns: Value, options: InspectOptions): string | null {
  if (!(data instanceof JSObject)) return null;
  const table = tableRows(data, columns);
  const cellOptions: InspectOptions = {
    ...options,
    maxArrayLength: 3,
    breakLength: Number.POSITIVE_INFINITY,
  };
  const print = (value: Value): string => inspect(value, { ...cellOptions, depth: isWide(value) ? -1 : 0 });
  const lines = table.rows.map(({ index, cells }) => [
    index,
    ...cells.map((cell) => (cell === undefined ? '' : print(cell.value))),
  ]);
  return draw([table.indexTitle, ...table.columns], lines);
}

/** Objects of many properties are only named. */
function isWide(value: Value): boolean {
  return value instanceof JSObject && value.className() !== 'Array' && value.shape.propertyCount > 2;
}

function draw(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = titles.map((title, column) =>
    Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[column] ?? ''))),
  );
  const rule = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right;
  const line = (cells: readonly string[]): string => {
    const padded = widths.map((width, column) => {
      const cell = cells[column] ?? '';
      return ` ${cell}${' '.repeat(width - displayWidth(cell))} `;
    });
    return `│${padded.join('│')}│`;
  };
  return [
    rule('┌', '┬', '┐'),
    line(titles),
    rule('├', '┼', '┤'),
    ...rows.map(line),
    rule('└', '┴', '┘'),
  ].join('\n');
}
