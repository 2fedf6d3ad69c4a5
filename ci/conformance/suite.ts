// Where the suite is: a directory or archive that an environment variable names, else the ignored
// cache `.corpora/`, else a clone of the pinned commit into that cache. Archives are checked
// against the pinned digest and unpacked once; a marker file says that unpacking was completed.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import type { HarnessFile } from './driver.ts';
import { parseFrontMatter } from './front-matter.ts';
import type { TestInfo } from './scenarios.ts';

export interface SuitePin {
  readonly suite: string;
  readonly repository: string;
  readonly commit: string;
  readonly archive: string;
  readonly sha256: string;
  /** Folders that are not run, such as `test/staging`. */
  readonly omit: readonly string[];
}

export interface Suite {
  readonly pin: SuitePin;
  readonly root: string;
  /** The commit of the tests, or `unpinned` for a directory of unknown origin. */
  readonly commit: string;
}

/** The suite cannot be had; the message says what to set or install. */
export class SuiteUnavailable extends Error {}

const MARKER = '.complete';
const VARIABLE = 'KATAAN_TEST262';

/** Finds Test262, unpacking or cloning it when needed. Throws `SuiteUnavailable`. */
export function locateSuite(
  checkout: string,
  environment: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Suite {
  const pin = JSON.parse(readFileSync(join(checkout, 'corpora/test262.json'), 'utf8')) as SuitePin;
  const cache = join(checkout, '.corpora');
  const pinned = join(cache, `test262-${pin.commit.slice(0, 8)}`);
  const named = environment[VARIABLE];
  if (named) {
    const path = resolve(checkout, named);
    if (!existsSync(path)) throw new SuiteUnavailable(`${VARIABLE} names ${named}, which does not exist.`);
    if (statSync(path).isDirectory()) return directorySuite(pin, path);
    if (!existsSync(join(pinned, MARKER))) {
      checkDigest(pin, path);
      log(`unpacking ${pin.archive} into .corpora/ (once)`);
      fillCache(pinned, (folder) => unpack(path, folder));
    }
    return { pin, root: pinned, commit: pin.commit };
  }
  if (existsSync(join(pinned, MARKER))) return { pin, root: pinned, commit: pin.commit };
  const placed = join(cache, 'test262');
  if (existsSync(join(placed, 'harness/assert.js'))) return directorySuite(pin, placed);
  log(`cloning ${pin.repository} at ${pin.commit.slice(0, 8)} into .corpora/ (once)`);
  fillCache(pinned, (folder) => clone(pin, folder));
  return { pin, root: pinned, commit: pin.commit };
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

function directorySuite(pin: SuitePin, root: string): Suite {
  if (!existsSync(join(root, 'harness/assert.js')))
    throw new SuiteUnavailable(`${root} is no Test262 directory: it has no harness/assert.js.`);
  const head = existsSync(join(root, '.git'))
    ? spawnSync('git', ['-C', root, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).stdout.trim()
    : '';
  return { pin, root, commit: head || 'unpinned' };
}

function checkDigest(pin: SuitePin, archive: string): void {
  const digest = createHash('sha256').update(readFileSync(archive)).digest('hex');
  if (digest !== pin.sha256)
    throw new SuiteUnavailable(
      `${archive} has the SHA-256 digest ${digest}, but corpora/test262.json pins ${pin.sha256}. ` +
        'To run another version, unpack it and name the directory.',
    );
}

/** Fills a cache folder under another name and renames it, so that no run sees half of it. */
function fillCache(target: string, fill: (folder: string) => void): void {
  const partial = `${target}.partial-${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  try {
    fill(partial);
    if (!existsSync(join(partial, 'harness/assert.js')))
      throw new SuiteUnavailable('The archive or clone has no harness/assert.js at its top.');
    writeFileSync(join(partial, MARKER), '');
    if (existsSync(target) && !existsSync(join(target, MARKER))) rmSync(target, { recursive: true });
    if (!existsSync(target)) renameSync(partial, target);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

function unpack(archive: string, folder: string): void {
  const tar = spawnSync('tar', ['xJf', archive, '-C', folder], { encoding: 'utf8' });
  if (tar.status === 0) return;
  const script = 'import sys, tarfile; tarfile.open(sys.argv[1], "r:xz").extractall(sys.argv[2])';
  const python = spawnSync('python3', ['-c', script, archive, folder], { encoding: 'utf8' });
  if (python.status === 0) return;
  throw new SuiteUnavailable(
    `${archive} cannot be unpacked: \`tar xJf\` said "${firstLine(tar.stderr, tar.error)}" and ` +
      `python3 said "${firstLine(python.stderr, python.error)}". Install xz (package xz-utils) or python3 with lzma.`,
  );
}

function clone(pin: SuitePin, folder: string): void {
  const steps = [
    ['init', '--quiet'],
    ['fetch', '--quiet', '--depth', '1', pin.repository, pin.commit],
    ['-c', 'core.autocrlf=false', 'checkout', '--quiet', 'FETCH_HEAD'],
  ];
  for (const step of steps) {
    const git = spawnSync('git', ['-C', folder, ...step], {
      encoding: 'utf8',
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
    });
    if (git.status !== 0)
      throw new SuiteUnavailable(
        `No Test262 here. Set ${VARIABLE} to a checkout or to ${pin.archive}, or connect to the network ` +
          `so that ${pin.repository} can be cloned at ${pin.commit}. (git: ${firstLine(git.stderr, git.error)})`,
      );
  }
}

function firstLine(stderr: string | null, error: Error | undefined): string {
  return (stderr || error?.message || 'no message').trim().split('\n')[0] as string;
}
