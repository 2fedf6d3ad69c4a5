import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildDashboard } from '../../ci/conformance/dashboard.ts';
import { Model } from './model.js';
import { compareStages } from './views-features.js';

// Four tests with both modes and six runs: what the writer writes is what the page reads.
const OUTCOMES = { p: 'pass', f: 'fail', t: 'timeout', c: 'crash' };
const sources = {
  'test/a/one.js': '// one\nthrow 1;\n',
  'test/a/two.js': '// two\n',
  'test/b/three.js': '// three\n',
  'test/c.js': '// </script> four\n',
};
const features = {
  'test/a/one.js': ['decorators', 'globalThis'],
  'test/a/two.js': ['globalThis'],
  'test/b/three.js': ['odd-thing'],
  'test/c.js': [],
};
/** Outcomes by run, two letters a test (non-strict and strict), and the message of failures. */
const runRows = [
  ['bytecode-vm', '2026-01-03', 'pf fp ff pp', 'TypeError: vm'],
  ['tree-walker', '2026-01-03', 'pp pf ff pp', 'TypeError: walker'],
  ['host-v8', '2026-01-03', 'pp pp pp fp', 'Error: host'],
  ['bytecode-vm', '2026-01-02', 'pp fp tc ff', 'TypeError: vm'],
];

const folder = mkdtempSync(join(tmpdir(), 'kataan-dashboard-'));
let model;
let written;

beforeAll(() => {
  const paths = Object.keys(sources);
  const at = (name) => join(folder, name);
  for (const name of ['index.html', 'style.css', 'bundle.js']) writeFileSync(at(name), name);
  const root = mkdtempSync(join(folder, 'suite-'));
  writeFileSync(
    join(root, 'features.txt'),
    '## Proposed\n\n# New\ndecorators\n\n## Standard\n\nglobalThis\n',
  );
  for (const path of paths) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), sources[path]);
  }
  const out = mkdtempSync(join(folder, 'out-'));
  buildDashboard({
    folder: out,
    assets: folder,
    pageFile: at('bundle.js'),
    root,
    tests: new Map(
      paths.map((path) => [
        path,
        { path, features: features[path], includes: [], flags: [], negative: null },
      ]),
    ),
    runs: runRows.map(([tier, date, letters, message]) => ({
      suite: 'test262',
      suiteCommit: 'abc',
      tier,
      commit: 'none',
      date,
      node: 'v20',
      isComplete: true,
      seconds: 1,
      scenarios: letters.split(' ').flatMap((pair, i) =>
        [...pair].map((letter, mode) => ({
          path: paths[i],
          mode: ['non-strict', 'strict'][mode],
          outcome: OUTCOMES[letter],
          message: letter === 'p' ? '' : message,
          timeMs: 10 * i + mode,
        })),
      ),
    })),
    wasm: null,
    benchRuns: [
      { date: 'new', programs: [1] },
      { date: 'old', programs: [2] },
    ],
  });
  written = (name) => {
    let received;
    const page = { receive: (...args) => (received = args) };
    new Function('Kataan', readFileSync(join(out, name), 'utf8'))(page);
    return received[2];
  };
  model = new Model(
    written('data.js'),
    runRows.map((_, i) => written(`runs/${i}.js`)),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const namesOf = (tests) => tests.map((test) => model.paths[test].replace(/^test\/|\.js$/g, ''));

test('tests, modes, outcomes, times and messages survive the way to the page', () => {
  expect(namesOf([0, 1, 2, 3])).toEqual(['a/one', 'a/two', 'b/three', 'c']);
  expect(model.scenarios(0)).toEqual([
    { mode: 'non-strict', id: 0 },
    { mode: 'strict', id: 1 },
  ]);
  expect(model.runs.map((run) => run.outcomes)).toEqual(['pffpffpp', 'pppfffpp', 'ppppppfp', 'ppfptcff']);
  expect(model.timeMs(model.runs[0], 2)).toBe(21);
  expect(model.testMessage(model.runs[1], 1)).toBe('TypeError: walker');
});

test('the newest run of each tier is told from older ones, references from ours', () => {
  expect(model.newestOfTiers().map(({ index }) => index)).toEqual([0, 1, 2]);
  expect(model.runs.map(({ isReference }) => isReference)).toEqual([false, false, true, false]);
});

test('disagreements are found scenario by scenario, those between our tiers first', () => {
  // The second test has the same worst outcome in both tiers, and they agree on neither scenario.
  const kinds = model.disagreements([0, 1, 2, 3]);
  expect(Object.keys(kinds)[0]).toBe('tiers');
  expect(Object.fromEntries(Object.entries(kinds).map(([kind, tests]) => [kind, namesOf(tests)]))).toEqual({
    tiers: ['a/one', 'a/two'],
    ways: ['b/three'],
    behind: [],
    ahead: ['c'],
  });
});

test('two runs compare: what broke, what is fixed, what fails otherwise', () => {
  const [after] = model.runs;
  const before = model.runBefore(after);
  expect(before.index).toBe(3);
  const changes = model.changes(before, after, [0, 1, 2, 3]);
  expect(namesOf(changes.broke)).toEqual(['a/one']);
  expect(namesOf(changes.fixed)).toEqual(['c']);
  expect(namesOf(changes.other)).toEqual(['b/three']);
  expect(model.runBefore(model.runs[2]).index).toBe(0);
});

test('every tag has its stage, and the title that the suite gives it', () => {
  expect(model.features.map(({ name, stage, title }) => [name, stage, title])).toEqual([
    ['decorators', 'stage 2.7', 'New'],
    ['globalThis', 'ES2020', ''],
    ['odd-thing', 'unlisted', ''],
  ]);
  expect(model.testFeatures[0]).toEqual(['decorators', 'globalThis']);
});

test('filters choose by feature, outcome in a run, and words of path or message', () => {
  const filter = { text: '', feature: '', outcome: '', run: '' };
  expect(namesOf(model.select({ ...filter, feature: 'globalThis' }))).toEqual(['a/one', 'a/two']);
  expect(namesOf(model.select({ ...filter, outcome: 'x', run: '2' }))).toEqual(['c']);
  expect(namesOf(model.select({ ...filter, text: 'TYPEERROR b/' }))).toEqual(['b/three']);
});

test('sources come whole, and of old benchmark runs the means only', () => {
  expect(written('sources/0.js')).toEqual(Object.values(sources));
  expect(written('bench/0.js')).toEqual([
    { date: 'new', programs: [1] },
    { date: 'old', programs: [] },
  ]);
});

test('stages come from the earliest, then editions from the newest', () => {
  const stages = [
    'unlisted',
    'ES2015',
    'ECMA-402 2021',
    'stage 3',
    'ES2027',
    'hooks of the test host',
    'stage 2.7',
  ];
  expect(stages.sort(compareStages)).toEqual([
    'stage 2.7',
    'stage 3',
    'ES2027',
    'ES2015',
    'ECMA-402 2021',
    'hooks of the test host',
    'unlisted',
  ]);
});

test('a file counts as passed when each of its scenarios did', () =>
  expect(model.fileCounts(model.runs[0], [0, 1, 2, 3])).toEqual({ passed: 1, total: 4 }));
