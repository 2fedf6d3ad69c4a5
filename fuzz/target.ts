// What is fuzzed: where inputs come from, and what is done with one. Campaigns and the coverage-guided fuzzer know targets by
// this interface only. Input `index` of campaign `seed` is always the same, so that two numbers bring back what went wrong.

export interface Target<Input = unknown> {
  readonly name: string;
  /** Files and folders of engine/, from its top, whose coverage guides jsfuzz. */
  readonly covers: readonly string[];
  inputAt(seed: number, index: number): Input;
  /**
   * Does everything with the input and says in a few words what became of it. Throws what is wrong with the engine. May take
   * any time only if the engine is wrong.
   */
  run(input: Input): string;
  /** The input that bytes of the coverage-guided fuzzer stand for. */
  fromBytes(bytes: Uint8Array): Input;
  /** What the coverage-guided fuzzer begins with. */
  seedBytes(): Uint8Array[];
  /** The input as text; JSON, which `--input` takes back, unless the target says otherwise. */
  describe?(input: Input): string;
}

/** What the engine did that it must not do. */
export class Finding extends Error {
  override readonly name = 'Finding';
}

/** Work that is not charged shows as time. */
const MAX_MS = 8_000;

/** Runs an input and also takes offence at slowness. */
export function runWatched<Input>(target: Target<Input>, input: Input): string {
  const started = performance.now();
  const outcome = target.run(input);
  const ms = performance.now() - started;
  if (ms > MAX_MS) throw new Finding(`it took ${Math.round(ms)} ms`);
  return outcome;
}

export function describeInput<Input>(target: Target<Input>, input: Input): string {
  return target.describe?.(input) ?? JSON.stringify(input);
}
