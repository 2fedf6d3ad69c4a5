// WebAssembly modules in graphs of ECMAScript modules: imports come from other modules by name, exports are bindings, and
// the source phase gives the WebAssembly.Module itself. An exported global is a binding to the value that it has when
// the module has been instantiated; another WebAssembly module that imports it gets the global.
// https://webassembly.github.io/esm-integration/js-api/#esm-integration

import type { Agent } from '../../runtime/agent.ts';
import { ModuleEnvironment } from '../../runtime/environments.ts';
import { throwReferenceError, throwSyntaxError } from '../../runtime/errors.ts';
import { beginModuleEvaluation, evaluateDeferredModule } from '../../runtime/module-evaluation.ts';
import {
  CyclicModuleRecord,
  GetImportedModule,
  type ModuleRecord,
  type ModuleRequestRecord,
  objectOfPhase,
  type ResolvedBinding,
} from '../../runtime/modules.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import type { Realm } from '../../runtime/realm.ts';
import type { Value } from '../../runtime/value.ts';
import { type Extern, GlobalInst, type ModuleInst } from '../runtime/instances.ts';
import { stateOf } from './agent-state.ts';
import type { CompileOptions } from './builtin-imports.ts';
import { instantiateCore, objectOfExtern, readImportsBy } from './instance.ts';
import { compileBytes, createModuleObject, requireCompiled } from './module.ts';
import type { ModuleObject } from './objects.ts';
import { isOpaque, loadGlobal } from './values.ts';

/** What modules of a graph are compiled with. */
const OPTIONS: CompileOptions = {
  builtins: ['js-string'],
  importedStringConstants: 'wasm:js/string-constants',
};

/** Names that are kept for later. */
const RESERVED = /^wasm(?:-js)?:/;

/** Parse a WebAssembly module — https://webassembly.github.io/esm-integration/js-api/#parse-a-webassembly-module . Throws a guest error. */
export function createWebAssemblyModule(
  agent: Agent,
  bytes: Uint8Array,
  realm: Realm,
  hostDefined: unknown,
): WebAssemblyModuleRecord {
  const what = typeof hostDefined === 'string' ? hostDefined : 'WebAssembly module';
  const object = createModuleObject(agent, requireCompiled(agent, compileBytes(agent, bytes, OPTIONS), what));
  const { module } = object.valid;
  const requests = new Map<string, ModuleRequestRecord>();
  module.imports.forEach(({ module: specifier, name }, i) => {
    if (object.builtins[i] !== null) return;
    if (RESERVED.test(specifier) || RESERVED.test(name))
      throw agent.createThrow('LinkError', `${what}: import "${specifier}" "${name}" has a reserved name`);
    requests.set(specifier, requestOf(specifier));
  });
  for (const { name } of module.exports)
    if (RESERVED.test(name))
      throw agent.createThrow('LinkError', `${what}: export "${name}" has a reserved name`);
  return new WebAssemblyModuleRecord(realm, object, [...requests.values()], hostDefined);
}

function requestOf(specifier: string): ModuleRequestRecord {
  return { specifier, attributes: [], phase: 'evaluation' };
}

/** https://webassembly.github.io/esm-integration/js-api/#webassembly-module-record */
export class WebAssemblyModuleRecord extends CyclicModuleRecord {
  private readonly moduleObject: ModuleObject;
  private readonly exportNames: readonly string[];
  /** Null before the module is executed. */
  private instance: ModuleInst | null;

  constructor(
    realm: Realm,
    moduleObject: ModuleObject,
    requests: readonly ModuleRequestRecord[],
    hostDefined: unknown,
  ) {
    super(realm, hostDefined, requests, false);
    this.moduleObject = moduleObject;
    this.exportNames = moduleObject.valid.module.exports.map(({ name }) => name);
    this.instance = null;
  }

  override GetModuleSource(_agent: Agent): JSObject {
    return this.moduleObject;
  }

  override GetExportedNames(_agent: Agent): string[] {
    return [...this.exportNames];
  }

  override ResolveExport(_agent: Agent, exportName: string): ResolvedBinding | null {
    return this.exportNames.includes(exportName)
      ? { module: this, bindingName: exportName, phase: 'evaluation' }
      : null;
  }

  override beginEvaluation(agent: Agent): ReturnType<typeof beginModuleEvaluation> {
    return beginModuleEvaluation(agent, this);
  }

  override evaluateDeferred(agent: Agent): void {
    evaluateDeferredModule(agent, this);
  }

  /** Bindings without values: modules of a cycle that look at them too early get a ReferenceError. */
  override InitializeEnvironment(agent: Agent): void {
    const { imports } = this.moduleObject.valid.module;
    imports.forEach(({ module, name }, i) => {
      if (this.moduleObject.builtins[i] === null) this.resolve(agent, module, name);
    });
    const env = new ModuleEnvironment(this.realm.globalEnv);
    this.environment = env;
    for (const name of this.exportNames) env.CreateImmutableBinding(agent, name, true);
  }

  private resolve(agent: Agent, specifier: string, name: string): ResolvedBinding {
    const resolution = this.importedModule(specifier).ResolveExport(agent, name);
    if (resolution === null)
      throwSyntaxError(
        agent,
        `The requested module '${specifier}' does not provide an export named '${name}'`,
      );
    if (resolution === 'ambiguous')
      throwSyntaxError(agent, `The requested module '${specifier}' exports '${name}' ambiguously`);
    return resolution;
  }

  private importedModule(specifier: string): ModuleRecord {
    return GetImportedModule(this, requestOf(specifier));
  }

  override ExecuteModule(agent: Agent): null {
    const { moduleObject } = this;
    const caller = agent.realm;
    agent.realm = this.realm;
    try {
      const imports = readImportsBy(agent, moduleObject, (specifier, name) =>
        this.importedValue(agent, this.resolve(agent, specifier, name)),
      );
      const { instance } = instantiateCore(agent, moduleObject, imports);
      this.instance = instance;
      for (const [name, extern] of instance.exports) this.initializeExport(agent, name, extern);
    } finally {
      agent.realm = caller;
    }
    return null;
  }

  private importedValue(agent: Agent, { module, bindingName, phase }: ResolvedBinding): Value {
    if (bindingName === null) return objectOfPhase(agent, module, phase);
    if (module instanceof WebAssemblyModuleRecord) {
      const extern = module.instance?.exports.get(bindingName);
      if (extern !== undefined) return objectOfExtern(stateOf(agent), extern);
    }
    const { environment } = module;
    if (environment === null)
      throwReferenceError(agent, `Cannot access '${bindingName}' before initialization`);
    return environment.GetBindingValue(agent, bindingName, true);
  }

  private initializeExport(agent: Agent, name: string, extern: Extern): void {
    const state = stateOf(agent);
    const environment = this.environment as ModuleEnvironment;
    if (extern instanceof GlobalInst) {
      // What JavaScript cannot see stays uninitialized.
      if (isOpaque(state, extern.type.type)) return;
      environment.InitializeBinding(agent, name, loadGlobal(state, extern), 'normal');
      return;
    }
    environment.InitializeBinding(agent, name, objectOfExtern(state, extern), 'normal');
  }
}
