// The %TypedArray% Intrinsic Object, https://tc39.es/ecma262/#sec-%typedarray%-intrinsic-object , and the twelve
// constructors, https://tc39.es/ecma262/#sec-typedarray-constructors . An array is made when its buffer is known; the
// steps of the specification that fill it in run before that or on the finished object, which no program sees earlier.
import type { Agent } from '../../runtime/agent.ts';
import { Call2, IsCallable, IsConstructor } from '../../runtime/call.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwRangeError, throwTypeError } from '../../runtime/errors.ts';
import { appendToList } from '../../runtime/list.ts';
import { ArrayObject } from '../../runtime/objects/array.ts';
import { ArrayBufferObject } from '../../runtime/objects/array-buffer.ts';
import type { BuiltinFunction, FunctionObject } from '../../runtime/objects/function.ts';
import type { HostCode, JSObject } from '../../runtime/objects/object.ts';
import {
  ELEMENT_TYPES,
  type ElementType,
  LENGTH_TRACKING,
  TYPED_ARRAY_BYTES,
  TypedArrayObject,
} from '../../runtime/objects/typed-array.ts';
import { CloneArrayBuffer } from '../../runtime/operations/array-buffer.ts';
import { GetIteratorFromMethod, IteratorToList } from '../../runtime/operations/iterator-operations.ts';
import {
  GetMethod,
  getIndex,
  LengthOfArrayLike,
  shapeFromConstructor,
} from '../../runtime/operations/object-operations.ts';
import { ToIndex, ToObject } from '../../runtime/operations/type-conversion.ts';
import {
  createTypedArrayOfShape,
  requireInBounds,
  TypedArrayCreateFromConstructor,
  throwContentTypes,
} from '../../runtime/operations/typed-array.ts';
import type { IntrinsicName } from '../../runtime/realm.ts';
import { SHAPE_KIND_TYPED_ARRAY, type Shape } from '../../runtime/shape.ts';
import { SYMBOL_ITERATOR, SYMBOL_SPECIES, type Value } from '../../runtime/value.ts';
import {
  constant,
  constructorSpec,
  getter,
  type IntrinsicSpec,
  method,
  objectSpec,
  type Row,
} from '../define.ts';
import { copyElements } from './elements.ts';
import { uint8ArrayPrototypeRows, uint8ArrayRows } from './uint8-array.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** %TypedArray% ( ) — https://tc39.es/ecma262/#sec-%typedarray% */
function TypedArray_constructor(callee: Builtin): Value {
  return throwTypeError(callee.realm.agent, 'Abstract class TypedArray not directly constructable');
}

/** %TypedArray%.from ( source [ , mapper [ , thisArg ] ] ) — https://tc39.es/ecma262/#sec-%typedarray%.from */
function TypedArray_from(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  source: Value,
  mapper: Value,
  thisArg: Value,
): Value {
  const { agent } = callee.realm;
  const C = requireConstructor(agent, thisValue);
  if (mapper !== undefined && !IsCallable(mapper))
    throwTypeError(agent, `${describeForMessage(mapper)} is not a function`);
  const usingIterator = GetMethod(agent, source, SYMBOL_ITERATOR);
  const values = usingIterator === undefined ? null : iterableToList(agent, source, usingIterator);
  const arrayLike = values === null ? ToObject(agent, source) : null;
  const len = values === null ? LengthOfArrayLike(agent, arrayLike as JSObject) : values.length;
  const targetObj = TypedArrayCreateFromConstructor(agent, C, [len], 'write');
  for (let k = 0; k < len; k++) {
    agent.chargeFuel(1);
    const kValue = values === null ? getIndex(agent, arrayLike as JSObject, k) : values[k];
    targetObj.setElement(agent, k, mapper === undefined ? kValue : Call2(agent, mapper, thisArg, kValue, k));
  }
  return targetObj;
}

/** %TypedArray%.of ( ...items ) — https://tc39.es/ecma262/#sec-%typedarray%.of */
function TypedArray_of(callee: Builtin, thisValue: Value, _newTarget: NewTarget, ...items: Value[]): Value {
  const { agent } = callee.realm;
  const C = requireConstructor(agent, thisValue);
  const newObj = TypedArrayCreateFromConstructor(agent, C, [items.length], 'write');
  for (let k = 0; k < items.length; k++) newObj.setElement(agent, k, items[k]);
  return newObj;
}

