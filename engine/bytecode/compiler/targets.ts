// Assignment targets: the Reference Records of https://tc39.es/ecma262/#sec-reference-record-specification-type taken
// apart into registers, read by loadTarget and assigned by storeTarget.

import { unreachable } from '../../base/assert.ts';
import {
  type Expression,
  type IdentifierReference,
  KIND_CallExpression,
  KIND_ComputedMember,
  KIND_IdentifierReference,
  KIND_NumericLiteral,
  KIND_PrivateMember,
  KIND_StaticMember,
  KIND_StringLiteral,
  KIND_SuperComputedMember,
  KIND_SuperStaticMember,
  type Node,
  type SimpleTarget,
} from '../../syntax/ast.gen.ts';
import type { Binding } from '../../syntax/scope-analysis.ts';
import { assignBinding, isDynamic, loadBinding, resolutionOf } from './bindings.ts';
import { compileEffect, compileOperandBefore, mayAssign, unparenthesized } from './dispatch.ts';
import type { FunctionCompiler } from './function-compiler.ts';

export type Target =
  | {
      readonly targetKind: 'binding';
      readonly binding: Binding;
      readonly isChecked: boolean;
      readonly position: number;
    }
  | {
      readonly targetKind: 'global';
      readonly name: string;
      readonly resolved: number;
      readonly position: number;
    }
  | {
      readonly targetKind: 'dynamic';
      readonly name: string;
      readonly resolved: number;
      readonly position: number;
    }
  | { readonly targetKind: 'named'; readonly object: number; readonly key: string; readonly position: number }
  | {
      readonly targetKind: 'element';
      readonly object: number;
      key: number;
      readonly isKey: boolean;
      readonly position: number;
    }
  | {
      readonly targetKind: 'private';
      readonly object: number;
      readonly name: number;
      readonly position: number;
    }
  | {
      readonly targetKind: 'super';
      readonly base: number;
      key: number;
      readonly isKey: boolean;
      readonly thisValue: number;
      readonly position: number;
    }
  | { readonly targetKind: 'invalid' };

/** Evaluates a target up to its Reference. `later` is what is evaluated before the Reference is used. */
export function compileTarget(
  c: FunctionCompiler,
  target: SimpleTarget,
  ...later: readonly (Node | null)[]
): Target {
  const node = unparenthesized(target as Expression);
  const { emit, writer } = c;
  switch (node.kind) {
    case KIND_IdentifierReference:
      return identifierTarget(c, node, later);
    case KIND_StaticMember: {
      const object = compileOperandBefore(c, node.object, ...later);
      return { targetKind: 'named', object, key: node.name, position: node.end - node.name.length };
    }
    case KIND_ComputedMember: {
      const object = compileOperandBefore(c, node.object, node.property, ...later);
      const key = compileOperandBefore(c, node.property, ...later);
      return {
        targetKind: 'element',
        object,
        key,
        isKey: isLiteralKey(node.property),
        position: node.property.start,
      };
    }
    case KIND_PrivateMember: {
      const object = compileOperandBefore(c, node.object, ...later);
      const name = writer.newRegister();
      emit.resolvePrivate(name, c.privateEnvironment, writer.constant(node.name.name));
      return { targetKind: 'private', object, name, position: node.name.start };
    }
    case KIND_SuperStaticMember:
    case KIND_SuperComputedMember: {
      writer.at(node.start);
      const thisValue = compileThis(c);
      const key =
        node.kind === KIND_SuperStaticMember
          ? writer.constantRegister(node.name)
          : compileOperandBefore(c, node.property, ...later);
      writer.at(node.start);
      const base = compileSuperBase(c);
      const isKey = node.kind === KIND_SuperStaticMember || isLiteralKey(node.property);
      return { targetKind: 'super', base, key, isKey, thisValue, position: node.start };
    }
    case KIND_CallExpression:
      compileEffect(c, node);
      emit.throwReferenceError(writer.constant('Invalid assignment target'));
      return { targetKind: 'invalid' };
    default:
      throw unreachable(node as never);
  }
}

/** A literal whose ToPropertyKey nobody can observe. */
function isLiteralKey(node: Expression): boolean {
  const inner = unparenthesized(node);
  return inner.kind === KIND_NumericLiteral || inner.kind === KIND_StringLiteral;
}

