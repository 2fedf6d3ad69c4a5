// A worker process: loads one driver, then runs the scenarios that the pool sends, one at a time.
// The text of each harness file is kept once, so that drivers can compile it once.

import { describeHostError } from '../workers/host-error.ts';
import { serve, workerConfig } from '../workers/serve.ts';
import type { Driver } from './driver.ts';
import { drivers } from './driver.ts';
import { parseFrontMatter } from './front-matter.ts';
import type { Judgement, ScenarioMode } from './scenarios.ts';
import { judge, scenarioInput } from './scenarios.ts';
import { harnessReader, readSource } from './suite.ts';

export interface WorkerConfig {
  readonly root: string;
  readonly driver: string;
}

export interface Job {
  readonly path: string;
  readonly mode: ScenarioMode;
  readonly timeoutMs: number;
}

export interface JobResult extends Judgement {
  readonly timeMs: number;
}

const MESSAGE_LIMIT = 1000;

const config = workerConfig<WorkerConfig>();
const harness = harnessReader(config.root);
const row = drivers[config.driver];
if (!row) throw new Error(`there is no driver '${config.driver}'`);
const driver = await row.load();

await serve(async (job: Job): Promise<JobResult> => {
  const startMs = performance.now();
  const { outcome, message } = await runScenario(driver, job);
  const timeMs = Math.round((performance.now() - startMs) * 10) / 10;
  return { outcome, message: message.slice(0, MESSAGE_LIMIT), timeMs };
});

async function runScenario(driver: Driver, { path, mode }: Job): Promise<Judgement> {
  try {
    const source = readSource(config.root, path);
    const test = { path, ...parseFrontMatter(source) };
    return judge(test, await driver.run(scenarioInput(test, mode, source, config.root, harness)));
  } catch (error) {
    return { outcome: 'crash', message: `host ${describeHostError(error)}` };
  }
}
