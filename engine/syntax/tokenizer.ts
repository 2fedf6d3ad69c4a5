// A token list of a whole text, for `--dump tokens` and for colouring in a REPL. Without a parser it guesses
// from the tokens before whether a `/` begins a regular expression; it goes on behind errors and never throws.
// Every character belongs to a token or to white space between tokens.

import { Lexer } from './lexer.ts';
import { SourceText } from './source-text.ts';
import { ParseAbort } from './syntax-error.ts';
import {
  STARTS_EXPRESSION,
  T_ASSIGN_DIV,
  T_AWAIT,
  T_BACKTICK,
  T_BIGINT,
  T_DECREMENT,
  T_DIV,
  T_DOT,
  T_EOF,
  T_ESCAPED_KEYWORD,
  T_FALSE,
  T_FIRST_RESERVED,
  T_FOR,
  T_IDENTIFIER,
  T_IF,
  T_INCREMENT,
  T_LBRACE,
  T_LET,
  T_LPAREN,
  T_NULL,
  T_NUMBER,
  T_PRIVATE_NAME,
  T_QUESTION_DOT,
  T_RBRACE,
  T_RBRACKET,
  T_REGEXP,
  T_RPAREN,
  T_STATIC,
  T_STRING,
  T_SUPER,
  T_THIS,
  T_TRUE,
  T_WHILE,
  T_WITH,
  T_YIELD,
  TOKEN_NAMES,
} from './tokens.gen.ts';

export type TokenCategory =
  | 'keyword'
  | 'name'
  | 'privateName'
  | 'literalName'
  | 'number'
  | 'string'
  | 'template'
  | 'regexp'
  | 'punctuator'
  | 'comment'
  | 'error';

export interface Token {
  readonly category: TokenCategory;
  /** Name of the token's kind in the table; '' for comments, pieces of templates and errors. */
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

export interface TokenizeOptions {
  /** HTML-like comments are punctuators then. */
  readonly module?: boolean;
}

/** Splits `text` into tokens and comments, in order. */
export function tokenize(text: string, options: TokenizeOptions = {}): Token[] {
  return new Tokenizer(text, options).run();
}

class Tokenizer {
  private readonly lexer: Lexer;
  private readonly text: string;
  private readonly tokens: Token[] = [];
  /** Kinds of the open brackets; T_BACKTICK stands for the `${` of a template. */
  private readonly open: number[] = [];
  /** For open parentheses: the token before; for open braces: whether an operand may follow the closing one. */
  private readonly before: number[] = [];
  private operandFollows = true;
  private last = T_EOF;

  constructor(text: string, options: TokenizeOptions) {
    this.text = text;
    this.lexer = new Lexer(new SourceText('tokens', text), options.module === true ? 'forbidden' : 'allowed');
  }

  run(): Token[] {
    const { lexer } = this;
    lexer.skipHashbang();
    if (lexer.pos > 0) this.tokens.push({ category: 'comment', kind: '', start: 0, end: lexer.pos });
    for (;;) {
      const gapStart = lexer.pos;
      try {
        lexer.next();
        if (this.operandFollows && (lexer.token === T_DIV || lexer.token === T_ASSIGN_DIV))
          lexer.rescanRegularExpression();
      } catch (error) {
        if (!(error instanceof ParseAbort)) throw error;
        this.recover(error, gapStart);
        continue;
      }
      this.addComments(gapStart, lexer.tokenStart);
      if (lexer.token === T_EOF) return this.tokens;
      this.addToken();
    }
  }

  private addToken(): void {
    const { lexer } = this;
    const token = lexer.token;
    if (token === T_BACKTICK || (token === T_RBRACE && this.open.at(-1) === T_BACKTICK)) {
      if (token === T_RBRACE) this.closeBracket();
      this.addTemplatePiece();
      return;
    }
    this.tokens.push({
      category: categoryOf(token, this.last),
      kind: TOKEN_NAMES[token],
      start: lexer.tokenStart,
      end: lexer.pos,
    });
    this.noteContext(token);
    this.last = token;
  }

  /** Decides whether an operand may follow `token`, which is when a `/` begins a regular expression. */
  private noteContext(token: number): void {
    if (token === T_LPAREN || token === T_LBRACE) {
      this.open.push(token);
      // A `{` where an operand may stand, but not behind `)` or at a statement's start, opens an object literal.
      this.before.push(token === T_LPAREN ? this.last : this.startsBlock() ? 1 : 0);
      this.operandFollows = true;
    } else if (token === T_RPAREN) {
      const before = this.closeBracket();
      this.operandFollows = before === T_IF || before === T_WHILE || before === T_FOR || before === T_WITH;
    } else if (token === T_RBRACE) this.operandFollows = this.closeBracket() === 1;
    else if (this.last === T_DOT || this.last === T_QUESTION_DOT) this.operandFollows = false;
    else if (token !== T_INCREMENT && token !== T_DECREMENT) this.operandFollows = !endsOperand(token);
  }

