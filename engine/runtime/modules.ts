// Module Records, https://tc39.es/ecma262/#sec-modules : loading and linking of module graphs, import attributes. What a
// module's code is belongs to the tiers: they subclass SourceTextModule (source-text-module.ts).
import { assert } from '../base/assert.ts';
import type { Agent } from './agent.ts';
import { Call1 } from './call.ts';
import { ThrowCompletion } from './completion.ts';
import type { ModuleEnvironment } from './environments.ts';
import { throwSyntaxError } from './errors.ts';
import { type GuestWork, runGuestWork } from './guest-work.ts';
import type { ScriptOrModule } from './objects/function.ts';
import type { Coroutine } from './objects/generator.ts';
import { ModuleNamespaceCreate, type ModuleNamespaceObject } from './objects/module-namespace.ts';
import { type JSObject, OrdinaryObjectCreate } from './objects/object.ts';
import type { PromiseCapability, PromiseObject } from './objects/promise.ts';
import { NewPromiseCapability } from './operations/promise-operations.ts';
import type { LoadedModuleRequest, Realm } from './realm.ts';
import type { Value } from './value.ts';

export type ModulePhase = 'evaluation' | 'source' | 'defer';

/** ImportAttribute Record, https://tc39.es/ecma262/#importattribute-record . */
export interface ImportAttributeRecord {
  readonly key: string;
  readonly value: string;
}

/** ModuleRequest Record, https://tc39.es/ecma262/#modulerequest-record . Attributes are sorted by key. */
export interface ModuleRequestRecord {
  readonly specifier: string;
  readonly attributes: readonly ImportAttributeRecord[];
  readonly phase: ModulePhase;
}

/** https://tc39.es/ecma262/#sec-ModuleRequestsEqual ; the phase does not count. */
export function ModuleRequestsEqual(left: ModuleRequestRecord, right: ModuleRequestRecord): boolean {
  if (left.specifier !== right.specifier || left.attributes.length !== right.attributes.length) return false;
  return left.attributes.every((l) => right.attributes.some((r) => l.key === r.key && l.value === r.value));
}

/** Attribute keys that hosts may be asked for, https://tc39.es/ecma262/#sec-hostgetsupportedimportattributes . */
export const SUPPORTED_IMPORT_ATTRIBUTES: readonly string[] = ['type'];

/** https://tc39.es/ecma262/#sec-AllImportAttributesSupported */
export function AllImportAttributesSupported(attributes: readonly ImportAttributeRecord[]): boolean {
  return attributes.every((attribute) => SUPPORTED_IMPORT_ATTRIBUTES.includes(attribute.key));
}

/**
 * ResolvedBinding Record, https://tc39.es/ecma262/#resolvedbinding-record . bindingName null stands for what `phase` says:
 * the namespace, the deferred namespace, or the module source.
 */
export interface ResolvedBinding {
  readonly module: ModuleRecord;
  readonly bindingName: string | null;
  readonly phase: ModulePhase;
}

/** Entries of a resolve set, https://tc39.es/ecma262/#sec-resolveexport . */
export interface ResolveSetEntry {
  readonly module: ModuleRecord;
  readonly exportName: string;
}

/** https://tc39.es/ecma262/#sec-abstract-module-records */
export abstract class ModuleRecord implements ScriptOrModule {
  readonly realm: Realm;
  readonly hostDefined: unknown;
  environment: ModuleEnvironment | null;
  namespace: ModuleNamespaceObject | null;
  deferredNamespace: ModuleNamespaceObject | null;
  /** [[ImportMeta]]; null stands for empty. */
  importMeta: JSObject | null;

  constructor(realm: Realm, hostDefined: unknown) {
    this.realm = realm;
    this.hostDefined = hostDefined;
    this.environment = null;
    this.namespace = null;
    this.deferredNamespace = null;
    this.importMeta = null;
  }

