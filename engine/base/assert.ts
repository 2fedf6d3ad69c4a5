// Engine faults: states that cannot happen unless the engine itself is wrong.
// An InternalError is never a guest value; the unwinder lets it pass.

/** A broken invariant of the engine. Guest code can neither cause (unless by an engine bug) nor catch it. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}

/** Throws InternalError unless `condition` holds; `what` says what must hold. */
export function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new InternalError(`assertion failed: ${what}`);
}

/** Marks a switch over a closed set as complete. */
export function unreachable(value: never): never {
  throw new InternalError(`unreachable: ${String(value)}`);
}
