// Launcher of the coverage-guided fuzzer: `npm run fuzz:bytecode-coverage -- --seconds N`. Bundles the target as jsfuzz wants
// it, CommonJS in a syntax that its instrumenter reads, gives it the compiled seeds as its first corpus, and stops it
// after N seconds (60). An input that breaks the engine is left as crash-… in the folder that is printed; status 1.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, stop } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const args = process.argv.slice(2);
const at = args.indexOf('--seconds');
const seconds = at === -1 ? 60 : Number(args[at + 1]);
if (!(seconds > 0) || args.length !== (at === -1 ? 0 : 2)) {
  console.error('npm run fuzz:bytecode-coverage -- [--seconds N]');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'kataan-coverage-'));
const settings = { bundle: true, platform: 'node', logLevel: 'error', keepNames: true };
await Promise.all([
  build({
    ...settings,
    entryPoints: [join(here, 'execute.ts'), join(here, 'seeds.ts')],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    target: 'node20',
  }),
  build({
    ...settings,
    entryPoints: [join(here, 'coverage-target.ts')],
    outfile: join(folder, 'target.cjs'),
    format: 'cjs',
    external: ['*/execute.mjs'],
    target: 'es2019',
    supported: { bigint: true, 'dynamic-import': true, 'regexp-named-capture-groups': true },
    define: { EXECUTE_BUNDLE: JSON.stringify(pathToFileURL(join(folder, 'execute.mjs')).href) },
  }),
]).catch(() => process.exit(2));
stop();

const { readSeeds } = await import(pathToFileURL(join(folder, 'seeds.mjs')).href);
mkdirSync(join(folder, 'corpus'));
for (const { name, bytes } of readSeeds(join(here, 'seeds')))
  writeFileSync(join(folder, 'corpus', `${name}.ktbc`), bytes);

const jsfuzz = createRequire(import.meta.url).resolve('jsfuzz');
const child = spawn(process.execPath, [jsfuzz, '--rssLimitMb', '3000', 'target.cjs', 'corpus'], {
  cwd: folder,
  stdio: ['ignore', 'inherit', 'inherit'],
});
let isOver = false;
const timer = setTimeout(() => {
  isOver = true;
  // Its worker ends with it, once their channel closes.
  child.kill('SIGKILL');
}, seconds * 1000);
child.on('exit', (code) => {
  clearTimeout(timer);
  const crashes = readdirSync(folder).filter((name) => name.startsWith('crash-'));
  if (crashes.length > 0 || (!isOver && code !== 0)) {
    console.log(
      `${crashes.map((name) => join(folder, name)).join('\n')}\nthe engine broke, or the fuzzer ended early`,
    );
    process.exitCode = 1;
    return;
  }
  console.log(`nothing broke in ${seconds} s`);
  rmSync(folder, { recursive: true, force: true });
});
