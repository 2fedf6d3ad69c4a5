// hot
// Property access with inline caches. The hot core reads the first entry of a cache; what it misses comes here: further
// entries, other kinds, and the lookup that fills them. A cache is filled only from shapes that prove what was found.
import type { Agent } from '../../runtime/agent.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { ResolvePrivateIdentifier } from '../../runtime/environments.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import { ArrayObject } from '../../runtime/objects/array.ts';
import { EXOTIC_NONE, JSObject, SLOT_BYTES } from '../../runtime/objects/object.ts';
import { isNumericName, TypedArrayObject } from '../../runtime/objects/typed-array.ts';
import {
  CreateDataPropertyOrThrow,
  throwReadOfNothing,
  throwWriteToNothing,
} from '../../runtime/operations/object-operations.ts';
import { prototypeForPrimitive, ToObject, ToPropertyKey } from '../../runtime/operations/type-conversion.ts';
import {
  hasPrivateElement,
  type PrivateName,
  privateGetter,
  privateSetter,
  privateSlot,
} from '../../runtime/private-name.ts';
import {
  AccessorPair,
  ATTR_ACCESSOR,
  ATTR_WRITABLE,
  ATTRS_DEFAULT,
} from '../../runtime/property-descriptor.ts';
import { keyToDisplay, type PropertyKey } from '../../runtime/property-key.ts';
import { cellOfChain, ENTRY_SLOT_SHIFT, NOT_FOUND, type Shape } from '../../runtime/shape.ts';
import type { Value } from '../../runtime/value.ts';
import {
  callGetter,
  deleteFrom,
  getFrom,
  getVFrom,
  hasPropertyFrom,
  setByInstruction,
} from '../accessing.ts';
import { callFrom, deliver, finishCall } from '../calling.ts';
import { Continuation } from '../continuation.ts';
import { isObject, WithPrimitive } from '../conversion.ts';
import {
  IC_ADD,
  IC_ARRAY_LENGTH,
  IC_EMPTY,
  IC_GETTER,
  IC_MEGAMORPHIC,
  IC_NUMBER,
  IC_OWN,
  IC_OWN_GETTER,
  IC_PROTOTYPE,
  IC_STRING,
  InlineCache,
  MAX_MEGAMORPHISM,
  MAX_POLYMORPHISM,
} from '../feedback.ts';
import { END_CALL, END_CONTINUE, END_DROP, type VMFrame } from '../frame.ts';
import { CALLED, type Handler } from '../handler.ts';
import { storeOutcome } from '../operation.ts';

// ---- Caches

/** Makes room for another shape: in front, or among many. */
function newEntry(ic: InlineCache, shape: Shape): InlineCache {
  if (ic.kind === IC_MEGAMORPHIC) return newAmongMany(ic.many as Map<Shape, InlineCache>, shape);
  return newEntryOfFew(ic) ?? becomeMegamorphic(ic, shape);
}

/** Makes room in front; null if there is none. */
function newEntryOfFew(ic: InlineCache): InlineCache | null {
  if (ic.kind === IC_EMPTY) return ic;
  let count = 1;
  for (let entry = ic.next; entry !== null; entry = entry.next) count++;
  if (count >= MAX_POLYMORPHISM) return null;
  const old = new InlineCache();
  copyEntry(old, ic);
  ic.next = old;
  return ic;
}

function newAmongMany(many: Map<Shape, InlineCache>, shape: Shape): InlineCache {
  if (many.size >= MAX_MEGAMORPHISM) many.clear();
  const entry = new InlineCache();
  many.set(shape, entry);
  return entry;
}

/** The entries so far become the first of many. */
function becomeMegamorphic(ic: InlineCache, shape: Shape): InlineCache {
  const many = new Map<Shape, InlineCache>();
  for (let entry: InlineCache | null = ic; entry !== null; entry = entry.next) {
    const moved = new InlineCache();
    copyEntry(moved, entry);
    moved.next = null;
    // Entries for primitives have no shape.
    if (entry.shape !== null) many.set(entry.shape, moved);
  }
  ic.kind = IC_MEGAMORPHIC;
  ic.many = many;
  ic.shape = null;
  ic.next = null;
  ic.slot = -1;
  ic.value = undefined;
  ic.cell = null;
  ic.guard = null;
  ic.newShape = null;
  return newAmongMany(many, shape);
}

