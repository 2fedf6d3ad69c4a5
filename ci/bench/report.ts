// The tables that end a run, as text.

import { GROUPS } from './programs.ts';
import type { BenchRun, Missing, ProgramResult } from './results.ts';
import { HOST, isMeasured, QUICKJS, ratioOf } from './results.ts';

/** Everything that `npm run bench` prints. */
export function formatRun(run: BenchRun): string {
  const { settings } = run;
  const head =
    `Kataan benchmark, ${run.date.slice(0, 16).replace('T', ' ')} UTC, node ${run.node}, commit ` +
    `${run.commit === 'none' ? 'none' : run.commit.slice(0, 8) + (run.commit.endsWith('+') ? '+' : '')}, ` +
    `${run.processor}${run.isPinned ? ', pinned to one processor' : ''}${run.isQuick ? ', QUICK' : ''}`;
  const versions = run.engines.map(({ name, version }) => `${name}: ${version}`).join('; ');
  const sections = [`${head}\n${versions}`];
  if (run.programs.some(({ steady }) => Object.keys(steady).length > 0))
    sections.push(
      `Microseconds of a unit: median of ${settings.rounds} rounds of about ${settings.targetMs} ms, ` +
        `${settings.clock === 'processor' ? 'of processor time, ' : ''}± half the distance of the quartiles;\n/qjs and /V8: times slower than ${QUICKJS} and ${HOST}`,
      programTable(run, 'steady'),
      summaryLines(run, 'steady'),
    );
  if (run.programs.some(({ first }) => Object.keys(first).length > 0))
    sections.push(
      `The first second: units completed by a fresh process in ${settings.windowMs} ms from the text of the program;\n` +
        `/qjs and /V8: times slower up to the last unit completed`,
      programTable(run, 'first'),
      summaryLines(run, 'first'),
    );
  sections.push(...extraSections(run));
  return `${sections.filter(Boolean).join('\n\n')}\n`;
}

/** Three digits, and separators of thousands. */
export function formatNumber(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  if (value >= 10) return value.toFixed(1);
  return value >= 1 ? value.toFixed(2) : value.toFixed(3);
}

function formatRatio(ratio: number | null): string {
  return ratio === null ? '' : formatNumber(ratio);
}

/** Rows of equal length; the first column to the left, the others to the right. An empty row becomes a blank line. */
export function alignTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[i] as number)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function referencesOf(run: BenchRun, engine: string): string[] {
  return [QUICKJS, HOST].filter(
    (reference) => reference !== engine && run.engines.some(({ name }) => name === reference),
  );
}

function programTable(run: BenchRun, table: 'steady' | 'first'): string {
  const label = (reference: string): string => (reference === QUICKJS ? '/qjs' : '/V8');
  const rows: string[][] = [
    [
      '',
      ...run.engines.flatMap(({ name }) => [
        name,
        ...(table === 'steady' ? ['±'] : []),
        ...referencesOf(run, name).map(label),
      ]),
    ],
  ];
  for (const program of run.programs)
    rows.push([
      program.name,
      ...run.engines.flatMap(({ name }) => [
        ...numberCells(program, table, name),
        ...referencesOf(run, name).map((reference) => formatRatio(ratioOf(program, table, name, reference))),
      ]),
    ]);
  for (const group of [...GROUPS, 'all'] as const) {
    if (!run.summary.some((row) => row.table === table && row.group === group)) continue;
    rows.push([
      `geometric mean, ${group}`,
      ...run.engines.flatMap(({ name }) => {
        const row = run.summary.find(
          (each) => each.table === table && each.group === group && each.engine === name,
        );
        return [
          ...(table === 'steady' ? ['', ''] : ['']),
          ...referencesOf(run, name).map((reference) =>
            formatRatio((reference === QUICKJS ? row?.toQuickjs : row?.toHost) ?? null),
          ),
        ];
      }),
    ]);
  }
  return alignTable(rows);
}

function numberCells(program: ProgramResult, table: 'steady' | 'first', engine: string): string[] {
  if (table === 'steady') {
    const cell = program.steady[engine];
    if (!isMeasured(cell)) return [missingText(cell), ''];
    return [formatNumber(cell.median), `${(100 * cell.spread).toFixed(cell.spread < 0.0995 ? 1 : 0)}%`];
  }
  const cell = program.first[engine];
  return [isMeasured(cell) ? cell.count.toLocaleString('en') : missingText(cell)];
}

function missingText(cell: Missing | undefined): string {
  if (cell === undefined) return '';
  return cell.failed === undefined ? 'skipped' : 'FAILED';
}

/** One line a tier, and one for every number that is missing. */
function summaryLines(run: BenchRun, table: 'steady' | 'first'): string {
  const lines: string[] = [];
  for (const { engine, group, toQuickjs, worst, programs } of run.summary.filter(
    (row) => row.table === table,
  )) {
    const isTier = run.engines.some(({ name, isReference }) => name === engine && !isReference);
    if (!isTier || toQuickjs === null || worst === null) continue;
    lines.push(
      `${engine}, ${group} (${programs}): ${formatRatio(toQuickjs)} times ${QUICKJS}; ` +
        `furthest behind ${formatRatio(worst.toQuickjs)} times (${worst.name})`,
    );
  }
  for (const program of run.programs)
    for (const [engine, cell] of Object.entries(program[table])) {
      const reason = (cell as Missing).failed ?? (cell as Missing).skipped;
      if (reason !== undefined)
        lines.push(
          `${(cell as Missing).failed === undefined ? 'skipped' : 'FAILED'}: ${program.name}, ${engine}: ${reason}`,
        );
    }
  return lines.join('\n');
}

function extraSections(run: BenchRun): string[] {
  const sections: string[] = [];
  const withOperation = run.programs.filter(
    ({ operation, steady }) => operation !== null && Object.keys(steady).length > 0,
  );
  if (withOperation.length > 0)
    sections.push(
      alignTable([
        ['Nanoseconds, the loop around it included', ...run.engines.map(({ name }) => name)],
        ...withOperation.map((program) => [
          program.operation?.name ?? '',
          ...run.engines.map(({ name }) => {
            const cell = program.steady[name];
            return isMeasured(cell)
              ? formatNumber((1000 * cell.median) / (program.operation?.count ?? 1))
              : missingText(cell);
          }),
        ]),
      ]),
    );
  const realms = Object.entries(run.realms);
  if (realms.length > 0)
    sections.push(
      alignTable([
        [`Realms, ${run.settings.realms} kept alive`, 'ms', 'KB each', 'first script ms', 'KB each with it'],
        ...realms.map(([engine, cell]) =>
          isMeasured(cell)
            ? [engine, ...[cell.createMs, cell.createKb, cell.firstScriptMs, cell.usedKb].map(formatNumber)]
            : [engine, missingText(cell), '', '', cell.failed ?? ''],
        ),
      ]),
    );
  const [plain] = run.startup;
  if (plain !== undefined)
    sections.push(
      alignTable([
        ['Start to end of a process', 'ms', '±', 'over node'],
        ...run.startup.map(({ command, median, spread }) => [
          command,
          formatNumber(median),
          `${(100 * spread).toFixed(1)}%`,
          formatNumber(median - plain.median),
        ]),
      ]),
    );
  return sections;
}