  /** A promise that settles when the whole graph is loaded. */
  abstract LoadRequestedModules(agent: Agent, hostDefined?: unknown): PromiseObject;
  abstract GetExportedNames(agent: Agent, exportStarSet?: Set<ModuleRecord>): string[];
  /** null: not found or circular. */
  abstract ResolveExport(
    agent: Agent,
    exportName: string,
    resolveSet?: ResolveSetEntry[],
  ): ResolvedBinding | null | 'ambiguous';
  abstract Link(agent: Agent): void;
  /** Evaluate ( ) up to the code of the guest: its promise, and what is to be run, if anything. */
  abstract beginEvaluation(agent: Agent): {
    readonly promise: PromiseObject;
    readonly work: GuestWork | null;
  };

  Evaluate(agent: Agent): PromiseObject {
    const { promise, work } = this.beginEvaluation(agent);
    if (work !== null) runGuestWork(agent, work);
    return promise;
  }

  /** GetModuleSource: the source phase object; throws a SyntaxError where there is none. */
  GetModuleSource(agent: Agent): JSObject {
    return throwSyntaxError(agent, 'The module has no source phase representation');
  }

  /** GetModuleNamespace ( module, phase ) — https://tc39.es/ecma262/#sec-getmodulenamespace */
  getNamespace(agent: Agent, phase: 'evaluation' | 'defer'): ModuleNamespaceObject {
    const known = phase === 'defer' ? this.deferredNamespace : this.namespace;
    if (known !== null) return known;
    const unambiguousNames: string[] = [];
    for (const name of this.GetExportedNames(agent)) {
      const resolution = this.ResolveExport(agent, name);
      if (resolution !== null && resolution !== 'ambiguous') unambiguousNames.push(name);
    }
    const namespace = ModuleNamespaceCreate(agent, this, unambiguousNames, phase);
    if (phase === 'defer') this.deferredNamespace = namespace;
    else this.namespace = namespace;
    return namespace;
  }

  /** The value of `import.meta` — https://tc39.es/ecma262/#sec-meta-properties-runtime-semantics-evaluation */
  importMetaObject(agent: Agent): JSObject {
    if (this.importMeta === null) {
      const importMeta = OrdinaryObjectCreate(agent, null);
      agent.hooks.initializeImportMeta(agent, importMeta, this);
      this.importMeta = importMeta;
    }
    return this.importMeta;
  }

  /** Evaluates a module whose deferred namespace is touched: GetModuleExportsList steps 1.a to 1.c. */
  evaluateDeferred(agent: Agent): void {
    EvaluateModuleSync(agent, this);
  }
}

/** The object that an import of a whole module binds, by its phase. */
export function objectOfPhase(agent: Agent, module: ModuleRecord, phase: ModulePhase): JSObject {
  return phase === 'source' ? module.GetModuleSource(agent) : module.getNamespace(agent, phase);
}

export type ModuleStatus =
  | 'new'
  | 'unlinked'
  | 'linking'
  | 'linked'
  | 'evaluating'
  | 'evaluating-async'
  | 'evaluated';

/** https://tc39.es/ecma262/#sec-cyclic-module-records */
export abstract class CyclicModuleRecord extends ModuleRecord {
  status: ModuleStatus;
  evaluationError: ThrowCompletion | null;
  dfsIndex: number;
  dfsAncestorIndex: number;
  readonly requestedModules: readonly ModuleRequestRecord[];
  readonly loadedModules: LoadedModuleRequest[];
  cycleRoot: CyclicModuleRecord | null;
  readonly hasTLA: boolean;
  asyncEvaluationOrder: number | 'unset' | 'done';
  topLevelCapability: PromiseCapability | null;
  readonly asyncParentModules: CyclicModuleRecord[];
  pendingAsyncDependencies: number;

  constructor(
    realm: Realm,
    hostDefined: unknown,
    requestedModules: readonly ModuleRequestRecord[],
    hasTLA: boolean,
  ) {
    super(realm, hostDefined);
    this.status = 'new';
    this.evaluationError = null;
    this.dfsIndex = -1;
    this.dfsAncestorIndex = -1;
    this.requestedModules = requestedModules;
    this.loadedModules = [];
    this.cycleRoot = null;
    this.hasTLA = hasTLA;
    this.asyncEvaluationOrder = 'unset';
    this.topLevelCapability = null;
    this.asyncParentModules = [];
    this.pendingAsyncDependencies = 0;
  }

  abstract InitializeEnvironment(agent: Agent): void;
  /** ExecuteModule: the body, to be run; null if it has been run, which it is at once only without top-level await. */
  abstract ExecuteModule(agent: Agent): Coroutine | null;

