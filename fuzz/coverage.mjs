// Launcher of the coverage-guided fuzzer: `npm run fuzz:coverage -- TARGET --minutes N` (1). Bundles the target, counts coverage in the
// files that it names and in no others, gives jsfuzz the target's first corpus, and stops it in time. An input that breaks the
// engine, or hangs, is left as crash-… in the folder that is printed; status 1.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, stop, transform } from 'esbuild';

const fuzzFolder = fileURLToPath(new URL('.', import.meta.url));
const engineFolder = join(fuzzFolder, '../engine');
/** Longer inputs count as hanging. */
const HANG_SECONDS = 20;
const RSS_MB = 3000;

const folder = mkdtempSync(join(tmpdir(), 'kataan-coverage-'));
const settings = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'error',
  keepNames: true,
};

/** Bundles a module of fuzz/ and gives what it exports. */
async function load(entry, outfile, plugins = []) {
  await build({
    ...settings,
    entryPoints: [join(fuzzFolder, entry)],
    outfile: join(folder, outfile),
    plugins,
  }).catch(() => process.exit(2));
  return import(pathToFileURL(join(folder, outfile)).href);
}

const { TARGET_NAMES } = await load('target-names.ts', 'names.mjs');
const [name, option, value] = process.argv.slice(2);
const scale = { '--minutes': 60, '--seconds': 1 }[option ?? '--minutes'];
const seconds = Number(value ?? 1) * (scale ?? Number.NaN);
if (!TARGET_NAMES.includes(name) || !(seconds > 0) || process.argv.length > 5) {
  console.error(`npm run fuzz:coverage -- ${TARGET_NAMES.join('|')} [--minutes N | --seconds N]`);
  process.exit(2);
}

const { makeTarget } = await load(`${name}/target.ts`, 'plain.mjs');
const target = makeTarget(join(fuzzFolder, name, 'seeds'), 1);
const corpus = join(folder, 'corpus');
mkdirSync(corpus);
for (const [i, bytes] of target.seedBytes().entries())
  writeFileSync(join(corpus, `seed-${String(i).padStart(4, '0')}`), bytes);

// The instrumenter that jsfuzz itself uses, which reads no syntax newer than this.
const { createInstrumenter } = createRequire(createRequire(import.meta.url).resolve('jsfuzz'))(
  'istanbul-lib-instrument',
);
const readable = {
  target: 'es2019',
  supported: { bigint: true, 'dynamic-import': true, 'regexp-named-capture-groups': true },
};
const instrument = {
  name: 'instrument',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]engine[\\/].*\.ts$/ }, async ({ path }) => {
      const place = relative(engineFolder, path).replaceAll('\\', '/');
      if (!target.covers.some((prefix) => place.startsWith(prefix))) return undefined;
      const { code } = await transform(readFileSync(path, 'utf8'), { loader: 'ts', ...readable });
      return {
        contents: createInstrumenter({ esModules: true, compact: true }).instrumentSync(code, path),
        loader: 'js',
      };
    });
  },
};
await load('coverage-run.ts', 'run.mjs', [instrument]);
stop();
// jsfuzz instruments what is required, but not what is imported; `run` is in this module.
writeFileSync(
  join(folder, 'target.cjs'),
  `const run = import(${JSON.stringify(pathToFileURL(join(folder, 'run.mjs')).href)});
exports.fuzz = async (bytes) => { (await run).runBytes(${JSON.stringify(name)}, ${JSON.stringify(fuzzFolder)}, bytes); };
`,
);

const jsfuzz = createRequire(import.meta.url).resolve('jsfuzz');
// Its versifier takes minutes for the longer texts.
const args = [
  '--no-versifier',
  '--rssLimitMb',
  String(RSS_MB),
  '--timeout',
  String(HANG_SECONDS),
  'target.cjs',
  'corpus',
];
const child = spawn(process.execPath, [jsfuzz, ...args], {
  cwd: folder,
  stdio: ['ignore', 'pipe', 'inherit'],
});
let lastLine = '';
let printedAt = 0;
let rest = '';
child.stdout.on('data', (chunk) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop();
  for (const line of lines) {
    const isProgress = /^#\d+ (NEW|PULSE)/.test(line);
    if (isProgress) lastLine = line;
    if (isProgress && Date.now() - printedAt < 15_000) continue;
    if (isProgress) printedAt = Date.now();
    console.log(line);
  }
});
let isOver = false;
const timer = setTimeout(() => {
  isOver = true;
  // Its worker ends with it, once their channel closes.
  child.kill('SIGKILL');
}, seconds * 1000);
child.on('exit', (code) => {
  clearTimeout(timer);
  const crashes = readdirSync(folder).filter((file) => file.startsWith('crash-'));
  if (crashes.length > 0 || (!isOver && code !== 0)) {
    console.log(
      `${crashes.map((file) => join(folder, file)).join('\n')}\nthe engine broke, or the fuzzer ended early`,
    );
    for (const file of crashes)
      console.log(
        target.describe?.(target.fromBytes(readFileSync(join(folder, file)))) ??
          JSON.stringify(target.fromBytes(readFileSync(join(folder, file)))),
      );
    process.exitCode = 1;
    return;
  }
  console.log(`${lastLine}\nnothing broke in ${seconds} s`);
  rmSync(folder, { recursive: true, force: true });
});
