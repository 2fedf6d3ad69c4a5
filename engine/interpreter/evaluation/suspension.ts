// The suspension points: Await, https://tc39.es/ecma262/#await , GeneratorYield, AsyncGeneratorYield, and the
// `yield*` loop. Only the suspendable evaluator gets here; no-suspension.ts stands in for this file in the plain one.
import type { Agent } from '../../runtime/agent.ts';
import { Call0, Call1 } from '../../runtime/call.ts';
import { ThrowCompletion } from '../../runtime/completion.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { guestValueOf, throwTypeError } from '../../runtime/errors.ts';
import { COROUTINE_AWAITING, COROUTINE_YIELDED } from '../../runtime/objects/generator.ts';
import { JSObject } from '../../runtime/objects/object.ts';
import { GetAsyncIterator, promiseToAwait } from '../../runtime/operations/async-operations.ts';
import {
  CreateIteratorResultObject,
  GetIterator,
  IteratorClose,
  IteratorComplete,
  type IteratorRecord,
  IteratorValue,
} from '../../runtime/operations/iterator-operations.ts';
import { GetMethod } from '../../runtime/operations/object-operations.ts';
import type { Value } from '../../runtime/value.ts';
import { type Frame, ReturnSignal } from '../frame.ts';
import type { Evaluation, Resumption } from './evaluation.ts';

/** Await ( value ) — https://tc39.es/ecma262/#await */
export function* Await(agent: Agent, context: Frame, value: Value): Evaluation<Value> {
  context.suspendedValue = promiseToAwait(agent, value);
  const resumption = yield COROUTINE_AWAITING;
  if (resumption.kind === 'throw') throw new ThrowCompletion(resumption.value);
  return resumption.value;
}

/** What a completion is at the place where it is received: a value, a throw, or a return. */
function valueOf(completion: Resumption): Value {
  if (completion.kind === 'throw') throw new ThrowCompletion(completion.value);
  if (completion.kind === 'return') throw new ReturnSignal(completion.value);
  return completion.value;
}

/** Yield ( value ) — https://tc39.es/ecma262/#sec-yield */
export function* Yield(agent: Agent, context: Frame, value: Value): Evaluation<Value> {
  if (context.generatorKind === 'async') {
    const awaited = yield* Await(agent, context, value);
    return valueOf(yield* AsyncGeneratorYield(agent, context, awaited));
  }
  return valueOf(yield* GeneratorYield(context, CreateIteratorResultObject(agent, value, false)));
}

/** GeneratorYield ( iteratorResult ): the completion it is resumed with — https://tc39.es/ecma262/#sec-generatoryield */
function* GeneratorYield(context: Frame, iteratorResult: JSObject): Evaluation<Resumption> {
  context.suspendedValue = iteratorResult;
  return yield COROUTINE_YIELDED;
}

/** AsyncGeneratorYield ( value ): the completion it is resumed with — https://tc39.es/ecma262/#sec-asyncgeneratoryield */
function* AsyncGeneratorYield(agent: Agent, context: Frame, value: Value): Evaluation<Resumption> {
  context.suspendedValue = value;
  const resumptionValue = yield COROUTINE_YIELDED;
  // AsyncGeneratorUnwrapYieldResumption.
  if (resumptionValue.kind !== 'return') return resumptionValue;
  try {
    const awaited = yield* Await(agent, context, resumptionValue.value);
    return { kind: 'return', value: awaited };
  } catch (thrown) {
    return { kind: 'throw', value: guestValueOf(agent, thrown) };
  }
}

function requireObject(agent: Agent, innerResult: Value): JSObject {
  if (innerResult instanceof JSObject) return innerResult;
  return throwTypeError(agent, `Iterator result ${describeForMessage(innerResult)} is not an object`);
}

/** YieldExpression : yield * AssignmentExpression — https://tc39.es/ecma262/#sec-generator-function-definitions-runtime-semantics-evaluation */
export function* YieldDelegate(agent: Agent, context: Frame, value: Value): Evaluation<Value> {
  const isAsync = context.generatorKind === 'async';
  const iteratorRecord = isAsync ? GetAsyncIterator(agent, value) : GetIterator(agent, value);
  const iterator = iteratorRecord.iterator;
  let received: Resumption = { kind: 'normal', value: undefined };
  for (;;) {
    agent.chargeFuel(1);
    let innerResult: Value;
    if (received.kind === 'normal') {
      innerResult = Call1(agent, iteratorRecord.nextMethod, iterator, received.value);
    } else if (received.kind === 'throw') {
      const throwMethod = GetMethod(agent, iterator, 'throw');
      if (throwMethod === undefined) {
        // The delegate cannot be told of the error: it is closed, and the protocol violation reported.
        if (isAsync) yield* AsyncIteratorClose(agent, context, iteratorRecord);
        else IteratorClose(agent, iteratorRecord);
        throwTypeError(agent, 'The iterator does not provide a throw method');
      }
      innerResult = Call1(agent, throwMethod, iterator, received.value);
    } else {
      const returnMethod = GetMethod(agent, iterator, 'return');
      if (returnMethod === undefined) {
        const returned = isAsync ? yield* Await(agent, context, received.value) : received.value;
        throw new ReturnSignal(returned);
      }
      innerResult = Call1(agent, returnMethod, iterator, received.value);
    }
    if (isAsync) innerResult = yield* Await(agent, context, innerResult);
    const result = requireObject(agent, innerResult);
    if (IteratorComplete(agent, result)) {
      const doneValue = IteratorValue(agent, result);
      if (received.kind === 'return') throw new ReturnSignal(doneValue);
      return doneValue;
    }
    if (isAsync) received = yield* AsyncGeneratorYield(agent, context, IteratorValue(agent, result));
    else received = yield* GeneratorYield(context, result);
  }
}

/** AsyncIteratorClose with a normal or return completion — https://tc39.es/ecma262/#sec-asynciteratorclose */
export function* AsyncIteratorClose(
  agent: Agent,
  context: Frame,
  iteratorRecord: IteratorRecord,
): Evaluation<void> {
  const iterator = iteratorRecord.iterator;
  const method = GetMethod(agent, iterator, 'return');
  if (method === undefined) return;
  const innerResult = yield* Await(agent, context, Call0(agent, method, iterator));
  requireObject(agent, innerResult);
}

/** AsyncIteratorClose with a throw completion, which the caller throws on — https://tc39.es/ecma262/#sec-asynciteratorclose */
export function* AsyncIteratorCloseQuietly(
  agent: Agent,
  context: Frame,
  iteratorRecord: IteratorRecord,
): Evaluation<void> {
  const iterator = iteratorRecord.iterator;
  try {
    const method = GetMethod(agent, iterator, 'return');
    if (method !== undefined) yield* Await(agent, context, Call0(agent, method, iterator));
  } catch (inner) {
    // The original throw completion wins over a guest error of `return`.
    guestValueOf(agent, inner);
  }
}