function requireConstructor(agent: Agent, C: Value): FunctionObject {
  return IsConstructor(C) ? C : throwTypeError(agent, `${describeForMessage(C)} is not a constructor`);
}

/** get %TypedArray% [ %Symbol.species% ] — https://tc39.es/ecma262/#sec-get-%typedarray%-%symbol.species% */
function get_TypedArray_species(_callee: Builtin, thisValue: Value): Value {
  return thisValue;
}

/** IteratorToList ( GetIteratorFromMethod ( iterable, method ) ). */
function iterableToList(agent: Agent, iterable: Value, method: FunctionObject): Value[] {
  const { realm } = agent;
  const next = realm.intrinsic('%ArrayIteratorPrototype%').OrdinaryGetOwnProperty('next');
  if (next === undefined || next.value !== realm.intrinsic('%ArrayIteratorPrototype.next%')) {
    return IteratorToList(agent, GetIteratorFromMethod(agent, iterable, method));
  }
  // Fast path: the iterator that the method would make is not seen by the program, and its `next` is the original one.
  const iterator = method as JSObject;
  if (iterable instanceof ArrayObject && iterator === realm.intrinsic('%Array.prototype.values%')) {
    const values: Value[] = [];
    for (let i = 0; i < iterable.length; i++) {
      agent.chargeFuel(1);
      appendToList(agent, values, getIndex(agent, iterable, i));
    }
    return values;
  }
  if (iterable instanceof TypedArrayObject && iterator === realm.intrinsic('%TypedArray.prototype.values%')) {
    requireInBounds(agent, iterable);
    const values: Value[] = [];
    const length = iterable.length(agent);
    for (let i = 0; i < length; i++) {
      agent.chargeFuel(1);
      appendToList(agent, values, iterable.getElement(agent, i));
    }
    return values;
  }
  return IteratorToList(agent, GetIteratorFromMethod(agent, iterable, method));
}

/** TypedArray ( ...args ) of an element type — https://tc39.es/ecma262/#sec-typedarray */
function constructorCode(type: ElementType): HostCode {
  const defaultProto = `%${type.name}.prototype%` as IntrinsicName;
  return (
    callee: Builtin,
    _thisValue: Value,
    newTarget: NewTarget,
    firstArgument: Value,
    byteOffset: Value,
    length: Value,
  ) => {
    const { agent } = callee.realm;
    if (newTarget === undefined) throwTypeError(agent, `Constructor ${type.name} requires 'new'`);
    if (typeof firstArgument !== 'object' || firstArgument === null) {
      const elementLength = ToIndex(agent, firstArgument);
      const shape = shapeFromConstructor(agent, newTarget, defaultProto, SHAPE_KIND_TYPED_ARRAY);
      return createTypedArrayOfShape(agent, shape, type, elementLength);
    }
    const shape = shapeFromConstructor(agent, newTarget, defaultProto, SHAPE_KIND_TYPED_ARRAY);
    if (firstArgument instanceof TypedArrayObject) return fromTypedArray(agent, shape, type, firstArgument);
    if (firstArgument instanceof ArrayBufferObject)
      return fromArrayBuffer(agent, shape, type, firstArgument, byteOffset, length);
    const usingIterator = GetMethod(agent, firstArgument, SYMBOL_ITERATOR);
    if (usingIterator === undefined) return fromArrayLike(agent, shape, type, firstArgument);
    return fromList(agent, shape, type, iterableToList(agent, firstArgument, usingIterator));
  };
}

/** InitializeTypedArrayFromTypedArray ( O, srcArray ) — https://tc39.es/ecma262/#sec-initializetypedarrayfromtypedarray */
function fromTypedArray(
  agent: Agent,
  shape: Shape,
  type: ElementType,
  srcArray: TypedArrayObject,
): TypedArrayObject {
  requireInBounds(agent, srcArray);
  const elementLength = srcArray.length(agent);
  if (srcArray.type === type) {
    const data = CloneArrayBuffer(
      agent,
      srcArray.buffer,
      srcArray.byteOffset,
      type.elementSize * elementLength,
    );
    agent.chargeBytes(TYPED_ARRAY_BYTES);
    return new TypedArrayObject(shape, type, data, 0, elementLength);
  }
  const O = createTypedArrayOfShape(agent, shape, type, elementLength);
  if (srcArray.type.isBigInt !== type.isBigInt) throwContentTypes(agent);
  copyElements(agent, O, 0, srcArray, 0, elementLength);
  return O;
}

