// `npm run conformance`: chooses tests, runs them on each tier, compares with the expectations and
// writes the reports. Exit status: 0 as expected, 1 some difference, 2 the run could not be made.

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { storedBenchRuns } from '../bench/results.ts';
import { log, runCommand, UsageError, writeFile } from '../command.ts';
import { type JobEnd, WorkerPool } from '../workers/pool.ts';
import { buildDashboard } from './dashboard.ts';
import type { DriverRow } from './driver.ts';
import { drivers } from './driver.ts';
import type { Difference, ScenarioOutcome } from './expectations.ts';
import { compareWithExpectations, parseExpectations, updateExpectations } from './expectations.ts';
import { formatFeatures, reportFeatures } from './feature-report.ts';
import { parseFeatures } from './features.ts';
import type { Options } from './options.ts';
import { parseOptions, USAGE } from './options.ts';
import { Progress } from './progress.ts';
import type { Counts, Run, ScenarioRecord } from './runs.ts';
import {
  checkoutCommit,
  formatRuns,
  formatTable,
  readRuns,
  recordRun,
  storedRuns,
  storedTiers,
  storeRun,
} from './runs.ts';
import type { ScenarioMode, TestInfo } from './scenarios.ts';
import { requiredCanBlock, SCENARIO_MODES, scenarioModes } from './scenarios.ts';
import { filterPaths, parseList, samplePaths, shardPaths, timeLimitSeconds } from './selection.ts';
import type { Suite } from './suite.ts';
import { listTests, locateSuite, readSource, readTest } from './suite.ts';
import { conductWasmJsApi } from './wasm-js-api-main.ts';
import { conductWasm } from './wasm-main.ts';
import { keptWasmReport } from './wasm-runs.ts';
import type { Job, JobResult, WorkerConfig } from './worker.ts';

/** Where the checkout and the bundled files are; ci/conformance.mjs knows. */
export interface Places {
  readonly checkout: string;
  readonly workerFile: string;
  /** What runs in the processes that run scripts of the WebAssembly suite. */
  readonly wasmWorkerFile: string;
  /** The dashboard's script. */
  readonly pageFile: string;
}

const NAMES_PRINTED = 60;
const DASHBOARD_RUNS = 8;

/** Runs the command and returns its exit status. */
export function main(args: readonly string[], places: Places): Promise<number> {
  return runCommand('conformance', USAGE, args, () => {
    const options = parseOptions(args);
    if (options.suite === 'wasm') return conductWasm(options, places.checkout, places.wasmWorkerFile);
    if (options.suite === 'wasm-js-api') return conductWasmJsApi(options, places.checkout);
    return new Session(options, places).conduct();
  });
}

class Session {
  private readonly options: Options;
  private readonly tiers: readonly string[];
  private readonly places: Places;
  private readonly suite: Suite;
  private readonly allPaths: readonly string[];
  private readonly isInSuite: (path: string) => boolean;
  /** Scenarios asked for by `--list`, where it names them. */
  private readonly listedModes = new Map<string, ReadonlySet<ScenarioMode>>();

  constructor(options: Options, places: Places) {
    if (options.suite !== 'test262')
      throw new UsageError(`there is no suite '${options.suite}'; there are test262, wasm and wasm-js-api`);
    this.options = options;
    this.tiers = options.tiers.length > 0 ? options.tiers : ['bytecode-vm'];
    this.places = places;
    if (options.from.length === 0) for (const tier of this.tiers) driverRow(tier);
    this.suite = locateSuite(places.checkout, process.env, log);
    this.allPaths = listTests(this.suite);
    const inSuite = new Set(this.allPaths);
    this.isInSuite = (path) => inSuite.has(path);
  }

