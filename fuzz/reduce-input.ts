// Makes an input that breaks the engine smaller: its texts and lists lose parts as long as the engine breaks the same way.
import { runWatched, type Target } from './target.ts';

const MAX_MS = 10_000;

/** The smallest input found that `target` breaks on as it did with `thrown`; the input itself if it does so no more. */
export function smaller<Input>(target: Target<Input>, input: Input, thrown: unknown): Input {
  if (typeof input !== 'object' || input === null) return input;
  const until = performance.now() + MAX_MS;
  const breaks = (candidate: Input): boolean => {
    try {
      runWatched(target, candidate);
      return false;
    } catch (error) {
      return kindOf(error) === kindOf(thrown);
    }
  };
  let smallest: Input = input;
  if (!breaks(smallest)) return input;
  for (const [key, value] of Object.entries(input)) {
    if (typeof value !== 'string' && !Array.isArray(value)) continue;
    const best = shortest(
      value,
      (part) => performance.now() < until && breaks({ ...smallest, [key]: part } as Input),
    );
    smallest = { ...smallest, [key]: best } as Input;
  }
  return smallest;
}

/** What went wrong, without the details of the input. */
function kindOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.replace(/["'`].*/s, '').replace(/\d+/g, '0');
}

/** Takes away pieces, from halves down to single elements, while `holds` says so. */
function shortest<T extends string | readonly unknown[]>(whole: T, holds: (part: T) => boolean): T {
  const cut = (text: T, from: number, to: number): T =>
    (typeof text === 'string'
      ? text.slice(0, from) + text.slice(to)
      : [...text.slice(0, from), ...text.slice(to)]) as T;
  let best = whole;
  for (let size = best.length; size >= 1; size = size >> 1) {
    for (let from = 0; from < best.length; ) {
      const part = cut(best, from, from + size);
      if (holds(part)) best = part;
      else from += size;
    }
  }
  return best;
}
