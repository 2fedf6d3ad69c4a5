// Instructions in the text format, one a line.

import { BLOCK_NONE, BLOCK_VALUE, type Code } from '../format/code.ts';
import { wide } from '../format/encode-code.ts';
import { immediateLength, partsOf } from '../format/instruction-lookup.ts';
import { type InstructionRow, instructionRows } from '../format/instructions.ts';
import type { BranchHint } from '../format/module.ts';
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
} from '../format/opcodes.gen.ts';
import { heapOf, heapTypeText, isExact, valTypeText } from '../format/types.ts';
import type { PrintNames } from './print-names.ts';
import type { TextLines } from './text-lines.ts';

const CATCH_KEYWORDS = ['catch', 'catch_ref', 'catch_all', 'catch_all_ref'];
const scratch = new DataView(new ArrayBuffer(8));

/** Deeper lines are not indented further: what is nested by the thousand would be mostly spaces. */
const MOST_INDENTS = 100;

export class CodePrinter {
  private readonly names: PrintNames;

  constructor(names: PrintNames) {
    this.names = names;
  }

  /** Adds the lines of a function body without its last `end`. */
  print({ words }: Code, lines: TextLines, hints: readonly BranchHint[]): void {
    let depth = 2;
    let count = 0;
    let nextHint = 0;
    for (let at = 0; at < words.length; at += 1 + immediateLength(words, at), count++) {
      const op = words[at] as number;
      if (op === OP_end && at === words.length - 1) return;
      const isEnd = op === OP_end || op === OP_delegate;
      const isMiddle = op === OP_else || op === OP_catch || op === OP_catch_all;
      if (isEnd || isMiddle) depth--;
      const indent = '  '.repeat(Math.min(depth, MOST_INDENTS));
      const hint = hints[nextHint];
      if (hint?.instruction === count) {
        lines.push(`${indent}(@metadata.code.branch_hint "\\0${hint.isLikely ? 1 : 0}")`);
        nextHint++;
      }
      lines.push(indent + this.instruction(words, at));
      if (isMiddle || isBlock(op)) depth++;
    }
  }

  /** A constant expression as a sequence of instructions without its `end`. */
  oneLine({ words }: Code): string {
    const parts: string[] = [];
    for (let at = 0; at < words.length - 1; at += 1 + immediateLength(words, at))
      parts.push(`(${this.instruction(words, at)})`);
    return parts.join(' ');
  }

  /** The instruction at a word, with its immediates. */
  instruction(words: Int32Array, at: number): string {
    const row = instructionRows[words[at] as number] as InstructionRow;
    const text = this.immediates(row, words, at + 1);
    return text === '' ? row.name : `${row.name} ${text}`;
  }

  private immediates(row: InstructionRow, words: Int32Array, at: number): string {
    const first = words[at] as number;
    const second = words[at + 1] as number;
    const { names } = this;
    switch (row.immediates) {
      case 'none':
      case 'fence':
        return '';
      case 'i32':
        return String(first);
      case 'i64':
        return String(BigInt.asIntN(64, wide(words, at)));
      case 'f32':
        return floatText(BigInt(first >>> 0), 23, 8);
      case 'f64':
        return floatText(wide(words, at), 52, 11);
      case 'v128': {
        const lanes = [0, 1, 2, 3].map((i) => `0x${((words[at + i] as number) >>> 0).toString(16)}`);
        return `i32x4 ${lanes.join(' ')}`;
      }
      case 'shuffle':
        return [...new Uint8Array(words.slice(at, at + 4).buffer)].join(' ');
      case 'heap':
        return this.heapType(first);
      case 'castNonNull':
      case 'castNull':
        return this.valType(first);
      case 'block':
        return this.blockType(words, at);
      case 'memarg':
        return this.memarg(row, words, at);
      case 'memargLane':
        return `${this.memarg(row, words, at)} ${words[at + 4]}`.trimStart();
      case 'brTable':
        return [...words.subarray(at + 1, at + 2 + first)].map((label) => label >>> 0).join(' ');
      case 'brCast':
        return `${first >>> 0} ${this.valType(second)} ${this.valType(words[at + 2] as number)}`;
      case 'selectTypes': {
        const types = [...words.subarray(at + 1, at + 1 + first)].map((type) => ` ${this.valType(type)}`);
        return `(result${types.join('')})`;
      }
      case 'tryTable':
        return this.tryTable(words, at);
      case 'callIndirect':
        return joined(this.place('tables', second), `(type ${names.of('types', first >>> 0)})`);
      case 'typeField':
        return `${names.of('types', first >>> 0)} ${second >>> 0}`;
      case 'dataMemory':
        return joined(this.place('memories', second), names.of('datas', first >>> 0));
      case 'elemTable':
        return joined(this.place('tables', second), names.of('elems', first >>> 0));
      case 'memory':
        return this.place('memories', first);
      case 'table':
        return this.place('tables', first);
      case 'memoryMemory':
      case 'tableTable': {
        const space = row.immediates === 'memoryMemory' ? 'memories' : 'tables';
        if (first === 0 && second === 0) return '';
        return `${names.of(space, first >>> 0)} ${names.of(space, second >>> 0)}`;
      }
      default:
        return (partsOf[words[at - 1] as number] as readonly string[])
          .map((part, i) => this.indexText(part, (words[at + i] as number) >>> 0))
          .join(' ');
    }
  }

