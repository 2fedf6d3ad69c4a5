// hot
// The dispatch loop. The commonest instructions whose operands are of few host types stand here in their fast form;
// everything else, and every slow path, is a handler function in a table. Property access is not here: each new class of
// guest objects would deoptimize the whole loop, where it costs a small handler little. There is no `try`: what is thrown reaches the driver in run.ts, which unwinds.
//
// Written with the names of the opcodes; ci/generate-bytecode.mjs makes hot-core.gen.ts of it, with literal labels.
import {
  OP_Add,
  OP_BitwiseAND,
  OP_BitwiseOR,
  OP_Call,
  OP_CheckObjectCoercible,
  OP_Decrement,
  OP_Increment,
  OP_Jump,
  OP_JumpIfFalse,
  OP_JumpIfNotGreater,
  OP_JumpIfNotGreaterEqual,
  OP_JumpIfNotLess,
  OP_JumpIfNotLessEqual,
  OP_JumpIfNotStrictEqual,
  OP_JumpIfStrictEqual,
  OP_JumpIfTrue,
  OP_LoadConst,
  OP_LoadGlobal,
  OP_LoadInt,
  OP_LoadSlot,
  OP_LoadUndefined,
  OP_Loop,
  OP_Move,
  OP_Multiply,
  OP_Return,
  OP_StoreSlot,
  OP_StrictEqual,
  OP_Subtract,
  OP_ToNumeric,
  OP_ToPropertyKey,
  OPCODE_LENGTHS,
} from '../bytecode/opcodes.gen.ts';
import type { Agent } from '../runtime/agent.ts';
import { ToBoolean } from '../runtime/operations/type-conversion.ts';
import { MAX_ARRAY_INDEX } from '../runtime/property-key.ts';
import type { Value } from '../runtime/value.ts';
import type { VMEnvironment } from './environment.ts';
import { END_CALL, type VMFrame } from './frame.ts';
import { FRAME_PAUSED, FRAME_SWITCHED, type Handler } from './handler.ts';

/** Comparing longer strings is charged. */
const LONG_STRING = 4096;

