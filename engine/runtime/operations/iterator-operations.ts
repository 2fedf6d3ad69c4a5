// Operations on Iterator Objects, https://tc39.es/ecma262/#sec-operations-on-iterator-objects . Those that await
// (AsyncIteratorClose) belong to the tiers.
import type { Agent } from '../agent.ts';
import { Call0, Call1 } from '../call.ts';
import { ThrowCompletion } from '../completion.ts';
import { describeForMessage } from '../describe.ts';
import { guestValueOf, throwTypeError } from '../errors.ts';
import { appendToList } from '../list.ts';
import type { FunctionObject } from '../objects/function.ts';
import { JSObject, OBJECT_BYTES, SLOT_BYTES } from '../objects/object.ts';
import { ATTRS_DEFAULT } from '../property-descriptor.ts';
import { SHAPE_KIND_ORDINARY, Shape } from '../shape.ts';
import { SYMBOL_ITERATOR, type Value } from '../value.ts';
import { GetMethod } from './object-operations.ts';
import { ToBoolean } from './type-conversion.ts';

/** Iterator Record, https://tc39.es/ecma262/#sec-iterator-records */
export class IteratorRecord {
  readonly iterator: JSObject;
  readonly nextMethod: Value;
  done: boolean;
  constructor(iterator: JSObject, nextMethod: Value) {
    this.iterator = iterator;
    this.nextMethod = nextMethod;
    this.done = false;
  }
}

/** GetIteratorDirect ( obj ) — https://tc39.es/ecma262/#sec-getiteratordirect */
export function GetIteratorDirect(agent: Agent, obj: JSObject): IteratorRecord {
  return new IteratorRecord(obj, obj.Get(agent, 'next', obj));
}

/** GetIteratorFromMethod ( obj, method ) — https://tc39.es/ecma262/#sec-getiteratorfrommethod */
export function GetIteratorFromMethod(agent: Agent, obj: Value, method: FunctionObject): IteratorRecord {
  return GetIteratorDirect(agent, requireIterator(agent, Call0(agent, method, obj)));
}

/** What a method gave as an iterator, which has to be an object. */
export function requireIterator(agent: Agent, iterator: Value): JSObject {
  if (typeof iterator === 'object' && iterator !== null) return iterator;
  return throwTypeError(
    agent,
    `Result of the Symbol.iterator method is not an object: ${describeForMessage(iterator)}`,
  );
}

/** GetIterator ( obj, sync ) — https://tc39.es/ecma262/#sec-getiterator */
export function GetIterator(agent: Agent, obj: Value): IteratorRecord {
  return GetIteratorFromMethod(agent, obj, iteratorMethod(agent, obj));
}

/** The method that gives an iterator of what has to be iterable. */
export function iteratorMethod(agent: Agent, obj: Value): FunctionObject {
  if (obj === undefined || obj === null) notIterable(agent, obj);
  return GetMethod(agent, obj, SYMBOL_ITERATOR) ?? notIterable(agent, obj);
}

/** Throws the TypeError of iterating what is not iterable. */
export function notIterable(agent: Agent, obj: Value): never {
  return throwTypeError(agent, `${describeForMessage(obj)} is not iterable`);
}

/** GetIteratorFlattenable ( obj, primitiveHandling ) — https://tc39.es/ecma262/#sec-getiteratorflattenable */
export function GetIteratorFlattenable(
  agent: Agent,
  obj: Value,
  primitiveHandling: 'iterate-string-primitives' | 'reject-primitives',
): IteratorRecord {
  const method = flattenableMethod(agent, obj, primitiveHandling);
  return flattenedIterator(agent, method === undefined ? obj : Call0(agent, method, obj));
}

/** GetIteratorFlattenable up to its call: the method that gives an iterator; undefined: `obj` is one itself. */
export function flattenableMethod(
  agent: Agent,
  obj: Value,
  primitiveHandling: 'iterate-string-primitives' | 'reject-primitives',
): FunctionObject | undefined {
  if (typeof obj !== 'object' || obj === null) {
    if (primitiveHandling === 'reject-primitives' || typeof obj !== 'string') {
      throwTypeError(agent, `${describeForMessage(obj)} is not an object`);
    }
  }
  return GetMethod(agent, obj, SYMBOL_ITERATOR);
}

