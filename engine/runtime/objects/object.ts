// hot
// JSObject: an ordinary object, https://tc39.es/ecma262/#sec-ordinary-and-exotic-objects-behaviours , and the
// base class of all guest objects. Layout is decided by measurement (ARCHITECTURE.md, rule 1): the shape, six slots as
// fields, an overflow array. Kinds with state of their own are subclasses; those with internal methods of
// their own override them and set `exotic`.
//
// The host prototype chain is ours and ends in null: nothing of the host is reachable by name.
import type { Agent } from '../agent.ts';
import { Call0, Call1 } from '../call.ts';
import { throwRangeError } from '../errors.ts';
import type { GuestWork } from '../guest-work.ts';
import { MAX_LIST_LENGTH } from '../list.ts';
import {
  AccessorPair,
  ATTR_ACCESSOR,
  ATTR_CONFIGURABLE,
  ATTR_WRITABLE,
  ATTRS_DEFAULT,
  accessorDescriptor,
  attributesOf,
  CompletePropertyDescriptor,
  dataDescriptor,
  IsAccessorDescriptor,
  IsGenericDescriptor,
  PropertyDescriptor,
} from '../property-descriptor.ts';
import type { PropertyKey } from '../property-key.ts';
import type { Realm } from '../realm.ts';
import { SameValue } from '../same-value.ts';
import {
  breakCells,
  ENTRY_SLOT_SHIFT,
  NOT_FOUND,
  type PropertyEntry,
  rootShape,
  SHAPE_KIND_ORDINARY,
  type Shape,
  type ShapeKey,
} from '../shape.ts';
import type { Value } from '../value.ts';

/** What a slot may hold: a value, or the AccessorPair of an accessor property. */
export type Slot = Value | AccessorPair;

/** Host function of a function object: (callee, thisValue, newTarget, a0, a1, …), see call.ts. */
export type HostCode = (
  // biome-ignore lint/suspicious/noExplicitAny: implementations narrow callee to their own class
  callee: any,
  thisValue: Value,
  newTarget: JSObject | undefined,
  ...args: Value[]
) => Value;

/** A call that is the last act of a function. */
export interface TailCall {
  /** Callable; a constructor if `newTarget` is given. */
  readonly F: JSObject;
  readonly thisValue: Value;
  readonly newTarget: JSObject | undefined;
  readonly args: readonly Value[];
  /** Looks at what the call returned; throws if that is not allowed. */
  readonly check?: (agent: Agent, value: Value) => Value;
}

/**
 * What is special about the `code` of a function whose work leads straight to other guest code, so that a tier whose
 * frames do not lie on the host's stack can do it without nesting there.
 */
export interface FunctionSpecial {
  /** Does all that comes before the last call, and gives that call; null: `code` has to be called. */
  readonly tail?: (
    // biome-ignore lint/suspicious/noExplicitAny: implementations narrow callee to their own class
    callee: any,
    thisValue: Value,
    newTarget: JSObject | undefined,
    args: readonly Value[],
  ) => TailCall | null;
  /** The function resumes the generator that is its this value, in this way. */
  readonly resumes?: 'normal' | 'throw' | 'return';
  /** Does what comes before work that goes through guest code, and gives that with the result that follows it. */
  readonly work?: (
    // biome-ignore lint/suspicious/noExplicitAny: as for `tail`
    callee: any,
    thisValue: Value,
    newTarget: JSObject | undefined,
    args: readonly Value[],
  ) => PendingWork;
}

/** What is left of a call: work to be done, if any, and then its result, which is not read before. */
export interface PendingWork {
  readonly work: GuestWork | null;
  readonly result: Value;
}

/** [[Get]] and [[Set]] walk on through ordinary objects and ask the others: see `exotic`. */
export const EXOTIC_NONE = 0;
/** Only the own lookup differs (GetOwnProperty, DefineOwnProperty); it runs no guest code. */
export const EXOTIC_OWN = 1;
/** [[Get]], [[Set]], [[HasProperty]] or [[GetPrototypeOf]] differ. */
export const EXOTIC_ALL = 2;

