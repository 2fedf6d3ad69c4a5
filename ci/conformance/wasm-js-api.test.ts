import { expect, test } from 'vitest';
import { compareJsApi, formatJsApiExpectations, parseJsApiExpectations } from './wasm-js-api-expectations.ts';
import { formatFiles } from './wasm-js-api-main.ts';
import { includesOf } from './wasm-js-api-suite.ts';

const result = (path: string, test: string, failure: string | null) => ({ path, test, failure });
const LIST = '# head\na.any.js "one # two" # known\nb.any.js "x" # other\n';

test('a failure that is not listed and a listed test that passes both differ', () => {
  const results = [result('a.any.js', 'one # two', null), result('a.any.js', 'three', 'got 1')];
  const { broke, fixed } = compareJsApi(parseJsApiExpectations(LIST), results, ['a.any.js']);
  expect(broke.map(({ test }) => test)).toEqual(['three']);
  expect(fixed).toEqual(['a.any.js "one # two"']);
});

test('updating keeps reasons and the entries of other files', () => {
  const results = [
    result('a.any.js', 'one # two', 'got 1'),
    result('a.any.js', 'a "quoted" name', 'got 2\nmore'),
  ];
  expect(formatJsApiExpectations(parseJsApiExpectations(LIST), results, ['a.any.js'])).toBe(
    '# head\na.any.js "a \\"quoted\\" name" # got 2\na.any.js "one # two" # known\nb.any.js "x" # other\n',
  );
});

test('a line that is no entry is an error with its number', () => {
  expect(() => parseJsApiExpectations('# head\na.any.js x # y\n')).toThrow('line 2');
});

test('the scripts of the head are paths from the top of the suite', () => {
  const head =
    '// META: global=jsshell\n// META: script=/wasm/jsapi/assertions.js\n// META: script=helper.js\n';
  expect(includesOf('table/grow.any.js', head)).toEqual(['assertions.js', 'table/helper.js']);
});

test('the table counts by file', () => {
  const results = [
    result('a.any.js', 'x', null),
    result('a.any.js', 'y', 'no'),
    result('bb.any.js', 'x', null),
  ];
  expect(formatFiles(['a.any.js', 'bb.any.js'], results)).toBe(
    'a.any.js   1/2\nbb.any.js  1/1\ntotal      2/3\n',
  );
});
