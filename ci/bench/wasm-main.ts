// `npm run bench -- --suite wasm`: kernels in WebAssembly on our interpreter and the host, in processes of their own, in
// interleaved rounds; the median of the rounds counts. Exit status: 0 measured, 1 a wrong result, 2 wrong usage.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { geometricMean, medianOf } from './statistics.ts';
import { readKernels } from './wasm-kernels.ts';
import type { KernelSample } from './wasm-worker.ts';

const USAGE = `npm run bench -- --suite wasm [options]
  --rounds N     processes of each engine (default 3)
  --quick        one round of 100 ms
  --filter WORD  only kernels whose name contains the word
  --json FILE    write the medians to this file
`;

const ENGINES = ['wasm-interpreter', 'host-v8', 'host-v8-liftoff'] as const;

/** Measures and prints the table; returns the exit status. */
export function conductWasmBench(args: readonly string[], checkout: string, workerFile: string): number {
  let values: { rounds?: string; quick?: boolean; filter?: string; json?: string };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        suite: { type: 'string' },
        rounds: { type: 'string' },
        quick: { type: 'boolean' },
        filter: { type: 'string' },
        json: { type: 'string' },
      },
    }));
  } catch (error) {
    process.stderr.write(`bench: ${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  const rounds = values.quick ? 1 : Number(values.rounds ?? 3);
  const filter = values.filter ?? '';
  const kernels = readKernels(checkout).filter(({ name }) => name.includes(filter));
  if (kernels.length === 0 || !(Number.isInteger(rounds) && rounds > 0)) {
    process.stderr.write(`bench: no kernel is selected, or no rounds\n\n${USAGE}`);
    return 2;
  }
  const samples = new Map<string, number[]>();
  let wrong = 0;
  for (let round = 0; round < rounds; round++)
    for (const engine of ENGINES)
      for (const { name, callMs, result } of runWorker(
        engine,
        workerFile,
        checkout,
        values.quick ? 100 : 400,
        filter,
      )) {
        const expected = kernels.find((kernel) => kernel.name === name)?.expect;
        if (result !== expected) {
          wrong++;
          process.stderr.write(`bench: ${name} on ${engine} gave ${result}, not ${expected}\n`);
        }
        const key = `${engine} ${name}`;
        samples.set(key, [...(samples.get(key) ?? []), callMs]);
      }
  const rows = kernels.map(({ name }) => ({
    name,
    ms: ENGINES.map((engine) => medianOf(samples.get(`${engine} ${name}`) ?? [])),
  }));
  process.stdout.write(formatTable(rows));
  if (values.json !== undefined)
    writeFileSync(
      values.json,
      `${JSON.stringify({ node: process.version, rounds, engines: ENGINES, rows }, null, 1)}\n`,
    );
  return wrong === 0 ? 0 : 1;
}

function runWorker(
  engine: string,
  file: string,
  checkout: string,
  targetMs: number,
  filter: string,
): KernelSample[] {
  const flags = engine === 'host-v8-liftoff' ? ['--liftoff-only'] : [];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, file, engine, checkout, String(targetMs), filter],
    { encoding: 'utf8', timeout: 600_000 },
  );
  if (status !== 0) throw new Error(`the process of ${engine} ended with status ${status}: ${stderr}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as KernelSample);
}

interface KernelRow {
  readonly name: string;
  /** Of a call, per engine. */
  readonly ms: readonly number[];
}

/** Milliseconds of a call, and how many times slower than the host. */
export function formatTable(rows: readonly KernelRow[]): string {
  const ratio = ({ ms }: KernelRow, i: number): number => (ms[0] as number) / (ms[i] as number);
  const mean = (i: number): string => `${geometricMean(rows.map((row) => ratio(row, i)))?.toFixed(1)}`;
  const lines = [
    ['kernel', ...ENGINES.map((engine) => `${engine} ms`), 'to v8', 'to liftoff'],
    ...rows.map((row) => [
      row.name,
      ...row.ms.map((each) => each.toPrecision(3)),
      ratio(row, 1).toFixed(1),
      ratio(row, 2).toFixed(1),
    ]),
    ['geometric mean', '', '', '', mean(1), mean(2)],
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
