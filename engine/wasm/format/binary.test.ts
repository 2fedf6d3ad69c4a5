import { expect, test } from 'vitest';
import { ByteReader, decodeUtf8 } from './byte-reader.ts';
import { ByteWriter, encodeUtf8 } from './byte-writer.ts';
import { decodeModule } from './decode-module.ts';
import { encodeModule } from './encode-module.ts';
import { featuresWith } from './features.ts';
import { DEFAULT_MODULE_LIMITS } from './limits.ts';
import { ModuleError } from './module-error.ts';
import { OP_drop, OP_end, OP_i32_const, OP_i32_load, OP_local_get } from './opcodes.gen.ts';

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

/** The code of a function in the binary format, with a section behind it. */
function bodyOf(code: readonly number[]): Int32Array {
  const body = [0, ...code, 0x0b];
  const section = [1, body.length, ...body];
  const custom = [0, 17, 0, ...new Array(16).fill(0)];
  const bytes = [...HEADER, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, section.length, ...section, ...custom];
  return (decodeModule(Uint8Array.from(bytes)).funcs[0] as { code: { words: Int32Array } }).code.words;
}

/** A number in so many bytes. */
function padded(value: number, length: number): number[] {
  return Array.from({ length }, (_, i) => ((value >> (7 * i)) & 0x7f) | (i < length - 1 ? 0x80 : 0));
}

test('numbers in code may be padded', () => {
  for (const value of [0, 1, -1, 63, 64, -64, -65, 8191, -8193, 1 << 20, 1 << 27, 0x7fff_ffff, -0x8000_0000])
    for (let length = 1; length <= 5; length++) {
      const bits = 7 * length;
      if (bits < 32 && (value << (32 - bits)) >> (32 - bits) !== value) continue;
      expect([...bodyOf([0x41, ...padded(value, length), 0x1a])]).toEqual([
        OP_i32_const,
        value,
        OP_drop,
        OP_end,
      ]);
    }
  for (const index of [0, 1, 127, 128, 16_384, 1 << 21, 1 << 28, 0x7fff_ffff])
    for (let length = 1; length <= 5; length++) {
      if (index >= 2 ** (7 * length)) continue;
      expect([...bodyOf([0x20, ...padded(index, length)])]).toEqual([OP_local_get, index, OP_end]);
      expect([...bodyOf([0x28, 2, ...padded(index, length)])]).toEqual([OP_i32_load, 0, 2, index, 0, OP_end]);
    }
  expect(errorOf(() => bodyOf([0x41, 0x80, 0x80, 0x80, 0x80, 0x10]))).toContain('integer too large');
  expect(errorOf(() => bodyOf([0x41, 0x80, 0x80, 0x80, 0x80, 0x80, 0]))).toContain('too long');
  expect(errorOf(() => bodyOf([0x20, 0x80, 0x80, 0x80, 0x80, 0x7f]))).toContain('integer too large');
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