/** The entry for a shape; null if there is none. */
function findEntry(ic: InlineCache, shape: Shape): InlineCache | null {
  if (ic.kind === IC_MEGAMORPHIC) return (ic.many as Map<Shape, InlineCache>).get(shape) ?? null;
  for (let entry: InlineCache | null = ic; entry !== null; entry = entry.next) {
    if (entry.shape === shape) return entry;
  }
  return null;
}

function copyEntry(to: InlineCache, from: InlineCache): void {
  to.shape = from.shape;
  to.kind = from.kind;
  to.slot = from.slot;
  to.value = from.value;
  to.cell = from.cell;
  to.guard = from.guard;
  to.newShape = from.newShape;
  to.next = from.next;
}

/** A shape of one object where many have been: it would only push others out. */
function isPassing(ic: InlineCache, shape: Shape): boolean {
  return ic.kind === IC_MEGAMORPHIC && shape.unique;
}

/** An entry for the shape of `object` that is no longer right is filled again; else a new one. */
function entryFor(ic: InlineCache, { shape }: JSObject): InlineCache {
  return findEntry(ic, shape) ?? newEntry(ic, shape);
}

function fill(entry: InlineCache, object: JSObject, kind: number): void {
  entry.shape = object.shape;
  entry.kind = kind;
  entry.slot = -1;
  entry.value = undefined;
  entry.cell = null;
  entry.guard = null;
  entry.newShape = null;
}

/** The property of that name, if the object has it, is in its shape. */
function hasShapeProperty(object: JSObject, key: string | symbol): boolean {
  if (object.exotic === EXOTIC_NONE || object instanceof ArrayObject) return true;
  return object instanceof TypedArrayObject && (typeof key === 'symbol' || !isNumericName(key));
}

/** Looks the property up along the prototype chain and fills a cache entry if the shapes prove what is found. */
function fillForGet(ic: InlineCache, object: JSObject, key: string | symbol): void {
  if (!hasShapeProperty(object, key) || typeof key === 'number') return;
  if (!object.shape.cacheable && !object.shape.lazy) return;
  if (key === 'length' && object instanceof ArrayObject) {
    if (object.shape.lazy) return;
    fill(entryFor(ic, object), object, IC_ARRAY_LENGTH);
    return;
  }
  const own = object.lookupOwn(key);
  const { shape } = object;
  if (!shape.cacheable || shape.lazy || isPassing(ic, shape)) return;
  if (own !== NOT_FOUND) {
    const entry = entryFor(ic, object);
    const slot = own >> ENTRY_SLOT_SHIFT;
    if ((own & ATTR_ACCESSOR) === 0) {
      fill(entry, object, IC_OWN);
      entry.slot = slot;
    } else {
      fill(entry, object, IC_OWN_GETTER);
      entry.slot = -2 - slot;
    }
    return;
  }
  let holder = shape.proto;
  let found: Value | AccessorPair;
  while (holder !== null) {
    if (!hasShapeProperty(holder, key) || (key === 'length' && holder instanceof ArrayObject)) return;
    const entry = holder.lookupOwn(key);
    if (entry !== NOT_FOUND) {
      found = holder.getSlot(entry >> ENTRY_SLOT_SHIFT);
      break;
    }
    holder = holder.shape.proto;
  }
  const entry = entryFor(ic, object);
  const cell = shape.proto === null ? null : cellOfChain(shape.proto);
  if (found instanceof AccessorPair) {
    fill(entry, object, IC_GETTER);
    entry.value = found.get;
    entry.guard = cell;
  } else if (cell !== null) {
    fill(entry, object, IC_PROTOTYPE);
    entry.value = found;
    entry.cell = cell;
  }
}

