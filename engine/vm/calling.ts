// hot
// Calls that handlers make, and the ends of frames. A call of a guest function pushes a frame and goes on in the same dispatch
// loop: plain functions, generators and their resumptions, async functions up to their first await, and all of these
// behind call, apply, bind, Reflect and proxies. Other functions are called on the spot.
import { OPCODE_LENGTHS } from '../bytecode/opcodes.gen.ts';
import type { Agent } from '../runtime/agent.ts';
import { Call, Construct } from '../runtime/call.ts';
import { ThrowCompletion } from '../runtime/completion.ts';
import { throwTypeError } from '../runtime/errors.ts';
import type { GuestCall } from '../runtime/guest-work.ts';
import { DefaultConstructor, superConstructorOf } from '../runtime/objects/default-constructor.ts';
import type { ClassFieldDefinition, FunctionObject } from '../runtime/objects/function.ts';
import { GeneratorObject, type ResumptionKind } from '../runtime/objects/generator.ts';
import { JSObject, type PendingWork, type TailCall } from '../runtime/objects/object.ts';
import type { PromiseObject } from '../runtime/objects/promise.ts';
import { AsyncBlock } from '../runtime/operations/async-operations.ts';
import type { ClassElements } from '../runtime/operations/class-definition.ts';
import {
  defineFieldValue,
  hasInitializer,
  InitializeInstanceElements,
  PrivateMethodOrAccessorAdd,
} from '../runtime/operations/instance-elements.ts';
import { CreateIteratorResultObject } from '../runtime/operations/iterator-operations.ts';
import { OrdinaryCreateFromConstructor } from '../runtime/operations/object-operations.ts';
import {
  createPromise,
  performPromiseThenContinuation,
  RejectPromise,
  resolvePromise,
} from '../runtime/operations/promise-operations.ts';
import type { Value } from '../runtime/value.ts';
import { Continuation } from './continuation.ts';
import { VMCoroutine } from './coroutine.ts';
import {
  createThis,
  enterAsync,
  enterClassConstructor,
  enterGenerator,
  enterNormal,
  makeFrame,
} from './entry-codes.ts';
import {
  BEFORE_START,
  END_ASYNC,
  END_CONSTRUCT,
  END_CONTINUE,
  END_DERIVED,
  END_DROP,
  END_ENTRY,
  END_GENERATOR,
  END_RESUMED,
  FRAME_AWAITING,
  FRAME_RETURNED,
  FRAME_YIELDED,
  type VMFrame,
} from './frame.ts';
import type { VMFunction } from './function.ts';
import { CALLED, FRAME_LEFT, FRAME_PAUSED, FRAME_SWITCHED } from './handler.ts';
import { workFrom } from './work-in-frame.ts';

export const NO_ARGUMENTS: readonly Value[] = [];

/** Charges a call that pushes a frame. */
export function chargeCall(agent: Agent): void {
  if (--agent.fuel < 0) agent.refuel();
  if (agent.frameCount >= agent.limits.frames) agent.throwStackOverflow();
}

/** Makes `callee` the running frame, called from `caller`; its call has been charged. */
export function pushFrame(agent: Agent, caller: VMFrame, callee: VMFrame): number {
  callee.caller = caller;
  agent.frameCount++;
  agent.context = callee;
  agent.realm = callee.realm;
  return agent.pausing && agent.pausable ? FRAME_PAUSED : FRAME_SWITCHED;
}

/**
 * Calls a function for the instruction at `frame.pc`. `ending` is END_CALL (the result goes to the instruction's first
 * operand), END_DROP, or END_CONTINUE with a continuation. Gives what a handler gives if a frame was pushed; else CALLED, and
 * the value is in `frame.result`: the instruction is not done.
 */
