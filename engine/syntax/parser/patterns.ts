// Binding patterns, and the reading of literals again as patterns: an ObjectLiteral or ArrayLiteral that
// turns out to stand left of `=` or in arrow parameters is converted once, without reading its text again.

import {
  ArrayAssignmentPattern,
  ArrayBindingPattern,
  type ArrayLiteral,
  AssignmentElement,
  AssignmentProperty,
  type AssignmentTarget,
  BindingElement,
  BindingIdentifier,
  BindingProperty,
  type BindingTarget,
  type Expression,
  type IdentifierReference,
  KIND_ArrayAssignmentPattern,
  KIND_ArrayLiteral,
  KIND_AssignmentExpression,
  KIND_BindingIdentifier,
  KIND_CallExpression,
  KIND_ComputedMember,
  KIND_IdentifierReference,
  KIND_MethodDefinition,
  KIND_ObjectAssignmentPattern,
  KIND_ObjectLiteral,
  KIND_OptionalChain,
  KIND_ParenthesizedExpression,
  KIND_PrivateMember,
  KIND_PropertyDefinition,
  KIND_ShorthandProperty,
  KIND_SpreadElement,
  KIND_SpreadProperty,
  KIND_StaticMember,
  KIND_SuperComputedMember,
  KIND_SuperStaticMember,
  LiteralPropertyName,
  ObjectAssignmentPattern,
  ObjectBindingPattern,
  type ObjectLiteral,
  type ObjectLiteralMember,
  type PropertyKeyNode,
  type SimpleTarget,
} from '../ast.gen.ts';
import { forEachBoundName } from '../bound-names.ts';
import type { LexicalBindingKind } from '../scope.ts';
import {
  T_ASSIGN,
  T_COLON,
  T_COMMA,
  T_ELLIPSIS,
  T_LBRACE,
  T_LBRACKET,
  T_RBRACE,
  T_RBRACKET,
} from '../tokens.gen.ts';
import { ParserBase } from './base.ts';
import { CTX_IN } from './context.ts';
import { COST_PATTERN } from './stack-costs.ts';

/**
 * `{ name = initializer }` in an ObjectLiteral, which only a pattern may contain (CoverInitializedName). It
 * stands among the properties until the literal is converted; a literal that stays one is refused.
 */
export class CoverInitializedName {
  readonly kind: -1;
  readonly start: number;
  readonly end: number;
  readonly reference: IdentifierReference;
  readonly initializer: Expression;

  constructor(start: number, end: number, reference: IdentifierReference, initializer: Expression) {
    this.kind = -1;
    this.start = start;
    this.end = end;
    this.reference = reference;
    this.initializer = initializer;
  }
}

export const CALL_TARGETS_ALLOWED = true;
export const CALL_TARGETS_FORBIDDEN = false;

export abstract class PatternParser extends ParserBase {
  /** ArrayLiterals and ObjectLiterals with a comma behind a spread: valid as literals, not as patterns. */
  protected readonly commaAfterSpread: Set<Expression> = new Set();

  /** A complete AssignmentExpression. */
  protected abstract parseAssignment(): Expression;
  protected abstract parsePropertyName(): PropertyKeyNode;

  // ---------------------------------------------------------------- binding patterns

  protected parseBindingTarget(): BindingTarget {
    if (this.token === T_LBRACE) return this.parseObjectBindingPattern();
    if (this.token === T_LBRACKET) return this.parseArrayBindingPattern();
    return this.parseBindingIdentifier();
  }

  /** BindingElement: a target with an optional initializer. Also FormalParameter. */
  protected parseBindingElement(): BindingElement {
    const start = this.tokenStart;
    const target = this.parseBindingTarget();
    const initializer = this.parseOptionalInitializer();
    return new BindingElement(start, this.lastEnd, target, initializer);
  }

