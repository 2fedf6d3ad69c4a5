// hot
// The lexer: one token at a time, on demand. The parser decides where a `/` begins a regular expression
// (`rescanRegularExpression`) and where a `}` goes on with a template (`scanTemplateCharacters`), so the
// lexer needs no notion of the grammar's context.
//
// Invariant: `pos` is the end of the current token; nothing behind it has been read. So a state is restored
// by setting `pos` to a token's start and scanning again (`rewind`).

import { isIdentifierPartChar, isIdentifierStartChar } from '../unicode/identifier.ts';
import { isWhiteSpace } from '../unicode/white-space.ts';
import { AtomTable, hashName } from './atom-table.ts';
import type { MessageCode } from './messages.ts';
import type { SourceText } from './source-text.ts';
import { ParseAbort } from './syntax-error.ts';
import {
  T_ADD,
  T_AND,
  T_ARGUMENTS,
  T_ARROW,
  T_ASSIGN,
  T_ASSIGN_ADD,
  T_ASSIGN_AND,
  T_ASSIGN_COALESCE,
  T_ASSIGN_DIV,
  T_ASSIGN_EXP,
  T_ASSIGN_LOGICAL_AND,
  T_ASSIGN_LOGICAL_OR,
  T_ASSIGN_MOD,
  T_ASSIGN_MUL,
  T_ASSIGN_OR,
  T_ASSIGN_SAR,
  T_ASSIGN_SHL,
  T_ASSIGN_SHR,
  T_ASSIGN_SUB,
  T_ASSIGN_XOR,
  T_AT,
  T_BACKTICK,
  T_BIGINT,
  T_BIT_NOT,
  T_COALESCE,
  T_COLON,
  T_COMMA,
  T_DECREMENT,
  T_DIV,
  T_DOT,
  T_ELLIPSIS,
  T_EOF,
  T_EQ,
  T_EQ_STRICT,
  T_ESCAPED_KEYWORD,
  T_EVAL,
  T_EXP,
  T_GE,
  T_GT,
  T_IDENTIFIER,
  T_INCREMENT,
  T_LAST_CONTEXTUAL,
  T_LBRACE,
  T_LBRACKET,
  T_LE,
  T_LOGICAL_AND,
  T_LOGICAL_OR,
  T_LPAREN,
  T_LT,
  T_MOD,
  T_MUL,
  T_NE,
  T_NE_STRICT,
  T_NOT,
  T_NUMBER,
  T_OR,
  T_PRIVATE_NAME,
  T_QUESTION,
  T_QUESTION_DOT,
  T_RBRACE,
  T_RBRACKET,
  T_REGEXP,
  T_RPAREN,
  T_SAR,
  T_SEMICOLON,
  T_SHL,
  T_SHR,
  T_STRING,
  T_SUB,
  T_XOR,
} from './tokens.gen.ts';

// By ASCII code: 1 IdentifierStartChar, 2 IdentifierPartChar only (digits).
const NAME_CLASS = new Uint8Array(128);
for (let c = 0; c < 128; c++) {
  if ((c >= 0x61 && c <= 0x7a) || (c >= 0x41 && c <= 0x5a) || c === 0x24 || c === 0x5f) NAME_CLASS[c] = 1;
  else if (c >= 0x30 && c <= 0x39) NAME_CLASS[c] = 2;
}

/** Whether `-->` and `<!--` are comments: in scripts, by Annex B. */
export type HtmlLikeComments = 'allowed' | 'forbidden';

export class Lexer {
  readonly source: SourceText;
  readonly text: string;
  readonly atoms: AtomTable;
  protected readonly htmlLikeComments: boolean;
  protected readonly end: number;
  /** End of the current token. */
  pos: number;
  /** Kind of the current token. */
  token: number;
  tokenStart: number;
  /** End of the token before. */
  lastEnd: number;
  /** A line terminator stands between the token before and the current one. */
  newlineBefore: boolean;
  /** Name, string value, BigInt digits or pattern of the current token. */
  value: string;
  /** Value of a NUMBER token. */
  number: number;
  /** The name or string is written with an escape. */
  escaped: boolean;
  /** For ESCAPED_KEYWORD: the kind the name would have. */
  escapedKind: number;
  /** Offset of a legacy octal literal or escape (`\8` and `\9` too) in the current token, or -1. */
  octalPos: number;
  /** Flags of a REGEXP token. */
  regexpFlags: string;
  /** Of the TemplateCharacters scanned last: cooked value (undefined: an escape in it is malformed), raw value, end. */
  cooked: string | undefined;
  raw: string;
  templateEnds: boolean;
  badEscapePos: number;
  badEscapeCode: MessageCode;
  private readonly begin: number;

