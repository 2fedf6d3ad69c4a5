// The limit of bytes is about what a program holds, not about what it has ever allocated: Agent.passBytes.
import { describe, expect, test } from 'vitest';
import { DEFAULT_TIER, type Execution, Runtime, TIERS, type Value } from '../../engine.ts';

const LIMIT = 20_000_000;

function runtimeOf(options: ConstructorParameters<typeof Runtime>[0] = {}): Runtime {
  return new Runtime({ weakReferences: 'on-request', limits: { bytes: LIMIT }, ...options });
}

const stopped = { kind: 'limit', limit: 'bytes' };

/** Programs that allocate many times the limit in one go, and hold little of it. */
const dropping: Record<string, string> = {
  arrays: 'let n = 0; for (let i = 0; i < 5e5; i++) n += [i, i + 1].length; n',
  objects: 'let last; for (let i = 0; i < 2e5; i++) last = { a: i, b: { c: [i] } }; last.a',
  'objects of ever new properties': 'for (let i = 0; i < 1e5; i++) { const o = {}; o["k" + i] = i; } 0',
  classes: 'for (let i = 0; i < 3e4; i++) new (class { x = i; m() { return this.x; } })().m(); 0',
  buffers: 'for (let i = 0; i < 200; i++) new Uint8Array(1e6); 0',
  'joined strings':
    'let s; for (let i = 0; i < 60; i++) { s = ""; for (let j = 0; j < 5e3; j++) s += "abcd" + j; } s.length',
  'parts of strings':
    'const s = "x".repeat(1e6); let n = 0; for (let i = 0; i < 4e5; i++) n += s.slice(i, i + 40).length; n',
  'a text read from its front':
    'let s = "word and ".repeat(2e4), n = 0; while (s !== "") { s = s.slice(9); n++; } n',
  'callbacks of the library':
    'let n = 0; for (let i = 0; i < 4e4; i++) n += [1, 2, 3].map((x) => ({ x })).length; n',
  'a generator':
    'function* g() { for (let i = 0; i < 2e5; i++) yield [i]; } let n = 0; for (const [x] of g()) n += x; n',
  'matches of a pattern': 'let n = 0; for (let i = 0; i < 4e4; i++) n += /(a)(b)/.exec("ab").length; n',
  JSON: 'const t = JSON.stringify({ a: [1, 2, { b: "some text" }] }); for (let i = 0; i < 3e4; i++) JSON.parse(t); 0',
  'maps and sets': 'for (let i = 0; i < 1e4; i++) new Map([[i, new Set([i])]]); 0',
  errors: 'for (let i = 0; i < 5e4; i++) { try { throw new Error("x"); } catch {} } 0',
  'code from texts': 'for (let i = 0; i < 1e3; i++) new Function("a", "return a + " + i)(i); 0',
  bigints: 'let x; for (let i = 0; i < 4e3; i++) x = 1n << 100000n; x > 0n',
  'a queue':
    'const q = []; for (let i = 0; i < 3e5; i++) { q.push({ i }); if (q.length > 100) q.shift(); } q.length',
  'calls that go deep':
    'function f(n) { const a = [n, n, n]; return n === 0 ? 0 : a.length + f(n - 1); } let n = 0; for (let i = 0; i < 1500; i++) n += f(200); n',
};

/** Programs that hold ever more. */
const holding: Record<string, string> = {
  objects: 'const keep = []; for (;;) keep.push({ a: 1 });',
  'a list': 'let list = null; for (;;) list = { next: list };',
  strings: 'const keep = []; for (let i = 0; ; i++) keep.push("a text of its own " + i);',
  'joined strings':
    'const keep = []; for (;;) { let s = ""; for (let j = 0; j < 1e4; j++) s += "ab"; keep.push(s); }',
  'parts of long strings':
    'const keep = []; for (let i = 0; ; i++) { let s = ("x" + i).repeat(1e5); while (s.length > 20) s = s.slice(0, s.length * 0.6 | 0); keep.push(s); }',
  buffers: 'const keep = []; for (;;) keep.push(new Uint8Array(1000));',
  maps: 'const map = new Map(); for (let i = 0; ; i++) map.set(i, i);',
  'a weak map whose keys live':
    'const map = new WeakMap(), keys = []; for (;;) { const k = {}; keys.push(k); map.set(k, [1]); }',
  closures: 'const keep = []; for (let i = 0; ; i++) keep.push(() => i);',
  'registered symbols': 'for (let i = 0; ; i++) Symbol.for("a key of its own " + i);',
  'targets that nobody has asked to reclaim':
    'const keep = []; for (;;) keep.push(new WeakRef(new Uint8Array(1e5)));',
  'code from texts': 'const keep = []; for (let i = 0; ; i++) keep.push(new Function("return " + i));',
  'suspended generators':
    'const keep = []; function* g() { yield; } for (;;) { const i = g(); i.next(); keep.push(i); }',
  'what inline caches remember':
    'const keep = []; for (let i = 0; ; i++) { const f = new Function("o", "return o.x"); f(Object.create({ x: 1, big: new Uint8Array(1e5) })); keep.push(f); }',
  jobs: 'for (;;) Promise.resolve().then(() => {});',
  frames:
    'const keep = []; function f(a) { if (a.length > 9e3) a = []; a.push(new Uint8Array(100)); f(a); } for (;;) { const a = []; keep.push(a); try { f(a); } catch {} }',
  'variables of frames': 'function f(n) { const a = new Uint8Array(1e5); f(n + 1); return a; } f(0);',
};

