// A finished run as data: what `--json` writes, what `.runs/bench/` keeps and the dashboard reads. README.md documents
// the fields. What can be computed from the samples is in the file too, so that its readers need no statistics.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepRun, keptRuns } from '../kept-runs.ts';
import type { Clock } from './options.ts';
import type { Group } from './programs.ts';
import { GROUPS } from './programs.ts';
import type { RealmsAnswer } from './protocol.ts';
import { geometricMean, type Spread } from './statistics.ts';

export const FORMAT = 1;

/** The engines that ratios are taken to. */
export const QUICKJS = 'quickjs-emscripten';
export const HOST = 'host-v8';

/** Why there is no number. */
export interface Missing {
  readonly skipped?: string;
  readonly failed?: string;
}

/** Microseconds of a unit. */
export interface SteadyCell extends Spread {
  readonly samples: readonly number[];
  /** Units of the last timed call. */
  readonly units: number;
  /** The least share of the processor that a sample got. */
  readonly cpuShare: number;
}

export interface FirstCell {
  /** Units completed in the window. */
  readonly count: number;
  /** From the text of the program to the end of its first unit, and of the last one that was counted. */
  readonly firstMs: number;
  readonly lastMs: number;
}

export interface ProgramResult {
  readonly group: Group;
  readonly name: string;
  readonly about: string;
  readonly lines: number;
  readonly operation: { readonly count: number; readonly name: string } | null;
  /** By engine; an engine that was not asked is absent. */
  readonly steady: Readonly<Record<string, SteadyCell | Missing>>;
  readonly first: Readonly<Record<string, FirstCell | Missing>>;
}

export interface EngineHead {
  readonly name: string;
  readonly isReference: boolean;
  readonly version: string;
}

/** Milliseconds from start to end of a process. */
export interface StartupResult extends Spread {
  readonly command: string;
  readonly samples: readonly number[];
}

export interface SummaryRow {
  readonly engine: string;
  readonly table: 'steady' | 'first';
  readonly group: Group | 'all';
  /** Geometric means of how many times slower than the reference; null without common programs. */
  readonly toQuickjs: number | null;
  readonly toHost: number | null;
  /** The program that is furthest behind QuickJS. */
  readonly worst: { readonly name: string; readonly toQuickjs: number } | null;
  readonly programs: number;
}

export interface BenchRun {
  readonly format: typeof FORMAT;
  readonly date: string;
  readonly node: string;
  readonly commit: string;
  readonly processor: string;
  readonly isPinned: boolean;
  readonly isQuick: boolean;
  /** Whether every engine ran every program in every table. */
  readonly isComplete: boolean;
  readonly settings: {
    readonly rounds: number;
    readonly clock: Clock;
    readonly targetMs: number;
    readonly warmupMs: number;
    readonly windowMs: number;
    readonly realms: number;
  };
  readonly seconds: number;
  readonly engines: readonly EngineHead[];
  readonly programs: readonly ProgramResult[];
  readonly realms: Readonly<Record<string, RealmsAnswer | Missing>>;
  readonly startup: readonly StartupResult[];
  readonly summary: readonly SummaryRow[];
}

export function isMeasured<T extends object>(cell: T | Missing | undefined): cell is T {
  return cell !== undefined && !('skipped' in cell) && !('failed' in cell);
}

/** What ratios are taken of: the time of a unit, warm or as it was on average in the first second. */
export function costOf(program: ProgramResult, table: 'steady' | 'first', engine: string): number | null {
  if (table === 'steady') {
    const cell = program.steady[engine];
    return isMeasured(cell) ? cell.median : null;
  }
  const cell = program.first[engine];
  if (!isMeasured(cell)) return null;
  return cell.lastMs / Math.max(1, cell.count);
}

/** How many times slower an engine is than another, or null when one of them has no number. */
export function ratioOf(
  program: ProgramResult,
  table: 'steady' | 'first',
  engine: string,
  reference: string,
): number | null {
  const own = costOf(program, table, engine);
  const other = costOf(program, table, reference);
  return own === null || other === null ? null : own / other;
}

/** Geometric means and worst programs, by engine, table and group. */
export function summarize(engines: readonly EngineHead[], programs: readonly ProgramResult[]): SummaryRow[] {
  const rows: SummaryRow[] = [];
  for (const table of ['steady', 'first'] as const)
    for (const { name: engine } of engines)
      for (const group of [...GROUPS, 'all'] as const) {
        const members = programs.filter(
          (program) =>
            (group === 'all' || program.group === group) && costOf(program, table, engine) !== null,
        );
        if (members.length === 0) continue;
        const ratios = (reference: string): { name: string; ratio: number }[] =>
          members.flatMap((program) => {
            const ratio = ratioOf(program, table, engine, reference);
            return ratio === null ? [] : [{ name: program.name, ratio }];
          });
        const toQuickjs = ratios(QUICKJS);
        const worst = toQuickjs.reduce<{ name: string; ratio: number } | null>(
          (best, each) => (best === null || each.ratio > best.ratio ? each : best),
          null,
        );
        rows.push({
          engine,
          table,
          group,
          toQuickjs: geometricMean(toQuickjs.map(({ ratio }) => ratio)),
          toHost: geometricMean(ratios(HOST).map(({ ratio }) => ratio)),
          worst: worst === null ? null : { name: worst.name, toQuickjs: worst.ratio },
          programs: members.length,
        });
      }
  return rows;
}

const FOLDER = '.runs/bench';

/** Keeps a run under `.runs/bench/`, and only the newest few; quick runs and runs of a part are told apart. */
export function storeBenchRun(checkout: string, run: BenchRun): string {
  const isWhole = run.isComplete && !run.isQuick;
  return keepRun(join(checkout, FOLDER), { ...run, isWhole }, `${JSON.stringify(run)}\n`);
}

/** The kept runs of this format: whole ones first, newest first. */
export function storedBenchRuns(checkout: string): BenchRun[] {
  return keptRuns(join(checkout, FOLDER))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as BenchRun)
    .filter(({ format }) => format === FORMAT);
}
