// A worker process: runs inputs on the tiers that are asked for. What hangs or kills it, the parent notices.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Driver } from '../ci/conformance/driver.ts';
import { drivers } from '../ci/conformance/driver.ts';
import { parseFrontMatter } from '../ci/conformance/front-matter.ts';
import { KataanDriver } from '../ci/conformance/kataan-driver.ts';
import { scenarioInput } from '../ci/conformance/scenarios.ts';
import { harnessReader, readSource } from '../ci/conformance/suite.ts';
import { serve, workerConfig } from '../ci/workers/serve.ts';
import {
  type ExecuteOptions,
  type Executor,
  executors,
  type ProgramInput,
  type TierName,
} from '../engine/engine.ts';
import { programAt } from '../fuzz/programs/program.ts';
import { differenceOf, type Observation } from './compare.ts';
import { fileHost, guarded, observeProgram, observeScenario } from './observe.ts';
import { parseTier } from './options.ts';
import {
  type Answer,
  type BatchCounts,
  GENERATED_BYTES,
  GENERATED_FUEL,
  type Input,
  type Job,
  type WasmFileInput,
  type WasmTextInput,
  type WorkerConfig,
} from './protocol.ts';
import { WASM_BYTES, WASM_FUEL, wasmExecutorOf } from './wasm.ts';

const { checkout, suiteRoot } = workerConfig<WorkerConfig>();
const scenarioDrivers = new Map<string, Driver>();
const harness = harnessReader(suiteRoot ?? '');

await serve(async (job: Job): Promise<Answer> => {
  if (job.kind === 'batch') return { kind: 'batch', ...runBatch(job.seed, job.from, job.to, job.tiers) };
  const observations: Record<string, Observation> = {};
  for (const tier of job.tiers) observations[tier] = await observe(tier, job.input, job.fuel);
  return { kind: 'input', observations };
});

async function observe(tier: string, input: Input, fuel: number | null): Promise<Observation> {
  const limits = fuel === null ? {} : { fuel };
  switch (input.kind) {
    case 'file': {
      const source = readFileSync(join(checkout, input.path), 'utf8');
      return observeFile(tier, { name: input.path, source, goal: input.goal }, limits);
    }
    case 'text': {
      const { path, source, goal } = input;
      return observeFile(tier, { name: path, source, goal }, limits);
    }
    case 'generated':
      return observeGenerated(executorOf(tier), input.seed, input.index);
    case 'test262': {
      const root = suiteRoot as string;
      const source = readSource(root, input.path);
      const test = { path: input.path, ...parseFrontMatter(source) };
      return observeScenario(await driverOf(tier), scenarioInput(test, input.mode, source, root, harness));
    }
    case 'wasm': {
      const bytes = readFileSync(input.file);
      const isBinary = input.path.endsWith('.wasm');
      return observeWasm(tier, input, isBinary ? new Uint8Array(bytes) : bytes.toString('utf8'), limits);
    }
    case 'wasm-text': {
      const { source, isBinary } = input;
      const given = isBinary ? new Uint8Array(Buffer.from(source, 'base64')) : source;
      return observeWasm(tier, input, given, limits);
    }
  }
}

function observeFile(tier: string, program: ProgramInput, limits: ExecuteOptions): Observation {
  const host = fileHost(checkout, program.name, program.source);
  const { executor, slice } = executorOf(tier);
  return observeProgram(executor, program, { ...host, ...limits, ...slice });
}

function observeWasm(
  tier: string,
  { path, goal, seed, features, isOfSuite }: WasmFileInput | WasmTextInput,
  source: string | Uint8Array,
  limits: { readonly fuel?: number },
): Observation {
  const { tier: name, slice } = parseTier(tier);
  const executor = wasmExecutorOf(name);
  // Scripts of the suite end by themselves.
  const fuel = isOfSuite ? {} : { fuel: WASM_FUEL };
  const options = { ...fuel, bytes: WASM_BYTES, ...limits, ...(slice === null ? {} : { slice }) };
  return guarded(() => executor.execute({ name: path, source, goal, seed, features }, options));
}

function observeGenerated({ executor, slice }: TierRun, seed: number, index: number): Observation {
  const program = { name: `generated-${seed}-${index}.js`, ...programAt(seed, index) };
  return observeProgram(executor, program, { fuel: GENERATED_FUEL, bytes: GENERATED_BYTES, ...slice });
}

function runBatch(seed: number, from: number, to: number, tiers: readonly string[]): BatchCounts {
  const counts = { programs: 0, parseErrors: 0, thrown: 0, limits: 0, lines: 0, outputLines: 0 };
  const differing: number[] = [];
  const inOrder = tiers.map(executorOf);
  for (let index = from; index < to; index++) {
    const program = { name: `generated-${seed}-${index}.js`, ...programAt(seed, index) };
    const options = { fuel: GENERATED_FUEL, bytes: GENERATED_BYTES };
    const observations = new Map<string, Observation>();
    for (const { name, executor, slice } of inOrder) {
      observations.set(name, observeProgram(executor, program, { ...options, ...slice }));
    }
    const { completion, output } = observations.get(tiers[0]) as Observation;
    counts.programs++;
    counts.lines += program.source.split('\n').length;
    counts.outputLines += output.length;
    if (completion === 'parse-error') counts.parseErrors++;
    else if (completion === 'throw') counts.thrown++;
    else if (completion === 'limit') counts.limits++;
    if (differenceOf(observations) !== null) differing.push(index);
  }
  return { ...counts, differing };
}

/** A tier as the command line names it: its executor, and what makes it run in slices. */
interface TierRun {
  readonly name: string;
  readonly executor: Executor;
  readonly slice: Pick<ExecuteOptions, 'slice'>;
}

function executorOf(name: string): TierRun {
  const { tier, slice } = parseTier(name);
  const executor = executors.find((candidate) => candidate.name === tier);
  if (executor === undefined) throw new Error(`there is no tier '${tier}'`);
  return { name, executor, slice: slice === null ? {} : { slice } };
}

async function driverOf(tier: string): Promise<Driver> {
  let driver = scenarioDrivers.get(tier);
  if (driver === undefined) {
    const { tier: name, slice } = parseTier(tier);
    driver = slice === null ? await drivers[name].load() : new KataanDriver(name as TierName, slice);
    scenarioDrivers.set(tier, driver);
  }
  return driver;
}
