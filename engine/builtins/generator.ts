// GeneratorFunction, AsyncGeneratorFunction, AsyncFunction and the prototypes of generators,
// https://tc39.es/ecma262/#sec-control-abstraction-objects . The tiers make the functions and coroutines.
import { Call1 } from '../runtime/call.ts';
import type { DynamicFunctionKind } from '../runtime/code-runner.ts';
import { guestValueOf } from '../runtime/errors.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import type { AsyncGeneratorObject, ResumptionKind } from '../runtime/objects/generator.ts';
import type { HostCode, JSObject, PendingWork } from '../runtime/objects/object.ts';
import {
  AsyncGeneratorAwaitReturn,
  AsyncGeneratorEnqueue,
  AsyncGeneratorResume,
  AsyncGeneratorValidate,
  GeneratorResume,
  GeneratorResumeAbrupt,
} from '../runtime/operations/generator-operations.ts';
import { CreateIteratorResultObject } from '../runtime/operations/iterator-operations.ts';
import { NewPromiseCapability } from '../runtime/operations/promise-operations.ts';
import { ATTRS_CONFIGURABLE } from '../runtime/property-descriptor.ts';
import type { IntrinsicName } from '../runtime/realm.ts';
import type { Value } from '../runtime/value.ts';
import {
  constructorSpec,
  type IntrinsicSpec,
  intrinsicValue,
  objectSpec,
  resumingMethod,
  toStringTag,
  workingMethod,
} from './define.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** GeneratorFunction and its siblings: CreateDynamicFunction of their kind — https://tc39.es/ecma262/#sec-generatorfunction */
function dynamicFunctionCode(kind: DynamicFunctionKind): HostCode {
  return (callee: Builtin, _thisValue: Value, newTarget: NewTarget, ...args: Value[]): Value => {
    const agent = callee.realm.agent;
    const bodyArg = args.length === 0 ? '' : args[args.length - 1];
    return agent.codeRunner.CreateDynamicFunction(agent, callee, newTarget, kind, args.slice(0, -1), bodyArg);
  };
}

/** %GeneratorPrototype%.next ( value ) — https://tc39.es/ecma262/#sec-generator.prototype.next */
function GeneratorPrototype_next(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  value: Value,
): Value {
  return GeneratorResume(callee.realm.agent, thisValue, value);
}

/** %GeneratorPrototype%.return ( value ) — https://tc39.es/ecma262/#sec-generator.prototype.return */
function GeneratorPrototype_return(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  value: Value,
): Value {
  return GeneratorResumeAbrupt(callee.realm.agent, thisValue, 'return', value);
}

/** %GeneratorPrototype%.throw ( exception ) — https://tc39.es/ecma262/#sec-generator.prototype.throw */
function GeneratorPrototype_throw(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  exception: Value,
): Value {
  return GeneratorResumeAbrupt(callee.realm.agent, thisValue, 'throw', exception);
}

/** The frame of %AsyncGeneratorPrototype%.next, return and throw — https://tc39.es/ecma262/#sec-asyncgenerator-prototype-next */
function asyncGeneratorRequest(
  callee: Builtin,
  thisValue: Value,
  kind: ResumptionKind,
  value: Value,
): PendingWork {
  const agent = callee.realm.agent;
  const promiseCapability = NewPromiseCapability(agent, callee.realm.intrinsic('%Promise%'));
  const result = promiseCapability.promise;
  let generator: AsyncGeneratorObject;
  try {
    generator = AsyncGeneratorValidate(agent, thisValue);
  } catch (thrown) {
    Call1(agent, promiseCapability.reject, undefined, guestValueOf(agent, thrown));
    return { work: null, result };
  }
  let state = generator.asyncGeneratorState;
  if (kind === 'throw' && state === 'suspended-start') {
    generator.asyncGeneratorState = 'completed';
    generator.coroutine = null;
    state = 'completed';
  }
  if (state === 'completed' && kind !== 'return') {
    if (kind === 'throw') Call1(agent, promiseCapability.reject, undefined, value);
    else
      Call1(agent, promiseCapability.resolve, undefined, CreateIteratorResultObject(agent, undefined, true));
    return { work: null, result };
  }
  AsyncGeneratorEnqueue(generator, kind, value, promiseCapability);
  if (kind === 'return' && (state === 'suspended-start' || state === 'completed')) {
    generator.asyncGeneratorState = 'draining-queue';
    AsyncGeneratorAwaitReturn(agent, generator);
  } else if (state === 'suspended-start' || state === 'suspended-yield') {
    return { work: AsyncGeneratorResume(generator, kind, value), result };
  }
  return { work: null, result };
}

