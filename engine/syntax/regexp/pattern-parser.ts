// The parser of regular expression patterns: text and flags to a Pattern, with every early error of
// https://tc39.es/ecma262/#sec-patterns-static-semantics-early-errors and, without `u` and `v`, the grammar of
// Annex B (https://tc39.es/ecma262/#sec-regular-expressions-patterns). Open groups are kept on a stack of
// our own: the host's stack never grows with the pattern.

import { isIdentifierPartChar, isIdentifierStartChar } from '../../unicode/identifier.ts';
import { parseCharacterClass } from './class-parser.ts';
import {
  canBeEmpty,
  type GroupModifiers,
  type Pattern,
  type PatternNode,
  type QuantifiedNode,
} from './pattern-ast.ts';
import { parseRegExpFlags, type RegExpFlags } from './pattern-flags.ts';
import {
  BACKSLASH,
  BAR,
  BRACE_CLOSE,
  BRACE_OPEN,
  BRACKET_CLOSE,
  BRACKET_OPEN,
  CARET,
  COLON,
  COMMA,
  DOLLAR,
  DOT,
  END,
  EQUALS,
  EXCLAMATION,
  GREATER,
  isAsciiLetter,
  LESS,
  MAX_NESTING_DEPTH,
  MINUS,
  PAREN_CLOSE,
  PAREN_OPEN,
  PatternScanner,
  PLUS,
  QUESTION,
  STAR,
} from './pattern-scanner.ts';
import { PatternSyntaxError } from './pattern-syntax-error.ts';

export { parseRegExpFlags, type RegExpFlags } from './pattern-flags.ts';
export { PatternSyntaxError } from './pattern-syntax-error.ts';

/**
 * Parses `source` (UTF-16) under `flags` (text or parsed). Returns the pattern, or the first error, whose
 * position counts code units of `source` (of the flags when they are at fault). Throws nothing.
 * https://tc39.es/ecma262/#sec-parsepattern
 */
export function parsePattern(source: string, flags: string | RegExpFlags): Pattern | PatternSyntaxError {
  const parsedFlags = typeof flags === 'string' ? parseRegExpFlags(flags) : flags;
  if (parsedFlags instanceof PatternSyntaxError) return parsedFlags;
  try {
    return new PatternParser(source, parsedFlags).parse();
  } catch (error) {
    if (error instanceof PatternSyntaxError) return error;
    throw error;
  }
}

/** A group whose closing parenthesis has not been seen; the whole pattern is the bottom one. */
interface OpenGroup {
  readonly kind: 'Pattern' | 'Group' | 'CapturingGroup' | 'Lookaround';
  readonly start: number;
  readonly index: number;
  readonly modifiers: GroupModifiers | null;
  readonly behind: boolean;
  readonly negative: boolean;
  /** Number of capturing groups opened before this one. */
  readonly capturesBefore: number;
  readonly alternatives: PatternNode[];
  terms: PatternNode[];
  /** Group names in the current alternative and in the earlier ones; null while there are none. */
  names: Set<string> | null;
  earlierNames: Set<string> | null;
}

/** What the opening of a group says. */
interface GroupStart {
  readonly kind: OpenGroup['kind'];
  readonly start: number;
  readonly index?: number;
  readonly modifiers?: GroupModifiers | null;
  readonly behind?: boolean;
  readonly negative?: boolean;
}

interface PendingReference {
  readonly node: { readonly kind: 'BackReference'; readonly groups: number[] };
  readonly name: string;
  readonly position: number;
}

class PatternParser {
  private readonly scanner: PatternScanner;
  private readonly unicodeMode: boolean;
  private readonly stack: OpenGroup[];
  private readonly groupNames: (string | null)[];
  private readonly groupsOfName: Map<string, number[]>;
  private readonly pendingReferences: PendingReference[];

  constructor(source: string, flags: RegExpFlags) {
    this.scanner = new PatternScanner(source, flags);
    this.unicodeMode = this.scanner.unicodeMode;
    this.stack = [];
    this.groupNames = [null];
    this.groupsOfName = new Map();
    this.pendingReferences = [];
  }

