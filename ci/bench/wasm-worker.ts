// One process of the WebAssembly benchmark: prints a line of JSON for each sample.
//   node [FLAGS] wasm-worker.js kernels ENGINE CHECKOUT TARGET_MS FILTER [TRANSLATIONS]
//       kernels whose name contains FILTER; of wasm2js, from a file of what `translate` has printed
//   node [FLAGS] wasm-worker.js module ENGINE CHECKOUT TARGET_MS NAME IMPORTS
//       instances of a module
//   node wasm-worker.js translate wasm2js CHECKOUT 0 FILTER
//       the kernels as JavaScript

import { readFileSync } from 'node:fs';
import { Module } from '../../engine/wasm/wasm.ts';
import { medianOf } from './statistics.ts';
import {
  type EngineName,
  type ImportStubs,
  loadEngine,
  loadWasm2js,
  type Run,
  runOfTranslation,
  type WasmEngine,
} from './wasm-engines.ts';
import { type Kernel, readKernels } from './wasm-kernels.ts';
import { type BenchModule, freshCopy, readModules } from './wasm-modules.ts';

export type KernelSample =
  | {
      readonly name: string;
      /** Of one call of `run`. */
      readonly callMs: number;
      readonly result: string;
    }
  | { readonly name: string; readonly refusal: string };

export type ModuleSample =
  | {
      readonly name: string;
      /** Of the first instance in the process, and the median of later ones, of other bytes each. */
      readonly firstMs: number;
      readonly againMs: number;
    }
  | { readonly name: string; readonly refusal: string };

export interface Translation {
  readonly name: string;
  /** null: it cannot be translated. */
  readonly text: string | null;
}

const [task, engine, checkout, target, filter, more] = process.argv.slice(2) as [
  'kernels' | 'module' | 'translate',
  EngineName,
  string,
  string,
  string,
  string,
];
const print = (sample: KernelSample | ModuleSample | Translation): unknown =>
  process.stdout.write(`${JSON.stringify(sample)}\n`);
const kernels = readKernels(checkout).filter(({ name }) => name.includes(filter));
switch (task) {
  case 'translate': {
    const translate = await loadWasm2js();
    for (const { name, text } of kernels) {
      const bytes = new Module(text).toBytes();
      try {
        print({ name, text: translate(bytes) });
      } catch {
        // It throws pointers into its own memory.
        print({ name, text: null });
      }
    }
    break;
  }
  case 'kernels': {
    const compile = await kernelCompiler();
    for (const kernel of kernels) print(kernelSample(compile, kernel, Number(target)));
    break;
  }
  case 'module': {
    const module = readModules(checkout).find(({ name }) => name === filter) as BenchModule;
    const { instantiate } = await loadEngine(engine as Exclude<EngineName, 'wasm2js'>);
    print(moduleSample(instantiate, module, JSON.parse(more) as ImportStubs, Number(target)));
  }
}

async function kernelCompiler(): Promise<(kernel: Kernel) => Run> {
  if (engine === 'wasm2js') {
    const translations = (JSON.parse(readFileSync(more, 'utf8')) as Translation[]).map(
      ({ name, text }) => [name, text] as const,
    );
    const texts = new Map(translations);
    return ({ name }) => {
      const text = texts.get(name);
      if (text == null) throw new Error('it does not translate this module');
      return runOfTranslation(text);
    };
  }
  const { run } = await loadEngine(engine);
  return ({ text }) => run(new Module(text).toBytes());
}

function kernelSample(compile: (kernel: Kernel) => Run, kernel: Kernel, targetMs: number): KernelSample {
  let run: Run;
  let result: string;
  try {
    run = compile(kernel);
    result = String(run(kernel.size));
  } catch (error) {
    return { name: kernel.name, refusal: String((error as Error).message) };
  }
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

function moduleSample(
  instantiate: WasmEngine['instantiate'],
  { name, bytes }: BenchModule,
  stubs: ImportStubs,
  targetMs: number,
): ModuleSample {
  const times: number[] = [];
  const begin = performance.now();
  do {
    const copy = freshCopy(bytes, times.length);
    const start = performance.now();
    try {
      instantiate(copy, stubs);
    } catch (error) {
      return { name, refusal: String((error as Error).message) };
    }
    times.push(performance.now() - start);
  } while (performance.now() - begin < targetMs || times.length < 10);
  // Half of the rest is warm-up.
  return {
    name,
    firstMs: times[0] as number,
    againMs: medianOf(times.slice(times.length >> 1)),
  };
}
