// Mutated programs: input `index` of a campaign is always the same, so that a number brings back what went wrong.
import { loadBytecode } from '../../engine/engine.ts';
import { Random } from '../random.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateUnits } from './mutate-units.ts';
import type { Seed } from './seeds.ts';

export interface BytecodeInput {
  readonly bytes: Uint8Array;
  /** What was done to which program. */
  readonly recipe: string;
}

/** Input `index` of the campaign. */
export function inputAt(seeds: readonly Seed[], campaignSeed: number, index: number): BytecodeInput {
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
