// DataView Objects, https://tc39.es/ecma262/#sec-dataview-objects .
import { decodeFloat16, encodeFloat16 } from '../base/float16.ts';
import type { Agent } from '../runtime/agent.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { throwRangeError, throwTypeError } from '../runtime/errors.ts';
import { ArrayBufferObject } from '../runtime/objects/array-buffer.ts';
import { DataViewObject, VIEW_LENGTH_TRACKING } from '../runtime/objects/data-view.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import type { HostCode, JSObject } from '../runtime/objects/object.ts';
import { shapeFromConstructor } from '../runtime/operations/object-operations.ts';
import { ToBigInt, ToBoolean, ToIndex, ToNumber } from '../runtime/operations/type-conversion.ts';
import { throwImmutable } from '../runtime/operations/typed-array.ts';
import type { Value } from '../runtime/value.ts';
import {
  constructorSpec,
  getter,
  type IntrinsicSpec,
  type MethodRow,
  method,
  objectSpec,
  toStringTag,
} from './define.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

const DATA_VIEW_BYTES = 120;

/** Brand check: [[DataView]]. */
function thisDataView(agent: Agent, thisValue: Value, name: string): DataViewObject {
  if (thisValue instanceof DataViewObject) return thisValue;
  return throwTypeError(
    agent,
    `Method DataView.prototype.${name} called on incompatible receiver ${describeForMessage(thisValue)}`,
  );
}

function requireInBounds(agent: Agent, view: DataViewObject, name: string): void {
  if (!view.isOutOfBounds()) return;
  throwTypeError(
    agent,
    view.buffer.data === null
      ? `Cannot perform DataView.prototype.${name} on a detached ArrayBuffer`
      : `Cannot perform DataView.prototype.${name} on a view that is out of the bounds of its buffer`,
  );
}

/** DataView ( buffer [ , byteOffset [ , byteLength ] ] ) — https://tc39.es/ecma262/#sec-dataview-buffer-byteoffset-bytelength */
function DataView_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  buffer: Value,
  byteOffset: Value,
  byteLength: Value,
): Value {
  const { agent } = callee.realm;
  if (newTarget === undefined) throwTypeError(agent, "Constructor DataView requires 'new'");
  if (!(buffer instanceof ArrayBufferObject))
    throwTypeError(agent, 'First argument to DataView constructor must be an ArrayBuffer');
  const offset = ToIndex(agent, byteOffset);
  requireRange(agent, buffer, offset, 0);
  const length = byteLength === undefined ? 0 : ToIndex(agent, byteLength);
  requireRange(agent, buffer, offset, length);
  const shape = shapeFromConstructor(agent, newTarget, '%DataView.prototype%');
  requireRange(agent, buffer, offset, length);
  agent.chargeBytes(DATA_VIEW_BYTES);
  if (byteLength !== undefined) return new DataViewObject(shape, buffer, offset, length);
  const viewByteLength = buffer.isFixedLength ? buffer.byteLength - offset : VIEW_LENGTH_TRACKING;
  return new DataViewObject(shape, buffer, offset, viewByteLength);
}

/** The buffer is attached and has bytes from `offset` for `length`. */
function requireRange(agent: Agent, buffer: ArrayBufferObject, offset: number, length: number): void {
  if (buffer.data === null) throwTypeError(agent, 'Cannot construct DataView on a detached ArrayBuffer');
  const { byteLength } = buffer;
  if (offset > byteLength)
    throwRangeError(agent, `Start offset ${offset} is outside the bounds of the buffer`);
  if (offset + length > byteLength) throwRangeError(agent, `Invalid DataView length ${length}`);
}

/** get DataView.prototype.buffer — https://tc39.es/ecma262/#sec-get-dataview.prototype.buffer */
function get_DataView_prototype_buffer(callee: Builtin, thisValue: Value): Value {
  return thisDataView(callee.realm.agent, thisValue, 'buffer').buffer;
}

/** get DataView.prototype.byteLength — https://tc39.es/ecma262/#sec-get-dataview.prototype.bytelength */
function get_DataView_prototype_byteLength(callee: Builtin, thisValue: Value): Value {
  const { agent } = callee.realm;
  const O = thisDataView(agent, thisValue, 'byteLength');
  requireInBounds(agent, O, 'byteLength');
  return O.currentByteLength();
}

/** get DataView.prototype.byteOffset — https://tc39.es/ecma262/#sec-get-dataview.prototype.byteoffset */
function get_DataView_prototype_byteOffset(callee: Builtin, thisValue: Value): Value {
  const { agent } = callee.realm;
  const O = thisDataView(agent, thisValue, 'byteOffset');
  requireInBounds(agent, O, 'byteOffset');
  return O.byteOffset;
}

/** An element type of DataView, with what the host does for it once index and value are checked. */
interface ViewAccess {
  readonly typeName: string;
  readonly elementSize: number;
  readonly isBigInt: boolean;
  get(view: DataView, index: number, littleEndian: boolean): number | bigint;
  set(view: DataView, index: number, value: number | bigint, littleEndian: boolean): void;
}

function numberAccess(
  typeName: string,
  elementSize: number,
  get: (view: DataView, index: number, littleEndian: boolean) => number,
  set: (view: DataView, index: number, value: number, littleEndian: boolean) => void,
): ViewAccess {
  return { typeName, elementSize, isBigInt: false, get, set: set as ViewAccess['set'] };
}

