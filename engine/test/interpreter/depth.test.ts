// What the evaluation of nested code costs is counted (depth-costs.ts), so that recursion of any kind ends by limits.depth and
// never by the host's stack. The same programs run on the host's default stack and on one four times as large, interpreted
// only, where frames are largest: if the counter decides, they get equally deep.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';

const MANY = 60;

/** Bodies of a function `f` that calls itself. */
const bodies: readonly string[] = [
  'return !f()',
  'return - - - -f()',
  'return typeof f().x',
  'return delete f().a',
  'return f().x++',
  'return f().a.b.c',
  `return f()${'.a'.repeat(MANY)}`,
  `return f()${'[0]'.repeat(MANY)}`,
  `return f${'()'.repeat(20)}`,
  `return f${'()'.repeat(MANY)}`,
  `return f()${'(1, 2, 3, 4, 5)'.repeat(MANY)}`,
  `return f()${'(...[])'.repeat(MANY)}`,
  `return f()${'.a()'.repeat(MANY)}`,
  `return f()${'[0]()'.repeat(MANY)}`,
  `return f()${'``'.repeat(MANY)}`,
  `return f()?.a${'?.a'.repeat(MANY)}`,
  `return f?.()${'?.()'.repeat(MANY)}`,
  `return ${'new '.repeat(MANY)}(f())`,
  'return f(f(f()))',
  'return 1 + f()',
  'return 1 && f()',
  'return 1, f()',
  'return 0 ? 1 : 0 ? 2 : f()',
  'let a, b, c; a = b = c = f()',
  'o.a = o[0] = f()',
  'const [a = f()] = []',
  'return [f()]',
  'return { a: { b: f() } }',
  'return `${f()}`',
  `return ${'('.repeat(50)}f()${')'.repeat(50)}`,
  `${'{'.repeat(30)}f()${'}'.repeat(30)}`,
  'if (0) 1; else if (0) 2; else f()',
  'for (const x of [1]) f()',
  'switch (1) { case 1: f() }',
  'try { f() } finally {}',
  'return class extends f() {}',
];

test('recursion of every kind ends by the limit of depth', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'depth-'));
  try {
    const resolveDir = fileURLToPath(new URL('../../', import.meta.url));
    buildSync({
      stdin: { contents: `export { Runtime, TIERS } from './engine.ts';`, resolveDir, loader: 'ts' },
      bundle: true,
      format: 'esm',
      platform: 'node',
      outfile: join(folder, 'engine.mjs'),
    });
    const entry = join(folder, 'entry.mjs');
    writeFileSync(
      entry,
      `import { Runtime, TIERS } from './engine.mjs';
       const reached = [];
       for (const tier of TIERS) for (const body of ${JSON.stringify(bodies)}) for (const star of ['', '*']) {
         const call = star ? '(yield* f())' : 'f()';
         const inner = body.replaceAll('f()', call);
         const end = new Runtime({ tier }).runScript(
           \`var o = {}, n = 0; function\${star} f() { n++; \${inner} }
            try { \${star ? '[...f()]' : 'f()'}; } catch (e) { n + ' ' + e.name }\`, 'depth.js');
         reached.push([tier, star + inner, end.value]);
       }
       console.log(JSON.stringify(reached));`,
    );
    const run = (stackKB: number): unknown =>
      JSON.parse(
        execFileSync(process.execPath, ['--no-opt', '--no-sparkplug', `--stack-size=${stackKB}`, entry], {
          encoding: 'utf8',
          maxBuffer: 2 ** 26,
        }),
      );
    const reached = run(984) as [string, string, string][];
    expect(reached).toEqual(run(3900));
    // As a generator, `f?.()` calls nothing of its own.
    for (const [, body, end] of reached) {
      if (!body.includes('f?.'))
        expect([body, end]).toEqual([body, expect.stringMatching(/^\d{2,} RangeError$/)]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
