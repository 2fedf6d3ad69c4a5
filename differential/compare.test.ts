import { describe, expect, test } from 'vitest';
import {
  type DifferenceKind,
  differenceKey,
  differenceOf,
  isUnfinished,
  type Observation,
} from './compare.ts';

const BASE: Observation = {
  completion: 'normal',
  value: '1',
  output: ['a', 'b'],
  unhandledRejections: [],
  fuel: 100,
};

function pair(left: Partial<Observation>, right: Partial<Observation>): Map<string, Observation> {
  return new Map([
    ['left', { ...BASE, ...left }],
    ['right', { ...BASE, ...right }],
  ]);
}

const STACK = 'TypeError: t\n    at f (x.js:1:2)\n    at x.js:3:4';
const OVERFLOW = 'RangeError: Maximum call stack size exceeded';

type Row = readonly [
  name: string,
  left: Partial<Observation>,
  right: Partial<Observation>,
  kind: DifferenceKind | null,
  leftText?: string,
  rightText?: string,
];

describe('differences', () => {
  const rows: readonly Row[] = [
    ['nothing', {}, { fuel: 7 }, null],
    ['a host exception', {}, { completion: 'host-error', value: 'x' }, 'crash', 'normal: 1', 'host-error: x'],
    ['a host exception on both', { completion: 'host-error' }, { completion: 'host-error' }, 'crash'],
    ['a dead process', { completion: 'died', value: 'exit 3' }, {}, 'crash', 'died: exit 3', 'normal: 1'],
    ['a time-out of one', { completion: 'timeout' }, {}, 'crash'],
    ['a time-out of both', { completion: 'timeout' }, { completion: 'timeout' }, null],
    ['the completion', { completion: 'throw' }, {}, 'completion', 'throw: 1', 'normal: 1'],
    ['the value', { value: '-0' }, { value: '0' }, 'value', '-0', '0'],
    ['a line', { output: ['a', 'c'] }, {}, 'output', 'line 2: c', 'line 2: b'],
    ['a missing line', { output: ['a'] }, {}, 'output', 'no line 2', 'line 2: b'],
    ['rejections', { unhandledRejections: ['1'] }, {}, 'rejections', '1', 'no line 1'],
    ['value before output', { value: 'x', output: [] }, {}, 'value'],
    ['positions', { value: STACK }, { value: STACK.replace('1:2', '1:3') }, 'stack'],
    ['a frame', { output: [STACK] }, { output: [STACK.replace(/\n.*f .*/, '')] }, 'stack'],
    ['a message', { value: STACK }, { value: STACK.replace('t\n', 'u\n') }, 'value'],
    ['output before a stack', { value: STACK, output: [] }, { value: 'TypeError: t' }, 'output'],
    ['limits alike', { completion: 'limit', value: 'fuel' }, { completion: 'limit', value: 'fuel' }, null],
    [
      'output before a limit',
      { completion: 'limit', value: 'fuel', output: ['a', 'c', 'd'] },
      { completion: 'limit', value: 'fuel' },
      'output',
    ],
    ['a limit that the other was near', { completion: 'limit', value: 'fuel' }, { fuel: 50 }, null],
    [
      'a limit that the other was far from',
      { completion: 'limit', value: 'fuel' },
      { fuel: 5 },
      'completion',
    ],
    ['nesting', { output: ['a', OVERFLOW] }, { output: ['a', 'deeper', 'still'], value: '2' }, null],
    ['output before nesting ends', { output: ['x', OVERFLOW] }, {}, 'output'],
    ['nesting that ends the program', { completion: 'throw', value: OVERFLOW, output: ['a'] }, {}, null],
  ];
  test.each(rows.map((row) => [row[0], row] as const))('%s', (_name, row) => {
    const [, left, right, kind, leftText, rightText] = row;
    const difference = differenceOf(pair(left, right));
    expect(difference?.kind ?? null).toBe(kind);
    if (leftText !== undefined) expect(difference?.leftText).toBe(leftText);
    if (rightText !== undefined) expect(difference?.rightText).toBe(rightText);
  });

  test('the gravest of several tiers is the one that counts', () => {
    const observations = pair({}, { output: [] }).set('third', { ...BASE, completion: 'throw' });
    const difference = differenceOf(observations);
    expect(difference).toMatchObject({ kind: 'completion', leftTier: 'left', rightTier: 'third' });
    expect(difference && differenceKey(difference)).toBe('completion normal/throw');
  });

  test('an input that no tier brought to its end is not compared', () => {
    expect(isUnfinished(pair({ completion: 'timeout' }, { completion: 'timeout' }))).toBe(true);
    expect(isUnfinished(pair({ completion: 'timeout' }, {}))).toBe(false);
  });
});
