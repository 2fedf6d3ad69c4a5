// The command line tool from outside: bundled once, as one module, then run as a process.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
let folder = '';
let tool = '';

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'kataan-cli-')));
  tool = join(folder, 'kataan.mjs');
  await build({
    entryPoints: [join(checkout, 'engine/cli/main.ts')],
    outfile: tool,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
  });
  const file = (name: string, content: string | Uint8Array): void =>
    writeFileSync(join(folder, name), content);
  mkdirSync(join(folder, 'sub'));
  file('hello.js', '#!/usr/bin/env kataan\nprint("hello", ...scriptArgs)');
  file(
    'module.mjs',
    "import { twice } from './sub/lib.mjs'; console.log(await twice(21), import.meta.url.endsWith('module.mjs'))",
  );
  file('sub/lib.mjs', 'export const twice = async (n) => 2 * n;');
  file('fails.js', 'function inner() {\n\tthrow new TypeError("boom");\n}\ninner();\n');
  file('syntax.js', 'let ok = 1;\nlet let = 2;\n');
  file('latin1.js', Buffer.from([0x22, 0xe9, 0x22]));
  file('empty.js', '');
  for (const args of [
    ['hello.js'],
    ['module.mjs'],
    ['fails.js', '-o', 'fails.bin'],
    ['sub/lib.mjs', '-o', 'lib.ktbc'],
  ])
    expect(kataan(['compile', ...args])).toEqual({ status: 0, out: '', err: '' });
  const bytes = readFileSync(join(folder, 'hello.ktbc'));
  file('cut.ktbc', bytes.subarray(0, 100));
  file(
    'damaged.ktbc',
    Uint8Array.from(bytes, (byte, i) => (i === 200 ? byte ^ 1 : byte)),
  );
  file('source.ktbc', 'print(1)');
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function kataan(args: readonly string[], input = '', env: Readonly<Record<string, string>> = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: folder, ...env },
  });
  return { status, out: stdout, err: stderr.replaceAll(folder, 'FOLDER') };
}

