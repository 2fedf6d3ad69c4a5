import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspect, Runtime } from '../engine.ts';
import { moduleFiles, nameOfPath } from './module-files.ts';
import { readSourceFile } from './source-file.ts';

let folder = '';

const FILES: Readonly<Record<string, string>> = {
  'a.mjs': "import { b } from './lib/b.mjs'; export const a = b + 1;",
  'lib/b.mjs': "export const b = 41; export { default as data } from '../data.json' with { type: 'json' };",
  'lib/with space.mjs': 'export default "spaced";',
  'data.json': '{ "k": [1, 2] }',
  'node_modules/plain/package.json': '{ "main": "main.js" }',
  'node_modules/plain/main.js': 'export default "plain main";',
  'node_modules/plain/deep/file.js': 'export default "plain deep";',
  'node_modules/esm/package.json': '{ "main": "main.cjs", "module": "esm.js" }',
  'node_modules/esm/esm.js': 'export default "module field";',
  'node_modules/@scope/pkg/package.json':
    '{ "exports": { ".": { "require": "./no.cjs", "import": { "types": "./t.d.ts", "default": "./yes.js" } }, "./sub": "./sub.js", "./f/*": "./files/*.js", "./f/private/*": null } }',
  'node_modules/@scope/pkg/yes.js': 'export default "conditions";',
  'node_modules/@scope/pkg/sub.js': 'export default "subpath";',
  'node_modules/@scope/pkg/files/x.js': 'export default "pattern";',
  'node_modules/only/package.json': '{ "exports": "./only.js" }',
  'node_modules/only/only.js': 'export default "string exports";',
};

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'kataan-modules-')));
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  // (module (func (export "three") (result i32) (i32.const 3)))
  const wasm = '0061736d010000000105016000017f030201000709010574687265650000' + '0a0601040041030b';
  writeFileSync(join(folder, 'three.wasm'), Buffer.from(wasm, 'hex'));
  symlinkSync(join(folder, 'a.mjs'), join(folder, 'link.mjs'));
  writeFileSync(join(folder, 'bad.mjs'), Buffer.from([0x2f, 0x2f, 0x20, 0xc3, 0x28]));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The value of an expression over imports, in a module of the folder. */
function evaluate(specifier: string, expression: string): string {
  const runtime = new Runtime({ modules: moduleFiles(folder) });
  const source = `import * as m from ${JSON.stringify(specifier.replace('FOLDER', folder))}; globalThis.result = ${expression};`;
  const started = runtime.startModule(source, nameOfPath(join(folder, 'main.mjs')));
  if (started.kind !== 'normal') throw new Error(started.kind);
  runtime.runJobs();
  const state = runtime.promiseState(started.value);
  if (state?.state === 'rejected') return runtime.describeError(state.result).message;
  const result = runtime.getProperty(runtime.realm.globalObject, 'result');
  return result.kind === 'normal' ? inspect(result.value) : result.kind;
}

describe('modules from files', () => {
  test.each([
    ['./a.mjs', 'm.a', '42'],
    ['./lib/../a.mjs', 'm.a', '42'],
    ['FOLDER/a.mjs', 'm.a', '42'],
    ['file://FOLDER/a.mjs', 'm.a', '42'],
    ['./lib/b.mjs', 'm.data', '{ k: [ 1, 2 ] }'],
    ['./lib/with%20space.mjs', 'm.default', "'spaced'"],
    ['./lib/with space.mjs', 'm.default', "'spaced'"],
    ['plain', 'm.default', "'plain main'"],
    ['plain/deep/file.js', 'm.default', "'plain deep'"],
    ['esm', 'm.default', "'module field'"],
    ['@scope/pkg', 'm.default', "'conditions'"],
    ['@scope/pkg/sub', 'm.default', "'subpath'"],
    ['@scope/pkg/f/x', 'm.default', "'pattern'"],
    ['only', 'm.default', "'string exports'"],
    ['./three.wasm', 'm.three()', '3'],
  ])('%s', (specifier, expression, expected) => {
    expect(evaluate(specifier, expression)).toBe(expected);
  });

  test.each([
    ['./none.mjs', /^Cannot load module '\.\/none\.mjs': cannot find .*none\.mjs$/],
    ['./lib', /is a directory$/],
    ['./bad.mjs', /is not valid UTF-8 \(byte 4\)$/],
    ['none', /there is no package 'none' in node_modules/],
    ['@scope/pkg/secret', /'\.\/secret' is not exported by .*package\.json$/],
    ['@scope/pkg/f/private/x', /is not exported/],
    ['only/x', /is not exported/],
    ['node:fs', /modules of the scheme 'node:' are not available$/],
    ['https://example.org/x.js', /modules of the scheme 'https:' are not available$/],
  ])('%s is refused', (specifier, message) => {
    expect(evaluate(specifier, '1')).toMatch(message);
  });

  test('a linked file is one module under the name of its target', () => {
    expect(nameOfPath(join(folder, 'link.mjs'))).toBe(pathToFileURL(join(folder, 'a.mjs')).href);
  });

  test('a byte order mark is dropped', () => {
    const path = join(folder, 'bom.js');
    writeFileSync(path, '\ufeff#!/usr/bin/env kataan\n1');
    expect(readSourceFile(path).startsWith('#!')).toBe(true);
  });
});
