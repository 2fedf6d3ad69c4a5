// Instructions into the binary format, the counterpart of decode-code.ts.

import type { ByteWriter } from './byte-writer.ts';
import { BLOCK_NONE, BLOCK_VALUE, type Code } from './code.ts';
import { encodeHeapType, encodeValType } from './encode-types.ts';
import { immediateLength, partsOf } from './instruction-lookup.ts';
import { type ImmediatePart, type InstructionRow, instructionRows } from './instructions.ts';
import { isNullable } from './types.ts';

const PREFIX_SHIFT = 12;

/** Writes the instructions and gives where each began. */
export function encodeExpression(writer: ByteWriter, { words }: Code): number[] {
  const offsets: number[] = [];
  for (let at = 0; at < words.length; at += 1 + immediateLength(words, at)) {
    offsets.push(writer.length);
    encodeInstruction(writer, words, at);
  }
  return offsets;
}

function encodeInstruction(writer: ByteWriter, words: Int32Array, at: number): void {
  const op = words[at] as number;
  const { code } = instructionRows[op] as InstructionRow;
  if (code < 256) writer.byte(code);
  else {
    writer.byte(code >> PREFIX_SHIFT);
    writer.u32(code & ((1 << PREFIX_SHIFT) - 1));
  }
  let next = at + 1;
  for (const part of partsOf[op] as readonly ImmediatePart[]) next = encodePart(writer, part, words, next);
}

/** Writes one immediate whose words begin at `at` and gives where the next begins. */
function encodePart(writer: ByteWriter, part: ImmediatePart, words: Int32Array, at: number): number {
  const word = words[at] as number;
  switch (part) {
    case 'i32':
      writer.signed(word);
      return at + 1;
    case 'i64':
      writer.s64(BigInt.asIntN(64, wide(words, at)));
      return at + 2;
    case 'f32':
      writer.word32(word);
      return at + 1;
    case 'f64':
    case 'v128':
    case 'shuffle': {
      const end = at + (part === 'f64' ? 2 : 4);
      for (let i = at; i < end; i++) writer.word32(words[i] as number);
      return end;
    }
    case 'lane':
    case 'fence':
      writer.byte(word);
      return at + 1;
    case 'memarg':
      writer.u32((words[at + 1] as number) | (word === 0 ? 0 : 0x40));
      if (word !== 0) writer.u32(word);
      writer.u64(wide(words, at + 2));
      return at + 4;
    case 'block':
      if (word === BLOCK_NONE) writer.byte(0x40);
      else if (word === BLOCK_VALUE) encodeValType(writer, words[at + 1] as number);
      else writer.signed((words[at + 1] as number) >>> 0);
      return at + 2;
    case 'heap':
    case 'cast':
      encodeHeapType(writer, word);
      return at + 1;
    case 'brTable': {
      writer.u32(word);
      const end = at + 2 + word;
      for (let i = at + 1; i < end; i++) writer.u32(words[i] as number);
      return end;
    }
    case 'brCast': {
      const from = words[at + 1] as number;
      const to = words[at + 2] as number;
      writer.byte((isNullable(from) ? 1 : 0) | (isNullable(to) ? 2 : 0));
      writer.u32(word);
      encodeHeapType(writer, from);
      encodeHeapType(writer, to);
      return at + 3;
    }
    case 'selectTypes':
      writer.u32(word);
      for (let i = 1; i <= word; i++) encodeValType(writer, words[at + i] as number);
      return at + 1 + word;
    case 'tryTable':
      return encodeTryTable(writer, words, at);
    default:
      writer.u32(word);
      return at + 1;
  }
}

function encodeTryTable(writer: ByteWriter, words: Int32Array, at: number): number {
  let next = encodePart(writer, 'block', words, at);
  const count = words[next++] as number;
  writer.u32(count);
  for (let i = 0; i < count; i++, next += 3) {
    const kind = words[next] as number;
    writer.byte(kind);
    if (kind < 2) writer.u32(words[next + 1] as number);
    writer.u32(words[next + 2] as number);
  }
  return next;
}

/** The unsigned 64-bit integer in two words. */
export function wide(words: Int32Array, at: number): bigint {
  return (BigInt((words[at + 1] as number) >>> 0) << 32n) | BigInt((words[at] as number) >>> 0);
}
