// Binding and assignment patterns, https://tc39.es/ecma262/#sec-destructuring-binding-patterns and
// https://tc39.es/ecma262/#sec-destructuring-assignment .
import {
  type ArrayAssignmentPattern,
  type ArrayBindingPattern,
  type AssignmentTarget,
  type BindingIdentifier,
  type BindingTarget,
  type Expression,
  KIND_ArrayAssignmentPattern,
  KIND_BindingIdentifier,
  KIND_ComputedPropertyName,
  KIND_IdentifierReference,
  KIND_ObjectAssignmentPattern,
  KIND_ObjectBindingPattern,
  KIND_PrivateIdentifier,
  type ObjectAssignmentPattern,
  type ObjectBindingPattern,
  type PropertyKeyNode,
  type SimpleTarget,
} from '../../syntax/ast.gen.ts';
import type { Binding } from '../../syntax/scope-analysis.ts';
import { Label } from '../writer.ts';
import { initializeBinding } from './bindings.ts';
import { compileTo } from './dispatch.ts';
import { compileExit, enterCleanup, leave } from './exits.ts';
import type { FunctionCompiler } from './function-compiler.ts';
import { compileNamed } from './functions.ts';
import { compilePropertyKey } from './primary.ts';
import { compileTarget, storeTarget, type Target } from './targets.ts';

/**
 * What the names of a binding pattern stand for: the binding to initialize, or null where an existing variable is
 * assigned, which is looked up by name (`var`).
 */
export type BindingFinder = (name: string) => Binding | null;

/** If the register holds undefined, the initializer's value takes its place, named after what it initializes. */
export function compileInitialized(
  c: FunctionCompiler,
  register: number,
  initializer: Expression | null,
  name: string | null,
): void {
  if (initializer === null) return;
  const end = new Label();
  c.emit.jumpIfNotUndefined(register, end);
  if (name === null) compileTo(c, initializer, register);
  else compileNamed(c, initializer, name, register);
  c.writer.bind(end);
}

// ---- Bindings

/** BindingInitialization of a pattern with the value in a register — https://tc39.es/ecma262/#sec-runtime-semantics-bindinginitialization */
export function compileBindingPattern(
  c: FunctionCompiler,
  target: ObjectBindingPattern | ArrayBindingPattern,
  value: number,
  find: BindingFinder,
): void {
  c.enterNode();
  c.writer.at(target.start);
  if (target.kind === KIND_ObjectBindingPattern) compileObjectBinding(c, target, value, find);
  else {
    compileIteratorPattern(c, value, target.start, (iterator) => {
      for (const element of target.elements) {
        const mark = c.writer.mark();
        const v = c.writer.newRegister();
        const reference = element === null ? null : referenceOf(c, element.target, find);
        c.writer.at(target.start);
        c.emit.iteratorStepValue(v, iterator);
        if (element !== null) {
          bindElement(c, element.target, element.initializer, v, reference, find);
        }
        c.writer.release(mark);
      }
      if (target.rest !== null) {
        const reference = referenceOf(c, target.rest, find);
        const rest = c.writer.newRegister();
        c.writer.at(target.start);
        c.emit.iteratorRest(rest, iterator);
        bindElement(c, target.rest, null, rest, reference, find);
      }
    });
  }
  c.leaveNode();
}

/** The variable that a name assigns to, resolved ahead of its value; null for bindings and patterns. */
function referenceOf(c: FunctionCompiler, target: BindingTarget, find: BindingFinder): Target | null {
  if (target.kind !== KIND_BindingIdentifier || find(target.name) !== null) return null;
  return varTarget(c, target);
}

/** The variable that a `var` name means at its place. */
export function varTarget(c: FunctionCompiler, name: BindingIdentifier): Target {
  const { binding, isDynamic } = c.lookupName(name.name);
  if (isDynamic) {
    const resolved = c.writer.newRegister();
    c.writer.at(name.start);
    c.emit.resolveName(resolved, c.environmentRegister, c.writer.constant(name.name));
    return { targetKind: 'dynamic', name: name.name, resolved, position: name.start };
  }
  if (binding === null) return { targetKind: 'global', name: name.name, resolved: -1, position: name.start };
  return { targetKind: 'binding', binding, isChecked: false, position: name.start };
}

function bindElement(
  c: FunctionCompiler,
  target: BindingTarget,
  initializer: Expression | null,
  value: number,
  reference: Target | null,
  find: BindingFinder,
): void {
  if (target.kind !== KIND_BindingIdentifier) {
    compileInitialized(c, value, initializer, null);
    compileBindingPattern(c, target, value, find);
    return;
  }
  compileInitialized(c, value, initializer, target.name);
  if (reference !== null) storeTarget(c, reference, value);
  else initializeBinding(c, find(target.name) as Binding, value);
}

/** The value of property `key` of `object` goes to `dst`; the register of the key. */
function loadProperty(
  c: FunctionCompiler,
  object: number,
  key: PropertyKeyNode,
  keyRegister: number,
  dst: number,
): void {
  if (key.kind === KIND_ComputedPropertyName) c.emit.getElement(dst, object, keyRegister, c.writer.ic());
  else {
    const name = key.kind === KIND_PrivateIdentifier ? key.name : key.value;
    if (typeof name === 'number')
      c.emit.getElement(dst, object, c.writer.constantRegister(name), c.writer.ic());
    else c.emit.getNamed(dst, object, c.writer.constant(name), c.writer.ic());
  }
}

/** The keys of a pattern with a rest element, kept for CopyDataProperties, in registers in a row. */
interface KeyRow {
  readonly first: number;
  readonly count: number;
}

function reserveKeys(c: FunctionCompiler, count: number, hasRest: boolean): KeyRow {
  return { first: hasRest ? c.writer.newRegisters(count) : -1, count };
}

