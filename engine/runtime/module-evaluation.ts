// Evaluation of module graphs, with top-level await and `import defer`: work that goes from body to body,
// https://tc39.es/ecma262/#sec-moduleevaluation .
import { assert } from '../base/assert.ts';
import type { Agent } from './agent.ts';
import { Call1 } from './call.ts';
import { ThrowCompletion } from './completion.ts';
import { guestValueOf, throwTypeError } from './errors.ts';
import { GuestResumption, type GuestStep, GuestWork } from './guest-work.ts';
import { CyclicModuleRecord, EvaluateModuleSync, GetImportedModule, type ModuleRecord } from './modules.ts';
import { COROUTINE_RETURNED, type Coroutine, type CoroutineState } from './objects/generator.ts';
import type { AwaitContinuation, PromiseCapability, PromiseObject } from './objects/promise.ts';
import { AsyncBlock } from './operations/async-operations.ts';
import {
  createPromise,
  NewPromiseCapability,
  performPromiseThenContinuation,
} from './operations/promise-operations.ts';
import type { Value } from './value.ts';

/** Evaluate ( ) of a cyclic module: its promise, and what is to be run — https://tc39.es/ecma262/#sec-moduleevaluation */
export function beginModuleEvaluation(
  agent: Agent,
  evaluated: CyclicModuleRecord,
): { readonly promise: PromiseObject; readonly work: GuestWork | null } {
  let module = evaluated;
  const { status, cycleRoot } = evaluated;
  if ((status === 'evaluating-async' || status === 'evaluated') && cycleRoot !== null) module = cycleRoot;
  if (module.topLevelCapability !== null)
    return { promise: module.topLevelCapability.promise as PromiseObject, work: null };
  const capability = NewPromiseCapability(agent, agent.realm.intrinsic('%Promise%'));
  module.topLevelCapability = capability;
  return { promise: capability.promise as PromiseObject, work: new ModuleEvaluation(module, capability) };
}

/** Evaluates a module whose deferred namespace is touched. */
export function evaluateDeferredModule(agent: Agent, module: CyclicModuleRecord): void {
  if (module.status !== 'evaluated' && !ReadyForSyncExecution(module, new Set())) {
    throwTypeError(agent, 'The deferred module cannot be evaluated synchronously now');
  }
  // A finished member of a cycle that still runs: its exports are there, its cycle can't be waited for.
  if (module.status === 'evaluated' && module.evaluationError === null && !IsModuleSCCEvaluated(module))
    return;
  EvaluateModuleSync(agent, module);
}

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
export function GatherAsynchronousTransitiveDependencies(
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
