// From the class nodes of a pattern to sets of characters: CompileToCharSet and what it stands on
// (https://tc39.es/ecma262/#sec-compiletocharset). The result is closed over case: a character matches if
// it is a member, and Canonicalize is not needed at match time.

import {
  type CharacterClassNode,
  type ClassNode,
  type ClassSetNode,
  type GroupNode,
  mayContainStrings,
  type PatternNode,
} from '../syntax/regexp/pattern-ast.ts';
import {
  type CaseOrbits,
  foldingOrbits,
  simpleCaseFold,
  simpleCaseFoldings,
  uppercaseCanonicalize,
  uppercaseOrbits,
} from '../unicode/case-mapping.ts';
import {
  ALL_CODE_POINTS,
  ALL_CODE_UNITS,
  type CodePointSet,
  EMPTY_SET,
  setContains,
  setDifference,
  setFromMembers,
  setFromRanges,
  setIntersection,
  setSize,
  setUnion,
  setUnionOf,
} from '../unicode/code-point-set.ts';
import { codePointsOfProperty, stringsOfProperty } from '../unicode/properties.ts';
import { LINE_TERMINATORS, whiteSpaceCodePoints } from '../unicode/white-space.ts';

/** The part of a RegExp Record that a modifier may change, with the two modes it never changes. */
export interface MatchMode {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  /** `u` or `v`: HasEitherUnicodeFlag. */
  readonly unicode: boolean;
  readonly unicodeSets: boolean;
}

/** What a class matches. */
export interface CharacterSet {
  readonly codePoints: CodePointSet;
  /** The members that are not one character; only with `v`. Folded if case is ignored. */
  readonly strings: readonly (readonly number[])[];
}

/** A set under construction: strings by a key that tells them apart. */
interface Members {
  readonly codePoints: CodePointSet;
  readonly strings: ReadonlyMap<string, readonly number[]>;
}

/** The mode inside a group: its modifiers change what they name. */
export function innerMode(node: GroupNode, mode: MatchMode): MatchMode {
  const { modifiers } = node;
  if (modifiers === null) return mode;
  return {
    ...mode,
    ignoreCase: modifiers.ignoreCase ?? mode.ignoreCase,
    multiline: modifiers.multiline ?? mode.multiline,
    dotAll: modifiers.dotAll ?? mode.dotAll,
  };
}

const NO_STRINGS: ReadonlyMap<string, readonly number[]> = new Map();

/** Called with a measure of the work that has been done; may throw to stop. */
export type Charge = (steps: number) => void;

/** Evaluates a class: set operations, negation and closure over case all done. Throws only what `charge` throws. */
export function evaluateClass(node: CharacterClassNode, mode: MatchMode, charge: Charge): CharacterSet {
  const members = evaluateContents(node.contents, mode, charge);
  if (mode.ignoreCase) charge(Math.min(setSize(members.codePoints), orbitsOf(mode).size));
  let codePoints = closeOverCase(members.codePoints, mode);
  if (node.invert) codePoints = setDifference(allCharacters(mode), codePoints);
  return { codePoints, strings: [...members.strings.values()] };
}

/** The characters that a node matches which matches exactly one character; null for other nodes. */
export function setOfCharacterNode(node: PatternNode, mode: MatchMode, charge: Charge): CodePointSet | null {
  switch (node.kind) {
    case 'Character':
      return setFromMembers(charactersMatching(node.codePoint, mode));
    case 'AnyCharacter':
      return anyCharacter(mode);
    case 'CharacterClass':
      return mayContainStrings(node.contents) ? null : evaluateClass(node, mode, charge).codePoints;
    default:
      return null;
  }
}

/** Returns every character that matches `character` under `mode`, itself included. */
export function charactersMatching(character: number, mode: MatchMode): readonly number[] {
  if (!mode.ignoreCase) return [character];
  return orbitsOf(mode).get(canonicalize(character, mode)) ?? [character];
}

/** Canonicalize ( rer, ch ) — https://tc39.es/ecma262/#sec-runtime-semantics-canonicalize-ch */
export function canonicalize(character: number, mode: MatchMode): number {
  if (!mode.ignoreCase) return character;
  return mode.unicode ? simpleCaseFold(character) : uppercaseCanonicalize(character);
}

/** What `.` matches. */
export function anyCharacter(mode: MatchMode): CodePointSet {
  if (mode.dotAll) return allCharacters(mode);
  return mode.unicode ? CODE_POINTS_BUT_LINE_TERMINATORS : CODE_UNITS_BUT_LINE_TERMINATORS;
}

