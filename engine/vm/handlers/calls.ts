// hot
// Calls and returns. A call of a plain guest function pushes a frame and goes on in the same dispatch loop; built-ins,
// and functions that start coroutines, are called through their host function.

import { OPCODE_LENGTHS } from '../../bytecode/opcodes.gen.ts';
import type { Agent } from '../../runtime/agent.ts';
import { Call, IsCallable, IsConstructor } from '../../runtime/call.ts';
import type { Environment, PrivateEnvironmentRecord } from '../../runtime/environments.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import { appendToList } from '../../runtime/list.ts';
import type { ModulePhase, ModuleRecord } from '../../runtime/modules.ts';
import type { FunctionObject } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { startImportCall } from '../../runtime/operations/import-call.ts';
import type { Value } from '../../runtime/value.ts';
import {
  callFrom,
  canResume,
  chargeCall,
  constructFrom,
  finishCall,
  LEAVE_WITH_RESULT,
  leave,
  pushFrame,
  resumeGenerator,
} from '../calling.ts';
import { makeDirectEvalFrame } from '../direct-eval.ts';
import {
  createThis,
  enterAsync,
  enterClassConstructor,
  enterGenerator,
  enterNormal,
  makeFrame,
  newFrame,
} from '../entry-codes.ts';
import { type Feedback, noteTarget } from '../feedback.ts';
import {
  END_CALL,
  END_CONSTRUCT,
  END_CONTINUE,
  END_DERIVED,
  END_DROP,
  END_ENTRY,
  type VMFrame,
} from '../frame.ts';
import type { VMFunction } from '../function.ts';
import { CALLED, FRAME_PAUSED, FRAME_SWITCHED, type Handler } from '../handler.ts';
import { appendIterated } from './iteration.ts';
import { privateEnvironmentAt } from './private-names.ts';

/** Throws the TypeError of calling what is no function, naming it by its source text. */
function throwNotCallable(agent: Agent, frame: VMFrame, pc: number): never {
  throwTypeError(agent, `${calleeText(frame, pc)} is not a function`);
}

/** The source of the callee on one line, not too long. */
function calleeText(frame: VMFrame, pc: number): string {
  return frame.unit.calleeTextAt(pc);
}

/** A frame for a call whose arguments lie in registers of the caller, ending with END_CALL; its `caller` is not set. */
function frameFor(
  agent: Agent,
  regs: readonly Value[],
  F: VMFunction,
  thisValue: Value,
  first: number,
  count: number,
): VMFrame {
  const { feedback, unit } = F;
  if (feedback.callCount++ === 0) countFirstCall(agent, feedback);
  const { pool } = feedback;
  const { parameterCount } = unit;
  const frame =
    (pool === null ? null : pool.take(F)) ??
    newFrame(F, undefined, unit.keepsArguments ? regs.slice(first, first + count) : null, END_CALL);
  const { registers } = frame;
  const given = Math.min(count, parameterCount);
  for (let i = 0; i < given; i++) registers[i] = regs[first + i];
  registers[parameterCount + 1] = thisValue;
  return frame;
}

/** The unit may be too deep to compile; then it is not called yet. */
function countFirstCall(agent: Agent, feedback: Feedback): void {
  feedback.callCount = 0;
  feedback.countCall(agent);
}

/** Calls what is neither a plain guest function nor special. */
function callHost(
  agent: Agent,
  frame: VMFrame,
  regs: readonly Value[],
  F: FunctionObject,
  thisValue: Value,
  first: number,
  count: number,
): Value {
  if (count > 3) return Call(agent, F, thisValue, regs.slice(first, first + count));
  const units = F.callDepth;
  agent.enter(units);
  agent.realm = F.realm ?? frame.realm;
  let result: Value;
  switch (count) {
    case 0:
      result = F.code(F, thisValue, undefined);
      break;
    case 1:
      result = F.code(F, thisValue, undefined, regs[first]);
      break;
    case 2:
      result = F.code(F, thisValue, undefined, regs[first], regs[first + 1]);
      break;
    default:
      result = F.code(F, thisValue, undefined, regs[first], regs[first + 1], regs[first + 2]);
  }
  // What is thrown leaves this to the driver.
  agent.realm = frame.realm;
  agent.depth -= units;
  return result;
}

