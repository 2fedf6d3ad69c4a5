// Weak references and the walk of the heap that decides about them, over whole programs in both tiers.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { isHeapLeaf } from '../../base/heap-leaf.ts';
import { Runtime, type TierName } from '../../engine.ts';
import { fieldsOf, type ReferenceVisitor, visitReferences } from '../../runtime/heap/references.ts';
import { visitRoots } from '../../runtime/heap/roots.ts';
import { JSObject } from '../../runtime/objects/object.ts';

/** Runs a script and its jobs, `gc()` asking for a collection; what it gave to `print`. */
function run(tier: TierName, source: string): string[] {
  const runtime = new Runtime({ tier, weakReferences: 'on-request' });
  return runIn(runtime, source);
}

function runIn(runtime: Runtime, source: string): string[] {
  const prints: string[] = [];
  runtime.defineFunction('print', 1, (args) => {
    prints.push(args.map(String).join(' '));
    return undefined;
  });
  runtime.defineFunction('gc', 0, () => {
    runtime.collectGarbage();
    return undefined;
  });
  expect(runtime.runScript(source, 'test.js')).toMatchObject({ kind: 'normal' });
  expect(runtime.runJobs()).toEqual({ kind: 'normal', value: undefined });
  for (const reason of runtime.takeUnhandledRejections()) prints.push(`uncaught ${String(reason)}`);
  return prints;
}

/** `then(f)` runs f as a job of its own, with nothing suspended that only the host can see into. */
const PRELUDE = `
  const job = (...fs) => fs.reduce((p, f) => p.then(f), Promise.resolve());
  const alive = (ref) => ref.deref() !== undefined;
`;

