// The flags of a regular expression and their early errors.

import { PatternSyntaxError } from './pattern-syntax-error.ts';

export interface RegExpFlags {
  readonly hasIndices: boolean;
  readonly global: boolean;
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly unicode: boolean;
  readonly unicodeSets: boolean;
  readonly sticky: boolean;
}

const LETTERS = 'dgimsuvy';

/**
 * Parses flags: each of `dgimsuvy` at most once, not both `u` and `v`. Returns the flags or the error.
 * https://tc39.es/ecma262/#sec-regexpinitialize
 */
export function parseRegExpFlags(flags: string): RegExpFlags | PatternSyntaxError {
  let seen = 0;
  for (let i = 0; i < flags.length; i++) {
    const letter = LETTERS.indexOf(flags[i]);
    if (letter < 0) return new PatternSyntaxError('pattern/unknown-flag', i);
    if ((seen & (1 << letter)) !== 0) return new PatternSyntaxError('pattern/duplicate-flag', i);
    seen |= 1 << letter;
    if ((seen & 0b0110_0000) === 0b0110_0000) return new PatternSyntaxError('pattern/u-with-v', i);
  }
  const has = (letter: number) => (seen & (1 << letter)) !== 0;
  return {
    hasIndices: has(0),
    global: has(1),
    ignoreCase: has(2),
    multiline: has(3),
    dotAll: has(4),
    unicode: has(5),
    unicodeSets: has(6),
    sticky: has(7),
  };
}
