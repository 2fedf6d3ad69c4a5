// One process of the WebAssembly benchmark: runs kernels on one engine and prints a line of JSON for each sample.
//   node [--liftoff-only] wasm-worker.js ENGINE CHECKOUT TARGET_MS FILTER

import { Instance, Module, Store } from '../../engine/wasm/wasm.ts';
import { type Kernel, readKernels } from './wasm-kernels.ts';

export interface KernelSample {
  readonly name: string;
  /** Of one call of `run`. */
  readonly callMs: number;
  readonly result: string;
}

interface HostWebAssembly {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
  ) => { readonly exports: { readonly run: (size: number) => unknown } };
}
const host = (globalThis as unknown as { WebAssembly: HostWebAssembly }).WebAssembly;

const [engine, checkout, target, filter] = process.argv.slice(2) as [string, string, string, string];
for (const kernel of readKernels(checkout))
  if (kernel.name.includes(filter))
    process.stdout.write(`${JSON.stringify(sample(kernel, Number(target)))}\n`);

function sample(kernel: Kernel, targetMs: number): KernelSample {
  const run = engine === 'wasm-interpreter' ? ownRun(kernel) : hostRun(kernel);
  const result = String(run(kernel.size));
  // Warm-up; its end says how many calls a sample takes.
  let calls = 0;
  const start = performance.now();
  do {
    run(kernel.size);
    calls++;
  } while (performance.now() - start < targetMs);
  const from = performance.now();
  for (let i = 0; i < calls; i++) run(kernel.size);
  return { name: kernel.name, callMs: (performance.now() - from) / calls, result };
}

function ownRun({ text }: Kernel): (size: number) => unknown {
  const instance = new Instance(new Module(text, { store: new Store() }));
  const run = instance.func('run');
  return (size) => run.call(size);
}

function hostRun({ text }: Kernel): (size: number) => unknown {
  const { run } = new host.Instance(new host.Module(new Module(text).toBytes())).exports;
  return run;
}
