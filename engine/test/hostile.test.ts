// No program may end the process: hostile ones in processes of little memory, on every tier.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TIERS } from '../engine.ts';
import { ChildProgram } from './child-process.ts';
import { hostilePrograms, hostileValues } from './hostile/programs.ts';

/** Some twelve times the limit of bytes. */
const HEAP_MB = 256;
const TIMEOUT_MS = 600_000;

let program: ChildProgram;
beforeAll(async () => {
  program = await ChildProgram.of('hostile/child.ts');
});
afterAll(() => program.remove());

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
      const lines = program.linesOf<Line>(HEAP_MB, [tier], TIMEOUT_MS - 10_000);
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
