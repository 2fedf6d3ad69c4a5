// Which of the suite's tests a run takes: globs, lists, random samples, shards, slow tests.
// Everything is a function of paths, so that the same options give the same tests on every machine.

import { UsageError } from '../command.ts';
import type { ScenarioMode } from './scenarios.ts';

export interface Shard {
  /** From 1 to count. */
  readonly index: number;
  readonly count: number;
}

/** Tests that rightly take long: exhaustive loops over code points. */
const slowGlobs: readonly string[] = [
  'test/built-ins/RegExp/property-escapes/generated',
  'test/built-ins/RegExp/CharacterClassEscapes',
  'test/built-ins/RegExp/character-class-escape-non-whitespace.js',
  'test/built-ins/{decode,encode}URI{,Component}',
  'test/annexB/built-ins/RegExp/RegExp-{leading,trailing}-escape{,-BMP}.js',
  'test/language/comments/S7.4_A{5,6}.js',
  'test/language/literals/regexp/S7.8.5_A*',
  'test/language/identifiers/*-unicode-*.js',
];
const slowPatterns = slowGlobs.map(globPattern);

/** Seconds before a scenario is killed: six times the ordinary limit for tests known to be slow. */
export function timeLimitSeconds(path: string, ordinarySeconds: number): number {
  return slowPatterns.some((pattern) => pattern.test(path)) ? 6 * ordinarySeconds : ordinarySeconds;
}

/**
 * A glob over suite paths as an anchored pattern: `*` and `?` stay inside one folder, `**` does not,
 * `{a,b}` is a choice. The leading `test/` may be left out, and a glob that matches a folder
 * takes everything below it.
 */
export function globPattern(glob: string): RegExp {
  const body = glob.replace(/^\.?\//, '').replace(/\/+$/, '');
  let text = '';
  let depth = 0;
  for (let i = 0; i < body.length; i++) {
    const char = body[i] as string;
    if (body.startsWith('**/', i)) {
      text += '(?:.*/)?';
      i += 2;
    } else if (body.startsWith('**', i)) {
      text += '.*';
      i += 1;
    } else if (char === '*') text += '[^/]*';
    else if (char === '?') text += '[^/]';
    else if (char === '{') {
      text += '(?:';
      depth++;
    } else if (char === '}' && depth > 0) {
      text += ')';
      depth--;
    } else if (char === ',' && depth > 0) text += '|';
    else text += char.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  }
  return new RegExp(`^(?:test/)?${text}${')'.repeat(depth)}(?:/.*)?$`);
}

/** The paths that a glob takes, in their order; all if there is none. */
export function filterPaths(paths: readonly string[], globs: readonly string[]): readonly string[] {
  if (globs.length === 0) return paths;
  const patterns = globs.map(globPattern);
  return paths.filter((path) => patterns.some((pattern) => pattern.test(path)));
}

export interface ListedTest {
  readonly path: string;
  /** One scenario, or null for all of the test's. */
  readonly mode: ScenarioMode | null;
}

/** Reads a list of tests: one path a line, an optional `[scenario]`, comments after `#`. */
export function parseList(text: string): ListedTest[] {
  const tests: ListedTest[] = [];
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.replace(/(^|\s)#.*$/, '').trim();
    const match = /^(\S+?)(?:\s+\[(non-strict|strict|module|raw)\])?$/.exec(line);
    if (match && !/^(folder|feature):/.test(line))
      tests.push({ path: match[1] as string, mode: (match[2] as ScenarioMode | undefined) ?? null });
  }
  return tests;
}

/** `count` paths chosen by a hash of seed and path; the order of the input is kept. */
export function samplePaths(paths: readonly string[], count: number, seed: number): string[] {
  const ranked = paths.map((path) => ({ path, rank: hash(`${seed}:${path}`) }));
  ranked.sort((a, b) => a.rank - b.rank || (a.path < b.path ? -1 : 1));
  const chosen = new Set(ranked.slice(0, count).map((entry) => entry.path));
  return paths.filter((path) => chosen.has(path));
}

/** The shard's part of the paths: every path is in exactly one shard, neighbours in different ones. */
export function shardPaths(paths: readonly string[], shard: Shard): string[] {
  return paths.filter((_, i) => i % shard.count === shard.index - 1);
}

/** `I/N` of a command line. Throws a `UsageError`. */
export function parseShard(text: string): Shard {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const index = Number(match?.[1]);
  const count = Number(match?.[2]);
  if (!match || index < 1 || index > count)
    throw new UsageError(`--shard wants I/N with 1 <= I <= N, not '${text}'`);
  return { index, count };
}

/** FNV-1a, 32 bits, with a final mix so that similar paths rank far apart. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}
