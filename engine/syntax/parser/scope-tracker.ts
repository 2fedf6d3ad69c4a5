// hot
// Declared names while the parser reads: detects the early errors about redeclarations, collects what
// `Scope` records promise, and applies the test of Annex B.3.2 to functions in sloppy blocks.
//
// A `ParserScope` is the working state of one open scope; closed ones are used again. Few scopes have more
// than a handful of names, so names stand in an array and move to a Map when there are many.

import type { FunctionDeclaration } from '../ast.gen.ts';
import type { LexicalBinding, LexicalBindingKind, Scope, ScopeKind } from '../scope.ts';

const LEXICAL = 1;
const VAR = 2;
const PARAMETER = 4;
/** A plain function in a sloppy block: may be declared again by another such function (Annex B.3.2.4). */
const SLOPPY_FUNCTION = 8;
const SIMPLE_CATCH = 16;
const PATTERN_CATCH = 32;

const MANY_NAMES = 8;

const NO_NAMES: string[] = [];
const NO_FUNCTIONS: FunctionDeclaration[] = [];
const NO_LEXICALS: LexicalBinding[] = [];

/** The Scope of the finished tree. Lists that stay empty are shared. */
export class ScopeRecord implements Scope {
  readonly kind: ScopeKind;
  parent: Scope | null;
  varNames: string[];
  functions: FunctionDeclaration[];
  lexicals: LexicalBinding[];
  annexBFunctions: FunctionDeclaration[];
  containsDirectEval: boolean;

  constructor(kind: ScopeKind, parent: Scope | null) {
    this.kind = kind;
    this.parent = parent;
    this.varNames = NO_NAMES;
    this.functions = NO_FUNCTIONS;
    this.lexicals = NO_LEXICALS;
    this.annexBFunctions = NO_FUNCTIONS;
    this.containsDirectEval = false;
  }
}

class ParserScope {
  record: ScopeRecord;
  isVariableScope: boolean;
  /** The Block of a catch clause: its lexical names must differ from the parameter's. */
  isCatchBody: boolean;
  readonly outer: ParserScope | null;
  readonly names: string[];
  readonly flags: number[];
  private count: number;
  map: Map<string, number> | null;
  /** Functions of this scope's closed inner blocks that Annex B.3.2 may still hoist past this scope. */
  candidates: FunctionDeclaration[] | null;
  /** Plain functions declared in this block, sloppy code only. */
  hoistable: FunctionDeclaration[] | null;
  logStart: number;

  constructor(record: ScopeRecord, outer: ParserScope | null) {
    this.record = record;
    this.isVariableScope = false;
    this.isCatchBody = false;
    this.outer = outer;
    this.names = [];
    this.flags = [];
    this.count = 0;
    this.map = null;
    this.candidates = null;
    this.hoistable = null;
    this.logStart = 0;
  }

  flagsOf(name: string): number {
    const map = this.map;
    if (map !== null) return map.get(name) ?? 0;
    const names = this.names;
    const count = this.count;
    for (let i = 0; i < count; i++) if (names[i] === name) return this.flags[i];
    return 0;
  }

  setFlags(name: string, flags: number): void {
    if (this.map !== null) {
      this.map.set(name, flags);
      return;
    }
    const names = this.names;
    const count = this.count;
    for (let i = 0; i < count; i++) {
      if (names[i] === name) {
        this.flags[i] = flags;
        return;
      }
    }
    if (count < MANY_NAMES) {
      names[count] = name;
      this.flags[count] = flags;
      this.count = count + 1;
      return;
    }
    const map = new Map<string, number>();
    for (let i = 0; i < count; i++) map.set(names[i], this.flags[i]);
    map.set(name, flags);
    this.map = map;
  }

  reset(record: ScopeRecord): void {
    this.record = record;
    this.count = 0;
    this.map = null;
    this.candidates = null;
    this.hoistable = null;
  }
}

export class ScopeTracker {
  private readonly stack: ParserScope[];
  private top: number;
  private current: ParserScope;
  /** Function and class scopes closed since some point, children of the current scope last: see `adopt`. */
  private readonly log: ScopeRecord[];

  constructor(kind: ScopeKind) {
    const root = new ParserScope(new ScopeRecord(kind, null), null);
    root.isVariableScope = true;
    this.stack = [root];
    this.top = 0;
    this.current = root;
    this.log = [];
  }

  /** The record of the scope that is open now. */
  get record(): ScopeRecord {
    return this.current.record;
  }

  push(kind: ScopeKind): ScopeRecord {
    const record = new ScopeRecord(kind, this.current.record);
    this.top++;
    let scope: ParserScope;
    if (this.top === this.stack.length) {
      scope = new ParserScope(record, this.current);
      this.stack.push(scope);
    } else {
      scope = this.stack[this.top];
      scope.reset(record);
    }
    scope.isVariableScope = kind === 'function';
    scope.isCatchBody = false;
    scope.logStart = this.log.length;
    this.current = scope;
    return record;
  }

  /** Opens the Block of a catch clause, inside the clause's own scope. */
  pushCatchBody(): ScopeRecord {
    const record = this.push('block');
    this.current.isCatchBody = true;
    return record;
  }

  pop(): void {
    const scope = this.current;
    const outer = scope.outer as ParserScope;
    const record = scope.record;
    if (record.containsDirectEval) outer.record.containsDirectEval = true;
    if (scope.isVariableScope) this.finishVariableScope();
    else if (scope.candidates !== null || scope.hoistable !== null) passCandidates(scope, outer);
    this.log.length = scope.logStart;
    if (record.kind === 'function' || record.kind === 'class') this.log.push(record);
    this.top--;
    this.current = outer;
  }

