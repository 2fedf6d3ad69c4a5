// ci/expectations/wasm.txt and wasm-js-api.txt: what of the WebAssembly suites is known to fail, one a line, sorted:
//
//   path:line # reason         a command of a script
//   path "name" # reason       a test of a file; names are JSON strings
//
// A failure that is not listed and a listed one that passes both fail a run.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFile } from '../command.ts';

/** A command or test that failed. */
export interface Failure {
  readonly path: string;
  /** What stands before the reason; it begins with the path. */
  readonly key: string;
  /** Its first line is the reason of a new entry. */
  readonly message: string;
}

export interface FailureList {
  readonly header: readonly string[];
  readonly entries: ReadonlyMap<string, { readonly path: string; readonly reason: string }>;
}

const FAILURES_PRINTED = 60;

/** Reads a list. Throws an `Error` naming the line that is not understood. */
export function parseFailureList(text: string): FailureList {
  const header: string[] = [];
  const entries = new Map<string, { path: string; reason: string }>();
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '') return;
    if (line.startsWith('#')) {
      header.push(line);
      return;
    }
    const match = /^((\S+)(?::\d+| "(?:[^"\\]|\\.)*"))\s+#\s*(.*\S)\s*$/.exec(line);
    if (match === null)
      throw new Error(
        `expectations line ${i + 1} is not 'path:line # reason' or 'path "name" # reason': ${line}`,
      );
    const [, key, path, reason] = match as unknown as [string, string, string, string];
    entries.set(key, { path, reason });
  });
  return { header, entries };
}

/** What of a run of some files differs from the list: failures that are not listed, and keys of listed ones that did not fail. */
export function compareFailures(
  { entries }: FailureList,
  failures: readonly Failure[],
  paths: readonly string[],
): { readonly broke: readonly Failure[]; readonly fixed: readonly string[] } {
  const failed = new Set(failures.map(({ key }) => key));
  const run = new Set(paths);
  return {
    broke: failures.filter(({ key }) => !entries.has(key)),
    fixed: [...entries].filter(([key, { path }]) => run.has(path) && !failed.has(key)).map(([key]) => key),
  };
}

/** The list as this run would have it; entries of other files and reasons that still hold stay. */
export function formatFailureList(
  { header, entries }: FailureList,
  failures: readonly Failure[],
  paths: readonly string[],
): string {
  const run = new Set(paths);
  const reasons = new Map<string, string>();
  for (const [key, { path, reason }] of entries) if (!run.has(path)) reasons.set(key, reason);
  for (const { key, message } of failures)
    reasons.set(key, entries.get(key)?.reason ?? (message.split('\n', 1)[0] as string));
  const lines = [...reasons].map(([key, reason]) => `${key} # ${reason}`).sort();
  return [...header, ...lines, ''].join('\n');
}

/** A tier's run of files of a suite. */
export interface SuiteRun {
  readonly suite: string;
  readonly tier: string;
  readonly paths: readonly string[];
  readonly failures: readonly Failure[];
}

/** Prints, or if `updates` records, what differs from the suite's list. True when nothing does. */
export function checkFailures(
  checkout: string,
  { suite, tier, paths, failures }: SuiteRun,
  updates: boolean,
): boolean {
  const name = `ci/expectations/${suite}.txt`;
  const file = join(checkout, name);
  const list = parseFailureList(existsSync(file) ? readFileSync(file, 'utf8') : '');
  const { broke, fixed } = compareFailures(list, failures, paths);
  for (const { path, key, message } of broke.slice(0, FAILURES_PRINTED))
    process.stdout.write(
      `  ${key}: ${message.split('\n', 1)[0]}\n    npm run conformance -- --suite ${suite} --filter '${path}'\n`,
    );
  for (const key of fixed) process.stdout.write(`  ${key} passes, but is listed as failing\n`);
  if (updates) {
    writeFile(file, formatFailureList(list, failures, paths));
    process.stdout.write(`${name} is updated\n`);
    return true;
  }
  const isAsExpected = broke.length + fixed.length === 0;
  process.stdout.write(
    isAsExpected
      ? `${tier}: as expected\n`
      : `${tier}: ${broke.length} broke, ${fixed.length} newly fixed; --update-expectations accepts this\n`,
  );
  return isAsExpected;
}
