// What modules import and export, as objects of the host's program. Each belongs to a store and stands for one thing of
// the interpreter; the same thing is always the same object.

import { WASM_TRAP_ALLOCATION, WASM_TRAP_FUEL, WASM_TRAP_TABLE } from '../../eval/wasm-traps.ts';
import type { FuncType, ValType } from '../format/types.ts';
import { isRef } from '../format/types.ts';
import { call, type RawValue } from '../interpret/instantiate.ts';
import { Machine } from '../interpret/machine.ts';
import { abandon, invoke, type RunOutcome, resume } from '../interpret/run.ts';
import {
  type Extern as CoreExtern,
  ExnInst,
  FuncInst,
  GlobalInst,
  TableInst,
  TagInst,
  type ValueSlots,
} from '../runtime/instances.ts';
import { MemoryInst, newMemory } from '../runtime/memory.ts';
import type { CanonicalType } from '../validate/type-registry.ts';
import { Trap } from './errors.ts';
import { Store as BareStore, type StoreOptions } from './store.ts';
import {
  describeFunc,
  describeGlobal,
  describeMemory,
  describeTable,
  type FuncTypeDescriptor,
  type GlobalDescriptor,
  type MemoryDescriptor,
  memoryType,
  type TableDescriptor,
  type ValTypeName,
  valTypeOf,
} from './type-names.ts';
import {
  bitsOf,
  rawOf,
  rawOfBits,
  readSlots,
  requireNatural,
  shown,
  slotCount,
  type Value,
  valueOf,
  writeSlots,
} from './values.ts';

/**
 * What instances that work together share, with bounds for all that runs in it. Whatever is made in a store can be used
 * in that store only, and is reclaimed with it.
 */
export class Store extends BareStore {
  constructor(options: StoreOptions = {}) {
    super(options, wrappers);
  }
}

let shared: Store | null = null;

/** The store of everything that is made without naming one: no bounds but the defaults. */
export function defaultStore(): Store {
  shared ??= new Store();
  return shared;
}

/** A function of the host, called with values of the types it was given; it gives none, one, or an iterable of several. */
export type HostFunction = (...args: readonly never[]) => unknown;

/** How a slice ended. */
export type RunState =
  /** The function has returned: nothing, a value, or an array of several. */
  { readonly kind: 'done'; readonly value: Value } | { readonly kind: 'paused' };

/** A function, of a module or of the host. */
export class Func {
  readonly store: BareStore;
  /** Of the interpreter; not for users of the library. */
  readonly core: FuncInst;

  private constructor(store: BareStore, core: FuncInst) {
    this.store = store;
    this.core = core;
  }

  /** A function of the host under a type. Throws the host's TypeError for types that are none. */
  static ofHost(type: FuncTypeDescriptor, code: HostFunction, store: BareStore = defaultStore()): Func {
    return Func.ofType(store, canonicalType(store, type), code);
  }

  static ofType(store: BareStore, type: CanonicalType, code: HostFunction): Func {
    const func = new Func(store, new FuncInst(type, null, null, hostCode(store, type, code)));
    store.adopt(func.core, func);
    return func;
  }

  static wrap(store: BareStore, core: FuncInst): Func {
    return new Func(store, core);
  }

  get type(): FuncTypeDescriptor {
    return describeFunc(this.comp);
  }

  private get comp(): FuncType {
    return this.core.type.comp as FuncType;
  }

  /**
   * Calls the function. Gives undefined, the result, or an array of several results.
   *
   * Throws a Trap, an Exception that no module caught, what a function of the host threw, or the host's TypeError when
   * the arguments are not of the parameters' types.
   */
  call(...args: readonly Value[]): Value {
    const raw = this.rawArguments(args);
    return this.resultOf(this.store.runWhole((machine) => call(machine, this.core, raw)));
  }

