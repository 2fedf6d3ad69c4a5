// hot
// Statements and declarations. A statement charges `stackUse` (base.ts).

import {
  type AssignmentTarget,
  BindingDeclaration,
  type BindingTarget,
  Block,
  BreakStatement,
  CatchClause,
  ContinueStatement,
  DebuggerStatement,
  DoWhileStatement,
  EmptyStatement,
  type Expression,
  ExpressionStatement,
  ForInStatement,
  ForOfStatement,
  ForStatement,
  type FunctionDeclaration,
  IfStatement,
  KIND_BindingIdentifier,
  KIND_IdentifierReference,
  LabelledStatement,
  LexicalDeclaration,
  ReturnStatement,
  type Statement,
  type StatementListItem,
  SwitchCase,
  SwitchStatement,
  ThrowStatement,
  TryStatement,
  VariableStatement,
  WhileStatement,
  WithStatement,
} from '../ast.gen.ts';
import { forEachBoundName } from '../bound-names.ts';
import type { LexicalBindingKind, LexicalKind } from '../scope.ts';
import {
  T_ASSIGN,
  T_ASYNC,
  T_AWAIT,
  T_CASE,
  T_CATCH,
  T_COLON,
  T_COMMA,
  T_CONST,
  T_DEFAULT,
  T_DO,
  T_ELSE,
  T_EOF,
  T_FINALLY,
  T_FOR,
  T_FUNCTION,
  T_IN,
  T_LBRACE,
  T_LBRACKET,
  T_LET,
  T_LPAREN,
  T_OF,
  T_RBRACE,
  T_RPAREN,
  T_SEMICOLON,
  T_USING,
  T_VAR,
  T_WHILE,
} from '../tokens.gen.ts';
import { ClassParser } from './classes.ts';
import { CTX_AWAIT, CTX_IN, CTX_RETURN } from './context.ts';
import { CALL_TARGETS_ALLOWED } from './patterns.ts';
import { COST_FOR, COST_STATEMENT, COST_TRY } from './stack-costs.ts';

// Where a statement stands decides which declarations may stand there.
/** In a statement list. */
const IN_LIST = 0;
/** The body of a loop or `with`: no declaration at all. */
const IN_BODY = 1;
/** The body of `if` or `else`: Annex B allows a function in sloppy code. */
const IN_IF = 2;
/** Behind a label in a statement list: Annex B allows a function in sloppy code. */
const IN_LABEL = 3;

/** What kind of lexical declaration begins at the current token. */
type DeclarationStart = LexicalKind | null;

export abstract class StatementParser extends ClassParser {
  /** Where the statement behind the label read last begins, and the index of the first label of its set. */
  private labelledPos = -1;
  private labelSetStart = 0;

  protected parseStatementListItem(): StatementListItem {
    return this.parseStatement(IN_LIST);
  }

  private parseStatement(position: number): StatementListItem {
    this.stackUse += COST_STATEMENT;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    const statement = this.parseStatementInside(position);
    this.stackUse -= COST_STATEMENT;
    return statement;
  }

