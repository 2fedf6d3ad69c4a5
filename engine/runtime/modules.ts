// Module Records, https://tc39.es/ecma262/#sec-modules : loading, linking and evaluation of module graphs with
// top-level await, import attributes, `import defer` and `import source`, dynamic import, synthetic modules.
// What a module's code is belongs to the tiers: they subclass CyclicModuleRecord.
import { assert } from '../base/assert.ts';
import type { Agent } from './agent.ts';
import { Call1 } from './call.ts';
import { ThrowCompletion } from './completion.ts';
import { ModuleEnvironment } from './environments.ts';
import { guestValueOf, throwSyntaxError, throwTypeError } from './errors.ts';
import { GuestResumption, type GuestStep, GuestWork, runGuestWork } from './guest-work.ts';
import type { ScriptOrModule } from './objects/function.ts';
import { COROUTINE_RETURNED, type Coroutine, type CoroutineState } from './objects/generator.ts';
import { ModuleNamespaceCreate, type ModuleNamespaceObject } from './objects/module-namespace.ts';
import { ModuleSourceObject } from './objects/module-source.ts';
import { type JSObject, OrdinaryObjectCreate } from './objects/object.ts';
import type { AwaitContinuation, PromiseCapability, PromiseObject } from './objects/promise.ts';
import { AsyncBlock } from './operations/async-operations.ts';
import {
  createPromise,
  NewPromiseCapability,
  performPromiseThenContinuation,
} from './operations/promise-operations.ts';
import type { LoadedModuleRequest, Realm } from './realm.ts';
import { rootShape, SHAPE_KIND_ORDINARY } from './shape.ts';
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

  /** https://tc39.es/ecma262/#sec-moduleevaluation */
  override beginEvaluation(agent: Agent): {
    readonly promise: PromiseObject;
    readonly work: GuestWork | null;
  } {
    let module: CyclicModuleRecord = this;
    if ((this.status === 'evaluating-async' || this.status === 'evaluated') && this.cycleRoot !== null) {
      module = this.cycleRoot;
    }
    if (module.topLevelCapability !== null)
      return { promise: module.topLevelCapability.promise as PromiseObject, work: null };
    const capability = NewPromiseCapability(agent, agent.realm.intrinsic('%Promise%'));
    module.topLevelCapability = capability;
    return { promise: capability.promise as PromiseObject, work: new ModuleEvaluation(module, capability) };
  }

  override evaluateDeferred(agent: Agent): void {
    if (this.status !== 'evaluated' && !ReadyForSyncExecution(this, new Set())) {
      throwTypeError(agent, 'The deferred module cannot be evaluated synchronously now');
    }
    // A finished member of a cycle that still runs: its exports are there, its cycle can't be waited for.
    if (this.status === 'evaluated' && this.evaluationError === null && !IsModuleSCCEvaluated(this)) return;
    EvaluateModuleSync(agent, this);
  }
}

// ---- Loading

