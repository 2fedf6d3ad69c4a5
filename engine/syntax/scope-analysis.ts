// Scope analysis: one walk over a finished Script, Module or function that resolves every IdentifierReference
// for the tiers behind the tree-walker. Says of each binding whether inner functions capture it (it needs a
// place in an environment) or whether it can live in a register, of each reference whether its temporal dead
// zone must be checked, and what direct eval and `with` make undecidable.
//
// The result lies beside the tree (Maps by node and scope). The walk keeps its own stack of tasks, because
// the tree may be deeper than the host's stack.
//
// Invariants
// - Each `Scope` record has one ScopeInfo; a function whose parameters contain expressions has a second one
//   for them (kind 'parameters'), and a named function expression one for its name (kind 'function-name').
// - A reference that cannot be decided has access 'dynamic'; the binding it might mean is in an environment.
// - `needsTDZCheck` false is a proof, true is not.

import {
  type ClassNode,
  type ForInStatement,
  type ForOfStatement,
  type FunctionNode,
  forEachChild,
  type IdentifierReference,
  KIND_ArrayAssignmentPattern,
  KIND_ArrowFunction,
  KIND_AssignmentElement,
  KIND_AssignmentExpression,
  KIND_AssignmentProperty,
  KIND_BindingDeclaration,
  KIND_Block,
  KIND_CatchClause,
  KIND_ClassDeclaration,
  KIND_ClassExpression,
  KIND_ClassStaticBlock,
  KIND_ComputedPropertyName,
  KIND_ForInStatement,
  KIND_ForOfStatement,
  KIND_ForStatement,
  KIND_FunctionDeclaration,
  KIND_FunctionExpression,
  KIND_IdentifierReference,
  KIND_LexicalDeclaration,
  KIND_MethodFunction,
  KIND_Module,
  KIND_ObjectAssignmentPattern,
  KIND_ParenthesizedExpression,
  KIND_Script,
  KIND_SwitchStatement,
  KIND_UpdateExpression,
  KIND_VariableStatement,
  KIND_WithStatement,
  type Module,
  type Node,
  type Script,
  type SwitchStatement,
  type VariableStatement,
} from './ast.gen.ts';
import { forEachBoundName } from './bound-names.ts';
import type { Scope, ScopeKind } from './scope.ts';

export type BindingKind =
  | 'var'
  | 'parameter'
  | 'function'
  | 'arguments'
  | 'function-name'
  | 'class-name'
  | 'let'
  | 'const'
  | 'using'
  | 'class'
  | 'import'
  | 'catch-parameter';

/**
 * Where a binding lives: `register` in the frame of its function; `environment` in an environment record, by
 * slot; `global-object` and `global-lexical` in the realm; `module` in the module environment; `variable-scope-of-caller`
 * for the vars of sloppy eval code, which become bindings of the function (or realm) that called eval.
 */
export type BindingStorage =
  | 'register'
  | 'environment'
  | 'global-object'
  | 'global-lexical'
  | 'module'
  | 'variable-scope-of-caller';

export class Binding {
  readonly name: string;
  readonly kind: BindingKind;
  readonly scope: ScopeInfo;
  /** A function other than the binding's own refers to it, or direct eval or `with` might. */
  isCaptured: boolean;
  /** Assigned to other than by its declaration. */
  isAssigned: boolean;
  referenceCount: number;
  storage: BindingStorage;
  /** Offset from which on the binding is initialized in code of its own function; -1: from the start. */
  initializedFrom: number;
  /** In a `switch` scope: the end of the clause that holds the declaration. */
  initializedUpTo: number;
  /** Some reference checks whether it is initialized: it has to start so. */
  isChecked: boolean;

  constructor(name: string, kind: BindingKind, scope: ScopeInfo, initializedFrom: number) {
    this.name = name;
    this.kind = kind;
    this.scope = scope;
    this.isCaptured = false;
    this.isAssigned = false;
    this.referenceCount = 0;
    this.storage = 'register';
    this.initializedFrom = initializedFrom;
    this.initializedUpTo = Number.POSITIVE_INFINITY;
    this.isChecked = false;
  }
}