/** Reads a named property of an object for GetNamed, filling the cache. */
function getNamed(agent: Agent, frame: VMFrame, object: JSObject, key: string, ic: InlineCache): number {
  const entry = findEntry(ic, object.shape);
  switch (entry === null ? IC_EMPTY : entry.kind) {
    case IC_OWN:
      return deliver(agent, frame, END_CALL, null, object.getSlot((entry as InlineCache).slot) as Value);
    case IC_PROTOTYPE:
      if (entry?.cell?.valid === true) return deliver(agent, frame, END_CALL, null, entry.value);
      break;
    case IC_OWN_GETTER: {
      const { get } = object.getSlot(-2 - (entry as InlineCache).slot) as AccessorPair;
      return storeOutcome(agent, frame, callGetter(agent, frame, get, object, END_CALL, null));
    }
    case IC_ARRAY_LENGTH:
      return deliver(agent, frame, END_CALL, null, (object as ArrayObject).length);
    case IC_GETTER: {
      const { guard, value } = entry as InlineCache;
      if (guard === null || guard.valid)
        return storeOutcome(agent, frame, callGetter(agent, frame, value, object, END_CALL, null));
    }
  }
  fillForGet(ic, object, key);
  return storeOutcome(agent, frame, getFrom(agent, frame, object, key, object, END_CALL, null));
}

const GetNamed: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const object = regs[code[pc + 2]];
  if (typeof object === 'object' && object !== null) {
    const ic = frame.feedback.caches[code[pc + 4]];
    if (object.shape === ic.shape) {
      if (ic.slot >= 0) {
        regs[code[pc + 1]] = object.getSlot(ic.slot) as Value;
        return pc + 5;
      }
      if (ic.cell?.valid) {
        regs[code[pc + 1]] = ic.value;
        return pc + 5;
      }
    }
  }
  return getNamedSlowly(agent, frame, regs, pc);
};

const getNamedSlowly: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const object = regs[code[pc + 2]];
  const key = frame.unit.constants[code[pc + 3]] as string;
  const ic = frame.feedback.caches[code[pc + 4]];
  return typeof object === 'object' && object !== null
    ? getNamed(agent, frame, object, key, ic)
    : getOfPrimitive(agent, frame, object, key, ic);
};

/** Named properties of primitives; methods of strings and numbers are cached. */
function getOfPrimitive(agent: Agent, frame: VMFrame, V: Value, P: string, ic: InlineCache): number {
  if (typeof V === 'string') {
    if (P === 'length') return deliver(agent, frame, END_CALL, null, V.length);
    const entry = entryOfKind(ic, IC_STRING);
    if (entry?.guard?.valid === true) return deliver(agent, frame, END_CALL, null, entry.value);
    fillForPrimitive(agent, V, P, ic, IC_STRING);
  } else if (typeof V === 'number') {
    const entry = entryOfKind(ic, IC_NUMBER);
    if (entry?.guard?.valid === true) return deliver(agent, frame, END_CALL, null, entry.value);
    fillForPrimitive(agent, V, P, ic, IC_NUMBER);
  }
  return storeOutcome(agent, frame, getVFrom(agent, frame, V, P, END_CALL, null));
}

/** The entry for primitives of a kind, which have no shape; null if there is none. */
function entryOfKind(ic: InlineCache, kind: number): InlineCache | null {
  for (let entry: InlineCache | null = ic; entry !== null; entry = entry.next) {
    if (entry.kind === kind) return entry;
  }
  return null;
}

/** Caches a data property of the prototype chain of a primitive, among few shapes. */
function fillForPrimitive(agent: Agent, V: string | number, P: string, ic: InlineCache, kind: number): void {
  if (ic.kind === IC_MEGAMORPHIC) return;
  const prototype = prototypeForPrimitive(agent, V);
  for (let holder = prototype; holder !== null; holder = holder.shape.proto) {
    // %String.prototype% has the elements and the length of a string of its own; other names are in its shape.
    const entry = holder.lookupOwn(P);
    if (entry === NOT_FOUND) continue;
    if ((entry & ATTR_ACCESSOR) !== 0) return;
    const cache = entryOfKind(ic, kind) ?? newEntryOfFew(ic);
    if (cache === null) return;
    cache.shape = null;
    cache.kind = kind;
    cache.slot = -1;
    cache.value = holder.getSlot(entry >> ENTRY_SLOT_SHIFT) as Value;
    cache.cell = null;
    cache.guard = cellOfChain(prototype as JSObject);
    cache.newShape = null;
    return;
  }
}

