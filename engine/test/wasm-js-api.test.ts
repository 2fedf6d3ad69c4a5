// JavaScript and WebAssembly in one program: values, exceptions, limits and modules across the boundary, on every tier.
import { describe, expect, test } from 'vitest';
import { type Completion, Runtime, type RuntimeOptions, TIERS, type TierName } from '../engine.ts';
import { encodeModule } from '../wasm/format/encode-module.ts';
import { parseModule } from '../wasm/text/module-parser.ts';

function binary(text: string): Uint8Array {
  return encodeModule(parseModule(text));
}

/** A program that sees the modules it names as `Uint8Array`s of their binaries. */
function prelude(modules: Readonly<Record<string, string>>): string {
  return Object.entries(modules)
    .map(([name, text]) => `const ${name} = new Uint8Array([${binary(text).join()}]);\n`)
    .join('');
}

const INSTANCE =
  'const make = (bytes, imports) => new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports;\n';

function describeEnd(runtime: Runtime, end: Completion): unknown {
  if (end.kind === 'normal') return end.value;
  if (end.kind === 'limit') return `limit ${end.limit}`;
  if (end.kind === 'parse-error') return `parse-error ${end.error.message}`;
  const { name, message } = runtime.describeError(end.value);
  return `throws ${name}: ${message}`;
}

function run(
  tier: TierName,
  modules: Readonly<Record<string, string>>,
  source: string,
  options: RuntimeOptions = {},
): unknown {
  const runtime = new Runtime({ tier, ...options });
  const end = runtime.runScript(`${prelude(modules)}${INSTANCE}${source}`, 'test.js');
  const jobs = runtime.runJobs();
  if (end.kind !== 'normal' || jobs.kind !== 'normal')
    return describeEnd(runtime, end.kind === 'normal' ? jobs : end);
  const result = runtime.getProperty(runtime.realm.globalObject, 'result');
  return result.kind === 'normal' && result.value !== undefined ? result.value : end.value;
}

const CALLER =
  '(module (import "m" "f" (func $f (param i32) (result i32))) (func (export "g") (param i32) (result i32) (call $f (local.get 0))))';
const LOOP = '(module (func (export "loop") (loop $l (br $l))))';

