// Every target for a moment, always the same: nothing breaks, and the inputs get somewhere. Also the command line, and that what
// breaks is made smaller.
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runCampaign, Tally } from './campaign.ts';
import { textOf } from './grammar.ts';
import { parseOptions, replayLine } from './options.ts';
import { smaller } from './reduce-input.ts';
import { describeInput, Finding, runWatched, type Target } from './target.ts';
import { TARGET_NAMES } from './target-names.ts';
import { targetNamed } from './targets.ts';
import { edited, textFromBytes } from './texts.ts';

const fuzzFolder = fileURLToPath(new URL('.', import.meta.url)).replace(/[\\/]$/, '');
/** UTC, for dates. */
const SEED = 6;

/** How many inputs, and which outcomes at least so many of them must have: a fuzzer whose inputs all end at once finds nothing. */
const rows: readonly (readonly [name: string, count: number, least: readonly (readonly [outcome: string, count: number])[]])[] = [
  ['parser', 400, [['script: read', 20], ['module: read', 10], ['eval: read', 5], ['strict: read', 5], ['function: read', 2]]],
  ['regexp', 300, [['matched', 100], ['refused', 30]]],
  ['json', 500, [['parse: same', 50], ['stringify: same', 50], ['raw: taken', 5]]],
  ['wasm-binary', 150, [['invalid', 5], ['malformed', 30]]],
  ['wasm-text', 200, [['invalid', 5], ['malformed', 30], ['ran', 2]]],
  ['date', 700, [['parse, specified', 30], ['fields: same', 50], ['time: same', 50]]],
]; // biome-ignore format: a table

describe('a few hundred inputs break nothing', () => {
  for (const [name, count, least] of rows)
    test(name, { timeout: 60_000 }, () => {
      const target = targetNamed(name, fuzzFolder, SEED);
      const tally = new Tally();
      for (let index = 0; index < count; index++) {
        const input = target.inputAt(SEED, index);
        try {
          tally.add(runWatched(target, input), () => describeInput(target, input));
        } catch (error) {
          throw new Error(`${describeInput(target, input)}\n${replayLine(name, SEED, index)}`, {
            cause: error,
          });
        }
      }
      for (const [outcome, expected] of least)
        expect([outcome, tally.count(outcome) >= expected]).toEqual([outcome, true]);
    });
});

describe('inputs', () => {
  for (const name of TARGET_NAMES)
    test(`of ${name} are the same each time, and others for other seeds`, () => {
      const [one, another] = [targetNamed(name, fuzzFolder, SEED), targetNamed(name, fuzzFolder, SEED)];
      const first = Array.from({ length: 6 }, (_, index) => one.inputAt(7, 250 + index));
      expect(another.inputAt(7, 253)).toEqual(first[3]);
      expect(Array.from({ length: 6 }, (_, index) => one.inputAt(8, 250 + index))).not.toEqual(first);
    });

  test('of the coverage-guided fuzzer begin with ones that break nothing', { timeout: 60_000 }, () => {
    for (const name of TARGET_NAMES) {
      const target = targetNamed(name, fuzzFolder, SEED);
      const corpus = target.seedBytes();
      expect(corpus.length).toBeGreaterThan(10);
      for (const bytes of corpus.slice(0, 20))
        expect(runWatched(target, target.fromBytes(bytes))).not.toBe('');
      expect(runWatched(target, target.fromBytes(new Uint8Array()))).not.toBe('');
    }
  });
});

