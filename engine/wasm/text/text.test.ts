import { expect, test } from 'vitest';
import { encodeModule } from '../format/encode-module.ts';
import { featuresWith } from '../format/features.ts';
import { lineAndColumn, ModuleError } from '../format/module-error.ts';
import { parseFloat32, parseFloat64, parseInteger } from './literals.ts';
import { parseModule } from './module-parser.ts';
import { printModule } from './print-module.ts';
import { parseScript } from './script-parser.ts';

function errorOf(text: string): string {
  try {
    parseModule(text);
  } catch (error) {
    if (error instanceof ModuleError) return `${lineAndColumn(text, error.position)} ${error.message}`;
    throw error;
  }
  return 'none';
}

test('integers are as wide as their type, signed where they have a sign', () => {
  expect(parseInteger('0xffff_ffff', 32)).toBe(0xffff_ffffn);
  expect(parseInteger('-0x80000000', 32)).toBe(-0x8000_0000n);
  expect(parseInteger('4294967296', 32)).toBeNull();
  expect(parseInteger('+2147483648', 32)).toBeNull();
});

const floats: readonly [text: string, bits: number][] = [
  ['0', 0],
  ['-0', -0x8000_0000],
  ['1.5', 0x3fc0_0000],
  ['inf', 0x7f80_0000],
  ['nan', 0x7fc0_0000],
  ['nan:0x1', 0x7f80_0001],
  // Rounding to double first would make these the even neighbour.
  ['0x1.000001000000000001p0', 0x3f80_0001],
  ['1.00000017881393432617187500000000000000001', 0x3f80_0002],
  ['1.00000017881393432617187499', 0x3f80_0001],
  ['0x1p-149', 1],
  ['0x1p-150', 0],
  ['0x1.8p-150', 1],
  ['3.4028234663852886e38', 0x7f7f_ffff],
];
for (const [text, bits] of floats)
  test(`f32 ${text} has the bits 0x${(bits >>> 0).toString(16)}`, () =>
    expect(parseFloat32(text)).toBe(bits));

test('floats out of range have no bits', () => {
  expect(parseFloat32('0x1p128')).toBeNull();
  expect(parseFloat32('1e39')).toBeNull();
  expect(parseFloat64('1e309')).toBeNull();
  expect(parseFloat64('nan:0x10_0000_0000_0000')).toBeNull();
  expect(parseFloat64('0x1p-1074')).toBe(1n);
  expect(parseFloat32('1e-1000000000')).toBe(0);
  expect(parseFloat32('1e1000000000')).toBeNull();
});

const errors: readonly [text: string, error: string][] = [
  ['(module (func (foo)))', '1:16 unknown operator foo'],
  ['(module (func (param)) (func', '1:29 unexpected token at the end'],
  ['(func $a) (func $a)', '1:17 duplicate function $a'],
  ['(func\n  (call $b))', '2:9 unknown function $b'],
  ['(func (i32.const 0x1_0000_0000))', '1:18 constant out of range 0x1_0000_0000'],
  ['(func block $a end $b)', '1:20 mismatching label $b'],
  ['(func) (import "" "" (func))', '1:16 import after function definition'],
  ['(func (i32.load align=3))', '1:17 alignment must be a power of two'],
  ['(func (; (', '1:7 unclosed comment'],
  ['(@name "x"', '1:1 unclosed annotation'],
  ['(func) x "', '1:8 unknown operator x'],
  ['(func (if (nop)))', '1:16 unexpected token )'],
  ['(func (then))', '1:8 unexpected token then'],
];
for (const [text, error] of errors)
  test(`${text} is an error with its line and column`, () => expect(errorOf(text)).toBe(error));

test('a text of a feature that is off says which', () => {
  const features = featuresWith({ simd: false });
  expect(() => parseModule('(func (drop (v128.const i32x4 0 0 0 0)))', features)).toThrow(
    expect.objectContaining({ code: 'featureOffText' }),
  );
});

const modules: readonly string[] = [
  '(module $m (type $t (func (param i32) (result i32))) (func $f (export "f") (type $t) local.get 0))',
  '(module (rec (type $a (sub (struct (field $x (mut i8)) (field (ref null $b))))) (type $b (array i32))))',
  '(module (memory i64 1 2) (data (i64.const 0) "a\\00\\"") (func i32.const 1 (if (then nop) (else unreachable))))',
  '(module (table funcref (elem $f $f)) (func $f (call_indirect (param i32) (i32.const 1) (i32.const 0))))',
  '(module (tag $e (param i32)) (func (block $l (result i32) (try_table (catch $e $l)) (i32.const 0)) drop))',
  '(module (func (@metadata.code.branch_hint "\\01") (if (i32.const 0) (then))) (@custom "c" (after func) "x"))',
  '(module (func (f32.const nan:0x123) drop f64.const -0.1 drop (v128.const f32x4 1 2 3 4) drop))',
  '(module (func (try (do (nop)) (catch_all (rethrow 0))) (try (do) (delegate 0))))',
];
for (const text of modules)
  test(`printing and parsing again is the identity: ${text.slice(8, 60)}`, () => {
    const module = parseModule(text);
    const printed = printModule(module);
    expect([...encodeModule(parseModule(printed))]).toEqual([...encodeModule(module)]);
    expect(printModule(parseModule(printed))).toBe(printed);
  });

test('the depth of a text is no matter of the host stack', () => {
  const depth = 15_000;
  const text = `(func ${'(drop '.repeat(depth)}(i32.const 0)${')'.repeat(depth)})`;
  expect(parseModule(text).funcs[0]?.code.positions).toHaveLength(depth + 2);
  expect(errorOf(`(func ${'(drop '.repeat(30_000)}`)).toContain('unexpected token');
});

test('long words and nested annotations are no matter of the host stack either', () => {
  expect(errorOf(`(func (drop (i32.const ${'1'.repeat(3_000_000)})))`)).toMatch(
    /^1:24 constant out of range 1{200}…$/,
  );
  expect(parseFloat32(`0.${'1'.repeat(100_000)}`)).toBe(parseFloat32('0.111111111111'));
  expect(errorOf('(@a '.repeat(200_000))).toBe('1:1 unclosed annotation');
  expect(errorOf('(;'.repeat(200_000))).toBe('1:1 unclosed comment');
});

test('commands of a script keep their modules for later', () => {
  const commands = parseScript(
    '(module $m (func)) (assert_invalid (module (foo)) "x") (invoke $m "f" (i32.const 1))',
  );
  expect(commands.map((command) => command.kind)).toEqual(['module', 'assert_invalid', 'action']);
});
