// The interface through which the runtime and the built-ins reach a tier (STYLE 1.3). engine.ts fills it in.
import type { Agent } from './agent.ts';
import type { FunctionObject } from './objects/function.ts';
import type { JSObject } from './objects/object.ts';
import type { Value } from './value.ts';

export type DynamicFunctionKind = 'normal' | 'generator' | 'async' | 'asyncGenerator';

export interface CodeRunner {
  /** PerformEval ( x, false, false ): indirect eval in the running realm — https://tc39.es/ecma262/#sec-performeval */
  IndirectEval(agent: Agent, x: Value): Value;
  /** CreateDynamicFunction — https://tc39.es/ecma262/#sec-createdynamicfunction . Arguments are unconverted. */
  CreateDynamicFunction(
    agent: Agent,
    constructor: FunctionObject,
    newTarget: JSObject | undefined,
    kind: DynamicFunctionKind,
    parameterArgs: readonly Value[],
    bodyArg: Value,
  ): FunctionObject;
}
