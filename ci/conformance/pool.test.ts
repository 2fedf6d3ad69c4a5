import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runJobs } from './pool.ts';

// A worker that does what the path of each job says.
const worker = `
process.on('message', ({ id, path }) => {
  if (path === 'hang') for (;;);
  if (path === 'die') { console.error('fatal error: out of luck'); process.exit(3); }
  process.send({ kind: 'result', id, outcome: path, message: '', timeMs: 1, rssMb: path === 'grow' ? 1e6 : 1 });
});
process.send({ kind: 'ready' });
`;
const folder = mkdtempSync(join(tmpdir(), 'kataan-pool-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(program: string, paths: readonly string[]): Promise<string[]> {
  const workerFile = join(folder, 'worker.cjs');
  writeFileSync(workerFile, program);
  const jobs = paths.map((path) => ({ path, mode: 'strict' as const, timeoutMs: 400 }));
  const results: string[] = [];
  const options = { workers: 2, workerFile, config: { root: '', driver: '' }, nodeFlags: [] };
  return runJobs(jobs, options, (job, result) =>
    results.push(`${job.path}: ${result.outcome} ${result.message}`),
  ).then(() => results.sort());
}

test('hangs and crashes cost one job each; the jobs queued behind them run in a new process', async () => {
  const results = await run(worker, [
    'pass',
    'hang',
    'pass',
    'die',
    'grow',
    'pass',
    'fail',
    'pass',
    'hang',
    'pass',
  ]);
  expect(results).toEqual([
    'die: crash worker process died (exit 3): fatal error: out of luck',
    'fail: fail ',
    'grow: grow ',
    'hang: timeout no result after 0.4 s',
    'hang: timeout no result after 0.4 s',
    ...Array<string>(5).fill('pass: pass '),
  ]);
}, 30_000);

test('a worker that cannot start ends the run with its message', async () => {
  await expect(run('throw new Error("no driver here")', ['pass'])).rejects.toThrow(/no driver here/);
}, 30_000);
