// hot
// Property access with inline caches. The hot core reads the first entry of a cache; what it misses comes here: further
// entries, other kinds, and the lookup that fills them (inline-caches.ts).
import type { Agent } from '../../runtime/agent.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import { ArrayObject } from '../../runtime/objects/array.ts';
import { JSObject, SLOT_BYTES } from '../../runtime/objects/object.ts';
import type { TypedArrayObject } from '../../runtime/objects/typed-array.ts';
import {
  CreateDataPropertyOrThrow,
  throwReadOfNothing,
  throwWriteToNothing,
} from '../../runtime/operations/object-operations.ts';
import { ToObject, ToPropertyKey } from '../../runtime/operations/type-conversion.ts';
import { type AccessorPair, ATTRS_DEFAULT } from '../../runtime/property-descriptor.ts';
import { keyToDisplay, type PropertyKey } from '../../runtime/property-key.ts';
import { NOT_FOUND } from '../../runtime/shape.ts';
import type { Value } from '../../runtime/value.ts';
import {
  callGetter,
  deleteFrom,
  getFrom,
  getVFrom,
  hasPropertyFrom,
  setByInstruction,
} from '../accessing.ts';
import { deliver } from '../calling.ts';
import { Continuation } from '../continuation.ts';
import { isObject, WithPrimitive } from '../conversion.ts';
import {
  IC_ADD,
  IC_ARRAY_LENGTH,
  IC_EMPTY,
  IC_GETTER,
  IC_NUMBER,
  IC_OWN,
  IC_OWN_GETTER,
  IC_PROTOTYPE,
  IC_STRING,
  type InlineCache,
} from '../feedback.ts';
import { END_CALL, END_CONTINUE, type VMFrame } from '../frame.ts';
import { CALLED, type Handler } from '../handler.ts';
import { entryOfKind, fillForGet, fillForPrimitive, fillForSet, findEntry } from '../inline-caches.ts';
import { storeOutcome } from '../operation.ts';

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
      if (ic.kind === IC_ARRAY_LENGTH) {
        regs[code[pc + 1]] = (object as ArrayObject).length;
        return pc + 5;
      }
    }
  } else if (typeof object === 'string') {
    const ic = frame.feedback.caches[code[pc + 4]];
    if (ic.kind === IC_STRING) {
      if (ic.guard?.valid) {
        regs[code[pc + 1]] = ic.value;
        return pc + 5;
      }
    } else if (frame.unit.constants[code[pc + 3]] === 'length') {
      regs[code[pc + 1]] = object.length;
      return pc + 5;
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

// ---- Writing

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
  } else if (typeof object === 'string') {
    if (typeof key === 'number' && key < object.length) {
      const unit = object[key];
      // Other Numbers than indices name nothing in the host's string either.
      if (unit !== undefined) {
        regs[code[pc + 1]] = unit;
        return pc + 5;
      }
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
  HasProperty: HasPropertyHandler,
  DefineNamed,
  DefineElement,
};
