// `kataan wasm` from outside: bundled, then run as a process.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseCommandLine } from './arguments.ts';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
let folder = '';
let tool = '';

const LIBRARY = `(module $lib
  (import "spectest" "print_i32" (func $print (param i32)))
  (memory (export "mem") 1)
  (global $count (export "count") (mut i32) (i32.const 0))
  (func $div (export "div") (param i32 i32) (result i32)
    (i32.div_s (local.get 0) (local.get 1)))
  (func (export "outer") (result i32) (call $div (i32.const 1) (i32.const 0)))
  (func (export "print") (param i32) (call $print (local.get 0)))
  (func (export "all") (param i64 f32 f64 v128 externref) (result externref v128 f64 f32 i64)
    local.get 4 local.get 3 local.get 2 local.get 1 local.get 0)
  (func (export "forever") (loop (br 0)))
  (func $deep (export "deep") (call $deep))
  (tag $t (param i32))
  (func (export "throw") (throw $t (i32.const 3))))
`;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'kataan-wasm-')));
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
  file('lib.wat', LIBRARY);
  file('wrong.wat', '(module\n\t(func (result i32) (i64.const 1)))\n');
  file('cut.wasm', Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 9));
  file('vector.wat', '(module (func (drop (i32x4.splat (i32.const 1)))))');
  file('needs.wat', '(module (import "env" "f" (func)))');
  file('memory64k.wat', '(module (memory 2))');
  file(
    'suite.wast',
    '(module (func (export "f") (result i32) (i32.const 4)))\n(assert_return (invoke "f") (i32.const 4))\n(assert_return (invoke "f") (i32.const 5))\n',
  );
  expect(kataan(['wasm', 'parse', 'lib.wat'])).toEqual({ status: 0, out: '', err: '' });
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function kataan(args: readonly string[], input: string | Uint8Array = ''): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, ...args], {
    cwd: folder,
    input,
    timeout: 20_000,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: folder },
  });
  return { status, out: stdout, err: stderr };
}

