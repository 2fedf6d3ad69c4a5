// What all tiers have in common, whatever they run: an input and limits in, plain comparable data out.

/** How an input ended: plain data that two tiers can be compared by. */
export interface Outcome {
  /** `unsupported`: a reference does not know what the input needs, so it says nothing about it. */
  readonly completion: 'normal' | 'throw' | 'parse-error' | 'limit' | 'trap' | 'unsupported';
  /** The value or error as text; the limit's name for 'limit'. */
  readonly value: string;
  /** What was seen on the way, in order. */
  readonly output: readonly string[];
  /** Reasons of promises rejected without a handler, as text. */
  readonly unhandledRejections: readonly string[];
  /** Fuel used. */
  readonly fuel: number;
}

export interface TierExecutor<Name extends string, Input, Options> {
  readonly name: Name;
  /** Runs one input to its end under limits. Never throws for guest reasons. */
  execute(input: Input, options: Options): Outcome;
}
