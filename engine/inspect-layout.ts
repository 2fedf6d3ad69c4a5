// The part of the inspector that knows nothing of values: quoting, colours, the width of text on a terminal, and how
// printed entries are laid out on lines. The rules are those of Node's util.inspect, so that its users feel at home.

/** What a piece of output is, which decides its colour. */
export type Style =
  | 'bigint'
  | 'boolean'
  | 'date'
  | 'module'
  | 'name'
  | 'null'
  | 'number'
  | 'regexp'
  | 'special'
  | 'string'
  | 'symbol'
  | 'undefined';

/** SGR parameters that switch a style on and off; names are not coloured. */
const STYLE_CODES: Readonly<Record<Style, readonly [on: number, off: number] | null>> = {
  bigint: [33, 39],
  boolean: [33, 39],
  date: [35, 39],
  module: [4, 24],
  name: null,
  null: [1, 22],
  number: [33, 39],
  regexp: [31, 39],
  special: [36, 39],
  string: [32, 39],
  symbol: [32, 39],
  undefined: [90, 39],
};

/** `text` in the colour of `style`. */
export function colored(text: string, style: Style): string {
  const codes = STYLE_CODES[style];
  return codes === null ? text : `\u001b[${codes[0]}m${text}\u001b[${codes[1]}m`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal sequences begin with ESC
const SGR_SEQUENCE = /\u001b\[[0-9;]*m/g;

function withoutColors(text: string): string {
  return text.includes('\u001b') ? text.replace(SGR_SEQUENCE, '') : text;
}

// ------------------------------------------------------------------ quoting

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '\\': '\\\\',
};

// Control characters and, in a Unicode pattern, surrogates that are not part of a pair.
const NEEDS_ESCAPE = /[\p{Cc}\p{Cs}'\\]/gu;

/** A string literal, in the kind of quotes that needs the fewest escapes. */
export function quoted(text: string): string {
  let quote = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) quote = '"';
    else if (!text.includes('`') && !text.includes('${')) quote = '`';
  }
  return quote + escaped(text, quote) + quote;
}

/** Escapes control characters, backslashes, lone surrogates, and `'` when that is the quote. */
export function escaped(text: string, quote = ''): string {
  return text.replace(NEEDS_ESCAPE, (c) => {
    if (c === "'") return quote === "'" ? "\\'" : c;
    const named = NAMED_ESCAPES[c];
    if (named !== undefined) return named;
    const code = c.charCodeAt(0);
    if (code < 0x100) return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
    return `\\u${code.toString(16)}`;
  });
}

// ------------------------------------------------------------------ width

/** Code points that take no column: marks that combine with what is before them, joiners, variation selectors. */
const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

/** Ranges that take two columns: East Asian wide and full-width forms, and emoji. */
const WIDE_RANGES: readonly (readonly [from: number, to: number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x23e9, 0x23ec],
  [0x2e80, 0x303e],
  [0x3041, 0x3247],
  [0x3250, 0x4dbf],
  [0x4e00, 0xa4c6],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18aff],
  [0x1b000, 0x1b2fb],
  [0x1f004, 0x1f004],
  [0x1f18e, 0x1f18e],
  [0x1f191, 0x1f19a],
  [0x1f200, 0x1f320],
  [0x1f32d, 0x1f335],
  [0x1f337, 0x1f37c],
  [0x1f37e, 0x1f393],
  [0x1f3a0, 0x1f3ca],
  [0x1f3cf, 0x1f3d3],
  [0x1f3e0, 0x1f3f0],
  [0x1f3f8, 0x1f43e],
  [0x1f440, 0x1f4fc],
  [0x1f4ff, 0x1f53d],
  [0x1f54b, 0x1f567],
  [0x1f5fb, 0x1f64f],
  [0x1f680, 0x1f6c5],
  [0x1f6d0, 0x1f6df],
  [0x1f6eb, 0x1f6fc],
  [0x1f7e0, 0x1f7f0],
  [0x1f90c, 0x1f9ff],
  [0x1fa70, 0x1faff],
  [0x20000, 0x3fffd],
];

/** Columns that the text takes on a terminal; colour sequences take none. */
export function displayWidth(text: string): number {
  const plain = withoutColors(text);
  if (/^[\u0020-\u007e]*$/.test(plain)) return plain.length;
  let width = 0;
  for (const character of plain.normalize('NFC')) {
    const code = character.codePointAt(0) as number;
    if (code < 0x20 || (code >= 0x7f && code < 0xa0) || ZERO_WIDTH.test(character)) continue;
    width += code >= 0x1100 && WIDE_RANGES.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
  }
  return width;
}

