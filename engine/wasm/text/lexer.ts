// Tokens of the text format. A whole text becomes arrays of kinds and positions, which parsers walk with any lookahead.
// Comments and white space vanish; annotations are taken out and remembered by the token they precede. What is no token
// is an error token, which complains when a parser comes to it: a script reports its earlier commands first.
// https://webassembly.github.io/spec/core/text/lexical.html

import { decodeUtf8 } from '../format/byte-reader.ts';
import { encodeUtf8 } from '../format/byte-writer.ts';
import type { MessageCode } from '../format/messages.ts';
import { isKnownKeyword } from './keywords.ts';
import { NUMBER_FLOAT, NUMBER_INT, NUMBER_NAT, numberKind } from './number-syntax.ts';

export const TOKEN_LPAR = 1;
export const TOKEN_RPAR = 2;
export const TOKEN_KEYWORD = 3;
/** Unsigned, signed and floating-point literals. */
export const TOKEN_NAT = 4;
export const TOKEN_INT = 5;
export const TOKEN_FLOAT = 6;
export const TOKEN_STRING = 7;
export const TOKEN_ID = 8;
export const TOKEN_ERROR = 9;
export const TOKEN_END = 10;
/** In annotations only: characters that are no token elsewhere. */
export const TOKEN_ATOM = 11;

export interface LexicalError {
  readonly code: MessageCode;
  readonly args: readonly string[];
  readonly position: number;
}

export interface Annotation {
  readonly name: string;
  /** Index of the token it stands before. */
  readonly before: number;
  readonly start: number;
  readonly end: number;
  /** Its contents, ended by TOKEN_END. */
  readonly contents: Tokens;
}

export interface Tokens {
  readonly text: string;
  readonly kinds: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Without the TOKEN_END behind them. */
  readonly count: number;
  /** By index of the token. */
  readonly errors: ReadonlyMap<number, LexicalError>;
  readonly annotations: readonly Annotation[];
}

export function tokenize(text: string): Tokens {
  return new Lexer(text).run();
}

/** What classes a character belongs to: IDCHAR, SPACE, or a class of its own. */
const IDCHAR = 1;
const SPACE = 2;
const RESERVED_MARK = 3;
const classes = new Uint8Array(128);
for (const char of "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_+-*/\\^~=<>!?@#$%&|:`.'")
  classes[char.charCodeAt(0)] = IDCHAR;
for (const char of ' \t\n\r') classes[char.charCodeAt(0)] = SPACE;
for (const char of ',;[]{}') classes[char.charCodeAt(0)] = RESERVED_MARK;

const KEYWORD = /^[a-z][a-zA-Z0-9_.:]+$/;
/** Keywords that carry a number. */
const ASSIGNMENT = /^(?:offset|align)=/;

class Lexer {
  private readonly text: string;
  private pos = 0;
  private main = new TokenList();
  private readonly annotations: Annotation[] = [];

  constructor(text: string) {
    this.text = text;
  }

  run(): Tokens {
    const { main } = this;
    while (this.pos < this.text.length) this.next(main, false);
    return main.finish(this.text, this.annotations);
  }

  /** Reads one token, or skips what is none. In annotations it tells when the closing parenthesis was met. */
  private next(list: TokenList, isAnnotation: boolean): void {
    const { text } = this;
    const start = this.pos;
    const code = text.charCodeAt(start);
    if (code === 0x28 /* ( */) {
      const after = text.charCodeAt(start + 1);
      if (after === 0x3b /* ; */) this.blockComment(list);
      else if (after === 0x40 /* @ */ && !isAnnotation) this.annotation(list);
      else if (after === 0x40 && this.hasAnnotationName()) this.innerAnnotation(list);
      else list.push(TOKEN_LPAR, start, ++this.pos);
      return;
    }
    if (code === 0x29 /* ) */) {
      list.push(TOKEN_RPAR, start, ++this.pos);
      return;
    }
    const kind = code < 128 ? (classes[code] as number) : 0;
    if (kind === SPACE) {
      this.pos++;
      return;
    }
    if (code === 0x3b && text.charCodeAt(start + 1) === 0x3b) {
      this.lineComment();
      return;
    }
    if (kind === IDCHAR || code === 0x22) this.word(list, isAnnotation);
    else if (kind === RESERVED_MARK) {
      this.pos++;
      if (isAnnotation) list.push(TOKEN_ATOM, start, this.pos);
      else list.error({ code: 'unknownOperator', args: [text[start] as string], position: start }, this.pos);
    } else this.badCharacter(list, isAnnotation);
  }

  private badCharacter(list: TokenList, isAnnotation: boolean): void {
    const position = this.pos;
    const point = this.text.codePointAt(position) as number;
    this.pos += point > 0xffff ? 2 : 1;
    const name =
      point < 0x20 || point === 0x7f
        ? `U+${point.toString(16).padStart(4, '0')}`
        : String.fromCodePoint(point);
    const code = isAnnotation ? 'illegalCharacter' : point < 0x80 ? 'misplacedControl' : 'misplacedUnicode';
    list.error({ code, args: [name], position }, this.pos);
  }

