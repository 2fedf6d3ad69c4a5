// The state of the interpreter: slots, frames, fuel, and why it stopped. Calls between functions of modules push a frame
// here and never recurse on the host's stack; only calls from a function of the host back into a module nest.
// hot
//
// Invariants: the running function is `func`, its frame begins at slot `fp`, and `code`, `instance` and `memory` are its.
// A frame record holds its caller's function, fp and the pc to return to; -1 where the caller is the host.

import { markHeapLeaf, setHeapOrigin } from '../../base/heap-leaf.ts';
import { type Lanes, lanesOver } from '../../eval/wasm-lanes.ts';
import { WASM_TRAP_NONE, WASM_TRAP_STACK, type WasmTrap } from '../../eval/wasm-traps.ts';
import type { ExnInst, FuncInst, ModuleInst, ValueSlots } from '../runtime/instances.ts';
import { type MemoryInst, newMemory } from '../runtime/memory.ts';
import type { RegisterCode } from '../runtime/register-code.ts';
import type { Store } from '../runtime/store.ts';
import { compileFunction } from './compile-function.ts';

/** Runs the instruction at `pc` and gives the next pc, or -1 if the machine is to be looked at. */
export type Handler = (m: Machine, code: Int32Array, pc: number, fp: number) => number;

export const STATUS_RUNNING = 0;
export const STATUS_DONE = 1;
export const STATUS_TRAP = 2;
export const STATUS_THROW = 3;
export const STATUS_FUEL = 4;
/** A function of the host is to be called while the activation waits. */
export const STATUS_HOST = 5;

/** A loop is quicker than a call of the host for so many. */
const FEW_SLOTS = 16;

/** Fuel is counted in a 32-bit word, filled again from the budget. */
const FUEL_SLICE = 0x3fff_ffff;

const NO_MEMORY = newMemory(
  { min: 0n, max: 0n, is64: false, isShared: false, pageSizeLog2: 16 },
  0,
) as MemoryInst;

export class Machine implements ValueSlots {
  readonly store: Store;
  readonly lanes: Lanes;
  readonly i32: Int32Array;
  readonly f32: Float32Array;
  readonly f64: Float64Array;
  readonly i64: BigInt64Array;
  readonly refs: unknown[];
  readonly slotCount: number;
  /** First the fuel left of the slice. */
  readonly counters = new Int32Array(1);
  /** Fuel beyond the slice. */
  fuelBudget: number;
  /** What the slice was when `Store.moreFuel` gave it. */
  private granted = 0;
  /**
   * Takes fuel from beyond the budget for work that cannot pause; false if there is not as much. null: nothing is beyond
   * it. The library sets it for runs in slices.
   */
  overdraw: ((missing: number) => boolean) | null = null;

  code: Int32Array = new Int32Array(0);
  pc = 0;
  fp = 0;
  func: FuncInst | null = null;
  instance: ModuleInst;
  memory: MemoryInst = NO_MEMORY;
  /** Highest slot in use by a frame that may hold references, so that they can be let go. */
  private highRef = 0;

  readonly frameFuncs: (FuncInst | null)[] = [];
  framePcs = new Int32Array(256);
  frameFps = new Int32Array(256);
  depth = 0;
  /** Dispatch loops on the host's stack. */
  nesting = 0;

  /** The running activation waits for functions of the host that can be called so; see activation.ts. */
  suspends = false;
  /** With STATUS_HOST: the function, where its arguments lie, and the pc behind the call, -1 for a tail call. */
  hostFunc: FuncInst | null = null;
  hostBase = 0;
  hostReturnPc = 0;

  isStopped = false;
  status = STATUS_RUNNING;
  trap: WasmTrap = WASM_TRAP_NONE;
  thrown: ExnInst | null = null;

  constructor(store: Store) {
    this.store = store;
    this.slotCount = store.limits.stackSlots;
    this.lanes = lanesOver(new ArrayBuffer(8 * this.slotCount));
    this.i32 = this.lanes.i32;
    this.f32 = this.lanes.f32;
    this.f64 = this.lanes.f64;
    this.i64 = this.lanes.i64;
    this.refs = [];
    // Nothing runs yet; the first frame sets it.
    this.instance = null as unknown as ModuleInst;
    this.fuelBudget = store.limits.fuel;
    if (store.moreFuel === null) this.refuel();
  }

  /** Moves fuel from the budget to the slice; false if there is none. */
  refuel(): boolean {
    const { moreFuel } = this.store;
    if (moreFuel !== null) {
      this.grantFuel(moreFuel(this.takeUsedFuel(), 0));
      return this.granted > 0;
    }
    const slice = Math.min(this.fuelBudget, FUEL_SLICE);
    this.fuelBudget -= slice;
    this.counters[0] = slice;
    return slice > 0;
  }