export class JSObject {
  shape: Shape;
  overflow: Slot[] | null;
  s0: Slot;
  s1: Slot;
  s2: Slot;
  s3: Slot;
  s4: Slot;
  s5: Slot;

  /** One of EXOTIC_*; a constant of the class, on the host prototype. */
  declare readonly exotic: number;
  /** The host function of callable objects; null otherwise. */
  declare readonly code: HostCode | null;
  /** What calling this object charges in units of depth: how much of the host's stack its code takes before it calls on. */
  declare readonly callDepth: number;
  /** What a tier can do without nesting on the host's stack instead of calling `code`; null for most. */
  declare readonly special: FunctionSpecial | null;
  /** Has [[Construct]]. */
  declare readonly isConstructor: boolean;
  /** [[IsHTMLDDA]], https://tc39.es/ecma262/#sec-IsHTMLDDA-internal-slot . */
  declare readonly isHTMLDDA: boolean;
  /** The realm of function objects; null otherwise: proxies run in their caller's. */
  declare readonly realm: Realm | null;

  /** In parts that V8 finds small enough to inline everywhere: where it does not, each store is one to any of our classes. */
  constructor(shape: Shape) {
    this.shape = shape;
    this.overflow = null;
    clearSlots(this);
  }

  /** The class that builtinTag and messages show: `Object`, `Array`, `Function`, … */
  className(): string {
    return 'Object';
  }

  /** Lets emitted code and fast paths use host operators on guest objects (ARCHITECTURE.md, rule 6). */
  [Symbol.toPrimitive](hint: 'default' | 'number' | 'string'): Value {
    return this.shape.agent.toPrimitive(this, hint);
  }

  /** Fills in the properties of an object with a lazy shape: sets a shape that is not lazy. */
  materialize(): void {
    const lazy = this.shape;
    this.shape = lazy.materialized();
    lazy.agent.fillIntrinsic(this);
  }

  /** Own shape property, materializing first if need be. Not for keys that a subclass treats itself. */
  lookupOwn(P: ShapeKey): PropertyEntry {
    const entry = this.shape.lookup(P);
    if (entry === NOT_FOUND && this.shape.lazy) {
      this.materialize();
      return this.shape.lookup(P);
    }
    return entry;
  }

  getSlot(slot: number): Slot {
    switch (slot) {
      case 0:
        return this.s0;
      case 1:
        return this.s1;
      case 2:
        return this.s2;
      case 3:
        return this.s3;
      case 4:
        return this.s4;
      case 5:
        return this.s5;
      default:
        return (this.overflow as Slot[])[slot - 6];
    }
  }

  setSlot(slot: number, value: Slot): void {
    switch (slot) {
      case 0:
        this.s0 = value;
        break;
      case 1:
        this.s1 = value;
        break;
      case 2:
        this.s2 = value;
        break;
      case 3:
        this.s3 = value;
        break;
      case 4:
        this.s4 = value;
        break;
      case 5:
        this.s5 = value;
        break;
      default:
        if (this.overflow === null) this.overflow = [];
        this.overflow[slot - 6] = value;
    }
  }

  /** Adds a property that is known to be absent. */
  addSlot(P: ShapeKey, value: Slot, attributes: number): void {
    const before = this.shape;
    if (before.prototypeInfo !== null) breakCells(before.prototypeInfo);
    if (before.needsCompaction) this.compactSlots();
    const shape = this.shape.add(P, attributes);
    this.setSlot(shape.slotCount - 1, value);
    this.shape = shape;
    before.agent.chargeBytes(SLOT_BYTES);
  }

  private compactSlots(): void {
    const shape = this.shape.toUnique();
    const oldSlots = shape.compact();
    const values = oldSlots.map((slot) => this.getSlot(slot));
    for (let i = 0; i < 6; i++) this.setSlot(i, undefined);
    this.overflow = null;
    for (let i = 0; i < values.length; i++) this.setSlot(i, values[i]);
    this.shape = shape;
  }

