// hot
// The host functions of the VM's function objects: how built-ins, and everything else outside of the dispatch loop, call
// guest functions. Calls inside of the loop push frames themselves (handlers/calls.ts).

import {
  CALL_ASYNC,
  CALL_ASYNC_GENERATOR,
  CALL_CLASS_CONSTRUCTOR,
  CALL_GENERATOR,
  type CodeUnit,
} from '../bytecode/unit.ts';
import type { Agent } from '../runtime/agent.ts';
import { throwTypeError } from '../runtime/errors.ts';
import { runGuestWork } from '../runtime/guest-work.ts';
import type { HostCode, JSObject } from '../runtime/objects/object.ts';
import { AsyncBlock } from '../runtime/operations/async-operations.ts';
import { InitializeInstanceElements } from '../runtime/operations/instance-elements.ts';
import { OrdinaryCreateFromConstructor } from '../runtime/operations/object-operations.ts';
import { createPromise } from '../runtime/operations/promise-operations.ts';
import type { Value } from '../runtime/value.ts';
import { VMCoroutine } from './coroutine.ts';
import {
  BEFORE_START,
  checkLargeFrame,
  END_CONSTRUCT,
  END_DERIVED,
  END_ENTRY,
  LARGE_FRAME,
  VMFrame,
} from './frame.ts';
import type { VMFunction } from './function.ts';
import { runLoop } from './run-loop.ts';

/** A frame for a call with its arguments in a list; its `caller` is not set. */
export function makeFrame(
  F: VMFunction,
  thisValue: Value,
  newTarget: JSObject | undefined,
  args: readonly Value[],
  ending: number,
): VMFrame {
  const { feedback, unit } = F;
  feedback.countCall(F.realm.agent);
  const { parameterCount } = unit;
  const kept = feedback.pool === null ? null : feedback.pool.take(F);
  const frame = kept === null ? newFrame(F, newTarget, unit.keepsArguments ? args : null, ending) : kept;
  const { registers } = frame;
  const count = Math.min(args.length, parameterCount);
  for (let i = 0; i < count; i++) registers[i] = args[i];
  registers[parameterCount + 1] = thisValue;
  if (kept !== null) {
    frame.newTarget = newTarget;
    frame.ending = ending;
  }
  return frame;
}

/** What a frame is charged besides its registers. */
const FRAME_BYTES = 240;

/** A frame for the code of a function that has been compiled, before it gets its arguments and `this`. */
export function newFrame(
  F: VMFunction,
  newTarget: JSObject | undefined,
  args: readonly Value[] | null,
  ending: number,
): VMFrame {
  const { feedback, unit } = F;
  if (unit.registers.length > LARGE_FRAME) checkLargeFrame(F.realm.agent, unit.registers.length);
  const registers = unit.registers.slice() as Value[];
  // It may be kept when the call is over.
  if (feedback.pool !== null) F.realm.agent.chargeBytes(FRAME_BYTES + 8 * registers.length);
  registers[unit.parameterCount] = F.environment as unknown as Value;
  return new VMFrame(
    F,
    F.realm,
    F.scriptOrModule,
    feedback,
    registers,
    newTarget,
    args,
    F.privateEnvironment,
    ending,
  );
}

/** Runs a frame that its caller has made to its end: what it returns. */
function runToEnd(agent: Agent, frame: VMFrame): Value {
  frame.caller = agent.context;
  runLoop.run(agent, frame);
  const { result } = frame;
  const { pool } = frame.feedback;
  if (pool !== null) pool.giveBack(frame);
  return result;
}

/** Functions and methods that are neither async nor generators; arrow functions; field initializers and static blocks. */
export function enterNormal(
  callee: VMFunction,
  thisArgument: Value,
  newTarget: JSObject | undefined,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  agent.chargeFuel(1);
  if (newTarget !== undefined) return constructBase(agent, callee, newTarget, args);
  return runToEnd(agent, makeFrame(callee, thisArgument, undefined, args, END_ENTRY));
}

/** The object that a base constructor is called with, made in the realm of the caller, with its elements. */
export function createThis(agent: Agent, F: VMFunction, newTarget: JSObject): JSObject {
  // This step belongs to the caller, whose realm its errors have.
  agent.realm = agent.context?.realm ?? agent.realm;
  const thisArgument = OrdinaryCreateFromConstructor(agent, newTarget, '%Object.prototype%');
  agent.realm = F.realm;
  return thisArgument;
}

function constructBase(agent: Agent, F: VMFunction, newTarget: JSObject, args: readonly Value[]): Value {
  const thisArgument = createThis(agent, F, newTarget);
  const frame = makeFrame(F, thisArgument, newTarget, args, END_ENTRY | END_CONSTRUCT);
  if (F.fields.length > 0 || F.privateMethods.length > 0) initializeThis(agent, F, frame, thisArgument);
  return runToEnd(agent, frame);
}

/** InitializeInstanceElements with the frame of the constructor as the running one, though it has not begun. */
function initializeThis(agent: Agent, F: VMFunction, frame: VMFrame, thisArgument: JSObject): void {
  const { context } = agent;
  frame.caller = context;
  frame.pc = BEFORE_START;
  agent.context = frame;
  try {
    InitializeInstanceElements(agent, thisArgument, F);
  } finally {
    agent.context = context;
  }
  frame.pc = 0;
}

export function enterClassConstructor(
  callee: VMFunction,
  _thisArgument: Value,
  newTarget: JSObject | undefined,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  if (newTarget === undefined) throwTypeError(agent, "Class constructor cannot be invoked without 'new'");
  agent.chargeFuel(1);
  if (callee.constructorKind === 'base') return constructBase(agent, callee, newTarget, args);
  return runToEnd(agent, makeFrame(callee, undefined, newTarget, args, END_ENTRY | END_DERIVED));
}

/** Generators and async generators: runs to CreateGenerator, which leaves the frame with the generator object. */
export function enterGenerator(
  callee: VMFunction,
  thisArgument: Value,
  _newTarget: JSObject | undefined,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  agent.chargeFuel(1);
  return runToEnd(agent, makeFrame(callee, thisArgument, undefined, args, END_ENTRY));
}

/** AsyncFunctionStart over the frame — https://tc39.es/ecma262/#sec-runtime-semantics-evaluateasyncfunctionbody */
export function enterAsync(
  callee: VMFunction,
  thisArgument: Value,
  _newTarget: JSObject | undefined,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  agent.chargeFuel(1);
  const frame = makeFrame(callee, thisArgument, undefined, args, END_ENTRY);
  const promise = createPromise(agent);
  runGuestWork(agent, new AsyncBlock(new VMCoroutine(frame), promise));
  return promise;
}

/** The host function of closures of a unit. */
export function codeOf(unit: CodeUnit): HostCode {
  switch (unit.callKind) {
    case CALL_CLASS_CONSTRUCTOR:
      return enterClassConstructor;
    case CALL_GENERATOR:
    case CALL_ASYNC_GENERATOR:
      return enterGenerator;
    case CALL_ASYNC:
      return enterAsync;
    default:
      return enterNormal;
  }
}
