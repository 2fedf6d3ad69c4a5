// What the parser accepts in odd places, the shapes of its trees, and the entry points' contexts.
import { describe, expect, test } from 'vitest';
import { CHILD_FIELDS, forEachChild, KIND_NAMES, type Node } from './ast.gen.ts';
import { type EvalContext, parseDynamicFunction, parseEval, parseModule, parseScript } from './parse.ts';
import { SourceText } from './source-text.ts';

function script(text: string) {
  const result = parseScript(new SourceText('test', text));
  if (!result.ok) throw new Error(`${result.error.message}\n${result.error.excerpt}`);
  return result.node;
}

function module(text: string) {
  const result = parseModule(new SourceText('test', text));
  if (!result.ok) throw new Error(`${result.error.message}\n${result.error.excerpt}`);
  return result.node;
}

/** `Kind(child, …)` with names, operators and literal values after the kind. */
function shape(node: Node): string {
  const record = node as unknown as Readonly<Record<string, unknown>>;
  const detail =
    record.operator ?? record.value ?? (typeof record.name === 'string' ? record.name : undefined);
  const isPlain = typeof detail === 'string' || typeof detail === 'number' || typeof detail === 'boolean';
  const children: string[] = [];
  forEachChild(node, (child) => children.push(shape(child)));
  const head = KIND_NAMES[node.kind] + (isPlain ? `:${String(detail)}` : '');
  return children.length === 0 ? head : `${head}(${children.join(' ')})`;
}

function expressionShape(text: string): string {
  const [statement] = script(text).body;
  return shape(statement)
    .replace(/^ExpressionStatement\((.*)\)$/, '$1')
    .replaceAll('IdentifierReference:', '')
    .replaceAll('NumericLiteral:', '');
}

describe('expressions', () => {
  const rows: readonly [text: string, shape: string][] = [
    ['a + b * c - d', 'BinaryExpression:-(BinaryExpression:+(a BinaryExpression:*(b c)) d)'],
    ['a ** b ** c', 'BinaryExpression:**(a BinaryExpression:**(b c))'],
    ['a || b && c', 'LogicalExpression:||(a LogicalExpression:&&(b c))'],
    ['a ?? b ?? c', 'LogicalExpression:??(LogicalExpression:??(a b) c)'],
    ['a in b < c', 'BinaryExpression:<(BinaryExpression:in(a b) c)'],
    ['!a.b++', 'UnaryExpression:!(UpdateExpression:++(StaticMember:b(a)))'],
    ['new a.b(1)(2)', 'CallExpression(NewExpression(StaticMember:b(a) 1) 2)'],
    ['new new a()()', 'NewExpression(NewExpression(a))'],
    ['a?.b.c(1)', 'OptionalChain(CallExpression(StaticMember:c(StaticMember:b(a)) 1))'],
    ['(a?.b).c', 'StaticMember:c(ParenthesizedExpression(OptionalChain(StaticMember:b(a))))'],
    ['a?.5:1', 'ConditionalExpression(a 0.5 1)'],
    ['a = b += c', 'AssignmentExpression:=(a AssignmentExpression:+=(b c))'],
    [
      'x = /a/g / /b/',
      'AssignmentExpression:=(x BinaryExpression:/(RegularExpressionLiteral RegularExpressionLiteral))',
    ],
    [
      '[a, [b = 1], ...c] = d',
      'AssignmentExpression:=(ArrayAssignmentPattern(AssignmentElement(a) ' +
        'AssignmentElement(ArrayAssignmentPattern(AssignmentElement(b 1))) c) d)',
    ],
    ['a`b${c}`', 'TaggedTemplate(a TemplateLiteral(TemplateElement TemplateElement c))'],
    [
      '(a, b) => c',
      'ArrowFunction(BindingElement(BindingIdentifier:a) BindingElement(BindingIdentifier:b) c)',
    ],
    ['async (a) => c', 'ArrowFunction(BindingElement(BindingIdentifier:a) c)'],
    ['async(a)', 'CallExpression(async a)'],
    [
      '([a = 1]) => a',
      'ArrowFunction(BindingElement(ArrayBindingPattern(BindingElement(BindingIdentifier:a 1))) a)',
    ],
  ];
  for (const [text, expected] of rows) test(text, () => expect(expressionShape(text)).toBe(expected));
});