  constructor(source: SourceText, html: HtmlLikeComments) {
    this.source = source;
    this.text = source.text;
    this.atoms = AtomTable.create();
    this.htmlLikeComments = html === 'allowed';
    this.end = source.text.length;
    this.pos = 0;
    this.token = T_EOF;
    this.tokenStart = 0;
    this.lastEnd = 0;
    this.newlineBefore = false;
    this.value = '';
    this.number = 0;
    this.escaped = false;
    this.escapedKind = 0;
    this.octalPos = -1;
    this.regexpFlags = '';
    this.cooked = '';
    this.raw = '';
    this.templateEnds = false;
    this.badEscapePos = -1;
    this.badEscapeCode = 'InvalidHexEscape';
    this.begin = 0;
  }

  /** Aborts the parse with an error of `code` at `offset`. */
  fail(code: MessageCode, offset: number, argument = ''): never {
    throw new ParseAbort(code, offset, argument);
  }

  /** Skips a Hashbang comment, which may stand only at the very start. */
  skipHashbang(): void {
    if (this.text.startsWith('#!')) this.pos = this.skipLine(2);
  }

  /** Goes back to a token that started at `start`, whose `lastEnd` and `newlineBefore` were as given. */
  rewind(start: number, lastEnd: number, newlineBefore: boolean): void {
    this.pos = start;
    this.next();
    this.lastEnd = lastEnd;
    this.newlineBefore = newlineBefore;
  }

  /** Scans the next token. Throws ParseAbort. */
  next(): void {
    const text = this.text;
    const end = this.end;
    let pos = this.pos;
    this.lastEnd = pos;
    this.newlineBefore = false;
    for (;;) {
      if (pos >= end) {
        this.tokenStart = end;
        this.pos = end;
        this.token = T_EOF;
        return;
      }
      const c = text.charCodeAt(pos);
      if (c === 0x20 || c === 0x09) {
        pos++;
        continue;
      }
      if (c < 128 && NAME_CLASS[c] === 1) {
        this.tokenStart = pos;
        this.scanName(pos, c);
        return;
      }
      switch (c) {
        case 0x0b:
        case 0x0c:
          pos++;
          continue;
        case 0x0a:
        case 0x0d:
          this.newlineBefore = true;
          pos++;
          continue;
        case 0x2f /* / */:
          {
            const d = pos + 1 < end ? text.charCodeAt(pos + 1) : 0;
            if (d === 0x2f) {
              pos = this.skipLine(pos + 2);
              continue;
            }
            if (d === 0x2a) {
              pos = this.skipBlockComment(pos);
              continue;
            }
            this.tokenStart = pos;
            if (d === 0x3d) this.finish(T_ASSIGN_DIV, pos + 2);
            else this.finish(T_DIV, pos + 1);
            return;
          }
        case 0x28 /* ( */:
          this.tokenStart = pos;
          this.finish(T_LPAREN, pos + 1);
          return;
        case 0x29 /* ) */:
          this.tokenStart = pos;
          this.finish(T_RPAREN, pos + 1);
          return;
        case 0x2e /* . */:
          {
            this.tokenStart = pos;
            const d = pos + 1 < end ? text.charCodeAt(pos + 1) : 0;
            if (d >= 0x30 && d <= 0x39) {
              this.scanNumber(pos, c);
              return;
            }
            if (d === 0x2e && pos + 2 < end && text.charCodeAt(pos + 2) === 0x2e)
              this.finish(T_ELLIPSIS, pos + 3);
            else this.finish(T_DOT, pos + 1);
            return;
          }
        case 0x2c /* , */:
          this.tokenStart = pos;
          this.finish(T_COMMA, pos + 1);
          return;
        case 0x3b /* ; */:
          this.tokenStart = pos;
          this.finish(T_SEMICOLON, pos + 1);
          return;
        case 0x7b /* { */:
          this.tokenStart = pos;
          this.finish(T_LBRACE, pos + 1);
          return;
        case 0x7d /* } */:
          this.tokenStart = pos;
          this.finish(T_RBRACE, pos + 1);
          return;
        case 0x5b /* [ */:
          this.tokenStart = pos;
          this.finish(T_LBRACKET, pos + 1);
          return;
        case 0x5d /* ] */:
          this.tokenStart = pos;
          this.finish(T_RBRACKET, pos + 1);
          return;
        case 0x3a /* : */:
          this.tokenStart = pos;
          this.finish(T_COLON, pos + 1);
          return;
        case 0x3d /* = */:
          {
            this.tokenStart = pos;
            const d = pos + 1 < end ? text.charCodeAt(pos + 1) : 0;
            if (d === 0x3d) {
              if (pos + 2 < end && text.charCodeAt(pos + 2) === 0x3d) this.finish(T_EQ_STRICT, pos + 3);
              else this.finish(T_EQ, pos + 2);
            } else if (d === 0x3e) this.finish(T_ARROW, pos + 2);
            else this.finish(T_ASSIGN, pos + 1);
            return;
          }
        case 0x22 /* " */:
        case 0x27 /* ' */:
          this.tokenStart = pos;
          this.scanString(pos, c);
          return;
        case 0x60 /* ` */:
          this.tokenStart = pos;
          this.finish(T_BACKTICK, pos + 1);
          return;
        case 0x30:
        case 0x31:
        case 0x32:
        case 0x33:
        case 0x34:
        case 0x35:
        case 0x36:
        case 0x37:
        case 0x38:
        case 0x39:
          this.tokenStart = pos;
          this.scanNumber(pos, c);
          return;
        case 0x2d /* - */:
          if (this.startsHtmlCloseComment(pos)) {
            pos = this.skipLine(pos + 3);
            continue;
          }
          this.tokenStart = pos;
          this.scanOperator(pos, c);
          return;
        case 0x3c /* < */:
          if (this.htmlLikeComments && text.startsWith('<!--', pos)) {
            pos = this.skipLine(pos + 4);
            continue;
          }
          this.tokenStart = pos;
          this.scanOperator(pos, c);
          return;
        default:
          if (c >= 128) {
            if (c === 0x2028 || c === 0x2029) {
              this.newlineBefore = true;
              pos++;
              continue;
            }
            if (isWhiteSpace(c)) {
              pos++;
              continue;
            }
          }
          this.tokenStart = pos;
          this.scanOther(pos, c);
          return;
      }
    }
  }

