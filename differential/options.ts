// The command line of `npm run differential`.

import { availableParallelism } from 'node:os';
import { names, parseCommandLine, UsageError } from '../ci/command.ts';
import { parseShard, type Shard } from '../ci/conformance/selection.ts';
import { PAUSABLE_TIERS, TIERS } from '../engine/engine.ts';
import { DIFFERENCE_KINDS } from './compare.ts';
import { DEFAULT_WASM_TIERS, PAUSABLE_WASM_TIERS, WASM_TIERS } from './wasm.ts';

export interface Options {
  readonly tiers: readonly string[];
  /** For inputs of WebAssembly. */
  readonly wasmTiers: readonly string[];
  /** Scripts of the WebAssembly suite that are run; null for none. */
  readonly suiteFilters: readonly string[] | null;
  readonly corpora: readonly string[];
  readonly test262: readonly string[];
  readonly shard: Shard | null;
  readonly files: readonly string[];
  /** Generated programs to run; 0 for none. */
  readonly generate: number;
  readonly seed: number;
  /** This generated program alone. */
  readonly index: number | null;
  /** Print the generated program and run nothing. */
  readonly prints: boolean;
  readonly workers: number;
  readonly timeoutSeconds: number;
  readonly json: string | null;
  /** Kinds of differences that do not count. */
  readonly ignored: readonly string[];
  /** Differences that are reduced and written to corpora/regressions/. */
  readonly reduce: number;
  readonly reduceSeconds: number;
}

export const USAGE = `npm run differential -- [options] [FILES]
  FILES                 programs to run, modules if their names end in .mjs; .wasm, .wat and .wast for the tiers of
                        WebAssembly; folders stand for all such files in them
  --corpus NAME         the programs of corpora/NAME; may be repeated
  --test262 GLOB        these tests, each scenario with its harness; may be repeated
  --shard I/N           with --test262: the I-th of N parts
  --suite wasm          the scripts of the WebAssembly suite; --filter GLOB chooses, may be repeated
  --generate N          N generated programs
  --seed S              of the sequence S (default 1); also of the operands that modules are called with
  --index I             the I-th program of the sequence alone; --print writes it and runs nothing
                        without any of these: every corpus
  --tiers A,B           the tiers to compare (default: ${TIERS.join(',')});
                        bytecode-vm@7 runs in slices of 7 fuel; of WebAssembly: ${DEFAULT_WASM_TIERS.join(',')}
  --workers N           worker processes (default: one a processor)
  --timeout S           seconds for an input on a tier (default 20)
  --json FILE           write every difference with both observations
  --ignore KIND         does not count differences of this kind (${DIFFERENCE_KINDS.join(', ')}); may be repeated
  --reduce N            reduce up to N differences and write them to corpora/regressions/ (default 5)
  --reduce-seconds S    for each reduction (default 60)`;

/** `TIER` or `TIER@FUEL`: a tier, and the fuel of the slices that it is to run in. Throws `UsageError`. */
export function parseTier(name: string): { readonly tier: string; readonly slice: number | null } {
  const at = name.indexOf('@');
  if (at === -1) return { tier: name, slice: null };
  return { tier: name.slice(0, at), slice: whole('--tiers', name.slice(at + 1), 1) };
}

/** Throws `UsageError`. */
export function parseOptions(args: readonly string[]): Options {
  const { values, positionals } = parseCommandLine({
    args: [...args],
    allowPositionals: true,
    options: {
      tiers: { type: 'string' },
      corpus: { type: 'string', multiple: true },
      test262: { type: 'string', multiple: true },
      shard: { type: 'string' },
      suite: { type: 'string' },
      filter: { type: 'string', multiple: true },
      generate: { type: 'string' },
      seed: { type: 'string' },
      index: { type: 'string' },
      print: { type: 'boolean' },
      workers: { type: 'string' },
      timeout: { type: 'string' },
      json: { type: 'string' },
      ignore: { type: 'string', multiple: true },
      reduce: { type: 'string' },
      'reduce-seconds': { type: 'string' },
    },
  });
  const { tiers, wasmTiers } = parseTiers(values.tiers);
  const index = values.index === undefined ? null : whole('--index', values.index, 0);
  if (values.print === true && index === null) throw new UsageError('--print goes with --index');
  if (values.suite !== undefined && values.suite !== 'wasm')
    throw new UsageError(`there is no suite '${values.suite}'; there is wasm`);
  if (values.filter !== undefined && values.suite === undefined)
    throw new UsageError('--filter goes with --suite');
  return {
    tiers,
    wasmTiers,
    suiteFilters: values.suite === undefined ? null : (values.filter ?? []),
    corpora: values.corpus ?? [],
    test262: values.test262 ?? [],
    shard: values.shard === undefined ? null : parseShard(values.shard),
    files: positionals,
    generate: values.generate === undefined ? 0 : whole('--generate', values.generate, 1),
    seed: values.seed === undefined ? 1 : whole('--seed', values.seed, 0),
    index,
    prints: values.print ?? false,
    workers: values.workers === undefined ? availableParallelism() : whole('--workers', values.workers, 1),
    timeoutSeconds: values.timeout === undefined ? 20 : whole('--timeout', values.timeout, 1),
    json: values.json ?? null,
    ignored: (values.ignore ?? []).map(parseKind),
    reduce: values.reduce === undefined ? 5 : whole('--reduce', values.reduce, 0),
    reduceSeconds:
      values['reduce-seconds'] === undefined ? 60 : whole('--reduce-seconds', values['reduce-seconds'], 1),
  };
}

/** Tiers for programs and for WebAssembly: where none of a kind is named, those of every run. Throws `UsageError`. */
function parseTiers(text: string | undefined): { tiers: string[]; wasmTiers: string[] } {
  const named = names(text ?? '');
  const [all, pausable] = [
    [...TIERS, ...WASM_TIERS],
    [...PAUSABLE_TIERS, ...PAUSABLE_WASM_TIERS],
  ] as string[][];
  for (const name of named) {
    const { tier, slice } = parseTier(name);
    if (!all.includes(tier)) throw new UsageError(`there is no tier '${tier}'; there are ${all.join(', ')}`);
    if (slice !== null && !pausable.includes(tier))
      throw new UsageError(`tier '${tier}' does not run in slices; ${pausable.join(', ')} do`);
  }
  const isForWasm = (name: string): boolean => WASM_TIERS.includes(parseTier(name).tier);
  const tiers = named.filter((name) => !isForWasm(name));
  const wasmTiers = named.filter(isForWasm);
  if (tiers.length === 1 || wasmTiers.length === 1 || (text !== undefined && named.length === 0))
    throw new UsageError('--tiers wants two tiers at least for programs, or for WebAssembly');
  return {
    tiers: tiers.length === 0 ? [...TIERS] : tiers,
    wasmTiers: wasmTiers.length === 0 ? [...DEFAULT_WASM_TIERS] : wasmTiers,
  };
}

function parseKind(text: string): string {
  if (DIFFERENCE_KINDS.some((kind) => kind === text)) return text;
  throw new UsageError(`there is no kind of difference '${text}'; there are ${DIFFERENCE_KINDS.join(', ')}`);
}

function whole(option: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > 0x7fffffff) {
    throw new UsageError(`${option} wants a whole number from ${least} on, not '${text}'`);
  }
  return value;
}