/** Invocations with their output, error output and exit status. */
const INVOCATIONS: readonly (readonly [
  args: readonly string[],
  out: string | RegExp,
  err: string | RegExp,
  status: number,
])[] = [
  [['hello.js', 'a', '-b'], 'hello a -b\n', '', 0],
  [['module.mjs'], '42 true\n', '', 0],
  [['empty.js'], '', '', 0],
  [['-e', 'print(1); print(2)'], '1\n2\n', '', 0],
  [['-e', ''], '', '', 0],
  [['-p', '[1, { a: "b" }]'], "[ 1, { a: 'b' } ]\n", '', 0],
  [['-p', '"text"'], 'text\n', '', 0],
  [['-p', 'scriptArgs', 'x', 'y'], "[ 'x', 'y' ]\n", '', 0],
  [['-m', '-e', 'print(await 1, this)'], '1 undefined\n', '', 0],
  [['-m', '-e', "import { twice } from './sub/lib.mjs'; print(await twice(2))"], '4\n', '', 0],
  [['-e', "import('./sub/lib.mjs').then((m) => print(Object.keys(m)))"], 'twice\n', '', 0],
  [
    ['-e', 'setTimeout(() => print("late"), 20); Promise.resolve().then(() => print("job")); print("now")'],
    'now\njob\nlate\n',
    '',
    0,
  ],
  [['-e', 'console.log("o"); console.error("e")'], 'o\n', 'e\n', 0],
  [
    ['-e', 'print(typeof process, typeof require, typeof fetch, typeof performance.now())'],
    'undefined undefined undefined number\n',
    '',
    0,
  ],
  [['-c', 'fails.js'], '', '', 0],
  [
    ['-c', 'syntax.js'],
    '',
    /^FOLDER\/syntax\.js:2\n {2}let let = 2;\n {6}\^\n\nSyntaxError: .*\(FOLDER\/syntax\.js:2:5\)\n$/,
    1,
  ],
  [['syntax.js'], '', /SyntaxError/, 1],
  [['-v'], /^kataan \d+\.\d+\.\d+\n$/, '', 0],
  [['--help'], /^Usage: kataan/, '', 0],
  [['--dump', 'tokens', '-e', 'a + 1'], /^0-1 name IDENTIFIER "a"\n2-3 punctuator/, '', 0],
  [['--dump', 'ast', '-e', 'a'], /^Script 0-1.*\n {2}body\[0\]: ExpressionStatement/, '', 0],
  [['--dump', 'scope', '-e', 'let a; a'], /let a: .*\nreferences:/, '', 0],
  [['--dump', 'ast', '--json', '-e', 'a'], /^\{"kind":"Script".*\}\n$/, '', 0],
  [['--dump', 'tokens', '--json', '-e', 'a'], /^\[\{.*\}\]\n$/, '', 0],
  [['--dump', 'scope', '--json', '-e', 'a'], /^\{"scopes":.*\}\n$/, '', 0],
  [['--dump', 'ast', 'syntax.js'], '', /SyntaxError/, 1],
  [['--dump', 'bytecode', '-e', 'f(1)'], /^script: .*\n.*DeclareGlobals .*; 1:1\n/, '', 0],
  [['--dump', 'bytecode', '--json', '-m', '-e', 'f(1)'], /^\{"kind":"module",.*\}\n$/, '', 0],
  [['--dump', 'bytecode', 'syntax.js'], '', /SyntaxError/, 1],
  // Every tier.
  [['--tier', 'all', 'hello.js', 'a'], 'hello a\n', '', 0],
  [['--tier', 'all', 'module.mjs'], '42 true\n', '', 0],
  [['--tier', 'all', 'fails.js'], '', /^FOLDER\/fails\.js:2\n[\s\S]*TypeError: boom/, 1],
  [
    [
      '--tier',
      'all',
      '-e',
      'print(Math.random() < 1, Date.now() > 1e12); setTimeout(print, 1e4, performance.now() > 1e4)',
    ],
    'true true\nfalse\n',
    '',
    0,
  ],
  // How deep calls may nest is the tier's own, and here what is printed tells it.
  [
    [
      '--tier',
      'all',
      '-e',
      'let d = 0; print("same"); try { (function f() { d++; f() })() } catch { print(d) }',
    ],
    '',
    /^kataan: the tiers do not agree on \[eval\]\n {2}tree-walker {2}exit status 0, 2 lines of output\n {2}bytecode-vm {2}exit status 0, 2 lines of output\nfirst differing line of output, line 2:\n {2}tree-walker {2}\d+\n {2}bytecode-vm {2}9999\n$/,
    3,
  ],
  [['--tier', 'all', 'hello.ktbc'], '', /^kataan: only bytecode-vm runs bytecode\nhint: .*\n$/, 2],
  // Compiled programs.
  [['hello.ktbc', 'a', '-b'], 'hello a -b\n', '', 0],
  [['module.ktbc'], '42 false\n', '', 0],
  [['-c', 'hello.ktbc'], '', '', 0],
  [['--dump', 'bytecode', 'hello.ktbc'], /^script: .*\n.*DeclareGlobals /, '', 0],
  [['--dump', 'bytecode', '--json', 'lib.ktbc'], /^\{"kind":"module",.*\}\n$/, '', 0],
  [
    ['fails.bin'],
    '',
    'fails.js:2\n  \tthrow new TypeError("boom");\n  \t      ^\n\nTypeError: boom\n    at inner (fails.js:2:8)\n    at fails.js:4:1\n',
    1,
  ],
  [['compile', 'syntax.js'], '', /^FOLDER\/syntax\.js:2\n[\s\S]*SyntaxError/, 1],
  [['compile', 'hello.ktbc'], '', /^kataan: the file is compiled already\nhint: .*\n$/, 2],
  [['compile', 'nowhere.js'], '', /^kataan: cannot find nowhere\.js\nhint: .*\n$/, 2],
  [['compile', 'hello.js', '-o', 'none/x'], '', /^kataan: cannot find none\/x\nhint: .*\n$/, 2],
  [['--dump', 'ast', 'hello.ktbc'], '', /^kataan: a compiled program has no ast\nhint: .*\n$/, 2],
  [['--tier', 'tree-walker', 'hello.ktbc'], '', /does not run bytecode\nhint: .*bytecode-vm\n$/, 2],
  [['cut.ktbc'], '', /^kataan: cut\.ktbc: the file ends at byte 100 of \d+ \(byte 100\)\nhint: .*\n$/, 1],
  [['-c', 'cut.ktbc'], '', /^kataan: cut\.ktbc: the file ends/, 1],
  [['damaged.ktbc'], '', /^kataan: damaged\.ktbc: the digest does not fit .*\nhint: .*\n$/, 1],
  [['--dump', 'bytecode', 'damaged.ktbc'], '', /the digest does not fit/, 1],
  [['source.ktbc'], '', /^kataan: source\.ktbc: the bytes do not begin with KTBC .*\nhint: .*\n$/, 1],
  // Uncaught errors.
  [
    ['fails.js'],
    '',
    'FOLDER/fails.js:2\n  \tthrow new TypeError("boom");\n  \t      ^\n\nTypeError: boom\n    at inner (FOLDER/fails.js:2:8)\n    at FOLDER/fails.js:4:1\n',
    1,
  ],
  [['-e', 'throw { code: 5 }'], '', 'Uncaught { code: 5 }\n', 1],
  [
    ['-e', 'Promise.reject(new Error("r"))'],
    '',
    /^\[eval\]:1\n.*\n.*\^\n\nError: r\n {4}at \[eval\]:1:16\n$/,
    1,
  ],
  [['-e', 'Promise.reject(7); setTimeout(print, 5, "never")'], '', 'Uncaught (in promise) 7\n', 1],
  [['-e', 'setTimeout(() => { throw 3 }, 1); setTimeout(print, 5, "never")'], '', 'Uncaught 3\n', 1],
  [['-m', '-e', 'await 0; throw new Error("m")'], '', /\n\nError: m\n/, 1],
  [
    ['-m', '-e', "import './none.mjs'"],
    '',
    /TypeError: Cannot load module '\.\/none\.mjs': cannot find FOLDER\/none\.mjs/,
    1,
  ],
  [['-e', "import 'x'"], '', /SyntaxError: .*\nhint: --module /, 1],
  [['-m', '-e', 'await new Promise(() => {})'], '', /waits for a promise/, 13],
  // Limits.
  [
    ['--fuel', '10k', '-e', 'try { for (;;); } finally { print("never") }'],
    '',
    'kataan: stopped: the program used up its 10000 units of fuel\n',
    64,
  ],
  [
    ['--max-bytes', '1M', '-e', 'const a = []; for (;;) a.push([])'],
    '',
    'kataan: stopped: the program used up its 1048576 bytes\n',
    65,
  ],
  [['--timeout', '50', '-e', 'for (;;);'], '', 'kataan: stopped: the program used up its 50 ms\n', 66],
  [['--timeout', '50', '-e', 'setInterval(() => {}, 5)'], '', /used up its 50 ms/, 66],
  [
    ['--timeout', '50', '-m', '-e', 'await new Promise((r) => setTimeout(r, 1e6))'],
    '',
    /used up its 50 ms/,
    66,
  ],
  [
    ['--depth', '50', '-e', '(function f() { f() })()'],
    '',
    /RangeError: Maximum call stack size exceeded/,
    1,
  ],
  [
    ['-e', 'let n = 0; try { (function f() { n++; f() })() } catch (e) { print(e.name, n > 100) }'],
    'RangeError true\n',
    '',
    0,
  ],
  // Mistakes.
  [['nowhere.js'], '', /^kataan: cannot find nowhere\.js\nhint: .*\n$/, 2],
  [['sub'], '', /^kataan: sub is a directory\nhint: .*\n$/, 2],
  [['latin1.js'], '', /^kataan: latin1\.js is not valid UTF-8 \(byte 2\)\nhint: .*\n$/, 2],
  [['--nope'], '', /^kataan: there is no option --nope\nhint: .*\n$/, 2],
  [['--fuel'], '', /^kataan: --fuel needs a value.*\nhint: .*\n$/, 2],
  // Conformance harnesses.
  [
    ['--test262', '-e', 'print($262.global === globalThis); throw new RangeError("one\\nline")'],
    'true\n',
    'RangeError: one line\n',
    1,
  ],
  [['--test262', '-e', 'let let'], '', /^SyntaxError: [^\n]*\n$/, 1],
  [
    ['--test262', '-e', 'function Test262Error(m) { this.message = m } throw new Test262Error("m")'],
    '',
    'Test262Error: m\n',
    1,
  ],
  [
    [
      '--test262',
      '-e',
      `$262.agent.start('$262.agent.receiveBroadcast((sab, n) => { const i = new Int32Array(sab); $262.agent.report(Atomics.wait(i, 0, 0) + n); Atomics.notify(i, 1); })');
       const i = new Int32Array(new SharedArrayBuffer(8));
       $262.agent.broadcast(i.buffer, 7n);
       Atomics.waitAsync(i, 1, 0).value.then(print);
       while (Atomics.notify(i, 0) === 0) $262.agent.sleep(1);
       let report; while ((report = $262.agent.getReport()) === null) $262.agent.sleep(1);
       print(report);`,
    ],
    'ok7\nok\n',
    '',
    0,
  ],
  [['--test262', '-e', 'Promise.reject(1); print("fine")'], 'fine\n', '', 0],
  [['--module', '--test262', 'sub/lib.mjs'], '', '', 0],
  [['--module', '--test262', '-e', 'throw new EvalError("e")'], '', 'EvalError: e\n', 1],
];

