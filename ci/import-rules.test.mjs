import { expect, test } from 'vitest';
import { importsOf, offence } from './import-rules.mjs';

test('static, type-only, re-exporting, side-effect and dynamic imports are found with their lines', () => {
  const source = [
    "import { a } from './a.ts';",
    "import type { B } from './b.ts';",
    'export {',
    '  c,',
    '} from "./c.ts";',
    "import './d.ts';",
    "export * from './e.ts';",
    "const f = await import('./f.ts');",
    "type G = import('./g.ts').G;",
    "import h, { type I } from './h.ts';",
  ].join('\n');
  expect(importsOf(source).map(({ specifier, line }) => `${line} ${specifier}`)).toEqual([
    '1 ./a.ts',
    '2 ./b.ts',
    '5 ./c.ts',
    '6 ./d.ts',
    '7 ./e.ts',
    '8 ./f.ts',
    '9 ./g.ts',
    '10 ./h.ts',
  ]);
});

test('imports in comments, strings, templates and regular expressions are text', () => {
  const source = [
    "// import './a.ts'",
    '/* export * from "./b.ts"; */',
    'const s = "import \'./c.ts\'";',
    `const t = \`\nimport './d.ts' \${f('\`', \`}\`)}\nimport './e.ts'\`;`,
    'const r = /[\'"`]/;',
    "const x = 4 / 2; import './real.ts';",
    "export const from = 'x';",
  ].join('\n');
  expect(importsOf(source).map(({ specifier }) => specifier)).toEqual(['./real.ts']);
});

const allowed = [
  ['engine/runtime/realm.ts', '../base/assert.ts'],
  ['engine/runtime/objects/array.ts', '../realm.ts'],
  ['engine/regexp/compiler.ts', '../syntax/regexp/pattern.ts'],
  ['engine/builtins/map.ts', '../runtime/realm.ts'],
  ['engine/wasm/validate/module.ts', '../decode/module.ts'],
  ['engine/wasm/js-api/memory.ts', '../runtime/store.ts'],
  ['engine/wasm/js-api/memory.ts', '../../builtins/define.ts'],
  ['engine/engine.ts', './vm/frame.ts'],
  ['engine/test/regexp/match.ts', '../../cli/main.ts'],
  ['engine/base/assert.test.ts', 'vitest'],
  ['engine/host/files.ts', 'node:fs'],
  ['engine/cli/main.ts', '../host/files.ts'],
  ['oracles/eval.ts', '../engine/eval/numbers.ts'],
  ['fuzz/wasm/run.ts', '../../engine/wasm/wasm.ts'],
  ['engine/cli/wasm.ts', '../wasm/wasm.ts'],
  ['ci/conformance/some-driver.ts', '../../engine/engine.ts'],
  ['ci/generate.mjs', '../engine/syntax/tokens.ts'],
];
for (const [file, specifier] of allowed)
  test(`${file} may import ${specifier}`, () => expect(offence(file, specifier)).toBeNull());

const forbidden = [
  ['engine/base/assert.ts', '../runtime/realm.ts'],
  ['engine/runtime/realm.ts', '../builtins/map.ts'],
  ['engine/regexp/compiler.ts', '../syntax/parser/parser.ts'],
  ['engine/builtins/map.ts', '../interpreter/evaluate.ts'],
  ['engine/wasm/validate/module.ts', '../js-api/memory.ts'],
  ['engine/wasm/validate/module.ts', '../../runtime/realm.ts'],
  ['engine/wasm/format/types.ts', '../decode/module.ts'],
  ['engine/wasm/js-api/memory.ts', '../../builtins/map.ts'],
  ['engine/engine.ts', './cli/main.ts'],
  ['engine/host/files.ts', '../runtime/realm.ts'],
  ['engine/runtime/realm.ts', 'node:fs'],
  ['engine/runtime/realm.ts', 'acorn'],
  ['engine/cli/main.ts', 'acorn'],
  ['engine/runtime/realm.ts', '../../ci/conformance/driver.ts'],
  ['engine/elsewhere/x.ts', '../base/assert.ts'],
  ['oracles/eval.ts', '../engine/runtime/realm.ts'],
  ['oracles/wasm/numeric.test.ts', '../../engine/wasm/interpret/machine.ts'],
  ['engine/cli/wasm.ts', '../wasm/runtime/store.ts'],
];
for (const [file, specifier] of forbidden)
  test(`${file} may not import ${specifier}`, () =>
    expect(offence(file, specifier)).toEqual(expect.any(String)));
