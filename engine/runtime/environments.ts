// Environment Records, https://tc39.es/ecma262/#sec-environment-records , and PrivateEnvironment Records. The
// tree-walker looks every name up here at run time; tiers that resolve names ahead may put environments of
// their own in the same chain, which is why Environment is abstract. A chain ends with null.
import { assert, InternalError } from '../base/assert.ts';
import type { Agent } from './agent.ts';
import { throwReferenceError, throwTypeError } from './errors.ts';
import type { ModuleRecord } from './modules.ts';
import type { ECMAScriptFunction } from './objects/function.ts';
import { JSObject } from './objects/object.ts';
import { DefinePropertyOrThrow, Get, HasProperty, Set } from './operations/object-operations.ts';
import {
  AddDisposableResource,
  DisposeCapability,
  type DisposeHint,
} from './operations/resource-operations.ts';
import { ToBoolean } from './operations/type-conversion.ts';
import { PrivateName } from './private-name.ts';
import { ATTRS_DEFAULT, dataDescriptor, IsDataDescriptor, valueDescriptor } from './property-descriptor.ts';
import type { Realm } from './realm.ts';
import { SYMBOL_UNSCOPABLES, type Value } from './value.ts';

/** What InitializeBinding does beside storing: nothing, or registering the value for disposal. */
export type InitializeHint = 'normal' | DisposeHint;

/** https://tc39.es/ecma262/#table-abstract-methods-of-environment-records */
export abstract class Environment {
  readonly outerEnv: Environment | null;

  constructor(outerEnv: Environment | null) {
    this.outerEnv = outerEnv;
  }

  abstract HasBinding(agent: Agent, N: string): boolean;
  /** D: the binding may be deleted. */
  abstract CreateMutableBinding(agent: Agent, N: string, D: boolean): void;
  /** S: assignments throw in sloppy code too. */
  abstract CreateImmutableBinding(agent: Agent, N: string, S: boolean): void;
  abstract InitializeBinding(agent: Agent, N: string, V: Value, hint: InitializeHint): void;
  /** S: failing throws a TypeError. */
  abstract SetMutableBinding(agent: Agent, N: string, V: Value, S: boolean): void;
  abstract GetBindingValue(agent: Agent, N: string, S: boolean): Value;
  abstract DeleteBinding(agent: Agent, N: string): boolean;

  HasThisBinding(): boolean {
    return false;
  }
  /** https://tc39.es/ecma262/#sec-function-environment-records-getthisbinding ; only if HasThisBinding. */
  GetThisBinding(_agent: Agent): Value {
    throw new InternalError('no this binding');
  }
  HasSuperBinding(): boolean {
    return false;
  }
  /** Whether a lexical declaration binds the name, which no var of an eval may meet. */
  HasLexicalDeclaration(_agent: Agent, _N: string): boolean {
    return false;
  }
  /** The vars of an eval may pass a binding of their name here: `with`, and catch parameters (Annex B.3.4). */
  get letsEvalVarsPass(): boolean {
    return false;
  }
  WithBaseObject(): JSObject | undefined {
    return undefined;
  }
}

/** A binding of a declarative environment, which stays the same object while the name is bound. */
export class Binding {
  value: Value;
  initialized: boolean;
  readonly mutable: boolean;
  readonly deletable: boolean;
  readonly strict: boolean;
  constructor(mutable: boolean, deletable: boolean, strict: boolean) {
    this.value = undefined;
    this.initialized = false;
    this.mutable = mutable;
    this.deletable = deletable;
    this.strict = strict;
  }
}

/** A binding that stands for another module's. */
class ImportBinding {
  readonly module: ModuleRecord;
  readonly name: string;
  constructor(module: ModuleRecord, name: string) {
    this.module = module;
    this.name = name;
  }
}

function throwUninitialized(agent: Agent, N: string): never {
  throwReferenceError(agent, `Cannot access '${N}' before initialization`);
}

/** What DeclarativeEnvironment.lookup answers for a name it does not bind. */
export class NoBinding {
  readonly isNoBinding = true;
}
export const NO_BINDING: NoBinding = new NoBinding();

