// `npm run bench`: every program on every engine, in processes of their own, in interleaved rounds; then the first
// second, realms and start-up. Exit status: 0 measured, 1 some engine failed or gave a wrong checksum, 2 the run could not
// be made.

import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { log, runCommand, UsageError, writeFile } from '../command.ts';
import { checkoutCommit } from '../conformance/runs.ts';
import { Child, pinningCommand } from './child.ts';
import { type EngineRow, engineRows } from './engine.ts';
import { type Clock, type Options, parseOptions, USAGE } from './options.ts';
import { type Program, readPrograms, selectPrograms } from './programs.ts';
import type { FirstAnswer, RealmsAnswer, SampleAnswer, StartAnswer } from './protocol.ts';
import { formatRun } from './report.ts';
import type { BenchRun, FirstCell, Missing, ProgramResult, StartupResult, SteadyCell } from './results.ts';
import { FORMAT, storeBenchRun, summarize } from './results.ts';
import { spreadOf } from './statistics.ts';

/** Where the checkout and the bundled files are; ci/bench.mjs knows. */
export interface Places {
  readonly checkout: string;
  readonly workerFile: string;
  readonly cliFile: string;
}

const TIMEOUT_MS = 90_000;
/** A sample that got less of the processor is taken again, at most so often. */
const LEAST_CPU_SHARE = 0.9;
const MOST_REPEATS = 2;

/** Runs the command and returns its exit status. */
export function main(args: readonly string[], places: Places): Promise<number> {
  return runCommand('bench', USAGE, args, () => new Session(parseOptions(args), places).conduct());
}

class Session {
  private readonly options: Options;
  private readonly places: Places;
  private readonly rows: readonly EngineRow[];
  private readonly programs: readonly Program[];
  private readonly isWhole: boolean;
  private readonly pinning: readonly string[];
  private readonly versions = new Map<string, string>();
  private failures = 0;

  constructor(options: Options, places: Places) {
    this.options = options;
    this.places = places;
    this.rows = chooseEngines(options.engines);
    const all = readPrograms(places.checkout);
    this.programs = selectPrograms(all, options.filters);
    if (this.programs.length === 0) throw new UsageError('no program is selected');
    this.isWhole =
      this.programs.length === all.length &&
      this.rows.length >= engineRows.filter(({ isExtra }) => !isExtra).length &&
      options.tables.length === 3;
    this.pinning = options.isPinned ? pinningCommand() : [];
  }

  async conduct(): Promise<number> {
    const { options, places } = this;
    const start = performance.now();
    const programs: ProgramResult[] = [];
    for (const [i, program] of this.programs.entries()) {
      log(`${i + 1}/${this.programs.length} ${program.group}/${program.name}`);
      programs.push({
        group: program.group,
        name: program.name,
        about: program.about,
        lines: program.source.trimEnd().split('\n').length,
        operation: program.operation,
        steady: options.tables.includes('steady') ? await this.steady(program) : {},
        first: options.tables.includes('first') ? await this.firstSecond(program) : {},
      });
    }
    const hasExtra = options.tables.includes('extra');
    const realms = hasExtra ? await this.realms() : {};
    const startup = hasExtra ? this.startup() : [];
    const engines = this.rows.map(({ name, tier }) => ({
      name,
      isReference: tier === null,
      version: this.versions.get(name) ?? '',
    }));
    const { rounds, targetMs, warmupMs, windowMs } = options;
    const run: BenchRun = {
      format: FORMAT,
      date: new Date().toISOString(),
      node: process.version,
      commit: checkoutCommit(places.checkout),
      processor: cpus()[0]?.model.trim() ?? 'unknown processor',
      isPinned: this.pinning.length > 0,
      isQuick: options.isQuick,
      isComplete: this.isWhole,
      settings: { rounds, clock: options.clock, targetMs, warmupMs, windowMs, realms: options.realms },
      seconds: Math.round((performance.now() - start) / 1000),
      engines,
      programs,
      realms,
      startup,
      summary: summarize(engines, programs),
    };
    process.stdout.write(formatRun(run));
    if (options.json !== null) {
      writeFile(options.json, `${JSON.stringify(run, null, 1)}\n`);
    }
    storeBenchRun(places.checkout, run);
    log(`${run.seconds} s`);
    return this.failures === 0 ? 0 : 1;
  }

