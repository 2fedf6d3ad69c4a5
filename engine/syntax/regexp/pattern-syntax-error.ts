// Syntax errors of patterns and flags as data: a code, a position and a fixed wording per code.

const MESSAGES = {
  'pattern/duplicate-flag': 'Flag is given twice',
  'pattern/unknown-flag': 'Unknown flag',
  'pattern/u-with-v': "Flags 'u' and 'v' exclude each other",
  'pattern/too-deep': 'Pattern is nested too deeply',
  'pattern/unterminated-group': 'Unterminated group',
  'pattern/unmatched-parenthesis': "Unmatched ')'",
  'pattern/invalid-group': 'Invalid group',
  'pattern/invalid-modifiers': 'Invalid group modifiers',
  'pattern/invalid-group-name': 'Invalid capture group name',
  'pattern/duplicate-group-name': 'Duplicate capture group name',
  'pattern/unknown-group-name': 'Reference to a capture group name that does not exist',
  'pattern/invalid-named-reference': 'Invalid named reference',
  'pattern/unknown-group-number': 'Reference to a capture group that does not exist',
  'pattern/nothing-to-repeat': 'Nothing to repeat',
  'pattern/numbers-out-of-order': 'Numbers out of order in quantifier',
  'pattern/lone-bracket': 'Lone quantifier bracket',
  'pattern/trailing-backslash': 'Backslash at the end of the pattern',
  'pattern/invalid-escape': 'Invalid escape',
  'pattern/invalid-unicode-escape': 'Invalid Unicode escape',
  'pattern/invalid-decimal-escape': 'Invalid decimal escape',
  'pattern/invalid-property': 'Invalid property name',
  'pattern/unterminated-class': 'Unterminated character class',
  'pattern/invalid-class': 'Invalid character class',
  'pattern/invalid-class-range': 'Invalid character class range',
  'pattern/range-out-of-order': 'Range out of order in character class',
  'pattern/invalid-class-operation': 'Invalid set operation in character class',
  'pattern/reserved-class-character': 'Reserved character in character class',
  'pattern/negated-strings': 'Negated character class may contain strings',
} as const;

export type PatternErrorCode = keyof typeof MESSAGES;

/**
 * A pattern or flags that the grammar or an early error rejects. Not a host Error: it captures no stack
 * and never reaches a guest; callers turn it into a SyntaxError of their realm.
 */
export class PatternSyntaxError {
  readonly code: PatternErrorCode;
  /** Index of the UTF-16 code unit, in the pattern (or in the flags), at which the error was seen. */
  readonly position: number;

  constructor(code: PatternErrorCode, position: number) {
    this.code = code;
    this.position = position;
  }

  /** The wording for people, without pattern and position. */
  get message(): string {
    return MESSAGES[this.code];
  }
}
