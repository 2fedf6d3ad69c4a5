// The Iterator constructor and what it wraps, https://tc39.es/ecma262/#sec-iterator-constructor .
import type { Agent } from '../../runtime/agent.ts';
import { Call0 } from '../../runtime/call.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import type { BuiltinFunction, FunctionObject } from '../../runtime/objects/function.ts';
import { JSObject } from '../../runtime/objects/object.ts';
import {
  CreateIteratorResultObject,
  GetIteratorFlattenable,
  GetIteratorFromMethod,
  IteratorClose,
  type IteratorRecord,
  IteratorStepValue,
} from '../../runtime/operations/iterator-operations.ts';
import {
  GetMethod,
  OrdinaryCreateFromConstructor,
  OrdinaryHasInstance,
} from '../../runtime/operations/object-operations.ts';
import { rootShape, SHAPE_KIND_ORDINARY, type Shape } from '../../runtime/shape.ts';
import { SYMBOL_ITERATOR, type Value } from '../../runtime/value.ts';
import { constructorSpec, type IntrinsicSpec, method, objectSpec } from '../define.ts';
import { createIteratorHelper, HELPER_DONE, type HelperKind } from './helper-object.ts';
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

interface ConcatData {
  readonly iterables: readonly { readonly openMethod: FunctionObject; readonly iterable: JSObject }[];
  /** How many iterables have been opened. */
  opened: number;
  current: IteratorRecord | null;
}

const concatKind: HelperKind<ConcatData> = {
  name: 'concat',
  step(agent, data) {
    for (;;) {
      agent.chargeFuel(1);
      if (data.current === null) {
        if (data.opened === data.iterables.length) return HELPER_DONE;
        const { openMethod, iterable } = data.iterables[data.opened++];
        data.current = GetIteratorFromMethod(agent, iterable, openMethod);
      }
      const innerValue = IteratorStepValue(agent, data.current);
      if (!data.current.done) return innerValue;
      data.current = null;
    }
  },
  close(agent, data) {
    if (data.current !== null) IteratorClose(agent, data.current);
  },
};

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
  return createIteratorHelper(agent, concatKind, { iterables, opened: 0, current: null });
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
function Iterator_from(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, O: Value): Value {
  const agent = callee.realm.agent;
  const iteratorRecord = GetIteratorFlattenable(agent, O, 'iterate-string-primitives');
  if (OrdinaryHasInstance(agent, callee.realm.intrinsic('%Iterator%'), iteratorRecord.iterator)) {
    return iteratorRecord.iterator;
  }
  agent.chargeBytes(128);
  const prototype = callee.realm.intrinsic('%WrapForValidIteratorPrototype%');
  return new WrapForValidIteratorObject(rootShape(agent, prototype, SHAPE_KIND_ORDINARY), iteratorRecord);
}

/** %WrapForValidIteratorPrototype%.next ( ) — https://tc39.es/ecma262/#sec-%wrapforvaliditeratorprototype%.next */
function WrapForValidIteratorPrototype_next(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const { iterator, nextMethod } = thisWrapper(agent, thisValue, 'next');
  return Call0(agent, nextMethod, iterator);
}

/** %WrapForValidIteratorPrototype%.return ( ) — https://tc39.es/ecma262/#sec-%wrapforvaliditeratorprototype%.return */
function WrapForValidIteratorPrototype_return(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const { iterator } = thisWrapper(agent, thisValue, 'return');
  const returnMethod = GetMethod(agent, iterator, 'return');
  if (returnMethod === undefined) return CreateIteratorResultObject(agent, undefined, true);
  return Call0(agent, returnMethod, iterator);
}

export const iteratorConstructorIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%Iterator%', 'Iterator', {
    length: 0,
    code: Iterator_constructor,
    prototype: '%Iterator.prototype%',
    rows: [
      method('concat', 0, Iterator_concat),
      method('from', 1, Iterator_from),
      method('zip', 1, Iterator_zip),
      method('zipKeyed', 1, Iterator_zipKeyed),
    ],
  }),
  objectSpec('%WrapForValidIteratorPrototype%', {
    parent: '%Iterator.prototype%',
    rows: [
      method('next', 0, WrapForValidIteratorPrototype_next),
      method('return', 0, WrapForValidIteratorPrototype_return),
    ],
  }),
];
