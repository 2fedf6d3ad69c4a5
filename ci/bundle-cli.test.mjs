// The tool as the package has it, from launcher and code cache to a prompt: what engine/cli/main.test.ts tests is one plain
// module.
import { spawn, spawnSync } from 'node:child_process';
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

const environment = () => ({ PATH: process.env.PATH, HOME: folder, NO_COLOR: '1' });

function kataan(args, input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'kataan.js'), ...args], {
    input,
    encoding: 'utf8',
    env: environment(),
  });
  return { status, stdout, stderr };
}

/** Types into a prompt at once, and leaves when it has shown `last`. */
async function prompt(typed, last) {
  const terminal = 'data:text/javascript,import tty from "node:tty"; tty.isatty = () => true';
  const child = spawn(process.execPath, ['--import', terminal, join(folder, 'kataan.js')], {
    env: environment(),
  });
  let shown = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      const wasThere = shown.includes(last);
      shown += text;
      if (!wasThere && shown.includes(last)) child.stdin.end('.exit\n');
    });
  }
  child.stdin.write(typed);
  const status = await new Promise((resolve) => child.on('close', resolve));
  return { status, shown };
}

test('the tool runs a program from the code cache, and says nothing else', () => {
  expect(kataan(['-p', '[1, 2].length'])).toEqual({ status: 0, stdout: '2\n', stderr: '' });
});

test('the tool finds an error in a WebAssembly module', () => {
  const { status, stderr } = kataan(['wasm', 'validate', '-'], '(module (func (result i32)))');
  expect([status, stderr]).toEqual([1, expect.stringContaining('type mismatch')]);
});

test('a prompt evaluates lines, unfinished ones and promises too, one after the other', async () => {
  const typed =
    'let o = {\na: await new Promise((r) => setTimeout(r, 20, 6)) }\no.a *= 7\n"a" in o && `is ${o.a}`\n';
  expect(await prompt(typed, "'is 42'")).toEqual({ status: 0, shown: expect.stringMatching(/42\r?\n/) });
});

test('Ctrl-C ends an endless program, an endless job and a wait, and the prompt goes on', async () => {
  for (const endless of [
    'for (;;);',
    'Promise.resolve().then(() => { for (;;); })',
    'await new Promise(() => {})',
  ]) {
    const { status, shown } = await prompt(`${endless}\n\u0003"is " + 42\n`, "'is 42'");
    expect([status, shown]).toEqual([0, expect.stringMatching(/Interrupted|No longer waiting/)]);
  }
});