const rows: readonly (readonly [
  name: string,
  modules: Record<string, string>,
  source: string,
  expected: unknown,
])[] = [
  [
    'an exception of JavaScript passes through a module unchanged',
    { a: CALLER },
    'const e = new Error("x"); const i = make(a, { m: { f() { throw e; } } }); try { i.g(1); } catch (c) { c === e }',
    true,
  ],
  [
    'a trap is a RuntimeError whose stack begins in the module',
    { a: '(module $mod (func $inner unreachable) (func (export "t") (call $inner)))' },
    'try { make(a).t(); } catch (e) { var lines = e.stack.split("\\n"); [e instanceof WebAssembly.RuntimeError, lines[0], lines[1].replace(/:\\d+\\)/, ""), lines[2].replace(/:\\d+\\)/, "")].join("|") }',
    'true|RuntimeError: unreachable|    at mod.inner (wasm:1|    at mod.wasm-function[1] (wasm:1',
  ],
  [
    'no module catches the trap of another one',
    {
      a: '(module (func (export "t") unreachable))',
      b: '(module (import "m" "f" (func $f)) (func (export "g") (result i32) (block $all (try_table (catch_all $all) (call $f))) (i32.const 7)))',
    },
    'const t = make(a).t; try { make(b, { m: { f: () => t() } }).g(); } catch (e) { e.constructor.name + make(b, { m: { f() { throw 1; } } }).g() }',
    'RuntimeError7',
  ],
  [
    'endless recursion through both ends in a RangeError, again and again',
    { a: CALLER },
    'let n = 0; const i = make(a, { m: { f(x) { n++; return i.g(x); } } }); const s = []; for (let k = 0; k < 3; k++) try { i.g(1); } catch (e) { s.push(e.constructor.name); } s.join() + (n > 100)',
    'RangeError,RangeError,RangeErrortrue',
  ],
  [
    'endless recursion inside of a module is a RangeError',
    { a: '(module (func $f (export "f") (call $f)))' },
    'try { make(a).f(); } catch (e) { e.constructor.name + ": " + e.message }',
    'RangeError: Maximum call stack size exceeded',
  ],
  [
    'typed arrays see the bytes of a memory, and nothing once it has grown',
    {
      a: '(module (memory (export "m") 1) (func (export "put") (i32.store8 (i32.const 3) (i32.const 9))) (func (export "grow") (drop (memory.grow (i32.const 1)))))',
    },
    'const i = make(a); const u = new Uint8Array(i.m.buffer); i.put(); u[4] = 5; const before = u[3]; i.grow(); [before, u.length, new Uint8Array(i.m.buffer)[4], i.m.buffer.byteLength].join()',
    '9,0,5,131072',
  ],
  [
    'a resizable buffer grows in place, by the module and by resize',
    { a: '(module (memory (export "m") 1 4) (func (export "grow") (drop (memory.grow (i32.const 1)))))' },
    'const i = make(a); const b = i.m.toResizableBuffer(); const u = new Uint8Array(b); u[0] = 1; i.grow(); const s = [u.length, b === i.m.buffer, b.maxByteLength]; b.resize(196608); s.push(u.length, u[0]); try { b.resize(196609); } catch (e) { s.push(e.name); } s.push(i.m.toFixedLengthBuffer().resizable, u.length); s.join()',
    '131072,true,262144,196608,1,RangeError,false,0',
  ],
  [
    'a shared memory keeps the length of a buffer that was given out',
    {
      a: '(module (memory (export "m") 1 2 shared) (func (export "grow") (drop (memory.grow (i32.const 1)))))',
    },
    'const i = make(a); const b = i.m.buffer; i.grow(); [b.byteLength, i.m.buffer.byteLength, b === i.m.buffer, Object.isFrozen(b), b.constructor.name].join()',
    '65536,131072,false,true,SharedArrayBuffer',
  ],
  [
    'the buffer of a memory cannot be transferred',
    {},
    'try { new WebAssembly.Memory({ initial: 1 }).buffer.transfer(); } catch (e) { e.name }',
    'TypeError',
  ],
  [
    'conversions of arguments run before the module does, and may call it',
    {
      a: '(module (func (export "sub") (param i32 i64 f32) (result f64) (f64.sub (f64.convert_i32_s (local.get 0)) (f64.add (f64.convert_i64_s (local.get 1)) (f64.promote_f32 (local.get 2))))))',
    },
    'const { sub } = make(a); const v = (x) => ({ valueOf() { sub(9, 9n, 9); return x; } }); sub(v(100), v(20n), v(3))',
    77,
  ],
  [
    'structures keep their identity in JavaScript and come back',
    {
      a: '(module (type $s (struct (field (mut i32)))) (func (export "new") (param i32) (result (ref $s)) (struct.new $s (local.get 0))) (func (export "get") (param (ref $s)) (result i32) (struct.get $s 0 (local.get 0))) (func (export "same") (param anyref) (result anyref) (local.get 0)))',
    },
    'const i = make(a); const o = i.new(5); const s = [i.get(o), i.same(o) === o, i.same(7), typeof o]; try { i.get({}); } catch (e) { s.push(e.name); } s.join()',
    '5,true,7,object,TypeError',
  ],
  [
    'instantiate gives module and instance, and rejects with what is wrong',
    { a: '(module (func (export "f") (result i32) (i32.const 3)))' },
    'WebAssembly.instantiate(a).then(({ module, instance }) => { globalThis.result = instance.exports.f() + module.constructor.name; return WebAssembly.compile(new Uint8Array(3)); }).catch((e) => { globalThis.result += e.constructor.name; })',
    '3ModuleCompileError',
  ],
  [
    'the streaming forms take a response, or a promise of one, of the right type',
    { a: '(module (func (export "f") (result i32) (i32.const 3)))' },
    'const response = (type) => Promise.resolve({ ok: true, headers: { get: (n) => type }, arrayBuffer: async () => a.buffer }); WebAssembly.instantiateStreaming(response("application/wasm")).then(({ instance }) => { globalThis.result = String(instance.exports.f()); return WebAssembly.compileStreaming(response("text/html")); }).catch((e) => { globalThis.result += e.name; })',
    '3TypeError',
  ],
  [
    'a module notifies a promise of Atomics.waitAsync, and waits as Atomics.wait does',
    {
      a: '(module (memory (export "m") 1 1 shared) (func (export "notify") (result i32) (memory.atomic.notify (i32.const 8) (i32.const 5))) (func (export "wait") (param i32) (result i32) (memory.atomic.wait32 (i32.const 8) (local.get 0) (i64.const 1000))))',
    },
    'const i = make(a); const v = new Int32Array(i.m.buffer); Atomics.waitAsync(v, 2, 0).value.then((r) => { globalThis.result = [r, n, i.wait(0), i.wait(1)].join(); }); const n = i.notify();',
    'ok,1,2,1',
  ],
  [
    'a class may extend the error classes, and they are errors',
    {},
    'class E extends WebAssembly.LinkError {} const e = new E("m"); [e instanceof Error, String(e), Error.isError(e), WebAssembly.LinkError.length].join()',
    'true,LinkError: m,true,1',
  ],
];

