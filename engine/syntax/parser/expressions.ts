// hot
// Expressions. Parenthesized lists, array and object literals are read as expressions and converted when an
// arrow or `=` follows (patterns.ts); `coverErrorPos` remembers a literal that is valid only as a pattern.
// While one is pending no operator is applied to it, so it either becomes a pattern or is reported.

import {
  type Argument,
  AssignmentExpression,
  AwaitExpression,
  BinaryExpression,
  CallExpression,
  ComputedMember,
  ConditionalExpression,
  type Expression,
  KIND_ArrayLiteral,
  KIND_ArrowFunction,
  KIND_AwaitExpression,
  KIND_ConditionalExpression,
  KIND_IdentifierReference,
  KIND_LogicalExpression,
  KIND_ObjectLiteral,
  KIND_OptionalChain,
  KIND_ParenthesizedExpression,
  KIND_PrivateMember,
  KIND_UnaryExpression,
  LogicalExpression,
  OptionalChain,
  PrivateIdentifier,
  PrivateInExpression,
  PrivateMember,
  SequenceExpression,
  SpreadElement,
  StaticMember,
  TaggedTemplate,
  type TemplateLiteral,
  UnaryExpression,
  UpdateExpression,
  YieldExpression,
} from '../ast.gen.ts';
import type { AssignmentOperator, BinaryOperator, UnaryOperator } from '../scope.ts';
import {
  IS_ASSIGNMENT_OPERATOR,
  IS_PREFIX_OPERATOR,
  STARTS_EXPRESSION,
  T_ASSIGN,
  T_ASSIGN_COALESCE,
  T_ASSIGN_LOGICAL_AND,
  T_AWAIT,
  T_BACKTICK,
  T_COALESCE,
  T_COLON,
  T_COMMA,
  T_DECREMENT,
  T_DELETE,
  T_DOT,
  T_ELLIPSIS,
  T_EXP,
  T_IDENTIFIER,
  T_IN,
  T_INCREMENT,
  T_LBRACKET,
  T_LOGICAL_OR,
  T_LPAREN,
  T_MUL,
  T_PRIVATE_NAME,
  T_QUESTION,
  T_QUESTION_DOT,
  T_RBRACKET,
  T_RPAREN,
  T_YIELD,
  TOKEN_PRECEDENCE,
  TOKEN_TEXTS,
} from '../tokens.gen.ts';
import {
  CTX_AWAIT,
  CTX_IN,
  CTX_PARAMETERS,
  CTX_YIELD,
  USES_ARGUMENTS,
  USES_DIRECT_EVAL,
  USES_THIS,
} from './context.ts';
import { CALL_TARGETS_ALLOWED, CALL_TARGETS_FORBIDDEN, PatternParser } from './patterns.ts';
import {
  COST_ARGUMENTS,
  COST_ASSIGNMENT,
  COST_BINARY,
  COST_BRACKETS,
  COST_TAILS,
  COST_UNARY,
} from './stack-costs.ts';

const RELATIONAL_PRECEDENCE = TOKEN_PRECEDENCE[T_IN];

export abstract class ExpressionParser extends PatternParser {
  protected abstract parsePrimary(): Expression;
  protected abstract parseTemplate(isTagged: boolean): TemplateLiteral;

  // ---------------------------------------------------------------- Expression, AssignmentExpression

  /** Expression: AssignmentExpressions separated by commas. */
  parseExpression(): Expression {
    const start = this.tokenStart;
    const expression = this.parseAssignment();
    return this.token === T_COMMA ? this.parseSequence(start, expression) : expression;
  }

  protected parseSequence(start: number, first: Expression): Expression {
    const expressions = [first];
    while (this.eat(T_COMMA)) expressions.push(this.parseAssignment());
    return new SequenceExpression(start, this.lastEnd, expressions);
  }

  protected parseAssignment(): Expression {
    const pending = this.coverErrorPos;
    this.coverErrorPos = -1;
    const expression = this.parseAssignmentCover();
    if (this.coverErrorPos >= 0) this.failCover();
    this.coverErrorPos = pending;
    return expression;
  }

