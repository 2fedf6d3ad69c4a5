// Pattern tree to program. The tree may be deeper than the host's stack allows to recurse, so that pending
// work is a list of tasks; code comes out in order all the same, because a task emits its own prologue, then
// leaves its epilogue and its body as tasks.
// https://tc39.es/ecma262/#sec-compilepattern

import {
  canBeEmpty,
  type DisjunctionNode,
  type LookaroundNode,
  mayContainStrings,
  type Pattern,
  type PatternNode,
  type QuantifiedNode,
} from '../syntax/regexp/pattern-ast.ts';
import type { RegExpFlags } from '../syntax/regexp/pattern-flags.ts';
import { parsePattern } from '../syntax/regexp/pattern-parser.ts';
import { PatternSyntaxError } from '../syntax/regexp/pattern-syntax-error.ts';
import { type CodePointSet, setDifference, setFromMembers } from '../unicode/code-point-set.ts';
import {
  anyCharacter,
  type Charge,
  charactersMatching,
  evaluateClass,
  innerMode,
  type MatchMode,
  wordCharacters,
} from './character-sets.ts';
import { CharacterTable } from './character-table.ts';
import { addGuards, type Guards } from './guards.ts';
import type { HostMatcher } from './host-matcher.ts';
import { MAX_HOST_SOURCE } from './host-pattern.ts';
import { lengthOfInstruction, Op } from './opcodes.ts';
import { findSearchHints, literalPrefix, type SearchHints } from './search-hints.ts';
import { StringTable } from './string-table.ts';

/** Whether a program runs on the host: decided at one of its first searches (searcher.ts). */
export interface Delegation {
  isDecided: boolean;
  /** Searches so far. */
  searches: number;
  /** What the decision is about; null once it has been made, and for patterns that are too long for it. */
  pattern: Pattern | null;
  readonly mode: MatchMode;
  host: HostMatcher | null;
}

/** A compiled regular expression. Holds no state of a match, and does not change but for `delegation`. */
export interface RegExpProgram {
  readonly source: string;
  readonly flags: RegExpFlags;
  readonly code: Int32Array;
  readonly sets: readonly CharacterTable[];
  readonly stringSets: readonly StringTable[];
  readonly registerCount: number;
  /** Number of capturing groups, the whole match not counted. */
  readonly captureCount: number;
  /** Name of each capture, index 0 being the whole match; a name may occur more than once. */
  readonly groupNames: readonly (string | null)[];
  readonly hasNames: boolean;
  /** `u` or `v`: positions step by code points. */
  readonly unicode: boolean;
  readonly hints: SearchHints;
  /** The set of the unbounded repetition that every match starts with; null if there is none or a back reference. */
  readonly firstRun: CharacterTable | null;
  /** The word characters, if every match starts with the first one of a word; else null. */
  readonly wordStart: CharacterTable | null;
  readonly guards: Guards;
  readonly delegation: Delegation;
}

/** No bound on a count: more than any string has characters. */
const UNBOUNDED = 0x7fff_ffff;

/**
 * Parses and compiles. Returns the program or the first syntax error. `charge` hears of the work, which for
 * classes without regard to case is far more than their length; it may throw to stop the compilation.
 */
export function compileRegExp(
  source: string,
  flags: string | RegExpFlags,
  charge: Charge = ignoreCharge,
): RegExpProgram | PatternSyntaxError {
  charge(source.length);
  const pattern = parsePattern(source, flags);
  return pattern instanceof PatternSyntaxError ? pattern : compilePattern(pattern, charge);
}

/** Compiles a parsed pattern. Throws only what `charge` throws. */
export function compilePattern(pattern: Pattern, charge: Charge = ignoreCharge): RegExpProgram {
  return new Compiler(pattern, charge).compile();
}

function ignoreCharge(): void {}

/** About what a program takes besides its code and its sets, and a code unit of its source as a tree. */
const PROGRAM_BYTES = 600;
const SOURCE_UNIT_BYTES = 16;

/** Estimate of what a program takes of the host's memory, in bytes. */
export function memoryBytesOf({ source, code, sets, stringSets, groupNames }: RegExpProgram): number {
  let bytes = PROGRAM_BYTES + SOURCE_UNIT_BYTES * source.length + 4 * code.length + 8 * groupNames.length;
  for (const set of sets) bytes += set.memoryBytes;
  for (const set of stringSets) bytes += set.memoryBytes;
  return bytes;
}