  private finish(token: number, pos: number): void {
    this.token = token;
    this.pos = pos;
  }

  // ---------------------------------------------------------------- comments

  /** The end of the line that contains `pos`. */
  private skipLine(pos: number): number {
    const text = this.text;
    const end = this.end;
    while (pos < end) {
      const c = text.charCodeAt(pos);
      if (c === 0x0a || c === 0x0d || c === 0x2028 || c === 0x2029) break;
      pos++;
    }
    return pos;
  }

  private skipBlockComment(start: number): number {
    const text = this.text;
    const close = text.indexOf('*/', start + 2);
    if (close < 0) this.fail('UnterminatedComment', start);
    if (!this.newlineBefore) {
      for (let i = start + 2; i < close; i++) {
        const c = text.charCodeAt(i);
        if (c === 0x0a || c === 0x0d || c === 0x2028 || c === 0x2029) {
          this.newlineBefore = true;
          break;
        }
      }
    }
    return close + 2;
  }

  /** `-->` is a comment where only white space and comments precede it on its line. */
  private startsHtmlCloseComment(pos: number): boolean {
    return (
      this.htmlLikeComments &&
      (this.newlineBefore || this.lastEnd === this.begin) &&
      this.text.startsWith('-->', pos)
    );
  }

  // ---------------------------------------------------------------- names

  private scanName(start: number, first: number): void {
    const text = this.text;
    const end = this.end;
    let hash = first;
    let pos = start + 1;
    while (pos < end) {
      const c = text.charCodeAt(pos);
      if (c >= 128) {
        this.scanUnusualName(start);
        return;
      }
      if (NAME_CLASS[c] === 0) {
        if (c === 0x5c) {
          this.scanUnusualName(start);
          return;
        }
        break;
      }
      hash = (Math.imul(hash, 31) + c) | 0;
      pos++;
    }
    const atom = this.atoms.intern(text, start, pos, hash);
    this.value = this.atoms.names[atom];
    this.token = this.atoms.kindOf(atom);
    this.escaped = false;
    this.pos = pos;
  }