describe('one program', () => {
  for (const [name, source] of Object.entries(dropping)) {
    test(`goes on that drops: ${name}`, () => {
      expect(runtimeOf().runScript(source, 'test.js')).toMatchObject({ kind: 'normal' });
    });
  }
  for (const [name, source] of Object.entries(holding)) {
    test(`is stopped that holds: ${name}`, () => {
      expect(runtimeOf().runScript(source, 'test.js')).toEqual(stopped);
    });
  }

  test('goes on in slices', () => {
    const execution = runtimeOf().start(dropping.arrays, 'test.js');
    let slices = 0;
    let end = execution.run(10_000);
    for (; end.kind === 'paused'; end = execution.run(10_000)) slices++;
    expect(end).toEqual({ kind: 'normal', value: 1e6 });
    expect(slices).toBeGreaterThan(40);
    expect(toEnd(runtimeOf().start(holding.objects, 'test.js'))).toEqual(stopped);
  });

  test('goes on in async functions and modules', () => {
    const runtime = runtimeOf();
    const source = `let n = 0; for (let i = 0; i < 1e5; i++) { await 1; n += [[i]].length; } export default n;`;
    const started = runtime.startModule(source, 'test.mjs');
    expect(runtime.runJobs()).toMatchObject({ kind: 'normal' });
    expect(runtime.moduleCompletion(started)).toMatchObject({ kind: 'normal' });
  });

  test('cannot be counted below a function of the host, and goes on after it', () => {
    const runtime = runtimeOf();
    runtime.defineFunction('host', 1, ([f]) => {
      const end = runtime.call(f, undefined, []);
      return end.kind === 'normal' ? end.value : end.kind;
    });
    expect(
      runtime.runScript(
        `host(() => { for (let i = 0; i < 5e4; i++) [i, i]; return 1; }); ${dropping.arrays}`,
        'a.js',
      ),
    ).toEqual({ kind: 'normal', value: 1e6 });
    expect(runtime.runScript('host(() => { for (;;) [1]; })', 'b.js')).toMatchObject({
      kind: 'normal',
      value: 'limit',
    });
  });

  test('stops when the host wants it to, also while its bytes are counted', () => {
    let isCounting = false;
    const runtime = runtimeOf({ interrupt: () => (isCounting ? 'time' : null) });
    runtime.defineFunction('soon', 0, () => {
      isCounting = true;
      return undefined;
    });
    expect(runtime.runScript('soon(); for (;;) [1];', 'test.js')).toEqual({ kind: 'limit', limit: 'time' });
  });
});

