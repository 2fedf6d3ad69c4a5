// Functions and classes: formals, bodies with their directive prologue, arrow functions from their covers,
// methods, class elements.
//
// The strictness of a function is known only after its prologue; names read before (its own and the
// parameters') are then checked again.

import {
  type Argument,
  ArrowFunction,
  type BindingElement,
  type BindingIdentifier,
  type BindingTarget,
  type Expression,
  FunctionDeclaration,
  FunctionExpression,
  type IdentifierReference,
  KIND_BindingIdentifier,
  KIND_ExpressionStatement,
  KIND_SpreadElement,
  KIND_StringLiteral,
  MethodDefinition,
  MethodFunction,
  type PropertyKeyNode,
  type StatementListItem,
} from '../ast.gen.ts';
import { containsExpression, forEachBoundName } from '../bound-names.ts';
import type { FunctionInfo, FunctionKind, Scope } from '../scope.ts';
import type { SourceText } from '../source-text.ts';
import {
  T_COMMA,
  T_ELLIPSIS,
  T_EOF,
  T_LBRACE,
  T_LPAREN,
  T_MUL,
  T_RBRACE,
  T_RPAREN,
  T_STRING,
} from '../tokens.gen.ts';
import {
  CTX_ARROW_INHERITED,
  CTX_AWAIT,
  CTX_AWAIT_RESERVED,
  CTX_IN,
  CTX_INHERITED,
  CTX_NEW_TARGET,
  CTX_PARAMETERS,
  CTX_RETURN,
  CTX_STRICT,
  CTX_SUPER_PROPERTY,
  CTX_YIELD,
  USES_ARGUMENTS,
  USES_DIRECT_EVAL,
  USES_THIS,
} from './context.ts';
import { type ArrowCover, PrimaryParser } from './primary-expressions.ts';
import { COST_ARROW, COST_ARROW_BODY, COST_FUNCTION } from './stack-costs.ts';

const NO_ITEMS: StatementListItem[] = [];
const NO_NAMES: string[] = [];

/** The formals of one function with what the early errors and FunctionInfo ask about them. */
export class ParameterList {
  readonly parameters: BindingElement[];
  rest: BindingTarget | null;
  names: string[];
  isSimple: boolean;
  hasExpressions: boolean;
  expectedArgumentCount: number;
  /** Offset and name of the first parameter name that occurs twice, or -1. */
  duplicatePos: number;
  duplicateName: string;

  constructor() {
    this.parameters = [];
    this.rest = null;
    this.names = NO_NAMES;
    this.isSimple = true;
    this.hasExpressions = false;
    this.expectedArgumentCount = -1;
    this.duplicatePos = -1;
    this.duplicateName = '';
  }
}

export class FunctionInfoRecord implements FunctionInfo {
  readonly functionKind: FunctionKind;
  readonly scope: Scope;
  readonly source: SourceText;
  textStart: number;
  textEnd: number;
  readonly parameterNames: string[];
  readonly hasSimpleParameterList: boolean;
  readonly hasParameterExpressions: boolean;
  readonly hasDuplicateParameters: boolean;
  readonly expectedArgumentCount: number;
  usesArguments: boolean;
  usesThis: boolean;
  containsDirectEval: boolean;

  constructor(
    functionKind: FunctionKind,
    scope: Scope,
    source: SourceText,
    textStart: number,
    textEnd: number,
    list: ParameterList,
    flags: number,
  ) {
    this.functionKind = functionKind;
    this.scope = scope;
    this.source = source;
    this.textStart = textStart;
    this.textEnd = textEnd;
    this.parameterNames = list.names;
    this.hasSimpleParameterList = list.isSimple;
    this.hasParameterExpressions = list.hasExpressions;
    this.hasDuplicateParameters = list.duplicatePos >= 0;
    this.expectedArgumentCount =
      list.expectedArgumentCount < 0 ? list.parameters.length : list.expectedArgumentCount;
    this.usesArguments = (flags & USES_ARGUMENTS) !== 0;
    this.usesThis = (flags & USES_THIS) !== 0;
    this.containsDirectEval = (flags & USES_DIRECT_EVAL) !== 0;
  }
}

/** What parseFunctionParts found, for the caller to make its node of. */
interface FunctionParts {
  readonly list: ParameterList;
  readonly body: StatementListItem[];
  readonly strict: boolean;
  readonly info: FunctionInfo;
}

/** The parser's state that belongs to the function being read. */
interface OuterFunction {
  readonly context: number;
  readonly flags: number;
  readonly labelBase: number;
  readonly loopDepth: number;
  readonly breakableDepth: number;
  readonly coverErrorPos: number;
  readonly yieldPos: number;
  readonly awaitPos: number;
  readonly awaitNamePos: number;
}