  /** A name that has escapes or characters beyond ASCII. */
  private scanUnusualName(start: number): void {
    this.pos = start;
    this.escaped = false;
    const name = this.readUnusualName();
    const atom = this.atoms.intern(name, 0, name.length, hashName(name));
    this.value = this.atoms.names[atom];
    const kind = this.atoms.kindOf(atom);
    this.token = kind;
    if (!this.escaped) return;
    if (kind > T_LAST_CONTEXTUAL) {
      this.token = T_ESCAPED_KEYWORD;
      this.escapedKind = kind;
    } else if (kind !== T_EVAL && kind !== T_ARGUMENTS) this.token = T_IDENTIFIER;
  }

  /** Reads an IdentifierName from `pos` on; sets `escaped` if it has an escape. */
  private readUnusualName(): string {
    const text = this.text;
    let name = '';
    let chunkStart = this.pos;
    let isFirst = true;
    while (this.pos < this.end) {
      const c = text.charCodeAt(this.pos);
      if (c < 128 && NAME_CLASS[c] !== 0 && !(isFirst && NAME_CLASS[c] === 2)) {
        this.pos++;
      } else if (c === 0x5c) {
        name += text.slice(chunkStart, this.pos);
        const escapeStart = this.pos;
        this.escaped = true;
        this.pos++;
        if (this.pos >= this.end || text.charCodeAt(this.pos) !== 0x75)
          this.fail('InvalidUnicodeEscape', escapeStart);
        this.pos++;
        const codePoint = this.readUnicodeEscape();
        if (codePoint < 0) this.fail('InvalidUnicodeEscape', escapeStart);
        if (!(isFirst ? isIdentifierStartChar(codePoint) : isIdentifierPartChar(codePoint)))
          this.fail('InvalidNameEscape', escapeStart);
        name += String.fromCodePoint(codePoint);
        chunkStart = this.pos;
      } else if (c >= 128) {
        const codePoint = text.codePointAt(this.pos) as number;
        if (!(isFirst ? isIdentifierStartChar(codePoint) : isIdentifierPartChar(codePoint))) break;
        this.pos += codePoint > 0xffff ? 2 : 1;
      } else break;
      isFirst = false;
    }
    return name + text.slice(chunkStart, this.pos);
  }

  /** Everything `next` has no fast path for. */
  private scanOther(pos: number, c: number): void {
    if (c === 0x23 /* # */) {
      this.scanPrivateName(pos);
      return;
    }
    if (c === 0x5c || (c >= 128 && isIdentifierStartChar(this.text.codePointAt(pos) as number))) {
      this.scanUnusualName(pos);
      return;
    }
    this.scanOperator(pos, c);
  }

  private scanPrivateName(start: number): void {
    this.pos = start + 1;
    this.escaped = false;
    const name = this.readUnusualName();
    if (name === '') this.fail('UnexpectedCharacter', start, '#');
    this.value = this.atoms.names[this.atoms.internString(name)];
    this.token = T_PRIVATE_NAME;
  }

  // ---------------------------------------------------------------- punctuators