  private parseOptionalInitializer(): Expression | null {
    if (this.token !== T_ASSIGN) return null;
    this.next();
    const saved = this.context;
    this.context |= CTX_IN;
    const initializer = this.parseAssignment();
    this.context = saved;
    return initializer;
  }

  private parseObjectBindingPattern(): ObjectBindingPattern {
    this.stackUse += COST_PATTERN;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    const start = this.tokenStart;
    const properties: BindingProperty[] = [];
    let rest: BindingIdentifier | null = null;
    this.next();
    while (this.token !== T_RBRACE) {
      if (this.token === T_ELLIPSIS) {
        this.next();
        rest = this.parseBindingIdentifier();
        break;
      }
      properties.push(this.parseBindingProperty());
      if (this.token !== T_COMMA) break;
      this.next();
    }
    this.expect(T_RBRACE);
    this.stackUse -= COST_PATTERN;
    return new ObjectBindingPattern(start, this.lastEnd, properties, rest);
  }

  private parseBindingProperty(): BindingProperty {
    const start = this.tokenStart;
    if (this.isIdentifierToken()) {
      const state = this.text.charCodeAt(this.pos);
      // `name:` is a key even where `name` is reserved; otherwise the name is also the binding.
      const isPlain = state === 0x2c || state === 0x7d;
      if (isPlain || !this.isFollowedByColon()) {
        const target = this.parseBindingIdentifier();
        const key = new LiteralPropertyName(start, target.end, target.name);
        const initializer = this.parseOptionalInitializer();
        return new BindingProperty(start, this.lastEnd, key, target, initializer);
      }
    }
    const key = this.parsePropertyName();
    if (this.token !== T_COLON) {
      // A reserved word without `:`.
      this.rewind(start, this.lastEnd, this.newlineBefore);
      this.unexpected();
    }
    this.next();
    const target = this.parseBindingTarget();
    const initializer = this.parseOptionalInitializer();
    return new BindingProperty(start, this.lastEnd, key, target, initializer);
  }

  /** Whether the token behind the current one, a name, is `:`. */
  private isFollowedByColon(): boolean {
    const { tokenStart, lastEnd, newlineBefore } = this;
    this.next();
    const found = this.token === T_COLON;
    this.rewind(tokenStart, lastEnd, newlineBefore);
    return found;
  }

  private parseArrayBindingPattern(): ArrayBindingPattern {
    this.stackUse += COST_PATTERN;
    if (this.stackUse > this.stackLimit) this.tooDeep();
    const start = this.tokenStart;
    const elements: (BindingElement | null)[] = [];
    let rest: BindingTarget | null = null;
    this.next();
    while (this.token !== T_RBRACKET) {
      if (this.token === T_COMMA) {
        elements.push(null);
        this.next();
        continue;
      }
      if (this.token === T_ELLIPSIS) {
        this.next();
        rest = this.parseBindingTarget();
        break;
      }
      elements.push(this.parseBindingElement());
      if (this.token !== T_COMMA) break;
      this.next();
    }
    this.expect(T_RBRACKET);
    this.stackUse -= COST_PATTERN;
    return new ArrayBindingPattern(start, this.lastEnd, elements, rest);
  }

  // ---------------------------------------------------------------- declaring the names of a pattern

  protected declareVarNames(target: BindingTarget): void {
    if (target.kind === KIND_BindingIdentifier) {
      if (!this.scopes.declareVar(target.name)) this.fail('Redeclaration', target.start, target.name);
      return;
    }
    forEachBoundName(target, (name) => {
      if (!this.scopes.declareVar(name.name)) this.fail('Redeclaration', name.start, name.name);
    });
  }

  protected declareLexicalNames(target: BindingTarget, kind: LexicalBindingKind): void {
    if (target.kind === KIND_BindingIdentifier) this.declareLexicalName(target, kind);
    else forEachBoundName(target, (name) => this.declareLexicalName(name, kind));
  }

