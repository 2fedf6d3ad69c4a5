// The dispatch loop: the hottest opcodes in place, everything else by a handler function from a table. The generated
// twin of this file has literal case labels, of which V8 makes a jump table; this one is the source. Keep the loop small
// (CONTRIBUTING, hot code): what needs more than a few lines is a handler.
// hot

import { load32, store32 } from '../runtime/memory.ts';
import { handlers } from './handler-table.ts';
import type { Machine } from './machine.ts';
import {
  R_call,
  R_charge,
  R_const32,
  R_const64,
  R_f32_add,
  R_f32_mul,
  R_f32_sub,
  R_f64_add,
  R_f64_div,
  R_f64_mul,
  R_f64_sub,
  R_global_get32,
  R_global_set32,
  R_i32_add,
  R_i32_add_k,
  R_i32_and,
  R_i32_and_k,
  R_i32_load,
  R_i32_load8_u,
  R_i32_load16_u,
  R_i32_mul,
  R_i32_or,
  R_i32_rotl,
  R_i32_rotr,
  R_i32_shl,
  R_i32_shl_k,
  R_i32_shr_s,
  R_i32_shr_u,
  R_i32_shr_u_k,
  R_i32_store,
  R_i32_store8,
  R_i32_sub,
  R_i32_xor,
  R_i64_add,
  R_i64_and,
  R_i64_load,
  R_i64_mul,
  R_i64_or,
  R_i64_store,
  R_i64_sub,
  R_i64_xor,
  R_jump,
  R_jump_f32_le,
  R_jump_f32_lt,
  R_jump_f32_not_le,
  R_jump_f32_not_lt,
  R_jump_f64_le,
  R_jump_f64_lt,
  R_jump_f64_not_le,
  R_jump_f64_not_lt,
  R_jump_i32_eq,
  R_jump_i32_eq_k,
  R_jump_i32_ge_s,
  R_jump_i32_ge_s_k,
  R_jump_i32_ge_u,
  R_jump_i32_ge_u_k,
  R_jump_i32_lt_s,
  R_jump_i32_lt_s_k,
  R_jump_i32_lt_u,
  R_jump_i32_lt_u_k,
  R_jump_i32_ne,
  R_jump_i32_ne_k,
  R_jump_if,
  R_jump_table,
  R_jump_unless,
  R_move32,
  R_move64,
  R_return,
  R_select32,
} from './register-ops.gen.ts';

/**
 * Runs from the machine's pc until it stops: the machine says why. Heads of loops charge fuel; when there is none left,
 * the pc is that of the charge, from where it goes on.
 */
