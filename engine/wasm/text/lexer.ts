// Tokens of the text format. A whole text becomes arrays of kinds and positions, which parsers walk with any lookahead.
// Comments and white space vanish; annotations are taken out and remembered by the token they precede. What is no token
// is an error token, which complains when a parser comes to it: a script reports its earlier commands first.
// https://webassembly.github.io/spec/core/text/lexical.html

import { decodeUtf8 } from '../format/byte-reader.ts';
import { writeUtf8 } from '../format/byte-writer.ts';
import { withRoom } from '../format/host-room.ts';
import { DEFAULT_MODULE_LIMITS, type ModuleLimits } from '../format/limits.ts';
import type { MessageCode } from '../format/messages.ts';
import { ModuleBudget } from '../format/module-budget.ts';
import { overLimit } from '../format/module-error.ts';
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
  /** By index of the token. Behind the first MOST_ERRORS a text is not read on. */
  readonly errors: ReadonlyMap<number, LexicalError>;
  /** Those with a name of ANNOTATION_NAMES; nobody asks for others. */
  readonly annotations: readonly Annotation[];
}

/** Annotations that mean something. */
export const ANNOTATION_NAME = 'name';
export const ANNOTATION_CUSTOM = 'custom';
export const ANNOTATION_BRANCH_HINT = 'metadata.code.branch_hint';
const ANNOTATION_NAMES = new Set([ANNOTATION_NAME, ANNOTATION_CUSTOM, ANNOTATION_BRANCH_HINT]);

/** No parser gets past the first error, but each command of a script may have one. */
const MOST_ERRORS = 1000;

