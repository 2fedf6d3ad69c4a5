// Classes: heads, elements with their modifiers, fields and static blocks, private names, decorators.
// All code of a class is strict; a field's initializer and a static block are functions of their own.

import {
  type BindingIdentifier,
  CallExpression,
  ClassDeclaration,
  type ClassElement,
  ClassExpression,
  ClassStaticBlock,
  Decorator,
  type Expression,
  FieldDefinition,
  KIND_LiteralPropertyName,
  KIND_PrivateIdentifier,
  MethodDefinition,
  MethodFunction,
  PrivateIdentifier,
  PrivateMember,
  type PropertyKeyNode,
  type StatementListItem,
  StaticMember,
} from '../ast.gen.ts';
import type { FunctionKind, MethodKind } from '../scope.ts';
import {
  T_ACCESSOR,
  T_ASSIGN,
  T_ASYNC,
  T_AT,
  T_BIGINT,
  T_CLASS,
  T_DOT,
  T_EXTENDS,
  T_GET,
  T_IDENTIFIER,
  T_LBRACE,
  T_LBRACKET,
  T_LPAREN,
  T_MUL,
  T_NUMBER,
  T_PRIVATE_NAME,
  T_RBRACE,
  T_SEMICOLON,
  T_SET,
  T_STATIC,
  T_STRING,
} from '../tokens.gen.ts';
import {
  CTX_AWAIT,
  CTX_AWAIT_RESERVED,
  CTX_IN,
  CTX_INHERITED,
  CTX_NEW_TARGET,
  CTX_NO_ARGUMENTS,
  CTX_STRICT,
  CTX_SUPER_CALL,
  CTX_SUPER_PROPERTY,
} from './context.ts';
import { FunctionInfoRecord, FunctionParser, ParameterList } from './functions.ts';
import { PrivateEnvironment } from './private-names.ts';
import { COST_CLASS, COST_DECORATOR } from './stack-costs.ts';

const NO_ITEMS: StatementListItem[] = [];

export abstract class ClassParser extends FunctionParser {
  /** DecoratorList — https://arai-a.github.io/ecma262-compare/?pr=2417#prod-DecoratorList */
  protected parseDecorators(): Decorator[] {
    const decorators: Decorator[] = [];
    while (this.token === T_AT) {
      const start = this.tokenStart;
      this.next();
      decorators.push(this.parseDecorator(start));
    }
    return decorators;
  }

  private parseDecorator(start: number): Decorator {
    const expressionStart = this.tokenStart;
    this.stackUse += COST_DECORATOR;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    let expression: Expression;
    if (this.token === T_LPAREN) {
      this.arrowStart = -1;
      expression = this.parseParenthesized();
    } else {
      expression = this.parseIdentifierReference();
      while (this.token === T_DOT) {
        this.next();
        if (this.token === T_PRIVATE_NAME) {
          const name = this.parsePrivateReference();
          expression = new PrivateMember(expressionStart, this.lastEnd, expression, name, false);
        } else {
          if (this.token < T_IDENTIFIER) this.unexpected();
          const name = this.value;
          this.next();
          expression = new StaticMember(expressionStart, this.lastEnd, expression, name, false);
        }
      }
      if (this.token === T_LPAREN) {
        const args = this.parseArguments();
        expression = new CallExpression(expressionStart, this.lastEnd, expression, args, false);
      }
    }
    this.stackUse -= COST_DECORATOR;
    return new Decorator(start, this.lastEnd, expression);
  }

  protected parseClassDeclaration(
    decorators: Decorator[],
    start: number,
    nameOptional: boolean,
  ): ClassDeclaration {
    const { name, heritage, classConstructor, elements, scope } = this.parseClassParts(!nameOptional, start);
    if (name !== null) this.declareLexicalName(name, 'class');
    return new ClassDeclaration(
      start,
      this.lastEnd,
      decorators,
      name,
      heritage,
      classConstructor,
      elements,
      scope,
      this.source,
    );
  }

  protected parseClassExpression(decorators: Decorator[], start: number): ClassExpression {
    const { name, heritage, classConstructor, elements, scope } = this.parseClassParts(false, start);
    return new ClassExpression(
      start,
      this.lastEnd,
      decorators,
      name,
      heritage,
      classConstructor,
      elements,
      scope,
      this.source,
    );
  }

