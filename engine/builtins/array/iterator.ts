// Array Iterator Objects, https://tc39.es/ecma262/#sec-array-iterator-objects .
import type { Agent } from '../../runtime/agent.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import { createArrayFrom } from '../../runtime/objects/array.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import { JSObject } from '../../runtime/objects/object.ts';
import { TypedArrayObject } from '../../runtime/objects/typed-array.ts';
import { CreateIteratorResultObject } from '../../runtime/operations/iterator-operations.ts';
import { getIndex, LengthOfArrayLike } from '../../runtime/operations/object-operations.ts';
import { requireInBounds } from '../../runtime/operations/typed-array.ts';
import { rootShape, SHAPE_KIND_ORDINARY, type Shape } from '../../runtime/shape.ts';
import type { Value } from '../../runtime/value.ts';
import { functionSpec, type IntrinsicSpec, intrinsicValue, objectSpec, toStringTag } from '../define.ts';

export type ArrayIterationKind = 'key' | 'value' | 'key+value';

export class ArrayIteratorObject extends JSObject {
  /** Undefined when exhausted. */
  iteratedArrayLike: JSObject | undefined;
  nextIndex: number;
  readonly iterationKind: ArrayIterationKind;
  constructor(shape: Shape, array: JSObject, iterationKind: ArrayIterationKind) {
    super(shape);
    this.iteratedArrayLike = array;
    this.nextIndex = 0;
    this.iterationKind = iterationKind;
  }
  override className(): string {
    return 'Array Iterator';
  }
}

/** CreateArrayIterator ( array, kind ) — https://tc39.es/ecma262/#sec-createarrayiterator */
export function CreateArrayIterator(agent: Agent, array: JSObject, kind: ArrayIterationKind): JSObject {
  agent.chargeBytes(112);
  const prototype = agent.realm.intrinsic('%ArrayIteratorPrototype%');
  return new ArrayIteratorObject(rootShape(agent, prototype, SHAPE_KIND_ORDINARY), array, kind);
}

/** %ArrayIteratorPrototype%.next ( ) — https://tc39.es/ecma262/#sec-%arrayiteratorprototype%.next */
function ArrayIteratorPrototype_next(callee: BuiltinFunction<undefined>, thisValue: Value): Value {
  const agent = callee.realm.agent;
  if (!(thisValue instanceof ArrayIteratorObject)) {
    throwTypeError(agent, `next method called on incompatible receiver ${describeForMessage(thisValue)}`);
  }
  const array = thisValue.iteratedArrayLike;
  if (array === undefined) return CreateIteratorResultObject(agent, undefined, true);
  const index = thisValue.nextIndex;
  if (index >= iteratedLength(agent, array)) {
    thisValue.iteratedArrayLike = undefined;
    return CreateIteratorResultObject(agent, undefined, true);
  }
  thisValue.nextIndex = index + 1;
  let result: Value = index;
  if (thisValue.iterationKind !== 'key') {
    const elementValue = getIndex(agent, array, index);
    result =
      thisValue.iterationKind === 'value' ? elementValue : createArrayFrom(agent, [index, elementValue]);
  }
  return CreateIteratorResultObject(agent, result, false);
}

/** Steps 8 and 9: the length of what is iterated, asked anew at each step. */
function iteratedLength(agent: Agent, array: JSObject): number {
  if (!(array instanceof TypedArrayObject)) return LengthOfArrayLike(agent, array);
  requireInBounds(agent, array);
  return array.length(agent);
}

export const arrayIteratorIntrinsics: readonly IntrinsicSpec[] = [
  objectSpec('%ArrayIteratorPrototype%', {
    parent: '%Iterator.prototype%',
    rows: [intrinsicValue('next', '%ArrayIteratorPrototype.next%'), toStringTag('Array Iterator')],
  }),
  functionSpec('%ArrayIteratorPrototype.next%', 'next', 0, ArrayIteratorPrototype_next),
];