  private parseStatementInside(position: number): StatementListItem {
    const start = this.tokenStart;
    switch (this.token) {
      case 1 /* T_LBRACE */:
        return this.parseBlock();
      case 123 /* T_VAR */:
        return this.parseVariableStatement(start);
      case 109 /* T_IF */:
        return this.parseIfStatement();
      case 115 /* T_RETURN */:
        return this.parseReturnStatement();
      case 108 /* T_FUNCTION */:
        return this.parseFunctionStatement(start, false, position);
      case 107 /* T_FOR */:
        return this.parseForStatement();
      case 95 /* T_CONST */:
        if (position !== IN_LIST) this.fail('DeclarationInBody', start, 'const');
        this.next();
        return this.parseLexicalDeclaration(start, 'const');
      case 87 /* T_LET */:
        if (this.startsLetDeclaration(position)) {
          if (position !== IN_LIST) this.fail('DeclarationInBody', start, 'let');
          return this.parseLexicalDeclaration(start, 'let');
        }
        return this.parseExpressionOrLabelled(position);
      case 71 /* T_USING */:
      case 89 /* T_AWAIT */:
        {
          const kind = this.startsUsingDeclaration();
          if (kind === null) return this.parseExpressionOrLabelled(position);
          if (position !== IN_LIST) this.fail('DeclarationInBody', start, kind);
          this.checkUsingPlace(start, kind);
          return this.parseLexicalDeclaration(start, kind);
        }
      case 66 /* T_ASYNC */:
        if (this.startsAsyncFunction()) return this.parseFunctionStatement(start, true, position);
        return this.parseExpressionOrLabelled(position);
      case 94 /* T_CLASS */:
        if (position !== IN_LIST) this.fail('DeclarationInBody', start, 'class');
        return this.parseClassDeclaration([], start, false);
      case 15 /* T_AT */:
        {
          const decorators = this.parseDecorators();
          if (position !== IN_LIST) this.fail('DeclarationInBody', start, 'class');
          return this.parseClassDeclaration(decorators, start, false);
        }
      case 9 /* T_SEMICOLON */:
        this.next();
        return new EmptyStatement(start, this.lastEnd);
      case 117 /* T_SWITCH */:
        return this.parseSwitchStatement();
      case 119 /* T_THROW */:
        return this.parseThrowStatement();
      case 121 /* T_TRY */:
        return this.parseTryStatement();
      case 125 /* T_WHILE */:
        return this.parseWhileStatement();
      case 100 /* T_DO */:
        return this.parseDoWhileStatement();
      case 91 /* T_BREAK */:
        return this.parseBreakStatement();
      case 96 /* T_CONTINUE */:
        return this.parseContinueStatement();
      case 126 /* T_WITH */:
        return this.parseWithStatement();
      case 97 /* T_DEBUGGER */:
        this.next();
        this.consumeSemicolon();
        return new DebuggerStatement(start, this.lastEnd);
      case 65 /* T_IDENTIFIER */:
        return this.parseExpressionOrLabelled(position);
      case 110 /* T_IMPORT */:
        return this.parseImportStatement();
      default:
        if (this.isIdentifierToken()) return this.parseExpressionOrLabelled(position);
        return this.parseExpressionStatement();
    }
  }

  /** `import` at the start of a statement that is not a module item: only the expressions that begin with it. */
  private parseImportStatement(): StatementListItem {
    const { tokenStart, lastEnd, newlineBefore } = this;
    this.next();
    const isExpression = this.token === T_LPAREN || this.text.charCodeAt(this.tokenStart) === 0x2e;
    if (!isExpression) this.fail('ImportOutsideModule', tokenStart);
    this.rewind(tokenStart, lastEnd, newlineBefore);
    return this.parseExpressionStatement();
  }

  // ---------------------------------------------------------------- blocks

  private parseBlock(): Block {
    const scope = this.scopes.push('block');
    const block = this.parseBlockItems(scope);
    this.scopes.pop();
    return block;
  }

  private parseBlockItems(scope: Block['scope']): Block {
    const start = this.tokenStart;
    this.expect(T_LBRACE);
    const body: StatementListItem[] = [];
    while (this.token !== T_RBRACE) {
      if (this.token === T_EOF) this.fail('ExpectedTokenAtEnd', this.tokenStart, '}');
      body.push(this.parseStatement(IN_LIST));
    }
    this.next();
    return new Block(start, this.lastEnd, body, scope);
  }

  // ---------------------------------------------------------------- declarations

  protected parseVariableStatement(start: number): VariableStatement {
    this.next();
    const declarations = this.parseVarDeclarations();
    this.consumeSemicolon();
    return new VariableStatement(start, this.lastEnd, declarations);
  }

  private parseVarDeclarations(): BindingDeclaration[] {
    const declarations: BindingDeclaration[] = [];
    do {
      const start = this.tokenStart;
      const target = this.parseBindingTarget();
      this.declareVarNames(target);
      let initializer: Expression | null = null;
      if (this.eat(T_ASSIGN)) initializer = this.parseAssignment();
      else if (target.kind !== KIND_BindingIdentifier) this.fail('MissingInitializer', this.tokenStart);
      declarations.push(new BindingDeclaration(start, this.lastEnd, target, initializer));
    } while (this.eat(T_COMMA));
    return declarations;
  }

  /** From the first binding on; `start` is the start of the keyword. */
  protected parseLexicalDeclaration(start: number, kind: LexicalKind): LexicalDeclaration {
    const declarations = this.parseLexicalBindings(kind);
    this.consumeSemicolon();
    return new LexicalDeclaration(start, this.lastEnd, declarations, kind);
  }

