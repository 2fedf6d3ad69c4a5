import { expect, test } from 'vitest';
import { proposalRowOf, proposalRows } from './wasm-proposals.ts';
import { formatMatrix, type WasmReport } from './wasm-runs.ts';

const cases: readonly [path: string, call: string | null, id: string][] = [
  ['i32.wast', 'add', 'numeric'],
  ['i32.wast', 'extend8_s', 'sign-extension'],
  ['i32.wast', null, 'numeric'],
  ['conversions.wast', 'i32.trunc_sat_f32_s', 'saturating-conversion'],
  ['conversions.wast', 'i32.trunc_f32_s', 'numeric'],
  ['block.wast', 'break-multi-value', 'multi-value'],
  ['block.wast', 'nested', 'control'],
  ['memory.wast', null, 'memory'],
  ['memory64.wast', null, 'memory64'],
  ['memory_copy.wast', 'test', 'bulk-memory'],
  ['memory_copy64.wast', 'test', 'memory64'],
  ['memory_copy1.wast', 'test', 'multi-memory'],
  ['table_copy64.wast', null, 'memory64'],
  ['simd_const.wast', null, 'simd'],
  ['simd_memory-multi.wast', null, 'multi-memory'],
  ['i8x16_relaxed_swizzle.wast', null, 'relaxed-simd'],
  ['float_exprs.wast', 'f', 'numeric'],
  ['float_exprs0.wast', 'f', 'multi-memory'],
  ['return_call_ref.wast', 'f', 'function-references'],
  ['return_call.wast', 'f', 'tail-call'],
  ['try_table.wast', 'f', 'exceptions'],
  ['legacy/try_catch.wast', 'f', 'legacy-exceptions'],
  ['proposals/threads/memory.wast', null, 'threads'],
  ['proposals/custom-descriptors/binary.wast', null, 'custom-descriptors'],
  ['utf8-custom-section-id.wast', null, 'modules'],
  ['custom/branch_hint.wast', null, 'branch-hinting'],
];

for (const [path, call, id] of cases)
  test(`${path} ${call ?? 'without a call'} is about ${id}`, () =>
    expect(proposalRowOf(path, call).id).toBe(id));

test('a script of a folder that no row takes is an error with the file to edit', () =>
  expect(() => proposalRowOf('proposals/of-tomorrow/a.wast', null)).toThrow(
    'ci/conformance/wasm-proposals.ts has no row for proposals/of-tomorrow/a.wast',
  ));

test('the matrix begins with WebAssembly 1.0 and has each row once', () => {
  const ids = proposalRows.map(({ id }) => id);
  expect(ids.slice(0, 5)).toEqual(['numeric', 'control', 'memory', 'modules', 'text']);
  expect(new Set(ids).size).toBe(ids.length);
});

test('the matrix shows what a run lacks as a dash', () => {
  const head = { suite: 'wasm', suiteCommit: '', commit: 'abcdef', date: '', isComplete: true, seconds: 1 };
  const runs: WasmReport['runs'] = [
    { ...head, tier: 'one', node: 'v1, V8 2', proposals: { numeric: { passed: 1, total: 3 } } },
    { ...head, tier: 'two', node: 'v1, V8 2', proposals: {} },
  ];
  const rows = proposalRows.slice(0, 1);
  expect(formatMatrix({ rows, runs }, 'text')).toMatch(/^Numbers +1\.0 +1\/3 +33\.33% +– +–$/m);
  expect(formatMatrix({ rows, runs }, 'markdown')).toContain('| Numbers | 1.0 | 1/3 | 33.33% | – | – |');
  expect(JSON.parse(formatMatrix({ rows, runs }, 'json'))).toMatchObject({
    runs: [{ tier: 'one' }, { tier: 'two' }],
  });
});