// ---- Writing

/** Fills a cache entry for a write that has not been made yet. */
function fillForSet(ic: InlineCache, object: JSObject, key: string): void {
  if (!hasShapeProperty(object, key) || (key === 'length' && object instanceof ArrayObject)) return;
  const own = object.lookupOwn(key);
  const { shape } = object;
  if (!shape.cacheable || shape.lazy || shape.prototypeInfo !== null || isPassing(ic, shape)) return;
  if (own !== NOT_FOUND) {
    if ((own & ATTR_WRITABLE) === 0) return;
    const entry = entryFor(ic, object);
    fill(entry, object, IC_OWN);
    entry.slot = own >> ENTRY_SLOT_SHIFT;
    return;
  }
  if (shape.unique) return;
  for (let holder = shape.proto; holder !== null; holder = holder.shape.proto) {
    if (!hasShapeProperty(holder, key) || (key === 'length' && holder instanceof ArrayObject)) return;
    if (holder.lookupOwn(key) !== NOT_FOUND) return;
  }
  const newShape = shape.findTransition(key, ATTRS_DEFAULT);
  if (newShape === null) return;
  const entry = entryFor(ic, object);
  fill(entry, object, IC_ADD);
  entry.newShape = newShape;
  entry.guard = shape.proto === null ? null : cellOfChain(shape.proto);
}

/** Writes a named property of an object for SetNamed, filling the cache. */
function setNamed(
  agent: Agent,
  frame: VMFrame,
  object: JSObject,
  key: string,
  value: Value,
  ic: InlineCache,
): number {
  const { code, pc } = frame;
  const entry = findEntry(ic, object.shape);
  if (entry !== null && entry.kind === IC_OWN) {
    object.setSlot(entry.slot, value);
    return pc + 6;
  }
  if (
    entry !== null &&
    entry.kind === IC_ADD &&
    entry.newShape !== null &&
    (entry.guard === null || entry.guard.valid)
  ) {
    const { newShape } = entry;
    object.setSlot(newShape.slotCount - 1, value);
    object.shape = newShape;
    agent.chargeBytes(SLOT_BYTES);
    return pc + 6;
  }
  fillForSet(ic, object, key);
  return setByInstruction(agent, frame, object, key, value, object, code[pc + 5] === 1);
}

const SetNamed: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const object = regs[code[pc + 1]];
  if (typeof object === 'object' && object !== null) {
    const ic = frame.feedback.caches[code[pc + 4]];
    if (object.shape === ic.shape && ic.slot >= 0) {
      object.setSlot(ic.slot, regs[code[pc + 3]]);
      return pc + 6;
    }
  }
  return setNamedSlowly(agent, frame, regs, pc);
};

const setNamedSlowly: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const object = regs[code[pc + 1]];
  const key = frame.unit.constants[code[pc + 2]] as string;
  const value = regs[code[pc + 3]];
  if (typeof object === 'object' && object !== null)
    return setNamed(agent, frame, object, key, value, frame.feedback.caches[code[pc + 4]]);
  if (object === undefined || object === null) throwWriteToNothing(agent, object, key);
  const base = ToObject(agent, object);
  return setByInstruction(agent, frame, base, key, value, object, code[pc + 5] === 1);
};

// ---- Elements

const GetElement: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const object = regs[code[pc + 2]];
  const key = regs[code[pc + 3]];
  if (typeof key === 'number' && typeof object === 'object' && object !== null) {
    const { el } = object as ArrayObject;
    if (el !== undefined && key < el.length) {
      const value = el[key];
      if (value !== undefined) {
        regs[code[pc + 1]] = value;
        return pc + 5;
      }
    }
  }
  return getElementSlowly(agent, frame, regs, pc);
};

