// Writes the static dashboard: the page in reports/dashboard/ and, beside it, data as scripts, since
// a page opened from disk may load scripts but not fetch files.
//
//   data.js            tests, features, runs (without results)
//   runs/<n>.js        results of one run, one character a scenario, and messages of failures
//   sources/<n>.js     texts of tests, in parts of some 300 KB, loaded when a test is opened
//   bench/0.js         kept benchmark runs, newest first (ci/bench/README.md)
//   wasm/0.js          kept runs of the WebAssembly suites by proposal and by file, or null (wasm-runs.ts)
//
// A scenario's number is its position when tests are in path order and modes in SCENARIO_MODES order.

import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchRun } from '../bench/results.ts';
import { drivers } from './driver.ts';
import { stageTitle } from './feature-stages.ts';
import { featureInfo, parseFeatures } from './features.ts';
import type { Run } from './runs.ts';
import type { OutcomeKind, TestInfo } from './scenarios.ts';
import { messageCluster, SCENARIO_MODES, scenarioModes } from './scenarios.ts';
import { readSource } from './suite.ts';
import type { WasmReport } from './wasm-runs.ts';

export interface DashboardInput {
  readonly folder: string;
  /** The folder of the page's index.html and style.css. */
  readonly assets: string;
  /** The page's script, bundled. */
  readonly pageFile: string;
  /** The suite's directory, from which sources are copied. */
  readonly root: string;
  /** Columns from left to right; the newest run first. */
  readonly runs: readonly Run[];
  /** Every test of the runs, in path order. */
  readonly tests: ReadonlyMap<string, TestInfo>;
  /** Kept runs of the benchmark, newest first. */
  readonly benchRuns: readonly BenchRun[];
  /** Kept runs of the WebAssembly suites; null: there are none. */
  readonly wasm: WasmReport | null;
}

const SOURCE_PART_CHARS = 300_000;
const outcomeLetters: Readonly<Record<OutcomeKind, string>> = {
  pass: 'p',
  fail: 'f',
  timeout: 't',
  crash: 'c',
};

/** Writes the dashboard, replacing what an earlier one left in the folder's data. */
export function buildDashboard(input: DashboardInput): void {
  const { folder } = input;
  for (const part of ['runs', 'sources', 'bench', 'wasm']) {
    rmSync(join(folder, part), { recursive: true, force: true });
    mkdirSync(join(folder, part), { recursive: true });
  }
  for (const name of ['index.html', 'style.css']) copyFileSync(join(input.assets, name), join(folder, name));
  copyFileSync(input.pageFile, join(folder, 'page.js'));
  const parts = writeSources(input);
  const numbers = scenarioNumbers(input.tests);
  for (const [i, run] of input.runs.entries()) writeScript(folder, 'runs', i, runData(run, numbers));
  // Of the runs before the newest the page shows the means only.
  const benchRuns = input.benchRuns.map((run, i) => (i === 0 ? run : { ...run, programs: [] }));
  writeScript(folder, 'bench', 0, benchRuns);
  writeScript(folder, 'wasm', 0, input.wasm);
  writeScript(folder, 'data', 0, indexData(input, parts));
}

function indexData({ root, runs, tests }: DashboardInput, parts: readonly number[]): object {
  const features = new Map<string, number>();
  const folders: { folder: string; names: string[]; modes: number[]; features: number[][] }[] = [];
  for (const test of tests.values()) {
    const slash = test.path.lastIndexOf('/');
    const folder = test.path.slice(0, slash);
    let last = folders.at(-1);
    if (last?.folder !== folder) {
      last = { folder, names: [], modes: [], features: [] };
      folders.push(last);
    }
    last.names.push(test.path.slice(slash + 1));
    last.modes.push(
      scenarioModes(test).reduce((mask, mode) => mask | (1 << SCENARIO_MODES.indexOf(mode)), 0),
    );
    last.features.push(
      test.features.map((feature) => {
        if (!features.has(feature)) features.set(feature, features.size);
        return features.get(feature) as number;
      }),
    );
  }
  const known = parseFeatures(existsSync(join(root, 'features.txt')) ? readSource(root, 'features.txt') : '');
  // Tags that no test here has are shown, too.
  for (const tag of known.keys()) if (!features.has(tag)) features.set(tag, features.size);
  return {
    modes: SCENARIO_MODES,
    features: [...features.keys()].map((name) => {
      const { stage, edition, title, address } = featureInfo(known, name);
      return { name, stage: stageTitle(stage, edition), title, address };
    }),
    folders: folders.map((group) => [group.folder, group.names.join('/'), group.modes, group.features]),
    parts,
    runs: runs.map(({ scenarios, ...head }) => ({
      ...head,
      size: scenarios.length,
      isReference: drivers[head.tier]?.isReference ?? false,
    })),
  };
}

function runData(run: Run, numbers: ReadonlyMap<string, number>): object {
  const outcomes = new Array<string>(numbers.size).fill('-');
  const timesMs = new Array<number>(numbers.size).fill(0);
  const messages = new Map<string, number>();
  const clusters = new Map<string, number>();
  const failures: [scenario: number, message: number, cluster: number][] = [];
  const idIn = (table: Map<string, number>, text: string): number => {
    if (!table.has(text)) table.set(text, table.size);
    return table.get(text) as number;
  };
  for (const { path, mode, outcome, message, timeMs } of run.scenarios) {
    const number = numbers.get(`${path} ${mode}`);
    if (number === undefined) continue;
    outcomes[number] = outcomeLetters[outcome];
    timesMs[number] = Math.round(timeMs);
    if (outcome !== 'pass')
      failures.push([number, idIn(messages, message), idIn(clusters, messageCluster(message) || outcome)]);
  }
  return {
    outcomes: outcomes.join(''),
    times: timesMs.join(','),
    messages: [...messages.keys()],
    clusters: [...clusters.keys()],
    failures: failures.flat(),
  };
}

function scenarioNumbers(tests: ReadonlyMap<string, TestInfo>): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const test of tests.values())
    for (const mode of scenarioModes(test)) numbers.set(`${test.path} ${mode}`, numbers.size);
  return numbers;
}

/** Writes the sources and returns the index of the first test of each part. */
function writeSources({ folder, root, tests }: DashboardInput): number[] {
  const firsts: number[] = [];
  let texts: string[] = [];
  let chars = 0;
  let index = 0;
  const flush = (): void => {
    if (texts.length > 0) writeScript(folder, 'sources', firsts.length - 1, texts);
    texts = [];
    chars = 0;
  };
  for (const path of tests.keys()) {
    if (texts.length === 0) firsts.push(index);
    const text = readSource(root, path);
    texts.push(text);
    chars += text.length;
    index++;
    if (chars >= SOURCE_PART_CHARS) flush();
  }
  flush();
  return firsts;
}

/** The page defines `Kataan.receive` before it loads any data. */
function writeScript(
  folder: string,
  kind: 'data' | 'runs' | 'sources' | 'bench' | 'wasm',
  index: number,
  data: unknown,
): void {
  const name = kind === 'data' ? 'data.js' : `${kind}/${index}.js`;
  writeFileSync(join(folder, name), `Kataan.receive('${kind}', ${index}, ${JSON.stringify(data)});\n`);
}
