import { expect, test } from 'vitest';
import { ByteReader, decodeUtf8 } from './byte-reader.ts';
import { ByteWriter, encodeUtf8 } from './byte-writer.ts';
import { decodeModule } from './decode-module.ts';
import { encodeModule } from './encode-module.ts';
import { featuresWith } from './features.ts';
import { DEFAULT_MODULE_LIMITS } from './limits.ts';
import { ModuleError } from './module-error.ts';

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

function errorOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof ModuleError) return `${error.kind} at ${error.position}: ${error.message}`;
    throw error;
  }
  return 'none';
}

const reader = (...bytes: number[]): ByteReader => new ByteReader(Uint8Array.from(bytes));

test('integers of every width come back as they were written', () => {
  for (const value of [0, 1, 63, 64, 127, 128, 0x7fff_ffff, 0xffff_ffff]) {
    const writer = new ByteWriter();
    writer.u32(value);
    expect(new ByteReader(writer.finish()).u32()).toBe(value);
  }
  for (const value of [0, -1, 63, 64, -64, -65, 0x7fff_ffff, -0x8000_0000]) {
    const writer = new ByteWriter();
    writer.signed(value);
    expect(new ByteReader(writer.finish()).signed(33)).toBe(value);
  }
  const powers = Array.from({ length: 63 }, (_, i) => 1n << BigInt(i));
  for (const value of powers.flatMap((power) => [power - 1n, power, -power, -power - 1n])) {
    const writer = new ByteWriter();
    writer.s64(value);
    const bytes = writer.finish();
    const reader = new ByteReader(bytes);
    reader.signed64();
    expect((BigInt(reader.high) << 32n) | BigInt(reader.low >>> 0)).toBe(value);
    expect(reader.pos).toBe(bytes.length);
    const unsigned = new ByteWriter();
    unsigned.u64(BigInt.asUintN(64, value));
    expect(new ByteReader(unsigned.finish()).u64()).toBe(BigInt.asUintN(64, value));
  }
});

test('integers that are too long or too large are malformed', () => {
  expect(errorOf(() => reader(0x80, 0x80, 0x80, 0x80, 0x80, 0).u32())).toContain(
    'integer representation too long',
  );
  expect(errorOf(() => reader(0x82, 0x80, 0x80, 0x80, 0x70).u32())).toContain('integer too large');
  expect(errorOf(() => reader(0x80, 0x80, 0x80, 0x80, 0x08).signed(32))).toContain('integer too large');
  expect(errorOf(() => reader(0x80).u32())).toContain('unexpected end');
});

test('UTF-8 is decoded strictly', () => {
  expect(decodeUtf8(encodeUtf8('aß→😀'))).toBe('aß→😀');
  for (const bytes of [[0x80], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]])
    expect(decodeUtf8(Uint8Array.from(bytes))).toBeNull();
});

const rows: readonly [name: string, bytes: readonly number[], error: string][] = [
  ['no magic', [0x61], 'malformed at 1: unexpected end of section or function'],
  ['another version', [0, 0x61, 0x73, 0x6d, 2, 0, 0, 0], 'malformed at 4: unknown binary version'],
  ['an unknown section', [...HEADER, 14, 1, 0], 'malformed at 8: malformed section id'],
  [
    'sections out of order',
    [...HEADER, 3, 1, 0, 1, 1, 0],
    'malformed at 11: unexpected content after last section',
  ],
  ['an illegal opcode', [...HEADER, 6, 5, 1, 0x7f, 0, 0xff, 0x0b], 'malformed at 13: illegal opcode ff'],
];
for (const [name, bytes, error] of rows)
  test(`${name} is an error with its offset`, () => {
    expect(errorOf(() => decodeModule(Uint8Array.from(bytes)))).toBe(error);
  });

test('what a feature brought is malformed without it', () => {
  expect(decodeModule(Uint8Array.from([...HEADER, 1, 3, 1, 0x5f, 0])).types).toHaveLength(1);
  expect(
    errorOf(() => decodeModule(Uint8Array.from([...HEADER, 1, 3, 1, 0x5f, 0]), featuresWith({ gc: false }))),
  ).toContain('malformed definition type');
});

test('demands over a limit are refused before they are met', () => {
  const limits = { ...DEFAULT_MODULE_LIMITS, locals: 10 };
  const bytes = [...HEADER, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 6, 1, 4, 1, 11, 0x7f, 0x0b];
  expect(decodeModule(Uint8Array.from(bytes)).funcs[0]?.locals).toHaveLength(11);
  expect(errorOf(() => decodeModule(Uint8Array.from(bytes), undefined, limits))).toBe(
    'limit at 22: limit exceeded: locals, at most 10',
  );
});

test('writing what was read gives the same bytes where the notation is the shortest', () => {
  const bytes = Uint8Array.from([
    ...HEADER,
    ...[1, 5, 1, 0x60, 0, 1, 0x7f],
    ...[3, 2, 1, 0],
    ...[7, 5, 1, 1, 0x61, 0, 0],
    ...[10, 6, 1, 4, 0, 0x41, 0x2a, 0x0b],
    ...[0, 8, 4, 0x6e, 0x61, 0x6d, 0x65, 0, 1, 0],
  ]);
  const module = decodeModule(bytes);
  expect(module.names.module).toBe('');
  expect([...encodeModule(module)]).toEqual([...bytes]);
});
