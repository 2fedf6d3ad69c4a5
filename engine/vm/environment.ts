// hot
// Environment records of the VM: the captured bindings of a scope in slots, which code reaches by number, and their names
// for code that has to look them up: direct evals, `with`, and what stands inside of them. Uncaptured variables are
// registers and never here.

import { InternalError } from '../base/assert.ts';
import type { ScopeDescriptor } from '../bytecode/unit.ts';
import { BINDING_CONSTANT, BINDING_MUTABLE } from '../bytecode/unit.ts';
import type { Agent } from '../runtime/agent.ts';
import { Environment, type InitializeHint } from '../runtime/environments.ts';
import { throwReferenceError, throwTypeError } from '../runtime/errors.ts';
import type { ECMAScriptFunction } from '../runtime/objects/function.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import type { Value } from '../runtime/value.ts';

/** What a slot or register holds whose binding is in its dead zone. No guest value. */
class Uninitialized {
  readonly isUninitialized = true;
}
export const UNINITIALIZED: Value = new Uninitialized() as unknown as Value;

export function throwUninitialized(agent: Agent, name: string): never {
  return throwReferenceError(agent, `Cannot access '${name}' before initialization`);
}

export function throwConstAssignment(agent: Agent, name: string): never {
  return throwTypeError(agent, `Assignment to constant variable '${name}'`);
}

export class VMEnvironment extends Environment {
  readonly slots: Value[];
  readonly descriptor: ScopeDescriptor;
  /** Vars that direct evals added; null for none. */
  private added: Map<string, Value> | null;

  constructor(outerEnv: Environment | null, descriptor: ScopeDescriptor, slots: Value[]) {
    super(outerEnv);
    this.slots = slots;
    this.descriptor = descriptor;
    this.added = null;
  }

  override HasBinding(_agent: Agent, N: string): boolean {
    return this.descriptor.names.includes(N) || this.added?.has(N) === true;
  }

  /** Only evals create bindings here: those of the scope are its slots. */
  override CreateMutableBinding(_agent: Agent, N: string, _D: boolean): void {
    this.added ??= new Map();
    this.added.set(N, undefined);
  }

  override CreateImmutableBinding(_agent: Agent, _N: string, _S: boolean): void {
    throw new InternalError('the bindings of a scope are its slots');
  }

  override InitializeBinding(_agent: Agent, N: string, V: Value, _hint: InitializeHint): void {
    const slot = this.descriptor.names.indexOf(N);
    if (slot !== -1) this.slots[slot] = V;
    else this.added?.set(N, V);
  }

  override SetMutableBinding(agent: Agent, N: string, V: Value, S: boolean): void {
    const slot = this.descriptor.names.indexOf(N);
    if (slot === -1) {
      if (this.added?.has(N) !== true) {
        if (S) throwReferenceError(agent, `${N} is not defined`);
        this.CreateMutableBinding(agent, N, true);
      }
      this.added?.set(N, V);
      return;
    }
    if (this.slots[slot] === UNINITIALIZED) throwUninitialized(agent, N);
    const mutability = this.descriptor.mutability[slot];
    if (mutability === BINDING_MUTABLE) this.slots[slot] = V;
    else if (S || mutability === BINDING_CONSTANT) throwConstAssignment(agent, N);
  }

  override GetBindingValue(agent: Agent, N: string, S: boolean): Value {
    const slot = this.descriptor.names.indexOf(N);
    if (slot === -1) {
      if (this.added?.has(N) === true) return this.added.get(N);
      if (S) throwReferenceError(agent, `${N} is not defined`);
      return undefined;
    }
    const value = this.slots[slot];
    if (value === UNINITIALIZED) throwUninitialized(agent, N);
    return value;
  }

  override DeleteBinding(_agent: Agent, N: string): boolean {
    if (this.descriptor.names.includes(N)) return false;
    this.added?.delete(N);
    return true;
  }

  override HasLexicalDeclaration(_agent: Agent, N: string): boolean {
    const slot = this.descriptor.names.indexOf(N);
    return slot !== -1 && this.descriptor.lexical[slot];
  }

  override get letsEvalVarsPass(): boolean {
    return this.descriptor.isCatch;
  }

  /** CreatePerIterationEnvironment. */
  copy(): VMEnvironment {
    return new VMEnvironment(this.outerEnv, this.descriptor, this.slots.slice());
  }
}

/** The environment of a function whose `this`, `super` or `new.target` inner code uses. */
export class VMFunctionEnvironment extends VMEnvironment {
  /** UNINITIALIZED until `super()` returns in a derived constructor. */
  thisValue: Value;
  readonly functionObject: ECMAScriptFunction;
  readonly newTarget: JSObject | undefined;

  constructor(
    outerEnv: Environment | null,
    descriptor: ScopeDescriptor,
    slots: Value[],
    functionObject: ECMAScriptFunction,
    newTarget: JSObject | undefined,
    thisValue: Value,
  ) {
    super(outerEnv, descriptor, slots);
    this.thisValue = thisValue;
    this.functionObject = functionObject;
    this.newTarget = newTarget;
  }

  override HasThisBinding(): boolean {
    return true;
  }

  override GetThisBinding(agent: Agent): Value {
    if (this.thisValue === UNINITIALIZED) {
      throwReferenceError(
        agent,
        "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
      );
    }
    return this.thisValue;
  }

  override HasSuperBinding(): boolean {
    return this.functionObject.homeObject !== undefined;
  }
}

/** The slots of a new environment: undefined, or uninitialized for lexical names. */
export function initialSlots(descriptor: ScopeDescriptor): Value[] {
  const slots: Value[] = [];
  const { uninitialized } = descriptor;
  for (let i = 0; i < uninitialized.length; i++) slots.push(uninitialized[i] ? UNINITIALIZED : undefined);
  return slots;
}

/** GetThisEnvironment from an environment — https://tc39.es/ecma262/#sec-getthisenvironment */
export function thisEnvironment(from: Environment): Environment {
  let env = from;
  while (!env.HasThisBinding()) env = env.outerEnv as Environment;
  return env;
}
