// Error Objects, https://tc39.es/ecma262/#sec-error-objects : %Error%, the native errors, AggregateError,
// SuppressedError. `stack` is the accessor of the error-stack-accessor proposal over frames of guest code; what programs expect
// of V8 to shape it is there too: captureStackTrace, stackTraceLimit, prepareStackTrace.
import type { Agent } from '../runtime/agent.ts';
import { Call2, IsCallable } from '../runtime/call.ts';
import { describeForMessage } from '../runtime/describe.ts';
import { throwTypeError } from '../runtime/errors.ts';
import { ErrorObject } from '../runtime/objects/error.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import type { HostCode, JSObject, PendingWork } from '../runtime/objects/object.ts';
import {
  CreateArrayFromList,
  CreateNonEnumerableDataPropertyOrThrow,
  DefinePropertyOrThrow,
  HasProperty,
  SetterThatIgnoresPrototypeProperties,
  shapeFromConstructor,
} from '../runtime/operations/object-operations.ts';
import { ToString } from '../runtime/operations/type-conversion.ts';
import { ATTRS_DEFAULT, ATTRS_HIDDEN, dataDescriptor } from '../runtime/property-descriptor.ts';
import type { IntrinsicName, Realm } from '../runtime/realm.ts';
import {
  captureFrames,
  errorHeader,
  formatFrames,
  STACK_TRACE_LIMIT,
  type StackFrame,
} from '../runtime/stack-trace.ts';
import { chargeConcatenation, chargeString } from '../runtime/string-work.ts';
import type { Value } from '../runtime/value.ts';
import { callSiteIntrinsics, createCallSite } from './call-site.ts';
import {
  accessor,
  constant,
  constructorSpec,
  type IntrinsicSpec,
  method,
  objectSpec,
  type WorkingFunction,
} from './define.ts';
import { ListWalk } from './iterable-walk.ts';

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
  [errors, message, options]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  const O = createError(callee, newTarget, '%AggregateError.prototype%', message);
  InstallErrorCause(agent, O, options);
  return new ErrorsOfAggregate(errors, O);
}

/** Lists the errors of an AggregateError. */
class ErrorsOfAggregate extends ListWalk {
  private readonly O: ErrorObject;

  constructor(errors: Value, O: ErrorObject) {
    super(errors);
    this.O = O;
  }

  protected override resultOf(agent: Agent, errorsList: Value[]): Value {
    this.O.addSlot('errors', CreateArrayFromList(agent, errorsList), ATTRS_HIDDEN);
    return this.O;
  }
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
  if (thisValue.preparedStack !== null) return thisValue.preparedStack.value;
  const { agent } = callee.realm;
  const prepared = prepareStackTrace(agent, callee.realm, thisValue, thisValue.frames);
  thisValue.preparedStack = prepared;
  return prepared === null ? formattedStack(agent, thisValue, thisValue.frames) : prepared.value;
}

/** The text of `stack` that no program has changed. */
function formattedStack(agent: Agent, error: JSObject, frames: readonly StackFrame[]): string {
  const stack = errorHeader(error) + formatFrames(frames);
  chargeString(agent, stack.length);
  return stack;
}

/** What Error.prepareStackTrace of a realm gives for a stack trace; null without it, or while it is running already. */
function prepareStackTrace(
  agent: Agent,
  realm: Realm,
  error: JSObject,
  frames: readonly StackFrame[],
): { readonly value: Value } | null {
  const constructor = realm.intrinsic('%Error%');
  // An object that nobody has looked at has no such property.
  if (agent.isPreparingStackTrace || constructor.shape.lazy) return null;
  const prepare = constructor.Get(agent, 'prepareStackTrace', constructor);
  if (!IsCallable(prepare)) return null;
  const callSites: Value[] = [];
  for (const frame of frames) callSites.push(createCallSite(agent, frame));
  agent.isPreparingStackTrace = true;
  try {
    return { value: Call2(agent, prepare, constructor, error, CreateArrayFromList(agent, callSites)) };
  } finally {
    agent.isPreparingStackTrace = false;
  }
}

/** Error.captureStackTrace ( error [ , constructor ] ) — https://github.com/tc39/proposal-error-capturestacktrace */
function Error_captureStackTrace(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  error: Value,
  constructor: Value,
): Value {
  const { realm } = callee;
  const { agent } = realm;
  if (typeof error !== 'object' || error === null)
    throwTypeError(agent, `Error.captureStackTrace needs an object, not ${describeForMessage(error)}`);
  const frames = captureFrames(agent, IsCallable(constructor) ? constructor : null);
  // What hosts show of an error that nobody caught begins where its stack does.
  if (error instanceof ErrorObject && frames.length > 0) error.frames = frames;
  const prepared = prepareStackTrace(agent, realm, error, frames);
  const stack = prepared === null ? formattedStack(agent, error, frames) : prepared.value;
  DefinePropertyOrThrow(agent, error, 'stack', dataDescriptor(stack, ATTRS_HIDDEN));
  return undefined;
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

function errorPair(name: string, length: number, code: HostCode | WorkingFunction): readonly IntrinsicSpec[] {
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
  ...callSiteIntrinsics,
  constructorSpec('%Error%', 'Error', {
    length: 1,
    code: nativeErrorCode('%Error.prototype%'),
    prototype: '%Error.prototype%',
    rows: [
      method('captureStackTrace', 2, Error_captureStackTrace),
      method('isError', 1, Error_isError),
      constant('stackTraceLimit', STACK_TRACE_LIMIT, ATTRS_DEFAULT),
    ],
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
  // Of WebAssembly: https://webassembly.github.io/spec/js-api/#error-objects
  ...nativeError('CompileError'),
  ...nativeError('LinkError'),
  ...nativeError('RuntimeError'),
  ...errorPair('AggregateError', 2, { work: AggregateError }),
  ...errorPair('SuppressedError', 3, SuppressedError),
];
