// The command line of campaigns.

import { parseCommandLine, UsageError } from '../ci/command.ts';

export interface FuzzOptions {
  readonly target: string;
  /** Which campaign: the same number gives the same inputs. */
  readonly seed: number;
  readonly from: number;
  readonly count: number;
  /** When to stop before `count` inputs; null: never. */
  readonly minutes: number | null;
  /** The only input, as JSON; null: those of the campaign. */
  readonly input: string | null;
}

const DEFAULT_COUNT = 20_000;

export function usage(targets: readonly string[]): string {
  return `npm run fuzz -- TARGET [--minutes N | --count N] [--seed S] [--from I] [--only I] [--input JSON]

  TARGET       ${targets.join(', ')}
  --minutes N  run inputs for N minutes
  --count N    run N inputs (${DEFAULT_COUNT})
  --seed S     of campaign S (1)
  --from I     from input I on (0)
  --only I     run input I alone, and say what it is
  --input J    run this input alone, as a report shows it`;
}

/** Throws a `UsageError`. */
export function parseOptions(args: readonly string[], targets: readonly string[]): FuzzOptions {
  const [target, ...rest] = args;
  if (target === undefined || !targets.includes(target))
    throw new UsageError(`the first argument is a target: ${targets.join(', ')}`);
  const { values } = parseCommandLine({
    args: rest,
    options: {
      minutes: { type: 'string' },
      count: { type: 'string' },
      seed: { type: 'string' },
      from: { type: 'string' },
      only: { type: 'string' },
      input: { type: 'string' },
    },
  });
  const { input = null } = values;
  const whole = (name: 'count' | 'seed' | 'from' | 'only'): number | null => {
    const text = values[name];
    const value = text === undefined ? null : Number(text);
    if (value !== null && !(value >= 0 && Number.isSafeInteger(value)))
      throw new UsageError(`--${name} wants a whole number, not '${text}'`);
    return value;
  };
  const minutes = values.minutes === undefined ? null : Number(values.minutes);
  if (minutes !== null && !(minutes >= 0))
    throw new UsageError(`--minutes wants a number, not '${values.minutes}'`);
  const only = whole('only');
  return {
    target,
    seed: whole('seed') ?? 1,
    from: only ?? whole('from') ?? 0,
    count:
      only !== null || input !== null
        ? 1
        : (whole('count') ?? (minutes === null ? DEFAULT_COUNT : Number.MAX_SAFE_INTEGER)),
    minutes,
    input,
  };
}

export function replayLine(target: string, seed: number, index: number): string {
  return `npm run fuzz -- ${target} --seed ${seed} --only ${index}`;
}
