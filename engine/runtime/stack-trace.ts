// Stack traces in V8's familiar format, guest frames only. Frames are captured when an error is made and
// formatted when `stack` is read.
import type { Agent } from './agent.ts';
import type { SourceLocator } from './execution-context.ts';
import { EXOTIC_NONE, type JSObject } from './objects/object.ts';
import { ENTRY_SLOT_SHIFT, NOT_FOUND } from './shape.ts';

export interface StackFrame {
  /** '' for top-level code and anonymous functions. */
  readonly functionName: string;
  readonly source: SourceLocator | null;
  readonly offset: number;
}

/** Frames kept per error, as Error.stackTraceLimit of other engines. */
export const STACK_TRACE_LIMIT = 10;

/** The innermost frames of the running program, at most STACK_TRACE_LIMIT. */
export function captureFrames(agent: Agent): readonly StackFrame[] {
  const frames: StackFrame[] = [];
  for (
    let context = agent.context;
    context !== null && frames.length < STACK_TRACE_LIMIT;
    context = context.caller
  ) {
    if (context.source === null) continue;
    const functionName = context.func === null ? '' : ownDataString(context.func, 'name');
    frames.push({ functionName, source: context.source, offset: context.position });
  }
  return frames;
}

/** The lines `    at name (file:line:column)`, each preceded by a line feed. */
export function formatFrames(frames: readonly StackFrame[]): string {
  let text = '';
  for (const frame of frames) {
    const location = locationOf(frame);
    const functionName =
      frame.functionName.length > MAX_NAME
        ? `${frame.functionName.slice(0, MAX_NAME)}...`
        : frame.functionName;
    text += functionName === '' ? `\n    at ${location}` : `\n    at ${functionName} (${location})`;
  }
  return text;
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
