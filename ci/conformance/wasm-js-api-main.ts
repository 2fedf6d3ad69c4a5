// `npm run conformance -- --suite wasm-js-api`: runs the tests of the WebAssembly JavaScript API on tiers of the engine and
// compares with the expectations. Exit status as for Test262: 0 as expected, 1 some difference.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { TIERS, type TierName } from '../../engine/engine.ts';
import type { Tally } from './feature-report.ts';
import type { Options } from './options.ts';
import { UsageError } from './options.ts';
import { checkoutCommit, storeRunText } from './runs.ts';
import { globPattern } from './selection.ts';
import { compareJsApi, formatJsApiExpectations, parseJsApiExpectations } from './wasm-js-api-expectations.ts';
import { type JsApiResult, listJsApiTests, locateJsApiSuite, runJsApiTest } from './wasm-js-api-suite.ts';
import { hostVersion, type JsApiRun } from './wasm-runs.ts';

const EXPECTATIONS = 'ci/expectations/wasm-js-api.txt';
const FAILURES_PRINTED = 60;
/** Files with large modules take long in an interpreter. */
const TIMEOUT_FACTOR = 6;

/** Runs the command and returns its exit status. Throws `UsageError` and `SuiteUnavailable`. */
export function conductWasmJsApi(options: Options, checkout: string): number {
  const { root, commit } = locateJsApiSuite(checkout, process.env, log);
  const paths = select(listJsApiTests(root), options.filters);
  let status = 0;
  const tiers = options.tiers.length > 0 ? options.tiers : ['bytecode-vm'];
  const runs = tiers.map((tier) => {
    const name = TIERS.find((each) => each === tier);
    if (name === undefined) throw new UsageError(`there is no tier '${tier}'; there are ${TIERS.join(', ')}`);
    const start = performance.now();
    const results = paths.flatMap((path) => runFile(root, path, name, options));
    const seconds = Math.round((performance.now() - start) / 100) / 10;
    log(`${tier}: ${paths.length} files in ${seconds} s`);
    process.stdout.write(`\n${formatFiles(paths, results)}\n`);
    if (!checkExpectations(options, checkout, name, paths, results)) status = 1;
    const run: JsApiRun = {
      suite: 'wasm-js-api',
      suiteCommit: commit,
      tier: name,
      commit: checkoutCommit(checkout),
      date: new Date().toISOString(),
      node: hostVersion(),
      isComplete: options.filters.length === 0,
      seconds,
      files: countFiles(results),
    };
    storeRunText(checkout, run, `${JSON.stringify(run, null, 1)}\n`);
    return { tier: name, seconds, results };
  });
  if (options.json !== null) {
    const run = {
      suite: 'wasm-js-api',
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

function select(paths: readonly string[], filters: readonly string[]): readonly string[] {
  if (filters.length === 0) return paths;
  const patterns = filters.map((filter) => globPattern(filter));
  const selected = paths.filter((path) => patterns.some((pattern) => pattern.test(path)));
  if (selected.length === 0) throw new UsageError('no file of the suite is selected');
  return selected;
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

/** Prints, or with `--update-expectations` records, what differs. True when nothing does. */
function checkExpectations(
  options: Options,
  checkout: string,
  tier: TierName,
  paths: readonly string[],
  results: readonly JsApiResult[],
): boolean {
  const file = join(checkout, EXPECTATIONS);
  const expectations = parseJsApiExpectations(existsSync(file) ? readFileSync(file, 'utf8') : '');
  const { broke, fixed } = compareJsApi(expectations, results, paths);
  for (const { path, test, failure } of broke.slice(0, FAILURES_PRINTED))
    process.stdout.write(
      `  ${path} ${JSON.stringify(test)}: ${failure}\n    npm run conformance -- --suite wasm-js-api --filter '${path}'\n`,
    );
  for (const key of fixed) process.stdout.write(`  ${key} passes, but is listed as failing\n`);
  if (options.updateExpectations) {
    writeFile(file, formatJsApiExpectations(expectations, results, paths));
    process.stdout.write(`${EXPECTATIONS} is updated\n`);
    return true;
  }
  const isAsExpected = broke.length + fixed.length === 0;
  process.stdout.write(
    isAsExpected
      ? `${tier}: as expected\n`
      : `${tier}: ${broke.length} tests broke, ${fixed.length} newly fixed; --update-expectations accepts this\n`,
  );
  return isAsExpected;
}

function writeFile(file: string, text: string): void {
  mkdirSync(dirname(resolve(file)), { recursive: true });
  writeFileSync(file, text);
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}