  /** Decides the candidates of Annex B.3.2 that reached the open variable scope. */
  finishVariableScope(): void {
    const scope = this.current;
    if (scope.candidates === null) return;
    const found: FunctionDeclaration[] = [];
    for (const declaration of scope.candidates)
      if ((scope.flagsOf(nameOf(declaration)) & LEXICAL) === 0) found.push(declaration);
    found.sort((a, b) => a.start - b.start);
    if (found.length > 0) scope.record.annexBFunctions = found;
  }

  /** A point to which `adopt` can refer. */
  mark(): number {
    return this.log.length;
  }

  /**
   * Makes the function scope just opened the parent of the scopes that were closed since `mark`: they stand
   * in the parameters of an arrow function, which were read before it was known to be one.
   */
  adopt(mark: number): void {
    const record = this.current.record;
    for (let i = mark; i < this.log.length; i++)
      if (this.log[i].parent === record.parent) this.log[i].parent = record;
    this.log.length = mark;
    this.current.logStart = mark;
  }

  // Each declare method returns whether the name may be declared.

  declareVar(name: string): boolean {
    for (let scope = this.current; ; scope = scope.outer as ParserScope) {
      const flags = scope.flagsOf(name);
      if (scope.isVariableScope) {
        if ((flags & LEXICAL) !== 0) return false;
        if ((flags & VAR) === 0) {
          scope.setFlags(name, flags | VAR);
          addVarName(scope.record, name);
        }
        return true;
      }
      if ((flags & (LEXICAL | SLOPPY_FUNCTION | PATTERN_CATCH)) !== 0) return false;
      if ((flags & VAR) !== 0) return true;
      scope.setFlags(name, flags | VAR);
    }
  }

  declareLexical(name: string, bindingKind: LexicalBindingKind, position: number): boolean {
    const scope = this.current;
    if (scope.flagsOf(name) !== 0) return false;
    if (scope.isCatchBody && (scope.outer as ParserScope).flagsOf(name) !== 0) return false;
    scope.setFlags(name, LEXICAL);
    addLexical(scope.record, { name, bindingKind, position });
    return true;
  }

  /** A binding of a catch parameter. `isSimple`: the parameter is an identifier, which a `var` may redeclare. */
  declareCatchParameter(name: string, position: number, isSimple: boolean): boolean {
    const scope = this.current;
    if (scope.flagsOf(name) !== 0) return false;
    scope.setFlags(name, isSimple ? SIMPLE_CATCH : PATTERN_CATCH);
    addLexical(scope.record, { name, bindingKind: 'catch-parameter', position });
    return true;
  }

  /** Returns whether the name is new among the parameters. */
  declareParameter(name: string): boolean {
    const scope = this.current;
    if ((scope.flagsOf(name) & PARAMETER) !== 0) return false;
    scope.setFlags(name, PARAMETER);
    return true;
  }

  /** `isSloppyPlain`: in sloppy code, neither async nor a generator. */
  declareFunction(name: string, declaration: FunctionDeclaration, isSloppyPlain: boolean): boolean {
    const scope = this.current;
    const record = scope.record;
    if (scope.isVariableScope && record.kind !== 'module') {
      const flags = scope.flagsOf(name);
      if ((flags & LEXICAL) !== 0) return false;
      if ((flags & VAR) === 0) {
        scope.setFlags(name, flags | VAR);
        addVarName(record, name);
      }
      addFunction(record, declaration);
      return true;
    }
    const flags = scope.flagsOf(name);
    if (flags !== 0 && !(flags === SLOPPY_FUNCTION && isSloppyPlain)) return false;
    if (scope.isCatchBody && (scope.outer as ParserScope).flagsOf(name) !== 0) return false;
    if (flags === 0) {
      scope.setFlags(name, isSloppyPlain ? SLOPPY_FUNCTION : LEXICAL);
      const position = declaration.name === null ? declaration.start : declaration.name.start;
      addLexical(record, { name, bindingKind: 'function', position });
    }
    addFunction(record, declaration);
    return true;
  }

  /** Marks the function declared last, which stands directly in the statement list of a block, for Annex B.3.2. */
  considerForHoisting(declaration: FunctionDeclaration): void {
    const scope = this.current;
    if (scope.hoistable === null) scope.hoistable = [declaration];
    else scope.hoistable.push(declaration);
  }

  /** Whether the open scope, a variable scope, declares `name` at its top level. */
  declares(name: string): boolean {
    return this.current.flagsOf(name) !== 0;
  }
}

function passCandidates(scope: ParserScope, outer: ParserScope): void {
  if (scope.candidates !== null) {
    for (const declaration of scope.candidates) {
      const flags = scope.flagsOf(nameOf(declaration));
      if ((flags & (LEXICAL | SLOPPY_FUNCTION | PATTERN_CATCH)) === 0) addCandidate(outer, declaration);
    }
  }
  if (scope.hoistable !== null) for (const declaration of scope.hoistable) addCandidate(outer, declaration);
}

function addCandidate(scope: ParserScope, declaration: FunctionDeclaration): void {
  if (scope.candidates === null) scope.candidates = [declaration];
  else scope.candidates.push(declaration);
}

function nameOf(declaration: FunctionDeclaration): string {
  return declaration.name === null ? '*default*' : declaration.name.name;
}

function addVarName(record: ScopeRecord, name: string): void {
  if (record.varNames === NO_NAMES) record.varNames = [name];
  else record.varNames.push(name);
}

function addFunction(record: ScopeRecord, declaration: FunctionDeclaration): void {
  if (record.functions === NO_FUNCTIONS) record.functions = [declaration];
  else record.functions.push(declaration);
}

function addLexical(record: ScopeRecord, binding: LexicalBinding): void {
  if (record.lexicals === NO_LEXICALS) record.lexicals = [binding];
  else record.lexicals.push(binding);
}
