// Runs mutated programs: input `index` of a seed is always the same, so that a number brings back what went wrong.
import { loadBytecode } from '../../engine/engine.ts';
import { execute, type Fate } from './execute.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateUnits } from './mutate-units.ts';
import { Random } from './random.ts';
import type { Seed } from './seeds.ts';

export interface Tally {
  inputs: number;
  decoded: number;
  verified: number;
  /** Runs by how they ended. */
  readonly ends: Map<string, number>;
  /** Refusals by the verifier's code. */
  readonly refusals: Map<string, number>;
}

export function newTally(): Tally {
  return { inputs: 0, decoded: 0, verified: 0, ends: new Map(), refusals: new Map() };
}

/** Input `index` of the campaign: its bytes, and what was done to which program. */
export function inputAt(
  seeds: readonly Seed[],
  campaignSeed: number,
  index: number,
): { readonly bytes: Uint8Array; readonly recipe: string } {
  const random = new Random(campaignSeed, index);
  const seed = random.pick(seeds);
  if (random.chance(0.3)) {
    const other = random.pick(seeds);
    return { bytes: mutateBytes(random, seed.bytes, other.bytes), recipe: `${seed.name}: bytes` };
  }
  const loaded = loadBytecode(seed.bytes);
  if (!loaded.ok) throw new Error(`${seed.name}: ${loaded.error.message}`);
  const names: string[] = [];
  for (let i = 1 + random.below(4); i > 0; i--) names.push(mutateUnits(random, loaded.program.unit));
  return { bytes: loaded.program.toBytes(), recipe: `${seed.name}: ${names.join(', ')}` };
}

/** Runs one input and counts what became of it. Throws what is wrong with the engine. */
export function runInput(seeds: readonly Seed[], campaignSeed: number, index: number, tally: Tally): Fate {
  const { bytes } = inputAt(seeds, campaignSeed, index);
  tally.inputs++;
  const fate = execute(bytes);
  if (fate.fate === 'refused') {
    tally.decoded++;
    const code = /refused: ([a-z]+)/.exec(fate.message)?.[1] ?? '?';
    tally.refusals.set(code, (tally.refusals.get(code) ?? 0) + 1);
  } else if (fate.fate === 'ran') {
    tally.decoded++;
    tally.verified++;
    tally.ends.set(fate.end, (tally.ends.get(fate.end) ?? 0) + 1);
  }
  return fate;
}

/** The tally in one line. */
export function describeTally({ inputs, decoded, verified, ends, refusals }: Tally, ms: number): string {
  const list = (counts: ReadonlyMap<string, number>): string =>
    [...counts]
      .sort((a, b) => b[1] - a[1])
      .map(([name, count]) => `${count} ${name}`)
      .join(', ');
  const rate = Math.round((inputs * 1000) / Math.max(1, ms));
  return `${inputs} inputs, ${rate}/s: ${decoded} decoded, ${verified} verified and run (${list(ends)}); refused: ${list(refusals)}`;
}
