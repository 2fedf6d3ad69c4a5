// Programs that are run in slices: a pause where the fuel of the slice is used up, whatever called the code that uses it,
// and the same outcome whatever the slices.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Completion, executors, LimitStop, type Paused, Runtime } from '../engine.ts';

const vm = executors.find(({ name }) => name === 'bytecode-vm');
if (vm === undefined) throw new Error('there is a bytecode VM');

/** Each runs for ever at a place that something else than a plain call has led to. */
const endless: Readonly<Record<string, string>> = {
  'a loop': 'while (true);',
  'a call': 'const f = () => { while (true); }; f();',
  recursion: 'const f = () => { for (let i = 0; i < 50; i++) f(); }; for (;;) { try { f(); } catch {} }',
  'a constructor': 'class A { constructor() { while (true); } } new A();',
  'a derived constructor': 'class A { constructor() { while (true); } } class B extends A {} new B();',
  'a field initializer': 'const f = () => { while (true); }; class A { x = f(); } new A();',
  'a static block': 'class A { static { while (true); } }',
  'a getter': '({ get x() { while (true); } }).x;',
  'an inherited getter': 'Object.create({ get x() { while (true); } }).x;',
  'a getter of an index': '({ get 0() { while (true); } })[0];',
  'a getter of a primitive':
    "Object.defineProperty(Number.prototype, 'x', { get() { while (true); } }); (1).x;",
  'a setter': '({ set x(v) { while (true); } }).x = 1;',
  'an inherited setter': 'Object.create({ set x(v) { while (true); } }).x = 1;',
  'a private getter': 'class A { get #x() { while (true); } m() { this.#x; } } new A().m();',
  'a private setter': 'class A { set #x(v) { while (true); } m() { this.#x = 1; } } new A().m();',
  'a super getter':
    'class A { get x() { while (true); } } class B extends A { m() { return super.x; } } new B().m();',
  'a getter in a spread': '({ ...{ get x() { while (true); } } });',
  'a getter in a pattern': 'const { x } = { get x() { while (true); } };',
  valueOf: '({ valueOf() { while (true); } }) + 1;',
  'valueOf on the right': '1 < { valueOf() { while (true); } };',
  'valueOf of a comparison': 'if ({ valueOf() { while (true); } } == 1) 2;',
  toString: '`${{ toString() { while (true); } }}`;',
  'Symbol.toPrimitive': '-{ [Symbol.toPrimitive]() { while (true); } };',
  'a key': '({})[{ toString() { while (true); } }];',
  'a key that is assigned': '({})[{ toString() { while (true); } }] = 1;',
  'an iterator': 'for (const x of { [Symbol.iterator]() { while (true); } });',
  'next of a loop': 'for (const x of { [Symbol.iterator]: () => ({ next() { while (true); } }) });',
  'next of a spread': '[...{ [Symbol.iterator]: () => ({ next() { while (true); } }) }];',
  'next of arguments': 'f(...{ [Symbol.iterator]: () => ({ next() { while (true); } }) }); function f() {}',
  'next of a pattern': 'const [x] = { [Symbol.iterator]: () => ({ next() { while (true); } }) };',
  'next of a rest': 'const [...x] = { [Symbol.iterator]: () => ({ next() { while (true); } }) };',
  'next of yield*':
    'function* g() { yield* { [Symbol.iterator]: () => ({ next() { while (true); } }) }; } g().next();',
  'done of a result':
    'for (const x of { [Symbol.iterator]: () => ({ next: () => ({ get done() { while (true); } }) }) });',
  'value of a result':
    'for (const x of { [Symbol.iterator]: () => ({ next: () => ({ get value() { while (true); } }) }) });',
  'return of an iterator':
    'for (const x of { [Symbol.iterator]: () => ({ next: () => ({}), return() { while (true); } }) }) break;',
  'return after a throw':
    'for (const x of { [Symbol.iterator]: () => ({ next: () => ({}), return() { while (true); } }) }) throw 1;',
  'an endless spread': '[...(function* () { while (true) yield; })()];',
  'a generator': 'function* g() { while (true); } g().next();',
  'return of a generator':
    'function* g() { try { yield; } finally { while (true); } } const i = g(); i.next(); i.return();',
  'Symbol.hasInstance': '1 instanceof { [Symbol.hasInstance]() { while (true); } };',
  call: '(function () { while (true); }).call();',
  apply: '(function () { while (true); }).apply();',
  bind: '(function () { while (true); }).bind()();',
  'Reflect.apply': 'Reflect.apply(() => { while (true); }, 1, []);',
  'Reflect.construct': 'Reflect.construct(function () { while (true); }, []);',
  'a get trap': 'new Proxy({}, { get() { while (true); } }).x;',
  'a set trap': 'new Proxy({}, { set() { while (true); } }).x = 1;',
  'a has trap': "'x' in new Proxy({}, { has() { while (true); } });",
  'a deleteProperty trap': 'delete new Proxy({}, { deleteProperty() { while (true); } }).x;',
  'an apply trap': 'new Proxy(() => {}, { apply() { while (true); } })();',
  'a construct trap': 'new (new Proxy(class {}, { construct() { while (true); } }))();',
  'a trap that is a getter': 'new Proxy({}, { get get() { while (true); } }).x;',
  'a proxy as a handler': 'new Proxy({}, new Proxy({}, { get() { while (true); } })).x;',
  'an inherited proxy': 'Object.create(new Proxy({}, { get() { while (true); } })).x;',
  'direct eval': "eval('while (true);');",
  'an async function': '(async () => { while (true); })();',
  'an async function after await': '(async () => { await 1; while (true); })();',
  'an async function after a rejection':
    '(async () => { try { await Promise.reject(); } catch { while (true); } })();',
  'a reaction': 'Promise.resolve().then(() => { while (true); });',
  'a thenable': 'Promise.resolve({ then() { while (true); } });',
  'an async generator': 'async function* g() { while (true); } g().next();',
  'an async generator after await': 'async function* g() { await 1; while (true); } g().next();',
  'an async generator after yield':
    'async function* g() { yield 1; while (true); } const i = g(); i.next(); i.next();',
  'for await': '(async () => { for await (const x of (async function* () { while (true); })()); })();',
  'the callback of an array': '[1].forEach(() => { while (true); });',
  'the callback of a callback': '[1].map(() => [1].map(() => [1].map(() => { while (true); })));',
  'endless callbacks': 'const a = [1]; a.forEach(function f() { a.forEach(f); while (true); });',
  'find on an endless array-like': 'Array.prototype.find.call({ length: 2 ** 53 }, () => false);',
  'the callback of a reduction': '[1, 2].reduceRight(() => { while (true); });',
  'the callback of flatMap': '[1].flatMap(() => { while (true); });',
  'the callback of a typed array': 'new Uint8Array(1).filter(() => { while (true); });',
  'a comparator': '[1, 2].sort(() => { while (true); });',
  'a comparator of toSorted': 'new Float64Array(9).toSorted(() => { while (true); });',
  'a callback behind a tail call': "'use strict'; const f = () => [1].some(() => { while (true); }); f();",
  'the callback of a Map': 'new Map([[1, 2]]).forEach(() => { while (true); });',
  'the callback of a Set that grows':
    'const s = new Set([0]); s.forEach((x) => { s.delete(x); s.add(x + 1); });',
  'a computed entry': 'new Map().getOrInsertComputed(1, () => { while (true); });',
  'an executor': 'new Promise(() => { while (true); });',
  'an executor of a subclass': 'new (class extends Promise {})(() => { while (true); });',
  'an executor by reflection': 'Reflect.construct(Promise, [() => { while (true); }]);',
  'the mapper of Array.from': 'Array.from({ length: 1 }, () => { while (true); });',
  'the mapper of Array.from an iterable': 'Array.from(new Set([1]), () => { while (true); });',
  'an endless generator in Array.from': 'Array.from((function* () { while (true) yield; })());',
  'an endless generator in a Set': 'new Set((function* () { while (true) yield; })());',
  'an adder': 'new (class extends Map { set() { while (true); } })([[1, 2]]);',
  'an iterator of Object.fromEntries': 'Object.fromEntries({ [Symbol.iterator]() { while (true); } });',
  'next in WeakMap': 'new WeakMap({ [Symbol.iterator]: () => ({ next() { while (true); } }) });',
  'the callback of groupBy': 'Object.groupBy([1], () => { while (true); });',
  'the callback of Map.groupBy': 'Map.groupBy([1], () => { while (true); });',
  'return after an error in a callback':
    'Map.groupBy({ [Symbol.iterator]: () => ({ next: () => ({}), return() { while (true); } }) }, () => { throw 1; });',
  'the callback of an iterator': '[1].values().forEach(() => { while (true); });',
  'return after an iterator has been used':
    'Iterator.prototype.some.call({ next: () => ({ value: 1 }), return() { while (true); } }, () => true);',
  'an iterator that gives an array': 'Iterator.prototype.toArray.call({ next() { while (true); } });',
  'the callback of map of an iterator': '[1].values().map(() => { while (true); }).next();',
  'a filter that drops all': '(function* () { while (true) yield; })().filter(() => false).next();',
  'next below a chain of helpers':
    'Iterator.from({ next() { while (true); } }).map((x) => x).filter((x) => x).take(1).drop(0).toArray();',
  'the callback of flatMap of an iterator': '[1].values().flatMap(() => { while (true); }).next();',
  'an inner iterator of flatMap':
    '[1].values().flatMap(() => ({ [Symbol.iterator]() { while (true); } })).next();',
  'next of an inner iterator of flatMap':
    '[1].values().flatMap(() => ({ next() { while (true); } })).next();',
  'chunks of a generator': '(function* () { while (true) yield; })().chunks(2 ** 30).next();',
  'windows of a generator': '(function* () { while (true) yield; })().windows(2 ** 30).next();',
  'drop of a generator': '(function* () { while (true) yield; })().drop(Infinity).next();',
  'an iterator of concat': 'Iterator.concat({ [Symbol.iterator]() { while (true); } }).next();',
  'next of concat': 'Iterator.concat({ [Symbol.iterator]: () => ({ next() { while (true); } }) }).next();',
  'next of zip': 'Iterator.zip([[1], { next() { while (true); } }]).next();',
  'return of zip':
    'Iterator.zip([{ next() { throw 1; } }, { next() {}, return() { while (true); } }]).next();',
  'return of a helper':
    'const i = Iterator.from({ next: () => ({}), return() { while (true); } }).map((x) => x); i.next(); i.return();',
  'return of a helper that has not begun':
    'Iterator.from({ next: () => ({}), return() { while (true); } }).take(1).return();',
  'return after an error in a mapper':
    'Iterator.from({ next: () => ({}), return() { while (true); } }).map(() => { throw 1; }).next();',
  'return of an iterator that has given enough':
    'Iterator.from({ next: () => ({}), return() { while (true); } }).take(0).next();',
  'a wrapped iterator': 'Iterator.from({ next() { while (true); }, __proto__: null }).next();',
  'a wrapped iterator that is closed':
    'Iterator.from({ next() {}, return() { while (true); }, __proto__: null }).return();',
  'a reviver': "JSON.parse('1', () => { while (true); });",
  'a reviver of nested values':
    'JSON.parse(\'[1, { "a": [2] }]\', (key, value) => { while (value === 2); return value; });',
  toJSON: 'JSON.stringify({ a: [{ toJSON() { while (true); } }] });',
  'toJSON of a BigInt': 'BigInt.prototype.toJSON = () => { while (true); }; JSON.stringify(1n);',
  'a replacer': 'JSON.stringify([1, [2]], (key, value) => { while (value === 2); return value; });',
  'a replacer that nests':
    'JSON.stringify(1, (key, value) => { for (let i = 0; i < 9; i++); return [value]; });',
  'Reflect.get': "Reflect.get({ get x() { while (true); } }, 'x');",
  'Reflect.get with an inherited proxy':
    "Reflect.get({ __proto__: new Proxy({}, { get() { while (true); } }) }, 'x');",
  'Reflect.set': "Reflect.set({ set x(v) { while (true); } }, 'x', 1);",
  'Reflect.set of a proxy': "Reflect.set(new Proxy({}, { set() { while (true); } }), 'x', 1);",
  'Reflect.has': "Reflect.has(new Proxy({}, { has() { while (true); } }), 'x');",
  'Reflect.deleteProperty':
    "Reflect.deleteProperty(new Proxy({}, { deleteProperty() { while (true); } }), 'x');",
  'Reflect.ownKeys': 'Reflect.ownKeys(new Proxy({}, { ownKeys() { while (true); } }));',
  'Reflect.getOwnPropertyDescriptor':
    "Reflect.getOwnPropertyDescriptor(new Proxy({}, { getOwnPropertyDescriptor() { while (true); } }), 'x');",
  'Reflect.defineProperty':
    "Reflect.defineProperty(new Proxy({}, { defineProperty() { while (true); } }), 'x', {});",
  'Reflect.getPrototypeOf': 'Reflect.getPrototypeOf(new Proxy({}, { getPrototypeOf() { while (true); } }));',
  'Reflect.setPrototypeOf':
    'Reflect.setPrototypeOf(new Proxy({}, { setPrototypeOf() { while (true); } }), null);',
  'Reflect.isExtensible': 'Reflect.isExtensible(new Proxy({}, { isExtensible() { while (true); } }));',
  'Reflect.preventExtensions':
    'Reflect.preventExtensions(new Proxy({}, { preventExtensions() { while (true); } }));',
  'a trap below a proxy without traps':
    'Reflect.ownKeys(new Proxy(new Proxy({}, { ownKeys() { while (true); } }), {}));',
  'Object.defineProperty':
    "Object.defineProperty(new Proxy({}, { defineProperty() { while (true); } }), 'x', {});",
  'Object.getOwnPropertyNames': 'Object.getOwnPropertyNames(new Proxy({}, { ownKeys() { while (true); } }));',
  'Object.setPrototypeOf':
    'Object.setPrototypeOf(new Proxy({}, { setPrototypeOf() { while (true); } }), null);',
  'Object.getPrototypeOf': 'Object.getPrototypeOf(new Proxy({}, { getPrototypeOf() { while (true); } }));',
  'next of Promise.all': 'Promise.all({ [Symbol.iterator]: () => ({ next() { while (true); } }) });',
  'an endless generator in Promise.race': 'Promise.race((function* () { while (true) yield; })());',
  'then in Promise.any': 'Promise.any([Object.assign(Promise.resolve(), { then() { while (true); } })]);',
  'resolve in Promise.allSettled':
    '(class extends Promise { static resolve() { while (true); } }).allSettled([1]);',
  'return of an iterator after an error in Promise.all':
    'Promise.all.call(class extends Promise { static resolve() { throw 1; } }, { [Symbol.iterator]: () => ({ next: () => ({}), return() { while (true); } }) });',
  'then in Promise.allKeyed':
    'Promise.allKeyed({ a: Object.assign(Promise.resolve(), { then() { while (true); } }) });',
  'a capability of Promise.all':
    '(class extends Promise { constructor(f) { super(f); while (true); } }).all([]);',
  'a capability of Promise.resolve':
    '(class extends Promise { constructor(f) { super(f); while (true); } }).resolve(1);',
  'a capability of Promise.withResolvers':
    '(class extends Promise { constructor(f) { super(f); while (true); } }).withResolvers();',
  'a capability of then':
    'let loops = false; const p = new (class extends Promise { constructor(f) { super(f); while (loops); } })(() => {}); loops = true; p.then();',
  'a function that is tried': 'Promise.try(() => { while (true); });',
  'then by catch': 'Promise.prototype.catch.call({ then() { while (true); } });',
  'then by finally': 'Promise.prototype.finally.call({ then() { while (true); } });',
  'the callback of finally': 'Promise.resolve().finally(() => { while (true); });',
  'the callback of finally after a rejection': 'Promise.reject().finally(() => { while (true); });',
  'the callback of replace': "'a'.replace('a', () => { while (true); });",
  'the callback of replace with a pattern': "'ab'.replace(/(a)|b/g, () => { while (true); });",
  'the callback of replaceAll': "'aaa'.replaceAll('a', () => { for (let i = 0; i < 900; i++); });",
  'Symbol.replace': "'a'.replace({ [Symbol.replace]() { while (true); } });",
  'an iterable of a typed array': 'new Uint8Array((function* () { while (true) yield; })());',
  'the mapper of a typed array': 'Uint8Array.from([1], () => { while (true); });',
  'the mapper of a typed array of an iterable': 'Float64Array.from(new Set([1]), () => { while (true); });',
  'an iterator of TypedArray.from': 'Float32Array.from({ [Symbol.iterator]() { while (true); } });',
  'has of a set-like object': 'new Set([1]).intersection({ size: 1, has() { while (true); }, keys() {} });',
  'keys of a set-like object': 'new Set([1]).union({ size: 1, has() {}, keys() { while (true); } });',
  'the keys of a set-like object':
    'new Set([1]).isSupersetOf({ size: 0, has() {}, *keys() { while (true); } });',
  'a resource that is disposed':
    'const s = new DisposableStack(); s.defer(() => { while (true); }); s.dispose();',
  'an adopted resource':
    'const s = new DisposableStack(); s.adopt(1, () => { while (true); }); s.defer(() => { throw 1; }); s.dispose();',
  'an iterable of Iterator.from': 'Iterator.from({ [Symbol.iterator]() { while (true); } });',
  'the errors of an AggregateError': 'new AggregateError((function* () { while (true) yield; })());',
  'endless jobs': '(function f() { Promise.resolve().then(f); })();',
};