  /** https://tc39.es/ecma262/#sec-LoadRequestedModules */
  override LoadRequestedModules(agent: Agent, hostDefined?: unknown): PromiseObject {
    const pc = NewPromiseCapability(agent, agent.realm.intrinsic('%Promise%'));
    const state = new GraphLoadingState(pc, hostDefined);
    InnerModuleLoading(agent, state, this);
    return pc.promise as PromiseObject;
  }

  /** https://tc39.es/ecma262/#sec-moduledeclarationlinking */
  override Link(agent: Agent): void {
    const stack: CyclicModuleRecord[] = [];
    try {
      InnerModuleLinking(agent, this, stack, 0);
    } catch (thrown) {
      for (const m of stack) m.status = 'unlinked';
      throw thrown;
    }
  }
}

// ---- Loading

/** https://tc39.es/ecma262/#graphloadingstate-record */
class GraphLoadingState implements ModuleLoadPayload {
  readonly promiseCapability: PromiseCapability;
  isLoading: boolean;
  pendingModulesCount: number;
  readonly visited: Set<CyclicModuleRecord>;
  readonly hostDefined: unknown;

  constructor(promiseCapability: PromiseCapability, hostDefined: unknown) {
    this.promiseCapability = promiseCapability;
    this.isLoading = true;
    this.pendingModulesCount = 1;
    this.visited = new Set();
    this.hostDefined = hostDefined;
  }

  loaded(agent: Agent, result: ModuleCompletion, request: ModuleRequestRecord): void {
    ContinueModuleLoading(agent, this, result, request);
  }
}

/** https://tc39.es/ecma262/#sec-InnerModuleLoading */
function InnerModuleLoading(agent: Agent, state: GraphLoadingState, module: ModuleRecord): void {
  if (module instanceof CyclicModuleRecord && module.status === 'new' && !state.visited.has(module)) {
    state.visited.add(module);
    state.pendingModulesCount += module.requestedModules.length;
    for (const request of module.requestedModules) {
      if (!AllImportAttributesSupported(request.attributes)) {
        const error = agent.createThrow('SyntaxError', 'Import attribute is not supported');
        ContinueModuleLoading(agent, state, { error: error.value });
      } else {
        const record = module.loadedModules.find((loaded) => ModuleRequestsEqual(loaded.request, request));
        if (record !== undefined) loadFurther(agent, state, request, record.module);
        else HostLoadImportedModule(agent, module, request, state);
      }
      if (!state.isLoading) return;
    }
  }
  oneLoaded(agent, state);
}

/** The source phase needs a module's source only, not what that imports. */
function loadFurther(
  agent: Agent,
  state: GraphLoadingState,
  request: ModuleRequestRecord,
  module: ModuleRecord,
): void {
  if (request.phase !== 'source') InnerModuleLoading(agent, state, module);
  else oneLoaded(agent, state);
}

/** InnerModuleLoading steps 3 to 5. */
function oneLoaded(agent: Agent, state: GraphLoadingState): void {
  state.pendingModulesCount--;
  if (state.pendingModulesCount > 0) return;
  state.isLoading = false;
  for (const loaded of state.visited) if (loaded.status === 'new') loaded.status = 'unlinked';
  Call1(agent, state.promiseCapability.resolve, undefined, undefined);
}

/** A Module Record or the value of a throw completion. */
export type ModuleCompletion = { readonly module: ModuleRecord } | { readonly error: Value };

/** https://tc39.es/ecma262/#sec-ContinueModuleLoading */
function ContinueModuleLoading(
  agent: Agent,
  state: GraphLoadingState,
  moduleCompletion: ModuleCompletion,
  request: ModuleRequestRecord | null = null,
): void {
  if (!state.isLoading) return;
  if ('module' in moduleCompletion) {
    assert(request !== null, 'a loaded module was asked for');
    loadFurther(agent, state, request, moduleCompletion.module);
  } else {
    state.isLoading = false;
    Call1(agent, state.promiseCapability.reject, undefined, moduleCompletion.error);
  }
}

