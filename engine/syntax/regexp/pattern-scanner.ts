// The cursor over a pattern's text and what groups and classes both need: characters, digits, character
// escapes and property escapes. An error is thrown as PatternSyntaxError and caught by parsePattern alone.
//
// "Unicode mode" means that `u` or `v` is given: characters are then code points and Annex B's additions
// do not apply (https://tc39.es/ecma262/#sec-regular-expressions-patterns).

import { findLoneProperty, findPropertyValue, type UnicodeProperty } from '../../unicode/properties.ts';
import type { ClassEscapeNode, ClassPropertyNode } from './pattern-ast.ts';
import type { RegExpFlags } from './pattern-flags.ts';
import { type PatternErrorCode, PatternSyntaxError } from './pattern-syntax-error.ts';

/** What `charAt` gives past the end. */
export const END = -1;

/** How deeply groups, or the brackets of a class, may nest. */
export const MAX_NESTING_DEPTH = 10_000;

// Characters with a meaning in patterns.
export const DOLLAR = 0x24;
export const AMPERSAND = 0x26;
export const PAREN_OPEN = 0x28;
export const PAREN_CLOSE = 0x29;
export const STAR = 0x2a;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const COLON = 0x3a;
export const LESS = 0x3c;
export const EQUALS = 0x3d;
export const GREATER = 0x3e;
export const QUESTION = 0x3f;
export const BRACKET_OPEN = 0x5b;
export const BACKSLASH = 0x5c;
export const BRACKET_CLOSE = 0x5d;
export const CARET = 0x5e;
export const UNDERSCORE = 0x5f;
export const BRACE_OPEN = 0x7b;
export const BAR = 0x7c;
export const BRACE_CLOSE = 0x7d;
export const EXCLAMATION = 0x21;

const SYNTAX_CHARACTERS = '^$\\.*+?()[]{}|';
const CLASS_ESCAPES = 'dDsSwW';

export class PatternScanner {
  readonly source: string;
  readonly flags: RegExpFlags;
  readonly unicodeMode: boolean;
  position: number;
  private groups: { count: number; named: boolean } | null;

  constructor(source: string, flags: RegExpFlags) {
    this.source = source;
    this.flags = flags;
    this.unicodeMode = flags.unicode || flags.unicodeSets;
    this.position = 0;
    this.groups = null;
  }

  /** Returns the error to throw. */
  fail(code: PatternErrorCode, position: number = this.position): PatternSyntaxError {
    return new PatternSyntaxError(code, position);
  }

  /** Returns the code unit `offset` places ahead, or END. */
  unitAt(offset: number): number {
    const index = this.position + offset;
    return index < this.source.length ? this.source.charCodeAt(index) : END;
  }

  /** Returns the code unit at the cursor, or END. */
  peek(): number {
    return this.position < this.source.length ? this.source.charCodeAt(this.position) : END;
  }

  /** Steps over `unit` if it comes next. */
  eat(unit: number): boolean {
    if (this.peek() !== unit) return false;
    this.position++;
    return true;
  }

  /** Reads one source character: a code point in Unicode mode, else a code unit. Not at the end. */
  readCharacter(): number {
    return this.unicodeMode ? this.readCodePoint() : this.source.charCodeAt(this.position++);
  }

  /** Reads one code point. Not at the end. */
  readCodePoint(): number {
    const codePoint = this.source.codePointAt(this.position) as number;
    this.position += codePoint > 0xffff ? 2 : 1;
    return codePoint;
  }

  /** Reads decimal digits and returns their text, empty if there are none. */
  readDigits(): string {
    const start = this.position;
    while (isDecimalDigit(this.peek())) this.position++;
    return this.source.slice(start, this.position);
  }

  /** Returns the number of capturing groups in the whole pattern. */
  get groupCount(): number {
    if (this.groups === null) this.groups = countGroups(this.source, this.flags.unicodeSets);
    return this.groups.count;
  }

