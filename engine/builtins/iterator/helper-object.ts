// Iterator Helper Objects, https://tc39.es/ecma262/#sec-iterator-helper-objects . The specification describes them as
// generators over abstract closures. Here a helper is a record: the state of the generator, a kind whose functions are
// static, and the data that the closure would capture. `step` runs from one yield to the next.
import type { Agent } from '../../runtime/agent.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import { JSObject } from '../../runtime/objects/object.ts';
import { CreateIteratorResultObject } from '../../runtime/operations/iterator-operations.ts';
import { rootShape, SHAPE_KIND_ORDINARY, type Shape } from '../../runtime/shape.ts';
import type { Value } from '../../runtime/value.ts';
import { type IntrinsicSpec, method, objectSpec, toStringTag } from '../define.ts';

/** What a closure's part between two yields may return: a value to yield, or the end. */
export const HELPER_DONE = Symbol('iterator helper is done');
export type StepResult = Value | typeof HELPER_DONE;

/** The static part of one kind of helper. `Data` is what its closure captures, with its local variables. */
export interface HelperKind<Data> {
  /** Unique; a snapshot names the kind by it. */
  readonly name: string;
  /** Runs to the next yield or the end. What it throws completes the helper. */
  step(agent: Agent, data: Data): StepResult;
  /** The return completion arrives at the yield (`started`) or before the closure has run. */
  close(agent: Agent, data: Data, started: boolean): void;
}

class IteratorHelperObject<Data = unknown> extends JSObject {
  generatorState: 'suspended-start' | 'suspended-yield' | 'executing' | 'completed';
  readonly helperKind: HelperKind<Data>;
  readonly data: Data;

  constructor(shape: Shape, helperKind: HelperKind<Data>, data: Data) {
    super(shape);
    this.generatorState = 'suspended-start';
    this.helperKind = helperKind;
    this.data = data;
  }

  override className(): string {
    return 'Iterator Helper';
  }
}

/** CreateIteratorFromClosure ( closure, "Iterator Helper", %IteratorHelperPrototype% ) — https://tc39.es/ecma262/#sec-createiteratorfromclosure */
export function createIteratorHelper<Data>(agent: Agent, helperKind: HelperKind<Data>, data: Data): JSObject {
  const prototype = agent.realm.intrinsic('%IteratorHelperPrototype%');
  agent.chargeBytes(160);
  return new IteratorHelperObject(rootShape(agent, prototype, SHAPE_KIND_ORDINARY), helperKind, data);
}

/** Brand check and GeneratorValidate — https://tc39.es/ecma262/#sec-generatorvalidate */
function thisHelper(agent: Agent, thisValue: Value, name: string): IteratorHelperObject {
  if (!(thisValue instanceof IteratorHelperObject)) {
    throwTypeError(agent, `${name} method called on incompatible receiver ${describeForMessage(thisValue)}`);
  }
  if (thisValue.generatorState === 'executing') throwTypeError(agent, 'Iterator helper is already running');
  return thisValue;
}

/** %IteratorHelperPrototype%.next ( ) — https://tc39.es/ecma262/#sec-%iteratorhelperprototype%.next */
function IteratorHelperPrototype_next(callee: BuiltinFunction<undefined>, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const helper = thisHelper(agent, thisValue, 'next');
  if (helper.generatorState === 'completed') return CreateIteratorResultObject(agent, undefined, true);
  helper.generatorState = 'executing';
  let value: StepResult;
  try {
    value = helper.helperKind.step(agent, helper.data);
  } catch (thrown) {
    helper.generatorState = 'completed';
    throw thrown;
  }
  if (value === HELPER_DONE) {
    helper.generatorState = 'completed';
    return CreateIteratorResultObject(agent, undefined, true);
  }
  helper.generatorState = 'suspended-yield';
  return CreateIteratorResultObject(agent, value, false);
}

/** %IteratorHelperPrototype%.return ( ) — https://tc39.es/ecma262/#sec-%iteratorhelperprototype%.return */
function IteratorHelperPrototype_return(callee: BuiltinFunction<undefined>, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const helper = thisHelper(agent, thisValue, 'return');
  if (helper.generatorState !== 'completed') {
    const started = helper.generatorState === 'suspended-yield';
    // Before its start the generator counts as completed while the underlying iterators are closed.
    helper.generatorState = started ? 'executing' : 'completed';
    try {
      helper.helperKind.close(agent, helper.data, started);
    } finally {
      helper.generatorState = 'completed';
    }
  }
  return CreateIteratorResultObject(agent, undefined, true);
}

export const iteratorHelperIntrinsics: readonly IntrinsicSpec[] = [
  objectSpec('%IteratorHelperPrototype%', {
    parent: '%Iterator.prototype%',
    rows: [
      method('next', 0, IteratorHelperPrototype_next),
      method('return', 0, IteratorHelperPrototype_return),
      toStringTag('Iterator Helper'),
    ],
  }),
];
