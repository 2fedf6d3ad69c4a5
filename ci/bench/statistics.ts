// The statistics of the benchmark: medians with spread for one engine, geometric means of ratios for many programs.

export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** Half the distance of the quartiles, as a share of the median. */
  readonly spread: number;
}

/** Median, extremes and spread of at least one sample. */
export function spreadOf(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  const median = quantile(sorted, 0.5);
  return {
    median,
    low: sorted[0] as number,
    high: sorted.at(-1) as number,
    spread: median === 0 ? 0 : (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 2 / median,
  };
}

export function medianOf(samples: readonly number[]): number {
  return quantile(
    [...samples].sort((a, b) => a - b),
    0.5,
  );
}

/** The geometric mean of positive numbers, or null of none. */
export function geometricMean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  let sum = 0;
  for (const value of values) sum += Math.log(value);
  return Math.exp(sum / values.length);
}

/** Linear between the two samples around it. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (at - below);
}