const getElementSlowly: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const object = regs[code[pc + 2]];
  const key = regs[code[pc + 3]];
  if (typeof object === 'object' && object !== null) {
    if (typeof key === 'number' && (object as TypedArrayObject).readEpoch === agent.detachEpoch) {
      // See typed-array.ts: the host's view knows what any Number names.
      regs[code[pc + 1]] = (object as TypedArrayObject).view[key];
      return pc + 5;
    }
  } else if (object === undefined || object === null) throwReadOfNothing(agent, object, key);
  return isObject(key) ? GET_WITH_KEY.convert(agent, frame, key, 'string') : getWithKey(agent, frame, key);
};

/** GetElement with a key that is no object. */
function getWithKey(agent: Agent, frame: VMFrame, key: Value): number {
  const object = frame.registers[frame.code[frame.pc + 2]];
  const P = ToPropertyKey(agent, key);
  if (object instanceof ArrayObject && typeof P === 'number' && object.isDense)
    return deliver(agent, frame, END_CALL, null, object.Get(agent, P, object));
  return storeOutcome(agent, frame, getVFrom(agent, frame, object, P, END_CALL, null));
}
const GET_WITH_KEY = new WithPrimitive(getWithKey);

const SetElement: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const object = regs[code[pc + 1]];
  const key = regs[code[pc + 2]];
  if (typeof key === 'number' && typeof object === 'object' && object !== null) {
    const { el } = object as ArrayObject;
    if (el !== undefined && key < el.length && el[key] !== undefined) {
      el[key] = regs[code[pc + 3]];
      return pc + 6;
    }
  }
  return setElementSlowly(agent, frame, regs, pc);
};

const setElementSlowly: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const object = regs[code[pc + 1]];
  const key = regs[code[pc + 2]];
  const value = regs[code[pc + 3]];
  if (
    typeof value === 'number' &&
    typeof key === 'number' &&
    typeof object === 'object' &&
    object !== null &&
    (object as TypedArrayObject).writeEpoch === agent.detachEpoch
  ) {
    (object as TypedArrayObject).view[key] = value;
    return pc + 6;
  }
  if (object === undefined || object === null) throwWriteToNothing(agent, object, key);
  if (object instanceof ArrayObject && key === object.el.length && object.appendPlainly(agent, value))
    return pc + 6;
  return isObject(key) ? SET_WITH_KEY.convert(agent, frame, key, 'string') : setWithKey(agent, frame, key);
};

/** SetElement with a key that is no object. */
function setWithKey(agent: Agent, frame: VMFrame, key: Value): number {
  const { code, pc, registers } = frame;
  const object = registers[code[pc + 1]];
  const base = object instanceof JSObject ? object : ToObject(agent, object);
  const P = ToPropertyKey(agent, key);
  return setByInstruction(agent, frame, base, P, registers[code[pc + 3]], object, code[pc + 5] === 1);
}
const SET_WITH_KEY = new WithPrimitive(setWithKey);

const CheckDestructurable: Handler = (agent, { code }, regs, pc) => {
  const value = regs[code[pc + 1]];
  if (value === undefined || value === null)
    throwTypeError(agent, `Cannot destructure ${describeForMessage(value)}`);
  return pc + 2;
};

const CheckObjectCoercible: Handler = (agent, { code }, regs, pc) => {
  const object = regs[code[pc + 1]];
  if (object === undefined || object === null) {
    throwReadOfNothing(agent, object, regs[code[pc + 2]]);
  }
  return pc + 3;
};

function requireDeletable(agent: Agent, base: Value): void {
  if (base === undefined || base === null) throwTypeError(agent, `Cannot convert ${String(base)} to object`);
}

/** Deletes the property of the base in the instruction's second operand. */
function deleteByInstruction(agent: Agent, frame: VMFrame, key: PropertyKey): number {
  const { code, pc, registers } = frame;
  const baseObj = ToObject(agent, registers[code[pc + 2]]);
  const deleted = new Deleted(key, code[pc + 4] === 1);
  const called = deleteFrom(agent, frame, baseObj, key, END_CONTINUE, deleted);
  return called === CALLED ? deleted.returned(agent, frame, frame.result) : called;
}

