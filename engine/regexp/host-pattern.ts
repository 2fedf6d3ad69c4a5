// Which patterns may run on the host's RegExp, and their text for it. The text is written from the tree with every set
// spelled out from our own Unicode data and case already folded in, so that no flag but `m`, `u`, `g` and `y`, no
// property and no case table of the host plays a part. What hosts are known to differ in is left out: back
// references, lookbehind, captures in repetitions and lookaheads, repetitions of what can be empty, strings in classes.
//
// The rest must be provably fast in a backtracking host, since nobody can stop it. One attempt is linear if
//   - inside a repetition one character of lookahead decides every choice, and whether it goes on or ends;
//   - outside, a repetition may be ambiguous if what follows cannot fail or fails within a bounded number of characters;
//   - other ambiguous choices can be made in no more than MAX_PATHS ways.
// A search is linear if attempts never scan far before they fail, or only over characters that no match starts with.

import {
  canBeEmpty,
  type Pattern,
  type PatternNode,
  type QuantifiedNode,
} from '../syntax/regexp/pattern-ast.ts';
import {
  ALL_CODE_POINTS,
  ALL_CODE_UNITS,
  type CodePointSet,
  EMPTY_SET,
  setIntersection,
  setUnion,
} from '../unicode/code-point-set.ts';
import { LINE_TERMINATORS } from '../unicode/white-space.ts';
import { type Charge, innerMode, type MatchMode, setOfCharacterNode } from './character-sets.ts';
import { printForHost } from './host-printer.ts';

/** A pattern for the host, and what it costs. */
export interface HostPattern {
  /** Valid on every host with the flag `u` as given. */
  readonly source: string;
  /** `m`, `u`, both or none. */
  readonly flags: string;
  /** Whether a search takes time proportional to what it scans, however many attempts fail. */
  readonly isLinear: boolean;
  /** Whether an attempt may scan far and then fail or end much earlier. */
  readonly scansAhead: boolean;
  /** Code units of every match; -1 where they vary or are not known. */
  readonly fixedLength: number;
}

/** Longer patterns are not for the host. */
export const MAX_HOST_SOURCE = 2000;
const MAX_DEPTH = 24;
const MAX_NODES = 3000;
const MAX_PATHS = 64;
/** Most repetitions of a bounded quantifier, with those around it. */
const MAX_REPETITIONS = 4096;

/** What follows a node. */
interface Rest {
  /** Characters it can start with. */
  readonly first: CodePointSet;
  /** Whether it cannot fail. */
  readonly isTotal: boolean;
  /** Whether it fails, if it does, within a bounded number of characters. */
  readonly isBounded: boolean;
  /** In how many ways its ambiguous choices can be made. */
  readonly paths: number;
}

/** Returns the pattern for the host, or null where nothing is proven. Throws what `charge` throws. */
export function hostPatternOf(pattern: Pattern, mode: MatchMode, charge: Charge): HostPattern | null {
  if (pattern.source.length > MAX_HOST_SOURCE || pattern.flags.hasIndices) return null;
  // Hosts differ in whether a search with `u` may find the empty string inside a surrogate pair.
  if (mode.unicode && canBeEmpty(pattern.body)) return null;
  const analysis = new Analysis(mode, charge);
  const all = mode.unicode ? ALL_CODE_POINTS : ALL_CODE_UNITS;
  const end: Rest = { first: all, isTotal: true, isBounded: true, paths: 1 };
  const whole = analysis.node(pattern.body, mode, end, { depth: 0, isStrict: false, repetitions: 1 });
  if (whole === null || whole.paths > MAX_PATHS) return null;
  const printed = printForHost(pattern, mode, charge);
  if (printed === null) return null;
  return {
    ...printed,
    isLinear: !analysis.scansAhead || !intersects(whole.first, analysis.scanned),
    scansAhead: analysis.scansAhead,
    fixedLength: mode.unicode ? -1 : fixedLengthOf(pattern.body),
  };
}