  private scanOperator(pos: number, c: number): void {
    const text = this.text;
    const end = this.end;
    const d = pos + 1 < end ? text.charCodeAt(pos + 1) : 0;
    const e = pos + 2 < end ? text.charCodeAt(pos + 2) : 0;
    switch (c) {
      case 0x21 /* ! */:
        if (d !== 0x3d) this.finish(T_NOT, pos + 1);
        else if (e === 0x3d) this.finish(T_NE_STRICT, pos + 3);
        else this.finish(T_NE, pos + 2);
        return;
      case 0x25 /* % */:
        if (d === 0x3d) this.finish(T_ASSIGN_MOD, pos + 2);
        else this.finish(T_MOD, pos + 1);
        return;
      case 0x26 /* & */:
        if (d === 0x26) {
          if (e === 0x3d) this.finish(T_ASSIGN_LOGICAL_AND, pos + 3);
          else this.finish(T_LOGICAL_AND, pos + 2);
        } else if (d === 0x3d) this.finish(T_ASSIGN_AND, pos + 2);
        else this.finish(T_AND, pos + 1);
        return;
      case 0x2a /* * */:
        if (d === 0x2a) {
          if (e === 0x3d) this.finish(T_ASSIGN_EXP, pos + 3);
          else this.finish(T_EXP, pos + 2);
        } else if (d === 0x3d) this.finish(T_ASSIGN_MUL, pos + 2);
        else this.finish(T_MUL, pos + 1);
        return;
      case 0x2b /* + */:
        if (d === 0x2b) this.finish(T_INCREMENT, pos + 2);
        else if (d === 0x3d) this.finish(T_ASSIGN_ADD, pos + 2);
        else this.finish(T_ADD, pos + 1);
        return;
      case 0x2d /* - */:
        if (d === 0x2d) this.finish(T_DECREMENT, pos + 2);
        else if (d === 0x3d) this.finish(T_ASSIGN_SUB, pos + 2);
        else this.finish(T_SUB, pos + 1);
        return;
      case 0x3c /* < */:
        if (d === 0x3c) {
          if (e === 0x3d) this.finish(T_ASSIGN_SHL, pos + 3);
          else this.finish(T_SHL, pos + 2);
        } else if (d === 0x3d) this.finish(T_LE, pos + 2);
        else this.finish(T_LT, pos + 1);
        return;
      case 0x3e /* > */:
        if (d === 0x3e) {
          if (e === 0x3e) {
            if (pos + 3 < end && text.charCodeAt(pos + 3) === 0x3d) this.finish(T_ASSIGN_SHR, pos + 4);
            else this.finish(T_SHR, pos + 3);
          } else if (e === 0x3d) this.finish(T_ASSIGN_SAR, pos + 3);
          else this.finish(T_SAR, pos + 2);
        } else if (d === 0x3d) this.finish(T_GE, pos + 2);
        else this.finish(T_GT, pos + 1);
        return;
      case 0x3f /* ? */:
        if (d === 0x3f) {
          if (e === 0x3d) this.finish(T_ASSIGN_COALESCE, pos + 3);
          else this.finish(T_COALESCE, pos + 2);
        } else if (d === 0x2e && !(e >= 0x30 && e <= 0x39)) this.finish(T_QUESTION_DOT, pos + 2);
        else this.finish(T_QUESTION, pos + 1);
        return;
      case 0x40 /* @ */:
        this.finish(T_AT, pos + 1);
        return;
      case 0x5e /* ^ */:
        if (d === 0x3d) this.finish(T_ASSIGN_XOR, pos + 2);
        else this.finish(T_XOR, pos + 1);
        return;
      case 0x7c /* | */:
        if (d === 0x7c) {
          if (e === 0x3d) this.finish(T_ASSIGN_LOGICAL_OR, pos + 3);
          else this.finish(T_LOGICAL_OR, pos + 2);
        } else if (d === 0x3d) this.finish(T_ASSIGN_OR, pos + 2);
        else this.finish(T_OR, pos + 1);
        return;
      case 0x7e /* ~ */:
        this.finish(T_BIT_NOT, pos + 1);
        return;
      default:
        this.fail('UnexpectedCharacter', pos, String.fromCodePoint(text.codePointAt(pos) as number));
    }
  }

  // ---------------------------------------------------------------- numbers

  private scanNumber(start: number, first: number): void {
    const text = this.text;
    const end = this.end;
    this.octalPos = -1;
    let pos = start;
    if (first === 0x30 /* 0 */) {
      const d = pos + 1 < end ? text.charCodeAt(pos + 1) | 0x20 : 0;
      const radix = d === 0x78 ? 16 : d === 0x6f ? 8 : d === 0x62 ? 2 : 0;
      if (radix !== 0) {
        this.scanRadixNumber(start, radix);
        return;
      }
      const digit = pos + 1 < end ? text.charCodeAt(pos + 1) : 0;
      if (digit >= 0x30 && digit <= 0x39) {
        this.scanLegacyNumber(start);
        return;
      }
      if (digit === 0x5f) this.fail('InvalidSeparator', pos + 1);
    }
    // Fast path: a short run of digits is its own value.
    let value = 0;
    while (pos < end) {
      const c = text.charCodeAt(pos);
      if (c < 0x30 || c > 0x39) break;
      value = value * 10 + (c - 0x30);
      pos++;
    }
    const c = pos < end ? text.charCodeAt(pos) : 0;
    if (pos - start <= 15 && c !== 0x2e && c !== 0x5f && (c | 0x20) !== 0x65 && c !== 0x6e && pos > start) {
      this.number = value;
      this.finishNumber(T_NUMBER, pos);
      return;
    }
    this.scanDecimal(start, pos);
  }