  async conduct(): Promise<number> {
    const { options } = this;
    if (options.features) return this.printFeatures();
    if (options.from.length > 0) {
      if (options.html === null) throw new UsageError('--from needs --html or --features');
      const kept = options.from.flatMap(readRuns);
      const paths = new Set(kept.flatMap((run) => run.scenarios.map(({ path }) => path)));
      this.writeDashboard(kept, this.readTests([...paths].filter(this.isInSuite).sort()));
      return 0;
    }
    const tests = this.readTests(this.selectPaths());
    const runs: Run[] = [];
    let status = 0;
    for (const tier of this.tiers) {
      const run = await this.runTier(tier, tests);
      // The previous runs are the ones to compare with, so they are read before this one is stored.
      runs.push(run);
      process.stdout.write(`\n${formatTable(run, tests)}\n`);
      if (!driverRow(tier).isReference && !this.checkExpectations(run, tests)) status = 1;
    }
    if (options.json !== null) writeFile(options.json, formatRuns(runs, tests));
    if (options.html !== null) this.writeDashboard(this.withStoredRuns(runs), tests);
    for (const run of runs) {
      storeRun(this.places.checkout, run, tests);
      if (options.record) this.record(run, tests);
    }
    return status;
  }

  /** Of the newest kept run of each tier; runs of the whole suite come before those of parts. */
  private printFeatures(): number {
    const { checkout } = this.places;
    const { options, suite } = this;
    const tiers = options.tiers.length > 0 ? options.tiers : storedTiers(checkout, options.suite);
    const files =
      options.from.length > 0
        ? options.from
        : tiers.flatMap((tier) => storedRuns(checkout, options.suite, tier).slice(0, 1));
    if (files.length === 0)
      throw new UsageError('no run is kept yet: run the suite first, or name files with --from');
    const known = parseFeatures(readSource(suite.root, 'features.txt'));
    const report = reportFeatures(files.flatMap(readRuns), this.readTests(this.selectPaths()), known);
    const text = formatFeatures(report, options.format);
    process.stdout.write(text);
    if (options.json !== null) writeFile(options.json, formatFeatures(report, 'json'));
    const unlisted = report.features.filter(({ stage }) => stage === 'unlisted').map(({ tag }) => tag);
    if (unlisted.length > 0) log(`ci/conformance/feature-stages.ts has no stage for ${unlisted.join(', ')}`);
    return 0;
  }

  private selectPaths(): readonly string[] {
    const { options } = this;
    let paths = filterPaths(this.allPaths, options.filters);
    if (options.list !== null) {
      const listed = new Set<string>();
      for (const { path, mode } of parseList(readFileSync(options.list, 'utf8'))) {
        if (!this.isInSuite(path)) log(`--list: the suite has no ${path}`);
        listed.add(path);
        if (mode !== null) this.listedModes.set(path, new Set([...(this.listedModes.get(path) ?? []), mode]));
      }
      paths = paths.filter((path) => listed.has(path));
    }
    if (options.sample !== null) paths = samplePaths(paths, options.sample, options.seed);
    if (options.shard !== null) paths = shardPaths(paths, options.shard);
    if (paths.length === 0) throw new UsageError('no test of the suite is selected');
    return paths;
  }

  private readTests(paths: Iterable<string>): Map<string, TestInfo> {
    const tests = new Map<string, TestInfo>();
    for (const path of paths) tests.set(path, readTest(this.suite.root, path));
    return tests;
  }

