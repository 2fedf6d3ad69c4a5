// What to say of an exception of the host that escaped from an engine.

/** One line for the error and one for where it was thrown. */
export function describeHostError(error: unknown): string {
  if (!(error instanceof Error)) return `value ${String(error)}`;
  const frame = error.stack?.split('\n').find((line) => /^\s+at /.test(line)) ?? '';
  return `${error.name}: ${error.message}\n${frame.trim()}`;
}