/** Bindings of an environment that are part of what its function or block costs; each further one is charged. */
const FEW_BINDINGS = 16;
const BINDING_BYTES = 96;

/** https://tc39.es/ecma262/#sec-declarative-environment-records */
export class DeclarativeEnvironment extends Environment {
  protected readonly bindings: Map<string, Binding | ImportBinding>;
  /** [[DisposeCapability]]; made by the first `using` declaration. */
  disposeCapability: DisposeCapability | null;
  /** Counts the bindings made and removed: while it stays, so does what a name means here. */
  version: number;

  constructor(outerEnv: Environment | null) {
    super(outerEnv);
    this.bindings = new Map();
    this.version = 0;
    this.disposeCapability = null;
  }

  override HasBinding(_agent: Agent, N: string): boolean {
    return this.bindings.has(N);
  }

  override CreateMutableBinding(agent: Agent, N: string, D: boolean): void {
    this.addBinding(agent, N, new Binding(true, D, false));
  }

  override CreateImmutableBinding(agent: Agent, N: string, S: boolean): void {
    this.addBinding(agent, N, new Binding(false, false, S));
  }

  private addBinding(agent: Agent, N: string, binding: Binding): void {
    if (this.bindings.size >= FEW_BINDINGS) agent.chargeBytes(BINDING_BYTES);
    this.bindings.set(N, binding);
    this.version++;
  }

  override InitializeBinding(agent: Agent, N: string, V: Value, hint: InitializeHint): void {
    const binding = this.bindings.get(N);
    assert(binding instanceof Binding && !binding.initialized, 'the binding is there and uninitialized');
    if (hint !== 'normal') {
      this.disposeCapability ??= new DisposeCapability();
      AddDisposableResource(agent, this.disposeCapability, V, hint);
    }
    binding.value = V;
    binding.initialized = true;
  }

  override SetMutableBinding(agent: Agent, N: string, V: Value, S: boolean): void {
    const binding = this.bindings.get(N);
    if (binding === undefined) {
      if (S) throwReferenceError(agent, `${N} is not defined`);
      this.CreateMutableBinding(agent, N, true);
      this.InitializeBinding(agent, N, V, 'normal');
      return;
    }
    if (binding instanceof ImportBinding) throwTypeError(agent, `Assignment to constant variable '${N}'`);
    if (!binding.initialized) throwUninitialized(agent, N);
    if (binding.mutable) binding.value = V;
    else if (S || binding.strict) throwTypeError(agent, `Assignment to constant variable '${N}'`);
  }

  override GetBindingValue(agent: Agent, N: string, _S: boolean): Value {
    const binding = this.bindings.get(N);
    assert(binding !== undefined, 'the binding is there');
    if (binding instanceof ImportBinding) return importedValue(agent, binding);
    if (!binding.initialized) throwUninitialized(agent, N);
    return binding.value;
  }

  override DeleteBinding(_agent: Agent, N: string): boolean {
    const binding = this.bindings.get(N);
    assert(binding !== undefined, 'the binding is there');
    if (binding instanceof ImportBinding || !binding.deletable) return false;
    this.bindings.delete(N);
    return true;
  }

  /** Removes a binding of any kind, so that a read-eval-print loop can declare the name again. */
  removeBinding(N: string): void {
    this.bindings.delete(N);
    this.version++;
  }

  /** HasBinding and GetBindingValue in one: NO_BINDING if there is none. */
  lookup(agent: Agent, N: string): Value | typeof NO_BINDING {
    const binding = this.bindings.get(N);
    if (binding === undefined) return NO_BINDING;
    if (binding instanceof Binding && binding.initialized) return binding.value;
    return this.GetBindingValue(agent, N, true);
  }

  /** The binding itself, an imported name being followed to its module; undefined if there is none (yet). */
  bindingOf(N: string): Binding | undefined {
    const binding = this.bindings.get(N);
    if (!(binding instanceof ImportBinding)) return binding;
    return binding.module.environment?.bindingOf(binding.name);
  }

  /** Names of all bindings in order of creation. */
  names(): string[] {
    return [...this.bindings.keys()];
  }
}