/** %AsyncGeneratorPrototype%.next ( value ) — https://tc39.es/ecma262/#sec-asyncgenerator-prototype-next */
function AsyncGeneratorPrototype_next(
  callee: Builtin,
  thisValue: Value,
  [value]: readonly Value[],
): PendingWork {
  return asyncGeneratorRequest(callee, thisValue, 'normal', value);
}

/** %AsyncGeneratorPrototype%.return ( value ) — https://tc39.es/ecma262/#sec-asyncgenerator-prototype-return */
function AsyncGeneratorPrototype_return(
  callee: Builtin,
  thisValue: Value,
  [value]: readonly Value[],
): PendingWork {
  return asyncGeneratorRequest(callee, thisValue, 'return', value);
}

/** %AsyncGeneratorPrototype%.throw ( exception ) — https://tc39.es/ecma262/#sec-asyncgenerator-prototype-throw */
function AsyncGeneratorPrototype_throw(
  callee: Builtin,
  thisValue: Value,
  [exception]: readonly Value[],
): PendingWork {
  return asyncGeneratorRequest(callee, thisValue, 'throw', exception);
}

/** A function constructor and its prototype object, which is the prototype of the functions it makes. */
function functionKind(
  name: string,
  kind: DynamicFunctionKind,
  instancePrototype: IntrinsicName | null,
): readonly IntrinsicSpec[] {
  const prototype: IntrinsicName = `%${name}.prototype%`;
  const rows = [intrinsicValue('constructor', `%${name}%`, ATTRS_CONFIGURABLE)];
  if (instancePrototype !== null)
    rows.push(intrinsicValue('prototype', instancePrototype, ATTRS_CONFIGURABLE));
  return [
    constructorSpec(`%${name}%`, name, {
      length: 1,
      code: dynamicFunctionCode(kind),
      prototype,
      parent: '%Function%',
    }),
    objectSpec(prototype, { parent: '%Function.prototype%', rows: [...rows, toStringTag(name)] }),
  ];
}

export const generatorIntrinsics: readonly IntrinsicSpec[] = [
  ...functionKind('GeneratorFunction', 'generator', '%GeneratorPrototype%'),
  ...functionKind('AsyncGeneratorFunction', 'asyncGenerator', '%AsyncGeneratorPrototype%'),
  ...functionKind('AsyncFunction', 'async', null),
  objectSpec('%GeneratorPrototype%', {
    parent: '%Iterator.prototype%',
    rows: [
      intrinsicValue('constructor', '%GeneratorFunction.prototype%', ATTRS_CONFIGURABLE),
      resumingMethod('next', 1, GeneratorPrototype_next, 'normal'),
      resumingMethod('return', 1, GeneratorPrototype_return, 'return'),
      resumingMethod('throw', 1, GeneratorPrototype_throw, 'throw'),
      toStringTag('Generator'),
    ],
  }),
  objectSpec('%AsyncGeneratorPrototype%', {
    parent: '%AsyncIteratorPrototype%',
    rows: [
      intrinsicValue('constructor', '%AsyncGeneratorFunction.prototype%', ATTRS_CONFIGURABLE),
      workingMethod('next', 1, AsyncGeneratorPrototype_next),
      workingMethod('return', 1, AsyncGeneratorPrototype_return),
      workingMethod('throw', 1, AsyncGeneratorPrototype_throw),
      toStringTag('AsyncGenerator'),
    ],
  }),
];
