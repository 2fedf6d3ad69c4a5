// `npm run imports`: applies the import table (import-rules.mjs) to every source and prints each import that
// offends it. Exit status 1 when there is one.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importsOf, offence } from './import-rules.mjs';

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
let files = 0;
let imports = 0;
let offences = 0;

for (const folder of ['engine', 'oracles', 'corpora', 'fuzz', 'differential', 'ci', 'reports']) walk(folder);
console.log(`imports: ${files} files, ${imports} imports, ${offences} against the table`);
process.exitCode = offences === 0 ? 0 : 1;

function walk(folder) {
  if (!existsSync(join(checkout, folder))) return;
  for (const entry of readdirSync(join(checkout, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) walk(path);
    else if (/\.(ts|mjs|js)$/.test(entry.name) && !path.startsWith('corpora/programs/')) check(path);
  }
}

function check(file) {
  files++;
  for (const { specifier, line } of importsOf(readFileSync(join(checkout, file), 'utf8'))) {
    imports++;
    const reason = offence(file, specifier);
    if (reason === null) continue;
    offences++;
    console.log(`${file}:${line}: imports '${specifier}'; ${reason}`);
  }
}
