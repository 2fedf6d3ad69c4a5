// The form of handlers: the functions that execute one opcode each.
import type { Agent } from '../runtime/agent.ts';
import type { Value } from '../runtime/value.ts';
import type { VMFrame } from './frame.ts';

/** The handler has made another frame the running one, whose `pc` says where to go on. */
export const FRAME_SWITCHED = -1;
/** An entry frame has ended or suspended; its `status` and `result` say how. */
export const FRAME_LEFT = -2;

/**
 * Executes the instruction at `pc`; where to go on: a pc, FRAME_SWITCHED or FRAME_LEFT. `registers` are those of the
 * frame.
 */
export type Handler = (agent: Agent, frame: VMFrame, registers: Value[], pc: number) => number;