/** GetIteratorFlattenable behind its call. */
export function flattenedIterator(agent: Agent, iterator: Value): IteratorRecord {
  if (typeof iterator === 'object' && iterator !== null) return GetIteratorDirect(agent, iterator);
  return throwTypeError(agent, `${describeForMessage(iterator)} is not an object`);
}

/** IteratorNext ( iteratorRecord ) — https://tc39.es/ecma262/#sec-iteratornext */
export function IteratorNext(agent: Agent, iteratorRecord: IteratorRecord): JSObject {
  let result: Value;
  try {
    result = Call0(agent, iteratorRecord.nextMethod, iteratorRecord.iterator);
  } catch (thrown) {
    iteratorRecord.done = true;
    throw thrown;
  }
  return requireResultObject(agent, iteratorRecord, result);
}

/** IteratorNext ( iteratorRecord, value ) — https://tc39.es/ecma262/#sec-iteratornext */
export function IteratorNextWith(agent: Agent, iteratorRecord: IteratorRecord, value: Value): JSObject {
  let result: Value;
  try {
    result = Call1(agent, iteratorRecord.nextMethod, iteratorRecord.iterator, value);
  } catch (thrown) {
    iteratorRecord.done = true;
    throw thrown;
  }
  return requireResultObject(agent, iteratorRecord, result);
}

/** What `next` gave, which has to be an object; the iteration is over if it is not. */
export function requireResultObject(agent: Agent, iteratorRecord: IteratorRecord, result: Value): JSObject {
  if (typeof result === 'object' && result !== null) return result;
  iteratorRecord.done = true;
  return throwTypeError(agent, `Iterator result ${describeForMessage(result)} is not an object`);
}

/** IteratorComplete ( iteratorResult ) — https://tc39.es/ecma262/#sec-iteratorcomplete */
export function IteratorComplete(agent: Agent, iteratorResult: JSObject): boolean {
  return ToBoolean(iteratorResult.Get(agent, 'done', iteratorResult));
}

/** IteratorValue ( iteratorResult ) — https://tc39.es/ecma262/#sec-iteratorvalue */
export function IteratorValue(agent: Agent, iteratorResult: JSObject): Value {
  return iteratorResult.Get(agent, 'value', iteratorResult);
}

/** IteratorStep ( iteratorRecord ) behind the call of `next`: null stands for done — https://tc39.es/ecma262/#sec-iteratorstep */
export function resultUnlessDone(
  agent: Agent,
  iteratorRecord: IteratorRecord,
  result: JSObject,
): JSObject | null {
  // Fast path: `done` of our own result objects is data, in the second slot.
  if (result.shape === iteratorResultShape(agent) && result.s1 === false) return result;
  let done: boolean;
  try {
    done = IteratorComplete(agent, result);
  } catch (thrown) {
    iteratorRecord.done = true;
    throw thrown;
  }
  if (!done) return result;
  iteratorRecord.done = true;
  return null;
}

/**
 * IteratorStepValue ( iteratorRecord ) — https://tc39.es/ecma262/#sec-iteratorstepvalue
 * When it returns with `iteratorRecord.done` true, the result stands for done.
 */
export function IteratorStepValue(agent: Agent, iteratorRecord: IteratorRecord): Value {
  return valueUnlessDone(agent, iteratorRecord, IteratorNext(agent, iteratorRecord));
}

/** IteratorStepValue behind the call of `next`. */
export function valueUnlessDone(agent: Agent, iteratorRecord: IteratorRecord, next: JSObject): Value {
  const result = resultUnlessDone(agent, iteratorRecord, next);
  if (result === null) return undefined;
  // Fast path: `value` of our own result objects is data, in the first slot.
  if (result.shape === iteratorResultShape(agent)) return result.s0 as Value;
  try {
    return IteratorValue(agent, result);
  } catch (thrown) {
    iteratorRecord.done = true;
    throw thrown;
  }
}