/** GetBindingValue of module environments, https://tc39.es/ecma262/#sec-module-environment-records-getbindingvalue-n-s */
function importedValue(agent: Agent, binding: ImportBinding): Value {
  const targetEnv = binding.module.environment;
  if (targetEnv === null) throwUninitialized(agent, binding.name);
  return targetEnv.GetBindingValue(agent, binding.name, true);
}

/** https://tc39.es/ecma262/#sec-object-environment-records */
export class ObjectEnvironment extends Environment {
  readonly bindingObject: JSObject;
  readonly isWithEnvironment: boolean;

  constructor(bindingObject: JSObject, isWithEnvironment: boolean, outerEnv: Environment | null) {
    super(outerEnv);
    this.bindingObject = bindingObject;
    this.isWithEnvironment = isWithEnvironment;
  }

  override HasBinding(agent: Agent, N: string): boolean {
    const bindingObject = this.bindingObject;
    if (!HasProperty(agent, bindingObject, N)) return false;
    if (!this.isWithEnvironment) return true;
    const unscopables = Get(agent, bindingObject, SYMBOL_UNSCOPABLES);
    if (unscopables instanceof JSObject && ToBoolean(Get(agent, unscopables, N))) return false;
    return true;
  }

  override CreateMutableBinding(agent: Agent, N: string, D: boolean): void {
    const desc = dataDescriptor(undefined, ATTRS_DEFAULT);
    desc.configurable = D;
    DefinePropertyOrThrow(agent, this.bindingObject, N, desc);
  }

  override CreateImmutableBinding(_agent: Agent, _N: string, _S: boolean): void {
    assert(false, 'object environments have no immutable bindings');
  }

  override InitializeBinding(agent: Agent, N: string, V: Value, hint: InitializeHint): void {
    assert(hint === 'normal', 'object environments hold no resources');
    this.SetMutableBinding(agent, N, V, false);
  }

  override SetMutableBinding(agent: Agent, N: string, V: Value, S: boolean): void {
    const stillExists = HasProperty(agent, this.bindingObject, N);
    if (!stillExists && S) throwReferenceError(agent, `${N} is not defined`);
    Set(agent, this.bindingObject, N, V, S);
  }

  override GetBindingValue(agent: Agent, N: string, S: boolean): Value {
    if (!HasProperty(agent, this.bindingObject, N)) {
      if (!S) return undefined;
      throwReferenceError(agent, `${N} is not defined`);
    }
    return Get(agent, this.bindingObject, N);
  }

  override DeleteBinding(agent: Agent, N: string): boolean {
    return this.bindingObject.Delete(agent, N);
  }

  override get letsEvalVarsPass(): boolean {
    return true;
  }

  override WithBaseObject(): JSObject | undefined {
    return this.isWithEnvironment ? this.bindingObject : undefined;
  }
}

/** https://tc39.es/ecma262/#sec-function-environment-records */
export class FunctionEnvironment extends DeclarativeEnvironment {
  thisValue: Value;
  thisBindingStatus: 'lexical' | 'initialized' | 'uninitialized';
  readonly functionObject: ECMAScriptFunction;
  readonly newTarget: JSObject | undefined;

  /** NewFunctionEnvironment ( F, newTarget ) — https://tc39.es/ecma262/#sec-newfunctionenvironment */
  constructor(F: ECMAScriptFunction, newTarget: JSObject | undefined) {
    super(F.environment);
    this.thisValue = undefined;
    this.thisBindingStatus = F.thisMode === 'lexical' ? 'lexical' : 'uninitialized';
    this.functionObject = F;
    this.newTarget = newTarget;
  }

  /** https://tc39.es/ecma262/#sec-bindthisvalue */
  BindThisValue(agent: Agent, V: Value): void {
    if (this.thisBindingStatus === 'initialized')
      throwReferenceError(agent, 'Super constructor may only be called once');
    this.thisValue = V;
    this.thisBindingStatus = 'initialized';
  }

  override HasThisBinding(): boolean {
    return this.thisBindingStatus !== 'lexical';
  }

  override GetThisBinding(agent: Agent): Value {
    if (this.thisBindingStatus === 'uninitialized') {
      throwReferenceError(
        agent,
        "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
      );
    }
    return this.thisValue;
  }

