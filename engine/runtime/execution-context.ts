// Execution contexts, https://tc39.es/ecma262/#sec-execution-contexts . The agent holds the running one and each
// holds its caller, which is the execution context stack. Only guest code pushes contexts; built-in functions
// run in their caller's, with agent.realm telling the running realm. Each tier subclasses it for its frames.
import type { FunctionObject, ScriptOrModule } from './objects/function.ts';
import type { Realm } from './realm.ts';

/** What stack traces need of a source text. */
export interface SourceLocator {
  readonly name: string;
  positionAt(offset: number): { readonly line: number; readonly column: number };
}

export abstract class ExecutionContext {
  caller: ExecutionContext | null;
  func: FunctionObject | null;
  realm: Realm;
  scriptOrModule: ScriptOrModule | null;

  constructor(func: FunctionObject | null, realm: Realm, scriptOrModule: ScriptOrModule | null) {
    this.caller = null;
    this.func = func;
    this.realm = realm;
    this.scriptOrModule = scriptOrModule;
  }

  /** The function was called by [[Construct]]. */
  abstract get isConstructorCall(): boolean;
  abstract get source(): SourceLocator | null;
  /** Offset of the operation being evaluated, for stack traces. */
  abstract get position(): number;
}
