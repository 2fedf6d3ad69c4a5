// What a proposal brought is refused in both formats while its flag is off, by an error that names the flag: every
// instruction of the table, and whatever is no instruction.

import { describe, expect, test } from 'vitest';
import { decodeModule } from './format/decode-module.ts';
import { encodeModule } from './format/encode-module.ts';
import { type FeatureName, type Features, featureRows, featuresWith } from './format/features.ts';
import { instructionRows } from './format/instructions.ts';
import type { Module } from './format/module.ts';
import { ModuleError } from './format/module-error.ts';
import { parseModule } from './text/module-parser.ts';
import { validateModule } from './validate/validate-module.ts';

const ALL = featuresWith({ customPageSizes: true, wideArithmetic: true, customDescriptors: true });

/** Flags that another flag's things need as well, so that a module of the other one alone tells nothing. */
function without(...names: readonly FeatureName[]): Features {
  return { ...ALL, ...Object.fromEntries(names.map((name) => [name, false])) };
}

function errorOf(read: () => Module, features: Features): string {
  try {
    validateModule(read(), features);
  } catch (error) {
    if (error instanceof ModuleError) return error.message;
    throw error;
  }
  return 'accepted';
}

/** Modules that are valid with all features on. */
const modules: Readonly<Partial<Record<FeatureName, readonly string[]>>> = {
  multiValue: [
    '(type (func (result i32 i32)))',
    '(func (param i32) (local.get 0) (block (param i32) (drop)))',
    '(type $t (func (result i32))) (func (drop (block (type $t) (i32.const 0))))',
  ],
  bulkMemory: ['(data "a")', '(func) (elem func 0)', '(memory 1) (data "") (func (data.drop 0))'],
  referenceTypes: [
    '(func (param funcref))',
    '(func (param externref))',
    '(global funcref (ref.null func))',
    '(table 1 externref)',
    '(table 1 funcref) (table 1 funcref)',
    '(func (local externref))',
    '(func (result funcref) (ref.null func))',
    '(func (drop (block (result externref) (unreachable))))',
    '(func) (elem declare func 0)',
    '(func (drop (select (result i32) (i32.const 0) (i32.const 0) (i32.const 0))))',
    '(table 1 funcref) (table 1 funcref) (func (call_indirect 1 (i32.const 0)))',
  ],
  simd: [
    '(func (param v128))',
    '(func (result v128) (unreachable))',
    '(func (local v128))',
    '(global (import "" "") v128)',
    '(global v128 (v128.const i32x4 0 0 0 0))',
    '(type (struct (field v128)))',
    '(type (array (mut v128)))',
    '(func (drop (block (result v128) (unreachable))))',
    '(func (drop (select (result v128) (unreachable) (unreachable) (i32.const 0))))',
    '(tag (param v128))',
  ],
  extendedConst: [
    '(global i32 (i32.add (i32.const 1) (i32.const 2)))',
    '(global i64 (i64.mul (i64.const 1) (i64.const 2)))',
    '(memory 1) (data (i32.sub (i32.const 1) (i32.const 1)) "")',
  ],
  multiMemory: [
    '(memory 1) (memory 1)',
    '(memory (import "" "") 1) (memory 1)',
    '(memory 1) (memory 1) (func (drop (i32.load 1 (i32.const 0))))',
    '(memory 1) (memory 1) (func (drop (memory.size 1)))',
  ],
  memory64: ['(memory i64 1)', '(table i64 1 funcref)', '(memory (import "" "") i64 1)'],
  functionReferences: [
    '(func (param (ref func)))',
    '(type (func)) (func (param (ref null 0)))',
    '(type (func)) (table 1 (ref null 0))',
    '(func $f) (table 1 funcref (ref.func $f))',
    '(type (func)) (func (drop (ref.null 0)))',
  ],
  gc: [
    '(type (struct))',
    '(type (array i8))',
    '(rec (type (func)) (type (func)))',
    '(type (sub (func)))',
    ...['any', 'eq', 'i31', 'struct', 'array', 'none', 'nofunc', 'noextern'].map(
      (heap) => `(func (param (ref null ${heap})))`,
    ),
    '(func (drop (ref.null any)))',
    '(table 1 anyref)',
    '(global i32 (i32.const 1)) (global i32 (global.get 0))',
  ],
  exceptions: ['(func (param exnref))', '(func (param (ref null noexn)))'],
  threads: ['(memory 1 1 shared)', '(memory (import "" "") 1 1 shared)'],
  customPageSizes: ['(memory 1 (pagesize 1))', '(memory (import "" "") 1 (pagesize 1))'],
  customDescriptors: [
    '(type $t (struct)) (func (param (ref (exact $t))))',
    '(rec (type (descriptor 1) (struct)) (type (describes 0) (struct)))',
    '(type $t (func)) (import "" "" (func (exact (type $t))))',
  ],
};

