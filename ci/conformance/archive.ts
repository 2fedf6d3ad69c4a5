// Where an upstream suite is: a directory or archive that an environment variable names, else the ignored cache
// `.corpora/`, else the pinned archive in one of ARCHIVE_FOLDERS, else a clone of the pinned commit into that cache. Archives
// are checked against the pinned digest and unpacked once; a marker file says that unpacking was completed.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CommandError } from '../command.ts';

/** What is common to all pins of corpora/. */
export interface ArchivePin {
  readonly suite: string;
  readonly repository: string;
  readonly commit: string;
  readonly archive: string;
  readonly sha256: string;
}

export interface ArchiveSpec {
  /** In the checkout. */
  readonly pinFile: string;
  /** Environment variable. */
  readonly variable: string;
  /** How messages call the suite. */
  readonly title: string;
  /** A file at its top, by which it is recognized. */
  readonly probe: string;
}

export interface LocatedArchive<Pin extends ArchivePin = ArchivePin> {
  readonly pin: Pin;
  readonly root: string;
  /** The commit, or `unpinned` for a directory of unknown origin. */
  readonly commit: string;
}

/** The suite cannot be had; the message says what to set or install. */
export class SuiteUnavailable extends CommandError {}

const MARKER = '.complete';

/** Where archives are looked for, from the checkout: its own cache, and a folder that checkouts beside one another share. */
const ARCHIVE_FOLDERS = ['.corpora', '../shared/corpora'];

interface PinnedSpec extends ArchiveSpec {
  readonly pin: ArchivePin;
}

/** Finds a suite, unpacking or cloning it when needed. Throws `SuiteUnavailable`. */
export function locateArchive<Pin extends ArchivePin>(
  checkout: string,
  spec: ArchiveSpec,
  environment: NodeJS.ProcessEnv,
  log: (line: string) => void,
): LocatedArchive<Pin> {
  const pin = JSON.parse(readFileSync(join(checkout, spec.pinFile), 'utf8')) as Pin;
  return { pin, ...locatePinned(checkout, { ...spec, pin }, environment, log) };
}

function locatePinned(
  checkout: string,
  spec: PinnedSpec,
  environment: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Omit<LocatedArchive, 'pin'> {
  const { pin, variable } = spec;
  const cache = join(checkout, '.corpora');
  const pinned = join(cache, `${pin.suite}-${pin.commit.slice(0, 8)}`);
  const named = environment[variable];
  if (named) {
    const path = resolve(checkout, named);
    if (!existsSync(path)) throw new SuiteUnavailable(`${variable} names ${named}, which does not exist.`);
    if (statSync(path).isDirectory()) return directory(spec, path);
    if (!existsSync(join(pinned, MARKER))) unpackInto(spec, pinned, path, log);
    return { root: pinned, commit: pin.commit };
  }
  if (existsSync(join(pinned, MARKER))) return { root: pinned, commit: pin.commit };
  const placed = join(cache, pin.suite);
  if (existsSync(join(placed, spec.probe))) return directory(spec, placed);
  const archive = ARCHIVE_FOLDERS.map((folder) => resolve(checkout, folder, pin.archive)).find(existsSync);
  if (archive !== undefined) {
    unpackInto(spec, pinned, archive, log);
    return { root: pinned, commit: pin.commit };
  }
  log(`cloning ${pin.repository} at ${pin.commit.slice(0, 8)} into .corpora/ (once)`);
  fillCache(spec, pinned, (folder) => clone(spec, folder));
  return { root: pinned, commit: pin.commit };
}

function unpackInto(spec: PinnedSpec, pinned: string, archive: string, log: (line: string) => void): void {
  checkDigest(spec, archive);
  log(`unpacking ${spec.pin.archive} into .corpora/ (once)`);
  fillCache(spec, pinned, (folder) => unpack(archive, folder));
}

function directory({ title, probe }: ArchiveSpec, root: string): Omit<LocatedArchive, 'pin'> {
  if (!existsSync(join(root, probe)))
    throw new SuiteUnavailable(`${root} is no ${title} directory: it has no ${probe}.`);
  const head = existsSync(join(root, '.git'))
    ? spawnSync('git', ['-C', root, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).stdout.trim()
    : '';
  return { root, commit: head || 'unpinned' };
}

function checkDigest({ pin, pinFile }: PinnedSpec, archive: string): void {
  const digest = createHash('sha256').update(readFileSync(archive)).digest('hex');
  if (digest !== pin.sha256)
    throw new SuiteUnavailable(
      `${archive} has the SHA-256 digest ${digest}, but ${pinFile} pins ${pin.sha256}. ` +
        'To run another version, unpack it and name the directory.',
    );
}

/** Fills a cache folder under another name and renames it, so that no run sees half of it. */
function fillCache({ probe }: ArchiveSpec, target: string, fill: (folder: string) => void): void {
  const partial = `${target}.partial-${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  try {
    fill(partial);
    if (!existsSync(join(partial, probe)))
      throw new SuiteUnavailable(`The archive or clone has no ${probe} at its top.`);
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

function clone({ pin, title, variable }: PinnedSpec, folder: string): void {
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
        `No ${title} here. Set ${variable} to a checkout or to ${pin.archive}, or connect to the network ` +
          `so that ${pin.repository} can be cloned at ${pin.commit}. (git: ${firstLine(git.stderr, git.error)})`,
      );
  }
}

function firstLine(stderr: string | null, error: Error | undefined): string {
  return (stderr || error?.message || 'no message').trim().split('\n')[0] as string;
}
