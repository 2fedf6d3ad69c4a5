// hot
// Calls and returns. A call of a plain guest function pushes a frame and goes on in the same dispatch loop; built-ins,
// and functions that start coroutines, are called through their host function.
import { OPCODE_LENGTHS } from '../../bytecode/opcodes.gen.ts';
import type { Agent } from '../../runtime/agent.ts';
import { Call, Construct, IsCallable, IsConstructor } from '../../runtime/call.ts';
import type { Environment, PrivateEnvironmentRecord } from '../../runtime/environments.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import { appendToList } from '../../runtime/list.ts';
import type { ModulePhase, ModuleRecord } from '../../runtime/modules.ts';
import type { FunctionObject } from '../../runtime/objects/function.ts';
import { JSObject } from '../../runtime/objects/object.ts';
import { startImportCall } from '../../runtime/operations/import-call.ts';
import { InitializeInstanceElements } from '../../runtime/operations/instance-elements.ts';
import { GetIterator, IteratorStepValue } from '../../runtime/operations/iterator-operations.ts';
import type { Value } from '../../runtime/value.ts';
import { PerformDirectEval } from '../direct-eval.ts';
import { createThis, enterClassConstructor, enterNormal, makeFrame } from '../entry-codes.ts';
import {
  END_CALL,
  END_CONSTRUCT,
  END_DERIVED,
  END_DROP,
  END_ENTRY,
  FRAME_RETURNED,
  VMFrame,
} from '../frame.ts';
import type { VMFunction } from '../function.ts';
import { FRAME_LEFT, FRAME_SWITCHED, type Handler } from '../handler.ts';
import { privateEnvironmentAt } from './properties.ts';

/** Throws the TypeError of calling what is no function, naming it by its source text. */
function throwNotCallable(agent: Agent, frame: VMFrame, pc: number): never {
  throwTypeError(agent, `${calleeText(frame, pc)} is not a function`);
}

/** The source of the callee on one line, not too long. */
function calleeText(frame: VMFrame, pc: number): string {
  return frame.unit.calleeTextAt(pc);
}

/** Pushes a frame for a call whose arguments lie in registers of the caller. */
function pushCall(
  agent: Agent,
  frame: VMFrame,
  regs: readonly Value[],
  F: VMFunction,
  thisValue: Value,
  first: number,
  count: number,
  ending: number,
): number {
  if (--agent.fuel < 0) agent.refuel();
  if (agent.frameCount >= agent.limits.frames) agent.throwStackOverflow();
  const { feedback, unit } = F;
  if (feedback.callCount++ === 0) feedback.prepare(agent);
  const registers = unit.registers.slice() as Value[];
  const { parameterCount } = unit;
  const given = Math.min(count, parameterCount);
  for (let i = 0; i < given; i++) registers[i] = regs[first + i];
  registers[parameterCount] = F.environment as unknown as Value;
  registers[parameterCount + 1] = thisValue;
  const callee = new VMFrame(
    F,
    F.realm,
    F.scriptOrModule,
    feedback,
    registers,
    undefined,
    unit.keepsArguments ? regs.slice(first, first + count) : null,
    F.privateEnvironment,
    ending,
  );
  callee.caller = frame;
  agent.frameCount++;
  agent.context = callee;
  agent.realm = F.realm;
  return FRAME_SWITCHED;
}

/** Pushes a frame that has been made. */
function pushFrame(agent: Agent, caller: VMFrame, callee: VMFrame): number {
  agent.enterFrame();
  callee.caller = caller;
  agent.context = callee;
  agent.realm = callee.realm;
  return FRAME_SWITCHED;
}

/** Calls what is no plain guest function. */
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
  const first = code[pc + 4];
  const count = code[pc + 5];
  if (callee.code === enterNormal) {
    return pushCall(agent, frame, regs, callee as VMFunction, regs[code[pc + 3]], first, count, END_CALL);
  }
  regs[code[pc + 1]] = callHost(agent, frame, regs, callee, regs[code[pc + 3]], first, count);
  return pc + 7;
};

