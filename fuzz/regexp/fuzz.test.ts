// The matchers agree with the host on generated samples; `npm run fuzz:regexp` compares more of them.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Comparison } from './compare.ts';
import { practical, soup, wellFormed } from './generate.ts';

const comparison = new Comparison();

describe('our matcher and delegated patterns do what the host does', () => {
  const rows = [
    ['well-formed patterns', wellFormed, 600],
    ['patterns of scanners and parsers', practical, 600],
    ['soups of fragments', soup, 600],
  ] as const;
  for (const [title, arbitrary, numRuns] of rows)
    test(
      title,
      () =>
        fc.assert(
          fc.property(arbitrary, (sample) => {
            // Assertions of vitest return a value, which fast-check takes for a verdict.
            expect(comparison.compare(sample).kind).not.toBe('different');
          }),
          { numRuns, seed: 20260 },
        ),
      600_000,
    );
});
