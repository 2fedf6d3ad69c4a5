// Runs a proven pattern (host-pattern.ts) on the host's RegExp. Whatever the host throws - its stack or its code space
// may be short - is no error of the guest: the caller goes on with the own matcher.
//
// The host cannot be stopped, so the fuel of a search is known only after it: one unit, one for each eight characters that
// it has gone on, and where attempts may scan ahead one for each 256 characters that are left.

import type { Charge } from './character-sets.ts';
import type { CharacterTable } from './character-table.ts';
import { isInsidePair } from './code-points.ts';
import type { RegExpProgram } from './compiler.ts';
import type { HostPattern } from './host-pattern.ts';
import type { MatchResult } from './match-result.ts';

/** The host has not searched; the own matcher must. */
export const NOT_SEARCHED = -2;
export const NO_MATCH = -1;

/** Longer subjects are not given to the host: a search would take too long without a stop. */
const MAX_SUBJECT = 1 << 22;
/** Patterns that may take the square of the length search in this many characters at once. */
const MAX_SQUARE = 1024;
/** Attempts that may fail, where each is made alone, before the own matcher goes on. */
const MAX_ATTEMPTS = 4;

export class HostMatcher {
  private readonly searching: RegExp;
  private readonly sticky: RegExp;
  private readonly isLinear: boolean;
  private readonly scansAhead: boolean;
  private readonly unicode: boolean;
  private readonly atStart: boolean;
  private readonly first: CharacterTable | null;
  private readonly prefix: string;
  private readonly firstRun: CharacterTable | null;
  private readonly hasCaptures: boolean;
  /** Code units of every match; -1 where they vary. */
  private readonly fixedLength: number;
  private isBroken: boolean;

  /** Throws what the host throws. */
  constructor(pattern: HostPattern, program: RegExpProgram) {
    this.searching = new RegExp(pattern.source, `${pattern.flags}g`);
    this.sticky = new RegExp(pattern.source, `${pattern.flags}y`);
    this.isLinear = pattern.isLinear;
    this.scansAhead = pattern.scansAhead;
    this.unicode = program.unicode;
    this.atStart = program.hints.atStart;
    this.first = program.hints.first;
    this.prefix = program.hints.prefix;
    this.firstRun = program.firstRun;
    this.hasCaptures = program.captureCount > 0;
    this.fixedLength = pattern.fixedLength;
    this.isBroken = false;
  }

  /**
   * Searches as execRegExp does. Returns the end of the match, NO_MATCH, or NOT_SEARCHED where the host must not be
   * asked; fills in `result` if there is one and a match. Throws only what `charge` throws.
   */
  search(
    input: string,
    lastIndex: number,
    sticky: boolean,
    result: MatchResult | null,
    charge: Charge,
  ): number {
    const { length } = input;
    if (this.isBroken || length > MAX_SUBJECT) return NOT_SEARCHED;
    const start = this.unicode && isInsidePair(input, lastIndex) ? lastIndex - 1 : lastIndex;
    const left = length - start;
    if (sticky || this.atStart) {
      if ((!sticky && start !== 0) || !this.canStart(input, start)) {
        charge(1);
        return NO_MATCH;
      }
      const end = this.attempt(input, start, result);
      this.chargeFor(end === NO_MATCH ? 0 : end - start, left, charge);
      return end;
    }
    if (this.isLinear || left <= MAX_SQUARE) {
      const end = this.find(input, start, result);
      if (!this.isLinear) charge((left * left) >> 10);
      this.chargeFor(end === NO_MATCH ? left : end - start, left, charge);
      return end;
    }
    if (this.first === null && this.prefix === '') return NOT_SEARCHED;
    return this.attempts(input, start, result, charge);
  }

  private canStart(input: string, start: number): boolean {
    const { first, prefix } = this;
    if (first !== null) return start < input.length && first.has(input.charCodeAt(start));
    return prefix === '' || input.startsWith(prefix, start);
  }

  /** Makes attempts one by one, so that none can add up to the square of the length. */
  private attempts(input: string, from: number, result: MatchResult | null, charge: Charge): number {
    const { length } = input;
    let start = from;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      start = this.nextStart(input, start, charge);
      if (start === length) return NO_MATCH;
      if (this.unicode && isInsidePair(input, start)) {
        start++;
        continue;
      }
      const end = this.attempt(input, start, result);
      this.chargeFor(end < 0 ? 0 : end - start, length - start, charge);
      if (end !== NO_MATCH) return end;
      start = Math.max(start + 1, this.endOfFirstRun(input, start, charge));
    }
    return NOT_SEARCHED;
  }

  /** The first position from `from` on at which a match may start; the length if there is none. */
  private nextStart(input: string, from: number, charge: Charge): number {
    const { first, prefix } = this;
    if (first !== null) {
      const start = first.startOfUnits(input, from);
      charge((start - from) >> 1);
      return start;
    }
    const found = input.indexOf(prefix, from);
    const start = found < 0 ? input.length : found;
    charge((start - from) >> 3);
    return start;
  }

  /** Starts up to there have fewer ends of the first repetition to choose from than `start`, which all have failed. */
  private endOfFirstRun(input: string, start: number, charge: Charge): number {
    const { firstRun } = this;
    if (firstRun === null) return start;
    const { length } = input;
    const end = this.unicode
      ? firstRun.endOfCharacters(input, start, length)
      : firstRun.endOfUnits(input, start, length);
    charge((end - start) >> 1);
    return end;
  }

  private chargeFor(scanned: number, left: number, charge: Charge): void {
    charge(1 + (scanned >> 3) + (this.scansAhead ? left >> 8 : 0));
  }

  /** Tries a match at `start`. */
  private attempt(input: string, start: number, result: MatchResult | null): number {
    const { sticky } = this;
    try {
      sticky.lastIndex = start;
      if (result !== null && this.hasCaptures) return takeMatch(sticky.exec(input), input, result);
      // The host need not make an array: the match starts here.
      if (!sticky.test(input)) return NO_MATCH;
      const end = sticky.lastIndex;
      if (result !== null) result.setSpan(input, start, end);
      return end;
    } catch {
      return this.fail();
    }
  }

  /** Searches from `from` on. */
  private find(input: string, from: number, result: MatchResult | null): number {
    const { searching, fixedLength } = this;
    try {
      searching.lastIndex = from;
      if (result !== null && (this.hasCaptures || fixedLength < 0))
        return takeMatch(searching.exec(input), input, result);
      if (!searching.test(input)) return NO_MATCH;
      const end = searching.lastIndex;
      if (result !== null) result.setSpan(input, end - fixedLength, end);
      return end;
    } catch {
      return this.fail();
    }
  }

  /** Too large for the host's regular expression code, or its stack is used up: never again. */
  private fail(): number {
    this.isBroken = true;
    return NOT_SEARCHED;
  }
}

function takeMatch(match: RegExpExecArray | null, input: string, result: MatchResult): number {
  if (match === null) return NO_MATCH;
  const start = match.index;
  const end = start + match[0].length;
  result.input = input;
  result.start = start;
  result.end = end;
  result.count = match.length;
  result.texts = match;
  return end;
}
