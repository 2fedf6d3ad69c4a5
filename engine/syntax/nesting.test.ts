// Deep texts: chains of any length are read without recursion, nesting is refused before it could exhaust
// the host's stack. The latter is tried in a fresh process that runs the parser interpreted only, where
// frames are largest, on the default stack.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { astToJson, dumpAst } from './dump.ts';
import { parseScript } from './parse.ts';
import { analyzeScopes } from './scope-analysis.ts';
import { SourceText } from './source-text.ts';

const LONG = 100_000;

const chains: Readonly<Record<string, string>> = {
  sums: `1${' + 1'.repeat(LONG)}`,
  conjunctions: `a${' && a'.repeat(LONG)}`,
  members: `a${'.b'.repeat(LONG)}`,
  'computed members': `a${'[0]'.repeat(LONG)}`,
  calls: `a${'()'.repeat(LONG)}`,
  'optional chains': `a${'?.b'.repeat(LONG)}`,
  'tagged templates': `a${'``'.repeat(LONG)}`,
  sequences: `a${', a'.repeat(LONG)}`,
  arguments: `f(1${', 1'.repeat(LONG)})`,
  declarations: `var a${', a'.repeat(LONG)}`,
  statements: 'a;'.repeat(LONG),
  'prefix operators': `${'!'.repeat(LONG)}1`,
  awaits: `async () => ${'await '.repeat(LONG)}1`,
  constructions: `${'new '.repeat(LONG)}a`,
  conditions: `${'a ? b : '.repeat(LONG)}c`,
  assignments: `${'a = '.repeat(LONG)}1`,
  'else if': `${'if (a) ; else '.repeat(LONG)};`,
  cases: `switch (1) { ${'case 1: '.repeat(LONG)} }`,
};

describe('long chains', () => {
  for (const [name, text] of Object.entries(chains)) {
    test(`100,000 ${name}`, () => {
      const result = parseScript(new SourceText('chain', text));
      if (!result.ok) throw new Error(result.error.message);
      expect(analyzeScopes(result.node).root.kind).toBe('script');
    });
  }

  test('a deep tree can be dumped', () => {
    const result = parseScript(new SourceText('chain', chains.sums));
    if (!result.ok) throw new Error(result.error.message);
    expect(dumpAst(result.node)).toContain(`(${LONG}) `);
    expect(astToJson(result.node).length).toBeGreaterThan(LONG * 50);
  });
});

