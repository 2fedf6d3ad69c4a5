// `npm run conformance -- --suite wasm`: runs the scripts of the WebAssembly suite and compares with the expectations.
// Exit status as for Test262: 0 as expected, 1 some difference.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { lineAndColumn, runScript } from '../../engine/wasm/wasm.ts';
import type { Options } from './options.ts';
import { UsageError } from './options.ts';
import { checkoutCommit } from './runs.ts';
import { globPattern } from './selection.ts';
import type { WasmFailure } from './wasm-expectations.ts';
import { compareFailures, formatFailures, parseFailures } from './wasm-expectations.ts';
import { formatCounts, type ScriptCounts } from './wasm-report.ts';

import { featuresOf, listScripts, locateWasmSuite, proposalOf } from './wasm-suite.ts';

const EXPECTATIONS = 'ci/expectations/wasm.txt';
const FAILURES_PRINTED = 60;

/** Runs the command and returns its exit status. Throws `UsageError` and `SuiteUnavailable`. */
export function conductWasm(options: Options, checkout: string): number {
  const { root, commit } = locateWasmSuite(checkout, process.env, log);
  const scripts = select(listScripts(root), options.filters);
  const start = performance.now();
  const counts: ScriptCounts[] = [];
  const failures: WasmFailure[] = [];
  for (const path of scripts) {
    const text = readFileSync(join(root, path), 'utf8');
    const byKind: Record<string, { passed: number; total: number }> = {};
    for (const { kind, position, failure } of runScript(text, featuresOf(path))) {
      byKind[kind] ??= { passed: 0, total: 0 };
      byKind[kind].total++;
      if (failure === null) byKind[kind].passed++;
      else
        failures.push({
          path,
          line: Number.parseInt(lineAndColumn(text, position), 10),
          kind,
          message: failure,
        });
    }
    counts.push({ path, proposal: proposalOf(path), byKind });
  }
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  log(`wasm-interpreter: ${scripts.length} scripts in ${seconds} s`);
  process.stdout.write(`\n${formatCounts(counts)}\n`);
  if (options.json !== null) {
    const run = {
      suite: 'wasm',
      suiteCommit: commit,
      tier: 'wasm-interpreter',
      commit: checkoutCommit(checkout),
      node: process.version,
      seconds,
      scripts: counts,
      failures,
    };
    writeFile(options.json, `${JSON.stringify(run, null, 1)}\n`);
  }
  return checkExpectations(options, checkout, scripts, failures) ? 0 : 1;
}

function select(paths: readonly string[], filters: readonly string[]): readonly string[] {
  if (filters.length === 0) return paths;
  const patterns = filters.map((filter) => globPattern(filter));
  const selected = paths.filter((path) => patterns.some((pattern) => pattern.test(path)));
  if (selected.length === 0) throw new UsageError('no script of the suite is selected');
  return selected;
}

/** Prints, or with `--update-expectations` records, what differs. True when nothing does. */
function checkExpectations(
  options: Options,
  checkout: string,
  scripts: readonly string[],
  failures: readonly WasmFailure[],
): boolean {
  const file = join(checkout, EXPECTATIONS);
  const expectations = parseFailures(existsSync(file) ? readFileSync(file, 'utf8') : '');
  const { broke, fixed } = compareFailures(expectations, failures, scripts);
  for (const { path, line, kind, message } of broke.slice(0, FAILURES_PRINTED))
    process.stdout.write(
      `  ${path}:${line} ${kind}: ${message.split('\n', 1)[0]}\n    npm run conformance -- --suite wasm --filter '${path}'\n`,
    );
  for (const { path, line } of fixed)
    process.stdout.write(`  ${path}:${line} passes, but is listed as failing\n`);
  if (options.updateExpectations) {
    writeFile(file, formatFailures(expectations, failures, scripts));
    process.stdout.write(`${EXPECTATIONS} is updated\n`);
    return true;
  }
  const isAsExpected = broke.length + fixed.length === 0;
  process.stdout.write(
    isAsExpected
      ? 'wasm-interpreter: as expected\n'
      : `wasm-interpreter: ${broke.length} commands broke, ${fixed.length} newly fixed; --update-expectations accepts this\n`,
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
