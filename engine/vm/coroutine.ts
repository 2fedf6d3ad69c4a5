// Suspended frames as the Coroutines that the runtime's generators and async functions drive.

import { OP_Await, OP_Yield, OP_YieldRaw, OPCODE_LENGTHS } from '../bytecode/opcodes.gen.ts';
import type { Agent } from '../runtime/agent.ts';
import { ThrowCompletion } from '../runtime/completion.ts';
import {
  COROUTINE_AWAITING,
  COROUTINE_RETURNED,
  COROUTINE_YIELDED,
  type Coroutine,
  type CoroutineState,
  type ResumptionKind,
} from '../runtime/objects/generator.ts';
import type { Value } from '../runtime/value.ts';
import { END_ENTRY, FRAME_AWAITING, FRAME_RETURNED, FRAME_RUNNING, type VMFrame } from './frame.ts';
import { runLoop } from './run-loop.ts';

/** What the resumption of a coroutine charges in depth: the dispatch loop nests on the host's stack. */
const RESUME_DEPTH = 4;

/** About what a suspended frame takes besides its registers. */
const COROUTINE_BYTES = 256;

export class VMCoroutine implements Coroutine {
  value: Value;
  readonly frame: VMFrame;

  /** Charged: a frame that is suspended is no longer bounded by the limits of nesting. */
  constructor(frame: VMFrame) {
    frame.realm.agent.chargeBytes(COROUTINE_BYTES + 8 * frame.registers.length);
    this.value = undefined;
    this.frame = frame;
  }

  resume(agent: Agent, kind: ResumptionKind, value: Value): CoroutineState {
    const { frame } = this;
    const { context: caller, realm } = agent;
    agent.enter(RESUME_DEPTH);
    try {
      frame.caller = caller;
      frame.ending = END_ENTRY;
      if (this.receive(kind, value)) runLoop.run(agent, frame);
      else runLoop.runThrowing(agent, frame, new ThrowCompletion(value));
    } finally {
      frame.caller = null;
      agent.context = caller;
      agent.realm = realm;
      agent.depth -= RESUME_DEPTH;
    }
    return this.take(frame.result);
  }

  /** Takes what the last run of the frame ended or suspended with. */
  take(value: Value): CoroutineState {
    this.value = value;
    const { status } = this.frame;
    if (status === FRAME_RETURNED) return COROUTINE_RETURNED;
    return status === FRAME_AWAITING ? COROUTINE_AWAITING : COROUTINE_YIELDED;
  }

  /** Gives the suspended instruction what it waits for; false: the value is to be thrown there. */
  receive(kind: ResumptionKind, value: Value): boolean {
    const { frame } = this;
    // A frame that has not started drops the value.
    if (frame.status === FRAME_RUNNING) return true;
    const { code, registers, pc } = frame;
    const opcode = code[pc];
    frame.status = FRAME_RUNNING;
    let next = pc + OPCODE_LENGTHS[opcode];
    if (opcode === OP_Yield || opcode === OP_Await) {
      if (kind === 'throw') return false;
      registers[code[pc + 1]] = value;
      if (kind === 'return') next += code[pc + 3];
    } else if (opcode === OP_YieldRaw) {
      registers[code[pc + 1]] = value;
      registers[code[pc + 2]] = kind === 'normal' ? 0 : kind === 'throw' ? 1 : 2;
    }
    // CreateGenerator waits for the first resumption, whose value is dropped.
    frame.pc = next;
    return true;
  }
}