// Directions of matching: backward in lookbehinds.
const FORWARD = false;

type Task = () => void;

class Compiler {
  private readonly pattern: Pattern;
  private readonly charge: Charge;
  private readonly code: number[];
  private readonly tasks: Task[];
  private readonly sets: CharacterTable[];
  private readonly stringSets: StringTable[];
  private readonly indexOfSet: Map<CodePointSet, number>;
  private readonly indexOfKey: Map<string, number>;
  /** False where there is no back reference. */
  private readonly mayRefer: boolean;
  private registerCount: number;

  constructor(pattern: Pattern, charge: Charge) {
    this.pattern = pattern;
    this.charge = charge;
    this.code = [];
    this.tasks = [];
    this.sets = [];
    this.stringSets = [];
    this.indexOfSet = new Map();
    this.indexOfKey = new Map();
    this.mayRefer = /\\[1-9k]/.test(pattern.source);
    this.registerCount = 2 * (pattern.captureCount + 1);
  }

  compile(): RegExpProgram {
    const { pattern, tasks } = this;
    const { flags } = pattern;
    const mode: MatchMode = {
      ignoreCase: flags.ignoreCase,
      multiline: flags.multiline,
      dotAll: flags.dotAll,
      unicode: flags.unicode || flags.unicodeSets,
      unicodeSets: flags.unicodeSets,
    };
    this.node(pattern.body, mode, FORWARD);
    let charged = 0;
    for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
      task();
      this.charge(this.code.length - charged);
      charged = this.code.length;
    }
    this.code.push(Op.Match);
    const code = Int32Array.from(this.code);
    const guards = addGuards(code, this.sets, this.charge);
    const hints = findSearchHints(pattern.body, mode, this.charge);
    return {
      source: pattern.source,
      flags,
      code,
      sets: this.sets,
      stringSets: this.stringSets,
      registerCount: this.registerCount,
      captureCount: pattern.captureCount,
      groupNames: pattern.groupNames,
      hasNames: pattern.groupNames.some((name) => name !== null),
      unicode: mode.unicode,
      hints,
      guards,
      firstRun: findFirstRun(code, this.sets),
      wordStart: findWordStart(code, this.sets, hints),
      delegation: {
        isDecided: pattern.source.length > MAX_HOST_SOURCE,
        searches: 0,
        pattern: pattern.source.length > MAX_HOST_SOURCE ? null : pattern,
        mode,
        host: null,
      },
    };
  }

  /** Emits a leaf at once; for other nodes emits the start and leaves the rest as tasks, the next one on top. */
  private node(node: PatternNode, mode: MatchMode, backward: boolean): void {
    const { code, tasks } = this;
    switch (node.kind) {
      case 'Empty':
        return;
      case 'Character':
        this.character(node.codePoint, mode, backward);
        return;
      case 'AnyCharacter':
        this.set(anyCharacter(mode), mode, backward);
        return;
      case 'CharacterClass':
        if (mayContainStrings(node.contents)) {
          this.stringSets.push(
            new StringTable(evaluateClass(node, mode, this.charge), mode.ignoreCase, backward),
          );
          code.push(backward ? Op.StringsBack : Op.Strings, this.stringSets.length - 1);
        } else {
          this.set(this.setOfClass(node, mode), mode, backward);
        }
        return;
      case 'Assertion':
        switch (node.assertion) {
          case 'start':
            code.push(mode.multiline ? Op.LineStart : Op.Start);
            return;
          case 'end':
            code.push(mode.multiline ? Op.LineEnd : Op.End);
            return;
          case 'word-boundary':
            code.push(Op.WordBoundary, this.setIndex(wordCharacters(mode)));
            return;
          case 'not-word-boundary':
            code.push(Op.NotWordBoundary, this.setIndex(wordCharacters(mode)));
            return;
        }
        return;
      case 'BackReference': {
        const op = backward ? Op.BackReferenceBack : Op.BackReference;
        code.push(op, mode.ignoreCase ? 1 : 0, node.groups.length);
        for (const group of node.groups) code.push(group);
        return;
      }
      case 'Alternative':
        this.sequence(node.terms, 0, mode, backward);
        return;
      case 'Disjunction':
        this.disjunction(node, 0, [], mode, backward);
        return;
      case 'Group':
        this.node(node.body, innerMode(node, mode), backward);
        return;
      case 'CapturingGroup': {
        const register = node.index * 2;
        code.push(Op.Save, backward ? register + 1 : register);
        tasks.push(() => code.push(Op.Save, backward ? register : register + 1));
        tasks.push(() => this.node(node.body, mode, backward));
        return;
      }
      case 'Lookaround':
        this.lookaround(node, mode);
        return;
      case 'Quantified':
        this.quantified(node, mode, backward);
        return;
    }
  }

  private sequence(terms: readonly PatternNode[], start: number, mode: MatchMode, backward: boolean): void {
    const { tasks } = this;
    for (let i = start; i < terms.length; i++) {
      const term = backward ? terms[terms.length - 1 - i] : terms[i];
      const literal = backward ? '' : literalPrefix(terms, i, mode);
      if (literal.length > 1) {
        this.code.push(Op.Literal, literal.length);
        for (let j = 0; j < literal.length; j++) this.code.push(literal.charCodeAt(j));
        // Every term of the literal is one character.
        i += (mode.unicode ? [...literal].length : literal.length) - 1;
        continue;
      }
      if (isLeaf(term)) {
        this.node(term, mode, backward);
        continue;
      }
      if (i + 1 < terms.length) tasks.push(() => this.sequence(terms, i + 1, mode, backward));
      tasks.push(() => this.node(term, mode, backward));
      return;
    }
  }

  /** One alternative: `SplitFirst next; …; Jump end; next:`. `jumps` collects the jumps to the end. */
  private disjunction(
    node: DisjunctionNode,
    index: number,
    jumps: number[],
    mode: MatchMode,
    backward: boolean,
  ): void {
    const { code, tasks } = this;
    const alternative = node.alternatives[index];
    if (index === node.alternatives.length - 1) {
      tasks.push(() => {
        for (const jump of jumps) code[jump] = code.length;
      });
      tasks.push(() => this.node(alternative, mode, backward));
      return;
    }
    const split = this.split(Op.SplitFirst);
    tasks.push(() => {
      jumps.push(this.placeholder(Op.Jump));
      code[split] = code.length;
      this.disjunction(node, index + 1, jumps, mode, backward);
    });
    tasks.push(() => this.node(alternative, mode, backward));
  }

  private lookaround(node: LookaroundNode, mode: MatchMode): void {
    const { code, tasks } = this;
    const height = this.registerCount++;
    if (node.negative) {
      code.push(Op.NegativeBegin, height, 0);
      const target = code.length - 1;
      tasks.push(() => {
        code.push(Op.NegativeEnd, height);
        code[target] = code.length;
      });
    } else {
      const position = this.registerCount++;
      code.push(Op.LookBegin, height, position);
      tasks.push(() => code.push(Op.LookEnd, height, position));
    }
    tasks.push(() => this.node(node.body, mode, node.behind));
  }

  /** RepeatMatcher — https://tc39.es/ecma262/#sec-runtime-semantics-repeatmatcher-abstract-operation */
  private quantified(node: QuantifiedNode, mode: MatchMode, backward: boolean): void {
    const { code, tasks } = this;
    const { body, greedy } = node;
    const max = Math.min(node.max, UNBOUNDED);
    const min = Math.min(node.min, UNBOUNDED - 1);
    if (max === 0 || body.kind === 'Empty') return;
    if (body.kind === 'Lookaround') {
      // Every repetition is empty and finds the same: those beyond the minimum fail, one stands for the rest.
      if (min > 0) this.lookaround(body, mode);
      return;
    }
    if (min === 1 && max === 1) {
      this.node(body, mode, backward);
      return;
    }
    const run = backward ? null : this.setOfSingle(body, mode);
    if (run !== null) {
      const byCodePoint = mode.unicode && needsCodePoints(run);
      const op = greedy
        ? byCodePoint
          ? Op.RunGreedyU
          : Op.RunGreedy
        : byCodePoint
          ? Op.RunLazyU
          : Op.RunLazy;
      code.push(op, this.setIndex(run), min, max);
      return;
    }
    const progress = canBeEmpty(body) ? this.registerCount++ : -1;
    const prologue = () => {
      // A first repetition has nothing to clear: an enclosing repetition has done it.
      if (node.captureCount > 0 && max > 1) this.clearCaptures(node);
      if (progress >= 0) code.push(Op.Save, progress);
    };
    const bodyTask = () => this.node(body, mode, backward);
    if (min === 0 && (max === 1 || max === UNBOUNDED)) {
      const exit = this.split(greedy ? Op.SplitFirst : Op.SplitLast);
      const start = code.length;
      prologue();
      tasks.push(() => {
        if (progress >= 0) code.push(Op.CheckProgress, progress);
        // The choice once more instead of a jump back to it.
        if (max > 1) code.push(greedy ? Op.SplitLast : Op.SplitFirst, start, 0);
        code[exit] = code.length;
      });
      tasks.push(bodyTask);
    } else if (min === 1 && max === UNBOUNDED && progress < 0) {
      const head = code.length;
      prologue();
      tasks.push(() => code.push(greedy ? Op.SplitLast : Op.SplitFirst, head, 0));
      tasks.push(bodyTask);
    } else {
      const counter = this.registerCount++;
      code.push(Op.Zero, counter);
      const head = code.length;
      code.push(greedy ? Op.LoopGreedy : Op.LoopLazy, counter, min, max, 0);
      const exit = code.length - 1;
      prologue();
      tasks.push(() => {
        code.push(Op.LoopNext, counter, min, progress, head);
        code[exit] = code.length;
      });
      tasks.push(bodyTask);
    }
  }

  /** Clears the captures in a repetition, but for those that each one sets anew: only a back reference could tell. */
  private clearCaptures({ body, firstCapture, captureCount }: QuantifiedNode): void {
    const { code } = this;
    const set = new Set<number>();
    if (!this.mayRefer) addCapturesSet(body, set, 0);
    const end = firstCapture + captureCount;
    for (let from = firstCapture; from < end; from++) {
      if (set.has(from)) continue;
      let to = from + 1;
      while (to < end && !set.has(to)) to++;
      code.push(Op.Clear, from * 2, to * 2);
      from = to;
    }
  }

  private character(character: number, mode: MatchMode, backward: boolean): void {
    const { code } = this;
    const matching = charactersMatching(character, mode);
    if (mode.unicode && matching.some(isSurrogate)) {
      this.set(this.setOfCharacter(character, mode), mode, backward);
    } else if (matching.length === 1 && character > 0xffff) {
      const lead = 0xd800 + ((character - 0x10000) >> 10);
      const trail = 0xdc00 + (character & 0x3ff);
      if (backward) code.push(Op.CharBack, trail, Op.CharBack, lead);
      else code.push(Op.Char, lead, Op.Char, trail);
    } else if (matching.length === 1) {
      code.push(backward ? Op.CharBack : Op.Char, character);
    } else if (matching.length === 2 && matching[0] <= 0xffff && matching[1] <= 0xffff) {
      code.push(backward ? Op.CharPairBack : Op.CharPair, matching[0], matching[1]);
    } else {
      this.set(this.setOfCharacter(character, mode), mode, backward);
    }
  }

  private set(set: CodePointSet, mode: MatchMode, backward: boolean): void {
    const { code } = this;
    if (set.length === 0) code.push(Op.Fail);
    else if (mode.unicode && needsCodePoints(set))
      code.push(backward ? Op.SetUBack : Op.SetU, this.setIndex(set));
    else code.push(backward ? Op.SetBack : Op.Set, this.setIndex(set));
  }

  /** Returns the set of a node that matches exactly one character, or null for other nodes. */
  private setOfSingle(node: PatternNode, mode: MatchMode): CodePointSet | null {
    switch (node.kind) {
      case 'Character':
        return this.setOfCharacter(node.codePoint, mode);
      case 'AnyCharacter':
        return anyCharacter(mode);
      case 'CharacterClass':
        return mayContainStrings(node.contents) ? null : this.setOfClass(node, mode);
      default:
        return null;
    }
  }

  private setOfCharacter(character: number, mode: MatchMode): CodePointSet {
    return this.remember(`c${mode.ignoreCase}${character}`, () =>
      setFromMembers(charactersMatching(character, mode)),
    );
  }

  private setOfClass(node: Extract<PatternNode, { kind: 'CharacterClass' }>, mode: MatchMode): CodePointSet {
    const evaluate = () => evaluateClass(node, mode, this.charge).codePoints;
    const { contents } = node;
    if (contents.kind === 'ClassEscape')
      return this.remember(`e${mode.ignoreCase}${contents.escape}`, evaluate);
    if (contents.kind === 'ClassProperty') {
      const { name, index } = contents.property;
      return this.remember(`p${mode.ignoreCase}${contents.negated}${name}${index}`, evaluate);
    }
    return evaluate();
  }

  /** Evaluates a set once per program. */
  private remember(key: string, evaluate: () => CodePointSet): CodePointSet {
    const known = this.indexOfKey.get(key);
    if (known !== undefined) return this.sets[known].set;
    const set = evaluate();
    this.indexOfKey.set(key, this.setIndex(set));
    return set;
  }

  private setIndex(set: CodePointSet): number {
    const known = this.indexOfSet.get(set);
    if (known !== undefined) return known;
    this.indexOfSet.set(set, this.sets.length);
    return this.sets.push(new CharacterTable(set)) - 1;
  }

  /** Emits an instruction whose only operand is filled in later; returns the operand's place. */
  private placeholder(op: number): number {
    return this.code.push(op, 0) - 1;
  }

  /** The same for a split. */
  private split(op: number): number {
    return this.code.push(op, 0, 0) - 2;
  }
}