  /** Returns whether the pattern has a named group, which gives `\k` its meaning without `u` and `v`. */
  get hasGroupNames(): boolean {
    if (this.groups === null) this.groups = countGroups(this.source, this.flags.unicodeSets);
    return this.groups.named;
  }

  /** Reads `d`, `p{…}` and the like after a backslash; returns null, reading nothing, for other escapes. */
  tryClassEscape(): ClassEscapeNode | ClassPropertyNode | null {
    const unit = this.peek();
    if (unit === END) throw this.fail('pattern/trailing-backslash');
    const letter = String.fromCharCode(unit);
    if (CLASS_ESCAPES.includes(letter)) {
      this.position++;
      return { kind: 'ClassEscape', escape: letter as ClassEscapeNode['escape'] };
    }
    if (!this.unicodeMode || (letter !== 'p' && letter !== 'P')) return null;
    const start = this.position - 1;
    this.position++;
    const property = this.readProperty(start);
    if (property.name === 'Sequence') {
      if (!this.flags.unicodeSets) throw this.fail('pattern/invalid-property', start);
      if (letter === 'P') throw this.fail('pattern/negated-strings', start);
    }
    return { kind: 'ClassProperty', property, negated: letter === 'P' };
  }

  /**
   * Reads a CharacterEscape after the backslash and returns its character. Without Unicode mode this
   * includes the legacy octal escapes and the identity escapes of Annex B; `\c` that is no control
   * escape is not handled here (see `tryControlEscape`).
   * https://tc39.es/ecma262/#sec-regular-expression-patterns-annexb
   */
  readCharacterEscape(): number {
    const start = this.position - 1;
    const unit = this.peek();
    switch (unit) {
      case END:
        throw this.fail('pattern/trailing-backslash');
      case 0x66 /* f */:
        this.position++;
        return 0x0c;
      case 0x6e /* n */:
        this.position++;
        return 0x0a;
      case 0x72 /* r */:
        this.position++;
        return 0x0d;
      case 0x74 /* t */:
        this.position++;
        return 0x09;
      case 0x76 /* v */:
        this.position++;
        return 0x0b;
      case 0x63 /* c */:
        if (isAsciiLetter(this.unitAt(1))) {
          this.position += 2;
          return this.source.charCodeAt(this.position - 1) & 31;
        }
        throw this.fail('pattern/invalid-escape', start);
      case 0x78 /* x */:
        {
          const value = this.hexValue(1, 2);
          if (value >= 0) {
            this.position += 3;
            return value;
          }
          break;
        }
      case 0x75 /* u */:
        {
          this.position++;
          const value = this.tryUnicodeEscape(this.unicodeMode);
          if (value >= 0) return value;
          if (this.unicodeMode) throw this.fail('pattern/invalid-unicode-escape', start);
          return unit;
        }
      default:
        if (isDecimalDigit(unit)) return this.readOctalOrNul(start, unit);
    }
    return this.readIdentityEscape(start);
  }

  /**
   * Reads what follows `\u`: four digits, and in Unicode mode also a surrogate pair of two escapes or
   * `{…}`. Returns -1, reading nothing, if it is none of these.
   */
  tryUnicodeEscape(unicodeMode: boolean): number {
    if (unicodeMode && this.peek() === BRACE_OPEN) {
      let value = 0;
      let index = this.position + 1;
      const first = index;
      for (; index < this.source.length; index++) {
        const digit = hexDigit(this.source.charCodeAt(index));
        if (digit < 0) break;
        value = value * 16 + digit;
        if (value > 0x10ffff) return -1;
      }
      if (index === first || this.source.charCodeAt(index) !== BRACE_CLOSE) return -1;
      this.position = index + 1;
      return value;
    }
    const lead = this.hexValue(0, 4);
    if (lead < 0) return -1;
    this.position += 4;
    if (unicodeMode && (lead & 0xfc00) === 0xd800 && this.peek() === BACKSLASH && this.unitAt(1) === 0x75) {
      const trail = this.hexValue(2, 4);
      if ((trail & 0xfc00) === 0xdc00 && trail >= 0) {
        this.position += 6;
        return ((lead & 0x3ff) << 10) + (trail & 0x3ff) + 0x10000;
      }
    }
    return lead;
  }

