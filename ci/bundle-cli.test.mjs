// The tool as the package has it, from launcher and code cache to a prompt: what engine/cli/main.test.ts tests is one plain
// module.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleCli } from './bundle-cli.mjs';

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kataan-bundle-'));
  await bundleCli(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the tool; `nodeOptions` are the host's. */
function kataan(args, { input = '', nodeOptions = [] } = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...nodeOptions, join(folder, 'kataan.js'), ...args],
    { input, encoding: 'utf8', env: { PATH: process.env.PATH, HOME: folder, NO_COLOR: '1' } },
  );
  return { status, stdout, stderr };
}

test('the tool runs a program from the code cache, and says nothing else', () => {
  expect(kataan(['-p', '[1, 2].length'])).toEqual({ status: 0, stdout: '2\n', stderr: '' });
});

test('the tool finds an error in a WebAssembly module', () => {
  const { status, stderr } = kataan(['wasm', 'validate', '-'], { input: '(module (func (result i32)))' });
  expect([status, stderr]).toEqual([1, expect.stringContaining('type mismatch')]);
});

test('a prompt evaluates lines, unfinished ones and promises too', () => {
  const terminal = 'data:text/javascript,import tty from "node:tty"; tty.isatty = () => true';
  const input = '6 * 7\nlet o = {\na: await Promise.resolve("waited") }\no.a\n.exit\n';
  const { status, stdout, stderr } = kataan([], { input, nodeOptions: ['--import', terminal] });
  expect([status, stderr]).toEqual([0, '']);
  for (const shown of ['\n42', "'waited'", '.help']) expect(stdout).toContain(shown);
});