  /**
   * The same, but with the bits of numbers and vectors as unsigned bigints, so that NaNs keep their payloads. References
   * are as they are for `call`. Gives all results as an array.
   */
  callBits(...args: readonly Value[]): Value[] {
    const { params, results } = this.comp;
    this.checkCount(args);
    const raw = params.map((type, i) =>
      isRef(type) || typeof args[i] !== 'bigint' ? this.rawArgument(args, i) : rawOfBits(args[i], type),
    );
    const found = this.store.runWhole((machine) => call(machine, this.core, raw));
    return found.map((each, i) => bitsOrReference(this.store, each, results[i] as ValType));
  }

  /**
   * Prepares a call that runs in slices of fuel. Between two slices nothing of it is on the host's stack.
   * Throws the host's TypeError as `call` does.
   */
  start(...args: readonly Value[]): Run {
    const raw = this.rawArguments(args);
    return new Run(this.store, this.core, raw, (results) => this.resultOf(results));
  }

  private rawArguments(args: readonly Value[]): RawValue[] {
    this.checkCount(args);
    return this.comp.params.map((_, i) => this.rawArgument(args, i));
  }

  private rawArgument(args: readonly Value[], i: number): RawValue {
    return rawOf(args[i], this.comp.params[i] as ValType, this.store, `argument ${i + 1}`);
  }

  private checkCount(args: readonly Value[]): void {
    const { length } = this.comp.params;
    if (args.length !== length)
      throw new TypeError(`the function takes ${length} arguments, not ${args.length}`);
  }

  private resultOf(raw: readonly RawValue[]): Value {
    const values = raw.map((each, i) => valueOf(each, this.comp.results[i] as ValType, this.store));
    return values.length < 2 ? values[0] : values;
  }
}

/** A call in slices. */
export class Run {
  private readonly store: BareStore;
  private readonly func: FuncInst;
  private readonly resultOf: (raw: readonly RawValue[]) => Value;
  private machine: Machine | null;
  private isStarted = false;
  private end: RunState | null = null;

  /** A paused run keeps its frames, so it has a machine of its own: `machine`, which must not run anything else. */
  constructor(
    store: BareStore,
    func: FuncInst,
    args: readonly RawValue[],
    resultOf: (raw: readonly RawValue[]) => Value,
    machine: Machine = new Machine(store.core),
  ) {
    this.store = store;
    this.func = func;
    this.resultOf = resultOf;
    this.machine = machine;
    const { params } = func.type.comp as FuncType;
    while (machine.refs.length < slotCount(params)) machine.refs.push(null);
    writeSlots(machine, params, 0, args);
  }

  /**
   * Goes on until the function returns or `fuel` units are used up; after the end it gives the end again. Throws what
   * `Func.call` throws, a Trap `out-of-fuel` when the store has no fuel left; then the run is over. Bulk work
   * and calls that functions of the host make into a module cannot pause and take more from the store's fuel if they must.
   */
  step(fuel: number): RunState {
    if (!(Number.isSafeInteger(fuel) && fuel > 0))
      throw new RangeError(`fuel of a slice is a positive whole number, not ${shown(fuel)}`);
    if (this.end !== null) return this.end;
    const { machine } = this;
    if (machine === null) throw new TypeError('the run is over: it was cancelled or ended in an error');
    this.machine = null; // Until this slice has ended well, so that nothing can enter it again.
    const outcome = this.store.runSlice(machine, fuel, (running): RunOutcome => {
      if (this.isStarted) return resume(running);
      this.isStarted = true;
      return invoke(running, this.func, 0);
    });
    if (outcome === 'done') {
      const { results } = this.func.type.comp as FuncType;
      this.end = { kind: 'done', value: this.resultOf(readSlots(machine, results, 0)) };
      return this.end;
    }
    if (this.store.fuel === 0) {
      abandon(machine, 0);
      throw new Trap(WASM_TRAP_FUEL, []);
    }
    this.machine = machine;
    return { kind: 'paused' };
  }

  /** Gives the run up. */
  cancel(): void {
    this.machine = null;
  }
}

/** A linear memory. */
export class Memory {
  readonly store: BareStore;
  /** Of the interpreter; not for users of the library. */
  readonly core: MemoryInst;

