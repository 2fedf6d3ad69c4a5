// hot
// What every part of the parser stands on: its state, expected tokens, identifiers, semicolon insertion,
// the nesting limit. The parser is one class made in layers (base, patterns, expressions, functions,
// statements, modules), each in its file; a layer declares what it needs from the ones above as abstract.
//
// Nesting: every production that can contain itself adds its cost to `stackUse` on the way in and takes it off
// on the way out, so that no text can exhaust the host's stack. What has any number of links in a row (`a + b + …`,
// `a.b.c…`, `a = b = …`, `!!!a`) is a loop and costs that once.

import { BindingIdentifier } from '../ast.gen.ts';
import { type HtmlLikeComments, Lexer } from '../lexer.ts';
import type { ScopeKind } from '../scope.ts';
import type { SourceText } from '../source-text.ts';
import {
  T_AWAIT,
  T_BIGINT,
  T_EOF,
  T_ESCAPED_KEYWORD,
  T_FIRST_RESERVED,
  T_IDENTIFIER,
  T_IMPLEMENTS,
  T_LAST_CONTEXTUAL,
  T_LAST_STRICT_RESERVED,
  T_NUMBER,
  T_PRIVATE_NAME,
  T_RBRACE,
  T_SEMICOLON,
  T_STRING,
  T_YIELD,
  TOKEN_TEXTS,
} from '../tokens.gen.ts';
import { CTX_AWAIT, CTX_AWAIT_RESERVED, CTX_IN, CTX_MODULE, CTX_STRICT, CTX_YIELD } from './context.ts';
import type { PrivateEnvironment } from './private-names.ts';
import { ScopeTracker } from './scope-tracker.ts';

export abstract class ParserBase extends Lexer {
  protected context: number;
  protected readonly scopes: ScopeTracker;
  /** Bytes of the host's stack that the open productions use, by stack-costs.ts. */
  protected stackUse: number;
  protected readonly stackLimit: number;
  /** USES_ bits of the current function. */
  protected functionFlags: number;
  /** How many non-arrow functions are open; 0: top level. Arrow functions count too: `await` in them is not top-level. */
  protected functionDepth: number;
  /** Where an ObjectLiteral was read that is only valid as a pattern (`{ a = 1 }`, two `__proto__`), or -1. */
  protected coverErrorPos: number;
  /** The start of the innermost AssignmentExpression: only there may an arrow function's parameters stand. */
  protected arrowStart: number;
  // First YieldExpression, AwaitExpression and identifier `await` in the possible arrow parameters, or -1.
  protected yieldPos: number;
  protected awaitPos: number;
  protected awaitNamePos: number;
  protected readonly labelNames: string[];
  protected readonly labelIsLoop: boolean[];
  /** Labels of the current function start here. */
  protected labelBase: number;
  protected loopDepth: number;
  protected breakableDepth: number;
  protected privateEnvironment: PrivateEnvironment | null;
  protected hasTopLevelAwait: boolean;

  constructor(
    source: SourceText,
    html: HtmlLikeComments,
    scopeKind: ScopeKind,
    context: number,
    stackBytes: number,
  ) {
    super(source, html);
    this.context = context | CTX_IN;
    this.scopes = new ScopeTracker(scopeKind);
    this.stackUse = 0;
    this.stackLimit = stackBytes;
    this.functionFlags = 0;
    this.functionDepth = 0;
    this.coverErrorPos = -1;
    this.arrowStart = -1;
    this.yieldPos = -1;
    this.awaitPos = -1;
    this.awaitNamePos = -1;
    this.labelNames = [];
    this.labelIsLoop = [];
    this.labelBase = 0;
    this.loopDepth = 0;
    this.breakableDepth = 0;
    this.privateEnvironment = null;
    this.hasTopLevelAwait = false;
  }

  protected get isStrict(): boolean {
    return (this.context & CTX_STRICT) !== 0;
  }

