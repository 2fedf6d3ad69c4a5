// Primary expressions and member accesses, https://tc39.es/ecma262/#sec-primary-expression .
import {
  type ArrayLiteral,
  type ArrowFunction,
  type ComputedMember,
  type Expression,
  type FunctionExpression,
  type IdentifierReference,
  KIND_ArrayLiteral,
  KIND_ArrowFunction,
  KIND_ComputedMember,
  KIND_ComputedPropertyName,
  KIND_FunctionExpression,
  KIND_IdentifierReference,
  KIND_MethodDefinition,
  KIND_ObjectLiteral,
  KIND_PrivateIdentifier,
  KIND_PrivateMember,
  KIND_PropertyDefinition,
  KIND_RegularExpressionLiteral,
  KIND_ShorthandProperty,
  KIND_SpreadElement,
  KIND_SpreadProperty,
  KIND_StaticMember,
  KIND_SuperComputedMember,
  KIND_SuperStaticMember,
  KIND_TemplateLiteral,
  KIND_ThisExpression,
  type ObjectLiteral,
  type PrivateMember,
  type PropertyKeyNode,
  type RegularExpressionLiteral,
  type StaticMember,
  type SuperComputedMember,
  type SuperStaticMember,
  type TemplateLiteral,
  type ThisExpression,
} from '../../syntax/ast.gen.ts';
import { loadIdentifier } from './bindings.ts';
import { constantOfOperand, foldToString } from './constant-folding.ts';
import {
  compileOperand,
  compileOperandBefore,
  compileToTemporary,
  constantOperand,
  type ExpressionRow,
} from './dispatch.ts';
import type { FunctionCompiler } from './function-compiler.ts';
import { compileClosure, compileMethodClosure, compileNamed, compileNamedByRegister } from './functions.ts';
import { compileTarget, loadTarget } from './targets.ts';

function compileIdentifier(c: FunctionCompiler, node: IdentifierReference, dst: number): void {
  loadIdentifier(c, node, dst);
}

function compileThisExpression(c: FunctionCompiler, node: ThisExpression, dst: number): void {
  c.writer.at(node.start);
  c.emit.loadThisBinding(dst, c.environmentRegister);
}

function compileRegExp(c: FunctionCompiler, node: RegularExpressionLiteral, dst: number): void {
  c.writer.at(node.start);
  c.emit.newRegExp(dst, c.writer.constant(node.pattern), c.writer.constant(node.flags));
}

function compileTemplate(c: FunctionCompiler, node: TemplateLiteral, dst: number): void {
  const { emit, writer } = c;
  const text = writer.newRegister();
  const first = node.quasis[0].cooked as string;
  let isEmpty = first === '';
  if (!isEmpty) emit.move(text, writer.constantRegister(first));
  for (let i = 0; i < node.expressions.length; i++) {
    const mark = writer.mark();
    const constant = constantOfOperand(node.expressions[i]);
    const known = constant === null ? null : foldToString(constant);
    const value = known === null ? compileOperand(c, node.expressions[i]) : constantOperand(c, known);
    writer.at(node.expressions[i].start);
    if (known !== null) {
      if (isEmpty) emit.move(text, value);
      else emit.concat(text, text, value);
    } else if (isEmpty) emit.toString(text, value);
    else {
      const part = writer.newRegister();
      emit.toString(part, value);
      emit.concat(text, text, part);
    }
    isEmpty = false;
    const quasi = node.quasis[i + 1].cooked as string;
    if (quasi !== '') emit.concat(text, text, writer.constantRegister(quasi));
    writer.release(mark);
  }
  emit.move(dst, text);
}

/** Elements that go through registers into a new array. */
const MAX_ELEMENTS_AT_ONCE = 32;

function compileArray(c: FunctionCompiler, node: ArrayLiteral, dst: number): void {
  const { emit, writer } = c;
  const elements = node.elements;
  const first = writer.mark();
  let count = 0;
  while (count < elements.length && count < MAX_ELEMENTS_AT_ONCE) {
    const element = elements[count];
    if (element === null || element.kind === KIND_SpreadElement) break;
    compileToTemporary(c, element);
    count++;
  }
  writer.at(node.start);
  if (count === elements.length) {
    emit.newArray(dst, first, count);
    return;
  }
  writer.release(first);
  const array = writer.newRegister();
  emit.newArray(array, first, count);
  for (let i = count; i < elements.length; i++) {
    const element = elements[i];
    const mark = writer.mark();
    if (element === null) emit.arrayAppendHole(array);
    else if (element.kind === KIND_SpreadElement) {
      const iterable = compileOperand(c, element.argument);
      writer.at(element.start);
      emit.arrayAppendIterated(array, iterable);
    } else emit.arrayAppend(array, compileOperand(c, element));
    writer.release(mark);
  }
  emit.move(dst, array);
}