class Deleted extends Continuation {
  private readonly key: PropertyKey;
  private readonly strict: boolean;

  constructor(key: PropertyKey, strict: boolean) {
    super();
    this.key = key;
    this.strict = strict;
  }

  override returned(agent: Agent, frame: VMFrame, deleteStatus: Value): number {
    if (deleteStatus === false && this.strict)
      throwTypeError(agent, `Cannot delete property '${keyToDisplay(this.key)}'`);
    return deliver(agent, frame, END_CALL, null, deleteStatus);
  }
}

const DELETE_WITH_KEY = new WithPrimitive((agent, frame, key) =>
  deleteByInstruction(agent, frame, ToPropertyKey(agent, key)),
);

const DeleteNamed: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  requireDeletable(agent, regs[code[pc + 2]]);
  return deleteByInstruction(agent, frame, frame.unit.constants[code[pc + 3]] as string);
};
const DeleteElement: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  requireDeletable(agent, regs[code[pc + 2]]);
  const key = regs[code[pc + 3]];
  if (isObject(key)) return DELETE_WITH_KEY.convert(agent, frame, key, 'string');
  return deleteByInstruction(agent, frame, ToPropertyKey(agent, key));
};

function hasWithKey(agent: Agent, frame: VMFrame, key: Value): number {
  const object = frame.registers[frame.code[frame.pc + 3]] as JSObject;
  const P = ToPropertyKey(agent, key);
  return storeOutcome(agent, frame, hasPropertyFrom(agent, frame, object, P, END_CALL, null));
}
const HAS_WITH_KEY = new WithPrimitive(hasWithKey);

const HasPropertyHandler: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  if (!(regs[code[pc + 3]] instanceof JSObject))
    throwTypeError(agent, "Right-hand side of 'in' is not an object");
  const key = regs[code[pc + 2]];
  return isObject(key) ? HAS_WITH_KEY.convert(agent, frame, key, 'string') : hasWithKey(agent, frame, key);
};

// ---- Private names

/** The private environment in a register, or that of the active function for -1. */
export function privateEnvironmentAt(frame: VMFrame, regs: readonly Value[], register: number) {
  return register === -1
    ? frame.privateEnvironment
    : (regs[register] as unknown as VMFrame['privateEnvironment']);
}

const ResolvePrivate: Handler = (_agent, frame, regs, pc) => {
  const { code } = frame;
  const name = frame.unit.constants[code[pc + 3]] as string;
  const found = ResolvePrivateIdentifier(privateEnvironmentAt(frame, regs, code[pc + 2]), name);
  regs[code[pc + 1]] = found as unknown as Value;
  return pc + 4;
};

function privateBase(agent: Agent, base: Value, name: PrivateName, verb: 'read' | 'set'): JSObject {
  if (base instanceof JSObject) return base;
  if (base === undefined || base === null) {
    const doing = verb === 'set' ? 'setting' : 'reading';
    throwTypeError(agent, `Cannot ${verb} properties of ${String(base)} (${doing} '${name.description}')`);
  }
  return ToObject(agent, base);
}

const GetPrivate: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const name = regs[code[pc + 3]] as unknown as PrivateName;
  const base = privateBase(agent, regs[code[pc + 2]], name, 'read');
  const slot = privateSlot(agent, base, name);
  if (!(slot instanceof AccessorPair)) {
    regs[code[pc + 1]] = slot;
    return pc + 5;
  }
  const getter = privateGetter(agent, slot, name);
  return storeOutcome(agent, frame, callGetter(agent, frame, getter, base, END_CALL, null));
};
const SetPrivate: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const name = regs[code[pc + 2]] as unknown as PrivateName;
  const base = privateBase(agent, regs[code[pc + 1]], name, 'set');
  const setter = privateSetter(agent, base, name, regs[code[pc + 3]]);
  if (setter === null) return pc + 5;
  const args = [regs[code[pc + 3]]];
  return finishCall(agent, frame, callFrom(agent, frame, setter, base, args, END_DROP, null), END_DROP);
};
const HasPrivate: Handler = (agent, { code }, regs, pc) => {
  const object = regs[code[pc + 2]];
  if (!(object instanceof JSObject)) throwTypeError(agent, "Right-hand side of 'in' is not an object");
  regs[code[pc + 1]] = hasPrivateElement(object, regs[code[pc + 3]] as unknown as PrivateName);
  return pc + 4;
};

