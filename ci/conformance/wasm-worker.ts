// A process that runs scripts of the WebAssembly suite on a tier, one at a time. If it dies or hangs on one, the pool notices and
// starts another process.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandResult, runScriptOn } from '../../engine/wasm/harness.ts';
import { serve, workerConfig } from '../workers/serve.ts';
import { featuresOf } from './wasm-suite.ts';
import { suiteTierOf } from './wasm-tiers.ts';

export interface WasmWorkerConfig {
  readonly root: string;
  readonly tier: string;
}

export interface ScriptJob {
  readonly path: string;
  readonly timeoutMs: number;
}

const { root, tier } = workerConfig<WasmWorkerConfig>();
const { createEngine } = suiteTierOf(tier);

await serve(({ path }: ScriptJob): CommandResult[] =>
  runScriptOn(createEngine({}), readFileSync(join(root, path), 'utf8'), featuresOf(path)),
);