  // ---- Internal methods, https://tc39.es/ecma262/#sec-ordinary-object-internal-methods-and-internal-slots

  GetPrototypeOf(_agent: Agent): JSObject | null {
    return this.shape.proto;
  }

  SetPrototypeOf(agent: Agent, V: JSObject | null): boolean {
    return this.OrdinarySetPrototypeOf(agent, V);
  }

  /** https://tc39.es/ecma262/#sec-ordinarysetprototypeof */
  OrdinarySetPrototypeOf(agent: Agent, V: JSObject | null): boolean {
    if (V === this.shape.proto) return true;
    if (this.shape.lazy) this.materialize();
    if (!this.shape.extensible) return false;
    let hops = 0;
    for (let p = V; p !== null; p = p.shape.proto) {
      if ((++hops & HOPS_MASK) === 0) agent.chargeFuel(1);
      if (p === this) return false;
      if (p.exotic === EXOTIC_ALL && p.GetPrototypeOf !== JSObject.prototype.GetPrototypeOf) break;
    }
    if (this.shape.prototypeInfo !== null) breakCells(this.shape.prototypeInfo);
    this.shape = this.shape.withPrototype(V);
    return true;
  }

  IsExtensible(_agent: Agent): boolean {
    if (this.shape.lazy) this.materialize();
    return this.shape.extensible;
  }

  PreventExtensions(_agent: Agent): boolean {
    if (this.shape.lazy) this.materialize();
    if (this.shape.extensible) this.shape = this.shape.preventExtensions();
    return true;
  }

  GetOwnProperty(_agent: Agent, P: PropertyKey): PropertyDescriptor | undefined {
    return this.OrdinaryGetOwnProperty(P);
  }

  /** https://tc39.es/ecma262/#sec-ordinarygetownproperty */
  OrdinaryGetOwnProperty(P: PropertyKey): PropertyDescriptor | undefined {
    const entry = this.lookupOwn(P);
    if (entry === NOT_FOUND) return undefined;
    const slot = this.getSlot(entry >> ENTRY_SLOT_SHIFT);
    if (slot instanceof AccessorPair) return accessorDescriptor(slot.get, slot.set, entry);
    return dataDescriptor(slot, entry);
  }

  DefineOwnProperty(agent: Agent, P: PropertyKey, Desc: PropertyDescriptor): boolean {
    const current = this.GetOwnProperty(agent, P);
    return this.ValidateAndApplyPropertyDescriptor(P, this.IsExtensible(agent), Desc, current);
  }

  /** ValidateAndApplyPropertyDescriptor for this object — https://tc39.es/ecma262/#sec-validateandapplypropertydescriptor */
  ValidateAndApplyPropertyDescriptor(
    P: PropertyKey,
    extensible: boolean,
    Desc: PropertyDescriptor,
    current: PropertyDescriptor | undefined,
  ): boolean {
    if (current === undefined) {
      if (!extensible) return false;
      this.storeNewProperty(P, Desc);
      return true;
    }
    if (!IsCompatibleWithCurrent(Desc, current)) return false;
    const merged = mergeDescriptors(Desc, current);
    this.storeProperty(P, merged);
    return true;
  }

  /** Creates absent property P from Desc, absent fields taking their defaults. */
  protected storeNewProperty(P: PropertyKey, Desc: PropertyDescriptor): void {
    if (IsAccessorDescriptor(Desc)) {
      const attributes =
        ATTR_ACCESSOR |
        (Desc.enumerable === true ? 2 : 0) |
        (Desc.configurable === true ? ATTR_CONFIGURABLE : 0);
      this.addSlot(P, new AccessorPair(Desc.get, Desc.set), attributes);
    } else {
      const attributes =
        (Desc.writable === true ? ATTR_WRITABLE : 0) |
        (Desc.enumerable === true ? 2 : 0) |
        (Desc.configurable === true ? ATTR_CONFIGURABLE : 0);
      this.addSlot(P, Desc.value, attributes);
    }
  }

