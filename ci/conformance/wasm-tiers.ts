// What the WebAssembly suite is run on: the tiers of ours, and the host's own `WebAssembly`.

import { type WasmTier, wasmTiers } from '../../engine/wasm/harness.ts';
import { HostEngine } from '../../oracles/wasm/host-engine.ts';
import { UsageError } from '../command.ts';

export interface SuiteTier extends Pick<WasmTier<string>, 'name' | 'createEngine'> {
  /** Whether its failures are compared with the expectations. */
  readonly isOurs: boolean;
}

export const suiteTiers: readonly SuiteTier[] = [
  ...wasmTiers.map(({ name, createEngine }) => ({ name, createEngine, isOurs: true })),
  { name: 'host-v8', createEngine: () => new HostEngine('refused'), isOurs: false },
];

/** Throws a `UsageError` for a name that no tier has. */
export function suiteTierOf(name: string): SuiteTier {
  const tier = suiteTiers.find((each) => each.name === name);
  if (tier !== undefined) return tier;
  const names = suiteTiers.map((each) => each.name).join(' and ');
  throw new UsageError(`there is no tier '${name}' of this suite; there are ${names}`);
}
