// Bound function exotic objects, https://tc39.es/ecma262/#sec-bound-function-exotic-objects .
import type { Agent } from '../agent.ts';
import { Call, Construct } from '../call.ts';
import type { Realm } from '../realm.ts';
import { rootShape, SHAPE_KIND_FUNCTION, type Shape } from '../shape.ts';
import type { Value } from '../value.ts';
import { FunctionObject } from './function.ts';
import type { JSObject } from './object.ts';

export class BoundFunctionObject extends FunctionObject {
  readonly boundTargetFunction: FunctionObject;
  readonly boundThis: Value;
  readonly boundArguments: readonly Value[];

  constructor(
    shape: Shape,
    realm: Realm,
    target: FunctionObject,
    boundThis: Value,
    boundArguments: readonly Value[],
  ) {
    super(shape, boundCode, target.isConstructor, realm);
    this.boundTargetFunction = target;
    this.boundThis = boundThis;
    this.boundArguments = boundArguments;
  }
}

function boundCode(
  callee: BoundFunctionObject,
  _thisValue: Value,
  newTarget: JSObject | undefined,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  const target = callee.boundTargetFunction;
  const all = callee.boundArguments.length === 0 ? args : callee.boundArguments.concat(args);
  // A level of a chain of bound functions takes more of the host's stack than one unit stands for.
  agent.enterCall();
  try {
    if (newTarget === undefined) return Call(agent, target, callee.boundThis, all);
    return Construct(agent, target, all, newTarget === callee ? target : newTarget);
  } finally {
    agent.depth--;
  }
}

/** BoundFunctionCreate — https://tc39.es/ecma262/#sec-boundfunctioncreate */
export function BoundFunctionCreate(
  agent: Agent,
  targetFunction: FunctionObject,
  boundThis: Value,
  boundArgs: readonly Value[],
): BoundFunctionObject {
  const proto = targetFunction.GetPrototypeOf(agent);
  agent.chargeBytes(144 + boundArgs.length * 8);
  return new BoundFunctionObject(
    rootShape(agent, proto, SHAPE_KIND_FUNCTION),
    agent.realm,
    targetFunction,
    boundThis,
    boundArgs,
  );
}