describe('accepted in scripts', () => {
  const texts: readonly string[] = [
    'var let = 1; let\nx = 2',
    'let\nyield',
    'l\\u0065t\nx',
    'if (1) let\nx',
    'var yield, await, async, of, get, set, static, using, accessor',
    'async\nfunction f() {}',
    'async: 1; await: 2; yield: 3; let: 4',
    'for (let in {}) ; for (let of of []) ; for (let = 1; ; ) break',
    'for (async of => 1; false; ) ; for (async in {}) ;',
    'for (using of of) ; for (using of []) ; for (using of = a; ; ) ; for (using in {}) ; { using\nx }',
    '{ using a = null, b = c; using\n[d] }',
    'async function f() { await using a = b; for (await using c of d) ; await using\n[a] }',
    'for (var a = 1 in {}) ;',
    'f() = 1; f() += 1; f()++; --f(); for (f() in a) ; (f()) = 1',
    'if (1) function f() {} else function g() {}',
    'a: function f() {}',
    '{ function f() {} function f() {} }',
    'try {} catch (e) { var e; for (var e of []) ; }',
    'a <!-- b\n--> c\n/*\n*/ --> d',
    '#!hashbang\na',
    '010; 08.5; "\\01"; "\\8"',
    '({ __proto__: 1, __proto__() {}, ["__proto__"]: 2, __proto__ })',
    '({ __proto__: a, __proto__: b } = {})',
    '({ async *a() { yield* b }, get get() {}, set set(a) {}, async() {}, await() {}, if: 1, 1n: 2 })',
    'class A { static async *#a() {} static static; get; set; async; accessor; static\n{} "constructor"() {} }',
    'class A { accessor a = 1; static accessor #b; accessor\nc; @d() @(e) @f.g static x; get\ny() {} }',
    'class A extends B { constructor() { (() => super())(); } static { this.a = super.b; new.target } }',
    'class A { #a; static b(o) { return #a in o && !(#a in o) } }',
    'class A { static { (() => ({ await })); function f() { var await } } }',
    'function* g() { yield\n/a/; yield* b; (yield)[yield]; yield a ? b : c }',
    'async function f() { for await (async of a) ; (await a) ** 2n || a }',
    '(async function () { (await a) ** b; async (x = function await() {}) => {} })',
    'a?.[b]?.(c)',
    'import(a, b,); import.source(a); import.defer(a); new (import(a))()',
    'function f() { new new.target() }',
    'a\n++b; a\n/b/c',
    'do ; while (0) a',
    '`a${`b${c}`}`; tag`\\u`; tag`\\01`',
    '"\u2028"; a /* \u2029 */ b',
    'var a\\u{62}c, ℮, 𠮷',
    '(function arguments() { eval = 1; arguments++ })',
    '({ a: (b), c: (d.e) } = f); [(g), ((h)).i] = j',
    'switch (1) { case 0: let a; break; default: { let a } }',
    'a => {}\n/b/g',
    'var { if: a, [b]: c = d, ...e } = f',
    '(a, ...[b, c]) => 1; (a,) => 1; () => {}',
    'async a => await a; async function b() {}',
    'label: { break label }',
    'a: b: for (;;) { continue a; break b }',
  ];
  for (const text of texts) test(JSON.stringify(text), () => expect(script(text).body).toBeDefined());
});

describe('accepted in modules', () => {
  const texts: readonly string[] = [
    'await a; for await (b of c) ; await using d = e; using f = g; export { f }',
    'import source a from "b"; import source from from "b"; import source from "b"',
    'import defer * as a from "b"; import defer from "c"; import defer2, { defer as d } from "d"',
    'import { "a b" as c, default as d, if as e } from "f" with { type: "json", "x": "y", }',
    'export { a as "b c", a as default, a as if }; var a; export * as "d e" from "f"; export { "g", else } from "h"',
    'export default class {}',
    'export default async function () {}',
    'export default async () => 1',
    'export @a class B {} @c export default class {}',
    'import.meta.a; import("b")',
    'export { f }; function f() {}',
  ];
  for (const text of texts) test(JSON.stringify(text), () => expect(module(text).body).toBeDefined());
  test('HTML-like comments are no comments there', () => {
    expect(parseModule(new SourceText('test', 'a\n--> b')).ok).toBe(false);
  });
});

