// A source text with its name, and the map from UTF-16 offsets to lines and columns.
// Every function and class of a program refers to the one SourceText it was parsed from.

import { type HeapOrigin, markHeapLeaf, sourceTextBytes } from '../base/heap-leaf.ts';

export interface SourcePosition {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
}

export class SourceText implements HeapOrigin {
  /** Shown in messages and stack traces: a path, a URL or a label such as `<eval>`. */
  readonly name: string;
  readonly text: string;
  private lineStarts: Int32Array | null;

  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
    this.lineStarts = null;
  }

  /** What all the code of this text takes. */
  get heapBytes(): number {
    return sourceTextBytes(this.text.length);
  }

  /** Line and column of `offset`, which is clamped to the text. Line terminators are those of the specification. */
  positionAt(offset: number): SourcePosition {
    const starts = this.starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low] + 1 };
  }

  /** The text of a 1-based line, without its terminator. */
  lineText(line: number): string {
    const starts = this.starts();
    const from = starts[line - 1];
    let to = line < starts.length ? starts[line] : this.text.length;
    while (to > from && isLineTerminator(this.text.charCodeAt(to - 1))) to--;
    return this.text.slice(from, to);
  }

  private starts(): Int32Array {
    if (this.lineStarts !== null) return this.lineStarts;
    const text = this.text;
    const starts: number[] = [0];
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (!isLineTerminator(c)) continue;
      if (c === 0x0d && text.charCodeAt(i + 1) === 0x0a) i++;
      starts.push(i + 1);
    }
    this.lineStarts = Int32Array.from(starts);
    return this.lineStarts;
  }
}

function isLineTerminator(c: number): boolean {
  return c === 0x0a || c === 0x0d || c === 0x2028 || c === 0x2029;
}

markHeapLeaf(SourceText);
