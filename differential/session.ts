// Inputs through worker processes. A job runs an input on every tier in one process; if that process dies or hangs, each
// tier runs alone, so that it is known which of them it was.

import type { JobEnd } from '../ci/workers/pool.ts';
import { WorkerPool } from '../ci/workers/pool.ts';
import { type Difference, differenceOf, type Observation } from './compare.ts';
import { type Answer, type BatchCounts, GENERATED_FUEL, type Input, isWasm, type Job } from './protocol.ts';
import { sameWasmText } from './wasm.ts';

export interface SessionOptions {
  readonly tiers: readonly string[];
  /** For inputs of WebAssembly. */
  readonly wasmTiers: readonly string[];
  /** For one input on one tier. */
  readonly timeoutMs: number;
  readonly workers: number;
  readonly workerFile: string;
  readonly checkout: string;
  readonly suiteRoot: string | null;
}

/** Generated programs in one job: enough that talking costs nothing, few enough that a time-out means something. */
const BATCH = 40;

export class Session {
  private readonly options: SessionOptions;
  private readonly pool: WorkerPool<Job, Answer>;

  constructor(options: SessionOptions) {
    this.options = options;
    const { workers, workerFile, checkout, suiteRoot } = options;
    this.pool = new WorkerPool({ workers, workerFile, config: { checkout, suiteRoot }, nodeFlags: [] });
  }

  close(): void {
    this.pool.close();
  }

  /** What each tier does with the input, in the order of the tiers. */
  async observe(
    input: Input,
    timeoutMs: number = this.options.timeoutMs,
  ): Promise<ReadonlyMap<string, Observation>> {
    const tiers = isWasm(input) ? this.options.wasmTiers : this.options.tiers;
    const fuel = input.kind === 'generated' ? GENERATED_FUEL : null;
    return this.observeOn(input, tiers, fuel, timeoutMs);
  }

  /** As `observe`, under a fuel limit and for two of the tiers only. */
  async observeOn(
    input: Input,
    tiers: readonly string[],
    fuel: number | null,
    timeoutMs: number,
  ): Promise<ReadonlyMap<string, Observation>> {
    const end = await this.pool.run({
      kind: 'input',
      input,
      tiers,
      fuel,
      timeoutMs: timeoutMs * tiers.length,
    });
    if (end.kind === 'result') return inOrder(tiers, end.result);
    if (tiers.length === 1) return new Map([[tiers[0], observationOfEnd(end, timeoutMs)]]);
    const observations = new Map<string, Observation>();
    for (const tier of tiers) {
      for (const [name, observation] of await this.observeOn(input, [tier], fuel, timeoutMs)) {
        observations.set(name, observation);
      }
    }
    return observations;
  }

  /** Runs generated programs in batches; `onCounts` is called for each batch. */
  async generate(
    seed: number,
    count: number,
    onCounts: (counts: BatchCounts) => void,
  ): Promise<readonly number[]> {
    const batches: Promise<readonly number[]>[] = [];
    for (let from = 0; from < count; from += BATCH) {
      batches.push(this.batch(seed, from, Math.min(from + BATCH, count), onCounts));
    }
    return (await Promise.all(batches)).flat();
  }

  private async batch(
    seed: number,
    from: number,
    to: number,
    onCounts: (counts: BatchCounts) => void,
  ): Promise<readonly number[]> {
    const { tiers, timeoutMs } = this.options;
    const end = await this.pool.run({
      kind: 'batch',
      seed,
      from,
      to,
      tiers,
      timeoutMs: timeoutMs * tiers.length,
    });
    if (end.kind === 'result') {
      const counts = end.result as BatchCounts;
      onCounts(counts);
      return counts.differing;
    }
    if (to - from === 1) return [from];
    const middle = (from + to) >> 1;
    const halves = [
      this.batch(seed, from, middle, onCounts),
      this.batch(seed, middle, to, onCounts),
    ] as const;
    return (await Promise.all(halves)).flat();
  }
}

/** The difference of a program's observations on the tiers that a known difference is about. */
export async function differenceBetween(
  session: Session,
  { leftTier, rightTier }: Difference,
  input: Input,
  fuel: number | null,
  timeoutMs: number,
): Promise<Difference | null> {
  return differenceIn(input, await session.observeOn(input, [leftTier, rightTier], fuel, timeoutMs));
}

/** How the tiers differ about an input. */
export function differenceIn(
  input: Input,
  observations: ReadonlyMap<string, Observation>,
): Difference | null {
  return isWasm(input) ? differenceOf(observations, sameWasmText) : differenceOf(observations);
}

function inOrder(tiers: readonly string[], answer: Answer): ReadonlyMap<string, Observation> {
  if (answer.kind !== 'input') throw new Error('the worker answered another question');
  return new Map(tiers.map((tier) => [tier, answer.observations[tier]]));
}

function observationOfEnd(end: Exclude<JobEnd<Answer>, { kind: 'result' }>, timeoutMs: number): Observation {
  return {
    completion: end.kind === 'timeout' ? 'timeout' : 'died',
    value: end.kind === 'timeout' ? `no result after ${timeoutMs / 1000} s` : end.message,
    output: [],
    unhandledRejections: [],
    fuel: 0,
  };
}