function expectText(actual: string, expected: string | RegExp): void {
  if (typeof expected === 'string') expect(actual).toBe(expected);
  else expect(actual).toMatch(expected);
}

describe('kataan', () => {
  test.each(INVOCATIONS)('%j', (args, out, err, status) => {
    const ran = kataan(args);
    expectText(ran.out, out);
    expectText(ran.err, err);
    expect(ran.status).toBe(status);
  });

  test('runs standard input', () => {
    expect(kataan([], 'print("piped")')).toEqual({ status: 0, out: 'piped\n', err: '' });
    expect(kataan(['-', 'x'], 'print(scriptArgs)')).toEqual({ status: 0, out: 'x\n', err: '' });
    expect(kataan(['-m'], "import { twice } from './sub/lib.mjs'; print(await twice(3))").out).toBe('6\n');
  });

  test('compiles standard input, and runs what it has compiled from a pipe', () => {
    const { status } = kataan(['compile', '-', '-o', 'piped.ktbc'], 'print("piped", ...scriptArgs)');
    expect(status).toBe(0);
    expect(kataan(['piped.ktbc', 'x'])).toEqual({ status: 0, out: 'piped x\n', err: '' });
    const bytes = spawnSync(process.execPath, [tool, 'compile', 'hello.js', '-o', '-'], {
      cwd: folder,
    }).stdout;
    expect(Buffer.compare(bytes, readFileSync(join(folder, 'hello.ktbc')))).toBe(0);
    const ran = spawnSync(process.execPath, [tool], { cwd: folder, input: bytes, encoding: 'utf8' });
    expect([ran.status, ran.stdout, ran.stderr]).toEqual([0, 'hello\n', '']);
  });

  test('colours as the environment says', () => {
    const colored = '{ a: \u001b[33m1\u001b[39m }\n';
    const args = ['-e', 'console.log({ a: 1 })'];
    expect(kataan(args).out).toBe('{ a: 1 }\n');
    expect(kataan(args, '', { FORCE_COLOR: '1' }).out).toBe(colored);
    expect(kataan(args, '', { FORCE_COLOR: '0' }).out).toBe('{ a: 1 }\n');
    expect(kataan(args, '', { NO_COLOR: '1' }).out).toBe('{ a: 1 }\n');
  });

  test('writes all of a long output into a slow pipe', async () => {
    const child = spawn(
      process.execPath,
      [tool, '-e', 'for (let i = 0; i < 30000; i++) print("line " + i)'],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let text = '';
    child.stdout.setEncoding('utf8');
    for await (const chunk of child.stdout) text += chunk;
    expect(text.split('\n')).toHaveLength(30001);
    expect(text.endsWith('line 29999\n')).toBe(true);
  });

  test('ends quietly when its reader goes away', async () => {
    const child = spawn(process.execPath, [tool, '-e', 'for (;;) print("y")'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += String(chunk);
    });
    child.stdout.once('data', () => child.stdout.destroy());
    await new Promise((ended) => child.on('exit', ended));
    expect(err).toBe('');
  });

  test('the example runs', () => {
    const { status, out, err } = kataan([join(checkout, 'examples/warehouse.js')]);
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain('40 orders');
    expect(out).toContain("│ 'BOLT-8'");
  });
});
