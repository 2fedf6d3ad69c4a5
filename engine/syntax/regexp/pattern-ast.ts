// The tree of a pattern. Nodes are plain data without behaviour; a node knows whether it can match the
// empty string, because the parser builds bottom-up and nobody may recurse over a tree this deep.

import type { UnicodeProperty } from '../../unicode/properties.ts';
import type { RegExpFlags } from './pattern-flags.ts';

/** A parsed pattern. */
export interface Pattern {
  readonly kind: 'Pattern';
  readonly source: string;
  readonly flags: RegExpFlags;
  readonly body: PatternNode;
  /** Number of capturing groups, the whole match not counted. */
  readonly captureCount: number;
  /** Name of each capture, index 0 being the whole match; a name may occur more than once. */
  readonly groupNames: readonly (string | null)[];
}

export type PatternNode =
  | EmptyNode
  | CharacterNode
  | AnyCharacterNode
  | CharacterClassNode
  | AssertionNode
  | BackReferenceNode
  | AlternativeNode
  | DisjunctionNode
  | GroupNode
  | CapturingGroupNode
  | LookaroundNode
  | QuantifiedNode;

export interface EmptyNode {
  readonly kind: 'Empty';
}

/** One character: a code point with `u` or `v`, a code unit without. */
export interface CharacterNode {
  readonly kind: 'Character';
  readonly codePoint: number;
}

/** `.` */
export interface AnyCharacterNode {
  readonly kind: 'AnyCharacter';
}

/** A class in brackets or a class escape such as `\d`. */
export interface CharacterClassNode {
  readonly kind: 'CharacterClass';
  readonly contents: ClassNode;
  /** `[^…]` without `v`; with `v` the contents say that they are complemented. */
  readonly invert: boolean;
}

export interface AssertionNode {
  readonly kind: 'Assertion';
  readonly assertion: 'start' | 'end' | 'word-boundary' | 'not-word-boundary';
}

/** `\1` or `\k<name>`; more than one group only for duplicate names. */
export interface BackReferenceNode {
  readonly kind: 'BackReference';
  readonly groups: readonly number[];
}

/** A sequence of at least two terms. */
export interface AlternativeNode {
  readonly kind: 'Alternative';
  readonly terms: readonly PatternNode[];
  readonly canBeEmpty: boolean;
}

/** At least two alternatives. */
export interface DisjunctionNode {
  readonly kind: 'Disjunction';
  readonly alternatives: readonly PatternNode[];
  readonly canBeEmpty: boolean;
}

/** `(?:…)`, `(?ims-ims:…)` */
export interface GroupNode {
  readonly kind: 'Group';
  readonly body: PatternNode;
  readonly modifiers: GroupModifiers | null;
  readonly canBeEmpty: boolean;
}

/** What a group sets: true and false for a flag that is added or removed, null for one that is left alone. */
export interface GroupModifiers {
  readonly ignoreCase: boolean | null;
  readonly multiline: boolean | null;
  readonly dotAll: boolean | null;
}

export interface CapturingGroupNode {
  readonly kind: 'CapturingGroup';
  readonly index: number;
  readonly body: PatternNode;
  readonly canBeEmpty: boolean;
}

export interface LookaroundNode {
  readonly kind: 'Lookaround';
  readonly behind: boolean;
  readonly negative: boolean;
  readonly body: PatternNode;
}

export interface QuantifiedNode {
  readonly kind: 'Quantified';
  readonly body: PatternNode;
  readonly min: number;
  /** `Infinity` for no bound. */
  readonly max: number;
  readonly greedy: boolean;
  /** Index of the first capturing group inside the body, and how many there are. */
  readonly firstCapture: number;
  readonly captureCount: number;
  readonly canBeEmpty: boolean;
}

export type ClassNode =
  | ClassCharacterNode
  | ClassRangeNode
  | ClassEscapeNode
  | ClassPropertyNode
  | ClassStringsNode
  | ClassSetNode;

export interface ClassCharacterNode {
  readonly kind: 'ClassCharacter';
  readonly codePoint: number;
}

/** An inclusive range. */
export interface ClassRangeNode {
  readonly kind: 'ClassRange';
  readonly from: number;
  readonly to: number;
}

export interface ClassEscapeNode {
  readonly kind: 'ClassEscape';
  readonly escape: 'd' | 'D' | 's' | 'S' | 'w' | 'W';
}

/** `\p{…}`, `\P{…}` */
export interface ClassPropertyNode {
  readonly kind: 'ClassProperty';
  readonly property: UnicodeProperty;
  readonly negated: boolean;
}

/** `\q{…|…}` */
export interface ClassStringsNode {
  readonly kind: 'ClassStrings';
  readonly strings: readonly (readonly number[])[];
}

/** The contents of a bracket, or a bracket within a bracket. */
export interface ClassSetNode {
  readonly kind: 'ClassSet';
  readonly operation: 'union' | 'intersection' | 'subtraction';
  readonly operands: readonly ClassNode[];
  readonly complement: boolean;
  readonly mayContainStrings: boolean;
}

/** Returns whether some match of `node` may be empty; true also where only the match can tell. */
export function canBeEmpty(node: PatternNode): boolean {
  switch (node.kind) {
    case 'Character':
    case 'AnyCharacter':
      return false;
    case 'CharacterClass':
      return mayContainStrings(node.contents);
    case 'Empty':
    case 'Assertion':
    case 'BackReference':
    case 'Lookaround':
      return true;
    default:
      return node.canBeEmpty;
  }
}

/** MayContainStrings — https://tc39.es/ecma262/#sec-static-semantics-maycontainstrings */
export function mayContainStrings(node: ClassNode): boolean {
  switch (node.kind) {
    case 'ClassProperty':
      return node.property.name === 'Sequence';
    case 'ClassStrings':
      return node.strings.some((string) => string.length !== 1);
    case 'ClassSet':
      return node.mayContainStrings;
    default:
      return false;
  }
}
