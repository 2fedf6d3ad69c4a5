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
  /** The frames, one behind the other by `caller`; their `pc` is less by the number of those behind, from 0 on. */
  top: VMFrame | null;
  readonly parameterCount: number;
  /** Registers below are cleared; the others hold constants. */
  readonly clearedCount: number;
  /** The only function that frames go on to refer to while they wait: that of the first call. */
  func: VMFunction | null;

  constructor(unit: CodeUnit) {
    this.top = null;
    this.parameterCount = unit.parameterCount;
    this.clearedCount = unit.firstConstantRegister;
    this.func = null;
  }

  /** A frame for a call of `F` whose registers are those of a new one, but for `this` and the arguments; null: there is none. */
  take(F: VMFunction): VMFrame | null {
    const frame = this.top;
    if (frame === null) return null;
    this.top = frame.caller as VMFrame | null;
    if (frame.func !== F) this.adopt(frame, F);
    frame.pc = 0;
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
    const { top, clearedCount, parameterCount } = this;
    const { registers } = frame;
    let height = 0;
    if (top !== null) {
      height = top.pc - 1;
      if (height < -MOST_FRAMES) return;
    }
    const environment = registers[parameterCount];
    for (let i = 0; i < clearedCount; i++) registers[i] = undefined;
    registers[parameterCount] = environment;
    frame.pc = height;
    frame.functionEnvironment = null;
    frame.result = undefined;
    frame.caller = top;
    if (frame.func !== this.func) this.forget(frame);
    this.top = frame;
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
