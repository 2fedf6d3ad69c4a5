// The kernels give on our interpreter what their heads say; four are computed again by other means.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Instance, Module, Store } from '../../engine/wasm/wasm.ts';
import { readKernels } from './wasm-kernels.ts';
import { formatTable } from './wasm-main.ts';
import { freshCopy } from './wasm-modules.ts';

const kernels = readKernels(fileURLToPath(new URL('../../', import.meta.url)));

describe('kernels', () => {
  test.each(kernels)('$name', ({ text, size, expect: expected }) => {
    const instance = new Instance(new Module(text, { store: new Store() }));
    expect(String(instance.call('run', size))).toBe(expected);
  });
});

const references: Readonly<Record<string, (size: number) => unknown>> = {
  'sha-256': (size) => {
    const block = Uint8Array.from({ length: 64 }, (_, i) => i);
    const hash = createHash('sha256');
    for (let i = 0; i < size; i++) hash.update(block);
    return hash.digest().readInt32BE(0);
  },
  'integer-loop': (size) => {
    let x = 1;
    for (let i = 0; i < size; i++) {
      x = (Math.imul(x, 1664525) + 1013904223) | 0;
      x ^= x >>> 13;
    }
    return x;
  },
  quicksort: (size) => {
    let x = 12345;
    const list = Int32Array.from({ length: size }, () => {
      x = (Math.imul(x, 1103515245) + 12345) | 0;
      return x;
    }).sort();
    return list.subarray(1).reduce((sum, each) => (Math.imul(sum, 31) + each) | 0, 0);
  },
  structs: (size) => {
    interface Node {
      readonly key: number;
      weight: number;
      left: Node | null;
      right: Node | null;
    }
    const bytes = new Uint8Array(256).fill(7);
    let x = 12345;
    let sum = 0;
    for (let n = size; n > 0; n--) {
      let root: Node | null = null;
      const roots = Array.from(bytes, (_, i) => {
        x = (Math.imul(x, 1103515245) + 12345) | 0;
        const node: Node = { key: x >>> 8, weight: 1, left: null, right: null };
        let at: Node | null = root;
        root ??= node;
        while (at !== null) {
          const side: 'left' | 'right' = node.key < at.key ? 'left' : 'right';
          const below: Node | null = at[side];
          if (below === null) at[side] = node;
          else if (side === 'right') at.weight++;
          at = below;
        }
        bytes[i] = (bytes[i] as number) + x;
        return root;
      });
      roots.forEach(({ weight }, i) => {
        sum = (((sum << 3) | (sum >>> 29)) + (bytes[i] as number) + weight) | 0;
      });
    }
    return sum;
  },
  mix64: (size) => {
    const wrap = (value: bigint): bigint => BigInt.asUintN(64, value);
    let x = 0x9e3779b97f4a7c15n;
    for (let n = size; n > 0; n--) {
      x = wrap((x ^ (x >> 30n)) * 0xbf58476d1ce4e5b9n);
      x = wrap((x ^ (x >> BigInt(n & 31))) + BigInt(n));
      x = wrap((x << 17n) | (x >> 47n));
      x = wrap(x + (x % 1000003n));
    }
    return BigInt.asIntN(64, x);
  },
};

test.each(Object.keys(references))('%s is right', (name) => {
  const kernel = kernels.find((each) => each.name === name);
  expect(String(references[name]?.(kernel?.size ?? 0))).toBe(kernel?.expect);
});

test('the table says how many times slower the first engine is', () => {
  const rows = [
    { name: 'loop', ms: [10, 2, 5] },
    { name: 'call', ms: [8, 2, null] },
  ];
  const table = formatTable('kernel', ['own', 'host', 'other'], rows);
  expect(table).toMatch(/^kernel +own ms +host ms +other ms +to host +to other\n/);
  expect(table).toMatch(/loop +10\.0 +2\.00 +5\.00 +5\.0 +2\.0\n/);
  expect(table).toMatch(/call +8\.00 +2\.00 +— +4\.0 +—\n/);
  expect(table).toMatch(/geometric mean +4\.5 +2\.0\n/);
});

test('a fresh copy of a module is the same module in other bytes', () => {
  const bytes = new Module('(module (func (export "run") (result i32) i32.const 7))').toBytes();
  const copies = [0, 1, 70_000].map((number) => freshCopy(bytes, number));
  expect(new Set(copies.map(String)).size).toBe(3);
  for (const copy of copies)
    expect(new Instance(new Module(copy, { store: new Store() })).call('run')).toBe(7);
});