  /** All engines are warmed up, then measured in turns, each round beginning with another one. */
  private async steady(program: Program): Promise<ProgramResult['steady']> {
    const { targetMs, warmupMs, rounds } = this.options;
    const cells: Record<string, SteadyCell | Missing> = {};
    const running: { row: EngineRow; child: Child; samples: SampleAnswer[] }[] = [];
    for (const row of this.rows) {
      const child = this.start(row);
      try {
        const request = { kind: 'start', engine: row.name, program, targetMs, warmupMs } as const;
        const { version, skipped } = await child.request<StartAnswer>(request, TIMEOUT_MS);
        this.versions.set(row.name, version);
        if (skipped === null) {
          running.push({ row, child, samples: [] });
          continue;
        }
        cells[row.name] = { skipped };
      } catch (error) {
        cells[row.name] = this.failure(row, program, error);
      }
      child.end();
    }
    for (let round = 0; round < rounds; round++)
      for (let turn = 0; turn < running.length; turn++) {
        const each = running[(round + turn) % running.length] as (typeof running)[number];
        if (cells[each.row.name] !== undefined) continue;
        try {
          const measure = () => each.child.request<SampleAnswer>({ kind: 'sample' }, TIMEOUT_MS);
          each.samples.push(await (this.options.clock === 'wall' ? undisturbed(measure) : measure()));
        } catch (error) {
          cells[each.row.name] = this.failure(each.row, program, error);
        }
      }
    for (const { row, child, samples } of running) {
      child.end();
      cells[row.name] ??= steadyCell(samples, this.options.clock);
    }
    return cells;
  }

  private async firstSecond(program: Program): Promise<ProgramResult['first']> {
    const { windowMs } = this.options;
    const cells: Record<string, FirstCell | Missing> = {};
    for (const row of this.rows) {
      try {
        const { skipped, count, firstMs, lastMs } = await undisturbed(async () => {
          const child = this.start(row);
          try {
            const request = { kind: 'first', engine: row.name, program, windowMs } as const;
            return await child.request<FirstAnswer>(request, TIMEOUT_MS);
          } finally {
            child.end();
          }
        });
        cells[row.name] = skipped === null ? { count, firstMs, lastMs } : { skipped };
      } catch (error) {
        cells[row.name] = this.failure(row, program, error);
      }
    }
    return cells;
  }

  private async realms(): Promise<BenchRun['realms']> {
    const cells: Record<string, RealmsAnswer | Missing> = {};
    for (const row of this.rows.filter(({ hasRealms }) => hasRealms)) {
      log(`realms of ${row.name}`);
      const child = this.start(row, ['--expose-gc']);
      const request = { kind: 'realms', engine: row.name, count: this.options.realms } as const;
      try {
        cells[row.name] = await child.request<RealmsAnswer>(request, TIMEOUT_MS);
      } catch (error) {
        cells[row.name] = this.failure(row, null, error);
      }
      child.end();
    }
    return cells;
  }

  /** Whole processes in turns; the first command is what the others are compared with. */
  private startup(): StartupResult[] {
    const commands = [
      { command: 'node -e 1', args: ['-e', '1'] },
      ...this.rows.flatMap(({ tier }) =>
        tier === null
          ? []
          : [
              {
                command: `kataan --tier ${tier} -e 1`,
                args: [this.places.cliFile, '--tier', tier, '-e', '1'],
              },
            ],
      ),
    ].map((each) => ({ ...each, samples: [] as number[] }));
    log('start-up');
    for (let round = -1; round < this.options.startupRuns; round++)
      for (const { args, samples, command } of commands) {
        const [program, ...before] = [...this.pinning, process.execPath];
        const start = performance.now();
        const { status } = spawnSync(program as string, [...before, ...args], { stdio: 'ignore' });
        const ms = performance.now() - start;
        if (status !== 0) throw new Error(`${command} ended with ${status}`);
        if (round >= 0) samples.push(ms); // The first round fills the disk cache.
      }
    return commands.map(({ command, samples }) => ({ command, ...spreadOf(samples), samples }));
  }

  private start(row: EngineRow, flags: readonly string[] = []): Child {
    return new Child(this.pinning, [...row.nodeFlags, ...flags], this.places.workerFile);
  }

  private failure(row: EngineRow, program: Program | null, error: unknown): Missing {
    this.failures++;
    const failed = error instanceof Error ? error.message : String(error);
    log(`${row.name}${program === null ? '' : `, ${program.name}`}: ${failed}`);
    return { failed };
  }
}

function chooseEngines(names: readonly string[]): readonly EngineRow[] {
  for (const name of names)
    if (!engineRows.some((row) => row.name === name))
      throw new UsageError(
        `there is no engine '${name}'; there are ${engineRows.map((row) => row.name).join(', ')}`,
      );
  return engineRows.filter(({ name, isExtra }) => (names.length === 0 ? !isExtra : names.includes(name)));
}

/** Measures again when others had the processor; gives the best of the attempts. */
async function undisturbed<T extends { readonly cpuShare: number }>(measure: () => Promise<T>): Promise<T> {
  let best = await measure();
  for (let i = 0; i < MOST_REPEATS && best.cpuShare < LEAST_CPU_SHARE; i++) {
    const again = await measure();
    if (again.cpuShare > best.cpuShare) best = again;
  }
  return best;
}

function steadyCell(answers: readonly SampleAnswer[], clock: Clock): SteadyCell {
  const samples = answers.map(
    ({ ms, units, cpuShare }) => (1000 * ms * (clock === 'processor' ? cpuShare : 1)) / units,
  );
  return {
    ...spreadOf(samples),
    samples,
    units: answers.at(-1)?.units ?? 0,
    cpuShare: Math.min(...answers.map(({ cpuShare }) => cpuShare)),
  };
}
