// The interpreter as a WasmEngine, whole or in slices.

import type { ModuleError } from '../format/module-error.ts';
import type { FuncType, ValType } from '../format/types.ts';
import { call, instantiate, type RawValue } from '../interpret/instantiate.ts';
import { Machine } from '../interpret/machine.ts';
import { LinkError, Trap } from '../library/errors.ts';
import { Exception, Run, Store } from '../library/externs.ts';
import { type Extern, FuncInst, GlobalInst, TableInst } from '../runtime/instances.ts';
import { MemoryInst } from '../runtime/memory.ts';
import { isI31, WasmArray, WasmStruct } from '../runtime/references.ts';
import { HostValue } from '../script/script-values.ts';
import { spectest } from '../script/spectest.ts';
import type { TypeRegistry } from '../validate/type-registry.ts';
import type { ValidModule } from '../validate/validate-module.ts';
import type {
  CallEnd,
  EngineExtern,
  EngineFunc,
  EngineGlobal,
  EngineMemory,
  EngineOptions,
  EngineTable,
  EngineTag,
  InstantiateEnd,
  Refused,
  WasmEngine,
} from './engine.ts';
import { ownVerdict } from './engine.ts';

/** Fuel that counts as unlimited and can still be subtracted from. */
const PLENTY_OF_FUEL = Number.MAX_SAFE_INTEGER;
const DEPTH = 20_000;
const STACK_SLOTS = 1 << 18;

export class InterpreterEngine implements WasmEngine {
  readonly takesBinariesOnly = false;
  private readonly store: Store;
  private readonly fuel: number;
  private readonly slice: number | null;
  /** Runs slices, one call after the other. */
  private sliced: Machine | null = null;
  private readonly spectestExports: ReadonlyMap<string, EngineExtern>;

  constructor({ fuel = PLENTY_OF_FUEL, bytes, depth = DEPTH, slice, print = null }: EngineOptions) {
    this.fuel = fuel;
    this.slice = slice ?? null;
    this.store = new Store({
      fuel,
      depth,
      stackSlots: STACK_SLOTS,
      ...(bytes === undefined ? {} : { bytes }),
    });
    // Nobody else could notify: time passes at once.
    const { waiting } = this.store.core;
    this.store.core.waiting = {
      wait: (memory, at, expected) => waiting.wait(memory, at, expected, 0),
      notify: waiting.notify,
    };
    this.spectestExports = wrapped(this, spectest(this.store.core, print));
  }

  get registry(): TypeRegistry {
    return this.store.core.registry;
  }
  get fuelUsed(): number {
    return this.fuel - this.store.fuel;
  }

  verdict(error: ModuleError | null): Refused | null {
    return ownVerdict(error);
  }

  spectest(): ReadonlyMap<string, EngineExtern> {
    return this.spectestExports;
  }

  instantiate(
    valid: ValidModule,
    resolve: (module: string, name: string, index: number) => EngineExtern | undefined,
  ): InstantiateEnd {
    try {
      let start: FuncInst | null = null;
      const instance = this.store.runWhole((machine) =>
        instantiate(
          machine,
          valid,
          (module, name, index) => (resolve(module, name, index) as InterpreterExtern | undefined)?.core,
          (func) => {
            start = func;
          },
        ),
      );
      if (start !== null) this.results(start, []);
      return { kind: 'instance', exports: wrapped(this, instance.exports) };
    } catch (error) {
      return error instanceof LinkError ? { kind: 'link', message: error.message } : failedEnd(error);
    }
  }

  call(func: FuncInst, args: readonly RawValue[]): CallEnd {
    try {
      return { kind: 'values', values: this.results(func, args) };
    } catch (error) {
      return failedEnd(error);
    }
  }

  private results(func: FuncInst, args: readonly RawValue[]): readonly RawValue[] {
    const { store, slice } = this;
    if (slice === null) return store.runWhole((machine) => call(machine, func, args));
    const machine = this.sliced ?? new Machine(store.core);
    this.sliced = null;
    const run = new Run(store, func, args, (results) => results, machine);
    try {
      for (;;) {
        const state = run.step(slice);
        if (state.kind === 'done') return state.value as readonly RawValue[];
      }
    } finally {
      machine.dropRefs(0);
      this.sliced = machine;
    }
  }

  referenceText(ref: unknown): string {
    if (ref === null) return 'null';
    if (ref instanceof FuncInst) return 'func';
    if (isI31(ref)) return `i31 ${ref}`;
    if (ref instanceof WasmStruct) return 'struct';
    if (ref instanceof WasmArray) return 'array';
    return ref instanceof HostValue ? `host ${ref.value}` : 'exn';
  }
}

/** How a call that threw ended. Host errors are thrown on. */
function failedEnd(error: unknown): Exclude<CallEnd, { kind: 'values' }> {
  if (error instanceof Exception) return { kind: 'exception' };
  if (!(error instanceof Trap)) throw error;
  if (error.code === 'out-of-fuel') return { kind: 'out-of-fuel' };
  const [, ...frames] = error.describe().split('\n');
  return { kind: 'trap', message: error.message, frames: frames.map((line) => `\n${line}`).join('') };
}

type InterpreterExtern = EngineExtern & { readonly core: Extern };

function wrapped(
  engine: InterpreterEngine,
  exports: ReadonlyMap<string, Extern>,
): ReadonlyMap<string, EngineExtern> {
  return new Map([...exports].map(([name, core]) => [name, wrap(engine, core)]));
}

function wrap(engine: InterpreterEngine, core: Extern): EngineExtern {
  if (core instanceof FuncInst) return new InterpretedFunc(engine, core);
  if (core instanceof GlobalInst) return new InterpretedGlobal(core);
  if (core instanceof MemoryInst) return new InterpretedMemory(core);
  return core instanceof TableInst ? new InterpretedTable(core) : ({ kind: 'tag', core } as EngineTag);
}

class InterpretedFunc implements EngineFunc {
  readonly kind = 'func';
  readonly core: FuncInst;
  private readonly engine: InterpreterEngine;

  constructor(engine: InterpreterEngine, core: FuncInst) {
    this.engine = engine;
    this.core = core;
  }
  get type(): FuncType {
    return this.core.type.comp as FuncType;
  }
  get ref(): unknown {
    return this.core;
  }
  call(args: readonly RawValue[]): CallEnd {
    return this.engine.call(this.core, args);
  }
}

class InterpretedGlobal implements EngineGlobal {
  readonly kind = 'global';
  readonly core: GlobalInst;

  constructor(core: GlobalInst) {
    this.core = core;
  }
  get type(): ValType {
    return this.core.type.type;
  }
  read(): RawValue {
    return { words: [...this.core.words], ref: this.core.ref };
  }
}

class InterpretedMemory implements EngineMemory {
  readonly kind = 'memory';
  readonly core: MemoryInst;

  constructor(core: MemoryInst) {
    this.core = core;
  }
  bytes(): Uint8Array {
    return this.core.u8;
  }
}

class InterpretedTable implements EngineTable {
  readonly kind = 'table';
  readonly core: TableInst;

  constructor(core: TableInst) {
    this.core = core;
  }
  elements(): readonly unknown[] {
    return this.core.elements;
  }
}