const stops: readonly (readonly [
  name: string,
  modules: Record<string, string>,
  source: string,
  options: RuntimeOptions,
  expected: string,
])[] = [
  [
    'fuel',
    { a: LOOP },
    'try { make(a).loop(); } finally { globalThis.result = 1; }',
    { limits: { fuel: 100_000 } },
    'limit fuel',
  ],
  ['time', { a: LOOP }, 'make(a).loop()', { interrupt: countdown(50, 'time') }, 'limit time'],
  [
    'abort',
    { a: LOOP },
    'for (;;) try { make(a).loop(); } catch {}',
    { interrupt: countdown(50, 'abort') },
    'limit abort',
  ],
  [
    'bytes of memories',
    { a: '(module (memory 1) (func (export "grow") (drop (memory.grow (i32.const 1000)))))' },
    'make(a).grow()',
    { limits: { bytes: 10_000_000 } },
    'limit bytes',
  ],
  [
    'bytes of structures',
    {
      a: '(module (type $s (struct (field i32))) (func (export "f") (loop $l (drop (struct.new $s (i32.const 1))) (br $l))))',
    },
    'make(a).f()',
    { limits: { bytes: 10_000_000 } },
    'limit bytes',
  ],
  [
    'bytes of tables',
    {},
    'new WebAssembly.Table({ element: "anyfunc", initial: 9_000_000 })',
    { limits: { bytes: 10_000_000 } },
    'limit bytes',
  ],
  [
    'fuel of bulk work',
    {
      a: '(module (memory 100) (func (export "f") (loop $l (memory.fill (i32.const 0) (i32.const 1) (i32.const 6000000)) (br $l))))',
    },
    'make(a).f()',
    { limits: { fuel: 1_000_000 } },
    'limit fuel',
  ],
];

function countdown<T>(polls: number, reason: T): () => T | null {
  let left = polls;
  return () => (--left < 0 ? reason : null);
}

