import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOffTarget, unitsFor, WarmUp } from './calibration.ts';
import { geometricMean, medianOf, spreadOf } from './statistics.ts';

const samples = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 });

describe('statistics', () => {
  const rows: readonly [samples: number[], median: number][] = [
    [[3], 3],
    [[4, 1], 2.5],
    [[5, 1, 3], 3],
    [[1, 2, 3, 100], 2.5],
  ];
  for (const [values, median] of rows)
    test(`the median of ${values.join(', ')} is ${median}`, () => expect(medianOf(values)).toBe(median));

  test('the spread is half the distance of the quartiles as a share of the median', () => {
    expect(spreadOf([8, 9, 10, 11, 12])).toEqual({ median: 10, low: 8, high: 12, spread: 0.1 });
    expect(spreadOf([7, 7, 7]).spread).toBe(0);
  });

  test('one far sample of five does not move median and spread', () => {
    expect(spreadOf([10, 10, 10, 10, 900])).toMatchObject({ median: 10, spread: 0 });
  });

  test('the median lies between the extremes and does not depend on order', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const { low, median, high } = spreadOf(values);
        expect(low <= median && median <= high).toBe(true);
        expect(medianOf([...values].reverse())).toBe(median);
      }),
    );
  });

  test('the geometric mean of ratios and of their inverses are inverses', () => {
    expect(geometricMean([])).toBeNull();
    expect(geometricMean([2, 8])).toBeCloseTo(4);
    fc.assert(
      fc.property(samples, (values) => {
        const mean = geometricMean(values) as number;
        const inverse = geometricMean(values.map((value) => 1 / value)) as number;
        expect(mean * inverse).toBeCloseTo(1, 6);
      }),
    );
  });
});

describe('calibration', () => {
  const rows: readonly [units: number, ms: number, targetMs: number, expected: number][] = [
    [10, 20, 200, 100],
    [10, 400, 200, 5],
    [1, 900, 200, 1],
    [1, 0, 200, 20],
    [3, 0.001, 200, 60],
  ];
  for (const [units, ms, targetMs, expected] of rows)
    test(`${units} units in ${ms} ms become ${expected} for ${targetMs} ms`, () =>
      expect(unitsFor(units, ms, targetMs)).toBe(expected));

  const warmUps: readonly [behaviour: string, calls: number[], over: number][] = [
    ['is over after its time and three calls without a gain', [200, 100, 100, 100, 100], 4],
    ['goes on before its time is over', [50, 50, 50, 50, 50, 50, 50], 5],
    ['goes on while calls get faster, noise between them or not', [100, 80, 90, 70, 70, 70, 70], 6],
    ['is over after six times its time', [600, 500, 400, 300, 200, 100, 50], 3],
  ];
  for (const [behaviour, calls, over] of warmUps)
    test(`warming up ${behaviour}`, () => {
      const warmUp = new WarmUp(300);
      expect(calls.findIndex((ms) => warmUp.isOverAfter(1, ms))).toBe(over);
    });

  test('a call within half and one and a half of the target keeps its units', () => {
    expect([99, 100, 300, 301].map((ms) => isOffTarget(ms, 200))).toEqual([true, false, false, true]);
  });
});
