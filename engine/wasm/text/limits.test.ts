// The limits of the binary reader hold in the text format as well, with errors of the same kind.

import { expect, test } from 'vitest';
import { decodeModule } from '../format/decode-module.ts';
import { encodeModule } from '../format/encode-module.ts';
import { DEFAULT_FEATURES } from '../format/features.ts';
import { DEFAULT_MODULE_LIMITS, type ModuleLimits } from '../format/limits.ts';
import { ModuleError } from '../format/module-error.ts';
import { parseModule } from './module-parser.ts';

/** A limit, what fits into it, and what does not. */
const rows: readonly (readonly [limit: Partial<ModuleLimits>, fits: string, exceeds: string])[] = [
  [{ types: 2 }, '(type (func)) (type (func))', '(type (func)) (type (func)) (type (func))'],
  [{ types: 2 }, '(rec (type (func)) (type (func)))', '(rec (type (func)) (type (func)) (type (func)))'],
  [{ types: 2 }, '(func (param i32)) (func)', '(func (param i32)) (func) (func (param i64))'],
  [{ recursionGroups: 1 }, '(rec (type (func)) (type (func)))', '(type (func)) (type (func))'],
  [{ functions: 2 }, '(func) (func)', '(func) (func) (func)'],
  [{ functions: 1 }, '(func (import "" "")) (func)', '(func (export "a")) (func)'],
  [{ imports: 1 }, '(import "" "" (func))', '(func (import "" "")) (import "" "" (func))'],
  [
    { exports: 2 },
    '(func (export "a") (export "b"))',
    '(func (export "a") (export "b")) (export "c" (func 0))',
  ],
  [{ globals: 1 }, '(global i32 (i32.const 0))', '(global i32 (i32.const 0)) (global i32 (i32.const 0))'],
  [{ tags: 1 }, '(tag)', '(tag) (tag)'],
  [{ tables: 1 }, '(table 1 funcref)', '(table 1 funcref) (table funcref (elem))'],
  [{ memories: 1 }, '(memory 1)', '(memory 1) (memory (data ""))'],
  [{ dataSegments: 1 }, '(memory (data ""))', '(memory (data "")) (data "")'],
  [{ elementSegments: 1 }, '(table funcref (elem))', '(table funcref (elem)) (elem func)'],
  [{ segmentElements: 2 }, '(func $f) (elem func $f $f)', '(func $f) (elem func $f $f $f)'],
  [
    { segmentElements: 1 },
    '(func $f) (elem funcref (ref.func $f))',
    '(func $f) (elem funcref (ref.func $f) (ref.func $f))',
  ],
  [{ functionSizeBytes: 40 }, '(func (i64.const 1) (drop))', `(func ${'nop '.repeat(50)})`],
  [{ locals: 3 }, '(func (local i32 i32 i32))', '(func (local i32 i32) (local i32 i32))'],
  [{ moduleLocals: 3 }, '(func (local i32 i32))', '(func (local i32 i32)) (func (local i32 i32))'],
  [{ parameters: 2 }, '(func (param i32 i32))', '(func (param i32 i32) (param i32))'],
  [{ results: 2 }, '(type (func (result i32 i32)))', '(type (func (result i32) (result i32 i32)))'],
  [{ structFields: 2 }, '(type (struct (field i32 i32)))', '(type (struct (field i32) (field i32 i32)))'],
  [
    { branchTableTargets: 2 },
    '(func (br_table 0 0 0 (i32.const 0)))',
    '(func (br_table 0 0 0 0 (i32.const 0)))',
  ],
  [{ nesting: 2 }, '(func block block end end)', '(func block block block end end end)'],
];

for (const [limit, fits, exceeds] of rows)
  test(`${JSON.stringify(limit)}: ${exceeds.slice(0, 60)}`, () => {
    const limits = { ...DEFAULT_MODULE_LIMITS, ...limit };
    expect(() => parseModule(fits, DEFAULT_FEATURES, limits)).not.toThrow();
    const bytes = encodeModule(parseModule(exceeds));
    const inText = errorOf(() => parseModule(exceeds, DEFAULT_FEATURES, limits));
    const inBytes = errorOf(() => decodeModule(bytes, DEFAULT_FEATURES, limits));
    expect(inText.kind).toBe('limit');
    if (!('nesting' in limit)) expect(inText.message).toBe(inBytes.message);
    expect(inBytes.kind).toBe('limit');
  });

test('the size of a text is limited', () => {
  const limits = { ...DEFAULT_MODULE_LIMITS, moduleSize: 10 };
  expect(errorOf(() => parseModule('(module (func))', DEFAULT_FEATURES, limits)).kind).toBe('limit');
});

test('definitions are counted before any of them is parsed', () => {
  const limits = { ...DEFAULT_MODULE_LIMITS, functions: 1 };
  // The first function is no valid text, but there are too many anyway.
  expect(errorOf(() => parseModule('(func end) (func)', DEFAULT_FEATURES, limits)).kind).toBe('limit');
});

function errorOf(read: () => unknown): ModuleError {
  try {
    read();
  } catch (error) {
    if (error instanceof ModuleError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}
