import { describe, expect, test } from 'vitest';
import {
  DEFAULT_FEATURES,
  decodeModule,
  encodeModule,
  type Outcome,
  type WasmInput,
  wasmExecutors,
} from '../engine/wasm/harness.ts';
import { type Difference, differenceOf } from './compare.ts';
import { readModule, reduceModule, reduceScript } from './reduce-wasm.ts';
import { sameWasmText, wasmExecutorOf, wasmGoalOf } from './wasm.ts';

const MODULE = `(module $m
  (import "env" "f" (func $f (param i32 i64) (result i64 f64)))
  (import "env" "memory" (memory 1 2))
  (import "env" "limit" (global $limit i32))
  (table 4 funcref) (elem (i32.const 1) $twice $twice)
  (global $count (mut i32) (i32.const 0))
  (func $twice (export "twice") (param i32) (result i32) (i32.add (local.get 0) (local.get 0)))
  (func (export "sum") (param f32 f64) (result f64)
    (f64.div (f64.add (f64.promote_f32 (local.get 0)) (local.get 1)) (f64.const 0)))
  (func (export "vector") (param v128) (result v128) (i8x16.add (local.get 0) (local.get 0)))
  (func (export "loop") (param i32) (result i32) (local $i i32)
    (loop $again
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (i32.store8 (local.get $i) (local.get $i))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 300))))
    (global.set $count (i32.add (global.get $count) (local.get $i)))
    (i32.div_u (local.get $i) (local.get 0)))
  (func (export "import") (param i32 i64) (result i64 f64) (call $f (local.get 0) (local.get 1)))
  (func (export "ref") (param externref funcref) (result funcref externref)
    (local.get 1) (local.get 0)))`;

function run(tier: string, input: Partial<WasmInput>, options = {}): Outcome {
  const whole = { name: 'test', source: MODULE, goal: 'wasm-module', ...input } as const;
  return wasmExecutorOf(tier).execute(whole, { fuel: 1e6, ...options });
}

function compare(input: Partial<WasmInput>): Difference | null {
  return differenceOf(
    new Map([
      ['whole', run('wasm-interpreter', input)],
      ['slices', run('wasm-interpreter', input, { slice: 7 })],
      ['host', run('host', input)],
    ]),
    sameWasmText,
  );
}

describe('a module', () => {
  test('runs alike whole, in slices and on the host', () => {
    for (const seed of [1, 2, 3]) expect(compare({ seed })).toBeNull();
  });

  test('has every call and all that it holds at the end in its output', () => {
    const { completion, output, fuel } = run('wasm-interpreter', {});
    expect(completion).toBe('normal');
    expect(output[0]).toBe('instance');
    for (const name of ['twice', 'sum', 'vector', 'loop', 'import', 'ref'])
      expect(output.filter((line) => line.startsWith(`call "${name}" (`))).toHaveLength(3);
    expect(output).toContain('memory 0: 65536 bytes');
    expect(output).toContain('global 0: 0 : i32');
    expect(output).toContain('table 0: 4 elements, 1 null, 2 func, 1 null');
    expect(output.at(-1)).toMatch(/^calls of imports: -?\d+ : i64$/);
    expect(fuel).toBe(run('wasm-interpreter', {}, { slice: 7 }).fuel);
  });

  test('is called with other operands under another seed', () => {
    const lines = (seed: number) => run('wasm-interpreter', { seed }).output;
    expect(lines(5)).toEqual(lines(5));
    expect(lines(5)).not.toEqual(lines(6));
  });

  test('that ends by no fuel is compared up to there', () => {
    const source = `(module (func (export "a") (result i32) (i32.const 1)) (func (export "b") (loop (br 0))))`;
    const ends = [run('wasm-interpreter', { source }), run('host', { source })];
    for (const { completion, value, output } of ends) {
      expect([completion, value]).toEqual(['limit', 'fuel']);
      expect(output).toEqual(['instance', 'call "a" (): 1 : i32']);
    }
    expect(compare({ source })).toBeNull();
  });

  test('with traps, exceptions and a start function runs alike', () => {
    const source = `(module (tag $t) (global $g (mut i32) (i32.const 0))
      (func $start (loop (global.set $g (i32.add (global.get $g) (i32.const 1)))
        (br_if 0 (i32.lt_s (global.get $g) (i32.const 50)))))
      (start $start)
      (func (export "throw") (throw $t))
      (func (export "deep") (call 2))
      (func (export "outside") (drop (i32.load (i32.const -1))))
      (memory 0))`;
    expect(compare({ source })).toBeNull();
    const { output } = run('wasm-interpreter', { source });
    expect(output).toContain('call "throw" (): an exception that nobody caught');
    expect(output.some((line) => line.startsWith('call "deep" (): trap: call stack exhausted'))).toBe(true);
    expect(output).toContain('global 0: 50 : i32');
  });

  test('that is refused is refused by all', () => {
    const source = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 9);
    expect(run('wasm-interpreter', { source }).completion).toBe('parse-error');
    expect(run('host', { source }).completion).toBe('parse-error');
    expect(compare({ source })).toBeNull();
  });

  test('that the host does not know is not compared with it', () => {
    const features = { ...DEFAULT_FEATURES, customDescriptors: true, customPageSizes: true };
    const source = '(module (memory 0 (pagesize 1)))';
    expect(run('wasm-interpreter', { source, features }).completion).toBe('normal');
    expect(run('host', { source, features }).completion).toBe('unsupported');
    expect(compare({ source, features })).toBeNull();
  });
});