/** Code units that the node matches without `u` and `v`; -1 where they vary. Recursive as the analysis that the node has passed. */
function fixedLengthOf(node: PatternNode): number {
  switch (node.kind) {
    case 'Empty':
    case 'Assertion':
    case 'Lookaround':
      return 0;
    case 'Character':
      return node.codePoint > 0xffff ? -1 : 1;
    case 'AnyCharacter':
    case 'CharacterClass':
      return 1;
    case 'Alternative': {
      let sum = 0;
      for (const term of node.terms) {
        const each = fixedLengthOf(term);
        if (each < 0) return -1;
        sum += each;
      }
      return sum;
    }
    case 'Disjunction': {
      const [first, ...others] = node.alternatives.map(fixedLengthOf);
      return others.every((each) => each === first) ? first : -1;
    }
    case 'Group':
    case 'CapturingGroup':
      return fixedLengthOf(node.body);
    case 'Quantified': {
      const each = node.min === node.max ? fixedLengthOf(node.body) : -1;
      return each < 0 ? -1 : each * node.min;
    }
    case 'BackReference':
      return -1;
  }
}

interface Place {
  readonly depth: number;
  /** Inside a repetition: every choice must be decided by the next character. */
  readonly isStrict: boolean;
  readonly repetitions: number;
}

class Analysis {
  scansAhead: boolean;
  /** The characters of the repetitions that `scansAhead` is about. */
  scanned: CodePointSet;
  private unbounded: number;
  private nodesLeft: number;
  private readonly all: CodePointSet;
  private readonly charge: Charge;

  constructor(mode: MatchMode, charge: Charge) {
    this.scansAhead = false;
    this.scanned = EMPTY_SET;
    this.unbounded = 0;
    this.nodesLeft = MAX_NODES;
    this.all = mode.unicode ? ALL_CODE_POINTS : ALL_CODE_UNITS;
    this.charge = charge;
  }

  /** What a node and the rest after it do, or null if nothing is proven. Recursive up to MAX_DEPTH. */
  node(node: PatternNode, mode: MatchMode, rest: Rest, place: Place): Rest | null {
    if (place.depth > MAX_DEPTH || --this.nodesLeft < 0) return null;
    const inner = { ...place, depth: place.depth + 1 };
    switch (node.kind) {
      case 'Empty':
        return rest;
      case 'Character':
      case 'AnyCharacter':
      case 'CharacterClass': {
        const set = this.setOf(node, mode);
        if (set === null || set.length === 0) return null;
        return { ...rest, first: set, isTotal: false };
      }
      case 'Assertion':
        return { ...rest, first: this.firstOfAssertion(node.assertion, mode, rest), isTotal: false };
      case 'Alternative': {
        let after: Rest | null = rest;
        for (let i = node.terms.length - 1; i >= 0 && after !== null; i--)
          after = this.node(node.terms[i], mode, after, inner);
        return after;
      }
      case 'Disjunction':
        return this.disjunction(node.alternatives, mode, rest, inner);
      case 'Group':
        return this.node(node.body, innerMode(node, mode), rest, inner);
      case 'CapturingGroup':
        return place.isStrict ? null : this.node(node.body, mode, rest, inner);
      case 'Lookaround': {
        if (node.behind) return null;
        const { unbounded } = this;
        const end: Rest = { first: this.all, isTotal: true, isBounded: true, paths: 1 };
        if (this.node(node.body, mode, end, { ...inner, isStrict: true }) === null) return null;
        if (this.unbounded > unbounded) return null;
        return { ...rest, isTotal: false };
      }
      case 'Quantified':
        return this.quantified(node, mode, rest, inner);
      default:
        return null;
    }
  }

  private disjunction(
    alternatives: readonly PatternNode[],
    mode: MatchMode,
    rest: Rest,
    place: Place,
  ): Rest | null {
    let first: CodePointSet = EMPTY_SET;
    let isTotal = false;
    let isBounded = true;
    let isAmbiguous = false;
    let sum = 0;
    let most = 0;
    for (const alternative of alternatives) {
      const each = this.node(alternative, mode, rest, place);
      if (each === null) return null;
      if (intersects(first, each.first)) isAmbiguous = true;
      first = setUnion(first, each.first);
      sum += each.paths;
      most = Math.max(most, each.paths);
      isTotal ||= each.isTotal;
      isBounded &&= each.isBounded;
    }
    if (isAmbiguous && place.isStrict) return null;
    return { first, isTotal, isBounded: isTotal || isBounded, paths: isAmbiguous ? sum : most };
  }

