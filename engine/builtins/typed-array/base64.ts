// Base64 and hexadecimal text to bytes and back, https://tc39.es/proposal-arraybuffer-base64/spec/ . Works on host
// strings and host bytes; fuel is charged in chunks. Nothing here runs guest code.
import type { Agent } from '../../runtime/agent.ts';
import { StringBuilder } from '../../runtime/string-builder.ts';

export type Alphabet = 'base64' | 'base64url';
export type LastChunkHandling = 'loose' | 'strict' | 'stop-before-partial';

/** How far decoding came; the bytes are in the target. */
export interface DecodeResult {
  /** Code units that were read. */
  readonly read: number;
  /** Bytes that were written. */
  readonly written: number;
  /** Message of the SyntaxError that ended it; null for none. */
  readonly error: string | null;
}

const BASE64_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64URL_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Code units of a piece of work between charges. A multiple of 3 bytes and of 4 digits. */
const CHUNK = 12_288;

const NO_DIGIT = 255;

function digitTable(digits: string): Uint8Array {
  const table = new Uint8Array(128).fill(NO_DIGIT);
  for (let i = 0; i < digits.length; i++) table[digits.charCodeAt(i)] = i;
  return table;
}

const DIGIT_TABLES: Readonly<Record<Alphabet, Uint8Array>> = {
  base64: digitTable(BASE64_DIGITS),
  base64url: digitTable(BASE64URL_DIGITS),
};

/** SkipAsciiWhitespace ( string, index ) — https://tc39.es/proposal-arraybuffer-base64/spec/#sec-skipasciiwhitespace */
function SkipAsciiWhitespace(agent: Agent, string: string, index: number): number {
  let i = index;
  for (; i < string.length; i++) {
    const unit = string.charCodeAt(i);
    if (unit !== 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0c && unit !== 0x0d) break;
    if (i % CHUNK === 0) agent.chargeFuel(CHUNK >> 4);
  }
  return i;
}

/**
 * FromBase64 ( string, alphabet, lastChunkHandling, maxLength ) into `target`, whose length is maxLength —
 * https://tc39.es/proposal-arraybuffer-base64/spec/#sec-frombase64
 */
export function FromBase64(
  agent: Agent,
  string: string,
  alphabet: Alphabet,
  lastChunkHandling: LastChunkHandling,
  target: Uint8Array,
): DecodeResult {
  const maxLength = target.length;
  if (maxLength === 0) return { read: 0, written: 0, error: null };
  const table = DIGIT_TABLES[alphabet];
  const { length } = string;
  let read = 0;
  let written = 0;
  // The digits of the chunk, 6 bits each.
  let chunk = 0;
  let chunkLength = 0;
  let index = 0;
  const fail = (error: string): DecodeResult => ({ read, written, error });
  for (;;) {
    index = SkipAsciiWhitespace(agent, string, index);
    if (index === length) {
      if (chunkLength === 0) return { read: length, written, error: null };
      if (lastChunkHandling === 'stop-before-partial') return { read, written, error: null };
      if (lastChunkHandling === 'strict') return fail('Base64 text ends in a chunk without padding');
      if (chunkLength === 1) return fail('Base64 text ends in a chunk of one digit');
      written = storePartial(chunk, chunkLength, target, written);
      return { read: length, written, error: null };
    }
    const unit = string.charCodeAt(index);
    if (index % CHUNK === 0) agent.chargeFuel(CHUNK >> 4);
    index++;
    if (unit === 0x3d) {
      if (chunkLength < 2) return fail('Unexpected padding in base64 text');
      index = SkipAsciiWhitespace(agent, string, index);
      if (chunkLength === 2) {
        if (index === length) {
          if (lastChunkHandling === 'stop-before-partial') return { read, written, error: null };
          return fail('Base64 text ends in incomplete padding');
        }
        if (string.charCodeAt(index) === 0x3d) index = SkipAsciiWhitespace(agent, string, index + 1);
      }
      if (index < length) return fail('Unexpected text after base64 padding');
      // The low bits of the last digit, which stand for no byte.
      const extraBits = chunkLength === 2 ? chunk & 15 : chunk & 3;
      if (lastChunkHandling === 'strict' && extraBits !== 0)
        return fail('Base64 text ends in bits that are not 0');
      written = storePartial(chunk, chunkLength, target, written);
      return { read: length, written, error: null };
    }
    const digit = unit < 128 ? table[unit] : NO_DIGIT;
    if (digit === NO_DIGIT) return fail('Invalid character in base64 text');
    const remaining = maxLength - written;
    if ((remaining === 1 && chunkLength === 2) || (remaining === 2 && chunkLength === 3)) {
      return { read, written, error: null };
    }
    chunk = (chunk << 6) | digit;
    if (++chunkLength < 4) continue;
    target[written++] = chunk >> 16;
    target[written++] = chunk >> 8;
    target[written++] = chunk;
    chunk = 0;
    chunkLength = 0;
    read = index;
    if (written === maxLength) return { read, written, error: null };
  }
}

