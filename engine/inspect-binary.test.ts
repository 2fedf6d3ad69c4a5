import { inspect as nodeInspect } from 'node:util';
import { runInThisContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { type InspectOptions, inspect, Runtime } from './engine.ts';

function valueOf(source: string): Parameters<typeof inspect>[0] {
  const completion = new Runtime().runScript(`{ ${source}\n}`, 'test.js');
  if (completion.kind !== 'normal') throw new Error(`guest: ${completion.kind} for ${source}`);
  return completion.value;
}

/** Programs whose value prints as in Node. */
const VALUES: readonly string[] = [
  ...['new Uint8Array([1, 2, 3])', 'new Uint8Array(0)', 'new Float32Array([1.5, -0, NaN, 1 / 0])'],
  ...[
    'new BigInt64Array([1n, -2n])',
    'new Uint8Array(200)',
    'new Int16Array(7)',
    'new Uint8ClampedArray(101)',
  ],
  ...['new ArrayBuffer(3)', 'new ArrayBuffer(0)', 'new ArrayBuffer(200)'],
  'new Uint8Array([0, 15, 255]).buffer',
  'new DataView(new ArrayBuffer(4), 1, 2)',
  '({ a: { b: { c: new Uint8Array(2), d: new ArrayBuffer(2) } } })',
  '({ a: { b: { c: { d: new Uint8Array(2), e: new ArrayBuffer(2), f: new DataView(new ArrayBuffer(1)) } } } })',
  'class A extends Uint8Array {} new A(2)',
  'class B extends ArrayBuffer {} new B(2)',
  'class D extends DataView {} new D(new ArrayBuffer(1))',
  "Object.assign(new Uint8Array([1]), { x: 1, [Symbol('s')]: 2 })",
  ...['Object.assign(new Uint8Array(0), { x: 1 })', 'Object.assign(new ArrayBuffer(1), { y: 2 })'],
  'Object.assign(new DataView(new ArrayBuffer(1)), { y: 2 })',
  'Object.setPrototypeOf(new Uint8Array([7]), null)',
  'Object.setPrototypeOf(new ArrayBuffer(1), null)',
  'Object.setPrototypeOf(new DataView(new ArrayBuffer(1)), null)',
  '[new Uint8Array(3), new Uint8Array(3)]',
  ...['const u = new Uint8Array(2); u.self = u; u', 'const u = new ArrayBuffer(2); u.self = u; u'],
  'new Uint8Array(new ArrayBuffer(2, { maxByteLength: 8 }))',
  'new ArrayBuffer(2, { maxByteLength: 8 })',
  'const b = new ArrayBuffer(8, { maxByteLength: 8 }); const v = new Uint8Array(b, 4); b.resize(2); v',
  'new Map([[new Uint8Array(1), new ArrayBuffer(1)]])',
  'new Proxy(new Uint8Array([1, 2]), {})',
  'Object.defineProperty(new Uint8Array(1), Symbol.toStringTag, { value: "T" })',
];

/** What Node prints otherwise with other options, for reasons that are not the data's. */
const PLAIN_VALUES: readonly string[] = [
  ...['Uint8Array', 'ArrayBuffer', 'DataView', 'Atomics', 'Object.getPrototypeOf(Uint8Array)'],
  ...['new SharedArrayBuffer(2)', 'new Uint8Array([1, 2])[Symbol.iterator]()'],
];

const OPTIONS: readonly InspectOptions[] = [
  {},
  { showHidden: true },
  { colors: true },
  { compact: 0 },
  { maxArrayLength: 1 },
  { maxArrayLength: 0 },
  { depth: 0 },
];

// The format is that of Node 20; late releases of 22 and all after it print some of these differently.
const isReference = Number.parseInt(process.versions.node, 10) <= 20;

describe.runIf(isReference)('binary data prints as in Node', () => {
  for (const source of VALUES) {
    test(source, () => {
      const value = valueOf(source);
      for (const options of OPTIONS) {
        const nodes = nodeInspect(runInThisContext(`{ ${source}\n}`), {
          ...options,
          compact: options.compact ?? 3,
        });
        expect(inspect(value, options), JSON.stringify(options)).toBe(nodes);
      }
    });
  }
});

describe.runIf(isReference)('with the default options', () => {
  test.each(PLAIN_VALUES)('%s', (source) => {
    expect(inspect(valueOf(source))).toBe(nodeInspect(runInThisContext(`{ ${source}\n}`)));
  });
});

test('a detached buffer and its views say so', () => {
  const source = 'const b = new ArrayBuffer(4); const v = new Uint8Array(b); b.transfer(); [b, v]';
  expect(inspect(valueOf(source))).toBe('[ ArrayBuffer { (detached), byteLength: 0 }, Uint8Array(0) [] ]');
});

test('Float16Array prints its numbers', () => {
  expect(inspect(valueOf('new Float16Array([1.1, -0, 1 / 0])'))).toBe(
    'Float16Array(3) [ 1.099609375, -0, Infinity ]',
  );
});

test('a typed array of billions of elements prints at once', () => {
  expect(inspect(valueOf('new Uint8Array(2 ** 32)'), { maxArrayLength: 1 })).toBe(
    'Uint8Array(4294967296) [ 0, ... 4294967295 more items ]',
  );
});
