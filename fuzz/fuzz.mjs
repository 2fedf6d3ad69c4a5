// Launcher of campaigns, `npm run fuzz -- TARGET …`: bundles them, so that a run tests the sources as they are, and runs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, stop } from 'esbuild';

const fuzzFolder = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kataan-fuzz-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
await build({
  entryPoints: [join(fuzzFolder, 'main.ts'), join(fuzzFolder, 'child.ts')],
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  keepNames: true,
  sourcemap: 'inline',
  logLevel: 'error',
}).catch(() => process.exit(2));
stop();

process.setSourceMapsEnabled(true);
const { main } = await import(pathToFileURL(join(folder, 'main.mjs')).href);
process.exitCode = await main(process.argv.slice(2), {
  childFile: join(folder, 'child.mjs'),
  progressFile: join(folder, 'progress'),
  fuzzFolder,
});