function pausedAfter(source: string, goal: 'script' | 'module'): { end: Completion | Paused; used: number } {
  const fuel = 1_000_000;
  const runtime = new Runtime({ limits: { fuel } });
  const execution = runtime.start(source, 'endless.js', goal);
  let end: Completion | Paused = execution.run(1000);
  for (let slice = 0; slice < 5 && end.kind === 'paused'; slice++) end = execution.run(100);
  return { end, used: fuel - runtime.agent.remainingFuel };
}

describe('a pause', () => {
  test.each(Object.keys(endless))('comes in %s', (name) => {
    const { end, used } = pausedAfter(endless[name], 'script');
    expect(end.kind).toBe('paused');
    expect(used).toBeLessThan(1700);
  });

  test.each(['while (true);', 'await 1; while (true);'])('comes in a module: %s', (source) => {
    const { end, used } = pausedAfter(source, 'module');
    expect(end.kind).toBe('paused');
    expect(used).toBeLessThan(1700);
  });

  test('comes in a module that is imported', () => {
    const texts: Readonly<Record<string, string>> = { b: "import 'c';", c: 'while (true);' };
    const runtime = new Runtime({
      modules: { resolve: (specifier) => specifier, load: (name) => texts[name] },
    });
    const execution = runtime.start("import 'b';", 'a', 'module');
    for (let slice = 0; slice < 5; slice++) expect(execution.run(100).kind).toBe('paused');
  });

  test('keeps the stack of an error that comes after it', () => {
    const source = 'function f() { for (let i = 0; i < 99; i++); throw new Error("late"); }\nf();';
    const runtime = new Runtime();
    const execution = runtime.start(source, 'late.js');
    let end = execution.run(10);
    while (end.kind === 'paused') end = execution.run(10);
    expect(end.kind).toBe('throw');
    if (end.kind !== 'throw') return;
    expect(runtime.describeError(end.value).stack).toBe(
      'Error: late\n    at f (late.js:1:52)\n    at late.js:2:1',
    );
  });
});

