import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../command.ts';
import { parseOptions } from './options.ts';
import { alignTable, formatNumber, formatRun } from './report.ts';
import type { BenchRun, ProgramResult } from './results.ts';
import { costOf, storeBenchRun, storedBenchRuns, summarize } from './results.ts';
import { spreadOf } from './statistics.ts';

const engines = [
  { name: 'tree-walker', isReference: false, version: 'this checkout' },
  { name: 'host-v8', isReference: true, version: 'V8' },
  { name: 'quickjs-emscripten', isReference: true, version: '1' },
];

function steady(median: number) {
  return {
    ...spreadOf([median, median, median * 1.1]),
    samples: [median, median, median * 1.1],
    units: 4,
    cpuShare: 1,
  };
}

const programs: ProgramResult[] = [
  {
    group: 'micro',
    name: 'calls',
    about: '',
    lines: 10,
    operation: { count: 100, name: 'call' },
    steady: { 'tree-walker': steady(200), 'host-v8': steady(2), 'quickjs-emscripten': steady(100) },
    first: {
      'tree-walker': { count: 0, firstMs: 2000, lastMs: 2000 },
      'host-v8': { count: 1000, firstMs: 1, lastMs: 1000 },
      'quickjs-emscripten': { count: 100, firstMs: 10, lastMs: 1000 },
    },
  },
  {
    group: 'micro',
    name: 'bytes',
    about: '',
    lines: 10,
    operation: null,
    steady: {
      'tree-walker': { skipped: 'has no Uint8Array' },
      'host-v8': steady(1),
      'quickjs-emscripten': steady(10),
    },
    first: {},
  },
  {
    group: 'programs',
    name: 'tracer',
    about: '',
    lines: 300,
    operation: null,
    steady: {
      'tree-walker': steady(8000),
      'host-v8': { failed: 'lost' },
      'quickjs-emscripten': steady(1000),
    },
    first: {},
  },
];

const run: BenchRun = {
  format: 1,
  date: '2024-05-06T07:08:09.000Z',
  node: 'v20.20.0',
  commit: '0123456789+',
  processor: 'a processor',
  isPinned: true,
  isQuick: false,
  isComplete: true,
  settings: { rounds: 3, clock: 'wall', targetMs: 200, warmupMs: 300, windowMs: 1000, realms: 100 },
  seconds: 1,
  engines,
  programs,
  realms: {
    'tree-walker': { createMs: 0.5, createKb: 20, firstScriptMs: 1, usedKb: 40 },
    'host-v8': { failed: 'lost' },
  },
  startup: [
    { command: 'node -e 1', ...spreadOf([40]), samples: [40] },
    { command: 'kataan -e 1', ...spreadOf([90]), samples: [90] },
  ],
  summary: summarize(engines, programs),
};

describe('the summary', () => {
  const row = (engine: string, table: string, group: string) =>
    run.summary.find((each) => each.engine === engine && each.table === table && each.group === group);

  test('is the geometric mean over the programs that both engines ran', () => {
    expect(row('tree-walker', 'steady', 'micro')).toMatchObject({
      toQuickjs: expect.closeTo(2),
      toHost: expect.closeTo(100),
      programs: 1,
    });
    expect(row('tree-walker', 'steady', 'all')?.toQuickjs).toBeCloseTo(4);
    expect(row('tree-walker', 'steady', 'programs')?.toHost).toBeNull();
  });

  test('names the program that is furthest behind', () => {
    expect(row('tree-walker', 'steady', 'all')?.worst).toEqual({ name: 'tracer', toQuickjs: 8 });
  });

  test('takes the time of the first unit when none was completed in the first second', () => {
    expect(costOf(programs[0] as ProgramResult, 'first', 'tree-walker')).toBe(2000);
    expect(row('tree-walker', 'first', 'all')).toMatchObject({
      toQuickjs: expect.closeTo(200),
      toHost: expect.closeTo(2000),
    });
  });
});

describe('the report', () => {
  test('shows times, ratios, means, what is missing, operations, realms and start-up', () => {
    const text = formatRun(run);
    for (const part of [
      /^Kataan benchmark, 2024-05-06 07:08 UTC, node v20.20.0, commit 01234567\+, a processor, pinned/,
      /^calls +200 +2.5% +2.00 +100 /m,
      /^bytes +skipped /m,
      /^geometric mean, all +4.00 +100 /m,
      /^tree-walker, all \(2\): 4.00 times quickjs-emscripten; furthest behind 8.00 times \(tracer\)$/m,
      /^skipped: bytes, tree-walker: has no Uint8Array$/m,
      /^FAILED: tracer, host-v8: lost$/m,
      /^call +2,000 +20.0 +1,000$/m,
      /^tree-walker +0.500 +20.0 +1.00 +40.0$/m,
      /^kataan -e 1 +90.0 +0.0% +50.0$/m,
    ])
      expect(text).toMatch(part);
  });

  test('numbers have three digits', () => {
    expect([0.0123, 1.234, 12.34, 123.4, 12345].map(formatNumber)).toEqual([
      '0.012',
      '1.23',
      '12.3',
      '123',
      '12,345',
    ]);
  });

  test('columns are aligned', () => {
    expect(
      alignTable([
        ['a', 'bb', ''],
        ['ccc', 'd', 'e'],
      ]),
    ).toBe('a    bb\nccc   d  e');
  });
});

describe('kept runs', () => {
  test('are read newest first, whole runs before quick ones, and old ones are dropped', () => {
    const checkout = mkdtempSync(join(tmpdir(), 'bench-'));
    try {
      for (let day = 10; day < 22; day++)
        storeBenchRun(checkout, { ...run, date: `2024-05-${day}T00:00:00.000Z` });
      storeBenchRun(checkout, { ...run, isQuick: true, date: '2024-06-01T00:00:00.000Z' });
      expect(readdirSync(join(checkout, '.runs/bench')).length).toBe(11);
      const dates = storedBenchRuns(checkout).map(({ date }) => date.slice(0, 10));
      expect(dates.slice(0, 2)).toEqual(['2024-05-21', '2024-05-20']);
      expect(dates.at(-1)).toBe('2024-06-01');
    } finally {
      rmSync(checkout, { recursive: true });
    }
  });
});

describe('the command line', () => {
  test('has defaults, and smaller ones with --quick', () => {
    expect(parseOptions([])).toMatchObject({
      rounds: 5,
      targetMs: 200,
      windowMs: 1000,
      isQuick: false,
      engines: [],
    });
    expect(parseOptions(['--quick', '--rounds', '7', '--engines', 'a,b'])).toMatchObject({
      rounds: 7,
      targetMs: 50,
      isQuick: true,
      engines: ['a', 'b'],
    });
  });

  for (const args of [['--rounds', '0'], ['--tables', 'x'], ['--what'], ['word']])
    test(`${args.join(' ')} is refused`, () => expect(() => parseOptions(args)).toThrow(UsageError));
});