  parse(): Pattern {
    const { scanner, stack } = this;
    this.open({ kind: 'Pattern', start: 0 });
    for (;;) {
      const unit = scanner.peek();
      if (unit === END) {
        if (stack.length > 1) throw scanner.fail('pattern/unterminated-group', stack[stack.length - 1].start);
        break;
      }
      switch (unit) {
        case BAR:
          scanner.position++;
          this.nextAlternative();
          break;
        case PAREN_OPEN:
          this.parseGroupStart();
          break;
        case PAREN_CLOSE:
          this.parseGroupEnd();
          break;
        default:
          this.parseTerm(unit);
      }
    }
    const body = this.finishDisjunction(stack[0]);
    this.resolveReferences();
    return {
      kind: 'Pattern',
      source: scanner.source,
      flags: scanner.flags,
      body,
      captureCount: this.groupNames.length - 1,
      groupNames: this.groupNames,
    };
  }

  private open({
    kind,
    start,
    index = 0,
    modifiers = null,
    behind = false,
    negative = false,
  }: GroupStart): void {
    if (this.stack.length > MAX_NESTING_DEPTH) throw this.scanner.fail('pattern/too-deep', start);
    this.stack.push({
      kind,
      start,
      index,
      modifiers,
      behind,
      negative,
      capturesBefore: this.groupNames.length - (kind === 'CapturingGroup' ? 2 : 1),
      alternatives: [],
      terms: [],
      names: null,
      earlierNames: null,
    });
  }

  private nextAlternative(): void {
    const group = this.stack[this.stack.length - 1];
    group.alternatives.push(sequence(group.terms));
    group.terms = [];
    group.earlierNames = mergeNames(group.earlierNames, group.names);
    group.names = null;
  }

  private finishDisjunction(group: OpenGroup): PatternNode {
    const last = sequence(group.terms);
    if (group.alternatives.length === 0) return last;
    const alternatives = [...group.alternatives, last];
    return { kind: 'Disjunction', alternatives, canBeEmpty: alternatives.some(canBeEmpty) };
  }

  /** Reads everything of a group up to its body. */
  private parseGroupStart(): void {
    const { scanner } = this;
    const start = scanner.position++;
    if (!scanner.eat(QUESTION)) {
      this.openCapture(start, null);
      return;
    }
    const unit = scanner.peek();
    const next = scanner.unitAt(1);
    if (unit === COLON) {
      scanner.position++;
      this.open({ kind: 'Group', start });
    } else if (unit === EQUALS || unit === EXCLAMATION) {
      scanner.position++;
      this.open({ kind: 'Lookaround', start, negative: unit === EXCLAMATION });
    } else if (unit === LESS && (next === EQUALS || next === EXCLAMATION)) {
      scanner.position += 2;
      this.open({ kind: 'Lookaround', start, behind: true, negative: next === EXCLAMATION });
    } else if (unit === LESS) {
      scanner.position++;
      const name = this.tryGroupName();
      if (name === null) throw scanner.fail('pattern/invalid-group-name', start);
      this.openCapture(start, name);
    } else {
      this.open({ kind: 'Group', start, modifiers: this.parseModifiers(start) });
    }
  }

  private openCapture(start: number, name: string | null): void {
    const index = this.groupNames.length;
    this.groupNames.push(name);
    if (name !== null) {
      // Two groups of one name may not both take part: no open alternative may hold the name already.
      for (const group of this.stack) {
        if (group.names?.has(name)) throw this.scanner.fail('pattern/duplicate-group-name', start);
      }
      const top = this.stack[this.stack.length - 1];
      if (top.names === null) top.names = new Set();
      top.names.add(name);
      const groups = this.groupsOfName.get(name);
      if (groups === undefined) this.groupsOfName.set(name, [index]);
      else groups.push(index);
    }
    this.open({ kind: 'CapturingGroup', start, index });
  }

  /** RegularExpressionModifiers up to the colon — https://tc39.es/ecma262/#prod-RegularExpressionModifiers */
  private parseModifiers(start: number): GroupModifiers {
    const { scanner } = this;
    const values: (boolean | null)[] = [null, null, null];
    let value = true;
    let any = false;
    for (;;) {
      const unit = scanner.peek();
      if (unit === MINUS && value) {
        value = false;
      } else if (unit === COLON) {
        if (!any) throw scanner.fail('pattern/invalid-modifiers', start);
        scanner.position++;
        return { ignoreCase: values[0], multiline: values[1], dotAll: values[2] };
      } else {
        const flag = unit === END ? -1 : 'ims'.indexOf(String.fromCharCode(unit));
        if (flag < 0) throw scanner.fail('pattern/invalid-group', start);
        if (values[flag] !== null) throw scanner.fail('pattern/invalid-modifiers');
        values[flag] = value;
        any = true;
      }
      scanner.position++;
    }
  }

