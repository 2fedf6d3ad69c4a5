// A short run of what `npm run fuzz:wasm` does at length.
import { expect, test } from 'vitest';
import { type FeatureName, Module } from '../../engine/wasm/wasm.ts';
import { Random } from '../random.ts';
import { compareModule } from './compare.ts';
import { GENERATED_FEATURES, generateModule } from './generate.ts';
import { mutateBytes, mutateText, tryMutant } from './mutate.ts';

const SEED = 20260;

test('generated modules do on the interpreter what they do on the host', { timeout: 120_000 }, () => {
  let same = 0;
  for (let i = 0; i < 150; i++) {
    const features: ReadonlySet<FeatureName> = new Set(
      i % 3 === 0 ? [] : i % 3 === 1 ? GENERATED_FEATURES.slice(0, 5) : GENERATED_FEATURES,
    );
    const verdict = compareModule(generateModule(SEED + i, features), i, features);
    expect(verdict.kind === 'different' ? `seed ${SEED + i}: ${verdict.what}` : null).toBeNull();
    if (verdict.kind === 'same') same++;
  }
  expect(same).toBeGreaterThan(100);
});

test('mutants are refused or run, and never fail otherwise', { timeout: 120_000 }, () => {
  const ends = new Set<string>();
  for (let i = 0; i < 10; i++) {
    const text = generateModule(SEED + i, new Set(GENERATED_FEATURES));
    const bytes = new Module(text).toBytes();
    const random = new Random(SEED, i);
    for (let j = 0; j < 40; j++) {
      ends.add(tryMutant(mutateBytes(bytes, random)));
      ends.add(tryMutant(mutateText(text, random)));
    }
  }
  expect(ends).toContain('malformed');
  expect(ends).toContain('invalid');
  expect(ends).not.toContain('accepted by the host only');
});
