// The parser against acorn on the 9 MB of typescript@5.9's lib/typescript.js: median time of alternating runs
// in one process, and the heap that the finished tree keeps alive, each parser in a process of its own.
// `node ci/bench-parser.mjs [--runs N] [--file PATH]`
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const TARGET_RATIO = 1.5;

function option(name, fallback) {
  const index = process.argv.indexOf(name);
  return index < 0 ? fallback : process.argv[index + 1];
}

async function loadParsers(bundle) {
  const { parseScript, SourceText } = await import(pathToFileURL(bundle).href);
  const acorn = require('acorn');
  return {
    kataan(text) {
      const result = parseScript(new SourceText('typescript.js', text));
      if (!result.ok) throw new Error(result.error.message);
      return result.node;
    },
    acorn: (text) => acorn.parse(text, { ecmaVersion: 'latest', sourceType: 'script' }),
  };
}

/** In a child: prints the bytes that the tree of one parse keeps alive. */
async function measureMemory(name, bundle, file) {
  const parsers = await loadParsers(bundle);
  const text = readFileSync(file, 'utf8');
  parsers[name]('a'.repeat(10));
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  const tree = parsers[name](text);
  globalThis.gc();
  const after = process.memoryUsage().heapUsed;
  console.log(JSON.stringify({ bytes: after - before, kept: tree !== null && text.length > 0 }));
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

function findSample(temporary) {
  const given = option('--file', '');
  if (given !== '') return given;
  const installed = join(root, 'node_modules/typescript-5/lib/typescript.js');
  if (existsSync(installed)) return installed;
  execFileSync('npm', ['install', '--no-save', '--silent', '--prefix', temporary, 'typescript@5.9.3'], {
    stdio: 'inherit',
  });
  return join(temporary, 'node_modules/typescript/lib/typescript.js');
}

async function main() {
  const temporary = mkdtempSync(join(tmpdir(), 'bench-parser-'));
  try {
    const bundle = join(temporary, 'parser.mjs');
    buildSync({
      stdin: {
        contents: `export { parseScript } from './engine/syntax/parse.ts';\nexport { SourceText } from './engine/syntax/source-text.ts';`,
        resolveDir: root,
        loader: 'ts',
      },
      bundle: true,
      format: 'esm',
      platform: 'node',
      minifySyntax: true,
      outfile: bundle,
    });
    const file = findSample(temporary);
    const text = readFileSync(file, 'utf8');
    const parsers = await loadParsers(bundle);
    const runs = Number(option('--runs', '9'));
    const times = { kataan: [], acorn: [] };
    for (let i = 0; i < runs + 2; i++) {
      for (const name of Object.keys(times)) {
        const start = performance.now();
        parsers[name](text);
        if (i >= 2) times[name].push(performance.now() - start);
        else if (i === 0)
          console.log(`first run ${name.padEnd(7)} ${(performance.now() - start).toFixed(0)} ms`);
      }
    }
    const ours = median(times.kataan);
    const theirs = median(times.acorn);
    const bytes = {};
    for (const name of Object.keys(times)) {
      const out = execFileSync(process.execPath, [
        '--expose-gc',
        fileURLToPath(import.meta.url),
        '--memory',
        name,
        '--bundle',
        bundle,
        '--file',
        file,
      ]);
      bytes[name] = JSON.parse(out.toString()).bytes;
    }
    const spread = (values) => `${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)}`;
    const mb = (count) => `${(count / 1e6).toFixed(0)} MB`;
    console.log(
      `node ${process.version}, ${(text.length / 1e6).toFixed(1)} million characters, ${runs} runs`,
    );
    console.log(`kataan  ${ours.toFixed(0)} ms (${spread(times.kataan)})  tree ${mb(bytes.kataan)}`);
    console.log(`acorn   ${theirs.toFixed(0)} ms (${spread(times.acorn)})  tree ${mb(bytes.acorn)}`);
    console.log(
      `time ratio ${(ours / theirs).toFixed(2)} (target ${TARGET_RATIO}), memory ratio ${(bytes.kataan / bytes.acorn).toFixed(2)}`,
    );
    if (ours / theirs > TARGET_RATIO) process.exitCode = 1;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

if (process.argv.includes('--memory'))
  await measureMemory(option('--memory', ''), option('--bundle', ''), option('--file', ''));
else await main();
