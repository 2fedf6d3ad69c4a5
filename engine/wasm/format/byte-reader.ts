// Values of the binary format (https://webassembly.github.io/spec/core/binary/values.html) from a byte array. Every
// method reads at `pos` and moves it; what cannot be read throws a ModuleError with the offset.

import type { ModuleBudget } from './module-budget.ts';
import { malformed } from './module-error.ts';

/** Powers of 128. */
const POWERS = [1, 2 ** 7, 2 ** 14, 2 ** 21, 2 ** 28, 2 ** 35];

export class ByteReader {
  readonly bytes: Uint8Array;
  pos: number;
  /** What pays for names; null where nobody counts. */
  private readonly budget: ModuleBudget | null;
  /** The words of the 64-bit integer read last by `signed64` or `unsigned64`. */
  low = 0;
  high = 0;

  constructor(bytes: Uint8Array, budget: ModuleBudget | null = null) {
    this.bytes = bytes;
    this.pos = 0;
    this.budget = budget;
  }

  get isAtEnd(): boolean {
    return this.pos >= this.bytes.length;
  }

  /** The next byte without reading it, or -1. */
  peek(): number {
    return this.pos < this.bytes.length ? (this.bytes[this.pos] as number) : -1;
  }

  byte(): number {
    if (this.pos >= this.bytes.length) malformed(this.bytes.length, 'unexpectedEnd');
    return this.bytes[this.pos++] as number;
  }

  /** An unsigned 32-bit LEB128. */
  u32(): number {
    const first = this.bytes[this.pos] ?? 0x80;
    if (first < 0x80) {
      this.pos++;
      return first;
    }
    let result = 0;
    for (let shift = 0; ; shift += 7) {
      if (shift > 28) malformed(this.pos, 'integerTooLong');
      const byte = this.byte();
      if (shift === 28 && (byte & 0x70) !== 0) malformed(this.pos - 1, 'integerTooLarge');
      result |= (byte & 0x7f) << shift;
      if (byte < 0x80) return result >>> 0;
    }
  }

  /** A signed LEB128 of 7, 32 or 33 bits, as a number. */
  signed(bits: number): number {
    const first = this.bytes[this.pos] ?? 0x80;
    if (first < 0x80) {
      this.pos++;
      return (first << 25) >> 25;
    }
    let result = 0;
    for (let shift = 0; ; shift += 7) {
      if (shift >= bits) malformed(this.pos, 'integerTooLong');
      const byte = this.byte();
      this.checkSign(byte, bits - shift);
      // Multiplication, because 33 bits do not fit into a shift.
      result += (byte & 0x7f) * (POWERS[shift / 7] as number);
      if (byte < 0x80) return (byte & 0x40) !== 0 ? result - (POWERS[shift / 7 + 1] as number) : result;
    }
  }

  u64(): bigint {
    this.unsigned64();
    return (BigInt(this.high >>> 0) << 32n) | BigInt(this.low >>> 0);
  }

  /** An unsigned LEB128 of 64 bits into `low` and `high`. */
  unsigned64(): void {
    let low = 0;
    let high = 0;
    for (let shift = 0; ; shift += 7) {
      if (shift >= 64) malformed(this.pos, 'integerTooLong');
      const byte = this.byte();
      if (shift === 63 && (byte & 0x7e) !== 0) malformed(this.pos - 1, 'integerTooLarge');
      const bits = byte & 0x7f;
      if (shift < 32) {
        low |= bits << shift;
        if (shift === 28) high = bits >> 4;
      } else high |= bits << (shift - 32);
      if (byte >= 0x80) continue;
      this.low = low;
      this.high = high;
      return;
    }
  }

