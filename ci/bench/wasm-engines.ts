// The engines of `npm run bench -- --suite wasm`: our interpreter, the host's WebAssembly as it is and under two of its
// options, and two that translate to JavaScript. What an engine cannot do it refuses with an Error that says why.

import { Instance, Memory, Module, Store } from '../../engine/wasm/wasm.ts';

export const ENGINE_FLAGS = {
  'wasm-interpreter': [],
  'host-v8': [],
  'host-v8-liftoff': ['--liftoff-only'],
  'host-v8-eager': ['--no-wasm-lazy-compilation'],
  wasm2js: [],
  polywasm: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type EngineName = keyof typeof ENGINE_FLAGS;

/** Engines that the kernels run on, and those that modules are instantiated on. */
export const KERNEL_ENGINES = [
  'wasm-interpreter',
  'host-v8',
  'host-v8-liftoff',
  'wasm2js',
  'polywasm',
] as const;
export const MODULE_ENGINES = ['wasm-interpreter', 'host-v8', 'host-v8-eager', 'polywasm'] as const;

export type Run = (size: number) => unknown;
/** Something to import: a function without an effect, or a memory of a size in pages. */
export type ImportStub =
  | { readonly kind: 'func' }
  | { readonly kind: 'memory'; readonly min: number; readonly max: number | undefined };
export type ImportStubs = readonly (readonly [module: string, name: string, stub: ImportStub])[];

export interface WasmEngine {
  /** The function `run` of a module. */
  readonly run: (bytes: Uint8Array) => Run;
  /** Makes an instance of a module. */
  readonly instantiate: (bytes: Uint8Array, imports: ImportStubs) => unknown;
}

/** What of the JavaScript API the benchmark uses. */
interface JsApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports?: object,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly Memory: new (descriptor: object) => object;
}

export async function loadEngine(name: Exclude<EngineName, 'wasm2js'>): Promise<WasmEngine> {
  switch (name) {
    case 'wasm-interpreter':
      return { run: ownRun, instantiate: ownInstance };
    case 'polywasm': {
      const { WebAssembly } = await import('polywasm');
      return ofApi(WebAssembly as JsApi);
    }
    default:
      return ofApi((globalThis as unknown as { WebAssembly: JsApi }).WebAssembly);
  }
}

function ownRun(bytes: Uint8Array): Run {
  const run = new Instance(new Module(bytes, { store: new Store() })).func('run');
  return (size) => run.call(size);
}

function ownInstance(bytes: Uint8Array, imports: ImportStubs): Instance {
  const store = new Store();
  const module = new Module(bytes, { store });
  return new Instance(
    module,
    namespaces(imports, (stub) =>
      stub.kind === 'func'
        ? () => 0
        : Memory.create(stub.max === undefined ? { min: stub.min } : { min: stub.min, max: stub.max }, store),
    ) as never,
  );
}

function ofApi(api: JsApi): WasmEngine {
  return {
    run: (bytes) => new api.Instance(new api.Module(bytes)).exports.run as Run,
    instantiate: (bytes, imports) =>
      new api.Instance(
        new api.Module(bytes),
        namespaces(imports, (stub) =>
          stub.kind === 'func'
            ? () => 0
            : new api.Memory({ initial: stub.min, ...(stub.max === undefined ? {} : { maximum: stub.max }) }),
        ),
      ),
  };
}

function namespaces(imports: ImportStubs, make: (stub: ImportStub) => unknown): object {
  const all: Record<string, Record<string, unknown>> = {};
  for (const [module, name, stub] of imports) {
    all[module] ??= {};
    all[module][name] = make(stub);
  }
  return all;
}

/** What of binaryen the benchmark uses. */
interface Binaryen {
  readonly Features: { readonly All: number };
  setOptimizeLevel(level: number): void;
  setShrinkLevel(level: number): void;
  readBinary(bytes: Uint8Array): {
    setFeatures(features: number): void;
    optimize(): void;
    emitAsmjs(): string;
    dispose(): void;
  };
}

/**
 * Loads the translator to JavaScript. It must not be loaded where its translations are measured: the host goes on
 * compiling it for seconds.
 */
export async function loadWasm2js(): Promise<(bytes: Uint8Array) => string> {
  const binaryen = ((await import('binaryen')) as unknown as { default: Binaryen }).default;
  binaryen.setOptimizeLevel(2);
  binaryen.setShrinkLevel(0);
  return (bytes) => {
    const module = binaryen.readBinary(bytes);
    module.setFeatures(binaryen.Features.All);
    module.optimize();
    const text = module.emitAsmjs();
    module.dispose();
    return text;
  };
}

/** The function `run` of a translation: a module of the host, whose imports and exports are taken as parameters here. */
export function runOfTranslation(text: string): Run {
  const body = text.replace(/^import .*$/gm, '').replace(/^export var run = /m, 'return ');
  // It leaves the upper half of a result of 64 bits to `setTempRet0`, if it asks for that.
  let high = 0;
  const env = {
    setTempRet0: (word: number) => {
      high = word;
    },
  };
  const run = new Function('env', body)(env) as (size: number) => number;
  if (!text.includes('setTempRet0')) return run;
  return (size) => {
    const low = run(size);
    return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low >>> 0));
  };
}
