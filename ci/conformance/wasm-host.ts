// Runs the commands of a script on the host's own `WebAssembly`. Our reader assembles the modules; what concerns texts only
// is left out. Values that JavaScript cannot hold, vectors and the bits of NaNs, go through a module of ours that reads
// arguments from its memory, calls the function and stores its results there. Of an error its kind counts, not its message.

import { HEAP_FUNC, HEAP_I31 } from '../../engine/wasm/format/types.ts';
import {
  type Action,
  type AssembledCommand,
  assembleScript,
  type ExternDescriptor,
  expectedText,
  type Features,
  Module,
  matchesResult,
  type ScriptResult,
  type ScriptValue,
  scriptArgument,
} from '../../engine/wasm/wasm.ts';

import {
  type HostErrorClass,
  type HostExport,
  type HostExports,
  type HostGlobal,
  type HostMemory,
  type HostModule,
  host,
} from './host-webassembly.ts';

export interface HostResult {
  readonly kind: string;
  readonly call: string | null;
  readonly position: number;
  /** null: it did what it says. */
  readonly failure: string | null;
}

type NumberType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128';

/** Bytes between two values in the memory of a caller module. */
const SLOT_BYTES = 16;
const WORDS: Readonly<Record<NumberType, number>> = { i32: 1, i64: 2, f32: 1, f64: 2, v128: 4 };

/** The commands of a script that a host can be asked about: all but those on texts. Throws as `assembleScript` does. */
export function hostCommands(text: string, features: Features): AssembledCommand[] {
  return assembleScript(text, features).filter(
    (command) =>
      command.kind !== 'assert_malformed_custom' &&
      command.kind !== 'assert_invalid_custom' &&
      !('bytes' in command && command.bytes === null && command.kind.startsWith('assert_')),
  );
}

export function callOf(command: AssembledCommand): string | null {
  return 'action' in command ? command.action.name : null;
}

/** Runs a script in fresh instances. */
export function runHostScript(text: string, features: Features): HostResult[] {
  const script = new HostScript(features);
  return hostCommands(text, features).map((command) => ({
    kind: command.kind,
    call: callOf(command),
    position: command.position,
    failure: script.run(command),
  }));
}

/** A module of the host, and its binary, of which our reader tells the types of exports. */
interface LoadedModule {
  readonly module: HostModule;
  readonly bytes: Uint8Array;
}

class HostScript {
  private readonly features: Features;
  private readonly imports: Record<string, HostExports> = { spectest: spectest() };
  private readonly instances = new Map<string, HostExports>();
  private readonly modules = new Map<string, LoadedModule>();
  private readonly types = new Map<HostExports, ReadonlyMap<string, ExternDescriptor>>();
  private readonly sources = new Map<HostExports, Uint8Array>();
  private readonly callers = new Map<string, HostModule>();
  private lastModule: LoadedModule | null = null;
  private current: HostExports | null = null;

  constructor(features: Features) {
    this.features = features;
  }

  run(command: AssembledCommand): string | null {
    try {
      return this.execute(command);
    } catch (error) {
      return describe(error);
    }
  }

  private execute(command: AssembledCommand): string | null {
    switch (command.kind) {
      case 'module':
        this.current = null;
        this.lastModule = compile(command.bytes);
        if (command.name !== null) this.modules.set(command.name, this.lastModule);
        if (!command.isDefinition) this.instantiate(this.lastModule, command.name);
        return null;
      case 'instance': {
        const module = command.module === null ? this.lastModule : this.modules.get(command.module);
        if (module == null) return `there is no module ${command.module ?? ''}`;
        this.instantiate(module, command.name);
        return null;
      }
      case 'register':
        this.imports[command.as] = this.instance(command.instance);
        return null;
      case 'action':
        this.act(command.action, null);
        return null;
      case 'assert_return':
        return this.act(command.action, command.results);
      case 'assert_trap':
        return expectThrown(() => this.act(command.action, null), host.RuntimeError);
      case 'assert_exhaustion':
        return expectThrown(() => this.act(command.action, null), RangeError);
      case 'assert_exception':
        return expectThrown(() => this.act(command.action, null), host.Exception);
      case 'assert_malformed':
      case 'assert_invalid':
        return expectThrown(() => compile(command.bytes), host.CompileError);
      case 'assert_unlinkable': {
        const module = compile(command.bytes);
        // A module that is not there at all is a TypeError of the JavaScript API.
        return expectThrown(() => this.instantiate(module, null), host.LinkError, TypeError);
      }
      case 'assert_uninstantiable': {
        const module = compile(command.bytes);
        return expectThrown(() => this.instantiate(module, null), host.RuntimeError, host.Exception);
      }
      default:
        return 'no command for a host';
    }
  }

