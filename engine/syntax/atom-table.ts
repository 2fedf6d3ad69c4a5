// hot
// The names of one source text, each stored once: an open hash table from a range of the text to a string
// and to the token kind that the string has. Identifiers repeat often; interning saves the substring, and
// equal names are the same host string, which makes the scope tables' comparisons cheap.
// Entry 0 is unused, so that 0 in a bucket means "empty".

import { T_ASYNC, T_ESCAPED_KEYWORD, T_IDENTIFIER, TOKEN_TEXTS } from './tokens.gen.ts';

export class AtomTable {
  names: string[];
  private hashes: Int32Array;
  private kinds: Uint8Array;
  private buckets: Int32Array;
  private count: number;

  private constructor(
    names: string[],
    hashes: Int32Array,
    kinds: Uint8Array,
    buckets: Int32Array,
    count: number,
  ) {
    this.names = names;
    this.hashes = hashes;
    this.kinds = kinds;
    this.buckets = buckets;
    this.count = count;
  }

  /** A fresh table that knows the keywords. */
  static create(): AtomTable {
    seed ??= AtomTable.withKeywords();
    return new AtomTable(
      seed.names.slice(),
      seed.hashes.slice(),
      seed.kinds.slice(),
      seed.buckets.slice(),
      seed.count,
    );
  }

  /** The atom of `text.slice(start, end)`, whose `hashName` is `hash`. */
  intern(text: string, start: number, end: number, hash: number): number {
    const buckets = this.buckets;
    const mask = buckets.length - 1;
    const length = end - start;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const atom = buckets[slot];
      if (atom === 0) return this.add(text.slice(start, end), hash, T_IDENTIFIER, slot);
      if (this.hashes[atom] === hash) {
        const name = this.names[atom];
        if (name.length === length) {
          let i = 0;
          while (i < length && name.charCodeAt(i) === text.charCodeAt(start + i)) i++;
          if (i === length) return atom;
        }
      }
      slot = (slot + 1) & mask;
    }
  }

  /** The atom of a whole string. */
  internString(name: string): number {
    return this.intern(name, 0, name.length, hashName(name));
  }

  /** The token kind of an atom: T_IDENTIFIER or a keyword's. */
  kindOf(atom: number): number {
    return this.kinds[atom];
  }

  private add(name: string, hash: number, kind: number, slot: number): number {
    const atom = this.count++;
    if (atom >= this.hashes.length) {
      const hashes = new Int32Array(this.hashes.length * 2);
      hashes.set(this.hashes);
      this.hashes = hashes;
      const kinds = new Uint8Array(this.kinds.length * 2);
      kinds.set(this.kinds);
      this.kinds = kinds;
    }
    this.names.push(name);
    this.hashes[atom] = hash;
    this.kinds[atom] = kind;
    this.buckets[slot] = atom;
    if (this.count * 2 > this.buckets.length) this.grow();
    return atom;
  }

  private grow(): void {
    const buckets = new Int32Array(this.buckets.length * 2);
    const mask = buckets.length - 1;
    for (let atom = 1; atom < this.count; atom++) {
      const hash = this.hashes[atom];
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (buckets[slot] !== 0) slot = (slot + 1) & mask;
      buckets[slot] = atom;
    }
    this.buckets = buckets;
  }

  private static withKeywords(): AtomTable {
    const table = new AtomTable([''], new Int32Array(128), new Uint8Array(128), new Int32Array(256), 1);
    for (let kind = T_ASYNC; kind < TOKEN_TEXTS.length; kind++) {
      if (kind === T_ESCAPED_KEYWORD) continue;
      table.kinds[table.internString(TOKEN_TEXTS[kind])] = kind;
    }
    return table;
  }
}

let seed: AtomTable | null = null;

/** The hash that `intern` expects; the lexer computes it while it scans a name. */
export function hashName(name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) | 0;
  return hash;
}