/** https://tc39.es/ecma262/#graphloadingstate-record */
export class GraphLoadingState {
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

/** DynamicImportState Record: what a dynamic import waits with. */
export interface DynamicImportState {
  readonly promiseCapability: PromiseCapability;
  readonly phase: ModulePhase;
}

/** Script, module or realm: what imports are relative to. */
export type ModuleReferrer = (ScriptOrModule & { readonly loadedModules: LoadedModuleRequest[] }) | Realm;

/** HostLoadImportedModule through the hooks — https://tc39.es/ecma262/#sec-HostLoadImportedModule */
export function HostLoadImportedModule(
  agent: Agent,
  referrer: ModuleReferrer,
  request: ModuleRequestRecord,
  payload: GraphLoadingState | DynamicImportState,
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
  payload: GraphLoadingState | DynamicImportState,
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
  if (payload instanceof GraphLoadingState) ContinueModuleLoading(agent, payload, result, moduleRequest);
  else ContinueDynamicImport(agent, payload, result);
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

// ---- Evaluation

/** A module on the way through its dependencies. */
interface Visit {
  readonly module: CyclicModuleRecord;
  readonly evaluationList: readonly ModuleRecord[];
  next: number;
  /** The dependency that has been entered and not been looked at afterwards. */
  entered: ModuleRecord | null;
  isExecuted: boolean;
}

/** Evaluate ( ) with InnerModuleEvaluation and `import defer` — https://tc39.es/ecma262/#sec-innermoduleevaluation */
class ModuleEvaluation extends GuestWork {
  private readonly module: CyclicModuleRecord;
  private readonly capability: PromiseCapability;
  private readonly stack: CyclicModuleRecord[];
  private readonly visits: Visit[];
  private index: number;
  private body: ModuleBody | null;

  constructor(module: CyclicModuleRecord, capability: PromiseCapability) {
    super();
    this.module = module;
    this.capability = capability;
    this.stack = [];
    this.visits = [];
    this.index = 0;
    this.body = null;
  }

  override begin(agent: Agent): GuestStep | null {
    try {
      this.enter(agent, this.module);
    } catch (thrown) {
      return this.fail(agent, guestValueOf(agent, thrown));
    }
    return this.goOn(agent);
  }

  override suspended(agent: Agent, state: CoroutineState): GuestStep | null {
    (this.body as ModuleBody).suspended(agent, state);
    return this.goOn(agent);
  }

  override threw(agent: Agent, value: Value): GuestStep | null {
    return (this.body as ModuleBody).threw(agent, value) ? this.goOn(agent) : this.fail(agent, value);
  }

  private fail(agent: Agent, error: Value): null {
    for (const m of this.stack) {
      m.status = 'evaluated';
      m.evaluationError = new ThrowCompletion(error);
    }
    Call1(agent, this.capability.reject, undefined, error);
    return null;
  }

  /** Goes on to the next body, or the end. */
  private goOn(agent: Agent): GuestStep | null {
    const { visits, module } = this;
    try {
      for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
        if (visit.entered !== null) {
          join(visit.module, visit.entered);
          visit.entered = null;
        } else if (visit.next < visit.evaluationList.length) {
          visit.entered = visit.evaluationList[visit.next++];
          agent.chargeFuel(1);
          this.enter(agent, visit.entered);
        } else if (!visit.isExecuted) {
          visit.isExecuted = true;
          const step = this.execute(agent, visit.module);
          if (step !== null) return step;
        } else {
          visits.pop();
          this.leave(visit.module);
        }
      }
    } catch (thrown) {
      return this.fail(agent, guestValueOf(agent, thrown));
    }
    if (typeof module.asyncEvaluationOrder !== 'number')
      Call1(agent, this.capability.resolve, undefined, undefined);
    return null;
  }

  /** InnerModuleEvaluation up to step 11; a module that has to be evaluated gets a visit. */
  private enter(agent: Agent, module: ModuleRecord): void {
    if (!(module instanceof CyclicModuleRecord)) {
      EvaluateModuleSync(agent, module);
      return;
    }
    if (module.status === 'evaluating-async' || module.status === 'evaluated') {
      if (module.evaluationError !== null) throw module.evaluationError;
      return;
    }
    if (module.status === 'evaluating') return;
    assert(module.status === 'linked', 'modules are linked before they are evaluated');
    module.status = 'evaluating';
    module.dfsIndex = this.index;
    module.dfsAncestorIndex = this.index;
    module.pendingAsyncDependencies = 0;
    this.index++;
    this.stack.push(module);
    this.visits.push({
      module,
      evaluationList: [...evaluationListOf(module)],
      next: 0,
      entered: null,
      isExecuted: false,
    });
  }

  /** InnerModuleEvaluation steps 13 and 14. */
  private execute(agent: Agent, module: CyclicModuleRecord): GuestStep | null {
    if (module.pendingAsyncDependencies > 0 || module.hasTLA) {
      module.asyncEvaluationOrder = agent.moduleAsyncEvaluationCount++;
      if (module.pendingAsyncDependencies > 0) return null;
    }
    this.body = new ModuleBody(agent, module);
    return this.body.begin(agent);
  }

  /** InnerModuleEvaluation step 16: the end of a strongly connected component. */
  private leave(module: CyclicModuleRecord): void {
    if (module.dfsAncestorIndex !== module.dfsIndex) return;
    for (;;) {
      const requiredModule = this.stack.pop() as CyclicModuleRecord;
      requiredModule.status =
        requiredModule.asyncEvaluationOrder === 'unset' ? 'evaluated' : 'evaluating-async';
      requiredModule.cycleRoot = module;
      if (requiredModule === module) break;
    }
  }
}

/** InnerModuleEvaluation step 12.b: what a module takes over from a dependency that has been entered. */
function join(module: CyclicModuleRecord, required: ModuleRecord): void {
  if (!(required instanceof CyclicModuleRecord)) return;
  let requiredModule = required;
  if (requiredModule.status === 'evaluating') {
    module.dfsAncestorIndex = Math.min(module.dfsAncestorIndex, requiredModule.dfsAncestorIndex);
  } else {
    assert(requiredModule.cycleRoot !== null, 'an evaluated module has a cycle root');
    requiredModule = requiredModule.cycleRoot;
    if (requiredModule.evaluationError !== null) throw requiredModule.evaluationError;
  }
  if (typeof requiredModule.asyncEvaluationOrder === 'number') {
    module.pendingAsyncDependencies++;
    requiredModule.asyncParentModules.push(module);
  }
}

/** The body of a module while it runs: up to its end or, with top-level await, its first suspension. */
class ModuleBody {
  private readonly module: CyclicModuleRecord;
  /** With top-level await. */
  private readonly block: AsyncBlock | null;
  private readonly coroutine: Coroutine | null;