  private instantiate({ module, bytes }: LoadedModule, name: string | null): void {
    this.current = null;
    const { exports } = new host.Instance(module, this.imports);
    this.current = exports;
    this.sources.set(exports, bytes);
    if (name !== null) this.instances.set(name, exports);
  }

  private instance(name: string | null): HostExports {
    const exports = name === null ? this.current : this.instances.get(name);
    if (exports == null) throw new Error(`there is no instance ${name ?? ''}`);
    return exports;
  }

  /** The type of an export, as our reader sees it. */
  private typeOf(exports: HostExports, name: string): ExternDescriptor | undefined {
    let types = this.types.get(exports);
    if (types === undefined) {
      const bytes = this.sources.get(exports);
      const rows = bytes === undefined ? [] : new Module(bytes, { features: this.features }).exports;
      types = new Map(rows.map(({ name: of, extern }) => [of, extern]));
      this.types.set(exports, types);
    }
    return types.get(name);
  }

  /** null, or how the results differ from the expected ones; null for `expected`: they are not looked at. */
  private act(action: Action, expected: readonly ScriptResult[] | null): string | null {
    const exports = this.instance(action.instance);
    const extern = exports[action.name];
    if (extern === undefined) throw new Error(`there is no export ${action.name}`);
    const args = action.kind === 'get' ? [] : action.args;
    const type = exactType(this.typeOf(exports, action.name));
    const isExact =
      type !== null &&
      (Object.values(type).flat().includes('v128') || [...args, ...(expected ?? [])].some(needsBits));
    if (isExact) return this.actExactly(extern, type, args, expected ?? []);
    const value =
      action.kind === 'get'
        ? (extern as HostGlobal).value
        : (extern as (...args: unknown[]) => unknown)(...args.map(hostValue));
    if (expected === null) return null;
    const results =
      expected.length === 0 ? [] : expected.length === 1 ? [value] : [...(value as Iterable<unknown>)];
    const isRight =
      results.length === expected.length &&
      results.every((result, i) => matchesHostValue(result, expected[i] as ScriptResult));
    return isRight ? null : `got ${results.map(String).join(', ')}, expected ${expected.map(expectedText)}`;
  }

  private actExactly(
    extern: HostExport,
    type: NumberTypes,
    args: readonly ScriptValue[],
    expected: readonly ScriptResult[],
  ): string | null {
    const { memory, run } = this.caller(extern, type);
    const words = new DataView(memory.buffer);
    args.forEach((arg, i) => {
      scriptArgument(arg).words.forEach((word, w) => {
        words.setInt32(i * SLOT_BYTES + 4 * w, word, true);
      });
    });
    run();
    const got = type.results.map((type, i) =>
      Array.from({ length: WORDS[type] }, (_, w) => words.getInt32(i * SLOT_BYTES + 4 * w, true)),
    );
    if (expected.every((each, i) => matchesResult({ words: got[i] ?? [], ref: null }, each))) return null;
    const text = got.map((each) => each.map((word) => `0x${(word >>> 0).toString(16)}`).join(' '));
    return `got ${text.join(', ')}, expected ${expected.map(expectedText)}`;
  }

  /** An instance that calls a function, or reads a global, through its memory. */
  private caller(
    extern: HostExport,
    type: NumberTypes,
  ): { readonly memory: HostMemory; readonly run: () => void } {
    const text = callerText(type);
    let module = this.callers.get(text);
    if (module === undefined) {
      ({ module } = compile(new Module(text).toBytes()));
      this.callers.set(text, module);
    }
    const { exports } = new host.Instance(module, { '': { callee: extern } });
    return { memory: exports.memory as HostMemory, run: exports.run as () => void };
  }
}

function compile(bytes: Uint8Array | null): LoadedModule {
  if (bytes === null) throw new Error('the module cannot be assembled');
  return { module: new host.Module(bytes), bytes };
}

function callerText({ global, params, results }: NumberTypes): string {
  const importText =
    global === null
      ? `(func $callee (param ${params.join(' ')}) (result ${results.join(' ')}))`
      : `(global $callee ${global})`;
  const loads = params.map((type, i) => `(${type}.load (i32.const ${i * SLOT_BYTES}))`);
  const locals = results.map((type, i) => `(local $result${i} ${type})`);
  const gets = results.map((_, i) => `(local.set $result${results.length - 1 - i})`);
  const stores = results.map(
    (type, i) => `(${type}.store (i32.const ${i * SLOT_BYTES}) (local.get $result${i}))`,
  );
  return `(module
    (import "" "callee" ${importText})
    (memory (export "memory") 1)
    (func (export "run") ${locals.join(' ')}
      ${loads.join(' ')}
      ${global === null ? '(call $callee)' : '(global.get $callee)'}
      ${gets.join(' ')}
      ${stores.join(' ')}))`;
}

