// hot
// PrimaryExpressions and what begins with a keyword: identifiers, parentheses and arrow heads, array and object
// literals, templates, regular expressions, `new`, `super`, `import`.

import {
  type Argument,
  ArrayLiteral,
  type ArrowFunction,
  BigIntLiteral,
  type BindingTarget,
  BooleanLiteral,
  CallExpression,
  type ClassExpression,
  ComputedPropertyName,
  type Decorator,
  type Expression,
  type FunctionExpression,
  IdentifierReference,
  ImportCall,
  ImportMeta,
  KIND_ImportCall,
  KIND_LiteralPropertyName,
  KIND_PropertyDefinition,
  KIND_SuperCall,
  LiteralPropertyName,
  type MethodDefinition,
  NewExpression,
  NewTarget,
  NullLiteral,
  NumericLiteral,
  ObjectLiteral,
  type ObjectLiteralMember,
  ParenthesizedExpression,
  PropertyDefinition,
  type PropertyKeyNode,
  RegularExpressionLiteral,
  SequenceExpression,
  ShorthandProperty,
  SpreadElement,
  SpreadProperty,
  StringLiteral,
  SuperCall,
  SuperComputedMember,
  SuperStaticMember,
  TaggedTemplate,
  TemplateElement,
  TemplateLiteral,
  ThisExpression,
} from '../ast.gen.ts';
import { checkRegularExpression } from '../regular-expression-literal.ts';
import type { ImportPhase } from '../scope.ts';
import {
  T_ARGUMENTS,
  T_ARROW,
  T_ASSIGN,
  T_ASYNC,
  T_AWAIT,
  T_BACKTICK,
  T_BIGINT,
  T_COLON,
  T_COMMA,
  T_DEFER,
  T_DOT,
  T_ELLIPSIS,
  T_FUNCTION,
  T_GET,
  T_IDENTIFIER,
  T_LBRACKET,
  T_LPAREN,
  T_META,
  T_MUL,
  T_NEW,
  T_NUMBER,
  T_QUESTION_DOT,
  T_RBRACE,
  T_RBRACKET,
  T_RPAREN,
  T_SET,
  T_SOURCE,
  T_STRING,
  T_TARGET,
} from '../tokens.gen.ts';
import {
  CTX_IN,
  CTX_MODULE,
  CTX_NEW_TARGET,
  CTX_NO_ARGUMENTS,
  CTX_SUPER_CALL,
  CTX_SUPER_PROPERTY,
  USES_ARGUMENTS,
  USES_THIS,
} from './context.ts';
import { ExpressionParser } from './expressions.ts';
import { CoverInitializedName } from './patterns.ts';
import {
  COST_ARRAY,
  COST_ASYNC_CALL,
  COST_IMPORT_CALL,
  COST_NEW,
  COST_OBJECT,
  COST_PARENTHESES,
  COST_TEMPLATE,
} from './stack-costs.ts';

/** What is known of the text that may be the parameters of an arrow function, when the arrow is met. */
export interface ArrowCover {
  readonly start: number;
  readonly scopeMark: number;
  /** USES_ bits of the text of the parameters. */
  readonly flags: number;
}

export abstract class PrimaryParser extends ExpressionParser {
  protected abstract parseFunctionExpression(start: number, isAsync: boolean): FunctionExpression;
  protected abstract parseClassExpression(decorators: Decorator[], start: number): ClassExpression;
  protected abstract parseDecorators(): Decorator[];
  protected abstract parseObjectMethod(
    start: number,
    key: PropertyKeyNode,
    methodKind: 'method' | 'get' | 'set',
    isAsync: boolean,
    isGenerator: boolean,
  ): MethodDefinition;
  /** `name => …`; the current token is the arrow. */
  protected abstract parseArrowOfName(
    start: number,
    parameter: IdentifierReference,
    isAsync: boolean,
  ): ArrowFunction;
  /** `(…) => …`; the current token is the arrow. `items` may end with a SpreadElement whose argument is a pattern. */
  protected abstract parseArrowOfCover(
    cover: ArrowCover,
    items: readonly Argument[],
    rest: BindingTarget | null,
    isAsync: boolean,
  ): ArrowFunction;
  protected abstract parseRestParameter(): BindingTarget;