export function callFrom(
  agent: Agent,
  frame: VMFrame,
  callee: FunctionObject,
  thisArgument: Value,
  argList: readonly Value[],
  ending: number,
  continuation: Continuation | null,
): number {
  let F = callee;
  let thisValue = thisArgument;
  let args = argList;
  for (;;) {
    const { code } = F;
    if (code === enterNormal || code === enterGenerator) {
      chargeCall(agent);
      const pushed = makeFrame(F as VMFunction, thisValue, undefined, args, ending);
      pushed.continuation = continuation;
      return pushFrame(agent, frame, pushed);
    }
    if (code === enterAsync)
      return callAsync(agent, frame, F as VMFunction, thisValue, args, ending, continuation);
    const { special } = F;
    if (special === null) break;
    if (special.resumes !== undefined) {
      if (!canResume(thisValue, special.resumes)) break;
      const value = args.length === 0 ? undefined : args[0];
      return resumeGenerator(agent, frame, thisValue, special.resumes, value, ending, continuation);
    }
    agent.chargeFuel(1);
    agent.realm = F.realm ?? agent.realm;
    if (special.work !== undefined) {
      const pending: PendingWork = special.work(F, thisValue, undefined, args);
      return workFrom(agent, frame, pending, ending, continuation);
    }
    const tail: TailCall | null =
      special.tail === undefined ? null : special.tail(F, thisValue, undefined, args);
    if (tail === null) break;
    if (tail.newTarget !== undefined || tail.check !== undefined) {
      return tailFrom(agent, frame, tail, ending, continuation);
    }
    F = tail.F as FunctionObject;
    thisValue = tail.thisValue;
    args = tail.args;
  }
  frame.result = callHostCode(agent, frame, F, thisValue, args);
  return CALLED;
}

/** Calls what pushes no frame, on the spot. What is thrown leaves depth and realm to whoever catches it. */
function callHostCode(
  agent: Agent,
  frame: VMFrame,
  F: FunctionObject,
  thisValue: Value,
  args: readonly Value[],
): Value {
  let result: Value;
  if (args.length > 2) result = Call(agent, F, thisValue, args);
  else {
    const units = F.callDepth;
    agent.enter(units);
    agent.realm = F.realm ?? agent.realm;
    if (args.length === 0) result = F.code(F, thisValue, undefined);
    else if (args.length === 1) result = F.code(F, thisValue, undefined, args[0]);
    else result = F.code(F, thisValue, undefined, args[0], args[1]);
    agent.depth -= units;
  }
  agent.realm = frame.realm;
  return result;
}

/** Makes the call of a step of work, as callFrom. */
export function makeCallFrom(
  agent: Agent,
  frame: VMFrame,
  { F, thisValue, args, newTarget }: GuestCall,
  continuation: Continuation,
): number {
  if (newTarget === undefined) return callFrom(agent, frame, F, thisValue, args, END_CONTINUE, continuation);
  return constructFrom(agent, frame, F, args, newTarget, END_CONTINUE, continuation);
}

/** A tail call that constructs, or whose result is looked at. */
function tailFrom(
  agent: Agent,
  frame: VMFrame,
  tail: TailCall,
  ending: number,
  continuation: Continuation | null,
): number {
  if (tail.newTarget !== undefined) {
    const F = tail.F as FunctionObject;
    return constructFrom(agent, frame, F, tail.args, tail.newTarget, ending, continuation);
  }
  const check = tail.check as NonNullable<TailCall['check']>;
  const after = new CheckedCall(check, ending, continuation);
  const called = callFrom(
    agent,
    frame,
    tail.F as FunctionObject,
    tail.thisValue,
    tail.args,
    END_CONTINUE,
    after,
  );
  if (called === CALLED) frame.result = check(agent, frame.result);
  return called;
}

/** Looks at the result of a call before it is handed on. */
class CheckedCall extends Continuation {
  private readonly check: NonNullable<TailCall['check']>;
  private readonly ending: number;
  private readonly continuation: Continuation | null;

  constructor(check: NonNullable<TailCall['check']>, ending: number, continuation: Continuation | null) {
    super(continuation);
    this.check = check;
    this.ending = ending;
    this.continuation = continuation;
  }

  override returned(agent: Agent, frame: VMFrame, value: Value): number {
    return deliver(agent, frame, this.ending, this.continuation, this.check(agent, value));
  }

  override threw(agent: Agent, frame: VMFrame, value: Value): number | false {
    return this.continuation === null ? false : this.continuation.threw(agent, frame, value);
  }
}

/** Gives the running frame the result of what it called; what a handler gives. */
export function deliver(
  agent: Agent,
  frame: VMFrame,
  ending: number,
  continuation: Continuation | null,
  value: Value,
): number {
  if ((ending & END_CONTINUE) !== 0) return (continuation as Continuation).returned(agent, frame, value);
  const { code, pc } = frame;
  if ((ending & END_DROP) === 0) frame.registers[code[pc + 1]] = value;
  return pc + OPCODE_LENGTHS[code[pc]];
}

/** The same for a call that may have been made on the spot. */
export function finishCall(agent: Agent, frame: VMFrame, called: number, ending: number): number {
  return called === CALLED ? deliver(agent, frame, ending, null, frame.result) : called;
}