/** Calls with a list of arguments. */
function callWithList(
  agent: Agent,
  frame: VMFrame,
  regs: Value[],
  pc: number,
  dst: number,
  callee: FunctionObject,
  thisValue: Value,
  list: readonly Value[],
): number {
  if (callee.code === enterNormal) {
    agent.chargeFuel(1);
    return pushFrame(agent, frame, makeFrame(callee as VMFunction, thisValue, undefined, list, END_CALL));
  }
  regs[dst] = Call(agent, callee, thisValue, list);
  return pc + OPCODE_LENGTHS[frame.code[pc]];
}

function listAt(regs: readonly Value[], register: number): Value[] {
  return regs[register] as unknown as Value[];
}

const CallSpread: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const callee = regs[code[pc + 2]];
  if (!IsCallable(callee)) throwNotCallable(agent, frame, pc);
  return callWithList(
    agent,
    frame,
    regs,
    pc,
    code[pc + 1],
    callee,
    regs[code[pc + 3]],
    listAt(regs, code[pc + 4]),
  );
};

const CallEval: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const callee = regs[code[pc + 2]];
  const first = code[pc + 3];
  const count = code[pc + 4];
  if (callee === agent.realm.intrinsic('%eval%')) {
    const x = count === 0 ? undefined : regs[first];
    regs[code[pc + 1]] = performEval(agent, frame, regs, x, code[pc + 5], code[pc + 6], code[pc + 7]);
    return pc + 8;
  }
  if (!IsCallable(callee)) throwNotCallable(agent, frame, pc);
  // A `with` object that provided another `eval` is its this value.
  const thisValue = evalThisValue(agent, regs[code[pc + 5]] as unknown as Environment);
  return callWithList(
    agent,
    frame,
    regs,
    pc,
    code[pc + 1],
    callee,
    thisValue,
    regs.slice(first, first + count),
  );
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
    regs[code[pc + 1]] = performEval(agent, frame, regs, list[0], code[pc + 4], code[pc + 5], code[pc + 6]);
    return pc + 7;
  }
  if (!IsCallable(callee)) throwNotCallable(agent, frame, pc);
  const thisValue = evalThisValue(agent, regs[code[pc + 4]] as unknown as Environment);
  return callWithList(agent, frame, regs, pc, code[pc + 1], callee, thisValue, list);
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
  regs: readonly Value[],
  x: Value,
  env: number,
  privateEnv: number,
  strict: number,
): Value {
  const privateEnvironment: PrivateEnvironmentRecord | null = privateEnvironmentAt(frame, regs, privateEnv);
  return PerformDirectEval(agent, x, regs[env] as unknown as Environment, privateEnvironment, strict === 1);
}

// ---- Tail calls: the callee takes the place of the frame

function tailCall(
  agent: Agent,
  frame: VMFrame,
  pc: number,
  callee: Value,
  thisValue: Value,
  list: readonly Value[],
): number {
  if (!IsCallable(callee)) throwNotCallable(agent, frame, pc);
  const { ending } = frame;
  if (callee.code === enterNormal && (ending === END_CALL || ending === END_ENTRY)) {
    agent.chargeFuel(1);
    const next = makeFrame(callee as VMFunction, thisValue, undefined, list, ending);
    // The driver looks at the frame it was given: that one gets the result.
    if (ending === END_ENTRY) next.entry = frame.entry ?? frame;
    next.caller = frame.caller;
    agent.context = next;
    agent.realm = next.realm;
    return FRAME_SWITCHED;
  }
  return leave(agent, frame, Call(agent, callee, thisValue, list));
}

const TailCall: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const first = code[pc + 3];
  const list = regs.slice(first, first + code[pc + 4]);
  return tailCall(agent, frame, pc, regs[code[pc + 1]], regs[code[pc + 2]], list);
};
const TailCallSpread: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  return tailCall(agent, frame, pc, regs[code[pc + 1]], regs[code[pc + 2]], listAt(regs, code[pc + 3]));
};

// ---- Return

const Return: Handler = (agent, frame, regs, pc) => leave(agent, frame, regs[frame.code[pc + 1]]);