  private startsBlock(): boolean {
    const { last } = this;
    if (last === T_EOF || last === T_RPAREN || last === T_RBRACE || last === T_LBRACE) return true;
    const text = TOKEN_NAMES[last];
    return (
      text === 'SEMICOLON' ||
      text === 'ARROW' ||
      text === 'ELSE' ||
      text === 'DO' ||
      text === 'TRY' ||
      text === 'FINALLY' ||
      text === 'COLON' ||
      (last >= T_IDENTIFIER && STARTS_EXPRESSION[last] === 1)
    );
  }

  private closeBracket(): number {
    if (this.open.length === 0) return 0;
    this.open.pop();
    return this.before.pop() as number;
  }

  /** A piece of a template, from a backtick or `}` through a backtick or `${`. */
  private addTemplatePiece(): void {
    const { lexer } = this;
    const start = lexer.tokenStart;
    try {
      lexer.scanTemplateCharacters();
    } catch (error) {
      if (!(error instanceof ParseAbort)) throw error;
      lexer.pos = this.text.length;
      this.tokens.push({ category: 'error', kind: '', start, end: lexer.pos });
      return;
    }
    this.tokens.push({ category: 'template', kind: '', start, end: lexer.pos });
    if (!lexer.templateEnds) {
      this.open.push(T_BACKTICK);
      this.before.push(0);
    }
    this.operandFollows = !lexer.templateEnds;
    this.last = T_BACKTICK;
  }

  /** Covers what could not be read by an error token and moves behind it. */
  private recover(error: ParseAbort, gapStart: number): void {
    const { lexer, text } = this;
    let start = lexer.tokenStart;
    let end = error.offset + 1;
    switch (error.code) {
      case 'UnterminatedComment':
        start = error.offset;
        end = text.length;
        break;
      case 'UnterminatedString':
      case 'UnterminatedRegExp':
        end = lineEnd(text, start);
        break;
      default:
        end +=
          text.codePointAt(error.offset) !== undefined && (text.codePointAt(error.offset) as number) > 0xffff
            ? 1
            : 0;
    }
    start = Math.max(start, gapStart);
    end = Math.min(Math.max(end, start + 1), text.length);
    this.addComments(gapStart, start);
    this.tokens.push({ category: 'error', kind: '', start, end });
    lexer.pos = end;
    this.operandFollows = false;
    this.last = T_IDENTIFIER;
  }

  /** The comments between two tokens. */
  private addComments(from: number, to: number): void {
    const { text } = this;
    let pos = from;
    while (pos < to) {
      const c = text[pos];
      let end = pos;
      if (c === '/' && text[pos + 1] === '*') end = text.indexOf('*/', pos + 2) + 2;
      else if (c === '/' || c === '<' || c === '-') end = Math.min(lineEnd(text, pos), to);
      if (end > pos) {
        this.tokens.push({ category: 'comment', kind: '', start: pos, end });
        pos = end;
      } else pos++;
    }
  }
}

function categoryOf(token: number, last: number): TokenCategory {
  if (token === T_NUMBER || token === T_BIGINT) return 'number';
  if (token === T_STRING) return 'string';
  if (token === T_REGEXP) return 'regexp';
  if (token === T_PRIVATE_NAME) return 'privateName';
  if (token < T_IDENTIFIER) return 'punctuator';
  if (last === T_DOT || last === T_QUESTION_DOT) return 'name';
  if (token === T_NULL || token === T_TRUE || token === T_FALSE || token === T_THIS || token === T_SUPER)
    return 'literalName';
  if (token >= T_FIRST_RESERVED) return 'keyword';
  if (token === T_YIELD || token === T_AWAIT || token === T_LET || token === T_STATIC) return 'keyword';
  const name = TOKEN_NAMES[token];
  return name === 'ASYNC' || name === 'OF' || name === 'USING' ? 'keyword' : 'name';
}

/** Whether an operand may end with the token, so that a `/` behind it divides. */
function endsOperand(token: number): boolean {
  if (token === T_RBRACKET) return true;
  if (token === T_THIS || token === T_SUPER || token === T_NULL || token === T_TRUE || token === T_FALSE)
    return true;
  if (token === T_YIELD || token === T_AWAIT) return false;
  return token >= T_NUMBER && token <= T_ESCAPED_KEYWORD;
}

function lineEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x0a || c === 0x0d || c === 0x2028 || c === 0x2029) return i;
  }
  return text.length;
}
