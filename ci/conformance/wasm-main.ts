// `npm run conformance -- --suite wasm`: runs the scripts of the WebAssembly suite on our interpreter, on the host's own
// `WebAssembly`, or on both, compares ours with the expectations, and prints the proposal matrix.
// Exit status as for Test262: 0 as expected, 1 some difference.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandResult, lostScript } from '../../engine/wasm/harness.ts';
import { lineAndColumn } from '../../engine/wasm/wasm.ts';
import { log, UsageError, writeFile } from '../command.ts';
import { WorkerPool } from '../workers/pool.ts';
import { checkFailures } from './failure-list.ts';
import type { Options } from './options.ts';
import { storeRunText } from './runs.ts';
import { filterPaths } from './selection.ts';
import { proposalRowOf, proposalRows } from './wasm-proposals.ts';
import { formatCounts, type ScriptCounts } from './wasm-report.ts';
import { formatMatrix, headOfRun, type WasmFailure, type WasmRun } from './wasm-runs.ts';
import { featuresOf, listScripts, locateWasmSuite, proposalOf } from './wasm-suite.ts';
import { type SuiteTier, suiteTierOf, suiteTiers } from './wasm-tiers.ts';
import type { ScriptJob, WasmWorkerConfig } from './wasm-worker.ts';

const SUITE = 'wasm';
/** Of the time limit: scripts are many commands. */
const TIMEOUT_FACTOR = 12;

/** Runs the command and returns its exit status. Throws `UsageError` and `SuiteUnavailable`. */
export async function conductWasm(options: Options, checkout: string, workerFile: string): Promise<number> {
  const tiers =
    options.tiers.length > 0 ? options.tiers.map(suiteTierOf) : suiteTiers.filter(({ isOurs }) => isOurs);
  const { root, commit } = locateWasmSuite(checkout, process.env, log);
  const all = listScripts(root);
  const scripts = filterPaths(all, options.filters);
  if (scripts.length === 0) throw new UsageError('no script of the suite is selected');
  const runs: WasmRun[] = [];
  let status = 0;
  for (const tier of tiers) {
    const startMs = performance.now();
    const results = await runScripts(tier, root, scripts, options, workerFile);
    const isComplete = scripts.length === all.length;
    const run: WasmRun = {
      ...headOfRun(checkout, startMs, { suite: SUITE, suiteCommit: commit, tier: tier.name, isComplete }),
      ...countResults(root, scripts, results),
    };
    log(`${tier.name}: ${scripts.length} scripts in ${run.seconds} s`);
    runs.push(run);
    if (options.format === 'text') process.stdout.write(`\n${tier.name}\n${formatCounts(run.scripts)}\n`);
    storeRunText(checkout, run, `${JSON.stringify(run, null, 1)}\n`);
  }
  const isUsed = (id: string): boolean => runs.some(({ proposals }) => proposals[id] !== undefined);
  process.stdout.write(
    formatMatrix({ rows: proposalRows.filter(({ id }) => isUsed(id)), runs }, options.format),
  );
  if (options.json !== null) writeFile(options.json, `${JSON.stringify({ format: 1, runs }, null, 1)}\n`);
  tiers.forEach(({ name, isOurs }, i) => {
    if (!isOurs) return;
    const failures = (runs[i] as WasmRun).failures.map(({ path, line, kind, message }) => ({
      path,
      key: `${path}:${line}`,
      message: `${kind}: ${message}`,
    }));
    const run = { suite: SUITE, tier: name, paths: scripts, failures };
    if (!checkFailures(checkout, run, options.updateExpectations)) status = 1;
  });
  return status;
}

/** Scripts are jobs of processes, so that one on which an engine dies or hangs costs itself only. */
async function runScripts(
  tier: SuiteTier,
  root: string,
  scripts: readonly string[],
  options: Options,
  workerFile: string,
): Promise<CommandResult[][]> {
  const pool = new WorkerPool<ScriptJob, CommandResult[]>({
    workers: options.workers,
    workerFile,
    config: { root, tier: tier.name } satisfies WasmWorkerConfig,
    nodeFlags: [],
  });
  const timeoutMs = 1000 * options.timeoutSeconds * TIMEOUT_FACTOR;
  try {
    return await Promise.all(
      scripts.map(async (path) => {
        const end = await pool.run({ path, timeoutMs });
        if (end.kind === 'result') return end.result;
        const failure = end.kind === 'timeout' ? `no result after ${timeoutMs / 1000} s` : end.message;
        return lostScript(tier.createEngine({}), readScript(root, path), featuresOf(path), failure);
      }),
    );
  } finally {
    pool.close();
  }
}

function countResults(
  root: string,
  scripts: readonly string[],
  results: readonly CommandResult[][],
): Pick<WasmRun, 'scripts' | 'failures' | 'proposals'> {
  const counts: ScriptCounts[] = [];
  const failures: WasmFailure[] = [];
  const proposals: Record<string, { passed: number; total: number }> = {};
  scripts.forEach((path, i) => {
    const text = readScript(root, path);
    const byKind: Record<string, { passed: number; total: number }> = {};
    for (const { kind, call, position, failure } of results[i] as CommandResult[]) {
      const { id } = proposalRowOf(path, call);
      byKind[kind] ??= { passed: 0, total: 0 };
      proposals[id] ??= { passed: 0, total: 0 };
      for (const tally of [byKind[kind], proposals[id]]) {
        tally.total++;
        if (failure === null) tally.passed++;
      }
      if (failure !== null)
        failures.push({
          path,
          line: Number.parseInt(lineAndColumn(text, position), 10),
          kind,
          message: failure,
        });
    }
    counts.push({ path, proposal: proposalOf(path), byKind });
  });
  return { proposals, scripts: counts, failures };
}

function readScript(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
