// The command of `npm run fuzz:wasm`.

import { writeFileSync } from 'node:fs';
import { parseCommandLine, runCommand, UsageError } from '../../ci/command.ts';
import { type FeatureName, Module } from '../../engine/wasm/wasm.ts';
import { Random } from '../random.ts';
import { compareModule } from './compare.ts';
import { featuresOfSeed, GENERATED_FEATURES, generateModule } from './generate.ts';
import { mutateBytes, mutateText, tryMutant } from './mutate.ts';

const USAGE = `npm run fuzz:wasm -- [options]
  --modules N       generated modules, on our interpreter and the host (default 5000)
  --mutants N       mutated binaries and texts (default 20000)
  --seed N          other modules (default: the clock)
  --features A,B    of ${GENERATED_FEATURES.join(', ')}; each module uses some of them (default: all)
  --print           print the module of --seed and end
Exit status: 0 nothing found, 1 a difference or a host error, 2 wrong usage.`;

const PROGRESS_EVERY = 5000;
const MAX_REPORTED = 5;
/** Mutants of one module, half of them texts. */
const MUTANTS_OF_ONE = 50;

/** Runs the command and returns its exit status. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand('fuzz:wasm', USAGE, args, () => fuzz(args));
}

function fuzz(args: readonly string[]): number {
  const { values } = parseCommandLine({
    args: [...args],
    options: {
      modules: { type: 'string' },
      mutants: { type: 'string' },
      seed: { type: 'string' },
      features: { type: 'string' },
      print: { type: 'boolean' },
    },
  });
  const modules = Number(values.modules ?? 5000);
  const mutants = Number(values.mutants ?? 20_000);
  const seed = Number(values.seed ?? Date.now() % 0x7fff_ffff);
  if (![modules, mutants, seed].every(Number.isInteger))
    throw new UsageError('--modules, --mutants and --seed want whole numbers');
  const features = (values.features?.split(',') ?? GENERATED_FEATURES) as FeatureName[];
  for (const each of features)
    if (!GENERATED_FEATURES.includes(each)) throw new UsageError(`there is no feature '${each}' to generate`);
  if (values.print) {
    process.stdout.write(generateModule(seed, featuresOfSeed(seed, features)));
    return 0;
  }
  process.stdout.write(`seed ${seed}, node ${process.version}, features ${features.join()}\n`);
  const campaign = new Campaign(features);
  for (let i = 0; i < modules; i++) campaign.compare(seed + i);
  for (let i = 0; i * MUTANTS_OF_ONE < mutants; i++) campaign.mutate(seed + i);
  campaign.report();
  return campaign.found === 0 ? 0 : 1;
}

class Campaign {
  found = 0;
  private done = 0;
  private readonly features: readonly FeatureName[];
  private readonly counts = new Map<string, number>();

  constructor(features: readonly FeatureName[]) {
    this.features = features;
  }

  compare(seed: number): void {
    this.guarded(`module of seed ${seed}`, () => {
      const features = featuresOfSeed(seed, this.features);
      const verdict = compareModule(generateModule(seed, features), seed, features);
      this.count(`module: ${verdict.kind}${verdict.kind === 'same' ? `, by ${verdict.by}` : ''}`);
      if (verdict.kind === 'same') {
        this.count('call', verdict.calls);
        this.count('call that traps', verdict.traps);
      } else if (verdict.kind === 'different') this.tell(`module of seed ${seed}: ${verdict.what}`, null);
    });
  }

  mutate(seed: number): void {
    const text = generateModule(seed, featuresOfSeed(seed, this.features));
    const bytes = new Module(text).toBytes();
    const random = new Random(seed, 2);
    for (let i = 0; i < MUTANTS_OF_ONE; i++) {
      const mutant = i % 2 === 0 ? mutateBytes(bytes, random) : mutateText(text, random);
      const what = `mutant ${i} of seed ${seed}`;
      this.guarded(
        what,
        () => {
          const end = tryMutant(mutant);
          this.count(`${typeof mutant === 'string' ? 'text' : 'binary'} mutant: ${end}`);
          if (end === 'accepted by the host only') this.tell(`${what}: ${end}`, mutant);
        },
        mutant,
      );
    }
  }

  private guarded(what: string, action: () => void, source: string | Uint8Array | null = null): void {
    try {
      action();
    } catch (error) {
      this.count('host error');
      this.tell(`${what}: ${error instanceof Error ? error.stack : String(error)}`, source);
    }
    if (++this.done % PROGRESS_EVERY === 0) process.stdout.write(`${this.done}\n`);
  }

  private count(label: string, by = 1): void {
    this.counts.set(label, (this.counts.get(label) ?? 0) + by);
  }

  /** Reports a finding; a mutant is kept in a file, since a seed alone does not name it. */
  private tell(message: string, source: string | Uint8Array | null): void {
    if (++this.found > MAX_REPORTED) return;
    process.stdout.write(`FOUND ${message}\n`);
    if (source === null) return;
    const file = `fuzz-wasm-${this.found}.${typeof source === 'string' ? 'wat' : 'wasm'}`;
    writeFileSync(file, source);
    process.stdout.write(`  kept in ${file}\n`);
  }

  report(): void {
    for (const [label, count] of [...this.counts].sort())
      process.stdout.write(`${String(count).padStart(9)}  ${label}\n`);
  }
}
