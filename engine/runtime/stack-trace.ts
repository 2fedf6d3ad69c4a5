// Stack traces in V8's familiar format, guest frames only. Frames are captured when an error is made and
// formatted when `stack` is read.
import type { Agent } from './agent.ts';
import type { SourceLocator } from './execution-context.ts';
import { BuiltinFunction } from './objects/function.ts';
import { EXOTIC_NONE, type JSObject } from './objects/object.ts';
import { ENTRY_SLOT_SHIFT, NOT_FOUND } from './shape.ts';

export interface StackFrame {
  /** '' for top-level code and anonymous functions. */
  readonly functionName: string;
  readonly source: SourceLocator | null;
  readonly offset: number;
  /** Code of a script, module or eval outside of functions. */
  readonly isTopLevel: boolean;
  /** [[Construct]]. */
  readonly isConstructorCall: boolean;
}

/** Frames kept per error unless the program says otherwise: the initial value of Error.stackTraceLimit. */
export const STACK_TRACE_LIMIT = 10;

/** What a frame is charged, besides a unit of fuel. */
const FRAME_BYTES = 64;

/** What a stack is charged besides its frames. Hosts take some microseconds to unwind for an error. */
const STACK_BYTES = 64;
const STACK_FUEL = 8;

/**
 * The innermost frames of the running program, as many as Error.stackTraceLimit of the running realm allows. With `above`,
 * those that called the innermost call of that function: none if it is not being called. Built-in functions have no
 * frames, so theirs are left out already.
 */
export function captureFrames(agent: Agent, above: JSObject | null = null): readonly StackFrame[] {
  const limit = stackTraceLimit(agent);
  const frames: StackFrame[] = [];
  agent.chargeFuel(STACK_FUEL);
  agent.chargeBytes(STACK_BYTES);
  let isAbove = above === null || above instanceof BuiltinFunction;
  for (let context = agent.context; context !== null && frames.length < limit; context = context.caller) {
    if (!isAbove) {
      if (context.func === above) isAbove = true;
      continue;
    }
    if (context.source === null) continue;
    agent.chargeFuel(1);
    agent.chargeBytes(FRAME_BYTES);
    frames.push({
      functionName: context.func === null ? '' : ownDataString(context.func, 'name'),
      source: context.source,
      offset: context.position,
      isTopLevel: context.func === null,
      isConstructorCall: context.isConstructorCall,
    });
  }
  return frames;
}

/** Error.stackTraceLimit of the running realm, without running guest code: 0 unless it is a number, whole and not negative. */
function stackTraceLimit(agent: Agent): number {
  const Error = agent.realm.intrinsic('%Error%');
  // An object that nobody has looked at has its initial properties.
  if (Error.shape.lazy) return STACK_TRACE_LIMIT;
  const entry = Error.lookupOwn('stackTraceLimit');
  const limit = entry === NOT_FOUND ? undefined : Error.getSlot(entry >> ENTRY_SLOT_SHIFT);
  return typeof limit === 'number' && limit > 0 ? Math.floor(limit) : 0;
}

/** The lines `    at name (file:line:column)`, each preceded by a line feed. */
export function formatFrames(frames: readonly StackFrame[]): string {
  let text = '';
  for (const frame of frames) text += `\n    at ${formatFrame(frame)}`;
  return text;
}

/** `name (file:line:column)`, or the place alone for code without a name. */
export function formatFrame(frame: StackFrame): string {
  const location = locationOf(frame);
  const functionName =
    frame.functionName.length > MAX_NAME ? `${frame.functionName.slice(0, MAX_NAME)}...` : frame.functionName;
  return functionName === '' ? location : `${functionName} (${location})`;
}

/** Longer function names are cut. */
const MAX_NAME = 200;

function locationOf(frame: StackFrame): string {
  if (frame.source === null) return '<anonymous>';
  const { line, column } = frame.source.positionAt(frame.offset);
  return `${frame.source.name}:${line}:${column}`;
}

/**
 * `Name: message` of an error without running guest code: data properties only, through ordinary objects. Texts that
 * would not fit into a string together are cut.
 */
export function errorHeader(error: JSObject): string {
  const name = cut(ownDataString(error, 'name', 'Error'));
  const message = cut(ownDataString(error, 'message'));
  if (name === '') return message;
  return message === '' ? name : `${name}: ${message}`;
}

const MAX_PART = 1 << 24;

function cut(text: string): string {
  return text.length > MAX_PART ? text.slice(0, MAX_PART) : text;
}

/** Prototype chains are followed so far. */
const MAX_HOPS = 32;

/** A string data property found on the object or its ordinary prototypes; `otherwise` if there is none. */
export function ownDataString(O: JSObject, P: string, otherwise = ''): string {
  let hops = 0;
  for (let o: JSObject | null = O; o !== null && hops < MAX_HOPS; o = o.shape.proto, hops++) {
    if (o !== O && o.exotic !== EXOTIC_NONE) return otherwise;
    const entry = o.lookupOwn(P);
    if (entry === NOT_FOUND) continue;
    const slot = o.getSlot(entry >> ENTRY_SLOT_SHIFT);
    return typeof slot === 'string' ? slot : otherwise;
  }
  return otherwise;
}
