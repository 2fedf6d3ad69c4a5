// The host's WebAssembly as an engine: the reference that tiers of ours are compared with, and one that the test suite judges.
// It counts no fuel, so under a bound `hostExecutor` runs an input on the interpreter first and on the host no further than that went.

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
  encodeModule,
  type Features,
  HostValue,
  type InstantiateEnd,
  type Module,
  type ModuleError,
  makeWasmExecutor,
  OPEN,
  type Outcome,
  parseModule,
  type RawValue,
  type Refused,
  type Taken,
  TypeRegistry,
  UNKNOWN,
  type Unknown,
  type ValidModule,
  validateModule,
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

export class HostEngine implements WasmEngine {
  readonly registry = new TypeRegistry();
  readonly fuelUsed = 0;
  readonly takesBinariesOnly = true;
  private readonly spectestExports: ReadonlyMap<string, EngineExtern>;
  private readonly strange: 'unknown' | 'refused';

  /** `strange` is what valid modules are that the host does not take: for comparing `unknown`, for judging the host `refused`. */
  constructor(strange: 'unknown' | 'refused' = 'unknown') {
    this.strange = strange;
    this.spectestExports = this.makeSpectest();
  }

  verdict(
    error: ModuleError | null,
    bytes: () => Uint8Array | null,
    features: Features,
  ): Refused | Taken | Unknown | null {
    const binary = bytes();
    if (binary === null || error?.kind === 'limit') return UNKNOWN;
    const refusal = refusalOf(binary);
    if (refusal !== null) return error === null && this.strange === 'unknown' ? UNKNOWN : refusal;
    if (error === null) return null;
    // The host's features cannot be switched off.
    return this.strange === 'unknown' && isNarrowed(features) ? UNKNOWN : { kind: 'taken' };
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
      if (given === undefined) return { kind: 'link', message: OPEN };
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

  /** https://github.com/WebAssembly/spec/tree/main/interpreter#spectest-host-module, as far as the host knows its types. */
  private makeSpectest(): ReadonlyMap<string, EngineExtern> {
    const exports = new Map<string, EngineExtern>();
    for (const text of SPECTEST) {
      const valid = validateModule(parseModule(text, DEFAULT_FEATURES), DEFAULT_FEATURES, this.registry);
      const end = this.instantiate(valid, () => undefined);
      if (end.kind === 'instance') for (const [name, extern] of end.exports) exports.set(name, extern);
    }
    return exports;
  }

  referenceText(ref: unknown): string {
    if (ref === null) return 'null';
    if (typeof ref === 'function') return 'func';
    if (typeof ref === 'number') return `i31 ${ref}`;
    return ref instanceof HostValue ? `host ${ref.value}` : '<struct|array|exn>';
  }
}

/** null: the host takes it. */
function refusalOf(bytes: Uint8Array): Refused | null {
  if (host.validate(bytes)) return null;
  try {
    new host.Module(bytes);
  } catch (error) {
    return { kind: 'refused', errorKind: null, message: String(error) };
  }
  return null;
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

/** Nothing is printed. What not every host knows is in modules of its own. */
const SPECTEST = [
  `(module
    (func (export "print"))
    (func (export "print_i32") (param i32))
    (func (export "print_i64") (param i64))
    (func (export "print_f32") (param f32))
    (func (export "print_f64") (param f64))
    (func (export "print_i32_f32") (param i32 f32))
    (func (export "print_f64_f64") (param f64 f64))
    (global (export "global_i32") i32 (i32.const 666))
    (global (export "global_i64") i64 (i64.const 666))
    (global (export "global_f32") f32 (f32.const 666.6))
    (global (export "global_f64") f64 (f64.const 666.6))
    (table (export "table") 10 20 funcref)
    (memory (export "memory") 1 2))`,
  '(module (memory (export "shared_memory") 1 2 shared))',
  '(module (table (export "table64") i64 10 20 funcref))',
];
