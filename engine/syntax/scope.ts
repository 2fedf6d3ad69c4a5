// What the parser records about scopes and functions while it reads, for every tier: the declared names
// that the specification's static semantics ask for (VarDeclaredNames, LexicallyScopedDeclarations, …)
// and the facts about a function that decide how its activation is built. `scope-analysis.ts` resolves
// references over the same records.
import type { BindingTarget, FunctionDeclaration, FunctionNode } from './ast.gen.ts';
import type { SourceText } from './source-text.ts';

export type UnaryOperator = '-' | '+' | '!' | '~' | 'typeof' | 'void' | 'delete';
export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '**'
  | '<<'
  | '>>'
  | '>>>'
  | '&'
  | '|'
  | '^'
  | '=='
  | '!='
  | '==='
  | '!=='
  | '<'
  | '>'
  | '<='
  | '>='
  | 'in'
  | 'instanceof';
export type AssignmentOperator =
  | '='
  | '+='
  | '-='
  | '*='
  | '/='
  | '%='
  | '**='
  | '<<='
  | '>>='
  | '>>>='
  | '&='
  | '|='
  | '^='
  | '&&='
  | '||='
  | '??=';
export type LexicalKind = 'let' | 'const' | 'using' | 'await using';
export type MethodKind = 'method' | 'get' | 'set' | 'constructor';
export type ImportPhase = 'evaluation' | 'source' | 'defer';

export type ScopeKind =
  | 'script'
  | 'module'
  | 'eval'
  | 'function'
  | 'block'
  | 'for'
  | 'switch'
  | 'catch'
  | 'class'
  | 'with';

export type LexicalBindingKind =
  | 'let'
  | 'const'
  | 'using'
  | 'class'
  | 'function'
  | 'import'
  | 'catch-parameter';

/** A LexicallyScopedDeclaration's bound name. `const` and `using` bindings are immutable. */
export interface LexicalBinding {
  readonly name: string;
  readonly bindingKind: LexicalBindingKind;
  /** Offset of the BindingIdentifier. */
  readonly position: number;
}

/**
 * One scope of the program. `script`, `module`, `eval` and `function` scopes are variable scopes: they also
 * hold the var names that hoist to them. For functions, parameters and body share one record unless
 * `FunctionInfo.hasParameterExpressions`; the separation of the environments is the evaluator's.
 * (There is one record in that case too; scope-analysis.ts makes two scopes of it.)
 *
 * Kind 'class' holds the inner binding of a class's name, if it has one; 'with' holds nothing and only marks
 * the place; 'for' holds the names of the head. A function that is the body of an `if` (Annex B.3.3) stands in
 * a Block of its own. Empty lists are shared between scopes: nobody may add to them.
 */
export interface Scope {
  readonly kind: ScopeKind;
  readonly parent: Scope | null;
  /** VarDeclaredNames in source order without repetition, functions included; [] in other than variable scopes. */
  readonly varNames: string[];
  /**
   * VarScopedDeclarations that are functions, in source order (the last of a name wins). Top-level functions
   * of a variable scope; for module scopes they are lexical and stand in `functions` all the same.
   * In block scopes: the function declarations of the block (LexicallyScopedDeclarations that are functions).
   */
  readonly functions: FunctionDeclaration[];
  /** LexicallyScopedDeclarations by bound name, in source order. */
  readonly lexicals: LexicalBinding[];
  /**
   * Variable scopes, sloppy code: the functions in nested blocks that Annex B.3.2 also gives a var binding
   * (the early-error test of replacing them by a var has been made; conflicts with parameter names and, for
   * scripts and evals, with the environment are left to the evaluator), in source order.
   */
  readonly annexBFunctions: FunctionDeclaration[];
  /** A direct eval call stands in this scope or in a scope inside it (functions included): names can't be resolved ahead. */
  containsDirectEval: boolean;
}

export type FunctionKind =
  | 'normal'
  | 'arrow'
  | 'method'
  | 'getter'
  | 'setter'
  | 'base-constructor'
  | 'derived-constructor'
  | 'field-initializer'
  | 'static-block';

/** Facts about one function, gathered by the parser. */
export interface FunctionInfo {
  readonly functionKind: FunctionKind;
  readonly scope: Scope;
  readonly source: SourceText;
  /** Where Function.prototype.toString's text starts: the function node's own start or its method's. */
  textStart: number;
  textEnd: number;
  /** BoundNames of the formals, in order, with repetitions. */
  readonly parameterNames: string[];
  readonly hasSimpleParameterList: boolean;
  readonly hasParameterExpressions: boolean;
  readonly hasDuplicateParameters: boolean;
  /** ExpectedArgumentCount. */
  readonly expectedArgumentCount: number;
  /** `arguments` occurs (here, or in an arrow function or direct eval inside). Without it no arguments object is needed. */
  usesArguments: boolean;
  /** `this`, `super` or `new.target` occurs (same rule). */
  usesThis: boolean;
  /** A direct eval call in the function or an arrow function in it. */
  containsDirectEval: boolean;
}

/**
 * ImportEntry Record, https://tc39.es/ecma262/#importentry-record . importName null stands for
 * namespace-object, and in phase 'source' for the module source object.
 */
export interface ImportEntry {
  readonly moduleRequest: ModuleRequest;
  readonly importName: string | null;
  readonly localName: string;
  readonly phase: ImportPhase;
}

/** ExportEntry Record, https://tc39.es/ecma262/#exportentry-record . importName: a name, or 'all' / 'all-but-default' of `export *`. */
export interface ExportEntry {
  readonly exportName: string | null;
  readonly moduleRequest: ModuleRequest | null;
  readonly importName: string | null;
  readonly importKind: 'name' | 'all' | 'all-but-default';
  readonly localName: string | null;
}

/** ModuleRequest Record with its attributes sorted by key. */
export interface ModuleRequest {
  readonly specifier: string;
  readonly attributes: readonly { readonly key: string; readonly value: string }[];
  readonly phase: ImportPhase;
}

export interface ModuleEntries {
  readonly requestedModules: ModuleRequest[];
  readonly importEntries: ImportEntry[];
  readonly localExportEntries: ExportEntry[];
  readonly indirectExportEntries: ExportEntry[];
  readonly starExportEntries: ExportEntry[];
}

/** A function or a binding pattern, as the scope analysis meets them. */
export type Declaration = FunctionNode | BindingTarget;