  private parseLexicalBindings(kind: LexicalKind): BindingDeclaration[] {
    const declarations: BindingDeclaration[] = [];
    do {
      const start = this.tokenStart;
      const target = this.parseLexicalTarget(kind);
      let initializer: Expression | null = null;
      if (this.eat(T_ASSIGN)) initializer = this.parseAssignment();
      else if (kind !== 'let' || target.kind !== KIND_BindingIdentifier)
        this.fail('MissingInitializer', this.tokenStart);
      declarations.push(new BindingDeclaration(start, this.lastEnd, target, initializer));
    } while (this.eat(T_COMMA));
    return declarations;
  }

  private parseLexicalTarget(kind: LexicalKind): BindingTarget {
    if (
      (kind === 'using' || kind === 'await using') &&
      (this.token === T_LBRACE || this.token === T_LBRACKET)
    )
      this.unexpected();
    const target = this.parseBindingTarget();
    this.declareLexicalNames(target, bindingKindOf(kind));
    return target;
  }

  /**
   * At `let`: whether a declaration follows; if so, moves on to its first binding. In the body of a statement
   * only `let [` is (wrongly placed) a declaration; other lines go on as an identifier.
   */
  private startsLetDeclaration(position: number): boolean {
    const { tokenStart, lastEnd, newlineBefore } = this;
    this.next();
    const token = this.token;
    if (token === T_LBRACKET) return true;
    if ((token === T_LBRACE || this.isIdentifierToken()) && (position === IN_LIST || !this.newlineBefore))
      return true;
    this.rewind(tokenStart, lastEnd, newlineBefore);
    return false;
  }

  /** At `using` or `await`: whether `using x` or `await using x` follows; if so, moves on to `x`. */
  private startsUsingDeclaration(): DeclarationStart {
    const { tokenStart, lastEnd, newlineBefore } = this;
    const isAwait = this.token === T_AWAIT;
    if (isAwait) {
      if ((this.context & CTX_AWAIT) === 0) return null;
      this.next();
      if (this.token !== T_USING || this.newlineBefore) {
        this.rewind(tokenStart, lastEnd, newlineBefore);
        return null;
      }
    }
    this.next();
    if (!this.newlineBefore && this.isIdentifierToken()) return isAwait ? 'await using' : 'using';
    this.rewind(tokenStart, lastEnd, newlineBefore);
    return null;
  }

  /** `using` may not stand at the top level of a script nor directly in a `case`. */
  private checkUsingPlace(start: number, kind: LexicalKind): void {
    const scopeKind = this.scopes.record.kind;
    if (scopeKind === 'script' || scopeKind === 'eval' || scopeKind === 'switch')
      this.fail('MisplacedUsing', start, kind);
    this.noteAwaitUsing(kind);
  }

  private noteAwaitUsing(kind: LexicalKind): void {
    if (kind === 'await using' && this.functionDepth === 0) this.hasTopLevelAwait = true;
  }

  /** At `async`: whether `async function` begins; if so, moves on to `function`. */
  protected startsAsyncFunction(): boolean {
    const { tokenStart, lastEnd, newlineBefore } = this;
    this.next();
    if (this.token === T_FUNCTION && !this.newlineBefore) return true;
    this.rewind(tokenStart, lastEnd, newlineBefore);
    return false;
  }

  private parseFunctionStatement(start: number, isAsync: boolean, position: number): StatementListItem {
    if (position === IN_LIST) {
      const declaration = this.parseFunctionDeclaration(start, isAsync, false);
      this.declareFunction(declaration, true);
      return declaration;
    }
    if (position === IN_BODY || this.isStrict || isAsync) this.fail('DeclarationInBody', start, 'function');
    if (position === IN_IF) {
      // Evaluated as if it stood in a Block: https://tc39.es/ecma262/#sec-functiondeclarations-in-ifstatement-statement-clauses
      const scope = this.scopes.push('block');
      const declaration = this.parsePlainFunction(start);
      this.declareFunction(declaration, true);
      this.scopes.pop();
      return new Block(start, this.lastEnd, [declaration], scope);
    }
    const declaration = this.parsePlainFunction(start);
    this.declareFunction(declaration, false);
    return declaration;
  }