  /** ExecuteAsyncModule, or ExecuteModule — https://tc39.es/ecma262/#sec-execute-async-module */
  constructor(agent: Agent, module: CyclicModuleRecord) {
    this.module = module;
    if (module.hasTLA) {
      const promise = createPromise(agent);
      performPromiseThenContinuation(agent, promise, new AsyncModuleExecution(module));
      this.coroutine = module.ExecuteModule(agent);
      assert(this.coroutine !== null, 'a body that awaits is a coroutine');
      this.block = new AsyncBlock(this.coroutine, promise);
    } else {
      this.coroutine = module.ExecuteModule(agent);
      this.block = null;
    }
  }

  /** What is to run; null if all has been run. */
  begin(_agent: Agent): GuestStep | null {
    if (this.block !== null) return this.block.begin();
    return this.coroutine === null ? null : new GuestResumption(this.coroutine, 'normal', undefined);
  }

  suspended(agent: Agent, state: CoroutineState): void {
    if (this.block !== null) this.block.suspended(agent, state);
    else assert(state === COROUTINE_RETURNED, `module ${this.module.hostDefined} has no top-level await`);
  }

  /** True if the error has been taken: a body with top-level await rejects its promise. */
  threw(agent: Agent, value: Value): boolean {
    if (this.block === null) return false;
    this.block.threw(agent, value);
    return true;
  }
}

/** InnerModuleEvaluation step 11: what must be evaluated before the module itself. */
function evaluationListOf(module: CyclicModuleRecord): Set<ModuleRecord> {
  const evaluationList = new Set<ModuleRecord>();
  for (const required of module.requestedModules) {
    if (required.phase === 'source') continue;
    const requiredModule = GetImportedModule(module, required);
    if (required.phase === 'evaluation') evaluationList.add(requiredModule);
    else
      for (const m of GatherAsynchronousTransitiveDependencies(requiredModule, new Set()))
        evaluationList.add(m);
  }
  return evaluationList;
}

/** https://tc39.es/proposal-defer-import-eval/#sec-IsModuleSCCEvaluated */
function IsModuleSCCEvaluated(module: CyclicModuleRecord): boolean {
  return (module.cycleRoot ?? module).status === 'evaluated';
}

/** https://tc39.es/proposal-defer-import-eval/#sec-GatherAsynchronousTransitiveDependencies */
function GatherAsynchronousTransitiveDependencies(
  module: ModuleRecord,
  seen: Set<ModuleRecord>,
): readonly CyclicModuleRecord[] {
  if (seen.has(module)) return [];
  seen.add(module);
  if (!(module instanceof CyclicModuleRecord)) return [];
  if (module.status === 'evaluating' || IsModuleSCCEvaluated(module)) return [];
  if (module.hasTLA) return [module];
  const result = new Set<CyclicModuleRecord>();
  for (const required of module.requestedModules) {
    if (required.phase === 'source') continue;
    const requiredModule = GetImportedModule(module, required);
    for (const m of GatherAsynchronousTransitiveDependencies(requiredModule, seen)) result.add(m);
  }
  return [...result];
}

/** https://tc39.es/proposal-defer-import-eval/#sec-ReadyForSyncExecution */
function ReadyForSyncExecution(module: ModuleRecord, seen: Set<ModuleRecord>): boolean {
  if (!(module instanceof CyclicModuleRecord)) return true;
  if (seen.has(module)) return true;
  seen.add(module);
  if (IsModuleSCCEvaluated(module)) return true;
  if (module.status === 'evaluating' || module.status === 'evaluating-async') return false;
  if (module.status === 'evaluated') return true;
  if (module.hasTLA) return false;
  for (const required of module.requestedModules) {
    if (required.phase === 'source') continue;
    if (!ReadyForSyncExecution(GetImportedModule(module, required), seen)) return false;
  }
  return true;
}

/** https://tc39.es/ecma262/#sec-EvaluateModuleSync */
function EvaluateModuleSync(agent: Agent, module: ModuleRecord): void {
  const promise = module.Evaluate(agent);
  if (promise.promiseState === 'fulfilled') return;
  assert(promise.promiseState === 'rejected', 'the evaluation was synchronous');
  if (!promise.isHandled) agent.hooks.trackPromiseRejection(agent, promise, 'handle');
  promise.isHandled = true;
  throw new ThrowCompletion(promise.promiseResult);
}

/** The closures of ExecuteAsyncModule. */
class AsyncModuleExecution implements AwaitContinuation {
  readonly isAwaitContinuation = true;
  readonly module: CyclicModuleRecord;
  constructor(module: CyclicModuleRecord) {
    this.module = module;
  }
  resume(agent: Agent, completion: 'normal' | 'throw', value: Value): GuestWork | null {
    if (completion === 'normal') return AsyncModuleExecutionFulfilled(agent, this.module);
    AsyncModuleExecutionRejected(agent, this.module, value);
    return null;
  }
}

/** https://tc39.es/ecma262/#sec-gather-available-ancestors */
function GatherAvailableAncestors(module: CyclicModuleRecord, execList: CyclicModuleRecord[]): void {
  for (const m of module.asyncParentModules) {
    if (execList.includes(m) || m.cycleRoot?.evaluationError != null) continue;
    m.pendingAsyncDependencies--;
    if (m.pendingAsyncDependencies > 0) continue;
    execList.push(m);
    if (!m.hasTLA) GatherAvailableAncestors(m, execList);
  }
}

function markExecuted(agent: Agent, module: CyclicModuleRecord): void {
  module.asyncEvaluationOrder = 'done';
  module.status = 'evaluated';
  if (module.topLevelCapability !== null)
    Call1(agent, module.topLevelCapability.resolve, undefined, undefined);
}

/** https://tc39.es/ecma262/#sec-async-module-execution-fulfilled */
function AsyncModuleExecutionFulfilled(agent: Agent, module: CyclicModuleRecord): GuestWork | null {
  if (module.status === 'evaluated') {
    assert(module.evaluationError !== null, 'only a failed module is evaluated before it is done');
    return null;
  }
  markExecuted(agent, module);
  const execList: CyclicModuleRecord[] = [];
  GatherAvailableAncestors(module, execList);
  const sortedExecList = execList.sort(
    (a, b) => (a.asyncEvaluationOrder as number) - (b.asyncEvaluationOrder as number),
  );
  return new ModuleExecutions(sortedExecList);
}

/** Executes modules whose dependencies have been: AsyncModuleExecutionFulfilled from step 12. */
class ModuleExecutions extends GuestWork {
  private readonly list: readonly CyclicModuleRecord[];
  private index: number;
  private body: ModuleBody | null;

