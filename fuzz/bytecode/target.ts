// Bytecode as a target: mutated programs through reader, verifier and VM. What is decoded, and what the verifier takes, shows in the
// outcomes.
import type { Target } from '../target.ts';
import { execute, type Fate } from './execute.ts';
import { type BytecodeInput, inputAt } from './inputs.ts';
import { sealed } from './mutate-bytes.ts';
import { readSeeds } from './seeds.ts';

export function makeTarget(seedFolder: string): Target<BytecodeInput> {
  const seeds = readSeeds(seedFolder);
  return {
    name: 'bytecode',
    covers: [
      'bytecode/byte-reader',
      'bytecode/cod',
      'bytecode/decode',
      'bytecode/verify',
      'compiled-program.ts',
    ],
    inputAt: (seed, index) => inputAt(seeds, seed, index),
    run: ({ bytes }) => outcomeOf(execute(bytes)),
    fromBytes: (bytes) => ({ bytes: sealed(new Uint8Array(bytes)), recipe: 'bytes of jsfuzz' }),
    seedBytes: () => seeds.map(({ bytes }) => bytes),
    describe: ({ bytes, recipe }) => `${recipe}, ${bytes.length} bytes`,
  };
}

function outcomeOf(fate: Fate): string {
  switch (fate.fate) {
    case 'not-decoded':
      return `not decoded: ${fate.code}`;
    case 'refused':
      return `refused: ${/refused: ([a-z]+)/.exec(fate.message)?.[1] ?? '?'}`;
    case 'ran':
      return `ran: ${fate.end}`;
  }
}