  private parsePlainFunction(start: number): FunctionDeclaration {
    const declaration = this.parseFunctionDeclaration(start, false, false);
    if (declaration.isGenerator) this.fail('DeclarationInBody', start, 'function');
    return declaration;
  }

  protected declareFunction(declaration: FunctionDeclaration, isDirectItem: boolean): void {
    const isSloppyPlain = !this.isStrict && !declaration.isAsync && !declaration.isGenerator;
    const name = declaration.name;
    const text = name === null ? '*default*' : name.name;
    if (!this.scopes.declareFunction(text, declaration, isSloppyPlain))
      this.fail('Redeclaration', name === null ? declaration.start : name.start, text);
    if (isSloppyPlain && isDirectItem) {
      const kind = this.scopes.record.kind;
      if (kind === 'block' || kind === 'switch') this.scopes.considerForHoisting(declaration);
    }
  }

  // ---------------------------------------------------------------- expressions and labels

  private parseExpressionStatement(): StatementListItem {
    const start = this.tokenStart;
    const expression = this.parseExpression();
    this.consumeSemicolon();
    return new ExpressionStatement(start, this.lastEnd, expression);
  }

  private parseExpressionOrLabelled(position: number): StatementListItem {
    const start = this.tokenStart;
    const name = this.value;
    const expression = this.parseExpression();
    if (this.token === T_COLON && expression.kind === KIND_IdentifierReference)
      return this.parseLabelled(start, name, position);
    this.consumeSemicolon();
    return new ExpressionStatement(start, this.lastEnd, expression);
  }

  private parseLabelled(start: number, label: string, position: number): StatementListItem {
    for (let i = this.labelBase; i < this.labelNames.length; i++)
      if (this.labelNames[i] === label) this.fail('DuplicateLabel', start, label);
    const index = this.labelNames.length;
    this.labelNames.push(label);
    this.labelIsLoop.push(false);
    this.next();
    // Labels that stand directly in front of a loop, in one LabelSet, name it for `continue`.
    const firstOfSet = start === this.labelledPos ? this.labelSetStart : index;
    this.labelledPos = this.tokenStart;
    this.labelSetStart = firstOfSet;
    if (this.token === T_FOR || this.token === T_WHILE || this.token === T_DO)
      for (let i = firstOfSet; i <= index; i++) this.labelIsLoop[i] = true;
    const body = this.parseStatement(
      position === IN_LIST || position === IN_LABEL ? IN_LABEL : IN_BODY,
    ) as Statement;
    this.labelNames.length = index;
    this.labelIsLoop.length = index;
    return new LabelledStatement(start, this.lastEnd, body, label);
  }

  // ---------------------------------------------------------------- if, loops

  private parseCondition(): Expression {
    this.expect(T_LPAREN);
    const test = this.parseExpression();
    this.expect(T_RPAREN);
    return test;
  }

  /** A chain of `else if` is read in a loop and built from its end, so that it needs no stack. */
  private parseIfStatement(): IfStatement {
    const starts: number[] = [];
    const tests: Expression[] = [];
    const consequents: Statement[] = [];
    let alternate: Statement | null = null;
    for (;;) {
      starts.push(this.tokenStart);
      this.next();
      tests.push(this.parseCondition());
      consequents.push(this.parseStatement(IN_IF) as Statement);
      if (this.token !== T_ELSE) break;
      this.next();
      if (this.token !== 109 /* T_IF */) {
        alternate = this.parseStatement(IN_IF) as Statement;
        break;
      }
    }
    let statement: IfStatement | null = null;
    for (let i = starts.length - 1; i >= 0; i--) {
      statement = new IfStatement(starts[i], this.lastEnd, tests[i], consequents[i], statement ?? alternate);
    }
    return statement as IfStatement;
  }

  private parseLoopBody(): Statement {
    this.loopDepth++;
    this.breakableDepth++;
    const body = this.parseStatement(IN_BODY) as Statement;
    this.loopDepth--;
    this.breakableDepth--;
    return body;
  }

  private parseWhileStatement(): WhileStatement {
    const start = this.tokenStart;
    this.next();
    const test = this.parseCondition();
    const body = this.parseLoopBody();
    return new WhileStatement(start, this.lastEnd, test, body);
  }

