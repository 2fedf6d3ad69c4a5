// WebAssembly inputs: the tiers that run them, the host's own among them, and how their outcomes are compared.

import {
  agrees,
  type WasmExecutor,
  type WasmInput,
  wasmExecutors,
  wasmTiers,
} from '../engine/wasm/harness.ts';
import { hostExecutor } from '../oracles/wasm/host-engine.ts';
import type { SameText } from './compare.ts';

/** Tiers that are compared unless others are named: every one of ours, whole and in slices if it can, then the host. */
export const DEFAULT_WASM_TIERS: readonly string[] = [
  ...wasmTiers.flatMap(({ name, isPausable }) => (isPausable ? [name, `${name}@7`] : [name])),
  hostExecutor.name,
];

export const WASM_TIERS: readonly string[] = [...wasmTiers.map(({ name }) => name), hostExecutor.name];
export const PAUSABLE_WASM_TIERS: readonly string[] = wasmTiers
  .filter(({ isPausable }) => isPausable)
  .map(({ name }) => name);

const executors: readonly WasmExecutor<string>[] = [...wasmExecutors, hostExecutor];

/** The executor of a tier. */
export function wasmExecutorOf(tier: string): WasmExecutor<string> {
  const executor = executors.find(({ name }) => name === tier);
  if (executor === undefined) throw new Error(`there is no WebAssembly tier '${tier}'`);
  return executor;
}

/** Bounds of an input if nothing else is said; the host has none of its own. */
export const WASM_FUEL = 3_000_000;
export const WASM_BYTES = 2 ** 31;

/** What is inside files with these endings; null for other files. */
export function wasmGoalOf(path: string): WasmInput['goal'] | null {
  if (path.endsWith('.wast')) return 'wasm-script';
  return /\.wa(sm|t)$/.test(path) ? 'wasm-module' : null;
}

/** Lines of the host leave open what it does not tell. */
export const sameWasmText: SameText = (left, right) => agrees(left, right) || agrees(right, left);
