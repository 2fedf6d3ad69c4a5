// From a test to its scenarios and from a driver's result to an outcome, as Test262's
// INTERPRETING.md says. Pure functions: no file, process or engine is touched here.

import type { Completion, HarnessFile, ScenarioInput, ScenarioResult } from './driver.ts';
import { ASYNC_COMPLETE, ASYNC_FAILURE } from './driver.ts';
import type { FrontMatter, NegativePhase } from './front-matter.ts';

export type ScenarioMode = 'non-strict' | 'strict' | 'module' | 'raw';
export const SCENARIO_MODES: readonly ScenarioMode[] = ['non-strict', 'strict', 'module', 'raw'];

export type OutcomeKind = 'pass' | 'fail' | 'timeout' | 'crash';
export const OUTCOME_KINDS: readonly OutcomeKind[] = ['pass', 'fail', 'timeout', 'crash'];

export interface TestInfo extends FrontMatter {
  readonly path: string;
}

export interface Judgement {
  readonly outcome: OutcomeKind;
  /** Empty for a pass. */
  readonly message: string;
}

/** The scenarios of a test, in the order of `SCENARIO_MODES`. */
export function scenarioModes(test: FrontMatter): ScenarioMode[] {
  const { flags } = test;
  if (flags.includes('module')) return ['module'];
  if (flags.includes('raw')) return ['raw'];
  if (flags.includes('onlyStrict')) return ['strict'];
  if (flags.includes('noStrict')) return ['non-strict'];
  return ['non-strict', 'strict'];
}

/** The value of [[CanBlock]] that a test asks for, or null when either will do. */
export function requiredCanBlock(test: FrontMatter): boolean | null {
  if (test.flags.includes('CanBlockIsTrue')) return true;
  return test.flags.includes('CanBlockIsFalse') ? false : null;
}

/** Names of the harness files to evaluate before a test. */
export function includeNames(test: FrontMatter): string[] {
  if (test.flags.includes('raw')) return [];
  const names = ['assert.js', 'sta.js'];
  if (test.flags.includes('async')) names.push('doneprintHandle.js');
  return [...names, ...test.includes];
}

/** Everything a driver needs for one scenario. `harness` gives the text of a harness file by name. */
export function scenarioInput(
  test: TestInfo,
  mode: ScenarioMode,
  source: string,
  root: string,
  harness: (name: string) => HarnessFile,
): ScenarioInput {
  const parseOnly = test.negative?.phase === 'parse';
  return {
    path: test.path,
    source,
    goal: mode === 'module' ? 'module' : 'script',
    strictPrefix: mode === 'strict',
    includes: parseOnly ? [] : includeNames(test).map(harness),
    isAsync: test.flags.includes('async'),
    canBlock: requiredCanBlock(test) ?? true,
    root,
    parseOnly,
  };
}

const completionOfPhase: Readonly<Record<NegativePhase, Completion>> = {
  parse: 'parse-error',
  resolution: 'resolution-error',
  runtime: 'throw',
};

/** Compares what happened with what the test asks for: phase and constructor name both count. */
export function judge(test: FrontMatter, result: ScenarioResult): Judgement {
  if (result.completion === 'host-error')
    return { outcome: 'crash', message: `host ${result.errorName}: ${result.message}` };
  if (test.negative) {
    const { phase, type } = test.negative;
    if (result.completion === completionOfPhase[phase] && result.errorName === type) return PASS;
    return fail(`expected a ${type} (${phase}), got ${describe(result)}`);
  }
  if (result.completion !== 'normal') return fail(describe(result));
  if (!test.flags.includes('async')) return PASS;
  const failure = result.prints.find((line) => line.startsWith(ASYNC_FAILURE));
  if (failure !== undefined) return fail(failure.slice(ASYNC_FAILURE.length));
  if (result.prints.includes(ASYNC_COMPLETE)) return PASS;
  return fail('asynchronous test ended without calling $DONE');
}

/** A message with the parts that differ from test to test taken out, for grouping failures. */
export function messageCluster(message: string): string {
  return (message.split(/[\r\n\u2028\u2029]/, 1)[0] as string)
    .replace(/«[^»]*»/g, '«…»')
    .replace(/'(?:[^'\\]|\\.){12,}'/g, "'…'")
    .replace(/"(?:[^"\\]|\\.){12,}"/g, '"…"')
    .replace(/\\?\bu\{?[0-9A-Fa-f]{4,6}\}?/g, 'u…')
    .replace(/\b\d+(?:\.\d+)?n?\b/g, 'N')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 140);
}

const PASS: Judgement = { outcome: 'pass', message: '' };

function fail(message: string): Judgement {
  return { outcome: 'fail', message };
}

function describe(result: ScenarioResult): string {
  const error = result.errorName ? `${result.errorName}: ${result.message}` : result.message;
  switch (result.completion) {
    case 'normal':
      return 'no error';
    case 'throw':
      return result.errorName ? error : `thrown value ${error}`;
    case 'parse-error':
      return `${error} (parse)`;
    case 'resolution-error':
      return `${error} (resolution)`;
    case 'limit':
      return `stopped by a limit: ${error}`;
    case 'host-error':
      return `host ${error}`;
  }
}
