// The driver around the dispatch loop: it catches what is thrown, finds the handler, and enters the loop again.
import type { Agent } from '../runtime/agent.ts';
import { ThrowCompletion } from '../runtime/completion.ts';
import { guestValueOf } from '../runtime/errors.ts';
import type { Value } from '../runtime/value.ts';
import { END_ENTRY, type VMFrame } from './frame.ts';
import { handlers } from './handler-table.ts';
import { dispatch } from './hot-core.gen.ts';
import { runLoop } from './run-loop.ts';

/** Fills in run-loop.ts. */
export function installRunLoop(): void {
  runLoop.run = (agent, frame) => {
    runFrame(agent, frame, null);
  };
  runLoop.runThrowing = (agent, frame, thrown) => {
    runFrame(agent, frame, thrown);
  };
}

/** Runs an entry frame on top of the running context; a frame for which something is thrown at its pc first. */
function runFrame(agent: Agent, entry: VMFrame, first: ThrowCompletion | null): void {
  const { context, realm, depth, frameCount } = agent;
  agent.enterFrame();
  agent.context = entry;
  agent.realm = entry.realm;
  try {
    if (first !== null) unwind(agent, entry, first.value);
    for (;;) {
      try {
        dispatch(agent, handlers);
        return;
      } catch (thrown) {
        const value = guestValueOf(agent, thrown);
        agent.depth = depth;
        unwind(agent, entry, value);
      }
    }
  } finally {
    agent.context = context;
    agent.realm = realm;
    agent.depth = depth;
    agent.frameCount = frameCount;
  }
}

/** Makes the innermost frame with a handler the running one, at that handler. Throws if none up to `entry` has one. */
export function unwind(agent: Agent, entry: VMFrame, value: Value): void {
  let frame = agent.context as VMFrame;
  for (;;) {
    const { handlers: table } = frame.unit;
    const { pc } = frame;
    for (let i = 0; i < table.length; i += 4) {
      if (pc < table[i] || pc >= table[i + 1]) continue;
      frame.pc = table[i + 2];
      frame.registers[table[i + 3]] = value;
      agent.context = frame;
      agent.realm = frame.realm;
      return;
    }
    if (frame === entry || (frame.ending & END_ENTRY) !== 0) throw new ThrowCompletion(value);
    frame = frame.caller as VMFrame;
    agent.frameCount--;
  }
}