/** A flag whose things are also on by another one is tested with both off. */
const TOGETHER: Readonly<Partial<Record<FeatureName, readonly FeatureName[]>>> = {
  functionReferences: ['gc'],
};

for (const [name, texts] of Object.entries(modules) as [FeatureName, readonly string[]][])
  describe(`with ${name} off`, () => {
    const off = without(name, ...(TOGETHER[name] ?? []));
    for (const text of texts)
      test(text, () => {
        const module = parseModule(text, ALL);
        const bytes = encodeModule(module);
        expect(errorOf(() => module, ALL)).toBe('accepted');
        expect(errorOf(() => decodeModule(bytes, ALL), ALL)).toBe('accepted');
        expect(errorOf(() => parseModule(text, off), off)).toContain(name);
        expect(errorOf(() => decodeModule(bytes, off), off)).toContain(name);
      });
  });

test('tags need one of the two kinds of exceptions', () => {
  const texts = ['(tag)', '(tag (import "" ""))', '(import "" "" (tag))', '(tag (export "a"))'];
  for (const text of texts) {
    const bytes = encodeModule(parseModule(text, ALL));
    for (const features of [without('exceptions'), without('legacyExceptions')])
      expect(errorOf(() => parseModule(text, features), features)).toBe('accepted');
    const off = without('exceptions', 'legacyExceptions');
    expect(errorOf(() => parseModule(text, off), off)).toContain('exceptions');
    expect(errorOf(() => decodeModule(bytes, off), off)).toContain('exceptions');
  }
});

describe('instructions of the table', () => {
  for (const name of Object.keys(featureRows) as FeatureName[]) {
    const rows = instructionRows.filter(({ feature }) => feature === name);
    if (name === 'mvp' || rows.length === 0) continue;
    test(`${rows.length} of ${name} are refused with it off`, () => {
      const off = without(name);
      for (const row of rows) {
        // The flag comes before the immediates, so there need be none.
        const isSecondOfName =
          instructionRows.find((each) => each.name === row.name)?.feature !== row.feature;
        if (!isSecondOfName)
          expect(errorOf(() => parseModule(`(func ${row.name})`, off), off)).toContain(
            `the feature ${name} is off`,
          );
        expect(errorOf(() => decodeModule(withOpcode(row.code), off), off)).toContain(
          `the feature ${name} is off`,
        );
      }
    });
  }
});

/** A module with one function, whose body begins with an opcode. */
function withOpcode(code: number): Uint8Array {
  const opcode =
    code < 256
      ? [code]
      : [code >> 12, ...((code & 0xfff) < 128 ? [code & 0xfff] : [(code & 0x7f) | 128, (code & 0xfff) >> 7])];
  const body = [0, ...opcode, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...[1, 4, 1, 0x60, 0, 0],
    ...[3, 2, 1, 0],
    ...[10, body.length + 2, 1, body.length, ...body],
  ]);
}

test('what needs no proposal is accepted with all of them off', () => {
  const none = without(...(Object.keys(featureRows) as FeatureName[]).filter((name) => name !== 'mvp'));
  const text = `(import "a" "b" (func $i (param i32)))
    (table $t 1 funcref) (elem (i32.const 0) $f) (memory 1) (data (i32.const 0) "a")
    (global (mut f64) (f64.const 1))
    (func $f (export "f") (result i64)
      (call $i (i32.load (i32.const 0)))
      (call_indirect (param i32) (i32.const 1) (i32.const 0))
      (block (result i64) (select (i64.const 1) (i64.const 2) (memory.grow (i32.const 1)))))`;
  expect(errorOf(() => parseModule(text, none), none)).toBe('accepted');
  const bytes = encodeModule(parseModule(text, none));
  expect(errorOf(() => decodeModule(bytes, none), none)).toBe('accepted');
});
