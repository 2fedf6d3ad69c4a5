// The command line of campaigns.

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
  --input J    run this input alone, as a report shows it
`;
}

/** The options, or what is wrong with them. */
export function parseOptions(args: readonly string[], targets: readonly string[]): FuzzOptions | string {
  const [target, ...rest] = args;
  if (target === undefined || !targets.includes(target))
    return `the first argument is a target: ${targets.join(', ')}`;
  const options = {
    target,
    seed: 1,
    from: 0,
    count: DEFAULT_COUNT,
    minutes: null as number | null,
    input: null as string | null,
  };
  for (let i = 0; i < rest.length; i += 2) {
    const [name, text] = [rest[i], rest[i + 1]];
    if (name === '--input' && text !== undefined) {
      options.input = text;
      options.count = 1;
      continue;
    }
    const value = text === undefined ? Number.NaN : Number(text);
    if (!(value >= 0) || (name !== '--minutes' && !Number.isSafeInteger(value)))
      return `${name} needs a number`;
    switch (name) {
      case '--minutes':
        options.minutes = value;
        options.count = Number.MAX_SAFE_INTEGER;
        break;
      case '--count':
        options.count = value;
        break;
      case '--seed':
        options.seed = value;
        break;
      case '--from':
        options.from = value;
        break;
      case '--only':
        options.from = value;
        options.count = 1;
        break;
      default:
        return `there is no option ${name}`;
    }
  }
  return options;
}

export function replayLine(target: string, seed: number, index: number): string {
  return `npm run fuzz -- ${target} --seed ${seed} --only ${index}`;
}