const CallHandler: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const callee = regs[code[pc + 2]];
  if (!IsCallable(callee)) throwNotCallable(agent, frame, pc);
  const ic = frame.feedback.caches[code[pc + 6]];
  if (ic.target !== callee) noteTarget(ic, callee);
  const first = code[pc + 4];
  const count = code[pc + 5];
  if (callee.code === enterNormal) {
    if (--agent.fuel < 0) agent.refuel();
    if (agent.frameCount >= agent.limits.frames) agent.throwStackOverflow();
    const pushed = frameFor(agent, regs, callee as VMFunction, regs[code[pc + 3]], first, count);
    if (ic.target === callee) ic.pool = pushed.feedback.pool;
    return pushFrame(agent, frame, pushed);
  }
  const { special } = callee;
  if (special === null) {
    if (callee.code !== enterAsync && callee.code !== enterGenerator) {
      regs[code[pc + 1]] = callHost(agent, frame, regs, callee, regs[code[pc + 3]], first, count);
      return pc + 7;
    }
  } else if (special.resumes !== undefined) {
    const generator = regs[code[pc + 3]];
    if (canResume(generator, special.resumes)) {
      const value = count === 0 ? undefined : regs[first];
      return resumeGenerator(agent, frame, generator, special.resumes, value, END_CALL, null);
    }
  }
  return callWithList(agent, frame, callee, regs[code[pc + 3]], regs.slice(first, first + count));
};

/** Calls with a list of arguments; the result goes to the first operand. */
function callWithList(
  agent: Agent,
  frame: VMFrame,
  callee: FunctionObject,
  thisValue: Value,
  list: readonly Value[],
): number {
  return finishCall(agent, frame, callFrom(agent, frame, callee, thisValue, list, END_CALL, null), END_CALL);
}

function listAt(regs: readonly Value[], register: number): Value[] {
  return regs[register] as unknown as Value[];
}

const CallSpread: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const callee = regs[code[pc + 2]];
  if (!IsCallable(callee)) throwNotCallable(agent, frame, pc);
  return callWithList(agent, frame, callee, regs[code[pc + 3]], listAt(regs, code[pc + 4]));
};

const CallEval: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const callee = regs[code[pc + 2]];
  const first = code[pc + 3];
  const count = code[pc + 4];
  if (callee === agent.realm.intrinsic('%eval%')) {
    const x = count === 0 ? undefined : regs[first];
    return performEval(agent, frame, regs, x, code[pc + 5], code[pc + 6], code[pc + 7]);
  }
  if (!IsCallable(callee)) throwNotCallable(agent, frame, pc);
  // A `with` object that provided another `eval` is its this value.
  const thisValue = evalThisValue(agent, regs[code[pc + 5]] as unknown as Environment);
  return callWithList(agent, frame, callee, thisValue, regs.slice(first, first + count));
};

const IsEval: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = regs[code[pc + 2]] === agent.realm.intrinsic('%eval%');
  return pc + 3;
};

const CallEvalSpread: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const callee = regs[code[pc + 2]];
  const list = listAt(regs, code[pc + 3]);
  if (callee === agent.realm.intrinsic('%eval%')) {
    return performEval(agent, frame, regs, list[0], code[pc + 4], code[pc + 5], code[pc + 6]);
  }
  if (!IsCallable(callee)) throwNotCallable(agent, frame, pc);
  const thisValue = evalThisValue(agent, regs[code[pc + 4]] as unknown as Environment);
  return callWithList(agent, frame, callee, thisValue, list);
};

function evalThisValue(agent: Agent, from: Environment): Value {
  for (let env: Environment | null = from; env !== null; env = env.outerEnv) {
    const base = env.WithBaseObject();
    if (base !== undefined && env.HasBinding(agent, 'eval')) return base;
  }
  return undefined;
}

