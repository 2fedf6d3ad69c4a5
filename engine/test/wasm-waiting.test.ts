// Calls into modules that wait for functions of JavaScript, or for a slice, with nothing on the host's stack.
import { describe, expect, test } from 'vitest';
import { type Completion, type Execution, type Paused, Runtime, type RuntimeOptions } from '../engine.ts';
import { encodeModule } from '../wasm/format/encode-module.ts';
import { parseModule } from '../wasm/text/module-parser.ts';

const MODULE = `(module
  (import "m" "f" (func $f (param i32) (result i32)))
  (import "m" "tag" (tag $tag (param externref)))
  (func $down (export "down") (param i32) (result i32)
    (if (result i32) (i32.eqz (local.get 0))
      (then (i32.const 0))
      (else (i32.add (i32.const 1) (call $f (i32.sub (local.get 0) (i32.const 1)))))))
  (func (export "tail") (param i32) (result i32) (return_call $f (local.get 0)))
  (func (export "guard") (param i32) (result externref)
    (block $caught (result externref)
      (try_table (catch $tag $caught) (drop (call $f (local.get 0))))
      (ref.null extern)))
  (func (export "loop") (loop $l (br $l)))
  (func (export "count") (param i32) (result i32) (local i32)
    (loop $l
      (local.set 1 (i32.add (local.get 1) (i32.const 1)))
      (br_if $l (i32.lt_u (local.get 1) (local.get 0))))
    (local.get 1)))`;

const PRELUDE = `const make = (f) => new WebAssembly.Instance(
  new WebAssembly.Module(new Uint8Array([${encodeModule(parseModule(MODULE)).join()}])),
  { m: { f, tag: WebAssembly.JSTag } }).exports;\n`;

function valueOf(runtime: Runtime, end: Completion | Paused): unknown {
  if (end.kind === 'normal') return end.value;
  return end.kind === 'throw' ? runtime.describeError(end.value).name : end.kind;
}

function runWhole(source: string, options: RuntimeOptions = {}): unknown {
  const runtime = new Runtime(options);
  return valueOf(runtime, runtime.runScript(PRELUDE + source, 'test.js'));
}

function start(runtime: Runtime, source: string): Execution {
  return runtime.start(PRELUDE + source, 'test.js');
}

function runInSlices(source: string, fuel: number): { readonly value: unknown; readonly slices: number } {
  const runtime = new Runtime();
  const execution = start(runtime, source);
  let end = execution.run(fuel);
  let slices = 1;
  for (; end.kind === 'paused'; slices++) end = execution.run(fuel);
  return { value: valueOf(runtime, end), slices };
}

const rows: readonly (readonly [name: string, source: string, expected: unknown])[] = [
  ['recursion through a module and JavaScript', 'const i = make((x) => i.down(x)); i.down(4000);', 4000],
  ['endless recursion', 'const i = make((x) => i.down(-1)); i.down(-1);', 'RangeError'],
  [
    'recursion after an endless one',
    'let n = -1; const i = make((x) => i.down(n)); try { i.down(n); } catch {} n = 0; i.down(7);',
    1,
  ],
  ['a tail call of a function of JavaScript', 'make((x) => x + 1).tail(41);', 42],
  [
    'a tail call within a recursion',
    'const i = make((x) => (x > 0 ? i.tail(x - 1) : 5)); i.tail(3000) + i.down(0);',
    5,
  ],
  ['an exception for a handler', "make(() => { throw 'x'; }).guard(1);", 'x'],
  [
    'an exception for a handler that is not the innermost call',
    "const i = make((x) => { if (x === 0) throw 'y'; return i.down(1); }); make((x) => i.down(x)).guard(2);",
    'y',
  ],
  [
    'an exception through modules that have no handler',
    "let d = 5; const i = make((x) => { if (--d === 0) throw 'z'; return i.down(1); }); try { i.down(1); } catch (e) { e + d; }",
    'z0',
  ],
  ['a conversion of a result that throws', 'make(() => 1n).down(1);', 'TypeError'],
  ['a conversion of a result that a handler sees', 'make(() => 1n).guard(1) instanceof TypeError;', true],
  [
    'a trap is no exception for handlers further out',
    'const t = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,116,0,0,10,5,1,3,0,0,11]))).exports.t; make(() => t()).guard(1);',
    'RuntimeError',
  ],
  [
    'a generator that a function of JavaScript drives',
    'const g = (function* () { let x = yield; for (;;) x = yield x * 2; })(); g.next(); make((x) => g.next(x).value).tail(21);',
    42,
  ],
  [
    'a constructor around a call',
    'const i = make((x) => new (class { constructor() { this.x = x + 1; } })().x); i.tail(1);',
    2,
  ],
];