function bigintAccess(
  typeName: string,
  get: (view: DataView, index: number, littleEndian: boolean) => bigint,
  set: (view: DataView, index: number, value: bigint, littleEndian: boolean) => void,
): ViewAccess {
  return { typeName, elementSize: 8, isBigInt: true, get, set: set as ViewAccess['set'] };
}

const VIEW_ACCESSES: readonly ViewAccess[] = [
  bigintAccess(
    'BigInt64',
    (view, i, le) => view.getBigInt64(i, le),
    (view, i, value, le) => view.setBigInt64(i, value, le),
  ),
  bigintAccess(
    'BigUint64',
    (view, i, le) => view.getBigUint64(i, le),
    (view, i, value, le) => view.setBigUint64(i, value, le),
  ),
  numberAccess(
    'Float16',
    2,
    (view, i, le) => decodeFloat16(view.getUint16(i, le)),
    (view, i, value, le) => view.setUint16(i, encodeFloat16(value), le),
  ),
  numberAccess(
    'Float32',
    4,
    (view, i, le) => view.getFloat32(i, le),
    (view, i, value, le) => view.setFloat32(i, value, le),
  ),
  numberAccess(
    'Float64',
    8,
    (view, i, le) => view.getFloat64(i, le),
    (view, i, value, le) => view.setFloat64(i, value, le),
  ),
  numberAccess(
    'Int8',
    1,
    (view, i) => view.getInt8(i),
    (view, i, value) => view.setInt8(i, value),
  ),
  numberAccess(
    'Int16',
    2,
    (view, i, le) => view.getInt16(i, le),
    (view, i, value, le) => view.setInt16(i, value, le),
  ),
  numberAccess(
    'Int32',
    4,
    (view, i, le) => view.getInt32(i, le),
    (view, i, value, le) => view.setInt32(i, value, le),
  ),
  numberAccess(
    'Uint8',
    1,
    (view, i) => view.getUint8(i),
    (view, i, value) => view.setUint8(i, value),
  ),
  numberAccess(
    'Uint16',
    2,
    (view, i, le) => view.getUint16(i, le),
    (view, i, value, le) => view.setUint16(i, value, le),
  ),
  numberAccess(
    'Uint32',
    4,
    (view, i, le) => view.getUint32(i, le),
    (view, i, value, le) => view.setUint32(i, value, le),
  ),
];

/** The last steps of GetViewValue and SetViewValue: the host's view, in which the element is in bounds. */
function viewFor(
  agent: Agent,
  view: DataViewObject,
  getIndex: number,
  elementSize: number,
  name: string,
): DataView {
  requireInBounds(agent, view, name);
  if (getIndex + elementSize > view.currentByteLength())
    throwRangeError(agent, 'Offset is outside the bounds of the DataView');
  return view.view;
}

/** DataView.prototype.getX ( byteOffset [ , littleEndian ] ): GetViewValue — https://tc39.es/ecma262/#sec-getviewvalue */
function getRow({ typeName, elementSize, get }: ViewAccess): MethodRow {
  const name = `get${typeName}`;
  const code: HostCode = (
    callee: Builtin,
    thisValue: Value,
    _newTarget: NewTarget,
    byteOffset: Value,
    littleEndian: Value,
  ) => {
    const { agent } = callee.realm;
    const view = thisDataView(agent, thisValue, name);
    const getIndex = ToIndex(agent, byteOffset);
    return get(viewFor(agent, view, getIndex, elementSize, name), getIndex, ToBoolean(littleEndian));
  };
  return method(name, 1, code);
}

/** DataView.prototype.setX ( byteOffset, value [ , littleEndian ] ): SetViewValue — https://tc39.es/ecma262/#sec-setviewvalue */
function setRow({ typeName, elementSize, isBigInt, set }: ViewAccess): MethodRow {
  const name = `set${typeName}`;
  const code: HostCode = (
    callee: Builtin,
    thisValue: Value,
    _newTarget: NewTarget,
    byteOffset: Value,
    value: Value,
    littleEndian: Value,
  ) => {
    const { agent } = callee.realm;
    const view = thisDataView(agent, thisValue, name);
    if (view.buffer.isImmutable) throwImmutable(agent);
    const getIndex = ToIndex(agent, byteOffset);
    const numberValue = isBigInt ? ToBigInt(agent, value) : ToNumber(agent, value);
    set(viewFor(agent, view, getIndex, elementSize, name), getIndex, numberValue, ToBoolean(littleEndian));
    return undefined;
  };
  return method(name, 2, code);
}

export const dataViewIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%DataView%', 'DataView', {
    length: 1,
    code: DataView_constructor,
    prototype: '%DataView.prototype%',
  }),
  objectSpec('%DataView.prototype%', {
    constructorName: '%DataView%',
    rows: [
      getter('buffer', get_DataView_prototype_buffer),
      getter('byteLength', get_DataView_prototype_byteLength),
      getter('byteOffset', get_DataView_prototype_byteOffset),
      ...VIEW_ACCESSES.map(getRow),
      ...VIEW_ACCESSES.map(setRow),
      toStringTag('DataView'),
    ],
  }),
];
