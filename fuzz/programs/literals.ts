// Literals with a preference for the edges, where representations change.
import type { Context, Type } from './context.ts';

const NUMBERS = [
  '0', '1', '2', '3', '4', '5', '7', '10', '255', '0.5', '1.5', '0.1', '2147483647', '2147483648', '4294967295',
  '4294967296', '9007199254740991', '9007199254740993', '1e21', '1e-7', '5e-324', '1.7976931348623157e308', '0x1f',
  '0b101', '1_000', 'NaN', 'Infinity',
]; // biome-ignore format: a table of literals
const SMALL_NUMBERS = ['0', '1', '2', '3', '4', '5'];
const NEGATIVE = ['-0', '-1', '-2', '-0.5', '-2147483648', '-2147483649', '-9007199254740991', '-Infinity'];
const STRINGS = [
  "''",
  "'a'",
  "'b'",
  "'abc'",
  "'0'",
  "'1'",
  "'-0'",
  "'10'",
  "' 12 '",
  "'1e3'",
  "'x'",
  "'length'",
  "'\\u00e9'",
  "'\\ud83d\\ude00'",
  "'A\\nB'",
];
const BIGINTS = [
  '0n',
  '1n',
  '2n',
  '10n',
  '255n',
  '9007199254740993n',
  '18446744073709551616n',
  '0x7fffffffffffffffn',
];

/** Names of properties: few, so that programs meet what they have made. */
export const PROPERTY_NAMES = ['a', 'b', 'c', 'x', 'y'];

/** An integer that is a fair count or index. */
export function smallNumber(c: Context): string {
  return c.choices.pick(SMALL_NUMBERS);
}

/** A literal of that type; negative numbers are in parentheses. */
export function literal(c: Context, type: Type): string {
  const { choices } = c;
  switch (type) {
    case 'number':
      if (choices.chance(55)) return smallNumber(c);
      return choices.chance(25) ? `(${choices.pick(NEGATIVE)})` : choices.pick(NUMBERS);
    case 'string':
      return choices.pick(STRINGS);
    case 'boolean':
      return choices.pick(['true', 'false']);
    case 'bigint':
      return choices.chance(20) ? `(-${choices.pick(BIGINTS)})` : choices.pick(BIGINTS);
    case 'array':
      return choices.pick([
        '[]',
        '[1, 2, 3]',
        '[3, 1, 2]',
        "['b', 'a']",
        '[0, , 2]',
        '[[1], [2, 3]]',
        '[1.5, -0, NaN]',
      ]);
    case 'object':
      return choices.pick([
        '{}',
        '{ a: 1 }',
        "{ a: 1, b: 'x' }",
        '{ x: 0, y: { a: 2 } }',
        '{ b: 2, 1: 1, a: 0 }',
      ]);
    case 'any':
      if (choices.chance(25)) return choices.pick(['undefined', 'null']);
      return literal(c, choices.pick(['number', 'string', 'boolean', 'bigint', 'array', 'object']));
  }
}
