// The state of compiling one unit: its writer, the environments around the place being compiled, registers of bindings,
// and the statements that jumps may leave.

import { InternalError } from '../../base/assert.ts';
import type { Expression } from '../../syntax/ast.gen.ts';
import type { Binding, ScopeInfo } from '../../syntax/scope-analysis.ts';
import { Emitter } from '../opcodes.gen.ts';
import { type CodeUnit, NestedTooDeeply } from '../unit.ts';
import { Writer } from '../writer.ts';
import type { Breakable } from './exits.ts';
import type { Session } from './session.ts';

/** An environment that exists at run time, as seen from the code inside. */
export class EnvironmentNode {
  /** Null for environments whose bindings are not known: `with`, and what a unit was entered with. */
  readonly info: ScopeInfo | null;
  readonly outer: EnvironmentNode | null;
  readonly owner: FunctionCompiler | null;
  readonly register: number;

  constructor(
    info: ScopeInfo | null,
    outer: EnvironmentNode | null,
    owner: FunctionCompiler | null,
    register: number,
  ) {
    this.info = info;
    this.outer = outer;
    this.owner = owner;
    this.register = register;
  }
}

/** Nesting of nodes that the compiler follows on the host's stack. */
const MAX_DEPTH = 1200;

export class FunctionCompiler {
  readonly session: Session;
  readonly unit: CodeUnit;
  readonly writer: Writer;
  readonly emit: Emitter;
  readonly functions: CodeUnit[];
  readonly registers: Map<Binding, number>;
  /** The innermost environment; null in units that are entered with one nothing is known of. */
  environment: EnvironmentNode | null;
  /** The innermost scope. */
  scope: ScopeInfo;
  /** Register of the private environment of the class body being compiled; -1: that of the active function. */
  privateEnvironment: number;
  /** Innermost statement that a jump may leave. */
  breakable: Breakable | null;
  /** Register of the completion value in scripts and evals; -1 where none can see it. */
  completion: number;
  /** Register of the DisposeCapability of the innermost scope that declares resources. */
  disposeCapability: number;
  /** Labels in front of the statement about to be compiled. */
  labels: readonly string[];
  strict: boolean;
  /** A call in a `return` is a tail call: https://tc39.es/ecma262/#sec-tail-position-calls */
  tailCallsAllowed: boolean;
  /** `this` is in the frame's register; otherwise in an environment. */
  thisInRegister: boolean;
  /** Register that says which Annex B functions are active; -1: all of them. */
  annexBActive: number;
  /** Names of the functions in DeclarationsConstant.annexBNames, by declaration. */
  readonly annexBIndex: Map<object, number>;
  /** Register of the value of a `return` that leaves other statements on its way. */
  readonly returnRegister: number;
  /** The link of a long spine that has just been compiled, and the register of its value: syntax/spine.ts. */
  private spineLink: Expression | null;
  private spineRegister: number;
  private depth: number;

  constructor(session: Session, unit: CodeUnit, environment: EnvironmentNode | null) {
    this.session = session;
    this.unit = unit;
    this.writer = new Writer(unit.parameterCount + 2);
    this.emit = new Emitter(this.writer);
    this.functions = [];
    this.registers = new Map();
    this.environment = environment;
    this.scope = session.analysis.root;
    this.privateEnvironment = -1;
    this.breakable = null;
    this.completion = -1;
    this.disposeCapability = -1;
    this.labels = [];
    this.strict = unit.strict;
    this.tailCallsAllowed = false;
    this.thisInRegister = true;
    this.annexBActive = -1;
    this.annexBIndex = new Map();
    this.returnRegister = this.writer.newRegister();
    this.spineLink = null;
    this.spineRegister = -1;
    this.depth = 0;
  }

  enterNode(): void {
    if (++this.depth > MAX_DEPTH) throw new NestedTooDeeply();
  }

  leaveNode(): void {
    this.depth--;
  }

  /** The next node compiled is a link around `link`, whose value is in `register`. */
  putSpine(link: Expression, register: number): void {
    this.spineLink = link;
    this.spineRegister = register;
  }

  /** The link that putSpine left; null if it has been taken. */
  get pendingSpine(): Expression | null {
    return this.spineLink;
  }

  /** The register of the link that putSpine left. */
  takeSpine(): number {
    this.spineLink = null;
    return this.spineRegister;
  }

  /** Register of the innermost environment. */
  get environmentRegister(): number {
    const node = this.environment;
    return node !== null && node.owner === this ? node.register : this.unit.environmentRegister;
  }

  /** Where the environment of a scope is: a register, and how many environments outwards from that one. */
  locate(info: ScopeInfo): { readonly register: number; readonly hops: number } {
    let node = this.environment;
    while (node !== null && node.owner === this) {
      if (node.info === info) return { register: node.register, hops: 0 };
      node = node.outer;
    }
    for (let hops = 0; node !== null; hops++) {
      if (node.info === info) return { register: this.unit.environmentRegister, hops };
      node = node.outer;
    }
    throw new InternalError(`no environment of scope '${info.kind}'`);
  }

  /** Enters an environment that lies in `register`. */
  pushEnvironment(info: ScopeInfo | null, register: number): void {
    this.environment = new EnvironmentNode(info, this.environment, this, register);
  }

  /** What a name means in the innermost scope, for names that are no IdentifierReference. */
  lookupName(name: string): { readonly binding: Binding | null; readonly isDynamic: boolean } {
    let isDynamic = false;
    for (let scope: ScopeInfo | null = this.scope; scope !== null; scope = scope.parent) {
      const binding = scope.bindings.get(name);
      if (binding !== undefined) {
        return { binding, isDynamic: isDynamic || binding.storage === 'variable-scope-of-caller' };
      }
      if (scope.kind === 'with' || scope.kind === 'eval' || scope.mayGainVars) isDynamic = true;
    }
    return { binding: null, isDynamic };
  }

  addFunction(unit: CodeUnit): number {
    this.functions.push(unit);
    return this.functions.length - 1;
  }

  finish(): void {
    this.writer.finish(this.unit);
    this.unit.functions = this.functions;
  }
}