/** Makes the caller of a frame that is done the running one and gives it the result. */
function deliverToCaller(agent: Agent, frame: VMFrame, ending: number, value: Value): number {
  const caller = frame.caller as VMFrame;
  const { continuation } = frame;
  const { pool } = frame.feedback;
  if (pool !== null) pool.giveBack(frame);
  else {
    // Before the continuation goes on, which may resume the frame.
    frame.caller = null;
    frame.continuation = null;
  }
  agent.context = caller;
  agent.realm = caller.realm;
  agent.frameCount--;
  const next = deliver(agent, caller, ending, continuation, value);
  if (next < 0) return next;
  caller.pc = next;
  return FRAME_SWITCHED;
}

/** Suspends a coroutine that WorkInFrame has resumed. */
export function suspendToCaller(agent: Agent, frame: VMFrame, value: Value): number {
  return deliverToCaller(agent, frame, frame.ending, value);
}

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
  if ((ending & END_RESUMED) !== 0) frame.status = FRAME_RETURNED;
  else if ((ending & END_GENERATOR) !== 0) {
    completeGenerator(frame);
    result = CreateIteratorResultObject(agent, value, true);
  } else if ((ending & END_ASYNC) !== 0) {
    const { promise } = frame.asyncBlock as AsyncBlock;
    resolvePromise(agent, promise, value);
    result = promise;
  }
  return deliverToCaller(agent, frame, ending, result);
}

/** Leaves the frame with what a call gave. */
class LeaveWithResult extends Continuation {
  override returned(agent: Agent, frame: VMFrame, value: Value): number {
    return leave(agent, frame, value);
  }
}
export const LEAVE_WITH_RESULT = new LeaveWithResult();

/** The end of [[Construct]] of a derived constructor. */
function derivedResult(agent: Agent, frame: VMFrame, value: Value): Value {
  if (value instanceof JSObject) return value;
  // What follows belongs to the caller, whose realm its errors have.
  agent.context = frame.caller;
  agent.realm = frame.caller?.realm ?? agent.realm;
  if (value !== undefined) throwTypeError(agent, 'Derived constructors may only return object or undefined');
  return frame.functionEnvironment?.GetThisBinding(agent);
}

// ---- Generators

/** Its resumption runs guest code in a frame of ours. */
export function canResume(generator: Value, kind: ResumptionKind): generator is GeneratorObject {
  if (!(generator instanceof GeneratorObject)) return false;
  const state = generator.generatorState;
  if (state !== 'suspended-yield' && (state !== 'suspended-start' || kind !== 'normal')) return false;
  return generator.coroutine instanceof VMCoroutine;
}

/** GeneratorResume or GeneratorResumeAbrupt, in the dispatch loop that runs, of a generator that `canResume`. */
export function resumeGenerator(
  agent: Agent,
  frame: VMFrame,
  generator: GeneratorObject,
  kind: ResumptionKind,
  value: Value,
  ending: number,
  continuation: Continuation | null,
): number {
  chargeCall(agent);
  const coroutine = generator.coroutine as VMCoroutine;
  const callee = coroutine.frame;
  generator.generatorState = 'executing';
  callee.generator = generator;
  callee.ending = ending | END_GENERATOR;
  callee.continuation = continuation;
  const pushed = pushFrame(agent, frame, callee);
  if (!coroutine.receive(kind, value)) throw new ThrowCompletion(value);
  return pushed;
}

/** A generator that runs in this frame is over. */
export function completeGenerator(frame: VMFrame): void {
  const generator = frame.generator as GeneratorObject;
  generator.generatorState = 'completed';
  generator.coroutine = null;
}

/** Leaves a generator function's frame with the generator object, which resumes it from now on. */
export function leaveWithGenerator(agent: Agent, frame: VMFrame, generator: JSObject): number {
  const { ending } = frame;
  frame.ending = END_ENTRY;
  frame.status = FRAME_YIELDED;
  if ((ending & END_ENTRY) === 0) return deliverToCaller(agent, frame, ending, generator);
  frame.result = generator;
  return FRAME_LEFT;
}

/** Yields the value, which is an iterator result object, from a frame that was resumed by resumeGenerator. */
export function yieldToCaller(agent: Agent, frame: VMFrame, result: Value): number {
  const { ending } = frame;
  (frame.generator as GeneratorObject).generatorState = 'suspended-yield';
  frame.status = FRAME_YIELDED;
  return deliverToCaller(agent, frame, ending, result);
}

// ---- Async functions

