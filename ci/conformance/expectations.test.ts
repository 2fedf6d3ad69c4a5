import { expect, test } from 'vitest';
import type { ScenarioOutcome } from './expectations.ts';
import { compareWithExpectations, parseExpectations, updateExpectations } from './expectations.ts';
import type { OutcomeKind, ScenarioMode, TestInfo } from './scenarios.ts';

const list = `# What the tier cannot do.
feature:Temporal # later
folder:test/intl402 # no Intl
test/a.js # always fails
test/b.js [strict] # fails in strict mode
`;

const tests = new Map<string, TestInfo>(
  ['test/a.js', 'test/b.js', 'test/c.js', 'test/t.js', 'test/intl402/i.js'].map((path) => [
    path,
    { path, features: path === 'test/t.js' ? ['Temporal'] : [], flags: [], includes: [], negative: null },
  ]),
);
const isInSuite = (path: string): boolean => tests.has(path);

function outcomes(
  path: string,
  nonStrict: OutcomeKind,
  strict: OutcomeKind,
  message = 'TypeError: no 1',
): ScenarioOutcome[] {
  const one = (mode: ScenarioMode, outcome: OutcomeKind): ScenarioOutcome => ({
    path,
    mode,
    outcome,
    message: outcome === 'pass' ? '' : message,
  });
  return [one('non-strict', nonStrict), one('strict', strict)];
}

function compare(results: readonly ScenarioOutcome[], text = list) {
  const { broke, fixed, stale } = compareWithExpectations(parseExpectations(text), results, tests, isInSuite);
  const names = (all: readonly ScenarioOutcome[]) => all.map(({ path, mode }) => `${path} ${mode}`);
  return { broke: names(broke), fixed: names(fixed), stale };
}

test('what the list says is no difference', () => {
  const results = [
    ...outcomes('test/a.js', 'fail', 'crash'),
    ...outcomes('test/b.js', 'pass', 'timeout'),
    ...outcomes('test/c.js', 'pass', 'pass'),
    ...outcomes('test/t.js', 'fail', 'pass'),
    ...outcomes('test/intl402/i.js', 'pass', 'fail'),
  ];
  expect(compare(results)).toEqual({ broke: [], fixed: [], stale: [] });
});

test('an unlisted failure broke, a listed pass is fixed, a listed path must exist', () => {
  const results = [
    ...outcomes('test/a.js', 'pass', 'fail'),
    ...outcomes('test/b.js', 'fail', 'fail'),
    ...outcomes('test/c.js', 'pass', 'crash'),
  ];
  expect(compare(results, `${list}test/gone.js # was here\n`)).toEqual({
    broke: ['test/b.js non-strict', 'test/c.js strict'],
    fixed: ['test/a.js non-strict'],
    stale: ['test/gone.js'],
  });
});

function update(results: readonly ScenarioOutcome[], text = list): string {
  return updateExpectations(parseExpectations(text), results, tests, isInSuite);
}

test('an update changes only the tests of the run, keeps reasons and drops what is gone', () => {
  const results = [
    ...outcomes('test/b.js', 'fail', 'fail'),
    ...outcomes('test/c.js', 'timeout', 'pass', 'no result'),
  ];
  expect(update(results, `${list}test/gone.js # was here\n`)).toBe(`# What the tier cannot do.
feature:Temporal # later
folder:test/intl402 # no Intl
test/a.js # always fails
test/b.js [non-strict] # TypeError: no N
test/b.js [strict] # fails in strict mode
test/c.js [non-strict] # timeout: no result
`);
});

test('scenarios that all fail for one reason share a line, and failures under a wildcard have none', () => {
  const results = [
    ...outcomes('test/a.js', 'pass', 'pass'),
    ...outcomes('test/b.js', 'pass', 'pass'),
    ...outcomes('test/c.js', 'fail', 'fail'),
    ...outcomes('test/t.js', 'fail', 'fail'),
  ];
  expect(update(results)).toBe(`# What the tier cannot do.
feature:Temporal # later
folder:test/intl402 # no Intl
test/c.js # TypeError: no N
`);
});

test('a run of one scenario leaves the entries of the others', () => {
  const strictOnly = outcomes('test/a.js', 'fail', 'pass').slice(1);
  expect(update(strictOnly)).toContain('test/a.js [non-strict] # always fails\n');
});

test('an update of what it wrote changes nothing', () => {
  const results = [...outcomes('test/a.js', 'fail', 'pass'), ...outcomes('test/c.js', 'fail', 'fail')];
  const once = update(results);
  expect(update(results, once)).toBe(once);
  expect(compare(results, once).broke).toEqual([]);
});

test('a line without a reason is refused with its number', () => {
  expect(() => parseExpectations('test/a.js # x\ntest/b.js\n')).toThrow(/line 2/);
});
