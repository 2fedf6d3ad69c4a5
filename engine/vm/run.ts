// The driver around the dispatch loop: it catches what is thrown, finds the handler, and enters the loop again.
import type { Agent } from '../runtime/agent.ts';
import { ThrowCompletion } from '../runtime/completion.ts';
import { guestValueOf } from '../runtime/errors.ts';
import type { Value } from '../runtime/value.ts';
import { completeGenerator, rejectToCaller } from './calling.ts';
import { END_ASYNC, END_CONTINUE, END_ENTRY, END_GENERATOR, type VMFrame } from './frame.ts';
import { FRAME_PAUSED, FRAME_SWITCHED } from './handler.ts';
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
  const { context, realm, depth, frameCount, pausable } = agent;
  agent.enterFrame();
  agent.context = entry;
  agent.realm = entry.realm;
  agent.pausable = false;
  try {
    drive(agent, entry, first);
  } finally {
    agent.context = context;
    agent.realm = realm;
    agent.depth = depth;
    agent.frameCount = frameCount;
    agent.pausable = pausable;
  }
}

/**
 * Goes on in the running frame until `entry`, below which nothing is left, ends or suspends, or, true, the program is to be
 * paused. Throws what the entry frame throws.
 */
function drive(agent: Agent, entry: VMFrame, first: ThrowCompletion | null): boolean {
  const { depth } = agent;
  let isThrown = first !== null;
  let value: Value = first?.value;
  for (;;) {
    try {
      const next = isThrown ? unwind(agent, entry, value) : FRAME_SWITCHED;
      if (next === FRAME_SWITCHED) return dispatch(agent, handlers);
      if (next !== UNCAUGHT) return next === FRAME_PAUSED;
    } catch (thrown) {
      value = guestValueOf(agent, thrown);
      isThrown = true;
      agent.depth = depth;
      continue;
    }
    throw new ThrowCompletion(value);
  }
}

/** No frame up to the entry frame handles it. */
const UNCAUGHT = -5;

/**
 * Leaves frames until one has a handler, which goes on there, or a continuation takes what was thrown. Gives what a handler
 * gives, or UNCAUGHT.
 */
function unwind(agent: Agent, entry: VMFrame, value: Value): number {
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
      return FRAME_SWITCHED;
    }
    const { ending } = frame;
    if (frame === entry || (ending & END_ENTRY) !== 0) return UNCAUGHT;
    if ((ending & END_GENERATOR) !== 0) completeGenerator(frame);
    if ((ending & END_ASYNC) !== 0) {
      agent.realm = frame.realm;
      return rejectToCaller(agent, frame, value);
    }
    const { continuation } = frame;
    frame = frame.caller as VMFrame;
    agent.frameCount--;
    if ((ending & END_CONTINUE) !== 0 && continuation !== null) {
      agent.context = frame;
      agent.realm = frame.realm;
      const next = continuation.threw(agent, frame, value);
      if (next === false) continue;
      if (next < 0) return next;
      frame.pc = next;
      return FRAME_SWITCHED;
    }
  }
}

/** A run of the VM that can be paused: nothing of it is on the host's stack then. */
export class PausableRun {
  private readonly entry: VMFrame;
  private first: ThrowCompletion | null;
  /** The running frame while paused. */
  private frame: VMFrame;
  private frameCount: number;

  /** `first` is thrown at the pc of the entry frame. */
  constructor(entry: VMFrame, first: ThrowCompletion | null) {
    this.entry = entry;
    this.first = first;
    this.frame = entry;
    this.frameCount = 1;
  }

  /** Runs until the entry frame ends or suspends, or, false, the slice is used up. Throws what the entry frame throws. */
  run(agent: Agent): boolean {
    const { context, realm, depth, frameCount, pausable } = agent;
    const { first } = this;
    this.first = null;
    agent.context = this.frame;
    agent.realm = this.frame.realm;
    agent.frameCount = this.frameCount;
    agent.pausable = true;
    try {
      const paused = drive(agent, this.entry, first);
      if (paused) {
        this.frame = agent.context as VMFrame;
        this.frameCount = agent.frameCount;
      }
      return !paused;
    } finally {
      agent.context = context;
      agent.realm = realm;
      agent.depth = depth;
      agent.frameCount = frameCount;
      agent.pausable = pausable;
    }
  }
}
