// What WebAssembly keeps for an agent: one store and one machine, and the objects that stand for instances, one for each,
// as the specification's caches have it. While the machine runs it spends a slice of the agent's fuel; at every crossing
// between JavaScript and WebAssembly the slice is settled, so that both count as one program.
// https://webassembly.github.io/spec/js-api/#store
//
// Invariant: outside of runs and inside of functions of the host the machine holds no fuel of the agent.

import type { Agent, RunMachine } from '../../runtime/agent.ts';
import { LimitStop } from '../../runtime/completion.ts';
import type { FunctionObject } from '../../runtime/objects/function.ts';
import { type JSObject, OBJECT_BYTES } from '../../runtime/objects/object.ts';
import type { IntrinsicName } from '../../runtime/realm.ts';
import { rootShape, SHAPE_KIND_ORDINARY, type Shape } from '../../runtime/shape.ts';
import { EXTERNREF, type FuncType } from '../format/types.ts';
import { Machine } from '../interpret/machine.ts';
import { abandon } from '../interpret/run.ts';
import { type FuncInst, TagInst } from '../runtime/instances.ts';
import { Store } from '../runtime/store.ts';
import type { CanonicalType } from '../validate/type-registry.ts';

/** Where no portion of the agent's fuel is left but there is more behind it, the machine gets so much at once. */
const FUEL_PORTION = 5000;

/** Frames of modules' functions for each that a guest's functions may have: they are small. */
const FRAMES_PER_FRAME = 5;

export class WebAssemblyState implements RunMachine {
  readonly agent: Agent;
  readonly store: Store;
  /** That of the program that runs: one that is paused in the middle of a module keeps its own. */
  machine: Machine;
  /** The tag of exceptions that carry a value of JavaScript. */
  readonly jsTag: TagInst;
  /** Exported Function cache. */
  readonly functions: WeakMap<FuncInst, FunctionObject>;
  /** Caches of memories, tables, globals, tags, exceptions, structures and arrays: the object of each instance. */
  readonly objects: WeakMap<object, JSObject>;

  constructor(agent: Agent) {
    this.agent = agent;
    this.store = new Store({
      frames: Math.min(agent.limits.frames * FRAMES_PER_FRAME, 50_000),
      // What nests on the host's stack is charged as depth of the agent.
      hostNesting: Number.MAX_SAFE_INTEGER,
    });
    this.store.moreFuel = (used, cost) => {
      agent.chargeFuel(used + cost);
      if (this.machine.suspends && this.mustPause) return 0;
      const fuel = this.fuelToLend();
      if (fuel < 1) throw new LimitStop('fuel');
      return fuel;
    };
    this.store.chargeBytes = (count) => {
      agent.chargeBytes(count);
      return true;
    };
    this.store.canBlock = agent.canBlock;
    this.machine = new Machine(this.store);
    this.jsTag = new TagInst(this.funcType({ kind: 'func', params: [EXTERNREF], results: [] }));
    this.functions = new WeakMap();
    this.objects = new WeakMap();
  }

  private fuelToLend(): number {
    const { agent } = this;
    return Math.floor(agent.fuel >= 1 ? agent.fuel : Math.min(FUEL_PORTION, agent.remainingFuel));
  }

  /** The slice of a program that can be paused is used up. */
  private get mustPause(): boolean {
    const { agent } = this;
    return agent.pausable && agent.sliceLeft < 1;
  }

  /** Lends the machine fuel: it is about to run, or to be asked whether it can pause. */
  lendFuel(suspends: boolean): void {
    this.machine.grantFuel(suspends && this.mustPause ? 0 : this.fuelToLend());
  }

  get depth(): number {
    return this.machine.depth;
  }

  beginRun(parked: object | null): object {
    const outer = this.machine;
    if (parked !== null) this.machine = parked as Machine;
    else if (outer.depth > 0) this.machine = new Machine(this.store);
    return outer;
  }

  endRun(outer: object | null, isPaused: boolean): object | null {
    const { machine } = this;
    const parked = isPaused && machine.depth > 0 ? machine : null;
    if (outer !== null && outer !== machine) this.machine = outer as Machine;
    else if (parked !== null) this.machine = new Machine(this.store);
    return parked;
  }

  trim(depth: number): void {
    if (this.machine.depth > depth) abandon(this.machine, depth);
  }

  /** Charges the agent for what the machine has used of it. Throws a LimitStop if that was too much. */
  settleFuel(): void {
    this.agent.chargeFuel(this.machine.takeUsedFuel());
  }

  /** The canonical type of functions: final, and alone in its recursion group. */
  funcType(comp: FuncType): CanonicalType {
    const { registry } = this.store;
    const type = { isFinal: true, supers: [], comp, describes: -1, descriptor: -1, position: 0 };
    return registry.get(registry.enterGroup([type], 0, []));
  }
}

/** The object that stands for an instance in JavaScript, made at its first crossing: one for each. */
export function objectFor<Inst extends object>(
  state: WebAssemblyState,
  instance: Inst,
  prototypeName: IntrinsicName,
  ObjectClass: new (shape: Shape, instance: Inst) => JSObject,
): JSObject {
  const known = state.objects.get(instance);
  if (known !== undefined) return known;
  const { agent } = state;
  agent.chargeBytes(OBJECT_BYTES);
  const prototype = agent.realm.intrinsic(prototypeName);
  const made = new ObjectClass(rootShape(agent, prototype, SHAPE_KIND_ORDINARY), instance);
  state.objects.set(instance, made);
  return made;
}
