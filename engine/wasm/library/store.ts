// A store as the library shows it: what instances that may work together share, and the bounds of what runs in it.
//
// Fuel: the store holds what nobody runs on. A run takes its share into its machine and brings the rest back, so that a
// slice is a small share and an ordinary call takes everything.

import { WASM_TRAP_FUEL } from '../../eval/wasm-traps.ts';
import {
  HEAP_EXN,
  HEAP_FUNC,
  HEAP_NOEXN,
  HEAP_NOFUNC,
  heapOf,
  type ValType,
  valTypeText,
} from '../format/types.ts';
import { Machine } from '../interpret/machine.ts';
import { WasmTrapStop } from '../interpret/run.ts';
import { ExnInst, FuncInst } from '../runtime/instances.ts';
import { LinkError as CoreLinkError } from '../runtime/link.ts';
import { matchesType } from '../runtime/references.ts';
import { Store as CoreStore, DEFAULT_STORE_LIMITS } from '../runtime/store.ts';
import { LinkError, Trap } from './errors.ts';
import { type ReferenceConverter, requireNatural, shown } from './values.ts';

export interface StoreOptions {
  /** Heads of loops, calls and units of bulk work that may run in all; `Store.addFuel` gives more. Default: no bound. */
  readonly fuel?: number;
  /**
   * Bytes of memories, tables, structures and arrays that may be allocated in all. What the host's collector reclaims
   * is not given back: `Store.addBytes` gives more. Default: no bound.
   */
  readonly bytes?: number;
  /** Calls within calls. Default 50,000. */
  readonly depth?: number;
  /** Calls of modules by functions of the host, within each other; they nest on the host's stack. Default 200. */
  readonly hostDepth?: number;
  /** Slots of 8 bytes for parameters, locals and operands of all calls under way. Default 524,288. */
  readonly stackSlots?: number;
  /** Bytes of one memory. Default and most 2^32. */
  readonly memoryBytes?: number;
  /** Elements of one table. Default 10,000,000. */
  readonly tableElements?: number;
}

/** Makes what the host sees of functions and exceptions; externs.ts fills it in, which depends on this file. */
export interface Wrappers {
  func(store: Store, core: FuncInst): object;
  exception(store: Store, core: ExnInst): object;
  /** What an object of the library stands for; undefined for other values. */
  unwrap(value: unknown): { readonly store: Store; readonly core: object } | undefined;
}

export class Store implements ReferenceConverter {
  /** Of the interpreter; not for users of the library. */
  readonly core: CoreStore;
  /** What runs now, or would run a call. */
  machine: Machine;
  private fuelLeft: number;
  private bytesLeft: number;
  private readonly wrappers: Wrappers;
  private readonly wrapped = new WeakMap<object, object>();

  /** Throws the host's RangeError for a bound that is no natural number. */
  constructor(options: StoreOptions, wrappers: Wrappers) {
    for (const [name, value] of Object.entries(options))
      if (value !== undefined) requireNatural(value, `option ${name} of a store is a natural number`);
    const { stackSlots, memoryBytes, tableElements } = { ...DEFAULT_STORE_LIMITS, ...definedOf(options) };
    this.fuelLeft = options.fuel ?? Number.MAX_SAFE_INTEGER;
    this.bytesLeft = options.bytes ?? Number.MAX_SAFE_INTEGER;
    this.wrappers = wrappers;
    this.core = new CoreStore({
      stackSlots,
      memoryBytes,
      tableElements,
      frames: options.depth ?? DEFAULT_STORE_LIMITS.frames,
      hostNesting: options.hostDepth ?? DEFAULT_STORE_LIMITS.hostNesting,
      fuel: 0,
    });
    this.core.chargeBytes = (bytes) => this.chargeBytes(bytes);
    this.core.exceptionOf = (thrown) => {
      const known = wrappers.unwrap(thrown);
      return known?.core instanceof ExnInst && known.store === this ? known.core : null;
    };
    this.core.valueOfException = (exception) => this.wrap(exception);
    this.machine = new Machine(this.core);
  }

  /** Units of fuel that are left, without those of a slice under way. */
  get fuel(): number {
    return this.fuelLeft;
  }

  addFuel(units: number): void {
    this.fuelLeft = Math.min(this.fuelLeft + units, Number.MAX_SAFE_INTEGER);
  }

  /** Bytes that may still be allocated. */
  get bytes(): number {
    return this.bytesLeft;
  }

