// The %TypedArray% Intrinsic Object, https://tc39.es/ecma262/#sec-%typedarray%-intrinsic-object , and the twelve
// constructors, https://tc39.es/ecma262/#sec-typedarray-constructors . An array is made when its buffer is known; the
// steps of the specification that fill it in run before that or on the finished object, which no program sees earlier.
import type { Agent } from '../../runtime/agent.ts';
import { IsCallable, IsConstructor } from '../../runtime/call.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwRangeError, throwTypeError } from '../../runtime/errors.ts';
import { GuestAlgorithm, GuestCall, type GuestStep } from '../../runtime/guest-work.ts';
import { appendToList } from '../../runtime/list.ts';
import { ArrayObject } from '../../runtime/objects/array.ts';
import { ArrayBufferObject } from '../../runtime/objects/array-buffer.ts';
import type { BuiltinFunction, FunctionObject } from '../../runtime/objects/function.ts';
import { JSObject, type PendingWork } from '../../runtime/objects/object.ts';
import {
  ELEMENT_TYPES,
  type ElementType,
  LENGTH_TRACKING,
  TYPED_ARRAY_BYTES,
  TypedArrayObject,
} from '../../runtime/objects/typed-array.ts';
import { CloneArrayBuffer } from '../../runtime/operations/array-buffer.ts';
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
  type WorkingFunction,
  workingMethod,
} from '../define.ts';
import { ListWalk } from '../iterable-walk.ts';
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
  [source, mapper, thisArg]: readonly Value[],
): PendingWork {
  const { agent } = callee.realm;
  const C = requireConstructor(agent, thisValue);
  if (mapper !== undefined && !IsCallable(mapper))
    throwTypeError(agent, `${describeForMessage(mapper)} is not a function`);
  const usingIterator = GetMethod(agent, source, SYMBOL_ITERATOR);
  if (usingIterator === undefined) {
    const arrayLike = ToObject(agent, source);
    return new MappedElements(C, arrayLike, LengthOfArrayLike(agent, arrayLike), mapper, thisArg);
  }
  const values = listOfPlainIterable(agent, source, usingIterator);
  if (values !== null) return new MappedElements(C, values, values.length, mapper, thisArg);
  return new MappedIterable(source, usingIterator, C, mapper, thisArg);
}

/** A typed array made by a constructor of what a mapper gives for the elements of a list or an array-like. */
class MappedElements extends GuestAlgorithm {
  private readonly C: FunctionObject;
  private readonly source: readonly Value[] | JSObject;
  private readonly len: number;
  private readonly call: GuestCall | null;
  private target: TypedArrayObject | null;
  private k: number;

  constructor(
    C: FunctionObject,
    source: readonly Value[] | JSObject,
    len: number,
    mapper: FunctionObject | undefined,
    thisArg: Value,
  ) {
    super();
    this.C = C;
    this.source = source;
    this.len = len;
    this.call = mapper === undefined ? null : new GuestCall(mapper, thisArg, []);
    this.target = null;
    this.k = 0;
  }

  override begin(agent: Agent): GuestStep | null {
    this.target = TypedArrayCreateFromConstructor(agent, this.C, [this.len], 'write');
    this.result = this.target;
    return this.next(agent, this.target);
  }

  private next(agent: Agent, target: TypedArrayObject): GuestStep | null {
    const { source, call, len } = this;
    while (this.k < len) {
      agent.chargeFuel(1);
      const kValue = source instanceof JSObject ? getIndex(agent, source, this.k) : source[this.k];
      if (call !== null) {
        call.args = [kValue, this.k];
        return call;
      }
      target.setElement(agent, this.k++, kValue);
    }
    return null;
  }

  override returned(agent: Agent, mappedValue: Value): GuestStep | null {
    const target = this.target as TypedArrayObject;
    target.setElement(agent, this.k++, mappedValue);
    return this.next(agent, target);
  }
}

/** The same for an iterable: its values are listed before the constructor is called. */
class MappedIterable extends GuestAlgorithm {
  private readonly walk: ValuesWalk;
  private readonly C: FunctionObject;
  private readonly mapper: FunctionObject | undefined;
  private readonly thisArg: Value;
  private mapping: MappedElements | null;

  constructor(
    iterable: Value,
    method: FunctionObject,
    C: FunctionObject,
    mapper: FunctionObject | undefined,
    thisArg: Value,
  ) {
    super();
    this.walk = new ValuesWalk(iterable, method);
    this.C = C;
    this.mapper = mapper;
    this.thisArg = thisArg;
    this.mapping = null;
  }

  override begin(agent: Agent): GuestStep | null {
    return this.walk.begin(agent) ?? this.map(agent);
  }

