// Launcher of the benchmark: bundles ci/bench/ and the command line tool, so that a run measures the sources as they
// are, and runs it. The bundle's folder is named by its content, as in conformance.mjs: editing the sources does
// not disturb a run that is under way and still starts workers.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, stop } from 'esbuild';

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
const bundles = join(checkout, '.runs/bundles');

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
const built = await Promise.all([
  build({
    ...settings,
    entryPoints: ['ci/bench/main.ts', 'ci/bench/worker.ts'],
    splitting: true,
    external: ['quickjs-emscripten', 'quickjs-wasi'],
  }),
  // As build.mjs makes dist/kataan.js.
  build({
    ...settings,
    entryPoints: { kataan: 'engine/cli/main.ts' },
    minifySyntax: true,
    legalComments: 'none',
  }),
]).catch(() => process.exit(2));
stop(); // Its service process would disturb what is measured.

const folder = store(built.flatMap(({ outputFiles }) => outputFiles));
const { main } = await import(pathToFileURL(join(folder, 'main.js')).href);
process.exitCode = await main(process.argv.slice(2), {
  checkout,
  workerFile: join(folder, 'worker.js'),
  cliFile: join(folder, 'kataan.js'),
});

function store(files) {
  const digest = createHash('sha256');
  for (const file of files) digest.update(basename(file.path)).update(file.contents);
  const target = join(bundles, digest.digest('hex').slice(0, 12));
  if (existsSync(target)) return target;
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
