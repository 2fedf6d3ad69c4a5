// Resolution, capture, dead zones and contamination, read off the dumps.
import { describe, expect, test } from 'vitest';
import { parseModule, parseScript } from './parse.ts';
import { analyzeScopes, type ScopeAnalysis } from './scope-analysis.ts';
import { dumpScopes, scopesToJson } from './scope-dump.ts';
import { SourceText } from './source-text.ts';

function analyze(text: string, goal: 'script' | 'module' = 'script'): ScopeAnalysis {
  const source = new SourceText('test', text);
  const result = goal === 'module' ? parseModule(source) : parseScript(source);
  if (!result.ok) throw new Error(`${result.error.message}\n${result.error.excerpt}`);
  return analyzeScopes(result.node);
}

/** For each reference to `name` in source order: `access`, `?` where its dead zone is checked, the scope's kind. */
function references(text: string, name: string, goal: 'script' | 'module' = 'script'): string[] {
  return [...analyze(text, goal).resolutions]
    .filter(([node]) => node.name === name)
    .sort(([a], [b]) => a.start - b.start)
    .map(([, { access, binding, needsTDZCheck }]) => {
      if (access === 'global') return 'global';
      const where = binding === null ? '' : ` ${binding.scope.kind}`;
      return `${access}${needsTDZCheck && access === 'binding' ? '?' : ''}${where}`;
    });
}

/** Storage of the bindings of `name`, outer scopes first. */
function storages(text: string, name: string, goal: 'script' | 'module' = 'script'): string[] {
  const found: string[] = [];
  const { scopes } = scopesToJson(analyze(text, goal));
  for (const scope of scopes)
    for (const binding of scope.bindings as { name: string; kind: string; storage: string }[])
      if (binding.name === name) found.push(`${binding.kind} ${binding.storage}`);
  return found;
}

describe('where bindings live', () => {
  const rows: readonly [text: string, storages: string[]][] = [
    ['function f() { let a; a }', ['let register']],
    ['function f() { let a; () => a }', ['let environment']],
    ['function f(a) { a }', ['parameter register']],
    ['function f(a) { arguments }', ['parameter environment']],
    ['function f(a) { "use strict"; arguments }', ['parameter register']],
    ['function f(a, b = 1) { arguments }', ['parameter register']],
    ['function f() { let a; eval() }', ['let environment']],
    ['function f() { let a; () => eval() }', ['let environment']],
    ['function f() { { let a } eval() }', ['let register']],
    ['function f(o) { let a; with (o) { a } }', ['let environment']],
    ['var a; let b', ['var global-object']],
    ['let a', ['let global-lexical']],
    ['function f(a, b = a) { var a }', ['parameter register', 'var register']],
    ['(function a() {})', ['function-name register']],
    ['(class a { b() { return a } })', ['class-name environment']],
    ['function f() { class a {} }', ['class register', 'class-name register']],
    ['try {} catch (a) { () => a }', ['catch-parameter environment']],
    ['function f() { { function a() {} } }', ['var register', 'function register']],
    ['function f(a) { { function a() {} } }', ['parameter register', 'function register']],
  ];
  for (const [text, expected] of rows) test(text, () => expect(storages(text, 'a')).toEqual(expected));
  test('bindings of modules live there', () => {
    expect(storages('import a from "b"; a', 'a', 'module')).toEqual(['import module']);
  });
});

describe('what references mean', () => {
  const rows: readonly [text: string, references: string[]][] = [
    ['a', ['global']],
    ['let a = 1; a', ['binding script']],
    ['a; let a', ['binding? script']],
    ['let a = a', ['binding? script']],
    ['let a; { a }', ['binding script']],
    ['function f() { a } let a', ['binding? script']],
    ['let a; function f() { a }', ['binding? script']],
    ['let a; { function f() { a } }', ['binding script']],
    ['let a; (() => a)', ['binding script']],
    ['(() => a); let a', ['binding? script']],
    ['var a; (() => a)', ['binding script']],
    ['switch (1) { case 0: let a; a; case 1: a }', ['binding switch', 'binding? switch']],
    ['for (let a of a) a', ['binding? for', 'binding for']],
    ['for (let a = 0; a < 1; a++) a', ['binding for', 'binding for', 'binding for']],
    [
      'class a extends a { [a]() { a } static b = a; static { a } }',
      ['binding? class', 'binding? class', 'binding? class', 'binding? class', 'binding? class'],
    ],
    ['class a { b() { a } static c = a }', ['binding class', 'binding class']],
    ['class a {} a', ['binding script']],
    ['function f(b = a, a) { a }', ['binding? parameters', 'binding parameters']],
    ['function f(b = () => a) { var a; a }', ['global', 'binding function']],
    ['with (b) a', ['dynamic']],
    ['let a; with (b) { let a; a }', ['binding block']],
    ['let a; with (b) a', ['dynamic script']],
    ['function f() { eval(); a }', ['dynamic']],
    ['function f() { "use strict"; eval(); a }', ['global']],
    ['function f() { let a; eval(); { a } }', ['binding function']],
    ['let a; function f() { return eval(), a }', ['dynamic script']],
    ['let a; function f() { eval(); } a', ['binding script']],
    ['(function a() { a })', ['binding function-name']],
    ['try {} catch (a) { a }', ['binding catch']],
    ['try {} catch ({ b = a, a }) { a }', ['binding? catch', 'binding catch']],
    ['(a) => a', ['binding function']],
    ['a = 1; [a, { b: a }] = c; for (a of d) ;', ['global', 'global', 'global', 'global']],
  ];
  for (const [text, expected] of rows) test(text, () => expect(references(text, 'a')).toEqual(expected));
  test('imports are always checked', () => {
    expect(references('import a from "b"; a', 'a', 'module')).toEqual(['binding? module']);
  });
});

test('assignments are noted', () => {
  const { root } = analyze('let a, b, c, d, e; a; b = 1; c++; [d] = a; ({ x: (e) } = a)');
  expect([...root.bindings.values()].map(({ name, isAssigned }) => `${name} ${isAssigned}`)).toEqual([
    'a false',
    'b true',
    'c true',
    'd true',
    'e true',
  ]);
});

test('the text dump', () => {
  const text = `let a = 1;
function f(p) {
  for (let i = 0; i < p; i++) g(() => i + a);
}`;
  expect(dumpScopes(analyze(text))).toBe(`script @0
  function f: global-object, 0 references
  let a: global-lexical, captured, 1 references
  function f @11
    parameter p: register, 1 references
    for @29 [environment]
      let i: environment, captured, assigned, 3 references
      function (arrow) @59
references:
  45 i: for @29
  49 p: function @11
  52 i: for @29
  57 g: global
  65 i: for @29
  69 a: script @0, checked
`);
});
