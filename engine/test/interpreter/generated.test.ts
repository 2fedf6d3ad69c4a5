import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Generated {
  readonly name: string;
  readonly url: URL;
  readonly text: string;
}

const path = '../../../ci/generate-interpreter.mjs';
const { generateInterpreter } = (await import(path)) as { generateInterpreter(): Generated[] };

for (const { name, url, text } of generateInterpreter()) {
  test(`${name} is what the suspendable evaluator gives`, () => {
    expect(readFileSync(url, 'utf8')).toBe(text);
  });
}
