// `npm run bench -- --suite wasm`: kernels in WebAssembly, and instances of large modules, on our interpreter and others, in
// processes of their own, in interleaved rounds; the median of the rounds counts. Exit status: 0 measured, 1 a wrong
// result, 2 wrong usage.

import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseCommandLine, runCommand, UsageError } from '../command.ts';
import { geometricMean, medianOf } from './statistics.ts';
import { ENGINE_FLAGS, type EngineName, KERNEL_ENGINES, MODULE_ENGINES } from './wasm-engines.ts';
import { readKernels } from './wasm-kernels.ts';
import { importStubs, readModules } from './wasm-modules.ts';
import type { KernelSample, ModuleSample, Translation } from './wasm-worker.ts';

const USAGE = `npm run bench -- --suite wasm [options]
  --rounds N     processes of each engine (default 3)
  --quick        one round of 100 ms
  --filter WORD  only kernels and modules whose name contains the word
  --json FILE    write the medians to this file`;

/** A wrong result of these is theirs to answer for: there is no time then. */
const TRANSLATORS: ReadonlySet<EngineName> = new Set(['wasm2js', 'polywasm']);

/** Runs the command and returns its exit status. */
export function conductWasmBench(
  args: readonly string[],
  checkout: string,
  workerFile: string,
): Promise<number> {
  return runCommand('bench', USAGE, args, () => measure(args, checkout, workerFile));
}