function callAsync(
  agent: Agent,
  frame: VMFrame,
  F: VMFunction,
  thisValue: Value,
  args: readonly Value[],
  ending: number,
  continuation: Continuation | null,
): number {
  chargeCall(agent);
  agent.realm = F.realm;
  const callee = makeFrame(F, thisValue, undefined, args, ending | END_ASYNC);
  callee.continuation = continuation;
  callee.asyncBlock = new AsyncBlock(new VMCoroutine(callee), createPromise(agent));
  return pushFrame(agent, frame, callee);
}

/** Suspends an async function that has not awaited before: its caller gets the promise. */
export function awaitFromCaller(agent: Agent, frame: VMFrame, promise: PromiseObject): number {
  const { ending } = frame;
  const block = frame.asyncBlock as AsyncBlock;
  performPromiseThenContinuation(agent, promise, block);
  frame.status = FRAME_AWAITING;
  return deliverToCaller(agent, frame, ending, block.promise);
}

/** An async function threw before it awaited. */
export function rejectToCaller(agent: Agent, frame: VMFrame, value: Value): number {
  const { promise } = frame.asyncBlock as AsyncBlock;
  RejectPromise(agent, promise, value);
  return deliverToCaller(agent, frame, frame.ending, promise);
}

// ---- Construction

/** Construct, like callFrom. The frame of a base constructor is there, but has not begun, while the fields get their values. */
export function constructFrom(
  agent: Agent,
  frame: VMFrame,
  constructor: FunctionObject,
  argList: readonly Value[],
  newTargetArgument: JSObject,
  ending: number,
  continuation: Continuation | null,
): number {
  let F = constructor;
  let args = argList;
  let newTarget = newTargetArgument;
  for (;;) {
    if (F.code === enterNormal || F.code === enterClassConstructor) {
      chargeCall(agent);
      const callee = F as VMFunction;
      if (callee.constructorKind === 'derived') {
        const pushed = makeFrame(callee, undefined, newTarget, args, ending | END_DERIVED);
        pushed.continuation = continuation;
        return pushFrame(agent, frame, pushed);
      }
      const thisArgument = createThis(agent, callee, newTarget);
      const pushed = makeFrame(callee, thisArgument, newTarget, args, ending | END_CONSTRUCT);
      pushed.continuation = continuation;
      const switched = pushFrame(agent, frame, pushed);
      if (callee.fields.length === 0 && callee.privateMethods.length === 0) return switched;
      pushed.pc = BEFORE_START;
      const next = initializeElements(agent, pushed, thisArgument, callee);
      if (next < 0) return next;
      pushed.pc = next;
      return switched;
    }
    if (F instanceof DefaultConstructor)
      return new DefaultConstruction(F, ending, continuation).begin(agent, frame, args, newTarget);
    const { special } = F;
    if (special === null || (special.tail === undefined && special.work === undefined)) break;
    agent.chargeFuel(1);
    agent.realm = F.realm ?? agent.realm;
    if (special.work !== undefined) {
      const pending: PendingWork = special.work(F, undefined, newTarget, args);
      return workFrom(agent, frame, pending, ending, continuation);
    }
    if (special.tail === undefined) break;
    const tail: TailCall | null = special.tail(F, undefined, newTarget, args);
    if (tail === null) break;
    if (tail.newTarget === undefined) return tailFrom(agent, frame, tail, ending, continuation);
    F = tail.F as FunctionObject;
    args = tail.args;
    newTarget = tail.newTarget;
  }
  frame.result = Construct(agent, F, args, newTarget);
  agent.realm = frame.realm;
  return CALLED;
}

/**
 * InitializeInstanceElements ( O, constructor ), in steps where fields have initializers; then goes on behind the instruction, or
 * at the start of a frame that has not begun.
 */
export function initializeElements(
  agent: Agent,
  frame: VMFrame,
  O: JSObject,
  constructor: VMFunction,
): number {
  const { fields, privateMethods } = constructor;
  if (!fields.some(hasInitializer)) {
    InitializeInstanceElements(agent, O, constructor);
    return behindElements(frame);
  }
  for (let i = 0; i < privateMethods.length; i++) PrivateMethodOrAccessorAdd(agent, O, privateMethods[i]);
  return defineElements(agent, frame, O, fields);
}

/** Defines elements as the end of the instruction. */
function defineElements(
  agent: Agent,
  frame: VMFrame,
  O: JSObject,
  elements: readonly (ClassFieldDefinition | JSObject)[],
): number {
  const defined = new FieldInitialization(O, elements, null).step(agent, frame);
  return defined === CALLED ? behindElements(frame) : defined;
}

function behindElements({ code, pc }: VMFrame): number {
  return pc === BEFORE_START ? 0 : pc + OPCODE_LENGTHS[code[pc]];
}