describe('waiting', () => {
  test.each(rows)('%s', (_name, source, expected) => {
    expect(runWhole(source)).toBe(expected);
  });

  test.each(rows)('in slices: %s', (_name, source, expected) => {
    expect(runInSlices(source, 7).value).toBe(expected);
  });

  test.each([
    ['a loop of a module', 'make(() => 0).loop();'],
    ['a loop of a function that a module calls', 'make(() => { while (true); }).tail(1);'],
    [
      'a loop of a module that a function calls that a module calls',
      'const i = make(() => i.loop()); i.tail(1);',
    ],
  ])('a pause comes in %s', (_name, source) => {
    const fuel = 1_000_000;
    const runtime = new Runtime({ limits: { fuel } });
    const execution = start(runtime, source);
    // The module itself is made in the first slices.
    for (let i = 0; i < 50; i++) expect(execution.run(1000).kind).toBe('paused');
    expect(fuel - runtime.agent.remainingFuel).toBeLessThan(60_000);
  });

  test('fuel is the same whole and in slices', () => {
    const source = 'const i = make((x) => i.count(x)); i.tail(5000) + i.count(3);';
    const used = (fuel: number): number => {
      const runtime = new Runtime({ limits: { fuel: 1_000_000 } });
      const execution = start(runtime, source);
      let end = execution.run(fuel);
      while (end.kind === 'paused') end = execution.run(fuel);
      expect(valueOf(runtime, end)).toBe(5003);
      return 1_000_000 - runtime.agent.remainingFuel;
    };
    const whole = used(1_000_000);
    expect(used(100)).toBe(whole);
  });

  test('programs that are paused in modules take turns', () => {
    const runtime = new Runtime();
    const source = (n: number) => `{ const i = make((x) => i.count(x) + ${n}); i.tail(${300 * n}); }`;
    const first = start(runtime, 'globalThis.make = make;');
    expect(first.run(1_000_000).kind).toBe('normal');
    const executions = [1, 2, 3, 4].map((n) => runtime.start(source(n), `${n}.js`));
    const ends: unknown[] = [];
    for (let round = 0; ends.filter((end) => end !== undefined).length < 4 && round < 1000; round++) {
      executions.forEach((execution, i) => {
        if (ends[i] !== undefined) return;
        const end = execution.run(40 + 13 * ((i + round) % 3));
        if (end.kind !== 'paused') ends[i] = valueOf(runtime, end);
      });
      expect(valueOf(runtime, runtime.runScript('make((x) => x).tail(9);', 'between.js'))).toBe(9);
    }
    expect(ends).toEqual([301, 602, 903, 1204]);
  });

  test('a program that is given up while it waits leaves nothing behind', () => {
    const runtime = new Runtime();
    expect(valueOf(runtime, runtime.runScript(`${PRELUDE}globalThis.make = make;`, 'make.js'))).not.toBe(
      'throw',
    );
    for (let i = 0; i < 300; i++) {
      const execution = runtime.start('{ const i = make(() => i.loop()); i.tail(1); }', 'given-up.js');
      expect(execution.run(500).kind).toBe('paused');
      execution.abort();
    }
    expect(runtime.agent.webAssembly?.depth).toBe(0);
    expect(
      valueOf(runtime, runtime.runScript('{ const i = make((x) => i.down(x)); i.down(3000); }', 'after.js')),
    ).toBe(3000);
  });

  test('a program that a limit stops while it waits leaves nothing behind', () => {
    let isStopping = false;
    const runtime = new Runtime({ interrupt: () => (isStopping ? 'time' : null) });
    runtime.defineFunction('stop', 0, () => {
      isStopping = true;
      return undefined;
    });
    runtime.runScript(`${PRELUDE}globalThis.make = make;`, 'make.js');
    for (let i = 0; i < 20; i++) {
      const end = runtime.runScript(
        '{ const i = make(() => { stop(); return i.loop(); }); i.tail(1); }',
        'stopped.js',
      );
      expect(end).toEqual({ kind: 'limit', limit: 'time' });
      isStopping = false;
      expect(runtime.agent.webAssembly?.depth).toBe(0);
    }
    expect(valueOf(runtime, runtime.runScript('make((x) => x).tail(9);', 'after.js'))).toBe(9);
  });
});
