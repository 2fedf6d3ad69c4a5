// The command line of `npm run bench`.

import { names, parseCommandLine, UsageError } from '../command.ts';

export interface Options {
  /** Empty for all. */
  readonly engines: readonly string[];
  readonly filters: readonly string[];
  readonly tables: readonly Table[];
  readonly rounds: number;
  readonly clock: Clock;
  readonly targetMs: number;
  readonly warmupMs: number;
  readonly windowMs: number;
  readonly realms: number;
  readonly startupRuns: number;
  readonly json: string | null;
  readonly isQuick: boolean;
  readonly isPinned: boolean;
}

/** Processor time does not count what others did meanwhile, but its clock is coarser on some systems. */
export type Clock = 'wall' | 'processor';

export const TABLES = ['steady', 'first', 'extra'] as const;
export type Table = (typeof TABLES)[number];

export const USAGE = `npm run bench -- [options]
  --engines NAME[,NAME]   tiers and reference engines to run (default: all)
  --filter WORD           only programs whose group/name contains the word; may be repeated
  --tables NAME[,NAME]    of steady, first, extra (default: all)
  --rounds N              measurements of each engine and program (default 5)
  --quick                 3 rounds of about 50 ms, a first second of 250 ms, fewer realms: for a look, not for a claim
  --cpu-time              take processor time for the steady table: steadier on a busy machine
  --no-pin                do not bind the processes to one processor
  --json FILE             write the results also to this file`;

const WHOLE = { rounds: 5, targetMs: 200, warmupMs: 500, windowMs: 1000, realms: 100, startupRuns: 10 };
const QUICK = { rounds: 3, targetMs: 50, warmupMs: 150, windowMs: 250, realms: 30, startupRuns: 5 };

/** Throws `UsageError`. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseCommandLine({
    args: [...args],
    options: {
      engines: { type: 'string' },
      filter: { type: 'string', multiple: true },
      tables: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean' },
      'cpu-time': { type: 'boolean' },
      'no-pin': { type: 'boolean' },
      json: { type: 'string' },
    },
  });
  const isQuick = values.quick ?? false;
  const sizes = isQuick ? QUICK : WHOLE;
  const tables = values.tables === undefined ? [...TABLES] : names(values.tables);
  for (const table of tables)
    if (!TABLES.includes(table as Table)) throw new UsageError(`there is no table '${table}'`);
  const rounds = values.rounds === undefined ? sizes.rounds : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new UsageError(`--rounds wants a positive number, not '${values.rounds}'`);
  return {
    ...sizes,
    rounds,
    clock: values['cpu-time'] ? 'processor' : 'wall',
    engines: names(values.engines ?? ''),
    filters: values.filter ?? [],
    tables: tables as Table[],
    json: values.json ?? null,
    isQuick,
    isPinned: !(values['no-pin'] ?? false),
  };
}
