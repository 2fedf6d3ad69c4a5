// Launcher of the benchmark: bundles ci/bench/ and the command line tool, so that a run measures the sources as they
// are, and runs it.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, stop } from 'esbuild';
import { bundleCli } from './bundle-cli.mjs';
import { bundles, checkout, storeBundle } from './bundles.mjs';

const settings = {
  absWorkingDir: checkout,
  outdir: bundles,
  bundle: true,
  write: false,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'error',
};
const args = process.argv.slice(2);
if (args[args.indexOf('--suite') + 1] === 'wasm' || args.includes('--suite=wasm')) {
  const { outputFiles } = await build({
    ...settings,
    entryPoints: ['ci/bench/wasm-main.ts', 'ci/bench/wasm-worker.ts'],
    splitting: true,
    external: ['binaryen', 'polywasm'],
  }).catch(() => process.exit(2));
  const folder = storeBundle(outputFiles);
  stop();
  const { conductWasmBench } = await import(pathToFileURL(join(folder, 'wasm-main.js')).href);
  process.exit(await conductWasmBench(args, checkout, join(folder, 'wasm-worker.js')));
}
const { outputFiles } = await build({
  ...settings,
  entryPoints: ['ci/bench/main.ts', 'ci/bench/worker.ts'],
  splitting: true,
  external: ['quickjs-emscripten', 'quickjs-wasi'],
}).catch(() => process.exit(2));
const folder = storeBundle(outputFiles);
await bundleCli(folder).catch(() => process.exit(2));
stop(); // Its service process would disturb what is measured.

const { main } = await import(pathToFileURL(join(folder, 'main.js')).href);
process.exitCode = await main(args, {
  checkout,
  workerFile: join(folder, 'worker.js'),
  cliFile: join(folder, 'kataan.js'),
});