interface NumberTypes {
  readonly params: readonly NumberType[];
  readonly results: readonly NumberType[];
  /** What is to be imported, if it is a global. */
  readonly global: string | null;
}

/** The type of a function or global all of whose values are numbers or vectors. */
function exactType(extern: ExternDescriptor | undefined): NumberTypes | null {
  const areNumbers = (types: readonly string[]): types is readonly NumberType[] =>
    types.every((type) => Object.hasOwn(WORDS, type));
  if (extern?.kind === 'func') {
    const { params, results } = extern.type;
    return areNumbers(params) && areNumbers(results) ? { params, results, global: null } : null;
  }
  if (extern?.kind !== 'global') return null;
  const { type, isMutable } = extern.type;
  const results = [type];
  return areNumbers(results) ? { params: [], results, global: isMutable ? `(mut ${type})` : type } : null;
}

function needsBits(value: ScriptResult): boolean {
  switch (value.kind) {
    case 'v128':
    case 'lanes':
    case 'nan':
      return true;
    case 'f32':
    case 'f64':
      return Number.isNaN(hostValue(value));
    case 'either':
      return value.options.some(needsBits);
    default:
      return false;
  }
}

const scratch = new DataView(new ArrayBuffer(8));

function hostValue(value: ScriptValue): unknown {
  const { words, ref } = scriptArgument(value);
  words.slice(0, 2).forEach((word, i) => {
    scratch.setInt32(4 * i, word, true);
  });
  switch (value.kind) {
    case 'i32':
      return words[0];
    case 'i64':
      return scratch.getBigInt64(0, true);
    case 'f32':
      return scratch.getFloat32(0, true);
    case 'f64':
      return scratch.getFloat64(0, true);
    default:
      return ref;
  }
}

function matchesHostValue(value: unknown, expected: ScriptResult): boolean {
  if (expected.kind === 'either') return expected.options.some((option) => matchesHostValue(value, option));
  switch (expected.kind) {
    case 'i32':
    case 'f32':
    case 'f64':
    case 'i64':
      return Object.is(value, hostValue(expected));
    case 'v128':
    case 'lanes':
    case 'nan':
      return false;
    default:
      return matchesResult({ words: [], ref: value as object }, expected, isOfHostHeap);
  }
}

/** As far as JavaScript can tell. */
function isOfHostHeap(value: unknown, heap: number): boolean {
  if (heap === HEAP_FUNC) return typeof value === 'function';
  return heap === HEAP_I31 ? typeof value === 'number' : value !== null;
}

function expectThrown(action: () => unknown, ...classes: readonly HostErrorClass[]): string | null {
  const names = classes.map(({ name }) => name).join(' or ');
  try {
    action();
  } catch (error) {
    return classes.some((each) => error instanceof each) ? null : `expected ${names}, got ${describe(error)}`;
  }
  return `expected ${names}, but it went well`;
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : `thrown: ${String(error)}`;
}

/** The module `spectest` for a host: https://github.com/WebAssembly/spec/tree/main/interpreter#spectest-host-module */
function spectest(): HostExports {
  const print = (): void => {};
  const names = ['', '_i32', '_i64', '_f32', '_f64', '_i32_f32', '_f64_f64'];
  const global = (value: string, number: number | bigint): HostGlobal => new host.Global({ value }, number);
  const table = { element: 'anyfunc', initial: 10, maximum: 20 } as const;
  const exports: Record<string, HostExport> = {
    ...Object.fromEntries(names.map((name) => [`print${name}`, print])),
    global_i32: global('i32', 666),
    global_i64: global('i64', 666n),
    global_f32: global('f32', 666.6),
    global_f64: global('f64', 666.6),
    table: new host.Table(table),
    memory: new host.Memory({ initial: 1, maximum: 2 }),
    shared_memory: new host.Memory({ initial: 1, maximum: 2, shared: true }),
  };
  try {
    const wide = { element: 'anyfunc', initial: 10n, maximum: 20n, address: 'i64' };
    exports.table64 = new host.Table(wide);
  } catch {
    // A host without tables of 64-bit addresses: what imports this one fails to link.
  }
  return exports;
}
