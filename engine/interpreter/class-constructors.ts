// The function objects of classes that are made without a MethodFunction of their own: default constructors,
// https://tc39.es/ecma262/#sec-runtime-semantics-classdefinitionevaluation step 14.a, and the getters and setters of
// `accessor` fields, https://github.com/tc39/proposal-decorators .
import type { Agent } from '../runtime/agent.ts';
import { Construct, IsConstructor } from '../runtime/call.ts';
import type { Environment, PrivateEnvironmentRecord } from '../runtime/environments.ts';
import { throwTypeError } from '../runtime/errors.ts';
import { ECMAScriptFunction } from '../runtime/objects/function.ts';
import { type JSObject, OBJECT_BYTES } from '../runtime/objects/object.ts';
import { GetActiveScriptOrModule } from '../runtime/operations/import-call.ts';
import { InitializeInstanceElements } from '../runtime/operations/instance-elements.ts';
import { OrdinaryCreateFromConstructor } from '../runtime/operations/object-operations.ts';
import { ATTRS_CONFIGURABLE } from '../runtime/property-descriptor.ts';
import { rootShape, SHAPE_KIND_FUNCTION, type Shape } from '../runtime/shape.ts';
import type { Value } from '../runtime/value.ts';
import type { ClassNode } from '../syntax/ast.gen.ts';
import type { Frame } from './frame.ts';

/** A constructor that the class does not write. */
export class DefaultConstructor extends ECMAScriptFunction {
  readonly node: ClassNode;

  constructor(
    shape: Shape,
    agent: Agent,
    context: Frame,
    node: ClassNode,
    environment: Environment,
    privateEnvironment: PrivateEnvironmentRecord | null,
  ) {
    super(
      shape,
      callDefaultConstructor,
      agent.realm,
      environment,
      privateEnvironment,
      true,
      'strict',
      GetActiveScriptOrModule(context),
    );
    this.node = node;
  }

  override sourceText(): string {
    return this.node.source.text.slice(this.node.start, this.node.end);
  }
}

/** The defaultConstructor closure. */
function callDefaultConstructor(
  callee: DefaultConstructor,
  _thisArgument: Value,
  newTarget: JSObject | undefined,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  if (newTarget === undefined) throwTypeError(agent, "Class constructor cannot be invoked without 'new'");
  agent.chargeFuel(1);
  let result: JSObject;
  if (callee.constructorKind === 'derived') {
    const func = callee.GetPrototypeOf(agent);
    if (!IsConstructor(func)) throwTypeError(agent, 'Super constructor is not a constructor');
    result = Construct(agent, func, args, newTarget);
  } else result = OrdinaryCreateFromConstructor(agent, newTarget, '%Object.prototype%');
  InitializeInstanceElements(agent, result, callee);
  return result;
}

/** A default constructor with its `length`. */
export function createDefaultConstructor(
  agent: Agent,
  context: Frame,
  node: ClassNode,
  constructorParent: JSObject,
): DefaultConstructor {
  agent.chargeBytes(OBJECT_BYTES + 96);
  const shape = rootShape(agent, constructorParent, SHAPE_KIND_FUNCTION);
  const F = new DefaultConstructor(
    shape,
    agent,
    context,
    node,
    context.lexicalEnvironment,
    context.privateEnvironment,
  );
  F.addSlot('length', 0, ATTRS_CONFIGURABLE);
  return F;
}