  /** Replaces present property P by the complete descriptor `Desc`, which has been validated. */
  protected storeProperty(P: PropertyKey, Desc: PropertyDescriptor): void {
    const entry = this.lookupOwn(P);
    const attributes = attributesOf(Desc);
    if (this.shape.prototypeInfo !== null) breakCells(this.shape.prototypeInfo);
    if ((entry & 15) !== attributes) this.shape = this.shape.changeAttributes(P, attributes);
    this.setSlot(
      entry >> ENTRY_SLOT_SHIFT,
      (attributes & ATTR_ACCESSOR) !== 0 ? new AccessorPair(Desc.get, Desc.set) : Desc.value,
    );
  }

  HasProperty(agent: Agent, P: PropertyKey): boolean {
    let O: JSObject = this;
    let hops = 0;
    for (;;) {
      if (O.exotic === EXOTIC_NONE) {
        if (O.lookupOwn(P) !== NOT_FOUND) return true;
      } else if (O.GetOwnProperty(agent, P) !== undefined) return true;
      const parent = O.shape.proto;
      if (parent === null) return false;
      if (parent.exotic === EXOTIC_ALL) {
        agent.enterCall();
        try {
          return parent.HasProperty(agent, P);
        } finally {
          agent.depth--;
        }
      }
      if ((++hops & HOPS_MASK) === 0) agent.chargeFuel(1);
      O = parent;
    }
  }

  Get(agent: Agent, P: PropertyKey, Receiver: Value): Value {
    let O: JSObject = this;
    let hops = 0;
    for (;;) {
      if (O.exotic === EXOTIC_NONE) {
        const entry = O.lookupOwn(P);
        if (entry !== NOT_FOUND) {
          const slot = O.getSlot(entry >> ENTRY_SLOT_SHIFT);
          if (slot instanceof AccessorPair) {
            return slot.get === undefined ? undefined : Call0(agent, slot.get, Receiver);
          }
          return slot;
        }
      } else {
        const desc = O.GetOwnProperty(agent, P);
        if (desc !== undefined) {
          if (!IsAccessorDescriptor(desc)) return desc.value;
          return desc.get === undefined ? undefined : Call0(agent, desc.get, Receiver);
        }
      }
      const parent = O.shape.proto;
      if (parent === null) return undefined;
      if (parent.exotic === EXOTIC_ALL) {
        agent.enterCall();
        try {
          return parent.Get(agent, P, Receiver);
        } finally {
          agent.depth--;
        }
      }
      if ((++hops & HOPS_MASK) === 0) agent.chargeFuel(1);
      O = parent;
    }
  }

  /** https://tc39.es/ecma262/#sec-ordinaryset */
  Set(agent: Agent, P: PropertyKey, V: Value, Receiver: Value): boolean {
    let O: JSObject = this;
    let hops = 0;
    for (;;) {
      if (O.exotic === EXOTIC_NONE) {
        const entry = O.lookupOwn(P);
        if (entry !== NOT_FOUND) {
          if ((entry & ATTR_ACCESSOR) !== 0) {
            const setter = (O.getSlot(entry >> ENTRY_SLOT_SHIFT) as AccessorPair).set;
            if (setter === undefined) return false;
            Call1(agent, setter, Receiver, V);
            return true;
          }
          if ((entry & ATTR_WRITABLE) === 0) return false;
          if (Receiver === O) {
            if (O.shape.prototypeInfo !== null) breakCells(O.shape.prototypeInfo);
            O.setSlot(entry >> ENTRY_SLOT_SHIFT, V);
            return true;
          }
          return setOnReceiver(agent, P, V, Receiver);
        }
      } else {
        const desc = O.GetOwnProperty(agent, P);
        if (desc !== undefined) return OrdinarySetWithFoundDescriptor(agent, P, V, Receiver, desc);
      }
      const parent = O.shape.proto;
      if (parent === null) return setOnReceiver(agent, P, V, Receiver);
      if (parent.exotic === EXOTIC_ALL) {
        agent.enterCall();
        try {
          return parent.Set(agent, P, V, Receiver);
        } finally {
          agent.depth--;
        }
      }
      if ((++hops & HOPS_MASK) === 0) agent.chargeFuel(1);
      O = parent;
    }
  }

