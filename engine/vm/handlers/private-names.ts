// Private names: their environments, and the elements that are read and written by them.
import type { Agent } from '../../runtime/agent.ts';
import { ResolvePrivateIdentifier } from '../../runtime/environments.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import { JSObject } from '../../runtime/objects/object.ts';
import { ToObject } from '../../runtime/operations/type-conversion.ts';
import {
  hasPrivateElement,
  type PrivateName,
  privateGetter,
  privateSetter,
  privateSlot,
} from '../../runtime/private-name.ts';
import { AccessorPair } from '../../runtime/property-descriptor.ts';
import type { Value } from '../../runtime/value.ts';
import { callGetter } from '../accessing.ts';
import { callFrom, finishCall } from '../calling.ts';
import { END_CALL, END_DROP, type VMFrame } from '../frame.ts';
import type { Handler } from '../handler.ts';
import { storeOutcome } from '../operation.ts';

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

export const privateNameHandlers: Readonly<Record<string, Handler>> = {
  ResolvePrivate,
  GetPrivate,
  SetPrivate,
  HasPrivate,
};