  constructor(list: readonly CyclicModuleRecord[]) {
    super();
    this.list = list;
    this.index = 0;
    this.body = null;
  }

  override begin(agent: Agent): GuestStep | null {
    const { list } = this;
    for (; this.index < list.length; this.index++) {
      const m = list[this.index];
      if (m.status === 'evaluated') {
        assert(m.evaluationError !== null, 'only a failed module is evaluated before it is done');
        continue;
      }
      try {
        this.body = new ModuleBody(agent, m);
        const step = this.body.begin(agent);
        if (step !== null) return step;
      } catch (thrown) {
        AsyncModuleExecutionRejected(agent, m, guestValueOf(agent, thrown));
        continue;
      }
      markExecuted(agent, m);
    }
    return null;
  }

  override suspended(agent: Agent, state: CoroutineState): GuestStep | null {
    const m = this.list[this.index++];
    (this.body as ModuleBody).suspended(agent, state);
    if (!m.hasTLA) markExecuted(agent, m);
    return this.begin(agent);
  }

  override threw(agent: Agent, value: Value): GuestStep | null {
    const m = this.list[this.index++];
    if (!(this.body as ModuleBody).threw(agent, value)) AsyncModuleExecutionRejected(agent, m, value);
    return this.begin(agent);
  }
}

/** https://tc39.es/ecma262/#sec-async-module-execution-rejected */
function AsyncModuleExecutionRejected(agent: Agent, module: CyclicModuleRecord, error: Value): void {
  if (module.status === 'evaluated') {
    assert(module.evaluationError !== null, 'only a failed module is evaluated before it is done');
    return;
  }
  module.evaluationError = new ThrowCompletion(error);
  module.status = 'evaluated';
  module.asyncEvaluationOrder = 'done';
  if (module.topLevelCapability !== null) Call1(agent, module.topLevelCapability.reject, undefined, error);
  for (const m of module.asyncParentModules) AsyncModuleExecutionRejected(agent, m, error);
}

// ---- Dynamic import

/** https://tc39.es/ecma262/#sec-ContinueDynamicImport */
export function ContinueDynamicImport(
  agent: Agent,
  payload: DynamicImportState,
  moduleCompletion: ModuleCompletion,
): void {
  const promiseCapability = payload.promiseCapability;
  if (!('module' in moduleCompletion)) {
    Call1(agent, promiseCapability.reject, undefined, moduleCompletion.error);
    return;
  }
  const module = moduleCompletion.module;
  if (payload.phase === 'source') {
    let moduleSource: JSObject;
    try {
      moduleSource = module.GetModuleSource(agent);
    } catch (thrown) {
      Call1(agent, promiseCapability.reject, undefined, guestValueOf(agent, thrown));
      return;
    }
    Call1(agent, promiseCapability.resolve, undefined, moduleSource);
    return;
  }
  const loadPromise = module.LoadRequestedModules(agent);
  performPromiseThenContinuation(agent, loadPromise, new DynamicImportLoaded(payload, module));
}

/** The closures of ContinueDynamicImport that wait for the graph to be loaded. */
class DynamicImportLoaded implements AwaitContinuation {
  readonly isAwaitContinuation = true;
  readonly state: DynamicImportState;
  readonly module: ModuleRecord;
  constructor(state: DynamicImportState, module: ModuleRecord) {
    this.state = state;
    this.module = module;
  }