export function dispatch(m: Machine): void {
  const { i32, f32, f64, i64, counters } = m;
  let code = m.code;
  let pc = m.pc;
  let fp = m.fp;
  let memory = m.memory;
  for (;;) {
    switch (code[pc]) {
      case R_move32:
        i32[(fp + code[pc + 1]) << 1] = i32[(fp + code[pc + 2]) << 1];
        pc += 3;
        continue;
      case R_move64: {
        const d = (fp + code[pc + 1]) << 1;
        const a = (fp + code[pc + 2]) << 1;
        i32[d] = i32[a];
        i32[d + 1] = i32[a + 1];
        pc += 3;
        continue;
      }
      case R_const32:
        i32[(fp + code[pc + 1]) << 1] = code[pc + 2];
        pc += 3;
        continue;
      case R_charge:
        if (--counters[0] >= 0) {
          pc++;
          continue;
        }
        break;
      case R_jump:
        pc = code[pc + 1];
        continue;
      case R_jump_if:
        pc = i32[(fp + code[pc + 1]) << 1] !== 0 ? code[pc + 2] : pc + 3;
        continue;
      case R_jump_unless:
        pc = i32[(fp + code[pc + 1]) << 1] === 0 ? code[pc + 2] : pc + 3;
        continue;
      case R_jump_i32_eq:
        pc = i32[(fp + code[pc + 1]) << 1] === i32[(fp + code[pc + 2]) << 1] ? code[pc + 3] : pc + 4;
        continue;
      case R_jump_i32_ne:
        pc = i32[(fp + code[pc + 1]) << 1] !== i32[(fp + code[pc + 2]) << 1] ? code[pc + 3] : pc + 4;
        continue;
      case R_jump_i32_lt_s:
        pc = i32[(fp + code[pc + 1]) << 1] < i32[(fp + code[pc + 2]) << 1] ? code[pc + 3] : pc + 4;
        continue;
      case R_jump_i32_lt_u:
        pc =
          i32[(fp + code[pc + 1]) << 1] >>> 0 < i32[(fp + code[pc + 2]) << 1] >>> 0 ? code[pc + 3] : pc + 4;
        continue;
      case R_jump_i32_ge_s:
        pc = i32[(fp + code[pc + 1]) << 1] >= i32[(fp + code[pc + 2]) << 1] ? code[pc + 3] : pc + 4;
        continue;
      case R_jump_i32_ge_u:
        pc =
          i32[(fp + code[pc + 1]) << 1] >>> 0 >= i32[(fp + code[pc + 2]) << 1] >>> 0 ? code[pc + 3] : pc + 4;
        continue;
      case R_jump_i32_eq_k:
        pc = i32[(fp + code[pc + 1]) << 1] === code[pc + 2] ? code[pc + 3] : pc + 4;
        continue;
      case R_jump_i32_ne_k:
        pc = i32[(fp + code[pc + 1]) << 1] !== code[pc + 2] ? code[pc + 3] : pc + 4;
        continue;
      case R_jump_i32_lt_s_k:
        pc = i32[(fp + code[pc + 1]) << 1] < code[pc + 2] ? code[pc + 3] : pc + 4;
        continue;
      case R_jump_i32_lt_u_k:
        pc = i32[(fp + code[pc + 1]) << 1] >>> 0 < code[pc + 2] >>> 0 ? code[pc + 3] : pc + 4;
        continue;
      case R_jump_i32_ge_s_k:
        pc = i32[(fp + code[pc + 1]) << 1] >= code[pc + 2] ? code[pc + 3] : pc + 4;
        continue;
      case R_jump_i32_ge_u_k:
        pc = i32[(fp + code[pc + 1]) << 1] >>> 0 >= code[pc + 2] >>> 0 ? code[pc + 3] : pc + 4;
        continue;
      case R_jump_f64_lt:
        pc = f64[fp + code[pc + 1]] < f64[fp + code[pc + 2]] ? code[pc + 3] : pc + 4;
        continue;
      case R_jump_f64_not_lt:
        pc = f64[fp + code[pc + 1]] < f64[fp + code[pc + 2]] ? pc + 4 : code[pc + 3];
        continue;
      case R_jump_f64_le:
        pc = f64[fp + code[pc + 1]] <= f64[fp + code[pc + 2]] ? code[pc + 3] : pc + 4;
        continue;
      case R_jump_f64_not_le:
        pc = f64[fp + code[pc + 1]] <= f64[fp + code[pc + 2]] ? pc + 4 : code[pc + 3];
        continue;
      case R_jump_f32_lt:
        pc = f32[(fp + code[pc + 1]) << 1] < f32[(fp + code[pc + 2]) << 1] ? code[pc + 3] : pc + 4;
        continue;
      case R_jump_f32_not_lt:
        pc = f32[(fp + code[pc + 1]) << 1] < f32[(fp + code[pc + 2]) << 1] ? pc + 4 : code[pc + 3];
        continue;
      case R_jump_f32_le:
        pc = f32[(fp + code[pc + 1]) << 1] <= f32[(fp + code[pc + 2]) << 1] ? code[pc + 3] : pc + 4;
        continue;
      case R_jump_f32_not_le:
        pc = f32[(fp + code[pc + 1]) << 1] <= f32[(fp + code[pc + 2]) << 1] ? pc + 4 : code[pc + 3];
        continue;
      case R_jump_table: {
        const index = i32[(fp + code[pc + 1]) << 1] >>> 0;
        const count = code[pc + 2];
        pc = code[pc + 3 + Math.min(index, count)];
        continue;
      }
      case R_i32_add:
        i32[(fp + code[pc + 1]) << 1] = i32[(fp + code[pc + 2]) << 1] + i32[(fp + code[pc + 3]) << 1];
        pc += 4;
        continue;
      case R_i32_sub:
        i32[(fp + code[pc + 1]) << 1] = i32[(fp + code[pc + 2]) << 1] - i32[(fp + code[pc + 3]) << 1];
        pc += 4;
        continue;
      case R_i32_mul:
        i32[(fp + code[pc + 1]) << 1] = Math.imul(
          i32[(fp + code[pc + 2]) << 1],
          i32[(fp + code[pc + 3]) << 1],
        );
        pc += 4;
        continue;
      case R_i32_and:
        i32[(fp + code[pc + 1]) << 1] = i32[(fp + code[pc + 2]) << 1] & i32[(fp + code[pc + 3]) << 1];
        pc += 4;
        continue;
      case R_i32_or:
        i32[(fp + code[pc + 1]) << 1] = i32[(fp + code[pc + 2]) << 1] | i32[(fp + code[pc + 3]) << 1];
        pc += 4;
        continue;
      case R_i32_xor:
        i32[(fp + code[pc + 1]) << 1] = i32[(fp + code[pc + 2]) << 1] ^ i32[(fp + code[pc + 3]) << 1];
        pc += 4;
        continue;
      case R_i32_shl:
        i32[(fp + code[pc + 1]) << 1] = i32[(fp + code[pc + 2]) << 1] << i32[(fp + code[pc + 3]) << 1];
        pc += 4;
        continue;
      case R_i32_shr_s:
        i32[(fp + code[pc + 1]) << 1] = i32[(fp + code[pc + 2]) << 1] >> i32[(fp + code[pc + 3]) << 1];
        pc += 4;
        continue;
      case R_i32_shr_u:
        i32[(fp + code[pc + 1]) << 1] = i32[(fp + code[pc + 2]) << 1] >>> i32[(fp + code[pc + 3]) << 1];
        pc += 4;
        continue;
      case R_i32_rotl: {
        const x = i32[(fp + code[pc + 2]) << 1];
        const by = i32[(fp + code[pc + 3]) << 1];
        i32[(fp + code[pc + 1]) << 1] = (x << by) | (x >>> -by);
        pc += 4;
        continue;
      }
      case R_i32_rotr: {
        const x = i32[(fp + code[pc + 2]) << 1];
        const by = i32[(fp + code[pc + 3]) << 1];
        i32[(fp + code[pc + 1]) << 1] = (x >>> by) | (x << -by);
        pc += 4;
        continue;
      }
      case R_i32_add_k:
        i32[(fp + code[pc + 1]) << 1] = i32[(fp + code[pc + 2]) << 1] + code[pc + 3];
        pc += 4;
        continue;
      case R_i32_and_k:
        i32[(fp + code[pc + 1]) << 1] = i32[(fp + code[pc + 2]) << 1] & code[pc + 3];
        pc += 4;
        continue;
      case R_i32_shl_k:
        i32[(fp + code[pc + 1]) << 1] = i32[(fp + code[pc + 2]) << 1] << code[pc + 3];
        pc += 4;
        continue;
      case R_i32_shr_u_k:
        i32[(fp + code[pc + 1]) << 1] = i32[(fp + code[pc + 2]) << 1] >>> code[pc + 3];
        pc += 4;
        continue;
      case R_i32_load: {
        const at = (i32[(fp + code[pc + 2]) << 1] >>> 0) + (code[pc + 3] >>> 0);
        if (at + 4 <= memory.byteLength) {
          i32[(fp + code[pc + 1]) << 1] = load32(memory, at);
          pc += 4;
          continue;
        }
        break;
      }
      case R_i32_store: {
        const at = (i32[(fp + code[pc + 1]) << 1] >>> 0) + (code[pc + 3] >>> 0);
        if (at + 4 <= memory.byteLength) {
          store32(memory, at, i32[(fp + code[pc + 2]) << 1]);
          pc += 4;
          continue;
        }
        break;
      }
      case R_i32_load8_u: {
        const at = (i32[(fp + code[pc + 2]) << 1] >>> 0) + (code[pc + 3] >>> 0);
        if (at < memory.byteLength) {
          i32[(fp + code[pc + 1]) << 1] = memory.u8[at];
          pc += 4;
          continue;
        }
        break;
      }
      case R_i32_store8: {
        const at = (i32[(fp + code[pc + 1]) << 1] >>> 0) + (code[pc + 3] >>> 0);
        if (at < memory.byteLength) {
          memory.u8[at] = i32[(fp + code[pc + 2]) << 1];
          pc += 4;
          continue;
        }
        break;
      }
      case R_f64_add: {
        const r = f64[fp + code[pc + 2]] + f64[fp + code[pc + 3]];
        if (r === r) f64[fp + code[pc + 1]] = r;
        else m.setNaN64(fp + code[pc + 1]);
        pc += 4;
        continue;
      }
      case R_f64_sub: {
        const r = f64[fp + code[pc + 2]] - f64[fp + code[pc + 3]];
        if (r === r) f64[fp + code[pc + 1]] = r;
        else m.setNaN64(fp + code[pc + 1]);
        pc += 4;
        continue;
      }
      case R_f64_mul: {
        const r = f64[fp + code[pc + 2]] * f64[fp + code[pc + 3]];
        if (r === r) f64[fp + code[pc + 1]] = r;
        else m.setNaN64(fp + code[pc + 1]);
        pc += 4;
        continue;
      }
      case R_f64_div: {
        const r = f64[fp + code[pc + 2]] / f64[fp + code[pc + 3]];
        if (r === r) f64[fp + code[pc + 1]] = r;
        else m.setNaN64(fp + code[pc + 1]);
        pc += 4;
        continue;
      }
      case R_f32_add: {
        const r = f32[(fp + code[pc + 2]) << 1] + f32[(fp + code[pc + 3]) << 1];
        if (r === r) f32[(fp + code[pc + 1]) << 1] = r;
        else m.setNaN32(fp + code[pc + 1]);
        pc += 4;
        continue;
      }
      case R_f32_sub: {
        const r = f32[(fp + code[pc + 2]) << 1] - f32[(fp + code[pc + 3]) << 1];
        if (r === r) f32[(fp + code[pc + 1]) << 1] = r;
        else m.setNaN32(fp + code[pc + 1]);
        pc += 4;
        continue;
      }
      case R_f32_mul: {
        const r = f32[(fp + code[pc + 2]) << 1] * f32[(fp + code[pc + 3]) << 1];
        if (r === r) f32[(fp + code[pc + 1]) << 1] = r;
        else m.setNaN32(fp + code[pc + 1]);
        pc += 4;
        continue;
      }
      case R_i64_add:
        i64[fp + code[pc + 1]] = i64[fp + code[pc + 2]] + i64[fp + code[pc + 3]];
        pc += 4;
        continue;
      case R_i64_sub:
        i64[fp + code[pc + 1]] = i64[fp + code[pc + 2]] - i64[fp + code[pc + 3]];
        pc += 4;
        continue;
      case R_i64_mul:
        i64[fp + code[pc + 1]] = i64[fp + code[pc + 2]] * i64[fp + code[pc + 3]];
        pc += 4;
        continue;
      case R_i64_and: {
        const d = (fp + code[pc + 1]) << 1;
        const a = (fp + code[pc + 2]) << 1;
        const b = (fp + code[pc + 3]) << 1;
        const high = i32[a + 1] & i32[b + 1];
        i32[d] = i32[a] & i32[b];
        i32[d + 1] = high;
        pc += 4;
        continue;
      }
      case R_i64_or: {
        const d = (fp + code[pc + 1]) << 1;
        const a = (fp + code[pc + 2]) << 1;
        const b = (fp + code[pc + 3]) << 1;
        const high = i32[a + 1] | i32[b + 1];
        i32[d] = i32[a] | i32[b];
        i32[d + 1] = high;
        pc += 4;
        continue;
      }
      case R_i64_xor: {
        const d = (fp + code[pc + 1]) << 1;
        const a = (fp + code[pc + 2]) << 1;
        const b = (fp + code[pc + 3]) << 1;
        const high = i32[a + 1] ^ i32[b + 1];
        i32[d] = i32[a] ^ i32[b];
        i32[d + 1] = high;
        pc += 4;
        continue;
      }
      case R_i32_load16_u: {
        const at = (i32[(fp + code[pc + 2]) << 1] >>> 0) + (code[pc + 3] >>> 0);
        if (at + 2 <= memory.byteLength) {
          i32[(fp + code[pc + 1]) << 1] = memory.u8[at] | (memory.u8[at + 1] << 8);
          pc += 4;
          continue;
        }
        break;
      }
      case R_i64_load: {
        const at = (i32[(fp + code[pc + 2]) << 1] >>> 0) + (code[pc + 3] >>> 0);
        if (at + 8 <= memory.byteLength) {
          const d = (fp + code[pc + 1]) << 1;
          i32[d] = load32(memory, at);
          i32[d + 1] = load32(memory, at + 4);
          pc += 4;
          continue;
        }
        break;
      }
      case R_i64_store: {
        const at = (i32[(fp + code[pc + 1]) << 1] >>> 0) + (code[pc + 3] >>> 0);
        if (at + 8 <= memory.byteLength) {
          const a = (fp + code[pc + 2]) << 1;
          store32(memory, at, i32[a]);
          store32(memory, at + 4, i32[a + 1]);
          pc += 4;
          continue;
        }
        break;
      }
      case R_select32:
        i32[(fp + code[pc + 1]) << 1] =
          i32[(fp + (i32[(fp + code[pc + 4]) << 1] !== 0 ? code[pc + 2] : code[pc + 3])) << 1];
        pc += 5;
        continue;
      case R_global_get32:
        i32[(fp + code[pc + 1]) << 1] = m.instance.globals[code[pc + 2]].words[0];
        pc += 3;
        continue;
      case R_global_set32:
        m.instance.globals[code[pc + 2]].words[0] = i32[(fp + code[pc + 1]) << 1];
        pc += 3;
        continue;
      case R_const64: {
        const d = (fp + code[pc + 1]) << 1;
        i32[d] = code[pc + 2];
        i32[d + 1] = code[pc + 3];
        pc += 4;
        continue;
      }
      case R_return:
        if (m.framePcs[m.depth - 1] >= 0) {
          m.popFrame();
          code = m.code;
          pc = m.pc;
          fp = m.fp;
          memory = m.memory;
          continue;
        }
        break;
      case R_call: {
        const func = m.instance.funcs[code[pc + 1]];
        const target = func.code === null ? null : func.code.code;
        if (target !== null && m.hasRoom(fp + code[pc + 2], target) && --counters[0] >= 0) {
          m.pushFrame(pc + 3);
          m.enter(func, target, fp + code[pc + 2]);
          code = target.words;
          pc = 0;
          fp = m.fp;
          memory = m.memory;
          continue;
        }
        break;
      }
    }
    pc = handlers[code[pc]](m, code, pc, fp);
    if (pc >= 0) continue;
    // Another frame is the running one, or the machine has stopped.
    if (m.isStopped) return;
    code = m.code;
    pc = m.pc;
    fp = m.fp;
    memory = m.memory;
  }
}
