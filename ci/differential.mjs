// Launcher of the differential harness: bundles differential/ and runs it.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, stop } from 'esbuild';
import { bundles, checkout, storeBundle } from './bundles.mjs';

const built = await build({
  absWorkingDir: checkout,
  outdir: bundles,
  entryPoints: ['differential/main.ts', 'differential/worker.ts'],
  bundle: true,
  splitting: true,
  write: false,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'error',
}).catch(() => process.exit(2));
stop(); // Its service process is not needed while the programs run.

const folder = storeBundle(built.outputFiles);
const { main } = await import(pathToFileURL(join(folder, 'main.js')).href);
process.exitCode = await main(process.argv.slice(2), { checkout, workerFile: join(folder, 'worker.js') });
