// Iterator Helper Objects, https://tc39.es/ecma262/#sec-iterator-helper-objects . The specification describes them as
// generators over abstract closures. Here a helper has an algorithm, a record of what the closure would capture and of where
// it stands: it goes from one yield to the next in steps, see runtime/guest-work.ts.
import type { Agent } from '../../runtime/agent.ts';
import { Call, requireCallable } from '../../runtime/call.ts';
import { ThrowCompletion } from '../../runtime/completion.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { guestValueOf, throwTypeError } from '../../runtime/errors.ts';
import { GuestAlgorithm, GuestCall, type GuestStep } from '../../runtime/guest-work.ts';
import type { BuiltinFunction, FunctionObject } from '../../runtime/objects/function.ts';
import type { GeneratorState } from '../../runtime/objects/generator.ts';
import { JSObject, type PendingWork } from '../../runtime/objects/object.ts';
import {
  CreateIteratorResultObject,
  type IteratorRecord,
  requireClosed,
} from '../../runtime/operations/iterator-operations.ts';
import { GetMethod } from '../../runtime/operations/object-operations.ts';
import { rootShape, SHAPE_KIND_ORDINARY, type Shape } from '../../runtime/shape.ts';
import type { Value } from '../../runtime/value.ts';
import { type IntrinsicSpec, objectSpec, toStringTag, workingMethod } from '../define.ts';
import { isPlainBuiltin } from '../iterable-walk.ts';

const NO_ARGUMENTS: readonly Value[] = [];

/** The call of the next method of an iterator. */
export function callOfNext(agent: Agent, { iterator, nextMethod }: IteratorRecord): GuestCall {
  return new GuestCall(requireCallable(agent, nextMethod), iterator, NO_ARGUMENTS);
}

/** The closure of a helper. One that is not executing is done, over and over, as the work of `next` and `return`. */
export abstract class HelperAlgorithm extends GuestAlgorithm {
  generatorState: GeneratorState = 'suspended-start';
  /** What `begin` begins with: iterators to close, instead of the closure's next part. */
  private returning: readonly IteratorRecord[] | null = null;
  /** The iterators that are being closed, from the last to the first; the first `openCount` are still open. */
  private closing: readonly IteratorRecord[] | null = null;
  private openCount = 0;
  /** What is thrown once they are closed. */
  private error: ThrowCompletion | null = null;

  /** Goes on from the beginning or the last yield. Ends with `yield`, `end`, `closeAll` or a call to wait for, as all that follow. */
  protected abstract resume(agent: Agent): GuestStep | null;

  /** The call gave `value`. What this throws, `failed` gets. */
  protected abstract received(agent: Agent, value: Value): GuestStep | null;

  /** The call, or what followed it, threw `value`. */
  protected failed(_agent: Agent, value: Value): GuestStep | null {
    throw new ThrowCompletion(value);
  }

  /** What is closed where a return completion arrives at the yield (`started`) or before the closure has run. */
  protected abstract underlying(started: boolean): readonly IteratorRecord[];

  protected yield(agent: Agent, value: Value): null {
    this.generatorState = 'suspended-yield';
    this.result = CreateIteratorResultObject(agent, value, false);
    return null;
  }

  protected end(agent: Agent): null {
    this.generatorState = 'completed';
    this.result = CreateIteratorResultObject(agent, undefined, true);
    return null;
  }

  /** IteratorCloseAll, and then the end or the error — https://tc39.es/ecma262/#sec-iteratorcloseall */
  protected closeAll(
    agent: Agent,
    iters: readonly IteratorRecord[],
    error: ThrowCompletion | null = null,
  ): GuestStep | null {
    this.closing = iters;
    this.openCount = iters.length;
    this.error = error;
    return this.closeNext(agent);
  }

  private closeNext(agent: Agent): GuestStep | null {
    const closing = this.closing as readonly IteratorRecord[];
    while (this.openCount > 0) {
      const { iterator } = closing[--this.openCount];
      let method: FunctionObject | undefined;
      try {
        method = GetMethod(agent, iterator, 'return');
      } catch (thrown) {
        this.closingThrew(guestValueOf(agent, thrown));
      }
      if (method !== undefined) return new GuestCall(method, iterator, NO_ARGUMENTS);
    }
    const { error } = this;
    this.closing = null;
    this.error = null;
    this.end(agent);
    if (error !== null) throw error;
    return null;
  }

  /** The first error wins. */
  private closingThrew(value: Value): void {
    this.error ??= new ThrowCompletion(value);
  }

  /** Begins as the work of `return`. */
  beginReturn(): this {
    const started = this.generatorState === 'suspended-yield';
    // Before its start the generator counts as completed while the underlying iterators are closed.
    this.generatorState = started ? 'executing' : 'completed';
    this.returning = this.underlying(started);
    return this;
  }

