// hot
// Calling function objects. A function object carries one host function `code`:
// (callee, thisValue, newTarget, a0, a1, …); newTarget undefined means [[Call]]. Missing arguments are padded
// by the host. All guest-visible calls go through here: this is where depth is charged and where the running
// realm changes when the callee belongs to another one.
import type { Agent } from './agent.ts';
import { describeForMessage } from './describe.ts';
import { throwTypeError } from './errors.ts';
import type { FunctionObject } from './objects/function.ts';
import type { JSObject, TailCall } from './objects/object.ts';
import type { Value } from './value.ts';

/** https://tc39.es/ecma262/#sec-iscallable */
export function IsCallable(argument: Value): argument is FunctionObject {
  return typeof argument === 'object' && argument !== null && argument.code !== null;
}

/** https://tc39.es/ecma262/#sec-isconstructor */
export function IsConstructor(argument: Value): argument is FunctionObject {
  return (
    typeof argument === 'object' && argument !== null && argument.code !== null && argument.isConstructor
  );
}

function notCallable(agent: Agent, F: Value): never {
  return throwTypeError(agent, `${describeForMessage(F)} is not a function`);
}

/** Throws the TypeError of calling what is not callable. */
export function requireCallable(agent: Agent, F: Value): FunctionObject {
  return IsCallable(F) ? F : notCallable(agent, F);
}

/** Call ( F, V, argumentsList ) — https://tc39.es/ecma262/#sec-call */
export function Call(agent: Agent, F: Value, V: Value, args: readonly Value[]): Value {
  if (!IsCallable(F)) notCallable(agent, F);
  return invoke(agent, F, V, undefined, args);
}

/** Call without arguments. */
export function Call0(agent: Agent, F: Value, V: Value): Value {
  if (!IsCallable(F)) notCallable(agent, F);
  const caller = agent.realm;
  const units = F.callDepth;
  agent.enter(units);
  agent.realm = F.realm ?? caller;
  try {
    return F.code(F, V, undefined);
  } finally {
    agent.realm = caller;
    agent.depth -= units;
  }
}

/** Call with one argument. */
export function Call1(agent: Agent, F: Value, V: Value, a0: Value): Value {
  if (!IsCallable(F)) notCallable(agent, F);
  const caller = agent.realm;
  const units = F.callDepth;
  agent.enter(units);
  agent.realm = F.realm ?? caller;
  try {
    return F.code(F, V, undefined, a0);
  } finally {
    agent.realm = caller;
    agent.depth -= units;
  }
}

/** Call with two arguments. */
export function Call2(agent: Agent, F: Value, V: Value, a0: Value, a1: Value): Value {
  if (!IsCallable(F)) notCallable(agent, F);
  const caller = agent.realm;
  const units = F.callDepth;
  agent.enter(units);
  agent.realm = F.realm ?? caller;
  try {
    return F.code(F, V, undefined, a0, a1);
  } finally {
    agent.realm = caller;
    agent.depth -= units;
  }
}

/** Call with three arguments. */
export function Call3(agent: Agent, F: Value, V: Value, a0: Value, a1: Value, a2: Value): Value {
  if (!IsCallable(F)) notCallable(agent, F);
  const caller = agent.realm;
  const units = F.callDepth;
  agent.enter(units);
  agent.realm = F.realm ?? caller;
  try {
    return F.code(F, V, undefined, a0, a1, a2);
  } finally {
    agent.realm = caller;
    agent.depth -= units;
  }
}

/**
 * Construct ( F [ , argumentsList [ , newTarget ] ] ) — https://tc39.es/ecma262/#sec-construct
 * The caller has checked IsConstructor for F and newTarget.
 */
export function Construct(
  agent: Agent,
  F: JSObject,
  args: readonly Value[],
  newTarget: JSObject = F,
): JSObject {
  return invoke(agent, F as FunctionObject, undefined, newTarget, args) as JSObject;
}

/** Makes the tail call of a function that has one. It is charged as where a tier sees to it itself. */
export function makeTailCall(agent: Agent, { F, thisValue, newTarget, args, check }: TailCall): Value {
  agent.chargeFuel(1);
  const value = invoke(agent, F as FunctionObject, thisValue, newTarget, args);
  return check === undefined ? value : check(agent, value);
}

/** What a host spread call may safely push onto the host stack. Longer lists are a guest RangeError. */
export const MAX_ARGUMENTS = 65_535;

/** A long argument list takes a unit of depth for so many arguments: they lie on the host's stack, 8 bytes each. */
const ARGUMENTS_PER_DEPTH = 48;

function invoke(
  agent: Agent,
  F: FunctionObject,
  V: Value,
  newTarget: JSObject | undefined,
  args: readonly Value[],
): Value {
  const caller = agent.realm;
  const units = F.callDepth;
  agent.enter(units);
  agent.realm = F.realm ?? caller;
  try {
    switch (args.length) {
      case 0:
        return F.code(F, V, newTarget);
      case 1:
        return F.code(F, V, newTarget, args[0]);
      case 2:
        return F.code(F, V, newTarget, args[0], args[1]);
      case 3:
        return F.code(F, V, newTarget, args[0], args[1], args[2]);
      default:
        if (args.length > ARGUMENTS_PER_DEPTH) return invokeLong(agent, F, V, newTarget, args);
        return F.code(F, V, newTarget, ...args);
    }
  } finally {
    agent.realm = caller;
    agent.depth -= units;
  }
}

function invokeLong(
  agent: Agent,
  F: FunctionObject,
  V: Value,
  newTarget: JSObject | undefined,
  args: readonly Value[],
): Value {
  const units = Math.floor(args.length / ARGUMENTS_PER_DEPTH);
  if (args.length > MAX_ARGUMENTS || units > agent.limits.depth) agent.throwTooManyArguments();
  if (agent.depth + units > agent.limits.depth) agent.throwStackOverflow();
  agent.chargeFuel(units);
  agent.chargeBytes(args.length * 8);
  agent.depth += units;
  try {
    return F.code(F, V, newTarget, ...args);
  } finally {
    agent.depth -= units;
  }
}
