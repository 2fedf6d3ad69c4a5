// `npm run build`: dist/engine/ (ES modules with declarations, by tsc) and dist/kataan.js, the command line
// tool (bundle-cli.mjs). The conformance runner is bundled when it is started (conformance.mjs).

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleCli } from './bundle-cli.mjs';

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));

rmSync(join(checkout, 'dist'), { recursive: true, force: true });
const { bin } = createRequire(import.meta.url)('typescript/package.json');
const compiler = join(checkout, 'node_modules/typescript', bin.tsc);
const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
  cwd: checkout,
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);

await bundleCli(join(checkout, 'dist')).catch((error) => {
  console.error(error);
  process.exit(1);
});