const SCRIPT = `(module $a (func (export "id") (param f32) (result f32) (local.get 0)) (func (export "x") unreachable))
(register "a" $a)
(module (import "a" "id" (func $f (param f32) (result f32)))
  (func (export "neg") (param f32) (result f32) (f32.neg (call $f (local.get 0)))))
(assert_return (invoke "neg" (f32.const nan:0x200000)) (f32.const -nan:0x200000))
(assert_return (invoke "neg" (f32.const 1.5)) (f32.const -1.5))
(assert_trap (invoke $a "x") "unreachable")
(assert_invalid (module (func (result i32))) "type mismatch")
(assert_unlinkable (module (import "a" "y" (func))) "unknown import")
(assert_malformed (module quote "(func") "unexpected end")`;

describe('a script', () => {
  test('has a line for each command and runs alike', () => {
    const input = { source: SCRIPT, goal: 'wasm-script' } as const;
    expect(compare(input)).toBeNull();
    const { output } = run('wasm-interpreter', input);
    expect(output).toHaveLength(9);
    expect(output[3]).toBe('5 assert_return: signaling nan 0xffa00000 : f32');
    expect(output[6]).toMatch(/^8 assert_invalid: invalid module: type mismatch/);
    expect(run('host', input).output[6]).toBe('8 assert_invalid: <…> module: <…>');
  });

  test('that cannot be read is a parse error', () => {
    const { completion, value } = run('wasm-interpreter', { source: '(assert_x)', goal: 'wasm-script' });
    expect(completion).toBe('parse-error');
    expect(value).toMatch(/^malformed: /);
  });
});

const same: readonly [ours: string, other: string, isSame: boolean][] = [
  ['trap: undefined element', 'trap: <out of bounds table access|undefined element>', true],
  ['trap: unreachable', 'trap: <out of bounds table access|undefined element>', false],
  ['quiet nan 0x7fc00000 : f32', 'quiet nan <…> : f32', true],
  ['signaling nan 0x7fa00000 : f32', 'quiet nan <…> : f32', false],
  ['1 : i32', '1 : i32', true],
  ['1 : i32', '2 : i32', false],
  ['anything', '<…>', true],
];
for (const [ours, other, isSame] of same)
  test(`${ours} ${isSame ? 'agrees' : 'does not agree'} with ${other}`, () => {
    expect(sameWasmText(ours, other)).toBe(isSame);
    expect(sameWasmText(other, ours)).toBe(isSame);
  });

test('files are told apart by their endings', () => {
  expect(['a.wasm', 'b.wat', 'c.wast', 'd.js'].map(wasmGoalOf)).toEqual([
    'wasm-module',
    'wasm-module',
    'wasm-script',
    null,
  ]);
});

/** A planted defect: sums that are infinite have the wrong sign. */
function isBroken(source: string | Uint8Array, goal: WasmInput['goal'] = 'wasm-module'): boolean {
  const outcome = wasmExecutors[0].execute({ name: 'test', source, goal }, { fuel: 1e5 });
  const wrong = outcome.output.map((line) => line.replace(/inf : f64$/, '-inf : f64'));
  const observed = { ...outcome, output: wrong };
  return (
    differenceOf(
      new Map([
        ['right', outcome],
        ['wrong', observed],
      ]),
      sameWasmText,
    ) !== null
  );
}

const BOUNDS = { features: DEFAULT_FEATURES, maxTries: 2000, isOver: () => false };

describe('reduction', () => {
  test('a module keeps the function that shows a defect', async () => {
    const module = readModule(MODULE);
    if (module === null) throw new Error('the module cannot be read');
    expect(isBroken(encodeModule(module))).toBe(true);
    const { source, isMinimal } = await reduceModule(module, (each) => isBroken(encodeModule(each)), BOUNDS);
    expect(isMinimal).toBe(true);
    expect(source.exports.map(({ name }) => name)).toEqual(['sum']);
    expect(source.elems).toEqual([]);
    expect(source.funcs.filter(({ code }) => code.words.length > 2)).toHaveLength(1);
    expect(isBroken(encodeModule(decodeModule(encodeModule(source))))).toBe(true);
  });

  test('a script keeps the commands that show a defect, and of its modules what they need', async () => {
    const script = `${SCRIPT}\n(module $m (func (export "other")) (func (export "inf") (result f64)
      (f64.div (f64.const 1) (f64.const 0))))\n(assert_return (invoke $m "inf") (f64.const inf))`;
    const { source } = await reduceScript(script, (each) => isBroken(each, 'wasm-script'), BOUNDS);
    expect(source).not.toContain('register');
    expect(source).not.toContain('other');
    expect(source.match(/^\(\w+/gm)).toEqual(['(module', '(assert_return']);
    expect(isBroken(source, 'wasm-script')).toBe(true);
  });
});