  protected declareLexicalName(identifier: BindingIdentifier, kind: LexicalBindingKind): void {
    if (identifier.name === 'let' && kind !== 'class') this.fail('LetInLexicalDeclaration', identifier.start);
    if (!this.scopes.declareLexical(identifier.name, kind, identifier.start))
      this.fail('Redeclaration', identifier.start, identifier.name);
  }

  // ---------------------------------------------------------------- expressions as assignment targets

  /**
   * Checks that `expression` is a simple assignment target. Calls are targets in sloppy code, where Annex B
   * makes them an error at run time. https://tc39.es/ecma262/#sec-static-semantics-assignmenttargettype
   */
  protected checkSimpleTarget(expression: Expression, callsAllowed: boolean): SimpleTarget {
    let inner: Expression = expression;
    while (inner.kind === KIND_ParenthesizedExpression) inner = inner.expression;
    switch (inner.kind) {
      case KIND_IdentifierReference:
        if (this.isStrict) this.checkStrictBinding(inner.name, inner.start);
        break;
      case KIND_StaticMember:
      case KIND_ComputedMember:
      case KIND_PrivateMember:
      case KIND_SuperStaticMember:
      case KIND_SuperComputedMember:
        break;
      case KIND_CallExpression:
        if (!callsAllowed || this.isStrict) this.fail('InvalidAssignmentTarget', expression.start);
        break;
      default:
        this.fail(
          inner.kind === KIND_OptionalChain ? 'OptionalChainTarget' : 'InvalidAssignmentTarget',
          expression.start,
        );
    }
    return expression as SimpleTarget;
  }

  /** The left side of `=`, `in` or `of`: a pattern or a simple target. */
  protected toAssignmentTarget(expression: Expression, callsAllowed: boolean): AssignmentTarget {
    if (expression.kind === KIND_ObjectLiteral) return this.toObjectAssignmentPattern(expression);
    if (expression.kind === KIND_ArrayLiteral) return this.toArrayAssignmentPattern(expression);
    return this.checkSimpleTarget(expression, callsAllowed);
  }

  private toArrayAssignmentPattern(literal: ArrayLiteral): ArrayAssignmentPattern {
    const elements: (AssignmentElement | null)[] = [];
    let rest: AssignmentTarget | null = null;
    const source = literal.elements;
    for (let i = 0; i < source.length; i++) {
      const element = source[i];
      if (element === null) elements.push(null);
      else if (element.kind === KIND_SpreadElement) {
        this.checkRest(literal, element, i === source.length - 1);
        rest = this.toAssignmentTarget(element.argument, CALL_TARGETS_FORBIDDEN);
      } else {
        const { target, initializer } = this.toTargetAndInitializer(element);
        elements.push(new AssignmentElement(element.start, element.end, target, initializer));
      }
    }
    return new ArrayAssignmentPattern(literal.start, literal.end, elements, rest);
  }

  private toObjectAssignmentPattern(literal: ObjectLiteral): ObjectAssignmentPattern {
    const properties: AssignmentProperty[] = [];
    let rest: AssignmentTarget | null = null;
    const members = literal.properties as readonly (ObjectLiteralMember | CoverInitializedName)[];
    for (let i = 0; i < members.length; i++) {
      const member = members[i];
      switch (member.kind) {
        case KIND_PropertyDefinition: {
          const { target, initializer } = this.toTargetAndInitializer(member.value);
          properties.push(new AssignmentProperty(member.start, member.end, member.key, target, initializer));
          break;
        }
        case KIND_ShorthandProperty:
          this.checkSimpleTarget(member.reference, CALL_TARGETS_FORBIDDEN);
          properties.push(
            new AssignmentProperty(member.start, member.end, keyOf(member.reference), member.reference, null),
          );
          break;
        case -1:
          this.checkSimpleTarget(member.reference, CALL_TARGETS_FORBIDDEN);
          properties.push(
            new AssignmentProperty(
              member.start,
              member.end,
              keyOf(member.reference),
              member.reference,
              member.initializer,
            ),
          );
          break;
        case KIND_SpreadProperty:
          this.checkRest(literal, member, i === members.length - 1);
          rest = this.checkSimpleTarget(member.argument, CALL_TARGETS_FORBIDDEN);
          break;
        case KIND_MethodDefinition:
          this.fail('InvalidDestructuringTarget', member.start);
      }
    }
    return new ObjectAssignmentPattern(literal.start, literal.end, properties, rest);
  }

