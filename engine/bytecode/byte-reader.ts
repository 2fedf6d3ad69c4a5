// Reads what byte-writer.ts writes, from bytes that may be anything: each read checks that the bytes are there, and no list
// or string is made that is longer than the bytes that are left can be.

/** Ends the reading of bytes that do not hold what they should; what is read decides on the message. */
export class MalformedBytes {
  /** Where, from the start of the bytes. */
  readonly offset: number;
  readonly message: string;
  constructor(offset: number, message: string) {
    this.offset = offset;
    this.message = message;
  }
}

/** Code units that are turned into a string at a time. */
const STRING_CHUNK = 4096;
/** Hosts have no longer strings. */
const MAX_STRING_LENGTH = (1 << 29) - 32;

export class ByteReader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly isLittle: boolean;
  private at: number;

  constructor(bytes: Uint8Array, start: number, isLittle: boolean) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.isLittle = isLittle;
    this.at = start;
  }

  get offset(): number {
    return this.at;
  }

  get remaining(): number {
    return this.bytes.length - this.at;
  }

  fail(message: string): never {
    throw new MalformedBytes(this.at, message);
  }

  failAt(offset: number, message: string): never {
    throw new MalformedBytes(offset, message);
  }

  int(): number {
    if (this.remaining < 4) this.fail('the bytes end within a word');
    const value = this.view.getInt32(this.at, this.isLittle);
    this.at += 4;
    return value;
  }

  uint(): number {
    return this.int() >>> 0;
  }

  /** A number up to `limit` (of what, `what` says). */
  upTo(limit: number, what: string): number {
    const value = this.uint();
    if (value > limit) {
      this.at -= 4;
      this.fail(`${value} is more than ${what} can be`);
    }
    return value;
  }

  /** The length of a list whose elements take at least so many bytes each. */
  count(elementBytes: number): number {
    const count = this.uint();
    if (count * elementBytes > this.remaining) {
      this.at -= 4;
      this.fail(`a list of ${count} does not fit in the bytes that are left`);
    }
    return count;
  }

  double(): number {
    if (this.remaining < 8) this.fail('the bytes end within a number');
    const value = this.view.getFloat64(this.at, this.isLittle);
    this.at += 8;
    return value;
  }

  words(): Int32Array {
    const count = this.count(4);
    const words = new Int32Array(count);
    for (let i = 0; i < count; i++) words[i] = this.view.getInt32(this.at + i * 4, this.isLittle);
    this.at += count * 4;
    return words;
  }

  string(): string {
    const header = this.uint();
    const length = header >>> 1;
    const isWide = (header & 1) === 1;
    if (length > MAX_STRING_LENGTH || length * (isWide ? 2 : 1) > this.remaining) {
      this.at -= 4;
      this.fail(`a string of ${length} does not fit in the bytes that are left`);
    }
    const parts: string[] = [];
    const units: number[] = [];
    for (let i = 0; i < length; i += STRING_CHUNK) {
      const end = Math.min(length, i + STRING_CHUNK);
      units.length = 0;
      for (let j = i; j < end; j++)
        units.push(isWide ? this.view.getUint16(this.at + j * 2, this.isLittle) : this.bytes[this.at + j]);
      parts.push(String.fromCharCode(...units));
    }
    this.at += length * (isWide ? 2 : 1);
    this.skipPadding();
    return parts.join('');
  }

  private skipPadding(): void {
    for (; (this.at & 3) !== 0; this.at++) {
      if (this.remaining === 0) this.fail('the bytes end within a string');
      if (this.bytes[this.at] !== 0) this.fail('what fills up a string is not zero');
    }
  }
}
