// What is asked of worker processes, and what they answer: plain data.

import type { ScenarioMode } from '../ci/conformance/scenarios.ts';
import type { PoolJob } from '../ci/workers/pool.ts';
import type { Features, WasmInput } from '../engine/wasm/harness.ts';
import type { Observation } from './compare.ts';

/** One thing to run on every tier. */
export type Input =
  /** A program in a file, by its path from the top of the checkout. */
  | { readonly kind: 'file'; readonly path: string; readonly goal: 'script' | 'module' }
  /** A program that is not in a file but sees what programs from files see; `path` is where its imports are resolved from. */
  | {
      readonly kind: 'text';
      readonly path: string;
      readonly source: string;
      readonly goal: 'script' | 'module';
    }
  | { readonly kind: 'generated'; readonly seed: number; readonly index: number }
  | { readonly kind: 'test262'; readonly path: string; readonly mode: ScenarioMode }
  | WasmFileInput
  | WasmTextInput;

/** A WebAssembly module or script in a file. */
export interface WasmFileInput {
  readonly kind: 'wasm';
  /** As it is shown. */
  readonly path: string;
  /** Where it is. */
  readonly file: string;
  readonly goal: WasmInput['goal'];
  /** Of the operands of a module's calls. */
  readonly seed: number;
  readonly features: Features;
  readonly isOfSuite: boolean;
}
/** One that is not in a file; bytes are in base64. */
export interface WasmTextInput extends Omit<WasmFileInput, 'kind' | 'file'> {
  readonly kind: 'wasm-text';
  readonly source: string;
  readonly isBinary: boolean;
}

/** Whether an input is for the tiers of WebAssembly. */
export function isWasm(input: Input): input is WasmFileInput | WasmTextInput {
  return input.kind === 'wasm' || input.kind === 'wasm-text';
}

export type Job =
  | (PoolJob & {
      readonly kind: 'input';
      readonly input: Input;
      readonly tiers: readonly string[];
      /** Null: unlimited. */
      readonly fuel: number | null;
    })
  /** Generated programs from `from` up to `to`, which is not included. */
  | (PoolJob & {
      readonly kind: 'batch';
      readonly seed: number;
      readonly from: number;
      readonly to: number;
      readonly tiers: readonly string[];
    });

export type Answer =
  | { readonly kind: 'input'; readonly observations: Readonly<Record<string, Observation>> }
  | ({ readonly kind: 'batch' } & BatchCounts);

/** What became of some generated programs. */
export interface BatchCounts {
  readonly programs: number;
  readonly parseErrors: number;
  /** Programs that an error of theirs ended. */
  readonly thrown: number;
  /** Programs that a limit ended: endless loops, mostly. */
  readonly limits: number;
  readonly lines: number;
  readonly outputLines: number;
  /** Indices of the programs that the tiers do not agree about. */
  readonly differing: readonly number[];
}

export interface WorkerConfig {
  readonly checkout: string;
  /** Where Test262 is; null when it is not needed. */
  readonly suiteRoot: string | null;
}

/** Limits of generated programs: far more than they need, little enough to end endless ones at once. */
export const GENERATED_FUEL = 200_000;
export const GENERATED_BYTES = 200_000_000;
