// Test262: where it is, its tests and harness files. archive.ts finds, unpacks or clones it.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ArchivePin, type LocatedArchive, locateArchive } from './archive.ts';
import type { HarnessFile } from './driver.ts';
import { parseFrontMatter } from './front-matter.ts';
import type { TestInfo } from './scenarios.ts';

export interface SuitePin extends ArchivePin {
  /** Folders that are not run, such as `test/staging`. */
  readonly omit: readonly string[];
}

export type Suite = LocatedArchive<SuitePin>;

/** Finds Test262, unpacking or cloning it when needed. Throws `SuiteUnavailable`. */
export function locateSuite(
  checkout: string,
  environment: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Suite {
  const spec = {
    pinFile: 'corpora/test262.json',
    variable: 'KATAAN_TEST262',
    title: 'Test262',
    probe: 'harness/assert.js',
  };
  return locateArchive<SuitePin>(checkout, spec, environment, log);
}

/** Paths of all tests, sorted; fixtures and omitted folders are left out. */
export function listTests(suite: Suite): string[] {
  const paths: string[] = [];
  const walk = (folder: string): void => {
    if (suite.pin.omit.includes(folder)) return;
    for (const entry of readdirSync(join(suite.root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else if (entry.name.endsWith('.js') && !entry.name.includes('_FIXTURE')) paths.push(path);
    }
  };
  walk('test');
  return paths.sort();
}

export function readSource(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Reads and parses one test's front matter. */
export function readTest(root: string, path: string): TestInfo {
  return { path, ...parseFrontMatter(readSource(root, path)) };
}

/** Gives harness files by name, each read once and always the same object. */
export function harnessReader(root: string): (name: string) => HarnessFile {
  const files = new Map<string, HarnessFile>();
  return (name) => {
    let file = files.get(name);
    if (file === undefined) {
      file = { name, source: readSource(root, join('harness', name)) };
      files.set(name, file);
    }
    return file;
  };
}
