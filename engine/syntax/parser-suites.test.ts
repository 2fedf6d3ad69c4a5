// The parser against other people's collections: test262-parser-tests as a whole, and agreement with acorn on
// the JavaScript files of the installed packages (a sample; `KATAAN_ALL_PACKAGES=1` takes them all).
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as acorn from 'acorn';
import { describe, expect, test } from 'vitest';
import { parseModule, parseScript } from './parse.ts';
import { SourceText } from './source-text.ts';

const require = createRequire(import.meta.url);
const suite = dirname(require.resolve('test262-parser-tests/package.json'));

/** Cases of the suite that later editions of the standard contradict. */
const OUTDATED: Readonly<Record<string, string>> = {
  'fail/0d5e450f1da8a92a.js': "ES2021 made '\\9' legal in sloppy strings",
  'fail/748656edbfb2d0bb.js': "ES2021 made '\\8' legal in sloppy strings",
  'fail/79f882da06f88c9f.js': "ES2021 made '\\8' legal in sloppy strings",
  'fail/92b6af54adef3624.js': "ES2021 made '\\9' legal in sloppy strings",
  'fail/647e21f8f157c338.js': 'ES2019 allows U+2028 and U+2029 in strings',
  'fail/8af69d8f15295ed2.js': 'ES2019 allows U+2028 and U+2029 in strings',
  'fail/98204d734f8c72b3.js': 'ES2022 has class fields',
  'fail/ef81b93cf9bdb4ec.js': 'ES2022 has class fields',
  'fail/a8beb1480f385441.js': 'Annex B: a call as assignment target is an error at run time in sloppy code',
  'fail/e3fbcf63d7e43ead.js': 'Annex B: initializers in for-in heads',
  'early/0f5f47108da5c34e.js': 'a for-of variable may redeclare a catch parameter since ES2020',
  'early/12a74c60f52a60de.js': 'Annex B: duplicate functions in sloppy blocks',
  'early/1aff49273f3e3a98.js': 'Annex B: duplicate functions in sloppy blocks',
  'early/be7329119eaa3d47.js': 'Annex B: duplicate functions in sloppy blocks',
  'early/ec31fa5e521c5df4.js': 'Annex B: duplicate functions in sloppy blocks',
};

function accepts(name: string, text: string, isModule: boolean): boolean {
  const source = new SourceText(name, text);
  return (isModule ? parseModule(source) : parseScript(source)).ok;
}

describe('test262-parser-tests', () => {
  for (const folder of ['pass', 'pass-explicit', 'fail', 'early']) {
    test(folder, () => {
      const wrong: string[] = [];
      for (const file of readdirSync(join(suite, folder))) {
        const name = `${folder}/${file}`;
        const text = readFileSync(join(suite, name), 'utf8');
        const expected = folder.startsWith('pass') || name in OUTDATED;
        if (accepts(name, text, file.endsWith('.module.js')) !== expected) wrong.push(name);
      }
      expect(wrong).toEqual([]);
    });
  }
});

function javaScriptFiles(folder: string, into: string[]): string[] {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) javaScriptFiles(path, into);
    else if (entry.isFile() && /\.[cm]?js$/.test(entry.name)) into.push(path);
  }
  return into;
}

/** Files on which acorn is known to be wrong: the early errors of test262-parser-tests and new Unicode letters. */
const ACORN_WRONG = /test262-parser-tests/;

test('accepts and rejects the same files as acorn', { timeout: 120_000 }, () => {
  const all = javaScriptFiles(join(suite, '..'), [])
    .filter((path) => !ACORN_WRONG.test(path))
    .sort();
  const step = process.env.KATAAN_ALL_PACKAGES === undefined ? Math.max(1, Math.floor(all.length / 600)) : 1;
  const different: string[] = [];
  let count = 0;
  for (let i = 0; i < all.length; i += step) {
    if (step > 1 && statSync(all[i]).size > 400_000) continue;
    const text = readFileSync(all[i], 'utf8');
    for (const sourceType of ['script', 'module'] as const) {
      let expected = true;
      try {
        acorn.parse(text, { ecmaVersion: 'latest', sourceType });
      } catch {
        // A SyntaxError: acorn refuses the file.
        expected = false;
      }
      count++;
      if (accepts(all[i], text, sourceType === 'module') !== expected)
        different.push(`${sourceType} ${all[i]}`);
    }
  }
  expect(different).toEqual([]);
  expect(count).toBeGreaterThan(100);
});
