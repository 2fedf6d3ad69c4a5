// The loop that reads function bodies: frequent instructions over local variables, as long as they are written as compilers
// write them. Whatever is not, the general reader reads again from its start, and reports what is wrong with it. The
// generated twin of this file has literal case labels, of which V8 makes a jump table; this one is the source.
// hot

import type { ByteReader } from './byte-reader.ts';
import { BLOCK_NONE, BLOCK_VALUE, type CodeBuilder } from './code.ts';
import { BLOCK, END, I32, IF, IN_BLOCK, IN_IF, INDEX, MEMARG, NONE } from './frequent-kinds.ts';
import { opsOfBytes } from './instruction-lookup.ts';
import { malformed } from './module-error.ts';

/** What the loop needs of the general reader. */
export interface BodyReader {
  readonly reader: ByteReader;
  readonly builder: CodeBuilder;
  readonly blocks: number[];
  readonly nesting: number;
  readonly kinds: Uint8Array;
  instruction(): void;
}

/** The longest instruction that the loop reads takes no more bytes: an opcode and five bytes of a constant. */
const LONGEST_BYTES = 6;
const MEMARG_INDEX = 0x40;
const BLOCK_EMPTY = 0x40;

/** Instructions up to the `end` that closes the body, which is to end at byte `end`, into the builder. */
export function readBody(c: BodyReader, end: number): void {
  const { blocks, builder, reader, kinds, nesting } = c;
  const { bytes } = reader;
  blocks.length = 0;
  blocks.push(IN_BLOCK);
  const last = bytes.length - LONGEST_BYTES;
  // Nothing takes more words for its bytes than a memory access, which has five for three. What runs on past its end is
  // malformed, so it does not matter that there its words get lost.
  builder.reserve(2 * (end - reader.pos), end - reader.pos);
  let { words, positions, length, count } = builder;
  let at = reader.pos;
  for (;;) {
    if (at <= last) {
      const byte = bytes[at] as number;
      let value = bytes[at + 1] as number;
      // Overwritten if it is not read here after all.
      words[length] = opsOfBytes[byte] as number;
      positions[count] = at;
      switch (kinds[byte]) {
        case NONE:
          length++;
          count++;
          at++;
          continue;
        case INDEX:
        case I32: {
          let next = at + 2;
          let bits = 7;
          if (value >= 0x80) {
            let last = value;
            value &= 0x7f;
            while (last >= 0x80 && bits < 28) {
              last = bytes[next++] as number;
              value |= (last & 0x7f) << bits;
              bits += 7;
            }
            if (last >= 0x80) {
              // The fifth byte, of constants and of what linkers have padded.
              last = bytes[next++] as number;
              if (last > 7 && (kinds[byte] === INDEX || last < 0x78 || last > 0x7f)) break;
              value |= last << 28;
              bits = 32;
            }
          }
          words[length + 1] = kinds[byte] === INDEX ? value : (value << (32 - bits)) >> (32 - bits);
          length += 2;
          count++;
          at = next;
          continue;
        }
        case MEMARG: {
          let offset = bytes[at + 2] as number;
          if (value >= MEMARG_INDEX) break;
          if (offset >= 0x80) {
            const more = bytes[at + 3] as number;
            if (more >= 0x80) break;
            offset = (offset & 0x7f) | (more << 7);
            at++;
          }
          words[length + 1] = 0;
          words[length + 2] = value;
          words[length + 3] = offset;
          words[length + 4] = 0;
          length += 5;
          count++;
          at += 3;
          continue;
        }
        case BLOCK:
        case IF:
          // Types of numbers are 0x7c to 0x7f.
          if ((value !== BLOCK_EMPTY && value >> 2 !== 0x1f) || blocks.length > nesting) break;
          blocks.push(kinds[byte] === IF ? IN_IF : IN_BLOCK);
          words[length + 1] = value === BLOCK_EMPTY ? BLOCK_NONE : BLOCK_VALUE;
          words[length + 2] = value === BLOCK_EMPTY ? 0 : (value - 0x80) << 1;
          length += 3;
          count++;
          at += 2;
          continue;
        case END:
          blocks.pop();
          length++;
          count++;
          at++;
          if (blocks.length > 0) continue;
          reader.pos = at;
          builder.length = length;
          builder.count = count;
          return;
      }
    }
    reader.pos = at;
    builder.length = length;
    builder.count = count;
    if (at >= bytes.length) malformed(at, 'unexpectedEnd');
    c.instruction();
    if (blocks.length === 0) return;
    ({ words, positions, length, count } = builder);
    at = reader.pos;
  }
}
