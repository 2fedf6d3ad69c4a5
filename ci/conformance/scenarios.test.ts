import { expect, test } from 'vitest';
import type { Completion, ScenarioResult } from './driver.ts';
import { programText } from './driver.ts';
import type { FrontMatter } from './front-matter.ts';
import { includeNames, judge, messageCluster, scenarioInput, scenarioModes } from './scenarios.ts';

const plain: FrontMatter = { features: [], flags: [], includes: [], negative: null };

const modes: readonly [flags: string[], modes: string[]][] = [
  [[], ['non-strict', 'strict']],
  [['onlyStrict'], ['strict']],
  [['noStrict', 'async'], ['non-strict']],
  [['raw'], ['raw']],
  [['module', 'async'], ['module']],
  [['module', 'raw'], ['module']],
];
for (const [flags, expected] of modes)
  test(`flags [${flags}] give scenarios [${expected}]`, () =>
    expect(scenarioModes({ ...plain, flags })).toEqual(expected));

test('harness files come in the prescribed order, and none for raw tests', () => {
  const includes = ['compareArray.js'];
  expect(includeNames({ ...plain, includes })).toEqual(['assert.js', 'sta.js', 'compareArray.js']);
  expect(includeNames({ ...plain, includes, flags: ['async'] })).toEqual([
    'assert.js',
    'sta.js',
    'doneprintHandle.js',
    'compareArray.js',
  ]);
  expect(includeNames({ ...plain, flags: ['raw'] })).toEqual([]);
});

test('a strict scenario has the directive in front, a parse-negative needs no harness', () => {
  const harness = (name: string) => ({ name, source: '' });
  const strict = scenarioInput({ ...plain, path: 'test/a.js' }, 'strict', 'x;', '/suite', harness);
  expect(programText(strict)).toBe('"use strict";\nx;');
  const negative = { phase: 'parse', type: 'SyntaxError' } as const;
  const parse = scenarioInput(
    { ...plain, path: 'test/a.js', negative },
    'non-strict',
    'x;',
    '/suite',
    harness,
  );
  expect(parse).toMatchObject({ parseOnly: true, includes: [], canBlock: true });
  const blocking = { ...plain, path: 'test/a.js', flags: ['CanBlockIsFalse'] };
  expect(scenarioInput(blocking, 'strict', '', '/suite', harness).canBlock).toBe(false);
});

function result(completion: Completion, errorName = '', message = '', prints: string[] = []): ScenarioResult {
  return { completion, errorName, message, prints };
}

const done = 'Test262:AsyncTestComplete';
const parseNegative: Partial<FrontMatter> = { negative: { phase: 'parse', type: 'SyntaxError' } };
const runtimeNegative: Partial<FrontMatter> = { negative: { phase: 'runtime', type: 'TypeError' } };
const resolutionNegative: Partial<FrontMatter> = { negative: { phase: 'resolution', type: 'SyntaxError' } };
const asyncTest: Partial<FrontMatter> = { flags: ['async'] };
const judgements: readonly [
  name: string,
  test: Partial<FrontMatter>,
  result: ScenarioResult,
  outcome: string,
][] = [
  ['a normal end', {}, result('normal'), 'pass'],
  ['a throw', {}, result('throw', 'Test262Error', 'no'), 'fail'],
  ['a limit stop', {}, result('limit', '', 'fuel'), 'fail'],
  ['a leaked host error', {}, result('host-error', 'RangeError', 'stack'), 'crash'],
  ['a host error of the expected name', runtimeNegative, result('host-error', 'TypeError'), 'crash'],
  ['the expected parse error', parseNegative, result('parse-error', 'SyntaxError'), 'pass'],
  ['the expected error in a later phase', parseNegative, result('throw', 'SyntaxError'), 'fail'],
  ['the expected phase with another error', parseNegative, result('parse-error', 'ReferenceError'), 'fail'],
  ['no error where one is expected', runtimeNegative, result('normal'), 'fail'],
  ['the expected runtime error', runtimeNegative, result('throw', 'TypeError'), 'pass'],
  ['the expected link error', resolutionNegative, result('resolution-error', 'SyntaxError'), 'pass'],
  ['an asynchronous completion', asyncTest, result('normal', '', '', [done]), 'pass'],
  [
    'an asynchronous failure',
    asyncTest,
    result('normal', '', '', ['Test262:AsyncTestFailure:no', done]),
    'fail',
  ],
  ['an asynchronous test without a report', asyncTest, result('normal'), 'fail'],
];
for (const [name, front, given, outcome] of judgements)
  test(`${name} is judged ${outcome}`, () =>
    expect(judge({ ...plain, ...front }, given).outcome).toBe(outcome));

test('messages that differ in values only fall into one cluster', () => {
  expect(messageCluster("Test262Error: Expected SameValue(«1», «a'b») to be true\nat x")).toBe(
    messageCluster('Test262Error: Expected SameValue(«undefined», «2») to be true'),
  );
  expect(messageCluster('index 12 out of 3.5')).toBe('index N out of N');
  expect(messageCluster("TypeError: 'length' is read-only")).toBe("TypeError: 'length' is read-only");
});