  private parseGroupEnd(): void {
    const { scanner, stack } = this;
    if (stack.length === 1) throw scanner.fail('pattern/unmatched-parenthesis');
    scanner.position++;
    const group = stack[stack.length - 1];
    const body = this.finishDisjunction(group);
    stack.pop();
    const outer = stack[stack.length - 1];
    outer.names = mergeNames(outer.names, mergeNames(group.names, group.earlierNames));
    const empty = canBeEmpty(body);
    if (group.kind === 'CapturingGroup') {
      this.addTerm(
        { kind: 'CapturingGroup', index: group.index, body, canBeEmpty: empty },
        group.capturesBefore,
      );
    } else if (group.kind === 'Group') {
      this.addTerm(
        { kind: 'Group', body, modifiers: group.modifiers, canBeEmpty: empty },
        group.capturesBefore,
      );
    } else {
      const node: PatternNode = { kind: 'Lookaround', behind: group.behind, negative: group.negative, body };
      // Annex B lets a quantifier follow a lookahead.
      if (group.behind || this.unicodeMode) outer.terms.push(node);
      else this.addTerm(node, group.capturesBefore);
    }
  }

  /** A term that is no group. */
  private parseTerm(unit: number): void {
    const { scanner } = this;
    const { terms } = this.stack[this.stack.length - 1];
    const captures = this.groupNames.length - 1;
    const start = scanner.position;
    switch (unit) {
      case CARET:
        scanner.position++;
        terms.push({ kind: 'Assertion', assertion: 'start' });
        return;
      case DOLLAR:
        scanner.position++;
        terms.push({ kind: 'Assertion', assertion: 'end' });
        return;
      case DOT:
        scanner.position++;
        this.addTerm({ kind: 'AnyCharacter' }, captures);
        return;
      case BRACKET_OPEN:
        scanner.position++;
        this.addTerm(parseCharacterClass(scanner), captures);
        return;
      case STAR:
      case PLUS:
      case QUESTION:
        throw scanner.fail('pattern/nothing-to-repeat');
      case BRACE_OPEN:
        if (this.unicodeMode || this.tryBraces() !== null)
          throw scanner.fail('pattern/nothing-to-repeat', start);
        break;
      case BRACE_CLOSE:
      case BRACKET_CLOSE:
        if (this.unicodeMode) throw scanner.fail('pattern/lone-bracket');
        break;
      case BACKSLASH:
        this.parseEscape();
        return;
    }
    this.addTerm({ kind: 'Character', codePoint: scanner.readCharacter() }, captures);
  }

  private parseEscape(): void {
    const { scanner } = this;
    const start = scanner.position++;
    const captures = this.groupNames.length - 1;
    const unit = scanner.peek();
    if (unit === 0x62 /* b */ || unit === 0x42 /* B */) {
      scanner.position++;
      const assertion = unit === 0x62 ? 'word-boundary' : 'not-word-boundary';
      this.stack[this.stack.length - 1].terms.push({ kind: 'Assertion', assertion });
      return;
    }
    if (unit >= 0x31 && unit <= 0x39) {
      const group = Number(scanner.readDigits());
      if (group <= scanner.groupCount) {
        this.addTerm({ kind: 'BackReference', groups: [group] }, captures);
        return;
      }
      if (this.unicodeMode) throw scanner.fail('pattern/unknown-group-number', start);
      scanner.position = start + 1;
    } else if (unit === 0x6b /* k */ && (this.unicodeMode || scanner.hasGroupNames)) {
      scanner.position++;
      const name = scanner.eat(LESS) ? this.tryGroupName() : null;
      if (name === null) throw scanner.fail('pattern/invalid-named-reference', start);
      const node = { kind: 'BackReference' as const, groups: [] };
      this.pendingReferences.push({ node, name, position: start });
      this.addTerm(node, captures);
      return;
    } else if (unit === 0x63 /* c */ && !this.unicodeMode && !isAsciiLetter(scanner.unitAt(1))) {
      // Annex B: the backslash stands for itself.
      this.addTerm({ kind: 'Character', codePoint: BACKSLASH }, captures);
      return;
    }
    const contents = scanner.tryClassEscape();
    if (contents !== null) this.addTerm({ kind: 'CharacterClass', contents, invert: false }, captures);
    else this.addTerm({ kind: 'Character', codePoint: scanner.readCharacterEscape() }, captures);
  }