/** Forms of nesting: what opens a level, what stands inside, what closes a level; and what is around all. */
const forms: readonly (readonly [
  open: string,
  inside: string,
  close: string,
  before?: string,
  after?: string,
])[] = [
  ['(', '1', ')'],
  ['(1,', '1', ')'],
  ['[', '', ']'],
  ['[...', 'a', ']'],
  ['{', '', '}'],
  ['!(', '1', ')'],
  ['!- typeof (', '1', ')'],
  ['++a[', '1', ']'],
  ['await (', '1', ')', 'async () => '],
  ['yield ', '1', '', 'function* g() {', '}'],
  ['2 ** ', '1', ''],
  ['a => ', '1', ''],
  ['(a) => ', '1', ''],
  ['async a => ', '1', ''],
  ['() => {', '', '}'],
  ['(a = ', '1', ') => 1'],
  ['`${', '1', '}`'],
  ['{ a: ', '1', '}', '(', ')'],
  ['{ [', '1', ']: 1 }', '(', ')'],
  ['{ a() { return ', '1', '} }', '(', ')'],
  ['{ get a() { return ', '1', '} }', '(', ')'],
  ['f(', '', ')'],
  ['async(', '', ')'],
  ['import(', '1', ')'],
  ['super(', '', ')', 'class A extends B { constructor() {', '} }'],
  ['a[', '1', ']'],
  ['a?.[', '1', ']'],
  ['new (', 'a', ')'],
  ['new new (', 'a', ')'],
  ['new a[', '1', ']'],
  ['(function () {', '', '})'],
  ['function f() {', '', '}'],
  ['function (a = ', '1', ') {}', '(', ')'],
  ['(class { a() {', '', '} })'],
  ['(class { a = ', '1', '})'],
  ['(class { [', '1', ']() {} })'],
  ['(class { static {', '', '} })'],
  ['class extends ', 'A', '{}', '(', ')'],
  ['(@(', 'a', ') class {})'],
  ['a ? ', 'b', ': c'],
  ['a ? b : (', 'c', ')'],
  ['a = (', '1', ')'],
  ['a = b ? c : d += (', '1', ')'],
  ['a = !(', '1', ')'],
  ['a || b && c | d ^ e & f == g < h << i + j * k ** (', '1', ')'],
  ['a || b && c | d ^ e & f == g < h << i + j * [', '1', ']'],
  ['a || b && c | d ^ e & f == g < h << i + j * f(', '1', ')'],
  ['#x in (', '1', ')', 'class A { #x; m() {', '} }'],
  ['while (1) ', ';', ''],
  ['do ', ';', ' while (1)'],
  ['for (;;) ', ';', ''],
  ['for (var a = 1, b;;) {', '', '}'],
  ['if (1) ', ';', ''],
  ['if (1) {', '', '}'],
  ['with (a) ', ';', ''],
  ['try {', '', '} catch {}'],
  ['try {} catch {', '', '}'],
  ['switch (1) { case 1: ', '', '}'],
  ['[', 'a', ']', 'var ', '= 1'],
  ['{ a: ', 'a', '}', 'var ', '= 1'],
  ['[a = ', '1', ']', 'var ', '= 1'],
  ['[', 'a', '] ', 'function f(', ') {}'],
  ['[', 'a', ']', '', '= 1'],
  ['{ a: ', 'a', '}', '(', '= 1)'],
  ['[', 'a', ']', '(', ') => 1'],
];

function nest(
  [open, inside, close, before = '', after = '']: (typeof forms)[number],
  levels: number,
): string {
  return before + open.repeat(levels) + inside + close.repeat(levels) + after;
}

describe('nesting', () => {
  test('200,000 levels of anything give an error record', { timeout: 60_000 }, () => {
    for (const form of forms) {
      const result = parseScript(new SourceText('nest', nest(form, 200_000)));
      expect([form[0], result.ok || result.error.code]).toEqual([form[0], 'NestedTooDeeply']);
    }
  });

  test('100 levels of anything are accepted', () => {
    for (const form of forms) {
      const result = parseScript(new SourceText('nest', nest(form, 100)));
      expect([form[0], result.ok || result.error.message]).toEqual([form[0], true]);
    }
  });

  test("the nesting limit fits the host's default stack", { timeout: 120_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'nesting-'));
    try {
      const entry = join(folder, 'entry.mjs');
      const build = (contents: string, outfile: string) =>
        buildSync({
          stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'ts' },
          bundle: true,
          format: 'esm',
          platform: 'node',
          outfile,
        });
      build(
        `export { parseScript } from './parse.ts'; export { SourceText } from './source-text.ts';`,
        join(folder, 'parser.mjs'),
      );
      writeFileSync(
        entry,
        `import { parseScript, SourceText } from './parser.mjs';
         const failed = [];
         for (const [open, inside, close, before = '', after = ''] of ${JSON.stringify(forms)}) {
           const text = before + open.repeat(20000) + inside + close.repeat(20000) + after;
           try {
             const result = parseScript(new SourceText('nest', text));
             if (result.ok || result.error.code !== 'NestedTooDeeply') failed.push(open);
           } catch (error) {
             failed.push(open + ': ' + error);
           }
         }
         console.log(JSON.stringify(failed));`,
      );
      const out = execFileSync(process.execPath, ['--no-opt', '--no-sparkplug', entry]).toString();
      expect(JSON.parse(out)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('a caller may allow less', () => {
    const text = nest(forms[0], 50);
    expect(parseScript(new SourceText('nest', text)).ok).toBe(true);
    expect(parseScript(new SourceText('nest', text), { stackBytes: 20_000 }).ok).toBe(false);
  });
});
