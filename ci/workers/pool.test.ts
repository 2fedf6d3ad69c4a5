import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type PoolJob, WorkerPool } from './pool.ts';

interface TestJob extends PoolJob {
  readonly what: string;
}

// A worker that does what its jobs say.
const worker = `
process.on('message', ({ id, job: { what } }) => {
  if (what === 'hang') for (;;);
  if (what === 'die') { console.error('fatal error: out of luck'); process.exit(3); }
  process.send({ kind: 'result', id, result: what, rssMb: what === 'grow' ? 1e6 : 1 });
});
process.send({ kind: 'ready' });
`;
const folder = mkdtempSync(join(tmpdir(), 'kataan-pool-'));
afterAll(() => rmSync(folder, { recursive: true }));

function makePool(program: string): WorkerPool<TestJob, string> {
  const workerFile = join(folder, 'worker.cjs');
  writeFileSync(workerFile, program);
  return new WorkerPool({ workers: 2, workerFile, config: {}, nodeFlags: [] });
}

async function run(program: string, jobs: readonly string[]): Promise<string[]> {
  const pool = makePool(program);
  const outcomes = jobs.map(async (what) => {
    const end = await pool.run({ what, timeoutMs: 400 });
    const text = end.kind === 'result' ? end.result : end.kind === 'died' ? end.message : '';
    return `${what}: ${end.kind} ${text}`;
  });
  try {
    return (await Promise.all(outcomes)).sort();
  } finally {
    pool.close();
  }
}

test('hangs and crashes cost one job each; the jobs queued behind them run in a new process', async () => {
  const jobs = ['pass', 'hang', 'pass', 'die', 'grow', 'pass', 'fail', 'pass', 'hang', 'pass'];
  expect(await run(worker, jobs)).toEqual([
    'die: died worker process died (exit 3): fatal error: out of luck',
    'fail: result fail',
    'grow: result grow',
    'hang: timeout ',
    'hang: timeout ',
    ...Array<string>(5).fill('pass: result pass'),
  ]);
});

test('a pool that has been idle, or whose processes died, takes further jobs', async () => {
  const pool = makePool(worker);
  const ends: string[] = [];
  for (const what of ['pass', 'die', 'grow', 'fail']) {
    ends.push((await pool.run({ what, timeoutMs: 400 })).kind);
  }
  pool.close();
  expect(ends).toEqual(['result', 'died', 'result', 'result']);
  await expect(pool.run({ what: 'pass', timeoutMs: 400 })).rejects.toThrow('closed');
});

test('processes that cannot start reject every job with their message', async () => {
  await expect(run('throw new Error("no driver here")', ['pass', 'pass'])).rejects.toThrow(/no driver here/);
});