  private parseDoWhileStatement(): DoWhileStatement {
    const start = this.tokenStart;
    this.next();
    const body = this.parseLoopBody();
    this.expect(T_WHILE);
    const test = this.parseCondition();
    const end = this.lastEnd;
    // The semicolon behind `do … while ( … )` is always inserted.
    return new DoWhileStatement(start, this.eat(T_SEMICOLON) ? this.lastEnd : end, body, test);
  }

  private parseForStatement(): Statement {
    const start = this.tokenStart;
    this.next();
    let isAwait = false;
    if (this.token === T_AWAIT) {
      if ((this.context & CTX_AWAIT) === 0) this.unexpected();
      if (this.functionDepth === 0) this.hasTopLevelAwait = true;
      isAwait = true;
      this.next();
    }
    this.expect(T_LPAREN);
    const scope = this.scopes.push('for');
    this.stackUse += COST_FOR;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    const statement = this.parseForHead(start, isAwait, scope);
    this.stackUse -= COST_FOR;
    this.scopes.pop();
    return statement;
  }

  private parseForHead(start: number, isAwait: boolean, scope: ForStatement['scope']): Statement {
    const initStart = this.tokenStart;
    const token = this.token;
    if (token === T_SEMICOLON) return this.parseForRest(start, null, isAwait, scope);
    if (token === T_VAR) {
      this.next();
      return this.parseForDeclaration(start, initStart, 'var', isAwait, scope);
    }
    if (token === T_CONST) {
      this.next();
      return this.parseForDeclaration(start, initStart, 'const', isAwait, scope);
    }
    if (token === T_LET && this.startsLetDeclaration(IN_LIST))
      return this.parseForDeclaration(start, initStart, 'let', isAwait, scope);
    if (token === T_USING || token === T_AWAIT) {
      const kind = this.startsForUsing();
      if (kind !== null) {
        this.noteAwaitUsing(kind);
        return this.parseForDeclaration(start, initStart, kind, isAwait, scope);
      }
    }
    return this.parseForExpression(start, isAwait, scope);
  }

  /** `for (using of …` reads `using` as the target, unless a second `of` or an initializer shows a declaration. */
  private startsForUsing(): DeclarationStart {
    const { tokenStart, lastEnd, newlineBefore } = this;
    const kind = this.startsUsingDeclaration();
    if (kind !== 'using' || this.token !== T_OF) return kind;
    const ofState = { tokenStart: this.tokenStart, lastEnd: this.lastEnd, newlineBefore: this.newlineBefore };
    this.next();
    const behind = this.token;
    if (behind === T_ASSIGN || behind === T_SEMICOLON || behind === T_COMMA || behind === T_COLON) {
      this.rewind(ofState.tokenStart, ofState.lastEnd, ofState.newlineBefore);
      return kind;
    }
    this.rewind(tokenStart, lastEnd, newlineBefore);
    return null;
  }

  private parseForDeclaration(
    start: number,
    initStart: number,
    kind: LexicalKind | 'var',
    isAwait: boolean,
    scope: ForStatement['scope'],
  ): Statement {
    const saved = this.context;
    this.context &= ~CTX_IN;
    const bindingStart = this.tokenStart;
    let target: BindingTarget;
    if (kind === 'var') {
      target = this.parseBindingTarget();
      this.declareVarNames(target);
    } else target = this.parseLexicalTarget(kind);
    let initializer: Expression | null = null;
    if (this.token === T_ASSIGN) {
      this.next();
      initializer = this.parseAssignment();
    }
    const declaration = new BindingDeclaration(bindingStart, this.lastEnd, target, initializer);
    const token = this.token;
    if (token === T_OF || token === T_IN) {
      this.context = saved;
      const isVarInitializer =
        token === T_IN && kind === 'var' && !this.isStrict && target.kind === KIND_BindingIdentifier;
      if (initializer !== null && !isVarInitializer) this.fail('ForHeadInitializer', initializer.start);
      if (token === T_IN && (kind === 'using' || kind === 'await using'))
        this.fail('UsingInForIn', initStart);
      const left =
        kind === 'var'
          ? new VariableStatement(initStart, this.lastEnd, [declaration])
          : new LexicalDeclaration(initStart, this.lastEnd, [declaration], kind);
      return this.parseForInOf(start, left, isAwait, scope);
    }
    if (
      initializer === null &&
      (target.kind !== KIND_BindingIdentifier || (kind !== 'var' && kind !== 'let'))
    )
      this.fail('MissingInitializer', this.tokenStart);
    const declarations = [declaration];
    if (this.eat(T_COMMA)) {
      const more = kind === 'var' ? this.parseVarDeclarations() : this.parseLexicalBindings(kind);
      for (const one of more) declarations.push(one);
    }
    this.context = saved;
    const init =
      kind === 'var'
        ? new VariableStatement(initStart, this.lastEnd, declarations)
        : new LexicalDeclaration(initStart, this.lastEnd, declarations, kind);
    return this.parseForRest(start, init, isAwait, scope);
  }