  /** Reports the literal that is valid only as a pattern and did not become one. */
  protected failCover(): never {
    const pos = this.coverErrorPos;
    this.fail(this.text.charCodeAt(pos) === 0x3d ? 'InitializerInLiteral' : 'DuplicateProto', pos);
  }

  /** AssignmentExpression that may be part of a pattern: leaves `coverErrorPos` to the caller. */
  protected parseAssignmentCover(): Expression {
    this.stackUse += COST_ASSIGNMENT;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    let result: Expression;
    if (this.token === T_YIELD && (this.context & CTX_YIELD) !== 0) result = this.parseYield();
    else {
      const start = this.tokenStart;
      const pending = this.coverErrorPos;
      this.coverErrorPos = -1;
      this.arrowStart = start;
      result = this.parseBinary(0);
      const token = this.token;
      if ((token === T_QUESTION || IS_ASSIGNMENT_OPERATOR[token] === 1) && this.isTailAllowed(result))
        result = this.parseTails(start, result);
      if (pending >= 0) this.coverErrorPos = pending;
    }
    this.stackUse -= COST_ASSIGNMENT;
    return result;
  }

  /** Whether `? :` or an assignment operator, which comes next, applies to what was read. */
  private isTailAllowed(left: Expression): boolean {
    return left.kind !== KIND_ArrowFunction && (this.token !== T_QUESTION || this.coverErrorPos < 0);
  }

  /**
   * Conditional expressions and assignments, which nest to the right. That is a loop: each waits for its last operand,
   * which is the next one, and all of them end where the innermost does.
   */
  private parseTails(start: number, first: Expression): Expression {
    this.stackUse += COST_TAILS;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    let left = first;
    let leftStart = start;
    let outermost: ConditionalExpression | AssignmentExpression | null = null;
    let innermost: ConditionalExpression | AssignmentExpression | null = null;
    for (;;) {
      const tail =
        this.token === T_QUESTION
          ? this.parseConditionalHead(leftStart, left)
          : this.parseAssignmentHead(leftStart, left);
      if (innermost === null) outermost = tail;
      else setLastOperand(innermost, tail);
      innermost = tail;
      if (this.token === T_YIELD && (this.context & CTX_YIELD) !== 0) {
        left = this.parseYield();
        break;
      }
      leftStart = this.tokenStart;
      this.coverErrorPos = -1;
      this.arrowStart = leftStart;
      left = this.parseBinary(0);
      if (this.token !== T_QUESTION && IS_ASSIGNMENT_OPERATOR[this.token] === 0) break;
      if (!this.isTailAllowed(left)) break;
    }
    if (this.coverErrorPos >= 0) this.failCover();
    this.stackUse -= COST_TAILS;
    setLastOperand(innermost, left);
    const result = outermost as ConditionalExpression | AssignmentExpression;
    for (let tail = result; ; tail = lastOperand(tail) as ConditionalExpression | AssignmentExpression) {
      tail.end = this.lastEnd;
      if (tail === innermost) return result;
    }
  }

  /** `? consequent :` behind a test. The alternate is the caller's to fill in. */
  private parseConditionalHead(start: number, test: Expression): ConditionalExpression {
    this.next();
    const saved = this.context;
    this.context |= CTX_IN;
    const consequent = this.parseAssignment();
    this.context = saved;
    this.expect(T_COLON);
    return new ConditionalExpression(start, this.lastEnd, test, consequent, consequent);
  }

  /** The operator behind an assignment's target. The value is the caller's to fill in. */
  private parseAssignmentHead(start: number, left: Expression): AssignmentExpression {
    const token = this.token;
    if (token === T_ASSIGN) {
      const target = this.toAssignmentTarget(left, CALL_TARGETS_ALLOWED);
      if (left.kind === KIND_ObjectLiteral || left.kind === KIND_ArrayLiteral) this.coverErrorPos = -1;
      this.next();
      return new AssignmentExpression(start, this.lastEnd, target, left, '=');
    }
    if (this.coverErrorPos >= 0) this.failCover();
    const isLogical = token >= T_ASSIGN_LOGICAL_AND && token <= T_ASSIGN_COALESCE;
    const target = this.checkSimpleTarget(left, isLogical ? CALL_TARGETS_FORBIDDEN : CALL_TARGETS_ALLOWED);
    this.next();
    return new AssignmentExpression(
      start,
      this.lastEnd,
      target,
      left,
      TOKEN_TEXTS[token] as AssignmentOperator,
    );
  }