const rows: readonly [name: string, source: string, prints: readonly string[]][] = [
  ['a job keeps the target alive', `const r = new WeakRef({}); gc(); print(alive(r));`, ['true']],
  [
    'what nobody refers to is gone after the job',
    `const r = new WeakRef({}); gc(); job(() => print(alive(r)));`,
    ['false'],
  ],
  [
    'nothing is gone unless asked',
    `const r = new WeakRef({}); job(() => {}, () => print(alive(r)));`,
    ['true'],
  ],
  [
    'a collection waits for the end of the job, until which deref keeps the target',
    `const r = new WeakRef({}); job(() => { gc(); print(alive(r)); }, () => print(alive(r)))`,
    ['true', 'false'],
  ],
  [
    'variables, closures, properties, accessors and private fields keep alive',
    `const refs = [];
     const o = () => { const v = {}; refs.push(new WeakRef(v)); return v; };
     let variable = o();
     const closure = ((v) => () => v)(o());
     const properties = { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: o(), get h() { return closure; } };
     class C { #p = o(); static s = o(); }
     const c = new C();
     const bound = function () {}.bind(o(), o());
     const array = [o(), , o()]; const sparse = []; sparse[1e6] = o();
     const map = new Map([[o(), o()]]); const set = new Set([o()]);
     const proxy = new Proxy(o(), o());
     const promise = Promise.resolve(o());
     const symbol = Symbol(); refs.push(new WeakRef(symbol));
     const keyed = Object.create(o(), { [symbol]: { value: 1 } });
     gc();
     job(() => print(refs.length, refs.every(alive)));`,
    ['18 true'],
  ],
  [
    'a symbol that is a key only is alive, and gone with its object',
    `let o = {}; const r = (() => { const s = Symbol(); o[s] = 1; return new WeakRef(s); })();
     gc(); job(() => { print(alive(r)); o = null; }, gc, () => print(alive(r)));`,
    ['true', 'false'],
  ],
  [
    'generators and pending promises keep alive what they need',
    `const refs = [];
     const o = () => { const v = {}; refs.push(new WeakRef(v)); return v; };
     const iterator = [o()][Symbol.iterator]();
     const helper = [o()].values().map(((v) => () => v)(o()));
     let settle; new Promise((resolve) => { settle = resolve; }).then(((v) => () => print(typeof v))(o()));
     gc();
     job(() => { print(refs.every(alive)); settle(); });`,
    ['true', 'object'],
  ],
  [
    'a weak map holds values as long as keys',
    `const map = new WeakMap(); let key = {};
     const r = (() => { const v = { key }; map.set(key, v); return new WeakRef(v); })();
     gc(); job(() => { print(alive(r)); key = null; }, gc, () => print(alive(r)));`,
    ['true', 'false'],
  ],
  [
    'chains through weak maps are followed',
    `const a = new WeakMap(); const b = new WeakMap(); let k = {};
     const r = (() => { const k2 = {}; const k3 = {}; const v = {}; a.set(k3, v); b.set(k2, k3); a.set(k, k2); return new WeakRef(v); })();
     gc(); job(() => { print(alive(r)); k = null; }, gc, () => print(alive(r)));`,
    ['true', 'false'],
  ],
  [
    'a registry calls back in order, with each held value once',
    `const registry = new FinalizationRegistry((held) => print('gone', held)); const kept = {};
     for (const i of [1, 2, 3]) registry.register({}, i); registry.register(kept, 'kept');
     gc(); job(() => {}, gc, () => print('end'));`,
    ['gone 1', 'gone 2', 'gone 3', 'end'],
  ],
  [
    'unregistered targets are not told of, live and dead tokens alike',
    `const registry = new FinalizationRegistry((held) => print(held)); const token = {};
     registry.register({}, 1, token); registry.register({}, 2, {}); registry.register({}, 3, token);
     print(registry.unregister(token), registry.unregister(token));
     gc();`,
    ['true false', '2'],
  ],
  [
    'held values are alive; a registry that is gone calls nobody',
    `const registry = new FinalizationRegistry((held) => print(held.name));
     new FinalizationRegistry(() => print('never')).register({}, 1);
     const r = (() => { const held = { name: 'held' }; registry.register({}, held); return new WeakRef(held); })();
     registry.register(registry, 0);
     gc(); job(() => {}, gc, () => print(alive(r)));`,
    ['held', 'false'],
  ],
  [
    'a callback that throws is reported, and the rest goes on',
    `const registry = new FinalizationRegistry((held) => { if (held === 1) throw 'oops'; print(held); });
     registry.register({}, 1); registry.register({}, 2); gc();`,
    ['2', 'uncaught oops'],
  ],
  [
    'what a callback registers is registered',
    `const registry = new FinalizationRegistry((n) => { print(n); if (n < 3) { registry.register({}, n + 1); gc(); } });
     registry.register({}, 1); gc();`,
    ['1', '2', '3'],
  ],
];

for (const tier of ['tree-walker', 'bytecode-vm'] as const) {
  for (const [name, source, prints] of rows) {
    test(`${tier}: ${name}`, () => expect(run(tier, PRELUDE + source)).toEqual(prints));
  }
}

const suspended = `
  const refs = [];
  const o = () => { const v = {}; refs.push(new WeakRef(v)); return v; };
  function* g() { const v = o(); yield [o(), yield]; return v; }
  const it = g(); it.next();
  (async () => { const v = o(); await new Promise(() => {}).then(v); })();
  const lost = new WeakRef({});
  gc();
  job(() => print(refs.every(alive), alive(lost)));
`;

test('bytecode-vm: registers of suspended frames are seen; what nobody can resume is gone', () => {
  expect(run('bytecode-vm', `${PRELUDE}${suspended}`)).toEqual(['false false']);
  const kept = suspended.replace('(async', 'const keep = (async').replace('new Promise(() => {})', 'forever');
  expect(
    run('bytecode-vm', `${PRELUDE}let settle; const forever = new Promise((r) => { settle = r; });${kept}`),
  ).toEqual(['true false']);
});

test('tree-walker: nothing is gone while a suspended evaluation may refer to it', () => {
  expect(run('tree-walker', PRELUDE + suspended)).toEqual(['true true']);
});