  protected parsePrimary(): Expression {
    const start = this.tokenStart;
    switch (this.token) {
      case 65 /* T_IDENTIFIER */:
        {
          const name = this.value;
          this.next();
          const reference = new IdentifierReference(start, this.lastEnd, name);
          if (this.token === T_ARROW && this.arrowStart === start)
            return this.parseArrowOfName(start, reference, false);
          return reference;
        }
      case 61 /* T_STRING */:
        {
          const value = this.value;
          if (this.octalPos >= 0 && this.isStrict) this.fail('StrictOctal', this.octalPos);
          this.next();
          return new StringLiteral(start, this.lastEnd, value);
        }
      case 59 /* T_NUMBER */:
        {
          const value = this.number;
          if (this.octalPos >= 0 && this.isStrict) this.fail('StrictOctal', this.octalPos);
          this.next();
          return new NumericLiteral(start, this.lastEnd, value);
        }
      case 118 /* T_THIS */:
        this.functionFlags |= USES_THIS;
        this.next();
        return new ThisExpression(start, this.lastEnd);
      case 3 /* T_LPAREN */:
        return this.parseParenthesized();
      case 1 /* T_LBRACE */:
        return this.parseObjectLiteral();
      case 5 /* T_LBRACKET */:
        return this.parseArrayLiteral();
      case 108 /* T_FUNCTION */:
        return this.parseFunctionExpression(start, false);
      case 114 /* T_NULL */:
        this.next();
        return new NullLiteral(start, this.lastEnd);
      case 120 /* T_TRUE */:
        this.next();
        return new BooleanLiteral(start, this.lastEnd, true);
      case 105 /* T_FALSE */:
        this.next();
        return new BooleanLiteral(start, this.lastEnd, false);
      case 113 /* T_NEW */:
        return this.parseNew();
      case 62 /* T_BACKTICK */:
        return this.parseTemplate(false);
      case 52 /* T_DIV */:
      case 20 /* T_ASSIGN_DIV */:
        return this.parseRegularExpression();
      case 60 /* T_BIGINT */:
        {
          const value = BigInt(this.value);
          this.next();
          return new BigIntLiteral(start, this.lastEnd, value);
        }
      case 116 /* T_SUPER */:
        return this.parseSuper();
      case 94 /* T_CLASS */:
        return this.parseClassExpression([], start);
      case 15 /* T_AT */:
        {
          const decorators = this.parseDecorators();
          return this.parseClassExpression(decorators, start);
        }
      case 110 /* T_IMPORT */:
        return this.parseImportExpression();
      case 66 /* T_ASYNC */:
        return this.parseAsyncPrimary();
      default:
        return this.parseUnusualReference();
    }
  }

  /** An identifier that is a keyword elsewhere, or an error. */
  private parseUnusualReference(): Expression {
    const start = this.tokenStart;
    if (!this.isIdentifierToken()) this.unexpected();
    this.checkIdentifier();
    if (this.token === T_ARGUMENTS) this.noteArguments();
    const reference = new IdentifierReference(start, this.pos, this.value);
    this.next();
    if (this.token === T_ARROW && this.arrowStart === start)
      return this.parseArrowOfName(start, reference, false);
    return reference;
  }

  private noteArguments(): void {
    if ((this.context & CTX_NO_ARGUMENTS) !== 0) this.fail('ArgumentsInClass', this.tokenStart);
    this.functionFlags |= USES_ARGUMENTS;
  }

  /** IdentifierReference outside of an expression: shorthand properties, decorators. */
  protected parseIdentifierReference(): IdentifierReference {
    const start = this.tokenStart;
    this.checkIdentifier();
    if (this.token === T_ARGUMENTS) this.noteArguments();
    const reference = new IdentifierReference(start, this.pos, this.value);
    this.next();
    return reference;
  }