  private parseYield(): Expression {
    const start = this.tokenStart;
    if ((this.context & CTX_PARAMETERS) !== 0) this.fail('YieldInParameters', start);
    if (this.yieldPos < 0) this.yieldPos = start;
    this.next();
    let argument: Expression | null = null;
    let delegate = false;
    if (!this.newlineBefore) {
      if (this.token === T_MUL) {
        delegate = true;
        this.next();
        argument = this.parseAssignment();
      } else if (STARTS_EXPRESSION[this.token] === 1) argument = this.parseAssignment();
    }
    return new YieldExpression(start, this.lastEnd, argument, delegate);
  }

  // ---------------------------------------------------------------- operators

  /** Binary operators that bind tighter than `minPrecedence`. */
  private parseBinary(minPrecedence: number): Expression {
    const start = this.tokenStart;
    const left = this.token === T_PRIVATE_NAME ? this.parsePrivateIn(minPrecedence) : this.parseUnary();
    if (
      TOKEN_PRECEDENCE[this.token] > minPrecedence &&
      left.kind !== KIND_ArrowFunction &&
      this.coverErrorPos < 0
    )
      return this.parseBinaryTail(start, left, minPrecedence);
    return left;
  }

  private parseBinaryTail(start: number, first: Expression, minPrecedence: number): Expression {
    this.stackUse += COST_BINARY;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    let left = first;
    for (;;) {
      const token = this.token;
      const precedence = TOKEN_PRECEDENCE[token];
      if (precedence <= minPrecedence || (token === T_IN && (this.context & CTX_IN) === 0)) break;
      const operatorPos = this.tokenStart;
      if (token === T_EXP && (left.kind === KIND_UnaryExpression || left.kind === KIND_AwaitExpression))
        this.fail('UnaryBeforeExponent', left.start);
      this.next();
      const right = this.parseBinary(token === T_EXP ? precedence - 1 : precedence);
      if (precedence <= 2) {
        const operator = token === T_COALESCE ? '??' : token === T_LOGICAL_OR ? '||' : '&&';
        if (mixesCoalesce(operator, left) || mixesCoalesce(operator, right))
          this.fail('MixedCoalesce', operatorPos);
        left = new LogicalExpression(start, this.lastEnd, left, right, operator);
      } else
        left = new BinaryExpression(start, this.lastEnd, left, right, TOKEN_TEXTS[token] as BinaryOperator);
    }
    this.stackUse -= COST_BINARY;
    return left;
  }

  /** `#name in ShiftExpression`, where a RelationalExpression may stand. */
  private parsePrivateIn(minPrecedence: number): Expression {
    const start = this.tokenStart;
    if (minPrecedence >= RELATIONAL_PRECEDENCE || (this.context & CTX_IN) === 0) this.unexpected();
    const name = this.parsePrivateReference();
    if (this.token !== T_IN) this.fail('PrivateNameAlone', start, name.name);
    this.next();
    this.stackUse += COST_BINARY;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    const right = this.parseBinary(RELATIONAL_PRECEDENCE);
    this.stackUse -= COST_BINARY;
    return new PrivateInExpression(start, this.lastEnd, name, right);
  }

  /** A use of a private name, which a class around it must declare. */
  protected parsePrivateReference(): PrivateIdentifier {
    const start = this.tokenStart;
    const name = this.value;
    const environment = this.privateEnvironment;
    if (environment === null) this.fail('UndeclaredPrivateName', start, name);
    if (!environment.has(name)) environment.uses.push({ name, position: start });
    this.next();
    return new PrivateIdentifier(start, this.lastEnd, name);
  }

