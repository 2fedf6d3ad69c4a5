// The agreement test of engine/eval/operators.ts: each row against the host's own operator, and each tier
// against each row. See README.md.
import { afterAll, describe, expect, test } from 'vitest';
import { TIERS } from '../engine/engine.ts';
import { type OperatorRow, operatorRows } from '../engine/eval/operators.ts';
import type { HostPrimitive } from '../engine/eval/primitive.ts';
import { TRAP_NONE, TRAPS } from '../engine/eval/traps.ts';
import { guestProgram, runInTier, Thrown } from './guest-operator.ts';
import { type Operands, operandsOf } from './operands.ts';

const TIER_BUDGET_MS = 20_000;
const SHOWN_DIFFERENCES = 5;

const seed = Number(process.env.ORACLES_SEED ?? Date.now() % 2 ** 31);
console.log(`oracles: seed ${seed}; ORACLES_SEED=${seed} npx vitest run oracles repeats this run`);

const cases = operatorRows.map((row) => ({ row, name: `${row.expression} on ${row.domain} operands` }));

describe('the host agrees with eval', () => {
  for (const { row, name } of cases) {
    test(name, { timeout: TIER_BUDGET_MS }, () => {
      const operands = operandsOf(row, seed);
      const host = hostOperator(row);
      const results = operands.xs.map((x, i) => host(x, operands.ys[i]));
      const isSame = (a: unknown, b: unknown) =>
        a instanceof Thrown && b instanceof Thrown ? a.errorName === b.errorName : Object.is(a, b);
      expect(differences(row, operands, 'host', results, isSame)).toBe('');
    });
  }
});

for (const tier of TIERS) {
  describe(`${tier} agrees with eval`, () => {
    let count = 0;
    let timeMs = 0;
    for (const { row, name } of cases) {
      test(name, { timeout: TIER_BUDGET_MS }, () => {
        const operands = operandsOf(row, seed);
        const start = performance.now();
        const results = runInTier(tier, row, operands);
        timeMs += performance.now() - start;
        count += results.length;
        const isSame = (a: unknown, b: unknown) =>
          a instanceof Thrown && b instanceof Thrown
            ? a.errorName === b.errorName && a.message === b.message
            : Object.is(a, b);
        expect(differences(row, operands, tier, results, isSame)).toBe('');
      });
    }
    afterAll(() => {
      const seconds = (timeMs / 1000).toFixed(1);
      console.log(`oracles: ${tier}: ${cases.length} rows, ${count} operations in ${seconds} s`);
    });
  });
}

/** What the table says: the value, or the error of the trap. Asks for the value in any case: it must not throw. */
function expected(row: OperatorRow, x: HostPrimitive, y: HostPrimitive): unknown {
  const value = row.eval(x, y);
  const trap = row.trap(x, y);
  return trap === TRAP_NONE ? value : new Thrown(TRAPS[trap].errorName, TRAPS[trap].message);
}

function hostOperator(row: OperatorRow): (x: HostPrimitive, y: HostPrimitive) => unknown {
  const operator = new Function('x', 'y', `return ${row.expression};`);
  return (x, y) => {
    try {
      return operator(x, y);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return new Thrown(error.name, error.message);
    }
  };
}

/** The empty text, or the first differences as a report. */
function differences(
  row: OperatorRow,
  operands: Operands,
  who: string,
  results: readonly unknown[],
  isSame: (a: unknown, b: unknown) => boolean,
): string {
  const lines: string[] = [];
  let count = 0;
  operands.xs.forEach((x, i) => {
    const y = operands.ys[i];
    const wanted = expected(row, x, y);
    if (isSame(wanted, results[i])) return;
    if (++count > SHOWN_DIFFERENCES) return;
    const variables = row.arity === 1 ? `x = ${show(x)}` : `x = ${show(x)}, y = ${show(y)}`;
    lines.push(`${row.expression} with ${variables}: eval ${show(wanted)}, ${who} ${show(results[i])}`);
  });
  if (count === 0) return '';
  const program = who === 'host' ? [] : [guestProgram(row)];
  return [
    `${count} of ${results.length} differ:`,
    ...lines,
    ...program,
    `ORACLES_SEED=${seed} npx vitest run oracles`,
  ].join('\n');
}

/** A value as source text, as far as it has one. */
function show(value: unknown): string {
  if (value instanceof Thrown) return `throws ${value.errorName}: ${value.message}`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  return Object.is(value, -0) ? '-0' : String(value);
}
