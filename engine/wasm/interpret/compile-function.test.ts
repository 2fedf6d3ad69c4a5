import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FuncCode } from '../runtime/instances.ts';
import { parseModule } from '../text/module-parser.ts';
import { validateModule } from '../validate/validate-module.ts';
import { compileFunction } from './compile-function.ts';
import { disassemble } from './disassemble.ts';

function compiled(text: string): string {
  const valid = validateModule(parseModule(text));
  const func = valid.module.funcs[0];
  if (func === undefined) throw new Error('no function');
  return disassemble(compileFunction(new FuncCode(valid, func, 0)));
}

/** Opcodes only. */
function opcodes(text: string): string[] {
  return compiled(text)
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/)[1] as string);
}

const rows: readonly [name: string, text: string, expected: readonly string[]][] = [
  [
    'locals are used in place',
    '(func (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))',
    ['i32_add', 'move32', 'return'],
  ],
  [
    'what makes a value writes the local itself',
    '(func (param i32) (local.set 0 (i32.mul (local.get 0) (local.get 0))))',
    ['i32_mul', 'return'],
  ],
  [
    'constants melt into additions',
    '(func (param i32) (local.set 0 (i32.sub (local.get 0) (i32.const 3))))',
    ['i32_add_k', 'return'],
  ],
  [
    'comparisons melt into branches',
    '(func (param i32 i32) (block (br_if 0 (i32.gt_s (local.get 0) (local.get 1)))))',
    ['jump_i32_lt_s', 'return'],
  ],
  [
    'with a constant, too',
    '(func (param i32) (if (i32.lt_u (local.get 0) (i32.const 9)) (then (unreachable))))',
    ['jump_i32_ge_u_k', 'unreachable', 'return'],
  ],
  [
    'comparisons of floats melt into branches, which know that there are NaNs',
    '(func (param f64 f64) (if (f64.gt (local.get 0) (local.get 1)) (then (unreachable))))',
    ['jump_f64_not_lt', 'unreachable', 'return'],
  ],
  [
    'constants of loops are put into slots once',
    `(func (param i32) (loop (local.set 0 (i32.mul (local.get 0) (i32.const 3)))
      (local.set 0 (i32.xor (local.get 0) (i32.const 3))) (br_if 0 (local.get 0))))`,
    ['jump', 'charge', 'i32_mul', 'i32_xor', 'jump_if', 'return', 'const32', 'jump'],
  ],
  [
    'constants that instructions take themselves are not',
    '(func (param i32) (loop (br_if 0 (i32.lt_u (local.get 0) (i32.const 9)))))',
    ['charge', 'jump_i32_lt_u_k', 'return'],
  ],
  [
    'code behind a branch is left out',
    '(func (result i32) (return (i32.const 1)) (i32.add (i32.const 1) (i32.const 2)))',
    ['const32', 'return'],
  ],
  [
    'a float moves by its bits',
    '(func (param f64) (local f64) (local.set 1 (local.get 0)))',
    ['move64', 'return'],
  ],
];
for (const [name, text, expected] of rows) test(name, () => expect(opcodes(text)).toEqual(expected));

test('the listing in the README is what comes out', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, text, listing] = /```wat\n([\s\S]*?)```[\s\S]*?```text\n([\s\S]*?)```/.exec(readme) as unknown as [
    string,
    string,
    string,
  ];
  expect(compiled(text)).toBe(listing);
});
