// Loops of the library over an iterable or an iterator that do something with each value and close the iterator if that ends
// early, as an algorithm whose state lies in a record between the calls: see runtime/guest-work.ts. The iterator's own
// methods are steps where they may be guest functions; functions of the library are called on the spot.
import type { Agent } from '../runtime/agent.ts';
import { Call, Call0, IsCallable } from '../runtime/call.ts';
import { ThrowCompletion } from '../runtime/completion.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { guestValueOf, throwTypeError } from '../runtime/errors.ts';
import { GuestAlgorithm, GuestCall, type GuestStep } from '../runtime/guest-work.ts';
import { appendToList } from '../runtime/list.ts';
import { BuiltinFunction, type FunctionObject } from '../runtime/objects/function.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import {
  GetIteratorDirect,
  IteratorComplete,
  IteratorRecord,
  IteratorStepValue,
  IteratorValue,
  iteratorMethod,
  requireClosed,
  requireIterator,
  requireResultObject,
} from '../runtime/operations/iterator-operations.ts';
import { GetMethod } from '../runtime/operations/object-operations.ts';
import type { Value } from '../runtime/value.ts';

// What the walk waits for.
const OPENING = 0;
const NEXT = 1;
const CALL = 2;
const CLOSING = 3;
const CLOSING_WITH_ERROR = 4;

/** A function of the library that does not lead to guest code by itself: nothing is gained by a step of its own. */
export function isPlainBuiltin(F: Value): boolean {
  return F instanceof BuiltinFunction && F.special === null;
}

export abstract class IterableWalk extends GuestAlgorithm {
  /** How many values have been taken. */
  protected counter: number;
  private readonly iterable: Value;
  private readonly method: FunctionObject | null;
  private record: IteratorRecord | null;
  private waitingFor: number;
  /** The call of the next method; null if it is a function of the library. */
  private nextCall: GuestCall | null;
  /** What is thrown once the iterator is closed. */
  private error: Value;

  /** A walk over an iterable, by its own method or the one that has been got from it, or over an iterator. */
  constructor(source: Value | IteratorRecord, method: FunctionObject | null = null) {
    super();
    this.counter = 0;
    this.iterable = source instanceof IteratorRecord ? undefined : source;
    this.method = method;
    this.record = source instanceof IteratorRecord ? source : null;
    this.waitingFor = OPENING;
    this.nextCall = null;
    this.error = undefined;
  }

  /**
   * Does something with a value; gives the call to make, or whether the walk goes on: else it closes the iterator. What it
   * throws closes the iterator, too.
   */
  protected abstract take(agent: Agent, value: Value): GuestCall | boolean;

  /** What that call gave; the next call, or whether the walk goes on, likewise. */
  protected called(_agent: Agent, _value: Value): GuestCall | boolean {
    return true;
  }

  /** There are no more values. */
  protected end(_agent: Agent): void {}

  override begin(agent: Agent): GuestStep | null {
    if (this.record !== null) return this.open(agent, this.record);
    const method = this.method ?? iteratorMethod(agent, this.iterable);
    if (isPlainBuiltin(method)) return this.openIterator(agent, Call0(agent, method, this.iterable));
    return new GuestCall(method, this.iterable, []);
  }

  /** The iterator that the method gave. */
  protected iteratorFrom(agent: Agent, value: Value): JSObject {
    return requireIterator(agent, value);
  }

  /** The iterator is there, its first value has not been asked for. */
  protected opened(_agent: Agent): void {}

  private openIterator(agent: Agent, iterator: Value): GuestStep | null {
    return this.open(agent, GetIteratorDirect(agent, this.iteratorFrom(agent, iterator)));
  }

  private open(agent: Agent, record: IteratorRecord): GuestStep | null {
    this.record = record;
    const { nextMethod, iterator } = record;
    // What is not callable throws where the library calls it.
    if (IsCallable(nextMethod) && !isPlainBuiltin(nextMethod)) {
      this.nextCall = new GuestCall(nextMethod, iterator, []);
    }
    this.opened(agent);
    return this.next(agent);
  }

  private next(agent: Agent): GuestStep | null {
    const record = this.record as IteratorRecord;
    for (;;) {
      agent.chargeFuel(1);
      if (this.nextCall !== null) {
        this.waitingFor = NEXT;
        return this.nextCall;
      }
      const value = IteratorStepValue(agent, record);
      if (record.done) {
        this.end(agent);
        return null;
      }
      const taken = this.takeCounted(agent, value);
      if (taken !== true) return taken;
    }
  }

