// Bundles modules of fuzz/, so that a run tests the sources as they are.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** fuzz/ itself. */
export const fuzzFolder = fileURLToPath(new URL('.', import.meta.url)).replace(/[\\/]$/, '');

/** A new folder for bundles and what goes with them; who asks for it removes it. */
export function temporaryFolder() {
  return mkdtempSync(join(tmpdir(), 'kataan-fuzz-'));
}

/** Bundles a module, a path in fuzz/, into the folder and gives the bundle's path. Ends the process if that fails. */
export async function bundle(entry, folder, settings = {}) {
  const outfile = join(folder, `${basename(entry, '.ts')}.mjs`);
  await build({
    entryPoints: [join(fuzzFolder, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    keepNames: true,
    sourcemap: 'inline',
    logLevel: 'error',
    ...settings,
  }).catch(() => process.exit(2));
  return outfile;
}

/** What a bundle exports. */
export function load(file) {
  return import(pathToFileURL(file).href);
}