export abstract class FunctionParser extends PrimaryParser {
  protected abstract parseStatementListItem(): StatementListItem;

  // ---------------------------------------------------------------- functions in general

  protected enterFunction(context: number): OuterFunction {
    const outer: OuterFunction = {
      context: this.context,
      flags: this.functionFlags,
      labelBase: this.labelBase,
      loopDepth: this.loopDepth,
      breakableDepth: this.breakableDepth,
      coverErrorPos: this.coverErrorPos,
      yieldPos: this.yieldPos,
      awaitPos: this.awaitPos,
      awaitNamePos: this.awaitNamePos,
    };
    this.context = context;
    this.functionFlags = 0;
    this.labelBase = this.labelNames.length;
    this.loopDepth = 0;
    this.breakableDepth = 0;
    this.coverErrorPos = -1;
    this.functionDepth++;
    return outer;
  }

  protected leaveFunction(outer: OuterFunction): void {
    this.context = outer.context;
    this.functionFlags = outer.flags;
    this.labelBase = outer.labelBase;
    this.loopDepth = outer.loopDepth;
    this.breakableDepth = outer.breakableDepth;
    this.coverErrorPos = outer.coverErrorPos;
    this.yieldPos = outer.yieldPos;
    this.awaitPos = outer.awaitPos;
    this.awaitNamePos = outer.awaitNamePos;
    this.functionDepth--;
  }

  /** `( formals ) { body }`. `extraContext` holds what the kind of function allows. */
  protected parseFunctionParts(
    functionKind: FunctionKind,
    isAsync: boolean,
    isGenerator: boolean,
    extraContext: number,
    name: BindingIdentifier | null,
    textStart: number,
  ): FunctionParts {
    this.stackUse += COST_FUNCTION;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    const context =
      (this.context & CTX_INHERITED) |
      CTX_IN |
      CTX_RETURN |
      CTX_NEW_TARGET |
      extraContext |
      (isAsync ? CTX_AWAIT : 0) |
      (isGenerator ? CTX_YIELD : 0);
    const outer = this.enterFunction(context);
    const scope = this.scopes.push('function');
    if (this.token !== T_LPAREN) this.unexpected();
    this.context |= CTX_PARAMETERS;
    const list = this.parseFormalParameters();
    this.context = context;
    this.checkAccessorParameters(functionKind, list, textStart);
    const mustBeUnique = functionKind !== 'normal';
    const body = this.parseFunctionBody(list, name, mustBeUnique);
    const strict = this.isStrict;
    const info = new FunctionInfoRecord(
      functionKind,
      scope,
      this.source,
      textStart,
      this.lastEnd,
      list,
      this.functionFlags,
    );
    this.scopes.pop();
    this.leaveFunction(outer);
    this.stackUse -= COST_FUNCTION;
    return { list, body, strict, info };
  }

  private checkAccessorParameters(functionKind: FunctionKind, list: ParameterList, pos: number): void {
    if (functionKind === 'getter') {
      if (list.parameters.length !== 0 || list.rest !== null) this.fail('GetterParameters', pos);
    } else if (functionKind === 'setter') {
      if (list.parameters.length !== 1 || list.rest !== null) this.fail('SetterParameters', pos);
    }
  }

  /** `( FormalParameters )`; declares their names in the open scope. */
  private parseFormalParameters(): ParameterList {
    this.next();
    const list = this.parseFormalParameterItems(T_RPAREN);
    this.expect(T_RPAREN);
    return list;
  }

  /** Formals up to a token that cannot go on with them, which the caller checks. */
  protected parseFormalParameterItems(closingToken: number): ParameterList {
    const list = new ParameterList();
    while (this.token !== closingToken) {
      if (this.token === T_ELLIPSIS) {
        this.addRest(list, this.parseRestParameter());
        break;
      }
      this.addParameter(list, this.parseBindingElement());
      if (this.token !== T_COMMA) break;
      this.next();
    }
    return list;
  }

  /** `... BindingIdentifier` or `... BindingPattern`. */
  protected parseRestParameter(): BindingTarget {
    this.next();
    return this.parseBindingTarget();
  }

  private addParameter(list: ParameterList, element: BindingElement): void {
    if (element.initializer !== null) {
      list.isSimple = false;
      list.hasExpressions = true;
      if (list.expectedArgumentCount < 0) list.expectedArgumentCount = list.parameters.length;
    }
    list.parameters.push(element);
    this.addParameterTarget(list, element.target);
  }

  private addRest(list: ParameterList, rest: BindingTarget): void {
    list.isSimple = false;
    list.rest = rest;
    this.addParameterTarget(list, rest);
  }

