// hot
// A frame of the VM: the execution context of one activation, on our heap, with its registers. Calls between guest
// functions push frames and never recurse on the host's stack. `pc` is that of the instruction being executed whenever
// something else than the dispatch loop runs; in callers it is that of the call.
import type { CodeUnit } from '../bytecode/unit.ts';
import type { Agent } from '../runtime/agent.ts';
import type { Environment, PrivateEnvironmentRecord } from '../runtime/environments.ts';
import { ExecutionContext, type SourceLocator } from '../runtime/execution-context.ts';
import type { ECMAScriptFunction, ScriptOrModule } from '../runtime/objects/function.ts';
import type { GeneratorObject } from '../runtime/objects/generator.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import type { AsyncBlock } from '../runtime/operations/async-operations.ts';
import type { Realm } from '../runtime/realm.ts';
import type { Value } from '../runtime/value.ts';
import type { Continuation } from './continuation.ts';
import type { VMFunctionEnvironment } from './environment.ts';
import type { Feedback } from './feedback.ts';

/** What happens to a frame's result; bits. */
export const END_CALL = 0;
/** The dispatch loop that runs the frame returns. */
export const END_ENTRY = 1;
/** [[Construct]] of a base constructor: an object, or else `this`. */
export const END_CONSTRUCT = 2;
/** [[Construct]] of a derived constructor: an object, or else what super() bound. */
export const END_DERIVED = 4;
/** The caller's instruction has no register for it. */
export const END_DROP = 8;
/** The frame's `continuation` gets it. */
export const END_CONTINUE = 16;
/** A resumption of a generator: an iterator result object. */
export const END_GENERATOR = 32;
/** An async function up to its first await: its promise. */
export const END_ASYNC = 64;

/** With END_CONTINUE: a coroutine that work of the runtime has resumed; suspensions go to the continuation, too. */
export const END_RESUMED = 128;

/** The `pc` of a frame that has not begun: no handler of its code is in force. */
export const BEFORE_START = -1;

export const FRAME_RUNNING = 0;
export const FRAME_RETURNED = 1;
export const FRAME_YIELDED = 2;
export const FRAME_AWAITING = 3;

export class VMFrame extends ExecutionContext {
  readonly unit: CodeUnit;
  readonly feedback: Feedback;
  readonly code: Int32Array;
  readonly registers: Value[];
  pc: number;
  ending: number;
  newTarget: JSObject | undefined;
  /** All arguments, if the unit keeps them. */
  readonly args: readonly Value[] | null;
  functionEnvironment: VMFunctionEnvironment | null;
  /** With END_CONTINUE. */
  continuation: Continuation | null;
  /** The generator, or the async function, whose evaluation this is. */
  generator: GeneratorObject | null;
  asyncBlock: AsyncBlock | null;
  /** The entry frame whose place a tail call took; null for itself. */
  entry: VMFrame | null;
  privateEnvironment: PrivateEnvironmentRecord | null;
  /** FRAME_*: how the last run of an entry frame ended, and with what. */
  status: number;
  /** Also: what a call on the spot gave, see callFrom. */
  result: Value;

  constructor(
    func: ECMAScriptFunction | null,
    realm: Realm,
    scriptOrModule: ScriptOrModule | null,
    feedback: Feedback,
    registers: Value[],
    newTarget: JSObject | undefined,
    args: readonly Value[] | null,
    privateEnvironment: PrivateEnvironmentRecord | null,
    ending: number,
  ) {
    super(func, realm, scriptOrModule);
    this.unit = feedback.unit;
    this.feedback = feedback;
    this.code = feedback.unit.code;
    this.registers = registers;
    this.pc = 0;
    this.ending = ending;
    this.newTarget = newTarget;
    this.args = args;
    this.functionEnvironment = null;
    this.continuation = null;
    this.generator = null;
    this.asyncBlock = null;
    this.entry = null;
    this.privateEnvironment = privateEnvironment;
    this.status = FRAME_RUNNING;
    this.result = undefined;
  }

  override get source(): SourceLocator | null {
    return this.unit.source;
  }

  override get position(): number {
    return this.unit.offsetAt(this.pc);
  }

  override get isConstructorCall(): boolean {
    return this.func !== null && this.newTarget !== undefined;
  }

  /** The environment the code was entered with. */
  get environment(): Environment {
    return this.registers[this.unit.environmentRegister] as unknown as Environment;
  }
}

/** A frame without code: what the callees of the runtime return to where it does not wait on the host's stack. */
export class StubFrame extends VMFrame {
  /** It does not show in stack traces. */
  override get source(): null {
    return null;
  }
}

/** Frames of more registers are counted by their registers too, which together are at most so many. */
export const LARGE_FRAME = 1024;
const MAX_LARGE_REGISTERS = 1 << 22;

/** Throws the RangeError of too deep nesting if the large frames that are running and one of `count` registers have too many. */
export function checkLargeFrame(agent: Agent, count: number): void {
  let registers = count;
  let walked = 0;
  for (let context = agent.context; context !== null; context = context.caller) {
    walked++;
    if (context instanceof VMFrame && context.registers.length > LARGE_FRAME)
      registers += context.registers.length;
  }
  agent.chargeFuel(walked >> 4);
  if (registers > MAX_LARGE_REGISTERS) agent.throwStackOverflow();
}
