// A finished run of the WebAssembly suite, or of the tests of its JavaScript API, as data: what `--json` writes and `.runs/` keeps;
// and the proposal matrix made of them.

import { existsSync, readFileSync } from 'node:fs';
import { markdownTable, type ReportFormat, type Tally, textTable } from './feature-report.ts';
import { checkoutCommit, percentage, type RunHead, storedRuns, storedTiers } from './runs.ts';
import { proposalRows } from './wasm-proposals.ts';
import type { ScriptCounts } from './wasm-report.ts';

export interface WasmFailure {
  readonly path: string;
  readonly line: number;
  readonly kind: string;
  readonly message: string;
}

export interface WasmRun extends RunHead {
  /** Commands by the id of a row of wasm-proposals.ts. */
  readonly proposals: Readonly<Record<string, Tally>>;
  readonly scripts: readonly ScriptCounts[];
  readonly failures: readonly WasmFailure[];
}

export interface JsApiRun extends RunHead {
  readonly files: Readonly<Record<string, Tally>>;
}

/** What the dashboard's page 'WebAssembly' is made of. */
export interface WasmReport {
  readonly rows: readonly { readonly id: string; readonly title: string; readonly version: string }[];
  readonly runs: readonly Omit<WasmRun, 'scripts' | 'failures'>[];
  readonly jsApi: readonly JsApiRun[];
}

/** What is said of a run that began at `startMs` of `performance.now()` and has just ended. */
export function headOfRun(
  checkout: string,
  startMs: number,
  about: Pick<RunHead, 'suite' | 'suiteCommit' | 'tier' | 'isComplete'>,
): RunHead {
  return {
    ...about,
    commit: checkoutCommit(checkout),
    date: new Date().toISOString(),
    node: `${process.version}, V8 ${process.versions.v8}`,
    seconds: Math.round((performance.now() - startMs) / 100) / 10,
  };
}

/** The newest kept run of each tier; null if none is kept. Ours come first. */
export function keptWasmReport(checkout: string): WasmReport | null {
  const runs = newestRuns<WasmRun>(checkout, 'wasm').map(({ scripts, failures, ...run }) => run);
  const jsApi = newestRuns<JsApiRun>(checkout, 'wasm-js-api');
  if (runs.length + jsApi.length === 0) return null;
  return { rows: proposalRows.map(({ id, title, version }) => ({ id, title, version })), runs, jsApi };
}

function newestRuns<R extends RunHead>(checkout: string, suite: string): R[] {
  return storedTiers(checkout, suite)
    .flatMap((tier) => storedRuns(checkout, suite, tier).slice(0, 1))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as R)
    .sort((a, b) => Number(isHost(a)) - Number(isHost(b)));
}

function isHost({ tier }: RunHead): boolean {
  return tier === 'host-v8';
}

/** The matrix: a row for each part and proposal, two columns for each run. */
export function formatMatrix(
  { rows, runs }: Pick<WasmReport, 'rows' | 'runs'>,
  format: ReportFormat,
): string {
  if (format === 'json') return `${JSON.stringify({ rows, runs }, null, 1)}\n`;
  const cells = (tallies: readonly (Tally | undefined)[]): string[] =>
    tallies.flatMap((tally) =>
      tally === undefined || tally.total === 0
        ? ['–', '–']
        : [`${tally.passed}/${tally.total}`, percentage(tally.passed, tally.total)],
    );
  const lines = rows.map(({ id, title, version }) => [
    title,
    version,
    ...cells(runs.map(({ proposals }) => proposals[id])),
  ]);
  const totals = runs.map(({ proposals }) => sum(Object.values(proposals)));
  const table = [
    ['proposal', 'version', ...runs.flatMap(({ tier }) => [tier, 'passed'])],
    ...lines,
    ['total', '', ...cells(totals)],
  ];
  const about = runs.map(({ tier, commit, node }) => `${tier}: commit ${commit.slice(0, 8)}, node ${node}`);
  return format === 'markdown'
    ? `${markdownTable(table)}\n${about.map((line) => `- ${line}\n`).join('')}`
    : `${textTable(table)}\n${about.map((line) => `${line}\n`).join('')}`;
}

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((all, { passed }) => all + passed, 0),
    total: tallies.reduce((all, { total }) => all + total, 0),
  };
}
