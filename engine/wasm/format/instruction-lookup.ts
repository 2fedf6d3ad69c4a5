// Lookups into the instruction table: by opcode for the reader, by name for the text parser.

import { type ImmediatePart, immediateKinds, instructionRows } from './instructions.ts';

const PREFIX_SHIFT = 12;

/** Instructions by their one-byte opcode; -1 where there is none. */
export const opsOfBytes = new Int16Array(256).fill(-1);
const prefixed = new Map<number, Int16Array>();
const byName = new Map<string, number[]>();

instructionRows.forEach((row, op) => {
  if (row.code < 256) opsOfBytes[row.code] = op;
  else {
    const prefix = row.code >> PREFIX_SHIFT;
    const numbers = prefixed.get(prefix) ?? new Int16Array(512).fill(-1);
    prefixed.set(prefix, numbers);
    numbers[row.code & ((1 << PREFIX_SHIFT) - 1)] = op;
  }
  byName.set(row.name, [...(byName.get(row.name) ?? []), op]);
});

/** The instruction of a one-byte opcode, or -1. */
export function opOfByte(byte: number): number {
  return opsOfBytes[byte] as number;
}

/** Instructions behind a prefix byte by their number, or undefined if the byte is no prefix. */
export function opsOfPrefix(prefix: number): Int16Array | undefined {
  return prefixed.get(prefix);
}

/** The instructions of a name of the text format, in the order of the table; undefined if there is none. */
export function opsOfName(name: string): readonly number[] | undefined {
  return byName.get(name);
}

/** What stands behind each instruction, by number. */
export const partsOf: readonly (readonly ImmediatePart[])[] = instructionRows.map(
  (row) => immediateKinds[row.immediates],
);

const VARIABLE_PARTS: ReadonlySet<ImmediatePart> = new Set(['brTable', 'selectTypes', 'tryTable']);
const NO_WORDS = new Int32Array(0);

/** How an opcode is written in messages: its bytes in hexadecimal. */
export function opcodeText(code: number): string {
  const hex = (n: number): string => n.toString(16).padStart(2, '0');
  return code < 256 ? hex(code) : `${hex(code >> PREFIX_SHIFT)} ${hex(code & ((1 << PREFIX_SHIFT) - 1))}`;
}

/** Words of immediates that are always as many, by number of the instruction; -1 if they are not. */
export const fixedLengths = Int8Array.from(partsOf, (parts) =>
  parts.some((part) => VARIABLE_PARTS.has(part))
    ? -1
    : parts.reduce((sum, part) => sum + partLength(part, NO_WORDS, 0), 0),
);

/** Words of the immediates of the instruction at `words[at]`, without its own. */
export function immediateLength(words: Int32Array, at: number): number {
  const op = words[at] as number;
  const length = fixedLengths[op] as number;
  if (length >= 0) return length;
  let end = at + 1;
  for (const part of partsOf[op] as readonly ImmediatePart[]) end += partLength(part, words, end);
  return end - at - 1;
}

function partLength(part: ImmediatePart, words: Int32Array, at: number): number {
  switch (part) {
    case 'block':
    case 'i64':
    case 'f64':
      return 2;
    case 'brCast':
      return 3;
    case 'memarg':
    case 'v128':
    case 'shuffle':
      return 4;
    case 'brTable':
      return 2 + (words[at] as number);
    case 'selectTypes':
      return 1 + (words[at] as number);
    case 'tryTable':
      return 3 + 3 * (words[at + 2] as number);
    default:
      return 1;
  }
}
