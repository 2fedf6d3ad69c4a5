import { expect, test } from 'vitest';
import { formatCounts } from './wasm-report.ts';

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
