// Small programs on every tier; each row is one fact: the program's completion value, or `throws Name: message`.
import { describe, expect, test } from 'vitest';
import { Runtime, type RuntimeOptions, TIERS, type TierName } from '../engine.ts';

function run(tier: TierName, source: string, options: RuntimeOptions = {}): unknown {
  const runtime = new Runtime({ tier, ...options });
  const completion = runtime.runScript(source, 'test.js');
  const jobs = runtime.runJobs();
  for (const ended of [completion, jobs]) {
    if (ended.kind === 'limit') return `limit ${ended.limit}`;
    if (ended.kind === 'parse-error') return `parse-error ${ended.error.message}`;
    if (ended.kind === 'throw') {
      const { name, message } = runtime.describeError(ended.value);
      return `throws ${name}: ${message}`;
    }
  }
  const result = runtime.getProperty(runtime.realm.globalObject, 'result');
  if (result.kind === 'normal' && result.value !== undefined) return result.value;
  return completion.kind === 'normal' ? completion.value : undefined;
}

const rows: readonly (readonly [name: string, source: string, expected: unknown])[] = [
  // Completion values.
  ['an if without a taken branch gives undefined', 'eval("1; if (false) 2;")', undefined],
  ['a break keeps the value before it', 'eval("do { 3; break; } while (0)")', 3],
  ['a finally block does not change the value', 'eval("try { 4 } finally { 5 }")', 4],
  ['a break out of finally does', 'eval("do { try { 4 } finally { 5; break; } } while (0)")', 5],
  ['declarations are empty', 'eval("6; var x = 7; function f() {}")', 6],
  ['a switch gives its last value', 'eval("switch (1) { case 1: 8; case 2: }")', 8],
  // Order of evaluation.
  [
    'a key is converted after the right-hand side',
    'var s = ""; var k = { toString() { s += "k"; return "p"; } }; var o = {}; o[k] = (s += "r"); s',
    'rk',
  ],
  [
    'a null base wins over the key',
    'try { null[{ toString() { throw 1; } }] } catch (e) { e.name }',
    'TypeError',
  ],
  [
    'a compound assignment converts its key once',
    'var n = 0; var o = { p: 1 }; o[{ toString() { n++; return "p"; } }] += 1; n',
    1,
  ],
  // Scopes.
  [
    'each iteration has its own binding',
    'var f = []; for (let i = 0; i < 3; i++) f.push(() => i); f.map((g) => g()).join()',
    '0,1,2',
  ],
  ['a block function is hoisted as a var in sloppy code', '{ function f() { return 1; } } f()', 1],
  [
    'the temporal dead zone throws',
    '{ x; let x; }',
    "throws ReferenceError: Cannot access 'x' before initialization",
  ],
  ['parameters do not see body vars', 'var r = 1; (function (a = () => r) { var r = 2; return a(); })()', 1],
  [
    'an eval var may be deleted',
    '(function () { eval("var v = 1"); return delete v && typeof v; })()',
    'undefined',
  ],
  ['a mapped arguments object follows its parameter', '(function (a) { a = 2; return arguments[0]; })(1)', 2],
  ['unscopables hide names from with', 'var a = 1; with ({ a: 2, [Symbol.unscopables]: { a: true } }) a', 1],
  // Classes.
  [
    'private names are checked with in',
    'class A { #x; static t(o) { return #x in o; } } [A.t(new A), A.t({})].join()',
    'true,false',
  ],
  [
    'fields run in order with static blocks',
    'var s = ""; class A { static a = (s += "a"); static { s += "b"; } static c = (s += "c"); } s',
    'abc',
  ],
  [
    'super() initializes fields',
    'class A {} class B extends A { x = 1; constructor() { super(); this.y = this.x; } } new B().y',
    1,
  ],
  [
    'a derived constructor must call super',
    'class A extends Object { constructor() {} } new A',
    "throws ReferenceError: Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
  ],
  [
    'accessor fields are over private storage',
    'class A { accessor x = 3; } var a = new A(); a.x++; a.x + Object.keys(a).length',
    4,
  ],
  [
    'a method decorator replaces the method',
    'class A { @((f) => function () { return f.call(this) + 1; }) m() { return 1; } } new A().m()',
    2,
  ],
  // Generators.
  [
    'return runs finally blocks',
    'var s = ""; function* g() { try { yield 1; } finally { s += "f"; yield 2; } } var i = g(); i.next(); var v = i.return(5).value; s + v + i.next().value',
    'f25',
  ],
  [
    'yield* passes the result objects through',
    'var r = { done: false, value: 1 }; function* g() { yield* { [Symbol.iterator]() { return { next: () => r }; } }; } g().next() === r',
    true,
  ],
  [
    'a return inside a pattern closes the iterator',
    'var s = ""; var it = { [Symbol.iterator]() { return { next: () => ({ value: 1, done: false }), return() { s += "c"; return {}; } }; } }; function* g() { var x; [x[yield]] = it; } var i = g(); i.next(); i.return(); s',
    'c',
  ],
  [
    'a loop that is left closes its iterator',
    'var s = ""; function* g() { try { yield 1; } finally { s = "closed"; } } for (var x of g()) break; s',
    'closed',
  ],
  // Async.
  [
    'await gives ticks in order',
    'var result = ""; async function f() { result += 1; await null; result += 3; } f(); result += 2;',
    '123',
  ],
  [
    'an async generator queues requests',
    'var result = ""; async function* g() { yield 1; yield 2; } var i = g(); for (let k = 0; k < 3; k++) i.next().then((r) => { result += r.done ? "d" : r.value; });',
    '12d',
  ],
  [
    'for await closes sync iterators',
    'var result = ""; (async () => { for await (const x of [1, Promise.resolve(2)]) result += x; })();',
    '12',
  ],
  [
    'await using awaits disposal',
    'var result = ""; (async () => { { await using r = { async [Symbol.asyncDispose]() { await 0; result += "d"; } }; result += "b"; } result += "e"; })();',
    'bde',
  ],
  // Errors.
  [
    'the name of what is not callable is in the message',
    'var o = {}; o.f()',
    'throws TypeError: o.f is not a function',
  ],
  [
    'a frame has line and column',
    'function f() {\n  return null.x;\n}\ntry { f() } catch (e) { e.stack.split("\\n")[1].trim() }',
    'at f (test.js:2:15)',
  ],
  // Limits.
  [
    'deep recursion is a RangeError',
    'function f() { return 1 + f(); } f()',
    'throws RangeError: Maximum call stack size exceeded',
  ],
  [
    'strict tail calls do not nest',
    '"use strict"; function f(n) { return n === 0 ? "end" : f(n - 1); } f(20000)',
    'end',
  ],
  ['a sum of many terms does not nest', `eval("${'1+'.repeat(4000)}1")`, 4001],
  ['giant BigInts are refused', '2n ** (2n ** 40n)', 'throws RangeError: Maximum BigInt size exceeded'],
];
function runModule(tier: TierName, files: Readonly<Record<string, string>>): string {
  const runtime = new Runtime({
    tier,
    modules: { resolve: (specifier) => specifier, load: (name) => files[name] },
  });
  const prints: string[] = [];
  runtime.defineFunction('print', 1, ([value]) => {
    prints.push(String(value));
    return undefined;
  });
  const started = runtime.startModule(files.main, 'main');
  if (started.kind !== 'normal') return started.kind;
  runtime.runJobs();
  const state = runtime.promiseState(started.value);
  if (state?.state === 'rejected') prints.push(`rejected ${runtime.describeError(state.result).message}`);
  return prints.join(' ');
}