  private toTargetAndInitializer(expression: Expression): {
    target: AssignmentTarget;
    initializer: Expression | null;
  } {
    if (expression.kind === KIND_AssignmentExpression && expression.operator === '=') {
      const target = expression.target;
      if (target.kind !== KIND_ObjectAssignmentPattern && target.kind !== KIND_ArrayAssignmentPattern)
        this.checkSimpleTarget(target, CALL_TARGETS_FORBIDDEN);
      return { target, initializer: expression.value };
    }
    return { target: this.toAssignmentTarget(expression, CALL_TARGETS_FORBIDDEN), initializer: null };
  }

  private checkRest(
    literal: ArrayLiteral | ObjectLiteral,
    spread: { readonly start: number; readonly end: number },
    isLast: boolean,
  ): void {
    if (!isLast || this.commaAfterSpread.has(literal)) this.fail('RestNotLast', spread.end);
  }

  // ---------------------------------------------------------------- expressions as arrow parameters

  /** An item of a parenthesized list as the FormalParameter of an arrow function. */
  protected toParameter(expression: Expression): BindingElement {
    const { start, end } = expression;
    if (expression.kind === KIND_AssignmentExpression && expression.operator === '=')
      return new BindingElement(start, end, this.toBindingTarget(expression.target), expression.value);
    return new BindingElement(start, end, this.toBindingTarget(expression), null);
  }

  /** A literal, or the pattern a literal was already converted to, as a binding pattern. */
  protected toBindingTarget(expression: Expression | AssignmentTarget): BindingTarget {
    switch (expression.kind) {
      case KIND_IdentifierReference:
        return this.toBindingIdentifier(expression);
      case KIND_ObjectLiteral:
        return this.toBindingTarget(this.toObjectAssignmentPattern(expression));
      case KIND_ArrayLiteral:
        return this.toBindingTarget(this.toArrayAssignmentPattern(expression));
      case KIND_ObjectAssignmentPattern: {
        const properties: BindingProperty[] = [];
        for (const property of expression.properties) {
          const target = this.toBindingTarget(property.target);
          properties.push(
            new BindingProperty(property.start, property.end, property.key, target, property.initializer),
          );
        }
        let rest: BindingIdentifier | null = null;
        if (expression.rest !== null) {
          if (expression.rest.kind !== KIND_IdentifierReference)
            this.fail('InvalidParameter', expression.rest.start);
          rest = this.toBindingIdentifier(expression.rest);
        }
        return new ObjectBindingPattern(expression.start, expression.end, properties, rest);
      }
      case KIND_ArrayAssignmentPattern: {
        const elements: (BindingElement | null)[] = [];
        for (const element of expression.elements) {
          if (element === null) elements.push(null);
          else {
            const target = this.toBindingTarget(element.target);
            elements.push(new BindingElement(element.start, element.end, target, element.initializer));
          }
        }
        const rest = expression.rest === null ? null : this.toBindingTarget(expression.rest);
        return new ArrayBindingPattern(expression.start, expression.end, elements, rest);
      }
      default:
        return this.fail('InvalidParameter', expression.start);
    }
  }

  private toBindingIdentifier(reference: IdentifierReference): BindingIdentifier {
    if (this.isStrict) this.checkStrictBinding(reference.name, reference.start);
    return new BindingIdentifier(reference.start, reference.end, reference.name);
  }
}

function keyOf(reference: IdentifierReference): LiteralPropertyName {
  return new LiteralPropertyName(reference.start, reference.end, reference.name);
}
