// A finished run as data: what `--json` writes, what `.runs/` keeps and the dashboard reads, and the
// compact summary that may be checked in. Times are milliseconds of wall clock in the worker.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFile } from '../command.ts';
import { keepRun, keptRuns } from '../kept-runs.ts';
import type { ScenarioOutcome } from './expectations.ts';
import type { OutcomeKind, TestInfo } from './scenarios.ts';
import { OUTCOME_KINDS } from './scenarios.ts';

export interface ScenarioRecord extends ScenarioOutcome {
  readonly timeMs: number;
}

export type Counts = Record<OutcomeKind, number>;

/** What every kept run begins with. */
export interface RunHead {
  readonly suite: string;
  readonly suiteCommit: string;
  readonly tier: string;
  /** Commit of this repository, with `+` when the checkout had changes. */
  readonly commit: string;
  readonly date: string;
  /** Node's version; that of V8 behind it where the host is what is run: `v20.1.2, V8 11.3`. */
  readonly node: string;
  /** Whether the run covered the whole suite. */
  readonly isComplete: boolean;
  readonly seconds: number;
}

export interface Run extends RunHead {
  readonly scenarios: readonly ScenarioRecord[];
}

export interface Group {
  readonly name: string;
  readonly tests: number;
  readonly counts: Counts;
}

