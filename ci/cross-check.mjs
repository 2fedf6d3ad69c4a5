// An independent check of our runner: the same random sample through test262-harness, which drives the
// command line tool as eshost's host type `engine262`, and through our own runner in-process; then
// their verdicts are compared. Exit status 1 when they disagree on a scenario, 2 when it cannot run.
//
// With `--suite wasm` (cross-check/) it is the modules of the WebAssembly suite that are held against wabt, wasm-tools and the host.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { bundles, storeBundle } from './bundles.mjs';

const USAGE = `npm run cross-check -- [options]
  --tier NAME        the tier of our runner (default: bytecode-vm)
  --host-path FILE   the tool that test262-harness drives (default: dist/kataan.js)
  --sample N         so many random tests (default: 300); --seed S for others (default: 262)
  --threads N        processes (default: 2)
npm run cross-check -- --suite wasm [--all]
  the modules of the WebAssembly suite; --all prints every unexplained difference
Exit status: 0 agreement, 1 a difference, 2 wrong usage, or no suite`;

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
const options = readOptions();
if (options.suite === 'wasm') process.exit(await checkWasm(options.all));
const hostPath = resolve(options['host-path']);
if (!existsSync(hostPath)) stop(`there is no ${options['host-path']}; npm run build makes dist/kataan.js`);

const { locateSuite } = await loadSuiteModule();
const root = findSuite();
const ours = runOurs();
const theirs = runHarness([...new Set([...ours.keys()].map((key) => key.split(' ')[0]))]);
process.exitCode = compare();

function readOptions() {
  if (process.argv.includes('--help')) {
    console.log(USAGE);
    process.exit(0);
  }
  try {
    const { values } = parseArgs({
      options: {
        suite: { type: 'string', default: 'test262' },
        all: { type: 'boolean', default: false },
        tier: { type: 'string', default: 'bytecode-vm' },
        'host-path': { type: 'string', default: join(checkout, 'dist/kataan.js') },
        sample: { type: 'string', default: '300' },
        seed: { type: 'string', default: '262' },
        threads: { type: 'string', default: '2' },
      },
    });
    if (!['test262', 'wasm'].includes(values.suite))
      throw new Error(`there is no suite '${values.suite}'; there are test262, wasm`);
    for (const name of ['sample', 'seed', 'threads'])
      if (!/^[1-9]\d*$/.test(values[name]))
        throw new Error(`--${name} wants a positive number, not '${values[name]}'`);
    return values;
  } catch (error) {
    return stop(`${error.message}\n\n${USAGE}`);
  }
}

async function checkWasm(printsAll) {
  const { outputFiles } = await build({
    absWorkingDir: checkout,
    entryPoints: ['ci/cross-check/wasm-main.ts'],
    outdir: bundles,
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
  const { main } = await import(pathToFileURL(join(storeBundle(outputFiles), 'wasm-main.js')).href);
  return main(checkout, printsAll);
}

async function loadSuiteModule() {
  const { outputFiles } = await build({
    absWorkingDir: checkout,
    entryPoints: ['ci/conformance/suite.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

function findSuite() {
  try {
    return locateSuite(checkout, process.env, console.error).root;
  } catch (error) {
    return stop(error.message);
  }
}

/** Key `path scenario` to { pass, message }. */
function runOurs() {
  const folder = mkdtempSync(join(tmpdir(), 'kataan-cross-check-'));
  const file = join(folder, 'ours.json');
  const { tier, sample, seed } = options;
  const args = [
    '--tier',
    tier,
    '--sample',
    sample,
    '--seed',
    seed,
    '--workers',
    options.threads,
    '--json',
    file,
  ];
  const { stderr } = spawnSync(process.execPath, [join(checkout, 'ci/conformance.mjs'), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    cwd: checkout,
  });
  if (!existsSync(file))
    stop(`our own run failed (${firstLine(stderr)}): npm run conformance -- ${args.join(' ')}`);
  const { scenarios } = JSON.parse(readFileSync(file, 'utf8')).runs[0];
  rmSync(folder, { recursive: true });
  return new Map(
    scenarios.map(({ path, scenario, outcome, message }) => [
      `${path} ${scenario === 'strict' ? 'strict' : 'default'}`,
      { pass: outcome === 'pass', message: message ?? '' },
    ]),
  );
}

function runHarness(paths) {
  const require = createRequire(import.meta.url);
  const harness = join(dirname(require.resolve('test262-harness/package.json')), 'bin/run.js');
  const args = [
    ...[
      '--host-type',
      'engine262',
      '--host-args=--test262',
      '--host-path',
      hostPath,
      '--test262-dir',
      root,
      '--timeout',
      '60000',
    ],
    ...['--threads', options.threads, '--reporter', 'json', '--reporter-keys', 'file,scenario,result'],
    ...paths.map((path) => join(root, path)),
  ];
  const { stdout, stderr } = spawnSync(process.execPath, [harness, ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  let results;
  try {
    results = JSON.parse(stdout);
  } catch {
    return stop(`test262-harness gave no results: ${stderr.trim().split('\n').slice(-3).join(' / ')}`);
  }
  return new Map(
    results.map(({ file, scenario, result }) => [
      `${relative(root, resolve(root, file)).split(sep).join('/')} ${scenario === 'strict mode' ? 'strict' : 'default'}`,
      { pass: result.pass, message: result.message ?? '' },
    ]),
  );
}

function compare() {
  let both = 0;
  const disagreements = [];
  for (const [key, own] of ours) {
    const other = theirs.get(key);
    if (!other) continue;
    both++;
    if (own.pass !== other.pass) disagreements.push([key, own, other]);
  }
  for (const [key, own, other] of disagreements) {
    console.log(key);
    console.log(`  runner:          ${own.pass ? 'pass' : `fail: ${firstLine(own.message)}`}`);
    console.log(`  test262-harness: ${other.pass ? 'pass' : `fail: ${firstLine(other.message)}`}`);
  }
  const agreed = both - disagreements.length;
  const missing = ours.size - both;
  console.log(
    `agreement: ${agreed} of ${both} scenarios (${((100 * agreed) / both).toFixed(2)}%), ` +
      `${missing} run by one side only; seed ${options.seed}`,
  );
  return disagreements.length > 0 || both === 0 ? 1 : 0;
}

function firstLine(text) {
  return text.split('\n', 1)[0];
}

function stop(message) {
  console.error(`cross-check: ${message}`);
  process.exit(2);
}