/** Measures and prints the table; returns the exit status. */
function measure(args: readonly string[], checkout: string, workerFile: string): number {
  const { values } = parseCommandLine({
    args: [...args],
    options: {
      suite: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean' },
      filter: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const rounds = values.quick ? 1 : Number(values.rounds ?? 3);
  const filter = values.filter ?? '';
  const kernels = readKernels(checkout).filter(({ name }) => name.includes(filter));
  const modules = readModules(checkout).filter(({ name }) => name.includes(filter));
  if (!(Number.isInteger(rounds) && rounds > 0))
    throw new UsageError(`--rounds wants a positive number, not '${values.rounds}'`);
  if (kernels.length + modules.length === 0) throw new UsageError('no kernel or module is selected');
  const targetMs = values.quick ? 100 : 400;
  const times = new Samples();
  const translations = kernels.length > 0 ? translate(workerFile, checkout, filter) : '';
  let wrong = 0;
  for (let round = 0; round < rounds; round++) {
    for (const engine of kernels.length > 0 ? KERNEL_ENGINES : [])
      for (const sample of runWorker<KernelSample>(
        workerFile,
        'kernels',
        engine,
        checkout,
        targetMs,
        filter,
        translations,
      )) {
        if ('refusal' in sample) {
          times.refuse(engine, sample.name, sample.refusal);
          continue;
        }
        const expected = kernels.find(({ name }) => name === sample.name)?.expect;
        if (sample.result !== expected) {
          const mistake = `gives ${sample.result}, not ${expected}`;
          if (TRANSLATORS.has(engine)) {
            times.refuse(engine, sample.name, mistake);
            continue;
          }
          wrong++;
          process.stderr.write(`bench: ${sample.name} on ${engine} ${mistake}\n`);
        }
        times.add(engine, sample.name, sample.callMs);
      }
    for (const { name, bytes } of modules)
      for (const engine of MODULE_ENGINES) {
        const stubs = JSON.stringify(importStubs(bytes));
        const [sample] = runWorker<ModuleSample>(
          workerFile,
          'module',
          engine,
          checkout,
          targetMs,
          name,
          stubs,
        );
        if (sample === undefined) throw new Error(`the process of ${engine} gave no sample of ${name}`);
        if ('refusal' in sample) {
          for (const when of ['first', 'again']) times.refuse(engine, `${name}, ${when}`, sample.refusal);
          continue;
        }
        times.add(engine, `${name}, first`, sample.firstMs);
        times.add(engine, `${name}, again`, sample.againMs);
      }
  }
  if (translations !== '') rmSync(translations);
  const kernelRows = times.rows(
    KERNEL_ENGINES,
    kernels.map(({ name }) => name),
  );
  const moduleRows = times.rows(
    MODULE_ENGINES,
    modules.flatMap(({ name }) => [`${name}, first`, `${name}, again`]),
  );
  if (kernels.length > 0) process.stdout.write(formatTable('kernel', KERNEL_ENGINES, kernelRows));
  if (modules.length > 0) {
    process.stdout.write(kernels.length > 0 ? '\n' : '');
    process.stdout.write(formatTable('instance', MODULE_ENGINES, moduleRows));
  }
  process.stdout.write(times.legend());
  if (values.json !== undefined)
    writeFileSync(
      values.json,
      `${JSON.stringify(
        {
          node: process.version,
          rounds,
          kernels: { engines: KERNEL_ENGINES, rows: kernelRows },
          instances: { engines: MODULE_ENGINES, rows: moduleRows },
        },
        null,
        1,
      )}\n`,
    );
  return wrong === 0 ? 0 : 1;
}

/** Translates the kernels to JavaScript and gives the file with the translations. */
function translate(workerFile: string, checkout: string, filter: string): string {
  const file = join(dirname(workerFile), `translations.${process.pid}.json`);
  const texts = runWorker<Translation>(workerFile, 'translate', 'wasm2js', checkout, 0, filter);
  writeFileSync(file, JSON.stringify(texts));
  return file;
}

function runWorker<Sample>(
  file: string,
  task: 'kernels' | 'module' | 'translate',
  engine: EngineName,
  checkout: string,
  targetMs: number,
  ...more: readonly string[]
): Sample[] {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...ENGINE_FLAGS[engine], file, task, engine, checkout, String(targetMs), ...more],
    { encoding: 'utf8', timeout: 600_000 },
  );
  if (status !== 0) throw new Error(`the process of ${engine} ended with status ${status}: ${stderr}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Sample);
}

/** What was measured, in milliseconds, and what was refused. */
class Samples {
  private readonly times = new Map<string, number[]>();
  private readonly refusals = new Map<string, Set<string>>();

  add(engine: EngineName, name: string, ms: number): void {
    const key = `${engine} ${name}`;
    this.times.set(key, [...(this.times.get(key) ?? []), ms]);
  }

  refuse(engine: EngineName, name: string, why: string): void {
    const line = `${engine}: ${why}`;
    this.refusals.set(line, (this.refusals.get(line) ?? new Set()).add(name));
  }

  rows(engines: readonly EngineName[], names: readonly string[]): BenchRow[] {
    return names.map((name) => ({
      name,
      ms: engines.map((engine) => {
        const samples = this.times.get(`${engine} ${name}`);
        return samples === undefined ? null : medianOf(samples);
      }),
    }));
  }

  /** Why there is a dash instead of a time. */
  legend(): string {
    return [...this.refusals].map(([why, names]) => `— ${[...names].join('; ')} on ${why}\n`).join('');
  }
}

interface BenchRow {
  readonly name: string;
  /** Per engine; null: it refused. */
  readonly ms: readonly (number | null)[];
}

/** Milliseconds, and how many times slower the first engine is than each other. */
export function formatTable(title: string, engines: readonly string[], rows: readonly BenchRow[]): string {
  const others = engines.slice(1).map((_, i) => i + 1);
  const ratio = ({ ms }: BenchRow, i: number): number | null => {
    const [own, other] = [ms[0], ms[i]];
    return own == null || other == null ? null : own / other;
  };
  const shown = (value: number | null, text: (value: number) => string): string =>
    value === null ? '—' : text(value);
  const lines = [
    [title, ...engines.map((engine) => `${engine} ms`), ...others.map((i) => `to ${engines[i]}`)],
    ...rows.map((row) => [
      row.name,
      ...row.ms.map((each) => shown(each, (ms) => ms.toPrecision(3))),
      ...others.map((i) => shown(ratio(row, i), (value) => value.toFixed(1))),
    ]),
    [
      'geometric mean',
      ...engines.map(() => ''),
      ...others.map((i) => {
        const all = rows.map((row) => ratio(row, i)).filter((value) => value !== null);
        return shown(geometricMean(all), (value) => value.toFixed(1));
      }),
    ],
  ];
  const widths = (lines[0] as string[]).map((_, i) =>
    Math.max(...lines.map((line) => (line[i] as string).length)),
  );
  return lines
    .map((line) =>
      line
        .map((text, i) => (i === 0 ? text.padEnd(widths[i] as number) : text.padStart(widths[i] as number)))
        .join('  '),
    )
    .map((line) => `${line}\n`)
    .join('');
}