// ------------------------------------------------------------------ layout

export interface LayoutOptions {
  readonly breakLength: number;
  /** How many inner levels may share a line; 0 puts every entry on a line of its own. */
  readonly compact: number;
  readonly maxArrayLength: number;
}

/** Entries of one object, as printed, with what is around them. */
export interface Entries {
  readonly entries: readonly string[];
  /** What stands before the opening bracket, as a function's or error's text; '' for nothing. */
  readonly base: string;
  readonly open: string;
  readonly close: string;
  /** Entries are elements and may be arranged in columns. */
  readonly isList: boolean;
  /** All elements are numbers, which are aligned to the right. */
  readonly isNumeric: boolean;
  /** The last entry is a note about elements left out. */
  readonly endsWithNote: boolean;
}

/**
 * Joins the entries on one line if they fit and nest at most `compact` levels, else on a line each. `indentation` is
 * the column at which the object's own lines begin; `innerLevels` counts the levels printed inside it.
 */
export function layOut(
  object: Entries,
  options: LayoutOptions,
  indentation: number,
  innerLevels: number,
): string {
  const { base, open, close } = object;
  const before = base === '' ? open : `${base} ${open}`;
  let { entries } = object;
  if (options.compact >= 1) {
    const count = entries.length;
    if (object.isList && count > 6) entries = inColumns(object, options, indentation);
    if (innerLevels < options.compact && entries.length === count) {
      // Ten columns are kept free for a key and the punctuation around.
      const reserved = count + indentation + open.length + base.length + 10;
      if (fitsOnLine(entries, base, reserved, options.breakLength)) {
        const line = entries.join(', ');
        if (!line.includes('\n')) return `${before} ${line} ${close}`;
      }
    }
  }
  const newLine = `\n${' '.repeat(indentation)}`;
  return `${before}${newLine}  ${entries.join(`,${newLine}  `)}${newLine}${close}`;
}

function fitsOnLine(
  entries: readonly string[],
  base: string,
  reserved: number,
  breakLength: number,
): boolean {
  let width = entries.length + reserved;
  for (const entry of entries) {
    if (width > breakLength) return false;
    width += withoutColors(entry).length;
  }
  return width <= breakLength && !base.includes('\n');
}

const COLUMN_GAP = 2;
const MAX_COLUMNS = 15;
const MAX_MEASURED = 4096;
/** A character cell is about two and a half times as high as it is wide. */
const CELL_ASPECT = 2.5;

/** Arranges many short elements as a table of roughly square shape. */
function inColumns(object: Entries, options: LayoutOptions, indentation: number): readonly string[] {
  const { entries } = object;
  const count = object.endsWithNote ? entries.length - 1 : entries.length;
  const widths: number[] = [];
  let total = 0;
  let widest = 0;
  for (let i = 0; i < count; i++) {
    // Longer entries leave no room for columns, whatever they measure.
    const width = entries[i].length > MAX_MEASURED ? entries[i].length : displayWidth(entries[i]);
    widths.push(width);
    total += width + COLUMN_GAP;
    if (width > widest) widest = width;
  }
  const cell = widest + COLUMN_GAP;
  const isWorthwhile = total / cell > 5 || widest <= 6;
  if (cell * 3 + indentation >= options.breakLength || !isWorthwhile) return entries;

  const bias = Math.sqrt(cell - total / entries.length);
  const biasedCell = Math.max(cell - 3 - bias, 1);
  const columns = Math.min(
    Math.round(Math.sqrt(CELL_ASPECT * biasedCell * count) / biasedCell),
    Math.floor((options.breakLength - indentation) / cell),
    options.compact * 4,
    MAX_COLUMNS,
  );
  if (columns <= 1) return entries;

  const columnWidths: number[] = [];
  for (let column = 0; column < columns; column++) {
    let width = 0;
    for (let i = column; i < count; i += columns) if (widths[i] > width) width = widths[i];
    columnWidths.push(width + COLUMN_GAP);
  }
  const lines: string[] = [];
  for (let start = 0; start < count; start += columns) {
    const end = Math.min(start + columns, count);
    let line = '';
    for (let i = start; i < end; i++) {
      const padding = ' '.repeat(columnWidths[i - start] - COLUMN_GAP - widths[i]);
      const separator = i === end - 1 ? '' : ', ';
      if (object.isNumeric) line += padding + entries[i] + separator;
      else line += entries[i] + (separator === '' ? '' : separator + padding);
    }
    lines.push(line);
  }
  if (object.endsWithNote) lines.push(entries[count]);
  return lines;
}
