// ECMAScript function objects of the tree-walker: creation, https://tc39.es/ecma262/#sec-ecmascript-function-objects ,
// [[Call]] and [[Construct]]. Each kind of function has one static host function as its code; what differs
// between functions of a kind is in the object.
import type { Agent } from '../runtime/agent.ts';
import { Call, Call1 } from '../runtime/call.ts';
import {
  DeclarativeEnvironment,
  type Environment,
  FunctionEnvironment,
  type PrivateEnvironmentRecord,
} from '../runtime/environments.ts';
import { guestValueOf, throwTypeError } from '../runtime/errors.ts';
import type { ExecutionContext } from '../runtime/execution-context.ts';
import { ECMAScriptFunction, type ThisMode } from '../runtime/objects/function.ts';
import { AsyncGeneratorObject, GeneratorObject } from '../runtime/objects/generator.ts';
import { type HostCode, JSObject, OBJECT_BYTES, OrdinaryObjectCreate } from '../runtime/objects/object.ts';
import { AsyncFunctionStart } from '../runtime/operations/async-operations.ts';
import { AsyncGeneratorStart, GeneratorStart } from '../runtime/operations/generator-operations.ts';
import { GetActiveScriptOrModule } from '../runtime/operations/import-call.ts';
import { InitializeInstanceElements } from '../runtime/operations/instance-elements.ts';
import {
  functionNameOf,
  OrdinaryCreateFromConstructor,
  shapeFromConstructor,
} from '../runtime/operations/object-operations.ts';
import { NewPromiseCapability } from '../runtime/operations/promise-operations.ts';
import { ToObject } from '../runtime/operations/type-conversion.ts';
import type { PrivateName } from '../runtime/private-name.ts';
import {
  ATTR_WRITABLE,
  ATTRS_CONFIGURABLE,
  ATTRS_HIDDEN,
  ATTRS_NONE,
} from '../runtime/property-descriptor.ts';
import type { PropertyKey } from '../runtime/property-key.ts';
import type { IntrinsicName } from '../runtime/realm.ts';
import { rootShape, SHAPE_KIND_FUNCTION, type Shape } from '../runtime/shape.ts';
import type { Value } from '../runtime/value.ts';
import {
  type ArrowFunction,
  type FunctionDeclaration,
  type FunctionExpression,
  type FunctionNode,
  KIND_ArrowFunction,
} from '../syntax/ast.gen.ts';
import { boundNameOf } from './bound-names.ts';
import { InterpretedCoroutine } from './coroutine.ts';
import { CALL_DEPTH } from './depth-costs.ts';
import { EvaluateBody as EvaluateBodyPlainly } from './evaluation/bodies.gen.ts';
import { EvaluateBody, EvaluateGeneratorBody } from './evaluation/bodies.ts';
import { analyseSuspension } from './evaluation/suspension-analysis.ts';
import { Frame } from './frame.ts';
import { FunctionDeclarationInstantiation } from './function-instantiation.ts';

export class InterpretedFunction extends ECMAScriptFunction {
  readonly node: FunctionNode;
  /** Offsets of [[SourceText]]; those of the class for a class constructor. */
  textStart: number;
  textEnd: number;

  constructor(
    shape: Shape,
    agent: Agent,
    context: ExecutionContext | null,
    node: FunctionNode,
    environment: Environment,
    privateEnvironment: PrivateEnvironmentRecord | null,
  ) {
    super(
      shape,
      codeOf(node),
      agent.realm,
      environment,
      privateEnvironment,
      node.strict,
      thisModeOf(node),
      GetActiveScriptOrModule(context),
    );
    this.node = node;
    this.textStart = node.info.textStart;
    this.textEnd = node.info.textEnd;
  }

  override kindName(): string {
    const { isAsync, isGenerator } = this.node;
    return `${isAsync ? 'Async' : ''}${isGenerator ? 'Generator' : ''}Function`;
  }

