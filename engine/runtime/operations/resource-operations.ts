// Explicit resource management: DisposeCapability Records and their operations,
// https://tc39.es/proposal-explicit-resource-management/ . Disposal that awaits is the tiers'.
import type { Agent } from '../agent.ts';
import { Call0, Call1, IsCallable } from '../call.ts';
import { ThrowCompletion } from '../completion.ts';
import { guestValueOf, throwTypeError } from '../errors.ts';
import { GuestAlgorithm, GuestCall, type GuestStep } from '../guest-work.ts';
import { ErrorObject } from '../objects/error.ts';
import type { FunctionObject } from '../objects/function.ts';
import { type JSObject, OBJECT_BYTES } from '../objects/object.ts';
import { ATTRS_HIDDEN } from '../property-descriptor.ts';
import { rootShape, SHAPE_KIND_ORDINARY } from '../shape.ts';
import { captureFrames, errorHeader } from '../stack-trace.ts';
import { SYMBOL_ASYNC_DISPOSE, SYMBOL_DISPOSE, type Value } from '../value.ts';
import { GetMethod } from './object-operations.ts';
import { NewPromiseCapability } from './promise-operations.ts';

export type DisposeHint = 'sync-dispose' | 'async-dispose';

/** DisposableResource Record. */
export interface DisposableResource {
  readonly resourceValue: Value;
  readonly hint: DisposeHint;
  /** undefined: nothing to call (`await using x = null` still awaits). */
  readonly disposeMethod: FunctionObject | undefined;
  /** The method came from Symbol.dispose for an async hint: its result is not awaited for its value. */
  readonly isSyncFallback: boolean;
}

/** DisposeCapability Record: the disposable resource stack. */
export class DisposeCapability {
  disposableResourceStack: DisposableResource[] = [];
}

/** AddDisposableResource ( disposeCapability, V, hint [ , method ] ) */
export function AddDisposableResource(
  agent: Agent,
  disposeCapability: DisposeCapability,
  V: Value,
  hint: DisposeHint,
  method?: FunctionObject,
): void {
  if (method === undefined) {
    if ((V === undefined || V === null) && hint === 'sync-dispose') return;
    disposeCapability.disposableResourceStack.push(CreateDisposableResource(agent, V, hint));
  } else {
    disposeCapability.disposableResourceStack.push({
      resourceValue: undefined,
      hint,
      disposeMethod: method,
      isSyncFallback: false,
    });
  }
}

/** CreateDisposableResource ( V, hint ) without a method. */
function CreateDisposableResource(agent: Agent, V: Value, hint: DisposeHint): DisposableResource {
  if (V === undefined || V === null) {
    return { resourceValue: undefined, hint, disposeMethod: undefined, isSyncFallback: false };
  }
  if (typeof V !== 'object')
    throwTypeError(agent, 'A disposable resource must be an object, null or undefined');
  return GetDisposeMethod(agent, V, hint);
}

/** GetDisposeMethod ( V, hint ), as a resource record. Throws a TypeError if there is none. */
function GetDisposeMethod(agent: Agent, V: JSObject, hint: DisposeHint): DisposableResource {
  let method: FunctionObject | undefined;
  let isSyncFallback = false;
  if (hint === 'async-dispose') {
    method = GetMethod(agent, V, SYMBOL_ASYNC_DISPOSE);
    if (method === undefined) {
      method = GetMethod(agent, V, SYMBOL_DISPOSE);
      isSyncFallback = method !== undefined;
    }
  } else method = GetMethod(agent, V, SYMBOL_DISPOSE);
  if (method === undefined) {
    throwTypeError(
      agent,
      `Object has no Symbol.${hint === 'async-dispose' ? 'asyncDispose' : 'dispose'} method`,
    );
  }
  return { resourceValue: V, hint, disposeMethod: method, isSyncFallback };
}

/** A SuppressedError of the running realm. */
function createSuppressedError(agent: Agent, error: Value, suppressed: Value): ErrorObject {
  const prototype = agent.realm.intrinsic('%SuppressedError.prototype%');
  agent.chargeBytes(OBJECT_BYTES);
  const object = new ErrorObject(rootShape(agent, prototype, SHAPE_KIND_ORDINARY), captureFrames(agent));
  object.header = errorHeader(object);
  object.addSlot('error', error, ATTRS_HIDDEN);
  object.addSlot('suppressed', suppressed, ATTRS_HIDDEN);
  return object;
}

/** The completion that DisposeResources carries along: null while normal. */
export type DisposalCompletion = ThrowCompletion | null;

/** Adds an error thrown by a dispose method to the completion so far. `thrown` is what a host catch got. */
export function mergeDisposalError(
  agent: Agent,
  completion: DisposalCompletion,
  thrown: unknown,
): ThrowCompletion {
  const error = guestValueOf(agent, thrown);
  if (completion === null) return new ThrowCompletion(error);
  return new ThrowCompletion(createSuppressedError(agent, error, completion.value));
}

/** DisposeResources ( disposeCapability, completion ) for a stack of sync resources; throws the completion at the end. */
export class ResourceDisposal extends GuestAlgorithm {
  private readonly stack: readonly DisposableResource[];
  /** Those from here on are disposed. */
  private index: number;
  private completion: DisposalCompletion;

  constructor(disposeCapability: DisposeCapability, completion: DisposalCompletion) {
    super();
    this.stack = disposeCapability.disposableResourceStack;
    disposeCapability.disposableResourceStack = [];
    this.index = this.stack.length;
    this.completion = completion;
  }

  override begin(): GuestStep | null {
    while (this.index > 0) {
      const { disposeMethod, resourceValue } = this.stack[--this.index];
      if (disposeMethod !== undefined && IsCallable(disposeMethod)) {
        return new GuestCall(disposeMethod, resourceValue, []);
      }
    }
    if (this.completion !== null) throw this.completion;
    return null;
  }

  override returned(): GuestStep | null {
    return this.begin();
  }

  override threw(agent: Agent, value: Value): GuestStep | null {
    this.completion = mergeDisposalError(agent, this.completion, new ThrowCompletion(value));
    return this.begin();
  }
}

/** Calls the method; for a Symbol.dispose used by `await using`, as the closure of GetDisposeMethod does. */
export function callDisposeMethod(agent: Agent, resource: DisposableResource): Value {
  if (!resource.isSyncFallback) return Call0(agent, resource.disposeMethod, resource.resourceValue);
  const promiseCapability = NewPromiseCapability(agent, agent.realm.intrinsic('%Promise%'));
  try {
    Call0(agent, resource.disposeMethod, resource.resourceValue);
  } catch (thrown) {
    Call1(agent, promiseCapability.reject, undefined, guestValueOf(agent, thrown));
    return promiseCapability.promise;
  }
  Call1(agent, promiseCapability.resolve, undefined, undefined);
  return promiseCapability.promise;
}
