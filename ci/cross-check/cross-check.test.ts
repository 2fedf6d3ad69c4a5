// A small portion of `npm run cross-check -- --suite wasm`, on modules that are written here: the suite need not be there.
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { encodeModule } from '../../engine/wasm/format/encode-module.ts';
import { featuresWith } from '../../engine/wasm/format/features.ts';
import { ModuleError } from '../../engine/wasm/format/module-error.ts';
import { parseModule } from '../../engine/wasm/text/module-parser.ts';
import { TypeRegistry } from '../../engine/wasm/validate/type-registry.ts';
import { validateModule } from '../../engine/wasm/validate/validate-module.ts';
import { checkNotations, checkTool, type Outcome } from './compare-tools.ts';
import { differences, structureOf } from './structure.ts';
import type { SuiteModule } from './suite-modules.ts';
import { loadTools } from './tools.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const tools = await loadTools(checkout);

const texts: readonly string[] = [
  '(module (func (export "f") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))',
  '(module (memory 1 2) (data (i32.const 8) "a\\00\\ff") (func (memory.grow (i32.const 1)) drop))',
  '(module (table 2 funcref) (elem (i32.const 0) $f $f) (func $f (call_indirect (i32.const 1))))',
  '(module (table 2 funcref) (elem funcref (ref.func $f) (ref.null func)) (func $f))',
  '(module (import "a" "b" (global i64)) (global (mut f64) (f64.const -0x1.8p-3)) (start 0) (func))',
  '(module (func (block (result i32) (br_table 0 0 (i32.const 1) (i32.const 2))) drop (if (i32.const 0) (then nop))))',
  '(module (func (param v128) (result v128) (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31 (local.get 0) (local.get 0))))',
  '(module (tag $e (param i32)) (func (block $l (result i32) (try_table (catch $e $l)) (i32.const 0)) drop))',
  '(module (memory 1 1 shared) (func (drop (i32.atomic.rmw.add offset=4 (i32.const 0) (i32.const 1)))))',
  '(module (rec (type $a (sub (struct (field (mut i8)) (field (ref null $b))))) (type $b (array i64))) (func (drop (struct.new_default $a))))',
  '(module (memory i64 1) (memory 1) (func (drop (i64.load 0 (i64.const 1))) (drop (i32.load8_u 1 offset=3 (i32.const 1)))))',
  '(module (type $t (func)) (func (param (ref null $t)) (return_call_ref $t (local.get 0))))',
  '(module (func (result i32) (i64.const 1)))',
  '(module (func (local.get 3) drop))',
  '(module (func (call 7)))',
  '(module (func $f) (func $f))',
  '(module (func (i32.const 0x1_0000_0000) drop))',
];

function subjectOf(source: string): SuiteModule {
  const features = featuresWith({});
  const base = { place: source, path: '', features, source };
  let module: SuiteModule['module'] = null;
  try {
    module = parseModule(source);
    validateModule(module, features, new TypeRegistry());
    return { ...base, module, judgement: 'valid', reason: '' };
  } catch (error) {
    if (!(error instanceof ModuleError)) throw error;
    return { ...base, module, judgement: module === null ? 'malformed' : 'invalid', reason: error.message };
  }
}

describe('other tools make of a module what we make of it', () => {
  for (const text of texts)
    test(text.slice(8, 80), () => {
      const subject = subjectOf(text);
      expect(checkNotations(subject)).toBeNull();
      const outcomes = tools.flatMap((tool): Outcome[] => checkTool(tool, subject));
      expect(outcomes.filter(({ kind }) => kind === 'different')).toEqual([]);
      // What wabt does not know wasm-tools does, and every module is compared by one at least.
      expect(outcomes.some(({ kind }) => kind === 'equal')).toBe(true);
    });
});

test('a structure that differs is seen', () => {
  const [one, other] = ['(func (i32.const 1) drop)', '(func (i32.const 2) drop)'].map((text) =>
    structureOf(parseModule(text)),
  ) as [ReadonlyMap<string, string>, ReadonlyMap<string, string>];
  expect(differences(one, one)).toEqual([]);
  expect(differences(one, other)).toEqual(['funcs']);
  const lying = {
    name: 'lying',
    unknown: new Set<never>(),
    parse: () => encodeModule(parseModule('(func)')),
  };
  expect(checkTool(lying, subjectOf('(module (func) (func))'))).toMatchObject([
    { check: 'parse', kind: 'different', detail: 'other funcs' },
  ]);
});
