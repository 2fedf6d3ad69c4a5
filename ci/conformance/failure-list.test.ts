import { expect, test } from 'vitest';
import { compareFailures, formatFailureList, parseFailureList } from './failure-list.ts';

const LIST = parseFailureList(
  '# head\na.any.js "one # two" # known\na.wast:3 # known\nb.any.js "x" # other\nb.wast:7 # other\n',
);
const PATHS = ['a.any.js', 'a.wast'];
const failure = (path: string, name: string, message: string) => ({ path, key: path + name, message });

test('a failure that is not listed and a listed pass both differ', () => {
  const failures = [failure('a.wast', ':4', 'got 1'), failure('a.any.js', ' "three"', 'got 1')];
  expect(compareFailures(LIST, failures, PATHS)).toEqual({
    broke: failures,
    fixed: ['a.any.js "one # two"', 'a.wast:3'],
  });
});

test('updating keeps reasons and the entries of other files', () => {
  const failures = [
    failure('a.wast', ':3', 'got 1'),
    failure('a.wast', ':9', 'got 2\nmore'),
    failure('a.any.js', ' "a \\"quoted\\" name"', 'got 3'),
  ];
  expect(formatFailureList(LIST, failures, PATHS)).toBe(
    [
      '# head',
      'a.any.js "a \\"quoted\\" name" # got 3',
      'a.wast:3 # known',
      'a.wast:9 # got 2',
      'b.any.js "x" # other',
      'b.wast:7 # other',
      '',
    ].join('\n'),
  );
});

test('a line that is no entry is an error with its number', () => {
  for (const line of ['nonsense', 'a.any.js x # y', 'a.wast:3'])
    expect(() => parseFailureList(`# head\n${line}\n`)).toThrow('line 2');
});