  /** `async function`, `async x =>`, `async (…) =>`, a call of `async`, or the identifier. */
  private parseAsyncPrimary(): Expression {
    const start = this.tokenStart;
    this.next();
    const reference = new IdentifierReference(start, this.lastEnd, 'async');
    const mayBeArrow = this.arrowStart === start;
    if (this.newlineBefore) return reference;
    if (this.token === T_FUNCTION) return this.parseFunctionExpression(start, true);
    if (this.token === T_ARROW)
      return mayBeArrow ? this.parseArrowOfName(start, reference, false) : reference;
    if (mayBeArrow && this.token === T_LPAREN) return this.parseAsyncCallOrArrow(reference);
    if (mayBeArrow && this.isIdentifierToken()) {
      const { tokenStart, lastEnd, token, value } = this;
      this.next();
      const isArrow = this.token === T_ARROW && !this.newlineBefore;
      const nameEnd = this.lastEnd;
      if (isArrow) {
        if (token === T_AWAIT || value === 'await') this.fail('AwaitReserved', tokenStart);
        if (token !== T_IDENTIFIER) {
          this.rewind(tokenStart, lastEnd, false);
          this.checkIdentifier();
          this.next();
        }
        return this.parseArrowOfName(start, new IdentifierReference(tokenStart, nameEnd, value), true);
      }
      this.rewind(tokenStart, lastEnd, false);
    }
    return reference;
  }

  protected parseParenthesized(): Expression {
    this.stackUse += COST_PARENTHESES;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    const start = this.tokenStart;
    const mayBeArrow = this.arrowStart === start;
    const scopeMark = this.scopes.mark();
    const savedFlags = this.functionFlags;
    const savedContext = this.context;
    const { yieldPos, awaitPos, awaitNamePos, coverErrorPos } = this;
    this.functionFlags = 0;
    this.context |= CTX_IN;
    this.yieldPos = this.awaitPos = this.awaitNamePos = this.coverErrorPos = -1;
    this.next();
    const first = this.tokenStart;
    let expression: Expression | null = null;
    let items: Expression[] | null = null;
    let rest: BindingTarget | null = null;
    let trailingComma = -1;
    while (this.token !== T_RPAREN) {
      if (this.token === T_ELLIPSIS) {
        if (!mayBeArrow) this.unexpected();
        rest = this.parseRestParameter();
        break;
      }
      const item = this.parseAssignmentCover();
      if (expression === null) expression = item;
      else if (items === null) items = [expression, item];
      else items.push(item);
      if (this.token !== T_COMMA) break;
      trailingComma = this.tokenStart;
      this.next();
      if (this.token !== T_RPAREN) trailingComma = -1;
    }
    this.context = savedContext;
    const last = this.lastEnd;
    this.expect(T_RPAREN);
    const flags = this.functionFlags;
    this.functionFlags = savedFlags | flags;
    if (this.token === T_ARROW && mayBeArrow && !this.newlineBefore) {
      this.checkArrowParameters(false);
      this.yieldPos = yieldPos;
      this.awaitPos = awaitPos;
      this.awaitNamePos = awaitNamePos >= 0 ? awaitNamePos : this.awaitNamePos;
      this.coverErrorPos = coverErrorPos;
      const list = items !== null ? items : expression !== null ? [expression] : [];
      const cover: ArrowCover = { start, scopeMark, flags };
      this.stackUse -= COST_PARENTHESES;
      return this.parseArrowOfCover(cover, list, rest, false);
    }
    if (expression === null || rest !== null) {
      // `()` and `(...x)` are arrow parameters or nothing.
      if (this.token === T_ARROW) this.unexpected();
      this.fail(rest !== null ? 'UnexpectedRest' : 'EmptyParentheses', start);
    }
    if (trailingComma >= 0) this.fail('UnexpectedToken', trailingComma, ',');
    if (this.coverErrorPos >= 0) this.failCover();
    if (yieldPos >= 0) this.yieldPos = yieldPos;
    if (awaitPos >= 0) this.awaitPos = awaitPos;
    if (awaitNamePos >= 0) this.awaitNamePos = awaitNamePos;
    this.coverErrorPos = coverErrorPos;
    if (items !== null) {
      expression = new SequenceExpression(first, last, items);
    }
    this.stackUse -= COST_PARENTHESES;
    return new ParenthesizedExpression(start, this.lastEnd, expression);
  }

