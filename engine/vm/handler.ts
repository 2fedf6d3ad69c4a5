// The form of handlers: the functions that execute one opcode each.
import type { Agent } from '../runtime/agent.ts';
import type { Value } from '../runtime/value.ts';
import type { VMFrame } from './frame.ts';

/** The handler has made another frame the running one, whose `pc` says where to go on. */
export const FRAME_SWITCHED = -1;
/** An entry frame has ended or suspended; its `status` and `result` say how. */
export const FRAME_LEFT = -2;

/** The program is to be paused where it is; the running frame's `pc` says where it goes on. */
export const FRAME_PAUSED = -3;
/** Of callFrom, never of a handler: the call has been made. */
export const CALLED = -4;

/**
 * Executes the instruction at `pc`; where to go on: a pc, FRAME_SWITCHED, FRAME_LEFT or FRAME_PAUSED. `registers` are those of the
 * frame.
 */
export type Handler = (agent: Agent, frame: VMFrame, registers: Value[], pc: number) => number;
