// Writes a pattern for the host: sets spelled out, names and modifiers gone.

import type { Pattern, PatternNode, QuantifiedNode } from '../syntax/regexp/pattern-ast.ts';
import { ALL_CODE_POINTS, ALL_CODE_UNITS, type CodePointSet } from '../unicode/code-point-set.ts';
import { type Charge, innerMode, type MatchMode, setOfCharacterNode } from './character-sets.ts';

/**
 * Ranges of all sets together. With more, such as those of most properties, hosts take milliseconds to compile the pattern
 * and then match slower than our tables do (measured on V8 11.3: 154 to 116 ns a word for \p{L}+).
 */
const MAX_RANGES = 200;

/** Returns the text and its flags; null where it cannot be written. The tree must not be deep: this is recursive. */
export function printForHost(
  pattern: Pattern,
  mode: MatchMode,
  charge: Charge,
): { source: string; flags: string } | null {
  const printer = new Printer(mode, charge);
  const source = printer.node(pattern.body, mode);
  if (printer.failed) return null;
  return { source, flags: `${printer.multiline ? 'm' : ''}${mode.unicode ? 'u' : ''}` };
}

class Printer {
  failed: boolean;
  /** Whether `^` and `$` are those of lines; null before the first of them. */
  multiline: boolean | null;
  private rangesLeft: number;
  private readonly unicode: boolean;
  private readonly charge: Charge;

  constructor(mode: MatchMode, charge: Charge) {
    this.failed = false;
    this.multiline = null;
    this.rangesLeft = MAX_RANGES;
    this.unicode = mode.unicode;
    this.charge = charge;
  }

  node(node: PatternNode, mode: MatchMode): string {
    switch (node.kind) {
      case 'Empty':
        return '';
      case 'Character':
      case 'AnyCharacter':
      case 'CharacterClass': {
        const set = setOfCharacterNode(node, mode, this.charge);
        if (set === null) return this.fail();
        return node.kind === 'AnyCharacter' && !mode.dotAll ? '.' : this.set(set);
      }
      case 'Assertion':
        return this.assertion(node.assertion, mode);
      case 'Alternative':
        return node.terms.map((term) => this.node(term, mode)).join('');
      case 'Disjunction':
        return node.alternatives.map((alternative) => this.node(alternative, mode)).join('|');
      case 'Group':
        return `(?:${this.node(node.body, innerMode(node, mode))})`;
      case 'CapturingGroup':
        return `(${this.node(node.body, mode)})`;
      case 'Lookaround':
        return `(?${node.behind ? '<' : ''}${node.negative ? '!' : '='}${this.node(node.body, mode)})`;
      case 'Quantified':
        return `${this.node(node.body, mode)}${quantifierText(node)}`;
      case 'BackReference':
        return this.fail();
    }
  }

  private assertion(assertion: string, mode: MatchMode): string {
    switch (assertion) {
      case 'word-boundary':
      case 'not-word-boundary':
        // Word characters depend on case folding then.
        if (mode.unicode && mode.ignoreCase) return this.fail();
        return assertion === 'word-boundary' ? '\\b' : '\\B';
      default:
        this.multiline ??= mode.multiline;
        // The host's flag is one for the whole pattern.
        if (this.multiline !== mode.multiline) return this.fail();
        return assertion === 'start' ? '^' : '$';
    }
  }

  private set(set: CodePointSet): string {
    this.rangesLeft -= set.length >> 1;
    if (set.length === 0 || this.rangesLeft < 0) return this.fail();
    const all = this.unicode ? ALL_CODE_POINTS : ALL_CODE_UNITS;
    if (set.length === 2 && set[0] === 0 && set[1] === all[1]) return '[^]';
    if (set.length === 2 && set[0] + 1 === set[1]) return this.character(set[0]);
    let text = '[';
    for (let i = 0; i < set.length; i += 2) {
      text += this.character(set[i]);
      if (set[i] + 1 < set[i + 1]) text += `-${this.character(set[i + 1] - 1)}`;
    }
    this.charge(text.length);
    return `${text}]`;
  }

  private character(character: number): string {
    if (isAlphanumeric(character)) return String.fromCharCode(character);
    // Braces keep two surrogates apart.
    if (this.unicode) return `\\u{${character.toString(16)}}`;
    return `\\u${character.toString(16).padStart(4, '0')}`;
  }

  private fail(): string {
    this.failed = true;
    return '';
  }
}

function isAlphanumeric(character: number): boolean {
  return (
    (character >= 0x30 && character <= 0x39) ||
    (character >= 0x41 && character <= 0x5a) ||
    (character >= 0x61 && character <= 0x7a)
  );
}

function quantifierText({ min, max, greedy }: QuantifiedNode): string {
  const lazy = greedy ? '' : '?';
  if (max === Number.POSITIVE_INFINITY) return (min === 0 ? '*' : min === 1 ? '+' : `{${min},}`) + lazy;
  if (min === 0 && max === 1) return `?${lazy}`;
  return (min === max ? `{${min}}` : `{${min},${max}}`) + lazy;
}
