// What comes out of the WebAssembly engine by a host throw, as the guest sees it: traps are WebAssembly.RuntimeErrors whose
// stack begins in the module, exceptions are values of JavaScript or WebAssembly.Exceptions.

import { WASM_TRAP_ALLOCATION, WASM_TRAP_FUEL, WASM_TRAP_STACK } from '../../eval/wasm-traps.ts';
import { LimitStop, ThrowCompletion } from '../../runtime/completion.ts';
import { guestValueOf, isGuestVisible } from '../../runtime/errors.ts';
import type { SourceLocator } from '../../runtime/execution-context.ts';
import { OBJECT_BYTES } from '../../runtime/objects/object.ts';
import { ATTRS_HIDDEN } from '../../runtime/property-descriptor.ts';
import { rootShape, SHAPE_KIND_ORDINARY } from '../../runtime/shape.ts';
import { captureFrames, errorHeader, STACK_TRACE_LIMIT, type StackFrame } from '../../runtime/stack-trace.ts';
import type { Value } from '../../runtime/value.ts';
import { type TraceFrame, WasmTrapStop } from '../interpret/run.ts';
import { ExnInst } from '../runtime/instances.ts';
import { ExceptionObject, TrapError } from './objects.ts';
import type { WebAssemblyState } from './state.ts';
import { objectFor } from './state.ts';

/** What is to be thrown at a guest for what a run of the machine threw. */
export function toGuestThrow(state: WebAssemblyState, thrown: unknown): unknown {
  if (thrown instanceof WasmTrapStop) return trapThrow(state, thrown);
  return thrown;
}

function trapThrow(state: WebAssemblyState, stop: WasmTrapStop): ThrowCompletion | LimitStop {
  const { agent } = state;
  switch (stop.trap) {
    case WASM_TRAP_FUEL:
      return new LimitStop('fuel');
    case WASM_TRAP_STACK:
      return agent.createThrow('RangeError', 'Maximum call stack size exceeded');
    case WASM_TRAP_ALLOCATION:
      return agent.createThrow('RangeError', stop.message);
  }
  agent.chargeBytes(OBJECT_BYTES);
  const prototype = agent.realm.intrinsic('%RuntimeError.prototype%');
  const frames = [...stop.trace.map(stackFrame), ...captureFrames(agent)].slice(0, STACK_TRACE_LIMIT);
  const error = new TrapError(rootShape(agent, prototype, SHAPE_KIND_ORDINARY), frames);
  error.addSlot('message', stop.message, ATTRS_HIDDEN);
  error.header = errorHeader(error);
  return new ThrowCompletion(error);
}

/** A frame in a module: its place is the byte offset in the binary, as the column of a first line. */
function stackFrame({ funcidx, name, module, position }: TraceFrame): StackFrame {
  return {
    functionName: `${module === null ? '' : `${module}.`}${name ?? `wasm-function[${funcidx}]`}`,
    source: wasmSource,
    offset: position,
    isTopLevel: false,
    isConstructorCall: false,
  };
}

const wasmSource: SourceLocator = {
  name: 'wasm',
  positionAt: (offset) => ({ line: 1, column: offset }),
};

/** What modules can catch of something thrown by a function of the host; null if they cannot. */
export function exceptionOf(state: WebAssemblyState, thrown: unknown): ExnInst | null {
  if (!isGuestVisible(thrown)) return null;
  const value = guestValueOf(state.agent, thrown);
  if (value instanceof TrapError) return null;
  if (value instanceof ExceptionObject) return value.exception;
  return new ExnInst(state.jsTag, new Int32Array(2), [value]);
}

/** The value that JavaScript catches for an exception, whose `jsTag` payload is a value of JavaScript. */
export function valueOfException(
  state: WebAssemblyState,
  exception: ExnInst,
  fromReference: (state: WebAssemblyState, reference: unknown) => Value,
): Value {
  if (exception.tag === state.jsTag) return fromReference(state, exception.refs[0]);
  return objectFor(state, exception, '%WebAssembly.Exception.prototype%', ExceptionObject);
}
