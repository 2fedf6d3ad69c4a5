// Writes the code cache of a folder's kataan.script: `node code-cache.mjs FOLDER`. It has the functions in it that a small
// program runs.

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';

const folder = process.argv[2];
const file = join(folder, 'kataan.script');
const launcher = pathToFileURL(join(folder, 'kataan.js')).href;
const script = new Script(readFileSync(file, 'latin1'), { filename: file });
process.on('exit', (status) => {
  if (status === 0) writeFileSync(`${file}.cache`, script.createCachedData());
});
const program =
  'const a = [1, 2, 3].map((x) => ({ x })); class A { m() { return `${a.length}`; } } new A().m()';
process.argv = [process.argv[0], launcher, '-e', program];
script.runInThisContext()(createRequire(launcher), launcher);
