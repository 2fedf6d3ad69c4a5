// What `kataan` starts with: the tool itself is one script beside this file, with V8's code cache of it, made when the package
// was built. Where the cache fits the host, the host has nothing to scan; else it compiles as ever. Most of the time that
// `kataan -e 1` takes is that.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

const file = fileURLToPath(new URL('./kataan.script', import.meta.url));
const script = new Script(readFileSync(file, 'latin1'), { filename: file, ...cachedData() });
script.runInThisContext()(createRequire(import.meta.url), import.meta.url);

function cachedData(): { readonly cachedData?: Buffer } {
  try {
    return { cachedData: readFileSync(`${file}.cache`) };
  } catch {
    // Built without it.
    return {};
  }
}