  private async runTier(tier: string, tests: ReadonlyMap<string, TestInfo>): Promise<Run> {
    const row = driverRow(tier);
    const { checkout } = this.places;
    const timings = new Timings(join(checkout, '.runs', this.options.suite, `timings-${tier}.json`));
    const jobs = this.jobsFor(row, tests);
    jobs.sort((a, b) => timings.of(b.path) - timings.of(a.path));
    const counts: Counts = { pass: 0, fail: 0, timeout: 0, crash: 0 };
    const scenarios: ScenarioRecord[] = [];
    const totalMs = jobs.reduce((sum, { path }) => sum + timings.expected(path), 0);
    const progress = new Progress(tier, jobs.length, totalMs, process.stderr);
    const pool = new WorkerPool<Job, JobResult>({
      workers: this.options.workers,
      workerFile: this.places.workerFile,
      config: { root: this.suite.root, driver: tier } satisfies WorkerConfig,
      nodeFlags: row.nodeFlags,
    });
    const runJob = async (job: Job): Promise<void> => {
      const { outcome, message, timeMs } = jobResult(job, await pool.run(job));
      scenarios.push({ path: job.path, mode: job.mode, outcome, message, timeMs });
      counts[outcome]++;
      progress.step(counts, timings.expected(job.path));
    };
    try {
      await Promise.all(jobs.map(runJob));
    } finally {
      pool.close();
    }
    const seconds = Math.round(progress.end() * 10) / 10;
    log(
      `${tier}: ${jobs.length} scenarios in ${seconds} s, ${Math.round(jobs.length / Math.max(seconds, 0.1))}/s`,
    );
    timings.update(scenarios);
    scenarios.sort((a, b) =>
      a.path === b.path
        ? SCENARIO_MODES.indexOf(a.mode) - SCENARIO_MODES.indexOf(b.mode)
        : a.path < b.path
          ? -1
          : 1,
    );
    return {
      suite: this.options.suite,
      suiteCommit: this.suite.commit,
      tier,
      commit: checkoutCommit(checkout),
      date: new Date().toISOString(),
      node: process.version,
      isComplete: tests.size === this.allPaths.length && this.listedModes.size === 0,
      seconds,
      scenarios,
    };
  }

  private jobsFor(row: DriverRow, tests: ReadonlyMap<string, TestInfo>): Job[] {
    const jobs: Job[] = [];
    for (const test of tests.values()) {
      const canBlock = requiredCanBlock(test);
      if (canBlock !== null && row.fixedCanBlock !== null && canBlock !== row.fixedCanBlock) continue;
      const timeoutMs = 1000 * timeLimitSeconds(test.path, this.options.timeoutSeconds);
      const listed = this.listedModes.get(test.path);
      for (const mode of scenarioModes(test))
        if (!listed || listed.has(mode)) jobs.push({ path: test.path, mode, timeoutMs });
    }
    return jobs;
  }

  /** Prints, or with `--update-expectations` records, what differs. True when nothing does. */
  private checkExpectations(run: Run, tests: ReadonlyMap<string, TestInfo>): boolean {
    // A tier that fails where others pass has a list of its own; the others share one.
    const ownName = `ci/expectations/${run.suite}-${run.tier}.txt`;
    const name = existsSync(join(this.places.checkout, ownName))
      ? ownName
      : `ci/expectations/${run.suite}.txt`;
    const file = join(this.places.checkout, name);
    const expectations = parseExpectations(existsSync(file) ? readFileSync(file, 'utf8') : '');
    const difference = compareWithExpectations(expectations, run.scenarios, tests, this.isInSuite);
    process.stdout.write(formatDifference(difference, run.tier));
    if (!this.options.updateExpectations) return isEmpty(difference);
    writeFile(file, updateExpectations(expectations, run.scenarios, tests, this.isInSuite));
    process.stdout.write(`${name} is updated\n`);
    return true;
  }

  private record(run: Run, tests: ReadonlyMap<string, TestInfo>): void {
    if (!run.isComplete) log(`--record: ${run.tier} did not run the whole suite, so nothing is recorded`);
    else log(`recorded in ${recordRun(this.places.checkout, run, tests)}`);
  }

  /** This run's tiers, then the newest stored run of each other tier, then the previous run of each. */
  private withStoredRuns(runs: readonly Run[]): Run[] {
    const { checkout } = this.places;
    const { suite } = this.options;
    const { tiers } = this;
    const newestOf = (tier: string): Run[] => storedRuns(checkout, suite, tier).slice(0, 1).flatMap(readRuns);
    const others = storedTiers(checkout, suite).filter((tier) => !tiers.includes(tier));
    return [...runs, ...others.flatMap(newestOf), ...tiers.flatMap(newestOf)].slice(0, DASHBOARD_RUNS);
  }