describe('the command line', () => {
  const plain = { target: 'json', seed: 1, from: 0, count: 20_000, minutes: null, input: null };

  test('is read', () => {
    expect(parseOptions(['json'], TARGET_NAMES)).toEqual(plain);
    expect(parseOptions(['json', '--seed', '7', '--count', '9', '--from', '3'], TARGET_NAMES)).toEqual({
      ...plain,
      seed: 7,
      count: 9,
      from: 3,
    });
    expect(parseOptions(['json', '--minutes', '0.5'], TARGET_NAMES)).toEqual({
      ...plain,
      minutes: 0.5,
      count: Number.MAX_SAFE_INTEGER,
    });
    expect(parseOptions(['json', '--input', '{}'], TARGET_NAMES)).toEqual({
      ...plain,
      input: '{}',
      count: 1,
    });
    expect(parseOptions(replayLine('json', 4, 12).split(' ').slice(4), TARGET_NAMES)).toEqual({
      ...plain,
      seed: 4,
      from: 12,
      count: 1,
    });
  });

  test('or refused', () => {
    const target = 'the first argument is a target: json';
    for (const [args, message] of [
      [[], target],
      [['jason'], target],
      [['json', '--sed', '1'], '--sed'],
      [['json', '--seed', 'x'], "--seed wants a whole number, not 'x'"],
      [['json', '--seed', '1.5'], "--seed wants a whole number, not '1.5'"],
      [['json', '--seed'], '--seed'],
      [['json', '--minutes', 'x'], "--minutes wants a number, not 'x'"],
    ] as const)
      expect(() => parseOptions(args, ['json'])).toThrow(message);
  });
});

/** Breaks on texts with an `x`. */
const breaking: Target<{ readonly text: string }> = {
  name: 'breaking',
  covers: [],
  inputAt: (_seed, index) => ({ text: index % 3 === 0 ? 'some text with x in it' : 'harmless' }),
  run: ({ text }) => {
    if (text.includes('x')) throw new Finding(`there is an x in "${text}"`);
    return 'fine';
  },
  fromBytes: () => ({ text: '' }),
  seedBytes: () => [],
};

test('what breaks is made as small as it goes', () => {
  expect(
    smaller(breaking, { text: 'some text with x in it' }, new Finding('there is an x in "some"')),
  ).toEqual({ text: 'x' });
  expect(smaller(breaking, { text: 'an x' }, new Finding('another reason'))).toEqual({ text: 'an x' });
});

test('a campaign tells what breaks and goes on, but not for ever', () => {
  const failures: [number, string][] = [];
  const options = { target: 'breaking', seed: 1, from: 0, count: 1000, minutes: null, input: null };
  const begun: number[] = [];
  const count = runCampaign(breaking, options, {
    begin: (index) => begun.push(index),
    report: () => {},
    failure: (index, input) => failures.push([index, input]),
  });
  expect([count, failures.length, begun.length]).toEqual([10, 10, 28]);
  expect(failures[1]).toEqual([3, '{"text":"x"}']);
});

describe('texts', () => {
  const grammar = { List: ['.', 'a«List»', '(«List»)«List»'] };

  test('follow the tape and end where it ends', () => {
    expect(textOf(grammar, 'List', [])).toBe('.');
    expect(textOf(grammar, 'List', [1, 1, 0, 2])).toBe('aa.');
    expect(textOf(grammar, 'List', [2, 1, 0, 1])).toBe('(a.)a.');
    expect(textOf(grammar, 'List', new Array(5000).fill(2)).length).toBeLessThan(20_000);
  });

  test('come from bytes as UTF-8, code units or a tape', () => {
    expect(textFromBytes(new Uint8Array([0, 0xc3, 0xa9]), grammar, 'List')).toBe('é');
    expect(textFromBytes(new Uint8Array([1, 0x3d, 0xd8]), grammar, 'List')).toBe('\ud83d');
    expect(textFromBytes(new Uint8Array([2, 1, 1]), grammar, 'List')).toBe('aa.');
  });

  test('are edited piece by piece', () => {
    expect(edited('a b c', [], ['x'])).toBe('a b c');
    expect(edited('a b c', [{ kind: 2, at: 2, from: 0 }], ['x'])).toBe('a xb c');
    expect(
      edited(
        'a b c',
        [
          { kind: 0, at: 0, from: 0 },
          { kind: 8, at: 1, from: 2 },
        ],
        ['x'],
      ),
    ).toBe(' bbb c');
  });
});
