// Reading, assigning and initializing variables, wherever scope analysis has placed them.

import { InternalError } from '../../base/assert.ts';
import type { IdentifierReference } from '../../syntax/ast.gen.ts';
import type { Binding, Resolution } from '../../syntax/scope-analysis.ts';
import { BINDING_CONSTANT, BINDING_MUTABLE } from '../unit.ts';
import type { FunctionCompiler } from './function-compiler.ts';
import { mutabilityOf } from './session.ts';

export function resolutionOf(c: FunctionCompiler, node: IdentifierReference): Resolution {
  const resolution = c.session.analysis.resolutions.get(node);
  if (resolution === undefined) throw new InternalError(`'${node.name}' has not been resolved`);
  return resolution;
}

/** The register of a binding that lies in one. */
export function registerOf(c: FunctionCompiler, binding: Binding): number {
  let register = c.registers.get(binding);
  if (register === undefined) {
    register = c.writer.newRegister();
    c.registers.set(binding, register);
  }
  return register;
}

export function isDynamic(resolution: Resolution): boolean {
  return resolution.access === 'dynamic' || resolution.binding?.storage === 'variable-scope-of-caller';
}

/** The value of the binding goes to `dst`. */
export function loadBinding(
  c: FunctionCompiler,
  binding: Binding,
  needsTDZCheck: boolean,
  dst: number,
): void {
  const { emit, writer } = c;
  switch (binding.storage) {
    case 'register': {
      const register = registerOf(c, binding);
      if (needsTDZCheck) emit.checkInitialized(register, writer.constant(binding.name));
      if (register !== dst) emit.move(dst, register);
      break;
    }
    case 'environment': {
      const { register, hops } = c.locate(binding.scope);
      const slot = c.session.slotOf(binding);
      if (needsTDZCheck) emit.loadSlotChecked(dst, register, hops, slot, writer.constant(binding.name));
      else emit.loadSlot(dst, register, hops, slot);
      break;
    }
    case 'module': {
      const { register, hops } = c.locate(binding.scope);
      emit.loadModuleBinding(dst, register, hops, writer.constant(binding.name), writer.ic());
      break;
    }
    case 'global-object':
    case 'global-lexical':
      emit.loadGlobal(dst, writer.constant(binding.name), writer.ic());
      break;
    case 'variable-scope-of-caller':
      emit.loadName(dst, c.environmentRegister, writer.constant(binding.name), Number(c.strict));
  }
}

/** PutValue of a binding that is decided. */
export function assignBinding(
  c: FunctionCompiler,
  binding: Binding,
  needsTDZCheck: boolean,
  value: number,
): void {
  const { emit, writer } = c;
  const name = writer.constant(binding.name);
  const mutability = mutabilityOf(binding);
  if (mutability !== BINDING_MUTABLE && binding.storage !== 'global-lexical') {
    if (needsTDZCheck) loadBinding(c, binding, true, writer.newRegister());
    if (mutability === BINDING_CONSTANT || c.strict) emit.throwConstAssignment(name);
    return;
  }
  switch (binding.storage) {
    case 'register': {
      const register = registerOf(c, binding);
      if (needsTDZCheck) emit.checkInitialized(register, name);
      if (register !== value) emit.move(register, value);
      break;
    }
    case 'environment': {
      const { register, hops } = c.locate(binding.scope);
      const slot = c.session.slotOf(binding);
      if (needsTDZCheck) emit.storeSlotChecked(register, hops, slot, value, name);
      else emit.storeSlot(register, hops, slot, value);
      break;
    }
    case 'module': {
      const { register, hops } = c.locate(binding.scope);
      emit.storeModuleBinding(register, hops, name, value);
      break;
    }
    case 'global-object':
    case 'global-lexical':
      emit.storeGlobal(name, value, writer.ic(), Number(c.strict), -1);
      break;
    case 'variable-scope-of-caller': {
      const resolved = writer.newRegister();
      emit.resolveName(resolved, c.environmentRegister, name);
      emit.storeResolved(resolved, name, value, Number(c.strict));
    }
  }
}

/** InitializeBinding of a binding of the innermost scope that declares it. */
export function initializeBinding(c: FunctionCompiler, binding: Binding, value: number): void {
  const { emit, writer } = c;
  switch (binding.storage) {
    case 'register': {
      const register = registerOf(c, binding);
      if (register !== value) emit.move(register, value);
      break;
    }
    case 'environment': {
      const { register, hops } = c.locate(binding.scope);
      emit.storeSlot(register, hops, c.session.slotOf(binding), value);
      break;
    }
    case 'module': {
      const { register, hops } = c.locate(binding.scope);
      emit.initializeModuleBinding(register, hops, writer.constant(binding.name), value);
      break;
    }
    case 'global-lexical':
      emit.initializeGlobal(writer.constant(binding.name), value);
      break;
    case 'global-object':
      emit.storeGlobal(writer.constant(binding.name), value, writer.ic(), Number(c.strict), -1);
      break;
    case 'variable-scope-of-caller':
      assignBinding(c, binding, false, value);
  }
}

/** GetValue of an identifier. */
export function loadIdentifier(c: FunctionCompiler, node: IdentifierReference, dst: number): void {
  const resolution = resolutionOf(c, node);
  c.writer.at(node.start);
  if (isDynamic(resolution))
    c.emit.loadName(dst, c.environmentRegister, c.writer.constant(node.name), Number(c.strict));
  else if (resolution.binding === null) c.emit.loadGlobal(dst, c.writer.constant(node.name), c.writer.ic());
  else loadBinding(c, resolution.binding, resolution.needsTDZCheck, dst);
}
