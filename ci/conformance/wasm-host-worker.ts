// A process that runs scripts of the WebAssembly suite on the host's `WebAssembly`, one at a time. If the host dies or hangs on
// one, the pool notices and starts another process.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve, workerConfig } from '../workers/serve.ts';
import { type HostResult, runHostScript } from './wasm-host.ts';
import { featuresOf } from './wasm-suite.ts';

export interface HostWorkerConfig {
  readonly root: string;
}

export interface HostJob {
  readonly path: string;
  readonly timeoutMs: number;
}

const { root } = workerConfig<HostWorkerConfig>();

await serve(({ path }: HostJob): HostResult[] =>
  runHostScript(readFileSync(join(root, path), 'utf8'), featuresOf(path)),
);
