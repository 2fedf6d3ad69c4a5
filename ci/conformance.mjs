// Launcher of the conformance runner: bundles ci/conformance/ (some tens of milliseconds) and runs it.
// The bundle's folder is named by its content, so that editing the sources does not disturb a run
// that is under way and still starts workers.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, stop } from 'esbuild';

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
const bundles = join(checkout, '.runs/bundles');

const settings = { absWorkingDir: checkout, outdir: bundles, bundle: true, write: false, logLevel: 'error' };
const built = await Promise.all([
  build({
    ...settings,
    entryPoints: ['ci/conformance/main.ts', 'ci/conformance/worker.ts'],
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
  }),
  build({ ...settings, entryPoints: { page: 'reports/dashboard/app.js' }, format: 'iife', charset: 'utf8' }),
]).catch(() => process.exit(2));
stop(); // Its service process is not needed while the tests run.

const folder = store(built.flatMap(({ outputFiles }) => outputFiles));
const { main } = await import(pathToFileURL(join(folder, 'main.js')).href);
process.exitCode = await main(process.argv.slice(2), {
  checkout,
  workerFile: join(folder, 'worker.js'),
  pageFile: join(folder, 'page.js'),
});

function store(files) {
  const digest = createHash('sha256');
  for (const file of files) digest.update(basename(file.path)).update(file.contents);
  const target = join(bundles, digest.digest('hex').slice(0, 12));
  if (existsSync(target)) return target;
  dropOld();
  const partial = `${target}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  writeFileSync(join(partial, 'package.json'), '{"type":"module"}');
  for (const file of files) writeFileSync(join(partial, basename(file.path)), file.contents);
  try {
    renameSync(partial, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
    rmSync(partial, { recursive: true }); // Another run has just stored the same bundle.
  }
  return target;
}

/** Bundles of yesterday and before: no run lasts that long. */
function dropOld() {
  if (!existsSync(bundles)) return;
  for (const name of readdirSync(bundles)) {
    const path = join(bundles, name);
    if (Date.now() - statSync(path).mtimeMs > 86_400_000) rmSync(path, { recursive: true, force: true });
  }
}
