// ci/expectations/wasm.txt: the commands of the WebAssembly suite that are known to fail, one a line, sorted:
//
//   path:line # reason
//
// A failure that is not listed and a listed command that passes both fail a run.

export interface WasmFailure {
  readonly path: string;
  readonly line: number;
  readonly kind: string;
  readonly message: string;
}

export interface WasmExpectations {
  readonly header: readonly string[];
  /** Reasons by `path:line`. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** Reads a list. Throws an `Error` naming the line that is not understood. */
export function parseFailures(text: string): WasmExpectations {
  const header: string[] = [];
  const reasons = new Map<string, string>();
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '') return;
    if (line.startsWith('#')) {
      header.push(line);
      return;
    }
    const match = /^(\S+:\d+)\s+#\s*(.*\S)\s*$/.exec(line);
    if (match === null) throw new Error(`expectations line ${i + 1} is not "path:line # reason": ${line}`);
    reasons.set(match[1] as string, match[2] as string);
  });
  return { header, reasons };
}

const keyOf = ({ path, line }: { readonly path: string; readonly line: number }): string => `${path}:${line}`;

function placeOf(key: string): { path: string; line: number } {
  const at = key.lastIndexOf(':');
  return { path: key.slice(0, at), line: Number(key.slice(at + 1)) };
}

/** What of a run of some scripts differs from the list. */
export function compareFailures(
  { reasons }: WasmExpectations,
  failures: readonly WasmFailure[],
  scripts: readonly string[],
): { broke: WasmFailure[]; fixed: { path: string; line: number }[] } {
  const failed = new Set(failures.map(keyOf));
  const run = new Set(scripts);
  return {
    broke: failures.filter((failure) => !reasons.has(keyOf(failure))),
    fixed: [...reasons.keys()]
      .map(placeOf)
      .filter((place) => run.has(place.path) && !failed.has(keyOf(place))),
  };
}

/** The list as this run would have it; entries of other scripts and reasons that still hold stay. */
export function formatFailures(
  { header, reasons }: WasmExpectations,
  failures: readonly WasmFailure[],
  scripts: readonly string[],
): string {
  const run = new Set(scripts);
  const kept = new Map([...reasons].filter(([key]) => !run.has(placeOf(key).path)));
  for (const failure of failures) {
    const key = keyOf(failure);
    kept.set(key, reasons.get(key) ?? `${failure.kind}: ${failure.message.split('\n', 1)[0]}`);
  }
  const lines = [...kept].map(([key, reason]) => `${key} # ${reason}`).sort();
  return [...header, ...lines, ''].join('\n');
}