for (const tier of TIERS) {
  describe(`${tier}: many turns`, () => {
    test('go on that drop', () => {
      const runtime = runtimeOf({ tier });
      expect(
        runtime.runScript(
          'let last; function f() { last = []; for (let i = 0; i < 2e4; i++) last.push({ i }); }',
          'a.js',
        ).kind,
      ).toBe('normal');
      const f = valueOf(runtime, 'f');
      for (let i = 0; i < 30; i++) expect(runtime.call(f, undefined, [])).toMatchObject({ kind: 'normal' });
    });

    test('are stopped that hold', () => {
      const runtime = runtimeOf({ tier });
      runtime.runScript('const keep = [];', 'a.js');
      let turns = 0;
      let end = runtime.runScript('for (let i = 0; i < 1e4; i++) keep.push({ i });', 'b.js');
      for (; end.kind === 'normal' && turns < 100; turns++)
        end = runtime.runScript('for (let i = 0; i < 1e4; i++) keep.push({ i });', 'b.js');
      expect(end).toEqual(stopped);
      expect(turns).toBeGreaterThan(5);
    });

    test('are stopped that hold where only the host refers to it', () => {
      const runtime = runtimeOf({ tier });
      const f = valueOf(
        runtime,
        '{ const keep = []; () => { for (let i = 0; i < 1e4; i++) keep.push({ i }); }; }',
      );
      let turns = 0;
      let end = runtime.call(f, undefined, []);
      for (; end.kind === 'normal' && turns < 100; turns++) end = runtime.call(f, undefined, []);
      expect(end).toEqual(stopped);
    });

    test('are stopped that fill what a function of the host gives them', () => {
      const runtime = runtimeOf({ tier });
      const stash = valueOf(runtime, '[]');
      runtime.defineFunction('stash', 0, () => stash);
      let turns = 0;
      const source = 'for (let i = 0; i < 1e4; i++) stash().push({ i });';
      let end = runtime.runScript(source, 'a.js');
      for (; end.kind === 'normal' && turns < 100; turns++) end = runtime.runScript(source, 'a.js');
      expect(end).toEqual(stopped);
    });

    test('are stopped that hold in a realm of the host', () => {
      const runtime = runtimeOf({ tier });
      const realm = runtime.createRealm();
      runtime.runScript('const keep = [];', 'a.js', realm);
      let turns = 0;
      const source = 'for (let i = 0; i < 1e4; i++) keep.push({ i });';
      let end = runtime.runScript(source, 'a.js', realm);
      for (; end.kind === 'normal' && turns < 100; turns++) end = runtime.runScript(source, 'a.js', realm);
      expect(end).toEqual(stopped);
    });

    test('can go on once they have dropped what they were stopped for', () => {
      const runtime = runtimeOf({ tier });
      const source = '{ const keep = []; for (;;) keep.push({}); }';
      for (let i = 0; i < 3; i++) expect(runtime.runScript(source, 'a.js')).toEqual(stopped);
      expect(runtime.runScript('1', 'b.js')).toEqual({ kind: 'normal', value: 1 });
    });

    test('go on as jobs of one queue', () => {
      const runtime = runtimeOf({ tier });
      const source = `let n = 0; const job = () => { for (let i = 0; i < 1e4; i++) [i]; if (++n < 40) Promise.resolve().then(job); }; job();`;
      expect(runtime.runScript(source, 'test.js')).toMatchObject({ kind: 'normal' });
      expect(runtime.runJobs()).toMatchObject({ kind: 'normal' });
      expect(runtime.runScript('n', 'b.js')).toEqual({ kind: 'normal', value: 40 });
    });
  });
}

function valueOf(runtime: Runtime, source: string): Value {
  const end = runtime.runScript(source, 'value.js');
  if (end.kind !== 'normal') throw new Error(`the script ended with ${end.kind}`);
  return end.value;
}

function toEnd(execution: Execution): ReturnType<Execution['run']> {
  let end = execution.run(50_000);
  while (end.kind === 'paused') end = execution.run(50_000);
  return end;
}

describe(`${DEFAULT_TIER}: programs of one runtime`, () => {
  test('count together, also while paused', () => {
    const runtime = runtimeOf();
    const holder = runtime.start(
      'const kept = []; for (let i = 0; i < 1e5; i++) kept.push({ i }); for (;;);',
      'a.js',
    );
    for (let i = 0; i < 40; i++) expect(holder.run(10_000)).toEqual({ kind: 'paused' });
    expect(runtime.runScript(dropping.arrays, 'b.js')).toMatchObject({ kind: 'normal' });
    const other = 'const more = []; for (let i = 0; i < 1.4e5; i++) more.push({ i });';
    expect(runtime.runScript(other, 'c.js')).toEqual(stopped);
    expect(runtimeOf().runScript(other, 'c.js')).toMatchObject({ kind: 'normal' });
  });

  test('a call in slices', () => {
    const runtime = runtimeOf();
    runtime.runScript('function f(n) { for (let i = 0; i < n; i++) [i]; return this.x + n; }', 'a.js');
    const f = valueOf(runtime, 'f');
    const self = valueOf(runtime, '({ x: 1 })');
    const call = runtime.startCall(f, self, [3e5]);
    expect(call.run(1000)).toEqual({ kind: 'paused' });
    expect(toEnd(call)).toEqual({ kind: 'normal', value: 300_001 });
    expect(toEnd(runtime.startCall(1, undefined, []))).toMatchObject({ kind: 'throw' });
  });
});
