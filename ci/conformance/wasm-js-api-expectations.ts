// ci/expectations/wasm-js-api.txt: the tests of the WebAssembly JavaScript API that are known to fail, one a line, sorted:
//
//   path "name of the test" # reason
//
// Names are JSON strings. A failure that is not listed and a listed test that passes both fail a run.

import type { JsApiResult } from './wasm-js-api-suite.ts';

export interface JsApiExpectations {
  readonly header: readonly string[];
  /** Reasons by `path "name"`. */
  readonly reasons: ReadonlyMap<string, string>;
}

const keyOf = ({ path, test }: Pick<JsApiResult, 'path' | 'test'>): string =>
  `${path} ${JSON.stringify(test)}`;

/** Reads a list. Throws an `Error` naming the line that is not understood. */
export function parseJsApiExpectations(text: string): JsApiExpectations {
  const header: string[] = [];
  const reasons = new Map<string, string>();
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '') return;
    if (line.startsWith('#')) {
      header.push(line);
      return;
    }
    const match = /^(\S+ "(?:[^"\\]|\\.)*")\s+#\s*(.*\S)\s*$/.exec(line);
    if (match === null) throw new Error(`expectations line ${i + 1} is not 'path "name" # reason': ${line}`);
    reasons.set(match[1] as string, match[2] as string);
  });
  return { header, reasons };
}

/** What of a run of some files differs from the list: tests that broke, and keys of listed ones that did not fail. */
export function compareJsApi(
  { reasons }: JsApiExpectations,
  results: readonly JsApiResult[],
  paths: readonly string[],
): { readonly broke: readonly JsApiResult[]; readonly fixed: readonly string[] } {
  const failed = results.filter(({ failure }) => failure !== null);
  const keys = new Set(failed.map(keyOf));
  return {
    broke: failed.filter((result) => !reasons.has(keyOf(result))),
    fixed: [...reasons.keys()].filter(
      (key) => paths.includes(key.slice(0, key.indexOf(' '))) && !keys.has(key),
    ),
  };
}

/** The list as this run would have it; entries of other files and reasons that still hold stay. */
export function formatJsApiExpectations(
  { header, reasons }: JsApiExpectations,
  results: readonly JsApiResult[],
  paths: readonly string[],
): string {
  const kept = new Map([...reasons].filter(([key]) => !paths.includes(key.slice(0, key.indexOf(' ')))));
  for (const result of results) {
    if (result.failure === null) continue;
    const key = keyOf(result);
    kept.set(key, reasons.get(key) ?? (result.failure.split('\n', 1)[0] as string));
  }
  const lines = [...kept].map(([key, reason]) => `${key} # ${reason}`).sort();
  return [...header, ...lines, ''].join('\n');
}