  /** A signed LEB128 of 64 bits into `low` and `high`. */
  signed64(): void {
    let low = 0;
    let high = 0;
    for (let shift = 0; ; shift += 7) {
      if (shift >= 64) malformed(this.pos, 'integerTooLong');
      const byte = this.byte();
      this.checkSign(byte, 64 - shift);
      const bits = byte & 0x7f;
      if (shift < 32) {
        low |= bits << shift;
        if (shift === 28) high = bits >> 4;
      } else high |= bits << (shift - 32);
      if (byte >= 0x80) continue;
      const end = shift + 7;
      if ((byte & 0x40) !== 0) {
        if (end < 32) low |= -1 << end;
        if (end < 64) high |= end < 32 ? -1 : -1 << (end - 32);
      }
      this.low = low;
      this.high = high;
      return;
    }
  }

  /** The bits of a last byte that the integer has no room for must repeat its sign. */
  private checkSign(byte: number, bitsLeft: number): void {
    if (bitsLeft >= 7) return;
    const mask = (-1 << (bitsLeft - 1)) & 0x7f;
    const extra = byte & mask;
    if (extra !== 0 && extra !== mask) malformed(this.pos - 1, 'integerTooLarge');
  }

  /** Four bytes, low first. */
  word32(): number {
    const at = this.pos;
    this.skip(4);
    const b = this.bytes;
    return (
      (b[at] as number) |
      ((b[at + 1] as number) << 8) |
      ((b[at + 2] as number) << 16) |
      ((b[at + 3] as number) << 24)
    );
  }

  skip(count: number): void {
    if (this.pos + count > this.bytes.length) malformed(this.bytes.length, 'unexpectedEnd');
    this.pos += count;
  }

  /** A length; no more than there are bytes from here on, since everything counted takes at least one. */
  length(): number {
    const at = this.pos;
    const length = this.u32();
    if (length > this.bytes.length - at) malformed(at, 'lengthOutOfBounds');
    return length;
  }

  /** A view of the next bytes. */
  view(count: number): Uint8Array {
    const at = this.pos;
    this.skip(count);
    return this.bytes.subarray(at, at + count);
  }

  name(): string {
    const at = this.pos;
    const length = this.length();
    this.budget?.name(length, at);
    const start = this.pos;
    this.skip(length);
    const text = decodeUtf8(this.bytes, start, this.pos);
    if (text === null) malformed(at, 'utf8');
    return text;
  }
}

/** Units of text that are put together at once: no more than a host takes as arguments. */
const UNITS = new Uint16Array(4096);

/**
 * Text of the UTF-8 bytes from `start` to `end`, or null if they are not UTF-8. A leading byte order mark is a character.
 * A host keeps what is added to a string unit by unit as a tree of pieces, so long texts are made of few.
 */
export function decodeUtf8(bytes: Uint8Array, start = 0, end = bytes.length): string | null {
  let text = '';
  let count = 0;
  for (let i = start; i < end; ) {
    if (count + 2 > UNITS.length) {
      text += textOfUnits(count);
      count = 0;
    }
    const byte = bytes[i++] as number;
    if (byte < 0x80) {
      UNITS[count++] = byte;
      continue;
    }
    const more = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
    if (byte < 0xc2 || byte > 0xf4 || i + more > end) return null;
    let point = byte & (0x3f >> more);
    for (const last = i + more; i < last; i++) {
      const next = bytes[i] as number;
      if ((next & 0xc0) !== 0x80) return null;
      point = (point << 6) | (next & 0x3f);
    }
    const smallest = more === 3 ? 0x10000 : more === 2 ? 0x800 : 0x80;
    if (point < smallest || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return null;
    if (point < 0x10000) UNITS[count++] = point;
    else {
      UNITS[count++] = 0xd800 + ((point - 0x10000) >> 10);
      UNITS[count++] = 0xdc00 + (point & 0x3ff);
    }
  }
  return text + textOfUnits(count);
}

/** The first `count` of UNITS as a string; short ones without a view. */
function textOfUnits(count: number): string {
  if (count > SHORT_UNITS)
    return String.fromCharCode.apply(null, UNITS.subarray(0, count) as unknown as number[]);
  let text = '';
  for (let i = 0; i < count; i++) text += String.fromCharCode(UNITS[i] as number);
  return text;
}

/** Shorter than what a host keeps in pieces. */
const SHORT_UNITS = 12;
