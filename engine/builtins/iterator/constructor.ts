// The Iterator constructor and what it wraps, https://tc39.es/ecma262/#sec-iterator-constructor .
import type { Agent } from '../../runtime/agent.ts';
import { requireCallable } from '../../runtime/call.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import { GuestCall, type GuestStep, SingleCall } from '../../runtime/guest-work.ts';
import type { BuiltinFunction, FunctionObject } from '../../runtime/objects/function.ts';
import { JSObject, type PendingWork, type TailCall } from '../../runtime/objects/object.ts';
import {
  CreateIteratorResultObject,
  flattenableMethod,
  flattenedIterator,
  GetIteratorDirect,
  type IteratorRecord,
  requireIterator,
  requireResultObject,
  valueUnlessDone,
} from '../../runtime/operations/iterator-operations.ts';
import {
  GetMethod,
  OrdinaryCreateFromConstructor,
  OrdinaryHasInstance,
} from '../../runtime/operations/object-operations.ts';
import { rootShape, SHAPE_KIND_ORDINARY, type Shape } from '../../runtime/shape.ts';
import { SYMBOL_ITERATOR, type Value } from '../../runtime/value.ts';
import {
  constructorSpec,
  type IntrinsicSpec,
  method,
  objectSpec,
  tailMethod,
  workingMethod,
} from '../define.ts';
import { callOfNext, createIteratorHelper, HelperAlgorithm } from './helper-object.ts';
import { Iterator_zip, Iterator_zipKeyed } from './zip.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** Iterator ( ) — https://tc39.es/ecma262/#sec-iterator */
function Iterator_constructor(callee: Builtin, _thisValue: Value, NewTarget: NewTarget): Value {
  const agent = callee.realm.agent;
  if (NewTarget === undefined) throwTypeError(agent, "Constructor Iterator requires 'new'");
  if (NewTarget === callee) throwTypeError(agent, 'Abstract class Iterator not directly constructable');
  return OrdinaryCreateFromConstructor(agent, NewTarget, '%Iterator.prototype%');
}

// ---- Iterator.concat

interface OpenableIterable {
  readonly openMethod: FunctionObject;
  readonly iterable: JSObject;
}

class ConcatHelper extends HelperAlgorithm {
  private readonly iterables: readonly OpenableIterable[];
  /** How many iterables have been opened. */
  private opened: number;
  private current: IteratorRecord | null;
  /** The call of its next method. */
  private nextCall: GuestCall | null;

  constructor(iterables: readonly OpenableIterable[]) {
    super();
    this.iterables = iterables;
    this.opened = 0;
    this.current = null;
    this.nextCall = null;
  }

  protected override resume(agent: Agent): GuestStep | null {
    const { current, iterables } = this;
    agent.chargeFuel(1);
    if (current !== null) {
      this.nextCall ??= callOfNext(agent, current);
      return this.nextCall;
    }
    if (this.opened === iterables.length) return this.end(agent);
    const { openMethod, iterable } = iterables[this.opened++];
    return new GuestCall(openMethod, iterable, []);
  }

  protected override received(agent: Agent, value: Value): GuestStep | null {
    const { current } = this;
    if (current === null) {
      this.current = GetIteratorDirect(agent, requireIterator(agent, value));
      this.nextCall = callOfNext(agent, this.current);
      return this.nextCall;
    }
    const innerValue = valueUnlessDone(agent, current, requireResultObject(agent, current, value));
    if (!current.done) return this.yield(agent, innerValue);
    this.current = null;
    this.nextCall = null;
    return this.resume(agent);
  }

  protected override underlying(): readonly IteratorRecord[] {
    return this.current === null ? [] : [this.current];
  }
}

/** Iterator.concat ( ...items ) — https://tc39.es/ecma262/#sec-iterator.concat */
function Iterator_concat(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  ...items: Value[]
): Value {
  const agent = callee.realm.agent;
  const iterables = items.map((item) => {
    if (typeof item !== 'object' || item === null)
      throwTypeError(agent, `${describeForMessage(item)} is not an object`);
    const openMethod = GetMethod(agent, item, SYMBOL_ITERATOR);
    if (openMethod === undefined) throwTypeError(agent, `${describeForMessage(item)} is not iterable`);
    return { openMethod, iterable: item };
  });
  agent.chargeBytes(iterables.length * 40);
  return createIteratorHelper(agent, new ConcatHelper(iterables));
}

