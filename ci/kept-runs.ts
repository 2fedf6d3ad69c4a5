// Runs that are kept as files of a folder under `.runs/`: whole ones, and those of a part, each kind up to a number.

import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PART_SUFFIX = '-part.json';
const KEPT_WHOLE = 10;
const KEPT_PARTS = 3;

/** Keeps a run, and only the newest few. Returns its file. */
export function keepRun(
  folder: string,
  { date, commit, isWhole }: { readonly date: string; readonly commit: string; readonly isWhole: boolean },
  text: string,
): string {
  mkdirSync(folder, { recursive: true });
  const name = `${date.replace(/[:.]/g, '-')}-${commit.slice(0, 8)}${isWhole ? '.json' : PART_SUFFIX}`;
  const file = join(folder, name);
  writeFileSync(file, text);
  const { whole, parts } = keptNames(folder);
  for (const old of [...whole.slice(KEPT_WHOLE), ...parts.slice(KEPT_PARTS)]) rmSync(join(folder, old));
  return file;
}

/** The files of the kept runs: whole ones first, newest first. */
export function keptRuns(folder: string): string[] {
  const { whole, parts } = keptNames(folder);
  return [...whole, ...parts].map((name) => join(folder, name));
}

function keptNames(folder: string): { whole: string[]; parts: string[] } {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  names.sort().reverse();
  return {
    whole: names.filter((name) => !name.endsWith(PART_SUFFIX)),
    parts: names.filter((name) => name.endsWith(PART_SUFFIX)),
  };
}