  Delete(agent: Agent, P: PropertyKey): boolean {
    return this.OrdinaryDelete(agent, P);
  }

  /** https://tc39.es/ecma262/#sec-ordinarydelete */
  OrdinaryDelete(_agent: Agent, P: PropertyKey): boolean {
    const entry = this.lookupOwn(P);
    if (entry === NOT_FOUND) return true;
    if ((entry & ATTR_CONFIGURABLE) === 0) return false;
    if (this.shape.prototypeInfo !== null) breakCells(this.shape.prototypeInfo);
    this.shape = this.shape.remove(P);
    this.setSlot(entry >> ENTRY_SLOT_SHIFT, undefined);
    return true;
  }

  /** A fresh list, which the caller may change. */
  OwnPropertyKeys(agent: Agent): PropertyKey[] {
    return this.shapeKeys(agent).slice();
  }

  /** The keys that the shape holds, charged. The list is shared: never change it. */
  protected shapeKeys(agent: Agent): readonly PropertyKey[] {
    if (this.shape.lazy) this.materialize();
    chargeKeys(agent, this.shape.propertyCount);
    return this.shape.ownKeys();
  }
}

// The host prototype: constants of the class, no `constructor`, and no host object above it.
const base = JSObject.prototype as unknown as Record<string, unknown>;
Reflect.deleteProperty(base, 'constructor');
Object.setPrototypeOf(base, null);
base.exotic = EXOTIC_NONE;
base.code = null;
base.callDepth = 1;
base.special = null;
base.isConstructor = false;
base.isHTMLDDA = false;
base.realm = null;

/** Sets the EXOTIC_* constant of a subclass; called once beside the class. */
export function defineExotic(subclass: { prototype: JSObject }, exotic: number): void {
  (subclass.prototype as unknown as Record<string, unknown>).exotic = exotic;
}

/** Walks of prototype chains charge one unit of fuel for so many objects, plus one. */
export const HOPS_MASK = 15;

/** Charges a list of `count` property keys. Short ones are part of the operation that asks for them. */
export function chargeKeys(agent: Agent, count: number): void {
  if (count < 16) return;
  if (count > MAX_LIST_LENGTH) throwRangeError(agent, 'Too many property keys');
  agent.chargeFuel(count >> 2);
  agent.chargeBytes(count * 8);
}

/** OrdinarySetWithOwnDescriptor from step 2, for a property that was found. */
function OrdinarySetWithFoundDescriptor(
  agent: Agent,
  P: PropertyKey,
  V: Value,
  Receiver: Value,
  ownDesc: PropertyDescriptor,
): boolean {
  if (!IsAccessorDescriptor(ownDesc)) {
    if (ownDesc.writable !== true) return false;
    return setOnReceiver(agent, P, V, Receiver);
  }
  if (ownDesc.set === undefined) return false;
  Call1(agent, ownDesc.set, Receiver, V);
  return true;
}

