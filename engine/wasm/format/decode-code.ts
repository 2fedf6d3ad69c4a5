// Instructions from the binary format into the words of code.ts. Checks the syntax only: opcodes, immediates, and that
// blocks are closed. Of function bodies read-body.ts reads what is frequent.
// https://webassembly.github.io/spec/core/binary/instructions.html

import type { ByteReader } from './byte-reader.ts';
import { BLOCK_NONE, BLOCK_TYPE, BLOCK_VALUE, type Code, CodeBuilder } from './code.ts';
import type { TypeReader } from './decode-types.ts';
import type { FeatureName, Features } from './features.ts';
import { frequentKinds, IN_BLOCK, IN_IF } from './frequent-kinds.ts';
import { opcodeText, opOfByte, opsOfPrefix, partsOf } from './instruction-lookup.ts';
import { type ImmediatePart, type InstructionRow, instructionRows } from './instructions.ts';
import { malformed, needsFeature, overLimit } from './module-error.ts';
import {
  OP_block,
  OP_catch,
  OP_catch_all,
  OP_delegate,
  OP_else,
  OP_end,
  OP_if,
  OP_loop,
  OP_try,
  OP_try_table,
} from './opcodes.gen.ts';
import { readBody } from './read-body.gen.ts';

const MEMARG_INDEX = 0x40;
const BLOCK_EMPTY = 0x40;

// What `else` and `catch` may stand in, beside IN_BLOCK and IN_IF.
const IN_TRY = 2;
const IN_CATCH_ALL = 3;

export class CodeReader {
  /** Some instruction used a data segment, which asks for the data count section. */
  usesData = false;
  readonly reader: ByteReader;
  readonly builder: CodeBuilder;
  /** What is open, the innermost block last: `IN_…`. */
  readonly blocks: number[] = [];
  readonly nesting: number;
  /** How the loop of frequent instructions reads them, by byte. */
  readonly kinds: Uint8Array;
  private readonly types: TypeReader;
  private readonly features: Features;

  constructor(types: TypeReader) {
    this.kinds = frequentKinds(types.features);
    this.builder = new CodeBuilder(types.budget);
    this.nesting = types.limits.nesting;
    this.reader = types.reader;
    this.types = types;
    this.features = types.features;
  }

  /** Instructions up to the `end` that closes them, which is the last word. */
  expression(): Code {
    const { blocks, builder, reader } = this;
    blocks.length = 0;
    blocks.push(IN_BLOCK);
    while (blocks.length > 0) {
      if (reader.isAtEnd) malformed(reader.pos, 'unexpectedEnd');
      this.instruction();
    }
    return builder.finish();
  }

  /** The body of a function, which is to end at `end`, as `expression` reads it. */
  body(end: number): Code {
    readBody(this, end);
    return this.builder.finish();
  }

  /** The next instruction. */
  instruction(): void {
    const { reader, builder } = this;
    const at = reader.pos;
    const byte = reader.byte();
    let op = opOfByte(byte);
    if (op < 0) op = this.prefixed(at, byte);
    const row = instructionRows[op] as InstructionRow;
    if (!this.features[row.feature]) malformed(at, 'featureOff', opcodeText(row.code), row.feature);
    builder.begin(op, at);
    for (const part of partsOf[op] as readonly ImmediatePart[]) {
      this.part(part, row);
      if (part === 'data') this.usesData = true;
    }
    this.trackBlocks(op, at, row);
  }

  private prefixed(at: number, byte: number): number {
    const ops = opsOfPrefix(byte);
    if (ops === undefined) malformed(at, 'illegalOpcode', opcodeText(byte));
    const number = this.reader.u32();
    const op = number < ops.length ? (ops[number] as number) : -1;
    if (op < 0) malformed(at, 'illegalOpcode', `${opcodeText(byte)} ${number.toString(16).padStart(2, '0')}`);
    return op;
  }

  private trackBlocks(op: number, at: number, row: InstructionRow): void {
    const { blocks } = this;
    const top = blocks[blocks.length - 1] as number;
    switch (op) {
      case OP_if:
      case OP_try:
      case OP_block:
      case OP_loop:
      case OP_try_table:
        if (blocks.length > this.nesting) overLimit(at, 'nesting of blocks', this.nesting);
        blocks.push(op === OP_if ? IN_IF : op === OP_try ? IN_TRY : IN_BLOCK);
        return;
      case OP_else:
        if (top !== IN_IF) malformed(at, 'endExpected');
        blocks[blocks.length - 1] = IN_BLOCK;
        return;
      case OP_catch:
      case OP_catch_all:
        if (top !== IN_TRY) malformed(at, 'misplaced', row.name);
        if (op === OP_catch_all) blocks[blocks.length - 1] = IN_CATCH_ALL;
        return;
      case OP_delegate:
        if (top !== IN_TRY) malformed(at, 'misplaced', row.name);
        blocks.pop();
        return;
      case OP_end:
        blocks.pop();
    }
  }