  private checkArrowParameters(isAsync: boolean): void {
    if (this.yieldPos >= 0) this.fail('YieldInParameters', this.yieldPos);
    if (this.awaitPos >= 0) this.fail('AwaitInParameters', this.awaitPos);
    if (isAsync && this.awaitNamePos >= 0) this.fail('AwaitReserved', this.awaitNamePos);
  }

  /** `async (…)`: the head of an async arrow function, or a call. */
  private parseAsyncCallOrArrow(callee: IdentifierReference): Expression {
    const start = callee.start;
    const scopeMark = this.scopes.mark();
    const savedFlags = this.functionFlags;
    const savedContext = this.context;
    const { yieldPos, awaitPos, awaitNamePos, coverErrorPos } = this;
    this.functionFlags = 0;
    this.context |= CTX_IN;
    this.yieldPos = this.awaitPos = this.awaitNamePos = this.coverErrorPos = -1;
    this.next();
    this.stackUse += COST_ASYNC_CALL;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    const args: Argument[] = [];
    let commaAfterRest = -1;
    while (this.token !== T_RPAREN) {
      if (this.token === T_ELLIPSIS) {
        const spreadStart = this.tokenStart;
        this.next();
        args.push(new SpreadElement(spreadStart, this.lastEnd, this.parseAssignmentCover()));
        args[args.length - 1].end = this.lastEnd;
        if (this.token === T_COMMA && commaAfterRest < 0) commaAfterRest = this.tokenStart;
      } else args.push(this.parseAssignmentCover());
      if (this.token !== T_COMMA) break;
      this.next();
    }
    this.context = savedContext;
    this.expect(T_RPAREN);
    this.stackUse -= COST_ASYNC_CALL;
    const flags = this.functionFlags;
    this.functionFlags = savedFlags | flags;
    if (this.token === T_ARROW && !this.newlineBefore) {
      this.checkArrowParameters(true);
      if (commaAfterRest >= 0) this.fail('RestNotLast', commaAfterRest);
      this.yieldPos = yieldPos;
      this.awaitPos = awaitPos;
      this.awaitNamePos = awaitNamePos;
      this.coverErrorPos = coverErrorPos;
      const cover: ArrowCover = { start, scopeMark, flags };
      return this.parseArrowOfCover(cover, args, null, true);
    }
    if (this.coverErrorPos >= 0) this.failCover();
    if (yieldPos >= 0) this.yieldPos = yieldPos;
    if (awaitPos >= 0) this.awaitPos = awaitPos;
    if (awaitNamePos >= 0) this.awaitNamePos = awaitNamePos;
    this.coverErrorPos = coverErrorPos;
    return new CallExpression(start, this.lastEnd, callee, args, false);
  }

  private parseArrayLiteral(): Expression {
    this.stackUse += COST_ARRAY;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    const start = this.tokenStart;
    const elements: (Expression | SpreadElement | null)[] = [];
    const saved = this.context;
    this.context |= CTX_IN;
    let commaAfterSpread = false;
    this.next();
    while (this.token !== T_RBRACKET) {
      if (this.token === T_COMMA) {
        elements.push(null);
        this.next();
        continue;
      }
      if (this.token === T_ELLIPSIS) {
        const spreadStart = this.tokenStart;
        this.next();
        const argument = this.parseAssignmentCover();
        elements.push(new SpreadElement(spreadStart, this.lastEnd, argument));
        if (this.token === T_COMMA) commaAfterSpread = true;
      } else elements.push(this.parseAssignmentCover());
      if (this.token !== T_COMMA) break;
      this.next();
    }
    this.context = saved;
    this.expect(T_RBRACKET);
    this.stackUse -= COST_ARRAY;
    const literal = new ArrayLiteral(start, this.lastEnd, elements);
    if (commaAfterSpread) this.commaAfterSpread.add(literal);
    return literal;
  }

  // ---------------------------------------------------------------- object literals