/** Defines static or other fields of `O`, and calls the functions among the elements with it. */
class FieldInitialization extends Continuation {
  private readonly O: JSObject;
  private readonly elements: readonly (ClassFieldDefinition | JSObject)[];
  /** What is constructed; null where the elements are the end of an instruction. */
  private readonly construction: DefaultConstruction | null;
  private index: number;

  constructor(
    O: JSObject,
    elements: readonly (ClassFieldDefinition | JSObject)[],
    construction: DefaultConstruction | null,
  ) {
    super();
    this.O = O;
    this.elements = elements;
    this.construction = construction;
    this.index = 0;
  }

  /** CALLED if no frame had to be pushed. */
  step(agent: Agent, frame: VMFrame): number {
    const { elements, O } = this;
    while (this.index < elements.length) {
      const element = elements[this.index];
      const initializer = element instanceof JSObject ? element : element.initializer;
      if (initializer !== null) {
        const F = initializer as FunctionObject;
        const called = callFrom(agent, frame, F, O, NO_ARGUMENTS, END_CONTINUE, this);
        if (called !== CALLED) return called;
        this.define(agent, frame.result);
      } else this.define(agent, undefined);
    }
    return CALLED;
  }

  private define(agent: Agent, value: Value): void {
    const element = this.elements[this.index++];
    if (!(element instanceof JSObject)) defineFieldValue(agent, this.O, element, value);
  }

  override returned(agent: Agent, frame: VMFrame, value: Value): number {
    const { construction } = this;
    this.define(agent, value);
    const defined = this.step(agent, frame);
    if (defined !== CALLED) return defined;
    return construction === null ? behindElements(frame) : construction.deliver(agent, frame, this.O);
  }

  override threw(agent: Agent, frame: VMFrame, value: Value): number | false {
    return this.construction === null ? false : this.construction.threw(agent, frame, value);
  }
}

/** [[Construct]] of a constructor that its class does not write: of the superclass, then of the fields. */
class DefaultConstruction extends Continuation {
  private readonly F: DefaultConstructor;
  private readonly ending: number;
  private readonly continuation: Continuation | null;

  constructor(F: DefaultConstructor, ending: number, continuation: Continuation | null) {
    super(continuation);
    this.F = F;
    this.ending = ending;
    this.continuation = continuation;
  }

  /** CALLED if no frame had to be pushed; see constructFrom. */
  begin(agent: Agent, frame: VMFrame, args: readonly Value[], newTarget: JSObject): number {
    const { F } = this;
    agent.chargeFuel(1);
    // Chains of classes without constructors nest here.
    agent.enter(2);
    agent.realm = F.realm;
    let called = CALLED;
    if (F.constructorKind === 'derived') {
      const func = superConstructorOf(agent, F);
      called = constructFrom(agent, frame, func, args, newTarget, END_CONTINUE, this);
    } else frame.result = OrdinaryCreateFromConstructor(agent, newTarget, '%Object.prototype%');
    if (called === CALLED) called = this.initialize(agent, frame, frame.result as JSObject);
    agent.depth -= 2;
    return called;
  }

  private initialize(agent: Agent, frame: VMFrame, O: JSObject): number {
    const { F } = this;
    const { fields, privateMethods } = F;
    let defined = CALLED;
    agent.realm = F.realm;
    if (fields.some(hasInitializer)) {
      for (let i = 0; i < privateMethods.length; i++) PrivateMethodOrAccessorAdd(agent, O, privateMethods[i]);
      defined = new FieldInitialization(O, fields, this).step(agent, frame);
    } else InitializeInstanceElements(agent, O, F);
    if (defined !== CALLED) return defined;
    agent.realm = frame.realm;
    frame.result = O;
    return CALLED;
  }

  /** Hands on what has been constructed. */
  deliver(agent: Agent, frame: VMFrame, O: JSObject): number {
    agent.realm = frame.realm;
    return deliver(agent, frame, this.ending, this.continuation, O);
  }

  override returned(agent: Agent, frame: VMFrame, value: Value): number {
    const initialized = this.initialize(agent, frame, value as JSObject);
    return initialized === CALLED ? this.deliver(agent, frame, value as JSObject) : initialized;
  }

  override threw(agent: Agent, frame: VMFrame, value: Value): number | false {
    return this.continuation === null ? false : this.continuation.threw(agent, frame, value);
  }
}

/** The static elements of a class that has been defined. */
export function initializeClass(agent: Agent, frame: VMFrame, definition: ClassElements): number {
  const { result, elements } = definition.beginInitialization(agent);
  return defineElements(agent, frame, result, elements);
}
