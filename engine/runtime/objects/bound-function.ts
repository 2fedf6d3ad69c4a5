// Bound function exotic objects, https://tc39.es/ecma262/#sec-bound-function-exotic-objects .
import type { Agent } from '../agent.ts';
import { makeTailCall } from '../call.ts';
import type { Realm } from '../realm.ts';
import { rootShape, SHAPE_KIND_FUNCTION, type Shape } from '../shape.ts';
import type { Value } from '../value.ts';
import { FunctionObject } from './function.ts';
import type { FunctionSpecial, JSObject, TailCall } from './object.ts';

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

(BoundFunctionObject.prototype as unknown as Record<string, unknown>).special = {
  tail: boundTail,
} satisfies FunctionSpecial;

/** [[Call]] and [[Construct]] of bound functions — https://tc39.es/ecma262/#sec-bound-function-exotic-objects-call-thisargument-argumentslist */
function boundTail(
  callee: BoundFunctionObject,
  _thisValue: Value,
  newTarget: JSObject | undefined,
  args: readonly Value[],
): TailCall {
  const { boundTargetFunction: F, boundThis: thisValue, boundArguments } = callee;
  return {
    F,
    thisValue,
    newTarget: newTarget === callee ? F : newTarget,
    args: boundArguments.length === 0 ? args : boundArguments.concat(args),
  };
}

function boundCode(
  callee: BoundFunctionObject,
  thisValue: Value,
  newTarget: JSObject | undefined,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  // A level of a chain of bound functions takes more of the host's stack than one unit stands for.
  agent.enterCall();
  try {
    return makeTailCall(agent, boundTail(callee, thisValue, newTarget, args));
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