describe('an Execution', () => {
  test('gives the value of a script, and gives it again', () => {
    const execution = new Runtime().start('let s = 0; for (let i = 0; i < 100; i++) s += i; s', 'sum.js');
    let slices = 1;
    let end = execution.run(10);
    for (; end.kind === 'paused'; slices++) end = execution.run(10);
    expect(end).toEqual({ kind: 'normal', value: 4950 });
    expect(slices).toBeGreaterThan(5);
    expect(execution.run(10)).toEqual(end);
  });

  test('gives an early error at once', () => {
    expect(new Runtime().start('let let', 'early.js').run(1).kind).toBe('parse-error');
    expect(new Runtime().start('let let', 'early.js', 'module').run(1).kind).toBe('parse-error');
  });

  test('runs jobs that come later', () => {
    const runtime = new Runtime();
    const execution = runtime.start(
      'let n = 0; let go; const p = new Promise((r) => { go = r; }).then(() => { n = 7; });',
      'later.js',
    );
    expect(execution.run(1000).kind).toBe('normal');
    runtime.runScript('go()', 'go.js');
    execution.run(1000);
    expect(runtime.runScript('n', 'n.js')).toEqual({ kind: 'normal', value: 7 });
  });

  test('that a limit has stopped does not go on', () => {
    const runtime = new Runtime({ limits: { fuel: 250 } });
    const execution = runtime.start('try { while (true); } finally { while (true); }', 'limited.js');
    expect(execution.run(100).kind).toBe('paused');
    expect(execution.run(100).kind).toBe('paused');
    expect(execution.run(100)).toEqual({ kind: 'limit', limit: 'fuel' });
    expect(execution.run(100)).toEqual({ kind: 'limit', limit: 'fuel' });
  });

  test('that its host gives up does not go on', () => {
    const runtime = new Runtime();
    const execution = runtime.start(
      'var n = 0; try { while (true) n++; } finally { n = -1; }',
      'given-up.js',
    );
    expect(execution.run(100).kind).toBe('paused');
    execution.abort();
    expect(execution.run(100)).toEqual({ kind: 'limit', limit: 'abort' });
    expect(runtime.runScript('n > 0', 'n.js')).toEqual({ kind: 'normal', value: true });
  });

  test('keeps what a paused program refers to, and its weak references, until it ends or is given up', () => {
    const source = `
      var log = [];
      (function () {
        let target = {};
        var weak = globalThis.weak = new WeakRef(target);
        target = null;
        for (let i = 0; i < 100; i++);
        log.push(weak.deref() !== undefined);
      })();`;
    const runtime = new Runtime({ weakReferences: 'on-request' });
    const execution = runtime.start(source, 'weak.js');
    expect(execution.run(20).kind).toBe('paused');
    runtime.collectGarbage();
    expect(execution.run(1000).kind).toBe('normal');
    expect(runtime.runScript('log[0]', 'log.js')).toEqual({ kind: 'normal', value: true });
    runtime.collectGarbage();
    expect(runtime.runScript('weak.deref()', 'deref.js')).toEqual({ kind: 'normal', value: undefined });
  });

  test('is stopped by an interrupt of the host', () => {
    let asked = 0;
    const runtime = new Runtime({ interrupt: () => (++asked > 3 ? 'time' : null) });
    const execution = runtime.start('while (true);', 'interrupted.js');
    let end = execution.run(3000);
    while (end.kind === 'paused') end = execution.run(3000);
    expect(end).toEqual({ kind: 'limit', limit: 'time' });
  });

  test('lets the host run other code while it is paused', () => {
    const runtime = new Runtime();
    const execution = runtime.start('var n = 0; while (n < 1000) n++; n', 'counting.js');
    expect(execution.run(100).kind).toBe('paused');
    expect(runtime.runScript('n += 500; n > 500', 'aside.js')).toEqual({ kind: 'normal', value: true });
    expect(execution.run(1e6)).toEqual({ kind: 'normal', value: 1000 });
  });

  test('two programs of a runtime take turns', () => {
    const runtime = new Runtime();
    runtime.runScript('var log = [];', 'log.js');
    const program = (name: string): string => `for (let i = 0; i < 20; i++) log.push('${name}');`;
    const executions = [runtime.start(program('a'), 'a.js'), runtime.start(program('b'), 'b.js')];
    let paused = 2;
    while (paused > 0) paused = executions.filter((execution) => execution.run(5).kind === 'paused').length;
    const log = runtime.runScript("log.join('')", 'read.js');
    expect(log.kind === 'normal' && log.value).toMatch(/^(?:a+b+){3,}$/);
  });

  test('refuses slices of nothing, slices inside of slices, and tiers that cannot pause', () => {
    const runtime = new Runtime();
    const execution = runtime.start('nest()', 'nested.js');
    let message = '';
    runtime.defineFunction('nest', 0, () => {
      try {
        execution.run(5);
      } catch (error) {
        if (error instanceof LimitStop) throw error;
        message = String(error);
      }
      return undefined;
    });
    expect(() => execution.run(0)).toThrow('a slice takes a positive amount of fuel, not 0');
    expect(() => execution.run(Number.NaN)).toThrow(RangeError);
    execution.run(10);
    expect(message).toBe('Error: the program is running: a slice cannot begin inside of another');
    expect(() => new Runtime({ tier: 'tree-walker' }).start('1', 'a.js')).toThrow(
      "tier 'tree-walker' cannot pause a program; tiers that can are bytecode-vm",
    );
  });
});

describe('slices of 1, 7 and 1,000 fuel give the same outcome:', () => {
  const folder = join(import.meta.dirname, '../../corpora/regressions');
  const files = readdirSync(folder).filter((name) => name.endsWith('.js') || name.endsWith('.mjs'));
  test.each(files)('%s', (name) => {
    const source = readFileSync(join(folder, name), 'utf8');
    const input = { name, source, goal: name.endsWith('.mjs') ? ('module' as const) : ('script' as const) };
    const whole = vm.execute(input, { fuel: 10_000_000 });
    for (const slice of [1, 7, 1000]) expect(vm.execute(input, { fuel: 10_000_000, slice })).toEqual(whole);
  });
});