  private parseObjectLiteral(): Expression {
    this.stackUse += COST_OBJECT;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    const start = this.tokenStart;
    const properties: ObjectLiteralMember[] = [];
    const saved = this.context;
    this.context |= CTX_IN;
    let commaAfterSpread = false;
    let hasProto = false;
    this.next();
    while (this.token !== T_RBRACE) {
      if (this.token === T_ELLIPSIS) {
        const spreadStart = this.tokenStart;
        this.next();
        const argument = this.parseAssignmentCover();
        properties.push(new SpreadProperty(spreadStart, this.lastEnd, argument));
        if (this.token === T_COMMA) commaAfterSpread = true;
      } else {
        const member = this.parseObjectMember(hasProto);
        properties.push(member);
        if (member.kind === KIND_PropertyDefinition && member.isProtoSetter) hasProto = true;
      }
      if (this.token !== T_COMMA) break;
      this.next();
    }
    this.context = saved;
    this.expect(T_RBRACE);
    this.stackUse -= COST_OBJECT;
    const literal = new ObjectLiteral(start, this.lastEnd, properties);
    if (commaAfterSpread) this.commaAfterSpread.add(literal);
    return literal;
  }

  private parseObjectMember(hasProto: boolean): ObjectLiteralMember {
    const start = this.tokenStart;
    const token = this.token;
    if (token >= T_IDENTIFIER) {
      if (token >= T_ASYNC && token <= T_SET) return this.parseModifiedMember(start, token, hasProto);
      return this.parseNamedMember(start, token, hasProto);
    }
    if (token === T_MUL) {
      this.next();
      return this.parseObjectMethod(start, this.parsePropertyName(), 'method', false, true);
    }
    const key = this.parsePropertyName();
    if (this.token === T_LPAREN) return this.parseObjectMethod(start, key, 'method', false, false);
    return this.parsePropertyValue(start, key, hasProto && key.kind === KIND_LiteralPropertyName);
  }

  /** A member that begins with `async`, `get` or `set`, which may be a modifier or the key. (`of` comes here too.) */
  private parseModifiedMember(start: number, token: number, hasProto: boolean): ObjectLiteralMember {
    const { lastEnd, newlineBefore } = this;
    if (token === T_ASYNC || token === T_GET || token === T_SET) {
      this.next();
      const behind = this.token;
      if (token === T_ASYNC) {
        if (!this.newlineBefore && (behind === T_MUL || startsPropertyName(behind))) {
          const isGenerator = this.eat(T_MUL);
          return this.parseObjectMethod(start, this.parsePropertyName(), 'method', true, isGenerator);
        }
      } else if (startsPropertyName(behind)) {
        const methodKind = token === T_GET ? 'get' : 'set';
        return this.parseObjectMethod(start, this.parsePropertyName(), methodKind, false, false);
      }
      this.rewind(start, lastEnd, newlineBefore);
    }
    return this.parseNamedMember(start, token, hasProto);
  }

  private parseNamedMember(start: number, token: number, hasProto: boolean): ObjectLiteralMember {
    const name = this.value;
    const { lastEnd, newlineBefore } = this;
    this.next();
    if (this.token === T_COLON)
      return this.parsePropertyValue(start, new LiteralPropertyName(start, this.lastEnd, name), hasProto);
    if (this.token === T_LPAREN) {
      const key = new LiteralPropertyName(start, this.lastEnd, name);
      return this.parseObjectMethod(start, key, 'method', false, false);
    }
    let reference: IdentifierReference;
    if (token === T_IDENTIFIER) reference = new IdentifierReference(start, this.lastEnd, name);
    else {
      this.rewind(start, lastEnd, newlineBefore);
      reference = this.parseIdentifierReference();
    }
    if (this.token !== T_ASSIGN) return new ShorthandProperty(start, this.lastEnd, reference);
    if (this.coverErrorPos < 0) this.coverErrorPos = this.tokenStart;
    this.next();
    const initializer = this.parseAssignment();
    // The union of members does not know this class; `toObjectAssignmentPattern` does, and nothing else sees it.
    return new CoverInitializedName(
      start,
      this.lastEnd,
      reference,
      initializer,
    ) as unknown as ObjectLiteralMember;
  }

  private parsePropertyValue(start: number, key: PropertyKeyNode, hasProto: boolean): ObjectLiteralMember {
    const isProto = key.kind === KIND_LiteralPropertyName && key.value === '__proto__';
    if (isProto && hasProto && this.coverErrorPos < 0) this.coverErrorPos = start;
    this.expect(T_COLON);
    const value = this.parseAssignmentCover();
    return new PropertyDefinition(start, this.lastEnd, key, value, isProto);
  }