function noteKey(c: FunctionCompiler, keys: KeyRow, index: number, key: number): void {
  if (keys.first !== -1) c.emit.move(keys.first + index, key);
}

function compileObjectBinding(
  c: FunctionCompiler,
  pattern: ObjectBindingPattern,
  value: number,
  find: BindingFinder,
): void {
  const { emit, writer } = c;
  emit.checkDestructurable(value);
  const keys = reserveKeys(c, pattern.properties.length, pattern.rest !== null);
  pattern.properties.forEach((property, i) => {
    const mark = writer.mark();
    const key = compilePropertyKey(c, property.key);
    noteKey(c, keys, i, key);
    const reference = referenceOf(c, property.target, find);
    const v = writer.newRegister();
    writer.at(property.start);
    loadProperty(c, value, property.key, key, v);
    bindElement(c, property.target, property.initializer, v, reference, find);
    c.writer.release(mark);
  });
  if (pattern.rest === null) return;
  const reference = referenceOf(c, pattern.rest, find);
  const rest = writer.newRegister();
  emit.newObject(rest);
  writer.at(pattern.start);
  emit.copyDataProperties(rest, value, keys.first, keys.count);
  bindElement(c, pattern.rest, null, rest, reference, find);
}

/** The frame of an array pattern: the iterator is closed unless it is done, however the elements end. */
function compileIteratorPattern(
  c: FunctionCompiler,
  value: number,
  position: number,
  compileElements: (iterator: number) => void,
): void {
  const { emit, writer } = c;
  const iterator = writer.newRegister();
  emit.getIterator(iterator, value);
  const thrown = writer.newRegister();
  const cleanup = enterCleanup(c);
  const handler = writer.openHandler(thrown);
  compileElements(iterator);
  writer.closeHandler(handler);
  leave(c, cleanup);
  writer.at(position);
  emit.iteratorClose(iterator, 1);
  const end = new Label();
  emit.jump(end);
  writer.bind(handler.target);
  emit.iteratorCloseQuietly(iterator, 1);
  emit.throw(thrown);
  for (const exit of cleanup.exits ?? []) {
    writer.bind(exit.stub);
    emit.iteratorClose(iterator, 1);
    compileExit(c, exit.target);
  }
  writer.bind(end);
}

// ---- Assignments

/** DestructuringAssignmentEvaluation — https://tc39.es/ecma262/#sec-runtime-semantics-destructuringassignmentevaluation */
export function compileAssignmentPattern(
  c: FunctionCompiler,
  pattern: ObjectAssignmentPattern | ArrayAssignmentPattern,
  value: number,
): void {
  c.enterNode();
  c.writer.at(pattern.start);
  if (pattern.kind === KIND_ObjectAssignmentPattern) compileObjectAssignment(c, pattern, value);
  else {
    compileIteratorPattern(c, value, pattern.start, (iterator) => {
      for (const element of pattern.elements) {
        const mark = c.writer.mark();
        const v = c.writer.newRegister();
        const target = element === null ? null : assignmentReference(c, element.target, element.initializer);
        c.writer.at(pattern.start);
        c.emit.iteratorStepValue(v, iterator);
        if (element !== null) {
          assignElement(c, element.target, element.initializer, target, v);
        }
        c.writer.release(mark);
      }
      if (pattern.rest !== null) {
        const target = assignmentReference(c, pattern.rest, null);
        const rest = c.writer.newRegister();
        c.writer.at(pattern.start);
        c.emit.iteratorRest(rest, iterator);
        assignElement(c, pattern.rest, null, target, rest);
      }
    });
  }
  c.leaveNode();
}

function isPattern(target: AssignmentTarget): target is ObjectAssignmentPattern | ArrayAssignmentPattern {
  return target.kind === KIND_ObjectAssignmentPattern || target.kind === KIND_ArrayAssignmentPattern;
}

/** The Reference of a simple target, to be used once the initializer is evaluated; null for a pattern. */
function assignmentReference(
  c: FunctionCompiler,
  target: AssignmentTarget,
  initializer: Expression | null,
): Target | null {
  return isPattern(target) ? null : compileTarget(c, target as SimpleTarget, initializer);
}

function assignElement(
  c: FunctionCompiler,
  targetNode: AssignmentTarget,
  initializer: Expression | null,
  target: Target | null,
  value: number,
): void {
  const name = targetNode.kind === KIND_IdentifierReference ? targetNode.name : null;
  compileInitialized(c, value, initializer, name);
  if (target !== null) storeTarget(c, target, value);
  else compileAssignmentPattern(c, targetNode as ObjectAssignmentPattern | ArrayAssignmentPattern, value);
}

function compileObjectAssignment(c: FunctionCompiler, pattern: ObjectAssignmentPattern, value: number): void {
  const { emit, writer } = c;
  emit.checkDestructurable(value);
  const keys = reserveKeys(c, pattern.properties.length, pattern.rest !== null);
  pattern.properties.forEach((property, i) => {
    const mark = writer.mark();
    const key = compilePropertyKey(c, property.key);
    noteKey(c, keys, i, key);
    const target = assignmentReference(c, property.target, property.initializer);
    const v = writer.newRegister();
    writer.at(property.start);
    loadProperty(c, value, property.key, key, v);
    assignElement(c, property.target, property.initializer, target, v);
    writer.release(mark);
  });
  if (pattern.rest === null) return;
  const target = assignmentReference(c, pattern.rest, null);
  const rest = writer.newRegister();
  emit.newObject(rest);
  writer.at(pattern.start);
  emit.copyDataProperties(rest, value, keys.first, keys.count);
  assignElement(c, pattern.rest, null, target, rest);
}