// ---- Super

function superBase(agent: Agent, base: Value, key: Value, verb: 'read' | 'set'): JSObject {
  if (base instanceof JSObject) return base;
  if (base === undefined || base === null) {
    if (verb === 'read') throwReadOfNothing(agent, base, key);
    throwWriteToNothing(agent, base, key);
  }
  return ToObject(agent, base);
}

function getSuper(agent: Agent, frame: VMFrame, key: Value): number {
  const { code, pc, registers } = frame;
  const base = superBase(agent, registers[code[pc + 2]], registers[code[pc + 3]], 'read');
  const P = ToPropertyKey(agent, key);
  const Receiver = registers[code[pc + 4]];
  return storeOutcome(agent, frame, getFrom(agent, frame, base, P, Receiver, END_CALL, null));
}
const GET_SUPER_WITH_KEY = new WithPrimitive(getSuper);

const GetSuper: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const key = regs[code[pc + 3]];
  if (!isObject(key)) return getSuper(agent, frame, key);
  superBase(agent, regs[code[pc + 2]], key, 'read');
  return GET_SUPER_WITH_KEY.convert(agent, frame, key, 'string');
};

function setSuper(agent: Agent, frame: VMFrame, key: Value): number {
  const { code, pc, registers } = frame;
  const base = superBase(agent, registers[code[pc + 1]], registers[code[pc + 2]], 'set');
  const P = ToPropertyKey(agent, key);
  const Receiver = registers[code[pc + 3]];
  return setByInstruction(agent, frame, base, P, registers[code[pc + 4]], Receiver, code[pc + 5] === 1);
}
const SET_SUPER_WITH_KEY = new WithPrimitive(setSuper);

const SetSuper: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const key = regs[code[pc + 2]];
  if (!isObject(key)) return setSuper(agent, frame, key);
  superBase(agent, regs[code[pc + 1]], key, 'set');
  return SET_SUPER_WITH_KEY.convert(agent, frame, key, 'string');
};

// ---- Object literals

/** A property of a fresh object: an absent one is added by way of the cache. */
const DefineNamed: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const object = regs[code[pc + 1]] as JSObject;
  const key = frame.unit.constants[code[pc + 2]] as string;
  const value = regs[code[pc + 3]];
  const ic = frame.feedback.caches[code[pc + 4]];
  const { shape } = object;
  if (ic.shape === shape && ic.newShape !== null) {
    object.setSlot(ic.newShape.slotCount - 1, value);
    object.shape = ic.newShape;
    agent.chargeBytes(SLOT_BYTES);
    return pc + 5;
  }
  if (object.lookupOwn(key) === NOT_FOUND && shape.extensible && !shape.lazy) {
    object.addSlot(key, value, ATTRS_DEFAULT);
    if (!shape.unique && !object.shape.unique) {
      ic.shape = shape;
      ic.kind = IC_ADD;
      ic.newShape = object.shape;
    }
  } else CreateDataPropertyOrThrow(agent, object, key, value);
  return pc + 5;
};

const DefineElement: Handler = (agent, { code }, regs, pc) => {
  const object = regs[code[pc + 1]] as JSObject;
  CreateDataPropertyOrThrow(agent, object, regs[code[pc + 2]] as PropertyKey, regs[code[pc + 3]]);
  return pc + 4;
};

export const propertyHandlers: Readonly<Record<string, Handler>> = {
  GetNamed,
  SetNamed,
  GetElement,
  SetElement,
  CheckDestructurable,
  CheckObjectCoercible,
  DeleteNamed,
  DeleteElement,
  ResolvePrivate,
  GetPrivate,
  SetPrivate,
  HasPrivate,
  HasProperty: HasPropertyHandler,
  GetSuper,
  SetSuper,
  DefineNamed,
  DefineElement,
};
