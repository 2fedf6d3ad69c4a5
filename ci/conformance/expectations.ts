// The checked-in list of scenarios that are known not to pass on a tier, with a reason each.
//
//   feature:NAME # reason          every test with this feature tag may fail
//   folder:PATH # reason           every test below this folder may fail
//   PATH # reason                  all scenarios of this test fail
//   PATH [scenario] # reason       this scenario fails
//
// Wildcards come first, then paths, each part sorted. A failure that nothing lists is a break; a
// pass that a PATH line lists is a fix that the list must learn. Passes under a wildcard are fine.
// Comment lines at the head are kept when the list is rewritten.

import type { OutcomeKind, ScenarioMode, TestInfo } from './scenarios.ts';
import { messageCluster, scenarioModes } from './scenarios.ts';

export interface ScenarioOutcome {
  readonly path: string;
  readonly mode: ScenarioMode;
  readonly outcome: OutcomeKind;
  readonly message: string;
}

interface PathEntry {
  /** null: all scenarios of the test. */
  readonly mode: ScenarioMode | null;
  readonly reason: string;
}

export interface Expectations {
  readonly header: readonly string[];
  /** Feature tag to reason. */
  readonly features: ReadonlyMap<string, string>;
  /** Folder to reason. */
  readonly folders: ReadonlyMap<string, string>;
  readonly paths: ReadonlyMap<string, readonly PathEntry[]>;
}

export interface Difference {
  readonly broke: readonly ScenarioOutcome[];
  readonly fixed: readonly ScenarioOutcome[];
  /** Listed paths that the suite does not have. */
  readonly stale: readonly string[];
}

/** Reads a list. Throws an `Error` naming the line that is not understood. */
export function parseExpectations(text: string): Expectations {
  const header: string[] = [];
  const features = new Map<string, string>();
  const folders = new Map<string, string>();
  const paths = new Map<string, PathEntry[]>();
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '') return;
    if (line.startsWith('#')) {
      header.push(line);
      return;
    }
    const match = /^(feature:|folder:)?(\S+)(?: \[(non-strict|strict|module|raw)\])?\s+#\s*(.*\S)\s*$/.exec(
      line,
    );
    if (!match) throw new Error(`expectations line ${i + 1} is not "path [scenario] # reason": ${line}`);
    const [, kind, name, mode, reason] = match as unknown as [
      string,
      string?,
      string?,
      ScenarioMode?,
      string?,
    ];
    if (kind === 'feature:') features.set(name as string, reason as string);
    else if (kind === 'folder:') folders.set((name as string).replace(/\/+$/, ''), reason as string);
    else {
      const entries = paths.get(name as string) ?? [];
      entries.push({ mode: mode ?? null, reason: reason as string });
      paths.set(name as string, entries);
    }
  });
  return { header, features, folders, paths };
}

/** What of a run differs from the list. `inSuite` tells whether the suite has a path. */
export function compareWithExpectations(
  expectations: Expectations,
  results: readonly ScenarioOutcome[],
  tests: ReadonlyMap<string, TestInfo>,
  inSuite: (path: string) => boolean,
): Difference {
  const broke: ScenarioOutcome[] = [];
  const fixed: ScenarioOutcome[] = [];
  for (const result of results) {
    const listed = reasonByPath(expectations, result.path, result.mode) !== undefined;
    if (result.outcome === 'pass') {
      if (listed) fixed.push(result);
    } else if (!listed && reasonByWildcard(expectations, tests.get(result.path) as TestInfo) === undefined)
      broke.push(result);
  }
  const stale = [...expectations.paths.keys()].filter((path) => !inSuite(path));
  return { broke, fixed, stale };
}

/**
 * The list as this run would have it, for the tests of this run only: entries of other tests stay,
 * reasons of entries that still hold stay, new entries get their message's cluster as the reason,
 * and paths that the suite does not have go.
 */
export function updateExpectations(
  expectations: Expectations,
  results: readonly ScenarioOutcome[],
  tests: ReadonlyMap<string, TestInfo>,
  inSuite: (path: string) => boolean,
): string {
  const byPath = new Map<string, ScenarioOutcome[]>();
  for (const result of results) byPath.set(result.path, [...(byPath.get(result.path) ?? []), result]);
  const lines: string[] = [];
  for (const [path, entries] of expectations.paths)
    if (!byPath.has(path) && inSuite(path)) for (const entry of entries) lines.push(pathLine(path, entry));
  for (const [path, outcomes] of byPath) {
    const test = tests.get(path) as TestInfo;
    if (reasonByWildcard(expectations, test) !== undefined) continue;
    const entries: PathEntry[] = outcomes
      .filter((result) => result.outcome !== 'pass')
      .map((result) => ({
        mode: result.mode,
        reason: reasonByPath(expectations, path, result.mode) ?? newReason(result),
      }));
    // A run of one scenario says nothing about the others.
    for (const entry of expandedEntries(expectations, test))
      if (!outcomes.some((result) => result.mode === entry.mode)) entries.push(entry);
    for (const entry of collapseEntries(entries, scenarioModes(test))) lines.push(pathLine(path, entry));
  }
  const wildcards = [
    ...[...expectations.features].map(([name, reason]) => `feature:${name} # ${reason}`),
    ...[...expectations.folders].map(([name, reason]) => `folder:${name} # ${reason}`),
  ];
  return [...expectations.header, ...wildcards.sort(), ...lines.sort(), ''].join('\n');
}

function reasonByPath(expectations: Expectations, path: string, mode: ScenarioMode): string | undefined {
  return expectations.paths.get(path)?.find((entry) => entry.mode === null || entry.mode === mode)?.reason;
}

function reasonByWildcard(expectations: Expectations, test: TestInfo): string | undefined {
  for (const feature of test.features) {
    const reason = expectations.features.get(feature);
    if (reason !== undefined) return reason;
  }
  if (expectations.folders.size === 0) return undefined;
  for (let end = test.path.length; end > 0; end = test.path.lastIndexOf('/', end - 1)) {
    const reason = expectations.folders.get(test.path.slice(0, end));
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function newReason(result: ScenarioOutcome): string {
  const cluster = messageCluster(result.message) || 'no message';
  return result.outcome === 'fail' ? cluster : `${result.outcome}: ${cluster}`;
}

function expandedEntries(expectations: Expectations, test: TestInfo): PathEntry[] {
  return (expectations.paths.get(test.path) ?? []).flatMap((entry) =>
    entry.mode === null ? scenarioModes(test).map((mode) => ({ mode, reason: entry.reason })) : [entry],
  );
}

function collapseEntries(
  entries: readonly PathEntry[],
  modes: readonly ScenarioMode[],
): readonly PathEntry[] {
  const reason = entries[0]?.reason;
  const isWhole = modes.every((mode) =>
    entries.some((entry) => entry.mode === mode && entry.reason === reason),
  );
  return reason !== undefined && isWhole ? [{ mode: null, reason }] : entries;
}

function pathLine(path: string, entry: PathEntry): string {
  return `${path}${entry.mode === null ? '' : ` [${entry.mode}]`} # ${entry.reason}`;
}
