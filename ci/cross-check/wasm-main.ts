// `npm run cross-check -- --suite wasm`: every module of the WebAssembly suite in our notations and in other tools.
// Exit status: 0 no difference but those listed, 1 others, or a listed one that is gone, 2 the suite is missing.

import { SuiteUnavailable } from '../conformance/archive.ts';
import { locateWasmSuite } from '../conformance/wasm-suite.ts';
import { checkNotations, checkTool, type Outcome } from './compare-tools.ts';
import { type KnownDifference, knownDifferences } from './known-differences.ts';
import { suiteModules } from './suite-modules.ts';
import { loadTools } from './tools.ts';

const PRINTED = 40;

/** Compares and reports; `printsAll`: all that is unexplained, else the first of it. Gives the exit status. */
export async function main(checkout: string, printsAll: boolean): Promise<number> {
  let root: string;
  try {
    ({ root } = locateWasmSuite(checkout, process.env, (line) => console.error(line)));
  } catch (error) {
    if (!(error instanceof SuiteUnavailable)) throw error;
    console.error(`cross-check: ${error.message}`);
    return 2;
  }
  const modules = suiteModules(root);
  const wellFormed = modules.filter(({ module }) => module !== null);
  const wrong = wellFormed.flatMap((each) => {
    const what = checkNotations(each);
    return what === null ? [] : [`${each.place}: ${what}`];
  });
  for (const line of wrong) console.log(line);
  console.log(
    `${wellFormed.length} modules printed, parsed, encoded, decoded: ${wellFormed.length - wrong.length} the same\n`,
  );
  const outcomes: Outcome[] = [];
  for (const tool of await loadTools(checkout))
    for (const each of modules) outcomes.push(...checkTool(tool, each));
  const uses = new Map<KnownDifference, number>();
  const unexplained: Outcome[] = [];
  for (const outcome of outcomes) {
    if (outcome.kind !== 'different') continue;
    const known = knownDifferences.find((each) => fits(each, outcome));
    if (known === undefined) unexplained.push(outcome);
    else uses.set(known, (uses.get(known) ?? 0) + 1);
  }
  console.log(table(outcomes, unexplained));
  for (const { tool, check, place, detail, reason } of unexplained.slice(0, printsAll ? undefined : PRINTED))
    console.log(
      `${tool} ${check} ${place}: ${detail.split('\n').slice(0, 3).join(' / ')}${reason === '' ? '' : `; we say ${reason}`}`,
    );
  console.log('\nexplained differences:');
  for (const known of knownDifferences)
    console.log(
      `${String(uses.get(known) ?? 0).padStart(6)}  ${known.tool} ${known.checks.join('/')}: ${known.why}`,
    );
  const gone = knownDifferences.filter((each) => !uses.has(each) && each.tool !== 'host');
  for (const { tool, why } of gone) console.log(`no longer there: ${tool}: ${why}`);
  return wrong.length + unexplained.length + gone.length === 0 ? 0 : 1;
}

function fits({ tool, checks, places, details, reasons }: KnownDifference, outcome: Outcome): boolean {
  return (
    tool === outcome.tool &&
    checks.includes(outcome.check) &&
    places.test(outcome.place) &&
    (details === undefined || details.test(outcome.detail)) &&
    (reasons === undefined || reasons.test(outcome.reason))
  );
}

function table(outcomes: readonly Outcome[], unexplained: readonly Outcome[]): string {
  const rows = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const key = `${outcome.tool.padEnd(12)}${outcome.check.padEnd(11)}`;
    const list = rows.get(key);
    if (list === undefined) rows.set(key, [outcome]);
    else list.push(outcome);
  }
  const cell = (text: string | number): string => String(text).padStart(13);
  const lines = [
    `${'tool'.padEnd(12)}${'check'.padEnd(11)}${['modules', 'equal', 'not known', 'explained', 'different'].map(cell).join('')}`,
  ];
  for (const [key, list] of rows) {
    const count = (kind: Outcome['kind']): number => list.filter((each) => each.kind === kind).length;
    const left = list.filter((each) => unexplained.includes(each)).length;
    lines.push(
      `${key}${[list.length, count('equal'), count('unknown'), count('different') - left, left].map(cell).join('')}`,
    );
  }
  return lines.join('\n');
}
