import { expect, test } from 'vitest';
import { formatFiles } from './wasm-js-api-main.ts';
import { includesOf } from './wasm-js-api-suite.ts';

const result = (path: string, test: string, failure: string | null) => ({ path, test, failure });
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
