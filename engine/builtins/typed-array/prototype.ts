// Properties of the %TypedArray% Prototype Object, https://tc39.es/ecma262/#sec-properties-of-the-%typedarrayprototype%-object :
// accessors, iterators and conversions to text; the others are in the files whose rows are listed at the end.
import type { Agent } from '../../runtime/agent.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { TypedArrayObject } from '../../runtime/objects/typed-array.ts';
import { Invoke } from '../../runtime/operations/object-operations.ts';
import { ToIntegerOrInfinity, ToString } from '../../runtime/operations/type-conversion.ts';
import { requireTypedArray, ValidateTypedArray } from '../../runtime/operations/typed-array.ts';
import { StringBuilder } from '../../runtime/string-builder.ts';
import { SYMBOL_ITERATOR, SYMBOL_TO_STRING_TAG, type Value } from '../../runtime/value.ts';
import { CreateArrayIterator } from '../array/iterator.ts';
import {
  alias,
  functionSpec,
  getter,
  type IntrinsicSpec,
  intrinsicValue,
  method,
  objectSpec,
} from '../define.ts';
import { typedArrayCopyRows } from './copy.ts';
import { typedArrayIterateRows } from './iterate.ts';
import { typedArraySearchRows } from './search.ts';
import { typedArraySortRows } from './sort.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** %TypedArray%.prototype.at ( index ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.at */
function TypedArray_prototype_at(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  index: Value,
): Value {
  const { agent } = callee.realm;
  const O = ValidateTypedArray(agent, thisValue);
  const len = O.length(agent);
  const relativeIndex = ToIntegerOrInfinity(agent, index);
  const k = relativeIndex >= 0 ? relativeIndex : len + relativeIndex;
  return k < 0 || k >= len ? undefined : O.getElement(agent, k);
}

/** get %TypedArray%.prototype.buffer — https://tc39.es/ecma262/#sec-get-%typedarray%.prototype.buffer */
function get_TypedArray_prototype_buffer(callee: Builtin, thisValue: Value): Value {
  return requireTypedArray(callee.realm.agent, thisValue).buffer;
}

/** get %TypedArray%.prototype.byteLength — https://tc39.es/ecma262/#sec-get-%typedarray%.prototype.bytelength */
function get_TypedArray_prototype_byteLength(callee: Builtin, thisValue: Value): Value {
  const { agent } = callee.realm;
  const O = requireTypedArray(agent, thisValue);
  return O.length(agent) * O.type.elementSize;
}

/** get %TypedArray%.prototype.byteOffset — https://tc39.es/ecma262/#sec-get-%typedarray%.prototype.byteoffset */
function get_TypedArray_prototype_byteOffset(callee: Builtin, thisValue: Value): Value {
  const O = requireTypedArray(callee.realm.agent, thisValue);
  return O.isOutOfBounds() ? 0 : O.byteOffset;
}

/** %TypedArray%.prototype.entries ( ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.entries */
function TypedArray_prototype_entries(callee: Builtin, thisValue: Value): Value {
  const { agent } = callee.realm;
  return CreateArrayIterator(agent, ValidateTypedArray(agent, thisValue), 'key+value');
}

/** %TypedArray%.prototype.join ( separator ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.join */
function TypedArray_prototype_join(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  separator: Value,
): Value {
  const { agent } = callee.realm;
  const O = ValidateTypedArray(agent, thisValue);
  const len = O.length(agent);
  const sep = separator === undefined ? ',' : ToString(agent, separator);
  return joinElements(agent, O, len, sep, ToString);
}

/** Elements that are gone count as the empty string. */
function joinElements(
  agent: Agent,
  O: TypedArrayObject,
  len: number,
  sep: string,
  convert: (agent: Agent, element: Value) => string,
): string {
  const R = new StringBuilder(agent);
  for (let k = 0; k < len; k++) {
    agent.chargeFuel(1);
    if (k > 0) R.append(sep);
    const element = O.getElement(agent, k);
    if (element !== undefined) R.append(convert(agent, element));
  }
  return R.finish();
}

/** %TypedArray%.prototype.keys ( ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.keys */
function TypedArray_prototype_keys(callee: Builtin, thisValue: Value): Value {
  const { agent } = callee.realm;
  return CreateArrayIterator(agent, ValidateTypedArray(agent, thisValue), 'key');
}

/** get %TypedArray%.prototype.length — https://tc39.es/ecma262/#sec-get-%typedarray%.prototype.length */
function get_TypedArray_prototype_length(callee: Builtin, thisValue: Value): Value {
  const { agent } = callee.realm;
  return requireTypedArray(agent, thisValue).length(agent);
}

/** %TypedArray%.prototype.toLocaleString ( [ reserved1 [ , reserved2 ] ] ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.tolocalestring */
function TypedArray_prototype_toLocaleString(callee: Builtin, thisValue: Value): Value {
  const { agent } = callee.realm;
  const O = ValidateTypedArray(agent, thisValue);
  return joinElements(agent, O, O.length(agent), ',', elementToLocaleString);
}

function elementToLocaleString(agent: Agent, element: Value): string {
  return ToString(agent, Invoke(agent, element, 'toLocaleString'));
}

/** %TypedArray%.prototype.values ( ) — https://tc39.es/ecma262/#sec-%typedarray%.prototype.values */
function TypedArray_prototype_values(callee: Builtin, thisValue: Value): Value {
  const { agent } = callee.realm;
  return CreateArrayIterator(agent, ValidateTypedArray(agent, thisValue), 'value');
}

/** get %TypedArray%.prototype [ %Symbol.toStringTag% ] — https://tc39.es/ecma262/#sec-get-%typedarray%.prototype-%symbol.tostringtag% */
function get_TypedArray_prototype_toStringTag(_callee: Builtin, thisValue: Value): Value {
  return thisValue instanceof TypedArrayObject ? thisValue.type.name : undefined;
}

export const typedArrayPrototypeIntrinsics: readonly IntrinsicSpec[] = [
  functionSpec('%TypedArray.prototype.values%', 'values', 0, TypedArray_prototype_values),
  objectSpec('%TypedArray.prototype%', {
    constructorName: '%TypedArray%',
    rows: [
      ...typedArrayCopyRows,
      ...typedArrayIterateRows,
      ...typedArraySearchRows,
      ...typedArraySortRows,
      method('at', 1, TypedArray_prototype_at),
      getter('buffer', get_TypedArray_prototype_buffer),
      getter('byteLength', get_TypedArray_prototype_byteLength),
      getter('byteOffset', get_TypedArray_prototype_byteOffset),
      method('entries', 0, TypedArray_prototype_entries),
      method('join', 1, TypedArray_prototype_join),
      method('keys', 0, TypedArray_prototype_keys),
      getter('length', get_TypedArray_prototype_length),
      method('toLocaleString', 0, TypedArray_prototype_toLocaleString),
      intrinsicValue('toString', '%Array.prototype.toString%'),
      intrinsicValue('values', '%TypedArray.prototype.values%'),
      alias(SYMBOL_ITERATOR, 'values'),
      getter(SYMBOL_TO_STRING_TAG, get_TypedArray_prototype_toStringTag),
    ],
  }),
];
