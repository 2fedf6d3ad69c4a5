// The command line tool as the package has it: kataan.js, a launcher; kataan.script, all of it as one function of `require` and
// the launcher's URL; kataan.script.cache, V8's code cache of that.

import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { checkout } from './bundles.mjs';

const settings = {
  absWorkingDir: checkout,
  bundle: true,
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
};

/** Writes the tool into a folder. Throws if that fails. */
export async function bundleCli(folder) {
  await Promise.all([
    build({
      ...settings,
      entryPoints: ['engine/cli/launcher.ts'],
      outfile: join(folder, 'kataan.js'),
      format: 'esm',
      banner: { js: '#!/usr/bin/env node' },
    }),
    build({
      ...settings,
      entryPoints: ['engine/cli/main.ts'],
      outfile: join(folder, 'kataan.script'),
      format: 'cjs',
      // In a script with a code cache the host has nothing to answer `import()` with: it is a `require`.
      supported: { 'dynamic-import': false },
      define: { 'import.meta.url': 'launcherUrl' },
      banner: { js: '(function (require, launcherUrl) {' },
      footer: { js: '})' },
    }),
  ]);
  chmodSync(join(folder, 'kataan.js'), 0o755);
  const made = spawnSync(
    process.execPath,
    [fileURLToPath(new URL('./code-cache.mjs', import.meta.url)), folder],
    {
      encoding: 'utf8',
    },
  );
  if (made.status !== 0) throw new Error(`the code cache could not be made: ${made.stderr}`);
}
