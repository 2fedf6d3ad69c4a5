// A place in a token array, and the small steps that parsers are made of.

import { decodeUtf8 } from '../format/byte-reader.ts';
import type { FeatureName } from '../format/features.ts';
import { withRoom } from '../format/host-room.ts';
import type { ModuleBudget } from '../format/module-budget.ts';
import { ModuleError, malformed, needsFeature } from '../format/module-error.ts';
import {
  type LexicalError,
  stringBytes,
  stringLength,
  TOKEN_END,
  TOKEN_ERROR,
  TOKEN_ID,
  TOKEN_KEYWORD,
  TOKEN_LPAR,
  TOKEN_NAT,
  TOKEN_RPAR,
  TOKEN_STRING,
  type Tokens,
  writeString,
} from './lexer.ts';
import { parseInteger } from './literals.ts';

export class TokenCursor {
  readonly tokens: Tokens;
  at: number;
  /** What pays for names; null where nobody counts. */
  private readonly budget: ModuleBudget | null;

  constructor(tokens: Tokens, at = 0, budget: ModuleBudget | null = null) {
    this.tokens = tokens;
    this.at = at;
    this.budget = budget;
  }

  /** Kind of the token `ahead` of the current one. */
  kind(ahead = 0): number {
    const { kinds, count } = this.tokens;
    const at = this.at + ahead;
    return at < count ? (kinds[at] as number) : TOKEN_END;
  }

  /** Position in the text of the current token. */
  get position(): number {
    return this.tokens.starts[Math.min(this.at, this.tokens.count)] as number;
  }

  /** Text of the current token, or of one ahead; empty at the end. */
  text(ahead = 0): string {
    const { text, starts, ends, count } = this.tokens;
    const at = this.at + ahead;
    return at < count ? text.slice(starts[at], ends[at]) : '';
  }

  /** Complains about the current token. */
  unexpected(): never {
    const { position } = this;
    const kind = this.kind();
    if (kind === TOKEN_ERROR) {
      const error = this.tokens.errors.get(this.at) as LexicalError;
      throw new ModuleError('malformed', error.code, error.args, error.position);
    }
    if (kind === TOKEN_END) malformed(position, 'unexpectedToken', 'at the end');
    const text = this.text();
    // An error right behind is what a reader with one token of lookahead would have seen first.
    if (kind === TOKEN_LPAR && this.kind(1) === TOKEN_ERROR) {
      this.at++;
      this.unexpected();
    }
    malformed(position, 'unexpectedToken', text);
  }

  /** Complains that the current token, or one ahead, belongs to a feature that is off. */
  needsFeature(feature: FeatureName, ahead = 0): never {
    this.at += ahead;
    needsFeature(this.position, 'unexpectedToken', this.text(), feature);
  }

  expect(kind: number): void {
    if (this.kind() !== kind) this.unexpected();
    this.at++;
  }

  open(): void {
    this.expect(TOKEN_LPAR);
  }

  close(): void {
    this.expect(TOKEN_RPAR);
  }

  isKeyword(keyword: string, ahead = 0): boolean {
    return this.kind(ahead) === TOKEN_KEYWORD && this.text(ahead) === keyword;
  }

  /** Whether a form `(keyword …` begins here. */
  isForm(keyword: string): boolean {
    return this.kind() === TOKEN_LPAR && this.isKeyword(keyword, 1);
  }

  /** Enters the form `(keyword …` if it begins here. */
  enter(keyword: string): boolean {
    if (!this.isForm(keyword)) return false;
    this.at += 2;
    return true;
  }

  acceptKeyword(keyword: string): boolean {
    if (!this.isKeyword(keyword)) return false;
    this.at++;
    return true;
  }

  keyword(): string {
    if (this.kind() !== TOKEN_KEYWORD) this.unexpected();
    const text = this.text();
    this.at++;
    return text;
  }

  /** The identifier here, without `$`, or null if there is none. */
  optionalId(): string | null {
    if (this.kind() !== TOKEN_ID) return null;
    const { position } = this;
    const text = this.text();
    this.at++;
    if (text[1] !== '"') return text.slice(1);
    const name = decodeUtf8(stringBytes(text, 1, text.length));
    if (name === null) malformed(position, 'utf8');
    return name;
  }

  bytes(): Uint8Array {
    if (this.kind() !== TOKEN_STRING) this.unexpected();
    const { text, starts, ends } = this.tokens;
    const bytes = stringBytes(text, starts[this.at] as number, ends[this.at] as number);
    this.at++;
    return bytes;
  }

  /** All strings that follow, joined. */
  byteStrings(): Uint8Array {
    const { tokens, at: first, position } = this;
    const { text, starts, ends } = tokens;
    let length = 0;
    for (; this.kind() === TOKEN_STRING; this.at++)
      length += stringLength(text, starts[this.at] as number, ends[this.at] as number);
    const joined = withRoom(length, 'strings', position, () => new Uint8Array(length));
    for (let i = first, place = 0; i < this.at; i++)
      place = writeString(text, starts[i] as number, ends[i] as number, joined, place);
    return joined;
  }

  /** A string that must be UTF-8. */
  name(): string {
    const { position } = this;
    const bytes = this.bytes();
    this.budget?.name(bytes.length, position);
    const name = decodeUtf8(bytes);
    if (name === null) malformed(position, 'utf8');
    return name;
  }

  /** An unsigned literal of some width. */
  natural(bits: number): bigint {
    const { position } = this;
    const text = this.text();
    this.expect(TOKEN_NAT);
    const value = parseInteger(text, bits);
    if (value === null) malformed(position, 'typedConstantOutOfRange', `i${bits}`, text);
    return value;
  }

  u32(): number {
    return Number(this.natural(32));
  }

  /** Moves behind the form whose opening parenthesis was just passed. */
  skipForm(): void {
    this.moveBehindForm(TOKEN_ERROR);
  }

  /** The same, but leaves it to others to complain about what is no token. */
  passForm(): void {
    this.moveBehindForm(TOKEN_END);
  }

  private moveBehindForm(stopAt: number): void {
    for (let depth = 1; depth > 0; this.at++) {
      const kind = this.kind();
      if (kind === TOKEN_LPAR) depth++;
      else if (kind === TOKEN_RPAR) depth--;
      else if (kind === TOKEN_END || kind === stopAt) this.unexpected();
    }
  }
}
