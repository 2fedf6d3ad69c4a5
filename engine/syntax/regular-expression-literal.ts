// The early errors of RegularExpressionLiterals, asked of the pattern parser.
// https://tc39.es/ecma262/#sec-primary-expression-regular-expression-literals-static-semantics-early-errors

import type { MessageCode } from './messages.ts';
import { PatternSyntaxError, parsePattern, parseRegExpFlags } from './regexp/pattern-parser.ts';

export interface RegularExpressionProblem {
  readonly code: MessageCode;
  /** Counted from the literal's opening slash. */
  readonly offset: number;
  readonly argument: string;
}

/** Returns the first early error of the literal `/pattern/flags`, or null. */
export function checkRegularExpression(pattern: string, flags: string): RegularExpressionProblem | null {
  const parsedFlags = parseRegExpFlags(flags);
  if (parsedFlags instanceof PatternSyntaxError)
    return { code: 'InvalidRegExpFlags', offset: pattern.length + 2 + parsedFlags.position, argument: flags };
  const parsed = parsePattern(pattern, parsedFlags);
  if (!(parsed instanceof PatternSyntaxError)) return null;
  const message = parsed.message;
  const argument = message[0].toLowerCase() + message.slice(1);
  return { code: 'InvalidRegExp', offset: 1 + parsed.position, argument };
}