  /** A decimal literal that has a point, an exponent, separators, an `n` or many digits; digits are read up to `pos`. */
  private scanDecimal(start: number, pos: number): void {
    const text = this.text;
    let separators = false;
    if (text.charCodeAt(start) !== 0x2e) {
      const digitsEnd = this.skipDigits(start, 10);
      separators = digitsEnd > pos;
      pos = digitsEnd;
      if (text.charCodeAt(pos) === 0x6e /* n */) {
        this.value = this.withoutSeparators(start, pos);
        this.finishNumber(T_BIGINT, pos + 1);
        return;
      }
    }
    if (text.charCodeAt(pos) === 0x2e) {
      pos++;
      const c = text.charCodeAt(pos);
      if (c === 0x5f) this.fail('InvalidSeparator', pos);
      if (c >= 0x30 && c <= 0x39) pos = this.skipDigits(pos, 10);
      separators = true;
    }
    pos = this.skipExponent(pos);
    this.number = Number(separators ? this.withoutSeparators(start, pos) : text.slice(start, pos));
    this.finishNumber(T_NUMBER, pos);
  }

  private skipExponent(pos: number): number {
    const text = this.text;
    if ((text.charCodeAt(pos) | 0x20) !== 0x65) return pos;
    pos++;
    const sign = text.charCodeAt(pos);
    if (sign === 0x2b || sign === 0x2d) pos++;
    const c = text.charCodeAt(pos);
    if (!(c >= 0x30 && c <= 0x39)) this.fail('InvalidNumber', pos);
    return this.skipDigits(pos, 10);
  }

  private withoutSeparators(start: number, end: number): string {
    return this.text.slice(start, end).replaceAll('_', '');
  }

  /** The end of the digits of `radix` (at least one, unless there is none at all) with single separators between. */
  private skipDigits(pos: number, radix: number): number {
    const text = this.text;
    const start = pos;
    let lastWasSeparator = false;
    while (pos < this.end) {
      const c = text.charCodeAt(pos);
      if (c === 0x5f) {
        if (lastWasSeparator || pos === start) this.fail('InvalidSeparator', pos);
        lastWasSeparator = true;
      } else if (digitValue(c) < radix) lastWasSeparator = false;
      else break;
      pos++;
    }
    if (lastWasSeparator) this.fail('InvalidSeparator', pos - 1);
    return pos;
  }

  private scanRadixNumber(start: number, radix: number): void {
    const pos = this.skipDigits(start + 2, radix);
    if (pos === start + 2) this.fail('InvalidNumber', pos);
    const digits = this.withoutSeparators(start, pos);
    if (pos < this.end && this.text.charCodeAt(pos) === 0x6e) {
      this.value = digits;
      this.finishNumber(T_BIGINT, pos + 1);
    } else {
      this.number = Number(digits);
      this.finishNumber(T_NUMBER, pos);
    }
  }

  /** `017` (LegacyOctalIntegerLiteral) or `089.5` (NonOctalDecimalIntegerLiteral). */
  private scanLegacyNumber(start: number): void {
    const text = this.text;
    this.octalPos = start;
    let pos = start;
    let isOctal = true;
    for (; pos < this.end; pos++) {
      const c = text.charCodeAt(pos);
      if (c < 0x30 || c > 0x39) break;
      if (c > 0x37) isOctal = false;
    }
    const c = pos < this.end ? text.charCodeAt(pos) : 0;
    if (c === 0x5f) this.fail('InvalidSeparator', pos);
    if (isOctal) {
      this.number = Number(`0o${text.slice(start + 1, pos)}`);
    } else {
      if (c === 0x2e) {
        pos++;
        const d = pos < this.end ? text.charCodeAt(pos) : 0;
        if (d === 0x5f) this.fail('InvalidSeparator', pos);
        if (d >= 0x30 && d <= 0x39) pos = this.skipDigits(pos, 10);
      }
      pos = this.skipExponent(pos);
      this.number = Number(this.withoutSeparators(start, pos));
    }
    this.finishNumber(T_NUMBER, pos);
  }

  /** The character behind a numeric literal must be neither an IdentifierStart nor a digit. */
  private finishNumber(token: number, pos: number): void {
    if (pos < this.end) {
      const c = this.text.charCodeAt(pos);
      if (
        c < 128
          ? NAME_CLASS[c] !== 0 || c === 0x5c
          : isIdentifierStartChar(this.text.codePointAt(pos) as number)
      )
        this.fail('NameAfterNumber', pos);
    }
    this.token = token;
    this.pos = pos;
  }

  // ---------------------------------------------------------------- strings

  private scanString(start: number, quote: number): void {
    const text = this.text;
    const end = this.end;
    this.octalPos = -1;
    let pos = start + 1;
    while (pos < end) {
      const c = text.charCodeAt(pos);
      if (c === quote) {
        this.value = text.slice(start + 1, pos);
        this.escaped = false;
        this.token = T_STRING;
        this.pos = pos + 1;
        return;
      }
      if (c === 0x5c) {
        this.scanStringWithEscapes(start, pos, quote);
        return;
      }
      if (c === 0x0a || c === 0x0d) break;
      pos++;
    }
    this.fail('UnterminatedString', start);
  }

