// `npm run build`: dist/engine/ (ES modules with declarations, by tsc) and dist/kataan.js, the command line
// tool as one file (by esbuild). The conformance runner is bundled when it is started (conformance.mjs).

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
const cliSource = join(checkout, 'engine/cli/main.ts');
const cliOutput = join(checkout, 'dist/kataan.js');

rmSync(join(checkout, 'dist'), { recursive: true, force: true });
const { bin } = createRequire(import.meta.url)('typescript/package.json');
const compiler = join(checkout, 'node_modules/typescript', bin.tsc);
const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
  cwd: checkout,
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);

if (existsSync(cliSource)) {
  await build({
    absWorkingDir: checkout,
    entryPoints: [cliSource],
    outfile: cliOutput,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    minifySyntax: true,
    legalComments: 'none',
    banner: { js: '#!/usr/bin/env node' },
    logLevel: 'warning',
  }).catch(() => process.exit(1));
  chmodSync(cliOutput, 0o755);
}
