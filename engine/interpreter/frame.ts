// hot
// The tree-walker's execution context and its completions. A statement returns one of the COMPLETION_* kinds;
// the value and the label it carries stand in the frame. A throw completion is a host throw of
// ThrowCompletion. A `return` that a generator is resumed with starts inside an expression: there alone it
// travels as a host throw of ReturnSignal until the next statement that has something to do with it.
import { assert } from '../base/assert.ts';
import type { Agent } from '../runtime/agent.ts';
import {
  type Environment,
  FunctionEnvironment,
  type PrivateEnvironmentRecord,
} from '../runtime/environments.ts';
import { ExecutionContext, type SourceLocator } from '../runtime/execution-context.ts';
import type { FunctionObject, ScriptOrModule } from '../runtime/objects/function.ts';
import type { Realm } from '../runtime/realm.ts';
import type { Value } from '../runtime/value.ts';
import type { Expression, FunctionDeclaration } from '../syntax/ast.gen.ts';

export const COMPLETION_NORMAL = 0;
export const COMPLETION_BREAK = 1;
export const COMPLETION_CONTINUE = 2;
export const COMPLETION_RETURN = 3;

export type CompletionKind =
  | typeof COMPLETION_NORMAL
  | typeof COMPLETION_BREAK
  | typeof COMPLETION_CONTINUE
  | typeof COMPLETION_RETURN;

/** The [[Value]] `empty` of a completion. */
export class EmptyValue {
  readonly isEmpty = true;
}
export const EMPTY: EmptyValue = new EmptyValue();

/** A return completion on its way out of an expression; see the file header. */
export class ReturnSignal {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

export const NO_LABELS: readonly string[] = [];

/** A call in tail position, made once the frame of its function is gone: https://tc39.es/ecma262/#sec-preparefortailcall . */
export class TailCall {
  readonly func: FunctionObject;
  readonly thisValue: Value;
  readonly args: readonly Value[];
  constructor(func: FunctionObject, thisValue: Value, args: readonly Value[]) {
    this.func = func;
    this.thisValue = thisValue;
    this.args = args;
  }
}

export class Frame extends ExecutionContext {
  readonly agent: Agent;
  override readonly source: SourceLocator | null;
  override position: number;
  lexicalEnvironment: Environment;
  variableEnvironment: Environment;
  privateEnvironment: PrivateEnvironmentRecord | null;
  /** The code being evaluated is strict. Changes inside a class of a sloppy function. */
  strict: boolean;
  /** [[Value]] of the last statement's completion. */
  completionValue: Value | EmptyValue;
  /** [[Target]] of a break or continue completion; null without label. */
  completionTarget: string | null;
  /** Labels of the statement about to be evaluated; taken by the loop they stand before. */
  labelSet: readonly string[];
  /** Block functions whose evaluation also assigns the var binding of Annex B.3.2. */
  annexBFunctions: ReadonlySet<FunctionDeclaration> | null;
  /** GetGeneratorKind ( ). */
  generatorKind: 'non-generator' | 'sync' | 'async';
  /** A `return` here ends the function with nothing left to do: strict code of a plain function, outside of try blocks and for-of loops. */
  tailCallsAllowed: boolean;
  tailCall: TailCall | null;
  /** What the evaluation gives out while it is suspended. */
  suspendedValue: Value;
  /** The link of a long spine that has just been evaluated, with its value: dispatch.ts. Null but for that moment. */
  spineLink: Expression | null;
  spineValue: Value;
  /** Depth at the last resumption; 0 in frames that do not suspend. What a frame notes of depth is relative to it. */
  depthBase: number;

  constructor(
    agent: Agent,
    func: FunctionObject | null,
    realm: Realm,
    scriptOrModule: ScriptOrModule | null,
    source: SourceLocator | null,
    environment: Environment,
    privateEnvironment: PrivateEnvironmentRecord | null,
    strict: boolean,
  ) {
    super(func, realm, scriptOrModule);
    this.agent = agent;
    this.source = source;
    this.position = 0;
    this.lexicalEnvironment = environment;
    this.variableEnvironment = environment;
    this.privateEnvironment = privateEnvironment;
    this.strict = strict;
    this.completionValue = EMPTY;
    this.completionTarget = null;
    this.labelSet = NO_LABELS;
    this.annexBFunctions = null;
    this.generatorKind = 'non-generator';
    this.tailCallsAllowed = false;
    this.tailCall = null;
    this.suspendedValue = undefined;
    this.spineLink = null;
    this.spineValue = undefined;
    this.depthBase = 0;
  }

  override get isConstructorCall(): boolean {
    for (let env: Environment | null = this.lexicalEnvironment; env !== null; env = env.outerEnv) {
      if (env instanceof FunctionEnvironment)
        return env.functionObject === this.func && env.newTarget !== undefined;
    }
    return false;
  }
}

/** The value of a completion, `undefined` for empty. */
export function valueOrUndefined(value: Value | EmptyValue): Value {
  return value instanceof EmptyValue ? undefined : value;
}

/** The value of a return completion, which is never empty. */
export function returnedValue(context: Frame): Value {
  const value = context.completionValue;
  assert(!(value instanceof EmptyValue), 'a return completion has a value');
  return value;
}

/** The labels of the statement being entered; they count for this statement only. */
export function takeLabelSet(context: Frame): readonly string[] {
  const labelSet = context.labelSet;
  context.labelSet = NO_LABELS;
  return labelSet;
}