  /** Takes one unit of fuel; false if there is none. */
  pay(): boolean {
    if (--this.counters[0] >= 0) return true;
    if (!this.refuel()) return false;
    this.counters[0]--;
    return true;
  }

  /** Takes fuel; false if there is not as much. */
  spend(cost: number): boolean {
    const slice = this.counters[0] as number;
    if (cost > slice) {
      const { moreFuel } = this.store;
      if (moreFuel !== null) {
        this.grantFuel(moreFuel(this.takeUsedFuel(), cost));
        return true;
      }
      const missing = cost - slice - this.fuelBudget;
      if (missing > 0) {
        if (this.overdraw === null || !this.overdraw(missing)) return false;
        this.counters[0] = 0;
        this.fuelBudget = 0;
        return true;
      }
      this.fuelBudget -= cost - slice;
      this.counters[0] = 0;
      return this.refuel() || this.fuelBudget === 0;
    }
    this.counters[0] = slice - cost;
    return true;
  }

  /** The embedder gives a slice, where it counts fuel itself (`Store.moreFuel`). */
  grantFuel(slice: number): void {
    this.granted = Math.min(slice, FUEL_SLICE);
    this.counters[0] = this.granted;
  }

  /** What of the slice given by `grantFuel` has been used; the rest of it is given back. */
  takeUsedFuel(): number {
    const used = this.granted - Math.max(0, this.counters[0] as number);
    this.granted = 0;
    this.counters[0] = 0;
    return used;
  }

  /** Fuel left. */
  get fuel(): number {
    return this.fuelBudget + Math.max(0, this.counters[0] as number);
  }

  /** The first slot above the running frame, where arguments of a call from the host go. */
  get freeSlot(): number {
    return this.func === null ? 0 : this.fp + (this.func.code?.code?.frameSlots ?? 0);
  }

  /** Stops with a trap of the instruction at `pc`. */
  trapAt(pc: number, trap: WasmTrap): number {
    this.pc = pc;
    this.trap = trap;
    return this.stop(STATUS_TRAP);
  }

  stop(status: number): number {
    this.status = status;
    this.isStopped = true;
    return -1;
  }

  /** Pushes a frame record for the running function, to return to `returnPc`. */
  pushFrame(returnPc: number): void {
    const { depth } = this;
    if (depth === this.framePcs.length) this.growFrames();
    this.frameFuncs[depth] = this.func;
    this.framePcs[depth] = returnPc;
    this.frameFps[depth] = this.fp;
    this.depth = depth + 1;
  }

  private growFrames(): void {
    const grown = (array: Int32Array): Int32Array<ArrayBuffer> => {
      const larger = new Int32Array(array.length * 2);
      larger.set(array);
      return larger;
    };
    this.framePcs = grown(this.framePcs);
    this.frameFps = grown(this.frameFps);
  }

  /** Makes the function's code if it has not run yet. */
  codeOf(func: FuncInst): RegisterCode {
    const code = func.code as NonNullable<typeof func.code>;
    code.code ??= compileFunction(code);
    return code.code;
  }

  /** Whether a frame of that many slots fits at `base`, and another call does. */
  hasRoom(base: number, code: RegisterCode): boolean {
    return base + code.frameSlots <= this.slotCount && this.depth < this.store.limits.frames;
  }

  /** Makes `func` the running function, its arguments at slot `base`. There must be room. */
  enter(func: FuncInst, code: RegisterCode, base: number): void {
    this.func = func;
    this.code = code.words;
    this.pc = 0;
    this.fp = base;
    const instance = func.instance as ModuleInst;
    this.instance = instance;
    this.memory = instance.memories[0] ?? NO_MEMORY;
    const start = base + code.paramSlots;
    const end = base + code.localsEnd;
    if (end - start <= FEW_SLOTS) for (let i = start << 1; i < end << 1; i++) this.i32[i] = 0;
    else this.i32.fill(0, start << 1, end << 1);
    if (code.hasRefs) this.clearRefs(start, base + code.frameSlots);
  }

  private clearRefs(start: number, end: number): void {
    const { refs } = this;
    while (refs.length < end) refs.push(null);
    for (let i = start; i < end; i++) refs[i] = null;
    if (end > this.highRef) this.highRef = end;
  }

  /** Lets go of references above a slot. */
  dropRefs(start: number): void {
    const { refs } = this;
    for (let i = start; i < this.highRef && i < refs.length; i++) refs[i] = null;
    this.highRef = start;
  }

  /** Makes the caller of the topmost record the running function; false if that is the host. */
  popFrame(): boolean {
    const depth = --this.depth;
    const func = this.frameFuncs[depth] as FuncInst | null;
    const returnPc = this.framePcs[depth] as number;
    this.frameFuncs[depth] = null;
    this.restore(func, this.frameFps[depth] as number);
    this.pc = returnPc;
    return returnPc >= 0;
  }