for (const tier of TIERS) {
  describe(tier, () => {
    test.each(rows.map((row) => [...row]))('%s', (_name, modules, source, expected) => {
      expect(run(tier, modules as Record<string, string>, source as string)).toBe(expected);
    });

    for (const [name, modules, source, options, expected] of stops)
      test(`a program that runs out of ${name} in a module is stopped`, () => {
        expect(run(tier, modules, source, options)).toBe(expected);
      });

    test('a module of an agent that may not block traps where it would wait', () => {
      const a =
        '(module (memory 1 1 shared) (func (export "f") (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)))))';
      expect(run(tier, { a }, 'make(a).f()', { canBlock: false })).toBe(
        'throws RuntimeError: the agent cannot block',
      );
    });

    test('a module is charged for what it uses, not for what it is lent', () => {
      const modules = {
        a: '(module (func (export "f") (param i32) (loop $l (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))',
      };
      const used = (n: number): number => {
        const runtime = new Runtime({ tier, limits: { fuel: 1_000_000 } });
        const end = runtime.runScript(`${prelude(modules)}${INSTANCE}make(a).f(${n})`, 'test.js');
        expect(end.kind).toBe('normal');
        return 1_000_000 - runtime.agent.remainingFuel;
      };
      expect(used(3000) - used(1000)).toBe(2000);
    });

    test('modules of both languages import each other, and the source phase gives the module', () => {
      const files: Record<string, string | Uint8Array> = {
        'main.js': `import { add, limit, twice } from './a.wasm'; import source A from './a.wasm';
import * as ns from './b.wasm';
globalThis.result = [add(2, 3), limit, twice(4), A instanceof WebAssembly.Module, ns.sum(), Object.keys(ns).join('+')].join();
export const scale = 10; export function log(x) { return x * 2; }`,
        'a.wasm': binary(
          '(module (import "./main.js" "log" (func $log (param i32) (result i32))) (global (export "limit") i32 (i32.const 42)) (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))) (func (export "twice") (param i32) (result i32) (call $log (local.get 0))))',
        ),
        'b.wasm': binary(
          '(module (import "./a.wasm" "limit" (global $l i32)) (import "./a.wasm" "add" (func $add (param i32 i32) (result i32))) (func (export "sum") (result i32) (call $add (global.get $l) (i32.const 1))))',
        ),
      };
      const runtime = new Runtime({
        tier,
        modules: {
          resolve: (specifier) => specifier.replace('./', ''),
          load: (name) => files[name] as string,
          loadBytes: (name) => files[name] as Uint8Array,
          isWebAssembly: (name) => name.endsWith('.wasm'),
        },
      });
      const started = runtime.startModule(files['main.js'] as string, 'main.js');
      expect(runtime.runJobs().kind).toBe('normal');
      expect(describeEnd(runtime, runtime.moduleCompletion(started))).toBe(undefined);
      const result = runtime.getProperty(runtime.realm.globalObject, 'result');
      expect(describeEnd(runtime, result)).toBe('5,42,8,true,43,sum');
    });

    test('a module that imports what is not there cannot be linked', () => {
      const bytes = binary('(module (import "./main.js" "none" (func)))');
      const runtime = new Runtime({
        tier,
        modules: {
          resolve: (specifier) => specifier.replace('./', ''),
          load: () => '',
          loadBytes: () => bytes,
          isWebAssembly: (name) => name.endsWith('.wasm'),
        },
      });
      const started = runtime.startModule("import './a.wasm';", 'main.js');
      runtime.runJobs();
      expect(describeEnd(runtime, runtime.moduleCompletion(started))).toBe(
        "throws SyntaxError: The requested module './main.js' does not provide an export named 'none'",
      );
    });
  });
}

test('a program that runs in slices pauses in modules, too, and takes the same fuel', () => {
  const modules = {
    a: '(module (import "m" "f" (func $f (param i32) (result i32))) (func (export "g") (param i32) (result i32) (local i32) (loop $l (local.set 1 (i32.add (local.get 1) (call $f (local.get 0)))) (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (local.get 1)))',
  };
  const source = `${prelude(modules)}${INSTANCE}
const { g } = make(a, { m: { f(n) { let s = 0; for (let i = 0; i < n; i++) s += i; return s; } } });
let sum = 0; for (let k = 1; k < 20; k++) sum += g(k); sum`;
  const whole = new Runtime({ limits: { fuel: 1_000_000 } });
  const expected = describeEnd(whole, whole.runScript(source, 'test.js'));
  const runtime = new Runtime({ limits: { fuel: 1_000_000 } });
  const execution = runtime.start(source, 'test.js');
  let slices = 0;
  for (;;) {
    const end = execution.run(7);
    slices++;
    if (end.kind === 'paused') continue;
    expect(describeEnd(runtime, end)).toBe(expected);
    break;
  }
  expect(slices).toBeGreaterThan(20);
  expect(runtime.agent.remainingFuel).toBe(whole.agent.remainingFuel);
});

test('what only a memory or a table of a module holds stays alive, and what nothing holds goes', () => {
  const runtime = new Runtime({ weakReferences: 'on-request' });
  const modules = {
    a: '(module (table (export "t") 1 externref) (global (export "g") (mut externref) (ref.null extern)))',
  };
  const source = `${prelude(modules)}${INSTANCE}
globalThis.i = make(a);
globalThis.refs = [{}, {}, {}].map((o, k) => { if (k === 0) i.t.set(0, o); if (k === 1) i.g.value = o; return new WeakRef(o); });`;
  expect(runtime.runScript(source, 'test.js').kind).toBe('normal');
  runtime.runJobs();
  runtime.collectGarbage();
  const alive = runtime.runScript('refs.map((r) => r.deref() !== undefined).join()', 'test.js');
  expect(describeEnd(runtime, alive)).toBe('true,true,false');
});