for (const tier of TIERS) {
  describe(tier, () => {
    for (const [name, source, expected] of rows) test(name, () => expect(run(tier, source)).toBe(expected));

    test('a limit stop is seen by no catch and no finally', () => {
      const source =
        'var result = "none"; try { for (;;); } catch { result = "catch"; } finally { result = "finally"; }';
      expect(run(tier, source, { limits: { fuel: 10_000 } })).toBe('limit fuel');
    });

    const moduleRows: readonly (readonly [name: string, files: Record<string, string>, expected: string])[] =
      [
        [
          'imports are live bindings',
          {
            main: 'import { n, inc } from "a"; print(n); inc(); print(n);',
            a: 'export let n = 1; export function inc() { n++; }',
          },
          '1 2',
        ],
        [
          'modules with top-level await run before their importers',
          { main: 'import "a"; print("main");', a: 'print("a1"); await 0; print("a2");' },
          'a1 a2 main',
        ],
        [
          'cycles see functions of each other',
          {
            main: 'import "a";',
            a: 'import { b } from "b"; export function a() { return "a"; } print(b());',
            b: 'import { a } from "a"; export function b() { return a() + "b"; }',
          },
          'ab',
        ],
        [
          'import defer evaluates on touch',
          {
            main: 'import defer * as ns from "a"; print("main"); print(ns.x);',
            a: 'print("a"); export const x = 1;',
          },
          'main a 1',
        ],
        [
          'import() gives the namespace',
          { main: 'const ns = await import("a"); print(Object.keys(ns));', a: 'export const x = 1, y = 2;' },
          'x,y',
        ],
        [
          'a missing export is a SyntaxError',
          { main: 'import { x } from "a";', a: '' },
          "rejected The requested module does not provide an export named 'x'",
        ],
        [
          'JSON modules have a default export',
          { main: 'import j from "j" with { type: "json" }; print(j.a);', j: '{"a": 5}' },
          '5',
        ],
      ];
    for (const [name, files, expected] of moduleRows)
      test(name, () => expect(runModule(tier, files)).toBe(expected));
  });
}
