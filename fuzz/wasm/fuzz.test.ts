// A short run of what `npm run fuzz:wasm` does at length.
import { expect, test } from 'vitest';
import { type FeatureName, Module, validate } from '../../engine/wasm/wasm.ts';
import { Random } from '../random.ts';
import { compareModule } from './compare.ts';
import { featuresOfSeed, GENERATED_FEATURES, generateModule } from './generate.ts';
import { mutateBytes, mutateText, tryMutant } from './mutate.ts';

const SEED = 20260;

test('generated modules do what they do on the host, or in slices', { timeout: 120_000 }, () => {
  const same = { host: 0, slices: 0 };
  for (let i = 0; i < 100; i++) {
    const features = featuresOfSeed(SEED + i, i % 5 === 0 ? [] : GENERATED_FEATURES);
    const verdict = compareModule(generateModule(SEED + i, features), i, features);
    expect(verdict.kind === 'different' ? `seed ${SEED + i}: ${verdict.what}` : null).toBeNull();
    if (verdict.kind === 'same') same[verdict.by]++;
  }
  expect(same.host + same.slices).toBeGreaterThan(85);
});

test('a feature that is generated is used, and nothing of features that are not', () => {
  const base = GENERATED_FEATURES.slice(0, 6);
  for (const name of GENERATED_FEATURES) {
    const used = new Set([...base, ...(NEEDS[name] ?? []), name]);
    const texts = Array.from({ length: 8 }, (_, i) => generateModule(SEED + i, used));
    const on = Object.fromEntries(GENERATED_FEATURES.map((each) => [each, used.has(each)]));
    for (const text of texts) expect(validate(text, { features: on })?.message ?? null).toBeNull();
    const refused = texts.filter((text) => validate(text, { features: { ...on, [name]: false } }) !== null);
    expect([name, refused.length > 0]).toEqual([name, true]);
  }
});

/** What the parts of a feature need besides. */
const NEEDS: Readonly<Partial<Record<FeatureName, readonly FeatureName[]>>> = {
  // The old kind of exceptions is thrown by the new one's instruction.
  legacyExceptions: ['exceptions'],
  gc: ['functionReferences'],
};

test('mutants are refused or run, and never fail otherwise', { timeout: 120_000 }, () => {
  const ends = new Set<string>();
  for (let i = 0; i < 10; i++) {
    const text = generateModule(SEED + i, new Set(GENERATED_FEATURES));
    const bytes = new Module(text).toBytes();
    const random = new Random(SEED, i);
    for (let j = 0; j < 25; j++) {
      ends.add(tryMutant(mutateBytes(bytes, random)));
      ends.add(tryMutant(mutateText(text, random)));
    }
  }
  expect(ends).toContain('malformed');
  expect(ends).toContain('invalid');
  expect(ends).not.toContain('accepted by the host only');
});