  private constructor(store: BareStore, core: MemoryInst) {
    this.store = store;
    this.core = core;
  }

  /**
   * A new memory of `min` pages of 65,536 bytes, at most `max`; `max` is needed if it is shared. Throws a Trap
   * `allocation-size-too-large` if there is no room for it or the store does not grant it.
   */
  static create(
    options: {
      readonly min: number;
      readonly max?: number;
      readonly is64?: boolean;
      readonly isShared?: boolean;
    },
    store: BareStore = defaultStore(),
  ): Memory {
    const { min, max, isShared } = options;
    for (const each of [min, max ?? min]) requireNatural(each, 'a memory has a natural number of pages');
    if (max !== undefined && max < min)
      throw new RangeError(`a memory of ${min} pages cannot have at most ${max}`);
    if (isShared && max === undefined) throw new RangeError('a shared memory needs max');
    const type = memoryType(options);
    const core = store.chargeBytes(min * 2 ** 16) ? newMemory(type, store.core.limits.memoryBytes) : null;
    if (core === null) throw new Trap(WASM_TRAP_ALLOCATION, []);
    return wrapExtern(store, core) as Memory;
  }

  static wrap(store: BareStore, core: MemoryInst): Memory {
    return new Memory(store, core);
  }

  get type(): MemoryDescriptor {
    return { ...describeMemory(this.core.type), min: BigInt(this.pages) };
  }

  /** The bytes as they are now. Growth may replace the buffer behind them: do not keep the array across calls. */
  get bytes(): Uint8Array {
    this.core.refresh();
    return this.core.u8;
  }

  /** The buffer behind the bytes, replaced by growth unless shared. */
  get buffer(): ArrayBuffer | SharedArrayBuffer {
    return this.core.buffer;
  }

  get pages(): number {
    this.core.refresh();
    return this.core.sizePages;
  }

  /** Grows by so many pages; the old size in pages, or -1 if it may not or cannot. */
  grow(pages: number): number {
    requireNatural(pages, 'a memory grows by a natural number of pages');
    if (!this.store.chargeBytes(pages * 2 ** this.core.type.pageSizeLog2)) return -1;
    return this.core.grow(pages);
  }
}

/** A table of references. */
export class Table {
  readonly store: BareStore;
  /** Of the interpreter; not for users of the library. */
  readonly core: TableInst;

  private constructor(store: BareStore, core: TableInst) {
    this.store = store;
    this.core = core;
  }

  /** A new table of `min` elements that are `init`. Throws as `Memory.create` does, a TypeError for a wrong `init`. */
  static create(
    options: { readonly element: ValTypeName; readonly min: number; readonly max?: number },
    init: Value = null,
    store: BareStore = defaultStore(),
  ): Table {
    const element = valTypeOf(options.element);
    if (!isRef(element)) throw new TypeError(`elements of a table are references, not ${options.element}`);
    const { min, max } = options;
    for (const each of [min, max ?? min]) requireNatural(each, 'a table has a natural number of elements');
    const ref = store.fromHost(init, element, 'the element');
    if (min > store.core.limits.tableElements || !store.chargeBytes(8 * min))
      throw new Trap(WASM_TRAP_ALLOCATION, []);
    const type = { element, min: BigInt(min), max: max === undefined ? null : BigInt(max), is64: false };
    return wrapExtern(store, new TableInst(type, min, ref)) as Table;
  }

  static wrap(store: BareStore, core: TableInst): Table {
    return new Table(store, core);
  }

  get type(): TableDescriptor {
    return { ...describeTable(this.core.type), min: BigInt(this.length) };
  }

  get length(): number {
    return this.core.elements.length;
  }

  /** Throws a Trap `out-of-bounds-table-access`. */
  get(index: number): Value {
    return this.store.toHost(this.core.elements[this.checked(index)], this.core.type.element);
  }

