// Error Objects, https://tc39.es/ecma262/#sec-error-objects : %Error%, the native errors, AggregateError,
// SuppressedError. `stack` is the accessor of the error-stack-accessor proposal over frames of guest code.
import type { Agent } from '../runtime/agent.ts';
import { throwTypeError } from '../runtime/errors.ts';
import { ErrorObject } from '../runtime/objects/error.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import type { HostCode, JSObject } from '../runtime/objects/object.ts';
import { GetIterator, IteratorToList } from '../runtime/operations/iterator-operations.ts';
import {
  CreateArrayFromList,
  CreateNonEnumerableDataPropertyOrThrow,
  HasProperty,
  SetterThatIgnoresPrototypeProperties,
  shapeFromConstructor,
} from '../runtime/operations/object-operations.ts';
import { ToString } from '../runtime/operations/type-conversion.ts';
import { ATTRS_HIDDEN } from '../runtime/property-descriptor.ts';
import type { IntrinsicName } from '../runtime/realm.ts';
import { captureFrames, errorHeader, formatFrames } from '../runtime/stack-trace.ts';
import { chargeConcatenation, chargeString } from '../runtime/string-work.ts';
import type { Value } from '../runtime/value.ts';
import { accessor, constant, constructorSpec, type IntrinsicSpec, method, objectSpec } from './define.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** OrdinaryCreateFromConstructor(newTarget, "%…prototype%", « [[ErrorData]] ») and the message property. */
function createError(
  callee: Builtin,
  newTarget: NewTarget,
  intrinsicDefaultProto: IntrinsicName,
  message: Value,
): ErrorObject {
  const agent = callee.realm.agent;
  const shape = shapeFromConstructor(agent, newTarget ?? callee, intrinsicDefaultProto);
  const O = new ErrorObject(shape, captureFrames(agent));
  if (message !== undefined) {
    CreateNonEnumerableDataPropertyOrThrow(agent, O, 'message', ToString(agent, message));
  }
  O.header = errorHeader(O);
  return O;
}

/** InstallErrorCause ( O, options ) — https://tc39.es/ecma262/#sec-installerrorcause */
function InstallErrorCause(agent: Agent, O: JSObject, options: Value): void {
  if (typeof options !== 'object' || options === null || !HasProperty(agent, options, 'cause')) return;
  CreateNonEnumerableDataPropertyOrThrow(agent, O, 'cause', options.Get(agent, 'cause', options));
}

/** Error ( message [ , options ] ) and NativeError — https://tc39.es/ecma262/#sec-error-message , #sec-nativeerror */
function nativeErrorCode(intrinsicDefaultProto: IntrinsicName): HostCode {
  return function NativeError(
    callee: Builtin,
    _thisValue: Value,
    newTarget: NewTarget,
    message: Value,
    options: Value,
  ): Value {
    const O = createError(callee, newTarget, intrinsicDefaultProto, message);
    InstallErrorCause(callee.realm.agent, O, options);
    return O;
  };
}

/** AggregateError ( errors, message [ , options ] ) — https://tc39.es/ecma262/#sec-aggregate-error */
function AggregateError(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  errors: Value,
  message: Value,
  options: Value,
): Value {
  const agent = callee.realm.agent;
  const O = createError(callee, newTarget, '%AggregateError.prototype%', message);
  InstallErrorCause(agent, O, options);
  const errorsList = IteratorToList(agent, GetIterator(agent, errors));
  O.addSlot('errors', CreateArrayFromList(agent, errorsList), ATTRS_HIDDEN);
  return O;
}

/** SuppressedError ( error, suppressed, message ) — https://tc39.es/ecma262/#sec-suppressederror */
function SuppressedError(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  error: Value,
  suppressed: Value,
  message: Value,
): Value {
  const O = createError(callee, newTarget, '%SuppressedError.prototype%', message);
  O.addSlot('error', error, ATTRS_HIDDEN);
  O.addSlot('suppressed', suppressed, ATTRS_HIDDEN);
  return O;
}