// ---- Iterator.from

/** Wrapped iterators, https://tc39.es/ecma262/#sec-%wrapforvaliditeratorprototype%-object . */
class WrapForValidIteratorObject extends JSObject {
  readonly iterated: IteratorRecord;
  constructor(shape: Shape, iterated: IteratorRecord) {
    super(shape);
    this.iterated = iterated;
  }
}

/** Brand check: [[Iterated]]. */
function thisWrapper(agent: Agent, thisValue: Value, name: string): IteratorRecord {
  if (thisValue instanceof WrapForValidIteratorObject) return thisValue.iterated;
  return throwTypeError(
    agent,
    `${name} method called on incompatible receiver ${describeForMessage(thisValue)}`,
  );
}

/** Iterator.from ( O ) — https://tc39.es/ecma262/#sec-iterator.from */
function Iterator_from(callee: Builtin, _thisValue: Value, [O]: readonly Value[]): PendingWork {
  const agent = callee.realm.agent;
  const method = flattenableMethod(agent, O, 'iterate-string-primitives');
  if (method === undefined) return { work: null, result: iteratorFrom(agent, O) };
  return new IteratorFrom(method, O, []);
}

/** The call of the method that gives an iterator. */
class IteratorFrom extends SingleCall {
  override returned(agent: Agent, iterator: Value): null {
    this.result = iteratorFrom(agent, iterator);
    return null;
  }
}

/** The iterator itself if it is an Iterator; else wrapped. */
function iteratorFrom(agent: Agent, value: Value): JSObject {
  const { realm } = agent;
  const iteratorRecord = flattenedIterator(agent, value);
  if (OrdinaryHasInstance(agent, realm.intrinsic('%Iterator%'), iteratorRecord.iterator)) {
    return iteratorRecord.iterator;
  }
  agent.chargeBytes(128);
  const prototype = realm.intrinsic('%WrapForValidIteratorPrototype%');
  return new WrapForValidIteratorObject(rootShape(agent, prototype, SHAPE_KIND_ORDINARY), iteratorRecord);
}

/** %WrapForValidIteratorPrototype%.next ( ) — https://tc39.es/ecma262/#sec-%wrapforvaliditeratorprototype%.next */
function WrapForValidIteratorPrototype_next(callee: Builtin, thisValue: Value): TailCall {
  const agent = callee.realm.agent;
  const { iterator, nextMethod } = thisWrapper(agent, thisValue, 'next');
  const F = requireCallable(agent, nextMethod);
  return { F, thisValue: iterator, newTarget: undefined, args: [] };
}

/** %WrapForValidIteratorPrototype%.return ( ) — https://tc39.es/ecma262/#sec-%wrapforvaliditeratorprototype%.return */
function WrapForValidIteratorPrototype_return(callee: Builtin, thisValue: Value): PendingWork {
  const agent = callee.realm.agent;
  const { iterator } = thisWrapper(agent, thisValue, 'return');
  const returnMethod = GetMethod(agent, iterator, 'return');
  if (returnMethod === undefined) {
    return { work: null, result: CreateIteratorResultObject(agent, undefined, true) };
  }
  return new SingleCall(returnMethod, iterator, []);
}

export const iteratorConstructorIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%Iterator%', 'Iterator', {
    length: 0,
    code: Iterator_constructor,
    prototype: '%Iterator.prototype%',
    rows: [
      method('concat', 0, Iterator_concat),
      workingMethod('from', 1, Iterator_from),
      method('zip', 1, Iterator_zip),
      method('zipKeyed', 1, Iterator_zipKeyed),
    ],
  }),
  objectSpec('%WrapForValidIteratorPrototype%', {
    parent: '%Iterator.prototype%',
    rows: [
      tailMethod('next', 0, WrapForValidIteratorPrototype_next),
      workingMethod('return', 0, WrapForValidIteratorPrototype_return),
    ],
  }),
];
