// Real programs on our engine, byte for byte as on the host. A program is a script with header comments
// `// script: PACKAGE/FILE` for what is loaded before it; it sees `print(line)` and `readText(PACKAGE/FILE)`.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { expect, test } from 'vitest';
import { describeError, Runtime, TIERS, type TierName } from '../../engine/engine.ts';

const folder = dirname(fileURLToPath(import.meta.url));
const packages = join(folder, '../../node_modules');

function readPackageFile(name: string): string {
  return readFileSync(join(packages, name), 'utf8');
}

function scriptsOf(source: string): string[] {
  return [...source.matchAll(/^\/\/ script: (.+)$/gm)].map((match) => match[1]);
}

function onHost(name: string, source: string): string[] {
  const lines: string[] = [];
  const globals = { print: (line: unknown) => lines.push(String(line)), readText: readPackageFile };
  // Jobs are run when a script ends, not after the comparison.
  const context = vm.createContext(globals, { microtaskMode: 'afterEvaluate' });
  for (const script of scriptsOf(source)) vm.runInContext(readPackageFile(script), context, { filename: script });
  vm.runInContext(source, context, { filename: name });
  return lines;
}

function onEngine(tier: TierName, name: string, source: string): string[] {
  const lines: string[] = [];
  const runtime = new Runtime({ tier });
  runtime.defineFunction('print', 1, ([line]) => {
    lines.push(String(line));
    return undefined;
  });
  runtime.defineFunction('readText', 1, ([file]) => readPackageFile(String(file)));
  const run = (text: string, label: string): void => {
    const completion = runtime.runScript(text, label);
    if (completion.kind === 'throw') throw new Error(describeError(completion.value).stack);
    if (completion.kind === 'parse-error') throw new Error(`${completion.error.message}\n${completion.error.excerpt}`);
    expect(completion.kind).toBe('normal');
  };
  for (const script of scriptsOf(source)) run(readPackageFile(script), script);
  run(source, name);
  expect(runtime.runJobs().kind).toBe('normal');
  return lines;
}

for (const name of readdirSync(folder).filter((file) => file.endsWith('.js'))) {
  const source = readFileSync(join(folder, name), 'utf8');
  for (const tier of TIERS) {
    test(`${name} prints on ${tier} what it prints on the host`, { timeout: 120_000 }, () => {
      const expected = onHost(name, source);
      expect(expected.length).toBeGreaterThan(3);
      expect(onEngine(tier, name, source)).toEqual(expected);
    });
  }
}
