// What stands behind the name of an instruction in the text format, as the words of format/code.ts. Orders differ: the
// text puts memories and tables first, the words follow the binary format.

import type { ImmediateKind, InstructionRow } from '../format/instructions.ts';
import { malformed, overLimit } from '../format/module-error.ts';
import { alignmentOf } from './alignment.ts';
import { LabelStack } from './label-stack.ts';
import { TOKEN_ERROR, TOKEN_FLOAT, TOKEN_ID, TOKEN_INT, TOKEN_KEYWORD, TOKEN_NAT } from './lexer.ts';
import { parseFloat32, parseFloat64, parseInteger } from './literals.ts';
import { NUMBER_FLOAT, NUMBER_NAT, numberKind } from './number-syntax.ts';
import type { TypeParser } from './type-parser.ts';
import { SHAPES, vectorWords } from './vector-literals.ts';

const MOST_LANES = 16;

export class ImmediateParser {
  /** The labels around. */
  labels = new LabelStack();
  locals: ReadonlyMap<string, number> = new Map();
  private readonly types: TypeParser;

  constructor(types: TypeParser) {
    this.types = types;
  }

  parse(row: InstructionRow, words: number[]): void {
    const { types } = this;
    const { cursor } = types;
    const kind: ImmediateKind = row.immediates;
    switch (kind) {
      case 'none':
        return;
      case 'fence':
        words.push(0);
        return;
      case 'label':
        words.push(this.label());
        return;
      case 'local':
        words.push(this.local());
        return;
      case 'func':
      case 'global':
      case 'type':
      case 'tag':
      case 'data':
      case 'elem':
        words.push(types.index(kind));
        return;
      case 'table':
      case 'memory':
        words.push(this.placeIndex(kind));
        return;
      case 'i32':
      case 'i64':
      case 'f32':
      case 'f64':
        pushNumber(words, kind, this.number(), this.types.cursor.tokens.starts[cursor.at - 1] as number);
        return;
      case 'v128':
        this.vector(words);
        return;
      case 'shuffle':
        this.shuffle(words);
        return;
      case 'lane':
        words.push(Number(cursor.natural(8)));
        return;
      case 'heap':
        words.push(types.heapReference(true));
        return;
      case 'memarg':
        words.push(this.placeIndex('memory'));
        this.offsetAndAlign(row, words);
        return;
      case 'memargLane':
        this.memargLane(row, words);
        return;
      case 'brTable':
        this.branchTable(words);
        return;
      case 'brCast':
        words.push(this.label(), types.refType(), types.refType());
        return;
      case 'callIndirect': {
        const table = this.placeIndex('table');
        words.push(types.typeUse(false).typeidx, table);
        return;
      }
      case 'typeField': {
        const typeidx = types.index('type');
        words.push(typeidx, this.field(typeidx));
        return;
      }
      case 'typeCount':
        words.push(types.index('type'), cursor.u32());
        return;
      case 'typeData':
        words.push(types.index('type'), types.index('data'));
        return;
      case 'typeElem':
        words.push(types.index('type'), types.index('elem'));
        return;
      case 'typeType':
        words.push(types.index('type'), types.index('type'));
        return;
      case 'memoryMemory':
      case 'tableTable': {
        const space = kind === 'memoryMemory' ? 'memory' : 'table';
        if (types.isIndex()) words.push(this.placeIndex(space), types.index(space));
        else words.push(0, 0);
        return;
      }
      case 'dataMemory':
        this.segment(words, 'memory', 'data');
        return;
      case 'elemTable':
        this.segment(words, 'table', 'elem');
        return;
      default:
        cursor.unexpected();
    }
  }

  /** A label: how many blocks out. */
  label(): number {
    const { cursor } = this.types;
    const { position } = cursor;
    const name = cursor.optionalId();
    if (name === null) return cursor.u32();
    const depth = this.labels.depthOf(name);
    return depth < 0 ? malformed(position, 'unknown', 'label', `$${name}`) : depth;
  }

  private local(): number {
    const { cursor } = this.types;
    const { position } = cursor;
    const name = cursor.optionalId();
    if (name === null) return cursor.u32();
    return this.locals.get(name) ?? malformed(position, 'unknown', 'local', `$${name}`);
  }

  private field(typeidx: number): number {
    const { cursor, context } = this.types;
    const { position } = cursor;
    const name = cursor.optionalId();
    if (name === null) return cursor.u32();
    return (
      context.fields.get(typeidx)?.names.get(name) ?? malformed(position, 'unknown', 'field', `$${name}`)
    );
  }

  /** `x? y` where the first index may be left out; the words have the segment first. */
  private segment(words: number[], space: 'memory' | 'table', segments: 'data' | 'elem'): void {
    const { types } = this;
    const next = types.cursor.kind(1);
    const hasBoth = next === TOKEN_NAT || next === TOKEN_ID;
    const index = hasBoth ? this.placeIndex(space) : 0;
    words.push(types.index(segments), index);
  }