  /** linkAndEvaluateClosure and rejectedClosure. */
  resume(agent: Agent, completion: 'normal' | 'throw', value: Value): GuestWork | null {
    const { promiseCapability, phase } = this.state;
    if (completion === 'throw') {
      Call1(agent, promiseCapability.reject, undefined, value);
      return null;
    }
    const module = this.module;
    try {
      module.Link(agent);
    } catch (thrown) {
      Call1(agent, promiseCapability.reject, undefined, guestValueOf(agent, thrown));
      return null;
    }
    const evaluated = new DynamicImportEvaluated(this.state, module);
    if (phase !== 'defer') {
      // Nobody can tell that the promise has its reaction before the evaluation.
      const { promise, work } = module.beginEvaluation(agent);
      performPromiseThenContinuation(agent, promise, evaluated);
      return work;
    }
    const evaluationList = GatherAsynchronousTransitiveDependencies(module, new Set());
    if (evaluationList.length === 0) {
      evaluated.fulfill(agent);
      return null;
    }
    evaluated.remaining = evaluationList.length;
    for (const promise of evaluationList.map((dependency) => dependency.Evaluate(agent))) {
      performPromiseThenContinuation(agent, promise, evaluated);
    }
    return null;
  }
}

/** Settles a dynamic import when `remaining` evaluations have been fulfilled or one has failed. */
class DynamicImportEvaluated implements AwaitContinuation {
  readonly isAwaitContinuation = true;
  readonly state: DynamicImportState;
  readonly module: ModuleRecord;
  remaining: number;
  constructor(state: DynamicImportState, module: ModuleRecord) {
    this.state = state;
    this.module = module;
    this.remaining = 1;
  }

  resume(agent: Agent, completion: 'normal' | 'throw', value: Value): null {
    if (completion === 'throw') Call1(agent, this.state.promiseCapability.reject, undefined, value);
    else if (--this.remaining === 0) this.fulfill(agent);
    return null;
  }