export class ScopeInfo {
  readonly kind: ScopeKind | 'parameters' | 'function-name';
  readonly parent: ScopeInfo | null;
  /** The parser's record; null for kinds 'parameters' and 'function-name'. */
  readonly scope: Scope | null;
  /** The function in whose frame the scope lives; null at top level. */
  readonly owner: FunctionNode | null;
  /** How many functions are around the scope. */
  readonly functionLevel: number;
  readonly start: number;
  readonly bindings: Map<string, Binding>;
  readonly children: ScopeInfo[];
  /** A sloppy direct eval may add vars here: names looked up past this scope are not decided. */
  readonly mayGainVars: boolean;
  /** An arguments object mapped to the parameters is needed: they live in the environment. */
  hasMappedArguments: boolean;
  /** Some binding has storage 'environment'. */
  needsEnvironment: boolean;
  /** Functions: an arrow function or direct eval inside uses `this`, `super` or `new.target` of this one. */
  capturesThis: boolean;

  constructor(
    kind: ScopeInfo['kind'],
    parent: ScopeInfo | null,
    scope: Scope | null,
    owner: FunctionNode | null,
    functionLevel: number,
    start: number,
    mayGainVars: boolean,
  ) {
    this.kind = kind;
    this.parent = parent;
    this.scope = scope;
    this.owner = owner;
    this.functionLevel = functionLevel;
    this.start = start;
    this.bindings = new Map();
    this.children = [];
    this.mayGainVars = mayGainVars;
    this.hasMappedArguments = false;
    this.needsEnvironment = false;
    this.capturesThis = false;
    if (parent !== null) parent.children.push(this);
  }
}

/** What an IdentifierReference means. */
export interface Resolution {
  /** `binding`: that one; `global`: a name of the global environment; `dynamic`: to be looked up by name. */
  readonly access: 'binding' | 'global' | 'dynamic';
  /** The binding, for `dynamic` the one that is meant unless eval or `with` provides another; else null. */
  readonly binding: Binding | null;
  readonly needsTDZCheck: boolean;
}

export interface ScopeAnalysis {
  readonly root: ScopeInfo;
  /** By the parser's record; functions: the scope of the body. */
  readonly scopes: ReadonlyMap<Scope, ScopeInfo>;
  /** Functions whose parameters contain expressions: the parameters' scope, by the record of the function. */
  readonly parameterScopes: ReadonlyMap<Scope, ScopeInfo>;
  readonly resolutions: ReadonlyMap<IdentifierReference, Resolution>;
}

/** Analyses a program, or a function of its own such as one made by the Function constructor. */
export function analyzeScopes(program: Script | Module | FunctionNode): ScopeAnalysis {
  return new Analyzer(program).run();
}

const GLOBAL: Resolution = { access: 'global', binding: null, needsTDZCheck: false };
const UNKNOWN: Resolution = { access: 'dynamic', binding: null, needsTDZCheck: true };
const NEVER = Number.POSITIVE_INFINITY;
const AT_START = -1;

/** A function that is being walked. */
interface FunctionFrame {
  /** No earlier than this offset of the code around it can the function be called. */
  readonly createdAt: number;
}

type Task = Node | (() => void);

class Analyzer {
  private readonly program: Script | Module | FunctionNode;
  private readonly tasks: Task[] = [];
  private readonly scopes = new Map<Scope, ScopeInfo>();
  private readonly parameterScopes = new Map<Scope, ScopeInfo>();
  private readonly resolutions = new Map<IdentifierReference, Resolution>();
  private readonly checked = new Map<Binding, Resolution>();
  private readonly unchecked = new Map<Binding, Resolution>();
  private readonly written = new Set<Node>();
  private readonly frames: FunctionFrame[] = [];
  private readonly owners: FunctionNode[] = [];
  /** Parameter scopes of the functions around that have a `this` of their own. */
  private readonly thisScopes: ScopeInfo[] = [];
  /** Class scopes whose heritage, keys or decorators are being walked: the class's name is not initialized. */
  private readonly openClassHeads = new Set<ScopeInfo>();
  private current: ScopeInfo;

  constructor(program: Script | Module | FunctionNode) {
    this.program = program;
    const scope = isProgram(program) ? program.scope : null;
    this.current = new ScopeInfo(scope === null ? 'script' : scope.kind, null, scope, null, 0, 0, false);
    if (scope !== null) this.scopes.set(scope, this.current);
  }