/** OrdinarySetWithOwnDescriptor step 2.b onwards: the value goes to the receiver as an own data property. */
export function setOnReceiver(agent: Agent, P: PropertyKey, V: Value, Receiver: Value): boolean {
  if (typeof Receiver !== 'object' || Receiver === null) return false;
  if (Receiver.exotic === EXOTIC_NONE) {
    // Fast path: an ordinary receiver's own property is looked at without a descriptor; no user code can run.
    const entry = Receiver.lookupOwn(P);
    if (entry === NOT_FOUND) {
      if (!Receiver.shape.extensible) return false;
      Receiver.addSlot(P, V, ATTRS_DEFAULT);
      return true;
    }
    if ((entry & ATTR_ACCESSOR) !== 0 || (entry & ATTR_WRITABLE) === 0) return false;
    if (Receiver.shape.prototypeInfo !== null) breakCells(Receiver.shape.prototypeInfo);
    Receiver.setSlot(entry >> ENTRY_SLOT_SHIFT, V);
    return true;
  }
  const existingDescriptor = Receiver.GetOwnProperty(agent, P);
  if (existingDescriptor !== undefined) {
    if (IsAccessorDescriptor(existingDescriptor)) return false;
    if (existingDescriptor.writable !== true) return false;
    const valueDesc = new PropertyDescriptor();
    valueDesc.hasValue = true;
    valueDesc.value = V;
    return Receiver.DefineOwnProperty(agent, P, valueDesc);
  }
  return Receiver.DefineOwnProperty(agent, P, dataDescriptor(V, ATTRS_DEFAULT));
}

/** https://tc39.es/ecma262/#sec-iscompatiblepropertydescriptor */
export function IsCompatiblePropertyDescriptor(
  Extensible: boolean,
  Desc: PropertyDescriptor,
  Current: PropertyDescriptor | undefined,
): boolean {
  return Current === undefined ? Extensible : IsCompatibleWithCurrent(Desc, Current);
}

/** ValidateAndApplyPropertyDescriptor steps 3 to 5: may the change be made? `current` is complete. */
function IsCompatibleWithCurrent(Desc: PropertyDescriptor, current: PropertyDescriptor): boolean {
  if (current.configurable !== false) return true;
  if (Desc.configurable === true) return false;
  if (Desc.enumerable !== undefined && Desc.enumerable !== current.enumerable) return false;
  if (!IsGenericDescriptor(Desc) && IsAccessorDescriptor(Desc) !== IsAccessorDescriptor(current))
    return false;
  if (IsAccessorDescriptor(current)) {
    if (Desc.hasGet && Desc.get !== current.get) return false;
    if (Desc.hasSet && Desc.set !== current.set) return false;
  } else if (current.writable === false) {
    if (Desc.writable === true) return false;
    if (Desc.hasValue && !SameValue(Desc.value, current.value)) return false;
  }
  return true;
}

/** The complete descriptor after applying Desc to `current`. */
function mergeDescriptors(Desc: PropertyDescriptor, current: PropertyDescriptor): PropertyDescriptor {
  const merged = new PropertyDescriptor();
  merged.enumerable = Desc.enumerable ?? current.enumerable;
  merged.configurable = Desc.configurable ?? current.configurable;
  const toAccessor =
    IsAccessorDescriptor(Desc) || (IsGenericDescriptor(Desc) && IsAccessorDescriptor(current));
  if (toAccessor) {
    merged.hasGet = true;
    merged.hasSet = true;
    merged.get = Desc.hasGet ? Desc.get : current.get;
    merged.set = Desc.hasSet ? Desc.set : current.set;
  } else {
    merged.hasValue = true;
    merged.value = Desc.hasValue ? Desc.value : current.value;
    merged.writable = Desc.writable ?? current.writable;
  }
  return CompletePropertyDescriptor(merged);
}

/** OrdinaryObjectCreate without additional slots — https://tc39.es/ecma262/#sec-ordinaryobjectcreate */
export function OrdinaryObjectCreate(agent: Agent, proto: JSObject | null): JSObject {
  agent.chargeBytes(OBJECT_BYTES);
  return new JSObject(rootShape(agent, proto, SHAPE_KIND_ORDINARY));
}

/** What an object is charged: its host size. */
export const OBJECT_BYTES = 88;
/** What a property is charged. */
export const SLOT_BYTES = 16;

function clearSlots(O: JSObject): void {
  O.s0 = undefined;
  O.s1 = undefined;
  O.s2 = undefined;
  clearOtherSlots(O);
}

function clearOtherSlots(O: JSObject): void {
  O.s3 = undefined;
  O.s4 = undefined;
  O.s5 = undefined;
}