  private readOctalOrNul(start: number, unit: number): number {
    if (this.unicodeMode) {
      if (unit !== 0x30 || isDecimalDigit(this.unitAt(1)))
        throw this.fail('pattern/invalid-decimal-escape', start);
      this.position++;
      return 0;
    }
    if (unit >= 0x38) {
      this.position++;
      return unit;
    }
    let value = 0;
    // Up to three octal digits, up to \377.
    for (let count = 0; count < 3; count++) {
      const digit = this.peek() - 0x30;
      if (digit < 0 || digit > 7 || value * 8 + digit > 0o377) break;
      value = value * 8 + digit;
      this.position++;
    }
    return value;
  }

  private readIdentityEscape(start: number): number {
    const unit = this.peek();
    if (this.unicodeMode) {
      if (!SYNTAX_CHARACTERS.includes(String.fromCharCode(unit)) && unit !== SLASH) {
        throw this.fail('pattern/invalid-escape', start);
      }
    } else if (unit === 0x6b /* k */ && this.hasGroupNames) {
      throw this.fail('pattern/invalid-named-reference', start);
    }
    this.position++;
    return unit;
  }

  private readProperty(start: number): UnicodeProperty {
    if (!this.eat(BRACE_OPEN)) throw this.fail('pattern/invalid-property', start);
    const name = this.readPropertyWord();
    let property: UnicodeProperty | null;
    if (this.eat(EQUALS)) property = findPropertyValue(name, this.readPropertyWord());
    else property = findLoneProperty(name);
    if (property === null || !this.eat(BRACE_CLOSE)) throw this.fail('pattern/invalid-property', start);
    return property;
  }

  private readPropertyWord(): string {
    const start = this.position;
    for (;;) {
      const unit = this.peek();
      if (!isAsciiLetter(unit) && !isDecimalDigit(unit) && unit !== UNDERSCORE) break;
      this.position++;
    }
    return this.source.slice(start, this.position);
  }

  /** Returns the value of `count` hexadecimal digits `offset` places ahead, or -1. */
  private hexValue(offset: number, count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) {
      const digit = hexDigit(this.unitAt(offset + i));
      if (digit < 0) return -1;
      value = value * 16 + digit;
    }
    return value;
  }
}

export function isDecimalDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

export function isAsciiLetter(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a);
}

function hexDigit(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  if (unit >= 0x61 && unit <= 0x66) return unit - 0x57;
  if (unit >= 0x41 && unit <= 0x46) return unit - 0x37;
  return -1;
}

/** Counts capturing groups by their parentheses alone; a malformed pattern is rejected by the parser itself. */
function countGroups(source: string, nestedClasses: boolean): { count: number; named: boolean } {
  let count = 0;
  let named = false;
  let classDepth = 0;
  for (let i = 0; i < source.length; i++) {
    switch (source.charCodeAt(i)) {
      case BACKSLASH:
        i++;
        break;
      case BRACKET_OPEN:
        if (classDepth === 0 || nestedClasses) classDepth++;
        break;
      case BRACKET_CLOSE:
        if (classDepth > 0) classDepth--;
        break;
      case PAREN_OPEN:
        if (classDepth > 0) break;
        if (source.charCodeAt(i + 1) !== QUESTION) {
          count++;
        } else if (source.charCodeAt(i + 2) === LESS) {
          const next = source.charCodeAt(i + 3);
          if (next !== EQUALS && next !== EXCLAMATION) {
            count++;
            named = true;
          }
        }
    }
  }
  return { count, named };
}