  run(): ScopeAnalysis {
    const root = this.current;
    if (isProgram(this.program)) {
      this.declareVariableScope(root, this.program.scope, [], false);
      for (let i = this.program.body.length - 1; i >= 0; i--) this.tasks.push(this.program.body[i]);
    } else this.tasks.push(this.program);
    while (this.tasks.length > 0) {
      const task = this.tasks.pop() as Task;
      if (typeof task === 'function') task();
      else this.visit(task);
    }
    this.placeBindings(root);
    return {
      root,
      scopes: this.scopes,
      parameterScopes: this.parameterScopes,
      resolutions: this.resolutions,
    };
  }

  // ---------------------------------------------------------------- the walk

  /** Schedules tasks to run in the order given. */
  private schedule(tasks: readonly (Task | null)[]): void {
    for (let i = tasks.length - 1; i >= 0; i--) {
      const task = tasks[i];
      if (task !== null) this.tasks.push(task);
    }
  }

  private scheduleChildren(node: Node): void {
    const children: Node[] = [];
    forEachChild(node, (child) => children.push(child));
    this.schedule(children);
  }

  private visit(node: Node): void {
    switch (node.kind) {
      case KIND_IdentifierReference:
        this.resolve(node);
        return;
      case KIND_FunctionDeclaration:
      case KIND_FunctionExpression:
      case KIND_ArrowFunction:
      case KIND_MethodFunction:
        this.visitFunction(node);
        return;
      case KIND_ClassDeclaration:
      case KIND_ClassExpression:
        this.visitClass(node);
        return;
      case KIND_Block:
      case KIND_ForStatement:
        this.openBlock(node.scope, node.start);
        this.tasks.push(this.closeScope);
        this.scheduleChildren(node);
        return;
      case KIND_CatchClause:
        this.openBlock(node.scope, node.start);
        this.tasks.push(this.closeScope);
        this.schedule([node.parameter, () => this.initialize(node.parameter, node.body.start), node.body]);
        return;
      case KIND_WithStatement:
        this.schedule([
          node.object,
          () => {
            this.openBlock(node.scope, node.start);
          },
          node.body,
          this.closeScope,
        ]);
        return;
      case KIND_SwitchStatement:
        this.visitSwitch(node);
        return;
      case KIND_ForInStatement:
      case KIND_ForOfStatement:
        this.visitForInOf(node);
        return;
      case KIND_VariableStatement:
        this.noteVariables(node);
        this.scheduleChildren(node);
        return;
      case KIND_BindingDeclaration:
        this.tasks.push(() => this.initialize(node.target, node.end));
        this.scheduleChildren(node);
        return;
      case KIND_AssignmentExpression:
      case KIND_AssignmentProperty:
      case KIND_AssignmentElement:
        this.noteWrite(node.target);
        this.scheduleChildren(node);
        return;
      case KIND_ObjectAssignmentPattern:
      case KIND_ArrayAssignmentPattern:
        if (node.rest !== null) this.noteWrite(node.rest);
        this.scheduleChildren(node);
        return;
      case KIND_UpdateExpression:
        this.noteWrite(node.argument);
        this.scheduleChildren(node);
        return;
      default:
        this.scheduleChildren(node);
    }
  }

  private noteWrite(target: Node): void {
    let inner = target;
    while (inner.kind === KIND_ParenthesizedExpression) inner = inner.expression;
    if (inner.kind === KIND_IdentifierReference) this.written.add(inner);
  }

  private readonly closeScope = (): void => {
    this.current = this.current.parent as ScopeInfo;
  };

  /** Opens a scope inside the current function. */
  private openBlock(scope: Scope, start: number): ScopeInfo {
    const info = new ScopeInfo(
      scope.kind,
      this.current,
      scope,
      this.owners.at(-1) ?? null,
      this.frames.length,
      start,
      false,
    );
    this.scopes.set(scope, info);
    this.declareLexicals(info, scope);
    this.current = info;
    return info;
  }

  private visitSwitch(node: SwitchStatement): void {
    this.schedule([
      node.discriminant,
      () => {
        this.openBlock(node.scope, node.start);
      },
      ...node.cases.flatMap((clause): Task[] => [clause, () => this.limitToClause(clause.start, clause.end)]),
      this.closeScope,
    ]);
  }

