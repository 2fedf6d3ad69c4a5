// Raising guest errors, and the choke point where whatever the host threw becomes a guest throw or passes on.
import { TRAP_NONE, TRAPS, type Trap } from '../eval/traps.ts';
import type { Agent } from './agent.ts';
import { LimitStop, ThrowCompletion } from './completion.ts';
import type { Value } from './value.ts';

export type NativeErrorName =
  | 'Error'
  | 'TypeError'
  | 'RangeError'
  | 'SyntaxError'
  | 'ReferenceError'
  | 'EvalError'
  | 'URIError'
  // https://webassembly.github.io/spec/js-api/#error-objects
  | 'CompileError'
  | 'LinkError'
  | 'RuntimeError';

/** Throws a TypeError of the running realm. */
export function throwTypeError(agent: Agent, message: string): never {
  throw agent.createThrow('TypeError', message);
}

/** Throws a RangeError of the running realm. */
export function throwRangeError(agent: Agent, message: string): never {
  throw agent.createThrow('RangeError', message);
}

/** Throws a SyntaxError of the running realm. */
export function throwSyntaxError(agent: Agent, message: string): never {
  throw agent.createThrow('SyntaxError', message);
}

/** Throws a ReferenceError of the running realm. */
export function throwReferenceError(agent: Agent, message: string): never {
  throw agent.createThrow('ReferenceError', message);
}

/** Throws the guest error of a trap of the reference semantics. */
export function throwTrap(agent: Agent, trap: Trap): never {
  const { errorName, message } = TRAPS[trap];
  throw agent.createThrow(errorName, message);
}

/** Throws the guest error of a trap; returns for TRAP_NONE. */
export function checkTrap(agent: Agent, trap: Trap): void {
  if (trap !== TRAP_NONE) throwTrap(agent, trap);
}

/**
 * The guest value of a caught host exception. A ThrowCompletion gives its value; a host stack or length
 * RangeError becomes a guest RangeError (the depth counter should have prevented it; this is the net below
 * it). A LimitStop and engine faults are thrown on: no guest code sees them.
 * Every host `catch` on a path back into guest code goes through here.
 */
export function guestValueOf(agent: Agent, thrown: unknown): Value {
  if (thrown instanceof ThrowCompletion) return thrown.value;
  if (thrown instanceof RangeError) {
    return agent.createThrow('RangeError', hostRangeMessage(thrown)).value;
  }
  throw thrown;
}

function hostRangeMessage(error: RangeError): string {
  if (error.message.includes('call stack')) return 'Maximum call stack size exceeded';
  return error.message;
}

/** True for exceptions that guest code may handle (see guestValueOf). */
export function isGuestVisible(thrown: unknown): boolean {
  return (
    !(thrown instanceof LimitStop) && (thrown instanceof ThrowCompletion || thrown instanceof RangeError)
  );
}