  private parseUnary(): Expression {
    const token = this.token;
    if (this.startsPrefix(token)) return this.parsePrefixes();
    const start = this.tokenStart;
    const operand = this.parseLeftHandSide();
    if ((this.token === T_INCREMENT || this.token === T_DECREMENT) && !this.newlineBefore) {
      const target = this.checkSimpleTarget(operand, CALL_TARGETS_ALLOWED);
      const operator = this.token === T_INCREMENT ? '++' : '--';
      this.next();
      return new UpdateExpression(start, this.lastEnd, target, operator, false);
    }
    return operand;
  }

  /** Whether a prefix operator, `++`, `--` or `await` begins a UnaryExpression here. */
  private startsPrefix(token: number): boolean {
    return (
      IS_PREFIX_OPERATOR[token] === 1 ||
      token === T_INCREMENT ||
      token === T_DECREMENT ||
      (token === T_AWAIT && (this.context & CTX_AWAIT) !== 0)
    );
  }

  /** Prefixes in a row, and what the last one is applied to. */
  private parsePrefixes(): Expression {
    this.stackUse += COST_UNARY;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    const start = this.tokenStart;
    const token = this.token;
    this.beginPrefix(start, token);
    let operand: Expression;
    if (!this.startsPrefix(this.token)) operand = this.parseUnary();
    else operand = this.parseInnerPrefixes();
    this.stackUse -= COST_UNARY;
    return this.applyPrefix(start, token, operand);
  }

  private parseInnerPrefixes(): Expression {
    const starts: number[] = [];
    const tokens: number[] = [];
    while (this.startsPrefix(this.token)) {
      starts.push(this.tokenStart);
      tokens.push(this.token);
      this.beginPrefix(this.tokenStart, this.token);
    }
    let operand = this.parseUnary();
    for (let i = starts.length - 1; i >= 0; i--) operand = this.applyPrefix(starts[i], tokens[i], operand);
    return operand;
  }

  private beginPrefix(start: number, token: number): void {
    if (token === T_AWAIT) {
      if ((this.context & CTX_PARAMETERS) !== 0) this.fail('AwaitInParameters', start);
      if (this.awaitPos < 0) this.awaitPos = start;
      if (this.functionDepth === 0) this.hasTopLevelAwait = true;
    }
    this.next();
  }

  private applyPrefix(start: number, token: number, operand: Expression): Expression {
    switch (token) {
      case T_AWAIT:
        return new AwaitExpression(start, this.lastEnd, operand);
      case T_INCREMENT:
      case T_DECREMENT: {
        const target = this.checkSimpleTarget(operand, CALL_TARGETS_ALLOWED);
        return new UpdateExpression(start, this.lastEnd, target, token === T_INCREMENT ? '++' : '--', true);
      }
    }
    if (token === T_DELETE) this.checkDelete(operand);
    return new UnaryExpression(start, this.lastEnd, operand, TOKEN_TEXTS[token] as UnaryOperator);
  }

  private checkDelete(argument: Expression): void {
    let inner = argument;
    for (;;) {
      if (inner.kind === KIND_ParenthesizedExpression || inner.kind === KIND_OptionalChain)
        inner = inner.expression;
      else break;
    }
    if (inner.kind === KIND_PrivateMember) this.fail('DeletePrivate', argument.start);
    if (inner.kind === KIND_IdentifierReference && this.isStrict) this.fail('StrictDelete', argument.start);
  }

  // ---------------------------------------------------------------- LeftHandSideExpression

  protected parseLeftHandSide(): Expression {
    const start = this.tokenStart;
    const expression = this.parsePrimary();
    switch (this.token) {
      case T_LPAREN:
      case T_DOT:
      case T_LBRACKET:
      case T_QUESTION_DOT:
      case T_BACKTICK:
        if (expression.kind !== KIND_ArrowFunction && this.coverErrorPos < 0)
          return this.parseSuffixes(start, expression);
    }
    return expression;
  }