  private map(agent: Agent): GuestStep | null {
    const { listed } = this.walk;
    this.mapping = new MappedElements(this.C, listed, listed.length, this.mapper, this.thisArg);
    return this.after(this.mapping.begin(agent));
  }

  private after(step: GuestStep | null): GuestStep | null {
    this.result = this.mapping?.result;
    return step;
  }

  override returned(agent: Agent, value: Value): GuestStep | null {
    if (this.mapping !== null) return this.after(this.mapping.returned(agent, value));
    return this.walk.returned(agent, value) ?? this.map(agent);
  }

  override threw(agent: Agent, value: Value): GuestStep | null {
    return (this.mapping ?? this.walk).threw(agent, value);
  }
}

/** Lists the values of an iterable. */
class ValuesWalk extends ListWalk {
  listed: readonly Value[] = [];

  protected override resultOf(_agent: Agent, values: Value[]): undefined {
    this.listed = values;
  }
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

/** IteratorToList ( GetIteratorFromMethod ( iterable, method ) ) where that runs no guest code; else null. */
function listOfPlainIterable(agent: Agent, iterable: Value, method: FunctionObject): Value[] | null {
  const { realm } = agent;
  const next = realm.intrinsic('%ArrayIteratorPrototype%').OrdinaryGetOwnProperty('next');
  if (next === undefined || next.value !== realm.intrinsic('%ArrayIteratorPrototype.next%')) return null;
  // The iterator that the method would make is not seen by the program, and its `next` is the original one.
  const iterator = method as JSObject;
  const values: Value[] = [];
  if (iterable instanceof ArrayObject && iterator === realm.intrinsic('%Array.prototype.values%')) {
    for (let i = 0; i < iterable.length; i++) {
      agent.chargeFuel(1);
      appendToList(agent, values, getIndex(agent, iterable, i));
    }
    return values;
  }
  if (iterable instanceof TypedArrayObject && iterator === realm.intrinsic('%TypedArray.prototype.values%')) {
    requireInBounds(agent, iterable);
    const length = iterable.length(agent);
    for (let i = 0; i < length; i++) {
      agent.chargeFuel(1);
      appendToList(agent, values, iterable.getElement(agent, i));
    }
    return values;
  }
  return null;
}

/** TypedArray ( ...args ) of an element type — https://tc39.es/ecma262/#sec-typedarray */
function constructorWork(type: ElementType): WorkingFunction {
  const defaultProto = `%${type.name}.prototype%` as IntrinsicName;
  return {
    work(callee: Builtin, _thisValue, newTarget, args) {
      const { agent } = callee.realm;
      if (newTarget === undefined) throwTypeError(agent, `Constructor ${type.name} requires 'new'`);
      const firstArgument = args[0];
      if (typeof firstArgument !== 'object' || firstArgument === null) {
        const elementLength = ToIndex(agent, firstArgument);
        const shape = shapeFromConstructor(agent, newTarget, defaultProto, SHAPE_KIND_TYPED_ARRAY);
        return { work: null, result: createTypedArrayOfShape(agent, shape, type, elementLength) };
      }
      const shape = shapeFromConstructor(agent, newTarget, defaultProto, SHAPE_KIND_TYPED_ARRAY);
      if (firstArgument instanceof TypedArrayObject)
        return { work: null, result: fromTypedArray(agent, shape, type, firstArgument) };
      if (firstArgument instanceof ArrayBufferObject)
        return { work: null, result: fromArrayBuffer(agent, shape, type, firstArgument, args[1], args[2]) };
      const usingIterator = GetMethod(agent, firstArgument, SYMBOL_ITERATOR);
      if (usingIterator === undefined)
        return { work: null, result: fromArrayLike(agent, shape, type, firstArgument) };
      const values = listOfPlainIterable(agent, firstArgument, usingIterator);
      if (values !== null) return { work: null, result: fromList(agent, shape, type, values) };
      return new FromIterable(firstArgument, usingIterator, shape, type);
    },
  };
}

/** A typed array of the values of an iterable. */
class FromIterable extends ListWalk {
  private readonly shape: Shape;
  private readonly type: ElementType;

  constructor(iterable: Value, method: FunctionObject, shape: Shape, type: ElementType) {
    super(iterable, method);
    this.shape = shape;
    this.type = type;
  }

  protected override resultOf(agent: Agent, values: Value[]): Value {
    return fromList(agent, this.shape, this.type, values);
  }
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
      code: constructorWork(type),
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
      workingMethod('from', 1, TypedArray_from),
      method('of', 0, TypedArray_of),
      getter(SYMBOL_SPECIES, get_TypedArray_species),
    ],
  }),
  ...ELEMENT_TYPES.flatMap(typeSpecs),
];
