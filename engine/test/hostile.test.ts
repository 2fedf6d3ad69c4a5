// No program may end the process: hostile ones in processes of little memory, on every tier.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TIERS } from '../engine.ts';
import { hostilePrograms, hostileValues } from './hostile/programs.ts';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
/** Some twelve times the limit of bytes. */
const HEAP_MB = 256;
const TIMEOUT_MS = 600_000;

let folder = '';
let program = '';
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'kataan-hostile-')));
  program = join(folder, 'child.mjs');
  await build({
    entryPoints: [join(checkout, 'engine/test/hostile/child.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Line {
  readonly name: string;
  readonly kind: string;
  readonly names?: boolean;
  readonly start?: string;
  readonly lengths?: readonly number[];
  readonly ms?: number;
}

for (const tier of TIERS)
  test(
    `${tier}: hostile programs end at their limits, and hostile values are shown`,
    () => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [`--max-old-space-size=${HEAP_MB}`, program, tier],
        { encoding: 'utf8', timeout: TIMEOUT_MS - 10_000 },
      );
      const texts = stdout.split('\n').slice(0, -1);
      expect(status, `after ${texts[texts.length - 1]}: ${stderr.slice(0, 500)}`).toBe(0);
      const lines = texts.map((text) => JSON.parse(text) as Line);
      expect(lines.map(({ name }) => name)).toEqual([
        ...Object.keys(hostilePrograms),
        ...Object.keys(hostileValues),
      ]);
      for (const { name, kind, names } of lines.slice(0, Object.keys(hostilePrograms).length)) {
        expect(names, name).toBe(true);
        // The tiers keep variables in different ways: one reaches its limit of nesting first.
        expect(kind, name).toMatch(name === 'recursionOfManyVariables' ? /^(normal|limit)$/ : /^limit$/);
      }
      const shown = lines.slice(Object.keys(hostilePrograms).length);
      for (const { name, lengths = [], ms } of shown) {
        expect(Math.max(...lengths), name).toBeLessThan(20_000_000);
        expect(ms, name).toBeLessThan(60_000);
      }
      const starts = Object.fromEntries(shown.map(({ name, start }) => [name, start]));
      expect(starts).toMatchObject({
        stringObject: expect.stringContaining("[String: 'xxx"),
        longBigInt: '0x10000000000000000000000000000000... 19999969 more digits',
        negativeBigInt: '-0x10000000000000000000000000000000... 19999969 more digits',
        circularChain: expect.stringContaining('{}'),
      });
    },
    TIMEOUT_MS,
  );