  /** Text of a number of any kind. */
  private number(): string {
    const { cursor } = this.types;
    const kind = cursor.kind();
    if (kind !== TOKEN_NAT && kind !== TOKEN_INT && kind !== TOKEN_FLOAT) cursor.unexpected();
    const text = cursor.text();
    cursor.at++;
    return text;
  }

  /** The numbers that follow; of more than a vector has, one more. */
  private numbers(): string[] {
    const { cursor } = this.types;
    const list: string[] = [];
    for (
      let kind = cursor.kind();
      (kind === TOKEN_NAT || kind === TOKEN_INT || kind === TOKEN_FLOAT) && list.length <= MOST_LANES;
      kind = cursor.kind()
    )
      list.push(this.number());
    if (cursor.kind() === TOKEN_ERROR) cursor.unexpected();
    return list;
  }

  private vector(words: number[]): void {
    const { cursor } = this.types;
    const { position } = cursor;
    const shape =
      (cursor.kind() === TOKEN_KEYWORD ? SHAPES.get(cursor.text()) : undefined) ?? cursor.unexpected();
    cursor.at++;
    words.push(...vectorWords(shape, this.numbers(), position));
  }

  private shuffle(words: number[]): void {
    const { cursor } = this.types;
    const { position } = cursor;
    const lanes = this.numbers();
    if (lanes.length !== 16) malformed(position, 'laneLength');
    for (let i = 0; i < 16; i += 4) {
      let word = 0;
      for (let j = 3; j >= 0; j--) word = (word << 8) | laneOf(lanes[i + j] as string, position);
      words.push(word);
    }
  }

  /** Index of a memory or table, 0 if it is left out, which it had to be when there was but one. */
  private placeIndex(space: 'memory' | 'table'): number {
    const { types } = this;
    if (!types.isIndex()) return 0;
    const feature = space === 'memory' ? 'multiMemory' : 'referenceTypes';
    if (!types.features[feature]) types.cursor.needsFeature(feature);
    return types.index(space);
  }

  /** `offset=… align=…`, both optional. */
  private offsetAndAlign(row: InstructionRow, words: number[]): void {
    const { cursor } = this.types;
    let offset = 0n;
    let align = row.align;
    if (cursor.kind() === TOKEN_KEYWORD && cursor.text().startsWith('offset=')) {
      const bits = this.types.features.memory64 ? 64 : 32;
      const text = cursor.text();
      offset =
        parseInteger(text.slice('offset='.length), bits) ??
        malformed(cursor.position, 'typedConstantOutOfRange', `i${bits}`, text);
      cursor.at++;
    }
    if (cursor.kind() === TOKEN_KEYWORD && cursor.text().startsWith('align=')) {
      align = alignmentOf(cursor.text(), cursor.position);
      cursor.at++;
    }
    words.push(align, Number(BigInt.asIntN(32, offset)), Number(BigInt.asIntN(32, offset >> 32n)));
  }

  /** The number before the lane is a memory only if something follows it that is none of ours to end with. */
  private memargLane(row: InstructionRow, words: number[]): void {
    const { cursor } = this.types;
    const next = cursor.kind(1);
    const isFollowed =
      next === TOKEN_NAT ||
      (next === TOKEN_KEYWORD &&
        (cursor.text(1).startsWith('offset=') || cursor.text(1).startsWith('align=')));
    if (cursor.kind() === TOKEN_ID || (cursor.kind() === TOKEN_NAT && isFollowed))
      words.push(this.placeIndex('memory'));
    else words.push(0);
    this.offsetAndAlign(row, words);
    words.push(Number(cursor.natural(8)));
  }

  private branchTable(words: number[]): void {
    const { types } = this;
    const { position } = types.cursor;
    const labels = [this.label()];
    const { branchTableTargets } = types.limits;
    while (types.isIndex()) {
      if (labels.length > branchTableTargets) overLimit(position, 'targets of br_table', branchTableTargets);
      labels.push(this.label());
    }
    words.push(labels.length - 1);
    for (const label of labels) words.push(label);
  }
}

function laneOf(text: string, position: number): number {
  const lane = numberKind(text) === NUMBER_NAT ? parseInteger(text, 8) : null;
  return Number(lane ?? malformed(position, 'typedConstantOutOfRange', 'i8', text));
}

/** The words of a number literal of a type. */
export function pushNumber(
  words: number[],
  type: 'i32' | 'i64' | 'f32' | 'f64',
  text: string,
  position: number,
): void {
  if (type === 'f32') {
    words.push(parseFloat32(text) ?? malformed(position, 'constantOutOfRange', text));
    return;
  }
  const bits = type === 'i32' ? 32 : 64;
  const isInteger = numberKind(text) !== NUMBER_FLOAT;
  const value = type === 'f64' ? parseFloat64(text) : isInteger ? parseInteger(text, bits) : null;
  if (value === null) malformed(position, 'constantOutOfRange', text);
  words.push(Number(BigInt.asIntN(32, value)));
  if (bits === 64) words.push(Number(BigInt.asIntN(32, value >> 32n)));
}
