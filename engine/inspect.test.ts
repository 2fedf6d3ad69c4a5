import { inspect as nodeInspect } from 'node:util';
import { runInThisContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { type InspectOptions, inspect, Runtime } from './engine.ts';

/** The value of a program in both worlds, printed by our inspector and by Node's. */
function printBoth(
  source: string,
  options: InspectOptions,
): { readonly ours: string; readonly nodes: string } {
  // In a block, so that programs do not see each other's declarations in the host.
  const block = `{ ${source}\n}`;
  const completion = new Runtime().runScript(block, 'test.js');
  if (completion.kind !== 'normal')
    throw new Error(`guest: ${JSON.stringify(completion.kind)} for ${source}`);
  const nodes = nodeInspect(runInThisContext(block), { ...options, compact: options.compact ?? 3 });
  return { ours: inspect(completion.value, options), nodes };
}

/** Expressions whose value prints as in Node. */
const VALUES: readonly string[] = [
  // Primitives.
  ...[
    'undefined',
    'null',
    'true',
    'false',
    '0',
    '-0',
    '1.5',
    '-1e21',
    '1/0',
    '-1/0',
    '0/0',
    '10n',
    '-5n',
    '0xffn',
  ],
  ...[
    "''",
    "'abc'",
    `"it's"`,
    `"it's \\"quoted\\""`,
    `"\`'\\"\${x}"`,
    '"`\'\\""',
    "'a\\nb'",
    "'\\t\\b\\f\\v\\0\\x1b\\x7f\\x9f'",
  ],
  ...[
    "'\\\\'",
    "'\\ud83d'",
    "'\\udc00a'",
    "'😀'",
    "'x'.repeat(200)",
    "'line one\\nline two is here\\nline three'",
    "'x'.repeat(10005)",
  ],
  ...['Symbol()', "Symbol('a b')", 'Symbol.iterator', "Symbol.for('r')"],
  // Plain objects and keys.
  ...[
    '({})',
    '({ a: 1 })',
    "({ 'a-b': 1, 'c d': 2, $x: 3, _y: 4, 5: 6, é: 7 })",
    `({ "it's": 1, "a\\nb": 2 })`,
    "({ ['__proto__']: 1 })",
  ],
  ...[
    "({ [Symbol('k')]: 1, [Symbol()]: 2 })",
    '({ a: { b: { c: {} } } })',
    '({ a: { b: { c: { d: 1 } } } })',
    '({ a: [[[[]]]] })',
    '({ a: [[[[1]]]] })',
  ],
  ...[
    '({ get a() { return 1 }, set b(x) {}, get c() { return 1 }, set c(x) {} })',
    '({ u: undefined, n: null, f: function () {} })',
  ],
  ...[
    'Object.create(null)',
    'Object.assign(Object.create(null), { a: 1 })',
    'Object.create({ x: 1 })',
    'Object.create(Object.create(null))',
  ],
  ...[
    'Object.create(Object.assign(Object.create(null), { a: 1 }))',
    'Object.defineProperty({}, "h", { value: 1 })',
    'Object.freeze({ a: 1 })',
  ],
  ...[
    "({ [Symbol.toStringTag]: 'T' })",
    "({ [Symbol.toStringTag]: 'T', a: 1 })",
    "Object.defineProperty({}, Symbol.toStringTag, { value: 'T' })",
  ],
  ...[
    "Object.defineProperty({ a: 1 }, Symbol.toStringTag, { value: 'T' })",
    "Object.defineProperty({}, Symbol.toStringTag, { get() { return 'T' } }) && 1",
  ],
  ...['({ constructor: 1 })', "({ constructor: { name: 'X' } })", '({ constructor: class Y {} })'],
  // Classes and instances.
  ...[
    'class A {} new A()',
    'class A { x = 1 } new A()',
    'class A { #p = 1; y = 2 } new A()',
    'class A {} class B extends A {} new B()',
    'new (class {})()',
  ],
  ...[
    'new (class extends Array {})(3)',
    'class L extends Array {} L.from([1, 2])',
    'class M extends Map {} new M([[1, 2]])',
    'class S extends Set {} new S([1])',
  ],
  ...[
    'class P extends Promise {} P.resolve(1)',
    'class R extends RegExp {} new R("a", "g")',
    'class D extends Date {} new D(0)',
    'class F extends Function {} new F()',
  ],
  ...[
    "class A { get [Symbol.toStringTag]() { return 'T' } } Object.keys(new A())",
    "class A {} A.prototype[Symbol.toStringTag] = 'Tag'; new A()",
  ],
  ...[
    'function Old() { this.a = 1 } new Old()',
    'function f() {} f.prototype = { z: 1 }; new f()',
    'class A { static x = 1; static m() {} } A',
    'class A extends Array {} A',
  ],
  ...[
    '(class {})',
    '(class extends Object {})',
    'class N extends null {} N',
    'class A {} class B extends A {} [A, B]',
    "class A { static [Symbol.toStringTag] = 'Q' } A",
  ],
  // Functions.
  ...[
    '(function () {})',
    '(function named() {})',
    '(() => {})',
    'const g = () => {}; g',
    '(async () => {})',
    '(function* () {})',
    '(async function* h() {})',
    '({ m() {} }).m',
  ],
  ...[
    '(function () {}).bind()',
    'function a() {} a.bind()',
    'Math.max',
    'Array',
    'Symbol',
    'Object.assign(() => {}, { a: 1 })',
    'Object.setPrototypeOf(function q() {}, null)',
  ],
  ...[
    'Object.setPrototypeOf(async function q() {}, null)',
    "Object.defineProperty(function () {}, 'name', { value: 'x y' })",
    "Object.assign(function k() {}, { [Symbol.toStringTag]: 'Z' })",
  ],
  ...[
    "Object.getOwnPropertyDescriptor(Map.prototype, 'size').get",
    'Array.prototype[Symbol.iterator]',
    'Object.getOwnPropertyDescriptor(RegExp, Symbol.species).get',
  ],
  // Arrays.
  ...[
    '[]',
    '[1]',
    '[1, 2, 3]',
    '[, 1]',
    '[1, , 2]',
    '[1, , , 4, ,]',
    '[,]',
    'new Array(3)',
    'new Array(500)',
    '[undefined, null]',
    '[[]]',
    '[{}]',
    '[[], {}, "", 0]',
  ],
  ...[
    'Object.assign([1, 2], { a: 1 })',
    "Object.assign([], { 'a-b': 1, [Symbol('s')]: 2 })",
    'Object.assign([1], { "-1": 2 })',
    'Object.setPrototypeOf([1, 2], null)',
    'Object.setPrototypeOf([], null)',
  ],
  ...[
    'Array.from({ length: 6 }, (_, i) => i)',
    'Array.from({ length: 7 }, (_, i) => i)',
    'Array.from({ length: 27 }, (_, i) => i * i)',
    'Array.from({ length: 100 }, (_, i) => i)',
  ],
  ...[
    'Array.from({ length: 101 }, (_, i) => i)',
    'Array.from({ length: 250 }, (_, i) => -i)',
    "Array.from({ length: 30 }, (_, i) => 'w'.repeat(i % 9))",
    "Array.from({ length: 130 }, (_, i) => 'k' + i)",
  ],
  ...[
    'Array.from({ length: 20 }, (_, i) => ({ i }))',
    'Array.from({ length: 10 }, (_, i) => [i, i * 2])',
    'Array.from({ length: 40 }, (_, i) => 2 ** i)',
    'Array.from({ length: 12 }, (_, i) => BigInt(i) ** 20n)',
  ],
  ...[
    "Array.from({ length: 9 }, (_, i) => (i % 2 ? i : 's' + i))",
    "['日本語', '한국어', 'ab', 'éa', '😀', 'x', 'yz', 'wide 漢字']",
    '[1.5, 22.25, 333, -4, 5, 6, 7, 8]',
    '[true, false, true, null, undefined, 1, 2, 3]',
  ],
  ...[
    'const a = [1, 2, 3]; a[5] = 1; a',
    'const a = []; a[4294967290] = 1; a',
    'const a = [1]; a[200] = 2; a',
    'const a = Array.from({ length: 150 }, (_, i) => i); delete a[3]; delete a[4]; a',
  ],
  ...[
    'const a = new Array(120).fill(0); for (let i = 0; i < 120; i += 2) delete a[i]; a',
    'const a = [1, 2, 3, 4, 5, 6, 7]; a.extra = true; a',
    "Object.defineProperty([1, 2], '0', { get() { return 1 } })",
  ],
  ...[
    'const a = Array.from({ length: 101 }, (_, i) => i); a.note = 1; a',
    "[['a', 'b', 'c', 'd', 'e', 'f', 'g'], ['h']]",
    'Array.from({ length: 8 }, () => "a fairly long string that fills lines")',
  ],
  // Line breaking.
  ..."({ a: 'x'.repeat(60) })|({ a: 'x'.repeat(62), b: 1 })|({ a: 'x'.repeat(70) })|({ aaaa: 'x'.repeat(30), bbbb: 'y'.repeat(30) })|({ aaaa: 'x'.repeat(26), bbbb: 'y'.repeat(26) })".split(
    '|',
  ),
  ...'({ one: { two: { three: {} } } })|({ one: { two: { three: [1] } } })|({ a: { b: 1, c: { d: 2 } }, e: [1, [2, [3]]] })|[{ a: 1, b: { c: 2 } }, { a: 2, b: { c: 3 } }]'.split(
    '|',
  ),
  ..."({ text: 'first line of text\\nsecond line of text\\nthird line of text, which is longer than the others' })|['x'.repeat(75)]|['x'.repeat(100), 'y']|({ key: ['x'.repeat(80)] })".split(
    '|',
  ),
  ..."[['x'.repeat(20), 'y'.repeat(20)], ['z'.repeat(20), 'w'.repeat(20)]]|({ k1: 1, k2: 2, k3: 3, k4: 4, k5: 5, k6: 6, k7: 7, k8: 8, k9: 9, k10: 10, k11: 11, k12: 12 })".split(
    '|',
  ),
  ..."Array.from({ length: 3 }, () => Array.from({ length: 3 }, () => ({ x: 1 })))|({ a: Array.from({ length: 30 }, (_, i) => i), b: new Map([['k', [1, 2, 3, 4, 5, 6, 7, 8]]]) })".split(
    '|',
  ),
  ..."({ f() {}, g: class Q { static z = 1 }, h: Object.assign(() => {}, { deep: { deeper: { deepest: {} } } }) })|({ name: 'Inventory', items: [{ sku: 'A1', quantity: 3, price: 9.5 }, { sku: 'B2', quantity: 10, price: 0.25 }] })".split(
    '|',
  ),
  // Collections.
  ...[
    'new Map()',
    'new Map([[1, 2]])',
    "new Map([['a', { b: 1 }], [{ c: 2 }, new Map()]])",
    'new Map([[1, new Map([[2, new Map([[3, new Map([[4, 5]])]])]])]])',
    'new Set()',
    'new Set([1, "2", [3]])',
  ],
  ...[
    'new Set([new Set([new Set([new Set([1])])])])',
    'new Map(Array.from({ length: 120 }, (_, i) => [i, i]))',
    'new Set(Array.from({ length: 105 }, (_, i) => i))',
    'Object.assign(new Map([[1, 2]]), { x: 1 })',
  ],
  ...[
    'new Map([[1, 2]]).entries()',
    'new Map([[1, 2]]).keys()',
    'new Map([[1, 2]]).values()',
    'new Map([[1, 2]])[Symbol.iterator]()',
    'new Set([1, 2]).values()',
    'new Set([1, 2]).entries()',
    'new Map().entries()',
  ],
  ...[
    'const i = new Map([[1, 2], [3, 4]]).entries(); i.next(); i',
    'const i = new Set([1]).values(); i.next(); i.next(); i',
    'Object.setPrototypeOf(new Map([[1, 2]]), null)',
    'Object.setPrototypeOf(new Set(), null)',
  ],
  ...[
    'new WeakMap()',
    'new WeakSet()',
    '[1].values()',
    '[1].entries()',
    "'a'[Symbol.iterator]()",
    '(function* () {})()',
    '(async function* () {})()',
    'function* gen() {} gen()',
  ],
  // Promises, proxies, wrappers, dates, patterns.
  ...[
    'new Promise(() => {})',
    'Promise.resolve(1)',
    'Promise.resolve({ a: { b: { c: {} } } })',
    'const p = Promise.reject(3); p.catch(() => {}); p',
    'Object.assign(Promise.resolve("s"), { z: 1 })',
  ],
  ...[
    'new Proxy({ a: 1 }, {})',
    'new Proxy([1, 2], { get() { throw 1 } })',
    'new Proxy(function f() {}, {})',
    'const r = Proxy.revocable({}, {}); r.revoke(); r.proxy',
    'new Proxy(new Proxy({ in: 1 }, {}), {})',
    'new Proxy(class A {}, {})',
  ],
  ...[
    "new String('abc')",
    'new Number(-0)',
    'new Boolean(false)',
    "Object(Symbol('s'))",
    'Object(5n)',
    "Object.assign(new String('ab'), { x: 1 })",
    'Object.assign(new Number(3), { y: 2 })',
    'class N extends Number {} new N(4)',
  ],
  ...[
    'Object.setPrototypeOf(new Number(3), null)',
    "[new String('a'), new Number(1)]",
    'new Date(0)',
    'new Date(NaN)',
    '[new Date(1e12)]',
    'Object.assign(new Date(0), { x: 1 })',
    'Object.setPrototypeOf(new Date(0), null)',
  ],
  ...[
    '/a/',
    '/[/]\\/x/gimsuy',
    'Object.assign(/a/, { x: 1 })',
    '[/a/g]',
    'new RegExp("")',
    'new RegExp("\\n")',
    'Object.setPrototypeOf(/z/g, null)',
    '/(?<y>a)(b)?/.exec("ab")',
    '"aXbX".match(/X/g)',
  ],
  // Arguments and built-in namespaces.
  ...[
    '(function () { return arguments })()',
    '(function () { return arguments })(1, [2])',
    '(function () { "use strict"; return arguments })({ a: 1 })',
    'Math',
    'JSON',
    'Reflect',
    'globalThis.Math === Math',
  ],
  ...[
    'Object.prototype',
    'Map.prototype',
    'Set.prototype',
    'Symbol.prototype',
    'Promise.prototype',
    'Number.prototype',
    'String.prototype',
    'Boolean.prototype',
    'Date.prototype',
    'Error.prototype',
    'TypeError.prototype',
  ],
  ...[
    '(function* () {}).prototype',
    'Object.create(Array.prototype)',
    'Object.create(Map.prototype)',
    'Object.create(Date.prototype)',
    'Object.create(class Z {}.prototype)',
  ],
  // Cycles.
  ...[
    'const a = {}; a.self = a; a',
    'const a = [1]; a.push(a); a',
    'const a = { b: { c: {} } }; a.b.c.a = a; a.b.c.b = a.b; a',
    'const m = new Map(); m.set(m, m); m',
    'const s = new Set(); s.add(s); s',
  ],
  ...[
    'const f = () => {}; f.f = f; f',
    'const o = { l: [] }; o.l.push(o, o.l); [o, o]',
    'const p = Promise.resolve(1); p.p = p; p',
    'const x = { y: {} }; ({ a: x, b: x, c: x.y })',
    'class C {} C.self = C; C',
    'const e = /r/; e.e = e; e',
  ],
];

/** Gives an error a stack that does not depend on where it was made. */
const FRAMES =
  "const at = (e, ...names) => { e.stack = String(e) + names.map((n) => '\\n    at ' + n + ' (file.js:1:2)').join(''); return e };";

const ERRORS: readonly string[] = [
  ...[
    "at(new Error('m'), 'f', 'g')",
    "at(new Error(), 'f')",
    "at(new TypeError('two\\nlines'), 'f')",
    "at(new Error('m'))",
    "[at(new RangeError('r'), 'f')]",
  ],
  ...[
    "({ e: at(new Error('m'), 'f', 'g') })",
    "({ a: { b: { c: at(new Error('m'), 'f') } } })",
    "at(Object.assign(new Error('m'), { code: 'E_X', n: 1 }), 'f')",
  ],
  ...[
    "at(new Error('outer', { cause: at(new Error('inner'), 'g') }), 'f')",
    "at(new Error('m', { cause: 5 }), 'f')",
    "at(new Error('m', { cause: undefined }), 'f')",
  ],
  ...[
    "at(new Error('o', { cause: at(new Error('i'), 'x', 'a', 'b', 'c', 'd') }), 'y', 'a', 'b', 'c', 'd')",
    "at(new Error('o', { cause: at(new Error('i'), 'a', 'b', 'c') }), 'a', 'b', 'c')",
  ],
  ...[
    "at(new AggregateError([at(new Error('1'), 'f'), 2], 'all'), 'g')",
    "at(new AggregateError([]), 'g')",
    "class MyError extends Error {} at(new MyError('m'), 'f')",
    "class Failure extends Error {} at(new Failure('m'), 'f')",
  ],
  ...[
    "class E2 extends TypeError { get name() { return 'E2' } } at(new E2('m'), 'f')",
    "class ValidationError extends Error { name = 'ValidationError' } at(new ValidationError('m'), 'f')",
  ],
  ...[
    "const e = new Error('m'); e.name = 'Custom'; at(e, 'f')",
    "const e = at(new Error('m'), 'f'); e.message = 'changed'; e",
    "Object.setPrototypeOf(at(new Error('m'), 'f'), null)",
    "const e = at(new Error('m'), 'f'); e.self = e; e",
  ],
  ...[
    "const e = new Error('m'); e.stack = 'nothing like it'; e",
    "Object.assign(at(new Error('m'), 'f'), { message: 'own', other: [1, { a: 2 }] })",
    "at(Object.defineProperty(new Error('m'), Symbol.toStringTag, { value: 'Tag' }), 'f')",
  ],
  ...[
    'Object.create(Error.prototype)',
    "const e = at(new Error('m'), 'f'); [e, e]",
    "new Map([['k', at(new Error('m'), 'f')]])",
    "Promise.reject(at(new Error('m'), 'f')).catch(() => {}) && 1",
  ],
];

const DEEP = `({ a: { b: { c: { d: { e: { f: [[[1]]] } } } } }, m: new Map([[{ k: { l: {} } }, [[[]]]]]), s: 'text' })`;
const VARIED = `({ n: 1, s: 'it', u: undefined, z: null, y: Symbol('q'), b: true, i: 5n, d: new Date(0), r: /x/g, f() {}, e: [, 1],
  p: Promise.resolve(1), w: new WeakMap(), get g() { return 1 }, [Symbol('k')]: 'v', 'a-b': 2, c: class A {}, v: new Number(3), x: [1, 2] })`;

/** Programs printed with options. */
const OPTIONED: readonly (readonly [source: string, options: InspectOptions])[] = [
  [DEEP, { depth: 0 }],
  [DEEP, { depth: 1 }],
  [DEEP, { depth: 4 }],
  [DEEP, { depth: Number.POSITIVE_INFINITY }],
  [DEEP, { compact: 0 as never, depth: 9 }],
  [DEEP, { compact: 1 }],
  [DEEP, { compact: 5, depth: 9 }],
  [DEEP, { breakLength: 40 }],
  [DEEP, { breakLength: Number.POSITIVE_INFINITY }],
  [VARIED, { colors: true }],
  [VARIED, { colors: true, breakLength: 40 }],
  ['Array.from({ length: 40 }, (_, i) => i)', { colors: true }],
  ["Array.from({ length: 40 }, (_, i) => 'n' + i * i)", { colors: true }],
  ['new Array(3)', { colors: true }],
  ['const a = {}; a.a = a; a', { colors: true }],
  ['Array.from({ length: 40 }, (_, i) => i)', { maxArrayLength: 10 }],
  ['Array.from({ length: 40 }, (_, i) => i)', { maxArrayLength: 0 }],
  ['new Map([[1, 2], [3, 4]])', { maxArrayLength: 1 }],
  ["'abcdefghij'", { maxStringLength: 4 }],
  ["['abcdefghij']", { maxStringLength: 9 }],
  ['[1, { a: 2 }]', { showHidden: true }],
  ['({ f(a, b) {} })', { showHidden: true }],
  ['class F { constructor(a) {} } F', { showHidden: true }],
  ["Object.defineProperty({ a: 1 }, 'h', { value: { x: 1 } })", { showHidden: true }],
  ['class A { get v() { return 1 } m() {} } new A()', { showHidden: true }],
  [
    'class A { get v() { return 1 } } class B extends A { w = 1; get z() { return 2 } } new B()',
    { showHidden: true },
  ],
  ['new Map([[1, 2]])', { showHidden: true }],
  ['/a/g', { showHidden: true }],
  ["new String('ab')", { showHidden: true }],
  ['new Proxy({ a: 1 }, { get() {} })', { showProxy: true }],
  ['[new Proxy(function f() {}, {})]', { showProxy: true }],
  ['({ a: { b: { c: new Proxy({}, {}) } } })', { showProxy: true }],
  ["({ a: 'x'.repeat(30), b: { c: 'y'.repeat(30) } })", { breakLength: 60 }],
];

// The format is that of Node 20 and 22; later ones print some symbols and class names differently.
const HOST_MAJOR = Number.parseInt(process.versions.node, 10);

describe.skipIf(HOST_MAJOR > 22)('the inspector prints as Node does', () => {
  test.each(VALUES.map((source) => [source]))('%s', (source) => {
    const { ours, nodes } = printBoth(source, {});
    expect(ours).toBe(nodes);
  });
  test.each(VALUES.map((source) => [source]))('in an object and an array: %s', (source) => {
    const wrapped = `((v) => ({ before: 1, value: v, list: [v, [v]] }))(eval(${JSON.stringify(`{ ${source}\n}`)}))`;
    const { ours, nodes } = printBoth(wrapped, {});
    expect(ours).toBe(nodes);
  });
  test.each(ERRORS.map((source) => [source]))('%s', (source) => {
    const { ours, nodes } = printBoth(`${FRAMES} ${source}`, {});
    expect(ours).toBe(nodes);
  });
  test.each(OPTIONED)('%s with %o', (source, options) => {
    const { ours, nodes } = printBoth(source, options);
    expect(ours).toBe(nodes);
  });
});

describe('the inspector', () => {
  const print = (source: string, options: InspectOptions = {}): string => {
    const completion = new Runtime().runScript(source, 'test.js');
    return completion.kind === 'normal' ? inspect(completion.value, options) : completion.kind;
  };

  test('prints the stack of an error with its class', () => {
    const printed = print("class Refused extends Error {}\nfunction f() { return new Refused('why') }\nf()");
    expect(printed).toMatch(/^Refused \[Error\]: why\n {4}at f \(test\.js:2:\d+\)\n {4}at test\.js:3:\d+$/);
  });

  test('runs no guest code', () => {
    const trap = `globalThis.ran = 0; const ran = () => { globalThis.ran++; throw new Error('ran') };
      const handler = { get: ran, has: ran, ownKeys: ran, getOwnPropertyDescriptor: ran, getPrototypeOf: ran };
      const o = { get a() { return ran() }, get [Symbol.toStringTag]() { return ran() }, toString: ran, [Symbol.toPrimitive]: ran };
      class C { static [Symbol.hasInstance]() { ran() } get #x() { ran() } }
      const e = new Error('m'); Object.defineProperty(e, 'message', { get: ran }); Object.defineProperty(e, 'name', { get: ran });
      [o, new Proxy([o], handler), Object.create(new Proxy({}, handler)), new C(), e, new Proxy(function () {}, handler)]`;
    const runtime = new Runtime();
    const completion = runtime.runScript(trap, 'test.js');
    if (completion.kind !== 'normal') throw new Error(completion.kind);
    inspect(completion.value, { showHidden: true, depth: 5 });
    inspect(completion.value, { showProxy: true, depth: 5 });
    expect(runtime.getProperty(runtime.realm.globalObject, 'ran')).toEqual({ kind: 'normal', value: 0 });
  });

  test('survives any depth', () => {
    const chain = 'let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; o';
    expect(print(chain, { depth: Number.POSITIVE_INFINITY })).toContain('[Object]');
  });

  test('charges no fuel and no bytes', () => {
    const runtime = new Runtime({ limits: { fuel: 1e6, bytes: 1e7 } });
    const completion = runtime.runScript('[Map, /[/]/, new Set([1])]', 'test.js');
    if (completion.kind !== 'normal') throw new Error(completion.kind);
    const { fuel, bytes } = runtime.agent;
    inspect(completion.value, { showHidden: true });
    expect([runtime.agent.fuel, runtime.agent.bytes]).toEqual([fuel, bytes]);
  });
});
