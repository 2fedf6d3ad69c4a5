import { expect, test } from 'vitest';
import { lostScript, runScriptOn, UNKNOWN } from '../../engine/wasm/harness.ts';
import { featuresWith, runScript } from '../../engine/wasm/wasm.ts';
import { HostEngine } from './host-engine.ts';

const features = featuresWith({});

/** What each command of a script says on the host: null, or its failure. */
function onHost(text: string): (string | null)[] {
  return runScriptOn(new HostEngine('refused'), text, features).map(({ failure }) => failure);
}

const module = `(module
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "wide") (param i64) (result i64) (local.get 0))
  (func (export "nan") (param f32) (result f32) (local.get 0))
  (func (export "pair") (result i32 f64) (i32.const 1) (f64.const 0.5))
  (func (export "vector") (param v128) (result v128) (local.get 0))
  (func (export "at") (param v128 i32) (result v128) (v128.load (local.get 1)))
  (func (export "extern") (param externref) (result externref) (local.get 0))
  (func $f (export "forever") (call $f))
  (global (export "g") f64 (f64.const nan:0x123))
  (memory 1))`;

const cases: readonly [what: string, command: string, isRight: boolean][] = [
  ['integers wrap', '(assert_return (invoke "add" (i32.const -1) (i32.const 1)) (i32.const 0))', true],
  [
    'another result is seen',
    '(assert_return (invoke "add" (i32.const 1) (i32.const 1)) (i32.const 3))',
    false,
  ],
  [
    '64 bits are kept',
    '(assert_return (invoke "wide" (i64.const 0x8000000000000001)) (i64.const 0x8000000000000001))',
    true,
  ],
  [
    'the bits of a NaN are kept',
    '(assert_return (invoke "nan" (f32.const nan:0x200001)) (f32.const nan:0x200001))',
    true,
  ],
  [
    'the bits of a NaN are looked at',
    '(assert_return (invoke "nan" (f32.const nan:0x200001)) (f32.const nan:0x200002))',
    false,
  ],
  ['classes of NaNs', '(assert_return (invoke "nan" (f32.const nan)) (f32.const nan:canonical))', true],
  ['signs of zeros', '(assert_return (invoke "nan" (f32.const -0)) (f32.const 0))', false],
  ['several results', '(assert_return (invoke "pair") (i32.const 1) (f64.const 0.5))', true],
  ['too few results', '(assert_return (invoke "pair") (i32.const 1))', false],
  [
    'vectors',
    '(assert_return (invoke "vector" (v128.const i32x4 1 2 3 4)) (v128.const i32x4 1 2 3 4))',
    true,
  ],
  ['lanes', '(assert_return (invoke "vector" (v128.const i32x4 1 2 3 4)) (v128.const i32x4 1 2 3 5))', false],
  ['references', '(assert_return (invoke "extern" (ref.extern 7)) (ref.extern 7))', true],
  ['other references', '(assert_return (invoke "extern" (ref.extern 7)) (ref.extern 8))', false],
  ['globals with bits', '(assert_return (get "g") (f64.const nan:0x123))', true],
  [
    'traps under a vector',
    '(assert_trap (invoke "at" (v128.const i64x2 0 0) (i32.const 65530)) "out of bounds memory access")',
    true,
  ],
  ['no trap', '(assert_trap (invoke "pair") "unreachable")', false],
  ['exhaustion', '(assert_exhaustion (invoke "forever") "call stack exhausted")', true],
  ['invalid modules', '(assert_invalid (module (func (result i32))) "type mismatch")', true],
  ['valid modules that ought not to be', '(assert_invalid (module (func)) "type mismatch")', false],
  [
    'malformed binaries',
    '(assert_malformed (module binary "\\00asm\\02\\00\\00\\00") "unknown binary version")',
    true,
  ],
  [
    'imports that are missing',
    '(assert_unlinkable (module (import "spectest" "nothing" (func))) "unknown import")',
    true,
  ],
];

for (const [what, command, isRight] of cases)
  test(`a host is asked a command: ${what}`, () => {
    const [module_, failure] = onHost(`${module}\n${command}`);
    expect(module_).toBeNull();
    if (isRight) expect(failure).toBeNull();
    else expect(failure).not.toBeNull();
    // Our interpreter says the same of each.
    expect(runScript(`${module}\n${command}`, features)[1]?.failure === null).toBe(isRight);
  });

test('malformed texts and custom annotations are no commands for a host', () =>
  expect(
    onHost(
      '(assert_malformed (module quote "(func (func))") "unexpected token") (module (func (export "f")))',
    ),
  ).toEqual([null]));

test('registered instances are there for imports', () =>
  expect(
    onHost(`(module $a (func (export "f") (result i32) (i32.const 3))) (register "a" $a)
      (module (import "a" "f" (func $f (result i32))) (func (export "g") (result i32) (call $f)))
      (assert_return (invoke "g") (i32.const 3)) (assert_return (invoke $a "f") (i32.const 3))`),
  ).toEqual([null, null, null, null, null]));

test('commands behind a module that fails fail', () =>
  expect(
    onHost('(module (import "no" "f" (func))) (assert_return (invoke "g"))').map((each) => each !== null),
  ).toEqual([true, true]));

test('what would be imported from a module that failed is not there, which is no link error', () =>
  expect(
    onHost(`(module (import "no" "f" (func))) (register "a")
      (assert_unlinkable (module (import "a" "f" (func))) "unknown import")`).map((each) => each !== null),
  ).toEqual([true, true, true]));

test('a script that is lost has the failure at each command that the host would have been asked', () => {
  const text = `${module} (assert_malformed (module quote "(func (func))") "unexpected token") (invoke "pair")`;
  const host = new HostEngine('refused');
  const asked = runScriptOn(host, text, features).map((result) => ({ ...result, failure: 'it died' }));
  expect(asked.map(({ kind, call }) => [kind, call])).toEqual([
    ['module', null],
    ['action', 'pair'],
  ]);
  expect(lostScript(host, text, features, 'it died')).toEqual(asked);
});

test('modules that only the host refuses are failures for judging it, and open for comparing with it', () => {
  const verdict = (mode: 'unknown' | 'refused') =>
    new HostEngine(mode).verdict(null, () => Uint8Array.of(0), features);
  expect(verdict('refused')).toEqual({
    kind: 'refused',
    errorKind: null,
    message: expect.stringContaining('CompileError'),
  });
  expect(verdict('unknown')).toBe(UNKNOWN);
});