  /** A memory or table; the first one is left out, as it must be where there may be but one. */
  private place(space: 'memories' | 'tables', index: number): string {
    return index === 0 ? '' : this.names.of(space, index >>> 0);
  }

  private indexText(part: string, index: number): string {
    const space = SPACE_OF_PART[part];
    return space === undefined ? String(index) : this.names.of(space, index);
  }

  private valType(type: number): string {
    return valTypeText(type, (index) => this.names.of('types', index));
  }

  /** The heap type of a reference type. */
  private heapType(type: number): string {
    const heap = heapOf(type);
    const text = heap >= 0 ? this.names.of('types', heap) : heapTypeText(heap);
    return isExact(type) ? `(exact ${text})` : text;
  }

  private blockType(words: Int32Array, at: number): string {
    const kind = words[at];
    const value = words[at + 1] as number;
    if (kind === BLOCK_NONE) return '';
    return kind === BLOCK_VALUE
      ? `(result ${this.valType(value)})`
      : `(type ${this.names.of('types', value >>> 0)})`;
  }

  private memarg(row: InstructionRow, words: Int32Array, at: number): string {
    const memory = (words[at] as number) >>> 0;
    const align = words[at + 1] as number;
    const offset = wide(words, at + 2);
    const parts: string[] = [];
    if (memory !== 0) parts.push(this.names.of('memories', memory));
    if (offset !== 0n) parts.push(`offset=${offset}`);
    if (align !== row.align) parts.push(`align=${1n << BigInt(align)}`);
    return parts.join(' ');
  }

  private tryTable(words: Int32Array, at: number): string {
    const parts = [this.blockType(words, at)];
    const count = words[at + 2] as number;
    for (let i = 0, next = at + 3; i < count; i++, next += 3) {
      const kind = words[next] as number;
      const tag = kind < 2 ? ` ${this.names.of('tags', (words[next + 1] as number) >>> 0)}` : '';
      parts.push(`(${CATCH_KEYWORDS[kind]}${tag} ${(words[next + 2] as number) >>> 0})`);
    }
    return parts.filter(Boolean).join(' ');
  }
}

const SPACE_OF_PART: Readonly<Record<string, Parameters<PrintNames['of']>[0] | undefined>> = {
  global: 'globals',
  func: 'functions',
  table: 'tables',
  memory: 'memories',
  type: 'types',
  tag: 'tags',
  data: 'datas',
  elem: 'elems',
};

function joined(place: string, rest: string): string {
  return place === '' ? rest : `${place} ${rest}`;
}

function isBlock(op: number): boolean {
  return op === OP_block || op === OP_loop || op === OP_if || op === OP_try || op === OP_try_table;
}

/** A float by its bits; decimal where it is a number, with the payload where it is a NaN. */
function floatText(bits: bigint, fractionBits: number, exponentBits: number): string {
  const sign = bits >> BigInt(fractionBits + exponentBits) !== 0n ? '-' : '';
  const exponent = (bits >> BigInt(fractionBits)) & ((1n << BigInt(exponentBits)) - 1n);
  const fraction = bits & ((1n << BigInt(fractionBits)) - 1n);
  if (exponent === (1n << BigInt(exponentBits)) - 1n)
    return fraction === 0n ? `${sign}inf` : `${sign}nan:0x${fraction.toString(16)}`;
  if (fractionBits === 23) scratch.setUint32(0, Number(bits));
  else scratch.setBigUint64(0, bits);
  const value = fractionBits === 23 ? scratch.getFloat32(0) : scratch.getFloat64(0);
  return sign + String(Math.abs(value));
}