/** DecodeBase64Chunk of 2 or 3 digits; the number of bytes in `target` afterwards. */
function storePartial(chunk: number, chunkLength: number, target: Uint8Array, written: number): number {
  const bits = chunk << (6 * (4 - chunkLength));
  target[written] = bits >> 16;
  if (chunkLength === 2) return written + 1;
  target[written + 1] = bits >> 8;
  return written + 2;
}

/** The bytes as base64. */
export function toBase64(agent: Agent, bytes: Uint8Array, alphabet: Alphabet, omitPadding: boolean): string {
  const digits = alphabet === 'base64' ? BASE64_DIGITS : BASE64URL_DIGITS;
  const R = new StringBuilder(agent);
  for (let start = 0; start < bytes.length; start += CHUNK) {
    agent.chargeFuel(CHUNK >> 4);
    const end = Math.min(start + CHUNK, bytes.length);
    const whole = end - ((end - start) % 3);
    let text = '';
    for (let i = start; i < whole; i += 3) {
      const bits = (bytes[i] << 16) | (bytes[i + 1] << 8) | bytes[i + 2];
      text += digits[bits >> 18] + digits[(bits >> 12) & 63] + digits[(bits >> 6) & 63] + digits[bits & 63];
    }
    if (whole < end) {
      const isOne = end - whole === 1;
      const bits = (bytes[whole] << 16) | (isOne ? 0 : bytes[whole + 1] << 8);
      text += digits[bits >> 18] + digits[(bits >> 12) & 63];
      if (!isOne) text += digits[(bits >> 6) & 63];
      if (!omitPadding) text += isOne ? '==' : '=';
    }
    R.append(text);
  }
  return R.finish();
}

function hexDigit(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x66 && unit < 128 ? lower - 0x57 : -1;
}

/** FromHex ( string, maxLength ) into `target`, whose length is maxLength — https://tc39.es/proposal-arraybuffer-base64/spec/#sec-fromhex */
export function FromHex(agent: Agent, string: string, target: Uint8Array): DecodeResult {
  if (string.length % 2 !== 0) return { read: 0, written: 0, error: 'Hexadecimal text has an odd length' };
  let written = 0;
  let read = 0;
  while (read < string.length && written < target.length) {
    if (read % CHUNK === 0) agent.chargeFuel(CHUNK >> 4);
    const high = hexDigit(string.charCodeAt(read));
    const low = hexDigit(string.charCodeAt(read + 1));
    if (high < 0 || low < 0) return { read, written, error: 'Invalid character in hexadecimal text' };
    target[written++] = high * 16 + low;
    read += 2;
  }
  return { read, written, error: null };
}

const HEX_BYTES: readonly string[] = Array.from({ length: 256 }, (_unused, byte) =>
  byte.toString(16).padStart(2, '0'),
);

/** The bytes as hexadecimal digits in lower case. */
export function toHex(agent: Agent, bytes: Uint8Array): string {
  const R = new StringBuilder(agent);
  for (let start = 0; start < bytes.length; start += CHUNK) {
    agent.chargeFuel(CHUNK >> 4);
    const end = Math.min(start + CHUNK, bytes.length);
    let text = '';
    for (let i = start; i < end; i++) text += HEX_BYTES[bytes[i]];
    R.append(text);
  }
  return R.finish();
}
