// How files below the driver reach it: the driver (run.ts) stands above all handlers, which make frames that it runs.
import type { Agent } from '../runtime/agent.ts';
import type { ThrowCompletion } from '../runtime/completion.ts';
import type { VMFrame } from './frame.ts';

/** Filled in by run.ts when it is loaded. */
export const runLoop: {
  /** Runs `frame`, which has END_ENTRY, until it ends or suspends; see `status` and `result`. Throws what it throws. */
  run(agent: Agent, frame: VMFrame): void;
  /** The same, the instruction at the frame's pc throwing first. */
  runThrowing(agent: Agent, frame: VMFrame, thrown: ThrowCompletion): void;
} = {
  run() {},
  runThrowing() {},
};
