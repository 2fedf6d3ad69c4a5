import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Runtime } from '../../engine.ts';

const FORMS = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;

const runtime = new Runtime();
function normalized(text: string, form: string): unknown {
  runtime.defineGlobal('text', text);
  const completion = runtime.runScript(`text.normalize('${form}')`, 'test.js');
  return completion.kind === 'normal' ? completion.value : completion;
}

test('long runs of marks are ordered as the host orders them', () => {
  const marks =
    '\u0300\u0316\u0327\u0345\u0334\u05b0\u3099\u0f71\u0f72\u0f73\u0344\u{1d165}\u{1e8d0}\u20d0\u0e31\u0903\u1100\u1161\u11a8a\u00e9\u1e9b\ufb2c\u00c5';
  const text = fc
    .array(fc.constantFrom(...marks), { minLength: 70, maxLength: 300 })
    .map((list) => list.join(''));
  fc.assert(
    fc.property(text, fc.constantFrom(...FORMS), (subject, form) => {
      // Behind this the text has a long run whatever it is.
      const whole = `${subject}x${'\u0300\u0316'.repeat(40)}`;
      expect(normalized(whole, form)).toBe(whole.normalize(form));
    }),
    { numRuns: 300 },
  );
});

test('a run that hosts would take minutes for takes no time', () => {
  const started = performance.now();
  const text = `a${'\u0300\u0316\u0327'.repeat(100_000)}`;
  for (const form of FORMS) expect(String(normalized(text, form)).length).toBeGreaterThan(299_999);
  runtime.defineGlobal('text', text);
  expect(runtime.runScript('text.localeCompare(text.normalize("NFC"))', 'test.js')).toEqual({
    kind: 'normal',
    value: 0,
  });
  expect(performance.now() - started).toBeLessThan(20_000);
});