  /** A declaration in one clause of a `switch` is not run when another one is jumped to. */
  private limitToClause(start: number, end: number): void {
    for (const binding of this.current.bindings.values())
      if (binding.initializedFrom > start && binding.initializedFrom <= end) binding.initializedUpTo = end;
  }

  private visitForInOf(node: ForInStatement | ForOfStatement): void {
    const { left } = node;
    this.openBlock(node.scope, node.start);
    this.tasks.push(this.closeScope);
    if (left.kind === KIND_VariableStatement || left.kind === KIND_LexicalDeclaration) {
      const { target, initializer } = left.declarations[0];
      if (left.kind === KIND_VariableStatement) this.noteVariables(left);
      // The names are in their dead zone while the right side is evaluated.
      this.schedule([
        target,
        initializer,
        node.right,
        () => this.initialize(target, node.right.end),
        node.body,
      ]);
    } else {
      this.noteWrite(left);
      this.schedule([left, node.right, node.body]);
    }
  }

  private visitClass(node: ClassNode): void {
    const tasks: (Task | null)[] = [...node.decorators];
    let info: ScopeInfo | null = null;
    tasks.push(() => {
      info = this.openBlock(node.scope, node.start);
      this.openClassHeads.add(info);
    });
    tasks.push(node.heritage);
    const bodies: Node[] = [];
    const members =
      node.classConstructor === null ? node.elements : [...node.elements, node.classConstructor];
    for (const element of members) {
      if (element.kind === KIND_ClassStaticBlock) {
        bodies.push(element.value);
        continue;
      }
      tasks.push(...element.decorators);
      if (element.key.kind === KIND_ComputedPropertyName) tasks.push(element.key);
      if ('value' in element) bodies.push(element.value);
      else if (element.initializer !== null) bodies.push(element.initializer);
    }
    tasks.push(() => {
      if (info !== null && !bodiesMayRunEarly(node, info)) this.openClassHeads.delete(info);
    });
    tasks.push(...bodies, this.closeScope);
    if (node.kind === KIND_ClassDeclaration && node.name !== null) {
      const name = node.name;
      tasks.push(() => this.initialize(name, node.end));
    }
    this.schedule(tasks);
  }

  private visitFunction(node: FunctionNode): void {
    const { info } = node;
    const outer = this.current;
    // A declaration is instantiated when the scope around it is entered, anything else where it stands.
    const createdAt = node.kind === KIND_FunctionDeclaration ? outer.start : node.start;
    this.frames.push({ createdAt });
    this.owners.push(node);
    const level = this.frames.length;
    const mayGainVars = !node.strict && info.containsDirectEval;
    if (node.kind === KIND_FunctionExpression && node.name !== null) {
      const named = new ScopeInfo('function-name', this.current, null, node, level, node.start, false);
      named.bindings.set(node.name.name, new Binding(node.name.name, 'function-name', named, AT_START));
      this.current = named;
    }
    if (node.kind === KIND_ArrowFunction && info.usesThis) this.noteThisCapture();
    const separate = info.hasParameterExpressions;
    const parameters = new ScopeInfo(
      separate ? 'parameters' : 'function',
      this.current,
      separate ? null : info.scope,
      node,
      level,
      node.start,
      mayGainVars,
    );
    if (node.kind !== KIND_ArrowFunction) this.thisScopes.push(parameters);
    if (info.containsDirectEval) this.noteThisCapture();
    this.current = parameters;
    for (const name of info.parameterNames)
      if (!parameters.bindings.has(name))
        parameters.bindings.set(
          name,
          new Binding(name, 'parameter', parameters, separate ? NEVER : AT_START),
        );
    this.declareArguments(parameters, node);
    const tasks: (Task | null)[] = [];
    for (const parameter of node.parameters)
      tasks.push(parameter, () => this.initialize(parameter.target, parameter.end));
    if (node.rest !== null) {
      const rest = node.rest;
      tasks.push(rest, () => this.initialize(rest, rest.end));
    }
    if (separate) {
      this.parameterScopes.set(info.scope, parameters);
      tasks.push(() => {
        const body = new ScopeInfo(
          'function',
          this.current,
          info.scope,
          node,
          level,
          node.start,
          mayGainVars,
        );
        this.scopes.set(info.scope, body);
        this.current = body;
        this.declareVariableScope(
          body,
          info.scope,
          info.parameterNames,
          parameters.bindings.has('arguments'),
        );
      });
    } else {
      this.scopes.set(info.scope, parameters);
      this.declareVariableScope(parameters, info.scope, info.parameterNames, false);
    }
    tasks.push(...node.body, node.conciseBody);
    tasks.push(() => {
      this.current = outer;
      this.frames.pop();
      this.owners.pop();
      if (node.kind !== KIND_ArrowFunction) this.thisScopes.pop();
    });
    this.schedule(tasks);
  }