  override sourceText(): string {
    return this.node.info.source.text.slice(this.textStart, this.textEnd);
  }
}

function thisModeOf(node: FunctionNode): ThisMode {
  if (node.kind === KIND_ArrowFunction) return 'lexical';
  return node.strict ? 'strict' : 'global';
}

function codeOf(node: FunctionNode): HostCode {
  if (node.isGenerator) return node.isAsync ? callAsyncGenerator : callGenerator;
  if (node.isAsync) return callAsync;
  return node.info.functionKind === 'base-constructor' || node.info.functionKind === 'derived-constructor'
    ? callClassConstructor
    : callNormal;
}

/** %Function.prototype% or its sibling for the kind of function. */
export function functionPrototypeOf(agent: Agent, node: FunctionNode): JSObject {
  const realm = agent.realm;
  if (node.isGenerator) {
    return realm.intrinsic(
      node.isAsync ? '%AsyncGeneratorFunction.prototype%' : '%GeneratorFunction.prototype%',
    );
  }
  return node.isAsync ? realm.intrinsic('%AsyncFunction.prototype%') : realm.functionPrototype;
}

/** The prototype that instances of a generator function inherit from by default. */
function generatorPrototypeName(node: FunctionNode): IntrinsicName {
  return node.isAsync ? '%AsyncGeneratorPrototype%' : '%GeneratorPrototype%';
}

/** OrdinaryFunctionCreate — https://tc39.es/ecma262/#sec-ordinaryfunctioncreate */
export function OrdinaryFunctionCreate(
  agent: Agent,
  context: ExecutionContext | null,
  functionPrototype: JSObject,
  node: FunctionNode,
  env: Environment,
  privateEnv: PrivateEnvironmentRecord | null,
): InterpretedFunction {
  agent.chargeBytes(OBJECT_BYTES + 240);
  const shape = rootShape(agent, functionPrototype, SHAPE_KIND_FUNCTION);
  const F = new InterpretedFunction(shape, agent, context, node, env, privateEnv);
  F.addSlot('length', node.info.expectedArgumentCount, ATTRS_CONFIGURABLE);
  return F;
}

/** SetFunctionName on a function that has no name yet — https://tc39.es/ecma262/#sec-setfunctionname */
export function nameFunction(F: JSObject, name: PropertyKey | PrivateName, prefix = ''): void {
  const text = functionNameOf(name);
  F.addSlot('name', prefix === '' ? text : `${prefix} ${text}`, ATTRS_CONFIGURABLE);
}

/** MakeConstructor ( F ) — https://tc39.es/ecma262/#sec-makeconstructor */
function MakeConstructor(agent: Agent, F: ECMAScriptFunction): void {
  markConstructor(F);
  const prototype = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
  prototype.addSlot('constructor', F, ATTRS_HIDDEN);
  F.addSlot('prototype', prototype, ATTR_WRITABLE);
}

/** Gives a fresh function [[Construct]]. */
export function markConstructor(F: ECMAScriptFunction): void {
  (F as { isConstructor: boolean }).isConstructor = true;
}

/** The `prototype` property of functions that are constructors or generators; nothing for others. */
export function addPrototypeProperty(agent: Agent, F: InterpretedFunction): void {
  const node = F.node;
  if (node.isGenerator) {
    const prototype = OrdinaryObjectCreate(agent, agent.realm.intrinsic(generatorPrototypeName(node)));
    F.addSlot('prototype', prototype, ATTR_WRITABLE);
  } else if (!node.isAsync && node.info.functionKind === 'normal') {
    if (!node.strict) addForbiddenExtensions(F);
    MakeConstructor(agent, F);
  }
}

/**
 * Sloppy functions have `arguments` and `caller` of their own, as in other engines, so that reading them does not reach
 * the inherited accessors that throw. They tell nothing — https://tc39.es/ecma262/#sec-forbidden-extensions
 */