  /** Reports that the nesting limit is reached. */
  protected tooDeep(): never {
    this.fail('NestedTooDeeply', this.tokenStart);
  }

  /** Reports that the grammar does not allow the current token here. */
  protected unexpected(): never {
    const token = this.token;
    if (token === T_EOF) this.fail('UnexpectedEnd', this.tokenStart);
    if (token === T_STRING) this.fail('UnexpectedString', this.tokenStart);
    if (token === T_NUMBER || token === T_BIGINT) this.fail('UnexpectedNumber', this.tokenStart);
    if (token === T_ESCAPED_KEYWORD) this.fail('EscapedKeyword', this.tokenStart, this.value);
    if (token === T_PRIVATE_NAME) this.fail('UnexpectedToken', this.tokenStart, `#${this.value}`);
    this.fail('UnexpectedToken', this.tokenStart, this.text.slice(this.tokenStart, this.pos));
  }

  protected expect(token: number): void {
    if (this.token !== token) {
      if (this.token === T_EOF) this.fail('ExpectedTokenAtEnd', this.tokenStart, TOKEN_TEXTS[token]);
      this.unexpected();
    }
    this.next();
  }

  protected eat(token: number): boolean {
    if (this.token !== token) return false;
    this.next();
    return true;
  }

  /** A statement's `;`, inserted where it may be. https://tc39.es/ecma262/#sec-automatic-semicolon-insertion */
  protected consumeSemicolon(): void {
    if (this.token === T_SEMICOLON) this.next();
    else if (!this.newlineBefore && this.token !== T_RBRACE && this.token !== T_EOF) this.unexpected();
  }

  // ---------------------------------------------------------------- identifiers

  /** Whether the current token may be an identifier in some context. */
  protected isIdentifierToken(): boolean {
    return this.token >= T_IDENTIFIER && this.token < T_FIRST_RESERVED;
  }

  /** Fails unless the current token is an identifier here. */
  protected checkIdentifier(): void {
    if (this.token < T_IDENTIFIER || this.token > T_LAST_CONTEXTUAL) this.checkUnusualIdentifier();
  }

  private checkUnusualIdentifier(): void {
    const token = this.token;
    if (token < T_IDENTIFIER) this.unexpected();
    const kind = token === T_ESCAPED_KEYWORD ? this.escapedKind : token;
    if (kind >= T_FIRST_RESERVED) this.unexpected();
    if (kind === T_AWAIT) {
      if ((this.context & (CTX_AWAIT | CTX_AWAIT_RESERVED | CTX_MODULE)) !== 0)
        this.fail('AwaitReserved', this.tokenStart);
      if (this.awaitNamePos < 0) this.awaitNamePos = this.tokenStart;
    } else if (kind === T_YIELD) {
      if ((this.context & (CTX_YIELD | CTX_STRICT)) !== 0) this.fail('YieldReserved', this.tokenStart);
    } else if (kind <= T_LAST_STRICT_RESERVED && this.isStrict) {
      this.fail('StrictReservedWord', this.tokenStart, this.value);
    }
  }

  /** BindingIdentifier. The caller declares its name. */
  protected parseBindingIdentifier(): BindingIdentifier {
    this.checkIdentifier();
    const start = this.tokenStart;
    const name = this.value;
    if (this.isStrict) this.checkStrictBinding(name, start);
    this.next();
    return new BindingIdentifier(start, this.lastEnd, name);
  }

  protected checkStrictBinding(name: string, pos: number): void {
    if (name === 'eval' || name === 'arguments') this.fail('StrictEvalArguments', pos, name);
  }

  /** What strict code asks of a name that was read as an identifier of sloppy code. */
  protected checkNameInStrictCode(name: string, pos: number): void {
    this.checkStrictBinding(name, pos);
    const kind = this.atoms.kindOf(this.atoms.internString(name));
    if ((kind >= T_IMPLEMENTS && kind <= T_LAST_STRICT_RESERVED) || kind === T_YIELD)
      this.fail('StrictReservedWord', pos, name);
  }
}