  private scanStringWithEscapes(start: number, firstEscape: number, quote: number): void {
    const text = this.text;
    const end = this.end;
    let value = '';
    let chunkStart = start + 1;
    let pos = firstEscape;
    while (pos < end) {
      const c = text.charCodeAt(pos);
      if (c === quote) {
        this.value = value + text.slice(chunkStart, pos);
        this.escaped = true;
        this.token = T_STRING;
        this.pos = pos + 1;
        return;
      }
      if (c === 0x5c) {
        value += text.slice(chunkStart, pos);
        this.badEscapePos = -1;
        this.pos = pos + 1;
        value += this.readEscape();
        if (this.badEscapePos >= 0) this.fail(this.badEscapeCode, this.badEscapePos);
        pos = chunkStart = this.pos;
      } else if (c === 0x0a || c === 0x0d) break;
      else pos++;
    }
    this.fail('UnterminatedString', start);
  }

  /**
   * Reads an EscapeSequence behind its backslash. A malformed one sets `badEscapePos` and `badEscapeCode`; a
   * legacy octal one sets `octalPos`.
   */
  private readEscape(): string {
    const text = this.text;
    const escapeStart = this.pos - 1;
    if (this.pos >= this.end) return '';
    const c = text.charCodeAt(this.pos++);
    switch (c) {
      case 0x6e:
        return '\n';
      case 0x72:
        return '\r';
      case 0x74:
        return '\t';
      case 0x62:
        return '\b';
      case 0x66:
        return '\f';
      case 0x76:
        return '\v';
      case 0x0d:
        if (this.pos < this.end && text.charCodeAt(this.pos) === 0x0a) this.pos++;
        return '';
      case 0x0a:
      case 0x2028:
      case 0x2029:
        return '';
      case 0x78 /* x */:
        {
          const high = this.pos < this.end ? digitValue(text.charCodeAt(this.pos)) : 99;
          const low = this.pos + 1 < this.end ? digitValue(text.charCodeAt(this.pos + 1)) : 99;
          if (high > 15 || low > 15) {
            this.badEscape('InvalidHexEscape', escapeStart);
            return '';
          }
          this.pos += 2;
          return String.fromCharCode(high * 16 + low);
        }
      case 0x75 /* u */:
        {
          const codePoint = this.readUnicodeEscape();
          if (codePoint < 0) {
            this.badEscape('InvalidUnicodeEscape', escapeStart);
            return '';
          }
          return String.fromCodePoint(codePoint);
        }
      case 0x30:
      case 0x31:
      case 0x32:
      case 0x33:
      case 0x34:
      case 0x35:
      case 0x36:
      case 0x37: {
        const next = this.pos < this.end ? text.charCodeAt(this.pos) : 0;
        if (c === 0x30 && !(next >= 0x30 && next <= 0x39)) return '\0';
        if (this.octalPos < 0) this.octalPos = escapeStart;
        let value = c - 0x30;
        if (next >= 0x30 && next <= 0x37) {
          value = value * 8 + (next - 0x30);
          this.pos++;
          const third = this.pos < this.end ? text.charCodeAt(this.pos) : 0;
          if (c <= 0x33 && third >= 0x30 && third <= 0x37) {
            value = value * 8 + (third - 0x30);
            this.pos++;
          }
        }
        return String.fromCharCode(value);
      }
      case 0x38:
      case 0x39:
        if (this.octalPos < 0) this.octalPos = escapeStart;
        return String.fromCharCode(c);
      default:
        return String.fromCharCode(c);
    }
  }

  private badEscape(code: MessageCode, pos: number): void {
    if (this.badEscapePos >= 0) return;
    this.badEscapePos = pos;
    this.badEscapeCode = code;
  }

  /** Reads `XXXX` or `{X…}` behind `\u`; returns the code point or -1. */
  private readUnicodeEscape(): number {
    const text = this.text;
    let value = 0;
    if (this.pos < this.end && text.charCodeAt(this.pos) === 0x7b) {
      let pos = this.pos + 1;
      const first = pos;
      for (; pos < this.end; pos++) {
        const digit = digitValue(text.charCodeAt(pos));
        if (digit > 15) break;
        value = value * 16 + digit;
        if (value > 0x10ffff) return -1;
      }
      if (pos === first || pos >= this.end || text.charCodeAt(pos) !== 0x7d) return -1;
      this.pos = pos + 1;
      return value;
    }
    for (let i = 0; i < 4; i++) {
      const digit = this.pos + i < this.end ? digitValue(text.charCodeAt(this.pos + i)) : 99;
      if (digit > 15) return -1;
      value = value * 16 + digit;
    }
    this.pos += 4;
    return value;
  }