function addForbiddenExtensions(F: InterpretedFunction): void {
  F.addSlot('arguments', null, ATTRS_NONE);
  F.addSlot('caller', undefined, ATTRS_NONE);
}

/** InstantiateFunctionObject — https://tc39.es/ecma262/#sec-runtime-semantics-instantiatefunctionobject */
export function InstantiateFunctionObject(
  agent: Agent,
  context: Frame,
  node: FunctionDeclaration,
  env: Environment,
  privateEnv: PrivateEnvironmentRecord | null,
): InterpretedFunction {
  const F = OrdinaryFunctionCreate(agent, context, functionPrototypeOf(agent, node), node, env, privateEnv);
  const name = boundNameOf(node);
  nameFunction(F, name === '*default*' ? 'default' : name);
  addPrototypeProperty(agent, F);
  return F;
}

/** InstantiateOrdinaryFunctionExpression and its siblings — https://tc39.es/ecma262/#sec-runtime-semantics-instantiateordinaryfunctionexpression */
export function InstantiateFunctionExpression(
  agent: Agent,
  context: Frame,
  node: FunctionExpression | ArrowFunction,
  name: PropertyKey | PrivateName,
): InterpretedFunction {
  let env = context.lexicalEnvironment;
  let funcEnv: DeclarativeEnvironment | null = null;
  if (node.name !== null) {
    funcEnv = new DeclarativeEnvironment(env);
    funcEnv.CreateImmutableBinding(agent, node.name.name, false);
    env = funcEnv;
  }
  const prototype = functionPrototypeOf(agent, node);
  const closure = OrdinaryFunctionCreate(agent, context, prototype, node, env, context.privateEnvironment);
  nameFunction(closure, node.name === null ? name : node.name.name);
  if (node.kind !== KIND_ArrowFunction) addPrototypeProperty(agent, closure);
  if (funcEnv !== null)
    funcEnv.InitializeBinding(agent, (node.name as { name: string }).name, closure, 'normal');
  return closure;
}

// ---- [[Call]] and [[Construct]]

/** PrepareForOrdinaryCall without making the context the running one — https://tc39.es/ecma262/#sec-prepareforordinarycall */
function PrepareForOrdinaryCall(
  agent: Agent,
  F: InterpretedFunction,
  newTarget: JSObject | undefined,
): Frame {
  const localEnv = new FunctionEnvironment(F, newTarget);
  const calleeContext = new Frame(
    agent,
    F,
    F.realm,
    F.scriptOrModule,
    F.node.info.source,
    localEnv,
    F.privateEnvironment,
    F.strict,
  );
  calleeContext.position = F.node.start;
  calleeContext.caller = agent.context;
  return calleeContext;
}

/** OrdinaryCallBindThis — https://tc39.es/ecma262/#sec-ordinarycallbindthis */
function OrdinaryCallBindThis(
  agent: Agent,
  F: InterpretedFunction,
  calleeContext: Frame,
  thisArgument: Value,
): void {
  if (F.thisMode === 'lexical') return;
  let thisValue = thisArgument;
  if (F.thisMode === 'global') {
    if (thisArgument === undefined || thisArgument === null) thisValue = F.realm.globalEnv.globalThisValue;
    else if (!(thisArgument instanceof JSObject)) thisValue = ToObject(agent, thisArgument);
  }
  (calleeContext.lexicalEnvironment as FunctionEnvironment).BindThisValue(agent, thisValue);
}

/** Charges a call; the caller of this puts `agent.depth` back in any case. */
function enterFunction(agent: Agent): void {
  agent.chargeFuel(1);
  agent.depth += CALL_DEPTH;
  if (agent.depth > agent.limits.depth) agent.throwStackOverflow();
}

