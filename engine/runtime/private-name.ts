// Private Name specification type and the private-element operations. Private elements live in the object's
// shape under their PrivateName: fields are writable data entries, methods are read-only ones, accessors hold
// an AccessorPair. Proxies have a shape of their own and so hold private elements themselves, as specified.
import type { Agent } from './agent.ts';
import { Call0, Call1 } from './call.ts';
import { throwTypeError } from './errors.ts';
import type { JSObject } from './objects/object.ts';
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
  const entry = O.lookupOwn(P);
  if (entry === NOT_FOUND) {
    throwTypeError(
      agent,
      `cannot read private member ${P.description} from an object whose class did not declare it`,
    );
  }
  const slot = O.getSlot(entry >> ENTRY_SLOT_SHIFT);
  if (!(slot instanceof AccessorPair)) return slot;
  if (slot.get === undefined) throwTypeError(agent, `'${P.description}' was defined without a getter`);
  return Call0(agent, slot.get, O);
}

/** https://tc39.es/ecma262/#sec-privateset */
export function PrivateSet(agent: Agent, O: JSObject, P: PrivateName, value: Value): void {
  const entry = O.lookupOwn(P);
  if (entry === NOT_FOUND) {
    throwTypeError(
      agent,
      `cannot write private member ${P.description} to an object whose class did not declare it`,
    );
  }
  if ((entry & ATTR_WRITABLE) !== 0) {
    O.setSlot(entry >> ENTRY_SLOT_SHIFT, value);
    return;
  }
  const slot = O.getSlot(entry >> ENTRY_SLOT_SHIFT);
  if (!(slot instanceof AccessorPair))
    throwTypeError(agent, `private method '${P.description}' is not writable`);
  if (slot.set === undefined) throwTypeError(agent, `'${P.description}' was defined without a setter`);
  Call1(agent, slot.set, O, value);
}