/** Error.isError ( arg ) — https://tc39.es/ecma262/#sec-error.iserror */
function Error_isError(_callee: Builtin, _thisValue: Value, _newTarget: NewTarget, arg: Value): Value {
  return arg instanceof ErrorObject;
}

/** Error.prototype.toString ( ) — https://tc39.es/ecma262/#sec-error.prototype.tostring */
function Error_prototype_toString(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  if (typeof thisValue !== 'object' || thisValue === null) {
    throwTypeError(agent, 'Error.prototype.toString requires that this be an Object');
  }
  const nameValue = thisValue.Get(agent, 'name', thisValue);
  const name = nameValue === undefined ? 'Error' : ToString(agent, nameValue);
  const msgValue = thisValue.Get(agent, 'message', thisValue);
  const msg = msgValue === undefined ? '' : ToString(agent, msgValue);
  if (name === '') return msg;
  if (msg === '') return name;
  chargeConcatenation(agent, name.length + 2, msg.length);
  return `${name}: ${msg}`;
}

/** get Error.prototype.stack — https://tc39.es/proposal-error-stack-accessor/ */
function get_Error_prototype_stack(callee: Builtin, thisValue: Value): Value {
  if (typeof thisValue !== 'object' || thisValue === null) {
    throwTypeError(callee.realm.agent, 'get Error.prototype.stack requires that this be an Object');
  }
  if (!(thisValue instanceof ErrorObject)) return undefined;
  const stack = errorHeader(thisValue) + formatFrames(thisValue.frames);
  chargeString(callee.realm.agent, stack.length);
  return stack;
}

/** set Error.prototype.stack — https://tc39.es/proposal-error-stack-accessor/ */
function set_Error_prototype_stack(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  value: Value,
): Value {
  const agent = callee.realm.agent;
  if (typeof thisValue !== 'object' || thisValue === null) {
    throwTypeError(agent, 'set Error.prototype.stack requires that this be an Object');
  }
  if (typeof value !== 'string') throwTypeError(agent, 'Error.prototype.stack must be set to a string');
  SetterThatIgnoresPrototypeProperties(
    agent,
    thisValue,
    callee.realm.intrinsic('%Error.prototype%'),
    'stack',
    value,
  );
  return undefined;
}

function nativeError(name: string): readonly IntrinsicSpec[] {
  return errorPair(name, 1, nativeErrorCode(`%${name}.prototype%`));
}

function errorPair(name: string, length: number, code: HostCode): readonly IntrinsicSpec[] {
  return [
    constructorSpec(`%${name}%`, name, { length, code, prototype: `%${name}.prototype%`, parent: '%Error%' }),
    objectSpec(`%${name}.prototype%`, {
      parent: '%Error.prototype%',
      constructorName: `%${name}%`,
      rows: [constant('name', name, ATTRS_HIDDEN), constant('message', '', ATTRS_HIDDEN)],
    }),
  ];
}

export const errorIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%Error%', 'Error', {
    length: 1,
    code: nativeErrorCode('%Error.prototype%'),
    prototype: '%Error.prototype%',
    rows: [method('isError', 1, Error_isError)],
  }),
  objectSpec('%Error.prototype%', {
    constructorName: '%Error%',
    rows: [
      constant('name', 'Error', ATTRS_HIDDEN),
      constant('message', '', ATTRS_HIDDEN),
      method('toString', 0, Error_prototype_toString),
      accessor('stack', get_Error_prototype_stack, set_Error_prototype_stack),
    ],
  }),
  ...nativeError('EvalError'),
  ...nativeError('RangeError'),
  ...nativeError('ReferenceError'),
  ...nativeError('SyntaxError'),
  ...nativeError('TypeError'),
  ...nativeError('URIError'),
  ...errorPair('AggregateError', 2, AggregateError),
  ...errorPair('SuppressedError', 3, SuppressedError),
];
