// Synthetic Module Records, https://tc39.es/ecma262/#sec-synthetic-module-records : modules without code of the guest.
import { assert } from '../base/assert.ts';
import type { Agent } from './agent.ts';
import { Call1 } from './call.ts';
import { ModuleEnvironment } from './environments.ts';
import { guestValueOf } from './errors.ts';
import { ModuleRecord, type ResolvedBinding } from './modules.ts';
import { ModuleSourceObject } from './objects/module-source.ts';
import type { JSObject } from './objects/object.ts';
import type { PromiseObject } from './objects/promise.ts';
import { NewPromiseCapability } from './operations/promise-operations.ts';
import type { Realm } from './realm.ts';
import { rootShape, SHAPE_KIND_ORDINARY } from './shape.ts';
import type { Value } from './value.ts';

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
