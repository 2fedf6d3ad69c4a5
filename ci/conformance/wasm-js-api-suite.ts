// The tests of the WebAssembly JavaScript API: where they are, which scripts each includes, and how one is run.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describeError, Runtime, type TierName } from '../../engine/engine.ts';
import { type LocatedArchive, locateArchive } from './archive.ts';
import { HARNESS_SOURCE, REPORT_END, REPORT_TEST } from './wasm-js-api-harness.ts';

const ROOT = 'test/js-api';
/** How the tests call the root of their folder. */
const ROOT_URL = '/wasm/jsapi/';

/** Finds the suite, unpacking or cloning it when needed. Throws `SuiteUnavailable`. */
export function locateJsApiSuite(
  checkout: string,
  environment: NodeJS.ProcessEnv,
  log: (line: string) => void,
): LocatedArchive {
  const spec = {
    pinFile: 'corpora/wasm-js-api.json',
    variable: 'KATAAN_WASM_JS_API',
    title: 'WebAssembly JavaScript API test suite',
    probe: `${ROOT}/assertions.js`,
  };
  const located = locateArchive(checkout, spec, environment, log);
  return { ...located, root: join(located.root, ROOT) };
}

/** Paths of all tests, sorted. */
export function listJsApiTests(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.any.js'))
    .sort();
}

/** Paths of the scripts that a test's head asks for, in order. */
export function includesOf(path: string, source: string): string[] {
  const includes: string[] = [];
  for (const [, script = ''] of source.matchAll(/^\/\/ META: script=(\S+)\s*$/gm))
    includes.push(
      script.startsWith(ROOT_URL) ? script.slice(ROOT_URL.length) : posix.join(dirname(path), script),
    );
  return includes;
}

export interface JsApiResult {
  readonly path: string;
  readonly test: string;
  /** null: passed. */
  readonly failure: string | null;
}

/** What stands for a file that did not come to its end. */
const WHOLE_FILE = '(file)';

/** Limits of one file: a guest that wants more is stopped. */
const LIMITS = { bytes: 24 * 2 ** 30 };

/** Runs the tests of a file. A file that cannot be run to its end has a failed test of the name `(file)`. */
export function runJsApiTest(
  root: string,
  path: string,
  tier: TierName,
  timeoutSeconds: number,
): JsApiResult[] {
  const results: JsApiResult[] = [];
  const fail = (failure: string): void => {
    results.push({ path, test: WHOLE_FILE, failure });
  };
  const endMs = performance.now() + 1000 * timeoutSeconds;
  const runtime = new Runtime({
    tier,
    limits: LIMITS,
    interrupt: () => (performance.now() > endMs ? 'time' : null),
  });
  let hasEnded = false;
  runtime.defineFunction(REPORT_TEST, 2, ([name, failure]) => {
    results.push({ path, test: String(name), failure: failure === null ? null : String(failure) });
    return undefined;
  });
  runtime.defineFunction(REPORT_END, 0, () => {
    hasEnded = true;
    return undefined;
  });
  const source = readFileSync(join(root, path), 'utf8');
  const scripts = [
    ['testharness.js', HARNESS_SOURCE],
    ...includesOf(path, source).map((include) => [include, readFileSync(join(root, include), 'utf8')]),
    [path, source],
    ['end.js', `${REPORT_END}();`],
  ] as [name: string, text: string][];
  for (const [name, text] of scripts) {
    const completion = runtime.runScript(text, name);
    if (completion.kind === 'normal') continue;
    fail(
      completion.kind === 'throw'
        ? `${name}: ${describeError(completion.value).stack}`
        : completion.kind === 'limit'
          ? `${name}: stopped by the limit '${completion.limit}'`
          : `${name}: ${completion.error.message}`,
    );
    return results;
  }
  const jobs = runtime.runJobs();
  if (jobs.kind === 'limit') fail(`stopped by the limit '${jobs.limit}'`);
  else if (!hasEnded) fail('the tests did not end');
  return results;
}