  /** True to go on; else the next step. */
  private takeCounted(agent: Agent, value: Value): GuestStep | null | true {
    let taken: GuestCall | boolean;
    try {
      taken = this.take(agent, value);
    } catch (thrown) {
      return this.closeWith(agent, guestValueOf(agent, thrown));
    }
    this.counter++;
    this.waitingFor = CALL;
    return taken === false ? this.close(agent) : taken;
  }

  override returned(agent: Agent, value: Value): GuestStep | null {
    switch (this.waitingFor) {
      case OPENING:
        return this.openIterator(agent, value);
      case NEXT:
        return this.takeResult(agent, value);
      case CALL: {
        let next: GuestCall | boolean;
        try {
          next = this.called(agent, value);
        } catch (thrown) {
          return this.closeWith(agent, guestValueOf(agent, thrown));
        }
        if (next instanceof GuestCall) return next;
        return next ? this.next(agent) : this.close(agent);
      }
      case CLOSING_WITH_ERROR:
        throw new ThrowCompletion(this.error);
      default:
        requireClosed(agent, value);
        return null;
    }
  }

  private takeResult(agent: Agent, value: Value): GuestStep | null {
    const record = this.record as IteratorRecord;
    const result = requireResultObject(agent, record, value);
    if (IteratorComplete(agent, result)) {
      record.done = true;
      this.end(agent);
      return null;
    }
    const taken = this.takeCounted(agent, IteratorValue(agent, result));
    return taken === true ? this.next(agent) : taken;
  }

  override threw(agent: Agent, value: Value): GuestStep | null {
    if (this.waitingFor === CALL) return this.closeWith(agent, value);
    throw new ThrowCompletion(this.waitingFor === CLOSING_WITH_ERROR ? this.error : value);
  }

  /** IteratorClose with a normal completion — https://tc39.es/ecma262/#sec-iteratorclose */
  private close(agent: Agent): GuestStep | null {
    const { iterator } = this.record as IteratorRecord;
    const method = GetMethod(agent, iterator, 'return');
    if (method === undefined) return null;
    this.waitingFor = CLOSING;
    return new GuestCall(method, iterator, []);
  }

  /** IteratorClose with a throw completion: errors of `return` are dropped. */
  private closeWith(agent: Agent, error: Value): GuestStep {
    const { iterator } = this.record as IteratorRecord;
    this.error = error;
    this.waitingFor = CLOSING_WITH_ERROR;
    let method: FunctionObject | undefined;
    try {
      method = GetMethod(agent, iterator, 'return');
    } catch (thrown) {
      guestValueOf(agent, thrown);
    }
    if (method === undefined) throw new ThrowCompletion(error);
    return new GuestCall(method, iterator, []);
  }
}

/** IteratorToList, and what becomes of the list — https://tc39.es/ecma262/#sec-iteratortolist */
export abstract class ListWalk extends IterableWalk {
  private readonly values: Value[] = [];

  protected override take(agent: Agent, value: Value): true {
    appendToList(agent, this.values, value);
    return true;
  }

  protected override end(agent: Agent): void {
    this.result = this.resultOf(agent, this.values);
  }

  protected abstract resultOf(agent: Agent, values: Value[]): Value;
}

/** Calls the adder of a collection again and again. */
abstract class AddingWalk extends IterableWalk {
  private readonly target: Value;
  private readonly adder: FunctionObject;
  private readonly isDirect: boolean;

  constructor(iterable: Value, target: Value, adder: FunctionObject) {
    super(iterable);
    this.target = target;
    this.adder = adder;
    this.isDirect = isPlainBuiltin(adder);
    this.result = target;
  }

  protected add(agent: Agent, args: readonly Value[]): GuestCall | true {
    if (!this.isDirect) return new GuestCall(this.adder, this.target, args);
    Call(agent, this.adder, this.target, args);
    return true;
  }
}

/** AddEntriesFromIterable ( target, iterable, adder ) — https://tc39.es/ecma262/#sec-add-entries-from-iterable */
export class AddEntriesFromIterable extends AddingWalk {
  protected override take(agent: Agent, next: Value): GuestCall | boolean {
    const entry = requireEntry(agent, next);
    const k = entry.Get(agent, 0, entry);
    const v = entry.Get(agent, 1, entry);
    return this.add(agent, [k, v]);
  }
}

/** The loop of the Set and WeakSet constructors over their iterable. */
export class AddValuesFromIterable extends AddingWalk {
  protected override take(agent: Agent, next: Value): GuestCall | boolean {
    return this.add(agent, [next]);
  }
}

/** An element of an iterable of entries. */
export function requireEntry(agent: Agent, next: Value): JSObject {
  if (typeof next === 'object' && next !== null) return next;
  return throwTypeError(agent, `Iterator value ${describeForMessage(next)} is not an entry object`);
}