  private addParameterTarget(list: ParameterList, target: BindingTarget): void {
    if (target.kind === KIND_BindingIdentifier) {
      this.addParameterName(list, target);
      return;
    }
    list.isSimple = false;
    if (!list.hasExpressions && containsExpression(target)) list.hasExpressions = true;
    forEachBoundName(target, (name) => this.addParameterName(list, name));
  }

  private addParameterName(list: ParameterList, identifier: BindingIdentifier): void {
    if (list.names === NO_NAMES) list.names = [identifier.name];
    else list.names.push(identifier.name);
    if (!this.scopes.declareParameter(identifier.name) && list.duplicatePos < 0) {
      list.duplicatePos = identifier.start;
      list.duplicateName = identifier.name;
    }
  }

  /** `{ FunctionBody }`. */
  private parseFunctionBody(
    list: ParameterList,
    name: BindingIdentifier | null,
    mustBeUnique: boolean,
  ): StatementListItem[] {
    if (this.token !== T_LBRACE) this.unexpected();
    this.next();
    return this.parseFunctionBodyItems(list, name, mustBeUnique, T_RBRACE);
  }

  /** FunctionBody of a function without parameters, up to `closingToken`. */
  protected parseBodyAlone(closingToken: number): void {
    this.parseFunctionBodyItems(new ParameterList(), null, false, closingToken);
  }

  /** FunctionBody and `closingToken`, with the early errors that depend on the body's strictness. */
  private parseFunctionBodyItems(
    list: ParameterList,
    name: BindingIdentifier | null,
    mustBeUnique: boolean,
    closingToken: number,
  ): StatementListItem[] {
    const body: StatementListItem[] = [];
    const wasStrict = this.isStrict;
    if (this.token === T_STRING) this.parseDirectives(body, list.isSimple, closingToken);
    if (this.isStrict && !wasStrict) {
      if (name !== null) this.checkNameInStrictCode(name.name, name.start);
      for (const parameter of list.parameters)
        if (parameter.target.kind === KIND_BindingIdentifier)
          this.checkNameInStrictCode(parameter.target.name, parameter.target.start);
    }
    if (list.duplicatePos >= 0 && (mustBeUnique || this.isStrict || !list.isSimple))
      this.fail('DuplicateParameter', list.duplicatePos, list.duplicateName);
    while (this.token !== closingToken) {
      if (this.token === T_EOF) this.fail('ExpectedTokenAtEnd', this.tokenStart, '}');
      body.push(this.parseStatementListItem());
    }
    this.next();
    return body;
  }

  /**
   * The directive prologue; `Use Strict Directive`s turn on strict mode. The statements go into `body`.
   * https://tc39.es/ecma262/#sec-directive-prologues-and-the-use-strict-directive
   */
  protected parseDirectives(
    body: StatementListItem[],
    hasSimpleParameters: boolean,
    closingToken: number,
  ): void {
    let octalPos = -1;
    while (this.token === T_STRING && this.token !== closingToken) {
      const start = this.tokenStart;
      const end = this.pos;
      if (octalPos < 0) octalPos = this.octalPos;
      const item = this.parseStatementListItem();
      body.push(item);
      if (item.kind !== KIND_ExpressionStatement) return;
      const expression = item.expression;
      if (expression.kind !== KIND_StringLiteral || expression.start !== start) return;
      if (end - start !== 12 || this.text.slice(start + 1, end - 1) !== 'use strict') continue;
      if (!hasSimpleParameters) this.fail('UseStrictNonSimple', start);
      this.context |= CTX_STRICT;
      if (octalPos >= 0) this.fail('StrictOctal', octalPos);
    }
  }

  // ---------------------------------------------------------------- function declarations and expressions

  /** Behind `function` or `async function`, `*` and a name. `nameOptional`: `export default function () {}`. */
  protected parseFunctionDeclaration(
    start: number,
    isAsync: boolean,
    nameOptional: boolean,
  ): FunctionDeclaration {
    this.next();
    const isGenerator = this.eat(T_MUL);
    let name: BindingIdentifier | null = null;
    if (this.token !== T_LPAREN || !nameOptional) name = this.parseBindingIdentifier();
    const { list, body, strict, info } = this.parseFunctionParts(
      'normal',
      isAsync,
      isGenerator,
      0,
      name,
      start,
    );
    return new FunctionDeclaration(
      start,
      this.lastEnd,
      name,
      list.parameters,
      list.rest,
      body,
      null,
      isAsync,
      isGenerator,
      strict,
      info,
    );
  }

