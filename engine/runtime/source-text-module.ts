// Source Text Module Records, https://tc39.es/ecma262/#sec-source-text-module-records , as far as they are the same in
// every tier: exports, their resolution, imports. A tier adds the declarations of the code and its execution.
import type { Agent } from './agent.ts';
import { ModuleEnvironment } from './environments.ts';
import { throwSyntaxError } from './errors.ts';
import { beginModuleEvaluation, evaluateDeferredModule } from './module-evaluation.ts';
import {
  CyclicModuleRecord,
  GetImportedModule,
  type ModulePhase,
  type ModuleRecord,
  type ModuleRequestRecord,
  objectOfPhase,
  type ResolvedBinding,
  type ResolveSetEntry,
} from './modules.ts';
import type { JSObject } from './objects/object.ts';
import type { Realm } from './realm.ts';

/** ImportEntry Record; importName null stands for namespace-object, and in phase 'source' for the module source object. */
export interface ImportEntryRecord {
  readonly moduleRequest: ModuleRequestRecord;
  readonly importName: string | null;
  readonly localName: string;
  readonly phase: ModulePhase;
}

/** ExportEntry Record. */
export interface ExportEntryRecord {
  readonly exportName: string | null;
  readonly moduleRequest: ModuleRequestRecord | null;
  readonly importName: string | null;
  readonly importKind: 'name' | 'all' | 'all-but-default';
  readonly localName: string | null;
}

/** What ParseModule finds of imports and exports. */
export interface ModuleEntriesRecord {
  readonly requestedModules: readonly ModuleRequestRecord[];
  readonly importEntries: readonly ImportEntryRecord[];
  readonly localExportEntries: readonly ExportEntryRecord[];
  readonly indirectExportEntries: readonly ExportEntryRecord[];
  readonly starExportEntries: readonly ExportEntryRecord[];
}

/** An ExportEntry of [[IndirectExportEntries]]. importName null stands for the whole module, at its phase. */
interface IndirectExport {
  readonly exportName: string;
  readonly moduleRequest: ModuleRequestRecord;
  readonly importName: string | null;
  readonly phase: ModulePhase;
}

export abstract class SourceTextModule extends CyclicModuleRecord {
  private readonly importEntries: readonly ImportEntryRecord[];
  private readonly starExportEntries: readonly ExportEntryRecord[];
  private readonly localExportEntries: readonly ExportEntryRecord[];
  private readonly indirectExportEntries: readonly IndirectExport[];

  constructor(realm: Realm, entries: ModuleEntriesRecord, hostDefined: unknown, hasTLA: boolean) {
    super(realm, hostDefined, entries.requestedModules, hasTLA);
    const { localExportEntries, indirectExportEntries, importEntries } = entries;
    // ParseModule step 10: the export of an imported namespace is an indirect one.
    const namespaces = new Map<string | null, ImportEntryRecord>();
    for (const entry of importEntries) if (entry.importName === null) namespaces.set(entry.localName, entry);
    const indirect: IndirectExport[] = indirectExportEntries.map((e) => ({
      exportName: e.exportName as string,
      moduleRequest: e.moduleRequest as ModuleRequestRecord,
      importName: e.importKind === 'all' ? null : e.importName,
      phase: 'evaluation',
    }));
    const local: ExportEntryRecord[] = [];
    for (const e of localExportEntries) {
      const entry = namespaces.get(e.localName);
      if (entry === undefined) local.push(e);
      else {
        const { moduleRequest, phase } = entry;
        indirect.push({ exportName: e.exportName as string, moduleRequest, importName: null, phase });
      }
    }
    this.importEntries = importEntries;
    this.starExportEntries = entries.starExportEntries;
    this.localExportEntries = local;
    this.indirectExportEntries = indirect;
  }

  override beginEvaluation(agent: Agent): ReturnType<typeof beginModuleEvaluation> {
    return beginModuleEvaluation(agent, this);
  }

  override evaluateDeferred(agent: Agent): void {
    evaluateDeferredModule(agent, this);
  }

  /** Creates and initializes the bindings of the module's own declarations. */
  protected abstract instantiateDeclarations(agent: Agent, env: ModuleEnvironment): void;

