// The strings of a KTBC file, which names and constants refer to by index, both ways.
import type { ByteReader } from './byte-reader.ts';

/** The strings of a file, each once. */
export class StringTable {
  readonly strings: string[];
  private readonly indices: Map<string, number>;

  constructor() {
    this.strings = [];
    this.indices = new Map();
  }

  index(text: string): number {
    let index = this.indices.get(text);
    if (index === undefined) {
      index = this.strings.length;
      this.strings.push(text);
      this.indices.set(text, index);
    }
    return index;
  }
}

/** What the reading of a file's content shares. */
export interface ContentReader {
  readonly reader: ByteReader;
  readonly strings: readonly string[];
  /** BigInts by the index of their digits: each is made once, however often the file has it. */
  readonly bigints: Map<number, bigint>;
}

/** An index into a list of that length. */
export function readIndex(reader: ByteReader, length: number, what: string): number {
  const index = reader.uint();
  if (index >= length) reader.failAt(reader.offset - 4, `there is no ${what} ${index}`);
  return index;
}

export function readString({ reader, strings }: ContentReader): string {
  return strings[readIndex(reader, strings.length, 'string')];
}

export function readStrings(content: ContentReader): string[] {
  const count = content.reader.count(4);
  const names: string[] = [];
  for (let i = 0; i < count; i++) names.push(readString(content));
  return names;
}
