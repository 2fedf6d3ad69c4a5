// Text modules as a target: lexer, parser, validator, printer, and a run of what is exported. Inputs are mutants of modules of
// the generator, and edited small ones.
import { Random } from '../random.ts';
import type { Target } from '../target.ts';
import { edited, ODD_CHARACTERS } from '../texts.ts';
import { featuresOfSeed, GENERATED_FEATURES, generateModule } from '../wasm/generate.ts';
import { mutateText, tryMutant } from '../wasm/mutate.ts';
import { SEED_TEXTS } from '../wasm/seed-texts.ts';

export interface WasmTextInput {
  readonly text: string;
}

/** Mutants of one generated module. */
const OF_ONE = 20;

export function makeTarget(): Target<WasmTextInput> {
  let made = { seed: Number.NaN, text: '' };
  const moduleOf = (seed: number): string => {
    if (made.seed !== seed)
      made = { seed, text: generateModule(seed, featuresOfSeed(seed, GENERATED_FEATURES)) };
    return made.text;
  };
  return {
    name: 'wasm-text',
    covers: ['wasm/text/', 'wasm/validate/'],
    inputAt(seed, index) {
      const random = new Random(seed, index);
      if (index % 2 === 0)
        return { text: mutateText(moduleOf(seed * 1_000_003 + Math.floor(index / OF_ONE)), random) };
      const vocabulary = [...ODD_CHARACTERS, ...(random.pick(SEED_TEXTS).match(/[^\s()]+|[()]/g) ?? [])];
      const edits = Array.from({ length: 1 + random.below(3) }, () => ({
        kind: random.below(10),
        at: random.below(400),
        from: random.below(400),
      }));
      return { text: edited(random.pick(SEED_TEXTS), edits, vocabulary) };
    },
    run: ({ text }) => tryMutant(text),
    fromBytes: (bytes) => ({ text: Buffer.from(bytes).toString('utf8') }),
    seedBytes: () => SEED_TEXTS.map((text) => new Uint8Array(Buffer.from(text))),
  };
}
