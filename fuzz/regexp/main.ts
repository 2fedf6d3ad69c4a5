// The command of `npm run fuzz:regexp`.

import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { Comparison } from './compare.ts';
import { practical, type Sample, soup, wellFormed } from './generate.ts';

const USAGE = `npm run fuzz:regexp -- [options]
  --pairs N    patterns with subjects to compare (default 200000)
  --seed N     other samples (default: the clock)
  --sample J   compare only this sample, JSON as a report shows it
Each pair goes through our matcher, through patterns delegated to the host, and through the host itself.
Exit status: 0 no difference, 1 a difference, 2 wrong usage.
`;

/** Of eight samples, so many of each kind. */
const KINDS: readonly (readonly [name: string, arbitrary: fc.Arbitrary<Sample>, share: number])[] = [
  ['well-formed', wellFormed, 3],
  ['practical', practical, 4],
  ['soup', soup, 1],
];

const PROGRESS_EVERY = 50_000;
const MAX_REPORTED = 5;

/** Compares and reports; returns the exit status. */
export function main(args: readonly string[]): number {
  if (args.includes('--help')) {
    process.stdout.write(USAGE);
    return 0;
  }
  let values: { pairs?: string; seed?: string; sample?: string };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: { pairs: { type: 'string' }, seed: { type: 'string' }, sample: { type: 'string' } },
    }));
  } catch (error) {
    process.stderr.write(`fuzz:regexp: ${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  const comparison = new Comparison();
  if (values.sample !== undefined) {
    const verdict = comparison.compare(JSON.parse(values.sample));
    process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
    return verdict.kind === 'different' ? 1 : 0;
  }
  const pairs = Number(values.pairs ?? 200_000);
  const seed = Number(values.seed ?? Date.now() % 0x7fff_ffff);
  if (!Number.isInteger(pairs) || pairs < 1 || !Number.isInteger(seed)) {
    process.stderr.write(`fuzz:regexp: --pairs and --seed want whole numbers\n\n${USAGE}`);
    return 2;
  }
  process.stdout.write(`seed ${seed}, node ${process.version}\n`);
  const counts = new Map<string, number>();
  let differences = 0;
  let done = 0;
  for (const [name, arbitrary, share] of KINDS) {
    const wanted = Math.ceil((pairs * share) / 8);
    for (const sample of samplesOf(arbitrary, wanted, seed)) {
      const verdict = comparison.compare(sample);
      const label = verdict.kind === 'known' ? `known: ${verdict.reason}` : verdict.kind;
      counts.set(label, (counts.get(label) ?? 0) + 1);
      if (verdict.kind === 'different' && ++differences <= MAX_REPORTED)
        process.stdout.write(`DIFFERENT ${JSON.stringify(sample)}\n${JSON.stringify(verdict, null, 2)}\n`);
      if (++done % PROGRESS_EVERY === 0) process.stdout.write(`${done} (${name})\n`);
    }
  }
  for (const [label, count] of [...counts].sort(([, a], [, b]) => b - a))
    process.stdout.write(`${String(count).padStart(8)}  ${label}\n`);
  return differences === 0 ? 0 : 1;
}

/** Samples in portions, so that they need not all be in memory. */
function* samplesOf(arbitrary: fc.Arbitrary<Sample>, count: number, seed: number): Generator<Sample> {
  const PORTION = 2000;
  for (let from = 0; from < count; from += PORTION)
    yield* fc.sample(arbitrary, { numRuns: Math.min(PORTION, count - from), seed: seed + from });
}
