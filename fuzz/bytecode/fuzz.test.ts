// The fuzzer for a few seconds, always the same; and that it does what it should: inputs repeat, seeds cover the opcodes.
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { opcodeRows } from '../../engine/bytecode/opcodes.ts';
import { compileProgram, loadBytecode } from '../../engine/engine.ts';
import { putTogether, takeApart } from './assembly.ts';
import { describeTally, inputAt, newTally, runInput } from './campaign.ts';
import { execute } from './execute.ts';
import { unitsOf } from './mutate-units.ts';
import { parseOptions, replayLine } from './options.ts';
import { readSeeds } from './seeds.ts';

const seeds = readSeeds(fileURLToPath(new URL('seeds', import.meta.url)));

/** Opcodes that only code of an eval has, which has no file form, or that nothing is compiled to. */
const NOT_IN_FILES = ['InitializeResolved', 'DeclareEval'];

test('the seeds use every opcode that programs have, and run to their ends', () => {
  const used = new Set<string>();
  for (const { name, source, goal, bytes } of seeds) {
    const compiled = compileProgram(source, name, goal);
    if (!compiled.ok) throw new Error(compiled.error.message);
    for (const unit of unitsOf(compiled.program.unit))
      for (const { opcode } of takeApart(unit).lines) used.add(opcodeRows[opcode].name);
    expect(execute(bytes)).toMatchObject({ fate: 'ran', end: 'normal' });
  }
  expect(opcodeRows.map(({ name }) => name).filter((name) => !used.has(name))).toEqual(NOT_IN_FILES);
});

test('what is taken apart comes together the same', () => {
  for (const { bytes } of seeds) {
    const loaded = loadBytecode(bytes);
    if (!loaded.ok) throw new Error(loaded.error.message);
    for (const unit of unitsOf(loaded.program.unit)) putTogether(unit, takeApart(unit));
    expect(loaded.program.toBytes()).toEqual(bytes);
  }
});

test('an input is the same each time, and another one for another seed', () => {
  expect(inputAt(seeds, 1, 5)).toEqual(inputAt(seeds, 1, 5));
  expect(inputAt(seeds, 2, 5).bytes).not.toEqual(inputAt(seeds, 1, 5).bytes);
});

describe('the command line', () => {
  test('is read', () => {
    expect(parseOptions([])).toEqual({ seed: 1, from: 0, count: 20_000 });
    expect(parseOptions(['--seed', '7', '--count', '9', '--from', '3'])).toEqual({
      seed: 7,
      from: 3,
      count: 9,
    });
    expect(parseOptions(replayLine(4, 12).split(' ').slice(4))).toEqual({ seed: 4, from: 12, count: 1 });
  });

  test('or refused', () => {
    expect(parseOptions(['--sed', '1'])).toBe('there is no option --sed');
    expect(parseOptions(['--seed', 'x'])).toBe('--seed needs a number');
    expect(parseOptions(['--seed'])).toBe('--seed needs a number');
  });
});

const SEED = 20_261;
const COUNT = 2_500;

test(`${COUNT} mutated programs break nothing`, { timeout: 120_000 }, () => {
  const tally = newTally();
  const started = performance.now();
  for (let index = 0; index < COUNT; index++) {
    try {
      runInput(seeds, SEED, index, tally);
    } catch (error) {
      throw new Error(`${inputAt(seeds, SEED, index).recipe}\n${replayLine(SEED, index)}`, { cause: error });
    }
  }
  console.log(describeTally(tally, performance.now() - started));
  // A fuzzer whose inputs get no further than the reader finds nothing.
  expect(tally.decoded).toBeGreaterThan(COUNT / 2);
  expect(tally.verified).toBeGreaterThan(COUNT / 5);
});