test('modules, their loads, timers of hosts and other roots keep alive', async () => {
  let loaded: (text: string) => void = () => {};
  const runtime = new Runtime({
    weakReferences: 'on-request',
    modules: {
      resolve: (specifier) => specifier,
      load: () =>
        new Promise((resolve) => {
          loaded = resolve;
        }),
    },
  });
  const held: unknown[] = [];
  runtime.addRoots(() => held as JSObject[]);
  runtime.defineFunction('hold', 1, ([value]) => {
    held.push(value);
    return undefined;
  });
  const prints = runIn(
    runtime,
    `${PRELUDE} const refs = [];
     const o = () => { const v = { f() { print('loaded', refs.map(alive)); } }; refs.push(new WeakRef(v)); return v; };
     hold(o());
     import('later').then(((v) => () => v.f())(o()));
     o();
     gc();`,
  );
  loaded('export {}');
  await new Promise((resolve) => setImmediate(resolve));
  runtime.runJobs();
  expect(prints).toEqual(['loaded true,true,false']);
});

test('in the default mode targets live on until the host or the caller decides, with the same bookkeeping', () => {
  const runtime = new Runtime();
  const source = `${PRELUDE} const r = new WeakRef({});
    const registry = new FinalizationRegistry(print); const token = {};
    registry.register({}, 1, token); registry.register({}, 2); print(registry.unregister(token));
    job(() => print(alive(r)), () => { gc(); }, () => print(alive(r)));`;
  expect(runIn(runtime, source)).toEqual(['true', 'true', 'false', '2']);
});

test('in the default mode the collector of the host clears targets and has registries call back', async () => {
  setFlagsFromString('--expose-gc');
  const hostGc = runInNewContext('gc') as () => void;
  const runtime = new Runtime();
  const prints = runIn(
    runtime,
    `${PRELUDE} var ref = new WeakRef({ big: [] }), kept = {}, keptRef = new WeakRef(kept);
     var registry = new FinalizationRegistry((held) => print('gone', held));
     registry.register({}, 1); registry.register(kept, 2); registry.register({}, 3, kept); registry.unregister(kept);`,
  );
  const woken = new Promise<void>((resolve) => {
    runtime.onProgress = resolve;
  });
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setImmediate(resolve));
    hostGc();
  }
  await woken;
  runtime.runScript('print(alive(ref), alive(keptRef))', 'test.js');
  runtime.runJobs();
  expect(prints).toEqual(['false true', 'gone 1']);
});

test('the first instance of a class has the fields of all', () => {
  for (const tier of ['tree-walker', 'bytecode-vm'] as const) {
    const runtime = new Runtime({ tier });
    for (const [, source] of rows) runtime.runScript(`{${PRELUDE}${source}}`, 'test.js');
    runtime.runScript(
      `var keep = [/a(b)/g, new Date(), new Error('e'), Symbol.iterator, Object(1n), new Uint8Array(2), new DataView(new ArrayBuffer(1)),
        (function () { return arguments; })(1), ((...a) => a)(1), function* () {}, async () => {}, class extends Array { #x; },
        ''.matchAll(/a/g), new DisposableStack(), JSON.rawJSON('1'), Iterator.from({}), [].values().take(1), globalThis];`,
      'more.js',
    );
    const wrong: string[] = [];
    const seen = new Set<unknown>();
    const pending: object[] = [];
    const visitor: ReferenceVisitor = {
      visit(reference) {
        if (typeof reference !== 'object' || reference === null || seen.has(reference)) return;
        seen.add(reference);
        pending.push(reference);
      },
      visitWeakMap() {},
      visitOpaque() {},
    };
    visitRoots(runtime.agent, visitor);
    for (let thing = pending.pop(); thing !== undefined; thing = pending.pop()) {
      visitReferences(thing, visitor);
      if (Array.isArray(thing) || thing instanceof Map || thing instanceof Set || ArrayBuffer.isView(thing))
        continue;
      const fields = new Set(fieldsOf(thing));
      const isLeaf = isHeapLeaf(Object.getPrototypeOf(thing) as object);
      const base = thing instanceof JSObject ? Object.keys(new JSObject(runtime.realm.objectShape)) : [];
      for (const name of Object.keys(thing)) {
        if (!isLeaf && !fields.has(name) && !base.includes(name))
          wrong.push(`${thing.constructor?.name}.${name}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(seen.size).toBeGreaterThan(1000);
  }
});