/** The tokens of a text. Throws a ModuleError of kind `limit` if they are too many, or the annotations cost too much. */
export function tokenize(
  text: string,
  limits: ModuleLimits = DEFAULT_MODULE_LIMITS,
  budget: ModuleBudget = new ModuleBudget(limits),
): Tokens {
  return new Lexer(text, limits, budget).run();
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

/** No keyword is longer; patterns take stack by the length of a word. */
const LONGEST_KEYWORD = 100;
const KEYWORD = /^[a-z][a-zA-Z0-9_.:]+$/;
/** Keywords that carry a number. */
const ASSIGNMENT = /^(?:offset|align)=/;

class Lexer {
  private readonly text: string;
  private pos = 0;
  private readonly limits: ModuleLimits;
  private readonly budget: ModuleBudget;
  private readonly main: TokenList;
  /** What is in annotations that mean nothing: looked at and forgotten. */
  private readonly skipped: TokenList;
  private readonly annotations: Annotation[] = [];

  constructor(text: string, limits: ModuleLimits, budget: ModuleBudget) {
    this.text = text;
    this.limits = limits;
    this.budget = budget;
    this.main = new TokenList(Math.min(64 + (text.length >> 3), 1 << 20, limits.tokens + 4), limits.tokens);
    this.skipped = new TokenList(FEW_TOKENS, limits.tokens);
  }

  run(): Tokens {
    const { main } = this;
    while (this.pos < this.text.length && main.errorCount < MOST_ERRORS) this.next(main, false);
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
    const isKept = ANNOTATION_NAMES.has(name);
    if (isKept) this.budget.entries('annotation', 1, start);
    const inner = isKept ? new TokenList(FEW_TOKENS, this.limits.tokens) : this.skipped;
    inner.lastError = null;
    let depth = 0;
    for (;;) {
      if (this.pos >= text.length) {
        list.error({ code: 'unclosedAnnotation', args: [], position: start }, this.pos);
        return;
      }
      if (!isKept) inner.count = 0;
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
    if (!isKept) return;
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

/** Room for the tokens of most annotations. */
const FEW_TOKENS = 8;

class TokenList {
  kinds: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  count = 0;
  errorCount = 0;
  lastError: LexicalError | null = null;
  private readonly limit: number;
  private errors: Map<number, LexicalError> | null = null;

  /** `limit` is the most tokens. */
  constructor(room: number, limit: number) {
    this.limit = limit;
    this.kinds = new Uint8Array(room);
    this.starts = new Int32Array(room);
    this.ends = new Int32Array(room);
  }

  push(kind: number, start: number, end: number): void {
    if (this.count + 1 >= this.kinds.length) this.grow(start);
    this.kinds[this.count] = kind;
    this.starts[this.count] = start;
    this.ends[this.count++] = end;
  }

  error(error: LexicalError, end: number): void {
    this.errors ??= new Map();
    this.errors.set(this.count, error);
    this.errorCount++;
    this.lastError = error;
    this.push(TOKEN_ERROR, error.position, end);
  }

  finish(text: string, annotations: readonly Annotation[]): Tokens {
    const { count, errors } = this;
    this.push(TOKEN_END, text.length, text.length);
    const { kinds, starts, ends } = this;
    return { text, kinds, starts, ends, count, errors: errors ?? NO_ERRORS, annotations };
  }

  private grow(position: number): void {
    if (this.count > this.limit) overLimit(position, 'tokens of a text', this.limit);
    const grown = <T extends Uint8Array | Int32Array>(array: T, larger: T): T => {
      larger.set(array);
      return larger;
    };
    // The end and what is behind it are tokens, too.
    const size = Math.min(this.kinds.length * 2 + 2, this.limit + 4);
    withRoom(TOKEN_BYTES * size, 'tokens', position, () => {
      this.kinds = grown(this.kinds, new Uint8Array(size));
      this.starts = grown(this.starts, new Int32Array(size));
      this.ends = grown(this.ends, new Int32Array(size));
    });
  }
}

const TOKEN_BYTES = 9;
const NO_ERRORS: ReadonlyMap<number, LexicalError> = new Map();

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
  if (word.length <= LONGEST_KEYWORD && KEYWORD.test(word)) return TOKEN_KEYWORD;
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

/** The bytes of the string literal between its quotes. Throws a ModuleError of kind `limit` if there is no room for them. */
export function stringBytes(text: string, start: number, end: number): Uint8Array<ArrayBuffer> {
  const length = stringLength(text, start, end);
  const bytes = withRoom(length, 'a string', start, () => new Uint8Array(length));
  writeString(text, start, end, bytes, 0);
  return bytes;
}

/** How many bytes the string literal stands for. */
export function stringLength(text: string, start: number, end: number): number {
  return writeString(text, start, end, null, 0);
}

/** A place for what is only counted. */
const nowhere = new Uint8Array(4);

/** Writes the bytes of a string literal from `into[place]` on, or only counts them; gives the place behind. */
export function writeString(
  text: string,
  start: number,
  end: number,
  into: Uint8Array | null,
  place: number,
): number {
  let count = place;
  const write = (point: number): void => {
    count = into === null ? count + writeUtf8(nowhere, 0, point) : writeUtf8(into, count, point);
  };
  for (let at = start + 1; at < end - 1; ) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) {
      const next = text[at + 1] as string;
      const simple = SIMPLE_ESCAPES[next];
      if (simple !== undefined) {
        write(simple);
        at += 2;
      } else if (next === 'u') {
        const close = text.indexOf('}', at);
        write(Number.parseInt(text.slice(at + 3, close).replaceAll('_', ''), 16));
        at = close + 1;
      } else {
        if (into !== null) into[count] = Number.parseInt(text.slice(at + 1, at + 3), 16);
        count++;
        at += 3;
      }
    } else if (code < 0x80) {
      if (into !== null) into[count] = code;
      count++;
      at++;
    } else {
      const point = text.codePointAt(at) as number;
      write(point);
      at += point > 0xffff ? 2 : 1;
    }
  }
  return count;
}

const SIMPLE_ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, '\\': 92, "'": 39, '"': 34 };
