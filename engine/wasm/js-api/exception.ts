// WebAssembly.Exception: what a module throws, as JavaScript catches it, and the other way round.
// https://webassembly.github.io/spec/js-api/#exceptions

import { constructorSpec, type IntrinsicSpec, objectSpec, toStringTag } from '../../builtins/define.ts';
import type { Agent } from '../../runtime/agent.ts';
import { throwRangeError, throwTypeError } from '../../runtime/errors.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { GetIterator, IteratorToList } from '../../runtime/operations/iterator-operations.ts';
import {
  CreateNonEnumerableDataPropertyOrThrow,
  Get,
  shapeFromConstructor,
} from '../../runtime/operations/object-operations.ts';
import { ToBoolean } from '../../runtime/operations/type-conversion.ts';
import { captureFrames, formatFrames } from '../../runtime/stack-trace.ts';
import type { Value } from '../../runtime/value.ts';
import { type FuncType, isRef, type ValType } from '../format/types.ts';
import { slotsOf } from '../interpret/operand-entries.ts';
import { ExnInst, type TagInst } from '../runtime/instances.ts';
import { stateOf } from './agent-state.ts';
import { ExceptionObject, TagObject } from './objects.ts';
import { fromReference, loadWords, requireVisible, storeWords, ToWebAssemblyValue } from './values.ts';
import { dictionary, enforceUint32, operation, requireArguments, requireNew } from './web-idl.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

function paramsOf(tag: TagInst): readonly ValType[] {
  return (tag.type.comp as FuncType).params;
}

function requireTag(agent: Agent, value: Value, what: string): TagInst {
  return value instanceof TagObject
    ? value.tag
    : throwTypeError(agent, `${what}: the first argument must be a WebAssembly.Tag`);
}

/** WebAssembly.Exception ( exceptionTag, payload [ , options ] ) — https://webassembly.github.io/spec/js-api/#dom-exception-exception */
function Exception_constructor(
  callee: Builtin,
  _thisValue: Value,
  newTarget: NewTarget,
  ...args: Value[]
): Value {
  const { agent } = callee.realm;
  const what = 'WebAssembly.Exception()';
  const target = requireNew(agent, newTarget, 'WebAssembly.Exception');
  requireArguments(agent, what, args.length, 2);
  const tag = requireTag(agent, args[0], what);
  const [, given] = args;
  if (typeof given !== 'object' || given === null)
    throwTypeError(agent, `${what}: the payload must be iterable`);
  const payload = IteratorToList(agent, GetIterator(agent, given));
  const options = dictionary(agent, args[2], `${what}: the options`);
  const wantsStack = options !== null && ToBoolean(Get(agent, options, 'traceStack'));
  const state = stateOf(agent);
  if (tag === state.jsTag) throwTypeError(agent, `${what}: the tag must not be WebAssembly.JSTag`);
  const params = paramsOf(tag);
  if (payload.length !== params.length)
    throwTypeError(agent, `${what}: the tag takes ${params.length} values, not ${payload.length}`);
  const shape = shapeFromConstructor(agent, target, '%WebAssembly.Exception.prototype%');
  let slots = 0;
  for (const type of params) slots += slotsOf(type);
  const words = new Int32Array(2 * slots);
  const refs = new Array<unknown>(slots).fill(null);
  let slot = 0;
  params.forEach((type, i) => {
    const value = ToWebAssemblyValue(state, payload[i], type);
    if (isRef(type)) refs[slot] = value;
    else storeWords(words, 2 * slot, type, value);
    slot += slotsOf(type);
  });
  agent.chargeBytes(16 * slots);
  const exception = new ExnInst(tag, words, refs);
  const object = new ExceptionObject(shape, exception);
  state.objects.set(exception, object);
  if (wantsStack) {
    const stack = `WebAssembly.Exception${formatFrames(captureFrames(agent))}`;
    CreateNonEnumerableDataPropertyOrThrow(agent, object, 'stack', stack);
  }
  return object;
}

function thisException(agent: Agent, thisValue: Value, name: string): ExnInst {
  return thisValue instanceof ExceptionObject
    ? thisValue.exception
    : throwTypeError(agent, `${name}: this is not a WebAssembly.Exception`);
}

/** WebAssembly.Exception.prototype.is ( exceptionTag ) — https://webassembly.github.io/spec/js-api/#dom-exception-is */
function Exception_prototype_is(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  ...args: Value[]
): Value {
  const { agent } = callee.realm;
  const what = 'WebAssembly.Exception.is()';
  const exception = thisException(agent, thisValue, what);
  requireArguments(agent, what, args.length, 1);
  return exception.tag === requireTag(agent, args[0], what);
}

/** WebAssembly.Exception.prototype.getArg ( exceptionTag, index ) — https://webassembly.github.io/spec/js-api/#dom-exception-getarg */
function Exception_prototype_getArg(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  ...args: Value[]
): Value {
  const { agent } = callee.realm;
  const what = 'WebAssembly.Exception.getArg()';
  const exception = thisException(agent, thisValue, what);
  requireArguments(agent, what, args.length, 2);
  const tag = requireTag(agent, args[0], what);
  const index = enforceUint32(agent, args[1], `${what}: the index`);
  if (exception.tag !== tag) throwTypeError(agent, `${what}: the exception has another tag`);
  const params = paramsOf(tag);
  if (index >= params.length) throwRangeError(agent, `${what}: index ${index} is out of bounds`);
  const state = stateOf(agent);
  const type = params[index];
  requireVisible(state, type, what);
  let slot = 0;
  for (let i = 0; i < index; i++) slot += slotsOf(params[i]);
  return isRef(type)
    ? fromReference(state, exception.refs[slot])
    : loadWords(exception.words, 2 * slot, type);
}

export const exceptionIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%WebAssembly.Exception%', 'Exception', {
    length: 2,
    code: Exception_constructor,
    prototype: '%WebAssembly.Exception.prototype%',
  }),
  objectSpec('%WebAssembly.Exception.prototype%', {
    constructorName: '%WebAssembly.Exception%',
    rows: [
      operation('is', 1, Exception_prototype_is),
      operation('getArg', 2, Exception_prototype_getArg),
      toStringTag('WebAssembly.Exception'),
    ],
  }),
];
