// Every program here ran differently on two tiers once. All tiers must agree on it, and print what it says it prints.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { differenceOf } from '../../differential/compare.ts';
import { fileHost, observeProgram } from '../../differential/observe.ts';
import { expectedLines, REGRESSIONS } from '../../differential/regression-file.ts';
import { executors } from '../../engine/engine.ts';

const folder = dirname(fileURLToPath(import.meta.url));
const checkout = resolve(folder, '../..');

for (const file of readdirSync(folder).filter((name) => /\.m?js$/.test(name))) {
  test(`${file} runs alike on every tier`, () => {
    const source = readFileSync(join(folder, file), 'utf8');
    const name = `${REGRESSIONS}/${file}`;
    const goal = file.endsWith('.mjs') ? 'module' : 'script';
    const observations = new Map(
      executors.map((executor) => [
        executor.name,
        observeProgram(executor, { name, source, goal }, { ...fileHost(checkout, name, source), fuel: 1e7 }),
      ]),
    );
    const difference = differenceOf(observations);
    expect(difference && [difference.kind, difference.leftText, difference.rightText]).toBeNull();
    const expected = expectedLines(source);
    if (expected === null) return;
    for (const [tier, { output }] of observations) expect([tier, ...output]).toEqual([tier, ...expected]);
  });
}