  /** Adds a term with the quantifier that follows it, if one does. */
  private addTerm(body: PatternNode, capturesBefore: number): void {
    const { scanner } = this;
    const { terms } = this.stack[this.stack.length - 1];
    let min = 0;
    let max = Number.POSITIVE_INFINITY;
    switch (scanner.peek()) {
      case STAR:
        scanner.position++;
        break;
      case PLUS:
        scanner.position++;
        min = 1;
        break;
      case QUESTION:
        scanner.position++;
        max = 1;
        break;
      case BRACE_OPEN: {
        const start = scanner.position;
        const bounds = this.tryBraces();
        if (bounds === null) {
          if (this.unicodeMode) throw scanner.fail('pattern/lone-bracket', start);
          terms.push(body);
          return;
        }
        min = bounds.min;
        max = bounds.max;
        break;
      }
      default:
        terms.push(body);
        return;
    }
    const greedy = !scanner.eat(QUESTION);
    const node: QuantifiedNode = {
      kind: 'Quantified',
      body,
      min,
      max,
      greedy,
      firstCapture: capturesBefore + 1,
      captureCount: this.groupNames.length - 1 - capturesBefore,
      canBeEmpty: min === 0 || canBeEmpty(body),
    };
    terms.push(node);
  }

  /** Reads `{n}`, `{n,}` or `{n,m}`; returns null, reading nothing, if there is none. */
  private tryBraces(): { min: number; max: number } | null {
    const { scanner } = this;
    const start = scanner.position;
    scanner.position++;
    const minDigits = scanner.readDigits();
    if (minDigits !== '') {
      let maxDigits = minDigits;
      if (scanner.eat(COMMA)) maxDigits = scanner.readDigits();
      if (scanner.eat(BRACE_CLOSE)) {
        if (maxDigits !== '' && isGreater(minDigits, maxDigits)) {
          throw scanner.fail('pattern/numbers-out-of-order', start);
        }
        return {
          min: Number(minDigits),
          max: maxDigits === '' ? Number.POSITIVE_INFINITY : Number(maxDigits),
        };
      }
    }
    scanner.position = start;
    return null;
  }

  /**
   * Reads a RegExpIdentifierName and `>`; returns null if the text is none. Names may be written with
   * escapes and with surrogate pairs in every mode. https://tc39.es/ecma262/#prod-GroupName
   */
  private tryGroupName(): string | null {
    const { scanner } = this;
    let name = '';
    for (;;) {
      if (scanner.peek() === END) return null;
      let codePoint = scanner.readCodePoint();
      if (codePoint === GREATER) return name === '' ? null : name;
      if (codePoint === BACKSLASH) {
        if (!scanner.eat(0x75 /* u */)) return null;
        codePoint = scanner.tryUnicodeEscape(true);
        if (codePoint < 0) return null;
      }
      if (!(name === '' ? isIdentifierStartChar(codePoint) : isIdentifierPartChar(codePoint))) return null;
      name += String.fromCodePoint(codePoint);
    }
  }

  private resolveReferences(): void {
    for (const { node, name, position } of this.pendingReferences) {
      const groups = this.groupsOfName.get(name);
      if (groups === undefined) throw this.scanner.fail('pattern/unknown-group-name', position);
      for (const group of groups) node.groups.push(group);
    }
  }
}

function sequence(terms: PatternNode[]): PatternNode {
  if (terms.length === 0) return { kind: 'Empty' };
  if (terms.length === 1) return terms[0];
  return { kind: 'Alternative', terms, canBeEmpty: terms.every(canBeEmpty) };
}

/** Unites two sets, reusing the greater one. */
function mergeNames(a: Set<string> | null, b: Set<string> | null): Set<string> | null {
  if (a === null) return b;
  if (b === null) return a;
  const [small, great] = a.size < b.size ? [a, b] : [b, a];
  for (const name of small) great.add(name);
  return great;
}

/** Compares two decimal numerals of any length. */
function isGreater(a: string, b: string): boolean {
  const digitsA = a.replace(/^0+/, '');
  const digitsB = b.replace(/^0+/, '');
  if (digitsA.length !== digitsB.length) return digitsA.length > digitsB.length;
  return digitsA > digitsB;
}
