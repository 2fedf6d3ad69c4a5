// KTBC, the file form of a compiled script or module: code that can be kept and run later, elsewhere. It holds no
// addresses, needs no source text beside it, and is the same bytes on every host.
//
//   0   'KTBC'
//   4   version of the format            5   byte order of all that follows: 1 little, 2 big endian
//   6   flags, 16 bits: 1 a module       8   fingerprint of the opcode table
//  12   length of the content in bytes  16   digest, 64 bits, of the 16 bytes above and the content
//  24   content, as codec-units.ts has it
//
// A file of either byte order is read; writing takes little endian unless told otherwise. The reader is total: bytes of
// any kind give units or an error, never a host exception, and nothing is allocated that the bytes do not account for.
// That the units make sense is for the verifier to say.
import { assert } from '../base/assert.ts';
import { type Hash64, hash64 } from '../base/hash.ts';
import { ByteReader, MalformedBytes } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { readContent, writeContent } from './codec-units.ts';
import { opcodeRows } from './opcodes.ts';
import type { CodeUnit } from './unit.ts';

const MAGIC = [0x4b, 0x54, 0x42, 0x43];
export const KTBC_VERSION = 1;
const ORDER_LITTLE = 1;
const ORDER_BIG = 2;
const FLAG_MODULE = 1;
const HEADER_BYTES = 24;
/** What the digest covers of the header. */
const DIGESTED_HEADER_BYTES = 16;
const DIGEST_OFFSET = 16;

export const BYTECODE_ERROR_CODES = [
  /** The bytes are something else. */
  'not-bytecode',
  /** The file ends early. */
  'truncated',
  /** Bytes follow the end. */
  'trailing',
  /** Another version of the format. */
  'version',
  'byte-order',
  /** Code for another table of opcodes. */
  'opcodes',
  /** The bytes have changed since they were written. */
  'digest',
  /** The content is none that an encoder writes. */
  'malformed',
  /** The verifier refuses the code. */
  'unverified',
] as const;
export type BytecodeErrorCode = (typeof BYTECODE_ERROR_CODES)[number];

/** Why bytes cannot be run: what is wrong, where, and what to do about it. */
export interface BytecodeError {
  readonly code: BytecodeErrorCode;
  readonly message: string;
  /** Byte where it shows. */
  readonly offset: number;
  readonly hint: string;
}

export type DecodeResult =
  | { readonly ok: true; readonly unit: CodeUnit }
  | { readonly ok: false; readonly error: BytecodeError };

/** Whether the bytes begin as a file of bytecode does. */
export function isBytecode(bytes: Uint8Array): boolean {
  return bytes.length >= MAGIC.length && MAGIC.every((byte, i) => bytes[i] === byte);
}

/** The file of a script or module; compiles what has not been. Throws NestedTooDeeply, as compiling does. */
export function encode(root: CodeUnit, byteOrder: 'little' | 'big' = 'little'): Uint8Array {
  assert(root.unitKind === 'script' || root.unitKind === 'module', 'only whole programs have a file form');
  const isLittle = byteOrder === 'little';
  const content = new ByteWriter(isLittle);
  writeContent(content, root);
  const writer = new ByteWriter(isLittle);
  const flags = root.unitKind === 'module' ? FLAG_MODULE : 0;
  writer.raw(Uint8Array.of(...MAGIC));
  writer.raw(
    Uint8Array.of(KTBC_VERSION, isLittle ? ORDER_LITTLE : ORDER_BIG, ...(isLittle ? [flags, 0] : [0, flags])),
  );
  writer.word(opcodeFingerprint());
  writer.word(content.length);
  writer.word(0);
  writer.word(0);
  writer.raw(content.finish());
  const bytes = writer.finish();
  sealDigest(bytes);
  return bytes;
}

