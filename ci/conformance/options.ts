// The command line of `npm run conformance`, shared by all suites.

import { availableParallelism } from 'node:os';
import { names, parseCommandLine, UsageError } from '../command.ts';
import { REPORT_FORMATS, type ReportFormat } from './feature-report.ts';
import { parseShard, type Shard } from './selection.ts';

export interface Options {
  readonly suite: string;
  /** Empty: those that the suite takes by itself. */
  readonly tiers: readonly string[];
  readonly filters: readonly string[];
  readonly list: string | null;
  readonly sample: number | null;
  readonly seed: number;
  readonly shard: Shard | null;
  readonly workers: number;
  readonly timeoutSeconds: number;
  readonly json: string | null;
  readonly html: string | null;
  readonly updateExpectations: boolean;
  readonly record: boolean;
  readonly from: readonly string[];
  /** Print what the kept runs say of feature tags, and run nothing. */
  readonly features: boolean;
  readonly format: ReportFormat;
}

export const USAGE = `npm run conformance -- [options]
  --suite NAME            test262 (the default); wasm, wasm-js-api, which know --filter, --json, --update-expectations (the latter --tier, --timeout)
  --tier NAME[,NAME]      tiers or reference engines to run (default: bytecode-vm; of wasm: wasm-interpreter)
  --filter GLOB           only these tests; may be repeated
  --list FILE             only the tests listed, one path a line
  --sample N              a random sample of N tests (--seed S for another one)
  --shard I/N             the I-th of N parts
  --workers N             worker processes (default: one a processor)
  --timeout S             seconds before a scenario is killed (default 10; six times that if known to be slow)
  --json FILE             write every scenario's outcome
  --html DIR              write the dashboard
  --from FILE[,FILE]      with --html or --features: take the runs from these JSON files and run nothing
  --features              print rates by stage and the features below 100%, from the kept runs (--tier: of these tiers)
  --format FORMAT         of --features and of the table of --suite wasm: text (the default), markdown, json
  --update-expectations   rewrite ci/expectations/ for the tests of this run
  --record                write reports/runs/SUITE-TIER.json (only for a run of the whole suite)`;

/** Throws `UsageError`. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseCommandLine({
    args: [...args],
    options: {
      suite: { type: 'string' },
      tier: { type: 'string' },
      filter: { type: 'string', multiple: true },
      list: { type: 'string' },
      sample: { type: 'string' },
      seed: { type: 'string' },
      shard: { type: 'string' },
      workers: { type: 'string' },
      timeout: { type: 'string' },
      json: { type: 'string' },
      html: { type: 'string' },
      from: { type: 'string' },
      'update-expectations': { type: 'boolean' },
      record: { type: 'boolean' },
      features: { type: 'boolean' },
      format: { type: 'string' },
    },
  });
  return {
    suite: values.suite ?? 'test262',
    tiers: names(values.tier ?? ''),
    filters: values.filter ?? [],
    list: values.list ?? null,
    sample: values.sample === undefined ? null : positive('--sample', values.sample),
    seed: values.seed === undefined ? 262 : positive('--seed', values.seed),
    shard: values.shard === undefined ? null : parseShard(values.shard),
    workers: values.workers === undefined ? availableParallelism() : positive('--workers', values.workers),
    timeoutSeconds: values.timeout === undefined ? 10 : positive('--timeout', values.timeout),
    json: values.json ?? null,
    html: values.html ?? null,
    updateExpectations: values['update-expectations'] ?? false,
    record: values.record ?? false,
    from: values.from === undefined ? [] : names(values.from),
    features: values.features ?? false,
    format: parseFormat(values.format ?? 'text'),
  };
}

function parseFormat(text: string): ReportFormat {
  const format = REPORT_FORMATS.find((each) => each === text);
  if (format === undefined)
    throw new UsageError(`--format wants one of ${REPORT_FORMATS.join(', ')}, not '${text}'`);
  return format;
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (!(value > 0) || (option !== '--timeout' && !Number.isInteger(value)))
    throw new UsageError(`${option} wants a positive number, not '${text}'`);
  return value;
}
