// The host's WebAssembly as an engine: the reference that tiers of ours are compared with. It counts no fuel, so under a
// bound `hostExecutor` runs an input on the interpreter first and on the host no further than that went. Modules that it does not know are `unknown`.

import {
  F32,
  F64,
  type FuncType,
  I32,
  I64,
  isRef,
  V128,
  type ValType,
} from '../../engine/wasm/format/types.ts';
import {
  type CallEnd,
  DEFAULT_FEATURES,
  type EngineExtern,
  type EngineFunc,
  type EngineGlobal,
  type EngineMemory,
  type EngineTable,
  emptyNames,
  encodeModule,
  type Features,
  HostValue,
  type InstantiateEnd,
  type Module,
  type ModuleError,
  makeWasmExecutor,
  OPEN,
  type Outcome,
  type RawValue,
  type Refused,
  TypeRegistry,
  UNKNOWN,
  type Unknown,
  type ValidModule,
  type WasmEngine,
  type WasmExecuteOptions,
  type WasmExecutor,
  type WasmInput,
  wasmExecutors,
  withOpenNaNs,
} from '../../engine/wasm/harness.ts';
import { type HostExports, type HostModule, type HostTable, host, hostTrap } from './host.ts';
import { functionAdapter, globalAdapter } from './host-adapters.ts';

const interpreter = wasmExecutors[0] as WasmExecutor;
const bare = makeWasmExecutor({ name: 'host', createEngine: () => new HostEngine(), isPausable: false });

/** The host as an executor; its lines leave open what it does not tell. */
export const hostExecutor: WasmExecutor<'host'> = {
  name: 'host',
  execute(input: WasmInput, { slice: _, ...options }: WasmExecuteOptions): Outcome {
    if (options.fuel === undefined) return openedBy(bare.execute(input, options), 0);
    const bounded = interpreter.execute(input, options);
    const steps = bounded.completion === 'limit' ? { steps: bounded.output.length } : {};
    return openedBy(bare.execute(input, { ...options, ...steps }), bounded.fuel);
  },
};

function openedBy(outcome: Outcome, fuel: number): Outcome {
  return { ...outcome, output: outcome.output.map(withOpenNaNs), fuel };
}

class HostEngine implements WasmEngine {
  readonly registry = new TypeRegistry();
  readonly fuelUsed = 0;
  private readonly spectestExports = spectestOfHost();

  verdict(
    error: ModuleError | null,
    bytes: () => Uint8Array | null,
    features: Features,
  ): Refused | Unknown | null {
    const binary = bytes();
    if (binary === null || error?.kind === 'limit') return UNKNOWN;
    const isTaken = host.validate(binary);
    if (error === null) return isTaken ? null : UNKNOWN;
    // The host's features cannot be switched off.
    if (isTaken && isNarrowed(features)) return UNKNOWN;
    return { kind: 'refused', errorKind: null, message: isTaken ? 'none, the host takes it' : OPEN };
  }

  spectest(): ReadonlyMap<string, EngineExtern> {
    return this.spectestExports;
  }

  instantiate(
    valid: ValidModule,
    resolve: (module: string, name: string, index: number) => EngineExtern | undefined,
  ): InstantiateEnd {
    const bytes = encodeModule(valid.module);
    if (!host.validate(bytes)) return UNKNOWN;
    const imports: Record<string, Record<string, unknown>> = {};
    for (const [index, { module, name }] of valid.module.imports.entries()) {
      const given = resolve(module, name, index) as HostExtern | undefined;
      if (given === undefined) return module === 'spectest' ? UNKNOWN : { kind: 'link', message: OPEN };
      // One name may be imported twice as different things, which an object cannot hold.
      imports[module] ??= Object.create(null) as Record<string, unknown>;
      const namespace = imports[module] as Record<string, unknown>;
      if (name in namespace && namespace[name] !== given.value) return UNKNOWN;
      namespace[name] = given.value;
    }
    try {
      const instance = new host.Instance(new host.Module(bytes), imports as Record<string, HostExports>);
      return { kind: 'instance', exports: externsOf(valid, instance.exports) };
    } catch (error) {
      if (error instanceof host.LinkError || error instanceof TypeError)
        return { kind: 'link', message: OPEN };
      return failedEnd(error);
    }
  }