  /** fulfilledClosure. */
  fulfill(agent: Agent): void {
    const namespace = this.module.getNamespace(agent, this.state.phase === 'defer' ? 'defer' : 'evaluation');
    Call1(agent, this.state.promiseCapability.resolve, undefined, namespace);
  }
}

// ---- Synthetic modules

/** Sets the exports of a synthetic module; a static function, its data is the module's `evaluationData`. */
export type SyntheticModuleEvaluationSteps = (agent: Agent, module: SyntheticModuleRecord) => void;

/** https://tc39.es/ecma262/#sec-synthetic-module-records */
export class SyntheticModuleRecord extends ModuleRecord {
  readonly exportNames: readonly string[];
  private readonly evaluationSteps: SyntheticModuleEvaluationSteps;
  readonly evaluationData: unknown;

  constructor(
    exportNames: readonly string[],
    evaluationSteps: SyntheticModuleEvaluationSteps,
    realm: Realm,
    hostDefined: unknown,
    evaluationData: unknown = undefined,
  ) {
    super(realm, hostDefined);
    this.exportNames = exportNames;
    this.evaluationSteps = evaluationSteps;
    this.evaluationData = evaluationData;
  }

  override LoadRequestedModules(agent: Agent, _hostDefined?: unknown): PromiseObject {
    return resolvedPromise(agent);
  }

  override GetExportedNames(_agent: Agent, _exportStarSet?: Set<ModuleRecord>): string[] {
    return [...this.exportNames];
  }

  override ResolveExport(_agent: Agent, exportName: string): ResolvedBinding | null {
    return this.exportNames.includes(exportName)
      ? { module: this, bindingName: exportName, phase: 'evaluation' }
      : null;
  }

  override Link(agent: Agent): void {
    if (this.environment !== null) return;
    const env = new ModuleEnvironment(this.realm.globalEnv);
    this.environment = env;
    for (const exportName of this.exportNames) {
      env.CreateMutableBinding(agent, exportName, false);
      env.InitializeBinding(agent, exportName, undefined, 'normal');
    }
  }

  override beginEvaluation(agent: Agent): { readonly promise: PromiseObject; readonly work: null } {
    const pc = NewPromiseCapability(agent, agent.realm.intrinsic('%Promise%'));
    const evaluation = { promise: pc.promise as PromiseObject, work: null };
    const caller = agent.realm;
    agent.realm = this.realm;
    try {
      this.evaluationSteps(agent, this);
    } catch (thrown) {
      Call1(agent, pc.reject, undefined, guestValueOf(agent, thrown));
      return evaluation;
    } finally {
      agent.realm = caller;
    }
    Call1(agent, pc.resolve, undefined, undefined);
    return evaluation;
  }

  /** https://tc39.es/ecma262/#sec-setsyntheticmoduleexport */
  SetSyntheticModuleExport(agent: Agent, exportName: string, exportValue: Value): void {
    assert(this.environment !== null, 'the module is linked');
    this.environment.SetMutableBinding(agent, exportName, exportValue, true);
  }
}

function resolvedPromise(agent: Agent): PromiseObject {
  const pc = NewPromiseCapability(agent, agent.realm.intrinsic('%Promise%'));
  Call1(agent, pc.resolve, undefined, undefined);
  return pc.promise as PromiseObject;
}

/** CreateDefaultExportSyntheticModule ( value ) — https://tc39.es/ecma262/#sec-create-default-export-synthetic-module */
export function CreateDefaultExportSyntheticModule(
  realm: Realm,
  defaultExport: Value,
  hostDefined: unknown,
): SyntheticModuleRecord {
  return new SyntheticModuleRecord(['default'], setDefaultExport, realm, hostDefined, defaultExport);
}

function setDefaultExport(agent: Agent, module: SyntheticModuleRecord): void {
  module.SetSyntheticModuleExport(agent, 'default', module.evaluationData as Value);
}

/** A module of the host that has a source and no exports. */
export class HostSourceModule extends SyntheticModuleRecord {
  private readonly moduleSource: ModuleSourceObject;

  constructor(agent: Agent, realm: Realm, hostDefined: unknown, className: string) {
    super([], () => {}, realm, hostDefined);
    const prototype = realm.intrinsic('%AbstractModuleSource.prototype%');
    this.moduleSource = new ModuleSourceObject(rootShape(agent, prototype, SHAPE_KIND_ORDINARY), className);
  }

  override GetModuleSource(_agent: Agent): JSObject {
    return this.moduleSource;
  }
}
