import { expect, test } from 'vitest';
import { NUMBER_FLOAT, NUMBER_INT, NUMBER_NAT, NUMBER_NONE, numberKind } from './number-syntax.ts';

const kinds: readonly (readonly [kind: number, words: readonly string[]])[] = [
  [NUMBER_NAT, ['0', '12_345', '0xAb_c', '007']],
  [NUMBER_INT, ['+1', '-0x1f', '-0']],
  [
    NUMBER_FLOAT,
    [
      '1.',
      '1.5',
      '-1.5e3',
      '1e+9',
      '0x1.8p-3',
      '0x1p0',
      'inf',
      '-nan',
      'nan:0x1_0',
      '0x.8'.replace('.', '0.'),
    ],
  ],
  [
    NUMBER_NONE,
    [
      '',
      '+',
      '0x',
      '1_',
      '_1',
      '1__0',
      '1.e',
      '1e',
      '1e+',
      '0x1e+',
      '0x1p',
      'nan:1',
      'nan:0x',
      '.5',
      '1._5',
      'infinity',
      '--1',
    ],
  ],
];
for (const [kind, words] of kinds)
  for (const word of words) test(`'${word}' is of kind ${kind}`, () => expect(numberKind(word)).toBe(kind));

test('a literal may be as long as it likes', () => {
  expect(numberKind('1'.repeat(5_000_000))).toBe(NUMBER_NAT);
  expect(numberKind('1_'.repeat(5_000_000))).toBe(NUMBER_NONE);
});