  referenceText(ref: unknown): string {
    if (ref === null) return 'null';
    if (typeof ref === 'function') return 'func';
    if (typeof ref === 'number') return `i31 ${ref}`;
    return ref instanceof HostValue ? `host ${ref.value}` : '<struct|array|exn>';
  }
}

function isNarrowed(features: Features): boolean {
  return Object.entries(DEFAULT_FEATURES).some(([name, isOn]) => isOn && !features[name as keyof Features]);
}

/** How a call that threw ended. Errors that are not the guest's are thrown on. */
function failedEnd(error: unknown): Exclude<CallEnd, { kind: 'values' }> {
  if (host.Exception !== undefined && error instanceof host.Exception) return { kind: 'exception' };
  const message = hostTrap(error);
  if (message === null) throw error;
  return { kind: 'trap', message, frames: '' };
}

/** What the host gave for an export. */
type HostExtern = EngineExtern & { readonly value: unknown };

function externsOf(valid: ValidModule, exports: HostExports): ReadonlyMap<string, HostExtern> {
  const { module } = valid;
  return new Map(
    module.exports.map(({ name, kind, index }) => [name, externOf(valid, kind, index, exports[name])]),
  );
}

function externOf(valid: ValidModule, kind: EngineExtern['kind'], index: number, value: unknown): HostExtern {
  const { module, context } = valid;
  const imported = module.imports.filter(({ desc }) => desc.kind === kind);
  const own = index - imported.length;
  const desc = imported[index]?.desc;
  switch (kind) {
    case 'func': {
      const typeidx = desc?.kind === 'func' ? desc.typeidx : (module.funcs[own]?.typeidx as number);
      const type = context.registry.get(context.types[typeidx] as number).comp as FuncType;
      return new HostFunc(type, () => functionAdapter(module, typeidx), value);
    }
    case 'global': {
      const type = desc?.kind === 'global' ? desc.type : (module.globals[own] as Module['globals'][0]).type;
      return new HostGlobal(type.type, () => globalAdapter(module, type), value);
    }
    case 'memory':
      return new HostMemory(value as HostMemory['value']);
    case 'table':
      return new HostTableExtern(value as HostTable);
    case 'tag':
      return { kind, value } as HostExtern;
  }
}

type Call = (...args: readonly unknown[]) => unknown;

/** Adapters by what they adapt: most functions are of few types. */
const adapters = new Map<string, HostModule | null>();

/** The export `call` of an adapter, or null if the host does not know what it needs. */
function adapted(makeBytes: () => Uint8Array, value: unknown): Call | null {
  const bytes = makeBytes();
  const key = Buffer.from(bytes).toString('latin1');
  let module = adapters.get(key);
  if (module === undefined) {
    module = host.validate(bytes) ? new host.Module(bytes) : null;
    adapters.set(key, module);
  }
  if (module === null) return null;
  return new host.Instance(module, { m: { f: value } }).exports.call as Call;
}

class HostFunc implements EngineFunc {
  readonly kind = 'func';
  readonly type: FuncType;
  readonly value: unknown;
  private readonly makeAdapter: () => Uint8Array;
  private adapter: Call | null | undefined = undefined;

  constructor(type: FuncType, makeAdapter: () => Uint8Array, value: unknown) {
    this.type = type;
    this.makeAdapter = makeAdapter;
    this.value = value;
  }
  get ref(): unknown {
    return this.value;
  }
  call(args: readonly RawValue[]): CallEnd {
    if (this.adapter === undefined) this.adapter = adapted(this.makeAdapter, this.value);
    if (this.adapter === null) return UNKNOWN;
    const { params, results } = this.type;
    const crossing = args.flatMap((each, i) => outward(each, params[i] as ValType));
    try {
      const result = this.adapter(...crossing);
      const parts = result === undefined ? [] : Array.isArray(result) ? result : [result];
      return { kind: 'values', values: inward(parts, results) };
    } catch (error) {
      return failedEnd(error);
    }
  }
}

class HostGlobal implements EngineGlobal {
  readonly kind = 'global';
  readonly type: ValType;
  readonly value: unknown;
  private readonly makeAdapter: () => Uint8Array;

  constructor(type: ValType, makeAdapter: () => Uint8Array, value: unknown) {
    this.type = type;
    this.makeAdapter = makeAdapter;
    this.value = value;
  }
  read(): RawValue | null {
    const call = adapted(this.makeAdapter, this.value);
    if (call === null) return null;
    const result = call();
    return inward(Array.isArray(result) ? result : [result], [this.type])[0] as RawValue;
  }
}

