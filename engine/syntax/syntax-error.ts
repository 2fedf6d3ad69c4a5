// Early errors as data: what the parser reports when it refuses a source text.

import { MESSAGES, type MessageCode } from './messages.ts';
import type { SourceText } from './source-text.ts';

export interface SyntaxErrorRecord {
  readonly code: MessageCode;
  /** The constructor of the error that the caller throws. RangeError: the text nests deeper than the parser's limit. */
  readonly errorType: 'SyntaxError' | 'ReferenceError' | 'RangeError';
  readonly message: string;
  /** UTF-16 offset into the source text. */
  readonly offset: number;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  /** The source line (a window of it if it is long), and a second line with a caret under the position. */
  readonly excerpt: string;
}

/**
 * Leaves the parser. No Error: capturing a host stack costs many times the throw. The record is made by who
 * catches it, because at the nesting limit little of the host's stack is left.
 */
export class ParseAbort {
  readonly code: MessageCode;
  readonly offset: number;
  readonly argument: string;

  constructor(code: MessageCode, offset: number, argument: string) {
    this.code = code;
    this.offset = offset;
    this.argument = argument;
  }
}

/** Builds the record of one error; `argument` fills the message's blank. */
export function makeSyntaxError(
  source: SourceText,
  code: MessageCode,
  offset: number,
  argument: string,
): SyntaxErrorRecord {
  const { line, column } = source.positionAt(offset);
  return {
    code,
    errorType: code === 'NestedTooDeeply' ? 'RangeError' : 'SyntaxError',
    message: MESSAGES[code](argument),
    offset,
    line,
    column,
    excerpt: excerptOf(source.lineText(line), column - 1),
  };
}

const EXCERPT_BEFORE = 60;
const EXCERPT_LENGTH = 110;

/** The line (a window of it if it is long), and a second line with a caret under the 0-based column. */
export function excerptOf(lineText: string, column: number): string {
  let from = 0;
  let text = lineText;
  if (text.length > EXCERPT_LENGTH) {
    from = Math.max(0, Math.min(column - EXCERPT_BEFORE, text.length - EXCERPT_LENGTH));
    text = text.slice(from, from + EXCERPT_LENGTH);
  }
  const before = text.slice(0, Math.max(0, column - from));
  return `${text}\n${before.replace(/[^\t]/g, ' ')}^`;
}