/** Words behind `wasm`, with their output, error output and exit status. */
const INVOCATIONS: readonly (readonly [
  args: readonly string[],
  out: string | RegExp,
  err: string | RegExp,
  status: number,
])[] = [
  [['run', 'lib.wasm'], '', '', 0],
  [['run', 'lib.wat', '--invoke', 'div', '-7', '0x2'], '-3 : i32\n', '', 0],
  [['run', 'lib.wasm', '--invoke=div', '7', '2'], '3 : i32\n', '', 0],
  [['run', 'lib.wat', '--invoke', 'print', '5'], '5 : i32\n', '', 0],
  [
    ['run', 'lib.wat', '--invoke', 'all', '-1', '1.5', '-inf', '1', 'null'],
    'null : externref\ni32x4 0x00000001 0x00000000 0x00000000 0x00000000 : v128\n-inf : f64\n1.5 : f32\n-1 : i64\n',
    '',
    0,
  ],
  [
    ['run', 'lib.wat', '--invoke', 'outer'],
    '',
    /^trap: integer divide by zero\n {4}at lib\.\$div \(6:\d+\)\n {4}at lib\.function 2 \(7:\d+\)\n$/,
    1,
  ],
  [['run', 'lib.wasm', '--invoke', 'outer'], '', /^trap: .*\n {4}at lib\.\$div \(0x[0-9a-f]+\)\n/, 1],
  [['run', 'lib.wat', '--invoke', 'throw'], '', 'uncaught exception with [3 : i32]\n', 1],
  [['run', 'lib.wat', '--fuel', '1k', '--invoke', 'forever'], '', /used up its 1000 units of fuel\n$/, 64],
  [['run', 'lib.wat', '--depth', '10', '--invoke', 'deep'], '', /^trap: call stack exhausted\n/, 1],
  [['run', '--max-bytes', '64k', 'memory64k.wat'], '', /used up its 65536 bytes\n$/, 65],
  [
    ['run', 'needs.wat'],
    '',
    'kataan: needs.wat cannot be linked: unknown import "env" "f"\nhint: what a module can import here is in spectest\n',
    1,
  ],
  [['run', 'lib.wat', '--invoke', 'div', '1'], '', /^kataan: div takes 2 arguments, not 1\nhint: .*\n$/, 2],
  [
    ['run', 'lib.wat', '--invoke', 'div', '1', 'x'],
    '',
    /^kataan: argument 2 of div is a i32, not 'x'\nhint: .*\n$/,
    2,
  ],
  [
    ['run', 'lib.wat', '--invoke', 'nope'],
    '',
    /^kataan: the module exports no function 'nope'\nhint: its functions are div, outer, /,
    2,
  ],
  [['validate', 'lib.wat'], '', '', 0],
  [
    ['validate', 'wrong.wat'],
    '',
    /^wrong\.wat:2:\d+: invalid module: type mismatch.*\n {2}\t\(func .*\n {2}\t *\^\n$/,
    1,
  ],
  [['run', 'wrong.wat'], '', /^wrong\.wat:2:/, 1],
  [['validate', 'cut.wasm'], '', /^cut\.wasm: malformed module: .* \(byte 0x[0-9a-f]+\)\n$/, 1],
  [['validate', '--disable', 'simd', 'vector.wat'], '', /^vector\.wat:1:\d+: .*simd/, 1],
  [['print', 'lib.wasm'], /^\(module \$lib\n[\s\S]*i32\.div_s/, '', 0],
  [
    ['objdump', 'lib.wasm'],
    /func\[1\] \$div: \[i32 i32\] -> \[i32\]\n {2}0000[0-9a-f]{2} {2}local\.get/,
    '',
    0,
  ],
  [
    ['objdump', 'lib.wat'],
    /memory\[0\]: 1\.\. pages of 65536 bytes\n[\s\S]*export "div": func\[1\] \$div/,
    '',
    0,
  ],
  [['objdump', '--registers', 'lib.wasm'], /i32_div_s/, '', 0],
  [
    ['spec', 'suite.wast'],
    '2 of 3 commands passed\n',
    /^suite\.wast:3:\d+: assert_return: got 4 : i32, expected 5 : i32\n$/,
    1,
  ],
  [['spec', 'lib.wasm'], '', /^kataan: lib\.wasm is no script\nhint: .*\n$/, 2],
  [['validate', 'nowhere.wat'], '', /^kataan: cannot find nowhere\.wat\nhint: .*\n$/, 2],
];

test.each(INVOCATIONS)('wasm %j', (args, out, err, status) => {
  const ran = kataan(['wasm', ...args]);
  if (typeof out === 'string') expect(ran.out).toBe(out);
  else expect(ran.out).toMatch(out);
  if (typeof err === 'string') expect(ran.err).toBe(err);
  else expect(ran.err).toMatch(err);
  expect(ran.status).toBe(status);
});

test('text and bytes go through files and pipes', () => {
  expect(kataan(['wasm', 'print', 'lib.wasm', '-o', 'again.wat']).status).toBe(0);
  expect(kataan(['wasm', 'parse', 'again.wat', '--output', 'again.wasm']).status).toBe(0);
  const bytes = readFileSync(join(folder, 'lib.wasm'));
  expect(Buffer.compare(readFileSync(join(folder, 'again.wasm')), bytes)).toBe(0);
  expect(kataan(['wasm', 'run', '-', '--invoke', 'div', '9', '3'], bytes).out).toBe('3 : i32\n');
  expect(kataan(['wasm', 'print', '-'], LIBRARY).out).toBe(readFileSync(join(folder, 'again.wat'), 'utf8'));
});

test('mistakes are found before anything is read', () => {
  const rows: readonly (readonly [args: readonly string[], message: string])[] = [
    [[], 'wasm needs a command'],
    [['walk'], 'wasm has no command walk'],
    [['run'], 'wasm run needs a file'],
    [['run', '--invoke', 'f', 'x.wat'], 'wasm run needs a file'],
    [['run', 'a', 'b'], 'run takes one file'],
    [['print', 'a', '--fuel', '1'], 'wasm print has no option --fuel'],
    [['run', '--fuel'], '--fuel needs a value'],
    [['run', '--fuel', 'x', 'a'], "--fuel needs a positive number, not 'x'"],
    [['run', '--enable', 'flight', 'a'], "there is no feature 'flight' to switch"],
    [['validate', '--what', 'a'], 'wasm validate has no option --what'],
  ];
  for (const [args, message] of rows)
    expect(parseCommandLine(['wasm', ...args])).toMatchObject({ kind: 'mistake', message });
  expect(parseCommandLine(['wasm', 'run', '--help'])).toEqual({ kind: 'help' });
});
