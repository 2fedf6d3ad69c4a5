// Finding a suite, on a checkout with a small suite of its own. Nothing is cloned.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { locateArchive, SuiteUnavailable } from './archive.ts';

const SPEC = { pinFile: 'pin.json', variable: 'SUITE', title: 'Suite', probe: 'probe.txt' };
const COMMIT = '0123456789abcdef0123456789abcdef01234567';

let top = '';
let checkout = '';
let archive = '';
let logged: string[] = [];

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'kataan-archive-'));
  checkout = join(top, 'checkout');
  archive = join(top, 'made.tar.xz');
  logged = [];
  for (const folder of ['checkout/.corpora', 'shared/corpora', 'tree'])
    mkdirSync(join(top, folder), { recursive: true });
  writeFileSync(join(top, 'tree/probe.txt'), 'here');
  expect(spawnSync('tar', ['cJf', archive, '-C', join(top, 'tree'), 'probe.txt']).status).toBe(0);
  const sha256 = createHash('sha256').update(readFileSync(archive)).digest('hex');
  const pin = { suite: 'suite', repository: 'nowhere:', commit: COMMIT, archive: 'suite.tar.xz', sha256 };
  writeFileSync(join(checkout, 'pin.json'), JSON.stringify(pin));
});
afterEach(() => rmSync(top, { recursive: true }));

const locate = (environment: Readonly<Record<string, string>> = {}) =>
  locateArchive(checkout, SPEC, environment, (line) => logged.push(line));

const UNPACKED = { root: expect.stringMatching(/\.corpora\/suite-01234567$/), commit: COMMIT };

test.each(['checkout/.corpora', 'shared/corpora'])(
  'an archive in %s is found and unpacked once',
  (folder) => {
    copyFileSync(archive, join(top, folder, 'suite.tar.xz'));
    const { root } = locate();
    expect(existsSync(join(root, 'probe.txt'))).toBe(true);
    expect(locate()).toMatchObject(UNPACKED);
    expect(logged).toEqual(['unpacking suite.tar.xz into .corpora/ (once)']);
  },
);

test('the variable names an archive of any name, or a directory', () => {
  expect(locate({ SUITE: '../made.tar.xz' })).toMatchObject(UNPACKED);
  expect(locate({ SUITE: join(top, 'tree') })).toMatchObject({ root: join(top, 'tree'), commit: 'unpinned' });
});

test('a directory in the cache comes before an archive', () => {
  mkdirSync(join(checkout, '.corpora/suite'));
  writeFileSync(join(checkout, '.corpora/suite/probe.txt'), '');
  copyFileSync(archive, join(checkout, '.corpora/suite.tar.xz'));
  expect(locate()).toMatchObject({ root: join(checkout, '.corpora/suite'), commit: 'unpinned' });
});

test.each([
  ['a file that is not there', '../none', 'SUITE names ../none, which does not exist.'],
  ['a directory of something else', '../shared', 'is no Suite directory: it has no probe.txt.'],
  ['an archive of something else', 'pin.json', 'but pin.json pins'],
])('the variable names %s', (_name, named, message) => {
  expect(() => locate({ SUITE: named })).toThrow(SuiteUnavailable);
  expect(() => locate({ SUITE: named })).toThrow(message);
});

test('without any, the message says what to set', () => {
  expect(() => locate()).toThrow(/No Suite here\. Set SUITE to a checkout or to suite\.tar\.xz/);
});
