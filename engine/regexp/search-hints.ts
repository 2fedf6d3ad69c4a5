// What the matcher may use to skip start positions: a literal that every match starts with, the code units
// a match may start with, or that it can only start at the start of the input. Each hint may be absent;
// when given, no match is lost by heeding it. The analysis looks a bounded distance into the tree.

import { mayContainStrings, type PatternNode } from '../syntax/regexp/pattern-ast.ts';
import { type CodePointSet, EMPTY_SET, setFromRanges, setUnion } from '../unicode/code-point-set.ts';
import {
  anyCharacter,
  type Charge,
  charactersMatching,
  evaluateClass,
  innerMode,
  type MatchMode,
} from './character-sets.ts';
import { CharacterTable } from './character-table.ts';

export interface SearchHints {
  /** Code units that every match starts with; may be empty. */
  readonly prefix: string;
  /** Code units a match may start with; null if unknown or if a match may be empty. */
  readonly first: CharacterTable | null;
  /** Whether a match can only start at position 0. */
  readonly atStart: boolean;
}

interface Budget {
  /** Nodes that may still be looked at. */
  nodes: number;
  readonly charge: Charge;
}

const MAX_DEPTH = 24;
const MAX_NODES = 256;
const MAX_PREFIX = 64;

/** Analyses the body of a pattern under the mode of its flags. */
export function findSearchHints(body: PatternNode, mode: MatchMode, charge: Charge): SearchHints {
  const budget = { nodes: MAX_NODES, charge };
  const atStart = startsAtStart(body, mode, 0);
  const prefix = atStart ? '' : literalPrefix(body.kind === 'Alternative' ? body.terms : [body], 0, mode);
  if (atStart || prefix !== '') return { prefix, first: null, atStart };
  const first = firstUnits(body, mode, 0, budget);
  if (first === null || first.optional) return { prefix, first: null, atStart };
  return { prefix, first: new CharacterTable(first.units), atStart };
}

function startsAtStart(node: PatternNode, mode: MatchMode, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  switch (node.kind) {
    case 'Assertion':
      return node.assertion === 'start' && !mode.multiline;
    case 'Alternative':
      return startsAtStart(node.terms[0], mode, depth + 1);
    case 'Disjunction':
      return (
        node.alternatives.length <= MAX_NODES &&
        node.alternatives.every((alternative) => startsAtStart(alternative, mode, depth + 1))
      );
    case 'Group':
      return startsAtStart(node.body, innerMode(node, mode), depth + 1);
    case 'CapturingGroup':
      return startsAtStart(node.body, mode, depth + 1);
    default:
      return false;
  }
}

/** Returns the code units that the terms from `start` on begin with, if they are characters that match nothing else. */
export function literalPrefix(terms: readonly PatternNode[], start: number, mode: MatchMode): string {
  let prefix = '';
  for (let i = start; i < terms.length && prefix.length < MAX_PREFIX; i++) {
    const term = terms[i];
    if (term.kind !== 'Character') break;
    const { codePoint } = term;
    // A lone surrogate with u or v must not be found inside a pair.
    if (mode.unicode && codePoint >= 0xd800 && codePoint <= 0xdfff) break;
    if (charactersMatching(codePoint, mode).length > 1) break;
    prefix += String.fromCodePoint(codePoint);
  }
  return prefix;
}

interface First {
  readonly units: CodePointSet;
  /** Whether the node may match without reading one of `units` first. */
  readonly optional: boolean;
}

const NOTHING: First = { units: EMPTY_SET, optional: true };

function firstUnits(node: PatternNode, mode: MatchMode, depth: number, budget: Budget): First | null {
  if (depth > MAX_DEPTH || --budget.nodes < 0) return null;
  switch (node.kind) {
    case 'Empty':
    case 'Assertion':
    case 'Lookaround':
      return NOTHING;
    case 'Character':
      return { units: leadingUnits(charactersMatching(node.codePoint, mode)), optional: false };
    case 'AnyCharacter':
      return { units: leadingUnitsOfSet(anyCharacter(mode)), optional: false };
    case 'CharacterClass':
      if (mayContainStrings(node.contents)) return null;
      return {
        units: leadingUnitsOfSet(evaluateClass(node, mode, budget.charge).codePoints),
        optional: false,
      };
    case 'BackReference':
      return null;
    case 'Group':
      return firstUnits(node.body, innerMode(node, mode), depth + 1, budget);
    case 'CapturingGroup':
      return firstUnits(node.body, mode, depth + 1, budget);
    case 'Quantified': {
      if (node.max === 0) return NOTHING;
      const first = firstUnits(node.body, mode, depth + 1, budget);
      return first === null || node.min > 0 ? first : { units: first.units, optional: true };
    }
    case 'Alternative': {
      let units: CodePointSet = EMPTY_SET;
      for (const term of node.terms) {
        const first = firstUnits(term, mode, depth + 1, budget);
        if (first === null) return null;
        units = setUnion(units, first.units);
        if (!first.optional) return { units, optional: false };
      }
      return { units, optional: true };
    }
    case 'Disjunction': {
      let units: CodePointSet = EMPTY_SET;
      let optional = false;
      for (const alternative of node.alternatives) {
        const first = firstUnits(alternative, mode, depth + 1, budget);
        if (first === null) return null;
        units = setUnion(units, first.units);
        optional = optional || first.optional;
      }
      return { units, optional };
    }
  }
}

function leadingUnits(characters: readonly number[]): CodePointSet {
  return setFromRanges(characters.flatMap((character) => [leadingUnit(character), leadingUnit(character)]));
}

function leadingUnitsOfSet(set: CodePointSet): CodePointSet {
  const ranges: number[] = [];
  for (let i = 0; i < set.length; i += 2) {
    const last = set[i + 1] - 1;
    if (set[i] <= 0xffff) ranges.push(set[i], Math.min(last, 0xffff));
    if (last > 0xffff) ranges.push(leadingUnit(Math.max(set[i], 0x10000)), leadingUnit(last));
  }
  return ranges.length === 0 ? EMPTY_SET : setFromRanges(ranges);
}

function leadingUnit(character: number): number {
  return character > 0xffff ? 0xd800 + ((character - 0x10000) >> 10) : character;
}