  /** Members, calls, tagged templates and optional chains behind `first`. */
  private parseSuffixes(start: number, first: Expression): Expression {
    let expression = first;
    let inChain = false;
    for (;;) {
      switch (this.token) {
        case T_DOT:
          this.next();
          expression = this.parseDotMember(start, expression, false);
          break;
        case T_LBRACKET:
          expression = this.parseComputedMember(start, expression, false);
          break;
        case T_LPAREN: {
          if (isEvalReference(expression)) this.noteDirectEval();
          const args = this.parseArguments();
          expression = new CallExpression(start, this.lastEnd, expression, args, false);
          break;
        }
        case T_BACKTICK: {
          if (inChain) this.fail('TemplateInOptionalChain', this.tokenStart);
          const quasi = this.parseTemplate(true);
          expression = new TaggedTemplate(start, this.lastEnd, expression, quasi);
          break;
        }
        case T_QUESTION_DOT: {
          inChain = true;
          this.next();
          if (this.token === T_LPAREN) {
            const args = this.parseArguments();
            expression = new CallExpression(start, this.lastEnd, expression, args, true);
          } else if (this.token === T_LBRACKET)
            expression = this.parseComputedMember(start, expression, true);
          else if (this.token === T_BACKTICK) this.fail('TemplateInOptionalChain', this.tokenStart);
          else expression = this.parseDotMember(start, expression, true);
          break;
        }
        default:
          if (!inChain) return expression;
          return new OptionalChain(start, this.lastEnd, expression);
      }
    }
  }

  /** The name behind `.` or `?.`. */
  protected parseDotMember(start: number, object: Expression, optional: boolean): Expression {
    if (this.token >= T_IDENTIFIER) {
      const name = this.value;
      this.next();
      return new StaticMember(start, this.lastEnd, object, name, optional);
    }
    if (this.token !== T_PRIVATE_NAME) this.unexpected();
    const name = this.parsePrivateReference();
    return new PrivateMember(start, this.lastEnd, object, name, optional);
  }

  protected parseComputedMember(start: number, object: Expression, optional: boolean): Expression {
    const property = this.parseBracketed();
    return new ComputedMember(start, this.lastEnd, object, property, optional);
  }

  /** `[ Expression ]`. */
  protected parseBracketed(): Expression {
    this.stackUse += COST_BRACKETS;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    this.next();
    const saved = this.context;
    this.context |= CTX_IN;
    const property = this.parseExpression();
    this.context = saved;
    this.expect(T_RBRACKET);
    this.stackUse -= COST_BRACKETS;
    return property;
  }

  protected parseArguments(): Argument[] {
    this.stackUse += COST_ARGUMENTS;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    const args: Argument[] = [];
    const saved = this.context;
    this.context |= CTX_IN;
    this.next();
    while (this.token !== T_RPAREN) {
      if (this.token === T_ELLIPSIS) args.push(this.parseSpreadArgument());
      else args.push(this.parseAssignment());
      if (this.token !== T_COMMA) break;
      this.next();
    }
    this.context = saved;
    this.expect(T_RPAREN);
    this.stackUse -= COST_ARGUMENTS;
    return args;
  }

  private parseSpreadArgument(): SpreadElement {
    const start = this.tokenStart;
    this.next();
    const argument = this.parseAssignment();
    return new SpreadElement(start, this.lastEnd, argument);
  }

  private noteDirectEval(): void {
    this.functionFlags |= USES_DIRECT_EVAL | USES_ARGUMENTS | USES_THIS;
    this.scopes.record.containsDirectEval = true;
  }
}

function mixesCoalesce(operator: '??' | '||' | '&&', operand: Expression): boolean {
  return operand.kind === KIND_LogicalExpression && (operator === '??') !== (operand.operator === '??');
}

/** Whether a call of `expression` is a direct eval (parentheses keep a reference a reference). */
function isEvalReference(expression: Expression): boolean {
  let inner = expression;
  while (inner.kind === KIND_ParenthesizedExpression) inner = inner.expression;
  return inner.kind === KIND_IdentifierReference && inner.name === 'eval';
}

function setLastOperand(node: ConditionalExpression | AssignmentExpression, operand: Expression): void {
  if (node.kind === KIND_ConditionalExpression) node.alternate = operand;
  else node.value = operand;
}

function lastOperand(node: ConditionalExpression | AssignmentExpression): Expression {
  return node.kind === KIND_ConditionalExpression ? node.alternate : node.value;
}