  override HasSuperBinding(): boolean {
    return this.thisBindingStatus !== 'lexical' && this.functionObject.homeObject !== undefined;
  }

  /** https://tc39.es/ecma262/#sec-getsuperbase ; undefined if there is no home object. */
  GetSuperBase(agent: Agent): JSObject | null | undefined {
    return this.functionObject.homeObject?.GetPrototypeOf(agent);
  }
}

/** https://tc39.es/ecma262/#sec-module-environment-records */
export class ModuleEnvironment extends DeclarativeEnvironment {
  override HasThisBinding(): boolean {
    return true;
  }

  override GetThisBinding(_agent: Agent): Value {
    return undefined;
  }

  override DeleteBinding(_agent: Agent, _N: string): boolean {
    throw new InternalError('module bindings are never deleted: module code is strict');
  }

  /** https://tc39.es/ecma262/#sec-createimportbinding */
  CreateImportBinding(N: string, M: ModuleRecord, N2: string): void {
    this.bindings.set(N, new ImportBinding(M, N2));
  }
}

/** https://tc39.es/ecma262/#sec-global-environment-records */
export class GlobalEnvironmentRecord extends Environment {
  readonly objectRecord: ObjectEnvironment;
  readonly globalThisValue: JSObject;
  readonly declarativeRecord: DeclarativeEnvironment;

  /** NewGlobalEnvironment ( G, thisValue ) — https://tc39.es/ecma262/#sec-newglobalenvironment */
  constructor(G: JSObject, thisValue: JSObject) {
    super(null);
    this.objectRecord = new ObjectEnvironment(G, false, null);
    this.globalThisValue = thisValue;
    this.declarativeRecord = new DeclarativeEnvironment(null);
  }

  override HasBinding(agent: Agent, N: string): boolean {
    return this.declarativeRecord.HasBinding(agent, N) || this.objectRecord.HasBinding(agent, N);
  }

  override CreateMutableBinding(agent: Agent, N: string, D: boolean): void {
    this.requireNoLexical(agent, N);
    this.declarativeRecord.CreateMutableBinding(agent, N, D);
  }

  override CreateImmutableBinding(agent: Agent, N: string, S: boolean): void {
    this.requireNoLexical(agent, N);
    this.declarativeRecord.CreateImmutableBinding(agent, N, S);
  }

  private requireNoLexical(agent: Agent, N: string): void {
    if (this.declarativeRecord.HasBinding(agent, N)) {
      throwTypeError(agent, `Identifier '${N}' has already been declared`);
    }
  }

  override InitializeBinding(agent: Agent, N: string, V: Value, hint: InitializeHint): void {
    if (this.declarativeRecord.HasBinding(agent, N))
      this.declarativeRecord.InitializeBinding(agent, N, V, hint);
    else this.objectRecord.InitializeBinding(agent, N, V, hint);
  }

  override SetMutableBinding(agent: Agent, N: string, V: Value, S: boolean): void {
    if (this.declarativeRecord.HasBinding(agent, N)) this.declarativeRecord.SetMutableBinding(agent, N, V, S);
    else this.objectRecord.SetMutableBinding(agent, N, V, S);
  }

  override GetBindingValue(agent: Agent, N: string, S: boolean): Value {
    if (this.declarativeRecord.HasBinding(agent, N))
      return this.declarativeRecord.GetBindingValue(agent, N, S);
    return this.objectRecord.GetBindingValue(agent, N, S);
  }

  override DeleteBinding(agent: Agent, N: string): boolean {
    if (this.declarativeRecord.HasBinding(agent, N)) return this.declarativeRecord.DeleteBinding(agent, N);
    if (this.objectRecord.bindingObject.GetOwnProperty(agent, N) === undefined) return true;
    return this.objectRecord.DeleteBinding(agent, N);
  }

  override HasThisBinding(): boolean {
    return true;
  }

  override GetThisBinding(_agent: Agent): Value {
    return this.globalThisValue;
  }

  /** https://tc39.es/ecma262/#sec-haslexicaldeclaration */
  override HasLexicalDeclaration(agent: Agent, N: string): boolean {
    return this.declarativeRecord.HasBinding(agent, N);
  }

