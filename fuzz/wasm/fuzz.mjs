// Launcher of the fuzzing of the WebAssembly engine: bundles it, so that a run tests the sources as they are, and runs it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, stop } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kataan-fuzz-wasm-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
await build({
  entryPoints: [join(here, 'main.ts')],
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
process.exitCode = main(process.argv.slice(2));