  /** Code in an arrow function, or a direct eval, needs the `this` of the function around. */
  private noteThisCapture(): void {
    const scope = this.thisScopes.at(-1);
    if (scope !== undefined) scope.capturesThis = true;
  }

  // ---------------------------------------------------------------- bindings

  /** The arguments object, where FunctionDeclarationInstantiation makes one that is used. */
  private declareArguments(scope: ScopeInfo, node: FunctionNode): void {
    const { info } = node;
    if (!info.usesArguments || node.kind === KIND_ArrowFunction || scope.bindings.has('arguments')) return;
    if (!info.hasParameterExpressions) {
      if (info.scope.functions.some((f) => f.name !== null && f.name.name === 'arguments')) return;
      if (info.scope.lexicals.some((lexical) => lexical.name === 'arguments')) return;
    }
    scope.bindings.set('arguments', new Binding('arguments', 'arguments', scope, AT_START));
    scope.hasMappedArguments = !node.strict && info.hasSimpleParameterList && info.parameterNames.length > 0;
  }

  private declareVariableScope(
    info: ScopeInfo,
    scope: Scope,
    parameterNames: readonly string[],
    hasArguments: boolean,
  ): void {
    const functions = new Set(scope.functions.map((f) => (f.name === null ? '*default*' : f.name.name)));
    for (const name of scope.varNames) {
      if (info.bindings.has(name)) continue;
      info.bindings.set(name, new Binding(name, functions.has(name) ? 'function' : 'var', info, AT_START));
    }
    for (const declaration of scope.annexBFunctions) {
      const name = declaration.name === null ? '' : declaration.name.name;
      if (info.bindings.has(name) || parameterNames.includes(name)) continue;
      if (name === 'arguments' && hasArguments) continue;
      info.bindings.set(name, new Binding(name, 'var', info, AT_START));
    }
    this.declareLexicals(info, scope);
  }

  private declareLexicals(info: ScopeInfo, scope: Scope): void {
    const isClass = scope.kind === 'class';
    for (const { name, bindingKind } of scope.lexicals) {
      const kind: BindingKind = isClass ? 'class-name' : bindingKind;
      const isInitialized = kind === 'function' || kind === 'class-name';
      info.bindings.set(name, new Binding(name, kind, info, isInitialized ? AT_START : NEVER));
    }
  }

  /** Notes that the names of `target`, where the current scope binds them, are initialized from `offset` on. */
  private initialize(target: Parameters<typeof forEachBoundName>[0] | null, offset: number): void {
    if (target === null) return;
    forEachBoundName(target, (name) => {
      const binding = this.current.bindings.get(name.name);
      if (binding !== undefined && binding.initializedFrom === NEVER) binding.initializedFrom = offset;
    });
  }

  // ---------------------------------------------------------------- references

  private resolve(node: IdentifierReference): void {
    let isDynamic = false;
    for (let scope: ScopeInfo | null = this.current; scope !== null; scope = scope.parent) {
      const binding = scope.bindings.get(node.name);
      if (binding !== undefined) {
        this.refer(node, binding, isDynamic);
        return;
      }
      if (scope.kind === 'with' || scope.mayGainVars) isDynamic = true;
      if (scope.kind === 'eval') isDynamic = true;
    }
    this.resolutions.set(node, isDynamic ? UNKNOWN : GLOBAL);
  }