  private lineComment(): void {
    for (this.pos += 2; this.pos < this.text.length; this.pos++) {
      const code = this.text.charCodeAt(this.pos);
      if (code === 0x0a || code === 0x0d) return;
    }
  }

  private blockComment(list: TokenList): void {
    const position = this.pos;
    let depth = 0;
    while (this.pos < this.text.length) {
      if (this.text.startsWith('(;', this.pos)) {
        depth++;
        this.pos += 2;
      } else if (this.text.startsWith(';)', this.pos)) {
        depth--;
        this.pos += 2;
        if (depth === 0) return;
      } else this.pos++;
    }
    list.error({ code: 'unclosedComment', args: [], position }, this.pos);
  }

  /** A run of identifier characters and strings: one token, or a reserved one. */
  private word(list: TokenList, isAnnotation: boolean): void {
    const { text } = this;
    const start = this.pos;
    let strings = 0;
    while (this.pos < text.length) {
      const code = text.charCodeAt(this.pos);
      if (code === 0x22) {
        const error = this.scanString();
        if (error !== null) {
          // `$` and what is no string: the identifier has nothing in it.
          const isId = text[start] === '$' && text[start + 1] === '"';
          list.error(isId ? { code: 'emptyIdentifier', args: [], position: start } : error, this.pos);
          return;
        }
        strings++;
      } else if (code < 128 && classes[code] === IDCHAR) this.pos++;
      else break;
    }
    this.classify(list, start, strings, isAnnotation);
  }

  private classify(list: TokenList, start: number, strings: number, isAnnotation: boolean): void {
    const { text, pos } = this;
    const first = text[start] as string;
    if (strings === 1 && first === '"' && text.indexOf('"', start + 1) === pos - 1)
      list.push(TOKEN_STRING, start, pos);
    else if (strings > 0 && first === '"' && this.isOneString(start)) list.push(TOKEN_STRING, start, pos);
    else if (first === '$') this.identifier(list, start, strings);
    else {
      let kind = strings > 0 ? 0 : kindOfWord(text.slice(start, pos));
      if (kind === TOKEN_KEYWORD && !isKnownKeyword(text.slice(start, pos))) kind = 0;
      if (kind !== 0 && !(isAnnotation && kind === TOKEN_KEYWORD)) list.push(kind, start, pos);
      else if (isAnnotation) list.push(TOKEN_ATOM, start, pos);
      else list.error({ code: 'unknownOperator', args: [text.slice(start, pos)], position: start }, pos);
    }
  }

  private isOneString(start: number): boolean {
    const end = this.pos;
    this.pos = start;
    this.scanString();
    const isWhole = this.pos === end;
    this.pos = end;
    return isWhole;
  }

  private identifier(list: TokenList, start: number, strings: number): void {
    const { text, pos } = this;
    const isQuoted = text[start + 1] === '"';
    if (pos === start + 1 || (isQuoted && pos === start + 3))
      list.error({ code: 'emptyIdentifier', args: [], position: start }, pos);
    else if (strings === 0 || (isQuoted && this.isOneString(start + 1))) list.push(TOKEN_ID, start, pos);
    else list.error({ code: 'unknownOperator', args: [text.slice(start, pos)], position: start }, pos);
  }

  /** Moves behind a string literal, or gives what is wrong with it. */
  private scanString(): LexicalError | null {
    const { text } = this;
    const start = this.pos++;
    while (this.pos < text.length) {
      const code = text.charCodeAt(this.pos);
      if (code === 0x22) {
        this.pos++;
        return null;
      }
      if (code === 0x0a) break;
      if (code < 0x20 || code === 0x7f) {
        const position = this.pos++;
        return { code: 'controlInString', args: [], position };
      }
      if (code !== 0x5c) this.pos++;
      else {
        const length = escapeLength(text, this.pos);
        if (length === 0) {
          const position = this.pos++;
          return { code: 'illegalEscape', args: [text.slice(position, position + 2)], position };
        }
        this.pos += length;
      }
    }
    return { code: 'unclosedString', args: [], position: start };
  }

  /** Within an annotation another one is a pair of parentheses around more. */
  private innerAnnotation(list: TokenList): void {
    const start = this.pos;
    this.pos += 2;
    const name = this.annotationName();
    if (typeof name === 'string') list.push(TOKEN_LPAR, start, this.pos);
    else list.error(name, this.pos);
  }

  private annotation(list: TokenList): void {
    const { text } = this;
    const start = this.pos;
    this.pos += 2;
    const name = this.annotationName();
    if (typeof name !== 'string') {
      list.error(name, this.pos);
      return;
    }
    const inner = new TokenList();
    let depth = 0;
    for (;;) {
      if (this.pos >= text.length) {
        list.error({ code: 'unclosedAnnotation', args: [], position: start }, this.pos);
        return;
      }
      const { count } = inner;
      this.next(inner, true);
      if (inner.lastError !== null) {
        list.error(inner.lastError, this.pos);
        return;
      }
      if (inner.count === count) continue;
      const kind = inner.kinds[count];
      if (kind === TOKEN_LPAR) depth++;
      else if (kind === TOKEN_RPAR && depth-- === 0) break;
    }
    inner.count--;
    const contents = inner.finish(text, []);
    this.annotations.push({ name, before: list.count, start, end: this.pos, contents });
  }

