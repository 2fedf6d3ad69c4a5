// The command line of the fuzzer.

export interface FuzzOptions {
  /** Which campaign: the same number gives the same inputs. */
  readonly seed: number;
  readonly from: number;
  readonly count: number;
}

export const USAGE = `npm run fuzz:bytecode -- [--count N] [--seed S] [--from I] [--only I]

  --count N   run N inputs (20000)
  --seed S    of campaign S (1)
  --from I    from input I on (0)
  --only I    run input I alone, and say what it is
`;

/** The options, or what is wrong with them. */
export function parseOptions(args: readonly string[]): FuzzOptions | string {
  const options = { seed: 1, from: 0, count: 20_000 };
  for (let i = 0; i < args.length; i += 2) {
    const value = Number(args[i + 1]);
    if (!Number.isSafeInteger(value) || value < 0) return `${args[i]} needs a number`;
    switch (args[i]) {
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
        return `there is no option ${args[i]}`;
    }
  }
  return options;
}

export function replayLine(seed: number, index: number): string {
  return `npm run fuzz:bytecode -- --seed ${seed} --only ${index}`;
}
