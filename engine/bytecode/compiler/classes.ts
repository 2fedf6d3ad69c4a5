// Class definitions, https://tc39.es/ecma262/#sec-class-definitions : the steps in the order of ClassDefinitionEvaluation;
// what they collect lies in a record of the VM.
import {
  type ClassElement,
  type ClassExpression,
  type ClassNode,
  type Decorator,
  KIND_ClassExpression,
  KIND_ClassStaticBlock,
  KIND_ComputedMember,
  KIND_FieldDefinition,
  KIND_PrivateIdentifier,
  KIND_PrivateMember,
  KIND_StaticMember,
  type MethodFunction,
  type PropertyKeyNode,
} from '../../syntax/ast.gen.ts';
import type { Binding } from '../../syntax/scope-analysis.ts';
import { initializeBinding } from './bindings.ts';
import { compileOperand, compileToTemporary, type ExpressionRow, unparenthesized } from './dispatch.ts';
import type { FunctionCompiler } from './function-compiler.ts';
import { makeFunctionUnit } from './functions.ts';
import { compilePropertyKey, methodKindOf } from './primary.ts';
import { closeScope, openScope, scopeInfoOf } from './scopes.ts';
import { compileTarget, loadTarget } from './targets.ts';

/**
 * ClassDefinitionEvaluation — https://tc39.es/ecma262/#sec-runtime-semantics-classdefinitionevaluation . `classBinding` is
 * the name the class has inside itself; the register `name` holds the one its function gets.
 */
export function compileClass(
  c: FunctionCompiler,
  node: ClassNode,
  classBinding: string | null,
  name: number,
  dst: number,
): void {
  const { emit, writer } = c;
  c.enterNode();
  const outerStrict = c.strict;
  const outerPrivate = c.privateEnvironment;
  c.strict = true;
  const decorators = compileDecorators(c, node.decorators);
  const info = scopeInfoOf(c, node.scope);
  const outer = openScope(c, info);
  const names = privateNamesOf(node);
  let heritage = -1;
  if (node.heritage !== null) {
    // The heritage sees the private names of the class around only.
    heritage = compileToTemporary(c, node.heritage);
    writer.at(node.heritage.start);
  }
  if (names.length > 0 || outerPrivate === -1) {
    const privateEnvironment = writer.newRegister();
    emit.newPrivateEnvironment(
      privateEnvironment,
      outerPrivate,
      writer.constant({ constantKind: 'names', names }),
    );
    c.privateEnvironment = privateEnvironment;
  }
  const record = writer.newRegister();
  const unit = node.classConstructor === null ? -1 : addMethodUnit(c, node.classConstructor.value);
  const constant = writer.constant({
    constantKind: 'class',
    unit,
    isDerived: node.heritage !== null,
    textStart: node.start,
    textEnd: node.end,
  });
  emit.beginClass(record, constant, c.environmentRegister, c.privateEnvironment, heritage, name);
  for (const element of node.elements) compileElement(c, element, record);
  const result = writer.newRegister();
  emit.finishClass(result, record, decorators);
  if (classBinding !== null) {
    const binding = info.bindings.get(classBinding) as Binding;
    initializeBinding(c, binding, result);
  }
  writer.at(node.start);
  emit.initializeClass(record);
  closeScope(c, outer);
  c.privateEnvironment = outerPrivate;
  c.strict = outerStrict;
  emit.move(dst, result);
  c.leaveNode();
}

function privateNamesOf(node: ClassNode): string[] {
  const names = new Set<string>();
  for (const element of node.elements) {
    if (element.kind !== KIND_ClassStaticBlock && element.key.kind === KIND_PrivateIdentifier) {
      names.add(element.key.name);
    }
  }
  return [...names];
}

function addMethodUnit(c: FunctionCompiler, node: MethodFunction): number {
  return c.addFunction(makeFunctionUnit(c.session, node, c.environment));
}

/** A list of decorators; -1 for none. */
function compileDecorators(c: FunctionCompiler, decorators: readonly Decorator[]): number {
  if (decorators.length === 0) return -1;
  const { emit, writer } = c;
  const list = writer.newRegister();
  emit.newList(list);
  for (const { expression } of decorators) {
    const mark = writer.mark();
    const node = unparenthesized(expression);
    switch (node.kind) {
      case KIND_StaticMember:
      case KIND_ComputedMember:
      case KIND_PrivateMember: {
        const target = compileTarget(c, node);
        const value = writer.newRegister();
        loadTarget(c, target, value);
        emit.appendDecorator(list, value, 'object' in target ? target.object : -1);
        break;
      }
      default:
        emit.appendDecorator(list, compileOperand(c, node), writer.constantRegister(undefined));
    }
    writer.release(mark);
  }
  return list;
}

/** The name of an element: a property key or Private Name. */
function compileElementName(c: FunctionCompiler, key: PropertyKeyNode): number {
  if (key.kind !== KIND_PrivateIdentifier) return compilePropertyKey(c, key);
  const dst = c.writer.newRegister();
  c.emit.resolvePrivate(dst, c.privateEnvironment, c.writer.constant(key.name));
  return dst;
}

/** ClassElementEvaluation — https://tc39.es/ecma262/#sec-static-semantics-classelementevaluation */
function compileElement(c: FunctionCompiler, node: ClassElement, record: number): void {
  const { emit, writer } = c;
  const mark = writer.mark();
  const environment = c.environmentRegister;
  if (node.kind === KIND_ClassStaticBlock) {
    const block = writer.newRegister();
    emit.createClassElement(
      block,
      record,
      addMethodUnit(c, node.value),
      environment,
      c.privateEnvironment,
      1,
    );
    emit.classStaticBlock(record, block);
    writer.release(mark);
    return;
  }
  const decorators = compileDecorators(c, node.decorators);
  const key = compileElementName(c, node.key);
  const isStatic = Number(node.isStatic);
  if (node.kind === KIND_FieldDefinition) {
    let initializer = -1;
    if (node.initializer !== null) {
      initializer = writer.newRegister();
      const unit = addMethodUnit(c, node.initializer);
      emit.createClassElement(initializer, record, unit, environment, c.privateEnvironment, isStatic);
    }
    emit.classField(record, initializer, key, isStatic, Number(node.isAccessor), decorators);
  } else {
    const unit = addMethodUnit(c, node.value);
    const kind = methodKindOf(node.methodKind);
    emit.classMethod(record, unit, environment, c.privateEnvironment, key, kind, isStatic, decorators);
  }
  writer.release(mark);
}

function compileClassExpression(c: FunctionCompiler, node: ClassExpression, dst: number): void {
  const name = node.name === null ? '' : node.name.name;
  compileClass(c, node, node.name === null ? null : name, c.writer.constantRegister(name), dst);
}

export const classRows: readonly ExpressionRow[] = [[KIND_ClassExpression, compileClassExpression]];