  /** A `var` with a value looks its name up where it stands: eval or `with` in between, it finds it in an environment only. */
  private noteVariables(node: VariableStatement): void {
    for (const { target } of node.declarations) {
      forEachBoundName(target, ({ name }) => {
        let isDynamic = false;
        for (let scope: ScopeInfo | null = this.current; scope !== null; scope = scope.parent) {
          const binding = scope.bindings.get(name);
          if (binding !== undefined) {
            if (isDynamic) binding.isCaptured = true;
            return;
          }
          if (scope.kind === 'with' || scope.kind === 'eval' || scope.mayGainVars) isDynamic = true;
        }
      });
    }
  }

  private refer(node: IdentifierReference, binding: Binding, isDynamic: boolean): void {
    binding.referenceCount++;
    const level = binding.scope.functionLevel;
    if (isDynamic || level < this.frames.length) binding.isCaptured = true;
    if (this.written.has(node)) binding.isAssigned = true;
    if (isDynamic) {
      binding.isChecked = true;
      this.resolutions.set(node, { access: 'dynamic', binding, needsTDZCheck: true });
      return;
    }
    const isChecked = this.needsCheck(node, binding, level);
    if (isChecked) binding.isChecked = true;
    const cache = isChecked ? this.checked : this.unchecked;
    let resolution = cache.get(binding);
    if (resolution === undefined) {
      resolution = { access: 'binding', binding, needsTDZCheck: cache === this.checked };
      cache.set(binding, resolution);
    }
    this.resolutions.set(node, resolution);
  }

  /**
   * Whether the binding may be uninitialized at the reference. Inside one instance of a scope control only moves
   * forward past a declaration, except into another clause of a `switch`; so what stands behind the declaration
   * runs behind it. For a closure, what counts is when the outermost function around the reference was made.
   */
  private needsCheck(node: IdentifierReference, binding: Binding, level: number): boolean {
    if (binding.kind === 'class-name') return this.openClassHeads.has(binding.scope);
    if (binding.kind === 'import') return true;
    if (binding.initializedFrom === AT_START) return false;
    const offset = level < this.frames.length ? this.frames[level].createdAt : node.start;
    return !(offset >= binding.initializedFrom && offset < binding.initializedUpTo);
  }

  // ---------------------------------------------------------------- storage

  private placeBindings(root: ScopeInfo): void {
    const pending = [root];
    while (pending.length > 0) {
      const info = pending.pop() as ScopeInfo;
      const evalInside = containsDirectEval(info);
      for (const binding of info.bindings.values()) {
        if (evalInside) binding.isCaptured = true;
        binding.storage = storageOf(binding, this.program);
        if (binding.storage === 'environment') info.needsEnvironment = true;
      }
      for (const child of info.children) pending.push(child);
    }
  }
}

/**
 * Whether the name of a class is checked in its bodies too: decorators may call methods before it is initialized, and where
 * it starts uninitialized for the head or a direct eval, nothing but checks proves that a method runs later.
 */
function bodiesMayRunEarly(node: ClassNode, info: ScopeInfo): boolean {
  if (node.decorators.length > 0 || containsDirectEval(info)) return true;
  for (const element of node.elements)
    if (element.kind !== KIND_ClassStaticBlock && element.decorators.length > 0) return true;
  for (const binding of info.bindings.values()) if (binding.isChecked) return true;
  return false;
}

function isProgram(node: Script | Module | FunctionNode): node is Script | Module {
  return node.kind === KIND_Script || node.kind === KIND_Module;
}

function containsDirectEval(info: ScopeInfo): boolean {
  const scope = info.scope ?? info.owner?.info.scope;
  return scope?.containsDirectEval === true;
}

function storageOf(binding: Binding, program: Script | Module | FunctionNode): BindingStorage {
  const { scope, kind } = binding;
  const isVar = kind === 'var' || kind === 'function';
  if (scope.parent === null) {
    if (scope.kind === 'module') return 'module';
    if (scope.kind === 'script') return isVar ? 'global-object' : 'global-lexical';
    if (scope.kind === 'eval' && isVar && program.kind === KIND_Script && !program.strict)
      return 'variable-scope-of-caller';
  }
  if (binding.isCaptured) return 'environment';
  return kind === 'parameter' && scope.hasMappedArguments ? 'environment' : 'register';
}
