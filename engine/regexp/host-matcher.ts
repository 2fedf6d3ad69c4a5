// Runs a proven pattern (host-pattern.ts) on the host's RegExp. Whatever the host throws - its stack or its code space
// may be short - is no error of the guest: the caller goes on with the own matcher.
//
// The host cannot be stopped, so the fuel of a search is known only after it: one unit, one for each eight characters that
// it has gone on, and where attempts may scan ahead one for each 256 characters that are left.

import type { Charge } from './character-sets.ts';
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

const { exec, test } = RegExp.prototype;

export class HostMatcher {
  private readonly pattern: HostPattern;
  private readonly searching: RegExp;
  private readonly sticky: RegExp;
  private isBroken: boolean;

  /** Throws what the host throws. */
  constructor(pattern: HostPattern) {
    this.pattern = pattern;
    this.searching = new RegExp(pattern.source, `${pattern.flags}g`);
    this.sticky = new RegExp(pattern.source, `${pattern.flags}y`);
    this.isBroken = false;
  }

  /**
   * Searches as execRegExp does. Returns the end of the match, NO_MATCH, or NOT_SEARCHED where the host must not be
   * asked; fills in `result` if there is one and a match. Throws only what `charge` throws.
   */
  search(
    program: RegExpProgram,
    input: string,
    lastIndex: number,
    sticky: boolean,
    result: MatchResult | null,
    charge: Charge,
  ): number {
    const { length } = input;
    if (this.isBroken || length > MAX_SUBJECT) return NOT_SEARCHED;
    const { hints, unicode } = program;
    const { first, prefix } = hints;
    const start = unicode && isInsidePair(input, lastIndex) ? lastIndex - 1 : lastIndex;
    const left = length - start;
    if (sticky || hints.atStart) {
      if (
        (!sticky && start !== 0) ||
        (first !== null && (start === length || !first.has(input.charCodeAt(start)))) ||
        (prefix !== '' && !input.startsWith(prefix, start))
      ) {
        charge(1);
        return NO_MATCH;
      }
      const end = this.run(this.sticky, input, start, result);
      this.chargeFor(end === NO_MATCH ? 0 : end - start, left, charge);
      return end;
    }
    if (this.pattern.isLinear || left <= MAX_SQUARE) {
      const end = this.run(this.searching, input, start, result);
      if (!this.pattern.isLinear) charge((left * left) >> 10);
      this.chargeFor(end === NO_MATCH ? left : end - start, left, charge);
      return end;
    }
    return first === null ? NOT_SEARCHED : this.attempts(program, input, start, result, charge);
  }

  /** Makes attempts one by one, so that none can add up to the square of the length. */
  private attempts(
    program: RegExpProgram,
    input: string,
    from: number,
    result: MatchResult | null,
    charge: Charge,
  ): number {
    const { length } = input;
    const { first } = program.hints;
    let start = from;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const next = first?.startOfUnits(input, start) ?? length;
      charge((next - start) >> 1);
      if (next === length) return NO_MATCH;
      start = next;
      if (!program.unicode || !isInsidePair(input, start)) {
        const end = this.run(this.sticky, input, start, result);
        this.chargeFor(end < 0 ? 0 : end - start, length - start, charge);
        if (end !== NO_MATCH) return end;
      }
      start++;
    }
    return NOT_SEARCHED;
  }

  private chargeFor(scanned: number, left: number, charge: Charge): void {
    charge(1 + (scanned >> 3) + (this.pattern.scansAhead ? left >> 8 : 0));
  }

  private run(regexp: RegExp, input: string, start: number, result: MatchResult | null): number {
    try {
      regexp.lastIndex = start;
      if (result === null) return test.call(regexp, input) ? regexp.lastIndex : NO_MATCH;
      const match = exec.call(regexp, input);
      if (match === null) return NO_MATCH;
      result.input = input;
      result.start = match.index;
      result.end = match.index + match[0].length;
      result.count = match.length;
      result.texts = match;
      return result.end;
    } catch {
      // Too large for the host's regular expression code, or its stack is used up: never again.
      this.isBroken = true;
      return NOT_SEARCHED;
    }
  }
}