  private parseForExpression(start: number, isAwait: boolean, scope: ForStatement['scope']): Statement {
    const initStart = this.tokenStart;
    const startsWithLet = this.token === T_LET;
    const startsWithAsync = this.token === T_ASYNC;
    const saved = this.context;
    this.context &= ~CTX_IN;
    const pending = this.coverErrorPos;
    this.coverErrorPos = -1;
    let init = this.parseAssignmentCover();
    const token = this.token;
    if (token === T_OF || token === T_IN) {
      this.context = saved;
      if (token === T_OF) {
        if (startsWithLet) this.fail('LetInForOf', initStart);
        if (
          startsWithAsync &&
          !isAwait &&
          init.kind === KIND_IdentifierReference &&
          init.end - initStart === 5
        )
          this.fail('AsyncInForOf', initStart);
      }
      const left = this.toAssignmentTarget(init, CALL_TARGETS_ALLOWED);
      this.coverErrorPos = pending;
      return this.parseForInOf(start, left, isAwait, scope);
    }
    if (this.coverErrorPos >= 0) this.failCover();
    this.coverErrorPos = pending;
    if (token === T_COMMA) init = this.parseSequence(initStart, init);
    this.context = saved;
    return this.parseForRest(start, init, isAwait, scope);
  }

  private parseForInOf(
    start: number,
    left: VariableStatement | LexicalDeclaration | AssignmentTarget,
    isAwait: boolean,
    scope: ForStatement['scope'],
  ): Statement {
    const isOf = this.token === T_OF;
    if (isAwait && !isOf) this.unexpected();
    this.next();
    const right = isOf ? this.parseAssignment() : this.parseExpression();
    this.expect(T_RPAREN);
    const body = this.parseLoopBody();
    if (isOf) return new ForOfStatement(start, this.lastEnd, left, right, body, scope, isAwait);
    return new ForInStatement(start, this.lastEnd, left, right, body, scope);
  }

  private parseForRest(
    start: number,
    init: ForStatement['init'],
    isAwait: boolean,
    scope: ForStatement['scope'],
  ): Statement {
    if (isAwait) this.unexpected();
    this.expect(T_SEMICOLON);
    const test = this.token === T_SEMICOLON ? null : this.parseExpression();
    this.expect(T_SEMICOLON);
    const update = this.token === T_RPAREN ? null : this.parseExpression();
    this.expect(T_RPAREN);
    const body = this.parseLoopBody();
    return new ForStatement(start, this.lastEnd, init, test, update, body, scope);
  }

  // ---------------------------------------------------------------- jumps

  private parseReturnStatement(): ReturnStatement {
    const start = this.tokenStart;
    if ((this.context & CTX_RETURN) === 0) this.fail('ReturnOutsideFunction', start);
    this.next();
    let argument: Expression | null = null;
    if (!this.newlineBefore && this.token !== T_SEMICOLON && this.token !== T_RBRACE && this.token !== T_EOF)
      argument = this.parseExpression();
    this.consumeSemicolon();
    return new ReturnStatement(start, this.lastEnd, argument);
  }

  /** The label of `break` or `continue`, or null. */
  private parseJumpLabel(): string | null {
    this.next();
    if (this.newlineBefore || !this.isIdentifierToken()) return null;
    this.checkIdentifier();
    const label = this.value;
    this.next();
    return label;
  }

  private findLabel(label: string): number {
    for (let i = this.labelNames.length - 1; i >= this.labelBase; i--)
      if (this.labelNames[i] === label) return i;
    return -1;
  }

  private parseBreakStatement(): BreakStatement {
    const start = this.tokenStart;
    const label = this.parseJumpLabel();
    if (label === null) {
      if (this.breakableDepth === 0) this.fail('MisplacedBreak', start);
    } else if (this.findLabel(label) < 0) this.fail('UndefinedLabel', start, label);
    this.consumeSemicolon();
    return new BreakStatement(start, this.lastEnd, label);
  }

