// A process of little memory that takes in hostile modules one after the other: `binary BUDGET`, `text LENGTH` or
// `instance`, and the kinds, or all. It prints what happened with each as a line of JSON; that it lives to do so is half of
// the test.

import { Instance, Module, Store, validate } from '../../wasm/wasm.ts';
import { hostileInstances } from './hostile-instances.ts';
import { hostileModules } from './hostile-modules.ts';
import { hostileTexts } from './hostile-texts.ts';

const [, , format, number, ...kinds] = process.argv as unknown as [
  string,
  string,
  string,
  string,
  ...string[],
];
const size = Number(number);

/** Why a module is refused, or null. */
function refusal(source: string | Uint8Array, limits: Readonly<Record<string, number>> = {}): string | null {
  const error = validate(source, { limits });
  return error === null ? null : `${error.kind}: ${error.reason}`;
}

/** Modules with ever more entries, up to the most that are accepted under a budget of so many bytes. */
function binary(make: (count: number) => Uint8Array): unknown {
  const limits = { entryBytes: size, codeBytes: size };
  let accepted = 0;
  let refused = 1;
  let reason = refusal(make(refused), limits);
  while (reason === null && make(1).length * refused < size) {
    accepted = refused;
    refused *= 2;
    reason = refusal(make(refused), limits);
  }
  // The largest that is accepted is the worst.
  for (let i = 0; i < 4 && reason !== null && refused - accepted > 1; i++) {
    const middle = Math.floor((accepted + refused) / 2);
    const found = refusal(make(middle), limits);
    if (found === null) accepted = middle;
    else {
      refused = middle;
      reason = found;
    }
  }
  return { accepted, reason, outcome: outcomeOf(() => instantiate(make(accepted), limits)) };
}

/** An instance of a module that imports nothing. */
function instantiate(bytes: Uint8Array, limits: Readonly<Record<string, number>>): string {
  const module = new Module(bytes, { limits, store: new Store() });
  return String(new Instance(module).exports.size);
}

/** A text of about so many characters. */
function text(make: (count: number) => string): unknown {
  const unit = make(2).length - make(1).length;
  const source = make(Math.ceil(size / Math.max(unit, 1)));
  const started = performance.now();
  const reason = refusal(source);
  return { length: source.length, ms: Math.round(performance.now() - started), reason };
}

function instance(make: (typeof hostileInstances)[string]): unknown {
  return { outcome: outcomeOf(() => make({ Instance, Module, Store })) };
}

/** What an action gives, or the error that it throws. */
function outcomeOf(action: () => string): string {
  try {
    return action();
  } catch (error) {
    const { name, message } = error as Error;
    return `${name}: ${message}`;
  }
}

function report<T>(rows: Readonly<Record<string, T>>, run: (row: T) => unknown): void {
  for (const [kind, row] of Object.entries(rows))
    if (kinds.length === 0 || kinds.includes(kind))
      console.log(JSON.stringify({ kind, ...(run(row) as object) }));
}

if (format === 'binary') report(hostileModules, binary);
else if (format === 'text') report(hostileTexts, text);
else report(hostileInstances, instance);