/** IteratorClose with a normal completion: errors of `return` are thrown — https://tc39.es/ecma262/#sec-iteratorclose */
export function IteratorClose(agent: Agent, iteratorRecord: IteratorRecord): void {
  const iterator = iteratorRecord.iterator;
  const method = GetMethod(agent, iterator, 'return');
  if (method === undefined) return;
  requireClosed(agent, Call0(agent, method, iterator));
}

/** What `return` gave at the end of an iteration that did not throw, which has to be an object. */
export function requireClosed(agent: Agent, innerResult: Value): void {
  if (typeof innerResult === 'object' && innerResult !== null) return;
  throwTypeError(agent, `${describeForMessage(innerResult)} is not an object`);
}

/**
 * IteratorClose with a throw completion: closes, dropping guest errors of `return`, and throws `thrown` again —
 * https://tc39.es/ecma262/#sec-iteratorclose . `thrown` is what a host catch got; a limit stop does not close.
 */
export function IteratorCloseAndThrow(agent: Agent, iteratorRecord: IteratorRecord, thrown: unknown): never {
  const value = guestValueOf(agent, thrown);
  closeQuietly(agent, iteratorRecord);
  throw thrown instanceof ThrowCompletion ? thrown : new ThrowCompletion(value);
}

/** Calls `return`, dropping guest errors: the original throw completion wins. */
function closeQuietly(agent: Agent, iteratorRecord: IteratorRecord): void {
  const iterator = iteratorRecord.iterator;
  try {
    const method = GetMethod(agent, iterator, 'return');
    if (method !== undefined) Call0(agent, method, iterator);
  } catch (inner) {
    guestValueOf(agent, inner);
  }
}

/** IteratorCloseAll ( iters, throw completion ) — https://tc39.es/ecma262/#sec-iteratorcloseall */
export function IteratorCloseAllAndThrow(
  agent: Agent,
  iters: readonly IteratorRecord[],
  thrown: unknown,
): never {
  const value = guestValueOf(agent, thrown);
  for (let i = iters.length - 1; i >= 0; i--) closeQuietly(agent, iters[i]);
  throw new ThrowCompletion(value);
}

/** CreateIteratorResultObject ( value, done ) — https://tc39.es/ecma262/#sec-createiterresultobject */
export function CreateIteratorResultObject(agent: Agent, value: Value, done: boolean): JSObject {
  agent.chargeBytes(OBJECT_BYTES + 2 * SLOT_BYTES);
  const obj = new JSObject(iteratorResultShape(agent));
  obj.s0 = value;
  obj.s1 = done;
  return obj;
}

/** The shape of the running realm's iterator result objects: `value` in the first slot, `done` in the second. */
export function iteratorResultShape(agent: Agent): Shape {
  const { realm } = agent;
  const known = realm.iteratorResultShape;
  if (known !== null) return known;
  let shape = realm.objectShape.add('value', ATTRS_DEFAULT);
  if (!shape.unique) shape = shape.add('done', ATTRS_DEFAULT);
  if (shape.unique) {
    // The program has used up the transitions that are shared: a tree of its own.
    const root = new Shape(agent, realm.objectPrototype, SHAPE_KIND_ORDINARY, null, '', 0, null);
    shape = root.add('value', ATTRS_DEFAULT).add('done', ATTRS_DEFAULT);
  }
  realm.iteratorResultShape = shape;
  return shape;
}

/** IteratorToList ( iteratorRecord ) — https://tc39.es/ecma262/#sec-iteratortolist */
export function IteratorToList(agent: Agent, iteratorRecord: IteratorRecord): Value[] {
  const values: Value[] = [];
  for (;;) {
    agent.chargeFuel(1);
    const next = IteratorStepValue(agent, iteratorRecord);
    if (iteratorRecord.done) return values;
    appendToList(agent, values, next);
  }
}