  protected parseFunctionExpression(start: number, isAsync: boolean): FunctionExpression {
    this.next();
    const isGenerator = this.eat(T_MUL);
    let name: BindingIdentifier | null = null;
    if (this.token !== T_LPAREN) {
      // The name of a function expression is read in the function's own context.
      const saved = this.context;
      this.context =
        (saved & ~(CTX_YIELD | CTX_AWAIT | CTX_AWAIT_RESERVED)) |
        (isAsync ? CTX_AWAIT : 0) |
        (isGenerator ? CTX_YIELD : 0);
      const { awaitNamePos } = this;
      name = this.parseBindingIdentifier();
      this.awaitNamePos = awaitNamePos;
      this.context = saved;
    }
    const { list, body, strict, info } = this.parseFunctionParts(
      'normal',
      isAsync,
      isGenerator,
      0,
      name,
      start,
    );
    return new FunctionExpression(
      start,
      this.lastEnd,
      name,
      list.parameters,
      list.rest,
      body,
      null,
      isAsync,
      isGenerator,
      strict,
      info,
    );
  }

  // ---------------------------------------------------------------- arrow functions

  protected parseArrowOfName(start: number, parameter: IdentifierReference, isAsync: boolean): ArrowFunction {
    if (this.newlineBefore) this.unexpected();
    const cover: ArrowCover = { start, scopeMark: this.scopes.mark(), flags: 0 };
    return this.parseArrowOfCover(cover, [parameter], null, isAsync);
  }

  protected parseArrowOfCover(
    cover: ArrowCover,
    items: readonly Argument[],
    rest: BindingTarget | null,
    isAsync: boolean,
  ): ArrowFunction {
    this.stackUse += COST_ARROW;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    const outerContext = this.context;
    const bodyContext = (outerContext & CTX_ARROW_INHERITED) | (isAsync ? CTX_AWAIT : 0);
    const outer = this.enterFunction(bodyContext);
    this.functionFlags = cover.flags;
    const scope = this.scopes.push('function');
    this.scopes.adopt(cover.scopeMark);
    if ((cover.flags & USES_DIRECT_EVAL) !== 0) scope.containsDirectEval = true;
    const list = new ParameterList();
    for (const item of items) {
      if (item.kind === KIND_SpreadElement) {
        if (list.rest !== null) this.fail('RestNotLast', item.start);
        this.addRest(list, this.toBindingTarget(item.argument));
      } else {
        if (list.rest !== null) this.fail('RestNotLast', item.start);
        this.addParameter(list, this.toParameter(item));
      }
    }
    if (rest !== null) this.addRest(list, rest);
    this.next();
    let body = NO_ITEMS;
    let conciseBody: Expression | null = null;
    if (this.token === T_LBRACE) {
      this.context = bodyContext | CTX_IN | CTX_RETURN;
      this.stackUse += COST_ARROW_BODY;
      if (this.stackUse > this.stackLimit) this.tooDeep();
      body = this.parseFunctionBody(list, null, true);
      this.stackUse -= COST_ARROW_BODY;
    } else {
      if (list.duplicatePos >= 0) this.fail('DuplicateParameter', list.duplicatePos, list.duplicateName);
      conciseBody = this.parseAssignment();
    }
    const strict = this.isStrict;
    const flags = this.functionFlags;
    const info = new FunctionInfoRecord('arrow', scope, this.source, cover.start, this.lastEnd, list, flags);
    this.scopes.pop();
    this.leaveFunction(outer);
    this.functionFlags |= flags;
    this.stackUse -= COST_ARROW;
    return new ArrowFunction(
      cover.start,
      this.lastEnd,
      null,
      list.parameters,
      list.rest,
      body,
      conciseBody,
      isAsync,
      false,
      strict,
      info,
    );
  }

  // ---------------------------------------------------------------- methods

  protected parseObjectMethod(
    start: number,
    key: PropertyKeyNode,
    methodKind: 'method' | 'get' | 'set',
    isAsync: boolean,
    isGenerator: boolean,
  ): MethodDefinition {
    const functionKind = methodKind === 'get' ? 'getter' : methodKind === 'set' ? 'setter' : 'method';
    const value = this.parseMethodFunction(start, functionKind, isAsync, isGenerator, CTX_SUPER_PROPERTY);
    return new MethodDefinition(start, this.lastEnd, [], key, value, methodKind, false);
  }

  protected parseMethodFunction(
    start: number,
    functionKind: FunctionKind,
    isAsync: boolean,
    isGenerator: boolean,
    extraContext: number,
  ): MethodFunction {
    const valueStart = this.tokenStart;
    const { list, body, strict, info } = this.parseFunctionParts(
      functionKind,
      isAsync,
      isGenerator,
      extraContext,
      null,
      start,
    );
    return new MethodFunction(
      valueStart,
      this.lastEnd,
      null,
      list.parameters,
      list.rest,
      body,
      null,
      isAsync,
      isGenerator,
      strict,
      info,
    );
  }
}