  /** PropertyName: literal keys become canonical property keys. */
  protected parsePropertyName(): PropertyKeyNode {
    const start = this.tokenStart;
    const token = this.token;
    if (token >= T_IDENTIFIER) {
      const name = this.value;
      this.next();
      return new LiteralPropertyName(start, this.lastEnd, name);
    }
    if (token === T_STRING) {
      if (this.octalPos >= 0 && this.isStrict) this.fail('StrictOctal', this.octalPos);
      const value = this.value;
      this.next();
      return new LiteralPropertyName(start, this.lastEnd, canonicalKey(value));
    }
    if (token === T_NUMBER) {
      if (this.octalPos >= 0 && this.isStrict) this.fail('StrictOctal', this.octalPos);
      const value = this.number;
      this.next();
      return new LiteralPropertyName(start, this.lastEnd, numericKey(value));
    }
    if (token === T_BIGINT) {
      const value = BigInt(this.value);
      this.next();
      return new LiteralPropertyName(start, this.lastEnd, canonicalKey(String(value)));
    }
    if (token === T_LBRACKET) {
      this.next();
      const saved = this.context;
      this.context |= CTX_IN;
      const expression = this.parseAssignment();
      this.context = saved;
      this.expect(T_RBRACKET);
      return new ComputedPropertyName(start, this.lastEnd, expression);
    }
    return this.unexpected();
  }

  // ---------------------------------------------------------------- templates, regular expressions

  protected parseTemplate(isTagged: boolean): TemplateLiteral {
    this.stackUse += COST_TEMPLATE;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    const start = this.tokenStart;
    const quasis: TemplateElement[] = [];
    const expressions: Expression[] = [];
    const saved = this.context;
    this.context |= CTX_IN;
    for (;;) {
      const elementStart = this.pos;
      this.scanTemplateCharacters();
      if (this.cooked === undefined && !isTagged) this.fail(this.badEscapeCode, this.badEscapePos);
      const elementEnd = this.pos - (this.templateEnds ? 1 : 2);
      quasis.push(new TemplateElement(elementStart, elementEnd, this.cooked, this.raw));
      if (this.templateEnds) break;
      this.next();
      expressions.push(this.parseExpression());
      if (this.token !== T_RBRACE) this.unexpected();
    }
    this.context = saved;
    this.next();
    this.stackUse -= COST_TEMPLATE;
    return new TemplateLiteral(start, this.lastEnd, quasis, expressions);
  }

  private parseRegularExpression(): Expression {
    const start = this.tokenStart;
    this.rescanRegularExpression();
    const pattern = this.value;
    const flags = this.regexpFlags;
    const problem = checkRegularExpression(pattern, flags);
    if (problem !== null) this.fail(problem.code, start + problem.offset, problem.argument);
    this.next();
    return new RegularExpressionLiteral(start, this.lastEnd, pattern, flags);
  }

  // ---------------------------------------------------------------- new, super, import

  /** `new.target`, or NewExpressions in a row, each of which takes the arguments that come next. */
  private parseNew(): Expression {
    let start = this.tokenStart;
    this.next();
    if (this.token === T_DOT) return this.parseNewTarget(start);
    const outer: number[] = [];
    let calleeStart = this.tokenStart;
    while (this.token === T_NEW) {
      this.next();
      if (this.token === T_DOT) break;
      outer.push(start);
      start = calleeStart;
      calleeStart = this.tokenStart;
    }
    this.stackUse += COST_NEW;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    let callee = this.token === T_DOT ? this.parseNewTarget(calleeStart) : this.parsePrimary();
    if (callee.kind === KIND_ImportCall) this.fail('NewImport', calleeStart);
    if (callee.kind === KIND_SuperCall) this.fail('NewSuperCall', calleeStart);
    for (;;) {
      callee = this.parseMembers(calleeStart, callee);
      if (this.token === T_QUESTION_DOT) this.fail('OptionalChainInNew', this.tokenStart);
      const args = this.token === T_LPAREN ? this.parseArguments() : [];
      callee = new NewExpression(start, this.lastEnd, callee, args);
      if (outer.length === 0) break;
      calleeStart = start;
      start = outer.pop() as number;
    }
    this.stackUse -= COST_NEW;
    return callee;
  }

