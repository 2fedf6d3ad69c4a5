// The one way to search with a program: on the host where that is allowed and proven equal, else with the own matcher.

import type { RegExpMode } from '../base/regexp-mode.ts';
import type { Charge } from './character-sets.ts';
import type { RegExpProgram } from './compiler.ts';
import { HostMatcher, NO_MATCH, NOT_SEARCHED } from './host-matcher.ts';
import { hostPatternOf } from './host-pattern.ts';
import type { MatchLimits } from './match-limits.ts';
import { MatchResult } from './match-result.ts';
import { execRegExp } from './matcher.ts';

/** A pattern is prepared for the host at this search, or at the first in a subject that is not short. */
const SEARCHES_BEFORE_HOST = 3;
const SHORT_SUBJECT = 128;

export class RegExpSearcher {
  private readonly isOwn: boolean;
  private readonly limits: MatchLimits;
  private readonly charge: Charge;
  private readonly result: MatchResult;

  constructor(mode: RegExpMode, limits: MatchLimits) {
    this.isOwn = mode === 'own';
    this.limits = limits;
    this.charge = (steps) => limits.charge(steps);
    this.result = new MatchResult();
  }

  /** Searches as execRegExp does and throws what it throws. The result only holds until the next search. */
  search(program: RegExpProgram, input: string, lastIndex: number, sticky: boolean): MatchResult | null {
    const { result } = this;
    const host = this.hostFor(program, input.length - lastIndex);
    if (host !== null) {
      const end = host.search(input, lastIndex, sticky, result, this.charge);
      if (end === NO_MATCH) return null;
      if (end !== NOT_SEARCHED) return result;
    }
    const positions = execRegExp(program, input, lastIndex, sticky, this.limits);
    if (positions === null) return null;
    result.input = input;
    result.start = positions[0];
    result.end = positions[1];
    result.count = program.captureCount + 1;
    result.positions = positions;
    result.texts = null;
    return result;
  }

  /** The same where only the end of the match is wanted; -1 without a match. */
  searchEnd(program: RegExpProgram, input: string, lastIndex: number, sticky: boolean): number {
    const host = this.hostFor(program, input.length - lastIndex);
    if (host !== null) {
      const end = host.search(input, lastIndex, sticky, null, this.charge);
      if (end !== NOT_SEARCHED) return end;
    }
    const positions = execRegExp(program, input, lastIndex, sticky, this.limits);
    return positions === null ? NO_MATCH : positions[1];
  }

  private hostFor(program: RegExpProgram, left: number): HostMatcher | null {
    if (this.isOwn) return null;
    const { delegation } = program;
    if (delegation.isDecided) return delegation.host;
    if (++delegation.searches < SEARCHES_BEFORE_HOST && left < SHORT_SUBJECT) return null;
    decide(program, this.charge);
    return delegation.host;
  }
}

function decide(program: RegExpProgram, charge: Charge): void {
  const { delegation } = program;
  const { pattern, mode } = delegation;
  delegation.isDecided = true;
  if (pattern === null) return;
  delegation.pattern = null;
  const hostPattern = hostPatternOf(pattern, mode, charge);
  if (hostPattern === null) return;
  try {
    delegation.host = new HostMatcher(hostPattern, program);
  } catch {
    // The host does not take the pattern, which is then matched as all others are.
    delegation.host = null;
  }
}
