// The callable boundary between realms, https://tc39.es/proposal-shadowrealm/#sec-wrapped-function-exotic-objects .
import type { Agent } from '../agent.ts';
import { Call, IsCallable } from '../call.ts';
import type { ThrowCompletion } from '../completion.ts';
import { describeForMessage } from '../describe.ts';
import { guestValueOf, throwTypeError } from '../errors.ts';
import { ErrorObject } from '../objects/error.ts';
import type { FunctionObject } from '../objects/function.ts';
import type { JSObject } from '../objects/object.ts';
import { WrappedFunctionObject } from '../objects/wrapped-function.ts';
import type { Realm } from '../realm.ts';
import { rootShape, SHAPE_KIND_FUNCTION } from '../shape.ts';
import { errorHeader } from '../stack-trace.ts';
import type { Value } from '../value.ts';
import { CopyNameAndLength, GetFunctionRealm } from './object-operations.ts';

/** What a wrapped function is charged. */
const WRAPPED_FUNCTION_BYTES = 120;

/** Longer texts of errors are cut. */
const MAX_TEXT = 1000;

/** GetWrappedValue ( callerRealm, value ) — https://tc39.es/proposal-shadowrealm/#sec-getwrappedvalue */
export function GetWrappedValue(agent: Agent, callerRealm: Realm, value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (!IsCallable(value))
    throwTypeError(
      agent,
      `${describeForMessage(value)} cannot pass the boundary of a ShadowRealm: only primitives and functions can`,
    );
  return WrappedFunctionCreate(agent, callerRealm, value);
}

/** WrappedFunctionCreate ( callerRealm, Target ) — https://tc39.es/proposal-shadowrealm/#sec-wrappedfunctioncreate */
function WrappedFunctionCreate(
  agent: Agent,
  callerRealm: Realm,
  Target: FunctionObject,
): WrappedFunctionObject {
  agent.chargeBytes(WRAPPED_FUNCTION_BYTES);
  const shape = rootShape(agent, callerRealm.functionPrototype, SHAPE_KIND_FUNCTION);
  const wrapped = new WrappedFunctionObject(shape, callWrapped, callerRealm, Target);
  try {
    CopyNameAndLength(agent, wrapped, Target);
  } catch (thrown) {
    throw CreateTypeErrorCopy(agent, agent.realm, guestValueOf(agent, thrown));
  }
  return wrapped;
}

/** [[Call]] and OrdinaryWrappedFunctionCall — https://tc39.es/proposal-shadowrealm/#sec-ordinary-wrapped-function-call */
function callWrapped(
  F: WrappedFunctionObject,
  thisArgument: Value,
  _newTarget: JSObject | undefined,
  ...argumentsList: Value[]
): Value {
  const callerRealm = F.realm;
  const { agent } = callerRealm;
  const target = F.wrappedTargetFunction;
  const targetRealm = GetFunctionRealm(agent, target);
  const wrappedArgs: Value[] = [];
  for (const arg of argumentsList) wrappedArgs.push(GetWrappedValue(agent, targetRealm, arg));
  const wrappedThisArgument = GetWrappedValue(agent, targetRealm, thisArgument);
  let result: Value;
  try {
    result = Call(agent, target, wrappedThisArgument, wrappedArgs);
  } catch (thrown) {
    throw CreateTypeErrorCopy(agent, callerRealm, guestValueOf(agent, thrown));
  }
  return GetWrappedValue(agent, callerRealm, result);
}

/**
 * CreateTypeErrorCopy ( realmRecord, originalError ) as a throw completion: a TypeError of that realm which tells of the
 * original without running code of its realm — https://tc39.es/proposal-shadowrealm/#sec-create-type-error-copy
 */
export function CreateTypeErrorCopy(agent: Agent, realmRecord: Realm, originalError: Value): ThrowCompletion {
  const text =
    originalError instanceof ErrorObject ? errorHeader(originalError) : describeForMessage(originalError);
  const { realm } = agent;
  agent.realm = realmRecord;
  try {
    return agent.createThrow('TypeError', `The other realm threw ${text.slice(0, MAX_TEXT)}`);
  } finally {
    agent.realm = realm;
  }
}
