// A worker process: loads one driver, then runs the scenarios that the pool sends, one at a time.
// It keeps the text of each harness file once, so that drivers can compile it once. Whatever kills
// or hangs this process is noticed by the pool (pool.ts), which starts another.

import { join } from 'node:path';
import type { Driver, HarnessFile } from './driver.ts';
import { drivers } from './driver.ts';
import { parseFrontMatter } from './front-matter.ts';
import type { Judgement, ScenarioMode } from './scenarios.ts';
import { judge, scenarioInput } from './scenarios.ts';
import { readSource } from './suite.ts';

export interface WorkerConfig {
  readonly root: string;
  readonly driver: string;
}

export interface RunMessage {
  readonly id: number;
  readonly path: string;
  readonly mode: ScenarioMode;
}

export type WorkerMessage =
  | { readonly kind: 'ready' }
  | ({
      readonly kind: 'result';
      readonly id: number;
      readonly timeMs: number;
      readonly rssMb: number;
    } & Judgement);

const MESSAGE_LIMIT = 1000;

const config = JSON.parse(process.argv[2] as string) as WorkerConfig;
const harnessFiles = new Map<string, HarnessFile>();
const queue: RunMessage[] = [];
let wake: () => void = () => {};

process.on('message', (message: RunMessage) => {
  queue.push(message);
  wake();
});
process.on('disconnect', () => process.exit());
// A guest promise that nobody handles is no fault of the worker's.
process.on('unhandledRejection', () => {});

const row = drivers[config.driver];
if (!row) throw new Error(`there is no driver '${config.driver}'`);
const driver = await row.load();
send({ kind: 'ready' });
for (;;) {
  const message = queue.shift();
  if (!message) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
    continue;
  }
  const startMs = performance.now();
  const { outcome, message: text } = await runScenario(driver, message);
  const timeMs = Math.round((performance.now() - startMs) * 10) / 10;
  const rssMb = Math.round(process.memoryUsage.rss() / 1048576);
  send({ kind: 'result', id: message.id, outcome, message: text.slice(0, MESSAGE_LIMIT), timeMs, rssMb });
  // Let messages in, and whatever the driver left on the event loop out.
  await new Promise((resolve) => setImmediate(resolve));
}

async function runScenario(driver: Driver, { path, mode }: RunMessage): Promise<Judgement> {
  try {
    const source = readSource(config.root, path);
    const test = { path, ...parseFrontMatter(source) };
    return judge(test, await driver.run(scenarioInput(test, mode, source, config.root, harnessFile)));
  } catch (error) {
    return { outcome: 'crash', message: `host ${describeHostError(error)}` };
  }
}

function harnessFile(name: string): HarnessFile {
  let file = harnessFiles.get(name);
  if (!file) {
    file = { name, source: readSource(config.root, join('harness', name)) };
    harnessFiles.set(name, file);
  }
  return file;
}

function describeHostError(error: unknown): string {
  if (!(error instanceof Error)) return `value ${String(error)}`;
  const frame = error.stack?.split('\n').find((line) => /^\s+at /.test(line)) ?? '';
  return `${error.name}: ${error.message}\n${frame.trim()}`;
}

function send(message: WorkerMessage): void {
  process.send?.(message);
}
