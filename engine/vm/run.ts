// The driver around the dispatch loop: it catches what is thrown, finds the handler, and enters the loop again.
import type { Agent } from '../runtime/agent.ts';
import { ThrowCompletion } from '../runtime/completion.ts';
import { guestValueOf } from '../runtime/errors.ts';
import type { GuestCall } from '../runtime/guest-work.ts';
import type { ResumptionKind } from '../runtime/objects/generator.ts';
import type { Value } from '../runtime/value.ts';
import { completeGenerator, LEAVE_WITH_RESULT, leave, makeCallFrom, rejectToCaller } from './calling.ts';
import type { VMCoroutine } from './coroutine.ts';
import { END_ASYNC, END_CONTINUE, END_ENTRY, END_GENERATOR, type VMFrame } from './frame.ts';
import { CALLED, FRAME_PAUSED, FRAME_SWITCHED } from './handler.ts';
import { handlers } from './handler-table.ts';
import { dispatch } from './hot-core.gen.ts';
import { runLoop } from './run-loop.ts';
import { makeStubFrame } from './stub-frame.ts';

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
    drive(agent, entry, first === null ? null : { call: null, thrown: first });
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
function drive(agent: Agent, entry: VMFrame, beginning: Beginning | null): boolean {
  const { depth } = agent;
  let call = beginning === null ? null : beginning.call;
  let isThrown = beginning !== null && beginning.thrown !== null;
  let value: Value = beginning?.thrown?.value;
  for (;;) {
    try {
      let next = FRAME_SWITCHED;
      if (isThrown) next = unwind(agent, entry, value);
      else if (call !== null) {
        const begun = call;
        call = null;
        next = beginCall(agent, entry, begun);
      }
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

/** What a run does first; null: it goes on at the pc of its entry frame. */
type Beginning =
  | { readonly call: GuestCall; readonly thrown: null }
  | { readonly call: null; readonly thrown: ThrowCompletion };

/** A run of the VM that can be paused: nothing of it is on the host's stack then. */
export class PausableRun {
  readonly entry: VMFrame;
  private beginning: Beginning | null;
  /** The running frame while paused. */
  private frame: VMFrame;
  private frameCount: number;
  /** What it has left in the middle of WebAssembly while paused. */
  private parked: object | null;

  private constructor(entry: VMFrame, beginning: Beginning | null) {
    this.entry = entry;
    this.beginning = beginning;
    this.frame = entry;
    this.frameCount = 1;
    this.parked = null;
  }

  /** A run of the code of a frame. */
  static ofFrame(entry: VMFrame): PausableRun {
    entry.ending = END_ENTRY;
    return new PausableRun(entry, null);
  }

  /** A run of what a coroutine is resumed to. */
  static ofCoroutine(coroutine: VMCoroutine, kind: ResumptionKind, value: Value): PausableRun {
    const { frame } = coroutine;
    frame.ending = END_ENTRY;
    frame.caller = null;
    const isReceived = coroutine.receive(kind, value);
    return new PausableRun(frame, isReceived ? null : { call: null, thrown: new ThrowCompletion(value) });
  }

  /** A run of a call; what it returns is the result of the entry frame. */
  static ofCall(agent: Agent, call: GuestCall): PausableRun {
    return new PausableRun(makeStubFrame(agent, END_ENTRY), { call, thrown: null });
  }

  /** Runs until the entry frame ends or suspends, or, false, the slice is used up. Throws what the entry frame throws. */
  run(agent: Agent): boolean {
    const { context, realm, depth, frameCount, pausable } = agent;
    const { beginning } = this;
    this.beginning = null;
    agent.context = this.frame;
    agent.realm = this.frame.realm;
    agent.frameCount = this.frameCount;
    agent.pausable = true;
    const machine = agent.webAssembly;
    const outer = machine === null ? null : machine.beginRun(this.parked);
    let paused = false;
    try {
      paused = drive(agent, this.entry, beginning);
      if (paused) {
        this.frame = agent.context as VMFrame;
        this.frameCount = agent.frameCount;
      }
      return !paused;
    } finally {
      // Of a run that has come to use WebAssembly, the machine that it began with is that of the agent.
      const used = machine ?? agent.webAssembly;
      this.parked = used === null ? null : used.endRun(outer, paused);
      agent.context = context;
      agent.realm = realm;
      agent.depth = depth;
      agent.frameCount = frameCount;
      agent.pausable = pausable;
    }
  }
}

/** Makes the call of a stub frame, which leaves with what it gives. */
function beginCall(agent: Agent, frame: VMFrame, call: GuestCall): number {
  const called = makeCallFrom(agent, frame, call, LEAVE_WITH_RESULT);
  return called === CALLED ? leave(agent, frame, frame.result) : called;
}
