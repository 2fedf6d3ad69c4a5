import { expect, test } from 'vitest';
import { featuresWith } from '../format/features.ts';
import { DEFAULT_MODULE_LIMITS } from '../format/limits.ts';
import { lineAndColumn, ModuleError } from '../format/module-error.ts';
import { HEAP_ANY, HEAP_EQ, HEAP_FUNC, HEAP_NONE, HEAP_STRUCT, refType } from '../format/types.ts';
import { parseModule } from '../text/module-parser.ts';
import { TypeRegistry } from './type-registry.ts';
import { validateModule } from './validate-module.ts';

function errorOf(text: string, ...more: unknown[]): string {
  try {
    const [features, limits] = more as [ReturnType<typeof featuresWith>?, typeof DEFAULT_MODULE_LIMITS?];
    validateModule(parseModule(text), features, new TypeRegistry(), limits);
  } catch (error) {
    if (error instanceof ModuleError) return `${lineAndColumn(text, error.position)} ${error.message}`;
    throw error;
  }
  return 'none';
}

const rows: readonly [text: string, error: string][] = [
  ['(func (result i32) i32.const 1 i32.const 2 i32.add)', 'none'],
  [
    '(func (drop (i32.add (i32.const 1) (i64.const 2))))',
    '1:13 type mismatch: instruction requires [i32 i32] but stack has [i32 i64]',
  ],
  ['(func (result i32))', '1:19 type mismatch: instruction requires [i32] but stack has []'],
  ['(func i32.const 1)', '1:18 type mismatch: block requires [] but stack has [i32]'],
  ['(func unreachable i32.add drop)', 'none'],
  ['(func (br 1))', '1:7 unknown label 1'],
  ['(func (local (ref func)) (drop (local.get 0)))', '1:32 uninitialized local 0'],
  [
    '(func (local (ref func)) (block (local.set 0 (ref.func 0))) (drop (local.get 0))) (export "f" (func 0))',
    '1:67 uninitialized local 0',
  ],
  ['(func $f (drop (ref.func $f)))', '1:16 undeclared function reference 0'],
  [
    '(memory 1) (func (drop (i32.load align=8 (i32.const 0))))',
    '1:24 alignment must not be larger than natural',
  ],
  ['(global i32 (i32.const 1)) (global i32 (global.get 0))', 'none'],
  ['(global (mut i32) (i32.const 1)) (global i32 (global.get 0))', '1:46 constant expression required'],
  ['(memory 65537)', '1:9 memory size must be at most 2^16 pages (4 GiB) for i32'],
  ['(type $a (struct)) (type $b (sub $a (struct)))', '1:29 sub type 1 has final super type 0'],
  [
    '(type $a (sub (struct (field i32)))) (type $b (sub $a (struct)))',
    '1:47 sub type 1 does not match super type 0',
  ],
  ['(func (export "a")) (func (export "a"))', '1:35 duplicate export name "a"'],
  [
    '(func (result i32) (try_table (result i32) (catch_all 0) (i32.const 1)))',
    '1:20 type mismatch: catch handler requires [] but label has [i32]',
  ],
];
for (const [text, error] of rows)
  test(`${text.slice(0, 80)}: ${error.slice(0, 40)}`, () => expect(errorOf(text)).toBe(error));

test('equal recursion groups of two modules are one type', () => {
  const registry = new TypeRegistry();
  const text = '(rec (type $a (struct (field (ref null $b)))) (type $b (array i32)))';
  const one = validateModule(parseModule(text), undefined, registry).context;
  const two = validateModule(parseModule(`(type (func)) ${text}`), undefined, registry).context;
  expect(two.types.slice(1)).toEqual(one.types);
  const apart = validateModule(
    parseModule('(type $b (array i32)) (type $a (struct (field (ref null $b))))'),
    undefined,
    registry,
  ).context;
  expect(apart.types).not.toContain(one.types[0]);
});

test('abstract heap types match along their hierarchy', () => {
  const registry = new TypeRegistry();
  const { context } = validateModule(
    parseModule('(type $a (sub (struct))) (type $b (sub $a (struct (field i32))))'),
    undefined,
    registry,
  );
  const [a, b] = context.types as [number, number];
  const nonNull = (heap: number): number => refType(heap, false);
  const chain = [HEAP_NONE, b, a, HEAP_STRUCT, HEAP_EQ, HEAP_ANY].map(nonNull);
  chain.forEach((sub, i) => {
    chain.forEach((above, j) => {
      expect(registry.matches(sub, above), `${i} ${j}`).toBe(i <= j);
    });
  });
  expect(registry.matches(nonNull(a), nonNull(HEAP_FUNC))).toBe(false);
  expect(registry.matches(refType(a, true), nonNull(a))).toBe(false);
  expect(registry.matches(refType(a, false, true), nonNull(a))).toBe(true);
  expect(registry.matches(nonNull(a), refType(a, false, true))).toBe(false);
});

test('features that are off are refused', () => {
  expect(errorOf('(memory 1) (memory 1)', featuresWith({ multiMemory: false }))).toContain(
    'multiple memories',
  );
  expect(errorOf('(type (func (result i32 i32)))', featuresWith({ multiValue: false }))).toContain(
    'invalid result arity',
  );
});

test('a chain of subtypes that is too long is refused before it fills memory', () => {
  const types = Array.from({ length: 20_000 }, (_, i) => `(type (sub ${i === 0 ? '' : i - 1} (struct)))`);
  expect(errorOf(`(rec ${types.join('')})`)).toContain('limit exceeded: depth of subtypes, at most 63');
});

test('demands over a limit are refused', () => {
  const limits = { ...DEFAULT_MODULE_LIMITS, nesting: 3, operands: 5 };
  expect(errorOf('(func block block block block end end end end)', undefined, limits)).toContain('nesting');
  expect(errorOf(`(func (result ${'i32 '.repeat(6)}) (return (call 0)))`, undefined, limits)).toContain(
    'operands',
  );
});
