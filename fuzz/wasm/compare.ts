// One module on our interpreter, whole and in slices, and on the host: what differential/ compares of files.

import { type Difference, differenceOf, type Observation } from '../../differential/compare.ts';
import { sameWasmText, wasmExecutorOf } from '../../differential/wasm.ts';
import type { Outcome } from '../../engine/wasm/harness.ts';

/** Longer modules are not run on: the host has no bound. */
const LIMITS = { fuel: 300_000, depth: 1000 };
const SLICE = 7;

export type Verdict =
  | { readonly kind: 'same'; readonly calls: number; readonly traps: number }
  /** The module runs for too long. What it did by then was the same. */
  | { readonly kind: 'long' }
  | { readonly kind: 'different'; readonly what: string };

/** Runs a text module, its calls' operands being those of the seed. A host error of ours is thrown on. */
export function compareModule(text: string, seed: number): Verdict {
  const input = { name: `seed ${seed}`, source: text, goal: 'wasm-module', seed } as const;
  const interpreter = wasmExecutorOf('wasm-interpreter');
  const ours = interpreter.execute(input, LIMITS);
  if (ours.completion === 'parse-error') return { kind: 'different', what: `we refuse it: ${ours.value}` };
  const theirs = wasmExecutorOf('host').execute(input, LIMITS);
  if (theirs.completion === 'unsupported') return { kind: 'different', what: 'the host refuses the module' };
  const observations: ReadonlyMap<string, Observation> = new Map([
    ['wasm-interpreter', ours],
    [`wasm-interpreter@${SLICE}`, interpreter.execute(input, { ...LIMITS, slice: SLICE })],
    ['host', theirs],
  ]);
  const difference = differenceOf(observations, sameWasmText);
  if (difference !== null) return { kind: 'different', what: shown(difference) };
  return ours.completion === 'limit' ? { kind: 'long' } : countsOf(ours);
}

function countsOf({ output }: Outcome): Verdict {
  const calls = output.filter((line) => line.startsWith('call "'));
  const traps = calls.filter((line) => line.includes(': trap: '));
  return { kind: 'same', calls: calls.length, traps: traps.length };
}

function shown({ leftTier, rightTier, leftText, rightText }: Difference): string {
  return `${leftTier}: ${leftText}; ${rightTier}: ${rightText}`;
}