  /** Behind the `new` of `new.target`. */
  private parseNewTarget(start: number): NewTarget {
    this.next();
    if (this.token !== T_TARGET) this.unexpected();
    if ((this.context & CTX_NEW_TARGET) === 0) this.fail('UnexpectedNewTarget', start);
    this.functionFlags |= USES_THIS;
    this.next();
    return new NewTarget(start, this.lastEnd);
  }

  /** Members and tagged templates behind `first`: the MemberExpression that `new` is applied to. */
  private parseMembers(start: number, first: Expression): Expression {
    let callee = first;
    for (;;) {
      switch (this.token) {
        case T_DOT:
          this.next();
          callee = this.parseDotMember(start, callee, false);
          break;
        case T_LBRACKET:
          callee = this.parseComputedMember(start, callee, false);
          break;
        case T_BACKTICK: {
          const quasi = this.parseTemplate(true);
          callee = new TaggedTemplate(start, this.lastEnd, callee, quasi);
          break;
        }
        default:
          return callee;
      }
    }
  }

  private parseSuper(): Expression {
    const start = this.tokenStart;
    this.functionFlags |= USES_THIS;
    this.next();
    if (this.token === T_LPAREN) {
      if ((this.context & CTX_SUPER_CALL) === 0) this.fail('UnexpectedSuperCall', start);
      const args = this.parseArguments();
      return new SuperCall(start, this.lastEnd, args);
    }
    if (this.token !== T_DOT && this.token !== T_LBRACKET) this.fail('UnexpectedSuper', start);
    if ((this.context & CTX_SUPER_PROPERTY) === 0) this.fail('UnexpectedSuper', start);
    if (this.token === T_LBRACKET) {
      const property = this.parseBracketed();
      return new SuperComputedMember(start, this.lastEnd, property);
    }
    this.next();
    if (this.token < T_IDENTIFIER) this.unexpected();
    const name = this.value;
    this.next();
    return new SuperStaticMember(start, this.lastEnd, name);
  }

  /** `import(…)`, `import.source(…)`, `import.defer(…)` or `import.meta`. */
  private parseImportExpression(): Expression {
    const start = this.tokenStart;
    this.next();
    let phase: ImportPhase = 'evaluation';
    if (this.token === T_DOT) {
      this.next();
      if (this.token === T_META) {
        if ((this.context & CTX_MODULE) === 0) this.fail('ImportMetaOutsideModule', start);
        this.next();
        return new ImportMeta(start, this.lastEnd);
      }
      if (this.token === T_SOURCE) phase = 'source';
      else if (this.token === T_DEFER) phase = 'defer';
      else this.unexpected();
      this.next();
    }
    if (this.token !== T_LPAREN) this.unexpected();
    this.next();
    const saved = this.context;
    this.context |= CTX_IN;
    this.stackUse += COST_IMPORT_CALL;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    const specifier = this.parseAssignment();
    let options: Expression | null = null;
    if (this.eat(T_COMMA) && this.token !== T_RPAREN) {
      options = this.parseAssignment();
      this.eat(T_COMMA);
    }
    this.context = saved;
    this.expect(T_RPAREN);
    this.stackUse -= COST_IMPORT_CALL;
    return new ImportCall(start, this.lastEnd, specifier, options, phase);
  }
}

function startsPropertyName(token: number): boolean {
  return (
    token >= T_IDENTIFIER ||
    token === T_STRING ||
    token === T_NUMBER ||
    token === T_BIGINT ||
    token === T_LBRACKET
  );
}

/** The property key of a string: a number if it is an array index in its canonical form. */
function canonicalKey(text: string): string | number {
  const length = text.length;
  if (length === 0 || length > 10) return text;
  const first = text.charCodeAt(0);
  if (first < 0x30 || first > 0x39) return text;
  if (first === 0x30) return length === 1 ? 0 : text;
  for (let i = 1; i < length; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x30 || c > 0x39) return text;
  }
  const index = Number(text);
  return index < 0xffff_ffff ? index : text;
}

function numericKey(value: number): string | number {
  return value >>> 0 === value && value !== 0xffff_ffff ? value : String(value);
}
