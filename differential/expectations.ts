// The checked-in list of Test262 scenarios that the tiers are allowed to disagree about, each with a reason:
//
//   PATH # reason                every scenario of the test
//   PATH [scenario] # reason     this scenario
//
// The list is short by rule. A disagreement that is not listed fails a run, and so does a listed one that is gone.

import { parseExpectations } from '../ci/conformance/expectations.ts';
import type { ScenarioMode } from '../ci/conformance/scenarios.ts';

const LONGEST = 20;

export interface ScenarioName {
  readonly path: string;
  readonly mode: ScenarioMode;
}

export interface Verdict {
  readonly unexpected: readonly ScenarioName[];
  /** Listed, run, and in agreement. */
  readonly gone: readonly ScenarioName[];
}

/** Paths to the listed scenarios, null standing for all of them. Throws an `Error` that says what is wrong with the list. */
export function parseAccepted(text: string): ReadonlyMap<string, readonly (ScenarioMode | null)[]> {
  const { features, folders, paths } = parseExpectations(text);
  if (features.size + folders.size > 0) throw new Error('accepted disagreements are listed one by one');
  const accepted = new Map<string, readonly (ScenarioMode | null)[]>();
  let length = 0;
  for (const [path, entries] of paths) {
    length += entries.length;
    accepted.set(
      path,
      entries.map(({ mode }) => mode),
    );
  }
  if (length > LONGEST) throw new Error(`${length} disagreements are listed; ${LONGEST} may be`);
  return accepted;
}

/** What of a run is not as the list says. */
export function judgeDisagreements(
  accepted: ReadonlyMap<string, readonly (ScenarioMode | null)[]>,
  run: readonly ScenarioName[],
  disagreeing: readonly ScenarioName[],
): Verdict {
  const isListed = ({ path, mode }: ScenarioName): boolean => {
    const modes = accepted.get(path) ?? [];
    return modes.includes(mode) || modes.includes(null);
  };
  const keyOf = ({ path, mode }: ScenarioName): string => `${path} ${mode}`;
  const differing = new Set(disagreeing.map(keyOf));
  return {
    unexpected: disagreeing.filter((name) => !isListed(name)),
    gone: run.filter((name) => isListed(name) && !differing.has(keyOf(name))),
  };
}