/** Counts by a key or keys of each test, sorted by name. */
export function groupBy(
  scenarios: readonly ScenarioOutcome[],
  tests: ReadonlyMap<string, TestInfo>,
  keysOf: (test: TestInfo) => readonly string[],
): Group[] {
  const groups = new Map<string, { paths: Set<string>; counts: Counts }>();
  for (const scenario of scenarios)
    for (const key of keysOf(tests.get(scenario.path) as TestInfo)) {
      let group = groups.get(key);
      if (!group) {
        group = { paths: new Set(), counts: { pass: 0, fail: 0, timeout: 0, crash: 0 } };
        groups.set(key, group);
      }
      group.paths.add(scenario.path);
      group.counts[scenario.outcome]++;
    }
  return [...groups]
    .map(([name, { paths, counts }]) => ({ name, tests: paths.size, counts }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The folders of a path down to a depth: `test/built-ins/Array` has depth 3. */
function folderAt(path: string, depth: number): string {
  return path.split('/').slice(0, -1).slice(0, depth).join('/');
}

/** The table by top folder that ends a run. */
export function formatTable(run: Run, tests: ReadonlyMap<string, TestInfo>): string {
  const groups = groupBy(run.scenarios, tests, (test) => [folderAt(test.path, 2)]);
  const [total] = groupBy(run.scenarios, tests, () => ['total']);
  const rows = [
    [run.tier, 'tests', 'scenarios', ...OUTCOME_KINDS, 'passed'],
    ...[...groups, ...(total ? [total] : [])].map(({ name, tests: count, counts }) => {
      const sum = OUTCOME_KINDS.reduce((n, kind) => n + counts[kind], 0);
      return [
        name,
        count,
        sum,
        ...OUTCOME_KINDS.map((kind) => counts[kind]),
        percentage(counts.pass, sum),
      ].map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell));
    }),
  ];
  const widths = (rows[0] as string[]).map((_, i) =>
    Math.max(...rows.map((row) => (row[i] as string).length)),
  );
  return rows
    .map((row) =>
      row.map((cell, i) => (i ? cell.padStart(widths[i] as number) : cell.padEnd(widths[0] as number))),
    )
    .map((row) => row.join('  '))
    .join('\n');
}

/** Rounded down, so that only a clean run says 100%. */
export function percentage(part: number, whole: number): string {
  return whole === 0 ? '–' : `${(Math.floor((part / whole) * 10000) / 100).toFixed(2)}%`;
}

/** The text of a JSON file with these runs, one scenario a line. */
export function formatRuns(runs: readonly Run[], tests: ReadonlyMap<string, TestInfo>): string {
  const texts = runs.map((run) => {
    const { scenarios, ...head } = run;
    const summary = summaryOf(run, tests);
    const lines = scenarios.map(({ path, mode, outcome, timeMs, message }) =>
      JSON.stringify({ path, scenario: mode, outcome, ms: timeMs, ...(message === '' ? {} : { message }) }),
    );
    return `${JSON.stringify({ ...head, ...summary }).slice(0, -1)},"scenarios":[\n${lines.join(',\n')}\n]}`;
  });
  return `{"format":1,"runs":[\n${texts.join(',\n')}\n]}\n`;
}

/** Reads what `formatRuns` wrote. Throws an `Error` for anything else. */
export function readRuns(file: string): Run[] {
  const data = JSON.parse(readFileSync(file, 'utf8')) as {
    format?: number;
    runs: (Omit<Run, 'scenarios'> & { scenarios: Record<string, never>[] })[];
  };
  if (data.format !== 1) throw new Error(`${file} is no conformance run`);
  return data.runs.map((run) => ({
    ...run,
    scenarios: run.scenarios.map(({ path, scenario, outcome, ms, message }) => ({
      path,
      mode: scenario,
      outcome,
      timeMs: ms,
      message: message ?? '',
    })),
  })) as Run[];
}

/** Keeps a run under `.runs/`, and only the newest few of its tier; runs of a part of the suite apart. */
export function storeRun(checkout: string, run: Run, tests: ReadonlyMap<string, TestInfo>): void {
  storeRunText(checkout, run, formatRuns([run], tests));
}

/** Keeps a run of any suite as the text of its JSON file. */
export function storeRunText(
  checkout: string,
  run: Pick<Run, 'suite' | 'tier' | 'date' | 'commit' | 'isComplete'>,
  text: string,
): void {
  keepRun(runFolder(checkout, run.suite, run.tier), { ...run, isWhole: run.isComplete }, text);
}

/** The stored runs of a tier, newest first; runs of a part of the suite come last. */
export function storedRuns(checkout: string, suite: string, tier: string): string[] {
  return keptRuns(runFolder(checkout, suite, tier));
}

/** The tiers that have stored runs. */
export function storedTiers(checkout: string, suite: string): string[] {
  const folder = join(checkout, '.runs', suite);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** Writes the compact summary that is checked in. */
export function recordRun(checkout: string, run: Run, tests: ReadonlyMap<string, TestInfo>): string {
  const file = join(checkout, 'reports/runs', `${run.suite}-${run.tier}.json`);
  const { suite, suiteCommit, tier, commit, date, node } = run;
  const { totals, folders, features } = summaryOf(run, tests);
  const table = (groups: Record<string, unknown>): string =>
    Object.entries(groups)
      .map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value).replaceAll(',', ', ')}`)
      .join(',\n');
  const head = JSON.stringify({ suite, suiteCommit, tier, commit, date, node, totals }, null, 2);
  writeFile(
    file,
    `${head.slice(0, -2)},\n  "columns": ${JSON.stringify(OUTCOME_KINDS).replaceAll(',', ', ')},\n` +
      `  "folders": {\n${table(folders)}\n  },\n  "features": {\n${table(features)}\n  }\n}\n`,
  );
  return file;
}

/** HEAD of the checkout, with `+` when files differ from it; `none` before the first commit. */
export function checkoutCommit(checkout: string): string {
  const git = (...args: string[]) => spawnSync('git', ['-C', checkout, ...args], { encoding: 'utf8' });
  const head = git('rev-parse', '--verify', '--quiet', 'HEAD').stdout?.trim();
  if (!head) return 'none';
  return git('status', '--porcelain', '--untracked-files=no').stdout.trim() ? `${head}+` : head;
}

interface Summary {
  readonly totals: Counts;
  /** Folder to counts in the order of `OUTCOME_KINDS`. */
  readonly folders: Record<string, number[]>;
  readonly features: Record<string, number[]>;
}

function summaryOf(run: Run, tests: ReadonlyMap<string, TestInfo>): Summary {
  const table = (groups: readonly Group[]): Record<string, number[]> =>
    Object.fromEntries(groups.map((group) => [group.name, OUTCOME_KINDS.map((kind) => group.counts[kind])]));
  const totals = groupBy(run.scenarios, tests, () => ['all'])[0]?.counts;
  return {
    totals: totals ?? { pass: 0, fail: 0, timeout: 0, crash: 0 },
    folders: table(groupBy(run.scenarios, tests, (test) => [folderAt(test.path, 3)])),
    features: table(groupBy(run.scenarios, tests, (test) => test.features)),
  };
}

function runFolder(checkout: string, suite: string, tier: string): string {
  return join(checkout, '.runs', suite, tier);
}