class HostMemory implements EngineMemory {
  readonly kind = 'memory';
  readonly value: { readonly buffer: ArrayBuffer | SharedArrayBuffer };

  constructor(value: HostMemory['value']) {
    this.value = value;
  }
  bytes(): Uint8Array {
    return new Uint8Array(this.value.buffer);
  }
}

class HostTableExtern implements EngineTable {
  readonly kind = 'table';
  readonly value: HostTable;

  constructor(value: HostTable) {
    this.value = value;
  }
  elements(): readonly unknown[] | null {
    try {
      return Array.from({ length: this.value.length }, (_, i) => this.value.get(i));
    } catch (error) {
      // Exceptions and what else JavaScript cannot hold.
      if (error instanceof TypeError) return null;
      throw error;
    }
  }
}

const bits = new DataView(new ArrayBuffer(16));

/** A value as it crosses: see host-adapters.ts. */
function outward({ words, ref }: RawValue, type: ValType): unknown[] {
  if (isRef(type)) return [ref];
  words.forEach((word, i) => {
    if (i < 4) bits.setInt32(4 * i, word, true);
  });
  if (type === I32 || type === F32) return [words[0]];
  if (type === V128) return [bits.getBigInt64(0, true), bits.getBigInt64(8, true)];
  return [bits.getBigInt64(0, true)];
}

function inward(parts: readonly unknown[], types: readonly ValType[]): RawValue[] {
  let at = 0;
  return types.map((type) => {
    if (isRef(type)) return { words: [], ref: parts[at++] };
    if (type === I32 || type === F32) return { words: [parts[at++] as number], ref: null };
    bits.setBigInt64(0, parts[at++] as bigint, true);
    if (type === I64 || type === F64) return { words: wordsOf(2), ref: null };
    bits.setBigInt64(8, parts[at++] as bigint, true);
    return { words: wordsOf(4), ref: null };
  });
}

function wordsOf(count: number): number[] {
  return Array.from({ length: count }, (_, i) => bits.getInt32(4 * i, true));
}

/** https://github.com/WebAssembly/spec/tree/main/interpreter#spectest-host-module */
function spectestOfHost(): ReadonlyMap<string, HostExtern> {
  const externs = new Map<string, HostExtern>();
  const number = (name: string, type: ValType, value: object): void => {
    const bytes = (): Uint8Array => globalAdapter(NO_TYPES, { type, isMutable: false });
    externs.set(name, new HostGlobal(type, bytes, value));
  };
  number('global_i32', I32, new host.Global({ value: 'i32' }, 666));
  number('global_i64', I64, new host.Global({ value: 'i64' }, 666n));
  number('global_f32', F32, new host.Global({ value: 'f32' }, 666.6));
  number('global_f64', F64, new host.Global({ value: 'f64' }, 666.6));
  externs.set('table', new HostTableExtern(new host.Table({ element: 'anyfunc', initial: 10, maximum: 20 })));
  externs.set('memory', new HostMemory(new host.Memory({ initial: 1, maximum: 2 })));
  externs.set('shared_memory', new HostMemory(new host.Memory({ initial: 1, maximum: 2, shared: true })));
  const prints: readonly (readonly [name: string, params: readonly ValType[]])[] = [
    ['print', []],
    ['print_i32', [I32]],
    ['print_i64', [I64]],
    ['print_f32', [F32]],
    ['print_f64', [F64]],
    ['print_i32_f32', [I32, F32]],
    ['print_f64_f64', [F64, F64]],
  ];
  for (const [name, params] of prints) externs.set(name, printFunction(params));
  return externs;
}

const NO_TYPES: Module = {
  types: [],
  recGroups: [],
  imports: [],
  funcs: [],
  tables: [],
  memories: [],
  globals: [],
  tags: [],
  exports: [],
  start: null,
  elems: [],
  datas: [],
  customs: [],
  names: emptyNames(),
  branchHints: new Map(),
};

/** A function that does nothing. One of JavaScript has whatever type it is imported under. */
function printFunction(params: readonly ValType[]): HostExtern {
  const comp: FuncType = { kind: 'func', params, results: [] };
  const type = { isFinal: true, supers: [], comp, describes: -1, descriptor: -1, position: 0 };
  const module = { ...NO_TYPES, types: [type], recGroups: [1] };
  return new HostFunc(
    comp,
    () => functionAdapter(module, 0),
    () => undefined,
  );
}
