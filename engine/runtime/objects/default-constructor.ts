// Constructors that a class does not write: the defaultConstructor closure of ClassDefinitionEvaluation,
// https://tc39.es/ecma262/#sec-runtime-semantics-classdefinitionevaluation step 14.a.
import type { Agent } from '../agent.ts';
import { Construct, IsConstructor } from '../call.ts';
import type { Environment, PrivateEnvironmentRecord } from '../environments.ts';
import { throwTypeError } from '../errors.ts';
import { InitializeInstanceElements } from '../operations/instance-elements.ts';
import { OrdinaryCreateFromConstructor } from '../operations/object-operations.ts';
import { ATTRS_CONFIGURABLE } from '../property-descriptor.ts';
import { rootShape, SHAPE_KIND_FUNCTION, type Shape } from '../shape.ts';
import type { Value } from '../value.ts';
import { ECMAScriptFunction, type FunctionObject, type ScriptOrModule } from './function.ts';
import { type JSObject, OBJECT_BYTES } from './object.ts';

/** The text of a class. */
export interface ClassText {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export class DefaultConstructor extends ECMAScriptFunction {
  private readonly classText: ClassText;

  constructor(
    shape: Shape,
    agent: Agent,
    classText: ClassText,
    environment: Environment,
    privateEnvironment: PrivateEnvironmentRecord | null,
    scriptOrModule: ScriptOrModule | null,
  ) {
    super(
      shape,
      callDefaultConstructor,
      agent.realm,
      environment,
      privateEnvironment,
      true,
      'strict',
      scriptOrModule,
    );
    this.classText = classText;
  }

  override sourceText(): string {
    const { text, start, end } = this.classText;
    return text.slice(start, end);
  }
}

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
    result = Construct(agent, superConstructorOf(agent, callee), args, newTarget);
  } else result = OrdinaryCreateFromConstructor(agent, newTarget, '%Object.prototype%');
  InitializeInstanceElements(agent, result, callee);
  return result;
}

/** What a derived default constructor constructs with. */
export function superConstructorOf(agent: Agent, F: DefaultConstructor): FunctionObject {
  const func = F.GetPrototypeOf(agent);
  if (!IsConstructor(func)) throwTypeError(agent, 'Super constructor is not a constructor');
  return func;
}

/** A default constructor with its `length`. */
export function createDefaultConstructor(
  agent: Agent,
  classText: ClassText,
  constructorParent: JSObject,
  environment: Environment,
  privateEnvironment: PrivateEnvironmentRecord | null,
  scriptOrModule: ScriptOrModule | null,
): DefaultConstructor {
  agent.chargeBytes(OBJECT_BYTES + 96);
  const shape = rootShape(agent, constructorParent, SHAPE_KIND_FUNCTION);
  const F = new DefaultConstructor(shape, agent, classText, environment, privateEnvironment, scriptOrModule);
  F.addSlot('length', 0, ATTRS_CONFIGURABLE);
  return F;
}
