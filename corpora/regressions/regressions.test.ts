// Every program here ran differently on two tiers once. All tiers must agree on it, and print what it says it prints.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { differenceOf } from '../../differential/compare.ts';
import { fileHost, observeProgram } from '../../differential/observe.ts';
import { expectedLines, REGRESSIONS } from '../../differential/regression-file.ts';
import { parseTier } from '../../differential/options.ts';
import {
  DEFAULT_WASM_TIERS,
  sameWasmText,
  wasmExecutorOf,
  wasmGoalOf,
} from '../../differential/wasm.ts';
import { executors } from '../../engine/engine.ts';
import { DEFAULT_FEATURES, type WasmInput } from '../../engine/wasm/harness.ts';
import { runScript } from '../../engine/wasm/wasm.ts';

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

for (const file of readdirSync(folder).filter((name) => wasmGoalOf(name) !== null)) {
  test(`${file} runs alike on every tier of WebAssembly`, () => {
    const source = readFileSync(join(folder, file), 'utf8');
    const input = { name: file, source, goal: wasmGoalOf(file) as WasmInput['goal'] };
    const observations = new Map(
      DEFAULT_WASM_TIERS.map((name) => {
        const { tier, slice } = parseTier(name);
        return [
          name,
          wasmExecutorOf(tier).execute(input, { fuel: 1e7, ...(slice === null ? {} : { slice }) }),
        ];
      }),
    );
    const difference = differenceOf(observations, sameWasmText);
    expect(difference && [difference.kind, difference.leftText, difference.rightText]).toBeNull();
    if (input.goal !== 'wasm-script') return;
    const failures = runScript(source, DEFAULT_FEATURES).filter(({ failure }) => failure !== null);
    expect(failures).toEqual([]);
  });
}