function performEval(
  agent: Agent,
  frame: VMFrame,
  regs: Value[],
  x: Value,
  env: number,
  privateEnv: number,
  strict: number,
): number {
  const { code, pc } = frame;
  if (typeof x !== 'string') {
    regs[code[pc + 1]] = x;
    return pc + OPCODE_LENGTHS[code[pc]];
  }
  const privateEnvironment: PrivateEnvironmentRecord | null = privateEnvironmentAt(frame, regs, privateEnv);
  const lexEnv = regs[env] as unknown as Environment;
  const callee = makeDirectEvalFrame(agent, x, lexEnv, privateEnvironment, strict === 1);
  chargeCall(agent);
  return pushFrame(agent, frame, callee);
}

// ---- Tail calls: the callee takes the place of the frame

/** Frames whose result is what the function returns, whatever becomes of it. */
const REPLACEABLE = END_ENTRY | END_DROP | END_CONTINUE;

/** The callee's frame takes the place of `frame`, whose ending it is given if it may be replaced. */
function replaceFrame(agent: Agent, frame: VMFrame, next: VMFrame): number {
  const { ending } = frame;
  next.ending = ending;
  next.caller = frame.caller;
  next.continuation = frame.continuation;
  agent.context = next;
  agent.realm = next.realm;
  // The driver looks at the frame it was given: that one gets the result.
  if ((ending & END_ENTRY) !== 0) next.entry = frame.entry ?? frame;
  else {
    const { pool } = frame.feedback;
    if (pool !== null) pool.giveBack(frame);
  }
  return agent.pausing && agent.pausable ? FRAME_PAUSED : FRAME_SWITCHED;
}

function tailCall(
  agent: Agent,
  frame: VMFrame,
  callee: FunctionObject,
  thisValue: Value,
  list: readonly Value[],
): number {
  if (callee.code === enterNormal && (frame.ending & ~REPLACEABLE) === 0) {
    agent.chargeFuel(1);
    return replaceFrame(
      agent,
      frame,
      makeFrame(callee as VMFunction, thisValue, undefined, list, frame.ending),
    );
  }
  const called = callFrom(agent, frame, callee, thisValue, list, END_CONTINUE, LEAVE_WITH_RESULT);
  return called === CALLED ? leave(agent, frame, frame.result) : called;
}

const TailCall: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const callee = regs[code[pc + 1]];
  if (!IsCallable(callee)) throwNotCallable(agent, frame, pc);
  const thisValue = regs[code[pc + 2]];
  const first = code[pc + 3];
  const count = code[pc + 4];
  if (callee.code === enterNormal && (frame.ending & ~REPLACEABLE) === 0) {
    if (--agent.fuel < 0) agent.refuel();
    return replaceFrame(agent, frame, frameFor(agent, regs, callee as VMFunction, thisValue, first, count));
  }
  return tailCall(agent, frame, callee, thisValue, regs.slice(first, first + count));
};
const TailCallSpread: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const callee = regs[code[pc + 1]];
  if (!IsCallable(callee)) throwNotCallable(agent, frame, pc);
  return tailCall(agent, frame, callee, regs[code[pc + 2]], listAt(regs, code[pc + 3]));
};

// ---- Return

const Return: Handler = (agent, frame, regs, pc) => leave(agent, frame, regs[frame.code[pc + 1]]);

// ---- new, super()

/** Construct with the arguments in a list; the result goes to the first operand. */
function construct(
  agent: Agent,
  frame: VMFrame,
  F: FunctionObject,
  list: readonly Value[],
  newTarget: JSObject,
): number {
  return finishCall(agent, frame, constructFrom(agent, frame, F, list, newTarget, END_CALL, null), END_CALL);
}

function requireConstructor(agent: Agent, frame: VMFrame, pc: number, callee: Value): FunctionObject {
  if (!IsConstructor(callee)) throwTypeError(agent, `${calleeText(frame, pc)} is not a constructor`);
  return callee;
}

