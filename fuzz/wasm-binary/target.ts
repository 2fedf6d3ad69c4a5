// Binary modules as a target: reader, validator, both writers, and a run of what is exported. Inputs are mutants of modules
// of the generator.
import { Module, Store } from '../../engine/wasm/wasm.ts';
import { Random } from '../random.ts';
import { Finding, type Target } from '../target.ts';
import { featuresOfSeed, GENERATED_FEATURES, generateModule } from '../wasm/generate.ts';
import { mutateBytes, tryMutant } from '../wasm/mutate.ts';
import { SEED_TEXTS } from '../wasm/seed-texts.ts';

export interface WasmBinaryInput {
  /** The bytes in hexadecimal. */
  readonly hex: string;
}

/** Mutants of one generated module. */
const OF_ONE = 20;

export function makeTarget(): Target<WasmBinaryInput> {
  let made = { seed: Number.NaN, bytes: new Uint8Array() };
  const moduleOf = (seed: number): Uint8Array => {
    if (made.seed !== seed) {
      const text = generateModule(seed, featuresOfSeed(seed, GENERATED_FEATURES));
      made = { seed, bytes: bytesOf(text) };
    }
    return made.bytes;
  };
  return {
    name: 'wasm-binary',
    covers: ['wasm/format/', 'wasm/validate/', 'wasm/interpret/compile-', 'wasm/interpret/instantiate.ts'],
    inputAt(seed, index) {
      const bytes = moduleOf(seed * 1_000_003 + Math.floor(index / OF_ONE));
      return inputOf(mutateBytes(bytes, new Random(seed, index)));
    },
    run({ hex }) {
      const end = tryMutant(Uint8Array.from(Buffer.from(hex, 'hex')));
      if (end === 'accepted by the host only') throw new Finding(end);
      return end;
    },
    fromBytes: inputOf,
    seedBytes: () => SEED_TEXTS.map(bytesOf),
  };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Module(text, { store: new Store() }).toBytes();
}

function inputOf(bytes: Uint8Array): WasmBinaryInput {
  return { hex: Buffer.from(bytes).toString('hex') };
}
