// What may match regular expressions.

/** `own`: our matcher always. `host`: the host's RegExp for patterns that are proven to be fast and the same there. */
export type RegExpMode = (typeof REGEXP_MODES)[number];

export const REGEXP_MODES = ['own', 'host'] as const;
