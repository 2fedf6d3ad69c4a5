// The thread that runs the inputs of a campaign; see main.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { describeTally, inputAt, newTally, runInput } from './campaign.ts';
import type { FuzzOptions } from './options.ts';
import { readSeeds } from './seeds.ts';

export interface WorkerData {
  readonly options: FuzzOptions;
  readonly seedFolder: string;
  /** One word: the input being run. */
  readonly progress: Int32Array;
}

export type WorkerMessage =
  | { readonly kind: 'report'; readonly text: string }
  | { readonly kind: 'failure'; readonly index: number; readonly recipe: string; readonly error: string }
  | { readonly kind: 'end'; readonly failures: number };

const REPORT_MS = 10_000;
const MAX_FAILURES = 10;

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

function runCampaign({ options, seedFolder, progress }: WorkerData): void {
  const { seed, from, count } = options;
  const seeds = readSeeds(seedFolder);
  const tally = newTally();
  const started = performance.now();
  let reportAt = started + REPORT_MS;
  let failures = 0;
  for (let index = from; index < from + count && failures < MAX_FAILURES; index++) {
    Atomics.store(progress, 0, index);
    try {
      const fate = runInput(seeds, seed, index, tally);
      if (count === 1)
        send({ kind: 'report', text: `${inputAt(seeds, seed, index).recipe}: ${JSON.stringify(fate)}` });
    } catch (thrown) {
      failures++;
      const error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      send({ kind: 'failure', index, recipe: inputAt(seeds, seed, index).recipe, error });
    }
    if (performance.now() > reportAt) {
      send({ kind: 'report', text: describeTally(tally, performance.now() - started) });
      reportAt += REPORT_MS;
    }
  }
  send({ kind: 'report', text: describeTally(tally, performance.now() - started) });
  send({ kind: 'end', failures });
}

runCampaign(workerData as WorkerData);
