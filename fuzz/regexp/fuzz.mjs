// Launcher of the comparison of regular expression matchers, `npm run fuzz:regexp`: bundles it and runs.
import { rmSync } from 'node:fs';
import { stop } from 'esbuild';
import { bundle, load, temporaryFolder } from '../bundle.mjs';

const folder = temporaryFolder();
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const mainFile = await bundle('regexp/main.ts', folder);
stop();

process.setSourceMapsEnabled(true);
const { main } = await load(mainFile);
process.exitCode = main(process.argv.slice(2));
