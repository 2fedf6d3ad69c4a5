// The fuzzer for a few seconds, always the same; and that it does what it should: inputs repeat, seeds cover the opcodes.
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { opcodeRows } from '../../engine/bytecode/opcodes.ts';
import { compileProgram, loadBytecode } from '../../engine/engine.ts';
import { Tally } from '../campaign.ts';
import { replayLine } from '../options.ts';
import { runWatched } from '../target.ts';
import { putTogether, takeApart } from './assembly.ts';
import { execute } from './execute.ts';
import { inputAt } from './inputs.ts';
import { unitsOf } from './mutate-units.ts';
import { readSeeds } from './seeds.ts';
import { makeTarget } from './target.ts';

const seedFolder = fileURLToPath(new URL('seeds', import.meta.url));
const seeds = readSeeds(seedFolder);

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

const SEED = 20_261;
const COUNT = 2_500;

test(`${COUNT} mutated programs break nothing`, { timeout: 120_000 }, () => {
  const tally = new Tally();
  const started = performance.now();
  const target = makeTarget(seedFolder);
  for (let index = 0; index < COUNT; index++) {
    const input = target.inputAt(SEED, index);
    try {
      tally.add(runWatched(target, input), () => input.recipe);
    } catch (error) {
      throw new Error(`${input.recipe}\n${replayLine('bytecode', SEED, index)}`, { cause: error });
    }
  }
  console.log(tally.inShort(performance.now() - started));
  // A fuzzer whose inputs get no further than the reader finds nothing.
  const verified = tally.count('ran');
  expect(verified + tally.count('refused')).toBeGreaterThan(COUNT / 2);
  expect(verified).toBeGreaterThan(COUNT / 5);
});