function findFirstRun(code: Int32Array, sets: readonly CharacterTable[]): CharacterTable | null {
  let first = -1;
  for (let pc = 0; pc < code.length; pc += lengthOfInstruction(code, pc)) {
    if (code[pc] === Op.BackReference || code[pc] === Op.BackReferenceBack) return null;
    if (first < 0 && code[pc] !== Op.Save) first = pc;
  }
  switch (code[first]) {
    case Op.RunGreedy:
    case Op.RunGreedyU:
    case Op.RunLazy:
    case Op.RunLazyU:
    case Op.RunPossessive:
    case Op.RunPossessiveU:
      return code[first + 3] === UNBOUNDED ? sets[code[first + 1]] : null;
    default:
      return null;
  }
}

function findWordStart(
  code: Int32Array,
  sets: readonly CharacterTable[],
  { first }: SearchHints,
): CharacterTable | null {
  let pc = 0;
  while (code[pc] === Op.Save) pc += lengthOfInstruction(code, pc);
  if (code[pc] !== Op.WordBoundary || first === null) return null;
  const words = sets[code[pc + 1]];
  return setDifference(first.set, words.set).length === 0 ? words : null;
}

/** Nesting that is looked into. */
const MAX_CAPTURE_DEPTH = 16;

/** Adds captures that every match of the node sets, to the start and the end of what it has matched. */
function addCapturesSet(node: PatternNode, captures: Set<number>, depth: number): void {
  if (depth > MAX_CAPTURE_DEPTH) return;
  switch (node.kind) {
    case 'CapturingGroup':
      captures.add(node.index);
      addCapturesSet(node.body, captures, depth + 1);
      break;
    case 'Group':
      addCapturesSet(node.body, captures, depth + 1);
      break;
    case 'Alternative':
      for (const term of node.terms) addCapturesSet(term, captures, depth + 1);
      break;
  }
}

function isLeaf(node: PatternNode): boolean {
  switch (node.kind) {
    case 'Empty':
    case 'Character':
    case 'AnyCharacter':
    case 'CharacterClass':
    case 'Assertion':
    case 'BackReference':
      return true;
    default:
      return false;
  }
}

function isSurrogate(character: number): boolean {
  return character >= 0xd800 && character <= 0xdfff;
}

/** Returns whether a member is a surrogate or beyond the BMP, so that code units do not tell it. */
function needsCodePoints(set: CodePointSet): boolean {
  if (set[set.length - 1] > 0x10000) return true;
  for (let i = 0; i < set.length; i += 2) {
    if (set[i] <= 0xdfff && set[i + 1] > 0xd800) return true;
  }
  return false;
}
