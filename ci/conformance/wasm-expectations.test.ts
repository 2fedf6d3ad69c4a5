import { expect, test } from 'vitest';
import { compareFailures, formatFailures, parseFailures } from './wasm-expectations.ts';
import { formatCounts } from './wasm-report.ts';

const failure = (path: string, line: number) => ({ path, line, kind: 'assert_return', message: 'got 1' });

test('a failure that is not listed and a listed pass both differ', () => {
  const expectations = parseFailures('# head\na.wast:3 # known\nb.wast:7 # known\n');
  const { broke, fixed } = compareFailures(expectations, [failure('a.wast', 4)], ['a.wast']);
  expect(broke.map(({ line }) => line)).toEqual([4]);
  expect(fixed).toEqual([{ path: 'a.wast', line: 3 }]);
});

test('updating keeps reasons and the entries of other scripts', () => {
  const expectations = parseFailures('# head\na.wast:3 # known\nb.wast:7 # other\n');
  expect(formatFailures(expectations, [failure('a.wast', 3), failure('a.wast', 9)], ['a.wast'])).toBe(
    '# head\na.wast:3 # known\na.wast:9 # assert_return: got 1\nb.wast:7 # other\n',
  );
});

test('a line that is no entry is an error with its number', () => {
  expect(() => parseFailures('# head\nnonsense\n')).toThrow('line 2');
});

test('the table counts by proposal and kind', () => {
  const byKind = { assert_return: { passed: 1, total: 2 }, module: { passed: 1, total: 1 } };
  expect(
    formatCounts([
      { path: 'a.wast', proposal: 'core', byKind },
      { path: 'p/b.wast', proposal: 'p', byKind: { module: { passed: 3, total: 3 } } },
    ]),
  ).toBe(
    [
      'command        core    p  all',
      'assert_return   1/2       1/2',
      'module          1/1  3/3  4/4',
      'total           2/3  3/3  5/6',
      '',
    ].join('\n'),
  );
});
