import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type CompileOptions, HELP, parseCommandLine, type RunOptions } from './arguments.ts';
import { VERSION } from './version.ts';

function optionsOf(args: readonly string[]): RunOptions {
  const commandLine = parseCommandLine(args);
  if (commandLine.kind !== 'run') throw new Error(JSON.stringify(commandLine));
  return commandLine.options;
}

const ROWS: readonly (readonly [line: string, expected: Partial<RunOptions>])[] = [
  ['', { source: { kind: 'none' }, scriptArgs: [], tier: 'bytecode-vm', isModule: false }],
  ['a.js', { source: { kind: 'file', path: 'a.js' }, scriptArgs: [] }],
  [
    'a.js -x --module b',
    { source: { kind: 'file', path: 'a.js' }, scriptArgs: ['-x', '--module', 'b'], isModule: false },
  ],
  ['-', { source: { kind: 'stdin' } }],
  ['- a -', { source: { kind: 'stdin' }, scriptArgs: ['a', '-'] }],
  ['-- -odd.js x', { source: { kind: 'file', path: '-odd.js' }, scriptArgs: ['x'] }],
  ['-e 1+1 a b', { source: { kind: 'text', text: '1+1' }, scriptArgs: ['a', 'b'], printsResult: false }],
  ['-e 1 -- -a', { scriptArgs: ['-a'] }],
  ['--eval=x=1', { source: { kind: 'text', text: 'x=1' } }],
  ['--eval=', { source: { kind: 'text', text: '' } }],
  ['-p 1', { source: { kind: 'text', text: '1' }, printsResult: true }],
  ['-m a.js', { isModule: true }],
  ['--module --test262 a.js', { isModule: true, isTest262: true }],
  ['-c a.js', { checksOnly: true }],
  ['--dump ast --json a.js', { dump: 'ast', asJson: true }],
  ['--dump=tokens -', { dump: 'tokens', asJson: false }],
  ['--dump bytecode a.ktbc', { dump: 'bytecode', source: { kind: 'file', path: 'a.ktbc' } }],
  ['-- compile', { source: { kind: 'file', path: 'compile' } }],
  ['--fuel 1e6 a.js', { fuel: 1_000_000 }],
  ['--fuel=20M a.js', { fuel: 20_000_000 }],
  ['--fuel 1_000 a.js', { fuel: 1000 }],
  ['--max-bytes 64M a.js', { maxBytes: 64 * 1024 * 1024 }],
  ['--max-bytes 1.5k a.js', { maxBytes: 1536 }],
  ['--depth 500 --timeout 250 a.js', { depth: 500, timeoutMs: 250 }],
  ['--tier tree-walker a.js', { tier: 'tree-walker', regexp: 'host' }],
  ['--regexp own a.js', { regexp: 'own' }],
];

const MISTAKES: readonly (readonly [line: string, message: RegExp, hint: RegExp])[] = [
  ['--nothing', /no option --nothing/, /--help/],
  ['--fule 3 a.js', /no option --fule/, /did you mean --fuel\?/],
  ['--moduel a.js', /no option --moduel/, /did you mean --module\?/],
  ['-x', /no option -x/, /\.\/NAME/],
  ['--fuel', /--fuel needs a value: --fuel N/, /--help/],
  ['-e', /-e needs a value: -e CODE/, /--help/],
  ['--fuel none a.js', /--fuel needs a positive number, not 'none'/, /for example/],
  ['--fuel 0 a.js', /positive number/, /for example/],
  ['--timeout -5 a.js', /positive number, not '-5'/, /for example/],
  ['--module=yes a.js', /--module takes no value/, /--help/],
  ['--tier fast a.js', /no tier 'fast'/, /tree-walker/],
  ['--regexp fast a.js', /no way 'fast' to match/, /own, host/],
  ['--dump bytes a.js', /no dump of 'bytes'/, /tokens, ast, scope/],
  ['--json a.js', /--json goes with --dump/, /--dump/],
  ['-m -p 1', /--print needs a script/, /--eval/],
  ['-e 1 -p 2', /once only/, /--help/],
  ['-c --dump ast a.js', /exclude each other/, /--help/],
  ['compile', /compile needs a file/, /compile \[-m\] FILE/],
  ['compile a.js b.js', /compile takes one file/, /OUTPUT/],
  ['compile a.js -o', /-o needs a value: -o OUTPUT/, /OUTPUT/],
  ['compile --fuel 3 a.js', /compile has no option --fuel/, /\.\/compile/],
  ['compile -', /compile needs -o OUTPUT/, /OUTPUT/],
];

const COMPILES: readonly (readonly [line: string, expected: CompileOptions])[] = [
  ['a.js', { source: { kind: 'file', path: 'a.js' }, isModule: false, output: 'a.ktbc' }],
  ['-m dir/a.mjs', { source: { kind: 'file', path: 'dir/a.mjs' }, isModule: true, output: 'dir/a.ktbc' }],
  ['a -o b.bin -m', { source: { kind: 'file', path: 'a' }, isModule: true, output: 'b.bin' }],
  ['--module --output=x a.js', { source: { kind: 'file', path: 'a.js' }, isModule: true, output: 'x' }],
  ['- -o -', { source: { kind: 'stdin' }, isModule: false, output: '-' }],
];

const words = (line: string): string[] => (line === '' ? [] : line.split(' '));

describe('the command line', () => {
  test.each(ROWS)('kataan %s', (line, expected) => {
    expect(optionsOf(words(line))).toMatchObject(expected);
  });

  test.each(MISTAKES)('kataan %s is a mistake', (line, message, hint) => {
    const commandLine = parseCommandLine(words(line));
    if (commandLine.kind !== 'mistake') throw new Error(`taken for ${commandLine.kind}`);
    expect(commandLine.message).toMatch(message);
    expect(commandLine.hint).toMatch(hint);
    expect(commandLine.message).not.toContain('\n');
  });

  test.each(COMPILES)('kataan compile %s', (line, options) => {
    expect(parseCommandLine(['compile', ...words(line)])).toEqual({ kind: 'compile', options });
  });

  test.each([
    ['compile --help', 'help'],
    ['-h', 'help'],
    ['--help', 'help'],
    ['-v', 'version'],
    ['--version x', 'version'],
  ])('kataan %s', (line, kind) => {
    expect(parseCommandLine(words(line))).toEqual({ kind });
  });

  test('code may begin with a dash', () => {
    expect(optionsOf(['-e', '-1']).source).toEqual({ kind: 'text', text: '-1' });
  });
});

test('the help fits a terminal', () => {
  for (const line of HELP.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
});

test('the version is that of the package', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(VERSION).toBe(manifest.version);
});