describe('what scopes record', () => {
  test('vars hoist to the variable scope once, functions included', () => {
    const { scope } = script('a; { var b; for (var c of d) { var b } } function e() { var f } var e');
    expect(scope.varNames).toEqual(['b', 'c', 'e']);
    expect(scope.functions.map((f) => f.name?.name)).toEqual(['e']);
    expect(scope.lexicals).toEqual([]);
  });

  test('Annex B hoists functions out of blocks unless a var would conflict', () => {
    const { scope } = script(
      `{ function a() {} }
       { let b; { function b() {} } }
       if (1) function c() {}
       switch (1) { case 1: function d() {} }
       { async function e() {} }
       let f; { function f() {} }
       try {} catch (g) { { function g() {} } }
       try {} catch ({ h }) { { function h() {} } }
       { function i() { "use strict"; { function j() {} } } }
       { function k() {} { function k() {} } }`,
    );
    expect(scope.annexBFunctions.map((f) => f.name?.name)).toEqual(['a', 'c', 'd', 'g', 'i', 'k']);
  });

  test('a scope that stands in the parameters of an arrow function is inside the arrow function', () => {
    const [statement] = script('(a = function () {}, b = class { c() {} }) => 1').body;
    const parents: unknown[] = [];
    const visit = (node: Node): void => {
      if (KIND_NAMES[node.kind] === 'FunctionExpression' || KIND_NAMES[node.kind] === 'ArrowFunction')
        parents.push((node as Extract<Node, { info: unknown }>).info.scope.parent?.kind);
      if (KIND_NAMES[node.kind] === 'ClassExpression')
        parents.push((node as Extract<Node, { heritage: unknown }>).scope.parent?.kind);
      forEachChild(node, visit);
    };
    visit(statement);
    expect(parents).toEqual(['script', 'function', 'function']);
  });

  test('facts about a function pass through arrow functions only', () => {
    const facts = (text: string) => {
      const [declaration] = script(text).scope.functions;
      const { usesArguments, usesThis, containsDirectEval, expectedArgumentCount } = declaration.info;
      return [usesArguments, usesThis, containsDirectEval, expectedArgumentCount];
    };
    expect(facts('function f(a, b = 1, c) { () => arguments }')).toEqual([true, false, false, 1]);
    expect(facts('function f() { (a = this) => 1; function g() { arguments } }')).toEqual([
      false,
      true,
      false,
      0,
    ]);
    expect(facts('function f() { (a = eval()) => 1 }')).toEqual([true, true, true, 0]);
    expect(facts('function f() { (eval)() }')).toEqual([true, true, true, 0]);
    expect(facts('function f(...a) { eval?.(); new eval(); x.eval() }')).toEqual([false, false, false, 0]);
  });
});

test('module entries', () => {
  const { entries, hasTopLevelAwait } = module(
    `import a, { b as c } from "m"; import * as d from "n" with { type: "json" };
     export { a as e, d as f, g }; let g; export * from "m"; export * as h from "o"; export default 1;`,
  );
  expect(hasTopLevelAwait).toBe(false);
  expect(entries.requestedModules.map((request) => request.specifier)).toEqual(['m', 'n', 'o']);
  expect(entries.importEntries.map((e) => [e.moduleRequest.specifier, e.importName, e.localName])).toEqual([
    ['m', 'default', 'a'],
    ['m', 'b', 'c'],
    ['n', null, 'd'],
  ]);
  expect(entries.localExportEntries.map((e) => [e.exportName, e.localName])).toEqual([
    ['f', 'd'],
    ['g', 'g'],
    ['default', '*default*'],
  ]);
  expect(entries.indirectExportEntries.map((e) => [e.exportName, e.importName, e.importKind])).toEqual([
    ['h', null, 'all'],
    ['e', 'default', 'name'],
  ]);
  expect(entries.starExportEntries.map((e) => e.moduleRequest?.specifier)).toEqual(['m']);
});