  /** Within an annotation, `(@` without a name is a parenthesis and an atom. */
  private hasAnnotationName(): boolean {
    const code = this.text.charCodeAt(this.pos + 2);
    return code === 0x22 || (code < 128 && classes[code] === IDCHAR);
  }

  private annotationName(): string | LexicalError {
    const { text } = this;
    const start = this.pos;
    if (text[start] === '"') {
      if (this.scanString() !== null) return { code: 'emptyAnnotationId', args: [], position: start };
      const name = decodeUtf8(stringBytes(text, start, this.pos));
      if (name === null) return { code: 'utf8', args: [], position: start };
      return name === '' ? { code: 'emptyAnnotationId', args: [], position: start } : name;
    }
    while (this.pos < text.length && classes[text.charCodeAt(this.pos)] === IDCHAR) this.pos++;
    return this.pos === start
      ? { code: 'emptyAnnotationId', args: [], position: start }
      : text.slice(start, this.pos);
  }
}

class TokenList {
  kinds = new Uint8Array(64);
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  count = 0;
  lastError: LexicalError | null = null;
  private readonly errors = new Map<number, LexicalError>();

  push(kind: number, start: number, end: number): void {
    if (this.count + 1 >= this.kinds.length) this.grow();
    this.kinds[this.count] = kind;
    this.starts[this.count] = start;
    this.ends[this.count++] = end;
  }

  error(error: LexicalError, end: number): void {
    this.errors.set(this.count, error);
    this.lastError = error;
    this.push(TOKEN_ERROR, error.position, end);
  }

  finish(text: string, annotations: readonly Annotation[]): Tokens {
    const { count, errors } = this;
    this.push(TOKEN_END, text.length, text.length);
    const { kinds, starts, ends } = this;
    return { text, kinds, starts, ends, count, errors, annotations };
  }

  private grow(): void {
    const grown = <T extends Uint8Array | Int32Array>(array: T, larger: T): T => {
      larger.set(array);
      return larger;
    };
    const size = this.kinds.length * 2;
    this.kinds = grown(this.kinds, new Uint8Array(size));
    this.starts = grown(this.starts, new Int32Array(size));
    this.ends = grown(this.ends, new Int32Array(size));
  }
}

/** The kind of a word without strings, or 0 if it is reserved. */
function kindOfWord(word: string): number {
  switch (numberKind(word)) {
    case NUMBER_NAT:
      return TOKEN_NAT;
    case NUMBER_INT:
      return TOKEN_INT;
    case NUMBER_FLOAT:
      return TOKEN_FLOAT;
  }
  if (KEYWORD.test(word)) return TOKEN_KEYWORD;
  const assignment = ASSIGNMENT.exec(word);
  return assignment !== null && numberKind(word.slice(assignment[0].length)) === NUMBER_NAT
    ? TOKEN_KEYWORD
    : 0;
}

const HEX = /^[0-9a-fA-F]{2}$/;
const UNICODE_ESCAPE = /^\\u\{([0-9a-fA-F](?:_?[0-9a-fA-F])*)\}/;

/** Length of the escape at `at`, 0 if it is none. */
function escapeLength(text: string, at: number): number {
  const next = text[at + 1] ?? '';
  if (next !== '' && 'nrt\\\'"'.includes(next)) return 2;
  if (HEX.test(text.slice(at + 1, at + 3))) return 3;
  const match = next === 'u' ? UNICODE_ESCAPE.exec(text.slice(at, at + 24)) : null;
  if (match === null) return 0;
  const point = Number.parseInt((match[1] as string).replaceAll('_', ''), 16);
  return point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? 0 : match[0].length;
}

/** The bytes of the string literal between its quotes. */
export function stringBytes(text: string, start: number, end: number): Uint8Array {
  const bytes: number[] = [];
  for (let at = start + 1; at < end - 1; ) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at += pushEscape(bytes, text, at);
    else if (code < 0x80) {
      bytes.push(code);
      at++;
    } else {
      const char = String.fromCodePoint(text.codePointAt(at) as number);
      bytes.push(...encodeUtf8(char));
      at += char.length;
    }
  }
  return Uint8Array.from(bytes);
}

const SIMPLE_ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, '\\': 92, "'": 39, '"': 34 };

function pushEscape(bytes: number[], text: string, at: number): number {
  const next = text[at + 1] as string;
  const simple = SIMPLE_ESCAPES[next];
  if (simple !== undefined) {
    bytes.push(simple);
    return 2;
  }
  if (next !== 'u') {
    bytes.push(Number.parseInt(text.slice(at + 1, at + 3), 16));
    return 3;
  }
  const end = text.indexOf('}', at);
  const point = Number.parseInt(text.slice(at + 3, end).replaceAll('_', ''), 16);
  bytes.push(...encodeUtf8(String.fromCodePoint(point)));
  return end + 1 - at;
}