/** Leaves the frame with a value. */
export function leave(agent: Agent, frame: VMFrame, value: Value): number {
  const { ending } = frame;
  let result = value;
  if ((ending & END_CONSTRUCT) !== 0) {
    if (!(value instanceof JSObject)) result = frame.registers[frame.unit.thisRegister];
  } else if ((ending & END_DERIVED) !== 0) result = derivedResult(agent, frame, value);
  if ((ending & END_ENTRY) !== 0) {
    const entry = frame.entry ?? frame;
    entry.status = FRAME_RETURNED;
    entry.result = result;
    return FRAME_LEFT;
  }
  const caller = frame.caller as VMFrame;
  agent.context = caller;
  agent.realm = caller.realm;
  agent.frameCount--;
  const { code, pc } = caller;
  if ((ending & END_DROP) === 0) caller.registers[code[pc + 1]] = result;
  caller.pc = pc + OPCODE_LENGTHS[code[pc]];
  return FRAME_SWITCHED;
}

/** The end of [[Construct]] of a derived constructor. */
function derivedResult(agent: Agent, frame: VMFrame, value: Value): Value {
  if (value instanceof JSObject) return value;
  // What follows belongs to the caller, whose realm its errors have.
  agent.context = frame.caller;
  agent.realm = frame.caller?.realm ?? agent.realm;
  if (value !== undefined) throwTypeError(agent, 'Derived constructors may only return object or undefined');
  return frame.functionEnvironment?.GetThisBinding(agent);
}

// ---- new, super()

/** Construct with the arguments in a list. */
function construct(
  agent: Agent,
  frame: VMFrame,
  regs: Value[],
  pc: number,
  dst: number,
  F: FunctionObject,
  list: readonly Value[],
  newTarget: JSObject,
): number {
  const isPlain = F.code === enterNormal;
  if (isPlain || F.code === enterClassConstructor) {
    const callee = F as VMFunction;
    agent.chargeFuel(1);
    if (callee.constructorKind === 'base') {
      const thisArgument = createThis(agent, callee, newTarget);
      InitializeInstanceElements(agent, thisArgument, callee);
      return pushFrame(agent, frame, makeFrame(callee, thisArgument, newTarget, list, END_CONSTRUCT));
    }
    return pushFrame(agent, frame, makeFrame(callee, undefined, newTarget, list, END_DERIVED));
  }
  regs[dst] = Construct(agent, F, list, newTarget);
  return pc + OPCODE_LENGTHS[frame.code[pc]];
}

function requireConstructor(agent: Agent, frame: VMFrame, pc: number, callee: Value): FunctionObject {
  if (!IsConstructor(callee)) throwTypeError(agent, `${calleeText(frame, pc)} is not a constructor`);
  return callee;
}

const New: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const callee = requireConstructor(agent, frame, pc, regs[code[pc + 2]]);
  const first = code[pc + 3];
  return construct(
    agent,
    frame,
    regs,
    pc,
    code[pc + 1],
    callee,
    regs.slice(first, first + code[pc + 4]),
    callee,
  );
};
const NewSpread: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const callee = requireConstructor(agent, frame, pc, regs[code[pc + 2]]);
  return construct(agent, frame, regs, pc, code[pc + 1], callee, listAt(regs, code[pc + 3]), callee);
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
  return construct(
    agent,
    frame,
    regs,
    pc,
    code[pc + 1],
    callee,
    regs.slice(first, first + code[pc + 5]),
    newTarget,
  );
};
const SuperCallSpread: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const callee = requireSuperConstructor(agent, regs[code[pc + 2]]);
  const newTarget = regs[code[pc + 3]] as JSObject;
  return construct(agent, frame, regs, pc, code[pc + 1], callee, listAt(regs, code[pc + 4]), newTarget);
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
const ListAppendIterated: Handler = (agent, { code }, regs, pc) => {
  appendIterated(agent, listAt(regs, code[pc + 1]), regs[code[pc + 2]]);
  return pc + 3;
};

/** Appends what an iterable gives. */
export function appendIterated(agent: Agent, list: Value[], iterable: Value): void {
  const iteratorRecord = GetIterator(agent, iterable);
  for (;;) {
    agent.chargeFuel(1);
    const next = IteratorStepValue(agent, iteratorRecord);
    if (iteratorRecord.done) return;
    appendToList(agent, list, next);
  }
}

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
