// hot: membership tests of the matcher. A byte a character below U+0100, a bit a character for the rest of
// the BMP (made on first use, for sets of many ranges), binary search otherwise.

import { type CodePointSet, setContains } from '../unicode/code-point-set.ts';
import { codePointFrom } from './code-points.ts';

const LOW_LIMIT = 0x100;
const BITS_LIMIT = 0x10000;
/** Boundary lists shorter than this are searched directly. */
const FEW_BOUNDARIES = 8;

export class CharacterTable {
  readonly set: CodePointSet;
  private readonly low: Uint8Array;
  private bits: Int32Array | null;

  constructor(set: CodePointSet) {
    this.set = set;
    this.low = new Uint8Array(LOW_LIMIT);
    this.bits = null;
    for (let i = 0; i < set.length && set[i] < LOW_LIMIT; i += 2) {
      this.low.fill(1, set[i], Math.min(set[i + 1], LOW_LIMIT));
    }
  }

  /** Estimate of what the table takes of the host's memory once it has been used, in bytes. */
  get memoryBytes(): number {
    return LOW_LIMIT + 4 * this.set.length + (this.set.length < FEW_BOUNDARIES ? 0 : BITS_LIMIT / 8);
  }

  /** Returns whether the set holds `character`, a code point or a code unit. */
  has(character: number): boolean {
    return character < LOW_LIMIT ? this.low[character] !== 0 : this.hasHigh(character);
  }

  /** Returns the end of the longest run of members from `position` on, by code units and at most up to `limit`. */
  endOfUnits(input: string, position: number, limit: number): number {
    const { low } = this;
    let end = position;
    while (end < limit) {
      const unit = input.charCodeAt(end);
      if (unit < LOW_LIMIT ? low[unit] === 0 : !this.hasHigh(unit)) break;
      end++;
    }
    return end;
  }

  /** The same by code points, at most `max` of them. */
  endOfCharacters(input: string, position: number, max: number): number {
    const { low } = this;
    const { length } = input;
    let end = position;
    for (let count = 0; count < max && end < length; count++) {
      const unit = input.charCodeAt(end);
      if (unit < LOW_LIMIT) {
        if (low[unit] === 0) break;
        end++;
        continue;
      }
      const character = (unit & 0xfc00) === 0xd800 ? codePointFrom(input, end) : unit;
      if (!this.hasHigh(character)) break;
      end += character > 0xffff ? 2 : 1;
    }
    return end;
  }

  /** Returns the first position from `position` on with a member, by code units; the length if there is none. */
  startOfUnits(input: string, position: number): number {
    const { low } = this;
    const { length } = input;
    let start = position;
    while (start < length) {
      const unit = input.charCodeAt(start);
      if (unit < LOW_LIMIT ? low[unit] !== 0 : this.hasHigh(unit)) break;
      start++;
    }
    return start;
  }

  private hasHigh(character: number): boolean {
    if (character >= BITS_LIMIT || this.set.length < FEW_BOUNDARIES) return setContains(this.set, character);
    if (this.bits === null) this.bits = bitsOf(this.set);
    return ((this.bits[character >>> 5] >>> (character & 31)) & 1) !== 0;
  }
}

function bitsOf(set: CodePointSet): Int32Array {
  const bits = new Int32Array(BITS_LIMIT >>> 5);
  for (let i = 0; i < set.length && set[i] < BITS_LIMIT; i += 2) {
    const end = Math.min(set[i + 1], BITS_LIMIT);
    let character = set[i];
    while (character < end) {
      if ((character & 31) === 0 && character + 32 <= end) {
        bits[character >>> 5] = -1;
        character += 32;
      } else {
        bits[character >>> 5] |= 1 << (character & 31);
        character++;
      }
    }
  }
  return bits;
}