  /** https://tc39.es/ecma262/#sec-getexportednames */
  override GetExportedNames(agent: Agent, exportStarSet: Set<ModuleRecord> = new Set()): string[] {
    if (exportStarSet.has(this)) return [];
    exportStarSet.add(this);
    const exportedNames = new Set<string>();
    for (const e of this.localExportEntries) exportedNames.add(e.exportName as string);
    for (const e of this.indirectExportEntries) exportedNames.add(e.exportName);
    agent.enterCall();
    for (const e of this.starExportEntries) {
      const starNames = GetImportedModule(this, e.moduleRequest as ModuleRequestRecord).GetExportedNames(
        agent,
        exportStarSet,
      );
      for (const n of starNames) if (n !== 'default') exportedNames.add(n);
    }
    agent.depth--;
    return [...exportedNames];
  }

  /** https://tc39.es/ecma262/#sec-resolveexport */
  override ResolveExport(
    agent: Agent,
    exportName: string,
    resolveSet: ResolveSetEntry[] = [],
  ): ResolvedBinding | null | 'ambiguous' {
    for (const r of resolveSet) if (r.module === this && r.exportName === exportName) return null;
    resolveSet.push({ module: this, exportName });
    for (const e of this.localExportEntries) {
      if (e.exportName === exportName) return { module: this, bindingName: e.localName, phase: 'evaluation' };
    }
    agent.enterCall();
    try {
      for (const e of this.indirectExportEntries) {
        if (e.exportName !== exportName) continue;
        const importedModule = GetImportedModule(this, e.moduleRequest);
        if (e.importName === null) return { module: importedModule, bindingName: null, phase: e.phase };
        return importedModule.ResolveExport(agent, e.importName, resolveSet);
      }
      if (exportName === 'default') return null;
      let starResolution: ResolvedBinding | null = null;
      for (const e of this.starExportEntries) {
        const importedModule = GetImportedModule(this, e.moduleRequest as ModuleRequestRecord);
        const resolution = importedModule.ResolveExport(agent, exportName, resolveSet);
        if (resolution === 'ambiguous') return resolution;
        if (resolution === null) continue;
        if (starResolution === null) starResolution = resolution;
        else if (
          resolution.module !== starResolution.module ||
          resolution.bindingName !== starResolution.bindingName ||
          resolution.phase !== starResolution.phase
        ) {
          return 'ambiguous';
        }
      }
      return starResolution;
    } finally {
      agent.depth--;
    }
  }

  /** https://tc39.es/ecma262/#sec-source-text-module-record-initialize-environment */
  override InitializeEnvironment(agent: Agent): void {
    for (const e of this.indirectExportEntries) {
      this.requireResolution(agent, this.ResolveExport(agent, e.exportName), e.exportName);
    }
    const env = new ModuleEnvironment(this.realm.globalEnv);
    this.environment = env;
    for (const entry of this.importEntries) this.initializeImport(agent, env, entry);
    this.instantiateDeclarations(agent, env);
  }

  private requireResolution(
    agent: Agent,
    resolution: ResolvedBinding | null | 'ambiguous',
    name: string,
  ): ResolvedBinding {
    if (resolution === null)
      throwSyntaxError(agent, `The requested module does not provide an export named '${name}'`);
    if (resolution === 'ambiguous')
      throwSyntaxError(agent, `The requested module exports '${name}' ambiguously`);
    return resolution;
  }

  private initializeImport(agent: Agent, env: ModuleEnvironment, entry: ImportEntryRecord): void {
    const importedModule = GetImportedModule(this, entry.moduleRequest);
    let value: JSObject;
    if (entry.importName === null) value = objectOfPhase(agent, importedModule, entry.phase);
    else {
      const found = importedModule.ResolveExport(agent, entry.importName);
      const resolution = this.requireResolution(agent, found, entry.importName);
      if (resolution.bindingName !== null) {
        env.CreateImportBinding(entry.localName, resolution.module, resolution.bindingName);
        return;
      }
      value = objectOfPhase(agent, resolution.module, resolution.phase);
    }
    env.CreateImmutableBinding(agent, entry.localName, true);
    env.InitializeBinding(agent, entry.localName, value, 'normal');
  }
}