  private part(part: ImmediatePart, row: InstructionRow): void {
    const { reader, builder } = this;
    switch (part) {
      case 'i32':
        builder.word(reader.signed(32));
        return;
      case 'i64':
        reader.signed64();
        builder.word(reader.low);
        builder.word(reader.high);
        return;
      case 'f32':
        builder.word(reader.word32());
        return;
      case 'f64':
        builder.word(reader.word32());
        builder.word(reader.word32());
        return;
      case 'v128':
      case 'shuffle':
        for (let i = 0; i < 4; i++) builder.word(reader.word32());
        return;
      case 'lane':
        builder.word(reader.byte());
        return;
      case 'fence':
        if (reader.byte() !== 0) malformed(reader.pos - 1, 'zeroByte');
        builder.word(0);
        return;
      case 'memarg':
        this.memarg();
        return;
      case 'memory':
        builder.word(this.features.multiMemory ? reader.u32() : this.zero('multiMemory'));
        return;
      case 'table':
        builder.word(this.features.referenceTypes ? reader.u32() : this.zero('referenceTypes'));
        return;
      case 'block':
        this.blockType();
        return;
      case 'heap':
        builder.word(this.types.heapReference(true));
        return;
      case 'cast':
        builder.word(this.types.heapReference(row.immediates === 'castNull'));
        return;
      case 'brTable':
        this.branchTable();
        return;
      case 'brCast':
        this.branchOnCast();
        return;
      case 'selectTypes': {
        const count = reader.length();
        builder.word(count);
        for (let i = 0; i < count; i++) builder.word(this.types.valType());
        return;
      }
      case 'tryTable':
        this.tryTable();
        return;
      default:
        builder.word(reader.u32());
    }
  }

  /** The byte that stood for the only memory or table before there were several. */
  private zero(feature: FeatureName): number {
    const { reader } = this;
    if (reader.byte() !== 0) needsFeature(reader.pos - 1, 'zeroByte', 'an index', feature);
    return 0;
  }

  private memarg(): void {
    const { reader, builder, features } = this;
    const at = reader.pos;
    const flags = reader.u32();
    if (flags >= 2 * MEMARG_INDEX) malformed(at, 'memopFlags');
    if (flags >= MEMARG_INDEX && !features.multiMemory)
      needsFeature(at, 'memopFlags', 'an index of a memory', 'multiMemory');
    builder.word((flags & MEMARG_INDEX) !== 0 ? reader.u32() : 0);
    builder.word(flags & (MEMARG_INDEX - 1));
    if (features.memory64) {
      reader.unsigned64();
      builder.word(reader.low);
      builder.word(reader.high);
    } else {
      builder.word(reader.u32());
      builder.word(0);
    }
  }

  private blockType(): void {
    const { reader, builder } = this;
    const byte = reader.peek();
    if (byte === BLOCK_EMPTY) {
      reader.byte();
      builder.word(BLOCK_NONE);
      builder.word(0);
    } else if (byte >= 0x40 && byte < 0x80) {
      builder.word(BLOCK_VALUE);
      builder.word(this.types.valType());
    } else {
      const at = reader.pos;
      const typeidx = reader.signed(33);
      if (typeidx < 0) malformed(at, 'valueType');
      builder.word(BLOCK_TYPE);
      builder.word(typeidx);
    }
  }

  private branchTable(): void {
    const { reader, builder } = this;
    const at = reader.pos;
    const count = reader.length();
    const { branchTableTargets } = this.types.limits;
    if (count > branchTableTargets) overLimit(at, 'targets of br_table', branchTableTargets);
    builder.word(count);
    for (let i = 0; i <= count; i++) builder.word(reader.u32());
  }

  private branchOnCast(): void {
    const { reader, builder } = this;
    const at = reader.pos;
    const flags = reader.byte();
    if (flags > 3) malformed(at, 'brOnCastFlags');
    builder.word(reader.u32());
    builder.word(this.types.heapReference((flags & 1) !== 0));
    builder.word(this.types.heapReference((flags & 2) !== 0));
  }

  private tryTable(): void {
    const { reader, builder } = this;
    this.blockType();
    const count = reader.length();
    builder.word(count);
    for (let i = 0; i < count; i++) {
      const kind = reader.byte();
      if (kind > 3) malformed(reader.pos - 1, 'catchKind');
      builder.word(kind);
      builder.word(kind < 2 ? reader.u32() : 0);
      builder.word(reader.u32());
    }
  }
}

/** A constant expression that is one instruction with one word of immediates, closed. */
export function constantCode(builder: CodeBuilder, op: number, word: number, position: number): Code {
  builder.begin(op, position);
  builder.word(word);
  builder.begin(OP_end, position);
  return builder.finish();
}