  /** Throws a Trap `out-of-bounds-table-access`, or a TypeError for a value that is no element. */
  set(index: number, value: Value): void {
    this.core.elements[this.checked(index)] = this.store.fromHost(
      value,
      this.core.type.element,
      'the element',
    );
  }

  /** Grows by so many elements; the old length, or -1 if it may not. */
  grow(count: number, init: Value = null): number {
    requireNatural(count, 'a table grows by a natural number of elements');
    const ref = this.store.fromHost(init, this.core.type.element, 'the element');
    if (count > this.store.core.limits.tableElements || !this.store.chargeBytes(8 * count)) return -1;
    return this.core.grow(count, ref, this.store.core.limits.tableElements);
  }

  private checked(index: number): number {
    if (!(Number.isInteger(index) && index >= 0 && index < this.length)) throw new Trap(WASM_TRAP_TABLE, []);
    return index;
  }
}

/** A global. */
export class Global {
  readonly store: BareStore;
  /** Of the interpreter; not for users of the library. */
  readonly core: GlobalInst;

  private constructor(store: BareStore, core: GlobalInst) {
    this.store = store;
    this.core = core;
  }

  /** A new global. Throws a TypeError for a type that is none, or a value that is not of it. */
  static create(type: GlobalDescriptor, value: Value, store: BareStore = defaultStore()): Global {
    return Global.ofType(store, { type: valTypeOf(type.type), isMutable: type.isMutable }, value);
  }

  static ofType(store: BareStore, type: GlobalInst['type'], value: Value): Global {
    const core = new GlobalInst(type);
    const { words, ref } = rawOf(value, type.type, store, 'the value of the global');
    core.words.set(words);
    core.ref = ref;
    return wrapExtern(store, core) as Global;
  }

  static wrap(store: BareStore, core: GlobalInst): Global {
    return new Global(store, core);
  }

  get type(): GlobalDescriptor {
    return describeGlobal(this.core.type);
  }

  get value(): Value {
    const { words, ref, type } = this.core;
    return valueOf({ words: [...words], ref }, type.type, this.store);
  }

  /** Throws a TypeError if the global cannot change, or the value is not of its type. */
  set value(value: Value) {
    const { type } = this.core;
    if (!type.isMutable) throw new TypeError('the global is immutable');
    const { words, ref } = rawOf(value, type.type, this.store, 'the value of the global');
    this.core.words.set(words);
    this.core.ref = ref;
  }

  /** The bits of a number or vector, an unsigned bigint; a reference as it is. */
  get bits(): Value {
    const { words, ref, type } = this.core;
    return bitsOrReference(this.store, { words: [...words], ref }, type.type);
  }
}

/** What tells exceptions apart, and the types of what they carry. */
export class Tag {
  readonly store: BareStore;
  /** Of the interpreter; not for users of the library. */
  readonly core: TagInst;

  private constructor(store: BareStore, core: TagInst) {
    this.store = store;
    this.core = core;
  }

  /** A new tag. Throws a TypeError for types that are none. */
  static create(params: readonly ValTypeName[], store: BareStore = defaultStore()): Tag {
    return wrapExtern(store, new TagInst(canonicalType(store, { params, results: [] }))) as Tag;
  }

  static wrap(store: BareStore, core: TagInst): Tag {
    return new Tag(store, core);
  }

  get type(): FuncTypeDescriptor {
    return describeFunc(this.core.type.comp as FuncType);
  }
}

/** An exception of a module: one that no module caught, or one that a function of the host throws for modules to catch. */
export class Exception extends Error {
  override readonly name: string = 'Exception';
  readonly tag: Tag;
  readonly values: readonly Value[];
  /** Of the interpreter; not for users of the library. */
  readonly core: ExnInst;

  /** Throws a TypeError if the values are not of the tag's types. */
  constructor(tag: Tag, values: readonly Value[], core?: ExnInst) {
    super('an exception of WebAssembly that nobody caught');
    this.tag = tag;
    this.values = values;
    this.core = core ?? exnInst(tag, values);
    if (core === undefined) tag.store.adopt(this.core, this);
  }

