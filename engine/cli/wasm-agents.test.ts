// Agents in real threads that wait for each other in a shared WebAssembly.Memory, through the command line tool.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TIERS } from '../engine.ts';
import { Module } from '../wasm/wasm.ts';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
let folder = '';

const MODULE = new Module(`(module (import "env" "memory" (memory 1 4 shared))
  (func (export "wait32") (param i32 i32 i64) (result i32)
    (memory.atomic.wait32 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "wait64") (param i32 i64 i64) (result i32)
    (memory.atomic.wait64 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "notify") (param i32 i32) (result i32) (memory.atomic.notify (local.get 0) (local.get 1)))
  (func (export "store") (param i32 i32) (i32.atomic.store (local.get 0) (local.get 1)))
  (func (export "grow") (result i32) (memory.grow (i32.const 1)))
  (func (export "size") (result i32) (memory.size)))`);

/** What both agents begin with. */
const PRELUDE = `const bytes = new Uint8Array([${MODULE.toBytes()}]);
  const make = (memory) => new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports;`;

const OTHER = `${PRELUDE}
  $262.agent.receiveBroadcast((memory) => {
    const { wait32, wait64, notify, store, size } = make(memory);
    const { report } = $262.agent;
    report('got ' + (memory instanceof WebAssembly.Memory) + ' ' + memory.buffer.byteLength);
    report('woken ' + wait32(8, 0, -1n));
    report('woken ' + wait64(16, 0n, -1n));
    report('other value ' + wait32(8, 5, -1n) + ' ' + wait64(16, 5n, -1n));
    report('timed out ' + wait32(8, 0, 1000n) + ' ' + wait64(16, 0n, 1000000n));
    report('sizes ' + size() + ' ' + memory.buffer.byteLength);
    store(32, 1);
    while (notify(24, 1) === 0) $262.agent.sleep(1);
    $262.agent.leaving();
  });`;

const MAIN = `${PRELUDE}
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 4, shared: true });
  const { wait32, notify, grow } = make(memory);
  const next = () => {
    let report;
    while ((report = $262.agent.getReport()) === null) $262.agent.sleep(1);
    print(report);
  };
  $262.agent.start(${JSON.stringify(OTHER)});
  $262.agent.broadcast(memory);
  next();
  while (notify(8, 1) === 0) $262.agent.sleep(1);
  next();
  print('grown from ' + grow());
  // Code of JavaScript and of WebAssembly waits in the same lists.
  const words = new BigInt64Array(memory.buffer);
  while (Atomics.notify(new Int32Array(memory.buffer), 4) === 0) $262.agent.sleep(1);
  next(); next(); next(); next();
  print('main woken ' + wait32(24, 0, -1n) + ' ' + Atomics.load(words, 4));
  try { $262.agent.broadcast(new WebAssembly.Memory({ initial: 1 })); } catch (error) { print(String(error)); }`;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'kataan-agents-')));
  await build({
    entryPoints: [join(checkout, 'engine/cli/main.ts')],
    outfile: join(folder, 'kataan.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
  });
  writeFileSync(join(folder, 'agents.js'), MAIN);
});
afterAll(() => rmSync(folder, { recursive: true }));

for (const tier of TIERS)
  test(`agents wait for each other in a shared memory, on ${tier}`, { timeout: 60_000 }, () => {
    const args = [join(folder, 'kataan.mjs'), '--tier', tier, '--test262', 'agents.js'];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: 'utf8',
      timeout: 50_000,
    });
    expect(stderr).toBe('');
    expect(stdout.split('\n')).toEqual([
      'got true 65536',
      'woken 0',
      'grown from 1',
      'woken 0',
      'other value 1 1',
      'timed out 2 2',
      'sizes 2 131072',
      'main woken 0 1',
      'TypeError: only a SharedArrayBuffer or a shared WebAssembly.Memory can be broadcast',
      '',
    ]);
    expect(status).toBe(0);
  });
