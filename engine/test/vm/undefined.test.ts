import { expect, test } from 'vitest';
import { compileProgram, Runtime } from '../../engine.ts';

function bytecodeOf(text: string): string {
  const compiled = compileProgram(text, 'program.js', 'script');
  if (!compiled.ok) throw new Error(compiled.error.message);
  return compiled.program.disassemble();
}

test('the global undefined is no look-up', () => {
  expect(
    bytecodeOf('function f(x) { while (x.next === undefined) x = x.other; return undefined; }'),
  ).not.toContain('"undefined"');
});

const rows: readonly [what: string, text: string, value: unknown][] = [
  ['a parameter of that name', '(function (undefined) { return undefined; })(1)', 1],
  ['a variable of that name', '(() => { let undefined = 2; return (() => undefined)(); })()', 2],
  ['a property of a with object', 'with ({ undefined: 3 }) undefined', 3],
  ['a variable of a direct eval', "(function () { eval('var undefined = 4'); return undefined; })()", 4],
  ['a store that is ignored', 'undefined = 5; undefined', undefined],
  ['a store in between', 'var x; [undefined, undefined = 6, x = undefined].join()', ',6,'],
  [
    'a declaration of a script',
    "try { (0, eval)('var undefined'); undefined } catch (e) { e.name }",
    undefined,
  ],
];
for (const [what, text, value] of rows)
  test(`undefined is ${what}`, () => {
    const completion = new Runtime({}).runScript(text, 'program.js');
    expect(completion).toMatchObject({ kind: 'normal', value });
  });

test('no script declares undefined lexically', () => {
  const completion = new Runtime({}).runScript('let undefined = 1;', 'program.js');
  expect(completion.kind).toBe('throw');
});