  /** https://tc39.es/ecma262/#sec-hasrestrictedglobalproperty */
  HasRestrictedGlobalProperty(agent: Agent, N: string): boolean {
    const existingProp = this.objectRecord.bindingObject.GetOwnProperty(agent, N);
    return existingProp !== undefined && existingProp.configurable !== true;
  }

  /** https://tc39.es/ecma262/#sec-candeclareglobalvar */
  CanDeclareGlobalVar(agent: Agent, N: string): boolean {
    const globalObject = this.objectRecord.bindingObject;
    return globalObject.GetOwnProperty(agent, N) !== undefined || globalObject.IsExtensible(agent);
  }

  /** https://tc39.es/ecma262/#sec-candeclareglobalfunction */
  CanDeclareGlobalFunction(agent: Agent, N: string): boolean {
    const globalObject = this.objectRecord.bindingObject;
    const existingProp = globalObject.GetOwnProperty(agent, N);
    if (existingProp === undefined) return globalObject.IsExtensible(agent);
    if (existingProp.configurable === true) return true;
    return (
      IsDataDescriptor(existingProp) && existingProp.writable === true && existingProp.enumerable === true
    );
  }

  /** https://tc39.es/ecma262/#sec-createglobalvarbinding */
  CreateGlobalVarBinding(agent: Agent, N: string, D: boolean): void {
    const globalObject = this.objectRecord.bindingObject;
    const hasProperty = globalObject.GetOwnProperty(agent, N) !== undefined;
    if (!hasProperty && globalObject.IsExtensible(agent)) {
      this.objectRecord.CreateMutableBinding(agent, N, D);
      this.objectRecord.InitializeBinding(agent, N, undefined, 'normal');
    }
  }

  /** https://tc39.es/ecma262/#sec-createglobalfunctionbinding */
  CreateGlobalFunctionBinding(agent: Agent, N: string, V: Value, D: boolean): void {
    const globalObject = this.objectRecord.bindingObject;
    const existingProp = globalObject.GetOwnProperty(agent, N);
    const desc = valueDescriptor(V);
    if (existingProp === undefined || existingProp.configurable === true) {
      desc.writable = true;
      desc.enumerable = true;
      desc.configurable = D;
    }
    DefinePropertyOrThrow(agent, globalObject, N, desc);
    Set(agent, globalObject, N, V, false);
  }
}

/** Installs the realm's global object and global environment, https://tc39.es/ecma262/#sec-initializehostdefinedrealm . */
export function SetRealmGlobalObject(
  realm: Realm,
  globalObject: JSObject = realm.globalObject,
  thisValue: JSObject = globalObject,
): void {
  realm.globalObject = globalObject;
  realm.globalEnv = new GlobalEnvironmentRecord(globalObject, thisValue);
}

/** https://tc39.es/ecma262/#sec-privateenvironment-records */
export class PrivateEnvironmentRecord {
  readonly outerPrivateEnvironment: PrivateEnvironmentRecord | null;
  /** By source name without the `#`. */
  readonly names: Map<string, PrivateName>;

  constructor(outerPrivateEnvironment: PrivateEnvironmentRecord | null) {
    this.outerPrivateEnvironment = outerPrivateEnvironment;
    this.names = new Map();
  }

  /** Adds a fresh Private Name unless the name is known (a getter and setter share one). */
  declare(name: string): void {
    if (!this.names.has(name)) this.names.set(name, new PrivateName(`#${name}`));
  }

  /** The names declared here and further out, by source name without the `#`. */
  visibleNames(): string[] {
    const visible: string[] = [];
    for (let env: PrivateEnvironmentRecord | null = this; env !== null; env = env.outerPrivateEnvironment) {
      visible.push(...env.names.keys());
    }
    return visible;
  }
}

/** https://tc39.es/ecma262/#sec-resolve-private-identifier ; early errors ensure that the name is declared. */
export function ResolvePrivateIdentifier(
  privateEnv: PrivateEnvironmentRecord | null,
  identifier: string,
): PrivateName {
  for (let env = privateEnv; env !== null; env = env.outerPrivateEnvironment) {
    const name = env.names.get(identifier);
    if (name !== undefined) return name;
  }
  throw new InternalError(`undeclared private name #${identifier}`);
}