  private quantified(node: QuantifiedNode, mode: MatchMode, rest: Rest, place: Place): Rest | null {
    const { body, min, max } = node;
    if (max === 0 || canBeEmpty(body) || (node.captureCount > 0 && max > 1)) return null;
    if (min === 1 && max === 1) return this.node(body, mode, rest, place);
    const isUnbounded = max === Number.POSITIVE_INFINITY;
    const repetitions = place.repetitions * (isUnbounded ? 1 : max);
    if (repetitions > MAX_REPETITIONS) return null;
    const first = this.firstOf(body, mode, place);
    if (first === null) return null;
    const isAmbiguous = intersects(first, rest.first);
    const isSingle =
      body.kind === 'Character' || body.kind === 'AnyCharacter' || body.kind === 'CharacterClass';
    let { paths } = rest;
    if (isAmbiguous) {
      if (place.isStrict) return null;
      if (!isUnbounded) paths *= rest.isTotal ? 1 : max - min + 1;
      else if (!isSingle || !(rest.isTotal || rest.isBounded)) return null;
    }
    const { unbounded } = this;
    const around = setUnion(first, rest.first);
    const again: Rest = max === 1 ? rest : { first: around, isTotal: false, isBounded: false, paths: 1 };
    const once = this.node(body, mode, again, { ...place, isStrict: place.isStrict || max > 1, repetitions });
    if (once === null) return null;
    const bodyIsBounded = this.unbounded === unbounded;
    if (isUnbounded) {
      this.unbounded++;
      if (!rest.isTotal) {
        this.scansAhead = true;
        this.scanned = setUnion(this.scanned, this.charactersOf(body, mode));
      }
    }
    if (max === 1) paths = isAmbiguous ? once.paths + rest.paths : Math.max(once.paths, rest.paths);
    else paths *= once.paths;
    const isTotal = min === 0 && rest.isTotal;
    const isBounded = isTotal || (bodyIsBounded && (rest.isTotal || (!isUnbounded && rest.isBounded)));
    return { first: min === 0 ? around : first, isTotal, isBounded, paths };
  }

  /** What a node that cannot be empty can start with. */
  private firstOf(node: PatternNode, mode: MatchMode, place: Place): CodePointSet | null {
    const { scansAhead, scanned, unbounded } = this;
    const end: Rest = { first: this.all, isTotal: true, isBounded: true, paths: 1 };
    const result = this.node(node, mode, end, { ...place, isStrict: false });
    this.scansAhead = scansAhead;
    this.scanned = scanned;
    this.unbounded = unbounded;
    return result === null ? null : result.first;
  }

  private firstOfAssertion(assertion: string, mode: MatchMode, rest: Rest): CodePointSet {
    if (assertion !== 'end') return rest.first;
    return mode.multiline ? setIntersection(rest.first, LINE_TERMINATORS) : EMPTY_SET;
  }

  /** Every character that a node without lookarounds can consume. */
  private charactersOf(node: PatternNode, mode: MatchMode): CodePointSet {
    switch (node.kind) {
      case 'Alternative':
        return node.terms.reduce((set, term) => setUnion(set, this.charactersOf(term, mode)), EMPTY_SET);
      case 'Disjunction':
        return node.alternatives.reduce(
          (set, each) => setUnion(set, this.charactersOf(each, mode)),
          EMPTY_SET,
        );
      case 'Group':
        return this.charactersOf(node.body, innerMode(node, mode));
      case 'CapturingGroup':
      case 'Quantified':
        return this.charactersOf(node.body, mode);
      default:
        return this.setOf(node, mode) ?? EMPTY_SET;
    }
  }

  private setOf(node: PatternNode, mode: MatchMode): CodePointSet | null {
    return setOfCharacterNode(node, mode, this.charge);
  }
}

function intersects(a: CodePointSet, b: CodePointSet): boolean {
  return setIntersection(a, b).length > 0;
}