/** InitializeTypedArrayFromArrayBuffer ( O, buffer, byteOffset, length ) — https://tc39.es/ecma262/#sec-initializetypedarrayfromarraybuffer */
function fromArrayBuffer(
  agent: Agent,
  shape: Shape,
  type: ElementType,
  buffer: ArrayBufferObject,
  byteOffset: Value,
  length: Value,
): TypedArrayObject {
  const { elementSize } = type;
  const offset = ToIndex(agent, byteOffset);
  if (offset % elementSize !== 0)
    throwRangeError(agent, `start offset of ${type.name} should be a multiple of ${elementSize}`);
  const newLength = length === undefined ? 0 : ToIndex(agent, length);
  if (buffer.data === null) throwTypeError(agent, `Cannot construct ${type.name} on a detached ArrayBuffer`);
  const bufferByteLength = buffer.byteLength;
  let arrayLength: number;
  if (length !== undefined) {
    if (offset + newLength * elementSize > bufferByteLength)
      throwRangeError(agent, `Invalid typed array length: ${newLength}`);
    arrayLength = newLength;
  } else {
    if (buffer.isFixedLength && bufferByteLength % elementSize !== 0)
      throwRangeError(agent, `byte length of ${type.name} should be a multiple of ${elementSize}`);
    if (offset > bufferByteLength)
      throwRangeError(agent, `Start offset ${offset} is outside the bounds of the buffer`);
    arrayLength = buffer.isFixedLength ? (bufferByteLength - offset) / elementSize : LENGTH_TRACKING;
  }
  agent.chargeBytes(TYPED_ARRAY_BYTES);
  return new TypedArrayObject(shape, type, buffer, offset, arrayLength);
}

/** InitializeTypedArrayFromList ( O, values ) — https://tc39.es/ecma262/#sec-initializetypedarrayfromlist */
function fromList(agent: Agent, shape: Shape, type: ElementType, values: readonly Value[]): TypedArrayObject {
  const O = createTypedArrayOfShape(agent, shape, type, values.length);
  agent.chargeFuel(values.length >> 2);
  for (let k = 0; k < values.length; k++) O.setElement(agent, k, values[k]);
  return O;
}

/** InitializeTypedArrayFromArrayLike ( O, arrayLike ) — https://tc39.es/ecma262/#sec-initializetypedarrayfromarraylike */
function fromArrayLike(agent: Agent, shape: Shape, type: ElementType, arrayLike: JSObject): TypedArrayObject {
  const len = LengthOfArrayLike(agent, arrayLike);
  const O = createTypedArrayOfShape(agent, shape, type, len);
  for (let k = 0; k < len; k++) {
    agent.chargeFuel(1);
    O.setElement(agent, k, getIndex(agent, arrayLike, k));
  }
  return O;
}

/** The constructor and the prototype of an element type. */
function typeSpecs(type: ElementType): readonly IntrinsicSpec[] {
  const name = `%${type.name}%` as IntrinsicName;
  const prototypeName = `%${type.name}.prototype%` as IntrinsicName;
  const bytes: Row = constant('BYTES_PER_ELEMENT', type.elementSize);
  const isUint8 = type.name === 'Uint8Array';
  return [
    constructorSpec(name, type.name, {
      length: 3,
      code: constructorCode(type),
      prototype: prototypeName,
      parent: '%TypedArray%',
      rows: isUint8 ? [bytes, ...uint8ArrayRows] : [bytes],
    }),
    objectSpec(prototypeName, {
      parent: '%TypedArray.prototype%',
      constructorName: name,
      rows: isUint8 ? [bytes, ...uint8ArrayPrototypeRows] : [bytes],
    }),
  ];
}

export const typedArrayConstructorIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%TypedArray%', 'TypedArray', {
    length: 0,
    code: TypedArray_constructor,
    prototype: '%TypedArray.prototype%',
    rows: [
      method('from', 1, TypedArray_from),
      method('of', 0, TypedArray_of),
      getter(SYMBOL_SPECIES, get_TypedArray_species),
    ],
  }),
  ...ELEMENT_TYPES.flatMap(typeSpecs),
];