  /** From `class` on. All parts of a class are strict mode code. */
  private parseClassParts(nameRequired: boolean, start: number) {
    this.stackUse += COST_CLASS;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    if (this.token !== T_CLASS) this.unexpected();
    this.next();
    const savedContext = this.context;
    this.context |= CTX_STRICT;
    let name: BindingIdentifier | null = null;
    if (nameRequired || (this.token !== T_LBRACE && this.token !== T_EXTENDS))
      name = this.parseBindingIdentifier();
    const scope = this.scopes.push('class');
    if (name !== null) this.scopes.declareLexical(name.name, 'class', name.start);
    let heritage: Expression | null = null;
    if (this.eat(T_EXTENDS)) heritage = this.parseHeritage();
    const environment = new PrivateEnvironment(this.privateEnvironment);
    this.privateEnvironment = environment;
    const elements: ClassElement[] = [];
    let classConstructor: MethodDefinition | null = null;
    this.expect(T_LBRACE);
    while (this.token !== T_RBRACE) {
      if (this.eat(T_SEMICOLON)) continue;
      const element = this.parseClassElement(heritage !== null);
      if (element instanceof MethodDefinition && element.methodKind === 'constructor') {
        if (classConstructor !== null) this.fail('DuplicateConstructor', element.start);
        classConstructor = element;
      } else elements.push(element);
    }
    this.context = savedContext;
    this.next();
    this.closePrivateEnvironment(environment);
    this.scopes.pop();
    if (classConstructor !== null) {
      const info = classConstructor.value.info;
      info.textStart = start;
      info.textEnd = this.lastEnd;
    }
    this.stackUse -= COST_CLASS;
    return { name, heritage, classConstructor, elements, scope };
  }

  private parseHeritage(): Expression {
    const pending = this.coverErrorPos;
    this.coverErrorPos = -1;
    this.arrowStart = -1;
    const heritage = this.parseLeftHandSide();
    if (this.coverErrorPos >= 0) this.failCover();
    this.coverErrorPos = pending;
    return heritage;
  }

  /** Decides the uses of private names that the class around does not declare. */
  private closePrivateEnvironment(environment: PrivateEnvironment): void {
    const outer = environment.outer;
    this.privateEnvironment = outer;
    for (const use of environment.uses) {
      if (environment.has(use.name) || outer?.has(use.name)) continue;
      if (outer === null) this.fail('UndeclaredPrivateName', use.position, use.name);
      outer.uses.push(use);
    }
  }

  private parseClassElement(isDerived: boolean): ClassElement {
    const decorators = this.token === T_AT ? this.parseDecorators() : [];
    const start = this.tokenStart;
    let isStatic = false;
    let textStart = start;
    if (this.token === T_STATIC) {
      const { lastEnd, newlineBefore } = this;
      this.next();
      if (this.token === T_LBRACE) {
        if (decorators.length > 0) this.fail('DecoratedStaticBlock', start);
        return this.parseStaticBlock(start);
      }
      if (this.endsElementName()) this.rewind(start, lastEnd, newlineBefore);
      else {
        isStatic = true;
        textStart = this.tokenStart;
      }
    }
    const token = this.token;
    if (token === T_ASYNC || token === T_GET || token === T_SET || token === T_ACCESSOR) {
      const modifierStart = this.tokenStart;
      const { lastEnd, newlineBefore } = this;
      this.next();
      if (token === T_ASYNC) {
        if (!this.newlineBefore && (this.token === T_MUL || this.startsElementName())) {
          const isGenerator = this.eat(T_MUL);
          return this.parseClassMethod(
            start,
            textStart,
            decorators,
            'method',
            isStatic,
            true,
            isGenerator,
            isDerived,
          );
        }
      } else if (token === T_ACCESSOR) {
        if (!this.newlineBefore && this.startsElementName())
          return this.parseField(start, decorators, this.parseElementName(), isStatic, true);
      } else if (this.startsElementName()) {
        const methodKind = token === T_GET ? 'get' : 'set';
        return this.parseClassMethod(
          start,
          textStart,
          decorators,
          methodKind,
          isStatic,
          false,
          false,
          isDerived,
        );
      }
      this.rewind(modifierStart, lastEnd, newlineBefore);
    }
    if (this.eat(T_MUL))
      return this.parseClassMethod(start, textStart, decorators, 'method', isStatic, false, true, isDerived);
    const keyStart = this.tokenStart;
    const key = this.parseElementName();
    if (this.token !== T_LPAREN) return this.parseField(start, decorators, key, isStatic, false);
    return this.finishClassMethod(
      start,
      textStart,
      decorators,
      key,
      keyStart,
      'method',
      isStatic,
      false,
      false,
      isDerived,
    );
  }

  /** Behind a word that may be a modifier: whether it is the name of the element after all. */
  private endsElementName(): boolean {
    const token = this.token;
    return token !== T_MUL && !this.startsElementName();
  }

  private startsElementName(): boolean {
    const token = this.token;
    return (
      token >= T_IDENTIFIER ||
      token === T_STRING ||
      token === T_NUMBER ||
      token === T_BIGINT ||
      token === T_LBRACKET ||
      token === T_PRIVATE_NAME
    );
  }

  private parseElementName(): PropertyKeyNode {
    if (this.token !== T_PRIVATE_NAME) return this.parsePropertyName();
    const start = this.tokenStart;
    const name = this.value;
    if (name === 'constructor') this.fail('PrivateConstructor', start);
    this.next();
    return new PrivateIdentifier(start, this.lastEnd, name);
  }

  private declarePrivateName(key: PropertyKeyNode, kind: MethodKind | 'field', isStatic: boolean): void {
    if (key.kind !== KIND_PrivateIdentifier) return;
    const environment = this.privateEnvironment as PrivateEnvironment;
    if (!environment.declare(key.name, kind, isStatic)) this.fail('Redeclaration', key.start, `#${key.name}`);
  }