  /** The dashboard of these tests; what the runs hold of others is left out. */
  private writeDashboard(runs: readonly Run[], tests: ReadonlyMap<string, TestInfo>): void {
    const folder = this.options.html as string;
    buildDashboard({
      folder,
      assets: join(this.places.checkout, 'reports/dashboard'),
      pageFile: this.places.pageFile,
      root: this.suite.root,
      runs,
      tests,
      benchRuns: storedBenchRuns(this.places.checkout),
      wasm: keptWasmReport(this.places.checkout),
    });
    log(`dashboard: ${resolve(folder, 'index.html')}`);
  }
}

/** Milliseconds of each test's last run, kept in an ignored cache; quick tests are not listed. */
class Timings {
  private readonly file: string;
  private readonly times: Map<string, number>;

  constructor(file: string) {
    this.file = file;
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '{}';
    this.times = new Map(Object.entries(JSON.parse(text) as Record<string, number>));
  }

  of(path: string): number {
    return this.times.get(path) ?? 0;
  }

  /** The same with a guess for quick tests, never 0. */
  expected(path: string): number {
    return this.times.get(path) ?? 4;
  }

  update(scenarios: readonly ScenarioRecord[]): void {
    const longest = new Map<string, number>();
    for (const { path, timeMs } of scenarios) longest.set(path, Math.max(timeMs, longest.get(path) ?? 0));
    for (const [path, timeMs] of longest)
      if (timeMs >= 50) this.times.set(path, Math.round(timeMs));
      else this.times.delete(path);
    writeFile(this.file, JSON.stringify(Object.fromEntries(this.times), null, 1));
  }
}

/** A process that died or was killed is an outcome, too. */
function jobResult({ timeoutMs }: Job, end: JobEnd<JobResult>): JobResult {
  switch (end.kind) {
    case 'result':
      return end.result;
    case 'timeout':
      return { outcome: 'timeout', message: `no result after ${timeoutMs / 1000} s`, timeMs: timeoutMs };
    case 'died':
      return { outcome: 'crash', message: end.message, timeMs: 0 };
  }
}

function driverRow(tier: string): DriverRow {
  const row = Object.hasOwn(drivers, tier) ? drivers[tier] : undefined;
  if (!row) throw new UsageError(`there is no tier '${tier}'; there are ${Object.keys(drivers).join(', ')}`);
  return row;
}

function formatDifference(difference: Difference, tier: string): string {
  const { broke, fixed, stale } = difference;
  if (isEmpty(difference)) return `${tier}: as expected\n`;
  const repeat = (path: string): string => `npm run conformance -- --tier ${tier} --filter '${path}'`;
  // The scenarios of a test follow one another and mostly fail alike, so they share an entry.
  const describe = (outcomes: readonly ScenarioOutcome[]): string[] => {
    const entries = new Map<string, ScenarioOutcome[]>();
    for (const each of outcomes) {
      const key = JSON.stringify([each.path, each.outcome, each.message]);
      entries.set(key, [...(entries.get(key) ?? []), each]);
    }
    return [...entries.values()].map((same) => {
      const { path, outcome, message } = same[0] as ScenarioOutcome;
      const text = message ? `: ${message.split('\n', 1)[0]}` : '';
      return `  ${path} [${same.map(({ mode }) => mode).join(', ')}]  ${outcome}${text}\n    ${repeat(path)}\n`;
    });
  };
  const section = (title: string, lines: readonly string[]): string => {
    if (lines.length === 0) return '';
    const more = lines.length - NAMES_PRINTED;
    return `\n${title}\n${lines.slice(0, NAMES_PRINTED).join('')}${
      more > 0 ? `  and ${more} more; --json names all\n` : ''
    }`;
  };
  return (
    section('Broke (not in the expectations):', describe(broke)) +
    section('Newly fixed (listed as failing):', describe(fixed)) +
    section(
      'Listed, but not in the suite',
      stale.map((path) => `  ${path}\n`),
    ) +
    `\n${tier}: ${broke.length} scenarios broke, ${fixed.length} newly fixed` +
    `${stale.length ? `, ${stale.length} stale` : ''}; --update-expectations accepts this\n`
  );
}

function isEmpty({ broke, fixed, stale }: Difference): boolean {
  return broke.length + fixed.length + stale.length === 0;
}
