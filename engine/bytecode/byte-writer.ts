// Writes the words, numbers and strings of a binary file into one growing buffer, in the byte order asked for. Everything
// starts at a multiple of four bytes.

export class ByteWriter {
  private bytes: Uint8Array;
  private view: DataView;
  private size: number;
  private readonly isLittle: boolean;

  constructor(isLittle: boolean) {
    this.bytes = new Uint8Array(1024);
    this.view = new DataView(this.bytes.buffer);
    this.size = 0;
    this.isLittle = isLittle;
  }

  /** Another buffer of the same byte order. */
  sibling(): ByteWriter {
    return new ByteWriter(this.isLittle);
  }

  get length(): number {
    return this.size;
  }

  /** An integer of 32 bits, signed or not. */
  word(value: number): void {
    this.reserve(4);
    this.view.setInt32(this.size, value, this.isLittle);
    this.size += 4;
  }

  /** A double; all NaNs are one. */
  double(value: number): void {
    this.reserve(8);
    this.view.setFloat64(this.size, value, this.isLittle);
    this.size += 8;
  }

  /** A list of words: how many, then they. */
  words(values: ArrayLike<number>): void {
    this.word(values.length);
    this.reserve(values.length * 4);
    for (let i = 0; i < values.length; i++) {
      this.view.setInt32(this.size, values[i], this.isLittle);
      this.size += 4;
    }
  }

  /** A string: its length twice, plus one if its code units take two bytes each; then they. */
  string(text: string): void {
    let isWide = false;
    for (let i = 0; i < text.length && !isWide; i++) isWide = text.charCodeAt(i) > 0xff;
    this.word(text.length * 2 + Number(isWide));
    this.reserve(text.length * 2 + 4);
    if (isWide) {
      for (let i = 0; i < text.length; i++)
        this.view.setUint16(this.size + i * 2, text.charCodeAt(i), this.isLittle);
      this.size += text.length * 2;
    } else {
      for (let i = 0; i < text.length; i++) this.bytes[this.size + i] = text.charCodeAt(i);
      this.size += text.length;
    }
    // What is behind the end is zero already.
    this.size = (this.size + 3) & ~3;
  }

  /** Single bytes, a multiple of four. */
  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.size);
    this.size += bytes.length;
  }

  /** What has been written. */
  finish(): Uint8Array {
    return this.bytes.slice(0, this.size);
  }

  private reserve(count: number): void {
    const needed = this.size + count;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.size));
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }
}
