import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceOf } from '../../differential/compare.ts';
import { observeProgram } from '../../differential/observe.ts';
import { executors } from '../../engine/engine.ts';
import { programAt, programs } from './program.ts';

const LIMITS = { fuel: 200_000, bytes: 200_000_000 };

describe('generated programs', () => {
  test('run alike on every tier', { timeout: 120_000 }, () => {
    const counts = { programs: 0, valid: 0, thrown: 0, lines: 0 };
    const property = fc.property(programs(), (program) => {
      const input = { name: 'generated.js', ...program };
      const observations = new Map(
        executors.map((executor) => [executor.name, observeProgram(executor, input, LIMITS)]),
      );
      const { completion, output } = [...observations.values()][0];
      counts.programs++;
      counts.lines += output.length;
      if (completion !== 'parse-error') counts.valid++;
      if (completion === 'throw') counts.thrown++;
      const difference = differenceOf(observations);
      expect(difference && [difference.kind, difference.leftText, difference.rightText]).toBeNull();
    });
    fc.assert(property, { seed: 300, numRuns: 300 });
    expect(counts.programs).toBe(300);
    // What makes comparing worth while: nearly all are programs, few end early, and all say much.
    expect(counts.valid / counts.programs).toBeGreaterThan(0.97);
    expect(counts.thrown / counts.programs).toBeLessThan(0.15);
    expect(counts.lines / counts.programs).toBeGreaterThan(5);
  });

  test('are functions of seed and index', () => {
    const first = Array.from({ length: 20 }, (_, index) => programAt(7, index));
    expect(Array.from({ length: 20 }, (_, index) => programAt(7, index))).toEqual(first);
    expect(programAt(7, 13)).toEqual(first[13]);
    expect(new Set([...first, programAt(8, 0)].map(({ source }) => source)).size).toBe(21);
  });

  test('use the whole language', () => {
    const text = Array.from({ length: 400 }, (_, index) => programAt(9, index).source).join('\n');
    const features = [
      'class ', 'extends', 'super(', 'super.', '#s', 'static {', 'get ', 'set ', 'function*', 'async ', 'await ',
      'yield*', 'for await', 'try {', 'finally', 'switch (', 'default:', 'continue ', 'break ', 'do {', 'while (',
      ' of ', ' in ', '...', '?.', '??', '`', 'tag`', 'Symbol.', 'toPrimitive', 'valueOf', 'spy(', 'iter(', 'eval(',
      'with (', 'arguments', 'typeof', 'delete ', 'new.target', 'using ', 'JSON.', 'new Map', 'new Set', '.sort(',
      '** ', '>>>', 'BigInt', "'use strict'", 'instanceof', 'void ', 'Promise.', '&&=', '=> {', 'bind(',
    ]; // biome-ignore format: a list of words
    expect(features.filter((word) => !text.includes(word))).toEqual([]);
  });
});
