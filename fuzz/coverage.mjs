// Launcher of the coverage-guided fuzzer: `npm run fuzz:coverage -- TARGET --minutes N` (1). Bundles the target, counts coverage in the
// files that it names and in no others, gives jsfuzz the target's first corpus, and stops it in time. An input that breaks the
// engine, or hangs, is left as crash-… in the folder that is printed; status 1.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stop, transform } from 'esbuild';
import { bundle, fuzzFolder, load, temporaryFolder } from './bundle.mjs';

/** Longer inputs count as hanging. */
const HANG_SECONDS = 20;
const RSS_MB = 3000;

const folder = temporaryFolder();
const { TARGET_NAMES } = await load(await bundle('target-names.ts', folder));
const [name, option, value] = process.argv.slice(2);
const scale = { '--minutes': 60, '--seconds': 1 }[option ?? '--minutes'];
const seconds = Number(value ?? 1) * (scale ?? Number.NaN);
if (!TARGET_NAMES.includes(name) || !(seconds > 0) || process.argv.length > 5) {
  rmSync(folder, { recursive: true });
  console.error(`npm run fuzz:coverage -- ${TARGET_NAMES.join('|')} [--minutes N | --seconds N]`);
  process.exit(2);
}

const { makeTarget } = await load(await bundle(`${name}/target.ts`, folder));
const target = makeTarget(`${fuzzFolder}/${name}/seeds`, 1);
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
      const place = relative(join(fuzzFolder, '../engine'), path).replaceAll('\\', '/');
      if (!target.covers.some((prefix) => place.startsWith(prefix))) return undefined;
      const { code } = await transform(readFileSync(path, 'utf8'), { loader: 'ts', ...readable });
      return {
        contents: createInstrumenter({ esModules: true, compact: true }).instrumentSync(code, path),
        loader: 'js',
      };
    });
  },
};
const runFile = await bundle('coverage-run.ts', folder, { plugins: [instrument], sourcemap: false });
stop();
// jsfuzz instruments what is required, but not what is imported; `run` is in this module.
writeFileSync(
  join(folder, 'target.cjs'),
  `const run = import(${JSON.stringify(pathToFileURL(runFile).href)});
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
    for (const file of crashes) {
      const input = target.fromBytes(new Uint8Array(readFileSync(join(folder, file))));
      console.log(
        `as --input of npm run fuzz -- ${name}:\n${target.describe?.(input) ?? JSON.stringify(input)}`,
      );
    }
    process.exitCode = 1;
    return;
  }
  console.log(`${lastLine}\nnothing broke in ${seconds} s`);
  rmSync(folder, { recursive: true, force: true });
});
