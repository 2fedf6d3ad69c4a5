// Bundles that the launchers of this folder run, under .runs/bundles/. A bundle's folder is named by its content, so that
// editing the sources does not disturb a run that is under way and still starts workers.

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const checkout = dirname(dirname(fileURLToPath(import.meta.url)));

/** The folder that esbuild is to think it writes to. */
export const bundles = join(checkout, '.runs/bundles');

/** Stores esbuild's output files and gives the folder they are in. */
export function storeBundle(files) {
  const digest = createHash('sha256');
  for (const file of files) digest.update(basename(file.path)).update(file.contents);
  const target = join(bundles, digest.digest('hex').slice(0, 12));
  if (existsSync(target)) {
    const now = new Date();
    utimesSync(target, now, now); // It is in use again.
    return target;
  }
  dropOld();
  const partial = `${target}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  writeFileSync(join(partial, 'package.json'), '{"type":"module"}');
  for (const file of files) writeFileSync(join(partial, basename(file.path)), file.contents);
  try {
    renameSync(partial, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
    rmSync(partial, { recursive: true }); // Another run has just stored the same bundle.
  }
  return target;
}

/** Bundles of yesterday and before: no run lasts that long. */
function dropOld() {
  if (!existsSync(bundles)) return;
  for (const name of readdirSync(bundles)) {
    const path = join(bundles, name);
    if (Date.now() - statSync(path).mtimeMs > 86_400_000) rmSync(path, { recursive: true, force: true });
  }
}