  static wrap(store: BareStore, core: ExnInst): Exception {
    const { params } = core.tag.type.comp as FuncType;
    const words = { lanes: { i32: core.words }, refs: [...core.refs] } as unknown as ValueSlots;
    const values = readSlots(words, params, 0).map((raw, i) => valueOf(raw, params[i] as ValType, store));
    return new Exception(wrapExtern(store, core.tag) as Tag, values, core);
  }
}

function exnInst(tag: Tag, values: readonly Value[]): ExnInst {
  const { params } = tag.core.type.comp as FuncType;
  if (values.length !== params.length)
    throw new TypeError(`an exception of this tag carries ${params.length} values, not ${values.length}`);
  const raw = params.map((type, i) => rawOf(values[i], type, tag.store, `value ${i + 1} of the exception`));
  const count = slotCount(params);
  const slots = { i32: new Int32Array(2 * count), refs: new Array<unknown>(count).fill(null) };
  writeSlots(slots, params, 0, raw);
  return new ExnInst(tag.core, slots.i32, slots.refs);
}

/** What a module imports or exports. */
export type Extern = Func | Table | Memory | Global | Tag;

/** The object of the library for something of the interpreter. */
export function wrapExtern(store: BareStore, core: CoreExtern): Extern {
  if (core instanceof FuncInst) return store.wrap(core) as Func;
  const known = store.wrappedOf(core);
  if (known !== undefined) return known as Extern;
  const made = newExtern(store, core);
  store.adopt(core, made);
  return made;
}

function newExtern(store: BareStore, core: Exclude<CoreExtern, FuncInst>): Extern {
  if (core instanceof TableInst) return Table.wrap(store, core);
  if (core instanceof MemoryInst) return Memory.wrap(store, core);
  return core instanceof GlobalInst ? Global.wrap(store, core) : Tag.wrap(store, core);
}

const wrappers = {
  func: Func.wrap,
  exception: Exception.wrap,
  unwrap: (value: unknown) =>
    value instanceof Func || value instanceof Exception ? ownerOf(value) : undefined,
};

function ownerOf(value: Func | Exception): { readonly store: BareStore; readonly core: object } {
  return { store: value instanceof Func ? value.store : value.tag.store, core: value.core };
}

function bitsOrReference(store: BareStore, { words, ref }: RawValue, type: ValType): Value {
  return isRef(type) ? store.toHost(ref, type) : bitsOf(words, type);
}

function canonicalType(store: BareStore, { params, results }: FuncTypeDescriptor): CanonicalType {
  const { registry } = store.core;
  const comp = { kind: 'func', params: params.map(valTypeOf), results: results.map(valTypeOf) } as const;
  const type = { isFinal: true, supers: [], comp, describes: -1, descriptor: -1, position: 0 };
  return registry.get(registry.enterGroup([type], 0, []));
}

/** Converts arguments and results of a function of the host. */
function hostCode(store: BareStore, type: CanonicalType, code: HostFunction) {
  const { params, results } = type.comp as FuncType;
  return (slots: ValueSlots, base: number): void => {
    const args = readSlots(slots, params, base).map((raw, i) => valueOf(raw, params[i] as ValType, store));
    const given = (code as (...args: readonly Value[]) => unknown)(...args);
    const values =
      results.length === 0 ? [] : results.length === 1 ? [given] : severalOf(given, results.length);
    const raw = results.map((each, i) =>
      rawOf(values[i], each, store, `result ${i + 1} of a function of the host`),
    );
    writeSlots({ i32: slots.lanes.i32, refs: slots.refs }, results, base, raw);
  };
}

function severalOf(given: unknown, count: number): Value[] {
  if (typeof given !== 'object' || given === null || !(Symbol.iterator in given))
    throw new TypeError(`a function of the host with ${count} results gave ${shown(given)}, not an iterable`);
  const values = [...(given as Iterable<Value>)];
  if (values.length !== count)
    throw new TypeError(`a function of the host with ${count} results gave ${values.length}`);
  return values;
}