  private parseContinueStatement(): ContinueStatement {
    const start = this.tokenStart;
    const label = this.parseJumpLabel();
    if (this.loopDepth === 0) this.fail('MisplacedContinue', start);
    if (label !== null) {
      const index = this.findLabel(label);
      if (index < 0) this.fail('UndefinedLabel', start, label);
      if (!this.labelIsLoop[index]) this.fail('ContinueToNonLoop', start, label);
    }
    this.consumeSemicolon();
    return new ContinueStatement(start, this.lastEnd, label);
  }

  private parseThrowStatement(): ThrowStatement {
    const start = this.tokenStart;
    this.next();
    if (this.newlineBefore) this.fail('NewlineAfterThrow', this.lastEnd);
    const argument = this.parseExpression();
    this.consumeSemicolon();
    return new ThrowStatement(start, this.lastEnd, argument);
  }

  // ---------------------------------------------------------------- with, switch, try

  private parseWithStatement(): WithStatement {
    const start = this.tokenStart;
    if (this.isStrict) this.fail('StrictWith', start);
    this.next();
    const object = this.parseCondition();
    const scope = this.scopes.push('with');
    const body = this.parseStatement(IN_BODY) as Statement;
    this.scopes.pop();
    return new WithStatement(start, this.lastEnd, object, body, scope);
  }

  private parseSwitchStatement(): SwitchStatement {
    const start = this.tokenStart;
    this.next();
    const discriminant = this.parseCondition();
    const scope = this.scopes.push('switch');
    const cases: SwitchCase[] = [];
    let hasDefault = false;
    this.breakableDepth++;
    this.expect(T_LBRACE);
    while (this.token !== T_RBRACE) {
      const caseStart = this.tokenStart;
      let test: Expression | null = null;
      if (this.token === T_CASE) {
        this.next();
        test = this.parseExpression();
      } else if (this.token === T_DEFAULT) {
        if (hasDefault) this.fail('DuplicateDefault', caseStart);
        hasDefault = true;
        this.next();
      } else this.unexpected();
      this.expect(T_COLON);
      const body: StatementListItem[] = [];
      while (this.token !== T_CASE && this.token !== T_DEFAULT && this.token !== T_RBRACE) {
        if (this.token === T_EOF) this.fail('ExpectedTokenAtEnd', this.tokenStart, '}');
        body.push(this.parseStatement(IN_LIST));
      }
      cases.push(new SwitchCase(caseStart, this.lastEnd, test, body));
    }
    this.next();
    this.breakableDepth--;
    this.scopes.pop();
    return new SwitchStatement(start, this.lastEnd, discriminant, cases, scope);
  }

  private parseTryStatement(): TryStatement {
    const start = this.tokenStart;
    this.next();
    this.stackUse += COST_TRY;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    const block = this.parseBlock();
    let handler: CatchClause | null = null;
    if (this.token === T_CATCH) handler = this.parseCatchClause();
    let finalizer: Block | null = null;
    if (this.eat(T_FINALLY)) finalizer = this.parseBlock();
    this.stackUse -= COST_TRY;
    if (handler === null && finalizer === null) this.fail('TryWithoutHandler', this.tokenStart);
    return new TryStatement(start, this.lastEnd, block, handler, finalizer);
  }

  private parseCatchClause(): CatchClause {
    const start = this.tokenStart;
    this.next();
    const scope = this.scopes.push('catch');
    let parameter: BindingTarget | null = null;
    if (this.eat(T_LPAREN)) {
      parameter = this.parseBindingTarget();
      const isSimple = parameter.kind === KIND_BindingIdentifier;
      forEachBoundName(parameter, (name) => {
        if (!this.scopes.declareCatchParameter(name.name, name.start, isSimple))
          this.fail('Redeclaration', name.start, name.name);
      });
      this.expect(T_RPAREN);
    }
    const bodyScope = this.scopes.pushCatchBody();
    const body = this.parseBlockItems(bodyScope);
    this.scopes.pop();
    this.scopes.pop();
    return new CatchClause(start, this.lastEnd, parameter, body, scope);
  }
}

function bindingKindOf(kind: LexicalKind): LexicalBindingKind {
  return kind === 'await using' ? 'using' : kind;
}