/** The property key in a register. */
export function compilePropertyKey(c: FunctionCompiler, key: PropertyKeyNode): number {
  if (key.kind === KIND_ComputedPropertyName) {
    const dst = c.writer.newRegister();
    const value = compileOperand(c, key.expression);
    c.emit.toPropertyKey(dst, value);
    return dst;
  }
  return c.writer.constantRegister(key.kind === KIND_PrivateIdentifier ? key.name : key.value);
}

const METHOD_KINDS = { method: 0, constructor: 0, get: 1, set: 2 } as const;

export function methodKindOf(kind: keyof typeof METHOD_KINDS): number {
  return METHOD_KINDS[kind];
}

function compileObject(c: FunctionCompiler, node: ObjectLiteral, dst: number): void {
  const { emit, writer } = c;
  const object = writer.newRegister();
  emit.newObject(object);
  for (const property of node.properties) {
    const mark = writer.mark();
    switch (property.kind) {
      case KIND_ShorthandProperty: {
        const value = compileOperand(c, property.reference);
        emit.defineNamed(object, writer.constant(property.reference.name), value, writer.ic());
        break;
      }
      case KIND_SpreadProperty: {
        const from = compileOperand(c, property.argument);
        emit.copyDataProperties(object, from, writer.mark(), 0);
        break;
      }
      case KIND_MethodDefinition: {
        const key = compilePropertyKey(c, property.key);
        const method = compileMethodClosure(
          c,
          property.value,
          object,
          key,
          methodKindOf(property.methodKind),
        );
        emit.defineMethod(object, key, method, methodKindOf(property.methodKind));
        break;
      }
      case KIND_PropertyDefinition: {
        const { key } = property;
        if (property.isProtoSetter) emit.setPrototype(object, compileOperand(c, property.value));
        else if (key.kind === KIND_ComputedPropertyName) {
          const keyRegister = compilePropertyKey(c, key);
          const value = writer.newRegister();
          compileNamedByRegister(c, property.value, keyRegister, value);
          emit.defineElement(object, keyRegister, value);
        } else {
          const name = key.kind === KIND_PrivateIdentifier ? key.name : key.value;
          const value = namedOperand(c, property.value, String(name));
          emit.defineNamed(object, writer.constant(name), value, writer.ic());
        }
      }
    }
    writer.release(mark);
  }
  emit.move(dst, object);
}

function namedOperand(c: FunctionCompiler, node: Expression, name: string): number {
  switch (node.kind) {
    case KIND_FunctionExpression:
    case KIND_ArrowFunction:
      break;
    default:
      if (node.kind !== KIND_StaticMember && node.kind !== KIND_IdentifierReference) break;
      return compileOperand(c, node);
  }
  const dst = c.writer.newRegister();
  compileNamed(c, node, name, dst);
  return dst;
}

function compileFunctionExpression(
  c: FunctionCompiler,
  node: FunctionExpression | ArrowFunction,
  dst: number,
): void {
  compileClosure(c, node, '', -1, dst);
}

function compileStaticMember(c: FunctionCompiler, node: StaticMember, dst: number): void {
  const object = compileOperand(c, node.object);
  c.writer.at(node.end - node.name.length);
  c.emit.getNamed(dst, object, c.writer.constant(node.name), c.writer.ic());
}

function compileComputedMember(c: FunctionCompiler, node: ComputedMember, dst: number): void {
  const object = compileOperandBefore(c, node.object, node.property);
  const key = compileOperand(c, node.property);
  c.writer.at(node.property.start);
  c.emit.getElement(dst, object, key, c.writer.ic());
}

function compilePrivateMember(c: FunctionCompiler, node: PrivateMember, dst: number): void {
  loadTarget(c, compileTarget(c, node), dst);
}

function compileSuperMember(
  c: FunctionCompiler,
  node: SuperStaticMember | SuperComputedMember,
  dst: number,
): void {
  loadTarget(c, compileTarget(c, node), dst);
}

export const primaryRows: readonly ExpressionRow[] = [
  [KIND_IdentifierReference, compileIdentifier],
  [KIND_ThisExpression, compileThisExpression],
  [KIND_RegularExpressionLiteral, compileRegExp],
  [KIND_TemplateLiteral, compileTemplate],
  [KIND_ArrayLiteral, compileArray],
  [KIND_ObjectLiteral, compileObject],
  [KIND_FunctionExpression, compileFunctionExpression],
  [KIND_ArrowFunction, compileFunctionExpression],
  [KIND_StaticMember, compileStaticMember],
  [KIND_ComputedMember, compileComputedMember],
  [KIND_PrivateMember, compilePrivateMember],
  [KIND_SuperStaticMember, compileSuperMember],
  [KIND_SuperComputedMember, compileSuperMember],
];