/** WordCharacters ( rer ) — https://tc39.es/ecma262/#sec-wordcharacters */
export function wordCharacters(mode: MatchMode): CodePointSet {
  if (!mode.unicode || !mode.ignoreCase) return BASIC_WORD_CHARACTERS;
  if (foldedWordCharacters === null) foldedWordCharacters = closeOverCase(BASIC_WORD_CHARACTERS, mode);
  return foldedWordCharacters;
}

const DIGITS = setFromRanges([0x30, 0x39]);
const BASIC_WORD_CHARACTERS = setFromRanges([0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a]);
const CODE_POINTS_BUT_LINE_TERMINATORS = setDifference(ALL_CODE_POINTS, LINE_TERMINATORS);
const CODE_UNITS_BUT_LINE_TERMINATORS = setDifference(ALL_CODE_UNITS, LINE_TERMINATORS);
let foldedWordCharacters: CodePointSet | null = null;
let whiteSpaceAndLineTerminators: CodePointSet | null = null;
let foldedCharacters: CodePointSet | null = null;

function allCharacters(mode: MatchMode): CodePointSet {
  return mode.unicode ? ALL_CODE_POINTS : ALL_CODE_UNITS;
}

/**
 * The characters that CharacterComplement chooses from: with `v` and `i` only those that fold to themselves.
 * https://tc39.es/ecma262/#sec-allcharacters
 */
function charactersForComplement(mode: MatchMode): CodePointSet {
  if (!mode.unicodeSets || !mode.ignoreCase) return allCharacters(mode);
  if (foldedCharacters === null) {
    foldedCharacters = setDifference(ALL_CODE_POINTS, setFromMembers([...simpleCaseFoldings().keys()]));
  }
  return foldedCharacters;
}

/** Evaluates nested classes bottom-up on a stack of our own. */
function evaluateContents(root: ClassNode, mode: MatchMode, charge: Charge): Members {
  if (root.kind !== 'ClassSet') return evaluateOperand(root, mode, charge);
  const stack: { node: ClassSetNode; next: number; operands: Members[] }[] = [
    { node: root, next: 0, operands: [] },
  ];
  for (;;) {
    const top = stack[stack.length - 1];
    const { node } = top;
    if (node.operation === 'union') top.next = evaluatePlainOperands(node, top.next, top.operands, mode);
    if (top.next < node.operands.length) {
      const operand = node.operands[top.next++];
      if (operand.kind === 'ClassSet') stack.push({ node: operand, next: 0, operands: [] });
      else top.operands.push(evaluateOperand(operand, mode, charge));
      continue;
    }
    for (const operand of top.operands) charge(operand.codePoints.length + operand.strings.size);
    const members = combineOperands(node, top.operands, mode);
    stack.pop();
    if (stack.length === 0) return members;
    stack[stack.length - 1].operands.push(members);
  }
}

/** Takes the characters and ranges that come next in a union together; returns the index after them. */
function evaluatePlainOperands(
  node: ClassSetNode,
  start: number,
  operands: Members[],
  mode: MatchMode,
): number {
  const ranges: number[] = [];
  let index = start;
  for (; index < node.operands.length; index++) {
    const operand = node.operands[index];
    if (operand.kind === 'ClassCharacter') ranges.push(operand.codePoint, operand.codePoint);
    else if (operand.kind === 'ClassRange') ranges.push(operand.from, operand.to);
    else break;
  }
  if (ranges.length > 0) operands.push(plain(maybeSimpleCaseFolding(setFromRanges(ranges), mode)));
  return index;
}

function evaluateOperand(node: Exclude<ClassNode, ClassSetNode>, mode: MatchMode, charge: Charge): Members {
  if (mode.unicodeSets && mode.ignoreCase) charge(simpleCaseFoldings().size);
  switch (node.kind) {
    case 'ClassCharacter':
      return plain(maybeSimpleCaseFolding(setFromRanges([node.codePoint, node.codePoint]), mode));
    case 'ClassRange':
      return plain(maybeSimpleCaseFolding(setFromRanges([node.from, node.to]), mode));
    case 'ClassEscape':
      return plain(evaluateEscape(node.escape, mode));
    case 'ClassProperty': {
      const { property } = node;
      const codePoints = maybeSimpleCaseFolding(codePointsOfProperty(property), mode);
      if (node.negated) return plain(setDifference(charactersForComplement(mode), codePoints));
      if (property.name !== 'Sequence') return plain(codePoints);
      return withStrings(codePoints, stringsOfProperty(property).strings, mode);
    }
    case 'ClassStrings':
      return withStrings(EMPTY_SET, node.strings, mode);
  }
}