/** Puts the right digest into bytes that have the form of a file: after a change that is meant, as fuzzers make. */
export function sealDigest(bytes: Uint8Array): void {
  const { low, high } = digestOf(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittle = bytes[5] !== ORDER_BIG;
  view.setUint32(DIGEST_OFFSET, low, isLittle);
  view.setUint32(DIGEST_OFFSET + 4, high, isLittle);
}

function digestOf(bytes: Uint8Array): Hash64 {
  return hash64(bytes.subarray(HEADER_BYTES), hash64(bytes.subarray(0, DIGESTED_HEADER_BYTES)));
}

/** The units that the bytes hold, not verified; or why they hold none. */
export function decode(bytes: Uint8Array): DecodeResult {
  try {
    const isLittle = checkHeader(bytes);
    const reader = new ByteReader(bytes, HEADER_BYTES, isLittle);
    const flags = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint16(6, isLittle);
    if ((flags & ~FLAG_MODULE) !== 0) reader.failAt(6, `there are no flags ${flags}`);
    const unit = readContent(reader, flags === FLAG_MODULE);
    if (reader.remaining !== 0) reader.fail('bytes follow the last unit');
    return { ok: true, unit };
  } catch (thrown) {
    if (thrown instanceof Refusal) return { ok: false, error: thrown.error };
    if (thrown instanceof MalformedBytes) {
      const { offset, message } = thrown;
      return { ok: false, error: makeError('malformed', offset, message, AGAIN) };
    }
    throw thrown;
  }
}

// ---- The header

/** Ends the reading of a file whose header says that it is useless. */
class Refusal {
  readonly error: BytecodeError;
  constructor(code: BytecodeErrorCode, offset: number, message: string, hint: string) {
    this.error = makeError(code, offset, message, hint);
  }
}

const AGAIN = 'compile the program again from its source';

export function makeError(
  code: BytecodeErrorCode,
  offset: number,
  message: string,
  hint: string,
): BytecodeError {
  return { code, message, offset, hint };
}

/** Whether the file is little endian. Throws a Refusal. */
function checkHeader(bytes: Uint8Array): boolean {
  if (!isBytecode(bytes))
    throw new Refusal('not-bytecode', 0, 'the bytes do not begin with KTBC', 'run source texts as they are');
  if (bytes.length < HEADER_BYTES)
    throw new Refusal(
      'truncated',
      bytes.length,
      `the file ends within its header of ${HEADER_BYTES} bytes`,
      'copy the file again, or compile the program again',
    );
  if (bytes[4] !== KTBC_VERSION)
    throw new Refusal(
      'version',
      4,
      `the file is of version ${bytes[4]} of the format; this engine reads version ${KTBC_VERSION}`,
      'compile the program again with this engine',
    );
  if (bytes[5] !== ORDER_LITTLE && bytes[5] !== ORDER_BIG)
    throw new Refusal('byte-order', 5, `${bytes[5]} is no byte order: 1 is little endian, 2 big`, AGAIN);
  const isLittle = bytes[5] === ORDER_LITTLE;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkLength(bytes.length, HEADER_BYTES + view.getUint32(12, isLittle));
  const { low, high } = digestOf(bytes);
  if (view.getUint32(DIGEST_OFFSET, isLittle) !== low || view.getUint32(DIGEST_OFFSET + 4, isLittle) !== high)
    throw new Refusal(
      'digest',
      DIGEST_OFFSET,
      'the digest does not fit the bytes: the file has been changed or damaged',
      'copy the file again, or compile the program again',
    );
  if (view.getUint32(8, isLittle) !== opcodeFingerprint())
    throw new Refusal(
      'opcodes',
      8,
      'the file was compiled for another table of opcodes',
      'compile the program again with this engine',
    );
  return isLittle;
}

function checkLength(actual: number, expected: number): void {
  if (actual < expected)
    throw new Refusal(
      'truncated',
      actual,
      `the file ends at byte ${actual} of ${expected}`,
      'copy the file again, or compile the program again',
    );
  if (actual > expected)
    throw new Refusal(
      'trailing',
      expected,
      `${actual - expected} bytes follow the end of the program`,
      'copy the file again, or compile the program again',
    );
}

let fingerprint: number | null = null;

/** Differs whenever the opcode table means another thing by some word. */
function opcodeFingerprint(): number {
  if (fingerprint === null) {
    const text = opcodeRows
      .map(({ name, operands }) => `${name} ${operands.map((o) => `${o.operandKind}:${o.name}`).join(' ')}`)
      .join('\n');
    const { low, high } = hash64(Uint8Array.from(text, (char) => char.charCodeAt(0) & 0xff));
    fingerprint = (low ^ high) >>> 0;
  }
  return fingerprint;
}
