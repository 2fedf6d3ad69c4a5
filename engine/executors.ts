// Every tier as an Executor (DESIGN §2): one interface, plain comparable outcomes.

export type TierName = 'tree-walker';

/** The tiers that exist, in the order of their numbers. */
export const TIERS: readonly TierName[] = ['tree-walker'];

/** One program. */
export interface ProgramInput {
  /** Shown in messages and used to resolve relative imports. */
  readonly name: string;
  readonly source: string;
  readonly goal: 'script' | 'module';
}

export interface ExecuteOptions {
  readonly fuel?: number;
  readonly bytes?: number;
  readonly depth?: number;
}

/** How a program ended: plain data that two tiers can be compared by. */
export interface Outcome {
  readonly completion: 'normal' | 'throw' | 'parse-error' | 'limit' | 'trap';
  /** The completion value or the error, printed by the inspector; the limit's name for 'limit'. */
  readonly value: string;
  /** Console output in order. */
  readonly output: readonly string[];
  /** Reasons of promises rejected without a handler, printed by the inspector. */
  readonly unhandledRejections: readonly string[];
  /** Fuel used. */
  readonly fuel: number;
}

export interface Executor {
  readonly name: TierName;
  /** Runs one input to completion (jobs drained) under limits. Never throws for guest reasons. */
  execute(input: ProgramInput, options: ExecuteOptions): Outcome;
}
