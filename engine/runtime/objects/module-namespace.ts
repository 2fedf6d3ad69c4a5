// Module namespace exotic objects, https://tc39.es/ecma262/#sec-module-namespace-exotic-objects , with the
// deferred kind of `import defer`, which evaluates its module when a program asks for its exports.
import type { Agent } from '../agent.ts';
import { throwReferenceError } from '../errors.ts';
import type { ModuleRecord } from '../modules.ts';
import {
  ATTR_ENUMERABLE,
  ATTR_WRITABLE,
  ATTRS_NONE,
  dataDescriptor,
  IsAccessorDescriptor,
  type PropertyDescriptor,
} from '../property-descriptor.ts';
import { keyFromString, type PropertyKey } from '../property-key.ts';
import { SameValue } from '../same-value.ts';
import { rootShape, SHAPE_KIND_EXOTIC, type Shape } from '../shape.ts';
import { SYMBOL_TO_STRING_TAG, type Value } from '../value.ts';
import { defineExotic, EXOTIC_ALL, JSObject, OBJECT_BYTES } from './object.ts';

export class ModuleNamespaceObject extends JSObject {
  readonly module: ModuleRecord;
  /** [[Exports]] as canonical keys with the names they came from, in code unit order of the names. */
  readonly exports: ReadonlyMap<PropertyKey, string>;
  readonly deferred: boolean;

  constructor(
    shape: Shape,
    module: ModuleRecord,
    exports: ReadonlyMap<PropertyKey, string>,
    deferred: boolean,
  ) {
    super(shape);
    this.module = module;
    this.exports = exports;
    this.deferred = deferred;
  }

  override className(): string {
    return 'Module';
  }

  /** IsSymbolLikeNamespaceKey — https://tc39.es/proposal-defer-import-eval/#sec-IsSymbolLikeNamespaceKey */
  private isSymbolLike(P: PropertyKey): boolean {
    return typeof P === 'symbol' || (this.deferred && P === 'then');
  }

  /** GetModuleExportsList — https://tc39.es/proposal-defer-import-eval/#sec-GetModuleExportsList */
  private exportsList(agent: Agent): ReadonlyMap<PropertyKey, string> {
    if (this.deferred) this.module.evaluateDeferred(agent);
    return this.exports;
  }

  override SetPrototypeOf(_agent: Agent, V: JSObject | null): boolean {
    return V === null;
  }

  override IsExtensible(_agent: Agent): boolean {
    return false;
  }

  override PreventExtensions(_agent: Agent): boolean {
    return true;
  }

  override GetOwnProperty(agent: Agent, P: PropertyKey): PropertyDescriptor | undefined {
    if (this.isSymbolLike(P)) return this.OrdinaryGetOwnProperty(P);
    if (!this.exportsList(agent).has(P)) return undefined;
    return dataDescriptor(this.Get(agent, P, this), ATTR_WRITABLE | ATTR_ENUMERABLE);
  }

  override DefineOwnProperty(agent: Agent, P: PropertyKey, Desc: PropertyDescriptor): boolean {
    if (this.isSymbolLike(P)) {
      return this.ValidateAndApplyPropertyDescriptor(P, false, Desc, this.OrdinaryGetOwnProperty(P));
    }
    const current = this.GetOwnProperty(agent, P);
    if (current === undefined) return false;
    if (Desc.configurable === true || Desc.enumerable === false) return false;
    if (IsAccessorDescriptor(Desc) || Desc.writable === false) return false;
    return !Desc.hasValue || SameValue(Desc.value, current.value);
  }

  override HasProperty(agent: Agent, P: PropertyKey): boolean {
    if (this.isSymbolLike(P)) return this.OrdinaryGetOwnProperty(P) !== undefined;
    return this.exportsList(agent).has(P);
  }

  override Get(agent: Agent, P: PropertyKey, _Receiver: Value): Value {
    if (this.isSymbolLike(P)) return this.OrdinaryGetOwnProperty(P)?.value;
    const name = this.exportsList(agent).get(P);
    if (name === undefined) return undefined;
    const binding = this.module.ResolveExport(agent, name);
    if (binding === null || binding === 'ambiguous') return undefined;
    const targetModule = binding.module;
    if (binding.bindingName === null) {
      return binding.phase === 'source'
        ? targetModule.GetModuleSource(agent)
        : targetModule.getNamespace(agent, binding.phase);
    }
    const targetEnv = targetModule.environment;
    if (targetEnv === null) throwReferenceError(agent, `Cannot access '${name}' before initialization`);
    return targetEnv.GetBindingValue(agent, binding.bindingName, true);
  }

  override Set(_agent: Agent, _P: PropertyKey, _V: Value, _Receiver: Value): boolean {
    return false;
  }

  override Delete(agent: Agent, P: PropertyKey): boolean {
    if (this.isSymbolLike(P)) return this.OrdinaryDelete(agent, P);
    return !this.exportsList(agent).has(P);
  }

  override OwnPropertyKeys(agent: Agent): PropertyKey[] {
    return [...this.exportsList(agent).keys(), ...this.shape.ownKeys()];
  }
}
defineExotic(ModuleNamespaceObject, EXOTIC_ALL);

/**
 * ModuleNamespaceCreate ( module, exports, phase ) — https://tc39.es/ecma262/#sec-modulenamespacecreate
 * A deferred namespace never shows an export named `then`, so that it is not taken for a thenable.
 */
export function ModuleNamespaceCreate(
  agent: Agent,
  module: ModuleRecord,
  exportNames: readonly string[],
  phase: 'evaluation' | 'defer',
): ModuleNamespaceObject {
  const deferred = phase === 'defer';
  const exports = new Map<PropertyKey, string>();
  // The host's default order of strings is by code unit.
  for (const name of [...exportNames].sort()) {
    if (!deferred || name !== 'then') exports.set(keyFromString(name), name);
  }
  agent.chargeBytes(OBJECT_BYTES + exports.size * 64);
  const M = new ModuleNamespaceObject(rootShape(agent, null, SHAPE_KIND_EXOTIC), module, exports, deferred);
  M.addSlot(SYMBOL_TO_STRING_TAG, deferred ? 'Deferred Module' : 'Module', ATTRS_NONE);
  M.shape = M.shape.preventExtensions();
  return M;
}