/** Runs `agent.context`, a VMFrame, until a frame with END_ENTRY ends or suspends, or, true, the program is to be paused. */
export function dispatch(agent: Agent, handlers: readonly Handler[]): boolean {
  let frame = agent.context as VMFrame;
  let code = frame.code;
  let regs = frame.registers;
  let pc = frame.pc;
  for (;;) {
    switch (code[pc]) {
      case OP_Move:
        regs[code[pc + 1]] = regs[code[pc + 2]];
        pc += 3;
        continue;
      case OP_LoadUndefined:
        regs[code[pc + 1]] = undefined;
        pc += 2;
        continue;
      case OP_LoadInt:
        regs[code[pc + 1]] = code[pc + 2];
        pc += 3;
        continue;
      case OP_Add: {
        const a = regs[code[pc + 2]];
        const b = regs[code[pc + 3]];
        if (typeof a === 'number' && typeof b === 'number') {
          regs[code[pc + 1]] = a + b;
          pc += 5;
          continue;
        }
        break;
      }
      case OP_Subtract: {
        const a = regs[code[pc + 2]];
        const b = regs[code[pc + 3]];
        if (typeof a === 'number' && typeof b === 'number') {
          regs[code[pc + 1]] = a - b;
          pc += 5;
          continue;
        }
        break;
      }
      case OP_Multiply: {
        const a = regs[code[pc + 2]];
        const b = regs[code[pc + 3]];
        if (typeof a === 'number' && typeof b === 'number') {
          regs[code[pc + 1]] = a * b;
          pc += 5;
          continue;
        }
        break;
      }
      case OP_BitwiseAND: {
        const a = regs[code[pc + 2]];
        const b = regs[code[pc + 3]];
        if (typeof a === 'number' && typeof b === 'number') {
          regs[code[pc + 1]] = a & b;
          pc += 5;
          continue;
        }
        break;
      }
      case OP_BitwiseOR: {
        const a = regs[code[pc + 2]];
        const b = regs[code[pc + 3]];
        if (typeof a === 'number' && typeof b === 'number') {
          regs[code[pc + 1]] = a | b;
          pc += 5;
          continue;
        }
        break;
      }
      case OP_Increment: {
        const a = regs[code[pc + 2]];
        if (typeof a === 'number') {
          regs[code[pc + 1]] = a + 1;
          pc += 4;
          continue;
        }
        break;
      }
      case OP_Decrement: {
        const a = regs[code[pc + 2]];
        if (typeof a === 'number') {
          regs[code[pc + 1]] = a - 1;
          pc += 4;
          continue;
        }
        break;
      }
      case OP_StrictEqual: {
        const a = regs[code[pc + 2]];
        if (typeof a === 'string' ? a.length > LONG_STRING : typeof a === 'bigint') break;
        regs[code[pc + 1]] = a === regs[code[pc + 3]];
        pc += 4;
        continue;
      }
      case OP_Jump:
        pc += 2 + code[pc + 1];
        continue;
      case OP_Loop:
        frame.feedback.loopCount++;
        if (--agent.fuel < 0) {
          frame.pc = pc;
          agent.refuel();
          if (agent.pausing && agent.pausable) {
            frame.pc = pc + 2 + code[pc + 1];
            return true;
          }
        }
        pc += 2 + code[pc + 1];
        continue;
      case OP_JumpIfTrue: {
        const a = regs[code[pc + 1]];
        pc += a === true || (a !== false && ToBoolean(a)) ? 3 + code[pc + 2] : 3;
        continue;
      }
      case OP_JumpIfFalse: {
        const a = regs[code[pc + 1]];
        pc += a === false || (a !== true && !ToBoolean(a)) ? 3 + code[pc + 2] : 3;
        continue;
      }
      case OP_JumpIfStrictEqual: {
        const a = regs[code[pc + 1]];
        if (typeof a === 'string' ? a.length > LONG_STRING : typeof a === 'bigint') break;
        pc += a === regs[code[pc + 2]] ? 4 + code[pc + 3] : 4;
        continue;
      }
      case OP_JumpIfNotStrictEqual: {
        const a = regs[code[pc + 1]];
        if (typeof a === 'string' ? a.length > LONG_STRING : typeof a === 'bigint') break;
        pc += a === regs[code[pc + 2]] ? 4 : 4 + code[pc + 3];
        continue;
      }
      case OP_JumpIfNotLess: {
        const a = regs[code[pc + 1]];
        const b = regs[code[pc + 2]];
        if (typeof a === 'number' && typeof b === 'number') {
          pc += a < b ? 4 : 4 + code[pc + 3];
          continue;
        }
        break;
      }
      case OP_JumpIfNotGreaterEqual: {
        const a = regs[code[pc + 1]];
        const b = regs[code[pc + 2]];
        if (typeof a === 'number' && typeof b === 'number') {
          pc += a >= b ? 4 : 4 + code[pc + 3];
          continue;
        }
        break;
      }
      case OP_JumpIfNotLessEqual: {
        const a = regs[code[pc + 1]];
        const b = regs[code[pc + 2]];
        if (typeof a === 'number' && typeof b === 'number') {
          pc += a <= b ? 4 : 4 + code[pc + 3];
          continue;
        }
        break;
      }
      case OP_JumpIfNotGreater: {
        const a = regs[code[pc + 1]];
        const b = regs[code[pc + 2]];
        if (typeof a === 'number' && typeof b === 'number') {
          pc += a > b ? 4 : 4 + code[pc + 3];
          continue;
        }
        break;
      }
      case OP_ToNumeric: {
        const a = regs[code[pc + 2]];
        if (typeof a === 'number') {
          regs[code[pc + 1]] = a;
          pc += 3;
          continue;
        }
        break;
      }
      case OP_LoadSlot: {
        let env = regs[code[pc + 2]] as unknown as VMEnvironment;
        for (let hops = code[pc + 3]; hops > 0; hops--) env = env.outerEnv as VMEnvironment;
        regs[code[pc + 1]] = env.slots[code[pc + 4]];
        pc += 5;
        continue;
      }
      case OP_StoreSlot: {
        let env = regs[code[pc + 1]] as unknown as VMEnvironment;
        for (let hops = code[pc + 2]; hops > 0; hops--) env = env.outerEnv as VMEnvironment;
        env.slots[code[pc + 3]] = regs[code[pc + 4]];
        pc += 5;
        continue;
      }
      case OP_Call: {
        const callee = regs[code[pc + 2]];
        const ic = frame.feedback.caches[code[pc + 6]];
        const { pool } = ic;
        if (pool === null || ic.target !== (callee as unknown)) break;
        const next = pool.top;
        if (
          next === null ||
          next.func !== (callee as unknown) ||
          agent.fuel <= 0 ||
          agent.frameCount >= agent.limits.frames
        )
          break;
        pool.top = next.caller as VMFrame | null;
        agent.fuel--;
        agent.frameCount++;
        next.feedback.callCount++;
        frame.pc = pc;
        next.caller = frame;
        const { registers } = next;
        const { parameterCount } = pool;
        const first = code[pc + 4];
        const count = code[pc + 5];
        for (let i = 0; i < count && i < parameterCount; i++) registers[i] = regs[first + i];
        registers[parameterCount + 1] = regs[code[pc + 3]];
        frame = next;
        agent.context = frame;
        agent.realm = frame.realm;
        code = frame.code;
        regs = registers;
        pc = 0;
        continue;
      }
      case OP_Return:
        if (frame.ending === END_CALL) {
          const value = regs[code[pc + 1]];
          const { pool } = frame.feedback;
          const callee = frame;
          frame = frame.caller as VMFrame;
          if (pool !== null) pool.give(callee);
          agent.context = frame;
          agent.realm = frame.realm;
          agent.frameCount--;
          code = frame.code;
          regs = frame.registers;
          pc = frame.pc;
          regs[code[pc + 1]] = value;
          pc += OPCODE_LENGTHS[code[pc]];
          continue;
        }
        break;
      case OP_LoadConst:
        regs[code[pc + 1]] = frame.unit.constants[code[pc + 2]] as Value;
        pc += 3;
        continue;
      case OP_LoadGlobal: {
        const ic = frame.feedback.caches[code[pc + 3]];
        const { binding } = ic;
        if (
          binding === null ||
          !binding.initialized ||
          ic.declarativeVersion !== frame.realm.globalEnv.declarativeRecord.version
        )
          break;
        regs[code[pc + 1]] = binding.value;
        pc += 4;
        continue;
      }
      case OP_CheckObjectCoercible: {
        const a = regs[code[pc + 1]];
        if (a === undefined || a === null) break;
        pc += 3;
        continue;
      }
      case OP_ToPropertyKey: {
        const a = regs[code[pc + 2]];
        if (typeof a === 'number') {
          const key = a >>> 0;
          if (key === a && key <= MAX_ARRAY_INDEX) {
            regs[code[pc + 1]] = key;
            pc += 3;
            continue;
          }
        }
        break;
      }
    }
    frame.pc = pc;
    pc = handlers[code[pc]](agent, frame, regs, pc);
    if (pc >= 0) continue;
    if (pc !== FRAME_SWITCHED) return pc === FRAME_PAUSED;
    frame = agent.context as VMFrame;
    code = frame.code;
    regs = frame.registers;
    pc = frame.pc;
  }
}