  private restore(func: FuncInst | null, fp: number): void {
    this.func = func;
    this.fp = fp;
    if (func === null) return;
    this.code = this.codeOf(func).words;
    this.instance = func.instance as ModuleInst;
    this.memory = this.instance.memories[0] ?? NO_MEMORY;
  }

  /**
   * Calls a function of a module or of the host whose arguments lie at slot `base`; the running function goes on at
   * `returnPc`. Gives the next pc or -1.
   */
  call(func: FuncInst, base: number, pc: number, returnPc: number): number {
    if (func.host !== null) {
      if (this.suspends && func.suspends) return this.suspend(func, base, pc, returnPc);
      this.callHost(func, base, pc);
      return returnPc;
    }
    const code = this.codeOf(func);
    if (!this.hasRoom(base, code)) return this.trapAt(pc, WASM_TRAP_STACK);
    if (!this.pay()) {
      // Out of fuel before the call, which is made again when the run is resumed.
      this.pc = pc;
      return this.stop(STATUS_FUEL);
    }
    this.pushFrame(returnPc);
    this.enter(func, code, base);
    return -1;
  }

  /** Stops at the call of a function of the host. */
  private suspend(func: FuncInst, base: number, pc: number, returnPc: number): number {
    this.pc = pc;
    this.hostFunc = func;
    this.hostBase = base;
    this.hostReturnPc = returnPc;
    return this.stop(STATUS_HOST);
  }

  /** Calls a function of the host in place. It may throw. */
  callHost(func: FuncInst, base: number, pc: number): void {
    this.pc = pc;
    const { refs } = this;
    // Results may be references above all frames.
    while (refs.length < base + 64) refs.push(null);
    (func.host as NonNullable<typeof func.host>)(this, base, func);
  }

  /** Replaces the running function by `func`, whose arguments of `slots` slots lie at `base`. */
  tailCall(func: FuncInst, base: number, slots: number, pc: number): number {
    const { fp } = this;
    const code = func.host === null ? this.codeOf(func) : null;
    if (code !== null) {
      if (!this.hasRoom(fp, code)) return this.trapAt(pc, WASM_TRAP_STACK);
      if (!this.pay()) {
        // As in `call`: nothing has changed yet.
        this.pc = pc;
        return this.stop(STATUS_FUEL);
      }
    }
    this.i32.copyWithin(fp << 1, base << 1, (base + slots) << 1);
    for (let i = 0; i < slots; i++) if (base + i < this.refs.length) this.refs[fp + i] = this.refs[base + i];
    if (code === null) {
      if (this.suspends && func.suspends) return this.suspend(func, fp, pc, -1);
      this.callHost(func, fp, pc);
      return this.return();
    }
    this.enter(func, code, fp);
    return -1;
  }

  /** Returns to the caller, the results being in the first slots of the frame. */
  return(): number {
    return this.popFrame() ? -1 : this.stop(STATUS_DONE);
  }

  setNaN32(slot: number): void {
    this.i32[2 * slot] = 0x7fc0_0000;
  }

  setNaN64(slot: number): void {
    this.i32[2 * slot] = 0;
    this.i32[2 * slot + 1] = 0x7ff8_0000;
  }

  /** Whether the bytes up to `end` exist; another agent may have grown a shared memory. */
  isInBounds(memory: MemoryInst, end: number): boolean {
    if (memory.type.isShared) memory.refresh();
    return end <= memory.byteLength;
  }

  /**
   * The byte that an address and an offset mean, as a double; beyond 2^53 it is imprecise, but far out of bounds.
   * `slot` holds the address, of 32 or 64 bits as the memory has it.
   */
  address(memory: MemoryInst, slot: number, offsetLow: number, offsetHigh: number): number {
    return this.size(memory.type.is64, slot) + (offsetHigh >>> 0) * 2 ** 32 + (offsetLow >>> 0);
  }

  /** An unsigned number of 32 or 64 bits in a slot, as a double. */
  size(is64: boolean, slot: number): number {
    const low = (this.i32[2 * slot] as number) >>> 0;
    return is64 ? ((this.i32[2 * slot + 1] as number) >>> 0) * 2 ** 32 + low : low;
  }

  /** Stores a size, -1 included. */
  setSize(is64: boolean, slot: number, value: number): void {
    this.i32[2 * slot] = value;
    if (is64) this.i32[2 * slot + 1] = value < 0 ? -1 : Math.floor(value / 2 ** 32);
  }
}

// Its references are of interest only while it is in the middle of something: to walks that measure the heap.
markHeapLeaf(Machine);
setHeapOrigin(Machine, (m) => [m.refs, m.frameFuncs, m.func, m.instance, m.memory]);
