// What the coverage-guided fuzzer runs, once for each input: the bytes as an input of the target. The bundle of this file counts
// coverage (coverage.mjs).
import { runWatched, type Target } from './target.ts';
import { targetNamed } from './targets.ts';

let target: Target | null = null;

/** Throws what is wrong with the engine. */
export function runBytes(name: string, fuzzFolder: string, bytes: Uint8Array): void {
  target ??= targetNamed(name, fuzzFolder, 1);
  runWatched(target, target.fromBytes(new Uint8Array(bytes)));
}