  override begin(agent: Agent): GuestStep | null {
    const { returning } = this;
    if (returning !== null) {
      this.returning = null;
      return this.onward(agent, this.closeAll(agent, returning));
    }
    this.generatorState = 'executing';
    let step: GuestStep | null;
    try {
      step = this.resume(agent);
    } catch (thrown) {
      step = this.afterThrow(agent, guestValueOf(agent, thrown));
    }
    return this.onward(agent, step);
  }

  override returned(agent: Agent, value: Value): GuestStep | null {
    return this.onward(agent, this.afterReturn(agent, value));
  }

  override threw(agent: Agent, value: Value): GuestStep | null {
    return this.onward(agent, this.afterThrow(agent, value));
  }

  /** Calls functions of the library on the spot, up to the first other step. */
  private onward(agent: Agent, first: GuestStep | null): GuestStep | null {
    let step = first;
    while (step instanceof GuestCall && isPlainBuiltin(step.F)) {
      let value: Value;
      try {
        value = Call(agent, step.F, step.thisValue, step.args);
      } catch (thrown) {
        step = this.afterThrow(agent, guestValueOf(agent, thrown));
        continue;
      }
      step = this.afterReturn(agent, value);
    }
    return step;
  }

  private afterReturn(agent: Agent, value: Value): GuestStep | null {
    if (this.closing !== null) {
      try {
        if (this.error === null) requireClosed(agent, value);
      } catch (thrown) {
        this.closingThrew(guestValueOf(agent, thrown));
      }
      return this.closeNext(agent);
    }
    try {
      return this.received(agent, value);
    } catch (thrown) {
      return this.afterThrow(agent, guestValueOf(agent, thrown));
    }
  }

  private afterThrow(agent: Agent, value: Value): GuestStep | null {
    if (this.closing !== null) {
      this.closingThrew(value);
      return this.closeNext(agent);
    }
    // The error behind closing goes out as it is.
    if (this.generatorState === 'completed') throw new ThrowCompletion(value);
    try {
      return this.failed(agent, value);
    } catch (thrown) {
      this.generatorState = 'completed';
      throw thrown;
    }
  }
}

class IteratorHelperObject extends JSObject {
  readonly algorithm: HelperAlgorithm;

  constructor(shape: Shape, algorithm: HelperAlgorithm) {
    super(shape);
    this.algorithm = algorithm;
  }

  override className(): string {
    return 'Iterator Helper';
  }
}

/** CreateIteratorFromClosure ( closure, "Iterator Helper", %IteratorHelperPrototype% ) — https://tc39.es/ecma262/#sec-createiteratorfromclosure */
export function createIteratorHelper(agent: Agent, algorithm: HelperAlgorithm): JSObject {
  const prototype = agent.realm.intrinsic('%IteratorHelperPrototype%');
  agent.chargeBytes(160);
  return new IteratorHelperObject(rootShape(agent, prototype, SHAPE_KIND_ORDINARY), algorithm);
}

/** Brand check and GeneratorValidate — https://tc39.es/ecma262/#sec-generatorvalidate */
function thisHelper(agent: Agent, thisValue: Value, name: string): HelperAlgorithm {
  if (!(thisValue instanceof IteratorHelperObject)) {
    throwTypeError(agent, `${name} method called on incompatible receiver ${describeForMessage(thisValue)}`);
  }
  const { algorithm } = thisValue;
  if (algorithm.generatorState === 'executing') throwTypeError(agent, 'Iterator helper is already running');
  return algorithm;
}

/** What `next` and `return` of a completed helper give. */
function completedResult(agent: Agent): PendingWork {
  return { work: null, result: CreateIteratorResultObject(agent, undefined, true) };
}

/** %IteratorHelperPrototype%.next ( ) — https://tc39.es/ecma262/#sec-%iteratorhelperprototype%.next */
function IteratorHelperPrototype_next(callee: BuiltinFunction<undefined>, thisValue: Value): PendingWork {
  const agent = callee.realm.agent;
  const algorithm = thisHelper(agent, thisValue, 'next');
  return algorithm.generatorState === 'completed' ? completedResult(agent) : algorithm;
}

/** %IteratorHelperPrototype%.return ( ) — https://tc39.es/ecma262/#sec-%iteratorhelperprototype%.return */
function IteratorHelperPrototype_return(callee: BuiltinFunction<undefined>, thisValue: Value): PendingWork {
  const agent = callee.realm.agent;
  const algorithm = thisHelper(agent, thisValue, 'return');
  return algorithm.generatorState === 'completed' ? completedResult(agent) : algorithm.beginReturn();
}

export const iteratorHelperIntrinsics: readonly IntrinsicSpec[] = [
  objectSpec('%IteratorHelperPrototype%', {
    parent: '%Iterator.prototype%',
    rows: [
      workingMethod('next', 0, IteratorHelperPrototype_next),
      workingMethod('return', 0, IteratorHelperPrototype_return),
      toStringTag('Iterator Helper'),
    ],
  }),
];