/** What waits for a module that the host loads: a graph, or a dynamic import. */
export interface ModuleLoadPayload {
  loaded(agent: Agent, result: ModuleCompletion, request: ModuleRequestRecord): void;
}

/** Script, module or realm: what imports are relative to. */
export type ModuleReferrer = (ScriptOrModule & { readonly loadedModules: LoadedModuleRequest[] }) | Realm;

/** HostLoadImportedModule through the hooks — https://tc39.es/ecma262/#sec-HostLoadImportedModule */
export function HostLoadImportedModule(
  agent: Agent,
  referrer: ModuleReferrer,
  request: ModuleRequestRecord,
  payload: ModuleLoadPayload,
): void {
  const load = { referrer, payload };
  agent.pendingLoads.add(load);
  agent.hooks.loadImportedModule(agent, referrer, request, (result) => {
    agent.pendingLoads.delete(load);
    FinishLoadingImportedModule(agent, referrer, request, payload, result as ModuleCompletion);
  });
}

/** https://tc39.es/ecma262/#sec-FinishLoadingImportedModule */
export function FinishLoadingImportedModule(
  agent: Agent,
  referrer: ModuleReferrer,
  moduleRequest: ModuleRequestRecord,
  payload: ModuleLoadPayload,
  result: ModuleCompletion,
): void {
  if ('module' in result) {
    const record = referrer.loadedModules.find((loaded) =>
      ModuleRequestsEqual(loaded.request, moduleRequest),
    );
    if (record !== undefined)
      assert(record.module === result.module, 'the host answers a request always alike');
    else referrer.loadedModules.push({ request: moduleRequest, module: result.module });
  }
  payload.loaded(agent, result, moduleRequest);
}

/** GetImportedModule ( referrer, request ) — https://tc39.es/ecma262/#sec-GetImportedModule */
export function GetImportedModule(
  referrer: { readonly loadedModules: readonly LoadedModuleRequest[] },
  request: ModuleRequestRecord,
): ModuleRecord {
  const record = referrer.loadedModules.find((loaded) => ModuleRequestsEqual(loaded.request, request));
  assert(record !== undefined, 'requested modules are loaded before they are used');
  return record.module;
}

// ---- Linking

/** https://tc39.es/ecma262/#sec-InnerModuleLinking */
function InnerModuleLinking(
  agent: Agent,
  module: ModuleRecord,
  stack: CyclicModuleRecord[],
  firstIndex: number,
): number {
  let index = firstIndex;
  if (!(module instanceof CyclicModuleRecord)) {
    module.Link(agent);
    return index;
  }
  if (module.status !== 'unlinked') {
    assert(module.status !== 'new', 'modules are loaded before they are linked');
    return index;
  }
  module.status = 'linking';
  module.dfsIndex = index;
  module.dfsAncestorIndex = index;
  index++;
  stack.push(module);
  agent.enterCall();
  try {
    for (const required of module.requestedModules) {
      if (required.phase === 'source') continue;
      const requiredModule = GetImportedModule(module, required);
      index = InnerModuleLinking(agent, requiredModule, stack, index);
      if (requiredModule instanceof CyclicModuleRecord && requiredModule.status === 'linking') {
        module.dfsAncestorIndex = Math.min(module.dfsAncestorIndex, requiredModule.dfsAncestorIndex);
      }
    }
    module.InitializeEnvironment(agent);
  } finally {
    agent.depth--;
  }
  if (module.dfsAncestorIndex === module.dfsIndex) {
    for (;;) {
      const requiredModule = stack.pop() as CyclicModuleRecord;
      requiredModule.status = 'linked';
      if (requiredModule === module) break;
    }
  }
  return index;
}

// ---- Evaluation, of which the rest is in module-evaluation.ts

/** https://tc39.es/ecma262/#sec-EvaluateModuleSync */
export function EvaluateModuleSync(agent: Agent, module: ModuleRecord): void {
  const promise = module.Evaluate(agent);
  if (promise.promiseState === 'fulfilled') return;
  assert(promise.promiseState === 'rejected', 'the evaluation was synchronous');
  if (!promise.isHandled) agent.hooks.trackPromiseRejection(agent, promise, 'handle');
  promise.isHandled = true;
  throw new ThrowCompletion(promise.promiseResult);
}
