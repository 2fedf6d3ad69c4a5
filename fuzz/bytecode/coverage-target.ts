// The target of the coverage-guided fuzzer, as a CommonJS module whose `fuzz` takes the bytes of one input. jsfuzz counts what
// it covers of this bundle: the reader and the verifier. What passes them runs in a bundle of its own, which is not counted.
import { loadBytecode } from '../../engine/engine.ts';
import { sealed } from './mutate-bytes.ts';

/** Set by the launcher's banner: the bundle of execute.ts. */
declare const EXECUTE_BUNDLE: string;

let execute: Promise<{ execute(bytes: Uint8Array): unknown }> | null = null;

/** Reads and verifies the input, with the length and digest that fit it; runs it if it passes. Throws what is wrong with the engine. */
export async function fuzz(input: Uint8Array): Promise<void> {
  const bytes = sealed(new Uint8Array(input));
  if (!loadBytecode(bytes).ok) return;
  execute ??= import(EXECUTE_BUNDLE);
  (await execute).execute(bytes);
}
