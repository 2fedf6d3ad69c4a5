// One module on our interpreter, whole and in slices, and on the host: what differential/ compares of files.

import { setFlagsFromString } from 'node:v8';
import { type Difference, differenceOf, type Observation } from '../../differential/compare.ts';
import { sameWasmText, wasmExecutorOf } from '../../differential/wasm.ts';
import { OLD_FEATURES } from './generate.ts';

// V8's baseline compiler loses results of atomic operations when registers are scarce (11.3, x64); its other one does not.
setFlagsFromString('--no-liftoff');

/** Longer modules are not run on: the host has no bound. */
const LIMITS = { fuel: 300_000, depth: 1000 };
const SLICE = 7;

export type Verdict =
  /** `by` says whether the host was asked, too. */
  | { readonly kind: 'same'; readonly by: 'host' | 'slices'; readonly calls: number; readonly traps: number }
  /** The module runs for too long. What it did by then was the same. */
  | { readonly kind: 'long' }
  | { readonly kind: 'different'; readonly what: string };

/**
 * Runs a text module, its calls' operands being those of the seed. The host has to know it if it uses no other proposals than
 * the old ones. A host error of ours is thrown on.
 */
export function compareModule(text: string, seed: number, features: ReadonlySet<string>): Verdict {
  const input = { name: `seed ${seed}`, source: text, goal: 'wasm-module', seed } as const;
  const interpreter = wasmExecutorOf('wasm-interpreter');
  const ours = interpreter.execute(input, LIMITS);
  if (ours.completion === 'parse-error') return { kind: 'different', what: `we refuse it: ${ours.value}` };
  const observations = new Map<string, Observation>([
    ['wasm-interpreter', ours],
    [`wasm-interpreter@${SLICE}`, interpreter.execute(input, { ...LIMITS, slice: SLICE })],
  ]);
  const theirs = wasmExecutorOf('host').execute(input, LIMITS);
  const isKnown = theirs.completion !== 'unsupported';
  if (isKnown) observations.set('host', theirs);
  else if ([...features].every((name) => (OLD_FEATURES as readonly string[]).includes(name)))
    return { kind: 'different', what: 'the host refuses the module' };
  const difference = differenceOf(observations, sameWasmText);
  if (difference !== null) return { kind: 'different', what: shown(difference) };
  if (ours.completion === 'limit') return { kind: 'long' };
  const calls = ours.output.filter((line) => line.startsWith('call "'));
  const traps = calls.filter((line) => line.includes(': trap: '));
  return { kind: 'same', by: isKnown ? 'host' : 'slices', calls: calls.length, traps: traps.length };
}

function shown({ leftTier, rightTier, leftText, rightText }: Difference): string {
  return `${leftTier}: ${leftText}; ${rightTier}: ${rightText}`;
}