function evaluateEscape(letter: string, mode: MatchMode): CodePointSet {
  let set: CodePointSet;
  switch (letter) {
    case 'd':
    case 'D':
      set = DIGITS;
      break;
    case 's':
    case 'S':
      if (whiteSpaceAndLineTerminators === null) {
        whiteSpaceAndLineTerminators = setUnion(whiteSpaceCodePoints(), LINE_TERMINATORS);
      }
      set = whiteSpaceAndLineTerminators;
      break;
    default:
      set = maybeSimpleCaseFolding(wordCharacters(mode), mode);
  }
  return letter < 'a' ? setDifference(charactersForComplement(mode), set) : set;
}

function combineOperands(node: ClassSetNode, operands: readonly Members[], mode: MatchMode): Members {
  let result: Members;
  if (node.operation === 'union') {
    result = {
      codePoints: setUnionOf(operands.map((operand) => operand.codePoints)),
      strings: unionOfStrings(operands),
    };
  } else {
    result = operands[0];
    const subtraction = node.operation === 'subtraction';
    for (let i = 1; i < operands.length; i++) {
      const { codePoints, strings } = operands[i];
      result = {
        codePoints: (subtraction ? setDifference : setIntersection)(result.codePoints, codePoints),
        strings: new Map([...result.strings].filter(([key]) => strings.has(key) !== subtraction)),
      };
    }
  }
  if (!node.complement) return result;
  return plain(setDifference(charactersForComplement(mode), result.codePoints));
}

function unionOfStrings(operands: readonly Members[]): ReadonlyMap<string, readonly number[]> {
  const withSome = operands.filter((operand) => operand.strings.size > 0);
  if (withSome.length === 0) return NO_STRINGS;
  const strings = new Map<string, readonly number[]>();
  for (const operand of withSome) {
    for (const [key, string] of operand.strings) strings.set(key, string);
  }
  return strings;
}

function plain(codePoints: CodePointSet): Members {
  return { codePoints, strings: NO_STRINGS };
}

function withStrings(
  codePoints: CodePointSet,
  list: readonly (readonly number[])[],
  mode: MatchMode,
): Members {
  const singles: number[] = [];
  const strings = new Map<string, readonly number[]>();
  for (const string of list) {
    const folded = mode.ignoreCase ? string.map(simpleCaseFold) : string;
    if (folded.length === 1) singles.push(folded[0]);
    else strings.set(folded.join(), folded);
  }
  return { codePoints: setUnion(codePoints, setFromMembers(singles)), strings };
}

/** MaybeSimpleCaseFolding ( rer, A ) — https://tc39.es/ecma262/#sec-maybesimplecasefolding */
function maybeSimpleCaseFolding(set: CodePointSet, mode: MatchMode): CodePointSet {
  if (!mode.unicodeSets || !mode.ignoreCase) return set;
  const removed: number[] = [];
  const added: number[] = [];
  for (const [from, to] of simpleCaseFoldings()) {
    if (!setContains(set, from)) continue;
    removed.push(from);
    added.push(to);
  }
  return setUnion(setDifference(set, setFromMembers(removed)), setFromMembers(added));
}

function orbitsOf(mode: MatchMode): CaseOrbits {
  return mode.unicode ? foldingOrbits() : uppercaseOrbits();
}

/** Sets with fewer members than this are closed member by member, others orbit by orbit. */
const SMALL_SET = 128;

/** Adds to a set every character that canonicalizes as one of its members does. */
function closeOverCase(set: CodePointSet, mode: MatchMode): CodePointSet {
  if (!mode.ignoreCase) return set;
  const orbits = orbitsOf(mode);
  const added: number[] = [];
  if (setSize(set) < SMALL_SET) {
    for (let i = 0; i < set.length; i += 2) {
      for (let character = set[i]; character < set[i + 1]; character++) {
        const orbit = orbits.get(canonicalize(character, mode));
        if (orbit !== undefined) added.push(...orbit);
      }
    }
  } else {
    for (const orbit of orbits.values()) {
      let inside = 0;
      for (const character of orbit) if (setContains(set, character)) inside++;
      if (inside > 0 && inside < orbit.length) added.push(...orbit);
    }
  }
  return setUnion(set, setFromMembers(added));
}