/** A constructor whose frame can be pushed at once: nothing runs before its code. */
function isPlainConstructor(F: FunctionObject): F is VMFunction {
  if (F.code !== enterNormal && F.code !== enterClassConstructor) return false;
  const { constructorKind, fields, privateMethods } = F as VMFunction;
  return constructorKind === 'derived' || (fields.length === 0 && privateMethods.length === 0);
}

/** Construct of such a constructor with arguments in registers of the caller; the result goes to the first operand. */
function pushConstruction(
  agent: Agent,
  frame: VMFrame,
  regs: readonly Value[],
  F: VMFunction,
  newTarget: JSObject,
  first: number,
  count: number,
): number {
  chargeCall(agent);
  const isDerived = F.constructorKind === 'derived';
  const thisArgument = isDerived ? undefined : createThis(agent, F, newTarget);
  const callee = frameFor(agent, regs, F, thisArgument, first, count);
  callee.newTarget = newTarget;
  callee.ending = isDerived ? END_DERIVED : END_CONSTRUCT;
  return pushFrame(agent, frame, callee);
}

const New: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const callee = requireConstructor(agent, frame, pc, regs[code[pc + 2]]);
  const ic = frame.feedback.caches[code[pc + 5]];
  if (ic.target !== callee) noteTarget(ic, callee);
  const first = code[pc + 3];
  const count = code[pc + 4];
  if (isPlainConstructor(callee)) return pushConstruction(agent, frame, regs, callee, callee, first, count);
  return construct(agent, frame, callee, regs.slice(first, first + count), callee);
};
const NewSpread: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const callee = requireConstructor(agent, frame, pc, regs[code[pc + 2]]);
  return construct(agent, frame, callee, listAt(regs, code[pc + 3]), callee);
};

function requireSuperConstructor(agent: Agent, callee: Value): FunctionObject {
  if (!IsConstructor(callee)) throwTypeError(agent, 'Super constructor is not a constructor');
  return callee;
}

const SuperCall: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const callee = requireSuperConstructor(agent, regs[code[pc + 2]]);
  const newTarget = regs[code[pc + 3]] as JSObject;
  const first = code[pc + 4];
  const count = code[pc + 5];
  if (isPlainConstructor(callee))
    return pushConstruction(agent, frame, regs, callee, newTarget, first, count);
  return construct(agent, frame, callee, regs.slice(first, first + count), newTarget);
};
const SuperCallSpread: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const callee = requireSuperConstructor(agent, regs[code[pc + 2]]);
  const newTarget = regs[code[pc + 3]] as JSObject;
  return construct(agent, frame, callee, listAt(regs, code[pc + 4]), newTarget);
};

// ---- Lists of arguments

const NewList: Handler = (_agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = [] as unknown as Value;
  return pc + 2;
};
const ListAppend: Handler = (agent, { code }, regs, pc) => {
  appendToList(agent, listAt(regs, code[pc + 1]), regs[code[pc + 2]]);
  return pc + 3;
};
const ListAppendIterated: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  return appendIterated(agent, frame, listAt(regs, code[pc + 1]), regs[code[pc + 2]]);
};

// ---- Modules

const PHASES: readonly ModulePhase[] = ['evaluation', 'source', 'defer'];

const ImportCall: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const options = code[pc + 3] === -1 ? undefined : regs[code[pc + 3]];
  regs[code[pc + 1]] = startImportCall(agent, frame, regs[code[pc + 2]], options, PHASES[code[pc + 4]]);
  return pc + 5;
};
const ImportMeta: Handler = (agent, frame, regs, pc) => {
  regs[frame.code[pc + 1]] = (frame.scriptOrModule as ModuleRecord).importMetaObject(agent);
  return pc + 2;
};

export const callHandlers: Readonly<Record<string, Handler>> = {
  Call: CallHandler,
  CallSpread,
  CallEval,
  CallEvalSpread,
  IsEval,
  TailCall,
  TailCallSpread,
  Return,
  New,
  NewSpread,
  SuperCall,
  SuperCallSpread,
  NewList,
  ListAppend,
  ListAppendIterated,
  ImportCall,
  ImportMeta,
};
