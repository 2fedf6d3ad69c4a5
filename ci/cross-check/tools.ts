// The other tools, behind one interface. Each does what it can: read a text, read bytes, write either, judge validity.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { encodeModule } from '../../engine/wasm/format/encode-module.ts';
import { type FeatureName, featureRows } from '../../engine/wasm/format/features.ts';
import { parseModule } from '../../engine/wasm/text/module-parser.ts';

export interface Tool {
  readonly name: string;
  /** Features that it does not have, or has of another version than the specification's. */
  readonly unknown: ReadonlySet<FeatureName>;
  /** Bytes of a text module. Throws if the tool takes it for malformed. */
  parse?(text: string): Uint8Array;
  /** What the tool makes of bytes: bytes again, or a text. Throws if it takes them for malformed. */
  reencode?(bytes: Uint8Array): Uint8Array;
  print?(bytes: Uint8Array): string;
  /** Whether bytes are a valid module. */
  isValid?(bytes: Uint8Array): boolean;
}

/** Modules that use a feature, to ask a host which it knows. */
const PROBES: Readonly<Partial<Record<FeatureName, string>>> = {
  signExtension: '(func (drop (i32.extend8_s (i32.const 0))))',
  saturatingConversion: '(func (drop (i32.trunc_sat_f32_s (f32.const 0))))',
  multiValue: '(func (result i32 i32) (i32.const 0) (i32.const 0))',
  bulkMemory: '(memory 1) (data "")',
  referenceTypes: '(func (param externref))',
  simd: '(func (param v128))',
  relaxedSimd: '(func (param v128) (result v128) (i8x16.relaxed_swizzle (local.get 0) (local.get 0)))',
  extendedConst: '(global i32 (i32.add (i32.const 1) (i32.const 1)))',
  tailCalls: '(func (return_call 0))',
  multiMemory: '(memory 1) (memory 1)',
  memory64: '(table i64 1 funcref) (memory i64 1)',
  functionReferences: '(type $t (func)) (func (param (ref null $t)) (call_ref $t (local.get 0)))',
  gc: '(type $t (struct)) (func (drop (struct.new $t)))',
  exceptions: '(tag) (func (block (try_table (catch 0 0))))',
  legacyExceptions: '(tag) (func (try (do) (catch 0)))',
  threads: '(memory 1 1 shared)',
};

export async function loadTools(checkout: string): Promise<Tool[]> {
  const require = createRequire(join(checkout, 'package.json'));
  const wabt = await wabtTool(require('wabt') as () => Promise<Wabt>);
  const wasmTools = (await import(
    pathToFileURL(require.resolve('@bytecodealliance/jco-transpile/wasm-tools')).href
  )) as AsyncWasmTools;
  // Its functions are asynchronous for their first call only; the component behind them is not.
  await wasmTools.parse('(module)');
  const { tools } = (await import(
    pathToFileURL(
      join(require.resolve('@bytecodealliance/jco-transpile/wasm-tools'), '../../vendor/wasm-tools.js'),
    ).href
  )) as { readonly tools: SyncWasmTools };
  return [wabt, wasmToolsTool(tools), hostTool()];
}

interface AsyncWasmTools {
  readonly parse: (text: string) => Promise<Uint8Array>;
}
interface SyncWasmTools {
  readonly parse: (text: string) => Uint8Array;
  readonly print: (bytes: Uint8Array) => string;
}

interface WabtModule {
  readonly validate: (features: object) => void;
  readonly toText: (options: object) => string;
  readonly toBinary: (options: object) => { readonly buffer: Uint8Array };
  readonly destroy: () => void;
}
interface Wabt {
  readonly FEATURES: Readonly<Record<string, boolean>>;
  readonly parseWat: (name: string, text: Uint8Array, features: object) => WabtModule;
  readonly readWasm: (bytes: Uint8Array, options: object) => WabtModule;
}

async function wabtTool(load: () => Promise<Wabt>): Promise<Tool> {
  const wabt = await load();
  const features = Object.fromEntries(Object.keys(wabt.FEATURES).map((name) => [name, true]));
  const using = <T>(module: WabtModule, action: (module: WabtModule) => T): T => {
    try {
      return action(module);
    } finally {
      module.destroy();
    }
  };
  const read = (bytes: Uint8Array): WabtModule => wabt.readWasm(Uint8Array.from(bytes), features);
  return {
    name: 'wabt',
    unknown: new Set<FeatureName>([
      'gc',
      'customDescriptors',
      'wideArithmetic',
      'customPageSizes',
      // An older form of them, without types of tables and locals.
      'functionReferences',
      // The package's writer leaves out the indices of memories: features reach its readers only.
      'multiMemory',
    ]),
    parse: (text) =>
      using(wabt.parseWat('module.wat', Uint8Array.from(Buffer.from(text)), features), (module) =>
        module.toBinary({}).buffer.slice(),
      ),
    reencode: (bytes) => using(read(bytes), (module) => module.toBinary({}).buffer.slice()),
    print: (bytes) => using(read(bytes), (module) => module.toText({})),
    isValid: (bytes) => {
      try {
        using(read(bytes), (module) => module.validate(features));
        return true;
      } catch {
        return false;
      }
    },
  };
}

function wasmToolsTool(tools: SyncWasmTools): Tool {
  return {
    name: 'wasm-tools',
    unknown: new Set<FeatureName>(),
    parse: (text) => attempt(() => tools.parse(text)),
    print: (bytes) => attempt(() => tools.print(bytes)),
  };
}

/** Errors of components are no Errors of the host's; they carry a payload. */
function attempt<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    const { payload } = error as { readonly payload?: unknown };
    throw payload === undefined ? error : new Error(String(payload));
  }
}

function hostTool(): Tool {
  const { validate } = (
    globalThis as unknown as {
      readonly WebAssembly: { readonly validate: (bytes: Uint8Array) => boolean };
    }
  ).WebAssembly;
  const knows = (name: FeatureName): boolean => {
    const probe = PROBES[name];
    return probe !== undefined && validate(encodeModule(parseModule(probe)));
  };
  const names = (Object.keys(featureRows) as FeatureName[]).filter((name) => !NO_PROBE.has(name));
  return {
    name: 'host',
    unknown: new Set(names.filter((name) => !knows(name))),
    isValid: (bytes) => validate(bytes),
  };
}

/** Features of texts and of custom sections, which no module needs. */
const NO_PROBE: ReadonlySet<FeatureName> = new Set(['mvp', 'branchHints', 'customAnnotations']);
