// hot
// Frames of calls that are over, kept for the next calls of their code. Only frames that nothing refers to any more come here:
// those of plain functions that returned. Frames of generators, of async functions and of what keeps its arguments never do, nor
// does a frame that an exception left.
import type { CodeUnit } from '../bytecode/unit.ts';
import { CALL_CLASS_CONSTRUCTOR, CALL_NORMAL } from '../bytecode/unit.ts';
import type { Value } from '../runtime/value.ts';
import { END_CALL, FRAME_RUNNING, type VMFrame } from './frame.ts';
import type { VMFunction } from './function.ts';

/** Frames that are kept for one code unit: as deep as recursion mostly is. */
const MOST_FRAMES = 64;
/** Longer lists of registers are dearer to clear than to make. */
const MOST_REGISTERS = 48;

export class FramePool {
  /** The frames, one behind the other by `caller`. */
  top: VMFrame | null;
  size: number;
  readonly parameterCount: number;
  /** Registers below are cleared; the others hold constants. */
  readonly clearedCount: number;
  /** The only function that frames go on to refer to while they wait: that of the first call. */
  func: VMFunction | null;

  constructor(unit: CodeUnit) {
    this.top = null;
    this.size = 0;
    this.parameterCount = unit.parameterCount;
    this.clearedCount = unit.firstConstantRegister;
    this.func = null;
  }

  /** A frame for a call of `F` whose registers are those of a new one, but for `this` and the arguments; null: there is none. */
  take(F: VMFunction): VMFrame | null {
    const frame = this.top;
    if (frame === null) return null;
    this.top = frame.caller as VMFrame | null;
    this.size--;
    if (frame.func !== F) this.adopt(frame, F);
    return frame;
  }

  private adopt(frame: VMFrame, F: VMFunction): void {
    frame.func = F;
    frame.realm = F.realm;
    frame.scriptOrModule = F.scriptOrModule;
    frame.privateEnvironment = F.privateEnvironment;
    frame.registers[this.parameterCount] = F.environment as unknown as Value;
  }

  /** Takes a frame that has returned to something else than an instruction that stores the result. */
  giveBack(frame: VMFrame): void {
    frame.ending = END_CALL;
    frame.newTarget = undefined;
    frame.continuation = null;
    frame.entry = null;
    frame.status = FRAME_RUNNING;
    this.give(frame);
  }

  /** Takes a frame that has returned and whose `ending` was END_CALL. */
  give(frame: VMFrame): void {
    if (this.size >= MOST_FRAMES) return;
    const { registers } = frame;
    const { clearedCount, parameterCount } = this;
    for (let i = 0; i < parameterCount; i++) registers[i] = undefined;
    for (let i = parameterCount + 1; i < clearedCount; i++) registers[i] = undefined;
    frame.pc = 0;
    frame.functionEnvironment = null;
    frame.result = undefined;
    if (frame.func !== this.func) this.forget(frame);
    frame.caller = this.top;
    this.top = frame;
    this.size++;
  }

  /** Closures of frames that wait are not kept alive, but for the first one, which call sites keep, too. */
  private forget(frame: VMFrame): void {
    if (this.func === null) {
      this.func = frame.func as VMFunction;
      return;
    }
    frame.func = null;
    frame.privateEnvironment = null;
    frame.registers[this.parameterCount] = undefined;
  }
}

/** The pool of a unit; null if its frames are not kept. */
export function poolFor(unit: CodeUnit): FramePool | null {
  const { callKind } = unit;
  if (unit.unitKind !== 'function' || unit.keepsArguments) return null;
  if (callKind !== CALL_NORMAL && callKind !== CALL_CLASS_CONSTRUCTOR) return null;
  return unit.firstConstantRegister > MOST_REGISTERS ? null : new FramePool(unit);
}
