// The driver of the dispatch loop: it calls functions from outside, unwinds to handlers of exceptions, and says how a
// run ended. The only `try` is here.

import { WASM_TRAP_MESSAGES, WASM_TRAP_NONE, WASM_TRAP_STACK, type WasmTrap } from '../../eval/wasm-traps.ts';
import { ExnInst, type FuncInst } from '../runtime/instances.ts';
import type { RegisterCode } from '../runtime/register-code.ts';
import { dispatch } from './hot-core.gen.ts';
import {
  type Machine,
  STATUS_DONE,
  STATUS_FUEL,
  STATUS_HOST,
  STATUS_RUNNING,
  STATUS_THROW,
  STATUS_TRAP,
} from './machine.ts';

/** A frame of a stack trace, the innermost first. */
export interface TraceFrame {
  /** Index of the function in its module, and its name if the module gives it one. */
  readonly funcidx: number;
  readonly name: string | null;
  readonly module: string | null;
  /** Of the instruction, in the module's source. */
  readonly position: number;
}

/** A trap on its way through functions of the host. No module can catch it. */
export class WasmTrapStop {
  readonly trap: WasmTrap;
  readonly trace: readonly TraceFrame[];

  constructor(trap: WasmTrap, trace: readonly TraceFrame[]) {
    this.trap = trap;
    this.trace = trace;
  }

  get message(): string {
    return WASM_TRAP_MESSAGES[this.trap] as string;
  }
}

/** `host-call`: a function of the host is to be called, see Machine.suspends. */
export type RunOutcome = 'done' | 'out-of-fuel' | 'host-call';

const MAX_TRACE = 100;

/**
 * Calls a function whose arguments lie in the machine's slots from `base` on; its results come to lie there. Throws a
 * WasmTrapStop, an ExnInst that nobody caught, or what a function of the host threw. `out-of-fuel` means that the run
 * has paused and `resume` goes on with it.
 */
export function invoke(m: Machine, func: FuncInst, base: number): RunOutcome {
  if (m.nesting >= m.store.limits.hostNesting) throw new WasmTrapStop(WASM_TRAP_STACK, traceOf(m));
  if (func.host !== null) {
    m.callHost(func, base, m.pc);
    return 'done';
  }
  const code = m.codeOf(func);
  if (!m.hasRoom(base, code)) throw new WasmTrapStop(WASM_TRAP_STACK, traceOf(m));
  m.pushFrame(-1);
  const entryPc = m.pc;
  m.enter(func, code, base);
  try {
    const outcome = run(m, m.depth);
    if (outcome === 'done') m.pc = entryPc;
    return outcome;
  } catch (error) {
    m.pc = entryPc;
    throw error;
  }
}

/** The same with Machine.suspends, of a function of a module; where it waits, an Activation is made of it. */
export function invokeSuspending(m: Machine, func: FuncInst, base: number): RunOutcome {
  const outer = m.suspends;
  m.suspends = true;
  try {
    return invoke(m, func, base);
  } finally {
    m.suspends = outer;
  }
}

/** Goes on with a run that paused for lack of fuel. It must be the outermost. */
export function resume(m: Machine): RunOutcome {
  return run(m, 1);
}

/** Runs the frames above `entryDepth`, that included. Throws what `invoke` throws, the frames being gone. */
export function run(m: Machine, entryDepth: number): RunOutcome {
  m.nesting++;
  try {
    for (;;) {
      m.isStopped = false;
      m.status = STATUS_RUNNING;
      step(m, entryDepth);
      switch (m.status) {
        case STATUS_DONE:
          return 'done';
        case STATUS_TRAP:
          return trapped(m, entryDepth);
        case STATUS_THROW:
          unwind(m, entryDepth);
          break;
        case STATUS_FUEL:
          return 'out-of-fuel';
        case STATUS_HOST:
          return 'host-call';
      }
    }
  } finally {
    m.nesting--;
    m.isStopped = false;
  }
}

/** Runs until the machine stops. What functions of the host throw is turned into an exception if it can be. */
function step(m: Machine, entryDepth: number): void {
  const { nesting } = m;
  try {
    dispatch(m);
  } catch (error) {
    m.nesting = nesting;
    const exception = error instanceof ExnInst ? error : m.store.exceptionOf(error);
    if (exception === null) {
      // Traps of inner runs and stops of the embedder pass through all frames.
      leave(m, entryDepth);
      throw error;
    }
    m.thrown = exception;
    m.status = STATUS_THROW;
  }
}

/** Drops all frames down to the one that called the run. */
function leave(m: Machine, entryDepth: number): void {
  while (m.depth >= entryDepth) m.popFrame();
}

/** Gives up a run that paused for lack of fuel and the frames above `depth`. */
export function abandon(m: Machine, depth: number): void {
  leave(m, depth + 1);
}

function trapped(m: Machine, entryDepth: number): never {
  const stop = new WasmTrapStop(m.trap, traceOf(m));
  m.trap = WASM_TRAP_NONE;
  leave(m, entryDepth);
  throw stop;
}

/** Goes to the handler of the exception thrown, or leaves the run with it. */
export function unwind(m: Machine, entryDepth: number): void {
  const exception = m.thrown as ExnInst;
  m.thrown = null;
  let pc = m.pc;
  for (;;) {
    const code = m.func?.code?.code as RegisterCode;
    const handler = findHandler(m, code, pc, exception);
    if (handler !== null) {
      const base = m.fp + handler.slot;
      if (handler.tag >= 0) {
        m.i32.set(exception.words, base << 1);
        for (let i = 0; i < exception.refs.length; i++) m.refs[base + i] = exception.refs[i];
      }
      if (handler.refSlot >= 0) m.refs[m.fp + handler.refSlot] = exception;
      m.pc = handler.target;
      return;
    }
    const isInside = m.popFrame();
    if (!isInside || m.depth < entryDepth) throw m.store.valueOfException(exception);
    // The call is what threw, and the caller's pc is behind it.
    pc = m.pc - 1;
  }
}

function findHandler(m: Machine, code: RegisterCode, pc: number, exception: ExnInst) {
  let depth = Number.POSITIVE_INFINITY;
  for (const handler of code.handlers) {
    if (pc < handler.start || pc >= handler.end || handler.depth > depth) continue;
    if (handler.kind === 'delegate') depth = handler.depth;
    else if (handler.tag < 0 || m.instance.tags[handler.tag] === exception.tag) return handler;
  }
  return null;
}

/** The frames at the machine's pc. */
export function traceOf(m: Machine): TraceFrame[] {
  const trace: TraceFrame[] = [];
  let func = m.func;
  let pc = m.pc;
  for (let depth = m.depth - 1; depth >= 0 && trace.length < MAX_TRACE; depth--) {
    const code = func?.code;
    if (code != null) {
      const { names } = code.valid.module;
      trace.push({
        funcidx: code.index,
        name: names.functions.get(code.index) ?? null,
        module: names.module,
        position: code.code?.positionOf(pc) ?? code.func.position,
      });
    }
    func = m.frameFuncs[depth] as FuncInst | null;
    pc = Math.max(0, (m.framePcs[depth] as number) - 1);
  }
  return trace;
}
