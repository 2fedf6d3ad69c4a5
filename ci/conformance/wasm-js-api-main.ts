// `npm run conformance -- --suite wasm-js-api`: runs the tests of the WebAssembly JavaScript API on tiers of the engine and
// compares with the expectations. Exit status as for Test262: 0 as expected, 1 some difference.

import { TIERS, type TierName } from '../../engine/engine.ts';
import { log, UsageError, writeFile } from '../command.ts';
import { checkFailures } from './failure-list.ts';
import type { Tally } from './feature-report.ts';
import type { Options } from './options.ts';
import { checkoutCommit, storeRunText } from './runs.ts';
import { filterPaths } from './selection.ts';
import { type JsApiResult, listJsApiTests, locateJsApiSuite, runJsApiTest } from './wasm-js-api-suite.ts';
import { headOfRun, type JsApiRun } from './wasm-runs.ts';

const SUITE = 'wasm-js-api';
/** Files with large modules take long in an interpreter. */
const TIMEOUT_FACTOR = 6;

/** Runs the command and returns its exit status. Throws `UsageError` and `SuiteUnavailable`. */
export function conductWasmJsApi(options: Options, checkout: string): number {
  const { root, commit } = locateJsApiSuite(checkout, process.env, log);
  const paths = filterPaths(listJsApiTests(root), options.filters);
  if (paths.length === 0) throw new UsageError('no file of the suite is selected');
  let status = 0;
  const tiers = options.tiers.length > 0 ? options.tiers : ['bytecode-vm'];
  const runs = tiers.map((tier) => {
    const name = TIERS.find((each) => each === tier);
    if (name === undefined) throw new UsageError(`there is no tier '${tier}'; there are ${TIERS.join(', ')}`);
    const startMs = performance.now();
    const results = paths.flatMap((path) => runFile(root, path, name, options));
    const isComplete = options.filters.length === 0;
    const run: JsApiRun = {
      ...headOfRun(checkout, startMs, { suite: SUITE, suiteCommit: commit, tier, isComplete }),
      files: countFiles(results),
    };
    log(`${tier}: ${paths.length} files in ${run.seconds} s`);
    process.stdout.write(`\n${formatFiles(paths, results)}\n`);
    const failures = results.flatMap(({ path, test, failure }) =>
      failure === null ? [] : [{ path, key: `${path} ${JSON.stringify(test)}`, message: failure }],
    );
    if (!checkFailures(checkout, { suite: SUITE, tier, paths, failures }, options.updateExpectations))
      status = 1;
    storeRunText(checkout, run, `${JSON.stringify(run, null, 1)}\n`);
    return { tier, seconds: run.seconds, results };
  });
  if (options.json !== null) {
    const run = {
      suite: SUITE,
      suiteCommit: commit,
      commit: checkoutCommit(checkout),
      node: process.version,
      runs,
    };
    writeFile(options.json, `${JSON.stringify(run, null, 1)}\n`);
  }
  return status;
}

function runFile(root: string, path: string, tier: TierName, options: Options): JsApiResult[] {
  return runJsApiTest(root, path, tier, options.timeoutSeconds * TIMEOUT_FACTOR);
}

function countFiles(results: readonly JsApiResult[]): Record<string, Tally> {
  const files: Record<string, Tally> = {};
  for (const { path, failure } of results) {
    files[path] ??= { passed: 0, total: 0 };
    files[path].total++;
    if (failure === null) files[path].passed++;
  }
  return files;
}

/** A line for each file: tests passed, and all. */
export function formatFiles(paths: readonly string[], results: readonly JsApiResult[]): string {
  const width = Math.max(...paths.map((path) => path.length));
  const line = (name: string, tests: readonly JsApiResult[]): string =>
    `${name.padEnd(width)}  ${tests.filter(({ failure }) => failure === null).length}/${tests.length}`;
  const lines = paths.map((path) =>
    line(
      path,
      results.filter((result) => result.path === path),
    ),
  );
  return `${[...lines, line('total', results)].join('\n')}\n`;
}