test('property keys are canonical', () => {
  const [statement] = script(
    '({ 1: a, 0x10: a, "2": a, "02": a, 1.5: a, 1e3: a, 4294967295: a, 3n: a, b: a })',
  ).body;
  const keys: unknown[] = [];
  const visit = (node: Node): void => {
    if (KIND_NAMES[node.kind] === 'LiteralPropertyName')
      keys.push((node as Extract<Node, { value: unknown }>).value);
    forEachChild(node, visit);
  };
  visit(statement);
  expect(keys).toEqual([1, 16, 2, '02', '1.5', 1000, '4294967295', 3, 'b']);
});

describe('parseEval', () => {
  const plain: EvalContext = {
    strict: false,
    inFunction: false,
    inMethod: false,
    inDerivedConstructor: false,
    inClassFieldInitializer: false,
    privateNames: null,
  };
  const rows: readonly [text: string, context: Partial<EvalContext>][] = [
    ['new.target', { inFunction: true }],
    ['() => super.a', { inMethod: true }],
    ['super()', { inDerivedConstructor: true }],
    ['this.#a', { privateNames: ['a'] }],
  ];
  for (const [text, context] of rows) {
    test(`${text} needs its context`, () => {
      expect(parseEval(new SourceText('eval', text), plain).ok).toBe(false);
      expect(parseEval(new SourceText('eval', text), { ...plain, ...context }).ok).toBe(true);
    });
  }
  test('arguments is an error in a field initializer, but not in a function there', () => {
    const context = { ...plain, inClassFieldInitializer: true };
    expect(parseEval(new SourceText('eval', '() => arguments'), context).ok).toBe(false);
    expect(parseEval(new SourceText('eval', 'function f() { arguments }'), context).ok).toBe(true);
  });
  test('the scope is of kind eval', () => {
    const result = parseEval(new SourceText('eval', '#!\nvar a'), plain);
    expect(result.ok && result.node.scope.kind).toBe('eval');
  });
});

describe('parseDynamicFunction', () => {
  test('assembles the source text', () => {
    const result = parseDynamicFunction('asyncGenerator', 'a, b = 1', 'yield await a', 'test');
    if (!result.ok) throw new Error(result.error.message);
    const { node } = result;
    expect(node.name).toBe(null);
    expect(node.info.source.text.slice(node.info.textStart, node.info.textEnd)).toBe(
      'async function* anonymous(a, b = 1\n) {\nyield await a\n}',
    );
  });
  const rejected: readonly [parameters: string, body: string][] = [
    ['a) { } function b(', ''],
    ['', '} + function () {'],
    ['/*', '*/ ) {'],
    ['a = 1', '"use strict"'],
    ['-->', ''],
    ['', 'super.a'],
    ['', '#!\n'],
  ];
  for (const [parameters, body] of rejected)
    test(`refuses ${JSON.stringify([parameters, body])}`, () =>
      expect(parseDynamicFunction('normal', parameters, body, 'test').ok).toBe(false));
  const accepted: readonly [parameters: string, body: string][] = [
    ['', ''],
    ['a //', '--> b'],
    ['a, a', 'return new.target'],
    ['\n-->', ''],
  ];
  for (const [parameters, body] of accepted)
    test(`accepts ${JSON.stringify([parameters, body])}`, () =>
      expect(parseDynamicFunction('normal', parameters, body, 'test').ok).toBe(true));
});

test('the visitor and the field tables name the same children', () => {
  const node = script('function f({ a = 1, ...b }, [c] = d, ...e) { for (const x of y) try {} catch {} }')
    .body[0];
  const seen = new Set<Node>();
  const visit = (parent: Node): void => {
    const fields = CHILD_FIELDS[parent.kind].flatMap((field) => {
      const value = (parent as unknown as Readonly<Record<string, unknown>>)[field];
      return (Array.isArray(value) ? value : [value]).filter((child) => child !== null) as Node[];
    });
    const children: Node[] = [];
    forEachChild(parent, (child) => children.push(child));
    expect(children).toEqual(fields);
    for (const child of children) {
      expect(seen.has(child)).toBe(false);
      seen.add(child);
      expect(child.start).toBeGreaterThanOrEqual(parent.start);
      expect(child.end).toBeLessThanOrEqual(parent.end);
      visit(child);
    }
  };
  visit(node);
});