  addBytes(bytes: number): void {
    this.bytesLeft = Math.min(this.bytesLeft + bytes, Number.MAX_SAFE_INTEGER);
  }

  /** Takes bytes; false, and nothing taken, if there are not as many. */
  chargeBytes(bytes: number): boolean {
    if (bytes > this.bytesLeft) return false;
    this.bytesLeft -= bytes;
    return true;
  }

  /** Does something that runs on the current machine with all the fuel there is. What it throws is of the library. */
  runWhole<T>(action: (machine: Machine) => T): T {
    const { machine } = this;
    // Within a slice a call from the host takes from the slice first, but does not pause.
    const slice = machine.fuel;
    const before = slice + this.fuelLeft;
    setFuel(machine, before);
    this.fuelLeft = 0;
    try {
      return action(machine);
    } catch (error) {
      throw this.hostError(error);
    } finally {
      const left = machine.fuel;
      const kept = Math.max(0, slice - (before - left));
      setFuel(machine, kept);
      this.fuelLeft = left - kept;
    }
  }

  /** Does something on a machine of its own with a share of the fuel. */
  runSlice<T>(machine: Machine, fuel: number, action: (machine: Machine) => T): T {
    const outer = this.machine;
    const share = Math.min(fuel, this.fuelLeft);
    if (share === 0) throw new Trap(WASM_TRAP_FUEL, []);
    this.fuelLeft -= share;
    setFuel(machine, share);
    this.machine = machine;
    machine.overdraw = this.takeFuel;
    try {
      return action(machine);
    } catch (error) {
      throw this.hostError(error);
    } finally {
      machine.overdraw = null;
      this.machine = outer;
      this.fuelLeft += machine.fuel;
      setFuel(machine, 0);
    }
  }

  /** Takes fuel for bulk work that a slice does not cover. */
  private readonly takeFuel = (units: number): boolean => {
    if (units > this.fuelLeft) return false;
    this.fuelLeft -= units;
    return true;
  };

  private hostError(error: unknown): unknown {
    if (error instanceof WasmTrapStop) return new Trap(error.trap, error.trace);
    if (error instanceof CoreLinkError) return new LinkError(error.message);
    return error instanceof ExnInst ? this.wrap(error) : error;
  }

  /** The object of the library for one of the interpreter; the same each time. */
  wrap(core: FuncInst | ExnInst): object {
    let object = this.wrapped.get(core);
    if (object === undefined) {
      object =
        core instanceof FuncInst ? this.wrappers.func(this, core) : this.wrappers.exception(this, core);
      this.wrapped.set(core, object);
    }
    return object;
  }

  /** Remembers which object stands for one of the interpreter. */
  adopt(core: object, object: object): void {
    this.wrapped.set(core, object);
  }

  /** The object made for one of the interpreter, if there is one. */
  wrappedOf(core: object): object | undefined {
    return this.wrapped.get(core);
  }

  fromHost(value: unknown, type: ValType, where: string): unknown {
    let ref = value;
    if (isWrapped(this.core, type) && value !== null) {
      const known = this.wrappers.unwrap(value);
      if (known !== undefined && known.store !== this)
        throw new TypeError(`${where}: the value belongs to another store`);
      const isFit = isOfFunctions(this.core, type)
        ? known?.core instanceof FuncInst
        : known?.core instanceof ExnInst;
      if (!isFit) throw new TypeError(`${where}: ${valTypeText(type)} cannot be ${shown(value)}`);
      ref = known?.core;
    }
    if (!matchesType(this.core.registry, ref, type))
      throw new TypeError(`${where}: ${valTypeText(type)} cannot be ${shown(value)}`);
    return ref;
  }

  toHost(ref: unknown, type: ValType): unknown {
    if (ref === null || !isWrapped(this.core, type)) return ref;
    return this.wrap(ref as FuncInst | ExnInst);
  }
}

function definedOf(options: StoreOptions): StoreOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function setFuel(machine: Machine, units: number): void {
  machine.fuelBudget = units;
  machine.refuel();
}

function isOfFunctions({ registry }: CoreStore, type: ValType): boolean {
  const heap = heapOf(type);
  return heap === HEAP_FUNC || heap === HEAP_NOFUNC || (heap >= 0 && registry.get(heap).comp.kind === 'func');
}

/** Whether references of a type are objects of the library outside: functions and exceptions. */
function isWrapped(core: CoreStore, type: ValType): boolean {
  const heap = heapOf(type);
  return heap === HEAP_EXN || heap === HEAP_NOEXN || isOfFunctions(core, type);
}
