// Properties of super: looked up from the prototype of the home object, with the this value as receiver.
import type { Agent } from '../../runtime/agent.ts';
import { JSObject } from '../../runtime/objects/object.ts';
import { throwReadOfNothing, throwWriteToNothing } from '../../runtime/operations/object-operations.ts';
import { ToObject, ToPropertyKey } from '../../runtime/operations/type-conversion.ts';
import type { Value } from '../../runtime/value.ts';
import { getFrom, setByInstruction } from '../accessing.ts';
import { isObject, WithPrimitive } from '../conversion.ts';
import { END_CALL, type VMFrame } from '../frame.ts';
import type { Handler } from '../handler.ts';
import { storeOutcome } from '../operation.ts';

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

export const superHandlers: Readonly<Record<string, Handler>> = {
  GetSuper,
  SetSuper,
};
