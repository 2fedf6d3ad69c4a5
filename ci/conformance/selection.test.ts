import { expect, test } from 'vitest';
import { globPattern, parseList, samplePaths, shardPaths, timeLimitSeconds } from './selection.ts';

const globs: readonly [glob: string, path: string, matches: boolean][] = [
  ['test/language/asi', 'test/language/asi/S7.9_A1.js', true],
  ['language/asi/', 'test/language/asi/S7.9_A1.js', true],
  ['language/as', 'test/language/asi/S7.9_A1.js', false],
  ['test/built-ins/Array*', 'test/built-ins/ArrayBuffer/length.js', true],
  ['test/*/Array', 'test/built-ins/Array/length.js', true],
  ['test/*/length.js', 'test/built-ins/Array/length.js', false],
  ['**/length.js', 'test/built-ins/Array/length.js', true],
  ['test/built-ins/**/at/*.js', 'test/built-ins/Array/prototype/at/length.js', true],
  ['built-ins/{Map,Set}/length.js', 'test/built-ins/Set/length.js', true],
  ['built-ins/{Map,Set}/length.js', 'test/built-ins/WeakSet/length.js', false],
  ['built-ins/?et', 'test/built-ins/Set/length.js', true],
  ['test/a+b(1).js', 'test/a+b(1).js', true],
  ['test/a.js', 'test/abjs', false],
];
for (const [glob, path, matches] of globs)
  test(`${glob} ${matches ? 'takes' : 'leaves'} ${path}`, () =>
    expect(globPattern(glob).test(path)).toBe(matches));

test('a list may name scenarios and hold comments, so an expectation list serves too', () => {
  const text =
    '# head\nfolder:test/intl402 # no\ntest/a.js\n test/b.js [strict] # why\r\n\ntest/c.js # why\n';
  expect(parseList(text)).toEqual([
    { path: 'test/a.js', mode: null },
    { path: 'test/b.js', mode: 'strict' },
    { path: 'test/c.js', mode: null },
  ]);
});

const paths = Array.from({ length: 100 }, (_, i) => `test/${i}.js`);

test('a sample is the same for the same seed, keeps the order and differs for another seed', () => {
  const sample = samplePaths(paths, 10, 1);
  expect(sample).toHaveLength(10);
  expect(samplePaths([...paths].reverse(), 10, 1).reverse()).toEqual(sample);
  expect(samplePaths(paths, 10, 2)).not.toEqual(sample);
  expect(samplePaths(paths, 1000, 1)).toEqual(paths);
});

test('shards take every path exactly once', () => {
  const shards = [1, 2, 3].flatMap((index) => shardPaths(paths, { index, count: 3 }));
  expect(shards.sort()).toEqual([...paths].sort());
});

test('tests known to be slow get six times the limit', () => {
  expect(timeLimitSeconds('test/built-ins/RegExp/property-escapes/generated/Script_-_Latin.js', 10)).toBe(60);
  expect(timeLimitSeconds('test/built-ins/decodeURIComponent/S15.1.3.2_A1.11_T2.js', 10)).toBe(60);
  expect(timeLimitSeconds('test/built-ins/Array/length.js', 10)).toBe(10);
});