/** Functions and methods that are neither async nor generators; arrow functions; class field initializers and static blocks. */
function callNormal(
  callee: InterpretedFunction,
  thisArgument: Value,
  newTarget: JSObject | undefined,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  const { context: callerContext, depth } = agent;
  try {
    enterFunction(agent);
    if (newTarget !== undefined) return constructBase(agent, callee, newTarget, args);
    let F = callee;
    let thisValue = thisArgument;
    let argumentsList: readonly Value[] = args;
    for (;;) {
      const calleeContext = PrepareForOrdinaryCall(agent, F, undefined);
      agent.context = calleeContext;
      OrdinaryCallBindThis(agent, F, calleeContext, thisValue);
      FunctionDeclarationInstantiation(
        agent,
        calleeContext,
        F.node,
        argumentsList,
        InstantiateFunctionObject,
      );
      calleeContext.tailCallsAllowed = F.strict;
      const result = EvaluateBodyPlainly(agent, calleeContext, F.node);
      const tailCall = calleeContext.tailCall;
      if (tailCall === null) return result;
      agent.depth = depth;
      // A plain function takes the place of the frame; others, which do not call on and on, are called from it.
      if (tailCall.func.code !== callNormal) {
        return Call(agent, tailCall.func, tailCall.thisValue, tailCall.args);
      }
      agent.context = callerContext;
      F = tailCall.func as InterpretedFunction;
      thisValue = tailCall.thisValue;
      argumentsList = tailCall.args;
      agent.realm = F.realm;
      enterFunction(agent);
    }
  } finally {
    agent.context = callerContext;
    agent.depth = depth;
  }
}

/** [[Construct]] of a base constructor — https://tc39.es/ecma262/#sec-ecmascript-function-objects-construct-argumentslist-newtarget */
function constructBase(
  agent: Agent,
  F: InterpretedFunction,
  newTarget: JSObject,
  argumentsList: readonly Value[],
): Value {
  const callerContext = agent.context;
  // This step belongs to the caller, whose realm its errors have.
  agent.realm = callerContext?.realm ?? agent.realm;
  const thisArgument = OrdinaryCreateFromConstructor(agent, newTarget, '%Object.prototype%');
  agent.realm = F.realm;
  const calleeContext = PrepareForOrdinaryCall(agent, F, newTarget);
  agent.context = calleeContext;
  OrdinaryCallBindThis(agent, F, calleeContext, thisArgument);
  calleeContext.position = F.node.info.textStart;
  InitializeInstanceElements(agent, thisArgument, F);
  calleeContext.position = F.node.start;
  FunctionDeclarationInstantiation(agent, calleeContext, F.node, argumentsList, InstantiateFunctionObject);
  const result = EvaluateBodyPlainly(agent, calleeContext, F.node);
  return result instanceof JSObject ? result : thisArgument;
}

/** [[Construct]] of a derived constructor. */
function constructDerived(
  agent: Agent,
  F: InterpretedFunction,
  newTarget: JSObject,
  argumentsList: readonly Value[],
): Value {
  const callerContext = agent.context;
  const calleeContext = PrepareForOrdinaryCall(agent, F, newTarget);
  const constructorEnv = calleeContext.lexicalEnvironment as FunctionEnvironment;
  agent.context = calleeContext;
  FunctionDeclarationInstantiation(agent, calleeContext, F.node, argumentsList, InstantiateFunctionObject);
  const result = EvaluateBodyPlainly(agent, calleeContext, F.node);
  agent.context = callerContext;
  if (result instanceof JSObject) return result;
  // What follows belongs to the caller, whose realm its errors have.
  agent.realm = callerContext?.realm ?? agent.realm;
  if (result !== undefined) throwTypeError(agent, 'Derived constructors may only return object or undefined');
  return constructorEnv.GetThisBinding(agent);
}

function callClassConstructor(
  callee: InterpretedFunction,
  _thisArgument: Value,
  newTarget: JSObject | undefined,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  if (newTarget === undefined) throwTypeError(agent, "Class constructor cannot be invoked without 'new'");
  const { context: callerContext, depth } = agent;
  try {
    enterFunction(agent);
    return callee.constructorKind === 'base'
      ? constructBase(agent, callee, newTarget, args)
      : constructDerived(agent, callee, newTarget, args);
  } finally {
    agent.context = callerContext;
    agent.depth = depth;
  }
}

