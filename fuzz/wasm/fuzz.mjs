// Launcher of the fuzzing of the WebAssembly engine: bundles it and runs.
import { rmSync } from 'node:fs';
import { stop } from 'esbuild';
import { bundle, load, temporaryFolder } from '../bundle.mjs';

const folder = temporaryFolder();
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const mainFile = await bundle('wasm/main.ts', folder);
stop();

process.setSourceMapsEnabled(true);
const { main } = await load(mainFile);
process.exitCode = await main(process.argv.slice(2));