  private parseClassMethod(
    start: number,
    textStart: number,
    decorators: Decorator[],
    methodKind: 'method' | 'get' | 'set',
    isStatic: boolean,
    isAsync: boolean,
    isGenerator: boolean,
    isDerived: boolean,
  ): MethodDefinition {
    const keyStart = this.tokenStart;
    const key = this.parseElementName();
    return this.finishClassMethod(
      start,
      textStart,
      decorators,
      key,
      keyStart,
      methodKind,
      isStatic,
      isAsync,
      isGenerator,
      isDerived,
    );
  }

  private finishClassMethod(
    start: number,
    textStart: number,
    decorators: Decorator[],
    key: PropertyKeyNode,
    keyStart: number,
    kind: 'method' | 'get' | 'set',
    isStatic: boolean,
    isAsync: boolean,
    isGenerator: boolean,
    isDerived: boolean,
  ): MethodDefinition {
    let methodKind: MethodKind = kind;
    let functionKind: FunctionKind = kind === 'get' ? 'getter' : kind === 'set' ? 'setter' : 'method';
    let extraContext = CTX_SUPER_PROPERTY;
    if (isLiteralKey(key, 'constructor') && !isStatic) {
      if (kind !== 'method' || isAsync || isGenerator) this.fail('SpecialConstructor', keyStart);
      if (decorators.length > 0) this.fail('DecoratedConstructor', start);
      methodKind = 'constructor';
      functionKind = isDerived ? 'derived-constructor' : 'base-constructor';
      if (isDerived) extraContext |= CTX_SUPER_CALL;
    }
    if (isStatic && isLiteralKey(key, 'prototype')) this.fail('StaticPrototype', keyStart);
    this.declarePrivateName(key, methodKind, isStatic);
    const value = this.parseMethodFunction(textStart, functionKind, isAsync, isGenerator, extraContext);
    return new MethodDefinition(start, this.lastEnd, decorators, key, value, methodKind, isStatic);
  }

  private parseField(
    start: number,
    decorators: Decorator[],
    key: PropertyKeyNode,
    isStatic: boolean,
    isAccessor: boolean,
  ): FieldDefinition {
    if (isLiteralKey(key, 'constructor') || (isStatic && isLiteralKey(key, 'prototype')))
      this.fail('InvalidFieldName', key.start, isLiteralKey(key, 'prototype') ? 'prototype' : 'constructor');
    this.declarePrivateName(key, 'field', isStatic);
    let initializer: MethodFunction | null = null;
    if (this.token === T_ASSIGN) {
      this.next();
      initializer = this.parseInitializerFunction();
    }
    this.consumeSemicolon();
    return new FieldDefinition(start, this.lastEnd, decorators, key, initializer, isStatic, isAccessor);
  }

  /** A field's initializer: code of a method of its own. */
  private parseInitializerFunction(): MethodFunction {
    const start = this.tokenStart;
    const reserved = this.context & (CTX_AWAIT | CTX_AWAIT_RESERVED) ? CTX_AWAIT_RESERVED : 0;
    const outer = this.enterFunction(
      (this.context & CTX_INHERITED) |
        CTX_IN |
        CTX_NEW_TARGET |
        CTX_SUPER_PROPERTY |
        CTX_NO_ARGUMENTS |
        reserved,
    );
    const scope = this.scopes.push('function');
    const expression = this.parseAssignment();
    const info = new FunctionInfoRecord(
      'field-initializer',
      scope,
      this.source,
      start,
      this.lastEnd,
      new ParameterList(),
      this.functionFlags,
    );
    this.scopes.pop();
    this.leaveFunction(outer);
    return new MethodFunction(
      start,
      this.lastEnd,
      null,
      [],
      null,
      NO_ITEMS,
      expression,
      false,
      false,
      true,
      info,
    );
  }

  private parseStaticBlock(start: number): ClassStaticBlock {
    const bodyStart = this.tokenStart;
    const outer = this.enterFunction(
      (this.context & CTX_INHERITED) |
        CTX_IN |
        CTX_NEW_TARGET |
        CTX_SUPER_PROPERTY |
        CTX_NO_ARGUMENTS |
        CTX_AWAIT_RESERVED,
    );
    const scope = this.scopes.push('function');
    const body: StatementListItem[] = [];
    this.next();
    while (this.token !== T_RBRACE) body.push(this.parseStatementListItem());
    this.next();
    const info = new FunctionInfoRecord(
      'static-block',
      scope,
      this.source,
      start,
      this.lastEnd,
      new ParameterList(),
      this.functionFlags,
    );
    this.scopes.pop();
    this.leaveFunction(outer);
    const value = new MethodFunction(
      bodyStart,
      this.lastEnd,
      null,
      [],
      null,
      body,
      null,
      false,
      false,
      true,
      info,
    );
    return new ClassStaticBlock(start, this.lastEnd, value);
  }
}

function isLiteralKey(key: PropertyKeyNode, value: string): boolean {
  return key.kind === KIND_LiteralPropertyName && key.value === value;
}