/** Runs the part of a call before the body: the frame, with the parameters bound. */
function prepareSuspendableCall(
  agent: Agent,
  callee: InterpretedFunction,
  thisArgument: Value,
  args: readonly Value[],
): Frame {
  const node = callee.node;
  analyseSuspension(
    node,
    node.conciseBody === null ? node.body : [node.conciseBody],
    node.isAsync && node.isGenerator,
  );
  const calleeContext = PrepareForOrdinaryCall(agent, callee, undefined);
  agent.context = calleeContext;
  OrdinaryCallBindThis(agent, callee, calleeContext, thisArgument);
  FunctionDeclarationInstantiation(agent, calleeContext, node, args, InstantiateFunctionObject);
  return calleeContext;
}

/** EvaluateGeneratorBody — https://tc39.es/ecma262/#sec-runtime-semantics-evaluategeneratorbody */
function callGenerator(
  callee: InterpretedFunction,
  thisArgument: Value,
  _newTarget: JSObject | undefined,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  const { context: callerContext, depth } = agent;
  try {
    enterFunction(agent);
    const calleeContext = prepareSuspendableCall(agent, callee, thisArgument, args);
    calleeContext.generatorKind = 'sync';
    const shape = shapeFromConstructor(agent, callee, '%GeneratorPrototype%');
    const G = new GeneratorObject(shape);
    GeneratorStart(
      G,
      new InterpretedCoroutine(calleeContext, EvaluateGeneratorBody(agent, calleeContext, callee.node)),
    );
    return G;
  } finally {
    agent.context = callerContext;
    agent.depth = depth;
  }
}

/** EvaluateAsyncGeneratorBody — https://tc39.es/ecma262/#sec-runtime-semantics-evaluateasyncgeneratorbody */
function callAsyncGenerator(
  callee: InterpretedFunction,
  thisArgument: Value,
  _newTarget: JSObject | undefined,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  const { context: callerContext, depth } = agent;
  try {
    enterFunction(agent);
    const calleeContext = prepareSuspendableCall(agent, callee, thisArgument, args);
    calleeContext.generatorKind = 'async';
    const shape = shapeFromConstructor(agent, callee, '%AsyncGeneratorPrototype%');
    const generator = new AsyncGeneratorObject(shape);
    const body = EvaluateGeneratorBody(agent, calleeContext, callee.node);
    AsyncGeneratorStart(generator, new InterpretedCoroutine(calleeContext, body));
    return generator;
  } finally {
    agent.context = callerContext;
    agent.depth = depth;
  }
}

/** EvaluateAsyncFunctionBody and EvaluateAsyncConciseBody — https://tc39.es/ecma262/#sec-runtime-semantics-evaluateasyncfunctionbody */
function callAsync(
  callee: InterpretedFunction,
  thisArgument: Value,
  _newTarget: JSObject | undefined,
  ...args: Value[]
): Value {
  const agent = callee.realm.agent;
  const { context: callerContext, depth } = agent;
  try {
    enterFunction(agent);
    const promiseCapability = NewPromiseCapability(agent, callee.realm.intrinsic('%Promise%'));
    let calleeContext: Frame;
    try {
      calleeContext = prepareSuspendableCall(agent, callee, thisArgument, args);
    } catch (thrown) {
      Call1(agent, promiseCapability.reject, undefined, guestValueOf(agent, thrown));
      return promiseCapability.promise;
    }
    agent.context = callerContext;
    const body = EvaluateBody(agent, calleeContext, callee.node);
    AsyncFunctionStart(agent, promiseCapability, new InterpretedCoroutine(calleeContext, body));
    return promiseCapability.promise;
  } finally {
    agent.context = callerContext;
    agent.depth = depth;
  }
}
