import { expect, test } from 'vitest';
import { formatFeatures, reportFeatures } from './feature-report.ts';
import type { FeatureInfo } from './features.ts';
import type { Run } from './runs.ts';
import type { OutcomeKind, ScenarioMode, TestInfo } from './scenarios.ts';

function testInfo(path: string, features: readonly string[]): TestInfo {
  return { path, features, flags: new Set(), includes: [], negative: null } as unknown as TestInfo;
}

const tests = new Map(
  [
    testInfo('test/a.js', ['BigInt']),
    testInfo('test/b.js', ['BigInt', 'ShadowRealm']),
    testInfo('test/c.js', ['globalThis']),
  ].map((each) => [each.path, each]),
);
const known = new Map<string, FeatureInfo>([
  ['decorators', { stage: '2.7', edition: '', title: '', address: '' }],
]);

function run(
  tier: string,
  outcomes: readonly [path: string, mode: ScenarioMode, outcome: OutcomeKind][],
): Run {
  return {
    suite: 'test262',
    suiteCommit: '0123456789',
    tier,
    commit: 'abcdef0123',
    date: '2030-01-02T03:04:05Z',
    node: 'v1',
    isComplete: true,
    seconds: 1,
    scenarios: outcomes.map(([path, mode, outcome]) => ({ path, mode, outcome, message: '', timeMs: 1 })),
  };
}

const report = reportFeatures(
  [
    run('one', [
      ['test/a.js', 'non-strict', 'pass'],
      ['test/a.js', 'strict', 'pass'],
      ['test/b.js', 'non-strict', 'pass'],
      ['test/b.js', 'strict', 'fail'],
      ['test/c.js', 'strict', 'pass'],
    ]),
    run('two', [['test/c.js', 'strict', 'timeout']]),
  ],
  tests,
  known,
);

test('a file passes when all of its scenarios do', () => {
  const bigInt = report.features.find(({ tag }) => tag === 'BigInt');
  expect(bigInt?.files).toBe(2);
  expect(bigInt?.rates[0]).toEqual({ files: { passed: 1, total: 2 }, scenarios: { passed: 3, total: 4 } });
  expect(bigInt?.rates[1]).toEqual({ files: { passed: 0, total: 0 }, scenarios: { passed: 0, total: 0 } });
});

test('a stage counts a file once, however many of its tags the file has', () => {
  const [proposals, es2020] = report.stages;
  expect(proposals).toMatchObject({ title: 'stage 2.7', tags: 2, files: 1 });
  expect(es2020).toMatchObject({ title: 'ES2020', tags: 2, files: 3 });
  expect(es2020?.rates[1]?.scenarios).toEqual({ passed: 0, total: 1 });
});

test('the text names the runs, the stages, what is below 100% and what no test has', () => {
  const text = formatFeatures(report, 'text');
  expect(text).toContain('one: commit abcdef01, 2030-01-02 03:04 UTC');
  expect(text).toContain('Features below 100% (3 of 4)');
  expect(text).toContain('that no test has: decorators');
  expect(text).toMatch(/^BigInt +ES2020 +2 +1\/2 +3\/4 +75\.00%/m);
});

test('Markdown has a table with aligned numbers, JSON every feature', () => {
  expect(formatFeatures(report, 'markdown')).toContain('\n| stage | tags | files | one files |');
  expect(formatFeatures(report, 'markdown')).toContain('\n| --- | ---: |');
  const data = JSON.parse(formatFeatures(report, 'json')) as { features: { tag: string }[] };
  expect(data.features.map(({ tag }) => tag)).toEqual(['ShadowRealm', 'decorators', 'BigInt', 'globalThis']);
});
