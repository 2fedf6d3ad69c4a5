// Launcher of the conformance runner: bundles ci/conformance/ (some tens of milliseconds) and runs it.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, stop } from 'esbuild';
import { bundles, checkout, storeBundle } from './bundles.mjs';

const settings = { absWorkingDir: checkout, outdir: bundles, bundle: true, write: false, logLevel: 'error' };
const built = await Promise.all([
  build({
    ...settings,
    entryPoints: ['main', 'worker', 'agent-thread', 'wasm-worker'].map((name) => `ci/conformance/${name}.ts`),
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
  }),
  build({ ...settings, entryPoints: { page: 'reports/dashboard/app.js' }, format: 'iife', charset: 'utf8' }),
]).catch(() => process.exit(2));
stop(); // Its service process is not needed while the tests run.

const folder = storeBundle(built.flatMap(({ outputFiles }) => outputFiles));
const { main } = await import(pathToFileURL(join(folder, 'main.js')).href);
process.exitCode = await main(process.argv.slice(2), {
  checkout,
  workerFile: join(folder, 'worker.js'),
  wasmWorkerFile: join(folder, 'wasm-worker.js'),
  pageFile: join(folder, 'page.js'),
});
