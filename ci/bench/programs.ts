// The guest programs: files of corpora/bench/ with a header of comment lines. A program defines `run(n)`, which does n
// equal units of work and gives the checksum of the last. So the checksum does not depend on n, and every timed
// call of every engine is checked against the one in the header.
//
//   // expect: CHECKSUM                      first line; what run gives, as a string
//   // scale: N                              units that take about 10 ms on host V8
//   // about: TEXT                           one line on what is exercised
//   // needs: GLOBAL, …                      skipped by engines that lack one of these
//   // async                                 run(n, done) gives undefined and calls done(checksum) from a job
//   // operation: COUNT NAME                 a unit is so many of these, and its time is reported for one

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const GROUPS = ['micro', 'programs', 'regexp'] as const;
export type Group = (typeof GROUPS)[number];

export interface Program {
  readonly group: Group;
  readonly name: string;
  readonly source: string;
  readonly expect: string;
  readonly scale: number;
  readonly about: string;
  readonly needs: readonly string[];
  readonly isAsync: boolean;
  readonly operation: { readonly count: number; readonly name: string } | null;
}

/** Every program of the checkout, micro programs first. */
export function readPrograms(checkout: string): Program[] {
  return GROUPS.flatMap((group) => {
    const folder = join(checkout, 'corpora/bench', group);
    return readdirSync(folder)
      .filter((file) => file.endsWith('.js'))
      .sort()
      .map((file) => parseProgram(group, file.slice(0, -3), readFileSync(join(folder, file), 'utf8')));
  });
}

/** Throws an `Error` for a header that does not follow the form above. */
export function parseProgram(group: Group, name: string, source: string): Program {
  const header = new Map<string, string>();
  for (const line of source.split('\n')) {
    const match = /^\/\/ (expect|scale|about|needs|async|operation)(?:: (.+))?$/.exec(line);
    if (match === null) break;
    header.set(match[1] as string, match[2] ?? '');
  }
  const required = (key: string): string => {
    const value = header.get(key);
    if (!value) throw new Error(`${group}/${name}.js has no '// ${key}: …' in its header`);
    return value;
  };
  const scale = Number(required('scale'));
  if (!Number.isInteger(scale) || scale < 1)
    throw new Error(`${group}/${name}.js: scale is no positive integer`);
  const operation = header.get('operation');
  const [, count, label] = /^(\d+) (.+)$/.exec(operation ?? '') ?? [];
  if (operation !== undefined && label === undefined)
    throw new Error(`${group}/${name}.js: operation wants a count and a name`);
  return {
    group,
    name,
    source,
    expect: required('expect'),
    scale,
    about: required('about'),
    needs: (header.get('needs') ?? '').split(/,\s*/).filter(Boolean),
    isAsync: header.has('async'),
    operation: label === undefined ? null : { count: Number(count), name: label },
  };
}

/** The programs whose `group/name` contains one of the words; all when there is none. */
export function selectPrograms(programs: readonly Program[], words: readonly string[]): Program[] {
  if (words.length === 0) return [...programs];
  return programs.filter(({ group, name }) => words.some((word) => `${group}/${name}`.includes(word)));
}