  // ---------------------------------------------------------------- templates

  /**
   * Scans the TemplateCharacters behind the current token, a backtick or the `}` of a substitution, through
   * the closing backtick (`templateEnds`) or the `${` of the next substitution. Sets `cooked` and `raw`.
   */
  scanTemplateCharacters(): void {
    const text = this.text;
    const end = this.end;
    const start = this.pos;
    this.octalPos = -1;
    this.badEscapePos = -1;
    let cooked = '';
    let raw = '';
    let chunkStart = start;
    let rawStart = start;
    let pos = start;
    for (;;) {
      if (pos >= end) this.fail('UnterminatedTemplate', this.tokenStart);
      const c = text.charCodeAt(pos);
      if (c === 0x60 || (c === 0x24 && pos + 1 < end && text.charCodeAt(pos + 1) === 0x7b)) break;
      if (c === 0x5c) {
        cooked += text.slice(chunkStart, pos);
        this.pos = pos + 1;
        if (this.pos >= end) this.fail('UnterminatedTemplate', this.tokenStart);
        cooked += this.readEscape();
        // The raw value keeps the escape as written, apart from CR in a line continuation.
        const written = text.slice(rawStart, this.pos);
        raw += written.includes('\r') ? written.replace(/\r\n?/g, '\n') : written;
        rawStart = chunkStart = pos = this.pos;
      } else if (c === 0x0d) {
        cooked += `${text.slice(chunkStart, pos)}\n`;
        raw += `${text.slice(rawStart, pos)}\n`;
        pos++;
        if (pos < end && text.charCodeAt(pos) === 0x0a) pos++;
        rawStart = chunkStart = pos;
      } else pos++;
    }
    this.templateEnds = text.charCodeAt(pos) === 0x60;
    if (this.octalPos >= 0) this.badEscape('OctalInTemplate', this.octalPos);
    cooked += text.slice(chunkStart, pos);
    this.raw = raw + text.slice(rawStart, pos);
    this.cooked = this.badEscapePos >= 0 ? undefined : cooked;
    this.pos = pos + (this.templateEnds ? 1 : 2);
  }

  // ---------------------------------------------------------------- regular expressions

  /** Reads the current token, `/` or `/=`, again as a RegularExpressionLiteral. */
  rescanRegularExpression(): void {
    const text = this.text;
    const end = this.end;
    const start = this.tokenStart;
    let pos = start + 1;
    let inClass = false;
    for (;;) {
      if (pos >= end) this.fail('UnterminatedRegExp', start);
      let c = text.charCodeAt(pos);
      if (c === 0x5c) {
        pos++;
        if (pos >= end) this.fail('UnterminatedRegExp', start);
        c = text.charCodeAt(pos);
      } else if (c === 0x5b) inClass = true;
      else if (c === 0x5d) inClass = false;
      else if (c === 0x2f && !inClass) break;
      if (c === 0x0a || c === 0x0d || c === 0x2028 || c === 0x2029) this.fail('UnterminatedRegExp', start);
      pos++;
    }
    this.value = text.slice(start + 1, pos);
    this.pos = pos + 1;
    const flagsStart = this.pos;
    while (this.pos < end) {
      const c = text.charCodeAt(this.pos);
      if (c < 128) {
        if (c === 0x5c) this.fail('InvalidRegExpFlags', this.pos, '\\');
        if (NAME_CLASS[c] === 0) break;
        this.pos++;
      } else {
        const codePoint = text.codePointAt(this.pos) as number;
        if (!isIdentifierPartChar(codePoint)) break;
        this.pos += codePoint > 0xffff ? 2 : 1;
      }
    }
    this.regexpFlags = text.slice(flagsStart, this.pos);
    this.token = T_REGEXP;
  }
}

/** The value of a digit in radix up to 36, or 99. */
function digitValue(c: number): number {
  if (c >= 0x30 && c <= 0x39) return c - 0x30;
  const lower = c | 0x20;
  if (lower >= 0x61 && lower <= 0x66) return lower - 0x61 + 10;
  return 99;
}
