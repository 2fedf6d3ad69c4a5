// Private Name specification type and the private-element operations. Private elements live in the object's
// shape under their PrivateName: fields are writable data entries, methods are read-only ones, accessors hold
// an AccessorPair. Proxies have a shape of their own and so hold private elements themselves, as specified.
import type { Agent } from './agent.ts';
import { Call0, Call1 } from './call.ts';
import { throwTypeError } from './errors.ts';
import type { FunctionObject } from './objects/function.ts';
import type { JSObject, Slot } from './objects/object.ts';
import { AccessorPair, ATTR_ACCESSOR, ATTR_WRITABLE } from './property-descriptor.ts';
import { ENTRY_SLOT_SHIFT, NOT_FOUND } from './shape.ts';
import type { Value } from './value.ts';

/** One evaluation of a class body makes one PrivateName for each private identifier it declares. */
export class PrivateName {
  /** With its `#`. */
  readonly description: string;
  constructor(description: string) {
    this.description = description;
  }
}

/** PrivateElementFind for existence — https://tc39.es/ecma262/#sec-privateelementfind */
export function hasPrivateElement(O: JSObject, P: PrivateName): boolean {
  return O.lookupOwn(P) !== NOT_FOUND;
}

function requireAbsent(agent: Agent, O: JSObject, P: PrivateName): void {
  if (hasPrivateElement(O, P))
    throwTypeError(agent, `cannot initialize ${P.description} twice on the same object`);
  if (!O.IsExtensible(agent))
    throwTypeError(agent, `cannot define ${P.description} on a non-extensible object`);
}

/** https://tc39.es/ecma262/#sec-privatefieldadd */
export function PrivateFieldAdd(agent: Agent, O: JSObject, P: PrivateName, value: Value): void {
  requireAbsent(agent, O, P);
  O.addSlot(P, value, ATTR_WRITABLE);
}

/** PrivateMethodOrAccessorAdd for a method — https://tc39.es/ecma262/#sec-privatemethodoraccessoradd */
export function PrivateMethodAdd(agent: Agent, O: JSObject, P: PrivateName, method: JSObject): void {
  requireAbsent(agent, O, P);
  O.addSlot(P, method, 0);
}

/** PrivateMethodOrAccessorAdd for an accessor — https://tc39.es/ecma262/#sec-privatemethodoraccessoradd */
export function PrivateAccessorAdd(agent: Agent, O: JSObject, P: PrivateName, pair: AccessorPair): void {
  requireAbsent(agent, O, P);
  O.addSlot(P, pair, ATTR_ACCESSOR);
}

/** https://tc39.es/ecma262/#sec-privateget */
export function PrivateGet(agent: Agent, O: JSObject, P: PrivateName): Value {
  const slot = privateSlot(agent, O, P);
  if (!(slot instanceof AccessorPair)) return slot;
  return Call0(agent, privateGetter(agent, slot, P), O);
}

/** PrivateGet steps 1 and 2: the value or the accessors of an element that has to be there. */
export function privateSlot(agent: Agent, O: JSObject, P: PrivateName): Slot {
  const entry = O.lookupOwn(P);
  if (entry === NOT_FOUND) {
    throwTypeError(
      agent,
      `cannot read private member ${P.description} from an object whose class did not declare it`,
    );
  }
  return O.getSlot(entry >> ENTRY_SLOT_SHIFT);
}

/** PrivateGet steps 3 to 5: the getter, which has to be there. */
export function privateGetter(agent: Agent, pair: AccessorPair, P: PrivateName): FunctionObject {
  if (pair.get === undefined) throwTypeError(agent, `'${P.description}' was defined without a getter`);
  return pair.get as FunctionObject;
}

/** https://tc39.es/ecma262/#sec-privateset */
export function PrivateSet(agent: Agent, O: JSObject, P: PrivateName, value: Value): void {
  const setter = privateSetter(agent, O, P, value);
  if (setter !== null) Call1(agent, setter, O, value);
}

/** PrivateSet up to the call of a setter, which it gives; null for a field, which is set. */
export function privateSetter(
  agent: Agent,
  O: JSObject,
  P: PrivateName,
  value: Value,
): FunctionObject | null {
  const entry = O.lookupOwn(P);
  if (entry === NOT_FOUND) {
    throwTypeError(
      agent,
      `cannot write private member ${P.description} to an object whose class did not declare it`,
    );
  }
  if ((entry & ATTR_WRITABLE) !== 0) {
    O.setSlot(entry >> ENTRY_SLOT_SHIFT, value);
    return null;
  }
  const slot = O.getSlot(entry >> ENTRY_SLOT_SHIFT);
  if (!(slot instanceof AccessorPair))
    throwTypeError(agent, `private method '${P.description}' is not writable`);
  if (slot.set === undefined) throwTypeError(agent, `'${P.description}' was defined without a setter`);
  return slot.set as FunctionObject;
}
