// Launcher of campaigns, `npm run fuzz -- TARGET …`: bundles them and runs.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { stop } from 'esbuild';
import { bundle, fuzzFolder, load, temporaryFolder } from './bundle.mjs';

const folder = temporaryFolder();
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const [mainFile, childFile] = await Promise.all([bundle('main.ts', folder), bundle('child.ts', folder)]);
stop();

process.setSourceMapsEnabled(true);
const { main } = await load(mainFile);
process.exitCode = await main(process.argv.slice(2), {
  childFile,
  progressFile: join(folder, 'progress'),
  fuzzFolder,
});
