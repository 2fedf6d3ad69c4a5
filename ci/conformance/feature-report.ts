// `npm run conformance -- --features`: what the kept runs say of every `features:` tag, by stage, as text, Markdown or JSON.
// A file counts as passed when each of its scenarios in the run did.

import type { FeatureStage } from './feature-stages.ts';
import { stageTitle } from './feature-stages.ts';
import { type FeatureInfo, featureInfo } from './features.ts';
import type { Run } from './runs.ts';
import { percentage } from './runs.ts';
import type { TestInfo } from './scenarios.ts';

export type ReportFormat = 'text' | 'markdown' | 'json';
export const REPORT_FORMATS: readonly ReportFormat[] = ['text', 'markdown', 'json'];

export interface Tally {
  passed: number;
  total: number;
}

export interface Rate {
  readonly files: Tally;
  readonly scenarios: Tally;
}

export interface FeatureRate {
  readonly tag: string;
  readonly stage: FeatureStage;
  readonly edition: string;
  /** Files of the suite that have the tag, in a run or not. */
  readonly files: number;
  /** In the order of the runs. */
  readonly rates: readonly Rate[];
}

export interface StageRate {
  readonly title: string;
  readonly tags: number;
  readonly files: number;
  readonly rates: readonly Rate[];
}

export interface FeatureReport {
  readonly runs: readonly Omit<Run, 'scenarios'>[];
  readonly stages: readonly StageRate[];
  readonly features: readonly FeatureRate[];
}

const LATEST_FIRST: readonly string[] = ['2.7', '3', '4', 'host', 'unlisted'];

/** `tests` are all of the suite; `known` what features.txt lists. */
export function reportFeatures(
  runs: readonly Run[],
  tests: ReadonlyMap<string, TestInfo>,
  known: ReadonlyMap<string, FeatureInfo>,
): FeatureReport {
  const byTag = new Map<string, Set<string>>([...known.keys()].map((tag) => [tag, new Set()]));
  for (const test of tests.values())
    for (const tag of test.features) {
      const paths = byTag.get(tag) ?? new Set();
      byTag.set(tag, paths.add(test.path));
    }
  const results = runs.map(resultsByPath);
  const rates = (paths: Iterable<string>): Rate[] => {
    const all = [...paths];
    return results.map((byPath) => rateOf(byPath, all));
  };
  const features = [...byTag].map(([tag, paths]) => {
    const { stage, edition } = featureInfo(known, tag);
    return { tag, stage, edition, files: paths.size, rates: rates(paths) };
  });
  features.sort((a, b) => compareStages(a, b) || (a.tag < b.tag ? -1 : 1));
  const groups = groupByTitle(features);
  const stages = [...groups].map(([title, group]) => {
    const paths = new Set(group.flatMap(({ tag }) => [...(byTag.get(tag) as Set<string>)]));
    return { title, tags: group.length, files: paths.size, rates: rates(paths) };
  });
  return { runs: runs.map(({ scenarios, ...head }) => head), stages, features };
}

export function formatFeatures(report: FeatureReport, format: ReportFormat): string {
  if (format === 'json') return `${JSON.stringify(report, null, 1)}\n`;
  const table = format === 'markdown' ? markdownTable : textTable;
  const heading = (text: string): string => (format === 'markdown' ? `### ${text}\n\n` : `${text}\n\n`);
  const runHeads = report.runs.flatMap(({ tier }) => [`${tier} files`, 'scenarios', 'passed']);
  const runCells = (rates: readonly Rate[]): string[] =>
    rates.flatMap(({ files, scenarios }) => [
      `${files.passed}/${files.total}`,
      `${scenarios.passed}/${scenarios.total}`,
      percentage(scenarios.passed, scenarios.total),
    ]);
  const about = report.runs.map(
    ({ tier, commit, date, node, isComplete, suiteCommit }) =>
      `${tier}: commit ${commit.slice(0, 8)}, ${date.slice(0, 16).replace('T', ' ')} UTC, node ${node}, Test262 ${suiteCommit.slice(0, 8)}${
        isComplete ? '' : '; a part of the suite only'
      }`,
  );
  const below = report.features.filter(({ rates }) =>
    rates.some(({ scenarios }) => scenarios.passed < scenarios.total),
  );
  const untested = report.features.filter(({ files }) => files === 0);
  return [
    `${about.map((line) => (format === 'markdown' ? `- ${line}` : line)).join('\n')}\n\n`,
    heading('Features by stage'),
    table([
      ['stage', 'tags', 'files', ...runHeads],
      ...report.stages.map((each) => [
        each.title,
        String(each.tags),
        String(each.files),
        ...runCells(each.rates),
      ]),
    ]),
    `\n${heading(`Features below 100% (${below.length} of ${report.features.length})`)}`,
    below.length === 0
      ? 'none\n'
      : table([
          ['feature', 'stage', 'files', ...runHeads],
          ...below.map((each) => [
            each.tag,
            stageTitle(each.stage, each.edition),
            String(each.files),
            ...runCells(each.rates),
          ]),
        ]),
    untested.length === 0
      ? ''
      : `\nTags of features.txt that no test has: ${untested.map(({ tag }) => tag).join(', ')}\n`,
  ].join('');
}

function resultsByPath(run: Run): Map<string, Tally> {
  const byPath = new Map<string, Tally>();
  for (const { path, outcome } of run.scenarios) {
    const tally = byPath.get(path) ?? { passed: 0, total: 0 };
    byPath.set(path, tally);
    tally.total++;
    if (outcome === 'pass') tally.passed++;
  }
  return byPath;
}

function rateOf(byPath: ReadonlyMap<string, Tally>, paths: readonly string[]): Rate {
  const files: Tally = { passed: 0, total: 0 };
  const scenarios: Tally = { passed: 0, total: 0 };
  for (const path of paths) {
    const tally = byPath.get(path);
    if (tally === undefined) continue;
    files.total++;
    if (tally.passed === tally.total) files.passed++;
    scenarios.total += tally.total;
    scenarios.passed += tally.passed;
  }
  return { files, scenarios };
}

type Staged = Pick<FeatureRate, 'stage' | 'edition'>;

/** Earlier stages first, then newer editions; ECMA-402 behind ECMA-262. */
function compareStages(a: Staged, b: Staged): number {
  const byStage = LATEST_FIRST.indexOf(a.stage) - LATEST_FIRST.indexOf(b.stage);
  if (byStage !== 0 || a.edition === b.edition) return byStage;
  const isIntl = (each: Staged): number => (each.edition.startsWith('ECMA-402') ? 1 : 0);
  return isIntl(a) - isIntl(b) || (a.edition > b.edition ? -1 : 1);
}

function groupByTitle(features: readonly FeatureRate[]): Map<string, FeatureRate[]> {
  const groups = new Map<string, FeatureRate[]>();
  for (const feature of features) {
    const title = stageTitle(feature.stage, feature.edition);
    groups.set(title, [...(groups.get(title) ?? []), feature]);
  }
  return groups;
}

export function textTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((cells) => (cells[i] as string).length)));
  return rows
    .map((cells) =>
      cells
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number)))
        .join('  '),
    )
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

export function markdownTable(rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  const [head = [], ...body] = rows;
  return line(head) + line(head.map((_, i) => (i === 0 ? '---' : '---:'))) + body.map(line).join('');
}