function identifierTarget(
  c: FunctionCompiler,
  node: IdentifierReference,
  later: readonly (Node | null)[],
): Target {
  const { emit, writer } = c;
  const resolution = resolutionOf(c, node);
  const position = node.start;
  writer.at(position);
  if (isDynamic(resolution)) {
    const resolved = writer.newRegister();
    emit.resolveName(resolved, c.environmentRegister, writer.constant(node.name));
    return { targetKind: 'dynamic', name: node.name, resolved, position };
  }
  const { binding } = resolution;
  if (binding !== null)
    return { targetKind: 'binding', binding, isChecked: resolution.needsTDZCheck, position };
  let resolved = -1;
  // Strict code throws if the name was not there before the value was computed, which may make it.
  if (c.strict && later.some((other) => other !== null && mayCreateGlobals(other))) {
    resolved = writer.newRegister();
    emit.resolveGlobal(resolved, writer.constant(node.name));
  }
  return { targetKind: 'global', name: node.name, resolved, position };
}

function mayCreateGlobals(node: Node): boolean {
  switch (node.kind) {
    case KIND_NumericLiteral:
    case KIND_StringLiteral:
      return false;
    default:
      return mayAssign(node) || node.kind !== KIND_IdentifierReference;
  }
}

/** ResolveThisBinding: the register of `this`. */
export function compileThis(c: FunctionCompiler): number {
  if (c.thisInRegister) return c.unit.thisRegister;
  const dst = c.writer.newRegister();
  c.emit.loadThisBinding(dst, c.environmentRegister);
  return dst;
}

/** The base of a super reference. */
export function compileSuperBase(c: FunctionCompiler): number {
  const dst = c.writer.newRegister();
  c.emit.getSuperBase(dst, c.unit.unitKind === 'function' && !c.unit.isArrow ? -1 : c.environmentRegister);
  return dst;
}

/** Converts the key once, for a target that is read and then assigned. */
export function fixKey(c: FunctionCompiler, target: Target): void {
  if ((target.targetKind !== 'element' && target.targetKind !== 'super') || target.isKey) return;
  const { emit, writer } = c;
  writer.at(target.position);
  emit.checkObjectCoercible(target.targetKind === 'element' ? target.object : target.base, target.key);
  const key = writer.newRegister();
  emit.toPropertyKey(key, target.key);
  target.key = key;
}

/** GetValue. */
export function loadTarget(c: FunctionCompiler, target: Target, dst: number): void {
  const { emit, writer } = c;
  if (target.targetKind === 'invalid') return;
  writer.at(target.position);
  switch (target.targetKind) {
    case 'binding':
      loadBinding(c, target.binding, target.isChecked, dst);
      break;
    case 'global':
      emit.loadGlobal(dst, writer.constant(target.name), writer.ic());
      break;
    case 'dynamic':
      emit.loadResolved(dst, target.resolved, writer.constant(target.name), Number(c.strict));
      break;
    case 'named':
      emit.getNamed(dst, target.object, writer.constant(target.key), writer.ic());
      break;
    case 'element':
      emit.getElement(dst, target.object, target.key, writer.ic());
      break;
    case 'private':
      emit.getPrivate(dst, target.object, target.name, writer.ic());
      break;
    case 'super':
      emit.getSuper(dst, target.base, target.key, target.thisValue);
  }
}

/** PutValue. */
export function storeTarget(c: FunctionCompiler, target: Target, value: number): void {
  const { emit, writer } = c;
  if (target.targetKind === 'invalid') return;
  writer.at(target.position);
  const strict = Number(c.strict);
  switch (target.targetKind) {
    case 'binding':
      assignBinding(c, target.binding, target.isChecked, value);
      break;
    case 'global':
      emit.storeGlobal(writer.constant(target.name), value, writer.ic(), strict, target.resolved);
      break;
    case 'dynamic':
      emit.storeResolved(target.resolved, writer.constant(target.name), value, strict);
      break;
    case 'named':
      emit.setNamed(target.object, writer.constant(target.key), value, writer.ic(), strict);
      break;
    case 'element':
      emit.setElement(target.object, target.key, value, writer.ic(), strict);
      break;
    case 'private':
      emit.setPrivate(target.object, target.name, value, writer.ic());
      break;
    case 'super':
      emit.setSuper(target.base, target.key, target.thisValue, value, strict);
  }
}

/** The register of a binding that an expression may be compiled into directly: assigning is a move and nothing more. */
export function directRegister(c: FunctionCompiler, target: Target): number {
  if (target.targetKind !== 'binding' || target.isChecked) return -1;
  const { binding } = target;
  if (binding.storage !== 'register') return -1;
  const isMutable =
    binding.kind === 'var' ||
    binding.kind === 'let' ||
    binding.kind === 'parameter' ||
    binding.kind === 'function' ||
    binding.kind === 'class' ||
    binding.kind === 'catch-parameter';
  return isMutable ? (c.registers.get(binding) ?? -1) : -1;
}
