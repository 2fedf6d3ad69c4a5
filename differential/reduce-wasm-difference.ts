// From a WebAssembly input that the tiers disagree about to a small one in corpora/regressions/ that still shows it.

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { encodeModule, type Module, printModule } from '../engine/wasm/harness.ts';
import { type Difference, differenceKey } from './compare.ts';
import type { WasmFileInput, WasmTextInput } from './protocol.ts';
import { readModule, reduceModule, reduceScript } from './reduce-wasm.ts';
import { writeRegression } from './regression-file.ts';
import { differenceBetween, type Session } from './session.ts';

export interface ReduceWasmOptions {
  readonly checkout: string;
  readonly maxMs: number;
  /** The command that found the difference. */
  readonly foundBy: string;
}

const MOST_TRIES = 6000;

/** Reduces and writes the file; gives what to tell the user. */
export async function reduceWasmDifference(
  session: Session,
  input: WasmFileInput | WasmTextInput,
  difference: Difference,
  { checkout, maxMs, foundBy }: ReduceWasmOptions,
): Promise<string> {
  const { path, goal, seed, features, isOfSuite } = input;
  const given = sourceOf(input);
  const endMs = Date.now() + maxMs;
  const key = differenceKey(difference);
  const differenceIn = (source: string | Uint8Array): Promise<Difference | null> => {
    const isBinary = typeof source !== 'string';
    const text = isBinary ? Buffer.from(source).toString('base64') : source;
    const candidate = {
      kind: 'wasm-text',
      path,
      goal,
      seed,
      features,
      isOfSuite,
      source: text,
      isBinary,
    } as const;
    return differenceBetween(session, difference, candidate, null, Math.min(maxMs, 10_000));
  };
  const holds = async (source: string | Uint8Array): Promise<boolean> => {
    const found = await differenceIn(source);
    return found !== null && differenceKey(found) === key;
  };
  if (!(await holds(given))) return 'does not show again, so it is not reduced';
  const options = { features, maxTries: MOST_TRIES, isOver: () => Date.now() > endMs };
  let text: string;
  let end: { readonly tries: number; readonly isMinimal: boolean };
  if (goal === 'wasm-script') {
    const reduction = await reduceScript(given as string, holds, options);
    text = reduction.source;
    end = reduction;
  } else {
    const module = readModule(given, features);
    if (module === null) return 'is no module that we can read, so it is not reduced';
    const reduction = await reduceModule(module, (each) => holds(encodeModule(each)), options);
    text = printModule(reduction.source as Module);
    end = reduction;
  }
  const shown = await differenceIn(text);
  if (shown === null) return `shows in the binary format only:\n${text}`;
  const name = basename(path).replace(/\.wa(sm|t|st)$/, '');
  const file = writeRegression(checkout, { name, goal, source: text, difference: shown, foundBy });
  const bound = end.isMinimal ? '' : ', which a bound ended';
  return `reduced from ${given.length} to ${text.length} characters in ${end.tries} tries${bound}: ${file}\n${text}`;
}

function sourceOf(input: WasmFileInput | WasmTextInput): string | Uint8Array {
  if (input.kind === 'wasm-text')
    return input.isBinary ? new Uint8Array(Buffer.from(input.source, 'base64')) : input.source;
  const bytes = readFileSync(input.file);
  return input.path.endsWith('.wasm') ? new Uint8Array(bytes) : bytes.toString('utf8');
}
